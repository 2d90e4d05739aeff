// SPDX-License-Identifier: Apache-2.0
//
// What happens beyond pairs by the clock, on both engines, with a clock that the test turns:
// reminders, circles that nobody leads, introductions that nobody answers, rounds that are due,
// what is deleted, and whoever is not in the cohort any more.
#define _POSIX_C_SOURCE 200809L // mkdtemp

#include <stdlib.h>

#include "app/account/account.h"
#include "app/data.h"
#include "app/enrolment/enrolment.h"
#include "app/network/circle.h"
#include "app/network/event.h"
#include "app/network/introduction.h"
#include "app/network/round.h"
#include "db/db_test.h"
#include "install.h"

enum { PEOPLE = 7, COHORT = 1000, PERSON = 1100, A_DAY_S = 86400, AN_HOUR_S = 3600 };
#define DAY_US ((int64_t)A_DAY_S * 1000000)
#define HOUR_US ((int64_t)AN_HOUR_S * 1000000)

static int64_t now_us = 1800000000000000;

static int64_t test_now(void)
{
    return now_us;
}

struct bench {
    struct installation installation;
    struct app app;
    struct mail_settings mail;
    struct job_kind kinds[INSTALLATION_KINDS];
    struct jobs_settings jobs;
    struct arena arena;
    char space[256];
    char folder[128];
    struct circle circle;
    struct event event;
    const char *sql;
    int64_t answer;
};

static struct app_place place_of(struct db_tx *tx, struct bench *bench)
{
    return (struct app_place){tx, &bench->arena, &bench->app, now_us};
}

static enum rc add_person(struct db_tx *tx, struct bench *bench, int number)
{
    const char *email = arena_printf(&bench->arena, "p%d@example.org", number);
    struct account account = {PERSON + number, email, email, "", "en", false, false};
    struct enrolment enrolment = {.id = 2000 + number,
                                  .person = PERSON + number,
                                  .cohort = COHORT,
                                  .role = "mentee",
                                  .state = "approved",
                                  .level = 1,
                                  .topics = "data ",
                                  .languages = "en ",
                                  .week = "w 18:00 21:00 g;",
                                  .formats = "video ",
                                  .places = 1};
    TRY(account_add(tx, &account, now_us));
    return enrolment_add(tx, &bench->arena, &enrolment, now_us);
}

static enum rc fill(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    const char *answer = NULL;
    struct cohort cohort = {.id = COHORT,
                            .name = "Spring",
                            .about = "",
                            .starts = "2027-03-01",
                            .weeks = 26,
                            .state = "running",
                            .cadence = 2,
                            .hours = 2};
    TRY(cohort_add(tx, &cohort));
    for (int k = 0; k < PEOPLE; k++)
        TRY(add_person(tx, bench, k));
    bench->circle = (struct circle){.cohort = COHORT,
                                    .title = "A circle",
                                    .topic = "data",
                                    .about = "",
                                    .lead = PERSON,
                                    .capacity = 5,
                                    .joining = "open",
                                    .visibility = "listed"};
    TRY(circle_add(&at, &bench->circle));
    for (int k = 1; k < 4; k++)
        TRY(circle_set_member(&at, bench->circle.id, PERSON + k, "member", ""));
    struct circle_meeting meeting = {.circle = bench->circle.id,
                                     .at = now_us + 2 * DAY_US,
                                     .minutes = 60,
                                     .place = "",
                                     .agenda = ""};
    TRY(circle_meeting_add(&at, &meeting));
    bench->event = (struct event){.cohort = COHORT,
                                  .title = "An event",
                                  .kind = "talk",
                                  .about = "",
                                  .at = now_us + 3 * DAY_US,
                                  .minutes = 60,
                                  .zone = "UTC",
                                  .link = "https://example.org",
                                  .place = "",
                                  .access = "",
                                  .seats = 1};
    TRY(event_add(&at, &bench->event));
    TRY(event_answer(&at, bench->event.id, PERSON + 4, "going", &answer));
    TRY(event_answer(&at, bench->event.id, PERSON + 5, "going", &answer));
    return event_set_needs(&at, bench->event.id, PERSON + 4, "Captions");
}

static enum rc read_count(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    struct db_rows *rows = NULL;
    TRY(db_query(tx, &bench->arena, &rows, bench->sql, DB_NO_ARGS));
    bench->answer = db_int(rows, 0, 0);
    return RC_OK;
}

