// SPDX-License-Identifier: Apache-2.0
//
// What happens to pairs by the clock and by announcements, on both engines, with a clock that the
// test turns: a long silence, a pause that lasts longer, a meeting across the last day, a zone that
// changes in the last weeks, hours that count no more, and somebody who leaves.
#define _POSIX_C_SOURCE 200809L // mkdtemp

#include <dirent.h>
#include <stdlib.h>

#include "base/date.h"

#include "app/account/account.h"
#include "app/match/match.h"
#include "app/match/match_offer.h"
#include "app/match/match_store.h"
#include "app/pair/pair.h"
#include "app/pair/pair_end.h"
#include "app/pair/pair_meet.h"
#include "app/pair/pair_store.h"
#include "app/pair/pair_word.h"
#include "app/recognition/recognition_store.h"
#include "bench_test.h"

enum {
    PAIRS = 3,
    COHORT = 1000,
    MENTEE = 1100,
    MENTOR = 1200,
    SIGN_UP = 2000,
    SILENT = 0,
    LAST = 1,
    LEFT = 2
};
#define START 1804075200000000 // 2027-03-03 12:00 UTC

static int64_t now_us;

static int64_t test_now(void)
{
    return now_us;
}

struct bench {
    struct house house;
    int64_t match[PAIRS];
    int64_t last; // the instant at which a pair's last day begins
    int which;    // the pair of the work that runs
    struct certificate certificate;
};

static struct app_place place_of(struct db_tx *tx, struct bench *bench)
{
    return (struct app_place){tx, &bench->house.arena, &bench->house.app, now_us};
}

static enum rc add_person(struct db_tx *tx, struct bench *bench, bool mentor, int k)
{
    int64_t id = (mentor ? MENTOR : MENTEE) + k;
    const char *email =
        arena_printf(&bench->house.arena, "%s%d@example.org", mentor ? "mentor" : "mentee", k);
    const struct enrolment as = {.id = SIGN_UP + id,
                                 .cohort = COHORT,
                                 .role = mentor ? "mentor" : "mentee",
                                 .level = mentor ? 3 : 1};
    return house_add_person(tx, &bench->house, id, email, &as, now_us);
}

static enum rc fill(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    struct match_run run = {.id = db_new_id(now_us), .cohort = COHORT, .rules = 7};
    struct match_rules rules;
    TRY(house_add_cohort(tx, COHORT, "running"));
    TRY(db_do(
        tx, NULL,
        "INSERT INTO match_rules(id, cohort, version, made_at, made_by, overlap, gap, language, "
        "employer, format, lowest, w_topics, w_level, w_time, w_languages, w_formats, w_choices, "
        "best, asks, days, passes_on) VALUES (7, $1, 1, 0, 0, 60, 0, 1, 1, 1, 0, 10, 3, 4, 1, 1, 3, "
        "'most', 'none', 7, 0)",
        DB_ARGS(DB_INT(COHORT))));
    TRY(run_add(tx, &run, 0, now_us));
    TRY(rules_find(tx, at.arena, 7, &rules));
    for (int k = 0; k < PAIRS; k++) {
        const struct match_pair pair = {.mentee = SIGN_UP + MENTEE + k,
                                        .mentor = SIGN_UP + MENTOR + k};
        TRY(add_person(tx, bench, false, k));
        TRY(add_person(tx, bench, true, k));
        TRY(match_offer(&at, &run, &rules, &pair, &bench->match[k]));
    }
    return RC_OK;
}

static int64_t of_pair(struct bench *bench, int which, const char *what)
{
    return house_count(&bench->house,
                       arena_printf(&bench->house.arena, "SELECT %s FROM match WHERE id = %lld",
                                    what, (long long)bench->match[which]));
}

static bool is_in(struct bench *bench, int which, const char *state)
{
    return of_pair(bench, which,
                   arena_printf(&bench->house.arena, "CASE WHEN state = '%s' THEN 1 ELSE 0 END",
                                state)) == 1;
}

static int letters(struct bench *bench)
{
    int count = 0;
    DIR *folder = opendir(bench->house.folder);
    for (struct dirent *one = folder == NULL ? NULL : readdir(folder);
         one != NULL;           // NOLINT(concurrency-mt-unsafe): one thread
         one = readdir(folder)) // NOLINT(concurrency-mt-unsafe)
        count += one->d_name[0] != '.';
    if (folder != NULL)
        closedir(folder);
    return count;
}

// ---- works -------------------------------------------------------------------------------------

static enum rc open_pair(struct db_tx *tx, struct bench *bench, struct ending *ret_ending,
                         struct pair *ret_pair)
{
    *ret_ending = (struct ending){place_of(tx, bench), "http://example.org"};
    return pair_find(tx, &bench->house.arena, bench->match[bench->which], ret_pair);
}

