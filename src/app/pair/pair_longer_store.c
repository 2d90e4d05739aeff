// SPDX-License-Identifier: Apache-2.0
//
// The rows of what a cohort says to a longer time; see pair_longer.h.
#include "app/pair/pair_longer.h"

enum rc longer_list(struct req *req, int64_t cohort, int64_t match, struct longer **ret_rows,
                    size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT m.id, g.version, p.name, q.name, m.ends_on, g.ends_on FROM agreement g JOIN match m "
        "ON m.id = g.match JOIN person p ON p.id = m.mentee_person JOIN person q ON q.id = "
        "m.mentor_person WHERE g.staff = 1 AND "
        "g.superseded = 0 AND m.cohort = $1 AND m.state IN ('active', 'paused', 'closing') AND "
        "($2 = 0 OR m.id = $2) AND m.mentee_person <> $3 AND m.mentor_person <> $3 ORDER BY g.match LIMIT $4",
        DB_ARGS(DB_INT(cohort), DB_INT(match), DB_INT(req->actor.person), DB_INT(LONGER_MAX))));
    struct longer *all = ARENA_ARRAY(req->arena, struct longer, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct longer){db_int(r, k, 0),  db_int(r, k, 1),  db_text(r, k, 2),
                                 db_text(r, k, 3), db_text(r, k, 4), db_text(r, k, 5)};
    *ret_rows = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc longer_answer(struct req *req, const struct pair *pair, const struct longer *longer,
                      bool yes, const char *reason)
{
    const struct app_place at = app_here(req);
    uint64_t changed = 0;
    TRY(db_do(
        req->tx, &changed,
        "UPDATE agreement SET staff = $3, staff_by = $4, staff_at = $5, staff_reason = $6, "
        "superseded = CASE WHEN $3 = 3 THEN $5 ELSE 0 END WHERE match = $1 AND version = $2 AND "
        "staff = 1 AND superseded = 0",
        DB_ARGS(DB_INT(longer->match), DB_INT(longer->version), DB_INT(yes ? STAFF_YES : STAFF_NO),
                DB_INT(req->actor.person), DB_INT(req->now_us), DB_TEXT(reason))));
    if (changed == 0)
        return RC_EXISTS;
    return yes ? agreement_hold(&at, pair, longer->version) : RC_OK;
}
