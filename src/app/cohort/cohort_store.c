// SPDX-License-Identifier: Apache-2.0
//
// The rows of cohorts.
#include "app/cohort/cohort_store.h"

#include "app/cohort/cohort.h"

const char cohort_schema_1[] =
    "CREATE TABLE cohort(id {id} NOT NULL PRIMARY KEY, name TEXT NOT NULL, about TEXT NOT NULL, "
    "starts TEXT NOT NULL, weeks {int} NOT NULL CHECK (weeks BETWEEN 4 AND 52), "
    "state TEXT NOT NULL){end};\n";

const char cohort_schema_2[] =
    "ALTER TABLE cohort ADD COLUMN cadence {int} NOT NULL DEFAULT 2;\n"
    "ALTER TABLE cohort ADD COLUMN hours {int} NOT NULL DEFAULT 2;\n"
    "CREATE TABLE objective(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES "
    "cohort(id), title TEXT NOT NULL, measure TEXT NOT NULL, baseline TEXT NOT NULL, "
    "target TEXT NOT NULL, due TEXT NOT NULL){end};\n"
    "CREATE INDEX objective_cohort ON objective(cohort, id);\n";

enum rc cohort_add(struct db_tx *tx, const struct cohort *cohort)
{
    return db_do(tx, NULL,
                 "INSERT INTO cohort(id, name, about, starts, weeks, state, cadence, hours) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                 DB_ARGS(DB_INT(cohort->id), DB_TEXT(cohort->name), DB_TEXT(cohort->about),
                         DB_TEXT(cohort->starts), DB_INT(cohort->weeks), DB_TEXT(cohort->state),
                         DB_INT(cohort->cadence), DB_INT(cohort->hours)));
}

static struct cohort read_cohort(const struct db_rows *rows, size_t row)
{
    return (struct cohort){db_int(rows, row, 0),  db_text(rows, row, 1), db_text(rows, row, 2),
                           db_text(rows, row, 3), db_int(rows, row, 4),  db_text(rows, row, 5),
                           db_int(rows, row, 6),  db_int(rows, row, 7)};
}

enum rc cohort_find(struct db_tx *tx, struct arena *arena, int64_t id, struct cohort *ret_cohort)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        tx, arena, &rows,
        "SELECT id, name, about, starts, weeks, state, cadence, hours FROM cohort WHERE id = $1",
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
                 "SELECT id, name, about, starts, weeks, state, cadence, hours FROM cohort "
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

enum rc cohort_update(struct db_tx *tx, const struct cohort *c)
{
    return db_do(tx, NULL,
                 "UPDATE cohort SET name = $2, about = $3, starts = $4, weeks = $5, cadence = $6, "
                 "hours = $7 WHERE id = $1",
                 DB_ARGS(DB_INT(c->id), DB_TEXT(c->name), DB_TEXT(c->about), DB_TEXT(c->starts),
                         DB_INT(c->weeks), DB_INT(c->cadence), DB_INT(c->hours)));
}

enum rc objective_add(struct db_tx *tx, int64_t cohort, const struct objective *o, int64_t now_us)
{
    return db_do(tx, NULL,
                 "INSERT INTO objective(id, cohort, title, measure, baseline, target, due) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                 DB_ARGS(DB_INT(db_new_id(now_us)), DB_INT(cohort), DB_TEXT(o->title),
                         DB_TEXT(o->measure), DB_TEXT(o->baseline), DB_TEXT(o->target),
                         DB_TEXT(o->due)));
}

enum rc objective_list(struct req *req, int64_t cohort, struct objective **ret_objectives,
                       size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT id, title, measure, baseline, target, due FROM objective "
                 "WHERE cohort = $1 ORDER BY id LIMIT 100",
                 DB_ARGS(DB_INT(cohort))));
    struct objective *all = ARENA_ARRAY(req->arena, struct objective, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct objective){db_int(rows, k, 0),  db_text(rows, k, 1), db_text(rows, k, 2),
                                    db_text(rows, k, 3), db_text(rows, k, 4), db_text(rows, k, 5)};
    *ret_objectives = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc objective_end(struct db_tx *tx, int64_t cohort, int64_t id)
{
    return db_do(tx, NULL, "DELETE FROM objective WHERE id = $1 AND cohort = $2",
                 DB_ARGS(DB_INT(id), DB_INT(cohort)));
}

enum rc team_list(struct req *req, int64_t cohort, struct team_member **ret_team, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT p.id, p.name, p.email, r.role FROM role r JOIN person p ON p.id = r.person "
        "WHERE r.cohort = $1 ORDER BY r.role, p.name, p.id LIMIT 200",
        DB_ARGS(DB_INT(cohort))));
    struct team_member *team = ARENA_ARRAY(req->arena, struct team_member, db_count(rows));
    if (team == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        team[k] = (struct team_member){db_int(rows, k, 0), db_text(rows, k, 1), db_text(rows, k, 2),
                                       db_text(rows, k, 3)};
    *ret_team = team;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc cohort_add_ready(struct db_tx *tx, const struct cohort *cohort, int64_t now_us)
{
    static const struct objective ready[] = {
        {0, "Mentees reach the goal that they came with",
         "Share of mentees who say at the end that they reached it",                          "", "70 %", ""},
        {0, "Both sides find a match that fits",
         "Share of pairs who say after the first meeting that the fit is good",               "", "80 %", ""},
        {0, "Women stay and rise in technology",
         "Share of mentees with a new role, a promotion or a first job in tech a year later", "",
         "30 %",                                                                                          ""},
    };
    TRY(cohort_add(tx, cohort));
    for (size_t k = 0; k < sizeof ready / sizeof ready[0]; k++)
        TRY(objective_add(tx, cohort->id, &ready[k], now_us));
    return RC_OK;
}
