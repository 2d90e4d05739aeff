// SPDX-License-Identifier: Apache-2.0
/*
 * Column generation: solve on a few good pairs of each mentee, price out all the others, add those
 * that matter, and solve again until none does. The result is then optimal over every pair of the
 * source.
 */
#ifndef MENTORMATCH_COLUMNS_H
#define MENTORMATCH_COLUMNS_H

#include "instance.h"
#include "score.h"

#define COLUMNS_MORE 32u /* pairs that `more` is asked for at once */

/* Where all pairs come from. row gives the scores of a mentee for all mentors, MM_NOT_ALLOWED where
 * not allowed; the row is valid until the next call. more gives her next best pairs and the highest
 * score that is still left out (MM_NOT_ALLOWED: none is). One of both is enough; columns_select
 * needs row. */
struct column_source {
    const uint16_t *(*row)(void *context, uint32_t mentee);
    uint32_t (*more)(void *context, uint32_t mentee, const struct mm_wanted *wanted,
                     struct mm_found *found, uint16_t *ret_bound);
    void *context;
};

/* Rows that the solver works on. */
struct columns {
    struct mm_memory memory;
    struct column_source source;
    uint64_t *first;
    uint32_t *mentor;
    uint16_t *score;
    uint16_t *bound; /* no pair left out of a row has a higher score, MM_NOT_ALLOWED: none is left
                      * out; NULL: not known */
};

/* Takes the best pairs of every mentee, about `most` of each, with the pins and earlier pairs among
 * them. `instance` needs no rows. */
enum mm_status columns_select(const struct mm_instance *instance,
                              const struct column_source *source, uint32_t most,
                              const struct mm_memory *memory, struct columns *ret_columns);
void columns_release(struct columns *columns);

/* Solves; the columns grow. */
enum mm_status columns_solve(const struct mm_instance *instance, struct columns *columns,
                             const struct mm_objective *objective, const struct mm_options *options,
                             struct mm_result *ret_result, struct mm_fault *fault);

#endif
