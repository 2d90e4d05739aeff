// SPDX-License-Identifier: Apache-2.0
//
// Why: a cohort is made ready step by step, and everything can be changed later: its texts and
// dates, and who runs it.
#include <string.h>

#include "app/account/account.h"
#include "app/cohort/cohort.h"
#include "app/cohort/cohort_page.h"
#include "app/cohort/cohort_store.h"
#include "app/cohort/objective.h"
#include "app_cohort_cohort.html.h"

struct edit_cohort {
    const char *name;
    const char *about;
    const char *starts;
    int64_t weeks;
    const char *cadence;
    int64_t hours;
    const char *opens;
    const char *closes;
    int64_t late;
};

struct new_member {
    const char *email;
    const char *role;
};

struct old_member {
    int64_t row;
    const char *role;
};

// clang-format off
static const struct field_option cadences[] = {
    {"1", MSG("Every week")}, {"2", MSG("Every two weeks")}, {"3", MSG("Every three weeks")}, {"4", MSG("Every four weeks")}, {NULL, NULL},
};
static const struct field edit_fields[] = {
    {"name",    FIELD_LINE,    FIELD_TEXT_OF(struct edit_cohort, name),    1, 100,  MSG("Name"),             "", NULL},
    {"about",   FIELD_TEXT,    FIELD_TEXT_OF(struct edit_cohort, about),   1, 4000, MSG("What it is about"), MSG("For whom it is, what it aims at, and what it asks of both sides."), NULL},
    {"opens",   FIELD_DAY,     FIELD_TEXT_OF(struct edit_cohort, opens),   0, 10,   MSG("Sign-up opens on"),  MSG("As year-month-day. On that day you are reminded; you open it yourself."), NULL},
    {"closes",  FIELD_DAY,     FIELD_TEXT_OF(struct edit_cohort, closes),  0, 10,   MSG("Sign-up closes on"), MSG("People see it while sign-up is open."), NULL},
    {"late",    FIELD_TICK,    FIELD_INT_OF(struct edit_cohort, late),     0, 1,    MSG("People may also join later, while pairs are found and under way"), "", NULL},
    {"starts",  FIELD_DAY,     FIELD_TEXT_OF(struct edit_cohort, starts),  1, 10,   MSG("First day"),        MSG("As year-month-day, such as 2027-03-01."), NULL},
    {"weeks",   FIELD_INTEGER, FIELD_INT_OF(struct edit_cohort, weeks),    4, 52,   MSG("How many weeks"),   MSG("From 4 to 52. Half a year is usual: 26."), NULL},
    {"cadence", FIELD_ONE,     FIELD_TEXT_OF(struct edit_cohort, cadence), 1, 1,    MSG("How often pairs meet"), MSG("Both sides see it before they join."), cadences},
    {"hours",   FIELD_INTEGER, FIELD_INT_OF(struct edit_cohort, hours),    1, 40,   MSG("Hours a month that it asks for, at least"), "", NULL},
};
static const struct field_option programme_roles[] = {
    {ROLE_MANAGER,     MSG("Programme manager: everything in this programme")},
    {ROLE_COORDINATOR, MSG("Coordinator of all its cohorts: reads sign-ups and finds pairs")},
    {ROLE_EDITOR,      MSG("Editor: writes its texts and letters, articles, resources and training")},
    {ROLE_REPORTER,    MSG("Reporter: reads the reports, and changes nothing")}, {NULL, NULL},
};
static const struct field_option roles[] = {
    {ROLE_COORDINATOR, MSG("Coordinator: reads sign-ups and finds pairs")},
    {ROLE_SAFEGUARDING, MSG("Named for behaviour and safety: reads such concerns, alone")},
    {ROLE_COMMITTEE,   MSG("Member of the committee: judges proposed pairs")},
    {ROLE_CHAIR,       MSG("Chair of the committee: decides when it is divided")},
    {ROLE_EDITOR,      MSG("Editor: looks after articles, resources and training")},
    {ROLE_REPORTER,    MSG("Reporter: reads the reports, and changes nothing")}, {NULL, NULL},
};
static const struct field_option all_roles[] = {
    {ROLE_MANAGER, ""}, {ROLE_COORDINATOR, ""}, {ROLE_EDITOR, ""}, {ROLE_REPORTER, ""}, {ROLE_SAFEGUARDING, ""}, {ROLE_COMMITTEE, ""}, {ROLE_CHAIR, ""}, {NULL, NULL},
};
static const struct field member_fields[] = {
    {"email", FIELD_EMAIL, FIELD_TEXT_OF(struct new_member, email), 1, 254, MSG("Her e-mail address"), MSG("She needs an account here."), NULL},
    {"role",  FIELD_ONE,   FIELD_TEXT_OF(struct new_member, role),  1, 1,   MSG("What does she do?"), "", roles},
};
static const struct field programme_member_fields[] = {
    {"email", FIELD_EMAIL, FIELD_TEXT_OF(struct new_member, email), 1, 254, MSG("Her e-mail address"), MSG("She needs an account here."), NULL},
    {"role",  FIELD_ONE,   FIELD_TEXT_OF(struct new_member, role),  1, 1,   MSG("What does she do?"), "", programme_roles},
};
static const struct field any_member_fields[] = {
    {"email", FIELD_EMAIL, FIELD_TEXT_OF(struct new_member, email), 1, 254, MSG("Her e-mail address"), "", NULL},
    {"role",  FIELD_ONE,   FIELD_TEXT_OF(struct new_member, role),  1, 1,   MSG("What does she do?"), "", all_roles},
};
static const struct field old_member_fields[] = {
    {"row",  FIELD_INTEGER, FIELD_INT_OF(struct old_member, row),   1, INT64_MAX, MSG("Person"), "", NULL},
    {"role", FIELD_ONE,     FIELD_TEXT_OF(struct old_member, role), 1, 1,         MSG("Role"),   "", all_roles},
};
// clang-format on
static const struct shape edit_shape = SHAPE(struct edit_cohort, edit_fields);
static const struct shape member_shape = SHAPE(struct new_member, member_fields);
static const struct shape any_member_shape = SHAPE(struct new_member, any_member_fields);
static const struct shape programme_member_shape =
    SHAPE(struct new_member, programme_member_fields);
