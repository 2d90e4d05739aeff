// SPDX-License-Identifier: Apache-2.0
//
// The rows of a pair, its agreements, goals and skills.
#include "app/pair/pair_store.h"

#include <string.h>

#include "base/date.h"

#include "app/enrolment/enrolment.h"
#include "app/pair/pair_word.h"

static enum rc set_last_day(struct arena *arena, struct pair *pair, const char *agreed)
{
    struct date first;
    pair->ends_on = agreed;
    if (agreed[0] == '\0' && date_parse(pair->cohort.starts, &first) == RC_OK)
        pair->ends_on = pair_day(arena, date_to_days(first) + 7 * pair->cohort.weeks - 1);
    return pair->ends_on == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc pair_find(struct db_tx *tx, struct arena *arena, int64_t id, struct pair *ret_pair)
{
    struct db_rows *rows = NULL;
    struct pair pair = {0};
    TRY(db_query(
        tx, arena, &rows,
        "SELECT ends_on, began_at, ended_at, paused_until, paused_by, held_back, "
        "paused_at, covered, asked_silence, closing_at, longer_at FROM match WHERE id = $1 AND state IN ('active', 'paused', 'closing', 'completed', 'ended')",
        DB_ARGS(DB_INT(id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    TRY(match_find(tx, arena, id, &pair.match));
    TRY(cohort_find(tx, arena, pair.match.cohort, &pair.cohort));
    pair.began_at = db_int(rows, 0, 1);
    pair.ended_at = db_int(rows, 0, 2);
    pair.paused_until = db_int(rows, 0, 3);
    pair.paused_by = db_int(rows, 0, 4);
    pair.held_back = db_int(rows, 0, 5) == 1;
    pair.paused_at = db_int(rows, 0, 6);
    pair.covered = db_int(rows, 0, 7);
    pair.asked_at = db_int(rows, 0, 8);
    pair.closing_at = db_int(rows, 0, 9);
    pair.longer_at = db_int(rows, 0, 10);
    pair.starts = pair.cohort.starts;
    pair.me = pair.match.mentee_person;
    pair.other = pair.match.mentor_person;
    pair.name = pair.match.mentor_name;
    pair.zone = pair.match.mentee_zone;
    pair.other_zone = pair.match.mentor_zone;
    TRY(set_last_day(arena, &pair, db_text(rows, 0, 0)));
    *ret_pair = pair;
    return RC_OK;
}

void pair_turn(struct pair *pair)
{
    pair->mentor = true;
    pair->me = pair->match.mentor_person;
    pair->other = pair->match.mentee_person;
    pair->name = pair->match.mentee_name;
    pair->zone = pair->match.mentor_zone;
    pair->other_zone = pair->match.mentee_zone;
}

enum rc pair_load(struct req *req, struct pair *ret_pair)
{
    int64_t me = req->actor.person;
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT mentor_person FROM match WHERE id = $1 AND (mentee_person = $2 OR mentor_person = $2)",
        DB_ARGS(DB_INT(req_id(req, "pair")), DB_INT(me))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    TRY(pair_find(req->tx, req->arena, req_id(req, "pair"), ret_pair));
    if (db_int(rows, 0, 0) != me)
        return RC_OK;
    pair_turn(ret_pair);
    return RC_OK;
}

bool pair_is_open(const struct pair *pair)
{
    return strcmp(pair->match.state, "ended") != 0 && strcmp(pair->match.state, "completed") != 0;
}

const char *pair_day(struct arena *arena, int64_t day)
{
    char *text = arena_alloc(arena, DATE_TEXT_BYTES);
    if (text != NULL)
        date_print(date_from_days(day), text);
    return text;
}

const char *pair_moved_end(struct arena *arena, const struct pair *pair)
{
    struct date last;
    bool paused = strcmp(pair->match.state, "paused") == 0 && !pair->held_back;
    if (!paused || date_parse(pair->ends_on, &last) != RC_OK)
        return NULL;
    int64_t until = date_days_of_seconds(pair->paused_until / 1000000);
    int64_t from = date_days_of_seconds(pair->paused_at / 1000000);
    int64_t day = date_to_days(last);
    if (day > until)
        return NULL;
    return pair_day(arena, until + (from > 0 && day > from ? day - from : 0));
}

const char *pair_until(struct arena *arena, const struct pair *pair, int64_t since_us, int64_t days)
{
    struct date last;
    bool paused = strcmp(pair->match.state, "paused") == 0;
    if (paused || !pair_is_open(pair))
        return "";
    int64_t from_us = since_us > pair->began_at ? since_us : pair->began_at;
    from_us = from_us > pair->paused_until ? from_us : pair->paused_until;
    int64_t day = date_days_of_seconds(from_us / 1000000) + days;
    if (date_parse(pair->ends_on, &last) == RC_OK && date_to_days(last) < day)
        day = date_to_days(last);
    return pair_day(arena, day);
}

bool pair_is_late(const char *day, int64_t now_us)
{
    struct date parsed;
    return date_parse(day, &parsed) == RC_OK &&
           date_to_days(parsed) < date_days_of_seconds(now_us / 1000000);
}

enum rc pair_write_to(const struct app_place *at, const struct pair *pair, bool mentor,
                      const struct app_letter *letter, const char *url, const char *value)
{
    const struct match *m = &pair->match;
    const char *const values[] = {mentor ? m->mentor_name : m->mentee_name,
                                  mentor ? m->mentee_name : m->mentor_name, url, value};
    const char *tag = mentor ? m->mentor_language : m->mentee_language;
    TRY(app_letter_own(at, m->cohort, tag, &letter));
    return app_send_from(at, mentor ? m->mentor_email : m->mentee_email, tag, letter, values, 4);
}

enum rc pair_tell(struct req *req, const struct pair *pair, const struct app_letter *letter,
                  const char *page, const char *value)
{
    const struct app_place at = app_here(req);
    const char *url = arena_printf(req->arena, "%s/pairs/%lld%s", web_origin(req->web, req->arena),
                                   (long long)pair->match.id, page);
    return url == NULL ? RC_NO_MEMORY : pair_write_to(&at, pair, !pair->mentor, letter, url, value);
}

// ---- agreement -------------------------------------------------------------------------------

static struct agreement read_agreement(const struct db_rows *r, size_t k)
{
    return (struct agreement){
        db_int(r, k, 0),  db_int(r, k, 1),  db_text(r, k, 2), db_int(r, k, 3),  db_text(r, k, 4),
        db_text(r, k, 5), db_text(r, k, 6), db_int(r, k, 7),  db_text(r, k, 8), db_text(r, k, 9),
        db_int(r, k, 10), db_int(r, k, 11), db_int(r, k, 12), db_int(r, k, 13), db_int(r, k, 14),
        db_int(r, k, 15), db_text(r, k, 16)};
}

#define AGREEMENT                                                                                  \
    "SELECT id, version, goals, cadence, channel, privacy, scheduling, notice, ends_on, "          \
    "otherwise, made_by, made_at, mentee_signed, mentor_signed, superseded, staff, "               \
    "staff_reason FROM agreement "                                                                 \
    "WHERE match = $1 "

enum rc agreement_in_force(struct db_tx *tx, struct arena *arena, int64_t match,
                           struct agreement *ret_agreement)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        tx, arena, &rows,
        AGREEMENT
        "AND mentee_signed > 0 AND mentor_signed > 0 AND staff IN (0, 2) ORDER BY version DESC "
        "LIMIT 1",
        DB_ARGS(DB_INT(match))));
    *ret_agreement = (struct agreement){.id = 0};
    if (db_count(rows) > 0)
        *ret_agreement = read_agreement(rows, 0);
    return RC_OK;
}

enum rc agreement_list(struct db_tx *tx, struct arena *arena, int64_t match,
                       struct agreement **ret_agreements, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, AGREEMENT "ORDER BY version DESC LIMIT 50",
                 DB_ARGS(DB_INT(match))));
    struct agreement *all = ARENA_ARRAY(arena, struct agreement, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_agreement(rows, k);
    *ret_agreements = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc agreement_wished(struct db_tx *tx, struct arena *arena, const struct pair *pair,
                         int64_t usual, int64_t *ret_weeks)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT x.cadence, y.cadence FROM match m JOIN enrolment x ON x.id = m.mentee "
                 "JOIN enrolment y ON y.id = m.mentor WHERE m.id = $1",
                 DB_ARGS(DB_INT(pair->match.id))));
    int64_t one = db_count(rows) == 0 ? 0 : db_int(rows, 0, 0);
    int64_t other = db_count(rows) == 0 ? 0 : db_int(rows, 0, 1);
    *ret_weeks = one > 0 && other > 0 ? (one + other + 1) / 2
                 : one + other > 0    ? one + other
                                      : usual;
    return RC_OK;
}

