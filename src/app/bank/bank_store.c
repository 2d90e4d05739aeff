// SPDX-License-Identifier: Apache-2.0
//
// The rows of the question bank; see bank.h.
#include "app/bank/bank_store.h"

#include <string.h>

#include "base/msg.h"

#include "app/cohort/objective.h"

const char bank_schema_1[] =
    "CREATE TABLE bank_question(id {id} NOT NULL PRIMARY KEY, programme {id} NOT NULL REFERENCES "
    "programme(id), kind TEXT NOT NULL, text TEXT NOT NULL, moments TEXT NOT NULL, audience TEXT "
    "NOT NULL, version {int} NOT NULL, after {id} NOT NULL, off_at {int} NOT NULL, made_by {id} NOT "
    "NULL, made_at {int} NOT NULL){end};\n"
    "CREATE INDEX bank_question_of ON bank_question(programme, id);\n"
    "CREATE UNIQUE INDEX bank_question_after ON bank_question(after) WHERE after > 0;\n";

// clang-format off
const struct app_table bank_tables[] = {
    {"bank_question", "id", MSG("Questions of a programme's own"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #programme #after #made_by", END_STAYS),
        {"kind text moments audience #version #off_at #made_at", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("what is asked, when, since when, and who reads the answers")},
    }},
    {.name = NULL},
};
// clang-format on

