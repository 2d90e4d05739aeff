// SPDX-License-Identifier: Apache-2.0
//
// The rows of the do-not-match list, and of what members asked for it by address.
//
// Promises: what a member asks is kept by the address that she typed, whether somebody has it or
// not, and she can see no more than that; the list itself gets the pair when somebody with that
// address has an account and signs up, or before the next run.
#include "app/enrolment/enrolment_store.h"

// Its id is that of the row of the list that follows from it.
const char enrolment_schema_14[] =
    "CREATE TABLE avoid_wish(id {id} NOT NULL PRIMARY KEY, person {id} NOT NULL REFERENCES "
    "person(id), email TEXT NOT NULL, note TEXT NOT NULL, at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX avoid_wish_one ON avoid_wish(person, email);\n"
    "CREATE INDEX avoid_wish_email ON avoid_wish(email);\n";

enum rc enrolment_avoid_add(struct req *req, int64_t a, int64_t b, const char *note)
{
    return db_do(req->tx, NULL,
                 "INSERT INTO avoid(id, a, b, asked_by, note, at) VALUES ($1, $2, $3, $4, $5, $6) "
                 "ON CONFLICT (a, b) DO NOTHING",
                 DB_ARGS(DB_INT(db_new_id(req->now_us)), DB_INT(a < b ? a : b),
                         DB_INT(a < b ? b : a), DB_INT(req->actor.person), DB_TEXT(note),
                         DB_INT(req->now_us)));
}

// Of a cohort: one of the two has signed up there, or who looks has asked for it herself. $2 is the
// cohort; 0: wherever they are.
#define AVOID_OF                                                                                   \
    "($2 = 0 OR v.asked_by = $1 OR EXISTS (SELECT 1 FROM enrolment e WHERE e.cohort = $2 AND "     \
    "e.person IN (v.a, v.b)))"

enum rc enrolment_avoid_end(struct req *req, int64_t id, int64_t cohort)
{
    uint64_t changed = 0;
    TRY(db_do(req->tx, NULL,
              "DELETE FROM avoid_wish WHERE id IN (SELECT x.id FROM avoid v CROSS JOIN "
              "avoid_wish x JOIN person p ON p.email = x.email WHERE v.id = $3 AND x.person IN "
              "(v.a, v.b) AND p.id IN (v.a, v.b) AND " AVOID_OF ")",
              DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort), DB_INT(id))));
    TRY(db_do(
        req->tx, &changed,
        "DELETE FROM avoid WHERE id IN (SELECT v.id FROM avoid v WHERE v.id = $3 AND " AVOID_OF ")",
        DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort), DB_INT(id))));
    return changed == 1 ? RC_OK : RC_NOT_FOUND;
}

// CROSS JOIN keeps the order: without statistics an engine begins with all people.
#define AVOIDED                                                                                    \
    "SELECT v.id, a.name, b.name, v.note FROM avoid v CROSS JOIN person a CROSS JOIN person b "    \
    "WHERE a.id = v.a AND b.id = v.b AND "
#define AVOIDED_ORDER " ORDER BY a.name, b.name, v.id LIMIT 1000"

enum rc enrolment_avoid_list(struct req *req, int64_t cohort, struct db_rows **ret_rows)
{
    return db_query(req->tx, req->arena, ret_rows, AVOIDED AVOID_OF AVOIDED_ORDER,
                    DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort)));
}

enum rc enrolment_avoids(struct db_tx *tx, struct arena *arena, struct db_rows **ret_rows)
{
    return db_query(tx, arena, ret_rows, "SELECT a, b FROM avoid ORDER BY a, b", DB_NO_ARGS);
}

// ---- by address --------------------------------------------------------------------------------

enum rc avoid_ask(struct req *req, const char *email, const char *note)
{
    return db_do(req->tx, NULL,
                 "INSERT INTO avoid_wish(id, person, email, note, at) VALUES ($1, $2, $3, $4, $5) "
                 "ON CONFLICT (person, email) DO UPDATE SET note = excluded.note",
                 DB_ARGS(DB_INT(db_new_id(req->now_us)), DB_INT(req->actor.person), DB_TEXT(email),
                         DB_TEXT(note), DB_INT(req->now_us)));
}

enum rc avoid_wish_list(struct req *req, struct db_rows **ret_rows)
{
    return db_query(req->tx, req->arena, ret_rows,
                    "SELECT email, note FROM avoid_wish WHERE person = $1 ORDER BY email "
                    "LIMIT 1000",
                    DB_ARGS(DB_INT(req->actor.person)));
}

// CROSS JOIN keeps the order, see above: from one person, or from what was asked.
#define SETTLE                                                                                     \
    "INSERT INTO avoid(id, a, b, asked_by, note, at) SELECT x.id, CASE WHEN x.person < p.id THEN " \
    "x.person ELSE p.id END, CASE WHEN x.person < p.id THEN p.id ELSE x.person END, x.person, "    \
    "x.note, x.at FROM "
#define SETTLED "WHERE x.email = p.email AND x.person <> p.id "

enum rc avoid_settle(struct db_tx *tx, int64_t person)
{
    return db_do(tx, NULL,
                 SETTLE "person p CROSS JOIN avoid_wish x " SETTLED
                        "AND p.id = $1 ON CONFLICT DO NOTHING",
                 DB_ARGS(DB_INT(person)));
}

enum rc avoid_settle_all(struct db_tx *tx)
{
    return db_do(tx, NULL,
                 SETTLE "avoid_wish x CROSS JOIN person p " SETTLED "ON CONFLICT DO NOTHING",
                 DB_NO_ARGS);
}
