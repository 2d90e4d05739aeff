// SPDX-License-Identifier: Apache-2.0
//
// Offers on both engines, with a clock that the test turns: who is asked when, reminders, expiry,
// the place that is passed on, and that no race gives a mentor more mentees than she has places.
#define _POSIX_C_SOURCE 200809L // mkdtemp, pthread

#include <pthread.h>
#include <stdlib.h>

#include "base/date.h"

#include "app/account/account.h"
#include "app/match/match.h"
#include "app/match/match_offer.h"
#include "app/match/match_store.h"
#include "bench_test.h"

enum { MENTEES = 8, MENTORS = 3, TRIES = 500 };

static int64_t now_us = 1800000000000000;

static int64_t test_now(void)
{
    return now_us;
}

struct bench {
    struct house house;
    int64_t cohort;
    int64_t mentee[MENTEES];
    int64_t mentor[MENTORS];
    struct match_run run;
    const char *asks;
    int64_t passes_on;
};

// ---- people ----------------------------------------------------------------------------------

static enum rc add_one(struct db_tx *tx, struct bench *bench, bool mentor, int number,
                       int64_t *ret_id)
{
    int64_t id = bench->cohort + 100 + number + (mentor ? 50 : 0);
    const char *email =
        arena_printf(&bench->house.arena, "%s%d@example.org", mentor ? "mentor" : "mentee", number);
    const struct enrolment as = {.id = id + 1000,
                                 .cohort = bench->cohort,
                                 .role = mentor ? "mentor" : "mentee",
                                 .level = mentor ? 3 : 1};
    *ret_id = as.id;
    return house_add_person(tx, &bench->house, id, email, &as, now_us);
}

static enum rc fill(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    TRY(house_add_cohort(tx, bench->cohort, "matching"));
    for (int k = 0; k < MENTEES; k++)
        TRY(add_one(tx, bench, false, k, &bench->mentee[k]));
    for (int k = 0; k < MENTORS; k++)
        TRY(add_one(tx, bench, true, k, &bench->mentor[k]));
    return RC_OK;
}

// Rules are rows that a request writes; here they are written plainly.
static enum rc set_rules(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    TRY(db_do(tx, NULL, "DELETE FROM match_rules", DB_NO_ARGS));
    TRY(db_do(
        tx, NULL,
        "INSERT INTO match_rules(id, cohort, version, made_at, made_by, overlap, gap, language, "
        "employer, format, lowest, w_topics, w_level, w_time, w_languages, w_formats, "
        "w_choices, best, asks, days, passes_on) VALUES (7, $1, 1, 0, 0, 60, 0, 1, 1, 1, 0, "
        "10, 3, 4, 1, 1, 3, 'most', $2, 7, $3)",
        DB_ARGS(DB_INT(bench->cohort), DB_TEXT(bench->asks), DB_INT(bench->passes_on))));
    bench->run = (struct match_run){.id = db_new_id(now_us), .cohort = bench->cohort, .rules = 7};
    return run_add(tx, &bench->run, 0, now_us);
}

// ---- what the tests ask ------------------------------------------------------------------------

struct order {
    struct bench *bench;
    struct match_pair pair;
    bool by_mentor;
    const char *reason; // NULL: say yes
    uint64_t made;
};

static struct offering offering_in(struct db_tx *tx, struct bench *bench, struct arena *arena)
{
    return (struct offering){
        {tx, arena, &bench->house.app, now_us},
        "http://example.org"
    };
}

static enum rc offer_work(struct db_tx *tx, void *data)
{
    struct order *order = data;
    struct arena arena;
    arena_open(&arena, 4 << 20);
    struct offering o = offering_in(tx, order->bench, &arena);
    enum rc rc = offer_pairs(&o, &order->bench->run, &order->pair, 1, &order->made);
    arena_close(&arena);
    return rc;
}

