// SPDX-License-Identifier: Apache-2.0
// Sentences about mentees without a mentor; see match_words.h.
#include <string.h>

#include "base/buffer.h"

#include "match_words.h"

static enum rc give(const char *sentence, const char **ret_sentence)
{
    if (sentence == NULL)
        return RC_NO_MEMORY;
    *ret_sentence = sentence;
    return RC_OK;
}

static enum rc add_removed(struct match_lonely *lonely, const char *sentence)
{
    if (sentence == NULL)
        return RC_NO_MEMORY;
    lonely->removed[lonely->removed_count++] = sentence;
    return RC_OK;
}

static enum rc say_removed(const struct match_pool *pool, struct match_lonely *lonely)
{
    struct arena *arena = pool->arena;
    const struct mm_unmatched *why = &lonely->why;
    for (enum mm_rule_kind kind = 0; kind < MM_RULES; kind++) {
        if (why->removed[kind] == 0)
            continue;
        TRY(add_removed(
            lonely, why->only[kind] == 0
                        ? arena_printf(arena, "\"%s\" rules out %u of %u mentors",
                                       rules_file_rule(kind), why->removed[kind], why->mentors)
                        : arena_printf(arena, "\"%s\" rules out %u of %u mentors, %u of them alone",
                                       rules_file_rule(kind), why->removed[kind], why->mentors,
                                       why->only[kind])));
    }
    if (why->removed_mandatory > 0)
        TRY(add_removed(lonely, arena_printf(arena,
                                             "a mandatory criterion rules out %u of %u "
                                             "mentors",
                                             why->removed_mandatory, why->mentors)));
    if (why->banned > 0)
        TRY(add_removed(lonely,
                        arena_printf(arena, "%u pairs were excluded by hand", why->banned)));
    return RC_OK;
}

static enum rc help_by_rule(const struct match_pool *pool, struct match_lonely *lonely)
{
    const struct mm_unmatched *why = &lonely->why;
    enum mm_rule_kind kind = (enum mm_rule_kind)why->relax_rule;
    const char *mentor = pool->roster->mentors[why->relax_mentor].name;
    struct mm_explanation pair;
    struct mm_link link = {lonely->mentee, why->relax_mentor};
    if (mm_explain_pair(&pool->pool, link, &pair, NULL) == MM_OK &&
        (pair.flagged >> (unsigned)kind & 1) != 0)
        return give(arena_printf(pool->arena,
                                 "an answer that is missing for \"%s\"; with a good one, %s would "
                                 "be possible",
                                 rules_file_rule(kind), mentor),
                    &lonely->help);
    if (why->relax_amount == 0)
        return give(arena_printf(pool->arena, "without the rule \"%s\", %s would be possible",
                                 rules_file_rule(kind), mentor),
                    &lonely->help);
    struct buffer amount;
    buffer_open(&amount, pool->arena, 200);
    struct rules_file relaxed = pool->rules;
    relaxed.rules.rule[kind].amount = why->relax_amount;
    TRY(rules_file_print_rule(&amount, &relaxed, kind));
    return give(arena_printf(pool->arena, "with the rule \"%s\" at %.*s, %s would be possible",
                             rules_file_rule(kind), (int)strcspn(amount.bytes, ","), amount.bytes,
                             mentor),
                &lonely->help);
}

static enum rc say_full(const struct match_pool *pool, struct match_lonely *lonely)
{
    const struct mm_unmatched *why = &lonely->why;
    lonely->short_reason = "all places of the mentors who fit are taken";
    TRY(give(arena_printf(pool->arena,
                          "%u of %u mentors with places are possible, but all their places are "
                          "taken by others",
                          why->left, why->mentors),
             &lonely->reason));
    if (lonely->best_count == 0)
        return give("one more place with any mentor who fits", &lonely->help);
    const struct match_alternative *best = &lonely->best[0];
    return give(arena_printf(pool->arena, "one more place with %s (score %s)",
                             pool->roster->mentors[best->mentor].name,
                             match_points_of(best->score).bytes),
                &lonely->help);
}

enum rc match_say_lonely(const struct match_pool *pool, struct match_lonely *lonely)
{
    const struct mm_unmatched *why = &lonely->why;
    lonely->help = "";
    TRY(say_removed(pool, lonely));
    if (why->mentors == 0) {
        lonely->short_reason = "no mentor has a place";
        lonely->help = "a mentor with a place";
        return give("no mentor has a place", &lonely->reason);
    }
    if (why->left > 0)
        return say_full(pool, lonely);
    lonely->short_reason = "the rules leave no mentor";
    TRY(give(arena_printf(pool->arena, "the rules leave none of the %u mentors with places",
                          why->mentors),
             &lonely->reason));
    if (why->relax_rule >= 0 && why->relax_mentor != MM_NOBODY)
        return help_by_rule(pool, lonely);
    return give("no single rule stands in the way alone; look at the rules together",
                &lonely->help);
}
