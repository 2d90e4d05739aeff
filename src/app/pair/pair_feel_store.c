// SPDX-License-Identifier: Apache-2.0
//
// The rows of feedback and surveys, and the rules that say which pairs need help; see pair_feel.h.
#include <string.h>

#include "base/date.h"

#include "app/pair/pair_feel.h"
#include "auth/token.h"

const char pair_schema_4[] =
    "ALTER TABLE match ADD COLUMN next_pulse {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match ADD COLUMN mid_at {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match ADD COLUMN nudged {int} NOT NULL DEFAULT 0;\n"
    "CREATE TABLE report(meeting {id} NOT NULL REFERENCES meeting(id), person {id} NOT NULL "
    "REFERENCES person(id), useful {int} NOT NULL, line TEXT NOT NULL, shared {int} NOT NULL, "
    "private TEXT NOT NULL, at {int} NOT NULL, PRIMARY KEY(meeting, person)){end};\n"
    "CREATE INDEX report_person ON report(person);\n"
    "CREATE TABLE survey(id {id} NOT NULL PRIMARY KEY, match {id} NOT NULL REFERENCES match(id), "
    "person {id} NOT NULL REFERENCES person(id), kind TEXT NOT NULL, number {int} NOT NULL, asked_at "
    "{int} NOT NULL, answered_at {int} NOT NULL, closed_at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX survey_once ON survey(match, person, kind, number);\n"
    "CREATE INDEX survey_person ON survey(person);\n"
    "CREATE TABLE survey_answer(survey {id} NOT NULL REFERENCES survey(id), question TEXT NOT NULL, "
    "number {int} NOT NULL, words TEXT NOT NULL, PRIMARY KEY(survey, question)){end};\n"
    "CREATE TABLE farewell(match {id} NOT NULL REFERENCES match(id), person {id} NOT NULL REFERENCES "
    "person(id), stay {int} NOT NULL, thanks TEXT NOT NULL, at {int} NOT NULL, PRIMARY KEY(match, "
    "person)){end};\n"
    "CREATE INDEX farewell_person ON farewell(person);\n"
    "CREATE TABLE concern(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES cohort(id), "
    "match {id} NOT NULL, kind TEXT NOT NULL, by_person {id} NOT NULL REFERENCES person(id), named "
    "{int} NOT NULL, text TEXT NOT NULL, state TEXT NOT NULL, made_at {int} NOT NULL, due_at {int} "
    "NOT NULL, taken_by {id} NOT NULL, closed_at {int} NOT NULL){end};\n"
    "CREATE INDEX concern_cohort ON concern(cohort, state);\n"
    "CREATE INDEX concern_match ON concern(match);\n"
    "CREATE INDEX concern_person ON concern(by_person);\n"
    "CREATE TABLE concern_note(id {id} NOT NULL PRIMARY KEY, concern {id} NOT NULL REFERENCES "
    "concern(id), person {id} NOT NULL REFERENCES person(id), text TEXT NOT NULL, shown {int} NOT "
    "NULL, at {int} NOT NULL){end};\n"
    "CREATE INDEX concern_note_of ON concern_note(concern);\n"
    "CREATE INDEX concern_note_person ON concern_note(person);\n";

const char pair_schema_5[] = "ALTER TABLE match ADD COLUMN closing_at {int} NOT NULL DEFAULT 0;\n";

// ---- after a meeting -------------------------------------------------------------------------

enum rc report_find(struct db_tx *tx, struct arena *arena, int64_t meeting, int64_t person,
                    struct report *ret_report)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT useful, line, shared, private FROM report WHERE meeting = $1 AND person = "
                 "$2",
                 DB_ARGS(DB_INT(meeting), DB_INT(person))));
    *ret_report = (struct report){0, "", 0, ""};
    if (db_count(rows) > 0)
        *ret_report = (struct report){db_int(rows, 0, 0), db_text(rows, 0, 1), db_int(rows, 0, 2),
                                      db_text(rows, 0, 3)};
    return RC_OK;
}

