// SPDX-License-Identifier: Apache-2.0
//
// What is made of the answers to a programme's own questions; see improve_own.h.
#include "app/improve/improve_own.h"

#include <string.h>

#include "base/msg.h"

#include "app/improve/improve.h"

const char improve_schema_4[] =
    "CREATE TABLE later_own(id {id} NOT NULL PRIMARY KEY, programme {id} NOT NULL REFERENCES "
    "programme(id), kind TEXT NOT NULL CHECK (kind IN ('yes_no', 'scale', 'words')), text TEXT NOT "
    "NULL, off_at {int} NOT NULL, made_by {id} NOT NULL, made_at {int} NOT NULL){end};\n"
    "CREATE INDEX later_own_of ON later_own(programme, id);\n"
    "ALTER TABLE later_answer ADD COLUMN words TEXT NOT NULL DEFAULT '';\n"
    "CREATE TABLE word_tag(kind TEXT NOT NULL CHECK (kind IN ('survey', 'later')), subject {id} NOT "
    "NULL, question TEXT NOT NULL, tag TEXT NOT NULL, cohort {id} NOT NULL REFERENCES cohort(id), "
    "by_person {id} NOT NULL, at {int} NOT NULL, PRIMARY KEY(kind, subject, question, tag)){end};\n"
    "CREATE INDEX word_tag_of ON word_tag(cohort, tag);\n";

// The questions moved to the bank, where pairs are asked from, too.
const char improve_schema_5[] =
    "INSERT INTO bank_question(id, programme, kind, text, moments, audience, version, after, off_at, "
    "made_by, made_at) SELECT id, programme, kind, text, 'later ', 'counted', 1, 0, off_at, made_by, "
    "made_at FROM later_own;\n"
    "DROP TABLE later_own;\n";

enum rc own_answer(const struct app_place *at, const struct later *later,
                   const struct bank_question *own, const struct bank_said *said)
{
    return db_do(
        at->tx, NULL,
        "INSERT INTO later_answer(later, question, number, words) VALUES ($1, $2, $3, $4)",
        DB_ARGS(DB_INT(later->id), DB_TEXT(own->name), DB_INT(said->number), DB_TEXT(said->words)));
}

enum rc own_measure(struct arena *arena, const struct bank_question *own,
                    struct measure_row **ret_row)
{
    const struct bank_kind *kind = bank_kind_find(own->kind);
    *ret_row = NULL;
    if (kind == NULL || kind->counts == BANK_READ)
        return RC_OK;
    bool mean = kind->counts == BANK_MEAN;
    bool later = bank_asks(own, BANK_LATER);
    bool only_later = strcmp(own->moments, BANK_LATER " ") == 0;
    struct measure_row *row = ARENA_NEW(arena, struct measure_row);
    if (row == NULL)
        return RC_NO_MEMORY;
    *row = (struct measure_row){
        .name = own->name,
        .about = later ? ABOUT_LATER : ABOUT_ANSWERS,
        .kind = mean ? MEASURE_MEAN : MEASURE_SHARE,
        .unit = mean ? MSG("of 5") : "",
        .label = own->text,
        .top = mean ? MSG("all answers, added up") : MSG("who says yes"),
        .bottom = !later       ? MSG("answers of pairs on their way, in the middle or at the end")
                  : only_later ? MSG("answers, half a year or a year after the end")
                               : MSG("answers in pairs, and half a year or a year after the end"),
        .sql = mean ? measure_own_mean : measure_own_yes,
        .own = own->name,
        .rate = only_later ? measure_own_rate : NULL,
        .least = mean ? 1 : 0,
        .most = mean ? 5 : 0,
    };
    *ret_row = row;
    return RC_OK;
}
