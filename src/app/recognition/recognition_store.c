// SPDX-License-Identifier: Apache-2.0
//
// The rows of milestones, badges and thanks; see recognition_store.h.
#include "app/recognition/recognition_store.h"

#include <string.h>

const char recognition_schema_1[] =
    "CREATE TABLE recognition_choice(person {id} NOT NULL PRIMARY KEY REFERENCES person(id), "
    "celebrate {int} NOT NULL){end};\n"
    "CREATE TABLE milestone(id {id} NOT NULL PRIMARY KEY, person {id} NOT NULL REFERENCES "
    "person(id), match {id} NOT NULL REFERENCES match(id), kind TEXT NOT NULL, subject {id} NOT "
    "NULL, at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX milestone_once ON milestone(person, match, kind, subject);\n"
    "CREATE INDEX milestone_match ON milestone(match);\n"
    "CREATE TABLE badge_rule(id {id} NOT NULL PRIMARY KEY, root {id} NOT NULL, version {int} NOT "
    "NULL, title TEXT NOT NULL, about TEXT NOT NULL, counts TEXT NOT NULL, least {int} NOT NULL, "
    "by_hand {int} NOT NULL, is_on {int} NOT NULL, made_by {id} NOT NULL, made_at {int} NOT NULL, "
    "superseded {int} NOT NULL){end};\n"
    "CREATE INDEX badge_rule_now ON badge_rule(superseded, root);\n"
    "CREATE TABLE award(id {id} NOT NULL PRIMARY KEY, rule {id} NOT NULL REFERENCES badge_rule(id), "
    "root {id} NOT NULL, person {id} NOT NULL REFERENCES person(id), cohort {id} NOT NULL, amount "
    "{int} NOT NULL, state TEXT NOT NULL, made_at {int} NOT NULL, decided_by {id} NOT NULL, "
    "decided_at {int} NOT NULL, reason TEXT NOT NULL){end};\n"
    "CREATE UNIQUE INDEX award_once ON award(root, person);\n"
    "CREATE INDEX award_person ON award(person);\n"
    "CREATE INDEX award_cohort ON award(cohort, state, id);\n"
    "CREATE TABLE signing_key(id {id} NOT NULL PRIMARY KEY, public TEXT NOT NULL, secret TEXT NOT "
    "NULL, made_at {int} NOT NULL){end};\n"
    "CREATE TABLE certificate(id {id} NOT NULL PRIMARY KEY, code TEXT NOT NULL, person {id} NOT NULL "
    "REFERENCES person(id), match {id} NOT NULL REFERENCES match(id), cohort {id} NOT NULL, name TEXT "
    "NOT NULL, programme TEXT NOT NULL, role TEXT NOT NULL, starts TEXT NOT NULL, ends TEXT NOT NULL, "
    "minutes {int} NOT NULL, issued TEXT NOT NULL, state TEXT NOT NULL, replaced_by TEXT NOT NULL, "
    "reason TEXT NOT NULL, text TEXT NOT NULL, signature TEXT NOT NULL, signed_by {id} NOT NULL "
    "REFERENCES signing_key(id), changed_at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX certificate_code ON certificate(code);\n"
    "CREATE UNIQUE INDEX certificate_holds ON certificate(person, match) WHERE state = 'valid';\n"
    "CREATE INDEX certificate_match ON certificate(match);\n"
    "CREATE INDEX certificate_cohort ON certificate(cohort, id);\n"
    "CREATE TABLE thanks(id {id} NOT NULL PRIMARY KEY, sender {id} NOT NULL REFERENCES person(id), "
    "receiver {id} NOT NULL REFERENCES person(id), match {id} NOT NULL REFERENCES match(id), cohort "
    "{id} NOT NULL, text TEXT NOT NULL, shared {int} NOT NULL, shown {int} NOT NULL, at {int} NOT "
    "NULL){end};\n"
    "CREATE INDEX thanks_receiver ON thanks(receiver, id);\n"
    "CREATE INDEX thanks_sender ON thanks(sender, id);\n"
    "CREATE INDEX thanks_cohort ON thanks(cohort, shown, id);\n";

// clang-format off
const struct field_option milestone_kinds[] = {
    {MILESTONE_FIRST_MEETING, MSG("You have met for the first time")},
    {MILESTONE_GOAL,          MSG("A goal is reached")},
    {MILESTONE_HALFWAY,       MSG("Half of the way is behind you")},
    {MILESTONE_COMPLETED,     MSG("You came to a good end")},
    {NULL, NULL},
};
// clang-format on

// ---- milestones --------------------------------------------------------------------------------

enum rc recognition_wanted(struct db_tx *tx, struct arena *arena, int64_t person, bool *ret_wanted)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, "SELECT celebrate FROM recognition_choice WHERE person = $1",
                 DB_ARGS(DB_INT(person))));
    *ret_wanted = db_count(rows) == 0 || db_int(rows, 0, 0) == 1;
    return RC_OK;
}

