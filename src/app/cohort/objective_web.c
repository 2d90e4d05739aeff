// SPDX-License-Identifier: Apache-2.0
//
// Why: what a programme or a cohort aims at is written down, measured by something that is counted
// wherever that is possible, and changed without losing the goals that serve it.
#include <string.h>

#include "app/cohort/cohort_page.h"
#include "app/cohort/objective.h"
#include "app_cohort_objective.html.h"

struct objective_form {
    const char *title;
    const char *description;
    const char *figure;
    const char *measure;
    const char *baseline;
    const char *target;
    const char *due;
};

struct one_row {
    int64_t row;
};

// clang-format off
static const struct field objective_fields[] = {
    {"title",       FIELD_LINE,   FIELD_TEXT_OF(struct objective_form, title),       1, 200,  MSG("What is to be reached"), MSG("Such as: women in junior roles move on to mid level."), NULL},
    {"description", FIELD_TEXT,   FIELD_TEXT_OF(struct objective_form, description), 0, 1000, MSG("What it means"), MSG("Pairs read it where they choose the objectives that a goal serves."), NULL},
    {"figure",      FIELD_HIDDEN, FIELD_TEXT_OF(struct objective_form, figure),      0, 80,   MSG("How it is measured"), "", NULL},
    {"measure",     FIELD_LINE,   FIELD_TEXT_OF(struct objective_form, measure),     0, 200,  MSG("How it is measured, in your own words"), MSG("Needed where nothing in the list says it; else if you want to add something."), NULL},
    {"baseline",    FIELD_LINE,   FIELD_TEXT_OF(struct objective_form, baseline),    0, 100,  MSG("Where it stands now"),   MSG("With a figure or question from the list: a number."), NULL},
    {"target",      FIELD_LINE,   FIELD_TEXT_OF(struct objective_form, target),      1, 100,  MSG("Where it should stand"), MSG("With a figure or question from the list: a number."), NULL},
    {"due",         FIELD_DAY,    FIELD_TEXT_OF(struct objective_form, due),         0, 10,   MSG("By when"),               MSG("As year-month-day."), NULL},
};
static const struct field row_fields[] = {
    {"row", FIELD_INTEGER, FIELD_INT_OF(struct one_row, row), 1, INT64_MAX, MSG("Row"), "", NULL},
};
// clang-format on
static const struct shape objective_shape = SHAPE(struct objective_form, objective_fields);
static const struct shape row_shape = SHAPE(struct one_row, row_fields);

static enum rc divide(struct req *req, struct objective_view *view)
{
    const struct app_figures *figures = &view->figures;
    view->chapters = ARENA_ARRAY(req->arena, struct objective_chapter, figures->count + 1);
    if (view->chapters == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < figures->count; k++) {
        const struct app_figure *figure = &figures->all[k];
        if (k == 0 || strcmp(figure[-1].about, figure->about) != 0)
            view->chapters[view->chapter_count++] =
                (struct objective_chapter){message_in(req->locale, figure->about), figure, 0};
        view->chapters[view->chapter_count - 1].count++;
    }
    return RC_OK;
}

