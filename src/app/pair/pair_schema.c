// SPDX-License-Identifier: Apache-2.0
//
// The tables of a pair's life.
#include "app/pair/pair.h"

const char pair_schema_1[] =
    "ALTER TABLE match ADD COLUMN ends_on TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE match ADD COLUMN paused_until {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match ADD COLUMN paused_by {id} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match ADD COLUMN continues {id} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match ADD COLUMN begun {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match ADD COLUMN asked_silence {int} NOT NULL DEFAULT 0;\n"
    "DROP INDEX match_live;\n"
    "CREATE UNIQUE INDEX match_live ON match(mentee, mentor) "
    "WHERE state IN ('offered', 'active', 'paused', 'closing');\n"
    "CREATE TABLE agreement(id {id} NOT NULL PRIMARY KEY, match {id} NOT NULL REFERENCES match(id), "
    "version {int} NOT NULL, goals TEXT NOT NULL, cadence {int} NOT NULL, channel TEXT NOT NULL, "
    "privacy TEXT NOT NULL, scheduling TEXT NOT NULL, notice {int} NOT NULL, ends_on TEXT NOT NULL, "
    "otherwise TEXT NOT NULL, made_by {id} NOT NULL, made_at {int} NOT NULL, mentee_signed {int} "
    "NOT NULL, mentor_signed {int} NOT NULL, superseded {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX agreement_version ON agreement(match, version);\n"
    "CREATE TABLE goal(id {id} NOT NULL PRIMARY KEY, match {id} NOT NULL REFERENCES match(id), "
    "title TEXT NOT NULL, why TEXT NOT NULL, success TEXT NOT NULL, due TEXT NOT NULL, state TEXT "
    "NOT NULL, progress {int} NOT NULL, objective {id} NOT NULL, evidence TEXT NOT NULL, reason TEXT "
    "NOT NULL, mentee_yes {int} NOT NULL, mentor_yes {int} NOT NULL, made_at {int} NOT NULL, "
    "changed_at {int} NOT NULL){end};\n"
    "CREATE INDEX goal_match ON goal(match);\n"
    "CREATE INDEX goal_objective ON goal(objective);\n"
    "CREATE TABLE goal_task(id {id} NOT NULL PRIMARY KEY, goal {id} NOT NULL REFERENCES goal(id), "
    "title TEXT NOT NULL, done_at {int} NOT NULL){end};\n"
    "CREATE INDEX goal_task_goal ON goal_task(goal);\n"
    "CREATE TABLE skill(match {id} NOT NULL REFERENCES match(id), person {id} NOT NULL REFERENCES "
    "person(id), topic TEXT NOT NULL, moment TEXT NOT NULL, level {int} NOT NULL, at {int} NOT NULL, "
    "PRIMARY KEY(match, person, topic, moment)){end};\n"
    "CREATE INDEX skill_person ON skill(person);\n";

const char pair_schema_9[] =
    "ALTER TABLE goal ADD COLUMN topic TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE goal ADD COLUMN shared {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE goal ADD COLUMN by_steps {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE pair_rules ADD COLUMN channel TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE pair_rules ADD COLUMN privacy TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE pair_rules ADD COLUMN scheduling TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE pair_rules ADD COLUMN notice {int} NOT NULL DEFAULT 24;\n"
    "ALTER TABLE pair_rules ADD COLUMN otherwise TEXT NOT NULL DEFAULT '';\n";

const char pair_schema_10[] =
    "ALTER TABLE survey ADD COLUMN reminded {int} NOT NULL DEFAULT 0;\n"
    "CREATE INDEX survey_waits ON survey(asked_at) WHERE answered_at = 0 AND closed_at = 0 AND "
    "reminded = 0;\n";

// of_signup: what she wanted at sign-up, and nobody has looked at yet.
// staff: whether those who run the cohort agree to a later last day; see enum agreement_staff.
const char pair_schema_11[] =
    "ALTER TABLE goal ADD COLUMN of_signup {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE agreement ADD COLUMN staff {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE agreement ADD COLUMN staff_by {id} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE agreement ADD COLUMN staff_at {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE agreement ADD COLUMN staff_reason TEXT NOT NULL DEFAULT '';\n"
    "CREATE INDEX agreement_asks ON agreement(match) WHERE staff = 1 AND superseded = 0;\n"
    "ALTER TABLE pair_rules ADD COLUMN asks_staff {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE pair_rules ADD COLUMN late_hours {int} NOT NULL DEFAULT 3;\n"
    "ALTER TABLE match ADD COLUMN longer_at {int} NOT NULL DEFAULT 0;\n";

// What is due by the clock, each by an index of its own. met: a meeting was held since the clock
// has looked; silent_at: when it looks whether a pair has gone silent.
const char pair_schema_12[] =
    "ALTER TABLE match ADD COLUMN met {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match ADD COLUMN silent_at {int} NOT NULL DEFAULT 0;\n"
    "UPDATE match SET met = 1 WHERE state IN ('active', 'paused', 'closing');\n"
    "CREATE INDEX match_begins ON match(id) WHERE state = 'active' AND begun = 0;\n"
    "CREATE INDEX match_met ON match(id) WHERE met = 1;\n"
    "CREATE INDEX match_pulse ON match(next_pulse) WHERE state = 'active' AND next_pulse > 0;\n"
    "CREATE INDEX match_mid ON match(mid_at) WHERE state = 'active' AND mid_at > 0;\n"
    "CREATE INDEX match_nudge ON match(began_at) WHERE state = 'active' AND begun = 1 AND nudged = 0;\n"
    "CREATE INDEX match_pause ON match(paused_until) WHERE state = 'paused' AND asked_silence = 0;\n"
    "CREATE INDEX match_asked ON match(asked_silence) WHERE state = 'active' AND asked_silence > 0;\n"
    "CREATE INDEX match_silent ON match(silent_at) WHERE state = 'active' AND asked_silence = 0;\n"
    "CREATE INDEX match_last ON match(ends_on) WHERE state = 'active' AND begun = 1;\n"
    "CREATE INDEX match_farewell ON match(ends_on) WHERE state = 'closing';\n"
    "CREATE INDEX meeting_remind ON meeting(at) WHERE state = 'scheduled' AND reminded < 2;\n";

const char pair_schema_13[] =
    "CREATE TABLE survey_link(hash TEXT NOT NULL PRIMARY KEY, survey {id} NOT NULL REFERENCES "
    "survey(id), person {id} NOT NULL REFERENCES person(id), made_at {int} NOT NULL){end};\n"
    "CREATE INDEX survey_link_person ON survey_link(person);\n"
    "CREATE INDEX survey_link_of ON survey_link(survey);\n";

// A goal serves none or more of the objectives.
const char pair_schema_14[] =
    "DROP INDEX goal_objective;\n"
    "CREATE TABLE goal_objective(goal {id} NOT NULL REFERENCES goal(id), objective {id} NOT NULL "
    "REFERENCES objective(id) ON DELETE CASCADE, PRIMARY KEY(goal, objective)){end};\n"
    "INSERT INTO goal_objective(goal, objective) SELECT g.id, g.objective FROM goal g JOIN "
    "objective o ON o.id = g.objective;\n"
    "ALTER TABLE goal DROP COLUMN objective;\n"
    "CREATE INDEX goal_objective_of ON goal_objective(objective);\n";
