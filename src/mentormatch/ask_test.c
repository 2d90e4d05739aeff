// SPDX-License-Identifier: Apache-2.0
/*
 * Questions about a result, held against solving again and against first principles on made-up
 * pools.
 */
#include "base/tap.h"

#include "random_pool_test.h"

static const struct likeness small = {14, 9, 10, 1, 5, false, false};

/* An instance where everybody wants one mentor. */
static void make_plain(struct mm_candidates *candidates, uint64_t seed)
{
    struct random_pool made = {0};
    random_pool_make(seed, &small, &made);
    if (mm_candidates(&made.pool, 0, 0, NULL, candidates, NULL) != MM_OK) {
        abort();
    }
    candidates->instance.wants = NULL;
    candidates->instance.distinct = NULL;
    candidates->instance.minimum = NULL;
    candidates->instance.priority = NULL;
    random_pool_free(&made);
}

static bool holds(const struct mm_result *result, struct mm_link pair)
{
    for (size_t k = 0; k < result->pairs; k++) {
        if (result->pair[k].mentee == pair.mentee && result->pair[k].mentor == pair.mentor) {
            return true;
        }
    }
    return false;
}

/* What the whole loses when the pair is required, by solving again. */
static bool solved_with(const struct mm_instance *instance, const struct mm_objective *objective,
                        struct mm_link pair, struct mm_result *ret_result)
{
    struct mm_instance with = *instance;
    with.pin = &pair;
    with.pins = 1;
    return mm_solve(&with, objective, NULL, ret_result, NULL) == MM_OK;
}

/* Every allowed other mentor, by solving again: the best loss. */
static bool best_loss(const struct mm_instance *in, const struct mm_objective *objective,
                      const struct mm_result *result, uint32_t mentee,
                      struct mm_alternative *ret_best)
{
    bool any = false;
    for (uint64_t k = in->first[mentee]; k < in->first[mentee + 1]; k++) {
        struct mm_link pair = {mentee, in->mentor[k]};
        struct mm_result other;
        if (holds(result, pair) || !solved_with(in, objective, pair, &other)) {
            continue;
        }
        int64_t matched = (int64_t)other.matched - result->matched;
        int64_t total = (int64_t)other.total - (int64_t)result->total;
        if (!any || matched > ret_best->matched_change ||
            (matched == ret_best->matched_change && total > ret_best->total_change)) {
            *ret_best = (struct mm_alternative){.matched_change = matched, .total_change = total};
        }
        any = true;
        mm_result_free(&other);
    }
    return any;
}

static void test_alternatives(uint64_t seed)
{
    struct mm_candidates candidates;
    struct mm_result result;
    const struct mm_objective objective = {
        .level = {MM_CARDINALITY, MM_TOTAL},
          .seed = seed
    };
    make_plain(&candidates, seed);
    const struct mm_instance *in = &candidates.instance;
    is_int(mm_solve(in, &objective, NULL, &result, NULL), MM_OK, "seed %d: solved", (int)seed);
    int wrong = 0;
    for (uint32_t i = 0; i < in->mentees; i++) {
        struct mm_alternative row[4];
        struct mm_alternative best = {0};
        size_t count = 0;
        if (mm_alternatives(in, &objective, &result, i, 4, NULL, row, &count, NULL) != MM_OK) {
            wrong++;
            continue;
        }
        bool any = best_loss(in, &objective, &result, i, &best);
        wrong += any != (count > 0);
        wrong += count > 0 && (row[0].matched_change != best.matched_change ||
                               row[0].total_change != best.total_change);
        for (size_t k = 0; k < count; k++) {
            struct mm_result other;
            if (!solved_with(in, &objective, (struct mm_link){i, row[k].mentor}, &other)) {
                wrong++;
                continue;
            }
            wrong += row[k].total_change != (int64_t)other.total - (int64_t)result.total;
            wrong += row[k].matched_change != (int64_t)other.matched - result.matched;
            wrong += row[k].lowest_change > 0 && other.lowest < result.lowest;
            mm_result_free(&other);
        }
    }
    is_int(wrong, 0, "seed %d: alternatives lose what solving again loses", (int)seed);
    mm_result_free(&result);
    mm_candidates_free(&candidates);
}

