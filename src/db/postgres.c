// SPDX-License-Identifier: Apache-2.0
//
// Why: the engine for many nodes and for failover, behind the same interface.
//
// Promises: SERIALIZABLE transactions, tried again after a conflict, have the meaning of the single
// writer; values travel as parameters, never inside the text.
//
// Not for: speed on one machine; SQLite is faster there.
#define _POSIX_C_SOURCE 200809L // strdup

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

#include "db/driver.h"

enum {
    VALUES_MAX = 64,
    NUMBER_BYTES = 24,
    OID_INT8 = 20,
    OID_BYTEA = 17,
    OID_TEXT = 25,
    OID_NUMERIC = 1700
};

// Statements that come again are planned once a connection: planning a join of many tables takes
// longer than running it.
enum { PLANS_MAX = 512, PLAN_USES = 3 };
struct plan {
    uint64_t hash;
    char *sql; // NULL: free
    Oid types[VALUES_MAX];
    size_t count;
    unsigned uses;
    bool prepared;
};

// A statement that was sent, and whose answer has not been taken. What opens the transaction and
// what plans the statement travel before it, and have answers of their own.
struct asked {
    struct db_rows *rows;
    const char *sql;
    struct plan *planned; // its plan comes with it; NULL: it needs none, or has one
    bool opens;
};

// A link is in pipeline mode for good, and what is sent up to a sync is one transaction: one that
// only reads needs no words for its begin and end, and nobody waits for its end.
struct db_link {
    struct db *db;
    PGconn *pg;
    struct plan plans[PLANS_MAX];
    struct asked asked[DB_ASKED_MAX];
    unsigned asked_count;
    bool reader;         // all that it runs only reads
    const char *opening; // goes with the next statement; NULL: nothing
    bool sent;           // something, since the last sync
    bool owed;           // the answer to the last sync has not been taken
    bool conflicted;
    bool patient; // its reads take as long as they need
};

static enum rc prepare(struct db *db, struct arena *arena, const char **ret_error)
{
    (void)arena;
    db->place = strdup(db->settings.url);
    *ret_error = "there is not enough memory";
    return db->place == NULL ? RC_NO_MEMORY : RC_OK;
}

static void finish(struct db *db)
{
    (void)db; // nothing but links
}

static const char *name(const struct db *db)
{
    return db->engine;
}

// The connection's plans are gone with it.
static void forget_plans(struct db_link *link)
{
    for (size_t k = 0; k < PLANS_MAX; k++)
        free(link->plans[k].sql);
    memset(link->plans, 0, sizeof link->plans);
}

static enum rc greet(struct db_link *link);

static void reset(struct db_link *link)
{
    forget_plans(link);
    link->owed = false;
    link->sent = false;
    link->asked_count = 0;
    PQreset(link->pg);
    if (PQstatus(link->pg) == CONNECTION_OK)
        (void)greet(link); // what fails now fails again at the next statement, and is told
}

static void disconnect(struct db_link *link)
{
    forget_plans(link);
    PQfinish(link->pg);
    free(link);
}

static void ignore_notice(void *data, const PGresult *result)
{
    (void)data;
    (void)result;
}

// The state's class decides: 23505 unique, 23xxx other constraints, 40xxx conflicts.
static enum rc rc_of(struct db_link *link, const PGresult *result, const char *what)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (state == NULL)
        state = "";
    if (strcmp(state, "23505") == 0)
        return RC_EXISTS;
    if (strncmp(state, "23", 2) == 0)
        return RC_BAD_INPUT;
    if (strcmp(state, "57014") == 0)
        return RC_STOPPED;
    link->conflicted = strncmp(state, "40", 2) == 0;
    if (!link->conflicted)
        db_tell(link->db, state, what);
    return RC_IO;
}

static enum rc take_rows(const PGresult *result, struct db_rows *rows);

// One answer: what went wrong with it, or its rows for who wants them.
static enum rc take_answer(struct db_link *link, const PGresult *result, struct db_rows *rows,
                           const char *what)
{
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
        if (rows != NULL)
            rows->changed = strtoull(PQcmdTuples((PGresult *)(uintptr_t)result), NULL, 10);
        return RC_OK;
    case PGRES_TUPLES_OK:
        return rows == NULL ? RC_OK : take_rows(result, rows);
    default:
        return rc_of(link, result, what);
    }
}