static enum rc read_one(struct arena *arena, const struct db_rows *r, size_t k,
                        struct bank_question *ret_one)
{
    *ret_one = (struct bank_question){.id = db_int(r, k, 0),
                                      .kind = db_text(r, k, 1),
                                      .text = db_text(r, k, 2),
                                      .moments = db_text(r, k, 3),
                                      .audience = db_text(r, k, 4),
                                      .version = db_int(r, k, 5),
                                      .after = db_int(r, k, 6),
                                      .off_at = db_int(r, k, 7),
                                      .replaced = db_int(r, k, 8) != 0};
    ret_one->name = arena_printf(arena, "own:%lld", (long long)ret_one->id);
    ret_one->control = arena_printf(arena, "own%lld", (long long)ret_one->id);
    return ret_one->name == NULL || ret_one->control == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc bank_list(struct db_tx *tx, struct arena *arena, int64_t programme, const char *moment,
                  struct bank_question **ret_all, size_t *ret_count)
{
    struct db_rows *r = NULL;
    size_t count = 0;
    bool every = moment[0] == '\0';
    TRY(db_query(
        tx, arena, &r,
        "SELECT q.id, q.kind, q.text, q.moments, q.audience, q.version, q.after, q.off_at, "
        "(SELECT count(*) FROM bank_question n WHERE n.after = q.id) FROM bank_question q "
        "WHERE q.programme = $1 AND ($2 = 1 OR q.off_at = 0) ORDER BY q.id LIMIT $3",
        DB_ARGS(DB_INT(programme), DB_INT(every), DB_INT(BANK_EVER))));
    struct bank_question *all = ARENA_ARRAY(arena, struct bank_question, db_count(r) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++) {
        TRY(read_one(arena, r, k, &all[count]));
        count += every || bank_asks(&all[count], moment);
    }
    *ret_all = all;
    *ret_count = count;
    return RC_OK;
}

// Whether one more may be asked, beside those that are.
static enum rc refuse_too_many(const struct app_place *at, int64_t programme,
                               const struct bank_question *more)
{
    struct bank_question *all = NULL;
    size_t count = 0;
    size_t asked = 0;
    TRY(bank_list(at->tx, at->arena, programme, "", &all, &count));
    for (size_t k = 0; k < count; k++)
        asked += all[k].off_at == 0;
    if (count >= BANK_EVER || asked >= BANK_MOST)
        return RC_LIMIT;
    for (const struct field_option *one = bank_moments; one->value != NULL; one++) {
        size_t here = 0;
        for (size_t k = 0; k < count; k++)
            here += all[k].off_at == 0 && bank_asks(&all[k], one->value);
        bool pair = strcmp(one->value, BANK_LATER) != 0;
        if (pair && here >= BANK_PAIR_MOST && bank_asks(more, one->value))
            return RC_LIMIT;
    }
    return RC_OK;
}

static enum rc put(const struct app_place *at, int64_t programme, const struct bank_question *q,
                   int64_t person)
{
    return db_do(at->tx, NULL,
                 "INSERT INTO bank_question(id, programme, kind, text, moments, audience, version, "
                 "after, off_at, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, "
                 "$10)",
                 DB_ARGS(DB_INT(db_new_id(at->now_us)), DB_INT(programme), DB_TEXT(q->kind),
                         DB_TEXT(q->text), DB_TEXT(q->moments), DB_TEXT(q->audience),
                         DB_INT(q->version), DB_INT(q->after), DB_INT(person), DB_INT(at->now_us)));
}

enum rc bank_add(const struct app_place *at, int64_t programme,
                 const struct bank_question *question, int64_t person)
{
    struct bank_question new = *question;
    TRY(refuse_too_many(at, programme, question));
    new.version = 1;
    new.after = 0;
    return put(at, programme, &new, person);
}

static enum rc find(const struct app_place *at, int64_t programme, int64_t id,
                    struct bank_question *ret_one)
{
    struct bank_question *all = NULL;
    size_t count = 0;
    TRY(bank_list(at->tx, at->arena, programme, "", &all, &count));
    for (size_t k = 0; k < count; k++)
        if (all[k].id == id) {
            *ret_one = all[k];
            return RC_OK;
        }
    return RC_NOT_FOUND;
}

static enum rc set_off(const struct app_place *at, int64_t id, int64_t off_at)
{
    return db_do(at->tx, NULL, "UPDATE bank_question SET off_at = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(id), DB_INT(off_at)));
}

enum rc bank_write_anew(const struct app_place *at, int64_t programme, int64_t id, const char *text,
                        int64_t person)
{
    struct bank_question one;
    TRY(find(at, programme, id, &one));
    if (one.off_at != 0 || one.replaced)
        return RC_EXISTS;
    TRY(set_off(at, id, at->now_us));
    TRY(refuse_too_many(at, programme, &one));
    one.text = text;
    one.after = id;
    one.version++;
    return put(at, programme, &one, person);
}

enum rc bank_turn(const struct app_place *at, int64_t programme, int64_t id, bool off)
{
    struct bank_question one;
    TRY(find(at, programme, id, &one));
    if ((one.off_at != 0) == off || one.replaced)
        return RC_EXISTS;
    if (!off)
        TRY(refuse_too_many(at, programme, &one));
    return set_off(at, id, off ? at->now_us : 0);
}

enum rc bank_take_over(const struct app_place *at, int64_t from, int64_t to)
{
    struct bank_question *all = NULL;
    size_t count = 0;
    TRY(bank_list(at->tx, at->arena, from, "", &all, &count));
    for (size_t k = 0; k < count; k++) {
        int64_t id = db_new_id(at->now_us);
        const char *name = arena_printf(at->arena, "own:%lld", (long long)id);
        if (name == NULL)
            return RC_NO_MEMORY;
        if (all[k].off_at != 0 || all[k].replaced)
            continue;
        TRY(db_do(at->tx, NULL,
                  "INSERT INTO bank_question(id, programme, kind, text, moments, audience, "
                  "version, after, off_at, made_by, made_at) SELECT $1, $2, kind, text, moments, "
                  "audience, 1, 0, 0, made_by, $4 FROM bank_question WHERE id = $3",
                  DB_ARGS(DB_INT(id), DB_INT(to), DB_INT(all[k].id), DB_INT(at->now_us))));
        TRY(objective_refigure(at->tx, to, all[k].name, name));
    }
    return RC_OK;
}
