// SPDX-License-Identifier: Apache-2.0
//
// The rows of concerns, and who may read them; see concern_store.h.
#include "app/concern/concern_store.h"

#include <string.h>

#include "auth/seal.h"
#include "auth/token.h"

// The tables of an earlier step move here; who told may be nobody, so by_person refers to no row.
const char concern_schema_1[] =
    "CREATE TABLE concern_case(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES "
    "cohort(id), match {id} NOT NULL, kind TEXT NOT NULL, by_person {id} NOT NULL, named {int} NOT "
    "NULL, code TEXT NOT NULL, text TEXT NOT NULL, evidence TEXT NOT NULL, state TEXT NOT NULL, "
    "made_at {int} NOT NULL, due_at {int} NOT NULL, moved_at {int} NOT NULL, closed_at {int} NOT "
    "NULL, linked {id} NOT NULL, ladder {int} NOT NULL, outside TEXT NOT NULL, reminded_at {int} NOT "
    "NULL){end};\n"
    "CREATE INDEX concern_case_cohort ON concern_case(cohort, state);\n"
    "CREATE INDEX concern_case_match ON concern_case(match);\n"
    "CREATE INDEX concern_case_person ON concern_case(by_person);\n"
    "CREATE INDEX concern_case_due ON concern_case(due_at) WHERE due_at > 0;\n"
    "CREATE UNIQUE INDEX concern_case_code ON concern_case(code) WHERE code <> '';\n"
    "CREATE UNIQUE INDEX concern_case_outside ON concern_case(outside) WHERE outside <> '';\n"
    "INSERT INTO concern_case SELECT id, cohort, match, kind, by_person, named, '', text, '', state, "
    "made_at, due_at, made_at, closed_at, 0, 0, '', 0 FROM concern;\n"
    "CREATE TABLE concern_word(id {id} NOT NULL PRIMARY KEY, concern {id} NOT NULL REFERENCES "
    "concern_case(id), person {id} NOT NULL, who TEXT NOT NULL, text TEXT NOT NULL, shown {int} NOT "
    "NULL, at {int} NOT NULL){end};\n"
    "CREATE INDEX concern_word_of ON concern_word(concern);\n"
    "CREATE INDEX concern_word_person ON concern_word(person);\n"
    "INSERT INTO concern_word SELECT id, concern, person, 'reader', text, shown, at FROM "
    "concern_note;\n"
    "DROP TABLE concern_note;\n"
    "DROP TABLE concern;\n"
    "CREATE TABLE concern_about(concern {id} NOT NULL REFERENCES concern_case(id), person {id} NOT "
    "NULL REFERENCES person(id), at {int} NOT NULL, PRIMARY KEY(concern, person)){end};\n"
    "CREATE INDEX concern_about_person ON concern_about(person);\n"
    "CREATE TABLE concern_glass(id {id} NOT NULL PRIMARY KEY, concern {id} NOT NULL REFERENCES "
    "concern_case(id), asked_by {id} NOT NULL REFERENCES person(id), why TEXT NOT NULL, asked_at "
    "{int} NOT NULL, agreed_by {id} NOT NULL, agreed_at {int} NOT NULL, until_at {int} NOT "
    "NULL){end};\n"
    "CREATE UNIQUE INDEX concern_glass_of ON concern_glass(concern);\n"
    "CREATE INDEX concern_glass_asked ON concern_glass(asked_by);\n"
    "CREATE INDEX concern_glass_agreed ON concern_glass(agreed_by);\n"
    "CREATE TABLE concern_safety(cohort {id} NOT NULL PRIMARY KEY REFERENCES cohort(id), emergency "
    "TEXT NOT NULL, outside_name TEXT NOT NULL, outside_email TEXT NOT NULL, exit_url TEXT NOT "
    "NULL){end};\n";

static const struct seal *seal_of(struct req *req)
{
    const struct app *app = req->app;
    return app == NULL ? NULL : app->seal;
}

static const char *place(struct arena *arena, const char *what, int64_t id)
{
    return arena_printf(arena, "%s %lld", what, (long long)id);
}

static enum rc seal_at(struct req *req, const char *what, int64_t id, const char *text,
                       const char **ret_sealed)
{
    const char *at = place(req->arena, what, id);
    return at == NULL ? RC_NO_MEMORY : seal_text(seal_of(req), req->arena, at, text, ret_sealed);
}

