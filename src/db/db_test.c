// SPDX-License-Identifier: Apache-2.0
//
// Every promise of db.h, on SQLite and on a real PostgreSQL server.
#define _POSIX_C_SOURCE 200809L // mkdtemp, kill, pthread

#include "db/db.h"

#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

#include "db/db_test.h"

enum { ENGINES = 2, THREADS = 50, WRITES_EACH = 10, KILLS = 8 };

static const char *const engine_names[ENGINES] = {"SQLite", "PostgreSQL"};

static const struct db_migration steps[] = {
    {1, "one",
     "CREATE TABLE parent(id {id} NOT NULL PRIMARY KEY, name TEXT){end};\n"
     "CREATE TABLE child(id {id} NOT NULL PRIMARY KEY, parent {id} NOT NULL "
     "REFERENCES parent(id), n {int} CHECK (n >= 0), b {blob}, t TEXT){end};\n"
     "CREATE UNIQUE INDEX child_t ON child(t);\n"                        },
    {1, "two", "CREATE TABLE later(id {id} NOT NULL PRIMARY KEY){end};\n"},
};
static const struct db_migration changed_steps[] = {
    {1, "one", "CREATE TABLE parent(id {id} NOT NULL PRIMARY KEY){end};\n"},
};

struct bench {
    struct arena arena;
    struct test_place place;
    struct db_settings settings;
    char space[256];
    int engine;
    struct db *db;
};

static bool open_db(struct bench *bench)
{
    const char *error = "";
    enum rc rc = db_open(&bench->settings, &bench->arena, &bench->db, &error);
    if (rc != RC_OK)
        note("%s", error);
    return rc == RC_OK;
}

static bool fresh(struct bench *bench)
{
    bench->settings =
        (struct db_settings){.readers = 2, .loops = 2, .migrations = steps, .migration_count = 2};
    return test_place_new(&bench->place, bench->engine, &bench->settings, bench->space) &&
           open_db(bench);
}

// ---- work ------------------------------------------------------------------------------------

struct order {
    struct arena *arena;
    int64_t id;
    struct db_rows *rows;
    bool fail;
    uint64_t changed;
};

static enum rc add_parent(struct db_tx *tx, void *data)
{
    struct order *order = data;
    TRY(db_do(tx, &order->changed, "INSERT INTO parent(id, name) VALUES ($1, $2)",
              DB_ARGS(DB_INT(order->id), DB_TEXT("Ada"))));
    return order->fail ? RC_STOPPED : RC_OK;
}

static enum rc count_parents(struct db_tx *tx, void *data)
{
    struct order *order = data;
    return db_query(tx, order->arena, &order->rows, "SELECT count(*) FROM parent", DB_NO_ARGS);
}

// A planted fault happens once, so counting again gets past it.
static int64_t parents(struct bench *bench)
{
    struct order order = {.arena = &bench->arena};
    if (db_read(bench->db, 0, count_parents, &order) != RC_OK &&
        db_read(bench->db, 0, count_parents, &order) != RC_OK)
        return -1;
    return db_int(order.rows, 0, 0);
}

static enum rc put_values(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL, "INSERT INTO child(id, parent, n, b, t) VALUES ($1, $2, $3, $4, $5)",
                 DB_ARGS(DB_INT(INT64_MAX), DB_INT(1), DB_NULL,
                         DB_BYTES(((struct text){"a\0b'", 4})), DB_TEXT("O'Neil \xc3\xa9 $1")));
}

static enum rc get_values(struct db_tx *tx, void *data)
{
    struct order *order = data;
    return db_query(tx, order->arena, &order->rows,
                    "SELECT id, n, b, t FROM child WHERE t = $2 AND parent = $1",
                    DB_ARGS(DB_INT(1), DB_TEXT("O'Neil \xc3\xa9 $1")));
}

