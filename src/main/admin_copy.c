// SPDX-License-Identifier: Apache-2.0
//
// Why: `trellis db copy` moves an installation from one engine to the other, table by table, and
// compares row counts and checksums on both sides before it says that it is done.
#include <stdio.h>
#include <string.h>

#include "base/hash.h"

#include "admin.h"

enum { EXIT_FAILED = 1, CHUNK = 2000, ARENA_LIMIT_BYTES = 512 << 20 };

// One table on its way.
struct copying {
    const struct app_table *table;
    struct installation from;
    struct installation to;
    struct arena arena; // of one chunk
    struct db_rows *rows;
    int64_t offset;
    uint64_t sum; // of all values so far
    int64_t count;
    bool empty; // the target is
};

// The kinds and bytes of all values, in order.
static uint64_t add_value(uint64_t sum, const struct db_value *value)
{
    unsigned char kind = (unsigned char)value->kind;
    sum = hash_bytes(sum, &kind, 1);
    if (value->kind == DB_KIND_INT)
        return hash_bytes(sum, &value->integer, sizeof value->integer);
    if (value->kind == DB_KIND_NULL)
        return sum;
    return hash_bytes(sum, value->text.bytes, value->text.length);
}

static void add_rows(struct copying *copying)
{
    for (size_t k = 0; k < db_count(copying->rows); k++)
        for (unsigned c = 0; c < db_columns(copying->rows); c++) {
            struct db_value value = db_value_at(copying->rows, k, c);
            copying->sum = add_value(copying->sum, &value);
        }
    copying->count += (int64_t)db_count(copying->rows);
    copying->offset += (int64_t)db_count(copying->rows);
}

// Names of tables and columns are those of the slices, never anybody's words.
static enum rc read_chunk(struct db_tx *tx, void *data)
{
    struct copying *copying = data;
    const char *sql = arena_printf(
        &copying->arena,
        "SELECT * FROM %s ORDER BY %s LIMIT %d OFFSET $1", // lint: allow sql because it copies all
        copying->table->name, copying->table->order, CHUNK);
    if (sql == NULL)
        return RC_NO_MEMORY;
    return db_query(tx, &copying->arena, &copying->rows, sql, DB_ARGS(DB_INT(copying->offset)));
}

static enum rc write_chunk(struct db_tx *tx, void *data)
{
    struct copying *copying = data;
    struct buffer sql;
    enum { COLUMNS_MAX = 64 };
    struct db_value values[COLUMNS_MAX];
    unsigned columns = db_columns(copying->rows);
    if (columns > COLUMNS_MAX)
        return RC_LIMIT;
    buffer_open(&sql, &copying->arena, 1 << 16);
    buffer_printf(&sql, "INSERT INTO %s VALUES (", copying->table->name);
    for (unsigned c = 0; c < columns; c++)
        buffer_printf(&sql, "%s$%u", c == 0 ? "" : ", ", c + 1);
    buffer_text(&sql, ")");
    TRY(sql.rc);
    for (size_t k = 0; k < db_count(copying->rows); k++) {
        for (unsigned c = 0; c < columns; c++)
            values[c] = db_value_at(copying->rows, k, c);
        TRY(db_do(tx, NULL, sql.bytes, values, columns));
    }
    return RC_OK;
}

// What every new installation has, from the steps of its schema: the first programme.
static enum rc forget_first(struct db_tx *tx, void *data)
{
    (void)data;
    TRY(db_do(tx, NULL,
              "DELETE FROM objective WHERE cohort = 1 AND id <= 3 "
              "AND NOT EXISTS (SELECT 1 FROM person)",
              DB_NO_ARGS));
    TRY(db_do(tx, NULL, "DELETE FROM cohort WHERE id = 1 AND NOT EXISTS (SELECT 1 FROM person)",
              DB_NO_ARGS));
    return db_do(tx, NULL,
                 "DELETE FROM programme WHERE id = 1 AND NOT EXISTS (SELECT 1 FROM person)",
                 DB_NO_ARGS);
}

