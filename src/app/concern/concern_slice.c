// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: concerns.
#include "app/concern/concern.h"

static const char *const schema[] = {concern_schema_1, NULL};

// clang-format off
static const struct route *const routes[] = {
    concern_tell_routes,
    concern_mine_routes,
    concern_routes,
    concern_step_routes,
    concern_glass_routes,
    concern_outside_routes,
    NULL,
};
// clang-format on
static app_job *const jobs[] = {concern_clock_kind, NULL};

const struct app_slice concern_slice = {
    .name = "concern",
    .schema = schema,
    .tables = concern_tables,
    .routes = routes,
    .jobs = jobs,
};
