// SPDX-License-Identifier: Apache-2.0
//
// The rows of people, sessions, roles and failed sign-ins.
#include "app/account/account_store.h"

#include <string.h>

#include "auth/token.h"

enum { US = 1000000 };

const char account_schema_1[] =
    "CREATE TABLE person(id {id} NOT NULL PRIMARY KEY, email TEXT NOT NULL, name TEXT NOT NULL, "
    "password TEXT NOT NULL, language TEXT NOT NULL, admin {int} NOT NULL, "
    "created_at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX person_email ON person(email);\n"
    "CREATE TABLE session(hash TEXT NOT NULL PRIMARY KEY, person {id} NOT NULL REFERENCES "
    "person(id), created_at {int} NOT NULL, seen_at {int} NOT NULL){end};\n"
    "CREATE INDEX session_person ON session(person);\n"
    "CREATE TABLE role(person {id} NOT NULL REFERENCES person(id), cohort {id} NOT NULL, "
    "role TEXT NOT NULL, PRIMARY KEY(person, cohort, role)){end};\n"
    "CREATE TABLE sign_in_failure(id {id} NOT NULL PRIMARY KEY, email TEXT NOT NULL, "
    "at {int} NOT NULL){end};\n"
    "CREATE INDEX sign_in_failure_email ON sign_in_failure(email, at);\n"
    "CREATE TABLE first_token(hash TEXT NOT NULL PRIMARY KEY){end};\n";

enum rc account_add(struct db_tx *tx, const struct account *account, int64_t now_us)
{
    return db_do(tx, NULL,
                 "INSERT INTO person(id, email, name, password, language, admin, created_at) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                 DB_ARGS(DB_INT(account->id), DB_TEXT(account->email), DB_TEXT(account->name),
                         DB_TEXT(account->stored_password), DB_TEXT(account->language),
                         DB_INT(account->admin), DB_INT(now_us)));
}

enum rc account_give_role(struct db_tx *tx, int64_t person, int64_t cohort, const char *role)
{
    return db_do(tx, NULL,
                 "INSERT INTO role(person, cohort, role) VALUES ($1, $2, $3) "
                 "ON CONFLICT (person, cohort, role) DO NOTHING",
                 DB_ARGS(DB_INT(person), DB_INT(cohort), DB_TEXT(role)));
}

enum rc account_find(struct db_tx *tx, struct arena *arena, const char *email,
                     struct account *ret_account)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT id, email, name, password, language, admin FROM person WHERE email = $1",
                 DB_ARGS(DB_TEXT(email))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_account =
        (struct account){db_int(rows, 0, 0),  db_text(rows, 0, 1), db_text(rows, 0, 2),
                         db_text(rows, 0, 3), db_text(rows, 0, 4), db_int(rows, 0, 5) != 0};
    return RC_OK;
}

enum rc account_count(struct db_tx *tx, struct arena *arena, int64_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, "SELECT count(*) FROM person", DB_NO_ARGS));
    *ret_count = db_int(rows, 0, 0);
    return RC_OK;
}

enum rc account_first_token(struct db_tx *tx, struct arena *arena, const char *token)
{
    const char *hash = token_hash(arena, "first", token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(db_do(tx, NULL, "DELETE FROM first_token", DB_NO_ARGS));
    return db_do(tx, NULL, "INSERT INTO first_token(hash) VALUES ($1)", DB_ARGS(DB_TEXT(hash)));
}

enum rc first_token_look(struct db_tx *tx, struct arena *arena, const char *hash, bool *ret_fits)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, "SELECT 1 FROM first_token WHERE hash = $1",
                 DB_ARGS(DB_TEXT(hash))));
    *ret_fits = db_count(rows) > 0;
    return RC_OK;
}

enum rc first_token_take(struct db_tx *tx, struct arena *arena, const char *hash, bool *ret_fits)
{
    uint64_t changed = 0;
    (void)arena;
    TRY(db_do(tx, &changed, "DELETE FROM first_token WHERE hash = $1", DB_ARGS(DB_TEXT(hash))));
    *ret_fits = changed > 0;
    return RC_OK;
}

enum rc session_add(struct db_tx *tx, const char *hash, int64_t person, int64_t now_us)
{
    return db_do(tx, NULL,
                 "INSERT INTO session(hash, person, created_at, seen_at) VALUES ($1, $2, $3, $3)",
                 DB_ARGS(DB_TEXT(hash), DB_INT(person), DB_INT(now_us)));
}

enum rc session_find(struct req *req, const char *hash)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT p.id, p.name, p.email, p.admin, p.language FROM session s "
                 "JOIN person p ON p.id = s.person "
                 "WHERE s.hash = $1 AND s.created_at > $2 AND s.seen_at > $3",
                 DB_ARGS(DB_TEXT(hash), DB_INT(req->now_us - (int64_t)SESSION_LIFE_S * US),
                         DB_INT(req->now_us - (int64_t)SESSION_IDLE_S * US))));
    if (db_count(rows) == 0)
        return RC_OK;
    req->actor = (struct actor){db_int(rows, 0, 0), db_text(rows, 0, 1), db_text(rows, 0, 2),
                                db_int(rows, 0, 3) != 0};
    const struct locale *locale = locale_find(db_text(rows, 0, 4));
    if (locale != NULL)
        req->locale = locale;
    return RC_OK;
}

enum rc session_end(struct db_tx *tx, const char *hash)
{
    return db_do(tx, NULL, "DELETE FROM session WHERE hash = $1", DB_ARGS(DB_TEXT(hash)));
}

enum rc session_end_others(struct db_tx *tx, int64_t person, const char *hash)
{
    return db_do(tx, NULL, "DELETE FROM session WHERE person = $1 AND hash <> $2",
                 DB_ARGS(DB_INT(person), DB_TEXT(hash)));
}

enum rc session_list(struct req *req, struct db_rows **ret_rows)
{
    return db_query(req->tx, req->arena, ret_rows,
                    "SELECT created_at, seen_at FROM session WHERE person = $1 "
                    "ORDER BY created_at DESC LIMIT 50",
                    DB_ARGS(DB_INT(req->actor.person)));
}

enum rc failure_add(struct db_tx *tx, const char *email, int64_t now_us)
{
    TRY(db_do(tx, NULL, "DELETE FROM sign_in_failure WHERE email = $1 AND at < $2",
              DB_ARGS(DB_TEXT(email), DB_INT(now_us - (int64_t)FAILURES_WINDOW_S * US))));
    return db_do(tx, NULL, "INSERT INTO sign_in_failure(id, email, at) VALUES ($1, $2, $3)",
                 DB_ARGS(DB_INT(db_new_id(now_us)), DB_TEXT(email), DB_INT(now_us)));
}

enum rc failure_count(struct db_tx *tx, struct arena *arena, const char *email, int64_t now_us,
                      int64_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT count(*) FROM sign_in_failure WHERE email = $1 AND at >= $2",
                 DB_ARGS(DB_TEXT(email), DB_INT(now_us - (int64_t)FAILURES_WINDOW_S * US))));
    *ret_count = db_int(rows, 0, 0);
    return RC_OK;
}

enum rc person_set_language(struct db_tx *tx, int64_t person, const char *language)
{
    return db_do(tx, NULL, "UPDATE person SET language = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(person), DB_TEXT(language)));
}
