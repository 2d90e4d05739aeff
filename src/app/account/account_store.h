// SPDX-License-Identifier: Apache-2.0
//
// Why: every SQL text of people, sessions, roles, links by mail and failed sign-ins.
#ifndef TRELLIS_APP_ACCOUNT_ACCOUNT_STORE_H
#define TRELLIS_APP_ACCOUNT_ACCOUNT_STORE_H

#include "app/account/account.h"

enum {
    FAILURES_MOST = 10, // in FAILURES_WINDOW_S; then the account waits
    FAILURES_WINDOW_S = 15 * 60,
    FAILURES_MOST_NETWORK = 100, // of all accounts, from one network in FAILURES_NETWORK_S
    FAILURES_NETWORK_S = 3600,
    SESSION_LIFE_S = 30 * 86400,
    SESSION_IDLE_S = 14 * 86400,
    SESSION_FRESH_S = 15 * 60, // after a link: a password may be set without the old one
    LINK_LIFE_S = 86400,
    LINK_SIGN_IN_LIFE_S = 3600,
    LINKS_MOST = 5, // to one address in LINKS_WINDOW_S
    LINKS_WINDOW_S = 3600,
};

enum rc session_add(struct db_tx *tx, const char *hash, int64_t person, bool by_link,
                    int64_t now_us);
enum rc session_find(struct req *req, const char *hash);
enum rc session_end(struct db_tx *tx, const char *hash);
enum rc session_end_others(struct db_tx *tx, int64_t person, const char *hash);
enum rc session_end_one(struct db_tx *tx, int64_t person, const char *start);
enum rc session_list(struct req *req, struct db_rows **ret_rows); // created_at, seen_at, hash
enum rc session_is_fresh(struct req *req, const char *hash, bool *ret_fresh); // begun by a link
// The network of an address as a key of failures: "net 192.0.2" or "net 2001:db8:1". "" for this
// machine, where a proxy that stands before us would be taken for everybody.
const char *failure_network(struct arena *arena, struct text address);
enum rc failure_add(struct db_tx *tx, const char *email, int64_t now_us);

// How long to wait until fewer than `most` failures of that key are left; 0: there are.
struct failure_limit {
    const char *key;
    int64_t most;
    int64_t window_s;
};
enum rc failure_wait(struct db_tx *tx, struct arena *arena, const struct failure_limit *limit,
                     int64_t now_us, int64_t *ret_wait_s);
enum rc person_set_language(struct db_tx *tx, int64_t person, const char *language);
enum rc person_set_password(struct db_tx *tx, int64_t person, const char *stored);
enum rc person_set_email(struct db_tx *tx, int64_t person, const char *email);
enum rc person_reopen(struct db_tx *tx, int64_t person);
enum rc person_password(struct req *req, const char **ret_stored);
enum rc first_token_take(struct db_tx *tx, struct arena *arena, const char *hash, bool *ret_fits);
enum rc first_token_look(struct db_tx *tx, struct arena *arena, const char *hash, bool *ret_fits);

// A link that was sent by mail. Kinds: "register", "sign_in", "email_old", "email_new",
// "out" (it was not me: end all sessions).
struct account_link {
    const char *kind;
    const char *email; // where it was sent; with email_old, the address that is wanted
    const char *name;
    const char *stored_password;
    const char *language;
    int64_t person; // 0: nobody yet
};

enum rc link_add(struct db_tx *tx, const char *hash, const struct account_link *link,
                 int64_t life_s, int64_t now_us);
// RC_NOT_FOUND: there is none, or it is too old.
enum rc link_find(struct db_tx *tx, struct arena *arena, const char *hash, int64_t now_us,
                  struct account_link *ret_link);
enum rc link_end(struct db_tx *tx, const char *hash);
enum rc link_end_all(struct db_tx *tx, int64_t person, const char *kind);
enum rc link_count(struct db_tx *tx, struct arena *arena, const char *email, int64_t now_us,
                   int64_t *ret_count);

// Makes a link and sends it to an address. Values of the letter: name, link, the address that the
// link is about.
enum rc account_send_link(struct req *req, const char *to, const struct account_link *link,
                          const struct app_letter *letter, int64_t life_s);

// Whether the other half of a change of address is still to be confirmed.
enum rc link_other_half(struct req *req, int64_t person, bool *ret_waits);

// The address that waits to be confirmed for the actor; "" when none does.
enum rc link_waiting(struct req *req, const char **ret_email);

#endif
