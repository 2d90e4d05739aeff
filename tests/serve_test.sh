#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A programme from the first link to published pairs, through the server, on SQLite and on a real
# PostgreSQL server that is started here on a private socket.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/postgres
. "$here/lib/postgres"

# Both runs print TAP of their own; here they become one.
run() {
    python3 "$here/serve_client.py" "$TRELLIS" "$1" "$2" 2>&1 || true
}
{
    mkdir "$place/sqlite"
    run sqlite "$place/sqlite"
    if start_postgres >"$place/pg.log" 2>&1; then
        run postgres "postgresql://trellis@/trellis?host=$place/pg"
    else
        echo "not ok 1 - PostgreSQL starts (is its package installed?)"
        sed 's/^/# /' "$place/pg.log"
        echo "1..1"
    fi
} >"$place/tap"
grep -v '^1\.\.' "$place/tap" | awk '/^(not )?ok /{sub(/ok [0-9]+/, "ok " ++n)} {print}'
[ "$(grep -c '^1\.\.' "$place/tap")" -eq 2 ] || echo "not ok 999 - both runs came to their end"
echo "1..$(grep -cE '^(not )?ok ' "$place/tap")"
