// SPDX-License-Identifier: Apache-2.0
//
// Why: one story in four forms: a summary for the terminal, tables for a spreadsheet, JSON for
// other programs, and a report to read and share.
//
// Promises: each form is written into a buffer from the view alone, so that the same view gives the
// same bytes. E-mail addresses stand in none of them.
//
// Not for: files (match_files.h).
#ifndef TRELLIS_MAIN_MATCH_OUTPUT_H
#define TRELLIS_MAIN_MATCH_OUTPUT_H

#include "base/buffer.h"
#include "base/problem.h"

#include "match_view.h"

enum { MATCH_OUTPUT_MAX = 512 * 1024 * 1024 };

#define MATCH_NO_TOPICS                                                                            \
    "Beware: what mentees want help with and what mentors know did not count, because one sheet "  \
    "does not say it."

struct match_story {
    const struct match_view *view;
    const struct problem_list *problems;
    const char *mentees_file; // as the user named them
    const char *mentors_file;
};

// Plain words, at most 80 columns.
enum rc match_print_summary(struct buffer *buffer, const struct match_story *story);

// Warnings of the sheets: one line each, those of one kind together.
enum rc match_print_problems(struct buffer *buffer, const struct problem_list *problems,
                             enum problem_severity severity, size_t most);

// pairs.csv and unmatched.csv.
enum rc match_print_pairs_csv(struct buffer *buffer, const struct match_story *story);
enum rc match_print_unmatched_csv(struct buffer *buffer, const struct match_story *story);

// result.json.
enum rc match_print_json(struct buffer *buffer, const struct match_story *story);

// The report.
enum rc match_print_report(struct buffer *buffer, const struct match_story *story);

#endif
