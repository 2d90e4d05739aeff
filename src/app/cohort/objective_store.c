// SPDX-License-Identifier: Apache-2.0
//
// The rows of objectives; see objective.h.
#include "app/cohort/objective.h"
#include "app/cohort/words.h"

// What a new installation begins with is measured by figures; what somebody has worked with keeps
// its words.
const char cohort_schema_6[] =
    "ALTER TABLE objective ADD COLUMN figure TEXT NOT NULL DEFAULT '';\n"
    "UPDATE objective SET figure = CASE id WHEN 1 THEN 'goals_reached' WHEN 2 THEN 'fit_good' ELSE "
    "'moved_12' END, target = CASE id WHEN 1 THEN '70' WHEN 2 THEN '80' ELSE '30' END, measure = '' "
    "WHERE cohort = 1 AND id IN (1, 2, 3) AND NOT EXISTS (SELECT 1 FROM cohort WHERE state <> "
    "'template');\n";

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

static enum rc add_as(struct db_tx *tx, int64_t id, int64_t cohort, const struct objective *o)
{
    return db_do(tx, NULL,
                 "INSERT INTO objective(id, cohort, title, measure, baseline, target, due, "
                 "description, figure) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                 DB_ARGS(DB_INT(id), DB_INT(cohort), DB_TEXT(o->title),
                         DB_TEXT(or_empty(o->measure)), DB_TEXT(or_empty(o->baseline)),
                         DB_TEXT(o->target), DB_TEXT(or_empty(o->due)),
                         DB_TEXT(or_empty(o->description)), DB_TEXT(or_empty(o->figure))));
}

enum rc objective_add(struct db_tx *tx, int64_t cohort, const struct objective *o, int64_t now_us)
{
    return add_as(tx, db_new_id(now_us), cohort, o);
}

enum rc objective_update(struct db_tx *tx, int64_t cohort, const struct objective *o)
{
    return db_do(tx, NULL,
                 "UPDATE objective SET title = $3, measure = $4, baseline = $5, target = $6, due = "
                 "$7, description = $8, figure = $9 WHERE id = $2 AND cohort = $1",
                 DB_ARGS(DB_INT(cohort), DB_INT(o->id), DB_TEXT(o->title), DB_TEXT(o->measure),
                         DB_TEXT(o->baseline), DB_TEXT(o->target), DB_TEXT(o->due),
                         DB_TEXT(o->description), DB_TEXT(o->figure)));
}

static struct objective read_objective(const struct db_rows *rows, size_t k)
{
    return (struct objective){.id = db_int(rows, k, 0),
                              .title = db_text(rows, k, 1),
                              .measure = db_text(rows, k, 2),
                              .baseline = db_text(rows, k, 3),
                              .target = db_text(rows, k, 4),
                              .due = db_text(rows, k, 5),
                              .description = db_text(rows, k, 6),
                              .figure = db_text(rows, k, 7)};
}

#define OBJECTIVE                                                                                  \
    "SELECT id, title, measure, baseline, target, due, description, figure FROM objective "        \
    "WHERE cohort = $1 "

enum rc objective_list(struct req *req, int64_t cohort, struct objective **ret_objectives,
                       size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows, OBJECTIVE "ORDER BY id LIMIT 100",
                 DB_ARGS(DB_INT(cohort))));
    struct objective *all = ARENA_ARRAY(req->arena, struct objective, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_objective(rows, k);
    *ret_objectives = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc objective_find(struct req *req, int64_t cohort, int64_t id, struct objective *ret_objective)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows, OBJECTIVE "AND id = $2",
                 DB_ARGS(DB_INT(cohort), DB_INT(id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_objective = read_objective(rows, 0);
    return RC_OK;
}

enum rc objective_list_counted(struct req *req, const struct cohort *cohort,
                               struct objective **ret_objectives, size_t *ret_count)
{
    const struct app_place here = app_here(req);
    struct app_figures figures = {.programme = cohort->programme};
    TRY(objective_list(req, cohort->id, ret_objectives, ret_count));
    TRY(app_ask_figures(&here, &figures));
    objectives_know(&figures, *ret_objectives, *ret_count);
    return RC_OK;
}

enum rc objectives_translate(struct req *req, int64_t cohort, struct objective *all, size_t count)
{
    struct words_found found;
    TRY(words_of_reader(req, cohort, &found));
    for (size_t k = 0; k < count; k++) {
        all[k].title = words_in(&found, all[k].id, "title", all[k].title);
        all[k].description = words_in(&found, all[k].id, "description", all[k].description);
    }
    return RC_OK;
}

enum rc objective_refigure(struct db_tx *tx, int64_t cohort, const char *from, const char *to)
{
    return db_do(tx, NULL, "UPDATE objective SET figure = $3 WHERE cohort = $1 AND figure = $2",
                 DB_ARGS(DB_INT(cohort), DB_TEXT(from), DB_TEXT(to)));
}

enum rc objective_end(struct db_tx *tx, int64_t cohort, int64_t id)
{
    TRY(db_do(tx, NULL, "DELETE FROM words WHERE subject = $1 AND cohort = $2",
              DB_ARGS(DB_INT(id), DB_INT(cohort))));
    return db_do(tx, NULL, "DELETE FROM objective WHERE id = $1 AND cohort = $2",
                 DB_ARGS(DB_INT(id), DB_INT(cohort)));
}

enum rc objective_take_over(struct db_tx *tx, int64_t from, int64_t to, int64_t now_us)
{
    struct arena arena;
    struct db_rows *rows = NULL;
    arena_open(&arena, 1 << 20);
    const struct app_place at = {.tx = tx, .arena = &arena, .now_us = now_us};
    enum rc rc =
        db_query(tx, &arena, &rows, OBJECTIVE "ORDER BY id LIMIT 100", DB_ARGS(DB_INT(from)));
    for (size_t k = 0; rc == RC_OK && k < db_count(rows); k++) {
        const struct objective one = read_objective(rows, k);
        const struct words_copy words = {one.id, db_new_id(now_us), to};
        rc = add_as(tx, words.to, to, &one);
        if (rc == RC_OK)
            rc = words_take_over(&at, &words);
    }
    arena_close(&arena);
    return rc;
}
