// SPDX-License-Identifier: Apache-2.0
//
// The rows of trainings: what editors write, version by version. See support_training.h.
#include <string.h>

#include "app/support/support_training.h"

// $1 who asks, $2 her language.
#define TRAINING                                                                                     \
    "SELECT t.id, t.role, t.language, t.minutes, t.version, t.draft, t.redo_from, t.ended_at, "      \
    "w.title, w.about, w.language, coalesce((SELECT max(c.at) FROM completion c WHERE c.training "   \
    "= t.id AND c.person = $1 AND c.version >= t.redo_from), 0), coalesce((SELECT max(c.version) "   \
    "FROM completion c WHERE c.training = t.id AND c.person = $1), 0), (SELECT count(DISTINCT "      \
    "c.person) FROM completion c WHERE c.training = t.id) FROM training t JOIN training_words w ON " \
    "w.training = t.id AND w.version = CASE WHEN t.version = 0 THEN 1 ELSE t.version END AND "       \
    "w.language = CASE WHEN EXISTS (SELECT 1 FROM training_words z WHERE z.training = t.id AND "     \
    "z.version = CASE WHEN t.version = 0 THEN 1 ELSE t.version END AND z.language = $2) THEN $2 "    \
    "ELSE t.language END "

static struct training read_training(const struct db_rows *r, size_t k)
{
    return (struct training){
        db_int(r, k, 0),   db_text(r, k, 1), db_text(r, k, 2), db_int(r, k, 3),  db_int(r, k, 4),
        db_int(r, k, 5),   db_int(r, k, 6),  db_int(r, k, 7),  db_text(r, k, 8), db_text(r, k, 9),
        db_text(r, k, 10), db_int(r, k, 11), db_int(r, k, 12), db_int(r, k, 13)};
}

enum rc training_list(struct req *req, bool all, struct training **ret_trainings, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        TRAINING "WHERE $3 = 1 OR (t.version > 0 AND t.ended_at = 0) ORDER BY CASE WHEN "
                 "t.ended_at = 0 THEN 0 ELSE 1 END, t.role, t.id LIMIT 100",
        DB_ARGS(DB_INT(req->actor.person), DB_TEXT(locale_tag(req->locale)), DB_INT(all))));
    struct training *list = ARENA_ARRAY(req->arena, struct training, db_count(r));
    if (list == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        list[k] = read_training(r, k);
    *ret_trainings = list;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc training_find(struct req *req, int64_t id, bool all, struct training *ret_training)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r,
                 TRAINING "WHERE t.id = $3 AND ($4 = 1 OR (t.version > 0 AND t.ended_at = 0))",
                 DB_ARGS(DB_INT(req->actor.person), DB_TEXT(locale_tag(req->locale)), DB_INT(id),
                         DB_INT(all))));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    *ret_training = read_training(r, 0);
    return RC_OK;
}

enum rc training_add(struct db_tx *tx, const struct training *t, const char *ready, int64_t by,
                     int64_t now_us)
{
    const struct training_at at = {t, 1, t->language};
    TRY(db_do(
        tx, NULL,
        "INSERT INTO training(id, role, language, minutes, version, draft, redo_from, ended_at, "
        "made_by, made_at, ready) VALUES ($1, $2, $3, $4, 0, 1, 1, 0, $5, $6, $7)",
        DB_ARGS(DB_INT(t->id), DB_TEXT(t->role), DB_TEXT(t->language), DB_INT(t->minutes),
                DB_INT(by), DB_INT(now_us), DB_TEXT(ready))));
    return training_set_words(tx, &at, t->title, t->about);
}

enum rc training_set_words(struct db_tx *tx, const struct training_at *at, const char *title,
                           const char *about)
{
    return db_do(
        tx, NULL,
        "INSERT INTO training_words(training, version, language, title, about) VALUES ($1, "
        "$2, $3, $4, $5) ON CONFLICT(training, version, language) DO UPDATE SET title = "
        "$4, about = $5",
        DB_ARGS(DB_INT(at->training->id), DB_INT(at->version), DB_TEXT(at->language),
                DB_TEXT(title), DB_TEXT(about)));
}

