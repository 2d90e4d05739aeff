// SPDX-License-Identifier: Apache-2.0
//
// Why: looking after concerns: the list of what one may read, opening one (which the log keeps),
// answering, moving it on; and what a cohort sets for its safety.
#include <string.h>

#include "app/audit/audit.h"
#include "app/concern/concern_page.h"
#include "app_concern_concern.html.h"

struct safety_form {
    const char *emergency;
    const char *outside_name;
    const char *outside_email;
    const char *exit_url;
};

// clang-format off
static const struct field answer_fields[] = {
    {"state", FIELD_ONE,  FIELD_TEXT_OF(struct care_answer, state), 1, 1,    MSG("How does it stand?"), MSG("One step after the other."), concern_states},
    {"text",  FIELD_TEXT, FIELD_TEXT_OF(struct care_answer, text),  0, 5000, MSG("What you did or found"), MSG("Facts, times, who. Those who may read this concern read it."), NULL},
    {"shown", FIELD_TICK, FIELD_INT_OF(struct care_answer, shown),  0, 1,    MSG("Show these words to the one who said it"), "", NULL},
};
static const struct field safety_fields[] = {
    {"emergency",     FIELD_TEXT,  FIELD_TEXT_OF(struct safety_form, emergency),     0, 1000, MSG("Emergency numbers"), MSG("A line each, such as: Spain: 112; violence against women: 016. Everybody sees them on the page that asks for help."), NULL},
    {"outside_name",  FIELD_LINE,  FIELD_TEXT_OF(struct safety_form, outside_name),  0, 100,  MSG("Somebody outside of the programme"), MSG("Reads what is about all who are named for behaviour and safety."), NULL},
    {"outside_email", FIELD_EMAIL, FIELD_TEXT_OF(struct safety_form, outside_email), 0, 254,  MSG("Her e-mail address"), MSG("She needs no account. She gets a link, and no word of it by mail."), NULL},
    {"exit_url",      FIELD_LINK,  FIELD_TEXT_OF(struct safety_form, exit_url),      0, 200,  MSG("Where \"Leave this page quickly\" leads"), MSG("An address that says nothing, such as that of a newspaper or an encyclopedia."), NULL},
};
// clang-format on
const struct shape care_shape = SHAPE(struct care_answer, answer_fields);
static const struct shape safety_shape = SHAPE(struct safety_form, safety_fields);

const char *concern_ladder_label(int64_t ladder)
{
    static const char *const labels[] = {MSG("nothing yet"), MSG("somebody has talked with her"),
                                         MSG("she has left this programme"),
                                         MSG("she has left all programmes")};
    return ladder >= LADDER_NONE && ladder <= LADDER_PROGRAMME ? labels[ladder] : "";
}

