// SPDX-License-Identifier: Apache-2.0
// Holds the rows of app/data.h to the tables of a fresh installation, on both engines: every column
// has a class, a purpose, an age, a rule for the copy and one for erasing; and no row is left over.
#define _POSIX_C_SOURCE 200809L // mkdtemp, for db_test.h

#include "db/db_test.h"
#include "install.h"

enum { ARENA_LIMIT = 64 << 20 };

struct schema {
    struct arena arena;
    struct db_rows *columns; // table, column, whether it is a number, bytes, or text
    bool postgres;
};

static enum rc read_schema(struct db_tx *tx, void *data)
{
    struct schema *schema = data;
    if (schema->postgres)
        return db_query(tx, &schema->arena, &schema->columns,
                        "SELECT table_name, column_name, CASE data_type WHEN 'text' THEN '\"' WHEN "
                        "'bytea' THEN '@' ELSE '#' END FROM information_schema.columns WHERE "
                        "table_schema = 'public' ORDER BY table_name, column_name",
                        DB_NO_ARGS);
    return db_query(tx, &schema->arena, &schema->columns,
                    "SELECT m.name, p.name, CASE p.type WHEN 'TEXT' THEN '\"' WHEN 'BLOB' THEN '@' "
                    "ELSE '#' END FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE "
                    "m.type = 'table' ORDER BY m.name, p.name",
                    DB_NO_ARGS);
}

// How often a column stands in the rows of its table, and whether each time as it is.
static unsigned count_rows(const struct app_table *table, const char *column, char kind, bool *fine)
{
    unsigned count = 0;
    for (const struct data_columns *row = table->columns; row->names != NULL; row++) {
        const char *names = row->names;
        struct data_name name;
        while (data_next(&names, &name)) {
            if (strcmp(name.text, column) != 0)
                continue;
            count++;
            *fine = *fine && name.kind == kind && row->class != DATA_UNCLASSED &&
                    row->why != NULL && row->why[0] != '\0' &&
                    (row->end == END_ROW) <= (table->rows != ROWS_STAY);
        }
    }
    return count;
}

static const struct app_table *find_table(const char *name)
{
    const struct app_table *table = NULL;
    for (size_t k = 0; (table = installation_table_at(k)) != NULL; k++)
        if (strcmp(table->name, name) == 0)
            return table;
    return NULL;
}

static void try_columns(const struct schema *schema)
{
    unsigned missing = 0;
    unsigned wrong = 0;
    for (size_t k = 0; k < db_count(schema->columns); k++) {
        const char *name = db_text(schema->columns, k, 0);
        const char *column = db_text(schema->columns, k, 1);
        const struct app_table *table = find_table(name);
        bool fine = true;
        if (strcmp(name, "trellis_schema") == 0)
            continue; // of the floor below: which steps were taken
        unsigned count =
            table == NULL ? 0 : count_rows(table, column, db_text(schema->columns, k, 2)[0], &fine);
        if (count == 0 || !fine || count > 1)
            note("%s.%s: %s", name, column,
                 count == 0   ? "has no row in its x_data.c"
                 : count == 1 ? "its row is not right: kind, class, purpose or end"
                              : "has several rows");
        missing += count == 0;
        wrong += count > 0 && (!fine || count > 1);
    }
    is_int(missing, 0, "every column has its row");
    is_int(wrong, 0, "and it is right");
}

static bool has_column(const struct schema *schema, const char *table, const char *column)
{
    for (size_t k = 0; k < db_count(schema->columns); k++)
        if (strcmp(db_text(schema->columns, k, 0), table) == 0 &&
            strcmp(db_text(schema->columns, k, 1), column) == 0)
            return true;
    return false;
}

static void try_rows(const struct schema *schema)
{
    const struct app_table *table = NULL;
    unsigned left = 0;
    unsigned wrong = 0;
    for (size_t k = 0; (table = installation_table_at(k)) != NULL; k++) {
        wrong += table->what == NULL || table->order == NULL;
        for (const struct data_columns *row = table->columns; row->names != NULL; row++) {
            const char *names = row->names;
            struct data_name name;
            while (data_next(&names, &name))
                if (!has_column(schema, table->name, name.text)) {
                    note("%s.%s: there is no such column", table->name, name.text);
                    left++;
                }
        }
    }
    is_int(left, 0, "every row has its column");
    is_int(wrong, 0, "every table says what it is");
}

// What the rows mean as SQL is understood by both engines.
struct trying {
    struct arena *arena;
    const struct data_texts *texts;
    const char *failed;
};

static enum rc run_one(struct db_tx *tx, struct arena *arena, const char *sql)
{
    struct db_rows *rows = NULL;
    return sql == NULL ? RC_OK : db_query(tx, arena, &rows, sql, DB_ARGS(DB_INT(1)));
}

static enum rc run_texts(struct db_tx *tx, void *data)
{
    struct trying *trying = data;
    for (const struct data_texts *texts = trying->texts; texts->table != NULL; texts++) {
        trying->failed = texts->table->name;
        TRY(run_one(tx, trying->arena, texts->copy));
        TRY(run_one(tx, trying->arena, texts->count_old));
        TRY(run_one(tx, trying->arena, texts->let_go));
        TRY(run_one(tx, trying->arena, texts->erase));
    }
    return RC_OK;
}

static void try_engine(struct test_place *place, int engine)
{
    struct schema schema = {.postgres = engine == 1};
    struct installation installation = {.readers = 1};
    struct db_settings where;
    char space[256];
    arena_open(&schema.arena, ARENA_LIMIT);
    ok(test_place_new(place, engine, &where, space), "a place");
    installation.folder = where.folder;
    installation.url = where.url;
    is_int(installation_open(&installation), RC_OK, "a fresh installation");
    is_int(db_read(installation.db, 0, read_schema, &schema), RC_OK, "its schema");
    ok(db_count(schema.columns) > 300, "has its columns");
    try_columns(&schema);
    try_rows(&schema);
    struct trying trying = {&schema.arena, data_texts(&schema.arena, installation_slices()), ""};
    enum rc rc = db_write(installation.db, run_texts, &trying);
    is_int(rc, RC_OK, "all that is done with the rows is understood");
    if (rc != RC_OK)
        note("not understood: %s", trying.failed);
    db_close(installation.db);
    arena_close(&installation.arena);
    arena_close(&schema.arena);
}

int main(void)
{
    struct test_place place;
    test_place_open(&place);
    for (int engine = 0; engine < 2; engine++)
        try_engine(&place, engine);
    test_place_close(&place);
    return tap_done();
}
