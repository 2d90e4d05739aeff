// SPDX-License-Identifier: Apache-2.0
//
// The rows of the plans of circles; see circle_step.h.
#include <string.h>

#include "base/date.h"

#include "app/network/circle_step.h"
#include "web/message.h"

const char network_schema_6[] =
    "CREATE TABLE circle_step(id {id} NOT NULL PRIMARY KEY, circle {id} NOT NULL REFERENCES "
    "circle(id), day TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, done_at {int} NOT NULL, "
    "done_by {id} NOT NULL, made_by {id} NOT NULL, made_at {int} NOT NULL){end};\n"
    "CREATE INDEX circle_step_of ON circle_step(circle, day);\n"
    "ALTER TABLE rsvp ADD COLUMN turns {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE circle_member ADD COLUMN turns {int} NOT NULL DEFAULT 0;\n";

#define STEP                                                                                       \
    "SELECT s.id, s.day, s.title, s.text, s.done_at, coalesce(p.name, '') FROM circle_step s "     \
    "LEFT JOIN person p ON p.id = s.done_by AND p.closed_at = 0 "

static struct circle_step read_step(const struct db_rows *r, size_t k)
{
    return (struct circle_step){db_int(r, k, 0),
                                db_text(r, k, 1),
                                db_text(r, k, 2),
                                db_text(r, k, 3),
                                db_int(r, k, 4),
                                db_text(r, k, 5),
                                false};
}

enum rc circle_steps(struct db_tx *tx, struct arena *arena, int64_t circle, const char *today,
                     struct circle_step **ret_steps, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(tx, arena, &r,
                 STEP "WHERE s.circle = $1 ORDER BY CASE WHEN s.day = '' THEN 1 ELSE 0 END, s.day, "
                      "s.id LIMIT $2",
                 DB_ARGS(DB_INT(circle), DB_INT(CIRCLE_STEPS_MOST))));
    struct circle_step *all = ARENA_ARRAY(arena, struct circle_step, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++) {
        all[k] = read_step(r, k);
        all[k].late = all[k].done_at == 0 && all[k].day[0] != '\0' && strcmp(all[k].day, today) < 0;
    }
    *ret_steps = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc circle_step_next(struct db_tx *tx, struct arena *arena, int64_t circle,
                         struct circle_step *ret_step)
{
    struct db_rows *r = NULL;
    TRY(db_query(tx, arena, &r,
                 STEP "WHERE s.circle = $1 AND s.done_at = 0 ORDER BY CASE WHEN s.day = '' THEN 1 "
                      "ELSE 0 END, s.day, s.id LIMIT 1",
                 DB_ARGS(DB_INT(circle))));
    *ret_step = (struct circle_step){.title = "", .text = "", .day = "", .done_by = ""};
    if (db_count(r) > 0)
        *ret_step = read_step(r, 0);
    return RC_OK;
}

enum rc circle_step_find(struct db_tx *tx, struct arena *arena, int64_t circle, int64_t id,
                         struct circle_step *ret_step)
{
    struct db_rows *r = NULL;
    TRY(db_query(tx, arena, &r, STEP "WHERE s.circle = $1 AND s.id = $2",
                 DB_ARGS(DB_INT(circle), DB_INT(id))));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    *ret_step = read_step(r, 0);
    return RC_OK;
}

static enum rc count_steps(struct db_tx *tx, struct arena *arena, int64_t circle,
                           int64_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(tx, arena, &r, "SELECT count(*) FROM circle_step WHERE circle = $1",
                 DB_ARGS(DB_INT(circle))));
    *ret_count = db_int(r, 0, 0);
    return RC_OK;
}

enum rc circle_step_set(const struct app_place *at, int64_t circle, struct circle_step *s,
                        int64_t by)
{
    int64_t count = 0;
    uint64_t changed = 0;
    if (s->id != 0) {
        TRY(db_do(
            at->tx, &changed,
            "UPDATE circle_step SET day = $3, title = $4, text = $5 WHERE circle = $1 AND id = $2",
            DB_ARGS(DB_INT(circle), DB_INT(s->id), DB_TEXT(s->day), DB_TEXT(s->title),
                    DB_TEXT(s->text))));
        return changed == 1 ? RC_OK : RC_NOT_FOUND;
    }
    TRY(count_steps(at->tx, at->arena, circle, &count));
    if (count >= CIRCLE_STEPS_MOST)
        return RC_LIMIT;
    s->id = db_new_id(at->now_us);
    return db_do(at->tx, NULL,
                 "INSERT INTO circle_step(id, circle, day, title, text, done_at, done_by, made_by, "
                 "made_at) VALUES ($1, $2, $3, $4, $5, 0, 0, $6, $7)",
                 DB_ARGS(DB_INT(s->id), DB_INT(circle), DB_TEXT(s->day), DB_TEXT(s->title),
                         DB_TEXT(s->text), DB_INT(by), DB_INT(at->now_us)));
}

