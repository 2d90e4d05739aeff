// SPDX-License-Identifier: Apache-2.0
//
// The rows of events and who comes; see event.h.
#include <string.h>

#include "app/index.h"
#include "app/network/event.h"
#include "app/support/support_training.h"

#define EVENT                                                                                                   \
    "SELECT e.id, e.cohort, e.title, e.kind, e.about, e.at, e.minutes, e.zone, e.link, e.place, "               \
    "e.seats, e.captions, e.interpreter, e.step_free, e.access, e.recording, "                                  \
    "e.recording_captions, e.state, e.reason, e.sequence, e.made_by, e.training, (SELECT count(*) FROM rsvp n " \
    "WHERE n.event = e.id AND n.answer = 'going'), (SELECT count(*) FROM rsvp n WHERE n.event = "               \
    "e.id AND n.answer = 'waiting'), (SELECT count(*) FROM rsvp n WHERE n.event = e.id AND "                    \
    "n.came_at > 0), coalesce(r.answer, ''), coalesce(r.came_at, 0) FROM event e LEFT JOIN rsvp r "             \
    "ON r.event = e.id AND r.person = $1 "

static struct event read_event(const struct db_rows *r, size_t k)
{
    return (struct event){db_int(r, k, 0),  db_int(r, k, 1),   db_text(r, k, 2),  db_text(r, k, 3),
                          db_text(r, k, 4), db_int(r, k, 5),   db_int(r, k, 6),   db_text(r, k, 7),
                          db_text(r, k, 8), db_text(r, k, 9),  db_int(r, k, 10),  db_int(r, k, 11),
                          db_int(r, k, 12), db_int(r, k, 13),  db_text(r, k, 14), db_text(r, k, 15),
                          db_int(r, k, 16), db_text(r, k, 17), db_text(r, k, 18), db_int(r, k, 19),
                          db_int(r, k, 20), db_int(r, k, 21),  db_int(r, k, 22),  db_int(r, k, 23),
                          db_int(r, k, 24), db_text(r, k, 25), db_int(r, k, 26)};
}

static enum rc read_events(struct arena *arena, const struct db_rows *rows,
                           struct event **ret_events, size_t *ret_count)
{
    struct event *all = ARENA_ARRAY(arena, struct event, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_event(rows, k);
    *ret_events = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc event_find(struct db_tx *tx, struct arena *arena, int64_t id, int64_t person,
                   struct event *ret_event)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, EVENT "WHERE e.id = $2", DB_ARGS(DB_INT(person), DB_INT(id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_event = read_event(rows, 0);
    return RC_OK;
}

// An event is over when it has ended, so that who comes late still finds it.
enum rc event_list(struct req *req, const struct event_filter *f, struct event **ret_events,
                   size_t *ret_count)
{
    struct db_rows *rows = NULL;
    if (f->past)
        TRY(db_query(req->tx, req->arena, &rows,
                     EVENT "WHERE e.cohort = $2 AND e.at + e.minutes * 60000000 <= $3 AND ($4 = '' "
                           "OR e.kind = $4) AND ($5 = 0 OR e.at < $5 OR (e.at = $5 AND e.id < $6)) "
                           "ORDER BY e.at DESC, e.id DESC LIMIT $7",
                     DB_ARGS(DB_INT(req->actor.person), DB_INT(f->cohort), DB_INT(req->now_us),
                             DB_TEXT(f->kind), DB_INT(f->after), DB_INT(f->after_id),
                             DB_INT(EVENTS_A_PAGE))));
    else
        TRY(db_query(req->tx, req->arena, &rows,
                     EVENT "WHERE e.cohort = $2 AND e.at + e.minutes * 60000000 > $3 AND ($4 = '' "
                           "OR e.kind = $4) AND ($5 = 0 OR e.at > $5 OR (e.at = $5 AND e.id > $6)) "
                           "ORDER BY e.at, e.id LIMIT $7",
                     DB_ARGS(DB_INT(req->actor.person), DB_INT(f->cohort), DB_INT(req->now_us),
                             DB_TEXT(f->kind), DB_INT(f->after), DB_INT(f->after_id),
                             DB_INT(EVENTS_A_PAGE))));
    return read_events(req->arena, rows, ret_events, ret_count);
}

enum rc event_list_mine(struct req *req, struct event **ret_events, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 EVENT
                 "WHERE e.cohort IN (SELECT n.cohort FROM enrolment n WHERE n.person = $1 AND "
                 "n.state IN ('approved', 'waitlisted')) AND e.state = 'planned' AND e.at + "
                 "e.minutes * 60000000 > $2 AND (r.answer IS NULL OR r.answer <> 'no') ORDER "
                 "BY e.at, e.id LIMIT 10",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(req->now_us))));
    return read_events(req->arena, rows, ret_events, ret_count);
}

