// SPDX-License-Identifier: Apache-2.0
//
// What both engines share: opening, transactions, statements with their fault point, and rows.
#define _POSIX_C_SOURCE 200809L // strdup, pthread

#include "db/db.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "db/driver.h"

enum { TRIES_MAX = 20, READERS_MAX = 64 };
#define TRY_PAUSE_NS 500000 // after a conflict: up to so long for each try that failed

// ---- rows ------------------------------------------------------------------------------------

// Which piece has a row, and the row's place in it: 0-7 | 8-23 | 24-55 ...
static unsigned piece_of(size_t row, size_t *ret_at)
{
    unsigned piece = 0;
    for (size_t rest = row / DB_PIECE_ROWS + 1; rest > 1; rest /= 2)
        piece++;
    *ret_at = row - (((size_t)1 << piece) - 1) * DB_PIECE_ROWS;
    return piece;
}

enum rc db_rows_add(struct db_rows *rows)
{
    size_t at = 0;
    unsigned piece = piece_of(rows->count, &at);
    if (rows->count == DB_ROWS_MAX || piece >= DB_PIECES_MAX)
        return RC_LIMIT;
    if (rows->count == rows->room) {
        size_t more = (size_t)DB_PIECE_ROWS << piece;
        rows->pieces[piece] =
            arena_calloc(rows->arena, more * rows->columns, sizeof *rows->pieces[piece]);
        if (rows->pieces[piece] == NULL)
            return RC_NO_MEMORY;
        rows->room += more;
    }
    rows->newest = rows->pieces[piece] + at * rows->columns;
    rows->count++;
    return RC_OK;
}

enum rc db_rows_put(struct db_rows *rows, unsigned column, struct db_cell cell)
{
    struct db_packed *packed = &rows->newest[column];
    packed->kind = cell.kind;
    if (cell.kind == DB_KIND_INT)
        packed->integer = cell.integer;
    if (cell.kind != DB_KIND_TEXT && cell.kind != DB_KIND_BLOB)
        return RC_OK;
    packed->bytes = "";
    packed->length = (uint32_t)cell.text.length;
    if (cell.text.length == 0)
        return RC_OK;
    if (cell.text.length > UINT32_MAX)
        return RC_LIMIT;
    char *copy = arena_alloc(rows->arena, cell.text.length + 1);
    if (copy == NULL)
        return RC_NO_MEMORY;
    memcpy(copy, cell.text.bytes, cell.text.length);
    packed->bytes = copy;
    return RC_OK;
}

size_t db_count(const struct db_rows *rows)
{
    return rows->count;
}

// A cell that is not there is a mistake of the caller's; it reads as NULL.
static struct db_value value_at(const struct db_rows *rows, size_t row, unsigned column)
{
    if (row >= rows->count || column >= rows->columns)
        return DB_NULL;
    size_t at = 0;
    unsigned piece = piece_of(row, &at);
    const struct db_packed *packed = &rows->pieces[piece][at * rows->columns + column];
    if (packed->kind == DB_KIND_NULL)
        return DB_NULL;
    if (packed->kind == DB_KIND_INT)
        return DB_INT(packed->integer);
    return (struct db_value){
        .kind = packed->kind == DB_KIND_TEXT ? DB_KIND_TEXT : DB_KIND_BLOB,
        .text = {packed->bytes, packed->length}
    };
}

bool db_is_null(const struct db_rows *rows, size_t row, unsigned column)
{
    return value_at(rows, row, column).kind == DB_KIND_NULL;
}

int64_t db_int(const struct db_rows *rows, size_t row, unsigned column)
{
    return value_at(rows, row, column).integer;
}

const char *db_text(const struct db_rows *rows, size_t row, unsigned column)
{
    struct text text = value_at(rows, row, column).text;
    return text.bytes == NULL ? "" : text.bytes;
}

struct text db_bytes(const struct db_rows *rows, size_t row, unsigned column)
{
    return value_at(rows, row, column).text;
}

// ---- statements ------------------------------------------------------------------------------

unsigned db_read_limit_ms(const struct db *db)
{
    return db->settings.read_limit_ms == 0 ? DB_READ_LIMIT_MS : db->settings.read_limit_ms;
}

void db_tell(const struct db *db, const char *what, const char *why)
{
    char sentence[400];
    if (db->settings.tell == NULL)
        return;
    snprintf(sentence, sizeof sentence, "the database failed: %s: %s", what, why);
    db->settings.tell(sentence);
}

// Counts a statement, and says whether it is the one that a test chose to fail.
static bool fails_now(struct db_tx *tx)
{
    uint64_t number = atomic_fetch_add(&tx->db->statements, 1) + 1;
    return number == tx->db->settings.fail_at;
}

static enum rc run_statement(struct db_tx *tx, struct db_rows *rows, struct db_statement statement)
{
    return fails_now(tx) ? RC_IO : tx->db->driver->run(tx->link, rows, &statement);
}

