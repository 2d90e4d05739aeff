// SPDX-License-Identifier: Apache-2.0
//
// The rows of circles and who is in them; see circle.h.
#include <string.h>

#include "app/index.h"
#include "app/network/circle.h"

#define APART(circle, person)                                                                      \
    "EXISTS (SELECT 1 FROM circle_member o JOIN avoid v ON (v.a = o.person AND v.b = " person      \
    ") OR (v.b = o.person AND v.a = " person ") WHERE o.circle = " circle                          \
    " AND o.state = 'member')"

#define CIRCLE                                                                                                \
    "SELECT c.id, c.cohort, c.title, c.topic, c.about, c.lead, c.colead, c.capacity, c.joining, "             \
    "c.visibility, c.state, c.reason, c.merge_into, c.ends_at, (SELECT count(*) FROM "                        \
    "circle_member n WHERE n.circle = c.id AND n.state = 'member'), l.name, coalesce(k.name, ''), "           \
    "coalesce(m.state, ''), CASE WHEN " APART(                                                                \
        "c.id",                                                                                               \
        "$1") " THEN 1 ELSE 0 END FROM circle c JOIN "                                                        \
              "person l ON l.id = c.lead LEFT JOIN person k ON k.id = c.colead LEFT JOIN circle_member m ON " \
              "m.circle = c.id AND m.person = $1 "

int64_t circle_free(const struct circle *circle)
{
    bool is_in = strcmp(circle->mine, "member") == 0;
    if (circle->members >= circle->capacity || (circle->apart == 1 && !is_in))
        return 0;
    return circle->capacity - circle->members;
}

static struct circle read_circle(const struct db_rows *r, size_t k)
{
    struct circle circle = {
        db_int(r, k, 0),   db_int(r, k, 1),   db_text(r, k, 2),  db_text(r, k, 3), db_text(r, k, 4),
        db_int(r, k, 5),   db_int(r, k, 6),   db_int(r, k, 7),   db_text(r, k, 8), db_text(r, k, 9),
        db_text(r, k, 10), db_text(r, k, 11), db_int(r, k, 12),  db_int(r, k, 13), db_int(r, k, 14),
        db_text(r, k, 15), db_text(r, k, 16), db_text(r, k, 17), db_int(r, k, 18)};
    circle.free = circle_free(&circle);
    return circle;
}

static enum rc read_circles(struct arena *arena, const struct db_rows *rows,
                            struct circle **ret_circles, size_t *ret_count)
{
    struct circle *all = ARENA_ARRAY(arena, struct circle, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_circle(rows, k);
    *ret_circles = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc circle_find(struct db_tx *tx, struct arena *arena, int64_t id, int64_t person,
                    struct circle *ret_circle)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, CIRCLE "WHERE c.id = $2", DB_ARGS(DB_INT(person), DB_INT(id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_circle = read_circle(rows, 0);
    return RC_OK;
}

enum rc circle_list(struct req *req, const struct network *network, const char *topic,
                    const char *after, struct circle **ret_circles, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        CIRCLE
        "WHERE c.cohort = $2 AND c.state = 'open' AND c.title > $4 AND ($3 = '' OR c.topic = "
        "$3) AND (c.visibility = 'public' OR (c.visibility = 'listed' AND $5 = 1) OR $6 = 1 "
        "OR m.state IN ('member', 'invited', 'waiting')) ORDER BY c.title, c.id LIMIT $7",
        DB_ARGS(DB_INT(network->me), DB_INT(network->cohort.id), DB_TEXT(topic), DB_TEXT(after),
                DB_INT(network->member), DB_INT(network->staff), DB_INT(CIRCLES_A_PAGE))));
    return read_circles(req->arena, rows, ret_circles, ret_count);
}

enum rc circle_list_mine(struct req *req, struct circle **ret_circles, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 CIRCLE "WHERE m.person = $1 AND c.state = 'open' AND m.state IN ('member', "
                        "'waiting', 'asked', 'invited') ORDER BY c.title, c.id LIMIT 50",
                 DB_ARGS(DB_INT(req->actor.person))));
    return read_circles(req->arena, rows, ret_circles, ret_count);
}

enum rc circle_askers(struct req *req, int64_t into, struct circle **ret_circles, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 CIRCLE
                 "WHERE c.merge_into = $2 AND c.state = 'open' AND c.cohort = (SELECT cohort "
                 "FROM circle WHERE id = $2) ORDER BY c.title LIMIT 20",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(into))));
    return read_circles(req->arena, rows, ret_circles, ret_count);
}

