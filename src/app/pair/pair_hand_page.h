// SPDX-License-Identifier: Apache-2.0
//
// Why: what the hand-over board and the offer of a cover mentor show.
#ifndef TRELLIS_APP_PAIR_PAIR_HAND_PAGE_H
#define TRELLIS_APP_PAIR_PAIR_HAND_PAGE_H

#include "app/pair/pair_hand.h"
#include "app/pair/pair_page.h"

struct hand_view {
    struct cohort cohort;
    const char *zone;
    struct hand_left *left;
    size_t left_count;
    int64_t all;
    int64_t late;
    int64_t page;
    bool more;
    int64_t pause_weeks; // longer pauses are shown
    struct hand_pause *pauses;
    size_t pause_count;
    struct hand_both *both;
    size_t both_count;
    const char *next; // a path; NULL: no more
};

struct cover_view {
    struct pair_view base;
};

extern const struct out_shape hand_out;

#endif
