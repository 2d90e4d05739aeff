// SPDX-License-Identifier: Apache-2.0
//
// What happens when the machine fails: the n-th piece of memory is not there, once or from then on;
// the n-th write or sync of a disk fails, is cut short or interrupted. For pages and changes of
// every kind: no crash, no false success, nothing acknowledged is lost, and the next request works.
//
//   TEST_FAULTS=all    each place; else a sample that is evenly spread
//
// Each row of the program is in fault_rows_test.c.
#define _GNU_SOURCE // pwrite64, off64_t

#include "fault_test.h"

#include <semaphore.h>
#include <sys/wait.h>

#include "auth/token.h"
#include "db/db_test.h"
#include "desk_test.h"

#ifdef SANITIZED
int main(void)
{
    ok(true, "sanitizers answer these calls themselves # SKIP");
    return tap_done();
}
#else

// ---- an organisation ---------------------------------------------------------------------------

struct house {
    struct test_place place;
    char folder[80];
    struct installation installation;
    struct app app;
    struct web *web;
    struct http_exchange exchange;
    char *body;
    char cookie[80];
    char csrf[80];
    int64_t admin;
    int64_t cohort;
    int64_t pair;
};

static enum rc find_work(struct db_tx *tx, void *data)
{
    struct house *house = data;
    struct db_rows *rows = NULL;
    struct arena *arena = &house->installation.arena;
    int64_t now = installation_now_us();
    TRY(db_query(
        tx, arena, &rows,
        "SELECT (SELECT min(id) FROM person WHERE admin = 1), (SELECT min(cohort) FROM "
        "match WHERE state = 'active'), (SELECT min(id) FROM match WHERE state = 'active')",
        DB_NO_ARGS));
    house->admin = db_int(rows, 0, 0);
    house->cohort = db_int(rows, 0, 1);
    house->pair = db_int(rows, 0, 2);
    const char *hash = token_hash(arena, "session", "0123");
    const char *csrf = token_hash(arena, "form", "0123");
    if (hash == NULL || csrf == NULL)
        return RC_NO_MEMORY;
    snprintf(house->csrf, sizeof house->csrf, "%s", csrf);
    snprintf(house->cookie, sizeof house->cookie, "trellis=0123");
    return db_do(tx, NULL,
                 "INSERT INTO session(hash, person, created_at, seen_at) VALUES ($1, $2, $3, $3) "
                 "ON CONFLICT (hash) DO NOTHING",
                 DB_ARGS(DB_TEXT(hash), DB_INT(house->admin), DB_INT(now)));
}

static bool open_house(struct house *house)
{
    house->installation = (struct installation){.folder = house->folder, .readers = 3, .loops = 2};
    return installation_open(&house->installation) == RC_OK &&
           desk_open(&house->installation, &house->app, &house->web) == RC_OK &&
           db_write(house->installation.db, find_work, house) == RC_OK;
}

static void close_house(struct house *house)
{
    web_stop(house->web);
    db_close(house->installation.db);
    arena_close(&house->installation.arena);
}

static int ask(struct house *house, const char *path, const char *form)
{
    arena_open(&house->exchange.arena, DESK_ARENA_BYTES);
    int status = desk_ask(&house->exchange, path, house->cookie, form);
    arena_close(&house->exchange.arena);
    return status;
}

// The name of the one who asks, as the database has it.
static bool is_named(struct house *house, const char *name)
{
    char wanted[80];
    snprintf(wanted, sizeof wanted, "<dd>%s<", name);
    return ask(house, "/account", NULL) == 200 && strstr(house->body, wanted) != NULL;
}

// A change that is there or not: her name.
static int rename_to(struct house *house, const char *name)
{
    char form[200];
    snprintf(form, sizeof form, "csrf=%s&name=%s&pronouns=&zone=UTC", house->csrf, name);
    return ask(house, "/account/profile", form);
}

// ---- memory ------------------------------------------------------------------------------------

static long stride_of(long calls)
{
    enum { SAMPLE = 60 };
    return faults_everywhere() || calls <= SAMPLE ? 1 : calls / SAMPLE + 1;
}

static bool is_honest(int status)
{
    return status == 200 || status == 303 || status == 500 || status == 503;
}

