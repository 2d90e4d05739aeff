// SPDX-License-Identifier: Apache-2.0
//
// The rows of line managers, and what those who run a cohort have checked about a mentor.
#include "app/enrolment/enrolment_store.h"

// Kept by the address, because a manager need not have an account; it is one for all cohorts.
const char enrolment_schema_12[] =
    "CREATE TABLE line_manager(person {id} NOT NULL PRIMARY KEY REFERENCES person(id), "
    "email TEXT NOT NULL){end};\n"
    "CREATE INDEX line_manager_email ON line_manager(email);\n"
    "ALTER TABLE enrolment ADD COLUMN place TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE enrolment ADD COLUMN full_name {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE enrolment ADD COLUMN checked TEXT NOT NULL DEFAULT 'self';\n";

enum rc line_set(struct db_tx *tx, int64_t person, const char *email)
{
    if (email[0] == '\0')
        return db_do(tx, NULL, "DELETE FROM line_manager WHERE person = $1",
                     DB_ARGS(DB_INT(person)));
    return db_do(tx, NULL,
                 "INSERT INTO line_manager(person, email) VALUES ($1, $2) "
                 "ON CONFLICT (person) DO UPDATE SET email = excluded.email",
                 DB_ARGS(DB_INT(person), DB_TEXT(email)));
}

enum rc line_find(struct db_tx *tx, struct arena *arena, int64_t person, const char **ret_email)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, "SELECT email FROM line_manager WHERE person = $1",
                 DB_ARGS(DB_INT(person))));
    *ret_email = db_count(rows) == 0 ? "" : db_text(rows, 0, 0);
    return RC_OK;
}

enum rc line_addresses(struct db_tx *tx, struct arena *arena, int64_t cohort,
                       struct db_rows **ret_rows)
{
    return db_query(tx, arena, ret_rows,
                    "SELECT DISTINCT l.person, l.email FROM enrolment e JOIN line_manager l "
                    "ON l.person = e.person WHERE e.cohort = $1 ORDER BY l.person, l.email",
                    DB_ARGS(DB_INT(cohort)));
}

enum rc line_list(struct db_tx *tx, struct arena *arena, int64_t cohort, struct db_rows **ret_rows)
{
    return db_query(tx, arena, ret_rows,
                    "SELECT DISTINCT l.person, q.id FROM enrolment e JOIN line_manager l "
                    "ON l.person = e.person JOIN person q ON q.email = l.email "
                    "WHERE e.cohort = $1 AND e.state = 'approved' AND q.id <> l.person "
                    "ORDER BY l.person, q.id",
                    DB_ARGS(DB_INT(cohort)));
}

enum rc enrolment_set_checked(struct db_tx *tx, int64_t enrolment, const char *checked)
{
    return db_do(tx, NULL, "UPDATE enrolment SET checked = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(enrolment), DB_TEXT(checked)));
}
