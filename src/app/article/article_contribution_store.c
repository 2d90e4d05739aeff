// SPDX-License-Identifier: Apache-2.0
//
// The rows of contributions, what readers say of them, and their writers; see article_store.h.
#include <string.h>

#include "app/article/article_store.h"

// $1 is the reader. The name that is shown is the one that the writer chose; who has closed her
// account has none.
#define CONTRIBUTION                                                                                \
    "SELECT c.id, c.section, c.article, c.person, c.kind, c.body, c.byline, c.pseudonym, c.role, "  \
    "CASE WHEN c.byline = 'pseudonym' THEN c.pseudonym WHEN c.byline = 'name' AND p.closed_at = 0 " \
    "THEN p.name ELSE '' END, c.state, c.note, c.sent_at, c.decided_at, c.votes, (SELECT count(*) " \
    "FROM helpful h WHERE h.contribution = c.id AND h.person = $1), a.title, s.title "              \
    "FROM contribution c JOIN article a ON a.id = c.article JOIN article_section s ON s.id = "      \
    "c.section JOIN person p ON p.id = c.person "

static struct contribution read_one(const struct db_rows *r, size_t k)
{
    return (struct contribution){db_int(r, k, 0),      db_int(r, k, 1),   db_int(r, k, 2),
                                 db_int(r, k, 3),      db_text(r, k, 4),  db_text(r, k, 5),
                                 db_text(r, k, 6),     db_text(r, k, 7),  db_text(r, k, 8),
                                 db_text(r, k, 9),     db_text(r, k, 10), db_text(r, k, 11),
                                 db_int(r, k, 12),     db_int(r, k, 13),  db_int(r, k, 14),
                                 db_int(r, k, 15) > 0, db_text(r, k, 16), db_text(r, k, 17)};
}

static enum rc read_all(struct arena *arena, const struct db_rows *rows,
                        struct contribution **ret_all, size_t *ret_count)
{
    struct contribution *all = ARENA_ARRAY(arena, struct contribution, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_one(rows, k);
    *ret_all = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc contribution_list(const struct article_reader *by, int64_t section, int64_t skip,
                          size_t most, struct contribution **ret_all, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        by->tx, by->arena, &rows,
        CONTRIBUTION "WHERE c.section = $2 AND c.state = 'approved' ORDER BY c.votes DESC, "
                     "c.id LIMIT $3 OFFSET $4",
        DB_ARGS(DB_INT(by->person), DB_INT(section), DB_INT((int64_t)most), DB_INT(skip))));
    return read_all(by->arena, rows, ret_all, ret_count);
}

enum rc contribution_mine(const struct article_reader *by, struct contribution **ret_all,
                          size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(by->tx, by->arena, &rows,
                 CONTRIBUTION "WHERE c.person = $1 ORDER BY c.id DESC LIMIT 200",
                 DB_ARGS(DB_INT(by->person))));
    return read_all(by->arena, rows, ret_all, ret_count);
}

enum rc contribution_waiting(const struct article_reader *by, struct contribution **ret_all,
                             size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(by->tx, by->arena, &rows,
                 CONTRIBUTION "WHERE c.state = 'submitted' AND $2 = 1 ORDER BY c.sent_at LIMIT 100",
                 DB_ARGS(DB_INT(by->person), DB_INT(by->editor))));
    return read_all(by->arena, rows, ret_all, ret_count);
}

