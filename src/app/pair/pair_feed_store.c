// SPDX-License-Identifier: Apache-2.0
//
// The rows of addresses of calendars; see pair_feed.h.
#include "app/pair/pair_feed.h"

#define FEED                                                                                        \
    "SELECT t.id, t.sequence, t.at, t.minutes, t.changed_at, t.place, t.match, t.state, CASE WHEN " \
    "x.person = f.person THEN b.name ELSE a.name END FROM calendar_feed f JOIN enrolment e ON "     \
    "e.person = f.person JOIN match m ON m.mentee = e.id OR m.mentor = e.id JOIN enrolment x ON "   \
    "x.id = m.mentee JOIN person a ON a.id = x.person JOIN enrolment y ON y.id = m.mentor JOIN "    \
    "person b ON b.id = y.person JOIN meeting t ON t.match = m.id WHERE f.hash = $1 AND t.at > $2 " \
    "AND t.state IN ('scheduled', 'held') ORDER BY t.at LIMIT 500"

enum rc feed_find(struct req *req, const char **ret_hash)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows, "SELECT hash FROM calendar_feed WHERE person = $1",
                 DB_ARGS(DB_INT(req->actor.person))));
    *ret_hash = db_count(rows) > 0 ? db_text(rows, 0, 0) : NULL;
    return RC_OK;
}

enum rc feed_set(struct req *req, const char *hash)
{
    return db_do(req->tx, NULL,
                 "INSERT INTO calendar_feed(person, hash, made_at) VALUES ($1, $2, $3) ON "
                 "CONFLICT(person) DO UPDATE SET hash = $2, made_at = $3",
                 DB_ARGS(DB_INT(req->actor.person), DB_TEXT(hash), DB_INT(req->now_us)));
}

enum rc feed_end(struct req *req)
{
    return db_do(req->tx, NULL, "DELETE FROM calendar_feed WHERE person = $1",
                 DB_ARGS(DB_INT(req->actor.person)));
}

enum rc feed_meetings(struct req *req, const char *hash, int64_t from_us, struct db_rows **ret_rows)
{
    struct db_rows *feed = NULL;
    TRY(db_query(req->tx, req->arena, &feed, "SELECT person FROM calendar_feed WHERE hash = $1",
                 DB_ARGS(DB_TEXT(hash))));
    if (db_count(feed) == 0)
        return RC_NOT_FOUND;
    return db_query(req->tx, req->arena, ret_rows, FEED, DB_ARGS(DB_TEXT(hash), DB_INT(from_us)));
}
