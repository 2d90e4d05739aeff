// SPDX-License-Identifier: Apache-2.0
//
// Why: what a form asks is declared once, beside the struct that receives it: its control, limits,
// label and hint, checking, and OpenAPI all come from the same row.
//
// Promises: shape_read fills the struct only with values within the row's limits; each refusal is a
// sentence next to its field; fields of the request that no row names are ignored.
//
// Not for: SQL, or rules that look at more than one field; an act refuses those itself.
#ifndef TRELLIS_WEB_FIELD_H
#define TRELLIS_WEB_FIELD_H

#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"

#include "web/form.h"

enum field_kind {
    FIELD_LINE,     // const char *: one line; least..most are code points; trimmed
    FIELD_TEXT,     // const char *: several lines; least..most are code points; trimmed
    FIELD_EMAIL,    // const char *: an address, lower-cased; least 0: may be left out
    FIELD_PASSWORD, // const char *: as typed; never shown again
    FIELD_LINK,     // const char *: http or https
    FIELD_INTEGER,  // int64_t: least..most; not sent at all: the first of options, if there is one
    FIELD_DAY,      // const char *: ISO date; least 1: required
    FIELD_ONE,      // const char *: one of options; least 1: required
    FIELD_MANY,     // struct field_many: some of options; least..most are how many; options NULL:
                    // texts that the act and the page know
    FIELD_TICK,     // int64_t: 1 when ticked; least 1: must be ticked
    FIELD_WEEK,     // const char *: windows of a week (base/weekly.h); least..most are how many
    FIELD_HIDDEN,   // const char *: carried along, at most `most` code points
};

struct field_option {
    const char *value; // what is stored
    const char *label; // a message
};

size_t field_option_count(const struct field_option *options);
const char *field_option_label(const struct field_option *options,
                               const char *value); // NULL: none has this value

struct field_many {
    const char **values;
    size_t count;
};

struct field {
    const char *name;
    enum field_kind kind;
    size_t offset;
    int64_t least;
    int64_t most;
    const char *label;                  // a message
    const char *hint;                   // a message; "": none
    const struct field_option *options; // closed by a row whose value is NULL; NULL: none
};

struct shape {
    const struct field *fields;
    size_t count;
    size_t size;      // of the struct
    const char *also; // names that the act reads from the form itself, divided by spaces; "*": any;
                      // NULL: none
};

// A shape of the rows of an array, for a struct.
#define SHAPE(type, rows)                                                                          \
    {                                                                                              \
        (rows), sizeof(rows) / sizeof(rows)[0], sizeof(type)                                       \
    }

// The same for an act that also reads values by their names.
#define SHAPE_ALSO(type, rows, names)                                                              \
    {                                                                                              \
        (rows), sizeof(rows) / sizeof(rows)[0], sizeof(type), (names)                              \
    }

// Where a member is; the compiler refuses one that has not the row's type.
// clang-format off
#ifdef __cppcheck__
#define FIELD_OF(type, member, wanted) offsetof(type, member)
#else
// NOLINTNEXTLINE(bugprone-macro-parentheses): a type takes none
#define FIELD_OF(type, member, wanted) _Generic(((type *)0)->member, wanted: offsetof(type, member))
#endif
// clang-format on
#define FIELD_TEXT_OF(type, member) FIELD_OF(type, member, const char *)
#define FIELD_INT_OF(type, member) FIELD_OF(type, member, int64_t)

enum { FIELD_WEEK_ROWS_MAX = 21 };
#define FIELD_JSON_MOST ((int64_t)1 << 53) // ids, which go beyond, may be text in JSON

// The control of one part ("day", "from", "to", "how") of one window: its name, and what was typed.
const char *field_week_name(const struct form *form, const char *name, const char *part,
                            unsigned row);
const char *field_week_value(const struct form *form, const char *name, const char *part,
                             unsigned row);
// How many rows there are: those that are filled, and some more. The second: how many are not
// folded away, of which at most two are empty.
unsigned field_week_rows(const struct form *form, const char *name);
unsigned field_week_shown(const struct form *form, const char *name);

// Reads a form into `out` (of shape->size bytes, zeroed), whose texts live in the form's arena.
// RC_BAD_INPUT: at least one field was refused; the sentences are in the form.
enum rc shape_read(const struct shape *shape, struct form *form, void *out);

// Adds the members of a JSON object to a form, as if a browser had sent them. Each must be one that
// the shape names, of its type: text; a whole number for FIELD_INTEGER; true or false for
// FIELD_TICK; an array of text for FIELD_MANY; an array of {day, from, to, how} for FIELD_WEEK;
// null is not sent. shape NULL, and names of `also`: text, numbers, booleans and arrays of them.
// What does not fit is in the form's errors, and gives RC_OK: the caller looks. RC_BAD_INPUT: it is
// no JSON; *ret_fault says where. RC_LIMIT: too much.
enum rc shape_parse_json(const struct shape *shape, struct form *form, struct text body,
                         const char **ret_fault);

// Puts what a struct holds into the form, as if it had been sent: for a page that begins with
// something.
enum rc shape_show(const struct shape *shape, struct form *form, const void *from);

// The same for a page that edits what is kept: when it is sent, its fields are held against what
// stands then (web/edit.h). At most one a page; what is shown must follow from what is kept alone.
enum rc shape_edit(const struct shape *shape, struct form *form, const void *from);

#endif
