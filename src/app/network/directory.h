// SPDX-License-Identifier: Apache-2.0
//
// Why: a directory of those who take part in a cohort, in which nobody stands who did not write
// herself into it, and of each only what she chose.
//
// Promises: only who takes part or runs the cohort reads it; two who must be kept apart do not see
// each other; whoever leaves is gone from it.
#ifndef TRELLIS_APP_NETWORK_DIRECTORY_H
#define TRELLIS_APP_NETWORK_DIRECTORY_H

#include "app/network/network_store.h"

enum { DIRECTORY_PAGE = 30 };

struct directory_card {
    int64_t person;
    const char *name;
    const char *pronouns;
    const char *does;
    const char *about;
    const char *place;
    const char *link;
    const char *role;   // "mentor", "mentee", "both"; "": she does not tell
    const char *topics; // as in enrolment; "": she does not tell
    const char *email;  // "": she does not tell
    int64_t shows_role;
    int64_t shows_topics;
    int64_t shows_email;
};

// By name, one more than a page has; `words` "" : all. after: a person; 0: from the first.
struct directory_filter {
    const char *words;
    int64_t after;
};
enum rc directory_list(struct req *req, const struct network *network,
                       const struct directory_filter *filter, struct directory_card **ret_cards,
                       size_t *ret_count);
// Her own. RC_NOT_FOUND: she is not in it.
enum rc directory_find(struct req *req, const struct network *network,
                       struct directory_card *ret_card);
enum rc directory_set(struct req *req, const struct network *network,
                      const struct directory_card *card);
// Of one cohort, or (0) of all. RC_NOT_FOUND: she is not in it.
enum rc directory_drop(const struct app_place *at, int64_t person, int64_t cohort);
// Her name is another one.
enum rc directory_rename(const struct app_place *at, int64_t person);

#endif
