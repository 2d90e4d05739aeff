// SPDX-License-Identifier: Apache-2.0
//
// The rows of known browsers, and the letters about others; see account_device.h.
#include "app/account/account_device.h"

#include <string.h>

#include "app/account/account_store.h"
#include "app/back.h"
#include "auth/token.h"

enum { US = 1000000 };

const char account_schema_5[] =
    "CREATE TABLE device(hash TEXT NOT NULL, person {id} NOT NULL REFERENCES person(id), "
    "made_at {int} NOT NULL, seen_at {int} NOT NULL, PRIMARY KEY(hash, person)){end};\n"
    "CREATE INDEX device_person ON device(person);\n"
    "ALTER TABLE access_token ADD COLUMN window_at {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE access_token ADD COLUMN window_taken {int} NOT NULL DEFAULT 0;\n";

static const struct app_letter letter_new_device = {
    MSG("Was it you who signed in?"),
    {MSG("Hello {0},"),
                                   MSG("somebody signed in to your account with a browser that we have not seen before, on {3}."),
                                   MSG("If it was you, there is nothing to do."),
                                   MSG("If it was not you, open this page and press the button there. It ends all sessions and the old "
         "password, and you come in again by a link:"),
                                   "{1}", NULL}
};

static const struct app_letter letter_new_password = {
    MSG("Your password was changed"),
    {MSG("Hello {0},"), MSG("the password of your account was changed, on {3}."),
                                   MSG("If it was you, there is nothing to do."),
                                   MSG("If it was not you, open this page and press the button there. It ends all sessions and the old "
         "password, and you come in again by a link:"),
                                   "{1}", NULL}
};

// How many letters of this kind she had in the last hour.
static enum rc count_letters(struct req *req, int64_t person, int64_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT count(*) FROM account_link WHERE person = $1 AND kind = 'out' "
                 "AND made_at > $2 AND made_at < $3",
                 DB_ARGS(DB_INT(person), DB_INT(req->now_us - (int64_t)LINKS_WINDOW_S * US),
                         DB_INT(req->now_us + (int64_t)LINKS_WINDOW_S * US))));
    *ret_count = db_int(rows, 0, 0);
    return RC_OK;
}

static enum rc write_to_her(struct req *req, int64_t person, const struct app_letter *letter)
{
    struct db_rows *rows = NULL;
    int64_t sent = 0;
    TRY(count_letters(req, person, &sent));
    if (sent >= DEVICE_LETTERS_MOST)
        return RC_OK;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT email, name, language, zone FROM person WHERE id = $1",
                 DB_ARGS(DB_INT(person))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    const struct account_link link = {"out", db_text(rows, 0, 0), db_text(rows, 0, 1),
                                      "",    db_text(rows, 0, 2), person};
    const char *token = token_new(req->arena);
    const char *hash = token == NULL ? NULL : token_hash(req->arena, "link", token);
    const char *url = hash == NULL ? NULL
                                   : arena_printf(req->arena, "%s/link/%s",
                                                  web_origin(req->web, req->arena), token);
    const char *when = app_time_in(req->arena, req->now_us, db_text(rows, 0, 3));
    if (url == NULL || when == NULL)
        return RC_NO_MEMORY;
    TRY(link_add(req->tx, hash, &link, LINK_OUT_LIFE_S, req->now_us));
    return app_send_anyway(req, link.email, link.language, letter,
                           (const char *const[]){link.name, url, link.email, when}, 4);
}

// Whether she has any known browser, and this one among them.
static enum rc find_device(struct req *req, int64_t person, const char *hash, bool *ret_any,
                           bool *ret_this)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT count(*), count(*) FILTER (WHERE hash = $2) FROM device WHERE person = $1",
                 DB_ARGS(DB_INT(person), DB_TEXT(hash))));
    *ret_any = db_int(rows, 0, 0) > 0;
    *ret_this = db_int(rows, 0, 1) > 0;
    return RC_OK;
}

enum rc device_signed_in(struct req *req, int64_t person, bool by_link)
{
    const char *token = req_cookie(req, WEB_COOKIE_DEVICE);
    bool any = false;
    bool known = false;
    if (token == NULL || strlen(token) != 40)
        token = token_new(req->arena);
    const char *hash = token == NULL ? NULL : token_hash(req->arena, "device", token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(find_device(req, person, hash, &any, &known));
    TRY(db_do(req->tx, NULL,
              "INSERT INTO device(hash, person, made_at, seen_at) VALUES ($1, $2, $3, $3) "
              "ON CONFLICT (hash, person) DO UPDATE SET seen_at = excluded.seen_at",
              DB_ARGS(DB_TEXT(hash), DB_INT(person), DB_INT(req->now_us))));
    TRY(req_set_cookie(req, WEB_COOKIE_DEVICE, token, DEVICE_LIFE_S));
    return any && !known && !by_link ? write_to_her(req, person, &letter_new_device) : RC_OK;
}

enum rc device_new_password(struct req *req)
{
    return write_to_her(req, req->actor.person, &letter_new_password);
}

enum rc device_end_all(struct db_tx *tx, int64_t person)
{
    static const char *const ends[] = {
        "DELETE FROM session WHERE person = $1",
        "DELETE FROM access_token WHERE person = $1",
        "DELETE FROM device WHERE person = $1",
        "DELETE FROM account_link WHERE person = $1",
        "UPDATE person SET password = '' WHERE id = $1",
    };
    for (size_t k = 0; k < sizeof ends / sizeof ends[0]; k++)
        TRY(db_do(tx, NULL, ends[k], DB_ARGS(DB_INT(person))));
    return RC_OK;
}
