// SPDX-License-Identifier: Apache-2.0
//
// Why: what a plan does by itself: it begins with the pair, waits with it, sends its messages, asks
// its questions, and drops what is not needed any more. Each step marks what it did in the same
// transaction, so that nobody is written to twice.
//
// told: 0 the clock has not looked at it since it was due; 1 it has; 2 its questions were asked.
#include <string.h>

#include "base/date.h"

#include "app/pair/pair_feel.h"
#include "app/pair/pair_talk.h"
#include "app/support/support_plan.h"
#include "app/support/support_training.h"
#include "web/message.h"

enum { A_STEP = 100, STALE_DAYS = 7, ONE_LIMIT_BYTES = 4 << 20 };

struct due {
    int64_t id;
    int64_t match;
    int64_t due_at;
    const char *kind;
    const char *owner;
    const char *survey;
    bool needed;
};

static enum rc set_state(const struct app_place *at, const struct due *due, const char *state,
                         int64_t told)
{
    return db_do(at->tx, NULL,
                 "UPDATE pair_item SET state = $2, told = $3, changed_at = CASE WHEN $2 = 'open' "
                 "THEN changed_at ELSE $4 END WHERE id = $1 AND state = 'open'",
                 DB_ARGS(DB_INT(due->id), DB_TEXT(state), DB_INT(told), DB_INT(at->now_us)));
}

// {3} the title, {5} the text.
static const struct app_letter letter_message = {
    "{3}",
    {MSG("Hello {0},"), "{5}", MSG("What comes next for you and {1}:"), "{2}",
      MSG("To get no more of these letters: {4}"), NULL}
};

static enum rc write_message(const struct app_place *at, const struct pair *pair, bool mentor,
                             const struct due *due)
{
    const struct match *m = &pair->match;
    struct letter_choice choice;
    struct pair_item *all = NULL;
    const struct pair_item *item = NULL;
    size_t count = 0;
    const char *stop = NULL;
    int64_t person = mentor ? m->mentor_person : m->mentee_person;
    const char *language = mentor ? m->mentor_language : m->mentee_language;
    TRY(letter_choice_find(at->tx, at->arena, person, &choice));
    if (!letter_wanted(&choice, LETTER_NUDGE))
        return RC_OK;
    const struct pair_reader reader = {m->id, mentor ? "mentor" : "mentee", language};
    TRY(pair_item_list(at->tx, at->arena, &reader, &all, &count));
    for (size_t k = 0; k < count; k++)
        if (all[k].id == due->id)
            item = &all[k];
    if (item == NULL)
        return RC_OK; // it is not for her
    TRY(letter_stop_url(at, at->app->url, person, LETTER_NUDGE, &stop));
    const char *page =
        arena_printf(at->arena, "%s/pairs/%lld/plan", at->app->url, (long long)m->id);
    if (page == NULL)
        return RC_NO_MEMORY;
    const char *const values[] = {mentor ? m->mentor_name : m->mentee_name,
                                  mentor ? m->mentee_name : m->mentor_name,
                                  page,
                                  item->step.title,
                                  stop,
                                  item->step.text};
    const struct app_more more = {.unsubscribe = stop};
    return app_send_more(at, mentor ? m->mentor_email : m->mentee_email, language, &letter_message,
                         values, 6, &more);
}

static bool is_for(const struct due *due, const char *side)
{
    return strcmp(due->owner, side) == 0 || strcmp(due->owner, "both") == 0;
}

static enum rc ask(const struct app_place *at, const struct pair *pair, const struct due *due)
{
    const int64_t people[] = {pair->match.mentee_person, pair->match.mentor_person};
    const char *const sides[] = {"mentee", "mentor"};
    for (int k = 0; k < 2; k++) {
        if (!is_for(due, sides[k]))
            continue;
        enum rc rc =
            survey_add(at->tx, pair->match.id, people[k], due->survey, due->id, at->now_us);
        if (rc != RC_OK && rc != RC_EXISTS)
            return rc;
    }
    return set_state(at, due, "open", 2);
}

static enum rc happen(const struct app_place *at, const struct due *due)
{
    struct pair pair;
    if (!due->needed)
        return set_state(at, due, "skipped", 1);
    bool message = strcmp(due->kind, "message") == 0;
    bool survey = strcmp(due->kind, "survey") == 0;
    if (!message && !survey)
        return set_state(at, due, "open", 1);
    if (due->due_at < at->now_us - STALE_DAYS * DAY_US)
        return set_state(at, due, "skipped", 1); // it would come too late to help
    TRY(pair_find(at->tx, at->arena, due->match, &pair));
    if (survey)
        return ask(at, &pair, due);
    if (is_for(due, "mentee"))
        TRY(write_message(at, &pair, false, due));
    if (is_for(due, "mentor"))
        TRY(write_message(at, &pair, true, due));
    return set_state(at, due, "done", 1);
}

