// SPDX-License-Identifier: Apache-2.0
//
// Why: before pairs are looked for, the people who run a cohort see what is wished and what is
// offered, by two of topic, level, language and part of the world, and where the gaps are.
//
// Promises: what one to four people wish or offer is not told, and can't be worked out from what
// is (base/suppress.h); pages, sheets and programs are told the same.
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/phase.h"
#include "base/suppress.h"

#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_page.h"
#include "app/enrolment/enrolment_store.h"
#include "app_enrolment_enrolment.html.h"
#include "format/chart.h"

enum { PLOTTED_MAX = 40, ZONES_MAX = 64 };

// clang-format off
const struct field_option enrolment_bands[] = {
    {"0",  MSG("The Americas (UTC-11 to UTC-3)")     },
    {"1",  MSG("Europe and Africa (UTC-2 to UTC+3)") },
    {"2",  MSG("Asia and the Pacific (UTC+4 and on)")},
    {"3",  MSG("Not known")                          },
    {NULL, NULL                                      },
};

const struct field_option enrolment_pool_tables[] = {
    {"topic-level",    MSG("By topic and level")            },
    {"topic-language", MSG("By topic and language")         },
    {"topic-band",     MSG("By topic and part of the world")},
    {"level-band",     MSG("By level and part of the world")},
    {NULL,             NULL                                 },
};
// clang-format on

enum kind { BY_TOPIC, BY_LEVEL, BY_LANGUAGE, BY_BAND };

static const struct {
    enum kind rows;
    enum kind columns;
} tables[] = {
    {BY_TOPIC, BY_LEVEL   },
    {BY_TOPIC, BY_LANGUAGE},
    {BY_TOPIC, BY_BAND    },
    {BY_LEVEL, BY_BAND    },
};

#define REST "*" // the line of topics that are none of the programme's

// What a person may stand in: her topics, for one.
struct lines {
    enum kind kind;
    const char *name; // a message
    const char *values[SUPPRESS_LINES_MAX];
    const char *labels[SUPPRESS_LINES_MAX];
    bool own[SUPPRESS_LINES_MAX]; // a topic of the programme's, which stands in her own words
    size_t count;
};

// People and numbers of the table with its totals, as struct suppress_table has them.
struct counts {
    int64_t *people;
    int64_t *values;
    bool *hidden;
};

struct pool {
    struct lines rows;
    struct lines columns;
    struct counts wished;
    struct counts places;
    // bands of the zones that were looked up
    const char *zones[ZONES_MAX];
    size_t zone_bands[ZONES_MAX];
    size_t zone_count;
};

// ---- where a person stands ----------------------------------------------------------------------

// By the standard time of the cohort's first weeks; a band is wide enough for that.
size_t enrolment_band(struct arena *arena, const char *zone)
{
    struct zone found;
    if (strcmp(zone, "UTC") == 0 || zone_load(arena, ZONE_FOLDER, zone, &found) != RC_OK)
        return ENROLMENT_BANDS - 1;
    int minutes = phase_offset_minutes(&found, 1800000000);
    return minutes < -150 ? 0 : minutes < 225 ? 1 : 2;
}

static size_t band_of(struct arena *arena, struct pool *pool, const char *name)
{
    for (size_t k = 0; k < pool->zone_count; k++)
        if (strcmp(pool->zones[k], name) == 0)
            return pool->zone_bands[k];
    size_t band = enrolment_band(arena, name);
    if (pool->zone_count < ZONES_MAX) {
        pool->zones[pool->zone_count] = name;
        pool->zone_bands[pool->zone_count++] = band;
    }
    return band;
}

// The next of her topics in her own words; empty: that was the last.
static struct text next_own(const char **other)
{
    *other += strspn(*other, " ;");
    size_t part = strcspn(*other, ";");
    struct text one = text_trim(*other, part);
    *other += part;
    return one;
}

