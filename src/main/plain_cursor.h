// SPDX-License-Identifier: Apache-2.0
//
// Why: the plain formats (instance and result) are lines of words and whole numbers, and there may
// be thirty million of them. This reads one line after the other, and says what is wrong with line
// and column.
//
// Promises: never reads past the end; numbers that do not fit are refused, not cut; after a fault
// the rest of the line is skipped, so that one line gives one fault. When the list of problems is
// full, reading ends.
//
// Not for: what a line means (instance_text.h, result_text.h).
#ifndef TRELLIS_MAIN_PLAIN_CURSOR_H
#define TRELLIS_MAIN_PLAIN_CURSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problem.h"
#include "base/text.h"

struct plain_cursor {
    const char *at;
    const char *end;
    const char *line_start;
    uint32_t line; // from 1
    const char *file;
    struct problem_list *problems;
    size_t faults;
    bool no_memory;
};

void plain_open(struct plain_cursor *cursor, const char *file, struct text content,
                struct problem_list *problems);

// Goes to the next line that has a word, past comments and empty lines. False: no more, or too
// many faults, or no memory for them. The first call goes to the first such line.
bool plain_next_line(struct plain_cursor *cursor);

// The next word of the line; empty at its end.
struct text plain_word(struct plain_cursor *cursor);
bool plain_is(struct text word, const char *literal);

// A whole number from low to high, or a fault that calls it `name`.
bool plain_number(struct plain_cursor *cursor, const char *name, uint64_t low, uint64_t high,
                  uint64_t *ret_number);
// The same with a sign, from -most to most.
bool plain_signed(struct plain_cursor *cursor, const char *name, int64_t most, int64_t *ret_number);
// Whether the line has another word.
bool plain_more(struct plain_cursor *cursor);
// Nothing more may stand in the line.
bool plain_line_ends(struct plain_cursor *cursor);

// Says what is wrong, at a place in the line (NULL: where the cursor is), and goes to the line's
// end. Always false, so that a refusal is one line. todo is a literal.
__attribute__((format(printf, 4, 5))) bool plain_fault(struct plain_cursor *cursor, const char *at,
                                                       const char *todo, const char *what, ...);

// RC_OK, or why what was read cannot be used.
enum rc plain_verdict(const struct plain_cursor *cursor);

#endif
