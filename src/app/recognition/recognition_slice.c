// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: milestones, badges, certificates, thanks,
// stories, awards.
#include "app/recognition/recognition_story.h"

static const char *const schema[] = {recognition_schema_1, recognition_schema_2,
                                     recognition_schema_3, NULL};
static app_job *const jobs[] = {recognition_nightly_kind, NULL};

// clang-format off
static const struct route *const routes[] = {
    recognition_routes,
    recognition_rule_routes,
    certificate_routes,
    story_routes,
    honour_routes,
    NULL,
};
static const struct app_nav nav[] = {
    {"/recognition", MSG("My progress"), true},
    {"/stories", MSG("Stories"), false},
    {NULL, NULL, false},
};
static const char *const closes[] = {
    "UPDATE thanks SET shown = 0 WHERE (sender = $1 OR receiver = $1) AND $2 > 0",
    "UPDATE honour SET state = 'judging', winner = 0, words = '', changed_at = $2 WHERE winner = $1 AND state = 'asked'",
    NULL,
};
// clang-format on

// clang-format off
static const struct app_waits waits[] = {
    {MSG("A certificate waits for you: {0}"),
     "SELECT c.name, '/recognition/certificates/' || m.id, 0 FROM match m JOIN cohort c ON c.id = m.cohort WHERE m.id IN (SELECT a.id FROM enrolment e JOIN match a ON a.mentee = e.id WHERE e.person = $1 UNION SELECT a.id FROM enrolment e JOIN match a ON a.mentor = e.id WHERE e.person = $1) AND m.state = 'completed' AND NOT EXISTS (SELECT 1 FROM certificate z WHERE z.match = m.id AND z.person = $1) AND $2 > 0 ORDER BY m.id LIMIT 3"},
    {NULL, NULL},
};
// clang-format on

const struct app_slice recognition_slice = {
    .name = "recognition",
    .schema = schema,
    .tables = recognition_tables,
    .routes = routes,
    .waits = waits,
    .nav = nav,
    .closes = closes,
    .jobs = jobs,
    .index = story_index,
    .hears = recognition_hears,
};
