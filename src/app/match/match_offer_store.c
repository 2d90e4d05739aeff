// SPDX-License-Identifier: Apache-2.0
//
// The rows of matches: offers, answers, and what became of them.
#include <string.h>

#include "app/match/match_store.h"

enum { DAY_S = 86400, US = 1000000 };

#define MATCH                                                                                      \
    "SELECT m.id, m.cohort, m.mentee, m.mentor, m.state, m.asked, m.mentee_yes, m.mentor_yes, "    \
    "m.ends_at, m.reason, m.words, a.id, b.id, a.name, b.name, a.email, b.email, a.language, "     \
    "b.language, a.zone, b.zone, c.name, coalesce(q.topics, ''), coalesce(q.overlap, 0), x.goal, " \
    "y.goal, x.about, y.about, m.run, m.reminded, a.pronouns, b.pronouns, coalesce(q.score, 0) "   \
    "FROM match m JOIN enrolment x ON x.id = m.mentee JOIN person a ON a.id = m.mentee_person "    \
    "JOIN enrolment y ON y.id = m.mentor JOIN person b ON b.id = m.mentor_person "                 \
    "JOIN cohort c ON c.id = m.cohort LEFT JOIN match_pair q ON q.run = m.run "                    \
    "AND q.mentee = m.mentee AND q.mentor = m.mentor "

static struct match read_match(const struct db_rows *r, size_t k)
{
    return (struct match){db_int(r, k, 0),
                          db_int(r, k, 1),
                          db_int(r, k, 2),
                          db_int(r, k, 3),
                          db_text(r, k, 4),
                          db_text(r, k, 5),
                          db_int(r, k, 6),
                          db_int(r, k, 7),
                          db_int(r, k, 8),
                          db_text(r, k, 9),
                          db_text(r, k, 10),
                          db_int(r, k, 11),
                          db_int(r, k, 12),
                          db_text(r, k, 13),
                          db_text(r, k, 14),
                          db_text(r, k, 15),
                          db_text(r, k, 16),
                          db_text(r, k, 17),
                          db_text(r, k, 18),
                          db_text(r, k, 19),
                          db_text(r, k, 20),
                          db_text(r, k, 21),
                          db_text(r, k, 22),
                          db_int(r, k, 23),
                          db_text(r, k, 24),
                          db_text(r, k, 25),
                          db_text(r, k, 26),
                          db_text(r, k, 27),
                          db_int(r, k, 28),
                          db_int(r, k, 29),
                          db_text(r, k, 30),
                          db_text(r, k, 31),
                          db_int(r, k, 32),
                          "",
                          ""};
}