// Steps whose time has come.
static enum rc look_at_due(const struct app_place *at)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        at->tx, at->arena, &r,
        "SELECT i.id, i.match, i.due_at, s.kind, s.owner, s.survey, CASE WHEN (s.unless = 'meeting' "
        "AND EXISTS (SELECT 1 FROM meeting t WHERE t.match = i.match AND t.state IN ('held', "
        "'scheduled'))) OR (s.unless = 'agreement' AND EXISTS (SELECT 1 FROM agreement t WHERE "
        "t.match = i.match AND t.mentee_signed > 0 AND t.mentor_signed > 0)) OR (s.unless = 'goal' "
        "AND EXISTS (SELECT 1 FROM goal t WHERE t.match = i.match AND t.mentee_yes > 0 AND "
        "t.mentor_yes > 0)) THEN 0 ELSE 1 END FROM pair_item i JOIN plan_item s ON s.plan = i.plan "
        "AND s.version = i.version AND s.item = i.item JOIN pair_plan q ON q.match = i.match AND "
        "q.plan = i.plan AND q.paused_at = 0 JOIN match m ON m.id = i.match AND m.state IN "
        "('active', 'closing') WHERE i.state = 'open' AND i.told = 0 AND i.due_at <= $1 ORDER BY "
        "i.due_at LIMIT 100",
        DB_ARGS(DB_INT(at->now_us))));
    for (size_t k = 0; k < db_count(r) && k < A_STEP; k++) {
        const struct due due = {db_int(r, k, 0),     db_int(r, k, 1),  db_int(r, k, 2),
                                db_text(r, k, 3),    db_text(r, k, 4), db_text(r, k, 5),
                                db_int(r, k, 6) == 1};
        struct arena arena;
        struct app_place one = *at;
        arena_open(&arena, ONE_LIMIT_BYTES);
        one.arena = &arena;
        enum rc rc = happen(&one, &due);
        arena_close(&arena);
        TRY(rc);
    }
    return RC_OK;
}

static enum rc tick(struct db_tx *tx, struct job *job)
{
    const struct app *app = job->context;
    const struct app_place at = {tx, job->arena, app, job->now_us};
    TRY(look_at_due(&at));
    // Questions are done once everyone has answered, or they were closed.
    return db_do(
        tx, NULL,
        "UPDATE pair_item SET state = 'done', told = 1, changed_at = $1 WHERE state = "
        "'open' AND told = 2 AND NOT EXISTS (SELECT 1 FROM survey v WHERE v.match = "
        "pair_item.match AND v.number = pair_item.id AND v.answered_at = 0 AND v.closed_at "
        "= 0)",
        DB_ARGS(DB_INT(job->now_us)));
}

struct job_kind support_clock_kind(const struct app *app)
{
    return (struct job_kind){
        .name = "support_clock", .every_s = 60, .inside = tick, .context = (void *)(uintptr_t)app};
}

enum rc support_hears(const struct app_place *at, const struct announcement *heard)
{
    enum announced what = heard->what;
    if (what == ANNOUNCE_MATCH_BEGUN)
        return plan_begin(at, heard->match);
    if (what == ANNOUNCE_MATCH_PAUSED)
        return plan_pause(at, heard->match);
    if (what == ANNOUNCE_MATCH_RESUMED)
        return plan_resume(at, heard->match);
    if (what == ANNOUNCE_MATCH_AGREED)
        return plan_end_moved(at, heard->match);
    if (what == ANNOUNCE_MEETING_HELD)
        return plan_met(at, heard->match);
    if (what != ANNOUNCE_MATCH_COMPLETED && what != ANNOUNCE_MATCH_ENDED)
        return RC_OK;
    // The clock need not look at its steps any more.
    return db_do(at->tx, NULL, "UPDATE pair_item SET told = 1 WHERE match = $1 AND state = 'open'",
                 DB_ARGS(DB_INT(heard->match)));
}

// The steps of this week, and those that wait, of the one who asks.
enum rc support_next(const struct app_place *at, struct app_steps *steps)
{
    struct db_rows *r = NULL;
    struct pair_item *all = NULL;
    size_t count = 0;
    unsigned added = 0;
    TRY(db_query(
        at->tx, at->arena, &r,
        "SELECT CASE WHEN y.person = p.id THEN 'mentor' ELSE 'mentee' END, p.language FROM "
        "match m JOIN enrolment y ON y.id = m.mentor JOIN person p ON p.id = $2 WHERE m.id "
        "= $1",
        DB_ARGS(DB_INT(steps->match), DB_INT(steps->person))));
    if (db_count(r) == 0)
        return RC_OK;
    const char *side = db_text(r, 0, 0);
    const struct pair_reader reader = {steps->match, side, db_text(r, 0, 1)};
    TRY(pair_item_list(at->tx, at->arena, &reader, &all, &count));
    for (size_t k = 0; k < count && steps->count < APP_STEPS_MAX && added < 3; k++) {
        enum plan_stand stand = plan_stand(&all[k], at->now_us);
        bool near = stand == PLAN_LATE || stand == PLAN_TODAY || stand == PLAN_SOON;
        bool acts = strcmp(all[k].step.kind, "message") != 0;
        bool hers = strcmp(all[k].step.owner, side) == 0 || strcmp(all[k].step.owner, "both") == 0;
        if (!near || !acts || !hers)
            continue;
        added++;
        steps->rows[steps->count++] =
            (struct app_step){all[k].step.title, all[k].step.language, "/plan", stand == PLAN_LATE};
    }
    return RC_OK;
}
