// SPDX-License-Identifier: Apache-2.0
//
// Why: those who run a cohort look back together: in its middle, at its end, and when they like. A
// review meeting has a day, who comes, an agenda, what is looked at, what was said and decided, and
// actions that somebody does by a day.
//
// Promises: planned -> held -> planned (opened again), or planned -> cancelled. Closing it keeps
// the measures of that day in a snapshot, so that the record shows what the people in the room saw.
// An action is open, ticked, or goes on as a row of the log of improvements, and then ends there.
#ifndef TRELLIS_APP_IMPROVE_IMPROVE_REVIEW_H
#define TRELLIS_APP_IMPROVE_IMPROVE_REVIEW_H

#include "app/improve/improve_store.h"

enum { AREAS = 6, REVIEWS_PAGE = 50, SUBJECTS_MOST = 40, ACTIONS_MOST = 60 };
struct review_area {
    const char *name; // kept
    const char *title;
    const char *asks; // messages
};
extern const struct review_area review_areas[AREAS];
extern const struct field_option review_moments[];
extern const struct field_option review_states[];

struct review {
    int64_t id;
    int64_t cohort;
    const char *moment; // "month", "mid", "end", "other"
    const char *day;
    const char *who;
    const char *agenda;
    const char *decisions;
    const char *notes[AREAS];
    const char *state; // "planned", "held", "cancelled"
    int64_t snapshot;  // of the day on which it was closed; 0: none
    int64_t held_at;
    int64_t made_at;
    int64_t version; // rises with each change
    int64_t open;    // actions that nobody has ended yet
};
enum rc review_add(const struct app_place *at, struct review *review, int64_t person);
// RC_EXISTS: somebody has changed it since, or it is not planned any more.
enum rc review_set(const struct app_place *at, const struct review *review);
enum rc review_move(const struct app_place *at, const struct review *review, const char *to,
                    int64_t snapshot);
enum rc review_find(struct req *req, int64_t cohort, int64_t id, struct review *ret_review);
// Of a cohort, or of all cohorts of a programme; the newest first, without what was said.
enum rc review_list(struct req *req, int64_t scope, int64_t before, struct review **ret_reviews,
                    size_t *ret_count);

// What is looked at: a measure, or something that was found.
struct review_subject {
    const char *name;              // "measure:useful", "finding:12"
    const struct measure_row *row; // NULL: it is a finding
    struct measured measured;      // as it is now, or was on the day
    struct improvement found;
};
// ret_new false: it is there already. RC_LIMIT: SUBJECTS_MOST are.
enum rc review_attach(const struct app_place *at, int64_t review, const char *name);
enum rc review_detach(const struct app_place *at, int64_t review, const char *name);
enum rc review_subjects(struct req *req, const struct review *review,
                        struct review_subject **ret_subjects, size_t *ret_count);
// Measures, and findings of the programme that are not settled yet.
enum rc choice_subjects(struct req *req, int64_t programme, struct choice **ret_all,
                        size_t *ret_count);

struct review_action {
    int64_t id;
    const char *text;
    int64_t owner;
    const char *owner_name;
    const char *due;
    int64_t done_at;     // 0: not ticked
    int64_t improvement; // 0: not in the log
    int64_t found_in;    // the cohort whose log it is in
    const char *state;   // of the improvement
    bool late;
};
enum rc review_action_add(const struct app_place *at, int64_t review,
                          const struct review_action *action, int64_t person);
enum rc review_action_find(struct req *req, int64_t review, int64_t id,
                           struct review_action *ret_action);
// RC_EXISTS: it was ticked or is in the log already; or, with `done` false, was not ticked.
enum rc review_action_tick(const struct app_place *at, int64_t action, bool done);
enum rc review_action_log(const struct app_place *at, int64_t action, int64_t improvement);
enum rc review_actions(struct req *req, int64_t review, struct review_action **ret_actions,
                       size_t *ret_count);

#endif
