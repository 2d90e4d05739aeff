// SPDX-License-Identifier: Apache-2.0
//
// The tables of plans, resources and training.
//
// A published version of a plan or a training never changes: its rows carry plan and version, and
// what a pair or a person has refers to them. `draft` 1: version + 1 is being written. Words stand
// by language; the one in `language` is always there.
#include "app/support/support.h"

const char support_schema_1[] =
    "CREATE TABLE resource(id {id} NOT NULL PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('link', "
    "'page', 'file')), title TEXT NOT NULL, about TEXT NOT NULL, url TEXT NOT NULL, text TEXT NOT "
    "NULL, language TEXT NOT NULL, role TEXT NOT NULL, stage TEXT NOT NULL, topics TEXT NOT NULL, "
    "media TEXT NOT NULL, minutes {int} NOT NULL, licence TEXT NOT NULL, captions TEXT NOT NULL, "
    "transcript TEXT NOT NULL, described TEXT NOT NULL, tagged TEXT NOT NULL, plain TEXT NOT NULL, "
    "accessible {int} NOT NULL, review_by TEXT NOT NULL, file {id} NOT NULL, file_name TEXT NOT "
    "NULL, file_type TEXT NOT NULL, file_bytes {int} NOT NULL, ended_at {int} NOT NULL, made_by {id} "
    "NOT NULL, made_at {int} NOT NULL, changed_at {int} NOT NULL, search TEXT NOT NULL, ready TEXT "
    "NOT NULL){end};\n"
    "CREATE INDEX resource_live ON resource(ended_at, id);\n"
    "CREATE INDEX resource_review ON resource(ended_at, review_by);\n"
    "CREATE TABLE resource_chunk(file {id} NOT NULL, place {int} NOT NULL, bytes {blob} NOT NULL, "
    "PRIMARY KEY(file, place)){end};\n"
    "CREATE TABLE resource_mark(person {id} NOT NULL REFERENCES person(id), resource {id} NOT NULL "
    "REFERENCES resource(id), saved_at {int} NOT NULL, done_at {int} NOT NULL, "
    "PRIMARY KEY(person, resource)){end};\n"
    "CREATE INDEX resource_mark_of ON resource_mark(resource);\n"
    "CREATE TABLE plan(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL, role TEXT NOT NULL CHECK "
    "(role IN ('pair', 'mentee', 'mentor')), language TEXT NOT NULL, title TEXT NOT NULL, version "
    "{int} NOT NULL, draft {int} NOT NULL, ended_at {int} NOT NULL, made_by {id} NOT NULL, made_at "
    "{int} NOT NULL, ready TEXT NOT NULL){end};\n"
    "CREATE INDEX plan_cohort ON plan(cohort);\n"
    "CREATE TABLE plan_item(plan {id} NOT NULL REFERENCES plan(id), version {int} NOT NULL, item {id} "
    "NOT NULL, stage {int} NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('task', 'message', 'survey', "
    "'meeting', 'resource')), owner TEXT NOT NULL CHECK (owner IN ('mentee', 'mentor', 'both', "
    "'coordinator')), days {int} NOT NULL, unless TEXT NOT NULL, resource {id} NOT NULL, survey TEXT "
    "NOT NULL, PRIMARY KEY(plan, version, item)){end};\n"
    "CREATE TABLE plan_words(plan {id} NOT NULL REFERENCES plan(id), version {int} NOT NULL, item "
    "{id} NOT NULL, language TEXT NOT NULL, stage TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT "
    "NULL, PRIMARY KEY(plan, version, item, language)){end};\n"
    "CREATE TABLE pair_plan(match {id} NOT NULL REFERENCES match(id), plan {id} NOT NULL REFERENCES "
    "plan(id), days {int} NOT NULL, fits_in {int} NOT NULL, begun_at {int} NOT NULL, paused_at {int} "
    "NOT NULL, done_at {int} NOT NULL, PRIMARY KEY(match, plan)){end};\n"
    "CREATE INDEX pair_plan_of ON pair_plan(plan);\n"
    "CREATE TABLE pair_item(id {id} NOT NULL PRIMARY KEY, match {id} NOT NULL REFERENCES match(id), "
    "plan {id} NOT NULL REFERENCES plan(id), version {int} NOT NULL, item {id} NOT NULL, due_at "
    "{int} NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'done', 'skipped')), told {int} NOT "
    "NULL, changed_at {int} NOT NULL, changed_by {id} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX pair_item_one ON pair_item(match, plan, item);\n"
    "CREATE INDEX pair_item_of ON pair_item(plan, version);\n"
    "CREATE INDEX pair_item_due ON pair_item(due_at) WHERE state = 'open' AND told = 0;\n"
    "CREATE INDEX pair_item_asked ON pair_item(match) WHERE state = 'open' AND told = 2;\n";