// The answer of one thing that was sent, and the gap behind it. After a failure, what was sent
// behind it was not done, and its answer only says that.
static void take_one(struct db_link *link, struct db_rows *rows, const char *what, enum rc *rc)
{
    PGresult *result = PQgetResult(link->pg);
    if (*rc == RC_OK)
        *rc = result == NULL ? RC_IO : take_answer(link, result, rows, what);
    for (; result != NULL; result = PQgetResult(link->pg))
        PQclear(result);
}

// All answers that have not been taken. The first failure counts.
static enum rc take_asked(struct db_link *link)
{
    enum rc rc = RC_OK;
    for (unsigned k = 0; k < link->asked_count; k++) {
        const struct asked *asked = &link->asked[k];
        if (asked->opens)
            take_one(link, NULL, "BEGIN", &rc);
        if (asked->planned != NULL)
            take_one(link, NULL, asked->sql, &rc);
        if (asked->planned != NULL && rc != RC_OK)
            asked->planned->prepared = false;
        take_one(link, asked->rows, asked->sql, &rc);
    }
    link->asked_count = 0;
    return rc;
}

// Up to a sync that was sent.
static enum rc take_sync(struct db_link *link)
{
    for (unsigned gaps = 0; gaps < 2;) {
        PGresult *result = PQgetResult(link->pg);
        bool is_sync = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        gaps = result == NULL ? gaps + 1 : 0;
        PQclear(result);
        if (is_sync)
            return RC_OK;
    }
    return RC_IO; // the connection is lost
}

static bool send_plain(struct db_link *link, const char *sql)
{
    return PQsendQueryParams(link->pg, sql, 0, NULL, NULL, NULL, NULL, 0) == 1;
}

static enum rc unsent(struct db_link *link)
{
    db_tell(link->db, "sending", PQerrorMessage(link->pg));
    return RC_IO;
}

static void take_owed(struct db_link *link)
{
    if (link->owed)
        (void)take_sync(link); // of a transaction that changed nothing
    link->owed = false;
}

static enum rc exec(struct db_link *link, const char *sql)
{
    enum rc rc = RC_OK;
    if (!send_plain(link, sql) || PQpipelineSync(link->pg) != 1)
        return unsent(link);
    take_one(link, NULL, sql, &rc);
    enum rc synced = take_sync(link);
    return rc == RC_OK ? synced : rc;
}

// A new connection, before its first transaction. A plan is kept whatever the values are, as SQLite
// does: making one for these values takes longer than most statements run. Reads of pages have a
// limit.
static enum rc greet(struct db_link *link)
{
    static const char *const all[] = {"SET plan_cache_mode = force_generic_plan", "SET jit = off"};
    static const char *const reader[] = {"SET default_transaction_isolation = 'repeatable read'",
                                         "SET default_transaction_read_only = on"};
    char limit[48];
    snprintf(limit, sizeof limit, "SET statement_timeout = %u", db_read_limit_ms(link->db));
    if (PQenterPipelineMode(link->pg) != 1)
        return unsent(link);
    for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
        TRY(exec(link, all[k]));
    for (size_t k = 0; link->reader && k < sizeof reader / sizeof reader[0]; k++)
        TRY(exec(link, reader[k]));
    return link->patient ? RC_OK : exec(link, limit);
}

static enum rc connect_to(struct db *db, enum db_use use, struct db_link **ret_link)
{
    struct db_link *link = calloc(1, sizeof *link);
    if (link == NULL)
        return RC_NO_MEMORY;
    link->db = db;
    link->patient = use != DB_USE_READ;
    link->reader = use != DB_USE_WRITE;
    link->pg = PQconnectdb(db->place);
    if (PQstatus(link->pg) != CONNECTION_OK) {
        db_tell(db, "connecting", PQerrorMessage(link->pg));
        disconnect(link);
        return RC_IO;
    }
    PQsetNoticeReceiver(link->pg, ignore_notice, NULL);
    if (greet(link) != RC_OK) {
        disconnect(link);
        return RC_IO;
    }
    int version = PQserverVersion(link->pg);
    // The first connection is made before there are threads.
    if (db->engine[0] == '\0')
        snprintf(db->engine, sizeof db->engine, "PostgreSQL %d.%d", version / 10000,
                 version % 10000);
    *ret_link = link;
    return RC_OK;
}

