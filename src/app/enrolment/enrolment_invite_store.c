// SPDX-License-Identifier: Apache-2.0
//
// The rows of invitations; see enrolment_invite.h.
#include "app/enrolment/enrolment_invite.h"

const char enrolment_schema_8[] =
    "CREATE TABLE invite(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES cohort(id), "
    "role TEXT NOT NULL, email TEXT NOT NULL, code TEXT NOT NULL, most {int} NOT NULL, uses {int} "
    "NOT NULL, made_by {id} NOT NULL, at {int} NOT NULL, ends_at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX invite_code ON invite(code);\n"
    "CREATE INDEX invite_cohort ON invite(cohort, id);\n"
    "CREATE INDEX invite_email ON invite(email, cohort);\n"
    "CREATE INDEX invite_end ON invite(ends_at);\n";

// By which link somebody came.
const char enrolment_schema_11[] =
    "ALTER TABLE enrolment ADD COLUMN invite {id} NOT NULL DEFAULT 0;\n"
    "CREATE INDEX enrolment_invite ON enrolment(invite) WHERE invite > 0;\n";

static enum rc count_of(struct req *req, const char *sql, const struct invite *invite,
                        int64_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows, sql,
                 DB_ARGS(DB_INT(invite->cohort), DB_TEXT(invite->email), DB_INT(req->now_us))));
    *ret_count = db_int(rows, 0, 0);
    return RC_OK;
}

enum rc invite_is_known(struct req *req, int64_t cohort, const char *email, bool *ret_known)
{
    const struct invite asked = {.cohort = cohort, .email = email};
    int64_t there = 0;
    TRY(count_of(req,
                 "SELECT (SELECT count(*) FROM invite WHERE email = $2 AND cohort = $1 AND "
                 "ends_at > $3) + (SELECT count(*) FROM person p JOIN enrolment e ON "
                 "e.person = p.id WHERE p.email = $2 AND e.cohort = $1)",
                 &asked, &there));
    *ret_known = there > 0;
    return RC_OK;
}

enum rc invite_credit(struct req *req, const struct enrolment *enrolment)
{
    const char *code = req_cookie(req, INVITE_COOKIE);
    if (code == NULL || code[0] == '\0')
        return RC_OK;
    return db_do(req->tx, NULL,
                 "UPDATE enrolment SET invite = coalesce((SELECT i.id FROM invite i WHERE "
                 "i.code = $2 AND i.cohort = $3), 0) WHERE id = $1",
                 DB_ARGS(DB_INT(enrolment->id), DB_TEXT(code), DB_INT(enrolment->cohort)));
}

enum rc invite_add(struct req *req, const struct invite *invite)
{
    bool there = false;
    int64_t all = 0;
    TRY(count_of(req, "SELECT count(*) FROM invite WHERE cohort = $1 AND $2 = $2 AND ends_at > $3",
                 invite, &all));
    if (all >= INVITES_MOST)
        return RC_LIMIT;
    if (invite->email[0] != '\0')
        TRY(invite_is_known(req, invite->cohort, invite->email, &there));
    if (there)
        return RC_EXISTS;
    return db_do(req->tx, NULL,
                 "INSERT INTO invite(id, cohort, role, email, code, most, uses, made_by, at, "
                 "ends_at) VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9)",
                 DB_ARGS(DB_INT(invite->id), DB_INT(invite->cohort), DB_TEXT(invite->role),
                         DB_TEXT(invite->email), DB_TEXT(invite->code), DB_INT(invite->most),
                         DB_INT(req->actor.person), DB_INT(req->now_us), DB_INT(invite->ends_at)));
}

static struct invite read_invite(const struct req *req, const struct db_rows *rows, size_t k)
{
    struct invite one = {.id = db_int(rows, k, 0),
                         .cohort = db_int(rows, k, 1),
                         .role = db_text(rows, k, 2),
                         .email = db_text(rows, k, 3),
                         .code = db_text(rows, k, 4),
                         .most = db_int(rows, k, 5),
                         .uses = db_int(rows, k, 6),
                         .at = db_int(rows, k, 7),
                         .ends_at = db_int(rows, k, 8),
                         .joined = db_int(rows, k, 9) > 0,
                         .joins = db_int(rows, k, 10)};
    one.over = one.ends_at <= req->now_us || (one.most > 0 && one.joins >= one.most);
    return one;
}

#define INVITE                                                                                     \
    "SELECT i.id, i.cohort, i.role, i.email, i.code, i.most, i.uses, i.at, i.ends_at, "            \
    "(SELECT count(*) FROM person p JOIN enrolment e ON e.person = p.id WHERE i.email <> '' AND "  \
    "p.email = i.email AND e.cohort = i.cohort AND e.state <> 'draft'), "                          \
    "(SELECT count(*) FROM enrolment e WHERE e.invite = i.id AND e.invite > 0 AND e.state <> "     \
    "'draft') FROM invite i "

enum rc invite_list(struct req *req, int64_t cohort, int64_t before, struct invite **ret_invites,
                    size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 INVITE "WHERE i.cohort = $1 AND ($2 = 0 OR i.id < $2) ORDER BY i.id DESC LIMIT $3",
                 DB_ARGS(DB_INT(cohort), DB_INT(before), DB_INT(INVITES_A_PAGE + 1))));
    struct invite *all = ARENA_ARRAY(req->arena, struct invite, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_invite(req, rows, k);
    *ret_invites = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc invite_find(struct req *req, const char *code, struct invite *ret_invite)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows, INVITE "WHERE i.code = $1", DB_ARGS(DB_TEXT(code))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_invite = read_invite(req, rows, 0);
    return RC_OK;
}

enum rc invite_use(struct req *req, const struct invite *invite)
{
    uint64_t used = 0;
    TRY(db_do(req->tx, &used,
              "UPDATE invite SET uses = uses + 1 WHERE id = $1 AND ends_at > $2 AND "
              "(most = 0 OR (SELECT count(*) FROM enrolment e WHERE e.invite = $1 AND e.invite > 0 "
              "AND e.state <> 'draft') < most)",
              DB_ARGS(DB_INT(invite->id), DB_INT(req->now_us))));
    return used == 1 ? RC_OK : RC_EXISTS;
}

enum rc invite_end(struct req *req, int64_t cohort, int64_t id)
{
    uint64_t ended = 0;
    TRY(db_do(req->tx, &ended,
              "UPDATE invite SET ends_at = $3 WHERE id = $1 AND cohort = $2 AND ends_at > $3",
              DB_ARGS(DB_INT(id), DB_INT(cohort), DB_INT(req->now_us))));
    return ended == 1 ? RC_OK : RC_NOT_FOUND;
}
