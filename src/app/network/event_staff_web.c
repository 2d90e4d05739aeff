// SPDX-License-Identifier: Apache-2.0
//
// Why: those who run a cohort plan events, change them, call them off, and note who was there.
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"

#include "app/network/event_page.h"
#include "app/network/network.h"
#include "app/pair/pair_meet.h"
#include "app_network_event.html.h"

struct event_form {
    const char *title;
    const char *kind;
    const char *about;
    const char *day;
    const char *time;
    const char *zone;
    int64_t minutes;
    const char *link;
    const char *place;
    int64_t seats;
    int64_t captions;
    int64_t interpreter;
    int64_t step_free;
    const char *access;
};
struct reason_form {
    const char *reason;
};
struct recording_form {
    const char *recording;
    int64_t captions;
};

// clang-format off
static const struct field event_fields[] = {
    {"title",       FIELD_LINE,    FIELD_TEXT_OF(struct event_form, title),      3, 120,  MSG("Title"), "", NULL},
    {"kind",        FIELD_ONE,     FIELD_TEXT_OF(struct event_form, kind),       1, 1,    MSG("Kind"), "", event_kinds},
    {"about",       FIELD_TEXT,    FIELD_TEXT_OF(struct event_form, about),      1, 4000, MSG("What it is about"), "", NULL},
    {"day",         FIELD_DAY,     FIELD_TEXT_OF(struct event_form, day),        1, 10,   MSG("Day"), "", NULL},
    {"time",        FIELD_LINE,    FIELD_TEXT_OF(struct event_form, time),       1, 5,    MSG("Time"), MSG("For example 18:30."), NULL},
    {"zone",        FIELD_LINE,    FIELD_TEXT_OF(struct event_form, zone),       1, 64,   MSG("Time zone"), MSG("For example Europe/Madrid. Everybody sees the time in her own."), NULL},
    {"minutes",     FIELD_INTEGER, FIELD_INT_OF(struct event_form, minutes),     15, 1440, MSG("How many minutes?"), "", NULL},
    {"link",        FIELD_LINK,    FIELD_TEXT_OF(struct event_form, link),       0, 500,  MSG("Link"), MSG("Only who comes sees it."), NULL},
    {"place",       FIELD_LINE,    FIELD_TEXT_OF(struct event_form, place),      0, 300,  MSG("Place"), MSG("Everybody in the programme sees it."), NULL},
    {"seats",       FIELD_INTEGER, FIELD_INT_OF(struct event_form, seats),       0, 10000, MSG("Seats"), MSG("0: as many as want to come."), NULL},
    {"captions",    FIELD_TICK,    FIELD_INT_OF(struct event_form, captions),    0, 1,    MSG("It has live captions"), "", NULL},
    {"interpreter", FIELD_TICK,    FIELD_INT_OF(struct event_form, interpreter), 0, 1,    MSG("It has a sign-language interpreter"), "", NULL},
    {"step_free",   FIELD_TICK,    FIELD_INT_OF(struct event_form, step_free),   0, 1,    MSG("The place has no steps"), "", NULL},
    {"access",      FIELD_TEXT,    FIELD_TEXT_OF(struct event_form, access),     0, 1000, MSG("More about how to get in and take part"), "", NULL},
};
static const struct field reason_fields[] = {
    {"reason", FIELD_TEXT, FIELD_TEXT_OF(struct reason_form, reason), 1, 1000, MSG("Why, for those who wanted to come"), MSG("This can't be undone."), NULL},
};
static const struct field recording_fields[] = {
    {"recording", FIELD_LINK, FIELD_TEXT_OF(struct recording_form, recording), 0, 500, MSG("Link to the recording"), "", NULL},
    {"captions",  FIELD_TICK, FIELD_INT_OF(struct recording_form, captions),   0, 1,   MSG("The recording has captions"), MSG("Without them, some can't follow it: the page says so."), NULL},
};
// clang-format on
static const struct shape event_shape = SHAPE_ALSO(struct event_form, event_fields, "training");
static const struct shape reason_shape = SHAPE(struct reason_form, reason_fields);
static const struct shape recording_shape = SHAPE(struct recording_form, recording_fields);