enum rc recognition_want(struct db_tx *tx, int64_t person, bool wanted)
{
    return db_do(tx, NULL,
                 "INSERT INTO recognition_choice(person, celebrate) VALUES ($1, $2) ON CONFLICT "
                 "(person) DO UPDATE SET celebrate = excluded.celebrate",
                 DB_ARGS(DB_INT(person), DB_INT(wanted)));
}

enum rc milestone_add(const struct app_place *place, int64_t person, int64_t match,
                      const char *kind, int64_t subject, bool *ret_new)
{
    bool wanted = false;
    uint64_t changed = 0;
    TRY(recognition_wanted(place->tx, place->arena, person, &wanted));
    if (wanted)
        TRY(db_do(place->tx, &changed,
                  "INSERT INTO milestone(id, person, match, kind, subject, at) VALUES ($1, $2, $3, "
                  "$4, $5, $6) ON CONFLICT (person, match, kind, subject) DO NOTHING",
                  DB_ARGS(DB_INT(db_new_id(place->now_us)), DB_INT(person), DB_INT(match),
                          DB_TEXT(kind), DB_INT(subject), DB_INT(place->now_us))));
    if (ret_new != NULL)
        *ret_new = changed > 0;
    return RC_OK;
}

enum rc milestone_list(struct req *req, struct milestone **ret_all, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT m.kind, CASE WHEN x.person = $1 THEN q.name ELSE p.name END, "
                 "coalesce(g.title, ''), m.at FROM milestone m JOIN match a ON a.id = m.match JOIN "
                 "enrolment x ON x.id = a.mentee JOIN enrolment y ON y.id = a.mentor JOIN person p "
                 "ON p.id = x.person JOIN person q ON q.id = y.person LEFT JOIN goal g ON g.id = "
                 "m.subject AND m.kind = 'goal' WHERE m.person = $1 ORDER BY m.at DESC, m.id LIMIT "
                 "200",
                 DB_ARGS(DB_INT(req->actor.person))));
    struct milestone *all = ARENA_ARRAY(req->arena, struct milestone, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct milestone){db_text(rows, k, 0), db_text(rows, k, 1), db_text(rows, k, 2),
                                    db_int(rows, k, 3)};
    *ret_all = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

// ---- thanks ------------------------------------------------------------------------------------

// Notes may go to those of a circle, too: match 0.
const char recognition_schema_5[] =
    "CREATE TABLE thanks_note(id {id} NOT NULL PRIMARY KEY, sender {id} NOT NULL REFERENCES "
    "person(id), receiver {id} NOT NULL REFERENCES person(id), match {id} NOT NULL, circle {id} NOT "
    "NULL, cohort {id} NOT NULL, text TEXT NOT NULL, shared {int} NOT NULL, shown {int} NOT NULL, at "
    "{int} NOT NULL){end};\n"
    "INSERT INTO thanks_note(id, sender, receiver, match, circle, cohort, text, shared, shown, at) "
    "SELECT id, sender, receiver, match, 0, cohort, text, shared, shown, at FROM thanks;\n"
    "DROP TABLE thanks;\n"
    "ALTER TABLE thanks_note RENAME TO thanks;\n"
    "CREATE INDEX thanks_receiver ON thanks(receiver, id);\n"
    "CREATE INDEX thanks_sender ON thanks(sender, id);\n"
    "CREATE INDEX thanks_cohort ON thanks(cohort, shown, id);\n";

// Who is in a circle with her ($1), and not kept apart from her.
#define CIRCLE_MATES                                                                               \
    "FROM circle_member m JOIN circle c ON c.id = m.circle JOIN circle_member o ON o.circle = "    \
    "m.circle AND o.state = 'member' AND o.person <> m.person JOIN person p ON p.id = o.person "   \
    "AND p.closed_at = 0 WHERE m.person = $1 AND m.state = 'member' AND NOT EXISTS (SELECT 1 "     \
    "FROM avoid v WHERE (v.a = m.person AND v.b = o.person) OR (v.b = m.person AND v.a = "         \
    "o.person)) "

// Those of her pairs, then those of her circles.
enum rc thanks_people(struct req *req, struct thanks_to **ret_people, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT a.id, 0, CASE WHEN x.person = $1 THEN y.person ELSE x.person END, CASE WHEN x.person "
        "= $1 THEN q.name ELSE p.name END, '' FROM match a JOIN "
        "enrolment x ON x.id = a.mentee JOIN enrolment y ON y.id = a.mentor JOIN person p "
        "ON p.id = x.person JOIN person q ON q.id = y.person WHERE a.id IN (SELECT h.id FROM "
        "match h JOIN enrolment e ON e.id = h.mentee WHERE e.person = $1 UNION SELECT h.id FROM "
        "match h JOIN enrolment e ON e.id = h.mentor WHERE e.person = $1) AND a.began_at > 0 AND "
        "a.held_back = 0 AND p.closed_at = 0 AND "
        "q.closed_at = 0 ORDER BY a.began_at DESC LIMIT 100",
        DB_ARGS(DB_INT(req->actor.person))));
    struct db_rows *mates = NULL;
    TRY(db_query(req->tx, req->arena, &mates,
                 "SELECT 0, c.id, o.person, p.name, c.title " CIRCLE_MATES
                 "ORDER BY c.title, p.name, o.person LIMIT 100",
                 DB_ARGS(DB_INT(req->actor.person))));
    size_t count = db_count(rows) + db_count(mates);
    struct thanks_to *all = ARENA_ARRAY(req->arena, struct thanks_to, count);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++) {
        const struct db_rows *r = k < db_count(rows) ? rows : mates;
        size_t at = k < db_count(rows) ? k : k - db_count(rows);
        all[k] = (struct thanks_to){db_int(r, at, 0),  db_int(r, at, 1),  db_int(r, at, 2),
                                    db_text(r, at, 3), db_text(r, at, 4), NULL};
        all[k].value = all[k].match != 0
                           ? arena_printf(req->arena, "pair-%lld", (long long)all[k].match)
                           : arena_printf(req->arena, "circle-%lld-%lld", (long long)all[k].circle,
                                          (long long)all[k].person);
        if (all[k].value == NULL)
            return RC_NO_MEMORY;
    }
    *ret_people = all;
    *ret_count = count;
    return RC_OK;
}

