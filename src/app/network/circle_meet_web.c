// SPDX-License-Identifier: Apache-2.0
//
// Why: when a circle meets, and who was there.
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/network/circle_page.h"
#include "app/network/network.h"
#include "app/pair/pair_meet.h"
#include "app_network_circle_work.html.h"

enum { EARLY_MINUTES = 15 }; // before a meeting, who is there may be noted

struct plan_form {
    const char *day;
    const char *time;
    int64_t minutes;
    int64_t every;
    int64_t count;
    const char *place;
    const char *agenda;
};
struct off_form {
    const char *reason;
};

// clang-format off
static const struct field plan_fields[] = {
    {"day",     FIELD_DAY,     FIELD_TEXT_OF(struct plan_form, day),    1, 10,  MSG("First day"), "", NULL},
    {"time",    FIELD_LINE,    FIELD_TEXT_OF(struct plan_form, time),   1, 5,   MSG("Time"), MSG("In your own zone, for example 18:30. Everybody sees it in hers."), NULL},
    {"minutes", FIELD_INTEGER, FIELD_INT_OF(struct plan_form, minutes), 15, 240, MSG("How many minutes?"), "", NULL},
    {"count",   FIELD_INTEGER, FIELD_INT_OF(struct plan_form, count),   1, CIRCLE_MEETINGS_MOST, MSG("How many meetings?"), "", NULL},
    {"every",   FIELD_INTEGER, FIELD_INT_OF(struct plan_form, every),   1, 8,   MSG("Every so many weeks"), "", NULL},
    {"place",   FIELD_LINE,    FIELD_TEXT_OF(struct plan_form, place),  0, 500, MSG("Link or place"), MSG("Only members see it."), NULL},
    {"agenda",  FIELD_TEXT,    FIELD_TEXT_OF(struct plan_form, agenda), 0, 2000, MSG("What do you want to talk about?"), "", NULL},
};
static const struct field off_fields[] = {
    {"reason", FIELD_TEXT, FIELD_TEXT_OF(struct off_form, reason), 1, 1000, MSG("Words for the members"), "", NULL},
};
// clang-format on
static const struct shape plan_shape = SHAPE(struct plan_form, plan_fields);
static const struct shape off_shape = SHAPE(struct off_form, off_fields);

// ---- planning --------------------------------------------------------------------------------

static enum rc load_plan(struct req *req)
{
    struct circle_view *view = NULL;
    TRY(circle_make_part(req, CIRCLE_LEADS, &plan_shape, &view));
    if (!view->open)
        return RC_EXISTS;
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    const char *agenda = form_value(&req->form, "agenda"); // of a step of the plan: one meeting
    const struct plan_form now = {
        "", "", 60, 2, agenda == NULL ? 6 : 1, "", agenda == NULL ? "" : agenda};
    return shape_show(&plan_shape, &req->form, &now);
}

static void write_plan(struct html *html, struct req *req)
{
    page_circle_plan(html, req->view);
}

// The same local time every so many weeks, whatever the clocks do between.
static enum rc plan_times(struct req *req, const struct plan_form *in, const char *zone,
                          int64_t *times)
{
    struct date first;
    if (date_parse(in->day, &first) != RC_OK)
        return form_refuse(&req->form, "day", MSG("This is no day"));
    for (int64_t k = 0; k < in->count; k++) {
        char day[DATE_TEXT_BYTES];
        date_print(date_from_days(date_to_days(first) + 7 * in->every * k), day);
        if (meeting_instant(req->arena, day, in->time, zone, &times[k]) != RC_OK)
            return form_refuse(&req->form, "time",
                               MSG("Write a day and a time that there is, such as 18:30"));
        if (times[k] <= req->now_us || times[k] > req->now_us + 550 * NETWORK_DAY_US)
            return form_refuse(&req->form, "day", MSG("Choose a time that is still to come"));
    }
    return RC_OK;
}

static enum rc act_plan(struct req *req)
{
    const struct plan_form *in = req->in;
    const struct app_place at = app_here(req);
    struct circle_view *view = NULL;
    int64_t planned = 0;
    int64_t times[CIRCLE_MEETINGS_MOST] = {0};
    TRY(circle_act(req, CIRCLE_LEADS, &view));
    TRY(plan_times(req, in, view->net.zone, times));
    TRY(circle_count_planned(req, view->circle.id, &planned));
    if (planned + in->count > CIRCLE_MEETINGS_MOST)
        return form_refuse(
            &req->form, "count",
            MSG("More than 26 meetings would be planned: call some off, or plan fewer"));
    for (int64_t k = 0; k < in->count; k++) {
        struct circle_meeting m = {.circle = view->circle.id,
                                   .at = times[k],
                                   .minutes = in->minutes,
                                   .place = in->place,
                                   .agenda = k == 0 ? in->agenda : ""};
        TRY(circle_meeting_add(&at, &m));
        TRY(circle_invite(&at, &view->circle, &m, "REQUEST", 0));
    }
    return circle_go(req, view->circle.id,
                     MSG("It is planned, and everybody has it in her calendar."), "");
}

