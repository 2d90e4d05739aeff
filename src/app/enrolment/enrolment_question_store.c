// SPDX-License-Identifier: Apache-2.0
//
// The rows of a programme's own questions and their answers.
#include <string.h>

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

enum rc question_add(struct req *req, int64_t cohort, const struct enrolment_question *q)
{
    return db_do(req->tx, NULL,
                 "INSERT INTO question(id, cohort, role, kind, label, hint, options, required, "
                 "audience, made_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)",
                 DB_ARGS(DB_INT(db_new_id(req->now_us)), DB_INT(cohort), DB_TEXT(q->role),
                         DB_TEXT(q->kind), DB_TEXT(q->label), DB_TEXT(q->hint), DB_TEXT(q->options),
                         DB_INT(q->required), DB_TEXT(q->audience), DB_INT(req->now_us)));
}

enum rc question_end(struct req *req, int64_t cohort, int64_t id)
{
    return db_do(req->tx, NULL,
                 "UPDATE question SET ended_at = $3 WHERE id = $1 AND cohort = $2 "
                 "AND ended_at = 0",
                 DB_ARGS(DB_INT(id), DB_INT(cohort), DB_INT(req->now_us)));
}

enum rc question_list(struct req *req, int64_t cohort, const char *role,
                      struct enrolment_question **ret_questions, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT id, role, kind, label, hint, options, required, audience FROM question "
                 "WHERE cohort = $1 AND ended_at = 0 AND ($2 = '' OR role = 'both' OR role = $2) "
                 "ORDER BY id LIMIT 100",
                 DB_ARGS(DB_INT(cohort), DB_TEXT(role))));
    struct enrolment_question *all =
        ARENA_ARRAY(req->arena, struct enrolment_question, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct enrolment_question){
            db_int(rows, k, 0),  db_text(rows, k, 1), db_text(rows, k, 2), db_text(rows, k, 3),
            db_text(rows, k, 4), db_text(rows, k, 5), db_int(rows, k, 6),  db_text(rows, k, 7)};
    *ret_questions = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc answer_set(struct req *req, int64_t enrolment, int64_t question, const char *value)
{
    return db_do(req->tx, NULL,
                 "INSERT INTO answer(enrolment, question, value, at) VALUES ($1, $2, $3, $4) "
                 "ON CONFLICT (enrolment, question) DO UPDATE SET value = excluded.value, "
                 "at = excluded.at",
                 DB_ARGS(DB_INT(enrolment), DB_INT(question), DB_TEXT(value), DB_INT(req->now_us)));
}

enum rc answer_list(struct req *req, int64_t enrolment, struct enrolment_answer **ret_answers,
                    size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT q.id, q.kind, q.label, a.value, q.audience FROM answer a "
                 "JOIN question q ON q.id = a.question WHERE a.enrolment = $1 ORDER BY q.id",
                 DB_ARGS(DB_INT(enrolment))));
    struct enrolment_answer *all = ARENA_ARRAY(req->arena, struct enrolment_answer, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] =
            (struct enrolment_answer){db_int(rows, k, 0), db_text(rows, k, 1), db_text(rows, k, 2),
                                      db_text(rows, k, 3), db_text(rows, k, 4)};
    *ret_answers = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

// As if it had been sent: an answer of several lines is several values.
enum rc answer_show(struct req *req, const struct enrolment_answer *answer)
{
    const char *name = arena_printf(req->arena, "q%lld", (long long)answer->question);
    const char *text = answer->value;
    if (name == NULL)
        return RC_NO_MEMORY;
    if (strcmp(answer->kind, "many") != 0)
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

// The first of this role's questions that must be answered and is not. NULL: none.
enum rc question_missing(struct req *req, const struct enrolment *e, const char **ret_label)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT q.label FROM question q WHERE q.cohort = $1 AND q.ended_at = 0 "
                 "AND q.required = 1 AND q.role IN ('both', $2) AND NOT EXISTS "
                 "(SELECT 1 FROM answer a WHERE a.question = q.id AND a.enrolment = $3 "
                 "AND a.value <> '') ORDER BY q.id LIMIT 1",
                 DB_ARGS(DB_INT(e->cohort), DB_TEXT(e->role), DB_INT(e->id))));
    *ret_label = db_count(rows) == 0 ? NULL : db_text(rows, 0, 0);
    return RC_OK;
}