static bool has_own(const char *other, const char *label)
{
    struct text one;
    while ((one = next_own(&other)).length > 0)
        if (text_equal(one, text_of(label)))
            return true;
    return false;
}

// Whether she has one that no line of the programme's own topics is.
static bool has_rest(const char *other, const struct lines *lines)
{
    struct text one;
    while ((one = next_own(&other)).length > 0) {
        bool known = false;
        for (size_t k = 0; k < lines->count && !known; k++)
            known = lines->own[k] && text_equal(one, text_of(lines->labels[k]));
        if (!known)
            return true;
    }
    return false;
}

static bool stands_in(const struct lines *lines, size_t at, const struct enrolment *e, size_t band)
{
    switch (lines->kind) {
    case BY_TOPIC:
        if (strcmp(lines->values[at], REST) == 0)
            return has_rest(e->other, lines);
        return lines->own[at] ? has_own(e->other, lines->labels[at])
                              : enrolment_common(lines->values[at], e->topics) > 0;
    case BY_LEVEL:
        return (e->level >= 1 && e->level <= 4 ? (size_t)e->level - 1 : 4) == at;
    case BY_LANGUAGE:
        return enrolment_common(lines->values[at], e->languages) > 0;
    case BY_BAND:
        return band == at;
    }
    return false;
}

static void add_line(struct lines *lines, const char *value, const char *label, bool own)
{
    if (lines->count == SUPPRESS_LINES_MAX)
        return;
    lines->values[lines->count] = value;
    lines->labels[lines->count] = label;
    lines->own[lines->count++] = own;
}

static enum rc make_lines(struct req *req, int64_t programme, enum kind kind, struct lines *lines)
{
    static const char *const names[] = {MSG("Topic"), MSG("Level"), MSG("Language"),
                                        MSG("Part of the world")};
    struct enrolment_topic *topics = NULL;
    size_t count = 0;
    *lines = (struct lines){.kind = kind, .name = names[kind]};
    if (kind == BY_TOPIC)
        TRY(topic_list(req->tx, req->arena, programme, &topics, &count));
    for (size_t k = 0; k < count; k++)
        add_line(lines, topics[k].value, topics[k].label, topics[k].own != 0);
    const struct field_option *options = kind == BY_LEVEL      ? enrolment_levels
                                         : kind == BY_LANGUAGE ? enrolment_languages
                                                               : enrolment_bands;
    for (; kind != BY_TOPIC && options->value != NULL; options++)
        add_line(lines, options->value, options->label, false);
    if (kind == BY_TOPIC)
        add_line(lines, REST, MSG("Topics in own words"), false);
    if (kind == BY_LEVEL)
        add_line(lines, "0", MSG("Not said"), false);
    return RC_OK;
}

// ---- the numbers ------------------------------------------------------------------------------

static size_t place_of(const struct pool *pool, size_t row, size_t column)
{
    return row * (pool->columns.count + 1) + column;
}

static bool make_counts(struct arena *arena, const struct pool *pool, struct counts *ret_counts)
{
    size_t count = (pool->rows.count + 1) * (pool->columns.count + 1);
    *ret_counts =
        (struct counts){ARENA_ARRAY(arena, int64_t, count), ARENA_ARRAY(arena, int64_t, count),
                        ARENA_ARRAY(arena, bool, count)};
    return ret_counts->people != NULL && ret_counts->values != NULL && ret_counts->hidden != NULL;
}

