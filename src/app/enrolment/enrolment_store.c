// SPDX-License-Identifier: Apache-2.0
//
// The rows of enrolments, their moves, the letters that are exchanged about them, and the
// do-not-match list.
#include "app/enrolment/enrolment_store.h"

#include <string.h>

#include "app/enrolment/enrolment.h"

const char enrolment_schema_1[] =
    "CREATE TABLE enrolment(id {id} NOT NULL PRIMARY KEY, person {id} NOT NULL REFERENCES "
    "person(id), cohort {id} NOT NULL REFERENCES cohort(id), role TEXT NOT NULL "
    "CHECK (role IN ('mentee', 'mentor')), state TEXT NOT NULL, level {int} NOT NULL, "
    "topics TEXT NOT NULL, languages TEXT NOT NULL, times TEXT NOT NULL, about TEXT NOT NULL, "
    "places {int} NOT NULL, reason TEXT NOT NULL, created_at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX enrolment_one ON enrolment(cohort, person, role);\n"
    "CREATE INDEX enrolment_person ON enrolment(person);\n";

// search: the name, address, employer and words about her as a comparing key. name_key: to order
// by.
const char enrolment_schema_2[] =
    "ALTER TABLE enrolment DROP COLUMN times;\n"
    "ALTER TABLE enrolment ADD COLUMN top TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE enrolment ADD COLUMN week TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE enrolment ADD COLUMN formats TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE enrolment ADD COLUMN goal TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE enrolment ADD COLUMN employer TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE enrolment ADD COLUMN caregiving TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE enrolment ADD COLUMN caregiving_for TEXT NOT NULL DEFAULT 'matching';\n"
    "ALTER TABLE enrolment ADD COLUMN access TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE enrolment ADD COLUMN access_for TEXT NOT NULL DEFAULT 'matching';\n"
    "ALTER TABLE enrolment ADD COLUMN hours {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE enrolment ADD COLUMN woman {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE enrolment ADD COLUMN asks {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE enrolment ADD COLUMN priority {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE enrolment ADD COLUMN sent_at {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE enrolment ADD COLUMN name_key TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE enrolment ADD COLUMN search TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE enrolment ADD COLUMN other TEXT NOT NULL DEFAULT '';\n"
    "CREATE INDEX enrolment_name ON enrolment(cohort, name_key, id);\n"
    "CREATE TABLE enrolment_move(id {id} NOT NULL PRIMARY KEY, enrolment {id} NOT NULL "
    "REFERENCES enrolment(id), from_state TEXT NOT NULL, to_state TEXT NOT NULL, "
    "reason TEXT NOT NULL, moved_by {id} NOT NULL, batch {id} NOT NULL, at {int} NOT NULL, "
    "undone {int} NOT NULL){end};\n"
    "CREATE INDEX enrolment_move_of ON enrolment_move(enrolment, id);\n"
    "CREATE INDEX enrolment_move_batch ON enrolment_move(batch);\n"
    "CREATE TABLE enrolment_note(id {id} NOT NULL PRIMARY KEY, enrolment {id} NOT NULL "
    "REFERENCES enrolment(id), author {id} NOT NULL REFERENCES person(id), at {int} NOT NULL, "
    "text TEXT NOT NULL){end};\n"
    "CREATE INDEX enrolment_note_of ON enrolment_note(enrolment, id);\n"
    "CREATE INDEX enrolment_note_author ON enrolment_note(author);\n"
    "CREATE TABLE avoid(id {id} NOT NULL PRIMARY KEY, a {id} NOT NULL REFERENCES person(id), "
    "b {id} NOT NULL REFERENCES person(id), asked_by {id} NOT NULL, note TEXT NOT NULL, "
    "at {int} NOT NULL, CHECK (a < b)){end};\n"
    "CREATE UNIQUE INDEX avoid_pair ON avoid(a, b);\n"
    "CREATE INDEX avoid_b ON avoid(b);\n";

