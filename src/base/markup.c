// SPDX-License-Identifier: Apache-2.0
// Markup with escaped text; see markup.h.
#include "base/markup.h"

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

// Whether eight bytes stay as they are: ASCII, printable, and none that markup gives a meaning.
static bool are_plain(const char *bytes)
{
    uint64_t eight = 0;
    memcpy(&eight, bytes, sizeof eight);
    uint64_t odd = eight | (eight - EACH(0x20)); // beyond ASCII, or a control
    odd |= zeroes(eight ^ EACH('&')) | zeroes(eight ^ EACH('<')) | zeroes(eight ^ EACH('>'));
    odd |= zeroes(eight ^ EACH('"')) | zeroes(eight ^ EACH('\'')) | zeroes(eight ^ EACH(0x7f));
    return (odd & EACH(0x80)) == 0;
}

static size_t plain_bytes(const char *text, size_t length)
{
    size_t at = 0;
    while (length - at >= 8 && are_plain(text + at))
        at += 8;
    return at;
}

// Valid UTF-8 only.
static void append_valid(struct buffer *buffer, const char *text, size_t length)
{
    size_t plain = 0; // where the run that needs no change began
    for (size_t i = plain_bytes(text, length); i < length; i++) {
        unsigned kind = kinds[(unsigned char)text[i]];
        if (kind == 0)
            continue;
        buffer_append(buffer, text + plain, i - plain);
        buffer_text(buffer, instead[kind]);
        plain = i + 1;
        i += plain_bytes(text + plain, length - plain);
    }
    buffer_append(buffer, text + plain, length - plain);
}

enum rc markup_bytes(struct buffer *buffer, const char *text, size_t length)
{
    size_t plain = plain_bytes(text, length);
    buffer_append(buffer, text, plain);
    text += plain;
    length -= plain;
    while (length > 0) {
        size_t valid = text_valid_bytes(text, length);
        append_valid(buffer, text, valid);
        if (valid == length)
            break;
        buffer_text(buffer, "\xef\xbf\xbd");
        text += valid + 1;
        length -= valid + 1;
    }
    return buffer->rc;
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
