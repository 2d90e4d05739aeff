// SPDX-License-Identifier: Apache-2.0
//
// Why: before pairs are looked for, the people who run a cohort see what is wished and what is
// offered, by topic, level, language and part of the world, and where the gaps are.
//
// Promises: numbers of one to four people are told as "under 5", in the plot too.
#include <stdlib.h>
#include <string.h>

#include "base/phase.h"

#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_page.h"
#include "app_enrolment_enrolment.html.h"
#include "format/chart.h"

enum { TELL_LEAST = 5, ROWS_MAX = 40, BANDS = 4 };

static const struct field_option bands[] = {
    {"0",  MSG("The Americas (UTC-11 to UTC-3)")     },
    {"1",  MSG("Europe and Africa (UTC-2 to UTC+3)") },
    {"2",  MSG("Asia and the Pacific (UTC+4 and on)")},
    {"3",  MSG("Not known")                          },
    {NULL, NULL                                      },
};

// By the standard time of the cohort's first weeks; a band is wide enough for that.
static size_t band_of(struct arena *arena, const char *name)
{
    struct zone zone;
    if (strcmp(name, "UTC") == 0 || zone_load(arena, ZONE_FOLDER, name, &zone) != RC_OK)
        return 3;
    int minutes = phase_offset_minutes(&zone, 1800000000);
    return minutes < -150 ? 0 : minutes < 225 ? 1 : 2;
}

static void count_one(struct enrolment_supply *row, const struct enrolment *e)
{
    bool mentor = strcmp(e->role, "mentor") == 0;
    row->wished += !mentor;
    row->offered += mentor ? e->places : 0;
    row->mentors += mentor;
}

static struct enrolment_supply *make_rows(struct arena *arena, const struct field_option *options,
                                          size_t *ret_count)
{
    struct enrolment_supply *rows = ARENA_ARRAY(arena, struct enrolment_supply, ROWS_MAX);
    size_t count = 0;
    for (; rows != NULL && options[count].value != NULL && count < ROWS_MAX; count++)
        rows[count].label = options[count].label;
    *ret_count = count;
    return rows;
}

static enum rc fill_rows(struct req *req, struct enrolment_view *view)
{
    struct enrolment_supplies *s = &view->supplies;
    s->topics = make_rows(req->arena, enrolment_topics, &s->topic_count);
    s->levels = make_rows(req->arena, enrolment_levels, &s->level_count);
    s->languages = make_rows(req->arena, enrolment_languages, &s->language_count);
    s->bands = make_rows(req->arena, bands, &s->band_count);
    if (s->topics == NULL || s->levels == NULL || s->languages == NULL || s->bands == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->count; k++) {
        const struct enrolment *e = &view->all[k];
        bool counts = strcmp(e->state, "approved") == 0 || strcmp(e->state, "submitted") == 0;
        if (!counts)
            continue;
        for (size_t t = 0; t < s->topic_count; t++)
            if (enrolment_common(enrolment_topics[t].value, e->topics) > 0)
                count_one(&s->topics[t], e);
        for (size_t l = 0; l < s->language_count; l++)
            if (enrolment_common(enrolment_languages[l].value, e->languages) > 0)
                count_one(&s->languages[l], e);
        if (e->level >= 1 && (size_t)e->level <= s->level_count)
            count_one(&s->levels[e->level - 1], e);
        count_one(&s->bands[band_of(req->arena, e->zone)], e);
    }
    return RC_OK;
}

// More wishes than places; worst first, at most the size of the list.
static int by_gap(const void *left, const void *right)
{
    const struct enrolment_supply *a = left;
    const struct enrolment_supply *b = right;
    int64_t gap_a = a->wished - a->offered;
    int64_t gap_b = b->wished - b->offered;
    return gap_a > gap_b ? -1 : gap_a < gap_b;
}

bool enrolment_can_tell(int64_t people)
{
    return people == 0 || people >= TELL_LEAST;
}

static enum rc draw(struct req *req, struct enrolment_view *view)
{
    struct enrolment_supplies *s = &view->supplies;
    struct chart_row rows[ROWS_MAX];
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    size_t count = 0;
    if (out == NULL)
        return RC_NO_MEMORY;
    buffer_open(out, req->arena, 1 << 20);
    for (size_t k = 0; k < s->topic_count; k++) {
        const struct enrolment_supply *row = &s->topics[k];
        if ((row->wished > 0 || row->offered > 0) && enrolment_can_tell(row->wished) &&
            enrolment_can_tell(row->mentors))
            rows[count++] = (struct chart_row){message_in(req->locale, row->label), NULL,
                                               (uint32_t)row->wished, (uint32_t)row->offered};
    }
    if (count == 0)
        return RC_OK;
    struct chart chart = {
        .id = "topics",
        .title = message_in(req->locale, MSG("Wishes and places by topic")),
        .description = message_in(req->locale, MSG("The table below says the same in numbers.")),
        .rows_name = message_in(req->locale, MSG("Topic")),
        .first_name = message_in(req->locale, MSG("Mentees who wish it")),
        .second_name = message_in(req->locale, MSG("Places with mentors")),
        .has_second = true,
        .rows = rows,
        .count = count};
    TRY(chart_bars(out, &chart));
    view->supplies.plot = (struct safe_html){
        {out->bytes, out->length}
    };
    return RC_OK;
}

static enum rc load_pool(struct req *req)
{
    struct enrolment_view *view = NULL;
    struct enrolment_filter filter = {.most = ENROLMENTS_MAX};
    TRY(enrolment_make_view(req, &view));
    TRY(enrolment_list(req->tx, req->arena, view->cohort.id, &filter, &view->all, &view->count));
    TRY(fill_rows(req, view));
    struct enrolment_supplies *s = &view->supplies;
    qsort(s->topics, s->topic_count, sizeof s->topics[0], by_gap);
    return draw(req, view);
}

void enrolment_number(struct html *html, int64_t people, int64_t number)
{
    if (enrolment_can_tell(people))
        html_integer(html, number);
    else
        html_message(html, MSG("under 5"), NULL, 0);
}

static void write_pool(struct html *html, struct req *req)
{
    page_pool(html, req->view);
}

// clang-format off
const struct route enrolment_pool_routes[] = {
    {WEB_GET, "/cohorts/:cohort/pool", CAN_READ_REPORTS, NULL, NULL, NULL, load_pool, write_pool, MSG("What is wished and what is offered"), .out = &pool_out},
    {0,       NULL,                    0,                 NULL, NULL, NULL, NULL,      NULL,       NULL                                     },
};
// clang-format on
