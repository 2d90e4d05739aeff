// SPDX-License-Identifier: Apache-2.0
//
// Why: an installation moves from schema to schema by steps that never change once released.
//
// Promises: each step and its record are one transaction: after a crash either both are there or
// neither; a database of a newer program, or one whose steps differ from ours, is refused.
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"

#include "db/driver.h"

enum { SQL_LIMIT_BYTES = 1 << 20 };

struct migrating {
    struct db *db;
    struct arena *arena;
    const struct db_migration *step;
    bool *done;       // of each of our steps: it is recorded
    int64_t recorded; // how many are
    const char *error;
};

// FNV-1a: tells an edited step from the released one; nobody attacks it.
static int64_t checksum(const char *text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (const char *c = text; *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
    return (int64_t)(hash >> 1);
}

// The step in the engine's words: {id} {int} {blob} {end} replaced.
static enum rc in_words(const struct migrating *m, const char *sql, size_t length, char **ret_sql)
{
    const struct db_driver *driver = m->db->driver;
    const struct {
        const char *token;
        const char *words;
    } tokens[] = {
        {"{id}",   driver->id_type  },
        {"{int}",  driver->int_type },
        {"{blob}", driver->blob_type},
        {"{end}",  driver->table_end}
    };
    struct buffer out;
    buffer_open(&out, m->arena, SQL_LIMIT_BYTES);
    for (size_t at = 0; at < length;) {
        size_t token = 0;
        while (token < 4 &&
               strncmp(sql + at, tokens[token].token, strlen(tokens[token].token)) != 0)
            token++;
        if (token == 4) {
            buffer_byte(&out, sql[at++]);
            continue;
        }
        buffer_text(&out, tokens[token].words);
        at += strlen(tokens[token].token);
    }
    TRY(out.rc);
    *ret_sql = out.space == NULL ? arena_strdup(m->arena, "") : out.space;
    return *ret_sql == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc run_step(struct db_tx *tx, struct migrating *m)
{
    const char *at = m->step->sql;
    while (*at != '\0') {
        const char *end = strstr(at, ";\n");
        size_t length = end == NULL ? strlen(at) : (size_t)(end - at);
        char *sql = NULL;
        TRY(in_words(m, at, length, &sql));
        if (text_trim(sql, strlen(sql)).length > 0)
            TRY(db_do(tx, NULL, sql, DB_NO_ARGS));
        at += length;
        if (end != NULL)
            at += 2;
    }
    return db_do(
        tx, NULL, "INSERT INTO trellis_schema(number, name, checksum) VALUES ($1, $2, $3)",
        DB_ARGS(DB_INT(m->recorded + 1), DB_TEXT(m->step->name), DB_INT(checksum(m->step->sql))));
}

static enum rc step_work(struct db_tx *tx, void *data)
{
    return run_step(tx, data);
}

static enum rc refuse(struct migrating *m, const char *error)
{
    m->error = error;
    return RC_BAD_INPUT;
}

// A record says whose step it was and when; it is the step of that name which as many of the same
// name came before. So each slice counts for itself, and the order between slices may change.
static enum rc match_record(struct migrating *m, const struct db_rows *rows, size_t row)
{
    const struct db_settings *settings = &m->db->settings;
    uint32_t number = 1;
    for (size_t k = 0; k < row; k++)
        number += strcmp(db_text(rows, k, 0), db_text(rows, row, 0)) == 0;
    for (size_t k = 0; k < settings->migration_count; k++) {
        const struct db_migration *step = &settings->migrations[k];
        if (step->number != number || strcmp(step->name, db_text(rows, row, 0)) != 0)
            continue;
        if (db_int(rows, row, 1) != checksum(step->sql))
            return refuse(m, "this database was made by another program, or by a changed Trellis");
        m->done[k] = true;
        return RC_OK;
    }
    return refuse(m, "this database was made by a newer Trellis; use that one");
}

static enum rc look_work(struct db_tx *tx, void *data)
{
    struct migrating *m = data;
    struct db_rows *rows = NULL;
    char *table = NULL;
    const char *sql =
        "CREATE TABLE IF NOT EXISTS trellis_schema(number {int} NOT NULL PRIMARY KEY, "
        "name TEXT NOT NULL, checksum {int} NOT NULL){end}";
    TRY(in_words(m, sql, strlen(sql), &table));
    TRY(db_do(tx, NULL, table, DB_NO_ARGS));
    TRY(db_query(tx, m->arena, &rows, "SELECT name, checksum FROM trellis_schema ORDER BY number",
                 DB_NO_ARGS));
    m->recorded = (int64_t)db_count(rows);
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(match_record(m, rows, k));
    return RC_OK;
}

static enum rc migrate_on(struct migrating *m, struct db_link *link)
{
    m->done = ARENA_ARRAY(m->arena, bool, m->db->settings.migration_count + 1);
    if (m->done == NULL)
        return RC_NO_MEMORY;
    TRY(db_transact(m->db, link, true, look_work, m));
    for (size_t k = 0; k < m->db->settings.migration_count; k++) {
        if (m->done[k])
            continue;
        m->step = &m->db->settings.migrations[k];
        m->error = "a step to the new schema failed; nothing of it was kept";
        TRY(db_transact(m->db, link, true, step_work, m));
        m->recorded++;
    }
    return RC_OK;
}

enum rc db_migrate(struct db *db, struct arena *arena, const char **ret_error)
{
    struct migrating m = {.db = db, .arena = arena, .error = "the database cannot be read"};
    struct db_link *link = NULL;
    *ret_error = "the database cannot be reached";
    TRY(db->driver->connect(db, DB_USE_WRITE, &link));
    enum rc rc = migrate_on(&m, link);
    db->driver->disconnect(link);
    if (rc != RC_OK)
        *ret_error = m.error;
    return rc;
}
