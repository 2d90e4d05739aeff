// SPDX-License-Identifier: Apache-2.0
//
// Why: a board of what there is beyond the programme, and putting something on it.
#include <string.h>

#include "base/date.h"

#include "app/network/network.h"
#include "app/network/network_page.h"
#include "app_network_outside.html.h"

struct outside_form {
    const char *kind;
    const char *title;
    const char *about;
    const char *link;
    const char *until;
};
struct turn_form {
    int64_t off;
};

// clang-format off
static const struct field outside_fields[] = {
    {"kind",  FIELD_ONE,  FIELD_TEXT_OF(struct outside_form, kind),  1, 1,    MSG("What is it?"), "", outside_kinds},
    {"title", FIELD_LINE, FIELD_TEXT_OF(struct outside_form, title), 3, 150,  MSG("Title"), "", NULL},
    {"about", FIELD_TEXT, FIELD_TEXT_OF(struct outside_form, about), 1, 1000, MSG("For whom is it good, and why?"), MSG("What it costs, and whether it is open to everyone, helps others to decide."), NULL},
    {"link",  FIELD_LINK, FIELD_TEXT_OF(struct outside_form, link),  1, 500,  MSG("Link"), "", NULL},
    {"until", FIELD_DAY,  FIELD_TEXT_OF(struct outside_form, until), 0, 10,   MSG("Last day on which it is worth looking at"), MSG("Without a day it goes after 90 days."), NULL},
};
static const struct field turn_fields[] = {
    {"off", FIELD_INTEGER, FIELD_INT_OF(struct turn_form, off), 0, 1, MSG("Take it off"), "", NULL},
};
// clang-format on
static const struct shape outside_shape = SHAPE(struct outside_form, outside_fields);
static const struct shape turn_shape = SHAPE(struct turn_form, turn_fields);

static enum rc load_outside(struct req *req)
{
    struct network_view *view = NULL;
    const char *kind = form_value(&req->form, "kind");
    TRY(network_make_cohort(req, NULL, &view));
    view->kind = kind == NULL ? "" : kind;
    const struct outside_filter there = {view->kind, form_number(&req->form, "before"), false};
    const struct outside_filter off = {"", 0, true};
    TRY(outside_list(req, &view->net, &there, &view->outsides, &view->outside_count));
    TRY(outside_list(req, &view->net, &off, &view->off, &view->off_count));
    if (view->outside_count <= OUTSIDE_PAGE)
        return RC_OK;
    view->outside_count = OUTSIDE_PAGE;
    return req_next(req, "before", view->outsides[OUTSIDE_PAGE - 1].id, &view->next);
}

static void write_outside(struct html *html, struct req *req)
{
    page_outside(html, req->view);
}

static enum rc load_new(struct req *req)
{
    struct network_view *view = NULL;
    return network_make_cohort(req, &outside_shape, &view);
}

static void write_new(struct html *html, struct req *req)
{
    page_outside_new(html, req->view);
}

static enum rc act_new(struct req *req)
{
    const struct outside_form *in = req->in;
    struct network_view *view = NULL;
    struct date day;
    TRY(network_make_cohort(req, &outside_shape, &view));
    struct outside one = {.cohort = view->net.cohort.id,
                          .person = view->net.me,
                          .kind = in->kind,
                          .title = in->title,
                          .about = in->about,
                          .link = in->link,
                          .until = in->until,
                          .ends_at = req->now_us + OUTSIDE_DAYS * DAY_US};
    if (date_parse(in->until, &day) == RC_OK) // it is there until that day is over everywhere
        one.ends_at = date_to_seconds(day) * 1000000 + 2 * DAY_US;
    if (one.ends_at <= req->now_us || one.ends_at > req->now_us + 732 * DAY_US)
        return form_refuse(&req->form, "until", MSG("Choose a day of the next two years"));
    enum rc rc = outside_add(req, &one);
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "title", MSG("Ten of yours are there: take one off first"));
    TRY(rc);
    return req_go(req, MSG("It is on the board."), "/cohorts/%lld/outside", (long long)one.cohort);
}

static enum rc act_turn(struct req *req)
{
    const struct turn_form *in = req->in;
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, NULL, &view));
    TRY(outside_turn(req, &view->net, req_id(req, "outside"), in->off == 1));
    return req_go(req,
                  in->off == 1 ? MSG("It is off the board. You can put it back below.")
                               : MSG("It is on the board."),
                  "/cohorts/%lld/outside", (long long)view->net.cohort.id);
}

// clang-format off
const struct route outside_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/outside",          CAN_JOIN, NULL,           NULL, NULL,     load_outside, write_outside, MSG("Beyond the programme"), &outside_out},
    {WEB_GET,  "/cohorts/:cohort/outside/new",      CAN_JOIN, NULL,           NULL, NULL,     load_new,     write_new,     MSG("Put something on the board")},
    {WEB_POST, "/cohorts/:cohort/outside/new",      CAN_JOIN, &outside_shape, NULL, act_new,  load_new,     write_new,     MSG("Put something on the board")},
    {WEB_POST, "/cohorts/:cohort/outside/:outside", CAN_JOIN, &turn_shape,    NULL, act_turn, load_outside, write_outside, MSG("Take it off the board, or put it back")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
