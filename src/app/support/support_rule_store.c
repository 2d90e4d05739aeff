// SPDX-License-Identifier: Apache-2.0
//
// Who has completed which training, what cohorts ask for, and who has to do it first.
#include <string.h>

#include "app/support/support_training.h"
#include "web/message.h"

// A page is done when its questions are answered, or it has none and was read or heard.
#define LEFT(version, person)                                                                            \
    "EXISTS (SELECT 1 FROM training_page p WHERE p.training = $1 AND p.version = " version               \
    " AND NOT EXISTS (SELECT 1 FROM training_progress g WHERE g.training = $1 AND g.person = " person    \
    " AND g.version = " version                                                                          \
    " AND g.page = p.page) AND NOT (NOT EXISTS (SELECT 1 FROM training_question q WHERE "                \
    "q.training = $1 AND q.version = " version " AND q.page = p.page) AND EXISTS (SELECT 1 FROM "        \
    "training_visit v JOIN training t ON t.id = v.training WHERE v.training = $1 AND v.person = " person \
    " AND v.version >= t.redo_from)))"

// With the last page, it is completed.
static enum rc complete(const struct app_place *at, const struct training *t, int64_t person,
                        bool *ret_done)
{
    struct db_rows *left = NULL;
    uint64_t added = 0;
    TRY(db_query(at->tx, at->arena, &left,
                 "SELECT CASE WHEN " LEFT("$2", "$3") " THEN 1 ELSE 0 END",
                 DB_ARGS(DB_INT(t->id), DB_INT(t->version), DB_INT(person))));
    *ret_done = db_int(left, 0, 0) == 0;
    if (!*ret_done)
        return RC_OK;
    TRY(db_do(at->tx, &added,
              "INSERT INTO completion(training, person, version, at) VALUES ($1, $2, $3, $4) ON "
              "CONFLICT DO NOTHING",
              DB_ARGS(DB_INT(t->id), DB_INT(person), DB_INT(t->version), DB_INT(at->now_us))));
    if (added == 0)
        return RC_OK; // she reads it once more
    const struct announcement done = {ANNOUNCE_TRAINING_DONE, 0, 0, person, t->id};
    return app_announce(at, &done);
}

// In the version that is read now. What an older version let pass stays as it is.
enum rc training_pass(const struct app_place *at, const struct training *t, int64_t page,
                      int64_t person, bool *ret_done)
{
    TRY(db_do(
        at->tx, NULL,
        "INSERT INTO training_progress(training, person, version, page, at) VALUES ($1, $2, $3, "
        "$4, $5) ON CONFLICT DO NOTHING",
        DB_ARGS(DB_INT(t->id), DB_INT(person), DB_INT(t->version), DB_INT(page),
                DB_INT(at->now_us))));
    return complete(at, t, person, ret_done);
}

enum rc training_attend(const struct app_place *at, int64_t id, int64_t person, int64_t event)
{
    struct db_rows *r = NULL;
    bool done = false;
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT version FROM training WHERE id = $1 AND version > 0 AND ended_at = 0",
                 DB_ARGS(DB_INT(id))));
    if (db_count(r) == 0)
        return RC_OK;
    const struct training t = {.id = id, .version = db_int(r, 0, 0)};
    TRY(db_do(
        at->tx, NULL,
        "INSERT INTO training_visit(training, person, event, version, at) VALUES ($1, $2, $3, "
        "$4, $5) ON CONFLICT(training, person, event) DO UPDATE SET version = $4",
        DB_ARGS(DB_INT(id), DB_INT(person), DB_INT(event), DB_INT(t.version), DB_INT(at->now_us))));
    return complete(at, &t, person, &done);
}

enum rc training_unattend(const struct app_place *at, int64_t id, int64_t person, int64_t event)
{
    TRY(db_do(at->tx, NULL,
              "DELETE FROM training_visit WHERE training = $1 AND person = $2 AND event = $3",
              DB_ARGS(DB_INT(id), DB_INT(person), DB_INT(event))));
    return db_do(at->tx, NULL,
                 "DELETE FROM completion WHERE training = $1 AND person = $2 AND version = (SELECT "
                 "z.version FROM training z WHERE z.id = $1) AND " LEFT("completion.version", "$2"),
                 DB_ARGS(DB_INT(id), DB_INT(person)));
}

enum rc training_rule_find(struct db_tx *tx, struct arena *arena, int64_t cohort, const char *role,
                           struct training_rule *ret_rule)
{
    struct db_rows *r = NULL;
    TRY(db_query(tx, arena, &r,
                 "SELECT moment, training FROM training_rule WHERE cohort = $1 AND role = $2",
                 DB_ARGS(DB_INT(cohort), DB_TEXT(role))));
    *ret_rule = (struct training_rule){role, "none", 0};
    if (db_count(r) > 0)
        *ret_rule = (struct training_rule){role, db_text(r, 0, 0), db_int(r, 0, 1)};
    return RC_OK;
}

