// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: plans, resources, training.
#include "app/support/support.h"
#include "web/message.h"

static const char *const schema[] = {support_schema_1, support_schema_2, NULL};

// clang-format off
static const struct route *const routes[] = {
    support_plan_routes,
    support_template_routes,
    support_resource_routes,
    support_resource_edit_routes,
    support_training_routes,
    support_training_edit_routes,
    support_cohort_routes,
    support_ready_routes,
    NULL,
};
static const struct app_nav nav[] = {
    {"/learn", MSG("Learn"), true},
    {NULL, NULL, false},
};
// clang-format on
static app_job *const jobs[] = {support_clock_kind, NULL};

const struct app_slice support_slice = {
    .name = "support",
    .schema = schema,
    .tables = support_tables,
    .routes = routes,
    .nav = nav,
    .jobs = jobs,
    .hears = support_hears,
    .holds = support_holds,
    .next = support_next,
};
