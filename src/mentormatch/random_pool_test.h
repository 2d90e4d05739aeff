// SPDX-License-Identifier: Apache-2.0
/*
 * Pools of made-up people for tests: every field told or left out, lists of every kind, human
 * beings on both sides, zones that shift against each other. The same seed gives the same pool.
 * Not for the library itself.
 */
#ifndef MENTORMATCH_RANDOM_POOL_TEST_H
#define MENTORMATCH_RANDOM_POOL_TEST_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mentormatch.h"
#include "tie.h"

struct chance {
    uint64_t state;
};

static inline uint64_t chance_next(struct chance *chance)
{
    chance->state += 0x9E3779B97F4A7C15u;
    return tie_mix(chance->state);
}

/* 0..below - 1 */
static inline uint32_t chance_below(struct chance *chance, uint32_t below)
{
    return (uint32_t)(chance_next(chance) >> 33) % below;
}

static inline bool chance_percent(struct chance *chance, uint32_t percent)
{
    return chance_below(chance, 100) < percent;
}

/* How the pool is. unknown: percent of answers left out. lists: vetoes, choices, avoid, humans. */
struct likeness {
    uint32_t mentees;
    uint32_t mentors;
    uint32_t topics;
    uint32_t phases;
    uint32_t unknown;
    bool lists;
    bool strange_rules; /* rules and weights by chance, instead of the defaults */
};

struct random_pool {
    struct mm_pool pool;
    struct mm_rules rules;
    struct mm_person *mentee;
    struct mm_person *mentor;
    struct mm_topic *topic;
    uint64_t *week;
    uint32_t *other;
    struct mm_link *avoid;
};

static inline void *test_take(size_t count, size_t size)
{
    void *block = calloc(count + 1, size);
    if (!block) {
        fputs("memory ran out\n", stderr);
        exit(2);
    }
    return block;
}

#define TEST_TOPICS 12u
#define TEST_OTHERS 8u

static const int16_t test_zones[][2] = {
    {0,    60  },
    {60,   120 },
    {60,   60  },
    {120,  180 },
    {330,  330 },
    {345,  345 },
    {-210, -150},
    {-300, -240},
    {-300, -300},
    {-480, -420},
    {840,  780 },
    {-600, -600},
    {660,  600 },
    {180,  180 },
    {-180, -180},
    {765,  825 },
};

static inline uint64_t chance_set(struct chance *chance, uint32_t bits, uint32_t most)
{
    uint64_t set = 0;
    uint32_t count = 1 + chance_below(chance, most);
    for (uint32_t k = 0; k < count; k++) {
        set |= UINT64_C(1) << chance_below(chance, bits);
    }
    return set;
}

/* Evenings, a weekend block, or scattered hours; always some. */
static inline void chance_week(struct chance *chance, uint64_t *week)
{
    memset(week, 0, MM_WEEK_WORDS * sizeof(*week));
    uint32_t spans = 2 + chance_below(chance, 7);
    for (uint32_t k = 0; k < spans; k++) {
        uint32_t from = chance_below(chance, 7) * 96 + chance_below(chance, 92);
        uint32_t length = 4 + chance_below(chance, 20);
        for (uint32_t s = from; s < from + length; s++) {
            week[s % MM_WEEK_SLOTS / 64] |= UINT64_C(1) << s % MM_WEEK_SLOTS % 64;
        }
    }
}

static inline void random_topics(struct chance *chance, const struct likeness *like,
                                 struct mm_person *person, struct mm_topic *topic, bool mentor)
{
    person->topic = topic;
    uint32_t wanted = 1 + chance_below(chance, mentor ? TEST_TOPICS : 5);
    for (uint32_t k = 0; k < wanted; k++) {
        uint32_t number = chance_below(chance, like->topics);
        number = chance_below(chance, 2) ? number : chance_below(chance, number + 1);
        bool twice = false;
        for (uint32_t before = 0; before < person->topics; before++) {
            twice = twice || topic[before].topic == number;
        }
        if (twice) {
            continue;
        }
        uint32_t amount = mentor ? (chance_percent(chance, 70) ? 100 : 1 + chance_below(chance, 99))
                                 : 1 + chance_below(chance, 10);
        topic[person->topics++] =
            (struct mm_topic){number, (uint8_t)amount, (uint8_t)chance_below(chance, 5)};
    }
}

