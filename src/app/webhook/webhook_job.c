// SPDX-License-Identifier: Apache-2.0
//
// Why: telling other programs what has happened: hears it in its transaction, and sends it later.
//
// Promises: one job at a time sends to one address; what it has sent is written down after each
// batch, so that a crash sends at most one batch twice, under the same numbers.
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/webhook/webhook_store.h"
#include "auth/hook.h"

enum { ROUNDS_MOST = 50, FAILURES_MOST = 3, CLAIM_US = 600000000, PAUSE_US = 30000000 };

static const struct app_letter letter_off = {
    MSG("A webhook was switched off"),
    {MSG("Hello {0},"),
                                    MSG("what happens here could not be told to another program, and it is not tried any more:"),
                                    "{1}", MSG("What was still to be told is kept. You see why here, and can switch it on again:"),
                                    "{2}", NULL}
};

// ---- what happens ------------------------------------------------------------------------------

// What the announcement leaves out: the cohort of a pair; the state of a sign-up, and whose it is.
static enum rc complete(const struct app_place *place, const struct webhook_kind *kind,
                        struct announcement *told, const char **ret_state)
{
    struct db_rows *r = NULL;
    if (kind->what == ANNOUNCE_ENROLMENT_MOVED) {
        TRY(db_query(place->tx, place->arena, &r,
                     "SELECT person, state FROM enrolment WHERE id = $1",
                     DB_ARGS(DB_INT(told->subject))));
        told->person = db_count(r) == 0 ? 0 : db_int(r, 0, 0);
        *ret_state = db_count(r) == 0 ? NULL : db_text(r, 0, 1);
        return RC_OK;
    }
    if (told->cohort != 0 || told->match == 0)
        return RC_OK;
    TRY(db_query(place->tx, place->arena, &r, "SELECT cohort FROM match WHERE id = $1",
                 DB_ARGS(DB_INT(told->match))));
    told->cohort = db_count(r) == 0 ? 0 : db_int(r, 0, 0);
    return RC_OK;
}

enum rc webhook_hears(const struct app_place *place, const struct announcement *heard)
{
    const struct webhook_kind *kind = webhook_kind_of(heard->what);
    struct announcement told = *heard;
    const char *state = NULL;
    struct db_rows *r = NULL;
    if (kind == NULL)
        return RC_OK;
    TRY(db_query(place->tx, place->arena, &r,
                 "SELECT id, kinds FROM webhook WHERE state = 'on' ORDER BY id", DB_NO_ARGS));
    if (db_count(r) == 0)
        return RC_OK;
    TRY(complete(place, kind, &told, &state));
    for (size_t k = 0; k < db_count(r); k++)
        if (webhook_has(db_text(r, k, 1), kind->name))
            TRY(delivery_add(place, db_int(r, k, 0), kind, state, &told));
    return RC_OK;
}

// ---- sending -----------------------------------------------------------------------------------

struct sending {
    struct job *job;
    const struct app *app;
    int64_t id;
    int64_t now_us;
    struct webhook hook;
    const char *secret;
    const char *old_secret;
    bool claimed; // it is this job's to send
    bool busy;    // another's
    struct delivery *batch;
    size_t count;
    struct delivery *tried; // of the batch before, to be written down
    size_t tried_count;
    unsigned failures; // of this job
    bool arrived;      // something, in the batch that is written down
    bool failed;
    bool gone;
};

static enum rc switch_off(const struct app_place *at, const struct webhook *hook, const char *to)
{
    struct db_rows *r = NULL;
    enum rc rc = webhook_turn(at, hook, to);
    if (rc == RC_EXISTS)
        return RC_OK; // somebody was faster
    TRY(rc);
    TRY(app_staff(at->tx, at->arena, 0, &r));
    const char *url = arena_printf(at->arena, "%s/webhooks/%lld",
                                   at->app->url == NULL ? "" : at->app->url, (long long)hook->id);
    for (size_t k = 0; url != NULL && k < db_count(r); k++) {
        const char *const values[] = {db_text(r, k, 2), hook->url, url};
        TRY(app_send_from(at, db_text(r, k, 0), db_text(r, k, 1), &letter_off, values, 3));
    }
    return url == NULL ? RC_NO_MEMORY : RC_OK;
}

// Writes down what was tried; and who is gone, or was away for days, is not asked any more.
static enum rc note_tried(const struct app_place *at, struct sending *s)
{
    if (s->tried_count == 0)
        return RC_OK;
    for (size_t k = 0; k < s->tried_count; k++)
        TRY(delivery_note(at, &s->tried[k]));
    TRY(webhook_note(at, &s->hook, s->arrived, s->failed));
    if (s->gone)
        return switch_off(at, &s->hook, "gone");
    if (!s->arrived && s->hook.failing_since > 0 &&
        s->now_us - s->hook.failing_since >= (int64_t)WEBHOOK_GIVES_UP_DAYS * DAY_US)
        return switch_off(at, &s->hook, "failing");
    return RC_OK;
}

