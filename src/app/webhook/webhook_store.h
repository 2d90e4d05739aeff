// SPDX-License-Identifier: Apache-2.0
//
// Why: the rows of webhooks and of what is told to them.
#ifndef TRELLIS_APP_WEBHOOK_WEBHOOK_STORE_H
#define TRELLIS_APP_WEBHOOK_WEBHOOK_STORE_H

#include "app/webhook/webhook.h"
#include "web/field.h"

enum { DELIVERIES_PAGE = 30 };

struct webhook {
    int64_t id;
    const char *url;
    const char *about;
    const char *kinds;      // names, divided by spaces
    const char *state;      // "on", "off" by hand, "failing" for days, "gone" as it said itself
    const char *secret;     // sealed
    const char *old_secret; // sealed; "": there is none any more
    int64_t old_until;
    int64_t failing_since; // 0: what was sent last arrived, or nothing was
    int64_t told_at;       // when something arrived last
    int64_t made_at;
    int64_t waiting; // how many are still to be told
};
extern const struct field_option webhook_states[];

struct delivery {
    int64_t id;
    int64_t webhook;
    const char *kind;
    const char *body;
    int64_t line;
    const char *state; // "waiting", "sent", "given_up"
    int64_t made_at;
    int64_t next_at;
    int64_t tries;
    int64_t status; // of the last answer; 0: none
    int64_t fault;  // enum post_fault
    int64_t at;     // of the last try; 0: not tried yet
};
extern const struct field_option delivery_states[];

enum rc webhook_list(struct db_tx *tx, struct arena *arena, struct webhook **ret_all,
                     size_t *ret_count);
enum rc webhook_find(struct db_tx *tx, struct arena *arena, int64_t id, struct webhook *ret_one);
// `secret` is sealed here. RC_LIMIT: there are enough.
enum rc webhook_add(const struct app_place *at, struct webhook *hook, const char *secret,
                    int64_t person);
enum rc webhook_set(const struct app_place *at, const struct webhook *hook);
// A new secret; the old one holds beside it until an instant.
enum rc webhook_turn_key(const struct app_place *at, const struct webhook *hook, const char *secret,
                         int64_t old_until);
// RC_EXISTS: it has left the state.
enum rc webhook_turn(const struct app_place *at, const struct webhook *hook, const char *to);
enum rc webhook_remove(const struct app_place *at, int64_t id);
// The secrets, opened. ret_old "": there is none, or its time is over.
enum rc webhook_secrets(const struct app_place *at, const struct webhook *hook,
                        const char **ret_new, const char **ret_old);

enum rc delivery_add(const struct app_place *at, int64_t webhook, const struct webhook_kind *kind,
                     const char *state, const struct announcement *heard);
// The newest first, one more than a page.
enum rc delivery_list(struct db_tx *tx, struct arena *arena, int64_t webhook, int64_t before,
                      struct delivery **ret_all, size_t *ret_count);
// Once more, whatever became of it. RC_EXISTS: it waits already.
enum rc delivery_again(const struct app_place *at, int64_t webhook, int64_t id);

// For the job: what is due now, the first of each line alone.
enum rc delivery_due(const struct app_place *at, int64_t webhook, struct delivery **ret_all,
                     size_t *ret_count);
enum rc delivery_note(const struct app_place *at, const struct delivery *tried);
// When the next is due. 0: nothing waits.
enum rc delivery_next(const struct app_place *at, int64_t webhook, int64_t *ret_at);
// RC_EXISTS: another sends just now. RC_NOT_FOUND: it is not on.
enum rc webhook_claim(const struct app_place *at, int64_t id, int64_t job, int64_t until);
enum rc webhook_release(const struct app_place *at, int64_t id, int64_t job);
enum rc webhook_note(const struct app_place *at, const struct webhook *hook, bool arrived,
                     bool failed);
// Asks for the job, unless it is asked for already.
enum rc webhook_wake(const struct app_place *at, int64_t id, int64_t when);

#endif
