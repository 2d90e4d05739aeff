// SPDX-License-Identifier: Apache-2.0
//
// Who sits out, the letters about it, and the job that asks; see match_presence.h.
#include "app/match/match_presence.h"

#include <string.h>

#include "base/date.h"

enum { DAY_S = 86400, ASKED_A_ROUND = 200 };

const char match_schema_5[] =
    "CREATE TABLE match_presence(enrolment {id} NOT NULL PRIMARY KEY REFERENCES enrolment(id), "
    "unanswered {int} NOT NULL, hidden_at {int} NOT NULL, away_at {int} NOT NULL, "
    "asked_at {int} NOT NULL, confirmed_at {int} NOT NULL){end};\n"
    "CREATE TABLE match_question(id {id} NOT NULL PRIMARY KEY, match {id} NOT NULL REFERENCES "
    "match(id), of_mentor {int} NOT NULL, words TEXT NOT NULL, asked_at {int} NOT NULL, "
    "answer TEXT NOT NULL, answered_by {id} NOT NULL, answered_at {int} NOT NULL){end};\n"
    "CREATE INDEX match_question_of ON match_question(match);\n";

// clang-format off
static const struct app_letter letter_warned = {
    MSG("Two offers went without an answer"),
    {MSG("Hello {0},"), MSG("in {1}, two offers in a row ended because you did not answer. That is no harm, but somebody waited."),
     MSG("After a third you are not offered to mentees any more until you say that you are there. Pairs that run are not touched. You can say so at any time here:"), "{2}", NULL}
};
static const struct app_letter letter_hidden = {
    MSG("Are you still there?"),
    {MSG("Hello {0},"), MSG("in {1}, we have not heard from you for a while, so you are not offered to mentees just now. Pairs that run are not touched."),
     MSG("One button brings you back:"), "{2}", NULL}
};
static const struct app_letter letter_asked = {
    MSG("Do you still want to mentor?"),
    {MSG("Hello {0},"), MSG("you are a mentor in {1}. It is three months since you last said that you have time."),
     MSG("Please say within two weeks that you are still there, by one button. Without it you are not offered to new mentees; pairs that run are not touched."), "{2}", NULL}
};
// clang-format on

// ---- rows --------------------------------------------------------------------------------------

static enum rc put_row(struct db_tx *tx, int64_t enrolment)
{
    return db_do(tx, NULL,
                 "INSERT INTO match_presence(enrolment, unanswered, hidden_at, away_at, asked_at, "
                 "confirmed_at) VALUES ($1, 0, 0, 0, 0, 0) ON CONFLICT (enrolment) DO NOTHING",
                 DB_ARGS(DB_INT(enrolment)));
}

static enum rc write_mentor(const struct offering *o, const struct match *match,
                            const struct app_letter *letter)
{
    const char *url =
        arena_printf(o->at.arena, "%s/cohorts/%lld/match", o->url, (long long)match->cohort);
    if (url == NULL)
        return RC_NO_MEMORY;
    const char *const values[] = {match->mentor_name, match->cohort_name, url};
    return app_send_from(&o->at, match->mentor_email, match->mentor_language, letter, values, 3);
}

enum rc presence_unanswered(const struct offering *o, const struct match *match)
{
    struct db_rows *rows = NULL;
    TRY(put_row(o->at.tx, match->mentor));
    TRY(db_query(o->at.tx, o->at.arena, &rows,
                 "UPDATE match_presence SET unanswered = unanswered + 1, hidden_at = "
                 "CASE WHEN unanswered + 1 >= $2 AND hidden_at = 0 THEN $3 ELSE hidden_at END "
                 "WHERE enrolment = $1 RETURNING unanswered",
                 DB_ARGS(DB_INT(match->mentor), DB_INT(PRESENCE_HIDE), DB_INT(o->at.now_us))));
    int64_t unanswered = db_int(rows, 0, 0);
    if (unanswered == PRESENCE_WARN)
        return write_mentor(o, match, &letter_warned);
    return unanswered == PRESENCE_HIDE ? write_mentor(o, match, &letter_hidden) : RC_OK;
}

enum rc presence_answered(const struct offering *o, int64_t enrolment, bool away)
{
    TRY(put_row(o->at.tx, enrolment));
    return db_do(o->at.tx, NULL,
                 "UPDATE match_presence SET unanswered = 0, asked_at = 0, confirmed_at = $2, "
                 "away_at = CASE WHEN $3 = 1 THEN $2 ELSE away_at END WHERE enrolment = $1",
                 DB_ARGS(DB_INT(enrolment), DB_INT(o->at.now_us), DB_INT(away)));
}

enum rc presence_back(struct req *req, int64_t cohort)
{
    return db_do(req->tx, NULL,
                 "UPDATE match_presence SET unanswered = 0, hidden_at = 0, away_at = 0, "
                 "asked_at = 0, confirmed_at = $3 WHERE enrolment IN (SELECT id FROM enrolment "
                 "WHERE person = $1 AND cohort = $2)",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort), DB_INT(req->now_us)));
}

