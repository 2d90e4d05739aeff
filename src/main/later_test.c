// SPDX-License-Identifier: Apache-2.0
//
// Who is asked half a year and a year after the end, on both engines, with a clock that the test
// turns: once each time, and nobody who said no, left, is in another pair, or closed her account.
#define _POSIX_C_SOURCE 200809L // mkdtemp

#include <stdlib.h>

#include "base/date.h"

#include "app/improve/improve_later.h"
#include "bench_test.h"

enum { PEOPLE = 8, COHORT = 1000, PERSON = 1100, ENROLMENT = 2000, RUN = 3000, MATCH = 3100 };
enum { STOPS = 1 }; // a mentee and her mentor are neighbours

static int64_t now_us = 1800000000000000;

static int64_t test_now(void)
{
    return now_us;
}

static enum rc fill(struct db_tx *tx, void *data)
{
    struct house *house = data;
    TRY(house_add_cohort(tx, COHORT, "archived"));
    for (int k = 0; k < PEOPLE; k++) {
        const char *email = arena_printf(&house->arena, "p%d@example.org", k);
        const struct enrolment as = {.id = ENROLMENT + k,
                                     .cohort = COHORT,
                                     .role = k % 2 == 0 ? "mentee" : "mentor",
                                     .level = 2};
        TRY(house_add_person(tx, house, PERSON + k, email, &as, now_us));
    }
    TRY(db_do(tx, NULL,
              "INSERT INTO match_run(id, cohort, state, made_at, mentees, mentors, matched, total, "
              "lowest, proved, seed) VALUES ($1, $2, 'published', 1, 0, 0, 0, 0, 0, 0, 0)",
              DB_ARGS(DB_INT(RUN), DB_INT(COHORT))));
    for (int k = 0; k < PEOPLE; k += 2)
        TRY(db_do(
            tx, NULL,
            "INSERT INTO match(id, cohort, run, mentee, mentor, state, asked, mentee_yes, mentor_yes, "
            "made_at, ends_at, reminded, began_at, ended_at, reason, words) VALUES ($1, $2, $3, $4, "
            "$5, 'completed', '', 1, 1, $6, 0, 0, $6, $7, '', '')",
            DB_ARGS(DB_INT(MATCH + k), DB_INT(COHORT), DB_INT(RUN), DB_INT(ENROLMENT + k),
                    DB_INT(ENROLMENT + k + 1), DB_INT(now_us - 182 * DAY_US), DB_INT(now_us))));
    return RC_OK;
}

static enum rc answer(struct db_tx *tx, void *data)
{
    struct house *house = data;
    const struct app_place at = {tx, &house->arena, &house->app, now_us};
    const int64_t values[LATER_QUESTIONS] = {1, 2, 0, 0, 0, 0};
    struct db_rows *rows = NULL;
    TRY(db_query(tx, &house->arena, &rows, "SELECT id FROM later WHERE person = $1",
                 DB_ARGS(DB_INT(PERSON))));
    const struct later later = {.id = db_int(rows, 0, 0)};
    TRY(later_answer(&at, &later, values));
    return later_answer(&at, &later, values) == RC_EXISTS ? RC_OK : RC_BAD_INPUT;
}

static enum rc stop(struct db_tx *tx, void *data)
{
    struct house *house = data;
    const struct app_place at = {tx, &house->arena, &house->app, now_us};
    TRY(later_stop(&at, PERSON + STOPS, true));
    return later_stop(&at, PERSON + STOPS, true);
}

static enum rc ask_nothing(struct db_tx *tx, void *data)
{
    struct house *house = data;
    const struct app_place at = {tx, &house->arena, &house->app, now_us};
    return later_choose(&at, 1, 0, PERSON);
}

static enum rc ask_again(struct db_tx *tx, void *data)
{
    struct house *house = data;
    const struct app_place at = {tx, &house->arena, &house->app, now_us};
    unsigned asked = 0;
    TRY(later_choose(&at, 1, 5, PERSON));
    TRY(later_asked(tx, &house->arena, 1, &asked));
    return asked == 5 ? RC_OK : RC_BAD_INPUT;
}

static void test_engine(struct house *house, const char *engine)
{
    struct db *db = house->installation.db;
    ok(db_write(db, fill, house) == RC_OK, "%s: four pairs have ended", engine);
    now_us += 181 * DAY_US;
    house_run_jobs(house);
    is_int(house_count(house, "SELECT count(*) FROM later"), 0, "%s: a day too early", engine);
    ok(db_write(db, ask_nothing, house) == RC_OK, "%s: nothing is asked", engine);
    now_us += 2 * DAY_US;
    house_run_jobs(house);
    is_int(house_count(house, "SELECT count(*) FROM later"), 0, "%s: then no letter is sent",
           engine);
    ok(db_write(db, ask_again, house) == RC_OK, "%s: two questions are", engine);
    now_us += 2 * DAY_US;
    house_run_jobs(house);
    is_int(house_count(house, "SELECT count(*) FROM later WHERE months = 6 AND answered_at = 0"),
           PEOPLE, "%s: half a year later, all are asked", engine);
    now_us += 2 * DAY_US;
    house_run_jobs(house);
    is_int(house_count(house, "SELECT count(*) FROM later"), PEOPLE, "%s: once", engine);
    ok(db_write(db, answer, house) == RC_OK, "%s: one answers, once", engine);
    is_int(house_count(house, "SELECT count(*) FROM later_answer"), 2, "%s: what she said", engine);
    ok(db_write(db, stop, house) == RC_OK, "%s: another would rather not be asked", engine);
    house_tell(house, "UPDATE person SET closed_at = 1 WHERE id = 1102");
    house_tell(house, "UPDATE enrolment SET state = 'withdrawn' WHERE id = 2004");
    house_tell(house,
               "INSERT INTO match(id, cohort, run, mentee, mentor, state, asked, mentee_yes, "
               "mentor_yes, made_at, ends_at, reminded, began_at, ended_at, reason, words) "
               "VALUES (3200, 1000, 3000, 2006, 2001, 'paused', '', 1, 1, 5, 0, 0, 5, 0, '', "
               "'')");
    now_us += 180 * DAY_US;
    house_run_jobs(house);
    is_int(house_count(house, "SELECT count(*) FROM later WHERE months = 12"), PEOPLE - 4,
           "%s: a year later, those who still may be asked", engine);
    is_int(house_count(house,
                       "SELECT count(*) FROM later WHERE months = 12 AND person IN (1101, 1102, "
                       "1104, 1106)"),
           0, "%s: not who stopped, closed, left, or goes on", engine);
}

int main(void)
{
    static const char *const engines[] = {"SQLite", "PostgreSQL"};
    struct test_place place;
    test_place_open(&place);
    for (int engine = 0; engine < 2; engine++) {
        struct house *house = calloc(1, sizeof *house);
        now_us = 1800000000000000;
        if (house != NULL && house_open(house, &place, engine, test_now))
            test_engine(house, engines[engine]);
        else
            ok(false, "%s opens", engines[engine]);
        if (house != NULL)
            house_close(house);
        free(house);
    }
    test_place_close(&place);
    return tap_done();
}
