// SPDX-License-Identifier: Apache-2.0
//
// Why: concerns: what somebody says is wrong, who may read it, and what is done about it.
//
// Promises (QUALITY section 4): conduct and safety are read only by those who are named for it in
// the cohort, where any are, and never by somebody whom it concerns; no letter has the words; the
// log has no name.
#ifndef TRELLIS_APP_PAIR_PAIR_CASE_H
#define TRELLIS_APP_PAIR_PAIR_CASE_H

#include "app/pair/pair_store.h"

struct concern {
    int64_t id;
    int64_t cohort;
    int64_t match; // 0: not about a pair
    const char *kind;
    int64_t by;
    int64_t named;
    const char *by_name; // "" where she does not want to be named
    const char *text;
    const char *state; // "open", "acknowledged", "in_progress", "resolved", "escalated"
    int64_t made_at;
    int64_t due_at; // of the first answer
    const char *mentee;
    const char *mentor;
    const char *cohort_name;
};
struct concern_note {
    const char *name;
    const char *text;
    int64_t shown; // to the one who reported
    int64_t at;
};
extern const struct field_option concern_kinds[];
extern const struct field_option concern_states[];
bool concern_is_grave(const char *kind); // conduct or safety

enum rc concern_add(struct req *req, const struct concern *concern, int64_t *ret_id);
enum rc concern_mine(struct req *req, struct concern **ret_concerns, size_t *ret_count);
// What the actor may read of a cohort. concern: 0 all.
enum rc concern_list(struct req *req, int64_t cohort, int64_t concern,
                     struct concern **ret_concerns, size_t *ret_count);
enum rc concern_notes(struct req *req, int64_t concern, bool only_shown,
                      struct concern_note **ret_notes, size_t *ret_count);
enum rc concern_note_add(struct req *req, int64_t concern, const char *text, bool shown);
enum rc concern_move(struct req *req, int64_t concern, const char *to);
// How many people are named for safety in a cohort.
enum rc concern_leads(struct db_tx *tx, struct arena *arena, int64_t cohort, int64_t *ret_count);
// Who gets a letter that there is one: e-mail, language, name.
enum rc concern_readers(struct req *req, const struct concern *concern, struct db_rows **ret_rows);

#endif
