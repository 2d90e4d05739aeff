// SPDX-License-Identifier: Apache-2.0
//
// The rows of certificates and of the key that signs them; see recognition_store.h.
#include <string.h>

#include "app/recognition/recognition_store.h"
#include "auth/sign.h"
#include "auth/token.h"

enum { CODE_LETTERS = 26 }; // of base 16: 104 bits

// The minutes of a match that count, and its first and last day.
#define OF_MATCH                                                                                     \
    "SELECT a.id, x.person, y.person, c.name, a.began_at, a.ended_at, (SELECT "                      \
    "coalesce(sum(t.held_minutes), 0) FROM meeting t WHERE t.match = a.id AND t.state = 'held'), "   \
    "a.cohort, p.name, q.name FROM match a JOIN enrolment x ON x.id = a.mentee JOIN enrolment y ON " \
    "y.id = a.mentor JOIN person p ON p.id = x.person JOIN person q ON q.id = y.person JOIN cohort " \
    "c ON c.id = a.cohort "

enum rc signing_key_find(const struct app_place *place, bool make, struct signing_key *ret_key)
{
    struct db_rows *rows = NULL;
    struct sign_keys keys;
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT public, secret FROM signing_key ORDER BY id DESC LIMIT 1", DB_NO_ARGS));
    if (db_count(rows) > 0) {
        *ret_key = (struct signing_key){db_text(rows, 0, 0), db_text(rows, 0, 1)};
        return RC_OK;
    }
    if (!make)
        return RC_NOT_FOUND;
    TRY(sign_new_keys(place->arena, &keys));
    TRY(db_do(place->tx, NULL,
              "INSERT INTO signing_key(id, public, secret, made_at) VALUES ($1, $2, $3, $4)",
              DB_ARGS(DB_INT(db_new_id(place->now_us)), DB_TEXT(keys.public), DB_TEXT(keys.secret),
                      DB_INT(place->now_us))));
    *ret_key = (struct signing_key){keys.public, keys.secret};
    return RC_OK;
}

enum rc certificate_dues(struct req *req, struct certificate_due **ret_dues, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        OF_MATCH
        "WHERE a.id IN (SELECT h.id FROM match h JOIN enrolment e ON e.id = h.mentee WHERE e.person = $1 "
        "UNION SELECT h.id FROM match h JOIN enrolment e ON e.id = h.mentor WHERE e.person = $1) "
        "AND a.state = 'completed' AND NOT "
        "EXISTS (SELECT 1 FROM certificate z WHERE z.match = a.id AND z.person = "
        "$1 AND z.state IN ('valid', 'revoked')) ORDER BY a.ended_at DESC LIMIT 50",
        DB_ARGS(DB_INT(req->actor.person))));
    struct certificate_due *all = ARENA_ARRAY(req->arena, struct certificate_due, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++) {
        bool mentee = db_int(rows, k, 1) == req->actor.person;
        all[k] = (struct certificate_due){db_int(rows, k, 0), db_text(rows, k, 3),
                                          db_text(rows, k, mentee ? 9 : 8), db_int(rows, k, 6)};
    }
    *ret_dues = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

static const char *day_of(struct arena *arena, int64_t at_us)
{
    const char *time = app_time(arena, at_us);
    return time == NULL ? NULL : arena_strndup(arena, time, 10);
}

