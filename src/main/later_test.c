// SPDX-License-Identifier: Apache-2.0
//
// Who is asked half a year and a year after the end, on both engines, with a clock that the test
// turns: once each time, and nobody who said no, left, is in another pair, or closed her account.
#define _POSIX_C_SOURCE 200809L // mkdtemp

#include <stdlib.h>

#include "base/date.h"

#include "app/improve/improve_own.h"
#include "app/match/match.h"
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
            "made_at, ends_at, reminded, began_at, ended_at, reason, words, " MATCH_PEOPLE
            ") VALUES ($1, $2, $3, $4, $5, 'completed', '', 1, 1, $6, 0, 0, $6, $7, '', '', " MATCH_PEOPLE_OF(
                "$4", "$5") ")",
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

// A programme's own questions: two are answered, and the words are put under tags.
static enum rc ask_own(struct db_tx *tx, void *data)
{
    struct house *house = data;
    const struct app_place at = {tx, &house->arena, &house->app, now_us};
    const struct bank_question asked[] = {
        {.kind = "scale",
         .text = "How much do you lead?",
         .moments = "later ",
         .audience = BANK_COUNTED},
        {.kind = "words",
         .text = "What do you still use?",
         .moments = "later ",
         .audience = BANK_COUNTED},
        {.kind = "yes_no",
         .text = "Do you mentor?",
         .moments = "later ",
         .audience = BANK_COUNTED}
    };
    struct bank_question *owns = NULL;
    size_t count = 0;
    for (size_t k = 0; k < 3; k++)
        TRY(bank_add(&at, 1, &asked[k], PERSON));
    TRY(bank_list(tx, &house->arena, 1, BANK_LATER, &owns, &count));
    TRY(bank_turn(&at, 1, owns[2].id, true));
    if (bank_turn(&at, 1, owns[2].id, true) != RC_EXISTS ||
        bank_turn(&at, 2, owns[0].id, true) != RC_NOT_FOUND || count != 3)
        return RC_BAD_INPUT;
    TRY(bank_list(tx, &house->arena, 1, BANK_LATER, &owns, &count));
    return count == 2 ? RC_OK : RC_BAD_INPUT;
}

static enum rc answer_own(struct db_tx *tx, void *data)
{
    struct house *house = data;
    const struct app_place at = {tx, &house->arena, &house->app, now_us};
    struct bank_question *owns = NULL;
    struct db_rows *rows = NULL;
    size_t count = 0;
    TRY(bank_list(tx, &house->arena, 1, BANK_LATER, &owns, &count));
    TRY(db_query(tx, &house->arena, &rows, "SELECT id FROM later WHERE months = 6 ORDER BY person",
                 DB_NO_ARGS));
    for (size_t k = 0; k < db_count(rows); k++) {
        const struct later later = {.id = db_int(rows, k, 0)};
        const struct bank_said number = {1 + (int64_t)k % 5, ""};
        const struct bank_said words = {0, k == 0 ? "Hers <1>" : "Another's"};
        TRY(own_answer(&at, &later, &owns[0], &number));
        if (k < 2)
            TRY(own_answer(&at, &later, &owns[1], &words));
    }
    return db_do(tx, NULL, "UPDATE later SET answered_at = $1", DB_ARGS(DB_INT(now_us)));
}

static struct req as_person(struct house *house, struct db_tx *tx, int64_t person)
{
    struct req req = {.app = &house->app, .arena = &house->arena, .tx = tx, .now_us = now_us};
    req.writes = true;
    req.actor.person = person;
    return req;
}