static uint64_t offer(struct bench *bench, int mentee, int mentor)
{
    struct order order = {
        .bench = bench, .pair = {.mentee = bench->mentee[mentee], .mentor = bench->mentor[mentor]}
    };
    if (db_write(bench->house.installation.db, offer_work, &order) != RC_OK)
        return 99;
    return order.made;
}

static enum rc answer_work(struct db_tx *tx, void *data)
{
    struct order *order = data;
    struct bench *bench = order->bench;
    struct offering o = offering_in(tx, bench, &bench->house.arena);
    struct db_rows *rows = NULL;
    struct match match;
    TRY(db_query(tx, &bench->house.arena, &rows,
                 "SELECT id FROM match WHERE mentee = $1 AND mentor = $2",
                 DB_ARGS(DB_INT(order->pair.mentee), DB_INT(order->pair.mentor))));
    TRY(match_find(tx, &bench->house.arena, db_int(rows, 0, 0), &match));
    if (order->reason == NULL)
        return offer_accept(&o, &match, order->by_mentor);
    return offer_end(&o, &match, order->reason, "");
}

static enum rc answer(struct bench *bench, int mentee, int mentor, bool by_mentor,
                      const char *reason)
{
    struct order order = {
        .bench = bench,
        .pair = {.mentee = bench->mentee[mentee], .mentor = bench->mentor[mentor]},
        .by_mentor = by_mentor,
        .reason = reason
    };
    return db_write(bench->house.installation.db, answer_work, &order);
}

static int64_t state_count(struct bench *bench, const char *state)
{
    const char *sql =
        arena_printf(&bench->house.arena, "SELECT count(*) FROM match WHERE state = '%s'", state);
    return house_count(&bench->house, sql);
}

// Letters that wait to be sent to an address.
static int64_t letters(struct bench *bench, const char *to)
{
    const char *sql =
        arena_printf(&bench->house.arena,
                     "SELECT count(*) FROM job WHERE kind = 'mail' AND substr(body, 1, %zu) = '%s'",
                     strlen(to), to);
    return house_count(&bench->house, sql);
}

static enum rc clear_work(struct db_tx *tx, void *data)
{
    (void)data;
    TRY(db_do(tx, NULL, "DELETE FROM match_presence", DB_NO_ARGS));
    TRY(db_do(tx, NULL, "DELETE FROM goal", DB_NO_ARGS));
    TRY(db_do(tx, NULL, "DELETE FROM match", DB_NO_ARGS));
    return db_do(tx, NULL, "DELETE FROM job", DB_NO_ARGS);
}

static void start(struct bench *bench, const char *asks, int64_t passes_on)
{
    bench->asks = asks;
    bench->passes_on = passes_on;
    db_write(bench->house.installation.db, clear_work, bench);
    ok(db_write(bench->house.installation.db, set_rules, bench) == RC_OK, "rules: %s", asks);
}

// ---- tests -----------------------------------------------------------------------------------

static void test_orders(struct bench *bench, const char *engine)
{
    start(bench, "mentor_first", 0);
    is_uint(offer(bench, 0, 0), 1, "%s: an offer", engine);
    is_uint(offer(bench, 0, 0), 0, "%s: not twice", engine);
    is_uint(offer(bench, 0, 1), 0, "%s: a mentee who wants one mentor gets one offer", engine);
    is_uint(offer(bench, 1, 0), 0, "%s: a mentor with one place too", engine);
    is_int(letters(bench, "mentor0"), 1, "%s: the mentor is written to first", engine);
    is_int(letters(bench, "mentee0"), 0, "%s: and the mentee is not", engine);
    is_int(answer(bench, 0, 0, true, NULL), RC_OK, "%s: the mentor says yes", engine);
    is_int(letters(bench, "mentee0"), 1, "%s: then the mentee is asked", engine);
    is_int(state_count(bench, "active"), 0, "%s: nothing has begun", engine);
    is_int(answer(bench, 0, 0, false, NULL), RC_OK, "%s: the mentee says yes", engine);
    is_int(state_count(bench, "active"), 1, "%s: the match begins", engine);
    start(bench, "none", 0);
    is_uint(offer(bench, 0, 0), 1, "%s: nobody is asked", engine);
    is_int(state_count(bench, "active"), 1, "%s: and it begins at once", engine);
}

