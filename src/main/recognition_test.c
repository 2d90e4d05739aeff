// SPDX-License-Identifier: Apache-2.0
// Holds milestones, badges and certificates to their promises, on both engines, with a clock that
// the test turns.
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <string.h>

#include "base/tap.h"

#include "app/account/account.h"
#include "app/cohort/cohort.h"
#include "app/pair/pair_end.h"
#include "app/pair/pair_meet.h"
#include "app/recognition/recognition_store.h"
#include "auth/sign.h"
#include "db/db_test.h"
#include "install.h"

#define DAY ((int64_t)86400 * 1000000)
enum { COHORT = 1000, MENTEE = 2000, MENTOR = 2001, MATCH = 5000 };

struct bench {
    struct arena arena;
    struct installation installation;
    struct app app;
    char space[256];
    int64_t now_us;
    // of the work that runs
    int64_t meeting;
    int64_t minutes;
    struct certificate certificate;
    int64_t count;
    const char *text;
};

static struct app_place place_of(struct bench *bench, struct db_tx *tx)
{
    return (struct app_place){tx, &bench->arena, &bench->app, bench->now_us};
}

static enum rc number(struct bench *bench, struct db_tx *tx, const char *sql)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, &bench->arena, &rows, sql, DB_NO_ARGS));
    bench->count = db_count(rows) == 0 ? 0 : db_int(rows, 0, 0);
    return RC_OK;
}

static enum rc add_one(struct bench *bench, struct db_tx *tx, int64_t id, const char *role)
{
    const char *email = arena_printf(&bench->arena, "%s@example.org", role);
    struct account account = {
        .id = id, .email = email, .name = role, .stored_password = "", .language = "en"};
    struct enrolment enrolment = {.id = id + 1000,
                                  .person = id,
                                  .cohort = COHORT,
                                  .role = role,
                                  .state = "approved",
                                  .level = 1,
                                  .topics = "data ",
                                  .top = "data",
                                  .goal = "",
                                  .languages = "en ",
                                  .week = "",
                                  .formats = "video ",
                                  .places = 1,
                                  .sent_at = bench->now_us};
    TRY(account_add(tx, &account, bench->now_us));
    return enrolment_add(tx, &bench->arena, &enrolment, bench->now_us);
}

static enum rc fill(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place place = place_of(bench, tx);
    struct cohort cohort = {.id = COHORT,
                            .name = "Spring",
                            .about = "",
                            .starts = "2027-01-11",
                            .weeks = 20,
                            .state = "running",
                            .cadence = 2,
                            .hours = 2};
    const struct match_run run = {.id = 4000, .cohort = COHORT, .state = "published"};
    struct match_rules rules;
    struct match_pair pair = {.mentee = MENTEE + 1000, .mentor = MENTOR + 1000};
    int64_t id = 0;
    TRY(cohort_add(tx, &cohort));
    TRY(add_one(bench, tx, MENTEE, "mentee"));
    TRY(add_one(bench, tx, MENTOR, "mentor"));
    TRY(rules_now(tx, &bench->arena, COHORT, &rules));
    rules.asks = "none";
    TRY(rules_add(&place, 0, COHORT, &rules));
    TRY(rules_now(tx, &bench->arena, COHORT, &rules));
    struct match_run published = run;
    published.rules = rules.id;
    TRY(run_add(tx, &published, 0, bench->now_us));
    TRY(badge_add_ready(&place));
    TRY(match_offer(&place, &published, &rules, &pair, &id));
    bench->meeting = 0;
    return number(bench, tx, "SELECT id FROM match");
}

static enum rc hold_meeting(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place place = place_of(bench, tx);
    struct req req = {
        .arena = &bench->arena, .tx = tx, .app = &bench->app, .now_us = bench->now_us};
    TRY(number(bench, tx, "SELECT id FROM match"));
    struct meeting m = {.match = bench->count,
                        .by = MENTEE,
                        .minutes = 60,
                        .format = "video",
                        .place = "",
                        .agenda = ""};
    req.actor.person = MENTEE;
    int64_t at = bench->now_us - DAY / 24;
    TRY(meeting_propose(&req, &m, &at, 0));
    m.state = "held";
    m.reason = "";
    m.topics = "";
    m.at = at;
    m.held_minutes = bench->minutes;
    return meeting_end(&place, &m, "proposed");
}

static enum rc complete(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct ending e = {place_of(bench, tx), "http://example.org"};
    struct pair pair;
    TRY(number(bench, tx, "SELECT id FROM match"));
    TRY(pair_find(tx, &bench->arena, bench->count, &pair));
    return pair_finish(&e, &pair, "completed", "", "", 0);
}

static enum rc reach_goal(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place place = place_of(bench, tx);
    TRY(number(bench, tx, "SELECT id FROM match"));
    const struct announcement reached = {ANNOUNCE_GOAL_ACHIEVED, COHORT, bench->count, 0, 77};
    return app_announce(&place, &reached);
}

static enum rc issue(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place place = place_of(bench, tx);
    TRY(number(bench, tx, "SELECT id FROM match"));
    return certificate_issue(&place, MENTEE, bench->count, "Ada <Lovelace>", &bench->certificate);
}

static enum rc night_inside(struct db_tx *tx, void *data)
{
    struct job *job = data;
    const struct app *app = job->context;
    return recognition_nightly_kind(app).inside(tx, job);
}

static enum rc night(struct bench *bench)
{
    struct job job = {.arena = &bench->arena,
                      .db = bench->installation.db,
                      .context = &bench->app,
                      .now_us = bench->now_us};
    TRY(recognition_nightly_kind(&bench->app).outside(&job));
    return db_write(job.db, night_inside, &job);
}

