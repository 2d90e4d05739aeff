// SPDX-License-Identifier: Apache-2.0
// Civil dates: every day of 800 years there and back, and the days that are usually wrong.
#include "base/date.h"

#include "base/tap.h"

static void test_every_day(void)
{
    int64_t days = date_to_days((struct date){1700, 1, 1});
    int weekday = (int)date_weekday(days);
    int bad = 0;
    for (int32_t year = 1700; year < 2500; year++) {
        for (int32_t month = 1; month <= 12; month++) {
            for (int32_t day = 1; day <= date_month_days(year, month); day++, days++) {
                struct date date = date_from_days(days);
                bool back = date.year == year && date.month == month && date.day == day;
                bool there = date_to_days((struct date){year, month, day}) == days;
                bad += back && there && (int)date_weekday(days) == weekday ? 0 : 1;
                weekday = (weekday + 1) % 7;
            }
        }
    }
    is_int(bad, 0, "every day from 1700 to 2499 there and back, with its weekday");
}

static void test_parse(const char *text, enum rc want, int32_t year, int32_t month, int32_t day)
{
    struct date date = {1, 2, 3};
    is_int(date_parse(text, &date), want, "parse \"%s\"", text);
    bool same = date.year == year && date.month == month && date.day == day;
    ok(want == RC_OK ? same : date.year == 1, "the date of \"%s\", or untouched", text);
}

int main(void)
{
    is_int(date_to_days((struct date){1970, 1, 1}), 0, "day 0");
    is_int(date_to_days((struct date){2000, 3, 1}), 11017, "1 March 2000");
    is_int(date_to_days((struct date){1600, 2, 29}), -135081, "29 February 1600");
    is_int(date_to_days((struct date){-1, 12, 31}), -719529, "the last day before year 0");
    is_int(date_weekday(0), THURSDAY, "day 0 was a Thursday");
    is_int(date_weekday(-4), SUNDAY, "a Sunday before day 0");
    is_int(date_days_of_seconds(-1), -1, "a second before day 0 is in day -1");
    is_int(date_days_of_seconds(86399), 0, "the last second of day 0");
    ok(date_is_leap(2000) && !date_is_leap(1900) && date_is_leap(2024), "leap years");
    test_every_day();
    test_parse("2026-03-29", RC_OK, 2026, 3, 29);
    test_parse("2024-02-29", RC_OK, 2024, 2, 29);
    test_parse("2026-02-29", RC_BAD_INPUT, 0, 0, 0);
    test_parse("2026-13-01", RC_BAD_INPUT, 0, 0, 0);
    test_parse("2026-3-29", RC_BAD_INPUT, 0, 0, 0);
    test_parse("2026-03-29 ", RC_BAD_INPUT, 0, 0, 0);
    test_parse("20x6-03-29", RC_BAD_INPUT, 0, 0, 0);
    test_parse("", RC_BAD_INPUT, 0, 0, 0);
    char text[DATE_TEXT_BYTES];
    date_print((struct date){2026, 3, 9}, text);
    is_str(text, "2026-03-09", "printed");
    return tap_done();
}