enum rc event_make_staff(struct req *req, const struct shape *shape, struct event_view **ret_view)
{
    TRY(event_make_view(req, shape, ret_view));
    return (*ret_view)->net.staff ? RC_OK : RC_NOT_FOUND;
}

// Those that an event may teach, with the chosen one: of the form, or else its own.
static enum rc load_trainings(struct req *req, struct event_view *view, int64_t training)
{
    const char *chosen = form_value(&req->form, "training");
    view->event.training = chosen == NULL ? training : form_number(&req->form, "training");
    return training_list(req, false, &view->trainings, &view->training_count);
}

static enum rc go_to_event(struct req *req, int64_t event, const char *said)
{
    return req_go(req, said, "/events/%lld", (long long)event);
}

// ---- planning and changing ---------------------------------------------------------------------

// What a form shows of an event: its day and time in its own zone.
static enum rc show(struct req *req, const struct event *e, bool copy)
{
    const char *time = app_time_in(req->arena, e->at, e->zone);
    const char *day = time == NULL ? NULL : arena_strndup(req->arena, time, 10);
    const char *hour = time == NULL ? NULL : arena_strndup(req->arena, time + 11, 5);
    if (day == NULL || hour == NULL)
        return RC_NO_MEMORY;
    const struct event_form now = {
        e->title, e->kind,  e->about, copy ? "" : day, hour,           e->zone,      e->minutes,
        e->link,  e->place, e->seats, e->captions,     e->interpreter, e->step_free, e->access};
    return copy ? shape_show(&event_shape, &req->form, &now)
                : shape_edit(&event_shape, &req->form, &now);
}

static enum rc load_new(struct req *req)
{
    struct event_view *view = NULL;
    const char *copy = form_value(&req->form, "copy");
    struct event old = {.title = "",
                        .kind = "talk",
                        .about = "",
                        .minutes = 60,
                        .link = "",
                        .place = "",
                        .access = "",
                        .seats = 0};
    TRY(event_new_view(req, &event_shape, &view));
    TRY(network_enter(req, req_id(req, "cohort"), &view->net));
    if (!view->net.staff)
        return RC_NOT_FOUND;
    TRY(load_trainings(req, view, 0));
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    old.zone = view->net.zone;
    old.at = req->now_us - req->now_us % NETWORK_HOUR_US;
    if (copy != NULL)
        TRY(event_find(req->tx, req->arena, form_number(&req->form, "copy"), 0, &old));
    view->event.training = old.training;
    return copy != NULL && old.cohort != view->net.cohort.id ? RC_NOT_FOUND : show(req, &old, true);
}

static void write_new(struct html *html, struct req *req)
{
    page_event_new(html, req->view);
}

// Fills what a form says. The time must be one that there is, and still to come.
static enum rc read_form(struct req *req, const struct event_form *in, struct event *e)
{
    struct zone zone;
    enum rc rc = zone_load(req->arena, ZONE_FOLDER, in->zone, &zone);
    if (rc == RC_NOT_FOUND || rc == RC_BAD_INPUT)
        return form_refuse(&req->form, "zone", MSG("There is no such time zone"));
    TRY(rc);
    if (meeting_instant(req->arena, in->day, in->time, in->zone, &e->at) != RC_OK)
        return form_refuse(&req->form, "time",
                           MSG("Write a day and a time that there is, such as 18:30"));
    if (e->at <= req->now_us || e->at > req->now_us + 732 * NETWORK_DAY_US)
        return form_refuse(&req->form, "day", MSG("Choose a time that is still to come"));
    if (in->link[0] == '\0' && in->place[0] == '\0')
        return form_refuse(&req->form, "link", MSG("Say where it is: a link, a place, or both"));
    e->title = in->title;
    e->kind = in->kind;
    e->about = in->about;
    e->minutes = in->minutes;
    e->zone = in->zone;
    e->link = in->link;
    e->place = in->place;
    e->seats = in->seats;
    e->captions = in->captions;
    e->interpreter = in->interpreter;
    e->step_free = in->step_free;
    e->access = in->access;
    return RC_OK;
}

