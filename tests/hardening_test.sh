#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The program is built as hardening wants it: position independent, its tables read-only before it runs, no
# stack that can be executed, guarded stacks and checked calls of the C library. Each question is also asked of a
# small program that is built without, which must fail it.
set -euo pipefail # grep reads all of a pipe here: one that stops early makes readelf fail
place=$(mktemp -d /tmp/trellis-hardening-XXXXXX)
trap 'rm -rf "$place"' EXIT
n=0

tap() {
    n=$((n + 1))
    echo "$1 $n - $2"
}

is_pie() { readelf -hW "$1" | grep 'Type: *DYN' >/dev/null && readelf -dW "$1" | grep 'FLAGS_1.*PIE' >/dev/null; }
is_relro() { readelf -lW "$1" | grep GNU_RELRO >/dev/null; }
binds_now() { readelf -dW "$1" | grep -E 'FLAGS_1.*NOW|BIND_NOW' >/dev/null; }
has_no_exec_stack() { ! readelf -lW "$1" | grep GNU_STACK | grep RWE >/dev/null; }
guards_stacks() { readelf -sW --dyn-syms "$1" | grep __stack_chk_fail >/dev/null; }
is_fortified() { readelf -sW --dyn-syms "$1" | grep -E '__(memcpy|snprintf|vsnprintf|printf|fprintf|read|memset|vfprintf)_chk' >/dev/null; }
has_no_run_path() { ! readelf -dW "$1" | grep -E 'RPATH|RUNPATH' >/dev/null; }

if "$TRELLIS" --version >/dev/null 2>&1 && readelf -sW --dyn-syms "$TRELLIS" | grep -E '__(asan|tsan|ubsan|msan)_' >/dev/null; then
    echo "1..0 # SKIP built to look for faults, not to serve"
    exit 0
fi
cat >"$place/bare.c" <<'END'
#include <stdio.h>
#include <string.h>
int main(int argc, char **argv)
{
    char text[64];
    strcpy(text, argv[argc - 1]);
    printf("%s\n", text);
    return 0;
}
END
"${CC:-cc}" -O0 -no-pie -fno-stack-protector -U_FORTIFY_SOURCE -fcf-protection=none -w -z norelro -z lazy -z execstack -Wl,-rpath,/tmp \
    -o "$place/bare" "$place/bare.c"
while read -r question name; do
    if "$question" "$TRELLIS"; then tap ok "$name"; else tap "not ok" "$name"; fi
    if ! "$question" "$place/bare"; then
        tap ok "control: a program without it is told apart: $question"
    else
        tap "not ok" "control: a program without it is told apart: $question"
    fi
done <<'END'
is_pie position independent
is_relro read-only relocations
binds_now all of them bound before it runs
has_no_exec_stack no stack that can be executed
guards_stacks guarded stacks
is_fortified checked calls of the C library
has_no_run_path no folder of its own for libraries
END
# A crash leaves no memory on the disk, also where the shell that started it would.
core_limit() { awk '/^Max core file size/ {print $5 " " $6}' "/proc/$1/limits"; }
"$TRELLIS" migrate --data "$place/data" >/dev/null
(ulimit -c "$(ulimit -H -c)" && cd "$place" && exec "$TRELLIS" serve --listen 127.0.0.1:0 --data "$place/data" >"$place/said" 2>&1) &
server=$!
until grep -q 'in a browser' "$place/said" 2>/dev/null; do kill -0 "$server"; done
if [ "$(core_limit "$server")" = "0 0" ]; then tap ok "a crash would leave nothing"; else tap "not ok" "a crash would leave nothing"; fi
kill -ABRT "$server"
wait "$server" 2>/dev/null || true
if [ -z "$(find "$place" -name 'core*')" ]; then tap ok "and leaves nothing"; else tap "not ok" "and leaves nothing"; fi
# The control can only be made where the shell may leave such files, and the kernel puts them beside the program.
if [ "$(ulimit -H -c)" != 0 ] && ! grep -q '[|/]' /proc/sys/kernel/core_pattern; then
    (ulimit -c unlimited && cd "$place" && exec bash -c 'kill -ABRT $$') 2>/dev/null || true
    if [ -n "$(find "$place" -name 'core*')" ]; then tap ok "control: another program's crash does"; else tap "not ok" "control: another program's crash does"; fi
fi
libraries=$(readelf -dW "$TRELLIS" | grep -c NEEDED)
echo "# $libraries libraries are needed to run"
echo "1..$n"