enum rc event_list_teaching(struct req *req, int64_t training, struct event **ret_events,
                            size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 EVENT "WHERE e.training = $2 AND e.training > 0 AND e.state = 'planned' AND "
                       "e.cohort IN (SELECT n.cohort FROM enrolment n WHERE n.person = $1 AND "
                       "n.state IN ('approved', 'waitlisted')) ORDER BY e.at DESC, e.id DESC LIMIT "
                       "$3",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(training), DB_INT(WORKSHOPS_SHOWN))));
    return read_events(req->arena, rows, ret_events, ret_count);
}

enum rc event_index(const struct app_place *at, const struct event *e)
{
    const char *text = arena_printf(at->arena, "%s %s %s", e->about, e->place, e->access);
    const struct index_entry entry = {.kind = "event",
                                      .subject = e->id,
                                      .audience = INDEX_COHORT,
                                      .scope = e->cohort,
                                      .path =
                                          arena_printf(at->arena, "/events/%lld", (long long)e->id),
                                      .title = e->title,
                                      .text = text};
    return entry.path == NULL || text == NULL ? RC_NO_MEMORY : index_put(at, &entry);
}

enum rc event_add(const struct app_place *at, struct event *e)
{
    if (e->id == 0)
        e->id = db_new_id(at->now_us);
    TRY(event_index(at, e));
    return db_do(
        at->tx, NULL,
        "INSERT INTO event(id, cohort, title, kind, about, at, minutes, zone, link, place, seats, "
        "captions, interpreter, step_free, access, recording, recording_captions, state, reason, "
        "sequence, reminded, made_by, made_at, changed_at, training) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
        "$9, $10, $11, $12, $13, $14, $15, '', 0, 'planned', '', 0, 0, $16, $17, $17, $18)",
        DB_ARGS(DB_INT(e->id), DB_INT(e->cohort), DB_TEXT(e->title), DB_TEXT(e->kind),
                DB_TEXT(e->about), DB_INT(e->at), DB_INT(e->minutes), DB_TEXT(e->zone),
                DB_TEXT(e->link), DB_TEXT(e->place), DB_INT(e->seats), DB_INT(e->captions),
                DB_INT(e->interpreter), DB_INT(e->step_free), DB_TEXT(e->access),
                DB_INT(e->made_by), DB_INT(at->now_us), DB_INT(e->training)));
}

enum rc event_set_recording(struct db_tx *tx, int64_t event, const char *link, bool captions)
{
    return db_do(tx, NULL, "UPDATE event SET recording = $2, recording_captions = $3 WHERE id = $1",
                 DB_ARGS(DB_INT(event), DB_TEXT(link), DB_INT(captions)));
}

// ---- letters ---------------------------------------------------------------------------------

static const struct app_letter letter_going = {
    MSG("You go to {2}: {4}"),
    {MSG("Hello {0},"), MSG("you have a seat at {2}, at {4}. The time is in your zone."),
                            MSG("The link, and what to do if you can't come:"), "{1}", NULL}
};
static const struct app_letter letter_up = {
    MSG("A seat for you: {2}, {4}"),
    {MSG("Hello {0},"),
                                  MSG("a seat at {2} has become free, and it is yours. It is at {4}, in your zone."),
                                  MSG("If you can't come, say so there, so that the next one gets it:"), "{1}", NULL}
};
static const struct app_letter letter_changed = {
    MSG("Changed: {2}, {4}"),
    {MSG("Hello {0},"), MSG("something about {2} has changed. It is at {4} now, in your zone."),
                           "{1}", NULL}
};
static const struct app_letter letter_cancelled = {
    MSG("Called off: {2}, {4}"),
    {MSG("Hello {0},"), MSG("{2} does not take place at {4}."), "{3}", "{1}", NULL}
};
static const struct app_letter letter_not_going = {
    MSG("You don't go to {2}"),
    {MSG("Hello {0},"),
                             MSG("you have said that you don't come to {2} at {4}. It disappears from your calendar."),
                             "{1}", NULL}
};

