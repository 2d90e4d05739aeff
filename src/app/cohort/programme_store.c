// SPDX-License-Identifier: Apache-2.0
//
// The rows of programmes.
#include "app/cohort/cohort_store.h"
#include "app/cohort/programme.h"

static struct programme read_programme(const struct db_rows *rows, size_t k)
{
    return (struct programme){db_int(rows, k, 0), db_text(rows, k, 1), db_text(rows, k, 2),
                              db_int(rows, k, 3), db_int(rows, k, 4) != 0};
}

enum rc programme_find(struct db_tx *tx, struct arena *arena, int64_t id,
                       struct programme *ret_programme)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT id, name, about, steps, ended_at FROM programme WHERE id = $1",
                 DB_ARGS(DB_INT(id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_programme = read_programme(rows, 0);
    return RC_OK;
}

enum rc programme_list(struct req *req, bool own, struct programme **ret_programmes,
                       size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT g.id, g.name, g.about, g.steps, g.ended_at FROM programme g "
                 "WHERE (g.ended_at = 0 OR $1 = 1) AND ($1 = 0 OR $2 = 1 OR EXISTS (SELECT 1 FROM "
                 "role r WHERE r.person = $3 AND r.role = 'manager' AND r.cohort IN (0, g.id))) "
                 "ORDER BY g.name, g.id LIMIT $4",
                 DB_ARGS(DB_INT(own), DB_INT(req->actor.admin), DB_INT(req->actor.person),
                         DB_INT(PROGRAMMES_MAX))));
    struct programme *all = ARENA_ARRAY(req->arena, struct programme, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_programme(rows, k);
    *ret_programmes = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc programme_add(struct db_tx *tx, const struct programme *programme,
                      const struct cohort *defaults, int64_t now_us)
{
    struct cohort cohort = *defaults;
    cohort.id = programme->id;
    cohort.programme = programme->id;
    cohort.state = "template";
    TRY(db_do(tx, NULL,
              "INSERT INTO programme(id, name, about, steps, made_at, ended_at) "
              "VALUES ($1, $2, $3, 0, $4, 0)",
              DB_ARGS(DB_INT(programme->id), DB_TEXT(programme->name), DB_TEXT(programme->about),
                      DB_INT(now_us))));
    return cohort_add(tx, &cohort);
}

enum rc programme_update(struct db_tx *tx, const struct programme *programme)
{
    return db_do(
        tx, NULL, "UPDATE programme SET name = $2, about = $3 WHERE id = $1",
        DB_ARGS(DB_INT(programme->id), DB_TEXT(programme->name), DB_TEXT(programme->about)));
}

enum rc programme_end(struct db_tx *tx, int64_t id, int64_t at_us)
{
    return db_do(tx, NULL, "UPDATE programme SET ended_at = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(id), DB_INT(at_us)));
}

enum rc programme_step(struct db_tx *tx, int64_t id, int64_t steps)
{
    return db_do(tx, NULL, "UPDATE programme SET steps = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(id), DB_INT(steps)));
}

enum rc programme_add_objectives(struct db_tx *tx, int64_t cohort, int64_t now_us)
{
    // clang-format off
    static const struct objective ready[] = {
        {.title = "Mentees reach the goal that they came with", .figure = "goals_reached", .target = "70"},
        {.title = "Both sides find a match that fits",          .figure = "fit_good",      .target = "80"},
        {.title = "Women stay and rise in technology",          .figure = "moved_12",      .target = "30"},
    };
    // clang-format on
    for (size_t k = 0; k < sizeof ready / sizeof ready[0]; k++)
        TRY(objective_add(tx, cohort, &ready[k], now_us));
    return RC_OK;
}

enum rc programme_may_run(struct req *req, int64_t programme, bool *ret_may)
{
    *ret_may = req->actor.admin;
    if (req->actor.person == 0 || *ret_may)
        return RC_OK;
    return app_has_role(req, ROLE_MANAGER, programme, ret_may);
}

enum rc programme_count(struct req *req, int64_t programme, struct programme_counts *ret_counts)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT (SELECT count(*) FROM objective WHERE cohort = $1), "
                 "(SELECT count(*) FROM question WHERE cohort = $1 AND ended_at = 0), "
                 "(SELECT coalesce(max(version), 0) FROM match_rules WHERE cohort = $1), "
                 "(SELECT count(*) FROM topic WHERE programme = $1 AND off = 0), "
                 "(SELECT count(*) FROM letter_text WHERE programme = $1), "
                 "(SELECT count(*) FROM role WHERE cohort = $1), "
                 "(SELECT count(*) FROM cohort WHERE programme = $1 AND state <> 'template')",
                 DB_ARGS(DB_INT(programme))));
    *ret_counts = (struct programme_counts){
        db_int(rows, 0, 0), db_int(rows, 0, 1), db_int(rows, 0, 2), db_int(rows, 0, 3),
        db_int(rows, 0, 4), db_int(rows, 0, 5), db_int(rows, 0, 6)};
    return RC_OK;
}

enum rc letter_text_find(struct req *req, int64_t programme, const char *name, const char *language,
                         struct letter_text *ret_text)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT subject, body, version FROM letter_text "
                 "WHERE programme = $1 AND name = $2 AND language = $3",
                 DB_ARGS(DB_INT(programme), DB_TEXT(name), DB_TEXT(language))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_text = (struct letter_text){name, language, db_text(rows, 0, 0), db_text(rows, 0, 1),
                                     db_int(rows, 0, 2)};
    return RC_OK;
}

enum rc letter_text_set(struct req *req, int64_t programme, const struct letter_text *text)
{
    return db_do(
        req->tx, NULL,
        "INSERT INTO letter_text(programme, name, language, subject, body, version, "
        "made_at, made_by) VALUES ($1, $2, $3, $4, $5, 1, $6, $7) "
        "ON CONFLICT (programme, name, language) DO UPDATE SET subject = excluded.subject, "
        "body = excluded.body, version = letter_text.version + 1, "
        "made_at = excluded.made_at, made_by = excluded.made_by",
        DB_ARGS(DB_INT(programme), DB_TEXT(text->name), DB_TEXT(text->language),
                DB_TEXT(text->subject), DB_TEXT(text->body), DB_INT(req->now_us),
                DB_INT(req->actor.person)));
}

enum rc letter_text_end(struct req *req, int64_t programme, const char *name, const char *language)
{
    return db_do(req->tx, NULL,
                 "DELETE FROM letter_text WHERE programme = $1 AND name = $2 AND language = $3",
                 DB_ARGS(DB_INT(programme), DB_TEXT(name), DB_TEXT(language)));
}

enum rc letter_text_names(struct req *req, int64_t programme, const char *language,
                          struct db_rows **ret_rows)
{
    return db_query(req->tx, req->arena, ret_rows,
                    "SELECT name FROM letter_text WHERE programme = $1 AND language = $2",
                    DB_ARGS(DB_INT(programme), DB_TEXT(language)));
}

enum rc letter_text_copy(struct req *req, int64_t from, int64_t to)
{
    return db_do(req->tx, NULL,
                 "INSERT INTO letter_text(programme, name, language, subject, body, version, "
                 "made_at, made_by) SELECT $2, name, language, subject, body, 1, $3, $4 "
                 "FROM letter_text WHERE programme = $1",
                 DB_ARGS(DB_INT(from), DB_INT(to), DB_INT(req->now_us), DB_INT(req->actor.person)));
}
