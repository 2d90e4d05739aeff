// SPDX-License-Identifier: Apache-2.0
//
// Why: what only the pages of this slice ask of its rows.
#ifndef TRELLIS_APP_ENROLMENT_ENROLMENT_STORE_H
#define TRELLIS_APP_ENROLMENT_ENROLMENT_STORE_H

#include "app/enrolment/enrolment.h"

// A question of a programme's own.
struct enrolment_question {
    int64_t id;
    const char *role; // "mentee", "mentor" or "both"
    const char *kind; // "line", "text", "one" or "many"
    const char *label;
    const char *hint;
    const char *options; // one on each line
    int64_t required;
    const char *audience; // "coordinator" or "match"
};
struct enrolment_answer {
    int64_t question;
    const char *kind;
    const char *label;
    const char *value; // of several answers, one on each line
    const char *audience;
};
enum rc question_add(struct req *req, int64_t cohort, const struct enrolment_question *question);
enum rc question_end(struct req *req, int64_t cohort, int64_t id);
// Those that are asked of a role; role "": all.
enum rc question_list(struct req *req, int64_t cohort, const char *role,
                      struct enrolment_question **ret_questions, size_t *ret_count);
enum rc question_missing(struct req *req, const struct enrolment *enrolment,
                         const char **ret_label);
enum rc answer_set(struct req *req, int64_t enrolment, int64_t question, const char *value);
enum rc answer_list(struct req *req, int64_t enrolment, struct enrolment_answer **ret_answers,
                    size_t *ret_count);
enum rc answer_show(struct req *req, const struct enrolment_answer *answer); // into the form

// The actor's own, in one cohort, drafts too.
enum rc enrolment_mine(struct req *req, int64_t cohort, struct enrolment **ret_enrolments,
                       size_t *ret_count);

// The actor's own in one role. RC_NOT_FOUND.
enum rc enrolment_mine_as(struct req *req, int64_t cohort, const char *role,
                          struct enrolment *ret_enrolment);

enum rc enrolment_submit(struct req *req, const struct enrolment *enrolment);

// Deletes the actor's draft.
enum rc enrolment_drop_draft(struct req *req, int64_t cohort, const char *role);

// How many stand before one on the waiting list, in its role.
enum rc enrolment_queue_place(struct req *req, const struct enrolment *enrolment,
                              int64_t *ret_before);

struct enrolment_note {
    const char *author;
    const char *at;
    const char *text;
    bool mine;
    int64_t at_us;
};
enum rc enrolment_note_add(struct req *req, int64_t enrolment, const char *text);
enum rc enrolment_notes(struct req *req, int64_t enrolment, struct enrolment_note **ret_notes,
                        size_t *ret_count);

// Every move of one: from, to, reason, who, when (microseconds).
enum rc enrolment_history(struct req *req, int64_t enrolment, struct db_rows **ret_rows);

// Takes back the moves of a batch of the actor's that nobody has moved on since.
enum rc enrolment_undo(struct req *req, int64_t cohort, int64_t batch, uint64_t *ret_undone);

// RC_NOT_FOUND: no such person; RC_EXISTS: the pair is there already.
enum rc enrolment_avoid_add(struct req *req, int64_t a, int64_t b, const char *note);
enum rc enrolment_avoid_end(struct req *req, int64_t id);
enum rc enrolment_avoid_list(struct req *req, bool own,
                             struct db_rows **ret_rows); // id, a, b, note

// Counts of a cohort by role and state: role, state, n.
enum rc enrolment_counts(struct req *req, int64_t cohort, struct db_rows **ret_rows);

#endif