enum rc event_sequence(struct db_tx *tx, struct arena *arena, const struct event *e, int64_t person,
                       int64_t *ret_sequence)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, "SELECT turns FROM rsvp WHERE event = $1 AND person = $2",
                 DB_ARGS(DB_INT(e->id), DB_INT(person))));
    *ret_sequence = e->sequence + (db_count(rows) == 0 ? 0 : db_int(rows, 0, 0));
    return RC_OK;
}

static enum rc send(const struct app_place *at, const struct event *e, int64_t person,
                    const struct app_letter *letter, const char *method)
{
    int64_t sequence = 0;
    const char *page = arena_printf(at->arena, "/events/%lld", (long long)e->id);
    const char *uid = arena_printf(at->arena, "event-%lld@trellis", (long long)e->id);
    if (page == NULL || uid == NULL)
        return RC_NO_MEMORY;
    TRY(event_sequence(at->tx, at->arena, e, person, &sequence));
    const struct calendar_event event = {.uid = uid,
                                         .sequence = sequence,
                                         .minutes = e->minutes,
                                         .location = e->link[0] != '\0' ? e->link : e->place};
    const struct notice notice = {.letter = letter,
                                  .page = page,
                                  .title = e->title,
                                  .value = e->reason,
                                  .at_us = e->at,
                                  .event = &event,
                                  .method = method};
    return network_tell(at, person, &notice);
}

enum rc event_invite(const struct app_place *at, const struct event *event, int64_t person,
                     const char *method)
{
    bool cancel = strcmp(method, "CANCEL") == 0;
    return send(at, event, person, cancel ? &letter_not_going : &letter_going, method);
}

static enum rc tell_going(const struct app_place *at, const struct event *e,
                          const struct app_letter *letter, const char *method, bool all)
{
    struct rsvp *rsvps = NULL;
    size_t count = 0;
    TRY(rsvp_list(at->tx, at->arena, e->id, false, &rsvps, &count));
    for (size_t k = 0; k < count; k++) {
        bool going = strcmp(rsvps[k].answer, "going") == 0;
        if (going || (all && strcmp(rsvps[k].answer, "no") != 0))
            TRY(send(at, e, rsvps[k].person, letter, method));
    }
    return RC_OK;
}

// ---- changing --------------------------------------------------------------------------------

enum rc event_update(const struct app_place *at, struct event *e, bool tell)
{
    uint64_t changed = 0;
    e->sequence += tell ? 1 : 0;
    TRY(db_do(
        at->tx, &changed,
        "UPDATE event SET title = $2, kind = $3, about = $4, at = $5, minutes = $6, zone = "
        "$7, link = $8, place = $9, seats = $10, captions = $11, interpreter = $12, "
        "step_free = $13, access = $14, sequence = $15, changed_at = $16, training = $17, reminded = CASE "
        "WHEN at = $5 THEN reminded ELSE 0 END WHERE id = $1 AND state = 'planned'",
        DB_ARGS(DB_INT(e->id), DB_TEXT(e->title), DB_TEXT(e->kind), DB_TEXT(e->about),
                DB_INT(e->at), DB_INT(e->minutes), DB_TEXT(e->zone), DB_TEXT(e->link),
                DB_TEXT(e->place), DB_INT(e->seats), DB_INT(e->captions), DB_INT(e->interpreter),
                DB_INT(e->step_free), DB_TEXT(e->access), DB_INT(e->sequence), DB_INT(at->now_us),
                DB_INT(e->training))));
    if (changed == 0)
        return RC_EXISTS;
    TRY(event_index(at, e));
    if (tell)
        TRY(tell_going(at, e, &letter_changed, "REQUEST", false));
    return event_fill(at, e->id);
}

