// SPDX-License-Identifier: Apache-2.0
//
// Why: what a board, a funder or an accreditor wants to hold in her hands: aims and measures, who
// took part, how it went, what people said, what was changed and what came of it, on one page that
// prints. And what each cohort worked with.
//
// Promises: only what other pages of this slice tell already, so that nothing follows from taking
// the two together; stories only of those who have agreed to print.
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/date.h"

#include "app/improve/improve.h"
#include "app/improve/improve_page.h"
#include "app_improve_evidence.html.h"
#include "format/chart.h"

// ---- what a cohort worked with -----------------------------------------------------------------

static enum rc load_used(struct req *req)
{
    struct improve_view *view = NULL;
    TRY(improve_make_view(req, NULL, &view));
    const struct used_asker asker = {view->cohort.id, view->programme.id, view->may_decide,
                                     view->programme_too};
    return used_list(req, &asker, &view->used, &view->used_count);
}

static void write_used(struct html *html, struct req *req)
{
    page_used(html, req->view);
}

// ---- the pack ----------------------------------------------------------------------------------

// The measures of the day on which the cohort was closed, but for what comes after it.
static enum rc thaw(struct req *req, struct improve_view *view, const struct snapshot *snapshot)
{
    view->frozen_at = snapshot->at;
    for (size_t k = 0; k < view->line_count; k++)
        if (view->lines[k].row->about != ABOUT_LATER)
            TRY(snapshot_value(req->tx, req->arena, snapshot->id, view->lines[k].name,
                               &view->lines[k].measured));
    return RC_OK;
}

static enum rc read_measures(struct req *req, struct improve_view *view)
{
    struct scope *scope = NULL;
    struct seen seen;
    const struct measure_row *people = measure_row_find("people");
    TRY(improve_scope(req, view, &scope));
    TRY(improve_groups(req, view, scope, 0));
    if (people == NULL)
        return RC_NOT_FOUND;
    TRY(scope_see(req->tx, req->arena, scope, people, req->now_us, &seen));
    for (size_t k = 0; k < scope->group_count; k++)
        TRY(scope_measure(req->arena, scope, &seen, k, &view->groups[k].measured));
    TRY(improve_lines(req, view, scope, 0));
    TRY(snapshot_list(req->tx, req->arena, scope->id, &view->snapshots, &view->snapshot_count));
    const struct snapshot *closed =
        view->cohort.id == 0 ? NULL : improve_closed(view, view->cohort.id);
    if (closed != NULL)
        TRY(thaw(req, view, closed));
    return improve_aims(req, view, scope);
}

// Those that are shares, in percent.
static enum rc draw_chapter(struct req *req, struct evidence_chapter *chapter, size_t number)
{
    struct chart_row rows[64];
    size_t count = 0;
    for (size_t k = 0; k < chapter->count && count < sizeof rows / sizeof rows[0]; k++) {
        const struct measure_line *line = &chapter->lines[k];
        if (line->row->kind == MEASURE_SHARE && line->measured.shown && line->measured.value >= 0)
            rows[count++] = (struct chart_row){message_in(req->locale, line->label), NULL,
                                               (uint32_t)((line->measured.value + 50) / 100), 0};
    }
    if (count < 2)
        return RC_OK;
    struct chart chart = {
        .id = arena_printf(req->arena, "e%zu", number),
        .title = message_in(req->locale, chapter->title),
        .description = message_in(req->locale, MSG("The table below says the same in numbers.")),
        .rows_name = message_in(req->locale, MSG("Measure")),
        .first_name = message_in(req->locale, MSG("Percent")),
        .rows = rows,
        .count = count};
    if (chart.id == NULL)
        return RC_NO_MEMORY;
    return app_plot(req->arena, &chart, 1 << 18, &chapter->plot);
}

static enum rc divide(struct req *req, struct improve_view *view)
{
    view->chapters = ARENA_ARRAY(req->arena, struct evidence_chapter, view->line_count + 1);
    if (view->chapters == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->line_count; k++) {
        if (view->lines[k].begins)
            view->chapters[view->chapter_count++] = (struct evidence_chapter){
                .title = measure_about_label(view->lines[k].row->about), .lines = &view->lines[k]};
        view->chapters[view->chapter_count - 1].count++;
    }
    for (size_t k = 0; k < view->chapter_count; k++)
        TRY(draw_chapter(req, &view->chapters[k], k));
    return RC_OK;
}

// What was taken up, with what came of it.
static enum rc read_improvements(struct req *req, struct improve_view *view)
{
    const struct improvement_filter all = {"", "", 0};
    struct improvement *items = NULL;
    size_t count = 0;
    TRY(improvement_list(req, view->programme.id, &all, &items, &count));
    view->items = items;
    for (size_t k = 0; k < count && k < IMPROVEMENTS_PAGE; k++) {
        bool taken_up =
            strcmp(items[k].state, "proposed") != 0 && strcmp(items[k].state, "rejected") != 0;
        if (!taken_up || (view->cohort.id != 0 && items[k].cohort != view->cohort.id &&
                          items[k].applied != view->cohort.id))
            continue;
        struct improvement *item = &view->items[view->item_count++];
        *item = items[k];
        TRY(improvement_effect(req, item));
    }
    return RC_OK;
}