// In each cell that she stands in, and once in each total of people.
static void count_one(struct pool *pool, const struct enrolment *e, size_t band)
{
    bool mentor = strcmp(e->role, "mentor") == 0;
    struct counts *counts = mentor ? &pool->places : &pool->wished;
    int64_t value = mentor ? e->places : 1;
    bool in_column[SUPPRESS_LINES_MAX];
    size_t columns = 0;
    size_t rows = 0;
    if (value == 0)
        return;
    for (size_t c = 0; c < pool->columns.count; c++) {
        in_column[c] = stands_in(&pool->columns, c, e, band);
        columns += in_column[c];
    }
    for (size_t r = 0; r < pool->rows.count && columns > 0; r++) {
        if (!stands_in(&pool->rows, r, e, band))
            continue;
        rows++;
        for (size_t c = 0; c < pool->columns.count; c++) {
            counts->people[place_of(pool, r, c)] += in_column[c];
            counts->values[place_of(pool, r, c)] += in_column[c] ? value : 0;
        }
        counts->people[place_of(pool, r, pool->columns.count)]++;
        counts->values[place_of(pool, r, pool->columns.count)] += value * (int64_t)columns;
    }
    for (size_t c = 0; c < pool->columns.count && rows > 0; c++) {
        counts->people[place_of(pool, pool->rows.count, c)] += in_column[c];
        counts->values[place_of(pool, pool->rows.count, c)] +=
            in_column[c] ? value * (int64_t)rows : 0;
    }
    size_t all = place_of(pool, pool->rows.count, pool->columns.count);
    counts->people[all] += rows > 0;
    counts->values[all] += value * (int64_t)(rows * columns);
}

static enum rc count_all(struct req *req, struct enrolment_view *view, struct pool *pool)
{
    if (!make_counts(req->arena, pool, &pool->wished) ||
        !make_counts(req->arena, pool, &pool->places))
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->count; k++) {
        const struct enrolment *e = &view->all[k];
        if (strcmp(e->state, "approved") == 0 || strcmp(e->state, "submitted") == 0)
            count_one(pool, e, band_of(req->arena, pool, e->zone));
    }
    const struct suppress_table wished = {pool->rows.count, pool->columns.count,
                                          pool->wished.people, pool->wished.values};
    const struct suppress_table places = {pool->rows.count, pool->columns.count,
                                          pool->places.people, pool->places.values};
    suppress_hide(&wished, pool->wished.hidden);
    suppress_hide(&places, pool->places.hidden);
    return RC_OK;
}

// ---- what is shown ----------------------------------------------------------------------------

static struct enrolment_supply supply_at(const struct pool *pool, size_t row, size_t column)
{
    size_t at = place_of(pool, row, column);
    bool wished = !pool->wished.hidden[at];
    bool places = !pool->places.hidden[at];
    return (struct enrolment_supply){
        .column = column < pool->columns.count ? pool->columns.labels[column] : MSG("All"),
        .wished = wished ? pool->wished.values[at] : 0,
        .places = places ? pool->places.values[at] : 0,
        .tells_wished = wished,
        .tells_places = places};
}

// Whether nobody stands in a line, and that is told.
static bool is_empty(const struct pool *pool, size_t row, size_t column)
{
    size_t at = place_of(pool, row, column);
    return pool->wished.values[at] == 0 && pool->places.values[at] == 0 &&
           !pool->wished.hidden[at] && !pool->places.hidden[at];
}

bool enrolment_is_table(const struct enrolment_view *view, const struct field_option *table)
{
    return strcmp(table->value, view->supplies.by) == 0;
}

bool enrolment_lacks(const struct enrolment_supply *supply)
{
    return supply->tells_wished && supply->tells_places && supply->wished > supply->places;
}

// More wishes than places, the worst first; then by the number of wishes. What is not told is last.
static int by_gap(const void *left, const void *right)
{
    const struct enrolment_supply_row *rows[] = {left, right};
    int64_t key[2];
    int64_t wished[2];
    for (int k = 0; k < 2; k++) {
        const struct enrolment_supply *all = &rows[k]->cells[rows[k]->count - 1];
        bool told = all->tells_wished && all->tells_places;
        key[k] = told ? all->wished - all->places : INT64_MIN;
        wished[k] = all->wished;
    }
    if (key[0] != key[1])
        return key[0] > key[1] ? -1 : 1;
    if (wished[0] != wished[1])
        return wished[0] > wished[1] ? -1 : 1;
    return strcmp(rows[0]->label, rows[1]->label);
}