static enum rc read_words(struct db_tx *tx, void *data)
{
    struct house *house = data;
    struct req staff = as_person(house, tx, 1);
    struct req herself = as_person(house, tx, PERSON);
    struct written_filter filter = {"", 0};
    struct written *all = NULL;
    struct tagged *tags = NULL;
    struct written one;
    size_t count = 0;
    TRY(written_list(&staff, COHORT, &filter, &all, &count));
    is_uint(count, 2, "two have written");
    TRY(written_find(&staff, COHORT, all[0].kind, all[0].subject, all[0].question, &one));
    TRY(written_tag(&staff, COHORT, &one, "time pay time"));
    TRY(written_find(&staff, COHORT, one.kind, one.subject, one.question, &one));
    is_uint(one.tag_count, 2, "each tag once");
    is_str(one.typed, "pay time", "as they are typed");
    filter.tag = "pay";
    TRY(written_list(&staff, COHORT, &filter, &all, &count));
    is_uint(count, 1, "found by a tag");
    filter.tag = "-";
    TRY(written_list(&staff, COHORT, &filter, &all, &count));
    is_uint(count, 1, "and by having none");
    TRY(written_tags(&staff, COHORT, &tags, &count));
    ok(count == 2 && tags[0].count == 1, "and counted");
    filter.tag = "";
    TRY(written_list(&herself, COHORT, &filter, &all, &count));
    is_uint(count, 1, "nobody reads here what she wrote herself");
    is_int(written_tag(&staff, COHORT, &one, "a b c d e f g h i"), RC_LIMIT, "eight tags at most");
    is_int(written_find(&staff, COHORT + 1, one.kind, one.subject, one.question, &one),
           RC_NOT_FOUND, "not of another cohort");
    return RC_OK;
}

static enum rc measure_own(struct db_tx *tx, void *data)
{
    struct house *house = data;
    struct scope *scope = ARENA_NEW(&house->arena, struct scope);
    struct bank_question *owns = NULL;
    struct measure_row *row = NULL;
    struct measured measured;
    struct seen seen;
    size_t count = 0;
    if (scope == NULL)
        return RC_NO_MEMORY;
    TRY(bank_list(tx, &house->arena, 1, BANK_LATER, &owns, &count));
    TRY(own_measure(&house->arena, &owns[0], &row));
    TRY(scope_load(tx, &house->arena, COHORT, scope));
    TRY(scope_see(tx, &house->arena, scope, row, now_us, &seen));
    TRY(scope_measure(&house->arena, scope, &seen, 0, &measured));
    is_int(measured.n, PEOPLE - 1, "a measure of all but her who has left");
    is_int(measured.value, 257, "2.57 of 5");
    TRY(own_measure(&house->arena, &owns[1], &row));
    ok(row == NULL, "words have none");
    return RC_OK;
}

static void test_own(struct house *house, const char *engine)
{
    struct db *db = house->installation.db;
    ok(db_write(db, ask_own, house) == RC_OK, "%s: a programme asks three things, and ends one",
       engine);
    ok(db_write(db, answer_own, house) == RC_OK, "%s: they are answered", engine);
    ok(db_write(db, read_words, house) == RC_OK, "%s: words are read", engine);
    ok(db_write(db, measure_own, house) == RC_OK, "%s: numbers are counted", engine);
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
    house_tell(
        house,
        "INSERT INTO match(id, cohort, run, mentee, mentor, state, asked, mentee_yes, "
        "mentor_yes, made_at, ends_at, reminded, began_at, ended_at, reason, words, " MATCH_PEOPLE
        ") VALUES (3200, 1000, 3000, 2006, 2001, 'paused', '', 1, 1, 5, 0, 0, 5, 0, '', "
        "'', " MATCH_PEOPLE_OF("2006", "2001") ")");
    now_us += 180 * DAY_US;
    house_run_jobs(house);
    is_int(house_count(house, "SELECT count(*) FROM later WHERE months = 12"), PEOPLE - 4,
           "%s: a year later, those who still may be asked", engine);
    is_int(house_count(house,
                       "SELECT count(*) FROM later WHERE months = 12 AND person IN (1101, 1102, "
                       "1104, 1106)"),
           0, "%s: not who stopped, closed, left, or goes on", engine);
    test_own(house, engine);
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
