// SPDX-License-Identifier: Apache-2.0
//
// Why: whoever compares two cohorts must know what was different: which version of plans, rules,
// questions, agreements, trainings, letters and badges each of them worked with.
//
// Promises: from what happened, not from what is set now: a version counts when something was done
// with it. Numbers of people are not told.
#ifndef TRELLIS_APP_IMPROVE_IMPROVE_USED_H
#define TRELLIS_APP_IMPROVE_IMPROVE_USED_H

#include "app/app.h"

struct used_line {
    const char *kind;   // a message
    const char *title;  // as people wrote it; "": the kind says it
    const char *letter; // a message: the title of a letter of ours; NULL: it is none
    const char *path;   // where it can be read; NULL: nowhere, or not by this person
    int64_t version;    // 0: has none
    int64_t first_at;   // when it was used first and last; 0: not known
    int64_t last_at;
    bool begins; // the first of its kind
};

struct used_asker {
    int64_t cohort;
    int64_t programme;
    bool reviews; // coordinates the cohort
    bool runs;    // manages the programme
};
enum rc used_list(struct req *req, const struct used_asker *asker, struct used_line **ret_lines,
                  size_t *ret_count);

#endif
