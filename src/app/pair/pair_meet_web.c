// SPDX-License-Identifier: Apache-2.0
//
// Why: meetings: choosing a time, calling one off, and writing down what came of it.
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/enrolment/enrolment.h"
#include "app/pair/pair.h"
#include "app/pair/pair_meet.h"
#include "app/pair/pair_page.h"
#include "app_pair_pair_meet.html.h"

enum { US = 1000000, HOUR_S = 3600 };

struct accept_form {
    int64_t at;
};
struct cancel_form {
    const char *reason;
    int64_t excused;
};
struct log_form {
    const char *how;
    int64_t minutes;
    const char *topics;
    int64_t excused;
};
struct note_form {
    const char *text;
    int64_t shared;
};
struct action_form {
    const char *title;
    const char *owner;
};
struct turn_form {
    int64_t action;
};

// clang-format off
static const struct field_option ways[] = {
    {"held",  MSG("We met")},
    {"other", MSG("I waited for ten minutes, and the other did not come")},
    {"me",    MSG("I could not be there")}, {NULL, NULL},
};
static const struct field_option owners[] = {
    {"me", MSG("I")}, {"other", MSG("The other")}, {NULL, NULL},
};
static const struct field accept_fields[] = {
    {"at", FIELD_INTEGER, FIELD_INT_OF(struct accept_form, at), 1, INT64_MAX, MSG("Time"), "", NULL},
};
static const struct field cancel_fields[] = {
    {"reason",  FIELD_TEXT, FIELD_TEXT_OF(struct cancel_form, reason),  0, 1000, MSG("Words for the other side"), "", NULL},
    {"excused", FIELD_TICK, FIELD_INT_OF(struct cancel_form, excused),  0, 1,    MSG("It is because of illness or caring for somebody"), MSG("Then it does not count, however late it is. Nobody asks for more."), NULL},
};
static const struct field log_fields[] = {
    {"how",     FIELD_ONE,     FIELD_TEXT_OF(struct log_form, how),    1, 1,    MSG("How was it?"), "", ways},
    {"minutes", FIELD_INTEGER, FIELD_INT_OF(struct log_form, minutes), 0, 180,  MSG("How many minutes?"), MSG("If you met: 15 to 180."), NULL},
    {"topics",  FIELD_LINE,    FIELD_TEXT_OF(struct log_form, topics), 0, 300,  MSG("What was it about?"), MSG("Both of you see this."), NULL},
    {"excused", FIELD_TICK,    FIELD_INT_OF(struct log_form, excused), 0, 1,    MSG("I could not be there because of illness or caring for somebody"), MSG("Then it does not count. Nobody asks for more."), NULL},
};
static const struct field note_fields[] = {
    {"text",   FIELD_TEXT, FIELD_TEXT_OF(struct note_form, text),  1, 4000, MSG("A note"), "", NULL},
    {"shared", FIELD_TICK, FIELD_INT_OF(struct note_form, shared), 0, 1,    MSG("Both of us may read it"), MSG("Without this, only you read it."), NULL},
};
static const struct field action_fields[] = {
    {"title", FIELD_LINE, FIELD_TEXT_OF(struct action_form, title), 1, 200, MSG("What is to be done"), "", NULL},
    {"owner", FIELD_ONE,  FIELD_TEXT_OF(struct action_form, owner), 1, 1,   MSG("Who does it?"), "", owners},
};
static const struct field turn_fields[] = {
    {"action", FIELD_INTEGER, FIELD_INT_OF(struct turn_form, action), 1, INT64_MAX, MSG("What is to be done"), "", NULL},
};
// clang-format on
static const struct shape accept_shape = SHAPE(struct accept_form, accept_fields);
static const struct shape cancel_shape = SHAPE(struct cancel_form, cancel_fields);
static const struct shape log_shape = SHAPE(struct log_form, log_fields);
static const struct shape note_shape = SHAPE(struct note_form, note_fields);
static const struct shape action_shape = SHAPE(struct action_form, action_fields);
static const struct shape turn_shape = SHAPE(struct turn_form, turn_fields);

