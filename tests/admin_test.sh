#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The commands that look after an installation: migrate, user, doctor, backup beside a running server,
# restore, and copying to PostgreSQL and back.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lib/postgres
. "$here/lib/postgres"
n=0

# check NAME COMMAND...: one line of TAP; says what the command printed when it failed.
check() {
    local name=$1
    shift
    n=$((n + 1))
    if "$@" >"$place/out" 2>&1; then
        echo "ok $n - $name"
    else
        echo "not ok $n - $name"
        sed 's/^/# /' "$place/out"
    fi
}
fails() { ! "$@"; }
says() { grep -q -- "$1" "$place/last"; }
run() { "$TRELLIS" "$@" >"$place/last" 2>&1; }
people() { "$TRELLIS" user list --data "$1" | sort | cksum; }

data=$place/data
check "an installation is made" run migrate --data "$data"
check "it says what is next" says "trellis serve"
check "the doctor finds nothing" run doctor --data "$data"
check "and says so" says "All is well"
check "a person is added" run user add --data "$data" --email Ada@Example.org --name "Ada A" --admin
check "with a link to sign in" says "/link/[a-z0-9]*"
check "twice is refused" fails run user add --data "$data" --email ada@example.org --name "Ada A"
check "and nobody is lost" test "$("$TRELLIS" user list --data "$data" | grep -c '^ada@example.org.*administrator$')" = 1
check "no address is refused" fails run user add --data "$data" --email nothing --name X
check "an unknown person is refused" fails run user link --data "$data" --email nobody@example.org
chmod 755 "$data"
check "the doctor sees an open folder" fails run doctor --data "$data"
check "and says what to mend" says "chmod 700"
chmod 700 "$data"
check "wrong use is told" fails run backup --data "$data"

rm -rf "$data"
check "a demo to copy" run demo --data "$data" --json
all=$("$TRELLIS" user list --data "$data" | wc -l)
"$TRELLIS" serve --data "$data" --listen 127.0.0.1:0 >"$place/serve.log" 2>&1 &
server=$!
until grep -q "in a browser" "$place/serve.log"; do kill -0 $server; done
check "a backup while the server runs" run backup --data "$data" --to "$place/copy.db"
check "verified by opening it" says "The copy is whole: $all people"
check "the server's folder is closed to others" fails run user list --data "$data"
kill $server
wait $server 2>/dev/null || true
check "restored into a new folder" run restore --from "$place/copy.db" --data "$place/again"
check "and the keys are to be put there" says "put trellis.keys into"
check "which the doctor misses" fails run doctor --data "$place/again"
cp "$data/trellis.keys" "$place/again/trellis.keys"
check "and finds" run doctor --data "$place/again"
cp -r "$data" "$place/keyed"
check "another key" run key rotate --data "$place/keyed"
check "seals all anew" says "1 texts were sealed anew"
check "the older one goes" run key forget --data "$place/keyed"
check "and nothing is lost" run key list --data "$place/keyed"
cp "$data/trellis.keys" "$place/keyed/trellis.keys"
check "which another key does not open" fails run key list --data "$place/keyed"
check "not over another" fails run restore --from "$place/copy.db" --data "$place/again"
check "with the same people" test "$(people "$data")" = "$(people "$place/again")"
head -c 20000 "$place/copy.db" >"$place/half.db"
check "half a backup is refused" fails run restore --from "$place/half.db" --data "$place/half"

if start_postgres >"$place/pg.log" 2>&1; then
    url="postgresql://trellis@/trellis?host=$place/pg"
    check "copied to PostgreSQL" run db copy --from "$data" --to "$url"
    check "compared on both sides" says "the same on both sides"
    check "not over what is there" fails run db copy --from "$data" --to "$url"
    check "the doctor misses the keys there" fails run doctor --database "$url" --key-file "$place/no.keys"
    check "and says which" says "WRONG the keys of what is sealed are there"
    check "a limit of pages that is none" fails run serve --database "$url" --page-limit 5
    check "with the keys all is well" run doctor --database "$url" --key-file "$data/trellis.keys"
    check "and back" run db copy --from "$url" --to "$place/back"
    check "with the same people" test "$(people "$data")" = "$(people "$place/back")"
else
    check "PostgreSQL starts (is its package installed?)" cat "$place/pg.log" /nonexistent
fi
tables=$("$TRELLIS" db copy --from "$place/back" --to "$place/third" | grep -c ' rows ' || true)
# Less those that a later step moves elsewhere.
sources=("$here"/../src/app/*.c "$here"/../src/app/*/*.c "$here"/../src/jobs/jobs.c)
listed=$( (grep -ohE '(CREATE|DROP|ALTER) TABLE [a-z_]+( RENAME TO [a-z_]+)?' "${sources[@]}") |
    awk '$1 == "ALTER" { if ($4 == "RENAME") { count[$3]--; count[$6]++ } next } { count[$3] += $1 == "DROP" ? -1 : 1 } END { for (t in count) n += count[t] > 0; print n }')
check "every table is copied ($tables of $listed)" test "$tables" = "$listed"
echo "1..$n"
