// SPDX-License-Identifier: Apache-2.0
//
// Why: an address from which letters come back gets no more of them, its owner learns it when she
// signs in, and those who run her cohort see it beside her name.
//
// Promises: a letter that came back counts only for the address that it was sent to, known by the
// secret of its return path, or by its number together with the address; once. Five days of
// trouble (soft), each within 30 days of the one before, count as one refusal for good (hard).
// Letters of the account (links, sign-ins, passwords) are sent all the same.
//
// Not for: reading what mail servers write; see format/bounce.h.
#ifndef TRELLIS_APP_BACK_H
#define TRELLIS_APP_BACK_H

#include "app/app.h"
#include "format/bounce.h"

extern const char app_schema_1[];

enum { BACK_SOFT_MOST = 5, BACK_SOFT_DAYS = 30, BACK_SOFT_HOURS = 20 };

// Whether letters to an address are held back.
enum rc back_stops(struct db_tx *tx, struct arena *arena, const char *email, bool *ret_stops);

// Where a letter to her comes back to, with the number of its job: it is remembered. NULL: no
// address is set for that (app->reply).
enum rc back_address(const struct app_place *at, const char *to, int64_t number,
                     const char **ret_address);

// A letter of a mail server about one of ours. `tokens` stand behind "+" in the addresses that it
// came to. ret_ours: it was one, and not known to have come back.
enum rc back_take(const struct app_place *at, const char *const *tokens, size_t token_count,
                  const struct bounce *bounce, bool *ret_ours);

// A letter has reached the address: what came back before counts no more.
enum rc back_clear(struct db_tx *tx, const char *email);

// app_send, also to an address from which letters come back: for what keeps an account safe, and
// what its owner just asked for. Whoever calls limits how many.
enum rc app_send_anyway(struct req *req, const char *to, const char *tag,
                        const struct app_letter *letter, const char *const *values, size_t count);

#endif
