// SPDX-License-Identifier: Apache-2.0
//
// Why: messages of a pair, with copies by mail; which letters a person wants; and the links that
// work from a letter by one press of a button.
#include <stdlib.h>
#include <string.h>

#include "base/weekly.h"

#include "app/pair/pair.h"
#include "app/pair/pair_meet.h"
#include "app/pair/pair_page.h"
#include "app/pair/pair_talk.h"
#include "app_pair_pair_talk.html.h"
#include "jobs/jobs.h"

enum { US = 1000000, GATHER_S = 120 };

struct message_form {
    const char *text;
};
struct letters_form {
    const char *message;
    int64_t reminder;
    int64_t question;
    int64_t nudge;
    int64_t notice;
    const char *quiet_from;
    const char *quiet_to;
};

// clang-format off
static const struct field_option how_often[] = {
    {"each",  MSG("Soon after each")}, {"daily", MSG("Once a day, in the morning")}, {"never", MSG("Never; I look here")}, {NULL, NULL},
};
static const struct field message_fields[] = {
    {"text", FIELD_TEXT, FIELD_TEXT_OF(struct message_form, text), 1, 5000, MSG("Your message"), "", NULL},
};
static const struct field letters_fields[] = {
    {"message",    FIELD_ONE,  FIELD_TEXT_OF(struct letters_form, message),    1, 1, MSG("Messages of your match"), "", how_often},
    {"reminder",   FIELD_TICK, FIELD_INT_OF(struct letters_form, reminder),    0, 1, MSG("Reminders of meetings"), "", NULL},
    {"question",   FIELD_TICK, FIELD_INT_OF(struct letters_form, question),    0, 1, MSG("Questions about how it goes"), "", NULL},
    {"nudge",      FIELD_TICK, FIELD_INT_OF(struct letters_form, nudge),       0, 1, MSG("Hints about what comes next"), "", NULL},
    {"notice",     FIELD_TICK, FIELD_INT_OF(struct letters_form, notice),      0, 1, MSG("Announcements of the programme"), "", NULL},
    {"quiet_from", FIELD_LINE, FIELD_TEXT_OF(struct letters_form, quiet_from), 0, 5, MSG("No letters from"), MSG("In your own zone, for example 21:00. Leave both out if any time is fine."), NULL},
    {"quiet_to",   FIELD_LINE, FIELD_TEXT_OF(struct letters_form, quiet_to),   0, 5, MSG("Until"), "", NULL},
};
// clang-format on
static const struct shape message_shape = SHAPE(struct message_form, message_fields);
static const struct shape letters_shape = SHAPE(struct letters_form, letters_fields);

// ---- messages --------------------------------------------------------------------------------

