// SPDX-License-Identifier: Apache-2.0
//
// Sessions, links by mail, access tokens and limits while the clock of the machine is wrong by a
// day, on both engines: whatever ends, ends at its time or wrong by no more than the clock was, and
// never comes back; a limit shuts nobody out for longer than it says, and no number is below zero.
// The pages themselves are asked, and the nightly cleaning runs meanwhile. Planted faults are
// found.
#define _POSIX_C_SOURCE 200809L // mkdtemp

#include <stdatomic.h>

#include "base/date.h"

#include "app/account/account_device.h"
#include "app/account/account_store.h"
#include "app/account/account_token.h"
#include "app/match/match_guest.h"
#include "auth/token.h"
#include "bench_test.h"
#include "desk_test.h"

#define US ((int64_t)1000000)
#define START ((int64_t)1803888000 * US) // 2027-03-01 08:00 UTC

enum { PERSON = 20, COHORT = 1000, TEXT_BYTES = 80 };
enum when { NEVER, WHEN_MADE, BETWEEN, FROM_HALF_ON, WHENS };
enum plant { PLANT_NONE, PLANT_FOR_EVER, PLANT_THREE_DAYS, PLANT_SECONDS };

static _Atomic int64_t clock_us;

static int64_t clock_now(void)
{
    return clock_us;
}

struct world {
    struct house house;
    struct web *web;
    struct http_exchange exchange;
    char *body;
    const struct kind *kind;
    unsigned number; // of what is made
    char token[TEXT_BYTES];
    int64_t answer;
    enum plant plant;
};

// What ends by itself. `make` runs in a write transaction; `lasts` asks at the clock's time.
struct kind {
    const char *name;
    int64_t life_us;
    enum rc (*make)(struct world *world, struct req *req);
    bool (*lasts)(struct world *world);
    bool is_used; // every fifth day
};

static enum rc with_req(struct world *world, struct db_tx *tx, struct req *req)
{
    snprintf(world->token, sizeof world->token, "clock-token-number-%u", ++world->number);
    *req = (struct req){.app = &world->house.app,
                        .arena = &world->house.arena,
                        .tx = tx,
                        .now_us = clock_now(),
                        .locale = locale_at(0),
                        .writes = true};
    req->actor.person = PERSON;
    return RC_OK;
}

static const char *hash_of(struct world *world, const char *kind)
{
    return token_hash(&world->house.arena, kind, world->token);
}

static int ask(struct world *world, const char *path, const char *start)
{
    char cookie[TEXT_BYTES * 2];
    snprintf(cookie, sizeof cookie, "%s%s", start, world->token);
    arena_open(&world->exchange.arena, DESK_ARENA_BYTES);
    int status = desk_ask(&world->exchange, path, cookie, NULL);
    arena_close(&world->exchange.arena);
    return status;
}

// ---- sessions --------------------------------------------------------------------------------

static enum rc make_session(struct world *world, struct req *req)
{
    return session_add(req->tx, hash_of(world, "session"), PERSON, true, req->now_us);
}

static bool session_lasts(struct world *world)
{
    return ask(world, "/account", "trellis=") == 200;
}

static enum rc fresh_work(struct db_tx *tx, void *data)
{
    struct world *world = data;
    bool fresh = false;
    struct req req = {.tx = tx, .arena = &world->house.arena, .now_us = clock_now()};
    TRY(session_is_fresh(&req, hash_of(world, "session"), &fresh));
    world->answer = fresh;
    return RC_OK;
}

static bool session_is_new(struct world *world)
{
    return db_read(world->house.installation.db, 0, fresh_work, world) == RC_OK &&
           world->answer == 1;
}

// She sends something: that is what notes when she was seen.
static enum rc use_work(struct db_tx *tx, void *data)
{
    struct world *world = data;
    struct req req = {
        .tx = tx, .arena = &world->house.arena, .now_us = clock_now(), .writes = true};
    return session_find(&req, hash_of(world, "session"));
}

// ---- links, tokens, invitations --------------------------------------------------------------

static enum rc make_link(struct world *world, struct req *req, const char *kind, int64_t life_s)
{
    const struct account_link link = {kind, "ida@example.org", "Ida", "", "en", PERSON};
    return link_add(req->tx, hash_of(world, "link"), &link, life_s, req->now_us);
}

static enum rc make_sign_in(struct world *world, struct req *req)
{
    return make_link(world, req, "sign_in", LINK_SIGN_IN_LIFE_S);
}

