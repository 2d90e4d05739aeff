// SPDX-License-Identifier: Apache-2.0
//
// The rows of access tokens; see account_token.h.
#include "app/account/account_token.h"
#include "auth/token.h"

enum { US = 1000000 };

const char account_schema_3[] =
    "CREATE TABLE access_token(id {id} NOT NULL PRIMARY KEY, hash TEXT NOT NULL, "
    "person {id} NOT NULL REFERENCES person(id), name TEXT NOT NULL, writes {int} NOT NULL, "
    "made_at {int} NOT NULL, ends_at {int} NOT NULL, used_at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX access_token_hash ON access_token(hash);\n"
    "CREATE INDEX access_token_person ON access_token(person, id);\n";

const char *access_token_hash(struct arena *arena, const char *token)
{
    return token_hash(arena, "access", token);
}

enum rc access_token_add(struct req *req, const struct access_token *token, const char *hash)
{
    TRY(db_do(req->tx, NULL, "DELETE FROM access_token WHERE person = $1 AND ends_at < $2",
              DB_ARGS(DB_INT(req->actor.person), DB_INT(req->now_us))));
    return db_do(req->tx, NULL,
                 "INSERT INTO access_token(id, hash, person, name, writes, made_at, ends_at, "
                 "used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
                 DB_ARGS(DB_INT(token->id), DB_TEXT(hash), DB_INT(req->actor.person),
                         DB_TEXT(token->name), DB_INT(token->writes), DB_INT(token->made_at),
                         DB_INT(token->ends_at)));
}

enum rc access_token_list(struct req *req, struct access_token **ret_tokens, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT id, name, writes, made_at, ends_at, used_at FROM access_token "
                 "WHERE person = $1 AND ends_at > $2 ORDER BY id DESC LIMIT 100",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(req->now_us))));
    struct access_token *tokens = ARENA_ARRAY(req->arena, struct access_token, db_count(rows));
    if (tokens == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        tokens[k] =
            (struct access_token){db_int(rows, k, 0), db_text(rows, k, 1), db_int(rows, k, 2),
                                  db_int(rows, k, 3), db_int(rows, k, 4),  db_int(rows, k, 5)};
    *ret_tokens = tokens;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc access_token_end(struct req *req, int64_t id)
{
    uint64_t changed = 0;
    TRY(db_do(req->tx, &changed, "DELETE FROM access_token WHERE id = $1 AND person = $2",
              DB_ARGS(DB_INT(id), DB_INT(req->actor.person))));
    return changed == 0 ? RC_NOT_FOUND : RC_OK;
}

// ---- who asks with one -------------------------------------------------------------------------

// Where wrong tokens come from, under a name that no e-mail address has; the address itself is not
// kept.
static const char *place_of(struct req *req)
{
    const char *address = arena_strndup(req->arena, req->client.bytes, req->client.length);
    const char *hash = address == NULL ? NULL : token_hash(req->arena, "address", address);
    return hash == NULL ? NULL : arena_printf(req->arena, "token %.32s", hash);
}

static enum rc note_failure(struct req *req)
{
    const char *place = place_of(req);
    if (place == NULL)
        return RC_NO_MEMORY;
    TRY(db_do(req->tx, NULL,
              "DELETE FROM sign_in_failure WHERE email > 'token ' AND email < 'token!' AND at < $1",
              DB_ARGS(DB_INT(req->now_us - (int64_t)FAILURES_WINDOW_S * US))));
    return failure_add(req->tx, place, req->now_us);
}

// Counts this request in the token's minute; when it was used is noted once an hour. A clock that
// goes back begins a new minute.
static enum rc note_use(struct req *req)
{
    return db_do(req->tx, NULL,
                 "UPDATE access_token SET used_at = CASE WHEN $2 - used_at >= $3 THEN $2 ELSE "
                 "used_at END, window_taken = CASE WHEN window_at > $2 - $4 AND window_at <= $2 "
                 "THEN window_taken + 1 ELSE 1 END, window_at = CASE WHEN window_at > $2 - $4 "
                 "AND window_at <= $2 THEN window_at ELSE $2 END WHERE id = $1",
                 DB_ARGS(DB_INT(req->actor.token), DB_INT(req->now_us),
                         DB_INT((int64_t)TOKEN_SEEN_EVERY_S * US),
                         DB_INT((int64_t)TOKEN_WINDOW_S * US)));
}

// What is left of the minute that began at an instant. RC_LIMIT: nothing.
static enum rc take_room(struct req *req, int64_t began_us, int64_t taken)
{
    int64_t age_us = req->now_us - began_us;
    bool runs = age_us >= 0 && age_us < (int64_t)TOKEN_WINDOW_S * US;
    if (!runs)
        taken = 0;
    req->room = (struct req_room){.most = TOKEN_REQUESTS_MOST, .window_s = TOKEN_WINDOW_S};
    req->room.reset_s = runs ? TOKEN_WINDOW_S - age_us / US : TOKEN_WINDOW_S;
    req->room.left = TOKEN_REQUESTS_MOST - taken - 1;
    if (taken < TOKEN_REQUESTS_MOST)
        return RC_OK;
    req->room.left = 0;
    req->wait_s = req->room.reset_s;
    return RC_LIMIT;
}

static enum rc refuse(struct req *req)
{
    const char *place = place_of(req);
    const struct failure_limit limit = {place, TOKEN_FAILURES_MOST, FAILURES_WINDOW_S};
    if (place == NULL)
        return RC_NO_MEMORY;
    TRY(failure_wait(req->tx, req->arena, &limit, req->now_us, &req->wait_s));
    if (req->wait_s > 0)
        return RC_LIMIT;
    req->later = note_failure;
    return RC_STOPPED;
}

enum rc access_token_identify(struct req *req)
{
    struct db_rows *rows = NULL;
    const char *hash = access_token_hash(req->arena, req->bearer);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT p.id, p.name, p.email, p.admin, p.language, p.pronouns, p.zone, t.id, "
        "t.writes, t.window_at, t.window_taken FROM access_token t JOIN person p ON p.id = t.person "
        "WHERE t.hash = $1 AND t.ends_at > $2 AND p.closed_at = 0",
        DB_ARGS(DB_TEXT(hash), DB_INT(req->now_us))));
    if (db_count(rows) == 0)
        return refuse(req);
    req->actor = (struct actor){.person = db_int(rows, 0, 0),
                                .name = db_text(rows, 0, 1),
                                .email = db_text(rows, 0, 2),
                                .admin = db_int(rows, 0, 3) != 0,
                                .pronouns = db_text(rows, 0, 5),
                                .zone = db_text(rows, 0, 6),
                                .token = db_int(rows, 0, 7),
                                .reads_only = db_int(rows, 0, 8) == 0};
    const struct locale *locale = locale_find(db_text(rows, 0, 4));
    if (locale != NULL)
        req->locale = locale;
    TRY(take_room(req, db_int(rows, 0, 9), db_int(rows, 0, 10)));
    req->later = note_use;
    return RC_OK;
}
