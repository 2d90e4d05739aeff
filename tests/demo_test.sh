#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The demo organisation has each awkward case that real pools have.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 "$here/demo_client.py" "$TRELLIS" "$place"
