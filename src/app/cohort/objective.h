// SPDX-License-Identifier: Apache-2.0
//
// Why: what a programme aims at is measured by a figure or a survey question that slices above
// count, or, where none says it, in words; and what it was at the start and what it should become
// are numbers of that figure.
//
// Promises: baseline and target of an objective with a figure are numbers that the figure can have;
// an objective in words keeps the words that somebody wrote.
#ifndef TRELLIS_APP_COHORT_OBJECTIVE_H
#define TRELLIS_APP_COHORT_OBJECTIVE_H

#include "app/cohort/cohort.h"

extern const struct route objective_routes[];
extern const char cohort_schema_6[];

// "70", "3,5", "12.25 %": at most seven digits, and two after the point. RC_BAD_INPUT: it is none.
enum rc objective_number(const char *text, int64_t *ret_hundredths);
const char *objective_print(struct arena *arena, int64_t hundredths); // "3.5"; in the arena

// Whether it has come from the baseline to the target, or beyond; false where one is not said.
bool objective_reached(const struct objective *objective, int64_t now_hundredths);

// Of a cohort, at most 100. With the figures of its programme that they are measured by.
enum rc objective_list(struct req *req, int64_t cohort, struct objective **ret_objectives,
                       size_t *ret_count);
enum rc objective_list_counted(struct req *req, const struct cohort *cohort,
                               struct objective **ret_objectives, size_t *ret_count);
// RC_NOT_FOUND: it is none of the cohort's.
enum rc objective_find(struct req *req, int64_t cohort, int64_t id,
                       struct objective *ret_objective);
enum rc objective_update(struct db_tx *tx, int64_t cohort, const struct objective *objective);
// Those of a cohort that are measured by one figure are measured by another.
enum rc objective_refigure(struct db_tx *tx, int64_t cohort, const char *from, const char *to);
enum rc objective_end(struct db_tx *tx, int64_t cohort, int64_t id);

// Copies the objectives of one cohort to another, with their words in other languages.
enum rc objective_take_over(struct db_tx *tx, int64_t from, int64_t to, int64_t now_us);

// In the words of the reader's language, where somebody has written them.
enum rc objectives_translate(struct req *req, int64_t cohort, struct objective *all, size_t count);

// Looks up the figure of each.
void objectives_know(const struct app_figures *figures, struct objective *all, size_t count);

// For pages, once the figure is looked up: what it is measured by, with the words that somebody
// added; and its baseline or target, with the unit.
void objective_write_measure(struct html *html, const struct objective *objective);
void objective_write_number(struct html *html, const struct objective *objective,
                            const char *number);

#endif
