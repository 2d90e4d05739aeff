// SPDX-License-Identifier: Apache-2.0
//
// Why: a new version of a plan: whom it would touch is counted by the very steps that do it, so
// that what the editor sees before is what happens.
#include <string.h>

#include "app/support/support_plan.h"

enum { PRINT_LIMIT_BYTES = 4 << 20, PAIRS_MAX = 20000 };

// All that a step says, in every language, as one text to compare.
struct print {
    int64_t item;
    int64_t days;
    const char *all;
};

struct publication {
    const struct app_place *at;
    const struct plan *plan;
    struct print *olds;
    size_t old_count;
    struct print *news;
    size_t new_count;
    bool apply;
    struct plan_reach reach;
};

static enum rc read_prints(const struct publication *p, int64_t version, struct print **ret_prints,
                           size_t *ret_count)
{
    struct arena *arena = p->at->arena;
    struct db_rows *r = NULL;
    size_t count = 0;
    TRY(db_query(
        p->at->tx, arena, &r,
        "SELECT s.item, s.days, s.stage, s.kind, s.owner, s.unless, s.resource, s.survey, "
        "w.language, w.stage, w.title, w.text FROM plan_item s JOIN plan_words w ON w.plan "
        "= s.plan AND w.version = s.version AND w.item = s.item WHERE s.plan = $1 AND "
        "s.version = $2 ORDER BY s.item, w.language",
        DB_ARGS(DB_INT(p->plan->id), DB_INT(version))));
    struct print *all = ARENA_ARRAY(arena, struct print, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r);) {
        struct buffer out;
        int64_t item = db_int(r, k, 0);
        int64_t days = db_int(r, k, 1);
        buffer_open(&out, arena, PRINT_LIMIT_BYTES);
        for (; k < db_count(r) && db_int(r, k, 0) == item; k++)
            buffer_printf(&out, "%lld|%lld|%s|%s|%s|%lld|%s|%s|%s|%s|%s\n",
                          (long long)db_int(r, k, 1), (long long)db_int(r, k, 2), db_text(r, k, 3),
                          db_text(r, k, 4), db_text(r, k, 5), (long long)db_int(r, k, 6),
                          db_text(r, k, 7), db_text(r, k, 8), db_text(r, k, 9), db_text(r, k, 10),
                          db_text(r, k, 11));
        TRY(out.rc);
        all[count++] = (struct print){item, days, out.bytes};
    }
    *ret_prints = all;
    *ret_count = count;
    return RC_OK;
}

static const struct print *find(const struct print *prints, size_t count, int64_t item)
{
    for (size_t k = 0; k < count; k++)
        if (prints[k].item == item)
            return &prints[k];
    return NULL;
}

// One pair under way, with the row of pair_plan.
struct touched {
    int64_t match;
    int64_t days;
    int64_t fits_in;
    int64_t begun_at;
    int64_t now_us; // where it pauses, the moment at which the pause began
    struct db_rows *rows;
};

static bool find_row(const struct touched *t, int64_t item, size_t *ret_row)
{
    for (size_t k = 0; k < db_count(t->rows); k++)
        if (db_int(t->rows, k, 0) == item) {
            *ret_row = k;
            return true;
        }
    return false;
}

static enum rc add_step(struct publication *p, const struct touched *t, const struct print *step)
{
    int64_t due = plan_due(t->begun_at, step->days, t->days, t->fits_in);
    if (due <= t->now_us)
        return RC_OK; // its time has passed
    p->reach.added++;
    if (!p->apply)
        return RC_OK;
    return db_do(p->at->tx, NULL,
                 "INSERT INTO pair_item(id, match, plan, version, item, due_at, state, told, "
                 "changed_at, changed_by) VALUES ($1, $2, $3, $4, $5, $6, 'open', 0, 0, 0)",
                 DB_ARGS(DB_INT(db_new_id(p->at->now_us)), DB_INT(t->match), DB_INT(p->plan->id),
                         DB_INT(p->plan->version + 1), DB_INT(step->item), DB_INT(due)));
}

