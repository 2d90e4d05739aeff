// SPDX-License-Identifier: Apache-2.0
//
// Why: cohorts beside one another, each measured in the same way; those that have closed as they
// were kept on that day. On a page, drawn, as JSON and as a sheet.
#include <string.h>

#include "base/csv.h"

#include "app/improve/improve.h"
#include "app/improve/improve_page.h"
#include "app_improve_measure.html.h"
#include "format/chart.h"

// The snapshot of the day on which a cohort was closed last; NULL: it was not.
const struct snapshot *improve_closed(const struct improve_view *view, int64_t cohort)
{
    for (size_t k = 0; k < view->snapshot_count; k++)
        if (view->snapshots[k].cohort == cohort && strcmp(view->snapshots[k].cause, "closed") == 0)
            return &view->snapshots[k];
    return NULL;
}

// Of all measures, or only of those that no snapshot has: what comes after the end, and answers to
// a programme's own questions.
static enum rc fill_now(struct req *req, const struct improve_view *view,
                        struct compare_column *column, bool only_later)
{
    struct scope *scope = ARENA_NEW(req->arena, struct scope);
    if (scope == NULL)
        return RC_NO_MEMORY;
    TRY(scope_load(req->tx, req->arena, column->cohort, scope));
    for (size_t k = 0; k < view->row_count; k++)
        if (!only_later || view->rows[k]->about == ABOUT_LATER || view->rows[k]->own != NULL)
            TRY(improve_see(req, scope, view->rows[k], 0, &column->cells[k].measured));
    return RC_OK;
}

static enum rc fill_column(struct req *req, const struct improve_view *view,
                           struct compare_column *column)
{
    const struct snapshot *snapshot = improve_closed(view, column->cohort);
    column->cells = ARENA_ARRAY(req->arena, struct compare_cell, view->row_count);
    if (column->cells == NULL)
        return RC_NO_MEMORY;
    column->cell_count = view->row_count;
    for (size_t k = 0; k < view->row_count; k++)
        column->cells[k].name = view->rows[k]->name;
    if (snapshot == NULL)
        return fill_now(req, view, column, false);
    column->frozen_at = snapshot->at;
    for (size_t k = 0; k < view->row_count; k++)
        TRY(snapshot_value(req->tx, req->arena, snapshot->id, view->rows[k]->name,
                           &column->cells[k].measured));
    return fill_now(req, view, column, true);
}

static enum rc draw_cohorts(struct req *req, struct improve_view *view, size_t line)
{
    struct chart_row rows[COLUMNS_MOST];
    size_t count = 0;
    for (size_t k = 0; k < view->column_count; k++) {
        const struct measured *m = &view->columns[k].cells[line].measured;
        if (m->shown && m->value >= 0)
            rows[count++] =
                (struct chart_row){view->columns[k].name, NULL, (uint32_t)((m->value + 5) / 10), 0};
    }
    if (count < 2)
        return RC_OK;
    struct chart chart = {
        .id = arena_printf(req->arena, "c%zu", line),
        .title = message_in(req->locale, view->lines[line].label),
        .description = message_in(req->locale, MSG("The table above says the same in numbers.")),
        .rows_name = message_in(req->locale, MSG("Cohort")),
        .first_name = message_in(req->locale, MSG("Value")),
        .tenths = true,
        .rows = rows,
        .count = count};
    if (chart.id == NULL)
        return RC_NO_MEMORY;
    return app_plot(req->arena, &chart, 1 << 18, &view->plots[line]);
}

enum rc improve_columns(struct req *req, struct improve_view *view)
{
    TRY(improve_rows(req, view));
    TRY(snapshot_list(req->tx, req->arena, view->programme.id, &view->snapshots,
                      &view->snapshot_count));
    TRY(compared_cohorts(req, view->programme.id, &view->columns, &view->column_count));
    for (size_t k = 0; k < view->column_count; k++)
        TRY(fill_column(req, view, &view->columns[k]));
    return RC_OK;
}

static enum rc load_compare(struct req *req)
{
    struct improve_view *view = NULL;
    TRY(improve_make_view(req, NULL, &view));
    TRY(improve_columns(req, view));
    view->lines = ARENA_ARRAY(req->arena, struct measure_line, view->row_count);
    view->plots = ARENA_ARRAY(req->arena, struct safe_html, view->row_count);
    if (view->lines == NULL || view->plots == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->row_count; k++) {
        improve_line(&view->lines[k], view->rows[k]);
        TRY(draw_cohorts(req, view, k));
        view->line_count++;
    }
    return RC_OK;
}

static void write_compare(struct html *html, struct req *req)
{
    page_compare(html, req->view);
}

static void sheet_row(struct csv_writer *csv, struct req *req, const struct measure_line *line,
                      const struct compare_column *column, const struct measured *m)
{
    const char *kept = column->frozen_at == 0 ? "" : app_time(req->arena, column->frozen_at);
    csv_cell_text(csv, line->name);
    csv_cell_text(csv, message_in(req->locale, line->label));
    csv_cell_text(csv, column->name);
    csv_cell_text(csv, kept == NULL ? "" : kept);
    improve_value_cell(csv, req, m);
    csv_cell_text(csv, message_in(req->locale, line->unit));
    improve_cell(csv, req, m, m->n);
    csv_end_row(csv);
}

static enum rc load_sheet(struct req *req)
{
    static const char *const headings[] = {"Measure", "What it is", "Cohort", "Kept on",
                                           "Value",   "Unit",       "n",      NULL};
    struct buffer *out = NULL;
    struct csv_writer csv;
    TRY(load_compare(req));
    const struct improve_view *view = req->view;
    TRY(improve_sheet(req, headings, &csv, &out));
    for (size_t k = 0; k < view->line_count; k++)
        for (size_t c = 0; c < view->column_count; c++)
            sheet_row(&csv, req, &view->lines[k], &view->columns[c],
                      &view->columns[c].cells[k].measured);
    req->file_name = "cohorts.csv";
    req->view = out;
    return out->rc;
}

// clang-format off
const struct route improve_compare_routes[] = {
    {WEB_GET, "/programmes/:programme/compare",     CAN_READ_REPORTS, NULL, req_slow, NULL, load_compare, write_compare,  MSG("Cohorts beside one another"), .out = &cohorts_compared_out},
    {WEB_GET, "/programmes/:programme/compare.csv", CAN_READ_REPORTS, NULL, req_slow, NULL, load_sheet,   app_write_view, MSG("Cohorts beside one another, as a sheet")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
