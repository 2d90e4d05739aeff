// SPDX-License-Identifier: Apache-2.0
//
// Why: people say when they have time in words ("Mon-Fri evenings; Sat 10-12"); overlap needs
// half-hours of a week.
//
// Promises: a text that is not understood in full gives nothing, rather than half of what was
// meant.
//
// Not for: dates, or time zones: the half-hours are the person's local time.
#ifndef TRELLIS_SHEET_WEEK_H
#define TRELLIS_SHEET_WEEK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum { WEEK_HALF_HOURS = 336, WEEK_WORDS = 6 };

// Reads days (names, ranges, "weekdays", "weekend", "daily") with times ("9-17", "18:30-20:00",
// "9am-5pm", "morning" 8-12, "afternoon" 12-17, "evening" 17-21; none: 8-20). A range past midnight
// goes on into the next day. Half-hours that are covered only in part do not count. Bit 0 is Monday
// 00:00. False: not understood, or nothing in it.
bool week_parse(struct text text, uint64_t ret_week[WEEK_WORDS]);

#endif
