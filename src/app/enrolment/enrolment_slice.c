// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: who takes part, as what, and with which answers.
#include "app/enrolment/enrolment.h"

static const char *const schema[] = {enrolment_schema_1, enrolment_schema_2, enrolment_schema_3,
                                     NULL};

// clang-format off
static const struct route *const routes[] = {
    enrolment_routes,
    enrolment_join_routes,
    enrolment_review_routes,
    enrolment_pool_routes,
    enrolment_question_routes,
    NULL,
};
// clang-format on
static app_job *const jobs[] = {enrolment_letter_kind, NULL};

// clang-format off
static const char *const closes[] = {
    "UPDATE enrolment SET state = 'withdrawn' WHERE person = $1 AND created_at < $2 + 1",
    NULL,
};
// clang-format on

const struct app_slice enrolment_slice = {
    .name = "enrolment",
    .schema = schema,
    .tables = enrolment_tables,
    .routes = routes,
    .closes = closes,
    .jobs = jobs,
};
