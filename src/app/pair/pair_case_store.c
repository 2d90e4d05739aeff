// SPDX-License-Identifier: Apache-2.0
//
// The rows of concerns, and who may read them; see pair_case.h.
#include <string.h>

#include "app/pair/pair_case.h"

const struct field_option concern_kinds[] = {
    {"no_reply",  MSG("The other does not answer")    },
    {"no_show",   MSG("The other does not come")      },
    {"fit",       MSG("We don't fit together")        },
    {"access",    MSG("Something shuts me out")       },
    {"programme", MSG("Something about the programme")},
    {"conduct",   MSG("How somebody behaves")         },
    {"safety",    MSG("Somebody may be in danger")    },
    {"other",     MSG("Something else")               },
    {NULL,        NULL                                },
};
const struct field_option concern_states[] = {
    {"open",         MSG("not read yet")            },
    {"acknowledged", MSG("read")                    },
    {"in_progress",  MSG("being looked after")      },
    {"escalated",    MSG("given to somebody higher")},
    {"resolved",     MSG("settled")                 },
    {NULL,           NULL                           },
};

bool concern_is_grave(const char *kind)
{
    return strcmp(kind, "conduct") == 0 || strcmp(kind, "safety") == 0;
}

enum rc concern_add(struct req *req, const struct concern *c, int64_t *ret_id)
{
    *ret_id = db_new_id(req->now_us);
    return db_do(
        req->tx, NULL,
        "INSERT INTO concern(id, cohort, match, kind, by_person, named, text, state, made_at, "
        "due_at, taken_by, closed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, "
        "0, 0)",
        DB_ARGS(DB_INT(*ret_id), DB_INT(c->cohort), DB_INT(c->match), DB_TEXT(c->kind),
                DB_INT(req->actor.person), DB_INT(c->named), DB_TEXT(c->text), DB_INT(req->now_us),
                DB_INT(c->due_at)));
}

#define CONCERN                                                                                    \
    "SELECT c.id, c.cohort, c.match, c.kind, c.by_person, c.named, CASE WHEN c.named = 1 THEN "    \
    "p.name ELSE '' END, c.text, c.state, c.made_at, c.due_at, coalesce(a.name, ''), "             \
    "coalesce(b.name, ''), h.name FROM concern c JOIN person p ON p.id = c.by_person JOIN cohort " \
    "h ON h.id = c.cohort LEFT JOIN match m ON m.id = c.match LEFT JOIN enrolment x ON x.id = "    \
    "m.mentee LEFT JOIN person a ON a.id = x.person LEFT JOIN enrolment y ON y.id = m.mentor "     \
    "LEFT JOIN person b ON b.id = y.person "

static enum rc read_all(struct arena *arena, const struct db_rows *r, struct concern **ret_concerns,
                        size_t *ret_count)
{
    struct concern *all = ARENA_ARRAY(arena, struct concern, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct concern){db_int(r, k, 0),   db_int(r, k, 1),  db_int(r, k, 2),
                                  db_text(r, k, 3),  db_int(r, k, 4),  db_int(r, k, 5),
                                  db_text(r, k, 6),  db_text(r, k, 7), db_text(r, k, 8),
                                  db_int(r, k, 9),   db_int(r, k, 10), db_text(r, k, 11),
                                  db_text(r, k, 12), db_text(r, k, 13)};
    *ret_concerns = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc concern_mine(struct req *req, struct concern **ret_concerns, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 CONCERN "WHERE c.by_person = $1 ORDER BY c.id DESC LIMIT 100",
                 DB_ARGS(DB_INT(req->actor.person))));
    return read_all(req->arena, rows, ret_concerns, ret_count);
}

// Somebody who is named for safety in the cohort of concern c and has no part in it.
#define LEAD                                                                                       \
    "EXISTS (SELECT 1 FROM role r JOIN person q ON q.id = r.person WHERE r.cohort = c.cohort AND " \
    "r.role = 'safeguarding' AND q.closed_at = 0 AND q.id <> c.by_person AND (c.match = 0 OR "     \
    "(q.id <> x.person AND q.id <> y.person))) "

// Grave ones: those who are named for safety; or, where nobody is who has no part in it, those who
// run the cohort. Never one of the pair that it is about, nor the one who said it.
#define READABLE                                                                                   \
    "c.by_person <> $2 AND (c.match = 0 OR (x.person <> $2 AND y.person <> $2)) AND (c.kind NOT "  \
    "IN ('conduct', 'safety') OR EXISTS (SELECT 1 FROM role r WHERE r.person = $2 AND r.cohort = " \
    "c.cohort AND r.role = 'safeguarding') OR ($3 = 1 AND NOT " LEAD ")) AND (c.kind IN "          \
    "('conduct', 'safety') OR $3 = 1) "

