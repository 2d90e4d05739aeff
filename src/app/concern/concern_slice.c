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

// What the two of a pair don't agree on is a concern of those who run the cohort.
static enum rc hear(const struct app_place *place, const struct announcement *heard)
{
    return heard->what == ANNOUNCE_MEETING_DISPUTED ? concern_of_dispute(place, heard) : RC_OK;
}

const struct app_slice concern_slice = {
    .name = "concern",
    .schema = schema,
    .tables = concern_tables,
    .routes = routes,
    .jobs = jobs,
    .hears = hear,
};
