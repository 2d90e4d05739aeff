// SPDX-License-Identifier: Apache-2.0
/*
 * Order by 64-bit keys: radix sort of large tables, heap sort of short ones. No recursion, no
 * hidden allocation.
 */
#ifndef MENTORMATCH_SORT_H
#define MENTORMATCH_SORT_H

#include <stddef.h>
#include <stdint.h>

struct keyed {
    uint64_t key;
    uint64_t value;
};

/* Stable, by key; spare has room for count. Least significant byte first (Knuth, volume 3, 5.2.5).
 */
void sort_keyed(struct keyed *items, struct keyed *spare, size_t count);

/* Keys alone, in place. */
void sort_keys(uint64_t *keys, size_t count);

#endif