enum rc agreement_add(struct req *req, const struct pair *pair, const struct agreement *a)
{
    struct agreement *all = NULL;
    size_t count = 0;
    int64_t id = db_new_id(req->now_us);
    TRY(agreement_list(req->tx, req->arena, pair->match.id, &all, &count));
    int64_t version = count == 0 ? 1 : all[0].version + 1;
    // What nobody but its writer had signed is replaced, and what still waits for those who run the
    // cohort; what both have signed holds until the new one is signed.
    TRY(db_do(req->tx, NULL,
              "UPDATE agreement SET superseded = $2 WHERE match = $1 AND superseded = 0 "
              "AND (mentee_signed = 0 OR mentor_signed = 0 OR staff = 1)",
              DB_ARGS(DB_INT(pair->match.id), DB_INT(req->now_us))));
    return db_do(
        req->tx, NULL,
        "INSERT INTO agreement(id, match, version, goals, cadence, channel, privacy, scheduling, "
        "notice, ends_on, otherwise, made_by, made_at, mentee_signed, mentor_signed, superseded) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0)",
        DB_ARGS(DB_INT(id), DB_INT(pair->match.id), DB_INT(version), DB_TEXT(a->goals),
                DB_INT(a->cadence), DB_TEXT(a->channel), DB_TEXT(a->privacy),
                DB_TEXT(a->scheduling), DB_INT(a->notice), DB_TEXT(a->ends_on),
                DB_TEXT(a->otherwise), DB_INT(pair->me), DB_INT(req->now_us),
                DB_INT(pair->mentor ? 0 : req->now_us), DB_INT(pair->mentor ? req->now_us : 0)));
}

