// SPDX-License-Identifier: Apache-2.0
/*
 * See check_pack.h.
 */
#include "check_pack.h"

#include "memory.h"

#define WORD_MAX ((int64_t)1 << 62)
#define OUT (-WORD_MAX) /* makes any word negative: the pair is out */

/* ---- profits ---- */

static int64_t profit_of_score(const struct check *check, const struct mm_linear *level,
                               uint32_t score)
{
    switch (level->kind) {
    case MM_L_PAIRS:
        return 1;
    case MM_L_FLOOR:
        return score < level->parameter ? -1 : 0;
    case MM_L_BAND:
        return score * check->objective.bands / (MM_SCORE_MAX + 1) == level->parameter ? -1 : 0;
    case MM_L_TOTAL:
        return score;
    case MM_L_SERVED:
    case MM_L_PRIORITY:
    case MM_L_KEPT:
    case MM_L_TIE:
    case MM_L_EMPTY:
        break;
    }
    return 0;
}

static int64_t profit_of_was(const struct check *check, const struct mm_linear *level)
{
    if (level->kind == MM_L_TOTAL) {
        return check->objective.move_price;
    }
    return level->kind == MM_L_KEPT ? 1 : 0;
}

/* What the first pair of a mentee is worth; nothing where a pin serves her already. */
int64_t check_profit_first(const struct check *check, const struct mm_linear *level, uint32_t i)
{
    if (check->has_pin[i]) {
        return 0;
    }
    if (level->kind == MM_L_PRIORITY) {
        return check->in->priority ? check->in->priority[i] : 0;
    }
    return level->kind == MM_L_SERVED ? 1 : 0;
}

uint64_t check_mentee_id(const struct check *check, uint32_t i)
{
    return check->in->mentee_id ? check->in->mentee_id[i] : (uint64_t)i + 1;
}

uint64_t check_mentor_id(const struct check *check, uint32_t j)
{
    return check->in->mentor_id ? check->in->mentor_id[j] : (uint64_t)j + 1;
}

int64_t check_profit(const struct check *check, const struct mm_linear *level,
                     const struct mm_pair *pair, bool was)
{
    if (level->kind == MM_L_TIE) {
        return mm_tie(check->objective.seed, check_mentee_id(check, pair->mentee),
                      check_mentor_id(check, pair->mentor));
    }
    return profit_of_score(check, level, pair->score) + (was ? profit_of_was(check, level) : 0);
}

/* ---- packing ---- */

/* A level's place in its word: profits and prices as digits from 0. */
struct digit {
    int64_t profit_lowest;
    int64_t price_highest;
    int64_t span; /* largest value of the digit */
};

static struct digit digit_of(const struct check *check, const struct mm_linear *level)
{
    /* lowest and highest profit of a score */
    int64_t low = level->kind == MM_L_FLOOR || level->kind == MM_L_BAND ? -1 : 0;
    int64_t high = level->kind == MM_L_TOTAL ? MM_SCORE_MAX : level->kind == MM_L_PAIRS;
    high += level->kind == MM_L_TIE ? INT32_MAX : profit_of_was(check, level);
    int64_t price_low = CHECK_PRICE_MAX;
    int64_t price_high = -CHECK_PRICE_MAX;
    for (uint32_t j = 0; j < check->in->mentors; j++) {
        int64_t price = level->price ? level->price[j] : 0;
        if (check->places_left[j] > 0) {
            price_low = price < price_low ? price : price_low;
            price_high = price > price_high ? price : price_high;
        }
    }
    if (price_low > price_high) {
        return (struct digit){.profit_lowest = low, .span = high - low}; /* no mentor has a place */
    }
    return (struct digit){.profit_lowest = low,
                          .price_highest = price_high,
                          .span = high - low + (price_high - price_low)};
}

/* Puts one more level behind those of the word, as its last digit. */
static void word_append(const struct check *check, struct check_word *word,
                        const struct mm_linear *level, const struct digit *digit)
{
    int64_t base = digit->span + 1;
    for (uint32_t score = 0; score <= MM_SCORE_MAX; score++) {
        int64_t profit = profit_of_score(check, level, score) - digit->profit_lowest;
        word->by_score[score] = word->by_score[score] * base + profit;
    }
    for (uint32_t j = 0; j < check->in->mentors; j++) {
        if (check->places_left[j] > 0) {
            int64_t price = digit->price_highest - (level->price ? level->price[j] : 0);
            word->by_mentor[j] = word->by_mentor[j] * base + price;
        }
    }
    word->was = word->was * base + profit_of_was(check, level);
    word->tie = level->kind == MM_L_TIE;
}

static struct check_word *word_add(const struct check *check, struct check_system *system)
{
    struct check_word *word = &system->word[system->words++];
    word->by_score = mm_take(&check->memory, CHECK_SCORES, sizeof(int64_t));
    word->by_mentor = mm_take(&check->memory, check->in->mentors, sizeof(int64_t));
    return word->by_score && word->by_mentor ? word : NULL;
}

/* Pairs that can be in no bundle: below the floor, not allowed, or to a mentor without a place. */
static void word_close(const struct check *check, const struct check_system *system,
                       struct check_word *word)
{
    for (uint32_t score = 0; score < system->lowest; score++) {
        word->by_score[score] = OUT;
    }
    word->by_score[CHECK_SCORES - 1] = OUT;
    for (uint32_t j = 0; j < check->in->mentors; j++) {
        if (check->places_left[j] == 0) {
            word->by_mentor[j] = OUT;
        }
    }
}

enum mm_status check_pack(const struct check *check, struct check_system *system)
{
    struct check_word *word = word_add(check, system);
    int64_t values = 1; /* of the word so far */
    for (uint32_t k = 0; k < system->levels; k++) {
        const struct mm_linear *level = system->level[k];
        struct digit digit = digit_of(check, level);
        /* the tie is never in the first word, which is compared before a tie is computed */
        if (word && (level->kind == MM_L_TIE || digit.span + 1 > WORD_MAX / values)) {
            word = word_add(check, system);
            values = 1;
        }
        if (!word) {
            break;
        }
        word_append(check, word, level, &digit);
        values *= digit.span + 1;
    }
    if (!word) {
        return check_refuse(check, MM_NO_MEMORY, "Memory ran out.", CHECK_NOWHERE);
    }
    word_close(check, system, &system->word[0]);
    return MM_OK;
}

void check_unpack(const struct check *check, struct check_system *system)
{
    for (uint32_t k = 0; k < system->words; k++) {
        mm_give(&check->memory, system->word[k].by_score);
        mm_give(&check->memory, system->word[k].by_mentor);
    }
    system->words = 0;
}
