// SPDX-License-Identifier: Apache-2.0
//
// An installation of every earlier schema, filled, comes up to this one on both engines with all it
// had; a program that is killed at any moment of that leaves the old or the new and goes on from
// there; an older program refuses what a newer one made.
#define _GNU_SOURCE // fork, kill, off64_t

#include <signal.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "db/db_test.h"
#include "install.h"

enum { ARENA_BYTES = 64 << 20, STEPS_MAX = 400 };

// What the schemas of the first eighteen steps were, in the order in which they were made; since
// then the steps of the slices stand side by side.
static const char *const old_order[] = {
    "account", "cohort",    "enrolment", "match", "jobs", "account", "enrolment", "match", "import",
    "cohort",  "enrolment", "match",     "audit", "pair", "pair",    "pair",      "pair",  "pair",
};

struct world {
    struct test_place place;
    struct arena arena;
    const struct db_migration *steps; // all of this program
    size_t count;
    struct db_migration some[STEPS_MAX]; // those of an earlier one
};

static enum rc open_with(struct world *world, const struct db_settings *at,
                         const struct db_migration *steps, size_t count, struct db **ret_db,
                         const char **ret_error)
{
    struct db_settings settings = {.folder = at->folder,
                                   .url = at->url,
                                   .readers = 1,
                                   .migrations = steps,
                                   .migration_count = count};
    return db_open(&settings, &world->arena, ret_db, ret_error);
}

// ---- rows in all tables, made by what the engine says of their columns
// ---------------------------

struct found {
    struct arena *arena;
    bool joined; // a sign-up too
    int64_t rows;
};

static enum rc count_work(struct db_tx *tx, void *data)
{
    static const char *const sql[] = {
        "SELECT count(*) FROM person WHERE id = 7 AND email = 'zoe@example.org' AND language = 'es'",
        "SELECT count(*) FROM session WHERE hash = 'h' AND person = 7 AND seen_at = 6",
        "SELECT count(*) FROM role WHERE person = 7 AND cohort = 3 AND role = 'coordinator'",
        "SELECT count(*) FROM cohort WHERE id = 3 AND name = 'Spring' AND weeks = 26",
        "SELECT count(*) FROM enrolment WHERE id = 9 AND person = 7 AND topics = 'data'",
    };
    struct found *found = data;
    found->rows = 0;
    for (size_t k = 0; k < (found->joined ? 5 : 4); k++) {
        struct db_rows *rows = NULL;
        TRY(db_query(tx, found->arena, &rows, sql[k], DB_NO_ARGS));
        found->rows += db_int(rows, 0, 0);
    }
    return RC_OK;
}

static const char *const fixtures[] = {
    "INSERT INTO person(id, email, name, password, language, admin, created_at) VALUES "
    "(7, 'zoe@example.org', 'Zo\xc3\xab <b>', '', 'es', 1, 5)",
    "INSERT INTO session(hash, person, created_at, seen_at) VALUES ('h', 7, 5, 6)",
    "INSERT INTO role(person, cohort, role) VALUES (7, 3, 'coordinator')",
    "INSERT INTO cohort(id, name, about, starts, weeks, state) VALUES (3, 'Spring', 'x', "
    "'2027-02-01', 26, 'enrolling')",
};

static enum rc fill_work(struct db_tx *tx, void *data)
{
    (void)data;
    for (size_t k = 0; k < sizeof fixtures / sizeof fixtures[0]; k++)
        TRY(db_do(tx, NULL, fixtures[k], DB_NO_ARGS));
    return RC_OK;
}

// A sign-up as the first schema wanted it; later ones have no column for times.
static enum rc join_work(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL,
                 "INSERT INTO enrolment(id, person, cohort, role, state, level, topics, languages, "
                 "times, about, places, reason, created_at) VALUES (9, 7, 3, 'mentee', "
                 "'submitted', 2, 'data', 'en', '', 'x', 1, '', 5)",
                 DB_NO_ARGS);
}

