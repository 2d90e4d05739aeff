// SPDX-License-Identifier: Apache-2.0
//
// The time that one person has in common with each of some others, as a run would count it: the
// worst part of the cohort's time, whatever the clocks do; see match.h.
#include "app/match/match.h"

static struct enrolment timed_person(const struct match_timed *timed, int64_t id, bool mentor)
{
    return (struct enrolment){.id = id,
                              .person = id,
                              .role = mentor ? "mentor" : "mentee",
                              .state = "approved",
                              .name = "",
                              .email = "",
                              .zone = timed->zone,
                              .topics = "",
                              .top = "",
                              .other = "",
                              .languages = "",
                              .week = timed->week,
                              .formats = "",
                              .employer = "",
                              .caregiving = "",
                              .access = "",
                              .places = 1};
}

enum rc match_overlaps(struct arena *arena, const struct cohort *cohort,
                       const struct match_timed *one, struct match_timed *others, size_t count)
{
    struct match_input *input = ARENA_NEW(arena, struct match_input);
    struct enrolment *people = ARENA_ARRAY(arena, struct enrolment, count + 1);
    if (input == NULL || people == NULL)
        return RC_NO_MEMORY;
    people[0] = timed_person(one, 1, false);
    for (size_t k = 0; k < count; k++)
        people[k + 1] = timed_person(&others[k], (int64_t)k + 2, true);
    *input = (struct match_input){
        .cohort = *cohort, .rules = match_rules_default(), .people = people, .count = count + 1};
    TRY(match_build(arena, input, NULL, 0, NULL));
    for (size_t k = 0; k < count; k++) {
        struct match_pair pair;
        others[k].minutes = -1;
        if (one->week[0] == '\0' || others[k].week[0] == '\0')
            continue;
        TRY(match_describe(arena, input, 0, (uint32_t)k, &pair));
        others[k].minutes = pair.overlap;
    }
    return RC_OK;
}
