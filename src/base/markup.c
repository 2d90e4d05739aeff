// SPDX-License-Identifier: Apache-2.0
// Markup with escaped text; see markup.h.
#define _DEFAULT_SOURCE // le64toh

#include "base/markup.h"

#include <endian.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

// What a byte becomes: 0 itself, else an index into `instead`. Bytes that are no text (but line
// ends and tabs) become a mark that something was there.
static const unsigned char kinds[256] = {
    [0x00] = 1, [0x01] = 1, [0x02] = 1, [0x03] = 1, [0x04] = 1, [0x05] = 1, [0x06] = 1,
    [0x07] = 1, [0x08] = 1, [0x0b] = 1, [0x0c] = 1, [0x0e] = 1, [0x0f] = 1, [0x10] = 1,
    [0x11] = 1, [0x12] = 1, [0x13] = 1, [0x14] = 1, [0x15] = 1, [0x16] = 1, [0x17] = 1,
    [0x18] = 1, [0x19] = 1, [0x1a] = 1, [0x1b] = 1, [0x1c] = 1, [0x1d] = 1, [0x1e] = 1,
    [0x1f] = 1, [0x7f] = 1, ['&'] = 2,  ['<'] = 3,  ['>'] = 4,  ['"'] = 5,  ['\''] = 6,
};
static const char *const instead[] = {"",     "\xef\xbf\xbd", "&amp;", "&lt;",
                                      "&gt;", "&quot;",       "&#39;"};

#define EACH(byte) ((uint64_t)0x0101010101010101u * (byte))

// High bits where a byte of eight is zero; a borrow may mark the byte above a true one too.
static uint64_t zeroes(uint64_t eight)
{
    return (eight - EACH(0x01)) & ~eight;
}

// How many of eight bytes from the start stay as they are: ASCII, printable, and none that markup
// gives a meaning. & and ' differ in one bit, and so do < and >.
static size_t plain_of_eight(const char *bytes)
{
    uint64_t eight = 0;
    memcpy(&eight, bytes, sizeof eight);
    eight = le64toh(
        eight); // the first byte is the lowest: above the first mark there may be false ones
    uint64_t odd = eight | (eight - EACH(0x20)) | (eight + EACH(0x01));
    odd |= zeroes(eight ^ EACH('"')) | zeroes((eight | EACH(0x01)) ^ EACH('\'')) |
           zeroes((eight | EACH(0x02)) ^ EACH('>'));
    odd &= EACH(0x80);
    return odd == 0 ? 8 : (size_t)__builtin_ctzll(odd) / 8;
}

// How many bytes from the start are ASCII that stays as it is.
static size_t plain_bytes(const char *text, size_t length)
{
    size_t at = 0;
    size_t end = 0;
    do {
        for (size_t plain = 8; plain == 8 && length - at >= 8; at += plain)
            plain = plain_of_eight(text + at);
        end = length - at < 8 ? length : at + 8;
        while (at < end && (unsigned char)text[at] < 0x80 && kinds[(unsigned char)text[at]] == 0)
            at++; // the last few; or a line end or tab
    } while (at == end && at < length);
    return at;
}

enum rc markup_bytes(struct buffer *buffer, const char *text, size_t length)
{
    size_t from = 0;  // of what is not written yet
    size_t valid = 0; // before it, what is beyond ASCII is known to be valid
    for (size_t at = plain_bytes(text, length); at < length;
         at += plain_bytes(text + at, length - at)) {
        unsigned char byte = (unsigned char)text[at];
        if (byte >= 0x80 && at >= valid)
            valid = at + text_valid_bytes(text + at, length - at);
        if (byte >= 0x80 && at < valid) {
            at++;
            continue;
        }
        buffer_append(buffer, text + from, at - from);
        buffer_text(buffer, instead[byte >= 0x80 ? 1 : kinds[byte]]);
        from = ++at;
    }
    return buffer_append(buffer, text + from, length - from);
}

enum rc markup_text(struct buffer *buffer, const char *text)
{
    return text == NULL ? buffer->rc : markup_bytes(buffer, text, strlen(text));
}

// NOLINTBEGIN(clang-analyzer-valist.Uninitialized): the analyser of clang 14 loses a list in a
// loop.
static void print_list(struct buffer *buffer, const char *format, va_list arguments)
{
    while (*format != '\0' && buffer->rc == RC_OK) {
        size_t plain = strcspn(format, "%");
        buffer_append(buffer, format, plain);
        format += plain;
        if (*format == '\0')
            break;
        char kind = format[1];
        if (kind == 's')
            markup_text(buffer, va_arg(arguments, const char *));
        else if (kind == 'd')
            buffer_printf(buffer, "%d", va_arg(arguments, int));
        else if (kind == 'u')
            buffer_printf(buffer, "%u", va_arg(arguments, unsigned));
        else if (kind == '%')
            buffer_byte(buffer, '%');
        else
            buffer->rc = RC_BAD_INPUT;
        format += 2;
    }
}
// NOLINTEND(clang-analyzer-valist.Uninitialized)

enum rc markup_print(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_list(buffer, format, arguments);
    va_end(arguments);
    return buffer->rc;
}
