// SPDX-License-Identifier: Apache-2.0
//
// The rows of enrolments.
#include "app/enrolment/enrolment_store.h"

#include "app/enrolment/enrolment.h"

const char enrolment_schema_1[] =
    "CREATE TABLE enrolment(id {id} NOT NULL PRIMARY KEY, person {id} NOT NULL REFERENCES "
    "person(id), cohort {id} NOT NULL REFERENCES cohort(id), role TEXT NOT NULL "
    "CHECK (role IN ('mentee', 'mentor')), state TEXT NOT NULL, level {int} NOT NULL, "
    "topics TEXT NOT NULL, languages TEXT NOT NULL, times TEXT NOT NULL, about TEXT NOT NULL, "
    "places {int} NOT NULL, reason TEXT NOT NULL, created_at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX enrolment_one ON enrolment(cohort, person, role);\n"
    "CREATE INDEX enrolment_person ON enrolment(person);\n";

const struct app_personal enrolment_personal[] = {
    {"sign_ups", "#cohort role state #level topics languages times about #places reason #sent_at",
     "SELECT cohort, role, state, level, topics, languages, times, about, places, reason, "
     "created_at FROM enrolment WHERE person = $1 ORDER BY created_at",                                  "UPDATE enrolment SET state = 'withdrawn' WHERE person = $1 AND created_at < $2 + 1"},
    {NULL,       NULL,                                                                             NULL, NULL                                                                                },
};

enum rc enrolment_add(struct db_tx *tx, const struct enrolment *e, int64_t now_us)
{
    return db_do(tx, NULL,
                 "INSERT INTO enrolment(id, person, cohort, role, state, level, topics, languages, "
                 "times, about, places, reason, created_at) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', $12)",
                 DB_ARGS(DB_INT(e->id), DB_INT(e->person), DB_INT(e->cohort), DB_TEXT(e->role),
                         DB_TEXT(e->state), DB_INT(e->level), DB_TEXT(e->topics),
                         DB_TEXT(e->languages), DB_TEXT(e->times), DB_TEXT(e->about),
                         DB_INT(e->places), DB_INT(now_us)));
}

static struct enrolment read_enrolment(const struct db_rows *rows, size_t k)
{
    return (struct enrolment){.id = db_int(rows, k, 0),
                              .person = db_int(rows, k, 1),
                              .cohort = db_int(rows, k, 2),
                              .role = db_text(rows, k, 3),
                              .state = db_text(rows, k, 4),
                              .level = db_int(rows, k, 5),
                              .topics = db_text(rows, k, 6),
                              .languages = db_text(rows, k, 7),
                              .times = db_text(rows, k, 8),
                              .about = db_text(rows, k, 9),
                              .places = db_int(rows, k, 10),
                              .reason = db_text(rows, k, 11),
                              .name = db_text(rows, k, 12)};
}

static enum rc read_all(struct arena *arena, const struct db_rows *rows,
                        struct enrolment **ret_enrolments, size_t *ret_count)
{
    struct enrolment *all = ARENA_ARRAY(arena, struct enrolment, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_enrolment(rows, k);
    *ret_enrolments = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc enrolment_list(struct db_tx *tx, struct arena *arena, int64_t cohort, const char *state,
                       struct enrolment **ret_enrolments, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        tx, arena, &rows,
        "SELECT e.id, e.person, e.cohort, e.role, e.state, e.level, e.topics, e.languages, "
        "e.times, e.about, e.places, e.reason, p.name FROM enrolment e "
        "JOIN person p ON p.id = e.person WHERE e.cohort = $1 AND ($2 = '' OR e.state = $2) "
        "ORDER BY e.role, p.name, e.id LIMIT $3",
        DB_ARGS(DB_INT(cohort), DB_TEXT(state == NULL ? "" : state), DB_INT(ENROLMENTS_MAX))));
    return read_all(arena, rows, ret_enrolments, ret_count);
}

enum rc enrolment_mine(struct req *req, int64_t cohort, struct enrolment **ret_enrolments,
                       size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT e.id, e.person, e.cohort, e.role, e.state, e.level, e.topics, e.languages, "
        "e.times, e.about, e.places, e.reason, p.name FROM enrolment e "
        "JOIN person p ON p.id = e.person WHERE e.person = $1 AND e.cohort = $2 "
        "ORDER BY e.role",
        DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort))));
    return read_all(req->arena, rows, ret_enrolments, ret_count);
}

enum rc enrolment_move(struct db_tx *tx, int64_t id, int64_t cohort, const char *from,
                       const char *to, const char *reason)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed,
              "UPDATE enrolment SET state = $4, reason = $5 "
              "WHERE id = $1 AND cohort = $2 AND state = $3",
              DB_ARGS(DB_INT(id), DB_INT(cohort), DB_TEXT(from), DB_TEXT(to), DB_TEXT(reason))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc enrolment_withdraw(struct req *req, int64_t cohort)
{
    return db_do(req->tx, NULL,
                 "DELETE FROM enrolment WHERE person = $1 AND cohort = $2 "
                 "AND state IN ('submitted', 'waitlisted')",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort)));
}
