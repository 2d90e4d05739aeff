// SPDX-License-Identifier: Apache-2.0
//
// Why: pins, pairs to avoid and an earlier result are files of pairs; matching wants positions.
//
// Promises: people are found by id, e-mail address or full name, in that order; a name that two
// people share is refused, not guessed. A pair is there once, however often a file names it.
//
// Not for: what a pin does.
#ifndef TRELLIS_MAIN_MATCH_LINKS_H
#define TRELLIS_MAIN_MATCH_LINKS_H

#include "base/arena.h"
#include "base/problem.h"
#include "base/rc.h"
#include "base/text.h"

#include "mentormatch.h"
#include "sheet/person.h"

enum match_links_kind {
    MATCH_PIN,      // someone who is not on the sheets is an error
    MATCH_AVOID,    // secret and symmetric: either may stand first; strangers are noted
    MATCH_PREVIOUS, // someone who left is noted
};

// Reads a CSV of pairs with the columns "mentee" and "mentor" (or "mentee_id", "mentor_id"). RC_
// BAD_INPUT: problems were added.
enum rc match_links_read(struct arena *arena, const char *file, struct text content,
                         enum match_links_kind kind, const struct roster *roster,
                         struct problem_list *problems, const struct mm_link **ret_links,
                         size_t *ret_count);

#endif
