// SPDX-License-Identifier: Apache-2.0
//
// Why: a circle sees what it means to do and how far it is; who leads it writes that down.
#include <string.h>

#include "base/date.h"

#include "app/network/circle_page.h"
#include "app/network/network.h"
#include "app_network_circle_step.html.h"

struct step_form {
    const char *title;
    const char *day;
    const char *text;
};
struct turn_form {
    int64_t step;
    int64_t done;
};

// clang-format off
static const struct field step_fields[] = {
    {"title", FIELD_LINE, FIELD_TEXT_OF(struct step_form, title), 3, 150,  MSG("What do you mean to do?"), "", NULL},
    {"day",   FIELD_DAY,  FIELD_TEXT_OF(struct step_form, day),   0, 10,   MSG("By when?"), MSG("Leave it empty for what may come at any time."), NULL},
    {"text",  FIELD_TEXT, FIELD_TEXT_OF(struct step_form, text),  0, 2000, MSG("Agenda"), MSG("It can be taken over into a meeting."), NULL},
};
static const struct field turn_fields[] = {
    {"step", FIELD_INTEGER, FIELD_INT_OF(struct turn_form, step), 1, INT64_MAX, MSG("Step"), "", NULL},
    {"done", FIELD_INTEGER, FIELD_INT_OF(struct turn_form, done), 0, 1,         MSG("Done"), "", NULL},
};
// clang-format on
static const struct shape step_shape = SHAPE(struct step_form, step_fields);
static const struct shape turn_shape = SHAPE(struct turn_form, turn_fields);

static int64_t today_of(const struct req *req)
{
    return date_days_of_seconds(req->now_us / NETWORK_US);
}

static enum rc load_steps(struct req *req)
{
    struct circle_view *view = NULL;
    char today[DATE_TEXT_BYTES];
    date_print(date_from_days(today_of(req)), today);
    TRY(circle_make_part(req, CIRCLE_IN, NULL, &view));
    TRY(circle_steps(req->tx, req->arena, view->circle.id, today, &view->steps, &view->step_count));
    for (size_t k = 0; k < view->step_count; k++)
        view->steps_done += view->steps[k].done_at > 0;
    return RC_OK;
}

static void write_steps(struct html *html, struct req *req)
{
    page_circle_steps(html, req->view);
}

// As many weeks apart as was agreed, from the next week on.
static enum rc act_ready(struct req *req)
{
    const struct app_place at = app_here(req);
    struct circle_view *view = NULL;
    TRY(circle_act(req, CIRCLE_LEADS, &view));
    TRY(circle_agreement_now(req, view->circle.id, &view->agreement));
    const struct circle_ready ready = {
        .circle = view->circle.id,
        .first_day = today_of(req) + 7,
        .weeks = view->agreement.version == 0 ? 2 : view->agreement.cadence,
        .locale = req->locale,
        .by = view->net.me};
    TRY(circle_step_ready(&at, &ready));
    return circle_go(req, view->circle.id, MSG("A plan is there. Change what you like."), "/plan");
}

static enum rc act_turn(struct req *req)
{
    const struct turn_form *in = req->in;
    const struct app_place at = app_here(req);
    struct circle_view *view = NULL;
    TRY(circle_act(req, CIRCLE_IN, &view));
    TRY(circle_step_turn(&at, view->circle.id, in->step, in->done == 1, view->net.me));
    return circle_go(req, view->circle.id, in->done == 1 ? MSG("Done.") : MSG("It is open again."),
                     "/plan");
}

// ---- one step ----------------------------------------------------------------------------------

static enum rc load_step(struct req *req)
{
    struct circle_view *view = NULL;
    int64_t id = req_id(req, "step");
    TRY(circle_make_part(req, CIRCLE_LEADS, &step_shape, &view));
    if (id != 0)
        TRY(circle_step_find(req->tx, req->arena, view->circle.id, id, &view->step));
    if (!view->open)
        return RC_EXISTS;
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    struct step_form now = {"", "", ""};
    if (id == 0)
        return shape_show(&step_shape, &req->form, &now);
    now = (struct step_form){view->step.title, view->step.day, view->step.text};
    return shape_edit(&step_shape, &req->form, &now);
}

static void write_step(struct html *html, struct req *req)
{
    page_circle_step(html, req->view);
}

static enum rc act_step(struct req *req)
{
    const struct step_form *in = req->in;
    const struct app_place at = app_here(req);
    struct circle_view *view = NULL;
    struct date day;
    TRY(circle_act(req, CIRCLE_LEADS, &view));
    if (in->day[0] != '\0' && date_parse(in->day, &day) != RC_OK)
        return form_refuse(&req->form, "day", MSG("This is no day"));
    struct circle_step step = {
        .id = req_id(req, "step"), .day = in->day, .title = in->title, .text = in->text};
    enum rc rc = circle_step_set(&at, view->circle.id, &step, view->net.me);
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "title", MSG("A plan has sixty steps at most"));
    TRY(rc);
    return circle_go(req, view->circle.id, MSG("It is kept."), "/plan");
}

static enum rc act_drop(struct req *req)
{
    struct circle_view *view = NULL;
    TRY(circle_act(req, CIRCLE_LEADS, &view));
    TRY(circle_step_drop(req->tx, view->circle.id, req_id(req, "step")));
    return circle_go(req, view->circle.id, MSG("The step is taken out."), "/plan");
}

// clang-format off
const struct route circle_step_routes[] = {
    {WEB_GET,  "/circles/:circle/plan",            CAN_JOIN, NULL,        NULL, NULL,      load_steps, write_steps, MSG("Plan of the circle"), &circle_steps_out},
    {WEB_POST, "/circles/:circle/plan/ready",      CAN_JOIN, NULL,        NULL, act_ready, NULL,       NULL,        MSG("Begin with a plan that is ready")},
    {WEB_POST, "/circles/:circle/plan/turn",       CAN_JOIN, &turn_shape, NULL, act_turn,  load_steps, write_steps, MSG("A step of the circle's plan")},
    {WEB_GET,  "/circles/:circle/plan/:step",      CAN_JOIN, NULL,        NULL, NULL,      load_step,  write_step,  MSG("Write a step of the plan"), .out = &web_out_form},
    {WEB_POST, "/circles/:circle/plan/:step",      CAN_JOIN, &step_shape, NULL, act_step,  load_step,  write_step,  MSG("Write a step of the plan")},
    {WEB_POST, "/circles/:circle/plan/:step/drop", CAN_JOIN, NULL,        NULL, act_drop,  NULL,       NULL,        MSG("Take a step out of the plan")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
