// SPDX-License-Identifier: Apache-2.0
//
// Why: every SQL text of people, sessions, roles and failed sign-ins.
#ifndef TRELLIS_APP_ACCOUNT_ACCOUNT_STORE_H
#define TRELLIS_APP_ACCOUNT_ACCOUNT_STORE_H

#include "app/account/account.h"

enum {
    FAILURES_MOST = 10, // in FAILURES_WINDOW_S; then the account waits
    FAILURES_WINDOW_S = 15 * 60,
    SESSION_LIFE_S = 30 * 86400,
    SESSION_IDLE_S = 14 * 86400,
};

enum rc session_add(struct db_tx *tx, const char *hash, int64_t person, int64_t now_us);
enum rc session_find(struct req *req, const char *hash);
enum rc session_end(struct db_tx *tx, const char *hash);
enum rc session_end_others(struct db_tx *tx, int64_t person, const char *hash);
enum rc session_list(struct req *req, struct db_rows **ret_rows); // created_at, seen_at
enum rc failure_add(struct db_tx *tx, const char *email, int64_t now_us);
enum rc failure_count(struct db_tx *tx, struct arena *arena, const char *email, int64_t now_us,
                      int64_t *ret_count);
enum rc person_set_language(struct db_tx *tx, int64_t person, const char *language);
enum rc first_token_take(struct db_tx *tx, struct arena *arena, const char *hash, bool *ret_fits);
enum rc first_token_look(struct db_tx *tx, struct arena *arena, const char *hash, bool *ret_fits);

#endif
