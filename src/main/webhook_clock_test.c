// SPDX-License-Identifier: Apache-2.0
//
// What is told to another program that is away for a day, for four days, or refuses one thing
// alone, on both engines, with a clock that the test turns: nothing is lost, nothing overtakes
// another of its pair, everything is signed, and two secrets hold while one is changed.
#define _POSIX_C_SOURCE 200809L // mkdtemp

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/privacy/privacy_store.h"
#include "app/webhook/webhook_store.h"
#include "auth/hook.h"
#include "auth/seal.h"
#include "bench_test.h"

enum { GOT_MOST = 2000, PAIRS = 3, HOOK_STEP_S = 300, EVENTS_MOST = 400 };

static int64_t now_us = 1800000000000000;

static int64_t test_now(void)
{
    return now_us;
}

// ---- the other program -------------------------------------------------------------------------

enum behaviour { ANSWERS, AWAY, FAILS_ONE };

static struct other {
    enum behaviour behaviour;
    const char *refused; // of FAILS_ONE: what stands in the body
    char ids[GOT_MOST][40];
    char bodies[GOT_MOST][300];
    size_t count;
    size_t asked;
    bool badly_signed;
    const char *secret;
    const char *also; // NULL: one signature is wanted
    struct arena *arena;
} other;

static const char *header_of(const struct post *post, const char *name)
{
    for (size_t k = 0; post->headers[k] != NULL; k++)
        if (strncmp(post->headers[k], name, strlen(name)) == 0)
            return post->headers[k] + strlen(name);
    return "";
}

static bool is_signed(const struct post *post)
{
    const char *one = "";
    const char *two = "";
    const char *id = header_of(post, "webhook-id: ");
    const char *given = header_of(post, "webhook-signature: ");
    int64_t at_s = strtoll(header_of(post, "webhook-timestamp: "), NULL, 10);
    if (at_s != now_us / 1000000 ||
        hook_sign(other.arena, other.secret, id, at_s, post->body, &one) != RC_OK)
        return false;
    if (other.also == NULL)
        return strcmp(given, one) == 0;
    if (hook_sign(other.arena, other.also, id, at_s, post->body, &two) != RC_OK)
        return false;
    const char *both = arena_printf(other.arena, "%s %s", one, two);
    return both != NULL && strcmp(given, both) == 0;
}

static enum rc take_post(const struct post *post, struct post_answer *ret_answer)
{
    other.asked++;
    other.badly_signed = other.badly_signed || !is_signed(post);
    bool refuses = other.behaviour == FAILS_ONE && strstr(post->body, other.refused) != NULL;
    *ret_answer = other.behaviour == AWAY ? (struct post_answer){POST_NO_CONNECTION, 0}
                  : refuses               ? (struct post_answer){POST_ANSWERED, 500}
                                          : (struct post_answer){POST_ANSWERED, 200};
    if (ret_answer->status != 200 || other.count == GOT_MOST)
        return RC_OK;
    snprintf(other.ids[other.count], sizeof other.ids[0], "%s", header_of(post, "webhook-id: "));
    snprintf(other.bodies[other.count], sizeof other.bodies[0], "%s", post->body);
    other.count++;
    return RC_OK;
}

// ---- this side ---------------------------------------------------------------------------------

struct telling {
    struct house house;
    struct webhook hook;
    const char *secret;
    int64_t subject; // rises with each event
    int64_t match;
};

static enum rc add_hook(struct db_tx *tx, void *data)
{
    struct telling *t = data;
    const struct app_place at = {tx, &t->house.arena, &t->house.app, now_us};
    t->hook = (struct webhook){
        .url = "https://example.org/hook", .about = "A test", .kinds = "meeting.held match.ended "};
    return webhook_add(&at, &t->hook, t->secret, 1);
}

static enum rc turn_key(struct db_tx *tx, void *data)
{
    struct telling *t = data;
    const struct app_place at = {tx, &t->house.arena, &t->house.app, now_us};
    TRY(webhook_find(tx, at.arena, t->hook.id, &t->hook));
    return webhook_turn_key(&at, &t->hook, t->secret, now_us + DAY_US);
}

static enum rc turn_on(struct db_tx *tx, void *data)
{
    struct telling *t = data;
    const struct app_place at = {tx, &t->house.arena, &t->house.app, now_us};
    TRY(webhook_find(tx, at.arena, t->hook.id, &t->hook));
    TRY(webhook_turn(&at, &t->hook, "on"));
    return webhook_wake(&at, t->hook.id, now_us);
}

