// SPDX-License-Identifier: Apache-2.0
/*
 * Questions answered by solving again with one pair required: "why not her?", and alternatives
 * where no shorter way is known.
 */
#include <string.h>

#include "ask.h"
#include "memory.h"

enum mm_status ask_with_pin(const struct standing *s, const struct mm_objective *objective,
                            const struct mm_options *options, struct mm_link pair,
                            struct mm_result *ret_result, struct mm_fault *fault)
{
    struct mm_instance with = *s->instance;
    struct mm_link *pin = mm_take_raw(&s->memory, with.pins + 1, sizeof(*pin));
    if (!pin) {
        return fault_at(fault, MM_NO_MEMORY, mm_status_text(MM_NO_MEMORY), MM_NOBODY, MM_NOBODY);
    }
    if (with.pins > 0) {
        memcpy(pin, with.pin, with.pins * sizeof(*pin));
    }
    pin[with.pins++] = pair;
    with.pin = pin;
    enum mm_status status = mm_solve(&with, objective, options, ret_result, fault);
    mm_give(&s->memory, pin);
    return status;
}

/* ---- why not her? ---- */

static bool same_place(const struct mm_pair *a, const struct mm_pair *b)
{
    return a->mentee == b->mentee && a->mentor == b->mentor;
}

static bool comes_first(const struct mm_pair *a, const struct mm_pair *b)
{
    return a->mentee != b->mentee ? a->mentee < b->mentee : a->mentor < b->mentor;
}

/* Pairs that only one side has; both are sorted. */
static void compare_pairs(const struct mm_result *before, const struct mm_result *after,
                          struct mm_answer *answer)
{
    size_t b = 0;
    size_t a = 0;
    while (b < before->pairs || a < after->pairs) {
        bool both = b < before->pairs && a < after->pairs;
        if (both && same_place(&before->pair[b], &after->pair[a])) {
            b++;
            a++;
            continue;
        }
        if (a == after->pairs || (both && comes_first(&before->pair[b], &after->pair[a]))) {
            answer->gone[answer->gone_count++] = before->pair[b++];
        } else {
            answer->come[answer->come_count++] = after->pair[a++];
        }
    }
}

static enum mm_status fill_answer(const struct standing *s, const struct mm_result *after,
                                  struct mm_answer *answer)
{
    const struct mm_result *before = s->result;
    answer->memory = s->memory;
    answer->gone = mm_take(&s->memory, before->pairs, sizeof(*answer->gone));
    answer->come = mm_take(&s->memory, after->pairs, sizeof(*answer->come));
    if (!answer->gone || !answer->come) {
        mm_answer_free(answer);
        return MM_NO_MEMORY;
    }
    compare_pairs(before, after, answer);
    answer->matched_change = (int64_t)after->matched - before->matched;
    answer->total_change = (int64_t)after->total - (int64_t)before->total;
    bool lowest = before->lowest != MM_NOT_ALLOWED && after->lowest != MM_NOT_ALLOWED;
    answer->lowest_change = lowest ? (int64_t)after->lowest - before->lowest : 0;
    answer->worst_band = MM_NOBODY;
    for (uint32_t k = 0; k < before->bands && answer->worst_band == MM_NOBODY; k++) {
        if (before->band[k] != after->band[k]) {
            answer->worst_band = k;
            answer->worst_band_change = (int64_t)after->band[k] - (int64_t)before->band[k];
        }
    }
    bool equal = answer->matched_change == 0 && answer->total_change == 0 &&
                 answer->lowest_change == 0 && answer->worst_band == MM_NOBODY &&
                 before->moved == after->moved;
    answer->why = equal ? MM_WN_EQUAL : MM_WN_COSTS;
    return MM_OK;
}

/* ---- the score that would do ---- */

struct rescored {
    const struct standing *standing;
    const struct mm_objective *objective;
    const struct mm_options *options;
    struct mm_link pair;
    struct mm_instance instance;
    uint16_t *score; /* a copy */
    size_t place;
};

