// SPDX-License-Identifier: Apache-2.0
/*
 * See columns.h.
 */
#include "columns.h"

#include <string.h>

#include "memory.h"
#include "price.h"
#include "sort.h"
#include "strategy.h"

#define ADD_MOST 16u /* pairs added to a row at once, the best ones first */
#define BLOCK 16u    /* scores looked at together */
#define SAMPLE 256u  /* rows whose mean stands for all */
#define SHIFT_MAX (MM_SCORE_MAX + 1)

void columns_release(struct columns *columns)
{
    mm_give(&columns->memory, columns->first);
    mm_give(&columns->memory, columns->mentor);
    mm_give(&columns->memory, columns->score);
    mm_give(&columns->memory, columns->bound);
    memset(columns, 0, sizeof(*columns));
}

/* ---- a growing list of pairs ---- */

struct list {
    struct mm_memory memory;
    uint64_t *key; /* mentor << 16 | score, or mentee << 32 | mentor */
    size_t count;
    size_t room;
};

static bool list_push(struct list *list, uint64_t key)
{
    if (list->count == list->room) {
        size_t room = list->room * 2 + 1024;
        uint64_t *grown = mm_take_raw(&list->memory, room, sizeof(*grown));
        if (!grown) {
            return false;
        }
        if (list->count > 0) {
            memcpy(grown, list->key, list->count * sizeof(*grown));
        }
        mm_give(&list->memory, list->key);
        list->key = grown;
        list->room = room;
    }
    list->key[list->count++] = key;
    return true;
}

/* ---- selection ---- */

struct selection {
    const struct mm_instance *instance;
    struct list pairs;
    uint64_t *keys;  /* of one row */
    uint16_t *shift; /* per mentor: SHIFT_MAX less the mean of her scores above the lowest mean */
    uint32_t cut;    /* guess that the rows so far taught */
    uint32_t most;
    uint64_t *must; /* pins and earlier pairs, mentee << 32 | mentor, in order */
    size_t musts;
    size_t next;
};

/* A pair's score less what the mentor's popularity will cost, moved to stay above zero; 0: not
 * allowed. */
static uint16_t standing(uint16_t score, uint16_t shift)
{
    return score == MM_NOT_ALLOWED ? 0 : (uint16_t)(score + shift);
}

static uint16_t block_highest(const uint16_t *score, const uint16_t *shift)
{
    uint16_t highest = 0;
    for (uint32_t k = 0; k < BLOCK; k++) {
        uint16_t here = standing(score[k], shift[k]);
        highest = here > highest ? here : highest;
    }
    return highest;
}

/* Mentors of the row with a standing of at least `cut`, into keys; stops after `most`. */
static uint32_t take_above(const struct selection *s, const uint16_t *row, uint32_t cut,
                           uint32_t most)
{
    uint32_t mentors = s->instance->mentors;
    uint64_t *keys = s->keys;
    uint32_t count = 0;
    for (uint32_t j = 0; j < mentors && count < most; j += BLOCK) {
        uint32_t end = mentors - j < BLOCK ? mentors : j + BLOCK;
        if (end - j == BLOCK && cut > 0 && block_highest(row + j, s->shift + j) < cut) {
            continue;
        }
        for (uint32_t k = j; k < end && count < most; k++) {
            if (standing(row[k], s->shift[k]) >= cut) {
                keys[count++] = (uint64_t)k << 16 | row[k];
            }
        }
    }
    return count;
}

/* Finds a cut that leaves between most and 4 * most of the row; halves the range. */
static uint32_t select_row(struct selection *s, const uint16_t *row)
{
    uint32_t limit = s->most * 4;
    uint32_t low = 1;
    uint32_t high = MM_SCORE_MAX + SHIFT_MAX;
    uint32_t count = take_above(s, row, s->cut, limit);
    while (count < s->most || count == limit) {
        if (count == limit) {
            low = s->cut + 1;
        } else {
            high = s->cut - 1;
        }
        if (low > high) {
            break;
        }
        s->cut = low + (high - low) / 2;
        count = take_above(s, row, s->cut, limit);
    }
    if (count == limit) {
        /* more equals than the limit: they all stay, or it would be chance who does */
        count = take_above(s, row, s->cut, s->instance->mentors);
    }
    return count;
}

static bool add_musts(struct selection *s, const uint16_t *row, uint32_t mentee, uint32_t cut)
{
    while (s->next < s->musts && s->must[s->next] >> 32 == mentee) {
        uint32_t j = (uint32_t)s->must[s->next++];
        bool missing = row[j] != MM_NOT_ALLOWED && standing(row[j], s->shift[j]) < cut;
        if (missing && !list_push(&s->pairs, (uint64_t)j << 16 | row[j])) {
            return false;
        }
    }
    return true;
}

