// SPDX-License-Identifier: Apache-2.0
// Plots as SVG in percent of the width, and the table behind each; see chart.h.
#include "format/chart.h"

#include <assert.h>

#include "base/markup.h"

enum {
    COLUMNS_TOP = 22, // room for the number above the highest column
    COLUMNS_HEIGHT = 160,
    COLUMNS_BOTTOM = 26,
    ROW_LABEL = 20,
    ROW_BAR = 12,
    ROW_GAP = 12,
    PERMILLE = 1000,
    BARS_PERMILLE = 880, // the longest bar leaves room for its number
};

static uint32_t highest(const struct chart *chart)
{
    uint32_t most = 1;
    for (size_t i = 0; i < chart->count; i++) {
        if (chart->rows[i].value > most)
            most = chart->rows[i].value;
        if (chart->has_second && chart->rows[i].second > most)
            most = chart->rows[i].second;
    }
    return most;
}

// value / most of whole, rounded to nearest.
static uint32_t portion(uint32_t value, uint32_t most, uint32_t whole)
{
    return (uint32_t)(((uint64_t)value * whole + most / 2) / most);
}

// Writes ` name="12.3%"` from permille.
static void percent(struct buffer *page, const char *name, uint32_t permille)
{
    buffer_printf(page, " %s=\"%u.%u%%\"", name, permille / 10, permille % 10);
}

// Writes ` name="1.25rem"` from pixels of text at its usual size, so that a plot grows with its
// text.
static void down(struct buffer *page, const char *name, uint32_t pixels)
{
    enum { ROOT = 16, TEN_THOUSANDTHS = 10000 / ROOT };
    buffer_printf(page, " %s=\"%u.%04urem\"", name, pixels / ROOT, pixels % ROOT * TEN_THOUSANDTHS);
}

static void open_svg(struct buffer *page, const struct chart *chart, uint32_t height)
{
    markup_print(page,
                 "<svg class=\"chart\" role=\"img\" aria-labelledby=\"%s-title %s-text\" "
                 "width=\"100%%\"",
                 chart->id, chart->id);
    down(page, "height", height);
    buffer_text(page, ">\n");
    markup_print(page, "<title id=\"%s-title\">%s</title>\n<desc id=\"%s-text\">%s</desc>\n",
                 chart->id, chart->title, chart->id, chart->description);
}

static void number(struct buffer *page, const struct chart *chart, uint32_t value)
{
    if (chart->tenths && value % 10 != 0)
        buffer_printf(page, "%u.%u", value / 10, value % 10);
    else
        buffer_printf(page, "%u", chart->tenths ? value / 10 : value);
}

static void draw_column(struct buffer *page, const struct chart *chart, size_t at, uint32_t most)
{
    const struct chart_row *row = &chart->rows[at];
    uint32_t slot = PERMILLE / (uint32_t)chart->count;
    uint32_t left = (uint32_t)(at * PERMILLE / chart->count);
    uint32_t height = portion(row->value, most, COLUMNS_HEIGHT);
    uint32_t floor = COLUMNS_TOP + COLUMNS_HEIGHT;
    if (row->value > 0) {
        buffer_text(page, "<rect class=\"chart-first\"");
        percent(page, "x", left + slot / 16);
        percent(page, "width", slot - slot / 8);
        down(page, "y", floor - height);
        down(page, "height", height);
        buffer_text(page, " rx=\"2\"/>");
        buffer_text(page, "<text class=\"chart-number\" text-anchor=\"middle\"");
        percent(page, "x", left + slot / 2);
        down(page, "y", floor - height - 6);
        buffer_text(page, ">");
        number(page, chart, row->value);
        buffer_text(page, "</text>");
    }
    bool first_edge = chart->ticks_at_edges && at == 0;
    buffer_printf(page, "<text class=\"chart-tick%s\" text-anchor=\"%s\"",
                  at % 2 == 1 ? " chart-odd" : "", first_edge ? "start" : "middle");
    percent(page, "x", chart->ticks_at_edges ? left : left + slot / 2);
    down(page, "y", floor + 18);
    markup_print(page, ">%s</text>\n", row->tick != NULL ? row->tick : row->label);
}

