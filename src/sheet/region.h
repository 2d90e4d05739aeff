// SPDX-License-Identifier: Apache-2.0
//
// Why: in four large countries people say their state or province, and often that decides the
// zone.
//
// Promises: every state of the United States and Brazil, every province and territory of Canada,
// every state of Australia, with all zones of the tz database that it touches; one zone only where
// the whole of it lies in one.
//
// Not for: use outside place*.c, or other countries.
#ifndef TRELLIS_SHEET_REGION_H
#define TRELLIS_SHEET_REGION_H

#include <stddef.h>

struct region {
    char country[3];
    char code[4];      // upper case
    const char *key;   // word key of its name
    const char *zones; // all zones in it, ',' between
};

// All of them, in the order of the table.
const struct region *regions(size_t *ret_count);

// The region with this word key or code ("CA", any case) in the country; country "" looks in all.
// NULL: none.
const struct region *region_find(const char *country, const char *key);

#endif