static enum rc get_sum(struct db_tx *tx, void *data)
{
    struct order *order = data;
    return db_query(tx, order->arena, &order->rows,
                    "SELECT coalesce(sum(n), 0) + 42 FROM child WHERE id = 9", DB_NO_ARGS);
}

static void try_values(struct bench *bench)
{
    struct order order = {.arena = &bench->arena, .id = 1};
    is_int(db_write(bench->db, add_parent, &order), RC_OK, "a parent");
    is_uint(order.changed, 1, "one row changed");
    is_int(db_write(bench->db, put_values, NULL), RC_OK, "values put");
    is_int(db_read(bench->db, 1, get_values, &order), RC_OK, "values got");
    is_uint(db_count(order.rows), 1, "one row");
    ok(db_int(order.rows, 0, 0) == INT64_MAX, "the largest number");
    ok(db_is_null(order.rows, 0, 1), "NULL");
    is_uint(db_bytes(order.rows, 0, 2).length, 4, "a blob's length");
    is_mem(db_bytes(order.rows, 0, 2).bytes, "a\0b'", 4, "a blob's bytes");
    is_str(db_text(order.rows, 0, 3), "O'Neil \xc3\xa9 $1", "text");
    is_int(db_read(bench->db, 1, get_sum, &order), RC_OK, "a sum");
    is_int(db_int(order.rows, 0, 0), 42, "is a number on both engines");
}

// ---- refusals --------------------------------------------------------------------------------

static enum rc break_foreign(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL, "INSERT INTO child(id, parent) VALUES (7, 99)", DB_NO_ARGS);
}

static enum rc break_check(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL, "INSERT INTO child(id, parent, n) VALUES (7, 1, -1)", DB_NO_ARGS);
}

static enum rc break_text(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL, "SELECT nothing FROM nowhere", DB_NO_ARGS);
}

static void try_refusals(struct bench *bench)
{
    struct order order = {.arena = &bench->arena, .id = 1};
    is_int(db_write(bench->db, add_parent, &order), RC_EXISTS, "a second one of the same id");
    is_int(db_write(bench->db, break_foreign, NULL), RC_BAD_INPUT, "no such parent");
    is_int(db_write(bench->db, break_check, NULL), RC_BAD_INPUT, "a check says no");
    is_int(db_write(bench->db, break_text, NULL), RC_IO, "bad SQL");
    is_int(db_read(bench->db, 0, add_parent, &order), RC_IO, "a reader can't write");
    is_int(parents(bench), 1, "and nothing was written");
    order = (struct order){.arena = &bench->arena, .id = 2, .fail = true};
    is_int(db_write(bench->db, add_parent, &order), RC_STOPPED, "work that fails");
    is_int(parents(bench), 1, "is rolled back");
}

// ---- statements that travel together -----------------------------------------------------------

enum { ASKED = 60 };
static struct db_rows *answers[ASKED];

static enum rc ask_many(struct db_tx *tx, void *data)
{
    struct order *order = data;
    for (int64_t k = 0; k < ASKED; k++)
        TRY(db_ask(tx, order->arena, &answers[k],
                   "SELECT count(*) + CAST($1 AS BIGINT) FROM parent WHERE id < 3",
                   DB_ARGS(DB_INT(k))));
    TRY(db_query(tx, order->arena, &order->rows, "SELECT count(*) FROM parent WHERE id = 1",
                 DB_NO_ARGS)); // takes them too
    return db_ask(tx, order->arena, &answers[0], "SELECT 7 FROM parent", DB_NO_ARGS);
}

static enum rc ask_wrong(struct db_tx *tx, void *data)
{
    struct order *order = data;
    TRY(db_ask(tx, order->arena, &answers[0], "SELECT count(*) FROM parent", DB_NO_ARGS));
    TRY(db_ask(tx, order->arena, &answers[1], "SELECT nothing FROM nowhere", DB_NO_ARGS));
    TRY(db_ask(tx, order->arena, &answers[2], "SELECT count(*) FROM child", DB_NO_ARGS));
    return order->fail ? RC_STOPPED : db_take(tx);
}

