// SPDX-License-Identifier: Apache-2.0
//
// The rows of a programme's own questions and their answers.
#include <string.h>

#include "app/cohort/words.h"
#include "app/enrolment/enrolment_store.h"

const char enrolment_schema_3[] =
    "CREATE TABLE question(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES "
    "cohort(id), role TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL, hint TEXT NOT NULL, "
    "options TEXT NOT NULL, required {int} NOT NULL, audience TEXT NOT NULL, made_at {int} NOT "
    "NULL, ended_at {int} NOT NULL){end};\n"
    "CREATE INDEX question_cohort ON question(cohort, ended_at);\n"
    "CREATE TABLE answer(enrolment {id} NOT NULL REFERENCES enrolment(id), question {id} NOT NULL "
    "REFERENCES question(id), value TEXT NOT NULL, at {int} NOT NULL, "
    "PRIMARY KEY(enrolment, question)){end};\n"
    "CREATE INDEX answer_question ON answer(question);\n";

const char enrolment_schema_9[] = "CREATE INDEX topic_order ON topic(programme, place, value);\n";

// A line is one question through all its versions; ended_at is when a version was replaced.
const char enrolment_schema_4[] =
    "ALTER TABLE question ADD COLUMN matching {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE question ADD COLUMN line {id} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE question ADD COLUMN version {int} NOT NULL DEFAULT 1;\n"
    "ALTER TABLE question ADD COLUMN place {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE question ADD COLUMN off {int} NOT NULL DEFAULT 0;\n"
    "UPDATE question SET line = id;\n"
    "UPDATE question SET off = 1, ended_at = 0 WHERE ended_at > 0;\n"
    "CREATE UNIQUE INDEX question_line ON question(cohort, line, version);\n"
    "CREATE TABLE topic(programme {id} NOT NULL, value TEXT NOT NULL, label TEXT NOT NULL, "
    "place {int} NOT NULL, off {int} NOT NULL, PRIMARY KEY(programme, value)){end};\n";

enum rc question_add(struct db_tx *tx, int64_t cohort, const struct enrolment_question *q,
                     int64_t now_us)
{
    int64_t id = db_new_id(now_us);
    return db_do(
        tx, NULL,
        "INSERT INTO question(id, cohort, role, kind, label, hint, options, required, "
        "audience, made_at, ended_at, matching, line, version, place, off) VALUES ($1, $2, "
        "$3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12, $13, CASE WHEN $14 > 0 THEN $14 ELSE "
        "(SELECT coalesce(max(place), 0) + 1 FROM question WHERE cohort = $2) END, $15)",
        DB_ARGS(DB_INT(id), DB_INT(cohort), DB_TEXT(q->role), DB_TEXT(q->kind), DB_TEXT(q->label),
                DB_TEXT(q->hint), DB_TEXT(q->options), DB_INT(q->required), DB_TEXT(q->audience),
                DB_INT(now_us), DB_INT(q->matching), DB_INT(q->line == 0 ? id : q->line),
                DB_INT(q->version == 0 ? 1 : q->version), DB_INT(q->place), DB_INT(q->off)));
}

enum rc question_take_words(const struct app_place *at, int64_t cohort,
                            const struct enrolment_question *from, int64_t version)
{
    struct db_rows *rows = NULL;
    TRY(db_query(at->tx, at->arena, &rows,
                 "SELECT id FROM question WHERE cohort = $1 AND line = $2 AND version = $3",
                 DB_ARGS(DB_INT(cohort), DB_INT(from->line), DB_INT(version))));
    if (db_count(rows) == 0)
        return RC_OK;
    const struct words_copy copy = {from->id, db_int(rows, 0, 0), cohort};
    return words_take_over(at, &copy);
}

enum rc question_change(const struct app_place *at, int64_t cohort,
                        const struct enrolment_question *q)
{
    uint64_t changed = 0;
    struct enrolment_question next = *q;
    TRY(db_do(at->tx, &changed,
              "UPDATE question SET ended_at = $3 WHERE id = $1 AND cohort = $2 AND ended_at = 0",
              DB_ARGS(DB_INT(q->id), DB_INT(cohort), DB_INT(at->now_us))));
    if (changed != 1)
        return RC_EXISTS;
    next.version++;
    TRY(question_add(at->tx, cohort, &next, at->now_us));
    return question_take_words(at, cohort, q, next.version);
}

enum rc question_switch(struct req *req, int64_t cohort, int64_t id, bool off)
{
    return db_do(req->tx, NULL,
                 "UPDATE question SET off = $3 WHERE id = $1 AND cohort = $2 AND ended_at = 0",
                 DB_ARGS(DB_INT(id), DB_INT(cohort), DB_INT(off)));
}

enum rc question_set_place(struct req *req, int64_t cohort, int64_t id, int64_t place)
{
    return db_do(req->tx, NULL,
                 "UPDATE question SET place = $3 WHERE id = $1 AND cohort = $2 AND ended_at = 0",
                 DB_ARGS(DB_INT(id), DB_INT(cohort), DB_INT(place)));
}

