// SPDX-License-Identifier: Apache-2.0
//
// Why: days and local times as numbers, without libc's time zone, which is global to the process.
//
// Promises: proleptic Gregorian calendar, years -9999..9999; day 0 is 1970-01-01; no leap seconds.
//
// Not for: zones (base/zone.h), or the present time, which comes in as an argument.
#ifndef TRELLIS_BASE_DATE_H
#define TRELLIS_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"

enum { DATE_SECONDS_A_DAY = 86400 };

// Instants are microseconds.
#define DAY_US ((int64_t)86400 * 1000000)
#define HOUR_US ((int64_t)3600 * 1000000)

struct date {
    int32_t year;
    int32_t month; // 1..12
    int32_t day;   // 1..31
};

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

int64_t date_to_days(struct date date); // the date must be one that exists
struct date date_from_days(int64_t days);
enum weekday date_weekday(int64_t days);
bool date_is_leap(int32_t year);
int32_t date_month_days(int32_t year, int32_t month);

// The second (UTC) at which a day begins, and the day of a second.
int64_t date_to_seconds(struct date date);
int64_t date_days_of_seconds(int64_t seconds);

// Reads "2026-03-29", that and nothing else; RC_BAD_INPUT otherwise, also for 30 February.
enum rc date_parse(const char *text, struct date *ret_date);

enum { DATE_TEXT_BYTES = 16 };
// Writes "2026-03-29".
void date_print(struct date date, char ret_text[DATE_TEXT_BYTES]);

#endif