static void test_time(struct bench *bench, const char *engine)
{
    start(bench, "both", 0);
    offer(bench, 0, 0);
    house_run_jobs(&bench->house);
    now_us += 6 * DAY_US - 1000000;
    house_run_jobs(&bench->house);
    is_int(house_count(&bench->house, "SELECT count(*) FROM match WHERE reminded = 1"), 0,
           "%s: no reminder yet", engine);
    now_us += 2 * 1000000 + 60 * 1000000;
    house_run_jobs(&bench->house);
    is_int(house_count(&bench->house, "SELECT count(*) FROM match WHERE reminded = 1"), 1,
           "%s: a reminder a day before the end", engine);
    is_int(state_count(bench, "offered"), 1, "%s: the offer still stands", engine);
    is_int(answer(bench, 0, 0, true, NULL), RC_OK, "%s: one side says yes in time", engine);
    now_us += DAY_US;
    house_run_jobs(&bench->house);
    is_int(state_count(bench, "not_started"), 1, "%s: without the other it ends", engine);
    is_int(answer(bench, 0, 0, false, NULL), RC_EXISTS, "%s: a late yes is refused", engine);
    is_uint(offer(bench, 1, 0), 1, "%s: and the place is free again", engine);
}

static void test_passing_on(struct bench *bench, const char *engine)
{
    start(bench, "both", 1);
    offer(bench, 0, 0);
    house_run_jobs(&bench->house);
    is_int(answer(bench, 0, 0, true, "mentor_declined"), RC_OK, "%s: a mentor says no", engine);
    house_run_jobs(&bench->house);
    is_int(state_count(bench, "offered"), 1, "%s: the mentee is offered another by itself", engine);
    is_int(house_count(&bench->house,
                       "SELECT count(*) FROM match a JOIN match b ON a.mentee = b.mentee AND "
                       "a.mentor <> b.mentor WHERE b.state = 'offered'"),
           1, "%s: the same mentee, another mentor", engine);
}

// ---- the last place ----------------------------------------------------------------------------

// TRIES at once (RACE_TRIES=10000 for more), each in a transaction of its own, for one place: of
// many mentees for one mentor, and of two offers for one mentee's only wish.
struct try_one {
    struct db_task task;
    struct order order;
    struct races *races;
};

struct races {
    pthread_mutex_t lock;
    pthread_cond_t done;
    unsigned left;
    unsigned failed;
    uint64_t made;
};

static void try_done(struct db_task *task, enum rc rc)
{
    struct try_one *one = task->data;
    struct races *races = one->races;
    pthread_mutex_lock(&races->lock);
    races->left--;
    races->failed += rc != RC_OK;
    races->made += rc == RC_OK ? one->order.made : 0;
    pthread_cond_signal(&races->done);
    pthread_mutex_unlock(&races->lock);
}

static enum rc try_work(struct db_tx *tx, void *data)
{
    struct try_one *one = data;
    return offer_work(tx, &one->order);
}

static void post(struct bench *bench, struct try_one *one)
{
    while (db_post(bench->house.installation.db, &one->task) ==
           RC_LIMIT) { // the queue is full: wait for one
        pthread_mutex_lock(&one->races->lock);
        unsigned left = one->races->left;
        while (one->races->left == left)
            pthread_cond_wait(&one->races->done, &one->races->lock);
        pthread_mutex_unlock(&one->races->lock);
    }
}

static unsigned tries(void)
{
    const char *more = getenv("RACE_TRIES"); // NOLINT(concurrency-mt-unsafe): before threads
    unsigned count = more == NULL ? TRIES : (unsigned)strtoul(more, NULL, 10);
    return count < 1 ? 1 : count;
}

