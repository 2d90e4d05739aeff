// SPDX-License-Identifier: Apache-2.0
//
// The queue of jobs; see jobs.h. A claim is a time: whoever raises it first has the job until then.
#define _POSIX_C_SOURCE 200809L // pthread_cond_timedwait, clock_gettime

#include "jobs.h"

#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { JOB_ARENA_LIMIT_BYTES = 1 << 30, PAUSE_MS = 500, US = 1000000, SLACK_US = 60 * US };

const char jobs_schema_1[] =
    "CREATE TABLE job(id {id} NOT NULL PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL, "
    "run_at {int} NOT NULL, tries {int} NOT NULL, claimed_until {int} NOT NULL, "
    "given_up {int} NOT NULL){end};\n"
    "CREATE INDEX job_due ON job(given_up, run_at);\n"
    "CREATE INDEX job_kind ON job(kind);\n";

enum rc job_add_as(struct db_tx *tx, int64_t id, const char *kind, const char *body,
                   int64_t run_at_us)
{
    return db_do(tx, NULL,
                 "INSERT INTO job(id, kind, body, run_at, tries, claimed_until, given_up) "
                 "VALUES ($1, $2, $3, $4, 0, 0, 0)",
                 DB_ARGS(DB_INT(id), DB_TEXT(kind), DB_TEXT(body), DB_INT(run_at_us)));
}

enum rc job_add(struct db_tx *tx, const char *kind, const char *body, int64_t run_at_us,
                int64_t now_us)
{
    return job_add_as(tx, db_new_id(now_us), kind, body, run_at_us);
}

// One round: which job, and what became of it.
struct round {
    const struct jobs_settings *settings;
    const struct job_kind *kind;
    struct arena arena;
    struct job job;
    int64_t claimed; // its tries when it was claimed: another claim since then has more
    bool found;
};

static const struct job_kind *find_kind(const struct jobs_settings *settings, const char *name)
{
    for (size_t k = 0; k < settings->kind_count; k++)
        if (strcmp(settings->kinds[k].name, name) == 0)
            return &settings->kinds[k];
    return NULL;
}

// The names of the kinds that last; "" where there is none.
struct lasting {
    const char *name[JOB_LASTING_MOST];
};

static struct lasting find_lasting(const struct jobs_settings *settings)
{
    struct lasting lasting = {
        {"", "", "", ""}
    };
    size_t count = 0;
    for (size_t k = 0; k < settings->kind_count && count < JOB_LASTING_MOST; k++)
        if (settings->kinds[k].lasts)
            lasting.name[count++] = settings->kinds[k].name;
    return lasting;
}

// What is due in this thread's lane: 1 short, 2 lasting, 0 all.
#define DUE                                                                                        \
    "given_up = 0 AND run_at <= $6 AND claimed_until < $6 "                                        \
    "AND ($1 = 0 OR CASE WHEN kind IN ($2, $3, $4, $5) THEN 2 ELSE 1 END = $1) "
#define DUE_ARGS(settings, lasting, now_us)                                                        \
    DB_INT((settings)->lane), DB_TEXT((lasting).name[0]), DB_TEXT((lasting).name[1]),              \
        DB_TEXT((lasting).name[2]), DB_TEXT((lasting).name[3]), DB_INT(now_us)

static enum rc look(struct db_tx *tx, void *data)
{
    struct round *round = data;
    struct db_rows *rows = NULL;
    struct lasting lasting = find_lasting(round->settings);
    TRY(db_query(tx, &round->arena, &rows, "SELECT 1 FROM job WHERE " DUE "LIMIT 1",
                 DB_ARGS(DUE_ARGS(round->settings, lasting, round->job.now_us))));
    round->found = db_count(rows) > 0;
    return RC_OK;
}

static enum rc claim(struct db_tx *tx, void *data)
{
    struct round *round = data;
    struct db_rows *rows = NULL;
    int64_t now_us = round->job.now_us;
    struct lasting lasting = find_lasting(round->settings);
    round->found = false;
    TRY(db_query(tx, &round->arena, &rows,
                 "UPDATE job SET claimed_until = $7, tries = tries + 1 WHERE id = "
                 "(SELECT id FROM job WHERE " DUE
                 "ORDER BY run_at, id LIMIT 1) RETURNING id, kind, body, tries",
                 DB_ARGS(DUE_ARGS(round->settings, lasting, now_us),
                         DB_INT(now_us + (int64_t)JOB_CLAIM_S * US))));
    if (db_count(rows) == 0)
        return RC_OK;
    round->found = true;
    round->job.id = db_int(rows, 0, 0);
    round->job.kind = db_text(rows, 0, 1);
    round->job.body = db_text(rows, 0, 2);
    round->job.tries = db_int(rows, 0, 3);
    round->claimed = round->job.tries;
    return RC_OK;
}

