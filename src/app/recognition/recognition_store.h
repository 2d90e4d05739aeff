// SPDX-License-Identifier: Apache-2.0
//
// Why: what only this slice asks of its rows.
#ifndef TRELLIS_APP_RECOGNITION_RECOGNITION_STORE_H
#define TRELLIS_APP_RECOGNITION_RECOGNITION_STORE_H

#include "app/recognition/recognition.h"
#include "web/field.h"

// ---- milestones --------------------------------------------------------------------------------

#define MILESTONE_FIRST_MEETING "first_meeting"
#define MILESTONE_GOAL "goal"
#define MILESTONE_HALFWAY "halfway"
#define MILESTONE_COMPLETED "completed"
struct milestone {
    const char *kind;
    const char *with; // the other of the pair
    const char *what; // the title of a goal; ""
    int64_t at;
};
extern const struct field_option milestone_kinds[];

// Nothing when it is there already, or when she does not want it. ret_new (may be NULL): it is new.
enum rc milestone_add(const struct app_place *place, int64_t person, int64_t match,
                      const char *kind, int64_t subject, bool *ret_new);
enum rc milestone_list(struct req *req, struct milestone **ret_all, size_t *ret_count);
enum rc recognition_wanted(struct db_tx *tx, struct arena *arena, int64_t person, bool *ret_wanted);
enum rc recognition_want(struct db_tx *tx, int64_t person, bool wanted);

// ---- badges ------------------------------------------------------------------------------------

// What a rule counts; a message says it with the number.
extern const struct field_option badge_counts[];
enum rc badge_count(struct db_tx *tx, struct arena *arena, const char *counts, int64_t person,
                    int64_t *ret_count);

struct badge_rule {
    int64_t id;
    int64_t root; // the same for all versions
    int64_t version;
    const char *title;
    const char *about;
    const char *counts;
    int64_t least;
    bool by_hand; // a person confirms
    bool on;
    int64_t awards; // confirmed
};
enum rc badge_rules(struct db_tx *tx, struct arena *arena, struct badge_rule **ret_rules,
                    size_t *ret_count);
enum rc badge_rule_find(struct db_tx *tx, struct arena *arena, int64_t root,
                        struct badge_rule *ret_rule);
// A new rule (root 0), or the next version of one.
enum rc badge_rule_put(struct db_tx *tx, struct badge_rule *rule, int64_t by, int64_t now_us);

struct award {
    int64_t id;
    int64_t person;
    int64_t cohort;
    const char *name; // of the person
    const char *title;
    const char *about;
    const char *counts;
    int64_t amount; // what was counted
    int64_t least;
    int64_t version;
    const char *state;
    int64_t made_at;
    int64_t decided_at;
    const char *reason;
};
// Gives what she has earned since; new ones that need nobody's word are told by letter.
enum rc award_earned(const struct app_place *place, int64_t person, int64_t cohort);
enum rc award_mine(struct req *req, struct award **ret_all, size_t *ret_count);
enum rc award_of_cohort(struct req *req, int64_t cohort, struct award **ret_all, size_t *ret_count);
enum rc award_find(struct req *req, int64_t cohort, int64_t id, struct award *ret_award);
enum rc award_move(struct req *req, const struct award *award, const char *to, const char *reason);

// ---- certificates ------------------------------------------------------------------------------

struct certificate {
    int64_t id;
    const char *code;
    int64_t person;
    int64_t match;
    int64_t cohort;
    const char *name;
    const char *programme;
    const char *role;
    const char *from;
    const char *until;
    int64_t minutes;
    const char *issued;
    const char *state;       // "valid" "replaced" "revoked" "withdrawn"
    const char *replaced_by; // a code; ""
    const char *reason;
    const char *text;
    const char *sign;
    const char *public;
};
// A completed match of hers that has no certificate that holds: what it would say.
struct certificate_due {
    int64_t match;
    const char *programme;
    const char *with;
    int64_t minutes;
};
enum rc certificate_dues(struct req *req, struct certificate_due **ret_dues, size_t *ret_count);
enum rc certificate_issue(const struct app_place *place, int64_t person, int64_t match,
                          const char *name, struct certificate *ret_certificate);
enum rc certificate_mine(struct req *req, struct certificate **ret_all, size_t *ret_count);
enum rc certificate_find(struct db_tx *tx, struct arena *arena, const char *code,
                         struct certificate *ret_certificate);
enum rc certificate_end(struct db_tx *tx, const char *code, const char *to, const char *reason,
                        const char *replaced_by, int64_t now_us);
// Those of a cohort, the newest first.
enum rc certificate_of_cohort(struct req *req, int64_t cohort, struct certificate **ret_all,
                              size_t *ret_count);
// The key that signs; made when there is none yet.
struct signing_key {
    const char *public;
    const char *secret;
};
enum rc signing_key_find(const struct app_place *place, bool make, struct signing_key *ret_key);
// Those of a pair whose hours have changed get a new one.
enum rc certificate_renew_all(const struct app_place *place, int64_t match);
// The pairs that have such; in two steps, as db_ask is.
enum rc certificate_find_unlike(struct db_tx *tx, struct arena *arena, int64_t most,
                                struct db_rows **ret_matches);

// ---- thanks ------------------------------------------------------------------------------------

struct thanks {
    int64_t id;
    const char *from;
    const char *to;
    const char *text;
    int64_t at;
    bool shared; // the writer would let others of the programme read it
    bool shown;  // and so would the reader
};
// Of a pair, or of a circle.
struct thanks_to {
    int64_t match;  // 0: of a circle
    int64_t circle; // 0: of a pair
    int64_t person;
    const char *name;
    const char *title; // of the circle; ""
    const char *value; // in the form
};
enum rc thanks_people(struct req *req, struct thanks_to **ret_people, size_t *ret_count);
// RC_NOT_FOUND: they have no pair or circle together.
enum rc thanks_add(struct req *req, const struct thanks_to *to, const char *text, bool shared);
enum rc thanks_mine(struct req *req, bool received, struct thanks **ret_all, size_t *ret_count);
enum rc thanks_show(struct req *req, int64_t id, bool shown);
enum rc thanks_of_cohort(struct req *req, int64_t cohort, struct thanks **ret_all,
                         size_t *ret_count);

#endif
