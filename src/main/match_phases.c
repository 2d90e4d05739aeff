// SPDX-License-Identifier: Apache-2.0
// Daylight saving: the cohort's weeks in phases (base/phase.h), and each person's offset in each;
// see match_parts.h.
#include "base/phase.h"

#include "match_parts.h"

enum { ZONES_MAX = 1000 };

struct calendar {
    struct match_pool *pool;
    struct match_intern names;
    struct zone zones[ZONES_MAX];
    size_t phase_count;
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

static void set_person(const struct calendar *calendar, const struct person *person,
                       struct mm_person *ret_person)
{
    uint32_t number =
        person->place.zone == NULL ? 0 : match_intern_find(&calendar->names, person->place.zone);
    for (size_t phase = 0; phase < calendar->phase_count; phase++)
        ret_person->zone_minutes[phase] =
            number == 0 ? MM_ZONE_UNKNOWN
                        : phase_offset_minutes(&calendar->zones[number - 1],
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
    int64_t left_out = 0;
    const struct phase_question question = {calendar->zones, calendar->names.count, from_s, to_s,
                                            MM_PHASES_MAX};
    TRY(phase_find(pool->arena, &question, pool->phases, &calendar->phase_count, &left_out));
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
