// SPDX-License-Identifier: Apache-2.0
/*
 * Toys for tests: instances so small that every set of pairs can be looked at, told to the library
 * in any order and form.
 *
 * Not for: anything that needs speed, or code that is shipped.
 */
#ifndef MENTORMATCH_TOY_TEST_H
#define MENTORMATCH_TOY_TEST_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mentormatch.h"

#define TOY_SIDE 6
#define TOY_LINKS 12
#define TOY_NONE (-1) /* the pair is not allowed */

/* ---- chance: splitmix64 (Steele, Lea and Flood 2014) ---- */

struct chance {
    uint64_t state;
};

static inline uint64_t chance_next(struct chance *chance)
{
    uint64_t x = chance->state += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/* 0 .. below - 1 */
static inline uint32_t chance_below(struct chance *chance, uint32_t below)
{
    return (uint32_t)((chance_next(chance) >> 32) * below >> 32);
}

/* True in `percent` of 100. */
static inline bool chance_of(struct chance *chance, uint32_t percent)
{
    return chance_below(chance, 100) < percent;
}

/* ---- a toy ---- */

struct toy {
    uint32_t n;
    uint32_t m;
    int score[TOY_SIDE][TOY_SIDE];
    uint8_t wants[TOY_SIDE];
    uint8_t capacity[TOY_SIDE];
    uint8_t minimum[TOY_SIDE];
    uint8_t priority[TOY_SIDE];
    uint8_t distinct[TOY_SIDE];
    uint32_t background[TOY_SIDE];
    uint64_t mentee_id[TOY_SIDE];
    uint64_t mentor_id[TOY_SIDE];
    struct mm_link pin[TOY_LINKS];
    struct mm_link ban[TOY_LINKS];
    struct mm_link was[TOY_LINKS];
    size_t pins;
    size_t bans;
    size_t was_count;
    struct mm_objective objective;
};

/* An empty toy of this size: all want 1, all have 1 place, no pair is allowed. */
static inline void toy_open(struct toy *toy, uint32_t n, uint32_t m)
{
    memset(toy, 0, sizeof(*toy));
    toy->n = n;
    toy->m = m;
    for (uint32_t k = 0; k < TOY_SIDE; k++) {
        toy->wants[k] = 1;
        toy->capacity[k] = 1;
        toy->background[k] = k;
        toy->mentee_id[k] = k + 1;
        toy->mentor_id[k] = k + 1;
        for (uint32_t j = 0; j < TOY_SIDE; j++) {
            toy->score[k][j] = TOY_NONE;
        }
    }
}

static inline bool toy_has(const struct mm_link *link, size_t count, uint32_t i, uint32_t j)
{
    for (size_t k = 0; k < count; k++) {
        if (link[k].mentee == i && link[k].mentor == j) {
            return true;
        }
    }
    return false;
}

static inline bool toy_allows(const struct toy *toy, uint32_t i, uint32_t j)
{
    return toy->score[i][j] != TOY_NONE && !toy_has(toy->ban, toy->bans, i, j);
}

static inline bool toy_was(const struct toy *toy, uint32_t i, uint32_t j)
{
    return toy_has(toy->was, toy->was_count, i, j);
}

static inline bool toy_pinned(const struct toy *toy, uint32_t i, uint32_t j)
{
    return toy_has(toy->pin, toy->pins, i, j) ||
           (toy->objective.keep_published && toy_was(toy, i, j) && toy_allows(toy, i, j));
}

/* ---- the toy as an instance ---- */

/* An instance with its arrays, and the order in which it tells the toy's people:
 * mentee_at[position] is the toy's number. */
struct told {
    struct mm_instance instance;
    uint32_t mentee_at[TOY_SIDE];
    uint32_t mentor_at[TOY_SIDE];
    uint64_t first[TOY_SIDE + 1];
    uint32_t mentor[TOY_SIDE * TOY_SIDE];
    uint16_t score[TOY_SIDE * TOY_SIDE];
    uint8_t wants[TOY_SIDE];
    uint8_t capacity[TOY_SIDE];
    uint8_t minimum[TOY_SIDE];
    uint8_t priority[TOY_SIDE];
    uint8_t distinct[TOY_SIDE];
    uint32_t background[TOY_SIDE];
    uint64_t mentee_id[TOY_SIDE];
    uint64_t mentor_id[TOY_SIDE];
    struct mm_link pin[TOY_LINKS];
    struct mm_link ban[TOY_LINKS];
    struct mm_link was[TOY_LINKS];
};

static inline void shuffle(struct chance *chance, uint32_t *at, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++) {
        at[k] = k;
    }
    for (uint32_t k = count; chance && k > 1; k--) {
        uint32_t other = chance_below(chance, k);
        uint32_t held = at[k - 1];
        at[k - 1] = at[other];
        at[other] = held;
    }
}

static inline uint32_t place_of(const uint32_t *at, uint32_t count, uint32_t who)
{
    uint32_t k = 0;
    while (k < count && at[k] != who) {
        k++;
    }
    return k;
}

static inline void tell_links(const struct told *told, const struct toy *toy,
                              const struct mm_link *from, size_t count, struct mm_link *to,
                              struct chance *chance)
{
    uint32_t order[TOY_LINKS];
    shuffle(chance, order, (uint32_t)count);
    for (size_t k = 0; k < count; k++) {
        to[k].mentee = place_of(told->mentee_at, toy->n, from[order[k]].mentee);
        to[k].mentor = place_of(told->mentor_at, toy->m, from[order[k]].mentor);
    }
}