static enum mm_status chosen_at(struct rescored *r, uint32_t score, bool *ret_chosen,
                                struct mm_fault *fault)
{
    struct mm_result result = {0};
    r->score[r->place] = (uint16_t)score;
    enum mm_status status = mm_solve(&r->instance, r->objective, r->options, &result, fault);
    if (status != MM_OK) {
        return status;
    }
    *ret_chosen = false;
    for (size_t k = 0; k < result.pairs; k++) {
        *ret_chosen = *ret_chosen || (result.pair[k].mentee == r->pair.mentee &&
                                      result.pair[k].mentor == r->pair.mentor);
    }
    mm_result_free(&result);
    return MM_OK;
}

/* A higher score never makes a pair less welcome, so halving finds the smallest that does. */
static enum mm_status find_score(struct rescored *r, uint32_t *ret_score, struct mm_fault *fault)
{
    uint32_t low = r->score[r->place];
    uint32_t high = MM_SCORE_MAX;
    bool chosen = false;
    enum mm_status status = chosen_at(r, high, &chosen, fault);
    *ret_score = MM_NOT_ALLOWED;
    while (status == MM_OK && chosen && low < high) {
        bool here = false;
        uint32_t middle = low + (high - low) / 2;
        status = chosen_at(r, middle, &here, fault);
        low = here ? low : middle + 1;
        high = here ? middle : high;
        *ret_score = high;
    }
    if (status == MM_OK && chosen) {
        *ret_score = high;
    }
    return status;
}

static enum mm_status score_needed(const struct standing *s, const struct mm_objective *objective,
                                   const struct mm_options *options, struct mm_link pair,
                                   uint32_t *ret_score, struct mm_fault *fault)
{
    const struct mm_instance *in = s->instance;
    struct rescored r = {
        .standing = s, .objective = objective, .options = options, .pair = pair, .instance = *in};
    size_t pairs = in->first ? in->first[in->mentees] : (size_t)in->mentees * in->mentors;
    r.score = mm_take_raw(&s->memory, pairs, sizeof(*r.score));
    if (!r.score) {
        return fault_at(fault, MM_NO_MEMORY, mm_status_text(MM_NO_MEMORY), MM_NOBODY, MM_NOBODY);
    }
    memcpy(r.score, in->score, pairs * sizeof(*r.score));
    r.instance.score = r.score;
    r.place = (size_t)pair.mentee * in->mentors + pair.mentor;
    for (uint64_t k = in->first ? in->first[pair.mentee] : 1;
         in->first && k < in->first[pair.mentee + 1]; k++) {
        r.place = in->mentor[k] == pair.mentor ? k : r.place;
    }
    enum mm_status status = find_score(&r, ret_score, fault);
    mm_give(&s->memory, r.score);
    return status;
}

static enum mm_status why_not(const struct standing *s, const struct mm_objective *objective,
                              struct mm_link pair, const struct mm_options *options,
                              struct mm_answer *answer, struct mm_fault *fault)
{
    struct mm_result after = {0};
    answer->score_needed = MM_NOT_ALLOWED;
    answer->worst_band = MM_NOBODY;
    if (standing_pair(s, pair.mentee, pair.mentor)) {
        answer->why = MM_WN_IS_PAIR;
        return MM_OK;
    }
    if (!instance_pair_open(s->instance, pair)) {
        answer->why = MM_WN_NOT_ALLOWED;
        return MM_OK;
    }
    enum mm_status status = ask_with_pin(s, objective, options, pair, &after, &answer->fault);
    if (status == MM_CONTRADICTION) {
        answer->why = MM_WN_NO_PLACE;
        return MM_OK;
    }
    if (status != MM_OK) {
        return fault_at(fault, status, mm_status_text(status), pair.mentee, pair.mentor);
    }
    status = fill_answer(s, &after, answer);
    mm_result_free(&after);
    if (status != MM_OK) {
        return fault_at(fault, status, mm_status_text(status), MM_NOBODY, MM_NOBODY);
    }
    status = score_needed(s, objective, options, pair, &answer->score_needed, fault);
    if (status != MM_OK) {
        mm_answer_free(answer);
    }
    return status;
}

