// SPDX-License-Identifier: Apache-2.0
//
// The rows of letters that may come back, and of addresses from which they do; see back.h.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/back.h"
#include "auth/token.h"

const char app_schema_1[] =
    "CREATE TABLE mail_sent(number {id} NOT NULL PRIMARY KEY, hash TEXT NOT NULL, email TEXT NOT "
    "NULL, at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX mail_sent_hash ON mail_sent(hash);\n"
    "CREATE INDEX mail_sent_email ON mail_sent(email);\n"
    "CREATE INDEX mail_sent_at ON mail_sent(at);\n"
    "CREATE TABLE mail_back(email TEXT NOT NULL PRIMARY KEY, status TEXT NOT NULL, count {int} NOT "
    "NULL, at {int} NOT NULL, stops {int} NOT NULL){end};\n"
    "CREATE INDEX mail_back_at ON mail_back(at);\n"
    "CREATE INDEX mail_back_stops ON mail_back(at) WHERE stops = 1;\n";

enum rc back_stops(struct db_tx *tx, struct arena *arena, const char *email, bool *ret_stops)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, "SELECT stops FROM mail_back WHERE email = $1",
                 DB_ARGS(DB_TEXT(email))));
    *ret_stops = db_count(rows) > 0 && db_int(rows, 0, 0) != 0;
    return RC_OK;
}

enum rc back_address(const struct app_place *at, const char *to, int64_t number,
                     const char **ret_address)
{
    const char *base = at->app == NULL ? NULL : at->app->reply;
    const char *sign = base == NULL ? NULL : strchr(base, '@');
    *ret_address = NULL;
    if (sign == NULL)
        return RC_OK;
    const char *token = token_new(at->arena);
    const char *hash = token == NULL ? NULL : token_hash(at->arena, "back", token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(db_do(at->tx, NULL,
              "INSERT INTO mail_sent(number, hash, email, at) VALUES ($1, $2, $3, $4)",
              DB_ARGS(DB_INT(number), DB_TEXT(hash), DB_TEXT(to), DB_INT(at->now_us))));
    *ret_address = arena_printf(at->arena, "%.*s+%s%s", (int)(sign - base), base, token, sign);
    return *ret_address == NULL ? RC_NO_MEMORY : RC_OK;
}

// ---- what came back ----------------------------------------------------------------------------

struct sent {
    int64_t number; // 0: none
    const char *email;
};

static enum rc find_by_token(const struct app_place *at, const char *const *tokens, size_t count,
                             struct sent *ret_sent)
{
    for (size_t k = 0; k < count; k++) {
        struct db_rows *rows = NULL;
        const char *hash = token_hash(at->arena, "back", tokens[k]);
        if (hash == NULL)
            return RC_NO_MEMORY;
        TRY(db_query(at->tx, at->arena, &rows,
                     "SELECT number, email FROM mail_sent WHERE hash = $1",
                     DB_ARGS(DB_TEXT(hash))));
        if (db_count(rows) == 0)
            continue;
        *ret_sent = (struct sent){db_int(rows, 0, 0), db_text(rows, 0, 1)};
        return RC_OK;
    }
    return RC_OK;
}

// Where a server has put another return path in: by the number in the Message-ID, which is of the
// letter to this address and no other.
static enum rc find_by_number(const struct app_place *at, const struct bounce *b,
                              struct sent *ret_sent)
{
    const char *id = b->letter;
    char *end = NULL;
    struct db_rows *rows = NULL;
    while (*id == ' ' || *id == '<')
        id++;
    int64_t number = strtoll(id, &end, 10);
    if (number <= 0 || strncmp(end, ".trellis@", 9) != 0 || b->address[0] == '\0')
        return RC_OK;
    TRY(db_query(at->tx, at->arena, &rows,
                 "SELECT number, email FROM mail_sent WHERE number = $1 AND email = $2",
                 DB_ARGS(DB_INT(number), DB_TEXT(b->address))));
    if (db_count(rows) > 0)
        *ret_sent = (struct sent){db_int(rows, 0, 0), db_text(rows, 0, 1)};
    return RC_OK;
}

// How many days of trouble there were, with this one; each is counted once.
static int64_t count_with(const struct db_rows *rows, int64_t now_us, bool *ret_new)
{
    int64_t since_us = db_count(rows) == 0 ? INT64_MAX : now_us - db_int(rows, 0, 1);
    *ret_new = since_us >= BACK_SOFT_HOURS * HOUR_US;
    if (since_us > BACK_SOFT_DAYS * DAY_US)
        return 1;
    return db_int(rows, 0, 0) + (*ret_new ? 1 : 0);
}

static enum rc note(const struct app_place *at, const char *email, const struct bounce *b)
{
    struct db_rows *rows = NULL;
    bool is_new = false;
    TRY(db_query(at->tx, at->arena, &rows,
                 "SELECT count, at, stops FROM mail_back WHERE email = $1",
                 DB_ARGS(DB_TEXT(email))));
    int64_t count = count_with(rows, at->now_us, &is_new);
    bool stops = b->kind == BOUNCE_HARD || count >= BACK_SOFT_MOST ||
                 (db_count(rows) > 0 && db_int(rows, 0, 2) != 0);
    int64_t when = is_new ? at->now_us : db_int(rows, 0, 1);
    return db_do(
        at->tx, NULL,
        "INSERT INTO mail_back(email, status, count, at, stops) VALUES ($1, $2, $3, $4, "
        "$5) ON CONFLICT (email) DO UPDATE SET status = excluded.status, count = "
        "excluded.count, at = excluded.at, stops = excluded.stops",
        DB_ARGS(DB_TEXT(email), DB_TEXT(b->status), DB_INT(count), DB_INT(when), DB_INT(stops)));
}

enum rc back_take(const struct app_place *at, const char *const *tokens, size_t token_count,
                  const struct bounce *bounce, bool *ret_ours)
{
    struct sent sent = {0, ""};
    *ret_ours = false;
    if (bounce->kind == BOUNCE_NONE)
        return RC_OK;
    TRY(find_by_token(at, tokens, token_count, &sent));
    if (sent.number == 0)
        TRY(find_by_number(at, bounce, &sent));
    if (sent.number == 0)
        return RC_OK;
    *ret_ours = true;
    TRY(db_do(at->tx, NULL, "DELETE FROM mail_sent WHERE number = $1",
              DB_ARGS(DB_INT(sent.number))));
    return bounce->kind == BOUNCE_REFUSED ? RC_OK : note(at, sent.email, bounce);
}

enum rc back_clear(struct db_tx *tx, const char *email)
{
    TRY(db_do(tx, NULL, "DELETE FROM mail_sent WHERE email = $1", DB_ARGS(DB_TEXT(email))));
    return db_do(tx, NULL, "DELETE FROM mail_back WHERE email = $1", DB_ARGS(DB_TEXT(email)));
}
