// SPDX-License-Identifier: Apache-2.0
//
// Why: taking an import back, some rows in a transaction, so that a large sheet holds nobody up and
// goes on where it was after a crash (decision 77).
//
// Promises: what was matched before is refused as a whole; a sign-up that something refers to since
// then stays, and is counted. Each row is taken back once.
#include "app/import/import_store.h"
#include "app/index.h"

// Those of a part: up to which sign-up, how many rows.
struct part {
    int64_t after;
    int64_t last;
    uint64_t count;
};

static enum rc find_part(struct req *req, const struct import *import, uint32_t limit,
                         struct part *ret_part)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT enrolment FROM import_row WHERE import = $1 AND enrolment > $2 "
                 "ORDER BY enrolment LIMIT $3",
                 DB_ARGS(DB_INT(import->id), DB_INT(import->undone_to), DB_INT(limit))));
    size_t count = db_count(rows);
    *ret_part = (struct part){import->undone_to,
                              count == 0 ? import->undone_to : db_int(rows, count - 1, 0), count};
    return RC_OK;
}

// What can be found of the sign-ups that it made.
static enum rc undo_index(struct req *req, const struct import *import, const struct part *part)
{
    const struct app_place here = app_here(req);
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT r.enrolment FROM import_row r JOIN index_entry i ON i.kind = 'person' AND "
                 "i.subject = r.enrolment WHERE r.import = $1 AND r.is_new = 1 "
                 "AND r.enrolment > $2 AND r.enrolment <= $3",
                 DB_ARGS(DB_INT(import->id), DB_INT(part->after), DB_INT(part->last))));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(index_drop(&here, "person", db_int(rows, k, 0)));
    return RC_OK;
}

static enum rc undo_changed(struct req *req, const struct import *import, const struct part *part)
{
    return db_do(
        req->tx, NULL,
        "UPDATE enrolment SET topics = r.topics, other = r.other, "
        "languages = r.languages, week = r.week, employer = r.employer, about = r.about, "
        "top = r.top, formats = r.formats, goal = r.goal, level = r.level, places = r.places, hours = r.hours, woman = r.woman, "
        "cadence = r.cadence, years = r.years, skills = r.skills, place = r.place "
        "FROM import_row r WHERE r.enrolment = enrolment.id AND r.import = $1 "
        "AND r.enrolment > $2 AND r.enrolment <= $3 AND r.is_new = 0",
        DB_ARGS(DB_INT(import->id), DB_INT(part->after), DB_INT(part->last)));
}

// Answers that it gave; what others have changed since is taken back with them.
static enum rc undo_answers(struct req *req, const struct import *import, const struct part *part)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT enrolment, question, had, value FROM import_answer WHERE import = $1 "
                 "AND enrolment > $2 AND enrolment <= $3",
                 DB_ARGS(DB_INT(import->id), DB_INT(part->after), DB_INT(part->last))));
    for (size_t k = 0; k < db_count(rows); k++) {
        int64_t enrolment = db_int(rows, k, 0);
        int64_t question = db_int(rows, k, 1);
        if (db_int(rows, k, 2) != 0)
            TRY(answer_set(req, enrolment, question, db_text(rows, k, 3)));
        else
            TRY(answer_drop(req, enrolment, question));
    }
    return RC_OK;
}

// Line managers as they were; and none of an account that goes.
static enum rc undo_managers(struct req *req, const struct import *import, const struct part *part)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT e.person, CASE WHEN r.manager_set = 1 THEN r.manager ELSE '' END "
                 "FROM import_row r JOIN enrolment e ON e.id = r.enrolment WHERE r.import = $1 "
                 "AND r.enrolment > $2 AND r.enrolment <= $3 AND (r.manager_set = 1 OR ("
                 "r.person_new <> 0 AND EXISTS (SELECT 1 FROM line_manager l "
                 "WHERE l.person = r.person_new) AND NOT EXISTS (SELECT 1 FROM session s "
                 "WHERE s.person = r.person_new)))",
                 DB_ARGS(DB_INT(import->id), DB_INT(part->after), DB_INT(part->last))));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(line_set(req->tx, db_int(rows, k, 0), db_text(rows, k, 1)));
    return RC_OK;
}