// The steps between are of questions and of being away.
const char enrolment_schema_6[] = "CREATE INDEX avoid_asked ON avoid(asked_by);\n";

// Why somebody decided, for those who decide: a code to count by, and words that she is not shown.
const char enrolment_schema_10[] =
    "ALTER TABLE enrolment_move ADD COLUMN code TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE enrolment_move ADD COLUMN note TEXT NOT NULL DEFAULT '';\n";

// For what waits for those who run a cohort.
const char enrolment_schema_7[] = "CREATE INDEX enrolment_state ON enrolment(cohort, state);\n";

#define COLUMNS                                                                                    \
    "SELECT e.id, e.person, e.cohort, e.role, e.state, p.name, p.email, p.pronouns, p.zone, "      \
    "p.language, e.level, e.topics, e.top, e.languages, e.week, e.formats, e.goal, e.about, "      \
    "e.employer, e.caregiving, e.caregiving_for, e.access, e.access_for, e.reason, e.places, "     \
    "e.hours, e.woman, e.asks, e.priority, e.sent_at, e.other, e.place, e.full_name, e.checked, "  \
    "e.cadence, e.years, e.skills FROM enrolment e "                                               \
    "JOIN person p ON p.id = e.person "

static struct enrolment read_enrolment(const struct db_rows *rows, size_t k)
{
    return (struct enrolment){
        db_int(rows, k, 0),   db_int(rows, k, 1),   db_int(rows, k, 2),   db_text(rows, k, 3),
        db_text(rows, k, 4),  db_text(rows, k, 5),  db_text(rows, k, 6),  db_text(rows, k, 7),
        db_text(rows, k, 8),  db_text(rows, k, 9),  db_int(rows, k, 10),  db_text(rows, k, 11),
        db_text(rows, k, 12), db_text(rows, k, 13), db_text(rows, k, 14), db_text(rows, k, 15),
        db_text(rows, k, 16), db_text(rows, k, 17), db_text(rows, k, 18), db_text(rows, k, 19),
        db_text(rows, k, 20), db_text(rows, k, 21), db_text(rows, k, 22), db_text(rows, k, 23),
        db_int(rows, k, 24),  db_int(rows, k, 25),  db_int(rows, k, 26),  db_int(rows, k, 27),
        db_int(rows, k, 28),  db_int(rows, k, 29),  db_text(rows, k, 30), db_text(rows, k, 31),
        db_int(rows, k, 32),  db_text(rows, k, 33), db_int(rows, k, 34),  db_text(rows, k, 35),
        db_text(rows, k, 36)};
}

