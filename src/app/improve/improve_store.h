// SPDX-License-Identifier: Apache-2.0
//
// Why: the rows of measuring and improving, and the reading of what other slices keep.
#ifndef TRELLIS_APP_IMPROVE_IMPROVE_STORE_H
#define TRELLIS_APP_IMPROVE_IMPROVE_STORE_H

#include "app/app.h"
#include "app/cohort/programme.h"
#include "app/improve/measure_row.h"

// ---- who is counted ----------------------------------------------------------------------------

// The sign-ups of a cohort, or of all cohorts of a programme, and the groups among them.
struct scope {
    int64_t id; // of the cohort or programme
    int64_t *units;
    size_t count;
    size_t words;
    struct group groups[GROUPS_MAX]; // [0]: everybody
    size_t group_count;
    int64_t *cohorts;
    uint64_t **cohort_bits; // who is of which
    size_t cohort_count;
};
enum rc scope_load(struct db_tx *tx, struct arena *arena, int64_t id, struct scope *ret_scope);
size_t scope_group(const struct scope *scope, const char *name); // "role:mentee"; 0: everybody

// What was observed for a measure, and who of each group may be told: of a programme, only what its
// cohorts tell of themselves, so that nothing is learnt by taking them away.
struct seen {
    const struct measure_row *row;
    struct observed *all;
    size_t count;
    bool *shown; // of groups
    uint64_t **bits;
};
enum rc scope_see(struct db_tx *tx, struct arena *arena, const struct scope *scope,
                  const struct measure_row *row, int64_t now_us, struct seen *ret_seen);
enum rc scope_measure(struct arena *arena, const struct scope *scope, const struct seen *seen,
                      size_t group, struct measured *ret_measured);

// Everybody, by month: the last `MONTHS_SHOWN` months.
enum { MONTHS_SHOWN = 18 };
struct month {
    const char *name; // "2026-03"
    struct measured measured;
};
enum rc scope_months(struct arena *arena, const struct scope *scope, const struct seen *seen,
                     int64_t now_us, struct month **ret_months, size_t *ret_count);

// ---- snapshots ---------------------------------------------------------------------------------

struct snapshot {
    int64_t id;
    int64_t cohort;
    const char *cohort_name;
    int64_t at;
    const char *cause; // "closed", "hand", "review"
    const char *label; // cohort and day, for a choice
};
enum rc snapshot_take(const struct app_place *at, int64_t cohort, int64_t person,
                      const char *cause);
enum rc snapshot_keep(const struct app_place *at, int64_t cohort, int64_t person, const char *cause,
                      int64_t *ret_id);
enum rc snapshot_add(const struct app_place *at, int64_t cohort, int64_t person, const char *cause,
                     int64_t *ret_id);
enum rc snapshot_set(const struct app_place *at, int64_t snapshot, const char *name,
                     const struct measured *measured);
// The newest first: of the cohort, or of all cohorts of the programme.
enum rc snapshot_list(struct db_tx *tx, struct arena *arena, int64_t scope,
                      struct snapshot **ret_snapshots, size_t *ret_count);
// Not kept: not shown.
enum rc snapshot_value(struct db_tx *tx, struct arena *arena, int64_t snapshot, const char *name,
                       struct measured *ret_measured);

// ---- improvements ------------------------------------------------------------------------------

struct improvement {
    int64_t id;
    int64_t programme;
    int64_t cohort; // where it was found
    const char *cohort_name;
    const char *state; // proposed, accepted, doing, done, evaluated, rejected
    const char *finding;
    const char *source; // "measure:useful", "question:fit", "case:12", or ""
    const char *idea;
    int64_t owner; // 0: nobody yet
    const char *owner_name;
    const char *due;
    const char *why;
    int64_t applied; // the cohort in which it is tried; 0: not said
    const char *applied_name;
    const char *expected;
    const char *measure; // by which it is judged; "": none
    int64_t before;      // snapshots; 0: none
    int64_t after;
    const char *effect;
    int64_t is_public;
    const char *said;
    const char *did;
    int64_t review; // the meeting that asked for it; 0: none
    int64_t proposed_by;
    const char *proposer_name;
    int64_t made_at;
    int64_t changed_at;
    const char *tags;    // as a key of base/text.h: only written, see improvement_tags
    struct measured was; // of the two snapshots
    struct measured is;
};
struct improvement_move {
    const char *from;
    const char *to;
    const char *reason;
    const char *who;
    int64_t at;
};
extern const struct field_option improvement_states[];
bool improvement_can_move(const char *from, const char *to);

enum { IMPROVEMENTS_PAGE = 50 };
enum rc improvement_add(const struct app_place *at, struct improvement *item);
enum rc improvement_set(const struct app_place *at, const struct improvement *item);
// RC_EXISTS: it has left the state.
enum rc improvement_move(const struct app_place *at, const struct improvement *item, const char *to,
                         const char *reason, int64_t person);
enum rc improvement_find_any(struct req *req, int64_t id, struct improvement *ret_item);
enum rc improvement_find(struct req *req, int64_t cohort, int64_t id, struct improvement *ret_item);
// Of the programme, the last changed first.
struct improvement_filter {
    const char *state; // "": all
    const char *tag;   // "": with any or none
    int64_t before;    // those changed before; 0: all
};
enum rc improvement_list(struct req *req, int64_t programme,
                         const struct improvement_filter *filter, struct improvement **ret_items,
                         size_t *ret_count);
enum rc improvement_of_review(struct req *req, int64_t review, struct improvement **ret_items,
                              size_t *ret_count);
enum rc improvement_mine(struct req *req, int64_t cohort, struct improvement **ret_items,
                         size_t *ret_count);
enum rc improvement_told(struct req *req, int64_t programme, struct improvement **ret_items,
                         size_t *ret_count); // with a public note
enum rc improvement_history(struct req *req, int64_t id, struct improvement_move **ret_moves,
                            size_t *ret_count);
enum rc improvement_effect(struct req *req, struct improvement *item);

// Something to choose from: a value and its words.
struct choice {
    const char *value;
    const char *label; // a message, unless it is said
    bool said;
};
enum rc choice_sources(struct req *req, int64_t cohort, struct choice **ret_all, size_t *ret_count);
enum rc choice_owners(struct req *req, int64_t cohort, struct choice **ret_all, size_t *ret_count);
enum rc choice_cohorts(struct req *req, int64_t programme, struct choice **ret_all,
                       size_t *ret_count);
enum rc choice_snapshots(struct req *req, int64_t programme, struct choice **ret_all,
                         size_t *ret_count);
enum { TAGS_MOST = 8 };
// Of one improvement, or (0) of all of the programme, each once.
enum rc improvement_tags(struct req *req, int64_t programme, int64_t item, struct choice **ret_tags,
                         size_t *ret_count);
bool choice_has(const struct choice *all, size_t count, const char *value);

// Whether the actor takes part in the cohort, or runs it.
enum rc improve_is_member(struct req *req, int64_t cohort, bool *ret_is);

#endif
