// SPDX-License-Identifier: Apache-2.0
//
// Why: the report is long; each chapter stands in its own function, a few to a file.
//
// Promises: headings in order, every table with caption and scopes, every wide table in a scroller
// of its own that the keyboard reaches, all text escaped (base/markup.h). No script, nothing from
// outside, readable at 320 px, in dark mode and on paper.
//
// Not for: anything but the report.
#ifndef TRELLIS_MAIN_MATCH_REPORT_H
#define TRELLIS_MAIN_MATCH_REPORT_H

#include "base/buffer.h"

#include "match_output.h"

// The style sheet.
void match_report_style(struct buffer *page);

// A wide table's scroller, named by the table's caption.
void match_report_open_scroll(struct buffer *page, const char *name);
void match_report_close_scroll(struct buffer *page);

// A name as it stands in the sheet, in its own direction of writing.
void match_report_name(struct buffer *page, const char *name);

// Chapters, in this order.
void match_report_numbers(struct buffer *page, const struct match_story *story);
void match_report_plots(struct buffer *page, const struct match_story *story);
void match_report_pair_table(struct buffer *page, const struct match_view *view);
void match_report_pairs(struct buffer *page, const struct match_view *view);
void match_report_lonely(struct buffer *page, const struct match_view *view);
void match_report_mentors(struct buffer *page, const struct match_view *view);
void match_report_problems(struct buffer *page, const struct match_story *story);
void match_report_decision(struct buffer *page, const struct match_view *view);

#endif