enum rc circle_step_drop(struct db_tx *tx, int64_t circle, int64_t id)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed, "DELETE FROM circle_step WHERE circle = $1 AND id = $2",
              DB_ARGS(DB_INT(circle), DB_INT(id))));
    return changed == 1 ? RC_OK : RC_NOT_FOUND;
}

enum rc circle_step_turn(const struct app_place *at, int64_t circle, int64_t id, bool done,
                         int64_t by)
{
    struct circle_step step;
    uint64_t changed = 0;
    TRY(circle_step_find(at->tx, at->arena, circle, id, &step));
    TRY(db_do(at->tx, &changed,
              "UPDATE circle_step SET done_at = $3, done_by = $4 WHERE circle = $1 AND id = $2 AND "
              "CASE WHEN done_at = 0 THEN 0 ELSE 1 END <> $5",
              DB_ARGS(DB_INT(circle), DB_INT(id), DB_INT(done ? at->now_us : 0),
                      DB_INT(done ? by : 0), DB_INT(done))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

// ---- what is ready -----------------------------------------------------------------------------

// clang-format off
static const struct {
    const char *title;
    const char *lines[4];
} ready_steps[CIRCLE_STEPS_READY] = {
    {MSG("Who we are, and what each of us wants from this"),
     {MSG("10 min: Who is here? Two minutes each, without a job title"), MSG("20 min: What should be different for each of us when we end?"), MSG("20 min: How we work together: how often, what stays between us, who leads when"), MSG("10 min: The next meeting")}},
    {MSG("A goal for each of us"),
     {MSG("5 min: How was it since the last time?"), MSG("40 min: Each tells one goal; the others only ask"), MSG("15 min: One step for each of us, until the next meeting")}},
    {MSG("One of us brings something real"),
     {MSG("10 min: Our steps: what worked, what did not?"), MSG("35 min: One text, one piece of code, one hard conversation: we look at it together"), MSG("15 min: What does she take from it? What do we?")}},
    {MSG("Somebody whom we would like to ask"),
     {MSG("10 min: Our steps"), MSG("35 min: A guest, or one of us who knows more about it, answers questions that we wrote down before"), MSG("15 min: What do we try?")}},
    {MSG("Half-time: what to keep, what to change"),
     {MSG("15 min: What helps us here? What do we miss?"), MSG("30 min: The goals again: how far, from 0 to 10? Still the right ones?"), MSG("15 min: What we change; our agreement, if it needs it")}},
    {MSG("Looking back, and how we go on"),
     {MSG("20 min: Each tells one thing that she could not do before"), MSG("20 min: Thanks, to each of us from each"), MSG("20 min: Do we go on, in which way, and who leads?")}},
};
// clang-format on

static enum rc join_lines(struct arena *arena, const struct locale *locale,
                          const char *const lines[4], const char **ret_text)
{
    enum { TEXT_LIMIT_BYTES = 4 << 10 };
    struct buffer out;
    buffer_open(&out, arena, TEXT_LIMIT_BYTES);
    for (int k = 0; k < 4 && lines[k] != NULL; k++)
        buffer_printf(&out, "%s%s", k == 0 ? "" : "\n", message_in(locale, lines[k]));
    *ret_text = out.bytes;
    return out.rc;
}

enum rc circle_step_ready(const struct app_place *at, const struct circle_ready *ready)
{
    int64_t count = 0;
    TRY(count_steps(at->tx, at->arena, ready->circle, &count));
    if (count > 0)
        return RC_EXISTS;
    for (size_t k = 0; k < CIRCLE_STEPS_READY; k++) {
        char day[DATE_TEXT_BYTES];
        struct circle_step step = {.day = day};
        date_print(date_from_days(ready->first_day + 7 * ready->weeks * (int64_t)k), day);
        step.title = message_in(ready->locale, ready_steps[k].title);
        TRY(join_lines(at->arena, ready->locale, ready_steps[k].lines, &step.text));
        TRY(circle_step_set(at, ready->circle, &step, ready->by));
    }
    return RC_OK;
}