/* The public contract has a parameter more than we like. */
// NOLINTNEXTLINE(readability-function-size)
enum mm_status mm_why_not(const struct mm_instance *instance, const struct mm_objective *objective,
                          const struct mm_result *result, struct mm_link pair,
                          const struct mm_options *options, struct mm_answer *ret_answer,
                          struct mm_fault *ret_fault)
{
    struct standing standing;
    struct mm_answer answer = {.why = MM_WN_COSTS};
    enum mm_status status = standing_open(instance, result, options, &standing, ret_fault);
    if (status != MM_OK) {
        return status;
    }
    if (pair.mentee >= instance->mentees || pair.mentor >= instance->mentors) {
        status = fault_at(ret_fault, MM_BAD_INPUT, "The pair names a person who does not exist.",
                          MM_NOBODY, MM_NOBODY);
    } else {
        status = why_not(&standing, objective, pair, options, &answer, ret_fault);
    }
    standing_close(&standing);
    if (status == MM_OK) {
        *ret_answer = answer;
    }
    return status;
}

void mm_answer_free(struct mm_answer *answer)
{
    if (!answer) {
        return;
    }
    mm_give(&answer->memory, answer->gone);
    mm_give(&answer->memory, answer->come);
    memset(answer, 0, sizeof(*answer));
}

/* ---- alternatives one by one ---- */

#define TRIED_MOST 64u

struct tried {
    const struct standing *standing;
    uint32_t count;
    uint32_t most;
    struct mm_alternative row[TRIED_MOST]; /* by score, best first */
};

static void collect(void *context, uint32_t mentee, uint32_t mentor, uint16_t score)
{
    struct tried *t = context;
    if (standing_pair(t->standing, mentee, mentor)) {
        return;
    }
    uint32_t at = t->count;
    while (at > 0 && t->row[at - 1].score < score) {
        at--;
    }
    if (at == t->most) {
        return;
    }
    t->count += t->count < t->most ? 1 : 0;
    for (uint32_t k = t->count - 1; k > at; k--) {
        t->row[k] = t->row[k - 1];
    }
    t->row[at] = (struct mm_alternative){.mentor = mentor, .score = score};
}

static bool loses_less(const struct mm_alternative *a, const struct mm_alternative *b)
{
    if (a->matched_change != b->matched_change) {
        return a->matched_change > b->matched_change;
    }
    if (a->lowest_change != b->lowest_change) {
        return a->lowest_change > b->lowest_change;
    }
    return a->total_change > b->total_change;
}

static void keep(const struct trial *trial, size_t *count, const struct mm_alternative *row)
{
    size_t at = *count;
    while (at > 0 && loses_less(row, &trial->rows[at - 1])) {
        at--;
    }
    if (at == trial->most) {
        return;
    }
    *count += *count < trial->most ? 1 : 0;
    for (size_t k = *count - 1; k > at; k--) {
        trial->rows[k] = trial->rows[k - 1];
    }
    trial->rows[at] = *row;
}

enum mm_status ask_by_trying(const struct standing *s, const struct mm_objective *objective,
                             const struct mm_options *options, const struct trial *trial,
                             struct mm_fault *fault)
{
    struct tried tried = {.standing = s};
    size_t count = 0;
    tried.most = trial->most > (TRIED_MOST - 4) / 2 ? TRIED_MOST : (uint32_t)(2 * trial->most + 4);
    standing_row(s, trial->mentee, collect, &tried);
    for (uint32_t k = 0; k < tried.count; k++) {
        struct mm_result after = {0};
        struct mm_alternative *row = &tried.row[k];
        struct mm_link pair = {trial->mentee, row->mentor};
        enum mm_status status = ask_with_pin(s, objective, options, pair, &after, fault);
        if (status == MM_CONTRADICTION) {
            continue;
        }
        if (status != MM_OK) {
            return status;
        }
        row->matched_change = (int64_t)after.matched - s->result->matched;
        row->total_change = (int64_t)after.total - (int64_t)s->result->total;
        bool lowest = after.lowest != MM_NOT_ALLOWED && s->result->lowest != MM_NOT_ALLOWED;
        row->lowest_change = lowest ? (int64_t)after.lowest - s->result->lowest : 0;
        mm_result_free(&after);
        keep(trial, &count, row);
    }
    *trial->ret_count = count;
    return MM_OK;
}
