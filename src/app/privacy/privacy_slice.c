// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: copies, erasing, ages, the record of what is
// kept.
#include "app/privacy/privacy.h"

static const char *const schema[] = {privacy_schema_1, NULL};

// clang-format off
static const struct route *const routes[] = {
    privacy_routes,
    privacy_staff_routes,
    NULL,
};
// clang-format on
static app_job *const jobs[] = {privacy_clock_kind, NULL};

const struct app_slice privacy_slice = {
    .name = "privacy",
    .schema = schema,
    .tables = privacy_tables,
    .routes = routes,
    .jobs = jobs,
};