static inline void random_times(struct chance *chance, const struct likeness *like,
                                struct mm_person *person, uint64_t *week)
{
    uint32_t zones = sizeof(test_zones) / sizeof(*test_zones);
    uint32_t zone = chance_below(chance, zones);
    for (uint32_t p = 0; p < MM_PHASES_MAX; p++) {
        person->zone_minutes[p] = test_zones[zone][p % 2];
        if (p >= 2 && chance_percent(chance, 20)) {
            person->zone_minutes[p] = (int16_t)(15 * ((int32_t)chance_below(chance, 100) - 50));
        }
    }
    if (chance_percent(chance, like->unknown / 4)) {
        person->zone_minutes[chance_below(chance, like->phases)] = MM_ZONE_UNKNOWN;
    }
    if (chance_percent(chance, like->unknown)) {
        return;
    }
    chance_week(chance, week);
    person->possible = week;
    if (chance_percent(chance, 50)) {
        chance_week(chance, week + MM_WEEK_WORDS);
        for (uint32_t w = 0; w < MM_WEEK_WORDS; w++) {
            week[MM_WEEK_WORDS + w] &= week[w];
        }
        person->good = week + MM_WEEK_WORDS;
    }
}

static inline void random_answers(struct chance *chance, const struct likeness *like,
                                  struct mm_person *person)
{
    uint32_t told = 100 - like->unknown;
    person->languages = chance_percent(chance, told) ? chance_set(chance, 6, 3) : 0;
    person->industries = chance_percent(chance, told) ? chance_set(chance, 20, 2) : 0;
    person->formats = chance_percent(chance, told) ? (uint32_t)chance_set(chance, 4, 3) : 0;
    for (uint32_t k = 0; k < 5 && chance_percent(chance, told); k++) {
        person->interests[chance_below(chance, 4)] |= chance_set(chance, 12, 2);
    }
    for (uint32_t k = 0; k < MM_VALUES_MAX; k++) {
        person->values[k] =
            chance_percent(chance, told) ? (uint8_t)(1 + chance_below(chance, 5)) : 0;
    }
    person->cadence = chance_percent(chance, told) ? (uint8_t)(1 + chance_below(chance, 6)) : 0;
    person->employer = chance_percent(chance, told) ? 1 + chance_below(chance, 30) : 0;
    person->line = chance_percent(chance, told) ? 1 + chance_below(chance, 60) : 0;
    person->place = chance_percent(chance, told) ? 1 + chance_below(chance, 5) : 0;
    person->background = chance_percent(chance, told) ? 1 + chance_below(chance, 40) : 0;
    person->woman =
        chance_percent(chance, told) ? (chance_percent(chance, 80) ? MM_YES : MM_NO) : MM_UNKNOWN;
    person->in_person = chance_percent(chance, 10);
    person->distinct = chance_percent(chance, 20);
}

static inline void random_others(struct chance *chance, struct mm_person *person, uint32_t others,
                                 uint32_t *room)
{
    person->choice = room;
    for (uint32_t k = 0; k < TEST_OTHERS / 2 && chance_percent(chance, 40); k++) {
        uint32_t other = chance_below(chance, others);
        bool twice = false;
        for (uint32_t before = 0; before < person->choices; before++) {
            twice = twice || room[before] == other;
        }
        if (!twice) {
            room[person->choices++] = other;
        }
    }
    person->veto = room + TEST_OTHERS / 2;
    for (uint32_t k = 0; k < TEST_OTHERS / 2 && chance_percent(chance, 30); k++) {
        room[TEST_OTHERS / 2 + person->vetoes++] = chance_below(chance, others);
    }
}

