// SPDX-License-Identifier: Apache-2.0
//
// Why: whoever took part answers a few questions by the link of a letter, long after she has
// forgotten her password, or says with one tap that she would rather not be asked. And the question
// bank, on which programmes choose what is asked.
#include <stdlib.h>
#include <string.h>

#include "app/improve/improve.h"
#include "app/improve/improve_page.h"
#include "app_improve_later.html.h"

struct later_form {
    const char *in_tech, *promoted, *new_role, *contact, *again, *share;
};
struct bank_choice {
    struct field_many asked;
};
struct own_form {
    const char *text;
    const char *kind;
    struct field_many moments;
    const char *audience;
};
struct anew_form {
    const char *text;
};
struct turn_form {
    const char *off;
};

// clang-format off
static const struct field_option yes_no[] = {{"1", MSG("Yes")}, {"2", MSG("No")}, {NULL, NULL}};
static const struct field_option scale[] = {
    {"1", MSG("1: nothing")}, {"2", MSG("2")}, {"3", MSG("3: something")}, {"4", MSG("4")}, {"5", MSG("5: very much")}, {NULL, NULL}};
static const struct field later_fields[LATER_QUESTIONS] = {
    {"in_tech",  FIELD_ONE, FIELD_TEXT_OF(struct later_form, in_tech),  0, 1, MSG("Do you work or study in technology today?"), "", yes_no},
    {"promoted", FIELD_ONE, FIELD_TEXT_OF(struct later_form, promoted), 0, 1, MSG("Were you promoted since then?"), "", yes_no},
    {"new_role", FIELD_ONE, FIELD_TEXT_OF(struct later_form, new_role), 0, 1, MSG("Do you have a new role, a new job or your first job in technology?"), "", yes_no},
    {"contact",  FIELD_ONE, FIELD_TEXT_OF(struct later_form, contact),  0, 1, MSG("Are you still in touch with the other of your pair?"), "", yes_no},
    {"again",    FIELD_ONE, FIELD_TEXT_OF(struct later_form, again),    0, 1, MSG("Would you take part again, or be a mentor to somebody?"), "", yes_no},
    {"share",    FIELD_ONE, FIELD_TEXT_OF(struct later_form, share),    0, 1, MSG("How much did the programme have to do with what has changed for you?"), "", scale},
};
static const struct field_option bank[] = {
    {"in_tech",  MSG("Do you work or study in technology today?")},
    {"promoted", MSG("Were you promoted since then?")},
    {"new_role", MSG("Do you have a new role, a new job or your first job in technology?")},
    {"contact",  MSG("Are you still in touch with the other of your pair?")},
    {"again",    MSG("Would you take part again, or be a mentor to somebody?")},
    {"share",    MSG("How much did the programme have to do with what has changed for you?")},
    {NULL, NULL},
};
static const struct field bank_fields[] = {
    {"asked", FIELD_MANY, FIELD_OF(struct bank_choice, asked, struct field_many), 0, LATER_QUESTIONS, MSG("Which of these are asked?"), MSG("Those without a tick are not asked. Without any, and without a question of your own, no letter is sent."), bank},
};
static const struct field own_fields[] = {
    {"text",     FIELD_LINE, FIELD_TEXT_OF(struct own_form, text), 5, 200, MSG("What do you want to know?"), MSG("Such as: I can say what I think. Or, later: Do you lead other people today?"), NULL},
    {"kind",     FIELD_ONE,  FIELD_TEXT_OF(struct own_form, kind), 1, 1,   MSG("How is it answered?"), "", bank_kind_options},
    {"moments",  FIELD_MANY, FIELD_OF(struct own_form, moments, struct field_many), 1, 4, MSG("When is it asked?"), MSG("Three at most at each moment in pairs: there it is to take a minute."), bank_moments},
    {"audience", FIELD_ONE,  FIELD_TEXT_OF(struct own_form, audience), 1, 1, MSG("Who reads the answers?"), MSG("It is said next to the question."), bank_audiences},
};
static const struct field anew_fields[] = {
    {"text", FIELD_LINE, FIELD_TEXT_OF(struct anew_form, text), 5, 200, MSG("In which other words?"), MSG("It becomes a new version with a measure of its own. What was answered to the old one stays counted there."), NULL},
};
static const struct field turn_fields[] = {
    {"off", FIELD_HIDDEN, FIELD_TEXT_OF(struct turn_form, off), 1, 1, "", "", NULL},
};
// Asked in pairs: their names stand with the answers, in measures and in findings.
static const struct bank_line pair_lines[] = {
    {"fit",       MSG("Now that you have met: does it fit?"),         MSG("after the first meeting")},
    {"satisfied", MSG("How content are you with your match?"),        MSG("after 30 days, and then again and again")},
    {"often",     MSG("Do you meet often enough?"),                   MSG("after 30 days, and then again and again")},
    {"goals",     MSG("How far have you come with what you wanted?"), MSG("in the middle, and at the end")},
    {"recommend", MSG("Would you tell a friend to take part? From 0 (never) to 10 (certainly)"), MSG("at the end")},
    {"words",     MSG("Is there more that you want to say?"),         MSG("each time")},
    {"useful",    MSG("How useful was it?"),                          MSG("after each meeting")},
};
// clang-format on
static const struct shape later_shape = SHAPE_ALSO(struct later_form, later_fields, "*");
static const struct shape own_shape = SHAPE(struct own_form, own_fields);
static const struct shape anew_shape = SHAPE(struct anew_form, anew_fields);
static const struct shape turn_shape = SHAPE(struct turn_form, turn_fields);
static const struct shape bank_shape = SHAPE(struct bank_choice, bank_fields);

