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
    const char *state;   // "uploaded", "imported" or "undone"
    const char *choices; // what columns are taken for, with a comma after each; "": as recognised
    int64_t made_at;
    int64_t added;
    int64_t changed;
};

enum rc import_add(struct req *req, const struct import *import, struct text content);
enum rc import_find(struct req *req, int64_t cohort, int64_t id, struct import *ret_import);
enum rc import_content(struct req *req, int64_t id, struct text *ret_content);
enum rc import_list(struct req *req, int64_t cohort, struct import **ret_imports,
                    size_t *ret_count);
enum rc import_choose(struct req *req, int64_t id, const char *choices);

// What each person would become, by what is there now.
enum rc import_compare(struct req *req, struct import *import, struct import_sheet *sheet);

// Writes those that are new or changed. `accept`: new ones are accepted at once.
enum rc import_write(struct req *req, struct import *import, const struct import_sheet *sheet,
                     bool accept);

// RC_BAD_INPUT: somebody of it is matched already.
enum rc import_undo(struct req *req, const struct import *import);

#endif
