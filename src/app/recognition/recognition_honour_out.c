// SPDX-License-Identifier: Apache-2.0
//
// What the pages of a cohort's awards tell programs; see web/out.h. Nominations and scores are for
// people in a browser alone.
#include "app/recognition/recognition_honour.h"

OUT_TYPE(one_honour_out, struct honour);

// clang-format off
static const struct out one_rows[] = {
    {"id",     OUT_ID,   OUT_INT_OF(struct honour,  id),          ""},
    {"title",  OUT_TEXT, OUT_TEXT_OF(struct honour, title),       ""},
    {"about",  OUT_TEXT, OUT_TEXT_OF(struct honour, about),       "what it is given for"},
    {"closes", OUT_DAY,  OUT_TEXT_OF(struct honour, closes),      "last day of nominations"},
    {"state",  OUT_TEXT, OUT_TEXT_OF(struct honour, state),       "open, judging, asked, announced or cancelled"},
    {"to",     OUT_SOME, OUT_TEXT_OF(struct honour, winner_name), "only when it is announced"},
    {"reason", OUT_SOME, OUT_TEXT_OF(struct honour, reason),      "why it was cancelled"},
};
static const struct out_shape one_honour_out = OUT_SHAPE("CohortAward", struct honour, one_rows);

static const struct out list_rows[] = {
    {"awards", OUT_LIST, OUT_LIST_OF(struct honour_view, honours, count, one_honour_out), "the newest first"},
};
const struct out_shape honours_out = OUT_SHAPE("CohortAwards", struct honour_view, list_rows);

static const struct out page_rows[] = {
    {"award", OUT_OBJECT, OUT_OBJECT_OF(struct honour_view, honour, one_honour_out), ""},
};
const struct out_shape honour_out = OUT_SHAPE("CohortAwardPage", struct honour_view, page_rows);
// clang-format on
