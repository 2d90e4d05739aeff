// SPDX-License-Identifier: Apache-2.0
// Any bytes as a compiled time zone: refused, or usable at every instant.
#include <stdlib.h>

#include "base/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_CHANGES = 64 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void use_zone(const struct zone *zone)
{
    static const int64_t instants[] = {INT64_MIN / 2, -4000000000, 0,
                                       1700000000,    4200000000,  INT64_MAX / 2};
    struct zone_change changes[FUZZ_CHANGES];
    for (size_t i = 0; i < sizeof instants / sizeof instants[0]; i++) {
        const struct zone_type *type = zone_type_at(zone, instants[i]);
        require(type != NULL && type->abbreviation != NULL);
        require(type->offset_s > -100000 && type->offset_s < 100000);
    }
    size_t count = zone_changes(zone, 1600000000, 1900000000, changes, FUZZ_CHANGES);
    for (size_t i = 0; i < count && i < FUZZ_CHANGES; i++) {
        require(changes[i].at_s >= 1600000000 && changes[i].at_s < 1900000000);
        require(i == 0 || changes[i].at_s > changes[i - 1].at_s);
        require(zone_offset_s(zone, changes[i].at_s - 1) == changes[i].offset_before_s);
        require(zone_offset_s(zone, changes[i].at_s) == changes[i].offset_after_s);
    }
    require(zone_agrees(zone, zone, 1600000000, 1900000000));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct zone zone;
    arena_open(&arena, 16 * 1024 * 1024);
    if (zone_parse(&arena, (const char *)data, size, &zone) == RC_OK)
        use_zone(&zone);
    arena_close(&arena);
    return 0;
}
