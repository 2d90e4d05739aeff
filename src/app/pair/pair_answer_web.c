// SPDX-License-Identifier: Apache-2.0
//
// Why: who takes part by e-mail alone answers what she is asked by the link of the letter, without
// signing in.
//
// Promises: opening the link changes nothing, so whatever looks at links before her answers
// nothing; it shows a name and the questions, and nothing else of the pair; it ends when she has
// answered.
#include <string.h>

#include "app/pair/pair.h"
#include "app/pair/pair_feel.h"
#include "app/pair/pair_page.h"
#include "app_pair_pair_feel.html.h"

static enum rc load_answer(struct req *req)
{
    struct answer_view *view = ARENA_NEW(req->arena, struct answer_view);
    struct bank_form *form = ARENA_NEW(req->arena, struct bank_form);
    struct pair pair;
    if (view == NULL || form == NULL)
        return RC_NO_MEMORY;
    TRY(survey_link_find(req, &view->survey));
    TRY(pair_find(req->tx, req->arena, view->survey.match, &pair));
    TRY(survey_make_form(req, &view->survey, pair.cohort.programme, form));
    TRY(survey_is_bad_fit(req, &view->survey, &view->bad_fit));
    view->form = &req->form;
    view->shape = &form->shown;
    view->action = req_path(req);
    view->other = view->survey.person == pair.match.mentor_person ? pair.match.mentee_name
                                                                  : pair.match.mentor_name;
    view->match = pair.match.id;
    view->cohort = pair.cohort.id;
    req->view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

static void write_answer(struct html *html, struct req *req)
{
    page_answer(html, req->view);
}

static enum rc act_answer(struct req *req)
{
    struct survey survey;
    struct pair pair;
    struct survey_form in = {0};
    TRY(survey_link_find(req, &survey));
    TRY(pair_find(req->tx, req->arena, survey.match, &pair));
    const struct shape *shape = survey_shape(survey.kind);
    if (shape == NULL)
        return RC_NOT_FOUND;
    TRY(shape_read(shape, &req->form, &in));
    TRY(survey_take(req, &survey, pair.cohort.programme, &in));
    return req_go(req, MSG("Thank you. It is kept."), "/answer/%s", req_param(req, "token"));
}

// clang-format off
const struct route pair_answer_routes[] = {
    {WEB_GET,  "/answer/:token", CAN_FOLLOW_LINK, NULL, NULL, NULL,       load_answer, write_answer, MSG("How does it go?")},
    {WEB_POST, "/answer/:token", CAN_FOLLOW_LINK, NULL, NULL, act_answer, load_answer, write_answer, MSG("How does it go?")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
