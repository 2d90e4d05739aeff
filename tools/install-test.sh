#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Installs a build into a folder of its own and uses the library from there as a stranger would: through
# its pkg-config file, shared and static, from C and from C++. Prints TAP.
#
#   tools/install-test.sh BUILD
set -euo pipefail
build=$(realpath "$1")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
ran=0
bad=0

# holds NAME COMMAND...: the command must succeed.
holds() {
    local name=$1 word=ok
    shift
    ran=$((ran + 1))
    "$@" >"$place/log" 2>&1 || word='not ok'
    echo "$word $ran - $name"
    [ "$word" = ok ] || { bad=$((bad + 1)); sed 's/^/# /' "$place/log"; }
}

holds 'installs' env DESTDIR="$place/root" meson install -C "$build" --no-rebuild --quiet
pc=$(find "$place/root" -name mentormatch.pc)
holds 'has a pkg-config file' test -n "$pc"
library=$(dirname "$(dirname "${pc:-/none/none/none}")")
export PKG_CONFIG_PATH=$library/pkgconfig PKG_CONFIG_SYSROOT_DIR=$place/root
cat >"$place/use.c" <<'END'
#include <mentormatch.h>
#include <stdio.h>

int main(void)
{
    return puts(mm_status_text(MM_OK)) < 0;
}
END
cp "$place/use.c" "$place/use.cc"
read -ra flags < <(pkg-config --cflags mentormatch)
read -ra links < <(pkg-config --libs mentormatch)
strict=(-Wall -Wextra -Wpedantic -Werror)
cd "$place"
holds 'compiles as C17' gcc -std=c17 "${strict[@]}" "${flags[@]}" use.c -o shared "${links[@]}"
holds 'runs with the shared library' env LD_LIBRARY_PATH="$library" ./shared
holds 'compiles as C++' g++ -std=c++17 "${strict[@]}" "${flags[@]}" use.cc -o cpp "${links[@]}"
holds 'runs from C++' env LD_LIBRARY_PATH="$library" ./cpp
holds 'links statically' gcc -std=c17 "${flags[@]}" use.c -o static "$library/libmentormatch.a"
holds 'runs alone' ./static
holds 'asks for libmentormatch.so.1' grep -q 'libmentormatch.so.1$' <(
    objdump -p shared | sed -n 's/.*NEEDED *//p')
echo "1..$ran"
[ "$bad" -eq 0 ]
