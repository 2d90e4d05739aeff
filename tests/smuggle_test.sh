#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Requests whose end two readers would see in different places. SQLite alone: sockets know no engine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
place=$(mktemp -d /tmp/trellis-smuggle-XXXXXX)
trap 'rm -rf "$place"' EXIT
python3 "$here/smuggle_client.py" "$TRELLIS" "$place"
