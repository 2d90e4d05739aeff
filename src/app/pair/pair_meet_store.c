// SPDX-License-Identifier: Apache-2.0
//
// The rows of meetings, their notes and actions; see pair_meet.h.
#include <string.h>

#include "app/pair/pair_meet.h"
#include "format/calendar.h"

enum { US = 1000000, INCIDENT_DAYS = 30, HOUR_S = 3600 };

const char pair_schema_2[] =
    "CREATE TABLE meeting(id {id} NOT NULL PRIMARY KEY, match {id} NOT NULL REFERENCES match(id), "
    "state TEXT NOT NULL, by_person {id} NOT NULL, at {int} NOT NULL, minutes {int} NOT NULL, "
    "format TEXT NOT NULL, place TEXT NOT NULL, agenda TEXT NOT NULL, sequence {int} NOT NULL, "
    "reason TEXT NOT NULL, excused {int} NOT NULL, held_minutes {int} NOT NULL, topics TEXT NOT NULL, "
    "made_at {int} NOT NULL, changed_at {int} NOT NULL, reminded {int} NOT NULL){end};\n"
    "CREATE INDEX meeting_match ON meeting(match, at);\n"
    "CREATE INDEX meeting_due ON meeting(at) WHERE state = 'scheduled';\n"
    "CREATE TABLE meeting_time(meeting {id} NOT NULL REFERENCES meeting(id), at {int} NOT NULL, "
    "PRIMARY KEY(meeting, at)){end};\n"
    "CREATE TABLE meeting_note(id {id} NOT NULL PRIMARY KEY, meeting {id} NOT NULL REFERENCES "
    "meeting(id), person {id} NOT NULL REFERENCES person(id), shared {int} NOT NULL, text TEXT NOT "
    "NULL, at {int} NOT NULL){end};\n"
    "CREATE INDEX meeting_note_of ON meeting_note(meeting);\n"
    "CREATE INDEX meeting_note_person ON meeting_note(person);\n"
    "CREATE TABLE meeting_action(id {id} NOT NULL PRIMARY KEY, meeting {id} NOT NULL REFERENCES "
    "meeting(id), owner {id} NOT NULL REFERENCES person(id), title TEXT NOT NULL, done_at {int} NOT "
    "NULL){end};\n"
    "CREATE INDEX meeting_action_of ON meeting_action(meeting);\n"
    "CREATE INDEX meeting_action_owner ON meeting_action(owner);\n"
    "CREATE TABLE meeting_link(hash TEXT NOT NULL PRIMARY KEY, meeting {id} NOT NULL REFERENCES "
    "meeting(id), person {id} NOT NULL REFERENCES person(id), made_at {int} NOT NULL){end};\n"
    "CREATE INDEX meeting_link_of ON meeting_link(meeting);\n"
    "CREATE INDEX meeting_link_person ON meeting_link(person);\n"
    "CREATE TABLE calendar_feed(person {id} NOT NULL PRIMARY KEY REFERENCES person(id), hash TEXT NOT "
    "NULL, made_at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX calendar_feed_hash ON calendar_feed(hash);\n";

#define MEETING                                                                                    \
    "SELECT id, match, state, by_person, at, minutes, format, place, agenda, sequence, reason, "   \
    "excused, held_minutes, topics, changed_at FROM meeting "

static struct meeting read_meeting(const struct db_rows *r, size_t k)
{
    return (struct meeting){
        db_int(r, k, 0),   db_int(r, k, 1),  db_text(r, k, 2), db_int(r, k, 3),   db_int(r, k, 4),
        db_int(r, k, 5),   db_text(r, k, 6), db_text(r, k, 7), db_text(r, k, 8),  db_int(r, k, 9),
        db_text(r, k, 10), db_int(r, k, 11), db_int(r, k, 12), db_text(r, k, 13), db_int(r, k, 14)};
}

static enum rc read_all(struct arena *arena, const struct db_rows *rows,
                        struct meeting **ret_meetings, size_t *ret_count)
{
    struct meeting *all = ARENA_ARRAY(arena, struct meeting, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_meeting(rows, k);
    *ret_meetings = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc meeting_list(struct db_tx *tx, struct arena *arena, int64_t match,
                     struct meeting **ret_meetings, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 MEETING
                 "WHERE match = $1 AND state <> 'withdrawn' ORDER BY CASE WHEN at = 0 THEN 0 "
                 "ELSE 1 END, at DESC, id DESC LIMIT 200",
                 DB_ARGS(DB_INT(match))));
    return read_all(arena, rows, ret_meetings, ret_count);
}