enum rc event_cancel(const struct app_place *at, struct event *e, const char *reason)
{
    uint64_t changed = 0;
    TRY(db_do(at->tx, &changed,
              "UPDATE event SET state = 'cancelled', reason = $2, sequence = sequence + 1, "
              "changed_at = $3 WHERE id = $1 AND state = 'planned'",
              DB_ARGS(DB_INT(e->id), DB_TEXT(reason), DB_INT(at->now_us))));
    if (changed == 0)
        return RC_EXISTS;
    e->reason = reason;
    e->sequence++;
    return tell_going(at, e, &letter_cancelled, "CANCEL", true);
}

// ---- answers ---------------------------------------------------------------------------------

static enum rc set_answer(const struct app_place *at, int64_t event, int64_t person,
                          const char *answer)
{
    return db_do(
        at->tx, NULL,
        "INSERT INTO rsvp(event, person, answer, at, came_at, came_by) VALUES ($1, $2, $3, "
        "$4, 0, 0) ON CONFLICT(event, person) DO UPDATE SET answer = $3, at = $4, turns = rsvp.turns "
        "+ 1",
        DB_ARGS(DB_INT(event), DB_INT(person), DB_TEXT(answer), DB_INT(at->now_us)));
}

enum rc event_answer(const struct app_place *at, int64_t id, int64_t person, const char *answer,
                     const char **ret_answer)
{
    struct event e;
    TRY(event_find(at->tx, at->arena, id, person, &e));
    bool was_going = strcmp(e.mine, "going") == 0;
    if (strcmp(e.mine, answer) == 0 ||
        (strcmp(answer, "going") == 0 && strcmp(e.mine, "waiting") == 0)) {
        *ret_answer = e.mine;
        return RC_OK;
    }
    bool full = e.seats > 0 && e.going >= e.seats;
    if (strcmp(answer, "going") == 0 && full)
        answer = "waiting";
    TRY(set_answer(at, id, person, answer));
    *ret_answer = answer;
    if (strcmp(answer, "going") == 0)
        return event_invite(at, &e, person, "REQUEST");
    if (!was_going)
        return RC_OK;
    TRY(event_invite(at, &e, person, "CANCEL"));
    return event_fill(at, id);
}

enum rc event_fill(const struct app_place *at, int64_t id)
{
    for (int k = 0; k < RSVPS_MOST; k++) {
        struct event e;
        struct db_rows *rows = NULL;
        TRY(event_find(at->tx, at->arena, id, 0, &e));
        bool over = e.at + e.minutes * NETWORK_MINUTE_US <= at->now_us;
        if (strcmp(e.state, "planned") != 0 || over || (e.seats > 0 && e.going >= e.seats))
            return RC_OK;
        TRY(db_query(at->tx, at->arena, &rows,
                     "SELECT person FROM rsvp WHERE event = $1 AND answer = 'waiting' ORDER BY at, "
                     "person LIMIT 1",
                     DB_ARGS(DB_INT(id))));
        if (db_count(rows) == 0)
            return RC_OK;
        TRY(set_answer(at, id, db_int(rows, 0, 0), "going"));
        TRY(send(at, &e, db_int(rows, 0, 0), &letter_up, "REQUEST"));
    }
    return RC_OK;
}

enum rc event_set_needs(const struct app_place *at, int64_t event, int64_t person,
                        const char *needs)
{
    if (needs[0] == '\0')
        return db_do(at->tx, NULL, "DELETE FROM event_access WHERE event = $1 AND person = $2",
                     DB_ARGS(DB_INT(event), DB_INT(person)));
    return db_do(at->tx, NULL,
                 "INSERT INTO event_access(event, person, needs, at) VALUES ($1, $2, $3, $4) ON "
                 "CONFLICT(event, person) DO UPDATE SET needs = $3, at = $4",
                 DB_ARGS(DB_INT(event), DB_INT(person), DB_TEXT(needs), DB_INT(at->now_us)));
}

