// SPDX-License-Identifier: Apache-2.0
//
// Access tokens over time, on both engines: a token holds until its last instant and not beyond,
// wrong ones are counted for as long as they matter, and its use is noted once an hour.
#define _POSIX_C_SOURCE 200809L // mkdtemp

#include "app/account/account_token.h"
#include "db/db_test.h"
#include "install.h"

#define US ((int64_t)1000000)
#define NOW ((int64_t)1790000000000000)

struct world {
    struct installation installation;
    struct arena arena;
    struct text client;
    struct req req;
    const char *token;
    int64_t now;
    enum rc rc;
};

static enum rc ask_work(struct db_tx *tx, void *data)
{
    struct world *world = data;
    world->req = (struct req){.tx = tx,
                              .arena = &world->arena,
                              .client = world->client,
                              .bearer = world->token,
                              .now_us = world->now};
    world->rc = access_token_identify(&world->req);
    return world->req.later == NULL ? RC_OK : world->req.later(&world->req);
}

// Asks with a token at a time, and does what is to be noted.
static enum rc ask(struct world *world, const char *token, int64_t now)
{
    world->token = token;
    world->now = now;
    if (db_write(world->installation.db, ask_work, world) != RC_OK)
        return RC_IO;
    return world->rc;
}

static enum rc begin_work(struct db_tx *tx, void *data)
{
    struct world *world = data;
    const struct account account = {.id = 5,
                                    .email = "ida@example.org",
                                    .name = "Ida",
                                    .stored_password = "",
                                    .language = "es"};
    const struct access_token reads = {
        .id = 7, .name = "reads", .made_at = NOW, .ends_at = NOW + 86400 * US};
    const struct access_token writes = {
        .id = 8, .name = "writes", .writes = 1, .made_at = NOW, .ends_at = NOW + 86400 * US};
    world->req = (struct req){.tx = tx, .arena = &world->arena, .now_us = NOW};
    world->req.actor.person = 5;
    TRY(account_add(tx, &account, NOW));
    TRY(access_token_add(&world->req, &reads, access_token_hash(&world->arena, "read-it")));
    return access_token_add(&world->req, &writes, access_token_hash(&world->arena, "write-it"));
}

static enum rc used_work(struct db_tx *tx, void *data)
{
    struct world *world = data;
    struct access_token *tokens = NULL;
    size_t count = 0;
    world->req = (struct req){.tx = tx, .arena = &world->arena, .now_us = NOW};
    world->req.actor.person = 5;
    TRY(access_token_list(&world->req, &tokens, &count));
    world->now = count == 2 ? tokens[1].used_at : -1;
    return RC_OK;
}

static enum rc close_work(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL, "UPDATE person SET closed_at = 1 WHERE id = 5", DB_NO_ARGS);
}

static int64_t used_at(struct world *world)
{
    return db_write(world->installation.db, used_work, world) == RC_OK ? world->now : -2;
}

static void test_holding(struct world *world)
{
    is_int(ask(world, "read-it", NOW), RC_OK, "a token holds");
    is_int(world->req.actor.person, 5, "for its person");
    ok(world->req.actor.token == 7 && world->req.actor.reads_only, "as a program that reads");
    is_str(locale_tag(world->req.locale), "es", "in her language");
    is_int(used_at(world), NOW, "its use is noted");
    is_int(ask(world, "read-it", NOW + 3599 * US), RC_OK, "it is used again");
    is_int(used_at(world), NOW, "which is not noted again within an hour");
    is_int(ask(world, "read-it", NOW + 3600 * US), RC_OK, "and again");
    is_int(used_at(world), NOW + 3600 * US, "an hour later it is");
    is_int(ask(world, "write-it", NOW), RC_OK, "the other");
    ok(world->req.actor.token == 8 && !world->req.actor.reads_only, "may write");
    is_int(ask(world, "read-it", NOW + 86400 * US - 1), RC_OK, "until its last instant");
    is_int(ask(world, "read-it", NOW + 86400 * US), RC_STOPPED, "and not beyond");
    is_int(world->req.actor.person, 0, "it is nobody's then");
    is_int(ask(world, "read-it", NOW + 400 * 86400 * US), RC_STOPPED, "never again");
}

static void test_wrong(struct world *world)
{
    int64_t later = NOW + 500 * 86400 * US;
    world->client = text_of("192.0.2.1");
    for (int k = 0; k < TOKEN_FAILURES_MOST; k++)
        if (ask(world, "wrong", later + k) != RC_STOPPED)
            ok(false, "wrong one %d", k);
    is_int(ask(world, "wrong", later + 100), RC_LIMIT, "after many wrong ones none is looked at");
    is_int(ask(world, "", later + 100), RC_LIMIT, "nor an empty one");
    world->client = text_of("192.0.2.2");
    is_int(ask(world, "wrong", later + 100), RC_STOPPED, "from another place it is");
    world->client = text_of("192.0.2.1");
    is_int(ask(world, "read-it", NOW), RC_OK, "a right one is let in all the same");
    is_int(ask(world, "wrong", later + 901 * US), RC_STOPPED, "a quarter of an hour later again");
}

// Each request counts in the minute that the first one began.
static void test_minute(struct world *world)
{
    int64_t at = NOW + 7200 * US;
    bool all = true;
    for (int k = 0; k < TOKEN_REQUESTS_MOST; k++)
        all = ask(world, "write-it", at + k) == RC_OK && all;
    ok(all && world->req.room.left == 0, "as many requests a minute as may be");
    is_int(ask(world, "write-it", at + 59 * US), RC_LIMIT, "and no more");
    is_int(world->req.wait_s, 1, "for one second more");
    is_int(ask(world, "read-it", at + 59 * US), RC_OK, "another token has its own");
    is_int(ask(world, "write-it", at + 60 * US), RC_OK, "a minute later again");
    is_int(world->req.room.left, TOKEN_REQUESTS_MOST - 1, "all of them");
    is_int(ask(world, "write-it", at - 1), RC_OK, "a clock that goes back shuts nobody out");
}

static void test_engine(struct test_place *place, int engine)
{
    struct world *world = calloc(1, sizeof *world);
    struct db_settings settings = {0};
    char space[256];
    note("%s", engine == 0 ? "SQLite" : "PostgreSQL");
    if (world == NULL || !ok(test_place_new(place, engine, &settings, space), "a database"))
        return;
    world->installation =
        (struct installation){.folder = settings.folder, .url = settings.url, .readers = 1};
    arena_open(&world->arena, 64 << 20);
    if (ok(installation_open(&world->installation) == RC_OK, "an installation")) {
        is_int(db_write(world->installation.db, begin_work, world), RC_OK, "Ida and two tokens");
        world->client = text_of("192.0.2.9");
        test_holding(world);
        test_minute(world);
        test_wrong(world);
        is_int(db_write(world->installation.db, close_work, world), RC_OK,
               "she closes her account");
        is_int(ask(world, "write-it", NOW), RC_STOPPED, "her token holds no more");
        db_close(world->installation.db);
        arena_close(&world->installation.arena);
    }
    arena_close(&world->arena);
    free(world);
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