static void try_page(struct house *house, const char *path)
{
    int odd = 0;
    int refused = 0;
    int status = ask(house, path, NULL);
    is_int(status, 200, "%s", path);
    arm(FAULT_MEMORY, 0, false);
    ask(house, path, NULL);
    long calls = disarm();
    for (int sticky = 0; sticky < 2; sticky++) {
        for (long at = 1; at <= calls; at += stride_of(calls)) {
            arm(FAULT_MEMORY, at, sticky == 1);
            status = ask(house, path, NULL);
            disarm();
            odd += !is_honest(status);
            refused += status >= 500;
        }
    }
    ok(odd == 0 && refused > 0, "%s: each of %ld pieces of memory missing: %d refusals", path,
       calls, refused);
    is_int(ask(house, path, NULL), 200, "%s works again", path);
}

static void try_change_without_memory(struct house *house)
{
    char was[32] = "Before";
    int lies = 0;
    int refused = 0;
    rename_to(house, was);
    arm(FAULT_MEMORY, 0, false);
    rename_to(house, was);
    long calls = disarm();
    for (int sticky = 0; sticky < 2; sticky++) {
        for (long at = 1; at <= calls; at += stride_of(calls)) {
            char next[32];
            snprintf(next, sizeof next, "N%dm%ld", sticky, at);
            arm(FAULT_MEMORY, at, sticky == 1);
            int status = rename_to(house, next);
            disarm();
            bool changed = is_named(house, next);
            lies += !is_honest(status) || (status == 303 && !changed) ||
                    (!changed && !is_named(house, was));
            refused += status >= 500;
            if (changed)
                memcpy(was, next, sizeof was);
        }
    }
    ok(lies == 0 && refused > 0,
       "a change: each of %ld pieces of memory missing: %d refusals, none that lies", calls,
       refused);
    is_int(rename_to(house, "After"), 303, "the next change works");
    ok(is_named(house, "After"), "and is there");
}

// ---- the disk ----------------------------------------------------------------------------------

static void try_disk(struct house *house, enum fault kind, const char *name)
{
    char was[32] = "Disk";
    int lies = 0;
    int refused = 0;
    int stuck = 0;
    rename_to(house, was);
    arm(kind, 0, false);
    rename_to(house, was);
    long calls = disarm();
    for (int sticky = 0; sticky < 2; sticky++) {
        for (long at = 1; at <= calls; at++) {
            char next[32];
            snprintf(next, sizeof next, "N%dd%ld", sticky, at);
            arm(kind, at, sticky == 1 && kind != FAULT_EINTR);
            int status = rename_to(house, next);
            disarm();
            bool changed = is_named(house, next);
            lies += (status != 303 && status != 503) || (status == 303) != changed;
            refused += status == 503;
            snprintf(was, sizeof was, "R%dd%ld", sticky, at);
            stuck += rename_to(house, was) != 303 || !is_named(house, was);
        }
    }
    bool refuses = kind == FAULT_EIO || kind == FAULT_ENOSPC;
    ok(calls > 0 && lies == 0, "%s at each of %ld writes and syncs: no answer lies (%d)", name,
       calls, lies);
    ok((refused > 0) == refuses, "%s: %d refusals", name, refused);
    is_int(stuck, 0, "%s: the next change works each time", name);
}

// Many changes at once share a transaction; one of them meets a full disk.
struct racer {
    pthread_t thread;
    struct house *house;
    int number;
    int status;
};

static enum rc insert_work(struct db_tx *tx, void *data)
{
    const struct racer *racer = data;
    return db_do(tx, NULL, "INSERT INTO first_token(hash) VALUES ($1)",
                 DB_ARGS(DB_TEXT(racer->number % 2 == 0 ? "even" : "odd")));
}

static void *race(void *data)
{
    struct racer *racer = data;
    racer->status = (int)db_write(racer->house->installation.db, insert_work, racer);
    return NULL;
}

// Of writers with the same key one wins; a batch with failures keeps what it said.
static void try_batch(struct house *house)
{
    enum { RACERS = 40 };
    static struct racer racers[RACERS];
    int won = 0;
    int exists = 0;
    for (int k = 0; k < RACERS; k++) {
        racers[k] = (struct racer){.house = house, .number = k};
        pthread_create(&racers[k].thread, NULL, race, &racers[k]);
    }
    for (int k = 0; k < RACERS; k++) {
        pthread_join(racers[k].thread, NULL);
        won += racers[k].status == RC_OK;
        exists += racers[k].status == RC_EXISTS;
    }
    is_int(won, 2, "of 40 writers for two keys two win");
    is_int(exists, RACERS - 2, "the others are told so");
}

// Three changes of one batch: the second makes the engine undo all of the transaction, as it does
// when memory or the disk ends in the middle. None may be kept, and none be said to be.
struct chain {
    struct db_task task; // first, so that its address is this one's
    const char *sql;
    sem_t *wait; // the work begins when this is up; NULL: at once
    sem_t *done;
    enum rc rc;
};