static enum rc count_work(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    return number(bench, tx, bench->text);
}

static int64_t count(struct bench *bench, const char *sql)
{
    bench->text = sql;
    return db_read(bench->installation.db, 0, count_work, bench) == RC_OK ? bench->count : -1;
}

static enum rc unhold(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL,
                 "UPDATE meeting SET state = 'disputed' WHERE id = (SELECT max(id) FROM meeting)",
                 DB_NO_ARGS);
}

static enum rc find_old(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    return certificate_find(tx, &bench->arena, bench->text, &bench->certificate);
}

static void try_milestones(struct bench *bench)
{
    struct db *db = bench->installation.db;
    is_int(count(bench, "SELECT count(*) FROM milestone"), 0, "nothing is reached at the start");
    bench->minutes = 50;
    is_int(db_write(db, hold_meeting, bench), RC_OK, "a meeting is held");
    is_int(count(bench, "SELECT count(*) FROM milestone WHERE kind = 'first_meeting'"), 2,
           "both have met for the first time");
    is_int(count(bench, "SELECT count(*) FROM award WHERE state = 'confirmed'"), 2,
           "both have the first badge");
    for (int k = 0; k < 9; k++) {
        bench->now_us += DAY;
        (void)db_write(db, hold_meeting, bench);
    }
    is_int(count(bench, "SELECT count(*) FROM milestone"), 2, "the first is the first");
    is_int(count(bench, "SELECT count(*) FROM award WHERE amount = 10"), 2,
           "ten meetings, a badge");
    is_int(count(bench, "SELECT count(*) FROM award"), 4, "and no badge twice");
    is_int(night(bench), RC_OK, "a night");
    is_int(count(bench, "SELECT count(*) FROM milestone WHERE kind = 'halfway'"), 0,
           "it is not half of the way yet");
    bench->now_us += 71 * DAY;
    is_int(night(bench), RC_OK, "a night after ten weeks");
    is_int(count(bench, "SELECT count(*) FROM milestone WHERE kind = 'halfway'"), 2, "now it is");
    is_int(night(bench), RC_OK, "the next night");
    is_int(count(bench, "SELECT count(*) FROM milestone WHERE kind = 'halfway'"), 2, "once");
}

static void try_certificates(struct bench *bench)
{
    struct db *db = bench->installation.db;
    is_int(db_write(db, reach_goal, bench), RC_OK, "a goal is reached");
    is_int(count(bench, "SELECT count(*) FROM milestone WHERE kind = 'goal' AND subject = 77"), 2,
           "which is celebrated with both");
    is_int(db_write(db, issue, bench), RC_NOT_FOUND, "no certificate before the end");
    is_int(db_write(db, complete, bench), RC_OK, "the pair comes to its end");
    is_int(count(bench, "SELECT count(*) FROM milestone WHERE kind = 'completed'"), 2,
           "which both see");
    is_int(db_write(db, issue, bench), RC_OK, "now there is one");
    const struct certificate first = bench->certificate;
    is_int(first.minutes, 500, "with the minutes that were held");
    is_int((int64_t)strlen(first.code), 26, "a code");
    ok(strstr(first.text, "hours 8.3\n") != NULL && strstr(first.text, "Ada <Lovelace>") != NULL,
       "and its text");
    ok(sign_fits(first.public, first.text, first.sign), "is signed");
    is_int(db_write(db, issue, bench), RC_EXISTS, "one that holds for each match");
    is_int(night(bench), RC_OK, "a night");
    is_int(count(bench, "SELECT count(*) FROM certificate"), 1, "nothing changes by itself");
    (void)db_write(db, unhold, bench);
    is_int(night(bench), RC_OK, "hours fall, and a night later");
    is_int(count(bench, "SELECT minutes FROM certificate WHERE state = 'valid'"), 450,
           "a new one has the new hours");
    bench->text = first.code;
    is_int(db_read(db, 0, find_old, bench), RC_OK, "the old code");
    is_str(bench->certificate.state, "replaced", "says that it was replaced");
    const char *next = bench->certificate.replaced_by;
    bench->text = next;
    is_int(db_read(db, 0, find_old, bench), RC_OK, "by one that is there");
    ok(strcmp(bench->certificate.state, "valid") == 0 &&
           sign_fits(bench->certificate.public, bench->certificate.text, bench->certificate.sign),
       "and holds");
    is_int(count(bench, "SELECT count(*) FROM signing_key"), 1, "one key signs all");
}

static bool open_bench(struct bench *bench, struct test_place *place, int engine)
{
    struct db_settings settings = {0};
    arena_open(&bench->arena, 64 << 20);
    if (!test_place_new(place, engine, &settings, bench->space))
        return false;
    bench->now_us = (int64_t)1799625600 * 1000000; // 2027-01-11 00:00 UTC
    bench->installation =
        (struct installation){.folder = settings.folder, .url = settings.url, .readers = 2};
    bench->app = (struct app){.site = "Trellis",
                              .url = "http://example.org",
                              .mail = "trellis@example.org",
                              .slices = installation_slices()};
    return installation_open(&bench->installation) == RC_OK &&
           db_write(bench->installation.db, fill, bench) == RC_OK;
}

int main(void)
{
    static const char *const engines[] = {"SQLite", "PostgreSQL"};
    struct test_place place;
    test_place_open(&place);
    for (int engine = 0; engine < 2; engine++) {
        struct bench bench = {0};
        if (!ok(open_bench(&bench, &place, engine), "%s opens", engines[engine]))
            continue;
        try_milestones(&bench);
        try_certificates(&bench);
        db_close(bench.installation.db);
        arena_close(&bench.installation.arena);
        arena_close(&bench.arena);
    }
    test_place_close(&place);
    return tap_done();
}
