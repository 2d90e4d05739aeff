// SPDX-License-Identifier: Apache-2.0
//
// Why: the page and sheet of match_fair.h.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/suppress.h"

#include "app/match/match_fair.h"
#include "app_match_match_fair.html.h"
#include "format/chart.h"

enum { SAYS = 0, SAYS_NOTHING = 1, LEVELS = 4, DAY = 86400, SECOND_US = 1000000 };

// What is asked of the database about each mentee, in the order of the columns.
enum { LEVEL, WOMAN, CAREGIVING, CAREGIVING_FOR, ACCESS, ACCESS_FOR, ZONE, BEGAN, DECIDED, ID };

// clang-format off
static const struct field_option caring[] = {
    {"yes", MSG("Cares for somebody")}, {"no", MSG("Says nothing, or keeps it to herself")}, {NULL, NULL},
};
static const struct field_option needs[] = {
    {"yes", MSG("Has an access need")}, {"no", MSG("Says nothing, or keeps it to herself")}, {NULL, NULL},
};
static const struct field_option women[] = {
    {"0", MSG("Does not say")}, {"1", MSG("Is a woman")}, {"2", MSG("Is not a woman")}, {NULL, NULL},
};
static const struct {
    const char *name;
    const char *label;
    const struct field_option *options;
} tables[FAIR_TABLES] = {
    {"caregiving", MSG("By caregiving"),        caring          },
    {"access",     MSG("By access needs"),      needs           },
    {"woman",      MSG("By gender"),            women           },
    {"level",      MSG("By experience"),        enrolment_levels},
    {"band",       MSG("By part of the world"), enrolment_bands },
};
// clang-format on

// ---- who is counted -----------------------------------------------------------------------------

static bool said(const char *what, const char *audience)
{
    return what[0] != '\0' && strcmp(audience, "me") != 0;
}

static struct match_fair_mentee read_mentee(struct arena *arena, const struct db_rows *rows,
                                            size_t row)
{
    int64_t level = db_int(rows, row, LEVEL);
    int64_t woman = db_int(rows, row, WOMAN);
    int64_t began = db_int(rows, row, BEGAN);
    int64_t decided = db_int(rows, row, DECIDED);
    bool cares = said(db_text(rows, row, CAREGIVING), db_text(rows, row, CAREGIVING_FOR));
    bool in_need = said(db_text(rows, row, ACCESS), db_text(rows, row, ACCESS_FOR));
    struct match_fair_mentee one = {
        .id = db_int(rows, row, ID),
        .group = {cares ? SAYS : SAYS_NOTHING, in_need ? SAYS : SAYS_NOTHING,
                  woman >= 0 && woman <= 2 ? (size_t)woman : 0,
                  level >= 1 && level <= LEVELS ? (size_t)level - 1 : 0,
                  enrolment_band(arena, db_text(rows, row, ZONE))},
        .matched = began > 0,
        .days = -1
    };
    if (began > 0 && decided > 0 && decided <= began)
        one.days = (began - decided) / SECOND_US / DAY;
    return one;
}