// Both have signed: it holds, unless those who run the cohort have a say in a later last day.
static enum rc agreement_decide(struct req *req, const struct pair *pair, int64_t version)
{
    const struct app_place at = app_here(req);
    struct pair_rules rules;
    struct agreement *all = NULL;
    size_t count = 0;
    TRY(pair_rules_find(req->tx, req->arena, pair->cohort.id, &rules));
    TRY(agreement_list(req->tx, req->arena, pair->match.id, &all, &count));
    const struct agreement *newest = &all[0];
    bool signed_by_both = newest->mentee_signed > 0 && newest->mentor_signed > 0;
    if (!signed_by_both || !rules.asks_staff || strcmp(newest->ends_on, pair->ends_on) <= 0)
        return agreement_hold(&at, pair, version);
    return db_do(req->tx, NULL, "UPDATE agreement SET staff = $3 WHERE match = $1 AND version = $2",
                 DB_ARGS(DB_INT(pair->match.id), DB_INT(version), DB_INT(STAFF_ASKED)));
}

enum rc agreement_hold(const struct app_place *at, const struct pair *pair, int64_t version)
{
    TRY(db_do(at->tx, NULL,
              "UPDATE agreement SET superseded = $3 WHERE match = $1 AND version < $2 AND "
              "superseded = 0",
              DB_ARGS(DB_INT(pair->match.id), DB_INT(version), DB_INT(at->now_us))));
    TRY(db_do(at->tx, NULL,
              "UPDATE match SET ends_on = (SELECT ends_on FROM agreement WHERE match = $1 AND "
              "version = $2), longer_at = CASE WHEN (SELECT ends_on FROM agreement WHERE match = "
              "$1 AND version = $2) > $3 THEN $4 ELSE longer_at END WHERE id = $1",
              DB_ARGS(DB_INT(pair->match.id), DB_INT(version), DB_TEXT(pair->ends_on),
                      DB_INT(at->now_us))));
    const struct announcement agreed = {ANNOUNCE_MATCH_AGREED, pair->match.cohort, pair->match.id,
                                        0, pair->match.id};
    return app_announce(at, &agreed);
}

