// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of circles show.
#ifndef TRELLIS_APP_NETWORK_CIRCLE_PAGE_H
#define TRELLIS_APP_NETWORK_CIRCLE_PAGE_H

#include "app/app.h"
#include "app/enrolment/enrolment.h"
#include "app/network/circle_step.h"
#include "web/component.h"
#include "web/field.h"

struct circle_view {
    struct network net;
    struct circle circle;
    const char *id; // for paths
    const struct form *form;
    const struct shape *shape;
    const char *action;
    int64_t now_us;
    bool open;
    bool in;      // the actor is a member
    bool leads;   // she leads it, alone or with another
    bool manages; // she leads it, or runs the cohort
    bool knows;   // she sees what is for the cohort, not for visitors
    // of the list
    struct circle *circles;
    size_t circle_count;
    const char *topic;
    const char *next; // a path, also of the board; NULL: it was the last page
    bool may_begin;
    // of one
    struct circle_member *members;
    size_t member_count;
    struct circle_member *asked;
    size_t asked_count;
    struct circle_member *invited;
    size_t invited_count;
    struct circle *askers; // circles that want to be taken in
    size_t asker_count;
    struct circle_agreement agreement;
    struct circle_meeting *meetings;
    size_t meeting_count;
    struct circle_meeting meeting;
    bool may_mark; // it is time to note who is there
    int64_t *present;
    size_t present_count;
    struct circle_goal *goals;
    size_t goal_count;
    struct circle_post *posts;
    size_t post_count;
    struct circle_post post;
    struct circle_step *steps; // of its plan
    size_t step_count;
    size_t steps_done;
    struct circle_step step; // one of them; the next on the first page, id 0: none
};

extern const struct out_shape circles_out;
extern const struct out_shape circle_out;
extern const struct out_shape circle_meeting_out;
extern const struct out_shape circle_agreement_out;
extern const struct out_shape circle_goals_out;
extern const struct out_shape circle_steps_out;
extern const struct out_shape circle_board_out;
extern const struct field_option circle_joinings[];
extern const struct field_option circle_visibilities[];

// The circle of the path as the actor may see it. RC_NOT_FOUND: not hers to see.
enum rc circle_make_view(struct req *req, const struct shape *shape, struct circle_view **ret_view);
enum circle_part { CIRCLE_IN, CIRCLE_LEADS, CIRCLE_MANAGES };
// The same for who has a part in it. RC_NOT_FOUND: she has not.
enum rc circle_make_part(struct req *req, enum circle_part part, const struct shape *shape,
                         struct circle_view **ret_view);
// For an act: RC_EXISTS: the circle is not open any more.
enum rc circle_act(struct req *req, enum circle_part part, struct circle_view **ret_view);
enum rc circle_go(struct req *req, int64_t circle, const char *said, const char *page);
bool circle_is_present(const struct circle_view *view, int64_t person);

#endif
