// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of imports show.
#ifndef TRELLIS_APP_IMPORT_IMPORT_PAGE_H
#define TRELLIS_APP_IMPORT_IMPORT_PAGE_H

#include "app/import/import_store.h"

struct import_view {
    struct cohort cohort;
    struct import import;
    struct import *imports;
    size_t import_count;
    struct import_sheet sheet;
    struct enrolment_question *questions; // that a column may answer
    size_t question_count;
    const struct import_person *shown; // the rows of this page
    size_t shown_count;
    const char *next; // the path of the next page; NULL: this is the last
    int64_t added;    // how many rows would be new, changed, the same, or left out
    int64_t changed;
    int64_t same;
    int64_t left;
    const struct form *form;
};

// What a remark says, in the reader's language.
void import_say(struct html *html, const struct import_note *note);

size_t import_field_count(void);
bool import_answers(const struct import_column *column, const struct enrolment_question *question);
bool import_is(const struct import_column *column, const struct import_field *field);

#endif