// ---- pages -------------------------------------------------------------------------------------

enum rc training_pages(struct db_tx *tx, struct arena *arena, const struct training_at *at,
                       int64_t person, struct training_page **ret_pages, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        tx, arena, &r,
        "SELECT p.page, p.place, p.title, p.text, p.language, (SELECT count(*) FROM "
        "training_question q WHERE q.training = p.training AND q.version = p.version AND q.page = "
        "p.page AND q.language = $4), (SELECT count(*) FROM training_progress g WHERE g.training = "
        "p.training AND g.person = $5 AND g.version = p.version AND g.page = p.page) + (SELECT "
        "count(*) FROM training_visit v JOIN training t ON t.id = v.training WHERE v.training = "
        "p.training AND v.person = $5 AND v.version >= t.redo_from AND NOT EXISTS (SELECT 1 FROM "
        "training_question q WHERE q.training = p.training AND q.version = p.version AND q.page = "
        "p.page)) FROM training_page p WHERE p.training = $1 AND p.version = $2 AND p.language = CASE WHEN EXISTS "
        "(SELECT 1 FROM training_page z WHERE z.training = $1 AND z.version = $2 AND z.page = p.page "
        "AND z.language = $3) THEN $3 ELSE $4 END ORDER BY p.place, p.page LIMIT 60",
        DB_ARGS(DB_INT(at->training->id), DB_INT(at->version), DB_TEXT(at->language),
                DB_TEXT(at->training->language), DB_INT(person))));
    struct training_page *all = ARENA_ARRAY(arena, struct training_page, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct training_page){db_int(r, k, 0),    (int64_t)k + 1,   db_text(r, k, 2),
                                        db_text(r, k, 3),   db_text(r, k, 4), db_int(r, k, 5),
                                        db_int(r, k, 6) > 0};
    *ret_pages = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc training_page_set(struct db_tx *tx, const struct training_at *at,
                          struct training_page *page, int64_t now_us)
{
    if (page->page == 0)
        page->page = db_new_id(now_us);
    TRY(db_do(
        tx, NULL,
        "UPDATE training_page SET place = $4 WHERE training = $1 AND version = $2 AND page = $3",
        DB_ARGS(DB_INT(at->training->id), DB_INT(at->version), DB_INT(page->page),
                DB_INT(page->place))));
    return db_do(
        tx, NULL,
        "INSERT INTO training_page(training, version, page, language, place, title, text) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT(training, version, page, language) "
        "DO UPDATE SET title = $6, text = $7",
        DB_ARGS(DB_INT(at->training->id), DB_INT(at->version), DB_INT(page->page),
                DB_TEXT(at->language), DB_INT(page->place), DB_TEXT(page->title),
                DB_TEXT(page->text)));
}

enum rc training_page_drop(struct db_tx *tx, const struct training_at *at, int64_t page)
{
    uint64_t changed = 0;
    TRY(db_do(
        tx, NULL,
        "DELETE FROM training_answer WHERE training = $1 AND version = $2 AND question IN "
        "(SELECT question FROM training_question WHERE training = $1 AND version = $2 AND page "
        "= $3)",
        DB_ARGS(DB_INT(at->training->id), DB_INT(at->version), DB_INT(page))));
    TRY(db_do(tx, NULL,
              "DELETE FROM training_question WHERE training = $1 AND version = $2 AND page = $3",
              DB_ARGS(DB_INT(at->training->id), DB_INT(at->version), DB_INT(page))));
    TRY(db_do(tx, &changed,
              "DELETE FROM training_page WHERE training = $1 AND version = $2 AND page = $3",
              DB_ARGS(DB_INT(at->training->id), DB_INT(at->version), DB_INT(page))));
    return changed > 0 ? RC_OK : RC_NOT_FOUND;
}

// ---- questions ---------------------------------------------------------------------------------

