// SPDX-License-Identifier: Apache-2.0
//
// Why: when a mentor leaves, or pauses for long, her mentees need somebody within days: who waits,
// since when, and what they would take along.
//
// Promises: a run for one mentee is started at once, moves nothing that is published, and waits to
// be read; those who run the cohort see how much moves, never what; what is held for somebody's
// safety is not shown; nobody looks after her own pair.
#ifndef TRELLIS_APP_PAIR_PAIR_HAND_H
#define TRELLIS_APP_PAIR_PAIR_HAND_H

#include "app/pair/pair_end.h"

enum {
    HAND_DAYS = 7, // within so many days a mentee should have another mentor
    HAND_A_PAGE = 50,
    HAND_PAGES_MAX = 1000,
    HAND_PAUSES_MAX = 100,
    PAUSE_WEEKS = 12 // longer ones are covered, where a cohort says nothing else
};

// A mentee whose mentor has left.
struct hand_left {
    int64_t match;  // that has ended
    int64_t mentee; // her enrolment
    const char *name;
    int64_t days;
    int64_t run; // for her alone, since then; 0: none
    bool offered;
    int64_t goals; // that she wants to take along
    int64_t actions;
    int64_t notes;
};

struct hand_pause {
    struct pair pair;
    int64_t weeks;
    bool is_long;
    bool by_mentor;
    const char *moved_end; // NULL: the last day is not in the pause
};

// One more than HAND_A_PAGE: there are more.
enum rc hand_left_list(struct req *req, int64_t cohort, int64_t from, struct hand_left **ret_rows,
                       size_t *ret_count);
enum rc hand_left_count(struct req *req, int64_t cohort, int64_t *ret_count, int64_t *ret_late);
enum rc hand_pause_list(struct req *req, int64_t cohort, int64_t weeks,
                        struct hand_pause **ret_rows, size_t *ret_count);
// RC_EXISTS: it is not `from` any more, or not paused.
enum rc hand_cover(struct db_tx *tx, int64_t match, enum covered from, enum covered to);
// Starts the run for one mentee.
enum rc hand_look(const struct ending *e, int64_t cohort, int64_t mentee);
// {0} her name, {1} the mentee, {2} the cohort, {3} the board.
enum rc hand_tell_staff(const struct ending *e, const struct pair *pair,
                        const struct app_letter *letter);

// A mentor is back whose mentee wanted a cover mentor: who runs the cohort is told, and the mentee
// and the one who covers, if there is one.
enum rc hand_back(const struct ending *e, const struct pair *pair);

// Mentees with a mentor who is back and one who covered.
struct hand_both {
    int64_t match; // with the one who is back
    int64_t cover; // with the other
    const char *mentee;
    const char *mentor;
    const char *other;
    int64_t since; // the other pair began
};
enum rc hand_both_list(struct req *req, int64_t cohort, struct hand_both **ret_rows,
                       size_t *ret_count);

// The letter of a mentor who leaves.
extern const struct app_letter hand_letter_left;

#endif
