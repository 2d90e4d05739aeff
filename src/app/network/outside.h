// SPDX-License-Identifier: Apache-2.0
//
// Why: what there is beyond the programme: conferences, grants, jobs, courses, groups. Whoever
// takes part, or runs it, puts it on a board for the others of her cohort.
//
// Promises: only those of the cohort read it; it goes by itself when its day is over; whoever put
// it there, and those who run the cohort, take it off and put it back; two who must be kept apart
// don't see each other's.
#ifndef TRELLIS_APP_NETWORK_OUTSIDE_H
#define TRELLIS_APP_NETWORK_OUTSIDE_H

#include "app/network/network_store.h"
#include "web/field.h"

enum { OUTSIDE_PAGE = 20, OUTSIDE_DAYS = 90, OUTSIDE_OPEN_MOST = 10 };

struct outside {
    int64_t id;
    int64_t cohort;
    int64_t person;
    const char *name; // of whoever put it there
    const char *kind;
    const char *title;
    const char *about;
    const char *link;
    const char *until; // a day; "": not said
    int64_t ends_at;   // it is not shown any more
    int64_t off_at;    // taken off; 0: it is there
};
extern const struct field_option outside_kinds[];

// Those that are there, the newest first, one more than a page; or (off) those that the actor took
// off or may put back.
struct outside_filter {
    const char *kind; // "": all
    int64_t before;   // an id; 0: from the first
    bool off;
};
enum rc outside_list(struct req *req, const struct network *network,
                     const struct outside_filter *filter, struct outside **ret_all,
                     size_t *ret_count);
// RC_LIMIT: she has put enough there.
enum rc outside_add(struct req *req, const struct outside *one);
// RC_NOT_FOUND: there is none, or it is not hers. RC_EXISTS: it is so already.
enum rc outside_turn(struct req *req, const struct network *network, int64_t id, bool off);
// Takes off what somebody put there who leaves a cohort (0: all). Those who run it may put it back;
// then it stands there without her name.
enum rc outside_leave(const struct app_place *at, int64_t person, int64_t cohort);

#endif
