// SPDX-License-Identifier: Apache-2.0
//
// What the pages of concerns tell programs: how they stand and what is due, never what was told,
// nor by whom. That is shown to a person who opens it, and the log keeps it.
#include "app/concern/concern_page.h"
#include "web/out.h"

OUT_TYPE(own_concern_out, struct concern);
OUT_TYPE(concern_row_out, struct concern);

// clang-format off
static const struct out own_concern_rows[] = {
    {"id",     OUT_ID,      OUT_INT_OF(struct concern,  id),     ""},
    {"kind",   OUT_TEXT,    OUT_TEXT_OF(struct concern, kind),   ""},
    {"state",  OUT_TEXT,    OUT_TEXT_OF(struct concern, state),  "open, acknowledged, in_progress, resolved or escalated"},
    {"due_at", OUT_INSTANT, OUT_TIME_OF(struct concern, due_at), "what comes next is due; null: nothing does"},
};
static const struct out_shape own_concern_out = OUT_SHAPE("OwnConcern", struct concern, own_concern_rows);
static const struct out own_concerns_rows[] = {
    {"concerns", OUT_LIST, OUT_LIST_OF(struct tell_view, concerns, count, own_concern_out), ""},
};
const struct out_shape own_concerns_out = OUT_SHAPE("OwnConcerns", struct tell_view, own_concerns_rows);

static const struct out concern_rows[] = {
    {"id",     OUT_ID,      OUT_INT_OF(struct concern,  id),     ""},
    {"kind",   OUT_TEXT,    OUT_TEXT_OF(struct concern, kind),   ""},
    {"state",  OUT_TEXT,    OUT_TEXT_OF(struct concern, state),  "open, acknowledged, in_progress, resolved or escalated"},
    {"due_at", OUT_INSTANT, OUT_TIME_OF(struct concern, due_at), "what comes next is due; null: nothing does"},
    {"pair",   OUT_ID,      OUT_INT_OF(struct concern,  match),  "that it is about"},
};
static const struct out_shape concern_row_out = OUT_SHAPE("Concern", struct concern, concern_rows);
static const struct out concerns_rows[] = {
    {"leads",    OUT_INTEGER, OUT_INT_OF(struct care_view, leads), "who are named for behaviour and safety"},
    {"concerns", OUT_LIST,    OUT_LIST_OF(struct care_view, concerns, count, concern_row_out), "the most urgent first"},
};
const struct out_shape concerns_out = OUT_SHAPE("Concerns", struct care_view, concerns_rows);
static const struct out concern_page_rows[] = {
    {"concern",  OUT_OBJECT,  OUT_OBJECT_OF(struct care_view, concern, concern_row_out), "its words are for people who open it"},
    {"is_held",  OUT_BOOLEAN, OUT_BOOL_OF(struct care_view, is_held), "the pair is paused, and its messages are stopped"},
    {"may_hold", OUT_BOOLEAN, OUT_BOOL_OF(struct care_view, may_hold), "it may be"},
};
const struct out_shape concern_out = OUT_SHAPE("ConcernPage", struct care_view, concern_page_rows);
// clang-format on
