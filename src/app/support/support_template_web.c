// SPDX-License-Identifier: Apache-2.0
//
// Why: writing plans: their steps, version by version, and what a new version would change for
// pairs that are under way, shown before it is done.
#include <stdlib.h>
#include <string.h>

#include "app/support/support_page.h"
#include "app_support_support_template.html.h"
#include "web/markdown.h"

struct new_plan {
    const char *title;
    const char *role;
    const char *language;
    const char *cohort; // an id, or ""
};
struct item_form {
    int64_t stage;
    const char *stage_title;
    const char *kind;
    const char *title;
    const char *text;
    const char *owner;
    int64_t days;
    const char *unless;
    const char *survey;
    const char *resource; // an id, or ""
    const char *language;
};
struct publish_form {
    const char *reach;
};

// clang-format off
static const struct field new_fields[] = {
    {"title",    FIELD_LINE,   FIELD_TEXT_OF(struct new_plan, title),    1, 100, MSG("Name"), MSG("Only editors and coordinators see it."), NULL},
    {"role",     FIELD_ONE,    FIELD_TEXT_OF(struct new_plan, role),     1, 1,   MSG("Who sees it?"), "", plan_roles},
    {"language", FIELD_ONE,    FIELD_TEXT_OF(struct new_plan, language), 1, 1,   MSG("Language"), MSG("Other languages can be added to each step later."), support_languages},
    {"cohort",   FIELD_HIDDEN, FIELD_TEXT_OF(struct new_plan, cohort),   0, 30,  MSG("Programme"), "", NULL},
};
static const struct field item_fields[] = {
    {"stage",       FIELD_INTEGER, FIELD_INT_OF(struct item_form, stage),        1, 60,    MSG("Number of the stage"), MSG("Stages come in this order."), NULL},
    {"stage_title", FIELD_LINE,    FIELD_TEXT_OF(struct item_form, stage_title), 1, 100,   MSG("Name of the stage"), MSG("Such as: The first month."), NULL},
    {"kind",        FIELD_ONE,     FIELD_TEXT_OF(struct item_form, kind),        1, 1,     MSG("What is it?"), "", plan_kinds},
    {"title",       FIELD_LINE,    FIELD_TEXT_OF(struct item_form, title),       1, 150,   MSG("Title"), "", NULL},
    {"text",        FIELD_TEXT,    FIELD_TEXT_OF(struct item_form, text),        0, 4000,  MSG("Text"), MSG("What to do, the agenda, or the message. In Markdown: a line with a dash is a point of a list, two stars make words **bold**. An agenda may have 2000 characters."), NULL},
    {"owner",       FIELD_ONE,     FIELD_TEXT_OF(struct item_form, owner),       1, 1,     MSG("Whose is it?"), "", plan_owners},
    {"days",        FIELD_INTEGER, FIELD_INT_OF(struct item_form, days),         -400, 400, MSG("On which day?"), MSG("Days after the pair has begun. A number below 0 counts back from the last day: -14 is two weeks before it."), NULL},
    {"unless",      FIELD_ONE,     FIELD_TEXT_OF(struct item_form, unless),      0, 1,     MSG("When is it needed?"), "", plan_conditions},
    {"survey",      FIELD_ONE,     FIELD_TEXT_OF(struct item_form, survey),      0, 1,     MSG("Which questions?"), MSG("Only for questions."), plan_surveys},
    {"resource",    FIELD_HIDDEN,  FIELD_TEXT_OF(struct item_form, resource),    0, 30,    MSG("Resource"), "", NULL},
    {"language",    FIELD_HIDDEN,  FIELD_TEXT_OF(struct item_form, language),    0, 10,    MSG("Language"), "", NULL},
};
static const struct field_option reaches[] = {
    {"future",  MSG("Only pairs that begin from now on")},
    {"running", MSG("Also pairs that are under way: their steps that are not yet due")}, {NULL, NULL},
};
static const struct field publish_fields[] = {
    {"reach", FIELD_ONE, FIELD_TEXT_OF(struct publish_form, reach), 1, 1, MSG("For whom?"), "", reaches},
};
// clang-format on
static const struct shape new_shape = SHAPE(struct new_plan, new_fields);
static const struct shape item_shape = SHAPE(struct item_form, item_fields);
static const struct shape publish_shape = SHAPE(struct publish_form, publish_fields);

