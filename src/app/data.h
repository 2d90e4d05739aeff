// SPDX-License-Identifier: Apache-2.0
//
// Why: what is kept about people is declared once, beside the slice that keeps it: for each column
// of each table whose eyes it is for, why it is kept, how long, whether it is in the copy of one's
// data, and what becomes of it when somebody is erased. The record of processing, the copy of one's
// data, erasing and letting go of what is old are all made from these rows.
//
// Promises: src/main/data_test.c opens a fresh installation on both engines and fails for a column
// without a row, and for a row without a column.
//
// Not for: deciding who sees a page; SQL does that, and tests/canary_client.py holds it to the
// class.
#ifndef TRELLIS_APP_DATA_H
#define TRELLIS_APP_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/msg.h"
#include "base/rc.h"

#include "db/db.h"

// Whose eyes a column is for, at most.
enum data_class {
    DATA_UNCLASSED,    // a column with it fails the test
    DATA_PUBLIC,       // everybody's: what a programme says of itself
    DATA_PROGRAMME,    // those who run the programme, and whom they show it to
    DATA_PAIR,         // the two of a pair
    DATA_SELF,         // she alone, and whom she says
    DATA_SAFEGUARDING, // those who are named for safety
    DATA_SECRET,       // nobody: hashes, and what the machine needs
};

enum data_copy {
    COPY_NO, // another person's, or the machine's
    COPY_YES // in the copy of one's data
};

// What becomes of a column when a person is erased, and when its row is old.
enum data_end {
    END_ROW,    // goes with its row
    END_EMPTY,  // is emptied in both cases
    END_OLD,    // is emptied only when it is old: it belongs to another person too
    END_STAYS,  // says nothing about anybody
    END_ADDRESS // the e-mail address: becomes one that nobody has
};

// What becomes of rows when a person is erased, and when they are old.
enum data_rows {
    ROWS_STAY, // their columns are emptied, as data_end says
    ROWS_OLD,  // stay when she is erased, because the law or others need them; go when they are old
    ROWS_GO    // go in both cases
};

// How long; the ages are settings, whose defaults stand in keep.def.
enum data_keep {
#define KEEP(name, days, least, words) name,
#include "app/keep.def"
#undef KEEP
    KEEPS
};

// Columns that are alike in all of this. "#" stands before a number, "@" before bytes.
struct data_columns {
    const char *names; // divided by spaces; NULL closes a list
    enum data_class class;
    enum data_copy copy;
    enum data_end end;
    const char *why; // a message
};

enum { DATA_COLUMNS_MAX = 14 };

struct app_table {
    const char *name;  // NULL closes a list
    const char *order; // the columns that order its rows, for copying
    const char *what;  // a message
    enum data_keep keep;
    enum data_rows rows;
    const char *whose; // SQL: which rows are those of person $1; NULL: nobody's
    const char *about; // SQL: those that tell of her but are others' to read; erased with hers
    const char *old;   // SQL: which rows are older than the instant $1; NULL: none by themselves
    const char *also;  // names of what the copy of her data tells too, so that it can be read
    const char *also_sql;
    struct data_columns columns[DATA_COLUMNS_MAX];
};

// Ends the address of whoever was erased; no letter goes there.
#define DATA_NOWHERE "@erased.invalid"

// Rows of her matches, and of matches that ended before an instant, as conditions of SQL.
#define DATA_HER_SIGN_UPS "(SELECT id FROM enrolment WHERE person = $1)"
#define DATA_HER_MATCHES                                                                           \
    "(SELECT id FROM match WHERE mentee IN " DATA_HER_SIGN_UPS " OR mentor IN " DATA_HER_SIGN_UPS  \
    ")"
#define DATA_OLD_MATCHES                                                                           \
    "(SELECT id FROM match WHERE ended_at > 0 AND ended_at < $1 AND state IN ('ended', "           \
    "'completed', 'not_started'))"

// Columns that no person would miss: what tells rows apart, and the machine's own marks.
#define DATA_KEYS(names, end)                                                                      \
    {                                                                                              \
        names, DATA_SECRET, COPY_NO, end,                                                          \
            MSG("numbers that tell rows apart and tie them together")                              \
    }
#define DATA_MARKS(names, end)                                                                     \
    {                                                                                              \
        names, DATA_SECRET, COPY_NO, end, MSG("what the program has done already")                 \
    }
#define DATA_TIMES(names, class, end)                                                              \
    {                                                                                              \
        names, class, COPY_YES, end, MSG("when it was")                                            \
    }

// One name of a list: what it is called, and '#' a number, '@' bytes, '"' text. False: none is
// left.
struct data_name {
    char text[64];
    size_t length;
    char kind;
};
bool data_next(const char **names, struct data_name *ret_name);

// What is done with a table, as SQL. Lives in the arena. NULL: nothing is.
struct data_texts {
    const struct app_table *table; // NULL closes a list
    const char *copy;              // of person $1: the columns of copy_names
    const char *copy_names;
    const char *erase;     // of person $1
    const char *count_old; // how many rows let_go would change
    const char *let_go;    // older than the instant $1
};
struct app_slice;
const struct data_texts *data_texts(struct arena *arena, const struct app_slice *const *slices);

// Ends all that is kept about a person, as the rows say.
enum rc data_erase(struct db_tx *tx, const struct data_texts *texts, int64_t person);

// Of keep.def: its name, its words, and the days that hold until managers set others.
const char *data_keep_name(enum data_keep keep);
const char *data_keep_words(enum data_keep keep);
int64_t data_keep_days(enum data_keep keep);
int64_t data_keep_least(enum data_keep keep);

// In words; messages.
const char *data_class_words(enum data_class class);
const char *data_end_words(enum data_end end);
const char *data_rows_words(enum data_rows rows);

#endif
