// SPDX-License-Identifier: Apache-2.0
//
// The rows of the hand-over board; see pair_hand.h.
#include "base/date.h"

#include "app/match/match_offer.h"
#include "app/pair/pair_hand.h"

const char pair_schema_7[] =
    "ALTER TABLE match ADD COLUMN paused_at {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match ADD COLUMN covered {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE pair_rules ADD COLUMN pause_weeks {int} NOT NULL DEFAULT 12;\n"
    "CREATE INDEX match_left ON match(cohort, ended_at) WHERE reason = 'left';\n"
    "CREATE TABLE bring_wish(match {id} NOT NULL REFERENCES match(id), kind TEXT NOT NULL, item {id} "
    "NOT NULL, PRIMARY KEY(match, kind, item)){end};\n"
    "CREATE TABLE brought(id {id} NOT NULL PRIMARY KEY, match {id} NOT NULL REFERENCES match(id), "
    "person {id} NOT NULL REFERENCES person(id), kind TEXT NOT NULL, item {id} NOT NULL, text TEXT "
    "NOT NULL, at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX brought_match ON brought(match, kind, item);\n"
    "CREATE INDEX brought_person ON brought(person);\n";

// $1 the cohort, $2 who asks. A mentee waits here until a pair has begun after the end; whose own
// pair it is does not look after it.
#define LEFT                                                                                       \
    "FROM match m JOIN enrolment x ON x.id = m.mentee JOIN enrolment y ON y.id = m.mentor JOIN "   \
    "person p ON p.id = x.person WHERE m.cohort = $1 AND m.state = 'ended' AND m.reason = 'left' " \
    "AND x.state = 'approved' AND y.state <> 'approved' AND x.person <> $2 AND y.person <> $2 "    \
    "AND NOT EXISTS (SELECT 1 FROM match n WHERE n.mentee = m.mentee AND n.began_at >= "           \
    "m.ended_at) "

enum rc hand_left_list(struct req *req, int64_t cohort, int64_t from, struct hand_left **ret_rows,
                       size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT m.id, m.mentee, p.name, m.ended_at, coalesce((SELECT max(u.id) FROM match_run u "
        "WHERE u.cohort = $1 AND u.only_mentee = m.mentee AND u.made_at >= m.ended_at AND u.state "
        "IN ('computing', 'under_review', 'published')), 0), (SELECT count(*) FROM match o WHERE "
        "o.mentee = m.mentee AND o.state = 'offered'), (SELECT count(*) FROM bring_wish w WHERE "
        "w.match = m.id AND w.kind = 'goal'), (SELECT count(*) FROM bring_wish w WHERE w.match = "
        "m.id AND w.kind = 'action'), (SELECT count(*) FROM bring_wish w WHERE w.match = m.id AND "
        "w.kind = 'note') " LEFT "ORDER BY m.ended_at, m.id LIMIT $3 OFFSET $4",
        DB_ARGS(DB_INT(cohort), DB_INT(req->actor.person), DB_INT(HAND_A_PAGE + 1), DB_INT(from))));
    struct hand_left *all = ARENA_ARRAY(req->arena, struct hand_left, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct hand_left){.match = db_int(r, k, 0),
                                    .mentee = db_int(r, k, 1),
                                    .name = db_text(r, k, 2),
                                    .days = (req->now_us - db_int(r, k, 3)) / DAY_US,
                                    .run = db_int(r, k, 4),
                                    .offered = db_int(r, k, 5) > 0,
                                    .goals = db_int(r, k, 6),
                                    .actions = db_int(r, k, 7),
                                    .notes = db_int(r, k, 8)};
    *ret_rows = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc hand_left_count(struct req *req, int64_t cohort, int64_t *ret_count, int64_t *ret_late)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT count(*), coalesce(sum(CASE WHEN m.ended_at < $3 THEN 1 ELSE 0 END), 0) " LEFT,
        DB_ARGS(DB_INT(cohort), DB_INT(req->actor.person),
                DB_INT(req->now_us - HAND_DAYS * DAY_US))));
    *ret_count = db_int(r, 0, 0);
    *ret_late = db_int(r, 0, 1);
    return RC_OK;
}

// Longer than so many weeks, or over the last day. What is held for somebody's safety is not shown.
enum rc hand_pause_list(struct req *req, int64_t cohort, int64_t weeks,
                        struct hand_pause **ret_rows, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT m.id FROM match m JOIN enrolment x ON x.id = m.mentee JOIN enrolment y ON y.id = "
        "m.mentor WHERE m.cohort = $1 AND m.state = 'paused' AND m.held_back = 0 AND x.person <> "
        "$2 AND y.person <> $2 ORDER BY m.paused_until DESC, m.id LIMIT $3",
        DB_ARGS(DB_INT(cohort), DB_INT(req->actor.person), DB_INT(HAND_PAUSES_MAX))));
    struct hand_pause *all = ARENA_ARRAY(req->arena, struct hand_pause, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    size_t kept = 0;
    for (size_t k = 0; k < db_count(r); k++) {
        struct hand_pause *one = &all[kept];
        *one = (struct hand_pause){0};
        TRY(pair_find(req->tx, req->arena, db_int(r, k, 0), &one->pair));
        const struct pair *pair = &one->pair;
        int64_t from = pair->paused_at > 0 ? pair->paused_at : req->now_us;
        one->weeks = (pair->paused_until - from + DAY_US - 1) / (7 * DAY_US);
        one->is_long = pair->paused_until - from > weeks * 7 * DAY_US;
        one->by_mentor = pair->paused_by == pair->match.mentor_person;
        one->moved_end = pair_moved_end(req->arena, pair);
        kept += one->is_long || one->moved_end != NULL || pair->covered == COVER_WANTED;
    }
    *ret_rows = all;
    *ret_count = kept;
    return RC_OK;
}