enum rc circle_add(const struct app_place *at, struct circle *c)
{
    if (c->id == 0)
        c->id = db_new_id(at->now_us);
    TRY(db_do(
        at->tx, NULL,
        "INSERT INTO circle(id, cohort, title, topic, about, lead, colead, capacity, joining, "
        "visibility, state, reason, merge_into, ends_at, made_at, ended_at) VALUES ($1, $2, "
        "$3, $4, $5, $6, 0, $7, $8, $9, 'open', '', 0, 0, $10, 0)",
        DB_ARGS(DB_INT(c->id), DB_INT(c->cohort), DB_TEXT(c->title), DB_TEXT(c->topic),
                DB_TEXT(c->about), DB_INT(c->lead), DB_INT(c->capacity), DB_TEXT(c->joining),
                DB_TEXT(c->visibility), DB_INT(at->now_us))));
    TRY(circle_index(at, c));
    return circle_set_member(at, c->id, c->lead, "member", "");
}

// What is public is found by its name alone: the rest is for the cohort.
enum rc circle_index(const struct app_place *at, const struct circle *c)
{
    bool all = strcmp(c->visibility, "public") == 0;
    const struct index_entry entry = {
        .kind = "circle",
        .subject = c->id,
        .audience = all ? INDEX_ALL : INDEX_COHORT,
        .scope = all ? 0 : c->cohort,
        .path = arena_printf(at->arena, "/circles/%lld", (long long)c->id),
        .title = c->title,
        .text = all ? "" : c->about};
    if (strcmp(c->visibility, "hidden") == 0)
        return index_drop(at, entry.kind, c->id);
    return entry.path == NULL ? RC_NO_MEMORY : index_put(at, &entry);
}

enum rc circle_update(const struct app_place *at, const struct circle *c)
{
    uint64_t changed = 0;
    TRY(db_do(at->tx, &changed,
              "UPDATE circle SET title = $2, topic = $3, about = $4, lead = $5, colead = $6, "
              "capacity = $7, joining = $8, visibility = $9, merge_into = $10, ends_at = $11 WHERE "
              "id = $1 AND state = 'open'",
              DB_ARGS(DB_INT(c->id), DB_TEXT(c->title), DB_TEXT(c->topic), DB_TEXT(c->about),
                      DB_INT(c->lead), DB_INT(c->colead), DB_INT(c->capacity), DB_TEXT(c->joining),
                      DB_TEXT(c->visibility), DB_INT(c->merge_into), DB_INT(c->ends_at))));
    return changed == 1 ? circle_index(at, c) : RC_EXISTS;
}

// ---- members ---------------------------------------------------------------------------------

