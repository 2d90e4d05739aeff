// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: articles and what members add to them.
#include "app/article/article.h"

static const char *const schema[] = {article_schema_1, NULL};

// clang-format off
static const struct app_table tables[] = {
    {"article",              "id"},
    {"article_section",      "id"},
    {"contribution",         "id"},
    {"contribution_version", "contribution, number"},
    {"contribution_mark",    "contribution, mark"},
    {"helpful",              "contribution, person"},
    {"contribution_report",  "id"},
    {"article_leader",       "article, place"},
    {"contributor",          "person"},
    {NULL, NULL},
};
static const struct route *const routes[] = {
    article_routes,
    article_write_routes,
    article_edit_routes,
    NULL,
};
static const struct app_nav nav[] = {
    {"/articles", MSG("Articles"), false},
    {NULL, NULL, false},
};
// clang-format on
static app_job *const jobs[] = {article_nightly_kind, NULL};

const struct app_slice article_slice = {
    .name = "article",
    .schema = schema,
    .tables = tables,
    .routes = routes,
    .nav = nav,
    .personal = article_personal,
    .jobs = jobs,
};
