// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: the life of a pair.
#include "app/pair/pair.h"
#include "app/pair/pair_word.h"

static const char *const schema[] = {
    pair_schema_1,  pair_schema_2,  pair_schema_3,  pair_schema_4,  pair_schema_5,
    pair_schema_6,  pair_schema_7,  pair_schema_8,  pair_schema_9,  pair_schema_10,
    pair_schema_11, pair_schema_12, pair_schema_13, pair_schema_14, NULL};

// clang-format off
static const struct route *const routes[] = {
    pair_routes,
    pair_other_routes,
    pair_goal_routes,
    pair_time_routes,
    pair_meet_routes,
    pair_talk_routes,
    pair_feel_routes,
    pair_answer_routes,
    pair_end_routes,
    pair_staff_routes,
    pair_longer_routes,
    pair_texts_routes,
    pair_word_routes,
    pair_hand_routes,
    pair_bring_routes,
    pair_feed_routes,
    NULL,
};
// clang-format on
static const struct app_letter_name *const letters[] = {
    pair_clock_letters, pair_end_letters, pair_hand_letters, pair_longer_letters, NULL};
static app_job *const jobs[] = {pair_message_kind, pair_clock_kind, NULL};

// clang-format off
static const char *const closes[] = {
    "DELETE FROM reply_address WHERE person = $1 AND $2 > 0",
    "DELETE FROM letter_stop WHERE person = $1 AND $2 > 0",
    "DELETE FROM meeting_link WHERE person = $1 AND $2 > 0",
    "DELETE FROM survey_link WHERE person = $1 AND $2 > 0",
    "DELETE FROM calendar_feed WHERE person = $1 AND $2 > 0",
    NULL,
};
// clang-format on

// CROSS JOIN: from her pairs to their meetings, whatever an engine knows of the tables.
// clang-format off
static const struct app_waits waits[] = {
    {MSG("You meet {0}"),
     "SELECT p.name, '/pairs/' || m.id || '/meetings/' || t.id, t.at FROM match m JOIN person p ON p.id = CASE WHEN m.mentee_person = $1 THEN m.mentor_person ELSE m.mentee_person END CROSS JOIN meeting t WHERE t.match = m.id AND (m.mentee_person = $1 OR m.mentor_person = $1) AND m.state IN ('active', 'closing') AND t.state = 'scheduled' AND t.at > $2 AND t.at < $2 + 1209600000000 ORDER BY t.at LIMIT 5"},
    {MSG("{0} proposes times to meet: choose one"),
     "SELECT p.name, '/pairs/' || m.id || '/meetings/' || t.id, 0 FROM match m JOIN person p ON p.id = CASE WHEN m.mentee_person = $1 THEN m.mentor_person ELSE m.mentee_person END CROSS JOIN meeting t WHERE t.match = m.id AND (m.mentee_person = $1 OR m.mentor_person = $1) AND m.state IN ('active', 'closing') AND t.state IN ('proposed', 'scheduled') AND t.by_person <> $1 AND EXISTS (SELECT 1 FROM meeting_time o WHERE o.meeting = t.id) AND $2 > 0 ORDER BY t.id LIMIT 5"},
    {MSG("New messages from {0}"),
     "SELECT p.name, '/pairs/' || m.id || '/messages', 0 FROM match m JOIN person p ON p.id = CASE WHEN m.mentee_person = $1 THEN m.mentor_person ELSE m.mentee_person END WHERE (m.mentee_person = $1 OR m.mentor_person = $1) AND m.state IN ('active', 'paused', 'closing') AND m.held_back = 0 AND EXISTS (SELECT 1 FROM message g WHERE g.match = m.id AND g.person <> $1 AND g.id > coalesce((SELECT s.upto FROM message_seen s WHERE s.match = m.id AND s.person = $1), 0)) AND $2 > 0 ORDER BY m.id LIMIT 5"},
    {MSG("A few questions about how it goes with {0}"),
     "SELECT p.name, '/pairs/' || m.id, 0 FROM match m JOIN person p ON p.id = CASE WHEN m.mentee_person = $1 THEN m.mentor_person ELSE m.mentee_person END WHERE (m.mentee_person = $1 OR m.mentor_person = $1) AND EXISTS (SELECT 1 FROM survey s WHERE s.match = m.id AND s.person = $1 AND s.answered_at = 0 AND s.closed_at = 0) AND $2 > 0 ORDER BY m.id LIMIT 5"},
    {MSG("Your match with {0}"),
     "SELECT p.name, '/pairs/' || m.id, 0 FROM match m JOIN person p ON p.id = CASE WHEN m.mentee_person = $1 THEN m.mentor_person ELSE m.mentee_person END WHERE (m.mentee_person = $1 OR m.mentor_person = $1) AND m.state IN ('active', 'paused', 'closing') AND $2 > 0 ORDER BY m.id LIMIT 5"},
    {MSG("The pair of {0} wants to go on longer: yes or no?"),
     "SELECT p.name, '/cohorts/' || c.id || '/pairs/' || m.id || '/longer', 0 FROM agreement g JOIN match m ON m.id = g.match JOIN cohort c ON c.id = m.cohort JOIN person p ON p.id = m.mentee_person WHERE g.staff = 1 AND g.superseded = 0 AND m.state IN ('active', 'paused', 'closing') AND m.mentee_person <> $1 AND m.mentor_person <> $1 AND " APP_RUNS_C "AND $2 > 0 ORDER BY g.match LIMIT 5"},
    {NULL, NULL},
};
// clang-format on

// A new cohort asks of its pairs what its programme does.
static enum rc hear(const struct app_place *place, const struct announcement *heard)
{
    return heard->what == ANNOUNCE_COHORT_MADE
               ? pair_rules_take_over(place->tx, heard->subject, heard->cohort)
               : pair_hears(place, heard);
}

const struct app_slice pair_slice = {
    .name = "pair",
    .schema = schema,
    .tables = pair_tables,
    .routes = routes,
    .waits = waits,
    .closes = closes,
    .jobs = jobs,
    .letters = letters,
    .hears = hear,
};
