// SPDX-License-Identifier: Apache-2.0
/*
 * What the files of the check share. Why they exist: a result is believed only because code that
 * had no part in finding it has verified it. So these files include the public header and memory.h
 * and nothing else of the library, and are written to be read, from the definition of the problem
 * and not from the way it is solved.
 *
 * The check runs in this order: the input obeys its rules (check_instance.c); the links are put in
 * order and what the pins take is taken out (check_links.c); the result is a set of pairs that the
 * rules allow, with right counts (check_result.c); the certificate has the levels that the
 * objective asks for (check_levels.c); its prices prove that no other set is better
 * (check_prove.c).
 */
#ifndef MENTORMATCH_CHECK_H
#define MENTORMATCH_CHECK_H

#include "mentormatch.h"

/* The allowed pairs of one mentee. mentor NULL: place k is mentor k, with MM_NOT_ALLOWED where the
 * pair is not allowed. */
struct check_row {
    const uint32_t *mentor;
    const uint16_t *score;
    uint64_t count;
};

/* Where pairs come from: the rows of a plain instance, or the features of people. row may write to
 * `room`, which holds a score for every mentor (NULL where room_needed is false). Both are called
 * from several threads at once. */
struct check_source {
    void (*row)(const void *context, uint32_t mentee, uint16_t *room, struct check_row *ret_row);
    uint16_t (*score)(const void *context, uint32_t mentee, uint32_t mentor);
    const void *context;
    bool room_needed;
};

/* Links as mentee << 32 | mentor, rising, each once. */
struct check_links {
    uint64_t *key;
    size_t count;
};

struct check {
    const struct mm_instance *in; /* people and links; pairs only through `source` */
    struct check_source source;
    const struct mm_result *result;
    struct mm_objective objective; /* with defaults filled in */
    struct mm_memory memory;
    struct mm_progress progress;
    struct mm_threads threads;
    struct mm_fault *fault;

    struct check_links pin; /* kept published pairs among them */
    struct check_links ban;
    struct check_links was;
    uint8_t *wants_left;  /* per mentee: wants that no pin fills */
    uint8_t *places_left; /* per mentor: places that no pin takes */
    uint8_t *has_pin;     /* per mentee */
    bool several;         /* a mentee wants more than one mentor */
    bool any_priority;

    /* The part of the proof at hand: the result's own, or a branch's. */
    const struct mm_certificate *certificate;
    uint8_t *minimum_left; /* per mentor: places that must be filled besides pins; NULL: none */
    bool own;              /* it is the result that must reach the bound, not the values told */

    /* the levels of the certificate by their role */
    uint32_t plain[MM_LEVELS_MAX]; /* places of all levels but those of the floor, in order */
    uint32_t plains;
    uint32_t before_floor; /* so many of them stand before the floor */
    uint32_t proof;        /* place of the floor's proof, or MM_NOBODY */
    uint32_t floor;        /* pairs below it are out for the levels after the floor */
    uint32_t floor_place;  /* place of the floor level, or MM_NOBODY */
};

/* Says what is wrong and where; returns the status, so that a refusal is one line. */
enum mm_status check_refuse(const struct check *check, enum mm_status status, const char *text,
                            struct mm_fault place);
#define CHECK_NOWHERE ((struct mm_fault){.mentee = MM_NOBODY, .mentor = MM_NOBODY, .level = -1})
#define CHECK_PAIR(i, j) ((struct mm_fault){.mentee = (i), .mentor = (j), .level = -1})
#define CHECK_LEVEL(k)                                                                             \
    ((struct mm_fault){.mentee = MM_NOBODY, .mentor = MM_NOBODY, .level = (int)(k)})

/* Leaves the function with the status of `call` unless it is MM_OK. */
#define CHECK_TRY(call)                                                                            \
    do {                                                                                           \
        enum mm_status try_status = (call);                                                        \
        if (try_status != MM_OK)                                                                   \
            return try_status;                                                                     \
    } while (0)

/* check.c: a check without instance, source and result yet; and all steps on one that has them. */
void check_open(struct check *check, const struct mm_options *options, struct mm_fault *ret_fault);
enum mm_status check_run(struct check *check, const struct mm_objective *objective);
void check_close(struct check *check);
uint32_t check_wants(const struct mm_instance *in, uint32_t mentee);
uint32_t check_capacity(const struct mm_instance *in, uint32_t mentor);

/* check_instance.c: people and links of the instance; the pairs of a plain one; the objective. */
enum mm_status check_people(struct check *check);
enum mm_status check_pairs(struct check *check);
enum mm_status check_objective(struct check *check, const struct mm_objective *asked);

/* check_links.c */
enum mm_status check_links_read(struct check *check);
bool check_links_have(const struct check_links *links, uint32_t mentee, uint32_t mentor);
/* Place of the first link of the mentee; those of one mentee stand together. */
size_t check_links_first(const struct check_links *links, uint32_t mentee);
void check_sort(uint64_t *key, size_t count);

/* check_result.c */
enum mm_status check_result(struct check *check);

/* check_levels.c */
enum mm_status check_levels(struct check *check);

/* check_prove.c: the prices of the certificate at hand prove the result, or else the values that
 * they tell; or that there is no set of pairs at all. */
enum mm_status check_prove(struct check *check);
enum mm_status check_prove_empty(struct check *check);

/* check_branch.c: the certificate proves the result, in all branches if it has any. */
enum mm_status check_certificate(struct check *check);

#endif
