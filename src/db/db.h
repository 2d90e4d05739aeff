// SPDX-License-Identifier: Apache-2.0
//
// Why: one SQL text runs on SQLite (embedded, one writer with group commit) and on PostgreSQL (many
// nodes). Slices see this header only and never learn which engine answers.
//
// Promises: work runs inside one transaction, and is committed only when it gives RC_OK; a write
// that was acknowledged survives kill -9; work may run again after a conflict, so it must have no
// effect but its SQL and its outputs. Every call may fail, and a test chooses which (db_settings).
//
// Not for: building SQL from pieces. An SQL text is a literal in the portable subset (see
// docs/decisions), its values are $1, $2, ...; instants are microseconds of the epoch in UTC, days
// ISO text, booleans 0 and 1.
#ifndef TRELLIS_DB_DB_H
#define TRELLIS_DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "base/text.h"

struct db;      // an open installation; used by any thread
struct db_tx;   // one transaction; used by the thread that it was handed to
struct db_rows; // the answer of one statement; lives in the arena of db_query

enum db_kind { DB_KIND_NULL, DB_KIND_INT, DB_KIND_TEXT, DB_KIND_BLOB };

struct db_value {
    enum db_kind kind;
    int64_t integer;
    struct text text; // also a blob's bytes
};

#define DB_NULL ((struct db_value){.kind = DB_KIND_NULL})
#define DB_INT(value) ((struct db_value){.kind = DB_KIND_INT, .integer = (value)})
#define DB_TEXT(closed_by_nul)                                                                     \
    ((struct db_value){.kind = DB_KIND_TEXT, .text = text_of(closed_by_nul)})
#define DB_BYTES(value) ((struct db_value){.kind = DB_KIND_BLOB, .text = (value)})

// `DB_ARGS(DB_INT(id), DB_TEXT(name))` are the last two arguments of db_query and db_do.
#define DB_ARGS(...)                                                                               \
    ((const struct db_value[]){__VA_ARGS__}),                                                      \
        (sizeof((const struct db_value[]){__VA_ARGS__}) / sizeof(struct db_value))
#define DB_NO_ARGS NULL, 0

// One step from a schema to the next, in the words of SQL with the tokens {id} {int} {blob} for
// types (text is text on both). Append-only: a released step never changes.
struct db_migration {
    uint32_t number;  // from 1, rising by 1 within its name
    const char *name; // whose step it is: "account"
    const char *sql;  // statements divided by semicolons at line ends
};

struct db_settings {
    const char *folder; // SQLite: the data folder, with trellis.db in it; made when it is not there
    const char *url;    // or PostgreSQL: postgresql://...; exactly one of both is set
    unsigned readers;   // how many threads read at the same time, at most (their slots: 0 .. n-1)
    uint64_t fail_at;   // tests: the statement with this number (from 1) fails with RC_IO; 0: none
    unsigned loops; // reads in the slots below have a limit: they are of pages, and hold up others
    unsigned read_limit_ms;             // that limit, by the clock; 0: DB_READ_LIMIT_MS
    void (*tell)(const char *sentence); // what the engine said when it failed; NULL: nobody
    const struct db_migration *migrations;
    size_t migration_count;
};

// Opens and brings the schema up to date, each migration in a transaction. RC_EXISTS: another
// program has it open (SQLite). RC_BAD_INPUT: made by a newer program, or not a database of ours.
// ret_error is a sentence in the arena that a person understands, also on failure of the machine.
enum rc db_open(const struct db_settings *settings, struct arena *arena, struct db **ret_db,
                const char **ret_error);

// Finishes the writes that are queued, and closes.
void db_close(struct db *db);

// What a transaction does. Anything but RC_OK rolls it back and is handed to the caller.
typedef enum rc db_work(struct db_tx *tx, void *data);

// Runs work in a read transaction on the calling thread, on the connection of its slot. One thread
// a slot at a time. RC_STOPPED: in a slot of the loops, it ran longer than
// read_limit_ms.
enum rc db_read(struct db *db, unsigned slot, db_work *work, void *data);

