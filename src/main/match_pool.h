// SPDX-License-Identifier: Apache-2.0
//
// Why: what two sheets say becomes what the matching library compares: topics with percentages,
// zones in every daylight-saving phase of the cohort, bit sets, numbers.
//
// Promises: positions in the pool are those of the roster. What cannot be said in the library's
// terms (too many topics or languages of one person) is noted, never lost silently. A criterion of
// which one whole sheet says nothing gets weight 0, and a rule of that kind is switched off, both
// noted; a rule that the rules file asks for by name and that nobody could keep is an error.
//
// Not for: words about the result (match_view.h).
#ifndef TRELLIS_MAIN_MATCH_POOL_H
#define TRELLIS_MAIN_MATCH_POOL_H

#include <stdint.h>

#include "base/arena.h"
#include "base/phase.h"
#include "base/problem.h"
#include "base/rc.h"

#include "match_intern.h"
#include "match_links.h"
#include "mentormatch.h"
#include "rules_file.h"
#include "sheet/person.h"

enum { MATCH_TOPIC_PERCENT_MIN = 30, MATCH_NOTES_MAX = 32 };

// A skill that serves a wish, for the report.
struct match_cover {
    uint32_t skill;   // index in the mentor's skills; UINT32_MAX: none serves it
    uint8_t percent;  // 0: none
    const char *rule; // `near spelling of "Sustainability"`; "" none
};

struct match_pool {
    struct arena *arena;
    const struct roster *roster;
    struct rules_file rules;      // as they are in force
    bool weight_off[MM_CRITERIA]; // was wanted, but one sheet says nothing about it
    bool rule_off[MM_RULES];
    struct mm_pool pool;
    const uint32_t *wish_topics; // number of a topic in the pool -> index in roster.topics
    struct phase phases[MM_PHASES_MAX];
    struct match_intern languages; // numbers are bit + 1
    struct match_intern interests;
    struct match_intern industries;
    const char *notes[MATCH_NOTES_MAX];
    size_t note_count;
};

// Pairs of people that files name.
struct match_lists {
    struct match_links pin;
    struct match_links avoid;
    struct match_links was;
};

// Builds the pool. RC_BAD_INPUT: problems were added.
enum rc match_pool_build(struct arena *arena, const struct roster *roster,
                         const struct rules_file *rules, const struct match_lists *lists,
                         struct problem_list *problems, struct match_pool *ret_pool);

// Which of the mentor's skills serves the mentee's wish best, and by which rule.
enum rc match_pool_cover(const struct match_pool *pool, uint32_t mentee, uint32_t wish,
                         uint32_t mentor, struct match_cover *ret_cover);

#endif
