#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Kills, stops, crowds and a full disk. SQLite alone: what PostgreSQL keeps is its own to test.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
place=$(mktemp -d /tmp/trellis-crash-XXXXXX)
trap 'rm -rf "$place"' EXIT
python3 "$here/crash_client.py" "$TRELLIS" sqlite "$place"
