// SPDX-License-Identifier: Apache-2.0
//
// Why: programs send the values of a form as JSON. What may come is as flat as a form: members that
// are scalars, lists of scalars, or lists of small objects.
//
// Promises: RFC 8259 and nothing beside it: UTF-8, no duplicate member, nothing after the end, no
// NUL in a text; fractions, deeper nesting and numbers beyond 64 bits are refused. What is refused
// was not visited to its end: whoever visits must be able to forget.
//
// Not for: documents of others' making.
#ifndef TRELLIS_BASE_JSON_READ_H
#define TRELLIS_BASE_JSON_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "base/text.h"

enum { JSON_READ_LIMIT_BYTES = 1 << 20, JSON_READ_LEAVES_MAX = 2000 };

enum json_leaf_kind { JSON_LEAF_NULL, JSON_LEAF_TEXT, JSON_LEAF_INTEGER, JSON_LEAF_BOOLEAN };

// One value: {"name": "x"}, {"name": ["x"]} (index 0) or {"name": [{"part": "x"}]}.
struct json_leaf {
    const char *name;
    int64_t index;    // in its list; -1: it is in none
    const char *part; // NULL: the value itself
    bool empty;       // stands for a list without values
    enum json_leaf_kind kind;
    const char *text;
    int64_t integer; // also 0 or 1 of a boolean
};
typedef enum rc json_visit(void *context, const struct json_leaf *leaf);

// Visits each value of an object, in the order sent; texts live in the arena. RC_BAD_INPUT: not
// such a text; *ret_fault says why, in the arena. RC_LIMIT: longer or more than the limits. What
// the visitor gives ends the reading.
enum rc json_read(struct arena *arena, struct text bytes, json_visit *visit, void *context,
                  const char **ret_fault);

#endif
