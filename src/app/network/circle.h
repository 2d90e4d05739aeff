// SPDX-License-Identifier: Apache-2.0
//
// Why: the rows of circles: a few people who meet on a topic, led by one or two of them.
//
// Promises: never more members than places; nobody joins a circle with somebody whom she must be
// kept apart from, and is told no more than that there is no place; a place that becomes free goes
// to whoever waits longest.
#ifndef TRELLIS_APP_NETWORK_CIRCLE_H
#define TRELLIS_APP_NETWORK_CIRCLE_H

#include "app/network/network_store.h"

enum { CIRCLE_LEAST = 3, CIRCLE_USUAL = 8, CIRCLE_MOST = 20, CIRCLE_LEADERLESS_DAYS = 14 };

struct circle {
    int64_t id;
    int64_t cohort;
    const char *title;
    const char *topic; // a value of enrolment_topics
    const char *about;
    int64_t lead;
    int64_t colead; // 0: nobody
    int64_t capacity;
    const char *joining;    // "open", "ask", "invite"
    const char *visibility; // "public", "listed", "hidden"
    const char *state;      // "open", "closed", "merged"
    const char *reason;     // why it was closed
    int64_t merge_into;     // that it asks to join, or has joined
    int64_t ends_at;        // nobody leads it: it closes then; 0: somebody does
    int64_t members;
    const char *lead_name;
    const char *colead_name;
    const char *mine; // the actor's state in it: "", "member", "waiting", "asked", "invited", ...
    int64_t apart;    // 1: the actor must be kept apart from a member
    int64_t free;     // places, as the actor may know
};
int64_t circle_free(const struct circle *circle); // as the actor may know

// As seen by `person`. RC_NOT_FOUND.
enum rc circle_find(struct db_tx *tx, struct arena *arena, int64_t id, int64_t person,
                    struct circle *ret_circle);
// Those of a cohort that are open and that the actor may know of, by title; `topic` "": all.
enum { CIRCLES_A_PAGE = 30 };
enum rc circle_list(struct req *req, const struct network *network, const char *topic,
                    const char *after, struct circle **ret_circles, size_t *ret_count);
// Those that the actor is in, waits for, or is invited to, in all cohorts.
enum rc circle_list_mine(struct req *req, struct circle **ret_circles, size_t *ret_count);
enum rc circle_add(const struct app_place *at, struct circle *circle); // its lead is a member
enum rc circle_update(const struct app_place *at, const struct circle *circle);
enum rc circle_index(const struct app_place *at, const struct circle *circle); // see app/index.h
// RC_EXISTS: it is not open any more.
enum rc circle_end(const struct app_place *at, const struct circle *circle, const char *state,
                   const char *reason);

struct circle_member {
    int64_t person;
    const char *name;
    const char *pronouns;
    const char *zone;
    const char *state; // "member", "waiting", "asked", "invited", "refused", "left"
    const char *words;
    int64_t at;
    int64_t apart;     // from a member: whoever leads the circle never sees her
    int64_t signed_at; // the agreement that holds; 0: not
};
// In one of the states, in the order in which they came.
enum rc circle_members(struct db_tx *tx, struct arena *arena, int64_t circle, const char *state,
                       struct circle_member **ret_members, size_t *ret_count);
enum rc circle_set_member(const struct app_place *at, int64_t circle, int64_t person,
                          const char *state, const char *words);
// Gives places that are free to those who wait, and tells them.
enum rc circle_fill(const struct app_place *at, int64_t circle);
// Takes a member out: her next meetings, whoever leads, the waiting list, circles that are small.
enum rc circle_leave(const struct app_place *at, int64_t circle, int64_t person);
// Tells every member but one (0: every one).
enum rc circle_tell(const struct app_place *at, const struct circle *circle, int64_t but,
                    const struct notice *notice);
// Moves all members into another circle. RC_LIMIT: they don't fit.
enum rc circle_merge(const struct app_place *at, const struct circle *from,
                     const struct circle *into);
// Those that ask to be merged into this one.
enum rc circle_askers(struct req *req, int64_t into, struct circle **ret_circles,
                      size_t *ret_count);

// ---- the agreement ----

