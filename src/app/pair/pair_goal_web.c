// SPDX-License-Identifier: Apache-2.0
//
// Why: the goals of a pair, from a draft that both agree on to what was reached, and how far the
// mentee thinks that she has come.
#include <stdlib.h>
#include <string.h>

#include "app/cohort/cohort_store.h"
#include "app/enrolment/enrolment.h"
#include "app/pair/pair.h"
#include "app/pair/pair_page.h"
#include "app_pair_pair.html.h"

enum { GOAL_SERVES_MOST = 100 }; // as many as a programme lists

struct goal_form {
    const char *title;
    const char *why;
    const char *success;
    const char *due;
    int64_t shared;
    struct field_many objectives;
    const char *topic;
};
struct progress_form {
    int64_t progress;
    int64_t by_steps;
    const char *evidence;
};
struct end_form {
    const char *how;
    const char *words;
};
struct task_form {
    const char *title;
};
struct turn_form {
    int64_t task;
};
struct skill_form {
    const char *moment;
};

// clang-format off
static const struct field_option ways_to_end[] = {
    {"achieved", MSG("Reached")}, {"dropped", MSG("Dropped")}, {NULL, NULL},
};
static const struct field_option moments[] = {
    {"start", MSG("At the start")}, {"longer", MSG("When we go on longer")}, {"end", MSG("At the end")}, {NULL, NULL},
};
static const struct field goal_fields[] = {
    {"title",     FIELD_LINE,   FIELD_TEXT_OF(struct goal_form, title),     1, 120,  MSG("The goal"), MSG("For example: lead a small project."), NULL},
    {"why",       FIELD_TEXT,   FIELD_TEXT_OF(struct goal_form, why),       0, 1000, MSG("Why it matters"), "", NULL},
    {"success",   FIELD_TEXT,   FIELD_TEXT_OF(struct goal_form, success),   1, 1000, MSG("How we will know that it is reached"), "", NULL},
    {"due",       FIELD_DAY,    FIELD_TEXT_OF(struct goal_form, due),       0, 10,   MSG("By when"), "", NULL},
    {"shared",    FIELD_TICK,   FIELD_INT_OF(struct goal_form, shared),     0, 1,    MSG("Those who run the programme may see this goal and how far it is"), MSG("They see no steps, and nothing else that you two write. If you leave this empty, they only count the goal."), NULL},
    {"objectives", FIELD_MANY,  FIELD_OF(struct goal_form, objectives, struct field_many), 0, GOAL_SERVES_MOST, MSG("Objectives of the programme that it serves"), "", NULL},
    {"topic",     FIELD_HIDDEN, FIELD_TEXT_OF(struct goal_form, topic),     0, 40,   MSG("Topic"), "", NULL},
};
static const struct field progress_fields[] = {
    {"progress", FIELD_INTEGER, FIELD_INT_OF(struct progress_form, progress),  0, 100,  MSG("How far, in percent"), "", NULL},
    {"by_steps", FIELD_TICK,    FIELD_INT_OF(struct progress_form, by_steps),  0, 1,    MSG("Count it from the steps that are done"), MSG("Then the percent above follow by themselves."), NULL},
    {"evidence", FIELD_TEXT,    FIELD_TEXT_OF(struct progress_form, evidence), 0, 2000, MSG("What shows it"), MSG("A link, a result, what somebody said."), NULL},
};
static const struct field end_fields[] = {
    {"how",   FIELD_ONE,  FIELD_TEXT_OF(struct end_form, how),   1, 1,    MSG("How does it end?"), "", ways_to_end},
    {"words", FIELD_TEXT, FIELD_TEXT_OF(struct end_form, words), 0, 1000, MSG("In your words"), MSG("If it is dropped: why. Both of you see it."), NULL},
};
static const struct field task_fields[] = {
    {"title", FIELD_LINE, FIELD_TEXT_OF(struct task_form, title), 1, 200, MSG("A new step"), "", NULL},
};
static const struct field turn_fields[] = {
    {"task", FIELD_INTEGER, FIELD_INT_OF(struct turn_form, task), 1, INT64_MAX, MSG("Step"), "", NULL},
};
static const struct field skill_fields[] = {
    {"moment", FIELD_ONE, FIELD_TEXT_OF(struct skill_form, moment), 1, 1, MSG("When"), "", moments},
};
// clang-format on
static const struct shape goal_shape = SHAPE(struct goal_form, goal_fields);
static const struct shape progress_shape = SHAPE(struct progress_form, progress_fields);
static const struct shape end_shape = SHAPE(struct end_form, end_fields);
static const struct shape task_shape = SHAPE(struct task_form, task_fields);
static const struct shape turn_shape = SHAPE(struct turn_form, turn_fields);
static const struct shape skill_shape = SHAPE_ALSO(struct skill_form, skill_fields, "*");

