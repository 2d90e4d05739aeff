// SPDX-License-Identifier: Apache-2.0
/*
 * The share, 0..10000, that each criterion gives, from what a pair has in common: one formula each,
 * so that the scorer of one pair and the tables of the fast scorer cannot drift apart. docs/
 * matching.md gives the reasons.
 */
#ifndef MENTORMATCH_SHARE_H
#define MENTORMATCH_SHARE_H

#include <stdint.h>

#include "mentormatch.h"

#define SHARE_MAX 10000u
#define DISTANCE_MAX 720u
#define LANGUAGE_ONE 7000u

/* covered: sum of weight x percent; wished: sum of weight. */
static inline uint32_t share_topics(uint32_t covered, uint32_t wished)
{
    return wished == 0 ? 0 : 100 * covered / wished;
}

/* Weights of the wishes that the mentor offers, and of those among them where her level fits. */
static inline uint32_t share_levels(uint32_t fitting, uint32_t offered)
{
    return offered == 0 ? 0 : SHARE_MAX * fitting / offered;
}

static inline uint32_t share_seniority(int32_t gap, uint32_t best)
{
    if (gap <= 0) {
        return 0;
    }
    uint32_t above = (uint32_t)gap;
    return above < best ? SHARE_MAX * above / best : SHARE_MAX * best / above;
}

/* Tags in common and of each person, none 0. */
static inline uint32_t share_interests(uint32_t common, uint32_t a, uint32_t b)
{
    uint32_t enough = a < b ? a : b;
    enough = enough > 3 ? 3 : enough;
    return SHARE_MAX * (common < enough ? common : enough) / enough;
}

/* Sum of differences over `both` statements, not 0, that both answered. */
static inline uint32_t share_values(uint32_t difference, uint32_t both)
{
    return SHARE_MAX * (4 * both - difference) / (4 * both);
}

static inline uint32_t share_languages(uint32_t common)
{
    if (common == 0) {
        return 0;
    }
    return common == 1 ? LANGUAGE_ONE : SHARE_MAX;
}

/* half_slots: possible quarter hours together plus good ones, each worth seven and a half minutes.
 */
static inline uint32_t share_overlap(uint32_t half_slots, uint32_t enough)
{
    uint64_t full = 2 * (uint64_t)enough;
    uint64_t minutes = 15 * (uint64_t)half_slots;
    minutes = minutes > full ? full : minutes;
    return (uint32_t)(SHARE_MAX * (minutes * (2 * full - minutes)) / (full * full));
}

static inline uint32_t share_zone(uint32_t distance)
{
    return SHARE_MAX * (DISTANCE_MAX - distance) / DISTANCE_MAX;
}

/* Wished meetings a month of both, none 0. */
static inline uint32_t share_cadence(uint32_t a, uint32_t b)
{
    return a < b ? SHARE_MAX * a / b : SHARE_MAX * b / a;
}

/* rank 0 is the first choice. */
static inline uint32_t share_choice(uint32_t rank)
{
    return SHARE_MAX / MM_CHOICES_MAX * (MM_CHOICES_MAX - rank);
}

/* Points of the score. */
static inline uint32_t share_points(uint32_t share, uint32_t part_max)
{
    return (part_max * share + SHARE_MAX / 2) / SHARE_MAX;
}

/* Minutes between two offsets, round the clock. */
static inline uint32_t zone_distance(int32_t a, int32_t b)
{
    uint32_t apart = (uint32_t)(a < b ? b - a : a - b) % (2 * DISTANCE_MAX);
    return apart > DISTANCE_MAX ? 2 * DISTANCE_MAX - apart : apart;
}

#endif
