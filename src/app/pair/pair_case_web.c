// SPDX-License-Identifier: Apache-2.0
//
// Why: saying what is wrong, in two steps from every page of a pair, and looking after it.
#include <string.h>

#include "base/date.h"

#include "app/pair/pair.h"
#include "app/pair/pair_case.h"
#include "app/pair/pair_end.h"
#include "app/pair/pair_page.h"
#include "app_pair_pair_case.html.h"

#define DAY_US ((int64_t)86400 * 1000000)

struct concern_form {
    const char *kind;
    const char *text;
    const char *named;
};
struct answer_form {
    const char *state;
    const char *text;
    int64_t shown;
};

// clang-format off
static const struct field_option names[] = {
    {"yes", MSG("They may know that it is me")}, {"no", MSG("Keep my name from them")}, {NULL, NULL},
};
static const struct field concern_fields[] = {
    {"kind",  FIELD_ONE,  FIELD_TEXT_OF(struct concern_form, kind),  1, 1,    MSG("What is it about?"), "", concern_kinds},
    {"text",  FIELD_TEXT, FIELD_TEXT_OF(struct concern_form, text),  1, 5000, MSG("What has happened?"), "", NULL},
    {"named", FIELD_ONE,  FIELD_TEXT_OF(struct concern_form, named), 1, 1,    MSG("Your name"), MSG("The person it is about never learns who said it from us."), names},
};
static const struct field answer_fields[] = {
    {"state", FIELD_ONE,  FIELD_TEXT_OF(struct answer_form, state), 1, 1,    MSG("How does it stand?"), "", concern_states},
    {"text",  FIELD_TEXT, FIELD_TEXT_OF(struct answer_form, text),  0, 5000, MSG("What you did or found"), MSG("Facts, times, who. Those who may read this concern read it."), NULL},
    {"shown", FIELD_TICK, FIELD_INT_OF(struct answer_form, shown),  0, 1,    MSG("Show these words to the one who said it"), "", NULL},
};
// clang-format on
static const struct shape concern_shape = SHAPE(struct concern_form, concern_fields);
static const struct shape answer_shape = SHAPE(struct answer_form, answer_fields);

// Two working days on: Saturday and Sunday do not count.
static int64_t due_of(int64_t now_us)
{
    int64_t at = now_us;
    for (int days = 0; days < 2;) {
        at += DAY_US;
        enum weekday day = date_weekday(date_days_of_seconds(at / 1000000));
        days += day != SATURDAY && day != SUNDAY;
    }
    return at;
}

// ---- saying it -------------------------------------------------------------------------------

static enum rc load_help(struct req *req)
{
    struct case_view *view = ARENA_NEW(req->arena, struct case_view);
    struct pair_view *base = NULL;
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(pair_make_view(req, &concern_shape, &base));
    view->base = *base;
    view->about_pair = true;
    view->cohort = view->base.pair.cohort;
    req->view = view;
    return concern_leads(req->tx, req->arena, view->cohort.id, &view->leads);
}

