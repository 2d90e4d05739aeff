// SPDX-License-Identifier: Apache-2.0
//
// Why: pauses and ends, and all that depends on them, in one place, so that a person, a job and
// those who run the programme end a pair in the same way.
#ifndef TRELLIS_APP_PAIR_PAIR_END_H
#define TRELLIS_APP_PAIR_PAIR_END_H

#include "app/pair/pair_store.h"

struct ending {
    struct app_place at;
    const char *url;
};
struct ending ending_of(struct req *req);

// Each of these asks match_move for the new state. RC_EXISTS: it is not in the state it was.
//
// Ends it: meetings to come are called off with a letter to calendars, questions are closed, the
// place is free. `by`: a person, or 0.
enum rc pair_finish(const struct ending *e, const struct pair *pair, const char *to,
                    const char *reason, const char *words, int64_t by);
// `words`: why, for those who run the programme alone.
enum rc pair_pause(const struct ending *e, const struct pair *pair, int64_t until_us, int64_t by,
                   const char *words);
// The same for somebody's safety: messages stop too, and neither of the two can end it. RC_EXISTS:
// it is not under way.
enum rc pair_hold(const struct ending *e, const struct pair *pair, int64_t until_us);
enum rc pair_resume(const struct ending *e, const struct pair *pair);
// A pause that lasts longer than was said; what was said about a mentor for this time stays.
enum rc pair_pause_longer(const struct ending *e, const struct pair *pair, int64_t until_us,
                          const char *words);
// Both were asked after a long silence, and one says that they go on. RC_EXISTS: nobody was asked.
enum rc pair_go_on(const struct ending *e, const struct pair *pair);
// One that was ended for its silence goes on, if both have a place left. RC_EXISTS: not so.
enum rc pair_revive(const struct ending *e, const struct pair *pair);

#endif