static void test_race(struct bench *bench, const char *engine, bool of_mentor)
{
    unsigned count = tries();
    struct try_one *all = calloc(count, sizeof *all);
    struct races races = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, count, 0, 0};
    start(bench, "both", 0);
    for (unsigned k = 0; all != NULL && k < count; k++) {
        int64_t mentee = bench->mentee[of_mentor ? k % MENTEES : 0];
        int64_t mentor = bench->mentor[of_mentor ? 2 : k % MENTORS];
        all[k] = (struct try_one){
            .order = {.bench = bench, .pair = {.mentee = mentee, .mentor = mentor}},
            .races = &races
        };
        all[k].task = (struct db_task){.work = try_work, .done = try_done, .data = &all[k]};
    }
    for (unsigned k = 0; all != NULL && k < count; k++)
        post(bench, &all[k]);
    pthread_mutex_lock(&races.lock);
    while (all != NULL && races.left > 0)
        pthread_cond_wait(&races.done, &races.lock);
    pthread_mutex_unlock(&races.lock);
    is_uint(races.made, 1, "%s: of %u at once for one place, one is told that it went well", engine,
            count);
    is_uint(races.failed, 0, "%s: and none of them fails", engine);
    is_int(state_count(bench, "offered"), 1, "%s: one offer is there", engine);
    is_int(letters(bench, of_mentor ? "mentor2" : "mentee0"), 1, "%s: and one letter", engine);
    free(all);
}

// ---- hours, circles, and who sits out ----------------------------------------------------------

static void test_hours(struct bench *bench, const char *engine)
{
    start(bench, "both", 0);
    house_tell(&bench->house, "UPDATE enrolment SET places = 3, hours = 5 WHERE role = 'mentor'");
    is_uint(offer(bench, 0, 0) + offer(bench, 1, 0), 2, "%s: five hours are two pairs of two",
            engine);
    is_uint(offer(bench, 2, 0), 0, "%s: a third would be too many, though there is a place",
            engine);
    house_tell(&bench->house, "UPDATE enrolment SET hours = 6 WHERE role = 'mentor'");
    is_uint(offer(bench, 2, 0), 1, "%s: with six hours there is time for it", engine);
    house_tell(&bench->house, "UPDATE enrolment SET hours = 1 WHERE role = 'mentor'");
    is_int(state_count(bench, "offered"), 3, "%s: fewer hours break nothing that is there", engine);
    house_tell(&bench->house, "UPDATE enrolment SET places = 1, hours = 0 WHERE role = 'mentor'");
}

static enum rc turn_roles(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    struct enrolment both = {.id = 77001,
                             .cohort = bench->cohort,
                             .person = bench->mentor[0] - 1000,
                             .role = "mentee",
                             .state = "approved",
                             .level = 1,
                             .places = 1};
    TRY(enrolment_add(tx, &bench->house.arena, &both, now_us));
    both.id = 77002;
    both.person = bench->mentee[0] - 1000;
    both.role = "mentor";
    return enrolment_add(tx, &bench->house.arena, &both, now_us);
}

static enum rc rename_first(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = {tx, &bench->house.arena, &bench->house.app, now_us};
    const struct announcement renamed = {.what = ANNOUNCE_PROFILE_CHANGED,
                                         .person = bench->mentee[0] - 1000};
    TRY(db_do(tx, NULL, "UPDATE person SET name = 'Zo\xc3\xab' WHERE id = $1",
              DB_ARGS(DB_INT(renamed.person))));
    return app_announce(&at, &renamed);
}

