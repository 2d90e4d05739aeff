// SPDX-License-Identifier: Apache-2.0
/*
 * Rules and score of one pair, from the features of two people: a second implementation, written
 * from docs/matching.md alone and in the order of its tables, so that a mistake in the first one
 * shows. It is plain rather than fast.
 *
 * Not for: explanations, unknown answers beyond what they do to the pair, or finding pairs.
 */
#ifndef MENTORMATCH_CHECK_JUDGE_H
#define MENTORMATCH_CHECK_JUDGE_H

#include "check.h"

/* The free quarter hours of one person in universal time: bit s of the week, for each phase. */
struct check_week {
    uint64_t possible[MM_WEEK_WORDS];
    uint64_t good[MM_WEEK_WORDS];
};

/* Two numbers that are compared as one. */
struct check_two {
    uint64_t high;
    uint64_t low;
};

struct check_twos {
    struct check_two *item; /* rising */
    size_t count;
};

struct check_judge {
    const struct mm_pool *pool;
    struct mm_rules rules;
    uint32_t phases;
    int64_t part_max[MM_CRITERIA];
    struct check_week *mentor_week; /* [mentor][phase] */
    /* A number for each human being on either side. Whoever has no `human` is taken for somebody
     * else than all others. */
    uint32_t *mentee_being;
    uint32_t *mentor_being;
    struct check_links avoid;           /* of beings, the smaller number first */
    struct check_twos mentees_of_human; /* human number, mentee */
    struct check_twos mentors_of_human; /* human number, mentor */
};

/* One mentee, made ready for many mentors. */
struct check_seeker {
    uint32_t mentee;
    bool on_both_sides; /* a mentor is the same human being */
    struct check_week week[MM_PHASES_MAX];
};

void check_sort_twos(struct check_two *item, size_t count);
/* Place of the first item that is not below. */
size_t check_twos_first(const struct check_twos *twos, uint64_t high, uint64_t low);

void check_week_fill(const struct mm_person *person, uint32_t phase, struct check_week *ret_week);
void check_seeker_fill(const struct check_judge *judge, uint32_t mentee,
                       struct check_seeker *ret_seeker);

/* The score, or MM_NOT_ALLOWED. */
uint16_t check_judge_pair(const struct check_judge *judge, const struct check_seeker *seeker,
                          uint32_t mentor);

/* check_share.c: share of a criterion, 0..10000; 0 too where an answer is missing. */
int64_t check_share(const struct check_judge *judge, const struct check_seeker *seeker,
                    uint32_t mentor, enum mm_criterion_kind criterion);

/* Minutes possible together in the worst phase, or -1 when unknown. */
int64_t check_overlap(const struct check_judge *judge, const struct check_seeker *seeker,
                      uint32_t mentor);
/* Minutes between the zones in the worst phase, or -1 when unknown. */
int64_t check_distance(const struct check_judge *judge, const struct mm_person *a,
                       const struct mm_person *b);
/* Percent of the best covered wish, or -1 when nothing is wished or nothing offered. */
int64_t check_best_cover(const struct mm_person *a, const struct mm_person *b);

#endif
