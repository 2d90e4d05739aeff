#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Public collections of cases through the parsers that meet what others send; see corpora_client.py.
set -u
here=$(cd "$(dirname "$0")" && pwd)
source_root=${TRELLIS_SOURCE:-$(cd "$here/.." && pwd)}
build=${TRELLIS_BUILD:?set TRELLIS_BUILD to the build folder}
cases=$(mktemp)
trap 'rm -f "$cases"' EXIT

if ! node "$source_root/build/corpora/cases.mjs" >"$cases"; then
    echo "not ok 1 - the collections of npm are there (scripts/check gcc fetches them into build/corpora)"
    echo "1..1"
    exit 1
fi
python3 "$here/corpora_client.py" "$build/corpora-read" "$cases" /usr/lib/python3.11/test
