// SPDX-License-Identifier: Apache-2.0
//
// Times of meetings: in every zone of the tz database, around every change of its clock from 2020
// to 2037, a local time becomes the instant that shows it, or is refused where there is none. And
// suggested times lie within both weeks, in both people's own time.
#define _XOPEN_SOURCE 700 // nftw

#include "app/pair/pair_meet.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/tap.h"
#include "base/weekly.h"
#include "base/zone.h"

#include "app/pair/pair_feel.h"
#include "app/pair/pair_talk.h"

enum { ZONES_MAX = 800, CHANGES_MOST = 80 };
#define US ((int64_t)1000000)

static char names[ZONES_MAX][ZONE_NAME_BYTES_MAX];
static size_t name_count;

static int take_name(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    const char *name = path + sizeof ZONE_FOLDER;
    (void)status;
    (void)where;
    bool other = strncmp(name, "posix", 5) == 0 || strncmp(name, "right", 5) == 0;
    if (kind == FTW_F && !other && name_count < ZONES_MAX && strlen(name) < ZONE_NAME_BYTES_MAX)
        snprintf(names[name_count++], ZONE_NAME_BYTES_MAX, "%s", name);
    return 0;
}

// Whether any instant shows this local time: looked for among all offsets around it.
static bool exists(const struct zone *zone, int64_t local)
{
    for (int64_t at = local - 15 * 3600; at <= local + 15 * 3600; at += 900)
        if (at + zone_offset_s(zone, at) == local)
            return true;
    return false;
}

struct tally {
    uint64_t times;
    uint64_t refused;
    uint64_t wrong;
};

