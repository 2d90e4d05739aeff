// SPDX-License-Identifier: Apache-2.0
// From the encodings of spreadsheets to UTF-8; see encoding.h.
#include "base/encoding.h"

#include <stdint.h>
#include <string.h>

const char *encoding_text(enum encoding encoding)
{
    switch (encoding) {
    case ENCODING_UTF8:
        return "UTF-8";
    case ENCODING_UTF8_BOM:
        return "UTF-8 with byte-order mark";
    case ENCODING_UTF16_LE:
        return "UTF-16 little-endian";
    case ENCODING_UTF16_BE:
        return "UTF-16 big-endian";
    case ENCODING_WINDOWS_1252:
        return "Windows-1252";
    }
    return "unknown";
}

enum encoding encoding_detect(const char *bytes, size_t length)
{
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        return text_is_utf8(bytes, length) ? ENCODING_UTF8_BOM : ENCODING_WINDOWS_1252;
    if (length >= 2 && memcmp(bytes, "\xff\xfe", 2) == 0)
        return ENCODING_UTF16_LE;
    if (length >= 2 && memcmp(bytes, "\xfe\xff", 2) == 0)
        return ENCODING_UTF16_BE;
    return text_is_utf8(bytes, length) ? ENCODING_UTF8 : ENCODING_WINDOWS_1252;
}

// Writes a code point that is not a surrogate; returns its bytes.
static size_t put_utf8(char *to, uint32_t code)
{
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (char)(0xc0u | (code >> 6));
        to[1] = (char)(0x80u | (code & 0x3fu));
        return 2;
    }
    if (code < 0x10000) {
        to[0] = (char)(0xe0u | (code >> 12));
        to[1] = (char)(0x80u | ((code >> 6) & 0x3fu));
        to[2] = (char)(0x80u | (code & 0x3fu));
        return 3;
    }
    to[0] = (char)(0xf0u | (code >> 18));
    to[1] = (char)(0x80u | ((code >> 12) & 0x3fu));
    to[2] = (char)(0x80u | ((code >> 6) & 0x3fu));
    to[3] = (char)(0x80u | (code & 0x3fu));
    return 4;
}

// Windows-1252 at 0x80-0x9f; the five bytes that it leaves open keep their Latin-1 control codes.
static const uint16_t windows_codes[32] = {
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

static enum rc from_windows(struct arena *arena, const char *bytes, size_t length,
                            struct text *ret_text)
{
    char *to = arena_calloc(arena, length + 1, 3);
    if (to == NULL)
        return RC_NO_MEMORY;
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        uint32_t code = (unsigned char)bytes[i];
        if (code >= 0x80 && code < 0xa0)
            code = windows_codes[code - 0x80];
        used += put_utf8(to + used, code);
    }
    *ret_text = (struct text){to, used};
    return RC_OK;
}

static uint32_t unit_at(const unsigned char *bytes, size_t at, enum encoding encoding)
{
    unsigned low = encoding == ENCODING_UTF16_LE ? bytes[at] : bytes[at + 1];
    unsigned high = encoding == ENCODING_UTF16_LE ? bytes[at + 1] : bytes[at];
    return high << 8 | low;
}

static enum rc from_utf16(struct arena *arena, enum encoding encoding, const char *bytes,
                          size_t length, struct text *ret_text, size_t *ret_bad_offset)
{
    const unsigned char *from = (const unsigned char *)bytes;
    char *to = arena_calloc(arena, length / 2 + 1, 3);
    if (to == NULL)
        return RC_NO_MEMORY;
    size_t used = 0;
    size_t at = 0;
    for (; at + 1 < length; at += 2) {
        uint32_t code = unit_at(from, at, encoding);
        bool leads = code >= 0xd800 && code < 0xdc00;
        bool follows = code >= 0xdc00 && code < 0xe000;
        uint32_t next = leads && at + 3 < length ? unit_at(from, at + 2, encoding) : 0;
        if (follows || (leads && (next < 0xdc00 || next >= 0xe000)))
            break;
        if (leads) {
            code = 0x10000u + ((code - 0xd800u) << 10) + (next - 0xdc00u);
            at += 2;
        }
        used += put_utf8(to + used, code);
    }
    if (at != length) {
        *ret_bad_offset = at;
        return RC_BAD_INPUT;
    }
    *ret_text = (struct text){to, used};
    return RC_OK;
}

enum rc encoding_to_utf8(struct arena *arena, enum encoding encoding, const char *bytes,
                         size_t length, struct text *ret_text, size_t *ret_bad_offset)
{
    size_t ignored = 0;
    size_t *bad_offset = ret_bad_offset == NULL ? &ignored : ret_bad_offset;
    switch (encoding) {
    case ENCODING_UTF8:
        *ret_text = (struct text){bytes, length};
        return RC_OK;
    case ENCODING_UTF8_BOM:
        *ret_text = (struct text){bytes + 3, length - 3};
        return RC_OK;
    case ENCODING_UTF16_LE:
    case ENCODING_UTF16_BE:
        TRY(from_utf16(arena, encoding, bytes + 2, length - 2, ret_text, bad_offset));
        return RC_OK;
    case ENCODING_WINDOWS_1252:
        return from_windows(arena, bytes, length, ret_text);
    }
    return RC_BAD_INPUT;
}
