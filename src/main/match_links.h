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

struct match_links_source {
    const char *file; // as the user named it
    struct text content;
    enum match_links_kind kind;
};

struct match_links { // in the order of positions
    const struct mm_link *links;
    size_t count;
};

// Reads a CSV of pairs with the columns "mentee" and "mentor" (or "mentee_id", "mentor_id"). RC_
// BAD_INPUT: problems were added.
enum rc match_links_read(struct arena *arena, const struct match_links_source *source,
                         const struct roster *roster, struct problem_list *problems,
                         struct match_links *ret_links);

#endif