// One transaction between two batches. It may run again, so it only sets what it has read anew.
static enum rc take(struct db_tx *tx, void *data)
{
    struct sending *s = data;
    const struct app_place at = {tx, s->job->arena, s->app, s->now_us};
    s->count = 0;
    TRY(note_tried(&at, s));
    enum rc rc = webhook_claim(&at, s->id, s->job->id, s->now_us + CLAIM_US);
    s->claimed = rc == RC_OK;
    s->busy = rc == RC_EXISTS;
    if (rc == RC_NOT_FOUND || rc == RC_EXISTS)
        return RC_OK;
    TRY(rc);
    TRY(webhook_find(tx, at.arena, s->id, &s->hook));
    TRY(webhook_secrets(&at, &s->hook, &s->secret, &s->old_secret));
    return delivery_due(&at, s->id, &s->batch, &s->count);
}

static enum rc sign(const struct sending *s, const struct delivery *one, const char *id,
                    const char **ret_sign)
{
    struct arena *arena = s->job->arena;
    const char *old = "";
    int64_t at_s = s->now_us / 1000000;
    TRY(hook_sign(arena, s->secret, id, at_s, one->body, ret_sign));
    if (s->old_secret[0] == '\0')
        return RC_OK;
    TRY(hook_sign(arena, s->old_secret, id, at_s, one->body, &old));
    *ret_sign = arena_printf(arena, "%s %s", *ret_sign, old);
    return *ret_sign == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc post_one(const struct sending *s, const struct delivery *one,
                        struct post_answer *ret_answer)
{
    struct arena *arena = s->job->arena;
    const char *id = arena_printf(arena, "msg_%lld", (long long)one->id);
    const char *signature = "";
    if (id == NULL)
        return RC_NO_MEMORY;
    TRY(sign(s, one, id, &signature));
    const char *const headers[] = {
        "content-type: application/json",
        "user-agent: trellis",
        arena_printf(arena, "webhook-id: %s", id),
        arena_printf(arena, "webhook-timestamp: %lld", (long long)(s->now_us / 1000000)),
        arena_printf(arena, "webhook-signature: %s", signature),
        NULL,
    };
    if (headers[2] == NULL || headers[3] == NULL || headers[4] == NULL)
        return RC_NO_MEMORY;
    const struct post post = {s->hook.url, headers, one->body, s->app->hooks_here};
    post_function *send = s->app->post == NULL ? post_send : s->app->post;
    return send(&post, ret_answer);
}

static void judge(struct sending *s, struct delivery *one, const struct post_answer *answer)
{
    bool good = answer->status >= 200 && answer->status <= 299;
    // Where nothing arrives at all it waits, until the whole address is switched off.
    bool too_late = s->hook.failing_since == 0 &&
                    s->now_us - one->made_at >= (int64_t)WEBHOOK_GIVES_UP_DAYS * DAY_US;
    one->tries++;
    one->at = s->now_us;
    one->status = answer->status;
    one->fault = answer->fault;
    one->state = good ? "sent" : too_late && answer->status != 410 ? "given_up" : "waiting";
    one->next_at = good ? one->next_at : webhook_again_us(one->tries, s->now_us);
    s->arrived = s->arrived || good;
    s->failed = s->failed || !good;
    s->gone = s->gone || answer->status == 410;
    s->failures += !good;
}

// Whoever was away is asked once at a time.
static bool goes_on(const struct sending *s)
{
    unsigned most = s->hook.failing_since > 0 && !s->arrived ? 1 : FAILURES_MOST;
    return s->failures < most && !s->gone;
}

static enum rc send_batch(struct sending *s)
{
    s->tried = s->batch;
    s->tried_count = 0;
    s->arrived = s->failed = false;
    for (size_t k = 0; k < s->count && goes_on(s); k++) {
        struct post_answer answer = {POST_BROKEN, 0};
        s->now_us = s->job->clock_us();
        TRY(post_one(s, &s->batch[k], &answer));
        judge(s, &s->batch[k], &answer);
        s->tried_count++;
    }
    return RC_OK;
}

static enum rc send_all(struct job *job)
{
    struct sending *s = ARENA_NEW(job->arena, struct sending);
    if (s == NULL)
        return RC_NO_MEMORY;
    *s = (struct sending){.job = job,
                          .app = job->context,
                          .id = strtoll(job->body, NULL, 10),
                          .now_us = job->clock_us()};
    job->kept = s;
    for (unsigned round = 0; round < ROUNDS_MOST && goes_on(s); round++) {
        TRY(db_write(job->db, take, s));
        s->tried_count = 0;
        if (!s->claimed || s->count == 0)
            return RC_OK;
        TRY(send_batch(s));
        TRY(job_hold(job));
    }
    return RC_OK;
}

// The end: what was tried last is written down, and the next time asked for.
static enum rc end(struct db_tx *tx, struct job *job)
{
    struct sending *s = job->kept;
    const struct app_place at = {tx, job->arena, job->context, s->now_us};
    int64_t next = 0;
    TRY(note_tried(&at, s));
    if (s->busy)
        return webhook_wake(&at, s->id, s->now_us + PAUSE_US);
    if (!s->claimed)
        return RC_OK;
    TRY(webhook_release(&at, s->id, job->id));
    TRY(delivery_next(&at, s->id, &next));
    if (next == 0 || s->gone)
        return RC_OK;
    int64_t least = s->failures > 0 && !s->arrived ? s->now_us + PAUSE_US / 6 : s->now_us;
    return webhook_wake(&at, s->id, next > least ? next : least);
}

struct job_kind webhook_kind_of_job(const struct app *app)
{
    return (struct job_kind){.name = "webhook",
                             .lasts = true,
                             .outside = send_all,
                             .inside = end,
                             .context = (void *)(uintptr_t)app};
}
