// SPDX-License-Identifier: Apache-2.0
//
// The rows of plans: what editors write, version by version.
#include <string.h>

#include "app/support/support_plan.h"

#define PLAN                                                                                         \
    "SELECT p.id, p.cohort, coalesce(c.name, ''), p.role, p.language, p.title, p.version, p.draft, " \
    "p.ended_at, (SELECT count(*) FROM pair_plan q JOIN match m ON m.id = q.match WHERE q.plan = "   \
    "p.id AND m.state IN ('active', 'paused', 'closing')), (SELECT count(*) FROM plan_item i "       \
    "WHERE i.plan = p.id AND i.version = p.version) FROM plan p LEFT JOIN cohort c ON c.id = "       \
    "p.cohort "

static struct plan read_plan(const struct db_rows *r, size_t k)
{
    return (struct plan){db_int(r, k, 0),  db_int(r, k, 1),  db_text(r, k, 2), db_text(r, k, 3),
                         db_text(r, k, 4), db_text(r, k, 5), db_int(r, k, 6),  db_int(r, k, 7),
                         db_int(r, k, 8),  db_int(r, k, 9),  db_int(r, k, 10)};
}

static enum rc read_plans(struct arena *arena, const struct db_rows *rows, struct plan **ret_plans,
                          size_t *ret_count)
{
    struct plan *all = ARENA_ARRAY(arena, struct plan, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_plan(rows, k);
    *ret_plans = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc plan_list(struct req *req, int64_t cohort, struct plan **ret_plans, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 PLAN "WHERE $1 = 0 OR (" PLAN_OF_COHORT
                      ") ORDER BY CASE WHEN p.ended_at = 0 THEN 0 ELSE 1 END, p.cohort, p.role, "
                      "p.id LIMIT 100",
                 DB_ARGS(DB_INT(cohort))));
    return read_plans(req->arena, rows, ret_plans, ret_count);
}

enum rc plan_find(struct db_tx *tx, struct arena *arena, int64_t id, struct plan *ret_plan)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, PLAN "WHERE p.id = $1", DB_ARGS(DB_INT(id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_plan = read_plan(rows, 0);
    return RC_OK;
}

enum rc plan_add(struct db_tx *tx, const struct plan *plan, const char *ready, int64_t by,
                 int64_t now_us)
{
    return db_do(tx, NULL,
                 "INSERT INTO plan(id, cohort, role, language, title, version, draft, ended_at, "
                 "made_by, made_at, ready) VALUES ($1, $2, $3, $4, $5, 0, 1, 0, $6, $7, $8)",
                 DB_ARGS(DB_INT(plan->id), DB_INT(plan->cohort), DB_TEXT(plan->role),
                         DB_TEXT(plan->language), DB_TEXT(plan->title), DB_INT(by), DB_INT(now_us),
                         DB_TEXT(ready)));
}

enum rc plan_end(struct db_tx *tx, int64_t id, int64_t now_us)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed, "UPDATE plan SET ended_at = $2 WHERE id = $1 AND ended_at = 0",
              DB_ARGS(DB_INT(id), DB_INT(now_us))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc plan_items(struct db_tx *tx, struct arena *arena, const struct plan_at *at,
                   struct plan_item **ret_items, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        tx, arena, &r,
        "SELECT s.item, s.stage, s.kind, s.owner, s.days, s.unless, s.resource, coalesce(r.title, "
        "''), s.survey, w.stage, w.title, w.text, w.language FROM plan_item s JOIN plan_words w ON "
        "w.plan = s.plan AND w.version = s.version AND w.item = s.item AND w.language = CASE WHEN "
        "EXISTS (SELECT 1 FROM plan_words z WHERE z.plan = s.plan AND z.version = s.version AND "
        "z.item = s.item AND z.language = $3) THEN $3 ELSE $4 END LEFT JOIN resource r ON r.id = "
        "s.resource WHERE s.plan = $1 AND s.version = $2 ORDER BY s.stage, CASE WHEN s.days < 0 "
        "THEN 10000 + s.days ELSE s.days END, s.item LIMIT 200",
        DB_ARGS(DB_INT(at->plan->id), DB_INT(at->version), DB_TEXT(at->language),
                DB_TEXT(at->plan->language))));
    struct plan_item *all = ARENA_ARRAY(arena, struct plan_item, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct plan_item){db_int(r, k, 0),  db_int(r, k, 1),   db_text(r, k, 2),
                                    db_text(r, k, 3), db_int(r, k, 4),   db_text(r, k, 5),
                                    db_int(r, k, 6),  db_text(r, k, 7),  db_text(r, k, 8),
                                    db_text(r, k, 9), db_text(r, k, 10), db_text(r, k, 11),
                                    db_text(r, k, 12)};
    *ret_items = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc plan_open_draft(struct db_tx *tx, const struct plan *plan)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed,
              "UPDATE plan SET draft = 1 WHERE id = $1 AND draft = 0 AND ended_at = 0",
              DB_ARGS(DB_INT(plan->id))));
    if (changed == 0)
        return RC_EXISTS;
    TRY(db_do(tx, NULL,
              "INSERT INTO plan_item(plan, version, item, stage, kind, owner, days, unless, "
              "resource, survey) SELECT plan, version + 1, item, stage, kind, owner, days, unless, "
              "resource, survey FROM plan_item WHERE plan = $1 AND version = $2",
              DB_ARGS(DB_INT(plan->id), DB_INT(plan->version))));
    return db_do(tx, NULL,
                 "INSERT INTO plan_words(plan, version, item, language, stage, title, text) SELECT "
                 "plan, version + 1, item, language, stage, title, text FROM plan_words WHERE plan "
                 "= $1 AND version = $2",
                 DB_ARGS(DB_INT(plan->id), DB_INT(plan->version)));
}