enum rc meeting_find(struct db_tx *tx, struct arena *arena, int64_t match, int64_t id,
                     struct meeting *ret_meeting)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, MEETING "WHERE match = $1 AND id = $2",
                 DB_ARGS(DB_INT(match), DB_INT(id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_meeting = read_meeting(rows, 0);
    return RC_OK;
}

static enum rc write_meeting(struct req *req, struct meeting *m)
{
    uint64_t changed = 0;
    if (m->id == 0) {
        m->id = db_new_id(req->now_us);
        return db_do(
            req->tx, NULL,
            "INSERT INTO meeting(id, match, state, by_person, at, minutes, format, place, agenda, "
            "sequence, reason, excused, held_minutes, topics, made_at, changed_at, reminded) VALUES "
            "($1, $2, 'proposed', $3, 0, $4, $5, $6, $7, 0, '', 0, 0, '', $8, $8, 0)",
            DB_ARGS(DB_INT(m->id), DB_INT(m->match), DB_INT(m->by), DB_INT(m->minutes),
                    DB_TEXT(m->format), DB_TEXT(m->place), DB_TEXT(m->agenda),
                    DB_INT(req->now_us)));
    }
    // A time that holds goes on holding until another is accepted.
    TRY(db_do(
        req->tx, &changed,
        "UPDATE meeting SET by_person = $3, minutes = $4, format = $5, place = $6, agenda = $7, "
        "changed_at = $8 WHERE match = $1 AND id = $2 AND state IN ('proposed', 'scheduled')",
        DB_ARGS(DB_INT(m->match), DB_INT(m->id), DB_INT(m->by), DB_INT(m->minutes),
                DB_TEXT(m->format), DB_TEXT(m->place), DB_TEXT(m->agenda), DB_INT(req->now_us))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc meeting_propose(struct req *req, struct meeting *meeting, const int64_t *times,
                        size_t count)
{
    TRY(write_meeting(req, meeting));
    TRY(db_do(req->tx, NULL, "DELETE FROM meeting_time WHERE meeting = $1",
              DB_ARGS(DB_INT(meeting->id))));
    for (size_t k = 0; k < count; k++)
        TRY(db_do(req->tx, NULL, "INSERT INTO meeting_time(meeting, at) VALUES ($1, $2)",
                  DB_ARGS(DB_INT(meeting->id), DB_INT(times[k]))));
    return RC_OK;
}

enum rc meeting_times(struct db_tx *tx, struct arena *arena, int64_t meeting, int64_t *ret_times,
                      size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, "SELECT at FROM meeting_time WHERE meeting = $1 ORDER BY at",
                 DB_ARGS(DB_INT(meeting))));
    *ret_count = db_count(rows) < MEETING_TIMES_MAX ? db_count(rows) : MEETING_TIMES_MAX;
    for (size_t k = 0; k < *ret_count; k++)
        ret_times[k] = db_int(rows, k, 0);
    return RC_OK;
}

enum rc meeting_to_choose(struct db_tx *tx, struct arena *arena, const struct pair *pair,
                          int64_t *ret_meeting, bool *ret_hers)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT t.id, CASE WHEN t.by_person = $2 THEN 1 ELSE 0 END FROM meeting t WHERE "
                 "t.match = $1 AND t.state IN ('proposed', 'scheduled') AND EXISTS (SELECT 1 FROM "
                 "meeting_time m WHERE m.meeting = t.id) ORDER BY 2, t.id DESC LIMIT 1",
                 DB_ARGS(DB_INT(pair->match.id), DB_INT(pair->me))));
    *ret_meeting = db_count(rows) == 0 ? 0 : db_int(rows, 0, 0);
    *ret_hers = db_count(rows) > 0 && db_int(rows, 0, 1) == 0;
    return RC_OK;
}

