#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Every page about a thing, in each state of the thing, as every role. On SQLite: both engines answer alike (api_test.sh).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 "$here/states_client.py" "$TRELLIS" sqlite "$place"
