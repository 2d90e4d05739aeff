#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# `trellis solve` and `trellis verify` as a person uses them: exit codes, words, pipes, files.
# shellcheck disable=SC2016,SC2317 # `check` runs functions and small scripts by name
set -u
export LC_ALL=C.UTF-8
trellis=${TRELLIS:?set TRELLIS to the program}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
number=0
failed=0

# check NAME CONDITION...: one line of the Test Anything Protocol
check() {
    local name=$1
    shift
    number=$((number + 1))
    if "$@"; then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name"
        failed=$((failed + 1))
    fi
}

# run ARGUMENTS...: leaves the exit code in $code and what was printed in out and err
run() {
    "$trellis" "$@" >out 2>err </dev/null
    code=$?
}

says() { grep -qF -- "$1" "$2"; }
same() { [ "$1" = "$2" ]; }
absent() { [ ! -e "$1" ]; }
silent() { [ ! -s "$1" ]; }

cat >small.txt <<'END'
# Three mentees, two mentors; the second takes two
p mentormatch 1 3 2 5
c 2 2
e 1 1 9000
e 1 2 4000
e 2 1 8000
e 3 1 7000
e 3 2 6500
END

run solve small.txt
check "solve exits with 0" same "$code" 0
check "solve prints pairs" says "a 2 1 8000" out
check "solve prints the total" says "v total 18500" out
check "solve says that it is proved" says "v proved yes" out
check "solve says nothing else" silent err
cp out small.res

run solve small.txt -o file.res
check "solve -o exits with 0" same "$code" 0
check "solve -o writes the same" cmp -s file.res small.res
check "solve -o says what was found" says "Optimal: 3 of 3 mentees matched" out
run solve --output=again.res -- small.txt
check "options in any order" cmp -s again.res small.res

run verify small.txt small.res
check "verify exits with 0" same "$code" 0
check "verify says so" says "Proved optimal: 3 of 3 mentees matched, 3 pairs, total 18500" out
check "a pipe does the same" sh -c '"$1" solve - <small.txt | "$1" verify small.txt - >/dev/null' sh "$trellis"

# another order of lines and people gives the same pairs
{ grep '^p' small.txt; grep '^[ce]' small.txt | tac; } >turned.txt
run solve turned.txt
check "another order gives the same bytes" cmp -s out small.res

# what is wrong is refused
sed 's/^a 3 2 6500$/a 3 2 6501/' small.res >wrong.res
run verify small.txt wrong.res
check "a wrong score is refuted" same "$code" 1
check "with the reason" says "another score" out
sed -e 's/^a 1 2 4000$/a 1 1 9000/' -e '/^a 2 1/d' -e '/^v/d' small.res >worse.res
run verify small.txt worse.res
check "a worse result is refuted" same "$code" 1
sed 's/^\(d [0-9]* 1\) .*/\1 0/' small.res >prices.res
run verify small.txt prices.res
check "other prices prove nothing" same "$code" 1
grep '^a' small.res >pairs.res
run verify small.txt pairs.res
check "a result without certificate is not proved" same "$code" 1
check "and is told to keep the rules" says "keeps the rules, but has no certificate" out
echo "e 9 9 9" >>small.txt
run solve small.txt -o never.res
check "a bad line is refused with 2" same "$code" 2
check "with file, line and column" says "small.txt:9:3: the mentee must lie between 1 and 3" err
check "and nothing is written" absent never.res
sed -i '$d' small.txt
run verify small.txt small.txt
check "a result that is none is refused with 2" same "$code" 2
{ cat small.txt; echo "pin 2 2"; } >pinned.txt
run solve pinned.txt -o never.res
check "pins that contradict the rules exit with 3" same "$code" 3
check "and are named" says "mentee 2 and mentor 2" err
check "and nothing is written either" absent never.res
run verify pinned.txt small.res
check "verify finds the contradiction too" same "$code" 3

# wrong use
run solve
check "no instance is wrong use" same "$code" 2
run solve small.txt small.txt
check "two instances are wrong use" same "$code" 2
run solve small.txt --colour
check "an unknown option is wrong use" same "$code" 2
check "and named" says "--colour" err
run solve small.txt -o
check "-o without a name is wrong use" same "$code" 2
run solve nothing.txt
check "a file that is not there exits with 2" same "$code" 2
check "and is named" says "nothing.txt" err
run verify small.txt
check "one file is not enough to verify" same "$code" 2
run verify - -
check "standard input can't be both" same "$code" 2
run solve small.txt -o nowhere/file.res
check "a folder that is not there is a failure" same "$code" 1
run solve --help
check "solve --help exits with 0" same "$code" 0
check "and explains itself" says "Usage: trellis solve" out
run verify --help
check "verify --help explains itself" says "Usage: trellis verify" out
run --help
check "the program lists its commands" says "verify" out
run --version
check "and its version" says "trellis " out
run
check "no command is wrong use" same "$code" 2
run sovle small.txt
check "an unknown command is wrong use" same "$code" 2
check "a full disk is a failure" sh -c '"$1" solve small.txt >/dev/full 2>/dev/null; [ $? = 1 ]' sh "$trellis"
run solve small.txt --progress
check "--progress is told on standard error only" cmp -s out small.res

echo "1..$number"
exit $((failed > 0))
