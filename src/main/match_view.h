// SPDX-License-Identifier: Apache-2.0
//
// Why: the summary, the CSV and JSON files and the report all tell the same story. It is gathered
// and put into words once, here.
//
// Promises: every number comes from the library or the sheets; sentences are plain text without a
// full stop, not escaped; people come in the order of the sheets.
//
// Not for: layout, or deciding anything.
#ifndef TRELLIS_MAIN_MATCH_VIEW_H
#define TRELLIS_MAIN_MATCH_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/rc.h"

#include "match_pool.h"
#include "mentormatch.h"

enum {
    MATCH_ALTERNATIVES = 3,
    MATCH_REASONS = 3,
    MATCH_SCORE_BINS = 10,
    // Beyond the first, the allowed pairs are not gone through one by one; beyond the second, it is
    // not worked out what each alternative would cost the whole, which means solving anew.
    MATCH_WORK_PAIRS_MAX = 4000000,
    MATCH_COST_PAIRS_MAX = 100000,
};

struct match_wish {
    const char *wish;  // as typed
    const char *skill; // as typed; NULL: no skill of the mentor serves it
    uint8_t percent;
    uint8_t weight;
    const char *rule; // "near spelling of ..."; "" none
};

struct match_alternative {
    uint32_t mentor;
    uint16_t score;
    const char *cost; // "2.10 points less in all"; "" not worked out
};

struct match_pair {
    uint32_t mentee;
    uint32_t mentor;
    uint16_t score;
    bool pinned;
    bool was;          // stands in the earlier result too
    uint32_t rank;     // 1: no allowed mentor has a higher score for her; 0: not looked at
    uint32_t possible; // allowed mentors for this mentee
    struct mm_explanation why;
    uint16_t overlap; // minutes a week possible for both in the worst phase
    const struct match_wish *wishes;
    uint32_t wish_count;
    uint32_t wishes_covered;
    const char *reasons[MATCH_REASONS];
    uint32_t reason_count;
    const char *weakest; // "" none
    const char *clocks;  // "2 h apart", "same time", "not known"
    const char *to_ask;  // what a rule could not judge; "" nothing
    struct match_alternative alternatives[MATCH_ALTERNATIVES];
    uint32_t alternative_count;
};

// A mentee without a mentor.
struct match_lonely {
    uint32_t mentee;
    struct mm_unmatched why;
    const char *short_reason;          // a few words, the same for the same cause
    const char *reason;                // why, in a sentence
    const char *removed[MM_RULES + 2]; // what each rule took away
    uint32_t removed_count;
    const char *help;                                  // what would help
    struct match_alternative best[MATCH_ALTERNATIVES]; // allowed mentors with the highest scores
    uint32_t best_count;
};

// A topic that mentees wish, and how many mentors with a place serve it well (50 percent or more).
struct match_demand {
    const char *topic;
    uint32_t wished;
    uint32_t offered;
};

struct match_view {
    struct arena *arena;
    const struct match_pool *pool;
    const struct mm_result *result;
    const struct match_pair *pairs;
    uint32_t pair_count;
    const struct match_lonely *lonely;
    uint32_t lonely_count;
    const uint32_t *load;     // by mentor
    uint32_t places;          // of all mentors
    uint32_t mentors_with;    // mentors who have a place
    uint32_t mentors_without; // ... and no mentee
    uint16_t lowest, highest, middle, mean;
    uint32_t no_wish; // pairs whose mentor serves none of the mentee's wishes, where topics count
    uint32_t bins[MATCH_SCORE_BINS];   // pairs by score, ten points each
    const struct match_demand *demand; // what is wished most beyond what is offered first
    uint32_t demand_count;
    struct mm_candidates all; // the allowed pairs, when they were gone through
    bool went_through;        // alternatives, ranks and blocking pairs were looked at
    bool went_far;            // and what each alternative would cost
    size_t blocking;          // pairs who would both rather have each other
    bool certified;           // mm_check_pool proved the result
    const char *proof;        // in words
};

struct match_found {
    const struct match_pool *pool;
    const struct mm_result *result;
    const struct mm_options *options;
    bool certified;
    const char *proof; // in words
};

// Gathers everything; match_view_close ends it. RC_STOPPED or RC_NO_MEMORY only; nothing is held
// then.
enum rc match_view_make(struct arena *arena, const struct match_found *found,
                        struct match_view *ret_view);

// Gives back what the library holds for the view. A zeroed or failed one is fine.
void match_view_close(struct match_view *view);

// Names for messages: the person's name, with the id when that says more.
const char *match_mentee_name(const struct match_view *view, uint32_t mentee);
const char *match_mentor_name(const struct match_view *view, uint32_t mentor);

// "63.12" from 6312: points of 100.
struct match_points {
    char bytes[24];
};
struct match_points match_points_of(int64_t points);

#endif
