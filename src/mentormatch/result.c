// SPDX-License-Identifier: Apache-2.0
/*
 * The result: pairs in the caller's numbers, sorted, and what they add up to, on the whole and at
 * each level.
 */
#include <string.h>

#include "instance.h"
#include "memory.h"
#include "sort.h"
#include "tie.h"

const char *mm_status_text(enum mm_status status)
{
    switch (status) {
    case MM_OK:
        return "All went well.";
    case MM_NO_MEMORY:
        return "Memory ran out.";
    case MM_BAD_INPUT:
        return "The input breaks a rule.";
    case MM_LIMIT:
        return "The input is larger than a limit.";
    case MM_CONTRADICTION:
        return "The required pairs contradict the rules, the capacities or each other.";
    case MM_STOPPED:
        return "The work was stopped as asked.";
    case MM_NOT_PROVED:
        return "The certificate does not prove the result.";
    }
    return "Unknown status.";
}

uint32_t mm_tie(uint64_t seed, uint64_t mentee_id, uint64_t mentor_id)
{
    return tie_pair(tie_row(seed, mentee_id), mentor_id);
}

static void put_pair(struct prepared_instance *p, struct mm_result *result, uint32_t left,
                     uint32_t right, uint16_t score)
{
    if (right >= p->net.mentors) {
        return;
    }
    struct mm_pair *pair = &result->pair[result->pairs++];
    pair->mentee = p->mentee_at[p->net.mentee[left]];
    pair->mentor = p->mentor_at[right];
    pair->score = score;
}

static void put_all(struct prepared_instance *p, struct mm_result *result)
{
    struct net *net = &p->net;
    for (size_t k = 0; k < p->pins; k++) {
        result->pair[result->pairs++] = p->pinned[k];
    }
    for (uint32_t k = 0; k < net->fixed_count; k++) {
        put_pair(p, result, net->fixed[k].mentee, net->fixed[k].mentor, net->fixed[k].score);
    }
    for (uint32_t i = 0; i < net->left; i++) {
        for (uint32_t k = 0; k < net->used[i]; k++) {
            uint32_t edge = net->mate[net->unit_first[i] + k];
            put_pair(p, result, i, net->to[edge], net->score[edge]);
        }
    }
}

static enum mm_status sort_pairs(const struct mm_memory *memory, struct mm_result *result)
{
    size_t count = result->pairs;
    struct keyed *items = mm_take_raw(memory, count, 2 * sizeof(*items));
    struct mm_pair *pairs = mm_take(memory, count, sizeof(*pairs));
    if (!items || !pairs) {
        mm_give(memory, items);
        mm_give(memory, pairs);
        return MM_NO_MEMORY;
    }
    for (size_t k = 0; k < count; k++) {
        items[k] =
            (struct keyed){(uint64_t)result->pair[k].mentee << 32 | result->pair[k].mentor, k};
    }
    sort_keyed(items, items + count, count);
    for (size_t k = 0; k < count; k++) {
        pairs[k] = result->pair[items[k].value];
    }
    mm_give(memory, items);
    mm_give(memory, result->pair);
    result->pair = pairs;
    return MM_OK;
}

static bool was_pair(const struct prepared_instance *p, const struct mm_pair *pair)
{
    uint64_t key = (uint64_t)pair->mentee << 32 | pair->mentor;
    size_t low = 0;
    size_t high = p->was_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->was[middle] < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < p->was_count && p->was[low] == key;
}

