// SPDX-License-Identifier: Apache-2.0
// Civil dates as day numbers: whole 400-year eras, years that begin in March so that the leap day
// is last. See date.h.
#include "base/date.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { DAYS_AN_ERA = 146097, DAYS_BEFORE_EPOCH = 719468 }; // from 0000-03-01 to 1970-01-01

// Division that rounds down, for a positive divisor.
static int64_t floor_divide(int64_t value, int64_t by)
{
    return value >= 0 ? value / by : -((-value + by - 1) / by);
}

int64_t date_to_days(struct date date)
{
    int64_t year = date.year - (date.month <= 2 ? 1 : 0);
    int64_t era = floor_divide(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t month_from_march = date.month > 2 ? date.month - 3 : date.month + 9;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_AN_ERA + day_of_era - DAYS_BEFORE_EPOCH;
}

struct date date_from_days(int64_t days)
{
    int64_t from_era = days + DAYS_BEFORE_EPOCH;
    int64_t era = floor_divide(from_era, DAYS_AN_ERA);
    int64_t day_of_era = from_era - era * DAYS_AN_ERA;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (struct date){
        .year = (int32_t)(year_of_era + era * 400 + (month <= 2 ? 1 : 0)),
        .month = (int32_t)month,
        .day = (int32_t)(day_of_year - (153 * month_from_march + 2) / 5 + 1),
    };
}

enum weekday date_weekday(int64_t days)
{
    int64_t since_monday = days + 3; // day 0 was a Thursday
    return (enum weekday)(since_monday - floor_divide(since_monday, 7) * 7);
}

bool date_is_leap(int32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int32_t date_month_days(int32_t year, int32_t month)
{
    static const int32_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && date_is_leap(year) ? 1 : 0);
}

int64_t date_to_seconds(struct date date)
{
    return date_to_days(date) * DATE_SECONDS_A_DAY;
}

int64_t date_days_of_seconds(int64_t seconds)
{
    return floor_divide(seconds, DATE_SECONDS_A_DAY);
}

// The number that count digits at text make; -1 when one is not a digit.
static int32_t digits(const char *text, int count)
{
    int32_t value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

enum rc date_parse(const char *text, struct date *ret_date)
{
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return RC_BAD_INPUT;
    struct date date = {digits(text, 4), digits(text + 5, 2), digits(text + 8, 2)};
    if (date.year < 0 || date.month < 1 || date.month > 12 || date.day < 1)
        return RC_BAD_INPUT;
    if (date.day > date_month_days(date.year, date.month))
        return RC_BAD_INPUT;
    *ret_date = date;
    return RC_OK;
}

void date_print(struct date date, char ret_text[DATE_TEXT_BYTES])
{
    unsigned year = (unsigned)(date.year < 0 ? -date.year : date.year) % 10000u;
    unsigned month = (unsigned)date.month % 100u;
    unsigned day = (unsigned)date.day % 100u;
    snprintf(ret_text, DATE_TEXT_BYTES, "%s%04u-%02u-%02u", date.year < 0 ? "-" : "", year, month,
             day);
}
