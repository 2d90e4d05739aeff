// SPDX-License-Identifier: Apache-2.0
//
// How matching uses a programme's own questions: whether it can, and what was answered. Matching
// compares two people, so both sides are asked; what the library holds of each person is limited.
#include <string.h>

#include "app/enrolment/enrolment_store.h"

// How often she would like to meet, years in tech, and levels in topics; see "enrolment.h".
const char enrolment_schema_13[] =
    "ALTER TABLE enrolment ADD COLUMN cadence {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE enrolment ADD COLUMN years TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE enrolment ADD COLUMN skills TEXT NOT NULL DEFAULT '';\n";

size_t question_lines(const char *text)
{
    size_t lines = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        lines += text_trim(text, length).length > 0;
        text += length + (text[length] == '\n');
    }
    return lines;
}

static const char *kind_wrong(const struct enrolment_question *q)
{
    bool one = strcmp(q->kind, "one") == 0;
    bool scale = strcmp(q->kind, "scale") == 0;
    switch ((enum question_use)q->matching) {
    case QUESTION_UNUSED:
        return NULL;
    case QUESTION_NEAR:
        return one || scale ? NULL
                            : MSG("Only steps, or one of some answers that go from little to much, "
                                  "can be near each other");
    case QUESTION_SHARED:
    case QUESTION_MUST:
        break;
    }
    return one || strcmp(q->kind, "many") == 0
               ? NULL
               : MSG("Only questions with answers to choose from can have one in common");
}

const char *question_use_wrong(const struct enrolment_question *question,
                               const struct enrolment_question *all, size_t count)
{
    size_t near = 0;
    size_t shared = 0;
    size_t must = 1;
    if (question->matching == QUESTION_UNUSED)
        return NULL;
    if (strcmp(question->role, "both") != 0)
        return MSG("Matching compares two people: ask mentees and mentors");
    const char *wrong = kind_wrong(question);
    if (wrong != NULL)
        return wrong;
    for (size_t k = 0; k <= count; k++) {
        const struct enrolment_question *q = k == count ? question : &all[k];
        if (k < count && q->line == question->line)
            continue;
        size_t options = question_lines(q->options);
        near += q->matching == QUESTION_NEAR;
        shared += q->matching == QUESTION_SHARED ? options : 0;
        must *= q->matching == QUESTION_MUST ? options : 1;
        if (must > QUESTION_MUST_MOST)
            return MSG("These are too many answers for what pairs must have in common: all such "
                       "questions together may have 64 combinations of answers");
    }
    if (near > QUESTION_NEAR_MOST)
        return MSG("Matching can compare ten such questions, and there are ten already");
    return shared > QUESTION_SHARED_MOST
               ? MSG("These are too many answers: matching can compare 256 of all such questions")
               : NULL;
}

enum rc question_used_list(struct db_tx *tx, struct arena *arena, int64_t cohort,
                           struct question_used **ret_used, size_t *ret_count)
{
    struct enrolment_question *all = NULL;
    size_t all_count = 0;
    size_t count = 0;
    TRY(question_list(tx, arena, cohort, "mentee", &all, &all_count));
    struct question_used *used = ARENA_ARRAY(arena, struct question_used, all_count);
    if (used == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < all_count; k++)
        if (all[k].matching != QUESTION_UNUSED)
            used[count++] = (struct question_used){all[k].line,  all[k].matching, all[k].kind,
                                                   all[k].label, all[k].options,  all[k].audience};
    *ret_used = used;
    *ret_count = count;
    return RC_OK;
}

enum rc question_said_list(struct db_tx *tx, struct arena *arena, int64_t cohort,
                           const int64_t of[2], struct question_said **ret_said, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT a.enrolment, q.line, a.value FROM question n JOIN question q "
                 "ON q.cohort = n.cohort AND q.line = n.line JOIN answer a ON a.question = q.id "
                 "WHERE n.cohort = $1 AND n.ended_at = 0 AND n.off = 0 AND n.matching > 0 "
                 "AND ($2 = 0 OR a.enrolment = $2 OR a.enrolment = $3) AND NOT EXISTS "
                 "(SELECT 1 FROM question p JOIN answer b ON b.question = p.id "
                 "WHERE p.cohort = n.cohort AND p.line = n.line AND p.version > q.version "
                 "AND b.enrolment = a.enrolment) ORDER BY a.enrolment, q.line",
                 DB_ARGS(DB_INT(cohort), DB_INT(of[0]), DB_INT(of[1]))));
    struct question_said *said = ARENA_ARRAY(arena, struct question_said, db_count(rows));
    if (said == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        said[k] =
            (struct question_said){db_int(rows, k, 0), db_int(rows, k, 1), db_text(rows, k, 2)};
    *ret_said = said;
    *ret_count = db_count(rows);
    return RC_OK;
}