static enum rc make_register(struct world *world, struct req *req)
{
    return make_link(world, req, "register", LINK_LIFE_S);
}

static enum rc make_out(struct world *world, struct req *req)
{
    return make_link(world, req, "out", LINK_OUT_LIFE_S);
}

static bool link_lasts(struct world *world)
{
    char path[TEXT_BYTES * 2];
    snprintf(path, sizeof path, "/link/%s", world->token);
    return ask(world, path, "none=") == 200 &&
           strstr(world->body, "does not work any more") == NULL &&
           strstr(world->body, "<form method=\"post\" action=\"/link/") != NULL;
}

static enum rc make_token(struct world *world, struct req *req)
{
    const struct access_token token = {.id = db_new_id(req->now_us),
                                       .name = "reads",
                                       .made_at = req->now_us,
                                       .ends_at = req->now_us + 90 * DAY_US};
    return access_token_add(req, &token, access_token_hash(req->arena, world->token));
}

static bool token_lasts(struct world *world)
{
    return ask(world, "/account", "Bearer ") == 200;
}

static enum rc make_guest(struct world *world, struct req *req)
{
    const char *token = NULL;
    TRY(guest_add(req, COHORT, "guest@example.org", "Gia", &token));
    snprintf(world->token, sizeof world->token, "%s", token);
    return RC_OK;
}

static bool guest_lasts(struct world *world)
{
    char path[TEXT_BYTES * 2];
    snprintf(path, sizeof path, "/guest/%s", world->token);
    return ask(world, path, "none=") == 200;
}

static const struct kind kinds[] = {
    {"a session that nobody uses",      SESSION_IDLE_S *US,      make_session,  session_lasts,  false},
    {"a session in use",                SESSION_LIFE_S *US,      make_session,  session_lasts,  true },
    {"a password without the old one",  SESSION_FRESH_S *US,     make_session,  session_is_new, false},
    {"a link to sign in",               LINK_SIGN_IN_LIFE_S *US, make_sign_in,  link_lasts,     false},
    {"a link that confirms an address", LINK_LIFE_S *US,         make_register, link_lasts,     false},
    {"a link that ends all sessions",   LINK_OUT_LIFE_S *US,     make_out,      link_lasts,     false},
    {"an access token",                 90 * DAY_US,             make_token,    token_lasts,    false},
    {"an invitation of a guest",        GUEST_LIFE_US,           make_guest,    guest_lasts,    false},
};

// ---- one life --------------------------------------------------------------------------------

static enum rc plant_it(struct db_tx *tx, struct world *world)
{
    static const char *const plants[] = {
        NULL, "UPDATE session SET created_at = 9000000000000000, seen_at = 9000000000000000",
        "UPDATE session SET created_at = created_at + 259200000000, seen_at = seen_at + 259200000000",
        "UPDATE access_token SET ends_at = made_at + 7776000"};
    return world->plant == PLANT_NONE ? RC_OK : db_do(tx, NULL, plants[world->plant], DB_NO_ARGS);
}

static enum rc make_work(struct db_tx *tx, void *data)
{
    struct world *world = data;
    struct req req;
    TRY(with_req(world, tx, &req));
    TRY(world->kind->make(world, &req));
    return plant_it(tx, world);
}

// Half of a life: it is used now and then, asked for, and what is old is cleaned away.
static bool live_half(struct world *world, int64_t true_us, int64_t wrong_us)
{
    struct db *db = world->house.installation.db;
    int64_t fifth_us = 5 * DAY_US;
    bool well = true;
    for (int64_t at = fifth_us; world->kind->is_used && at < world->kind->life_us; at += fifth_us) {
        clock_us = true_us + at + wrong_us;
        well = db_write(db, use_work, world) == RC_OK && well;
    }
    clock_us = true_us + world->kind->life_us / 2 + wrong_us;
    world->kind->lasts(world);
    house_run_jobs(&world->house);
    return well;
}

// The last true instant at which it lasts, after START; START: not even then.
static int64_t find_end(struct world *world, int64_t wrong_us, int64_t most_us)
{
    int64_t lasts = START;
    int64_t over = START + most_us;
    clock_us = START + wrong_us;
    if (!world->kind->lasts(world))
        return START;
    while (over - lasts > US) {
        int64_t middle = lasts + (over - lasts) / 2;
        clock_us = middle + wrong_us;
        if (world->kind->lasts(world))
            lasts = middle;
        else
            over = middle;
    }
    return lasts;
}