enum rc agreement_sign(struct req *req, const struct pair *pair, int64_t version)
{
    uint64_t changed = 0;
    TRY(db_do(
        req->tx, &changed,
        "UPDATE agreement SET mentee_signed = CASE WHEN $3 = 1 THEN mentee_signed ELSE $4 END, "
        "mentor_signed = CASE WHEN $3 = 1 THEN $4 ELSE mentor_signed END WHERE match = $1 "
        "AND version = $2 AND superseded = 0 AND version = (SELECT max(version) FROM agreement "
        "b WHERE b.match = $1) AND ((mentor_signed = 0 AND $3 = 1) OR (mentee_signed = 0 AND "
        "$3 = 0))",
        DB_ARGS(DB_INT(pair->match.id), DB_INT(version), DB_INT(pair->mentor),
                DB_INT(req->now_us))));
    return changed == 0 ? RC_EXISTS : agreement_decide(req, pair, version);
}

// ---- goals -----------------------------------------------------------------------------------

#define GOAL                                                                                       \
    "SELECT g.id, g.match, g.title, g.why, g.success, g.due, g.state, g.progress, g.evidence, "    \
    " g.reason, g.mentee_yes, g.mentor_yes, "                                                      \
    "(SELECT count(*) FROM goal_task t WHERE t.goal = g.id), "                                     \
    "(SELECT count(*) FROM goal_task t WHERE t.goal = g.id AND t.done_at > 0), g.topic, "          \
    "g.shared, g.by_steps, g.of_signup, g.made_at, g.changed_at FROM goal g "

static struct goal read_goal(const struct db_rows *r, size_t k)
{
    struct goal goal = {.id = db_int(r, k, 0),
                        .match = db_int(r, k, 1),
                        .title = db_text(r, k, 2),
                        .why = db_text(r, k, 3),
                        .success = db_text(r, k, 4),
                        .due = db_text(r, k, 5),
                        .state = db_text(r, k, 6),
                        .progress = db_int(r, k, 7),
                        .evidence = db_text(r, k, 8),
                        .reason = db_text(r, k, 9),
                        .mentee_yes = db_int(r, k, 10),
                        .mentor_yes = db_int(r, k, 11),
                        .tasks = db_int(r, k, 12),
                        .tasks_done = db_int(r, k, 13),
                        .topic = db_text(r, k, 14),
                        .shared = db_int(r, k, 15),
                        .by_steps = db_int(r, k, 16),
                        .of_signup = db_int(r, k, 17),
                        .made_at = db_int(r, k, 18),
                        .changed_at = db_int(r, k, 19),
                        .agree_by = ""};
    bool ended = strcmp(goal.state, "achieved") == 0 || strcmp(goal.state, "dropped") == 0;
    if (goal.by_steps && goal.tasks > 0 && !ended)
        goal.progress = goal.tasks_done * 100 / goal.tasks;
    return goal;
}

// What goals of a pair serve. goal 0: all of them.
static enum rc read_serves(struct db_tx *tx, struct arena *arena, int64_t match, int64_t goal,
                           struct goal *goals, size_t count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT l.goal, o.id, o.title FROM goal g JOIN goal_objective l ON l.goal = g.id "
                 "JOIN objective o ON o.id = l.objective WHERE g.match = $1 AND ($2 = 0 OR g.id = "
                 "$2) ORDER BY l.goal, o.id LIMIT 10000",
                 DB_ARGS(DB_INT(match), DB_INT(goal))));
    struct goal_serves *all = ARENA_ARRAY(arena, struct goal_serves, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++) {
        size_t at = 0;
        all[k] = (struct goal_serves){db_int(rows, k, 1), db_text(rows, k, 2)};
        while (at < count && goals[at].id != db_int(rows, k, 0))
            at++;
        if (at < count && goals[at].serves_count++ == 0)
            goals[at].serves = &all[k];
    }
    return RC_OK;
}

enum rc goal_list(struct db_tx *tx, struct arena *arena, int64_t match, struct goal **ret_goals,
                  size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 GOAL
                 "WHERE g.match = $1 ORDER BY CASE WHEN g.state IN ('achieved', 'dropped') THEN "
                 "1 ELSE 0 END, g.id LIMIT 100",
                 DB_ARGS(DB_INT(match))));
    struct goal *all = ARENA_ARRAY(arena, struct goal, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_goal(rows, k);
    *ret_goals = all;
    *ret_count = db_count(rows);
    return read_serves(tx, arena, match, 0, all, db_count(rows));
}

