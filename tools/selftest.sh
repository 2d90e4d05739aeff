#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Shows that the checking tools can fail: each gets a small tree with one planted fault, and must name
# its file. A tool that passes everything would otherwise look like a clean project. Prints TAP.
set -euo pipefail
tools=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
ran=0
bad=0

# A tree that keeps every rule.
fresh_tree() {
    rm -rf "${tree:?}"/*
    mkdir -p "$tree"/{include,src/{base,mentormatch,sheet,main}}
    cp "$tools/../floors.txt" "$tree/floors.txt"
    plant include/mentormatch.h '#include <stddef.h>'
    plant src/mentormatch/solve.h ''
    plant src/mentormatch/solve.c '#include "mentormatch.h"' '#include "solve.h"'
    plant src/mentormatch/solve_test.c '#include "base/tap.h"' '#include <stdio.h>'
    plant src/base/tap.h '#include <stdio.h>'
    plant src/base/rc.h ''
    plant src/base/rc.c '#include "base/rc.h"' '#include <utf8proc.h>'
    plant src/sheet/sheet.h '#include "base/rc.h"'
    plant src/main/main.c '#include "sheet/sheet.h"' '#include "mentormatch.h"'
}

# plant FILE LINE...: writes a file with its licence line, its purpose and the given lines.
plant() {
    local file=$tree/$1
    shift
    mkdir -p "$(dirname "$file")"
    printf '%s\n' '// SPDX-License-Identifier: Apache-2.0' '// Stands in a tree for a test.' "$@" |
        sed '${/^$/d}' >"$file"
}

# verdict NAME TOOL WANT: runs the tool; WANT is empty for a clean tree, else text that it must print.
verdict() {
    local name=$1 tool=$2 want=$3 got status=0 word='not ok'
    ran=$((ran + 1))
    got=$("$tools/$tool" "$tree" 2>&1) || status=$?
    if [ -z "$want" ]; then
        [ "$status" -eq 0 ] && word=ok
    elif [ "$status" -eq 1 ] && grep -qF -- "$want" <<<"$got"; then
        word=ok
    fi
    [ "$word" = ok ] || bad=$((bad + 1))
    echo "$word $ran - $tool: $name"
    [ "$word" = ok ] || printf '# status %s: %s\n' "$status" "${got//$'\n'/$'\n# '}"
}

# planted NAME TOOL WANT FILE LINE...: a clean tree with one file more, or changed.
planted() {
    local name=$1 tool=$2 want=$3
    shift 3
    fresh_tree
    plant "$@"
    verdict "$name" "$tool" "$want"
}

fresh_tree
verdict 'a clean tree passes' floors ''
planted 'base may not look up' floors 'src/base/up.c:3' src/base/up.c '#include "sheet/sheet.h"'
planted 'the library may not use base' floors 'src/mentormatch/x.c:3' src/mentormatch/x.c '#include "base/rc.h"'
planted 'not by a relative path either' floors 'src/mentormatch/x.c:3' src/mentormatch/x.c '#include "../base/rc.h"'
planted 'the library does no I/O' floors '<stdio.h>' src/mentormatch/x.c '#include <stdio.h>'
planted 'the library keeps no time' floors '<time.h>' src/mentormatch/x.c '#include <time.h>'
planted 'only tests may use the harness' floors 'tap.h' src/mentormatch/x.c '#include "base/tap.h"'
planted 'a third party that no row names' floors '<jansson.h>' src/sheet/x.c '#include <jansson.h>'
planted 'a private header of the library' floors 'solve.h' src/main/x.c '#include "mentormatch/solve.h"'
planted 'a folder without a floor' floors 'src/attic has no row' src/attic/x.c '#include <stddef.h>'
planted 'a file that is not there' floors '"gone.h"' src/base/x.c '#include "gone.h"'
planted 'slices may use the floors' floors '' src/app/cohort/cohort.c '#include "base/rc.h"'
planted 'slices may not use main' floors 'main.h' src/app/cohort/cohort.c '#include "main/main.h"'
planted 'a slice needs a row' floors 'src/app/attic has no row' src/app/attic/attic.c '#include "base/rc.h"'
planted 'the check shares nothing with the solvers' floors 'solve.h' src/mentormatch/check_x.c '#include "solve.h"'
fresh_tree
sed -i 's/^src\/base .*/src\/base | src\/main |/' "$tree/floors.txt"
verdict 'a row that names a row below it' floors 'src/base names src/main'
fresh_tree
echo 'src/base src/sheet' >>"$tree/floors.txt"
verdict 'a row that is not one' floors 'want "folder'

fresh_tree
verdict 'a clean tree passes' lint ''
planted 'strcpy' lint 'src/base/x.c:3: strcpy is banned' src/base/x.c 'void f(char *a) { strcpy(a, "b"); }'
planted 'a test may run programs' lint '' src/base/x_test.c 'void f(void) { popen("a", "r"); }'
planted 'and nothing else may' lint 'popen is banned' src/base/x.c 'void f(void) { popen("a", "r"); }'
planted 'a name that only ends like one' lint '' src/base/x.c 'void my_strcpy(void); void g(void) { my_strcpy(); }'
planted 'a word in a comment' lint '' src/base/x.c '// strcpy(a, b) would be wrong' 'int x;'
planted 'a word in a string' lint '' src/base/x.c 'const char *x = "system(1)";'
planted 'printing below the edge' lint 'printf belongs to src/main' src/base/x.c 'void f(void) { printf("a"); }'
planted 'printing at the edge' lint '' src/main/x.c 'void f(void) { printf("a"); }'
planted 'SQL of one engine' lint 'src/app/x/x.c:3: SQL that only one engine has' src/app/x/x.c 'const char x[] = "SELECT lower(name) FROM y";'
planted 'a table of its own' lint '' src/app/x/x.c 'const char x[] = "CREATE TABLE y(id {id});\\n" "UPDATE y SET a = 1";'
planted 'SQL among pages' lint 'src/app/x/x_web.c:3: SQL in a file of pages' src/app/x/x_web.c 'const char x[] = "SELECT a FROM y";'
fresh_tree
plant src/app/x/x.c 'const char x[] = "CREATE TABLE y(id {id});\\n";'
plant src/app/z/z.c 'const char z[] = "UPDATE y SET a = 1";'
verdict "a table of another slice" lint 'src/app/z/z.c:3: y is written by x alone'
fresh_tree
plant docs/decisions/README.md '[1](0001-a.md) [2](0001-b.md)'
plant docs/decisions/0001-a.md 'A'
plant docs/decisions/0001-b.md 'B'
verdict 'two decisions of one number' lint '0001-b.md:1: 0001-a.md has this number'
fresh_tree
plant docs/decisions/README.md 'None yet.'
plant docs/decisions/0001-a.md 'A'
verdict 'a decision that the index misses' lint '0001-a.md:1: no line in'
fresh_tree
plant src/app/a/a.html '{% page words(const struct a *a) %}<p>A</p>{% end %}'
plant src/app/b/b.html '{% page words(const struct b *b) %}<p>B</p>{% end %}'
verdict 'two pages of one name' lint 'page words stands in src/app/a/a.html'
fresh_tree
plant src/app/a/a_web.c '    {WEB_GET,  "/a", CAN_JOIN},' '    {WEB_POST, "/a", CAN_JOIN},' '    {WEB_GET, "/a", CAN_LOOK},'
verdict 'two rows of one address' lint 'GET /a stands in src/app/a/a_web.c'
planted 'an exception with its reason' lint '' src/base/x.c \
    'void f(void) { abort(); } // lint: allow calls because this shows it'
planted 'an exception without one' lint 'abort' src/base/x.c 'void f(void) { abort(); } // lint: allow calls'
planted 'a typedef' lint 'no typedef' src/base/x.h 'typedef struct pair { int a; } pair;'
planted 'a tab' lint 'a tab' src/base/x.c $'\tint x;'
planted 'space at the end' lint 'space at the end' src/base/x.c 'int x; '
planted 'a path of one machine' lint 'a path of one machine' src/base/x.c "// see /ho""me/me/notes"
fresh_tree
printf 'int x;\n' >"$tree/src/base/x.c"
verdict 'no licence line' lint 'SPDX'
fresh_tree
printf '// SPDX-License-Identifier: Apache-2.0\nint x;\n' >"$tree/src/base/x.c"
verdict 'no purpose' lint 'why this file exists'
fresh_tree
printf '// SPDX-License-Identifier: Apache-2.0\n// Why\nint x;' >"$tree/src/base/x.c"
verdict 'no line end' lint 'exactly one line feed'
fresh_tree
{ cat "$tree/src/base/rc.c" && printf 'int f(void);\n%.0s' {1..800}; } >"$tree/src/base/long.c"
verdict 'a file that is too long' lint 'at most 800'

# translated NAME WANT PO: a template with one message, which Spanish must have; PO is what es.po says.
translated() {
    local name=$1 want=$2 got status=0 word='not ok'
    ran=$((ran + 1))
    rm -rf "${tree:?}"/*
    mkdir -p "$tree/po" "$tree/src/app/pair"
    printf '{%% page p(int n) %%}<p>Good day</p>{%% end %%}\n' >"$tree/src/app/pair/x.html"
    printf 'es src/app/pair\n' >"$tree/po/whole.txt"
    printf 'msgid "Help"\nmsgstr "Ayuda"\n' >"$tree/po/es.po"
    printf '%b' "$3" >"$tree/po/es-more.po"
    got=$("$tools/messages" whole "$tree" 2>&1) || status=$?
    if [ -z "$want" ]; then
        [ "$status" -eq 0 ] && word=ok
    elif [ "$status" -eq 1 ] && grep -qF -- "$want" <<<"$got"; then
        word=ok
    fi
    [ "$word" = ok ] || bad=$((bad + 1))
    echo "$word $ran - messages: $name"
    [ "$word" = ok ] || printf '# status %s: %s\n' "$status" "${got//$'\n'/$'\n# '}"
}

translated 'a page that is translated' '' 'msgid "Good day"\nmsgstr "Buenos d\u00edas"\n'
translated 'without an empty line before it' '' 'msgid "Other"\nmsgstr "Otro"\nmsgid "Good day"\nmsgstr "Buenos d\u00edas"\n'
translated 'a page that lacks a translation' 'lacks "Good day"' 'msgid "Other"\nmsgstr "Otro"\n'
translated 'an empty translation is none' 'lacks "Good day"' 'msgid "Good day"\nmsgstr ""\n'
translated 'a lost place' 'has other places' 'msgid "Good day {0}"\nmsgstr "Buenas"\n'
translated 'plural forms of another language' 'plural forms instead of 2' \
    'msgid "One"\nmsgstr[0] "Uno"\nmsgstr[1] "Dos"\nmsgstr[2] "Tres"\n'
translated 'two files that differ' 'is translated otherwise in' 'msgid "Help"\nmsgstr "Auxilio"\n'
translated 'a fuzzy one is none' 'lacks "Good day"' '#, fuzzy\nmsgid "Good day"\nmsgstr "Buenas"\n'

# page NAME WANT TEMPLATE: compiles a template; WANT stands in the C that it makes, or in the fault.
page() {
    local name=$1 want=$2 got status=0 word='not ok'
    ran=$((ran + 1))
    printf '%s\n' "$3" >"$tree/x.html"
    got=$("$tools/template" "$tree/x.html" "$tree/x.c" "$tree/x.h" 2>&1) || status=$?
    [ "$status" -ne 0 ] || got=$(cat "$tree/x.c")
    grep -qF -- "$want" <<<"$got" && word=ok
    [ "$word" = ok ] || bad=$((bad + 1))
    echo "$word $ran - template: $name"
    [ "$word" = ok ] || printf '# status %s: %s\n' "$status" "${got//$'\n'/$'\n# '}"
}

page 'text is a message' 'html_message(html, "Hello {0}", (const struct html_value[]){TEMPLATE_VALUE(n)}, 1)' \
    '{% page p(int n) %}<p>Hello {{ n }}</p>{% end %}'
page 'words that mean nothing to HTML are copied' 'html_words(html, "Hello, 100 %!", 13)' '{% page p(int n) %}<p>Hello, 100 %!</p>{% end %}'
for word in 'a & b' "she's" '"a"' 'a > b' 'é' 'a {b'; do
    page "others are escaped: $word" 'html_message(html,' "{% page p(int n) %}<p>$word and more</p>{% end %}"
done
page 'a value alone is escaped' 'TEMPLATE_TEXT(html, v->a)' '{% page p(int n) %}<p>{{ v->a }}</p>{% end %}'
page 'in an attribute too' 'TEMPLATE_TEXT(html, x)' '{% page p(int n) %}<p class="{{ x }}">a</p>{% end %}'
page 'a whole address' 'html_url(html, u)' '{% page p(int n) %}<a href="{{ u }}">a</a>{% end %}'
page 'a part of an address' 'TEMPLATE_URL_PART(html, id)' '{% page p(int n) %}<a href="/a/{{ id }}">a</a>{% end %}'
page 'a plural' 'html_plural(html, "one", "{0} of them", (int64_t)(n)' \
    '{% page p(int n) %}<p>{% plural n %}one{% or %}{{ n }} of them{% end %}</p>{% end %}'
page 'inline script' 'x.html:1: <script> inside the page' '{% page p(int n) %}<script>a</script>{% end %}'
page 'inline style' 'style= is refused' '{% page p(int n) %}<p style="a">a</p>{% end %}'
page 'an event' 'onclick= is refused' '{% page p(int n) %}<p onclick="a">a</p>{% end %}'
page 'an attribute without quotes' 'write class="..."' '{% page p(int n) %}<p class={{ x }}>a</p>{% end %}'
page 'a value that makes an attribute' 'may not make an attribute' '{% page p(int n) %}<p {{ x }}>a</p>{% end %}'
page 'an image without words' 'needs alt' '{% page p(int n) %}<img src="/a">{% end %}'
page 'a tag that stays open' '<p> is not closed' '{% page p(int n) %}<p>a{% end %}'
page 'tags that cross' '</p> closes <b>' '{% page p(int n) %}<p><b>a</p></b>{% end %}'
page 'a block that stays open' 'if of line 1 is not ended' '{% page p(int n) %}{% if n %}<p>a</p>'
page 'text outside' 'text outside' 'hello'

echo "1..$ran"
[ "$bad" -eq 0 ]
