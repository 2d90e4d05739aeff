// SPDX-License-Identifier: Apache-2.0
/*
 * One mentee as the scan sees her: every answer of hers turned into a table by the mentor's answer,
 * so that a pair costs a few look-ups. Made by scan_view.c, read by scan.c.
 */
#ifndef MENTORMATCH_SCAN_H
#define MENTORMATCH_SCAN_H

#include "prepare.h"

/* What the zones of a mentor's class mean for her. Turns that give the same overlap stand once. */
struct zone_row {
    uint16_t points;
    bool allowed;
    uint8_t turns; /* 0: the overlap is unknown */
    uint16_t turn[MM_PHASES_MAX];
};

struct wish {
    uint32_t slot;
    uint32_t weight;
};

/* The list of the best so far, as a heap with the worst on top. */
struct entry {
    uint64_t key;     /* score << 31 | tie */
    uint32_t id_rank; /* the lower one is better */
    uint32_t card;
};

struct mm_scan {
    struct mm_memory memory;
    const struct mm_prepared *prepared;
    uint32_t mentee;
    const struct mm_person *person;

    /* rules */
    bool refuse_all;       /* an answer of hers is missing that a rule wants of every pair */
    bool choice_needed;    /* only those who are chosen */
    uint32_t refuse_flags; /* a card with any of these is refused */
    uint32_t seniority_ok; /* bit per grade of the mentor */
    bool language_needed;
    bool industry_needed;
    bool format_needed;
    bool interest_needed;
    bool values_needed;
    bool topics_needed; /* the topics' share is not 0 */
    bool levels_needed;
    bool being_differs;
    bool employer_differs;
    bool line_differs;
    bool place_used;
    uint32_t formats_here; /* those that need the same place, when nothing else is shared */
    bool place_unknown_ok;
    bool overlap_used;
    uint32_t topic_percent;      /* 0: the rule is off or unknown */
    uint32_t overlap_slots;      /* least possible quarter hours in the worst phase */
    uint32_t overlap_half_slots; /* least of both kinds: 1 when the criterion is mandatory */
    uint32_t low_score;
    uint32_t being;

    /* points */
    uint16_t seniority[SENIORITY_MAX + 1];
    uint16_t cadence[256]; /* for cadence_of */
    uint8_t cadence_of;
    uint16_t industry;
    uint16_t format;
    uint64_t values;
    uint64_t answered;
    uint32_t tags;
    uint32_t free_half_slots;
    uint32_t topics_max; /* points */
    uint32_t levels_max;
    uint32_t interests_max;
    uint32_t values_max;
    uint32_t overlap_max;
    uint32_t zone_max;

    /* topics */
    uint32_t wishes;
    uint32_t wished; /* sum of weights */
    struct wish wish[MM_TOPICS_MAX];
    uint16_t *wish_of;                         /* by topic: weight << 3 | level needed */
    uint16_t topic_points[WEIGHT_SUM_MAX + 1]; /* by weight of fully covered wishes */

    /* zones and weeks */
    struct zone_row *zone; /* by class, for the mentee's offsets in zone_minutes */
    int16_t zone_minutes[MM_PHASES_MAX];
    bool zone_ready;
    struct week_pair *turned; /* by turn */
    uint32_t *turned_for;     /* stamp of the mentee for whom it was made */
    uint32_t stamp;

    /* the list */
    uint64_t seed_row;
    uint32_t entries;
    uint32_t entries_max;
    struct entry *entry;
    uint16_t *block_bound; /* 0: nobody, else 1 + bound */
    uint32_t *block_order;
    uint64_t *taken; /* bit per card: not to be looked at again */

    void (*look_at_blocks)(struct mm_scan *scan);
    void (*look_at_row)(struct mm_scan *scan, uint16_t *row);
};

/* Fills everything but the list for this mentee. */
void scan_view(struct mm_scan *scan, uint32_t mentee);

/* Her week turned to the mentor's clock; made when first asked for. */
void scan_turn(struct mm_scan *scan, uint32_t turn);

#endif