enum rc meeting_accept(struct req *req, const struct pair *pair, int64_t meeting, int64_t at)
{
    uint64_t changed = 0;
    TRY(db_do(
        req->tx, &changed,
        "UPDATE meeting SET state = 'scheduled', sequence = CASE WHEN state = 'scheduled' THEN "
        "sequence + 1 ELSE sequence END, at = $4, changed_at = $5, reminded = 0 WHERE match = $1 "
        "AND id = $2 AND by_person <> $3 AND state IN ('proposed', 'scheduled') AND EXISTS "
        "(SELECT 1 FROM meeting_time t WHERE t.meeting = meeting.id AND t.at = $4)",
        DB_ARGS(DB_INT(pair->match.id), DB_INT(meeting), DB_INT(pair->me), DB_INT(at),
                DB_INT(req->now_us))));
    if (changed == 0)
        return RC_EXISTS;
    return db_do(req->tx, NULL, "DELETE FROM meeting_time WHERE meeting = $1",
                 DB_ARGS(DB_INT(meeting)));
}

enum rc meeting_end(const struct app_place *at, const struct meeting *m, const char *from)
{
    uint64_t changed = 0;
    TRY(db_do(
        at->tx, &changed,
        "UPDATE meeting SET state = $3, by_person = $4, reason = $5, excused = $6, held_minutes "
        "= $7, topics = $8, changed_at = $9, sequence = sequence + 1, at = $11 WHERE match = $1 "
        "AND id = $2 AND state = $10",
        DB_ARGS(DB_INT(m->match), DB_INT(m->id), DB_TEXT(m->state), DB_INT(m->by),
                DB_TEXT(m->reason), DB_INT(m->excused), DB_INT(m->held_minutes), DB_TEXT(m->topics),
                DB_INT(at->now_us), DB_TEXT(from), DB_INT(m->at))));
    if (changed == 0)
        return RC_EXISTS;
    TRY(db_do(at->tx, NULL, "DELETE FROM meeting_time WHERE meeting = $1", DB_ARGS(DB_INT(m->id))));
    if (strcmp(m->state, "held") != 0)
        return RC_OK;
    const struct announcement held = {ANNOUNCE_MEETING_HELD, 0, m->match, 0, m->id};
    return app_announce(at, &held);
}

// ---- notes and actions -----------------------------------------------------------------------

enum rc meeting_notes(struct req *req, int64_t meeting, struct meeting_note **ret_notes,
                      size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT n.id, n.person, p.name, n.shared, n.text, n.at FROM meeting_note n JOIN "
                 "person p ON p.id = n.person WHERE n.meeting = $1 AND (n.shared = 1 OR n.person = "
                 "$2) ORDER BY n.id LIMIT 200",
                 DB_ARGS(DB_INT(meeting), DB_INT(req->actor.person))));
    struct meeting_note *all = ARENA_ARRAY(req->arena, struct meeting_note, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct meeting_note){db_int(rows, k, 0), db_int(rows, k, 1),  db_text(rows, k, 2),
                                       db_int(rows, k, 3), db_text(rows, k, 4), db_int(rows, k, 5)};
    *ret_notes = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc meeting_note_add(struct req *req, int64_t meeting, bool shared, const char *text)
{
    int64_t id = db_new_id(req->now_us);
    return db_do(
        req->tx, NULL,
        "INSERT INTO meeting_note(id, meeting, person, shared, text, at) VALUES ($1, $2, $3, "
        "$4, $5, $6)",
        DB_ARGS(DB_INT(id), DB_INT(meeting), DB_INT(req->actor.person), DB_INT(shared),
                DB_TEXT(text), DB_INT(req->now_us)));
}

enum rc meeting_actions(struct db_tx *tx, struct arena *arena, int64_t match, int64_t meeting,
                        struct meeting_action **ret_actions, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        tx, arena, &rows,
        "SELECT a.id, a.owner, p.name, a.title, a.done_at FROM meeting_action a JOIN meeting "
        "m ON m.id = a.meeting JOIN person p ON p.id = a.owner WHERE m.match = $1 AND "
        "(m.id = $2 OR ($2 = 0 AND a.done_at = 0)) ORDER BY a.id LIMIT 200",
        DB_ARGS(DB_INT(match), DB_INT(meeting))));
    struct meeting_action *all = ARENA_ARRAY(arena, struct meeting_action, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] =
            (struct meeting_action){db_int(rows, k, 0), db_int(rows, k, 1), db_text(rows, k, 2),
                                    db_text(rows, k, 3), db_int(rows, k, 4)};
    *ret_actions = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc meeting_action_add(struct req *req, int64_t meeting, int64_t owner, const char *title)
{
    int64_t id = db_new_id(req->now_us);
    return db_do(
        req->tx, NULL,
        "INSERT INTO meeting_action(id, meeting, owner, title, done_at) VALUES ($1, $2, $3, "
        "$4, 0)",
        DB_ARGS(DB_INT(id), DB_INT(meeting), DB_INT(owner), DB_TEXT(title)));
}