// ---- by link -----------------------------------------------------------------------------------

// Those of the bank that the programme asks, and its own.
static enum rc make_later_form(struct req *req, int64_t programme, unsigned asked,
                               struct bank_form *ret_form)
{
    struct field fields[LATER_QUESTIONS];
    size_t count = 0;
    for (unsigned q = 0; q < LATER_QUESTIONS; q++)
        if ((asked >> q & 1) != 0)
            fields[count++] = later_fields[q];
    return bank_form_make(req, programme, BANK_LATER, fields, count, ret_form);
}

static enum rc load_later(struct req *req)
{
    struct later_view *view = ARENA_NEW(req->arena, struct later_view);
    unsigned asked = 0;
    if (view == NULL)
        return RC_NO_MEMORY;
    view->token = req_param(req, "token");
    TRY(later_find(req, view->token, &view->later));
    TRY(later_asked(req->tx, req->arena, view->later.programme, &asked));
    view->form = &req->form;
    view->shape = &view->asks.shown;
    TRY(make_later_form(req, view->later.programme, asked, &view->asks));
    view->action = arena_printf(req->arena, "/later/%s", view->token);
    view->stop = arena_printf(req->arena, "/later/%s/stop", view->token);
    req->view = view;
    return view->action == NULL || view->stop == NULL ? RC_NO_MEMORY : RC_OK;
}

static void write_later(struct html *html, struct req *req)
{
    page_later(html, req->view);
}

static void write_stop(struct html *html, struct req *req)
{
    page_later_stop(html, req->view);
}

static enum rc act_later(struct req *req)
{
    const struct later_form *in = req->in;
    const struct app_place at = app_here(req);
    const char *const said[LATER_QUESTIONS] = {in->in_tech, in->promoted, in->new_role,
                                               in->contact, in->again,    in->share};
    int64_t values[LATER_QUESTIONS] = {0};
    struct bank_form form;
    struct bank_said *own = NULL;
    struct later later;
    unsigned asked = 0;
    bool any = false;
    TRY(later_find(req, req_param(req, "token"), &later));
    TRY(later_asked(req->tx, req->arena, later.programme, &asked));
    for (unsigned q = 0; q < LATER_QUESTIONS; q++) {
        values[q] = (asked >> q & 1) != 0 ? strtoll(said[q], NULL, 10) : 0;
        any = any || values[q] != 0;
    }
    TRY(make_later_form(req, later.programme, asked, &form));
    TRY(bank_form_read(req, &form, &own));
    for (size_t k = 0; k < form.count; k++)
        any = any || bank_is_said(&own[k]);
    if (!any)
        return form_refuse(&req->form, form.shown.count == 0 ? "" : form.shown.fields[0].name,
                           MSG("Answer at least one of them"));
    TRY(later_answer(&at, &later, values));
    for (size_t k = 0; k < form.count; k++)
        if (bank_is_said(&own[k]))
            TRY(own_answer(&at, &later, &form.all[k], &own[k]));
    return req_go(req, MSG("Thank you. It is counted."), "/later/%s", req_param(req, "token"));
}

