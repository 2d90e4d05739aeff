// SPDX-License-Identifier: Apache-2.0
//
// When the clocks of a pair are another distance apart; see pair_other.h.
#include "app/pair/pair_other.h"

enum { DAY_S = 86400, NOON_S = 43200 };

static int32_t distance(const struct zone *mine, const struct zone *other, int64_t day)
{
    int64_t at_s = day * DAY_S + NOON_S;
    return (zone_type_at(other, at_s)->offset_s - zone_type_at(mine, at_s)->offset_s) / 60;
}

// The distance of most days: there are few different ones, so each day is counted against the
// leader and its followers (Boyer and Moore would need half of the days; this only needs the most).
static int32_t usual(const struct zone *mine, const struct zone *other, int64_t first, int64_t last)
{
    enum { KINDS = 8 };
    int32_t minutes[KINDS] = {0};
    int64_t days[KINDS] = {0};
    size_t kinds = 0;
    size_t most = 0;
    for (int64_t day = first; day <= last; day++) {
        int32_t here = distance(mine, other, day);
        size_t k = 0;
        while (k < kinds && minutes[k] != here)
            k++;
        if (k == KINDS)
            continue;
        if (k == kinds)
            minutes[kinds++] = here;
        days[k]++;
        most = days[k] > days[most] ? k : most;
    }
    return minutes[most];
}

size_t pair_shifts(const struct zone *mine, const struct zone *other, int64_t first_day,
                   int64_t last_day, struct pair_shift shifts[PAIR_SHIFTS_MAX],
                   int32_t *ret_usual_minutes)
{
    size_t count = 0;
    bool going_on = false;
    if (last_day - first_day > PAIR_SHIFT_DAYS_MAX)
        last_day = first_day + PAIR_SHIFT_DAYS_MAX;
    int32_t usually = usual(mine, other, first_day, last_day);
    for (int64_t day = first_day; day <= last_day; day++) {
        int32_t here = distance(mine, other, day);
        bool same = going_on && shifts[count - 1].minutes == here;
        if (same)
            shifts[count - 1].last_day = day;
        else if (here != usually && count < PAIR_SHIFTS_MAX)
            shifts[count++] = (struct pair_shift){day, day, here};
        going_on = here != usually && count > 0;
    }
    *ret_usual_minutes = usually;
    return count;
}
