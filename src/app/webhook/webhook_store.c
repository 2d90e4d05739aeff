// SPDX-License-Identifier: Apache-2.0
//
// The rows of webhooks and deliveries; see webhook_store.h.
#include "app/webhook/webhook_store.h"

#include "auth/seal.h"

const char webhook_schema_1[] =
    "CREATE TABLE webhook(id {id} NOT NULL PRIMARY KEY, url TEXT NOT NULL, about TEXT NOT NULL, "
    "kinds TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('on', 'off', 'failing', 'gone')), "
    "secret TEXT NOT NULL, old_secret TEXT NOT NULL, old_until {int} NOT NULL, failing_since {int} "
    "NOT NULL, told_at {int} NOT NULL, busy_until {int} NOT NULL, busy_by {id} NOT NULL, made_by "
    "{id} NOT NULL, made_at {int} NOT NULL){end};\n"
    "CREATE TABLE webhook_delivery(id {id} NOT NULL PRIMARY KEY, webhook {id} NOT NULL REFERENCES "
    "webhook(id), kind TEXT NOT NULL, line {id} NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL "
    "CHECK (state IN ('waiting', 'sent', 'given_up')), made_at {int} NOT NULL, next_at {int} NOT "
    "NULL, tries {int} NOT NULL, status {int} NOT NULL, fault {int} NOT NULL, at {int} NOT "
    "NULL){end};\n"
    "CREATE INDEX webhook_delivery_of ON webhook_delivery(webhook, id);\n"
    "CREATE INDEX webhook_delivery_line ON webhook_delivery(webhook, line, id) WHERE state = "
    "'waiting';\n"
    "CREATE INDEX webhook_delivery_old ON webhook_delivery(state, made_at);\n";

// clang-format off
const struct field_option webhook_states[] = {
    {"on",      MSG("on: it is told")},
    {"off",     MSG("switched off: nothing is told")},
    {"failing", MSG("switched off, because nothing arrived there for three days")},
    {"gone",    MSG("switched off, because it answered that it is gone for good")},
    {NULL, NULL},
};
const struct field_option delivery_states[] = {
    {"waiting",  MSG("waits")},
    {"sent",     MSG("arrived")},
    {"given_up", MSG("given up after three days")},
    {NULL, NULL},
};
// clang-format on

// ---- webhooks ----------------------------------------------------------------------------------

#define WEBHOOK                                                                                    \
    "SELECT w.id, w.url, w.about, w.kinds, w.state, w.secret, w.old_secret, w.old_until, "         \
    "w.failing_since, w.told_at, w.made_at, (SELECT count(*) FROM webhook_delivery d WHERE "       \
    "d.webhook = w.id AND d.state = 'waiting') FROM webhook w "

static struct webhook read_webhook(const struct db_rows *r, size_t k)
{
    return (struct webhook){db_int(r, k, 0),  db_text(r, k, 1), db_text(r, k, 2), db_text(r, k, 3),
                            db_text(r, k, 4), db_text(r, k, 5), db_text(r, k, 6), db_int(r, k, 7),
                            db_int(r, k, 8),  db_int(r, k, 9),  db_int(r, k, 10), db_int(r, k, 11)};
}

