// SPDX-License-Identifier: Apache-2.0
// The compiled tz database (TZif, RFC 8536) from memory; see zone.h. The footer's rule is read in
// zone_rule.c.
#define _POSIX_C_SOURCE 200809L // S_ISDIR
#include "base/zone.h"

#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/zone_rule.h"

enum { HEAD_BYTES = 44, TYPE_BYTES = 6, OFFSET_MAX_S = 26 * 3600 };
// RFC 8536 allows offsets up to 25:59:59 west and 26 h east; a bit more does no harm, much more is
// not a zone.

// What the head of a block counts.
struct counts {
    uint32_t utc_flags;
    uint32_t standard_flags;
    uint32_t leaps;
    uint32_t changes;
    uint32_t types;
    uint32_t characters;
};

static uint32_t read_u32(const unsigned char *from)
{
    return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

static int64_t read_signed(const unsigned char *from, size_t size)
{
    if (size == 4)
        return (int32_t)read_u32(from);
    return (int64_t)((uint64_t)read_u32(from) << 32 | read_u32(from + 4));
}

static enum rc read_head(const unsigned char *bytes, size_t length, struct counts *ret_counts)
{
    if (length < HEAD_BYTES || memcmp(bytes, "TZif", 4) != 0)
        return RC_BAD_INPUT;
    struct counts counts = {
        .utc_flags = read_u32(bytes + 20),
        .standard_flags = read_u32(bytes + 24),
        .leaps = read_u32(bytes + 28),
        .changes = read_u32(bytes + 32),
        .types = read_u32(bytes + 36),
        .characters = read_u32(bytes + 40),
    };
    if (counts.changes > ZONE_CHANGES_MAX || counts.leaps > ZONE_CHANGES_MAX)
        return RC_BAD_INPUT;
    if (counts.types == 0 || counts.types > ZONE_TYPES_MAX || counts.characters > 4096)
        return RC_BAD_INPUT;
    if (counts.utc_flags > ZONE_TYPES_MAX || counts.standard_flags > ZONE_TYPES_MAX)
        return RC_BAD_INPUT;
    *ret_counts = counts;
    return RC_OK;
}

// Bytes of the block behind its head, with times of time_size bytes.
static size_t block_bytes(const struct counts *counts, size_t time_size)
{
    return counts->changes * (time_size + 1) + counts->types * (size_t)TYPE_BYTES +
           counts->characters + counts->leaps * (time_size + 4) + counts->standard_flags +
           counts->utc_flags;
}

static enum rc read_changes(struct arena *arena, const unsigned char *bytes,
                            const struct counts *counts, size_t time_size, struct zone *zone)
{
    int64_t *at = ARENA_ARRAY(arena, int64_t, counts->changes);
    uint8_t *type = ARENA_ARRAY(arena, uint8_t, counts->changes);
    if (at == NULL || type == NULL)
        return RC_NO_MEMORY;
    const unsigned char *types = bytes + counts->changes * time_size;
    for (uint32_t i = 0; i < counts->changes; i++) {
        at[i] = read_signed(bytes + i * time_size, time_size);
        type[i] = types[i];
        if (type[i] >= counts->types || (i > 0 && at[i] <= at[i - 1]))
            return RC_BAD_INPUT;
    }
    zone->change_at_s = at;
    zone->change_type = type;
    zone->change_count = counts->changes;
    return RC_OK;
}

static enum rc read_types(struct arena *arena, const unsigned char *bytes,
                          const struct counts *counts, struct zone *zone)
{
    struct zone_type *types = ARENA_ARRAY(arena, struct zone_type, counts->types);
    const char *from = (const char *)bytes + counts->types * (size_t)TYPE_BYTES;
    char *characters = arena_strndup(arena, from, counts->characters);
    if (types == NULL || characters == NULL)
        return RC_NO_MEMORY;
    for (uint32_t i = 0; i < counts->types; i++) {
        const unsigned char *type = bytes + i * (size_t)TYPE_BYTES;
        int64_t offset_s = read_signed(type, 4);
        if (offset_s < -OFFSET_MAX_S || offset_s > OFFSET_MAX_S || type[4] > 1)
            return RC_BAD_INPUT;
        if (type[5] >= counts->characters)
            return RC_BAD_INPUT;
        types[i] = (struct zone_type){(int32_t)offset_s, type[4] == 1, characters + type[5]};
    }
    zone->types = types;
    zone->type_count = counts->types;
    return RC_OK;
}

// The line between two line feeds at the end of a version 2 file.
static enum rc read_footer(struct arena *arena, const unsigned char *bytes, size_t length,
                           struct zone *zone)
{
    if (length < 2 || bytes[0] != '\n')
        return RC_BAD_INPUT;
    const unsigned char *end = memchr(bytes + 1, '\n', length - 1);
    if (end == NULL)
        return RC_BAD_INPUT;
    char *text = arena_strndup(arena, (const char *)bytes + 1, (size_t)(end - bytes) - 1);
    if (text == NULL)
        return RC_NO_MEMORY;
    return zone_rule_parse(arena, text, &zone->rule);
}

static enum rc read_block(struct arena *arena, const unsigned char *bytes, size_t length,
                          size_t time_size, struct zone *zone, size_t *ret_used)
{
    struct counts counts = {0};
    TRY(read_head(bytes, length, &counts));
    size_t size = block_bytes(&counts, time_size);
    if (size > length - HEAD_BYTES)
        return RC_BAD_INPUT;
    const unsigned char *body = bytes + HEAD_BYTES;
    TRY(read_changes(arena, body, &counts, time_size, zone));
    TRY(read_types(arena, body + counts.changes * (time_size + 1), &counts, zone));
    *ret_used = HEAD_BYTES + size;
    return RC_OK;
}

enum rc zone_parse(struct arena *arena, const char *text, size_t length, struct zone *ret_zone)
{
    const unsigned char *bytes = (const unsigned char *)text;
    struct zone zone = {.name = ""};
    struct counts counts = {0};
    size_t used = 0;
    TRY(read_head(bytes, length, &counts));
    bool old = bytes[4] < '2'; // version 1: 32-bit times, no footer
    if (old) {
        TRY(read_block(arena, bytes, length, 4, &zone, &used));
        *ret_zone = zone;
        return RC_OK;
    }
    size_t first = HEAD_BYTES + block_bytes(&counts, 4);
    if (first > length)
        return RC_BAD_INPUT;
    TRY(read_block(arena, bytes + first, length - first, 8, &zone, &used));
    TRY(read_footer(arena, bytes + first + used, length - first - used, &zone));
    *ret_zone = zone;
    return RC_OK;
}

static bool is_name_byte(char byte)
{
    bool letter = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
    return letter || (byte >= '0' && byte <= '9') || (byte != '\0' && strchr("+-_/", byte) != NULL);
}

bool zone_name_is_safe(const char *name)
{
    size_t length = strlen(name);
    if (length == 0 || length > ZONE_NAME_BYTES_MAX || name[0] == '/' || name[length - 1] == '/')
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!is_name_byte(name[i]))
            return false;
    }
    return strstr(name, "//") == NULL;
}