enum rc contribution_find(const struct article_reader *by, int64_t id, struct contribution *ret_one)
{
    struct db_rows *rows = NULL;
    TRY(db_query(by->tx, by->arena, &rows,
                 CONTRIBUTION
                 "WHERE c.id = $2 AND (c.person = $1 OR (c.state = 'approved' AND (a.state = "
                 "'published' OR $3 = 1)) OR ($3 = 1 AND c.state NOT IN ('draft', 'withdrawn')))",
                 DB_ARGS(DB_INT(by->person), DB_INT(id), DB_INT(by->editor))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_one = read_one(rows, 0);
    return RC_OK;
}

enum rc contribution_add(struct db_tx *tx, struct contribution *c, int64_t now_us)
{
    c->id = db_new_id(now_us);
    return db_do(
        tx, NULL,
        "INSERT INTO contribution(id, section, article, person, kind, body, byline, "
        "pseudonym, role, state, note, sent_at, decided_at, decided_by, changed_at, votes) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'draft', '', 0, 0, 0, $10, 0)",
        DB_ARGS(DB_INT(c->id), DB_INT(c->section), DB_INT(c->article), DB_INT(c->person),
                DB_TEXT(c->kind), DB_TEXT(c->body), DB_TEXT(c->byline), DB_TEXT(c->pseudonym),
                DB_TEXT(c->role), DB_INT(now_us)));
}

enum rc contribution_update(struct db_tx *tx, const struct contribution *c, int64_t now_us)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed,
              "UPDATE contribution SET kind = $2, body = $3, byline = $4, pseudonym = $5, role = "
              "$6, changed_at = $7 WHERE id = $1 AND state IN ('draft', 'changes_requested')",
              DB_ARGS(DB_INT(c->id), DB_TEXT(c->kind), DB_TEXT(c->body), DB_TEXT(c->byline),
                      DB_TEXT(c->pseudonym), DB_TEXT(c->role), DB_INT(now_us))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

// How many are approved stands with the section and the article, so that no page counts them.
static enum rc count_approved(struct db_tx *tx, const struct contribution *c, int64_t by_how_many)
{
    TRY(db_do(tx, NULL, "UPDATE article_section SET approved = approved + $2 WHERE id = $1",
              DB_ARGS(DB_INT(c->section), DB_INT(by_how_many))));
    return db_do(tx, NULL, "UPDATE article SET contributions = contributions + $2 WHERE id = $1",
                 DB_ARGS(DB_INT(c->article), DB_INT(by_how_many)));
}

enum rc contribution_move(struct db_tx *tx, const struct contribution *c, const char *to,
                          const char *note, int64_t by, int64_t now_us)
{
    uint64_t changed = 0;
    bool was = strcmp(c->state, "approved") == 0;
    bool is = strcmp(to, "approved") == 0;
    bool sent = strcmp(to, "submitted") == 0;
    TRY(db_do(tx, &changed,
              "UPDATE contribution SET state = $3, note = $4, sent_at = CASE WHEN $5 = 1 THEN $6 "
              "ELSE sent_at END, decided_at = CASE WHEN $7 > 0 THEN $6 ELSE decided_at END, "
              "decided_by = CASE WHEN $7 > 0 THEN $7 ELSE decided_by END, changed_at = $6 WHERE id "
              "= $1 AND state = $2",
              DB_ARGS(DB_INT(c->id), DB_TEXT(c->state), DB_TEXT(to), DB_TEXT(note), DB_INT(sent),
                      DB_INT(now_us), DB_INT(by))));
    if (changed == 0)
        return RC_EXISTS;
    TRY(db_do(tx, NULL,
              "INSERT INTO contribution_move(id, contribution, from_state, to_state, note, "
              "by_person, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
              DB_ARGS(DB_INT(db_new_id(now_us)), DB_INT(c->id), DB_TEXT(c->state), DB_TEXT(to),
                      DB_TEXT(by > 0 ? note : ""), DB_INT(by), DB_INT(now_us))));
    return was == is ? RC_OK : count_approved(tx, c, is ? 1 : -1);
}

enum rc contribution_steps(struct db_tx *tx, struct arena *arena, int64_t id,
                           struct contribution_step **ret_steps, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT v.to_state, v.note, coalesce(p.name, ''), v.at FROM contribution_move v "
                 "LEFT JOIN person p ON p.id = v.by_person WHERE v.contribution = $1 ORDER BY v.id "
                 "LIMIT 100",
                 DB_ARGS(DB_INT(id))));
    struct contribution_step *all = ARENA_ARRAY(arena, struct contribution_step, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct contribution_step){db_text(rows, k, 0), db_text(rows, k, 1),
                                            db_text(rows, k, 2), db_int(rows, k, 3)};
    *ret_steps = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc contribution_versions(struct db_tx *tx, struct arena *arena, int64_t id,
                              struct contribution_version **ret_versions, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT number, body, at FROM contribution_version WHERE contribution = $1 ORDER "
                 "BY number DESC LIMIT 50",
                 DB_ARGS(DB_INT(id))));
    struct contribution_version *all =
        ARENA_ARRAY(arena, struct contribution_version, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct contribution_version){db_int(rows, k, 0), db_text(rows, k, 1),
                                               db_int(rows, k, 2)};
    *ret_versions = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc contribution_sent_since(struct db_tx *tx, struct arena *arena, int64_t person,
                                int64_t since_us, int64_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        tx, arena, &rows,
        "SELECT count(DISTINCT c.id) FROM contribution_version v JOIN contribution c ON c.id = "
        "v.contribution WHERE c.person = $1 AND v.at > $2",
        DB_ARGS(DB_INT(person), DB_INT(since_us))));
    *ret_count = db_int(rows, 0, 0);
    return RC_OK;
}

