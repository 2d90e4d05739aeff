#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Thousands of slow peers while others work. SQLite alone: the server's sockets know no engine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
place=$(mktemp -d /tmp/trellis-slow-XXXXXX)
trap 'rm -rf "$place"' EXIT
# meson has every byte that is handed out written, which makes pages real that nobody uses: memory is measured here.
unset MALLOC_PERTURB_
# Builds that look for faults need a multiple of it: there it is told, and held to nothing.
if readelf -sW --dyn-syms "$TRELLIS" | grep -E '__(asan|tsan)_' >/dev/null; then export TEST_MEMORY=told; fi
python3 "$here/slow_client.py" "$TRELLIS" "$place"
