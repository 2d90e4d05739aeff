// SPDX-License-Identifier: Apache-2.0
//
// Why: the first page, the list of cohorts, a new one, and its next state.
#include <stdlib.h>
#include <string.h>

#include "app/account/account.h"
#include "app/cohort/cohort.h"
#include "app/cohort/cohort_page.h"
#include "app/cohort/cohort_store.h"
#include "app_cohort_cohort.html.h"

struct new_cohort {
    const char *programme;
    const char *name;
    const char *about;
    const char *starts;
    int64_t weeks;
    const char *opens;
    const char *closes;
};

struct cancelling {
    const char *reason;
};

// clang-format off
static const struct field new_fields[] = {
    {"programme", FIELD_HIDDEN, FIELD_TEXT_OF(struct new_cohort, programme), 0, 20, MSG("Programme"),        "",                                                      NULL},
    {"name",   FIELD_LINE,    FIELD_TEXT_OF(struct new_cohort, name),   1, 100,  MSG("Name"),               MSG("Such as: Spring 2027."),                            NULL},
    {"about",  FIELD_TEXT,    FIELD_TEXT_OF(struct new_cohort, about),  1, 4000, MSG("What it is about"),   MSG("For whom it is, what it aims at, and what it asks of both sides."), NULL},
    {"opens",  FIELD_DAY,     FIELD_TEXT_OF(struct new_cohort, opens),  0, 10,   MSG("Sign-up opens on"),   MSG("As year-month-day. On that day you are reminded; you open it yourself."), NULL},
    {"closes", FIELD_DAY,     FIELD_TEXT_OF(struct new_cohort, closes), 0, 10,   MSG("Sign-up closes on"),  MSG("People see it while sign-up is open."),             NULL},
    {"starts", FIELD_DAY,     FIELD_TEXT_OF(struct new_cohort, starts), 1, 10,   MSG("First day"),          MSG("As year-month-day, such as 2027-03-01."),           NULL},
    {"weeks",  FIELD_INTEGER, FIELD_INT_OF(struct new_cohort, weeks),   4, 52,   MSG("How many weeks"),     MSG("From 4 to 52. Half a year is usual: 26."),          NULL},
};
static const struct field cancel_fields[] = {
    {"reason", FIELD_TEXT, FIELD_TEXT_OF(struct cancelling, reason), 1, 1000, MSG("Why is it cancelled?"), MSG("Everybody who signed up gets a letter with these words, and they stand on the page of the cohort."), NULL},
};
// clang-format on
static const struct shape new_shape = SHAPE(struct new_cohort, new_fields);
static const struct shape cancel_shape = SHAPE(struct cancelling, cancel_fields);