enum rc contribution_role(struct db_tx *tx, struct arena *arena, int64_t person,
                          const char **ret_role)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT role FROM enrolment WHERE person = $1 AND state = 'approved' ORDER BY id "
                 "DESC LIMIT 1",
                 DB_ARGS(DB_INT(person))));
    *ret_role = db_count(rows) == 0 ? "member" : db_text(rows, 0, 0);
    return RC_OK;
}

// ---- versions and twins ----------------------------------------------------------------------

enum rc contribution_keep(struct db_tx *tx, const struct contribution *c,
                          const struct article_runs *runs, int64_t now_us)
{
    int64_t marks[ARTICLE_MARKS];
    article_marks(runs, marks);
    TRY(db_do(
        tx, NULL,
        "INSERT INTO contribution_version(contribution, number, body, at) VALUES ($1, (SELECT "
        "coalesce(max(number), 0) + 1 FROM contribution_version WHERE contribution = $1), $2, "
        "$3)",
        DB_ARGS(DB_INT(c->id), DB_TEXT(c->body), DB_INT(now_us))));
    TRY(db_do(tx, NULL, "DELETE FROM contribution_mark WHERE contribution = $1",
              DB_ARGS(DB_INT(c->id))));
    for (size_t k = 0; k < ARTICLE_MARKS; k++)
        TRY(db_do(tx, NULL,
                  "INSERT INTO contribution_mark(contribution, mark) VALUES ($1, $2) ON CONFLICT "
                  "(contribution, mark) DO NOTHING",
                  DB_ARGS(DB_INT(c->id), DB_INT(marks[k]))));
    return RC_OK;
}

enum rc contribution_twin(struct db_tx *tx, struct arena *arena, int64_t except,
                          const struct article_runs *runs, int64_t *ret_person)
{
    int64_t marks[ARTICLE_MARKS];
    *ret_person = 0;
    article_marks(runs, marks);
    for (size_t k = 0; k < ARTICLE_MARKS; k++) {
        struct db_rows *rows = NULL;
        TRY(db_query(
            tx, arena, &rows,
            "SELECT c.person, c.body FROM contribution_mark m JOIN contribution c ON c.id = "
            "m.contribution WHERE m.mark = $1 AND c.id <> $2 AND c.state IN ('submitted', "
            "'approved', 'changes_requested') LIMIT 20",
            DB_ARGS(DB_INT(marks[k]), DB_INT(except))));
        for (size_t r = 0; r < db_count(rows); r++) {
            struct article_runs theirs;
            TRY(article_runs_of(arena, db_text(rows, r, 1), &theirs));
            if (article_likeness(runs, &theirs) < CONTRIBUTION_LIKENESS)
                continue;
            *ret_person = db_int(rows, r, 0);
            return RC_OK;
        }
    }
    return RC_OK;
}

// ---- what readers say ------------------------------------------------------------------------