static inline void tell_rows(struct told *told, const struct toy *toy, struct chance *chance)
{
    uint64_t count = 0;
    for (uint32_t i = 0; i < toy->n; i++) {
        uint32_t order[TOY_SIDE];
        shuffle(chance, order, toy->m);
        told->first[i] = count;
        for (uint32_t k = 0; k < toy->m; k++) {
            int score = toy->score[told->mentee_at[i]][told->mentor_at[order[k]]];
            if (score != TOY_NONE) {
                told->mentor[count] = order[k];
                told->score[count++] = (uint16_t)score;
            }
        }
    }
    told->first[toy->n] = count;
    told->instance.first = told->first;
    told->instance.mentor = told->mentor;
}

static inline void tell_table(struct told *told, const struct toy *toy)
{
    for (uint32_t i = 0; i < toy->n; i++) {
        for (uint32_t j = 0; j < toy->m; j++) {
            int score = toy->score[told->mentee_at[i]][told->mentor_at[j]];
            told->score[i * toy->m + j] = score == TOY_NONE ? MM_NOT_ALLOWED : (uint16_t)score;
        }
    }
}

static inline void tell_people(struct told *told, const struct toy *toy)
{
    for (uint32_t i = 0; i < toy->n; i++) {
        uint32_t who = told->mentee_at[i];
        told->wants[i] = toy->wants[who];
        told->priority[i] = toy->priority[who];
        told->distinct[i] = toy->distinct[who];
        told->mentee_id[i] = toy->mentee_id[who];
    }
    for (uint32_t j = 0; j < toy->m; j++) {
        uint32_t who = told->mentor_at[j];
        told->capacity[j] = toy->capacity[who];
        told->minimum[j] = toy->minimum[who];
        told->background[j] = toy->background[who];
        told->mentor_id[j] = toy->mentor_id[who];
    }
}

/* Tells the toy in the order of its numbers (chance NULL) or shuffled, as rows or as a table. */
static inline void toy_tell(const struct toy *toy, struct chance *chance, bool table,
                            struct told *told)
{
    memset(told, 0, sizeof(*told));
    shuffle(chance, told->mentee_at, toy->n);
    shuffle(chance, told->mentor_at, toy->m);
    if (table) {
        tell_table(told, toy);
    } else {
        tell_rows(told, toy, chance);
    }
    tell_people(told, toy);
    tell_links(told, toy, toy->pin, toy->pins, told->pin, chance);
    tell_links(told, toy, toy->ban, toy->bans, told->ban, chance);
    tell_links(told, toy, toy->was, toy->was_count, told->was, chance);
    struct mm_instance *in = &told->instance;
    in->mentees = toy->n;
    in->mentors = toy->m;
    in->score = told->score;
    in->wants = told->wants;
    in->capacity = told->capacity;
    in->minimum = told->minimum;
    in->priority = told->priority;
    in->distinct = told->distinct;
    in->background = told->background;
    in->mentee_id = told->mentee_id;
    in->mentor_id = told->mentor_id;
    in->pin = told->pin;
    in->pins = toy->pins;
    in->ban = told->ban;
    in->bans = toy->bans;
    in->was = told->was;
    in->was_count = toy->was_count;
}

/* ---- showing ---- */

/* Prints the toy in the plain instance format, as comments. */
static inline void toy_show(const struct toy *toy)
{
    static const char *const name[] = {"end",   "cardinality", "priority",   "floor",
                                       "bands", "total",       "disturbance"};
    printf("# p mentormatch 1 %u %u ?\n", toy->n, toy->m);
    for (uint32_t i = 0; i < toy->n; i++) {
        printf("# n %u %u %u%s (id %llu)\n", i + 1, toy->wants[i], toy->priority[i],
               toy->distinct[i] ? " distinct" : "", (unsigned long long)toy->mentee_id[i]);
    }
    for (uint32_t j = 0; j < toy->m; j++) {
        printf("# c %u %u %u background %u (id %llu)\n", j + 1, toy->capacity[j], toy->minimum[j],
               toy->background[j], (unsigned long long)toy->mentor_id[j]);
    }
    for (uint32_t i = 0; i < toy->n; i++) {
        for (uint32_t j = 0; j < toy->m; j++) {
            if (toy->score[i][j] != TOY_NONE) {
                printf("# e %u %u %d\n", i + 1, j + 1, toy->score[i][j]);
            }
        }
    }
    for (size_t k = 0; k < toy->pins; k++) {
        printf("# pin %u %u\n", toy->pin[k].mentee + 1, toy->pin[k].mentor + 1);
    }
    for (size_t k = 0; k < toy->bans; k++) {
        printf("# ban %u %u\n", toy->ban[k].mentee + 1, toy->ban[k].mentor + 1);
    }
    for (size_t k = 0; k < toy->was_count; k++) {
        printf("# was %u %u\n", toy->was[k].mentee + 1, toy->was[k].mentor + 1);
    }
    printf("# o levels");
    for (uint32_t k = 0; toy->objective.level[k] != MM_END; k++) {
        printf(" %s", name[toy->objective.level[k]]);
    }
    printf(" bands %u move_price %u keep %d seed %llu limit %d %u\n", toy->objective.bands,
           toy->objective.move_price, toy->objective.keep_published,
           (unsigned long long)toy->objective.seed, toy->objective.limit_moves,
           toy->objective.moves);
}

#endif
