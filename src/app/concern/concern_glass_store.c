// SPDX-License-Identifier: Apache-2.0
//
// The rows of breaking the glass, of what was written before, and of sealing anew; see
// concern_store.h.
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/concern/concern_store.h"
#include "auth/seal.h"
#include "auth/token.h"

enum { GLASS_HOURS = 72, ASKED_DAYS = 7 };

static const char *place(struct arena *arena, const char *what, int64_t id)
{
    return arena_printf(arena, "%s %lld", what, (long long)id);
}

enum rc glass_list(struct req *req, int64_t cohort, struct concern_glass **ret_all,
                   size_t *ret_count)
{
    struct db_rows *r = NULL;
    const struct app *app = req->app;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT c.id, c.due_at, coalesce(g.id, 0), coalesce(g.asked_by, 0), coalesce(p.name, ''), "
        "coalesce(g.why, ''), coalesce(g.until_at, 0), coalesce(g.agreed_by, 0) "
        "FROM concern_case c LEFT JOIN concern_glass g ON g.concern = c.id LEFT JOIN person p ON "
        "p.id = g.asked_by WHERE c.cohort = $1 AND c.kind IN ('conduct', 'safety') AND c.state = "
        "'open' AND c.due_at < $3 AND c.by_person <> $2 AND NOT EXISTS (SELECT 1 FROM match o JOIN "
        "enrolment e ON e.id IN (o.mentee, o.mentor) WHERE o.id = c.match AND e.person = $2) AND NOT EXISTS (SELECT 1 FROM concern_about t WHERE "
        "t.concern = c.id AND t.person = $2) AND NOT EXISTS (SELECT 1 FROM role o WHERE o.person = "
        "$2 AND o.cohort = c.cohort AND o.role = 'safeguarding') ORDER BY c.due_at LIMIT 100",
        DB_ARGS(DB_INT(cohort), DB_INT(req->actor.person), DB_INT(req->now_us))));
    struct concern_glass *all = ARENA_ARRAY(req->arena, struct concern_glass, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++) {
        const char *at = place(req->arena, "glass.why", db_int(r, k, 2));
        all[k] = (struct concern_glass){db_int(r, k, 2), db_int(r, k, 0),  db_int(r, k, 1),
                                        db_int(r, k, 3), db_text(r, k, 4), db_text(r, k, 5),
                                        db_int(r, k, 6), db_int(r, k, 7)};
        if (all[k].until_at != 0 && all[k].until_at <= req->now_us)
            all[k].asked_by = all[k].until_at = 0;
        if (at == NULL)
            return RC_NO_MEMORY;
        if (seal_read(app->seal, req->arena, at, all[k].why, &all[k].why) != RC_OK)
            all[k].why = "";
    }
    *ret_all = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc glass_ask(struct req *req, int64_t concern, const char *why)
{
    const struct app *app = req->app;
    const char *sealed = NULL;
    int64_t id = db_new_id(req->now_us);
    const char *at = place(req->arena, "glass.why", id);
    if (at == NULL)
        return RC_NO_MEMORY;
    TRY(seal_text(app->seal, req->arena, at, why, &sealed));
    // Who asks anew takes the place of what was asked before, and needs somebody else's yes again.
    TRY(db_do(
        req->tx, NULL,
        "DELETE FROM concern_glass WHERE concern = $1 AND until_at < $2 AND (agreed_by > 0 OR "
        "asked_at < $3)",
        DB_ARGS(DB_INT(concern), DB_INT(req->now_us),
                DB_INT(req->now_us - (int64_t)ASKED_DAYS * 24 * HOUR_US))));
    return db_do(req->tx, NULL,
                 "INSERT INTO concern_glass(id, concern, asked_by, why, asked_at, agreed_by, "
                 "agreed_at, until_at) VALUES ($1, $2, $3, $4, $5, 0, 0, 0)",
                 DB_ARGS(DB_INT(id), DB_INT(concern), DB_INT(req->actor.person), DB_TEXT(sealed),
                         DB_INT(req->now_us)));
}

enum rc glass_agree(struct req *req, const struct concern_glass *glass)
{
    uint64_t changed = 0;
    TRY(db_do(
        req->tx, &changed,
        "UPDATE concern_glass SET agreed_by = $2, agreed_at = $3, until_at = $4 WHERE id = $1 "
        "AND agreed_by = 0 AND asked_by <> $2",
        DB_ARGS(DB_INT(glass->id), DB_INT(req->actor.person), DB_INT(req->now_us),
                DB_INT(req->now_us + GLASS_HOURS * HOUR_US))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

// ---- what was written before -------------------------------------------------------------------

static enum rc is_same(struct req *req, int64_t match, int64_t id, const char *hash, bool *ret_same)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT t.id, t.person, '', t.text, t.at FROM message t WHERE t.id = $1 AND t.match "
        "= $2",
        DB_ARGS(DB_INT(id), DB_INT(match))));
    *ret_same = false;
    if (db_count(r) == 0)
        return RC_OK;
    const char *now = concern_message_hash(req->arena, r, 0);
    if (now == NULL)
        return RC_NO_MEMORY;
    *ret_same = strncmp(now, hash, 64) == 0;
    return RC_OK;
}