static const char *judge(struct world *world, enum when when, int64_t jump_us)
{
    static const int64_t later_days[] = {4, 5, 30, 366, 3660};
    const struct kind *kind = world->kind;
    int64_t after_us = when == FROM_HALF_ON ? jump_us : 0;
    clock_us = START + (when == WHEN_MADE ? jump_us : 0);
    if (db_write(world->house.installation.db, make_work, world) != RC_OK)
        return "it is not made";
    if (!live_half(world, START, when == BETWEEN ? jump_us : after_us))
        return "it can't be used";
    for (size_t k = 0; k < sizeof later_days / sizeof later_days[0]; k++) {
        clock_us = START + kind->life_us + later_days[k] * DAY_US + after_us;
        if (kind->lasts(world))
            return k == 4 ? "it lasts for ever" : "it lasts too long, or comes back";
    }
    int64_t wrong = find_end(world, after_us, kind->life_us + 4 * DAY_US) - START - kind->life_us;
    int64_t most = (jump_us < 0 ? -jump_us : jump_us) + 2 * US;
    return wrong > most || wrong < -most ? "its end is wrong by more than the clock" : NULL;
}

static const char *judge_all(struct world *world)
{
    static const int64_t jumps[] = {-DAY_US, DAY_US};
    const char *fault = judge(world, NEVER, 0);
    for (int when = WHEN_MADE; fault == NULL && when < WHENS; when++)
        for (size_t k = 0; fault == NULL && k < 2; k++) {
            fault = judge(world, (enum when)when, jumps[k]);
            if (fault != NULL)
                note("%s: wrong by %lld days, %d: %s", world->kind->name,
                     (long long)(jumps[k] / DAY_US), when, fault);
        }
    return fault;
}

static void test_ends(struct world *world)
{
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        world->kind = &kinds[k];
        is_str(judge_all(world), NULL, "%s ends in time, whatever the clock does", kinds[k].name);
    }
}

static void test_plant(struct world *world, enum plant plant, size_t kind, const char *finds)
{
    world->kind = &kinds[kind];
    world->plant = plant;
    is_str(judge(world, NEVER, 0), finds, "a planted fault is found: %s", finds);
    world->plant = PLANT_NONE;
}

// ---- limits ----------------------------------------------------------------------------------

static enum rc fail_work(struct db_tx *tx, void *data)
{
    struct world *world = data;
    struct req req;
    TRY(with_req(world, tx, &req));
    for (int k = 0; k < FAILURES_MOST; k++)
        TRY(failure_add(tx, "locked@example.org", req.now_us));
    for (int k = 0; k < LINKS_MOST; k++) {
        const struct account_link link = {"sign_in", "often@example.org", "", "", "en", PERSON};
        snprintf(world->token, sizeof world->token, "often-%u-%d", world->number, k);
        TRY(link_add(tx, hash_of(world, "link"), &link, LINK_SIGN_IN_LIFE_S, req.now_us));
    }
    return RC_OK;
}

// How long she is shut out in five days of the right clock.
struct shut {
    struct world *world;
    int64_t at_once_s; // to wait when the limit is reached
    int64_t links;     // counted then
    int64_t wait_us;
    int64_t last_us; // when she had to wait at last
    int64_t links_us;
    bool sane;
};

static enum rc look(struct db_tx *tx, struct shut *shut, int64_t *ret_wait_s, int64_t *ret_links)
{
    const struct failure_limit limit = {"locked@example.org", FAILURES_MOST, FAILURES_WINDOW_S};
    struct arena *arena = &shut->world->house.arena;
    TRY(failure_wait(tx, arena, &limit, clock_now(), ret_wait_s));
    return link_count(tx, arena, "often@example.org", clock_now(), ret_links);
}

static enum rc shut_work(struct db_tx *tx, void *data)
{
    const int64_t step_us = 300 * US;
    struct shut *shut = data;
    int64_t wait_s = 0;
    int64_t links = 0;
    TRY(look(tx, shut, &shut->at_once_s, &shut->links));
    for (clock_us = START; clock_us < START + 5 * DAY_US; clock_us += step_us) {
        TRY(look(tx, shut, &wait_s, &links));
        shut->sane = shut->sane && wait_s >= 0 && wait_s <= 2 * FAILURES_WINDOW_S;
        shut->wait_us += wait_s > 0 ? step_us : 0;
        shut->last_us = wait_s > 0 ? clock_us - START : shut->last_us;
        shut->links_us += links >= LINKS_MOST ? step_us : 0;
    }
    return RC_OK;
}

