// SPDX-License-Identifier: Apache-2.0
//
// Why: programmes run in cohorts: what one is, when, and in which state it stands.
//
// Promises: a state is left only by the moves of SPEC section 0; every move is one write.
#ifndef TRELLIS_APP_COHORT_COHORT_H
#define TRELLIS_APP_COHORT_COHORT_H

#include "app/app.h"

extern const struct app_slice cohort_slice;
extern const struct app_table cohort_tables[];
extern const struct route cohort_routes[];
extern const struct route cohort_setup_routes[];
extern const char cohort_schema_1[];
extern const char cohort_schema_2[];

struct cohort {
    int64_t id;
    const char *name;
    const char *about;
    const char *starts; // a day
    int64_t weeks;
    const char *state; // "draft" ... "archived"
    int64_t cadence;   // pairs meet every so many weeks
    int64_t hours;     // a month, at least
};

OUT_TYPE(cohort_out, struct cohort);
extern const struct out_shape cohort_out;

// The cohort of the path. RC_NOT_FOUND: there is none.
enum rc cohort_load(struct req *req, struct cohort *ret_cohort);
enum rc cohort_find(struct db_tx *tx, struct arena *arena, int64_t id, struct cohort *ret_cohort);
enum rc cohort_add(struct db_tx *tx, const struct cohort *cohort);
enum rc cohort_move(struct db_tx *tx, int64_t id, const char *from, const char *to);

// What a programme aims at, and how that is measured.
struct objective {
    int64_t id;
    const char *title;
    const char *measure;
    const char *baseline;
    const char *target;
    const char *due; // a day, or ""
};
enum rc objective_add(struct db_tx *tx, int64_t cohort, const struct objective *objective,
                      int64_t now_us);

// A ready beginning for a programme for women in technology: objectives that can be changed.
enum rc cohort_add_ready(struct db_tx *tx, const struct cohort *cohort, int64_t now_us);

// The state that comes next; NULL: none does.
const char *cohort_next_state(const char *state);
const char *cohort_state_label(const char *state); // a message

#endif
