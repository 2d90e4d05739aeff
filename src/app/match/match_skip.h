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
enum { SKIP_NAMES = 100 };
enum rc skip_tell(const struct offering *o, int64_t cohort, const struct match_pair *pairs,
                  size_t count);

#endif
