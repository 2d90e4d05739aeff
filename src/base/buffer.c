// SPDX-License-Identifier: Apache-2.0
// A growing buffer on an arena; see buffer.h.
#include "base/buffer.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { BUFFER_FIRST_BYTES = 1024 };

void buffer_open(struct buffer *buffer, struct arena *arena, size_t limit)
{
    assert(limit < SIZE_MAX / 2);
    *buffer = (struct buffer){.arena = arena, .bytes = "", .limit = limit};
}

enum rc buffer_reserve(struct buffer *buffer, size_t more)
{
    if (buffer->rc != RC_OK)
        return buffer->rc;
    if (more > buffer->limit - buffer->length)
        return buffer->rc = RC_LIMIT;
    size_t need = buffer->length + more + 1; // the closing NUL
    if (need <= buffer->capacity)
        return RC_OK;
    size_t capacity = buffer->capacity == 0 ? BUFFER_FIRST_BYTES : buffer->capacity * 2;
    if (capacity < need)
        capacity = need;
    if (capacity > buffer->limit)
        capacity = buffer->limit + 1;
    char *grown = arena_stretch(buffer->arena, buffer->space, buffer->capacity, capacity);
    if (grown == NULL)
        return buffer->rc = RC_NO_MEMORY;
    buffer->space = grown;
    buffer->bytes = grown;
    buffer->capacity = capacity;
    return RC_OK;
}

// Apart, so that the usual way keeps little on the stack: a page is some hundred appends.
__attribute__((noinline)) static enum rc append_more(struct buffer *buffer, const char *bytes,
                                                     size_t length)
{
    TRY(buffer_reserve(buffer, length));
    return buffer_append(buffer, bytes, length);
}

enum rc buffer_append(struct buffer *buffer, const char *bytes, size_t length)
{
    if (buffer->rc != RC_OK || length >= buffer->capacity - buffer->length)
        return append_more(buffer, bytes, length);
    char *end = buffer->space + buffer->length;
    if (length > 0)
        memcpy(end, bytes, length);
    end[length] = '\0';
    buffer->length += length;
    return RC_OK;
}

enum rc buffer_text(struct buffer *buffer, const char *text)
{
    return buffer_append(buffer, text, strlen(text));
}

enum rc buffer_byte(struct buffer *buffer, char byte)
{
    return buffer_append(buffer, &byte, 1);
}

// Reads the arguments twice: first to measure, then to write.
__attribute__((format(printf, 2, 0))) static enum rc
append_vprintf(struct buffer *buffer, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        return buffer->rc = RC_BAD_INPUT;
    TRY(buffer_reserve(buffer, (size_t)length));
    vsnprintf(buffer->space + buffer->length, (size_t)length + 1, format, arguments);
    buffer->length += (size_t)length;
    return RC_OK;
}

enum rc buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    enum rc rc = append_vprintf(buffer, format, arguments);
    va_end(arguments);
    return rc;
}