// About anything else of a programme; whoever has an account may.
static enum rc load_cohort_help(struct req *req)
{
    struct case_view *view = ARENA_NEW(req->arena, struct case_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    view->base.form = &req->form;
    view->base.shape = &concern_shape;
    view->base.action = arena_strndup(req->arena, req->http->path.bytes, req->http->path.length);
    req->view = view;
    return view->base.action == NULL
               ? RC_NO_MEMORY
               : concern_leads(req->tx, req->arena, view->cohort.id, &view->leads);
}

static void write_help(struct html *html, struct req *req)
{
    page_say(html, req->view);
}

// Neither the subject nor the text says what it is about.
static const struct app_letter letter_concern = {
    MSG("Something waits for you"),
    {MSG("Hello {0},"), MSG("in {1}, something waits to be read by you, until {3}:"), "{2}", NULL}
};

static enum rc report(struct req *req, int64_t cohort, const char *cohort_name, int64_t match)
{
    const struct concern_form *in = req->in;
    struct concern concern = {.cohort = cohort,
                              .match = match,
                              .kind = in->kind,
                              .named = strcmp(in->named, "yes") == 0,
                              .text = in->text,
                              .due_at = due_of(req->now_us)};
    struct db_rows *readers = NULL;
    const char *due = app_time(req->arena, concern.due_at);
    TRY(concern_add(req, &concern, &concern.id));
    const char *url =
        arena_printf(req->arena, "%s/cohorts/%lld/concerns/%lld", web_origin(req->web, req->arena),
                     (long long)cohort, (long long)concern.id);
    if (url == NULL || due == NULL)
        return RC_NO_MEMORY;
    TRY(concern_readers(req, &concern, &readers));
    for (size_t k = 0; k < db_count(readers); k++)
        TRY(app_send(req, db_text(readers, k, 0), db_text(readers, k, 1), &letter_concern,
                     (const char *const[]){db_text(readers, k, 2), cohort_name, url, due}, 4));
    return req_go(req, MSG("Thank you for saying it. Here you see how it stands."),
                  "/account/concerns");
}

static enum rc act_help(struct req *req)
{
    struct pair pair;
    TRY(pair_load(req, &pair)); // also of a pair that has ended
    return report(req, pair.cohort.id, pair.cohort.name, pair.match.id);
}

static enum rc act_cohort_help(struct req *req)
{
    struct cohort cohort;
    TRY(cohort_load(req, &cohort));
    return report(req, cohort.id, cohort.name, 0);
}

static enum rc load_mine(struct req *req)
{
    struct case_view *view = ARENA_NEW(req->arena, struct case_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    req->view = view;
    TRY(concern_mine(req, &view->concerns, &view->count));
    view->zone = req->actor.zone;
    const char *open = form_value(&req->form, "open");
    for (size_t k = 0; open != NULL && k < view->count; k++) {
        const char *id = arena_printf(req->arena, "%lld", (long long)view->concerns[k].id);
        if (id == NULL)
            return RC_NO_MEMORY;
        if (strcmp(id, open) != 0)
            continue;
        view->concern = &view->concerns[k];
        TRY(concern_notes(req, view->concern->id, true, &view->notes, &view->note_count));
    }
    return RC_OK;
}

static void write_mine(struct html *html, struct req *req)
{
    page_my_concerns(html, req->view);
}

// ---- looking after it ------------------------------------------------------------------------

static enum rc load_concerns(struct req *req)
{
    struct case_view *view = ARENA_NEW(req->arena, struct case_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    view->zone = req->actor.zone;
    view->now_us = req->now_us;
    req->view = view;
    TRY(concern_leads(req->tx, req->arena, view->cohort.id, &view->leads));
    return concern_list(req, view->cohort.id, 0, &view->concerns, &view->count);
}

static void write_concerns(struct html *html, struct req *req)
{
    page_concerns(html, req->view);
}

static enum rc load_concern(struct req *req)
{
    TRY(load_concerns(req));
    struct case_view *view = req->view;
    TRY(concern_list(req, view->cohort.id, req_id(req, "concern"), &view->concerns, &view->count));
    if (req_id(req, "concern") == 0 || view->count == 0)
        return RC_NOT_FOUND;
    view->concern = view->concerns;
    view->base.form = &req->form;
    view->base.shape = &answer_shape;
    view->base.action = arena_strndup(req->arena, req->http->path.bytes, req->http->path.length);
    if (view->base.action == NULL)
        return RC_NO_MEMORY;
    struct pair pair = {0};
    if (view->concern->match != 0 &&
        pair_find(req->tx, req->arena, view->concern->match, &pair) == RC_OK) {
        view->may_hold =
            strcmp(pair.match.state, "active") == 0 || strcmp(pair.match.state, "closing") == 0;
        view->is_held = pair.held_back && strcmp(pair.match.state, "paused") == 0;
    }
    if (req->http->method == WEB_GET && req->form.error_count == 0) {
        const struct answer_form now = {view->concern->state, "", 0};
        TRY(shape_show(&answer_shape, &req->form, &now));
    }
    return concern_notes(req, view->concern->id, false, &view->notes, &view->note_count);
}

static void write_concern(struct html *html, struct req *req)
{
    page_concern(html, req->view);
}

static const struct app_letter letter_answer = {
    MSG("There is an answer for you"),
    {MSG("Hello {0},"), MSG("there is something new about what you told us:"), "{1}", NULL}
};

static enum rc tell_reporter(struct req *req, const struct concern *concern)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT email, language, name FROM person WHERE id = $1 AND closed_at = 0",
                 DB_ARGS(DB_INT(concern->by))));
    const char *url = arena_printf(req->arena, "%s/account/concerns?open=%lld",
                                   web_origin(req->web, req->arena), (long long)concern->id);
    if (url == NULL)
        return RC_NO_MEMORY;
    if (db_count(rows) == 0)
        return RC_OK;
    return app_send(req, db_text(rows, 0, 0), db_text(rows, 0, 1), &letter_answer,
                    (const char *const[]){db_text(rows, 0, 2), url}, 2);
}

static enum rc open_concern(struct req *req, struct concern *ret_concern)
{
    struct concern *all = NULL;
    size_t count = 0;
    if (req_id(req, "concern") == 0)
        return RC_NOT_FOUND;
    TRY(concern_list(req, req_id(req, "cohort"), req_id(req, "concern"), &all, &count));
    if (count == 0)
        return RC_NOT_FOUND;
    *ret_concern = all[0];
    return RC_OK;
}

static enum rc act_concern(struct req *req)
{
    const struct answer_form *in = req->in;
    struct concern concern;
    TRY(open_concern(req, &concern));
    bool moved = strcmp(in->state, concern.state) != 0;
    if (!moved && in->text[0] == '\0')
        return form_refuse(&req->form, "text", MSG("Write something, or choose how it stands now"));
    if (moved)
        TRY(concern_move(req, concern.id, in->state));
    if (in->text[0] != '\0')
        TRY(concern_note_add(req, concern.id, in->text, in->shown == 1));
    if (moved || in->shown == 1)
        TRY(tell_reporter(req, &concern));
    return req_go(req, MSG("It is kept."), "/cohorts/%lld/concerns/%lld", (long long)concern.cohort,
                  (long long)concern.id);
}