static enum rc read_all(struct arena *arena, const struct db_rows *rows,
                        struct enrolment **ret_enrolments, size_t *ret_count)
{
    struct enrolment *all = ARENA_ARRAY(arena, struct enrolment, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_enrolment(rows, k);
    *ret_enrolments = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

// Who she is, where the sign-up does not tell it.
static enum rc name_of(struct db_tx *tx, struct arena *arena, const struct enrolment *e,
                       const char **ret_name, const char **ret_email)
{
    struct db_rows *rows = NULL;
    *ret_name = e->name;
    *ret_email = e->email;
    if (e->name != NULL && e->email != NULL)
        return RC_OK;
    TRY(db_query(tx, arena, &rows, "SELECT name, email FROM person WHERE id = $1",
                 DB_ARGS(DB_INT(e->person))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_name = db_text(rows, 0, 0);
    *ret_email = db_text(rows, 0, 1);
    return RC_OK;
}

// What people search for, as a key: case and accents don't matter.
static enum rc search_key(struct db_tx *tx, struct arena *arena, const struct enrolment *e,
                          char **ret_search)
{
    const char *name = NULL;
    const char *email = NULL;
    TRY(name_of(tx, arena, e, &name, &email));
    const char *all =
        arena_printf(arena, "%s %s %s %s", name, email, or_empty(e->employer), or_empty(e->about));
    if (all == NULL)
        return RC_NO_MEMORY;
    return text_key(arena, all, strlen(all), ret_search);
}

// By which she is put in order.
static enum rc name_key(struct db_tx *tx, struct arena *arena, const struct enrolment *e,
                        char **ret_key)
{
    const char *name = NULL;
    const char *email = NULL;
    TRY(name_of(tx, arena, e, &name, &email));
    return text_key(arena, name, strlen(name), ret_key);
}

// Apart from the rest, because its index is written with it.
static enum rc keep_name(struct db_tx *tx, struct arena *arena, const struct enrolment *e)
{
    char *key = NULL;
    TRY(name_key(tx, arena, e, &key));
    return db_do(tx, NULL, "UPDATE enrolment SET name_key = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(e->id), DB_TEXT(key)));
}

// What she has said, as the values $1 to $25 of the two statements below.
#define SAID(e, search)                                                                            \
    DB_INT((e)->id), DB_INT((e)->level), DB_TEXT(or_empty((e)->topics)),                           \
        DB_TEXT(or_empty((e)->top)), DB_TEXT(or_empty((e)->languages)),                            \
        DB_TEXT(or_empty((e)->week)), DB_TEXT(or_empty((e)->formats)),                             \
        DB_TEXT(or_empty((e)->goal)), DB_TEXT(or_empty((e)->about)),                               \
        DB_TEXT(or_empty((e)->employer)), DB_TEXT(or_empty((e)->caregiving)),                      \
        DB_TEXT((e)->caregiving_for == NULL ? "matching" : (e)->caregiving_for),                   \
        DB_TEXT(or_empty((e)->access)),                                                            \
        DB_TEXT((e)->access_for == NULL ? "matching" : (e)->access_for), DB_INT((e)->places),      \
        DB_INT((e)->hours), DB_INT((e)->woman), DB_INT((e)->asks), DB_TEXT(search),                \
        DB_TEXT(or_empty((e)->other)), DB_TEXT(or_empty((e)->place)), DB_INT((e)->full_name),      \
        DB_INT((e)->cadence), DB_TEXT(or_empty((e)->years)), DB_TEXT(or_empty((e)->skills))

enum rc enrolment_add(struct db_tx *tx, struct arena *arena, const struct enrolment *e,
                      int64_t now_us)
{
    char *search = NULL;
    char *key = NULL;
    TRY(search_key(tx, arena, e, &search));
    TRY(name_key(tx, arena, e, &key));
    TRY(db_do(
        tx, NULL,
        "INSERT INTO enrolment(id, level, topics, top, languages, week, formats, goal, about, "
        "employer, caregiving, caregiving_for, access, access_for, places, hours, woman, asks, "
        "search, other, place, full_name, cadence, years, skills, person, cohort, role, state, reason, created_at, "
        "name_key, sent_at, priority) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
        "$13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, "
        "$29, '', $30, $31, $32, $33)",
        DB_ARGS(SAID(e, search), DB_INT(e->person), DB_INT(e->cohort), DB_TEXT(e->role),
                DB_TEXT(e->state), DB_INT(now_us), DB_TEXT(key), DB_INT(e->sent_at),
                DB_INT(e->priority))));
    return avoid_settle(tx, e->person);
}

enum rc enrolment_update(struct db_tx *tx, struct arena *arena, const struct enrolment *e)
{
    char *search = NULL;
    TRY(search_key(tx, arena, e, &search));
    return db_do(
        tx, NULL,
        "UPDATE enrolment SET level = $2, topics = $3, top = $4, languages = $5, week = $6, "
        "formats = $7, goal = $8, about = $9, employer = $10, caregiving = $11, "
        "caregiving_for = $12, access = $13, access_for = $14, places = $15, hours = $16, "
        "woman = $17, asks = $18, search = $19, other = $20, place = $21, full_name = $22, "
        "cadence = $23, years = $24, skills = $25 "
        "WHERE id = $1",
        DB_ARGS(SAID(e, search)));
}

// A text is searched by taking it out of the key: what is left differs. (LIKE differs by engine.)
enum rc enrolment_list(struct db_tx *tx, struct arena *arena, int64_t cohort,
                       const struct enrolment_filter *filter, struct enrolment **ret_enrolments,
                       size_t *ret_count)
{
    struct db_rows *rows = NULL;
    char *search = NULL;
    const char *typed = or_empty(filter->search);
    TRY(text_key(arena, typed, strlen(typed), &search));
    TRY(db_query(tx, arena, &rows,
                 COLUMNS "WHERE e.cohort = $1 AND e.state <> 'draft' AND ($2 = '' OR e.role = $2) "
                         "AND ($3 = '' OR e.state = $3) "
                         "AND ($4 = '' OR replace(e.search, $4, '') <> e.search) "
                         "AND (e.name_key > $5 OR (e.name_key = $5 AND e.id > $6)) "
                         "ORDER BY e.name_key, e.id LIMIT $7",
                 DB_ARGS(DB_INT(cohort), DB_TEXT(or_empty(filter->role)),
                         DB_TEXT(or_empty(filter->state)), DB_TEXT(search),
                         DB_TEXT(or_empty(filter->after)), DB_INT(filter->after_id),
                         DB_INT(filter->most == 0 ? ENROLMENTS_MAX : filter->most))));
    return read_all(arena, rows, ret_enrolments, ret_count);
}

enum rc enrolment_find(struct db_tx *tx, struct arena *arena, int64_t cohort, int64_t id,
                       struct enrolment *ret_enrolment)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 COLUMNS "WHERE e.id = $1 AND e.cohort = $2 AND e.state <> 'draft'",
                 DB_ARGS(DB_INT(id), DB_INT(cohort))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_enrolment = read_enrolment(rows, 0);
    return RC_OK;
}

enum rc enrolment_mine(struct req *req, int64_t cohort, struct enrolment **ret_enrolments,
                       size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 COLUMNS "WHERE e.person = $1 AND e.cohort = $2 ORDER BY e.role",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort))));
    return read_all(req->arena, rows, ret_enrolments, ret_count);
}

