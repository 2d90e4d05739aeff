// SPDX-License-Identifier: Apache-2.0
//
// What people wrote, with its tags; see improve_own.h.
#include <string.h>

#include "app/improve/improve.h"
#include "app/improve/improve_own.h"

// $1 is the cohort, $2 the actor: nobody reads here what was said in her own pair, or herself said.
// What is promised to be read without a name does not lead to its pair either.
#define SURVEY_WORDS                                                                                                                \
    "SELECT 'survey' AS kind, s.id AS subject, w.question AS question, w.words AS words, "                                          \
    "s.answered_at AS at, s.kind AS moment, coalesce((SELECT o.text FROM bank_question o WHERE "                                    \
    "'own:' || o.id = w.question), '') AS asked, CASE WHEN s.person = a.person THEN "                                               \
    "'mentee' ELSE 'mentor' END AS role, CASE WHEN EXISTS (SELECT 1 FROM bank_question o WHERE "                                    \
    "'own:' || o.id = w.question AND o.audience = 'counted') THEN 0 ELSE m.id END AS pair FROM match m JOIN enrolment a ON a.id = " \
    "m.mentee JOIN enrolment b ON b.id = m.mentor JOIN survey s ON s.match = m.id JOIN "                                            \
    "survey_answer w ON w.survey = s.id WHERE m.cohort = $1 AND a.person <> $2 AND b.person <> $2 "                                 \
    "AND s.answered_at > 0 AND (w.question = 'words' OR substr(w.question, 1, 4) = 'own:') AND "                                    \
    "w.words <> '' "
#define LATER_WORDS                                                                                      \
    "SELECT 'later' AS kind, l.id AS subject, w.question AS question, w.words AS words, "                \
    "l.answered_at AS at, '' AS moment, coalesce((SELECT o.text FROM bank_question o WHERE o.programme " \
    "= c.programme AND 'own:' || o.id = w.question), '') AS asked, e.role AS role, 0 AS pair FROM "      \
    "enrolment e JOIN cohort c ON c.id = e.cohort JOIN later l ON l.enrolment = e.id JOIN "              \
    "later_answer w ON w.later = l.id WHERE e.cohort = $1 AND e.person <> $2 AND w.words <> '' "
#define WRITTEN                                                                                    \
    "SELECT x.kind, x.subject, x.question, x.words, x.at, x.moment, x.asked, x.role, x.pair FROM " \
    "(" SURVEY_WORDS "UNION ALL " LATER_WORDS ") x "
#define HAS                                                                                        \
    "EXISTS (SELECT 1 FROM word_tag g WHERE g.kind = x.kind AND g.subject = x.subject AND g.question = x.question"

static enum rc read_tags(struct req *req, struct written *one)
{
    struct db_rows *r = NULL;
    struct buffer typed;
    TRY(db_query(req->tx, req->arena, &r,
                 "SELECT tag FROM word_tag WHERE kind = $1 AND subject = $2 AND question = $3 "
                 "ORDER BY tag LIMIT 20",
                 DB_ARGS(DB_TEXT(one->kind), DB_INT(one->subject), DB_TEXT(one->question))));
    one->tags = ARENA_ARRAY(req->arena, struct choice, db_count(r) + 1);
    if (one->tags == NULL)
        return RC_NO_MEMORY;
    buffer_open(&typed, req->arena, 4096);
    for (size_t k = 0; k < db_count(r); k++) {
        const char *tag = db_text(r, k, 0);
        one->tags[k] = (struct choice){tag, tag, true};
        buffer_printf(&typed, "%s%s", k == 0 ? "" : " ", tag);
    }
    one->tag_count = db_count(r);
    one->typed = typed.bytes == NULL ? "" : typed.bytes;
    return typed.rc;
}