// Accounts that the import made go too, unless somebody has used them since.
static enum rc undo_new(struct req *req, const struct import *import, const struct part *part)
{
#define OF_PART "WHERE import = $1 AND enrolment > $2 AND enrolment <= $3 "
    static const char *const texts[] = {
        "DELETE FROM enrolment_note WHERE enrolment IN (SELECT enrolment FROM import_row " OF_PART
        "AND is_new = 1)",
        "DELETE FROM enrolment_move WHERE enrolment IN (SELECT enrolment FROM import_row " OF_PART
        "AND is_new = 1)",
        "DELETE FROM answer WHERE enrolment IN (SELECT enrolment FROM import_row " OF_PART
        "AND is_new = 1)",
        "DELETE FROM enrolment WHERE id IN (SELECT enrolment FROM import_row " OF_PART
        "AND is_new = 1)",
        "DELETE FROM person WHERE password = '' AND id IN (SELECT person_new FROM import_row " OF_PART
        "AND person_new <> 0) "
        "AND NOT EXISTS (SELECT 1 FROM session s WHERE s.person = person.id) "
        "AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.person = person.id)",
    };
#undef OF_PART
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++)
        TRY(db_do(req->tx, NULL, texts[k],
                  DB_ARGS(DB_INT(import->id), DB_INT(part->after), DB_INT(part->last))));
    return RC_OK;
}

// RC_EXISTS: another has done this part.
static enum rc end_part(struct req *req, const struct import *import, const struct part *part,
                        const struct import_undoing *undoing)
{
    uint64_t moved = 0;
    TRY(db_do(req->tx, &moved,
              "UPDATE import SET undone = undone + $2, undone_to = $3, stayed = stayed + $4, "
              "state = $5 WHERE id = $1 AND state = 'undoing' AND undone_to = $6",
              DB_ARGS(DB_INT(import->id), DB_INT((int64_t)part->count), DB_INT(part->last),
                      DB_INT(undoing->skips), DB_TEXT(undoing->all ? "undone" : "undoing"),
                      DB_INT(part->after))));
    return moved == 1 ? RC_OK : RC_EXISTS;
}

enum rc import_undo_part(struct req *req, const struct import *import,
                         struct import_undoing *undoing)
{
    struct part part = {0};
    TRY(find_part(req, import, undoing->at_once, &part));
    undoing->all = part.count < undoing->at_once;
    if (!undoing->skips) {
        TRY(undo_index(req, import, &part));
        TRY(undo_changed(req, import, &part));
        TRY(undo_answers(req, import, &part));
        TRY(undo_managers(req, import, &part));
        TRY(undo_new(req, import, &part));
    }
    return end_part(req, import, &part, undoing);
}

// Whether a run, a match or a choice has somebody whose sign-up it made.
static enum rc is_matched(struct req *req, const struct import *import, bool *ret_matched)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT r.enrolment FROM import_row r WHERE r.import = $1 AND r.is_new = 1 AND ("
                 "EXISTS (SELECT 1 FROM match_pair p WHERE p.mentee = r.enrolment) "
                 "OR EXISTS (SELECT 1 FROM match_pair p WHERE p.mentor = r.enrolment) "
                 "OR EXISTS (SELECT 1 FROM match_lonely l WHERE l.mentee = r.enrolment) "
                 "OR EXISTS (SELECT 1 FROM match_link k WHERE k.mentee = r.enrolment) "
                 "OR EXISTS (SELECT 1 FROM match_link k WHERE k.mentor = r.enrolment) "
                 "OR EXISTS (SELECT 1 FROM match m WHERE m.mentee = r.enrolment) "
                 "OR EXISTS (SELECT 1 FROM match m WHERE m.mentor = r.enrolment) "
                 "OR EXISTS (SELECT 1 FROM choice c WHERE c.mentee = r.enrolment) "
                 "OR EXISTS (SELECT 1 FROM choice c WHERE c.mentor = r.enrolment)) LIMIT 1",
                 DB_ARGS(DB_INT(import->id))));
    *ret_matched = db_count(rows) > 0;
    return RC_OK;
}

enum rc import_undo(struct req *req, const struct import *import, bool *ret_all)
{
    struct import_undoing undoing = {.at_once = IMPORT_AT_ONCE};
    uint64_t moved = 0;
    bool matched = false;
    TRY(is_matched(req, import, &matched));
    if (matched)
        return RC_BAD_INPUT;
    TRY(db_do(req->tx, &moved,
              "UPDATE import SET state = 'undoing' WHERE id = $1 AND state = 'imported'",
              DB_ARGS(DB_INT(import->id))));
    if (moved != 1)
        return RC_EXISTS;
    TRY(import_undo_part(req, import, &undoing));
    *ret_all = undoing.all;
    return RC_OK;
}