enum rc concern_list(struct req *req, int64_t cohort, int64_t concern,
                     struct concern **ret_concerns, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    bool staff = req->actor.admin;
    if (!staff)
        TRY(app_has_role(req, ROLE_MANAGER, cohort, &staff));
    if (!staff)
        TRY(app_has_role(req, ROLE_COORDINATOR, cohort, &staff));
    TRY(db_query(
        req->tx, req->arena, &rows,
        CONCERN "WHERE c.cohort = $1 AND ($4 = 0 OR c.id = $4) AND " READABLE
                "ORDER BY CASE WHEN c.state = 'resolved' THEN 1 ELSE 0 END, c.due_at, c.id "
                "LIMIT 500",
        DB_ARGS(DB_INT(cohort), DB_INT(req->actor.person), DB_INT(staff), DB_INT(concern))));
    return read_all(req->arena, rows, ret_concerns, ret_count);
}

enum rc concern_notes(struct req *req, int64_t concern, bool only_shown,
                      struct concern_note **ret_notes, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT p.name, n.text, n.shown, n.at FROM concern_note n JOIN person p ON p.id = "
        "n.person WHERE n.concern = $1 AND ($2 = 0 OR n.shown = 1) ORDER BY n.id LIMIT 200",
        DB_ARGS(DB_INT(concern), DB_INT(only_shown))));
    struct concern_note *all = ARENA_ARRAY(req->arena, struct concern_note, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct concern_note){db_text(r, k, 0), db_text(r, k, 1), db_int(r, k, 2),
                                       db_int(r, k, 3)};
    *ret_notes = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc concern_note_add(struct req *req, int64_t concern, const char *text, bool shown)
{
    int64_t id = db_new_id(req->now_us);
    return db_do(
        req->tx, NULL,
        "INSERT INTO concern_note(id, concern, person, text, shown, at) VALUES ($1, $2, $3, "
        "$4, $5, $6)",
        DB_ARGS(DB_INT(id), DB_INT(concern), DB_INT(req->actor.person), DB_TEXT(text),
                DB_INT(shown), DB_INT(req->now_us)));
}

enum rc concern_move(struct req *req, int64_t concern, const char *to)
{
    uint64_t changed = 0;
    TRY(db_do(
        req->tx, &changed,
        "UPDATE concern SET state = $2, taken_by = $3, closed_at = CASE WHEN $2 = 'resolved' "
        "THEN $4 ELSE 0 END WHERE id = $1 AND state <> $2",
        DB_ARGS(DB_INT(concern), DB_TEXT(to), DB_INT(req->actor.person), DB_INT(req->now_us))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc concern_leads(struct db_tx *tx, struct arena *arena, int64_t cohort, int64_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT count(*) FROM role r JOIN person p ON p.id = r.person WHERE r.cohort = $1 "
                 "AND r.role = 'safeguarding' AND p.closed_at = 0",
                 DB_ARGS(DB_INT(cohort))));
    *ret_count = db_int(rows, 0, 0);
    return RC_OK;
}

enum rc concern_readers(struct req *req, const struct concern *c, struct db_rows **ret_rows)
{
    int64_t leads = 0;
    TRY(concern_leads(req->tx, req->arena, c->cohort, &leads));
    if (!concern_is_grave(c->kind) || leads == 0)
        return app_staff(req->tx, req->arena, c->cohort, ret_rows);
    TRY(db_query(req->tx, req->arena, ret_rows,
                 "SELECT p.email, p.language, p.name FROM person p JOIN role r ON r.person = p.id "
                 "WHERE r.cohort = $1 AND r.role = 'safeguarding' AND p.closed_at = 0 AND p.id <> "
                 "$2 AND NOT EXISTS (SELECT 1 FROM match m JOIN enrolment e ON e.id = m.mentee OR "
                 "e.id = m.mentor WHERE m.id = $3 AND e.person = p.id) ORDER BY p.email",
                 DB_ARGS(DB_INT(c->cohort), DB_INT(req->actor.person), DB_INT(c->match))));
    return db_count(*ret_rows) > 0 ? RC_OK : app_staff(req->tx, req->arena, c->cohort, ret_rows);
}
