// SPDX-License-Identifier: Apache-2.0
//
// Why: a cohort's own questions and what was answered to them, in the words of who reads them; see
// cohort/words.h. They are written on the page of all texts, in pair_texts_web.c.
#include "app/cohort/words.h"
#include "app/enrolment/enrolment_store.h"

enum rc questions_translate(struct req *req, int64_t cohort, struct enrolment_question *questions,
                            size_t count)
{
    struct words_found found;
    TRY(words_of_reader(req, cohort, &found));
    for (size_t k = 0; k < count; k++) {
        struct enrolment_question *q = &questions[k];
        const char *shown = words_in(&found, q->id, "options", q->options);
        q->label = words_in(&found, q->id, "label", q->label);
        q->hint = words_in(&found, q->id, "hint", q->hint);
        q->shown = question_lines(shown) == question_lines(q->options) ? shown : q->options;
    }
    return RC_OK;
}

enum rc answers_translate(struct req *req, int64_t cohort, struct enrolment_answer *answers,
                          size_t count)
{
    struct words_found found;
    TRY(words_of_reader(req, cohort, &found));
    for (size_t k = 0; k < count; k++)
        answers[k].label = words_in(&found, answers[k].question, "label", answers[k].label);
    return RC_OK;
}
