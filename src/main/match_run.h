// SPDX-License-Identifier: Apache-2.0
//
// Why: one run of `trellis match` passes through reading, matching and telling; this is what they
// hand on.
//
// Promises: a function that returns an enum match_exit other than EXIT_DONE has said why on
// standard error.
//
// Not for: anything but match.c and match_read.c.
#ifndef TRELLIS_MAIN_MATCH_RUN_H
#define TRELLIS_MAIN_MATCH_RUN_H

#include <time.h>

#include "base/arena.h"
#include "base/problem.h"

#include "match_links.h"
#include "match_options.h"
#include "match_pool.h"
#include "match_view.h"
#include "mentormatch.h"
#include "rules_file.h"

enum match_exit { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_REFUSED = 2, EXIT_CONTRADICTION = 3 };

struct match_progress {
    struct timespec began;
    int64_t told_s; // seconds after the beginning at which something was last told
    bool told;
};

// Everything of one run.
struct match_run {
    struct arena arena;
    struct match_options options;
    struct problem_list problems;
    struct rules_file rules;
    struct roster roster;
    struct match_lists lists;
    struct match_pool pool;
    struct mm_result result;
    struct match_view view;
    struct match_progress progress;
    struct mm_options library;
};

// Says a sentence on standard error.
void match_complain(const char *sentence);
int match_fail(enum rc rc);
// After RC_BAD_INPUT or RC_LIMIT, which leave their reasons in the problem list.
int match_refuse(struct match_run *run, enum rc rc);
int match_refuse_option(const char *sentence);

// match_read.c, in this order.
int match_read_rules(struct match_run *run);
int match_read_sheets(struct match_run *run);
int match_read_lists(struct match_run *run);

#endif