enum rc report_set(struct req *req, int64_t meeting, const struct report *r)
{
    return db_do(
        req->tx, NULL,
        "INSERT INTO report(meeting, person, useful, line, shared, private, at) VALUES ($1, "
        "$2, $3, $4, $5, $6, $7) ON CONFLICT(meeting, person) DO UPDATE SET useful = $3, "
        "line = $4, shared = $5, private = $6, at = $7",
        DB_ARGS(DB_INT(meeting), DB_INT(req->actor.person), DB_INT(r->useful), DB_TEXT(r->line),
                DB_INT(r->shared), DB_TEXT(r->private), DB_INT(req->now_us)));
}

// ---- surveys ---------------------------------------------------------------------------------

static struct survey read_survey(const struct db_rows *r, size_t k)
{
    return (struct survey){db_int(r, k, 0),  db_int(r, k, 1), db_int(r, k, 2),
                           db_text(r, k, 3), db_int(r, k, 4), db_int(r, k, 5)};
}

enum rc survey_open_list(struct req *req, int64_t match, struct survey **ret_surveys,
                         size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT id, match, person, kind, answered_at, closed_at FROM survey WHERE match = "
                 "$1 AND person = $2 AND answered_at = 0 AND closed_at = 0 ORDER BY id LIMIT 10",
                 DB_ARGS(DB_INT(match), DB_INT(req->actor.person))));
    struct survey *all = ARENA_ARRAY(req->arena, struct survey, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_survey(rows, k);
    *ret_surveys = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc survey_find(struct req *req, int64_t match, int64_t id, struct survey *ret_survey)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT id, match, person, kind, answered_at, closed_at FROM survey WHERE id = $1 "
                 "AND match = $2 AND person = $3",
                 DB_ARGS(DB_INT(id), DB_INT(match), DB_INT(req->actor.person))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_survey = read_survey(rows, 0);
    return RC_OK;
}