static int64_t pair_profit(const struct prepared_instance *p, const struct mm_linear *level,
                           const struct mm_pair *pair)
{
    const struct mm_instance *in = p->instance;
    switch (level->kind) {
    case MM_L_PAIRS:
        return 1;
    case MM_L_FLOOR:
        return pair->score < level->parameter ? -1 : 0;
    case MM_L_BAND:
        return (uint32_t)pair->score * p->objective.bands / (MM_SCORE_MAX + 1) == level->parameter
                   ? -1
                   : 0;
    case MM_L_TOTAL:
        return (int64_t)pair->score + (was_pair(p, pair) ? (int64_t)p->objective.move_price : 0);
    case MM_L_KEPT:
        return was_pair(p, pair);
    case MM_L_TIE:
        return mm_tie(p->objective.seed, instance_mentee_id(in, pair->mentee),
                      instance_mentor_id(in, pair->mentor));
    case MM_L_SERVED:
    case MM_L_PRIORITY:
    case MM_L_EMPTY:
        break;
    }
    return 0;
}

static int64_t first_profit(const struct prepared_instance *p, const struct mm_linear *level,
                            uint32_t mentee)
{
    if (level->kind == MM_L_SERVED) {
        return 1;
    }
    return level->kind == MM_L_PRIORITY ? p->instance->priority[mentee] : 0;
}

/* The level's profit over pairs that are not pinned; a pinned mentee is served without it. */
static int64_t level_value(const struct prepared_instance *p, const struct mm_result *result,
                           const struct mm_linear *level)
{
    int64_t value = 0;
    bool served = false;
    for (size_t k = 0; k < result->pairs; k++) {
        const struct mm_pair *pair = &result->pair[k];
        if (k == 0 || result->pair[k - 1].mentee != pair->mentee) {
            served = false;
            for (size_t m = k; m < result->pairs && result->pair[m].mentee == pair->mentee; m++) {
                served = served || result->pair[m].pinned;
            }
        }
        if (pair->pinned) {
            continue;
        }
        value += pair_profit(p, level, pair);
        value += served ? 0 : first_profit(p, level, pair->mentee);
        served = true;
    }
    return value;
}

static void count_all(const struct prepared_instance *p, struct mm_result *result)
{
    size_t kept = 0;
    for (size_t k = 0; k < result->pairs; k++) {
        const struct mm_pair *pair = &result->pair[k];
        result->matched += k == 0 || result->pair[k - 1].mentee != pair->mentee;
        result->total += pair->score;
        result->lowest = pair->score < result->lowest ? pair->score : result->lowest;
        result->band[(uint32_t)pair->score * result->bands / (MM_SCORE_MAX + 1)]++;
        kept += was_pair(p, pair);
    }
    result->moved = (uint32_t)(p->was_count - kept);
    for (uint32_t k = 0; k < result->certificate.levels; k++) {
        struct mm_linear *level = &result->certificate.level[k];
        if (!level->proof) {
            level->value = level_value(p, result, level);
        }
    }
}

enum mm_status result_collect(struct prepared_instance *p, struct mm_result *result)
{
    const struct net *net = &p->net;
    size_t most = p->pins + net->unit_first[net->left] + net->fixed_count;
    result->pair = mm_take(&net->memory, most, sizeof(*result->pair));
    if (!result->pair) {
        return MM_NO_MEMORY;
    }
    put_all(p, result);
    enum mm_status status = sort_pairs(&net->memory, result);
    if (status != MM_OK) {
        return status;
    }
    count_all(p, result);
    result->effort = net->effort;
    result->effort.pairs_seen = net->first[net->left];
    return MM_OK;
}

void certificate_release(const struct mm_memory *memory, struct mm_certificate *certificate)
{
    for (uint32_t k = 0; k < certificate->levels; k++) {
        mm_give(memory, certificate->level[k].price);
    }
    mm_give(memory, certificate->level);
    *certificate = (struct mm_certificate){0};
}

void mm_result_free(struct mm_result *result)
{
    if (!result) {
        return;
    }
    certificate_release(&result->memory, &result->certificate);
    for (uint32_t b = 0; b < result->branches; b++) {
        certificate_release(&result->memory, &result->branch[b].certificate);
    }
    mm_give(&result->memory, result->branch);
    mm_give(&result->memory, result->pair);
    memset(result, 0, sizeof(*result));
}