// ---- one meeting -----------------------------------------------------------------------------

static enum rc load_with(struct req *req, const struct shape *shape, enum circle_part part)
{
    struct circle_view *view = NULL;
    TRY(circle_make_part(req, part, shape, &view));
    int64_t circle = view->circle.id;
    TRY(circle_meeting_find(req->tx, req->arena, circle, req_id(req, "meeting"), &view->meeting));
    TRY(circle_members(req->tx, req->arena, circle, "member", &view->members, &view->member_count));
    view->may_mark = view->meeting.at - EARLY_MINUTES * NETWORK_MINUTE_US <= req->now_us;
    return circle_presence(req->tx, req->arena, view->meeting.id, &view->present,
                           &view->present_count);
}

static enum rc load_meeting(struct req *req)
{
    return load_with(req, NULL, CIRCLE_IN);
}

static void write_meeting(struct html *html, struct req *req)
{
    page_circle_meeting(html, req->view);
}

bool circle_is_present(const struct circle_view *view, int64_t person)
{
    for (size_t k = 0; k < view->present_count; k++)
        if (view->present[k] == person)
            return true;
    return false;
}

static bool is_member(const struct circle_view *view, int64_t person)
{
    for (size_t k = 0; k < view->member_count; k++)
        if (view->members[k].person == person)
            return true;
    return false;
}

// Who was there: those who are ticked, and those who were there and have left since.
static enum rc act_presence(struct req *req)
{
    const struct app_place at = app_here(req);
    int64_t people[2 * CIRCLE_MOST + 60];
    size_t count = 0;
    TRY(load_with(req, NULL, CIRCLE_LEADS));
    const struct circle_view *view = req->view;
    if (!view->open || strcmp(view->meeting.state, "cancelled") == 0)
        return RC_EXISTS;
    if (!view->may_mark)
        return circle_go(req, view->circle.id, MSG("The meeting is still to come."), "");
    for (size_t k = 0; k < view->present_count; k++)
        if (!is_member(view, view->present[k]))
            people[count++] = view->present[k];
    for (size_t k = 0; k < view->member_count; k++) {
        const char *id = arena_printf(req->arena, "%lld", (long long)view->members[k].person);
        if (id == NULL)
            return RC_NO_MEMORY;
        if (form_has(&req->form, "person", id) && count < sizeof people / sizeof people[0])
            people[count++] = view->members[k].person;
    }
    TRY(circle_meeting_held(&at, &view->circle, &view->meeting, people, count));
    return req_go(req, MSG("It is kept."), "/circles/%lld/meetings/%lld",
                  (long long)view->circle.id, (long long)view->meeting.id);
}

static enum rc load_off(struct req *req)
{
    return load_with(req, &off_shape, CIRCLE_LEADS);
}

static void write_off(struct html *html, struct req *req)
{
    page_circle_off(html, req->view);
}

static enum rc act_off(struct req *req)
{
    const struct off_form *in = req->in;
    const struct app_place at = app_here(req);
    TRY(load_with(req, &off_shape, CIRCLE_LEADS));
    struct circle_view *view = req->view;
    if (!view->open)
        return RC_EXISTS;
    TRY(circle_meeting_cancel(&at, &view->circle, &view->meeting, in->reason));
    return circle_go(req, view->circle.id, MSG("It is called off, and everybody gets a letter."),
                     "");
}

// clang-format off
const struct route circle_meet_routes[] = {
    {WEB_GET,  "/circles/:circle/meetings/plan",         CAN_JOIN, NULL,        NULL, NULL,         load_plan,    write_plan,    MSG("Plan meetings"), .query = "agenda"},
    {WEB_POST, "/circles/:circle/meetings/plan",         CAN_JOIN, &plan_shape, NULL, act_plan,     load_plan,    write_plan,    MSG("Plan meetings")},
    {WEB_GET,  "/circles/:circle/meetings/:meeting",     CAN_JOIN, NULL,        NULL, NULL,         load_meeting, write_meeting, MSG("A meeting of the circle"), &circle_meeting_out},
    {WEB_POST, "/circles/:circle/meetings/:meeting",     CAN_JOIN, NULL,        NULL, act_presence, load_meeting, write_meeting, MSG("Who was there")},
    {WEB_GET,  "/circles/:circle/meetings/:meeting/off", CAN_JOIN, NULL,        NULL, NULL,         load_off,     write_off,     MSG("Call a meeting off")},
    {WEB_POST, "/circles/:circle/meetings/:meeting/off", CAN_JOIN, &off_shape,  NULL, act_off,      load_off,     write_off,     MSG("Call a meeting off")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
