// SPDX-License-Identifier: Apache-2.0
//
// Why: what an engine must be able to do, so that transactions, the queue of writes, migrations and
// faults are written once, above it.
//
// Promises: a link is one connection, used by one thread at a time.
#ifndef TRELLIS_DB_DRIVER_H
#define TRELLIS_DB_DRIVER_H

#include <stdatomic.h>

#include "db/db.h"

struct db_cell {
    enum db_kind kind;
    int64_t integer;
    struct text text; // closed by a NUL
};

// The same in 16 bytes: answers are many cells.
struct db_packed {
    uint32_t kind;
    uint32_t length;
    union {
        int64_t integer;
        const char *bytes;
    };
};

// Rows lie in pieces, each twice as large as the one before, so that none is ever moved: piece k
// has DB_PIECE_ROWS << k of them.
enum { DB_PIECE_ROWS = 8, DB_PIECES_MAX = 15 };

struct db_rows {
    struct arena *arena;
    struct db_packed *pieces[DB_PIECES_MAX];
    struct db_packed *newest; // the cells of the last row
    size_t count;
    size_t room; // rows that fit
    unsigned columns;
    uint64_t changed;
};

struct db_link; // one connection; each engine has its own

// What a connection is for: reads of a loop are stopped when they take too long.
enum db_use { DB_USE_WRITE, DB_USE_READ, DB_USE_READ_LONG };

struct db_statement {
    const char *sql;
    const struct db_value *values;
    size_t count;
};

struct db_driver {
    unsigned writers; // how many threads write
    unsigned batch;   // how many tasks share one commit, at most
    const char *id_type;
    const char *int_type;
    const char *blob_type;
    const char *table_end; // after a table's closing parenthesis
    enum rc (*prepare)(struct db *db, struct arena *arena, const char **ret_error); // before links
    void (*finish)(struct db *db);                                                  // after them
    enum rc (*connect)(struct db *db, enum db_use use, struct db_link **ret_link);
    void (*disconnect)(struct db_link *link);
    enum rc (*begin)(struct db_link *link, bool writes);
    enum rc (*commit)(struct db_link *link);
    void (*rollback)(struct db_link *link);
    enum rc (*mark)(struct db_link *link);              // a savepoint
    enum rc (*settle)(struct db_link *link, bool keep); // keeps or undoes what came after it
    enum rc (*run)(struct db_link *link, struct db_rows *rows,
                   const struct db_statement *statement);
    // The same without waiting for the rows: they are there after the next `run` or `take`. NULL:
    // it runs at once.
    enum rc (*ask)(struct db_link *link, struct db_rows *rows,
                   const struct db_statement *statement);
    enum rc (*take)(struct db_link *link);
    bool (*conflicted)(struct db_link *link); // the transaction may be tried again
    enum rc (*scrub)(struct db_link *link);   // outside of a transaction; NULL: nothing to do
    const char *(*name)(const struct db *db);
    enum rc (*backup)(struct db *db, const char *path, struct arena *arena, const char **ret_error);
};

extern const struct db_driver db_sqlite;
extern const struct db_driver db_postgres;

struct db_tx {
    struct db *db;
    struct db_link *link;
};

struct db {
    const struct db_driver *driver;
    struct db_settings settings;
    struct db_link **readers; // by slot; NULL until first used
    struct db_queue *queue;
    atomic_uint_fast64_t statements;
    atomic_bool failing;   // the last write failed for reasons of the machine
    atomic_bool probing;   // the task below is on its way
    struct db_task probe;  // finds out whether writing works again
    atomic_bool scrub;     // a writer is asked to
    atomic_uint scrubbing; // so many are at it
    char *place;           // SQLite: the file; PostgreSQL: the URL
    int lock_file;         // SQLite; -1: none
    char engine[80];       // for people
};

// Adds an empty row; its cells follow through db_rows_cell.
enum rc db_rows_add(struct db_rows *rows);
enum rc db_rows_put(struct db_rows *rows, unsigned column, struct db_cell cell); // copies text

// How long a page may read, in milliseconds.
unsigned db_read_limit_ms(const struct db *db);

// Tells what the engine said. Never a value of a statement: those are people's.
enum { DB_ASKED_MAX = 24 };   // statements whose answers have not been taken
enum { DB_SCAN_ROWS = 2000 }; // a page's statement that passes over so many rows is told
void db_tell(const struct db *db, const char *what, const char *why);

// Keeps in mind how a write went, for db_writes_fail.
void db_note_write(struct db *db, enum rc rc);

// migrate.c
enum rc db_migrate(struct db *db, struct arena *arena, const char **ret_error);

// queue.c: the threads that write
enum rc db_queue_open(struct db *db, struct db_queue **ret_queue);
void db_queue_close(struct db_queue *queue); // after what is queued
enum rc db_queue_post(struct db_queue *queue, struct db_task *task);

// A whole transaction on a link, tried again after conflicts.
enum rc db_transact(struct db *db, struct db_link *link, bool writes, db_work *work, void *data);

#endif