const char support_schema_2[] =
    "CREATE TABLE training(id {id} NOT NULL PRIMARY KEY, role TEXT NOT NULL CHECK (role IN ('mentee', "
    "'mentor')), language TEXT NOT NULL, minutes {int} NOT NULL, version {int} NOT NULL, draft {int} "
    "NOT NULL, redo_from {int} NOT NULL, ended_at {int} NOT NULL, made_by {id} NOT NULL, made_at "
    "{int} NOT NULL, ready TEXT NOT NULL){end};\n"
    "CREATE TABLE training_words(training {id} NOT NULL REFERENCES training(id), version {int} NOT "
    "NULL, language TEXT NOT NULL, title TEXT NOT NULL, about TEXT NOT NULL, PRIMARY KEY(training, "
    "version, language)){end};\n"
    "CREATE TABLE training_page(training {id} NOT NULL REFERENCES training(id), version {int} NOT "
    "NULL, page {id} NOT NULL, language TEXT NOT NULL, place {int} NOT NULL, title TEXT NOT NULL, "
    "text TEXT NOT NULL, PRIMARY KEY(training, version, page, language)){end};\n"
    "CREATE TABLE training_question(training {id} NOT NULL REFERENCES training(id), version {int} NOT "
    "NULL, question {id} NOT NULL, language TEXT NOT NULL, page {id} NOT NULL, text TEXT NOT NULL, "
    "PRIMARY KEY(training, version, question, language)){end};\n"
    "CREATE TABLE training_answer(training {id} NOT NULL REFERENCES training(id), version {int} NOT "
    "NULL, question {id} NOT NULL, place {int} NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL, "
    "correct {int} NOT NULL, feedback TEXT NOT NULL, PRIMARY KEY(training, version, question, place, "
    "language)){end};\n"
    "CREATE TABLE training_progress(training {id} NOT NULL REFERENCES training(id), person {id} NOT "
    "NULL REFERENCES person(id), version {int} NOT NULL, page {id} NOT NULL, at {int} NOT NULL, "
    "PRIMARY KEY(training, person, version, page)){end};\n"
    "CREATE INDEX training_progress_person ON training_progress(person);\n"
    "CREATE TABLE completion(training {id} NOT NULL REFERENCES training(id), person {id} NOT NULL "
    "REFERENCES person(id), version {int} NOT NULL, at {int} NOT NULL, PRIMARY KEY(training, person, "
    "version)){end};\n"
    "CREATE INDEX completion_person ON completion(person);\n"
    "CREATE TABLE training_rule(cohort {id} NOT NULL REFERENCES cohort(id), role TEXT NOT NULL CHECK "
    "(role IN ('mentee', 'mentor')), moment TEXT NOT NULL CHECK (moment IN ('none', 'pool', "
    "'meeting')), training {id} NOT NULL, PRIMARY KEY(cohort, role)){end};\n";

// Who was at a workshop (event) on a training, or has seen its recording.
const char support_schema_3[] =
    "CREATE TABLE training_visit(training {id} NOT NULL REFERENCES training(id), person {id} NOT NULL "
    "REFERENCES person(id), event {id} NOT NULL, version {int} NOT NULL, at {int} NOT NULL, PRIMARY "
    "KEY(training, person, event)){end};\n"
    "CREATE INDEX training_visit_person ON training_visit(person);\n";

// A resource whose text is what somebody added to an article: it is read there each time, so it is
// gone here as soon as it is there.
const char support_schema_4[] =
    "ALTER TABLE resource ADD COLUMN contribution {id} NOT NULL DEFAULT 0;\n"
    "CREATE UNIQUE INDEX resource_contribution ON resource(contribution) WHERE contribution <> 0;\n";
