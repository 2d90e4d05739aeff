// SPDX-License-Identifier: Apache-2.0
//
// Why: programmes run in cohorts: what one is, when, and in which state it stands.
//
// Promises: a state is left only by the moves of SPEC section 0; every move is one write. A cohort
// belongs to one programme, and takes over what the programme has by default when it is made.
//
// What a programme has by default (objectives, questions, rules) hangs on a cohort of the state
// "template" whose id is the programme's: it is never open and stands in no list, and the pages
// that change a cohort change it.
#ifndef TRELLIS_APP_COHORT_COHORT_H
#define TRELLIS_APP_COHORT_COHORT_H

#include "app/app.h"

extern const struct app_slice cohort_slice;
extern const struct app_table cohort_tables[];
extern const struct route cohort_routes[];
extern const struct route cohort_setup_routes[];
extern const char cohort_schema_1[];
extern const char cohort_schema_2[];
extern const char cohort_schema_3[];
extern const char cohort_schema_5[];
extern const struct route programme_routes[];
extern const struct route programme_letter_routes[];

struct cohort {
    int64_t id;
    const char *name;
    const char *about;
    const char *starts; // a day
    int64_t weeks;
    const char *state; // "draft" ... "archived"
    int64_t cadence;   // pairs meet every so many weeks
    int64_t hours;     // a month, at least
    int64_t programme; // 0 when it is added: the first
    int64_t late;      // 1: people may also join after sign-up has closed
    const char *opens; // the days on which sign-up should open and close; "": not said
    const char *closes;
    const char *reason; // why it was cancelled
    const char *programme_name;
};

OUT_TYPE(cohort_out, struct cohort);
extern const struct out_shape cohort_out;

// The programme that every installation has.
enum { PROGRAMME_FIRST = 1 };

// The cohort of the path. RC_NOT_FOUND: there is none.
enum rc cohort_load(struct req *req, struct cohort *ret_cohort);
// Its name and text in the words of who reads, for a page that shows them: see words.h.
enum rc cohort_translate(struct req *req, struct cohort *cohort);
enum rc cohort_find(struct db_tx *tx, struct arena *arena, int64_t id, struct cohort *ret_cohort);
enum rc cohort_add(struct db_tx *tx, const struct cohort *cohort);
enum rc cohort_move(struct db_tx *tx, int64_t id, const char *from, const char *to);

// Ends what has not begun, with a reason that everybody reads. RC_EXISTS: it has begun, or is over.
enum rc cohort_cancel(struct db_tx *tx, int64_t id, const char *reason);

// Whether people may join now.
bool cohort_is_open(const struct cohort *cohort);

// Whether its pairs have begun, or are over.
bool cohort_has_begun(const struct cohort *cohort);

// Whether it is a programme's, for its defaults.
bool cohort_is_template(const struct cohort *cohort);

// The day on which a cohort should leave its state, "YYYY-MM-DD"; "": no day is said for it.
const char *cohort_due(struct arena *arena, const struct cohort *cohort);

// What a programme aims at, and how that is measured.
struct objective {
    int64_t id;
    const char *title;
    const char *measure;  // in words; "" only with a figure
    const char *baseline; // with a figure: a number, as objective.h reads it; ""
    const char *target;
    const char *due;         // a day, or ""
    const char *description; // ""; NULL: the same
    const char *figure;      // what is counted for it, by its name; "" or NULL: it is in words
    const struct app_figure *counted; // that one, where somebody has looked it up; NULL: in words
};
enum rc objective_add(struct db_tx *tx, int64_t cohort, const struct objective *objective,
                      int64_t now_us);

// With the objectives that its programme has by default. Slices above take over theirs when
// ANNOUNCE_COHORT_MADE is told.
enum rc cohort_add_ready(struct db_tx *tx, const struct cohort *cohort, int64_t now_us);

// The state that comes next; NULL: none does.
const char *cohort_next_state(const char *state);
const char *cohort_state_label(const char *state); // a message
const char *cohort_role_label(const char *role);   // a message: what somebody who runs it does

#endif
