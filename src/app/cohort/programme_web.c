// SPDX-License-Identifier: Apache-2.0
//
// Why: programmes: their pages, making one ready step by step, another one like it, and its end.
#include <string.h>

#include "app/account/account.h"
#include "app/cohort/programme.h"
#include "app/cohort/programme_page.h"
#include "app/cohort/words.h"
#include "app_cohort_programme.html.h"

struct edit_programme {
    const char *name;
    const char *about;
    const char *cohort_about;
    int64_t weeks;
    const char *cadence;
    int64_t hours;
};

struct new_programme {
    const char *name;
    const char *about;
};

struct ending {
    int64_t ended;
};

// clang-format off
static const struct field_option cadences[] = {
    {"1", MSG("Every week")}, {"2", MSG("Every two weeks")}, {"3", MSG("Every three weeks")}, {"4", MSG("Every four weeks")}, {NULL, NULL},
};
static const struct field edit_fields[] = {
    {"name",         FIELD_LINE,    FIELD_TEXT_OF(struct edit_programme, name),         1, 100,  MSG("Name of the programme"), "", NULL},
    {"about",        FIELD_TEXT,    FIELD_TEXT_OF(struct edit_programme, about),        1, 4000, MSG("What it is about"), MSG("It stands on the programme's page, which everybody can read."), NULL},
    {"cohort_about", FIELD_TEXT,    FIELD_TEXT_OF(struct edit_programme, cohort_about), 1, 4000, MSG("What a cohort is about"), MSG("New cohorts begin with this text: for whom it is, what it aims at, and what it asks of both sides."), NULL},
    {"weeks",        FIELD_INTEGER, FIELD_INT_OF(struct edit_programme, weeks),         4, 52,   MSG("How many weeks a cohort lasts"), MSG("From 4 to 52. Half a year is usual: 26."), NULL},
    {"cadence",      FIELD_ONE,     FIELD_TEXT_OF(struct edit_programme, cadence),      1, 1,    MSG("How often pairs meet"), MSG("Both sides see it before they join."), cadences},
    {"hours",        FIELD_INTEGER, FIELD_INT_OF(struct edit_programme, hours),         1, 40,   MSG("Hours a month that it asks for, at least"), "", NULL},
};
static const struct field new_fields[] = {
    {"name",  FIELD_LINE, FIELD_TEXT_OF(struct new_programme, name),  1, 100,  MSG("Name of the programme"), MSG("Such as: Mentoring for women in data."), NULL},
    {"about", FIELD_TEXT, FIELD_TEXT_OF(struct new_programme, about), 1, 4000, MSG("What it is about"), MSG("It stands on the programme's page, which everybody can read."), NULL},
};
static const struct field end_fields[] = {
    {"ended", FIELD_INTEGER, FIELD_INT_OF(struct ending, ended), 0, 1, MSG("Ended"), "", NULL},
};
static const struct programme_stage stages[] = {
    {"texts",      MSG("Texts and length"),      MSG("What people read about the programme, how long a cohort lasts, and how often pairs meet."), MSG("Change the texts"), "/programmes/%lld/edit", false},
    {"objectives", MSG("Objectives"),            MSG("What the programme aims at, and how everybody will know whether it got there. Goals of pairs can be linked to them."), MSG("Change the objectives"), "/cohorts/%lld/objectives", false},
    {"questions",  MSG("Questions at sign-up"),  MSG("Level, aims, languages, times, formats, access needs and caregiving are asked anyway, because matching and fairness need them; next to each stands who sees the answer. Here you add your own questions for either side."), MSG("Change the questions, or add the usual ones"), "/cohorts/%lld/questions", false},
    {"topics",     MSG("Topics"),                MSG("What mentees can wish for and mentors can offer."), MSG("Change the topics"), "/programmes/%lld/topics", false},
    {"rules",      MSG("Rules of matching"),     MSG("What a pair must have in common, and how much each other thing counts."), MSG("Change the rules"), "/cohorts/%lld/rules", false},
    {"letters",    MSG("Letters"),               MSG("What people get by mail when something happens. Each can be put into your own words, in each language."), MSG("Change the letters"), "/programmes/%lld/letters", false},
    {"team",       MSG("Who runs it"),           MSG("Programme managers can do everything in this programme, and nothing in others. Coordinators, the committee and those named for safety are named for each cohort."), MSG("Change who runs it"), "/cohorts/%lld/team", false},
    {"cohort",     MSG("The first cohort"),      MSG("A cohort has its dates and its people. It begins with what you have set here, and can be changed by itself."), MSG("Start a cohort"), "/cohorts/new?programme=%lld", false},
};
// clang-format on
enum { STAGES = sizeof stages / sizeof stages[0] };