static enum rc change_step(struct publication *p, const struct touched *t, const struct print *step)
{
    const struct print *old = find(p->olds, p->old_count, step->item);
    if (old != NULL && strcmp(old->all, step->all) == 0)
        return RC_OK;
    p->reach.changed++;
    int64_t due = plan_due(t->begun_at, step->days, t->days, t->fits_in);
    if (due < t->now_us)
        due = t->now_us;
    if (!p->apply)
        return RC_OK;
    return db_do(
        p->at->tx, NULL,
        "UPDATE pair_item SET version = $4, due_at = $5 WHERE match = $1 AND plan = $2 AND "
        "item = $3",
        DB_ARGS(DB_INT(t->match), DB_INT(p->plan->id), DB_INT(step->item),
                DB_INT(p->plan->version + 1), DB_INT(due)));
}

// Only what is open and still to come is touched.
static bool is_to_come(const struct touched *t, size_t row)
{
    return text_same(db_text(t->rows, row, 1), "open") && db_int(t->rows, row, 2) == 0 &&
           db_int(t->rows, row, 3) > t->now_us;
}

static enum rc touch_pair(struct publication *p, struct touched *t)
{
    TRY(db_query(p->at->tx, p->at->arena, &t->rows,
                 "SELECT item, state, told, due_at FROM pair_item WHERE match = $1 AND plan = $2 "
                 "LIMIT 400",
                 DB_ARGS(DB_INT(t->match), DB_INT(p->plan->id))));
    for (size_t k = 0; k < p->new_count; k++) {
        size_t row = 0;
        if (!find_row(t, p->news[k].item, &row))
            TRY(add_step(p, t, &p->news[k]));
        else if (is_to_come(t, row))
            TRY(change_step(p, t, &p->news[k]));
    }
    for (size_t k = 0; k < db_count(t->rows); k++) {
        int64_t item = db_int(t->rows, k, 0);
        if (!is_to_come(t, k) || find(p->news, p->new_count, item) != NULL)
            continue;
        p->reach.dropped++;
        if (p->apply)
            TRY(db_do(p->at->tx, NULL,
                      "DELETE FROM pair_item WHERE match = $1 AND plan = $2 AND item = $3",
                      DB_ARGS(DB_INT(t->match), DB_INT(p->plan->id), DB_INT(item))));
    }
    return RC_OK;
}

static enum rc touch_all(struct publication *p)
{
    struct db_rows *r = NULL;
    TRY(read_prints(p, p->plan->version, &p->olds, &p->old_count));
    TRY(read_prints(p, p->plan->version + 1, &p->news, &p->new_count));
    TRY(db_query(p->at->tx, p->at->arena, &r,
                 "SELECT q.match, q.days, q.fits_in, q.begun_at, q.paused_at FROM pair_plan q JOIN "
                 "match m ON m.id = q.match WHERE q.plan = $1 AND m.state IN ('active', 'paused', "
                 "'closing') ORDER BY q.match LIMIT 20000",
                 DB_ARGS(DB_INT(p->plan->id))));
    p->reach.pairs = (int64_t)db_count(r);
    for (size_t k = 0; k < db_count(r); k++) {
        int64_t paused_at = db_int(r, k, 4);
        struct touched t = {db_int(r, k, 0),
                            db_int(r, k, 1),
                            db_int(r, k, 2),
                            db_int(r, k, 3),
                            paused_at > 0 ? paused_at : p->at->now_us,
                            NULL};
        TRY(touch_pair(p, &t));
    }
    return RC_OK;
}

enum rc plan_reach(const struct app_place *at, const struct plan *plan, struct plan_reach *ret)
{
    struct publication p = {.at = at, .plan = plan};
    TRY(touch_all(&p));
    *ret = p.reach;
    return RC_OK;
}

enum rc plan_publish(const struct app_place *at, const struct plan *plan, bool running)
{
    struct publication p = {.at = at, .plan = plan, .apply = true};
    uint64_t changed = 0;
    if (running)
        TRY(touch_all(&p));
    TRY(db_do(at->tx, &changed,
              "UPDATE plan SET version = version + 1, draft = 0 WHERE id = $1 AND version = $2 AND "
              "draft = 1 AND ended_at = 0",
              DB_ARGS(DB_INT(plan->id), DB_INT(plan->version))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}
