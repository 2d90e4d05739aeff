// SPDX-License-Identifier: Apache-2.0
//
// Why: training for mentors and for mentees: pages with questions that check what was understood,
// who has completed what, and what a cohort asks for before one is matched or meets.
#ifndef TRELLIS_APP_SUPPORT_SUPPORT_TRAINING_H
#define TRELLIS_APP_SUPPORT_SUPPORT_TRAINING_H

#include "app/cohort/cohort.h"
#include "app/support/support.h"

struct training {
    int64_t id;
    const char *role; // for whom: "mentee", "mentor"
    const char *language;
    int64_t minutes;
    int64_t version; // 0: none is published
    int64_t draft;
    int64_t redo_from; // a completion of this version or a later one counts
    int64_t ended_at;
    const char *title; // in the language asked for
    const char *about;
    const char *words; // the language of both
    int64_t done_at;   // by the actor, in a version that counts; 0: not yet
    int64_t done_version;
    int64_t completions; // people, in all versions
};

struct training_page {
    int64_t page;
    int64_t place; // 1..
    const char *title;
    const char *text; // Markdown
    const char *language;
    int64_t questions;
    bool seen; // by the actor: its questions are answered
};

struct training_answer {
    int64_t place; // 1..
    const char *text;
    int64_t correct;
    const char *feedback;
};
enum { ANSWERS_MAX = 4, TRAINING_PAGES_MAX = 60, TRAINING_QUESTIONS_MAX = 20 };
struct training_question {
    int64_t question;
    int64_t page;
    const char *text;
    const char *language;
    struct training_answer answers[ANSWERS_MAX];
    size_t count;
    int64_t chosen; // by the actor; 0: none
};

// A version of it: the published one, or (draft) the one that is being written.
struct training_at {
    const struct training *training;
    int64_t version;
    const char *language;
};

enum rc training_list(struct req *req, bool all, struct training **ret_trainings,
                      size_t *ret_count);
// RC_NOT_FOUND: there is none, or (unless all) it is not to be read.
enum rc training_find(struct req *req, int64_t id, bool all, struct training *ret_training);
enum rc training_add(struct db_tx *tx, const struct training *training, const char *ready,
                     int64_t by, int64_t now_us);
enum rc training_set_words(struct db_tx *tx, const struct training_at *at, const char *title,
                           const char *about);
enum rc training_pages(struct db_tx *tx, struct arena *arena, const struct training_at *at,
                       int64_t person, struct training_page **ret_pages, size_t *ret_count);
// page 0: a new one, at the end.
enum rc training_page_set(struct db_tx *tx, const struct training_at *at,
                          struct training_page *page, int64_t now_us);
enum rc training_page_drop(struct db_tx *tx, const struct training_at *at, int64_t page);
enum rc training_questions(struct db_tx *tx, struct arena *arena, const struct training_at *at,
                           int64_t page, struct training_question **ret_questions,
                           size_t *ret_count);
enum rc training_question_set(struct db_tx *tx, const struct training_at *at,
                              struct training_question *question, int64_t now_us);
enum rc training_question_drop(struct db_tx *tx, const struct training_at *at, int64_t question);
enum rc training_open_draft(struct db_tx *tx, const struct training *training);
enum rc training_drop_draft(struct db_tx *tx, const struct training *training);
// redo: what was completed before does not count any more. RC_EXISTS: nothing is being written.
// Else who has begun goes on where she stopped.
enum rc training_publish(const struct app_place *at, const struct training *training, bool redo);
enum rc training_end(const struct app_place *at, int64_t id);

// Everything on a page was answered right. With the last, the training is completed, and that is
// announced; ret_done: it is.
enum rc training_pass(const struct app_place *at, const struct training *training, int64_t page,
                      int64_t person, bool *ret_done);

// She was at a workshop (event) on it, or has seen its recording: what is only to be read is done;
// the questions are hers to answer. Nothing happens when the training has ended.
enum rc training_attend(const struct app_place *at, int64_t training, int64_t person,
                        int64_t event);
// She was not there after all.
enum rc training_unattend(const struct app_place *at, int64_t training, int64_t person,
                          int64_t event);

// ---- what a cohort asks for ----

struct training_rule {
    const char *role;
    const char *moment; // "none", "pool", "meeting"
    int64_t training;   // 0: none
};
enum rc training_rule_find(struct db_tx *tx, struct arena *arena, int64_t cohort, const char *role,
                           struct training_rule *ret_rule);
enum rc training_rule_set(struct db_tx *tx, int64_t cohort, const struct training_rule *rule);

// How one of a cohort stands with what it asks of her.
struct training_stand {
    int64_t person;
    const char *name;
    const char *role;
    const char *title; // "": nothing is asked
    int64_t pages;
    int64_t seen;
    int64_t done_at;
    int64_t version;
    bool counts; // it is a version that counts
};
enum { STANDS_A_PAGE = 50 };
enum rc training_stands(struct req *req, int64_t cohort, const char *role, int64_t from,
                        struct training_stand **ret_stands, size_t *ret_count);
struct training_share {
    int64_t people; // that are asked
    int64_t done;
};
enum rc training_shares(struct req *req, int64_t cohort, const char *role,
                        struct training_share *ret_share);

#endif
