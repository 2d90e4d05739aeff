// SPDX-License-Identifier: Apache-2.0
//
// Why: sheets come in the encoding of whatever wrote them. This finds out which, and makes UTF-8
// of it.
//
// Promises: the byte-order mark is taken off; every byte of the input is accounted for or the
// whole is refused.
//
// Not for: guessing among the national 8-bit encodings: what is not UTF-8 is taken as
// Windows-1252, and the caller is told.
#ifndef TRELLIS_BASE_ENCODING_H
#define TRELLIS_BASE_ENCODING_H

#include "base/arena.h"
#include "base/rc.h"
#include "base/text.h"

enum encoding {
    ENCODING_UTF8,
    ENCODING_UTF8_BOM,
    ENCODING_UTF16_LE,     // by its byte-order mark
    ENCODING_UTF16_BE,     // by its byte-order mark
    ENCODING_WINDOWS_1252, // not UTF-8: Latin-1 with the printable characters of Windows at
                           // 0x80-0x9f
};

// "UTF-8", "UTF-8 with byte-order mark", ...
const char *encoding_text(enum encoding encoding);

// By the byte-order mark, else by whether the bytes are valid UTF-8.
enum encoding encoding_detect(const char *bytes, size_t length);

// The text as UTF-8 without byte-order mark, closed by a NUL. Bytes that already are UTF-8 are not
// copied (and then not closed by a NUL of ours). RC_BAD_INPUT: half a UTF-16 unit or a lone
// surrogate; ret_bad_offset (may be NULL) says where.
enum rc encoding_to_utf8(struct arena *arena, enum encoding encoding, const char *bytes,
                         size_t length, struct text *ret_text, size_t *ret_bad_offset);

#endif