static enum rc unseal_at(struct req *req, const char *what, int64_t id, const char **text)
{
    const char *at = place(req->arena, what, id);
    if (at == NULL)
        return RC_NO_MEMORY;
    enum rc rc = seal_read(seal_of(req), req->arena, at, *text, text);
    if (rc == RC_NOT_FOUND)
        *text = message_in(req->locale, MSG("(Kept with a key that this server does not have.)"));
    else if (rc == RC_BAD_INPUT)
        *text = message_in(req->locale, MSG("(This was changed from outside, and can't be read.)"));
    else
        return rc;
    return RC_OK;
}

// ---- safety of a cohort ------------------------------------------------------------------------

enum rc safety_find(struct db_tx *tx, struct arena *arena, int64_t cohort,
                    struct concern_safety *ret_safety)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        tx, arena, &r,
        "SELECT emergency, outside_name, outside_email, exit_url FROM concern_safety WHERE "
        "cohort = $1",
        DB_ARGS(DB_INT(cohort))));
    *ret_safety = (struct concern_safety){"", "", "", ""};
    if (db_count(r) > 0)
        *ret_safety = (struct concern_safety){db_text(r, 0, 0), db_text(r, 0, 1), db_text(r, 0, 2),
                                              db_text(r, 0, 3)};
    return RC_OK;
}

enum rc safety_set(struct req *req, int64_t cohort, const struct concern_safety *s)
{
    return db_do(
        req->tx, NULL,
        "INSERT INTO concern_safety(cohort, emergency, outside_name, outside_email, exit_url) VALUES "
        "($1, $2, $3, $4, $5) ON CONFLICT(cohort) DO UPDATE SET emergency = $2, outside_name = $3, "
        "outside_email = $4, exit_url = $5",
        DB_ARGS(DB_INT(cohort), DB_TEXT(s->emergency), DB_TEXT(s->outside_name),
                DB_TEXT(s->outside_email), DB_TEXT(s->exit_url)));
}

// ---- people ------------------------------------------------------------------------------------

static enum rc read_people(struct arena *arena, const struct db_rows *r,
                           struct concern_person **ret_people, size_t *ret_count)
{
    struct concern_person *all = ARENA_ARRAY(arena, struct concern_person, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] =
            (struct concern_person){db_int(r, k, 0), db_text(r, k, 1), db_int(r, k, 2) != 0, false};
    *ret_people = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc concern_people(struct db_tx *tx, struct arena *arena, int64_t cohort, bool staff,
                       struct concern_person **ret_people, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        tx, arena, &r,
        "SELECT p.id, p.name, max(CASE WHEN o.role = 'safeguarding' THEN 1 ELSE 0 END) AS lead FROM "
        "role o JOIN person p ON p.id = o.person WHERE o.cohort = $1 AND p.closed_at = 0 AND (o.role "
        "= 'safeguarding' OR ($2 = 1 AND o.role = 'coordinator')) GROUP BY p.id, p.name ORDER BY 3 "
        "DESC, p.name LIMIT 50",
        DB_ARGS(DB_INT(cohort), DB_INT(staff))));
    return read_people(arena, r, ret_people, ret_count);
}

enum rc concern_about(struct req *req, int64_t concern, struct concern_person **ret_people,
                      size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r,
                 "SELECT p.id, p.name, 0 FROM person p WHERE p.id IN (SELECT a.person FROM "
                 "concern_about a WHERE a.concern = $1) OR p.id IN (SELECT e.person FROM "
                 "concern_case c JOIN match m ON m.id = c.match JOIN enrolment e ON e.id IN "
                 "(m.mentee, m.mentor) WHERE c.id = $1) ORDER BY p.name LIMIT 100",
                 DB_ARGS(DB_INT(concern))));
    return read_people(req->arena, r, ret_people, ret_count);
}

enum rc concern_about_add(struct req *req, int64_t concern, int64_t person)
{
    return db_do(
        req->tx, NULL,
        "INSERT INTO concern_about(concern, person, at) VALUES ($1, $2, $3) ON CONFLICT DO "
        "NOTHING",
        DB_ARGS(DB_INT(concern), DB_INT(person), DB_INT(req->now_us)));
}

enum rc concern_person_find(struct req *req, const char *email, int64_t *ret_person)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r, "SELECT id FROM person WHERE email = $1",
                 DB_ARGS(DB_TEXT(email))));
    *ret_person = db_count(r) == 0 ? 0 : db_int(r, 0, 0);
    return RC_OK;
}