static enum rc make_view(struct req *req, struct objective_view **ret_view)
{
    const struct app_place here = app_here(req);
    struct objective_view *view = ARENA_NEW(req->arena, struct objective_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    view->base =
        cohort_is_template(&view->cohort)
            ? arena_printf(req->arena, "/programmes/%lld", (long long)view->cohort.programme)
            : arena_printf(req->arena, "/cohorts/%lld", (long long)view->cohort.id);
    view->form = &req->form;
    view->shape = &objective_shape;
    view->action = req_path(req);
    view->figures.programme = view->cohort.programme;
    TRY(app_ask_figures(&here, &view->figures));
    TRY(divide(req, view));
    req->view = view;
    *ret_view = view;
    return view->action == NULL || view->base == NULL ? RC_NO_MEMORY : RC_OK;
}

// A number of the figure, as it is kept.
static enum rc read_number(struct req *req, const struct app_figure *figure,
                           const struct field *field, const char **text)
{
    int64_t hundredths = 0;
    if ((*text)[0] == '\0')
        return RC_OK;
    if (objective_number(*text, &hundredths) != RC_OK || hundredths < figure->least * 100 ||
        hundredths > figure->most * 100)
        return form_refuse_numbers(&req->form, field->name, MSG("Write a number from {0} to {1}"),
                                   figure->least, figure->most);
    *text = objective_print(req->arena, hundredths);
    return *text == NULL ? RC_NO_MEMORY : RC_OK;
}

// `was` is the figure that it had; one that is not offered any more may stay.
static enum rc read_figure(struct req *req, const struct app_figures *figures, const char *was,
                           struct objective *o)
{
    o->counted = app_find_figure(figures, o->figure);
    if (o->counted == NULL || (!o->counted->offered && strcmp(was, o->figure) != 0))
        return form_refuse(&req->form, "figure", MSG("Choose one of these"));
    enum rc baseline = read_number(req, o->counted, &objective_fields[4], &o->baseline);
    enum rc target = read_number(req, o->counted, &objective_fields[5], &o->target);
    // In another programme, which does not ask it, its words are what is left.
    if (o->measure[0] == '\0' && strncmp(o->figure, "own:", 4) == 0)
        o->measure = o->counted->label;
    return baseline != RC_OK ? baseline : target;
}

static enum rc read_form(struct req *req, const struct app_figures *figures, const char *was,
                         struct objective *ret_objective)
{
    const struct objective_form *in = req->in;
    *ret_objective = (struct objective){.title = in->title,
                                        .measure = in->measure,
                                        .baseline = in->baseline,
                                        .target = in->target,
                                        .due = in->due,
                                        .description = in->description,
                                        .figure = in->figure};
    if (in->figure[0] != '\0')
        return read_figure(req, figures, was, ret_objective);
    if (in->measure[0] == '\0')
        return form_refuse(&req->form, "measure",
                           MSG("Choose from the list above, or say it in your own words"));
    return RC_OK;
}

// ---- all of them, and a new one ----------------------------------------------------------------

static enum rc load_objectives(struct req *req)
{
    struct objective_view *view = NULL;
    TRY(make_view(req, &view));
    TRY(objective_list(req, view->cohort.id, &view->objectives, &view->objective_count));
    objectives_know(&view->figures, view->objectives, view->objective_count);
    return RC_OK;
}

static void write_objectives(struct html *html, struct req *req)
{
    page_objectives(html, req->view);
}

static enum rc act_objective(struct req *req)
{
    struct objective_view *view = NULL;
    struct objective objective;
    TRY(make_view(req, &view));
    TRY(read_form(req, &view->figures, "", &objective));
    TRY(objective_add(req->tx, view->cohort.id, &objective, req->now_us));
    return req_go(req, MSG("The objective is kept."), "/cohorts/%lld/objectives",
                  (long long)view->cohort.id);
}

static enum rc act_end_objective(struct req *req)
{
    const struct one_row *in = req->in;
    int64_t cohort = req_id(req, "cohort");
    TRY(objective_end(req->tx, cohort, in->row));
    return req_go(req, MSG("The objective is taken out."), "/cohorts/%lld/objectives",
                  (long long)cohort);
}

// ---- one that is there -------------------------------------------------------------------------

static enum rc find_it(struct req *req, struct objective_view **ret_view, struct objective *ret_it)
{
    TRY(make_view(req, ret_view));
    return objective_find(req, (*ret_view)->cohort.id, req_id(req, "objective"), ret_it);
}

static enum rc load_edit(struct req *req)
{
    struct objective_view *view = NULL;
    struct objective o;
    TRY(find_it(req, &view, &o));
    const struct objective_form now = {o.title,    o.description, o.figure, o.measure,
                                       o.baseline, o.target,      o.due};
    return req->form.error_count > 0 ? RC_OK : shape_edit(&objective_shape, &req->form, &now);
}

static void write_edit(struct html *html, struct req *req)
{
    page_objective_edit(html, req->view);
}

static const char *figure_label(const struct app_figures *figures, const char *name)
{
    const struct app_figure *figure = app_find_figure(figures, name);
    return figure == NULL ? "" : figure->label;
}

// The log tells what was typed by itself; the figure is chosen from a list that it does not know.
static void tell_figure(struct req *req, const struct app_figures *figures, const char *was,
                        const char *is)
{
    const char *label = objective_fields[2].label;
    if (req->changes == NULL || strcmp(was, is) == 0)
        return;
    for (size_t k = 0; k < req->change_count; k++)
        if (strcmp(req->changes[k].label, label) == 0)
            return;
    req->changes[req->change_count++] =
        (struct req_change){label, figure_label(figures, was), figure_label(figures, is)};
}

static enum rc act_edit(struct req *req)
{
    struct objective_view *view = NULL;
    struct objective was;
    struct objective is;
    TRY(find_it(req, &view, &was));
    TRY(read_form(req, &view->figures, was.figure, &is));
    is.id = was.id;
    TRY(objective_update(req->tx, view->cohort.id, &is));
    tell_figure(req, &view->figures, was.figure, is.figure);
    return req_go(req, MSG("The objective is kept."), "/cohorts/%lld/objectives",
                  (long long)view->cohort.id);
}

// ---- for pages ---------------------------------------------------------------------------------

void objective_write_measure(struct html *html, const struct objective *o)
{
    if (o->counted == NULL) {
        html_text(html, o->measure);
        return;
    }
    html_message(html, o->counted->label, NULL, 0);
    if (!o->counted->offered) {
        html_text(html, ", ");
        html_message(html, MSG("not asked any more"), NULL, 0);
    }
    if (o->measure[0] != '\0' && strcmp(o->measure, o->counted->label) != 0) {
        html_text(html, " (");
        html_text(html, o->measure);
        html_text(html, ")");
    }
}

void objective_write_number(struct html *html, const struct objective *o, const char *number)
{
    html_text(html, number);
    if (number[0] == '\0' || o->counted == NULL || o->counted->unit[0] == '\0')
        return;
    html_text(html, " ");
    html_message(html, o->counted->unit, NULL, 0);
}

bool objective_chosen(const struct form *form, const struct app_figure *figure)
{
    const char *now = form_value(form, "figure");
    return now != NULL && strcmp(now, figure->name) == 0;
}

bool objective_offers(const struct form *form, const struct app_figure *figure)
{
    return figure->offered || objective_chosen(form, figure);
}

// clang-format off
const struct route objective_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/objectives",     CAN_RUN_COHORTS, NULL,             NULL, NULL,              load_objectives, write_objectives, MSG("Objectives"), .out = &objectives_out},
    {WEB_POST, "/cohorts/:cohort/objectives",     CAN_RUN_COHORTS, &objective_shape, NULL, act_objective,     load_objectives, write_objectives, MSG("Objectives")},
    {WEB_POST, "/cohorts/:cohort/objectives/end", CAN_RUN_COHORTS, &row_shape,       NULL, act_end_objective, load_objectives, write_objectives, MSG("Take an objective out")},
    {WEB_GET,  "/cohorts/:cohort/objectives/:objective/edit", CAN_RUN_COHORTS, NULL,             NULL, NULL,     load_edit, write_edit, MSG("Change an objective"), .out = &web_out_form},
    {WEB_POST, "/cohorts/:cohort/objectives/:objective/edit", CAN_RUN_COHORTS, &objective_shape, NULL, act_edit, load_edit, write_edit, MSG("Change an objective")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