static enum rc read_all(struct req *req, const struct db_rows *r, struct written **ret_all)
{
    struct written *all = ARENA_ARRAY(req->arena, struct written, db_count(r) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++) {
        all[k] = (struct written){.kind = db_text(r, k, 0),
                                  .subject = db_int(r, k, 1),
                                  .question = db_text(r, k, 2),
                                  .words = db_text(r, k, 3),
                                  .at = db_int(r, k, 4),
                                  .moment = db_text(r, k, 5),
                                  .asked = db_text(r, k, 6),
                                  .role = db_text(r, k, 7),
                                  .match = db_int(r, k, 8)};
        all[k].number = arena_printf(req->arena, "%zu", k + 1);
        if (all[k].number == NULL)
            return RC_NO_MEMORY;
        TRY(read_tags(req, &all[k]));
    }
    *ret_all = all;
    return RC_OK;
}

enum rc written_list(struct req *req, int64_t cohort, const struct written_filter *filter,
                     struct written **ret_all, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r,
                 WRITTEN "WHERE ($3 = '' OR ($3 = '-' AND NOT " HAS ")) OR " HAS
                         " AND g.tag = $3)) ORDER BY x.at DESC, x.subject, x.question LIMIT $4 "
                         "OFFSET $5",
                 DB_ARGS(DB_INT(cohort), DB_INT(req->actor.person), DB_TEXT(filter->tag),
                         DB_INT(WORDS_PAGE + 1), DB_INT(filter->from))));
    *ret_count = db_count(r);
    return read_all(req, r, ret_all);
}

enum rc written_find(struct req *req, int64_t cohort, const char *kind, int64_t subject,
                     const char *question, struct written *ret_one)
{
    struct db_rows *r = NULL;
    struct written *all = NULL;
    TRY(db_query(req->tx, req->arena, &r,
                 WRITTEN "WHERE x.kind = $3 AND x.subject = $4 AND x.question = $5",
                 DB_ARGS(DB_INT(cohort), DB_INT(req->actor.person), DB_TEXT(kind), DB_INT(subject),
                         DB_TEXT(question))));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    TRY(read_all(req, r, &all));
    *ret_one = all[0];
    return RC_OK;
}

enum rc written_tag(struct req *req, int64_t cohort, const struct written *one, const char *tags)
{
    struct text words[WORD_TAGS_MOST];
    size_t count = text_split(tags, words, WORD_TAGS_MOST);
    if (count > WORD_TAGS_MOST)
        return RC_LIMIT;
    TRY(db_do(req->tx, NULL,
              "DELETE FROM word_tag WHERE kind = $1 AND subject = $2 AND question = $3",
              DB_ARGS(DB_TEXT(one->kind), DB_INT(one->subject), DB_TEXT(one->question))));
    for (size_t k = 0; k < count; k++) {
        const char *tag = arena_strndup(req->arena, words[k].bytes, words[k].length);
        if (tag == NULL)
            return RC_NO_MEMORY;
        TRY(db_do(req->tx, NULL,
                  "INSERT INTO word_tag(kind, subject, question, tag, cohort, by_person, at) "
                  "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (kind, subject, question, tag) "
                  "DO NOTHING",
                  DB_ARGS(DB_TEXT(one->kind), DB_INT(one->subject), DB_TEXT(one->question),
                          DB_TEXT(tag), DB_INT(cohort), DB_INT(req->actor.person),
                          DB_INT(req->now_us))));
    }
    return RC_OK;
}

enum rc written_tags(struct req *req, int64_t cohort, struct tagged **ret_tags, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r,
                 "SELECT tag, count(*) FROM word_tag WHERE cohort = $1 GROUP BY tag ORDER BY "
                 "count(*) DESC, tag LIMIT 60",
                 DB_ARGS(DB_INT(cohort))));
    struct tagged *all = ARENA_ARRAY(req->arena, struct tagged, db_count(r) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct tagged){db_text(r, k, 0), db_int(r, k, 1)};
    *ret_tags = all;
    *ret_count = db_count(r);
    return RC_OK;
}
