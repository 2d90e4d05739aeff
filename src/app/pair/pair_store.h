// SPDX-License-Identifier: Apache-2.0
//
// Why: every SQL text of a pair's life.
#ifndef TRELLIS_APP_PAIR_PAIR_STORE_H
#define TRELLIS_APP_PAIR_PAIR_STORE_H

#include "app/cohort/cohort.h"
#include "app/match/match.h"
#include "app/match/match_store.h"
#include "app/pair/pair.h"

// A match that has begun, as one of its two people sees it.
struct pair {
    struct match match;
    struct cohort cohort;
    bool mentor; // the actor is its mentor
    int64_t me;  // persons
    int64_t other;
    const char *name; // of the other
    const char *zone; // the actor's
    const char *other_zone;
    const char *starts;  // a day
    const char *ends_on; // a day: as agreed, or else the cohort's last
    int64_t began_at;
    int64_t ended_at;
    int64_t paused_until; // with the state "paused"
    int64_t paused_at;    // 0: not known
    int64_t paused_by;
    int64_t asked_at;   // whether they go on after a long silence, or whether she is back; 0: not
    int64_t closing_at; // 0: the last weeks have not begun
    int64_t longer_at;  // the last day was moved on; 0: never
    int64_t covered;    // by another mentor while hers pauses: enum covered
    bool held_back;     // messages are stopped, for somebody's safety
};

enum {
    NOTICE_HOURS = 24,      // before a meeting, where the two have agreed on nothing else
    PAIR_CLOSING_DAYS = 21, // the last weeks before the last day
    PAIR_FAREWELL_DAYS = 7, // at least so many of them, also after a long pause
    PAIR_SILENT_DAYS = 7,   // for an answer to "Are you two still in touch?"
    PAIR_FIRST_DAYS = 14,   // to the first meeting, and for what waits for a yes of the two
    PAIR_STILL_DAYS = 21, // then those who run the cohort see that there was none; for a first goal
};

// Whether a mentee has another mentor while hers takes a long pause.
// COVER_OVER: the mentor is back, and how it goes on with the one who covered is to be settled.
enum covered { COVER_NOT, COVER_OFFERED, COVER_WANTED, COVER_DECLINED, COVER_OVER };

// The pair of the path, if the actor is one of the two. RC_NOT_FOUND: not hers, or not begun.
enum rc pair_load(struct req *req, struct pair *ret_pair);
// Seen by its mentor from now on.
void pair_turn(struct pair *pair);
// The same for a job, seen by its mentee.
enum rc pair_find(struct db_tx *tx, struct arena *arena, int64_t id, struct pair *ret_pair);
// Whether anything can still be changed: not once it has ended.
bool pair_is_open(const struct pair *pair);
// A day by its number, as text. NULL: no memory.
const char *pair_day(struct arena *arena, int64_t day);
// The last day moved on by the pause that it falls into. NULL: it falls into none.
const char *pair_moved_end(struct arena *arena, const struct pair *pair);

// The day by which something that has waited since an instant is to be done: so many days later,
// the two have begun and are back from a pause by then, and their last day at most. "": none, while
// they pause and when it is over. NULL: no memory.
const char *pair_until(struct arena *arena, const struct pair *pair, int64_t since_us,
                       int64_t days);
// Whether such a day is over.
bool pair_is_late(const char *day, int64_t now_us);

// Sends a letter to one of the two. {0} her name, {1} the other's, {2} the page, {3} value.
enum rc pair_write_to(const struct app_place *at, const struct pair *pair, bool mentor,
                      const struct app_letter *letter, const char *url, const char *value);
// The same to the other of the two, with the path of a page of the pair.
enum rc pair_tell(struct req *req, const struct pair *pair, const struct app_letter *letter,
                  const char *page, const char *value);

// ---- agreement ----

struct agreement {
    int64_t id;
    int64_t version;
    const char *goals;
    int64_t cadence; // they meet every so many weeks
    const char *channel;
    const char *privacy;
    const char *scheduling;
    int64_t notice; // hours
    const char *ends_on;
    const char *otherwise; // what if it does not work
    int64_t made_by;
    int64_t made_at;
    int64_t mentee_signed; // when; 0: not
    int64_t mentor_signed;
    int64_t superseded;
    int64_t staff; // enum agreement_staff
    const char *staff_reason;
};
// Whether those who run the cohort have to agree to a later last day, and do; see pair_longer.h.
enum agreement_staff { STAFF_NOT_ASKED, STAFF_ASKED, STAFF_YES, STAFF_NO };
enum rc agreement_list(struct db_tx *tx, struct arena *arena, int64_t match,
                       struct agreement **ret_agreements, size_t *ret_count); // newest first
