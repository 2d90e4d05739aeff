// SPDX-License-Identifier: Apache-2.0
//
// Why: which events there are, and whether I come.
#include <stdlib.h>
#include <string.h>

#include "app/network/event_page.h"
#include "app/network/network.h"
#include "app_network_event.html.h"

enum { ARRIVE_EARLY_MINUTES = 15, ARRIVE_LATE_HOURS = 24 };

struct rsvp_form {
    const char *answer;
    const char *needs;
};

// clang-format off
const struct field_option event_kinds[] = {
    {"talk",     MSG("Talk")},
    {"workshop", MSG("Workshop")},
    {"meetup",   MSG("Meet-up")},
    {"outside",  MSG("Conference or event of others")}, {NULL, NULL},
};
static const struct field_option answers[] = {
    {"going", MSG("I come")},
    {"maybe", MSG("Maybe")},
    {"no",    MSG("I can't come")}, {NULL, NULL},
};
static const struct field rsvp_fields[] = {
    {"answer", FIELD_ONE,  FIELD_TEXT_OF(struct rsvp_form, answer), 1, 1,    MSG("Do you come?"), "", answers},
    {"needs",  FIELD_TEXT, FIELD_TEXT_OF(struct rsvp_form, needs),  0, 1000, MSG("What do you need to take part well?"), MSG("For example captions, a sign-language interpreter, no steps. Only those who run the event see it, and it is deleted 30 days after."), NULL},
};
// clang-format on
static const struct shape rsvp_shape = SHAPE(struct rsvp_form, rsvp_fields);