size_t pair_topic_count(void)
{
    size_t count = 0;
    while (enrolment_topics[count].value != NULL)
        count++;
    return count;
}

const struct goal_template *pair_goal_templates(void)
{
    return goal_templates;
}

// The form begins with a template that was chosen.
static enum rc begin_with(struct req *req, struct pair_view *view)
{
    const char *chosen = req->http->method == WEB_GET ? form_value(&req->form, "template") : NULL;
    const struct goal_template *one = chosen == NULL ? NULL : goal_template_find(chosen);
    if (one == NULL || !view->open)
        return RC_OK;
    const struct goal_form now = {.title = message_in(req->locale, one->title),
                                  .why = message_in(req->locale, one->why),
                                  .success = message_in(req->locale, one->success),
                                  .due = "",
                                  .topic = one->topic};
    return shape_show(&goal_shape, &req->form, &now);
}

static enum rc read_objectives(struct req *req, struct pair_view *view)
{
    const int64_t cohort = view->pair.cohort.id;
    TRY(objective_list(req, cohort, &view->objectives, &view->objective_count));
    return objectives_translate(req, cohort, view->objectives, view->objective_count);
}

const char *pair_objective_title(const struct pair_view *view, const struct goal_serves *one)
{
    for (size_t k = 0; k < view->objective_count; k++)
        if (view->objectives[k].id == one->objective)
            return view->objectives[k].title;
    return one->title;
}

static enum rc load_goals(struct req *req)
{
    struct pair_view *view = NULL;
    TRY(pair_make_view(req, &goal_shape, &view));
    TRY(goal_list(req->tx, req->arena, view->pair.match.id, &view->goals, &view->goal_count));
    TRY(goal_when(req->arena, &view->pair, view->goals, view->goal_count, req->now_us));
    TRY(skill_list(req, &view->pair, &view->skills, &view->skill_count));
    TRY(brought_list(req->tx, req->arena, view->pair.match.id, &view->brought,
                     &view->brought_count));
    view->goes_longer = view->pair.longer_at > 0;
    TRY(read_objectives(req, view));
    return begin_with(req, view);
}

static void write_goals(struct html *html, struct req *req)
{
    page_goals(html, req->view);
}

bool pair_goal_picked(const struct form *form, int64_t objective)
{
    const char *id = arena_printf(form->arena, "%lld", (long long)objective);
    return id != NULL && form_has(form, "objectives", id);
}

// The objectives that were chosen, of this cohort.
static enum rc find_objectives(struct req *req, const struct pair *pair,
                               const struct field_many *typed, struct goal *goal)
{
    struct objective *all = NULL;
    size_t count = 0;
    size_t found = 0;
    TRY(objective_list(req, pair->cohort.id, &all, &count));
    struct goal_serves *serves = ARENA_ARRAY(req->arena, struct goal_serves, count);
    if (serves == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++)
        if (pair_goal_picked(&req->form, all[k].id))
            serves[found++] = (struct goal_serves){all[k].id, all[k].title};
    goal->serves = serves;
    goal->serves_count = found;
    return found == typed->count
               ? RC_OK
               : form_refuse(&req->form, "objectives",
                             MSG("An objective that you chose is not there any more"));
}

// A topic that there is; "": none was chosen.
static enum rc find_topic(struct req *req, const char *typed, const char **ret_topic)
{
    *ret_topic = typed == NULL ? "" : typed;
    if ((*ret_topic)[0] == '\0' || field_option_label(enrolment_topics, *ret_topic) != NULL)
        return RC_OK;
    return form_refuse(&req->form, "topic", MSG("Choose a topic of the list"));
}

static const struct app_letter letter_goal = {
    MSG("{1} proposes a goal"),
    {MSG("Hello {0},"), MSG("{1} proposes a goal for you two: {3}"),
                             MSG("Say yes to it, or change it, here:"), "{2}", NULL}
};