enum rc hand_cover(struct db_tx *tx, int64_t match, enum covered from, enum covered to)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed,
              "UPDATE match SET covered = $3 WHERE id = $1 AND covered = $2 AND state = 'paused' "
              "AND held_back = 0",
              DB_ARGS(DB_INT(match), DB_INT(from), DB_INT(to))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

// The run is asked for in the name of the first of those who run the cohort, so that it waits to be
// read and is not published by itself.
enum rc hand_look(const struct ending *e, int64_t cohort, int64_t mentee)
{
    struct db_rows *staff = NULL;
    struct db_rows *one = NULL;
    int64_t run = 0;
    const struct offering o = {e->at, e->url};
    TRY(app_staff(e->at.tx, e->at.arena, cohort, &staff));
    if (db_count(staff) == 0)
        return RC_OK; // nobody would read it
    TRY(db_query(e->at.tx, e->at.arena, &one, "SELECT id FROM person WHERE email = $1",
                 DB_ARGS(DB_TEXT(db_text(staff, 0, 0)))));
    return db_count(one) == 0 ? RC_OK
                              : offer_find_another(&o, cohort, mentee, db_int(one, 0, 0), &run);
}

// $1 the cohort, $2 who asks.
enum rc hand_both_list(struct req *req, int64_t cohort, struct hand_both **ret_rows,
                       size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT m.id, n.id, p.name, q.name, o.name, n.began_at FROM match m JOIN match n ON n.mentee "
        "= m.mentee AND n.id <> m.id AND n.began_at >= m.paused_at AND n.state IN ('active', "
        "'paused', 'closing') JOIN enrolment x ON x.id = m.mentee JOIN person p ON p.id = x.person "
        "JOIN enrolment y ON y.id = m.mentor JOIN person q ON q.id = y.person JOIN enrolment z ON "
        "z.id = n.mentor JOIN person o ON o.id = z.person WHERE m.cohort = $1 AND m.covered = $4 AND "
        "m.state IN ('active', 'closing') AND x.person <> $2 AND y.person <> $2 AND z.person <> $2 "
        "ORDER BY n.began_at, n.id LIMIT $3",
        DB_ARGS(DB_INT(cohort), DB_INT(req->actor.person), DB_INT(HAND_PAUSES_MAX),
                DB_INT(COVER_OVER))));
    struct hand_both *all = ARENA_ARRAY(req->arena, struct hand_both, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct hand_both){db_int(r, k, 0),  db_int(r, k, 1),  db_text(r, k, 2),
                                    db_text(r, k, 3), db_text(r, k, 4), db_int(r, k, 5)};
    *ret_rows = all;
    *ret_count = db_count(r);
    return RC_OK;
}

static const struct app_letter hand_letter_back = {
    MSG("The mentor of {1} is back from a pause"),
    {MSG("Hello {0},"),
                                                MSG("in {2}, the mentor of {1} is back from a long pause, for which {1} wanted a cover mentor. Settle with them how it goes on. The board:"),
                                                "{3}", NULL}
};
static const struct app_letter letter_cover_over = {
    MSG("{1}: the mentor who paused is back"),
    {MSG("Hello {0},"),
                                            MSG("your match with {1} began for the time in which another mentor paused. That mentor is back today."),
                                            MSG("Nothing ends by itself. The people who run the programme ask how you want to go on; either of you may also end the match here, without any blame:"),
                                            "{2}", NULL}
};

enum rc hand_back(const struct ending *e, const struct pair *pair)
{
    struct db_rows *r = NULL;
    TRY(hand_tell_staff(e, pair, &hand_letter_back));
    TRY(db_query(
        e->at.tx, e->at.arena, &r,
        "SELECT id FROM match WHERE mentee = $1 AND id <> $2 AND began_at >= $3 AND state IN "
        "('active', 'paused', 'closing') AND held_back = 0 ORDER BY id LIMIT 3",
        DB_ARGS(DB_INT(pair->match.mentee), DB_INT(pair->match.id), DB_INT(pair->paused_at))));
    for (size_t k = 0; k < db_count(r); k++) {
        struct pair cover;
        const char *url =
            arena_printf(e->at.arena, "%s/pairs/%lld/end", e->url, (long long)db_int(r, k, 0));
        if (url == NULL)
            return RC_NO_MEMORY;
        TRY(pair_find(e->at.tx, e->at.arena, db_int(r, k, 0), &cover));
        TRY(pair_write_to(&e->at, &cover, false, &letter_cover_over, url, ""));
        TRY(pair_write_to(&e->at, &cover, true, &letter_cover_over, url, ""));
    }
    return RC_OK;
}

enum rc hand_tell_staff(const struct ending *e, const struct pair *pair,
                        const struct app_letter *letter)
{
    struct db_rows *staff = NULL;
    const char *url = arena_printf(e->at.arena, "%s/cohorts/%lld/handover", e->url,
                                   (long long)pair->match.cohort);
    if (url == NULL)
        return RC_NO_MEMORY;
    TRY(app_staff(e->at.tx, e->at.arena, pair->match.cohort, &staff));
    for (size_t k = 0; k < db_count(staff); k++) {
        const char *const values[] = {db_text(staff, k, 2), pair->match.mentee_name,
                                      pair->match.cohort_name, url};
        TRY(app_send_from(&e->at, db_text(staff, k, 0), db_text(staff, k, 1), letter, values, 4));
    }
    return RC_OK;
}