static enum rc join_later_work(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL,
                 "INSERT INTO enrolment(id, person, cohort, role, state, level, topics, languages, "
                 "about, places, reason, created_at) VALUES (9, 7, 3, 'mentee', 'submitted', 2, "
                 "'data', 'en', 'x', 1, '', 5)",
                 DB_NO_ARGS);
}

static bool has_step(const struct db_migration *steps, size_t count, const char *name,
                     uint32_t number)
{
    for (size_t k = 0; k < count; k++)
        if (steps[k].number == number && strcmp(steps[k].name, name) == 0)
            return true;
    return false;
}

static bool fill(struct world *world, struct db *db, const struct db_migration *steps, size_t count)
{
    if (!has_step(steps, count, "account", 1) || !has_step(steps, count, "cohort", 1))
        return true; // nothing to fill yet
    if (db_write(db, fill_work, world) != RC_OK)
        return false;
    if (!has_step(steps, count, "enrolment", 1))
        return true;
    bool later = has_step(steps, count, "enrolment", 2);
    return db_write(db, later ? join_later_work : join_work, world) == RC_OK;
}

static bool holds(struct world *world, struct db *db, bool joined)
{
    struct found found = {&world->arena, joined, 0};
    return db_read(db, 0, count_work, &found) == RC_OK && found.rows == (joined ? 5 : 4);
}

// ---- each earlier schema
// -------------------------------------------------------------------------

// The steps of this program that an earlier one had, in its order.
static size_t take_old(struct world *world, size_t most)
{
    size_t count = 0;
    for (size_t k = 0; k < most; k++) {
        uint32_t number = 1;
        for (size_t j = 0; j < k; j++)
            number += strcmp(old_order[j], old_order[k]) == 0;
        for (size_t j = 0; j < world->count; j++)
            if (world->steps[j].number == number && strcmp(world->steps[j].name, old_order[k]) == 0)
                world->some[count++] = world->steps[j];
    }
    return count;
}

static void upgrade(struct world *world, int engine, size_t count, const char *what)
{
    struct db_settings at = {0};
    char space[256];
    struct db *db = NULL;
    const char *error = "";
    bool fine = test_place_new(&world->place, engine, &at, space) &&
                open_with(world, &at, world->some, count, &db, &error) == RC_OK;
    fine = fine && fill(world, db, world->some, count);
    if (db != NULL)
        db_close(db);
    db = NULL;
    bool people =
        has_step(world->some, count, "account", 1) && has_step(world->some, count, "cohort", 1);
    fine = fine && open_with(world, &at, world->steps, world->count, &db, &error) == RC_OK;
    fine = fine && (!people || holds(world, db, has_step(world->some, count, "enrolment", 1)));
    ok(fine, "%s %zu: comes up to date with what it held (%s)", what, count, error);
    if (db != NULL)
        db_close(db);
    if (!fine)
        return;
    db = NULL;
    bool newer = count < world->count;
    enum rc rc = open_with(world, &at, world->some, count, &db, &error);
    ok((rc == RC_BAD_INPUT) == newer && (!newer || strstr(error, "newer") != NULL),
       "%s %zu: an older program refuses it: %s", what, count, error);
    if (db != NULL)
        db_close(db);
}

static void try_each(struct world *world, int engine)
{
    const char *name = engine == 0 ? "SQLite" : "PostgreSQL";
    char what[80];
    snprintf(what, sizeof what, "%s, as it was made, steps", name);
    size_t old = sizeof old_order / sizeof old_order[0];
    size_t stride = engine == 0 ? 1 : 6; // a database of that engine takes longer to make
    for (size_t k = 1; k <= old; k += engine == 0 ? 1 : 3)
        upgrade(world, engine, take_old(world, k), what);
    snprintf(what, sizeof what, "%s, slice by slice, steps", name);
    for (size_t k = 1; k <= world->count; k += stride) {
        memcpy(world->some, world->steps, k * sizeof *world->some);
        upgrade(world, engine, k, what);
    }
}