// What was told further ahead than an hour comes from a clock that has gone back since.
enum rc concern_nameless(struct req *req, int64_t cohort, int64_t *ret_count)
{
    const int64_t hour_us = (int64_t)3600 * 1000000;
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT count(*) FROM concern_case WHERE by_person = 0 AND cohort = $1 AND made_at > "
        "$2 AND made_at < $3",
        DB_ARGS(DB_INT(cohort), DB_INT(req->now_us - hour_us), DB_INT(req->now_us + hour_us))));
    *ret_count = db_int(r, 0, 0);
    return RC_OK;
}

// ---- adding ------------------------------------------------------------------------------------

const char *concern_message_hash(struct arena *arena, const struct db_rows *r, size_t k)
{
    const char *whole =
        arena_printf(arena, "%lld %lld %lld %s", (long long)db_int(r, k, 0),
                     (long long)db_int(r, k, 1), (long long)db_int(r, k, 4), db_text(r, k, 3));
    return whole == NULL ? NULL : token_hash(arena, "message", whole);
}

// The last messages of the pair: a line for each with its hash; and, if kept, their words after all
// of these.
static enum rc gather(struct req *req, int64_t match, bool keep, const char **ret_text)
{
    enum { MESSAGES = 200, EVIDENCE_LIMIT_BYTES = 900000, A_HASH_BYTES = 100 };
    struct db_rows *r = NULL;
    struct buffer out;
    struct buffer words;
    buffer_open(&out, req->arena, EVIDENCE_LIMIT_BYTES);
    buffer_open(&words, req->arena, EVIDENCE_LIMIT_BYTES - MESSAGES * A_HASH_BYTES);
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT t.id, t.person, p.name, t.text, t.at FROM message t JOIN person p ON p.id = "
        "t.person WHERE t.match = $1 ORDER BY t.id DESC LIMIT $2",
        DB_ARGS(DB_INT(match), DB_INT(MESSAGES))));
    for (size_t k = 0; k < db_count(r) && out.rc == RC_OK; k++) {
        const char *hash = concern_message_hash(req->arena, r, k);
        const char *time = app_time(req->arena, db_int(r, k, 4));
        if (hash == NULL || time == NULL)
            return RC_NO_MEMORY;
        buffer_printf(&out, "#%lld %s\n", (long long)db_int(r, k, 0), hash);
        if (keep && words.rc == RC_OK) // the newest come first
            buffer_printf(&words, "%s, %s: %s\n", db_text(r, k, 2), time, db_text(r, k, 3));
    }
    buffer_append(&out, words.bytes, words.length);
    *ret_text = out.bytes;
    return out.rc;
}

// When both tell about each other, each is to be read with the other in mind.
static enum rc link_both(struct req *req, const struct concern *c, int64_t id)
{
    struct db_rows *r = NULL;
    if (c->match == 0)
        return RC_OK;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT id FROM concern_case WHERE match = $1 AND by_person <> $2 AND id <> $3 AND "
        "state <> 'resolved' AND linked = 0 ORDER BY id DESC LIMIT 1",
        DB_ARGS(DB_INT(c->match), DB_INT(c->by), DB_INT(id))));
    if (db_count(r) == 0)
        return RC_OK;
    TRY(db_do(req->tx, NULL, "UPDATE concern_case SET linked = $2 WHERE id = $1",
              DB_ARGS(DB_INT(id), DB_INT(db_int(r, 0, 0)))));
    return db_do(req->tx, NULL, "UPDATE concern_case SET linked = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(db_int(r, 0, 0)), DB_INT(id)));
}

enum rc concern_add(struct req *req, const struct concern *c, const struct concern_more *more,
                    int64_t *ret_id)
{
    const char *text = NULL;
    const char *evidence = "";
    int64_t id = db_new_id(req->now_us);
    if (c->match != 0)
        TRY(gather(req, c->match, more->keep, &evidence));
    TRY(seal_at(req, "case.text", id, c->text, &text));
    TRY(seal_at(req, "case.evidence", id, evidence, &evidence));
    TRY(db_do(
        req->tx, NULL,
        "INSERT INTO concern_case(id, cohort, match, kind, by_person, named, code, text, evidence, "
        "state, made_at, due_at, moved_at, closed_at, linked, ladder, outside, reminded_at) VALUES "
        "($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10, $11, $10, 0, 0, 0, '', 0)",
        DB_ARGS(DB_INT(id), DB_INT(c->cohort), DB_INT(c->match), DB_TEXT(c->kind), DB_INT(c->by),
                DB_INT(c->named), DB_TEXT(c->code), DB_TEXT(text), DB_TEXT(evidence),
                DB_INT(req->now_us), DB_INT(c->due_at))));
    for (size_t k = 0; k < more->about_count; k++)
        TRY(concern_about_add(req, id, more->about[k]));
    *ret_id = id;
    return link_both(req, c, id);
}

