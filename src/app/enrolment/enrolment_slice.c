// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: who takes part, as what, and with which answers.
#include "app/enrolment/enrolment.h"

static const char *const schema[] = {enrolment_schema_1, enrolment_schema_2, enrolment_schema_3,
                                     NULL};

// clang-format off
static const struct app_table tables[] = {
    {"question",       "id"},
    {"enrolment",      "id"},
    {"answer",         "enrolment, question"},
    {"enrolment_move", "id"},
    {"enrolment_note", "id"},
    {"avoid",          "id"},
    {NULL, NULL},
};
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

const struct app_slice enrolment_slice = {
    .name = "enrolment",
    .schema = schema,
    .tables = tables,
    .routes = routes,
    .personal = enrolment_personal,
    .jobs = jobs,
};
