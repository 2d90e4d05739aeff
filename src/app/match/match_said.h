// SPDX-License-Identifier: Apache-2.0
//
// Why: answers to a programme's own questions as what the matching library compares: choices become
// tags, places on a scale become statements, and what a pair must have in common becomes one set.
//
// Not for: deciding which questions are used (enrolment.h), or how much they count (the rules).
#ifndef TRELLIS_APP_MATCH_MATCH_SAID_H
#define TRELLIS_APP_MATCH_MATCH_SAID_H

#include "app/match/match.h"

// Fills in what somebody has said. Answers stand in the order of sign-ups.
void match_said_set(const struct match_input *input, int64_t enrolment, struct mm_person *person);

// Whether there are questions of a use.
bool match_said_has(const struct match_input *input, enum question_use use);

// The answers that two have in common, divided by "; ": those that are for those who run a cohort
// to see, or (for_match) that each of the two may know of the other.
const char *match_said_common(struct arena *arena, const struct match_input *input, int64_t mentee,
                              int64_t mentor, bool for_match);

// What two who are matched may know of what they have in common.
struct match;
struct match_told {
    const char *answers; // divided by "; "
    bool alike;          // their ways of working
};
enum rc match_said_of(const struct app_place *at, const struct match *match,
                      struct match_told *ret_told);

#endif
