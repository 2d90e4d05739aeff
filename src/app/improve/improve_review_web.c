// SPDX-License-Identifier: Apache-2.0
//
// Why: review meetings in a browser: planned with a day and an agenda, held with measures and
// findings on the table, written down, and closed with actions. The page of one is also what is
// printed for those who were not there.
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/improve/improve.h"
#include "app/improve/improve_page.h"
#include "app_improve_review.html.h"

struct plan_form {
    const char *moment;
    const char *day;
    const char *who;
    const char *agenda;
};
struct review_form {
    const char *moment;
    const char *day;
    const char *who;
    const char *agenda;
    const char *purpose, *training, *matching, *measures, *ethics, *support;
    const char *decisions;
    const char *version;
};
struct action_form {
    const char *text;
    const char *owner;
    const char *due;
};
struct subject_form {
    const char *subject;
    const char *off;
};
struct step_form {
    const char *to;
};

// clang-format off
#define WHEN(type) \
    {"moment", FIELD_ONE,  FIELD_TEXT_OF(type, moment), 1, 1,    MSG("Which look back"), "", review_moments}, \
    {"day",    FIELD_DAY,  FIELD_TEXT_OF(type, day),    1, 1,    MSG("Day"), "", NULL}, \
    {"who",    FIELD_TEXT, FIELD_TEXT_OF(type, who),    0, 1000, MSG("Who comes"), MSG("One a line. What they do is enough; names are not needed."), NULL}, \
    {"agenda", FIELD_TEXT, FIELD_TEXT_OF(type, agenda), 0, 4000, MSG("Agenda"), "", NULL}
#define AREA(name, title) {#name, FIELD_TEXT, FIELD_TEXT_OF(struct review_form, name), 0, 4000, title, "", NULL}
static const struct field plan_fields[] = {WHEN(struct plan_form)};
static const struct field review_fields[] = {
    WHEN(struct review_form),
    AREA(purpose,  MSG("Clear purpose")),
    AREA(training, MSG("Training and information")),
    AREA(matching, MSG("Choosing and matching people")),
    AREA(measures, MSG("Measuring and looking back")),
    AREA(ethics,   MSG("Ethics and standards")),
    AREA(support,  MSG("Administration and support")),
    {"decisions", FIELD_TEXT,   FIELD_TEXT_OF(struct review_form, decisions), 0, 4000, MSG("What was decided"), MSG("What somebody has to do goes into the actions."), NULL},
    {"version",   FIELD_HIDDEN, FIELD_TEXT_OF(struct review_form, version),   0, 30,   "", "", NULL},
};
static const struct field action_fields[] = {
    {"text",  FIELD_LINE,   FIELD_TEXT_OF(struct action_form, text),  3, 300, MSG("What is to be done"), "", NULL},
    {"owner", FIELD_HIDDEN, FIELD_TEXT_OF(struct action_form, owner), 0, 30,  MSG("Who does it"), "", NULL},
    {"due",   FIELD_DAY,    FIELD_TEXT_OF(struct action_form, due),   0, 1,   MSG("By when"), "", NULL},
};
static const struct field subject_fields[] = {
    {"subject", FIELD_HIDDEN, FIELD_TEXT_OF(struct subject_form, subject), 0, 80, MSG("A measure or a finding"), "", NULL},
    {"off",     FIELD_HIDDEN, FIELD_TEXT_OF(struct subject_form, off),     0, 1,  "", "", NULL},
};
static const struct field step_fields[] = {
    {"to", FIELD_HIDDEN, FIELD_TEXT_OF(struct step_form, to), 1, 20, MSG("State"), "", NULL},
};
// clang-format on
static const struct shape plan_shape = SHAPE(struct plan_form, plan_fields);
static const struct shape review_shape = SHAPE(struct review_form, review_fields);
static const struct shape action_shape = SHAPE(struct action_form, action_fields);
static const struct shape subject_shape = SHAPE(struct subject_form, subject_fields);
static const struct shape step_shape = SHAPE(struct step_form, step_fields);

// ---- the list ----------------------------------------------------------------------------------

static enum rc load_reviews(struct req *req)
{
    struct improve_view *view = NULL;
    TRY(improve_make_view(req, NULL, &view));
    TRY(review_list(req, view->cohort.id, form_number(&req->form, "before"), &view->reviews,
                    &view->review_count));
    if (view->review_count <= REVIEWS_PAGE)
        return RC_OK;
    view->review_count = REVIEWS_PAGE;
    return req_next(req, "before", view->reviews[REVIEWS_PAGE - 1].id, &view->next);
}

