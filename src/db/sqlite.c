// SPDX-License-Identifier: Apache-2.0
//
// Why: the embedded engine: nothing to install, one folder to keep.
//
// Promises: write-ahead log with synchronous=FULL, so that an acknowledged write survives a power
// cut; exactly one connection ever writes or checkpoints (Debian 12's SQLite 3.40 can lose pages
// when two do); readers are query_only; a lock file keeps a second program out.
//
// Not for: several nodes.
#define _POSIX_C_SOURCE 200809L // strdup, clock_gettime
#define _DEFAULT_SOURCE         // flock

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

#include "db/driver.h"

enum { KEPT_MAX = 1024, KEPT_TRIES = 8, PROGRESS_STEPS = 2000, VALUES_MAX = 64 };

struct kept {
    const char *sql; // a literal of the program: its address is its name
    sqlite3_stmt *statement;
    bool told;                        // of reading a whole table
    unsigned char places[VALUES_MAX]; // SQLite's index of $1, $2, ...; 0: not asked for yet
};

// What every transaction says, prepared when a connection is opened: going back must work without
// memory.
enum word {
    WORD_READ,
    WORD_WRITE,
    WORD_COMMIT,
    WORD_ROLLBACK,
    WORD_MARK,
    WORD_UNDO,
    WORD_RELEASE,
    WORDS
};
static const char *const words[WORDS] = {"BEGIN",       "BEGIN IMMEDIATE", "COMMIT",
                                         "ROLLBACK",    "SAVEPOINT task",  "ROLLBACK TO task",
                                         "RELEASE task"};

struct db_link {
    struct db *db;
    sqlite3 *sqlite;
    bool writes;
    bool patient;        // its reads take as long as they need
    int64_t deadline_ms; // of the read transaction
    sqlite3_stmt *words[WORDS];
    struct kept kept[KEPT_MAX];
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static enum rc rc_of(struct db_link *link, int code, const char *what)
{
    switch (sqlite3_extended_errcode(link->sqlite)) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
        return RC_EXISTS;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
    case SQLITE_CONSTRAINT_CHECK:
    case SQLITE_CONSTRAINT_NOTNULL:
        return RC_BAD_INPUT;
    case SQLITE_INTERRUPT:
        return RC_STOPPED;
    case SQLITE_NOMEM:
        return RC_NO_MEMORY;
    default:
        db_tell(link->db, what, sqlite3_errstr(code));
        return RC_IO;
    }
}

// ---- the folder ------------------------------------------------------------------------------

static enum rc take_lock(struct db *db, struct arena *arena, const char **ret_error)
{
    const char *path = file_join(arena, db->settings.folder, "trellis.lock");
    if (path == NULL)
        return RC_NO_MEMORY;
    db->lock_file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (db->lock_file < 0) {
        *ret_error = "the data folder cannot be written to";
        return RC_IO;
    }
    if (flock(db->lock_file, LOCK_EX | LOCK_NB) == 0)
        return RC_OK;
    *ret_error = "another Trellis has this data folder open; stop that one first";
    return RC_EXISTS;
}

static enum rc prepare(struct db *db, struct arena *arena, const char **ret_error)
{
    *ret_error = "there is not enough memory";
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD); // refused after the first open, which is fine
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (mkdir(db->settings.folder, 0700) != 0 && errno != EEXIST) {
        *ret_error = "the data folder cannot be made";
        return RC_IO;
    }
    TRY(take_lock(db, arena, ret_error));
    const char *path = file_join(arena, db->settings.folder, "trellis.db");
    db->place = path == NULL ? NULL : strdup(path);
    snprintf(db->engine, sizeof db->engine, "SQLite %s, one writer, synchronous=FULL",
             sqlite3_libversion());
    return db->place == NULL ? RC_NO_MEMORY : RC_OK;
}

static void finish(struct db *db)
{
    if (db->lock_file >= 0)
        close(db->lock_file);
    db->lock_file = -1;
}

static const char *name(const struct db *db)
{
    return db->engine;
}

// ---- connections -----------------------------------------------------------------------------

// Stops a read that holds up its loop.
static int is_too_long(void *data)
{
    struct db_link *link = data;
    return !link->writes && !link->patient && now_ms() > link->deadline_ms;
}

