#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# `trellis match` as a whole, on the two real rounds of demo/ and on sheets that are wrong. What the
# real rounds give is kept in tests/golden/; after a change that is meant, write it anew with
#   TRELLIS_GOLDEN=write TRELLIS=build/trellis bash tests/match_test.sh
# and look at the difference before keeping it.
# shellcheck disable=SC2016,SC2317 # `check` runs functions and small scripts by name
set -u
export LC_ALL=C.UTF-8
source_root=${TRELLIS_SOURCE:-$(cd "$(dirname "$0")/.." && pwd)}
trellis=${TRELLIS:?set TRELLIS to the program}
golden=$source_root/tests/golden
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$source_root"/demo/*.csv "$work"
cd "$work" || exit 1

count=0
failed=0
# check NAME COMMAND...: one test, which holds when the command succeeds.
check() {
    local name=$1
    shift
    count=$((count + 1))
    if "$@" >"$work/check.out" 2>&1; then
        echo "ok $count - $name"
    else
        failed=$((failed + 1))
        echo "not ok $count - $name"
        sed 's/^/# /' "$work/check.out" | head -40
    fi
}

# run ARGUMENTS...: the program; leaves out, err and rc.
run() {
    "$trellis" match "$@" >out 2>err
    rc=$?
}
# ends RC TEXT: how the last run ended, and what it said.
ends() {
    [ "$rc" = "$1" ] && grep -qF -- "$2" err && return
    echo "exit $rc, want $1 and: $2"
    cat err
    return 1
}
is_golden() {
    if [ "${TRELLIS_GOLDEN-}" = write ]; then
        mkdir -p "$golden" && cp "$1" "$golden/$2"
    fi
    diff -u "$golden/$2" "$1"
}
columns_of() { python3 -c '
import csv, sys
for row in csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")):
    print(row["mentee_id"], row["mentor_id"], row["score"])' "$1"; }

# ---- the two real rounds ----
# In a term that lies behind us: what the zones' rules were then changes no more with the tz database.
"$trellis" match --print-rules | sed 's/^start = .*/start = 2024-09-09/' >then-rules
for round in 5 6; do
    run round$round-mentees.csv round$round-mentors.csv --rules then-rules --out out$round \
        --report report$round.html
    cp out summary$round.txt
    check "round $round: is matched" [ "$rc" = 0 ]
    check "round $round: the summary" is_golden summary$round.txt round$round-summary.txt
    columns_of out$round/pairs.csv >pairs$round.txt
    check "round $round: the pairs" is_golden pairs$round.txt round$round-pairs.txt
    check "round $round: the summary keeps to 80 columns" \
        awk 'length($0) > 80 { print; bad = 1 } END { exit bad }' summary$round.txt
    check "round $round: nobody's e-mail address is written" \
        sh -c "! grep -rl 'example.org' out$round report$round.html"
    check "round $round: the files agree with each other and with the sheets" \
        python3 "$source_root/tests/match_files.py" round$round-mentees.csv round$round-mentors.csv out$round
    if "$trellis" verify --help >/dev/null 2>&1; then
        check "round $round: the result is proved again" \
            "$trellis" verify out$round/instance.txt out$round/result.txt
    fi
    check "round $round: the report is well made" \
        python3 "$source_root/tests/report_check.py" report$round.html
    { head -1 round$round-mentees.csv; tail -n +2 round$round-mentees.csv | tac; } >tac-a.csv
    { head -1 round$round-mentors.csv; tail -n +2 round$round-mentors.csv | tac; } >tac-b.csv
    run tac-a.csv tac-b.csv --rules then-rules --out turned -q
    columns_of turned/pairs.csv | sort >turned.txt
    sort pairs$round.txt >straight.txt
    check "round $round: the order of rows does not matter" diff -u straight.txt turned.txt
    run round$round-mentees.csv round$round-mentors.csv --rules then-rules --out again$round \
        --report again$round.html
    check "round $round: the same bytes again" \
        sh -c "diff -r out$round again$round && cmp report$round.html again$round.html"
done
# From here on with the default rules.
run round5-mentees.csv round5-mentors.csv --out out5 -q
run round6-mentees.csv round6-mentors.csv --out out6 -q

# ---- rules ----
run --print-rules
cp out rules.txt
check "the rules are printed" [ "$rc" = 0 ]
run --print-rules --rules rules.txt
check "and read back as the same rules" cmp out rules.txt
printf '[weights]\ntopics = lots\n' >bad.txt
run round5-mentees.csv round5-mentors.csv --rules bad.txt --out none
check "a bad value is named with its line" ends 2 'bad.txt:2: "topics" cannot be "lots"'
check "and nothing is written" [ ! -e none ]
run round5-mentees.csv round5-mentors.csv --seed 7 --out seed7 -q
check "another seed keeps the total" python3 -c '
import json
a, b = (json.load(open(f"{d}/result.json"))["summary"] for d in ("out5", "seed7"))
assert (a["total"], a["matched"], a["lowest"]) == (b["total"], b["matched"], b["lowest"])
assert b["seed"] == "7"'

# ---- encodings ----
iconv -f UTF-8 -t UTF-16 round5-mentees.csv >utf16.csv
run utf16.csv round5-mentors.csv --out utf16 -q
check "UTF-16 gives the same pairs" cmp out5/pairs.csv utf16/pairs.csv
python3 -c '
import csv
rows = list(csv.reader(open("round5-mentors.csv", newline="", encoding="utf-8")))
csv.writer(open("semicolon.csv", "w", newline="", encoding="utf-8-sig"), delimiter=";").writerows(
    [[cell.replace("; ", ", ") for cell in row] for row in rows])'
run round5-mentees.csv semicolon.csv -q
check "a semicolon export with a byte-order mark is read" [ "$rc" = 0 ]

# ---- an earlier result, pins, pairs to avoid ----
grep -v '^mentor-5032,' round5-mentors.csv >fewer.csv
run round5-mentees.csv fewer.csv --previous out5/pairs.csv --keep all --out keep -q
check "--keep all keeps every pair that can be" python3 -c '
import csv
read = lambda name: {(r["mentee_id"], r["mentor_id"]) for r in csv.DictReader(open(name, newline=""))}
old, new = read("out5/pairs.csv"), read("keep/pairs.csv")
gone = {pair for pair in old - new if pair[1] != "mentor-5032"}
assert not gone, gone'
run round5-mentees.csv round5-mentors.csv --keep all
check "--keep without --previous is refused" ends 2 '--keep needs --previous'
printf 'mentee,mentor\nmentee-5001,mentor-5002\n' >pin.csv
run round5-mentees.csv round5-mentors.csv --pin pin.csv --out pinned -q
columns_of pinned/pairs.csv >pinned.txt
check "a pin is kept" grep -q '^mentee-5001 mentor-5002 ' pinned.txt
run round5-mentees.csv round5-mentors.csv --pin pin.csv --avoid pin.csv --out none
check "a pin against the do-not-match list is a contradiction" ends 3 'Mentee 5001 with Mentor 5002'
check "and nothing is written" [ ! -e none ]
first=$(head -1 pairs5.txt)
printf 'mentor,mentee\n%s,%s\n' "$(echo "$first" | cut -d' ' -f2)" "$(echo "$first" | cut -d' ' -f1)" >avoid.csv
run round5-mentees.csv round5-mentors.csv --avoid avoid.csv --out avoided -q
columns_of avoided/pairs.csv >avoided.txt
check "a pair to avoid is not made" sh -c "[ $rc = 0 ] && ! grep -q '${first% *} ' avoided.txt"
printf 'mentee,mentor\nmentee-9,mentor-5002\n' >pin.csv
run round5-mentees.csv round5-mentors.csv --pin pin.csv
check "a pin of a stranger is named" ends 2 'pin.csv:2: column "mentee": no mentee is called "mentee-9"'

# ---- wrong use ----
: >empty.csv
head -1 round5-mentees.csv >header.csv
printf 'a,b\n1,2\n' >strange.csv
while IFS='|' read -r arguments said; do
    # shellcheck disable=SC2086 # words of a table
    run $arguments --out none
    check "refused: $arguments" ends 2 "$said"
    check "and nothing is written" [ ! -e none ]
done <<'ROWS'
round5-mentees.csv|the second sheet is missing
round5-mentees.csv nothere.csv|cannot read nothere.csv: there is no such file
round5-mentees.csv empty.csv|empty.csv:1: the file is empty
round5-mentees.csv header.csv|header.csv: the sheet has a header but nobody in it
strange.csv round5-mentors.csv|strange.csv:1: the first line names no column that is known
round5-mentors.csv round5-mentees.csv|the sheets seem to be swapped
round5-mentees.csv round5-mentees.csv|both sheets are the same
round5-mentees.csv round5-mentors.csv third.csv|more than two sheets: third.csv
round5-mentees.csv round5-mentors.csv --rport x|did you mean --report?
round5-mentees.csv round5-mentors.csv --seed x|--seed needs a whole number
round5-mentees.csv round5-mentors.csv --start 2026-02-30|--start needs a date
round5-mentees.csv round5-mentors.csv --map wishes|--map needs NAME=COLUMN
round5-mentees.csv round5-mentors.csv --map wishes=Nope|there is no column "Nope"
ROWS
run round5-mentees.csv round5-mentors.csv --out none --report /nowhere/report.html
check "a report that cannot be written" ends 1 'cannot write /nowhere/report.html'
check "leaves nothing of the others" [ ! -e none ]
mkdir kept && echo old >kept/pairs.csv
run round5-mentees.csv round5-mentors.csv --out kept --report /nowhere/report.html
check "and does not touch what was there" sh -c '[ "$(cat kept/*)" = old ]'
run --help
check "--help" sh -c "[ $rc = 0 ] && grep -q 'Usage: trellis match' out && ! [ -s err ]"
check "--help keeps to 80 columns" awk 'length($0) > 80 { print; bad = 1 } END { exit bad }' out

# ---- what people type is never markup or a formula ----
printf 'id,name,city,country,wishes\n1,<script>alert(1)</script>,Berlin,Germany,"=cmd(); a&b"\n' >evil-a.csv
printf 'id,name,city,country,expertise,max_mentees\n2,"=1+1""><img src=x>",Berlin,Germany,a&b,1\n' >evil-b.csv
run evil-a.csv evil-b.csv --out evil --report evil.html
check "a hostile sheet is matched" [ "$rc" = 0 ]
check "its names are text in the report" sh -c "! grep -q '<script\|<img' evil.html && grep -q '&lt;script&gt;' evil.html"
check "and no formula in the table" sh -c "! grep -q '\(^\|,\)\"*=' evil/pairs.csv"

# ---- Ctrl-C leaves nothing half-written ----
python3 - <<'MAKE'
import random
random.seed(1)
words = [f"{a} {b}" for a in "open data cloud web code test team lead".split() for b in "craft work science design".split()]
with open("big-a.csv", "w") as file:
    file.write("id,name,country,wishes\n")
    for i in range(4000):
        file.write(f"a{i},A {i},Kenya,{'; '.join(random.sample(words, 4))}\n")
with open("big-b.csv", "w") as file:
    file.write("id,name,country,expertise,max_mentees\n")
    for i in range(2000):
        file.write(f"b{i},B {i},Ghana,{'; '.join(random.sample(words, 4))},2\n")
MAKE
set -m
"$trellis" match big-a.csv big-b.csv --out big -q 2>err &
sleep 0.15
kill -INT $! 2>kill.txt
wait $!
rc=$?
set +m
if [ -s kill.txt ] || [ "$rc" = 0 ]; then
    count=$((count + 1))
    echo "ok $count - interrupted # SKIP the run was over before"
else
    check "interrupted: the exit status says so ($rc)" [ "$rc" = 130 ]
fi
check "nothing half-written is left" sh -c '[ ! -e big ] || [ "$(ls big | wc -l)" -ge 3 ]'

echo "1..$count"
exit "$failed"
