// SPDX-License-Identifier: Apache-2.0
//
// Solving with and without a change; see match_try.h.
#include "app/match/match_try.h"

#include <stdlib.h>
#include <string.h>

// ---- figures -----------------------------------------------------------------------------------

static void count_pair(struct match_figures *figures, int64_t score)
{
    figures->lowest = figures->pairs == 0 || score < figures->lowest ? score : figures->lowest;
    figures->pairs++;
    figures->total += score;
    figures->band[score * MATCH_BANDS / 10001]++;
}

static int by_mentee(const void *left, const void *right)
{
    const struct match_pair *a = left;
    const struct match_pair *b = right;
    if (a->mentee != b->mentee)
        return a->mentee < b->mentee ? -1 : 1;
    return (a->mentor > b->mentor) - (a->mentor < b->mentor);
}

struct match_figures match_figures_of(const struct match_pair *pairs, size_t count)
{
    struct match_figures figures = {.possible = true};
    for (size_t k = 0; k < count; k++)
        count_pair(&figures, pairs[k].score);
    for (size_t k = 0; k < count; k++) { // sorted by mentee
        bool again = k > 0 && pairs[k].mentee == pairs[k - 1].mentee;
        figures.matched += !again;
    }
    return figures;
}

// ---- one solution ------------------------------------------------------------------------------

// The pool with some pairs held otherwise.
static enum rc apply(struct arena *arena, const struct mm_pool *pool,
                     const struct match_edit *edits, size_t count, struct mm_pool *ret_pool)
{
    struct mm_link *pins = ARENA_ARRAY(arena, struct mm_link, pool->pins + count);
    struct mm_link *bans = ARENA_ARRAY(arena, struct mm_link, pool->bans + count);
    if (pins == NULL || bans == NULL)
        return RC_NO_MEMORY;
    struct mm_pool changed = *pool;
    changed.pins = 0;
    changed.bans = 0;
    for (size_t k = 0; k < pool->pins + pool->bans; k++) {
        bool is_pin = k < pool->pins;
        struct mm_link link = is_pin ? pool->pin[k] : pool->ban[k - pool->pins];
        bool edited = false;
        for (size_t e = 0; e < count; e++)
            edited |= edits[e].mentee == link.mentee && edits[e].mentor == link.mentor;
        if (edited)
            continue;
        if (is_pin)
            pins[changed.pins++] = link;
        else
            bans[changed.bans++] = link;
    }
    for (size_t e = 0; e < count; e++) {
        struct mm_link link = {edits[e].mentee, edits[e].mentor};
        if (edits[e].becomes == MATCH_PINNED)
            pins[changed.pins++] = link;
        if (edits[e].becomes == MATCH_BANNED)
            bans[changed.bans++] = link;
    }
    changed.pin = pins;
    changed.ban = bans;
    *ret_pool = changed;
    return RC_OK;
}

struct solved {
    struct match_figures figures;
    struct match_pair *pairs; // sorted by mentee, then mentor
    size_t count;
    struct mm_fault fault;
};

static enum rc take_solved(struct arena *arena, const struct match_input *input,
                           const struct mm_result *result, struct solved *solved)
{
    solved->pairs = ARENA_ARRAY(arena, struct match_pair, result->pairs);
    if (solved->pairs == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < result->pairs; k++) {
        const struct enrolment *a = input->mentee[result->pair[k].mentee];
        const struct enrolment *b = input->mentor[result->pair[k].mentor];
        solved->pairs[k] = (struct match_pair){.mentee = a->id,
                                               .mentor = b->id,
                                               .score = result->pair[k].score,
                                               .mentee_name = a->name,
                                               .mentor_name = b->name};
    }
    solved->count = result->pairs;
    qsort(solved->pairs, solved->count, sizeof solved->pairs[0], by_mentee);
    solved->figures = match_figures_of(solved->pairs, solved->count);
    return RC_OK;
}

static enum rc solve(struct arena *arena, const struct match_input *input,
                     const struct mm_pool *pool, int64_t seed, struct solved *solved)
{
    struct mm_objective objective = match_objective(&input->rules, seed);
    struct mm_result result = {0};
    enum mm_status status = mm_match(pool, &objective, NULL, &result, &solved->fault);
    if (status == MM_CONTRADICTION)
        return RC_OK; // not possible; the fault names the pair
    if (status != MM_OK)
        return status == MM_NO_MEMORY ? RC_NO_MEMORY : RC_LIMIT;
    enum rc rc = take_solved(arena, input, &result, solved);
    mm_result_free(&result);
    return rc;
}

// ---- what differs ------------------------------------------------------------------------------

// The pairs of `from` that are not in `other`; both sorted.
static struct match_pair *only_in(struct arena *arena, const struct match_pair *from,
                                  size_t from_count, const struct match_pair *other,
                                  size_t other_count, size_t *ret_count)
{
    struct match_pair *only = ARENA_ARRAY(arena, struct match_pair, from_count);
    size_t at = 0;
    size_t count = 0;
    for (size_t k = 0; only != NULL && k < from_count; k++) {
        while (at < other_count && by_mentee(&other[at], &from[k]) < 0)
            at++;
        if (at == other_count || by_mentee(&other[at], &from[k]) != 0)
            only[count++] = from[k];
    }
    *ret_count = count;
    return only;
}

static enum rc compare(struct arena *arena, const struct match_input *input,
                       const struct solved *before, const struct solved *after,
                       struct match_trial *ret_trial)
{
    struct match_trial trial = {
        .before = before->figures, .after = after->figures, .fault_mentee = "", .fault_mentor = ""};
    trial.gone =
        only_in(arena, before->pairs, before->count, after->pairs, after->count, &trial.gone_count);
    trial.come =
        only_in(arena, after->pairs, after->count, before->pairs, before->count, &trial.come_count);
    if (trial.gone == NULL || trial.come == NULL)
        return RC_NO_MEMORY;
    if (!after->figures.possible) {
        uint32_t i = after->fault.mentee;
        uint32_t j = after->fault.mentor;
        trial.gone_count = 0;
        if (i < input->pool.mentees)
            trial.fault_mentee = input->mentee[i]->name;
        if (j < input->pool.mentors)
            trial.fault_mentor = input->mentor[j]->name;
    }
    if (!before->figures.possible)
        trial.come_count = 0;
    *ret_trial = trial;
    return RC_OK;
}

static enum rc take_known(struct arena *arena, const struct match_known *known,
                          struct solved *solved)
{
    solved->count = known->count;
    solved->pairs = ARENA_ARRAY(arena, struct match_pair, known->count);
    if (solved->pairs == NULL)
        return RC_NO_MEMORY;
    if (known->count > 0)
        memcpy(solved->pairs, known->pairs, known->count * sizeof known->pairs[0]);
    qsort(solved->pairs, solved->count, sizeof solved->pairs[0], by_mentee);
    solved->figures = match_figures_of(solved->pairs, solved->count);
    return RC_OK;
}

enum rc match_try(struct arena *arena, const struct match_input *input,
                  const struct match_question *question, struct match_trial *ret_trial)
{
    struct solved before = {0};
    struct solved after = {0};
    struct mm_pool changed;
    TRY(apply(arena, &input->pool, question->edits, question->count, &changed));
    TRY(question->known != NULL ? take_known(arena, question->known, &before)
                                : solve(arena, input, &input->pool, question->seed, &before));
    TRY(solve(arena, input, &changed, question->seed, &after));
    return compare(arena, input, &before, &after, ret_trial);
}
