// SPDX-License-Identifier: Apache-2.0
//
// The rows of what a circle does: its agreement, meetings, goals and board; see circle.h.
#include <string.h>

#include "app/network/circle.h"
#include "app/pair/pair_talk.h"

// ---- the agreement ---------------------------------------------------------------------------

enum rc circle_agreement_now(struct req *req, int64_t circle, struct circle_agreement *ret)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT a.id, a.version, a.goals, a.cadence, a.channel, a.scheduling, a.privacy, a.notice, "
        "a.ends_on, a.otherwise, a.made_at, (SELECT count(*) FROM circle_signature s JOIN "
        "circle_member m ON m.circle = a.circle AND m.person = s.person AND m.state = 'member' "
        "WHERE s.agreement = a.id), coalesce((SELECT s.at FROM circle_signature s WHERE "
        "s.agreement = a.id AND s.person = $2), 0) FROM circle_agreement a WHERE a.circle = $1 "
        "ORDER BY a.version DESC LIMIT 1",
        DB_ARGS(DB_INT(circle), DB_INT(req->actor.person))));
    *ret = (struct circle_agreement){0};
    if (db_count(r) > 0)
        *ret = (struct circle_agreement){db_int(r, 0, 0),  db_int(r, 0, 1),  db_text(r, 0, 2),
                                         db_int(r, 0, 3),  db_text(r, 0, 4), db_text(r, 0, 5),
                                         db_text(r, 0, 6), db_int(r, 0, 7),  db_text(r, 0, 8),
                                         db_text(r, 0, 9), db_int(r, 0, 10), db_int(r, 0, 11),
                                         db_int(r, 0, 12)};
    return RC_OK;
}

enum rc circle_agreement_add(struct req *req, int64_t circle, struct circle_agreement *a)
{
    struct circle_agreement old;
    TRY(circle_agreement_now(req, circle, &old));
    a->id = db_new_id(req->now_us);
    a->version = old.version + 1;
    TRY(db_do(req->tx, NULL,
              "INSERT INTO circle_agreement(id, circle, version, goals, cadence, channel, "
              "scheduling, privacy, notice, ends_on, otherwise, made_by, made_at) VALUES ($1, $2, "
              "$3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
              DB_ARGS(DB_INT(a->id), DB_INT(circle), DB_INT(a->version), DB_TEXT(a->goals),
                      DB_INT(a->cadence), DB_TEXT(a->channel), DB_TEXT(a->scheduling),
                      DB_TEXT(a->privacy), DB_INT(a->notice), DB_TEXT(a->ends_on),
                      DB_TEXT(a->otherwise), DB_INT(req->actor.person), DB_INT(req->now_us))));
    return circle_agreement_sign(req, circle, a->version);
}

enum rc circle_agreement_sign(struct req *req, int64_t circle, int64_t version)
{
    struct circle_agreement now;
    TRY(circle_agreement_now(req, circle, &now));
    if (now.version == 0 || now.version != version || now.mine != 0)
        return RC_EXISTS;
    return db_do(req->tx, NULL,
                 "INSERT INTO circle_signature(agreement, person, at) VALUES ($1, $2, $3)",
                 DB_ARGS(DB_INT(now.id), DB_INT(req->actor.person), DB_INT(req->now_us)));
}

// ---- meetings --------------------------------------------------------------------------------

#define MEETING                                                                                    \
    "SELECT m.id, m.circle, m.state, m.at, m.minutes, m.place, m.agenda, m.sequence, m.reason, "   \
    "(SELECT count(*) FROM circle_presence p WHERE p.meeting = m.id) FROM circle_meeting m "

static struct circle_meeting read_meeting(const struct db_rows *r, size_t k)
{
    return (struct circle_meeting){
        db_int(r, k, 0),  db_int(r, k, 1),  db_text(r, k, 2), db_int(r, k, 3),  db_int(r, k, 4),
        db_text(r, k, 5), db_text(r, k, 6), db_int(r, k, 7),  db_text(r, k, 8), db_int(r, k, 9)};
}