static enum mm_status list_musts(struct selection *s, const struct mm_memory *memory)
{
    const struct mm_instance *in = s->instance;
    uint64_t *key = mm_take_raw(memory, in->pins + in->was_count, sizeof(*key));
    if (!key) {
        return MM_NO_MEMORY;
    }
    size_t count = 0;
    for (size_t k = 0; k < in->pins; k++) {
        key[count++] = (uint64_t)in->pin[k].mentee << 32 | in->pin[k].mentor;
    }
    for (size_t k = 0; k < in->was_count; k++) {
        key[count++] = (uint64_t)in->was[k].mentee << 32 | in->was[k].mentor;
    }
    sort_keys(key, count);
    s->must = key;
    for (size_t k = 0; k < count; k++) {
        if (s->musts == 0 || key[s->musts - 1] != key[k]) {
            key[s->musts++] = key[k];
        }
    }
    return MM_OK;
}

/* Popular mentors will have a price, so that the best by score alone would be the same few for
 * everyone. The mean of a sample of rows stands in for it. */
static enum mm_status set_shifts(struct selection *s, const struct column_source *source,
                                 const struct mm_memory *memory)
{
    uint32_t mentors = s->instance->mentors;
    uint32_t step = s->instance->mentees / SAMPLE + 1;
    uint32_t *sum = mm_take(memory, mentors, 2 * sizeof(*sum));
    if (!sum) {
        return MM_NO_MEMORY;
    }
    uint32_t *count = sum + mentors;
    for (uint32_t i = 0; i < s->instance->mentees; i += step) {
        const uint16_t *row = source->row(source->context, i);
        for (uint32_t j = 0; j < mentors; j++) {
            bool allowed = row[j] != MM_NOT_ALLOWED;
            sum[j] += allowed ? row[j] : 0;
            count[j] += allowed;
        }
    }
    for (uint32_t j = 0; j < mentors; j++) {
        uint32_t mean = count[j] > 0 ? sum[j] / count[j] : 0;
        s->shift[j] = (uint16_t)(SHIFT_MAX - mean);
    }
    mm_give(memory, sum);
    return MM_OK;
}

static enum mm_status fill_columns(struct columns *columns, const struct list *pairs)
{
    columns->mentor = mm_take_raw(&columns->memory, pairs->count, sizeof(uint32_t));
    columns->score = mm_take_raw(&columns->memory, pairs->count, sizeof(uint16_t));
    if (!columns->mentor || !columns->score) {
        return MM_NO_MEMORY;
    }
    for (size_t k = 0; k < pairs->count; k++) {
        columns->mentor[k] = (uint32_t)(pairs->key[k] >> 16);
        columns->score[k] = (uint16_t)(pairs->key[k] & 0xFFFF);
    }
    return MM_OK;
}

static enum mm_status select_all(struct selection *s, const struct column_source *source,
                                 struct columns *columns)
{
    const struct mm_instance *in = s->instance;
    for (uint32_t i = 0; i < in->mentees; i++) {
        const uint16_t *row = source->row(source->context, i);
        columns->first[i] = s->pairs.count;
        uint32_t count = select_row(s, row);
        for (uint32_t k = 0; k < count; k++) {
            if (!list_push(&s->pairs, s->keys[k])) {
                return MM_NO_MEMORY;
            }
        }
        if (!add_musts(s, row, i, s->cut)) {
            return MM_NO_MEMORY;
        }
    }
    columns->first[in->mentees] = s->pairs.count;
    return fill_columns(columns, &s->pairs);
}

enum mm_status columns_select(const struct mm_instance *instance,
                              const struct column_source *source, uint32_t most,
                              const struct mm_memory *memory, struct columns *ret_columns)
{
    struct columns columns = {.memory = *memory, .source = *source};
    struct selection s = {.instance = instance, .most = most, .cut = MM_SCORE_MAX};
    s.pairs.memory = *memory;
    columns.first = mm_take(memory, (size_t)instance->mentees + 1, sizeof(uint64_t));
    s.shift = mm_take(memory, (size_t)instance->mentors + BLOCK, sizeof(uint16_t));
    s.keys = mm_take_raw(memory, (size_t)instance->mentors + 4 * (size_t)most, sizeof(uint64_t));
    enum mm_status status =
        columns.first && s.shift && s.keys ? list_musts(&s, memory) : MM_NO_MEMORY;
    if (status == MM_OK) {
        status = set_shifts(&s, source, memory);
    }
    if (status == MM_OK) {
        status = select_all(&s, source, &columns);
    }
    mm_give(memory, s.keys);
    mm_give(memory, s.shift);
    mm_give(memory, s.must);
    mm_give(memory, s.pairs.key);
    if (status != MM_OK) {
        columns_release(&columns);
        return status;
    }
    *ret_columns = columns;
    return MM_OK;
}

