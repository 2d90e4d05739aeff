// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: programmes, cohorts, their objectives and who
// runs them.
#include "app/cohort/cohort.h"
#include "app/cohort/cohort_store.h"
#include "app/cohort/objective.h"
#include "app/cohort/words.h"

static const char *const schema[] = {
    cohort_schema_1, cohort_schema_2, cohort_schema_3, cohort_schema_4,
    cohort_schema_5, cohort_schema_6, cohort_schema_7, NULL};

// clang-format off
static const struct route *const routes[] = {
    cohort_routes,
    cohort_setup_routes,
    objective_routes,
    programme_routes,
    programme_letter_routes,
    NULL,
};
// clang-format on

static const struct app_nav nav[] = {
    {"/cohorts", MSG("Programmes"), false},
    {NULL,       NULL,              false},
};

// Of those who manage something. All steps of a programme looked through: 255.
// clang-format off
static const struct app_waits waits[] = {
    {MSG("Look through the programme {0}, and make it yours"),
     "SELECT c.programme_name, '/programmes/' || c.programme || '/ready', 0 FROM (SELECT g.name AS programme_name, g.id AS programme, g.id AS id FROM programme g WHERE g.ended_at = 0 AND g.steps <> 255) c WHERE " APP_MANAGES_C "AND NOT EXISTS (SELECT 1 FROM cohort o WHERE o.programme = c.programme AND o.state NOT IN ('template', 'draft', 'cancelled')) AND $2 > 0 ORDER BY c.programme LIMIT 3"},
    {MSG("Start the first cohort of {0}"),
     "SELECT c.programme_name, '/cohorts/new?programme=' || c.programme, 0 FROM (SELECT g.name AS programme_name, g.id AS programme, g.id AS id FROM programme g WHERE g.ended_at = 0) c WHERE " APP_MANAGES_C "AND NOT EXISTS (SELECT 1 FROM cohort o WHERE o.programme = c.programme AND o.state <> 'template') AND $2 > 0 ORDER BY c.programme LIMIT 3"},
    {MSG("Make {0} ready, and open it for sign-up"),
     "SELECT c.name, '/cohorts/' || c.id || '/setup', 0 FROM cohort c WHERE c.state = 'draft' AND " APP_MANAGES_C "AND $2 > 0 ORDER BY c.id DESC LIMIT 3"},
    {NULL, NULL},
};
// clang-format on

const struct app_slice cohort_slice = {
    .name = "cohort",
    .schema = schema,
    .tables = cohort_tables,
    .routes = routes,
    .nav = nav,
    .waits = waits,
    .index = cohort_index,
};
