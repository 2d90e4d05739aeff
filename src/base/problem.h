// SPDX-License-Identifier: Apache-2.0
//
// Why: what is wrong with an input is told to the person who can mend it: which file, line and
// column, what is wrong, and what to do. Code below the edge never prints; it adds to a list.
//
// Promises: problems stand in the order in which they were found; those beyond the limit are
// counted, not lost silently.
//
// Not for: failures of the machine (enum rc says those) or logs.
#ifndef TRELLIS_BASE_PROBLEM_H
#define TRELLIS_BASE_PROBLEM_H

#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "base/said.h"

enum problem_severity {
    PROBLEM_NOTE,    // worth knowing; nothing needs to be done
    PROBLEM_WARNING, // used, but someone should look
    PROBLEM_ERROR,   // the input cannot be used like this
};
enum { PROBLEM_SEVERITIES = 3 };

struct problem {
    enum problem_severity severity;
    const char *file;        // as the user named it; NULL: no file
    uint32_t line;           // from 1; 0: the whole file
    const char *column;      // the header of the column as typed; NULL: the whole row
    const char *what;        // what is wrong, one sentence without the full stop
    const struct said *said; // the same, for other languages
    const char *todo; // what to do, one sentence without the full stop; never NULL, may be ""
};

struct problem_list {
    struct arena *arena;
    struct problem *items;
    size_t count;
    size_t capacity;
    size_t limit;                      // at most this many are kept
    size_t counts[PROBLEM_SEVERITIES]; // all of them, also those not kept
};

// An empty list that keeps at most limit problems. Cannot fail.
void problem_list_open(struct problem_list *list, struct arena *arena, size_t limit);

// Where a problem is; file and column must live as long as the list.
struct problem_place {
    const char *file;
    uint32_t line;
    const char *column;
};

// Adds one. `todo` must live as long as the list (a literal); `what` is formatted.
__attribute__((format(printf, 5, 6))) enum rc problem_add(struct problem_list *list,
                                                          enum problem_severity severity,
                                                          struct problem_place place,
                                                          const char *todo, const char *what, ...);

// The same with what goes before, of which a copy is kept: "FIRST; WHAT". NULL: nothing.
__attribute__((format(printf, 6, 7))) enum rc
problem_add_to(struct problem_list *list, enum problem_severity severity,
               struct problem_place place, const char *todo, const struct said *first,
               const char *what, ...);

// "error", "warning", "note".
const char *problem_severity_text(enum problem_severity severity);

// How many of this severity were found.
size_t problem_count(const struct problem_list *list, enum problem_severity severity);

#endif
