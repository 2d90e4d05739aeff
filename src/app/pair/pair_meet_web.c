// SPDX-License-Identifier: Apache-2.0
//
// Why: finding a time, meeting, and writing down what came of it.
#include <stdlib.h>
#include <string.h>

#include "app/enrolment/enrolment.h"
#include "app/pair/pair.h"
#include "app/pair/pair_meet.h"
#include "app/pair/pair_page.h"
#include "app_pair_pair_meet.html.h"
#include "auth/token.h"

enum { US = 1000000, HOUR_S = 3600, NOTICE_HOURS = 24, MINUTES = 45 };

struct propose_form {
    const char *minutes;
    const char *format;
    const char *place;
    const char *agenda;
    const char *day;
    const char *time;
};
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
static const struct field_option lengths[] = {
    {"15", MSG("15 minutes")}, {"30", MSG("30 minutes")}, {"45", MSG("45 minutes")}, {"60", MSG("60 minutes")}, {"90", MSG("90 minutes")}, {NULL, NULL},
};
static const struct field_option ways[] = {
    {"held",  MSG("We met")},
    {"other", MSG("I was there, the other was not")},
    {"me",    MSG("I could not be there")}, {NULL, NULL},
};
static const struct field_option owners[] = {
    {"me", MSG("I")}, {"other", MSG("The other")}, {NULL, NULL},
};
static const struct field propose_fields[] = {
    {"day",     FIELD_DAY,  FIELD_TEXT_OF(struct propose_form, day),     0, 10,   MSG("Or another day"), MSG("As year-month-day."), NULL},
    {"time",    FIELD_LINE, FIELD_TEXT_OF(struct propose_form, time),    0, 5,    MSG("And time"), MSG("In your own zone, for example 18:30."), NULL},
    {"minutes", FIELD_ONE,  FIELD_TEXT_OF(struct propose_form, minutes), 1, 1,    MSG("How long?"), "", lengths},
    {"format",  FIELD_ONE,  FIELD_TEXT_OF(struct propose_form, format),  1, 1,    MSG("How?"), "", enrolment_formats},
    {"place",   FIELD_LINE, FIELD_TEXT_OF(struct propose_form, place),   0, 500,  MSG("Link or place"), MSG("For a video call: the link that both of you use."), NULL},
    {"agenda",  FIELD_TEXT, FIELD_TEXT_OF(struct propose_form, agenda),  0, 2000, MSG("What do you want to talk about?"), "", NULL},
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
static const struct shape propose_shape = SHAPE_ALSO(struct propose_form, propose_fields, "slot");
static const struct shape accept_shape = SHAPE(struct accept_form, accept_fields);
static const struct shape cancel_shape = SHAPE(struct cancel_form, cancel_fields);
static const struct shape log_shape = SHAPE(struct log_form, log_fields);
static const struct shape note_shape = SHAPE(struct note_form, note_fields);
static const struct shape action_shape = SHAPE(struct action_form, action_fields);
static const struct shape turn_shape = SHAPE(struct turn_form, turn_fields);

static enum rc make_view(struct req *req, const struct shape *shape, struct meet_view **ret_view)
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

bool pair_slot_chosen(const struct form *form, int64_t at)
{
    for (size_t k = 0; k < form->count; k++)
        if (strcmp(form->values[k].name, "slot") == 0 &&
            strtoll(form->values[k].value, NULL, 10) == at)
            return true;
    return false;
}

static enum rc go_to_meeting(struct req *req, const struct meeting *m, const char *said)
{
    return req_go(req, said, "/pairs/%lld/meetings/%lld", (long long)m->match, (long long)m->id);
}

// ---- all meetings ----------------------------------------------------------------------------

static enum rc load_meetings(struct req *req)
{
    struct meet_view *view = NULL;
    TRY(make_view(req, NULL, &view));
    const struct pair *pair = &view->base.pair;
    TRY(meeting_list(req->tx, req->arena, pair->match.id, &view->meetings, &view->meeting_count));
    for (size_t k = 0; k < view->meeting_count; k++) {
        bool held = strcmp(view->meetings[k].state, "held") == 0;
        view->held += held;
        view->held_minutes += held ? view->meetings[k].held_minutes : 0;
    }
    if (pair->cohort.cadence > 0)
        view->planned = pair->cohort.weeks / pair->cohort.cadence;
    TRY(meeting_incidents(req->tx, req->arena, pair->me, req->now_us, &view->incidents));
    return meeting_actions(req->tx, req->arena, pair->match.id, 0, &view->actions,
                           &view->action_count);
}

static void write_meetings(struct html *html, struct req *req)
{
    page_meetings(html, req->view);
}

// ---- proposing -------------------------------------------------------------------------------

static enum rc read_away(struct req *req, int64_t person, const struct away **ret_away,
                         size_t *ret_count)
{
    struct away *away = NULL;
    TRY(away_list(req->tx, req->arena, person, req->now_us, &away, ret_count));
    *ret_away = away;
    return RC_OK;
}

static enum rc read_weeks(struct req *req, struct meet_view *view, struct meeting_wish *wish)
{
    const struct pair *pair = &view->base.pair;
    struct db_rows *rows = NULL;
    TRY(meeting_weeks(req, pair, &rows));
    struct db_rows *mine = NULL;
    struct db_rows *theirs = NULL;
    TRY(meeting_busy(req->tx, req->arena, pair->me, req->now_us, &mine));
    TRY(meeting_busy(req->tx, req->arena, pair->other, req->now_us, &theirs));
    wish->mine = db_text(rows, 0, pair->mentor ? 1 : 0);
    wish->theirs = db_text(rows, 0, pair->mentor ? 0 : 1);
    view->my_formats = db_text(rows, 0, pair->mentor ? 3 : 2);
    view->their_formats = db_text(rows, 0, pair->mentor ? 2 : 3);
    wish->my_zone = pair->zone;
    wish->their_zone = pair->other_zone;
    wish->my_busy = mine;
    wish->their_busy = theirs;
    TRY(read_away(req, pair->me, &wish->my_away, &wish->my_away_count));
    return read_away(req, pair->other, &wish->their_away, &wish->their_away_count);
}

// The first way to meet that both like; else one that the other likes, who is asked.
static const char *usual_format(const char *mine, const char *theirs)
{
    const char *found = NULL;
    for (const struct field_option *one = enrolment_formats; one->value != NULL; one++) {
        bool hers = enrolment_common(one->value, theirs) > 0;
        if (hers && enrolment_common(one->value, mine) > 0)
            return one->value;
        found = found == NULL && hers ? one->value : found;
    }
    return found == NULL ? enrolment_formats[0].value : found;
}

// "30 60 " for people: "30, 60".
static const char *say_lengths(struct arena *arena, const char *list)
{
    struct buffer out;
    buffer_open(&out, arena, 200);
    for (const char *c = list; *c != '\0'; c++)
        if (*c != ' ')
            buffer_byte(&out, *c);
        else if (c[1] != '\0')
            buffer_text(&out, ", ");
    return out.bytes;
}

// From the time on at which the other can be asked: tomorrow, or when the slower of the two wants
// to know; as long as both like.
static enum rc find_slots(struct req *req, struct meet_view *view)
{
    struct meet_choice mine;
    struct meet_choice theirs;
    TRY(meet_choice_find(req->tx, req->arena, view->base.pair.me, &mine));
    TRY(meet_choice_find(req->tx, req->arena, view->base.pair.other, &theirs));
    int64_t notice = mine.notice > theirs.notice ? mine.notice : theirs.notice;
    view->notice = notice;
    view->their_notice = theirs.notice;
    view->my_lengths = say_lengths(req->arena, mine.lengths);
    view->their_lengths = say_lengths(req->arena, theirs.lengths);
    struct meeting_wish wish = {.minutes = view->meeting.minutes == 0
                                               ? meet_minutes(&mine, &theirs, MINUTES)
                                               : view->meeting.minutes,
                                .from_us = req->now_us + notice * HOUR_S * US};
    TRY(read_weeks(req, view, &wish));
    view->usual_minutes = wish.minutes;
    view->usual_format = usual_format(view->my_formats, view->their_formats);
    return meeting_suggest(req->arena, &wish, view->slots, &view->slot_count);
}

// What one of the two has to do before their first meeting. ret_held NULL: nothing.
static enum rc find_held(struct req *req, const struct pair *pair, const struct app_held **ret_held,
                         bool *ret_me)
{
    const struct app_place at = app_here(req);
    struct db_rows *rows = NULL;
    const int64_t people[] = {pair->me, pair->other};
    const char *const roles[] = {pair->mentor ? "mentor" : "mentee",
                                 pair->mentor ? "mentee" : "mentor"};
    *ret_held = NULL;
    TRY(meeting_any(req, pair->match.id, &rows));
    for (int k = 0; k < 2 && db_count(rows) == 0 && *ret_held == NULL; k++) {
        struct app_hold hold = {
            .deed = DEED_MEET_FIRST, .cohort = pair->match.cohort, .person = people[k]};
        TRY(app_ask_held(&at, &hold));
        *ret_held = app_find_held(&hold, people[k], roles[k]);
        *ret_me = k == 0;
    }
    return RC_OK;
}

static enum rc load_propose(struct req *req)
{
    struct meet_view *view = NULL;
    const char *agenda = req->http->method == WEB_GET ? form_value(&req->form, "agenda") : NULL;
    TRY(make_view(req, &propose_shape, &view));
    TRY(find_held(req, &view->base.pair, &view->before, &view->before_me));
    int64_t id = req_id(req, "meeting");
    if (id != 0)
        TRY(meeting_find(req->tx, req->arena, view->base.pair.match.id, id, &view->meeting));
    if (!view->base.open)
        return RC_EXISTS;
    TRY(find_slots(req, view));
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    const struct meeting *m = &view->meeting;
    const char *minutes =
        arena_printf(req->arena, "%d", (int)(m->minutes == 0 ? view->usual_minutes : m->minutes));
    if (minutes == NULL)
        return RC_NO_MEMORY;
    const struct propose_form now = {minutes,
                                     m->id == 0 ? view->usual_format : m->format,
                                     m->id == 0 ? "" : m->place,
                                     m->id != 0       ? m->agenda
                                     : agenda != NULL ? agenda // a link may bring one
                                                      : "",
                                     "",
                                     ""};
    return shape_show(&propose_shape, &req->form, &now);
}

static void write_propose(struct html *html, struct req *req)
{
    page_meeting_propose(html, req->view);
}

static bool is_known(const int64_t *times, size_t count, int64_t at)
{
    for (size_t k = 0; k < count; k++)
        if (times[k] == at)
            return true;
    return false;
}

// Adds a time; false: there are too many.
static bool add_time(int64_t *times, size_t *count, int64_t at)
{
    if (is_known(times, *count, at))
        return true;
    if (*count == MEETING_TIMES_MAX)
        return false;
    times[(*count)++] = at;
    return true;
}

// The times that were chosen, and the one that was typed.
static enum rc read_times(struct req *req, const struct pair *pair, const struct propose_form *in,
                          int64_t *ret_times, size_t *ret_count)
{
    size_t count = 0;
    bool fits = true;
    struct meet_choice theirs;
    TRY(meet_choice_find(req->tx, req->arena, pair->other, &theirs));
    int64_t earliest = req->now_us + theirs.notice * HOUR_S * US;
    for (size_t k = 0; k < req->form.count; k++)
        if (strcmp(req->form.values[k].name, "slot") == 0 &&
            !add_time(ret_times, &count, strtoll(req->form.values[k].value, NULL, 10)))
            fits = false;
    bool typed = in->day[0] != '\0' || in->time[0] != '\0';
    int64_t at = 0;
    if (typed && meeting_instant(req->arena, in->day, in->time, pair->zone, &at) != RC_OK)
        return form_refuse(&req->form, "time",
                           MSG("Write a day and a time that there is, such as 18:30"));
    if (!fits || (typed && !add_time(ret_times, &count, at)))
        return form_refuse(&req->form, "time", MSG("Three times at most"));
    if (count == 0)
        return form_refuse(&req->form, "time", MSG("Choose a time, or write one"));
    for (size_t k = 0; k < count; k++) {
        bool soon = ret_times[k] < req->now_us;
        bool far = ret_times[k] > req->now_us + (int64_t)366 * 24 * HOUR_S * US;
        if (soon || far)
            return form_refuse(&req->form, "time", MSG("Choose a time that is still to come"));
        if (ret_times[k] < earliest)
            return form_refuse(&req->form, "time",
                               MSG("The other wants to know of a meeting earlier: see above"));
    }
    *ret_count = count;
    return RC_OK;
}

static const struct app_letter letter_proposed = {
    MSG("{1} proposes to meet"),
    {MSG("Hello {0},"), MSG("{1} proposes times to meet. Choose one, or propose others, here:"),
                              "{2}", NULL}
};

static enum rc act_propose(struct req *req)
{
    const struct propose_form *in = req->in;
    struct pair pair;
    struct meeting meeting = {0};
    int64_t times[MEETING_TIMES_MAX] = {0};
    size_t count = 0;
    TRY(pair_open(req, &pair));
    int64_t id = req_id(req, "meeting");
    if (id != 0)
        TRY(meeting_find(req->tx, req->arena, pair.match.id, id, &meeting));
    if (strcmp(pair.match.state, "paused") == 0)
        return form_refuse(&req->form, "time", MSG("The pair is paused. Come back first"));
    TRY(meeting_may_begin(req, &pair));
    const struct app_held *held = NULL;
    bool me = false;
    TRY(find_held(req, &pair, &held, &me));
    if (held != NULL)
        return form_refuse(&req->form, "time", held->why);
    TRY(read_times(req, &pair, in, times, &count));
    meeting.match = pair.match.id;
    meeting.by = pair.me;
    meeting.minutes = strtoll(in->minutes, NULL, 10);
    meeting.format = in->format;
    meeting.place = in->place;
    meeting.agenda = in->agenda;
    TRY(meeting_propose(req, &meeting, times, count));
    const char *page = arena_printf(req->arena, "/meetings/%lld", (long long)meeting.id);
    if (page == NULL)
        return RC_NO_MEMORY;
    TRY(pair_tell(req, &pair, &letter_proposed, page, ""));
    return go_to_meeting(req, &meeting, MSG("The other side is asked to choose."));
}

// ---- one meeting -----------------------------------------------------------------------------

static enum rc load_meeting_with(struct req *req, const struct shape *shape)
{
    struct meet_view *view = NULL;
    TRY(make_view(req, shape, &view));
    int64_t match = view->base.pair.match.id;
    TRY(meeting_find(req->tx, req->arena, match, req_id(req, "meeting"), &view->meeting));
    TRY(meeting_times(req->tx, req->arena, view->meeting.id, view->times, &view->time_count));
    TRY(meeting_notes(req, view->meeting.id, &view->notes, &view->note_count));
    TRY(meeting_words(req->tx, req->arena, view->meeting.id, &view->words, &view->word_count));
    TRY(meeting_may_word(req, &view->base.pair, &view->meeting, &view->may_word));
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
    const struct log_form now = {"held", view->meeting.minutes, ""};
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
    return go_to_meeting(req, &meeting, MSG("It is settled. Both of you get it for the calendar."));
}

// The hours of notice that the two have agreed on.
static enum rc read_notice(struct req *req, const struct pair *pair, int64_t *ret_hours)
{
    struct agreement *all = NULL;
    size_t count = 0;
    *ret_hours = NOTICE_HOURS;
    TRY(agreement_list(req->tx, req->arena, pair->match.id, &all, &count));
    for (size_t k = count; k > 0; k--)
        if (all[k - 1].mentee_signed > 0 && all[k - 1].mentor_signed > 0)
            *ret_hours = all[k - 1].notice;
    return RC_OK;
}

static enum rc act_cancel(struct req *req)
{
    const struct cancel_form *in = req->in;
    struct pair pair;
    struct meeting meeting;
    int64_t hours = 0;
    TRY(open_meeting(req, &pair, &meeting));
    TRY(read_notice(req, &pair, &hours));
    const char *from = meeting.state;
    bool scheduled = strcmp(from, "scheduled") == 0;
    if ((!scheduled && strcmp(from, "proposed") != 0) || (scheduled && meeting.at < req->now_us))
        return RC_EXISTS;
    bool late = scheduled && meeting.at - req->now_us < hours * HOUR_S * US;
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
                   late && !in->excused ? MSG("It is called off, later than you two have agreed.")
                                        : MSG("It is called off."),
                   "/meetings");
}