enum rc helpful_turn(struct db_tx *tx, struct arena *arena, int64_t contribution, int64_t person)
{
    struct db_rows *rows = NULL;
    uint64_t gone = 0;
    TRY(db_query(tx, arena, &rows, "SELECT person FROM contribution WHERE id = $1",
                 DB_ARGS(DB_INT(contribution))));
    if (db_count(rows) == 0 || db_int(rows, 0, 0) == person)
        return RC_NOT_FOUND; // nobody finds her own helpful
    TRY(db_do(tx, &gone, "DELETE FROM helpful WHERE contribution = $1 AND person = $2",
              DB_ARGS(DB_INT(contribution), DB_INT(person))));
    if (gone == 0)
        TRY(db_do(tx, NULL, "INSERT INTO helpful(contribution, person) VALUES ($1, $2)",
                  DB_ARGS(DB_INT(contribution), DB_INT(person))));
    return db_do(tx, NULL, "UPDATE contribution SET votes = votes + $2 WHERE id = $1",
                 DB_ARGS(DB_INT(contribution), DB_INT(gone == 0 ? 1 : -1)));
}

enum rc contribution_report_add(struct req *req, int64_t contribution, const char *reason)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT 1 FROM contribution_report WHERE contribution = $1 AND person = $2 AND "
                 "closed_at = 0 LIMIT 1",
                 DB_ARGS(DB_INT(contribution), DB_INT(req->actor.person))));
    if (db_count(rows) > 0)
        return RC_EXISTS;
    return db_do(req->tx, NULL,
                 "INSERT INTO contribution_report(id, contribution, person, reason, at, closed_at, "
                 "closed_by) VALUES ($1, $2, $3, $4, $5, 0, 0)",
                 DB_ARGS(DB_INT(db_new_id(req->now_us)), DB_INT(contribution),
                         DB_INT(req->actor.person), DB_TEXT(reason), DB_INT(req->now_us)));
}

enum rc contribution_reports(struct db_tx *tx, struct arena *arena,
                             struct contribution_report **ret_reports, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT r.id, r.contribution, r.reason, r.at, a.title FROM contribution_report r "
                 "JOIN contribution c ON c.id = r.contribution JOIN article a ON a.id = c.article "
                 "WHERE r.closed_at = 0 ORDER BY r.id LIMIT 100",
                 DB_NO_ARGS));
    struct contribution_report *all =
        ARENA_ARRAY(arena, struct contribution_report, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct contribution_report){db_int(rows, k, 0), db_int(rows, k, 1),
                                              db_text(rows, k, 2), db_int(rows, k, 3),
                                              db_text(rows, k, 4)};
    *ret_reports = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc contribution_report_close(struct db_tx *tx, int64_t id, int64_t person, int64_t now_us)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed,
              "UPDATE contribution_report SET closed_at = $2, closed_by = $3 WHERE id = $1 AND "
              "closed_at = 0",
              DB_ARGS(DB_INT(id), DB_INT(now_us), DB_INT(person))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc article_count_all(const struct app_place *place)
{
    TRY(db_do(place->tx, NULL,
              "UPDATE article_section SET approved = (SELECT count(*) FROM contribution c WHERE "
              "c.section = article_section.id AND c.state = 'approved')",
              DB_NO_ARGS));
    return db_do(place->tx, NULL,
                 "UPDATE article SET contributions = (SELECT count(*) FROM contribution c WHERE "
                 "c.article = article.id AND c.state = 'approved')",
                 DB_NO_ARGS);
}

// ---- writers ---------------------------------------------------------------------------------

enum rc article_leaders(struct db_tx *tx, struct arena *arena, int64_t article,
                        struct article_leader *ret_leaders, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT l.person, l.sections, l.votes, l.place, CASE WHEN l.byline = 'pseudonym' "
                 "THEN l.pseudonym WHEN l.byline = 'name' AND p.closed_at = 0 THEN p.name ELSE '' "
                 "END, l.role FROM article_leader l JOIN person p ON p.id = l.person WHERE "
                 "l.article = $1 ORDER BY l.place LIMIT $2",
                 DB_ARGS(DB_INT(article), DB_INT(ARTICLE_LEADERS))));
    for (size_t k = 0; k < db_count(rows); k++)
        ret_leaders[k] = (struct article_leader){db_int(rows, k, 0),
                                                 db_int(rows, k, 1),
                                                 db_int(rows, k, 2),
                                                 db_int(rows, k, 3),
                                                 db_text(rows, k, 4),
                                                 db_text(rows, k, 5),
                                                 k};
    *ret_count = db_count(rows);
    return RC_OK;
}