enum rc plan_drop_draft(struct db_tx *tx, const struct plan *plan)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed, "UPDATE plan SET draft = 0 WHERE id = $1 AND draft = 1 AND version > 0",
              DB_ARGS(DB_INT(plan->id))));
    if (changed == 0)
        return RC_EXISTS;
    TRY(db_do(tx, NULL, "DELETE FROM plan_words WHERE plan = $1 AND version = $2",
              DB_ARGS(DB_INT(plan->id), DB_INT(plan->version + 1))));
    return db_do(tx, NULL, "DELETE FROM plan_item WHERE plan = $1 AND version = $2",
                 DB_ARGS(DB_INT(plan->id), DB_INT(plan->version + 1)));
}

enum rc plan_item_set(struct db_tx *tx, const struct plan *plan, struct plan_item *item,
                      int64_t now_us)
{
    int64_t version = plan->version + 1;
    if (plan->draft == 0)
        return RC_EXISTS;
    if (item->item == 0)
        item->item = db_new_id(now_us);
    TRY(db_do(tx, NULL,
              "INSERT INTO plan_item(plan, version, item, stage, kind, owner, days, unless, "
              "resource, survey) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON "
              "CONFLICT(plan, version, item) DO UPDATE SET stage = $4, kind = $5, owner = $6, days "
              "= $7, unless = $8, resource = $9, survey = $10",
              DB_ARGS(DB_INT(plan->id), DB_INT(version), DB_INT(item->item), DB_INT(item->stage),
                      DB_TEXT(item->kind), DB_TEXT(item->owner), DB_INT(item->days),
                      DB_TEXT(item->unless), DB_INT(item->resource), DB_TEXT(item->survey))));
    return db_do(
        tx, NULL,
        "INSERT INTO plan_words(plan, version, item, language, stage, title, text) VALUES "
        "($1, $2, $3, $4, $5, $6, $7) ON CONFLICT(plan, version, item, language) DO UPDATE "
        "SET stage = $5, title = $6, text = $7",
        DB_ARGS(DB_INT(plan->id), DB_INT(version), DB_INT(item->item), DB_TEXT(item->language),
                DB_TEXT(item->stage_title), DB_TEXT(item->title), DB_TEXT(item->text)));
}

enum rc plan_item_drop(struct db_tx *tx, const struct plan *plan, int64_t item)
{
    uint64_t changed = 0;
    if (plan->draft == 0)
        return RC_EXISTS;
    TRY(db_do(tx, NULL, "DELETE FROM plan_words WHERE plan = $1 AND version = $2 AND item = $3",
              DB_ARGS(DB_INT(plan->id), DB_INT(plan->version + 1), DB_INT(item))));
    TRY(db_do(tx, &changed, "DELETE FROM plan_item WHERE plan = $1 AND version = $2 AND item = $3",
              DB_ARGS(DB_INT(plan->id), DB_INT(plan->version + 1), DB_INT(item))));
    return changed == 1 ? RC_OK : RC_NOT_FOUND;
}
