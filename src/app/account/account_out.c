// SPDX-License-Identifier: Apache-2.0
//
// What the pages of accounts tell programs; see web/out.h.
#include "app/account/account_page.h"

OUT_TYPE(session_out, struct account_session);

// clang-format off
static const struct out session_rows[] = {
    {"since", OUT_INSTANT, OUT_TIME_OF(struct account_session, since_us), ""},
    {"here",  OUT_BOOLEAN, OUT_BOOL_OF(struct account_session, here),     "the one that asks"},
};
static const struct out_shape session_out = OUT_SHAPE("Session", struct account_session, session_rows);

static const struct out account_rows[] = {
    {"name",         OUT_TEXT,    OUT_TEXT_OF(struct account_view, name),         ""},
    {"pronouns",     OUT_SOME,    OUT_TEXT_OF(struct account_view, pronouns),     ""},
    {"said",         OUT_SOME,    OUT_TEXT_OF(struct account_view, said),         "how the name is said"},
    {"email",        OUT_TEXT,    OUT_TEXT_OF(struct account_view, email),        ""},
    {"new_email",    OUT_SOME,    OUT_TEXT_OF(struct account_view, new_email),    "waits to be confirmed"},
    {"zone",         OUT_TEXT,    OUT_TEXT_OF(struct account_view, zone),         "of the tz database"},
    {"has_password", OUT_BOOLEAN, OUT_BOOL_OF(struct account_view, has_password), ""},
    {"letters_back", OUT_BOOLEAN, OUT_BOOL_OF(struct account_view, letters_back), "letters to the address come back, so few are sent"},
    {"sessions",     OUT_LIST,    OUT_LIST_OF(struct account_view, sessions, session_count, session_out), "where you are signed in, the newest first"},
};
const struct out_shape account_out = OUT_SHAPE("Account", struct account_view, account_rows);
// clang-format on