// ---- reading -----------------------------------------------------------------------------------

#define CONCERN                                                                                    \
    "SELECT c.id, c.cohort, c.match, c.kind, c.by_person, c.named, CASE WHEN c.named = 1 THEN "    \
    "coalesce(p.name, '') ELSE '' END, c.state, c.made_at, c.due_at, coalesce(a.name, ''), "       \
    "coalesce(b.name, ''), h.name, c.linked, c.ladder, c.text, c.evidence, c.code FROM "           \
    "concern_case c LEFT JOIN person p ON p.id = c.by_person JOIN cohort h ON h.id = c.cohort "    \
    "LEFT JOIN match m ON m.id = c.match LEFT JOIN enrolment x ON x.id = m.mentee LEFT JOIN "      \
    "person a ON a.id = x.person LEFT JOIN enrolment y ON y.id = m.mentor LEFT JOIN person b ON "  \
    "b.id = y.person "

static struct concern read_one(const struct db_rows *r, size_t k)
{
    return (struct concern){
        db_int(r, k, 0),   db_int(r, k, 1),   db_int(r, k, 2),   db_text(r, k, 3), db_int(r, k, 4),
        db_int(r, k, 5),   db_text(r, k, 6),  db_text(r, k, 7),  db_int(r, k, 8),  db_int(r, k, 9),
        db_text(r, k, 10), db_text(r, k, 11), db_text(r, k, 12), db_int(r, k, 13), db_int(r, k, 14),
        db_text(r, k, 15), db_text(r, k, 16), db_text(r, k, 17)};
}

static enum rc read_all(struct arena *arena, const struct db_rows *r, struct concern **ret_concerns,
                        size_t *ret_count)
{
    struct concern *all = ARENA_ARRAY(arena, struct concern, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = read_one(r, k);
    *ret_concerns = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc concern_mine(struct req *req, struct concern **ret_concerns, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 CONCERN "WHERE c.by_person = $1 ORDER BY c.id DESC LIMIT 100",
                 DB_ARGS(DB_INT(req->actor.person))));
    return read_all(req->arena, rows, ret_concerns, ret_count);
}

