// SPDX-License-Identifier: Apache-2.0
// Numbers for texts: open addressing; see match_intern.h.
#include "match_intern.h"

#include <string.h>

#include "base/hash.h"

enum { INTERN_FIRST = 64 };

void match_intern_open(struct match_intern *intern, struct arena *arena)
{
    *intern = (struct match_intern){.arena = arena};
}

// The slot of a key, or the free one where it would go. There is always a free one.
static uint32_t *find_slot(const struct match_intern *intern, const char *key)
{
    uint32_t mask = intern->slot_count - 1;
    uint32_t at = (uint32_t)hash_text(HASH_START, key) & mask;
    while (intern->slots[at] != 0 && strcmp(intern->keys[intern->slots[at] - 1], key) != 0)
        at = (at + 1) & mask;
    return &intern->slots[at];
}

static enum rc grow(struct match_intern *intern)
{
    uint32_t capacity = intern->capacity == 0 ? INTERN_FIRST : intern->capacity * 2;
    const char **keys = ARENA_ARRAY(intern->arena, const char *, capacity);
    uint32_t *slots = ARENA_ARRAY(intern->arena, uint32_t, (size_t)capacity * 2);
    if (keys == NULL || slots == NULL)
        return RC_NO_MEMORY;
    if (intern->count > 0)
        memcpy(keys, intern->keys, intern->count * sizeof keys[0]);
    intern->keys = keys;
    intern->slots = slots;
    intern->capacity = capacity;
    intern->slot_count = capacity * 2;
    for (uint32_t i = 0; i < intern->count; i++)
        *find_slot(intern, keys[i]) = i + 1;
    return RC_OK;
}

uint32_t match_intern_find(const struct match_intern *intern, const char *key)
{
    return intern->slot_count == 0 || key[0] == '\0' ? 0 : *find_slot(intern, key);
}

enum rc match_intern_add(struct match_intern *intern, const char *key, uint32_t *ret_number)
{
    uint32_t number = match_intern_find(intern, key);
    if (number == 0 && key[0] != '\0') {
        if (intern->count == intern->capacity)
            TRY(grow(intern));
        intern->keys[intern->count] = key;
        number = ++intern->count;
        *find_slot(intern, key) = number;
    }
    *ret_number = number;
    return RC_OK;
}