// Limits that are reached while the clock is wrong.
static void test_limit(struct world *world, int64_t jump_us)
{
    struct shut shut = {.world = world, .sane = true};
    house_tell(&world->house, "DELETE FROM sign_in_failure");
    house_tell(&world->house, "DELETE FROM account_link");
    clock_us = START + jump_us;
    is_int(db_write(world->house.installation.db, fail_work, world), RC_OK, "limits are reached");
    is_int(db_read(world->house.installation.db, 0, shut_work, &shut), RC_OK, "five days later");
    ok(shut.at_once_s == FAILURES_WINDOW_S && shut.links == LINKS_MOST, "they held at once");
    ok(shut.sane, "no wait is below zero, or longer than two windows");
    ok(shut.wait_us <= 2 * FAILURES_WINDOW_S * US &&
           shut.last_us <= DAY_US + FAILURES_WINDOW_S * US,
       "wrong passwords shut her out for %lld s in all", (long long)(shut.wait_us / US));
    ok(shut.links_us <= 2 * LINKS_WINDOW_S * US, "and links are held back for %lld s",
       (long long)(shut.links_us / US));
}

static enum rc room_work(struct db_tx *tx, void *data)
{
    struct world *world = data;
    struct req req = {.tx = tx, .arena = &world->house.arena, .now_us = clock_now()};
    req.bearer = world->token;
    enum rc rc = access_token_identify(&req);
    bool sane = rc == RC_OK && req.room.left >= 0 && req.room.left < TOKEN_REQUESTS_MOST &&
                req.room.reset_s >= 0 && req.room.reset_s <= TOKEN_WINDOW_S;
    world->answer = sane ? 1 : 0;
    return rc == RC_OK ? req.later(&req) : rc;
}

static void test_room(struct world *world)
{
    bool sane = true;
    world->kind = &kinds[6];
    clock_us = START + 10 * DAY_US;
    is_int(db_write(world->house.installation.db, make_work, world), RC_OK, "a token");
    for (int k = 0; k < 40; k++) {
        clock_us = START + 10 * DAY_US + (k % 3 - 1) * DAY_US + k * 7 * US;
        sane = db_write(world->house.installation.db, room_work, world) == RC_OK &&
               world->answer == 1 && sane;
    }
    ok(sane, "what is left of a token's minute is never below zero, nor more than there is");
}

// ---- forms -----------------------------------------------------------------------------------

// What she typed is sent at an instant after START. The status; the page is in world->body.
static int send_form(struct world *world, int64_t after_us)
{
    char cookie[TEXT_BYTES * 2];
    char form[TEXT_BYTES * 3];
    snprintf(cookie, sizeof cookie, "trellis=%s", world->token);
    arena_open(&world->exchange.arena, DESK_ARENA_BYTES);
    snprintf(form, sizeof form, "csrf=%s&name=Ida+the+Late&zone=UTC",
             app_csrf(&world->exchange.arena, world->token));
    clock_us = START + after_us;
    int status = desk_ask(&world->exchange, "/account/profile", cookie, form);
    arena_close(&world->exchange.arena);
    return status;
}

static int64_t count_late(struct world *world)
{
    return house_count(&world->house, "SELECT count(*) FROM person WHERE name = 'Ida the Late'");
}

// No time-out loses what was typed (typed.h); how it goes on is in tests/typed_client.py.
static void test_form(struct world *world)
{
    static const int64_t late_days[] = {0, 1, 20, 400};
    world->kind = &kinds[0];
    clock_us = START;
    is_int(db_write(world->house.installation.db, make_work, world), RC_OK, "a session");
    for (size_t k = 0; k < sizeof late_days / sizeof late_days[0]; k++) {
        int64_t after_us = SESSION_IDLE_S * US + late_days[k] * DAY_US + 2 * US;
        is_int(send_form(world, after_us), 401, "a form %lld days late", (long long)late_days[k]);
        ok(strstr(world->body, "name=Ida%20the%20Late&amp;zone=UTC") != NULL &&
               strstr(world->body, "name=\"password\"") != NULL && count_late(world) == 0,
           "is not acted upon, and not lost: the page that signs in carries it");
    }
    is_int(send_form(world, SESSION_IDLE_S * US - 2 * US), 303, "one that comes in time");
    is_int(count_late(world), 1, "is acted upon");
}

