// SPDX-License-Identifier: Apache-2.0
/*
 * The caller's allocator, with the two checks that every use needs: the product of count and size
 * must not overflow, and what is given out is zeroed. A zeroed struct mm_memory stands for malloc
 * and free.
 */
#ifndef MENTORMATCH_MEMORY_H
#define MENTORMATCH_MEMORY_H

#include <stddef.h>

#include "mentormatch.h"

/* Zeroed room for count things of size bytes, or NULL. A count of 0 gives room for one, so that
 * NULL always means that memory ran out. */
void *mm_take(const struct mm_memory *memory, size_t count, size_t size);

/* The same, not zeroed: for large tables that are filled at once. */
void *mm_take_raw(const struct mm_memory *memory, size_t count, size_t size);

/* Gives back what mm_take gave; NULL is fine. */
void mm_give(const struct mm_memory *memory, void *block);

#endif