static enum rc act_add_goal(struct req *req)
{
    enum { GOALS_MOST = 20 };
    const struct goal_form *in = req->in;
    struct pair pair;
    struct goal *all = NULL;
    size_t count = 0;
    TRY(pair_open(req, &pair));
    TRY(goal_list(req->tx, req->arena, pair.match.id, &all, &count));
    if (count >= GOALS_MOST)
        return form_refuse(&req->form, "title", MSG("There are 20 goals already"));
    struct goal goal = {.match = pair.match.id,
                        .title = in->title,
                        .why = in->why,
                        .success = in->success,
                        .due = in->due,
                        .shared = in->shared,
                        .mentee_yes = !pair.mentor,
                        .mentor_yes = pair.mentor};
    TRY(find_objectives(req, &pair, &in->objectives, &goal));
    TRY(find_topic(req, in->topic, &goal.topic));
    TRY(goal_add(req->tx, &goal, req->now_us));
    TRY(pair_tell(req, &pair, &letter_goal, "/goals", goal.title));
    return pair_go(req, &pair, MSG("The goal is kept. The other side is asked."), "/goals");
}

// ---- one goal --------------------------------------------------------------------------------

static enum rc load_goal_with(struct req *req, const struct shape *shape)
{
    struct pair_view *view = NULL;
    TRY(pair_make_view(req, shape, &view));
    TRY(goal_find(req->tx, req->arena, view->pair.match.id, req_id(req, "goal"), &view->goal));
    TRY(goal_when(req->arena, &view->pair, &view->goal, 1, req->now_us));
    TRY(read_objectives(req, view));
    req->title = view->goal.title;
    return goal_tasks(req->tx, req->arena, view->goal.id, &view->tasks, &view->task_count);
}

// Two forms: a new step, and how it goes. Where one is refused, the other shows what stands.
static enum rc load_goal_forms(struct req *req, bool step)
{
    struct form *other = ARENA_NEW(req->arena, struct form);
    if (other == NULL)
        return RC_NO_MEMORY;
    TRY(load_goal_with(req, &progress_shape));
    struct pair_view *view = req->view;
    struct form *progress = step ? other : &req->form;
    const struct progress_form now = {view->goal.progress, view->goal.by_steps,
                                      view->goal.evidence};
    form_open(other, req->arena);
    view->form = progress;
    view->step = step ? &req->form : other;
    view->step_shape = &task_shape;
    return progress->error_count > 0 ? RC_OK : shape_edit(&progress_shape, progress, &now);
}

static enum rc load_goal(struct req *req)
{
    return load_goal_forms(req, false);
}

static enum rc load_step(struct req *req)
{
    return load_goal_forms(req, true);
}

static void write_goal(struct html *html, struct req *req)
{
    page_goal(html, req->view);
}

static enum rc load_edit(struct req *req)
{
    TRY(load_goal_with(req, &goal_shape));
    const struct pair_view *view = req->view;
    const struct goal *g = &view->goal;
    struct field_many picked = {ARENA_ARRAY(req->arena, const char *, g->serves_count), 0};
    if (picked.values == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < g->serves_count; k++) {
        const char *id = arena_printf(req->arena, "%lld", (long long)g->serves[k].objective);
        if (id == NULL)
            return RC_NO_MEMORY;
        picked.values[picked.count++] = id;
    }
    const struct goal_form now = {g->title,  g->why, g->success, g->due,
                                  g->shared, picked, g->topic};
    return req->form.error_count > 0 ? RC_OK : shape_edit(&goal_shape, &req->form, &now);
}

static void write_edit(struct html *html, struct req *req)
{
    page_goal_edit(html, req->view);
}

static enum rc load_end(struct req *req)
{
    return load_goal_with(req, &end_shape);
}

static void write_end(struct html *html, struct req *req)
{
    page_goal_end(html, req->view);
}

// Opens the pair and the goal of the path for an act.
static enum rc open_goal(struct req *req, struct pair *ret_pair, struct goal *ret_goal)
{
    TRY(pair_open(req, ret_pair));
    return goal_find(req->tx, req->arena, ret_pair->match.id, req_id(req, "goal"), ret_goal);
}

static enum rc go_to_goal(struct req *req, const struct goal *goal, const char *said)
{
    return req_go(req, said, "/pairs/%lld/goals/%lld", (long long)goal->match, (long long)goal->id);
}

