// SPDX-License-Identifier: Apache-2.0
//
// The rows of introductions; see introduction.h.
#include <string.h>

#include "app/network/introduction.h"

enum { LIST_MOST = 50 };

#define INTRODUCTION                                                                               \
    "SELECT t.id, t.cohort, t.introducer, i.name, t.a, p.name, t.b, q.name, t.why, t.a_says, "     \
    "t.b_says, t.state, t.silent, t.made_at, t.ends_at FROM introduction t JOIN person i ON i.id " \
    "= t.introducer JOIN person p ON p.id = t.a JOIN person q ON q.id = t.b "

static struct introduction read_one(const struct db_rows *r, size_t k, int64_t me)
{
    struct introduction t = {
        db_int(r, k, 0),   db_int(r, k, 1),   db_int(r, k, 2),  db_text(r, k, 3), db_int(r, k, 4),
        db_text(r, k, 5),  db_int(r, k, 6),   db_text(r, k, 7), db_text(r, k, 8), db_text(r, k, 9),
        db_text(r, k, 10), db_text(r, k, 11), db_int(r, k, 12), db_int(r, k, 13), db_int(r, k, 14)};
    bool first = t.a == me;
    t.other = first ? t.b_name : t.a_name;
    t.mine = first ? t.a_says : t.b_says;
    t.stands = text_same(t.state, "asked") ? "asked" : text_same(t.state, "made") ? "made" : "over";
    return t;
}

enum rc introduction_known(struct req *req, const struct network *network,
                           struct network_person **ret_people, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT p.id, p.name FROM person p WHERE p.closed_at = 0 AND p.id <> $1 AND p.id IN (SELECT "
        "e.person FROM enrolment e WHERE e.cohort = $2 AND e.state IN ('approved', 'waitlisted')) "
        "AND NOT EXISTS (SELECT 1 FROM avoid v WHERE (v.a = $1 AND v.b = p.id) OR (v.b = $1 AND v.a "
        "= p.id)) AND ($3 = 1 OR p.id IN (SELECT y.person FROM enrolment x JOIN match m ON m.mentee "
        "= x.id JOIN enrolment y ON y.id = m.mentor WHERE x.person = $1 AND m.began_at > 0) OR p.id "
        "IN (SELECT x.person FROM enrolment y JOIN match m ON m.mentor = y.id JOIN enrolment x ON "
        "x.id = m.mentee WHERE y.person = $1 AND m.began_at > 0) OR p.id IN (SELECT o.person FROM "
        "circle_member s JOIN circle_member o ON o.circle = s.circle AND o.state = 'member' WHERE "
        "s.person = $1 AND s.state = 'member') OR p.id IN (SELECT o.person FROM round_place s JOIN "
        "round_place o ON o.round = s.round AND o.team = s.team WHERE s.person = $1) OR p.id IN "
        "(SELECT b FROM introduction WHERE a = $1 AND state = 'made') OR p.id IN (SELECT a FROM "
        "introduction WHERE b = $1 AND state = 'made')) ORDER BY p.name, p.id LIMIT $4",
        DB_ARGS(DB_INT(network->me), DB_INT(network->cohort.id), DB_INT(network->staff),
                DB_INT(ACQUAINTANCES_MOST))));
    struct network_person *all = ARENA_ARRAY(req->arena, struct network_person, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct network_person){.id = db_int(r, k, 0), .name = db_text(r, k, 1)};
    *ret_people = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc introduction_put(const struct app_place *at, const struct introduction *t)
{
    return db_do(
        at->tx, NULL,
        "INSERT INTO introduction(id, cohort, introducer, a, b, why, a_says, b_says, state, "
        "silent, made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
        "$12)",
        DB_ARGS(DB_INT(t->id), DB_INT(t->cohort), DB_INT(t->introducer), DB_INT(t->a), DB_INT(t->b),
                DB_TEXT(t->why), DB_TEXT(t->a_says), DB_TEXT(t->b_says), DB_TEXT(t->state),
                DB_INT(t->silent), DB_INT(t->made_at), DB_INT(t->ends_at)));
}

static const struct app_letter letter_asked = {
    MSG("{3} would like to introduce you to somebody"),
    {MSG("Hello {0},"),
                                                     MSG("{3} thinks that you and {2} should know each other. Say yes or no by yourself: only two yeses tell anybody anything."),
                                                     "{1}", NULL}
};