static enum rc chain_work(struct db_tx *tx, void *data)
{
    const struct chain *chain = data;
    if (chain->wait != NULL)
        sem_wait(chain->wait);
    return db_do(tx, NULL, chain->sql, DB_NO_ARGS);
}

static void chain_done(struct db_task *task, enum rc rc)
{
    struct chain *chain = (struct chain *)task;
    chain->rc = rc;
    sem_post(chain->done);
}

static enum rc count_work(struct db_tx *tx, void *data)
{
    struct db_rows *rows = NULL;
    struct arena arena;
    arena_open(&arena, 1 << 20);
    enum rc rc = db_query(tx, &arena, &rows,
                          "SELECT count(*) FROM first_token WHERE hash IN ('a', 'c')", DB_NO_ARGS);
    *(int64_t *)data = rc == RC_OK ? db_int(rows, 0, 0) : -1;
    arena_close(&arena);
    return rc;
}

static void try_chain(struct house *house)
{
    sem_t go;
    sem_t done;
    int64_t kept = -1;
    sem_init(&go, 0, 0);
    sem_init(&done, 0, 0);
    struct chain chain[] = {
        {.sql = "DELETE FROM first_token WHERE hash = 'nobody'", .wait = &go},
        {.sql = "INSERT INTO first_token(hash) VALUES ('a')"                                                     },
        {.sql = "INSERT OR ROLLBACK INTO first_token(hash) VALUES ('odd')"},
        {.sql = "INSERT INTO first_token(hash) VALUES ('c')"                                                     },
    };
    for (size_t k = 0; k < 4; k++) { // the first holds the writer until the others wait
        chain[k].done = &done;
        chain[k].task = (struct db_task){chain_work, chain_done, &chain[k], NULL};
        db_post(house->installation.db, &chain[k].task);
    }
    sem_post(&go);
    for (size_t k = 0; k < 4; k++)
        sem_wait(&done);
    db_read(house->installation.db, 0, count_work, &kept);
    is_int(kept, 0, "an undone batch keeps nothing");
    ok(chain[1].rc != RC_OK && chain[2].rc == RC_EXISTS && chain[3].rc != RC_OK,
       "and says so: %d %d %d", (int)chain[1].rc, (int)chain[2].rc, (int)chain[3].rc);
    ok(db_writes_fail(house->installation.db), "the program knows that writing failed");
    is_int(rename_to(house, "Healed"), 303, "writes work again");
    ok(!db_writes_fail(house->installation.db), "and it knows that too");
    sem_destroy(&go);
    sem_destroy(&done);
}

// The control: a disk that says it has written, and has not. What looks must find that.
static void try_control(struct house *house)
{
    rename_to(house, "Truth");
    arm(FAULT_LIE, 1, true);
    int status = rename_to(house, "Lie");
    close_house(house);
    disarm();
    bool opened = open_house(house);
    ok(status == 303 && !(opened && is_named(house, "Lie")),
       "a disk that lies is found out: an acknowledged change is gone");
    if (opened)
        close_house(house);
}

int main(void)
{
    static struct house house;
    char path[80];
    house.body = calloc(1, DESK_BODY_BYTES);
    test_place_open(&house.place);
    snprintf(house.folder, sizeof house.folder, "%s/data", house.place.folder);
    desk_exchange_open(&house.exchange, house.body);
    if (!ok(auth_start() == RC_OK && make_demo(house.folder) && open_house(&house), "a demo opens"))
        return tap_done();
    static const char *const pages[] = {"", "/people", "/matches", "/pairs", "/team", "/pool"};
    for (size_t k = 0; k < sizeof pages / sizeof pages[0]; k++) {
        snprintf(path, sizeof path, "/cohorts/%lld%s", (long long)house.cohort, pages[k]);
        try_page(&house, path);
    }
    try_page(&house, "/");
    try_page(&house, "/account");
    try_change_without_memory(&house);
    try_disk(&house, FAULT_EIO, "EIO");
    try_disk(&house, FAULT_ENOSPC, "ENOSPC");
    try_disk(&house, FAULT_EINTR, "EINTR");
    try_disk(&house, FAULT_SHORT, "a short write");
    try_batch(&house);
    try_chain(&house);
    ok(rename_to(&house, "Last") == 303, "one last change");
    close_house(&house);
    ok(open_house(&house) && is_named(&house, "Last"), "is there after all of this");
    try_control(&house);
    desk_exchange_close(&house.exchange);
    test_place_close(&house.place);
    free(house.body);
    return tap_done();
}
#endif