static enum rc hold(struct db_tx *tx, void *data)
{
    const struct job *job = data;
    return db_do(tx, NULL, "UPDATE job SET claimed_until = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(job->id), DB_INT(job->clock_us() + (int64_t)JOB_CLAIM_S * US)));
}

enum rc job_hold(struct job *job)
{
    return db_write(job->db, hold, job);
}

// RC_STOPPED: another has claimed it since, because this one took too long or a clock jumped. Then
// the other ends it, and what was done here is undone.
static enum rc finish(struct db_tx *tx, void *data)
{
    struct round *round = data;
    struct job *job = &round->job;
    uint64_t changed = 0;
    if (round->kind->inside != NULL)
        TRY(round->kind->inside(tx, job));
    if (round->kind->every_s > 0)
        TRY(db_do(tx, &changed,
                  "UPDATE job SET run_at = $2, claimed_until = 0, tries = 0 WHERE id = $1 AND "
                  "tries = $3",
                  DB_ARGS(DB_INT(job->id), DB_INT(job->now_us + round->kind->every_s * US),
                          DB_INT(round->claimed))));
    else
        TRY(db_do(tx, &changed, "DELETE FROM job WHERE id = $1 AND tries = $2",
                  DB_ARGS(DB_INT(job->id), DB_INT(round->claimed))));
    return changed == 1 ? RC_OK : RC_STOPPED;
}

// After 1, 4, 9, 16 ... minutes again; a job that nobody knows is given up, and stays to be seen.
static enum rc put_off(struct db_tx *tx, void *data)
{
    struct round *round = data;
    const struct job *job = &round->job;
    bool given_up = round->kind == NULL || job->tries >= JOB_TRIES_MOST;
    return db_do(tx, NULL,
                 "UPDATE job SET claimed_until = 0, run_at = $2, given_up = $3 WHERE id = $1 AND "
                 "tries = $4",
                 DB_ARGS(DB_INT(job->id), DB_INT(job->now_us + job->tries * job->tries * 60 * US),
                         DB_INT(given_up && (round->kind == NULL || round->kind->every_s == 0)),
                         DB_INT(round->claimed)));
}

static enum rc run_claimed(struct round *round)
{
    struct job *job = &round->job;
    enum rc rc = RC_OK;
    round->kind = find_kind(round->settings, job->kind);
    if (round->kind == NULL)
        return db_write(round->settings->db, put_off, round);
    job->context = round->kind->context;
    if (round->kind->outside != NULL)
        rc = round->kind->outside(job);
    if (rc == RC_OK)
        rc = db_write(round->settings->db, finish, round);
    if (rc == RC_OK)
        return RC_OK;
    if (rc == RC_BAD_INPUT)
        job->tries = JOB_TRIES_MOST;
    if (round->settings->tell != NULL) {
        const char *words = arena_printf(&round->arena, "a job of the kind %s failed: %s",
                                         round->kind->name, rc_text(rc));
        round->settings->tell(words == NULL ? rc_text(rc) : words);
    }
    return db_write(round->settings->db, put_off, round);
}

// sure: something was due just now, so that more may be, and nobody looks before it is claimed.
static enum rc run_round(const struct jobs_settings *settings, bool sure, bool *ret_found)
{
    struct round round = {.settings = settings};
    arena_open(&round.arena, JOB_ARENA_LIMIT_BYTES);
    round.job = (struct job){.arena = &round.arena,
                             .db = settings->db,
                             .slot = settings->slot,
                             .clock_us = settings->now_us,
                             .now_us = settings->now_us()};
    enum rc rc = RC_OK;
    round.found = sure;
    if (!sure)
        rc = db_read(settings->db, settings->slot, look, &round);
    if (rc == RC_OK && round.found)
        rc = db_write(settings->db, claim, &round);
    *ret_found = rc == RC_OK && round.found;
    if (*ret_found)
        rc = run_claimed(&round);
    arena_close(&round.arena);
    return rc;
}

// Kinds that repeat have one row each.
static enum rc start_repeating(struct db_tx *tx, const struct jobs_settings *settings,
                               int64_t now_us)
{
    for (size_t k = 0; k < settings->kind_count; k++) {
        if (settings->kinds[k].every_s == 0)
            continue;
        TRY(db_do(
            tx, NULL,
            "INSERT INTO job(id, kind, body, run_at, tries, claimed_until, given_up) "
            "SELECT $1, $2, '', $3, 0, 0, 0 "
            "WHERE NOT EXISTS (SELECT 1 FROM job WHERE kind = $2)",
            DB_ARGS(DB_INT(db_new_id(now_us)), DB_TEXT(settings->kinds[k].name), DB_INT(now_us))));
    }
    return RC_OK;
}

// A clock that was put back must not make everything wait until it has caught up: what repeats
// never waits longer than its time (and the pause after a failure), no claim lasts longer than a
// claim, and what was to be done at once when its row was made is, also when it was begun before.
// The clocks of two nodes may differ by the slack.
static enum rc mend_clock(struct db_tx *tx, const struct jobs_settings *settings, int64_t now_us)
{
    for (size_t k = 0; k < settings->kind_count; k++) {
        if (settings->kinds[k].every_s == 0)
            continue;
        TRY(db_do(tx, NULL,
                  "UPDATE job SET run_at = $2 WHERE kind = $1 AND run_at > $3 + tries * tries * "
                  "60000000",
                  DB_ARGS(DB_TEXT(settings->kinds[k].name), DB_INT(now_us),
                          DB_INT(now_us + settings->kinds[k].every_s * US + SLACK_US))));
    }
    TRY(db_do(tx, NULL, "UPDATE job SET claimed_until = 0 WHERE claimed_until > $1",
              DB_ARGS(DB_INT(now_us + (int64_t)JOB_CLAIM_S * US + SLACK_US))));
    return db_do(tx, NULL,
                 "UPDATE job SET run_at = $1 WHERE run_at > $1 + tries * tries * 60000000 AND "
                 "run_at / 1000 <= id / $2",
                 DB_ARGS(DB_INT(now_us), DB_INT((int64_t)1 << DB_ID_RANDOM_BITS)));
}

static enum rc begin(struct db_tx *tx, void *data)
{
    const struct jobs_settings *settings = data;
    int64_t now_us = settings->now_us();
    TRY(start_repeating(tx, settings, now_us));
    return mend_clock(tx, settings, now_us);
}

enum rc jobs_run_due(const struct jobs_settings *settings, unsigned *ret_ran)
{
    unsigned ran = 0;
    bool found = true;
    bool sure = false;
    struct jobs_settings copy = *settings;
    TRY(db_write(settings->db, begin, &copy));
    while (found) {
        TRY(run_round(settings, sure, &found));
        ran += found;
        sure = found;
    }
    *ret_ran = ran;
    return RC_OK;
}

// ---- the thread ------------------------------------------------------------------------------

struct jobs {
    struct jobs_settings settings;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stops;
};

static bool pause_or_stop(struct jobs *jobs)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += PAUSE_MS * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_nsec -= 1000000000L;
        until.tv_sec++;
    }
    pthread_mutex_lock(&jobs->lock);
    if (!jobs->stops)
        pthread_cond_timedwait(&jobs->wake, &jobs->lock, &until);
    bool stops = jobs->stops;
    pthread_mutex_unlock(&jobs->lock);
    return stops;
}