// What she wrote under one name is never counted together with what she wrote under another: the
// list must not tell that the two are one.
enum rc article_leaders_make(const struct app_place *place, int64_t article)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        place->tx, place->arena, &rows,
        "SELECT c.person, c.byline, c.pseudonym, max(c.role), count(DISTINCT c.section), "
        "coalesce(sum(c.votes), 0), min(c.decided_at) FROM contribution c JOIN person p ON "
        "p.id = c.person LEFT JOIN contributor o ON o.person = c.person WHERE c.article = "
        "$1 AND c.state = 'approved' AND p.closed_at = 0 AND coalesce(o.opted_out, 0) = 0 "
        "GROUP BY c.person, c.byline, c.pseudonym",
        DB_ARGS(DB_INT(article))));
    size_t count = db_count(rows);
    struct article_leader *all = ARENA_ARRAY(place->arena, struct article_leader, count);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++)
        all[k] = (struct article_leader){.person = db_int(rows, k, 0),
                                         .sections = db_int(rows, k, 4),
                                         .votes = db_int(rows, k, 5),
                                         .first_at = db_int(rows, k, 6),
                                         .row = k};
    article_rank(all, count);
    TRY(db_do(place->tx, NULL, "DELETE FROM article_leader WHERE article = $1",
              DB_ARGS(DB_INT(article))));
    for (size_t k = 0; k < count && k < ARTICLE_LEADERS; k++)
        TRY(db_do(place->tx, NULL,
                  "INSERT INTO article_leader(article, place, person, byline, pseudonym, role, "
                  "sections, votes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                  DB_ARGS(DB_INT(article), DB_INT((int64_t)k + 1), DB_INT(all[k].person),
                          DB_TEXT(db_text(rows, all[k].row, 1)),
                          DB_TEXT(db_text(rows, all[k].row, 2)),
                          DB_TEXT(db_text(rows, all[k].row, 3)), DB_INT(all[k].sections),
                          DB_INT(all[k].votes))));
    return RC_OK;
}

enum rc contributor_find(struct db_tx *tx, struct arena *arena, int64_t person,
                         struct contributor *ret_contributor)
{
    struct db_rows *rows = NULL;
    struct db_rows *written = NULL;
    *ret_contributor = (struct contributor){0};
    TRY(db_query(tx, arena, &rows,
                 "SELECT opted_out, badge_at, grace_until, lapsed_at FROM contributor WHERE person "
                 "= $1",
                 DB_ARGS(DB_INT(person))));
    TRY(db_query(tx, arena, &written,
                 "SELECT count(DISTINCT c.article) FROM contribution c JOIN article a ON a.id = "
                 "c.article WHERE c.person = $1 AND c.state = 'approved' AND a.state = 'published'",
                 DB_ARGS(DB_INT(person))));
    ret_contributor->articles = db_int(written, 0, 0);
    if (db_count(rows) == 0)
        return RC_OK;
    ret_contributor->opted_out = db_int(rows, 0, 0) == 1;
    ret_contributor->badge =
        (struct contributor_badge){db_int(rows, 0, 1), db_int(rows, 0, 2), db_int(rows, 0, 3)};
    return RC_OK;
}

enum rc contributor_set(struct db_tx *tx, int64_t person, const struct contributor *c)
{
    TRY(db_do(tx, NULL,
              "INSERT INTO contributor(person, opted_out, badge_at, grace_until, lapsed_at) VALUES "
              "($1, $2, $3, $4, $5) ON CONFLICT (person) DO UPDATE SET opted_out = "
              "excluded.opted_out, badge_at = excluded.badge_at, grace_until = "
              "excluded.grace_until, lapsed_at = excluded.lapsed_at",
              DB_ARGS(DB_INT(person), DB_INT(c->opted_out), DB_INT(c->badge.got_at),
                      DB_INT(c->badge.grace_until), DB_INT(c->badge.lapsed_at))));
    if (!c->opted_out)
        return RC_OK;
    return db_do(tx, NULL, "DELETE FROM article_leader WHERE person = $1", DB_ARGS(DB_INT(person)));
}