enum rc enrolment_mine_as(struct req *req, int64_t cohort, const char *role,
                          struct enrolment *ret_enrolment)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 COLUMNS "WHERE e.person = $1 AND e.cohort = $2 AND e.role = $3",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort), DB_TEXT(role))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_enrolment = read_enrolment(rows, 0);
    return RC_OK;
}

enum rc enrolment_before(struct req *req, int64_t cohort, const char *role,
                         struct enrolment *ret_enrolment, const char **ret_cohort)
{
    struct db_rows *rows = NULL;
    struct cohort from;
    TRY(db_query(req->tx, req->arena, &rows,
                 COLUMNS "WHERE e.person = $1 AND (e.cohort <> $2 OR e.role <> $3) AND e.state "
                         "NOT IN ('draft', 'declined', 'removed') AND e.languages <> '' "
                         "ORDER BY CASE WHEN e.role = $3 THEN 0 ELSE 1 END, e.id DESC LIMIT 1",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort), DB_TEXT(role))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_enrolment = read_enrolment(rows, 0);
    TRY(cohort_find(req->tx, req->arena, ret_enrolment->cohort, &from));
    *ret_cohort = from.name;
    return RC_OK;
}

enum rc enrolment_move(struct db_tx *tx, const struct enrolment_move *move, int64_t now_us)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed,
              "UPDATE enrolment SET state = $4, reason = $5 "
              "WHERE id = $1 AND cohort = $2 AND state = $3",
              DB_ARGS(DB_INT(move->id), DB_INT(move->cohort), DB_TEXT(move->from),
                      DB_TEXT(move->to), DB_TEXT(or_empty(move->reason)))));
    if (changed != 1)
        return RC_EXISTS;
    return db_do(
        tx, NULL,
        "INSERT INTO enrolment_move(id, enrolment, from_state, to_state, reason, moved_by, "
        "batch, at, undone, code, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10)",
        DB_ARGS(DB_INT(db_new_id(now_us)), DB_INT(move->id), DB_TEXT(move->from), DB_TEXT(move->to),
                DB_TEXT(or_empty(move->reason)), DB_INT(move->by), DB_INT(move->batch),
                DB_INT(now_us), DB_TEXT(or_empty(move->code)), DB_TEXT(or_empty(move->note))));
}

