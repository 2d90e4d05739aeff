// SPDX-License-Identifier: Apache-2.0
// Markup with escaped text; see markup.h.
#include "base/markup.h"

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static bool is_forbidden(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte < 0x20 ? c != '\n' && c != '\t' && c != '\r' : byte == 0x7f;
}

// Valid UTF-8 only.
static void append_valid(struct buffer *buffer, const char *text, size_t length)
{
    size_t plain = 0; // where the run that needs no change began
    for (size_t i = 0; i < length; i++) {
        const char *instead = is_forbidden(text[i]) ? "\xef\xbf\xbd" : entity(text[i]);
        if (instead == NULL)
            continue;
        buffer_append(buffer, text + plain, i - plain);
        buffer_text(buffer, instead);
        plain = i + 1;
    }
    buffer_append(buffer, text + plain, length - plain);
}

enum rc markup_bytes(struct buffer *buffer, const char *text, size_t length)
{
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