// At once, and without a reason to anybody: the pair rests and messages stop.
static enum rc act_hold(struct req *req)
{
    struct concern concern;
    struct pair pair;
    const struct ending e = ending_of(req);
    TRY(open_concern(req, &concern));
    TRY(pair_find(req->tx, req->arena, concern.match, &pair));
    if (strcmp(pair.match.state, "active") != 0 && strcmp(pair.match.state, "closing") != 0)
        return RC_EXISTS;
    TRY(pair_pause(&e, &pair, req->now_us + 28 * DAY_US, 0));
    TRY(db_do(req->tx, NULL, "UPDATE match SET held_back = 1 WHERE id = $1",
              DB_ARGS(DB_INT(pair.match.id))));
    return req_go(req, MSG("The pair is paused, and messages are stopped."),
                  "/cohorts/%lld/concerns/%lld", (long long)concern.cohort, (long long)concern.id);
}

// The pair of the concern that is held back.
static enum rc open_held(struct req *req, struct concern *ret_concern, struct pair *ret_pair)
{
    TRY(open_concern(req, ret_concern));
    TRY(pair_find(req->tx, req->arena, ret_concern->match, ret_pair));
    return ret_pair->held_back && strcmp(ret_pair->match.state, "paused") == 0 ? RC_OK : RC_EXISTS;
}

static enum rc act_release(struct req *req)
{
    struct concern concern;
    struct pair pair;
    const struct ending e = ending_of(req);
    TRY(open_held(req, &concern, &pair));
    TRY(pair_resume(&e, &pair));
    return req_go(req, MSG("The pair goes on."), "/cohorts/%lld/concerns/%lld",
                  (long long)concern.cohort, (long long)concern.id);
}

static enum rc act_part(struct req *req)
{
    struct concern concern;
    struct pair pair;
    const struct ending e = ending_of(req);
    TRY(open_held(req, &concern, &pair));
    TRY(pair_finish(&e, &pair, "ended", "staff", "", req->actor.person));
    pair.mentor = true; // so that the mentee is told, and then the mentor
    TRY(pair_tell(req, &pair, &pair_letter_ended, "", ""));
    pair.mentor = false;
    TRY(pair_tell(req, &pair, &pair_letter_ended, "", ""));
    return req_go(req, MSG("The match has ended. Both get a letter, without a reason."),
                  "/cohorts/%lld/concerns/%lld", (long long)concern.cohort, (long long)concern.id);
}

// clang-format off
const struct route pair_case_routes[] = {
    {WEB_GET,  "/pairs/:pair/help",                        CAN_REPORT,        NULL,           NULL, NULL,            load_help,        write_help,     MSG("Help")},
    {WEB_POST, "/pairs/:pair/help",                        CAN_REPORT,        &concern_shape, NULL, act_help,        load_help,        write_help,     MSG("Help")},
    {WEB_GET,  "/cohorts/:cohort/help",                    CAN_REPORT,        NULL,           NULL, NULL,            load_cohort_help, write_help,     MSG("Help")},
    {WEB_POST, "/cohorts/:cohort/help",                    CAN_REPORT,        &concern_shape, NULL, act_cohort_help, load_cohort_help, write_help,     MSG("Help")},
    {WEB_GET,  "/account/concerns",                        CAN_HAVE_ACCOUNT,  NULL,           NULL, NULL,            load_mine,        write_mine,     MSG("What I have told"), .out = &own_concerns_out},
    {WEB_GET,  "/cohorts/:cohort/concerns",                CAN_HANDLE_CASES,  NULL,           NULL, NULL,            load_concerns,    write_concerns, MSG("Concerns"), .out = &concerns_out},
    {WEB_GET,  "/cohorts/:cohort/concerns/:concern",       CAN_HANDLE_CASES,  NULL,           NULL, NULL,            load_concern,     write_concern,  MSG("A concern"), .out = &concern_out},
    {WEB_POST, "/cohorts/:cohort/concerns/:concern",       CAN_HANDLE_CASES,  &answer_shape,  NULL, act_concern,     load_concern,     write_concern,  MSG("A concern")},
    {WEB_POST, "/cohorts/:cohort/concerns/:concern/hold",  CAN_HANDLE_CASES,  NULL,           NULL, act_hold,        load_concern,     write_concern,  MSG("Pause a pair for safety")},
    {WEB_POST, "/cohorts/:cohort/concerns/:concern/release", CAN_HANDLE_CASES, NULL,          NULL, act_release,     load_concern,     write_concern,  MSG("Let a held pair go on")},
    {WEB_POST, "/cohorts/:cohort/concerns/:concern/part",  CAN_HANDLE_CASES,  NULL,           NULL, act_part,        load_concern,     write_concern,  MSG("End a held pair")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