// The newest that both have signed and nobody else has to agree to. version 0: there is none.
enum rc agreement_in_force(struct db_tx *tx, struct arena *arena, int64_t match,
                           struct agreement *ret_agreement);
// Every how many weeks the two would like to meet, by their sign-ups: halfway between the two; of
// one where the other has not said; `usual` where neither has.
enum rc agreement_wished(struct db_tx *tx, struct arena *arena, const struct pair *pair,
                         int64_t usual, int64_t *ret_weeks);
enum rc agreement_add(struct req *req, const struct pair *pair, const struct agreement *agreement);
// A version holds from now on, and what was before it no more.
enum rc agreement_hold(const struct app_place *at, const struct pair *pair, int64_t version);
// It holds from now on, or waits for those who run the cohort. RC_EXISTS: it is not the newest any
// more, or signed already.
enum rc agreement_sign(struct req *req, const struct pair *pair, int64_t version);

// ---- goals ----

struct goal_serves {
    int64_t objective;
    const char *title;
};
struct goal {
    int64_t id;
    int64_t match;
    const char *title;
    const char *why;
    const char *success;
    const char *due;   // a day, or ""
    const char *state; // "draft", "agreed", "changed", "achieved", "dropped"
    int64_t progress;  // percent
    int64_t by_steps;  // counted from the steps that are done, where there are some
    int64_t shared;    // those who run the cohort see it and its state, not its steps
    const char *topic; // a value of enrolment_topics, or ""
    const struct goal_serves *serves; // the programme's objectives
    size_t serves_count;
    const char *evidence;
    const char *reason; // why it was dropped
    int64_t mentee_yes;
    int64_t mentor_yes;
    int64_t tasks;
    int64_t tasks_done;
    int64_t of_signup; // a draft of what she wanted at sign-up, as it was made
    int64_t made_at;
    int64_t changed_at;
    const char *agree_by; // a day: both should have said yes by then; "": nothing waits
    bool agree_late;
};
struct goal_task {
    int64_t id;
    const char *title;
    int64_t done_at; // 0: not yet
};
enum rc goal_list(struct db_tx *tx, struct arena *arena, int64_t match, struct goal **ret_goals,
                  size_t *ret_count);
// Fills agree_by and agree_late.
enum rc goal_when(struct arena *arena, const struct pair *pair, struct goal *goals, size_t count,
                  int64_t now_us);
enum rc goal_find(struct db_tx *tx, struct arena *arena, int64_t match, int64_t id,
                  struct goal *ret_goal);
enum rc goal_add(struct db_tx *tx, const struct goal *goal, int64_t now_us);
// Writes all that can change, but for what it serves. RC_EXISTS: it has ended.
enum rc goal_update(struct db_tx *tx, const struct goal *goal, int64_t now_us);
// Writes what it serves.
enum rc goal_serve(struct db_tx *tx, const struct goal *goal);
// How many serve an objective.
enum rc goal_count_serving(struct db_tx *tx, struct arena *arena, int64_t objective,
                           int64_t *ret_count);
enum rc goal_tasks(struct db_tx *tx, struct arena *arena, int64_t goal,
                   struct goal_task **ret_tasks, size_t *ret_count);
enum rc goal_task_add(struct db_tx *tx, int64_t goal, const char *title, int64_t now_us);
enum rc goal_task_turn(struct db_tx *tx, int64_t goal, int64_t task, int64_t now_us);

// What somebody thinks that she can do, 1..5, at the start, when a pair goes on longer, and at the
// end.
struct skill {
    const char *topic; // a message
    const char *value; // of enrolment_topics
    int64_t start;     // 0: not told
    int64_t longer;
    int64_t end;
};
enum rc skill_list(struct req *req, const struct pair *pair, struct skill **ret_skills,
                   size_t *ret_count);
// Whether she has said where she stands since an instant.
enum rc skill_told_since(struct req *req, const struct pair *pair, const char *moment,
                         int64_t since, bool *ret_told);
enum rc skill_set(struct req *req, const struct pair *pair, const char *moment, const char *topic,
                  int64_t level);

#endif
