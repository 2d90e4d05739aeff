// SPDX-License-Identifier: Apache-2.0
//
// Why: what is counted of groups of people that overlap (by role, by topic, by what they say of
// themselves) must not tell of few: not of a small group, and not of one that somebody works out.
//
// Promises: pure. A group of fewer than GROUP_LEAST people is never shown; nor is one that could be
// had by taking one shown group from another, nor one that is what all shown parts of a whole leave
// over. No chance: the same people give the same answer.
//
// Not for: tables whose cells are counts of people; see base/suppress.h.
#ifndef TRELLIS_BASE_GROUP_H
#define TRELLIS_BASE_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"

enum { GROUP_LEAST = 5, GROUPS_MAX = 200 };

// A group of people: a bit for each. Those of a dimension that `parts` divide the whole.
struct group {
    const char *dimension; // "all", "role", "topic", "language", "zone"
    const char *value;
    const char *label; // a message, or a text
    uint64_t *bits;
    bool parts;
};

size_t group_words(size_t units); // of 64 bits
void group_add(uint64_t *bits, size_t unit);
bool group_has(const uint64_t *bits, size_t unit);
size_t group_size(const uint64_t *bits, size_t words);

// Which groups may be shown, of `present` people alone. groups[0] is the whole.
enum rc group_choose(struct arena *arena, const struct group *groups, size_t count, size_t words,
                     const uint64_t *present, bool *ret_shown);

// Some people, and fewer than may be told of.
bool group_is_small(size_t size);

#endif
