// SPDX-License-Identifier: Apache-2.0
//
// Why: people and their sessions: registering, signing in and out, roles, language.
//
// Promises: passwords are kept as Argon2id, tokens as hashes; the answer and its time are the same
// for an unknown address and a wrong password; ten wrong ones in 15 minutes and the account waits.
#ifndef TRELLIS_APP_ACCOUNT_ACCOUNT_H
#define TRELLIS_APP_ACCOUNT_ACCOUNT_H

#include "app/app.h"

extern const struct app_slice account_slice;
extern const struct route account_routes[];
extern const struct route account_self_routes[];
extern const struct route account_token_routes[];
extern const char account_schema_1[];
extern const char account_schema_2[];
extern const char account_schema_3[];
extern const char account_schema_4[];
extern const char account_schema_5[];
extern const char account_schema_6[];
extern const char account_schema_7[];
extern const struct app_table account_tables[];

// A job of this kind is asked for when somebody changes her time zone; its body is the person and,
// after a blank, the zone before.
#define ACCOUNT_ZONE "account_zone"

// Ends what ends with an account (app_slice.closes), and announces it: slices end what others
// depend on, in the same transaction.
enum rc account_close(const struct app_place *place, int64_t person);

// Whether the actor is the only administrator: then her account must stay.
enum rc account_is_last_admin(struct req *req, bool *ret_alone);

// The hook of web_settings: who asks.
enum rc account_identify(struct req *req);

// The hooks that keep what programs were answered; see struct web_once.
enum rc once_recall(struct req *req, struct web_once *once);
enum rc once_remember(struct req *req, const struct web_once *once);

enum rc account_take_role(struct db_tx *tx, int64_t person, int64_t cohort, const char *role);

struct account {
    int64_t id;
    const char *email;
    const char *name;
    const char *stored_password;
    const char *language;
    bool admin;
    bool closed;
    // To add one; NULL: none, and "UTC".
    const char *pronouns;
    const char *zone;
};

// Adds a person. RC_EXISTS: the address has an account.
enum rc account_add(struct db_tx *tx, const struct account *account, int64_t now_us);
enum rc account_give_role(struct db_tx *tx, int64_t person, int64_t cohort, const char *role);

// How her name is said, as she writes it; "": she has not.
enum rc account_said(struct db_tx *tx, struct arena *arena, int64_t person, const char **ret_said);
enum rc account_set_said(struct db_tx *tx, int64_t person, const char *said);

enum rc account_set_profile(struct db_tx *tx, int64_t person, const char *name,
                            const char *pronouns, const char *zone);

// RC_NOT_FOUND: nobody has that address.
enum rc account_set_admin(struct db_tx *tx, const char *email);
// The token of a link (/link/TOKEN) that signs her in once, within a day. RC_NOT_FOUND.
enum rc account_make_link(struct db_tx *tx, struct arena *arena, const char *email, int64_t now_us,
                          const char **ret_token);

// By address (as FIELD_EMAIL reads it). RC_NOT_FOUND.
enum rc account_find(struct db_tx *tx, struct arena *arena, const char *email,
                     struct account *ret_account);
enum rc account_count(struct db_tx *tx, struct arena *arena, int64_t *ret_count);

// Whether such a link was made and not used.
enum rc account_first_waits(struct db_tx *tx, struct arena *arena, bool *ret_waits);

// The one-time link with which the first administrator registers. The token, or NULL: used.
enum rc account_first_token(struct db_tx *tx, struct arena *arena, const char *token);

#endif