static int64_t count(struct bench *bench, const char *sql)
{
    bench->sql = sql;
    bench->answer = -1;
    return db_read(bench->installation.db, 0, read_count, bench) == RC_OK ? bench->answer : -2;
}

static enum rc do_text(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    return db_do(tx, NULL, bench->sql, DB_NO_ARGS);
}

static void tell(struct bench *bench, const char *sql)
{
    bench->sql = sql;
    ok(db_write(bench->installation.db, do_text, bench) == RC_OK, "%s", sql);
}

static void run_jobs(struct bench *bench)
{
    unsigned ran = 0;
    if (jobs_run_due(&bench->jobs, &ran) != RC_OK)
        ok(false, "jobs run");
}

// Letters that were written, by words of theirs; they go out at once.
static enum rc drop_letters(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL, "DELETE FROM job WHERE kind = 'mail'", DB_NO_ARGS);
}

static void test_reminders(struct bench *bench, const char *engine)
{
    run_jobs(bench);
    is_int(count(bench, "SELECT count(*) FROM circle_meeting WHERE reminded = 1"), 0,
           "%s: two days before is too early to remind", engine);
    now_us += DAY_US + HOUR_US;
    run_jobs(bench);
    is_int(count(bench, "SELECT count(*) FROM circle_meeting WHERE reminded = 1"), 1,
           "%s: a day before, the circle is reminded", engine);
    is_int(count(bench, "SELECT count(*) FROM event WHERE reminded = 1"), 0,
           "%s: the event is not yet", engine);
    now_us += DAY_US;
    run_jobs(bench);
    is_int(count(bench, "SELECT count(*) FROM event WHERE reminded = 1"), 1,
           "%s: then the event is", engine);
    is_int(count(bench, "SELECT count(*) FROM letter_stop WHERE kind = 'reminder'"), 5,
           "%s: four of the circle and the one who has a seat, each with a way to end it", engine);
    now_us += HOUR_US;
    run_jobs(bench);
    is_int(count(bench, "SELECT count(*) FROM letter_stop WHERE kind = 'reminder'"), 5,
           "%s: nobody twice", engine);
}

static enum rc leave_lead(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    return circle_leave(&at, bench->circle.id, PERSON);
}

static void test_gone(struct bench *bench, const char *engine)
{
    tell(bench, "UPDATE enrolment SET state = 'declined' WHERE person = 1103");
    now_us += HOUR_US;
    run_jobs(bench);
    is_int(count(bench, "SELECT count(*) FROM circle_member WHERE state = 'member'"), 3,
           "%s: who was declined after all is out of her circle", engine);
    ok(db_write(bench->installation.db, leave_lead, bench) == RC_OK, "%s: whoever leads leaves",
       engine);
    is_int(count(bench, "SELECT count(*) FROM circle WHERE ends_at > 0 AND state = 'open'"), 1,
           "%s: the others are asked", engine);
    now_us += 13 * DAY_US;
    run_jobs(bench);
    is_int(count(bench, "SELECT count(*) FROM circle WHERE state = 'open'"), 1, "%s: for 13 days",
           engine);
    now_us += 2 * DAY_US;
    run_jobs(bench);
    is_int(count(bench, "SELECT count(*) FROM circle WHERE state = 'closed'"), 1,
           "%s: then it closes", engine);
}

static enum rc introduce(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    const struct introduction t = {.id = 77,
                                   .cohort = COHORT,
                                   .introducer = PERSON,
                                   .a = PERSON + 1,
                                   .b = PERSON + 2,
                                   .why = "",
                                   .a_says = "yes",
                                   .b_says = "no",
                                   .state = "asked",
                                   .made_at = now_us,
                                   .ends_at = now_us + INTRODUCTION_DAYS * DAY_US};
    return introduction_put(&at, &t);
}

static void test_introduction(struct bench *bench, const char *engine)
{
    ok(db_write(bench->installation.db, introduce, bench) == RC_OK, "%s: an introduction", engine);
    now_us += 13 * DAY_US;
    run_jobs(bench);
    is_int(count(bench, "SELECT count(*) FROM introduction WHERE state = 'asked'"), 1,
           "%s: a no changes nothing that others see", engine);
    now_us += 2 * DAY_US;
    run_jobs(bench);
    is_int(count(bench, "SELECT count(*) FROM introduction WHERE state = 'expired'"), 1,
           "%s: after 14 days it is over", engine);
}

