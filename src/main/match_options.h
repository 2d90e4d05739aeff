// SPDX-License-Identifier: Apache-2.0
//
// Why: what a person typed after `trellis match`, checked, in one struct.
//
// Promises: options in any order, `--name value` or `--name=value`; what is wrong is one sentence
// that says what to do.
//
// Not for: opening files.
#ifndef TRELLIS_MAIN_MATCH_OPTIONS_H
#define TRELLIS_MAIN_MATCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"

enum { MATCH_MAPS_MAX = 100 };

struct match_map { // --map [mentees:|mentors:]NAME=COLUMN
    bool mentees;  // applies to this sheet
    bool mentors;
    bool either; // to whichever sheet has the column
    const char *field;
    const char *column;
};

// Texts are NULL when not given.
struct match_options {
    const char *mentees; // file names
    const char *mentors;
    const char *out;
    const char *report;
    const char *rules;
    const char *previous;
    const char *pin;
    const char *avoid;
    const char *keep;
    const char *seed;
    const char *start;
    const char *weeks;
    struct match_map maps[MATCH_MAPS_MAX];
    size_t map_count;
    bool print_rules;
    bool quiet;
    bool help;
};

// RC_BAD_INPUT: *ret_error is the sentence.
enum rc match_options_read(struct arena *arena, int argc, char **argv,
                           struct match_options *ret_options, const char **ret_error);

// The text of --help; static.
const char *match_options_help(void);

#endif
