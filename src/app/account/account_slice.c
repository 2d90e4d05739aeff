// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: people, how they come in, and what they may be
// asked to be.
#include "app/account/account.h"

static const char *const schema[] = {
    account_schema_1, account_schema_2, account_schema_3, account_schema_4,
    account_schema_5, account_schema_6, account_schema_7, NULL};

// clang-format off
static const struct route *const routes[] = {
    account_routes,
    account_self_routes,
    account_token_routes,
    NULL,
};
// clang-format on

// clang-format off
static const char *const closes[] = {
    "UPDATE person SET closed_at = $2 WHERE id = $1",
    "DELETE FROM session WHERE person = $1 AND $2 > 0",
    "DELETE FROM account_link WHERE person = $1 AND $2 > 0",
    "DELETE FROM access_token WHERE person = $1 AND $2 > 0",
    "DELETE FROM once WHERE person = $1 AND $2 > 0",
    "DELETE FROM device WHERE person = $1 AND $2 > 0",
    NULL,
};
// clang-format on

// clang-format off
static const struct app_waits waits[] = {
    {MSG("Letters to {0} come back: check your address"),
     "SELECT p.email, '/account/email', 0 FROM person p JOIN mail_back b ON b.email = p.email WHERE p.id = $1 AND b.stops = 1 AND $2 > 0"},
    {NULL, NULL},
};
// clang-format on

const struct app_slice account_slice = {
    .name = "account",
    .schema = schema,
    .tables = account_tables,
    .routes = routes,
    .waits = waits,
    .closes = closes,
};
