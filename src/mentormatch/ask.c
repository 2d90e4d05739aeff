// SPDX-License-Identifier: Apache-2.0
/*
 * See ask.h.
 */
#include "ask.h"

#include <string.h>

#include "memory.h"
#include "sort.h"

static bool sorted_and_known(const struct mm_instance *in, const struct mm_result *result)
{
    for (size_t k = 0; k < result->pairs; k++) {
        const struct mm_pair *pair = &result->pair[k];
        if (pair->mentee >= in->mentees || pair->mentor >= in->mentors) {
            return false;
        }
        const struct mm_pair *last = k > 0 ? pair - 1 : NULL;
        if (last && (last->mentee > pair->mentee ||
                     (last->mentee == pair->mentee && last->mentor >= pair->mentor))) {
            return false;
        }
    }
    return true;
}

static void fill_standing(struct standing *s)
{
    const struct mm_instance *in = s->instance;
    for (uint32_t j = 0; j < in->mentors; j++) {
        s->mentor_least[j] = MM_NOT_ALLOWED;
    }
    for (size_t k = 0; k < s->result->pairs; k++) {
        const struct mm_pair *pair = &s->result->pair[k];
        s->first[pair->mentee + 1]++;
        s->fill[pair->mentor]++;
        if (!pair->pinned && pair->score < s->mentor_least[pair->mentor]) {
            s->mentor_least[pair->mentor] = pair->score;
        }
    }
    for (uint32_t i = 0; i < in->mentees; i++) {
        s->first[i + 1] += s->first[i];
    }
    for (size_t k = 0; k < in->bans; k++) {
        s->ban[k] = (uint64_t)in->ban[k].mentee << 32 | in->ban[k].mentor;
    }
    sort_keys(s->ban, in->bans);
}

enum mm_status standing_open(const struct mm_instance *instance, const struct mm_result *result,
                             const struct mm_options *options, struct standing *ret_standing,
                             struct mm_fault *fault)
{
    struct standing s = {.instance = instance, .result = result};
    enum mm_status status = instance_check(instance, fault);
    if (status != MM_OK) {
        return status;
    }
    if (!sorted_and_known(instance, result)) {
        return fault_at(fault, MM_BAD_INPUT,
                        "The result's pairs are not sorted or name people who do not exist.",
                        MM_NOBODY, MM_NOBODY);
    }
    if (options) {
        s.memory = options->memory;
    }
    s.first = mm_take(&s.memory, (size_t)instance->mentees + 1, sizeof(*s.first));
    s.fill = mm_take(&s.memory, instance->mentors, sizeof(*s.fill));
    s.mentor_least = mm_take(&s.memory, instance->mentors, sizeof(*s.mentor_least));
    s.ban = mm_take(&s.memory, instance->bans, sizeof(*s.ban));
    if (!s.first || !s.fill || !s.mentor_least || !s.ban) {
        standing_close(&s);
        return fault_at(fault, MM_NO_MEMORY, mm_status_text(MM_NO_MEMORY), MM_NOBODY, MM_NOBODY);
    }
    fill_standing(&s);
    *ret_standing = s;
    return MM_OK;
}

void standing_close(struct standing *s)
{
    mm_give(&s->memory, s->first);
    mm_give(&s->memory, s->fill);
    mm_give(&s->memory, s->mentor_least);
    mm_give(&s->memory, s->ban);
}

bool standing_banned(const struct standing *s, uint32_t mentee, uint32_t mentor)
{
    uint64_t key = (uint64_t)mentee << 32 | mentor;
    size_t low = 0;
    size_t high = s->instance->bans;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->ban[middle] < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < s->instance->bans && s->ban[low] == key;
}

const struct mm_pair *standing_pair(const struct standing *s, uint32_t mentee, uint32_t mentor)
{
    for (size_t k = s->first[mentee]; k < s->first[mentee + 1]; k++) {
        if (s->result->pair[k].mentor == mentor) {
            return &s->result->pair[k];
        }
    }
    return NULL;
}

void standing_row(const struct standing *s, uint32_t mentee,
                  void (*see)(void *context, uint32_t mentee, uint32_t mentor, uint16_t score),
                  void *context)
{
    const struct mm_instance *in = s->instance;
    if (!in->first) {
        const uint16_t *row = in->score + (size_t)mentee * in->mentors;
        for (uint32_t j = 0; j < in->mentors; j++) {
            if (row[j] != MM_NOT_ALLOWED && !standing_banned(s, mentee, j)) {
                see(context, mentee, j, row[j]);
            }
        }
        return;
    }
    for (uint64_t k = in->first[mentee]; k < in->first[mentee + 1]; k++) {
        if (!standing_banned(s, mentee, in->mentor[k])) {
            see(context, mentee, in->mentor[k], in->score[k]);
        }
    }
}
