// SPDX-License-Identifier: Apache-2.0
//
// Why: pairs of a cohort: a run of the matching library over the accepted people, its pairs with
// their reasons, and publishing them.
//
// Promises: a run is kept as it was computed and never changed; publishing checks again that every
// person is still in the pool and every mentor has a place; pairs are proved best or say so.
#ifndef TRELLIS_APP_MATCH_MATCH_H
#define TRELLIS_APP_MATCH_MATCH_H

#include "app/app.h"
#include "app/enrolment/enrolment.h"

extern const struct route match_routes[];
extern const char match_schema_1[];
extern const struct app_personal match_personal[];

struct match_run {
    int64_t id;
    int64_t cohort;
    const char *state; // "under_review", "published" or "discarded"
    int64_t made_at;
    int64_t mentees;
    int64_t mentors;
    int64_t matched;
    int64_t total;
    int64_t lowest;
    int64_t proved;
    int64_t seed;
};

struct match_pair {
    int64_t mentee; // enrolments
    int64_t mentor;
    int64_t score;  // 0..10000
    int64_t topics; // how many in common
    int64_t languages;
    int64_t times;
    const char *mentee_name;
    const char *mentor_name;
    const char *other_email; // of a published pair: whom its reader writes to
};

// The score of an allowed pair; MATCH_NOT_ALLOWED where a hard rule says no: a language and a time
// in common, a mentor at least as far as her mentee, two different people. Topics count 70 of 100,
// times 20, the step in level 10.
enum { MATCH_NOT_ALLOWED = -1, MATCH_SCORE_MAX = 10000 };
int match_score(const struct enrolment *mentee, const struct enrolment *mentor);

// Computes the best pairs. Fills run's counts and the pairs (in the arena). RC_LIMIT: too many.
enum rc match_compute(struct arena *arena, const struct enrolment *people, size_t count,
                      struct match_run *run, struct match_pair **ret_pairs, size_t *ret_count);

#endif
