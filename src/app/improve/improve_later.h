// SPDX-License-Identifier: Apache-2.0
//
// Why: whether mentoring changed anything shows only later. Half a year and a year after a pair has
// ended, both are asked a few questions by letter, and answer by its link without signing in.
//
// Promises: nobody is asked twice for the same time, nobody who has said no (one tap, in each
// letter), nobody whose account is closed. Single answers are shown to nobody: they are counted,
// and what is of fewer than five people is not told. Everything is self-reported, and labelled so.
#ifndef TRELLIS_APP_IMPROVE_IMPROVE_LATER_H
#define TRELLIS_APP_IMPROVE_IMPROVE_LATER_H

#include "app/app.h"

// The question bank: names are kept with answers and never change; those that a programme has
// switched off are not asked.
enum { LATER_QUESTIONS = 6, LATER_LINK_DAYS = 60 };
struct later_question {
    const char *name;
    const char *text; // a message
    bool scale;       // 1 to 5; else yes or no
};
extern const struct later_question later_questions[LATER_QUESTIONS];

// A bit for each question that the programme asks.
enum rc later_asked(struct db_tx *tx, struct arena *arena, int64_t programme, unsigned *ret_asked);
enum rc later_choose(const struct app_place *at, int64_t programme, unsigned asked, int64_t person);

struct later {
    int64_t id;
    int64_t person;
    int64_t programme;
    int64_t months; // 6 or 12
    int64_t asked_at;
    int64_t answered_at; // 0: not yet
    bool stopped;        // she is not asked any more
    const char *cohort_name;
    const char *name;
};
// Of a link. RC_NOT_FOUND: there is none, or it is too old.
enum rc later_find(struct req *req, const char *token, struct later *ret_later);
// Values by question: 0 is not said, yes is 1, no is 2. RC_EXISTS: it is answered.
enum rc later_answer(const struct app_place *at, const struct later *later,
                     const int64_t values[LATER_QUESTIONS]);
enum rc later_stop(const struct app_place *at, int64_t person, bool stopped);

// Asks all who are due; once a day.
enum rc later_ask(const struct app_place *at);
struct job_kind improve_later_kind(const struct app *app);
extern const struct app_letter_name later_letters[];

#endif