enum rc survey_add(struct db_tx *tx, int64_t match, int64_t person, const char *kind,
                   int64_t number, int64_t now_us)
{
    uint64_t changed = 0;
    int64_t id = db_new_id(now_us);
    TRY(db_do(
        tx, &changed,
        "INSERT INTO survey(id, match, person, kind, number, asked_at, answered_at, closed_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, 0, 0) ON CONFLICT DO NOTHING",
        DB_ARGS(DB_INT(id), DB_INT(match), DB_INT(person), DB_TEXT(kind), DB_INT(number),
                DB_INT(now_us))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc survey_answer(struct req *req, const struct survey *survey, const char *question,
                      int64_t number, const char *words)
{
    return db_do(
        req->tx, NULL,
        "INSERT INTO survey_answer(survey, question, number, words) VALUES ($1, $2, $3, $4)",
        DB_ARGS(DB_INT(survey->id), DB_TEXT(question), DB_INT(number), DB_TEXT(words)));
}

enum rc survey_done(struct req *req, const struct survey *survey)
{
    uint64_t changed = 0;
    TRY(db_do(
        req->tx, &changed,
        "UPDATE survey SET answered_at = $2 WHERE id = $1 AND answered_at = 0 AND closed_at = "
        "0",
        DB_ARGS(DB_INT(survey->id), DB_INT(req->now_us))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc survey_add_early(const struct app_place *at, int64_t match, int64_t other, int64_t by,
                         const char *fit)
{
    int64_t id = db_new_id(at->now_us);
    bool said = fit[0] != '\0';
    TRY(survey_add(at->tx, match, other, "early", 1, at->now_us));
    TRY(db_do(
        at->tx, NULL,
        "INSERT INTO survey(id, match, person, kind, number, asked_at, answered_at, closed_at) "
        "VALUES ($1, $2, $3, 'early', 1, $4, $5, $6)",
        DB_ARGS(DB_INT(id), DB_INT(match), DB_INT(by), DB_INT(at->now_us),
                DB_INT(said ? at->now_us : 0), DB_INT(said ? 0 : at->now_us))));
    return !said ? RC_OK
                 : db_do(at->tx, NULL,
                         "INSERT INTO survey_answer(survey, question, number, words) VALUES ($1, "
                         "'fit_end', 0, $2)",
                         DB_ARGS(DB_INT(id), DB_TEXT(fit)));
}

enum rc survey_close_all(struct db_tx *tx, int64_t match, int64_t now_us)
{
    return db_do(
        tx, NULL,
        "UPDATE survey SET closed_at = $2 WHERE match = $1 AND answered_at = 0 AND closed_at "
        "= 0",
        DB_ARGS(DB_INT(match), DB_INT(now_us)));
}

enum rc survey_link_add(const struct app_place *at, int64_t match, int64_t person,
                        const char **ret_path)
{
    struct db_rows *rows = NULL;
    *ret_path = NULL;
    TRY(db_query(at->tx, at->arena, &rows,
                 "SELECT id FROM survey WHERE match = $1 AND person = $2 AND answered_at = 0 AND "
                 "closed_at = 0 ORDER BY id DESC LIMIT 1",
                 DB_ARGS(DB_INT(match), DB_INT(person))));
    if (db_count(rows) == 0)
        return RC_OK;
    const char *token = token_new(at->arena);
    const char *hash = token == NULL ? NULL : token_hash(at->arena, "survey", token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(db_do(
        at->tx, NULL,
        "INSERT INTO survey_link(hash, survey, person, made_at) VALUES ($1, $2, $3, $4)",
        DB_ARGS(DB_TEXT(hash), DB_INT(db_int(rows, 0, 0)), DB_INT(person), DB_INT(at->now_us))));
    *ret_path = arena_printf(at->arena, "/answer/%s", token);
    return *ret_path == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc survey_link_find(struct req *req, struct survey *ret_survey)
{
    struct db_rows *rows = NULL;
    const char *hash = token_hash(req->arena, "survey", req_param(req, "token"));
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT s.id, s.match, s.person, s.kind, s.answered_at, s.closed_at FROM "
                 "survey_link l JOIN survey s ON s.id = l.survey JOIN person p ON p.id = l.person "
                 "WHERE l.hash = $1 AND l.made_at > $2 AND p.closed_at = 0",
                 DB_ARGS(DB_TEXT(hash), DB_INT(req->now_us - SURVEY_LINK_DAYS * DAY_US))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_survey = read_survey(rows, 0);
    return RC_OK;
}

enum rc survey_is_bad_fit(struct req *req, const struct survey *survey, bool *ret_bad)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT 1 FROM survey_answer WHERE survey = $1 AND question = 'fit' AND words = "
                 "'not'",
                 DB_ARGS(DB_INT(survey->id))));
    *ret_bad = db_count(rows) > 0;
    return RC_OK;
}

// ---- which pairs need help -------------------------------------------------------------------

const char *pair_risk_label(unsigned risk)
{
    static const char *const labels[PAIR_RISKS] = {
        [RISK_NO_MEETING] = MSG("no meeting two weeks after the start"),
        [RISK_STILL_NONE] = MSG(
            "still no meeting three weeks after the start: talk to each of them, or look for another match"),
        [RISK_LONG_AGO] = MSG("no meeting for twice as long as agreed, and none to come"),
        [RISK_LOW_PULSE] = MSG("the last answer about how it goes was 1 or 2 of 5"),
        [RISK_UNSIGNED] = MSG("two meetings, and no agreement signed"),
        [RISK_UNANSWERED] = MSG("a message has waited for a week"),
        [RISK_MISSED] = MSG("two missed meetings"),
        [RISK_BAD_FIT] = MSG("somebody says that it does not fit"),
        [RISK_PAUSE_OVER] = MSG("a pause has ended a week ago, and nobody is back"),
        [RISK_ASKED] = MSG("a note to you in the last two weeks")};
    return labels[risk];
}

bool pair_is_urgent(const struct pair_stand *stand)
{
    return (stand->risks >> RISK_STILL_NONE & 1) != 0;
}

uint32_t pair_risks(const struct pair_stand *s, int64_t cadence, int64_t now_us)
{
    enum { UNREAD_DAYS = 7, PAUSE_DAYS = 7 };
    uint32_t risks = 0;
    int64_t weeks = s->cadence > 0 ? s->cadence : cadence;
    bool paused = strcmp(s->state, "paused") == 0;
    if (paused)
        return s->paused_until > 0 && now_us > s->paused_until + PAUSE_DAYS * DAY_US
                   ? 1u << RISK_PAUSE_OVER
                   : 0;
    // The clock of the rules starts again when a pause ends.
    int64_t since = s->paused_until > s->began_at ? s->paused_until : s->began_at;
    int64_t last = s->last_held > since ? s->last_held : since;
    if (s->held == 0 && s->to_come == 0 && now_us > since + PAIR_FIRST_DAYS * DAY_US)
        risks |=
            1u << (now_us > since + PAIR_STILL_DAYS * DAY_US ? RISK_STILL_NONE : RISK_NO_MEETING);
    if (s->held > 0 && s->to_come == 0 && now_us > last + 14 * weeks * DAY_US)
        risks |= 1u << RISK_LONG_AGO;
    if (s->pulse > 0 && s->pulse <= 2)
        risks |= 1u << RISK_LOW_PULSE;
    if (s->held >= 2 && !s->signed_by_both)
        risks |= 1u << RISK_UNSIGNED;
    if (s->unread_since > 0 && now_us > s->unread_since + UNREAD_DAYS * DAY_US)
        risks |= 1u << RISK_UNANSWERED;
    if (s->missed >= 2)
        risks |= 1u << RISK_MISSED;
    if (s->bad_fit > 0)
        risks |= 1u << RISK_BAD_FIT;
    if (s->asked > 0)
        risks |= 1u << RISK_ASKED;
    return risks;
}

#define STAND                                                                                                                               \
    "SELECT m.id, a.name, b.name, m.state, m.began_at, m.paused_until, m.ends_on, "                                                         \
    "(SELECT count(*) FROM meeting t WHERE t.match = m.id AND t.state = 'held'), "                                                          \
    "(SELECT coalesce(max(t.at), 0) FROM meeting t WHERE t.match = m.id AND t.state = 'held'), "                                            \
    "(SELECT count(*) FROM meeting t WHERE t.match = m.id AND t.state = 'scheduled' AND t.at > "                                            \
    "$2), "                                                                                                                                 \
    "(SELECT count(*) FROM meeting t WHERE t.match = m.id AND t.excused = 0 AND t.state IN "                                                \
    "('no_show_mentee', 'no_show_mentor')), "                                                                                               \
    "(SELECT count(*) FROM agreement g WHERE g.match = m.id AND g.mentee_signed > 0 AND "                                                   \
    "g.mentor_signed > 0), "                                                                                                                \
    "coalesce((SELECT min(w.number) FROM survey_answer w JOIN survey s ON s.id = w.survey WHERE "                                           \
    "s.match = m.id AND w.question = 'satisfied' AND s.number = (SELECT max(z.number) FROM survey "                                         \
    "z WHERE z.match = m.id AND z.kind = s.kind AND z.answered_at > 0)), 0), "                                                              \
    "(SELECT count(*) FROM survey_answer w JOIN survey s ON s.id = w.survey WHERE s.match = m.id "                                          \
    "AND w.question = 'fit' AND w.words = 'not'), "                                                                                         \
    "(SELECT coalesce(min(t.at), 0) FROM message t WHERE t.match = m.id AND t.id > "                                                        \
    "coalesce((SELECT max(s.upto) FROM message_seen s WHERE s.match = m.id AND s.person <> "                                                \
    "t.person), 0)), "                                                                                                                      \
    "(SELECT count(*) FROM report r JOIN meeting t ON t.id = r.meeting WHERE t.match = m.id AND "                                           \
    "r.private <> '' AND r.at > $3), "                                                                                                      \
    "coalesce((SELECT g.cadence FROM agreement g WHERE g.match = m.id AND g.mentee_signed > 0 AND "                                         \
    "g.mentor_signed > 0 ORDER BY g.version DESC LIMIT 1), 0), "                                                                            \
    "(SELECT count(*) FROM goal g WHERE g.match = m.id AND NOT EXISTS (SELECT 1 FROM goal_objective l WHERE l.goal = g.id) AND g.state IN " \
    "('agreed', 'changed') AND EXISTS (SELECT 1 FROM objective o WHERE o.cohort = m.cohort)) "                                              \
    "FROM match m JOIN person a ON a.id = m.mentee_person JOIN person b ON b.id = m.mentor_person "                                         \
    "WHERE m.cohort = $1 AND m.state IN ('active', 'paused', 'closing') AND m.mentee_person <> $4 AND "                                     \
    "m.mentor_person <> $4 AND ($5 = 0 OR m.id = $5) ORDER BY m.mentee_key, m.id LIMIT 5000"

enum rc pair_stands(struct req *req, const struct cohort *cohort, int64_t match,
                    struct pair_stand **ret_stands, size_t *ret_count)
{
    enum { EARLY_DAYS = 14, NOTE_DAYS = 14 };
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r, STAND,
                 DB_ARGS(DB_INT(cohort->id), DB_INT(req->now_us),
                         DB_INT(req->now_us - NOTE_DAYS * DAY_US), DB_INT(req->actor.person),
                         DB_INT(match))));
    struct pair_stand *all = ARENA_ARRAY(req->arena, struct pair_stand, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++) {
        all[k] = (struct pair_stand){db_int(r, k, 0),
                                     db_text(r, k, 1),
                                     db_text(r, k, 2),
                                     db_text(r, k, 3),
                                     db_int(r, k, 4),
                                     db_int(r, k, 5),
                                     db_text(r, k, 6),
                                     db_int(r, k, 7),
                                     db_int(r, k, 8),
                                     db_int(r, k, 9),
                                     db_int(r, k, 10),
                                     db_int(r, k, 11),
                                     db_int(r, k, 12),
                                     db_int(r, k, 13),
                                     db_int(r, k, 14),
                                     db_int(r, k, 15),
                                     db_int(r, k, 16),
                                     db_int(r, k, 17),
                                     0,
                                     false};
        all[k].risks = pair_risks(&all[k], cohort->cadence, req->now_us);
        all[k].early = all[k].risks == 0 && req->now_us < all[k].began_at + EARLY_DAYS * DAY_US;
    }
    *ret_stands = all;
    *ret_count = db_count(r);
    return RC_OK;
}

// ---- farewells, and what was told
// ----------------------------------------------------------------

enum rc farewell_list(struct req *req, int64_t match, struct db_rows **ret_rows)
{
    return db_query(req->tx, req->arena, ret_rows,
                    "SELECT person, stay, thanks FROM farewell WHERE match = $1",
                    DB_ARGS(DB_INT(match)));
}

enum rc farewell_set(struct req *req, const struct pair *pair, int64_t stay, const char *thanks)
{
    return db_do(
        req->tx, NULL,
        "INSERT INTO farewell(match, person, stay, thanks, at) VALUES ($1, $2, $3, $4, $5) ON "
        "CONFLICT(match, person) DO UPDATE SET stay = $3, thanks = $4, at = $5",
        DB_ARGS(DB_INT(pair->match.id), DB_INT(pair->me), DB_INT(stay), DB_TEXT(thanks),
                DB_INT(req->now_us)));
}

enum rc told_list(struct req *req, int64_t match, struct db_rows **ret_rows)
{
    return db_query(
        req->tx, req->arena, ret_rows,
        "SELECT p.name, '' AS question, 0 AS number, r.private AS words, r.at AS told, '' AS asked, "
        "'' AS kind FROM report r JOIN meeting t ON t.id = r.meeting JOIN person p ON p.id = "
        "r.person WHERE t.match = $1 AND r.private <> '' UNION ALL SELECT p.name, w.question, "
        "w.number, w.words, s.answered_at, coalesce(q.text, ''), coalesce(q.kind, '') FROM survey s "
        "JOIN survey_answer w ON w.survey = s.id JOIN person p ON p.id = s.person LEFT JOIN "
        "bank_question q ON 'own:' || q.id = w.question WHERE s.match = $1 AND (substr(w.question, "
        "1, 4) <> 'own:' OR q.audience = 'staff') ORDER BY 5 DESC, 2 LIMIT 200",
        DB_ARGS(DB_INT(match)));
}
