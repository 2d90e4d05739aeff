#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A programme from the first link to published pairs, through the server, on SQLite and on a real
# PostgreSQL server that is started here on a private socket.
set -euo pipefail
place=$(mktemp -d /tmp/trellis-serve-XXXXXX)
here=$(cd "$(dirname "$0")" && pwd)
as=()
bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort | tail -n 1)
[ "$(id -u)" -ne 0 ] || as=(setpriv --reuid=postgres --regid=postgres --clear-groups)

# shellcheck disable=SC2317 # called by the trap
finish() {
    [ ! -d "$place/pg/data" ] ||
        (cd / && "${as[@]}" "$bin/pg_ctl" -D "$place/pg/data" -m immediate stop >/dev/null 2>&1) || true
    rm -rf "$place"
}
trap finish EXIT

start_postgres() {
    chmod 755 "$place"
    mkdir "$place/pg"
    [ "$(id -u)" -ne 0 ] || chown postgres "$place/pg"
    cd /
    "${as[@]}" "$bin/initdb" -D "$place/pg/data" -A trust -U trellis -E UTF8 --locale=C.UTF-8 -N
    "${as[@]}" "$bin/pg_ctl" -D "$place/pg/data" -w -l "$place/pg/log" \
        -o "-c listen_addresses='' -k $place/pg -c fsync=off" start
    "$bin/createdb" -h "$place/pg" -U trellis trellis
}

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