// Says nothing yet: the first statement takes it along.
static enum rc begin(struct db_link *link, bool writes)
{
    link->conflicted = false;
    take_owed(link);
    if (PQstatus(link->pg) == CONNECTION_BAD)
        reset(link);
    link->opening = link->reader ? NULL
                    : writes     ? "BEGIN ISOLATION LEVEL SERIALIZABLE"
                                 : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    return RC_OK;
}

// Waits for answers without an end of the transaction.
static enum rc take(struct db_link *link)
{
    if (link->asked_count == 0)
        return RC_OK;
    return PQsendFlushRequest(link->pg) == 1 ? take_asked(link) : unsent(link);
}

static enum rc commit(struct db_link *link)
{
    TRY(take(link));
    link->opening = NULL;
    if (!link->sent)
        return RC_OK;
    link->sent = false;
    if (!link->reader)
        return exec(link, "COMMIT");
    link->owed = PQpipelineSync(link->pg) == 1;
    return link->owed ? RC_OK : unsent(link);
}

static void rollback(struct db_link *link)
{
    bool was_conflict = link->conflicted;
    bool synced = true;
    link->opening = NULL;
    take_owed(link);
    if (link->sent) {
        synced = PQpipelineSync(link->pg) == 1;
        (void)take_asked(link); // nobody wants them any more
        synced = synced && take_sync(link) == RC_OK;
    }
    link->sent = false;
    if (!synced ||
        (PQtransactionStatus(link->pg) != PQTRANS_IDLE && exec(link, "ROLLBACK") != RC_OK))
        reset(link);
    link->conflicted = was_conflict;
}

static enum rc mark(struct db_link *link)
{
    TRY(take(link));
    return exec(link, "SAVEPOINT task");
}

static enum rc settle(struct db_link *link, bool keep)
{
    TRY(take(link));
    if (!keep)
        TRY(exec(link, "ROLLBACK TO task"));
    return exec(link, "RELEASE task");
}

static bool conflicted(struct db_link *link)
{
    return link->conflicted;
}

// The values of a statement as libpq wants them.
struct parameters {
    Oid types[VALUES_MAX];
    const char *values[VALUES_MAX];
    int lengths[VALUES_MAX];
    int formats[VALUES_MAX];
    char numbers[VALUES_MAX][NUMBER_BYTES];
    char *copies[VALUES_MAX]; // texts that are not closed by a NUL
};

static enum rc fill_one(struct parameters *p, size_t k, const struct db_value *value)
{
    switch (value->kind) {
    case DB_KIND_NULL:
        return RC_OK; // no type: the server finds it out
    case DB_KIND_INT:
        snprintf(p->numbers[k], NUMBER_BYTES, "%lld", (long long)value->integer);
        p->values[k] = p->numbers[k];
        p->types[k] = OID_INT8;
        return RC_OK;
    case DB_KIND_TEXT:
        if (memchr(value->text.bytes, '\0', value->text.length) != NULL)
            return RC_BAD_INPUT;
        p->copies[k] = strndup(value->text.bytes, value->text.length);
        p->values[k] = p->copies[k];
        p->types[k] = OID_TEXT;
        return p->copies[k] == NULL ? RC_NO_MEMORY : RC_OK;
    case DB_KIND_BLOB:
        p->values[k] = value->text.bytes == NULL ? "" : value->text.bytes;
        p->lengths[k] = (int)value->text.length;
        p->formats[k] = 1;
        p->types[k] = OID_BYTEA;
        return RC_OK;
    }
    return RC_BAD_INPUT;
}

// A sum of BIGINT is NUMERIC there, and an integer on SQLite.
static bool is_whole(Oid type, const char *value)
{
    size_t digits = strspn(value, "-0123456789");
    return type == OID_NUMERIC && value[digits] == '\0';
}

