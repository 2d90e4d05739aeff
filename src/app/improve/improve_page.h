// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of measuring and improving show.
#ifndef TRELLIS_APP_IMPROVE_IMPROVE_PAGE_H
#define TRELLIS_APP_IMPROVE_IMPROVE_PAGE_H

#include "app/cohort/objective.h"
#include "app/improve/improve.h"
#include "app/improve/improve_later.h"
#include "app/improve/improve_own.h"
#include "app/improve/improve_review.h"
#include "app/improve/improve_store.h"
#include "app/improve/improve_used.h"

// A measure of one group.
struct measure_line {
    const struct measure_row *row;
    const char *name;
    const char *label;
    const char *top;
    const char *bottom;
    const char *unit;
    bool begins; // the first of its chapter
    struct measured measured;
    bool rated;           // it is made of answers:
    struct measured rate; // how many of those who were asked have answered
};
struct group_line {
    const char *name;  // "role:mentee"
    const char *label; // a message, or a text
    const char *dimension;
    bool begins; // the first of its dimension
    bool chosen;
    struct measured measured;
};
struct goals_line {
    const char *title; // "": goals without one
    int64_t goals;
    int64_t reached;
    bool small;
};
// An objective, and how it stands.
struct aim_line {
    const struct objective *of;
    const char *title; // for programs, with what follows
    int64_t id;
    const char *baseline;
    const char *target;
    const struct measure_row *row; // NULL: it is measured in words
    const char *measure;           // its name; NULL with row
    struct measured now;           // of everybody
    bool reached;                  // it has come from its baseline to its target
};
// Where it stood; `now` of a day, a cohort, or a number that somebody wrote.
struct aim_point {
    const char *label; // as it is read: a message, a day, or a cohort's name
    bool said;         // it is no message
    int64_t at;        // 0: no day
    int64_t hundredths;
    int64_t n; // 0: it is not counted
};
struct compare_cell {
    const char *name; // of the measure
    struct measured measured;
};
struct compare_column {
    const char *name;
    int64_t cohort;
    int64_t frozen_at;          // 0: as it is now
    struct compare_cell *cells; // in the order of the measures
    size_t cell_count;
};

// Measures of one kind, and those of them that are shares as a plot.
struct evidence_chapter {
    const char *title; // a message
    struct measure_line *lines;
    size_t count;
    struct safe_html plot;
};
struct told_story {
    int64_t id;
    const char *title;
    const char *text;
    const char *as;   // "mentor" "mentee" ""
    const char *name; // ""
};
struct review_said {
    const char *title;
    const char *asks; // messages
    const char *said;
};

// A question with a name that never changes.
struct bank_line {
    const char *name;
    const char *text; // messages
    const char *moment;
    bool asked;
};
struct later_view {
    struct later later;
    const char *token;
    const char *action;
    const char *stop;
    const struct form *form;
    const struct shape *shape;
    struct bank_form asks; // what the programme asks of the bank, and its own
};

struct improve_view {
    struct programme programme;
    struct cohort cohort; // id 0: the page is of a programme
    const char *base;     // "/cohorts/12" or "/programmes/1"
    const char *name;     // of the cohort or the programme
    const char *zone;
    int64_t now_us;
    bool may_decide;
    bool programme_too; // and those of the programme
    bool runs;          // sees the pages of those who run it
    const struct form *form;
    const struct shape *shape;
    const char *action;
    // measures
    const struct measure_row **rows; // all of them, with those of the programme's own questions
    size_t row_count;
    struct measure_line *lines;
    size_t line_count;
    struct group_line *groups;
    size_t group_count;
    const char *group; // the chosen one
    const char *group_label;
    const struct measure_line *line;
    struct month *months;
    size_t month_count;
    struct goals_line *goals;
    size_t goal_count;
    struct aim_line *aims;
    size_t aim_count;
    struct aim_line *aim; // that of the path
    struct aim_point *points;
    size_t point_count;
    struct snapshot *snapshots;
    size_t snapshot_count;
    struct compare_column *columns;
    size_t column_count;
    struct safe_html plot;
    struct safe_html table;
    struct safe_html *plots; // one for each measure that is compared
    // improvements
    struct improvement *items;
    size_t item_count;
    struct improvement *item;
    struct improvement_move *moves;
    size_t move_count;
    const char *state;
    const char *next;
    struct choice *sources, *owners, *cohorts, *shots, *tags;
    size_t source_count, owner_count, cohort_count, shot_count, tag_count;
    const char *source_label;
    bool source_said;
    const struct measure_row *judged;
    int64_t review_id;
    // reviews
    struct review *reviews;
    size_t review_count;
    struct review *review;
    struct review_said *areas;
    size_t area_count;
    struct review_subject *subjects;
    size_t subject_count;
    struct review_action *actions;
    size_t action_count;
    const struct shape *own_fields; // of the action's form, whatever form was sent
    const char *action_path;
    // the question bank
    const struct bank_line *bank, *later;
    size_t bank_count, later_count;
    struct bank_question *owns;
    size_t own_count;
    const struct bank_question *own; // the one of the path
    const struct shape *bank_shape;  // of its two forms, whichever was sent
    const char *own_path;
    // what people wrote
    struct written *written;
    size_t written_count;
    struct tagged *tagged;
    size_t tagged_count;
    const char *tag; // the chosen one
    int64_t from;    // how many answers come before
    // evidence
    struct used_line *used;
    size_t used_count;
    struct evidence_chapter *chapters;
    size_t chapter_count;
    struct told_story *stories;
    size_t story_count;
    int64_t frozen_at;  // its measures are those of that day; 0: of now
    const char *period; // from when to when
};
bool written_refused(const struct form *form, const struct written *one);
enum rc improve_make_view(struct req *req, const struct shape *shape,
                          struct improve_view **ret_view);