enum rc zone_load(struct arena *arena, const char *folder, const char *name, struct zone *ret_zone)
{
    if (!zone_name_is_safe(name))
        return RC_NOT_FOUND;
    char *path = file_join(arena, folder, name);
    char *own_name = arena_strdup(arena, name);
    if (path == NULL || own_name == NULL)
        return RC_NO_MEMORY;
    struct text content = {0};
    const char *error = "";
    enum rc rc = file_read(arena, path, ZONE_FILE_BYTES_MAX, &content, &error);
    struct stat about;
    if (rc == RC_IO && (stat(path, &about) != 0 || S_ISDIR(about.st_mode)))
        return RC_NOT_FOUND; // a folder of zones such as "Europe", or below a zone
    TRY(rc);
    TRY(zone_parse(arena, content.bytes, content.length, ret_zone));
    ret_zone->name = own_name;
    return RC_OK;
}

// How many changes are at or before the instant.
static size_t changes_until(const struct zone *zone, int64_t at_s)
{
    size_t low = 0;
    size_t high = zone->change_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->change_at_s[middle] <= at_s)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct zone_type *zone_type_at(const struct zone *zone, int64_t at_s)
{
    size_t count = changes_until(zone, at_s);
    if (count == zone->change_count && zone->rule.present)
        return zone_rule_type_at(&zone->rule, at_s);
    if (count == 0)
        return &zone->types[0]; // as RFC 8536 says of instants before the first change
    return &zone->types[zone->change_type[count - 1]];
}

int32_t zone_offset_s(const struct zone *zone, int64_t at_s)
{
    return zone_type_at(zone, at_s)->offset_s;
}

// The instant of the first change after at_s, or to_s when there is none before it.
static int64_t next_change(const struct zone *zone, int64_t at_s, int64_t to_s)
{
    size_t count = changes_until(zone, at_s);
    int64_t next = count < zone->change_count ? zone->change_at_s[count] : INT64_MAX;
    if (count == zone->change_count && zone->rule.present)
        next = zone_rule_next(&zone->rule, at_s);
    return next < to_s ? next : to_s;
}

size_t zone_changes(const struct zone *zone, int64_t from_s, int64_t to_s,
                    struct zone_change *ret_changes, size_t max)
{
    size_t found = 0;
    for (int64_t at = next_change(zone, from_s - 1, to_s); at < to_s && found < ZONE_CHANGES_MAX;
         at = next_change(zone, at, to_s)) {
        const struct zone_type *before = zone_type_at(zone, at - 1);
        const struct zone_type *after = zone_type_at(zone, at);
        if (before->offset_s == after->offset_s)
            continue;
        if (found < max)
            ret_changes[found] =
                (struct zone_change){at, before->offset_s, after->offset_s, after->dst};
        found++;
    }
    return found;
}

bool zone_agrees(const struct zone *a, const struct zone *b, int64_t from_s, int64_t to_s)
{
    int64_t at = from_s;
    for (size_t steps = 0; at < to_s; steps++) {
        if (zone_offset_s(a, at) != zone_offset_s(b, at) || steps > (size_t)2 * ZONE_CHANGES_MAX)
            return false;
        int64_t next_a = next_change(a, at, to_s);
        int64_t next_b = next_change(b, at, to_s);
        at = next_a < next_b ? next_a : next_b;
    }
    return true;
}