enum rc thanks_add(struct req *req, const struct thanks_to *to, const char *text, bool shared)
{
    uint64_t changed = 0;
    int64_t id = db_new_id(req->now_us);
    if (to->match != 0)
        TRY(db_do(req->tx, &changed,
                  "INSERT INTO thanks(id, sender, receiver, match, circle, cohort, text, shared, "
                  "shown, at) SELECT $1, $2, CASE WHEN x.person = $2 THEN y.person ELSE x.person "
                  "END, a.id, 0, a.cohort, $4, $5, 0, $6 FROM match a JOIN enrolment x ON x.id = "
                  "a.mentee JOIN enrolment y ON y.id = a.mentor WHERE a.id = $3 AND (x.person = $2 "
                  "OR y.person = $2) AND a.began_at > 0 AND a.held_back = 0",
                  DB_ARGS(DB_INT(id), DB_INT(req->actor.person), DB_INT(to->match), DB_TEXT(text),
                          DB_INT(shared), DB_INT(req->now_us))));
    else
        TRY(db_do(req->tx, &changed,
                  "INSERT INTO thanks(id, sender, receiver, match, circle, cohort, text, shared, "
                  "shown, at) SELECT $2, m.person, o.person, 0, c.id, c.cohort, $5, $6, 0, "
                  "$7 " CIRCLE_MATES "AND c.id = $3 AND o.person = $4",
                  DB_ARGS(DB_INT(req->actor.person), DB_INT(id), DB_INT(to->circle),
                          DB_INT(to->person), DB_TEXT(text), DB_INT(shared), DB_INT(req->now_us))));
    return changed == 1 ? RC_OK : RC_NOT_FOUND;
}

#define THANKS                                                                                     \
    "SELECT t.id, p.name, q.name, t.text, t.at, t.shared, t.shown FROM thanks t JOIN person p ON " \
    "p.id = t.sender JOIN person q ON q.id = t.receiver "

static enum rc read_thanks(struct arena *arena, const struct db_rows *rows, struct thanks **ret_all,
                           size_t *ret_count)
{
    struct thanks *all = ARENA_ARRAY(arena, struct thanks, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] =
            (struct thanks){db_int(rows, k, 0),     db_text(rows, k, 1), db_text(rows, k, 2),
                            db_text(rows, k, 3),    db_int(rows, k, 4),  db_int(rows, k, 5) == 1,
                            db_int(rows, k, 6) == 1};
    *ret_all = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc thanks_mine(struct req *req, bool received, struct thanks **ret_all, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 THANKS "WHERE (t.receiver = $1 AND $2 = 1) OR (t.sender = $1 AND $2 = 0) ORDER BY "
                        "t.id DESC LIMIT 100",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(received))));
    return read_thanks(req->arena, rows, ret_all, ret_count);
}

enum rc thanks_show(struct req *req, int64_t id, bool shown)
{
    uint64_t changed = 0;
    TRY(db_do(req->tx, &changed,
              "UPDATE thanks SET shown = $3 WHERE id = $1 AND receiver = $2 AND shared = 1",
              DB_ARGS(DB_INT(id), DB_INT(req->actor.person), DB_INT(shown))));
    return changed == 1 ? RC_OK : RC_NOT_FOUND;
}

enum rc thanks_of_cohort(struct req *req, int64_t cohort, struct thanks **ret_all,
                         size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 THANKS "WHERE t.cohort = $1 AND t.shared = 1 AND t.shown = 1 AND p.closed_at = 0 "
                        "AND q.closed_at = 0 AND (EXISTS (SELECT 1 FROM enrolment e WHERE e.cohort "
                        "= $1 AND e.person = $2 AND e.state = 'approved') OR $3 = 1) ORDER BY t.id "
                        "DESC LIMIT 100",
                 DB_ARGS(DB_INT(cohort), DB_INT(req->actor.person), DB_INT(req->actor.admin))));
    return read_thanks(req->arena, rows, ret_all, ret_count);
}
