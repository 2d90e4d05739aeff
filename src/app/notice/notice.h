// SPDX-License-Identifier: Apache-2.0
//
// Why: those who run a cohort write to many at once: to a role, a state, a stage; now or later.
//
// Promises: what is sent was seen before, with how many get it; it can be tried on oneself; whoever
// does not want such letters gets none, and nobody is written to in her quiet hours; what became of
// each is shown; until it leaves it can be taken back.
#ifndef TRELLIS_APP_NOTICE_NOTICE_H
#define TRELLIS_APP_NOTICE_NOTICE_H

#include "app/app.h"
#include "app/data.h"
#include "jobs/jobs.h"

extern const struct app_slice notice_slice;
extern const struct route notice_routes[];
extern const char notice_schema_1[];
extern const char notice_schema_2[];
extern const struct app_table notice_tables[];
struct job_kind notice_clock_kind(const struct app *app);
struct job_kind notice_go_kind(const struct app *app); // at the time of one

#endif
