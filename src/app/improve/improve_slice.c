// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: measures, snapshots, improvements, reviews.
#include "app/improve/improve.h"
#include "app/improve/improve_later.h"
#include "app/improve/improve_store.h"

static const char *const schema[] = {improve_schema_1, improve_schema_2, improve_schema_3,
                                     improve_schema_4, improve_schema_5, NULL};

// clang-format off
static const struct route *const routes[] = {
    improve_measure_routes,
    improve_compare_routes,
    improve_aim_routes,
    improve_item_routes,
    improve_review_routes,
    improve_evidence_routes,
    improve_later_routes,
    improve_words_routes,
    NULL,
};
// clang-format on

// Cohorts that somebody runs: coordinators, managers of the programme or of all, administrators.
#define RUNS                                                                                         \
    "(SELECT o.cohort FROM role o WHERE o.person = $1 AND o.role IN ('coordinator', 'manager') "     \
    "UNION SELECT k.id FROM role o JOIN cohort k ON k.programme = o.cohort OR o.cohort = 0 WHERE "   \
    "o.person = $1 AND o.role = 'manager' UNION SELECT k.id FROM person b JOIN cohort k ON b.admin " \
    "= 1 WHERE b.id = $1)"
#define REVIEWED(how)                                                                                  \
    "EXISTS (SELECT 1 FROM review_meeting v WHERE v.cohort = c.id AND v.state <> 'cancelled' AND " how \
    ")"
#define BEGAN                                                                                      \
    "coalesce((SELECT min(m.began_at) FROM match m WHERE m.cohort = c.id AND m.began_at > 0), 0)"
#define NEW_REVIEW "'/cohorts/' || c.id || '/reviews/new?moment="

// A cohort is under way since its first pair began. One reminder at a time: the middle comes before
// the month.
// clang-format off
static const struct app_waits waits[] = {
    {MSG("Review meeting of {0}"),
     "SELECT c.name || ', ' || v.day, '/cohorts/' || c.id || '/reviews/' || v.id, 0 FROM review_meeting v JOIN cohort c ON c.id = v.cohort WHERE v.state = 'planned' AND v.cohort IN " RUNS " AND v.day_at < $2 + 1209600000000 ORDER BY v.day_at LIMIT 3"},
    {MSG("To do, from a review meeting: {0}"),
     "SELECT a.text || ', ' || a.due, '/cohorts/' || v.cohort || '/reviews/' || v.id, 0 FROM review_action a JOIN review_meeting v ON v.id = a.review WHERE a.owner = $1 AND a.done_at = 0 AND a.improvement = 0 AND v.state = 'held' AND v.cohort IN " RUNS " AND a.due_at < $2 + 1209600000000 ORDER BY a.due_at, a.id LIMIT 5"},
    {MSG("Half of the time is over: plan a review meeting of {0}"),
     "SELECT q.name, q.path, 0 FROM (SELECT c.id, c.name, " NEW_REVIEW "mid' AS path, c.weeks, " BEGAN " AS began FROM cohort c WHERE c.state = 'running' AND c.id IN " RUNS " AND NOT " REVIEWED("v.moment = 'mid'") ") q WHERE q.began > 0 AND q.began + q.weeks * 302400000000 <= $2 ORDER BY q.id LIMIT 3"},
    {MSG("A month without a look back: plan a review meeting of {0}"),
     "SELECT q.name, q.path, 0 FROM (SELECT c.id, c.name, " NEW_REVIEW "month' AS path, c.weeks, " BEGAN " AS began FROM cohort c WHERE c.state = 'running' AND c.id IN " RUNS " AND NOT " REVIEWED("v.day_at > $2 - 2678400000000") " AND NOT (" BEGAN " + c.weeks * 302400000000 <= $2 AND NOT " REVIEWED("v.moment = 'mid'") ")) q WHERE q.began > 0 AND q.began + 2592000000000 <= $2 ORDER BY q.id LIMIT 3"},
    {MSG("It is over: plan a last review meeting of {0}"),
     "SELECT c.name, " NEW_REVIEW "end', 0 FROM cohort c WHERE c.state IN ('closing', 'archived') AND c.id IN " RUNS " AND NOT " REVIEWED("v.moment = 'end'") " AND EXISTS (SELECT 1 FROM metric_snapshot s WHERE s.cohort = c.id AND s.cause = 'closed' AND s.at > $2 - 10368000000000) ORDER BY c.id LIMIT 3"},
    {NULL, NULL},
};
// clang-format on

static app_job *const jobs[] = {improve_later_kind, NULL};
static const struct app_letter_name *const letters[] = {later_letters, NULL};
// What was answered stays counted; its link is dead.
static const char *const closes[] = {
    "UPDATE later SET hash = '' WHERE person = $1 AND $2 > 0",
    NULL,
};

// A cohort that closes keeps its measures.
enum rc improve_hears(const struct app_place *place, const struct announcement *heard)
{
    if (heard->what != ANNOUNCE_COHORT_CLOSING)
        return RC_OK;
    return snapshot_take(place, heard->cohort, heard->person, "closed");
}

const struct app_slice improve_slice = {
    .name = "improve",
    .schema = schema,
    .tables = improve_tables,
    .routes = routes,
    .waits = waits,
    .closes = closes,
    .jobs = jobs,
    .letters = letters,
    .hears = improve_hears,
    .figures = improve_figures,
};
