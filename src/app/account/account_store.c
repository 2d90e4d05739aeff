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

const char account_schema_2[] =
    "ALTER TABLE person ADD COLUMN pronouns TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE person ADD COLUMN zone TEXT NOT NULL DEFAULT 'UTC';\n"
    "ALTER TABLE person ADD COLUMN closed_at {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE session ADD COLUMN by_link {int} NOT NULL DEFAULT 0;\n"
    "CREATE TABLE account_link(hash TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, "
    "email TEXT NOT NULL, name TEXT NOT NULL, password TEXT NOT NULL, language TEXT NOT NULL, "
    "person {id} NOT NULL, made_at {int} NOT NULL, ends_at {int} NOT NULL){end};\n"
    "CREATE INDEX account_link_email ON account_link(email, made_at);\n"
    "CREATE INDEX account_link_person ON account_link(person, kind);\n";

// account_schema_3 is of tokens. Who runs a cohort is asked by the cohort.
// How her name is said.
const char account_schema_7[] = "ALTER TABLE person ADD COLUMN said TEXT NOT NULL DEFAULT '';\n";
const char account_schema_4[] = "CREATE INDEX role_cohort ON role(cohort, role);\n";

enum rc account_add(struct db_tx *tx, const struct account *account, int64_t now_us)
{
    return db_do(tx, NULL,
                 "INSERT INTO person(id, email, name, password, language, admin, created_at, "
                 "pronouns, zone) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                 DB_ARGS(DB_INT(account->id), DB_TEXT(account->email), DB_TEXT(account->name),
                         DB_TEXT(account->stored_password), DB_TEXT(account->language),
                         DB_INT(account->admin), DB_INT(now_us),
                         DB_TEXT(account->pronouns == NULL ? "" : account->pronouns),
                         DB_TEXT(account->zone == NULL ? "UTC" : account->zone)));
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
                 "SELECT id, email, name, password, language, admin, closed_at FROM person "
                 "WHERE email = $1",
                 DB_ARGS(DB_TEXT(email))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_account = (struct account){
        db_int(rows, 0, 0),  db_text(rows, 0, 1),     db_text(rows, 0, 2),    db_text(rows, 0, 3),
        db_text(rows, 0, 4), db_int(rows, 0, 5) != 0, db_int(rows, 0, 6) != 0};
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

enum rc account_first_waits(struct db_tx *tx, struct arena *arena, bool *ret_waits)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, "SELECT 1 FROM first_token LIMIT 1", DB_NO_ARGS));
    *ret_waits = db_count(rows) > 0;
    return RC_OK;
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

enum rc session_add(struct db_tx *tx, const char *hash, int64_t person, bool by_link,
                    int64_t now_us)
{
    return db_do(tx, NULL,
                 "INSERT INTO session(hash, person, created_at, seen_at, by_link) "
                 "VALUES ($1, $2, $3, $3, $4)",
                 DB_ARGS(DB_TEXT(hash), DB_INT(person), DB_INT(now_us), DB_INT(by_link)));
}

// Reading alone can't note when somebody was seen; whatever she sends does, once an hour at most.
static enum rc see_session(struct req *req, const char *hash, int64_t seen_at)
{
    if (!req->writes || req->now_us - seen_at < (int64_t)3600 * US)
        return RC_OK;
    return db_do(req->tx, NULL, "UPDATE session SET seen_at = $2 WHERE hash = $1",
                 DB_ARGS(DB_TEXT(hash), DB_INT(req->now_us)));
}

enum rc session_find(struct req *req, const char *hash)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT p.id, p.name, p.email, p.admin, p.language, p.pronouns, p.zone, s.seen_at "
                 "FROM session s JOIN person p ON p.id = s.person "
                 "WHERE s.hash = $1 AND s.created_at > $2 AND s.seen_at > $3 AND p.closed_at = 0",
                 DB_ARGS(DB_TEXT(hash), DB_INT(req->now_us - (int64_t)SESSION_LIFE_S * US),
                         DB_INT(req->now_us - (int64_t)SESSION_IDLE_S * US))));
    if (db_count(rows) == 0)
        return RC_OK;
    req->actor = (struct actor){.person = db_int(rows, 0, 0),
                                .name = db_text(rows, 0, 1),
                                .email = db_text(rows, 0, 2),
                                .admin = db_int(rows, 0, 3) != 0,
                                .pronouns = db_text(rows, 0, 5),
                                .zone = db_text(rows, 0, 6)};
    const struct locale *locale = locale_find(db_text(rows, 0, 4));
    if (locale != NULL)
        req->locale = locale;
    return see_session(req, hash, db_int(rows, 0, 7));
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

// By the start of its hash, which tells nothing of its token.
enum rc session_end_one(struct db_tx *tx, int64_t person, const char *start)
{
    return db_do(tx, NULL, "DELETE FROM session WHERE person = $1 AND substr(hash, 1, 16) = $2",
                 DB_ARGS(DB_INT(person), DB_TEXT(start)));
}

