// SPDX-License-Identifier: Apache-2.0
//
// Why: all measures of a programme, each defined once: what people read about it, and the SQL that
// counts it. Pages, sheets, snapshots, comparisons and the evidence pack are made from these rows.
#ifndef TRELLIS_APP_IMPROVE_MEASURE_ROW_H
#define TRELLIS_APP_IMPROVE_MEASURE_ROW_H

#include "app/improve/measure.h"

enum measure_about {
    ABOUT_MATCHING,
    ABOUT_PAIRS,
    ABOUT_ANSWERS,
    ABOUT_GOALS,
    ABOUT_ENDS,
    ABOUT_MORE,
    ABOUT_LATER
};

struct measure_row {
    const char *name; // in sheets, JSON and snapshots: it never changes
    enum measure_about about;
    enum measure_kind kind;
    const char *unit; // a message: "days"; "": none
    const char *label;
    const char *top;    // a message: what is counted
    const char *bottom; // a message: of what
    const char *sql;    // sign-up, part, whole, instant; $1 is the cohort or programme, $2 is now
    const char *own;    // $3: of a programme's own question (improve_own.h); NULL: there is no $3
    const char *rate;   // of an own one: the SQL of who has answered; NULL: not told
    int64_t least;      // of a mean: what it can be; most 0: nothing is known
    int64_t most;
};

extern const struct measure_row measure_rows[]; // closed by a NULL name
extern const char measure_own_yes[];            // the SQL of own questions
extern const char measure_own_mean[];
extern const char measure_own_rate[]; // of those that are asked after the end alone
// How many of those who were asked have answered, for a measure that is made of answers; in the
// arena. NULL: it is not.
enum rc measure_rate_row(struct arena *arena, const struct measure_row *of,
                         struct measure_row **ret_row);
size_t measure_row_count(void);
const struct measure_row *measure_row_find(const char *name); // NULL: there is none
const char *measure_about_label(enum measure_about about);    // a message

#endif
