// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: finding what others have put into the index.
#include "app/index.h"
#include "app/search/search.h"

static const char *const schema[] = {index_schema_1, NULL};
static const struct route *const routes[] = {search_routes, NULL};
static app_job *const jobs[] = {search_fill_kind, NULL};

// clang-format off
static const struct app_nav nav[] = {
    {"/search", MSG("Search"), false},
    {NULL, NULL, false},
};
// clang-format on

const struct app_slice search_slice = {
    .name = "search",
    .schema = schema,
    .tables = index_tables,
    .routes = routes,
    .nav = nav,
    .jobs = jobs,
};