static void write_reviews(struct html *html, struct req *req)
{
    page_reviews(html, req->view);
}

// ---- planning one ------------------------------------------------------------------------------

// The six areas, and what every look back ends with.
static enum rc usual_agenda(struct req *req, const char **ret_agenda)
{
    struct buffer out;
    buffer_open(&out, req->arena, 4000);
    buffer_text(&out, message_in(req->locale, MSG("What became of the actions of last time")));
    for (size_t k = 0; k < AREAS; k++)
        buffer_printf(&out, "\n%s", message_in(req->locale, review_areas[k].title));
    buffer_printf(&out, "\n%s", message_in(req->locale, MSG("Who does what until when")));
    *ret_agenda = out.bytes;
    return out.rc;
}

static enum rc load_plan(struct req *req)
{
    struct improve_view *view = NULL;
    struct plan_form usual = {.day = "", .who = ""};
    TRY(improve_make_view(req, &plan_shape, &view));
    if (req->http->method == WEB_POST)
        return RC_OK;
    usual.moment = form_value(&req->form, "moment");
    if (usual.moment == NULL || field_option_label(review_moments, usual.moment) == NULL)
        usual.moment = "";
    TRY(usual_agenda(req, &usual.agenda));
    return shape_show(&plan_shape, &req->form, &usual);
}

static void write_plan(struct html *html, struct req *req)
{
    page_review_plan(html, req->view);
}

static enum rc act_plan(struct req *req)
{
    const struct plan_form *in = req->in;
    const struct app_place at = app_here(req);
    struct improve_view *view = NULL;
    TRY(improve_make_view(req, &plan_shape, &view));
    struct review review = {.cohort = view->cohort.id,
                            .moment = in->moment,
                            .day = in->day,
                            .who = in->who,
                            .agenda = in->agenda};
    TRY(review_add(&at, &review, req->actor.person));
    return req_go(req, MSG("It is planned. Say now what you will look at."),
                  "/cohorts/%lld/reviews/%lld", (long long)view->cohort.id, (long long)review.id);
}

// ---- one ---------------------------------------------------------------------------------------

static enum rc find_review(struct req *req, const struct shape *shape,
                           struct improve_view **ret_view)
{
    struct improve_view *view = NULL;
    TRY(improve_make_view(req, shape, &view));
    view->review = ARENA_NEW(req->arena, struct review);
    if (view->review == NULL)
        return RC_NO_MEMORY;
    TRY(review_find(req, view->cohort.id, req_id(req, "review"), view->review));
    *ret_view = view;
    return RC_OK;
}

static enum rc load_one(struct req *req, const struct shape *shape)
{
    struct improve_view *view = NULL;
    TRY(find_review(req, shape, &view));
    view->own_fields = &action_shape;
    view->action_path = arena_printf(req->arena, "%s/reviews/%lld/actions", view->base,
                                     (long long)view->review->id);
    view->areas = ARENA_ARRAY(req->arena, struct review_said, AREAS);
    if (view->areas == NULL || view->action_path == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < AREAS; k++)
        if (view->review->notes[k][0] != '\0' || strcmp(view->review->state, "planned") == 0)
            view->areas[view->area_count++] = (struct review_said){
                review_areas[k].title, review_areas[k].asks, view->review->notes[k]};
    TRY(review_subjects(req, view->review, &view->subjects, &view->subject_count));
    TRY(review_actions(req, view->review->id, &view->actions, &view->action_count));
    TRY(choice_owners(req, view->cohort.id, &view->owners, &view->owner_count));
    return choice_subjects(req, view->programme.id, &view->sources, &view->source_count);
}

static enum rc load_review(struct req *req)
{
    return load_one(req, &action_shape);
}

static enum rc load_for_subject(struct req *req)
{
    return load_one(req, &subject_shape);
}

static void write_review(struct html *html, struct req *req)
{
    page_review(html, req->view);
}

static enum rc go_back(struct req *req, const struct improve_view *view, const char *said)
{
    return req_go(req, said, "/cohorts/%lld/reviews/%lld", (long long)view->cohort.id,
                  (long long)view->review->id);
}

