// SPDX-License-Identifier: Apache-2.0
//
// Why: what is decided by hand (two kept together, or never together) is a draft over a run that
// stays as it was computed: each act is a row that can be taken back and done again, and a new run
// makes pairs of it.
//
// Promises: an act is written with what it replaced; acts are taken back from the newest on, and
// taking back one that was not the newest any more is refused.
#ifndef TRELLIS_APP_MATCH_MATCH_CHANGE_H
#define TRELLIS_APP_MATCH_MATCH_CHANGE_H

#include "app/match/match_store.h"
#include "app/match/match_try.h"

enum { MATCH_CHANGES_A_PAGE = 50 };

// What a pair becomes, by enrolments.
struct match_hold_set {
    int64_t mentee;
    int64_t mentor;
    enum match_hold becomes;
};

struct match_change {
    int64_t number; // of the act, from 1 in its cohort
    int64_t run;    // on whose board
    int64_t mentee;
    int64_t mentor;
    enum match_hold was;
    enum match_hold becomes;
    const char *note;
    const char *mentee_name;
    const char *mentor_name;
    const char *by;
    int64_t made_at;
    int64_t undone_at; // 0: it holds
};

// Writes an act. RC_NOT_FOUND: one of them is not of this cohort. RC_BAD_INPUT: it changes nothing.
enum rc change_add(struct req *req, const struct match_run *run, const struct match_hold_set *sets,
                   size_t count, const char *note);

// The newest first; `before` a number (0: from the newest on).
enum rc change_list(struct req *req, int64_t cohort, int64_t before, int64_t most,
                    struct match_change **ret_changes, size_t *ret_count);

// What would be undone from act `number` on, or done again with it: the sets that do it. ret_acts:
// how many acts. RC_EXISTS: there is no such act to be taken back or done again.
enum rc change_back(struct req *req, int64_t cohort, int64_t number, struct match_hold_set *sets,
                    size_t *ret_count, int64_t *ret_acts);
enum rc change_again(struct req *req, int64_t cohort, int64_t number, struct match_hold_set *sets,
                     size_t *ret_count);
enum rc change_do_back(struct req *req, int64_t cohort, int64_t number);
enum rc change_do_again(struct req *req, int64_t cohort, int64_t number);

// The act that can be done again; 0: none. The newest that holds; 0: none.
enum rc change_ends(struct req *req, int64_t cohort, int64_t *ret_newest, int64_t *ret_again);

// The mentors that a mentee is kept together with by hand.
enum rc change_pins_of(struct req *req, int64_t cohort, int64_t mentee, struct db_rows **ret_rows);

#endif
