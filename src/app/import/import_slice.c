// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: sign-up sheets.
#include "app/import/import.h"
#include "app/import/import_store.h"

static const char *const schema[] = {
    import_schema_1, import_schema_2, import_schema_3, import_schema_4,
    import_schema_5, import_schema_6, import_schema_7, NULL};

// clang-format off
static const struct route *const routes[] = {
    import_routes,
    NULL,
};
// clang-format on

static app_job *const jobs[] = {import_kind, NULL};

const struct app_slice import_slice = {
    .name = "import",
    .schema = schema,
    .tables = import_tables,
    .routes = routes,
    .jobs = jobs,
};