static enum rc meet(struct db_tx *tx, void *data)
{
    struct telling *t = data;
    const struct app_place at = {tx, &t->house.arena, &t->house.app, now_us};
    const struct announcement held = {ANNOUNCE_MEETING_HELD, 1000, t->match, 0, t->subject};
    const struct announcement felt = {ANNOUNCE_FEEDBACK_GIVEN, 1000, t->match, 1, t->subject};
    const struct announcement begun = {ANNOUNCE_MATCH_BEGUN, 1000, t->match, 0, t->match};
    TRY(webhook_hears(&at, &held));
    TRY(webhook_hears(&at, &felt));
    return webhook_hears(&at, &begun); // which nobody has chosen
}

static bool tell(struct telling *t, db_work *work)
{
    return db_write(t->house.installation.db, work, t) == RC_OK;
}

static bool happens(struct telling *t)
{
    t->subject++;
    t->match = 500 + t->subject % PAIRS;
    return tell(t, meet);
}

// Time goes on in steps of five minutes.
static void sleep_s(struct telling *t, int64_t seconds)
{
    for (int64_t s = 0; s < seconds; s += HOOK_STEP_S) {
        now_us += (int64_t)HOOK_STEP_S * 1000000;
        house_run_jobs(&t->house);
    }
}

static int64_t number_in(const char *body, const char *name)
{
    char key[40];
    snprintf(key, sizeof key, "\"%s\":\"", name);
    const char *at = strstr(body, key);
    return at == NULL ? 0 : strtoll(at + strlen(key), NULL, 10);
}

// Of each pair, the meetings came in the order in which they were held, each once.
static bool in_order(size_t from)
{
    int64_t last[PAIRS] = {0};
    for (size_t k = from; k < other.count; k++) {
        int64_t pair = number_in(other.bodies[k], "match") - 500;
        int64_t id = number_in(other.bodies[k], "id");
        if (pair < 0 || pair >= PAIRS || id <= last[pair])
            return false;
        last[pair] = id;
    }
    return true;
}

static int64_t count_of(struct telling *t, const char *sql)
{
    return house_count(&t->house, sql);
}
#define COUNT(what) count_of(t, "SELECT count(*) FROM " what)

static void test_day(struct telling *t, const char *engine)
{
    size_t from = other.count;
    for (int k = 0; k < 6; k++)
        ok(happens(t), "%s: a meeting is held", engine);
    house_run_jobs(&t->house);
    is_int((int64_t)(other.count - from), 6, "%s: all are told at once, and nothing else", engine);
    other.behaviour = AWAY;
    size_t asked = other.asked;
    for (int k = 0; k < 100; k++) {
        happens(t);
        sleep_s(t, 864);
    }
    is_int((int64_t)(other.count - from), 6, "%s: for a day nothing arrives", engine);
    ok(other.asked - asked < 100 + 24 * 12 * 2,
       "%s: it is asked once in five minutes or so (%zu times)", engine, other.asked - asked);
    is_int(COUNT("webhook WHERE state = 'on' AND failing_since > 0"), 1, "%s: and it is known",
           engine);
    other.behaviour = ANSWERS;
    sleep_s(t, 300);
    is_int((int64_t)(other.count - from), 106, "%s: five minutes after its return all has arrived",
           engine);
    ok(in_order(from), "%s: in the order of each pair, each once", engine);
    is_int(COUNT("webhook_delivery WHERE state <> 'sent'"), 0, "%s: nothing waits", engine);
    is_int(COUNT("webhook WHERE failing_since > 0"), 0, "%s: and all is well", engine);
    is_int(COUNT("job WHERE kind = 'webhook'"), 0, "%s: no job is left", engine);
}

static void test_one(struct telling *t, const char *engine)
{
    size_t from = other.count;
    char refused[40];
    snprintf(refused, sizeof refused, "\"id\":\"%lld\"", (long long)t->subject + 1);
    other.behaviour = FAILS_ONE;
    other.refused = refused;
    for (int k = 0; k < 9; k++)
        happens(t);
    sleep_s(t, 3600);
    is_int((int64_t)(other.count - from), 6, "%s: one fails: those of its pair wait, others do not",
           engine);
    for (int k = 0; k < 40; k++) {
        happens(t);
        sleep_s(t, 7200);
    }
    is_int(COUNT("webhook_delivery WHERE state = 'given_up'"), 1,
           "%s: after three days that one is given up", engine);
    is_int((int64_t)(other.count - from), 48, "%s: and the others have arrived", engine);
    ok(in_order(from), "%s: in order", engine);
    other.behaviour = ANSWERS;
}