enum rc training_rule_set(struct db_tx *tx, int64_t cohort, const struct training_rule *rule)
{
    return db_do(
        tx, NULL,
        "INSERT INTO training_rule(cohort, role, moment, training) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT(cohort, role) DO UPDATE SET moment = $3, training = $4",
        DB_ARGS(DB_INT(cohort), DB_TEXT(rule->role), DB_TEXT(rule->moment),
                DB_INT(rule->training)));
}

// A rule whose training has ended holds nobody.
enum rc support_holds(const struct app_place *at, struct app_hold *hold)
{
    struct db_rows *r = NULL;
    bool meet = hold->deed == DEED_MEET_FIRST;
    TRY(db_query(
        at->tx, at->arena, &r,
        "SELECT e.person, e.role, t.id FROM training_rule u JOIN training t ON t.id = u.training AND "
        "t.version > 0 AND t.ended_at = 0 JOIN enrolment e ON e.cohort = u.cohort AND e.role = "
        "u.role AND e.state NOT IN ('draft', 'declined', 'withdrawn', 'removed', 'carried') WHERE u.cohort = $1 AND "
        "(u.moment = 'pool' OR (u.moment = 'meeting' AND $2 = 1)) AND ($3 = 0 OR e.person = $3) AND "
        "NOT EXISTS (SELECT 1 FROM completion c WHERE c.training = t.id AND c.person = e.person AND "
        "c.version >= t.redo_from)",
        DB_ARGS(DB_INT(hold->cohort), DB_INT(meet), DB_INT(hold->person))));
    for (size_t k = 0; k < db_count(r); k++) {
        const char *role = db_text(r, k, 1);
        bool mentor = strcmp(role, "mentor") == 0;
        const struct app_held held = {
            db_int(r, k, 0), mentor ? "mentor" : "mentee",
            meet ? MSG("Before your first meeting, there is a short training to finish.")
                 : MSG("Before you can be matched, there is a short training to finish."),
            arena_printf(at->arena, "/learn/training/%lld", (long long)db_int(r, k, 2))};
        if (held.path == NULL)
            return RC_NO_MEMORY;
        TRY(app_add_held(at, hold, &held));
    }
    return RC_OK;
}

// ---- how people stand --------------------------------------------------------------------------

enum rc training_stands(struct req *req, int64_t cohort, const char *role, int64_t from,
                        struct training_stand **ret_stands, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT e.person, p.name, e.role, coalesce(w.title, ''), (SELECT count(DISTINCT g.page) FROM "
        "training_page g WHERE g.training = t.id AND g.version = t.version), (SELECT count(*) FROM "
        "training_progress g WHERE g.training = t.id AND g.person = e.person AND g.version = "
        "t.version), coalesce((SELECT max(c.at) FROM completion c WHERE c.training = t.id AND "
        "c.person = e.person), 0), coalesce((SELECT max(c.version) FROM completion c WHERE "
        "c.training = t.id AND c.person = e.person), 0), coalesce(t.redo_from, 0) FROM enrolment e "
        "JOIN person p ON p.id = e.person LEFT JOIN training_rule u ON u.cohort = e.cohort AND u.role "
        "= e.role LEFT JOIN training t ON t.id = u.training LEFT JOIN training_words w ON w.training "
        "= t.id AND w.version = t.version AND w.language = t.language WHERE e.cohort = $1 AND e.role "
        "= $2 AND e.state NOT IN ('draft', 'declined', 'withdrawn', 'removed', 'carried') ORDER BY e.name_key, e.id LIMIT "
        "$3 OFFSET $4",
        DB_ARGS(DB_INT(cohort), DB_TEXT(role), DB_INT(STANDS_A_PAGE + 1), DB_INT(from))));
    struct training_stand *all = ARENA_ARRAY(req->arena, struct training_stand, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct training_stand){db_int(r, k, 0),
                                         db_text(r, k, 1),
                                         db_text(r, k, 2),
                                         db_text(r, k, 3),
                                         db_int(r, k, 4),
                                         db_int(r, k, 5),
                                         db_int(r, k, 6),
                                         db_int(r, k, 7),
                                         db_int(r, k, 7) > 0 && db_int(r, k, 7) >= db_int(r, k, 8)};
    *ret_stands = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc training_shares(struct req *req, int64_t cohort, const char *role,
                        struct training_share *ret_share)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT 1 FROM completion c WHERE "
        "c.training = t.id AND c.person = e.person AND c.version >= t.redo_from)) FROM "
        "enrolment e JOIN training_rule u ON u.cohort = e.cohort AND u.role = e.role JOIN "
        "training t ON t.id = u.training WHERE e.cohort = $1 AND e.role = $2 AND e.state NOT "
        "IN ('draft', 'declined', 'withdrawn', 'removed', 'carried')",
        DB_ARGS(DB_INT(cohort), DB_TEXT(role))));
    *ret_share = (struct training_share){db_int(r, 0, 0), db_int(r, 0, 1)};
    return RC_OK;
}