static enum rc make_view(struct req *req, struct cohort_view **ret_view)
{
    struct cohort_view *view = ARENA_NEW(req->arena, struct cohort_view);
    const struct app *app = req->app;
    if (view == NULL)
        return RC_NO_MEMORY;
    view->site = app->site;
    view->form = &req->form;
    view->shape = &new_shape;
    if (req->actor.person != 0)
        TRY(programme_list(req, true, &view->own, &view->own_count));
    view->may_run = view->own_count > 0;
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

static enum rc load_list(struct req *req)
{
    struct cohort_view *view = NULL;
    TRY(make_view(req, &view));
    TRY(programme_list(req, false, &view->programmes, &view->programme_count));
    return cohort_list(req, 0, &view->cohorts, &view->count);
}

// The first page begins with what waits for the one who is signed in.
static enum rc load_front(struct req *req)
{
    const struct app_place place = app_here(req);
    TRY(load_list(req));
    struct cohort_view *view = req->view;
    if (req->actor.person == 0)
        return account_first_waits(req->tx, req->arena, &view->is_fresh);
    view->person = req->actor.name;
    view->zone = req->actor.zone;
    return app_ask_waiting(&place, req->actor.person, &view->waiting, &view->waiting_count);
}

static void write_front(struct html *html, struct req *req)
{
    page_front(html, req->view);
}

static void write_list(struct html *html, struct req *req)
{
    page_cohorts(html, req->view);
}

// ---- a new one ---------------------------------------------------------------------------------

// The programme that a new cohort is of: the one that is named, else the first of her own.
static enum rc programme_of(struct req *req, const struct cohort_view *view,
                            struct cohort *ret_defaults)
{
    int64_t programme = form_number(&req->form, "programme");
    bool may = false;
    for (size_t k = 0; programme == 0 && k < view->own_count; k++)
        if (!view->own[k].ended)
            programme = view->own[k].id;
    TRY(programme_may_run(req, programme, &may));
    if (!may)
        return RC_NOT_FOUND;
    TRY(cohort_find(req->tx, req->arena, programme, ret_defaults));
    return cohort_is_template(ret_defaults) ? RC_OK : RC_NOT_FOUND;
}

// What the programme has by default is filled in.
static enum rc load_new(struct req *req)
{
    struct cohort_view *view = NULL;
    TRY(make_view(req, &view));
    TRY(programme_of(req, view, &view->cohort));
    const char *programme = arena_printf(req->arena, "%lld", (long long)view->cohort.id);
    const struct cohort *c = &view->cohort;
    const struct new_cohort ready = {programme, "", c->about, "", c->weeks, "", ""};
    if (programme == NULL)
        return RC_NO_MEMORY;
    return req->form.error_count > 0 ? RC_OK : shape_show(&new_shape, &req->form, &ready);
}

static void write_new(struct html *html, struct req *req)
{
    page_cohort_new(html, req->view);
}

enum rc cohort_refuse_days(struct req *req, const char *opens, const char *closes,
                           const char *starts)
{
    if (closes[0] != '\0' && strcmp(closes, starts) > 0)
        return form_refuse(&req->form, "closes",
                           MSG("Sign-up closes before the first day, or on it"));
    if (opens[0] != '\0' && closes[0] != '\0' && strcmp(opens, closes) > 0)
        return form_refuse(&req->form, "opens", MSG("Sign-up opens before it closes"));
    return RC_OK;
}

static enum rc act_new(struct req *req)
{
    const struct new_cohort *in = req->in;
    struct cohort_view *view = NULL;
    struct cohort defaults;
    TRY(make_view(req, &view));
    TRY(programme_of(req, view, &defaults));
    TRY(cohort_refuse_days(req, in->opens, in->closes, in->starts));
    const struct cohort cohort = {.id = db_new_id(req->now_us),
                                  .name = in->name,
                                  .about = in->about,
                                  .starts = in->starts,
                                  .weeks = in->weeks,
                                  .state = "draft",
                                  .cadence = defaults.cadence,
                                  .hours = defaults.hours,
                                  .programme = defaults.id,
                                  .opens = in->opens,
                                  .closes = in->closes};
    TRY(cohort_add_ready(req->tx, &cohort, req->now_us));
    const struct app_place here = app_here(req);
    const struct announcement made = {
        .what = ANNOUNCE_COHORT_MADE, .cohort = cohort.id, .subject = defaults.id};
    TRY(app_announce(&here, &made));
    TRY(cohort_index_one(&here, cohort.id));
    return req_go(
        req, MSG("The cohort is made. Look through the steps, and open it when you are ready."),
        "/cohorts/%lld/setup", (long long)cohort.id);
}

// ---- its states --------------------------------------------------------------------------------

static enum rc act_next_state(struct req *req)
{
    struct cohort cohort;
    TRY(cohort_load(req, &cohort));
    const char *next = cohort_next_state(cohort.state);
    const char *wanted = form_value(&req->form, "to");
    if (next == NULL || wanted == NULL || !text_equal(text_of(next), text_of(wanted)))
        return RC_EXISTS; // the page was older than the state
    const struct app_place at = app_here(req);
    const struct announcement closing = {ANNOUNCE_COHORT_CLOSING, cohort.id, 0, req->actor.person,
                                         cohort.id};
    TRY(cohort_move(req->tx, cohort.id, cohort.state, next));
    TRY(cohort_index_one(&at, cohort.id));
    if (strcmp(next, "closing") == 0)
        TRY(app_announce(&at, &closing));
    return req_go(req, MSG("The cohort has moved on."), "/cohorts/%lld", (long long)cohort.id);
}

static enum rc load_cancel(struct req *req)
{
    struct cohort_view *view = NULL;
    TRY(make_view(req, &view));
    TRY(cohort_load(req, &view->cohort));
    view->shape = &cancel_shape;
    view->action = arena_printf(req->arena, "/cohorts/%lld/cancel", (long long)view->cohort.id);
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

static void write_cancel(struct html *html, struct req *req)
{
    page_cohort_cancel(html, req->view);
}

static enum rc act_cancel(struct req *req)
{
    const struct cancelling *in = req->in;
    int64_t cohort = req_id(req, "cohort");
    const struct app_place here = app_here(req);
    const struct announcement cancelled = {.what = ANNOUNCE_COHORT_CANCELLED, .cohort = cohort};
    TRY(cohort_cancel(req->tx, cohort, in->reason));
    TRY(app_announce(&here, &cancelled));
    TRY(cohort_index_one(&here, cohort));
    return req_go(req, MSG("The cohort is cancelled, and everybody who signed up gets a letter."),
                  "/cohorts/%lld", (long long)cohort);
}

// clang-format off
const struct route cohort_routes[] = {
    {WEB_GET,  "/",                       CAN_VISIT,       NULL,       NULL, NULL,           load_front, write_front, MSG("Mentoring"), .out = &cohort_list_out},
    {WEB_GET,  "/cohorts",                CAN_VISIT,       NULL,       NULL, NULL,           load_list, write_list,  MSG("Programmes"), .out = &cohort_list_out},
    {WEB_GET,  "/cohorts/new",            CAN_START_COHORTS, NULL,       NULL, NULL,           load_new,  write_new,   MSG("Start a new cohort"), .query = "programme"},
    {WEB_POST, "/cohorts/new",            CAN_START_COHORTS, &new_shape, NULL, act_new,        load_new,  write_new,   MSG("Start a new cohort") },
    {WEB_POST, "/cohorts/:cohort/state",  CAN_RUN_COHORTS, NULL,       NULL, act_next_state, NULL,      NULL,        MSG("Move the cohort on") },
    {WEB_GET,  "/cohorts/:cohort/cancel", CAN_RUN_COHORTS, NULL,          NULL, NULL,       load_cancel, write_cancel, MSG("Cancel a cohort")     },
    {WEB_POST, "/cohorts/:cohort/cancel", CAN_RUN_COHORTS, &cancel_shape, NULL, act_cancel, load_cancel, write_cancel, MSG("Cancel a cohort")     },
    {0,        NULL,                      0,               NULL,       NULL, NULL,           NULL,      NULL,        NULL                      },
};
// clang-format on
