// SPDX-License-Identifier: Apache-2.0
/*
 * The hash that breaks ties: a mix of seed and both ids (the finaliser of splitmix64, Steele, Lea
 * and Flood 2014), split in two so that a row of pairs costs one half each.
 */
#ifndef MENTORMATCH_TIE_H
#define MENTORMATCH_TIE_H

#include <stdint.h>

static inline uint64_t tie_mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 27;
    x *= 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

static inline uint64_t tie_row(uint64_t seed, uint64_t mentee_id)
{
    return tie_mix(tie_mix(seed + 0x9E3779B97F4A7C15u) ^ mentee_id);
}

static inline uint32_t tie_pair(uint64_t row, uint64_t mentor_id)
{
    return (uint32_t)(tie_mix(row + mentor_id * 0x9E3779B97F4A7C15u) >> 33);
}

#endif
