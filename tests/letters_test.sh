#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Letters and the calendars in them, read by others than us (TEST_MEETINGS=10000 for a release).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
place=${TEST_LETTERS:-$(mktemp -d /tmp/trellis-letters-XXXXXX)} # given: it is kept, for tests/browser/letters.mjs
[ -n "${TEST_LETTERS:-}" ] || trap 'rm -rf "$place"' EXIT
python3 "$here/letters_list.py" "$here/.." "$place"
"$TRELLIS_BUILD/main-letters_test" "$place" "${TEST_MEETINGS:-200}" >"$place/log" 2>&1 || sed 's/^/# /' "$place/log"
python=python3
python3 -c 'import icalendar' 2>/dev/null || ! /usr/bin/python3 -c 'import icalendar' 2>/dev/null || python=/usr/bin/python3
"$python" "$here/letters_check.py" "$place"
