// SPDX-License-Identifier: Apache-2.0
// The rules file: round trip, every kind of value, and every kind of mistake with its line.
#include "rules_file.h"

#include <string.h>

#include "base/tap.h"

static struct rules_file got;

// Reads a text; gives the first problem as "line: what. todo", or "" when there is none.
static const char *read_rules(struct arena *arena, const char *text)
{
    struct problem_list problems;
    problem_list_open(&problems, arena, 20);
    enum rc rc = rules_file_read("r.txt", text_of(text), &problems, &got);
    if (problems.count == 0)
        return rc == RC_OK ? "" : "refused without a word";
    const struct problem *problem = &problems.items[0];
    return arena_printf(arena, "%u: %s. %s", problem->line, problem->what, problem->todo);
}

static const char *printed(struct arena *arena, const struct rules_file *rules)
{
    struct buffer *buffer = ARENA_NEW(arena, struct buffer);
    buffer_open(buffer, arena, RULES_FILE_BYTES_MAX);
    rules_file_print(buffer, rules);
    return buffer->bytes;
}

static const struct {
    const char *text;
    const char *problem; // starts so
} mistakes[] = {
    {"topics = 3",                                      "1: \"topics\" stands below no heading"                            },
    {"[weight]\n",                                      "1: there is no heading \"[weight]\". Headings are"                },
    {"# a\n[weights]\n\ntopic = 3",
     "4: there is no setting \"topic\" under [weights]. Did you mean "
     "\"topics\"?"                                                                                                         },
    {"[weights]\nzzzzzzz = 3",                          "2: there is no setting \"zzzzzzz\" under [weights]. Known under "
                               "[weights]: topics, skill levels"                             },
    {"[weights]\ntopics = 11",                          "2: \"topics\" cannot be \"11\". Write a whole number from 0 to 10"},
    {"[weights]\ntopics = -1",                          "2: \"topics\" cannot be \"-1\""                                   },
    {"[weights]\ntopics = 3.5",                         "2: \"topics\" cannot be \"3.5\""                                  },
    {"[weights]\ntopics =",                             "2: \"topics\" cannot be \"\""                                     },
    {"[weights]\ntopics = 0 mandatory",                 "2: \"topics\" cannot be"                                          },
    {"[weights]\ntopics 3",                             "2: this line is neither a setting"                                },
    {"[weights]\ntopics = 3\nTopics = 4",               "3: \"topics\" is set already, in line 2"                          },
    {"[hard rules]\noverlap = 5",                       "2: \"overlap\" cannot be \"5\". Write off, or minutes a week "
                                  "from 15 to 10080; "                                    },
    {"[hard rules]\noverlap = 60 hours",                "2: \"overlap\" cannot be"                                         },
    {"[hard rules]\noverlap = 60, perhaps",             "2: \"overlap\" cannot be"                                         },
    {"[hard rules]\nvetoes = on, unanswered allowed",   "2: \"vetoes\" cannot be"                                          },
    {"[hard rules]\nscore = 101",                       "2: \"score\" cannot be"                                           },
    {"[hard rules]\nscore = 32.555",                    "2: \"score\" cannot be"                                           },
    {"[hard rules]\ndo not match = off",                "2: there is no setting \"do not match\""                          },
    {"[objective]\norder = most mentees, most mentees", "2: \"order\" cannot be"                                           },
    {"[objective]\norder = ",                           "2: \"order\" cannot be"                                           },
    {"[objective]\nbands = 1",                          "2: \"bands\" cannot be"                                           },
    {"[objective]\nseed = 99999999999999999999",        "2: \"seed\" cannot be"                                            },
    {"[objective]\npublished pairs = some",             "2: \"published pairs\" cannot be"                                 },
    {"[cohort]\nstart = 2026-02-30",                    "2: \"start\" cannot be \"2026-02-30\". Write a date such as"      },
    {"[cohort]\nweeks = 0",                             "2: \"weeks\" cannot be"                                           },
    {"[sheets]\nlanguage level = D1",                   "2: \"language level\" cannot be"                                  },
    {"\xff\xfe[",                                       "0: this is not a rules file"                                      },
};

static void test_mistakes(struct arena *arena)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        const char *problem = read_rules(arena, mistakes[i].text);
        bool same = strncmp(problem, mistakes[i].problem, strlen(mistakes[i].problem)) == 0;
        if (!ok(same, "mistake %zu is named", i))
            note("%s", problem);
    }
}