static enum rc read_questions(struct arena *arena, const struct db_rows *r,
                              struct training_question **ret_questions, size_t *ret_count)
{
    struct training_question *all = ARENA_ARRAY(arena, struct training_question, db_count(r));
    size_t count = 0;
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++) {
        int64_t id = db_int(r, k, 0);
        if (count == 0 || all[count - 1].question != id)
            all[count++] = (struct training_question){.question = id,
                                                      .page = db_int(r, k, 1),
                                                      .text = db_text(r, k, 2),
                                                      .language = db_text(r, k, 3)};
        struct training_question *q = &all[count - 1];
        if (q->count < ANSWERS_MAX)
            q->answers[q->count++] = (struct training_answer){db_int(r, k, 4), db_text(r, k, 5),
                                                              db_int(r, k, 6), db_text(r, k, 7)};
    }
    *ret_questions = all;
    *ret_count = count;
    return RC_OK;
}

enum rc training_questions(struct db_tx *tx, struct arena *arena, const struct training_at *at,
                           int64_t page, struct training_question **ret_questions,
                           size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        tx, arena, &r,
        "SELECT q.question, q.page, q.text, q.language, a.place, a.text, a.correct, a.feedback FROM "
        "training_question q JOIN training_answer a ON a.training = q.training AND a.version = "
        "q.version AND a.question = q.question AND a.language = q.language WHERE q.training = $1 "
        "AND q.version = $2 AND q.page = $3 AND q.language = CASE WHEN EXISTS (SELECT 1 FROM "
        "training_question z WHERE z.training = $1 AND z.version = $2 AND z.question = q.question "
        "AND z.language = $4) THEN $4 ELSE $5 END ORDER BY q.question, a.place LIMIT 100",
        DB_ARGS(DB_INT(at->training->id), DB_INT(at->version), DB_INT(page), DB_TEXT(at->language),
                DB_TEXT(at->training->language))));
    return read_questions(arena, r, ret_questions, ret_count);
}

enum rc training_question_set(struct db_tx *tx, const struct training_at *at,
                              struct training_question *q, int64_t now_us)
{
    int64_t id = at->training->id;
    if (q->question == 0)
        q->question = db_new_id(now_us);
    TRY(db_do(
        tx, NULL,
        "INSERT INTO training_question(training, version, question, language, page, text) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT(training, version, question, language) DO "
        "UPDATE SET text = $6",
        DB_ARGS(DB_INT(id), DB_INT(at->version), DB_INT(q->question), DB_TEXT(at->language),
                DB_INT(q->page), DB_TEXT(q->text))));
    TRY(db_do(
        tx, NULL,
        "DELETE FROM training_answer WHERE training = $1 AND version = $2 AND question = $3 AND "
        "language = $4",
        DB_ARGS(DB_INT(id), DB_INT(at->version), DB_INT(q->question), DB_TEXT(at->language))));
    for (size_t k = 0; k < q->count; k++)
        TRY(db_do(tx, NULL,
                  "INSERT INTO training_answer(training, version, question, place, language, text, "
                  "correct, feedback) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                  DB_ARGS(DB_INT(id), DB_INT(at->version), DB_INT(q->question),
                          DB_INT((int64_t)k + 1), DB_TEXT(at->language),
                          DB_TEXT(q->answers[k].text), DB_INT(q->answers[k].correct),
                          DB_TEXT(q->answers[k].feedback))));
    return RC_OK;
}

enum rc training_question_drop(struct db_tx *tx, const struct training_at *at, int64_t question)
{
    uint64_t changed = 0;
    TRY(db_do(tx, NULL,
              "DELETE FROM training_answer WHERE training = $1 AND version = $2 AND question = $3",
              DB_ARGS(DB_INT(at->training->id), DB_INT(at->version), DB_INT(question))));
    TRY(db_do(
        tx, &changed,
        "DELETE FROM training_question WHERE training = $1 AND version = $2 AND question = $3",
        DB_ARGS(DB_INT(at->training->id), DB_INT(at->version), DB_INT(question))));
    return changed > 0 ? RC_OK : RC_NOT_FOUND;
}

// ---- versions ----------------------------------------------------------------------------------