enum rc template_of_path(struct req *req, struct plan *ret_plan)
{
    return plan_find(req->tx, req->arena, req_id(req, "plan"), ret_plan);
}

static enum rc make_view(struct req *req, const struct shape *shape,
                         struct template_view **ret_view)
{
    struct template_view *view = ARENA_NEW(req->arena, struct template_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->shape = shape;
    view->action = req_path(req);
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

static bool is_language(const char *tag)
{
    for (const struct field_option *o = support_languages; o->value != NULL; o++)
        if (strcmp(o->value, tag) == 0)
            return true;
    return false;
}

// The language that is written in: as asked for, else the plan's own.
static const char *chosen_language(const struct req *req, const struct plan *plan)
{
    const char *asked = form_value(&req->form, "language");
    return asked != NULL && is_language(asked) ? asked : plan->language;
}

// ---- all plans ---------------------------------------------------------------------------------

static enum rc load_plans(struct req *req)
{
    struct template_view *view = NULL;
    struct db_rows *r = NULL;
    TRY(make_view(req, &new_shape, &view));
    TRY(plan_list(req, 0, &view->plans, &view->plan_count));
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT id, name FROM cohort WHERE state NOT IN ('archived', 'cancelled') ORDER BY "
        "id DESC LIMIT 100",
        DB_NO_ARGS));
    view->cohorts = ARENA_ARRAY(req->arena, struct cohort, db_count(r));
    if (view->cohorts == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        view->cohorts[k] = (struct cohort){
            .id = db_int(r, k, 0), .name = db_text(r, k, 1), .state = db_text(r, k, 2)};
    view->cohort_count = db_count(r);
    return RC_OK;
}

static void write_plans(struct html *html, struct req *req)
{
    page_templates(html, req->view);
}

static enum rc act_new(struct req *req)
{
    const struct new_plan *in = req->in;
    struct cohort cohort;
    const struct plan plan = {.id = db_new_id(req->now_us),
                              .cohort = strtoll(in->cohort, NULL, 10),
                              .role = in->role,
                              .language = in->language,
                              .title = in->title};
    if (plan.cohort != 0 && cohort_find(req->tx, req->arena, plan.cohort, &cohort) != RC_OK)
        return form_refuse(&req->form, "cohort", MSG("This programme is not there"));
    TRY(plan_add(req->tx, &plan, "", req->actor.person, req->now_us));
    return req_go(req, MSG("The plan is made. Add its steps, then publish it."),
                  "/support/plans/%lld", (long long)plan.id);
}

// ---- one plan ----------------------------------------------------------------------------------

static enum rc load_plan_with(struct req *req, const struct shape *shape,
                              struct template_view **ret_view)
{
    struct template_view *view = NULL;
    TRY(make_view(req, shape, &view));
    TRY(template_of_path(req, &view->plan));
    view->version = view->plan.version + view->plan.draft;
    view->language = chosen_language(req, &view->plan);
    *ret_view = view;
    const struct plan_at at = {&view->plan, view->version, view->language};
    return plan_items(req->tx, req->arena, &at, &view->items, &view->item_count);
}

static enum rc load_plan(struct req *req)
{
    struct template_view *view = NULL;
    TRY(load_plan_with(req, NULL, &view));
    req->title = view->plan.title;
    return RC_OK;
}

static void write_plan(struct html *html, struct req *req)
{
    page_template(html, req->view);
}

static enum rc go_to_plan(struct req *req, const struct plan *plan, const char *said)
{
    return req_go(req, said, "/support/plans/%lld", (long long)plan->id);
}

static enum rc act_draft(struct req *req)
{
    struct plan plan;
    TRY(template_of_path(req, &plan));
    TRY(plan_open_draft(req->tx, &plan));
    return go_to_plan(req, &plan,
                      MSG("Change it at leisure: pairs see nothing of it until you publish."));
}

static enum rc act_drop(struct req *req)
{
    struct plan plan;
    TRY(template_of_path(req, &plan));
    TRY(plan_drop_draft(req->tx, &plan));
    return go_to_plan(req, &plan,
                      MSG("What was being written is gone. The published version stays."));
}

static enum rc act_end(struct req *req)
{
    struct plan plan;
    TRY(template_of_path(req, &plan));
    TRY(plan_end(req->tx, plan.id, req->now_us));
    return go_to_plan(req, &plan, MSG("No pair begins with it any more. Pairs under way keep it."));
}

// ---- one step ----------------------------------------------------------------------------------

static enum rc find_resources(struct req *req, struct template_view *view)
{
    return resource_review(req, "", 0, 500, &view->resources, &view->resource_count);
}

static enum rc load_item(struct req *req)
{
    struct template_view *view = NULL;
    int64_t id = req_id(req, "item");
    TRY(load_plan_with(req, &item_shape, &view));
    TRY(find_resources(req, view));
    if (view->plan.draft == 0)
        return RC_EXISTS;
    for (size_t k = 0; k < view->item_count; k++)
        if (view->items[k].item == id)
            view->item = view->items[k];
    if (view->item.item != id)
        return RC_NOT_FOUND;
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    const struct plan_item *i = &view->item;
    const struct plan_item *last =
        view->item_count == 0 ? NULL : &view->items[view->item_count - 1];
    const char *resource = arena_printf(req->arena, "%lld", (long long)i->resource);
    struct item_form now = {last == NULL ? 1 : last->stage,
                            last == NULL ? "" : last->stage_title,
                            "task",
                            "",
                            "",
                            "both",
                            last == NULL ? 0 : last->days,
                            "",
                            "",
                            "",
                            view->language};
    if (resource == NULL)
        return RC_NO_MEMORY;
    if (id != 0)
        now = (struct item_form){
            i->stage,      i->stage_title, i->kind,   i->title,  i->text,
            i->owner,      i->days,        i->unless, i->survey, i->resource == 0 ? "" : resource,
            view->language};
    return id == 0 ? shape_show(&item_shape, &req->form, &now)
                   : shape_edit(&item_shape, &req->form, &now);
}

static void write_item(struct html *html, struct req *req)
{
    page_template_item(html, req->view);
}

// What the fields can't see of each other.
static enum rc check_item(struct req *req, const struct item_form *in)
{
    struct safe_html shown;
    struct resource resource;
    bool meeting = strcmp(in->kind, "meeting") == 0;
    bool survey = strcmp(in->kind, "survey") == 0;
    if (meeting && text_code_points(in->text, strlen(in->text)) > 2000)
        return form_refuse_numbers(&req->form, "text", MSG("Write at most {0} characters"), 2000,
                                   0);
    if ((meeting || strcmp(in->kind, "message") == 0) && in->text[0] == '\0')
        return form_refuse(&req->form, "text", MSG("Fill this in"));
    if (markdown_render(req->arena, in->text, 3, &shown) != RC_OK)
        return form_refuse(&req->form, "text", MSG("Lists and quotes are nested too deep in this"));
    if (survey && in->survey[0] == '\0')
        return form_refuse(&req->form, "survey", MSG("Choose which questions"));
    bool with_resource = strcmp(in->kind, "resource") == 0;
    if (with_resource && (resource_find(req, strtoll(in->resource, NULL, 10), &resource) != RC_OK ||
                          resource.ended_at > 0))
        return form_refuse(&req->form, "resource", MSG("Choose a resource"));
    if ((survey || strcmp(in->kind, "message") == 0) && strcmp(in->owner, "coordinator") == 0)
        return form_refuse(&req->form, "owner", MSG("Messages and questions are for the pair"));
    return RC_OK;
}

static enum rc act_item(struct req *req)
{
    const struct item_form *in = req->in;
    struct plan plan;
    struct plan_item *items = NULL;
    size_t count = 0;
    int64_t id = req_id(req, "item");
    bool known = id == 0;
    TRY(template_of_path(req, &plan));
    const struct plan_at draft = {&plan, plan.version + 1, plan.language};
    TRY(plan_items(req->tx, req->arena, &draft, &items, &count));
    for (size_t k = 0; k < count; k++)
        known = known || items[k].item == id;
    if (!known)
        return RC_NOT_FOUND;
    TRY(check_item(req, in));
    if (id == 0 && count >= PLAN_ITEMS_MAX)
        return form_refuse(&req->form, "title", MSG("A plan has 200 steps at most"));
    struct plan_item item = {id,
                             in->stage,
                             in->kind,
                             in->owner,
                             in->days,
                             in->unless,
                             strcmp(in->kind, "resource") == 0 ? strtoll(in->resource, NULL, 10)
                                                               : 0,
                             "",
                             strcmp(in->kind, "survey") == 0 ? in->survey : "",
                             in->stage_title,
                             in->title,
                             in->text,
                             id != 0 && is_language(in->language) ? in->language : plan.language};
    TRY(plan_item_set(req->tx, &plan, &item, req->now_us));
    return go_to_plan(req, &plan, MSG("The step is kept."));
}

static enum rc act_item_drop(struct req *req)
{
    struct plan plan;
    TRY(template_of_path(req, &plan));
    TRY(plan_item_drop(req->tx, &plan, req_id(req, "item")));
    return go_to_plan(req, &plan, MSG("The step is taken out."));
}

// ---- publishing --------------------------------------------------------------------------------

static enum rc load_publish(struct req *req)
{
    struct template_view *view = NULL;
    const struct app_place at = app_here(req);
    TRY(load_plan_with(req, &publish_shape, &view));
    if (view->plan.draft == 0 || view->plan.ended_at > 0)
        return RC_EXISTS;
    return plan_reach(&at, &view->plan, &view->reach);
}

static void write_publish(struct html *html, struct req *req)
{
    page_template_publish(html, req->view);
}

static enum rc act_publish(struct req *req)
{
    const struct publish_form *in = req->in;
    const struct app_place at = app_here(req);
    struct plan plan;
    struct plan_item *items = NULL;
    size_t count = 0;
    TRY(template_of_path(req, &plan));
    const struct plan_at draft = {&plan, plan.version + 1, plan.language};
    TRY(plan_items(req->tx, req->arena, &draft, &items, &count));
    if (count == 0)
        return form_refuse(&req->form, "reach", MSG("A plan needs a step at least"));
    TRY(plan_publish(&at, &plan, text_same(in->reach, "running")));
    return go_to_plan(req, &plan, MSG("It is published."));
}

// clang-format off
const struct route support_template_routes[] = {
    {WEB_GET,  "/support/plans",                         CAN_EDIT_CONTENT, NULL,           NULL, NULL,          load_plans,   write_plans,   MSG("Plans"), &plans_out},
    {WEB_POST, "/support/plans",                         CAN_EDIT_CONTENT, &new_shape,     NULL, act_new,       load_plans,   write_plans,   MSG("A new plan")},
    {WEB_GET,  "/support/plans/:plan",                   CAN_EDIT_CONTENT, NULL,           NULL, NULL,          load_plan,    write_plan,    MSG("Plan"), &plan_out, .query = "language"},
    {WEB_POST, "/support/plans/:plan/draft",             CAN_EDIT_CONTENT, NULL,           NULL, act_draft,     NULL,         NULL,          MSG("Begin a new version of a plan")},
    {WEB_POST, "/support/plans/:plan/drop",              CAN_EDIT_CONTENT, NULL,           NULL, act_drop,      NULL,         NULL,          MSG("Throw a version away")},
    {WEB_POST, "/support/plans/:plan/end",               CAN_EDIT_CONTENT, NULL,           NULL, act_end,       NULL,         NULL,          MSG("End a plan")},
    {WEB_GET,  "/support/plans/:plan/items/:item",       CAN_EDIT_CONTENT, NULL,           NULL, NULL,          load_item,    write_item,    MSG("A step"), .out = &web_out_form, .query = "language"},
    {WEB_POST, "/support/plans/:plan/items/:item",       CAN_EDIT_CONTENT, &item_shape,    NULL, act_item,      load_item,    write_item,    MSG("A step")},
    {WEB_POST, "/support/plans/:plan/items/:item/drop",  CAN_EDIT_CONTENT, NULL,           NULL, act_item_drop, NULL,         NULL,          MSG("Take a step out")},
    {WEB_GET,  "/support/plans/:plan/publish",           CAN_EDIT_CONTENT, NULL,           NULL, NULL,          load_publish, write_publish, MSG("Publish a plan"), &plan_publish_out},
    {WEB_POST, "/support/plans/:plan/publish",           CAN_EDIT_CONTENT, &publish_shape, NULL, act_publish,   load_publish, write_publish, MSG("Publish a plan")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
