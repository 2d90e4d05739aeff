// SPDX-License-Identifier: Apache-2.0
//
// Resources and trainings that can be found by their words, by whoever is signed in, as on their
// own pages; what was taken away or is only being written is not found.
#include "app/index.h"
#include "app/support/support.h"
#include "app/support/support_resource.h"

enum { ONE_LIMIT_BYTES = 4 << 20, WORDS_LIMIT_BYTES = 64 << 10 };

enum rc support_index_resource(const struct app_place *at, int64_t id)
{
    struct db_rows *r = NULL;
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT r.title, r.about, r.text, r.file_name FROM resource r WHERE r.id = $1 AND "
                 "r.ended_at = 0 AND " RESOURCE_LIVES,
                 DB_ARGS(DB_INT(id))));
    if (db_count(r) == 0)
        return index_drop(at, "resource", id);
    const char *path = arena_printf(at->arena, "/resources/%lld", (long long)id);
    const char *text =
        arena_printf(at->arena, "%s %s %s", db_text(r, 0, 1), db_text(r, 0, 2), db_text(r, 0, 3));
    const struct index_entry entry = {.kind = "resource",
                                      .subject = id,
                                      .audience = INDEX_MEMBERS,
                                      .path = path,
                                      .title = db_text(r, 0, 0),
                                      .text = text};
    return path == NULL || text == NULL ? RC_NO_MEMORY : index_put(at, &entry);
}

// Words beyond the limit are left out, as those beyond INDEX_WORDS_MAX are.
static void add_words(struct buffer *out, const struct db_rows *r)
{
    for (size_t k = 0; k < db_count(r); k++) {
        struct text title = db_bytes(r, k, 0);
        struct text words = db_bytes(r, k, 1);
        if (out->length + title.length + words.length + 2 > WORDS_LIMIT_BYTES - 1)
            return;
        buffer_append(out, title.bytes, title.length);
        buffer_byte(out, ' ');
        buffer_append(out, words.bytes, words.length);
        buffer_byte(out, ' ');
    }
}

// In all its languages.
enum rc support_index_training(const struct app_place *at, int64_t id)
{
    struct db_rows *r = NULL;
    struct db_rows *pages = NULL;
    struct buffer out;
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT w.title, w.about FROM training t JOIN training_words w ON w.training = "
                 "t.id AND w.version = t.version WHERE t.id = $1 AND t.version > 0 AND t.ended_at "
                 "= 0 ORDER BY CASE WHEN w.language = t.language THEN 0 ELSE 1 END, w.language",
                 DB_ARGS(DB_INT(id))));
    if (db_count(r) == 0)
        return index_drop(at, "training", id);
    TRY(db_query(at->tx, at->arena, &pages,
                 "SELECT p.title, p.text FROM training_page p JOIN training t ON t.id = p.training "
                 "AND t.version = p.version WHERE t.id = $1 ORDER BY p.place, p.page, p.language",
                 DB_ARGS(DB_INT(id))));
    buffer_open(&out, at->arena, WORDS_LIMIT_BYTES);
    add_words(&out, r);
    add_words(&out, pages);
    TRY(out.rc);
    const char *path = arena_printf(at->arena, "/learn/training/%lld", (long long)id);
    const struct index_entry entry = {.kind = "training",
                                      .subject = id,
                                      .audience = INDEX_MEMBERS,
                                      .path = path,
                                      .title = db_text(r, 0, 0),
                                      .text = out.bytes};
    return path == NULL ? RC_NO_MEMORY : index_put(at, &entry);
}

typedef enum rc index_one(const struct app_place *at, int64_t id);

static enum rc each(const struct app_place *at, const struct db_rows *rows, index_one *one)
{
    for (size_t k = 0; k < db_count(rows); k++) {
        struct arena arena;
        struct app_place place = *at;
        arena_open(&arena, ONE_LIMIT_BYTES);
        place.arena = &arena;
        enum rc rc = one(&place, db_int(rows, k, 0));
        arena_close(&arena);
        TRY(rc);
    }
    return RC_OK;
}

enum rc support_index(const struct app_place *at)
{
    struct db_rows *r = NULL;
    TRY(db_query(at->tx, at->arena, &r, "SELECT id FROM resource WHERE ended_at = 0 ORDER BY id",
                 DB_NO_ARGS));
    TRY(each(at, r, support_index_resource));
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT id FROM training WHERE version > 0 AND ended_at = 0 ORDER BY id",
                 DB_NO_ARGS));
    return each(at, r, support_index_training);
}