static enum rc put_certificate(const struct app_place *place, struct certificate *c)
{
    struct signing_key key;
    const struct certificate_words words = {c->code,    c->name,   c->programme,
                                            c->role,    c->from,   c->until,
                                            c->minutes, c->issued, place->app->site};
    TRY(signing_key_find(place, true, &key));
    TRY(certificate_text(place->arena, &words, &c->text));
    TRY(sign_text(place->arena, key.secret, c->text, &c->sign));
    c->public = key.public;
    c->state = "valid";
    return db_do(
        place->tx, NULL,
        "INSERT INTO certificate(id, code, person, match, cohort, name, programme, role, "
        "starts, ends, minutes, issued, state, replaced_by, reason, text, signature, "
        "signed_by, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
        "'valid', '', '', $13, $14, (SELECT max(id) FROM signing_key), $15)",
        DB_ARGS(DB_INT(c->id), DB_TEXT(c->code), DB_INT(c->person), DB_INT(c->match),
                DB_INT(c->cohort), DB_TEXT(c->name), DB_TEXT(c->programme), DB_TEXT(c->role),
                DB_TEXT(c->from), DB_TEXT(c->until), DB_INT(c->minutes), DB_TEXT(c->issued),
                DB_TEXT(c->text), DB_TEXT(c->sign), DB_INT(place->now_us)));
}

enum rc certificate_issue(const struct app_place *place, int64_t person, int64_t match,
                          const char *name, struct certificate *ret_certificate)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows,
                 OF_MATCH "WHERE a.id = $1 AND (x.person = $2 OR y.person = $2) AND a.state = "
                          "'completed'",
                 DB_ARGS(DB_INT(match), DB_INT(person))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    const char *token = token_new(place->arena);
    struct certificate c = {.id = db_new_id(place->now_us),
                            .person = person,
                            .match = match,
                            .cohort = db_int(rows, 0, 7),
                            .name = name,
                            .programme = db_text(rows, 0, 3),
                            .role = db_int(rows, 0, 1) == person ? "mentee" : "mentor",
                            .from = day_of(place->arena, db_int(rows, 0, 4)),
                            .until = day_of(place->arena, db_int(rows, 0, 5)),
                            .minutes = db_int(rows, 0, 6),
                            .issued = day_of(place->arena, place->now_us),
                            .replaced_by = "",
                            .reason = ""};
    c.code = token == NULL ? NULL : arena_strndup(place->arena, token, CODE_LETTERS);
    if (c.code == NULL || c.from == NULL || c.until == NULL || c.issued == NULL)
        return RC_NO_MEMORY;
    TRY(put_certificate(place, &c));
    *ret_certificate = c;
    return RC_OK;
}

#define CERTIFICATE                                                                                 \
    "SELECT z.id, z.code, z.person, z.match, z.cohort, z.name, z.programme, z.role, z.starts, "     \
    "z.ends, z.minutes, z.issued, z.state, z.replaced_by, z.reason, z.text, z.signature, k.public " \
    "FROM certificate z JOIN signing_key k ON k.id = z.signed_by "

static struct certificate read_certificate(const struct db_rows *r, size_t k)
{
    return (struct certificate){db_int(r, k, 0),   db_text(r, k, 1),  db_int(r, k, 2),
                                db_int(r, k, 3),   db_int(r, k, 4),   db_text(r, k, 5),
                                db_text(r, k, 6),  db_text(r, k, 7),  db_text(r, k, 8),
                                db_text(r, k, 9),  db_int(r, k, 10),  db_text(r, k, 11),
                                db_text(r, k, 12), db_text(r, k, 13), db_text(r, k, 14),
                                db_text(r, k, 15), db_text(r, k, 16), db_text(r, k, 17)};
}

static enum rc read_certificates(struct arena *arena, const struct db_rows *rows,
                                 struct certificate **ret_all, size_t *ret_count)
{
    struct certificate *all = ARENA_ARRAY(arena, struct certificate, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_certificate(rows, k);
    *ret_all = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc certificate_mine(struct req *req, struct certificate **ret_all, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 CERTIFICATE "WHERE z.person = $1 ORDER BY z.id DESC LIMIT 100",
                 DB_ARGS(DB_INT(req->actor.person))));
    return read_certificates(req->arena, rows, ret_all, ret_count);
}