static enum rc read_all(struct arena *arena, const struct db_rows *rows, struct match **ret_matches,
                        size_t *ret_count)
{
    struct match *all = ARENA_ARRAY(arena, struct match, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_match(rows, k);
    *ret_matches = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

// Whether both are in the pool and have a place and hours left, now, in this transaction; nobody
// mentors her own mentor, and nobody has to do something else first.
static enum rc has_place(const struct app_place *at, const struct match_pair *pair, int64_t cohort,
                         bool *ret_has)
{
    struct app_hold hold = {.deed = DEED_BE_MATCHED, .cohort = cohort};
    struct db_rows *rows = NULL;
    *ret_has = false;
    TRY(db_query(
        at->tx, at->arena, &rows,
        "SELECT a.person, b.person FROM enrolment a, enrolment b, cohort c WHERE a.id = $1 AND b.id = $2 "
        "AND c.id = $3 AND a.cohort = $3 "
        "AND b.cohort = $3 AND a.state = 'approved' AND b.state = 'approved' "
        "AND a.person <> b.person AND (SELECT count(*) FROM match m WHERE m.mentee = a.id "
        "AND m.state IN ('offered', 'active', 'paused', 'closing') " NOT_COVERED ") < a.places "
        "AND (SELECT count(*) FROM match m WHERE m.mentor = b.id "
        "AND m.state IN ('offered', 'active', 'paused', 'closing')) < b.places "
        "AND (b.hours = 0 OR ((SELECT count(*) FROM match m WHERE m.mentor = b.id "
        "AND m.state IN ('offered', 'active', 'paused', 'closing')) + 1) * c.hours <= b.hours) "
        "AND NOT EXISTS (SELECT 1 FROM match_presence s WHERE s.enrolment IN (a.id, b.id) "
        "AND (s.hidden_at > 0 OR s.away_at > 0)) "
        "AND NOT EXISTS (SELECT 1 FROM match m WHERE m.cohort = $3 AND m.mentee_person = b.person "
        "AND m.mentor_person = a.person AND m.state IN ('offered', 'active', 'paused', 'closing')) "
        "AND NOT EXISTS (SELECT 1 FROM avoid v WHERE (v.a = a.person AND v.b = b.person) "
        "OR (v.a = b.person AND v.b = a.person)) AND NOT " LINE_BETWEEN(
            "a.person",
            "b.person") "AND NOT EXISTS (SELECT 1 FROM match_link l WHERE l.cohort = $3 AND l.mentee = a.id "
                        "AND l.mentor = b.id AND l.kind = 1) "
                        "AND NOT EXISTS (SELECT 1 FROM match m WHERE m.mentee = a.id AND m.mentor = b.id)",
        DB_ARGS(DB_INT(pair->mentee), DB_INT(pair->mentor), DB_INT(cohort))));
    if (db_count(rows) == 0)
        return RC_OK;
    for (unsigned side = 0; side < 2; side++) {
        hold.person = db_int(rows, 0, side);
        TRY(app_ask_held(at, &hold));
        if (app_find_held(&hold, hold.person, side == 0 ? "mentee" : "mentor") != NULL)
            return RC_OK;
    }
    *ret_has = true;
    return RC_OK;
}

static const char *first_asked(const struct match_rules *rules)
{
    if (strcmp(rules->asks, "mentor_first") == 0)
        return "mentor";
    if (strcmp(rules->asks, "mentee_first") == 0)
        return "mentee";
    return strcmp(rules->asks, "none") == 0 ? "" : "both";
}

enum rc match_offer(const struct app_place *at, const struct match_run *run,
                    const struct match_rules *rules, const struct match_pair *pair,
                    int64_t *ret_match)
{
    int64_t now_us = at->now_us;
    bool has = false;
    const char *asked = first_asked(rules);
    bool active = asked[0] == '\0';
    int64_t id = db_new_id(now_us);
    TRY(has_place(at, pair, run->cohort, &has));
    if (!has)
        return RC_LIMIT;
    TRY(db_do(
        at->tx, NULL,
        "INSERT INTO match(id, cohort, run, mentee, mentor, state, asked, mentee_yes, "
        "mentor_yes, made_at, ends_at, reminded, began_at, ended_at, reason, words, " MATCH_PEOPLE
        ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, 0, $11, 0, '', '', " MATCH_PEOPLE_OF(
            "$4", "$5") ")",
        DB_ARGS(DB_INT(id), DB_INT(run->cohort), DB_INT(run->id), DB_INT(pair->mentee),
                DB_INT(pair->mentor), DB_TEXT(active ? "active" : "offered"), DB_TEXT(asked),
                DB_INT(active), DB_INT(now_us),
                DB_INT(active ? 0 : now_us + rules->days * DAY_S * US),
                DB_INT(active ? now_us : 0))));
    if (active) {
        const struct announcement begun = {ANNOUNCE_MATCH_BEGUN, run->cohort, id, 0, id};
        TRY(app_announce(at, &begun));
    }
    *ret_match = id;
    return RC_OK;
}

enum rc match_find(struct db_tx *tx, struct arena *arena, int64_t id, struct match *ret_match)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, MATCH "WHERE m.id = $1", DB_ARGS(DB_INT(id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_match = read_match(rows, 0);
    return RC_OK;
}

enum rc match_renamed(const struct app_place *at, int64_t person)
{
    return db_do(at->tx, NULL,
                 "UPDATE match SET mentee_key = (SELECT e.name_key FROM enrolment e WHERE e.id = "
                 "match.mentee), mentee_name = (SELECT p.name FROM person p WHERE p.id = "
                 "match.mentee_person), mentor_name = (SELECT p.name FROM person p WHERE p.id = "
                 "match.mentor_person) WHERE mentee_person = $1 OR mentor_person = $1",
                 DB_ARGS(DB_INT(person)));
}

enum rc match_mine(struct req *req, int64_t cohort, struct match **ret_matches, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        MATCH
        "WHERE m.cohort = $2 AND (m.mentee_person = $1 OR m.mentor_person = $1) "
        "ORDER BY CASE WHEN m.state IN ('offered', 'active', 'paused', 'closing') THEN 0 ELSE 1 END, "
        "m.id DESC LIMIT 50",
        DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort))));
    return read_all(req->arena, rows, ret_matches, ret_count);
}