// ---- what a step takes over
// --------------------------------------------------------------------

// A pair with goals as they were while each had one objective at most: its own, none, and one of an
// objective that was taken out since.
static enum rc goals_work(struct db_tx *tx, void *data)
{
#define GOAL(id, objective)                                                                        \
    "INSERT INTO goal(id, match, title, why, success, due, state, progress, objective, evidence, " \
    "reason, mentee_yes, mentor_yes, made_at, changed_at) VALUES (" id                             \
    ", 20, 'G', '', '', '', 'agreed', 0, " objective ", '', '', 1, 1, 5, 5)"
    static const char *const rows[] = {
        "INSERT INTO enrolment(id, person, cohort, role, state, level, topics, languages, about, "
        "places, reason, created_at) VALUES (10, 7, 3, 'mentor', 'approved', 2, 'data', 'en', 'x', "
        "1, '', 5)",
        "INSERT INTO match_run(id, cohort, rules, state, made_at, mentees, mentors, matched, "
        "total, lowest, proved, seed) VALUES (30, 3, 0, 'published', 5, 1, 1, 1, 0, 0, 1, 0)",
        "INSERT INTO match(id, cohort, run, mentee, mentor, state, asked, mentee_yes, mentor_yes, "
        "made_at, ends_at, reminded, began_at, ended_at, reason, words) VALUES (20, 3, 30, 9, 10, "
        "'active', 'none', 1, 1, 5, 0, 0, 5, 0, '', '')",
        "INSERT INTO objective(id, cohort, title, measure, baseline, target, due) VALUES (40, 3, "
        "'Aim', '', '', '', '')",
        GOAL("51", "40"),
        GOAL("52", "0"),
        GOAL("53", "41"),
    };
#undef GOAL
    (void)data;
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
        TRY(db_do(tx, NULL, rows[k], DB_NO_ARGS));
    return RC_OK;
}

struct asked {
    struct arena *arena;
    const char *sql;
    int64_t answer;
};

static enum rc ask_work(struct db_tx *tx, void *data)
{
    struct asked *asked = data;
    struct db_rows *rows = NULL;
    TRY(db_query(tx, asked->arena, &rows, asked->sql, DB_NO_ARGS));
    asked->answer = db_int(rows, 0, 0);
    return RC_OK;
}

static int64_t ask(struct world *world, struct db *db, const char *sql)
{
    struct asked asked = {&world->arena, sql, -1};
    return db_read(db, 0, ask_work, &asked) == RC_OK ? asked.answer : -2;
}

static enum rc take_out_work(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL, "DELETE FROM objective WHERE id = 40", DB_NO_ARGS);
}

// All steps but the one by which a goal may serve more than one objective; then that one.
static void try_goal_links(struct world *world, int engine)
{
    struct db_settings at = {0};
    char space[256];
    struct db *db = NULL;
    const char *error = "";
    const char *name = engine == 0 ? "SQLite" : "PostgreSQL";
    size_t count = 0;
    for (size_t k = 0; k < world->count; k++)
        if (strcmp(world->steps[k].name, "pair") != 0 || world->steps[k].number < 14)
            world->some[count++] = world->steps[k];
    bool fine = count + 1 == world->count && test_place_new(&world->place, engine, &at, space) &&
                open_with(world, &at, world->some, count, &db, &error) == RC_OK &&
                fill(world, db, world->some, count) && db_write(db, goals_work, world) == RC_OK;
    ok(fine, "%s: goals as they were (%s)", name, error);
    if (db != NULL)
        db_close(db);
    db = NULL;
    if (!fine || open_with(world, &at, world->steps, world->count, &db, &error) != RC_OK)
        return;
    is_int(ask(world, db, "SELECT count(*) FROM goal_objective"), 1, "%s: one link", name);
    is_int(ask(world, db, "SELECT objective FROM goal_objective WHERE goal = 51"), 40,
           "%s: of the goal that had an objective, to it", name);
    is_int(db_write(db, take_out_work, world), RC_OK, "%s: the objective is taken out", name);
    is_int(ask(world, db, "SELECT count(*) FROM goal_objective"), 0, "%s: its link goes", name);
    is_int(ask(world, db, "SELECT count(*) FROM goal"), 3, "%s: the goals stay", name);
    db_close(db);
}