static const struct shape old_member_shape = SHAPE(struct old_member, old_member_fields);

static enum rc make_view(struct req *req, const struct shape *shape, struct cohort_view **ret_view)
{
    struct cohort_view *view = ARENA_NEW(req->arena, struct cohort_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    view->form = &req->form;
    view->shape = shape;
    view->action = req_path(req);
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

// ---- the list of steps -------------------------------------------------------------------------

static enum rc load_setup(struct req *req)
{
    struct cohort_view *view = NULL;
    TRY(make_view(req, NULL, &view));
    view->next_state = cohort_next_state(view->cohort.state);
    view->due = cohort_due(req->arena, &view->cohort);
    if (view->due == NULL)
        return RC_NO_MEMORY;
    if (cohort_is_template(&view->cohort))
        return RC_NOT_FOUND;
    TRY(objective_list(req, view->cohort.id, &view->objectives, &view->objective_count));
    return team_list(req, view->cohort.id, &view->team, &view->team_count);
}

static void write_setup(struct html *html, struct req *req)
{
    page_cohort_setup(html, req->view);
}

// ---- texts and dates
// -----------------------------------------------------------------------------

static enum rc load_edit(struct req *req)
{
    struct cohort_view *view = NULL;
    TRY(make_view(req, &edit_shape, &view));
    const struct cohort *c = &view->cohort;
    const char *cadence = arena_printf(req->arena, "%d", (int)c->cadence);
    const struct edit_cohort now = {c->name,  c->about, c->starts, c->weeks, cadence,
                                    c->hours, c->opens, c->closes, c->late};
    if (cohort_is_template(c))
        return RC_NOT_FOUND;
    if (cadence == NULL)
        return RC_NO_MEMORY;
    return req->form.error_count > 0 ? RC_OK : shape_edit(&edit_shape, &req->form, &now);
}

static void write_edit(struct html *html, struct req *req)
{
    page_cohort_edit(html, req->view);
}

// Dates that people have agreed to stay as they are once pairs have begun.
static enum rc act_edit(struct req *req)
{
    const struct edit_cohort *in = req->in;
    struct cohort now;
    TRY(cohort_load(req, &now));
    bool fixed = strcmp(now.state, "running") == 0 || strcmp(now.state, "closing") == 0 ||
                 strcmp(now.state, "archived") == 0;
    if (fixed && (strcmp(now.starts, in->starts) != 0 || now.weeks != in->weeks))
        return form_refuse(
            &req->form, "starts",
            MSG("Pairs have begun: the first day and the weeks can't change any more"));
    TRY(cohort_refuse_days(req, in->opens, in->closes, in->starts));
    if (cohort_is_template(&now))
        return RC_NOT_FOUND;
    now.opens = in->opens;
    now.closes = in->closes;
    now.late = in->late;
    now.name = in->name;
    now.about = in->about;
    now.starts = in->starts;
    now.weeks = in->weeks;
    now.cadence = in->cadence[0] - '0';
    now.hours = in->hours;
    const struct app_place here = app_here(req);
    TRY(cohort_update(req->tx, &now));
    TRY(cohort_index_one(&here, now.id));
    return req_go(req, MSG("It is kept."), "/cohorts/%lld/setup", (long long)now.id);
}

// ---- who runs it
// ---------------------------------------------------------------------------------

static enum rc load_team(struct req *req)
{
    struct cohort_view *view = NULL;
    TRY(make_view(req, &member_shape, &view));
    if (cohort_is_template(&view->cohort))
        view->shape = &programme_member_shape;
    return team_list(req, view->cohort.id, &view->team, &view->team_count);
}

static void write_team(struct html *html, struct req *req)
{
    page_team(html, req->view);
}

static bool may_have(const struct field_option *options, const char *role)
{
    for (; options->value != NULL; options++)
        if (strcmp(options->value, role) == 0)
            return true;
    return false;
}

const char *cohort_role_label(const char *role)
{
    static const struct field_option labels[] = {
        {ROLE_MANAGER,      MSG("programme manager")     },
        {ROLE_COORDINATOR,  MSG("coordinator")           },
        {ROLE_EDITOR,       MSG("editor")                },
        {ROLE_REPORTER,     MSG("reporter")              },
        {ROLE_SAFEGUARDING, MSG("behaviour and safety")  },
        {ROLE_COMMITTEE,    MSG("committee")             },
        {ROLE_CHAIR,        MSG("chair of the committee")},
        {NULL,              NULL                         },
    };
    for (const struct field_option *one = labels; one->value != NULL; one++)
        if (strcmp(one->value, role) == 0)
            return one->label;
    return "";
}

static enum rc act_member(struct req *req)
{
    const struct new_member *in = req->in;
    struct account account;
    int64_t cohort = req_id(req, "cohort");
    struct cohort of;
    TRY(cohort_load(req, &of));
    if (!may_have(cohort_is_template(&of) ? programme_roles : roles, in->role))
        return form_refuse(&req->form, "role", MSG("Choose one of these"));
    enum rc rc = account_find(req->tx, req->arena, in->email, &account);
    if (rc == RC_NOT_FOUND)
        return form_refuse(&req->form, "email", MSG("Nobody here has this address"));
    TRY(rc);
    TRY(account_give_role(req->tx, account.id, cohort, in->role));
    return req_go(req, MSG("She helps to run it from now on."), "/cohorts/%lld/team",
                  (long long)cohort);
}

static enum rc act_end_member(struct req *req)
{
    const struct old_member *in = req->in;
    int64_t cohort = req_id(req, "cohort");
    TRY(account_take_role(req->tx, in->row, cohort, in->role));
    return req_go(req, MSG("She has stopped."), "/cohorts/%lld/team", (long long)cohort);
}

// clang-format off
const struct route cohort_setup_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/setup",          CAN_RUN_COHORTS, NULL,             NULL, NULL,              load_setup,      write_setup,      MSG("Make it ready"), .out = &cohort_setup_out},
    {WEB_GET,  "/cohorts/:cohort/edit",           CAN_RUN_COHORTS, NULL,             NULL, NULL,              load_edit,       write_edit,       MSG("Texts and dates"), .out = &web_out_form},
    {WEB_POST, "/cohorts/:cohort/edit",           CAN_RUN_COHORTS, &edit_shape,      NULL, act_edit,          load_edit,       write_edit,       MSG("Texts and dates")     },
    {WEB_GET,  "/cohorts/:cohort/team",           CAN_RUN_COHORTS, NULL,             NULL, NULL,              load_team,       write_team,       MSG("Who runs it"), .out = &team_out},
    {WEB_POST, "/cohorts/:cohort/team",           CAN_RUN_COHORTS, &any_member_shape,NULL, act_member,        load_team,       write_team,       MSG("Who runs it")         },
    {WEB_POST, "/cohorts/:cohort/team/end",       CAN_RUN_COHORTS, &old_member_shape,  NULL, act_end_member,    load_team,       write_team,       MSG("Somebody stops running it")},
    {0,        NULL,                              0,               NULL,             NULL, NULL,              NULL,            NULL,             NULL                       },
};
// clang-format on
