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

static enum rc measure_line(struct req *req, const struct scope *scope, size_t group,
                            struct measure_line *line)
{
    struct seen seen;
    TRY(scope_see(req->tx, req->arena, scope, line->row, req->now_us, &seen));
    return scope_measure(req->arena, scope, &seen, group, &line->measured);
}

enum rc improve_lines(struct req *req, struct improve_view *view, const struct scope *scope,
                      size_t group)
{
    struct bank_question *owns = NULL;
    size_t own_count = 0;
    TRY(bank_list(req->tx, req->arena, view->programme.id, "", &owns, &own_count));
    view->lines = ARENA_ARRAY(req->arena, struct measure_line, measure_row_count() + own_count);
    if (view->lines == NULL)
        return RC_NO_MEMORY;
    for (const struct measure_row *row = measure_rows; row->name != NULL; row++) {
        struct measure_line *line = &view->lines[view->line_count++];
        improve_line(line, row);
        TRY(measure_line(req, scope, group, line));
    }
    for (size_t k = 0; k < own_count; k++) { // the chapter of what comes later is the last
        struct measure_row *row = NULL;
        TRY(own_measure(req->arena, &owns[k], &row));
        if (row == NULL)
            continue;
        struct measure_line *line = &view->lines[view->line_count++];
        improve_line(line, row);
        TRY(measure_line(req, scope, group, line));
    }
    return RC_OK;
}

// Also of the programme's own questions.
static enum rc find_row(struct req *req, const struct improve_view *view, const char *name,
                        const struct measure_row **ret_row)
{
    struct bank_question *owns = NULL;
    size_t count = 0;
    *ret_row = measure_row_find(name);
    if (*ret_row != NULL)
        return RC_OK;
    TRY(bank_list(req->tx, req->arena, view->programme.id, "", &owns, &count));
    for (size_t k = 0; k < count; k++) {
        struct measure_row *row = NULL;
        if (strcmp(owns[k].name, name) != 0)
            continue;
        TRY(own_measure(req->arena, &owns[k], &row));
        *ret_row = row;
    }
    return *ret_row == NULL ? RC_NOT_FOUND : RC_OK;
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
    return view->cohort.id != 0 ? improve_goals(req, view) : RC_OK;
}

static void write_measures(struct html *html, struct req *req)
{
    page_measures(html, req->view);
}

static void sheet_number(struct csv_writer *csv, struct req *req, const struct measured *m,
                         int64_t number)
{
    const char *text = arena_printf(req->arena, "%lld", (long long)number);
    csv_cell_text(csv, m->shown && text != NULL ? text : message_in(req->locale, MSG("not told")));
}

