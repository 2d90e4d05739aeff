// SPDX-License-Identifier: Apache-2.0
//
// Why: what helps a pair and everyone else to do well: a plan that says what comes next, resources
// to read, watch and use, and training with a check of what was understood.
//
// Promises: a plan and a training that were published never change; a new version takes their
// place, and who has begun stays with hers unless the editor says otherwise and has seen whom it
// touches; a plan is fitted into the time that a pair has, and waits while the pair pauses; no file
// is taken whose kind is not known by its content, and none is shown inside a page.
//
// Not for: what the two of a pair agree on or reach by themselves (pair).
#ifndef TRELLIS_APP_SUPPORT_SUPPORT_H
#define TRELLIS_APP_SUPPORT_SUPPORT_H

#include "app/app.h"
#include "jobs/jobs.h"

extern const struct app_slice support_slice;
extern const struct route support_plan_routes[];
extern const struct route support_template_routes[];
extern const struct route support_resource_routes[];
extern const struct route support_resource_edit_routes[];
extern const struct route support_training_routes[];
extern const struct route support_training_edit_routes[];
extern const struct route support_cohort_routes[];
extern const struct route support_ready_routes[];
extern const struct route support_contribution_routes[];
extern const char support_schema_1[];
extern const char support_schema_2[];
extern const char support_schema_3[];
extern const char support_schema_4[];
extern const struct app_table support_tables[];

struct job_kind support_clock_kind(const struct app *app);
app_hears support_hears;
app_holds support_holds;
app_next support_next;
app_index support_index;

// Of one resource, one training: put where it is found, or dropped where it is not to be found.
enum rc support_index_resource(const struct app_place *at, int64_t resource);
enum rc support_index_training(const struct app_place *at, int64_t training);

// What is ready to use, written for this project: plans, trainings, resources; in English and
// Spanish. Adds what is not there yet; ret_added (may be NULL): how many.
enum rc support_add_ready(const struct app_place *at, int64_t by, int64_t *ret_added);

#endif
