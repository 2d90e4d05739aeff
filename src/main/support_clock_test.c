// SPDX-License-Identifier: Apache-2.0
//
// What plans do by the clock, on both engines, with a clock that the test turns: a message comes
// once, in its reader's language, when it is due; a pair that pauses has its clock stopped; a new
// version reaches only whom its editor has chosen; and what comes too late is left out.
#define _POSIX_C_SOURCE 200809L // mkdtemp

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"

#include "app/match/match_store.h"
#include "app/pair/pair_end.h"
#include "app/support/support_plan.h"
#include "app/support/support_training.h"
#include "bench_test.h"

enum {
    COHORT = 1000,
    MENTEE = 1100,
    MENTOR = 1101,
    PLAN = 3000,
    TASK = 1,
    MESSAGE,
    SURVEY,
    LAST,
    NEEDLESS,
    FAREWELL
};

static int64_t now_us;

static int64_t test_now(void)
{
    return now_us;
}

struct bench {
    struct house house;
    int64_t match;
    int64_t until_us; // of a pause
    bool running;     // of a publication
    const char *ends_on;
    struct plan_reach reach;
    int64_t event;
    bool came;
};

static struct app_place place_of(struct db_tx *tx, struct bench *bench)
{
    return (struct app_place){tx, &bench->house.arena, &bench->house.app, now_us};
}

// ---- a plan and a pair
// ---------------------------------------------------------------------------

static enum rc set_item(struct db_tx *tx, const struct plan *plan, struct plan_item item,
                        const char *const words[2])
{
    static const char *const languages[] = {"en", "es"};
    item.stage = 1;
    item.stage_title = "Stage";
    item.unless = item.unless == NULL ? "" : item.unless;
    item.survey = item.survey == NULL ? "" : item.survey;
    item.text = "Words of it";
    for (int k = 0; k < 2; k++) {
        item.language = languages[k];
        item.title = words[k];
        TRY(plan_item_set(tx, plan, &item, now_us));
    }
    return RC_OK;
}

static enum rc fill_plan(struct db_tx *tx, struct bench *bench)
{
    static const char *const task[] = {"Do it", "Hazlo"};
    static const char *const message[] = {"In week three", "En la semana tres"};
    static const char *const survey[] = {"How is it", "Que tal"};
    static const char *const last[] = {"Much later", "Mucho despues"};
    static const char *const needless[] = {"Sign it", "Firmadlo"};
    static const char *const farewell[] = {"Say farewell", "Despedirse"};
    const struct app_place at = place_of(tx, bench);
    struct plan plan = {.id = PLAN, .role = "pair", .language = "en", .title = "Plan", .draft = 1};
    TRY(plan_add(tx, &plan, "", 0, now_us));
    TRY(set_item(tx, &plan,
                 (struct plan_item){.item = TASK, .kind = "task", .owner = "mentee", .days = 7},
                 task));
    TRY(set_item(
        tx, &plan,
        (struct plan_item){.item = MESSAGE, .kind = "message", .owner = "both", .days = 21},
        message));
    TRY(set_item(
        tx, &plan,
        (struct plan_item){
            .item = SURVEY, .kind = "survey", .owner = "mentee", .days = 28, .survey = "pulse"},
        survey));
    TRY(set_item(tx, &plan,
                 (struct plan_item){.item = LAST, .kind = "message", .owner = "mentor", .days = 56},
                 last));
    TRY(set_item(
        tx, &plan,
        (struct plan_item){
            .item = NEEDLESS, .kind = "task", .owner = "both", .days = 10, .unless = "agreement"},
        needless));
    TRY(set_item(tx, &plan,
                 (struct plan_item){.item = FAREWELL, .kind = "task", .owner = "both", .days = -7},
                 farewell));
    return plan_publish(&at, &plan, false);
}

static enum rc begin_pair(struct db_tx *tx, struct bench *bench)
{
    const struct app_place at = place_of(tx, bench);
    struct match_run run = {.id = 4000, .cohort = COHORT, .state = "published"};
    struct match_rules rules;
    const struct match_pair pair = {.mentee = MENTEE + 1000, .mentor = MENTOR + 1000};
    TRY(rules_now(tx, at.arena, COHORT, &rules));
    rules.asks = "none";
    TRY(rules_add(&at, 0, COHORT, &rules));
    TRY(rules_now(tx, at.arena, COHORT, &rules));
    run.rules = rules.id;
    TRY(run_add(tx, &run, 0, now_us));
    return match_offer(&at, &run, &rules, &pair, &bench->match);
}