static enum rc load_messages(struct req *req)
{
    struct talk_view *view = ARENA_NEW(req->arena, struct talk_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(pair_fill_view(req, &message_shape, &view->base));
    req->view = view;
    int64_t match = view->base.pair.match.id;
    TRY(message_unseen(req->tx, req->arena, match, view->base.pair.me, &view->unseen));
    TRY(message_list(req->tx, req->arena, match, form_number(&req->form, "before"), &view->messages,
                     &view->count));
    if (view->count < MESSAGES_A_PAGE)
        return RC_OK;
    return req_next(req, "before", view->messages[0].id, &view->next);
}

static void write_messages(struct html *html, struct req *req)
{
    page_messages(html, req->view);
}

// The letter waits a little, so that several messages come as one; and for the end of quiet hours.
enum rc message_ask_letter(struct req *req, const struct pair *pair)
{
    struct letter_choice choice;
    const char *body =
        arena_printf(req->arena, "%lld %d", (long long)pair->match.id, pair->mentor ? 0 : 1);
    if (body == NULL)
        return RC_NO_MEMORY;
    TRY(letter_choice_find(req->tx, req->arena, pair->other, &choice));
    bool daily = strcmp(choice.message, "daily") == 0;
    int64_t at = letter_moment(req->arena, &choice, pair->other_zone, daily,
                               req->now_us + (int64_t)GATHER_S * US);
    return job_add(req->tx, "pair_message", body, at, req->now_us);
}

static enum rc act_message(struct req *req)
{
    const struct message_form *in = req->in;
    struct pair pair;
    TRY(pair_load(req, &pair));
    if (!pair_is_open(&pair))
        return RC_EXISTS;
    if (pair.held_back)
        return form_refuse(&req->form, "text",
                           MSG("The people who run the programme have stopped messages for now"));
    TRY(message_add(req, &pair, in->text));
    TRY(message_see(req, &pair));
    TRY(message_ask_letter(req, &pair));
    return pair_go(req, &pair, MSG("Your message is sent."), "/messages");
}

static enum rc act_seen(struct req *req)
{
    struct pair pair;
    TRY(pair_load(req, &pair));
    TRY(message_see(req, &pair));
    return pair_go(req, &pair, NULL, "/messages");
}

static const struct app_letter letter_messages = {
    MSG("{1} has written to you"),
    {MSG("Hello {0},"), MSG("{1} writes:"), "{3}", MSG("Answer here:"), "{2}",
                                MSG("To get no more of these letters: {4}"), NULL}
};

// The copy by mail of what the other has not been sent and not seen yet.
static enum rc send_messages(struct db_tx *tx, struct job *job)
{
    enum { LETTER_LIMIT_BYTES = 32 << 10 };
    const struct app *app = job->context;
    const struct app_place at = {tx, job->arena, app, job->now_us};
    char *rest = NULL;
    int64_t match = strtoll(job->body, &rest, 10);
    bool mentor = strtol(rest, NULL, 10) == 1; // the reader
    struct pair pair;
    struct db_rows *rows = NULL;
    struct buffer text;
    enum rc rc = pair_find(tx, job->arena, match, &pair);
    if (rc == RC_NOT_FOUND)
        return RC_OK;
    TRY(rc);
    int64_t reader = mentor ? pair.match.mentor_person : pair.match.mentee_person;
    TRY(message_unmailed(tx, job->arena, match, reader, &rows));
    if (db_count(rows) == 0)
        return RC_OK;
    buffer_open(&text, job->arena, LETTER_LIMIT_BYTES);
    for (size_t k = 0; k < db_count(rows); k++)
        buffer_printf(&text, "%s%s", k == 0 ? "" : "\n\n", db_text(rows, k, 1));
    TRY(text.rc == RC_LIMIT ? RC_OK : text.rc);
    TRY(message_mailed(tx, match, reader, db_int(rows, db_count(rows) - 1, 0)));
    return letter_send(&at, app->url, &pair, mentor, LETTER_MESSAGE, &letter_messages, "/messages",
                       text.bytes);
}

struct job_kind pair_message_kind(const struct app *app)
{
    return (struct job_kind){
        .name = "pair_message", .inside = send_messages, .context = (void *)(uintptr_t)app};
}

// ---- which letters ---------------------------------------------------------------------------

static enum rc load_letters(struct req *req)
{
    struct letters_view *view = ARENA_NEW(req->arena, struct letters_view);
    struct letter_choice c;
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->shape = &letters_shape;
    req->view = view;
    if (req->form.error_count > 0)
        return RC_OK;
    TRY(letter_choice_find(req->tx, req->arena, req->actor.person, &c));
    bool quiet = c.quiet_from != c.quiet_to;
    const char *from =
        arena_printf(req->arena, "%02d:%02d", (int)c.quiet_from / 60, (int)c.quiet_from % 60);
    const char *to =
        arena_printf(req->arena, "%02d:%02d", (int)c.quiet_to / 60, (int)c.quiet_to % 60);
    if (from == NULL || to == NULL)
        return RC_NO_MEMORY;
    const struct letters_form now = {c.message, c.reminder,        c.question,     c.nudge,
                                     c.notice,  quiet ? from : "", quiet ? to : ""};
    return shape_edit(&letters_shape, &req->form, &now);
}

static void write_letters(struct html *html, struct req *req)
{
    page_letters(html, req->view);
}

static enum rc act_letters(struct req *req)
{
    const struct letters_form *in = req->in;
    bool quiet = in->quiet_from[0] != '\0' || in->quiet_to[0] != '\0';
    int from = quiet ? weekly_minutes(in->quiet_from) : 0;
    int to = quiet ? weekly_minutes(in->quiet_to) : 0;
    if (from < 0)
        return form_refuse(&req->form, "quiet_from", MSG("Write a time such as 21:00"));
    if (to < 0)
        return form_refuse(&req->form, "quiet_to", MSG("Write a time such as 07:00"));
    const struct letter_choice choice = {
        in->message, in->reminder == 1, in->question == 1, in->nudge == 1, from,
        to,          in->notice == 1};
    TRY(letter_choice_set(req->tx, req->actor.person, &choice));
    return req_go(req, MSG("It is kept."), "/account/letters");
}

// ---- one click out of a letter ---------------------------------------------------------------

static enum rc load_stop(struct req *req)
{
    struct letters_view *view = ARENA_NEW(req->arena, struct letters_view);
    struct letter_choice choice;
    int64_t person = 0;
    const char *kind = NULL;
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(letter_stop_find(req, &person, &kind));
    TRY(letter_choice_find(req->tx, req->arena, person, &choice));
    view->token = req_param(req, "token");
    view->wanted = letter_wanted(&choice, kind);
    for (const struct field_option *o = letter_kinds; o->value != NULL; o++)
        if (strcmp(o->value, kind) == 0)
            view->kind = o->label;
    req->view = view;
    return view->kind == NULL ? RC_NOT_FOUND : RC_OK;
}

static void write_stop(struct html *html, struct req *req)
{
    page_stop(html, req->view);
}

// RFC 8058: the mail program sends this by itself, without a cookie; the token is what allows it.
static enum rc act_stop(struct req *req)
{
    struct letter_choice choice;
    int64_t person = 0;
    const char *kind = NULL;
    TRY(letter_stop_find(req, &person, &kind));
    TRY(letter_choice_find(req->tx, req->arena, person, &choice));
    if (strcmp(kind, LETTER_MESSAGE) == 0)
        choice.message = "never";
    else if (strcmp(kind, LETTER_REMINDER) == 0)
        choice.reminder = false;
    else if (strcmp(kind, LETTER_QUESTION) == 0)
        choice.question = false;
    else if (strcmp(kind, LETTER_NOTICE) == 0)
        choice.notice = false;
    else
        choice.nudge = false;
    TRY(letter_choice_set(req->tx, person, &choice));
    return req_go(req, MSG("You get no more of these letters."), "/stop/%s",
                  req_param(req, "token"));
}

// ---- confirming a meeting from a letter ------------------------------------------------------

static enum rc find_confirm(struct req *req, struct confirm_view *view)
{
    struct meeting_link link;
    TRY(meeting_link_find(req, &link));
    view->person = link.person;
    TRY(pair_find(req->tx, req->arena, link.match, &view->pair));
    bool mentor = view->pair.match.mentor_person == view->person;
    view->other = mentor ? view->pair.match.mentee_name : view->pair.match.mentor_name;
    view->zone = mentor ? view->pair.match.mentor_zone : view->pair.match.mentee_zone;
    view->token = req_param(req, "token");
    return meeting_find(req->tx, req->arena, view->pair.match.id, link.meeting, &view->meeting);
}

static enum rc load_confirm(struct req *req)
{
    struct confirm_view *view = ARENA_NEW(req->arena, struct confirm_view);
    req->view = view;
    return view == NULL ? RC_NO_MEMORY : find_confirm(req, view);
}

static void write_confirm(struct html *html, struct req *req)
{
    page_confirm(html, req->view);
}

static enum rc act_confirm(struct req *req)
{
    struct confirm_view view = {0};
    TRY(find_confirm(req, &view));
    struct meeting *m = &view.meeting;
    if (m->at == 0 || m->at > req->now_us)
        return RC_EXISTS;
    m->state = "held";
    m->by = view.person;
    m->held_minutes = m->minutes;
    const struct app_place at = app_here(req);
    TRY(meeting_end(&at, m, "scheduled"));
    return req_go(req, MSG("It is written down."), "/held/%s", view.token);
}

// clang-format off
const struct route pair_talk_routes[] = {
    {WEB_GET,  "/pairs/:pair/messages",      CAN_JOIN,         NULL,           NULL, NULL,             load_messages, write_messages, MSG("Messages"), .out = &messages_out, .query = "before"},
    {WEB_POST, "/pairs/:pair/messages",      CAN_JOIN,         &message_shape, NULL, act_message,      load_messages, write_messages, MSG("Messages")},
    {WEB_POST, "/pairs/:pair/messages/seen", CAN_JOIN,         NULL,           NULL, act_seen,         load_messages, write_messages, MSG("I have read them")},
    {WEB_GET,  "/account/letters",           CAN_HAVE_ACCOUNT, NULL,           NULL, NULL,             load_letters,  write_letters,  MSG("Which letters I get"), .out = &web_out_form},
    {WEB_POST, "/account/letters",           CAN_HAVE_ACCOUNT, &letters_shape, NULL, act_letters,      load_letters,  write_letters,  MSG("Which letters I get")},
    {WEB_GET,  "/stop/:token",               CAN_FOLLOW_LINK,        NULL,           NULL, NULL,             load_stop,     write_stop,     MSG("No more of these letters")},
    {WEB_POST, "/stop/:token",               CAN_FOLLOW_LINK,        NULL,           NULL, act_stop,         load_stop,     write_stop,     MSG("No more of these letters")},
    {WEB_GET,  "/held/:token",               CAN_FOLLOW_LINK,        NULL,           NULL, NULL,             load_confirm,  write_confirm,  MSG("Did you meet?")},
    {WEB_POST, "/held/:token",               CAN_FOLLOW_LINK,        NULL,           NULL, act_confirm,      load_confirm,  write_confirm,  MSG("Did you meet?")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
