// SPDX-License-Identifier: Apache-2.0
/*
 * See memory.h. The only file of the library that names the C library's allocator.
 */
#include "memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *mm_take_raw(const struct mm_memory *memory, size_t count, size_t size)
{
    if (count == 0) {
        count = 1;
    }
    if (size == 0 || count > SIZE_MAX / size) {
        return NULL;
    }
    if (memory->allocate) {
        return memory->allocate(memory->context, count * size);
    }
    return malloc(count * size);
}

void *mm_take(const struct mm_memory *memory, size_t count, size_t size)
{
    void *block = mm_take_raw(memory, count, size);
    if (block) {
        memset(block, 0, (count == 0 ? 1 : count) * size);
    }
    return block;
}

void mm_give(const struct mm_memory *memory, void *block)
{
    if (!block) {
        return;
    }
    if (memory->release) {
        memory->release(memory->context, block);
        return;
    }
    if (!memory->allocate) {
        free(block);
    }
}
