// SPDX-License-Identifier: Apache-2.0
//
// Why: what a page shows is declared once more as data, beside its view struct, so that the same
// row of the route table also answers programs: JSON, its schema in OpenAPI, and the test that
// nobody gets a member that is not meant for her all come from one shape.
//
// Promises: only what a shape names is written, never the rest of the struct; the compiler refuses
// a member whose C type does not fit its kind, and a nested shape that is of another struct; every
// member is always there, so that a program can rely on it (null where the shape says so).
//
// Not for: reading (web/field.h), or deciding who may see a page: that is the row's permission and
// the WHERE of its SQL.
#ifndef TRELLIS_WEB_OUT_H
#define TRELLIS_WEB_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"

#include "web/message.h"

enum out_kind {
    OUT_TEXT,     // as people wrote it, or a word of ours; never null
    OUT_MESSAGE,  // a message, in the reader's language
    OUT_WORDS,    // a list of words divided by spaces, as an array
    OUT_SOME,     // text; null where it is empty
    OUT_PATH,     // a page of this server, such as the next of a list; null: none
    OUT_DAY,      // "2027-03-31"; null: none
    OUT_WEEK,     // windows of a week (base/weekly.h), as an array of objects
    OUT_ID,       // text, because 64 bits don't fit a JSON number everywhere; null: 0
    OUT_INTEGER,  // a whole number
    OUT_BOOLEAN,  // true or false
    OUT_INSTANT,  // microseconds of the epoch, as RFC 3339 in UTC; null: 0
    OUT_INSTANTS, // an array of {at, value}: the instant, and the number that forms take for it
    OUT_FLAGS,    // the names of the bits that are set, as an array
    OUT_OBJECT,   // a struct by its own shape; null: there is none
    OUT_LIST,     // an array of structs
};

// How the member is kept in C.
enum out_as {
    OUT_AS_TEXT,
    OUT_AS_INT64,
    OUT_AS_UINT32,
    OUT_AS_SIZE,
    OUT_AS_BOOL,
    OUT_AS_STRUCT,  // the struct itself
    OUT_AS_POINTER, // to one struct, or to the first of a list
    OUT_AS_ARRAY,   // a list inside of the struct
};

struct out_shape;
typedef bool out_shown(const void *from);

struct out {
    const char *name;
    enum out_kind kind;
    enum out_as as;
    size_t offset;
    const struct out_shape *of; // of OBJECT and LIST
    size_t count_at;            // of LIST and INSTANTS: where the size_t is that counts them
    const char *about;          // for those who write programs; "": the name says it
    out_shown *shown;           // of the struct; false: null is written. NULL: always
    const char *const *names;   // of FLAGS, by bit, closed by NULL; "": never told
};

struct out_shape {
    const char *title; // its name in OpenAPI: "Cohort"
    const struct out *rows;
    size_t count;
    size_t size; // of the struct
};

// OUT_TYPE(cohort_out, struct cohort): says of which struct a shape is; stands once for each shape,
// before what uses it.
#define OUT_TYPE(shape, type) typedef type shape##_of

// A shape of the rows of an array, for a struct.
#define OUT_SHAPE(title, type, rows)                                                               \
    {                                                                                              \
        (title), (rows), sizeof(rows) / sizeof(rows)[0], sizeof(type)                              \
    }

// What stands third in a row: {"name", OUT_TEXT, OUT_TEXT_OF(struct cohort, name), "its name"}.
// clang-format off
#ifdef __cppcheck__
#define OUT_AS_OF(type, member, ...) OUT_AS_TEXT
#else
#define OUT_AS_OF(type, member, ...) _Generic(((type *)0)->member, __VA_ARGS__)
#endif
#define OUT_TEXT_OF(type, member)                                                                  \
    OUT_AS_OF(type, member, const char *: OUT_AS_TEXT), offsetof(type, member), NULL, 0
#define OUT_INT_OF(type, member)                                                                   \
    OUT_AS_OF(type, member, int64_t: OUT_AS_INT64, uint32_t: OUT_AS_UINT32, size_t: OUT_AS_SIZE),  \
        offsetof(type, member), NULL, 0
#define OUT_TIME_OF(type, member)                                                                  \
    OUT_AS_OF(type, member, int64_t: OUT_AS_INT64), offsetof(type, member), NULL, 0
#define OUT_BOOL_OF(type, member)                                                                  \
    OUT_AS_OF(type, member, bool: OUT_AS_BOOL, int64_t: OUT_AS_INT64), offsetof(type, member),     \
        NULL, 0
// NOLINTBEGIN(bugprone-macro-parentheses): a type takes none
#define OUT_OBJECT_OF(type, member, shape)                                                         \
    OUT_AS_OF(type, member, shape##_of: OUT_AS_STRUCT, shape##_of *: OUT_AS_POINTER,               \
              const shape##_of *: OUT_AS_POINTER), offsetof(type, member), &(shape), 0
#define OUT_LIST_OF(type, member, count, shape)                                                    \
    OUT_AS_OF(type, member, shape##_of *: OUT_AS_POINTER, const shape##_of *: OUT_AS_POINTER),     \
        offsetof(type, member), &(shape),                                                          \
        OUT_AS_OF(type, count, size_t: offsetof(type, count))
// An array that is a member itself, not a pointer to one.
#define OUT_ARRAY_OF(type, member, count, shape)                                                   \
    OUT_AS_OF(type, member[0], shape##_of: OUT_AS_ARRAY), offsetof(type, member), &(shape),        \
        OUT_AS_OF(type, count, size_t: offsetof(type, count))
#define OUT_TIMES_OF(type, member, count)                                                          \
    OUT_AS_OF(type, member[0], int64_t: OUT_AS_ARRAY), offsetof(type, member), NULL,               \
        OUT_AS_OF(type, count, size_t: offsetof(type, count))
// NOLINTEND(bugprone-macro-parentheses)
// clang-format on

enum { OUT_DEPTH_MAX = 8, OUT_INSTANT_BYTES = 32 };

// Writes a struct as one JSON value. Messages are in the language of `locale`.
void out_write(struct json *json, const struct out_shape *shape, const void *from,
               const struct locale *locale);

// "2026-11-24T08:15:00Z", for years 1..9999; *ret_text is empty beyond.
void out_instant(int64_t at_us, char ret_text[OUT_INSTANT_BYTES]);

#endif