static enum rc read_stories(struct req *req, struct improve_view *view)
{
    enum { STORIES_MOST = 20 };
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT s.id, s.title, s.text, s.took_part, CASE WHEN EXISTS (SELECT 1 FROM story_consent n "
        "WHERE n.story = s.id AND n.person = s.person AND n.item = 'name' AND n.superseded = 0 AND "
        "n.said = 1) THEN p.name ELSE '' END FROM story s JOIN person p ON p.id = s.person WHERE "
        "s.state = 'published' AND p.closed_at = 0 AND s.cohort IN (SELECT id FROM cohort WHERE id "
        "= $1 OR programme = $1) AND EXISTS (SELECT 1 FROM story_consent w WHERE w.story = s.id AND "
        "w.person = s.person AND w.item = 'print' AND w.superseded = 0 AND w.said = 1) AND (s.other "
        "= 0 OR EXISTS (SELECT 1 FROM story_consent o WHERE o.story = s.id AND o.person = s.other "
        "AND o.item = 'print' AND o.superseded = 0 AND o.said = 1)) ORDER BY s.id DESC LIMIT $2",
        DB_ARGS(DB_INT(view->cohort.id != 0 ? view->cohort.id : view->programme.id),
                DB_INT(STORIES_MOST))));
    view->stories = ARENA_ARRAY(req->arena, struct told_story, db_count(r) + 1);
    if (view->stories == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        view->stories[k] = (struct told_story){db_int(r, k, 0), db_text(r, k, 1), db_text(r, k, 2),
                                               db_text(r, k, 3), db_text(r, k, 4)};
    view->story_count = db_count(r);
    return RC_OK;
}

// "19 September 2026 – 20 March 2027"; of a programme nothing.
static enum rc say_period(struct req *req, struct improve_view *view)
{
    struct date from;
    char to[DATE_TEXT_BYTES];
    view->period = "";
    if (view->cohort.id == 0 || date_parse(view->cohort.starts, &from) != RC_OK)
        return RC_OK;
    date_print(date_from_days(date_to_days(from) + 7 * view->cohort.weeks), to);
    view->period = arena_printf(req->arena, "%s \xe2\x80\x93 %s",
                                app_when_in(req->arena, req->locale, view->cohort.starts),
                                app_when_in(req->arena, req->locale, to));
    return view->period == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc load_evidence(struct req *req)
{
    struct improve_view *view = NULL;
    TRY(improve_make_view(req, NULL, &view));
    TRY(say_period(req, view));
    TRY(read_measures(req, view));
    TRY(divide(req, view));
    if (view->cohort.id != 0)
        TRY(improve_goals(req, view));
    TRY(read_improvements(req, view));
    TRY(review_list(req, view->cohort.id != 0 ? view->cohort.id : view->programme.id, 0,
                    &view->reviews, &view->review_count));
    TRY(read_stories(req, view));
    if (view->cohort.id != 0) {
        const struct used_asker asker = {view->cohort.id, view->programme.id, false, false};
        return used_list(req, &asker, &view->used, &view->used_count);
    }
    return improve_columns(req, view);
}

static void write_evidence(struct html *html, struct req *req)
{
    page_evidence(html, req->view);
}

// ---- the log as a sheet ------------------------------------------------------------------------

static void value_cell(struct csv_writer *csv, struct req *req, const struct measured *m)
{
    const char *text = improve_text(req->arena, m->value);
    csv_cell_text(csv, m->shown && text != NULL ? text : "");
}

static enum rc load_sheet(struct req *req)
{
    enum { SHEET_LIMIT_BYTES = 1 << 21 };
    static const char *const headings[] = {"Found",  "State",   "Cohort",   "Owner",
                                           "Due",    "Decided", "Expected", "Measure",
                                           "Before", "After",   "Effect"};
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    struct improve_view *view = NULL;
    struct csv_writer csv;
    if (out == NULL)
        return RC_NO_MEMORY;
    TRY(improve_make_view(req, NULL, &view));
    TRY(read_improvements(req, view));
    buffer_open(out, req->arena, SHEET_LIMIT_BYTES);
    csv_writer_open(&csv, out);
    for (size_t k = 0; k < sizeof headings / sizeof headings[0]; k++)
        csv_cell_text(&csv, headings[k]);
    csv_end_row(&csv);
    for (size_t k = 0; k < view->item_count; k++) {
        const struct improvement *item = &view->items[k];
        const char *const texts[] = {item->finding,    item->state,  item->cohort_name,
                                     item->owner_name, item->due,    item->why,
                                     item->expected,   item->measure};
        for (size_t n = 0; n < sizeof texts / sizeof texts[0]; n++)
            csv_cell_text(&csv, texts[n]);
        value_cell(&csv, req, &item->was);
        value_cell(&csv, req, &item->is);
        csv_cell_text(&csv, item->effect);
        csv_end_row(&csv);
    }
    req->content_type = "text/csv; charset=utf-8";
    req->file_name = "improvements.csv";
    req->view = out;
    return out->rc;
}

// clang-format off
const struct route improve_evidence_routes[] = {
    {WEB_GET, "/cohorts/:cohort/used",                     CAN_READ_REPORTS, NULL, NULL,     NULL, load_used,     write_used,     MSG("What the cohort worked with"), .out = &used_out},
    {WEB_GET, "/cohorts/:cohort/evidence",                 CAN_READ_REPORTS, NULL, req_slow, NULL, load_evidence, write_evidence, MSG("Evidence pack"), .out = &evidence_out},
    {WEB_GET, "/cohorts/:cohort/evidence/improvements.csv", CAN_READ_REPORTS, NULL, NULL,    NULL, load_sheet,    app_write_view, MSG("Improvements, as a sheet")},
    {WEB_GET, "/programmes/:programme/evidence",           CAN_READ_REPORTS, NULL, req_slow, NULL, load_evidence, write_evidence, MSG("Evidence pack of the programme"), .out = &evidence_out},
    {WEB_GET, "/programmes/:programme/evidence/improvements.csv", CAN_READ_REPORTS, NULL, NULL, NULL, load_sheet, app_write_view, MSG("Improvements of the programme, as a sheet")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
