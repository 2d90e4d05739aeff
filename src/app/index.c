// SPDX-License-Identifier: Apache-2.0
//
// An inverted index in two tables; see index.h.
#include "app/index.h"

#include <stdlib.h>
#include <string.h>

#include "app/data.h"

enum { TEXT_MAX = 60000, WEIGHT_TITLE = 5, WEIGHT_TEXT = 1 };

const char index_schema_1[] =
    "CREATE TABLE index_entry(id {id} NOT NULL PRIMARY KEY, kind TEXT NOT NULL, subject {id} NOT "
    "NULL, audience {int} NOT NULL, scope {id} NOT NULL, path TEXT NOT NULL, title TEXT NOT NULL, "
    "changed_at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX index_entry_subject ON index_entry(kind, subject);\n"
    "CREATE INDEX index_entry_scope ON index_entry(audience, scope);\n"
    "CREATE TABLE index_word(word TEXT NOT NULL, entry {id} NOT NULL REFERENCES index_entry(id), "
    "weight {int} NOT NULL, PRIMARY KEY(word, entry)){end};\n"
    "CREATE INDEX index_word_entry ON index_word(entry);\n";

// clang-format off
// What she alone finds, and what others find of hers, by the kind of the slices above that put it in.
#define HERS "audience = 4 AND scope = $1"
#define OF_HERS "((kind = 'contribution' AND subject IN (SELECT id FROM contribution WHERE person = $1)) OR (kind = 'person' AND subject IN (SELECT id FROM enrolment WHERE person = $1)) OR (kind = 'story' AND subject IN (SELECT id FROM story WHERE person = $1)))"
const struct app_table index_tables[] = {
    {"index_entry", "id", MSG("What can be found"), KEEP_PROGRAMME, ROWS_GO, HERS, OF_HERS, NULL, NULL, NULL, {
        DATA_KEYS("#id #subject #audience #scope", END_ROW),
        {"kind path title", DATA_PROGRAMME, COPY_NO, END_ROW, MSG("to find what stands elsewhere; only those find it who may read it there")},
        DATA_MARKS("#changed_at", END_ROW),
    }},
    {"index_word", "word, entry", MSG("The words by which it is found"), KEEP_PROGRAMME, ROWS_GO,
     "entry IN (SELECT id FROM index_entry WHERE " HERS ")", "entry IN (SELECT id FROM index_entry WHERE " OF_HERS ")", NULL, NULL, NULL, {
        DATA_KEYS("#entry", END_ROW),
        {"word #weight", DATA_PROGRAMME, COPY_NO, END_ROW, MSG("to find what stands elsewhere; only those find it who may read it there")},
    }},
    {.name = NULL},
};
// clang-format on

// ---- words -----------------------------------------------------------------------------------

// Letters of scripts that put no spaces between words: Thai to Myanmar, and East Asia.
static bool is_dense(struct text letter)
{
    const unsigned char *c = (const unsigned char *)letter.bytes;
    if (letter.length == 3)
        return (c[0] == 0xE0 && c[1] >= 0xB8) || (c[0] == 0xE1 && c[1] <= 0x82) ||
               (c[0] == 0xE3 && c[1] >= 0x81) || (c[0] >= 0xE4 && c[0] <= 0xE9);
    return letter.length == 4;
}

