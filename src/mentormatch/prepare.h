// SPDX-License-Identifier: Apache-2.0
/*
 * The pool prepared for fast scoring: what the scan (scan.c) reads, as prepare.c lays it out.
 *
 * Mentors become cards in an order of their own, alike next to alike (zone, seniority, languages,
 * topics), cut into blocks of 64. A block knows what its best card could have, so that a block
 * whose bound cannot reach a mentee's list is skipped whole. Topics stand crosswise: for each block
 * and each of 256 slots a word with a bit for each card that offers a topic of that slot, so that
 * a few instructions find who of 64 covers enough of a mentee's wishes.
 *
 * The order of cards is nobody's business outside: positions in calls are the caller's.
 */
#ifndef MENTORMATCH_PREPARE_H
#define MENTORMATCH_PREPARE_H

#include "score.h"

#define BLOCK_CARDS 64u
#define TOPIC_SLOTS 256u
#define WEIGHT_SUM_MAX (10 * MM_TOPICS_MAX)
#define WEIGHT_BITS 10u /* of a sum of wishes' weights */
#define HALF_SLOTS_MAX (2 * MM_WEEK_SLOTS)
#define TURN_ZERO (2 * ZONE_MINUTES_MAX / 15) /* index of no turn */
#define TURNS (2 * TURN_ZERO + 1)

/* What is missing or true of a mentor. */
enum card_flag {
    CARD_NO_LANGUAGE = 1u << 0,
    CARD_NO_SENIORITY = 1u << 1,
    CARD_NO_EMPLOYER = 1u << 2,
    CARD_NO_LINE = 1u << 3,
    CARD_NO_PLACE = 1u << 4,
    CARD_NO_FORMAT = 1u << 5,
    CARD_NO_TOPIC = 1u << 6,
    CARD_NO_WEEK = 1u << 7,
    CARD_NO_INTEREST = 1u << 8,
    CARD_NO_INDUSTRY = 1u << 9,
    CARD_NO_CADENCE = 1u << 10,
    CARD_NO_CHOICE = 1u << 11,
    CARD_WOMAN_NO = 1u << 12,
    CARD_WOMAN_UNKNOWN = 1u << 13,
    CARD_OPEN_NO = 1u << 14,
    CARD_OPEN_UNKNOWN = 1u << 15,
    CARD_IN_PERSON = 1u << 16,
    CARD_BOTH_SIDES = 1u << 17, /* the same human being is a mentee too */
    CARD_AVOIDED = 1u << 18,    /* is on the do-not-match list */
    CARD_VETO = 1u << 19,       /* has vetoed or is vetoed */
};

struct card {
    uint32_t flags;
    uint32_t zone; /* class */
    uint64_t languages;
    uint64_t industries;
    uint32_t formats;
    uint32_t being; /* class: the same human being has the same on both sides */
    uint32_t employer;
    uint32_t line;
    uint32_t place;
    uint32_t offer; /* first of her offers */
    uint8_t offers;
    uint8_t seniority;
    uint8_t cadence;
    uint8_t tags;             /* interests told */
    uint16_t free_half_slots; /* possible plus good quarter hours a week */
    uint16_t unused;
    uint64_t interests[4];
    uint64_t values;   /* answer v as v - 1 ones, in 4 bits of each statement */
    uint64_t answered; /* 4 ones for each statement answered */
};

struct week_pair {
    uint64_t possible[MM_WEEK_WORDS];
    uint64_t good[MM_WEEK_WORDS];
};

/* Offers are packed: topic << 10 | percent << 3 | level. */
#define OFFER_TOPIC(offer) ((offer) >> 10)
#define OFFER_PERCENT(offer) ((offer) >> 3 & 127u)
#define OFFER_LEVEL(offer) ((offer)&7u)

/* What the best card of a block could have. */
struct block {
    uint64_t languages;
    uint64_t industries;
    uint32_t formats;
    uint32_t seniority; /* bit per grade that occurs, bit 0: not told */
    uint32_t zone_first;
    uint32_t zone_last;
    uint32_t flags; /* what all cards have */
    uint16_t free_half_slots;
    uint8_t cards;
};

/* Points of the score by what a pair has in common. */
struct point_tables {
    uint16_t seniority[SENIORITY_MAX + 1];                     /* by gap, 0 for none or less */
    uint16_t interests[4][4];                                  /* by enough, common */
    uint16_t values[MM_VALUES_MAX + 1][4 * MM_VALUES_MAX + 1]; /* by both, difference */
    uint16_t languages[3];
    uint16_t overlap[HALF_SLOTS_MAX + 1];
    uint16_t zone[49]; /* by distance / 15 */
    uint16_t choice_mentee[MM_CHOICES_MAX];
    uint16_t choice_mentor[MM_CHOICES_MAX];
};

/* Lists by a key: of key k stand at first[k] .. first[k + 1] - 1. */
struct listing {
    uint32_t *first;
    uint32_t *item;
};

struct mm_prepared {
    struct mm_memory memory;
    const struct mm_pool *pool;
    struct judge judge;
    struct point_tables points;
    uint32_t mentors;
    uint32_t blocks;
    uint32_t zones;        /* classes of the mentors' zones */
    int16_t *zone_minutes; /* zones x phases, MM_ZONE_UNKNOWN in all phases or in none */
    struct card *card;
    struct week_pair *week;
    uint32_t *offer;
    uint32_t *position; /* of each card: the mentor */
    uint32_t *card_of;  /* of each mentor */
    uint32_t *id_rank;  /* of each card, among the mentors' ids */
    uint64_t *id;       /* of each card */
    struct block *block;
    uint64_t *slot; /* blocks x TOPIC_SLOTS */

    uint32_t *mentee_being;
    uint8_t *mentee_flags; /* see mentee_flag */
    uint64_t *avoid;       /* lower being << 32 | higher being, in order */
    size_t avoids;
    uint64_t *veto; /* mentee << 32 | mentor, in order */
    size_t vetoes;
    struct listing chosen;    /* by mentee: mentors who chose her */
    struct listing mentee_of; /* by being; empty unless somebody is on both sides */
    struct listing mentor_of;
    bool circles; /* somebody is on both sides, and the rule is used */
};

enum mentee_flag {
    MENTEE_BOTH_SIDES = 1,
    MENTEE_AVOIDED = 2,
    MENTEE_VETO = 4,
};

/* A person's statements as in struct card. */
void values_bits(const struct mm_person *person, uint64_t *ret_values, uint64_t *ret_answered);

/* Whether a list or a circle of two forbids a pair that is otherwise allowed at this score. */
bool prepared_list_refuses(const struct mm_prepared *prepared, uint32_t mentee, uint32_t card,
                           uint32_t score);

#endif
