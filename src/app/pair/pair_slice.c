// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: the life of a pair.
#include "app/pair/pair.h"

static const char *const schema[] = {pair_schema_1, pair_schema_2, pair_schema_3, pair_schema_4,
                                     pair_schema_5, pair_schema_6, NULL};

// clang-format off
static const struct route *const routes[] = {
    pair_routes,
    pair_other_routes,
    pair_goal_routes,
    pair_meet_routes,
    pair_talk_routes,
    pair_feel_routes,
    pair_end_routes,
    pair_staff_routes,
    pair_word_routes,
    NULL,
};
// clang-format on
static const struct app_letter_name *const letters[] = {pair_clock_letters, pair_end_letters, NULL};
static app_job *const jobs[] = {pair_message_kind, pair_clock_kind, pair_left_kind, NULL};

// clang-format off
static const char *const closes[] = {
    "DELETE FROM letter_stop WHERE person = $1 AND $2 > 0",
    "DELETE FROM meeting_link WHERE person = $1 AND $2 > 0",
    "DELETE FROM calendar_feed WHERE person = $1 AND $2 > 0",
    NULL,
};
// clang-format on

const struct app_slice pair_slice = {
    .name = "pair",
    .schema = schema,
    .tables = pair_tables,
    .routes = routes,
    .closes = closes,
    .jobs = jobs,
    .letters = letters,
};
