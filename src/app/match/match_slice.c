// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: rules, runs, pairs, choices, committee and
// offers.
#include "app/match/match.h"

static const char *const schema[] = {match_schema_1, match_schema_2, match_schema_3, match_schema_4,
                                     NULL};

// clang-format off
static const struct route *const routes[] = {
    match_routes,
    match_board_routes,
    match_change_routes,
    match_pair_routes,
    match_offer_routes,
    match_choice_routes,
    match_committee_routes,
    NULL,
};
// clang-format on
static app_job *const jobs[] = {match_run_kind, match_offer_kind, match_left_kind,
                                match_closed_kind, NULL};

const struct app_slice match_slice = {
    .name = "match",
    .schema = schema,
    .tables = match_tables,
    .routes = routes,
    .jobs = jobs,
};