static enum rc ask_empty(struct db_tx *tx, void *data)
{
    struct copying *copying = data;
    struct db_rows *rows = NULL;
    const char *sql =
        arena_printf(&copying->arena, "SELECT 1 FROM %s LIMIT 1", copying->table->name);
    if (sql == NULL)
        return RC_NO_MEMORY;
    TRY(db_query(tx, &copying->arena, &rows, sql, DB_NO_ARGS));
    copying->empty = copying->empty && db_count(rows) == 0;
    return RC_OK;
}

// Goes over a table of one side; writes it to the other when `target` is not NULL.
static enum rc go_over(struct copying *copying, struct db *source, struct db *target)
{
    enum rc rc = RC_OK;
    bool more = true;
    copying->offset = 0;
    copying->sum = HASH_START;
    copying->count = 0;
    while (rc == RC_OK && more) {
        arena_open(&copying->arena, ARENA_LIMIT_BYTES);
        rc = db_read(source, 0, read_chunk, copying);
        if (rc == RC_OK && target != NULL && db_count(copying->rows) > 0)
            rc = db_write(target, write_chunk, copying);
        if (rc == RC_OK) {
            more = db_count(copying->rows) == CHUNK;
            add_rows(copying);
        }
        arena_close(&copying->arena);
    }
    return rc;
}

static int copy_table(struct copying *copying)
{
    if (go_over(copying, copying->from.db, copying->to.db) != RC_OK) {
        fprintf(stderr, "trellis: %s could not be copied.\n", copying->table->name);
        return EXIT_FAILED;
    }
    uint64_t sum = copying->sum;
    int64_t count = copying->count;
    if (go_over(copying, copying->to.db, NULL) != RC_OK || copying->sum != sum ||
        copying->count != count) {
        fprintf(stderr, "trellis: %s is not the same on both sides.\n", copying->table->name);
        return EXIT_FAILED;
    }
    printf("%-16s %8lld rows  %016llx\n", copying->table->name, (long long)count,
           (unsigned long long)sum);
    return 0;
}

static int copy_all(struct copying *copying)
{
    copying->empty = db_write(copying->to.db, forget_first, copying) == RC_OK;
    arena_open(&copying->arena, ARENA_LIMIT_BYTES);
    for (size_t k = 0; (copying->table = installation_table_at(k)) != NULL; k++)
        if (db_read(copying->to.db, 0, ask_empty, copying) != RC_OK)
            copying->empty = false;
    arena_close(&copying->arena);
    if (!copying->empty) {
        fputs("trellis: the target has data in it already; nothing was changed.\n", stderr);
        return EXIT_FAILED;
    }
    for (size_t k = 0; (copying->table = installation_table_at(k)) != NULL; k++)
        if (copy_table(copying) != 0)
            return EXIT_FAILED;
    puts("Everything is there, and is the same on both sides.\n"
         "What is sealed needs the same key file: see trellis key --help.");
    return 0;
}

static enum rc open_side(const char *place, struct installation *installation)
{
    bool url = strncmp(place, "postgresql://", 13) == 0 || strncmp(place, "postgres://", 11) == 0;
    struct admin_options options = {.data = url ? NULL : place, .database = url ? place : NULL};
    return admin_open(&options, installation);
}

int db_command(int argc, char **argv)
{
    static const char usage[] =
        "Usage: trellis db copy --from PLACE --to PLACE\n\n"
        "Copies an installation, from SQLite to PostgreSQL or the other way. A place is a data\n"
        "folder or postgresql://...; the target must be empty. Stop the server first.\n";
    struct admin_options options;
    struct copying copying = {0};
    bool read = admin_read_options(argc, argv, &options);
    if (!read || options.help || options.word_count != 1 || strcmp(options.words[0], "copy") != 0 ||
        options.from == NULL || options.to == NULL)
        return admin_wrong_use(usage, options.help);
    if (open_side(options.from, &copying.from) != RC_OK)
        return EXIT_FAILED;
    int status = EXIT_FAILED;
    if (open_side(options.to, &copying.to) == RC_OK) {
        status = copy_all(&copying);
        admin_close(&copying.to);
    }
    admin_close(&copying.from);
    return status;
}
