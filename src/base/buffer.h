// SPDX-License-Identifier: Apache-2.0
//
// Why: output is built in memory first, within a limit, and written whole or not at all.
//
// Promises: bytes are always closed by a NUL that length does not count; the first failure stays
// (`rc`), later calls do nothing and return it, so that a writer of many lines may check once at
// its end.
//
// Not for: input, or bytes that must be freed early (the arena owns them).
#ifndef TRELLIS_BASE_BUFFER_H
#define TRELLIS_BASE_BUFFER_H

#include "base/arena.h"
#include "base/rc.h"

struct buffer {
    struct arena *arena;
    const char *bytes; // never NULL after buffer_open; closed by a NUL
    char *space;       // the same, to write to; NULL while nothing was
    size_t length;
    size_t capacity;
    size_t limit;
    enum rc rc; // the first failure
};

// An empty buffer of at most limit bytes (RC_LIMIT beyond). Cannot fail.
void buffer_open(struct buffer *buffer, struct arena *arena, size_t limit);

// Room for so many bytes at once, where it is known how much will come.
enum rc buffer_reserve(struct buffer *buffer, size_t more);

enum rc buffer_append(struct buffer *buffer, const char *bytes, size_t length);
enum rc buffer_text(struct buffer *buffer, const char *text);
enum rc buffer_byte(struct buffer *buffer, char byte);
__attribute__((format(printf, 2, 3))) enum rc buffer_printf(struct buffer *buffer,
                                                            const char *format, ...);

#endif