static enum rc make_rows(struct req *req, const struct pool *pool, struct enrolment_supplies *s)
{
    size_t columns = pool->columns.count;
    s->rows = ARENA_ARRAY(req->arena, struct enrolment_supply_row, pool->rows.count + 1);
    if (s->rows == NULL)
        return RC_NO_MEMORY;
    for (size_t r = 0; r <= pool->rows.count; r++) {
        bool last = r == pool->rows.count;
        if (is_empty(pool, r, columns))
            continue;
        struct enrolment_supply_row *row = &s->rows[s->row_count++];
        row->label = last ? MSG("All") : pool->rows.labels[r];
        row->cells = ARENA_ARRAY(req->arena, struct enrolment_supply, columns + 1);
        if (row->cells == NULL)
            return RC_NO_MEMORY;
        for (size_t c = 0; c <= columns; c++)
            if (!is_empty(pool, pool->rows.count, c))
                row->cells[row->count++] = supply_at(pool, r, c);
    }
    if (s->row_count > 1 && pool->rows.kind == BY_TOPIC)
        qsort(s->rows, s->row_count - 1, sizeof s->rows[0], by_gap);
    return RC_OK;
}

static enum rc draw(struct req *req, struct enrolment_supplies *s)
{
    struct chart_row rows[PLOTTED_MAX];
    size_t count = 0;
    for (size_t k = 0; k + 1 < s->row_count && count < PLOTTED_MAX; k++) {
        const struct enrolment_supply *all = &s->rows[k].cells[s->rows[k].count - 1];
        if (all->tells_wished && all->tells_places)
            rows[count++] = (struct chart_row){message_in(req->locale, s->rows[k].label), NULL,
                                               (uint32_t)all->wished, (uint32_t)all->places};
    }
    if (count == 0)
        return RC_OK;
    struct chart chart = {
        .id = "pool",
        .title = message_in(req->locale, MSG("Wishes and places")),
        .description = message_in(req->locale, MSG("The table below says the same in numbers.")),
        .rows_name = message_in(req->locale, s->row_name),
        .first_name = message_in(req->locale, MSG("Wishes of mentees")),
        .second_name = message_in(req->locale, MSG("Places with mentors")),
        .has_second = true,
        .rows = rows,
        .count = count};
    return app_plot(req->arena, &chart, 1 << 20, &s->plot);
}

// By the query's `by`; the first table when it says none of them.
static enum rc make_pool(struct req *req, struct enrolment_view **ret_view)
{
    struct enrolment_view *view = NULL;
    struct enrolment_filter filter = {.most = ENROLMENTS_MAX};
    struct pool *pool = ARENA_NEW(req->arena, struct pool);
    const char *by = form_value(&req->form, "by");
    size_t chosen = 0;
    if (pool == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; by != NULL && k < sizeof tables / sizeof tables[0]; k++)
        if (strcmp(by, enrolment_pool_tables[k].value) == 0)
            chosen = k;
    TRY(enrolment_make_view(req, &view));
    TRY(make_lines(req, view->cohort.programme, tables[chosen].rows, &pool->rows));
    TRY(make_lines(req, view->cohort.programme, tables[chosen].columns, &pool->columns));
    TRY(enrolment_list(req->tx, req->arena, view->cohort.id, &filter, &view->all, &view->count));
    TRY(count_all(req, view, pool));
    view->supplies.by = enrolment_pool_tables[chosen].value;
    view->supplies.row_name = pool->rows.name;
    view->supplies.has_levels = pool->columns.kind == BY_LEVEL;
    view->supplies.counts_twice = pool->columns.kind == BY_LANGUAGE;
    *ret_view = view;
    return make_rows(req, pool, &view->supplies);
}