// Runs work in a write transaction, and waits for the commit.
enum rc db_write(struct db *db, db_work *work, void *data);

// A write that nobody waits for: `done` is called with the result after the commit (or instead of
// it), on a thread of the database. The task belongs to the caller and must live until then.
struct db_task {
    db_work *work;
    void (*done)(struct db_task *task, enum rc rc);
    void *data;
    struct db_task *next; // the queue's
};

// RC_LIMIT: the queue is full (DB_QUEUE_MAX); done is not called then.
enum rc db_post(struct db *db, struct db_task *task);

// Whether the last write failed for reasons of the machine: a full disk, a server that is away.
// While it does, each call lets the writer try one that changes nothing, so that it is noticed when
// writing works again although nobody writes.
bool db_writes_fail(struct db *db);

enum {
    DB_READ_LIMIT_MS = 250,
    DB_QUEUE_MAX = 4096,
    DB_ROWS_MAX = 100000, // of one answer; more is RC_LIMIT
};

// Runs one statement and keeps its rows in the arena. RC_EXISTS: a unique index says no.
// RC_BAD_INPUT: a foreign key or a check says no. RC_IO: the engine failed (logged there).
enum rc db_query(struct db_tx *tx, struct arena *arena, struct db_rows **ret_rows, const char *sql,
                 const struct db_value *values, size_t count);

// The same for statements that do not need one another's rows: nobody waits, and the rows of all of
// them are there when the next db_query, db_do or db_take has given RC_OK. On PostgreSQL they
// travel together; on SQLite each runs at once. A failure comes from this call or from that one.
enum rc db_ask(struct db_tx *tx, struct arena *arena, struct db_rows **ret_rows, const char *sql,
               const struct db_value *values, size_t count);
enum rc db_take(struct db_tx *tx);

// Runs a statement whose rows nobody wants. ret_changed (may be NULL): how many rows it changed.
enum rc db_do(struct db_tx *tx, uint64_t *ret_changed, const char *sql,
              const struct db_value *values, size_t count);

size_t db_count(const struct db_rows *rows);
bool db_is_null(const struct db_rows *rows, size_t row, unsigned column);
int64_t db_int(const struct db_rows *rows, size_t row, unsigned column);       // 0 when NULL
const char *db_text(const struct db_rows *rows, size_t row, unsigned column);  // "" when NULL
struct text db_bytes(const struct db_rows *rows, size_t row, unsigned column); // empty when NULL

// For copying: how many columns an answer has, and a value whatever its kind is.
unsigned db_columns(const struct db_rows *rows);
struct db_value db_value_at(const struct db_rows *rows, size_t row, unsigned column);

// "SQLite 3.40.1, one writer" or "PostgreSQL 15.18": for the log and for doctor.
const char *db_engine(const struct db *db);

// Copies the whole database to a file (SQLite: online-backup; PostgreSQL: RC_BAD_INPUT, use its own
// tools). The file is whole or not there.
enum rc db_backup(struct db *db, const char *path, struct arena *arena, const char **ret_error);

// The same for an SQLite folder that another program has open: reads beside it, and changes
// nothing.
enum rc db_backup_beside(const char *folder, const char *path, struct arena *arena,
                         const char **ret_error);

// Makes what was deleted unreadable in the files too, and returns when it is. SQLite, whose deleted
// rows are overwritten as they go: moves the log into the database and empties it. PostgreSQL,
// whose vacuum leaves the bytes of a row where they were: each of our tables is written anew
// (VACUUM FULL; one after the other, each locked meanwhile; one that others hold for over two
// seconds waits for the next time). Its log of writes is the server's to let go. RC_OK also when a
// part could not be done.
enum rc db_scrub(struct db *db);

// A new id: milliseconds of now_us above, random bits below; rises with time, fits 63 bits, and
// is never 0. A child of fork goes on where its parent was, as the parent does: fork before the
// first one is drawn, or the two draw the same.
enum { DB_ID_RANDOM_BITS = 20 };
int64_t db_new_id(int64_t now_us);

#endif