// RFC 8058: a mail program may send this by itself; the token is what allows it.
static enum rc act_stop(struct req *req)
{
    const struct app_place at = app_here(req);
    struct later later;
    TRY(later_find(req, req_param(req, "token"), &later));
    TRY(later_stop(&at, later.person, true));
    return req_go(req, MSG("You are not asked again."), "/later/%s/stop", req_param(req, "token"));
}

static enum rc act_again(struct req *req)
{
    const struct app_place at = app_here(req);
    struct later later;
    TRY(later_find(req, req_param(req, "token"), &later));
    TRY(later_stop(&at, later.person, false));
    return req_go(req, MSG("You are asked again."), "/later/%s/stop", req_param(req, "token"));
}

// ---- the question bank -------------------------------------------------------------------------

static enum rc load_bank(struct req *req)
{
    struct improve_view *view = NULL;
    unsigned asked = 0;
    bool posted = req->http->method == WEB_POST;
    bool sent = posted && req->route->in == &bank_shape;
    TRY(improve_make_view(req, posted && !sent ? &own_shape : &bank_shape, &view));
    view->bank_shape = &bank_shape;
    view->own_fields = &own_shape;
    view->action = arena_printf(req->arena, "%s/question-bank", view->base);
    view->own_path = arena_printf(req->arena, "%s/question-bank/own", view->base);
    if (view->action == NULL || view->own_path == NULL)
        return RC_NO_MEMORY;
    TRY(bank_list(req->tx, req->arena, view->programme.id, "", &view->owns, &view->own_count));
    view->bank = pair_lines;
    view->bank_count = sizeof pair_lines / sizeof pair_lines[0];
    TRY(later_asked(req->tx, req->arena, view->programme.id, &asked));
    struct bank_line *lines = ARENA_ARRAY(req->arena, struct bank_line, LATER_QUESTIONS);
    const char **values = ARENA_ARRAY(req->arena, const char *, LATER_QUESTIONS);
    if (lines == NULL || values == NULL)
        return RC_NO_MEMORY;
    struct bank_choice form = {.asked = {.values = values}};
    for (unsigned q = 0; q < LATER_QUESTIONS; q++) {
        lines[q] = (struct bank_line){.name = later_questions[q].name,
                                      .text = later_questions[q].text,
                                      .asked = (asked >> q & 1) != 0};
        if (lines[q].asked)
            values[form.asked.count++] = later_questions[q].name;
    }
    view->later = lines;
    view->later_count = LATER_QUESTIONS;
    return sent ? RC_OK : shape_edit(&bank_shape, &req->form, &form);
}

static void write_bank(struct html *html, struct req *req)
{
    page_question_bank(html, req->view);
}

static enum rc act_bank(struct req *req)
{
    const struct bank_choice *in = req->in;
    const struct app_place at = app_here(req);
    struct improve_view *view = NULL;
    unsigned asked = 0;
    TRY(improve_make_view(req, &bank_shape, &view));
    for (size_t k = 0; k < in->asked.count; k++)
        for (unsigned q = 0; q < LATER_QUESTIONS; q++)
            if (strcmp(in->asked.values[k], later_questions[q].name) == 0)
                asked |= 1u << q;
    TRY(later_choose(&at, view->programme.id, asked, req->actor.person));
    return req_go(req, MSG("It is kept."), "/programmes/%lld/question-bank",
                  (long long)view->programme.id);
}

static enum rc go_bank(struct req *req, int64_t programme, const char *said)
{
    return req_go(req, said, "/programmes/%lld/question-bank", (long long)programme);
}

#define TOO_MANY MSG("Eight are asked already, or three at one of these moments: end one first")

static enum rc act_own(struct req *req)
{
    const struct own_form *in = req->in;
    const struct app_place at = app_here(req);
    struct bank_question own = {.kind = in->kind, .text = in->text, .audience = in->audience};
    struct programme programme;
    struct buffer moments;
    TRY(programme_find(req->tx, req->arena, req_id(req, "programme"), &programme));
    buffer_open(&moments, req->arena, 256);
    for (size_t k = 0; k < in->moments.count; k++)
        buffer_printf(&moments, "%s ", in->moments.values[k]);
    TRY(moments.rc);
    own.moments = moments.bytes;
    if (bank_asks(&own, BANK_LATER) && strcmp(own.audience, BANK_COUNTED) != 0)
        return form_refuse(&req->form, "audience",
                           MSG("What is asked after the end is read by nobody alone"));
    enum rc rc = bank_add(&at, programme.id, &own, req->actor.person);
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "text", TOO_MANY);
    TRY(rc);
    return go_bank(req, programme.id, MSG("From now on it is asked."));
}