static enum rc fill(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct enrolment mentee = {
        .id = MENTEE + 1000, .cohort = COHORT, .role = "mentee", .level = 1};
    const struct enrolment mentor = {
        .id = MENTOR + 1000, .cohort = COHORT, .role = "mentor", .level = 3};
    TRY(house_add_cohort(tx, COHORT, "running"));
    TRY(house_add_person(tx, &bench->house, MENTEE, "mentee@example.org", &mentee, now_us));
    TRY(house_add_person(tx, &bench->house, MENTOR, "mentor@example.org", &mentor, now_us));
    TRY(db_do(tx, NULL, "UPDATE person SET language = 'es' WHERE id = 1100", DB_NO_ARGS));
    TRY(fill_plan(tx, bench));
    return begin_pair(tx, bench);
}

// How many letters to somebody have these words.
static int letters(struct bench *bench, const char *to, const char *words)
{
    int found = 0;
    glob_t all;
    const char *pattern = arena_printf(&bench->house.arena, "%s/*.eml", bench->house.folder);
    if (pattern == NULL || glob(pattern, 0, NULL, &all) != 0)
        return 0;
    for (size_t k = 0; k < all.gl_pathc; k++) {
        struct text content = {"", 0};
        const char *error = NULL;
        if (file_read(&bench->house.arena, all.gl_pathv[k], 1 << 20, &content, &error) == RC_OK &&
            strstr(content.bytes, to) != NULL && strstr(content.bytes, words) != NULL)
            found++;
    }
    globfree(&all);
    return found;
}

// So many days later, with all that is due then; also what that makes due.
static void days(struct bench *bench, int count)
{
    now_us += count * DAY_US;
    for (int k = 0; k < 3; k++)
        house_run_jobs(&bench->house);
}

// ---- what is tried
// -------------------------------------------------------------------------------

static void test_message(struct bench *bench, const char *engine)
{
    house_tell(
        &bench->house,
        "INSERT INTO agreement(id, match, version, goals, cadence, channel, privacy, "
        "scheduling, notice, ends_on, otherwise, made_by, made_at, mentee_signed, "
        "mentor_signed, superseded) SELECT 9, id, 1, '', 2, '', '', '', 24, '2027-07-18', '', "
        "1100, 1, 1, 1, 0 FROM match");
    days(bench, 20);
    is_int(house_count(&bench->house, "SELECT count(*) FROM pair_item WHERE item = 5 AND state = "
                                      "'skipped' AND told = 1"),
           1, "%s: what is not needed any more falls away", engine);
    is_int(letters(bench, "mentor@example.org", "In week three"), 0, "%s: not before its day",
           engine);
    is_int(house_count(&bench->house,
                       "SELECT count(*) FROM pair_item WHERE item = 1 AND state = 'open'"),
           1, "%s: a task that is due stays open until somebody ticks it", engine);
    days(bench, 2);
    is_int(letters(bench, "<mentor@example.org>", "In week three"), 1,
           "%s: a message in week three, in the mentor's language", engine);
    is_int(letters(bench, "<mentee@example.org>", "En la semana tres"), 1,
           "%s: and in the mentee's", engine);
    is_int(letters(bench, "<mentee@example.org>", "In week three"), 0, "%s: not in another",
           engine);
    days(bench, 3);
    is_int(letters(bench, "example.org", "In week three") +
               letters(bench, "example.org", "En la semana tres"),
           2, "%s: once each", engine);
}

static enum rc pause_work(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct ending e = {place_of(tx, bench), "http://example.org"};
    struct pair pair;
    TRY(pair_find(tx, &bench->house.arena, bench->match, &pair));
    return pair_pause(&e, &pair, bench->until_us, MENTEE, "");
}

static enum rc resume_work(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct ending e = {place_of(tx, bench), "http://example.org"};
    struct pair pair;
    TRY(pair_find(tx, &bench->house.arena, bench->match, &pair));
    return strcmp(pair.match.state, "paused") == 0 ? pair_resume(&e, &pair) : RC_OK;
}

