// SPDX-License-Identifier: Apache-2.0
//
// Why: what only the pages of this slice ask of its rows.
#ifndef TRELLIS_APP_COHORT_COHORT_STORE_H
#define TRELLIS_APP_COHORT_COHORT_STORE_H

#include "app/cohort/cohort.h"
#include "app/cohort/objective.h"

enum rc cohort_update(struct db_tx *tx, const struct cohort *cohort);
struct team_member {
    int64_t person;
    const char *name;
    const char *email;
    const char *role;
};
enum rc team_list(struct req *req, int64_t cohort, struct team_member **ret_team,
                  size_t *ret_count);

// Of one programme, or (0) of all that have not ended: those that the actor may know of, the newest
// first, at most 100.
enum rc cohort_list(struct req *req, int64_t programme, struct cohort **ret_cohorts,
                    size_t *ret_count);

// Puts into the index what can be found of a cohort, or of a programme by its id; and of all.
enum rc cohort_index_one(const struct app_place *place, int64_t cohort);
enum rc cohort_index(const struct app_place *place);

// Refuses days that don't follow one another, next to their fields.
enum rc cohort_refuse_days(struct req *req, const char *opens, const char *closes,
                           const char *starts);

#endif
