// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of events show.
#ifndef TRELLIS_APP_NETWORK_EVENT_PAGE_H
#define TRELLIS_APP_NETWORK_EVENT_PAGE_H

#include "app/app.h"
#include "app/network/event.h"
#include "app/support/support_training.h"
#include "web/component.h"

struct event_view {
    struct network net;
    struct event event;
    const char *id; // for paths
    const struct form *form;
    const struct shape *shape;
    const char *action;
    int64_t now_us;
    bool over;
    bool may_arrive; // she goes, and it is about to begin or not long over
    bool sees_link;
    const char *needs;
    // what it teaches; training.id 0: nothing
    struct training training;
    int64_t questions_left;     // pages whose questions the actor has still to answer
    bool attended;              // what is to be read counts as done: she was there, or saw it
    bool may_see;               // she may say that she has seen the recording
    struct training *trainings; // that it may teach
    size_t training_count;
    struct event *events;
    size_t event_count;
    bool past;
    const char *kind;
    const char *next; // a path; NULL: it was the last page
    bool may_note;    // who is there: it is about to begin, or has begun
    struct rsvp *rsvps;
    size_t rsvp_count;
};

extern const struct out_shape events_out;
extern const struct out_shape event_out;
extern const struct out_shape event_people_out;
extern const struct out_shape workshops_out;

enum rc event_new_view(struct req *req, const struct shape *shape, struct event_view **ret_view);
// The event of the path. RC_NOT_FOUND: not of a cohort of hers.
enum rc event_make_view(struct req *req, const struct shape *shape, struct event_view **ret_view);
// What it teaches, and how the actor stands with it.
enum rc event_load_teaching(struct req *req, struct event_view *view);
// The same for who runs the cohort.
enum rc event_make_staff(struct req *req, const struct shape *shape, struct event_view **ret_view);

#endif