#define ASKED                                                                                      \
    "SELECT count(*) FROM survey v JOIN pair_item i ON i.id = v.number AND i.match = v.match"

#define FAREWELL_DAY "SELECT due_at / 86400000000 FROM pair_item WHERE item = 6"

static enum rc agree_work(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    const struct announcement agreed = {ANNOUNCE_MATCH_AGREED, COHORT, bench->match, 0,
                                        bench->match};
    TRY(db_do(tx, NULL, "UPDATE match SET ends_on = $2 WHERE id = $1",
              DB_ARGS(DB_INT(bench->match), DB_TEXT(bench->ends_on))));
    return app_announce(&at, &agreed);
}

// Whoever agrees on another last day has what counts from it on another day.
static void test_end(struct bench *bench, const char *engine)
{
    int64_t before = house_count(&bench->house, FAREWELL_DAY);
    int64_t last = house_count(
        &bench->house, "SELECT due_at / 86400000000 FROM pair_item WHERE item = 4"); // on day 56
    bench->ends_on = "2027-12-31";                                                   // day 21183
    ok(db_write(bench->house.installation.db, agree_work, bench) == RC_OK,
       "%s: they agree to go on longer", engine);
    is_int(house_count(&bench->house, FAREWELL_DAY), 21184 - 7,
           "%s: the farewell comes a week before the new end", engine);
    is_int(house_count(&bench->house, "SELECT due_at / 86400000000 FROM pair_item WHERE item = 4"),
           last, "%s: what counts from the beginning stays", engine);
    bench->ends_on = "2027-04-10"; // day 20918
    ok(db_write(bench->house.installation.db, agree_work, bench) == RC_OK,
       "%s: and then to end sooner", engine);
    ok(house_count(&bench->house, FAREWELL_DAY) < 20918 &&
           house_count(&bench->house, FAREWELL_DAY) < before,
       "%s: it comes sooner", engine);
    is_int(house_count(&bench->house, "SELECT count(*) FROM pair_item WHERE state = 'open' AND "
                                      "told = 0 AND due_at / 86400000000 > 20919"),
           0, "%s: and nothing after the end", engine);
    bench->ends_on = "2027-12-31";
    ok(db_write(bench->house.installation.db, agree_work, bench) == RC_OK, "%s: or longer again",
       engine);
}

// Day 25 to 39; the questions were due on day 28.
static void test_pause(struct bench *bench, const char *engine)
{
    int64_t farewell = house_count(&bench->house, FAREWELL_DAY);
    bench->until_us = now_us + 40 * DAY_US;
    ok(db_write(bench->house.installation.db, pause_work, bench) == RC_OK, "%s: the pair pauses",
       engine);
    days(bench, 14);
    is_int(house_count(&bench->house, ASKED), 0, "%s: nothing is asked while it does", engine);
    ok(db_write(bench->house.installation.db, resume_work, bench) == RC_OK, "%s: it goes on",
       engine);
    is_int(house_count(&bench->house, FAREWELL_DAY), farewell,
           "%s: what counts from the end stays where the end is", engine);
    days(bench, 1);
    is_int(house_count(&bench->house, ASKED), 0, "%s: nothing comes at once", engine);
    days(bench, 3);
    is_int(house_count(&bench->house, ASKED), 1,
           "%s: what was to come comes as much later as the pause took, to the mentee alone",
           engine);
    days(bench, 3);
    is_int(house_count(&bench->house, ASKED), 1, "%s: once", engine);
}

static enum rc publish_work(struct db_tx *tx, void *data)
{
    static const char *const words[] = {"A new step", "Un paso nuevo"};
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    struct plan plan;
    TRY(plan_find(tx, at.arena, PLAN, &plan));
    TRY(plan_open_draft(tx, &plan));
    TRY(plan_find(tx, at.arena, PLAN, &plan));
    TRY(set_item(tx, &plan,
                 (struct plan_item){
                     .item = 100 + plan.version, .kind = "message", .owner = "mentee", .days = 50},
                 words));
    TRY(plan_reach(&at, &plan, &bench->reach));
    return plan_publish(&at, &plan, bench->running);
}

#define STEPS "SELECT count(*) FROM pair_item WHERE item > 100"

