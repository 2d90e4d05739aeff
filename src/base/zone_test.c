// SPDX-License-Identifier: Apache-2.0
// Zones against zdump, for every zone of the tz database's table and some that are not in it, from
// 2020 to 2037; and files that are no zones.
#define _POSIX_C_SOURCE 200809L
#include "base/zone.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/file.h"
#include "base/tap.h"
#include "base/zone_rule.h"

static const char *const extra_zones[] = {
    "UTC",
    "Etc/GMT+12",
    "Europe/Dublin",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "America/Nuuk",
    "Asia/Calcutta",
    "CET",
    "EST5EDT",
    "Antarctica/Troll",
};

// One line of `zdump -v`: what it says of an instant.
struct dumped {
    int64_t at_s;
    int32_t offset_s;
    int dst;
    char abbreviation[16];
};

static int32_t month_number(const char *name)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const char *at = strstr(months, name);
    return at == NULL ? 0 : (int32_t)(at - months) / 3 + 1;
}

static bool read_line(const char *line, struct dumped *ret_dumped)
{
    char month[4];
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int year = 0;
    int offset = 0;
    int got = sscanf(
        line, "%*s %*s %3s %d %d:%d:%d %d UT = %*s %*s %*d %*d:%*d:%*d %*d %15s isdst=%d gmtoff=%d",
        month, &day, &hour, &minute, &second, &year, ret_dumped->abbreviation, &ret_dumped->dst,
        &offset);
    if (got != 9 || year < 2020 || year > 2037)
        return false;
    struct date date = {year, month_number(month), day};
    ret_dumped->at_s = date_to_seconds(date) + hour * 3600 + minute * 60 + second;
    ret_dumped->offset_s = offset;
    return true;
}

static bool agrees(const struct zone *zone, const struct dumped *dumped)
{
    const struct zone_type *type = zone_type_at(zone, dumped->at_s);
    return type->offset_s == dumped->offset_s && type->dst == (dumped->dst == 1) &&
           strcmp(type->abbreviation, dumped->abbreviation) == 0;
}

// Compares every line that zdump prints, and counts the changes of offset that it shows.
static void compare(const struct zone *zone, FILE *dump)
{
    char line[512];
    struct dumped now = {0};
    int32_t offset_s = zone_offset_s(zone, date_to_seconds((struct date){2020, 1, 1}));
    size_t changes = 0;
    int bad = 0;
    while (fgets(line, sizeof line, dump) != NULL) {
        if (!read_line(line, &now))
            continue;
        bad += agrees(zone, &now) ? 0 : 1;
        changes += now.offset_s != offset_s ? 1 : 0;
        offset_s = now.offset_s;
    }
    is_int(bad, 0, "%s as zdump says", zone->name);
    int64_t from_s = date_to_seconds((struct date){2020, 1, 1});
    int64_t to_s = date_to_seconds((struct date){2038, 1, 1});
    is_uint(zone_changes(zone, from_s, to_s, NULL, 0), changes, "%s: as many changes", zone->name);
}

static void test_zone(const char *name)
{
    struct arena arena;
    struct zone zone = {0};
    char command[200];
    arena_open(&arena, 4 * 1024 * 1024);
    snprintf(command, sizeof command, "zdump -v -c 2020,2038 '%s' 2>/dev/null", name);
    FILE *dump = popen(command, "r");
    if (is_int(zone_load(&arena, ZONE_FOLDER, name, &zone), RC_OK, "%s is read", name) &&
        dump != NULL)
        compare(&zone, dump);
    if (dump != NULL)
        pclose(dump);
    arena_close(&arena);
}

static void test_all_zones(void)
{
    FILE *table = fopen(ZONE_FOLDER "/zone1970.tab", "r");
    FILE *zdump = popen("command -v zdump", "r");
    char line[512];
    bool has_zdump = zdump != NULL && fgets(line, sizeof line, zdump) != NULL;
    if (zdump != NULL)
        pclose(zdump);
    if (table == NULL || !has_zdump) {
        skip("no tz database or no zdump here", "zones against zdump");
        return;
    }
    while (fgets(line, sizeof line, table) != NULL) {
        char name[100];
        if (line[0] != '#' && sscanf(line, "%*s %*s %99s", name) == 1)
            test_zone(name);
    }
    fclose(table);
    for (size_t i = 0; i < sizeof extra_zones / sizeof extra_zones[0]; i++)
        test_zone(extra_zones[i]);
}

static void test_changes(void)
{
    struct arena arena;
    struct zone zone = {0};
    struct zone_change changes[4] = {0};
    arena_open(&arena, 1000000);
    if (zone_load(&arena, ZONE_FOLDER, "Australia/Lord_Howe", &zone) == RC_OK) {
        int64_t from_s = date_to_seconds((struct date){2026, 1, 1});
        int64_t to_s = date_to_seconds((struct date){2027, 1, 1});
        is_uint(zone_changes(&zone, from_s, to_s, changes, 4), 2, "two changes in 2026");
        is_int(changes[0].offset_before_s, 39600, "summer: +11:00");
        is_int(changes[0].offset_after_s, 37800, "winter: +10:30, half an hour less");
        is_int(changes[0].at_s, 1775314800, "at 2026-04-04 15:00 UTC");
        is_uint(zone_changes(&zone, changes[0].at_s, changes[1].at_s, changes, 4), 1,
                "the start counts, the end does not");
    }
    arena_close(&arena);
}