// What it teaches stays once somebody was noted as being there.
static enum rc read_training(struct req *req, struct event *e)
{
    struct training found;
    int64_t training = form_number(&req->form, "training");
    if (training == e->training)
        return RC_OK;
    if (e->came > 0)
        return form_refuse(&req->form, "training",
                           MSG("Somebody was noted as being there: what it teaches stays"));
    if (training != 0 && training_find(req, training, false, &found) != RC_OK)
        return form_refuse(&req->form, "training", MSG("There is no such training"));
    e->training = training;
    return RC_OK;
}

static enum rc act_new(struct req *req)
{
    const struct app_place at = app_here(req);
    struct network net;
    int64_t planned = 0;
    struct event e = {0};
    TRY(network_enter(req, req_id(req, "cohort"), &net));
    if (!net.staff)
        return RC_NOT_FOUND;
    TRY(read_form(req, req->in, &e));
    TRY(read_training(req, &e));
    TRY(event_count_planned(req, net.cohort.id, &planned));
    if (planned >= EVENTS_TO_COME_MOST)
        return form_refuse(&req->form, "day", MSG("Two hundred events are planned already"));
    e.cohort = net.cohort.id;
    e.made_by = net.me;
    TRY(event_add(&at, &e));
    return go_to_event(req, e.id, MSG("The event is planned."));
}

static enum rc load_edit(struct req *req)
{
    struct event_view *view = NULL;
    TRY(event_make_staff(req, &event_shape, &view));
    if (strcmp(view->event.state, "planned") != 0 || view->over)
        return RC_EXISTS;
    TRY(load_trainings(req, view, view->event.training));
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    return show(req, &view->event, false);
}

static void write_edit(struct html *html, struct req *req)
{
    page_event_edit(html, req->view);
}

static enum rc act_edit(struct req *req)
{
    const struct app_place at = app_here(req);
    struct event_view *view = NULL;
    TRY(event_make_staff(req, &event_shape, &view));
    if (strcmp(view->event.state, "planned") != 0 || view->over)
        return RC_EXISTS;
    struct event now = view->event;
    const struct event *old = &view->event;
    TRY(read_form(req, req->in, &now));
    TRY(read_training(req, &now));
    if (now.seats > 0 && now.seats < old->going)
        return form_refuse(&req->form, "seats", MSG("More people have a seat already"));
    bool tell = now.at != old->at || now.minutes != old->minutes ||
                strcmp(now.link, old->link) != 0 || strcmp(now.place, old->place) != 0;
    TRY(event_update(&at, &now, tell));
    return go_to_event(req, now.id,
                       tell ? MSG("It is kept, and whoever comes gets a letter.")
                            : MSG("It is kept."));
}

// ---- calling off, recording
// ----------------------------------------------------------------------

static enum rc load_cancel(struct req *req)
{
    struct event_view *view = NULL;
    TRY(event_make_staff(req, &reason_shape, &view));
    return strcmp(view->event.state, "planned") == 0 && !view->over ? RC_OK : RC_EXISTS;
}

static void write_cancel(struct html *html, struct req *req)
{
    page_event_cancel(html, req->view);
}

static enum rc act_cancel(struct req *req)
{
    const struct reason_form *in = req->in;
    const struct app_place at = app_here(req);
    TRY(load_cancel(req));
    struct event_view *view = req->view;
    TRY(event_cancel(&at, &view->event, in->reason));
    return go_to_event(req, view->event.id,
                       MSG("It is called off, and whoever wanted to come gets a letter."));
}

static enum rc load_recording(struct req *req)
{
    struct event_view *view = NULL;
    TRY(event_make_staff(req, &recording_shape, &view));
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    const struct recording_form now = {view->event.recording, view->event.recording_captions};
    return shape_edit(&recording_shape, &req->form, &now);
}

