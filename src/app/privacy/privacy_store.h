// SPDX-License-Identifier: Apache-2.0
//
// Why: every SQL text of erasing and of ages.
#ifndef TRELLIS_APP_PRIVACY_PRIVACY_STORE_H
#define TRELLIS_APP_PRIVACY_PRIVACY_STORE_H

#include "app/privacy/privacy.h"

// Why somebody is erased.
#define ERASE_ASKED "asked"
#define ERASE_OLD "old"     // closed long ago
#define ERASE_AGAIN "again" // was erased before a backup was restored

struct erasure {
    int64_t person;
    int64_t asked_at;
    int64_t due_at;
    int64_t done_at; // 0: not yet
    const char *name;
    const char *email;
    const char *language;
};

// Asks for it. RC_EXISTS: it was asked for already.
enum rc erasure_add(struct db_tx *tx, const struct erasure *erasure, const char *why);
// Takes it back. RC_NOT_FOUND: none waits.
enum rc erasure_drop(struct db_tx *tx, int64_t person);
// When a person is due; 0: never.
enum rc erasure_due_of(struct db_tx *tx, struct arena *arena, int64_t person, int64_t *ret_due_at);
// Those that wait and are due before an instant, the first ones first; at most 200.
enum rc erasure_due(struct db_tx *tx, struct arena *arena, int64_t before_us,
                    struct erasure **ret_all, size_t *ret_count);
// All that were carried out: person, done_at.
enum rc erasure_done(struct db_tx *tx, struct arena *arena, struct db_rows **ret_rows);

// Closed accounts that have reached their age and are not asked for: their ids.
enum rc erasure_old(struct db_tx *tx, struct arena *arena, int64_t before_us,
                    struct db_rows **ret_rows);

// Erases one person now: her rows as app/data.h says, her name, and the record of it.
enum rc erasure_do(const struct app_place *place, int64_t person, const char *why);

// The days of all ages.
enum rc age_days(struct db_tx *tx, struct arena *arena, int64_t ret_days[KEEPS]);
enum rc age_set(struct req *req, enum data_keep keep, int64_t days);

// How many rows of one table are old; and letting go of them.
enum rc age_count(struct db_tx *tx, struct arena *arena, const struct data_texts *texts,
                  const int64_t days[KEEPS], int64_t now_us, int64_t *ret_count);
enum rc age_let_go(struct db_tx *tx, const struct data_texts *texts, const int64_t days[KEEPS],
                   int64_t now_us, int64_t *ret_count);

#endif