// Planned, held, cancelled; and back, where somebody erred.
static enum rc act_move(struct req *req)
{
    const struct step_form *in = req->in;
    const struct app_place at = app_here(req);
    struct improve_view *view = NULL;
    char today[DATE_TEXT_BYTES];
    int64_t snapshot = 0;
    TRY(find_review(req, &step_shape, &view));
    bool planned = strcmp(view->review->state, "planned") == 0;
    bool plans = strcmp(in->to, "planned") == 0;
    if (field_option_label(review_states, in->to) == NULL || planned == plans)
        return RC_EXISTS;
    // Whoever is a day ahead of UTC may close it on its day.
    date_print(date_from_days(date_days_of_seconds(req->now_us / 1000000) + 1), today);
    if (strcmp(in->to, "held") == 0) {
        if (strcmp(view->review->day, today) > 0)
            return form_refuse(
                &req->form, "to",
                MSG("Its day is still to come. Change the day first if it was held"));
        TRY(snapshot_keep(&at, view->cohort.id, req->actor.person, "review", &snapshot));
    }
    TRY(review_move(&at, view->review, in->to, snapshot));
    if (plans)
        return go_back(req, view, MSG("It is open again."));
    return go_back(req, view,
                   snapshot != 0 ? MSG("It is closed. The measures of today are kept with it.")
                                 : MSG("It is cancelled."));
}

// ---- writing it down ---------------------------------------------------------------------------

static enum rc load_write(struct req *req)
{
    struct improve_view *view = NULL;
    TRY(find_review(req, &review_shape, &view));
    const struct review *r = view->review;
    if (strcmp(r->state, "planned") != 0)
        return RC_NOT_FOUND;
    if (req->http->method == WEB_POST)
        return RC_OK;
    const struct review_form form = {
        .moment = r->moment,
        .day = r->day,
        .who = r->who,
        .agenda = r->agenda,
        .purpose = r->notes[0],
        .training = r->notes[1],
        .matching = r->notes[2],
        .measures = r->notes[3],
        .ethics = r->notes[4],
        .support = r->notes[5],
        .decisions = r->decisions,
        .version = arena_printf(req->arena, "%lld", (long long)r->version),
    };
    return form.version == NULL ? RC_NO_MEMORY : shape_edit(&review_shape, &req->form, &form);
}

static void write_write(struct html *html, struct req *req)
{
    page_review_write(html, req->view);
}

static enum rc act_write(struct req *req)
{
    const struct review_form *in = req->in;
    const struct app_place at = app_here(req);
    struct improve_view *view = NULL;
    TRY(find_review(req, &review_shape, &view));
    const struct review review = {
        .id = view->review->id,
        .moment = in->moment,
        .day = in->day,
        .who = in->who,
        .agenda = in->agenda,
        .decisions = in->decisions,
        .notes = {in->purpose, in->training, in->matching, in->measures, in->ethics, in->support},
        .version = strtoll(in->version, NULL, 10)
    };
    TRY(review_set(&at, &review));
    return go_back(req, view, MSG("It is kept."));
}

// ---- what is looked at, and what is to be done -------------------------------------------------

static enum rc act_subject(struct req *req)
{
    const struct subject_form *in = req->in;
    const struct app_place at = app_here(req);
    struct improve_view *view = NULL;
    TRY(find_review(req, &subject_shape, &view));
    if (strcmp(view->review->state, "planned") != 0)
        return RC_EXISTS;
    if (in->off[0] != '\0') {
        TRY(review_detach(&at, view->review->id, in->subject));
        return go_back(req, view, MSG("It is off the table."));
    }
    TRY(choice_subjects(req, view->programme.id, &view->sources, &view->source_count));
    if (!choice_has(view->sources, view->source_count, in->subject))
        return form_refuse(&req->form, "subject", MSG("Choose from the list"));
    enum rc rc = review_attach(&at, view->review->id, in->subject);
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "subject", MSG("Forty are on the table: more is too much"));
    TRY(rc);
    return go_back(req, view, MSG("It is on the table."));
}

static enum rc act_action(struct req *req)
{
    const struct action_form *in = req->in;
    const struct app_place at = app_here(req);
    struct improve_view *view = NULL;
    TRY(find_review(req, &action_shape, &view));
    if (strcmp(view->review->state, "planned") != 0)
        return RC_EXISTS;
    TRY(choice_owners(req, view->cohort.id, &view->owners, &view->owner_count));
    if (!choice_has(view->owners, view->owner_count, in->owner))
        return form_refuse(&req->form, "owner", MSG("Choose who does it"));
    if (in->due[0] == '\0')
        return form_refuse(&req->form, "due", MSG("Say by when"));
    const struct review_action action = {
        .text = in->text, .owner = strtoll(in->owner, NULL, 10), .due = in->due};
    enum rc rc = review_action_add(&at, view->review->id, &action, req->actor.person);
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "text", MSG("Sixty actions are enough for one meeting"));
    TRY(rc);
    return go_back(req, view, MSG("It is in the list of actions."));
}