static bool stops_now(struct jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    bool stops = jobs->stops;
    pthread_mutex_unlock(&jobs->lock);
    return stops;
}

static void start(struct jobs *jobs)
{
    if (db_write(jobs->settings.db, begin, &jobs->settings) != RC_OK && jobs->settings.tell != NULL)
        jobs->settings.tell("the repeating jobs could not be started; they start with the next");
}

// What work took is given back to the system when there is no more to do: for long stretches nobody
// needs it.
static void give_back(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

static void *work(void *data)
{
    struct jobs *jobs = data;
    bool stops = false;
    bool found = false;
    bool worked = true;
    int64_t last_us = INT64_MAX;
    while (!stops) {
        int64_t now_us = jobs->settings.now_us();
        if (now_us < last_us) // the first round, or the clock was put back
            start(jobs);
        last_us = now_us;
        enum rc rc = run_round(&jobs->settings, found, &found);
        found = found && rc == RC_OK;
        if (worked && !found)
            give_back();
        worked = found;
        stops = found ? stops_now(jobs) : pause_or_stop(jobs);
    }
    return NULL;
}

enum rc jobs_open(const struct jobs_settings *settings, struct jobs **ret_jobs)
{
    struct jobs *jobs = calloc(1, sizeof *jobs);
    if (jobs == NULL)
        return RC_NO_MEMORY;
    jobs->settings = *settings;
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_cond_init(&jobs->wake, NULL);
    if (pthread_create(&jobs->thread, NULL, work, jobs) != 0) {
        free(jobs);
        return RC_NO_MEMORY;
    }
    *ret_jobs = jobs;
    return RC_OK;
}

void jobs_close(struct jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->stops = true;
    pthread_cond_signal(&jobs->wake);
    pthread_mutex_unlock(&jobs->lock);
    pthread_join(jobs->thread, NULL);
    pthread_cond_destroy(&jobs->wake);
    pthread_mutex_destroy(&jobs->lock);
    free(jobs);
}
