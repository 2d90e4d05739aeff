// SPDX-License-Identifier: Apache-2.0
//
// Why: the steps of building a pool, each in a file of its own.
//
// Promises: each step fills the people's own fields only; people come zeroed.
//
// Not for: anything but match_pool.c and the tests.
#ifndef TRELLIS_MAIN_MATCH_PARTS_H
#define TRELLIS_MAIN_MATCH_PARTS_H

#include "match_pool.h"

// The people that are being built.
struct match_people {
    struct mm_person *mentee;
    struct mm_person *mentor;
};

// match_topics.c: wishes, and what each mentor's skills are worth to them.
enum rc match_build_topics(struct match_pool *pool, struct match_people people);

// match_phases.c: zones in every phase of the cohort.
enum rc match_build_phases(struct match_pool *pool, struct match_people people);

// match_tags.c: languages, interests, industries.
enum rc match_build_tags(struct match_pool *pool, struct match_people people);

// match_features.c: everything else that a person tells.
enum rc match_build_features(struct match_pool *pool, struct match_people people);

// Meetings a month from "weekly", "every two weeks", "2"; 0: not understood.
uint8_t match_read_cadence(const char *key);

// Bits of enum match_format; 0: not understood.
enum match_format {
    MATCH_VIDEO = 1,
    MATCH_AUDIO = 2,
    MATCH_TEXT = 4,
    MATCH_IN_PERSON = 8,
    MATCH_OWN_TIME = 16,
};
uint32_t match_read_formats(const char *key);

__attribute__((format(printf, 2, 3))) enum rc match_pool_note(struct match_pool *pool,
                                                              const char *format, ...);

#endif
