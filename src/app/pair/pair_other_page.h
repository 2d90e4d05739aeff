// SPDX-License-Identifier: Apache-2.0
//
// Why: what the page about the other of a pair shows.
#ifndef TRELLIS_APP_PAIR_PAIR_OTHER_PAGE_H
#define TRELLIS_APP_PAIR_PAIR_OTHER_PAGE_H

#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_store.h"
#include "app/pair/pair_page.h"

struct pair_shift_row {
    const char *first; // days
    const char *last;
    int64_t apart; // minutes
};

struct other_view {
    struct pair_view base;
    const char *said;                 // how her name is said; "": she has not written it
    const struct enrolment *other;    // NULL: she has withdrawn what she wrote
    struct enrolment_answer *answers; // that are for her match
    size_t answer_count;
    bool clocks;   // both are known, and the time of the pair is not over
    int64_t apart; // the usual distance of the clocks, in minutes
    bool ahead;    // hers is ahead of the reader's
    struct pair_shift_row *shifts;
    size_t shift_count;
    int64_t common;    // minutes a week all year round; -1: one of them gave no times
    int64_t good;      // of them, those that suit both well
    struct away *away; // days on which one of the two has no time
    size_t away_count;
};

#endif
