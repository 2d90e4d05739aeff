// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: rules, runs, pairs, choices, committee and
// offers.
#include "app/match/match.h"

static const char *const schema[] = {match_schema_1, match_schema_2, match_schema_3, NULL};

// clang-format off
static const struct app_table tables[] = {
    {"match_rules",  "id"},
    {"match_run",    "id"},
    {"match_pair",   "run, mentee, mentor"},
    {"match_lonely", "run, mentee"},
    {"match_link",   "cohort, mentee, mentor"},
    {"match",        "id"},
    {"choice",       "mentee, mentor"},
    {"veto",         "mentor, mentee"},
    {"vote",         "run, mentee, mentor, person"},
    {NULL, NULL},
};
static const struct route *const routes[] = {
    match_routes,
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
    .tables = tables,
    .routes = routes,
    .personal = match_personal,
    .jobs = jobs,
};
