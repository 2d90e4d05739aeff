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

// Fewer than two for behaviour and safety: also when one of two has left. One alone can't be told
// about herself.
static const struct app_waits waits[] = {
    {MSG("Name two people for behaviour and safety: {0}"),
     "SELECT c.name, '/cohorts/' || c.id || '/team', 0 FROM cohort c WHERE $2 > 0 AND c.state IN "
     "('enrolling', 'reviewing', 'matching', 'running', 'closing') AND (SELECT count(*) FROM role r "
     "JOIN person p ON p.id = r.person WHERE r.cohort = c.id AND r.role = 'safeguarding' AND "
     "p.closed_at = 0) < 2 AND " APP_MANAGES_C "ORDER BY c.id DESC LIMIT 3"},
    {NULL,                                                 NULL            },
};

const struct app_slice concern_slice = {
    .name = "concern",
    .schema = schema,
    .waits = waits,
    .tables = concern_tables,
    .routes = routes,
    .jobs = jobs,
    .hears = hear,
};
