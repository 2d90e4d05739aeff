// SPDX-License-Identifier: Apache-2.0
//
// Why: between the run and its publishing somebody leaves, or her last place goes. Such a pair is
// passed over, and that must not be silent: those who run the cohort learn which, and whoever is
// left without a match learns that she still waits.
//
// Not for: offers that had been made; see match_offer.h.
#ifndef TRELLIS_APP_MATCH_MATCH_SKIP_H
#define TRELLIS_APP_MATCH_MATCH_SKIP_H

#include "app/match/match_offer.h"

// Writes to those who run the cohort, with the names of at most SKIP_NAMES pairs, and once to each
// of these people who is accepted and has no match now. No reason is told. count 0: nothing.
// The pairs of the run are marked, for skip_list.
enum { SKIP_NAMES = 100 };
enum rc skip_tell(const struct offering *o, const struct match_run *run,
                  const struct match_pair *pairs, size_t count);

struct match_skipped {
    int64_t run;
    int64_t mentee; // sign-ups
    int64_t mentor;
    const char *mentee_name;
    const char *mentor_name;
    int64_t mentee_left; // is not accepted any more
    int64_t mentor_left;
    int64_t mentee_has; // an offer or a match now
    int64_t mentor_has;
    int64_t at;
};

// Those that were passed over, the newest first, at most SKIP_NAMES: all of one run; or (run 0) of
// the whole cohort, those whose mentee still waits. Nobody but who runs the cohort reads any.
enum rc skip_list(struct req *req, int64_t cohort, int64_t run, struct match_skipped **ret_rows,
                  size_t *ret_count);

#endif