enum rc enrolment_renamed(const struct app_place *place, int64_t person)
{
    struct db_rows *rows = NULL;
    struct enrolment *all = NULL;
    size_t count = 0;
    TRY(db_query(place->tx, place->arena, &rows, COLUMNS "WHERE e.person = $1",
                 DB_ARGS(DB_INT(person))));
    TRY(read_all(place->arena, rows, &all, &count));
    for (size_t k = 0; k < count; k++) {
        TRY(enrolment_update(place->tx, place->arena, &all[k]));
        TRY(keep_name(place->tx, place->arena, &all[k]));
    }
    return RC_OK;
}

enum rc enrolment_submit(struct req *req, const struct enrolment *e)
{
    struct enrolment_move move = {.id = e->id,
                                  .cohort = e->cohort,
                                  .from = e->state,
                                  .to = "submitted",
                                  .reason = "",
                                  .by = req->actor.person,
                                  .batch = 0};
    const struct app_place here = app_here(req);
    const struct announcement sent = {ANNOUNCE_ENROLMENT_MOVED, e->cohort, 0, 0, e->id};
    TRY(enrolment_move(req->tx, &move, req->now_us));
    TRY(db_do(req->tx, NULL, "UPDATE enrolment SET sent_at = $2 WHERE id = $1",
              DB_ARGS(DB_INT(e->id), DB_INT(req->now_us))));
    TRY(avoid_settle(req->tx, e->person));
    TRY(app_announce(&here, &sent));
    return enrolment_index_one(&here, e->id);
}

enum rc enrolment_drop_draft(struct req *req, int64_t cohort, const char *role)
{
    return db_do(req->tx, NULL,
                 "DELETE FROM enrolment WHERE person = $1 AND cohort = $2 AND role = $3 "
                 "AND state = 'draft' "
                 "AND NOT EXISTS (SELECT 1 FROM enrolment_move m WHERE m.enrolment = enrolment.id)",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort), DB_TEXT(role)));
}

// Those who were carried over come first, then by when they signed up.
enum rc enrolment_queue_place(struct req *req, const struct enrolment *e, int64_t *ret_before)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT count(*) FROM enrolment WHERE cohort = $1 AND role = $2 "
                 "AND state = 'waitlisted' AND (priority > $3 OR (priority = $3 AND "
                 "(sent_at < $4 OR (sent_at = $4 AND id < $5))))",
                 DB_ARGS(DB_INT(e->cohort), DB_TEXT(e->role), DB_INT(e->priority),
                         DB_INT(e->sent_at), DB_INT(e->id))));
    *ret_before = db_int(rows, 0, 0);
    return RC_OK;
}

enum rc enrolment_note_add(struct req *req, int64_t enrolment, const char *text)
{
    return db_do(req->tx, NULL,
                 "INSERT INTO enrolment_note(id, enrolment, author, at, text) "
                 "VALUES ($1, $2, $3, $4, $5)",
                 DB_ARGS(DB_INT(db_new_id(req->now_us)), DB_INT(enrolment),
                         DB_INT(req->actor.person), DB_INT(req->now_us), DB_TEXT(text)));
}

