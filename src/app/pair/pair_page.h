// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of a pair show.
#ifndef TRELLIS_APP_PAIR_PAIR_PAGE_H
#define TRELLIS_APP_PAIR_PAIR_PAGE_H

#include "app/pair/pair_meet.h"
#include "app/pair/pair_store.h"
#include "app/pair/pair_talk.h"
#include "web/field.h"

// What waits to be done, on the first page of a pair.
struct pair_step {
    const char *text; // a message; {0} is the name of the other
    const char *page; // "/goals"
    bool done;
};
enum { PAIR_STEPS_MAX = 12 };

struct pair_view {
    struct pair pair;
    const char *id; // for paths
    bool open;
    const struct form *form;
    const struct shape *shape;
    const char *action;
    struct pair_step steps[PAIR_STEPS_MAX];
    size_t step_count;
    // agreement
    struct agreement *agreements; // newest first
    size_t agreement_count;
    const struct agreement *agreement; // that holds, or else waits; NULL: none
    bool to_sign;                      // by the actor
    // goals
    struct goal *goals;
    size_t goal_count;
    struct goal goal;
    struct goal_task *tasks;
    size_t task_count;
    struct skill *skills;
    size_t skill_count;
    struct objective *objectives;
    size_t objective_count;
};

struct meet_view {
    struct pair_view base;
    int64_t now_us;
    struct meeting *meetings;
    size_t meeting_count;
    int64_t held;
    int64_t held_minutes;
    int64_t planned;
    int64_t incidents; // of the actor
    struct meeting meeting;
    int64_t times[MEETING_TIMES_MAX];
    size_t time_count;
    int64_t slots[MEETING_SLOTS_MAX];
    size_t slot_count;
    struct meeting_note *notes;
    size_t note_count;
    struct meeting_action *actions;
    size_t action_count;
};
struct talk_view {
    struct pair_view base;
    struct pair_message *messages;
    size_t count;
    int64_t unseen;
};
struct letters_view {
    const struct form *form;
    const struct shape *shape;
    const char *token;
    const char *kind; // a message
    bool wanted;
    bool has_feed;
    const char *feed; // the address, once; NULL: not now
};
struct confirm_view {
    const char *token;
    int64_t person;
    const char *other;
    const char *zone;
    struct pair pair;
    struct meeting meeting;
};
bool pair_slot_chosen(const struct form *form, int64_t at);
bool pair_is_link(const char *place); // http or https

// The view of the pair of the path.
enum rc pair_make_view(struct req *req, const struct shape *shape, struct pair_view **ret_view);
// The same for an act: RC_EXISTS: the pair has ended.
enum rc pair_open(struct req *req, struct pair *ret_pair);
// Ends an act at a page of the pair.
enum rc pair_go(struct req *req, const struct pair *pair, const char *said, const char *page);
void pair_time(struct html *html, int64_t at_us, const char *zone);

#endif