enum rc db_query(struct db_tx *tx, struct arena *arena, struct db_rows **ret_rows, const char *sql,
                 const struct db_value *values, size_t count)
{
    struct db_rows *rows = ARENA_NEW(arena, struct db_rows);
    if (rows == NULL)
        return RC_NO_MEMORY;
    rows->arena = arena;
    TRY(run_statement(tx, rows, (struct db_statement){sql, values, count}));
    *ret_rows = rows;
    return RC_OK;
}

enum rc db_ask(struct db_tx *tx, struct arena *arena, struct db_rows **ret_rows, const char *sql,
               const struct db_value *values, size_t count)
{
    const struct db_statement statement = {sql, values, count};
    if (tx->db->driver->ask == NULL)
        return db_query(tx, arena, ret_rows, sql, values, count);
    struct db_rows *rows = ARENA_NEW(arena, struct db_rows);
    if (rows == NULL)
        return RC_NO_MEMORY;
    rows->arena = arena;
    TRY(fails_now(tx) ? RC_IO : tx->db->driver->ask(tx->link, rows, &statement));
    *ret_rows = rows;
    return RC_OK;
}

enum rc db_take(struct db_tx *tx)
{
    return tx->db->driver->take == NULL ? RC_OK : tx->db->driver->take(tx->link);
}

enum rc db_do(struct db_tx *tx, uint64_t *ret_changed, const char *sql,
              const struct db_value *values, size_t count)
{
    struct db_rows rows = {0};
    TRY(run_statement(tx, &rows, (struct db_statement){sql, values, count}));
    if (ret_changed != NULL)
        *ret_changed = rows.changed;
    return RC_OK;
}

// ---- transactions ----------------------------------------------------------------------------

static enum rc transact_once(struct db *db, struct db_link *link, bool writes, db_work *work,
                             void *data)
{
    TRY(db->driver->begin(link, writes));
    struct db_tx tx = {db, link};
    enum rc rc = work(&tx, data);
    if (rc != RC_OK) {
        db->driver->rollback(link);
        return rc;
    }
    rc = db->driver->commit(link);
    if (rc != RC_OK)
        db->driver->rollback(link);
    return rc;
}

// Those who were in each other's way come back at different times.
static void pause_after(int tries)
{
    uint32_t random = 0;
    if (getrandom(&random, sizeof random, 0) != (ssize_t)sizeof random)
        random = 1;
    struct timespec pause = {.tv_nsec = (long)(random % TRY_PAUSE_NS) * tries};
    nanosleep(&pause, NULL);
}

enum rc db_transact(struct db *db, struct db_link *link, bool writes, db_work *work, void *data)
{
    enum rc rc = RC_OK;
    for (int k = 0; k < TRIES_MAX; k++) {
        rc = transact_once(db, link, writes, work, data);
        if (rc == RC_OK || !db->driver->conflicted(link))
            return rc;
        pause_after(k);
    }
    return RC_LIMIT;
}

enum rc db_read(struct db *db, unsigned slot, db_work *work, void *data)
{
    if (slot >= db->settings.readers)
        return RC_LIMIT;
    if (db->readers[slot] == NULL)
        TRY(db->driver->connect(db, slot < db->settings.loops ? DB_USE_READ : DB_USE_READ_LONG,
                                &db->readers[slot]));
    return db_transact(db, db->readers[slot], false, work, data);
}

enum rc db_post(struct db *db, struct db_task *task)
{
    return db_queue_post(db->queue, task);
}

void db_note_write(struct db *db, enum rc rc)
{
    if (rc == RC_OK)
        atomic_store(&db->failing, false);
    else if (rc == RC_IO)
        atomic_store(&db->failing, true);
}

static enum rc probe_work(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL, "UPDATE trellis_schema SET name = name WHERE number = 1", DB_NO_ARGS);
}

static void probe_done(struct db_task *task, enum rc rc)
{
    (void)rc;
    atomic_store(&((struct db *)task->data)->probing, false);
}

bool db_writes_fail(struct db *db)
{
    if (!atomic_load(&db->failing))
        return false;
    if (!atomic_exchange(&db->probing, true)) {
        db->probe = (struct db_task){.work = probe_work, .done = probe_done, .data = db};
        if (db_post(db, &db->probe) != RC_OK)
            atomic_store(&db->probing, false);
    }
    return true;
}

// Somebody who waits for her write.
struct waiting {
    pthread_mutex_t lock;
    pthread_cond_t over;
    bool is_over;
    enum rc rc;
};

struct waited_task {
    struct db_task task; // first, so that its address is this one's
    struct waiting *waiting;
};

static void wake(struct db_task *task, enum rc rc)
{
    struct waiting *waiting = ((struct waited_task *)task)->waiting;
    pthread_mutex_lock(&waiting->lock);
    waiting->is_over = true;
    waiting->rc = rc;
    pthread_cond_signal(&waiting->over);
    pthread_mutex_unlock(&waiting->lock);
}

