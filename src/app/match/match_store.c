// SPDX-License-Identifier: Apache-2.0
//
// The rows of runs, their pairs, and published matches.
#include "app/match/match_store.h"

const char match_schema_1[] =
    "CREATE TABLE match_run(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES "
    "cohort(id), state TEXT NOT NULL, made_at {int} NOT NULL, mentees {int} NOT NULL, "
    "mentors {int} NOT NULL, matched {int} NOT NULL, total {int} NOT NULL, lowest {int} NOT NULL, "
    "proved {int} NOT NULL, seed {int} NOT NULL){end};\n"
    "CREATE INDEX match_run_cohort ON match_run(cohort);\n"
    "CREATE TABLE match_pair(run {id} NOT NULL REFERENCES match_run(id), mentee {id} NOT NULL "
    "REFERENCES enrolment(id), mentor {id} NOT NULL REFERENCES enrolment(id), score {int} NOT "
    "NULL, topics {int} NOT NULL, languages {int} NOT NULL, times {int} NOT NULL, "
    "PRIMARY KEY(run, mentee, mentor)){end};\n"
    "CREATE TABLE match(id {id} NOT NULL PRIMARY KEY, run {id} NOT NULL REFERENCES match_run(id), "
    "mentee {id} NOT NULL REFERENCES enrolment(id), mentor {id} NOT NULL REFERENCES enrolment(id), "
    "made_at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX match_mentee ON match(mentee);\n"
    "CREATE INDEX match_mentor ON match(mentor);\n";

const struct app_personal match_personal[] = {
    {"matches", "#cohort mentee mentor #made_at",
     "SELECT x.cohort, a.name, b.name, m.made_at FROM match m "
     "JOIN enrolment x ON x.id = m.mentee JOIN person a ON a.id = x.person "
     "JOIN enrolment y ON y.id = m.mentor JOIN person b ON b.id = y.person "
     "WHERE x.person = $1 OR y.person = $1 ORDER BY m.made_at", NULL},
    {NULL,      NULL,                             NULL,         NULL},
};

enum rc run_add(struct db_tx *tx, const struct match_run *run, const struct match_pair *pairs,
                size_t count, int64_t now_us)
{
    TRY(db_do(tx, NULL,
              "INSERT INTO match_run(id, cohort, state, made_at, mentees, mentors, matched, total, "
              "lowest, proved, seed) "
              "VALUES ($1, $2, 'under_review', $3, $4, $5, $6, $7, $8, $9, $10)",
              DB_ARGS(DB_INT(run->id), DB_INT(run->cohort), DB_INT(now_us), DB_INT(run->mentees),
                      DB_INT(run->mentors), DB_INT(run->matched), DB_INT(run->total),
                      DB_INT(run->lowest), DB_INT(run->proved), DB_INT(run->seed))));
    for (size_t k = 0; k < count; k++)
        TRY(db_do(tx, NULL,
                  "INSERT INTO match_pair(run, mentee, mentor, score, topics, languages, times) "
                  "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                  DB_ARGS(DB_INT(run->id), DB_INT(pairs[k].mentee), DB_INT(pairs[k].mentor),
                          DB_INT(pairs[k].score), DB_INT(pairs[k].topics),
                          DB_INT(pairs[k].languages), DB_INT(pairs[k].times))));
    return RC_OK;
}

static struct match_run read_run(const struct db_rows *rows, size_t k)
{
    return (struct match_run){db_int(rows, k, 0), db_int(rows, k, 1), db_text(rows, k, 2),
                              db_int(rows, k, 3), db_int(rows, k, 4), db_int(rows, k, 5),
                              db_int(rows, k, 6), db_int(rows, k, 7), db_int(rows, k, 8),
                              db_int(rows, k, 9), db_int(rows, k, 10)};
}

