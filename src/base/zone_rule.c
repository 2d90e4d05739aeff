// SPDX-License-Identifier: Apache-2.0
// The rule in a TZif footer; see zone_rule.h.
#include "base/zone_rule.h"

#include <string.h>

#include "base/date.h"

enum { HOUR_S = 3600, RULE_HOURS_MAX = 167, OFFSET_HOURS_MAX = 24 };

// Reads digits up to max; moves the cursor. False when there is no digit or the number is larger.
static bool read_number(const char **at, int32_t max, int32_t *ret_value)
{
    int32_t value = 0;
    const char *from = *at;
    const char *p = from;
    for (; *p >= '0' && *p <= '9' && p - from < 4; p++)
        value = value * 10 + (*p - '0');
    if (p == from || value > max || (*p >= '0' && *p <= '9'))
        return false;
    *at = p;
    *ret_value = value;
    return true;
}

static bool take(const char **at, char byte)
{
    if (**at != byte)
        return false;
    (*at)++;
    return true;
}

// [+-]hh[:mm[:ss]]
static bool read_time(const char **at, int32_t hours_max, int32_t *ret_seconds)
{
    bool negative = take(at, '-');
    if (!negative)
        take(at, '+');
    int32_t hours = 0;
    int32_t minutes = 0;
    int32_t seconds = 0;
    if (!read_number(at, hours_max, &hours))
        return false;
    if (take(at, ':') && !read_number(at, 59, &minutes))
        return false;
    if (take(at, ':') && !read_number(at, 59, &seconds))
        return false;
    int32_t total = hours * HOUR_S + minutes * 60 + seconds;
    *ret_seconds = negative ? -total : total;
    return true;
}