static struct db_cell cell_of(const PGresult *result, int row, int column, unsigned char *blob,
                              size_t blob_length)
{
    struct db_cell cell = {.kind = DB_KIND_NULL};
    if (PQgetisnull(result, row, column))
        return cell;
    Oid type = PQftype(result, column);
    if (type == OID_BYTEA) {
        cell.kind = DB_KIND_BLOB;
        cell.text = (struct text){(const char *)blob, blob_length};
    } else if (type == OID_INT8 || type == 21 || type == 23 || // int2 and int4 of expressions
               is_whole(type, PQgetvalue(result, row, column))) {
        cell.kind = DB_KIND_INT;
        cell.integer = strtoll(PQgetvalue(result, row, column), NULL, 10);
    } else {
        cell.kind = DB_KIND_TEXT;
        cell.text = (struct text){PQgetvalue(result, row, column),
                                  (size_t)PQgetlength(result, row, column)};
    }
    return cell;
}

static enum rc take_cell(const PGresult *result, int row, int column, struct db_rows *rows)
{
    unsigned char *blob = NULL;
    size_t length = 0;
    if (PQftype(result, column) == OID_BYTEA && !PQgetisnull(result, row, column)) {
        blob = PQunescapeBytea((const unsigned char *)PQgetvalue(result, row, column), &length);
        if (blob == NULL)
            return RC_NO_MEMORY;
    }
    enum rc rc = db_rows_put(rows, (unsigned)column, cell_of(result, row, column, blob, length));
    PQfreemem(blob);
    return rc;
}

static enum rc take_rows(const PGresult *result, struct db_rows *rows)
{
    const char *changed = PQcmdTuples((PGresult *)(uintptr_t)result);
    rows->changed = strtoull(changed, NULL, 10);
    rows->columns = (unsigned)PQnfields(result);
    if (rows->arena == NULL)
        return RC_OK;
    for (int row = 0; row < PQntuples(result); row++) {
        TRY(db_rows_add(rows));
        for (int column = 0; column < PQnfields(result); column++)
            TRY(take_cell(result, row, column, rows));
    }
    return RC_OK;
}

static uint64_t hash_of(const struct db_statement *asked, const struct parameters *p)
{
    return hash_bytes(hash_text(HASH_START, asked->sql), p->types,
                      asked->count * sizeof p->types[0]);
}

// The place of a statement with these types; NULL: there is no room for another.
static struct plan *find_plan(struct db_link *link, const struct db_statement *asked,
                              const struct parameters *p)
{
    enum { TRIES = 8 };
    uint64_t hash = hash_of(asked, p);
    for (size_t k = 0; k < TRIES; k++) {
        struct plan *plan = &link->plans[(hash + k) % PLANS_MAX];
        if (plan->sql == NULL) {
            plan->sql = strdup(asked->sql);
            plan->hash = hash;
            plan->count = asked->count;
            memcpy(plan->types, p->types, sizeof plan->types);
            return plan->sql == NULL ? NULL : plan;
        }
        if (plan->hash == hash && plan->count == asked->count &&
            memcmp(plan->types, p->types, asked->count * sizeof(Oid)) == 0 &&
            strcmp(plan->sql, asked->sql) == 0)
            return plan;
    }
    return NULL;
}

// Its plan, if it has one or has come often enough to be worth one; NULL: run it as it is.
static struct plan *choose_plan(struct db_link *link, const struct db_statement *asked,
                                const struct parameters *p)
{
    struct plan *plan = find_plan(link, asked, p);
    if (plan == NULL || (!plan->prepared && ++plan->uses < PLAN_USES))
        return NULL;
    return plan;
}

static bool send_statement(struct db_link *link, const struct db_statement *asked,
                           const struct parameters *p, const struct plan *plan)
{
    char plan_name[NUMBER_BYTES];
    int count = (int)asked->count;
    if (plan == NULL)
        return PQsendQueryParams(link->pg, asked->sql, count, p->types, p->values, p->lengths,
                                 p->formats, 0) == 1;
    snprintf(plan_name, sizeof plan_name, "p%zu", (size_t)(plan - link->plans));
    if (!plan->prepared && PQsendPrepare(link->pg, plan_name, asked->sql, count, p->types) != 1)
        return false;
    return PQsendQueryPrepared(link->pg, plan_name, count, p->values, p->lengths, p->formats, 0) ==
           1;
}

