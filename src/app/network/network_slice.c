// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: circles, events, introductions, rounds and short
// talks.
#include "app/network/network.h"
#include "app/network/network_store.h"

static const char *const schema[] = {network_schema_1, network_schema_2, network_schema_3,
                                     network_schema_4, network_schema_5, network_schema_6,
                                     network_schema_7, network_schema_8, NULL};

// clang-format off
static const struct route *const routes[] = {
    network_routes,
    circle_routes,
    circle_member_routes,
    circle_meet_routes,
    circle_talk_routes,
    circle_step_routes,
    event_routes,
    event_staff_routes,
    event_workshop_routes,
    introduction_routes,
    round_routes,
    flash_routes,
    outside_routes,
    directory_routes,
    NULL,
};
static const char *const closes[] = {
    "DELETE FROM event_access WHERE person = $1 AND $2 > 0",
    "DELETE FROM round_wish WHERE person = $1 AND $2 > 0",
    "DELETE FROM directory_card WHERE person = $1 AND $2 > 0",
    "UPDATE outside SET off_at = $2 WHERE person = $1 AND off_at = 0",
    NULL,
};
// clang-format on
static const struct app_nav nav[] = {
    {"/meet", MSG("Meet others"), true },
    {NULL,    NULL,               false},
};
static app_job *const jobs[] = {network_clock_kind, network_round_kind, NULL};

// clang-format off
static const struct app_waits waits[] = {
    {MSG("You go to {0}"),
     "SELECT v.title, '/events/' || v.id, v.at FROM rsvp r JOIN event v ON v.id = r.event WHERE r.person = $1 AND r.answer = 'going' AND v.state <> 'cancelled' AND v.at > $2 AND v.at < $2 + 1209600000000 ORDER BY v.at LIMIT 5"},
    {NULL, NULL},
};
// clang-format on

const struct app_slice network_slice = {
    .name = "network",
    .schema = schema,
    .tables = network_tables,
    .routes = routes,
    .waits = waits,
    .nav = nav,
    .closes = closes,
    .jobs = jobs,
    .hears = network_hears,
    .index = network_index,
};
