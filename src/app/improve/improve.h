// SPDX-License-Identifier: Apache-2.0
//
// Why: a programme gets better when it looks at what happened, decides what to change, and looks
// again: measures, snapshots of them, the log of improvements, review meetings, and the pack of
// evidence that a board can print.
//
// Promises: reads the tables of slices below, and writes only its own. Nothing on its pages tells
// of fewer than five people; nothing here tells what a concern was about.
#ifndef TRELLIS_APP_IMPROVE_IMPROVE_H
#define TRELLIS_APP_IMPROVE_IMPROVE_H

#include "app/app.h"

extern const struct app_slice improve_slice;
extern const struct app_table improve_tables[];
extern const char improve_schema_1[];
extern const char improve_schema_2[];
extern const char improve_schema_3[];
extern const char improve_schema_4[];
extern const char improve_schema_5[];
extern const struct route improve_measure_routes[];
extern const struct route improve_compare_routes[];
extern const struct route improve_item_routes[];
extern const struct route improve_review_routes[];
extern const struct route improve_evidence_routes[];
extern const struct route improve_aim_routes[];
extern const struct route improve_later_routes[];
extern const struct route improve_words_routes[];
app_hears improve_hears;
app_counts improve_figures;

#endif
