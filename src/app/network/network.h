// SPDX-License-Identifier: Apache-2.0
//
// Why: people meet others beyond their pair: circles on a topic, events, introductions, rounds in
// which everybody meets somebody new, and short talks that mentors offer.
//
// Promises: only who takes part in a cohort meets its people; whoever must be kept apart never
// shares a circle, an introduction, a round or a talk, and never learns why; a place that becomes
// free goes to whoever waits longest; whoever leaves takes with her what hangs on her.
#ifndef TRELLIS_APP_NETWORK_NETWORK_H
#define TRELLIS_APP_NETWORK_NETWORK_H

#include "app/app.h"
#include "jobs/jobs.h"

extern const struct app_slice network_slice;
extern const struct route network_routes[];
extern const struct route circle_routes[];
extern const struct route circle_member_routes[];
extern const struct route circle_meet_routes[];
extern const struct route circle_talk_routes[];
extern const struct route circle_step_routes[];
extern const struct route event_routes[];
extern const struct route event_staff_routes[];
extern const struct route event_workshop_routes[];
extern const struct route introduction_routes[];
extern const struct route round_routes[];
extern const struct route flash_routes[];
extern const struct route outside_routes[];
extern const struct route directory_routes[];
extern const char network_schema_1[];
extern const char network_schema_2[];
extern const char network_schema_3[];
extern const char network_schema_4[];
extern const char network_schema_5[];
extern const char network_schema_6[];
extern const char network_schema_7[];
extern const char network_schema_8[];
extern const struct app_table network_tables[];

struct job_kind network_clock_kind(const struct app *app);
struct job_kind network_round_kind(const struct app *app);

#endif