enum rc training_open_draft(struct db_tx *tx, const struct training *t)
{
    static const char *const copies[] = {
        "INSERT INTO training_words(training, version, language, title, about) SELECT training, "
        "version + 1, language, title, about FROM training_words WHERE training = $1 AND version = "
        "$2",
        "INSERT INTO training_page(training, version, page, language, place, title, text) SELECT "
        "training, version + 1, page, language, place, title, text FROM training_page WHERE training "
        "= $1 AND version = $2",
        "INSERT INTO training_question(training, version, question, language, page, text) SELECT "
        "training, version + 1, question, language, page, text FROM training_question WHERE training "
        "= $1 AND version = $2",
        "INSERT INTO training_answer(training, version, question, place, language, text, correct, "
        "feedback) SELECT training, version + 1, question, place, language, text, correct, feedback "
        "FROM training_answer WHERE training = $1 AND version = $2",
    };
    uint64_t changed = 0;
    TRY(db_do(tx, &changed,
              "UPDATE training SET draft = 1 WHERE id = $1 AND draft = 0 AND ended_at = 0",
              DB_ARGS(DB_INT(t->id))));
    if (changed == 0)
        return RC_EXISTS;
    for (size_t k = 0; k < sizeof copies / sizeof copies[0]; k++)
        TRY(db_do(tx, NULL, copies[k], DB_ARGS(DB_INT(t->id), DB_INT(t->version))));
    return RC_OK;
}

enum rc training_drop_draft(struct db_tx *tx, const struct training *t)
{
    static const char *const drops[] = {
        "DELETE FROM training_answer WHERE training = $1 AND version = $2",
        "DELETE FROM training_question WHERE training = $1 AND version = $2",
        "DELETE FROM training_page WHERE training = $1 AND version = $2",
        "DELETE FROM training_words WHERE training = $1 AND version = $2",
    };
    uint64_t changed = 0;
    TRY(db_do(tx, &changed,
              "UPDATE training SET draft = 0 WHERE id = $1 AND draft = 1 AND version > 0",
              DB_ARGS(DB_INT(t->id))));
    if (changed == 0)
        return RC_EXISTS;
    for (size_t k = 0; k < sizeof drops / sizeof drops[0]; k++)
        TRY(db_do(tx, NULL, drops[k], DB_ARGS(DB_INT(t->id), DB_INT(t->version + 1))));
    return RC_OK;
}

// Pages that stay keep their number, so whoever has begun goes on where she stopped.
static enum rc keep_progress(struct db_tx *tx, const struct training *t)
{
    return db_do(
        tx, NULL,
        "INSERT INTO training_progress(training, person, version, page, at) SELECT "
        "g.training, g.person, g.version + 1, g.page, g.at FROM training_progress g WHERE "
        "g.training = $1 AND g.version = $2 AND EXISTS (SELECT 1 FROM training_page p WHERE "
        "p.training = $1 AND p.version = $2 + 1 AND p.page = g.page) AND NOT EXISTS (SELECT 1 FROM "
        "completion c WHERE c.training = $1 AND c.person = g.person AND c.version = $2) ON "
        "CONFLICT DO NOTHING",
        DB_ARGS(DB_INT(t->id), DB_INT(t->version)));
}

enum rc training_publish(const struct app_place *at, const struct training *t, bool redo)
{
    uint64_t changed = 0;
    TRY(db_do(
        at->tx, &changed,
        "UPDATE training SET version = version + 1, draft = 0, redo_from = CASE WHEN $3 = 1 "
        "THEN version + 1 ELSE redo_from END WHERE id = $1 AND version = $2 AND draft = 1 AND "
        "ended_at = 0",
        DB_ARGS(DB_INT(t->id), DB_INT(t->version), DB_INT(redo))));
    if (changed == 0)
        return RC_EXISTS;
    if (!redo)
        TRY(keep_progress(at->tx, t));
    return support_index_training(at, t->id);
}

enum rc training_end(const struct app_place *at, int64_t id)
{
    uint64_t changed = 0;
    TRY(db_do(at->tx, &changed, "UPDATE training SET ended_at = $2 WHERE id = $1 AND ended_at = 0",
              DB_ARGS(DB_INT(id), DB_INT(at->now_us))));
    return changed == 1 ? support_index_training(at, id) : RC_EXISTS;
}
