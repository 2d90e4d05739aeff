// SPDX-License-Identifier: Apache-2.0
/*
 * From a plain instance to the network: checks every rule of the header, puts people in the order
 * of their ids (so that the input's order can't matter), takes out bans and pins, and unfolds
 * mentees who want mentors of different backgrounds.
 *
 * Such a mentee becomes one left node for each background that she could have, and two helper
 * mentors: one that must take the backgrounds that she does not get a mentor of (k - wants of
 * them), and one, free to stay empty, that takes what of her wants stays open. So the network
 * itself stays a plain many-to-one assignment.
 */
#ifndef MENTORMATCH_INSTANCE_H
#define MENTORMATCH_INSTANCE_H

#include "net.h"

struct prepared_instance {
    struct net net;
    const struct mm_instance *instance;
    struct mm_objective objective; /* as asked, with defaults filled in */
    uint32_t *mentee_at;           /* canonical order: position of each mentee */
    uint32_t *mentor_at;
    uint32_t *mentor_rank;  /* position: canonical place */
    struct mm_pair *pinned; /* positions; in order of mentee and mentor */
    size_t pins;
    uint32_t *helper_of; /* right nodes from net.mentors on: mentee of the helper, canonical; else
                            unused */
    uint64_t *was;       /* earlier pairs, mentee << 32 | mentor by position, in order, each once */
    size_t was_count;
    bool several; /* some mentee wants more than one mentor */
    bool any_priority;
    bool any_was;
};

enum mm_status instance_prepare(const struct mm_instance *instance,
                                const struct mm_objective *objective,
                                const struct mm_options *options,
                                struct prepared_instance *ret_prepared, struct mm_fault *fault);
void instance_release(struct prepared_instance *prepared);

/* Fills pairs and sums of the result from a solved network. */
enum mm_status result_collect(struct prepared_instance *prepared, struct mm_result *result);

/* Gives back what the certificate owns and leaves it empty. */
void certificate_release(const struct mm_memory *memory, struct mm_certificate *certificate);

/* Every rule of the header that a plain instance must keep. */
enum mm_status instance_check(const struct mm_instance *instance, struct mm_fault *fault);

/* Fills in the defaults and checks an objective. */
enum mm_status objective_complete(const struct mm_objective *asked,
                                  const struct mm_instance *instance,
                                  struct mm_objective *ret_objective, struct mm_fault *fault);

/* Says what is wrong and where. Returns the status, so that a refusal is one line. */
enum mm_status fault_at(struct mm_fault *fault, enum mm_status status, const char *text,
                        uint32_t mentee, uint32_t mentor);

/* The pair has a score. Linear in the mentee's row. */
bool instance_allows(const struct mm_instance *instance, uint32_t mentee, uint32_t mentor);

/* The same, and it is not banned. */
bool instance_pair_open(const struct mm_instance *instance, struct mm_link link);

/* What is asked, with defaults for arrays that are left out. */
uint32_t instance_wants(const struct mm_instance *instance, uint32_t mentee);
uint32_t instance_capacity(const struct mm_instance *instance, uint32_t mentor);
uint64_t instance_mentee_id(const struct mm_instance *instance, uint32_t mentee);
uint64_t instance_mentor_id(const struct mm_instance *instance, uint32_t mentor);

#endif