enum rc meeting_action_turn(struct req *req, int64_t match, int64_t action)
{
    uint64_t changed = 0;
    TRY(db_do(
        req->tx, &changed,
        "UPDATE meeting_action SET done_at = CASE WHEN done_at = 0 THEN $3 ELSE 0 END WHERE id "
        "= $2 AND meeting IN (SELECT id FROM meeting WHERE match = $1)",
        DB_ARGS(DB_INT(match), DB_INT(action), DB_INT(req->now_us))));
    return changed == 1 ? RC_OK : RC_NOT_FOUND;
}

// ---- rules -----------------------------------------------------------------------------------

// CROSS JOIN keeps the order, from her sign-ups on: an engine may else begin with all meetings.
enum rc meeting_incidents(struct db_tx *tx, struct arena *arena, int64_t person, int64_t now_us,
                          int64_t *ret_count, int64_t *ret_until)
{
    struct db_rows *rows = NULL;
    int64_t days_us = (int64_t)INCIDENT_DAYS * 24 * HOUR_S * US;
    TRY(db_query(
        tx, arena, &rows,
        "SELECT t.at FROM enrolment e CROSS JOIN match m CROSS JOIN meeting t WHERE "
        "e.person = $1 AND (m.mentee = e.id OR m.mentor = e.id) AND t.match = m.id AND t.at >= $2 "
        "AND t.excused = 0 AND ((t.state = 'no_show_mentee' AND m.mentee = e.id) OR "
        "(t.state = 'no_show_mentor' AND m.mentor = e.id) OR "
        "(t.state = 'cancelled_late' AND t.by_person = $1)) ORDER BY t.at DESC LIMIT 50",
        DB_ARGS(DB_INT(person), DB_INT(now_us - days_us))));
    bool many = db_count(rows) >= INCIDENTS_BREAK;
    *ret_count = (int64_t)db_count(rows);
    *ret_until = many ? db_int(rows, INCIDENTS_BREAK - 1, 0) + days_us : 0;
    return RC_OK;
}

enum rc meeting_busy(struct db_tx *tx, struct arena *arena, int64_t person, int64_t from_us,
                     struct db_rows **ret_rows)
{
    return db_query(tx, arena, ret_rows,
                    "SELECT t.at, t.minutes FROM enrolment e CROSS JOIN match m CROSS JOIN "
                    "meeting t WHERE e.person = $1 AND (m.mentee = e.id OR m.mentor = e.id) AND "
                    "m.state IN ('active', 'paused', 'closing') AND "
                    "t.match = m.id AND t.state = 'scheduled' AND t.at >= $2 "
                    "ORDER BY t.at LIMIT 200",
                    DB_ARGS(DB_INT(person), DB_INT(from_us - (int64_t)4 * HOUR_S * US)));
}

// ---- invitations -----------------------------------------------------------------------------

static const struct app_letter letter_scheduled = {
    MSG("You meet {1}: {3}"),
    {MSG("Hello {0},"), MSG("you meet {1} at {3}. The time is in your zone."),
                           MSG("Move it, call it off, or write down what you want to talk about, here:"), "{2}", NULL}
};
static const struct app_letter letter_cancelled = {
    MSG("Called off: your meeting with {1}"),
    {MSG("Hello {0},"), MSG("your meeting with {1} at {3} does not take place."),
                                           MSG("Find another time here:"), "{2}", NULL}
};

