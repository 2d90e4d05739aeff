// SPDX-License-Identifier: Apache-2.0
/*
 * The week as a ring of 672 quarter hours in 11 words, bit s of the week in bit s % 64 of word
 * s / 64. The last 32 bits stay zero in everything that these functions give.
 */
#ifndef MENTORMATCH_WEEK_H
#define MENTORMATCH_WEEK_H

#include <stdint.h>

#include "mentormatch.h"

#define WEEK_SPARE UINT64_C(0xFFFFFFFF00000000) /* bits of the last word that are no slot */

/* Moves every slot up by `up` (0..671), round the ring. out is not in. */
static inline void week_turn(const uint64_t in[MM_WEEK_WORDS], uint32_t up,
                             uint64_t out[MM_WEEK_WORDS])
{
    uint32_t down = MM_WEEK_SLOTS - up;
    for (uint32_t w = 0; w < MM_WEEK_WORDS; w++) {
        out[w] = 0;
    }
    for (uint32_t w = 0; w < MM_WEEK_WORDS; w++) {
        uint32_t to = w + up / 64;
        uint32_t bit = up % 64;
        if (to < MM_WEEK_WORDS) {
            out[to] |= in[w] << bit;
        }
        if (bit > 0 && to + 1 < MM_WEEK_WORDS) {
            out[to + 1] |= in[w] >> (64 - bit);
        }
        bit = down % 64;
        if (w >= down / 64) {
            out[w - down / 64] |= in[w] >> bit;
        }
        if (bit > 0 && w >= down / 64 + 1) {
            out[w - down / 64 - 1] |= in[w] << (64 - bit);
        }
    }
    out[MM_WEEK_WORDS - 1] &= ~WEEK_SPARE;
}

/* A number of minutes, a multiple of 15 of either sign, as a turn of 0..671 slots. */
static inline uint32_t week_turn_of(int32_t minutes)
{
    int32_t slots = minutes / 15 % MM_WEEK_SLOTS;
    return (uint32_t)(slots < 0 ? slots + MM_WEEK_SLOTS : slots);
}

static inline uint32_t week_count(const uint64_t week[MM_WEEK_WORDS])
{
    uint32_t count = 0;
    for (uint32_t w = 0; w < MM_WEEK_WORDS; w++) {
        count += (uint32_t)__builtin_popcountll(week[w]);
    }
    return count;
}

static inline uint32_t week_common(const uint64_t a[MM_WEEK_WORDS], const uint64_t b[MM_WEEK_WORDS])
{
    uint32_t count = 0;
    for (uint32_t w = 0; w < MM_WEEK_WORDS; w++) {
        count += (uint32_t)__builtin_popcountll(a[w] & b[w]);
    }
    return count;
}

#endif
