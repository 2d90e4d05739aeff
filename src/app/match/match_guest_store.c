// SPDX-License-Identifier: Apache-2.0
//
// The rows of guests of the committee, and of how many judgements it wants.
#include "app/account/account.h"
#include "app/match/match_guest.h"
#include "auth/token.h"

const char match_schema_8[] =
    "CREATE TABLE match_committee(cohort {id} NOT NULL PRIMARY KEY REFERENCES cohort(id), "
    "quorum {int} NOT NULL){end};\n"
    "CREATE TABLE match_guest(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES "
    "cohort(id), email TEXT NOT NULL, name TEXT NOT NULL, hash TEXT NOT NULL, invited_by {id} NOT "
    "NULL, at {int} NOT NULL, ends_at {int} NOT NULL, used_at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX match_guest_hash ON match_guest(hash);\n"
    "CREATE UNIQUE INDEX match_guest_email ON match_guest(cohort, email);\n";

enum rc quorum_find(struct db_tx *tx, struct arena *arena, int64_t cohort, int64_t *ret_quorum)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, "SELECT quorum FROM match_committee WHERE cohort = $1",
                 DB_ARGS(DB_INT(cohort))));
    *ret_quorum = db_count(rows) == 0 ? MATCH_QUORUM : db_int(rows, 0, 0);
    return RC_OK;
}

enum rc quorum_set(struct req *req, int64_t cohort, int64_t quorum)
{
    return db_do(req->tx, NULL,
                 "INSERT INTO match_committee(cohort, quorum) VALUES ($1, $2) "
                 "ON CONFLICT (cohort) DO UPDATE SET quorum = excluded.quorum",
                 DB_ARGS(DB_INT(cohort), DB_INT(quorum)));
}

enum rc guest_list(struct req *req, int64_t cohort, struct match_guest **ret_guests,
                   size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT id, email, name, at, ends_at, used_at FROM match_guest WHERE cohort = $1 "
                 "ORDER BY id DESC LIMIT 100",
                 DB_ARGS(DB_INT(cohort))));
    struct match_guest *all = ARENA_ARRAY(req->arena, struct match_guest, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct match_guest){.id = db_int(rows, k, 0),
                                      .email = db_text(rows, k, 1),
                                      .name = db_text(rows, k, 2),
                                      .at = db_int(rows, k, 3),
                                      .ends_at = db_int(rows, k, 4),
                                      .came = db_int(rows, k, 5) > 0,
                                      .over = db_int(rows, k, 4) <= req->now_us};
    *ret_guests = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc guest_add(struct req *req, int64_t cohort, const char *email, const char *name,
                  const char **ret_token)
{
    const char *token = token_new(req->arena);
    const char *hash = token == NULL ? NULL : token_hash(req->arena, "guest", token);
    struct db_rows *rows = NULL;
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(db_query(req->tx, req->arena, &rows, "SELECT count(*) FROM match_guest WHERE cohort = $1",
                 DB_ARGS(DB_INT(cohort))));
    if (db_int(rows, 0, 0) >= GUESTS_MAX)
        return RC_LIMIT;
    *ret_token = token;
    // who is invited again gets a new link, and the old one ends
    return db_do(req->tx, NULL,
                 "INSERT INTO match_guest(id, cohort, email, name, hash, invited_by, at, ends_at, "
                 "used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0) "
                 "ON CONFLICT (cohort, email) DO UPDATE SET name = excluded.name, "
                 "hash = excluded.hash, invited_by = excluded.invited_by, at = excluded.at, "
                 "ends_at = excluded.ends_at, used_at = 0",
                 DB_ARGS(DB_INT(db_new_id(req->now_us)), DB_INT(cohort), DB_TEXT(email),
                         DB_TEXT(name), DB_TEXT(hash), DB_INT(req->actor.person),
                         DB_INT(req->now_us), DB_INT(req->now_us + GUEST_LIFE_US)));
}

enum rc guest_end(struct req *req, int64_t cohort, int64_t id)
{
    uint64_t changed = 0;
    TRY(db_do(req->tx, &changed, "DELETE FROM match_guest WHERE id = $1 AND cohort = $2",
              DB_ARGS(DB_INT(id), DB_INT(cohort))));
    return changed == 0 ? RC_NOT_FOUND : RC_OK;
}

enum rc guest_find(struct req *req, const char *token, struct match_guest *ret_guest)
{
    struct db_rows *rows = NULL;
    const char *hash = token_hash(req->arena, "guest", token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT g.id, g.email, g.name, g.at, g.ends_at, g.cohort, c.name "
                 "FROM match_guest g JOIN cohort c ON c.id = g.cohort "
                 "WHERE g.hash = $1 AND g.used_at = 0 AND g.ends_at > $2 "
                 "AND c.state NOT IN ('cancelled', 'archived')",
                 DB_ARGS(DB_TEXT(hash), DB_INT(req->now_us))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_guest = (struct match_guest){.id = db_int(rows, 0, 0),
                                      .email = db_text(rows, 0, 1),
                                      .name = db_text(rows, 0, 2),
                                      .at = db_int(rows, 0, 3),
                                      .ends_at = db_int(rows, 0, 4),
                                      .cohort = db_int(rows, 0, 5),
                                      .cohort_name = db_text(rows, 0, 6)};
    return RC_OK;
}

enum rc guest_come(struct req *req, const struct match_guest *guest, const char *name,
                   const char **ret_link)
{
    struct account account;
    enum rc rc = account_find(req->tx, req->arena, guest->email, &account);
    if (rc == RC_NOT_FOUND) {
        account = (struct account){.id = db_new_id(req->now_us),
                                   .email = guest->email,
                                   .name = name,
                                   .stored_password = "",
                                   .language = locale_tag(req->locale)};
        rc = account_add(req->tx, &account, req->now_us);
    }
    TRY(rc);
    if (account.closed)
        return RC_NOT_FOUND;
    TRY(account_give_role(req->tx, account.id, guest->cohort, ROLE_COMMITTEE));
    TRY(db_do(req->tx, NULL, "UPDATE match_guest SET used_at = $2 WHERE id = $1",
              DB_ARGS(DB_INT(guest->id), DB_INT(req->now_us))));
    return account_make_link(req->tx, req->arena, guest->email, req->now_us, ret_link);
}