enum rc match_list(struct req *req, int64_t cohort, const char *state, struct match **ret_matches,
                   size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 MATCH "WHERE m.cohort = $1 AND ($2 = '' OR m.state = $2) "
                       "ORDER BY m.mentee_key, m.id LIMIT 5000",
                 DB_ARGS(DB_INT(cohort), DB_TEXT(state))));
    return read_all(req->arena, rows, ret_matches, ret_count);
}

// A page of them shows little of each, and reads no more.
enum rc match_ask_brief(struct req *req, int64_t cohort, const struct match_filter *filter,
                        struct db_rows **ret_rows)
{
    return db_ask(
        req->tx, req->arena, ret_rows,
        "SELECT m.id, m.state, m.mentee_yes, m.mentor_yes, m.reason, m.words, m.mentee_name, "
        "m.mentor_name FROM match m WHERE m.cohort = $1 AND ($2 = '' OR m.state = $2) AND ($3 = 0 OR "
        "m.mentee_key > (SELECT l.mentee_key FROM match l WHERE l.id = $3) OR (m.mentee_key = "
        "(SELECT l.mentee_key FROM match l WHERE l.id = $3) AND m.id > $3)) "
        "ORDER BY m.mentee_key, m.id LIMIT $4",
        DB_ARGS(DB_INT(cohort), DB_TEXT(filter->state), DB_INT(filter->after),
                DB_INT(filter->most)));
}

enum rc match_read_brief(struct arena *arena, const struct db_rows *r, struct match **ret_matches,
                         size_t *ret_count)
{
    struct match *all = ARENA_ARRAY(arena, struct match, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct match){.id = db_int(r, k, 0),
                                .state = db_text(r, k, 1),
                                .mentee_yes = db_int(r, k, 2),
                                .mentor_yes = db_int(r, k, 3),
                                .reason = db_text(r, k, 4),
                                .words = db_text(r, k, 5),
                                .mentee_name = db_text(r, k, 6),
                                .mentor_name = db_text(r, k, 7)};
    *ret_matches = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc match_move(const struct app_place *at, const struct match *match, const char *to,
                   const char *reason, const char *words)
{
    uint64_t changed = 0;
    bool begins = strcmp(match->state, "offered") == 0 && strcmp(to, "active") == 0;
    if (!match_may_move(match->state, to))
        return RC_EXISTS;
    TRY(db_do(at->tx, &changed,
              "UPDATE match SET state = $3, reason = $4, words = $5, ended_at = $6, "
              "asked = CASE WHEN $7 = 1 THEN '' ELSE asked END, "
              "began_at = CASE WHEN $7 = 1 THEN $8 ELSE began_at END WHERE id = $1 AND state = $2",
              DB_ARGS(DB_INT(match->id), DB_TEXT(match->state), DB_TEXT(to), DB_TEXT(reason),
                      DB_TEXT(words), DB_INT(match_is_over(to) ? at->now_us : 0), DB_INT(begins),
                      DB_INT(at->now_us))));
    if (changed == 0)
        return RC_EXISTS;
    if (!begins)
        return RC_OK;
    const struct announcement begun = {ANNOUNCE_MATCH_BEGUN, match->cohort, match->id, 0,
                                       match->id};
    return app_announce(at, &begun);
}

enum rc match_say_yes(struct db_tx *tx, const struct match *match, bool mentor, const char *asked,
                      int64_t ends_at)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed,
              "UPDATE match SET mentor_yes = CASE WHEN $2 = 1 THEN 1 ELSE mentor_yes END, "
              "mentee_yes = CASE WHEN $2 = 1 THEN mentee_yes ELSE 1 END, asked = $3, ends_at = $4, "
              "reminded = 0 WHERE id = $1 AND state = 'offered'",
              DB_ARGS(DB_INT(match->id), DB_INT(mentor), DB_TEXT(asked), DB_INT(ends_at))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc match_due(struct db_tx *tx, struct arena *arena, int64_t now_us, int64_t remind_before_us,
                  struct match **ret_matches, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 MATCH "WHERE m.state = 'offered' AND (m.ends_at <= $1 OR "
                       "(m.reminded = 0 AND m.ends_at <= $2)) ORDER BY m.ends_at, m.id LIMIT 500",
                 DB_ARGS(DB_INT(now_us), DB_INT(now_us + remind_before_us))));
    return read_all(arena, rows, ret_matches, ret_count);
}

