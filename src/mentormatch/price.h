// SPDX-License-Identifier: Apache-2.0
/*
 * Pricing: does a pair that the solver never saw matter? A result's certificate answers without
 * solving: at its prices the pair would have to beat what the mentee has, compared level by level.
 * If no pair left out does, the result is optimal over all of them (column generation, Gilmore and
 * Gomory 1961).
 *
 * The comparison of level vectors is packed into one 64-bit number where the ranges allow, so that
 * a row of pairs is one pass; what the packed numbers can't decide (ties) is decided exactly.
 */
#ifndef MENTORMATCH_PRICE_H
#define MENTORMATCH_PRICE_H

#include "instance.h"

/* One lexicographic vector packed: gain[s] - price[j] against a mentee's threshold. */
struct packed {
    bool usable;
    int64_t *gain;  /* per score 0..MM_SCORE_MAX */
    int64_t *price; /* per mentor */
    int64_t least;  /* smallest price of a mentor with capacity */
    int64_t weight[MM_LEVELS_MAX];
};

struct pricing {
    struct mm_memory memory;
    const struct mm_instance *instance; /* the rows that the solver saw */
    struct mm_objective objective;
    const struct mm_result *result;
    uint32_t levels;
    int64_t *price;   /* mentor * levels + level */
    uint8_t *pinned;  /* per mentee: pinned pairs */
    uint32_t *places; /* per mentor: places that pins leave */
    uint64_t *ban;    /* mentee << 32 | mentor, in order */
    uint64_t *was;
    struct packed main;  /* all levels but proofs and ties */
    struct packed proof; /* levels before the floor, and the floor's proof; unused without one */
    int64_t threshold[MM_LEVELS_MAX]; /* of the row that is open */
    int64_t proof_threshold[MM_LEVELS_MAX];
    int64_t main_packed;
    int64_t proof_packed;
    int proof_level; /* -1: none */
};

enum mm_status pricing_open(const struct mm_instance *instance,
                            const struct mm_objective *objective, const struct mm_result *result,
                            const struct mm_memory *memory, struct pricing *ret_pricing);
void pricing_close(struct pricing *pricing);

/* Sets the thresholds of a mentee. */
void pricing_row(struct pricing *pricing, uint32_t mentee);

/* False when no pair of hers with a score up to this can matter. After pricing_row. */
bool pricing_row_may(const struct pricing *pricing, uint32_t score);

/* False when the pair surely does not matter; cheap. */
static inline bool pricing_pair_may(const struct pricing *p, uint32_t mentor, uint32_t score)
{
    if (!p->main.usable) {
        return true;
    }
    if (p->main.gain[score] - p->main.price[mentor] >= p->main_packed) {
        return true;
    }
    return p->proof_level >= 0 && p->proof.gain[score] - p->proof.price[mentor] > p->proof_packed;
}

/* By how much a pair beats the threshold, to choose among several; 0 where that can't be told. */
static inline int64_t pricing_pair_gain(const struct pricing *p, uint32_t mentor, uint32_t score)
{
    return p->main.usable ? p->main.gain[score] - p->main.price[mentor] - p->main_packed : 0;
}

/* The pair is open to the solver: not banned, and the mentor has a place. */
bool pricing_pair_open(const struct pricing *pricing, uint32_t mentee, uint32_t mentor);

/* Exactly: the pair would be used, or breaks a proof. */
bool pricing_pair_matters(const struct pricing *pricing, uint32_t mentee, uint32_t mentor,
                          uint32_t score);

#endif