// A goal that both had agreed on needs both again.
static enum rc act_edit(struct req *req)
{
    const struct goal_form *in = req->in;
    struct pair pair;
    struct goal goal;
    TRY(open_goal(req, &pair, &goal));
    TRY(find_objectives(req, &pair, &in->objectives, &goal));
    TRY(find_topic(req, in->topic, &goal.topic));
    goal.shared = in->shared;
    goal.title = in->title;
    goal.why = in->why;
    goal.success = in->success;
    goal.due = in->due;
    goal.mentee_yes = !pair.mentor;
    goal.mentor_yes = pair.mentor;
    goal.state = strcmp(goal.state, "draft") == 0 ? "draft" : "changed";
    goal.of_signup = 0;
    TRY(goal_update(req->tx, &goal, req->now_us));
    TRY(goal_serve(req->tx, &goal));
    TRY(pair_tell(req, &pair, &letter_goal, "/goals", goal.title));
    return go_to_goal(req, &goal, MSG("It is changed. The other side is asked again."));
}

static enum rc act_agree(struct req *req)
{
    struct pair pair;
    struct goal goal;
    TRY(open_goal(req, &pair, &goal));
    if (goal.success[0] == '\0')
        return RC_EXISTS; // the page asks for it first
    *(pair.mentor ? &goal.mentor_yes : &goal.mentee_yes) = 1;
    if (goal.mentee_yes && goal.mentor_yes)
        goal.state = "agreed";
    TRY(goal_update(req->tx, &goal, req->now_us));
    return go_to_goal(req, &goal,
                      strcmp(goal.state, "agreed") == 0 ? MSG("Both of you have agreed on it.")
                                                        : MSG("Your yes is kept."));
}

static enum rc act_progress(struct req *req)
{
    const struct progress_form *in = req->in;
    struct pair pair;
    struct goal goal;
    TRY(open_goal(req, &pair, &goal));
    goal.progress = in->progress;
    goal.by_steps = in->by_steps;
    goal.evidence = in->evidence;
    TRY(goal_update(req->tx, &goal, req->now_us));
    return go_to_goal(req, &goal, MSG("It is kept."));
}

static enum rc act_end(struct req *req)
{
    const struct end_form *in = req->in;
    struct pair pair;
    struct goal goal;
    bool dropped = strcmp(in->how, "dropped") == 0;
    TRY(open_goal(req, &pair, &goal));
    if (dropped && in->words[0] == '\0')
        return form_refuse(&req->form, "words", MSG("Write why in a few words"));
    if (!dropped && strcmp(goal.state, "draft") == 0)
        return form_refuse(&req->form, "how", MSG("Agree on the goal first, both of you"));
    goal.state = in->how;
    goal.reason = in->words;
    goal.progress = dropped ? goal.progress : 100;
    TRY(goal_update(req->tx, &goal, req->now_us));
    const struct announcement reached = {ANNOUNCE_GOAL_ACHIEVED, pair.match.cohort, pair.match.id,
                                         pair.match.mentee_person, goal.id};
    const struct app_place at = app_here(req);
    if (!dropped)
        TRY(app_announce(&at, &reached));
    return pair_go(req, &pair, dropped ? MSG("The goal is dropped.") : MSG("The goal is reached."),
                   "/goals");
}

static enum rc act_add_task(struct req *req)
{
    enum { TASKS_MOST = 50 };
    const struct task_form *in = req->in;
    struct pair pair;
    struct goal goal;
    TRY(open_goal(req, &pair, &goal));
    if (goal.tasks >= TASKS_MOST)
        return form_refuse(&req->form, "title", MSG("A goal has 50 steps at most"));
    TRY(goal_task_add(req->tx, goal.id, in->title, req->now_us));
    return go_to_goal(req, &goal, MSG("The step is kept."));
}

static enum rc act_turn_task(struct req *req)
{
    const struct turn_form *in = req->in;
    struct pair pair;
    struct goal goal;
    TRY(open_goal(req, &pair, &goal));
    TRY(goal_task_turn(req->tx, goal.id, in->task, req->now_us));
    return go_to_goal(req, &goal, MSG("It is kept."));
}

// ---- skills ----------------------------------------------------------------------------------