static void try_time(const char *name, int64_t local, struct tally *tally)
{
    struct arena arena;
    struct zone zone;
    char day[DATE_TEXT_BYTES];
    char time[16];
    int64_t at = 0;
    int64_t days = date_days_of_seconds(local);
    int64_t minutes = (local - days * DATE_SECONDS_A_DAY) / 60;
    arena_open(&arena, 8 << 20);
    date_print(date_from_days(days), day);
    snprintf(time, sizeof time, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
    enum rc rc = meeting_instant(&arena, day, time, name, &at);
    if (zone_load(&arena, ZONE_FOLDER, name, &zone) == RC_OK) {
        bool right =
            rc == RC_OK ? at / US + zone_offset_s(&zone, at / US) == local : !exists(&zone, local);
        tally->times++;
        tally->refused += rc != RC_OK;
        tally->wrong += !right;
        if (!right)
            printf("# %s %s %s\n", name, day, time);
    }
    arena_close(&arena);
}

static void try_zone(const char *name, struct tally *tally)
{
    static const int hours[] = {0, 1, 2, 3, 18, 23};
    const int64_t from = date_to_seconds((struct date){2020, 1, 1});
    const int64_t to = date_to_seconds((struct date){2038, 1, 1});
    struct zone_change changes[CHANGES_MOST];
    struct arena arena;
    struct zone zone;
    arena_open(&arena, 8 << 20);
    if (zone_load(&arena, ZONE_FOLDER, name, &zone) == RC_OK) {
        size_t count = zone_changes(&zone, from, to, changes, CHANGES_MOST);
        for (size_t k = 0; k < count && k < CHANGES_MOST; k++) {
            int64_t local = changes[k].at_s + changes[k].offset_before_s;
            int64_t day = date_days_of_seconds(local) * DATE_SECONDS_A_DAY;
            for (size_t h = 0; h < sizeof hours / sizeof hours[0]; h++)
                try_time(name, day + hours[h] * 3600 + 1800, tally);
            try_time(name, local, tally); // the first time that may not be there
        }
        try_time(name, from + 18 * 3600, tally);
    }
    arena_close(&arena);
}

static void try_zones(void)
{
    struct tally tally = {0};
    if (nftw(ZONE_FOLDER, take_name, 16, FTW_PHYS) != 0 || name_count < 300) {
        ok(false, "the tz database is there");
        return;
    }
    // The sanitizers take some of them.
    size_t step = tap_share(100) < 100 ? 10 : 1;
    for (size_t k = 0; k < name_count; k += step)
        try_zone(names[k], &tally);
    ok(tally.wrong == 0 && tally.refused > 0,
       "%zu zones, %llu local times around changes: %llu are not there, and all others keep",
       name_count, (unsigned long long)tally.times, (unsigned long long)tally.refused);
}

static bool is_within(const char *week, const char *name, int64_t at_s, int64_t minutes)
{
    struct arena arena;
    struct zone zone;
    uint64_t possible[WEEKLY_WORDS];
    uint64_t good[WEEKLY_WORDS];
    bool within = true;
    arena_open(&arena, 8 << 20);
    weekly_quarters(week, possible, good);
    if (zone_load(&arena, ZONE_FOLDER, name, &zone) != RC_OK)
        within = false;
    for (int64_t at = at_s; within && at < at_s + minutes * 60; at += 900) {
        int64_t local = at + zone_offset_s(&zone, at);
        int64_t day = date_days_of_seconds(local);
        size_t quarter =
            (size_t)date_weekday(day) * 96 + (size_t)((local - day * DATE_SECONDS_A_DAY) / 900);
        within = (possible[quarter / 64] >> quarter % 64 & 1) != 0;
    }
    arena_close(&arena);
    return within;
}

// Three weeks in which the clocks of both change on different days.
static void try_suggestions(void)
{
    static const char *const pairs[][2] = {
        {"Europe/Berlin",       "America/New_York" },
        {"Asia/Kathmandu",      "Europe/London"    },
        {"Australia/Lord_Howe", "America/Sao_Paulo"},
        {"UTC",                 "Nowhere/Unknown"  }
    };
    const char *mine = "d 06:00 23:00 g;";
    const char *theirs = "w 07:00 22:30 p;";
    struct arena arena;
    arena_open(&arena, 16 << 20);
    for (size_t k = 0; k < sizeof pairs / sizeof pairs[0]; k++) {
        struct meeting_wish wish = {mine,        theirs,
                                    pairs[k][0], pairs[k][1],
                                    90,          date_to_seconds((struct date){2027, 3, 12}) * US,
                                    NULL,        NULL};
        int64_t slots[MEETING_SLOTS_MAX];
        size_t count = 0;
        is_int(meeting_suggest(&arena, &wish, slots, &count), RC_OK, "%s and %s", pairs[k][0],
               pairs[k][1]);
        bool good = count > 0;
        const char *other = k == 3 ? "UTC" : pairs[k][1];
        for (size_t s = 0; s < count; s++)
            good = good && is_within(mine, pairs[k][0], slots[s] / US, 90) &&
                   is_within(theirs, other, slots[s] / US, 90) &&
                   (s == 0 || slots[s - 1] < slots[s]);
        ok(good, "%zu times, all within both weeks, in order", count);
    }
    arena_close(&arena);
}

// ---- decent hours ----------------------------------------------------------------------------

static bool is_night(struct arena *arena, const char *week, const char *zone, const char *time)
{
    int64_t at = 0;
    bool night = false;
    return meeting_instant(arena, "2027-01-12", time, "UTC", &at) == RC_OK &&
           meeting_at_night(arena, week, zone, at, 60, &night) == RC_OK && night;
}

static void try_night(void)
{
    struct arena arena;
    arena_open(&arena, 8 << 20);
    ok(is_night(&arena, "", "UTC", "06:59") && !is_night(&arena, "", "UTC", "07:00"),
       "the day begins at seven");
    ok(!is_night(&arena, "", "UTC", "21:00") && is_night(&arena, "", "UTC", "21:01"),
       "and a meeting ends by ten");
    ok(is_night(&arena, "", "Asia/Tokyo", "18:00") && !is_night(&arena, "", "Asia/Tokyo", "23:00"),
       "in her own zone");
    ok(!is_night(&arena, "w 05:00 07:00 p;", "UTC", "05:30") &&
           is_night(&arena, "e 05:00 07:00 p;", "UTC", "05:30"),
       "unless her week has it");
    arena_close(&arena);
}

// ---- days ------------------------------------------------------------------------------------

// By when what waits for a yes of the two is to be done.
static void try_until(void)
{
    static const struct {
        const char *state;
        int64_t since, began, paused_until; // days after 2027-03-01
        int64_t days;
        const char *want;
    } rows[] = {
        {"active",    0,   0, 0,  14, "2027-03-15"}, // from the beginning
        {"active",    10,  0, 0,  14, "2027-03-25"}, // from when it was written
        {"active",    -9,  2, 0,  21, "2027-03-24"}, // not before the two have begun
        {"active",    0,   0, 30, 14, "2027-04-14"}, // the clock starts again after a pause
        {"active",    175, 0, 0,  14, "2027-08-29"}, // the last day at most
        {"closing",   170, 0, 0,  14, "2027-08-29"},
        {"paused",    0,   0, 30, 14, ""          }, // nothing is due in a pause
        {"completed", 0,   0, 0,  14, ""          },
        {"ended",     0,   0, 0,  14, ""          },
    };
    const int64_t first = 1803859200 * US; // 2027-03-01
    struct arena arena;
    arena_open(&arena, 1 << 20);
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        const struct pair pair = {
            .match = {.state = rows[k].state},
            .ends_on = "2027-08-29",
            .began_at = first + rows[k].began * DAY_US,
            .paused_until = rows[k].paused_until == 0 ? 0 : first + rows[k].paused_until * DAY_US};
        is_str(pair_until(&arena, &pair, first + rows[k].since * DAY_US, rows[k].days),
               rows[k].want, "row %zu, %s: by %s", k, rows[k].state, rows[k].want);
    }
    ok(!pair_is_late("2027-03-01", first + DAY_US - 1), "until the end of that day");
    ok(pair_is_late("2027-03-01", first + DAY_US) && !pair_is_late("", first), "then it is late");
    arena_close(&arena);
}

