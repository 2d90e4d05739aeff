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
struct bank_form {
    struct field_many asked;
};
struct own_form {
    const char *text;
    const char *kind;
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
    {"asked", FIELD_MANY, FIELD_OF(struct bank_form, asked, struct field_many), 0, LATER_QUESTIONS, MSG("Which of these are asked?"), MSG("Those without a tick are not asked. Without any, and without a question of your own, no letter is sent."), bank},
};
static const struct field own_fields[] = {
    {"text", FIELD_LINE, FIELD_TEXT_OF(struct own_form, text), 5, 200, MSG("What do you want to know?"), MSG("Half a year and a year after the end, such as: Do you lead other people today?"), NULL},
    {"kind", FIELD_ONE,  FIELD_TEXT_OF(struct own_form, kind), 1, 1,   MSG("How is it answered?"), "", own_kinds},
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
static const struct shape turn_shape = SHAPE(struct turn_form, turn_fields);
static const struct shape bank_shape = SHAPE(struct bank_form, bank_fields);

// ---- a programme's own questions ---------------------------------------------------------------

// Those that are asked, with the names of their controls.
static enum rc read_own(struct req *req, int64_t programme, struct own_control **ret_all,
                        size_t *ret_count)
{
    struct later_own *owns = NULL;
    TRY(own_list(req->tx, req->arena, programme, true, &owns, ret_count));
    struct own_control *all = ARENA_ARRAY(req->arena, struct own_control, *ret_count + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < *ret_count; k++) {
        all[k].own = &owns[k];
        all[k].id = arena_printf(req->arena, "own%lld", (long long)owns[k].id);
        if (all[k].id == NULL)
            return RC_NO_MEMORY;
    }
    *ret_all = all;
    return RC_OK;
}

struct own_said {
    int64_t number; // 0: nothing
    const char *words;
};

static enum rc read_said(struct req *req, const struct own_control *one, struct own_said *ret_said)
{
    const char *value = form_value(&req->form, one->id);
    *ret_said = (struct own_said){0, ""};
    if (value == NULL || value[strspn(value, " \n\t")] == '\0')
        return RC_OK;
    if (text_same(one->own->kind, "words")) {
        if (text_code_points(value, strlen(value)) > OWN_WORDS_MOST)
            return form_refuse_numbers(&req->form, one->id, MSG("Write at most {0} characters"),
                                       OWN_WORDS_MOST, 0);
        ret_said->words = value;
        return RC_OK;
    }
    char most = text_same(one->own->kind, "scale") ? '5' : '2';
    if (value[0] < '1' || value[0] > most || value[1] != '\0')
        return form_refuse(&req->form, one->id, MSG("Choose one of the answers offered"));
    ret_said->number = value[0] - '0';
    return RC_OK;
}

// ---- by link -----------------------------------------------------------------------------------

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
    view->shape = &later_shape;
    for (unsigned q = 0; q < LATER_QUESTIONS; q++)
        if ((asked >> q & 1) != 0)
            view->fields[view->field_count++] = later_fields[q];
    TRY(read_own(req, view->later.programme, &view->owns, &view->own_count));
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

// Next to what a refusal of nothing at all stands.
static const char *first_asked(unsigned asked, const struct own_control *owns)
{
    for (unsigned q = 0; q < LATER_QUESTIONS; q++)
        if ((asked >> q & 1) != 0)
            return later_fields[q].name;
    return owns[0].own == NULL ? "" : owns[0].id;
}

static enum rc act_later(struct req *req)
{
    const struct later_form *in = req->in;
    const struct app_place at = app_here(req);
    const char *const said[LATER_QUESTIONS] = {in->in_tech, in->promoted, in->new_role,
                                               in->contact, in->again,    in->share};
    int64_t values[LATER_QUESTIONS] = {0};
    struct own_said own[OWN_EVER];
    struct own_control *owns = NULL;
    size_t own_count = 0;
    struct later later;
    unsigned asked = 0;
    bool any = false;
    TRY(later_find(req, req_param(req, "token"), &later));
    TRY(later_asked(req->tx, req->arena, later.programme, &asked));
    for (unsigned q = 0; q < LATER_QUESTIONS; q++) {
        values[q] = (asked >> q & 1) != 0 ? strtoll(said[q], NULL, 10) : 0;
        any = any || values[q] != 0;
    }
    TRY(read_own(req, later.programme, &owns, &own_count));
    for (size_t k = 0; k < own_count; k++) {
        TRY(read_said(req, &owns[k], &own[k]));
        any = any || own[k].number != 0 || own[k].words[0] != '\0';
    }
    if (!any)
        return form_refuse(&req->form, first_asked(asked, owns),
                           MSG("Answer at least one of them"));
    TRY(later_answer(&at, &later, values));
    for (size_t k = 0; k < own_count; k++)
        if (own[k].number != 0 || own[k].words[0] != '\0')
            TRY(own_answer(&at, &later, owns[k].own, own[k].number, own[k].words));
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
    TRY(own_list(req->tx, req->arena, view->programme.id, false, &view->owns, &view->own_count));
    view->bank = pair_lines;
    view->bank_count = sizeof pair_lines / sizeof pair_lines[0];
    TRY(later_asked(req->tx, req->arena, view->programme.id, &asked));
    struct bank_line *lines = ARENA_ARRAY(req->arena, struct bank_line, LATER_QUESTIONS);
    const char **values = ARENA_ARRAY(req->arena, const char *, LATER_QUESTIONS);
    if (lines == NULL || values == NULL)
        return RC_NO_MEMORY;
    struct bank_form form = {.asked = {.values = values}};
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
    const struct bank_form *in = req->in;
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

static enum rc act_own(struct req *req)
{
    const struct own_form *in = req->in;
    const struct app_place at = app_here(req);
    const struct later_own own = {.kind = in->kind, .text = in->text};
    struct programme programme;
    TRY(programme_find(req->tx, req->arena, req_id(req, "programme"), &programme));
    enum rc rc = own_add(&at, programme.id, &own, req->actor.person);
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "text", MSG("Eight are asked already: end one first"));
    TRY(rc);
    return go_bank(req, programme.id, MSG("From now on it is asked."));
}

static enum rc act_turn(struct req *req)
{
    const struct turn_form *in = req->in;
    const struct app_place at = app_here(req);
    int64_t programme = req_id(req, "programme");
    bool off = in->off[0] == '1';
    enum rc rc = own_turn(&at, programme, req_id(req, "own"), off);
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "text", MSG("Eight are asked already: end one first"));
    TRY(rc);
    return go_bank(req, programme,
                   off ? MSG("It is not asked any more. What was answered stays counted.")
                       : MSG("From now on it is asked."));
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
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