static enum rc go_on(struct db_tx *tx, void *data)
{
    struct ending e;
    struct pair pair;
    TRY(open_pair(tx, data, &e, &pair));
    return pair_go_on(&e, &pair);
}

static enum rc revive(struct db_tx *tx, void *data)
{
    struct ending e;
    struct pair pair;
    TRY(open_pair(tx, data, &e, &pair));
    return pair_revive(&e, &pair);
}

static enum rc pause_it(struct db_tx *tx, void *data)
{
    struct ending e;
    struct pair pair;
    TRY(open_pair(tx, data, &e, &pair));
    return pair_pause(&e, &pair, now_us + 14 * DAY_US, pair.me, "CANARY");
}

static enum rc pause_longer(struct db_tx *tx, void *data)
{
    struct ending e;
    struct pair pair;
    TRY(open_pair(tx, data, &e, &pair));
    return pair_pause_longer(&e, &pair, now_us + 21 * DAY_US, "");
}

static enum rc resume(struct db_tx *tx, void *data)
{
    struct ending e;
    struct pair pair;
    TRY(open_pair(tx, data, &e, &pair));
    return pair_resume(&e, &pair);
}

static int write_work(struct bench *bench, int which, db_work *work)
{
    bench->which = which;
    return (int)db_write(bench->house.installation.db, work, bench);
}

// ---- a long silence ----------------------------------------------------------------------------

static void test_silence(struct bench *bench, const char *engine)
{
    house_tell(&bench->house, "UPDATE match SET ends_on = '2028-12-31'");
    now_us = START + 31 * DAY_US + 11 * HOUR_US; // at night
    int asleep = letters(bench);
    house_run_jobs(&bench->house);
    is_int(house_count(&bench->house, "SELECT count(*) FROM survey WHERE reminded = 0"), 2 * PAIRS,
           "%s: after a month everybody is asked how it goes", engine);
    is_int(letters(bench) - asleep, 0, "%s: but no letter leaves in her quiet hours", engine);
    now_us += 9 * HOUR_US;
    house_run_jobs(&bench->house);
    is_int(letters(bench) - asleep, 4 * PAIRS, "%s: they leave in the morning: hints and questions",
           engine);
    now_us += 8 * DAY_US;
    int before = letters(bench);
    house_run_jobs(&bench->house);
    is_int(letters(bench) - before, 2 * PAIRS, "%s: a week later they are reminded", engine);
    now_us += 8 * DAY_US;
    house_run_jobs(&bench->house);
    is_int(letters(bench) - before, 2 * PAIRS, "%s: once", engine);
    now_us = START + 60 * DAY_US;
    house_run_jobs(&bench->house);
    is_int(of_pair(bench, SILENT, "asked_silence"), 0, "%s: two months are no long silence",
           engine);
    is_int(write_work(bench, SILENT, go_on), RC_EXISTS, "%s: nobody was asked", engine);
    now_us = START + 92 * DAY_US;
    house_run_jobs(&bench->house);
    ok(of_pair(bench, SILENT, "asked_silence") > 0, "%s: after ninety days both are asked", engine);
    is_int(write_work(bench, SILENT, go_on), RC_OK, "%s: one says that they go on", engine);
    now_us += 8 * DAY_US;
    house_run_jobs(&bench->house);
    ok(is_in(bench, SILENT, "active") && of_pair(bench, SILENT, "asked_silence") == 0,
       "%s: which holds", engine);
    ok(is_in(bench, LEFT, "ended") && is_in(bench, LAST, "ended"),
       "%s: where nobody says anything, it ends after a week", engine);
    is_int(house_count(&bench->house,
                       "SELECT count(*) FROM survey s JOIN match m ON m.id = s.match WHERE "
                       "m.state = 'ended' AND s.closed_at = 0 AND s.answered_at = 0"),
           0, "%s: and no question stays open", engine);
    ok(house_count(&bench->house, "SELECT count(*) FROM survey WHERE closed_at > 0") > 0,
       "%s: there were some", engine);
    is_int(write_work(bench, LEFT, revive), RC_OK, "%s: staff let it go on", engine);
    is_int(write_work(bench, LAST, revive), RC_OK, "%s: the other too", engine);
    now_us += DAY_US;
    house_run_jobs(&bench->house);
    ok(is_in(bench, LEFT, "active") && of_pair(bench, LEFT, "asked_silence") == 0,
       "%s: and they have their ninety days again", engine);
}

// ---- a pause -----------------------------------------------------------------------------------

