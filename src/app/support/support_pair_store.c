// SPDX-License-Identifier: Apache-2.0
//
// The rows of a pair's plan: what it got when it began, and how far it is.
#include <string.h>

#include "base/date.h"

#include "app/support/support_plan.h"
#include "app/support/support_resource.h"

enum { AHEAD_DAYS = 21 }; // a meeting counts for a step that is due within so many days

// ---- the beginning -----------------------------------------------------------------------------

// How many days a pair has that began then; 7 times the weeks of its cohort where no end is known.
static int64_t days_of(const struct pair *pair, int64_t begun_at)
{
    struct date last;
    return date_parse(pair->ends_on, &last) == RC_OK ? date_to_days(last) + 1 - begun_at / DAY_US
                                                     : (int64_t)7 * pair->cohort.weeks;
}

static enum rc copy_items(const struct app_place *at, const struct pair *pair, int64_t plan,
                          int64_t version)
{
    struct db_rows *r = NULL;
    int64_t days = 7 * pair->cohort.weeks;
    int64_t fits_in = days_of(pair, pair->began_at);
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT item, days FROM plan_item WHERE plan = $1 AND version = $2 ORDER BY item",
                 DB_ARGS(DB_INT(plan), DB_INT(version))));
    for (size_t k = 0; k < db_count(r); k++)
        if (db_int(r, k, 1) > days) // a plan longer than the cohort is fitted in, too
            days = db_int(r, k, 1);
    TRY(db_do(
        at->tx, NULL,
        "INSERT INTO pair_plan(match, plan, days, fits_in, begun_at, paused_at, done_at) VALUES "
        "($1, $2, $3, $4, $5, 0, 0)",
        DB_ARGS(DB_INT(pair->match.id), DB_INT(plan), DB_INT(days), DB_INT(fits_in),
                DB_INT(pair->began_at))));
    for (size_t k = 0; k < db_count(r); k++) {
        int64_t due = plan_due(pair->began_at, db_int(r, k, 1), days, fits_in);
        TRY(db_do(at->tx, NULL,
                  "INSERT INTO pair_item(id, match, plan, version, item, due_at, state, told, "
                  "changed_at, changed_by) VALUES ($1, $2, $3, $4, $5, $6, 'open', 0, 0, 0)",
                  DB_ARGS(DB_INT(db_new_id(at->now_us)), DB_INT(pair->match.id), DB_INT(plan),
                          DB_INT(version), DB_INT(db_int(r, k, 0)), DB_INT(due))));
    }
    return RC_OK;
}

enum rc plan_begin(const struct app_place *at, int64_t match)
{
    struct pair pair;
    struct db_rows *r = NULL;
    TRY(pair_find(at->tx, at->arena, match, &pair));
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT p.id, p.version FROM plan p WHERE " PLAN_OF_COHORT
                 "AND NOT EXISTS (SELECT 1 FROM pair_plan q WHERE q.match = $2 AND q.plan = p.id) "
                 "ORDER BY p.id LIMIT 20",
                 DB_ARGS(DB_INT(pair.match.cohort), DB_INT(match))));
    for (size_t k = 0; k < db_count(r); k++)
        TRY(copy_items(at, &pair, db_int(r, k, 0), db_int(r, k, 1)));
    return RC_OK;
}

// ---- pauses ------------------------------------------------------------------------------------

enum rc plan_pause(const struct app_place *at, int64_t match)
{
    return db_do(at->tx, NULL,
                 "UPDATE pair_plan SET paused_at = $2 WHERE match = $1 AND paused_at = 0",
                 DB_ARGS(DB_INT(match), DB_INT(at->now_us)));
}

// One of the plans of a pair whose end has moved. What the clock has looked at stays as it is.
static enum rc refit(const struct app_place *at, const struct pair *pair, int64_t plan,
                     int64_t begun_at, int64_t days)
{
    struct db_rows *r = NULL;
    int64_t fits_in = days_of(pair, begun_at);
    int64_t last = begun_at + fits_in * DAY_US;
    TRY(db_do(at->tx, NULL, "UPDATE pair_plan SET fits_in = $3 WHERE match = $1 AND plan = $2",
              DB_ARGS(DB_INT(pair->match.id), DB_INT(plan), DB_INT(fits_in))));
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT i.id, s.days, i.due_at FROM pair_item i JOIN plan_item s ON s.plan = "
                 "i.plan AND s.version = i.version AND s.item = i.item WHERE i.match = $1 AND "
                 "i.plan = $2 AND i.state = 'open' AND i.told = 0 AND i.due_at > $3",
                 DB_ARGS(DB_INT(pair->match.id), DB_INT(plan), DB_INT(at->now_us))));
    for (size_t k = 0; k < db_count(r); k++) {
        int64_t due = db_int(r, k, 2);
        if (db_int(r, k, 1) < 0)
            due = plan_due(begun_at, db_int(r, k, 1), days, fits_in);
        if (due > last)
            due = last;
        if (due < at->now_us)
            due = at->now_us;
        TRY(db_do(at->tx, NULL, "UPDATE pair_item SET due_at = $2 WHERE id = $1",
                  DB_ARGS(DB_INT(db_int(r, k, 0)), DB_INT(due))));
    }
    return RC_OK;
}