enum rc goal_when(struct arena *arena, const struct pair *pair, struct goal *goals, size_t count,
                  int64_t now_us)
{
    for (size_t k = 0; k < count; k++) {
        struct goal *goal = &goals[k];
        if (strcmp(goal->state, "draft") == 0)
            goal->agree_by = pair_until(arena, pair, goal->made_at, PAIR_STILL_DAYS);
        else if (strcmp(goal->state, "changed") == 0)
            goal->agree_by = pair_until(arena, pair, goal->changed_at, PAIR_FIRST_DAYS);
        if (goal->agree_by == NULL)
            return RC_NO_MEMORY;
        goal->agree_late = pair_is_late(goal->agree_by, now_us);
    }
    return RC_OK;
}

enum rc goal_find(struct db_tx *tx, struct arena *arena, int64_t match, int64_t id,
                  struct goal *ret_goal)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, GOAL "WHERE g.match = $1 AND g.id = $2",
                 DB_ARGS(DB_INT(match), DB_INT(id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_goal = read_goal(rows, 0);
    return read_serves(tx, arena, match, id, ret_goal, 1);
}

enum rc goal_serve(struct db_tx *tx, const struct goal *goal)
{
    TRY(db_do(tx, NULL, "DELETE FROM goal_objective WHERE goal = $1", DB_ARGS(DB_INT(goal->id))));
    for (size_t k = 0; k < goal->serves_count; k++)
        TRY(db_do(tx, NULL, "INSERT INTO goal_objective(goal, objective) VALUES ($1, $2)",
                  DB_ARGS(DB_INT(goal->id), DB_INT(goal->serves[k].objective))));
    return RC_OK;
}

enum rc goal_add(struct db_tx *tx, const struct goal *goal, int64_t now_us)
{
    struct goal made = *goal;
    made.id = db_new_id(now_us);
    TRY(db_do(tx, NULL,
              "INSERT INTO goal(id, match, title, why, success, due, state, progress, "
              "evidence, reason, mentee_yes, mentor_yes, made_at, changed_at, topic, shared, "
              "of_signup) VALUES ($1, $2, $3, $4, $5, $6, 'draft', 0, '', '', $7, $8, $9, $9, $10, "
              "$11, $12)",
              DB_ARGS(DB_INT(made.id), DB_INT(goal->match), DB_TEXT(goal->title),
                      DB_TEXT(goal->why), DB_TEXT(goal->success), DB_TEXT(goal->due),
                      DB_INT(goal->mentee_yes), DB_INT(goal->mentor_yes), DB_INT(now_us),
                      DB_TEXT(goal->topic), DB_INT(goal->shared), DB_INT(goal->of_signup))));
    return goal_serve(tx, &made);
}

enum rc goal_update(struct db_tx *tx, const struct goal *goal, int64_t now_us)
{
    uint64_t changed = 0;
    TRY(db_do(
        tx, &changed,
        "UPDATE goal SET title = $3, why = $4, success = $5, due = $6, state = $7, progress = "
        "$8, evidence = $9, reason = $10, mentee_yes = $11, mentor_yes = $12, changed_at = $13, "
        "topic = $14, shared = $15, by_steps = $16, of_signup = $17 WHERE match = $1 AND id = $2 "
        "AND state NOT IN ('achieved', 'dropped')",
        DB_ARGS(DB_INT(goal->match), DB_INT(goal->id), DB_TEXT(goal->title), DB_TEXT(goal->why),
                DB_TEXT(goal->success), DB_TEXT(goal->due), DB_TEXT(goal->state),
                DB_INT(goal->progress), DB_TEXT(goal->evidence), DB_TEXT(goal->reason),
                DB_INT(goal->mentee_yes), DB_INT(goal->mentor_yes), DB_INT(now_us),
                DB_TEXT(goal->topic), DB_INT(goal->shared), DB_INT(goal->by_steps),
                DB_INT(goal->of_signup))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc goal_count_serving(struct db_tx *tx, struct arena *arena, int64_t objective,
                           int64_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, "SELECT count(*) FROM goal_objective WHERE objective = $1",
                 DB_ARGS(DB_INT(objective))));
    *ret_count = db_int(rows, 0, 0);
    return RC_OK;
}

enum rc goal_tasks(struct db_tx *tx, struct arena *arena, int64_t goal,
                   struct goal_task **ret_tasks, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT id, title, done_at FROM goal_task WHERE goal = $1 ORDER BY id LIMIT 100",
                 DB_ARGS(DB_INT(goal))));
    struct goal_task *all = ARENA_ARRAY(arena, struct goal_task, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct goal_task){db_int(rows, k, 0), db_text(rows, k, 1), db_int(rows, k, 2)};
    *ret_tasks = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc goal_task_add(struct db_tx *tx, int64_t goal, const char *title, int64_t now_us)
{
    int64_t id = db_new_id(now_us);
    return db_do(tx, NULL, "INSERT INTO goal_task(id, goal, title, done_at) VALUES ($1, $2, $3, 0)",
                 DB_ARGS(DB_INT(id), DB_INT(goal), DB_TEXT(title)));
}

enum rc goal_task_turn(struct db_tx *tx, int64_t goal, int64_t task, int64_t now_us)
{
    uint64_t changed = 0;
    TRY(db_do(
        tx, &changed,
        "UPDATE goal_task SET done_at = CASE WHEN done_at = 0 THEN $3 ELSE 0 END WHERE goal = "
        "$1 AND id = $2",
        DB_ARGS(DB_INT(goal), DB_INT(task), DB_INT(now_us))));
    return changed == 1 ? RC_OK : RC_NOT_FOUND;
}

// ---- skills ----------------------------------------------------------------------------------

static int64_t *skill_at(struct skill *skill, const char *moment)
{
    if (strcmp(moment, "start") == 0)
        return &skill->start;
    return strcmp(moment, "longer") == 0 ? &skill->longer : &skill->end;
}

// The topics that the mentee asked for, with what she thinks of each.
enum rc skill_list(struct req *req, const struct pair *pair, struct skill **ret_skills,
                   size_t *ret_count)
{
    struct db_rows *rows = NULL;
    struct db_rows *told = NULL;
    size_t count = 0;
    TRY(db_query(req->tx, req->arena, &rows, "SELECT topics FROM enrolment WHERE id = $1",
                 DB_ARGS(DB_INT(pair->match.mentee))));
    TRY(db_query(req->tx, req->arena, &told,
                 "SELECT topic, moment, level FROM skill WHERE match = $1 AND person = $2",
                 DB_ARGS(DB_INT(pair->match.id), DB_INT(pair->match.mentee_person))));
    while (enrolment_topics[count].value != NULL)
        count++;
    struct skill *all = ARENA_ARRAY(req->arena, struct skill, count);
    if (all == NULL)
        return RC_NO_MEMORY;
    *ret_count = 0;
    *ret_skills = all;
    for (size_t k = 0; k < count && db_count(rows) > 0; k++) {
        const struct field_option *topic = &enrolment_topics[k];
        const char *wished = arena_printf(req->arena, "%s ", topic->value);
        if (wished == NULL)
            return RC_NO_MEMORY;
        if (enrolment_common(wished, db_text(rows, 0, 0)) == 0)
            continue;
        struct skill *one = &all[(*ret_count)++];
        *one = (struct skill){topic->label, topic->value, 0, 0, 0};
        for (size_t t = 0; t < db_count(told); t++)
            if (strcmp(db_text(told, t, 0), topic->value) == 0)
                *skill_at(one, db_text(told, t, 1)) = db_int(told, t, 2);
    }
    return RC_OK;
}

enum rc skill_set(struct req *req, const struct pair *pair, const char *moment, const char *topic,
                  int64_t level)
{
    return db_do(
        req->tx, NULL,
        "INSERT INTO skill(match, person, topic, moment, level, at) VALUES ($1, $2, $3, $4, "
        "$5, $6) ON CONFLICT(match, person, topic, moment) DO UPDATE SET level = $5, at = "
        "$6",
        DB_ARGS(DB_INT(pair->match.id), DB_INT(pair->me), DB_TEXT(topic), DB_TEXT(moment),
                DB_INT(level), DB_INT(req->now_us)));
}

enum rc skill_told_since(struct req *req, const struct pair *pair, const char *moment,
                         int64_t since, bool *ret_told)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT 1 FROM skill WHERE match = $1 AND person = $2 AND moment = $3 AND at >= $4 "
        "LIMIT 1",
        DB_ARGS(DB_INT(pair->match.id), DB_INT(pair->match.mentee_person), DB_TEXT(moment),
                DB_INT(since))));
    *ret_told = db_count(rows) > 0;
    return RC_OK;
}