enum rc db_write(struct db *db, db_work *work, void *data)
{
    struct waiting waiting = {.is_over = false};
    struct waited_task task = {
        {work, wake, data, NULL},
        &waiting
    };
    pthread_mutex_init(&waiting.lock, NULL);
    pthread_cond_init(&waiting.over, NULL);
    enum rc rc = db_post(db, &task.task);
    if (rc == RC_OK) {
        pthread_mutex_lock(&waiting.lock);
        while (!waiting.is_over)
            pthread_cond_wait(&waiting.over, &waiting.lock);
        rc = waiting.rc;
        pthread_mutex_unlock(&waiting.lock);
    }
    pthread_cond_destroy(&waiting.over);
    pthread_mutex_destroy(&waiting.lock);
    return rc;
}

static enum rc nothing(struct db_tx *tx, void *data)
{
    (void)tx;
    (void)data;
    return RC_OK;
}

// A writer does it after a task of its own.
enum rc db_scrub(struct db *db)
{
    const struct timespec moment = {0, 2000000};
    if (db->driver->scrub == NULL)
        return RC_OK;
    atomic_store(&db->scrub, true);
    do {
        TRY(db_write(db, nothing, NULL));
        if (atomic_load(&db->scrub) || atomic_load(&db->scrubbing) > 0)
            nanosleep(&moment, NULL);
    } while (atomic_load(&db->scrub) || atomic_load(&db->scrubbing) > 0);
    return RC_OK;
}

// ---- opening and closing ---------------------------------------------------------------------

static enum rc open_parts(struct db *db, struct arena *arena, const char **ret_error)
{
    TRY(db->driver->prepare(db, arena, ret_error));
    *ret_error = "the database cannot be opened";
    TRY(db_migrate(db, arena, ret_error));
    return db_queue_open(db, &db->queue);
}

enum rc db_open(const struct db_settings *settings, struct arena *arena, struct db **ret_db,
                const char **ret_error)
{
    *ret_error = "there is not enough memory";
    struct db *db = calloc(1, sizeof *db);
    if (db == NULL)
        return RC_NO_MEMORY;
    db->settings = *settings;
    db->lock_file = -1;
    db->driver = settings->url != NULL ? &db_postgres : &db_sqlite;
    db->readers = calloc(READERS_MAX, sizeof(struct db_link *));
    enum rc rc = db->readers == NULL ? RC_NO_MEMORY : RC_OK;
    if (rc == RC_OK && settings->readers > READERS_MAX)
        rc = RC_LIMIT;
    if (rc == RC_OK)
        rc = open_parts(db, arena, ret_error);
    if (rc != RC_OK) {
        db_close(db);
        return rc;
    }
    *ret_error = "";
    *ret_db = db;
    return RC_OK;
}

void db_close(struct db *db)
{
    if (db->queue != NULL)
        db_queue_close(db->queue);
    for (unsigned k = 0; db->readers != NULL && k < READERS_MAX; k++)
        if (db->readers[k] != NULL)
            db->driver->disconnect(db->readers[k]);
    db->driver->finish(db);
    free(db->readers);
    free(db->place);
    free(db);
}

const char *db_engine(const struct db *db)
{
    return db->driver->name(db);
}

unsigned db_columns(const struct db_rows *rows)
{
    return rows->columns;
}

struct db_value db_value_at(const struct db_rows *rows, size_t row, unsigned column)
{
    return value_at(rows, row, column);
}

enum rc db_backup(struct db *db, const char *path, struct arena *arena, const char **ret_error)
{
    return db->driver->backup(db, path, arena, ret_error);
}

// The low bits go on from the id before, whatever its time was, by a step of chance: so within one
// program a hundred thousand ids in a row differ also where times of the past and of the future
// mix, and those of one moment rise. Chance, at the start and in the steps, keeps nodes apart.
int64_t db_new_id(int64_t now_us)
{
    static atomic_int_fast64_t newest;
    const int_fast64_t low = ((int_fast64_t)1 << DB_ID_RANDOM_BITS) - 1;
    uint32_t random = 0;
    if (getrandom(&random, sizeof random, 0) != (ssize_t)sizeof random)
        random = (uint32_t)now_us;
    int_fast64_t last = atomic_load(&newest);
    int_fast64_t id = 0;
    do {
        int_fast64_t step = last == 0 ? random & low : 1 + (random & 15);
        id = ((now_us / 1000) << DB_ID_RANDOM_BITS) | ((last + step) & low);
        if (id <= last && last - id < ((int_fast64_t)1 << (DB_ID_RANDOM_BITS + 20)))
            id = last + step;
    } while (!atomic_compare_exchange_weak(&newest, &last, id));
    return id;
}