// ---- killed on the way
// -----------------------------------------------------------------------------

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define CAN_KILL 1

static atomic_long calls;
static atomic_long deadly; // the call with this number kills; 0: none does

static void count_call(void)
{
    long at = atomic_load(&deadly);
    if (at != 0 && atomic_fetch_add(&calls, 1) + 1 == at)
        kill(getpid(), SIGKILL);
}

// The calls by which SQLite writes and by which libpq sends.
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at)
{
    count_call();
    return (ssize_t)syscall(SYS_pwrite64, fd, bytes, length, at);
}

ssize_t send(int fd, const void *bytes, size_t length, int flags)
{
    count_call();
    return (ssize_t)syscall(SYS_sendto, fd, bytes, length, flags, NULL, 0);
}

// Whether a child that comes up from `count` steps was killed at its call number `at`.
static bool killed_at(struct world *world, const struct db_settings *settings, long at)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        struct db *db = NULL;
        const char *error = "";
        atomic_store(&deadly, at);
        enum rc rc = open_with(world, settings, world->steps, world->count, &db, &error);
        _exit(rc == RC_OK ? 0 : 1);
    }
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

static void try_kills(struct world *world, int engine, long stride)
{
    struct db_settings at = {0};
    char space[256];
    struct db *db = NULL;
    const char *error = "";
    int kills = 0;
    size_t count = take_old(world, 8);
    bool fine = test_place_new(&world->place, engine, &at, space) &&
                open_with(world, &at, world->some, count, &db, &error) == RC_OK &&
                fill(world, db, world->some, count);
    if (db != NULL)
        db_close(db);
    // Each child goes on where the one before was killed, a little further each time.
    long number = 1;
    while (fine && killed_at(world, &at, number)) {
        kills++;
        number += stride;
    }
    db = NULL;
    fine = fine && open_with(world, &at, world->steps, world->count, &db, &error) == RC_OK &&
           holds(world, db, true);
    ok(fine && kills > 5, "%s: killed %d times on the way, it comes up whole (%s)",
       engine == 0 ? "SQLite" : "PostgreSQL", kills, error);
    if (db != NULL)
        db_close(db);
}
#endif

// A step that was changed after it was released is refused.
static void try_changed(struct world *world)
{
    struct db_settings at = {0};
    char space[256];
    struct db *db = NULL;
    const char *error = "";
    test_place_new(&world->place, 0, &at, space);
    if (open_with(world, &at, world->steps, world->count, &db, &error) == RC_OK)
        db_close(db);
    memcpy(world->some, world->steps, world->count * sizeof *world->some);
    world->some[0].sql = "CREATE TABLE person(id {id} NOT NULL PRIMARY KEY){end};\n";
    db = NULL;
    is_int(open_with(world, &at, world->some, world->count, &db, &error), RC_BAD_INPUT,
           "control: a changed step is refused");
}

int main(void)
{
    static struct world world;
    test_place_open(&world.place);
    arena_open(&world.arena, (size_t)16 * ARENA_BYTES);
    world.steps = installation_steps(&world.arena);
    world.count = installation_schema();
    if (!ok(world.steps != NULL && world.count <= STEPS_MAX, "%zu steps", world.count))
        return tap_done();
    for (int engine = 0; engine < 2; engine++) {
        try_each(&world, engine);
        try_goal_links(&world, engine);
#ifdef CAN_KILL
        try_kills(&world, engine, engine == 0 ? 3 : 7);
#endif
    }
    try_changed(&world);
    arena_close(&world.arena);
    test_place_close(&world.place);
    return tap_done();
}