enum rc match_remind(struct db_tx *tx, int64_t id, int64_t ends_at)
{
    return db_do(tx, NULL, "UPDATE match SET reminded = 1, ends_at = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(id), DB_INT(ends_at)));
}

// ---- questions about offers --------------------------------------------------------------------

enum rc asked_add(struct req *req, int64_t match, bool of_mentor, const char *words,
                  int64_t ends_at)
{
    TRY(db_do(req->tx, NULL,
              "INSERT INTO match_question(id, match, of_mentor, words, asked_at, answer, "
              "answered_by, answered_at, cohort) SELECT $1, m.id, $3, $4, $5, '', 0, 0, m.cohort "
              "FROM match m WHERE m.id = $2",
              DB_ARGS(DB_INT(db_new_id(req->now_us)), DB_INT(match), DB_INT(of_mentor),
                      DB_TEXT(words), DB_INT(req->now_us))));
    return match_stand_until(req->tx, match, ends_at);
}

enum rc match_stand_until(struct db_tx *tx, int64_t match, int64_t ends_at)
{
    return db_do(tx, NULL,
                 "UPDATE match SET ends_at = $2, reminded = 0 WHERE id = $1 AND state = 'offered'",
                 DB_ARGS(DB_INT(match), DB_INT(ends_at)));
}

// Few offers have questions: CROSS JOIN keeps the engine from naming everybody before it looks.
#define ASKED                                                                                      \
    "SELECT q.id, q.match, q.of_mentor, q.words, q.asked_at, q.answer, "                           \
    "q.answered_at, a.name, b.name "

// From the questions, which are few, and not from the pairs of a cohort.
enum rc asked_ask_open(struct req *req, int64_t cohort, struct db_rows **ret_rows)
{
    return db_ask(req->tx, req->arena, ret_rows,
                  ASKED "FROM match_question q CROSS JOIN match m CROSS JOIN person a "
                        "CROSS JOIN person b WHERE q.cohort = $1 AND q.answered_at = 0 "
                        "AND m.id = q.match AND m.state = 'offered' AND a.id = m.mentee_person "
                        "AND b.id = m.mentor_person "
                        "ORDER BY q.asked_at, q.id LIMIT 500",
                  DB_ARGS(DB_INT(cohort)));
}

enum rc asked_read(struct arena *arena, const struct db_rows *rows, struct match_asked **ret_rows,
                   size_t *ret_count)
{
    struct match_asked *all = ARENA_ARRAY(arena, struct match_asked, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] =
            (struct match_asked){db_int(rows, k, 0),  db_int(rows, k, 1),  db_int(rows, k, 2),
                                 db_text(rows, k, 3), db_int(rows, k, 4),  db_text(rows, k, 5),
                                 db_int(rows, k, 6),  db_text(rows, k, 7), db_text(rows, k, 8)};
    *ret_rows = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc asked_list(struct req *req, int64_t cohort, const struct asked_filter *filter,
                   struct match_asked **ret_rows, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 ASKED "FROM match m CROSS JOIN match_question q CROSS JOIN enrolment x "
                       "CROSS JOIN person a CROSS JOIN enrolment y CROSS JOIN person b "
                       "WHERE q.match = m.id AND x.id = m.mentee AND a.id = x.person "
                       "AND y.id = m.mentor AND b.id = y.person AND m.cohort = $1 "
                       "AND ($2 = 0 OR m.id = $2) AND ($3 = 0 OR (q.of_mentor = 1 AND b.id = $3) "
                       "OR (q.of_mentor = 0 AND a.id = $3)) ORDER BY q.asked_at, q.id LIMIT 500",
                 DB_ARGS(DB_INT(cohort), DB_INT(filter->match), DB_INT(filter->of_person))));
    return asked_read(req->arena, rows, ret_rows, ret_count);
}

