// SPDX-License-Identifier: Apache-2.0
//
// The rows of short talks; see flash.h.
#include <string.h>

#include "app/network/flash.h"

#define FLASH                                                                                      \
    "SELECT f.id, f.cohort, f.mentor, p.name, f.topic, f.about, f.at, f.minutes, f.place, "        \
    "f.open_at, f.state, f.taker, coalesce(q.name, ''), f.words, f.sequence FROM flash f JOIN "    \
    "person p ON p.id = f.mentor LEFT JOIN person q ON q.id = f.taker "

static struct flash read_one(const struct db_rows *r, size_t k)
{
    return (struct flash){db_int(r, k, 0),   db_int(r, k, 1),   db_int(r, k, 2),   db_text(r, k, 3),
                          db_text(r, k, 4),  db_text(r, k, 5),  db_int(r, k, 6),   db_int(r, k, 7),
                          db_text(r, k, 8),  db_int(r, k, 9),   db_text(r, k, 10), db_int(r, k, 11),
                          db_text(r, k, 12), db_text(r, k, 13), db_int(r, k, 14)};
}

enum rc flash_list(struct req *req, const struct network *net, char which,
                   struct flash **ret_flashes, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    if (which == 'o')
        TRY(db_query(req->tx, req->arena, &rows,
                     FLASH
                     "WHERE f.cohort = $1 AND f.state = 'open' AND f.at > $2 AND f.mentor <> "
                     "$3 AND ($4 = 1 OR f.open_at <= $2) AND NOT EXISTS (SELECT 1 FROM avoid "
                     "v WHERE (v.a = $3 AND v.b = f.mentor) OR (v.b = $3 AND v.a = f.mentor)) "
                     "ORDER BY f.at, f.id LIMIT $5",
                     DB_ARGS(DB_INT(net->cohort.id), DB_INT(req->now_us), DB_INT(net->me),
                             DB_INT(net->seeks), DB_INT(FLASHES_SHOWN))));
    else if (which == 't')
        TRY(db_query(req->tx, req->arena, &rows,
                     FLASH "WHERE f.cohort = $1 AND f.taker = $3 AND f.taker <> 0 AND f.at > $2 "
                           "ORDER BY f.at, f.id LIMIT $4",
                     DB_ARGS(DB_INT(net->cohort.id), DB_INT(req->now_us - NETWORK_DAY_US),
                             DB_INT(net->me), DB_INT(FLASHES_SHOWN))));
    else
        TRY(db_query(req->tx, req->arena, &rows,
                     FLASH "WHERE f.cohort = $1 AND f.mentor = $3 AND f.at > $2 AND f.state <> "
                           "'cancelled' ORDER BY f.at, f.id LIMIT $4",
                     DB_ARGS(DB_INT(net->cohort.id), DB_INT(req->now_us - NETWORK_DAY_US),
                             DB_INT(net->me), DB_INT(FLASHES_SHOWN))));
    struct flash *all = ARENA_ARRAY(req->arena, struct flash, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_one(rows, k);
    *ret_flashes = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc flash_find(struct db_tx *tx, struct arena *arena, int64_t id, struct flash *ret_flash)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, FLASH "WHERE f.id = $1", DB_ARGS(DB_INT(id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_flash = read_one(rows, 0);
    return RC_OK;
}

int64_t flash_open_at(int64_t now_us, int64_t at_us)
{
    int64_t first = now_us + FLASH_FIRST_HOURS * NETWORK_HOUR_US;
    int64_t latest = at_us - FLASH_LATEST_HOURS * NETWORK_HOUR_US;
    return first < latest ? first : latest;
}

enum rc flash_add(const struct app_place *at, struct flash *f)
{
    f->id = db_new_id(at->now_us);
    return db_do(
        at->tx, NULL,
        "INSERT INTO flash(id, cohort, mentor, topic, about, at, minutes, place, open_at, "
        "state, taker, words, taken_at, sequence, made_at) VALUES ($1, $2, $3, $4, $5, $6, "
        "$7, $8, $9, 'open', 0, '', 0, 0, $10)",
        DB_ARGS(DB_INT(f->id), DB_INT(f->cohort), DB_INT(f->mentor), DB_TEXT(f->topic),
                DB_TEXT(f->about), DB_INT(f->at), DB_INT(f->minutes), DB_TEXT(f->place),
                DB_INT(flash_open_at(at->now_us, f->at)), DB_INT(at->now_us)));
}

static const struct app_letter letter_taken = {
    MSG("Your short talk with {2}: {4}"),
    {MSG("Hello {0},"), MSG("you have a short talk with {2} at {4}. The time is in your zone."),
                                       "{3}", "{1}", NULL}
};
static const struct app_letter letter_off = {
    MSG("Called off: your short talk with {2}, {4}"),
    {MSG("Hello {0},"), MSG("your short talk with {2} at {4} does not take place."), "{1}", NULL}
};

// To both, with the calendar.
static enum rc tell(const struct app_place *at, const struct flash *f, const char *taker_name,
                    const char *method)
{
    const char *page = arena_printf(at->arena, "/cohorts/%lld/talks", (long long)f->cohort);
    const char *uid =
        arena_printf(at->arena, "talk-%lld-%lld@trellis", (long long)f->id, (long long)f->taker);
    bool cancel = strcmp(method, "CANCEL") == 0;
    if (page == NULL || uid == NULL)
        return RC_NO_MEMORY;
    const struct calendar_event event = {
        .uid = uid, .sequence = f->sequence, .minutes = f->minutes, .location = f->place};
    struct notice notice = {.letter = cancel ? &letter_off : &letter_taken,
                            .page = page,
                            .title = f->mentor_name,
                            .value = f->place,
                            .at_us = f->at,
                            .event = &event,
                            .method = method};
    TRY(network_tell(at, f->taker, &notice));
    notice.title = taker_name;
    notice.value = f->words;
    return network_tell(at, f->mentor, &notice);
}

// The statement decides who was first.
enum rc flash_take(struct req *req, const struct network *net, int64_t id, const char *words)
{
    const struct app_place at = app_here(req);
    struct db_rows *rows = NULL;
    struct flash f;
    bool apart = false;
    uint64_t changed = 0;
    TRY(flash_find(req->tx, req->arena, id, &f));
    TRY(network_apart(req->tx, req->arena, f.mentor, net->me, &apart));
    if (f.cohort != net->cohort.id || f.mentor == net->me || apart ||
        (f.open_at > req->now_us && !net->seeks))
        return RC_NOT_FOUND;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT count(*) FROM flash WHERE taker = $1 AND taker <> 0 AND at > $2 AND state = "
        "'taken'",
        DB_ARGS(DB_INT(net->me), DB_INT(req->now_us))));
    if (db_int(rows, 0, 0) >= FLASH_TAKEN_MOST)
        return RC_LIMIT;
    TRY(db_do(req->tx, &changed,
              "UPDATE flash SET state = 'taken', taker = $2, words = $3, taken_at = $4, sequence = "
              "sequence + 1 WHERE id = $1 AND state = 'open' AND at > $4",
              DB_ARGS(DB_INT(id), DB_INT(net->me), DB_TEXT(words), DB_INT(req->now_us))));
    if (changed == 0)
        return RC_EXISTS;
    f.taker = net->me;
    f.words = words;
    f.sequence++;
    TRY(tell(&at, &f, req->actor.name, "REQUEST"));
    const struct announcement taken = {ANNOUNCE_TALK_TAKEN, f.cohort, 0, f.mentor, f.id};
    return app_announce(&at, &taken);
}

enum rc flash_release(const struct app_place *at, int64_t id, int64_t person)
{
    struct flash f;
    uint64_t changed = 0;
    TRY(flash_find(at->tx, at->arena, id, &f));
    TRY(db_do(at->tx, &changed,
              "UPDATE flash SET state = 'open', taker = 0, words = '', taken_at = 0, sequence = "
              "sequence + 1 WHERE id = $1 AND state = 'taken' AND taker = $2 AND at > $3",
              DB_ARGS(DB_INT(id), DB_INT(person), DB_INT(at->now_us))));
    if (changed == 0)
        return RC_EXISTS;
    f.sequence++;
    return tell(at, &f, f.taker_name, "CANCEL");
}

enum rc flash_cancel(const struct app_place *at, int64_t id, int64_t person)
{
    struct flash f;
    uint64_t changed = 0;
    TRY(flash_find(at->tx, at->arena, id, &f));
    TRY(db_do(
        at->tx, &changed,
        "UPDATE flash SET state = 'cancelled', sequence = sequence + 1 WHERE id = $1 AND mentor "
        "= $2 AND state IN ('open', 'taken') AND at > $3",
        DB_ARGS(DB_INT(id), DB_INT(person), DB_INT(at->now_us))));
    if (changed == 0)
        return RC_EXISTS;
    f.sequence++;
    return strcmp(f.state, "taken") == 0 ? tell(at, &f, f.taker_name, "CANCEL") : RC_OK;
}

enum rc flash_leave(const struct app_place *at, int64_t person, int64_t cohort)
{
    struct db_rows *rows = NULL;
    TRY(db_query(at->tx, at->arena, &rows,
                 "SELECT id, CASE WHEN mentor = $1 THEN 1 ELSE 0 END FROM flash WHERE at > $3 AND "
                 "($2 = 0 OR cohort = $2) AND ((mentor = $1 AND state IN ('open', 'taken')) OR "
                 "(taker = $1 AND taker <> 0 AND state = 'taken'))",
                 DB_ARGS(DB_INT(person), DB_INT(cohort), DB_INT(at->now_us))));
    for (size_t k = 0; k < db_count(rows); k++) {
        int64_t id = db_int(rows, k, 0);
        TRY(db_int(rows, k, 1) == 1 ? flash_cancel(at, id, person) : flash_release(at, id, person));
    }
    return RC_OK;
}
