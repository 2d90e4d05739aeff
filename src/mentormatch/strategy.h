// SPDX-License-Identifier: Apache-2.0
/*
 * How an instance is solved, from the outside in: limits on moves, circles with a minimum, and at
 * the core plain rows.
 */
#ifndef MENTORMATCH_STRATEGY_H
#define MENTORMATCH_STRATEGY_H

#include "instance.h"

/* Plain rows: capacities only; a minimum says that the circle must open. */
enum mm_status solve_rows(const struct mm_instance *instance, const struct mm_objective *objective,
                          const struct mm_options *options, struct mm_result *ret_result,
                          struct mm_fault *fault);

/* Decides which circles open. */
enum mm_status solve_circles(const struct mm_instance *instance,
                             const struct mm_objective *objective, const struct mm_options *options,
                             struct mm_result *ret_result, struct mm_fault *fault);

/* Keeps the number of moved pairs within objective->moves. */
enum mm_status solve_moves(const struct mm_instance *instance, const struct mm_objective *objective,
                           const struct mm_options *options, struct mm_result *ret_result,
                           struct mm_fault *fault);

/* A whole dense table, by column generation. */
enum mm_status solve_dense(const struct mm_instance *instance, const struct mm_objective *objective,
                           const struct mm_options *options, struct mm_result *ret_result,
                           struct mm_fault *fault);

/* Three ways to match a pool, all with the same result; mm_match chooses by size. Circles and
 * limits on moves need all pairs. */
enum match_way { MATCH_ALL_PAIRS, MATCH_TABLE, MATCH_LISTS };
enum mm_status match_pool(const struct mm_pool *pool, const struct mm_objective *objective,
                          const struct mm_options *options, enum match_way way,
                          struct mm_result *ret_result, struct mm_fault *fault);

bool instance_has_circles(const struct mm_instance *instance);

#endif