// Whose experience somebody has looked at, of mentors with places. Numbers of few are hidden, and
// those that would give them away.
static void count_checked(struct enrolment_view *view)
{
    int64_t people[(ENROLMENT_CHECKS + 1) * 2] = {0};
    bool hidden[(ENROLMENT_CHECKS + 1) * 2] = {false};
    const struct suppress_table table = {ENROLMENT_CHECKS, 1, people, people};
    for (size_t k = 0; k < view->count; k++) {
        const struct enrolment *e = &view->all[k];
        bool counts = strcmp(e->role, "mentor") == 0 && e->places > 0 &&
                      (strcmp(e->state, "approved") == 0 || strcmp(e->state, "submitted") == 0);
        for (size_t c = 0; counts && c < ENROLMENT_CHECKS; c++) {
            bool is_this = strcmp(e->checked, enrolment_checks[c].value) == 0;
            people[2 * c] += is_this;
            people[2 * (size_t)ENROLMENT_CHECKS] += is_this;
        }
    }
    for (size_t c = 0; c <= ENROLMENT_CHECKS; c++)
        people[2 * c + 1] = people[2 * c];
    suppress_hide(&table, hidden);
    for (size_t c = 0; c <= ENROLMENT_CHECKS; c++)
        view->checked[c] = (struct enrolment_checked){
            c < ENROLMENT_CHECKS ? enrolment_checks[c].label : MSG("All"),
            !hidden[2 * c] && !hidden[2 * c + 1], people[2 * c]};
}

static enum rc load_pool(struct req *req)
{
    struct enrolment_view *view = NULL;
    TRY(make_pool(req, &view));
    count_checked(view);
    return draw(req, &view->supplies);
}

static void write_pool(struct html *html, struct req *req)
{
    page_pool(html, req->view);
}

static void write_number(struct csv_writer *csv, bool told, int64_t number)
{
    if (told)
        csv_cell_integer(csv, number);
    else
        csv_cell_text(csv, "not told");
}

// A line for each number of the table.
static enum rc load_sheet(struct req *req)
{
    static const char *const headings[] = {"Row", "Column", "Wishes", "Places",
                                           "Wishes more than places"};
    enum { SHEET_LIMIT_BYTES = 4 << 20 };
    struct enrolment_view *view = NULL;
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    struct csv_writer csv;
    if (out == NULL)
        return RC_NO_MEMORY;
    TRY(make_pool(req, &view));
    buffer_open(out, req->arena, SHEET_LIMIT_BYTES);
    csv_writer_open(&csv, out);
    for (size_t k = 0; k < sizeof headings / sizeof headings[0]; k++)
        csv_cell_text(&csv, headings[k]);
    csv_end_row(&csv);
    for (size_t r = 0; r < view->supplies.row_count; r++)
        for (size_t c = 0; c < view->supplies.rows[r].count; c++) {
            const struct enrolment_supply *cell = &view->supplies.rows[r].cells[c];
            csv_cell_text(&csv, view->supplies.rows[r].label);
            csv_cell_text(&csv, cell->column);
            write_number(&csv, cell->tells_wished, cell->wished);
            write_number(&csv, cell->tells_places, cell->places);
            write_number(&csv, cell->tells_wished && cell->tells_places,
                         cell->wished - cell->places);
            csv_end_row(&csv);
        }
    req->view = out;
    req->content_type = "text/csv; charset=utf-8";
    req->file_name = "wishes-and-places.csv";
    return out->rc;
}

// clang-format off
const struct route enrolment_pool_routes[] = {
    {WEB_GET, "/cohorts/:cohort/pool",     CAN_READ_REPORTS, NULL, NULL, NULL, load_pool,  write_pool,     MSG("What is wished and what is offered"), .out = &pool_out, .query = "by"},
    {WEB_GET, "/cohorts/:cohort/pool.csv", CAN_READ_REPORTS, NULL, NULL, NULL, load_sheet, app_write_view, MSG("What is wished and what is offered, as a sheet")},
    {0,       NULL,                        0,                NULL, NULL, NULL, NULL,       NULL,           NULL                                     },
};
// clang-format on
