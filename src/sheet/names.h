// SPDX-License-Identifier: Apache-2.0
//
// Why: people are looked up by id, e-mail or name: twice the same id, a chosen mentor, one person
// on both sheets.
//
// Promises: a map from text to the first index that was added under it; constant time; the same on
// every machine.
//
// Not for: taking entries out.
#ifndef TRELLIS_SHEET_NAMES_H
#define TRELLIS_SHEET_NAMES_H

#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"

#define NAMES_NONE UINT32_MAX

struct names_entry {
    const char *key; // NULL: free
    uint32_t index;
};

struct names {
    struct names_entry *entries;
    uint32_t slot_count; // a power of two, at least twice the entries
    uint32_t used;
};

// Room for at most count names.
enum rc names_open(struct names *names, struct arena *arena, uint32_t count);

// Adds the key (which must live as long) unless it is there; returns the index it stands for
// already, or NAMES_NONE when it was new. Empty keys, and keys beyond the room, are not added.
uint32_t names_add(struct names *names, const char *key, uint32_t index);

// The index of the key; NAMES_NONE: not there.
uint32_t names_find(const struct names *names, const char *key);

#endif
