// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: articles and what members add to them.
#include "app/article/article.h"

static const char *const schema[] = {article_schema_1, article_schema_2, article_schema_3, NULL};

// clang-format off
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
// clang-format off
static const char *const closes[] = {
    "UPDATE contribution SET state = 'withdrawn', changed_at = $2 WHERE person = $1 AND state IN ('draft', 'submitted', 'changes_requested')",
    "DELETE FROM article_leader WHERE person = $1 AND $2 > 0",
    "DELETE FROM article_follow WHERE person = $1 AND $2 > 0",
    NULL,
};
// clang-format on
// clang-format off
#define EDITS "EXISTS (SELECT 1 FROM role r WHERE r.person = $1 AND r.role = 'editor')"
static const struct app_waits waits[] = {
    {MSG("A contribution waits for an editor: {0}"),
     "SELECT a.title, '/articles/review/' || c.id, 0 FROM contribution c JOIN article a ON a.id = c.article WHERE c.state = 'submitted' AND c.person <> $1 AND c.sent_at <= $2 AND " EDITS " ORDER BY c.sent_at LIMIT 3"},
    {MSG("An editor asks for a change of what you wrote: {0}"),
     "SELECT a.title, '/contributions/' || c.id, 0 FROM contribution c JOIN article a ON a.id = c.article WHERE c.state = 'changes_requested' AND c.person = $1 AND c.changed_at <= $2 ORDER BY c.id LIMIT 3"},
    {NULL, NULL},
};
// clang-format on
static app_job *const jobs[] = {article_nightly_kind, NULL};

const struct app_slice article_slice = {
    .name = "article",
    .schema = schema,
    .tables = article_tables,
    .routes = routes,
    .nav = nav,
    .waits = waits,
    .closes = closes,
    .jobs = jobs,
    .index = article_index,
};
