// SPDX-License-Identifier: Apache-2.0
//
// The rows of announcements; see notice_store.h.
#include "app/notice/notice_store.h"

const char notice_schema_1[] =
    "CREATE TABLE notice(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES cohort(id), "
    "subject TEXT NOT NULL, text TEXT NOT NULL, role TEXT NOT NULL, state TEXT NOT NULL, stage TEXT "
    "NOT NULL, send_at {int} NOT NULL, begun_at {int} NOT NULL, stopped {int} NOT NULL, made_by {id} "
    "NOT NULL REFERENCES person(id), made_at {int} NOT NULL){end};\n"
    "CREATE INDEX notice_cohort ON notice(cohort, id);\n"
    "CREATE INDEX notice_due ON notice(send_at) WHERE begun_at = 0 AND stopped = 0;\n"
    "CREATE INDEX notice_by ON notice(made_by);\n"
    "CREATE TABLE notice_to(notice {id} NOT NULL REFERENCES notice(id), person {id} NOT NULL "
    "REFERENCES person(id), state TEXT NOT NULL, at {int} NOT NULL, PRIMARY KEY(notice, "
    "person)){end};\n"
    "CREATE INDEX notice_to_person ON notice_to(person);\n"
    "CREATE INDEX notice_to_due ON notice_to(at) WHERE state = 'waiting';\n";

// The job of her letter: while its row is there it has not left.
const char notice_schema_2[] =
    "ALTER TABLE notice_to ADD COLUMN letter {int} NOT NULL DEFAULT 0;\n";

// clang-format off
const struct app_table notice_tables[] = {
    {"notice", "id", MSG("Announcements"), KEEP_RECORD, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #cohort #made_by", END_STAYS),
        {"subject text role state stage", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("what those who run a programme write to many")},
        {"#send_at #begun_at #stopped #made_at", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("when it leaves")},
    }},
    {"notice_to", "notice, person", MSG("Who got announcements"), KEEP_SHORT, ROWS_GO, "person = $1", NULL, "at < $1 AND state <> 'waiting'", NULL, NULL, {
        DATA_KEYS("#notice #person", END_ROW),
        {"state #at", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what became of it")},
        DATA_MARKS("#letter", END_ROW),
    }},
    {.name = NULL},
};
// clang-format on

enum rc notice_add(struct req *req, struct notice *n)
{
    n->id = db_new_id(req->now_us);
    return db_do(
        req->tx, NULL,
        "INSERT INTO notice(id, cohort, subject, text, role, state, stage, send_at, begun_at, "
        "stopped, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, $10)",
        DB_ARGS(DB_INT(n->id), DB_INT(n->cohort), DB_TEXT(n->subject), DB_TEXT(n->text),
                DB_TEXT(n->role), DB_TEXT(n->state), DB_TEXT(n->stage), DB_INT(n->send_at),
                DB_INT(req->actor.person), DB_INT(req->now_us)));
}

enum rc notice_list(struct req *req, int64_t cohort, int64_t id, struct notice **ret_notices,
                    size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT n.id, n.cohort, n.subject, n.text, n.role, n.state, n.stage, n.send_at, n.begun_at, "
        "n.stopped, (SELECT count(*) FROM notice_to t WHERE t.notice = n.id), (SELECT count(*) FROM "
        "notice_to t WHERE t.notice = n.id AND t.state = 'sent'), (SELECT count(*) FROM notice_to t "
        "WHERE t.notice = n.id AND t.state = 'waiting'), (SELECT count(*) FROM notice_to t JOIN job j "
        "ON j.id = t.letter WHERE t.notice = n.id AND j.given_up = 1) FROM notice n WHERE n.cohort = $1 AND ($2 = 0 "
        "OR n.id = $2) ORDER BY n.id DESC LIMIT 100",
        DB_ARGS(DB_INT(cohort), DB_INT(id))));
    struct notice *all = ARENA_ARRAY(req->arena, struct notice, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] =
            (struct notice){db_int(r, k, 0),  db_int(r, k, 1),  db_text(r, k, 2), db_text(r, k, 3),
                            db_text(r, k, 4), db_text(r, k, 5), db_text(r, k, 6), db_int(r, k, 7),
                            db_int(r, k, 8),  db_int(r, k, 9),  db_int(r, k, 10), db_int(r, k, 11),
                            db_int(r, k, 12), db_int(r, k, 13)};
    *ret_notices = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc notice_people(struct req *req, int64_t notice, struct notice_to **ret_people,
                      size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT p.name, t.state, t.at, CASE WHEN j.given_up = 1 THEN 2 WHEN j.tries > 0 AND "
        "j.claimed_until = 0 THEN 1 ELSE 0 END FROM notice_to t JOIN person p ON p.id = t.person LEFT JOIN "
        "job j ON j.id = t.letter WHERE t.notice = $1 ORDER BY 4 DESC, t.state, p.name "
        "LIMIT $2",
        DB_ARGS(DB_INT(notice), DB_INT(NOTICE_MOST))));
    struct notice_to *all = ARENA_ARRAY(req->arena, struct notice_to, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct notice_to){db_text(r, k, 0), db_text(r, k, 1), db_int(r, k, 2),
                                    (enum notice_trouble)db_int(r, k, 3)};
    *ret_people = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc notice_stop(struct req *req, int64_t cohort, int64_t id)
{
    uint64_t changed = 0;
    TRY(db_do(req->tx, &changed,
              "UPDATE notice SET stopped = 1 WHERE id = $1 AND cohort = $2 AND begun_at = 0 AND "
              "stopped = 0",
              DB_ARGS(DB_INT(id), DB_INT(cohort))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc notice_whom(struct db_tx *tx, struct arena *arena, const struct notice *n,
                    struct db_rows **ret_rows)
{
    return db_query(
        tx, arena, ret_rows,
        "SELECT DISTINCT p.id, p.email, p.language, p.name, p.zone FROM enrolment e JOIN person p ON "
        "p.id = e.person WHERE e.cohort = $1 AND p.closed_at = 0 AND ($2 = '' OR e.role = $2) AND "
        "(($3 = '' AND e.state NOT IN ('draft', 'declined', 'withdrawn', 'removed', 'carried')) OR e.state = $3) AND ($4 = '' "
        "OR ($4 = 'none' AND NOT EXISTS (SELECT 1 FROM match m WHERE e.id IN (m.mentee, m.mentor) AND "
        "m.state IN ('active', 'paused', 'closing'))) OR ($4 = 'active' AND EXISTS (SELECT 1 FROM match "
        "m WHERE e.id IN (m.mentee, m.mentor) AND m.state IN ('active', 'closing'))) OR ($4 = 'paused' "
        "AND EXISTS (SELECT 1 FROM match m WHERE e.id IN (m.mentee, m.mentor) AND m.state = 'paused')) "
        "OR ($4 = 'over' AND EXISTS (SELECT 1 FROM match m WHERE e.id IN (m.mentee, m.mentor) AND "
        "m.state IN ('ended', 'completed')))) ORDER BY p.id LIMIT $5",
        DB_ARGS(DB_INT(n->cohort), DB_TEXT(n->role), DB_TEXT(n->state), DB_TEXT(n->stage),
                DB_INT(NOTICE_MOST)));
}
