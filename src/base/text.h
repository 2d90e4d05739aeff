// SPDX-License-Identifier: Apache-2.0
//
// Why: people type one word in many ways. This compares text as people mean it: without case,
// accents, full-width forms, double spaces. The only file that knows the Unicode library.
//
// Promises: works on UTF-8 of a given length; refuses bytes that are not UTF-8; no call is slower
// than length x bound.
//
// Not for: showing text (a key is for comparing only), or translating.
#ifndef TRELLIS_BASE_TEXT_H
#define TRELLIS_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"

// Longest text that is made into a key or compared, in bytes; longer is RC_LIMIT.
enum { TEXT_KEY_LIMIT_BYTES = 64 * 1024 };
// Longest word that text_distance compares, in code points; longer words are only equal or far
// apart.
enum { TEXT_DISTANCE_LIMIT = 64 };

// A piece of text; not closed by a NUL unless the function that made it says so.
struct text {
    const char *bytes;
    size_t length;
};

// Bytes from the start that are whole, valid UTF-8 (no overlong forms, no surrogates). Equal to
// length when all are.
size_t text_valid_bytes(const char *bytes, size_t length);
bool text_is_utf8(const char *bytes, size_t length);

// Without white space (also no-break spaces and zero-width marks) at both ends.
struct text text_trim(const char *bytes, size_t length);

// The comparing key: compatibility-decomposed, case-folded, marks stripped, letters such as
// o-slash, l-stroke and dotless i taken as their base letter, runs of white space made one space,
// trimmed. Closed by a NUL. RC_BAD_INPUT: not UTF-8.
enum rc text_key(struct arena *arena, const char *bytes, size_t length, char **ret_key);

// The key with everything that is neither letter nor digit made a space: "E-mail address:" is "e
// mail address". '+' and '#' right after a letter are kept ("c++", "c#").
enum rc text_word_key(struct arena *arena, const char *bytes, size_t length, char **ret_key);

// Splits a key at spaces; pieces point into it. Gives at most max, and how many there are in all.
size_t text_split(const char *key, struct text *ret_words, size_t max);

// Code points of valid UTF-8.
size_t text_code_points(const char *bytes, size_t length);

// Damerau-Levenshtein distance (insert, delete, replace, swap of neighbours) in code points, or
// bound + 1 when it is more than bound. bound <= 8.
unsigned text_distance(struct text a, struct text b, unsigned bound);

// Whether both texts have the same bytes.
bool text_equal(struct text a, struct text b);
bool text_same(const char *a, const char *b); // of texts closed by NUL; for templates too
bool text_is_link(const char *text);          // begins with http:// or https://
struct text text_of(const char *closed_by_nul);

#endif
