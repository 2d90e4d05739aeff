// SPDX-License-Identifier: Apache-2.0
//
// Why: every SQL text of uploaded sheets and of what became of their rows.
#ifndef TRELLIS_APP_IMPORT_IMPORT_STORE_H
#define TRELLIS_APP_IMPORT_IMPORT_STORE_H

#include "app/import/import.h"

struct import {
    int64_t id;
    int64_t cohort;
    const char *role;
    const char *file_name;
    const char *state;   // "uploaded", "importing", "imported", "undoing" or "undone"
    const char *choices; // what columns are taken for, with a comma after each; "": as recognised
    int64_t made_at;
    int64_t added;
    int64_t changed;
    int64_t done; // rows of `rows`, while it is importing
    int64_t rows;
    int64_t accept;
    int64_t undone;    // rows of `added + changed`, while it is taken back
    int64_t undone_to; // the last sign-up of them
    int64_t stayed;    // of them that something refers to, so they could not be
};

enum rc import_add(struct req *req, const struct import *import, struct text content);
enum rc import_find(struct req *req, int64_t cohort, int64_t id, struct import *ret_import);
enum rc import_content(struct req *req, int64_t id, struct text *ret_content);
enum rc import_list(struct req *req, int64_t cohort, struct import **ret_imports,
                    size_t *ret_count);
enum rc import_choose(struct req *req, int64_t id, const char *choices);

// What each person would become, by what is there now.
enum rc import_compare(struct req *req, struct import *import, struct import_sheet *sheet);

// Only what has to be known of the whole sheet before a part of it is written.
enum rc import_mark(struct req *req, struct import_sheet *sheet);

// Writes the next IMPORT_AT_ONCE rows after those that are done, where they are new or changed.
// `accept`: new ones are accepted at once. RC_EXISTS: another was faster.
enum { IMPORT_AT_ONCE = 500 };
struct import_part {
    const struct import *import;
    const struct import_sheet *sheet;
    bool accept;
};
enum rc import_write(struct req *req, const struct import_part *part, bool *ret_all);

// Reads a sheet with the choices and questions of its cohort. (import_job.c)
struct import_opened {
    struct cohort cohort;
    struct import import;
    struct import_sheet sheet;
    struct enrolment_question *questions;
    size_t question_count;
};
enum rc import_open(struct req *req, struct import_opened *opened);
// The job that does the rest of a large sheet.
#define IMPORT_JOB "import"
struct job_kind import_kind(const struct app *app);

// Begins to take it back, with its first IMPORT_AT_ONCE rows; the job does the rest. RC_BAD_INPUT:
// somebody of it is matched already. RC_EXISTS: it is not imported, or not any more.
// (import_undo_store.c)
enum rc import_undo(struct req *req, const struct import *import, bool *ret_all);

// The next rows of it. RC_BAD_INPUT: something refers to one of them by now. RC_EXISTS: another was
// faster.
struct import_undoing {
    uint32_t at_once;
    bool skips; // the rows stay as they are, and are counted
    bool all;   // set: these were the last
};
enum rc import_undo_part(struct req *req, const struct import *import,
                         struct import_undoing *undoing);

#endif
