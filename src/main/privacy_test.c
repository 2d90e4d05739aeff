// SPDX-License-Identifier: Apache-2.0
// Two people who are matched have a row in every table, with a marker in every text. Then: the copy
// of one has all that is hers and nothing that is the other's; erasing leaves only what its rows
// say may stay, also in the bytes of the files; and what is counted as old is what goes. On both
// engines.
#define _GNU_SOURCE // memmem, nftw; mkdtemp for db_test.h

#include "app/privacy/privacy.h"

#include <ftw.h>
#include <sys/stat.h>

#include "base/file.h"

#include "app/privacy/privacy_store.h"
#include "db/db_test.h"
#include "install.h"

enum {
    ARENA_LIMIT = 256 << 20,
    A = 0,
    B = 1,
    PEOPLE = 3,
    FIRST_PERSON = 1000,
    FIRST_SIGN_UP = 2000
};

struct bench {
    struct installation installation;
    struct app app;
    struct arena arena;
    const struct app_table *failed;
    int64_t now_us;
    struct buffer copy;                      // of A
    struct privacy_old old[PRIVACY_OLD_MAX]; // found
    size_t old_count;
    unsigned left; // markers of A that stay where they may not
};

static size_t index_of(const char *name)
{
    const struct app_table *table = NULL;
    for (size_t k = 0; (table = installation_table_at(k)) != NULL; k++)
        if (strcmp(table->name, name) == 0)
            return k;
    return SIZE_MAX;
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

// Tables that the two share one row of.
static const char *const shared[] = {"cohort", "match", "match_run", NULL};
static bool is_shared(const char *name)
{
    return is_one_of(name, shared) ||
           strcmp(installation_table_at(index_of(name))->order, "cohort") == 0;
}

static const char *const persons[] = {"person",      "by_person", "owner",   "author",   "asked_by",
                                      "moved_by",    "set_by",    "made_by", "taken_by", "winner",
                                      "proposed_by", "a",         NULL};

static int64_t row_id(const char *table, int who)
{
    if (strcmp(table, "person") == 0)
        return FIRST_PERSON + who;
    if (strcmp(table, "enrolment") == 0)
        return FIRST_SIGN_UP + who;
    return 3000 + 10 * (int64_t)index_of(table) + (is_shared(table) ? 0 : who);
}

// What the schema says of a column: from its name to the comma after it. NULL: nothing.
static const char *clause_of(struct arena *arena, const char *table, const char *column)
{
    const struct app_slice *const *slices = installation_slices();
    const char *made = arena_printf(arena, "CREATE TABLE %s(", table);
    for (size_t k = 0; slices[k] != NULL; k++)
        for (size_t n = 0; slices[k]->schema != NULL && slices[k]->schema[n] != NULL; n++) {
            const char *from = strstr(slices[k]->schema[n], made);
            if (from == NULL)
                continue;
            const char *end = strstr(from, ";\n");
            const char *text = arena_strndup(arena, from, (size_t)(end - from));
            const char *first = arena_printf(arena, "(%s ", column);
            const char *later = arena_printf(arena, ", %s ", column);
            const char *clause = strstr(text, first);
            clause = clause == NULL ? strstr(text, later) : clause;
            if (clause == NULL)
                return NULL;
            clause += clause[0] == ',' ? 2 : 1;
            size_t length = 0;
            for (int depth = 0; clause[length] != '\0' && (depth > 0 || clause[length] != ',');
                 length++)
                depth += (clause[length] == '(') - (clause[length] == ')');
            return arena_strndup(arena, clause, length);
        }
    return NULL;
}

// The table that a column refers to, as its schema says; NULL: none.
static const char *refers_to(struct arena *arena, const char *table, const char *column)
{
    static const char words[] = "REFERENCES ";
    const char *clause = clause_of(arena, table, column);
    const char *at = clause == NULL ? NULL : strstr(clause, words);
    if (at == NULL)
        return NULL;
    at += sizeof words - 1;
    return arena_strndup(arena, at, strcspn(at, "("));
}

static int64_t number_for(struct arena *arena, const char *table, const char *column, int who)
{
    const char *other = refers_to(arena, table, column);
    if (strcmp(column, "id") == 0)
        return row_id(table, who);
    if (strcmp(column, "audience") == 0) // index_entry: for the person of its scope alone
        return 4;
    if (strcmp(column, "months") == 0) // later: half a year, or a year
        return 6;
    if (strcmp(table, "word_tag") == 0 && strcmp(column, "subject") == 0) // of a kind "survey"
        return row_id("survey", who);
    if (strcmp(column, "of_mentor") == 0) // A is the mentee of the two
        return who;
    if (strcmp(column, "scope") == 0)
        return FIRST_PERSON + who;
    if (is_one_of(column, persons))
        return FIRST_PERSON + who;
    if (strcmp(column, "b") == 0)
        return FIRST_PERSON + who + 1;
    if (other != NULL && strcmp(other, "person") == 0)
        return FIRST_PERSON + who;
    if (strcmp(table, "mentor_choice") == 0 && other != NULL) // the mentor's own
        return FIRST_SIGN_UP + (strcmp(column, "mentor") == 0 ? who : 1 - who);
    if (strcmp(column, "mentee") == 0)
        return FIRST_SIGN_UP + who;
    if (strcmp(column, "mentor") == 0)
        return FIRST_SIGN_UP + 1 - who;
    const char *clause = clause_of(arena, table, column);
    const char *between = clause == NULL ? NULL : strstr(clause, " BETWEEN ");
    if (between != NULL)
        return strtoll(between + 9, NULL, 10) + who;
    if (other != NULL)
        return row_id(other, who);
    return index_of(column) != SIZE_MAX ? row_id(column, who) : 1 + who;
}

static const char *marker(struct arena *arena, const char *table, const char *column, int who)
{
    return arena_printf(arena, "cnry%c.%s.%s;", 'A' + who, table, column);
}

static const char *text_for(struct arena *arena, const char *table, const char *column, int who)
{
    if (strcmp(column, "email") == 0)
        return arena_printf(arena, "cnry%c.person.email;@example.org", 'A' + who);
    if (strcmp(table, "improvement") == 0 && strcmp(column, "state") == 0)
        return "proposed";
    if (strcmp(table, "review_meeting") == 0 && strcmp(column, "state") == 0)
        return "planned";
    if (strcmp(table, "training_rule") == 0 && strcmp(column, "role") == 0) // one of each
        return who == A ? "mentee" : "mentor";
    const char *clause = clause_of(arena, table, column);
    const char *list = clause == NULL ? NULL : strstr(clause, " IN ('");
    if (list != NULL) // one of a few words
        return arena_strndup(arena, list + 6, strcspn(list + 6, "'"));
    if (strcmp(table, "match") == 0 && strcmp(column, "state") == 0)
        return "ended";
    if (strcmp(table, "job") == 0 && strcmp(column, "kind") == 0)
        return "mail";
    if (strcmp(table, "job") == 0)
        return arena_printf(arena, "cnry%c.person.email;@example.org\ncnry%c.job.body;", 'A' + who,
                            'A' + who);
    return marker(arena, table, column, who);
}

static enum rc fill_row(struct db_tx *tx, struct bench *bench, const struct app_table *table,
                        int who)
{
    struct db_value values[64];
    size_t count = 0;
    struct buffer sql;
    struct data_name name;
    buffer_open(&sql, &bench->arena, 8192);
    buffer_printf(&sql, "INSERT INTO %s(", table->name);
    for (const struct data_columns *row = table->columns; row->names != NULL; row++) {
        const char *names = row->names;
        while (data_next(&names, &name)) {
            buffer_printf(&sql, "%s%s", count == 0 ? "" : ", ", name.text);
            const char *text = text_for(&bench->arena, table->name, name.text, who);
            values[count++] = name.kind == '#'
                                  ? DB_INT(number_for(&bench->arena, table->name, name.text, who))
                              : name.kind == '@' ? DB_BYTES(text_of(text))
                                                 : DB_TEXT(text);
        }
    }
    buffer_text(&sql, ") VALUES (");
    for (size_t k = 0; k < count; k++)
        buffer_printf(&sql, "%s$%zu", k == 0 ? "" : ", ", k + 1);
    buffer_text(&sql, ")");
    return db_do(tx, NULL, sql.bytes, values, count);
}

static enum rc fill(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_table *table = NULL;
    TRY(db_do(tx, NULL, "DELETE FROM job", DB_NO_ARGS));
    for (size_t k = 0; (table = installation_table_at(k)) != NULL; k++) {
        int people = strcmp(table->name, "person") == 0 ? PEOPLE : is_shared(table->name) ? 1 : 2;
        bench->failed = table;
        for (int who = 0; who < people; who++)
            TRY(fill_row(tx, bench, table, who));
    }
    // What the copy and erasing look at is told by the rows, not by whether the clock was here.
    return db_do(tx, NULL, "UPDATE erasure SET done_at = 0, due_at = $1 WHERE person = $2",
                 DB_ARGS(DB_INT(INT64_MAX), DB_INT(FIRST_PERSON + B)));
}

// ---- the copy ----------------------------------------------------------------------------------

static void add_texts(struct buffer *out, const struct db_rows *rows)
{
    for (size_t k = 0; k < db_count(rows); k++)
        for (unsigned c = 0; c < db_columns(rows); c++) {
            struct db_value value = db_value_at(rows, k, c);
            if (value.kind == DB_KIND_TEXT || value.kind == DB_KIND_BLOB)
                buffer_append(out, value.text.bytes, value.text.length);
        }
}

static enum rc copy_of_a(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    buffer_open(&bench->copy, &bench->arena, 1 << 20);
    for (const struct data_texts *texts = bench->app.data; texts->table != NULL; texts++) {
        struct db_rows *rows = NULL;
        bench->failed = texts->table;
        if (texts->copy == NULL)
            continue;
        TRY(db_query(tx, &bench->arena, &rows, texts->copy, DB_ARGS(DB_INT(FIRST_PERSON + A))));
        add_texts(&bench->copy, rows);
    }
    return bench->copy.rc;
}

// Whether a row belongs to one person, and not to a pair.
static bool is_ones_own(const struct app_table *table)
{
    static const char *const own[] = {"person", "owner", NULL};
    for (const struct data_columns *row = table->columns; row->names != NULL; row++) {
        const char *names = row->names;
        struct data_name name;
        while (data_next(&names, &name))
            if (is_one_of(name.text, own))
                return true;
    }
    return false;
}

static bool may_read(const struct app_table *table, const struct data_columns *row)
{
    return row->class == DATA_PUBLIC || (row->class == DATA_PAIR && !is_ones_own(table)) ||
           (strcmp(table->name, "person") == 0 && strncmp(row->names, "name", 4) == 0);
}

static void try_copy(struct bench *bench)
{
    const struct app_table *table = NULL;
    struct data_name name;
    unsigned missing = 0;
    unsigned leaks = 0;
    unsigned looked = 0;
    for (size_t k = 0; (table = installation_table_at(k)) != NULL; k++)
        for (const struct data_columns *row = table->columns; row->names != NULL; row++) {
            const char *names = row->names;
            while (data_next(&names, &name)) {
                const char *own = text_for(&bench->arena, table->name, name.text, A);
                const char *others = text_for(&bench->arena, table->name, name.text, B);
                bool marked = name.kind != '#' && strstr(own, "cnry") != NULL;
                looked += marked;
                bool missed = marked && table->whose != NULL && row->copy == COPY_YES &&
                              strstr(bench->copy.bytes, own) == NULL;
                bool leaked =
                    marked && strstr(bench->copy.bytes, others) != NULL && !may_read(table, row);
                if (missed || leaked)
                    note("%s.%s %s", table->name, name.text,
                         missed ? "is not in the copy" : "of another person is in the copy");
                missing += missed;
                leaks += leaked;
            }
        }
    ok(looked > 90, "%u texts are marked", looked);
    is_int(missing, 0, "the copy has all that is hers");
    is_int(leaks, 0, "and nothing that is another's");
}

// ---- erasing -----------------------------------------------------------------------------------

static enum rc erase_a(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place place = {tx, &bench->arena, &bench->app, bench->now_us};
    return erasure_do(&place, FIRST_PERSON + A, ERASE_ASKED);
}

static bool may_stay(const struct app_table *table, const struct data_columns *row)
{
    return row->end == END_STAYS || row->end == END_OLD || table->rows == ROWS_OLD ||
           table->whose == NULL;
}

static enum rc look_for_a(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_table *table = NULL;
    struct buffer all;
    buffer_open(&all, &bench->arena, 4 << 20);
    bench->left = 0;
    for (size_t k = 0; (table = installation_table_at(k)) != NULL; k++) {
        struct db_rows *rows = NULL;
        const char *sql = arena_printf(&bench->arena, "SELECT * FROM %s", table->name);
        TRY(db_query(tx, &bench->arena, &rows, sql, DB_NO_ARGS));
        add_texts(&all, rows);
    }
    for (size_t k = 0; (table = installation_table_at(k)) != NULL; k++)
        for (const struct data_columns *row = table->columns; row->names != NULL; row++) {
            const char *names = row->names;
            struct data_name name;
            while (data_next(&names, &name)) {
                const char *own = marker(&bench->arena, table->name, name.text, A);
                if (may_stay(table, row) || strstr(all.bytes, own) == NULL)
                    continue;
                note("%s.%s is still there", table->name, name.text);
                bench->left++;
            }
        }
    ok(strstr(all.bytes, "cnryB.message.text;") != NULL &&
           strstr(all.bytes, "cnryB.report.private;") != NULL &&
           strstr(all.bytes, "cnryB.enrolment.about;") != NULL,
       "what is the other's stays");
    ok(strstr(all.bytes, "cnryA.agreement.goals;") != NULL &&
           strstr(all.bytes, "cnryA.concern_case.text;") != NULL,
       "and so does what must stay");
    return all.rc;
}

static bool file_has(const struct text *file, const char *words)
{
    size_t length = strlen(words);
    for (size_t k = 0; k + length <= file->length; k++)
        if (file->bytes[k] == words[0] && memcmp(file->bytes + k, words, length) == 0)
            return true;
    return false;
}

// Whether the column that a marker names is one whose words may stay: "cnryA.table.column;".
static bool names_kept(struct bench *bench, const char *words)
{
    const struct app_table *table = NULL;
    for (size_t k = 0; (table = installation_table_at(k)) != NULL; k++)
        for (const struct data_columns *row = table->columns; row->names != NULL; row++) {
            const char *names = row->names;
            struct data_name name;
            while (data_next(&names, &name))
                if (strcmp(marker(&bench->arena, table->name, name.text, A), words) == 0)
                    return may_stay(table, row);
        }
    return false;
}

// path NULL: what is found is not told.
static unsigned count_bytes(struct bench *bench, const struct text *file, const char *path)
{
    static const char start[] = "cnryA.";
    unsigned found = 0;
    const char *end = file->bytes + file->length;
    for (const char *at = file->bytes; at < end; at++) {
        char words[120];
        at = memmem(at, (size_t)(end - at), start, sizeof start - 1);
        if (at == NULL)
            break;
        const char *stop = memchr(at, ';', (size_t)(end - at));
        if (stop == NULL || (size_t)(stop - at) + 2 > sizeof words)
            continue;
        snprintf(words, sizeof words, "%.*s", (int)(stop - at) + 1, at);
        if (names_kept(bench, words))
            continue;
        if (path != NULL)
            note("bytes of %s are still in %s", words, path);
        found++;
    }
    return found;
}

static void try_bytes(struct bench *bench)
{
    static const char *const files[] = {"trellis.db", "trellis.db-wal", NULL};
    struct text file;
    const char *error = "";
    is_int(db_scrub(bench->installation.db), RC_OK, "the files are made to forget");
    for (size_t k = 0; files[k] != NULL; k++) {
        const char *path = file_join(&bench->arena, bench->installation.folder, files[k]);
        is_int(file_read(&bench->arena, path, 64 << 20, &file, &error), RC_OK, "%s is read",
               files[k]);
        is_int(count_bytes(bench, &file, path), 0, "no byte of hers is in %s", files[k]);
        if (k == 0)
            ok(file_has(&file, "cnryB.message.text;"), "but the other's are found there");
    }
}

// ---- the files of a server of PostgreSQL
// ---------------------------------------------------------

static struct server {
    struct bench *bench;
    bool tells; // what is left
    unsigned files;
    unsigned left;   // words of hers
    unsigned others; // files that have words of the other
} server;

static int look_at_file(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    struct text file;
    const char *error = "";
    (void)where;
    if (kind != FTW_F || about->st_size == 0)
        return 0;
    struct arena arena;
    arena_open(&arena, 256 << 20);
    if (file_read(&arena, path, 128 << 20, &file, &error) == RC_OK) {
        server.files++;
        server.left += count_bytes(server.bench, &file, server.tells ? path : NULL);
        server.others += file_has(&file, "cnryB.");
    }
    arena_close(&arena);
    return 0;
}

// What it has in its tables, after it has written all that it holds in memory.
static void look_at_server(struct bench *bench, const struct test_place *place, bool tells)
{
    char command[300];
    char folder[120];
    snprintf(command, sizeof command, "psql -qh %s/pg -U trellis -c CHECKPOINT template1",
             place->folder);
    ok(test_shell(command), "the server writes its files");
    snprintf(folder, sizeof folder, "%s/pg/data/base", place->folder);
    server = (struct server){.bench = bench, .tells = tells};
    nftw(folder, look_at_file, 16, FTW_PHYS);
}

static void try_server(struct bench *bench, const struct test_place *place)
{
    look_at_server(bench, place, false);
    ok(server.left > 0, "before that, %u words of hers are in %u files", server.left, server.files);
    is_int(db_scrub(bench->installation.db), RC_OK, "the files are made to forget");
    look_at_server(bench, place, true);
    is_int(server.left, 0, "no byte of hers is in its %u files", server.files);
    ok(server.others > 10, "but the other's are found in %u of them", server.others);
}

// ---- ages --------------------------------------------------------------------------------------

static enum rc look(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place place = {tx, &bench->arena, &bench->app, bench->now_us};
    return privacy_look(&place, bench->old, &bench->old_count);
}

static enum rc let_go(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place place = {tx, &bench->arena, &bench->app, bench->now_us};
    size_t erased = 0;
    return privacy_do(&place, bench->old, &bench->old_count, &erased);
}

static void try_ages(struct bench *bench)
{
    static struct privacy_old counted[PRIVACY_OLD_MAX];
    struct db *db = bench->installation.db;
    bench->now_us = (int64_t)86400 * 1000000;
    is_int(db_read(db, 0, look, bench), RC_OK, "on the first day");
    is_int(bench->old_count, 0, "nothing is old");
    bench->now_us *= 400;
    is_int(db_read(db, 0, look, bench), RC_OK, "after 400 days");
    size_t some = bench->old_count;
    bench->now_us *= 10;
    is_int(db_read(db, 0, look, bench), RC_OK, "after ten years");
    size_t count = bench->old_count;
    memcpy(counted, bench->old, count * sizeof counted[0]);
    ok(count > some && some > 5, "%zu tables have old rows, then %zu", some, count);
    is_int(db_write(db, let_go, bench), RC_OK, "they go");
    is_int(bench->old_count, count, "from as many tables");
    for (size_t k = 0; k < count && k < bench->old_count; k++) {
        const char *name = counted[k].table == NULL ? "closed accounts" : counted[k].table->name;
        ok(bench->old[k].table == counted[k].table, "%s comes in the same place", name);
        is_int(bench->old[k].count, counted[k].count, "%s: as many as were counted", name);
    }
    is_int(db_read(db, 0, look, bench), RC_OK, "after that");
    is_int(bench->old_count, 0, "nothing is old any more");
}

// ---- a backup that was restored
// ------------------------------------------------------------------

static enum rc again(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place place = {tx, &bench->arena, &bench->app, bench->now_us};
    struct buffer list;
    int64_t count = 0;
    TRY(erased_list(tx, &bench->arena, &list));
    ok(strncmp(list.bytes, "1000 ", 5) == 0 || strstr(list.bytes, "\n1000 ") != NULL,
       "the list has her number");
    ok(strstr(list.bytes, "cnry") == NULL, "and no word of hers");
    const char *more =
        arena_printf(&bench->arena, "%s77 5\nnot a line\n\n999999999999999999999 1\n", list.bytes);
    TRY(erased_list_again(&place, text_of(more), &count));
    ok(count >= 1, "those who are there are erased again; others, and what is no line, are left");
    return RC_OK;
}

static void try_engine(struct test_place *place, int engine)
{
    struct bench bench = {.now_us = 5000000};
    struct db_settings where;
    char space[256];
    arena_open(&bench.arena, ARENA_LIMIT);
    ok(test_place_new(place, engine, &where, space), "a place");
    bench.installation =
        (struct installation){.folder = where.folder, .url = where.url, .readers = 1};
    bench.app = (struct app){.site = "Trellis", .url = "", .slices = installation_slices()};
    bench.app.data = data_texts(&bench.arena, bench.app.slices);
    is_int(installation_open(&bench.installation), RC_OK, "a fresh installation");
    struct db *db = bench.installation.db;
    enum rc rc = db_write(db, fill, &bench);
    if (!is_int(rc, RC_OK, "a row for each of two people in every table"))
        note(
            "not in %s: its row breaks a rule of its schema; say what fits in number_for or text_for",
            bench.failed->name);
    if (rc != RC_OK)
        return; // nothing that follows could hold
    is_int(db_read(db, 0, copy_of_a, &bench), RC_OK, "a copy");
    try_copy(&bench);
    is_int(db_write(db, erase_a, &bench), RC_OK, "one of them is erased");
    is_int(db_read(db, 0, look_for_a, &bench), RC_OK, "then everything is read");
    is_int(bench.left, 0, "and nothing of hers is there but what may stay");
    if (engine == 0)
        try_bytes(&bench);
    else
        try_server(&bench, place);
    is_int(db_write(db, again, &bench), RC_OK, "a list is gone through");
    try_ages(&bench);
    db_close(db);
    arena_close(&bench.installation.arena);
    arena_close(&bench.arena);
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
