// SPDX-License-Identifier: Apache-2.0
//
// The rows of erasing and of ages.
#include "app/privacy/privacy_store.h"

#include <string.h>

enum { US = 1000000, DAY_S = 86400 };

const char privacy_schema_1[] =
    "CREATE TABLE keep_age(name TEXT NOT NULL PRIMARY KEY, days {int} NOT NULL, set_by {id} NOT "
    "NULL, set_at {int} NOT NULL){end};\n"
    "CREATE TABLE erasure(person {id} NOT NULL PRIMARY KEY REFERENCES person(id), why TEXT NOT "
    "NULL, asked_at {int} NOT NULL, due_at {int} NOT NULL, done_at {int} NOT NULL){end};\n"
    "CREATE INDEX erasure_due ON erasure(due_at) WHERE done_at = 0;\n"
    "CREATE INDEX person_closed ON person(closed_at) WHERE closed_at > 0;\n";

// ---- erasing -----------------------------------------------------------------------------------

enum rc erasure_add(struct db_tx *tx, const struct erasure *erasure, const char *why)
{
    return db_do(tx, NULL,
                 "INSERT INTO erasure(person, why, asked_at, due_at, done_at) "
                 "VALUES ($1, $2, $3, $4, 0)",
                 DB_ARGS(DB_INT(erasure->person), DB_TEXT(why), DB_INT(erasure->asked_at),
                         DB_INT(erasure->due_at)));
}

enum rc erasure_drop(struct db_tx *tx, int64_t person)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed, "DELETE FROM erasure WHERE person = $1 AND done_at = 0",
              DB_ARGS(DB_INT(person))));
    return changed == 1 ? RC_OK : RC_NOT_FOUND;
}

enum rc erasure_due_of(struct db_tx *tx, struct arena *arena, int64_t person, int64_t *ret_due_at)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, "SELECT due_at FROM erasure WHERE person = $1 AND done_at = 0",
                 DB_ARGS(DB_INT(person))));
    *ret_due_at = db_count(rows) == 0 ? 0 : db_int(rows, 0, 0);
    return RC_OK;
}

enum rc erasure_due(struct db_tx *tx, struct arena *arena, int64_t before_us,
                    struct erasure **ret_all, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT e.person, e.asked_at, e.due_at, e.done_at, p.name, p.email, p.language "
                 "FROM erasure e JOIN person p ON p.id = e.person WHERE e.done_at = 0 AND "
                 "e.due_at <= $1 ORDER BY e.due_at, e.person LIMIT 200",
                 DB_ARGS(DB_INT(before_us))));
    struct erasure *all = ARENA_ARRAY(arena, struct erasure, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct erasure){db_int(rows, k, 0), db_int(rows, k, 1),  db_int(rows, k, 2),
                                  db_int(rows, k, 3), db_text(rows, k, 4), db_text(rows, k, 5),
                                  db_text(rows, k, 6)};
    *ret_all = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc erasure_done(struct db_tx *tx, struct arena *arena, struct db_rows **ret_rows)
{
    return db_query(tx, arena, ret_rows,
                    "SELECT person, done_at FROM erasure WHERE done_at > 0 ORDER BY done_at, "
                    "person LIMIT 100000",
                    DB_NO_ARGS);
}

enum rc erasure_old(struct db_tx *tx, struct arena *arena, int64_t before_us,
                    struct db_rows **ret_rows)
{
    return db_query(tx, arena, ret_rows,
                    "SELECT p.id FROM person p WHERE p.closed_at > 0 AND p.closed_at < $1 AND NOT "
                    "EXISTS (SELECT 1 FROM erasure e WHERE e.person = p.id) "
                    "ORDER BY p.closed_at, p.id LIMIT 1000",
                    DB_ARGS(DB_INT(before_us)));
}

// Pages go on to speak of her, without her name, in the language that was hers.
static enum rc name_nobody(const struct app_place *place, int64_t person)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows, "SELECT language FROM person WHERE id = $1",
                 DB_ARGS(DB_INT(person))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    const char *language = db_text(rows, 0, 0);
    const char *words = message_in(locale_find(language), MSG("Somebody who has left"));
    TRY(data_erase(place->tx, place->app->data, person));
    return db_do(place->tx, NULL,
                 "UPDATE person SET name = $2, language = 'en', zone = 'UTC', closed_at = CASE "
                 "WHEN closed_at = 0 THEN $3 ELSE closed_at END WHERE id = $1",
                 DB_ARGS(DB_INT(person), DB_TEXT(words), DB_INT(place->now_us)));
}

enum rc erasure_do(const struct app_place *place, int64_t person, const char *why)
{
    const struct announcement erased = {ANNOUNCE_PERSON_ERASED, 0, 0, person, person};
    TRY(name_nobody(place, person));
    TRY(db_do(place->tx, NULL,
              "INSERT INTO erasure(person, why, asked_at, due_at, done_at) "
              "VALUES ($1, $2, $3, $3, $3) ON CONFLICT (person) DO UPDATE SET done_at = $3",
              DB_ARGS(DB_INT(person), DB_TEXT(why), DB_INT(place->now_us))));
    return app_announce(place, &erased);
}

// ---- ages --------------------------------------------------------------------------------------

enum rc age_days(struct db_tx *tx, struct arena *arena, int64_t ret_days[KEEPS])
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, "SELECT name, days FROM keep_age", DB_NO_ARGS));
    for (unsigned keep = 0; keep < KEEPS; keep++) {
        ret_days[keep] = data_keep_days(keep);
        for (size_t k = 0; k < db_count(rows); k++)
            if (strcmp(db_text(rows, k, 0), data_keep_name(keep)) == 0)
                ret_days[keep] = db_int(rows, k, 1);
    }
    return RC_OK;
}

enum rc age_set(struct req *req, enum data_keep keep, int64_t days)
{
    return db_do(req->tx, NULL,
                 "INSERT INTO keep_age(name, days, set_by, set_at) VALUES ($1, $2, $3, $4) "
                 "ON CONFLICT (name) DO UPDATE SET days = $2, set_by = $3, set_at = $4",
                 DB_ARGS(DB_TEXT(data_keep_name(keep)), DB_INT(days), DB_INT(req->actor.person),
                         DB_INT(req->now_us)));
}

static int64_t cutoff(const struct data_texts *texts, const int64_t days[KEEPS], int64_t now_us)
{
    return now_us - days[texts->table->keep] * DAY_S * US;
}

enum rc age_count(struct db_tx *tx, struct arena *arena, const struct data_texts *texts,
                  const int64_t days[KEEPS], int64_t now_us, int64_t *ret_count)
{
    struct db_rows *rows = NULL;
    *ret_count = 0;
    if (texts->count_old == NULL || days[texts->table->keep] == 0)
        return RC_OK;
    TRY(db_query(tx, arena, &rows, texts->count_old, DB_ARGS(DB_INT(cutoff(texts, days, now_us)))));
    *ret_count = db_int(rows, 0, 0);
    return RC_OK;
}

enum rc age_let_go(struct db_tx *tx, const struct data_texts *texts, const int64_t days[KEEPS],
                   int64_t now_us, int64_t *ret_count)
{
    uint64_t changed = 0;
    *ret_count = 0;
    if (texts->let_go == NULL || days[texts->table->keep] == 0)
        return RC_OK;
    TRY(db_do(tx, &changed, texts->let_go, DB_ARGS(DB_INT(cutoff(texts, days, now_us)))));
    *ret_count = (int64_t)changed;
    return RC_OK;
}