enum rc session_is_fresh(struct req *req, const char *hash, bool *ret_fresh)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT 1 FROM session WHERE hash = $1 AND by_link = 1 AND created_at > $2",
                 DB_ARGS(DB_TEXT(hash), DB_INT(req->now_us - (int64_t)SESSION_FRESH_S * US))));
    *ret_fresh = db_count(rows) > 0;
    return RC_OK;
}

enum rc session_list(struct req *req, struct db_rows **ret_rows)
{
    return db_query(req->tx, req->arena, ret_rows,
                    "SELECT created_at, seen_at, substr(hash, 1, 16), hash FROM session "
                    "WHERE person = $1 "
                    "ORDER BY created_at DESC LIMIT 50",
                    DB_ARGS(DB_INT(req->actor.person)));
}

const char *failure_network(struct arena *arena, struct text address)
{
    size_t parts = 0;
    size_t length = 0;
    char divider = memchr(address.bytes, ':', address.length) == NULL ? '.' : ':';
    if (address.length == 0 || text_equal(address, text_of("::1")) ||
        (address.length > 4 && memcmp(address.bytes, "127.", 4) == 0))
        return "";
    while (length < address.length && parts < 3) {
        parts += address.bytes[length] == divider;
        length += parts < 3;
    }
    return arena_printf(arena, "net %.*s", (int)length, address.bytes);
}

enum rc failure_add(struct db_tx *tx, const char *email, int64_t now_us)
{
    TRY(db_do(tx, NULL, "DELETE FROM sign_in_failure WHERE email = $1 AND at < $2",
              DB_ARGS(DB_TEXT(email), DB_INT(now_us - (int64_t)FAILURES_NETWORK_S * US))));
    return db_do(tx, NULL, "INSERT INTO sign_in_failure(id, email, at) VALUES ($1, $2, $3)",
                 DB_ARGS(DB_INT(db_new_id(now_us)), DB_TEXT(email), DB_INT(now_us)));
}

// What is noted beyond the window ahead comes from a clock that has gone back since: it shuts
// nobody out, and no wait is longer than two windows.
enum rc failure_wait(struct db_tx *tx, struct arena *arena, const struct failure_limit *limit,
                     int64_t now_us, int64_t *ret_wait_s)
{
    struct db_rows *rows = NULL;
    int64_t window_us = limit->window_s * US;
    *ret_wait_s = 0;
    TRY(db_query(tx, arena, &rows,
                 "SELECT at FROM sign_in_failure WHERE email = $1 AND at > $2 AND at < $3 "
                 "ORDER BY at DESC LIMIT $4",
                 DB_ARGS(DB_TEXT(limit->key), DB_INT(now_us - window_us),
                         DB_INT(now_us + window_us), DB_INT(limit->most))));
    if ((int64_t)db_count(rows) < limit->most)
        return RC_OK;
    int64_t left_us = db_int(rows, db_count(rows) - 1, 0) + window_us - now_us;
    *ret_wait_s = left_us <= US ? 1 : (left_us + US - 1) / US;
    return RC_OK;
}

enum rc person_set_language(struct db_tx *tx, int64_t person, const char *language)
{
    return db_do(tx, NULL, "UPDATE person SET language = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(person), DB_TEXT(language)));
}

enum rc account_said(struct db_tx *tx, struct arena *arena, int64_t person, const char **ret_said)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, "SELECT said FROM person WHERE id = $1",
                 DB_ARGS(DB_INT(person))));
    *ret_said = db_count(rows) == 0 ? "" : db_text(rows, 0, 0);
    return RC_OK;
}

enum rc account_set_said(struct db_tx *tx, int64_t person, const char *said)
{
    return db_do(tx, NULL, "UPDATE person SET said = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(person), DB_TEXT(said)));
}

enum rc account_set_profile(struct db_tx *tx, int64_t person, const char *name,
                            const char *pronouns, const char *zone)
{
    return db_do(tx, NULL, "UPDATE person SET name = $2, pronouns = $3, zone = $4 WHERE id = $1",
                 DB_ARGS(DB_INT(person), DB_TEXT(name), DB_TEXT(pronouns), DB_TEXT(zone)));
}

enum rc person_set_password(struct db_tx *tx, int64_t person, const char *stored)
{
    return db_do(tx, NULL, "UPDATE person SET password = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(person), DB_TEXT(stored)));
}

enum rc person_set_email(struct db_tx *tx, int64_t person, const char *email)
{
    return db_do(tx, NULL, "UPDATE person SET email = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(person), DB_TEXT(email)));
}

enum rc person_reopen(struct db_tx *tx, int64_t person)
{
    return db_do(tx, NULL, "UPDATE person SET closed_at = 0 WHERE id = $1",
                 DB_ARGS(DB_INT(person)));
}

enum rc person_password(struct req *req, const char **ret_stored)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows, "SELECT password FROM person WHERE id = $1",
                 DB_ARGS(DB_INT(req->actor.person))));
    *ret_stored = db_count(rows) == 0 ? "" : db_text(rows, 0, 0);
    return RC_OK;
}

