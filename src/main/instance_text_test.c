// SPDX-License-Identifier: Apache-2.0
// The plain formats: what is written is read back; what is wrong is named with its place.
#include "instance_text.h"

#include <stdlib.h>

#include "base/tap.h"

#include "result_text.h"

#define ARENA_BYTES_MAX ((size_t)64 << 20)

struct bench {
    struct arena arena;
    struct problem_list problems;
    struct instance_text text;
};

static void bench_open(struct bench *bench)
{
    arena_open(&bench->arena, ARENA_BYTES_MAX);
    problem_list_open(&bench->problems, &bench->arena, 20);
}

static struct text text_from(const char *text)
{
    return (struct text){text, strlen(text)};
}

static enum rc bench_read(struct bench *bench, const char *text)
{
    bench_open(bench);
    return instance_text_read(&bench->arena, "x", text_from(text), &bench->problems, &bench->text);
}

// ---- what is wrong ----

#define P "p mentormatch 1 3 2 2\n"
#define E "e 1 1 5\ne 2 2 10000\n"

static const struct refusal {
    const char *text;
    uint32_t line;
    const char *column;
    const char *what; // a part of it
} refusals[] = {
    {"",                                           1, "1",  "no problem line"                    },
    {"\n# only a comment\n",                       3, "1",  "no problem line"                    },
    {"e 1 1 5\n",                                  1, "1",  "not the problem line"               },
    {"p max 1 2 3 4\n",                            1, "3",  "another format"                     },
    {"p mentormatch 2 1 1 0\n",                    1, "15", "version"                            },
    {"p mentormatch 1 2000001 1 0\n",              1, "17", "number of mentees"                  },
    {"p mentormatch 1 1 1 2\n",                    1, "1",  "more pairs than mentees times"      },
    {"p mentormatch 1 90000 90000 2000000\n",      1, "1",  "too short for 2000000 pairs"        },
    {"p mentormatch 1 1 1 x\n",                    1, "21", "not a number: \"x\""                },
    {"p mentormatch 1 1 1\n",                      1, "20", "the line ends where"                },
    {"p mentormatch 1 1 1 99999999999999999999\n", 1, "21", "number of pairs must lie"           },
    {P E P,                                        4, "1",  "second problem line"                },
    {P "e 1 1 5\n",                                3, "1",  "there are 1 e lines"                },
    {P E "e 3 1 5\n",                              4, "1",  "more e lines than the 2"            },
    {P "e 1 1 5\ne 1 1 6\n",                       3, "1",  "have two e lines"                   },
    {P "e 2 1 5\ne 1 1 6\n"
       "n 4 1\n",                             4, "3",  "the mentee must lie between 1 and 3"},
    {P "e 1 3 5\n" E,                              2, "5",  "the mentor must lie between 1 and 2"},
    {P "e 1 1 10001\n" E,                          2, "7",  "the score must lie"                 },
    {P "e 1 1 -1\n" E,                             2, "7",  "not a number: \"-1\""               },
    {P "e 1 1 5 6\n" E,                            2, "9",  "there is more in the line"          },
    {P "e 1 1\n" E,                                2, "6",  "the line ends where the score"      },
    {P "e 1 1 5x\n" E,                             2, "7",  "not a number: \"5x\""               },
    {P E "n 1 0\n",                                4, "5",  "mentors wanted must lie"            },
    {P E "n 1 4\n",                                4, "5",  "mentors wanted must lie"            },
    {P E "n 1 1 256\n",                            4, "7",  "priority must lie"                  },
    {P E "n 1 1\nn 1 1\n",                         5, "1",  "mentee 1 has two n lines"           },
    {P E "c 1 21\n",                               4, "5",  "the capacity must lie"              },
    {P E "c 1 3 4\n",                              4, "7",  "the minimum must lie"               },
    {P E "c 2 1\nc 2 0\n",                         5, "1",  "mentor 2 has two c lines"           },
    {P E "bg 1 5\nbg 1 5\n",                       5, "1",  "two bg lines"                       },
    {P E "distinct 1\ndistinct 1\n",               5, "1",  "two distinct lines"                 },
    {P E "id m 1 5\n",                             4, "4",  "belongs to a mentee"                },
    {P E "id n 1 5\nid n 1 6\n",                   5, "1",  "mentee 1 has two id lines"          },
    {P E "id c 1 18446744073709551616\n",          4, "8",  "the id must lie"                    },
    {P E "pin 1 1\npin 2 2\npin 1 1\n",            6, "1",  "two pin lines"                      },
    {P E "ban 1 1\nban 1 1\n",                     5, "1",  "two ban lines"                      },
    {P E "was 1 1\nwas 1 1\n",                     5, "1",  "two was lines"                      },
    {P E "o levels\n",                             4, "9",  "no such level"                      },
    {P E "o levels total,total\n",                 4, "16", "named twice"                        },
    {P E "o levels total,,floor\n",                4, "16", "no such level"                      },
    {P E "o levels bands:1\n",                     4, "16", "number of bands must lie"           },
    {P E "o levels bands:x\n",                     4, "16", "number of bands must lie"           },
    {P E "o levels total:3\n",                     4, "10", "no such level"                      },
    {P E "o colour 3\n",                           4, "3",  "no such option"                     },
    {P E "o seed 1\no seed 1\n",                   5, "1",  "seed is given twice"                },
    {P E "o move-price 1000001\n",                 4, "14", "price of a move"                    },
    {P E "o keep-published yes\n",                 4, "18", "more in the line"                   },
    {P E "x\n",                                    4, "1",  "means nothing here"                 },
    {"p mentormatch 1 0 0 0\nn 1 1\n",             2, "3",  "does not exist"                     },
};

