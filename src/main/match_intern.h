// SPDX-License-Identifier: Apache-2.0
//
// Why: matching compares employers, languages, tags and places by number; sheets hold texts.
//
// Promises: equal keys get equal numbers, from 1 in the order in which they came; 0 is "not told".
//
// Not for: making keys (base/text.h).
#ifndef TRELLIS_MAIN_MATCH_INTERN_H
#define TRELLIS_MAIN_MATCH_INTERN_H

#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"

struct match_intern {
    struct arena *arena;
    const char **keys; // keys[number - 1]
    uint32_t count;
    uint32_t capacity;
    uint32_t *slots; // numbers; 0: free
    uint32_t slot_count;
};

void match_intern_open(struct match_intern *intern, struct arena *arena);

// The number of a key; "" is 0. The key must live as long as the table.
enum rc match_intern_add(struct match_intern *intern, const char *key, uint32_t *ret_number);

// The same without adding; 0: not there.
uint32_t match_intern_find(const struct match_intern *intern, const char *key);

#endif
