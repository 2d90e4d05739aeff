// SPDX-License-Identifier: Apache-2.0
//
// The rows of what there is beyond the programme; see outside.h.
#include "base/date.h"

#include "app/network/outside.h"

const char network_schema_5[] =
    "CREATE TABLE outside(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES cohort(id), "
    "person {id} NOT NULL REFERENCES person(id), kind TEXT NOT NULL, title TEXT NOT NULL, about TEXT "
    "NOT NULL, link TEXT NOT NULL, until TEXT NOT NULL, ends_at {int} NOT NULL, off_at {int} NOT "
    "NULL, made_at {int} NOT NULL){end};\n"
    "CREATE INDEX outside_cohort ON outside(cohort, id);\n"
    "CREATE INDEX outside_person ON outside(person);\n";

// clang-format off
const struct field_option outside_kinds[] = {
    {"conference", MSG("A conference or meet-up")}, {"grant", MSG("A grant or scholarship")}, {"job", MSG("A job or placement")},
    {"course",     MSG("A course")},                {"group", MSG("A group or network")},     {"other", MSG("Something else")}, {NULL, NULL},
};
// clang-format on

enum rc outside_list(struct req *req, const struct network *network,
                     const struct outside_filter *filter, struct outside **ret_all,
                     size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT o.id, o.cohort, o.person, CASE WHEN p.closed_at = 0 AND (p.admin = 1 OR EXISTS "
        "(SELECT 1 FROM enrolment e WHERE e.person = p.id AND e.cohort = o.cohort AND e.state IN "
        "('approved', 'waitlisted')) OR EXISTS (SELECT 1 FROM role s WHERE s.person = p.id AND s.role "
        "IN ('coordinator', 'manager'))) THEN p.name ELSE '' END, o.kind, "
        "o.title, o.about, o.link, o.until, o.ends_at, o.off_at FROM outside o JOIN person p ON p.id "
        "= o.person WHERE o.cohort = $1 AND o.ends_at > $2 AND ($3 = '' OR o.kind = $3) AND ($4 = 0 "
        "OR o.id < $4) AND ((o.off_at = 0 AND $5 = 0) OR (o.off_at > 0 AND $5 = 1 AND (o.person = $6 "
        "OR $7 = 1))) AND NOT EXISTS (SELECT 1 FROM avoid v WHERE (v.a = $6 AND v.b = o.person) OR "
        "(v.b = $6 AND v.a = o.person)) ORDER BY o.id DESC LIMIT $8",
        DB_ARGS(DB_INT(network->cohort.id), DB_INT(req->now_us), DB_TEXT(filter->kind),
                DB_INT(filter->before), DB_INT(filter->off), DB_INT(network->me),
                DB_INT(network->staff), DB_INT(OUTSIDE_PAGE + 1))));
    struct outside *all = ARENA_ARRAY(req->arena, struct outside, db_count(r) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] =
            (struct outside){db_int(r, k, 0),  db_int(r, k, 1),  db_int(r, k, 2),  db_text(r, k, 3),
                             db_text(r, k, 4), db_text(r, k, 5), db_text(r, k, 6), db_text(r, k, 7),
                             db_text(r, k, 8), db_int(r, k, 9),  db_int(r, k, 10)};
    *ret_all = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc outside_add(struct req *req, const struct outside *one)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT count(*) FROM outside WHERE person = $1 AND cohort = $2 AND off_at = 0 AND "
        "ends_at > $3",
        DB_ARGS(DB_INT(one->person), DB_INT(one->cohort), DB_INT(req->now_us))));
    if (db_int(r, 0, 0) >= OUTSIDE_OPEN_MOST)
        return RC_LIMIT;
    return db_do(
        req->tx, NULL,
        "INSERT INTO outside(id, cohort, person, kind, title, about, link, until, ends_at, off_at, "
        "made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10)",
        DB_ARGS(DB_INT(db_new_id(req->now_us)), DB_INT(one->cohort), DB_INT(one->person),
                DB_TEXT(one->kind), DB_TEXT(one->title), DB_TEXT(one->about), DB_TEXT(one->link),
                DB_TEXT(one->until), DB_INT(one->ends_at), DB_INT(req->now_us)));
}

enum rc outside_turn(struct req *req, const struct network *network, int64_t id, bool off)
{
    struct db_rows *r = NULL;
    uint64_t changed = 0;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT 1 FROM outside o WHERE o.id = $1 AND o.cohort = $2 AND (o.person = $3 OR $4 "
        "= 1) AND NOT EXISTS (SELECT 1 FROM avoid v WHERE (v.a = $3 AND v.b = o.person) OR "
        "(v.b = $3 AND v.a = o.person))",
        DB_ARGS(DB_INT(id), DB_INT(network->cohort.id), DB_INT(network->me),
                DB_INT(network->staff))));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    TRY(db_do(req->tx, &changed,
              "UPDATE outside SET off_at = $2 WHERE id = $1 AND CASE WHEN off_at = 0 THEN 0 ELSE 1 "
              "END <> $3",
              DB_ARGS(DB_INT(id), DB_INT(off ? req->now_us : 0), DB_INT(off))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc outside_leave(const struct app_place *at, int64_t person, int64_t cohort)
{
    return db_do(at->tx, NULL,
                 "UPDATE outside SET off_at = $3 WHERE person = $1 AND ($2 = 0 OR cohort = $2) AND "
                 "off_at = 0",
                 DB_ARGS(DB_INT(person), DB_INT(cohort), DB_INT(at->now_us)));
}
