// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: programmes, cohorts, their objectives and who
// runs them.
#include "app/cohort/cohort.h"

static const char *const schema[] = {cohort_schema_1, cohort_schema_2, cohort_schema_3, NULL};

// clang-format off
static const struct route *const routes[] = {
    cohort_routes,
    cohort_setup_routes,
    programme_routes,
    programme_letter_routes,
    NULL,
};
// clang-format on

static const struct app_nav nav[] = {
    {"/cohorts", MSG("Programmes"), false},
    {NULL,       NULL,              false},
};

const struct app_slice cohort_slice = {
    .name = "cohort",
    .schema = schema,
    .tables = cohort_tables,
    .routes = routes,
    .nav = nav,
};