// An action goes on as a row of the log, which has been taken up already.
static enum rc log_action(struct req *req, const struct improve_view *view,
                          const struct review_action *action)
{
    const struct app_place at = app_here(req);
    struct improvement item = {.programme = view->programme.id,
                               .cohort = view->cohort.id,
                               .finding = action->text,
                               .idea = "",
                               .owner = action->owner,
                               .due = action->due,
                               .review = view->review->id,
                               .proposed_by = req->actor.person};
    TRY(improvement_add(&at, &item));
    TRY(improvement_move(&at, &item, "accepted",
                         message_in(req->locale, MSG("Decided in a review meeting")),
                         req->actor.person));
    TRY(review_action_log(&at, action->id, item.id));
    return req_go(req, MSG("It is in the log of improvements. Write down what it should change."),
                  "/cohorts/%lld/improvements/%lld/edit", (long long)view->cohort.id,
                  (long long)item.id);
}

static enum rc act_step(struct req *req)
{
    const struct step_form *in = req->in;
    const struct app_place at = app_here(req);
    struct improve_view *view = NULL;
    struct review_action action;
    TRY(find_review(req, &step_shape, &view));
    TRY(review_action_find(req, view->review->id, req_id(req, "action"), &action));
    if (strcmp(view->review->state, "cancelled") == 0)
        return RC_EXISTS;
    if (strcmp(in->to, "log") == 0)
        return log_action(req, view, &action);
    if (strcmp(in->to, "done") != 0 && strcmp(in->to, "open") != 0)
        return RC_EXISTS;
    bool done = text_same(in->to, "done");
    TRY(review_action_tick(&at, action.id, done));
    return go_back(req, view, done ? MSG("It is done.") : MSG("It is open again."));
}

// clang-format off
const struct route improve_review_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/reviews",                         CAN_READ_REPORTS,  NULL,           NULL, NULL,        load_reviews,     write_reviews, MSG("Review meetings"), .out = &reviews_out, .query = "before"},
    {WEB_GET,  "/cohorts/:cohort/reviews/new",                     CAN_REVIEW_PEOPLE, NULL,           NULL, NULL,        load_plan,        write_plan,    MSG("Plan a review meeting"), .query = "moment"},
    {WEB_POST, "/cohorts/:cohort/reviews/new",                     CAN_REVIEW_PEOPLE, &plan_shape,    NULL, act_plan,    load_plan,        write_plan,    MSG("Plan a review meeting")},
    {WEB_GET,  "/cohorts/:cohort/reviews/:review",                 CAN_READ_REPORTS,  NULL,           NULL, NULL,        load_review,      write_review,  MSG("A review meeting"), .out = &review_out},
    {WEB_POST, "/cohorts/:cohort/reviews/:review",                 CAN_REVIEW_PEOPLE, &step_shape,    NULL, act_move,    load_review,      write_review,  MSG("Close a review meeting")},
    {WEB_GET,  "/cohorts/:cohort/reviews/:review/edit",            CAN_REVIEW_PEOPLE, NULL,           NULL, NULL,        load_write,       write_write,   MSG("Write down a review meeting"), .out = &web_out_form},
    {WEB_POST, "/cohorts/:cohort/reviews/:review/edit",            CAN_REVIEW_PEOPLE, &review_shape,  NULL, act_write,   load_write,       write_write,   MSG("Write down a review meeting")},
    {WEB_POST, "/cohorts/:cohort/reviews/:review/subjects",        CAN_REVIEW_PEOPLE, &subject_shape, NULL, act_subject, load_for_subject, write_review,  MSG("What a review meeting looks at")},
    {WEB_POST, "/cohorts/:cohort/reviews/:review/actions",         CAN_REVIEW_PEOPLE, &action_shape,  NULL, act_action,  load_review,      write_review,  MSG("An action of a review meeting")},
    {WEB_POST, "/cohorts/:cohort/reviews/:review/actions/:action", CAN_REVIEW_PEOPLE, &step_shape,    NULL, act_step,    load_review,      write_review,  MSG("End an action")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
