// SPDX-License-Identifier: Apache-2.0
//
// The tables of a pair's life, and what of them belongs to a person.
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

#define MINE                                                                                       \
    "JOIN match m ON m.id = t.match JOIN enrolment x ON x.id = m.mentee "                          \
    "JOIN enrolment y ON y.id = m.mentor WHERE x.person = $1 OR y.person = $1 "

// clang-format off
const struct app_personal pair_personal[] = {
    {"agreements", "#version goals #cadence channel privacy scheduling #notice ends_on otherwise #made_at #mentee_signed #mentor_signed",
     "SELECT t.version, t.goals, t.cadence, t.channel, t.privacy, t.scheduling, t.notice, t.ends_on, t.otherwise, t.made_at, t.mentee_signed, "
     "t.mentor_signed FROM agreement t " MINE "ORDER BY t.made_at", NULL},
    {"goals", "title why success due state #progress evidence reason #made_at",
     "SELECT t.title, t.why, t.success, t.due, t.state, t.progress, t.evidence, t.reason, t.made_at FROM goal t " MINE "ORDER BY t.made_at", NULL},
    {"skills", "topic moment #level #at", "SELECT topic, moment, level, at FROM skill WHERE person = $1 ORDER BY at", NULL},
    {"meetings", "state #at #minutes format place agenda reason #held_minutes topics",
     "SELECT t.state, t.at, t.minutes, t.format, t.place, t.agenda, t.reason, t.held_minutes, t.topics FROM meeting t " MINE "ORDER BY t.id", NULL},
    {"meeting_notes", "#meeting #shared text #at", "SELECT meeting, shared, text, at FROM meeting_note WHERE person = $1 ORDER BY id", NULL},
    {"meeting_actions", "#meeting title #done_at", "SELECT meeting, title, done_at FROM meeting_action WHERE owner = $1 ORDER BY id", NULL},
    {"messages", "#match text #at", "SELECT match, text, at FROM message WHERE person = $1 ORDER BY id", NULL},
    {"messages_seen", "#match", "SELECT match FROM message_seen WHERE person = $1", NULL},
    {"letters", "message #reminder #question #nudge #quiet_from #quiet_to",
     "SELECT message, reminder, question, nudge, quiet_from, quiet_to FROM letter_choice WHERE person = $1", NULL},
    {"letter_links", "kind #made_at", "SELECT kind, made_at FROM letter_stop WHERE person = $1", "DELETE FROM letter_stop WHERE person = $1 AND $2 > 0"},
    {"meeting_links", "#meeting #made_at", "SELECT meeting, made_at FROM meeting_link WHERE person = $1", "DELETE FROM meeting_link WHERE person = $1 AND $2 > 0"},
    {"after_meetings", "#meeting #useful line #shared private #at", "SELECT meeting, useful, line, shared, private, at FROM report WHERE person = $1 ORDER BY at", NULL},
    {"questions_asked", "#match kind #asked_at #answered_at", "SELECT match, kind, asked_at, answered_at FROM survey WHERE person = $1 ORDER BY id", NULL},
    {"questions_answered", "kind question #number words",
     "SELECT s.kind, w.question, w.number, w.words FROM survey s JOIN survey_answer w ON w.survey = s.id WHERE s.person = $1 ORDER BY s.id, w.question", NULL},
    {"farewells", "#match #stay thanks #at", "SELECT match, stay, thanks, at FROM farewell WHERE person = $1", NULL},
    {"concerns", "kind #named text state #made_at", "SELECT kind, named, text, state, made_at FROM concern WHERE by_person = $1 ORDER BY id", NULL},
    {"concern_notes", "text #at", "SELECT text, at FROM concern_note WHERE person = $1 ORDER BY id", NULL},
    {"calendar_feed", "#made_at", "SELECT made_at FROM calendar_feed WHERE person = $1", "DELETE FROM calendar_feed WHERE person = $1 AND $2 > 0"},
    {NULL, NULL, NULL, NULL},
};
// clang-format on