enum rc certificate_of_cohort(struct req *req, int64_t cohort, struct certificate **ret_all,
                              size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 CERTIFICATE "WHERE z.cohort = $1 ORDER BY z.id DESC LIMIT 500",
                 DB_ARGS(DB_INT(cohort))));
    return read_certificates(req->arena, rows, ret_all, ret_count);
}

enum rc certificate_find(struct db_tx *tx, struct arena *arena, const char *code,
                         struct certificate *ret_certificate)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, CERTIFICATE "WHERE z.code = $1", DB_ARGS(DB_TEXT(code))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_certificate = read_certificate(rows, 0);
    return RC_OK;
}

enum rc certificate_end(struct db_tx *tx, const char *code, const char *to, const char *reason,
                        const char *replaced_by, int64_t now_us)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed,
              "UPDATE certificate SET state = $2, reason = $3, replaced_by = $4, changed_at = $5 "
              "WHERE code = $1 AND state = 'valid'",
              DB_ARGS(DB_TEXT(code), DB_TEXT(to), DB_TEXT(reason), DB_TEXT(replaced_by),
                      DB_INT(now_us))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

// ---- when hours change -------------------------------------------------------------------------

static const struct app_letter letter_replaced = {
    MSG("Your certificate was replaced"),
    {MSG("Hello {0},"),
                                       MSG("the confirmed hours of your match have changed, so your certificate was replaced by a new one. The old code says so."),
                                       MSG("The new one is here:"), "{1}", NULL}
};

static enum rc renew(const struct app_place *place, const struct certificate *old)
{
    struct certificate now;
    struct db_rows *rows = NULL;
    TRY(certificate_end(place->tx, old->code, "replaced", "", "", place->now_us));
    TRY(certificate_issue(place, old->person, old->match, old->name, &now));
    TRY(db_do(place->tx, NULL, "UPDATE certificate SET replaced_by = $2 WHERE code = $1",
              DB_ARGS(DB_TEXT(old->code), DB_TEXT(now.code))));
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT email, language, name FROM person WHERE id = $1 AND closed_at = 0",
                 DB_ARGS(DB_INT(old->person))));
    const char *url = arena_printf(place->arena, "%s/certificates/%s",
                                   place->app->url == NULL ? "" : place->app->url, now.code);
    if (url == NULL)
        return RC_NO_MEMORY;
    if (db_count(rows) == 0)
        return RC_OK;
    const char *const values[] = {db_text(rows, 0, 2), url};
    return app_send_from(place, db_text(rows, 0, 0), db_text(rows, 0, 1), &letter_replaced, values,
                         2);
}

enum rc certificate_find_unlike(struct db_tx *tx, struct arena *arena, int64_t most,
                                struct db_rows **ret_matches)
{
    return db_ask(tx, arena, ret_matches,
                  "SELECT DISTINCT z.match FROM certificate z WHERE z.state = 'valid' "
                  "AND z.minutes <> (SELECT coalesce(sum(t.held_minutes), 0) FROM meeting t "
                  "WHERE t.match = z.match AND t.state = 'held') ORDER BY z.match LIMIT $1",
                  DB_ARGS(DB_INT(most)));
}

enum rc certificate_renew_all(const struct app_place *place, int64_t match)
{
    enum { AT_ONCE = 500 };
    struct db_rows *rows = NULL;
    struct certificate *all = NULL;
    size_t count = 0;
    TRY(db_query(place->tx, place->arena, &rows,
                 CERTIFICATE "WHERE z.state = 'valid' AND z.match = $2 AND z.minutes <> (SELECT "
                             "coalesce(sum(t.held_minutes), 0) FROM meeting t WHERE t.match = "
                             "z.match AND t.state = 'held') ORDER BY z.id LIMIT $1",
                 DB_ARGS(DB_INT(AT_ONCE), DB_INT(match))));
    TRY(read_certificates(place->arena, rows, &all, &count));
    for (size_t k = 0; k < count; k++)
        TRY(renew(place, &all[k]));
    return RC_OK;
}
