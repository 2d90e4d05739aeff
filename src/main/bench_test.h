// SPDX-License-Identifier: Apache-2.0
//
// Why: what every test of jobs and clocks needs before it can begin: an installation on one of the
// two engines, the kinds of jobs with the test's own clock, people with a sign-up, and counting
// rows.
//
// Not for: asking pages; desk_test.h does that.
#ifndef TRELLIS_MAIN_BENCH_TEST_H
#define TRELLIS_MAIN_BENCH_TEST_H

#include <stdio.h>

#include "app/account/account.h"
#include "app/cohort/cohort.h"
#include "app/enrolment/enrolment.h"
#include "db/db_test.h"
#include "install.h"

struct house {
    struct installation installation;
    struct app app;
    struct mail_settings mail;
    struct job_kind kinds[INSTALLATION_KINDS];
    struct jobs_settings jobs;
    struct arena arena;
    char space[256];
    char folder[128]; // of letters
    const char *sql;  // of the work that runs
    int64_t answer;
};

static inline bool house_open(struct house *house, struct test_place *place, int engine,
                              int64_t (*now)(void))
{
    struct db_settings settings = {0};
    arena_open(&house->arena, 64 << 20);
    if (!test_place_new(place, engine, &settings, house->space))
        return false;
    snprintf(house->folder, sizeof house->folder, "%s/mail%d", place->folder, engine);
    house->installation =
        (struct installation){.folder = settings.folder, .url = settings.url, .readers = 2};
    house->app = (struct app){.site = "Trellis",
                              .url = "http://example.org",
                              .mail = "trellis@example.org",
                              .slices = installation_slices()};
    house->mail = (struct mail_settings){
        .from = "trellis@example.org", .from_name = "Trellis", .folder = house->folder};
    if (installation_open(&house->installation) != RC_OK)
        return false;
    house->app.data = data_texts(&house->installation.arena, house->app.slices);
    house->jobs = (struct jobs_settings){
        .db = house->installation.db,
        .kinds = house->kinds,
        .kind_count = installation_kinds(&house->app, &house->mail, house->kinds),
        .now_us = now};
    return true;
}

static inline void house_close(struct house *house)
{
    if (house->installation.db != NULL) {
        db_close(house->installation.db);
        arena_close(&house->installation.arena);
    }
    arena_close(&house->arena);
}

// A cohort of 26 weeks.
static inline enum rc house_add_cohort(struct db_tx *tx, int64_t id, const char *state)
{
    struct cohort cohort = {.id = id,
                            .name = "Spring",
                            .about = "",
                            .starts = "2027-03-01",
                            .weeks = 26,
                            .state = state,
                            .cadence = 2,
                            .hours = 2};
    return cohort_add(tx, &cohort);
}

// Somebody with this address, and her approved sign-up: id, cohort, role and level of `as`.
static inline enum rc house_add_person(struct db_tx *tx, struct house *house, int64_t id,
                                       const char *email, const struct enrolment *as,
                                       int64_t now_us)
{
    struct account account = {id, email, email, "", "en", false, false};
    struct enrolment enrolment = {.id = as->id,
                                  .person = id,
                                  .cohort = as->cohort,
                                  .role = as->role,
                                  .state = "approved",
                                  .level = as->level,
                                  .topics = "data ",
                                  .languages = "en ",
                                  .week = "w 18:00 21:00 g;",
                                  .formats = "video ",
                                  .places = 1};
    TRY(account_add(tx, &account, now_us));
    return enrolment_add(tx, &house->arena, &enrolment, now_us);
}

static inline enum rc house_count_work(struct db_tx *tx, void *data)
{
    struct house *house = data;
    struct db_rows *rows = NULL;
    TRY(db_query(tx, &house->arena, &rows, house->sql, DB_NO_ARGS));
    house->answer = db_count(rows) == 0 ? 0 : db_int(rows, 0, 0);
    return RC_OK;
}

// The number that a statement gives; -2: it failed.
static inline int64_t house_count(struct house *house, const char *sql)
{
    house->sql = sql;
    house->answer = -1;
    return db_read(house->installation.db, 0, house_count_work, house) == RC_OK ? house->answer
                                                                                : -2;
}

static inline enum rc house_tell_work(struct db_tx *tx, void *data)
{
    struct house *house = data;
    return db_do(tx, NULL, house->sql, DB_NO_ARGS);
}

static inline void house_tell(struct house *house, const char *sql)
{
    house->sql = sql;
    ok(db_write(house->installation.db, house_tell_work, house) == RC_OK, "%s", sql);
}

// All that is due; gives how many ran.
static inline unsigned house_run_jobs(struct house *house)
{
    unsigned ran = 0;
    if (jobs_run_due(&house->jobs, &ran) != RC_OK)
        ok(false, "jobs run");
    return ran;
}

#endif
