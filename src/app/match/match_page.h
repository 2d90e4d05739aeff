// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of matching show.
#ifndef TRELLIS_APP_MATCH_MATCH_PAGE_H
#define TRELLIS_APP_MATCH_MATCH_PAGE_H

#include "app/match/match.h"

struct match_view {
    struct cohort cohort;
    struct match_run *runs;
    size_t run_count;
    struct match_run run;
    struct match_pair *pairs;
    size_t pair_count;
    int64_t approved_mentees;
    int64_t approved_mentors;
    int64_t places;
};

#endif
