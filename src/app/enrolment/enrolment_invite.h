// SPDX-License-Identifier: Apache-2.0
//
// Why: whoever runs a cohort asks people to join: one, many at once, or everybody who has a link.
//
// Promises: nobody gets two letters of one cohort while the first one's link works, and nobody who
// has signed up already gets any; an address goes some days after its link has ended.
#ifndef TRELLIS_APP_ENROLMENT_ENROLMENT_INVITE_H
#define TRELLIS_APP_ENROLMENT_ENROLMENT_INVITE_H

#include "app/cohort/cohort.h"
#include "app/enrolment/enrolment.h"

enum { INVITES_AT_ONCE = 200, INVITES_MOST = 5000, INVITES_A_PAGE = 100 };

// By which invitation a browser came, until somebody has signed up with it.
#define INVITE_COOKIE "trellis-invited"
enum { INVITE_COOKIE_S = 30 * 24 * 3600 };

struct invite {
    int64_t id;
    int64_t cohort;
    const char *role;  // "mentee", "mentor" or "": as she likes
    const char *email; // "": an open link
    const char *code;  // of its link
    int64_t most;      // people whom an open link lets through; 0: any number
    int64_t uses;      // how often it was followed
    int64_t joins;     // how many have signed up by it
    int64_t at;
    int64_t ends_at;
    bool joined;     // of an address: she has signed up
    bool over;       // it has ended, or as many have signed up by it as may
    const char *url; // the whole link
};

struct invite_language {
    const char *tag;
    const char *name;
};

struct invite_view {
    struct cohort cohort;
    struct invite *invites; // the newest first
    size_t count;
    const char *next;  // a path; NULL: none follows
    struct invite one; // of the link's page
    const struct form *form;
    const struct shape *shape;      // to addresses
    const struct shape *open_shape; // a link for all
    const char *zone;
    const char *action;
    bool open;            // the cohort takes sign-ups
    const char *language; // of the letter
    struct invite_language *languages;
    size_t language_count;
    // the letter, before it goes
    struct app_shown_letter letter;
    int64_t fresh; // addresses that get it
    int64_t known; // those that don't: they have signed up, or are invited
};

// Adds one. RC_EXISTS: she has signed up, or has one that works; RC_LIMIT: too many.
enum rc invite_add(struct req *req, const struct invite *invite);
enum rc invite_list(struct req *req, int64_t cohort, int64_t before, struct invite **ret_invites,
                    size_t *ret_count);
enum rc invite_find(struct req *req, const char *code, struct invite *ret_invite);
// RC_EXISTS: it is over.
enum rc invite_use(struct req *req, const struct invite *invite);
// Whether she has signed up, or has an invitation that works.
enum rc invite_is_known(struct req *req, int64_t cohort, const char *email, bool *ret_known);
// Her new sign-up is by the invitation of this browser, if it has one for this cohort.
enum rc invite_credit(struct req *req, const struct enrolment *enrolment);
enum rc invite_end(struct req *req, int64_t cohort, int64_t id);

#endif
