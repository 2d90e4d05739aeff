// SPDX-License-Identifier: Apache-2.0
//
// The log as it lives, on both engines, with a clock that the test turns: it is chained once a
// minute, a change in the database is found, and neither erasing somebody nor letting go of what is
// old breaks it.
#define _POSIX_C_SOURCE 200809L // mkdtemp, for db_test.h

#include "app/audit/audit.h"

#include "app/privacy/privacy_store.h"
#include "bench_test.h"

#define US ((int64_t)1000000)
#define DAY ((int64_t)86400 * US)

enum { PERSON = 1100, COHORT = 1000 };

static int64_t now_us;

static int64_t test_now(void)
{
    return now_us;
}

struct bench {
    struct house house;
    struct audit_found found;
    int64_t next;  // id
    int64_t count; // to add
};

static enum rc fill(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct enrolment as = {.id = 2000, .cohort = COHORT, .role = "mentee", .level = 1};
    TRY(house_add_cohort(tx, COHORT, "running"));
    return house_add_person(tx, &bench->house, PERSON, "ida@example.org", &as, now_us);
}

static enum rc add_work(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    for (int64_t k = 0; k < bench->count; k++)
        TRY(db_do(tx, NULL,
                  "INSERT INTO audit(id, at, person, what, place) VALUES ($1, $2, $3, 'Did', '/x')",
                  DB_ARGS(DB_INT(++bench->next), DB_INT(now_us), DB_INT(PERSON))));
    return RC_OK;
}

static void add(struct bench *bench, int64_t count)
{
    bench->count = count;
    is_int(db_write(bench->house.installation.db, add_work, bench), RC_OK, "%lld events",
           (long long)count);
    now_us += 60 * US;
    house_run_jobs(&bench->house);
}

static enum rc verify_work(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    return audit_verify(tx, &bench->house.arena, now_us, &bench->found);
}

// What is wrong with the log; NULL: nothing.
static const char *fault(struct bench *bench)
{
    if (db_read(bench->house.installation.db, 0, verify_work, bench) != RC_OK)
        return "it cannot be read";
    return bench->found.fault;
}

static void holds(struct bench *bench, const char *when)
{
    const char *why = fault(bench);
    ok(why == NULL, "%s the log holds%s%s", when, why == NULL ? "" : ": ", why == NULL ? "" : why);
}

// A change in the database, which must be found, and is taken back.
static void breaks(struct bench *bench, const char *change, const char *back)
{
    house_tell(&bench->house, change);
    ok(fault(bench) != NULL, "is found: entry %lld", (long long)bench->found.number);
    house_tell(&bench->house, back);
    holds(bench, "taken back,");
}

static void test_changes(struct bench *bench)
{
    holds(bench, "empty,");
    add(bench, 3);
    is_int(house_count(&bench->house, "SELECT max(number) FROM audit"), 3, "they are numbered");
    holds(bench, "sealed,");
    add(bench, 4);
    add(bench, 0);
    is_int(house_count(&bench->house, "SELECT count(*) FROM audit_seal"), 2,
           "nothing new needs no seal");
    holds(bench, "sealed again,");
    breaks(bench, "UPDATE audit SET person = 9 WHERE number = 2",
           "UPDATE audit SET person = 1100 WHERE number = 2");
    breaks(bench, "UPDATE audit SET at = at + 1 WHERE number = 7",
           "UPDATE audit SET at = at - 1 WHERE number = 7");
    breaks(bench, "UPDATE audit SET number = 0 WHERE number = 3",
           "UPDATE audit SET number = 3 WHERE number = 0");
    breaks(bench, "UPDATE audit SET number = 0 WHERE number = 7",
           "UPDATE audit SET number = 7 WHERE number = 0");
    breaks(
        bench, "UPDATE audit_seal SET hash = 'x' WHERE number = 3",
        "UPDATE audit_seal SET hash = (SELECT hash FROM audit WHERE number = 3) WHERE number = 3");
    breaks(bench, "UPDATE audit SET number = -number WHERE number < 4",
           "UPDATE audit SET number = -number WHERE number < 0");
}

static enum rc erase_work(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place place = {tx, &bench->house.arena, &bench->house.app, now_us};
    return erasure_do(&place, PERSON, ERASE_ASKED);
}

static enum rc let_go_work(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    struct privacy_old old[PRIVACY_OLD_MAX];
    size_t count = 0;
    size_t erased = 0;
    const struct app_place place = {tx, &bench->house.arena, &bench->house.app, now_us};
    return privacy_do(&place, old, &count, &erased);
}

static void let_go(struct bench *bench)
{
    is_int(db_write(bench->house.installation.db, let_go_work, bench), RC_OK, "what is old goes");
}

static void test_what_goes(struct bench *bench)
{
    is_int(db_write(bench->house.installation.db, erase_work, bench), RC_OK, "Ida is erased");
    holds(bench, "without her,");
    now_us += 400 * DAY;
    add(bench, 5);
    holds(bench, "a year later,");
    now_us += 400 * DAY;
    let_go(bench);
    is_int(house_count(&bench->house, "SELECT min(number) FROM audit"), 8,
           "what is older than two years is gone");
    holds(bench, "without what was old,");
    is_int(bench->found.first, 8, "it begins there");
    add(bench, 2);
    holds(bench, "and goes on,");
    now_us += 800 * DAY;
    let_go(bench);
    is_int(house_count(&bench->house, "SELECT count(*) FROM audit"), 0, "all is old some day");
    holds(bench, "without anything,");
    add(bench, 2);
    is_int(house_count(&bench->house, "SELECT min(number) FROM audit"), 15, "numbers go on");
    holds(bench, "begun again,");
    add(bench, 2);
    house_tell(&bench->house, "DELETE FROM audit WHERE number < 17");
    ok(fault(bench) != NULL, "whoever cuts off what is not old is found: entry %lld",
       (long long)bench->found.number);
}

int main(void)
{
    static const char *const engines[] = {"SQLite", "PostgreSQL"};
    struct test_place place;
    test_place_open(&place);
    for (int engine = 0; engine < 2; engine++) {
        struct bench bench = {.next = 5000};
        now_us = 1800000000000000;
        note("%s", engines[engine]);
        if (ok(house_open(&bench.house, &place, engine, test_now) &&
                   db_write(bench.house.installation.db, fill, &bench) == RC_OK,
               "an installation")) {
            test_changes(&bench);
            test_what_goes(&bench);
        }
        house_close(&bench.house);
    }
    test_place_close(&place);
    return tap_done();
}