// In a pause nothing moves: it happens when the pair goes on.
enum rc plan_end_moved(const struct app_place *at, int64_t match)
{
    struct pair pair;
    struct db_rows *r = NULL;
    TRY(pair_find(at->tx, at->arena, match, &pair));
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT plan, begun_at, days FROM pair_plan WHERE match = $1 AND paused_at = 0 "
                 "ORDER BY plan LIMIT 20",
                 DB_ARGS(DB_INT(match))));
    for (size_t k = 0; k < db_count(r); k++)
        TRY(refit(at, &pair, db_int(r, k, 0), db_int(r, k, 1), db_int(r, k, 2)));
    return RC_OK;
}

// What was still to come when the pause began comes later by as long as it took; the end comes when
// it was agreed.
enum rc plan_resume(const struct app_place *at, int64_t match)
{
    TRY(db_do(at->tx, NULL,
              "UPDATE pair_item SET due_at = due_at + $2 - (SELECT q.paused_at FROM pair_plan q "
              "WHERE q.match = pair_item.match AND q.plan = pair_item.plan) WHERE match = $1 AND "
              "state = 'open' AND EXISTS (SELECT 1 FROM pair_plan q WHERE q.match = "
              "pair_item.match AND q.plan = pair_item.plan AND q.paused_at > 0 AND q.paused_at < "
              "pair_item.due_at)",
              DB_ARGS(DB_INT(match), DB_INT(at->now_us))));
    TRY(db_do(at->tx, NULL,
              "UPDATE pair_plan SET begun_at = begun_at + $2 - paused_at, paused_at = 0 WHERE "
              "match = $1 AND paused_at > 0",
              DB_ARGS(DB_INT(match), DB_INT(at->now_us))));
    return plan_end_moved(at, match);
}

// ---- steps -------------------------------------------------------------------------------------

// Words and names are looked up row by row: PostgreSQL takes long to plan a join of all, and
// without statistics it begins with the words.
#define WORDS(column)                                                                               \
    "(SELECT w." column " FROM plan_words w WHERE w.plan = i.plan AND w.version = i.version AND "   \
    "w.item = i.item AND w.language IN ($3, p.language) ORDER BY CASE WHEN w.language = $3 THEN 0 " \
    "ELSE 1 END LIMIT 1), "
#define NAME(side)                                                                                 \
    "(SELECT z.name FROM person z JOIN enrolment x ON x.person = z.id WHERE x.id = m." side ")"
#define PAIR_ITEM                                                                                                     \
    "SELECT i.id, i.plan, p.role, i.due_at, i.state, i.told, i.changed_at, coalesce((SELECT b.name "                  \
    "FROM person b WHERE b.id = i.changed_by), ''), q.paused_at, i.match, s.item, s.stage, s.kind, "                  \
    "s.owner, s.days, s.unless, s.resource, coalesce((SELECT r.title FROM resource r WHERE r.id = "                   \
    "s.resource AND r.ended_at = 0 AND " RESOURCE_LIVES "), ''), s.survey, " WORDS("stage")                           \
        WORDS("title") WORDS("text") WORDS("language") NAME("mentee") ", " NAME(                                      \
            "mentor") " FROM match m JOIN pair_item i ON "                                                            \
                      "i.match = m.id JOIN plan p ON p.id = i.plan JOIN pair_plan q ON q.match = i.match AND q.plan " \
                      "= i.plan JOIN plan_item s ON s.plan = i.plan AND s.version = i.version AND s.item = i.item "

static enum rc read_items(struct arena *arena, const struct db_rows *r,
                          struct pair_item **ret_items, size_t *ret_count)
{
    struct pair_item *all = ARENA_ARRAY(arena, struct pair_item, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct pair_item){
            .step = {db_int(r, k, 10), db_int(r, k, 11), db_text(r, k, 12), db_text(r, k, 13),
                     db_int(r, k, 14), db_text(r, k, 15), db_int(r, k, 16), db_text(r, k, 17),
                     db_text(r, k, 18), db_text(r, k, 19), db_text(r, k, 20), db_text(r, k, 21),
                     db_text(r, k, 22)},
            .id = db_int(r, k, 0),
            .plan = db_int(r, k, 1),
            .role = db_text(r, k, 2),
            .due_at = db_int(r, k, 3),
            .state = db_text(r, k, 4),
            .told = db_int(r, k, 5),
            .changed_at = db_int(r, k, 6),
            .by = db_text(r, k, 7),
            .paused_at = db_int(r, k, 8),
            .match = db_int(r, k, 9),
            .mentee = db_text(r, k, 23),
            .mentor = db_text(r, k, 24)
        };
    *ret_items = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc pair_item_list(struct db_tx *tx, struct arena *arena, const struct pair_reader *reader,
                       struct pair_item **ret_items, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(tx, arena, &r,
                 PAIR_ITEM
                 "WHERE i.match = $1 AND ($2 = '' OR (p.role IN ('pair', $2) AND s.owner <> "
                 "'coordinator')) ORDER BY i.plan, i.due_at, s.stage, i.item LIMIT 400",
                 DB_ARGS(DB_INT(reader->match), DB_TEXT(reader->side), DB_TEXT(reader->language))));
    return read_items(arena, r, ret_items, ret_count);
}