static void try_refusals(void)
{
    for (size_t k = 0; k < sizeof refusals / sizeof refusals[0]; k++) {
        const struct refusal *row = &refusals[k];
        struct bench bench;
        is_int(bench_read(&bench, row->text), RC_BAD_INPUT, "refusal %zu: %s", k, row->what);
        if (ok(bench.problems.count > 0, "refusal %zu says why", k)) {
            const struct problem *first = &bench.problems.items[0];
            is_uint(first->line, row->line, "refusal %zu: its line", k);
            is_str(first->column, row->column, "refusal %zu: its column", k);
            if (!ok(strstr(first->what, row->what) != NULL, "refusal %zu: its words", k))
                note("it says: %s", first->what);
            ok(first->todo[0] != '\0', "refusal %zu: what to do", k);
        }
        arena_close(&bench.arena);
    }
    struct bench bench;
    char many[4000] = P;
    for (size_t k = 0; k < 100; k++)
        strncat(many, "zzz\n", 5); // lint: allow calls because the text is known to fit
    is_int(bench_read(&bench, many), RC_BAD_INPUT, "a hundred bad lines are refused");
    is_uint(bench.problems.count, 20, "reading ends at 20 problems");
    arena_close(&bench.arena);
}

// ---- what is right ----

static const char full[] = "p mentormatch 1 3 4 6\n"
                           "o levels cardinality,priority,floor,bands:7,total,disturbance\n"
                           "o seed 18446744073709551615\n"
                           "o move-price 250\n"
                           "o keep-published\n"
                           "o limit-moves 2\n"
                           "n 1 2 7\n"
                           "distinct 1\n"
                           "id n 1 900\n"
                           "n 3 3\n"
                           "c 1 0\n"
                           "c 2 20\n"
                           "id c 2 5000000000\n"
                           "c 3 4 2\n"
                           "bg 1 0\n"
                           "bg 2 0\n"
                           "bg 3 2000000\n"
                           "bg 4 3\n"
                           "pin 1 2\n"
                           "ban 2 1\n"
                           "ban 3 1\n"
                           "was 1 2\n"
                           "e 1 1 0\n"
                           "e 1 2 10000\n"
                           "e 2 1 17\n"
                           "e 3 2 1\n"
                           "e 3 3 2\n"
                           "e 3 4 3\n";

static void try_round_trip(void)
{
    struct bench bench;
    struct buffer buffer;
    if (!is_int(bench_read(&bench, full), RC_OK, "an instance with everything is read"))
        return;
    buffer_open(&buffer, &bench.arena, 1 << 16);
    is_int(instance_text_write(&buffer, &bench.text.instance, &bench.text.objective), RC_OK,
           "and written");
    is_str(buffer.bytes, full, "the same text comes out");
    const struct mm_instance *in = &bench.text.instance;
    is_uint(in->mentees, 3, "mentees");
    is_uint(in->wants[0], 2, "wants");
    is_uint(in->wants[1], 1, "wants of one without a line");
    is_uint(in->capacity[3], 1, "capacity of one without a line");
    is_uint(in->minimum[2], 2, "a circle's minimum");
    is_uint(in->mentee_id[0], 900, "an id");
    is_uint(in->mentee_id[1], 2, "the id of one without a line");
    is_uint(in->first[3], 6, "pairs");
    arena_close(&bench.arena);
}

static bool same_pairs(const struct mm_instance *in)
{
    // mentees 1..3: (1 9), (2 8, 1 7), (2 6)
    return in->first[1] == 1 && in->first[2] == 3 && in->first[3] == 4 && in->mentor[0] == 0 &&
           in->score[0] == 9 && in->mentor[1] == 1 && in->score[1] == 8 && in->mentor[2] == 0 &&
           in->score[2] == 7 && in->mentor[3] == 1 && in->score[3] == 6;
}