enum rc chart_columns(struct buffer *page, const struct chart *chart)
{
    assert(chart->count > 0 && chart->count <= CHART_ROWS_MAX);
    struct chart first_only = *chart;
    first_only.has_second = false;
    uint32_t most = highest(&first_only);
    uint32_t floor = COLUMNS_TOP + COLUMNS_HEIGHT;
    open_svg(page, chart, floor + COLUMNS_BOTTOM);
    for (size_t i = 0; i < chart->count; i++)
        draw_column(page, chart, i, most);
    if (chart->ticks_at_edges && chart->last_tick != NULL) {
        buffer_text(page, "<text class=\"chart-tick\" text-anchor=\"end\" x=\"100%\"");
        down(page, "y", floor + 18);
        markup_print(page, ">%s</text>\n", chart->last_tick);
    }
    buffer_text(page, "<line class=\"chart-axis\" x1=\"0\" x2=\"100%\"");
    down(page, "y1", floor);
    down(page, "y2", floor);
    buffer_text(page, "/>\n</svg>\n");
    return page->rc;
}

struct bar {
    const char *kind;
    uint32_t value;
    uint32_t top;
};

static void draw_bar(struct buffer *page, const struct chart *chart, const struct bar *bar,
                     uint32_t most)
{
    const uint32_t value = bar->value;
    const uint32_t top = bar->top;
    uint32_t width = portion(value, most, BARS_PERMILLE);
    if (value > 0) {
        buffer_printf(page, "<rect class=\"%s\" x=\"1\" rx=\"2\"", bar->kind);
        down(page, "y", top);
        down(page, "height", ROW_BAR - 2);
        percent(page, "width", width);
        buffer_text(page, "/>");
    }
    buffer_text(page, "<text class=\"chart-number\" dx=\"6\"");
    percent(page, "x", value > 0 ? width : 0);
    down(page, "y", top + ROW_BAR - 2);
    buffer_text(page, ">");
    number(page, chart, value);
    buffer_text(page, "</text>");
}

enum rc chart_bars(struct buffer *page, const struct chart *chart)
{
    assert(chart->count > 0 && chart->count <= CHART_ROWS_MAX);
    uint32_t most = highest(chart);
    uint32_t bars = chart->has_second ? 2 : 1;
    uint32_t pitch = ROW_LABEL + bars * (ROW_BAR + 2) + ROW_GAP;
    open_svg(page, chart, pitch * (uint32_t)chart->count);
    for (size_t i = 0; i < chart->count; i++) {
        uint32_t top = (uint32_t)i * pitch;
        buffer_text(page, "<text class=\"chart-label\" x=\"0\"");
        down(page, "y", top + ROW_LABEL - 6);
        markup_print(page, ">%s</text>", chart->rows[i].label);
        const struct bar first = {"chart-first", chart->rows[i].value, top + ROW_LABEL};
        const struct bar second = {"chart-second", chart->rows[i].second,
                                   top + ROW_LABEL + ROW_BAR + 2};
        draw_bar(page, chart, &first, most);
        if (chart->has_second)
            draw_bar(page, chart, &second, most);
        buffer_byte(page, '\n');
    }
    return buffer_text(page, "</svg>\n");
}

enum rc chart_table(struct buffer *page, const struct chart *chart)
{
    markup_print(page,
                 "<table>\n<caption>%s</caption>\n<thead><tr><th scope=\"col\">%s</th>"
                 "<th scope=\"col\" class=\"number\">%s</th>",
                 chart->title, chart->rows_name, chart->first_name);
    if (chart->has_second)
        markup_print(page, "<th scope=\"col\" class=\"number\">%s</th>", chart->second_name);
    buffer_text(page, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_row *row = &chart->rows[i];
        markup_print(page, "<tr><th scope=\"row\">%s</th><td class=\"number\">", row->label);
        number(page, chart, row->value);
        if (chart->has_second) {
            buffer_text(page, "</td><td class=\"number\">");
            number(page, chart, row->second);
        }
        buffer_text(page, "</td></tr>\n");
    }
    return buffer_text(page, "</tbody>\n</table>\n");
}

const char *chart_style(void)
{
    return ".chart{display:block;overflow:visible;font:inherit}\n"
           ".chart text{fill:var(--chart-text)}\n"
           ".chart-first{fill:var(--chart-1)}\n"
           ".chart-second{fill:none;stroke:var(--chart-2);stroke-width:2}\n"
           ".chart-axis{stroke:var(--chart-line);stroke-width:1}\n"
           ".chart-number,.chart-tick{font-size:.8125rem;font-variant-numeric:tabular-nums}\n"
           ".chart-label{font-size:.875rem}\n"
           ".chart-number{font-weight:600}\n";
}