/* ---- pricing all rows ---- */

struct round {
    const struct mm_instance *instance;
    const struct column_source *source;
    struct columns *columns;
    struct pricing pricing;
    struct list added;  /* mentee << 32 | mentor */
    struct list scores; /* beside it */
    uint64_t *key;      /* of one row */
    uint32_t *listed;   /* mentor: 1 + last mentee whose row lists her; or, with lists, the list */
    uint64_t seed;
    bool matter; /* some pair that was added matters */
};

/* Orders pairs by gain, largest first, then by mentor. Gains beyond 31 bits are as good as one
 * another. */
static uint64_t gain_key(int64_t gain, uint32_t mentor)
{
    gain = gain < 0 ? 0 : gain;
    gain = gain > INT32_MAX ? INT32_MAX : gain;
    return (uint64_t)(INT32_MAX - gain) << 32 | mentor;
}

/* The mentors of the first keys, in order. */
static void sort_keys_low(uint64_t *key, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++) {
        key[k] &= UINT32_MAX;
    }
    sort_keys(key, count);
}

/* Some pair that was left out of the row could still matter. After pricing_row. */
static bool left_may(const struct round *r, uint32_t i)
{
    uint16_t bound = r->columns->bound[i];
    return bound != MM_NOT_ALLOWED && pricing_row_may(&r->pricing, bound);
}

/* Asks for further pairs in the order of their scores until those left out can't matter. They all
 * join the columns, so that what was left out stays below one score. */
static bool price_list(struct round *r, uint32_t i)
{
    struct columns *columns = r->columns;
    uint32_t seen = 0;
    for (uint64_t k = columns->first[i]; k < columns->first[i + 1]; k++) {
        r->listed[seen++] = columns->mentor[k];
    }
    while (left_may(r, i)) {
        struct mm_found found[COLUMNS_MORE];
        struct mm_wanted wanted = {r->seed, COLUMNS_MORE, r->listed, seen};
        uint32_t count = r->source->more(r->source->context, i, &wanted, found, &columns->bound[i]);
        for (uint32_t k = 0; k < count; k++) {
            uint32_t j = found[k].mentor;
            if (!list_push(&r->added, (uint64_t)i << 32 | j) ||
                !list_push(&r->scores, found[k].score)) {
                return false;
            }
            r->listed[seen++] = j;
            r->matter = r->matter || (pricing_pair_open(&r->pricing, i, j) &&
                                      pricing_pair_matters(&r->pricing, i, j, found[k].score));
        }
    }
    return true;
}

static bool price_row(struct round *r, uint32_t i)
{
    const struct columns *columns = r->columns;
    pricing_row(&r->pricing, i);
    if (columns->bound && !left_may(r, i)) {
        return true;
    }
    if (r->source->more) {
        return price_list(r, i);
    }
    const uint16_t *row = r->source->row(r->source->context, i);
    for (uint64_t k = columns->first[i]; k < columns->first[i + 1]; k++) {
        r->listed[columns->mentor[k]] = i + 1;
    }
    uint32_t count = 0;
    for (uint32_t j = 0; j < r->instance->mentors; j++) {
        if (row[j] == MM_NOT_ALLOWED || !pricing_pair_may(&r->pricing, j, row[j]) ||
            r->listed[j] == i + 1) {
            continue;
        }
        if (pricing_pair_open(&r->pricing, i, j) &&
            pricing_pair_matters(&r->pricing, i, j, row[j])) {
            r->key[count++] = gain_key(pricing_pair_gain(&r->pricing, j, row[j]), j);
        }
    }
    sort_keys(r->key, count);
    count = count > ADD_MOST ? ADD_MOST : count;
    sort_keys_low(r->key, count);
    for (uint32_t k = 0; k < count; k++) {
        uint32_t j = (uint32_t)r->key[k];
        if (!list_push(&r->added, (uint64_t)i << 32 | j) || !list_push(&r->scores, row[j])) {
            return false;
        }
    }
    r->matter = r->matter || count > 0;
    return true;
}

