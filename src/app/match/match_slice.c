// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: rules, runs, pairs, choices, committee and
// offers.
#include "app/match/match.h"
#include "app/match/match_fair.h"
#include "app/match/match_guest.h"
#include "app/match/match_presence.h"
#include "app/match/match_store.h"

static const char *const schema[] = {
    match_schema_1,  match_schema_2,  match_schema_3,  match_schema_4,
    match_schema_5,  match_schema_6,  match_schema_7,  match_schema_8,
    match_schema_9,  match_schema_10, match_schema_11, match_schema_12,
    match_schema_13, match_schema_14, match_schema_15, NULL};

// clang-format off
static const struct route *const routes[] = {
    match_routes,
    match_rules_routes,
    match_board_routes,
    match_change_routes,
    match_pair_routes,
    match_offer_routes,
    match_waiting_routes,
    match_over_routes,
    match_back_routes,
    match_choice_routes,
    match_committee_routes,
    match_fair_routes,
    match_guest_routes,
    NULL,
};
// clang-format on
static const struct app_letter_name *const letters[] = {match_letters, NULL};

// A new cohort begins with the rules of its programme; of one that is cancelled, the offers end;
// whoever leaves has no match any more; lists follow a name.
static enum rc hear(const struct app_place *place, const struct announcement *heard)
{
    if (heard->what == ANNOUNCE_COHORT_MADE)
        return rules_take_over(place, heard->subject, heard->cohort);
    if (heard->what == ANNOUNCE_PROFILE_CHANGED || heard->what == ANNOUNCE_PERSON_ERASED)
        return match_renamed(place, heard->person);
    if (heard->what == ANNOUNCE_COHORT_CANCELLED)
        return match_end_offers(place, heard->cohort);
    if (heard->what == ANNOUNCE_COHORT_LEFT)
        return offer_leave(place, heard->subject, false);
    if (heard->what == ANNOUNCE_ACCOUNT_CLOSED)
        return offer_leave(place, heard->person, true);
    return RC_OK;
}

static app_job *const jobs[] = {match_run_kind, match_offer_kind, match_presence_kind,
                                match_zone_kind, NULL};

// clang-format off
static const struct app_waits waits[] = {
    {MSG("Say yes or no to your match in {0}"),
     "SELECT c.name, '/cohorts/' || c.id || '/match', m.ends_at FROM match m JOIN cohort c ON c.id = m.cohort WHERE (m.mentee_person = $1 OR m.mentor_person = $1) AND m.state = 'offered' AND (m.asked = 'both' OR m.asked = CASE WHEN m.mentee_person = $1 THEN 'mentee' ELSE 'mentor' END) AND CASE WHEN m.mentee_person = $1 THEN m.mentee_yes ELSE m.mentor_yes END = 0 AND $2 > 0 ORDER BY m.ends_at LIMIT 5"},
    {MSG("Find pairs for {0}"),
     "SELECT c.name, '/cohorts/' || c.id || '/matching', 0 FROM cohort c WHERE c.state = 'matching' AND " APP_RUNS_C "AND NOT EXISTS (SELECT 1 FROM match_run n WHERE n.cohort = c.id AND n.state <> 'discarded') AND EXISTS (SELECT 1 FROM enrolment e WHERE e.cohort = c.id AND e.state = 'approved') AND $2 > 0 ORDER BY c.id DESC LIMIT 3"},
    {MSG("Look at the pairs that were found for {0}, and publish them"),
     "SELECT c.name, '/cohorts/' || c.id || '/matching/' || (SELECT max(n.id) FROM match_run n WHERE n.cohort = c.id AND n.state = 'under_review'), 0 FROM cohort c WHERE c.state IN ('reviewing', 'matching') AND " APP_RUNS_C "AND EXISTS (SELECT 1 FROM match_run n WHERE n.cohort = c.id AND n.state = 'under_review') AND NOT EXISTS (SELECT 1 FROM match m WHERE m.cohort = c.id AND m.state IN ('offered', 'active')) AND $2 > 0 ORDER BY c.id DESC LIMIT 3"},
    {MSG("Pairs of {0} are published. See who has said yes; when it begins, move it on"),
     "SELECT c.name, '/cohorts/' || c.id || '/matches', 0 FROM cohort c WHERE c.state = 'matching' AND " APP_RUNS_C "AND EXISTS (SELECT 1 FROM match m WHERE m.cohort = c.id AND m.state IN ('offered', 'active')) AND $2 > 0 ORDER BY c.id DESC LIMIT 3"},
    {MSG("You were a mentee. Would you mentor somebody in {0}?"),
     "SELECT c.name, '/mentor', 0 FROM cohort c WHERE c.state = 'enrolling' AND EXISTS (SELECT 1 FROM match m WHERE m.mentee_person = $1 AND m.state = 'completed') AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.person = $1 AND (e.role = 'mentor' OR e.cohort = c.id)) AND $2 > 0 ORDER BY c.id DESC LIMIT 1"},
    {MSG("Judge proposed pairs of {0}"),
     "SELECT c.name, '/cohorts/' || c.id || '/committee', 0 FROM role r JOIN cohort c ON c.id = r.cohort WHERE r.person = $1 AND r.role IN ('committee', 'chair') AND c.state IN ('reviewing', 'matching', 'running') AND EXISTS (SELECT 1 FROM match_run n WHERE n.cohort = c.id AND n.state = 'under_review') AND $2 > 0 ORDER BY c.id DESC LIMIT 3"},
    {NULL, NULL},
};
// clang-format on

const struct app_slice match_slice = {
    .name = "match",
    .schema = schema,
    .tables = match_tables,
    .routes = routes,
    .waits = waits,
    .jobs = jobs,
    .letters = letters,
    .hears = hear,
};
