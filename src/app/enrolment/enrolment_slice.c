// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: who takes part, as what, and with which answers.
#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_store.h"

static const char *const schema[] = {enrolment_schema_1,  enrolment_schema_2,  enrolment_schema_3,
                                     enrolment_schema_4,  enrolment_schema_5,  enrolment_schema_6,
                                     enrolment_schema_7,  enrolment_schema_8,  enrolment_schema_9,
                                     enrolment_schema_10, enrolment_schema_11, enrolment_schema_12,
                                     enrolment_schema_13, enrolment_schema_14, NULL};

// clang-format off
static const struct route *const routes[] = {
    enrolment_routes,
    enrolment_join_routes,
    enrolment_review_routes,
    enrolment_pool_routes,
    enrolment_question_routes,
    enrolment_answer_routes,
    enrolment_topic_routes,
    enrolment_away_routes,
    enrolment_end_routes,
    enrolment_mentor_routes,
    enrolment_known_routes,
    enrolment_level_routes,
    enrolment_invite_routes,
    NULL,
};
// clang-format on
// A new cohort asks what its programme asks; another programme like one offers its topics too.
static enum rc hear(const struct app_place *place, const struct announcement *heard)
{
    struct cohort cohort;
    if (heard->what == ANNOUNCE_PROFILE_CHANGED)
        TRY(enrolment_renamed(place, heard->person));
    if (heard->what == ANNOUNCE_PROFILE_CHANGED || heard->what == ANNOUNCE_ACCOUNT_CLOSED)
        return enrolment_index_person(place, heard->person);
    if (heard->what == ANNOUNCE_COHORT_CANCELLED)
        return enrolment_tell_cancelled(place, heard->cohort);
    if (heard->what != ANNOUNCE_COHORT_MADE)
        return RC_OK;
    TRY(enrolment_take_over(place, heard->subject, heard->cohort));
    TRY(cohort_find(place->tx, place->arena, heard->cohort, &cohort));
    return cohort_is_template(&cohort) ? topic_take_over(place, heard->subject, heard->cohort)
                                       : RC_OK;
}

static const struct app_letter_name *const letters[] = {enrolment_letters, NULL};
static app_job *const jobs[] = {enrolment_letter_kind, enrolment_index_kind, NULL};

// clang-format off
static const char *const closes[] = {
    "UPDATE enrolment SET state = 'withdrawn' WHERE person = $1 AND $2 > 0",
    NULL,
};
// clang-format on

// CROSS JOIN: from the few addresses to their people, whatever an engine knows of the tables.
// clang-format off
static const struct app_waits waits[] = {
    {MSG("Finish your sign-up for {0}"),
     "SELECT c.name, '/cohorts/' || c.id, 0 FROM enrolment e JOIN cohort c ON c.id = e.cohort WHERE e.person = $1 AND e.state = 'draft' AND c.state = 'enrolling' AND $2 > 0 ORDER BY e.id LIMIT 3"},
    {MSG("Answer a question about your sign-up for {0}"),
     "SELECT c.name, '/cohorts/' || c.id, 0 FROM enrolment e JOIN cohort c ON c.id = e.cohort WHERE e.person = $1 AND e.state = 'needs_info' AND $2 > 0 ORDER BY e.id LIMIT 3"},
    {MSG("Nobody has signed up for {0} yet: tell people about it, or import a sheet"),
     "SELECT c.name, '/cohorts/' || c.id || '/people', 0 FROM cohort c WHERE c.state IN ('enrolling', 'reviewing') AND " APP_RUNS_C "AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.cohort = c.id AND e.state <> 'draft') AND $2 > 0 ORDER BY c.id DESC LIMIT 3"},
    {MSG("Read the new sign-ups for {0}"),
     "SELECT c.name, '/cohorts/' || c.id || '/people?state=submitted', 0 FROM cohort c WHERE c.state IN ('enrolling', 'reviewing', 'matching', 'running') AND " APP_RUNS_C "AND EXISTS (SELECT 1 FROM enrolment e WHERE e.cohort = c.id AND e.state = 'submitted') AND $2 > 0 ORDER BY c.id DESC LIMIT 5"},
    {MSG("All sign-ups for {0} are read. Close sign-up when enough people are there"),
     "SELECT c.name, '/cohorts/' || c.id || '/setup', 0 FROM cohort c WHERE c.state = 'enrolling' AND " APP_MANAGES_C "AND EXISTS (SELECT 1 FROM enrolment e WHERE e.cohort = c.id AND e.state = 'approved') AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.cohort = c.id AND e.state = 'submitted') AND $2 > 0 ORDER BY c.id DESC LIMIT 3"},
    {MSG("All sign-ups for {0} are read. Move it on, to find pairs"),
     "SELECT c.name, '/cohorts/' || c.id || '/setup', 0 FROM cohort c WHERE c.state = 'reviewing' AND " APP_MANAGES_C "AND EXISTS (SELECT 1 FROM enrolment e WHERE e.cohort = c.id AND e.state = 'approved') AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.cohort = c.id AND e.state = 'submitted') AND $2 > 0 ORDER BY c.id DESC LIMIT 3"},
    {MSG("Letters to {0} come back: ask for another address"),
     "SELECT p.name, '/cohorts/' || c.id || '/people/' || e.id, 0 FROM mail_back b CROSS JOIN person p CROSS JOIN enrolment e JOIN cohort c ON c.id = e.cohort WHERE b.stops = 1 AND p.email = b.email AND e.person = p.id AND p.closed_at = 0 AND e.state IN ('submitted', 'needs_info', 'waitlisted', 'approved') AND c.state IN ('enrolling', 'reviewing', 'matching', 'running', 'closing') AND " APP_RUNS_C "AND $2 > 0 ORDER BY b.at DESC, e.id LIMIT 5"},
    {NULL, NULL},
};
// clang-format on

const struct app_slice enrolment_slice = {
    .name = "enrolment",
    .schema = schema,
    .tables = enrolment_tables,
    .routes = routes,
    .index = enrolment_index,
    .waits = waits,
    .closes = closes,
    .jobs = jobs,
    .letters = letters,
    .hears = hear,
};