static struct text letter_at(const char *at)
{
    unsigned char c = (unsigned char)*at;
    return (struct text){at, c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4};
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// Takes a word, cut at a whole letter.
static enum rc take(struct arena *arena, struct text word, const char **words, size_t *count)
{
    size_t length = word.length;
    if (length > INDEX_WORD_BYTES_MAX)
        length = text_valid_bytes(word.bytes, INDEX_WORD_BYTES_MAX);
    words[*count] = arena_strndup(arena, word.bytes, length);
    if (words[*count] == NULL)
        return RC_NO_MEMORY;
    ++*count;
    return RC_OK;
}

// One piece between spaces: a run of dense letters becomes pairs of neighbours, others stay whole.
static enum rc take_piece(struct arena *arena, struct text piece, const char **words, size_t *count,
                          size_t max)
{
    const char *end = piece.bytes + piece.length;
    const char *at = piece.bytes;
    while (at < end && *count < max) {
        struct text first = letter_at(at);
        const char *next = at + first.length;
        if (is_dense(first)) {
            struct text second = next < end ? letter_at(next) : (struct text){next, 0};
            bool pair = second.length > 0 && is_dense(second);
            TRY(take(arena, (struct text){at, first.length + (pair ? second.length : 0)}, words,
                     count));
            at = next;
            continue;
        }
        while (next < end && !is_dense(letter_at(next)))
            next += letter_at(next).length;
        TRY(take(arena, (struct text){at, (size_t)(next - at)}, words, count));
        at = next;
    }
    return RC_OK;
}

enum rc index_words(struct arena *arena, const char *text, size_t max, const char ***ret_words,
                    size_t *ret_count)
{
    char *key = NULL;
    size_t length = strlen(text);
    length = text_valid_bytes(text, length < TEXT_MAX ? length : TEXT_MAX);
    TRY(text_word_key(arena, text, length, &key));
    size_t most = strlen(key) + 1;
    struct text *pieces = ARENA_ARRAY(arena, struct text, most);
    const char **words = ARENA_ARRAY(arena, const char *, most);
    if (pieces == NULL || words == NULL)
        return RC_NO_MEMORY;
    size_t piece_count = text_split(key, pieces, most);
    size_t count = 0;
    for (size_t k = 0; k < piece_count; k++)
        TRY(take_piece(arena, pieces[k], words, &count, most - 1));
    qsort(words, count, sizeof words[0], by_bytes);
    size_t kept = 0;
    for (size_t k = 0; k < count && kept < max; k++)
        if (kept == 0 || strcmp(words[kept - 1], words[k]) != 0)
            words[kept++] = words[k];
    *ret_words = words;
    *ret_count = kept;
    return RC_OK;
}

// ---- entries ---------------------------------------------------------------------------------

static enum rc put_words(const struct app_place *place, int64_t id, const char *text,
                         int64_t weight)
{
    const char **words = NULL;
    size_t count = 0;
    TRY(index_words(place->arena, text, INDEX_WORDS_MAX, &words, &count));
    for (size_t k = 0; k < count; k++)
        TRY(db_do(place->tx, NULL,
                  "INSERT INTO index_word(word, entry, weight) VALUES ($1, $2, $3) ON CONFLICT "
                  "(word, entry) DO UPDATE SET weight = index_word.weight + excluded.weight",
                  DB_ARGS(DB_TEXT(words[k]), DB_INT(id), DB_INT(weight))));
    return RC_OK;
}

enum rc index_drop(const struct app_place *place, const char *kind, int64_t subject)
{
    TRY(db_do(place->tx, NULL,
              "DELETE FROM index_word WHERE entry IN (SELECT id FROM index_entry WHERE kind = $1 "
              "AND subject = $2)",
              DB_ARGS(DB_TEXT(kind), DB_INT(subject))));
    return db_do(place->tx, NULL, "DELETE FROM index_entry WHERE kind = $1 AND subject = $2",
                 DB_ARGS(DB_TEXT(kind), DB_INT(subject)));
}

enum rc index_put(const struct app_place *place, const struct index_entry *entry)
{
    int64_t id = db_new_id(place->now_us);
    TRY(index_drop(place, entry->kind, entry->subject));
    TRY(db_do(
        place->tx, NULL,
        "INSERT INTO index_entry(id, kind, subject, audience, scope, path, title, changed_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        DB_ARGS(DB_INT(id), DB_TEXT(entry->kind), DB_INT(entry->subject),
                DB_INT((int64_t)entry->audience), DB_INT(entry->scope), DB_TEXT(entry->path),
                DB_TEXT(entry->title), DB_INT(place->now_us))));
    TRY(put_words(place, id, entry->title, WEIGHT_TITLE));
    return put_words(place, id, entry->text, WEIGHT_TEXT);
}