static void try_orders(void)
{
    static const char *const texts[] = {
        "p mentormatch 1 3 2 4\ne 1 1 9\ne 2 2 8\ne 2 1 7\ne 3 2 6\n",
        "p mentormatch 1 3 2 4\ne 3 2 6\ne 2 2 8\ne 1 1 9\ne 2 1 7\n",
        "p mentormatch 1 3 2 4\ne 1 1 9\ne 3 2 6\ne 2 2 8\nc 1 1\ne 2 1 7",
        "# c\r\n\r\n  p  mentormatch\t1 3 2 4\r\ne 2 2 8\r\ne 2 1 7\r\n\te 1 1 9 \r\ne 3 2 6\r\n",
    };
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
        struct bench bench;
        is_int(bench_read(&bench, texts[k]), RC_OK, "text %zu is read", k);
        ok(same_pairs(&bench.text.instance), "text %zu has the same pairs", k);
        arena_close(&bench.arena);
    }
    struct bench bench;
    is_int(bench_read(&bench, "p mentormatch 1 0 0 0"), RC_OK, "nobody at all");
    arena_close(&bench.arena);
    is_int(bench_read(&bench, "p mentormatch 1 0 5 0\nc 5 3\n"), RC_OK, "no mentees");
    is_uint(bench.text.instance.first[0], 0, "no rows");
    arena_close(&bench.arena);
    is_int(bench_read(&bench, P E "bg 2 7\n"), RC_OK, "one background told");
    ok(bench.text.instance.background[0] != 7, "the other one is another");
    is_uint(bench.text.instance.background[1], 7, "and the told one is kept");
    arena_close(&bench.arena);
}

// ---- results ----

static enum rc read_back(struct bench *bench, const char *text, struct mm_result *ret_result)
{
    return result_text_read(&bench->arena, "y", text_from(text), &bench->text, &bench->problems,
                            ret_result);
}

static void try_result(void)
{
    struct bench bench;
    struct mm_result result;
    struct mm_result back;
    struct mm_fault fault = {.text = NULL};
    struct buffer first;
    struct buffer second;
    bench_read(&bench, "p mentormatch 1 3 2 4\npin 2 1\nc 1 2\nwas 1 1\nwas 3 1\n"
                       "e 1 1 9\ne 2 2 8\ne 2 1 7\ne 3 2 6\n");
    const struct mm_instance *in = &bench.text.instance;
    if (!is_int(mm_solve(in, &bench.text.objective, NULL, &result, &fault), MM_OK, "solved"))
        return;
    buffer_open(&first, &bench.arena, 1 << 16);
    buffer_open(&second, &bench.arena, 1 << 16);
    is_int(result_text_write(&first, &result, in->mentors), RC_OK, "the result is written");
    is_int(read_back(&bench, first.bytes, &back), RC_OK, "and read");
    is_int(result_text_write(&second, &back, in->mentors), RC_OK, "and written again");
    is_str(second.bytes, first.bytes, "the same text comes out");
    is_int(mm_check(in, &bench.text.objective, &back, NULL, &fault), MM_OK,
           "what was read is proved");
    mm_result_free(&result);

    is_int(read_back(&bench, "a 3 2 6\na 2 1 7\na 1 1 9\n", &back), RC_OK,
           "pairs alone are a result");
    is_uint(back.total, 22, "its total");
    is_uint(back.matched, 3, "matched");
    is_uint(back.lowest, 6, "lowest");
    is_uint(back.band[0], 3, "band");
    is_uint(back.moved, 1, "moved");
    ok(back.pair[1].pinned && !back.pair[0].pinned, "the pin is marked");
    is_int(mm_check(in, &bench.text.objective, &back, NULL, &fault), MM_NOT_PROVED,
           "without a certificate nothing is proved");
    arena_close(&bench.arena);
}

// Two circles: the first can't be filled, and whether the second opens has to be weighed.
static const char circles[] =
    "p mentormatch 1 5 3 11\nc 1 4 3\nc 2 3 2\nc 3 2\ne 1 1 9000\ne 2 1 9000\ne 1 3 100\n"
    "e 2 3 100\ne 3 2 9000\ne 3 3 50\ne 4 2 10\ne 4 3 6000\ne 5 3 20\ne 1 2 1\ne 2 2 2\n";

