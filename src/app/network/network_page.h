// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of meeting others show, but for those of circles and events.
#ifndef TRELLIS_APP_NETWORK_NETWORK_PAGE_H
#define TRELLIS_APP_NETWORK_NETWORK_PAGE_H

#include "app/app.h"
#include "app/enrolment/enrolment.h"
#include "app/network/circle.h"
#include "app/network/directory.h"
#include "app/network/event.h"
#include "app/network/flash.h"
#include "app/network/introduction.h"
#include "app/network/outside.h"
#include "app/network/round.h"
#include "app/pair/pair_meet.h"
#include "web/component.h"

// Of all that is offered: how many people it reached.
struct reach_row {
    const char *label; // a message
    int64_t part;
    int64_t n;
    bool small; // fewer than five: nothing is shown
};
enum { REACH_ROWS = 8, REACH_LEAST = 5 };

struct network_view {
    struct network net;
    const struct form *form;
    const struct shape *shape;
    const char *action;
    int64_t now_us;
    const char *zone;
    // what is mine
    struct meet_cohort *cohorts;
    size_t cohort_count;
    struct circle *circles;
    size_t circle_count;
    struct event *events;
    size_t event_count;
    struct introduction *asked; // of me
    size_t asked_count;
    // introductions
    struct introduction *proposed; // by me
    size_t proposed_count;
    struct introduction *introduction;
    const char *email; // of the other, once both have said yes
    struct network_person *known;
    size_t known_count;
    // rounds
    struct round_plan plan;
    int64_t wishes;
    bool wants;
    struct round_row *rounds;
    size_t round_count;
    const struct round_row *now; // the newest round that she is in; NULL: none
    struct round_mate *mates;
    size_t mate_count;
    int64_t times[MEETING_SLOTS_MAX];
    size_t time_count;
    struct round_row *all; // for who runs it
    size_t all_count;
    // short talks
    struct flash *open;
    size_t open_count;
    struct flash *taken;
    size_t taken_count;
    struct flash *offered;
    size_t offered_count;
    struct flash talk;
    // beyond the programme
    struct outside *outsides;
    size_t outside_count;
    struct outside *off; // that can be put back
    size_t off_count;
    const char *kind; // the chosen one
    // the directory
    struct directory_card *cards;
    size_t card_count;
    struct directory_card card; // her own; person 0: none
    const char *words;
    const char *next; // a path; NULL: no page follows
    // reach
    struct reach_row reach[REACH_ROWS];
    size_t reach_count;
};

extern const struct out_shape meet_out;
extern const struct out_shape reach_out;
extern const struct out_shape introductions_out;
extern const struct out_shape introduction_out;
extern const struct out_shape rounds_out;
extern const struct out_shape talks_out;
extern const struct out_shape talk_out;
extern const struct out_shape outside_out;
extern const struct out_shape directory_out;

// At most REACH_ROWS rows.
enum rc reach_count(struct req *req, int64_t cohort, struct reach_row rows[], size_t *ret_count);

enum rc network_make_view(struct req *req, const struct shape *shape,
                          struct network_view **ret_view); // of no cohort
// Of the cohort of the path. RC_NOT_FOUND: not hers.
enum rc network_make_cohort(struct req *req, const struct shape *shape,
                            struct network_view **ret_view);
// "yes", "no" or "": what the actor has answered.
const char *introduction_mine(const struct introduction *introduction, int64_t me);
bool introduction_chosen(const struct form *form, const char *name, int64_t person);
const char *introduction_other(const struct introduction *introduction, int64_t me);

#endif