enum rc circle_meetings(struct db_tx *tx, struct arena *arena, int64_t circle,
                        struct circle_meeting **ret_meetings, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, MEETING "WHERE m.circle = $1 ORDER BY m.at DESC LIMIT 200",
                 DB_ARGS(DB_INT(circle))));
    struct circle_meeting *all = ARENA_ARRAY(arena, struct circle_meeting, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_meeting(rows, k);
    *ret_meetings = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc circle_meeting_find(struct db_tx *tx, struct arena *arena, int64_t circle, int64_t id,
                            struct circle_meeting *ret_meeting)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, MEETING "WHERE m.circle = $1 AND m.id = $2",
                 DB_ARGS(DB_INT(circle), DB_INT(id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_meeting = read_meeting(rows, 0);
    return RC_OK;
}

enum rc circle_meeting_add(const struct app_place *at, struct circle_meeting *m)
{
    m->id = db_new_id(at->now_us);
    return db_do(at->tx, NULL,
                 "INSERT INTO circle_meeting(id, circle, state, at, minutes, place, agenda, "
                 "sequence, reason, reminded, changed_at) VALUES ($1, $2, 'planned', $3, $4, $5, "
                 "$6, 0, '', 0, $7)",
                 DB_ARGS(DB_INT(m->id), DB_INT(m->circle), DB_INT(m->at), DB_INT(m->minutes),
                         DB_TEXT(m->place), DB_TEXT(m->agenda), DB_INT(at->now_us)));
}

static const struct app_letter letter_meeting = {
    MSG("The circle {2} meets: {4}"),
    {MSG("Hello {0},"), MSG("the circle {2} meets at {4}. The time is in your zone."), "{1}",
                                   NULL}
};
static const struct app_letter letter_off = {
    MSG("Called off: the circle {2}, {4}"),
    {MSG("Hello {0},"), MSG("the circle {2} does not meet with you at {4}."), "{3}", "{1}", NULL}
};

// A calendar takes for newer what has a higher number: it rises with the meeting, and with each
// time that she comes or goes.
static enum rc find_sequence(const struct app_place *at, const struct circle_meeting *m,
                             int64_t person, int64_t *ret_sequence)
{
    struct db_rows *rows = NULL;
    TRY(db_query(at->tx, at->arena, &rows,
                 "SELECT turns FROM circle_member WHERE circle = $1 AND person = $2",
                 DB_ARGS(DB_INT(m->circle), DB_INT(person))));
    *ret_sequence = m->sequence + (db_count(rows) == 0 ? 0 : db_int(rows, 0, 0));
    return RC_OK;
}

static enum rc invite_one(const struct app_place *at, const struct circle *circle,
                          const struct circle_meeting *m, const char *method, int64_t person)
{
    int64_t sequence = 0;
    TRY(find_sequence(at, m, person, &sequence));
    const char *page = arena_printf(at->arena, "/circles/%lld/meetings/%lld", (long long)circle->id,
                                    (long long)m->id);
    const char *uid = arena_printf(at->arena, "circle-%lld@trellis", (long long)m->id);
    bool cancel = strcmp(method, "CANCEL") == 0;
    if (page == NULL || uid == NULL)
        return RC_NO_MEMORY;
    const struct calendar_event event = {
        .uid = uid, .sequence = sequence, .minutes = m->minutes, .location = m->place};
    const struct notice notice = {.letter = cancel ? &letter_off : &letter_meeting,
                                  .page = page,
                                  .title = circle->title,
                                  .value = cancel ? m->reason : "",
                                  .at_us = m->at,
                                  .event = &event,
                                  .method = method};
    return network_tell(at, person, &notice);
}

enum rc circle_invite(const struct app_place *at, const struct circle *circle,
                      const struct circle_meeting *m, const char *method, int64_t person)
{
    struct circle_member *all = NULL;
    size_t count = 0;
    if (person != 0)
        return invite_one(at, circle, m, method, person);
    TRY(circle_members(at->tx, at->arena, circle->id, "member", &all, &count));
    for (size_t k = 0; k < count; k++)
        TRY(invite_one(at, circle, m, method, all[k].person));
    return RC_OK;
}

enum rc circle_invite_all(const struct app_place *at, const struct circle *circle,
                          const char *method, int64_t person)
{
    struct circle_meeting *all = NULL;
    size_t count = 0;
    TRY(circle_meetings(at->tx, at->arena, circle->id, &all, &count));
    for (size_t k = count; k > 0; k--)
        if (strcmp(all[k - 1].state, "planned") == 0 && all[k - 1].at > at->now_us)
            TRY(circle_invite(at, circle, &all[k - 1], method, person));
    return RC_OK;
}

enum rc circle_meeting_cancel(const struct app_place *at, const struct circle *circle,
                              struct circle_meeting *m, const char *reason)
{
    uint64_t changed = 0;
    TRY(db_do(
        at->tx, &changed,
        "UPDATE circle_meeting SET state = 'cancelled', reason = $2, sequence = sequence + 1, "
        "changed_at = $3 WHERE id = $1 AND state = 'planned'",
        DB_ARGS(DB_INT(m->id), DB_TEXT(reason), DB_INT(at->now_us))));
    m->reason = reason;
    m->sequence++;
    return changed == 1 ? circle_invite(at, circle, m, "CANCEL", 0) : RC_EXISTS;
}

enum rc circle_presence(struct db_tx *tx, struct arena *arena, int64_t meeting,
                        int64_t **ret_people, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT person FROM circle_presence WHERE meeting = $1 ORDER BY person LIMIT 100",
                 DB_ARGS(DB_INT(meeting))));
    int64_t *all = ARENA_ARRAY(arena, int64_t, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = db_int(rows, k, 0);
    *ret_people = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

// Who was there is announced once a person, also when the list is corrected later.
static const struct app_letter letter_unsigned = {
    MSG("The circle {2}: have you agreed how you work together?"),
    {MSG("Hello {0},"),
                                                                MSG("the circle {2} has met twice, and your name is not under its agreement yet. It takes ten minutes, and saves trouble:"),
                                                                "{1}", MSG("To get no more of these letters: {5}"), NULL}
};

// Once, after its second meeting, those who have not signed the newest agreement.
static enum rc remind_agreement(const struct app_place *at, const struct circle *circle)
{
    struct circle_member *all = NULL;
    size_t count = 0;
    uint64_t changed = 0;
    const char *page = arena_printf(at->arena, "/circles/%lld/agreement", (long long)circle->id);
    const struct notice notice = {
        .letter = &letter_unsigned, .page = page, .title = circle->title, .kind = LETTER_NUDGE};
    if (page == NULL)
        return RC_NO_MEMORY;
    TRY(db_do(
        at->tx, &changed,
        "UPDATE circle SET agreement_asked = $2 WHERE id = $1 AND agreement_asked = 0 AND "
        "(SELECT count(*) FROM circle_meeting m WHERE m.circle = $1 AND m.state = 'held') >= 2",
        DB_ARGS(DB_INT(circle->id), DB_INT(at->now_us))));
    if (changed == 0)
        return RC_OK;
    TRY(circle_members(at->tx, at->arena, circle->id, "member", &all, &count));
    for (size_t k = 0; k < count; k++)
        if (all[k].signed_at == 0)
            TRY(network_tell(at, all[k].person, &notice));
    return RC_OK;
}

enum rc circle_meeting_held(const struct app_place *at, const struct circle *circle,
                            const struct circle_meeting *m, const int64_t *people, size_t count)
{
    int64_t *before = NULL;
    size_t before_count = 0;
    uint64_t changed = 0;
    TRY(db_do(at->tx, &changed,
              "UPDATE circle_meeting SET state = 'held', changed_at = $2 WHERE id = $1 AND state "
              "<> 'cancelled'",
              DB_ARGS(DB_INT(m->id), DB_INT(at->now_us))));
    if (changed == 0)
        return RC_EXISTS;
    TRY(circle_presence(at->tx, at->arena, m->id, &before, &before_count));
    TRY(db_do(at->tx, NULL, "DELETE FROM circle_presence WHERE meeting = $1",
              DB_ARGS(DB_INT(m->id))));
    for (size_t k = 0; k < count; k++) {
        const struct announcement met = {ANNOUNCE_CIRCLE_MET, circle->cohort, 0, people[k], m->id};
        bool known = false;
        for (size_t b = 0; b < before_count; b++)
            known = known || before[b] == people[k];
        TRY(db_do(at->tx, NULL,
                  "INSERT INTO circle_presence(meeting, person, at) VALUES ($1, $2, $3)",
                  DB_ARGS(DB_INT(m->id), DB_INT(people[k]), DB_INT(at->now_us))));
        if (!known)
            TRY(app_announce(at, &met));
    }
    return remind_agreement(at, circle);
}

// ---- goals -----------------------------------------------------------------------------------

enum rc circle_goals(struct db_tx *tx, struct arena *arena, int64_t circle,
                     struct circle_goal **ret_goals, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        tx, arena, &r,
        "SELECT g.id, g.owner, p.name, g.title, g.success, g.due, g.state FROM circle_goal "
        "g JOIN person p ON p.id = g.owner WHERE g.circle = $1 ORDER BY CASE WHEN g.state "
        "= 'open' THEN 0 ELSE 1 END, g.id LIMIT 200",
        DB_ARGS(DB_INT(circle))));
    struct circle_goal *all = ARENA_ARRAY(arena, struct circle_goal, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct circle_goal){db_int(r, k, 0),  db_int(r, k, 1),  db_text(r, k, 2),
                                      db_text(r, k, 3), db_text(r, k, 4), db_text(r, k, 5),
                                      db_text(r, k, 6)};
    *ret_goals = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc circle_goal_add(struct req *req, int64_t circle, const struct circle_goal *g)
{
    int64_t id = db_new_id(req->now_us);
    return db_do(req->tx, NULL,
                 "INSERT INTO circle_goal(id, circle, owner, title, success, due, state, made_at, "
                 "changed_at) VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $7)",
                 DB_ARGS(DB_INT(id), DB_INT(circle), DB_INT(g->owner), DB_TEXT(g->title),
                         DB_TEXT(g->success), DB_TEXT(g->due), DB_INT(req->now_us)));
}

enum rc circle_goal_end(struct req *req, int64_t circle, int64_t goal, const char *state)
{
    uint64_t changed = 0;
    TRY(db_do(
        req->tx, &changed,
        "UPDATE circle_goal SET state = $4, changed_at = $5 WHERE circle = $1 AND id = $2 AND "
        "owner = $3 AND state = 'open'",
        DB_ARGS(DB_INT(circle), DB_INT(goal), DB_INT(req->actor.person), DB_TEXT(state),
                DB_INT(req->now_us))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc circle_goal_drop_all(const struct app_place *at, int64_t circle, int64_t owner)
{
    return db_do(at->tx, NULL,
                 "UPDATE circle_goal SET state = 'dropped', changed_at = $3 WHERE circle = $1 AND "
                 "owner = $2 AND state = 'open'",
                 DB_ARGS(DB_INT(circle), DB_INT(owner), DB_INT(at->now_us)));
}

// ---- the board -------------------------------------------------------------------------------

#define POST                                                                                       \
    "SELECT t.id, t.person, p.name, CASE WHEN t.removed_at = 0 THEN t.text ELSE '' END, t.at, "    \
    "t.removed_at, t.reason FROM circle_post t JOIN person p ON p.id = t.person "

static struct circle_post read_post(const struct db_rows *r, size_t k)
{
    return (struct circle_post){db_int(r, k, 0),  db_int(r, k, 1), db_text(r, k, 2),
                                db_text(r, k, 3), db_int(r, k, 4), db_int(r, k, 5),
                                db_text(r, k, 6)};
}

enum rc circle_posts(struct db_tx *tx, struct arena *arena, int64_t circle, int64_t before,
                     struct circle_post **ret_posts, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 POST "WHERE t.circle = $1 AND ($2 = 0 OR t.id < $2) ORDER BY t.id DESC LIMIT $3",
                 DB_ARGS(DB_INT(circle), DB_INT(before), DB_INT(POSTS_A_PAGE))));
    struct circle_post *all = ARENA_ARRAY(arena, struct circle_post, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_post(rows, k);
    *ret_posts = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc circle_post_find(struct db_tx *tx, struct arena *arena, int64_t circle, int64_t id,
                         struct circle_post *ret_post)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, POST "WHERE t.circle = $1 AND t.id = $2 AND t.removed_at = 0",
                 DB_ARGS(DB_INT(circle), DB_INT(id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_post = read_post(rows, 0);
    return RC_OK;
}

enum rc circle_post_add(struct req *req, int64_t circle, const char *text)
{
    struct db_rows *rows = NULL;
    int64_t id = db_new_id(req->now_us);
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT count(*) FROM circle_post WHERE circle = $1 AND person = $2 AND at > $3",
        DB_ARGS(DB_INT(circle), DB_INT(req->actor.person), DB_INT(req->now_us - NETWORK_HOUR_US))));
    if (db_int(rows, 0, 0) >= POSTS_AN_HOUR)
        return RC_LIMIT;
    return db_do(req->tx, NULL,
                 "INSERT INTO circle_post(id, circle, person, text, at, removed_at, removed_by, "
                 "reason) VALUES ($1, $2, $3, $4, $5, 0, 0, '')",
                 DB_ARGS(DB_INT(id), DB_INT(circle), DB_INT(req->actor.person), DB_TEXT(text),
                         DB_INT(req->now_us)));
}

enum rc circle_post_remove(struct req *req, int64_t circle, int64_t id, const char *reason)
{
    uint64_t changed = 0;
    TRY(db_do(req->tx, &changed,
              "UPDATE circle_post SET removed_at = $3, removed_by = $4, reason = $5 WHERE circle = "
              "$1 AND id = $2 AND removed_at = 0",
              DB_ARGS(DB_INT(circle), DB_INT(id), DB_INT(req->now_us), DB_INT(req->actor.person),
                      DB_TEXT(reason))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc circle_count_planned(struct req *req, int64_t circle, int64_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT count(*) FROM circle_meeting WHERE circle = $1 AND state = 'planned' AND at > $2",
        DB_ARGS(DB_INT(circle), DB_INT(req->now_us))));
    *ret_count = db_int(rows, 0, 0);
    return RC_OK;
}