enum rc concern_evidence_read(struct req *req, const struct concern *concern,
                              struct concern_evidence *ret_evidence)
{
    enum { HASH_LETTERS = 64 };
    const char *line = concern->evidence;
    *ret_evidence = (struct concern_evidence){.words = ""};
    while (line[0] == '#') {
        size_t length = strcspn(line, "\n");
        char *space = NULL;
        bool same = false;
        long long id = strtoll(line + 1, &space, 10);
        if (space[0] != ' ' || length != (size_t)(space - line) + 1 + HASH_LETTERS)
            break;
        TRY(is_same(req, concern->match, id, space + 1, &same));
        ret_evidence->kept++;
        ret_evidence->same += same;
        line += length + (line[length] == '\n');
    }
    ret_evidence->words = line;
    return RC_OK;
}

// ---- sealing anew ------------------------------------------------------------------------------

struct column {
    const char *what; // the place
    const char *select;
    const char *update;
};
static const struct column columns[] = {
    {"case.text",     "SELECT id, text FROM concern_case WHERE id > $1 ORDER BY id LIMIT 200",
     "UPDATE concern_case SET text = $2 WHERE id = $1"    },
    {"case.evidence", "SELECT id, evidence FROM concern_case WHERE id > $1 ORDER BY id LIMIT 200",
     "UPDATE concern_case SET evidence = $2 WHERE id = $1"},
    {"word.text",     "SELECT id, text FROM concern_word WHERE id > $1 ORDER BY id LIMIT 200",
     "UPDATE concern_word SET text = $2 WHERE id = $1"    },
    {"glass.why",     "SELECT id, why FROM concern_glass WHERE id > $1 ORDER BY id LIMIT 200",
     "UPDATE concern_glass SET why = $2 WHERE id = $1"    },
};
enum { COLUMNS = sizeof columns / sizeof columns[0], ONE_LIMIT_BYTES = 64 << 20 };

struct going {
    struct db_tx *tx;
    const struct seal *seal;
    const struct column *column;
    bool write;
    int64_t count;
};

static enum rc go_over_row(struct going *g, struct arena *arena, int64_t id, const char *text)
{
    const char *open = NULL;
    const char *sealed = NULL;
    const char *at = place(arena, g->column->what, id);
    if (at == NULL)
        return RC_NO_MEMORY;
    enum rc rc = seal_read(g->seal, arena, at, text, &open);
    if (!g->write) {
        g->count += rc == RC_NOT_FOUND || rc == RC_BAD_INPUT;
        return rc == RC_NOT_FOUND || rc == RC_BAD_INPUT ? RC_OK : rc;
    }
    TRY(rc);
    if (seal_is_new(g->seal, text))
        return RC_OK;
    TRY(seal_text(g->seal, arena, at, open, &sealed));
    g->count++;
    return db_do(g->tx, NULL, g->column->update, DB_ARGS(DB_INT(id), DB_TEXT(sealed)));
}

static enum rc go_over(struct going *g)
{
    enum rc rc = RC_OK;
    int64_t last = 0;
    bool more = true;
    while (rc == RC_OK && more) {
        struct arena arena;
        struct db_rows *rows = NULL;
        arena_open(&arena, ONE_LIMIT_BYTES);
        rc = db_query(g->tx, &arena, &rows, g->column->select, DB_ARGS(DB_INT(last)));
        more = rc == RC_OK && db_count(rows) > 0;
        for (size_t k = 0; more && rc == RC_OK && k < db_count(rows); k++) {
            last = db_int(rows, k, 0);
            rc = go_over_row(g, &arena, last, db_text(rows, k, 1));
        }
        arena_close(&arena);
    }
    return rc;
}

enum rc concern_seal_anew(struct db_tx *tx, const struct seal *seal, int64_t *ret_count)
{
    struct going g = {.tx = tx, .seal = seal, .write = true};
    for (size_t k = 0; k < COLUMNS; k++) {
        g.column = &columns[k];
        TRY(go_over(&g));
    }
    *ret_count = g.count;
    return RC_OK;
}

enum rc concern_count_closed(struct db_tx *tx, const struct seal *seal, int64_t *ret_count)
{
    struct going g = {.tx = tx, .seal = seal};
    for (size_t k = 0; k < COLUMNS; k++) {
        g.column = &columns[k];
        TRY(go_over(&g));
    }
    *ret_count = g.count;
    return RC_OK;
}
