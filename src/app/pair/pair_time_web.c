// SPDX-License-Identifier: Apache-2.0
//
// Why: finding a time that fits both lives: what both weeks have free, how both like to meet, and
// up to three times that the other chooses from.
#include <stdlib.h>
#include <string.h>

#include "app/enrolment/enrolment.h"
#include "app/pair/pair.h"
#include "app/pair/pair_meet.h"
#include "app/pair/pair_page.h"
#include "app_pair_pair_meet.html.h"

enum { US = 1000000, HOUR_S = 3600, MINUTES = 45 };

struct propose_form {
    const char *minutes;
    const char *format;
    const char *place;
    const char *agenda;
    const char *day;
    const char *time;
    int64_t anyway;
};

// clang-format off
static const struct field_option lengths[] = {
    {"15", MSG("15 minutes")}, {"30", MSG("30 minutes")}, {"45", MSG("45 minutes")}, {"60", MSG("60 minutes")}, {"90", MSG("90 minutes")}, {NULL, NULL},
};
static const struct field propose_fields[] = {
    {"day",     FIELD_DAY,  FIELD_TEXT_OF(struct propose_form, day),     0, 10,   MSG("Or another day"), "", NULL},
    {"time",    FIELD_LINE, FIELD_TEXT_OF(struct propose_form, time),    0, 5,    MSG("And time"), MSG("In your own zone, for example 18:30."), NULL},
    {"anyway",  FIELD_TICK, FIELD_INT_OF(struct propose_form, anyway),   0, 1,    MSG("Propose it all the same"), "", NULL},
    {"minutes", FIELD_ONE,  FIELD_TEXT_OF(struct propose_form, minutes), 1, 1,    MSG("How long?"), "", lengths},
    {"format",  FIELD_ONE,  FIELD_TEXT_OF(struct propose_form, format),  1, 1,    MSG("How?"), "", enrolment_formats},
    {"place",   FIELD_LINE, FIELD_TEXT_OF(struct propose_form, place),   0, 500,  MSG("Link or place"), MSG("For a video call: the link that both of you use."), NULL},
    {"agenda",  FIELD_TEXT, FIELD_TEXT_OF(struct propose_form, agenda),  0, 2000, MSG("What do you want to talk about?"), "", NULL},
};
// clang-format on
static const struct shape propose_shape = SHAPE_ALSO(struct propose_form, propose_fields, "slot");

bool pair_slot_chosen(const struct form *form, int64_t at)
{
    for (size_t k = 0; k < form->count; k++)
        if (strcmp(form->values[k].name, "slot") == 0 &&
            strtoll(form->values[k].value, NULL, 10) == at)
            return true;
    return false;
}

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
    TRY(meet_make_view(req, &propose_shape, &view));
    TRY(find_held(req, &view->base.pair, &view->before, &view->before_me));
    int64_t id = req_id(req, "meeting");
    if (id != 0)
        TRY(meeting_find(req->tx, req->arena, view->base.pair.match.id, id, &view->meeting));
    if (!view->base.open)
        return RC_EXISTS;
    TRY(meet_find_break(req, view));
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
                                     "",
                                     0};
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

// Whoever proposes a time may not see that it is night for the other.
static enum rc refuse_night(struct req *req, const struct pair *pair, const struct propose_form *in,
                            const int64_t *times, size_t count)
{
    struct db_rows *rows = NULL;
    if (in->anyway)
        return RC_OK;
    TRY(meeting_weeks(req, pair, &rows));
    for (size_t k = 0; k < count; k++) {
        bool night = false;
        TRY(meeting_at_night(req->arena, db_text(rows, 0, pair->mentor ? 0 : 1), pair->other_zone,
                             times[k], strtoll(in->minutes, NULL, 10), &night));
        if (night)
            return form_refuse(&req->form, "anyway",
                               MSG("It is between 22:00 and 07:00 for the other then"));
    }
    return RC_OK;
}

static const struct app_letter letter_proposed = {
    MSG("{1} proposes to meet"),
    {MSG("Hello {0},"), MSG("{1} proposes times to meet. Choose one, or propose others, here:"),
                              "{2}", NULL}
};

// Moving one that is settled is always better than missing it.
static enum rc refuse_in_break(struct req *req, const struct pair *pair)
{
    int64_t count = 0;
    int64_t until = 0;
    TRY(meeting_incidents(req->tx, req->arena, pair->me, req->now_us, &count, &until));
    if (until == 0 || req_id(req, "meeting") != 0)
        return RC_OK;
    return form_refuse(&req->form, "time", MSG("You have a break from proposing times: see above"));
}

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
    TRY(refuse_in_break(req, &pair));
    const struct app_held *held = NULL;
    bool me = false;
    TRY(find_held(req, &pair, &held, &me));
    if (held != NULL)
        return form_refuse(&req->form, "time", held->why);
    TRY(read_times(req, &pair, in, times, &count));
    TRY(refuse_night(req, &pair, in, times, count));
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
    return meet_go(req, &meeting, MSG("The other side is asked to choose."));
}

// clang-format off
const struct route pair_time_routes[] = {
    {WEB_GET,  "/pairs/:pair/meetings/propose",          CAN_JOIN, NULL,           NULL, NULL,        load_propose,  write_propose,  MSG("Find a time"), .out = &slots_out, .query = "agenda"},
    {WEB_POST, "/pairs/:pair/meetings/propose",          CAN_JOIN, &propose_shape, NULL, act_propose, load_propose,  write_propose,  MSG("Find a time")},
    {WEB_GET,  "/pairs/:pair/meetings/:meeting/move",    CAN_JOIN, NULL,           NULL, NULL,        load_propose,  write_propose,  MSG("Propose other times")},
    {WEB_POST, "/pairs/:pair/meetings/:meeting/move",    CAN_JOIN, &propose_shape, NULL, act_propose, load_propose,  write_propose,  MSG("Propose other times")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
