// SPDX-License-Identifier: Apache-2.0
//
// Why: an organisation runs programmes, and a programme runs in cohorts. A programme has texts,
// those who run it, and what its new cohorts begin with.
//
// Promises: who runs one programme learns nothing of another; what hangs on a cohort stays as it
// was when the programme's defaults change.
#ifndef TRELLIS_APP_COHORT_PROGRAMME_H
#define TRELLIS_APP_COHORT_PROGRAMME_H

#include "app/cohort/cohort.h"

struct programme {
    int64_t id;
    const char *name;
    const char *about;
    int64_t steps; // of making it ready: a bit for each that was looked through
    bool ended;
};

enum { PROGRAMMES_MAX = 200 };

// RC_NOT_FOUND: there is none.
enum rc programme_find(struct db_tx *tx, struct arena *arena, int64_t id,
                       struct programme *ret_programme);

// Those that have not ended, by name; with `own`, only those that the actor runs, also ended ones.
enum rc programme_list(struct req *req, bool own, struct programme **ret_programmes,
                       size_t *ret_count);

// Adds it with the cohort of its defaults, which has the same id.
enum rc programme_add(struct db_tx *tx, const struct programme *programme,
                      const struct cohort *defaults, int64_t now_us);
enum rc programme_update(struct db_tx *tx, const struct programme *programme);
enum rc programme_end(struct db_tx *tx, int64_t id, int64_t at_us); // 0: it goes on again
enum rc programme_step(struct db_tx *tx, int64_t id, int64_t steps);

// What a programme for women in technology usually aims at.
enum rc programme_add_objectives(struct db_tx *tx, int64_t cohort, int64_t now_us);

// Whether the actor runs it: administrators, and managers of it or of all.
enum rc programme_may_run(struct req *req, int64_t programme, bool *ret_may);

// A letter in the programme's own words. RC_NOT_FOUND: it has none in this language.
struct letter_text {
    const char *name;
    const char *language;
    const char *subject;
    const char *body;
    int64_t version;
};
enum rc letter_text_find(struct req *req, int64_t programme, const char *name, const char *language,
                         struct letter_text *ret_text);
enum rc letter_text_set(struct req *req, int64_t programme, const struct letter_text *text);
enum rc letter_text_end(struct req *req, int64_t programme, const char *name, const char *language);
enum rc letter_text_names(struct req *req, int64_t programme, const char *language,
                          struct db_rows **ret_rows); // name
// Those of one programme for another, which has none.
enum rc letter_text_copy(struct req *req, int64_t from, int64_t to);

// What hangs on a programme's defaults in slices above.
struct programme_counts {
    int64_t objectives;
    int64_t questions;
    int64_t rules; // the version; 0: those that are built in
    int64_t topics;
    int64_t letters; // that were changed
    int64_t team;
    int64_t cohorts;
};
enum rc programme_count(struct req *req, int64_t programme, struct programme_counts *ret_counts);

#endif