enum rc pair_item_staff(struct req *req, int64_t cohort, struct pair_item **ret_items,
                        size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        PAIR_ITEM
        "WHERE m.cohort = $1 AND m.state IN ('active', 'closing') AND i.state = 'open' AND "
        "s.owner = 'coordinator' AND i.due_at <= $2 AND q.paused_at = 0 AND NOT EXISTS "
        "(SELECT 1 FROM enrolment e WHERE e.id IN (m.mentee, m.mentor) AND e.person = $4) "
        "ORDER BY i.due_at, i.id LIMIT 100",
        DB_ARGS(DB_INT(cohort), DB_INT(req->now_us), DB_TEXT(locale_tag(req->locale)),
                DB_INT(req->actor.person))));
    return read_items(req->arena, r, ret_items, ret_count);
}

// Once nothing of the two is open, the plan is done: told once.
static enum rc end_plans(const struct app_place *at, int64_t match)
{
    uint64_t changed = 0;
    TRY(db_do(at->tx, &changed,
              "UPDATE pair_plan SET done_at = $2 WHERE match = $1 AND done_at = 0 AND NOT EXISTS "
              "(SELECT 1 FROM pair_item i JOIN plan_item s ON s.plan = i.plan AND s.version = "
              "i.version AND s.item = i.item WHERE i.match = $1 AND i.plan = pair_plan.plan AND "
              "i.state = 'open' AND s.owner <> 'coordinator')",
              DB_ARGS(DB_INT(match), DB_INT(at->now_us))));
    if (changed == 0)
        return RC_OK;
    struct db_rows *left = NULL;
    TRY(db_query(at->tx, at->arena, &left,
                 "SELECT 1 FROM pair_plan WHERE match = $1 AND done_at = 0 LIMIT 1",
                 DB_ARGS(DB_INT(match))));
    if (db_count(left) > 0)
        return RC_OK;
    const struct announcement done = {ANNOUNCE_PLAN_DONE, 0, match, 0, match};
    return app_announce(at, &done);
}

enum rc plan_met(const struct app_place *at, int64_t match)
{
    TRY(db_do(
        at->tx, NULL,
        "UPDATE pair_item SET state = 'done', changed_at = $2 WHERE id = (SELECT i.id FROM "
        "pair_item i JOIN plan_item s ON s.plan = i.plan AND s.version = i.version AND s.item "
        "= i.item WHERE i.match = $1 AND i.state = 'open' AND i.due_at < $3 AND s.kind = 'meeting' "
        "ORDER BY i.due_at, i.id LIMIT 1)",
        DB_ARGS(DB_INT(match), DB_INT(at->now_us), DB_INT(at->now_us + AHEAD_DAYS * DAY_US))));
    return end_plans(at, match);
}

enum rc pair_item_turn(const struct app_place *at, int64_t match, int64_t id, const char *side,
                       bool done, int64_t by)
{
    struct db_rows *r = NULL;
    uint64_t changed = 0;
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT s.owner FROM pair_item i JOIN plan p ON p.id = i.plan JOIN plan_item s ON "
                 "s.plan = i.plan AND s.version = i.version AND s.item = i.item WHERE i.match = $1 "
                 "AND i.id = $2 AND s.kind NOT IN ('message', 'survey') AND (s.owner = $3 OR "
                 "(s.owner = 'both' AND $3 <> 'coordinator')) AND ($3 = 'coordinator' OR p.role IN "
                 "('pair', $3))",
                 DB_ARGS(DB_INT(match), DB_INT(id), DB_TEXT(side))));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    TRY(db_do(at->tx, &changed,
              "UPDATE pair_item SET state = $3, changed_at = $4, changed_by = $5 WHERE match = $1 "
              "AND id = $2 AND state <> $3",
              DB_ARGS(DB_INT(match), DB_INT(id), DB_TEXT(done ? "done" : "open"),
                      DB_INT(at->now_us), DB_INT(by))));
    if (changed == 0)
        return RC_EXISTS;
    return end_plans(at, match);
}
