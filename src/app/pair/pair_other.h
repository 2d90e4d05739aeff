// SPDX-License-Identifier: Apache-2.0
//
// Why: the weeks in which the clocks of the two sides of a pair are another number of hours apart
// than usual, because daylight-saving time begins and ends on different days. Pure.
#ifndef TRELLIS_APP_PAIR_PAIR_OTHER_H
#define TRELLIS_APP_PAIR_PAIR_OTHER_H

#include <stddef.h>
#include <stdint.h>

#include "base/zone.h"

// Days from `first` to `last`, both included, of one distance: the other's clock minus mine.
struct pair_shift {
    int64_t first_day; // days of the epoch
    int64_t last_day;
    int32_t minutes;
};
enum { PAIR_SHIFTS_MAX = 12, PAIR_SHIFT_DAYS_MAX = 400 };

// The spans of another distance than the usual one, which is the one of most days between the two
// days. At most PAIR_SHIFTS_MAX; days beyond PAIR_SHIFT_DAYS_MAX are not looked at.
size_t pair_shifts(const struct zone *mine, const struct zone *other, int64_t first_day,
                   int64_t last_day, struct pair_shift shifts[PAIR_SHIFTS_MAX],
                   int32_t *ret_usual_minutes);

#endif
