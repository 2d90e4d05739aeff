// SPDX-License-Identifier: Apache-2.0
//
// The answers that programs may ask for twice (src/web/once.c).
#include <string.h>

#include "app/account/account.h"

enum { US = 1000000, DAY_S = 24 * 3600, ANSWER_BYTES_MAX = 8192 };

const char account_schema_6[] =
    "CREATE TABLE once(person {id} NOT NULL REFERENCES person(id), key TEXT NOT NULL, "
    "asked TEXT NOT NULL, answer TEXT NOT NULL, at {int} NOT NULL, "
    "PRIMARY KEY(person, key)){end};\n"
    "CREATE INDEX once_at ON once(at);\n";

enum rc once_recall(struct req *req, struct web_once *once)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT asked, answer FROM once WHERE person = $1 AND key = $2 AND at > $3",
                 DB_ARGS(DB_INT(req->actor.person), DB_TEXT(once->key),
                         DB_INT(req->now_us - (int64_t)DAY_S * US))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    once->was = db_text(rows, 0, 0);
    once->answer = db_text(rows, 0, 1);
    return RC_OK;
}

enum rc once_remember(struct req *req, const struct web_once *once)
{
    if (strlen(once->answer) > ANSWER_BYTES_MAX)
        return RC_OK;
    TRY(db_do(req->tx, NULL, "DELETE FROM once WHERE person = $1 AND at <= $2",
              DB_ARGS(DB_INT(req->actor.person), DB_INT(req->now_us - (int64_t)DAY_S * US))));
    return db_do(req->tx, NULL,
                 "INSERT INTO once(person, key, asked, answer, at) VALUES ($1, $2, $3, $4, $5)",
                 DB_ARGS(DB_INT(req->actor.person), DB_TEXT(once->key), DB_TEXT(once->asked),
                         DB_TEXT(once->answer), DB_INT(req->now_us)));
}
