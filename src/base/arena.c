// SPDX-License-Identifier: Apache-2.0
// Blocks in a list, newest first; an allocation is cut from the newest block or gets a new one. See
// arena.h.
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_SANITIZED 1
#endif

// Under an address sanitizer no block holds two allocations.
#ifdef ARENA_SANITIZED
enum { ARENA_BLOCK_MIN = 1, ARENA_BLOCK_MAX = 1, ARENA_SPARES_MAX = 0 };
#else
enum { ARENA_BLOCK_MIN = 4096, ARENA_BLOCK_MAX = 1024 * 1024, ARENA_SPARES_MAX = 4 };
#endif

enum { ARENA_SPARE_BYTES = 64 << 10 }; // of a spare block, behind its head

struct arena_block {
    struct arena_block *older;
    size_t size; // bytes behind this head
    size_t used;
    size_t newest; // where the newest allocation of this block starts
    bool dirty;    // its bytes are zeroed when they are asked for; else they are zero already
};

enum { ARENA_ALIGN = _Alignof(max_align_t) };
// The head's size, rounded up so that what follows is aligned.
#define ARENA_HEAD_BYTES                                                                           \
    ((sizeof(struct arena_block) + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN)

static char *block_bytes(struct arena_block *block)
{
    return (char *)block + ARENA_HEAD_BYTES;
}

static size_t align_up(size_t size)
{
    return (size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
}

void arena_open(struct arena *arena, size_t limit_bytes)
{
    *arena = (struct arena){.limit_bytes = limit_bytes};
}

void arena_open_on(struct arena *arena, size_t limit_bytes, struct arena_spare *spare)
{
    *arena = (struct arena){.limit_bytes = limit_bytes, .spare = spare};
}

static void block_free(struct arena_spare *spare, struct arena_block *block)
{
    if (spare == NULL || block->size != ARENA_SPARE_BYTES || spare->count >= ARENA_SPARES_MAX) {
        free(block);
        return;
    }
    *block = (struct arena_block){.older = spare->head, .size = block->size, .dirty = true};
    spare->head = block;
    spare->count++;
}

void arena_spare_close(struct arena_spare *spare)
{
    while (spare->head != NULL) {
        struct arena_block *block = spare->head;
        spare->head = block->older;
        free(block);
    }
    spare->count = 0;
}

void arena_close(struct arena *arena)
{
    struct arena_block *block = arena->head;
    while (block != NULL) {
        struct arena_block *older = block->older;
        block_free(arena->spare, block);
        block = older;
    }
    arena->head = NULL;
    arena->held_bytes = 0;
}

// Counts a call, and says whether it is the one that a test chose to fail.
static bool fails_now(struct arena *arena)
{
    arena->calls++;
    bool fails = arena->fail_at != 0 && arena->calls == arena->fail_at;
    arena->failed = arena->failed || fails;
    return fails;
}

static void *none(struct arena *arena)
{
    arena->failed = true;
    return NULL;
}

// Whether size more bytes may be taken from the system.
static bool fits_limit(const struct arena *arena, size_t size)
{
    return arena->held_bytes <= arena->limit_bytes &&
           size <= arena->limit_bytes - arena->held_bytes;
}

// Blocks grow with what is held, so that small work stays small; a block never exceeds what is left
// of the limit.
static size_t block_size(const struct arena *arena, size_t need)
{
    size_t size = arena->held_bytes;
    if (size < ARENA_BLOCK_MIN)
        size = ARENA_BLOCK_MIN;
    if (size > ARENA_BLOCK_MAX)
        size = ARENA_BLOCK_MAX;
    if (size < need || !fits_limit(arena, size + ARENA_HEAD_BYTES))
        size = need;
    return size;
}

// The first block of an arena may be a spare one: then nobody else uses them.
static struct arena_block *block_make(struct arena *arena, size_t size)
{
    struct arena_spare *spare = arena->spare;
    struct arena_block *block = NULL;
    if (spare == NULL || size != ARENA_SPARE_BYTES || arena->head != NULL)
        return calloc(1, ARENA_HEAD_BYTES + size);
    if (spare->head == NULL) { // most of it may never be needed
        block = malloc(ARENA_HEAD_BYTES + size);
        if (block != NULL)
            block->dirty = true;
        return block;
    }
    block = spare->head;
    spare->head = block->older;
    spare->count--;
    return block;
}

static void *block_add(struct arena *arena, size_t need, bool clears)
{
    size_t size = block_size(arena, need);
    if (arena->spare != NULL && ARENA_SPARES_MAX > 0 && arena->head == NULL &&
        size < ARENA_SPARE_BYTES && fits_limit(arena, ARENA_SPARE_BYTES + ARENA_HEAD_BYTES))
        size = ARENA_SPARE_BYTES;
    if (!fits_limit(arena, size + ARENA_HEAD_BYTES))
        return none(arena);
    struct arena_block *block = block_make(arena, size);
    if (block == NULL)
        return none(arena);
    block->newest = 0;
    block->older = arena->head;
    block->size = size;
    block->used = need;
    arena->head = block;
    arena->held_bytes += ARENA_HEAD_BYTES + size;
    if (block->dirty && clears)
        memset(block_bytes(block), 0, need);
    return block_bytes(block);
}

static void *take(struct arena *arena, size_t size, bool clears)
{
    if (fails_now(arena) || size > arena->limit_bytes || size > SIZE_MAX / 2)
        return none(arena);
    struct arena_block *block = arena->head;
    if (block == NULL)
        return block_add(arena, size, clears);
    size_t start = align_up(block->used);
    if (start > block->size || size > block->size - start)
        return block_add(arena, size, clears);
    block->newest = start;
    block->used = start + size;
    if (block->dirty && clears)
        memset(block_bytes(block) + start, 0, size);
    return block_bytes(block) + start;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return take(arena, size, true);
}

void *arena_calloc(struct arena *arena, size_t count, size_t size)
{
    size_t total = 0;
    if (__builtin_mul_overflow(count, size, &total)) {
        arena->calls++;
        return none(arena);
    }
    return arena_alloc(arena, total);
}

// Makes the newest block longer by the system's means when it holds nothing but this one
// allocation.
static void *block_grow(struct arena *arena, size_t old_size, size_t new_size)
{
    struct arena_block *block = arena->head;
    size_t more = new_size - block->size;
    if (!fits_limit(arena, more))
        return none(arena);
    struct arena_block *grown = realloc(block, ARENA_HEAD_BYTES + new_size);
    if (grown == NULL)
        return none(arena);
    arena->head = grown;
    arena->held_bytes += more;
    grown->size = new_size;
    grown->used = new_size;
    memset(block_bytes(grown) + old_size, 0, new_size - old_size);
    return block_bytes(grown);
}

static void *grow(struct arena *arena, void *old, size_t old_size, size_t new_size, bool clears)
{
    if (old == NULL)
        return take(arena, new_size, clears);
    struct arena_block *block = arena->head;
    bool newest = block != NULL && block_bytes(block) + block->newest == (char *)old;
    if (newest && new_size <= block->size - block->newest) {
        if (fails_now(arena))
            return NULL;
        block->used = block->newest + new_size;
        if (block->dirty && clears)
            memset((char *)old + old_size, 0, new_size - old_size);
        return old;
    }
    if (newest && block->newest == 0 && new_size > block->size && new_size <= SIZE_MAX / 2)
        return fails_now(arena) ? NULL : block_grow(arena, old_size, new_size);
    void *copy = take(arena, new_size, clears);
    if (copy != NULL && old_size > 0)
        memcpy(copy, old, old_size);
    return copy;
}

void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size)
{
    return grow(arena, old, old_size, new_size, true);
}

void *arena_stretch(struct arena *arena, void *old, size_t old_size, size_t new_size)
{
    return grow(arena, old, old_size, new_size, false);
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);
    if (copy != NULL && length > 0)
        memcpy(copy, text, length);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : arena_alloc(arena, (size_t)length + 1);
    if (text != NULL)
        vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}