// ---- rules -----------------------------------------------------------------------------------

#define DAY ((int64_t)86400 * US)

static void try_risks(void)
{
    const int64_t now = 100 * DAY;
    struct pair_stand new_pair = {.state = "active", .began_at = now - 13 * DAY};
    is_uint(pair_risks(&new_pair, 2, now), 0, "too early to say");
    new_pair.began_at = now - 15 * DAY;
    is_uint(pair_risks(&new_pair, 2, now), 1u << RISK_NO_MEETING, "no meeting after two weeks");
    struct pair_stand still = new_pair;
    still.began_at = now - 21 * DAY_US;
    is_uint(pair_risks(&still, 2, now), 1u << RISK_NO_MEETING, "nor on the last day of the third");
    still.began_at = now - 22 * DAY_US;
    still.risks = pair_risks(&still, 2, now);
    is_uint(still.risks, 1u << RISK_STILL_NONE, "after three weeks it says so in other words");
    ok(pair_is_urgent(&still), "and that it can't wait");
    new_pair.to_come = 1;
    is_uint(pair_risks(&new_pair, 2, now), 0, "one that is settled is enough");
    struct pair_stand old = {.state = "active",
                             .began_at = now - 90 * DAY,
                             .held = 2,
                             .last_held = now - 27 * DAY,
                             .signed_by_both = 1};
    is_uint(pair_risks(&old, 2, now), 0, "within twice the cadence");
    old.last_held = now - 29 * DAY;
    is_uint(pair_risks(&old, 2, now), 1u << RISK_LONG_AGO, "beyond it");
    is_uint(pair_risks(&old, 4, now), 0, "unless they agreed on longer");
    old.paused_until = now - 10 * DAY;
    is_uint(pair_risks(&old, 2, now), 0, "a pause does not count");
    old.state = "paused";
    is_uint(pair_risks(&old, 2, now), 1u << RISK_PAUSE_OVER, "but its end does");
    old.paused_until = now + DAY;
    is_uint(pair_risks(&old, 2, now), 0, "in a pause nothing is asked");
    old = (struct pair_stand){.state = "active",
                              .began_at = now - 90 * DAY,
                              .held = 2,
                              .to_come = 1,
                              .pulse = 2,
                              .missed = 2,
                              .bad_fit = 1,
                              .asked = 1,
                              .unread_since = now - 8 * DAY};
    is_uint(pair_risks(&old, 2, now),
            1u << RISK_LOW_PULSE | 1u << RISK_UNSIGNED | 1u << RISK_UNANSWERED | 1u << RISK_MISSED |
                1u << RISK_BAD_FIT | 1u << RISK_ASKED,
            "all the others");
    for (unsigned risk = 0; risk < PAIR_RISKS; risk++)
        ok(pair_risk_label(risk) != NULL, "reason %u has words", risk);
}

static void try_quiet(void)
{
    struct arena arena;
    const struct letter_choice night = {"each", true, true, true, 21 * 60, 7 * 60};
    const struct letter_choice never = {"each", true, true, true, 0, 0};
    const int64_t noon = date_to_seconds((struct date){2027, 1, 4}) * US + 12 * 3600 * US;
    arena_open(&arena, 16 << 20);
    is_int(letter_moment(&arena, &night, "UTC", false, noon), noon, "by day at once");
    is_int(letter_moment(&arena, &night, "UTC", false, noon + 10 * 3600 * US),
           noon + 19 * 3600 * US, "at night in the morning");
    is_int(letter_moment(&arena, &never, "UTC", false, noon + 10 * 3600 * US),
           noon + 10 * 3600 * US, "unless any time is fine");
    is_int(letter_moment(&arena, &night, "Asia/Tokyo", false, noon), noon + 10 * 3600 * US,
           "in her own zone, where it is 21:00");
    is_int(letter_moment(&arena, &night, "UTC", true, noon), noon + 20 * 3600 * US,
           "once a day: at eight");
    arena_close(&arena);
}

int main(void)
{
    try_zones();
    try_suggestions();
    try_night();
    try_risks();
    try_until();
    try_quiet();
    return tap_done();
}