static enum rc set_up(struct db_link *link)
{
    const char *all =
        "PRAGMA foreign_keys=ON; PRAGMA mmap_size=2147418112; PRAGMA busy_timeout=5000;"
        "PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF;";
    const char *writer =
        "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=1000; PRAGMA secure_delete=ON;";
    const char *reader = "PRAGMA query_only=ON;";
    int code = sqlite3_exec(link->sqlite, all, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(link->sqlite, link->writes ? writer : reader, NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return rc_of(link, code, "setting up a connection");
    for (size_t k = 0; code == SQLITE_OK && k < WORDS; k++)
        code = sqlite3_prepare_v3(link->sqlite, words[k], -1, SQLITE_PREPARE_PERSISTENT,
                                  &link->words[k], NULL);
    if (code != SQLITE_OK)
        return rc_of(link, code, "preparing a connection");
    sqlite3_progress_handler(link->sqlite, PROGRESS_STEPS, is_too_long, link);
    return RC_OK;
}

static void disconnect(struct db_link *link)
{
    for (size_t k = 0; k < KEPT_MAX; k++)
        sqlite3_finalize(link->kept[k].statement); // NULL is fine
    for (size_t k = 0; k < WORDS; k++)
        sqlite3_finalize(link->words[k]);
    if (link->sqlite != NULL)
        sqlite3_close(link->sqlite);
    free(link);
}

static enum rc connect_to(struct db *db, enum db_use use, struct db_link **ret_link)
{
    bool writes = use == DB_USE_WRITE;
    struct db_link *link = calloc(1, sizeof *link);
    if (link == NULL)
        return RC_NO_MEMORY;
    link->db = db;
    link->writes = writes;
    link->patient = use == DB_USE_READ_LONG;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (writes ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(db->place, &link->sqlite, flags, NULL);
    enum rc rc = code == SQLITE_OK ? set_up(link) : RC_IO;
    if (rc != RC_OK) {
        db_tell(db, "opening the file", sqlite3_errstr(code));
        disconnect(link);
        return rc;
    }
    *ret_link = link;
    return RC_OK;
}

// ---- transactions ----------------------------------------------------------------------------

static enum rc say(struct db_link *link, enum word word)
{
    int code = sqlite3_step(link->words[word]);
    enum rc rc = code == SQLITE_DONE ? RC_OK : rc_of(link, code, words[word]);
    sqlite3_reset(link->words[word]);
    return rc;
}

static void rollback(struct db_link *link)
{
    if (sqlite3_get_autocommit(link->sqlite) == 0)
        (void)say(link, WORD_ROLLBACK);
}

static enum rc begin(struct db_link *link, bool writes)
{
    link->deadline_ms = now_ms() + db_read_limit_ms(link->db);
    rollback(link); // nothing is open, unless going back failed
    return say(link, writes ? WORD_WRITE : WORD_READ);
}

static enum rc commit(struct db_link *link)
{
    return say(link, WORD_COMMIT);
}

static enum rc mark(struct db_link *link)
{
    return say(link, WORD_MARK);
}

static enum rc settle(struct db_link *link, bool keep)
{
    if (!keep)
        TRY(say(link, WORD_UNDO));
    return say(link, WORD_RELEASE);
}

static bool conflicted(struct db_link *link)
{
    (void)link; // one writer: nobody to be in conflict with
    return false;
}

// Everything that the log still holds goes into the file, and the log becomes empty.
static enum rc scrub(struct db_link *link)
{
    static const char sql[] = "PRAGMA wal_checkpoint(TRUNCATE)";
    int code = sqlite3_exec(link->sqlite, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? RC_OK : rc_of(link, code, sql);
}

// ---- statements ------------------------------------------------------------------------------

// Where its statement is kept, or may be: one of a few places from the one on that its address
// gives. NULL: all are taken, and the first is at work.
static struct kept *find_place(struct db_link *link, const char *sql, bool *ret_found)
{
    uint64_t mixed = (uint64_t)(uintptr_t)sql * 11400714819323198485u; // 2^64 / the golden ratio
    struct kept *empty = NULL;
    *ret_found = false;
    for (size_t k = 0; k < KEPT_TRIES; k++) {
        struct kept *kept = &link->kept[((mixed >> 32) + k) % KEPT_MAX];
        if (kept->statement == NULL && empty == NULL)
            empty = kept;
        if (kept->statement == NULL || kept->sql != sql)
            continue;
        *ret_found =
            strcmp(sqlite3_sql(kept->statement), sql) == 0 && !sqlite3_stmt_busy(kept->statement);
        if (*ret_found)
            return kept;
    }
    struct kept *first = &link->kept[(mixed >> 32) % KEPT_MAX];
    if (empty != NULL)
        return empty;
    return sqlite3_stmt_busy(first->statement) ? NULL : first;
}

// Its statement, kept or new; in `fresh` when there is no place for it: the caller ends that one.
static enum rc find_statement(struct db_link *link, const char *sql, struct kept *fresh,
                              struct kept **ret_kept)
{
    bool found = false;
    struct kept *kept = find_place(link, sql, &found);
    if (found) {
        *ret_kept = kept;
        return RC_OK;
    }
    sqlite3_stmt *statement = NULL;
    int code =
        sqlite3_prepare_v3(link->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
    if (code != SQLITE_OK) {
        db_tell(link->db, sqlite3_errmsg(link->sqlite), sql);
        return code == SQLITE_NOMEM ? RC_NO_MEMORY : RC_IO;
    }
    if (kept != NULL)
        sqlite3_finalize(kept->statement); // NULL is fine
    *ret_kept = kept != NULL ? kept : fresh;
    **ret_kept = (struct kept){.sql = sql, .statement = statement};
    return RC_OK;
}

static int bind_value(sqlite3_stmt *statement, int index, const struct db_value *value)
{
    const char *bytes = value->text.bytes == NULL ? "" : value->text.bytes;
    switch (value->kind) {
    case DB_KIND_NULL:
        return sqlite3_bind_null(statement, index);
    case DB_KIND_INT:
        return sqlite3_bind_int64(statement, index, value->integer);
    case DB_KIND_TEXT:
        return sqlite3_bind_text64(statement, index, bytes, value->text.length, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case DB_KIND_BLOB:
        return sqlite3_bind_blob64(statement, index, bytes, value->text.length, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

// SQLite takes $1 as a name, so its index is asked for, once.
static int place_of(struct kept *kept, size_t number)
{
    char parameter[24];
    if (kept->places[number] != 0)
        return kept->places[number];
    snprintf(parameter, sizeof parameter, "$%zu", number + 1);
    int index = sqlite3_bind_parameter_index(kept->statement, parameter);
    kept->places[number] = (unsigned char)index; // 1 .. VALUES_MAX: there are no others
    return index;
}

static int bind_all(struct kept *kept, const struct db_statement *asked)
{
    if (asked->count > VALUES_MAX)
        return SQLITE_TOOBIG;
    for (size_t k = 0; k < asked->count; k++) {
        int index = place_of(kept, k);
        int code =
            index == 0 ? SQLITE_RANGE : bind_value(kept->statement, index, &asked->values[k]);
        if (code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}

// By the value itself, and a text's bytes as they lie there: the calls by column would look it up
// anew each time and copy a text to close it by a NUL. Allowed without SQLite's own mutexes.
static struct db_cell cell_of(sqlite3_stmt *statement, int column)
{
    struct db_cell cell = {.kind = DB_KIND_NULL};
    sqlite3_value *value = sqlite3_column_value(statement, column);
    int type = sqlite3_value_type(value);
    if (type == SQLITE_INTEGER) {
        cell.kind = DB_KIND_INT;
        cell.integer = sqlite3_value_int64(value);
    } else if (type != SQLITE_NULL) {
        cell.kind = type == SQLITE_BLOB ? DB_KIND_BLOB : DB_KIND_TEXT;
        cell.text.bytes = type == SQLITE_FLOAT ? (const char *)sqlite3_value_text(value)
                                               : sqlite3_value_blob(value);
        cell.text.length = (size_t)sqlite3_value_bytes(value);
    }
    return cell;
}

static enum rc take_row(sqlite3_stmt *statement, struct db_rows *rows)
{
    TRY(db_rows_add(rows));
    for (unsigned k = 0; k < rows->columns; k++)
        TRY(db_rows_put(rows, k, cell_of(statement, (int)k)));
    return RC_OK;
}

// A page that reads whole tables grows with them. Told once a statement and connection.
static void tell_scan(struct db_link *link, struct kept *kept)
{
    int rows = sqlite3_stmt_status(kept->statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1);
    if (rows < DB_SCAN_ROWS || link->writes || link->patient || kept->told)
        return;
    kept->told = true;
    db_tell(link->db, "a page reads a whole table", kept->sql);
}

static enum rc step_all(struct db_link *link, sqlite3_stmt *statement, struct db_rows *rows)
{
    int code = SQLITE_OK;
    rows->columns = (unsigned)sqlite3_column_count(statement);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        if (rows->arena != NULL)
            TRY(take_row(statement, rows));
    if (code != SQLITE_DONE)
        return rc_of(link, code, sqlite3_sql(statement));
    rows->changed = (uint64_t)sqlite3_changes64(link->sqlite);
    return RC_OK;
}

static enum rc run(struct db_link *link, struct db_rows *rows, const struct db_statement *asked)
{
    struct kept fresh = {0};
    struct kept *kept = NULL;
    TRY(find_statement(link, asked->sql, &fresh, &kept));
    int code = bind_all(kept, asked);
    enum rc rc = code == SQLITE_OK ? step_all(link, kept->statement, rows) : RC_IO;
    if (code != SQLITE_OK)
        db_tell(link->db, "binding values", asked->sql);
    tell_scan(link, kept);
    if (kept == &fresh) {
        sqlite3_finalize(fresh.statement);
        return rc;
    }
    sqlite3_reset(kept->statement);
    sqlite3_clear_bindings(kept->statement);
    return rc;
}

// ---- backup ----------------------------------------------------------------------------------

static int copy_to(const char *place, int flags, sqlite3 *target)
{
    sqlite3 *source = NULL;
    int code = sqlite3_open_v2(place, &source, flags, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(source, "PRAGMA query_only=ON", NULL, NULL, NULL);
    sqlite3_backup *copy =
        code == SQLITE_OK ? sqlite3_backup_init(target, "main", source, "main") : NULL;
    if (copy != NULL) {
        code = sqlite3_backup_step(copy, -1);
        sqlite3_backup_finish(copy);
    }
    sqlite3_close(source);
    return copy != NULL && code == SQLITE_DONE ? SQLITE_OK : SQLITE_ERROR;
}

static enum rc copy_file(const char *place, int flags, const char *path, struct arena *arena,
                         const char **ret_error)
{
    const char *part = arena_printf(arena, "%s.part", path);
    sqlite3 *target = NULL;
    *ret_error = "the copy cannot be written";
    if (part == NULL)
        return RC_NO_MEMORY;
    unlink(part);
    int code = sqlite3_open(part, &target);
    if (code == SQLITE_OK)
        code = copy_to(place, flags, target);
    sqlite3_close(target);
    if (code != SQLITE_OK || rename(part, path) != 0) {
        unlink(part);
        return RC_IO;
    }
    *ret_error = "";
    return RC_OK;
}

static enum rc backup(struct db *db, const char *path, struct arena *arena, const char **ret_error)
{
    return copy_file(db->place, SQLITE_OPEN_READWRITE, path, arena, ret_error);
}

// A connection that can only read never writes to the log nor checkpoints it.
enum rc db_backup_beside(const char *folder, const char *path, struct arena *arena,
                         const char **ret_error)
{
    const char *place = file_join(arena, folder, "trellis.db");
    if (place == NULL)
        return RC_NO_MEMORY;
    return copy_file(place, SQLITE_OPEN_READONLY, path, arena, ret_error);
}

const struct db_driver db_sqlite = {
    .writers = 1,
    .batch = 128,
    .id_type = "INTEGER",
    .int_type = "INTEGER",
    .blob_type = "BLOB",
    .table_end = " STRICT",
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
    .conflicted = conflicted,
    .scrub = scrub,
    .name = name,
    .backup = backup,
};