static void test_pause(struct bench *bench, const char *engine)
{
    is_int(write_work(bench, SILENT, pause_longer), RC_EXISTS, "%s: no pause, none longer", engine);
    is_int(write_work(bench, SILENT, pause_it), RC_OK, "%s: two weeks", engine);
    house_tell(&bench->house, "UPDATE match SET covered = 2 WHERE state = 'paused'");
    now_us += 15 * DAY_US;
    house_run_jobs(&bench->house);
    ok(of_pair(bench, SILENT, "asked_silence") > 0, "%s: at its end she is asked", engine);
    is_int(write_work(bench, SILENT, pause_longer), RC_OK, "%s: she needs longer", engine);
    is_int(of_pair(bench, SILENT, "covered"), 2, "%s: who covers stays", engine);
    now_us += 20 * DAY_US;
    house_run_jobs(&bench->house);
    is_int(of_pair(bench, SILENT, "asked_silence"), 0, "%s: until then nobody asks", engine);
    now_us += 2 * DAY_US;
    house_run_jobs(&bench->house);
    ok(of_pair(bench, SILENT, "asked_silence") > 0, "%s: then she is asked again", engine);
    house_tell(&bench->house, "UPDATE match SET covered = 0");
    is_int(write_work(bench, SILENT, resume), RC_OK, "%s: she is back", engine);
    ok(is_in(bench, SILENT, "active"), "%s: and they go on", engine);
}

// ---- the last weeks ----------------------------------------------------------------------------

// A meeting a quarter of an hour before the end of the last day.
static enum rc settle_last(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    return db_do(tx, NULL,
                 "INSERT INTO meeting(id, match, state, by_person, at, minutes, format, place, "
                 "agenda, sequence, reason, excused, held_minutes, topics, made_at, changed_at, "
                 "reminded) VALUES ($1, $2, 'scheduled', $3, $4, 45, 'video', '', '', 0, '', 0, 0, "
                 "'', $5, $5, 2)",
                 DB_ARGS(DB_INT(77), DB_INT(bench->match[LAST]), DB_INT(MENTEE + LAST),
                         DB_INT(bench->last + DAY_US - 15 * HOUR_US / 60), DB_INT(now_us)));
}

static enum rc change_zone(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const char *body = arena_printf(&bench->house.arena, "%d UTC", MENTEE + LAST);
    TRY(account_set_profile(tx, MENTEE + LAST, "Mia", "", "Asia/Tokyo"));
    return body == NULL ? RC_NO_MEMORY : job_add(tx, ACCOUNT_ZONE, body, now_us, now_us);
}

static enum rc hold_last(struct db_tx *tx, void *data)
{
    struct ending e;
    struct pair pair;
    struct meeting m;
    TRY(open_pair(tx, data, &e, &pair));
    TRY(meeting_find(tx, e.at.arena, pair.match.id, 77, &m));
    m.state = "held";
    m.by = pair.match.mentor_person;
    m.held_minutes = 45;
    return meeting_end(&e.at, &m, "scheduled");
}

static void test_last_day(struct bench *bench, const char *engine)
{
    char day[DATE_TEXT_BYTES];
    int64_t last = (now_us / DAY_US + 10) * DAY_US;
    bench->last = last;
    date_print(date_from_days(last / DAY_US), day);
    ok(db_write(bench->house.installation.db, settle_last, bench) == RC_OK,
       "%s: they meet late on the last day", engine);
    house_tell(&bench->house,
               arena_printf(&bench->house.arena, "UPDATE match SET ends_on = '%s' WHERE id = %lld",
                            day, (long long)bench->match[LAST]));
    now_us += HOUR_US;
    house_run_jobs(&bench->house);
    ok(is_in(bench, LAST, "closing"), "%s: the last weeks begin", engine);
    int before = letters(bench);
    ok(db_write(bench->house.installation.db, change_zone, bench) == RC_OK, "%s: she moves",
       engine);
    house_run_jobs(&bench->house);
    is_int(letters(bench) - before, 2, "%s: both learn that they have too little time in common",
           engine);
    now_us = last + DAY_US + HOUR_US;
    house_run_jobs(&bench->house);
    ok(is_in(bench, LAST, "closing"), "%s: it is not over before the meeting is written down",
       engine);
    is_int(write_work(bench, LAST, hold_last), RC_OK, "%s: which it is", engine);
    now_us += HOUR_US;
    house_run_jobs(&bench->house);
    ok(is_in(bench, LAST, "completed"), "%s: then it is", engine);
}

// ---- hours that count no more ------------------------------------------------------------------

static enum rc certify(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    return certificate_issue(&at, MENTEE + LAST, bench->match[LAST], "Mia", &bench->certificate);
}

