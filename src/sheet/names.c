// SPDX-License-Identifier: Apache-2.0
// A hash map from text to index; see names.h.
#include "sheet/names.h"

#include <string.h>

#include "base/hash.h"

enum rc names_open(struct names *names, struct arena *arena, uint32_t count)
{
    uint32_t slots = 16;
    while (slots / 2 <= count && slots < UINT32_MAX / 4)
        slots *= 2;
    struct names_entry *entries = ARENA_ARRAY(arena, struct names_entry, slots);
    if (entries == NULL)
        return RC_NO_MEMORY;
    *names = (struct names){.entries = entries, .slot_count = slots};
    return RC_OK;
}

// The slot of the key, or the free one where it belongs.
static uint32_t slot_of(const struct names *names, const char *key)
{
    uint32_t slot = (uint32_t)hash_text(HASH_START, key) & (names->slot_count - 1);
    while (names->entries[slot].key != NULL && strcmp(names->entries[slot].key, key) != 0)
        slot = (slot + 1) & (names->slot_count - 1);
    return slot;
}

uint32_t names_add(struct names *names, const char *key, uint32_t index)
{
    if (key[0] == '\0' || names->used >= names->slot_count / 2)
        return NAMES_NONE;
    struct names_entry *entry = &names->entries[slot_of(names, key)];
    if (entry->key != NULL)
        return entry->index;
    *entry = (struct names_entry){key, index};
    names->used++;
    return NAMES_NONE;
}

uint32_t names_find(const struct names *names, const char *key)
{
    if (key[0] == '\0')
        return NAMES_NONE;
    const struct names_entry *entry = &names->entries[slot_of(names, key)];
    return entry->key == NULL ? NAMES_NONE : entry->index;
}