static inline void random_rules(struct chance *chance, struct mm_rules *rules)
{
    for (uint32_t r = 0; r < MM_RULES; r++) {
        rules->rule[r].use = chance_percent(chance, 50);
        rules->rule[r].allow_unknown = chance_percent(chance, 70);
    }
    rules->rule[MM_R_OVERLAP].amount = chance_below(chance, 300);
    rules->rule[MM_R_SENIORITY].amount = chance_below(chance, 4);
    rules->rule[MM_R_ZONE].amount = chance_below(chance, 600);
    rules->rule[MM_R_TOPIC].amount = chance_below(chance, 101);
    rules->rule[MM_R_LOW_SCORE].amount = chance_below(chance, 4000);
    rules->rule[MM_R_PLACE].amount = chance_below(chance, 16); /* formats that are in person */
    for (uint32_t c = 0; c < MM_CRITERIA; c++) {
        rules->weight[c].weight = (uint8_t)chance_below(chance, 11);
        rules->weight[c].mandatory = chance_percent(chance, 6);
    }
    rules->seniority_best = (uint8_t)chance_below(chance, 6);
    rules->overlap_enough = (uint16_t)chance_below(chance, 600);
}

static inline void random_people(struct chance *chance, const struct likeness *like,
                                 struct random_pool *made, bool mentors)
{
    uint32_t count = mentors ? like->mentors : like->mentees;
    uint32_t offset = mentors ? like->mentees : 0;
    for (uint32_t k = 0; k < count; k++) {
        struct mm_person *person = mentors ? &made->mentor[k] : &made->mentee[k];
        size_t at = offset + k;
        person->id = tie_mix(at + 1) >> 20 << 22 | at;
        if (!chance_percent(chance, like->unknown)) {
            random_topics(chance, like, person, made->topic + at * TEST_TOPICS, mentors);
        }
        random_times(chance, like, person, made->week + at * 2 * MM_WEEK_WORDS);
        random_answers(chance, like, person);
        bool told = !chance_percent(chance, like->unknown);
        person->seniority = told ? (uint8_t)((mentors ? 4 : 1) + chance_below(chance, 6)) : 0;
        person->asks = (enum mm_answer3)chance_below(chance, 3);
        person->places = (uint8_t)(mentors ? chance_below(chance, 6) : chance_below(chance, 4));
        person->priority = (uint8_t)chance_below(chance, 2);
        if (!like->lists) {
            continue;
        }
        random_others(chance, person, mentors ? like->mentees : like->mentors,
                      made->other + at * TEST_OTHERS);
        person->human = chance_percent(chance, 30) ? 1 + chance_below(chance, count) : 0;
    }
}

static inline void random_pool_make(uint64_t seed, const struct likeness *like,
                                    struct random_pool *made)
{
    struct chance chance = {seed};
    size_t all = (size_t)like->mentees + like->mentors;
    *made = (struct random_pool){0};
    made->mentee = test_take(like->mentees, sizeof(*made->mentee));
    made->mentor = test_take(like->mentors, sizeof(*made->mentor));
    made->topic = test_take(all * TEST_TOPICS, sizeof(*made->topic));
    made->week = test_take(all * 2 * MM_WEEK_WORDS, sizeof(*made->week));
    made->other = test_take(all * TEST_OTHERS, sizeof(*made->other));
    made->avoid = test_take(all, sizeof(*made->avoid));
    random_people(&chance, like, made, false);
    random_people(&chance, like, made, true);
    made->pool = (struct mm_pool){
        .mentee = made->mentee,
        .mentees = like->mentees,
        .mentor = made->mentor,
        .mentors = like->mentors,
        .topic_count = like->topics,
        .phases = like->phases,
        .avoid = made->avoid,
    };
    for (size_t k = 0; like->lists && k < all / 4; k++) {
        made->avoid[made->pool.avoids++] = (struct mm_link){chance_below(&chance, like->mentees),
                                                            chance_below(&chance, like->mentors)};
    }
    if (like->strange_rules) {
        random_rules(&chance, &made->rules);
        made->pool.rules = &made->rules;
    }
}

static inline void random_pool_free(struct random_pool *made)
{
    free(made->mentee);
    free(made->mentor);
    free(made->topic);
    free(made->week);
    free(made->other);
    free(made->avoid);
    *made = (struct random_pool){0};
}

#endif
