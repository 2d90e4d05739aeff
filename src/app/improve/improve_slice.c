// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: measures, snapshots, improvements, reviews.
#include "app/improve/improve.h"
#include "app/improve/improve_store.h"

static const char *const schema[] = {improve_schema_1, NULL};

// clang-format off
static const struct route *const routes[] = {
    improve_measure_routes,
    improve_item_routes,
    NULL,
};
// clang-format on

// A cohort that closes keeps its measures.
enum rc improve_hears(const struct app_place *place, const struct announcement *heard)
{
    if (heard->what != ANNOUNCE_COHORT_CLOSING)
        return RC_OK;
    return snapshot_take(place, heard->cohort, heard->person, "closed");
}

const struct app_slice improve_slice = {
    .name = "improve",
    .schema = schema,
    .tables = improve_tables,
    .routes = routes,
    .hears = improve_hears,
};