static enum rc ask(const struct app_place *at, const struct introduction *t, const char *by,
                   const char *url, bool first)
{
    struct network_person other;
    TRY(network_person_find(at->tx, at->arena, first ? t->b : t->a, &other));
    const struct notice notice = {
        .letter = &letter_asked, .page = url, .title = other.name, .value = by};
    return network_tell(at, first ? t->a : t->b, &notice);
}

// What the same two were asked before, by whom; and how much is open.
static enum rc check_limits(struct req *req, const struct introduction *t, bool *ret_silent)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT (SELECT count(*) FROM introduction WHERE introducer = $1 AND made_at > $4 AND state "
        "= 'asked'), (SELECT count(*) FROM introduction WHERE a = $2 AND b = $3 AND introducer = $1 "
        "AND made_at > $5), (SELECT count(*) FROM introduction WHERE a = $2 AND b = $3 AND "
        "introducer <> $1 AND made_at > $5), (SELECT count(*) FROM introduction WHERE state = "
        "'asked' AND silent = 0 AND a IN ($2, $3)) + (SELECT count(*) FROM introduction WHERE state "
        "= 'asked' AND silent = 0 AND b IN ($2, $3))",
        DB_ARGS(DB_INT(t->introducer), DB_INT(t->a), DB_INT(t->b),
                DB_INT(req->now_us - INTRODUCTION_DAYS * NETWORK_DAY_US),
                DB_INT(req->now_us - INTRODUCTION_AGAIN_DAYS * NETWORK_DAY_US))));
    if (db_int(r, 0, 1) > 0)
        return RC_EXISTS;
    if (db_int(r, 0, 0) >= INTRODUCTIONS_OPEN_MOST)
        return RC_LIMIT;
    *ret_silent = db_int(r, 0, 2) > 0 || db_int(r, 0, 3) >= (int64_t)2 * INTRODUCTIONS_ASKED_MOST;
    return RC_OK;
}

// Whoever proposes sees the same whether the two are asked or, because they must be kept apart or
// were asked lately, are not.
enum rc introduction_add(struct req *req, struct introduction *t)
{
    const struct app_place at = app_here(req);
    bool apart = false;
    bool silent = false;
    if (t->a > t->b) {
        int64_t held = t->a;
        t->a = t->b;
        t->b = held;
    }
    TRY(check_limits(req, t, &silent));
    TRY(network_apart(req->tx, req->arena, t->a, t->b, &apart));
    t->id = db_new_id(req->now_us);
    t->a_says = "";
    t->b_says = "";
    t->state = "asked";
    t->silent = apart || silent;
    t->made_at = req->now_us;
    t->ends_at = req->now_us + INTRODUCTION_DAYS * NETWORK_DAY_US;
    TRY(introduction_put(&at, t));
    const char *url = arena_printf(req->arena, "/introductions/%lld", (long long)t->id);
    if (url == NULL)
        return RC_NO_MEMORY;
    if (t->silent == 1)
        return RC_OK;
    TRY(ask(&at, t, req->actor.name, url, true));
    return ask(&at, t, req->actor.name, url, false);
}

enum rc introduction_list(struct req *req, int64_t cohort, char role,
                          struct introduction **ret_introductions, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    if (role == 'i')
        TRY(db_query(req->tx, req->arena, &rows,
                     INTRODUCTION "WHERE t.introducer = $1 AND ($2 = 0 OR t.cohort = $2) ORDER BY "
                                  "t.made_at DESC LIMIT $3",
                     DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort), DB_INT(LIST_MOST))));
    else
        TRY(db_query(req->tx, req->arena, &rows,
                     INTRODUCTION "WHERE (t.a = $1 OR t.b = $1) AND t.silent = 0 AND ($2 = 0 OR "
                                  "t.cohort = $2) AND t.state IN ('asked', 'made') ORDER BY "
                                  "t.made_at DESC LIMIT $3",
                     DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort), DB_INT(LIST_MOST))));
    struct introduction *all = ARENA_ARRAY(req->arena, struct introduction, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_one(rows, k, req->actor.person);
    *ret_introductions = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc introduction_find(struct req *req, int64_t id, struct introduction *ret_introduction)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 INTRODUCTION "WHERE t.id = $1 AND (t.a = $2 OR t.b = $2) AND t.silent = 0 AND "
                              "t.state <> 'withdrawn'",
                 DB_ARGS(DB_INT(id), DB_INT(req->actor.person))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_introduction = read_one(rows, 0, req->actor.person);
    return RC_OK;
}

