// SPDX-License-Identifier: Apache-2.0
//
// Why: when somebody has time in a week, in her own local time, is kept as one short text that is
// easy to store, to export and to compare: "w 18:00 21:00 g;6 10:00 12:00 p;".
//
// Promises: what weekly_add wrote, weekly_next reads; anything else ends the reading.
//
// Not for: zones (base/phase.h), dates, or words that people typed (sheet/week.h reads those).
#ifndef TRELLIS_BASE_WEEKLY_H
#define TRELLIS_BASE_WEEKLY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

enum {
    WEEKLY_QUARTERS = 672, // of a week; quarter 0 is Monday 00:00
    WEEKLY_WORDS = 11,     // of 64 bits
    WEEKLY_DAY_MINUTES = 1440,
};

struct weekly {
    char day;     // '1' Monday .. '7' Sunday, 'w' weekdays, 'e' the weekend, 'd' every day
    int from;     // minutes of the day, 0..1425
    int to;       // after from, up to 1440
    bool is_good; // false: possible, but not preferred
};

// Whether the window can be kept as it is.
bool weekly_is_right(const struct weekly *weekly);

void weekly_add(struct buffer *out, const struct weekly *weekly);

// The next window of a text; moves *cursor on. False: there is none.
bool weekly_next(const char **cursor, struct weekly *ret_weekly);

// Minutes of the day from "18:30"; -1: it is no time. "24:00" is 1440.
int weekly_minutes(const char *text);

// The quarter hours of a text; `good` are those among them that are preferred.
void weekly_quarters(const char *text, uint64_t ret_possible[WEEKLY_WORDS],
                     uint64_t ret_good[WEEKLY_WORDS]);

// Minutes a week that are possible.
unsigned weekly_total_minutes(const char *text);

#endif
