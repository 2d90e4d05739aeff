// SPDX-License-Identifier: Apache-2.0
//
// Why: a mentor who does not answer keeps mentees waiting, and who has no time now should not be
// asked again until she says so: who sits out, since when and why, and how she comes back.
//
// Promises: whoever sits out is in no run and gets no new offer; what runs already is never
// touched; she comes back by one button.
#ifndef TRELLIS_APP_MATCH_MATCH_PRESENCE_H
#define TRELLIS_APP_MATCH_MATCH_PRESENCE_H

#include "app/match/match_offer.h"

enum {
    PRESENCE_WARN = 2,       // offers in a row without an answer: she is warned ...
    PRESENCE_HIDE = 3,       // ... and sits out until she says that she is there
    PRESENCE_DAYS = 90,      // then she is asked whether she still mentors ...
    PRESENCE_GRACE_DAYS = 14 // ... and sits out when she does not say
};

struct match_presence {
    int64_t enrolment;
    int64_t unanswered;
    int64_t hidden_at; // 0: no
    int64_t away_at;   // she has said that she has no time now; 0: no
    int64_t asked_at;  // whether she is still there; 0: no, or answered
    const char *role;
};

// A mentor has not answered an offer.
enum rc presence_unanswered(const struct offering *o, const struct match *match);
// Somebody has answered one; away: with "no time now".
enum rc presence_answered(const struct offering *o, int64_t enrolment, bool away);
// She is there, and has time.
enum rc presence_back(struct req *req, int64_t cohort);
// The actor's own sign-ups of a cohort that sit out or were asked.
enum rc presence_mine(struct req *req, int64_t cohort, struct match_presence **ret_rows,
                      size_t *ret_count);
// How many accepted people of a cohort sit out, and how many mentors give fewer hours than a pair
// needs.
enum rc presence_counts(struct req *req, int64_t cohort, int64_t *ret_out, int64_t *ret_short);

#endif