static enum rc act_log(struct req *req)
{
    enum { LEAST = 15 };
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
    meeting.state = held ? "held" : mentee_missed ? "no_show_mentee" : "no_show_mentor";
    meeting.by = pair.me;
    meeting.held_minutes = held ? in->minutes : 0;
    meeting.topics = in->topics;
    const struct app_place at = app_here(req);
    TRY(meeting_end(&at, &meeting, "scheduled"));
    return go_to_meeting(req, &meeting, MSG("It is written down."));
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
    const char *topics;
};
// clang-format off
static const struct field past_fields[] = {
    {"day",     FIELD_DAY,     FIELD_TEXT_OF(struct past_form, day),    1, 10,  MSG("Which day?"), MSG("As year-month-day."), NULL},
    {"time",    FIELD_LINE,    FIELD_TEXT_OF(struct past_form, time),   1, 5,   MSG("At what time?"), MSG("In your own zone, for example 18:30."), NULL},
    {"minutes", FIELD_INTEGER, FIELD_INT_OF(struct past_form, minutes), 15, 180, MSG("How many minutes?"), "", NULL},
    {"topics",  FIELD_LINE,    FIELD_TEXT_OF(struct past_form, topics), 0, 300, MSG("What was it about?"), MSG("Both of you see this."), NULL},
};
// clang-format on
static const struct shape past_shape = SHAPE(struct past_form, past_fields);