void improve_value(struct html *html, const struct measure_row *row, const struct measured *m);
void improve_percent(struct html *html, const struct measured *m); // of a share: "72.5 %"
void improve_change(struct html *html, const struct measured *was, const struct measured *is);
const char *improve_text(struct arena *arena, int64_t hundredths); // "12.50"
enum rc improve_scope(struct req *req, const struct improve_view *view, struct scope **ret_scope);
enum rc improve_groups(struct req *req, struct improve_view *view, const struct scope *scope,
                       size_t chosen);
// Goals of the cohort's pairs for each objective: of at least five pairs, of whom no fewer follow
// by taking away.
enum rc improve_goals(struct req *req, struct improve_view *view);
// What the cohort, or the programme, aims at, and how that stands. What view->lines tell of
// everybody is not counted again.
enum rc improve_aims(struct req *req, struct improve_view *view, const struct scope *scope);
// The measure of that name, also of the programme's own questions. RC_NOT_FOUND.
enum rc improve_find_row(struct req *req, struct improve_view *view, const char *name,
                         const struct measure_row **ret_row);
// The cohorts of the programme beside one another.
enum rc improve_columns(struct req *req, struct improve_view *view);
const struct snapshot *improve_closed(const struct improve_view *view, int64_t cohort);
// The last COLUMNS_MOST cohorts of a programme that were under way, the oldest first; only their
// names.
enum { COLUMNS_MOST = 8 };
enum rc compared_cohorts(struct req *req, int64_t programme, struct compare_column **ret_columns,
                         size_t *ret_count);
// Fills view->rows.
enum rc improve_rows(struct req *req, struct improve_view *view);
// A measure of a group of the scope.
enum rc improve_see(struct req *req, const struct scope *scope, const struct measure_row *row,
                    size_t group, struct measured *ret_measured);
// Sheets: with the first row, and cells that say "not told" of few people.
struct csv_writer;
enum rc improve_sheet(struct req *req, const char *const *headings, struct csv_writer *ret_csv,
                      struct buffer **ret_out);
void improve_cell(struct csv_writer *csv, struct req *req, const struct measured *m,
                  int64_t number);
void improve_value_cell(struct csv_writer *csv, struct req *req, const struct measured *m);
void improve_line(struct measure_line *line, const struct measure_row *row);
enum rc improve_lines(struct req *req, struct improve_view *view, const struct scope *scope,
                      size_t group);
void improve_label(struct html *html, const struct choice *choice);
bool improve_chosen(const struct form *form, const char *name, const char *value);

extern const struct out_shape measures_out;
extern const struct out_shape measure_detail_out;
extern const struct out_shape aim_out;
extern const struct out_shape cohorts_compared_out;
extern const struct out_shape improvements_out;
extern const struct out_shape improvement_out;
extern const struct out_shape changes_out;
extern const struct out_shape better_out;
extern const struct out_shape reviews_out;
extern const struct out_shape review_out;
extern const struct out_shape used_out;
extern const struct out_shape evidence_out;
extern const struct out_shape bank_out;
extern const struct out_shape written_out;

#endif
