// SPDX-License-Identifier: Apache-2.0
//
// A programme's own questions after the end; see improve_own.h.
#include "app/improve/improve_own.h"

#include <string.h>

#include "base/msg.h"

#include "app/improve/improve.h"

const char improve_schema_4[] =
    "CREATE TABLE later_own(id {id} NOT NULL PRIMARY KEY, programme {id} NOT NULL REFERENCES "
    "programme(id), kind TEXT NOT NULL CHECK (kind IN ('yes_no', 'scale', 'words')), text TEXT NOT "
    "NULL, off_at {int} NOT NULL, made_by {id} NOT NULL, made_at {int} NOT NULL){end};\n"
    "CREATE INDEX later_own_of ON later_own(programme, id);\n"
    "ALTER TABLE later_answer ADD COLUMN words TEXT NOT NULL DEFAULT '';\n"
    "CREATE TABLE word_tag(kind TEXT NOT NULL CHECK (kind IN ('survey', 'later')), subject {id} NOT "
    "NULL, question TEXT NOT NULL, tag TEXT NOT NULL, cohort {id} NOT NULL REFERENCES cohort(id), "
    "by_person {id} NOT NULL, at {int} NOT NULL, PRIMARY KEY(kind, subject, question, tag)){end};\n"
    "CREATE INDEX word_tag_of ON word_tag(cohort, tag);\n";

const struct field_option own_kinds[] = {
    {"yes_no", MSG("Yes or no")                              },
    {"scale",  MSG("From 1 (nothing) to 5 (very much)")      },
    {"words",  MSG("In words: you read them, without a name")},
    {NULL,     NULL                                          },
};

enum rc own_list(struct db_tx *tx, struct arena *arena, int64_t programme, bool only_asked,
                 struct later_own **ret_all, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(tx, arena, &r,
                 "SELECT id, kind, text, off_at FROM later_own WHERE programme = $1 AND ($2 = 0 OR "
                 "off_at = 0) ORDER BY id LIMIT $3",
                 DB_ARGS(DB_INT(programme), DB_INT(only_asked), DB_INT(OWN_EVER))));
    struct later_own *all = ARENA_ARRAY(arena, struct later_own, db_count(r) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++) {
        all[k] = (struct later_own){.id = db_int(r, k, 0),
                                    .kind = db_text(r, k, 1),
                                    .text = db_text(r, k, 2),
                                    .off_at = db_int(r, k, 3)};
        all[k].name = arena_printf(arena, "own:%lld", (long long)all[k].id);
        if (all[k].name == NULL)
            return RC_NO_MEMORY;
    }
    *ret_all = all;
    *ret_count = db_count(r);
    return RC_OK;
}

// How many there are, and how many of them are asked.
static enum rc count_own(const struct app_place *at, int64_t programme, int64_t *ret_all,
                         int64_t *ret_asked)
{
    struct db_rows *r = NULL;
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT count(*), count(CASE WHEN off_at = 0 THEN 1 END) FROM later_own WHERE "
                 "programme = $1",
                 DB_ARGS(DB_INT(programme))));
    *ret_all = db_int(r, 0, 0);
    *ret_asked = db_int(r, 0, 1);
    return RC_OK;
}

enum rc own_add(const struct app_place *at, int64_t programme, const struct later_own *own,
                int64_t person)
{
    int64_t all = 0;
    int64_t asked = 0;
    TRY(count_own(at, programme, &all, &asked));
    if (all >= OWN_EVER || asked >= OWN_MOST)
        return RC_LIMIT;
    return db_do(at->tx, NULL,
                 "INSERT INTO later_own(id, programme, kind, text, off_at, made_by, made_at) "
                 "VALUES ($1, $2, $3, $4, 0, $5, $6)",
                 DB_ARGS(DB_INT(db_new_id(at->now_us)), DB_INT(programme), DB_TEXT(own->kind),
                         DB_TEXT(own->text), DB_INT(person), DB_INT(at->now_us)));
}

enum rc own_turn(const struct app_place *at, int64_t programme, int64_t id, bool off)
{
    uint64_t changed = 0;
    int64_t all = 0;
    int64_t asked = 0;
    struct db_rows *r = NULL;
    TRY(db_query(at->tx, at->arena, &r, "SELECT 1 FROM later_own WHERE id = $1 AND programme = $2",
                 DB_ARGS(DB_INT(id), DB_INT(programme))));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    TRY(count_own(at, programme, &all, &asked));
    if (!off && asked >= OWN_MOST)
        return RC_LIMIT;
    TRY(db_do(at->tx, &changed,
              "UPDATE later_own SET off_at = $2 WHERE id = $1 AND CASE WHEN off_at = 0 THEN 0 ELSE "
              "1 END <> $3",
              DB_ARGS(DB_INT(id), DB_INT(off ? at->now_us : 0), DB_INT(off))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc own_answer(const struct app_place *at, const struct later *later,
                   const struct later_own *own, int64_t number, const char *words)
{
    return db_do(at->tx, NULL,
                 "INSERT INTO later_answer(later, question, number, words) VALUES ($1, $2, $3, $4)",
                 DB_ARGS(DB_INT(later->id), DB_TEXT(own->name), DB_INT(number), DB_TEXT(words)));
}

enum rc own_measure(struct arena *arena, const struct later_own *own, struct measure_row **ret_row)
{
    bool scale = strcmp(own->kind, "scale") == 0;
    *ret_row = NULL;
    if (strcmp(own->kind, "words") == 0)
        return RC_OK;
    struct measure_row *row = ARENA_NEW(arena, struct measure_row);
    if (row == NULL)
        return RC_NO_MEMORY;
    *row = (struct measure_row){
        .name = own->name,
        .about = ABOUT_LATER,
        .kind = scale ? MEASURE_MEAN : MEASURE_SHARE,
        .unit = scale ? MSG("of 5") : "",
        .label = own->text,
        .top = scale ? MSG("all answers, added up") : MSG("who says yes"),
        .bottom = MSG("answers, half a year or a year after the end"),
        .sql = scale ? measure_own_mean : measure_own_yes,
        .own = own->name,
    };
    *ret_row = row;
    return RC_OK;
}
