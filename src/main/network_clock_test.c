// SPDX-License-Identifier: Apache-2.0
//
// What happens beyond pairs by the clock, on both engines, with a clock that the test turns:
// reminders, circles that nobody leads, introductions that nobody answers, rounds that are due,
// what is deleted, and whoever is not in the cohort any more.
#define _POSIX_C_SOURCE 200809L // mkdtemp

#include <stdlib.h>

#include "base/date.h"

#include "app/account/account.h"
#include "app/data.h"
#include "app/enrolment/enrolment.h"
#include "app/network/circle.h"
#include "app/network/event.h"
#include "app/network/introduction.h"
#include "app/network/round.h"
#include "bench_test.h"

enum { PEOPLE = 7, COHORT = 1000, PERSON = 1100 };

static int64_t now_us = 1800000000000000;

static int64_t test_now(void)
{
    return now_us;
}

struct bench {
    struct house house;
    struct circle circle;
    struct event event;
};

static struct app_place place_of(struct db_tx *tx, struct bench *bench)
{
    return (struct app_place){tx, &bench->house.arena, &bench->house.app, now_us};
}

static enum rc add_person(struct db_tx *tx, struct bench *bench, int number)
{
    const char *email = arena_printf(&bench->house.arena, "p%d@example.org", number);
    const struct enrolment as = {
        .id = 2000 + number, .cohort = COHORT, .role = "mentee", .level = 1};
    return house_add_person(tx, &bench->house, PERSON + number, email, &as, now_us);
}

static enum rc fill(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    const char *answer = NULL;
    TRY(house_add_cohort(tx, COHORT, "running"));
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

// Letters that were written, by words of theirs; they go out at once.
static enum rc drop_letters(struct db_tx *tx, void *data)
{
    (void)data;
    return db_do(tx, NULL, "DELETE FROM job WHERE kind = 'mail'", DB_NO_ARGS);
}

static void test_reminders(struct bench *bench, const char *engine)
{
    house_run_jobs(&bench->house);
    is_int(house_count(&bench->house, "SELECT count(*) FROM circle_meeting WHERE reminded = 1"), 0,
           "%s: two days before is too early to remind", engine);
    now_us += DAY_US + HOUR_US;
    house_run_jobs(&bench->house);
    is_int(house_count(&bench->house, "SELECT count(*) FROM circle_meeting WHERE reminded = 1"), 1,
           "%s: a day before, the circle is reminded", engine);
    is_int(house_count(&bench->house, "SELECT count(*) FROM event WHERE reminded = 1"), 0,
           "%s: the event is not yet", engine);
    now_us += DAY_US;
    house_run_jobs(&bench->house);
    is_int(house_count(&bench->house, "SELECT count(*) FROM event WHERE reminded = 1"), 1,
           "%s: then the event is", engine);
    is_int(house_count(&bench->house, "SELECT count(*) FROM letter_stop WHERE kind = 'reminder'"),
           5, "%s: four of the circle and the one who has a seat, each with a way to end it",
           engine);
    now_us += HOUR_US;
    house_run_jobs(&bench->house);
    is_int(house_count(&bench->house, "SELECT count(*) FROM letter_stop WHERE kind = 'reminder'"),
           5, "%s: nobody twice", engine);
}

static enum rc leave_lead(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    return circle_leave(&at, bench->circle.id, PERSON);
}

static void test_gone(struct bench *bench, const char *engine)
{
    house_tell(&bench->house, "UPDATE enrolment SET state = 'declined' WHERE person = 1103");
    now_us += HOUR_US;
    house_run_jobs(&bench->house);
    is_int(house_count(&bench->house, "SELECT count(*) FROM circle_member WHERE state = 'member'"),
           3, "%s: who was declined after all is out of her circle", engine);
    ok(db_write(bench->house.installation.db, leave_lead, bench) == RC_OK,
       "%s: whoever leads leaves", engine);
    is_int(house_count(&bench->house,
                       "SELECT count(*) FROM circle WHERE ends_at > 0 AND state = 'open'"),
           1, "%s: the others are asked", engine);
    now_us += 13 * DAY_US;
    house_run_jobs(&bench->house);
    is_int(house_count(&bench->house, "SELECT count(*) FROM circle WHERE state = 'open'"), 1,
           "%s: for 13 days", engine);
    now_us += 2 * DAY_US;
    house_run_jobs(&bench->house);
    is_int(house_count(&bench->house, "SELECT count(*) FROM circle WHERE state = 'closed'"), 1,
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
    ok(db_write(bench->house.installation.db, introduce, bench) == RC_OK, "%s: an introduction",
       engine);
    now_us += 13 * DAY_US;
    house_run_jobs(&bench->house);
    is_int(house_count(&bench->house, "SELECT count(*) FROM introduction WHERE state = 'asked'"), 1,
           "%s: a no changes nothing that others see", engine);
    now_us += 2 * DAY_US;
    house_run_jobs(&bench->house);
    is_int(house_count(&bench->house, "SELECT count(*) FROM introduction WHERE state = 'expired'"),
           1, "%s: after 14 days it is over", engine);
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
    ok(db_write(bench->house.installation.db, plan_rounds, bench) == RC_OK, "%s: rounds", engine);
    house_tell(&bench->house,
               "INSERT INTO avoid(id, a, b, asked_by, note, at) VALUES (9, 1100, 1101, 0, '', 0)");
    now_us += HOUR_US;
    house_run_jobs(&bench->house);
    is_int(house_count(&bench->house, "SELECT count(*) FROM peer_round"), 0,
           "%s: not before its day", engine);
    is_int(house_count(&bench->house, "SELECT count(*) FROM round_wish"), PEOPLE - 1,
           "%s: who is not in the cohort is in no round", engine);
    for (int round = 1; round <= 5; round++) {
        now_us += (round == 1 ? 1 : 14) * DAY_US;
        house_run_jobs(&bench->house);
        house_run_jobs(&bench->house);
        is_int(house_count(&bench->house, "SELECT count(*) FROM peer_round"), round,
               "%s: round %d, once", engine, round);
    }
    is_int(house_count(&bench->house, "SELECT count(*) FROM round_place WHERE team = 0"), 0,
           "%s: nobody was left out of five", engine);
    is_int(house_count(&bench->house,
                       "SELECT count(*) FROM round_place a JOIN round_place b ON b.round = a.round "
                       "AND b.team = a.team WHERE a.person = 1100 AND b.person = 1101"),
           0, "%s: two who are kept apart never met", engine);
    is_int(house_count(&bench->house, "SELECT sum(repeats) FROM peer_round WHERE number < 5"), 0,
           "%s: six people, two of whom may not meet: four rounds without a repetition", engine);
}

static void test_needs(struct bench *bench, const char *engine)
{
    is_int(house_count(&bench->house, "SELECT count(*) FROM event_access WHERE event > 0"), 0,
           "%s: what people needed is deleted a month after the event", engine);
}

static bool open_bench(struct bench *bench, struct test_place *place, int engine)
{
    return house_open(&bench->house, place, engine, test_now) &&
           db_write(bench->house.installation.db, fill, bench) == RC_OK &&
           db_write(bench->house.installation.db, drop_letters, bench) == RC_OK;
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
        }
        house_close(&bench.house);
    }
    test_place_close(&place);
    return tap_done();
}
