// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: people, how they come in, and what they may be
// asked to be.
#include "app/account/account.h"

static const char *const schema[] = {account_schema_1, account_schema_2, NULL};

// clang-format off
static const struct app_table tables[] = {
    {"person",          "id"},
    {"session",         "hash"},
    {"role",            "person, cohort, role"},
    {"sign_in_failure", "id"},
    {"first_token",     "hash"},
    {"account_link",    "hash"},
    {NULL, NULL},
};
static const struct route *const routes[] = {
    account_routes,
    account_self_routes,
    NULL,
};
// clang-format on

const struct app_slice account_slice = {
    .name = "account",
    .schema = schema,
    .tables = tables,
    .routes = routes,
    .personal = account_personal,
};