static const struct shape edit_shape = SHAPE(struct edit_programme, edit_fields);
static const struct shape new_shape = SHAPE(struct new_programme, new_fields);
static const struct shape end_shape = SHAPE(struct ending, end_fields);

// ---- what all pages show -----------------------------------------------------------------------

static enum rc new_view(struct req *req, const struct shape *shape,
                        struct programme_view **ret_view)
{
    struct programme_view *view = ARENA_NEW(req->arena, struct programme_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->shape = shape;
    view->action = req_path(req);
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

// The path of a step is made of a literal of the table above, whose one place is the programme's
// id.
static const char *stage_path(struct arena *arena, const char *path, int64_t programme)
{
    const char *place = strstr(path, "%lld");
    if (place == NULL)
        return path;
    return arena_printf(arena, "%.*s%lld%s", (int)(place - path), path, (long long)programme,
                        place + strlen("%lld"));
}

static enum rc add_stages(struct req *req, struct programme_view *view)
{
    view->stages = ARENA_ARRAY(req->arena, struct programme_stage, STAGES);
    if (view->stages == NULL)
        return RC_NO_MEMORY;
    view->stage_count = STAGES;
    for (size_t k = 0; k < STAGES; k++) {
        struct programme_stage *stage = &view->stages[k];
        *stage = stages[k];
        stage->path = stage_path(req->arena, stage->path, view->programme.id);
        stage->done = (view->programme.steps >> k & 1) != 0;
        view->done += stage->done;
        if (view->now == NULL && !stage->done)
            view->now = stage;
        if (stage->path == NULL)
            return RC_NO_MEMORY;
    }
    return RC_OK;
}

static enum rc make_view(struct req *req, const struct shape *shape,
                         struct programme_view **ret_view)
{
    struct programme_view *view = NULL;
    int64_t id = req_id(req, "programme");
    TRY(new_view(req, shape, &view));
    TRY(programme_find(req->tx, req->arena, id, &view->programme));
    TRY(cohort_find(req->tx, req->arena, id, &view->defaults));
    TRY(programme_may_run(req, id, &view->may_run));
    TRY(add_stages(req, view));
    *ret_view = view;
    return RC_OK;
}

// ---- the list, and one -------------------------------------------------------------------------

static enum rc load_own(struct req *req)
{
    struct programme_list_view *list = ARENA_NEW(req->arena, struct programme_list_view);
    if (list == NULL)
        return RC_NO_MEMORY;
    TRY(programme_list(req, true, &list->programmes, &list->count));
    TRY(programme_may_run(req, 0, &list->view.may_run));
    req->view = list;
    return RC_OK;
}

static void write_own(struct html *html, struct req *req)
{
    const struct programme_list_view *list = req->view;
    page_programmes(html, &list->view, list->programmes, list->count);
}

static enum rc load_one(struct req *req)
{
    struct programme_view *view = NULL;
    TRY(make_view(req, NULL, &view));
    if (view->programme.ended && !view->may_run)
        return RC_NOT_FOUND;
    req->title = view->programme.name;
    struct words_found found;
    TRY(words_of_reader(req, view->programme.id, &found));
    view->programme.about =
        words_in(&found, view->programme.id, "programme", view->programme.about);
    return cohort_list(req, view->programme.id, &view->cohorts, &view->count);
}

static void write_one(struct html *html, struct req *req)
{
    page_programme(html, req->view);
}

// ---- a new one, one like it, its texts, its end ------------------------------------------------

static enum rc load_new(struct req *req)
{
    struct programme_view *view = NULL;
    return new_view(req, &new_shape, &view);
}

static void write_new(struct html *html, struct req *req)
{
    page_programme_form(html, req->view, MSG("Make a new programme"),
                        MSG("It begins with everything that a programme for women in technology "
                            "needs. You then go through it step by step."),
                        MSG("Make the programme"));
}

static enum rc go_ready(struct req *req, int64_t programme, const char *said)
{
    return req_go(req, said, "/programmes/%lld/ready", (long long)programme);
}

static enum rc find_it(struct req *req, int64_t programme)
{
    const struct app_place here = app_here(req);
    return cohort_index_one(&here, programme);
}

static enum rc act_new(struct req *req)
{
    const struct new_programme *in = req->in;
    const struct programme programme = {
        .id = db_new_id(req->now_us), .name = in->name, .about = in->about};
    const struct cohort defaults = {.name = in->name,
                                    .about = in->about,
                                    .starts = "2027-03-01",
                                    .weeks = 26,
                                    .cadence = 2,
                                    .hours = 2};
    TRY(programme_add(req->tx, &programme, &defaults, req->now_us));
    TRY(programme_add_objectives(req->tx, programme.id, req->now_us));
    TRY(find_it(req, programme.id));
    return go_ready(req, programme.id, MSG("The programme is made. Go through it step by step."));
}

static enum rc load_clone(struct req *req)
{
    struct programme_view *view = NULL;
    TRY(make_view(req, &new_shape, &view));
    const struct new_programme now = {"", view->programme.about};
    return req->form.error_count > 0 ? RC_OK : shape_show(&new_shape, &req->form, &now);
}

static void write_clone(struct html *html, struct req *req)
{
    page_programme_form(
        html, req->view, MSG("Make another programme like this"),
        MSG("It begins with the objectives, questions, topics, rules and letters of "
            "this one. Cohorts, people and the team are not copied."),
        MSG("Make the programme"));
}

// Whoever makes it manages it.
static enum rc act_clone(struct req *req)
{
    const struct new_programme *in = req->in;
    struct cohort defaults;
    int64_t from = req_id(req, "programme");
    const struct programme programme = {
        .id = db_new_id(req->now_us), .name = in->name, .about = in->about};
    const struct app_place here = app_here(req);
    const struct announcement made = {
        .what = ANNOUNCE_COHORT_MADE, .cohort = programme.id, .subject = from};
    TRY(cohort_find(req->tx, req->arena, from, &defaults));
    if (!cohort_is_template(&defaults))
        return RC_NOT_FOUND;
    defaults.name = in->name;
    TRY(programme_add(req->tx, &programme, &defaults, req->now_us));
    TRY(objective_take_over(req->tx, from, programme.id, req->now_us));
    TRY(letter_text_copy(req, from, programme.id));
    TRY(account_give_role(req->tx, req->actor.person, programme.id, ROLE_MANAGER));
    TRY(app_announce(&here, &made));
    TRY(find_it(req, programme.id));
    return go_ready(req, programme.id, MSG("The programme is made. Go through it step by step."));
}

static enum rc load_edit(struct req *req)
{
    struct programme_view *view = NULL;
    TRY(make_view(req, &edit_shape, &view));
    const struct cohort *c = &view->defaults;
    const char *cadence = arena_printf(req->arena, "%d", (int)c->cadence);
    const struct edit_programme now = {
        view->programme.name, view->programme.about, c->about, c->weeks, cadence, c->hours};
    if (cadence == NULL)
        return RC_NO_MEMORY;
    return req->form.error_count > 0 ? RC_OK : shape_edit(&edit_shape, &req->form, &now);
}

static void write_edit(struct html *html, struct req *req)
{
    page_programme_form(html, req->view, MSG("Texts and length"),
                        MSG("Cohorts that are there stay as they are; new ones begin with this."),
                        MSG("Keep it"));
}

static enum rc act_edit(struct req *req)
{
    const struct edit_programme *in = req->in;
    struct programme programme;
    struct cohort defaults;
    int64_t id = req_id(req, "programme");
    TRY(programme_find(req->tx, req->arena, id, &programme));
    TRY(cohort_find(req->tx, req->arena, id, &defaults));
    programme.name = in->name;
    programme.about = in->about;
    defaults.name = in->name;
    defaults.about = in->cohort_about;
    defaults.weeks = in->weeks;
    defaults.cadence = in->cadence[0] - '0';
    defaults.hours = in->hours;
    TRY(programme_update(req->tx, &programme));
    TRY(cohort_update(req->tx, &defaults));
    TRY(find_it(req, id));
    return req_go(req, MSG("It is kept."), "/programmes/%lld/ready/texts", (long long)id);
}

static enum rc act_end(struct req *req)
{
    const struct ending *in = req->in;
    int64_t id = req_id(req, "programme");
    struct programme programme;
    TRY(programme_find(req->tx, req->arena, id, &programme));
    TRY(programme_end(req->tx, id, in->ended != 0 ? req->now_us : 0));
    TRY(find_it(req, id));
    return req_go(req,
                  in->ended != 0 ? MSG("The programme has ended. Its cohorts are kept.")
                                 : MSG("The programme goes on."),
                  "/programmes/%lld", (long long)id);
}

// ---- making it ready, step by step -------------------------------------------------------------

static enum rc load_ready(struct req *req)
{
    struct programme_view *view = NULL;
    return make_view(req, NULL, &view);
}

static void write_ready(struct html *html, struct req *req)
{
    page_programme_ready(html, req->view);
}

static enum rc find_stage(struct req *req, size_t *ret_stage)
{
    for (size_t k = 0; k < STAGES; k++)
        if (strcmp(stages[k].name, req_param(req, "step")) == 0) {
            *ret_stage = k;
            return RC_OK;
        }
    return RC_NOT_FOUND;
}

static enum rc load_step(struct req *req)
{
    struct programme_view *view = NULL;
    size_t stage = 0;
    TRY(find_stage(req, &stage));
    TRY(make_view(req, NULL, &view));
    view->now = &view->stages[stage];
    TRY(programme_count(req, view->programme.id, &view->counts));
    TRY(objective_list_counted(req, &view->defaults, &view->objectives, &view->objective_count));
    return team_list(req, view->programme.id, &view->team, &view->team_count);
}

static void write_step(struct html *html, struct req *req)
{
    page_programme_step(html, req->view);
}

// On to the next step that was not looked through, or to the end.
static enum rc act_step(struct req *req)
{
    struct programme programme;
    size_t stage = 0;
    int64_t id = req_id(req, "programme");
    TRY(find_stage(req, &stage));
    TRY(programme_find(req->tx, req->arena, id, &programme));
    int64_t steps = programme.steps | (int64_t)1 << stage;
    TRY(programme_step(req->tx, id, steps));
    for (size_t k = 1; k < STAGES; k++) {
        size_t next = (stage + k) % STAGES;
        if ((steps >> next & 1) == 0)
            return req_go(req, NULL, "/programmes/%lld/ready/%s", (long long)id, stages[next].name);
    }
    return go_ready(req, id, NULL);
}

// clang-format off
const struct route programme_routes[] = {
    {WEB_GET,  "/programmes",                        CAN_START_COHORTS,    NULL,        NULL, NULL,      load_own,   write_own,   MSG("Programmes that I run"), .out = &programmes_out},
    {WEB_GET,  "/programmes/new",                    CAN_RUN_ORGANISATION, NULL,        NULL, NULL,      load_new,   write_new,   MSG("Make a new programme")},
    {WEB_POST, "/programmes/new",                    CAN_RUN_ORGANISATION, &new_shape,  NULL, act_new,   load_new,   write_new,   MSG("Make a new programme")},
    {WEB_GET,  "/programmes/:programme",             CAN_VISIT,            NULL,        NULL, NULL,      load_one,   write_one,   MSG("Programme"), .out = &programme_page_out},
    {WEB_GET,  "/programmes/:programme/edit",        CAN_EDIT_TEXTS,       NULL,        NULL, NULL,      load_edit,  write_edit,  MSG("Texts and length"), .out = &web_out_form},
    {WEB_POST, "/programmes/:programme/edit",        CAN_EDIT_TEXTS,       &edit_shape, NULL, act_edit,  load_edit,  write_edit,  MSG("Texts and length")},
    {WEB_GET,  "/programmes/:programme/clone",       CAN_RUN_COHORTS,      NULL,        NULL, NULL,      load_clone, write_clone, MSG("Make another programme like this")},
    {WEB_POST, "/programmes/:programme/clone",       CAN_RUN_COHORTS,      &new_shape,  NULL, act_clone, load_clone, write_clone, MSG("Make another programme like this")},
    {WEB_POST, "/programmes/:programme/end",         CAN_RUN_COHORTS,      &end_shape,  NULL, act_end,   load_one,   write_one,   MSG("End a programme")},
    {WEB_GET,  "/programmes/:programme/ready",       CAN_RUN_COHORTS,      NULL,        NULL, NULL,      load_ready, write_ready, MSG("Make a programme ready"), .out = &programme_ready_out},
    {WEB_GET,  "/programmes/:programme/ready/:step", CAN_RUN_COHORTS,      NULL,        NULL, NULL,      load_step,  write_step,  MSG("Make a programme ready")},
    {WEB_POST, "/programmes/:programme/ready/:step", CAN_RUN_COHORTS,      NULL,        NULL, act_step,  load_step,  write_step,  MSG("Look through a step")},
    {0,        NULL,                                 0,                    NULL,        NULL, NULL,      NULL,       NULL,        NULL},
};
// clang-format on
