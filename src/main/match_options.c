// SPDX-License-Identifier: Apache-2.0
// The command line of `trellis match`; see match_options.h.
#include "match_options.h"

#include <string.h>

#include "base/text.h"

enum option {
    OPTION_OUT,
    OPTION_REPORT,
    OPTION_RULES,
    OPTION_MAP,
    OPTION_SEED,
    OPTION_START,
    OPTION_WEEKS,
    OPTION_PREVIOUS,
    OPTION_KEEP,
    OPTION_PIN,
    OPTION_AVOID,
    OPTION_PRINT_RULES,
    OPTION_QUIET,
    OPTION_HELP,
};
#define OPTIONS (OPTION_HELP + 1)

static const struct {
    const char *name;
    char letter;       // 0: none
    const char *value; // what it takes; NULL: nothing
} rows[OPTIONS] = {
    [OPTION_OUT] = {"--out",         'o', "a folder"                                    },
    [OPTION_REPORT] = {"--report",      'r', "a file name"                                 },
    [OPTION_RULES] = {"--rules",       0,   "a file"                                      },
    [OPTION_MAP] = {"--map",         'm', "NAME=COLUMN"                                 },
    [OPTION_SEED] = {"--seed",        0,   "a number"                                    },
    [OPTION_START] = {"--start",       0,   "a date"                                      },
    [OPTION_WEEKS] = {"--weeks",       0,   "a number"                                    },
    [OPTION_PREVIOUS] = {"--previous",    0,   "a file of pairs"                             },
    [OPTION_KEEP] = {"--keep",        0,   "all, free, a number of moves, or \"price N\""},
    [OPTION_PIN] = {"--pin",         0,   "a file of pairs"                             },
    [OPTION_AVOID] = {"--avoid",       0,   "a file of pairs"                             },
    [OPTION_PRINT_RULES] = {"--print-rules", 0,   NULL                                          },
    [OPTION_QUIET] = {"--quiet",       'q', NULL                                          },
    [OPTION_HELP] = {"--help",        'h', NULL                                          },
};

static const char help[] =
    "Usage: trellis match MENTEES.csv MENTORS.csv [options]\n"
    "       trellis match --print-rules [--rules FILE]\n"
    "\n"
    "Reads two sign-up sheets and finds the best set of mentoring pairs: most mentees\n"
    "matched, the weakest pair as good as possible, then the highest total. Says why\n"
    "each pair was made and what would help those without a mentor.\n"
    "\n"
    "What to write\n"
    "  -o, --out DIR        pairs.csv, unmatched.csv, result.json and what\n"
    "                       'trellis verify' needs, into DIR (made if needed)\n"
    "  -r, --report FILE    a report to read, print and share (HTML, one file)\n"
    "  -q, --quiet          no summary\n"
    "\n"
    "How to match\n"
    "      --rules FILE     hard rules, weights, objective, dates of the cohort\n"
    "      --print-rules    print the rules with an explanation of each, and stop\n"
    "      --start DATE     first day of the cohort (2026-09-07); only daylight\n"
    "                       saving depends on it\n"
    "      --weeks N        how long the cohort runs\n"
    "      --seed N         decides between results that are equally good\n"
    "      --pin FILE       pairs that must be made (columns: mentee, mentor)\n"
    "      --avoid FILE     pairs that must not be made\n"
    "\n"
    "A round that was published before\n"
    "      --previous FILE  its pairs.csv\n"
    "      --keep HOW       all (none moves), 3 (at most three move), 'price 500' (a\n"
    "                       move must gain 5 points of 100), or free (the default)\n"
    "\n"
    "How to read the sheets\n"
    "  -m, --map NAME=COLUMN\n"
    "                       which column holds what, when it is not recognised by\n"
    "                       itself: --map skills='I can help with'. For one sheet\n"
    "                       only: --map mentors:skills='Know-how'. Names: id name\n"
    "                       email city country time_zone pronouns skills wishes\n"
    "                       interests languages level max_mentees availability ...\n"
    "                       (all of them: man trellis-match)\n"
    "\n"
    "Exit status: 0 done, 1 internal failure or result not proved, 2 wrong use or\n"
    "sheets that cannot be used (nothing is written), 3 rules or pins contradict.\n"
    "\n"
    "Example: trellis match demo/round5-mentees.csv demo/round5-mentors.csv \\\n"
    "             --out result --report report.html\n";

const char *match_options_help(void)
{
    return help;
}

static enum rc refuse(const char *error, const char **ret_error)
{
    if (error == NULL)
        return RC_NO_MEMORY;
    *ret_error = error;
    return RC_BAD_INPUT;
}

// Where the value of an option goes; NULL for those that need more than to be kept.
static const char **slot_of(struct match_options *options, enum option option)
{
    switch (option) {
    case OPTION_OUT:
        return &options->out;
    case OPTION_REPORT:
        return &options->report;
    case OPTION_RULES:
        return &options->rules;
    case OPTION_SEED:
        return &options->seed;
    case OPTION_START:
        return &options->start;
    case OPTION_WEEKS:
        return &options->weeks;
    case OPTION_PREVIOUS:
        return &options->previous;
    case OPTION_KEEP:
        return &options->keep;
    case OPTION_PIN:
        return &options->pin;
    case OPTION_AVOID:
        return &options->avoid;
    case OPTION_MAP:
    case OPTION_PRINT_RULES:
    case OPTION_QUIET:
    case OPTION_HELP:
        return NULL;
    }
    return NULL;
}

