// SPDX-License-Identifier: Apache-2.0
//
// When two people can meet: the windows of both weeks, instant by instant, so that every change of
// a clock is in it.
#include "app/pair/pair_meet.h"

#include <string.h>

#include "base/date.h"
#include "base/weekly.h"
#include "base/zone.h"

enum { QUARTER_S = 900, HALF_HOUR_S = 1800, DAYS_AHEAD = 21, A_DAY_MOST = 2, US = 1000000 };

struct side {
    struct zone zone;
    uint64_t possible[WEEKLY_WORDS];
    uint64_t good[WEEKLY_WORDS];
    const struct db_rows *busy;
    const struct away *away;
    size_t away_count;
};

static enum rc open_side(struct arena *arena, const char *week, const char *zone,
                         const struct db_rows *busy, struct side *ret_side)
{
    enum rc rc = zone_load(arena, ZONE_FOLDER, zone, &ret_side->zone);
    if (rc == RC_NOT_FOUND)
        rc = zone_load(arena, ZONE_FOLDER, "UTC", &ret_side->zone);
    weekly_quarters(week, ret_side->possible, ret_side->good);
    ret_side->busy = busy;
    return rc;
}

// The quarter hour of the local week at an instant.
static unsigned quarter_at(const struct side *side, int64_t at_s)
{
    int64_t local = at_s + zone_offset_s(&side->zone, at_s);
    int64_t day = date_days_of_seconds(local);
    int64_t in_day = (local - day * DATE_SECONDS_A_DAY) / QUARTER_S;
    return (unsigned)date_weekday(day) * 96 + (unsigned)in_day;
}

static bool is_set(const uint64_t *set, unsigned bit)
{
    return (set[bit / 64] >> bit % 64 & 1) != 0;
}

// Whether the local day of an instant is one without time.
static bool is_away(const struct side *side, int64_t at_s)
{
    char day[DATE_TEXT_BYTES];
    if (side->away_count == 0)
        return false;
    date_print(date_from_days(date_days_of_seconds(at_s + zone_offset_s(&side->zone, at_s))), day);
    return away_holds(side->away, side->away_count, day);
}

// 0: not free throughout; 1: possible; 2: good.
static int free_at(const struct side *side, int64_t from_s, int64_t minutes)
{
    int how = 2;
    if (is_away(side, from_s) || is_away(side, from_s + minutes * 60 - 1))
        return 0;
    for (int64_t at = from_s; at < from_s + minutes * 60; at += QUARTER_S) {
        unsigned quarter = quarter_at(side, at);
        if (!is_set(side->possible, quarter))
            return 0;
        how = is_set(side->good, quarter) ? how : 1;
    }
    for (size_t k = 0; side->busy != NULL && k < db_count(side->busy); k++) {
        int64_t begin = db_int(side->busy, k, 0) / US;
        int64_t end = begin + db_int(side->busy, k, 1) * 60;
        if (from_s < end && begin < from_s + minutes * 60)
            return 0;
    }
    return how;
}

// Those that are good for both come first; then the others fill up what is left.
static size_t pick(const struct side sides[2], const struct meeting_wish *wish, int least,
                   int64_t *slots, size_t count)
{
    int64_t first = (wish->from_us / US / HALF_HOUR_S + 1) * HALF_HOUR_S;
    int64_t day = 0;
    size_t today = 0;
    for (int64_t at = first;
         at < first + (int64_t)DAYS_AHEAD * DATE_SECONDS_A_DAY && count < MEETING_SLOTS_MAX;
         at += HALF_HOUR_S) {
        int64_t here = date_days_of_seconds(at + zone_offset_s(&sides[0].zone, at));
        bool known = false;
        today = here == day ? today : 0;
        day = here;
        for (size_t k = 0; k < count; k++) {
            int64_t apart = slots[k] / US - at;
            known = known || (apart < 7200 && apart > -7200);
        }
        if (known || today >= A_DAY_MOST)
            continue;
        if (free_at(&sides[0], at, wish->minutes) < least ||
            free_at(&sides[1], at, wish->minutes) < least)
            continue;
        slots[count++] = at * US;
        today++;
    }
    return count;
}

enum rc meeting_suggest(struct arena *arena, const struct meeting_wish *wish, int64_t *ret_slots,
                        size_t *ret_count)
{
    struct side sides[2] = {0};
    TRY(open_side(arena, wish->mine, wish->my_zone, wish->my_busy, &sides[0]));
    TRY(open_side(arena, wish->theirs, wish->their_zone, wish->their_busy, &sides[1]));
    sides[0].away = wish->my_away;
    sides[0].away_count = wish->my_away_count;
    sides[1].away = wish->their_away;
    sides[1].away_count = wish->their_away_count;
    size_t count = pick(sides, wish, 2, ret_slots, 0);
    count = pick(sides, wish, 1, ret_slots, count);
    for (size_t k = 1; k < count; k++) { // a dozen: put in order by insertion
        int64_t held = ret_slots[k];
        size_t at = k;
        for (; at > 0 && ret_slots[at - 1] > held; at--)
            ret_slots[at] = ret_slots[at - 1];
        ret_slots[at] = held;
    }
    *ret_count = count;
    return RC_OK;
}

enum rc meeting_at_night(struct arena *arena, const char *week, const char *zone, int64_t at_us,
                         int64_t minutes, bool *ret_night)
{
    enum { DAY_BEGINS = 7 * 60, DAY_ENDS = 22 * 60 };
    struct side side = {0};
    TRY(open_side(arena, week, zone, NULL, &side));
    int64_t at_s = at_us / US;
    int64_t local = at_s + zone_offset_s(&side.zone, at_s);
    int64_t from = (local % DATE_SECONDS_A_DAY) / 60;
    bool night = from < DAY_BEGINS || from + minutes > DAY_ENDS;
    *ret_night = night && free_at(&side, at_s, minutes) == 0;
    return RC_OK;
}

enum rc meeting_instant(struct arena *arena, const char *day, const char *time, const char *zone,
                        int64_t *ret_us)
{
    struct date date;
    struct zone where;
    int minutes = weekly_minutes(time);
    if (minutes < 0 || minutes >= WEEKLY_DAY_MINUTES || date_parse(day, &date) != RC_OK)
        return RC_BAD_INPUT;
    enum rc rc = zone_load(arena, ZONE_FOLDER, zone, &where);
    if (rc == RC_NOT_FOUND)
        rc = zone_load(arena, ZONE_FOLDER, "UTC", &where);
    TRY(rc);
    int64_t local = date_to_seconds(date) + (int64_t)minutes * 60;
    // Of two instants with this local time (a clock is put back), the first is meant.
    int64_t early = local - zone_offset_s(&where, local - DATE_SECONDS_A_DAY);
    int64_t late = local - zone_offset_s(&where, local + DATE_SECONDS_A_DAY);
    if (early + zone_offset_s(&where, early) == local)
        *ret_us = early * US;
    else if (late + zone_offset_s(&where, late) == local)
        *ret_us = late * US;
    else
        return RC_BAD_INPUT;
    return RC_OK;
}
