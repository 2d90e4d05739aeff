// SPDX-License-Identifier: Apache-2.0
//
// The rows of cohorts.
#include "app/cohort/cohort_store.h"

#include "app/cohort/cohort.h"
#include "app/cohort/words.h"

const char cohort_schema_1[] =
    "CREATE TABLE cohort(id {id} NOT NULL PRIMARY KEY, name TEXT NOT NULL, about TEXT NOT NULL, "
    "starts TEXT NOT NULL, weeks {int} NOT NULL CHECK (weeks BETWEEN 4 AND 52), "
    "state TEXT NOT NULL){end};\n";

const char cohort_schema_2[] =
    "ALTER TABLE cohort ADD COLUMN cadence {int} NOT NULL DEFAULT 2;\n"
    "ALTER TABLE cohort ADD COLUMN hours {int} NOT NULL DEFAULT 2;\n"
    "CREATE TABLE objective(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES "
    "cohort(id), title TEXT NOT NULL, measure TEXT NOT NULL, baseline TEXT NOT NULL, "
    "target TEXT NOT NULL, due TEXT NOT NULL){end};\n"
    "CREATE INDEX objective_cohort ON objective(cohort, id);\n";

// The first programme is there from the beginning, with what a programme for women in technology
// aims at; cohorts that were made before there were programmes belong to it. A programme and the
// cohort of its defaults have one id, and roles for it stand in `role` with that id.
const char cohort_schema_3[] =
    "CREATE TABLE programme(id {id} NOT NULL PRIMARY KEY, name TEXT NOT NULL, about TEXT NOT NULL, "
    "steps {int} NOT NULL, made_at {int} NOT NULL, ended_at {int} NOT NULL){end};\n"
    "ALTER TABLE cohort ADD COLUMN programme {id} NOT NULL DEFAULT 1;\n"
    "ALTER TABLE cohort ADD COLUMN late {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE cohort ADD COLUMN opens TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE cohort ADD COLUMN closes TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE cohort ADD COLUMN reason TEXT NOT NULL DEFAULT '';\n"
    "CREATE INDEX cohort_programme ON cohort(programme, id);\n"
    "CREATE TABLE letter_text(programme {id} NOT NULL REFERENCES programme(id), name TEXT NOT NULL, "
    "language TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, version {int} NOT NULL, "
    "made_at {int} NOT NULL, made_by {id} NOT NULL, PRIMARY KEY(programme, name, language)){end};\n"
    "INSERT INTO programme(id, name, about, steps, made_at, ended_at) VALUES (1, 'Mentoring for "
    "women in technology', 'Women who work in technology, or want to, meet mentors who have been "
    "where they want to go.', 0, 0, 0);\n"
    "INSERT INTO cohort(id, name, about, starts, weeks, state, cadence, hours) VALUES (1, "
    "'Mentoring for women in technology', 'For women who start in technology, and for those who "
    "want to take the next step.', '2027-03-01', 26, 'template', 2, 2);\n"
    "INSERT INTO objective(id, cohort, title, measure, baseline, target, due) VALUES "
    "(1, 1, 'Mentees reach the goal that they came with', 'Share of mentees who say at the end that "
    "they reached it', '', '70 %', ''), "
    "(2, 1, 'Both sides find a match that fits', 'Share of pairs who say after the first meeting "
    "that the fit is good', '', '80 %', ''), "
    "(3, 1, 'Women stay and rise in technology', 'Share of mentees with a new role, a promotion or "
    "a first job in tech a year later', '', '30 %', '');\n";

const char cohort_schema_5[] =
    "ALTER TABLE objective ADD COLUMN description TEXT NOT NULL DEFAULT '';\n";

#define COHORT COHORT_AS("c.name")
#define COHORT_AS(name)                                                                            \
    "SELECT c.id, " name                                                                           \
    ", c.about, c.starts, c.weeks, c.state, c.cadence, c.hours, c.programme, "                     \
    "c.late, c.opens, c.closes, c.reason, g.name FROM cohort c "                                   \
    "JOIN programme g ON g.id = c.programme "

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

enum rc cohort_add(struct db_tx *tx, const struct cohort *cohort)
{
    return db_do(tx, NULL,
                 "INSERT INTO cohort(id, name, about, starts, weeks, state, cadence, hours, "
                 "programme, late, opens, closes, reason) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '')",
                 DB_ARGS(DB_INT(cohort->id), DB_TEXT(cohort->name), DB_TEXT(cohort->about),
                         DB_TEXT(cohort->starts), DB_INT(cohort->weeks), DB_TEXT(cohort->state),
                         DB_INT(cohort->cadence), DB_INT(cohort->hours),
                         DB_INT(cohort->programme == 0 ? PROGRAMME_FIRST : cohort->programme),
                         DB_INT(cohort->late), DB_TEXT(or_empty(cohort->opens)),
                         DB_TEXT(or_empty(cohort->closes))));
}