static enum rc load_new_past(struct req *req)
{
    struct meet_view *view = NULL;
    return make_view(req, &past_shape, &view);
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
                              .format = "video",
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
    return go_to_meeting(req, &meeting, MSG("It is written down."));
}

static enum rc act_note(struct req *req)
{
    const struct note_form *in = req->in;
    struct pair pair;
    struct meeting meeting;
    TRY(open_meeting(req, &pair, &meeting));
    TRY(meeting_note_add(req, meeting.id, in->shared == 1, in->text));
    return go_to_meeting(req, &meeting, MSG("The note is kept."));
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
    return go_to_meeting(req, &meeting, MSG("It is kept."));
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
    {WEB_GET,  "/pairs/:pair/meetings/propose",          CAN_JOIN, NULL,           NULL, NULL,        load_propose,  write_propose,  MSG("Find a time"), .out = &slots_out},
    {WEB_POST, "/pairs/:pair/meetings/propose",          CAN_JOIN, &propose_shape, NULL, act_propose, load_propose,  write_propose,  MSG("Find a time")},
    {WEB_GET,  "/pairs/:pair/meetings/past",             CAN_JOIN, NULL,           NULL, NULL,        load_new_past, write_new_past, MSG("We have met")},
    {WEB_POST, "/pairs/:pair/meetings/past",             CAN_JOIN, &past_shape,    NULL, act_past,    load_new_past, write_new_past, MSG("We have met")},
    {WEB_POST, "/pairs/:pair/meetings/turn",             CAN_JOIN, &turn_shape,    NULL, act_turn,    load_meetings, write_meetings, MSG("It is done")},
    {WEB_GET,  "/pairs/:pair/meetings/:meeting",         CAN_JOIN, NULL,           NULL, NULL,        load_meeting,  write_meeting,  MSG("A meeting"), .out = &meeting_out},
    {WEB_POST, "/pairs/:pair/meetings/:meeting",         CAN_JOIN, &note_shape,    NULL, act_note,    load_meeting,  write_meeting,  MSG("A note of a meeting")},
    {WEB_POST, "/pairs/:pair/meetings/:meeting/accept",  CAN_JOIN, &accept_shape,  NULL, act_accept,  load_meeting,  write_meeting,  MSG("Choose a time")},
    {WEB_GET,  "/pairs/:pair/meetings/:meeting/move",    CAN_JOIN, NULL,           NULL, NULL,        load_propose,  write_propose,  MSG("Propose other times")},
    {WEB_POST, "/pairs/:pair/meetings/:meeting/move",    CAN_JOIN, &propose_shape, NULL, act_propose, load_propose,  write_propose,  MSG("Propose other times")},
    {WEB_GET,  "/pairs/:pair/meetings/:meeting/cancel",  CAN_JOIN, NULL,           NULL, NULL,        load_cancel,   write_cancel,   MSG("Call a meeting off")},
    {WEB_POST, "/pairs/:pair/meetings/:meeting/cancel",  CAN_JOIN, &cancel_shape,  NULL, act_cancel,  load_cancel,   write_cancel,   MSG("Call a meeting off")},
    {WEB_GET,  "/pairs/:pair/meetings/:meeting/log",     CAN_JOIN, NULL,           NULL, NULL,        load_log,      write_log,      MSG("How was it?")},
    {WEB_POST, "/pairs/:pair/meetings/:meeting/log",     CAN_JOIN, &log_shape,     NULL, act_log,     load_past,     write_log,      MSG("How was it?")},
    {WEB_GET,  "/pairs/:pair/meetings/:meeting/actions", CAN_JOIN, NULL,           NULL, NULL,        load_action,   write_action,   MSG("What is to be done")},
    {WEB_POST, "/pairs/:pair/meetings/:meeting/actions", CAN_JOIN, &action_shape,  NULL, act_action,  load_action,   write_action,   MSG("What is to be done")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
