// SPDX-License-Identifier: Apache-2.0
//
// Keeping small groups back; see group.h. src/app/improve/measure_test.c attacks it.
#include "base/group.h"

#include <stdlib.h>
#include <string.h>

size_t group_words(size_t units)
{
    return units / 64 + 1;
}

void group_add(uint64_t *bits, size_t unit)
{
    bits[unit / 64] |= (uint64_t)1 << (unit % 64);
}

bool group_has(const uint64_t *bits, size_t unit)
{
    return (bits[unit / 64] >> (unit % 64) & 1) != 0;
}

size_t group_size(const uint64_t *bits, size_t words)
{
    size_t size = 0;
    for (size_t k = 0; k < words; k++)
        size += (size_t)__builtin_popcountll(bits[k]);
    return size;
}

// ---- small groups ------------------------------------------------------------------------------

struct ranked {
    size_t group;
    size_t size;
};

// The largest first; of the same size, in the order of the list.
static int by_size(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    return x->group < y->group ? -1 : x->group > y->group;
}

// How many people are in one of the two groups alone.
static size_t apart(const uint64_t *a, const uint64_t *b, const uint64_t *present, size_t words)
{
    size_t size = 0;
    for (size_t k = 0; k < words; k++)
        size += (size_t)__builtin_popcountll((a[k] ^ b[k]) & present[k]);
    return size;
}

static size_t size_in(const uint64_t *bits, const uint64_t *present, size_t words)
{
    size_t size = 0;
    for (size_t k = 0; k < words; k++)
        size += (size_t)__builtin_popcountll(bits[k] & present[k]);
    return size;
}

bool group_is_small(size_t size)
{
    return size > 0 && size < GROUP_LEAST;
}

struct choosing {
    const struct group *groups;
    size_t count;
    size_t words;
    const uint64_t *present;
    uint64_t *left;
    bool *shown;
};

static bool tells_too_much(const struct choosing *c, size_t group)
{
    for (size_t k = 0; k < c->count; k++)
        if (c->shown[k] &&
            group_is_small(apart(c->groups[k].bits, c->groups[group].bits, c->present, c->words)))
            return true;
    return false;
}

// What the shown parts of one dimension leave over of the whole must be nobody, or enough people.
static bool mend_parts(const struct choosing *c, size_t first)
{
    size_t smallest = c->count;
    size_t least = SIZE_MAX;
    for (size_t w = 0; w < c->words; w++)
        c->left[w] = c->groups[0].bits[w] & c->present[w];
    for (size_t k = first; k < c->count; k++) {
        const struct group *group = &c->groups[k];
        if (!c->shown[k] || strcmp(group->dimension, c->groups[first].dimension) != 0)
            continue;
        for (size_t w = 0; w < c->words; w++)
            c->left[w] &= ~group->bits[w];
        size_t size = size_in(group->bits, c->present, c->words);
        if (size < least) {
            least = size;
            smallest = k;
        }
    }
    if (!group_is_small(group_size(c->left, c->words)) || smallest == c->count)
        return false;
    c->shown[smallest] = false;
    return true;
}

enum rc group_choose(struct arena *arena, const struct group *groups, size_t count, size_t words,
                     const uint64_t *present, bool *ret_shown)
{
    struct ranked order[GROUPS_MAX];
    const struct choosing choosing = {
        groups, count, words, present, ARENA_ARRAY(arena, uint64_t, words), ret_shown};
    if (choosing.left == NULL)
        return RC_NO_MEMORY;
    if (count > GROUPS_MAX)
        return RC_LIMIT;
    for (size_t k = 0; k < count; k++) {
        order[k] = (struct ranked){k, size_in(groups[k].bits, present, words)};
        ret_shown[k] = false;
    }
    if (count > 1)
        qsort(order + 1, count - 1, sizeof order[0], by_size);
    for (size_t k = 0; k < count; k++)
        ret_shown[order[k].group] =
            order[k].size >= GROUP_LEAST && !tells_too_much(&choosing, order[k].group);
    for (size_t k = 1; k < count; k++)
        if (groups[k].parts && strcmp(groups[k].dimension, groups[k - 1].dimension) != 0)
            while (ret_shown[0] && mend_parts(&choosing, k))
                continue;
    return RC_OK;
}