// Some of what it asks is planned in between, by coming often enough.
static void try_asked(struct bench *bench)
{
    for (int round = 0; round < 3; round++) {
        bool fine = true;
        struct order order = {.arena = &bench->arena};
        is_int(db_read(bench->db, 0, ask_many, &order), RC_OK, "many at once");
        for (int64_t k = 1; k < ASKED; k++)
            fine = fine && db_int(answers[k], 0, 0) == k + 1;
        ok(fine && db_int(order.rows, 0, 0) == 1, "and each has its own answer");
        is_int(db_read(bench->db, 0, ask_wrong, &order), RC_IO, "one that is wrong fails all");
        order.fail = true;
        enum rc rc = db_read(bench->db, 0, ask_wrong, &order);
        ok(rc == RC_STOPPED || rc == RC_IO, "also when nobody takes the answers");
        is_int(db_write(bench->db, ask_many, &order), RC_OK, "in a write too");
        is_int(parents(bench), 1, "and what comes next is well");
    }
}

// ---- a group of writes -----------------------------------------------------------------------

struct counter {
    pthread_mutex_t lock;
    pthread_cond_t over;
    unsigned done;
    unsigned good;
};

struct posted {
    struct db_task task;
    struct order order;
    struct counter *counter;
};

static void count_done(struct db_task *task, enum rc rc)
{
    struct posted *posted = (struct posted *)task;
    pthread_mutex_lock(&posted->counter->lock);
    posted->counter->done++;
    posted->counter->good += rc == RC_OK;
    pthread_cond_signal(&posted->counter->over);
    pthread_mutex_unlock(&posted->counter->lock);
}

static void try_group(struct bench *bench)
{
    enum { POSTS = 300 };
    static struct posted posts[POSTS];
    struct counter counter = {.done = 0};
    pthread_mutex_init(&counter.lock, NULL);
    pthread_cond_init(&counter.over, NULL);
    int64_t before = parents(bench);
    for (unsigned k = 0; k < POSTS; k++) {
        posts[k] = (struct posted){
            {add_parent, count_done,   &posts[k].order,         NULL},
            {.arena = &bench->arena,          .id = 1000 + k, .fail = k % 3 == 0},
            &counter
        };
        if (db_post(bench->db, &posts[k].task) != RC_OK)
            ok(false, "posting %u", k);
    }
    pthread_mutex_lock(&counter.lock);
    while (counter.done < POSTS)
        pthread_cond_wait(&counter.over, &counter.lock);
    pthread_mutex_unlock(&counter.lock);
    is_uint(counter.good, POSTS - POSTS / 3, "two of three went well");
    is_int(parents(bench) - before, POSTS - POSTS / 3, "and only those are there");
}

struct crowd {
    struct bench *bench;
    int64_t first;
    unsigned good;
};

static void *crowd_main(void *data)
{
    struct crowd *crowd = data;
    for (int k = 0; k < WRITES_EACH; k++) {
        struct order order = {.id = crowd->first + k};
        crowd->good += db_write(crowd->bench->db, add_parent, &order) == RC_OK;
    }
    return NULL;
}

static void try_crowd(struct bench *bench)
{
    struct crowd crowds[THREADS];
    pthread_t threads[THREADS];
    unsigned good = 0;
    int64_t before = parents(bench);
    for (int k = 0; k < THREADS; k++) {
        crowds[k] = (struct crowd){bench, 10000 + k * 100, 0};
        if (pthread_create(&threads[k], NULL, crowd_main, &crowds[k]) != 0)
            abort();
    }
    for (int k = 0; k < THREADS; k++) {
        pthread_join(threads[k], NULL);
        good += crowds[k].good;
    }
    is_uint(good, THREADS * WRITES_EACH, "50 writers at once: nobody is turned away");
    is_int(parents(bench) - before, THREADS * WRITES_EACH, "and every write is there");
}