static enum rc dispute(struct db_tx *tx, void *data)
{
    struct ending e;
    struct pair pair;
    struct meeting m;
    TRY(open_pair(tx, data, &e, &pair));
    TRY(meeting_find(tx, e.at.arena, pair.match.id, 77, &m));
    TRY(meeting_set_held(tx, &m, "disputed", m.held_minutes));
    const struct announcement told = {ANNOUNCE_MEETING_UNHELD, 0, pair.match.id, MENTEE + LAST, 77};
    return app_announce(&e.at, &told);
}

static void test_hours(struct bench *bench, const char *engine)
{
    ok(db_write(bench->house.installation.db, certify, bench) == RC_OK, "%s: a certificate",
       engine);
    is_int(bench->certificate.minutes, 45, "%s: of the hours that were held", engine);
    int before = letters(bench);
    is_int(write_work(bench, LAST, dispute), RC_OK, "%s: a meeting was not so", engine);
    is_int(house_count(&bench->house,
                       "SELECT count(*) FROM certificate a JOIN certificate b ON b.code = "
                       "a.replaced_by WHERE a.state = 'replaced' AND a.minutes = 45 AND b.state = "
                       "'valid' AND b.minutes = 0"),
           1, "%s: the certificate is replaced by one with fewer hours", engine);
    house_run_jobs(&bench->house);
    ok(letters(bench) > before, "%s: which she is told", engine);
}

// ---- somebody leaves ---------------------------------------------------------------------------

static enum rc leave(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    const struct announcement left = {ANNOUNCE_MATCH_LEFT, COHORT, bench->match[LEFT],
                                      MENTOR + LEFT, bench->match[LEFT]};
    return app_announce(&at, &left);
}

static void test_left(struct bench *bench, const char *engine)
{
    now_us += 61 * DAY_US;
    house_run_jobs(&bench->house);
    ok(house_count(&bench->house, arena_printf(&bench->house.arena,
                                               "SELECT count(*) FROM survey WHERE match = %lld AND "
                                               "closed_at = 0",
                                               (long long)bench->match[LEFT])) > 0,
       "%s: questions are open", engine);
    ok(db_write(bench->house.installation.db, leave, bench) == RC_OK, "%s: the mentor leaves",
       engine);
    house_run_jobs(&bench->house);
    ok(is_in(bench, LEFT, "ended"), "%s: the pair ends", engine);
    is_int(house_count(&bench->house, arena_printf(&bench->house.arena,
                                                   "SELECT count(*) FROM survey WHERE match = %lld "
                                                   "AND closed_at = 0 AND answered_at = 0 AND kind "
                                                   "<> 'early'",
                                                   (long long)bench->match[LEFT])),
           0, "%s: and its questions are closed", engine);
    is_int(
        house_count(&bench->house, arena_printf(&bench->house.arena,
                                                "SELECT count(*) FROM survey WHERE match = %lld "
                                                "AND closed_at = 0 AND kind = 'early' AND person "
                                                "= %d",
                                                (long long)bench->match[LEFT], MENTEE + LEFT)),
        1, "%s: but for whether they fitted, which the other is asked", engine);
}

// ---- what the clock reads ----------------------------------------------------------------------

// Whether SQLite reads all pairs, meetings or questions for one of them.
static enum rc explain(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    for (const struct pair_due *due = pair_dues; due->sql != NULL; due++) {
        struct db_rows *r = NULL;
        const struct db_value values[] = {DB_INT(now_us), DB_TEXT("2027-03-03")};
        const char *sql = arena_printf(&bench->house.arena, "EXPLAIN QUERY PLAN %s", due->sql);
        TRY(db_query(tx, &bench->house.arena, &r, sql, values, due->by == DUE_NOW ? 1 : 2));
        for (size_t k = 0; k < db_count(r); k++) {
            const char *plan = db_text(r, k, 3);
            bool scans = strncmp(plan, "SCAN", 4) == 0 && strstr(plan, "INDEX") == NULL;
            ok(!scans, "by an index: %s", plan);
        }
    }
    return RC_OK;
}

int main(void)
{
    static const char *const engines[] = {"SQLite", "PostgreSQL"};
    struct test_place place;
    test_place_open(&place);
    for (int engine = 0; engine < 2; engine++) {
        struct bench bench = {0};
        now_us = START;
        if (ok(house_open(&bench.house, &place, engine, test_now) &&
                   db_write(bench.house.installation.db, fill, &bench) == RC_OK,
               "%s opens", engines[engine])) {
            house_run_jobs(&bench.house);
            if (engine == 0)
                db_read(bench.house.installation.db, 0, explain, &bench);
            test_silence(&bench, engines[engine]);
            test_pause(&bench, engines[engine]);
            test_last_day(&bench, engines[engine]);
            test_hours(&bench, engines[engine]);
            test_left(&bench, engines[engine]);
        }
        house_close(&bench.house);
    }
    test_place_close(&place);
    return tap_done();
}