static bool is_letter(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

static bool is_quoted_name_byte(char byte)
{
    return is_letter(byte) || (byte >= '0' && byte <= '9') || byte == '+' || byte == '-';
}

// A name of at least three letters, or one in angle brackets.
static enum rc read_name(struct arena *arena, const char **at, const char **ret_name)
{
    bool quoted = take(at, '<');
    const char *from = *at;
    const char *p = from;
    while (quoted ? is_quoted_name_byte(*p) : is_letter(*p))
        p++;
    size_t length = (size_t)(p - from);
    if (length < 3 || (quoted && *p != '>'))
        return RC_BAD_INPUT;
    char *name = arena_strndup(arena, from, length);
    if (name == NULL)
        return RC_NO_MEMORY;
    *at = quoted ? p + 1 : p;
    *ret_name = name;
    return RC_OK;
}

static bool read_month_day(const char **at, struct zone_day *ret_day)
{
    ret_day->kind = ZONE_DAY_MONTH_WEEK;
    if (!read_number(at, 12, &ret_day->month) || !take(at, '.'))
        return false;
    if (!read_number(at, 5, &ret_day->week) || !take(at, '.'))
        return false;
    if (!read_number(at, 6, &ret_day->weekday))
        return false;
    return ret_day->month >= 1 && ret_day->week >= 1;
}

// ",M3.5.0/2", ",J60", ",59"
static bool read_day(const char **at, struct zone_day *ret_day)
{
    *ret_day = (struct zone_day){.time_s = 2 * HOUR_S};
    if (!take(at, ','))
        return false;
    bool read = false;
    if (take(at, 'M')) {
        read = read_month_day(at, ret_day);
    } else if (take(at, 'J')) {
        ret_day->kind = ZONE_DAY_JULIAN;
        read = read_number(at, 365, &ret_day->day) && ret_day->day >= 1;
    } else {
        ret_day->kind = ZONE_DAY_OF_YEAR;
        read = read_number(at, 365, &ret_day->day);
    }
    if (!read)
        return false;
    return !take(at, '/') || read_time(at, RULE_HOURS_MAX, &ret_day->time_s);
}

static enum rc read_daylight(struct arena *arena, const char **at, struct zone_rule *rule)
{
    TRY(read_name(arena, at, &rule->daylight.abbreviation));
    rule->has_dst = true;
    rule->daylight.dst = true;
    rule->daylight.offset_s = rule->standard.offset_s + HOUR_S;
    if (**at != ',') {
        int32_t west_s = 0;
        if (!read_time(at, OFFSET_HOURS_MAX, &west_s))
            return RC_BAD_INPUT;
        rule->daylight.offset_s = -west_s;
    }
    return read_day(at, &rule->start) && read_day(at, &rule->end) ? RC_OK : RC_BAD_INPUT;
}

enum rc zone_rule_parse(struct arena *arena, const char *text, struct zone_rule *ret_rule)
{
    struct zone_rule rule = {.present = text[0] != '\0'};
    const char *at = text;
    if (rule.present) {
        int32_t west_s = 0;
        TRY(read_name(arena, &at, &rule.standard.abbreviation));
        if (!read_time(&at, OFFSET_HOURS_MAX, &west_s))
            return RC_BAD_INPUT;
        rule.standard.offset_s = -west_s;
    }
    if (*at != '\0')
        TRY(read_daylight(arena, &at, &rule));
    if (*at != '\0')
        return RC_BAD_INPUT;
    *ret_rule = rule;
    return RC_OK;
}

// The day number of a rule's day in a year.
static int64_t day_in_year(const struct zone_day *day, int32_t year)
{
    int64_t first = date_to_days((struct date){year, 1, 1});
    if (day->kind == ZONE_DAY_OF_YEAR)
        return first + day->day;
    if (day->kind == ZONE_DAY_JULIAN)
        return first + day->day - 1 + (date_is_leap(year) && day->day >= 60 ? 1 : 0);
    int64_t month = date_to_days((struct date){year, day->month, 1});
    int32_t first_weekday = ((int32_t)date_weekday(month) + 1) % 7; // Sunday is 0 here
    int32_t ahead = (day->weekday - first_weekday + 7) % 7 + (day->week - 1) * 7;
    while (ahead >= date_month_days(year, day->month))
        ahead -= 7;
    return month + ahead;
}

// The instants at which daylight-saving time starts and ends in a year.
struct edges {
    int64_t start_s;
    int64_t end_s;
};

static struct edges edges_of(const struct zone_rule *rule, int32_t year)
{
    int64_t start = day_in_year(&rule->start, year) * DATE_SECONDS_A_DAY;
    int64_t end = day_in_year(&rule->end, year) * DATE_SECONDS_A_DAY;
    return (struct edges){
        .start_s = start + rule->start.time_s - rule->standard.offset_s,
        .end_s = end + rule->end.time_s - rule->daylight.offset_s,
    };
}

// The calendar year of an instant, kept where dates exist.
static int32_t year_of(int64_t at_s)
{
    enum { YEAR_MAX = 9990 };
    int64_t limit_s = (int64_t)YEAR_MAX * 366 * DATE_SECONDS_A_DAY;
    if (at_s > limit_s || at_s < -limit_s)
        return at_s > 0 ? YEAR_MAX : -YEAR_MAX;
    int32_t year = date_from_days(date_days_of_seconds(at_s)).year;
    if (year > YEAR_MAX)
        return YEAR_MAX;
    return year < -YEAR_MAX ? -YEAR_MAX : year;
}

// The latest edge at or before the instant decides. Edges may lie up to a week outside their year,
// so its neighbours are looked at too; at the same instant a start wins over an end, which makes
// daylight-saving time all year possible.
const struct zone_type *zone_rule_type_at(const struct zone_rule *rule, int64_t at_s)
{
    if (!rule->has_dst)
        return &rule->standard;
    int32_t year = year_of(at_s);
    int64_t latest_s = INT64_MIN;
    bool daylight = false;
    for (int32_t y = year - 1; y <= year + 1; y++) {
        struct edges edges = edges_of(rule, y);
        if (edges.end_s <= at_s && edges.end_s > latest_s) {
            latest_s = edges.end_s;
            daylight = false;
        }
        if (edges.start_s <= at_s && edges.start_s >= latest_s) {
            latest_s = edges.start_s;
            daylight = true;
        }
    }
    return daylight ? &rule->daylight : &rule->standard;
}

int64_t zone_rule_next(const struct zone_rule *rule, int64_t at_s)
{
    if (!rule->has_dst)
        return INT64_MAX;
    int32_t year = year_of(at_s);
    int64_t next_s = INT64_MAX;
    for (int32_t y = year - 1; y <= year + 2; y++) {
        struct edges edges = edges_of(rule, y);
        if (edges.start_s > at_s && edges.start_s < next_s)
            next_s = edges.start_s;
        if (edges.end_s > at_s && edges.end_s < next_s)
            next_s = edges.end_s;
    }
    return next_s;
}