enum rc run_list(struct req *req, int64_t cohort, struct match_run **ret_runs, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT id, cohort, state, made_at, mentees, mentors, matched, total, lowest, "
                 "proved, seed FROM match_run WHERE cohort = $1 ORDER BY id DESC LIMIT 50",
                 DB_ARGS(DB_INT(cohort))));
    struct match_run *runs = ARENA_ARRAY(req->arena, struct match_run, db_count(rows));
    if (runs == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        runs[k] = read_run(rows, k);
    *ret_runs = runs;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc run_find(struct req *req, int64_t cohort, int64_t id, struct match_run *ret_run)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT id, cohort, state, made_at, mentees, mentors, matched, total, lowest, "
                 "proved, seed FROM match_run WHERE id = $1 AND cohort = $2",
                 DB_ARGS(DB_INT(id), DB_INT(cohort))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_run = read_run(rows, 0);
    return RC_OK;
}

static enum rc read_pairs(struct req *req, const struct db_rows *rows,
                          struct match_pair **ret_pairs, size_t *ret_count)
{
    struct match_pair *pairs = ARENA_ARRAY(req->arena, struct match_pair, db_count(rows));
    if (pairs == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        pairs[k] =
            (struct match_pair){db_int(rows, k, 0),  db_int(rows, k, 1),  db_int(rows, k, 2),
                                db_int(rows, k, 3),  db_int(rows, k, 4),  db_int(rows, k, 5),
                                db_text(rows, k, 6), db_text(rows, k, 7), db_text(rows, k, 8)};
    *ret_pairs = pairs;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc run_pairs(struct req *req, int64_t run, struct match_pair **ret_pairs, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT m.mentee, m.mentor, m.score, m.topics, m.languages, m.times, a.name, b.name "
        "FROM match_pair m JOIN enrolment x ON x.id = m.mentee "
        "JOIN person a ON a.id = x.person JOIN enrolment y ON y.id = m.mentor "
        "JOIN person b ON b.id = y.person WHERE m.run = $1 "
        "ORDER BY m.score, a.name, m.mentee LIMIT 5000",
        DB_ARGS(DB_INT(run))));
    return read_pairs(req, rows, ret_pairs, ret_count);
}

enum rc run_move(struct db_tx *tx, int64_t id, const char *from, const char *to)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed, "UPDATE match_run SET state = $3 WHERE id = $1 AND state = $2",
              DB_ARGS(DB_INT(id), DB_TEXT(from), DB_TEXT(to))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

// A match has the id of its mentee's enrolment: she has one mentor, and this keeps it so.
enum rc match_publish(struct db_tx *tx, int64_t run, int64_t now_us, uint64_t *ret_made)
{
    return db_do(
        tx, ret_made,
        "INSERT INTO match(id, run, mentee, mentor, made_at) "
        "SELECT p.mentee, p.run, p.mentee, p.mentor, $2 FROM match_pair p "
        "JOIN enrolment a ON a.id = p.mentee AND a.state = 'approved' "
        "JOIN enrolment b ON b.id = p.mentor AND b.state = 'approved' "
        "WHERE p.run = $1 AND NOT EXISTS (SELECT 1 FROM match m WHERE m.mentee = p.mentee) "
        "AND (SELECT count(*) FROM match m WHERE m.mentor = p.mentor) + "
        "(SELECT count(*) FROM match_pair q WHERE q.run = p.run AND q.mentor = p.mentor "
        "AND q.mentee <= p.mentee) <= b.places",
        DB_ARGS(DB_INT(run), DB_INT(now_us)));
}

enum rc match_mine(struct req *req, int64_t cohort, struct match_pair **ret_pairs,
                   size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT m.mentee, m.mentor, p.score, p.topics, p.languages, p.times, a.name, b.name, "
        "CASE WHEN a.id = $1 THEN b.email ELSE a.email END FROM match m JOIN match_pair p ON p.run = m.run AND p.mentee = m.mentee "
        "AND p.mentor = m.mentor JOIN enrolment x ON x.id = m.mentee "
        "JOIN person a ON a.id = x.person JOIN enrolment y ON y.id = m.mentor "
        "JOIN person b ON b.id = y.person "
        "WHERE x.cohort = $2 AND (x.person = $1 OR y.person = $1) ORDER BY a.name LIMIT 50",
        DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort))));
    return read_pairs(req, rows, ret_pairs, ret_count);
}
