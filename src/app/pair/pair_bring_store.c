// SPDX-License-Identifier: Apache-2.0
//
// The rows of what a mentee takes along to another mentor; see pair_bring.h.
#include <string.h>

#include "app/pair/pair_bring.h"

// $1 the mentee's enrolment, $2 the pair to which things would move.
#define FROM_OLD(match)                                                                            \
    "JOIN match m ON m.id = " match " JOIN enrolment x ON x.id = m.mentee JOIN enrolment y ON "    \
    "y.id = m.mentor JOIN person b ON b.id = y.person WHERE m.mentee = $1 AND m.state IN "         \
    "('ended', 'completed') "
#define NOT_YET(kind, id)                                                                          \
    "AND NOT EXISTS (SELECT 1 FROM brought h WHERE h.match = $2 AND h.kind = '" kind               \
    "' AND h.item = " id ") "
#define WISHED(kind, id)                                                                           \
    "(SELECT count(*) FROM bring_wish w WHERE w.match = m.id AND w.kind = '" kind                  \
    "' AND w.item = " id ")"

enum rc bring_list(struct req *req, const struct pair *pair, struct old_thing **ret_old,
                   size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT 'goal' AS kind, g.id, g.title, b.name, " WISHED(
            "goal", "g.id") " FROM goal g " FROM_OLD("g.match")
            NOT_YET(
                "goal",
                "g.id") "AND g.state NOT IN ('achieved', 'dropped') AND g.of_signup = 0 "
                        "UNION ALL SELECT 'action', a.id, a.title, b.name, " WISHED(
                            "action",
                            "a.id") " FROM meeting_action a JOIN meeting t ON t.id = a.meeting " FROM_OLD("t.match")
                            NOT_YET(
                                "action",
                                "a.id") "AND a.owner = x.person AND a.done_at = 0 UNION ALL SELECT 'note', "
                                        "n.id, n.text, b.name, " WISHED(
                                            "note",
                                            "n.id") " FROM meeting_note n JOIN meeting t ON "
                                                    "t.id = n.meeting " FROM_OLD("t.match") NOT_YET(
                                                        "note",
                                                        "n.id") "AND n.person = x.person "
                                                                "AND n.shared = 1 ORDER BY 1, 2 LIMIT $3",
        DB_ARGS(DB_INT(pair->match.mentee), DB_INT(pair->match.id), DB_INT(BRING_MAX))));
    struct old_thing *all = ARENA_ARRAY(req->arena, struct old_thing, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct old_thing){db_text(r, k, 0), db_int(r, k, 1), db_text(r, k, 2),
                                    db_text(r, k, 3), db_int(r, k, 4) > 0};
    *ret_old = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc bring_any(struct req *req, const struct pair *pair, bool *ret_any)
{
    struct old_thing *old = NULL;
    size_t count = 0;
    TRY(bring_list(req, pair, &old, &count));
    *ret_any = count > 0;
    return RC_OK;
}

enum rc brought_list(struct db_tx *tx, struct arena *arena, int64_t match,
                     struct brought **ret_rows, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(tx, arena, &r,
                 "SELECT id, kind, text FROM brought WHERE match = $1 AND kind <> 'goal' ORDER BY "
                 "kind, id LIMIT $2",
                 DB_ARGS(DB_INT(match), DB_INT(BRING_MAX))));
    struct brought *all = ARENA_ARRAY(arena, struct brought, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct brought){db_int(r, k, 0), db_text(r, k, 1), db_text(r, k, 2)};
    *ret_rows = all;
    *ret_count = db_count(r);
    return RC_OK;
}

static enum rc bring_goal(struct req *req, const struct pair *pair, int64_t id)
{
    struct goal goal;
    struct db_rows *of = NULL;
    TRY(db_query(req->tx, req->arena, &of, "SELECT match FROM goal WHERE id = $1",
                 DB_ARGS(DB_INT(id))));
    TRY(goal_find(req->tx, req->arena, db_int(of, 0, 0), id, &goal));
    goal.match = pair->match.id;
    goal.mentee_yes = 1;
    goal.mentor_yes = 0;
    goal.shared = 0; // she says so anew
    return goal_add(req->tx, &goal, req->now_us);
}

enum rc bring_now(struct req *req, const struct pair *pair, const struct old_thing *one)
{
    bool goal = strcmp(one->kind, "goal") == 0;
    int64_t id = db_new_id(req->now_us);
    TRY(db_do(
        req->tx, NULL,
        "INSERT INTO brought(id, match, person, kind, item, text, at) VALUES ($1, $2, $3, $4, "
        "$5, $6, $7)",
        DB_ARGS(DB_INT(id), DB_INT(pair->match.id), DB_INT(pair->me), DB_TEXT(one->kind),
                DB_INT(one->id), DB_TEXT(goal ? "" : one->title), DB_INT(req->now_us))));
    return goal ? bring_goal(req, pair, one->id) : RC_OK;
}

// What she wishes is of one pair that is over; what was chosen there before is replaced.
enum rc bring_wish(struct req *req, const struct pair *pair, const struct old_thing *one)
{
    return db_do(req->tx, NULL,
                 "INSERT INTO bring_wish(match, kind, item) VALUES ($1, $2, $3) ON "
                 "CONFLICT(match, kind, item) DO NOTHING",
                 DB_ARGS(DB_INT(pair->match.id), DB_TEXT(one->kind), DB_INT(one->id)));
}

enum rc bring_forget_wishes(struct db_tx *tx, int64_t match)
{
    return db_do(tx, NULL, "DELETE FROM bring_wish WHERE match = $1", DB_ARGS(DB_INT(match)));
}

enum rc brought_drop(struct db_tx *tx, const struct pair *pair, int64_t id)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed, "DELETE FROM brought WHERE id = $1 AND match = $2 AND person = $3",
              DB_ARGS(DB_INT(id), DB_INT(pair->match.id), DB_INT(pair->me))));
    return changed == 0 ? RC_NOT_FOUND : RC_OK;
}