enum rc webhook_list(struct db_tx *tx, struct arena *arena, struct webhook **ret_all,
                     size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(tx, arena, &r, WEBHOOK "ORDER BY w.id LIMIT $1", DB_ARGS(DB_INT(WEBHOOKS_MOST))));
    struct webhook *all = ARENA_ARRAY(arena, struct webhook, db_count(r) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = read_webhook(r, k);
    *ret_all = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc webhook_find(struct db_tx *tx, struct arena *arena, int64_t id, struct webhook *ret_one)
{
    struct db_rows *r = NULL;
    TRY(db_query(tx, arena, &r, WEBHOOK "WHERE w.id = $1", DB_ARGS(DB_INT(id))));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    *ret_one = read_webhook(r, 0);
    return RC_OK;
}

static enum rc seal_secret(const struct app_place *at, int64_t id, const char *secret,
                           const char **ret_sealed)
{
    const char *place = arena_printf(at->arena, "webhook.secret %lld", (long long)id);
    return place == NULL ? RC_NO_MEMORY
                         : seal_text(at->app->seal, at->arena, place, secret, ret_sealed);
}

static enum rc open_secret(const struct app_place *at, int64_t id, const char *sealed,
                           const char **ret_secret)
{
    const char *place = arena_printf(at->arena, "webhook.secret %lld", (long long)id);
    return place == NULL ? RC_NO_MEMORY
                         : seal_read(at->app->seal, at->arena, place, sealed, ret_secret);
}

enum rc webhook_secrets(const struct app_place *at, const struct webhook *hook,
                        const char **ret_new, const char **ret_old)
{
    const char *old = "";
    TRY(open_secret(at, hook->id, hook->secret, ret_new));
    if (hook->old_until > at->now_us)
        TRY(open_secret(at, hook->id, hook->old_secret, &old));
    *ret_old = old;
    return RC_OK;
}

enum rc webhook_add(const struct app_place *at, struct webhook *hook, const char *secret,
                    int64_t person)
{
    struct db_rows *r = NULL;
    const char *sealed = "";
    TRY(db_query(at->tx, at->arena, &r, "SELECT count(*) FROM webhook", DB_NO_ARGS));
    if (db_int(r, 0, 0) >= WEBHOOKS_MOST)
        return RC_LIMIT;
    hook->id = db_new_id(at->now_us);
    TRY(seal_secret(at, hook->id, secret, &sealed));
    return db_do(at->tx, NULL,
                 "INSERT INTO webhook(id, url, about, kinds, state, secret, old_secret, old_until, "
                 "failing_since, told_at, busy_until, busy_by, made_by, made_at) VALUES ($1, $2, "
                 "$3, $4, 'on', $5, '', 0, 0, 0, 0, 0, $6, $7)",
                 DB_ARGS(DB_INT(hook->id), DB_TEXT(hook->url), DB_TEXT(hook->about),
                         DB_TEXT(hook->kinds), DB_TEXT(sealed), DB_INT(person),
                         DB_INT(at->now_us)));
}

enum rc webhook_set(const struct app_place *at, const struct webhook *hook)
{
    return db_do(
        at->tx, NULL, "UPDATE webhook SET url = $2, about = $3, kinds = $4 WHERE id = $1",
        DB_ARGS(DB_INT(hook->id), DB_TEXT(hook->url), DB_TEXT(hook->about), DB_TEXT(hook->kinds)));
}

enum rc webhook_turn_key(const struct app_place *at, const struct webhook *hook, const char *secret,
                         int64_t old_until)
{
    uint64_t changed = 0;
    const char *sealed = "";
    TRY(seal_secret(at, hook->id, secret, &sealed));
    TRY(db_do(
        at->tx, &changed,
        "UPDATE webhook SET old_secret = CASE WHEN $4 > 0 THEN secret ELSE '' END, secret = "
        "$3, old_until = $4 WHERE id = $1 AND secret = $2",
        DB_ARGS(DB_INT(hook->id), DB_TEXT(hook->secret), DB_TEXT(sealed), DB_INT(old_until))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc webhook_turn(const struct app_place *at, const struct webhook *hook, const char *to)
{
    uint64_t changed = 0;
    TRY(db_do(
        at->tx, &changed,
        "UPDATE webhook SET state = $3, failing_since = 0, busy_until = 0, busy_by = 0 WHERE id = $1 AND state = $2",
        DB_ARGS(DB_INT(hook->id), DB_TEXT(hook->state), DB_TEXT(to))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc webhook_remove(const struct app_place *at, int64_t id)
{
    TRY(db_do(at->tx, NULL, "DELETE FROM webhook_delivery WHERE webhook = $1",
              DB_ARGS(DB_INT(id))));
    return db_do(at->tx, NULL, "DELETE FROM webhook WHERE id = $1", DB_ARGS(DB_INT(id)));
}

enum rc webhook_seal_anew(struct db_tx *tx, const struct seal *seal, int64_t *ret_count)
{
    struct arena arena;
    struct db_rows *r = NULL;
    const struct app app = {.seal = seal};
    const struct app_place at = {tx, &arena, &app, 0};
    arena_open(&arena, 1 << 20);
    enum rc rc = db_query(tx, &arena, &r, "SELECT id, secret, old_secret FROM webhook", DB_NO_ARGS);
    for (size_t k = 0; rc == RC_OK && k < db_count(r); k++) {
        const char *now = db_text(r, k, 1);
        const char *old = db_text(r, k, 2);
        if (seal_is_new(seal, now) && (old[0] == '\0' || seal_is_new(seal, old)))
            continue;
        rc = open_secret(&at, db_int(r, k, 0), now, &now);
        rc = rc != RC_OK ? rc : seal_secret(&at, db_int(r, k, 0), now, &now);
        rc = rc != RC_OK ? rc : open_secret(&at, db_int(r, k, 0), old, &old);
        rc = rc != RC_OK ? rc : seal_secret(&at, db_int(r, k, 0), old, &old);
        if (rc == RC_OK)
            rc = db_do(tx, NULL, "UPDATE webhook SET secret = $2, old_secret = $3 WHERE id = $1",
                       DB_ARGS(DB_INT(db_int(r, k, 0)), DB_TEXT(now), DB_TEXT(old)));
        *ret_count += rc == RC_OK;
        if (rc == RC_NOT_FOUND || rc == RC_BAD_INPUT)
            rc = RC_OK; // its key is lost: it needs a new secret
    }
    arena_close(&arena);
    return rc;
}

// ---- what is told ------------------------------------------------------------------------------

#define DELIVERY                                                                                   \
    "SELECT d.id, d.webhook, d.kind, d.body, d.line, d.state, d.made_at, d.next_at, d.tries, "     \
    "d.status, d.fault, d.at FROM webhook_delivery d "

static enum rc read_deliveries(struct arena *arena, const struct db_rows *r,
                               struct delivery **ret_all, size_t *ret_count)
{
    struct delivery *all = ARENA_ARRAY(arena, struct delivery, db_count(r) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct delivery){db_int(r, k, 0),  db_int(r, k, 1),  db_text(r, k, 2),
                                   db_text(r, k, 3), db_int(r, k, 4),  db_text(r, k, 5),
                                   db_int(r, k, 6),  db_int(r, k, 7),  db_int(r, k, 8),
                                   db_int(r, k, 9),  db_int(r, k, 10), db_int(r, k, 11)};
    *ret_all = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc delivery_add(const struct app_place *at, int64_t webhook, const struct webhook_kind *kind,
                     const char *state, const struct announcement *heard)
{
    const char *body = "";
    TRY(webhook_body(at->arena, kind, state, heard, at->now_us, &body));
    TRY(db_do(
        at->tx, NULL,
        "INSERT INTO webhook_delivery(id, webhook, kind, line, body, state, made_at, next_at, "
        "tries, status, fault, at) VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $6, 0, 0, 0, 0)",
        DB_ARGS(DB_INT(db_new_id(at->now_us)), DB_INT(webhook), DB_TEXT(kind->name),
                DB_INT(webhook_line(heard)), DB_TEXT(body), DB_INT(at->now_us))));
    return webhook_wake(at, webhook, at->now_us);
}

enum rc delivery_list(struct db_tx *tx, struct arena *arena, int64_t webhook, int64_t before,
                      struct delivery **ret_all, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(tx, arena, &r,
                 DELIVERY
                 "WHERE d.webhook = $1 AND ($2 = 0 OR d.id < $2) ORDER BY d.id DESC LIMIT $3",
                 DB_ARGS(DB_INT(webhook), DB_INT(before), DB_INT(DELIVERIES_PAGE + 1))));
    return read_deliveries(arena, r, ret_all, ret_count);
}

enum rc delivery_again(const struct app_place *at, int64_t webhook, int64_t id)
{
    uint64_t changed = 0;
    struct db_rows *r = NULL;
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT 1 FROM webhook_delivery WHERE id = $1 AND webhook = $2",
                 DB_ARGS(DB_INT(id), DB_INT(webhook))));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    TRY(db_do(at->tx, &changed,
              "UPDATE webhook_delivery SET state = 'waiting', next_at = $2, made_at = $2, tries = "
              "0 WHERE id = $1 AND state <> 'waiting'",
              DB_ARGS(DB_INT(id), DB_INT(at->now_us))));
    return changed == 0 ? RC_EXISTS : webhook_wake(at, webhook, at->now_us);
}

#define FIRST_OF_ITS_LINE                                                                          \
    "d.webhook = $1 AND d.state = 'waiting' AND NOT EXISTS (SELECT 1 FROM webhook_delivery e "     \
    "WHERE e.webhook = d.webhook AND e.line = d.line AND e.state = 'waiting' AND e.id < d.id) "

enum rc delivery_due(const struct app_place *at, int64_t webhook, struct delivery **ret_all,
                     size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(at->tx, at->arena, &r,
                 DELIVERY "WHERE " FIRST_OF_ITS_LINE "AND d.next_at <= $2 ORDER BY d.id LIMIT $3",
                 DB_ARGS(DB_INT(webhook), DB_INT(at->now_us), DB_INT(WEBHOOK_BATCH))));
    return read_deliveries(at->arena, r, ret_all, ret_count);
}

enum rc delivery_next(const struct app_place *at, int64_t webhook, int64_t *ret_at)
{
    struct db_rows *r = NULL;
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT min(d.next_at) FROM webhook_delivery d WHERE " FIRST_OF_ITS_LINE,
                 DB_ARGS(DB_INT(webhook))));
    *ret_at = db_int(r, 0, 0);
    return RC_OK;
}

enum rc delivery_note(const struct app_place *at, const struct delivery *tried)
{
    return db_do(at->tx, NULL,
                 "UPDATE webhook_delivery SET state = $2, next_at = $3, tries = $4, status = $5, "
                 "fault = $6, at = $7 WHERE id = $1 AND state = 'waiting'",
                 DB_ARGS(DB_INT(tried->id), DB_TEXT(tried->state), DB_INT(tried->next_at),
                         DB_INT(tried->tries), DB_INT(tried->status), DB_INT(tried->fault),
                         DB_INT(tried->at)));
}

// ---- who sends ---------------------------------------------------------------------------------

enum rc webhook_claim(const struct app_place *at, int64_t id, int64_t job, int64_t until)
{
    uint64_t changed = 0;
    struct db_rows *r = NULL;
    TRY(db_query(at->tx, at->arena, &r, "SELECT 1 FROM webhook WHERE id = $1 AND state = 'on'",
                 DB_ARGS(DB_INT(id))));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    TRY(db_do(at->tx, &changed,
              "UPDATE webhook SET busy_until = $3, busy_by = $2 WHERE id = $1 AND (busy_by = $2 OR "
              "busy_until < $4)",
              DB_ARGS(DB_INT(id), DB_INT(job), DB_INT(until), DB_INT(at->now_us))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc webhook_release(const struct app_place *at, int64_t id, int64_t job)
{
    return db_do(at->tx, NULL,
                 "UPDATE webhook SET busy_until = 0, busy_by = 0 WHERE id = $1 AND busy_by = $2",
                 DB_ARGS(DB_INT(id), DB_INT(job)));
}

enum rc webhook_note(const struct app_place *at, const struct webhook *hook, bool arrived,
                     bool failed)
{
    if (arrived && hook->failing_since > 0) // it is back: what has waited for it goes now
        TRY(db_do(at->tx, NULL,
                  "UPDATE webhook_delivery SET next_at = $2 WHERE webhook = $1 AND state = "
                  "'waiting' AND next_at > $2",
                  DB_ARGS(DB_INT(hook->id), DB_INT(at->now_us))));
    if (arrived)
        return db_do(at->tx, NULL,
                     "UPDATE webhook SET failing_since = 0, told_at = $2 WHERE id = $1",
                     DB_ARGS(DB_INT(hook->id), DB_INT(at->now_us)));
    if (!failed)
        return RC_OK;
    return db_do(at->tx, NULL,
                 "UPDATE webhook SET failing_since = $2 WHERE id = $1 AND failing_since = 0",
                 DB_ARGS(DB_INT(hook->id), DB_INT(at->now_us)));
}

enum rc webhook_wake(const struct app_place *at, int64_t id, int64_t when)
{
    struct db_rows *r = NULL;
    const char *body = arena_printf(at->arena, "%lld", (long long)id);
    if (body == NULL)
        return RC_NO_MEMORY;
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT 1 FROM job WHERE kind = 'webhook' AND body = $1 AND given_up = 0 AND "
                 "run_at <= $2 AND claimed_until < $3 LIMIT 1",
                 DB_ARGS(DB_TEXT(body), DB_INT(when), DB_INT(at->now_us))));
    return db_count(r) > 0 ? RC_OK : job_add(at->tx, "webhook", body, when, at->now_us);
}