static enum rc plan_rounds(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    const struct round_plan plan = {2, now_us + DAY_US, ""};
    TRY(round_plan_set(tx, COHORT, &plan));
    for (int k = 0; k < PEOPLE; k++)
        TRY(round_wish_set(&at, COHORT, PERSON + k, true));
    return RC_OK;
}

static void test_rounds(struct bench *bench, const char *engine)
{
    ok(db_write(bench->installation.db, plan_rounds, bench) == RC_OK, "%s: rounds", engine);
    tell(bench, "INSERT INTO avoid(id, a, b, asked_by, note, at) VALUES (9, 1100, 1101, 0, '', 0)");
    now_us += HOUR_US;
    run_jobs(bench);
    is_int(count(bench, "SELECT count(*) FROM peer_round"), 0, "%s: not before its day", engine);
    is_int(count(bench, "SELECT count(*) FROM round_wish"), PEOPLE - 1,
           "%s: who is not in the cohort is in no round", engine);
    for (int round = 1; round <= 5; round++) {
        now_us += (round == 1 ? 1 : 14) * DAY_US;
        run_jobs(bench);
        run_jobs(bench);
        is_int(count(bench, "SELECT count(*) FROM peer_round"), round, "%s: round %d, once", engine,
               round);
    }
    is_int(count(bench, "SELECT count(*) FROM round_place WHERE team = 0"), 0,
           "%s: nobody was left out of five", engine);
    is_int(count(bench,
                 "SELECT count(*) FROM round_place a JOIN round_place b ON b.round = a.round "
                 "AND b.team = a.team WHERE a.person = 1100 AND b.person = 1101"),
           0, "%s: two who are kept apart never met", engine);
    is_int(count(bench, "SELECT sum(repeats) FROM peer_round WHERE number < 5"), 0,
           "%s: six people, two of whom may not meet: four rounds without a repetition", engine);
}

static void test_needs(struct bench *bench, const char *engine)
{
    is_int(count(bench, "SELECT count(*) FROM event_access WHERE event > 0"), 0,
           "%s: what people needed is deleted a month after the event", engine);
}

static bool open_bench(struct bench *bench, struct test_place *place, int engine)
{
    struct db_settings settings = {0};
    arena_open(&bench->arena, 64 << 20);
    if (!test_place_new(place, engine, &settings, bench->space))
        return false;
    snprintf(bench->folder, sizeof bench->folder, "%s/mail%d", place->folder, engine);
    bench->installation =
        (struct installation){.folder = settings.folder, .url = settings.url, .readers = 2};
    bench->app = (struct app){
        .site = "Trellis", .url = "http://example.org", .slices = installation_slices()};
    bench->mail = (struct mail_settings){
        .from = "trellis@example.org", .from_name = "Trellis", .folder = bench->folder};
    if (installation_open(&bench->installation) != RC_OK)
        return false;
    bench->app.data = data_texts(&bench->installation.arena, bench->app.slices);
    bench->jobs = (struct jobs_settings){
        .db = bench->installation.db,
        .kinds = bench->kinds,
        .kind_count = installation_kinds(&bench->app, &bench->mail, bench->kinds),
        .now_us = test_now};
    return db_write(bench->installation.db, fill, bench) == RC_OK &&
           db_write(bench->installation.db, drop_letters, bench) == RC_OK;
}

int main(void)
{
    static const char *const engines[] = {"SQLite", "PostgreSQL"};
    struct test_place place;
    test_place_open(&place);
    for (int engine = 0; engine < 2; engine++) {
        struct bench bench = {0};
        now_us = 1800000000000000;
        if (ok(open_bench(&bench, &place, engine), "%s opens", engines[engine])) {
            test_reminders(&bench, engines[engine]);
            test_gone(&bench, engines[engine]);
            test_introduction(&bench, engines[engine]);
            test_rounds(&bench, engines[engine]);
            test_needs(&bench, engines[engine]);
            db_close(bench.installation.db);
            arena_close(&bench.installation.arena);
        }
        arena_close(&bench.arena);
    }
    test_place_close(&place);
    return tap_done();
}