static enum rc read_map(struct arena *arena, const char *value, struct match_options *options,
                        const char **ret_error)
{
    struct match_map map = {.mentees = true, .mentors = true, .either = true};
    const char *names = value;
    if (strncmp(value, "mentees:", 8) == 0)
        map = (struct match_map){.mentees = true};
    else if (strncmp(value, "mentors:", 8) == 0)
        map = (struct match_map){.mentors = true};
    names += map.either ? 0 : 8;
    const char *equals = strchr(names, '=');
    if (equals == NULL || equals == names || equals[1] == '\0')
        return refuse(arena_printf(arena,
                                   "--map needs NAME=COLUMN, such as skills=\"I can help with\", "
                                   "not \"%s\"",
                                   value),
                      ret_error);
    if (options->map_count == MATCH_MAPS_MAX)
        return refuse(arena_printf(arena, "more than %d times --map", MATCH_MAPS_MAX), ret_error);
    map.field = arena_strndup(arena, names, (size_t)(equals - names));
    map.column = equals + 1;
    if (map.field == NULL)
        return RC_NO_MEMORY;
    options->maps[options->map_count++] = map;
    return RC_OK;
}

static enum rc take_value(struct arena *arena, enum option option, const char *value,
                          struct match_options *options, const char **ret_error)
{
    if (option == OPTION_MAP)
        return read_map(arena, value, options, ret_error);
    const char **slot = slot_of(options, option);
    if (slot == NULL || *slot != NULL)
        return refuse(arena_printf(arena, "%s is given twice", rows[option].name), ret_error);
    if (value[0] == '\0')
        return refuse(arena_printf(arena, "%s needs %s", rows[option].name, rows[option].value),
                      ret_error);
    *slot = value;
    return RC_OK;
}

static void take_switch(enum option option, struct match_options *options)
{
    options->print_rules = options->print_rules || option == OPTION_PRINT_RULES;
    options->quiet = options->quiet || option == OPTION_QUIET;
    options->help = options->help || option == OPTION_HELP;
}

// The option of "--out", "--out=x" or "-o"; OPTIONS: none.
static unsigned find_option(const char *word)
{
    size_t length = strcspn(word, "=");
    for (unsigned i = 0; i < OPTIONS; i++) {
        if (strlen(rows[i].name) == length && strncmp(rows[i].name, word, length) == 0)
            return i;
        if (rows[i].letter != 0 && word[1] == rows[i].letter && word[2] == '\0')
            return i;
    }
    return OPTIONS;
}

static enum rc refuse_option(struct arena *arena, const char *word, const char **ret_error)
{
    struct text typed = {word, strcspn(word, "=")};
    for (unsigned i = 0; i < OPTIONS; i++)
        if (typed.length > 3 && text_distance(typed, text_of(rows[i].name), 2) <= 2)
            return refuse(arena_printf(arena, "there is no option %.*s; did you mean %s?",
                                       (int)typed.length, word, rows[i].name),
                          ret_error);
    return refuse(arena_printf(arena, "there is no option %.*s", (int)typed.length, word),
                  ret_error);
}

static enum rc read_option(struct arena *arena, int argc, char **argv, int *at,
                           struct match_options *options, const char **ret_error)
{
    const char *word = argv[*at];
    unsigned found = find_option(word);
    if (found == OPTIONS)
        return refuse_option(arena, word, ret_error);
    enum option option = (enum option)found;
    const char *equals = strchr(word, '=');
    if (rows[option].value == NULL) {
        if (equals != NULL)
            return refuse(arena_printf(arena, "%s takes no value", rows[option].name), ret_error);
        take_switch(option, options);
        return RC_OK;
    }
    if (equals != NULL)
        return take_value(arena, option, equals + 1, options, ret_error);
    if (*at + 1 >= argc)
        return refuse(arena_printf(arena, "%s needs %s", rows[option].name, rows[option].value),
                      ret_error);
    *at += 1;
    return take_value(arena, option, argv[*at], options, ret_error);
}

static enum rc read_file_name(struct arena *arena, const char *word, struct match_options *options,
                              const char **ret_error)
{
    if (options->mentees == NULL) {
        options->mentees = word;
        return RC_OK;
    }
    if (options->mentors != NULL)
        return refuse(arena_printf(arena,
                                   "there are more than two sheets: %s. Give the mentees' sheet "
                                   "and then the mentors' sheet",
                                   word),
                      ret_error);
    options->mentors = word;
    return RC_OK;
}

static enum rc check_together(const struct match_options *options, const char **ret_error)
{
    if (options->help || options->print_rules)
        return RC_OK;
    if (options->mentees == NULL)
        return refuse("two sheets are needed: the mentees' and then the mentors'", ret_error);
    if (options->mentors == NULL)
        return refuse("the second sheet is missing: the mentors'", ret_error);
    if (strcmp(options->mentees, "-") == 0 && strcmp(options->mentors, "-") == 0)
        return refuse("only one sheet can come from standard input", ret_error);
    if (options->keep != NULL && options->previous == NULL)
        return refuse("--keep needs --previous, the pairs that were published", ret_error);
    return RC_OK;
}

enum rc match_options_read(struct arena *arena, int argc, char **argv,
                           struct match_options *ret_options, const char **ret_error)
{
    struct match_options options = {0};
    bool only_files = false;
    for (int at = 1; at < argc; at++) {
        const char *word = argv[at];
        if (!only_files && strcmp(word, "--") == 0)
            only_files = true;
        else if (!only_files && word[0] == '-' && word[1] != '\0')
            TRY(read_option(arena, argc, argv, &at, &options, ret_error));
        else
            TRY(read_file_name(arena, word, &options, ret_error));
    }
    TRY(check_together(&options, ret_error));
    *ret_options = options;
    return RC_OK;
}
