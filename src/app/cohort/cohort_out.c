// SPDX-License-Identifier: Apache-2.0
//
// What the pages of cohorts tell programs; see web/out.h.
#include "app/cohort/cohort_page.h"

OUT_TYPE(objective_out, struct objective);
OUT_TYPE(team_member_out, struct team_member);

// clang-format off
static const struct out cohort_rows[] = {
    {"id",            OUT_ID,      OUT_INT_OF(struct cohort,  id),      ""},
    {"name",          OUT_TEXT,    OUT_TEXT_OF(struct cohort, name),    ""},
    {"about",         OUT_TEXT,    OUT_TEXT_OF(struct cohort, about),   ""},
    {"starts",        OUT_DAY,     OUT_TEXT_OF(struct cohort, starts),  ""},
    {"weeks",         OUT_INTEGER, OUT_INT_OF(struct cohort,  weeks),   "how long it lasts"},
    {"state",         OUT_TEXT,    OUT_TEXT_OF(struct cohort, state),   "draft, enrolling, reviewing, matching, running, closing or archived"},
    {"cadence_weeks", OUT_INTEGER, OUT_INT_OF(struct cohort,  cadence), "pairs meet every so many weeks"},
    {"hours",         OUT_INTEGER, OUT_INT_OF(struct cohort,  hours),   "a month, at least"},
};
const struct out_shape cohort_out = OUT_SHAPE("Cohort", struct cohort, cohort_rows);

static const struct out objective_rows[] = {
    {"id",       OUT_ID,   OUT_INT_OF(struct objective,  id),       ""},
    {"title",    OUT_TEXT, OUT_TEXT_OF(struct objective, title),    ""},
    {"description", OUT_SOME, OUT_TEXT_OF(struct objective, description), ""},
    {"measure",  OUT_TEXT, OUT_TEXT_OF(struct objective, measure),  "how it is measured, in words; may be empty with a figure"},
    {"figure",   OUT_SOME, OUT_TEXT_OF(struct objective, figure),   "the name of the measure or question that is counted for it"},
    {"baseline", OUT_TEXT, OUT_TEXT_OF(struct objective, baseline), "now"},
    {"target",   OUT_TEXT, OUT_TEXT_OF(struct objective, target),   ""},
    {"due",      OUT_DAY,  OUT_TEXT_OF(struct objective, due),      ""},
};
static const struct out_shape objective_out = OUT_SHAPE("Objective", struct objective, objective_rows);

static const struct out team_rows[] = {
    {"person", OUT_ID,   OUT_INT_OF(struct team_member,  person), ""},
    {"name",   OUT_TEXT, OUT_TEXT_OF(struct team_member, name),   ""},
    {"email",  OUT_TEXT, OUT_TEXT_OF(struct team_member, email),  ""},
    {"role",   OUT_TEXT, OUT_TEXT_OF(struct team_member, role),   "coordinator, committee, chair or safeguarding"},
};
static const struct out_shape team_member_out = OUT_SHAPE("TeamMember", struct team_member, team_rows);

static const struct out list_rows[] = {
    {"site",    OUT_TEXT, OUT_TEXT_OF(struct cohort_view, site), "what this installation is called"},
    {"cohorts", OUT_LIST, OUT_LIST_OF(struct cohort_view, cohorts, count, cohort_out), "the newest first"},
};
const struct out_shape cohort_list_out = OUT_SHAPE("Cohorts", struct cohort_view, list_rows);

static const struct out setup_rows[] = {
    {"cohort",     OUT_OBJECT, OUT_OBJECT_OF(struct cohort_view, cohort, cohort_out), ""},
    {"next_state", OUT_SOME,   OUT_TEXT_OF(struct cohort_view, next_state), "where it may be moved on to"},
    {"objectives", OUT_LIST,   OUT_LIST_OF(struct cohort_view, objectives, objective_count, objective_out), ""},
    {"team",       OUT_LIST,   OUT_LIST_OF(struct cohort_view, team, team_count, team_member_out), ""},
};
const struct out_shape cohort_setup_out = OUT_SHAPE("CohortSetup", struct cohort_view, setup_rows);

static const struct out objectives_rows[] = {
    {"objectives", OUT_LIST, OUT_LIST_OF(struct objective_view, objectives, objective_count, objective_out), ""},
};
const struct out_shape objectives_out = OUT_SHAPE("Objectives", struct objective_view, objectives_rows);

static const struct out team_list_rows[] = {
    {"team", OUT_LIST, OUT_LIST_OF(struct cohort_view, team, team_count, team_member_out), ""},
};
const struct out_shape team_out = OUT_SHAPE("Team", struct cohort_view, team_list_rows);
// clang-format on
