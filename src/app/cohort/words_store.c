// SPDX-License-Identifier: Apache-2.0
//
// The rows of words.h. A text is known by what it belongs to, not by itself, so that it may be
// changed without losing its translations.
#include <string.h>

#include "base/hash.h"

#include "app/cohort/words.h"

const char cohort_schema_4[] =
    "CREATE TABLE words(subject {id} NOT NULL, part TEXT NOT NULL, language TEXT NOT NULL, "
    "cohort {id} NOT NULL REFERENCES cohort(id), text TEXT NOT NULL, was TEXT NOT NULL, "
    "made_at {int} NOT NULL, PRIMARY KEY(subject, part, language)){end};\n"
    "CREATE INDEX words_cohort ON words(cohort, language);\n";

const char cohort_schema_7[] =
    "ALTER TABLE programme ADD COLUMN written TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE programme ADD COLUMN second TEXT NOT NULL DEFAULT '';\n";

static const char *digest(struct arena *arena, const char *text)
{
    return arena_printf(arena, "%016llx", (unsigned long long)hash_text(HASH_START, text));
}

static enum rc keep(struct arena *arena, const struct db_rows *rows, struct words **ret_words,
                    size_t *ret_count)
{
    struct words *all = ARENA_ARRAY(arena, struct words, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct words){db_int(rows, k, 0), db_text(rows, k, 1), db_text(rows, k, 2),
                                db_text(rows, k, 3)};
    *ret_words = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc words_list(struct db_tx *tx, struct arena *arena, int64_t cohort, const char *language,
                   struct words **ret_words, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT subject, part, text, was FROM words WHERE cohort = $1 AND language = $2 "
                 "ORDER BY subject, part LIMIT $3",
                 DB_ARGS(DB_INT(cohort), DB_TEXT(language), DB_INT(WORDS_MOST))));
    return keep(arena, rows, ret_words, ret_count);
}

enum rc words_of_reader(struct req *req, int64_t cohort, struct words_found *ret_found)
{
    struct db_rows *rows = NULL;
    struct words *all = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT subject, part, text, was FROM words WHERE cohort = $1 AND language IN ($2, "
        "(SELECT CASE WHEN g.written = $2 THEN $2 ELSE g.second END FROM cohort c JOIN "
        "programme g ON g.id = c.programme WHERE c.id = $1)) "
        "ORDER BY CASE WHEN language = $2 THEN 0 ELSE 1 END, subject, part LIMIT $3",
        DB_ARGS(DB_INT(cohort), DB_TEXT(locale_tag(req->locale)),
                DB_INT(2 * (int64_t)WORDS_MOST))));
    TRY(keep(req->arena, rows, &all, &ret_found->count));
    ret_found->words = all;
    return RC_OK;
}

enum rc words_order_find(struct req *req, int64_t programme, struct words_order *ret_order)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows, "SELECT written, second FROM programme WHERE id = $1",
                 DB_ARGS(DB_INT(programme))));
    *ret_order = (struct words_order){"", ""};
    if (db_count(rows) > 0)
        *ret_order = (struct words_order){db_text(rows, 0, 0), db_text(rows, 0, 1)};
    return RC_OK;
}

enum rc words_order_set(struct db_tx *tx, int64_t programme, const struct words_order *order)
{
    return db_do(tx, NULL, "UPDATE programme SET written = $2, second = $3 WHERE id = $1",
                 DB_ARGS(DB_INT(programme), DB_TEXT(order->written), DB_TEXT(order->second)));
}

static const struct words *find(const struct words_found *found, int64_t subject, const char *part)
{
    for (size_t k = 0; k < found->count; k++)
        if (found->words[k].subject == subject && strcmp(found->words[k].part, part) == 0)
            return &found->words[k];
    return NULL;
}

const char *words_in(const struct words_found *found, int64_t subject, const char *part,
                     const char *original)
{
    const struct words *words = find(found, subject, part);
    return words == NULL ? original : words->text;
}

bool words_are_there(const struct words_found *found, int64_t subject, const char *part)
{
    return find(found, subject, part) != NULL;
}

bool words_are_old(const struct words_found *found, int64_t subject, const char *part,
                   const char *original)
{
    enum { ROOM_BYTES = 4096 };
    const struct words *words = find(found, subject, part);
    struct arena arena;
    arena_open(&arena, ROOM_BYTES);
    const char *now = words == NULL ? NULL : digest(&arena, original);
    bool old = now != NULL && strcmp(now, words->was) != 0;
    arena_close(&arena);
    return old;
}

enum rc words_set(const struct app_place *at, const struct words_new *w)
{
    const char *was = digest(at->arena, w->original);
    if (was == NULL)
        return RC_NO_MEMORY;
    if (w->text[0] == '\0')
        return db_do(at->tx, NULL,
                     "DELETE FROM words WHERE subject = $1 AND part = $2 AND language = $3",
                     DB_ARGS(DB_INT(w->subject), DB_TEXT(w->part), DB_TEXT(w->language)));
    return db_do(at->tx, NULL,
                 "INSERT INTO words(subject, part, language, cohort, text, was, made_at) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (subject, part, language) "
                 "DO UPDATE SET text = excluded.text, was = excluded.was, "
                 "made_at = excluded.made_at",
                 DB_ARGS(DB_INT(w->subject), DB_TEXT(w->part), DB_TEXT(w->language),
                         DB_INT(w->cohort), DB_TEXT(w->text), DB_TEXT(was), DB_INT(at->now_us)));
}

enum rc words_take_over(const struct app_place *at, const struct words_copy *copy)
{
    return db_do(
        at->tx, NULL,
        "INSERT INTO words(subject, part, language, cohort, text, was, made_at) "
        "SELECT $2, part, language, $3, text, was, $4 FROM words WHERE subject = $1 "
        "ON CONFLICT (subject, part, language) DO NOTHING",
        DB_ARGS(DB_INT(copy->from), DB_INT(copy->to), DB_INT(copy->cohort), DB_INT(at->now_us)));
}