static enum rc make_view(struct req *req, struct care_view **ret_view)
{
    struct care_view *view = ARENA_NEW(req->arena, struct care_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    view->zone = req->actor.zone;
    view->now_us = req->now_us;
    view->me = req->actor.person;
    view->form = &req->form;
    TRY(safety_find(req->tx, req->arena, view->cohort.id, &view->safety));
    TRY(concern_leads(req->tx, req->arena, view->cohort.id, &view->leads));
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

// ---- the list ----------------------------------------------------------------------------------

static enum rc load_concerns(struct req *req)
{
    struct care_view *view = NULL;
    TRY(make_view(req, &view));
    view->may_set = req->actor.admin;
    if (!view->may_set)
        TRY(app_has_role(req, ROLE_MANAGER, view->cohort.id, &view->may_set));
    if (!view->may_set)
        TRY(app_has_role(req, ROLE_COORDINATOR, view->cohort.id, &view->may_set));
    if (view->may_set)
        TRY(glass_list(req, view->cohort.id, &view->glasses, &view->glass_count));
    return concern_list(req, view->cohort.id, 0, &view->concerns, &view->count);
}

static void write_concerns(struct html *html, struct req *req)
{
    page_concerns(html, req->view);
}

// ---- one ---------------------------------------------------------------------------------------

enum rc care_fill(struct req *req, struct care_view *view)
{
    struct concern *c = &view->concerns[0];
    const char *where = arena_printf(req->arena, "/cohorts/%lld/concerns/%lld",
                                     (long long)c->cohort, (long long)c->id);
    if (where == NULL)
        return RC_NO_MEMORY;
    TRY(audit_note(req, MSG("A concern was read"), where));
    TRY(concern_unseal(req, c));
    TRY(concern_evidence_read(req, c, &view->evidence));
    TRY(concern_words(req, c->id, false, &view->words, &view->word_count));
    TRY(concern_about(req, c->id, &view->people, &view->person_count));
    view->open = true;
    if (req->form.error_count > 0)
        return RC_OK;
    const struct care_answer now = {c->state, "", 0}; // what was sent is done
    return shape_show(&care_shape, &req->form, &now);
}

static enum rc find_pair(struct req *req, struct care_view *view)
{
    struct pair pair = {0};
    if (view->concern->match == 0 ||
        pair_find(req->tx, req->arena, view->concern->match, &pair) != RC_OK)
        return RC_OK;
    view->may_hold =
        strcmp(pair.match.state, "active") == 0 || strcmp(pair.match.state, "closing") == 0;
    view->is_held = pair.held_back && strcmp(pair.match.state, "paused") == 0;
    return RC_OK;
}

enum rc care_load(struct req *req)
{
    struct care_view *view = NULL;
    struct concern *concern = ARENA_NEW(req->arena, struct concern);
    TRY(make_view(req, &view));
    if (concern == NULL)
        return RC_NO_MEMORY;
    TRY(concern_find(req, view->cohort.id, req_id(req, "concern"), concern));
    view->concerns = concern;
    view->count = 1;
    view->concern = concern;
    view->shape = &care_shape;
    view->base = arena_printf(req->arena, "/cohorts/%lld/concerns/%lld", (long long)concern->cohort,
                              (long long)concern->id);
    view->action = view->base;
    if (view->base == NULL)
        return RC_NO_MEMORY;
    TRY(find_pair(req, view));
    if (concern->linked != 0)
        TRY(concern_may_read(req, view->cohort.id, concern->linked, &view->may_link));
    return req->writes ? care_fill(req, view) : RC_OK;
}

void care_write(struct html *html, struct req *req)
{
    page_concern(html, req->view);
}

enum rc care_open(struct req *req, struct concern *ret_concern)
{
    return concern_find(req, req_id(req, "cohort"), req_id(req, "concern"), ret_concern);
}

static enum rc act_open(struct req *req)
{
    struct concern concern;
    return care_open(req, &concern);
}

enum rc care_answer(struct req *req, const struct concern *concern, const char *who)
{
    const struct care_answer *in = req->in;
    bool moved = strcmp(in->state, concern->state) != 0;
    if (!moved && in->text[0] == '\0')
        return form_refuse(&req->form, "text", MSG("Write something, or choose how it stands now"));
    if (moved && !concern_may_move(concern->state, in->state))
        return form_refuse(&req->form, "state",
                           MSG("First read, then looked after, then settled or given higher"));
    if (moved && strcmp(in->state, "escalated") == 0 && in->text[0] == '\0')
        return form_refuse(&req->form, "text", MSG("Say why it is given to somebody higher"));
    if (moved)
        TRY(concern_move(req, concern, in->state));
    if (in->text[0] != '\0')
        TRY(concern_word_add(req, concern->id, who, in->text, in->shown == 1));
    if (moved || in->shown == 1)
        TRY(concern_tell_reporter(req, concern));
    return RC_OK; // the page is shown again, open
}

static enum rc act_answer(struct req *req)
{
    struct concern concern;
    TRY(care_open(req, &concern));
    return care_answer(req, &concern, "reader");
}

// ---- what a cohort sets ------------------------------------------------------------------------

static enum rc load_set(struct req *req)
{
    struct care_view *view = NULL;
    TRY(make_view(req, &view));
    view->shape = &safety_shape;
    view->action = req_path(req);
    if (view->action == NULL)
        return RC_NO_MEMORY;
    if (req->http->method != WEB_GET)
        return RC_OK;
    const struct safety_form now = {view->safety.emergency, view->safety.outside_name,
                                    view->safety.outside_email, view->safety.exit_url};
    return shape_edit(&safety_shape, &req->form, &now);
}

static void write_set(struct html *html, struct req *req)
{
    page_safety(html, req->view);
}

static enum rc act_set(struct req *req)
{
    const struct safety_form *in = req->in;
    struct cohort cohort;
    TRY(cohort_load(req, &cohort));
    if ((in->outside_name[0] == '\0') != (in->outside_email[0] == '\0'))
        return form_refuse(&req->form, "outside_email", MSG("Give both her name and her address"));
    const struct concern_safety safety = {in->emergency, in->outside_name, in->outside_email,
                                          in->exit_url};
    TRY(safety_set(req, cohort.id, &safety));
    return req_go(req, MSG("It is kept."), "/cohorts/%lld/concerns", (long long)cohort.id);
}

// clang-format off
const struct route concern_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/concerns",               CAN_HANDLE_CASES,  NULL,          NULL, NULL,       load_concerns, write_concerns, MSG("Concerns"), .out = &concerns_out},
    {WEB_GET,  "/cohorts/:cohort/concerns/:concern",      CAN_HANDLE_CASES,  NULL,          NULL, NULL,       care_load,     care_write,     MSG("A concern"), .out = &concern_out},
    {WEB_POST, "/cohorts/:cohort/concerns/:concern",      CAN_HANDLE_CASES,  &care_shape,   NULL, act_answer, care_load,     care_write,     MSG("A concern")},
    {WEB_POST, "/cohorts/:cohort/concerns/:concern/open", CAN_HANDLE_CASES,  NULL,          NULL, act_open,   care_load,     care_write,     MSG("Open a concern")},
    {WEB_GET,  "/cohorts/:cohort/safety",                 CAN_REVIEW_PEOPLE, NULL,          NULL, NULL,       load_set,      write_set,      MSG("Safety"), .out = &web_out_form},
    {WEB_POST, "/cohorts/:cohort/safety",                 CAN_REVIEW_PEOPLE, &safety_shape, NULL, act_set,    load_set,      write_set,      MSG("Safety")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
