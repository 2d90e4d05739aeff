// SPDX-License-Identifier: Apache-2.0
//
// What the log tells programs; see web/out.h.
#include "app/audit/audit_page.h"

OUT_TYPE(audit_row_out, struct audit_row);
OUT_TYPE(audit_detail_out, struct audit_detail);

// clang-format off
static const struct out detail_rows[] = {
    {"what",   OUT_MESSAGE, OUT_TEXT_OF(struct audit_detail, what),   "in your language"},
    {"before", OUT_MESSAGE, OUT_TEXT_OF(struct audit_detail, before), "empty where only what was chosen is told"},
    {"after",  OUT_MESSAGE, OUT_TEXT_OF(struct audit_detail, after),  ""},
};
static const struct out_shape audit_detail_out = OUT_SHAPE("LogDetail", struct audit_detail, detail_rows);
static const struct out row_rows[] = {
    {"at",    OUT_INSTANT, OUT_TIME_OF(struct audit_row, at_us), ""},
    {"who",   OUT_TEXT,    OUT_TEXT_OF(struct audit_row, who),   "a name; empty: somebody not signed in"},
    {"what",  OUT_MESSAGE, OUT_TEXT_OF(struct audit_row, what),  "the title of what was done, in your language"},
    {"where", OUT_TEXT,    OUT_TEXT_OF(struct audit_row, where), "its path"},
    {"changes", OUT_LIST,  OUT_LIST_OF(struct audit_row, details, detail_count, audit_detail_out), "what was changed or chosen"},
};
static const struct out_shape audit_row_out = OUT_SHAPE("LogEntry", struct audit_row, row_rows);

static const struct out view_rows[] = {
    {"entries", OUT_LIST, OUT_LIST_OF(struct audit_view, rows, count, audit_row_out), "the newest first"},
    {"next",    OUT_PATH, OUT_TEXT_OF(struct audit_view, next), "older entries"},
};
const struct out_shape audit_out = OUT_SHAPE("Log", struct audit_view, view_rows);
// clang-format on
