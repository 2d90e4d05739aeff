// SPDX-License-Identifier: Apache-2.0
// The command line: every option, both ways to give a value, and every refusal.
#include "match_options.h"

#include <string.h>

#include "base/tap.h"

enum { WORDS_MAX = 12 };

static struct match_options got;

// Reads a line of words divided by '|'; gives the error, or "".
static const char *read_line(struct arena *arena, const char *line)
{
    char name[] = "match";
    char *words[WORDS_MAX] = {name};
    int count = 1;
    char *rest = arena_strdup(arena, line);
    while (rest != NULL && *rest != '\0' && count < WORDS_MAX) {
        size_t length = strcspn(rest, "|");
        bool last = rest[length] == '\0';
        rest[length] = '\0';
        words[count++] = rest;
        rest += length + (last ? 0 : 1);
    }
    const char *error = "";
    enum rc rc = match_options_read(arena, count, words, &got, &error);
    return rc == RC_OK ? "" : error;
}

static const struct {
    const char *line;
    const char *error; // begins so
} mistakes[] = {
    {"",                  "two sheets are needed"                         },
    {"a.csv",             "the second sheet is missing"                   },
    {"a|b|c",             "there are more than two sheets: c"             },
    {"a|b|--out",         "--out needs a folder"                          },
    {"a|b|--out=",        "--out needs a folder"                          },
    {"a|b|--out|x|-o|y",  "--out is given twice"                          },
    {"a|b|--quiet=yes",   "--quiet takes no value"                        },
    {"a|b|--sed|1",       "there is no option --sed; did you mean --seed?"},
    {"a|b|--zzzzzz",      "there is no option --zzzzzz"                   },
    {"a|b|-z",            "there is no option -z"                         },
    {"a|b|--map|skills",  "--map needs NAME=COLUMN"                       },
    {"a|b|--map|=x",      "--map needs NAME=COLUMN"                       },
    {"a|b|--map|skills=", "--map needs NAME=COLUMN"                       },
    {"a|b|--keep|all",    "--keep needs --previous"                       },
    {"-|-",               "only one sheet can come from standard input"   },
};

static void test_mistakes(struct arena *arena)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        const char *error = read_line(arena, mistakes[i].line);
        bool same =
            error[0] != '\0' && strncmp(error, mistakes[i].error, strlen(mistakes[i].error)) == 0;
        if (!ok(same, "refused: %s", mistakes[i].line))
            note("%s", error);
    }
}

static void test_values(struct arena *arena)
{
    is_str(read_line(arena, "-q|a.csv|--out=d|b.csv|--report|r.html|--seed|7"), "", "any order");
    is_str(got.mentees, "a.csv", "the first sheet");
    is_str(got.mentors, "b.csv", "the second sheet");
    is_str(got.out, "d", "--out=");
    is_str(got.report, "r.html", "--report value");
    is_str(got.seed, "7", "--seed value");
    ok(got.quiet && !got.help && !got.print_rules, "switches");
    is_str(read_line(arena, "--|-a|-b"), "", "after -- everything is a file");
    is_str(got.mentees, "-a", "even with a dash");
    is_str(read_line(arena, "-|b"), "", "standard input");
    is_str(read_line(arena, "--print-rules"), "", "the rules need no sheets");
    is_str(read_line(arena, "a|b|--previous|p|--keep|price 5"), "", "keep");
    is_str(got.keep, "price 5", "with a blank in it");

    is_str(read_line(arena, "a|b|-m|skills=A=B|--map|mentors:id=C|--map=mentees:id=D"), "", "maps");
    is_int(got.map_count, 3, "three maps");
    is_str(got.maps[0].field, "skills", "the field");
    is_str(got.maps[0].column, "A=B", "the column keeps its sign");
    ok(got.maps[0].either, "for whichever sheet has it");
    ok(got.maps[1].mentors && !got.maps[1].mentees && !got.maps[1].either, "for the mentors");
    ok(got.maps[2].mentees && !got.maps[2].mentors, "for the mentees");
    is_str(got.maps[2].field, "id", "without the side");
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 1 << 20);
    test_mistakes(&arena);
    test_values(&arena);
    arena_close(&arena);
    return tap_done();
}