// The mentee's own view, topic by topic; the mentor does not see it.
static enum rc load_skills(struct req *req)
{
    struct pair_view *view = NULL;
    const char *moment = form_value(&req->form, "moment");
    TRY(pair_make_view(req, &skill_shape, &view));
    if (view->pair.mentor)
        return RC_NOT_FOUND;
    if (moment == NULL)
        TRY(form_set(&req->form, "moment", "start"));
    TRY(skill_list(req, &view->pair, &view->skills, &view->skill_count));
    for (size_t k = 0; k < view->skill_count && req->http->method == WEB_GET; k++) {
        const struct skill *skill = &view->skills[k];
        int64_t level = moment == NULL                  ? skill->start
                        : strcmp(moment, "end") == 0    ? skill->end
                        : strcmp(moment, "longer") == 0 ? skill->longer
                                                        : skill->start;
        const char *text = arena_printf(req->arena, "%d", (int)level);
        if (text == NULL)
            return RC_NO_MEMORY;
        TRY(form_set(&req->form, skill->value, text));
    }
    return RC_OK;
}

static void write_skills(struct html *html, struct req *req)
{
    page_skills(html, req->view);
}

static enum rc act_skills(struct req *req)
{
    const struct skill_form *in = req->in;
    struct pair pair;
    struct skill *skills = NULL;
    size_t count = 0;
    TRY(pair_open(req, &pair));
    if (pair.mentor)
        return RC_NOT_FOUND;
    TRY(skill_list(req, &pair, &skills, &count));
    for (size_t k = 0; k < count; k++) {
        const char *level = form_value(&req->form, skills[k].value);
        if (level == NULL || level[0] < '1' || level[0] > '5' || level[1] != '\0')
            continue; // left out
        TRY(skill_set(req, &pair, in->moment, skills[k].value, level[0] - '0'));
    }
    return pair_go(req, &pair, MSG("It is kept. Only you see it."), "/goals");
}

// clang-format off
const struct route pair_goal_routes[] = {
    {WEB_GET,  "/pairs/:pair/goals",                     CAN_JOIN, NULL,            NULL, NULL,          load_goals,  write_goals,  MSG("Goals"), .out = &goals_out, .query = "template"},
    {WEB_POST, "/pairs/:pair/goals",                     CAN_JOIN, &goal_shape,     NULL, act_add_goal,  load_goals,  write_goals,  MSG("Goals")},
    {WEB_GET,  "/pairs/:pair/goals/:goal",               CAN_JOIN, NULL,            NULL, NULL,          load_goal,   write_goal,   MSG("A goal"), .out = &goal_out},
    {WEB_POST, "/pairs/:pair/goals/:goal",               CAN_JOIN, &progress_shape, NULL, act_progress,  load_goal,   write_goal,   MSG("A goal")},
    {WEB_GET,  "/pairs/:pair/goals/:goal/edit",          CAN_JOIN, NULL,            NULL, NULL,          load_edit,   write_edit,   MSG("Change a goal"), .out = &web_out_form},
    {WEB_POST, "/pairs/:pair/goals/:goal/edit",          CAN_JOIN, &goal_shape,     NULL, act_edit,      load_edit,   write_edit,   MSG("Change a goal")},
    {WEB_POST, "/pairs/:pair/goals/:goal/agree",         CAN_JOIN, NULL,            NULL, act_agree,     load_goal,   write_goal,   MSG("Agree on a goal")},
    {WEB_GET,  "/pairs/:pair/goals/:goal/end",           CAN_JOIN, NULL,            NULL, NULL,          load_end,    write_end,    MSG("End a goal")},
    {WEB_POST, "/pairs/:pair/goals/:goal/end",           CAN_JOIN, &end_shape,      NULL, act_end,       load_end,    write_end,    MSG("End a goal")},
    {WEB_POST, "/pairs/:pair/goals/:goal/tasks",         CAN_JOIN, &task_shape,     NULL, act_add_task,  load_step,   write_goal,   MSG("A new step")},
    {WEB_POST, "/pairs/:pair/goals/:goal/tasks/turn",    CAN_JOIN, &turn_shape,     NULL, act_turn_task, load_goal,   write_goal,   MSG("A step is done")},
    {WEB_GET,  "/pairs/:pair/skills",                    CAN_JOIN, NULL,            NULL, NULL,          load_skills, write_skills, MSG("What I can do"), .out = &skills_out, .query = "moment"},
    {WEB_POST, "/pairs/:pair/skills",                    CAN_JOIN, &skill_shape,    NULL, act_skills,    load_skills, write_skills, MSG("What I can do")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
