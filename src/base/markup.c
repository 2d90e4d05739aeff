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
static const struct {
    char bytes[8]; // as many are copied, and then as many count as it is long
    size_t length;
} instead[] = {
    {"",             0},
    {"\xef\xbf\xbd", 3},
    {"&amp;",        5},
    {"&lt;",         4},
    {"&gt;",         4},
    {"&quot;",       6},
    {"&#39;",        5},
};
enum { INSTEAD_MAX = 6, EIGHT = 8, SIXTEEN = 16, STRETCH_BYTES = 512 };
// What so many bytes may become, with what is written beside it.
#define WORST_BYTES(count) (((count) + SIXTEEN) * INSTEAD_MAX + SIXTEEN)
#define OF_SIXTEEN(b) ((sixteen){b, b, b, b, b, b, b, b, b, b, b, b, b, b, b, b})

#define EACH(byte) ((uint64_t)0x0101010101010101u * (byte))

// High bits where a byte of eight is zero; a borrow may mark the byte above a true one too.
static uint64_t zeroes(uint64_t eight)
{
    return (eight - EACH(0x01)) & ~eight;
}

// How many of eight bytes from the start (the lowest is the first) stay as they are: ASCII,
// printable, and none that markup gives a meaning. & and ' differ in one bit, and so do < and >.
static size_t plain_of_eight(uint64_t eight)
{
    // Above the first mark there may be false ones.
    uint64_t odd = eight | (eight - EACH(0x20)) | (eight + EACH(0x01));
    odd |= zeroes(eight ^ EACH('"')) | zeroes((eight | EACH(0x01)) ^ EACH('\'')) |
           zeroes((eight | EACH(0x02)) ^ EACH('>'));
    odd &= EACH(0x80);
    return odd == 0 ? EIGHT : (size_t)__builtin_ctzll(odd) / 8;
}

struct source {
    const char *text;
    size_t length;
    size_t at;
    size_t valid; // before it, what is beyond ASCII is known to be valid
};

// The bytes at source->at that are not plain ASCII: one, or some of valid UTF-8 before end.
static char *put_special(struct source *source, size_t end, char *out)
{
    unsigned char byte = (unsigned char)source->text[source->at];
    unsigned kind = kinds[byte];
    if (byte < 0x80 && kind == 0) { // a line end or tab
        source->at++;
        *out = (char)byte;
        return out + 1;
    }
    if (byte >= 0x80 && source->at >= source->valid)
        source->valid =
            source->at + text_valid_bytes(source->text + source->at, source->length - source->at);
    if (byte >= 0x80 && source->at < source->valid) {
        size_t most = end < source->valid ? end : source->valid;
        do
            *out++ = source->text[source->at++];
        while (source->at < most && (unsigned char)source->text[source->at] >= 0x80);
        return out;
    }
    kind = byte >= 0x80 ? 1 : kind;
    memcpy(out, instead[kind].bytes, EIGHT);
    source->at++;
    return out + instead[kind].length;
}

// The next eight bytes, with zeros (which are not plain) where the text is over.
static uint64_t next_eight(const struct source *source)
{
    const char *from = source->text + source->at;
    size_t left = source->length - source->at;
    uint64_t eight = 0;
    if (left >= EIGHT) {
        memcpy(&eight, from, EIGHT);
        return le64toh(eight);
    }
    if (source->length >= EIGHT) {
        memcpy(&eight, source->text + source->length - EIGHT, EIGHT);
        return le64toh(eight) >> 8 * (EIGHT - left);
    }
    for (size_t k = left; k > 0; k--)
        eight = eight << 8 | (unsigned char)from[k - 1];
    return eight;
}

// How many of sixteen bytes from the start are plain, by vectors of the compiler.
static size_t plain_of_sixteen(const char *bytes)
{
    typedef signed char sixteen __attribute__((vector_size(SIXTEEN)));
    sixteen all;
    uint64_t half[2];
    memcpy(&all, bytes, SIXTEEN);
    // Signed, so that what is beyond ASCII is less than a blank.
    sixteen odd = (sixteen)(all < OF_SIXTEEN(' ')) | (sixteen)(all == OF_SIXTEEN(0x7f)) |
                  (sixteen)(all == OF_SIXTEEN('"')) |
                  (sixteen)((all | OF_SIXTEEN(1)) == OF_SIXTEEN('\'')) |
                  (sixteen)((all | OF_SIXTEEN(2)) == OF_SIXTEEN('>'));
    memcpy(half, &odd, SIXTEEN);
    if (half[0] != 0)
        return (size_t)__builtin_ctzll(le64toh(half[0])) / 8;
    return half[1] == 0 ? SIXTEEN : EIGHT + (size_t)__builtin_ctzll(le64toh(half[1])) / 8;
}

// Up to sixteen bytes are written at a time, of which the plain ones count. Goes up to end, or some
// bytes further.
static char *put_stretch(struct source *source, size_t end, char *out)
{
    while (source->at < end) {
        size_t step = source->length - source->at >= SIXTEEN ? SIXTEEN : EIGHT;
        size_t plain = 0;
        if (step == SIXTEEN) {
            const char *from = source->text + source->at;
            plain = plain_of_sixteen(from);
            memcpy(out, from, SIXTEEN);
        } else {
            uint64_t eight = next_eight(source);
            uint64_t stored = htole64(eight);
            plain = plain_of_eight(eight);
            memcpy(out, &stored, EIGHT);
        }
        source->at += plain;
        out += plain;
        if (plain < step && source->at < source->length)
            out = put_special(source, end, out);
    }
    return out;
}

// Where the worst may not fit and what there is may.
static enum rc put_near_limit(struct buffer *buffer, struct source *source, size_t end)
{
    char bytes[WORST_BYTES(STRETCH_BYTES)];
    const char *out = put_stretch(source, end, bytes);
    return buffer_append(buffer, bytes, (size_t)(out - bytes));
}

enum rc markup_bytes(struct buffer *buffer, const char *text, size_t length)
{
    struct source source = {.text = text, .length = length};
    while (source.at < length && buffer->rc == RC_OK) {
        size_t left = length - source.at;
        size_t stretch = left < STRETCH_BYTES ? left : STRETCH_BYTES;
        size_t worst = WORST_BYTES(stretch);
        if (worst > buffer->limit - buffer->length) {
            put_near_limit(buffer, &source, source.at + stretch);
            continue;
        }
        if (worst >= buffer->capacity - buffer->length)
            TRY(buffer_reserve(buffer, worst));
        char *out = put_stretch(&source, source.at + stretch, buffer->space + buffer->length);
        *out = '\0';
        buffer->length = (size_t)(out - buffer->space);
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
