// SPDX-License-Identifier: Apache-2.0
//
// Why: the rows of events: talks, workshops and meet-ups of a cohort, who comes, and who came.
//
// Promises: never more going than seats; a seat that becomes free goes to whoever waits longest;
// the link is only for who goes; what somebody needs to take part is only for who runs the event.
#ifndef TRELLIS_APP_NETWORK_EVENT_H
#define TRELLIS_APP_NETWORK_EVENT_H

#include "app/network/network_store.h"

struct event {
    int64_t id;
    int64_t cohort;
    const char *title;
    const char *kind; // a value of event_kinds
    const char *about;
    int64_t at;
    int64_t minutes;
    const char *zone;  // in which its time was said
    const char *link;  // for who goes
    const char *place; // for everybody in the cohort
    int64_t seats;     // 0: as many as want
    int64_t captions;
    int64_t interpreter;
    int64_t step_free;
    const char *access;    // in words
    const char *recording; // a link
    int64_t recording_captions;
    const char *state; // "planned", "cancelled"
    const char *reason;
    int64_t sequence;
    int64_t made_by;
    int64_t training; // that it teaches; 0: none
    int64_t going;    // how many
    int64_t waiting;
    int64_t came;
    const char *mine;  // the actor's answer: "", "going", "waiting", "maybe", "no"
    int64_t mine_came; // when she said that she is here; 0: not
};
extern const struct field_option event_kinds[];

// The number of her copy in calendars, where the higher one is the newer: it rises with each change
// of the event, and of her answer.
enum rc event_sequence(struct db_tx *tx, struct arena *arena, const struct event *event,
                       int64_t person, int64_t *ret_sequence);
// As seen by `person`. RC_NOT_FOUND.
enum rc event_find(struct db_tx *tx, struct arena *arena, int64_t id, int64_t person,
                   struct event *ret_event);
struct event_filter {
    int64_t cohort;
    bool past;        // those that are over, the newest first; else those to come, the next first
    const char *kind; // "": all
    int64_t after;    // the time of the last one of the page before; 0: from the beginning
    int64_t after_id;
};
enum { EVENTS_A_PAGE = 20, EVENTS_TO_COME_MOST = 200 };
enum rc event_list(struct req *req, const struct event_filter *filter, struct event **ret_events,
                   size_t *ret_count);
// Those to come that the actor goes to, waits for or may go to, in all cohorts.
enum rc event_list_mine(struct req *req, struct event **ret_events, size_t *ret_count);
// Workshops on a training in her cohorts, the newest first: all to come, and those that were.
enum { WORKSHOPS_SHOWN = 30 };
enum rc event_list_teaching(struct req *req, int64_t training, struct event **ret_events,
                            size_t *ret_count);
enum rc event_index(const struct app_place *at, const struct event *event); // see app/index.h
enum rc event_add(const struct app_place *at, struct event *event);
// Keeps a change; whoever goes is told when `tell` (time, link or place are others).
enum rc event_update(const struct app_place *at, struct event *event, bool tell);
// RC_EXISTS: it is cancelled already.
enum rc event_cancel(const struct app_place *at, struct event *event, const char *reason);
enum rc event_set_recording(struct db_tx *tx, int64_t event, const char *link, bool captions);

// An answer of a person; "going" becomes "waiting" when no seat is free. ret_answer: what she has.
enum rc event_answer(const struct app_place *at, int64_t event, int64_t person, const char *answer,
                     const char **ret_answer);
// Gives seats that are free to those who wait, and tells them.
enum rc event_fill(const struct app_place *at, int64_t event);
enum rc event_set_needs(const struct app_place *at, int64_t event, int64_t person,
                        const char *needs);
enum rc event_needs(struct db_tx *tx, struct arena *arena, int64_t event, int64_t person,
                    const char **ret_needs); // "" when there are none
// She was there (came) or not; announced once. What the event teaches is told to her training.
enum rc event_set_came(const struct app_place *at, const struct event *event, int64_t person,
                       int64_t by, bool came);
// The same, noted by who runs the event: with a letter that says which questions are left to her.
enum rc event_note(const struct app_place *at, const struct event *event, int64_t person,
                   int64_t by, bool came);

struct rsvp {
    int64_t person;
    const char *name;
    const char *answer;
    int64_t at;
    int64_t came_at;
    const char *needs;
};
enum { RSVPS_MOST = 1000 };
// Of one event, those who go first. With needs only where `needs`.
enum rc rsvp_list(struct db_tx *tx, struct arena *arena, int64_t event, bool needs,
                  struct rsvp **ret_rsvps, size_t *ret_count);
// The calendar of an event for one who goes.
enum rc event_invite(const struct app_place *at, const struct event *event, int64_t person,
                     const char *method);

enum rc event_count_planned(struct req *req, int64_t cohort, int64_t *ret_count);

#endif
