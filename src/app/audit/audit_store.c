// SPDX-License-Identifier: Apache-2.0
//
// The rows of the log and of its chain; see audit_store.h.
//
// A row of audit_seal is where the chain ended at a time. What is old goes up to such a row, which
// stays as the beginning of what is left.
#include "app/audit/audit_store.h"

#include <string.h>

enum { SEAL_EVERY_S = 60, A_STEP = 5000, STEP_LIMIT_BYTES = 64 << 20, DAY_S = 86400, US = 1000000 };

const char audit_schema_1[] =
    "CREATE TABLE audit(id {id} NOT NULL PRIMARY KEY, at {int} NOT NULL, person {id} NOT NULL, "
    "what TEXT NOT NULL, place TEXT NOT NULL){end};\n"
    "CREATE INDEX audit_person ON audit(person, id);\n";
const char audit_schema_2[] =
    "ALTER TABLE audit ADD COLUMN number {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE audit ADD COLUMN hash TEXT NOT NULL DEFAULT '';\n"
    "CREATE UNIQUE INDEX audit_number ON audit(number) WHERE number > 0;\n"
    "CREATE INDEX audit_loose ON audit(id) WHERE number = 0;\n"
    "CREATE TABLE audit_seal(number {int} NOT NULL PRIMARY KEY, hash TEXT NOT NULL, at {int} NOT "
    "NULL){end};\n";

// What is too old is looked for every night.
const char audit_schema_3[] = "CREATE INDEX audit_at ON audit(at);\n";

// By their numbers, it turned out: every write of anybody paid for an index that nothing asked for.
const char audit_schema_4[] = "DROP INDEX audit_at;\n";

// ---- what was done -----------------------------------------------------------------------------

// What was changed, a line each: what, before and after, with tabs between.
const char audit_schema_5[] = "ALTER TABLE audit ADD COLUMN detail TEXT NOT NULL DEFAULT '';\n";

enum rc audit_add(struct req *req, int64_t person, const char *what, const char *place,
                  const char *detail)
{
    return db_do(
        req->tx, NULL,
        "INSERT INTO audit(id, at, person, what, place, detail) VALUES ($1, $2, $3, $4, $5, $6)",
        DB_ARGS(DB_INT(db_new_id(req->now_us)), DB_INT(req->now_us), DB_INT(person), DB_TEXT(what),
                DB_TEXT(place), DB_TEXT(detail)));
}

enum rc audit_list(struct req *req, int64_t before, const char *search, int64_t most,
                   struct db_rows **ret_rows)
{
    return db_query(
        req->tx, req->arena, ret_rows,
        "SELECT a.id, a.at, coalesce(p.name, ''), a.what, a.place, a.detail FROM audit a "
        "LEFT JOIN person p ON p.id = a.person WHERE ($1 = 0 OR a.id < $1) "
        "AND ($2 = '' OR p.email = $2 OR a.place = $2 OR a.what = $2 "
        "OR replace(a.detail, $2, '') <> a.detail) ORDER BY a.id DESC LIMIT $3",
        DB_ARGS(DB_INT(before), DB_TEXT(search), DB_INT(most)));
}

// ---- the chain ---------------------------------------------------------------------------------

static struct audit_event event_at(const struct db_rows *rows, size_t k)
{
    return (struct audit_event){db_int(rows, k, 0),  db_int(rows, k, 1),  db_int(rows, k, 2),
                                db_int(rows, k, 3),  db_text(rows, k, 4), db_text(rows, k, 5),
                                db_text(rows, k, 6), db_text(rows, k, 7)};
}

enum rc audit_head(struct db_tx *tx, struct arena *arena, struct audit_end *ret_end)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT number, hash, at FROM audit_seal ORDER BY number DESC LIMIT 1",
                 DB_NO_ARGS));
    *ret_end = (struct audit_end){.hash = ""};
    if (db_count(rows) > 0)
        *ret_end = (struct audit_end){db_int(rows, 0, 0), db_text(rows, 0, 1), db_int(rows, 0, 2)};
    return RC_OK;
}

enum rc audit_seal_new(struct db_tx *tx, struct arena *arena, int64_t now_us)
{
    struct audit_end end;
    struct db_rows *rows = NULL;
    TRY(audit_head(tx, arena, &end));
    TRY(db_query(
        tx, arena, &rows,
        "SELECT number, id, at, person, what, place, hash, detail FROM audit WHERE number = 0 "
        "ORDER BY id LIMIT $1",
        DB_ARGS(DB_INT(A_STEP))));
    for (size_t k = 0; k < db_count(rows); k++) {
        struct audit_event event = event_at(rows, k);
        event.number = end.number + 1;
        event.hash = audit_hash(arena, end.hash, &event);
        if (event.hash == NULL)
            return RC_NO_MEMORY;
        TRY(db_do(tx, NULL, "UPDATE audit SET number = $2, hash = $3 WHERE id = $1",
                  DB_ARGS(DB_INT(event.id), DB_INT(event.number), DB_TEXT(event.hash))));
        end = (struct audit_end){event.number, event.hash, now_us};
    }
    if (db_count(rows) == 0)
        return RC_OK;
    return db_do(tx, NULL, "INSERT INTO audit_seal(number, hash, at) VALUES ($1, $2, $3)",
                 DB_ARGS(DB_INT(end.number), DB_TEXT(end.hash), DB_INT(end.at_us)));
}