static void test_agreement(void)
{
    struct arena arena;
    struct zone berlin = {0};
    struct zone zurich = {0};
    struct zone dublin = {0};
    arena_open(&arena, 1000000);
    bool loaded = zone_load(&arena, ZONE_FOLDER, "Europe/Berlin", &berlin) == RC_OK &&
                  zone_load(&arena, ZONE_FOLDER, "Europe/Zurich", &zurich) == RC_OK &&
                  zone_load(&arena, ZONE_FOLDER, "Europe/Dublin", &dublin) == RC_OK;
    int64_t from_s = date_to_seconds((struct date){2026, 1, 1});
    int64_t to_s = date_to_seconds((struct date){2028, 1, 1});
    int64_t old_s = date_to_seconds((struct date){1979, 1, 1});
    ok(loaded && zone_agrees(&berlin, &zurich, from_s, to_s), "Berlin and Zurich agree now");
    ok(!zone_agrees(&berlin, &zurich, old_s, to_s), "they did not in 1980");
    ok(!zone_agrees(&berlin, &dublin, from_s, to_s), "Berlin and Dublin never");
    ok(zone_agrees(&berlin, &dublin, to_s, to_s), "an empty period is no difference");
    arena_close(&arena);
}

static void test_rule(const char *text, enum rc want)
{
    struct arena arena;
    struct zone_rule rule = {0};
    arena_open(&arena, 100000);
    is_int(zone_rule_parse(&arena, text, &rule), want, "rule \"%s\"", text);
    arena_close(&arena);
}

static void test_rules(void)
{
    test_rule("", RC_OK);
    test_rule("CET-1CEST,M3.5.0,M10.5.0/3", RC_OK);
    test_rule("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", RC_OK);
    test_rule("IST-1GMT0,M10.5.0,M3.5.0/1", RC_OK);
    test_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", RC_OK);
    test_rule("XXX0YYY,J60,59/167:59:59", RC_OK);
    test_rule("CET-1CEST", RC_BAD_INPUT);
    test_rule("CET", RC_BAD_INPUT);
    test_rule("C-1", RC_BAD_INPUT);
    test_rule("<+03-3", RC_BAD_INPUT);
    test_rule("CET-1CEST,M13.5.0,M10.5.0", RC_BAD_INPUT);
    test_rule("CET-1CEST,M3.6.0,M10.5.0", RC_BAD_INPUT);
    test_rule("CET-1CEST,J0,J366", RC_BAD_INPUT);
    test_rule("CET-1CEST,M3.5.0/168,M10.5.0", RC_BAD_INPUT);
    test_rule("CET-1CEST,M3.5.0,M10.5.0 ", RC_BAD_INPUT);
    test_rule("CET-25", RC_BAD_INPUT);
}

// A rule alone as a zone: daylight-saving time from day 0 of a year to its last day, at all hours.
static void test_all_year(void)
{
    struct arena arena;
    struct zone zone = {
        .name = "", .type_count = 1, .types = &(struct zone_type){0, false, "X"}
    };
    arena_open(&arena, 100000);
    zone_rule_parse(&arena, "EST5EDT,0/0,J365/25", &zone.rule);
    int64_t from_s = date_to_seconds((struct date){2026, 1, 1});
    int64_t to_s = date_to_seconds((struct date){2029, 1, 1});
    is_int(zone_offset_s(&zone, from_s), -4 * 3600, "daylight-saving time all year");
    is_uint(zone_changes(&zone, from_s + 5 * 3600, to_s, NULL, 0), 0, "with no change");
    arena_close(&arena);
}

static void test_bad_files(void)
{
    struct arena arena;
    struct zone zone = {0};
    struct text good = {0};
    const char *error = "";
    arena_open(&arena, 64 * 1024 * 1024);
    is_int(zone_load(&arena, ZONE_FOLDER, "../../../etc/passwd", &zone), RC_NOT_FOUND,
           "no way out");
    is_int(zone_load(&arena, ZONE_FOLDER, "Mars/Olympus", &zone), RC_NOT_FOUND, "no such zone");
    is_int(zone_load(&arena, ZONE_FOLDER, "Europe", &zone), RC_NOT_FOUND, "a folder is no zone");
    is_int(zone_load(&arena, ZONE_FOLDER, "zone.tab", &zone), RC_NOT_FOUND, "nor is a table");
    if (file_read(&arena, ZONE_FOLDER "/Europe/Dublin", 100000, &good, &error) == RC_OK) {
        int accepted = 0;
        for (size_t length = 0; length < good.length; length++)
            accepted += zone_parse(&arena, good.bytes, length, &zone) == RC_OK ? 1 : 0;
        is_int(accepted, 0, "no shorter piece of a zone is one");
        is_int(zone_parse(&arena, good.bytes, good.length, &zone), RC_OK, "the whole is");
        arena.fail_at = arena.calls + 2;
        is_int(zone_parse(&arena, good.bytes, good.length, &zone), RC_NO_MEMORY, "no memory");
    }
    arena_close(&arena);
}

int main(void)
{
    test_all_zones();
    test_changes();
    test_agreement();
    test_rules();
    test_all_year();
    test_bad_files();
    return tap_done();
}
