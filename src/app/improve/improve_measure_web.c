// SPDX-License-Identifier: Apache-2.0
//
// Why: how a cohort or a programme goes, in numbers: all measures of one group, one measure of all
// groups and over time, cohorts beside one another, and snapshots that stay as they are.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

#include "app/improve/improve.h"
#include "app/improve/improve_page.h"
#include "app_improve_measure.html.h"
#include "format/chart.h"

enum rc improve_make_view(struct req *req, const struct shape *shape,
                          struct improve_view **ret_view)
{
    struct improve_view *view = ARENA_NEW(req->arena, struct improve_view);
    int64_t programme = req_id(req, "programme");
    if (view == NULL)
        return RC_NO_MEMORY;
    if (programme == 0) {
        TRY(cohort_load(req, &view->cohort));
        if (cohort_is_template(&view->cohort))
            return RC_NOT_FOUND;
    }
    TRY(programme_find(req->tx, req->arena, programme != 0 ? programme : view->cohort.programme,
                       &view->programme));
    view->base = programme != 0
                     ? arena_printf(req->arena, "/programmes/%lld", (long long)programme)
                     : arena_printf(req->arena, "/cohorts/%lld", (long long)view->cohort.id);
    view->name = programme != 0 ? view->programme.name : view->cohort.name;
    view->zone = req->actor.zone;
    view->now_us = req->now_us;
    view->form = &req->form;
    view->shape = shape;
    view->action = req_path(req);
    TRY(app_can(req, CAN_REVIEW_PEOPLE, &view->may_decide));
    TRY(app_can(req, CAN_READ_REPORTS, &view->runs));
    TRY(programme_may_run(req, view->programme.id, &view->programme_too));
    req->view = view;
    *ret_view = view;
    return view->base == NULL || view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

const char *improve_text(struct arena *arena, int64_t hundredths)
{
    return arena_printf(arena, "%s%lld.%02lld", hundredths < 0 ? "-" : "", llabs(hundredths) / 100,
                        llabs(hundredths) % 100);
}

void improve_value(struct html *html, const struct measure_row *row, const struct measured *m)
{
    char number[40];
    bool percent = row->kind == MEASURE_SHARE || row->kind == MEASURE_TOP;
    int64_t tenths = (llabs(m->value) + 5) / 10;
    if (row->kind == MEASURE_COUNT)
        snprintf(number, sizeof number, "%lld", (long long)(m->value / 100));
    else
        snprintf(number, sizeof number, "%s%lld.%lld%s", m->value < 0 ? "-" : "",
                 (long long)(tenths / 10), (long long)(tenths % 10), percent ? " %" : "");
    html_text(html, number);
    if (row->unit[0] != '\0') {
        html_text(html, " ");
        html_message(html, row->unit, NULL, 0);
    }
}

void improve_percent(struct html *html, const struct measured *m)
{
    static const struct measure_row share = {.kind = MEASURE_SHARE, .unit = ""};
    improve_value(html, &share, m);
}

void improve_change(struct html *html, const struct measured *was, const struct measured *is)
{
    char number[40];
    int64_t change = is->value - was->value;
    int64_t tenths = (llabs(change) + 5) / 10;
    snprintf(number, sizeof number, "%s%lld.%lld", change < 0 ? "-" : "+", (long long)(tenths / 10),
             (long long)(tenths % 10));
    html_text(html, number);
}

// ---- all measures of a group -------------------------------------------------------------------

void improve_line(struct measure_line *line, const struct measure_row *row)
{
    *line = (struct measure_line){.row = row,
                                  .name = row->name,
                                  .label = row->label,
                                  .top = row->top,
                                  .bottom = row->bottom,
                                  .unit = row->unit,
                                  .begins = row->own == NULL &&
                                            (row == measure_rows || row[-1].about != row->about)};
}

enum rc improve_see(struct req *req, const struct scope *scope, const struct measure_row *row,
                    size_t group, struct measured *ret_measured)
{
    struct seen seen;
    TRY(scope_see(req->tx, req->arena, scope, row, req->now_us, &seen));
    return scope_measure(req->arena, scope, &seen, group, ret_measured);
}

// How many of those who were asked have answered.
static enum rc see_rate(struct req *req, const struct scope *scope, size_t group,
                        struct measure_line *line)
{
    struct measure_row *row = NULL;
    TRY(measure_rate_row(req->arena, line->row, &row));
    line->rated = row != NULL;
    return row == NULL ? RC_OK : improve_see(req, scope, row, group, &line->rate);
}

static enum rc measure_line(struct req *req, const struct scope *scope, size_t group,
                            struct measure_line *line)
{
    TRY(improve_see(req, scope, line->row, group, &line->measured));
    return see_rate(req, scope, group, line);
}

enum rc improve_rows(struct req *req, struct improve_view *view)
{
    struct bank_question *owns = NULL;
    size_t count = 0;
    TRY(bank_list(req->tx, req->arena, view->programme.id, "", &owns, &count));
    view->rows = ARENA_ARRAY(req->arena, const struct measure_row *, measure_row_count() + count);
    if (view->rows == NULL)
        return RC_NO_MEMORY;
    view->row_count = 0;
    for (const struct measure_row *row = measure_rows; row->name != NULL; row++)
        view->rows[view->row_count++] = row;
    for (size_t k = 0; k < count; k++) { // the chapter of what comes later is the last
        struct measure_row *row = NULL;
        TRY(own_measure(req->arena, &owns[k], &row));
        if (row != NULL)
            view->rows[view->row_count++] = row;
    }
    return RC_OK;
}

enum rc improve_lines(struct req *req, struct improve_view *view, const struct scope *scope,
                      size_t group)
{
    TRY(improve_rows(req, view));
    view->lines = ARENA_ARRAY(req->arena, struct measure_line, view->row_count);
    if (view->lines == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->row_count; k++) {
        struct measure_line *line = &view->lines[view->line_count++];
        improve_line(line, view->rows[k]);
        TRY(measure_line(req, scope, group, line));
    }
    return RC_OK;
}

enum rc improve_find_row(struct req *req, struct improve_view *view, const char *name,
                         const struct measure_row **ret_row)
{
    TRY(improve_rows(req, view));
    for (size_t k = 0; k < view->row_count; k++)
        if (strcmp(view->rows[k]->name, name) == 0) {
            *ret_row = view->rows[k];
            return RC_OK;
        }
    return RC_NOT_FOUND;
}

enum rc improve_groups(struct req *req, struct improve_view *view, const struct scope *scope,
                       size_t chosen)
{
    view->groups = ARENA_ARRAY(req->arena, struct group_line, scope->group_count);
    if (view->groups == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < scope->group_count; k++) {
        const struct group *group = &scope->groups[k];
        const char *name =
            k == 0 ? "" : arena_printf(req->arena, "%s:%s", group->dimension, group->value);
        if (name == NULL)
            return RC_NO_MEMORY;
        view->groups[k] = (struct group_line){
            .name = name,
            .label = group->label,
            .dimension = group->dimension,
            .begins = k == 0 || strcmp(scope->groups[k - 1].dimension, group->dimension) != 0,
            .chosen = k == chosen};
    }
    view->group_count = scope->group_count;
    view->group = view->groups[chosen].name;
    view->group_label = view->groups[chosen].label;
    return RC_OK;
}

enum rc improve_scope(struct req *req, const struct improve_view *view, struct scope **ret_scope)
{
    *ret_scope = ARENA_NEW(req->arena, struct scope);
    if (*ret_scope == NULL)
        return RC_NO_MEMORY;
    return scope_load(req->tx, req->arena,
                      view->cohort.id != 0 ? view->cohort.id : view->programme.id, *ret_scope);
}

static enum rc load_measures(struct req *req)
{
    struct improve_view *view = NULL;
    struct scope *scope = NULL;
    TRY(improve_make_view(req, NULL, &view));
    TRY(improve_scope(req, view, &scope));
    size_t group = scope_group(scope, form_value(&req->form, "group"));
    TRY(improve_groups(req, view, scope, group));
    TRY(improve_lines(req, view, scope, group));
    TRY(snapshot_list(req->tx, req->arena, scope->id, &view->snapshots, &view->snapshot_count));
    TRY(improve_aims(req, view, scope));
    return view->cohort.id != 0 ? improve_goals(req, view) : RC_OK;
}

static void write_measures(struct html *html, struct req *req)
{
    page_measures(html, req->view);
}

void improve_cell(struct csv_writer *csv, struct req *req, const struct measured *m, int64_t number)
{
    const char *text = arena_printf(req->arena, "%lld", (long long)number);
    csv_cell_text(csv, m->shown && text != NULL ? text : message_in(req->locale, MSG("not told")));
}

void improve_value_cell(struct csv_writer *csv, struct req *req, const struct measured *m)
{
    const char *text = improve_text(req->arena, m->value);
    csv_cell_text(csv, m->shown && text != NULL ? text : message_in(req->locale, MSG("not told")));
}

enum rc improve_sheet(struct req *req, const char *const *headings, struct csv_writer *ret_csv,
                      struct buffer **ret_out)
{
    enum { SHEET_LIMIT_BYTES = 1 << 20 };
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    if (out == NULL)
        return RC_NO_MEMORY;
    buffer_open(out, req->arena, SHEET_LIMIT_BYTES);
    csv_writer_open(ret_csv, out);
    for (size_t k = 0; headings[k] != NULL; k++)
        csv_cell_text(ret_csv, headings[k]);
    csv_end_row(ret_csv);
    req->content_type = "text/csv; charset=utf-8";
    *ret_out = out;
    return RC_OK;
}

static void sheet_line(struct csv_writer *csv, struct req *req, const struct improve_view *view,
                       const struct measure_line *line)
{
    csv_cell_text(csv, line->name);
    csv_cell_text(csv, message_in(req->locale, line->label));
    csv_cell_text(csv, message_in(req->locale, line->top));
    csv_cell_text(csv, message_in(req->locale, line->bottom));
    csv_cell_text(csv, message_in(req->locale, view->group_label));
    improve_value_cell(csv, req, &line->measured);
    csv_cell_text(csv, message_in(req->locale, line->unit));
    improve_cell(csv, req, &line->measured, line->measured.n);
    improve_cell(csv, req, &line->measured, line->measured.people);
    if (line->rated)
        improve_value_cell(csv, req, &line->rate);
    else
        csv_cell_text(csv, "");
    csv_end_row(csv);
}

// Goals for each objective, which are of the whole cohort.
static void sheet_goals(struct csv_writer *csv, struct req *req, const struct goals_line *goals)
{
    static const char *const labels[] = {MSG("Goals for an objective"),
                                         MSG("Goals for an objective that are reached")};
    const struct measured shown = {.shown = !goals->small};
    for (size_t k = 0; k < 2; k++) {
        csv_cell_text(csv, k == 0 ? "objective_goals" : "objective_goals_reached");
        csv_cell_text(csv, message_in(req->locale, labels[k]));
        csv_cell_text(csv, message_in(req->locale, k == 0 ? MSG("goals that are not dropped")
                                                          : MSG("goals that were reached")));
        csv_cell_text(csv, goals->title[0] != '\0'
                               ? goals->title
                               : message_in(req->locale, MSG("Goals without an objective")));
        csv_cell_text(csv, message_in(req->locale, MSG("Everybody")));
        improve_cell(csv, req, &shown, k == 0 ? goals->goals : goals->reached);
        csv_cell_text(csv, "");
        improve_cell(csv, req, &shown, goals->goals);
        csv_cell_text(csv, "");
        csv_cell_text(csv, "");
        csv_end_row(csv);
    }
}

// An objective: where it stood, where it stands, and where it should stand.
static void sheet_aim(struct csv_writer *csv, struct req *req, const struct aim_line *aim)
{
    static const struct {
        const char *name;
        const char *label;
    } rows[] = {
        {"objective_start",  MSG("At the start of an objective")},
        {"objective_now",    MSG("Now, of an objective")        },
        {"objective_target", MSG("The target of an objective")  },
    };
    const struct objective *of = aim->of;
    const char *const numbers[] = {of->baseline, "", of->target};
    for (size_t k = 0; k < 3; k++) {
        bool now = k == 1;
        if (now ? aim->row == NULL : numbers[k][0] == '\0')
            continue;
        csv_cell_text(csv, rows[k].name);
        csv_cell_text(csv, message_in(req->locale, rows[k].label));
        csv_cell_text(csv, of->counted == NULL ? of->measure
                                               : message_in(req->locale, of->counted->label));
        csv_cell_text(csv, of->title);
        csv_cell_text(csv, message_in(req->locale, MSG("Everybody")));
        if (now)
            improve_value_cell(csv, req, &aim->now);
        else
            csv_cell_text(csv, numbers[k]);
        csv_cell_text(csv, of->counted == NULL ? "" : message_in(req->locale, of->counted->unit));
        if (now)
            improve_cell(csv, req, &aim->now, aim->now.n);
        else
            csv_cell_text(csv, "");
        if (now)
            improve_cell(csv, req, &aim->now, aim->now.people);
        else
            csv_cell_text(csv, "");
        csv_cell_text(csv, "");
        csv_end_row(csv);
    }
}

static enum rc load_sheet(struct req *req)
{
    static const char *const headings[] = {
        "Measure", "What it is", "What is counted", "Of what",           "Group", "Value",
        "Unit",    "n",          "People",          "Answered, percent", NULL};
    struct buffer *out = NULL;
    struct csv_writer csv;
    TRY(load_measures(req));
    const struct improve_view *view = req->view;
    TRY(improve_sheet(req, headings, &csv, &out));
    for (size_t k = 0; k < view->line_count; k++)
        sheet_line(&csv, req, view, &view->lines[k]);
    for (size_t k = 0; k < view->aim_count && view->group[0] == '\0'; k++)
        sheet_aim(&csv, req, &view->aims[k]);
    for (size_t k = 0; k < view->goal_count && view->group[0] == '\0'; k++)
        sheet_goals(&csv, req, &view->goals[k]);
    req->file_name = "measures.csv";
    req->view = out;
    return out->rc;
}

// ---- one measure -------------------------------------------------------------------------------

static enum rc draw_months(struct req *req, struct improve_view *view)
{
    struct chart_row rows[MONTHS_SHOWN];
    size_t count = 0;
    for (size_t k = 0; k < view->month_count; k++) {
        const struct measured *m = &view->months[k].measured;
        if (m->shown && m->value >= 0)
            rows[count++] =
                (struct chart_row){view->months[k].name, NULL, (uint32_t)((m->value + 5) / 10), 0};
    }
    if (count < 2)
        return RC_OK;
    struct chart chart = {
        .id = "months",
        .title = message_in(req->locale, view->line->label),
        .description = message_in(req->locale, MSG("The table below says the same in numbers.")),
        .rows_name = message_in(req->locale, MSG("Month")),
        .first_name = message_in(req->locale, MSG("Value")),
        .tenths = true,
        .rows = rows,
        .count = count};
    return app_plot(req->arena, &chart, 1 << 18, &view->plot);
}

static enum rc load_measure(struct req *req)
{
    struct improve_view *view = NULL;
    struct scope *scope = NULL;
    struct seen seen;
    const struct measure_row *row = NULL;
    struct measure_line *line = ARENA_NEW(req->arena, struct measure_line);
    if (line == NULL)
        return RC_NO_MEMORY;
    TRY(improve_make_view(req, NULL, &view));
    TRY(improve_find_row(req, view, req_param(req, "measure"), &row));
    TRY(improve_scope(req, view, &scope));
    TRY(improve_groups(req, view, scope, 0));
    TRY(scope_see(req->tx, req->arena, scope, row, req->now_us, &seen));
    for (size_t k = 0; k < scope->group_count; k++)
        TRY(scope_measure(req->arena, scope, &seen, k, &view->groups[k].measured));
    improve_line(line, row);
    TRY(see_rate(req, scope, 0, line));
    line->measured = view->groups[0].measured;
    view->line = line;
    req->title = row->label;
    TRY(scope_months(req->arena, scope, &seen, req->now_us, &view->months, &view->month_count));
    return draw_months(req, view);
}

static void write_measure(struct html *html, struct req *req)
{
    page_measure(html, req->view);
}

static void part_row(struct csv_writer *csv, struct req *req, const char *const names[2],
                     const struct measured *m)
{
    const struct improve_view *view = req->view;
    csv_cell_text(csv, view->line->name);
    csv_cell_text(csv, names[0]);
    csv_cell_text(csv, names[1]);
    improve_value_cell(csv, req, m);
    csv_cell_text(csv, message_in(req->locale, view->line->unit));
    improve_cell(csv, req, m, m->n);
    improve_cell(csv, req, m, m->people);
    csv_end_row(csv);
}

// By group and by month, as the page has it.
static enum rc load_groups_sheet(struct req *req)
{
    static const char *const headings[] = {"Measure", "By", "Group or month", "Value",
                                           "Unit",    "n",  "People",         NULL};
    struct buffer *out = NULL;
    struct csv_writer csv;
    TRY(load_measure(req));
    const struct improve_view *view = req->view;
    TRY(improve_sheet(req, headings, &csv, &out));
    for (size_t k = 0; k < view->group_count; k++) {
        const struct group_line *group = &view->groups[k];
        const char *const names[] = {group->dimension, message_in(req->locale, group->label)};
        part_row(&csv, req, names, &group->measured);
    }
    for (size_t k = 0; k < view->month_count; k++) {
        const char *const names[] = {"month", view->months[k].name};
        part_row(&csv, req, names, &view->months[k].measured);
    }
    req->file_name = "measure.csv";
    req->view = out;
    return out->rc;
}

// ---- snapshots ---------------------------------------------------------------------------------

static enum rc act_snapshot(struct req *req)
{
    const struct app_place at = app_here(req);
    struct improve_view *view = NULL;
    TRY(improve_make_view(req, NULL, &view));
    TRY(snapshot_take(&at, view->cohort.id, req->actor.person, "hand"));
    return req_go(req, MSG("The measures of today are kept, and never change any more."),
                  "/cohorts/%lld/measures", (long long)view->cohort.id);
}

// clang-format off
const struct route improve_measure_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/measures",              CAN_READ_REPORTS,  NULL, req_slow, NULL,         load_measures, write_measures, MSG("How it goes"), .out = &measures_out, .query = "group"},
    {WEB_GET,  "/cohorts/:cohort/measures.csv",          CAN_READ_REPORTS,  NULL, req_slow, NULL,         load_sheet,    app_write_view, MSG("How it goes, as a sheet")},
    {WEB_GET,  "/cohorts/:cohort/measures/:measure",     CAN_READ_REPORTS,  NULL, req_slow, NULL,         load_measure,  write_measure,  MSG("A measure"), .out = &measure_detail_out},
    {WEB_POST, "/cohorts/:cohort/snapshots",             CAN_REVIEW_PEOPLE, NULL, NULL,     act_snapshot, NULL,          NULL,           MSG("Keep the measures of today")},
    {WEB_GET,  "/programmes/:programme/measures",        CAN_READ_REPORTS,  NULL, req_slow, NULL,         load_measures, write_measures, MSG("How the programme goes"), .out = &measures_out},
    {WEB_GET,  "/programmes/:programme/measures.csv",    CAN_READ_REPORTS,  NULL, req_slow, NULL,         load_sheet,    app_write_view, MSG("How the programme goes, as a sheet")},
    {WEB_GET,  "/programmes/:programme/measures/:measure", CAN_READ_REPORTS, NULL, req_slow, NULL,        load_measure,  write_measure,  MSG("A measure of the programme"), .out = &measure_detail_out},
    {WEB_GET,  "/cohorts/:cohort/measures/:measure/groups.csv", CAN_READ_REPORTS, NULL, req_slow, NULL, load_groups_sheet, app_write_view, MSG("A measure, as a sheet")},
    {WEB_GET,  "/programmes/:programme/measures/:measure/groups.csv", CAN_READ_REPORTS, NULL, req_slow, NULL, load_groups_sheet, app_write_view, MSG("A measure of the programme, as a sheet")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