enum rc enrolment_notes(struct req *req, int64_t enrolment, struct enrolment_note **ret_notes,
                        size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT p.name, n.at, n.text, n.author FROM enrolment_note n "
                 "JOIN person p ON p.id = n.author WHERE n.enrolment = $1 ORDER BY n.id LIMIT 200",
                 DB_ARGS(DB_INT(enrolment))));
    struct enrolment_note *notes = ARENA_ARRAY(req->arena, struct enrolment_note, db_count(rows));
    if (notes == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        notes[k] = (struct enrolment_note){
            db_text(rows, k, 0), app_time(req->arena, db_int(rows, k, 1)), db_text(rows, k, 2),
            db_int(rows, k, 3) == req->actor.person, db_int(rows, k, 1)};
    *ret_notes = notes;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc enrolment_history(struct req *req, int64_t enrolment, struct db_rows **ret_rows)
{
    return db_query(req->tx, req->arena, ret_rows,
                    "SELECT m.from_state, m.to_state, m.reason, coalesce(p.name, ''), m.at, "
                    "m.code, m.note "
                    "FROM enrolment_move m LEFT JOIN person p ON p.id = m.moved_by "
                    "WHERE m.enrolment = $1 ORDER BY m.id LIMIT 200",
                    DB_ARGS(DB_INT(enrolment)));
}

// Others of this cohort with her name, who may be the same person with another address: id, e-mail,
// role, state.
enum rc enrolment_namesakes(struct req *req, const struct enrolment *e, struct db_rows **ret_rows)
{
    return db_query(req->tx, req->arena, ret_rows,
                    "SELECT o.id, p.email, o.role, o.state FROM enrolment e JOIN enrolment o "
                    "ON o.cohort = e.cohort AND o.name_key = e.name_key AND o.person <> e.person "
                    "JOIN person p ON p.id = o.person WHERE e.id = $1 AND o.state <> 'draft' "
                    "AND e.name_key <> '' ORDER BY o.id LIMIT 5",
                    DB_ARGS(DB_INT(e->id)));
}

enum rc enrolment_undo(struct req *req, int64_t cohort, int64_t batch, uint64_t *ret_undone)
{
    TRY(db_do(req->tx, ret_undone,
              "UPDATE enrolment SET state = m.from_state, reason = '' FROM enrolment_move m "
              "WHERE m.enrolment = enrolment.id AND m.batch = $2 AND m.moved_by = $3 "
              "AND m.undone = 0 AND enrolment.state = m.to_state AND enrolment.cohort = $1",
              DB_ARGS(DB_INT(cohort), DB_INT(batch), DB_INT(req->actor.person))));
    return db_do(req->tx, NULL,
                 "UPDATE enrolment_move SET undone = 1 WHERE batch = $1 AND moved_by = $2",
                 DB_ARGS(DB_INT(batch), DB_INT(req->actor.person)));
}

enum rc enrolment_counts(struct req *req, int64_t cohort, struct db_rows **ret_rows)
{
    return db_query(req->tx, req->arena, ret_rows,
                    "SELECT role, state, count(*) FROM enrolment "
                    "WHERE cohort = $1 AND state <> 'draft' GROUP BY role, state "
                    "ORDER BY role, state",
                    DB_ARGS(DB_INT(cohort)));
}

enum rc enrolment_mark_backs(struct req *req, int64_t cohort, struct enrolment *all, size_t count)
{
    enum { MOST = 1000 };
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT e.id FROM mail_back b CROSS JOIN person p CROSS JOIN enrolment e WHERE b.stops = "
        "1 AND p.email = b.email AND e.person = p.id AND e.cohort = $1 ORDER BY b.at DESC "
        "LIMIT $2",
        DB_ARGS(DB_INT(cohort), DB_INT(MOST))));
    for (size_t k = 0; k < count; k++)
        for (size_t r = 0; r < db_count(rows); r++)
            all[k].letters_back = all[k].letters_back || all[k].id == db_int(rows, r, 0);
    return RC_OK;
}
