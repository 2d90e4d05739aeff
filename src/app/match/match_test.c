// SPDX-License-Identifier: Apache-2.0
//
// Scores of pairs, and the best pairs of a small cohort.
#include "app/match/match.h"

#include "base/tap.h"

static struct enrolment person(int64_t id, const char *role, int64_t level, const char *topics)
{
    return (struct enrolment){.id = id,
                              .person = id,
                              .role = role,
                              .level = level,
                              .topics = topics,
                              .languages = "en ",
                              .times = "work-evening weekend-day ",
                              .places = 1,
                              .name = "x"};
}

static void try_scores(void)
{
    struct enrolment mentee = person(1, "mentee", 2, "data ux ");
    struct enrolment mentor = person(2, "mentor", 3, "data ux security ");
    is_int(match_score(&mentee, &mentor), 10000, "everything fits");
    mentor.topics = "data ";
    is_int(match_score(&mentee, &mentor), 6500, "one of two topics: 3500 + 2000 + 1000");
    mentor.level = 2;
    is_int(match_score(&mentee, &mentor), 6000, "no step in level: half of its share");
    mentor.level = 1;
    is_int(match_score(&mentee, &mentor), MATCH_NOT_ALLOWED, "a mentor is at least as far");
    mentor.level = 3;
    mentor.languages = "es ";
    is_int(match_score(&mentee, &mentor), MATCH_NOT_ALLOWED, "a language in common");
    mentor.languages = "en ";
    mentor.times = "work-morning ";
    is_int(match_score(&mentee, &mentor), MATCH_NOT_ALLOWED, "a time in common");
    mentor.times = mentee.times;
    mentor.person = mentee.person;
    is_int(match_score(&mentee, &mentor), MATCH_NOT_ALLOWED, "nobody mentors herself");
}

static void try_compute(struct arena *arena)
{
    struct enrolment people[] = {
        person(1, "mentee", 1, "data "),     person(2, "mentee", 1, "data security "),
        person(3, "mentee", 4, "ux "),       person(4, "mentor", 3, "data "),
        person(5, "mentor", 3, "security "), person(6, "mentor", 3, "data "),
    };
    people[5].places = 0;
    struct match_run run = {.seed = 7};
    struct match_pair *pairs = NULL;
    size_t count = 0;
    is_int(match_compute(arena, people, 6, &run, &pairs, &count), RC_OK, "computed");
    is_uint(count, 2, "two pairs: the third mentee is further than every mentor");
    is_int(pairs[0].mentor, 4, "data goes to data");
    is_int(pairs[1].mentor, 5, "security to security, and nobody to a mentor without places");
    is_int(run.matched, 2, "two matched");
    is_int(run.proved, 1, "and proved");
    is_int(match_compute(arena, people, 0, &run, &pairs, &count), RC_OK, "nobody at all");
    is_uint(count, 0, "no pairs");
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 16 << 20);
    try_scores();
    try_compute(&arena);
    arena_close(&arena);
    return tap_done();
}
