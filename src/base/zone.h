// SPDX-License-Identifier: Apache-2.0
//
// Why: overlap of two people's weeks depends on both zones' rules on the day. libc's time zone is
// global to the process, so this reads the compiled tz database (TZif, RFC 8536) itself.
//
// Promises: versions 1 to 4, with the footer rule (RFC 8536 section 3.3) for instants after the
// last listed change, negative daylight-saving time and changes outside 0..24 h included; every
// length is checked, hostile bytes are refused.
//
// Not for: leap seconds (they are read over), local time to instant with gaps (the caller
// decides), or names for people.
#ifndef TRELLIS_BASE_ZONE_H
#define TRELLIS_BASE_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"

// The system's tz database.
#define ZONE_FOLDER "/usr/share/zoneinfo"

enum {
    ZONE_CHANGES_MAX = 20000,
    ZONE_TYPES_MAX = 256,
    ZONE_NAME_BYTES_MAX = 64,
    ZONE_FILE_BYTES_MAX = 1024 * 1024
};

struct zone_type {
    int32_t offset_s; // local time minus UTC
    bool dst;
    const char *abbreviation; // "CEST"
};

enum zone_day_kind { ZONE_DAY_MONTH_WEEK, ZONE_DAY_JULIAN, ZONE_DAY_OF_YEAR };

struct zone_day { // when a rule's change happens, in local time before it
    enum zone_day_kind kind;
    int32_t month, week,
        weekday;    // ZONE_DAY_MONTH_WEEK: week 1..5 (5 is the last), weekday 0 is Sunday
    int32_t day;    // ZONE_DAY_JULIAN: 1..365 without 29 February; ZONE_DAY_OF_YEAR: 0..365
    int32_t time_s; // -167..167 h
};

struct zone_rule { // the footer
    bool present;
    bool has_dst;
    struct zone_type standard, daylight;
    struct zone_day start, end;
};

struct zone {
    const char *name; // as it was asked for; "" when read from memory
    size_t change_count;
    const int64_t *change_at_s; // rising
    const uint8_t *change_type;
    size_t type_count; // at least 1
    const struct zone_type *types;
    struct zone_rule rule;
};

struct zone_change {
    int64_t at_s; // the first second of the new offset
    int32_t offset_before_s;
    int32_t offset_after_s;
    bool dst_after;
};

// Reads a TZif file from memory. RC_BAD_INPUT: not one, or its numbers do not fit.
enum rc zone_parse(struct arena *arena, const char *bytes, size_t length, struct zone *ret_zone);

// Whether the name may stand for a file of the tz database: letters, digits, + - _ in parts divided
// by '/', no "..", short.
bool zone_name_is_safe(const char *name);

// Reads the zone from a folder such as ZONE_FOLDER. RC_NOT_FOUND: no such zone (or an unsafe name).
// RC_IO: it is there and can't be read now, which says nothing about the name.
enum rc zone_load(struct arena *arena, const char *folder, const char *name, struct zone *ret_zone);

// What holds at an instant (seconds since 1970-01-01 UTC). Never NULL; lives as long as the zone.
const struct zone_type *zone_type_at(const struct zone *zone, int64_t at_s);
int32_t zone_offset_s(const struct zone *zone, int64_t at_s);

// The changes of offset in [from_s, to_s), in order. Writes at most max, and gives how many there
// are in all (stops counting at ZONE_CHANGES_MAX). Changes of name only are left out.
size_t zone_changes(const struct zone *zone, int64_t from_s, int64_t to_s,
                    struct zone_change *ret_changes, size_t max);

// Whether both have the same offset at every instant of [from_s, to_s).
bool zone_agrees(const struct zone *a, const struct zone *b, int64_t from_s, int64_t to_s);

#endif