static struct cohort read_cohort(const struct db_rows *rows, size_t row)
{
    return (struct cohort){db_int(rows, row, 0),   db_text(rows, row, 1),  db_text(rows, row, 2),
                           db_text(rows, row, 3),  db_int(rows, row, 4),   db_text(rows, row, 5),
                           db_int(rows, row, 6),   db_int(rows, row, 7),   db_int(rows, row, 8),
                           db_int(rows, row, 9),   db_text(rows, row, 10), db_text(rows, row, 11),
                           db_text(rows, row, 12), db_text(rows, row, 13)};
}

enum rc cohort_find(struct db_tx *tx, struct arena *arena, int64_t id, struct cohort *ret_cohort)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, COHORT "WHERE c.id = $1", DB_ARGS(DB_INT(id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_cohort = read_cohort(rows, 0);
    return RC_OK;
}

enum rc cohort_load(struct req *req, struct cohort *ret_cohort)
{
    return cohort_find(req->tx, req->arena, req_id(req, "cohort"), ret_cohort);
}

// What is being prepared is for those who run it; what a programme has ended is for nobody's list.
enum rc cohort_translate(struct req *req, struct cohort *cohort)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT " WORDS_OF_C("name", "$2") ", " WORDS_OF_C(
                     "about", "$3") " FROM cohort c "
                                    "JOIN programme g ON g.id = c.programme WHERE c.id = $1",
                 DB_ARGS(DB_INT(cohort->id), DB_TEXT(cohort->name), DB_TEXT(cohort->about),
                         DB_TEXT(locale_tag(req->locale)))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    cohort->name = db_text(rows, 0, 0);
    cohort->about = db_text(rows, 0, 1);
    return RC_OK;
}

enum rc cohort_list(struct req *req, int64_t programme, struct cohort **ret_cohorts,
                    size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        COHORT_AS(WORDS_OF_C(
            "name",
            "c.name")) "WHERE ($1 = 0 OR c.programme = $1) "
                       "AND c.state <> 'template' AND ($1 <> 0 OR g.ended_at = 0) "
                       "AND (c.state <> 'draft' OR $2 = 1 OR EXISTS (SELECT 1 FROM role r "
                       "WHERE r.person = $3 AND r.role IN ('manager', 'coordinator') "
                       "AND r.cohort IN (0, c.id, c.programme))) ORDER BY c.id DESC LIMIT 100",
        DB_ARGS(DB_INT(programme), DB_INT(req->actor.admin), DB_INT(req->actor.person),
                DB_TEXT(locale_tag(req->locale)))));
    struct cohort *cohorts = ARENA_ARRAY(req->arena, struct cohort, db_count(rows));
    if (cohorts == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        cohorts[k] = read_cohort(rows, k);
    *ret_cohorts = cohorts;
    *ret_count = db_count(rows);
    return RC_OK;
}

// RC_EXISTS: somebody moved it before.
enum rc cohort_move(struct db_tx *tx, int64_t id, const char *from, const char *to)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed, "UPDATE cohort SET state = $3 WHERE id = $1 AND state = $2",
              DB_ARGS(DB_INT(id), DB_TEXT(from), DB_TEXT(to))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc cohort_update(struct db_tx *tx, const struct cohort *c)
{
    return db_do(tx, NULL,
                 "UPDATE cohort SET name = $2, about = $3, starts = $4, weeks = $5, cadence = $6, "
                 "hours = $7, late = $8, opens = $9, closes = $10 WHERE id = $1",
                 DB_ARGS(DB_INT(c->id), DB_TEXT(c->name), DB_TEXT(c->about), DB_TEXT(c->starts),
                         DB_INT(c->weeks), DB_INT(c->cadence), DB_INT(c->hours), DB_INT(c->late),
                         DB_TEXT(c->opens), DB_TEXT(c->closes)));
}

enum rc cohort_cancel(struct db_tx *tx, int64_t id, const char *reason)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed,
              "UPDATE cohort SET state = 'cancelled', reason = $2 WHERE id = $1 "
              "AND state IN ('draft', 'enrolling', 'reviewing', 'matching')",
              DB_ARGS(DB_INT(id), DB_TEXT(reason))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc team_list(struct req *req, int64_t cohort, struct team_member **ret_team, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT p.id, p.name, p.email, r.role FROM role r JOIN person p ON p.id = r.person "
        "WHERE r.cohort = $1 ORDER BY r.role, p.name, p.id LIMIT 200",
        DB_ARGS(DB_INT(cohort))));
    struct team_member *team = ARENA_ARRAY(req->arena, struct team_member, db_count(rows));
    if (team == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        team[k] = (struct team_member){db_int(rows, k, 0), db_text(rows, k, 1), db_text(rows, k, 2),
                                       db_text(rows, k, 3)};
    *ret_team = team;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc cohort_add_ready(struct db_tx *tx, const struct cohort *cohort, int64_t now_us)
{
    int64_t programme = cohort->programme == 0 ? PROGRAMME_FIRST : cohort->programme;
    TRY(cohort_add(tx, cohort));
    return objective_take_over(tx, programme, cohort->id, now_us);
}
