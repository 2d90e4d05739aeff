// SPDX-License-Identifier: Apache-2.0
/*
 * What the questions about a result share: who is whose in a result that was checked against its
 * instance.
 */
#ifndef MENTORMATCH_ASK_H
#define MENTORMATCH_ASK_H

#include "instance.h"

/* A result by person. */
struct standing {
    struct mm_memory memory;
    const struct mm_instance *instance;
    const struct mm_result *result;
    size_t *first;          /* mentees + 1: places in result->pair */
    uint32_t *fill;         /* per mentor: her mentees */
    uint16_t *mentor_least; /* per mentor: lowest score of a pair that is not pinned,
                               MM_NOT_ALLOWED: none */
    uint64_t *ban;          /* mentee << 32 | mentor, in order */
};

/* Refuses a result that names people who do not exist or is not sorted. */
enum mm_status standing_open(const struct mm_instance *instance, const struct mm_result *result,
                             const struct mm_options *options, struct standing *ret_standing,
                             struct mm_fault *fault);
void standing_close(struct standing *standing);

bool standing_banned(const struct standing *standing, uint32_t mentee, uint32_t mentor);

/* The pair of the result, or NULL. */
const struct mm_pair *standing_pair(const struct standing *standing, uint32_t mentee,
                                    uint32_t mentor);

/* Calls see for every allowed pair of a mentee that is not banned, in the order of the row. */
void standing_row(const struct standing *standing, uint32_t mentee,
                  void (*see)(void *context, uint32_t mentee, uint32_t mentor, uint16_t score),
                  void *context);

/* What mm_alternatives is asked, for mentees beyond its search. */
struct trial {
    uint32_t mentee;
    size_t most;
    struct mm_alternative *rows;
    size_t *ret_count;
};

/* Solves with each of her 2 * most + 4 best-scored candidates required, and keeps the best. */
enum mm_status ask_by_trying(const struct standing *standing, const struct mm_objective *objective,
                             const struct mm_options *options, const struct trial *trial,
                             struct mm_fault *fault);

/* Solves the instance with one more required pair. */
enum mm_status ask_with_pin(const struct standing *standing, const struct mm_objective *objective,
                            const struct mm_options *options, struct mm_link pair,
                            struct mm_result *ret_result, struct mm_fault *fault);

#endif