// ---- links by mail -----------------------------------------------------------------------------

enum rc link_add(struct db_tx *tx, const char *hash, const struct account_link *link,
                 int64_t life_s, int64_t now_us)
{
    TRY(db_do(tx, NULL, "DELETE FROM account_link WHERE ends_at < $1",
              DB_ARGS(DB_INT(now_us - (int64_t)LINK_LIFE_S * US))));
    return db_do(tx, NULL,
                 "INSERT INTO account_link(hash, kind, email, name, password, language, person, "
                 "made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                 DB_ARGS(DB_TEXT(hash), DB_TEXT(link->kind), DB_TEXT(link->email),
                         DB_TEXT(link->name), DB_TEXT(link->stored_password),
                         DB_TEXT(link->language), DB_INT(link->person), DB_INT(now_us),
                         DB_INT(now_us + life_s * US)));
}

enum rc link_find(struct db_tx *tx, struct arena *arena, const char *hash, int64_t now_us,
                  struct account_link *ret_link)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT kind, email, name, password, language, person FROM account_link "
                 "WHERE hash = $1 AND ends_at > $2",
                 DB_ARGS(DB_TEXT(hash), DB_INT(now_us))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_link = (struct account_link){db_text(rows, 0, 0), db_text(rows, 0, 1), db_text(rows, 0, 2),
                                      db_text(rows, 0, 3), db_text(rows, 0, 4), db_int(rows, 0, 5)};
    return RC_OK;
}

enum rc link_end(struct db_tx *tx, const char *hash)
{
    return db_do(tx, NULL, "DELETE FROM account_link WHERE hash = $1", DB_ARGS(DB_TEXT(hash)));
}

enum rc link_end_all(struct db_tx *tx, int64_t person, const char *kind)
{
    return db_do(tx, NULL, "DELETE FROM account_link WHERE person = $1 AND kind = $2",
                 DB_ARGS(DB_INT(person), DB_TEXT(kind)));
}

enum rc link_count(struct db_tx *tx, struct arena *arena, const char *email, int64_t now_us,
                   int64_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT count(*) FROM account_link WHERE email = $1 AND made_at > $2 "
                 "AND made_at < $3 AND kind <> 'out'",
                 DB_ARGS(DB_TEXT(email), DB_INT(now_us - (int64_t)LINKS_WINDOW_S * US),
                         DB_INT(now_us + (int64_t)LINKS_WINDOW_S * US))));
    *ret_count = db_int(rows, 0, 0);
    return RC_OK;
}

enum rc link_waiting(struct req *req, const char **ret_email)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT email FROM account_link WHERE person = $1 "
                 "AND kind IN ('email_old', 'email_new') AND ends_at > $2",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(req->now_us))));
    *ret_email = db_count(rows) == 0 ? "" : db_text(rows, 0, 0);
    return RC_OK;
}

enum rc link_other_half(struct req *req, int64_t person, bool *ret_waits)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT 1 FROM account_link WHERE person = $1 "
                 "AND kind IN ('email_old', 'email_new') AND ends_at > $2",
                 DB_ARGS(DB_INT(person), DB_INT(req->now_us))));
    *ret_waits = db_count(rows) > 0;
    return RC_OK;
}

enum rc account_is_last_admin(struct req *req, bool *ret_alone)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT 1 FROM person WHERE admin = 1 AND closed_at = 0 AND id <> $1 LIMIT 1",
                 DB_ARGS(DB_INT(req->actor.person))));
    *ret_alone = req->actor.admin && db_count(rows) == 0;
    return RC_OK;
}

enum rc account_set_admin(struct db_tx *tx, const char *email)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed, "UPDATE person SET admin = 1 WHERE email = $1",
              DB_ARGS(DB_TEXT(email))));
    return changed == 1 ? RC_OK : RC_NOT_FOUND;
}

enum rc account_make_link(struct db_tx *tx, struct arena *arena, const char *email, int64_t now_us,
                          const char **ret_token)
{
    struct account account;
    TRY(account_find(tx, arena, email, &account));
    struct account_link link = {"sign_in", account.email,    account.name,
                                "",        account.language, account.id};
    const char *token = token_new(arena);
    const char *hash = token == NULL ? NULL : token_hash(arena, "link", token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(link_add(tx, hash, &link, LINK_LIFE_S, now_us));
    *ret_token = token;
    return RC_OK;
}

enum rc account_take_role(struct db_tx *tx, int64_t person, int64_t cohort, const char *role)
{
    return db_do(tx, NULL, "DELETE FROM role WHERE person = $1 AND cohort = $2 AND role = $3",
                 DB_ARGS(DB_INT(person), DB_INT(cohort), DB_TEXT(role)));
}
