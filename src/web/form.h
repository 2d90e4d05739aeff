// SPDX-License-Identifier: Apache-2.0
//
// Why: what a person typed is kept until it is right: the values of a request's form or query, and
// what is wrong with each, next to its field.
//
// Promises: values are valid UTF-8 without NUL, within FORM_* limits; what was typed is never lost
// by an error.
//
// Not for: meaning; shapes (web/field.h) and slices give that.
#ifndef TRELLIS_WEB_FORM_H
#define TRELLIS_WEB_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "base/text.h"

enum { FORM_VALUES_MAX = 2000, FORM_ERRORS_MAX = 200 };

struct form_value {
    const char *name;
    const char *value; // line ends are \n
};

struct form_file {
    const char *name;      // of the field
    const char *file_name; // as the browser told it; UTF-8
    struct text content;   // any bytes
};

struct form_error {
    const char *name; // of the field; "" is the whole form
    const char *text; // a message; {0} and {1} are the numbers
    int64_t numbers[2];
};

struct field;
struct shape;

// What somebody else has changed while a form was filled in; see web/edit.h.
struct form_change {
    const struct field *field;
    const struct form *now; // what stands now
    bool left;              // she left it as it was: her form shows what stands now
};

struct form {
    struct arena *arena;
    struct form_value *values; // in the order sent
    size_t count;
    struct form_file file; // the one file that a form may carry; name NULL: none
    struct form_error *errors;
    size_t error_count;
    const struct shape *edits; // set by shape_edit: the values are of something that is kept
    const char *stood;         // a digest of these
    struct form_change *changes;
    size_t change_count;
};

// An empty form. Cannot fail.
void form_open(struct form *form, struct arena *arena);

// Adds the pairs of application/x-www-form-urlencoded text. RC_BAD_INPUT: a broken escape, a NUL,
// or not UTF-8. RC_LIMIT: more than FORM_VALUES_MAX.
enum rc form_parse(struct form *form, struct text encoded);

// Adds the parts of multipart/form-data (RFC 7578): fields, and at most one file. RC_BAD_INPUT: not
// as the format wants it, or a field that is not text. RC_LIMIT: too many, or a second file.
enum rc form_parse_parts(struct form *form, struct text body, struct text content_type);

// The first value of that name; NULL: none was sent.
const char *form_value(const struct form *form, const char *name);
// The same as a number; 0 when none was sent, it is none, or it is below 0: ids, and where a page
// of a list begins.
int64_t form_number(const struct form *form, const char *name);
bool form_has(const struct form *form, const char *name, const char *value);
size_t form_count(const struct form *form, const char *name);

// Adds a value, as if it had been sent; form_set replaces the first of that name.
enum rc form_add(struct form *form, const char *name, const char *value);
enum rc form_set(struct form *form, const char *name, const char *value);

// Notes what is wrong with a field; the first error of a field stays. Always gives RC_BAD_INPUT, so
// that `return form_refuse(...)` ends an act.
enum rc form_refuse(struct form *form, const char *name, const char *text);
enum rc form_refuse_numbers(struct form *form, const char *name, const char *text, int64_t first,
                            int64_t second);
const struct form_error *form_error(const struct form *form, const char *name); // NULL: none

// Decodes %XX and, in a query, '+'. RC_BAD_INPUT as form_parse.
enum rc form_decode(struct arena *arena, struct text encoded, bool plus_is_space, char **ret_text);

#endif