/* Counts blocking pairs by the definition. */
static size_t count_blocking(const struct mm_instance *in, const struct mm_result *result)
{
    size_t count = 0;
    for (uint32_t i = 0; i < in->mentees; i++) {
        for (uint64_t e = in->first[i]; e < in->first[i + 1]; e++) {
            struct mm_link pair = {i, in->mentor[e]};
            uint32_t fill = 0;
            uint32_t mentee_has = 0;
            uint32_t mentor_least = MM_SCORE_MAX + 1;
            for (size_t k = 0; k < result->pairs; k++) {
                const struct mm_pair *p = &result->pair[k];
                mentee_has = p->mentee == i ? p->score : mentee_has;
                fill += p->mentor == pair.mentor;
                mentor_least =
                    p->mentor == pair.mentor && p->score < mentor_least ? p->score : mentor_least;
            }
            mentor_least = fill < in->capacity[pair.mentor] ? 0 : mentor_least;
            count += !holds(result, pair) && in->capacity[pair.mentor] > 0 &&
                     in->score[e] > mentee_has && in->score[e] > mentor_least;
        }
    }
    return count;
}

static void test_stability(uint64_t seed)
{
    struct mm_candidates candidates;
    struct mm_result result;
    struct mm_result stable;
    struct mm_blocking pairs[5];
    size_t count = 0;
    make_plain(&candidates, seed);
    const struct mm_instance *in = &candidates.instance;
    is_int(mm_solve(in, NULL, NULL, &result, NULL), MM_OK, "seed %d: solved", (int)seed);
    is_int(mm_blocking_pairs(in, &result, NULL, pairs, 5, &count, NULL), MM_OK, "seed %d: asked",
           (int)seed);
    is_int((int)count, (int)count_blocking(in, &result), "seed %d: counts the blocking pairs",
           (int)seed);
    is_int(mm_solve_stable(in, seed, NULL, &stable, NULL), MM_OK, "seed %d: stable", (int)seed);
    is_int((int)count_blocking(in, &stable), 0, "seed %d: nothing blocks the stable result",
           (int)seed);
    mm_blocking_pairs(in, &stable, NULL, pairs, 5, &count, NULL);
    is_int((int)count, 0, "seed %d: and the library says so", (int)seed);
    mm_result_free(&result);
    mm_result_free(&stable);
    mm_candidates_free(&candidates);
}

static void test_why_not(uint64_t seed)
{
    struct mm_candidates candidates;
    struct mm_result result;
    const struct mm_objective objective = {
        .level = {MM_CARDINALITY, MM_TOTAL},
          .seed = seed
    };
    make_plain(&candidates, seed);
    const struct mm_instance *in = &candidates.instance;
    is_int(mm_solve(in, &objective, NULL, &result, NULL), MM_OK, "seed %d: solved", (int)seed);
    int wrong = 0;
    for (uint32_t i = 0; i < in->mentees; i++) {
        for (uint32_t j = 0; j < in->mentors; j++) {
            struct mm_answer answer = {0};
            struct mm_link pair = {i, j};
            struct mm_result other;
            if (mm_why_not(in, &objective, &result, pair, NULL, &answer, NULL) != MM_OK) {
                wrong++;
                continue;
            }
            wrong += (answer.why == MM_WN_IS_PAIR) != holds(&result, pair);
            if (answer.why == MM_WN_COSTS || answer.why == MM_WN_EQUAL) {
                wrong += !solved_with(in, &objective, pair, &other);
                wrong += answer.total_change != (int64_t)other.total - (int64_t)result.total;
                wrong += result.pairs + answer.come_count != other.pairs + answer.gone_count;
                mm_result_free(&other);
            }
            mm_answer_free(&answer);
        }
    }
    is_int(wrong, 0, "seed %d: why not is answered by what changes", (int)seed);
    mm_result_free(&result);
    mm_candidates_free(&candidates);
}

int main(void)
{
    for (uint64_t seed = 1; seed <= 25; seed++) {
        test_alternatives(seed);
        test_stability(seed);
    }
    for (uint64_t seed = 1; seed <= 4; seed++) {
        test_why_not(seed);
    }
    return tap_done();
}