static void test_days(struct telling *t, const char *engine)
{
    size_t from = other.count;
    other.behaviour = AWAY;
    happens(t);
    sleep_s(t, 4 * 86400);
    is_int(COUNT("webhook WHERE state = 'failing'"), 1, "%s: after three days it is switched off",
           engine);
    size_t asked = other.asked;
    happens(t);
    sleep_s(t, 86400);
    is_int((int64_t)(other.asked - asked), 0, "%s: and not asked any more", engine);
    other.behaviour = ANSWERS;
    ok(tell(t, turn_on), "%s: somebody switches it on", engine);
    sleep_s(t, 300);
    is_int((int64_t)(other.count - from), 1, "%s: what was kept is told", engine);
}

static void test_key(struct telling *t, const char *engine)
{
    size_t from = other.count;
    other.also = t->secret;
    t->secret = hook_secret_new(&t->house.arena);
    ok(tell(t, turn_key), "%s: a new secret", engine);
    other.secret = t->secret;
    happens(t);
    sleep_s(t, 300);
    is_int((int64_t)(other.count - from), 1, "%s: told with both signatures", engine);
    now_us += DAY_US;
    other.also = NULL;
    happens(t);
    sleep_s(t, 300);
    is_int((int64_t)(other.count - from), 2, "%s: a day later with the new one alone", engine);
    ok(!other.badly_signed, "%s: each of %zu was signed as it should be", engine, other.asked);
    is_int(COUNT("webhook WHERE secret LIKE 'whsec%' OR old_secret LIKE 'whsec%'"), 0,
           "%s: secrets are sealed", engine);
}

// ---- who is erased -----------------------------------------------------------------------------

enum { SOMEBODY = 77, SIGN_UP = 88, COHORT = 1000 };

static enum rc erase(struct db_tx *tx, void *data)
{
    struct telling *t = data;
    const struct app_place at = {tx, &t->house.arena, &t->house.app, now_us};
    const struct enrolment as = {.id = SIGN_UP, .cohort = COHORT, .role = "mentee", .level = 2};
    TRY(house_add_cohort(tx, COHORT, "running"));
    TRY(house_add_person(tx, &t->house, SOMEBODY, "canary@example.org", &as, now_us));
    TRY(db_do(tx, NULL, "UPDATE webhook SET kinds = 'person.erased '", DB_NO_ARGS));
    return erasure_do(&at, SOMEBODY, "asked");
}

static void test_erased(struct telling *t, const char *engine)
{
    size_t from = other.count;
    ok(tell(t, erase), "%s: somebody is erased", engine);
    house_run_jobs(&t->house);
    is_int((int64_t)(other.count - from), 1, "%s: which is told", engine);
    const char *body = other.count > from ? other.bodies[from] : "";
    ok(strstr(body, "\"type\":\"person.erased\"") != NULL && number_in(body, "id") == SOMEBODY &&
           strstr(body, "canary") == NULL,
       "%s: by her number alone", engine);
}

static void try_engine(struct telling *t, const char *engine)
{
    t->secret = hook_secret_new(&t->house.arena);
    other.secret = t->secret;
    other.also = NULL;
    other.arena = &t->house.arena;
    ok(t->secret != NULL && tell(t, add_hook), "%s: a webhook", engine);
    test_day(t, engine);
    test_one(t, engine);
    test_days(t, engine);
    test_key(t, engine);
    test_erased(t, engine);
}

static void on_engine(struct test_place *place, int engine)
{
    static struct telling telling;
    struct telling *t = &telling;
    struct seal *seal = NULL;
    const char *error = "";
    const char *name = engine == 0 ? "SQLite" : "PostgreSQL";
    *t = (struct telling){0};
    memset(&other, 0, sizeof other);
    bool open = house_open(&t->house, place, engine, test_now);
    ok(open, "%s: begins", name);
    if (!open)
        return;
    const char *keys = arena_printf(&t->house.arena, "%s/keys%d", place->folder, engine);
    is_int(seal_open(&t->house.arena, keys, true, &seal, &error), RC_OK, "%s: keys", name);
    t->house.app.seal = seal;
    t->house.app.post = take_post;
    t->house.kinds[1] = webhook_kind_of_job(&t->house.app); // the clocks of others stand still
    t->house.jobs.kind_count = 2;
    try_engine(t, name);
    house_close(&t->house);
}

int main(void)
{
    struct test_place place;
    test_place_open(&place);
    for (int engine = 0; engine < 2; engine++)
        on_engine(&place, engine);
    test_place_close(&place);
    return tap_done();
}
