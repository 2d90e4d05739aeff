// SPDX-License-Identifier: Apache-2.0
//
// Why: a short number that stands for bytes: a place in a table, a check that nothing has changed.
//
// Promises: the same on every machine and at every start, so it may be kept. FNV-1a of 64 bits
// (Fowler, Noll and Vo; RFC 9923).
//
// Not for: secrets, or anything that somebody may gain from making alike: see auth.
#ifndef TRELLIS_BASE_HASH_H
#define TRELLIS_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_START UINT64_C(14695981039346656037)

// What stands for all before, `hash`, with more behind it.
uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length);
uint64_t hash_text(uint64_t hash, const char *text);

#endif
