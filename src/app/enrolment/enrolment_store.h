// SPDX-License-Identifier: Apache-2.0
//
// Why: what only the pages of this slice ask of its rows.
#ifndef TRELLIS_APP_ENROLMENT_ENROLMENT_STORE_H
#define TRELLIS_APP_ENROLMENT_ENROLMENT_STORE_H

#include "app/enrolment/enrolment.h"

// The answers of a question, of which each has a line: those that are not empty.
size_t question_lines(const char *text);

// Marks those of a page whose letters come back (app/back.h).
enum rc enrolment_mark_backs(struct req *req, int64_t cohort, struct enrolment *all, size_t count);

// A question of a programme's own. A change makes a new version of it, with a new id and the same
// line; answers stay with the version that was asked.
struct enrolment_question {
    int64_t id;
    const char *role; // "mentee", "mentor" or "both"
    const char *kind; // a value of enrolment_question_kinds
    const char *label;
    const char *hint;
    const char *options; // one on each line
    int64_t required;
    const char *audience; // "coordinator", "match", or "matching": nobody sees the answer
    int64_t matching;     // enum question_use
    int64_t line;         // of its versions; 0 when it is added: a new one
    int64_t version;
    int64_t place;     // in the order of asking
    int64_t off;       // 1: not asked any more
    const char *shown; // options in the reader's language, as many; set by questions_translate
};
extern const struct field_option enrolment_question_kinds[];
struct enrolment_answer {
    int64_t question;
    const char *kind;
    const char *label;
    const char *value; // of several answers, one on each line
    const char *audience;
    int64_t line;
};
enum { QUESTIONS_MAX = 100 };
// What can be wrong with how matching is to use a question; a message, or NULL: nothing. `all` are
// the cohort's, of which the one of its line is left out.
const char *question_use_wrong(const struct enrolment_question *question,
                               const struct enrolment_question *all, size_t count);
enum rc question_add(struct db_tx *tx, int64_t cohort, const struct enrolment_question *question,
                     int64_t now_us);
// A new version of one. RC_EXISTS: somebody changed it before.
enum rc question_change(const struct app_place *at, int64_t cohort,
                        const struct enrolment_question *question);
// The words of one in other languages go on with its copy, or its next version.
enum rc question_take_words(const struct app_place *at, int64_t cohort,
                            const struct enrolment_question *from, int64_t version);
// Copies the questions of one cohort to another.
// Into the reader's language, where its words are there.
enum rc questions_translate(struct req *req, int64_t cohort, struct enrolment_question *questions,
                            size_t count);
enum rc answers_translate(struct req *req, int64_t cohort, struct enrolment_answer *answers,
                          size_t count);
enum rc enrolment_take_over(const struct app_place *place, int64_t from, int64_t to);
// A letter to everybody who has signed up.
enum rc enrolment_tell_cancelled(const struct app_place *place, int64_t cohort);
enum rc question_switch(struct req *req, int64_t cohort, int64_t id, bool off);
enum rc question_set_place(struct req *req, int64_t cohort, int64_t id, int64_t place);
// Those that are asked of a role; role "": of all, also what is switched off.
enum rc question_list(struct db_tx *tx, struct arena *arena, int64_t cohort, const char *role,
                      struct enrolment_question **ret_questions, size_t *ret_count);
// Every version of a line, the newest first: version, label, made_at, answers.
// The line that a question, of whatever version, belongs to. RC_NOT_FOUND.
enum rc question_line(struct req *req, int64_t cohort, int64_t id, int64_t *ret_line);
enum rc question_versions(struct req *req, int64_t cohort, int64_t line, struct db_rows **ret_rows);
enum rc question_missing(struct req *req, const struct enrolment *enrolment,
                         const char **ret_label);
enum rc answer_set(struct req *req, int64_t enrolment, int64_t question, const char *value);
// As if it had never been given.
enum rc answer_drop(struct req *req, int64_t enrolment, int64_t question);
// The newest answer on each line.
enum rc answer_list(struct req *req, int64_t enrolment, struct enrolment_answer **ret_answers,
                    size_t *ret_count);
// Into the form, as the answer to a question.
enum rc answer_show(struct req *req, const struct enrolment_answer *answer,
                    const struct enrolment_question *question);

// A topic that a programme offers: of the list that comes with the program, or its own. Own ones
// are kept in a sign-up as own words, so that whatever reads those reads them too.
struct enrolment_topic {
    const char *value;
    const char *label; // a message, or the programme's words
    int64_t own;
    int64_t off; // 1: not offered
};
enum { OWN_TOPICS_MAX = 60 };
enum rc topic_list(struct db_tx *tx, struct arena *arena, int64_t programme,
                   struct enrolment_topic **ret_topics, size_t *ret_count);
// RC_EXISTS: it is there already.
enum rc topic_own_add(struct req *req, int64_t programme, const char *label);
enum rc topic_switch(struct req *req, int64_t programme, const char *value, bool off);
enum rc topic_own_end(struct req *req, int64_t programme, const char *value);
enum rc topic_take_over(const struct app_place *place, int64_t from, int64_t to);

enum rc away_add(struct req *req, const char *first, const char *last);
enum rc away_end(struct req *req, int64_t id); // the actor's
enum rc meet_choice_set(struct req *req, const struct meet_choice *choice);

// The actor's own, in one cohort, drafts too.
enum rc enrolment_mine(struct req *req, int64_t cohort, struct enrolment **ret_enrolments,
                       size_t *ret_count);

// The actor's own in one role. RC_NOT_FOUND.
enum rc enrolment_mine_as(struct req *req, int64_t cohort, const char *role,
                          struct enrolment *ret_enrolment);

// The actor's newest other sign-up that says something, best in the same role: for what a new one
// begins with. RC_NOT_FOUND.
enum rc enrolment_before(struct req *req, int64_t cohort, const char *role,
                         struct enrolment *ret_enrolment, const char **ret_cohort);

// Her name has changed: lists of all her sign-ups are ordered and searched by the new one.
enum rc enrolment_renamed(const struct app_place *place, int64_t person);

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

// Every move of one: from, to, reason, who, when (microseconds), code, note.
enum rc enrolment_history(struct req *req, int64_t enrolment, struct db_rows **ret_rows);

enum rc enrolment_namesakes(struct req *req, const struct enrolment *e, struct db_rows **ret_rows);

// Takes back the moves of a batch of the actor's that nobody has moved on since.
enum rc enrolment_undo(struct req *req, int64_t cohort, int64_t batch, uint64_t *ret_undone);

// RC_NOT_FOUND: no such person; RC_EXISTS: the pair is there already.
enum rc enrolment_avoid_add(struct req *req, int64_t a, int64_t b, const char *note);
// Of a cohort (0: of all), as far as the actor has to do with it. RC_NOT_FOUND.
enum rc enrolment_avoid_end(struct req *req, int64_t id, int64_t cohort);
enum rc enrolment_avoid_list(struct req *req, int64_t cohort, struct db_rows **ret_rows);
// What the actor asks for by an address, and what she has asked: email, note.
enum rc avoid_ask(struct req *req, const char *email, const char *note);
enum rc avoid_wish_list(struct req *req, struct db_rows **ret_rows);
// Puts into the list what was asked about somebody with the address of a person.
enum rc avoid_settle(struct db_tx *tx, int64_t person);

enum rc enrolment_set_checked(struct db_tx *tx, int64_t enrolment, const char *checked);

// Counts of a cohort by role and state: role, state, n.
enum rc enrolment_counts(struct req *req, int64_t cohort, struct db_rows **ret_rows);

#endif
