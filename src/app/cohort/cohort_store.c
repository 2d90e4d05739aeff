// SPDX-License-Identifier: Apache-2.0
//
// The rows of cohorts.
#include "app/cohort/cohort_store.h"

#include "app/cohort/cohort.h"

const char cohort_schema_1[] =
    "CREATE TABLE cohort(id {id} NOT NULL PRIMARY KEY, name TEXT NOT NULL, about TEXT NOT NULL, "
    "starts TEXT NOT NULL, weeks {int} NOT NULL CHECK (weeks BETWEEN 4 AND 52), "
    "state TEXT NOT NULL){end};\n";

enum rc cohort_add(struct db_tx *tx, const struct cohort *cohort)
{
    return db_do(tx, NULL,
                 "INSERT INTO cohort(id, name, about, starts, weeks, state) "
                 "VALUES ($1, $2, $3, $4, $5, $6)",
                 DB_ARGS(DB_INT(cohort->id), DB_TEXT(cohort->name), DB_TEXT(cohort->about),
                         DB_TEXT(cohort->starts), DB_INT(cohort->weeks), DB_TEXT(cohort->state)));
}

static struct cohort read_cohort(const struct db_rows *rows, size_t row)
{
    return (struct cohort){db_int(rows, row, 0),  db_text(rows, row, 1), db_text(rows, row, 2),
                           db_text(rows, row, 3), db_int(rows, row, 4),  db_text(rows, row, 5)};
}

enum rc cohort_find(struct db_tx *tx, struct arena *arena, int64_t id, struct cohort *ret_cohort)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT id, name, about, starts, weeks, state FROM cohort WHERE id = $1",
                 DB_ARGS(DB_INT(id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_cohort = read_cohort(rows, 0);
    return RC_OK;
}

enum rc cohort_load(struct req *req, struct cohort *ret_cohort)
{
    return cohort_find(req->tx, req->arena, req_id(req, "cohort"), ret_cohort);
}

enum rc cohort_list(struct req *req, struct cohort **ret_cohorts, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT id, name, about, starts, weeks, state FROM cohort "
                 "ORDER BY id DESC LIMIT 100",
                 DB_NO_ARGS));
    struct cohort *cohorts = ARENA_ARRAY(req->arena, struct cohort, db_count(rows));
    if (cohorts == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        cohorts[k] = read_cohort(rows, k);
    *ret_cohorts = cohorts;
    *ret_count = db_count(rows);
    return RC_OK;
}

// RC_EXISTS: somebody moved it before.
enum rc cohort_move(struct db_tx *tx, int64_t id, const char *from, const char *to)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed, "UPDATE cohort SET state = $3 WHERE id = $1 AND state = $2",
              DB_ARGS(DB_INT(id), DB_TEXT(from), DB_TEXT(to))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}
