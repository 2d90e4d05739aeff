// SPDX-License-Identifier: Apache-2.0
// Holds pair_shifts to what its header promises, with zones of the system.
#include "app/pair/pair_other.h"

#include "base/date.h"
#include "base/tap.h"

static int64_t day_of(const char *text)
{
    struct date date = {0};
    return date_parse(text, &date) == RC_OK ? date_to_days(date) : 0;
}

static const struct {
    const char *mine;
    const char *other;
    const char *first;
    const char *last;
    size_t spans;
    int32_t usual;
    const char *from; // of the first span
    const char *to;
    int32_t minutes;
} rows[] = {
  // America changes two or three weeks before Europe in spring, and a week after it in autumn.
    {"Europe/London",  "America/New_York", "2027-02-01", "2027-06-30", 1, -300, "2027-03-14",
     "2027-03-27",                                                                                -240},
    {"Europe/London",  "America/New_York", "2027-02-01", "2027-12-31", 2, -300, "2027-03-14",
     "2027-03-27",                                                                                -240},
    {"Europe/Berlin",  "Europe/Madrid",    "2027-01-01", "2027-12-31", 0, 0,    "",           "", 0   },
    {"Asia/Kathmandu", "Asia/Kolkata",     "2027-01-01", "2027-12-31", 0, -15,  "",           "", 0   },
    {"Asia/Kolkata",   "Asia/Kolkata",     "2027-05-05", "2027-05-05", 0, 0,    "",           "", 0   },
 // Opposite seasons: four distances in a year.
    {"Europe/London",  "Australia/Sydney", "2027-06-01", "2027-10-20", 1, 540,  "2027-10-03",
     "2027-10-20",                                                                                600 },
    {"Africa/Nairobi", "America/St_Johns", "2027-03-01", "2027-08-01", 1, -330, "2027-03-01",
     "2027-03-13",                                                                                -390},
};

int main(void)
{
    struct arena arena;
    arena_open(&arena, 4 << 20);
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        struct zone mine;
        struct zone other;
        struct pair_shift shifts[PAIR_SHIFTS_MAX] = {0};
        int32_t usually = 0;
        ok(zone_load(&arena, ZONE_FOLDER, rows[k].mine, &mine) == RC_OK &&
               zone_load(&arena, ZONE_FOLDER, rows[k].other, &other) == RC_OK,
           "%s and %s are zones", rows[k].mine, rows[k].other);
        size_t count = pair_shifts(&mine, &other, day_of(rows[k].first), day_of(rows[k].last),
                                   shifts, &usually);
        is_int((int64_t)count, (int64_t)rows[k].spans, "%s and %s: spans", rows[k].mine,
               rows[k].other);
        is_int(usually, rows[k].usual, "the usual distance");
        if (rows[k].spans == 0)
            continue;
        is_int(shifts[0].first_day, day_of(rows[k].from), "from %s", rows[k].from);
        is_int(shifts[0].last_day, day_of(rows[k].to), "to %s", rows[k].to);
        is_int(shifts[0].minutes, rows[k].minutes, "another distance");
    }
    arena_close(&arena);
    return tap_done();
}
