// SPDX-License-Identifier: Apache-2.0
//
// Why: hard rules of a run that are about who two people are rather than about what they wish: who
// is kept apart, who manages whom, and where people work and can meet.
//
// Promises: pure. The library has one list of people who are never matched; what of it is there
// because one manages the other is told as that, so that nobody takes it for a secret of the other
// list.
#ifndef TRELLIS_APP_MATCH_MATCH_HARD_H
#define TRELLIS_APP_MATCH_MATCH_HARD_H

#include "app/match/match.h"

// Puts the do-not-match list (rows: a, b; NULL: none) and input->lines into the pool.
enum rc match_set_apart(struct arena *arena, struct match_input *input, const struct db_rows *rows);

// Of explanations, what was refused because one manages the other becomes MM_R_LINE.
void match_tell_lines(const struct match_input *input, const struct mm_link *links, size_t count,
                      struct mm_explanation *rows);
// The same of one who is left alone.
void match_tell_lonely_lines(const struct match_input *input, uint32_t mentee,
                             struct mm_unmatched *why);

// The same name has the same number, however it is written; 0: not told. Of people in a pool, one
// each at most.
struct match_names {
    char **key;
    uint32_t count;
};
enum rc match_number_of(struct arena *arena, struct match_names *names, const char *typed,
                        uint32_t *ret_number);

#endif