static void test_round_trip(struct arena *arena)
{
    struct rules_file rules;
    rules_file_default(&rules);
    const char *first = printed(arena, &rules);
    is_str(read_rules(arena, first), "", "the defaults that are printed can be read");
    is_str(printed(arena, &got), first, "and are the same");
    is_mem(&got.rules, &rules.rules, sizeof rules.rules, "rules and weights are the same");
    is_mem(&got.objective, &rules.objective, sizeof rules.objective, "the objective is the same");

    static const char changed[] =
        "\xef\xbb\xbf; = \r\n"; // the byte-order mark is no part of the first line
    is_str(read_rules(arena, changed),
           "1: \";\" stands below no heading. Put it below a heading "
           "such as [weights]; see --print-rules",
           "a byte-order mark is read over");
    is_str(read_rules(arena,
                      "[Hard_Rules]\r\nOVERLAP = 90 minutes a week, unanswered refused # why\r\n"
                      "score = 32.5\nsame place = off\ntime difference = 360\n"
                      "[weights]\ntopics=High\nzone = 3\n"),
           "8: there is no setting \"zone\" under [weights]. Known under [weights]: topics, skill "
           "levels, seniority, interests, values, languages, overlap, time difference, industry, "
           "format, cadence, mentee's choice, mentor's choice, best seniority gap, overlap that is "
           "enough",
           "what is known is listed");
    is_str(read_rules(arena,
                      "[Hard_Rules]\r\nOVERLAP = 90 minutes a week, unanswered refused # why\r\n"
                      "score = 32.5\nsame place = off\ntime difference = 360\n"
                      "[weights]\ntopics=High\nvalues = 7 mandatory\nlanguages = Mandatory\n"
                      "[objective]\norder = highest total\nseed = 18446744073709551\n"
                      "published pairs = price 250\n[cohort]\nstart = 2027-01-11\nweeks=52\n"
                      "[sheets]\nwishes in order = no\nlanguage level = C1\n"),
           "", "all kinds of values are read");
    is_int(got.rules.rule[MM_R_OVERLAP].amount, 90, "the amount");
    ok(got.rules.rule[MM_R_OVERLAP].use && !got.rules.rule[MM_R_OVERLAP].allow_unknown,
       "on, unanswered refused");
    is_int(got.rules.rule[MM_R_LOW_SCORE].amount, 3250, "points with a decimal");
    ok(!got.rules.rule[MM_R_PLACE].use, "off");
    is_int(got.rules.weight[MM_C_TOPICS].weight, RULES_WEIGHT_HIGH, "High");
    ok(got.rules.weight[MM_C_VALUES].mandatory && got.rules.weight[MM_C_VALUES].weight == 7,
       "7 mandatory");
    is_int(got.objective.level[0], MM_TOTAL, "the order");
    is_int(got.objective.level[1], MM_END, "and nothing else");
    is_int(got.objective.move_price, 250, "the price of a move");
    is_int(got.start.year, 2027, "the start");
    ok(got.rule_told[MM_R_OVERLAP] && !got.rule_told[MM_R_LANGUAGE] && got.weight_told[MM_C_TOPICS],
       "what the file said is known");
    struct rules_file before = got;
    const char *again = printed(arena, &before);
    is_str(read_rules(arena, again), "", "changed rules can be read again");
    is_str(printed(arena, &got), again, "and are the same");
    is_mem(&got.rules, &before.rules, sizeof before.rules, "value for value");
}

static void test_keep(void)
{
    struct mm_objective objective = {.keep_published = true};
    is_int(rules_file_read_keep("3", &objective), RC_OK, "a number of moves");
    ok(objective.limit_moves && objective.moves == 3 && !objective.keep_published, "is taken");
    is_int(rules_file_read_keep("price 20", &objective), RC_OK, "a price");
    ok(!objective.limit_moves && objective.move_price == 20, "is taken");
    is_int(rules_file_read_keep("price", &objective), RC_BAD_INPUT,
           "a price of nothing is refused");
    is_int(objective.move_price, 20, "and nothing is changed");
    is_int(rules_file_read_keep("all", &objective), RC_OK, "all");
    ok(objective.keep_published && objective.move_price == 0, "is taken");
}

// An allocation that fails gives RC_NO_MEMORY and touches nothing.
static void test_no_memory(void)
{
    bool ended = false;
    bool held = true;
    for (size_t fail_at = 1; fail_at < 50 && !ended; fail_at++) {
        struct arena arena;
        arena_open(&arena, 1 << 20);
        arena.fail_at = fail_at;
        struct problem_list problems;
        problem_list_open(&problems, &arena, 20);
        got.weeks = 77;
        enum rc rc =
            rules_file_read("r.txt", text_of("[weights]\nzzzzz = 3\ntopics = 12"), &problems, &got);
        ended = rc == RC_BAD_INPUT && arena.calls < fail_at;
        held = held && got.weeks == 77 && (rc == RC_NO_MEMORY || rc == RC_BAD_INPUT);
        arena_close(&arena);
    }
    ok(ended && held, "memory that fails at any point is reported and nothing is touched");
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 64 << 20);
    test_round_trip(&arena);
    test_mistakes(&arena);
    test_keep();
    test_no_memory();
    arena_close(&arena);
    return tap_done();
}
