// SPDX-License-Identifier: Apache-2.0
//
// Why: whoever cares for an article learns when members add to it, by letter.
//
// Promises: only whoever asked for it; at most one letter a day for each article; never for one's
// own words; it ends with a button on the page that the letter leads to. Nobody else learns who
// follows what.
#include "base/date.h"

#include "app/article/article_page.h"

enum { FOLLOWERS_TOLD = 5000 }; // at once

const char article_schema_3[] =
    "CREATE TABLE article_follow(article {id} NOT NULL REFERENCES article(id), person {id} NOT NULL "
    "REFERENCES person(id), at {int} NOT NULL, told_at {int} NOT NULL, PRIMARY KEY(article, "
    "person)){end};\n"
    "CREATE INDEX article_follow_person ON article_follow(person);\n";

// clang-format off
static const struct app_letter letter_added = {
    MSG("New in \"{1}\""),
    {MSG("Hello {0},"), MSG("a member has added to \"{1}\", which you follow. You can read it here:"), "{2}",
     MSG("You get at most one such letter a day. To get none any more, press \"Stop following\" on that page."), NULL}
};
// clang-format on

enum rc follow_find(struct db_tx *tx, struct arena *arena, int64_t article, int64_t person,
                    bool *ret_follows)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT 1 FROM article_follow WHERE article = $1 AND person = $2",
                 DB_ARGS(DB_INT(article), DB_INT(person))));
    *ret_follows = db_count(rows) > 0;
    return RC_OK;
}

enum rc follow_begin(struct req *req, int64_t article)
{
    return db_do(req->tx, NULL,
                 "INSERT INTO article_follow(article, person, at, told_at) VALUES ($1, $2, $3, 0) "
                 "ON CONFLICT (article, person) DO NOTHING",
                 DB_ARGS(DB_INT(article), DB_INT(req->actor.person), DB_INT(req->now_us)));
}

enum rc follow_end(struct req *req, int64_t article)
{
    return db_do(req->tx, NULL, "DELETE FROM article_follow WHERE article = $1 AND person = $2",
                 DB_ARGS(DB_INT(article), DB_INT(req->actor.person)));
}

enum rc follow_tell(struct req *req, const struct contribution *one)
{
    struct db_rows *rows = NULL;
    int64_t before = req->now_us - DAY_US;
    const char *url = arena_printf(req->arena, "%s/articles/%lld", web_origin(req->web, req->arena),
                                   (long long)one->article);
    if (url == NULL)
        return RC_NO_MEMORY;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT p.id, p.email, p.language, p.name FROM article_follow f JOIN person p ON "
                 "p.id = f.person WHERE f.article = $1 AND f.person <> $2 AND f.told_at <= $3 AND "
                 "p.closed_at = 0 ORDER BY f.person LIMIT $4",
                 DB_ARGS(DB_INT(one->article), DB_INT(one->person), DB_INT(before),
                         DB_INT(FOLLOWERS_TOLD))));
    for (size_t k = 0; k < db_count(rows); k++) {
        const char *const values[] = {db_text(rows, k, 3), one->article_title, url};
        TRY(app_send(req, db_text(rows, k, 1), db_text(rows, k, 2), &letter_added, values, 3));
        TRY(db_do(req->tx, NULL,
                  "UPDATE article_follow SET told_at = $3 WHERE article = $1 AND person = $2",
                  DB_ARGS(DB_INT(one->article), DB_INT(db_int(rows, k, 0)), DB_INT(req->now_us))));
    }
    return RC_OK;
}