enum rc meet_make_view(struct req *req, const struct shape *shape, struct meet_view **ret_view)
{
    struct meet_view *view = ARENA_NEW(req->arena, struct meet_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(pair_fill_view(req, shape, &view->base));
    view->now_us = req->now_us;
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

enum rc meet_find_break(struct req *req, struct meet_view *view)
{
    const struct pair *pair = &view->base.pair;
    int64_t until = 0;
    TRY(meeting_incidents(req->tx, req->arena, pair->me, req->now_us, &view->incidents, &until));
    if (until == 0)
        return RC_OK;
    view->break_until = app_time_in(req->arena, until, pair->zone);
    return view->break_until == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc meet_go(struct req *req, const struct meeting *m, const char *said)
{
    return req_go(req, said, "/pairs/%lld/meetings/%lld", (long long)m->match, (long long)m->id);
}

// ---- all meetings ----------------------------------------------------------------------------

// How often they have agreed to meet: counted in weeks, whatever the months are like; and when the
// next meeting is due, where none is settled.
static enum rc find_pace(struct req *req, struct meet_view *view)
{
    const struct pair *pair = &view->base.pair;
    struct agreement agreed;
    struct date last;
    int64_t met_at = pair->began_at;
    bool to_come = false;
    TRY(agreement_in_force(req->tx, req->arena, pair->match.id, &agreed));
    view->cadence = agreed.version > 0 ? agreed.cadence : pair->cohort.cadence;
    if (view->cadence == 0)
        return RC_OK;
    for (size_t k = 0; k < view->meeting_count; k++) {
        const struct meeting *m = &view->meetings[k];
        if (strcmp(m->state, "held") == 0 && m->at > met_at)
            met_at = m->at;
        to_come =
            to_come || strcmp(m->state, "scheduled") == 0 || strcmp(m->state, "proposed") == 0;
    }
    int64_t first = date_days_of_seconds(pair->began_at / US);
    if (date_parse(pair->ends_on, &last) == RC_OK && date_to_days(last) > first)
        view->planned = (date_to_days(last) - first + 1) / (7 * view->cadence);
    if (to_come || strcmp(pair->match.state, "paused") == 0)
        return RC_OK;
    view->due_on = pair_day(req->arena, date_days_of_seconds(met_at / US) + 7 * view->cadence);
    return view->due_on == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc load_meetings(struct req *req)
{
    struct meet_view *view = NULL;
    TRY(meet_make_view(req, NULL, &view));
    const struct pair *pair = &view->base.pair;
    TRY(meeting_list(req->tx, req->arena, pair->match.id, &view->meetings, &view->meeting_count));
    for (size_t k = 0; k < view->meeting_count; k++) {
        bool held = strcmp(view->meetings[k].state, "held") == 0;
        view->held += held;
        view->held_minutes += held ? view->meetings[k].held_minutes : 0;
    }
    TRY(find_pace(req, view));
    TRY(meet_find_break(req, view));
    return meeting_actions(req->tx, req->arena, pair->match.id, 0, &view->actions,
                           &view->action_count);
}

static void write_meetings(struct html *html, struct req *req)
{
    page_meetings(html, req->view);
}

// ---- one meeting -----------------------------------------------------------------------------

static enum rc load_meeting_with(struct req *req, const struct shape *shape)
{
    struct meet_view *view = NULL;
    TRY(meet_make_view(req, shape, &view));
    int64_t match = view->base.pair.match.id;
    TRY(meeting_find(req->tx, req->arena, match, req_id(req, "meeting"), &view->meeting));
    TRY(meeting_times(req->tx, req->arena, view->meeting.id, view->times, &view->time_count));
    TRY(meeting_notes(req, view->meeting.id, &view->notes, &view->note_count));
    TRY(meeting_words(req->tx, req->arena, view->meeting.id, &view->words, &view->word_count));
    TRY(meeting_may_word(req, &view->base.pair, &view->meeting, &view->may_word));
    int64_t until = meeting_word_until(&view->meeting, view->word_count, req->now_us);
    if (until > 0)
        view->word_until = app_time_in(req->arena, until, view->base.pair.zone);
    return meeting_actions(req->tx, req->arena, match, view->meeting.id, &view->actions,
                           &view->action_count);
}

static enum rc load_meeting(struct req *req)
{
    return load_meeting_with(req, &note_shape);
}

static enum rc load_cancel(struct req *req)
{
    return load_meeting_with(req, &cancel_shape);
}

static enum rc load_log(struct req *req)
{
    TRY(load_meeting_with(req, &log_shape));
    const struct meet_view *view = req->view;
    const struct log_form now = {"held", view->meeting.minutes, "", 0};
    return req->form.error_count > 0 || req->http->method == WEB_POST
               ? RC_OK
               : shape_show(&log_shape, &req->form, &now);
}

static void write_meeting(struct html *html, struct req *req)
{
    page_meeting(html, req->view);
}

static void write_cancel(struct html *html, struct req *req)
{
    page_meeting_cancel(html, req->view);
}

static void write_log(struct html *html, struct req *req)
{
    page_meeting_log(html, req->view);
}

static enum rc open_meeting(struct req *req, struct pair *ret_pair, struct meeting *ret_meeting)
{
    TRY(pair_open(req, ret_pair));
    return meeting_find(req->tx, req->arena, ret_pair->match.id, req_id(req, "meeting"),
                        ret_meeting);
}

static enum rc act_accept(struct req *req)
{
    const struct accept_form *in = req->in;
    struct pair pair;
    struct meeting meeting;
    TRY(open_meeting(req, &pair, &meeting));
    if (in->at < req->now_us)
        return RC_EXISTS; // it is too late for this time
    TRY(meeting_accept(req, &pair, meeting.id, in->at));
    TRY(meeting_find(req->tx, req->arena, pair.match.id, meeting.id, &meeting));
    const struct app_place at = app_here(req);
    TRY(meeting_invite(&at, web_origin(req->web, req->arena), &pair, &meeting, "REQUEST"));
    return meet_go(req, &meeting, MSG("It is settled. Both of you get it for the calendar."));
}

// The hours of notice that the two have agreed on, and so shortly before that it counts.
static enum rc read_notice(struct req *req, const struct pair *pair, int64_t *ret_hours,
                           int64_t *ret_late)
{
    struct agreement agreed;
    struct pair_rules rules;
    TRY(agreement_in_force(req->tx, req->arena, pair->match.id, &agreed));
    TRY(pair_rules_find(req->tx, req->arena, pair->cohort.id, &rules));
    *ret_hours = agreed.version > 0 ? agreed.notice : rules.notice;
    *ret_late = rules.late_hours;
    return RC_OK;
}

static enum rc act_cancel(struct req *req)
{
    const struct cancel_form *in = req->in;
    struct pair pair;
    struct meeting meeting;
    int64_t hours = 0;
    int64_t late_hours = 0;
    TRY(open_meeting(req, &pair, &meeting));
    TRY(read_notice(req, &pair, &hours, &late_hours));
    const char *from = meeting.state;
    bool scheduled = strcmp(from, "scheduled") == 0;
    if ((!scheduled && strcmp(from, "proposed") != 0) || (scheduled && meeting.at < req->now_us))
        return RC_EXISTS;
    bool brief = scheduled && meeting.at - req->now_us < hours * HOUR_S * US;
    bool late = scheduled && meeting.at - req->now_us <= late_hours * HOUR_S * US;
    meeting.state = !scheduled ? "withdrawn" : late ? "cancelled_late" : "cancelled_in_time";
    meeting.by = pair.me;
    meeting.reason = in->reason;
    meeting.excused = in->excused;
    const struct app_place at = app_here(req);
    TRY(meeting_end(&at, &meeting, from));
    meeting.sequence++;
    if (scheduled)
        TRY(meeting_invite(&at, web_origin(req->web, req->arena), &pair, &meeting, "CANCEL"));
    return pair_go(req, &pair,
                   late && !in->excused
                       ? MSG("It is called off so shortly before that it counts as late.")
                   : brief && !in->excused
                       ? MSG("It is called off, later than you two have agreed. It does not count.")
                       : MSG("It is called off."),
                   "/meetings");
}

static enum rc act_log(struct req *req)
{
    enum { LEAST = 15, WAIT_MINUTES = 10 };
    const struct log_form *in = req->in;
    struct pair pair;
    struct meeting meeting;
    TRY(open_meeting(req, &pair, &meeting));
    bool held = strcmp(in->how, "held") == 0;
    bool mentee_missed = (strcmp(in->how, "me") == 0) != pair.mentor;
    if (held && in->minutes < LEAST)
        return form_refuse(&req->form, "minutes", MSG("From 15 to 180"));
    if (meeting.at == 0 || meeting.at > req->now_us)
        return form_refuse(&req->form, "how", MSG("It is still to come"));
    if (strcmp(in->how, "other") == 0 && req->now_us < meeting.at + WAIT_MINUTES * (int64_t)60 * US)
        return form_refuse(&req->form, "how",
                           MSG("Wait for ten minutes: the other may be on her way"));
    meeting.state = held ? "held" : mentee_missed ? "no_show_mentee" : "no_show_mentor";
    meeting.by = pair.me;
    meeting.held_minutes = held ? in->minutes : 0;
    meeting.topics = in->topics;
    meeting.excused = strcmp(in->how, "me") == 0 && in->excused == 1;
    const struct app_place at = app_here(req);
    TRY(meeting_end(&at, &meeting, "scheduled"));
    if (!held)
        return meet_go(req, &meeting, MSG("It is written down."));
    return req_go(req, MSG("It is written down. How useful was it for you?"),
                  "/pairs/%lld/feedback/%lld", (long long)meeting.match, (long long)meeting.id);
}

static enum rc load_past(struct req *req)
{
    TRY(load_meeting_with(req, &log_shape));
    return RC_OK;
}

// A meeting that was not planned here: proposed and held at once.
struct past_form {
    const char *day;
    const char *time;
    int64_t minutes;
    const char *format;
    const char *topics;
};
// clang-format off
static const struct field past_fields[] = {
    {"day",     FIELD_DAY,     FIELD_TEXT_OF(struct past_form, day),    1, 10,  MSG("Which day?"), "", NULL},
    {"time",    FIELD_LINE,    FIELD_TEXT_OF(struct past_form, time),   1, 5,   MSG("At what time?"), MSG("In your own zone, for example 18:30."), NULL},
    {"minutes", FIELD_INTEGER, FIELD_INT_OF(struct past_form, minutes), 15, 180, MSG("How many minutes?"), "", NULL},
    {"format",  FIELD_ONE,     FIELD_TEXT_OF(struct past_form, format), 0, 1,   MSG("How?"), "", enrolment_formats},
    {"topics",  FIELD_LINE,    FIELD_TEXT_OF(struct past_form, topics), 0, 300, MSG("What was it about?"), MSG("Both of you see this."), NULL},
};
// clang-format on
static const struct shape past_shape = SHAPE(struct past_form, past_fields);

static enum rc load_new_past(struct req *req)
{
    struct meet_view *view = NULL;
    return meet_make_view(req, &past_shape, &view);
}

static void write_new_past(struct html *html, struct req *req)
{
    page_meeting_past(html, req->view);
}

static enum rc act_past(struct req *req)
{
    const struct past_form *in = req->in;
    struct pair pair;
    int64_t at = 0;
    TRY(pair_open(req, &pair));
    if (meeting_instant(req->arena, in->day, in->time, pair.zone, &at) != RC_OK ||
        at > req->now_us || at < pair.began_at - (int64_t)7 * 24 * HOUR_S * US)
        return form_refuse(&req->form, "time",
                           MSG("Write a day and a time since your match began"));
    struct meeting meeting = {.match = pair.match.id,
                              .by = pair.me,
                              .minutes = in->minutes,
                              .format = in->format[0] == '\0' ? "video" : in->format,
                              .place = "",
                              .agenda = ""};
    TRY(meeting_propose(req, &meeting, &at, 0));
    meeting.state = "held";
    meeting.reason = "";
    meeting.at = at;
    meeting.held_minutes = in->minutes;
    meeting.topics = in->topics;
    const struct app_place here = app_here(req);
    TRY(meeting_end(&here, &meeting, "proposed"));
    return meet_go(req, &meeting, MSG("It is written down."));
}

static enum rc act_note(struct req *req)
{
    const struct note_form *in = req->in;
    struct pair pair;
    struct meeting meeting;
    TRY(open_meeting(req, &pair, &meeting));
    TRY(meeting_note_add(req, meeting.id, in->shared == 1, in->text));
    return meet_go(req, &meeting, MSG("The note is kept."));
}

static enum rc load_action(struct req *req)
{
    return load_meeting_with(req, &action_shape);
}

static void write_action(struct html *html, struct req *req)
{
    page_meeting_action(html, req->view);
}

static enum rc act_action(struct req *req)
{
    const struct action_form *in = req->in;
    struct pair pair;
    struct meeting meeting;
    TRY(open_meeting(req, &pair, &meeting));
    int64_t owner = strcmp(in->owner, "me") == 0 ? pair.me : pair.other;
    TRY(meeting_action_add(req, meeting.id, owner, in->title));
    return meet_go(req, &meeting, MSG("It is kept."));
}

static enum rc act_turn(struct req *req)
{
    const struct turn_form *in = req->in;
    struct pair pair;
    TRY(pair_open(req, &pair));
    TRY(meeting_action_turn(req, pair.match.id, in->action));
    return pair_go(req, &pair, MSG("It is kept."), "/meetings");
}

// clang-format off
const struct route pair_meet_routes[] = {
    {WEB_GET,  "/pairs/:pair/meetings",                  CAN_JOIN, NULL,           NULL, NULL,        load_meetings, write_meetings, MSG("Meetings"), .out = &meetings_out},
    {WEB_GET,  "/pairs/:pair/meetings/past",             CAN_JOIN, NULL,           NULL, NULL,        load_new_past, write_new_past, MSG("We have met")},
    {WEB_POST, "/pairs/:pair/meetings/past",             CAN_JOIN, &past_shape,    NULL, act_past,    load_new_past, write_new_past, MSG("We have met")},
    {WEB_POST, "/pairs/:pair/meetings/turn",             CAN_JOIN, &turn_shape,    NULL, act_turn,    load_meetings, write_meetings, MSG("It is done")},
    {WEB_GET,  "/pairs/:pair/meetings/:meeting",         CAN_JOIN, NULL,           NULL, NULL,        load_meeting,  write_meeting,  MSG("A meeting"), .out = &meeting_out},
    {WEB_POST, "/pairs/:pair/meetings/:meeting",         CAN_JOIN, &note_shape,    NULL, act_note,    load_meeting,  write_meeting,  MSG("A note of a meeting")},
    {WEB_POST, "/pairs/:pair/meetings/:meeting/accept",  CAN_JOIN, &accept_shape,  NULL, act_accept,  load_meeting,  write_meeting,  MSG("Choose a time")},
    {WEB_GET,  "/pairs/:pair/meetings/:meeting/cancel",  CAN_JOIN, NULL,           NULL, NULL,        load_cancel,   write_cancel,   MSG("Call a meeting off")},
    {WEB_POST, "/pairs/:pair/meetings/:meeting/cancel",  CAN_JOIN, &cancel_shape,  NULL, act_cancel,  load_cancel,   write_cancel,   MSG("Call a meeting off")},
    {WEB_GET,  "/pairs/:pair/meetings/:meeting/log",     CAN_JOIN, NULL,           NULL, NULL,        load_log,      write_log,      MSG("How was it?")},
    {WEB_POST, "/pairs/:pair/meetings/:meeting/log",     CAN_JOIN, &log_shape,     NULL, act_log,     load_past,     write_log,      MSG("How was it?")},
    {WEB_GET,  "/pairs/:pair/meetings/:meeting/actions", CAN_JOIN, NULL,           NULL, NULL,        load_action,   write_action,   MSG("What is to be done")},
    {WEB_POST, "/pairs/:pair/meetings/:meeting/actions", CAN_JOIN, &action_shape,  NULL, act_action,  load_action,   write_action,   MSG("What is to be done")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