static enum rc seal_work(struct db_tx *tx, struct job *job)
{
    return audit_seal_new(tx, job->arena, job->now_us);
}

struct job_kind audit_seal_kind(const struct app *app)
{
    return (struct job_kind){.name = "audit_seal",
                             .every_s = SEAL_EVERY_S,
                             .inside = seal_work,
                             .context = (void *)(uintptr_t)app};
}

// ---- whether it holds --------------------------------------------------------------------------

// Where the chain begins: at its first event, or after one whose time had come.
static enum rc find_beginning(struct db_tx *tx, struct arena *arena, int64_t now_us,
                              struct audit_walk *walk, const char **ret_fault)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT number, hash, at FROM audit_seal WHERE number < (SELECT coalesce("
                 "min(number), $1) FROM audit WHERE number > 0) ORDER BY number DESC LIMIT 1",
                 DB_ARGS(DB_INT(INT64_MAX))));
    *walk = (struct audit_walk){.number = 0};
    if (db_count(rows) == 0 || strlen(db_text(rows, 0, 1)) + 1 != sizeof walk->hash)
        return RC_OK;
    walk->number = db_int(rows, 0, 0);
    memcpy(walk->hash, db_text(rows, 0, 1), sizeof walk->hash);
    int64_t least_us = data_keep_least(KEEP_LOG) * DAY_S * US;
    if (db_int(rows, 0, 2) > now_us - least_us)
        *ret_fault = "the events before it are gone, and were not old";
    return RC_OK;
}

// Where the chain was said to end at some time must be where it went through.
static enum rc find_seals(struct db_tx *tx, struct arena *arena, struct audit_found *found)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT s.number FROM audit_seal s LEFT JOIN audit a ON a.number = s.number AND "
                 "a.number > 0 WHERE s.number >= $1 AND (a.hash IS NULL OR a.hash <> s.hash) "
                 "ORDER BY s.number LIMIT 1",
                 DB_ARGS(DB_INT(found->first))));
    if (db_count(rows) == 0)
        return RC_OK;
    found->fault = "it is gone, or not as it was when it was sealed";
    found->number = db_int(rows, 0, 0);
    return RC_OK;
}

// One step of at most A_STEP events. *ret_count: how many there were.
static enum rc walk_step(struct db_tx *tx, struct audit_walk *walk, size_t *ret_count,
                         const char **ret_fault)
{
    struct arena arena;
    struct db_rows *rows = NULL;
    arena_open(&arena, STEP_LIMIT_BYTES);
    enum rc rc =
        db_query(tx, &arena, &rows,
                 "SELECT number, id, at, person, what, place, hash, detail FROM audit WHERE "
                 "number > $1 ORDER BY number LIMIT $2",
                 DB_ARGS(DB_INT(walk->number), DB_INT(A_STEP)));
    for (size_t k = 0; rc == RC_OK && *ret_fault == NULL && k < db_count(rows); k++) {
        struct audit_event event = event_at(rows, k);
        *ret_fault = audit_walk_on(&arena, walk, &event);
    }
    *ret_count = rc == RC_OK ? db_count(rows) : 0;
    arena_close(&arena);
    return rc;
}

enum rc audit_verify(struct db_tx *tx, struct arena *arena, int64_t now_us,
                     struct audit_found *ret_found)
{
    struct audit_walk walk;
    struct audit_end end;
    size_t count = 0;
    *ret_found = (struct audit_found){.fault = NULL};
    TRY(audit_head(tx, arena, &end));
    TRY(find_beginning(tx, arena, now_us, &walk, &ret_found->fault));
    ret_found->first = walk.number + 1;
    do {
        TRY(walk_step(tx, &walk, &count, &ret_found->fault));
    } while (count == A_STEP && ret_found->fault == NULL);
    ret_found->number = ret_found->fault == NULL ? walk.number : walk.number + 1;
    if (ret_found->fault == NULL)
        TRY(find_seals(tx, arena, ret_found));
    if (ret_found->fault == NULL && walk.number != end.number)
        ret_found->fault = "what follows was never sealed";
    ret_found->end = end;
    return RC_OK;
}
