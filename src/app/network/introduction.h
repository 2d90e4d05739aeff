// SPDX-License-Identifier: Apache-2.0
//
// Why: the rows of introductions: somebody thinks that two people should know each other.
//
// Promises: each is asked by herself; neither learns how the other can be reached, nor that she was
// asked, before both have said yes; a no is told to nobody, and looks like no answer, also to who
// proposed it; two who must be kept apart are never asked.
#ifndef TRELLIS_APP_NETWORK_INTRODUCTION_H
#define TRELLIS_APP_NETWORK_INTRODUCTION_H

#include "app/network/network_store.h"

enum {
    INTRODUCTION_DAYS = 14,
    INTRODUCTIONS_OPEN_MOST = 5,  // that one proposes at a time
    INTRODUCTIONS_ASKED_MOST = 3, // of one person at a time
    INTRODUCTION_AGAIN_DAYS = 180 // the same two
};

struct introduction {
    int64_t id;
    int64_t cohort;
    int64_t introducer;
    const char *introducer_name;
    int64_t a;
    const char *a_name;
    int64_t b;
    const char *b_name;
    const char *why;
    const char *a_says; // "", "yes", "no"
    const char *b_says;
    const char *state; // "asked", "made", "expired", "withdrawn"
    int64_t silent;    // nobody is asked
    int64_t made_at;
    int64_t ends_at;
    // for one of the two, as she sees it
    const char *other;  // the name of the other
    const char *mine;   // "", "yes", "no"
    const char *stands; // "asked", "made", "over"
};

// People of the cohort whom the actor knows: her pairs, circles, rounds and introductions; for who
// runs the cohort, all of it. By name: rows of id, name.
enum { ACQUAINTANCES_MOST = 500 };
enum rc introduction_known(struct req *req, const struct network *network,
                           struct network_person **ret_people, size_t *ret_count);
// RC_LIMIT: too many are open, or one of the two is asked too often. RC_EXISTS: she has proposed
// these two already.
enum rc introduction_add(struct req *req, struct introduction *introduction);
// Those that the actor proposed (role 'i'), or those in which she is one of the two ('a').
enum rc introduction_list(struct req *req, int64_t cohort, char role,
                          struct introduction **ret_introductions, size_t *ret_count);
// One in which the actor is one of the two. RC_NOT_FOUND.
enum rc introduction_find(struct req *req, int64_t id, struct introduction *ret_introduction);
// RC_EXISTS: she has answered, or it is over.
enum rc introduction_answer(struct req *req, const struct introduction *introduction, bool yes);
enum rc introduction_withdraw(struct req *req, int64_t id);
enum rc introduction_expire(const struct app_place *at, int64_t id);
enum rc introduction_leave(const struct app_place *at, int64_t person, int64_t cohort);
// Adds one in any state, for the demo.
enum rc introduction_put(const struct app_place *at, const struct introduction *introduction);

#endif
