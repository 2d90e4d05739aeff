// SPDX-License-Identifier: Apache-2.0
// Daylight saving: the cohort's weeks are cut wherever a clock of one of its people changes; see
// match_parts.h. Pieces with the same offsets everywhere are one phase.
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"

#include "match_parts.h"

enum { CHANGES_MAX = 64, PIECES_MAX = 1024, ZONES_MAX = 1000, STEP_MINUTES = 15 };

struct calendar {
    struct match_pool *pool;
    struct match_intern names;
    struct zone zones[ZONES_MAX];
    int64_t cuts[PIECES_MAX]; // first seconds of the pieces
    size_t cut_count;
    size_t phase_count;
    size_t kept_from[PIECES_MAX]; // a piece that stands for each phase
};

static enum rc add_zone(struct calendar *calendar, const char *name)
{
    uint32_t number = 0;
    uint32_t before = calendar->names.count;
    if (name == NULL || before == ZONES_MAX)
        return RC_OK;
    TRY(match_intern_add(&calendar->names, name, &number));
    if (number <= before)
        return RC_OK;
    return zone_load(calendar->pool->arena, ZONE_FOLDER, name, &calendar->zones[number - 1]);
}

static enum rc load_zones(struct calendar *calendar)
{
    const struct roster *roster = calendar->pool->roster;
    for (uint32_t i = 0; i < roster->mentee_count; i++)
        TRY(add_zone(calendar, roster->mentees[i].place.zone));
    for (uint32_t j = 0; j < roster->mentor_count; j++)
        TRY(add_zone(calendar, roster->mentors[j].place.zone));
    return RC_OK;
}

static int earlier_first(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;
    return a < b ? -1 : a > b;
}

static void cut(struct calendar *calendar, int64_t from_s, int64_t to_s)
{
    calendar->cuts[calendar->cut_count++] = from_s;
    for (uint32_t i = 0; i < calendar->names.count; i++) {
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
    for (uint32_t i = 0; i < calendar->names.count; i++)
        if (zone_offset_s(&calendar->zones[i], calendar->cuts[a]) !=
            zone_offset_s(&calendar->zones[i], calendar->cuts[b]))
            return false;
    return true;
}

// Where to put a phase that is longer than the shortest kept one, when there are too many.
static size_t shortest(const struct match_phase *phases, size_t count)
{
    size_t found = 0;
    for (size_t i = 1; i < count; i++)
        if (phases[i].seconds < phases[found].seconds)
            found = i;
    return found;
}

// Gathers pieces into phases; gives how many seconds had to be left out.
static int64_t gather(struct calendar *calendar, int64_t to_s)
{
    static const struct match_phase none = {0};
    struct match_phase all[PIECES_MAX] = {0};
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
    while (count > MM_PHASES_MAX) {
        size_t out = shortest(all, count);
        left_out += all[out].seconds;
        memmove(&all[out], &all[out + 1], (count - out - 1) * sizeof all[0]);
        memmove(&calendar->kept_from[out], &calendar->kept_from[out + 1],
                (count - out - 1) * sizeof calendar->kept_from[0]);
        count--;
    }
    memcpy(calendar->pool->phases, all, count * sizeof all[0]);
    calendar->phase_count = count;
    return left_out;
}

// Offsets are multiples of 15 minutes everywhere since 1986; others are taken to the nearest.
static int16_t offset_minutes(const struct zone *zone, int64_t at_s)
{
    int32_t minutes = zone_offset_s(zone, at_s) / 60;
    int32_t shifted = minutes + 24 * 60 + STEP_MINUTES / 2;
    return (int16_t)(shifted - shifted % STEP_MINUTES - 24 * 60);
}

static void set_person(const struct calendar *calendar, const struct person *person,
                       struct mm_person *ret_person)
{
    uint32_t number =
        person->place.zone == NULL ? 0 : match_intern_find(&calendar->names, person->place.zone);
    for (size_t phase = 0; phase < calendar->phase_count; phase++)
        ret_person->zone_minutes[phase] =
            number == 0 ? MM_ZONE_UNKNOWN
                        : offset_minutes(&calendar->zones[number - 1],
                                         calendar->pool->phases[phase].from_s);
}

enum rc match_build_phases(struct match_pool *pool, struct match_people people)
{
    const struct roster *roster = pool->roster;
    struct calendar *calendar = ARENA_NEW(pool->arena, struct calendar);
    if (calendar == NULL)
        return RC_NO_MEMORY;
    calendar->pool = pool;
    match_intern_open(&calendar->names, pool->arena);
    TRY(load_zones(calendar));
    int64_t from_s = date_to_seconds(pool->rules.start);
    int64_t to_s = from_s + (int64_t)pool->rules.weeks * 7 * DATE_SECONDS_A_DAY;
    cut(calendar, from_s, to_s);
    int64_t left_out = gather(calendar, to_s);
    if (left_out > 0)
        TRY(match_pool_note(pool,
                            "clocks change so often in these weeks that %lld days are not looked "
                            "at; the %d longest phases are",
                            (long long)(left_out / DATE_SECONDS_A_DAY), MM_PHASES_MAX));
    for (uint32_t i = 0; i < roster->mentee_count; i++)
        set_person(calendar, &roster->mentees[i], &people.mentee[i]);
    for (uint32_t j = 0; j < roster->mentor_count; j++)
        set_person(calendar, &roster->mentors[j], &people.mentor[j]);
    pool->pool.phases = (uint32_t)calendar->phase_count;
    return RC_OK;
}