static enum rc act_turn(struct req *req)
{
    const struct turn_form *in = req->in;
    const struct app_place at = app_here(req);
    int64_t programme = req_id(req, "programme");
    bool off = in->off[0] == '1';
    enum rc rc = bank_turn(&at, programme, req_id(req, "own"), off);
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "text", TOO_MANY);
    TRY(rc);
    return go_bank(req, programme,
                   off ? MSG("It is not asked any more. What was answered stays counted.")
                       : MSG("From now on it is asked."));
}

static enum rc load_anew(struct req *req)
{
    struct improve_view *view = NULL;
    TRY(improve_make_view(req, &anew_shape, &view));
    TRY(bank_list(req->tx, req->arena, view->programme.id, "", &view->owns, &view->own_count));
    for (size_t k = 0; k < view->own_count; k++)
        if (view->owns[k].id == req_id(req, "own"))
            view->own = &view->owns[k];
    if (view->own == NULL)
        return RC_NOT_FOUND;
    if (view->own->off_at != 0)
        return RC_EXISTS;
    view->action = req_path(req);
    const struct anew_form now = {view->own->text};
    if (view->action == NULL)
        return RC_NO_MEMORY;
    return req->http->method == WEB_POST ? RC_OK : shape_show(&anew_shape, &req->form, &now);
}

static void write_anew(struct html *html, struct req *req)
{
    page_question_anew(html, req->view);
}

static enum rc act_anew(struct req *req)
{
    const struct anew_form *in = req->in;
    const struct app_place at = app_here(req);
    int64_t programme = req_id(req, "programme");
    TRY(bank_write_anew(&at, programme, req_id(req, "own"), in->text, req->actor.person));
    return go_bank(req, programme, MSG("From now on it is asked in these words."));
}

// clang-format off
const struct route improve_later_routes[] = {
    {WEB_GET,  "/later/:token",                        CAN_FOLLOW_LINK, NULL,         NULL, NULL,      load_later, write_later, MSG("How are you, some time later?")},
    {WEB_POST, "/later/:token",                        CAN_FOLLOW_LINK, &later_shape, NULL, act_later, load_later, write_later, MSG("How are you, some time later?")},
    {WEB_GET,  "/later/:token/stop",                   CAN_FOLLOW_LINK, NULL,         NULL, NULL,      load_later, write_stop,  MSG("Not to be asked again")},
    {WEB_POST, "/later/:token/stop",                   CAN_FOLLOW_LINK, NULL,         NULL, act_stop,  load_later, write_stop,  MSG("Not to be asked again")},
    {WEB_POST, "/later/:token/again",                  CAN_FOLLOW_LINK, NULL,         NULL, act_again, load_later, write_stop,  MSG("To be asked again")},
    {WEB_GET,  "/programmes/:programme/question-bank", CAN_RUN_COHORTS, NULL,         NULL, NULL,      load_bank,  write_bank,  MSG("Question bank"), .out = &bank_out},
    {WEB_POST, "/programmes/:programme/question-bank", CAN_RUN_COHORTS, &bank_shape,  NULL, act_bank,  load_bank,  write_bank,  MSG("Question bank")},
    {WEB_POST, "/programmes/:programme/question-bank/own", CAN_RUN_COHORTS, &own_shape, NULL, act_own, load_bank, write_bank, MSG("A question of the programme's own")},
    {WEB_POST, "/programmes/:programme/question-bank/own/:own", CAN_RUN_COHORTS, &turn_shape, NULL, act_turn, load_bank, write_bank, MSG("Ask a question, or not any more")},
    {WEB_GET,  "/programmes/:programme/question-bank/own/:own/anew", CAN_RUN_COHORTS, NULL, NULL, NULL, load_anew, write_anew, MSG("Ask a question in other words")},
    {WEB_POST, "/programmes/:programme/question-bank/own/:own/anew", CAN_RUN_COHORTS, &anew_shape, NULL, act_anew, load_anew, write_anew, MSG("Ask a question in other words")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
