// SPDX-License-Identifier: Apache-2.0
//
// Why: a program of hers asks in her name, with a token that she made for it and can end.
//
// Promises: what is kept is a hash; a token lives a year at most, may do no more than she may, only
// what its scope says, and nothing that guards the account itself; wrong ones are counted by where
// they come from.
#ifndef TRELLIS_APP_ACCOUNT_ACCOUNT_TOKEN_H
#define TRELLIS_APP_ACCOUNT_ACCOUNT_TOKEN_H

#include "app/account/account_store.h"
#include "web/field.h"

enum {
    TOKENS_MOST = 20,          // of one person
    TOKEN_DAYS_MOST = 365,     // of life
    TOKEN_FAILURES_MOST = 20,  // from one place in FAILURES_WINDOW_S; more are not looked at
    TOKEN_REQUESTS_MOST = 600, // in TOKEN_WINDOW_S, at all nodes together
    TOKEN_WINDOW_S = 60,
    TOKEN_SEEN_EVERY_S = 3600, // its use is noted so often at most
};

struct access_token {
    int64_t id;
    const char *name;
    int64_t writes;
    int64_t made_at;
    int64_t ends_at;
    int64_t used_at; // 0: never
};

struct token_view {
    const char *action;
    const struct form *form;
    const struct shape *shape;
    const char *zone;
    int64_t now_us;
    struct access_token *tokens;
    size_t count;
    const char *made; // the new one, once; NULL: not now
};

enum rc access_token_add(struct req *req, const struct access_token *token, const char *hash);
enum rc access_token_list(struct req *req, struct access_token **ret_tokens, size_t *ret_count);
// RC_NOT_FOUND: she has no such token.
enum rc access_token_end(struct req *req, int64_t id);

// Fills the actor from req->bearer. RC_STOPPED: it is none that holds. RC_LIMIT: too many wrong
// ones came from there.
enum rc access_token_identify(struct req *req);

// The hash of a token for access_token_add. NULL: out of memory.
const char *access_token_hash(struct arena *arena, const char *token);

#endif
