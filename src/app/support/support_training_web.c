// SPDX-License-Identifier: Apache-2.0
//
// Why: learning: what there is for me, a training page by page, and the check of what was
// understood, which says why an answer is not right and lets one try again.
#include <stdlib.h>
#include <string.h>

#include "app/support/support_page.h"
#include "app_support_support_training.html.h"
#include "web/markdown.h"

static enum rc make_view(struct req *req, struct training_view **ret_view)
{
    struct training_view *view = ARENA_NEW(req->arena, struct training_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->zone = req->actor.zone;
    view->language = locale_tag(req->locale);
    view->action = req_path(req);
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

// ---- the first page ----------------------------------------------------------------------------

static enum rc load_learn(struct req *req)
{
    struct training_view *view = NULL;
    const struct resource_filter saved = {"", "", "", "", "", "", 0, 1, 0};
    TRY(make_view(req, &view));
    TRY(training_list(req, false, &view->trainings, &view->training_count));
    TRY(resource_list(req, &saved, &view->saved, &view->saved_count));
    TRY(db_query(
        req->tx, req->arena, &view->pairs,
        "SELECT m.id, CASE WHEN x.person = $1 THEN q.name ELSE p.name END FROM match m JOIN "
        "enrolment x ON x.id = m.mentee JOIN person p ON p.id = x.person JOIN enrolment y ON "
        "y.id = m.mentor JOIN person q ON q.id = y.person WHERE m.id IN (SELECT a.id FROM match "
        "a JOIN enrolment e ON e.id = a.mentee WHERE e.person = $1 UNION SELECT a.id FROM match a "
        "JOIN enrolment e ON e.id = a.mentor WHERE e.person = $1) AND m.state IN ('active', 'paused', 'closing') AND EXISTS (SELECT 1 FROM "
        "pair_plan z WHERE z.match = m.id) ORDER BY m.id LIMIT 20",
        DB_ARGS(DB_INT(req->actor.person))));
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r,
                 "SELECT 1 FROM role WHERE person = $1 AND role IN ('editor', 'coordinator', "
                 "'manager') LIMIT 1",
                 DB_ARGS(DB_INT(req->actor.person))));
    view->edits = req->actor.admin || db_count(r) > 0;
    return RC_OK;
}

static void write_learn(struct html *html, struct req *req)
{
    page_learn(html, req->view);
}

// ---- one training ------------------------------------------------------------------------------

static enum rc load_training(struct req *req)
{
    struct training_view *view = NULL;
    TRY(make_view(req, &view));
    TRY(training_find(req, req_id(req, "training"), false, &view->training));
    const struct training_at at = {&view->training, view->training.version, view->language};
    TRY(training_pages(req->tx, req->arena, &at, req->actor.person, &view->pages,
                       &view->page_count));
    for (size_t k = 0; k < view->page_count; k++) {
        view->passed += view->pages[k].seen;
        if (view->next_page == NULL && !view->pages[k].seen)
            view->next_page = &view->pages[k];
    }
    // A page that she lacked may have been taken out: the last one ends it.
    if (view->next_page == NULL && view->training.done_at == 0 && view->page_count > 0)
        view->next_page = &view->pages[view->page_count - 1];
    req->title = view->training.title;
    return RC_OK;
}

static void write_training(struct html *html, struct req *req)
{
    page_training(html, req->view);
}

// ---- one page ----------------------------------------------------------------------------------

// What she chose, by the names "q1", "q2" ... of the form.
static void read_answers(const struct req *req, struct training_view *view)
{
    for (size_t k = 0; k < view->question_count; k++) {
        const char *name = arena_printf(req->arena, "q%zu", k + 1);
        const char *value = name == NULL ? NULL : form_value(&req->form, name);
        long chosen = value == NULL ? 0 : strtol(value, NULL, 10);
        if (chosen >= 1 && (size_t)chosen <= view->questions[k].count)
            view->questions[k].chosen = chosen;
    }
}

// The next that she has not done; for who reads all of it once more, the next. NULL: none.
static const struct training_page *find_next(const struct training_view *view)
{
    bool all = view->passed == view->page_count;
    for (const struct training_page *p = view->page + 1; p < view->pages + view->page_count; p++)
        if (all || !p->seen)
            return p;
    return NULL;
}

static enum rc load_page(struct req *req)
{
    struct training_view *view = NULL;
    int64_t id = req_id(req, "page");
    TRY(load_training(req));
    view = req->view;
    for (size_t k = 0; k < view->page_count; k++)
        if (view->pages[k].page == id)
            view->page = &view->pages[k];
    if (view->page == NULL)
        return RC_NOT_FOUND;
    view->next_page = find_next(view);
    const struct training_at at = {&view->training, view->training.version, view->language};
    TRY(training_questions(req->tx, req->arena, &at, id, &view->questions, &view->question_count));
    view->checked = req->http->method == WEB_POST;
    if (view->checked)
        read_answers(req, view);
    return RC_OK;
}

static void write_page(struct html *html, struct req *req)
{
    page_training_page(html, req->view);
}

static const char *wrong_name(const struct req *req, size_t number)
{
    const char *name = arena_printf(req->arena, "q%zu", number);
    return name == NULL ? "" : name;
}

// Every wrong answer gets its own words; the page is shown again with what was chosen.
static enum rc check_answers(struct req *req, const struct training_view *view)
{
    enum rc rc = RC_OK;
    for (size_t k = 0; k < view->question_count; k++) {
        const struct training_question *q = &view->questions[k];
        if (q->chosen == 0)
            rc = form_refuse(&req->form, wrong_name(req, k + 1), MSG("Choose an answer"));
        else if (q->answers[q->chosen - 1].correct == 0)
            rc = form_refuse(&req->form, wrong_name(req, k + 1),
                             MSG("Not quite. Read why, and choose again"));
    }
    return rc;
}

static enum rc act_page(struct req *req)
{
    const struct app_place at = app_here(req);
    struct training_view *view = NULL;
    bool done = false;
    TRY(load_page(req));
    view = req->view;
    TRY(check_answers(req, view));
    TRY(training_pass(&at, &view->training, view->page->page, req->actor.person, &done));
    if (done && view->training.done_at == 0)
        return req_go(req, MSG("You have completed this training. Thank you!"),
                      "/learn/training/%lld", (long long)view->training.id);
    if (view->next_page == NULL)
        return req_go(req, NULL, "/learn/training/%lld", (long long)view->training.id);
    return req_go(req, view->question_count > 0 ? MSG("Right!") : NULL, "/learn/training/%lld/%lld",
                  (long long)view->training.id, (long long)view->next_page->page);
}

// clang-format off
const struct route support_training_routes[] = {
    {WEB_GET,  "/learn",                           CAN_JOIN, NULL, NULL, NULL,     load_learn,    write_learn,    MSG("Learn"), &learn_out},
    {WEB_GET,  "/learn/training/:training",        CAN_JOIN, NULL, NULL, NULL,     load_training, write_training, MSG("Training"), &training_out},
    {WEB_GET,  "/learn/training/:training/:page",  CAN_JOIN, NULL, NULL, NULL,     load_page,     write_page,     MSG("A page of a training"), &training_page_out},
    {WEB_POST, "/learn/training/:training/:page",  CAN_JOIN, NULL, NULL, act_page, load_page,     write_page,     MSG("A page of a training")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