enum rc presence_mine(struct req *req, int64_t cohort, struct match_presence **ret_rows,
                      size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT s.enrolment, s.unanswered, s.hidden_at, s.away_at, s.asked_at, e.role "
                 "FROM match_presence s JOIN enrolment e ON e.id = s.enrolment "
                 "WHERE e.person = $1 AND e.cohort = $2 AND e.state = 'approved' "
                 "AND (s.hidden_at > 0 OR s.away_at > 0 OR s.asked_at > 0 OR s.unanswered >= $3)",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort), DB_INT(PRESENCE_WARN))));
    struct match_presence *all = ARENA_ARRAY(req->arena, struct match_presence, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] =
            (struct match_presence){db_int(rows, k, 0), db_int(rows, k, 1), db_int(rows, k, 2),
                                    db_int(rows, k, 3), db_int(rows, k, 4), db_text(rows, k, 5)};
    *ret_rows = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc presence_counts(struct req *req, int64_t cohort, int64_t *ret_out, int64_t *ret_short)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT (SELECT count(*) FROM match_presence s JOIN enrolment e "
                 "ON e.id = s.enrolment WHERE e.cohort = $1 AND e.state = 'approved' "
                 "AND (s.hidden_at > 0 OR s.away_at > 0)), (SELECT count(*) FROM enrolment e "
                 "JOIN cohort c ON c.id = e.cohort WHERE e.cohort = $1 AND e.role = 'mentor' "
                 "AND e.state = 'approved' AND e.places > 0 AND e.hours > 0 AND e.hours < c.hours)",
                 DB_ARGS(DB_INT(cohort))));
    *ret_out = db_int(rows, 0, 0);
    *ret_short = db_int(rows, 0, 1);
    return RC_OK;
}

// ---- the job that asks -------------------------------------------------------------------------

#define DUE_MENTOR                                                                                 \
    "SELECT e.id, p.email, p.language, p.name, c.name, c.id FROM enrolment e "                     \
    "JOIN person p ON p.id = e.person JOIN cohort c ON c.id = e.cohort "                           \
    "LEFT JOIN match_presence s ON s.enrolment = e.id WHERE e.role = 'mentor' "                    \
    "AND e.state = 'approved' AND e.places > 0 AND p.closed_at = 0 "                               \
    "AND c.state IN ('enrolling', 'reviewing', 'matching', 'running') "

static enum rc write_all(const struct offering *o, const struct db_rows *rows,
                         const struct app_letter *letter)
{
    for (size_t k = 0; k < db_count(rows); k++) {
        const char *url = arena_printf(o->at.arena, "%s/cohorts/%lld/match", o->url,
                                       (long long)db_int(rows, k, 5));
        if (url == NULL)
            return RC_NO_MEMORY;
        const char *const values[] = {db_text(rows, k, 3), db_text(rows, k, 4), url};
        TRY(app_send_from(&o->at, db_text(rows, k, 1), db_text(rows, k, 2), letter, values, 3));
        TRY(put_row(o->at.tx, db_int(rows, k, 0)));
    }
    return RC_OK;
}

static enum rc hide_silent(const struct offering *o)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        o->at.tx, o->at.arena, &rows,
        DUE_MENTOR "AND s.hidden_at = 0 AND s.asked_at > 0 AND s.asked_at <= $1 "
                   "ORDER BY e.id LIMIT $2",
        DB_ARGS(DB_INT(o->at.now_us - PRESENCE_GRACE_DAYS * DAY_US), DB_INT(ASKED_A_ROUND))));
    TRY(write_all(o, rows, &letter_hidden));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(db_do(o->at.tx, NULL,
                  "UPDATE match_presence SET hidden_at = $2, asked_at = 0 WHERE enrolment = $1",
                  DB_ARGS(DB_INT(db_int(rows, k, 0)), DB_INT(o->at.now_us))));
    return RC_OK;
}

static enum rc ask_quiet(const struct offering *o)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        o->at.tx, o->at.arena, &rows,
        DUE_MENTOR
        "AND coalesce(s.asked_at, 0) = 0 AND coalesce(s.hidden_at, 0) = 0 "
        "AND coalesce(s.away_at, 0) = 0 AND coalesce(s.confirmed_at, 0) <= $1 "
        "AND CASE WHEN e.sent_at > 0 THEN e.sent_at ELSE e.created_at END <= $1 AND NOT EXISTS "
        "(SELECT 1 FROM match m WHERE m.mentor = e.id AND (m.began_at > $1 OR m.made_at > $1)) "
        "ORDER BY e.id LIMIT $2",
        DB_ARGS(DB_INT(o->at.now_us - PRESENCE_DAYS * DAY_US), DB_INT(ASKED_A_ROUND))));
    TRY(write_all(o, rows, &letter_asked));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(db_do(o->at.tx, NULL, "UPDATE match_presence SET asked_at = $2 WHERE enrolment = $1",
                  DB_ARGS(DB_INT(db_int(rows, k, 0)), DB_INT(o->at.now_us))));
    return RC_OK;
}

static enum rc look_at_mentors(struct db_tx *tx, struct job *job)
{
    const struct app *app = job->context;
    struct offering o = {
        {tx, job->arena, app, job->now_us},
        app->url
    };
    TRY(hide_silent(&o));
    return ask_quiet(&o);
}

struct job_kind match_presence_kind(const struct app *app)
{
    return (struct job_kind){.name = "match_presence",
                             .every_s = DAY_S,
                             .inside = look_at_mentors,
                             .context = (void *)(uintptr_t)app};
}
