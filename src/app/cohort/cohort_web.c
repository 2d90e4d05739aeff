// SPDX-License-Identifier: Apache-2.0
//
// Why: the first page, the list of cohorts, a new one, and its next state.
#include "app/cohort/cohort.h"
#include "app/cohort/cohort_page.h"
#include "app/cohort/cohort_store.h"
#include "app_cohort_cohort.html.h"

struct new_cohort {
    const char *name;
    const char *about;
    const char *starts;
    int64_t weeks;
};

// clang-format off
static const struct field new_fields[] = {
    {"name",   FIELD_LINE,    FIELD_TEXT_OF(struct new_cohort, name),   1, 100,  MSG("Name"),               MSG("Such as: Spring 2027."),                            NULL},
    {"about",  FIELD_TEXT,    FIELD_TEXT_OF(struct new_cohort, about),  1, 4000, MSG("What it is about"),   MSG("For whom it is, what it aims at, and what it asks of both sides."), NULL},
    {"starts", FIELD_DAY,     FIELD_TEXT_OF(struct new_cohort, starts), 1, 10,   MSG("First day"),          MSG("As year-month-day, such as 2027-03-01."),           NULL},
    {"weeks",  FIELD_INTEGER, FIELD_INT_OF(struct new_cohort, weeks),   4, 52,   MSG("How many weeks"),     MSG("From 4 to 52. Half a year is usual: 26."),          NULL},
};
// clang-format on
static const struct shape new_shape = SHAPE(struct new_cohort, new_fields);

static enum rc make_view(struct req *req, struct cohort_view **ret_view)
{
    struct cohort_view *view = ARENA_NEW(req->arena, struct cohort_view);
    const struct app *app = req->app;
    if (view == NULL)
        return RC_NO_MEMORY;
    view->site = app->site;
    view->form = &req->form;
    view->shape = &new_shape;
    view->may_run = req->actor.admin;
    if (req->actor.person != 0 && !view->may_run)
        TRY(app_has_role(req, ROLE_MANAGER, 0, &view->may_run));
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

// Visitors don't see what is being prepared.
static enum rc load_list(struct req *req)
{
    struct cohort_view *view = NULL;
    TRY(make_view(req, &view));
    TRY(cohort_list(req, &view->cohorts, &view->count));
    size_t kept = 0;
    for (size_t k = 0; k < view->count; k++)
        if (view->may_run || view->cohorts[k].state[0] != 'd')
            view->cohorts[kept++] = view->cohorts[k];
    view->count = kept;
    return RC_OK;
}

static void write_front(struct html *html, struct req *req)
{
    page_front(html, req->view);
}

static void write_list(struct html *html, struct req *req)
{
    page_cohorts(html, req->view);
}

static enum rc load_new(struct req *req)
{
    struct cohort_view *view = NULL;
    return make_view(req, &view);
}

static void write_new(struct html *html, struct req *req)
{
    page_cohort_new(html, req->view);
}

static enum rc act_new(struct req *req)
{
    const struct new_cohort *in = req->in;
    struct cohort cohort = {
        db_new_id(req->now_us), in->name, in->about, in->starts, in->weeks, "draft", 2, 2};
    TRY(cohort_add_ready(req->tx, &cohort, req->now_us));
    return req_go(
        req, MSG("The cohort is made. Look through the steps, and open it when you are ready."),
        "/cohorts/%lld/setup", (long long)cohort.id);
}

static enum rc act_next_state(struct req *req)
{
    struct cohort cohort;
    TRY(cohort_load(req, &cohort));
    const char *next = cohort_next_state(cohort.state);
    const char *wanted = form_value(&req->form, "to");
    if (next == NULL || wanted == NULL || !text_equal(text_of(next), text_of(wanted)))
        return RC_EXISTS; // the page was older than the state
    TRY(cohort_move(req->tx, cohort.id, cohort.state, next));
    return req_go(req, MSG("The cohort has moved on."), "/cohorts/%lld", (long long)cohort.id);
}

// clang-format off
const struct route cohort_routes[] = {
    {WEB_GET,  "/",                       CAN_VISIT,       NULL,       NULL, NULL,           load_list, write_front, MSG("Mentoring"), .out = &cohort_list_out},
    {WEB_GET,  "/cohorts",                CAN_VISIT,       NULL,       NULL, NULL,           load_list, write_list,  MSG("Programmes"), .out = &cohort_list_out},
    {WEB_GET,  "/cohorts/new",            CAN_RUN_COHORTS, NULL,       NULL, NULL,           load_new,  write_new,   MSG("Start a new cohort") },
    {WEB_POST, "/cohorts/new",            CAN_RUN_COHORTS, &new_shape, NULL, act_new,        load_new,  write_new,   MSG("Start a new cohort") },
    {WEB_POST, "/cohorts/:cohort/state",  CAN_RUN_COHORTS, NULL,       NULL, act_next_state, NULL,      NULL,        MSG("Move the cohort on") },
    {0,        NULL,                      0,               NULL,       NULL, NULL,           NULL,      NULL,        NULL                      },
};
// clang-format on
