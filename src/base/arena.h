// SPDX-License-Identifier: Apache-2.0
//
// Why: what a piece of work makes, its arena owns: return early and free nothing.
//
// Promises: memory comes zeroed (but for arena_stretch) and aligned for any type; an arena never
// holds more than the limit that it was opened with; every call that needs memory may fail, and a
// test chooses which one by `fail_at`. Under an address sanitizer every allocation is a block of
// its own, so that an overrun is seen.
//
// Not for: giving memory back piece by piece, or for use by two threads at once.
#ifndef TRELLIS_BASE_ARENA_H
#define TRELLIS_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *head;  // newest block
    size_t held_bytes;         // taken from the system
    size_t limit_bytes;        // never held more than this
    size_t calls;              // calls for memory so far
    size_t fail_at;            // the call with this number (from 1) fails; 0: none does
    bool failed;               // some call has: for whoever must know though callers went on
    struct arena_spare *spare; // where its blocks come from and go to; NULL: the system alone
};

// Blocks that wait for the next arena of their thread: work that comes again and again
// asks the system for nothing. Starts as zeroes.
struct arena_spare {
    struct arena_block *head;
    unsigned count;
};

// Makes an empty arena that may hold at most limit_bytes. Cannot fail; takes no memory yet.
void arena_open(struct arena *arena, size_t limit_bytes);

// The same with spare blocks, which must live longer. They are used by one thread at a time: the
// one that closes the arenas, and takes their first block.
void arena_open_on(struct arena *arena, size_t limit_bytes, struct arena_spare *spare);
void arena_spare_close(struct arena_spare *spare);

// Gives everything back. The arena is empty afterwards and may be used again.
void arena_close(struct arena *arena);

// Zeroed memory of size bytes (size 0 gives a valid pointer), or NULL: out of memory, limit
// reached, or chosen to fail. A caller turns NULL into RC_NO_MEMORY.
void *arena_alloc(struct arena *arena, size_t size);

// count x size, checked for overflow.
void *arena_calloc(struct arena *arena, size_t count, size_t size);

// Grows what was got from this arena from old_size to new_size (>= old_size): in place when it was
// the newest allocation, by copying otherwise (the old bytes then stay until the arena is closed).
// old may be NULL when old_size is 0. The new bytes are zero. NULL on failure: old is still valid.
void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size);

// The same without zeros in the new bytes, which may hold anything: for what is always written
// before it is read.
void *arena_stretch(struct arena *arena, void *old, size_t old_size, size_t new_size);

// Copies of text, always closed by a NUL.
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
__attribute__((format(printf, 2, 3))) char *arena_printf(struct arena *arena, const char *format,
                                                         ...);
__attribute__((format(printf, 2, 0))) char *arena_vprintf(struct arena *arena, const char *format,
                                                          va_list arguments);

// `struct row *rows = ARENA_ARRAY(arena, struct row, 20);`
#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_calloc((arena), (count), sizeof(type)))

#endif