enum rc event_new_view(struct req *req, const struct shape *shape, struct event_view **ret_view)
{
    struct event_view *view = ARENA_NEW(req->arena, struct event_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->shape = shape;
    view->action = req_path(req);
    view->id = req_param(req, "event");
    view->now_us = req->now_us;
    view->kind = "";
    view->needs = "";
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc event_make_view(struct req *req, const struct shape *shape, struct event_view **ret_view)
{
    struct event_view *view = NULL;
    TRY(event_new_view(req, shape, &view));
    TRY(event_find(req->tx, req->arena, req_id(req, "event"), req->actor.person, &view->event));
    TRY(network_enter(req, view->event.cohort, &view->net));
    const struct event *e = &view->event;
    int64_t end = e->at + e->minutes * NETWORK_MINUTE_US;
    bool going = strcmp(e->mine, "going") == 0;
    view->over = end <= req->now_us;
    view->sees_link = going || view->net.staff;
    view->may_arrive = going && e->mine_came == 0 && strcmp(e->state, "planned") == 0 &&
                       req->now_us >= e->at - ARRIVE_EARLY_MINUTES * NETWORK_MINUTE_US &&
                       req->now_us <= end + ARRIVE_LATE_HOURS * NETWORK_HOUR_US;
    *ret_view = view;
    return RC_OK;
}

// ---- the list --------------------------------------------------------------------------------

static enum rc find_next(struct req *req, struct event_view *view)
{
    const struct event *last = &view->events[EVENTS_A_PAGE - 1];
    const char *kind = web_encode(req->arena, view->kind);
    if (kind == NULL)
        return RC_NO_MEMORY;
    view->next =
        arena_printf(req->arena, "/cohorts/%lld/events?when=%s&kind=%s&after=%lld&after_id=%lld",
                     (long long)view->net.cohort.id, view->past ? "past" : "", kind,
                     (long long)last->at, (long long)last->id);
    return view->next == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc load_events(struct req *req)
{
    struct event_view *view = NULL;
    const char *when = form_value(&req->form, "when");
    const char *kind = form_value(&req->form, "kind");
    TRY(event_new_view(req, NULL, &view));
    TRY(network_enter(req, req_id(req, "cohort"), &view->net));
    view->past = when != NULL && strcmp(when, "past") == 0;
    view->kind = kind == NULL ? "" : kind;
    const struct event_filter filter = {view->net.cohort.id, view->past, view->kind,
                                        form_number(&req->form, "after"),
                                        form_number(&req->form, "after_id")};
    TRY(event_list(req, &filter, &view->events, &view->event_count));
    return view->event_count == EVENTS_A_PAGE ? find_next(req, view) : RC_OK;
}

static void write_events(struct html *html, struct req *req)
{
    page_events(html, req->view);
}

// ---- one event -------------------------------------------------------------------------------

static enum rc load_event(struct req *req)
{
    struct event_view *view = NULL;
    TRY(event_make_view(req, &rsvp_shape, &view));
    req->title = view->event.title;
    TRY(event_load_teaching(req, view));
    TRY(event_needs(req->tx, req->arena, view->event.id, view->net.me, &view->needs));
    if (req->http->method == WEB_POST)
        return RC_OK;
    const char *mine = view->event.mine;
    const struct rsvp_form now = {strcmp(mine, "waiting") == 0 ? "going" : mine, view->needs};
    return shape_show(&rsvp_shape, &req->form, &now);
}

static void write_event(struct html *html, struct req *req)
{
    page_event(html, req->view);
}

static enum rc act_answer(struct req *req)
{
    const struct rsvp_form *in = req->in;
    const struct app_place at = app_here(req);
    struct event_view *view = NULL;
    const char *answer = "";
    TRY(event_make_view(req, &rsvp_shape, &view));
    if (view->over || strcmp(view->event.state, "planned") != 0)
        return RC_EXISTS;
    TRY(event_answer(&at, view->event.id, view->net.me, in->answer, &answer));
    TRY(event_set_needs(&at, view->event.id, view->net.me,
                        strcmp(answer, "no") == 0 ? "" : in->needs));
    const char *said =
        strcmp(answer, "going") == 0 ? MSG("You have a seat. It comes to your calendar by letter.")
        : strcmp(answer, "waiting") == 0
            ? MSG("All seats are taken. You are on the waiting list, and get a letter when one is "
                  "free.")
            : MSG("Your answer is kept.");
    return req_go(req, said, "/events/%lld", (long long)view->event.id);
}

static enum rc act_arrive(struct req *req)
{
    const struct app_place at = app_here(req);
    struct event_view *view = NULL;
    TRY(event_make_view(req, &rsvp_shape, &view));
    if (!view->may_arrive)
        return RC_EXISTS;
    TRY(event_set_came(&at, &view->event, view->net.me, view->net.me, true));
    return req_go(req, MSG("Good that you are here."), "/events/%lld", (long long)view->event.id);
}

// The file that every calendar can read.
static enum rc load_file(struct req *req)
{
    enum { CALENDAR_LIMIT_BYTES = 32 << 10 };
    struct event_view *view = NULL;
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    const struct app *app = req->app;
    int64_t sequence = 0;
    TRY(event_make_view(req, NULL, &view));
    const struct event *e = &view->event;
    TRY(event_sequence(req->tx, req->arena, e, req->actor.person, &sequence));
    const char *uid = arena_printf(req->arena, "event-%lld@trellis", (long long)e->id);
    const char *url = arena_printf(req->arena, "%s/events/%lld", web_origin(req->web, req->arena),
                                   (long long)e->id);
    const char *title = arena_printf(req->arena, "%s: %s", app->site, e->title);
    if (out == NULL || uid == NULL || url == NULL || title == NULL)
        return RC_NO_MEMORY;
    const struct calendar_event event = {
        .uid = uid,
        .sequence = sequence,
        .start_s = e->at / NETWORK_US,
        .minutes = e->minutes,
        .changed_s = req->now_us / NETWORK_US,
        .summary = title,
        .description = url,
        .location = view->sees_link && e->link[0] != '\0' ? e->link : e->place,
        .organizer = "",
        .cancelled = strcmp(e->state, "cancelled") == 0};
    buffer_open(out, req->arena, CALENDAR_LIMIT_BYTES);
    TRY(calendar_write(out, "PUBLISH", &event, 1));
    req->content_type = "text/calendar; charset=utf-8";
    req->file_name = "event.ics";
    req->view = out;
    return RC_OK;
}

// clang-format off
const struct route event_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/events",   CAN_JOIN, NULL,        NULL, NULL,       load_events, write_events,   MSG("Events"), &events_out, .query = "kind when after after_id"},
    {WEB_GET,  "/events/:event",            CAN_JOIN, NULL,        NULL, NULL,       load_event,  write_event,    MSG("An event"), &event_out},
    {WEB_POST, "/events/:event",            CAN_JOIN, &rsvp_shape, NULL, act_answer, load_event,  write_event,    MSG("Say whether you come")},
    {WEB_POST, "/events/:event/here",       CAN_JOIN, NULL,        NULL, act_arrive, load_event,  write_event,    MSG("I am here")},
    {WEB_GET,  "/events/:event/event.ics",  CAN_JOIN, NULL,        NULL, NULL,       load_file,   app_write_view, MSG("Calendar file of an event")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
