// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: telling other programs what has happened.
#include "app/webhook/webhook.h"

static const char *const schema[] = {webhook_schema_1, NULL};
static const struct route *const routes[] = {webhook_routes, NULL};
static app_job *const jobs[] = {webhook_kind_of_job, NULL};

// clang-format off
static const struct app_waits waits[] = {
    {MSG("A webhook was switched off: {0}"),
     "SELECT w.url, '/webhooks/' || w.id, 0 FROM webhook w WHERE w.state IN ('failing', 'gone') AND w.made_at <= $2 AND " APP_IS_ADMIN "ORDER BY w.id LIMIT 3"},
    {NULL, NULL},
};
// clang-format on

const struct app_slice webhook_slice = {
    .name = "webhook",
    .schema = schema,
    .tables = webhook_tables,
    .routes = routes,
    .waits = waits,
    .jobs = jobs,
    .hears = webhook_hears,
};
