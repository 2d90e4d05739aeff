// SPDX-License-Identifier: Apache-2.0
//
// Time is cut wherever a clock of one of the zones changes; pieces with the same offsets everywhere
// are gathered into one phase; see phase.h.
#include "base/phase.h"

#include <stdlib.h>
#include <string.h>

enum { CHANGES_MAX = 64, PIECES_MAX = 1024 };

struct calendar {
    const struct zone *zones;
    size_t zone_count;
    int64_t cuts[PIECES_MAX]; // first seconds of the pieces
    size_t cut_count;
    size_t kept_from[PIECES_MAX]; // a piece that stands for each phase
    struct phase phases[PIECES_MAX];
};

static int earlier_first(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;
    return a < b ? -1 : a > b;
}

static void cut(struct calendar *calendar, int64_t from_s, int64_t to_s)
{
    calendar->cuts[calendar->cut_count++] = from_s;
    for (size_t i = 0; i < calendar->zone_count; i++) {
        struct zone_change changes[CHANGES_MAX];
        size_t count = zone_changes(&calendar->zones[i], from_s, to_s, changes, CHANGES_MAX);
        count = count > CHANGES_MAX ? CHANGES_MAX : count;
        for (size_t k = 0; k < count && calendar->cut_count < PIECES_MAX; k++)
            calendar->cuts[calendar->cut_count++] = changes[k].at_s;
    }
    qsort(calendar->cuts, calendar->cut_count, sizeof calendar->cuts[0], earlier_first);
    size_t unique = 1;
    for (size_t i = 1; i < calendar->cut_count; i++)
        if (calendar->cuts[i] != calendar->cuts[unique - 1])
            calendar->cuts[unique++] = calendar->cuts[i];
    calendar->cut_count = unique;
}

static bool pieces_agree(const struct calendar *calendar, size_t a, size_t b)
{
    for (size_t i = 0; i < calendar->zone_count; i++)
        if (zone_offset_s(&calendar->zones[i], calendar->cuts[a]) !=
            zone_offset_s(&calendar->zones[i], calendar->cuts[b]))
            return false;
    return true;
}

// Where to put a phase that is longer than the shortest kept one, when there are too many.
static size_t shortest(const struct phase *phases, size_t count)
{
    size_t found = 0;
    for (size_t i = 1; i < count; i++)
        if (phases[i].seconds < phases[found].seconds)
            found = i;
    return found;
}

// Gathers pieces into phases; gives how many seconds had to be left out.
static int64_t gather(struct calendar *calendar, int64_t to_s, size_t most, size_t *ret_count)
{
    static const struct phase none = {0};
    struct phase *all = calendar->phases;
    size_t count = 0;
    for (size_t i = 0; i < calendar->cut_count; i++) {
        int64_t end = i + 1 < calendar->cut_count ? calendar->cuts[i + 1] : to_s;
        size_t phase = 0;
        while (phase < count && !pieces_agree(calendar, calendar->kept_from[phase], i))
            phase++;
        if (phase == count) {
            calendar->kept_from[count] = i;
            all[count] = none;
            all[count].from_s = calendar->cuts[i];
            all[count++].to_s = end;
        }
        all[phase].seconds += end - calendar->cuts[i];
    }
    int64_t left_out = 0;
    while (count > most) {
        size_t out = shortest(all, count);
        left_out += all[out].seconds;
        memmove(&all[out], &all[out + 1], (count - out - 1) * sizeof all[0]);
        memmove(&calendar->kept_from[out], &calendar->kept_from[out + 1],
                (count - out - 1) * sizeof calendar->kept_from[0]);
        count--;
    }
    *ret_count = count;
    return left_out;
}

// Offsets are multiples of 15 minutes everywhere since 1986; others are taken to the nearest.
int16_t phase_offset_minutes(const struct zone *zone, int64_t at_s)
{
    int32_t minutes = zone_offset_s(zone, at_s) / 60;
    int32_t shifted = minutes + 24 * 60 + PHASE_STEP_MINUTES / 2;
    return (int16_t)(shifted - shifted % PHASE_STEP_MINUTES - 24 * 60);
}

enum rc phase_find(struct arena *arena, const struct phase_question *question,
                   struct phase *ret_phases, size_t *ret_count, int64_t *ret_left_out_s)
{
    struct calendar *calendar = ARENA_NEW(arena, struct calendar);
    if (calendar == NULL)
        return RC_NO_MEMORY;
    calendar->zones = question->zones;
    calendar->zone_count = question->zone_count;
    cut(calendar, question->from_s, question->to_s);
    *ret_left_out_s = gather(calendar, question->to_s, question->most, ret_count);
    memcpy(ret_phases, calendar->phases, *ret_count * sizeof ret_phases[0]);
    return RC_OK;
}
