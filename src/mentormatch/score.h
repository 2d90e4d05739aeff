// SPDX-License-Identifier: Apache-2.0
/*
 * Rules and scores, twice. The judge looks at one pair straight from the people's features and says
 * everything about it: for explanations, and as the measure of the other. The prepared pool gives
 * nothing but scores, fast: for candidates and for pricing out what was left. Both give the same
 * scores; score_test.c and candidates_test.c hold them together.
 *
 * Bans and pins are the instance's matter and play no part in either.
 */
#ifndef MENTORMATCH_SCORE_H
#define MENTORMATCH_SCORE_H

#include "mentormatch.h"

#define SENIORITY_MAX 20u          /* grades of the programme's scale */
#define TOPIC_NUMBERS_MAX 1000000u /* topic numbers of a pool */
#define ZONE_MINUTES_MAX 1440      /* offsets lie between minus and plus this */

/* ---- the judge of one pair ---- */

struct judge {
    const struct mm_pool *pool;
    struct mm_rules rules; /* with defaults filled in */
    uint16_t part_max[MM_CRITERIA];
    uint32_t phases;
};

/* The pool's rules with defaults filled in; MM_R_AVOID is always on. */
void rules_complete(const struct mm_pool *pool, struct mm_rules *ret_rules);

/* What each criterion can give at most: adds up to MM_SCORE_MAX, or to 0 without any weight. */
void rules_part_max(const struct mm_rules *rules, uint16_t ret_part_max[MM_CRITERIA]);

void judge_open(const struct mm_pool *pool, struct judge *ret_judge);

/* Judges a pair but for the do-not-match list and circles of two: time linear in the pair's own
 * lists. */
void judge_features(const struct judge *judge, struct mm_link pair,
                    struct mm_explanation *ret_explanation);

/* The same human being, or two that the list keeps apart. Linear in the list. */
bool judge_avoids(const struct judge *judge, struct mm_link pair);

/* The highest percent at which the mentor covers any of the mentee's wishes; 0: none. */
uint32_t judge_best_percent(const struct judge *judge, struct mm_link pair);

/* Whether the pair is the worse half of a circle of two: `own` has been judged, `reverse` is the
 * other half. */
bool judge_loses_circle(const struct judge *judge, struct mm_link pair,
                        const struct mm_explanation *own, struct mm_link reverse);

/* Sets what follows from the bits: allowed. */
void judge_refuse(struct mm_explanation *explanation, enum mm_rule_kind rule);

/* Everything, by searching the lists. Time linear in people and lists. */
void judge_pair(const struct judge *judge, struct mm_link pair,
                struct mm_explanation *ret_explanation);

/* ---- the pool, checked ---- */

/* mm_pool_check with the caller's allocator. */
enum mm_status pool_check(const struct mm_pool *pool, const struct mm_memory *memory,
                          struct mm_fault *fault);

/* What a question about one pair needs of it, without memory: counts, lists, rules. */
enum mm_status pool_check_frame(const struct mm_pool *pool, struct mm_fault *fault);
enum mm_status pool_check_mentee(const struct mm_pool *pool, uint32_t mentee,
                                 struct mm_fault *fault);
enum mm_status pool_check_mentor(const struct mm_pool *pool, uint32_t mentor,
                                 struct mm_fault *fault);

/* The background of a mentor: career path when told, else employer, else her own. */
uint64_t pool_background(const struct mm_pool *pool, uint32_t mentor);

/* ---- the pool, prepared ---- */

struct mm_prepared;

/* The pool must have passed mm_pool_check and must outlive the prepared one. NULL: memory ran out.
 */
struct mm_prepared *mm_prepare(const struct mm_pool *pool, const struct mm_memory *memory);
void mm_prepared_free(struct mm_prepared *prepared);

/* The score of one pair, or MM_NOT_ALLOWED. Positions are the caller's. */
uint32_t mm_prepared_score(const struct mm_prepared *prepared, uint32_t mentee, uint32_t mentor);

/* What one thread needs to look through the mentors for one mentee after the other; any number may
 * be used at once on one prepared pool. most: the longest list that mm_scan_best will be asked for;
 * 0: rows only. NULL: memory ran out. */
struct mm_scan;
struct mm_scan *mm_scan_open(const struct mm_prepared *prepared, const struct mm_memory *memory,
                             uint32_t most);
void mm_scan_close(struct mm_scan *scan);

/* row[j]: score of every mentor, or MM_NOT_ALLOWED. */
void mm_scan_row(struct mm_scan *scan, uint32_t mentee, uint16_t *row);

struct mm_found {
    uint32_t mentor;
    uint16_t score;
};

/* The best `most` (1 or more, as said at opening) allowed mentors of a mentee, best first: by
 * score, then by mm_tie, then by the lower id. The mentors in `without` (positions, `withouts` of
 * them) are passed over. Returns how many. *ret_bound: the highest score that was left out, or
 * MM_NOT_ALLOWED where nothing was. Blocks of mentors whose bound cannot reach the list are never
 * looked at. */
struct mm_wanted {
    uint64_t seed;
    uint32_t most;
    const uint32_t *without;
    uint32_t withouts;
};
uint32_t mm_scan_best(struct mm_scan *scan, uint32_t mentee, const struct mm_wanted *wanted,
                      struct mm_found *found, uint16_t *ret_bound);

#endif