static const struct app_letter letter_made = {
    MSG("You two know each other now: {2}"),
    {MSG("Hello {0},"), MSG("you and {2} have both said yes. Write to each other: {3}"),
                                          MSG("Why you were introduced:"), "{1}", NULL}
};
static const struct app_letter letter_thanks = {
    MSG("You have introduced two people"),
    {MSG("Hello {0},"), MSG("{2} and {3} have both said yes, and know each other now. Thank you!"),
                                        "{1}", NULL}
};

static enum rc make(const struct app_place *at, const struct introduction *t)
{
    struct network_person a;
    struct network_person b;
    bool apart = false;
    const char *page = arena_printf(at->arena, "/introductions/%lld", (long long)t->id);
    const char *list = arena_printf(at->arena, "/cohorts/%lld/introductions", (long long)t->cohort);
    if (page == NULL || list == NULL)
        return RC_NO_MEMORY;
    // One of the two may have asked to be kept apart since: then it never comes about.
    TRY(network_apart(at->tx, at->arena, t->a, t->b, &apart));
    if (apart)
        return db_do(at->tx, NULL, "UPDATE introduction SET silent = 1 WHERE id = $1",
                     DB_ARGS(DB_INT(t->id)));
    TRY(network_person_find(at->tx, at->arena, t->a, &a));
    TRY(network_person_find(at->tx, at->arena, t->b, &b));
    TRY(db_do(at->tx, NULL, "UPDATE introduction SET state = 'made' WHERE id = $1",
              DB_ARGS(DB_INT(t->id))));
    struct notice notice = {
        .letter = &letter_made, .page = page, .title = b.name, .value = b.email};
    TRY(network_tell(at, a.id, &notice));
    notice.title = a.name;
    notice.value = a.email;
    TRY(network_tell(at, b.id, &notice));
    notice =
        (struct notice){.letter = &letter_thanks, .page = list, .title = a.name, .value = b.name};
    TRY(network_tell(at, t->introducer, &notice));
    const struct announcement made = {ANNOUNCE_INTRODUCTION_MADE, t->cohort, 0, t->introducer,
                                      t->id};
    return app_announce(at, &made);
}

enum rc introduction_answer(struct req *req, const struct introduction *t, bool yes)
{
    const struct app_place at = app_here(req);
    bool first = t->a == req->actor.person;
    const char *other = first ? t->b_says : t->a_says;
    uint64_t changed = 0;
    TRY(db_do(req->tx, &changed,
              "UPDATE introduction SET a_says = CASE WHEN $2 = 1 THEN $3 ELSE a_says END, b_says = "
              "CASE WHEN $2 = 0 THEN $3 ELSE b_says END WHERE id = $1 AND state = 'asked' AND "
              "(($2 = 1 AND a_says = '') OR ($2 = 0 AND b_says = ''))",
              DB_ARGS(DB_INT(t->id), DB_INT(first), DB_TEXT(yes ? "yes" : "no"))));
    if (changed == 0)
        return RC_EXISTS;
    return yes && strcmp(other, "yes") == 0 ? make(&at, t) : RC_OK;
}

enum rc introduction_withdraw(struct req *req, int64_t id)
{
    uint64_t changed = 0;
    TRY(db_do(req->tx, &changed,
              "UPDATE introduction SET state = 'withdrawn' WHERE id = $1 AND introducer = $2 AND "
              "state = 'asked'",
              DB_ARGS(DB_INT(id), DB_INT(req->actor.person))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

// Nobody is told: a no and no answer look alike.
enum rc introduction_expire(const struct app_place *at, int64_t id)
{
    return db_do(at->tx, NULL,
                 "UPDATE introduction SET state = 'expired' WHERE id = $1 AND state = 'asked'",
                 DB_ARGS(DB_INT(id)));
}

enum rc introduction_leave(const struct app_place *at, int64_t person, int64_t cohort)
{
    return db_do(at->tx, NULL,
                 "UPDATE introduction SET silent = 1 WHERE state = 'asked' AND ($2 = 0 OR cohort = "
                 "$2) AND (a = $1 OR b = $1 OR introducer = $1)",
                 DB_ARGS(DB_INT(person), DB_INT(cohort)));
}