enum rc asked_answer(struct req *req, int64_t id, const char *answer)
{
    uint64_t changed = 0;
    TRY(db_do(
        req->tx, &changed,
        "UPDATE match_question SET answer = $2, answered_by = $3, answered_at = $4 "
        "WHERE id = $1 AND answered_at = 0",
        DB_ARGS(DB_INT(id), DB_TEXT(answer), DB_INT(req->actor.person), DB_INT(req->now_us))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc asked_is_open(struct db_tx *tx, struct arena *arena, int64_t match, bool *ret_open)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT 1 FROM match_question WHERE match = $1 AND answered_at = 0 LIMIT 1",
                 DB_ARGS(DB_INT(match))));
    *ret_open = db_count(rows) > 0;
    return RC_OK;
}

// ---- who waits ---------------------------------------------------------------------------------

#define WAITING                                                                                    \
    "FROM enrolment e JOIN person p ON p.id = e.person LEFT JOIN match_presence s "                \
    "ON s.enrolment = e.id WHERE e.cohort = $1 AND e.role = 'mentee' AND e.state = 'approved' "    \
    "AND (SELECT count(*) FROM match m WHERE m.mentee = e.id AND m.state IN ('offered', "          \
    "'active', 'paused', 'closing') " NOT_COVERED ") < e.places "

enum rc waiting_list(struct req *req, int64_t cohort, int64_t from, int64_t most,
                     struct match_waiting **ret_rows, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT e.id, p.name, e.priority, CASE WHEN e.sent_at > 0 THEN e.sent_at "
                 "ELSE e.created_at END, (SELECT count(*) FROM match m WHERE m.mentee = e.id "
                 "AND m.state IN ('not_started', 'ended')), CASE WHEN s.hidden_at > 0 "
                 "OR s.away_at > 0 THEN 1 ELSE 0 END " WAITING
                 "ORDER BY e.priority DESC, 4, e.id LIMIT $2 OFFSET $3",
                 DB_ARGS(DB_INT(cohort), DB_INT(most), DB_INT(from))));
    struct match_waiting *all = ARENA_ARRAY(req->arena, struct match_waiting, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct match_waiting){
            db_int(rows, k, 0), db_text(rows, k, 1),
            db_int(rows, k, 2), app_time_in(req->arena, db_int(rows, k, 3), req->actor.zone),
            db_int(rows, k, 4), db_int(rows, k, 5)};
    *ret_rows = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc waiting_over(struct req *req, int64_t cohort, struct match_waiting **ret_rows,
                     size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT e.id, p.name, e.priority FROM enrolment e JOIN person p ON p.id = "
        "e.person WHERE e.cohort = $1 AND p.closed_at = 0 AND (e.state = 'waitlisted' OR "
        "(e.state = 'approved' AND e.role = 'mentee' AND NOT EXISTS (SELECT 1 FROM match m "
        "WHERE m.mentee = e.id AND m.state IN ('offered', 'active', 'paused', 'closing', "
        "'completed')))) ORDER BY e.name_key, e.id LIMIT $2",
        DB_ARGS(DB_INT(cohort), DB_INT(WAITING_OVER_MAX))));
    struct match_waiting *all = ARENA_ARRAY(req->arena, struct match_waiting, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct match_waiting){.enrolment = db_int(rows, k, 0),
                                        .name = db_text(rows, k, 1),
                                        .priority = db_int(rows, k, 2)};
    *ret_rows = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc waiting_counts(struct req *req, int64_t cohort, int64_t *ret_mentees, int64_t *ret_places)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT (SELECT count(*) " WAITING
                 "), (SELECT coalesce(sum(y.places - (SELECT count(*) FROM match m "
                 "WHERE m.mentor = y.id AND m.state IN ('offered', 'active', 'paused', "
                 "'closing'))), 0) FROM enrolment y WHERE y.cohort = $1 AND y.role = 'mentor' "
                 "AND y.state = 'approved')",
                 DB_ARGS(DB_INT(cohort))));
    *ret_mentees = db_int(rows, 0, 0);
    *ret_places = db_int(rows, 0, 1);
    return RC_OK;
}

enum rc match_live_of(struct db_tx *tx, struct arena *arena, int64_t id, bool of_person,
                      struct match **ret_matches, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        tx, arena, &rows,
        MATCH "WHERE (($2 = 0 AND (m.mentee = $1 OR m.mentor = $1)) "
              "OR ($2 = 1 AND (x.person = $1 OR y.person = $1))) "
              "AND m.state IN ('offered', 'active', 'paused', 'closing') ORDER BY m.id LIMIT 100",
        DB_ARGS(DB_INT(id), DB_INT(of_person))));
    return read_all(arena, rows, ret_matches, ret_count);
}
