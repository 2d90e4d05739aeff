// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages about data show.
#ifndef TRELLIS_APP_PRIVACY_PRIVACY_PAGE_H
#define TRELLIS_APP_PRIVACY_PRIVACY_PAGE_H

#include "app/privacy/privacy.h"
#include "web/field.h"

// The copy of one's data: parts of rows of groups of values.
struct copy_value {
    const char *name;
    const char *value;
};
struct copy_group {
    const char *why; // a message
    struct copy_value *values;
    size_t count;
};
struct copy_row {
    struct copy_group *groups;
    size_t count;
};
struct copy_part {
    const char *what; // a message
    struct copy_row *rows;
    size_t count;
    bool more; // than the page shows
};
struct copy_view {
    struct copy_part *parts;
    size_t count;
};

struct erase_view {
    const char *action;
    const struct form *form;
    const struct shape *shape;
    const char *due; // "": it was not asked for
    int64_t days;    // between asking and erasing
    int64_t concern_days;
    int64_t log_days;
};

// The record of what is kept.
struct record_column {
    const char *names;
    const char *why;
    const char *seen;
    const char *end;
    bool copied;
};
struct record_table {
    const char *name;
    const char *what;
    const char *keep;
    int64_t days;
    const char *rows;
    struct record_column *columns;
    size_t count;
};
struct record_view {
    struct record_table *tables;
    size_t count;
};

struct age_line {
    const char *words;
    int64_t days;
    int64_t usual;
    int64_t least;
};
struct age_view {
    const char *action;
    const struct form *form;
    const struct shape *shape;
    struct age_line *lines;
    size_t count;
};

// What goes next.
struct due_line {
    const char *what; // a message, or a name
    const char *when;
    int64_t count;
};
struct due_view {
    struct due_line *people; // who asked to be erased
    size_t person_count;
    int64_t old_accounts;
    struct due_line *tables;
    size_t table_count;
};

#endif
