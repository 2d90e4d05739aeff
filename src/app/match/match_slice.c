// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: rules, runs, pairs, choices, committee and
// offers.
#include "app/match/match.h"
#include "app/match/match_fair.h"
#include "app/match/match_guest.h"
#include "app/match/match_presence.h"
#include "app/match/match_store.h"

static const char *const schema[] = {match_schema_1, match_schema_2, match_schema_3,
                                     match_schema_4, match_schema_5, match_schema_6,
                                     match_schema_7, match_schema_8, NULL};

// clang-format off
static const struct route *const routes[] = {
    match_routes,
    match_rules_routes,
    match_board_routes,
    match_change_routes,
    match_pair_routes,
    match_offer_routes,
    match_waiting_routes,
    match_choice_routes,
    match_committee_routes,
    match_fair_routes,
    match_guest_routes,
    NULL,
};
// clang-format on
static const struct app_letter_name *const letters[] = {match_letters, NULL};

// A new cohort begins with the rules of its programme; of one that is cancelled, the offers end.
static enum rc hear(const struct app_place *place, const struct announcement *heard)
{
    if (heard->what == ANNOUNCE_COHORT_MADE)
        return rules_take_over(place, heard->subject, heard->cohort);
    if (heard->what == ANNOUNCE_COHORT_CANCELLED)
        return match_end_offers(place, heard->cohort);
    return match_hears(place, heard);
}

static app_job *const jobs[] = {match_run_kind,
                                match_offer_kind,
                                match_left_kind,
                                match_closed_kind,
                                match_presence_kind,
                                match_zone_kind,
                                NULL};

// clang-format off
static const struct app_waits waits[] = {
    {MSG("Say yes or no to your match in {0}"),
     "SELECT c.name, '/cohorts/' || c.id || '/match', m.ends_at FROM match m JOIN cohort c ON c.id = m.cohort JOIN enrolment x ON x.id = m.mentee WHERE m.id IN (SELECT a.id FROM enrolment e JOIN match a ON a.mentee = e.id WHERE e.person = $1 UNION SELECT a.id FROM enrolment e JOIN match a ON a.mentor = e.id WHERE e.person = $1) AND m.state = 'offered' AND (m.asked = 'both' OR m.asked = CASE WHEN x.person = $1 THEN 'mentee' ELSE 'mentor' END) AND CASE WHEN x.person = $1 THEN m.mentee_yes ELSE m.mentor_yes END = 0 AND $2 > 0 ORDER BY m.ends_at LIMIT 5"},
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