/* The rows, with what was added at the end of each. */
static enum mm_status merge_added(struct round *r)
{
    struct columns *old = r->columns;
    uint32_t mentees = r->instance->mentees;
    struct columns grown = {.memory = old->memory, .source = old->source, .bound = old->bound};
    size_t count = old->first[mentees] + r->added.count;
    grown.first = mm_take_raw(&old->memory, (size_t)mentees + 1, sizeof(uint64_t));
    grown.mentor = mm_take_raw(&old->memory, count, sizeof(uint32_t));
    grown.score = mm_take_raw(&old->memory, count, sizeof(uint16_t));
    if (!grown.first || !grown.mentor || !grown.score) {
        grown.bound = NULL;
        columns_release(&grown);
        return MM_NO_MEMORY;
    }
    size_t next = 0;
    uint64_t at = 0;
    for (uint32_t i = 0; i < mentees; i++) {
        grown.first[i] = at;
        for (uint64_t k = old->first[i]; k < old->first[i + 1]; k++, at++) {
            grown.mentor[at] = old->mentor[k];
            grown.score[at] = old->score[k];
        }
        for (; next < r->added.count && r->added.key[next] >> 32 == i; next++, at++) {
            grown.mentor[at] = (uint32_t)r->added.key[next];
            grown.score[at] = (uint16_t)r->scores.key[next];
        }
    }
    grown.first[mentees] = at;
    old->bound = NULL;
    columns_release(old);
    *old = grown;
    return MM_OK;
}

static enum mm_status open_round(struct round *r)
{
    const struct mm_instance *in = r->instance;
    const struct mm_memory *memory = &r->columns->memory;
    r->added.memory = *memory;
    r->scores.memory = *memory;
    r->listed = mm_take(memory, in->mentors, sizeof(uint32_t));
    r->key = mm_take_raw(memory, in->mentors, sizeof(uint64_t));
    return r->listed && r->key ? MM_OK : MM_NO_MEMORY;
}

static void close_round(struct round *r)
{
    const struct mm_memory *memory = &r->columns->memory;
    mm_give(memory, r->listed);
    mm_give(memory, r->key);
    mm_give(memory, r->added.key);
    mm_give(memory, r->scores.key);
}

/* Prices every row with a result; the columns grow by what matters. */
static enum mm_status price_all(struct round *r, const struct mm_objective *objective,
                                const struct mm_result *result)
{
    enum mm_status status = open_round(r);
    if (status == MM_OK) {
        status = pricing_open(r->instance, objective, result, &r->columns->memory, &r->pricing);
        for (uint32_t i = 0; status == MM_OK && i < r->instance->mentees; i++) {
            status = price_row(r, i) ? MM_OK : MM_NO_MEMORY;
        }
        pricing_close(&r->pricing);
    }
    if (status == MM_OK && r->added.count > 0) {
        status = merge_added(r);
    }
    return status;
}

enum mm_status columns_solve(const struct mm_instance *instance, struct columns *columns,
                             const struct mm_objective *objective, const struct mm_options *options,
                             struct mm_result *ret_result, struct mm_fault *fault)
{
    struct mm_objective complete;
    enum mm_status status = objective_complete(objective, instance, &complete, fault);
    for (uint32_t rounds = 1; status == MM_OK; rounds++) {
        struct mm_instance part = *instance;
        struct mm_result result = {0};
        part.first = columns->first;
        part.mentor = columns->mentor;
        part.score = columns->score;
        status = solve_rows(&part, &complete, options, &result, fault);
        if (status != MM_OK) {
            return status;
        }
        struct round round = {.instance = &part,
                              .source = &columns->source,
                              .columns = columns,
                              .seed = complete.seed};
        status = price_all(&round, &complete, &result);
        bool matter = round.matter;
        close_round(&round);
        if (status == MM_OK && !matter) {
            result.effort.rounds = rounds;
            result.effort.pairs_priced =
                (uint64_t)instance->mentees * instance->mentors - columns->first[instance->mentees];
            *ret_result = result;
            return MM_OK;
        }
        mm_result_free(&result);
    }
    return status;
}

/* ---- a dense table ---- */

static const uint16_t *dense_row(void *context, uint32_t mentee)
{
    const struct mm_instance *in = context;
    return in->score + (size_t)mentee * in->mentors;
}

#define DENSE_MOST 24u /* pairs of each row to start from */

enum mm_status solve_dense(const struct mm_instance *instance, const struct mm_objective *objective,
                           const struct mm_options *options, struct mm_result *ret_result,
                           struct mm_fault *fault)
{
    struct mm_instance table = *instance;
    struct mm_memory memory = {0};
    struct column_source source = {.row = dense_row, .context = &table};
    struct columns columns = {0};
    if (options) {
        memory = options->memory;
    }
    enum mm_status status = columns_select(instance, &source, DENSE_MOST, &memory, &columns);
    if (status != MM_OK) {
        return fault_at(fault, status, mm_status_text(status), MM_NOBODY, MM_NOBODY);
    }
    status = columns_solve(instance, &columns, objective, options, ret_result, fault);
    columns_release(&columns);
    return status;
}
