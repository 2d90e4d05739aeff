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
    const char *apart; // "5 h 30 min"
};

struct other_view {
    struct pair_view base;
    const struct enrolment *other;    // NULL: she has withdrawn what she wrote
    struct enrolment_answer *answers; // that are for her match
    size_t answer_count;
    const char *apart; // the usual distance of the clocks
    struct pair_shift_row *shifts;
    size_t shift_count;
    struct away *away; // days on which one of the two has no time
    size_t away_count;
};

#endif