struct circle_agreement {
    int64_t id; // 0: there is none
    int64_t version;
    const char *goals;
    int64_t cadence;
    const char *channel;
    const char *scheduling; // who proposes times
    const char *privacy;
    int64_t notice;
    const char *ends_on;
    const char *otherwise;
    int64_t made_at;
    int64_t signatures; // of members
    int64_t mine;       // when the actor signed; 0: not
};
// The newest, as the actor sees it; version 0: there is none.
enum rc circle_agreement_now(struct req *req, int64_t circle, struct circle_agreement *ret);
enum rc circle_agreement_add(struct req *req, int64_t circle, struct circle_agreement *agreement);
// RC_EXISTS: it is not the newest any more, or she has signed.
enum rc circle_agreement_sign(struct req *req, int64_t circle, int64_t version);

// ---- meetings ----

struct circle_meeting {
    int64_t id;
    int64_t circle;
    const char *state; // "planned", "held", "cancelled"
    int64_t at;
    int64_t minutes;
    const char *place;
    const char *agenda;
    int64_t sequence;
    const char *reason;
    int64_t came; // how many were there
};
enum { CIRCLE_MEETINGS_MOST = 26 };
enum rc circle_meetings(struct db_tx *tx, struct arena *arena, int64_t circle,
                        struct circle_meeting **ret_meetings, size_t *ret_count);
enum rc circle_meeting_find(struct db_tx *tx, struct arena *arena, int64_t circle, int64_t id,
                            struct circle_meeting *ret_meeting);
enum rc circle_meeting_add(const struct app_place *at, struct circle_meeting *meeting);
// A calendar for every member (person 0) or for one.
enum rc circle_invite(const struct app_place *at, const struct circle *circle,
                      const struct circle_meeting *meeting, const char *method, int64_t person);
// All that are still to come, for one: she has joined, or leaves.
enum rc circle_invite_all(const struct app_place *at, const struct circle *circle,
                          const char *method, int64_t person);
// RC_EXISTS: it is not planned any more.
enum rc circle_meeting_cancel(const struct app_place *at, const struct circle *circle,
                              struct circle_meeting *meeting, const char *reason);
enum rc circle_meeting_held(const struct app_place *at, const struct circle *circle,
                            const struct circle_meeting *meeting, const int64_t *people,
                            size_t count);
enum rc circle_presence(struct db_tx *tx, struct arena *arena, int64_t meeting,
                        int64_t **ret_people, size_t *ret_count);

// ---- goals and the board ----

struct circle_goal {
    int64_t id;
    int64_t owner;
    const char *owner_name;
    const char *title;
    const char *success;
    const char *due;
    const char *state; // "open", "reached", "dropped"
};
enum rc circle_goals(struct db_tx *tx, struct arena *arena, int64_t circle,
                     struct circle_goal **ret_goals, size_t *ret_count);
enum rc circle_goal_add(struct req *req, int64_t circle, const struct circle_goal *goal);
// By its owner. RC_EXISTS: it is not open any more, or not hers.
enum rc circle_goal_end(struct req *req, int64_t circle, int64_t goal, const char *state);
enum rc circle_goal_drop_all(const struct app_place *at, int64_t circle, int64_t owner);

struct circle_post {
    int64_t id;
    int64_t person;
    const char *name;
    const char *text; // "" when it was removed by another
    int64_t at;
    int64_t removed_at;
    const char *reason;
};
enum { POSTS_A_PAGE = 30, POSTS_AN_HOUR = 20 };
enum rc circle_posts(struct db_tx *tx, struct arena *arena, int64_t circle, int64_t before,
                     struct circle_post **ret_posts, size_t *ret_count);
// RC_LIMIT: too many within an hour.
enum rc circle_post_add(struct req *req, int64_t circle, const char *text);
enum rc circle_post_find(struct db_tx *tx, struct arena *arena, int64_t circle, int64_t id,
                         struct circle_post *ret_post);
enum rc circle_post_remove(struct req *req, int64_t circle, int64_t id, const char *reason);

// How many open circles of a cohort the actor leads; how many meetings of a circle are to come.
enum rc circle_count_led(struct req *req, const struct network *net, int64_t *ret_count);
enum rc circle_count_planned(struct req *req, int64_t circle, int64_t *ret_count);

#endif
