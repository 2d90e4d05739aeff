// SPDX-License-Identifier: Apache-2.0
//
// Why: measures are counted from what single people did, and nobody may be recognised in them.
//
// Promises: pure: no SQL, no clock. Which groups are shown says base/group.h. measure_test.c tries
// all pairs of groups.
//
// Not for: what a measure is; see measure_rows.c.
#ifndef TRELLIS_APP_IMPROVE_MEASURE_H
#define TRELLIS_APP_IMPROVE_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/group.h"
#include "base/rc.h"

enum { MONTHS_MAX = 60 };

// What one person (of those counted, by her place in the list) adds to a measure.
struct observed {
    size_t unit;
    int64_t part;
    int64_t whole;
    int64_t at_us;
};

struct observed_list {
    const struct observed *all;
    size_t count;
    size_t words; // of the bits of all people
};

// How values come together.
enum measure_kind {
    MEASURE_SHARE,  // parts of wholes, in percent
    MEASURE_NET,    // the same, from -100 to 100
    MEASURE_MEAN,   // parts through wholes
    MEASURE_MEDIAN, // the middle part
    MEASURE_COUNT,  // the sum of parts
    MEASURE_TOP,    // what share of all parts the tenth of people with most of them has
};

struct measured {
    int64_t value;  // in hundredths
    int64_t part;   // the sum
    int64_t n;      // what it is counted from: the denominator of a share, else the values
    int64_t people; // how many
    bool shown;     // else all of the above are 0
};

// Everybody of whom something was observed that counts.
void observed_people(const struct observed *all, size_t count, uint64_t *ret_bits);

// The value of those in the bits; shown is not looked at.
enum rc measure_of(struct arena *arena, enum measure_kind kind, const struct observed_list *seen,
                   const uint64_t *bits, struct measured *ret_measured);

// Months, counted from January 1970, of what was observed.
int64_t measure_month(int64_t at_us);

// Which of the months from `first` on may be shown: five people in each, and in what is left over.
enum rc month_choose(struct arena *arena, const struct observed_list *seen, int64_t first,
                     size_t months, bool *ret_shown);

#endif
