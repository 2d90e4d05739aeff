// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: milestones, badges, certificates, thanks,
// stories, awards.
#include "app/recognition/recognition_story.h"

static const char *const schema[] = {recognition_schema_1, recognition_schema_2,
                                     recognition_schema_3, recognition_schema_4,
                                     recognition_schema_5, NULL};
static app_job *const jobs[] = {recognition_nightly_kind, NULL};

// clang-format off
static const struct route *const routes[] = {
    recognition_routes,
    recognition_rule_routes,
    certificate_routes,
    photo_routes,
    story_article_routes,
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
    {MSG("A story that tells of you waits for your yes or no: {0}"),
     "SELECT s.title, '/stories/about/' || s.id, 0 FROM story s WHERE s.other = $1 AND s.state IN ('submitted', 'approved') AND s.sent_at <= $2 AND NOT EXISTS (SELECT 1 FROM story_consent k WHERE k.story = s.id AND k.person = $1 AND k.item = 'web' AND k.superseded = 0) ORDER BY s.id LIMIT 3"},
    {MSG("You were chosen for an award, and nobody knows it yet: {0}"),
     "SELECT h.title, '/recognition/honours/' || h.id, 0 FROM honour h WHERE h.winner = $1 AND h.state = 'asked' AND h.changed_at <= $2 ORDER BY h.id LIMIT 3"},
    {MSG("Nominations to judge: {0}"),
     "SELECT h.title, '/cohorts/' || h.cohort || '/honours/' || h.id || '/judge', 0 FROM honour_juror j JOIN honour h ON h.id = j.honour WHERE j.person = $1 AND j.removed_at = 0 AND h.state = 'judging' AND h.changed_at <= $2 AND EXISTS (SELECT 1 FROM honour_nomination n WHERE n.honour = h.id AND n.nominee <> $1 AND n.declined = 0 AND NOT EXISTS (SELECT 1 FROM honour_score k WHERE k.honour = h.id AND k.nominee = n.nominee AND k.juror = $1)) ORDER BY h.id LIMIT 3"},
    {MSG("A story waits for an editor: {0}"),
     "SELECT s.title, '/stories/review/' || s.id, 0 FROM story s WHERE s.state = 'submitted' AND s.person <> $1 AND s.other <> $1 AND s.sent_at <= $2 AND EXISTS (SELECT 1 FROM role r WHERE r.person = $1 AND r.role = 'editor') ORDER BY s.id LIMIT 3"},
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