// ---- closing ---------------------------------------------------------------------------------

static enum rc close_work(struct db_tx *tx, void *data)
{
    struct world *world = data;
    const struct app_place here = {tx, &world->house.arena, &world->house.app, clock_now()};
    return account_close(&here, PERSON);
}

// What was made while the clock was ahead ends with the account all the same, and stays ended.
static void test_closing(struct world *world)
{
    const struct {
        size_t kind;
        const char *start;
    } made[] = {
        {0, "trellis="},
        {6, "Bearer " }
    };
    char tokens[2][TEXT_BYTES];
    for (size_t k = 0; k < 2; k++) {
        world->kind = &kinds[made[k].kind];
        clock_us = START + DAY_US;
        is_int(db_write(world->house.installation.db, make_work, world), RC_OK, "%s of a day ahead",
               world->kind->name);
        memcpy(tokens[k], world->token, TEXT_BYTES);
    }
    clock_us = START;
    is_int(db_write(world->house.installation.db, close_work, world), RC_OK, "the account closes");
    is_int(house_count(&world->house, "SELECT count(*) FROM enrolment WHERE person = 20 AND state "
                                      "<> 'withdrawn'"),
           0, "its sign-ups too, also one of a day ahead");
    house_tell(&world->house, "UPDATE person SET closed_at = 0 WHERE id = 20");
    for (size_t k = 0; k < 2; k++) {
        memcpy(world->token, tokens[k], TEXT_BYTES);
        ok(ask(world, "/account", made[k].start) != 200, "%s: opened again, the old one is gone",
           kinds[made[k].kind].name);
    }
}

// ---- both engines ----------------------------------------------------------------------------

static enum rc fill(struct db_tx *tx, void *data)
{
    struct world *world = data;
    const struct enrolment as = {.id = 200, .cohort = COHORT, .role = "mentee", .level = 1};
    TRY(house_add_cohort(tx, COHORT, "running"));
    return house_add_person(tx, &world->house, PERSON, "ida@example.org", &as, START + DAY_US);
}

// Of the jobs, only the one that cleans.
static bool keep_cleaning(struct house *house)
{
    for (size_t k = 0; k < house->jobs.kind_count; k++)
        if (strcmp(house->kinds[k].name, "privacy_clock") == 0) {
            house->jobs.kinds = &house->kinds[k];
            house->jobs.kind_count = 1;
            return true;
        }
    return false;
}

static bool world_open(struct world *world, struct test_place *place, int engine)
{
    const struct data_texts *texts = NULL;
    world->body = malloc(DESK_BODY_BYTES);
    clock_us = START;
    if (world->body == NULL || !house_open(&world->house, place, engine, clock_now))
        return false;
    texts = world->house.app.data;
    desk_exchange_open(&world->exchange, world->body);
    if (desk_open_at(&world->house.installation, &world->house.app, clock_now, &world->web) !=
        RC_OK)
        return false;
    world->house.app.data = texts;
    return keep_cleaning(&world->house) &&
           db_write(world->house.installation.db, fill, world) == RC_OK;
}

static void world_close(struct world *world)
{
    if (world->web != NULL)
        web_stop(world->web);
    house_close(&world->house);
    desk_exchange_close(&world->exchange);
    free(world->body);
    free(world);
}

static void test_engine(struct test_place *place, int engine)
{
    static const int64_t jumps[] = {0, -DAY_US, DAY_US};
    struct world *world = calloc(1, sizeof *world);
    note("%s", engine == 0 ? "SQLite" : "PostgreSQL");
    if (world == NULL || !ok(world_open(world, place, engine), "a world with a clock"))
        return;
    test_ends(world);
    test_plant(world, PLANT_FOR_EVER, 0, "it lasts too long, or comes back");
    test_plant(world, PLANT_THREE_DAYS, 0, "its end is wrong by more than the clock");
    test_plant(world, PLANT_SECONDS, 6, "its end is wrong by more than the clock");
    for (size_t k = 0; k < 3; k++)
        test_limit(world, jumps[k]);
    test_room(world);
    test_form(world);
    test_closing(world);
    world_close(world);
}

int main(void)
{
    struct test_place place;
    test_place_open(&place);
    test_engine(&place, 0);
    test_engine(&place, 1);
    test_place_close(&place);
    return tap_done();
}
