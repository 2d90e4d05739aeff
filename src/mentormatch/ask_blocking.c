// SPDX-License-Identifier: Apache-2.0
/*
 * Blocking pairs: who would both rather have each other. One pass over the allowed pairs.
 */
#include "ask.h"

struct blocking_search {
    const struct standing *standing;
    struct mm_blocking *pairs;
    size_t most;
    size_t kept;
    size_t count;
};

static uint16_t regret(const struct mm_blocking *pair)
{
    return pair->mentee_gain < pair->mentor_gain ? pair->mentee_gain : pair->mentor_gain;
}

static bool comes_before(const struct mm_blocking *a, const struct mm_blocking *b)
{
    if (regret(a) != regret(b)) {
        return regret(a) > regret(b);
    }
    return a->mentee != b->mentee ? a->mentee < b->mentee : a->mentor < b->mentor;
}

static void keep(struct blocking_search *s, const struct mm_blocking *pair)
{
    s->count++;
    if (s->most == 0 || (s->kept == s->most && !comes_before(pair, &s->pairs[s->kept - 1]))) {
        return;
    }
    size_t at = s->kept < s->most ? s->kept++ : s->kept - 1;
    for (; at > 0 && comes_before(pair, &s->pairs[at - 1]); at--) {
        s->pairs[at] = s->pairs[at - 1];
    }
    s->pairs[at] = *pair;
}

/* What the mentee would gain by this mentor: against the pair that she would give up for her. */
static uint32_t mentee_gain(const struct standing *s, uint32_t mentee, uint32_t mentor,
                            uint16_t score)
{
    const struct mm_instance *in = s->instance;
    bool distinct = in->distinct && in->distinct[mentee] && in->background;
    size_t held = s->first[mentee + 1] - s->first[mentee];
    uint32_t least = held < instance_wants(in, mentee) ? 0 : MM_NOT_ALLOWED;
    for (size_t k = s->first[mentee]; k < s->first[mentee + 1]; k++) {
        const struct mm_pair *pair = &s->result->pair[k];
        bool rival = distinct && in->background[pair->mentor] == in->background[mentor];
        if (rival) {
            least = pair->pinned ? MM_NOT_ALLOWED : pair->score;
            break;
        }
        if (least != 0 && !pair->pinned && pair->score < least) {
            least = pair->score;
        }
    }
    return score > least ? score - least : 0;
}

static uint32_t mentor_gain(const struct standing *s, uint32_t mentor, uint16_t score)
{
    uint32_t capacity = instance_capacity(s->instance, mentor);
    if (s->fill[mentor] < capacity) {
        return score;
    }
    uint32_t least = capacity == 0 ? MM_NOT_ALLOWED : s->mentor_least[mentor];
    return score > least ? score - least : 0;
}

static void see_pair(void *context, uint32_t mentee, uint32_t mentor, uint16_t score)
{
    struct blocking_search *s = context;
    struct mm_blocking pair = {.mentee = mentee, .mentor = mentor, .score = score};
    if (standing_pair(s->standing, mentee, mentor)) {
        return;
    }
    pair.mentee_gain = (uint16_t)mentee_gain(s->standing, mentee, mentor, score);
    pair.mentor_gain = (uint16_t)mentor_gain(s->standing, mentor, score);
    if (pair.mentee_gain > 0 && pair.mentor_gain > 0) {
        keep(s, &pair);
    }
}

/* A question with two lists and their lengths: the public contract has a parameter more than we
 * like. */
// NOLINTNEXTLINE(readability-function-size)
enum mm_status mm_blocking_pairs(const struct mm_instance *instance, const struct mm_result *result,
                                 const struct mm_options *options, struct mm_blocking *pairs,
                                 size_t most, size_t *ret_count, struct mm_fault *ret_fault)
{
    struct standing standing;
    enum mm_status status = standing_open(instance, result, options, &standing, ret_fault);
    if (status != MM_OK) {
        return status;
    }
    struct blocking_search search = {.standing = &standing, .pairs = pairs, .most = most};
    for (uint32_t i = 0; i < instance->mentees; i++) {
        standing_row(&standing, i, see_pair, &search);
    }
    standing_close(&standing);
    *ret_count = search.count;
    return MM_OK;
}
