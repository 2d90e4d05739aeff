// SPDX-License-Identifier: Apache-2.0
// Plots: bars in proportion, names for screen readers, escaped labels, the same rows in the table.
#include "format/chart.h"

#include <string.h>

#include "base/tap.h"

static const struct chart_row rows[] = {
    {"0 to 10",   "0",  0, 0},
    {"10 to 20",  "10", 4, 1},
    {"<b>&\"x\"", NULL, 2, 8},
};

static const char *drawn(struct arena *arena, const struct chart *chart,
                         enum rc (*draw)(struct buffer *, const struct chart *))
{
    struct buffer *page = ARENA_NEW(arena, struct buffer);
    buffer_open(page, arena, 64 * 1024);
    is_int(draw(page, chart), RC_OK, "is drawn");
    return page->bytes;
}

static size_t times(const char *text, const char *part)
{
    size_t count = 0;
    for (text = strstr(text, part); text != NULL; text = strstr(text + 1, part))
        count++;
    return count;
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 1 << 20);
    struct chart chart = {
        .id = "p",
        .title = "Title & more",
        .description = "What it says",
        .rows_name = "Score",
        .first_name = "Pairs",
        .second_name = "Places",
        .rows = rows,
        .count = 3,
        .ticks_at_edges = true,
        .last_tick = "30",
    };
    const char *columns = drawn(&arena, &chart, chart_columns);
    ok(strstr(columns, "role=\"img\" aria-labelledby=\"p-title p-text\"") != NULL, "has a name");
    ok(strstr(columns, "<title id=\"p-title\">Title &amp; more</title>") != NULL, "a title");
    ok(strstr(columns, "<desc id=\"p-text\">What it says</desc>") != NULL, "and a description");
    is_int(times(columns, "<rect"), 2, "a column for each value that is not zero");
    ok(strstr(columns, "y=\"1.3750rem\" height=\"10.0000rem\"") != NULL,
       "the highest is as high as can be");
    ok(strstr(columns, "y=\"6.3750rem\" height=\"5.0000rem\"") != NULL,
       "half the value is half as high");
    ok(strstr(columns, ">30</text>") != NULL, "the last tick stands at the end");
    ok(strstr(columns, "&lt;b&gt;&amp;&quot;x&quot;") != NULL && strstr(columns, "<b>") == NULL,
       "labels are escaped");

    chart.has_second = true;
    const char *bars = drawn(&arena, &chart, chart_bars);
    is_int(times(bars, "<rect"), 4, "two bars a row, none for zero");
    ok(strstr(bars, "width=\"88.0%\"") != NULL, "the longest leaves room for its number");
    ok(strstr(bars, "width=\"44.0%\"") != NULL, "half the value is half as long");
    is_int(times(bars, "chart-number"), 6, "every bar has its number");

    const char *table = drawn(&arena, &chart, chart_table);
    ok(strstr(table, "<caption>Title &amp; more</caption>") != NULL, "the table has a caption");
    is_int(times(table, "<th scope=\"col\""), 3, "headings of columns");
    is_int(times(table, "<th scope=\"row\""), 3, "and of rows");
    ok(strstr(table, "<td class=\"number\">2</td><td class=\"number\">8</td>") != NULL,
       "both values of a row");

    chart.tenths = true;
    const char *tenths = drawn(&arena, &chart, chart_table);
    ok(strstr(tenths, ">0.4</td>") != NULL && strstr(tenths, ">0</td>") != NULL,
       "tenths have a point");

    struct buffer small;
    buffer_open(&small, &arena, 40);
    is_int(chart_bars(&small, &chart), RC_LIMIT, "the limit of the page is kept");
    arena_close(&arena);
    return tap_done();
}