// In the language of its reader: "Meeting with Mina".
static enum rc invite_one(const struct app_place *at, const struct pair *pair, bool mentor,
                          struct calendar_event *event, const char *url, const char *method)
{
    enum { CALENDAR_LIMIT_BYTES = 32 << 10 };
    const struct match *m = &pair->match;
    bool cancel = strcmp(method, "CANCEL") == 0;
    struct buffer calendar;
    const char *other = mentor ? m->mentee_name : m->mentor_name;
    const char *time =
        app_time_in(at->arena, event->start_s * US, mentor ? m->mentor_zone : m->mentee_zone);
    event->summary = arena_printf(at->arena, "%s: %s", at->app->site, other);
    event->description = url;
    if (time == NULL || event->summary == NULL)
        return RC_NO_MEMORY;
    buffer_open(&calendar, at->arena, CALENDAR_LIMIT_BYTES);
    TRY(calendar_write(&calendar, method, event, 1));
    const char *const values[] = {mentor ? m->mentor_name : m->mentee_name, other, url, time};
    const struct app_more more = {.calendar = calendar.bytes, .method = method};
    return app_send_more(at, mentor ? m->mentor_email : m->mentee_email,
                         mentor ? m->mentor_language : m->mentee_language,
                         cancel ? &letter_cancelled : &letter_scheduled, values, 4, &more);
}

enum rc meeting_invite(const struct app_place *at, const char *url, const struct pair *pair,
                       const struct meeting *meeting, const char *method)
{
    const struct match *m = &pair->match;
    const char *page = arena_printf(at->arena, "%s/pairs/%lld/meetings/%lld", url, (long long)m->id,
                                    (long long)meeting->id);
    const char *uid = arena_printf(at->arena, "%lld@trellis", (long long)meeting->id);
    if (page == NULL || uid == NULL)
        return RC_NO_MEMORY;
    struct calendar_event event = {
        .uid = uid,
        .sequence = meeting->sequence,
        .start_s = meeting->at / US,
        .minutes = meeting->minutes,
        .changed_s = at->now_us / US,
        .location = meeting->place,
        .organizer = at->app->mail == NULL ? "" : at->app->mail,
        .people = {{m->mentee_name, m->mentee_email}, {m->mentor_name, m->mentor_email}},
        .cancelled = strcmp(method, "CANCEL") == 0
    };
    TRY(invite_one(at, pair, false, &event, page, method));
    return invite_one(at, pair, true, &event, page, method);
}

enum rc meeting_drop_all(const struct app_place *at, const char *url, const struct pair *pair,
                         int64_t by)
{
    struct meeting *all = NULL;
    size_t count = 0;
    TRY(meeting_list(at->tx, at->arena, pair->match.id, &all, &count));
    for (size_t k = 0; k < count; k++) {
        struct meeting gone = all[k];
        bool scheduled = strcmp(gone.state, "scheduled") == 0;
        if (strcmp(gone.state, "proposed") != 0 && (!scheduled || gone.at < at->now_us))
            continue;
        gone.state = scheduled ? "cancelled_in_time" : "withdrawn";
        gone.by = by;
        gone.excused = 1;
        TRY(meeting_end(at, &gone, all[k].state));
        gone.sequence++;
        if (scheduled)
            TRY(meeting_invite(at, url, pair, &gone, "CANCEL"));
    }
    return RC_OK;
}

enum rc meeting_next(struct req *req, int64_t match, struct db_rows **ret_rows)
{
    return db_query(
        req->tx, req->arena, ret_rows,
        "SELECT id, at FROM meeting WHERE match = $1 AND state = 'scheduled' AND at > $2 "
        "ORDER BY at LIMIT 1",
        DB_ARGS(DB_INT(match), DB_INT(req->now_us)));
}

enum rc meeting_to_come(struct req *req, int64_t match, struct db_rows **ret_rows)
{
    return db_query(req->tx, req->arena, ret_rows,
                    "SELECT 1 FROM meeting WHERE match = $1 AND (state = 'proposed' OR (state = "
                    "'scheduled' AND at > $2)) LIMIT 1",
                    DB_ARGS(DB_INT(match), DB_INT(req->now_us)));
}

enum rc meeting_any(struct req *req, int64_t match, struct db_rows **ret_rows)
{
    return db_query(
        req->tx, req->arena, ret_rows,
        "SELECT 1 FROM meeting WHERE match = $1 AND state IN ('held', 'scheduled') LIMIT 1",
        DB_ARGS(DB_INT(match)));
}

enum rc meeting_weeks(struct req *req, const struct pair *pair, struct db_rows **ret_rows)
{
    return db_query(req->tx, req->arena, ret_rows,
                    "SELECT x.week, y.week, x.formats, y.formats FROM enrolment x, enrolment y "
                    "WHERE x.id = $1 AND y.id = $2",
                    DB_ARGS(DB_INT(pair->match.mentee), DB_INT(pair->match.mentor)));
}