static void try_branches(void)
{
    struct bench bench;
    struct mm_result result;
    struct mm_result back;
    struct mm_fault fault = {.text = NULL};
    struct buffer first;
    struct buffer second;
    bench_read(&bench, circles);
    const struct mm_instance *in = &bench.text.instance;
    if (!is_int(mm_solve(in, &bench.text.objective, NULL, &result, &fault), MM_OK,
                "circles are solved"))
        return;
    ok(result.proved && result.branches >= 3, "by %u branches", result.branches);
    buffer_open(&first, &bench.arena, 1 << 16);
    buffer_open(&second, &bench.arena, 1 << 16);
    is_int(result_text_write(&first, &result, in->mentors), RC_OK, "branches are written");
    ok(strstr(first.bytes, "\nb empty\n") != NULL, "an empty one among them");
    is_int(read_back(&bench, first.bytes, &back), RC_OK, "and read");
    is_int(result_text_write(&second, &back, in->mentors), RC_OK, "and written again");
    is_str(second.bytes, first.bytes, "the same branches come out");
    is_int(mm_check(in, &bench.text.objective, &back, NULL, &fault), MM_OK,
           "they prove the result");
    back.branches--;
    is_int(mm_check(in, &bench.text.objective, &back, NULL, &fault), MM_NOT_PROVED,
           "less one, they don't");
    mm_result_free(&result);
    arena_close(&bench.arena);
}

static const struct refusal bad_results[] = {
    {"a 1 1\n",                            1, "6",  "the line ends where the score"},
    {"a 4 1 5\n",                          1, "3",  "the mentee must lie"          },
    {"v matched\n",                        1, "10", "the line ends"                },
    {"v colour 3\n",                       1, "3",  "no such value"                },
    {"v total 3\nv total 3\n",             2, "1",  "told twice"                   },
    {"v band 20 1\n",                      1, "8",  "the band must lie"            },
    {"v band 1 1\nv band 1 1\n",           2, "1",  "band 1 is told twice"         },
    {"v proved maybe\n",                   1, "10", "it is not"                    },
    {"v pairs 2\na 1 1 5\n",               3, "1",  "there are 1 a lines"          },
    {"l 2 total 0 0\n",                    1, "3",  "must lie between 1 and 1"     },
    {"l 1 totals 0 0\n",                   1, "5",  "no such level"                },
    {"l 1 total 0 99999999999999999999\n", 1, "13", "the value must lie"           },
    {"d 1 1 5\n",                          1, "3",  "the level does not exist"     },
    {"l 1 total 0 0\nd 1 3 5\n",           2, "5",  "the mentor must lie"          },
    {"l 1 total 0 0\nd 1 1 5\nd 1 1 5\n",  3, "1",  "two prices"                   },
    {"l 1 total 0 0\nd 1 1 -\n",           2, "8",  "the line ends where the price"},
    {"b 9\n",                              1, "3",  "must lie between"             },
    {"b open\n",                           1, "3",  "the mentor"                   },
    {"b 1 2\n",                            1, "5",  "more in the line"             },
    {"z 1\n",                              1, "1",  "means nothing here"           },
};

static void try_bad_results(void)
{
    for (size_t k = 0; k < sizeof bad_results / sizeof bad_results[0]; k++) {
        const struct refusal *row = &bad_results[k];
        struct bench bench;
        struct mm_result result;
        bench_read(&bench, P E);
        is_int(read_back(&bench, row->text, &result), RC_BAD_INPUT, "bad result %zu: %s", k,
               row->what);
        if (ok(bench.problems.count > 0, "bad result %zu says why", k)) {
            const struct problem *first = &bench.problems.items[0];
            is_uint(first->line, row->line, "bad result %zu: its line", k);
            is_str(first->column, row->column, "bad result %zu: its column", k);
            if (!ok(strstr(first->what, row->what) != NULL, "bad result %zu: its words", k))
                note("it says: %s", first->what);
        }
        arena_close(&bench.arena);
    }
}

// ---- memory runs out ----

static enum rc read_starved(struct bench *bench, size_t fail_at, const char *text)
{
    bench_open(bench);
    bench->arena.fail_at = fail_at;
    return instance_text_read(&bench->arena, "x", text_from(text), &bench->problems, &bench->text);
}

static void try_starving(const char *text, enum rc want)
{
    size_t fail_at = 1;
    bool good = true;
    for (;; fail_at++) {
        struct bench bench;
        enum rc rc = read_starved(&bench, fail_at, text);
        bool failed = bench.arena.calls >= fail_at;
        arena_close(&bench.arena);
        good = good && (failed ? rc == RC_NO_MEMORY || rc == want : rc == want);
        if (!failed)
            break;
    }
    ok(good && fail_at > 1, "every allocation fails in turn (%zu)", fail_at - 1);
}

int main(void)
{
    try_refusals();
    try_round_trip();
    try_orders();
    try_result();
    try_branches();
    try_bad_results();
    try_starving(full, RC_OK);
    try_starving("p mentormatch 1 2 2 2\ne 2 1 5\ne 1 1 5\npin 1 1\nid n 1 4\n", RC_OK);
    try_starving("p mentormatch 1 2 2 2\ne 2 1 5\ne 2 1 5\n", RC_BAD_INPUT);
    return tap_done();
}
