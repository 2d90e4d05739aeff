// SPDX-License-Identifier: Apache-2.0
//
// What happens when the machine fails: the n-th piece of memory is not there, once or from then on;
// the n-th write or sync of a disk fails, is cut short or interrupted. For pages and changes of
// every kind: no crash, no false success, nothing acknowledged is lost, and the next request works.
//
//   TEST_FAULTS=all    each place; else a sample that is evenly spread
//
// The C library's calls are answered here first. Sanitizers bring their own: then this is skipped.
#define _GNU_SOURCE // pwrite64, off64_t, RTLD_NEXT

#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auth/token.h"
#include "db/db_test.h"
#include "demo.h"
#include "desk_test.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#endif

#ifdef SANITIZED
int main(void)
{
    ok(true, "sanitizers answer these calls themselves # SKIP");
    return tap_done();
}
#else

// ---- the calls that fail -----------------------------------------------------------------------

enum fault {
    FAULT_NONE,
    FAULT_MEMORY,
    FAULT_EIO,
    FAULT_ENOSPC,
    FAULT_EINTR,
    FAULT_SHORT,
    FAULT_LIE
};

static struct {
    atomic_int kind;
    atomic_long at;     // the call with this number, from 1; 0: none
    atomic_bool sticky; // and all later ones
    atomic_long calls;
    atomic_long fired;
} plan;

static bool fails_now(bool memory)
{
    int kind = atomic_load(&plan.kind);
    if (kind == FAULT_NONE || (kind == FAULT_MEMORY) != memory)
        return false;
    long call = atomic_fetch_add(&plan.calls, 1) + 1;
    long at = atomic_load(&plan.at);
    bool fails = at != 0 && (call == at || (call > at && atomic_load(&plan.sticky)));
    if (fails)
        atomic_fetch_add(&plan.fired, 1);
    return fails;
}

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

void *malloc(size_t size)
{
    return fails_now(true) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails_now(true) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails_now(true) ? NULL : __libc_realloc(old, size);
}

// -1 with errno for a call that fails; else how many bytes it may write.
static ssize_t allowed(size_t length)
{
    if (!fails_now(false))
        return (ssize_t)length;
    switch (atomic_load(&plan.kind)) {
    case FAULT_SHORT:
        return length > 1 ? (ssize_t)(length / 2) : (ssize_t)length;
    case FAULT_ENOSPC:
        errno = ENOSPC;
        return -1;
    case FAULT_EINTR:
        errno = EINTR;
        return -1;
    case FAULT_LIE:
        return 0;
    default:
        errno = EIO;
        return -1;
    }
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at)
{
    ssize_t most = allowed(length);
    if (most == 0 && length > 0)
        return (ssize_t)length; // says that it has written
    return most < 0 ? -1 : (ssize_t)syscall(SYS_pwrite64, fd, bytes, (size_t)most, at);
}

static int allowed_sync(void)
{
    int kind = atomic_load(&plan.kind);
    if (kind != FAULT_EIO && kind != FAULT_ENOSPC)
        return 0; // nothing of it can be short
    return allowed(1) < 0 ? -1 : 0;
}

int fsync(int fd)
{
    return allowed_sync() < 0 ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return allowed_sync() < 0 ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int ftruncate64(int fd, off64_t length)
{
    return allowed_sync() < 0 ? -1 : (int)syscall(SYS_ftruncate, fd, length);
}

static void arm(enum fault kind, long at, bool sticky)
{
    atomic_store(&plan.calls, 0);
    atomic_store(&plan.fired, 0);
    atomic_store(&plan.at, at);
    atomic_store(&plan.sticky, sticky);
    atomic_store(&plan.kind, kind);
}

static long disarm(void)
{
    atomic_store(&plan.kind, FAULT_NONE);
    return atomic_load(&plan.calls);
}

// ---- an organisation
// -----------------------------------------------------------------------------

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

// The demo speaks of itself on standard output, where TAP goes.
static bool make_demo(char *folder)
{
    char *const words[] = {(char[]){"demo"}, (char[]){"--data"}, folder, NULL};
    (void)fflush(stdout);
    int kept = dup(STDOUT_FILENO);
    int away = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(away, STDOUT_FILENO);
    int status = demo_command(3, (char **)(uintptr_t)words);
    (void)fflush(stdout);
    dup2(kept, STDOUT_FILENO);
    close(kept);
    close(away);
    return status == 0;
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
    const char *wanted = getenv("TEST_FAULTS");
    bool all = wanted != NULL && strcmp(wanted, "all") == 0;
    return all || calls <= SAMPLE ? 1 : calls / SAMPLE + 1;
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