enum rc event_needs(struct db_tx *tx, struct arena *arena, int64_t event, int64_t person,
                    const char **ret_needs)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT needs FROM event_access WHERE event = $1 AND person = $2",
                 DB_ARGS(DB_INT(event), DB_INT(person))));
    *ret_needs = db_count(rows) == 0 ? "" : db_text(rows, 0, 0);
    return RC_OK;
}

enum rc event_set_came(const struct app_place *at, const struct event *event, int64_t person,
                       int64_t by, bool came)
{
    const struct announcement attended = {ANNOUNCE_EVENT_ATTENDED, event->cohort, 0, person,
                                          event->id};
    uint64_t changed = 0;
    TRY(db_do(
        at->tx, &changed,
        "UPDATE rsvp SET came_at = $3, came_by = $4 WHERE event = $1 AND person = $2 AND "
        "((came_at = 0 AND $3 > 0) OR (came_at > 0 AND $3 = 0))",
        DB_ARGS(DB_INT(event->id), DB_INT(person), DB_INT(came ? at->now_us : 0), DB_INT(by))));
    if (changed == 0)
        return RC_OK;
    if (event->training != 0 && came)
        TRY(training_attend(at, event->training, person, event->id));
    if (event->training != 0 && !came)
        TRY(training_unattend(at, event->training, person, event->id));
    return came ? app_announce(at, &attended) : RC_OK;
}

static const struct app_letter letter_questions = {
    MSG("Some questions about {2}"),
    {MSG("Hello {0},"),
                                  MSG("good that you were at {2}. Answer a few questions, and the training is completed:"),
                                  "{1}", NULL}
};

enum rc event_note(const struct app_place *at, const struct event *e, int64_t person, int64_t by,
                   bool came)
{
    struct db_rows *r = NULL;
    TRY(event_set_came(at, e, person, by, came));
    if (!came || e->training == 0)
        return RC_OK;
    TRY(db_query(
        at->tx, at->arena, &r,
        "SELECT 1 FROM training t WHERE t.id = $1 AND t.version > 0 AND t.ended_at = 0 AND "
        "NOT EXISTS (SELECT 1 FROM completion c WHERE c.training = t.id AND c.person = $2 "
        "AND c.version >= t.redo_from)",
        DB_ARGS(DB_INT(e->training), DB_INT(person))));
    const char *page = arena_printf(at->arena, "/learn/training/%lld", (long long)e->training);
    if (page == NULL)
        return RC_NO_MEMORY;
    const struct notice notice = {
        .letter = &letter_questions, .page = page, .title = e->title, .value = "", .at_us = e->at};
    return db_count(r) == 0 ? RC_OK : network_tell(at, person, &notice);
}

enum rc rsvp_list(struct db_tx *tx, struct arena *arena, int64_t event, bool needs,
                  struct rsvp **ret_rsvps, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(tx, arena, &r,
                 "SELECT r.person, p.name, r.answer, r.at, r.came_at, CASE WHEN $2 = 1 THEN "
                 "coalesce(a.needs, '') ELSE '' END FROM rsvp r JOIN person p ON p.id = r.person "
                 "LEFT JOIN event_access a ON a.event = r.event AND a.person = r.person WHERE "
                 "r.event = $1 ORDER BY CASE r.answer WHEN 'going' THEN 0 WHEN 'waiting' THEN 1 "
                 "WHEN 'maybe' THEN 2 ELSE 3 END, r.at, r.person LIMIT $3",
                 DB_ARGS(DB_INT(event), DB_INT(needs), DB_INT(RSVPS_MOST))));
    struct rsvp *all = ARENA_ARRAY(arena, struct rsvp, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct rsvp){db_int(r, k, 0), db_text(r, k, 1), db_text(r, k, 2),
                               db_int(r, k, 3), db_int(r, k, 4),  db_text(r, k, 5)};
    *ret_rsvps = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc event_count_planned(struct req *req, int64_t cohort, int64_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT count(*) FROM event WHERE cohort = $1 AND at > $2 AND state = 'planned'",
                 DB_ARGS(DB_INT(cohort), DB_INT(req->now_us))));
    *ret_count = db_int(rows, 0, 0);
    return RC_OK;
}