enum rc question_list(struct db_tx *tx, struct arena *arena, int64_t cohort, const char *role,
                      struct enrolment_question **ret_questions, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT id, role, kind, label, hint, options, required, audience, matching, line, "
                 "version, place, off FROM question WHERE cohort = $1 AND ended_at = 0 "
                 "AND ($2 = '' OR (off = 0 AND role IN ('both', $2))) "
                 "ORDER BY off, place, id LIMIT $3",
                 DB_ARGS(DB_INT(cohort), DB_TEXT(role), DB_INT(QUESTIONS_MAX))));
    struct enrolment_question *all = ARENA_ARRAY(arena, struct enrolment_question, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct enrolment_question){
            db_int(rows, k, 0),  db_text(rows, k, 1), db_text(rows, k, 2), db_text(rows, k, 3),
            db_text(rows, k, 4), db_text(rows, k, 5), db_int(rows, k, 6),  db_text(rows, k, 7),
            db_int(rows, k, 8),  db_int(rows, k, 9),  db_int(rows, k, 10), db_int(rows, k, 11),
            db_int(rows, k, 12)};
    *ret_questions = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc question_line(struct req *req, int64_t cohort, int64_t id, int64_t *ret_line)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT line FROM question WHERE id = $1 AND cohort = $2",
                 DB_ARGS(DB_INT(id), DB_INT(cohort))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_line = db_int(rows, 0, 0);
    return RC_OK;
}

enum rc question_versions(struct req *req, int64_t cohort, int64_t line, struct db_rows **ret_rows)
{
    return db_query(req->tx, req->arena, ret_rows,
                    "SELECT q.version, q.label, q.made_at, (SELECT count(*) FROM answer a "
                    "WHERE a.question = q.id AND a.value <> '') FROM question q "
                    "WHERE q.cohort = $1 AND q.line = $2 ORDER BY q.version DESC LIMIT 100",
                    DB_ARGS(DB_INT(cohort), DB_INT(line)));
}

enum rc answer_set(struct req *req, int64_t enrolment, int64_t question, const char *value)
{
    return db_do(req->tx, NULL,
                 "INSERT INTO answer(enrolment, question, value, at) VALUES ($1, $2, $3, $4) "
                 "ON CONFLICT (enrolment, question) DO UPDATE SET value = excluded.value, "
                 "at = excluded.at",
                 DB_ARGS(DB_INT(enrolment), DB_INT(question), DB_TEXT(value), DB_INT(req->now_us)));
}

enum rc answer_drop(struct req *req, int64_t enrolment, int64_t question)
{
    return db_do(req->tx, NULL, "DELETE FROM answer WHERE enrolment = $1 AND question = $2",
                 DB_ARGS(DB_INT(enrolment), DB_INT(question)));
}

enum rc answer_list(struct req *req, int64_t enrolment, struct enrolment_answer **ret_answers,
                    size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT q.id, q.kind, q.label, a.value, q.audience, q.line FROM answer a "
                 "JOIN question q ON q.id = a.question WHERE a.enrolment = $1 AND NOT EXISTS "
                 "(SELECT 1 FROM answer b JOIN question p ON p.id = b.question "
                 "WHERE b.enrolment = $1 AND p.line = q.line AND p.version > q.version) "
                 "ORDER BY q.place, q.id",
                 DB_ARGS(DB_INT(enrolment))));
    struct enrolment_answer *all = ARENA_ARRAY(req->arena, struct enrolment_answer, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] =
            (struct enrolment_answer){db_int(rows, k, 0),  db_text(rows, k, 1), db_text(rows, k, 2),
                                      db_text(rows, k, 3), db_text(rows, k, 4), db_int(rows, k, 5)};
    *ret_answers = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

// As if it had been sent: an answer of several lines is several values.
enum rc answer_show(struct req *req, const struct enrolment_answer *answer,
                    const struct enrolment_question *question)
{
    const char *name = arena_printf(req->arena, "q%lld", (long long)question->id);
    const char *text = answer->value;
    if (name == NULL)
        return RC_NO_MEMORY;
    if (strcmp(question->kind, "many") != 0)
        return form_set(&req->form, name, text);
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        const char *value = arena_strndup(req->arena, text, length);
        if (value == NULL)
            return RC_NO_MEMORY;
        TRY(form_add(&req->form, name, value));
        text += length + (text[length] == '\n');
    }
    return RC_OK;
}

// The first of this role's questions that must be answered and is not, in any version. NULL: none.
enum rc question_missing(struct req *req, const struct enrolment *e, const char **ret_label)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT q.label FROM question q WHERE q.cohort = $1 AND q.ended_at = 0 "
                 "AND q.off = 0 AND q.required = 1 AND q.role IN ('both', $2) AND NOT EXISTS "
                 "(SELECT 1 FROM answer a JOIN question p ON p.id = a.question "
                 "WHERE a.enrolment = $3 AND p.line = q.line AND a.value <> '') "
                 "ORDER BY q.place, q.id LIMIT 1",
                 DB_ARGS(DB_INT(e->cohort), DB_TEXT(e->role), DB_INT(e->id))));
    *ret_label = db_count(rows) == 0 ? NULL : db_text(rows, 0, 0);
    return RC_OK;
}
