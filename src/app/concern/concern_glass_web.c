// SPDX-License-Identifier: Apache-2.0
//
// Why: what is grave and late, and answered by nobody who may, can be opened by two people who run
// the programme together, for three days. Those who should have answered learn of it at once.
#include <string.h>

#include "app/concern/concern_page.h"
#include "app_concern_concern.html.h"

struct glass_form {
    const char *why;
};

// clang-format off
static const struct field glass_fields[] = {
    {"why", FIELD_TEXT, FIELD_TEXT_OF(struct glass_form, why), 1, 1000, MSG("Why it can't wait"), MSG("Somebody else has to agree, and those who are named for it get a letter."), NULL},
};
// clang-format on
static const struct shape glass_shape = SHAPE(struct glass_form, glass_fields);

static enum rc load_glass(struct req *req)
{
    struct care_view *view = ARENA_NEW(req->arena, struct care_view);
    struct concern_glass *all = NULL;
    size_t count = 0;
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    view->zone = req->actor.zone;
    view->me = req->actor.person;
    view->form = &req->form;
    view->shape = &glass_shape;
    view->action = req_path(req);
    req->view = view;
    TRY(glass_list(req, view->cohort.id, &all, &count));
    for (size_t k = 0; k < count; k++)
        if (all[k].concern == req_id(req, "concern")) {
            view->glasses = &all[k];
            view->glass_count = 1;
        }
    return view->glass_count == 0 ? RC_NOT_FOUND : RC_OK;
}

static void write_glass(struct html *html, struct req *req)
{
    page_glass(html, req->view);
}

static enum rc find_glass(struct req *req, struct concern_glass *ret_glass)
{
    TRY(load_glass(req));
    const struct care_view *view = req->view;
    *ret_glass = view->glasses[0];
    return RC_OK;
}

static const struct app_letter letter_ask = {
    MSG("Something waits for you"),
    {MSG("Hello {0},"),
                                 MSG("in {1}, something has waited too long. {3} asks to open it, and needs somebody else who agrees:"),
                                 "{2}", NULL}
};
static const struct app_letter letter_open = {
    MSG("Somebody else has opened what waited for you"),
    {MSG("Hello {0},"),
                                                      MSG("in {1}, what waited for you too long was opened by two people who run the programme, one of them {3}:"),
                                                      "{2}", NULL}
};

static enum rc write_rows(struct req *req, const struct db_rows *rows, const char *page,
                          const struct app_letter *letter)
{
    const struct app *app = req->app;
    struct cohort cohort;
    TRY(cohort_load(req, &cohort));
    const char *url = arena_printf(req->arena, "%s/cohorts/%lld/concerns/%s%s", app->url,
                                   (long long)cohort.id, req_param(req, "concern"), page);
    if (url == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(app_send(req, db_text(rows, k, 0), db_text(rows, k, 1), letter,
                     (const char *const[]){db_text(rows, k, 2), cohort.name, url, req->actor.name},
                     4));
    return RC_OK;
}

static enum rc act_ask(struct req *req)
{
    const struct glass_form *in = req->in;
    struct concern_glass glass;
    struct db_rows *staff = NULL;
    struct db_rows *leads = NULL;
    TRY(find_glass(req, &glass));
    TRY(glass_ask(req, glass.concern, in->why));
    TRY(concern_staff_letters(req->tx, req->arena, glass.concern, &staff));
    TRY(concern_lead_letters(req->tx, req->arena, glass.concern, &leads));
    TRY(write_rows(req, staff, "/glass", &letter_ask));
    TRY(write_rows(req, leads, "", &letter_ask));
    return req_go(req, MSG("Somebody else has to agree now."), "/cohorts/%lld/concerns",
                  (long long)req_id(req, "cohort"));
}

static enum rc act_agree(struct req *req)
{
    struct concern_glass glass;
    struct db_rows *leads = NULL;
    TRY(find_glass(req, &glass));
    TRY(glass_agree(req, &glass));
    TRY(concern_lead_letters(req->tx, req->arena, glass.concern, &leads));
    TRY(write_rows(req, leads, "", &letter_open));
    return req_go(req, MSG("For three days, both of you can read it."), "/cohorts/%lld/concerns/%s",
                  (long long)req_id(req, "cohort"), req_param(req, "concern"));
}

// clang-format off
const struct route concern_glass_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/concerns/:concern/glass",       CAN_REVIEW_PEOPLE, NULL,         NULL, NULL,      load_glass, write_glass, MSG("Open what waits too long")},
    {WEB_POST, "/cohorts/:cohort/concerns/:concern/glass",       CAN_REVIEW_PEOPLE, &glass_shape, NULL, act_ask,   load_glass, write_glass, MSG("Open what waits too long")},
    {WEB_POST, "/cohorts/:cohort/concerns/:concern/glass/agree", CAN_REVIEW_PEOPLE, NULL,         NULL, act_agree, load_glass, write_glass, MSG("Agree to open what waits too long")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
