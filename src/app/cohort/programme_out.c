// SPDX-License-Identifier: Apache-2.0
//
// What the pages of programmes tell programs; see web/out.h.
#include "app/cohort/cohort_page.h"
#include "app/cohort/programme_page.h"

OUT_TYPE(programme_out, struct programme);
OUT_TYPE(stage_out, struct programme_stage);
OUT_TYPE(letter_out, struct programme_letter);

// clang-format off
static const struct out programme_rows[] = {
    {"id",    OUT_ID,      OUT_INT_OF(struct programme,  id),    ""},
    {"name",  OUT_TEXT,    OUT_TEXT_OF(struct programme, name),  ""},
    {"about", OUT_TEXT,    OUT_TEXT_OF(struct programme, about), ""},
    {"ended", OUT_BOOLEAN, OUT_BOOL_OF(struct programme, ended), "it starts no new cohorts"},
};
static const struct out_shape programme_out = OUT_SHAPE("Programme", struct programme, programme_rows);

static const struct out programmes_rows[] = {
    {"programmes", OUT_LIST, OUT_LIST_OF(struct programme_list_view, programmes, count, programme_out), "those that you run"},
};
const struct out_shape programmes_out = OUT_SHAPE("Programmes", struct programme_list_view, programmes_rows);

static const struct out one_rows[] = {
    {"programme", OUT_OBJECT, OUT_OBJECT_OF(struct programme_view, programme, programme_out), ""},
    {"cohorts",   OUT_LIST,   OUT_LIST_OF(struct programme_view, cohorts, count, cohort_out), "the newest first"},
};
const struct out_shape programme_page_out = OUT_SHAPE("ProgrammePage", struct programme_view, one_rows);

static const struct out stage_rows[] = {
    {"name",  OUT_TEXT,    OUT_TEXT_OF(struct programme_stage, name),  "of the step, in its path"},
    {"label", OUT_MESSAGE, OUT_TEXT_OF(struct programme_stage, label), "in your language"},
    {"done",  OUT_BOOLEAN, OUT_BOOL_OF(struct programme_stage, done),  "somebody has looked through it"},
};
static const struct out_shape stage_out = OUT_SHAPE("ProgrammeStep", struct programme_stage, stage_rows);
static const struct out ready_rows[] = {
    {"programme", OUT_OBJECT, OUT_OBJECT_OF(struct programme_view, programme, programme_out), ""},
    {"steps",     OUT_LIST,   OUT_LIST_OF(struct programme_view, stages, stage_count, stage_out), "of making it ready"},
};
const struct out_shape programme_ready_out = OUT_SHAPE("ProgrammeReady", struct programme_view, ready_rows);

static const struct out letter_rows[] = {
    {"name",   OUT_TEXT,    OUT_TEXT_OF(struct programme_letter, name),   "in its path"},
    {"title",  OUT_MESSAGE, OUT_TEXT_OF(struct programme_letter, title),  "when it is sent, in your language"},
    {"own",    OUT_BOOLEAN, OUT_BOOL_OF(struct programme_letter, own),    "in the programme's own words, in the language of the query"},
};
static const struct out_shape letter_out = OUT_SHAPE("Letter", struct programme_letter, letter_rows);
static const struct out letters_rows[] = {
    {"letters",  OUT_LIST, OUT_LIST_OF(struct programme_view, letters, letter_count, letter_out), ""},
    {"language", OUT_TEXT, OUT_TEXT_OF(struct programme_view, language), "that the query's `language` says"},
};
const struct out_shape letters_out = OUT_SHAPE("Letters", struct programme_view, letters_rows);
// clang-format on
