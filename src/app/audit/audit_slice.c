// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: what was done through forms.
#include "app/audit/audit.h"

static const char *const schema[] = {audit_schema_1, audit_schema_2, audit_schema_3,
                                     audit_schema_4, audit_schema_5, NULL};

static app_job *const jobs[] = {audit_seal_kind, NULL};

// clang-format off
static const struct route *const routes[] = {
    audit_routes,
    NULL,
};
// clang-format on

const struct app_slice audit_slice = {
    .name = "audit",
    .schema = schema,
    .tables = audit_tables,
    .routes = routes,
    .jobs = jobs,
};
