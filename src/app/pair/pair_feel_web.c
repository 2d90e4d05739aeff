// SPDX-License-Identifier: Apache-2.0
//
// Why: half a minute after each meeting, and a few questions now and then, with who reads what said
// first.
#include <stdlib.h>
#include <string.h>

#include "app/pair/pair.h"
#include "app/pair/pair_feel.h"
#include "app/pair/pair_page.h"
#include "app_pair_pair_feel.html.h"

struct report_form {
    const char *useful;
    const char *line;
    int64_t shared;
    const char *private;
};
// clang-format off
static const struct field_option one_to_five[] = {
    {"1", MSG("1: not at all")}, {"2", MSG("2")}, {"3", MSG("3")}, {"4", MSG("4")}, {"5", MSG("5: very")}, {NULL, NULL},
};
static const struct field_option fits[] = {
    {"good", MSG("A good fit")}, {"deciding", MSG("I am still finding out")}, {"not", MSG("Not a good fit")}, {NULL, NULL},
};
static const struct field_option yes_no[] = {
    {"yes", MSG("Yes")}, {"no", MSG("No")}, {NULL, NULL},
};
static const struct field report_fields[] = {
    {"useful",  FIELD_ONE,  FIELD_TEXT_OF(struct report_form, useful),  1, 1,    MSG("How useful was it?"), MSG("The other never sees this."), one_to_five},
    {"line",    FIELD_LINE, FIELD_TEXT_OF(struct report_form, line),    0, 300,  MSG("In one line"), "", NULL},
    {"shared",  FIELD_TICK, FIELD_INT_OF(struct report_form, shared),   0, 1,    MSG("Show this line to the other"), "", NULL},
    {"private", FIELD_TEXT, FIELD_TEXT_OF(struct report_form, private), 0, 2000, MSG("A note to those who run the programme"), MSG("Only they read it."), NULL},
};
#define WORDS {"words", FIELD_TEXT, FIELD_TEXT_OF(struct survey_form, words), 0, 2000, MSG("Is there more that you want to say?"), "", NULL}
#define SATISFIED {"satisfied", FIELD_ONE, FIELD_TEXT_OF(struct survey_form, satisfied), 1, 1, MSG("How content are you with your match?"), "", one_to_five}
#define GOALS {"goals", FIELD_ONE, FIELD_TEXT_OF(struct survey_form, goals), 1, 1, MSG("How far have you come with what you wanted?"), "", one_to_five}
static const struct field fit_fields[] = {
    {"fit", FIELD_ONE, FIELD_TEXT_OF(struct survey_form, fit), 1, 1, MSG("Now that you have met: does it fit?"), "", fits}, WORDS,
};
static const struct field early_fields[] = {
    {"fit", FIELD_ONE, FIELD_TEXT_OF(struct survey_form, fit), 1, 1, MSG("Looking back: did you two fit?"), "", fits}, WORDS,
};
static const struct field pulse_fields[] = {
    SATISFIED, {"often", FIELD_ONE, FIELD_TEXT_OF(struct survey_form, often), 1, 1, MSG("Do you meet often enough?"), "", yes_no}, WORDS,
};
static const struct field mid_fields[] = {
    SATISFIED, GOALS, WORDS,
};
static const struct field end_fields[] = {
    SATISFIED, GOALS,
    {"recommend", FIELD_INTEGER, FIELD_INT_OF(struct survey_form, recommend), 0, 10, MSG("Would you tell a friend to take part? From 0 (never) to 10 (certainly)"), "", NULL}, WORDS,
};
// clang-format on
static const struct shape report_shape = SHAPE(struct report_form, report_fields);
// The programme's own questions come by their own names.
static const struct shape fit_shape = SHAPE(struct survey_form, fit_fields);
static const struct shape early_shape = SHAPE(struct survey_form, early_fields);
static const struct shape pulse_shape = SHAPE_ALSO(struct survey_form, pulse_fields, "*");
static const struct shape mid_shape = SHAPE_ALSO(struct survey_form, mid_fields, "*");
static const struct shape end_shape = SHAPE_ALSO(struct survey_form, end_fields, "*");

const struct shape *survey_shape(const char *kind)
{
    static const struct {
        const char *kind;
        const struct shape *shape;
    } all[] = {
        {"fit",      &fit_shape  },
        {"early",    &early_shape},
        {BANK_PULSE, &pulse_shape},
        {BANK_MID,   &mid_shape  },
        {BANK_END,   &end_shape  }
    };
    for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
        if (strcmp(all[k].kind, kind) == 0)
            return all[k].shape;
    return NULL;
}