static void test_circle(struct bench *bench, const char *engine)
{
    struct order back = {
        .bench = bench, .pair = {.mentee = 77001, .mentor = 77002}
    };
    start(bench, "both", 0);
    is_uint(offer(bench, 0, 0), 1, "%s: Mentee 0 is offered Mentor 0", engine);
    is_int(db_write(bench->house.installation.db, rename_first, bench), RC_OK,
           "%s: Mentee 0 has another name", engine);
    is_int(house_count(&bench->house, "SELECT count(*) FROM match WHERE mentee_key = 'zoe'"), 1,
           "%s: and her match stands where that is in a list", engine);
    is_int(house_count(&bench->house, "SELECT count(*) FROM match m JOIN person p ON p.id = "
                                      "m.mentor_person WHERE m.mentee_name = 'Zo\xc3\xab' AND "
                                      "m.mentor_name = p.name"),
           1, "%s: under that name, with her mentor's", engine);
    is_int(db_write(bench->house.installation.db, turn_roles, bench), RC_OK,
           "%s: both take both roles", engine);
    is_int(db_write(bench->house.installation.db, offer_work, &back), RC_OK, "%s: the other way",
           engine);
    is_uint(back.made, 0, "%s: nobody mentors her own mentor", engine);
    house_tell(&bench->house, "DELETE FROM goal");
    house_tell(&bench->house, "DELETE FROM match");
    is_int(db_write(bench->house.installation.db, offer_work, &back), RC_OK,
           "%s: without the first", engine);
    is_uint(back.made, 1, "%s: it could be", engine);
    house_tell(&bench->house, "DELETE FROM goal");
    house_tell(&bench->house, "DELETE FROM match");
    house_tell(&bench->house, "DELETE FROM enrolment WHERE id IN (77001, 77002)");
}

static void test_presence(struct bench *bench, const char *engine)
{
    start(bench, "both", 0);
    for (int k = 0; k < 3; k++) {
        is_uint(offer(bench, k, 0), 1, "%s: offer %d", engine, k);
        house_run_jobs(&bench->house);
        now_us += 8 * DAY_US;
        house_run_jobs(&bench->house);
    }
    is_int(
        house_count(&bench->house,
                    "SELECT count(*) FROM match_presence WHERE unanswered = 3 AND hidden_at > 0"),
        1, "%s: after three without an answer she sits out", engine);
    is_uint(offer(bench, 3, 0), 0, "%s: and is offered to nobody", engine);
    is_uint(offer(bench, 3, 1), 1, "%s: others are", engine);
    is_int(answer(bench, 3, 1, true, NULL), RC_OK, "%s: who answers", engine);
    is_int(house_count(&bench->house, "SELECT count(*) FROM match_presence WHERE unanswered = 0"),
           1, "%s: is there", engine);
    house_tell(&bench->house, "DELETE FROM match_presence");
    now_us += 100 * DAY_US;
    house_run_jobs(&bench->house);
    is_int(house_count(&bench->house, "SELECT count(*) FROM match_presence WHERE asked_at > 0"), 3,
           "%s: after three months mentors are asked whether they are there", engine);
    now_us += 15 * DAY_US;
    house_run_jobs(&bench->house);
    is_int(house_count(&bench->house, "SELECT count(*) FROM match_presence WHERE hidden_at > 0"), 3,
           "%s: and sit out when they do not say", engine);
    house_tell(&bench->house, "DELETE FROM match_presence");
}

static bool open_bench(struct bench *bench, struct test_place *place, int engine)
{
    bench->cohort = 1000;
    return house_open(&bench->house, place, engine, test_now) &&
           db_write(bench->house.installation.db, fill, bench) == RC_OK;
}

int main(void)
{
    static const char *const engines[] = {"SQLite", "PostgreSQL"};
    struct test_place place;
    test_place_open(&place);
    for (int engine = 0; engine < 2; engine++) {
        struct bench bench = {0};
        if (ok(open_bench(&bench, &place, engine), "%s opens", engines[engine])) {
            test_orders(&bench, engines[engine]);
            test_time(&bench, engines[engine]);
            test_passing_on(&bench, engines[engine]);
            test_race(&bench, engines[engine], true);
            test_race(&bench, engines[engine], false);
            test_hours(&bench, engines[engine]);
            test_circle(&bench, engines[engine]);
            test_presence(&bench, engines[engine]);
        }
        house_close(&bench.house);
    }
    test_place_close(&place);
    return tap_done();
}
