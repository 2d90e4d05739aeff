// SPDX-License-Identifier: Apache-2.0
/*
 * See sort.h.
 */
#include "sort.h"

#include <stdbool.h>
#include <string.h>

#define SHORT_ROW 64u

static bool in_order(const struct keyed *items, size_t count)
{
    for (size_t k = 1; k < count; k++) {
        if (items[k - 1].key > items[k].key) {
            return false;
        }
    }
    return true;
}

/* One pass over one byte. Returns false when all keys share the byte, so that nothing needed to
 * move. */
static bool sort_byte(const struct keyed *from, struct keyed *to, size_t count, unsigned shift)
{
    size_t place[256] = {0};
    for (size_t k = 0; k < count; k++) {
        place[(from[k].key >> shift) & 255]++;
    }
    if (place[(from[0].key >> shift) & 255] == count) {
        return false;
    }
    size_t sum = 0;
    for (unsigned b = 0; b < 256; b++) {
        size_t here = place[b];
        place[b] = sum;
        sum += here;
    }
    for (size_t k = 0; k < count; k++) {
        to[place[(from[k].key >> shift) & 255]++] = from[k];
    }
    return true;
}

void sort_keyed(struct keyed *items, struct keyed *spare, size_t count)
{
    if (in_order(items, count)) {
        return;
    }
    struct keyed *from = items;
    struct keyed *to = spare;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        if (sort_byte(from, to, count, shift)) {
            struct keyed *swap = from;
            from = to;
            to = swap;
        }
    }
    if (from != items) {
        memcpy(items, from, count * sizeof(*items));
    }
}

static void sift(uint64_t *keys, size_t root, size_t count)
{
    uint64_t moving = keys[root];
    for (;;) {
        size_t child = 2 * root + 1;
        if (child >= count) {
            break;
        }
        if (child + 1 < count && keys[child + 1] > keys[child]) {
            child++;
        }
        if (keys[child] <= moving) {
            break;
        }
        keys[root] = keys[child];
        root = child;
    }
    keys[root] = moving;
}

/* Straight insertion: the fastest for the length of a usual row. */
static void insert_keys(uint64_t *keys, size_t count)
{
    for (size_t k = 1; k < count; k++) {
        uint64_t moving = keys[k];
        size_t at = k;
        while (at > 0 && keys[at - 1] > moving) {
            keys[at] = keys[at - 1];
            at--;
        }
        keys[at] = moving;
    }
}

void sort_keys(uint64_t *keys, size_t count)
{
    if (count <= SHORT_ROW) {
        insert_keys(keys, count);
        return;
    }
    size_t k = 1;
    while (k < count && keys[k - 1] <= keys[k]) {
        k++;
    }
    if (k >= count) {
        return;
    }
    for (k = count / 2; k-- > 0;) {
        sift(keys, k, count);
    }
    for (k = count - 1; k > 0; k--) {
        uint64_t top = keys[0];
        keys[0] = keys[k];
        keys[k] = top;
        sift(keys, 0, k);
    }
}