// ---- opening again ---------------------------------------------------------------------------

static void try_reopen(struct bench *bench)
{
    struct db *second = NULL;
    const char *error = "";
    if (bench->engine == 0) {
        is_int(db_open(&bench->settings, &bench->arena, &second, &error), RC_EXISTS,
               "a second program is refused");
        ok(strstr(error, "another Trellis") != NULL, "in words: %s", error);
    }
    int64_t before = parents(bench);
    db_close(bench->db);
    ok(open_db(bench), "opened again: no step runs twice");
    is_int(parents(bench), before, "all is there");
    db_close(bench->db);

    bench->settings.migration_count = 1;
    is_int(db_open(&bench->settings, &bench->arena, &second, &error), RC_BAD_INPUT,
           "a newer schema is refused");
    ok(strstr(error, "newer") != NULL, "in words: %s", error);
    bench->settings.migrations = changed_steps;
    is_int(db_open(&bench->settings, &bench->arena, &second, &error), RC_BAD_INPUT,
           "a changed step is refused");
    bench->settings.migrations = steps;
    bench->settings.migration_count = 2;
    ok(open_db(bench), "and ours still opens");
}

// ---- faults ----------------------------------------------------------------------------------

static enum rc add_two(struct db_tx *tx, void *data)
{
    struct order *order = data;
    TRY(add_parent(tx, order));
    order->id++;
    return add_parent(tx, order);
}

static void try_faults(struct bench *bench)
{
    bool half = false;
    unsigned failed = 0;
    for (uint64_t at = 1; at < 12; at++) {
        db_close(bench->db);
        bench->settings.fail_at = at;
        const char *error = "";
        if (db_open(&bench->settings, &bench->arena, &bench->db, &error) != RC_OK) {
            failed++;
            bench->settings.fail_at = 0;
            if (!open_db(bench))
                abort();
            continue;
        }
        int64_t before = parents(bench);
        struct order order = {.arena = &bench->arena, .id = 900000 + (int64_t)at * 10};
        enum rc rc = db_write(bench->db, add_two, &order);
        int64_t added = parents(bench) - before;
        failed += rc != RC_OK;
        half = half || added != (rc == RC_OK ? 2 : 0);
    }
    db_close(bench->db);
    bench->settings.fail_at = 0;
    ok(open_db(bench), "opened without faults");
    ok(failed >= 3, "%u statements failed in turn", failed);
    ok(!half, "and none left half a transaction");
}

// Writes until it is killed; each acknowledged id goes down the pipe.
static void write_for_ever(const struct bench *parent, int pipe_end)
{
    struct bench bench = {.settings = parent->settings};
    arena_open(&bench.arena, 64 << 20);
    if (!open_db(&bench))
        _exit(1);
    for (int64_t id = 5000000 + (int64_t)getpid() * 100000;; id++) {
        struct order order = {.id = id};
        if (db_write(bench.db, add_parent, &order) == RC_OK &&
            write(pipe_end, &id, sizeof id) != (ssize_t)sizeof id)
            _exit(1);
    }
}

static enum rc find_parent(struct db_tx *tx, void *data)
{
    struct order *order = data;
    return db_query(tx, order->arena, &order->rows, "SELECT id FROM parent WHERE id = $1",
                    DB_ARGS(DB_INT(order->id)));
}

static unsigned count_lost(struct bench *bench, const int64_t *ids, size_t count)
{
    unsigned lost = 0;
    for (size_t k = 0; k < count; k++) {
        struct order order = {.arena = &bench->arena, .id = ids[k]};
        if (db_read(bench->db, 0, find_parent, &order) != RC_OK || db_count(order.rows) != 1)
            lost++;
    }
    return lost;
}

