// SPDX-License-Identifier: Apache-2.0
//
// Why: numbers of an explanation become sentences that a programme manager can pass on.
//
// Promises: plain words, no full stop; a sentence says only what the numbers say.
//
// Not for: layout.
#ifndef TRELLIS_MAIN_MATCH_WORDS_H
#define TRELLIS_MAIN_MATCH_WORDS_H

#include "match_view.h"

// Why this criterion speaks for the pair.
enum rc match_say_strong(const struct match_pool *pool, const struct match_pair *pair,
                         enum mm_criterion_kind criterion, const char **ret_sentence);

// Why it does not.
enum rc match_say_weak(const struct match_pool *pool, const struct match_pair *pair,
                       enum mm_criterion_kind criterion, const char **ret_sentence);

// "2 h apart".
enum rc match_say_clocks(struct arena *arena, const struct mm_explanation *why,
                         const char **ret_sentence);

// What the rules could not judge, as something to ask; "" nothing.
enum rc match_say_to_ask(const struct match_pool *pool, const struct match_pair *pair,
                         const char **ret_sentence);

// Fills reason, short_reason, removed and help of a mentee without a mentor.
enum rc match_say_lonely(const struct match_pool *pool, struct match_lonely *lonely);

// What choosing this alternative would cost the whole.
enum rc match_say_cost(struct arena *arena, const struct mm_alternative *alternative,
                       const char **ret_sentence);

#endif