enum rc circle_members(struct db_tx *tx, struct arena *arena, int64_t circle, const char *state,
                       struct circle_member **ret_members, size_t *ret_count)
{
    enum { MEMBERS_MOST = 200 };
    struct db_rows *r = NULL;
    TRY(db_query(
        tx, arena, &r,
        "SELECT m.person, p.name, p.pronouns, p.zone, m.state, m.words, m.at, CASE WHEN " APART(
            "m.circle", "m.person") " THEN 1 ELSE 0 END, coalesce((SELECT s.at FROM "
                                    "circle_signature s JOIN circle_agreement a ON a.id = "
                                    "s.agreement WHERE a.circle = $1 AND s.person = m.person AND "
                                    "a.version = (SELECT max(version) FROM circle_agreement WHERE "
                                    "circle = $1)), 0) FROM circle_member m JOIN person p ON p.id "
                                    "= m.person WHERE m.circle = $1 AND m.state = $2 ORDER BY "
                                    "m.at, m.person LIMIT $3",
        DB_ARGS(DB_INT(circle), DB_TEXT(state), DB_INT(MEMBERS_MOST))));
    struct circle_member *all = ARENA_ARRAY(arena, struct circle_member, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct circle_member){db_int(r, k, 0),  db_text(r, k, 1), db_text(r, k, 2),
                                        db_text(r, k, 3), db_text(r, k, 4), db_text(r, k, 5),
                                        db_int(r, k, 6),  db_int(r, k, 7),  db_int(r, k, 8)};
    *ret_members = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc circle_set_member(const struct app_place *at, int64_t circle, int64_t person,
                          const char *state, const char *words)
{
    return db_do(
        at->tx, NULL,
        "INSERT INTO circle_member(circle, person, state, words, at) VALUES ($1, $2, $3, "
        "$4, $5) ON CONFLICT(circle, person) DO UPDATE SET state = $3, words = $4, at = $5, turns = "
        "circle_member.turns + 1",
        DB_ARGS(DB_INT(circle), DB_INT(person), DB_TEXT(state), DB_TEXT(words),
                DB_INT(at->now_us)));
}

static const struct app_letter letter_place = {
    MSG("You have a place in the circle {2}"),
    {MSG("Hello {0},"),
                                            MSG("a place has become free in the circle {2}, and it is yours. If you can't take it, leave the circle there, so that the next one gets it:"),
                                            "{1}", NULL}
};

enum rc circle_fill(const struct app_place *at, int64_t id)
{
    for (int k = 0; k < CIRCLE_MOST; k++) {
        struct circle circle;
        struct db_rows *rows = NULL;
        TRY(circle_find(at->tx, at->arena, id, 0, &circle));
        if (strcmp(circle.state, "open") != 0 || circle.members >= circle.capacity)
            return RC_OK;
        TRY(db_query(at->tx, at->arena, &rows,
                     "SELECT m.person FROM circle_member m WHERE m.circle = $1 AND m.state = "
                     "'waiting' AND NOT " APART("m.circle", "m.person") " ORDER BY m.at, m.person "
                                                                        "LIMIT 1",
                     DB_ARGS(DB_INT(id))));
        if (db_count(rows) == 0)
            return RC_OK;
        const char *page = arena_printf(at->arena, "/circles/%lld", (long long)id);
        const struct notice notice = {.letter = &letter_place, .page = page, .title = circle.title};
        int64_t person = db_int(rows, 0, 0);
        TRY(circle_set_member(at, id, person, "member", ""));
        TRY(page == NULL ? RC_NO_MEMORY : network_tell(at, person, &notice));
        TRY(circle_invite_all(at, &circle, "REQUEST", person));
    }
    return RC_OK;
}

enum rc circle_tell(const struct app_place *at, const struct circle *circle, int64_t but,
                    const struct notice *notice)
{
    struct circle_member *all = NULL;
    size_t count = 0;
    TRY(circle_members(at->tx, at->arena, circle->id, "member", &all, &count));
    for (size_t k = 0; k < count; k++)
        if (all[k].person != but)
            TRY(network_tell(at, all[k].person, notice));
    return RC_OK;
}

// ---- leaving, closing, merging -----------------------------------------------------------------

static const struct app_letter letter_lead = {
    MSG("You lead the circle {2} now"),
    {MSG("Hello {0},"),
                                     MSG("whoever led the circle {2} has left, and as you led it too, it is yours now. You can name somebody to lead it with you, or close it:"),
                                     "{1}", NULL}
};
static const struct app_letter letter_leaderless = {
    MSG("Who leads the circle {2}?"),
    {MSG("Hello {0},"),
                                   MSG("whoever led the circle {2} has left. Anyone of you can take over with one press. If nobody does, the circle closes in 14 days:"),
                                   "{1}", NULL}
};
static const struct app_letter letter_small = {
    MSG("The circle {2} has become small"),
    {MSG("Hello {0},"),
                                         MSG("fewer than three people are in the circle {2}. You can go on, invite others, or ask another circle to take you in:"),
                                         "{1}", NULL}
};

// Whoever leads leaves: the other who leads takes over, or anyone may.
static enum rc pass_on(const struct app_place *at, struct circle *circle, int64_t person,
                       const char *page)
{
    struct notice notice = {.letter = &letter_lead, .page = page, .title = circle->title};
    if (circle->colead == person)
        circle->colead = 0;
    if (circle->lead != person)
        return circle_update(at, circle);
    if (circle->colead != 0) {
        circle->lead = circle->colead;
        circle->colead = 0;
        TRY(circle_update(at, circle));
        return network_tell(at, circle->lead, &notice);
    }
    circle->ends_at = at->now_us + CIRCLE_LEADERLESS_DAYS * NETWORK_DAY_US;
    notice.letter = &letter_leaderless;
    TRY(circle_update(at, circle));
    TRY(network_tell_staff(at, circle->cohort, &notice));
    return circle_tell(at, circle, person, &notice);
}

enum rc circle_leave(const struct app_place *at, int64_t id, int64_t person)
{
    struct circle circle;
    TRY(circle_find(at->tx, at->arena, id, person, &circle));
    bool member = strcmp(circle.mine, "member") == 0;
    if (strcmp(circle.mine, "") == 0 || strcmp(circle.mine, "left") == 0)
        return RC_OK;
    TRY(circle_set_member(at, id, person, "left", ""));
    if (!member || strcmp(circle.state, "open") != 0)
        return RC_OK;
    const char *page = arena_printf(at->arena, "/circles/%lld", (long long)id);
    const struct notice small = {.letter = &letter_small, .page = page, .title = circle.title};
    if (page == NULL)
        return RC_NO_MEMORY;
    circle.members--;
    TRY(circle_invite_all(at, &circle, "CANCEL", person));
    TRY(circle_goal_drop_all(at, id, person));
    if (circle.members == 0)
        return circle_end(at, &circle, "closed", "");
    TRY(pass_on(at, &circle, person, page));
    TRY(circle_fill(at, id));
    TRY(circle_find(at->tx, at->arena, id, person, &circle));
    if (circle.members == CIRCLE_LEAST - 1 && circle.ends_at == 0)
        return network_tell(at, circle.lead, &small);
    return RC_OK;
}

static const struct app_letter letter_closed = {
    MSG("The circle {2} has ended"),
    {MSG("Hello {0},"), MSG("the circle {2} has ended. Its meetings are called off."), "{3}",
                                  MSG("Other circles are here:"), "{1}", NULL}
};

// Meetings to come are called off with it.
enum rc circle_end(const struct app_place *at, const struct circle *circle, const char *state,
                   const char *reason)
{
    struct circle_meeting *meetings = NULL;
    size_t count = 0;
    uint64_t changed = 0;
    bool merged = strcmp(state, "merged") == 0;
    TRY(db_do(at->tx, &changed,
              "UPDATE circle SET state = $2, reason = $3, ended_at = $4 WHERE id = $1 AND state = "
              "'open'",
              DB_ARGS(DB_INT(circle->id), DB_TEXT(state), DB_TEXT(reason), DB_INT(at->now_us))));
    if (changed == 0)
        return RC_EXISTS;
    TRY(index_drop(at, "circle", circle->id));
    TRY(circle_meetings(at->tx, at->arena, circle->id, &meetings, &count));
    for (size_t k = 0; k < count; k++)
        if (strcmp(meetings[k].state, "planned") == 0 && meetings[k].at > at->now_us)
            TRY(circle_meeting_cancel(at, circle, &meetings[k], reason));
    const char *page = arena_printf(at->arena, "/cohorts/%lld/circles", (long long)circle->cohort);
    const struct notice notice = {
        .letter = &letter_closed, .page = page, .title = circle->title, .value = reason};
    if (page == NULL)
        return RC_NO_MEMORY;
    return merged ? RC_OK : circle_tell(at, circle, 0, &notice);
}

static const struct app_letter letter_merged = {
    MSG("Your circle goes on as {2}"),
    {MSG("Hello {0},"),
                                    MSG("your circle and the circle {2} go on as one. Read its agreement, and sign it if you want to stay:"),
                                    "{1}", NULL}
};

enum rc circle_merge(const struct app_place *at, const struct circle *from,
                     const struct circle *into)
{
    struct circle_member *all = NULL;
    struct circle now;
    size_t count = 0;
    const char *page = arena_printf(at->arena, "/circles/%lld", (long long)into->id);
    const struct notice notice = {.letter = &letter_merged, .page = page, .title = into->title};
    if (into->members + from->members > into->capacity)
        return RC_LIMIT;
    TRY(page == NULL ? RC_NO_MEMORY : circle_end(at, from, "merged", ""));
    TRY(circle_members(at->tx, at->arena, from->id, "member", &all, &count));
    for (size_t k = 0; k < count; k++) {
        TRY(circle_find(at->tx, at->arena, into->id, all[k].person, &now));
        if (strcmp(now.mine, "member") == 0)
            continue;
        // Whoever must be kept apart from somebody there waits, and is told no more.
        TRY(circle_set_member(at, into->id, all[k].person,
                              circle_free(&now) > 0 ? "member" : "waiting", ""));
        TRY(network_tell(at, all[k].person, &notice));
        if (circle_free(&now) > 0)
            TRY(circle_invite_all(at, into, "REQUEST", all[k].person));
    }
    return RC_OK;
}

enum rc circle_count_led(struct req *req, const struct network *net, int64_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT count(*) FROM circle WHERE lead = $1 AND cohort = $2 AND state = 'open'",
                 DB_ARGS(DB_INT(net->me), DB_INT(net->cohort.id))));
    *ret_count = db_int(rows, 0, 0);
    return RC_OK;
}