enum rc concern_by_code(struct req *req, const char *code, struct concern *ret_concern)
{
    struct db_rows *rows = NULL;
    const char *hash = token_hash(req->arena, "concern", code);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(db_query(req->tx, req->arena, &rows, CONCERN "WHERE c.code = $1 AND c.code <> ''",
                 DB_ARGS(DB_TEXT(hash))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_concern = read_one(rows, 0);
    return RC_OK;
}

enum rc concern_by_outside(struct req *req, const char *token, struct concern *ret_concern)
{
    struct db_rows *rows = NULL;
    const char *hash = token_hash(req->arena, "outside", token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(db_query(req->tx, req->arena, &rows, CONCERN "WHERE c.outside = $1 AND c.outside <> ''",
                 DB_ARGS(DB_TEXT(hash))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_concern = read_one(rows, 0);
    return RC_OK;
}

// Whether a concern c concerns the person of an expression: she told it, is of its pair, or named.
#define CONCERNS(person)                                                                           \
    "(c.by_person = " person " OR EXISTS (SELECT 1 FROM match o JOIN enrolment e ON e.id IN "      \
    "(o.mentee, o.mentor) WHERE o.id = c.match AND e.person = " person ") OR EXISTS (SELECT 1 "    \
    "FROM concern_about t WHERE t.concern = c.id AND t.person = " person ")) "

// Somebody who is named for safety in its cohort, and whom it does not concern.
#define LEAD                                                                                       \
    "EXISTS (SELECT 1 FROM role r JOIN person q ON q.id = r.person WHERE r.cohort = c.cohort AND " \
    "r.role = 'safeguarding' AND q.closed_at = 0 AND NOT " CONCERNS("q.id") ") "
#define OUTSIDE                                                                                    \
    "EXISTS (SELECT 1 FROM concern_safety f WHERE f.cohort = c.cohort AND f.outside_email <> '') "
#define IS_LEAD                                                                                    \
    "EXISTS (SELECT 1 FROM role r WHERE r.person = $2 AND r.cohort = c.cohort AND r.role = "       \
    "'safeguarding') "
#define GLASS                                                                                      \
    "EXISTS (SELECT 1 FROM concern_glass g WHERE g.concern = c.id AND g.until_at > $5 AND $2 IN "  \
    "(g.asked_by, g.agreed_by)) "
// It is about one of those who would read it otherwise, or nobody of them is left.
#define ABOUT_STAFF                                                                                \
    "(EXISTS (SELECT 1 FROM concern_about t JOIN role r ON r.person = t.person WHERE t.concern = " \
    "c.id AND r.cohort IN (0, c.cohort) AND r.role IN ('coordinator', 'manager')) OR EXISTS "      \
    "(SELECT 1 FROM concern_about t JOIN person q ON q.id = t.person WHERE t.concern = c.id AND "  \
    "q.admin = 1) OR NOT EXISTS (SELECT 1 FROM person q WHERE q.closed_at = 0 AND (q.admin = 1 "   \
    "OR EXISTS (SELECT 1 FROM role r WHERE r.person = q.id AND r.cohort = c.cohort AND r.role = "  \
    "'coordinator')) AND NOT " CONCERNS("q.id") ")) "

// $2 the actor, $3 whether she runs the cohort, $5 now.
#define READABLE                                                                                   \
    "NOT " CONCERNS("$2") "AND ((c.kind NOT IN ('conduct', 'safety') AND ($3 = 1 OR (" IS_LEAD     \
                          "AND " ABOUT_STAFF "))) OR (c.kind IN ('conduct', 'safety') AND "        \
                          "(" IS_LEAD "OR ($3 = 1 AND NOT " LEAD "AND NOT " OUTSIDE ") OR " GLASS  \
                          "))) "

static enum rc is_staff(struct req *req, int64_t cohort, bool *ret_staff)
{
    *ret_staff = req->actor.admin;
    if (!*ret_staff)
        TRY(app_has_role(req, ROLE_MANAGER, cohort, ret_staff));
    if (!*ret_staff)
        TRY(app_has_role(req, ROLE_COORDINATOR, cohort, ret_staff));
    return RC_OK;
}

enum rc concern_list(struct req *req, int64_t cohort, int64_t concern,
                     struct concern **ret_concerns, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    bool staff = false;
    TRY(is_staff(req, cohort, &staff));
    TRY(db_query(req->tx, req->arena, &rows,
                 CONCERN
                 "WHERE c.cohort = $1 AND ($4 = 0 OR c.id = $4) AND " READABLE
                 "ORDER BY CASE WHEN c.state = 'resolved' THEN 1 ELSE 0 END, c.due_at, c.id "
                 "LIMIT 500",
                 DB_ARGS(DB_INT(cohort), DB_INT(req->actor.person), DB_INT(staff), DB_INT(concern),
                         DB_INT(req->now_us))));
    return read_all(req->arena, rows, ret_concerns, ret_count);
}

enum rc concern_find(struct req *req, int64_t cohort, int64_t id, struct concern *ret_concern)
{
    struct concern *all = NULL;
    size_t count = 0;
    if (id == 0)
        return RC_NOT_FOUND;
    TRY(concern_list(req, cohort, id, &all, &count));
    if (count == 0)
        return RC_NOT_FOUND;
    *ret_concern = all[0];
    return RC_OK;
}

enum rc concern_may_read(struct req *req, int64_t cohort, int64_t id, bool *ret_may)
{
    struct concern concern;
    enum rc rc = concern_find(req, cohort, id, &concern);
    *ret_may = rc == RC_OK;
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc concern_unseal(struct req *req, struct concern *c)
{
    TRY(unseal_at(req, "case.text", c->id, &c->text));
    return unseal_at(req, "case.evidence", c->id, &c->evidence);
}

enum rc concern_words(struct req *req, int64_t concern, bool only_shown,
                      struct concern_word **ret_words, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT n.id, n.who, CASE WHEN n.who = 'reader' THEN coalesce(p.name, '') ELSE '' END, "
        "n.text, n.shown, n.at FROM concern_word n LEFT JOIN person p ON p.id = n.person WHERE "
        "n.concern = $1 AND ($2 = 0 OR n.shown = 1) ORDER BY n.id LIMIT 500",
        DB_ARGS(DB_INT(concern), DB_INT(only_shown))));
    struct concern_word *all = ARENA_ARRAY(req->arena, struct concern_word, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++) {
        all[k] = (struct concern_word){db_int(r, k, 0),  db_text(r, k, 1), db_text(r, k, 2),
                                       db_text(r, k, 3), db_int(r, k, 4),  db_int(r, k, 5)};
        TRY(unseal_at(req, "word.text", all[k].id, &all[k].text));
    }
    *ret_words = all;
    *ret_count = db_count(r);
    return RC_OK;
}

// ---- changing ----------------------------------------------------------------------------------

enum rc concern_word_add(struct req *req, int64_t concern, const char *who, const char *text,
                         bool shown)
{
    const char *sealed = NULL;
    int64_t id = db_new_id(req->now_us);
    bool reader = strcmp(who, "reader") == 0; // nobody else's name is kept with her words
    TRY(seal_at(req, "word.text", id, text, &sealed));
    return db_do(req->tx, NULL,
                 "INSERT INTO concern_word(id, concern, person, who, text, shown, at) VALUES ($1, "
                 "$2, $3, $4, $5, $6, $7)",
                 DB_ARGS(DB_INT(id), DB_INT(concern), DB_INT(reader ? req->actor.person : 0),
                         DB_TEXT(who), DB_TEXT(sealed), DB_INT(shown), DB_INT(req->now_us)));
}

enum rc concern_move(struct req *req, const struct concern *c, const char *to)
{
    uint64_t changed = 0;
    TRY(db_do(
        req->tx, &changed,
        "UPDATE concern_case SET state = $3, moved_at = $4, due_at = $5, reminded_at = 0, "
        "closed_at = CASE WHEN $3 = 'resolved' THEN $4 ELSE 0 END WHERE id = $1 AND state = $2",
        DB_ARGS(DB_INT(c->id), DB_TEXT(c->state), DB_TEXT(to), DB_INT(req->now_us),
                DB_INT(concern_due(to, req->now_us)))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc concern_climb(struct req *req, const struct concern *c, int64_t to)
{
    uint64_t changed = 0;
    TRY(db_do(req->tx, &changed,
              "UPDATE concern_case SET ladder = $3 WHERE id = $1 AND ladder = $2",
              DB_ARGS(DB_INT(c->id), DB_INT(c->ladder), DB_INT(to))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc concern_set_outside(struct db_tx *tx, int64_t concern, const char *hash)
{
    return db_do(tx, NULL, "UPDATE concern_case SET outside = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(concern), DB_TEXT(hash)));
}

enum rc concern_leads(struct db_tx *tx, struct arena *arena, int64_t cohort, int64_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT count(*) FROM role r JOIN person p ON p.id = r.person WHERE r.cohort = $1 "
                 "AND r.role = 'safeguarding' AND p.closed_at = 0",
                 DB_ARGS(DB_INT(cohort))));
    *ret_count = db_int(rows, 0, 0);
    return RC_OK;
}

enum rc concern_lead_letters(struct db_tx *tx, struct arena *arena, int64_t concern,
                             struct db_rows **ret_rows)
{
    return db_query(
        tx, arena, ret_rows,
        "SELECT p.email, p.language, p.name FROM concern_case c JOIN role r ON r.cohort "
        "= c.cohort AND r.role = 'safeguarding' JOIN person p ON p.id = r.person WHERE "
        "c.id = $1 AND p.closed_at = 0 AND NOT " CONCERNS("p.id") "ORDER BY p.email "
                                                                  "LIMIT 20",
        DB_ARGS(DB_INT(concern)));
}

enum rc concern_staff_letters(struct db_tx *tx, struct arena *arena, int64_t concern,
                              struct db_rows **ret_rows)
{
    TRY(db_query(
        tx, arena, ret_rows,
        "SELECT p.email, p.language, p.name FROM concern_case c JOIN role r ON r.cohort = "
        "c.cohort AND r.role = 'coordinator' JOIN person p ON p.id = r.person WHERE c.id = "
        "$1 AND p.closed_at = 0 AND NOT " CONCERNS("p.id") "ORDER BY p.email LIMIT 20",
        DB_ARGS(DB_INT(concern))));
    if (db_count(*ret_rows) > 0)
        return RC_OK;
    return db_query(
        tx, arena, ret_rows,
        "SELECT p.email, p.language, p.name FROM concern_case c JOIN person p ON p.admin "
        "= 1 WHERE c.id = $1 AND p.closed_at = 0 AND NOT " CONCERNS("p.id") "ORDER BY "
                                                                            "p.email "
                                                                            "LIMIT 20",
        DB_ARGS(DB_INT(concern)));
}
