// SPDX-License-Identifier: Apache-2.0
//
// Why: how a cohort is supported: which plans its pairs get, what waits for a coordinator, which
// training is asked for and when, and who has completed it.
#include <stdlib.h>
#include <string.h>

#include "app/support/support_page.h"
#include "app_support_support_cohort.html.h"

struct rules_form {
    const char *mentee_when;
    const char *mentee_training;
    const char *mentor_when;
    const char *mentor_training;
};
struct turn_form {
    int64_t match;
    int64_t item;
};

// clang-format off
static const struct field_option moments[] = {
    {"none",    MSG("Not at all")},
    {"meeting", MSG("Before her first meeting")},
    {"pool",    MSG("Before she can be matched")}, {NULL, NULL},
};
static const struct field rules_fields[] = {
    {"mentee_when",     FIELD_ONE,    FIELD_TEXT_OF(struct rules_form, mentee_when),     1, 1,  MSG("When must a mentee have done a training?"), "", moments},
    {"mentor_when",     FIELD_ONE,    FIELD_TEXT_OF(struct rules_form, mentor_when),     1, 1,  MSG("When must a mentor have done a training?"), "", moments},
    {"mentee_training", FIELD_HIDDEN, FIELD_TEXT_OF(struct rules_form, mentee_training), 0, 30, MSG("Training of mentees"), "", NULL},
    {"mentor_training", FIELD_HIDDEN, FIELD_TEXT_OF(struct rules_form, mentor_training), 0, 30, MSG("Training of mentors"), "", NULL},
};
static const struct field turn_fields[] = {
    {"match", FIELD_INTEGER, FIELD_INT_OF(struct turn_form, match), 1, INT64_MAX, MSG("Pair"), "", NULL},
    {"item",  FIELD_INTEGER, FIELD_INT_OF(struct turn_form, item),  1, INT64_MAX, MSG("Step"), "", NULL},
};
// clang-format on
static const struct shape rules_shape = SHAPE(struct rules_form, rules_fields);
static const struct shape turn_shape = SHAPE(struct turn_form, turn_fields);
static const char *const roles[] = {"mentee", "mentor"};

static enum rc make_view(struct req *req, struct support_view **ret_view)
{
    struct support_view *view = ARENA_NEW(req->arena, struct support_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    view->form = &req->form;
    view->shape = &rules_shape;
    view->zone = req->actor.zone;
    view->action = req_path(req);
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc load_cohort(struct req *req)
{
    struct support_view *view = NULL;
    TRY(make_view(req, &view));
    TRY(plan_list(req, view->cohort.id, &view->plans, &view->plan_count));
    TRY(pair_item_staff(req, view->cohort.id, &view->todo, &view->todo_count));
    TRY(training_list(req, false, &view->trainings, &view->training_count));
    for (int k = 0; k < 2; k++) {
        TRY(training_rule_find(req->tx, req->arena, view->cohort.id, roles[k], &view->rules[k]));
        TRY(training_shares(req, view->cohort.id, roles[k], &view->shares[k]));
    }
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    struct rules_form now = {view->rules[0].moment, "", view->rules[1].moment, ""};
    const char **chosen[] = {&now.mentee_training, &now.mentor_training};
    for (int k = 0; k < 2; k++)
        if (view->rules[k].training != 0)
            *chosen[k] = arena_printf(req->arena, "%lld", (long long)view->rules[k].training);
    if (now.mentee_training == NULL || now.mentor_training == NULL)
        return RC_NO_MEMORY;
    return shape_edit(&rules_shape, &req->form, &now);
}

static void write_cohort(struct html *html, struct req *req)
{
    page_cohort_support(html, req->view);
}

static enum rc set_rule(struct req *req, const char *role, const char *moment, const char *training)
{
    struct training found;
    struct training_rule rule = {role, moment, strtoll(training, NULL, 10)};
    const char *name = text_same(role, "mentee") ? "mentee_training" : "mentor_training";
    bool none = strcmp(moment, "none") == 0;
    if (none && training_find(req, rule.training, false, &found) != RC_OK)
        rule.training = 0;
    else if (training_find(req, rule.training, false, &found) != RC_OK ||
             strcmp(found.role, role) != 0)
        return form_refuse(&req->form, name, MSG("Choose which training"));
    return training_rule_set(req->tx, req_id(req, "cohort"), &rule);
}

static enum rc act_rules(struct req *req)
{
    const struct rules_form *in = req->in;
    struct cohort cohort;
    TRY(cohort_load(req, &cohort));
    enum rc mentee = set_rule(req, "mentee", in->mentee_when, in->mentee_training);
    enum rc mentor = set_rule(req, "mentor", in->mentor_when, in->mentor_training);
    TRY(mentee);
    TRY(mentor);
    return req_go(req, MSG("The rules are kept."), "/cohorts/%lld/support", (long long)cohort.id);
}

// A coordinator who takes part in the pair herself does not tick for it.
static enum rc act_turn(struct req *req)
{
    const struct turn_form *in = req->in;
    const struct app_place at = app_here(req);
    struct db_rows *r = NULL;
    int64_t cohort = req_id(req, "cohort");
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT 1 FROM match m JOIN enrolment x ON x.id = m.mentee JOIN enrolment y ON y.id "
        "= m.mentor WHERE m.id = $1 AND m.cohort = $2 AND x.person <> $3 AND y.person <> $3",
        DB_ARGS(DB_INT(in->match), DB_INT(cohort), DB_INT(req->actor.person))));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    TRY(pair_item_turn(&at, in->match, in->item, "coordinator", true, req->actor.person));
    return req_go(req, MSG("Done."), "/cohorts/%lld/support", (long long)cohort);
}

// ---- who has completed what --------------------------------------------------------------------

static enum rc load_people(struct req *req)
{
    struct support_view *view = NULL;
    const char *role = form_value(&req->form, "role");
    TRY(make_view(req, &view));
    view->role = role != NULL && strcmp(role, "mentor") == 0 ? "mentor" : "mentee";
    view->from = form_number(&req->form, "from");
    if (view->from > 100000)
        view->from = 0;
    TRY(training_shares(req, view->cohort.id, view->role, &view->shares[0]));
    TRY(training_stands(req, view->cohort.id, view->role, view->from, &view->stands,
                        &view->stand_count));
    if (view->stand_count > STANDS_A_PAGE) {
        view->stand_count = STANDS_A_PAGE;
        TRY(req_next(req, "from", view->from + STANDS_A_PAGE, &view->next));
    }
    return RC_OK;
}

static void write_people(struct html *html, struct req *req)
{
    page_cohort_training(html, req->view);
}

// clang-format off
const struct route support_cohort_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/support",        CAN_REVIEW_PEOPLE, NULL,         NULL, NULL,      load_cohort, write_cohort, MSG("Plans and training"), &cohort_support_out},
    {WEB_POST, "/cohorts/:cohort/support",        CAN_REVIEW_PEOPLE, &rules_shape, NULL, act_rules, load_cohort, write_cohort, MSG("Plans and training")},
    {WEB_POST, "/cohorts/:cohort/support/turn",   CAN_REVIEW_PEOPLE, &turn_shape,  NULL, act_turn,  load_cohort, write_cohort, MSG("A coordinator's step")},
    {WEB_GET,  "/cohorts/:cohort/support/people", CAN_REVIEW_PEOPLE, NULL,         NULL, NULL,      load_people, write_people, MSG("Who has done the training"), &cohort_training_out, .query = "role from"},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