static enum rc load_sheet(struct req *req)
{
    enum { SHEET_LIMIT_BYTES = 1 << 20 };
    static const char *const headings[] = {"Measure", "What it is", "What is counted",
                                           "Of what", "Group",      "Value",
                                           "Unit",    "n",          "People"};
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    struct csv_writer csv;
    if (out == NULL)
        return RC_NO_MEMORY;
    TRY(load_measures(req));
    const struct improve_view *view = req->view;
    buffer_open(out, req->arena, SHEET_LIMIT_BYTES);
    csv_writer_open(&csv, out);
    for (size_t k = 0; k < sizeof headings / sizeof headings[0]; k++)
        csv_cell_text(&csv, headings[k]);
    csv_end_row(&csv);
    for (size_t k = 0; k < view->line_count; k++) {
        const struct measure_line *line = &view->lines[k];
        const char *value = improve_text(req->arena, line->measured.value);
        if (value == NULL)
            return RC_NO_MEMORY;
        csv_cell_text(&csv, line->name);
        csv_cell_text(&csv, message_in(req->locale, line->label));
        csv_cell_text(&csv, message_in(req->locale, line->top));
        csv_cell_text(&csv, message_in(req->locale, line->bottom));
        csv_cell_text(&csv, message_in(req->locale, view->group_label));
        csv_cell_text(&csv,
                      line->measured.shown ? value : message_in(req->locale, MSG("not told")));
        csv_cell_text(&csv, message_in(req->locale, line->unit));
        sheet_number(&csv, req, &line->measured, line->measured.n);
        sheet_number(&csv, req, &line->measured, line->measured.people);
        csv_end_row(&csv);
    }
    req->content_type = "text/csv; charset=utf-8";
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
            rows[count++] = (struct chart_row){view->months[k].name, NULL,
                                               (uint32_t)((m->value + 50) / 100), 0};
    }
    if (count < 2)
        return RC_OK;
    struct chart chart = {
        .id = "months",
        .title = message_in(req->locale, view->line->label),
        .description = message_in(req->locale, MSG("The table below says the same in numbers.")),
        .rows_name = message_in(req->locale, MSG("Month")),
        .first_name = message_in(req->locale, MSG("Value, in whole numbers")),
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
    TRY(find_row(req, view, req_param(req, "measure"), &row));
    TRY(improve_scope(req, view, &scope));
    TRY(improve_groups(req, view, scope, 0));
    TRY(scope_see(req->tx, req->arena, scope, row, req->now_us, &seen));
    for (size_t k = 0; k < scope->group_count; k++)
        TRY(scope_measure(req->arena, scope, &seen, k, &view->groups[k].measured));
    improve_line(line, row);
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

// ---- cohorts beside one another ----------------------------------------------------------------

enum { COLUMNS_MOST = 8 };

// The snapshot of the day on which a cohort was closed last; NULL: it was not.
const struct snapshot *improve_closed(const struct improve_view *view, int64_t cohort)
{
    for (size_t k = 0; k < view->snapshot_count; k++)
        if (view->snapshots[k].cohort == cohort && strcmp(view->snapshots[k].cause, "closed") == 0)
            return &view->snapshots[k];
    return NULL;
}

// Of all measures, or only of those that come after the end.
static enum rc fill_now(struct req *req, struct compare_column *column, bool only_later)
{
    struct scope *scope = ARENA_NEW(req->arena, struct scope);
    size_t k = 0;
    if (scope == NULL)
        return RC_NO_MEMORY;
    TRY(scope_load(req->tx, req->arena, column->cohort, scope));
    for (const struct measure_row *row = measure_rows; row->name != NULL; row++, k++) {
        struct seen seen;
        if (only_later && row->about != ABOUT_LATER)
            continue;
        TRY(scope_see(req->tx, req->arena, scope, row, req->now_us, &seen));
        TRY(scope_measure(req->arena, scope, &seen, 0, &column->cells[k].measured));
    }
    return RC_OK;
}

static enum rc fill_column(struct req *req, const struct improve_view *view,
                           struct compare_column *column)
{
    const struct snapshot *snapshot = improve_closed(view, column->cohort);
    size_t k = 0;
    column->cells = ARENA_ARRAY(req->arena, struct compare_cell, measure_row_count());
    if (column->cells == NULL)
        return RC_NO_MEMORY;
    column->cell_count = measure_row_count();
    for (; k < column->cell_count; k++)
        column->cells[k].name = measure_rows[k].name;
    k = 0;
    if (snapshot == NULL)
        return fill_now(req, column, false);
    column->frozen_at = snapshot->at;
    for (const struct measure_row *row = measure_rows; row->name != NULL; row++, k++)
        TRY(snapshot_value(req->tx, req->arena, snapshot->id, row->name,
                           &column->cells[k].measured));
    return fill_now(req, column, true);
}

static enum rc draw_cohorts(struct req *req, struct improve_view *view, size_t line)
{
    struct chart_row rows[COLUMNS_MOST];
    size_t count = 0;
    for (size_t k = 0; k < view->column_count; k++) {
        const struct measured *m = &view->columns[k].cells[line].measured;
        if (m->shown && m->value >= 0)
            rows[count++] = (struct chart_row){view->columns[k].name, NULL,
                                               (uint32_t)((m->value + 50) / 100), 0};
    }
    if (count < 2)
        return RC_OK;
    struct chart chart = {
        .id = arena_printf(req->arena, "c%zu", line),
        .title = message_in(req->locale, view->lines[line].label),
        .description = message_in(req->locale, MSG("The table above says the same in numbers.")),
        .rows_name = message_in(req->locale, MSG("Cohort")),
        .first_name = message_in(req->locale, MSG("Value, in whole numbers")),
        .rows = rows,
        .count = count};
    if (chart.id == NULL)
        return RC_NO_MEMORY;
    return app_plot(req->arena, &chart, 1 << 18, &view->plots[line]);
}

enum rc improve_columns(struct req *req, struct improve_view *view)
{
    struct db_rows *r = NULL;
    TRY(snapshot_list(req->tx, req->arena, view->programme.id, &view->snapshots,
                      &view->snapshot_count));
    TRY(db_query(req->tx, req->arena, &r,
                 "SELECT id, name FROM cohort WHERE programme = $1 AND state NOT IN ('template', "
                 "'draft', 'cancelled') ORDER BY starts DESC, id DESC LIMIT $2",
                 DB_ARGS(DB_INT(view->programme.id), DB_INT(COLUMNS_MOST))));
    view->columns = ARENA_ARRAY(req->arena, struct compare_column, db_count(r) + 1);
    if (view->columns == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++) {
        struct compare_column *column = &view->columns[db_count(r) - 1 - k];
        *column = (struct compare_column){.name = db_text(r, k, 1), .cohort = db_int(r, k, 0)};
        TRY(fill_column(req, view, column));
    }
    view->column_count = db_count(r);
    return RC_OK;
}

static enum rc load_compare(struct req *req)
{
    struct improve_view *view = NULL;
    TRY(improve_make_view(req, NULL, &view));
    TRY(improve_columns(req, view));
    view->lines = ARENA_ARRAY(req->arena, struct measure_line, measure_row_count());
    view->plots = ARENA_ARRAY(req->arena, struct safe_html, measure_row_count());
    if (view->lines == NULL || view->plots == NULL)
        return RC_NO_MEMORY;
    for (const struct measure_row *row = measure_rows; row->name != NULL; row++) {
        improve_line(&view->lines[view->line_count], row);
        TRY(draw_cohorts(req, view, view->line_count));
        view->line_count++;
    }
    return RC_OK;
}

static void write_compare(struct html *html, struct req *req)
{
    page_compare(html, req->view);
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
    {WEB_GET,  "/programmes/:programme/compare",         CAN_READ_REPORTS,  NULL, req_slow, NULL,         load_compare,  write_compare,  MSG("Cohorts beside one another"), .out = &cohorts_compared_out},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