// Mentees who were accepted, or whose match began, which says the same.
static enum rc read_mentees(struct req *req, int64_t cohort, struct match_fair_mentee **ret_all,
                            size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(match_fair_mentees(req, cohort, &rows));
    struct match_fair_mentee *all =
        ARENA_ARRAY(req->arena, struct match_fair_mentee, db_count(rows) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_mentee(req->arena, rows, k);
    TRY(match_fair_read_answers(req, cohort, all, db_count(rows)));
    *ret_all = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

// ---- the numbers --------------------------------------------------------------------------------

static int by_size(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;
    return a < b ? -1 : a > b;
}

// The median days of a group, when enough of its people are known.
static void set_days(const struct match_fair_mentee *all, size_t count, size_t table, size_t group,
                     int64_t *days, struct match_fair_group *to)
{
    size_t known = 0;
    for (size_t k = 0; k < count; k++)
        if (all[k].days >= 0 && (group == SIZE_MAX || all[k].group[table] == group))
            days[known++] = all[k].days;
    if (!to->tells_matched || known < SUPPRESS_LEAST)
        return;
    qsort(days, known, sizeof days[0], by_size);
    to->tells_days = true;
    to->days = (days[(known - 1) / 2] + days[known / 2]) / 2;
}

// A line of the counts (with a mentor, without, together) as it may be told.
static void set_group(struct match_fair_group *to, const int64_t *counts, const bool *hidden)
{
    to->tells_matched = !hidden[0];
    to->tells_mentees = !hidden[2];
    to->tells_percent = !hidden[0] && !hidden[1] && !hidden[2] && counts[2] > 0;
    to->matched = hidden[0] ? 0 : counts[0];
    to->mentees = hidden[2] ? 0 : counts[2];
    to->percent = to->tells_percent ? (counts[0] * 100 + counts[2] / 2) / counts[2] : 0;
}

static enum rc fill_table(struct req *req, const struct match_fair_mentee *all, size_t count,
                          size_t table, struct match_fair_table *to)
{
    enum { COLUMNS = 3 };
    int64_t counts[FAIR_GROUPS_MAX * COLUMNS] = {0};
    bool hidden[FAIR_GROUPS_MAX * COLUMNS];
    int64_t *days = ARENA_ARRAY(req->arena, int64_t, count + 1);
    const size_t groups = to->parts;
    if (days == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++) {
        size_t column = all[k].matched ? 0 : 1;
        counts[all[k].group[table] * COLUMNS + column]++;
        counts[all[k].group[table] * COLUMNS + 2]++;
        counts[groups * COLUMNS + column]++;
        counts[groups * COLUMNS + 2]++;
    }
    const struct suppress_table told = {groups, 2, counts, counts};
    suppress_hide(&told, hidden);
    for (size_t g = 0; g <= groups; g++) {
        struct match_fair_group *group = &to->groups[to->count];
        if (counts[g * COLUMNS + 2] == 0 && !hidden[g * COLUMNS] && !hidden[g * COLUMNS + 1] &&
            !hidden[g * COLUMNS + 2])
            continue;
        to->count++;
        group->label = g < groups ? tables[table].options[g].label : MSG("All");
        set_group(group, &counts[g * COLUMNS], &hidden[g * COLUMNS]);
        set_days(all, count, table, g < groups ? g : SIZE_MAX, days, group);
        group->content = to->content[g];
    }
    return RC_OK;
}

static void begin_table(struct match_fair_table *to, size_t table)
{
    to->name = tables[table].name;
    to->label = tables[table].label;
    while (tables[table].options[to->parts].value != NULL && to->parts + 1 < FAIR_GROUPS_MAX)
        to->parts++;
}

static enum rc make_fair(struct req *req, struct match_fair_view **ret_view)
{
    struct match_fair_view *view = ARENA_NEW(req->arena, struct match_fair_view);
    struct match_fair_mentee *all = NULL;
    size_t count = 0;
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    TRY(read_mentees(req, view->cohort.id, &all, &count));
    view->any = count > 0;
    view->table_count = count > 0 ? FAIR_TABLES : 0;
    for (size_t t = 0; t < FAIR_TABLES; t++)
        begin_table(&view->tables[t], t);
    TRY(match_fair_content(req, all, count, view->tables));
    for (size_t t = 0; t < view->table_count; t++)
        TRY(fill_table(req, all, count, t, &view->tables[t]));
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

// ---- the page and the sheet ---------------------------------------------------------------------

static enum rc draw(struct req *req, struct match_fair_view *view, size_t table)
{
    struct chart_row rows[FAIR_GROUPS_MAX];
    struct match_fair_table *from = &view->tables[table];
    size_t count = 0;
    for (size_t k = 0; k < from->count; k++)
        if (from->groups[k].tells_percent)
            rows[count++] = (struct chart_row){message_in(req->locale, from->groups[k].label), NULL,
                                               (uint32_t)from->groups[k].percent, 0};
    if (count == 0)
        return RC_OK;
    struct chart chart = {
        .id = from->name,
        .title = message_in(req->locale, MSG("Mentees with a mentor, in percent")),
        .description = message_in(req->locale, MSG("The table below says the same in numbers.")),
        .rows_name = message_in(req->locale, MSG("Group")),
        .first_name = message_in(req->locale, MSG("Percent")),
        .rows = rows,
        .count = count};
    return app_plot(req->arena, &chart, 1 << 20, &from->plot);
}

// A single bar compares nothing.
static enum rc draw_content(struct req *req, struct match_fair_view *view, size_t table)
{
    struct chart_row rows[FAIR_GROUPS_MAX];
    struct match_fair_table *from = &view->tables[table];
    size_t count = 0;
    for (size_t k = 0; k < from->count; k++)
        if (from->groups[k].content.told)
            rows[count++] =
                (struct chart_row){message_in(req->locale, from->groups[k].label), NULL,
                                   (uint32_t)((from->groups[k].content.hundredths + 5) / 10), 0};
    if (count < 2)
        return RC_OK;
    struct chart chart = {
        .id = arena_printf(req->arena, "%s-content", from->name),
        .title = message_in(req->locale, MSG("How content mentees are, of 5")),
        .description = message_in(req->locale, MSG("The table below says the same in numbers.")),
        .rows_name = message_in(req->locale, MSG("Group")),
        .first_name = message_in(req->locale, MSG("Of 5")),
        .tenths = true,
        .rows = rows,
        .count = count};
    if (chart.id == NULL)
        return RC_NO_MEMORY;
    return app_plot(req->arena, &chart, 1 << 20, &from->content_plot);
}

void match_fair_tenths(struct html *html, int64_t hundredths)
{
    char text[24];
    int64_t tenths = (hundredths + 5) / 10;
    snprintf(text, sizeof text, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
    html_text(html, text);
}

static enum rc load_fair(struct req *req)
{
    struct match_fair_view *view = NULL;
    TRY(make_fair(req, &view));
    for (size_t t = 0; t < view->table_count; t++)
        TRY(draw(req, view, t));
    for (size_t t = 0; t < view->table_count; t++)
        TRY(draw_content(req, view, t));
    return RC_OK;
}

static void write_fair(struct html *html, struct req *req)
{
    page_match_fair(html, req->view);
}

static void write_number(struct csv_writer *csv, struct req *req, bool told, int64_t number)
{
    if (told)
        csv_cell_integer(csv, number);
    else
        csv_cell_text(csv, message_in(req->locale, MSG("not told")));
}

static void write_hundredths(struct csv_writer *csv, struct req *req,
                             const struct match_fair_content *content)
{
    const char *text = arena_printf(req->arena, "%lld.%02lld", (long long)content->hundredths / 100,
                                    (long long)content->hundredths % 100);
    csv_cell_text(csv,
                  content->told && text != NULL ? text : message_in(req->locale, MSG("not told")));
}

static enum rc load_sheet(struct req *req)
{
    static const char *const headings[] = {
        MSG("Table"),   MSG("Group"),       MSG("Mentees"),       MSG("With a mentor"),
        MSG("Percent"), MSG("Median days"), MSG("Content, of 5"), MSG("Who said it")};
    enum { SHEET_LIMIT_BYTES = 1 << 20 };
    struct match_fair_view *view = NULL;
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    struct csv_writer csv;
    if (out == NULL)
        return RC_NO_MEMORY;
    TRY(make_fair(req, &view));
    buffer_open(out, req->arena, SHEET_LIMIT_BYTES);
    csv_writer_open(&csv, out);
    for (size_t k = 0; k < sizeof headings / sizeof headings[0]; k++)
        csv_cell_text(&csv, message_in(req->locale, headings[k]));
    csv_end_row(&csv);
    for (size_t t = 0; t < view->table_count; t++)
        for (size_t g = 0; g < view->tables[t].count; g++) {
            const struct match_fair_group *group = &view->tables[t].groups[g];
            csv_cell_text(&csv, message_in(req->locale, view->tables[t].label));
            csv_cell_text(&csv, message_in(req->locale, group->label));
            write_number(&csv, req, group->tells_mentees, group->mentees);
            write_number(&csv, req, group->tells_matched, group->matched);
            write_number(&csv, req, group->tells_percent, group->percent);
            write_number(&csv, req, group->tells_days, group->days);
            write_hundredths(&csv, req, &group->content);
            write_number(&csv, req, group->content.told, group->content.people);
            csv_end_row(&csv);
        }
    req->view = out;
    req->content_type = "text/csv; charset=utf-8";
    req->file_name = "fairness.csv";
    return out->rc;
}

// ---- for programs -------------------------------------------------------------------------------

static bool tells_mentees(const void *from)
{
    const struct match_fair_group *group = from;
    return group->tells_mentees;
}

static bool tells_matched(const void *from)
{
    const struct match_fair_group *group = from;
    return group->tells_matched;
}

static bool tells_percent(const void *from)
{
    const struct match_fair_group *group = from;
    return group->tells_percent;
}

static bool tells_days(const void *from)
{
    const struct match_fair_group *group = from;
    return group->tells_days;
}

static bool tells_content(const void *from)
{
    const struct match_fair_group *group = from;
    return group->content.told;
}

// clang-format off
OUT_TYPE(group_out, struct match_fair_group);
OUT_TYPE(table_out, struct match_fair_table);
static const struct out group_rows[] = {
    {"label",   OUT_MESSAGE, OUT_TEXT_OF(struct match_fair_group, label),   "in your language"},
    {"mentees", OUT_INTEGER, OUT_INT_OF(struct match_fair_group,  mentees), "accepted; null here and below: one to four, or from which such a number could be worked out", tells_mentees},
    {"matched", OUT_INTEGER, OUT_INT_OF(struct match_fair_group,  matched), "whose match has begun", tells_matched},
    {"percent", OUT_INTEGER, OUT_INT_OF(struct match_fair_group,  percent), "", tells_percent},
    {"days",    OUT_INTEGER, OUT_INT_OF(struct match_fair_group,  days),    "from the decision about a sign-up to the match: the median", tells_days},
    {"content_hundredths", OUT_INTEGER, OUT_INT_OF(struct match_fair_group, content.hundredths), "how content they say they are, of 5, times 100; null: fewer than five people said it, or a smaller group would follow", tells_content},
    {"content_people", OUT_INTEGER, OUT_INT_OF(struct match_fair_group, content.people), "who said it", tells_content},
};
static const struct out_shape group_out = OUT_SHAPE("FairGroup", struct match_fair_group, group_rows);
static const struct out table_rows[] = {
    {"name",   OUT_TEXT,    OUT_TEXT_OF(struct match_fair_table, name),  "caregiving, access, woman, level or band"},
    {"label",  OUT_MESSAGE, OUT_TEXT_OF(struct match_fair_table, label), "in your language"},
    {"groups", OUT_LIST,    OUT_ARRAY_OF(struct match_fair_table, groups, count, group_out), "the last one is of all"},
};
static const struct out_shape table_out = OUT_SHAPE("FairTable", struct match_fair_table, table_rows);
static const struct out fair_rows[] = {
    {"tables", OUT_LIST, OUT_ARRAY_OF(struct match_fair_view, tables, table_count, table_out), ""},
};
const struct out_shape match_fair_out = OUT_SHAPE("Fairness", struct match_fair_view, fair_rows);

const struct route match_fair_routes[] = {
    {WEB_GET, "/cohorts/:cohort/fairness",     CAN_READ_REPORTS, NULL, NULL, NULL, load_fair,  write_fair,     MSG("Whether matching treats people alike"), .out = &match_fair_out},
    {WEB_GET, "/cohorts/:cohort/fairness.csv", CAN_READ_REPORTS, NULL, NULL, NULL, load_sheet, app_write_view, MSG("Whether matching treats people alike, as a sheet")},
    {0,       NULL,                            0,                NULL, NULL, NULL, NULL,       NULL,           NULL},
};
// clang-format on
