// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: plans, resources, training.
#include "app/support/support.h"
#include "web/message.h"

static const char *const schema[] = {support_schema_1, support_schema_2, support_schema_3,
                                     support_schema_4, NULL};

// clang-format off
static const struct route *const routes[] = {
    support_plan_routes,
    support_template_routes,
    support_resource_routes,
    support_resource_edit_routes,
    support_contribution_routes,
    support_training_routes,
    support_training_edit_routes,
    support_cohort_routes,
    support_ready_routes,
    NULL,
};
static const struct app_nav nav[] = {
    {"/learn", MSG("Learn"), true},
    {NULL, NULL, false},
};
// What a cohort asks of her, and what a workshop has begun.
static const struct app_waits waits[] = {
    {MSG("A training to finish: {0}"),
     "SELECT w.title, '/learn/training/' || t.id, 0 FROM training t JOIN person p ON p.id = $1 JOIN training_words w ON w.training = t.id AND w.version = t.version AND w.language = CASE WHEN EXISTS (SELECT 1 FROM training_words z WHERE z.training = t.id AND z.version = t.version AND z.language = p.language) THEN p.language ELSE t.language END WHERE t.version > 0 AND t.ended_at = 0 AND $2 > 0 AND (EXISTS (SELECT 1 FROM training_rule u JOIN enrolment e ON e.cohort = u.cohort AND e.role = u.role AND e.state IN ('submitted', 'approved', 'waitlisted') JOIN cohort c ON c.id = u.cohort AND c.state IN ('enrolling', 'reviewing', 'matching', 'running') WHERE u.training = t.id AND u.moment <> 'none' AND e.person = $1) OR EXISTS (SELECT 1 FROM training_visit v WHERE v.training = t.id AND v.person = $1 AND v.version >= t.redo_from)) AND NOT EXISTS (SELECT 1 FROM completion c WHERE c.training = t.id AND c.person = $1 AND c.version >= t.redo_from) ORDER BY t.id LIMIT 5"},
    {MSG("Steps of plans that wait for you: {0}"),
     "SELECT c.name, '/cohorts/' || c.id || '/support', 0 FROM cohort c WHERE c.state = 'running' AND " APP_RUNS_C
     "AND EXISTS (SELECT 1 FROM match m JOIN pair_item i ON i.match = m.id AND i.state = 'open' AND i.due_at <= $2 JOIN pair_plan q ON q.match = i.match AND q.plan = i.plan AND q.paused_at = 0 JOIN plan_item s ON s.plan = i.plan AND s.version = i.version AND s.item = i.item AND s.owner = 'coordinator' WHERE m.cohort = c.id AND m.state IN ('active', 'closing') AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.id IN (m.mentee, m.mentor) AND e.person = $1)) ORDER BY c.id LIMIT 5"},
    {NULL, NULL},
};
// clang-format on
static app_job *const jobs[] = {support_clock_kind, NULL};

const struct app_slice support_slice = {
    .name = "support",
    .schema = schema,
    .tables = support_tables,
    .routes = routes,
    .nav = nav,
    .waits = waits,
    .jobs = jobs,
    .hears = support_hears,
    .holds = support_holds,
    .next = support_next,
    .index = support_index,
};