static enum rc make_view(struct req *req, const struct shape *shape, struct feel_view **ret_view)
{
    struct feel_view *view = ARENA_NEW(req->arena, struct feel_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(pair_fill_view(req, shape, &view->base));
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

// ---- after a meeting -------------------------------------------------------------------------

static enum rc load_report(struct req *req)
{
    struct feel_view *view = NULL;
    struct report mine;
    TRY(make_view(req, &report_shape, &view));
    TRY(meeting_find(req->tx, req->arena, view->base.pair.match.id, req_id(req, "meeting"),
                     &view->meeting));
    TRY(report_find(req->tx, req->arena, view->meeting.id, view->base.pair.me, &mine));
    view->mine = mine;
    TRY(report_find(req->tx, req->arena, view->meeting.id, view->base.pair.other, &view->theirs));
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    const char *useful = arena_printf(req->arena, "%d", (int)mine.useful);
    if (useful == NULL)
        return RC_NO_MEMORY;
    const struct report_form now = {useful, mine.line, mine.shared, mine.private};
    return shape_edit(&report_shape, &req->form, &now);
}

static void write_report(struct html *html, struct req *req)
{
    page_report(html, req->view);
}

static enum rc act_report(struct req *req)
{
    const struct report_form *in = req->in;
    struct pair pair;
    struct meeting meeting;
    TRY(pair_load(req, &pair));
    TRY(meeting_find(req->tx, req->arena, pair.match.id, req_id(req, "meeting"), &meeting));
    if (meeting.at == 0 || meeting.at > req->now_us)
        return form_refuse(&req->form, "useful", MSG("It is still to come"));
    const struct report report = {in->useful[0] - '0', in->line, in->shared, in->private};
    TRY(report_set(req, meeting.id, &report));
    const struct announcement given = {ANNOUNCE_FEEDBACK_GIVEN, pair.match.cohort, pair.match.id,
                                       pair.me, meeting.id};
    const struct app_place at = app_here(req);
    TRY(app_announce(&at, &given));
    struct db_rows *next = NULL;
    TRY(meeting_to_come(req, pair.match.id, &next));
    bool meets =
        db_count(next) > 0 || !pair_is_open(&pair) || strcmp(pair.match.state, "paused") == 0;
    return meets
               ? pair_go(req, &pair, MSG("Thank you."), "/meetings")
               : pair_go(req, &pair, MSG("Thank you. When do you meet next?"), "/meetings/propose");
}

// ---- surveys ---------------------------------------------------------------------------------

// Whether there is more to say is asked behind everything else.
static enum rc put_words_last(struct arena *arena, const struct shape *shape,
                              struct bank_form *form)
{
    struct field *fields = ARENA_ARRAY(arena, struct field, form->shown.count);
    size_t count = 0;
    if (fields == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k + 1 < shape->count; k++)
        fields[count++] = shape->fields[k];
    for (size_t k = 0; k < form->count; k++)
        fields[count++] = form->own.fields[k];
    fields[count++] = shape->fields[shape->count - 1];
    form->shown.fields = fields;
    return RC_OK;
}

enum rc survey_make_form(struct req *req, const struct survey *survey, int64_t programme,
                         struct bank_form *ret_form)
{
    const struct shape *shape = survey_shape(survey->kind);
    if (shape == NULL)
        return RC_NOT_FOUND;
    TRY(bank_form_make(req, programme, survey->kind, shape->fields, shape->count, ret_form));
    return put_words_last(req->arena, shape, ret_form);
}

// Of the kind that its path names.
static enum rc load_survey(struct req *req)
{
    struct feel_view *view = NULL;
    struct bank_form *form = ARENA_NEW(req->arena, struct bank_form);
    if (form == NULL)
        return RC_NO_MEMORY;
    TRY(make_view(req, NULL, &view));
    TRY(survey_find(req, view->base.pair.match.id, req_id(req, "survey"), &view->survey));
    const char *part = arena_printf(req->arena, "/questions/%s/", view->survey.kind);
    if (part == NULL)
        return RC_NO_MEMORY;
    if (strstr(req->route->path, part) == NULL)
        return RC_NOT_FOUND;
    TRY(survey_make_form(req, &view->survey, view->base.pair.cohort.programme, form));
    view->base.shape = &form->shown;
    return RC_OK;
}

static void write_survey(struct html *html, struct req *req)
{
    page_survey(html, req->view);
}

static enum rc keep_number(struct req *req, const struct survey *survey, const char *question,
                           const char *value)
{
    return value == NULL || value[0] == '\0'
               ? RC_OK
               : survey_answer(req, survey, question, strtoll(value, NULL, 10), "");
}

static enum rc keep_own(struct req *req, const struct survey *survey, const struct bank_form *form,
                        const struct bank_said *said)
{
    for (size_t k = 0; k < form->count; k++)
        if (bank_is_said(&said[k]))
            TRY(survey_answer(req, survey, form->all[k].name, said[k].number, said[k].words));
    return RC_OK;
}

enum rc survey_take(struct req *req, const struct survey *survey, int64_t programme,
                    const struct survey_form *in)
{
    struct bank_form form;
    struct bank_said *said = NULL;
    TRY(survey_make_form(req, survey, programme, &form));
    TRY(bank_form_read(req, &form, &said));
    TRY(survey_done(req, survey));
    if (in->fit != NULL && in->fit[0] != '\0')
        TRY(survey_answer(req, survey, strcmp(survey->kind, "early") == 0 ? "fit_end" : "fit", 0,
                          in->fit));
    TRY(keep_number(req, survey, "satisfied", in->satisfied));
    TRY(keep_number(req, survey, "goals", in->goals));
    if (in->often != NULL && in->often[0] != '\0')
        TRY(survey_answer(req, survey, "often", strcmp(in->often, "yes") == 0, ""));
    if (strcmp(survey->kind, BANK_END) == 0)
        TRY(survey_answer(req, survey, "recommend", in->recommend, ""));
    if (in->words != NULL && in->words[0] != '\0')
        TRY(survey_answer(req, survey, "words", 0, in->words));
    return keep_own(req, survey, &form, said);
}

static enum rc act_survey(struct req *req)
{
    const struct survey_form *in = req->in;
    struct pair pair;
    struct survey survey;
    TRY(pair_load(req, &pair));
    TRY(survey_find(req, pair.match.id, req_id(req, "survey"), &survey));
    if (survey_shape(survey.kind) != req->route->in)
        return RC_NOT_FOUND;
    TRY(survey_take(req, &survey, pair.cohort.programme, in));
    bool bad = in->fit != NULL && strcmp(in->fit, "not") == 0 && pair_is_open(&pair);
    if (bad)
        return pair_go(req, &pair,
                       MSG("Thank you for saying it. Here you can end the match without blame."),
                       "/end");
    return pair_go(req, &pair, MSG("Thank you. It is kept."), "");
}

// clang-format off
const struct route pair_feel_routes[] = {
    {WEB_GET,  "/pairs/:pair/feedback/:meeting",     CAN_JOIN, NULL,          NULL, NULL,       load_report, write_report, MSG("How useful was it?"), .out = &feedback_out},
    {WEB_POST, "/pairs/:pair/feedback/:meeting",     CAN_JOIN, &report_shape, NULL, act_report, load_report, write_report, MSG("How useful was it?")},
    {WEB_GET,  "/pairs/:pair/questions/fit/:survey",   CAN_JOIN, NULL,          NULL, NULL,       load_survey, write_survey, MSG("Does it fit?")},
    {WEB_POST, "/pairs/:pair/questions/fit/:survey",   CAN_JOIN, &fit_shape,    NULL, act_survey, load_survey, write_survey, MSG("Does it fit?")},
    {WEB_GET,  "/pairs/:pair/questions/early/:survey", CAN_JOIN, NULL,          NULL, NULL,       load_survey, write_survey, MSG("It ended early")},
    {WEB_POST, "/pairs/:pair/questions/early/:survey", CAN_JOIN, &early_shape,  NULL, act_survey, load_survey, write_survey, MSG("It ended early")},
    {WEB_GET,  "/pairs/:pair/questions/pulse/:survey", CAN_JOIN, NULL,          NULL, NULL,       load_survey,  write_survey, MSG("How does it go?")},
    {WEB_POST, "/pairs/:pair/questions/pulse/:survey", CAN_JOIN, &pulse_shape,  NULL, act_survey, load_survey,  write_survey, MSG("How does it go?")},
    {WEB_GET,  "/pairs/:pair/questions/mid/:survey",   CAN_JOIN, NULL,          NULL, NULL,       load_survey, write_survey, MSG("Half of the time")},
    {WEB_POST, "/pairs/:pair/questions/mid/:survey",   CAN_JOIN, &mid_shape,    NULL, act_survey, load_survey, write_survey, MSG("Half of the time")},
    {WEB_GET,  "/pairs/:pair/questions/end/:survey",   CAN_JOIN, NULL,          NULL, NULL,       load_survey, write_survey, MSG("Looking back")},
    {WEB_POST, "/pairs/:pair/questions/end/:survey",   CAN_JOIN, &end_shape,    NULL, act_survey, load_survey, write_survey, MSG("Looking back")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
