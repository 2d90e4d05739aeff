// SPDX-License-Identifier: Apache-2.0
//
// Why: a plot shows at a glance what a table says; both come from the same rows, so that nobody who
// cannot see the plot is told less.
//
// Promises: SVG that stands inside an HTML page, with a title and a description for screen readers;
// as wide as its container with text that keeps its size (down to 320 px); colours come from the
// page (custom properties --chart-1, --chart-2, --chart-text, --chart-line), and no meaning hangs
// on colour alone: the second series is drawn as an outline, and every bar carries its number.
// Every other tick of a histogram has the class chart-odd, so that a narrow page can leave it out.
//
// Not for: time series, or more rows than a person reads (the caller chooses which).
#ifndef TRELLIS_FORMAT_CHART_H
#define TRELLIS_FORMAT_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/rc.h"

enum { CHART_ROWS_MAX = 200 };

struct chart_row {
    const char *label; // in full, for the table and for bars
    const char *tick;  // chart_columns: short text at the axis; NULL: the label
    uint32_t value;
    uint32_t second; // used with has_second
};

struct chart {
    const char *id;          // unique in the page: letters, digits, '-'
    const char *title;       // what is shown
    const char *description; // what it says, in a sentence
    const char *rows_name;   // heading of the labels: "Score"
    const char *first_name;  // heading of the values: "Pairs"
    const char *second_name;
    bool has_second;
    bool tenths;           // values are tenths: 35 is written as 3.5
    bool ticks_at_edges;   // chart_columns: ticks stand at the left edge of each column
    const char *last_tick; // ... and this one at the right edge of the last; NULL: none
    const struct chart_row *rows;
    size_t count; // 1..CHART_ROWS_MAX
};

// Upright columns of the values: a histogram. The second series is not drawn.
enum rc chart_columns(struct buffer *page, const struct chart *chart);

// Lying bars, one or two a row, the label above them.
enum rc chart_bars(struct buffer *page, const struct chart *chart);

// The same rows as a table with caption and headings.
enum rc chart_table(struct buffer *page, const struct chart *chart);

// The rules that a page needs once in its style sheet; static.
const char *chart_style(void);

#endif