static void try_kill(struct bench *bench)
{
    enum { ACKNOWLEDGED = 40 };
    unsigned lost = 0;
    size_t seen = 0;
    db_close(bench->db);
    for (int k = 0; k < KILLS; k++) {
        int ends[2];
        int64_t ids[ACKNOWLEDGED];
        size_t count = 0;
        if (pipe(ends) != 0)
            abort();
        pid_t child = fork();
        if (child == 0)
            write_for_ever(bench, ends[1]);
        close(ends[1]);
        while (count < ACKNOWLEDGED && read(ends[0], &ids[count], sizeof ids[0]) == sizeof ids[0])
            count++;
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        close(ends[0]);
        if (!open_db(bench))
            abort();
        lost += count_lost(bench, ids, count);
        seen += count;
        db_close(bench->db);
    }
    ok(open_db(bench), "opened after the last kill");
    is_uint(seen, KILLS * ACKNOWLEDGED, "writes were acknowledged");
    is_uint(lost, 0, "and none of them was lost by kill -9");
}

static void try_backup(struct bench *bench)
{
    const char *error = "";
    char path[200];
    snprintf(path, sizeof path, "%s/copy%d", bench->place.folder, bench->engine);
    if (bench->engine == 1) {
        is_int(db_backup(bench->db, path, &bench->arena, &error), RC_BAD_INPUT,
               "PostgreSQL has tools of its own");
        return;
    }
    char folder[220];
    snprintf(folder, sizeof folder, "%s.data", path);
    char target[240];
    snprintf(target, sizeof target, "%s/trellis.db", folder);
    char command[260];
    snprintf(command, sizeof command, "mkdir -p %s", folder);
    ok(test_shell(command), "a place for the copy");
    is_int(db_backup(bench->db, target, &bench->arena, &error), RC_OK, "copied while open");
    int64_t before = parents(bench);
    db_close(bench->db);
    bench->settings.folder = folder;
    ok(open_db(bench), "the copy opens");
    is_int(parents(bench), before, "and has everything");
}

static void try_engine(struct bench *bench)
{
    note("%s", engine_names[bench->engine]);
    if (!ok(fresh(bench), "%s: a fresh database opens (PostgreSQL: is its package installed?)",
            engine_names[bench->engine]))
        return;
    note("%s", db_engine(bench->db));
    try_values(bench);
    try_refusals(bench);
    try_asked(bench);
    try_group(bench);
    try_crowd(bench);
    try_reopen(bench);
    try_faults(bench);
    try_kill(bench);
    try_backup(bench);
    db_close(bench->db);
}

static int by_number(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a;
    int64_t other = *(const int64_t *)b;
    return (one > other) - (one < other);
}

static void try_ids(void)
{
    int64_t early = db_new_id(1700000000000000);
    int64_t late = db_new_id(1700000000002000);
    ok(early > 0 && late > early, "ids rise with time");
    static int64_t mixed[30000];
    int64_t last = 0;
    bool rises = true;
    for (int k = 0; k < 20000; k++) {
        int64_t id = db_new_id(1800000000000000);
        rises = rises && id > last;
        last = id;
    }
    ok(rises, "twenty thousand of one millisecond all differ");
    for (int k = 0; k < 30000; k++)
        mixed[k] = db_new_id(1800000000000000 + (k % 3 - 1) * INT64_C(1000000000000));
    qsort(mixed, 30000, sizeof mixed[0], by_number);
    bool differ = true;
    for (int k = 1; k < 30000; k++)
        differ = differ && mixed[k] != mixed[k - 1];
    ok(differ, "and so do those of a moment in the past, now and to come, in turn");
    ok(db_new_id(4102444800000000) > 0, "and fit until 2100");
}

int main(void)
{
    struct bench bench = {.engine = 0};
    arena_open(&bench.arena, 256 << 20);
    test_place_open(&bench.place);
    try_ids();
    for (bench.engine = 0; bench.engine < ENGINES; bench.engine++)
        try_engine(&bench);
    test_place_close(&bench.place);
    arena_close(&bench.arena);
    return tap_done();
}
