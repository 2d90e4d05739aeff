// SPDX-License-Identifier: Apache-2.0
/*
 * What pairs gain at each level, and the levels packed into words, so that many pairs are compared
 * quickly.
 *
 * Why: two pairs of one mentee are compared many more times than anything else in a check is done.
 * So the levels of a pair are packed into 64-bit words, most important first: a level whose reduced
 * profits span s + 1 values is one digit of that many values, so that comparing words compares
 * vectors, exactly. The profit's share of a word stands in a table by score, the price's in a
 * table by mentor, and a word costs one addition. The tie level has a word of its own, never
 * the first, computed for pairs that are equal up to there.
 */
#ifndef MENTORMATCH_CHECK_PACK_H
#define MENTORMATCH_CHECK_PACK_H

#include "check.h"

#define CHECK_PRICE_MAX ((int64_t)1 << 60)
#define CHECK_SCORES (MM_SCORE_MAX + 2) /* the last stands for MM_NOT_ALLOWED */

/* Levels packed into one word. */
struct check_word {
    int64_t *by_score;  /* [CHECK_SCORES]: profit's share */
    int64_t *by_mentor; /* price's share */
    int64_t was;        /* share of being an earlier pair */
    bool tie;           /* plus the tie's profit */
};

struct check_system {
    const struct mm_linear *level[MM_LEVELS_MAX];
    uint32_t place[MM_LEVELS_MAX]; /* in the certificate */
    uint32_t levels;
    uint32_t lowest; /* pairs that score less are out */
    struct check_word word[MM_LEVELS_MAX];
    uint32_t words;
    bool is_proof; /* its last level is the floor's proof */
};

/* Fills the words from the levels, of which there is at least one. A word of a pair is below zero
 * in its first word if and only if the pair is out: not allowed, below the lowest score, or to a
 * mentor without a place. On failure the words taken so far stay in the system, for check_unpack.
 */
enum mm_status check_pack(const struct check *check, struct check_system *system);
void check_unpack(const struct check *check, struct check_system *system);

/* Profit of a pair at a level, and of being the first pair of a mentee: nothing where a pin serves
 * her already. */
int64_t check_profit(const struct check *check, const struct mm_linear *level,
                     const struct mm_pair *pair, bool was);
int64_t check_profit_first(const struct check *check, const struct mm_linear *level, uint32_t i);

uint64_t check_mentee_id(const struct check *check, uint32_t i);
uint64_t check_mentor_id(const struct check *check, uint32_t j);

#endif
