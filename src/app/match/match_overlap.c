// SPDX-License-Identifier: Apache-2.0
//
// The time that one person has in common with each of some others, as a run would count it: the
// worst part of the cohort's time, whatever the clocks do; see match.h.
#include "app/match/match.h"
#include "app/match/match_store.h"

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
        others[k].good = pair.good;
    }
    return RC_OK;
}

enum rc match_times_find(struct db_tx *tx, struct arena *arena, int64_t match,
                         struct match_times *ret_times)
{
    struct db_rows *rows = NULL;
    struct match_rules rules;
    TRY(db_query(tx, arena, &rows,
                 "SELECT m.cohort, p.zone, x.week, q.zone, y.week, m.held_back FROM match m "
                 "JOIN enrolment x ON x.id = m.mentee JOIN person p ON p.id = x.person "
                 "JOIN enrolment y ON y.id = m.mentor JOIN person q ON q.id = y.person "
                 "WHERE m.id = $1",
                 DB_ARGS(DB_INT(match))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    TRY(rules_now(tx, arena, db_int(rows, 0, 0), &rules));
    *ret_times = (struct match_times){.mentee_zone = db_text(rows, 0, 1),
                                      .mentee_week = db_text(rows, 0, 2),
                                      .mentor_zone = db_text(rows, 0, 3),
                                      .mentor_week = db_text(rows, 0, 4),
                                      .least = rules.overlap,
                                      .held_back = db_int(rows, 0, 5) != 0};
    return cohort_find(tx, arena, db_int(rows, 0, 0), &ret_times->cohort);
}

enum rc match_times_both(struct arena *arena, const struct match_times *times,
                         struct match_timed *ret_both)
{
    const struct match_timed mentee = {.zone = times->mentee_zone, .week = times->mentee_week};
    struct match_timed mentor = {.zone = times->mentor_zone, .week = times->mentor_week};
    TRY(match_overlaps(arena, &times->cohort, &mentee, &mentor, 1));
    *ret_both = mentor;
    return RC_OK;
}

enum rc match_times_overlap(struct arena *arena, const struct match_times *times,
                            int64_t *ret_minutes)
{
    struct match_timed both;
    TRY(match_times_both(arena, times, &both));
    *ret_minutes = both.minutes;
    return RC_OK;
}
