// SPDX-License-Identifier: Apache-2.0
//
// Why: what a plan says, and where a pair stands in it.
#ifndef TRELLIS_APP_SUPPORT_SUPPORT_PLAN_H
#define TRELLIS_APP_SUPPORT_SUPPORT_PLAN_H

#include "app/pair/pair_store.h"
#include "app/support/support.h"

struct plan {
    int64_t id;
    int64_t cohort; // 0: of every cohort
    const char *cohort_name;
    const char *role;     // who sees it: "pair", "mentee", "mentor"
    const char *language; // that every step has words in
    const char *title;
    int64_t version; // that pairs get; 0: none yet
    int64_t draft;   // 1: version + 1 is being written
    int64_t ended_at;
    int64_t pairs; // under way with it
    int64_t items; // of the version that pairs get
};

struct plan_item {
    int64_t item;
    int64_t stage; // 1..
    const char *kind;
    const char *owner;
    int64_t days;
    const char *unless; // "", "meeting", "agreement", "goal": not needed once there is one
    int64_t resource;
    const char *resource_title;
    const char *survey;
    const char *stage_title; // words, in the language asked for
    const char *title;
    const char *text;     // Markdown
    const char *language; // that the words are in
};

// A step of a pair.
struct pair_item {
    struct plan_item step;
    int64_t id;
    int64_t plan;
    const char *role; // of the plan
    int64_t due_at;
    const char *state; // "open", "done", "skipped"
    int64_t told;
    int64_t changed_at;
    const char *by;     // who did it; ""
    int64_t paused_at;  // 0: it does not wait
    int64_t match;      // with lists over pairs
    const char *mentee; // the same
    const char *mentor;
};

// The instant at which a step is due, whose plan covers `days` days: where the pair has fewer
// (fits_in), all is brought nearer by the same share, and nothing lies before the beginning. An
// offset below 0 counts back from the last day, also where that comes later than planned.
int64_t plan_due(int64_t begun_at, int64_t offset_days, int64_t days, int64_t fits_in);

// Where a step stands, in words.
enum plan_stand {
    PLAN_DONE,
    PLAN_SKIPPED,
    PLAN_WAITS,
    PLAN_LATE,
    PLAN_TODAY,
    PLAN_SOON,
    PLAN_LATER
};
enum plan_stand plan_stand(const struct pair_item *item, int64_t now_us);
const char *plan_stand_label(enum plan_stand stand); // a message

// Which plans the pairs of cohort $1 get: for each kind of reader those of the cohort, or else
// those of its programme, or else those of every programme.
#define PLAN_OF_COHORT                                                                              \
    "p.ended_at = 0 AND p.version > 0 AND p.cohort = CASE WHEN EXISTS (SELECT 1 FROM plan o WHERE " \
    "o.cohort = $1 AND o.role = p.role AND o.ended_at = 0 AND o.version > 0) THEN $1 WHEN EXISTS "  \
    "(SELECT 1 FROM plan o JOIN cohort c ON c.programme = o.cohort WHERE c.id = $1 AND o.role = "   \
    "p.role AND o.ended_at = 0 AND o.version > 0) THEN (SELECT programme FROM cohort WHERE id = "   \
    "$1) ELSE 0 END "

enum { PLAN_ITEMS_MAX = 200, PLANS_MAX = 100 };

extern const struct field_option plan_roles[];
extern const struct field_option plan_kinds[];
extern const struct field_option plan_owners[];
extern const struct field_option plan_conditions[];
extern const struct field_option plan_surveys[];
extern const struct field_option support_languages[];
// The label of a value; the value itself when there is none.
const char *support_label(const struct field_option *options, const char *value);

// ---- templates ----

// Those that the actor may edit, or (cohort > 0) those that a cohort's pairs get.
enum rc plan_list(struct req *req, int64_t cohort, struct plan **ret_plans, size_t *ret_count);
enum rc plan_find(struct db_tx *tx, struct arena *arena, int64_t id, struct plan *ret_plan);
enum rc plan_add(struct db_tx *tx, const struct plan *plan, const char *ready, int64_t by,
                 int64_t now_us);
// Ends it for pairs to come. RC_EXISTS: it has ended.
enum rc plan_end(struct db_tx *tx, int64_t id, int64_t now_us);
// One version of a plan, in the words of a language where it has them.
struct plan_at {
    const struct plan *plan;
    int64_t version;
    const char *language;
};
enum rc plan_items(struct db_tx *tx, struct arena *arena, const struct plan_at *at,
                   struct plan_item **ret_items, size_t *ret_count);
// A new version to write in, with the steps of the last. RC_EXISTS: there is one.
enum rc plan_open_draft(struct db_tx *tx, const struct plan *plan);
enum rc plan_drop_draft(struct db_tx *tx, const struct plan *plan);
// In the draft; item 0: a new one, whose id is put there.
enum rc plan_item_set(struct db_tx *tx, const struct plan *plan, struct plan_item *item,
                      int64_t now_us);
enum rc plan_item_drop(struct db_tx *tx, const struct plan *plan, int64_t item);

// Whom a publication would touch.
struct plan_reach {
    int64_t pairs;   // under way with the plan
    int64_t changed; // their steps, not yet due, that would change
    int64_t added;
    int64_t dropped;
};
enum rc plan_reach(const struct app_place *at, const struct plan *plan, struct plan_reach *ret);
// The draft becomes the version that pairs get; with `running`, those under way too.
enum rc plan_publish(const struct app_place *at, const struct plan *plan, bool running);

// ---- pairs ----

// Copies what the plans of a pair's cohort say now.
enum rc plan_begin(const struct app_place *at, int64_t match);
enum rc plan_pause(const struct app_place *at, int64_t match);
enum rc plan_resume(const struct app_place *at, int64_t match);
// The pair's last day is another one: what counts from it moves with it, and nothing else that is
// still to come is left behind it.
enum rc plan_end_moved(const struct app_place *at, int64_t match);
// The meeting that comes next by the plan was held.
enum rc plan_met(const struct app_place *at, int64_t match);
// What one of a pair sees of its plan, in order.
struct pair_reader {
    int64_t match;
    const char *side; // "mentee", "mentor"; "": all (for staff)
    const char *language;
};
enum rc pair_item_list(struct db_tx *tx, struct arena *arena, const struct pair_reader *reader,
                       struct pair_item **ret_items, size_t *ret_count);
// Steps of coordinators of a cohort that are due and open.
enum rc pair_item_staff(struct req *req, int64_t cohort, struct pair_item **ret_items,
                        size_t *ret_count);
// Done, or not done after all. side as above; "coordinator" for staff. RC_NOT_FOUND: not hers to
// tick. RC_EXISTS: it is so already.
enum rc pair_item_turn(const struct app_place *at, int64_t match, int64_t id, const char *side,
                       bool done, int64_t by);

#endif
