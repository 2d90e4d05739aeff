// SPDX-License-Identifier: Apache-2.0
//
// The rows of days on which somebody has no time, and of how she likes to meet.
#include <string.h>

#include "base/date.h"

#include "app/enrolment/enrolment_store.h"

enum { US = 1000000 };

const char enrolment_schema_5[] =
    "CREATE TABLE away(id {id} NOT NULL PRIMARY KEY, person {id} NOT NULL REFERENCES person(id), "
    "first_day TEXT NOT NULL, last_day TEXT NOT NULL){end};\n"
    "CREATE INDEX away_person ON away(person, last_day);\n"
    "CREATE TABLE meet_choice(person {id} NOT NULL PRIMARY KEY REFERENCES person(id), "
    "notice {int} NOT NULL, lengths TEXT NOT NULL){end};\n";

enum rc away_list(struct db_tx *tx, struct arena *arena, int64_t person, int64_t now_us,
                  struct away **ret_away, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    char yesterday[DATE_TEXT_BYTES];
    date_print(date_from_days(date_days_of_seconds(now_us / US) - 1), yesterday);
    TRY(db_query(tx, arena, &rows,
                 "SELECT id, first_day, last_day FROM away WHERE person = $1 AND last_day >= $2 "
                 "ORDER BY first_day, id LIMIT $3",
                 DB_ARGS(DB_INT(person), DB_TEXT(yesterday), DB_INT(AWAY_MAX))));
    struct away *all = ARENA_ARRAY(arena, struct away, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct away){db_int(rows, k, 0), db_text(rows, k, 1), db_text(rows, k, 2)};
    *ret_away = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc away_add(struct req *req, const char *first, const char *last)
{
    return db_do(req->tx, NULL,
                 "INSERT INTO away(id, person, first_day, last_day) VALUES ($1, $2, $3, $4)",
                 DB_ARGS(DB_INT(db_new_id(req->now_us)), DB_INT(req->actor.person), DB_TEXT(first),
                         DB_TEXT(last)));
}

enum rc away_end(struct req *req, int64_t id)
{
    return db_do(req->tx, NULL, "DELETE FROM away WHERE id = $1 AND person = $2",
                 DB_ARGS(DB_INT(id), DB_INT(req->actor.person)));
}

enum rc meet_choice_find(struct db_tx *tx, struct arena *arena, int64_t person,
                         struct meet_choice *ret_choice)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, "SELECT notice, lengths FROM meet_choice WHERE person = $1",
                 DB_ARGS(DB_INT(person))));
    *ret_choice = db_count(rows) == 0
                      ? (struct meet_choice){MEET_NOTICE_HOURS, ""}
                      : (struct meet_choice){db_int(rows, 0, 0), db_text(rows, 0, 1)};
    return RC_OK;
}

enum rc meet_choice_set(struct req *req, const struct meet_choice *choice)
{
    return db_do(
        req->tx, NULL,
        "INSERT INTO meet_choice(person, notice, lengths) VALUES ($1, $2, $3) "
        "ON CONFLICT (person) DO UPDATE SET notice = excluded.notice, "
        "lengths = excluded.lengths",
        DB_ARGS(DB_INT(req->actor.person), DB_INT(choice->notice), DB_TEXT(choice->lengths)));
}
