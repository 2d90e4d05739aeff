// SPDX-License-Identifier: Apache-2.0
//
// Why: a committee may want somebody who has no account here: she is invited by letter, and its
// link makes an account that may judge in this cohort, and nothing else. And a cohort says how many
// judgements a pair needs.
//
// Promises: a link works once, for fourteen days; another invitation of the same address ends the
// link before it; nobody has an account before she says yes.
#ifndef TRELLIS_APP_MATCH_MATCH_GUEST_H
#define TRELLIS_APP_MATCH_MATCH_GUEST_H

#include "app/match/match_page.h"

enum { GUESTS_MAX = 50 };
#define GUEST_LIFE_US ((int64_t)14 * 86400 * 1000000)

struct match_guest {
    int64_t id;
    int64_t cohort;
    const char *cohort_name;
    const char *email;
    const char *name;
    int64_t at;
    int64_t ends_at;
    bool came;
    bool over; // her link has ended
};

struct match_guest_view {
    struct cohort cohort;
    struct match_guest *guests;
    size_t guest_count;
    int64_t quorum;
    const char *zone;
    struct match_guest guest; // of a link
    const struct form *form;
    const struct shape *shape;
    const struct shape *quorum_shape;
    const char *action;
};

enum rc quorum_set(struct req *req, int64_t cohort, int64_t quorum);
enum rc guest_list(struct req *req, int64_t cohort, struct match_guest **ret_guests,
                   size_t *ret_count);
// RC_LIMIT: GUESTS_MAX are invited.
enum rc guest_add(struct req *req, int64_t cohort, const char *email, const char *name,
                  const char **ret_token);
enum rc guest_end(struct req *req, int64_t cohort, int64_t id);
// By the token of a link that can be used. RC_NOT_FOUND.
enum rc guest_find(struct req *req, const char *token, struct match_guest *ret_guest);
// Makes her account if she has none, gives the role, and a link that signs her in.
enum rc guest_come(struct req *req, const struct match_guest *guest, const char *name,
                   const char **ret_link);

extern const struct out_shape match_guests_out;
extern const struct route match_guest_routes[];

#endif