static void test_versions(struct bench *bench, const char *engine)
{
    ok(db_write(bench->house.installation.db, publish_work, bench) == RC_OK,
       "%s: a version for pairs to come", engine);
    is_int(bench->reach.pairs, 1, "%s: one pair is under way, which the editor is told", engine);
    is_int(bench->reach.added, 1, "%s: and that it would get a step", engine);
    is_int(house_count(&bench->house, STEPS), 0, "%s: it gets none", engine);
    bench->running = true;
    ok(db_write(bench->house.installation.db, publish_work, bench) == RC_OK,
       "%s: a version for all", engine);
    is_int(bench->reach.added, 2, "%s: now both steps are new to it", engine);
    is_int(house_count(&bench->house, STEPS), 2, "%s: it gets them", engine);
    days(bench, 20);
    days(bench, 8);
    is_int(letters(bench, "<mentee@example.org>", "Un paso nuevo"), 2, "%s: each comes once",
           engine);
    is_int(letters(bench, "<mentor@example.org>", "Much later"), 1,
           "%s: what was there before comes too", engine);
}

// ---- workshops
// -----------------------------------------------------------------------------------

static enum rc training_work(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    struct training t = {.id = 6000,
                         .role = "mentee",
                         .language = "en",
                         .minutes = 10,
                         .title = "T",
                         .about = "",
                         .draft = 1};
    const struct training_at draft = {&t, 1, "en"};
    struct training_page page = {.page = 6001, .place = 1, .title = "A page", .text = "To read"};
    const struct training_rule rule = {"mentee", "meeting", 6000};
    TRY(training_add(tx, &t, "", 0, now_us));
    TRY(training_page_set(tx, &draft, &page, now_us));
    TRY(training_publish(&at, &t, false));
    return training_rule_set(tx, COHORT, &rule);
}

static enum rc attend_work(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    return bench->came ? training_attend(&at, 6000, MENTEE, bench->event)
                       : training_unattend(&at, 6000, MENTEE, bench->event);
}

static enum rc held_work(struct db_tx *tx, void *data)
{
    struct bench *bench = data;
    const struct app_place at = place_of(tx, bench);
    struct app_hold hold = {.deed = DEED_MEET_FIRST, .cohort = COHORT, .person = MENTEE};
    TRY(app_ask_held(&at, &hold));
    bench->house.answer = (int64_t)hold.count;
    return RC_OK;
}

static int64_t held(struct bench *bench)
{
    bench->house.answer = -1;
    return db_read(bench->house.installation.db, 0, held_work, bench) == RC_OK ? bench->house.answer
                                                                               : -2;
}

static void attend(struct bench *bench, int64_t event, bool came)
{
    bench->event = event;
    bench->came = came;
    ok(db_write(bench->house.installation.db, attend_work, bench) == RC_OK, "event %d, %s",
       (int)event, came ? "there" : "not there after all");
}

static void test_workshop(struct bench *bench, const char *engine)
{
    ok(db_write(bench->house.installation.db, training_work, bench) == RC_OK,
       "%s: a training that asks nothing", engine);
    is_int(held(bench), 1, "%s: the first meeting waits for it", engine);
    attend(bench, 7000, true);
    is_int(held(bench), 0, "%s: whoever was at a workshop has done it", engine);
    attend(bench, 7001, true);
    attend(bench, 7000, false);
    is_int(held(bench), 0, "%s: one of two workshops is enough", engine);
    attend(bench, 7001, false);
    is_int(held(bench), 1, "%s: none is not", engine);
}

static bool open_bench(struct bench *bench, struct test_place *place, int engine)
{
    return house_open(&bench->house, place, engine, test_now) &&
           db_write(bench->house.installation.db, fill, bench) == RC_OK;
}

int main(void)
{
    static const char *const engines[] = {"SQLite", "PostgreSQL"};
    struct test_place place;
    test_place_open(&place);
    for (int engine = 0; engine < 2; engine++) {
        struct bench bench = {.match = 0};
        now_us = 1800000000000000; // 2027-01-15
        if (ok(open_bench(&bench, &place, engine), "%s opens", engines[engine])) {
            test_message(&bench, engines[engine]);
            test_end(&bench, engines[engine]);
            test_pause(&bench, engines[engine]);
            test_versions(&bench, engines[engine]);
            test_workshop(&bench, engines[engine]);
        }
        house_close(&bench.house);
    }
    test_place_close(&place);
    return tap_done();
}
