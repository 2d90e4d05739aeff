// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: the life of a pair.
#include "app/pair/pair.h"

static const char *const schema[] = {pair_schema_1, pair_schema_2, pair_schema_3,
                                     pair_schema_4, pair_schema_5, NULL};

// clang-format off
static const struct app_table tables[] = {
    {"agreement",      "id"},
    {"goal",           "id"},
    {"goal_task",      "id"},
    {"skill",          "match, person, topic, moment"},
    {"meeting",        "id"},
    {"meeting_time",   "meeting, at"},
    {"meeting_note",   "id"},
    {"meeting_action", "id"},
    {"meeting_link",   "hash"},
    {"calendar_feed",  "person"},
    {"message",        "id"},
    {"message_seen",   "match, person"},
    {"letter_choice",  "person"},
    {"letter_stop",    "hash"},
    {"report",         "meeting, person"},
    {"survey",         "id"},
    {"survey_answer",  "survey, question"},
    {"farewell",       "match, person"},
    {"concern",        "id"},
    {"concern_note",   "id"},
    {NULL, NULL},
};
static const struct route *const routes[] = {
    pair_routes,
    pair_goal_routes,
    pair_meet_routes,
    pair_talk_routes,
    pair_feel_routes,
    pair_end_routes,
    pair_case_routes,
    pair_staff_routes,
    NULL,
};
// clang-format on
static app_job *const jobs[] = {pair_message_kind, pair_clock_kind, pair_left_kind, NULL};

const struct app_slice pair_slice = {
    .name = "pair",
    .schema = schema,
    .tables = tables,
    .routes = routes,
    .personal = pair_personal,
    .jobs = jobs,
};