static void write_recording(struct html *html, struct req *req)
{
    page_event_recording(html, req->view);
}

static enum rc act_recording(struct req *req)
{
    const struct recording_form *in = req->in;
    struct event_view *view = NULL;
    TRY(event_make_staff(req, &recording_shape, &view));
    TRY(event_set_recording(req->tx, view->event.id, in->recording, in->captions == 1));
    return go_to_event(req, view->event.id, MSG("It is kept."));
}

// ---- who comes, who came
// -------------------------------------------------------------------------

static enum rc load_people(struct req *req)
{
    struct event_view *view = NULL;
    TRY(event_make_staff(req, NULL, &view));
    view->may_note = strcmp(view->event.state, "planned") == 0 &&
                     view->event.at - 15 * NETWORK_MINUTE_US <= req->now_us;
    return rsvp_list(req->tx, req->arena, view->event.id, true, &view->rsvps, &view->rsvp_count);
}

static void write_people(struct html *html, struct req *req)
{
    page_event_people(html, req->view);
}

// Ticks of who was there, among those who had answered.
static enum rc act_people(struct req *req)
{
    const struct app_place at = app_here(req);
    TRY(load_people(req));
    const struct event_view *view = req->view;
    if (strcmp(view->event.state, "planned") != 0)
        return RC_EXISTS;
    if (!view->may_note)
        return req_go(req, MSG("The event is still to come."), "/events/%lld/people",
                      (long long)view->event.id);
    for (size_t k = 0; k < view->rsvp_count; k++) {
        const struct rsvp *r = &view->rsvps[k];
        const char *id = arena_printf(req->arena, "%lld", (long long)r->person);
        if (id == NULL)
            return RC_NO_MEMORY;
        bool came = form_has(&req->form, "person", id);
        if (came != (r->came_at > 0))
            TRY(event_note(&at, &view->event, r->person, view->net.me, came));
    }
    return req_go(req, MSG("It is kept."), "/events/%lld/people", (long long)view->event.id);
}

// clang-format off
const struct route event_staff_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/events/new", CAN_REVIEW_PEOPLE, NULL,             NULL, NULL,          load_new,       write_new,       MSG("Plan an event"), .query = "copy"},
    {WEB_POST, "/cohorts/:cohort/events/new", CAN_REVIEW_PEOPLE, &event_shape,     NULL, act_new,       load_new,       write_new,       MSG("Plan an event")},
    {WEB_GET,  "/events/:event/edit",         CAN_JOIN,          NULL,             NULL, NULL,          load_edit,      write_edit,      MSG("Change the event"), .out = &web_out_form},
    {WEB_POST, "/events/:event/edit",         CAN_JOIN,          &event_shape,     NULL, act_edit,      load_edit,      write_edit,      MSG("Change the event")},
    {WEB_GET,  "/events/:event/cancel",       CAN_JOIN,          NULL,             NULL, NULL,          load_cancel,    write_cancel,    MSG("Call the event off")},
    {WEB_POST, "/events/:event/cancel",       CAN_JOIN,          &reason_shape,    NULL, act_cancel,    load_cancel,    write_cancel,    MSG("Call the event off")},
    {WEB_GET,  "/events/:event/recording",    CAN_JOIN,          NULL,             NULL, NULL,          load_recording, write_recording, MSG("Recording of the event"), .out = &web_out_form},
    {WEB_POST, "/events/:event/recording",    CAN_JOIN,          &recording_shape, NULL, act_recording, load_recording, write_recording, MSG("Recording of the event")},
    {WEB_GET,  "/events/:event/people",       CAN_JOIN,          NULL,             NULL, NULL,          load_people,    write_people,    MSG("Who comes to the event"), &event_people_out},
    {WEB_POST, "/events/:event/people",       CAN_JOIN,          NULL,             NULL, act_people,    load_people,    write_people,    MSG("Who came to the event")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