// What opens the transaction, what plans the statement, and the statement: one round trip.
static enum rc send(struct db_link *link, struct db_rows *rows, const struct db_statement *asked,
                    const struct parameters *p)
{
    struct plan *plan = choose_plan(link, asked, p);
    const char *opening = link->opening;
    link->opening = NULL;
    link->sent = true;
    if ((opening != NULL && !send_plain(link, opening)) || !send_statement(link, asked, p, plan))
        return unsent(link);
    bool is_new = plan != NULL && !plan->prepared;
    if (is_new)
        plan->prepared = true; // for those that follow before its answer
    link->asked[link->asked_count++] = (struct asked){
        .rows = rows, .sql = asked->sql, .planned = is_new ? plan : NULL, .opens = opening != NULL};
    return RC_OK;
}

static enum rc ask(struct db_link *link, struct db_rows *rows, const struct db_statement *asked)
{
    struct parameters p = {0};
    enum rc rc = asked->count > VALUES_MAX ? RC_LIMIT : RC_OK;
    if (rc == RC_OK && link->asked_count == DB_ASKED_MAX)
        rc = take(link);
    for (size_t k = 0; rc == RC_OK && k < asked->count; k++)
        rc = fill_one(&p, k, &asked->values[k]);
    if (rc == RC_OK)
        rc = send(link, rows, asked, &p);
    for (size_t k = 0; k < asked->count && k < VALUES_MAX; k++)
        free(p.copies[k]);
    return rc;
}

static enum rc run(struct db_link *link, struct db_rows *rows, const struct db_statement *asked)
{
    TRY(ask(link, rows, asked));
    return take(link);
}

static enum rc backup(struct db *db, const char *path, struct arena *arena, const char **ret_error)
{
    (void)db;
    (void)path;
    (void)arena;
    *ret_error = "PostgreSQL is backed up with its own pg_dump";
    return RC_BAD_INPUT;
}

// ---- forgetting --------------------------------------------------------------------------------

enum { TABLE_NAME_BYTES = 64 }; // PostgreSQL's own limit, with the NUL

// A table that cannot be had within two seconds is left for the next time.
static enum rc write_anew(struct db_link *link, struct db_rows *tables)
{
    enum rc all = RC_OK;
    TRY(exec(link, "SET lock_timeout = '2s'"));
    for (size_t k = 0; k < db_count(tables); k++) {
        char sql[TABLE_NAME_BYTES + 32];
        snprintf(sql, sizeof sql, "VACUUM (FULL) %s", db_text(tables, k, 0));
        enum rc rc = exec(link, sql);
        all = rc == RC_OK ? all : rc;
    }
    TRY(exec(link, "RESET lock_timeout"));
    return all;
}

static enum rc scrub(struct db_link *link)
{
    static const char sql[] = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = "
                              "current_schema()::regnamespace ORDER BY relname";
    struct arena arena;
    struct db_rows *tables = NULL;
    arena_open(&arena, 1 << 20);
    enum rc rc = begin(link, false);
    struct db_tx tx = {link->db, link};
    if (rc == RC_OK)
        rc = db_query(&tx, &arena, &tables, sql, DB_NO_ARGS);
    rc = rc == RC_OK ? commit(link) : rc;
    if (rc == RC_OK)
        rc = write_anew(link, tables);
    else
        rollback(link);
    arena_close(&arena);
    return rc;
}

const struct db_driver db_postgres = {
    .writers = 4,
    .batch = 1,
    .id_type = "BIGINT",
    .int_type = "BIGINT",
    .blob_type = "BYTEA",
    .table_end = "",
    .prepare = prepare,
    .finish = finish,
    .connect = connect_to,
    .disconnect = disconnect,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .mark = mark,
    .settle = settle,
    .run = run,
    .ask = ask,
    .take = take,
    .conflicted = conflicted,
    .name = name,
    .backup = backup,
    .scrub = scrub,
};
