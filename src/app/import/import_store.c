// SPDX-License-Identifier: Apache-2.0
//
// The rows of imports, and the sign-ups that they make and change.
#include "app/import/import_store.h"

#include <stdlib.h>
#include <string.h>

#include "app/account/account.h"
#include "sheet/cell.h"

const char import_schema_1[] =
    "CREATE TABLE import(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES cohort(id), "
    "role TEXT NOT NULL, file_name TEXT NOT NULL, content {blob} NOT NULL, choices TEXT NOT NULL, "
    "state TEXT NOT NULL, made_by {id} NOT NULL, made_at {int} NOT NULL, added {int} NOT NULL, "
    "changed {int} NOT NULL){end};\n"
    "CREATE INDEX import_cohort ON import(cohort, id);\n"
    "CREATE TABLE import_row(import {id} NOT NULL REFERENCES import(id), enrolment {id} NOT NULL, "
    "line {int} NOT NULL, person_new {id} NOT NULL, topics TEXT NOT NULL, other TEXT NOT NULL, "
    "languages TEXT NOT NULL, week TEXT NOT NULL, employer TEXT NOT NULL, about TEXT NOT NULL, "
    "level {int} NOT NULL, places {int} NOT NULL, hours {int} NOT NULL, woman {int} NOT NULL, "
    "is_new {int} NOT NULL, PRIMARY KEY(import, enrolment)){end};\n";
const char import_schema_2[] =
    "ALTER TABLE import_row ADD COLUMN top TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE import_row ADD COLUMN formats TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE import_row ADD COLUMN goal TEXT NOT NULL DEFAULT '';\n";

// What stood there as the answer to an own question (`had` 0: nothing).
const char import_schema_3[] =
    "CREATE TABLE import_answer(import {id} NOT NULL REFERENCES import(id), enrolment {id} NOT "
    "NULL, question {id} NOT NULL, had {int} NOT NULL, value TEXT NOT NULL, "
    "PRIMARY KEY(import, enrolment, question)){end};\n";

const char import_schema_5[] =
    "ALTER TABLE import_row ADD COLUMN cadence {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE import_row ADD COLUMN years TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE import_row ADD COLUMN skills TEXT NOT NULL DEFAULT '';\n";

// Where to meet as it was; and her line manager as it was, where the import has set one.
const char import_schema_7[] =
    "ALTER TABLE import_row ADD COLUMN place TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE import_row ADD COLUMN manager TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE import_row ADD COLUMN manager_set {int} NOT NULL DEFAULT 0;\n";

// How many rows of it are taken back, up to which sign-up in the order of their ids, and how many
// sign-ups stayed because something refers to them by now.
const char import_schema_6[] = "ALTER TABLE import ADD COLUMN undone {int} NOT NULL DEFAULT 0;\n"
                               "ALTER TABLE import ADD COLUMN undone_to {id} NOT NULL DEFAULT 0;\n"
                               "ALTER TABLE import ADD COLUMN stayed {int} NOT NULL DEFAULT 0;\n";

// How many rows of it are done: the rest is done by a job, some at a time.
const char import_schema_4[] = "ALTER TABLE import ADD COLUMN done {int} NOT NULL DEFAULT 0;\n"
                               "ALTER TABLE import ADD COLUMN rows {int} NOT NULL DEFAULT 0;\n"
                               "ALTER TABLE import ADD COLUMN accept {int} NOT NULL DEFAULT 0;\n";

enum rc import_add(struct req *req, const struct import *import, struct text content)
{
    return db_do(
        req->tx, NULL,
        "INSERT INTO import(id, cohort, role, file_name, content, choices, state, made_by, "
        "made_at, added, changed) VALUES ($1, $2, $3, $4, $5, '', 'uploaded', $6, $7, 0, 0)",
        DB_ARGS(DB_INT(import->id), DB_INT(import->cohort), DB_TEXT(import->role),
                DB_TEXT(import->file_name), DB_BYTES(content), DB_INT(req->actor.person),
                DB_INT(req->now_us)));
}

#define IMPORT                                                                                     \
    "SELECT id, cohort, role, file_name, state, choices, made_at, added, changed, done, rows, "    \
    "accept, undone, undone_to, stayed FROM import "

static struct import read_import(const struct db_rows *rows, size_t k)
{
    return (struct import){db_int(rows, k, 0),  db_int(rows, k, 1),  db_text(rows, k, 2),
                           db_text(rows, k, 3), db_text(rows, k, 4), db_text(rows, k, 5),
                           db_int(rows, k, 6),  db_int(rows, k, 7),  db_int(rows, k, 8),
                           db_int(rows, k, 9),  db_int(rows, k, 10), db_int(rows, k, 11),
                           db_int(rows, k, 12), db_int(rows, k, 13), db_int(rows, k, 14)};
}

enum rc import_find(struct req *req, int64_t cohort, int64_t id, struct import *ret_import)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows, IMPORT "WHERE id = $1 AND cohort = $2",
                 DB_ARGS(DB_INT(id), DB_INT(cohort))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_import = read_import(rows, 0);
    return RC_OK;
}

enum rc import_content(struct req *req, int64_t id, struct text *ret_content)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows, "SELECT content FROM import WHERE id = $1",
                 DB_ARGS(DB_INT(id))));
    *ret_content = db_bytes(rows, 0, 0);
    return RC_OK;
}

enum rc import_list(struct req *req, int64_t cohort, struct import **ret_imports, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows, IMPORT "WHERE cohort = $1 ORDER BY id DESC LIMIT 50",
                 DB_ARGS(DB_INT(cohort))));
    struct import *imports = ARENA_ARRAY(req->arena, struct import, db_count(rows));
    if (imports == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        imports[k] = read_import(rows, k);
    *ret_imports = imports;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc import_choose(struct req *req, int64_t id, const char *choices)
{
    return db_do(req->tx, NULL, "UPDATE import SET choices = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(id), DB_TEXT(choices)));
}

// ---- against what is there
// -----------------------------------------------------------------------

// The sign-up of an address in this cohort and role. RC_NOT_FOUND.
static enum rc find_enrolment(struct req *req, struct arena *arena, const struct import *import,
                              const char *email, int64_t *ret_id)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, arena, &rows,
                 "SELECT e.id FROM enrolment e JOIN person p ON p.id = e.person "
                 "WHERE p.email = $1 AND e.cohort = $2 AND e.role = $3",
                 DB_ARGS(DB_TEXT(email), DB_INT(import->cohort), DB_TEXT(import->role))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_id = db_int(rows, 0, 0);
    return RC_OK;
}

static const char *newer(const char *now, const char *old)
{
    return now[0] == '\0' ? old : now;
}

static int64_t newer_number(int64_t now, int64_t old)
{
    return now == 0 ? old : now;
}

// An empty cell changes nothing.
static void merge(const struct import_person *p, struct enrolment *e)
{
    bool says_topics = p->topics[0] != '\0' || p->other[0] != '\0';
    e->topics = says_topics ? p->topics : e->topics;
    e->other = says_topics ? p->other : e->other;
    e->languages = newer(p->languages, e->languages);
    e->week = newer(p->week, e->week);
    e->top = newer(p->top, e->top);
    e->formats = newer(p->formats, e->formats);
    e->goal = newer(p->goal, e->goal);
    e->employer = newer(p->employer, e->employer);
    e->about = newer(p->about, e->about);
    e->level = newer_number(p->level, e->level);
    e->places = newer_number(p->places, e->places);
    e->hours = newer_number(p->hours, e->hours);
    e->woman = newer_number(p->woman, e->woman);
    e->cadence = newer_number(p->cadence, e->cadence);
    e->years = newer(p->years, e->years);
    e->skills = newer(p->skills, e->skills);
    e->place = newer(p->place, e->place);
}

static bool is_same(const struct enrolment *a, const struct enrolment *b)
{
    return strcmp(a->topics, b->topics) == 0 && strcmp(a->other, b->other) == 0 &&
           strcmp(a->languages, b->languages) == 0 && strcmp(a->week, b->week) == 0 &&
           strcmp(a->top, b->top) == 0 && strcmp(a->formats, b->formats) == 0 &&
           strcmp(a->goal, b->goal) == 0 && strcmp(a->employer, b->employer) == 0 &&
           strcmp(a->about, b->about) == 0 && a->level == b->level && a->places == b->places &&
           a->hours == b->hours && a->woman == b->woman && a->cadence == b->cadence &&
           strcmp(a->years, b->years) == 0 && strcmp(a->skills, b->skills) == 0 &&
           strcmp(a->place, b->place) == 0;
}

// What she has answered to a question so far, in any version; "": nothing.
static enum rc find_answer(struct req *req, struct arena *arena, int64_t enrolment,
                           const struct enrolment_question *question, const char **ret_value,
                           int64_t *ret_question)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, arena, &rows,
                 "SELECT a.value, a.question FROM answer a JOIN question q ON q.id = a.question "
                 "WHERE a.enrolment = $1 AND q.line = $2 ORDER BY q.version DESC LIMIT 1",
                 DB_ARGS(DB_INT(enrolment), DB_INT(question->line))));
    *ret_value = db_count(rows) == 0 ? "" : db_text(rows, 0, 0);
    *ret_question = db_count(rows) == 0 ? 0 : db_int(rows, 0, 1);
    return RC_OK;
}

// Whether the sheet says something else to a question than she has answered.
static enum rc compare_answers(struct req *req, struct arena *arena,
                               const struct import_sheet *sheet, const struct import_person *p,
                               bool *ret_same)
{
    *ret_same = true;
    for (size_t k = 0; k < sheet->asked_count && *ret_same; k++) {
        const char *old = "";
        int64_t question = 0;
        if (p->answers[k][0] == '\0')
            continue;
        TRY(find_answer(req, arena, p->enrolment, sheet->asked[k], &old, &question));
        *ret_same = strcmp(old, p->answers[k]) == 0;
    }
    return RC_OK;
}

static int by_address(const void *a, const void *b)
{
    const struct import_person *const *left = a;
    const struct import_person *const *right = b;
    int order = strcmp((*left)->email, (*right)->email);
    return order != 0 ? order : (*left < *right ? -1 : 1);
}

// Two rows of one address: the later one is left out.
static enum rc mark_repeated(struct req *req, struct import_sheet *sheet)
{
    struct import_person **sorted =
        ARENA_ARRAY(req->arena, struct import_person *, sheet->person_count);
    if (sorted == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < sheet->person_count; k++)
        sorted[k] = &sheet->people[k];
    if (sheet->person_count > 0)
        qsort(sorted, sheet->person_count, sizeof(struct import_person *), by_address);
    for (size_t k = 1; k < sheet->person_count; k++)
        sorted[k]->is_repeated = strcmp(sorted[k - 1]->email, sorted[k]->email) == 0;
    return RC_OK;
}

// The address of her line manager, whom a sheet names by it or by the name that she signed up with
// in this cohort.
static enum rc find_manager(struct req *req, struct arena *arena, const struct import *import,
                            struct import_person *p)
{
    struct db_rows *rows = NULL;
    char *key = NULL;
    p->managed = "";
    p->manager_unknown = false;
    if (p->manager[0] == '\0')
        return RC_OK;
    if (cell_is_email(text_of(p->manager))) {
        p->managed = import_lower(arena, p->manager);
        p->manager_unknown = p->managed != NULL && strcmp(p->managed, p->email) == 0;
    } else {
        TRY(text_key(arena, p->manager, strlen(p->manager), &key));
        TRY(db_query(req->tx, arena, &rows,
                     "SELECT DISTINCT p.email FROM enrolment e JOIN person p ON p.id = e.person "
                     "WHERE e.cohort = $1 AND e.name_key = $2 AND p.email <> $3 LIMIT 2",
                     DB_ARGS(DB_INT(import->cohort), DB_TEXT(key), DB_TEXT(p->email))));
        p->manager_unknown = db_count(rows) != 1;
        p->managed = p->manager_unknown ? "" : db_text(rows, 0, 0);
    }
    if (p->manager_unknown)
        p->managed = "";
    return p->managed == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc compare_manager(struct req *req, struct arena *arena, const struct import_person *p,
                               int64_t person, bool *ret_same)
{
    const char *old = "";
    *ret_same = true;
    if (p->managed[0] == '\0')
        return RC_OK;
    TRY(line_find(req->tx, arena, person, &old));
    *ret_same = strcmp(old, p->managed) == 0;
    return RC_OK;
}

static enum rc compare_one(struct req *req, struct arena *arena, const struct import *import,
                           const struct import_sheet *sheet, struct import_person *p)
{
    struct enrolment old;
    bool answered = true;
    bool managed = true;
    p->becomes = "none";
    if (strchr(p->email, '@') == NULL || p->is_repeated)
        return RC_OK;
    TRY(find_manager(req, arena, import, p));
    enum rc rc = find_enrolment(req, arena, import, p->email, &p->enrolment);
    if (rc == RC_NOT_FOUND)
        p->becomes = "new";
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    rc = enrolment_find(req->tx, arena, import->cohort, p->enrolment, &old);
    if (rc != RC_OK) // she is writing a draft herself
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    struct enrolment now = old;
    merge(p, &now);
    TRY(compare_answers(req, arena, sheet, p, &answered));
    TRY(compare_manager(req, arena, p, old.person, &managed));
    p->becomes = answered && managed && is_same(&old, &now) ? "same" : "changed";
    return RC_OK;
}

// Each person of a sheet, with an arena that is emptied from time to time: what is read of the
// database on the way is much more than what stays.
struct importing {
    struct import *import;
    const struct import_sheet *sheet;
    bool accept;
};
typedef enum rc each_person(struct req *req, struct arena *arena, const struct importing *work,
                            struct import_person *person);

static enum rc for_each(struct req *req, const struct importing *work, size_t begin, size_t end,
                        each_person *each)
{
    const struct import_sheet *sheet = work->sheet;
    enum { AT_ONCE = 200, SCRATCH_LIMIT_BYTES = 64 << 20 };
    enum rc rc = RC_OK;
    for (size_t from = begin; rc == RC_OK && from < end; from += AT_ONCE) {
        size_t to = end - from < AT_ONCE ? end : from + AT_ONCE;
        struct arena scratch;
        arena_open(&scratch, SCRATCH_LIMIT_BYTES);
        for (size_t k = from; rc == RC_OK && k < to; k++)
            rc = each(req, &scratch, work, &sheet->people[k]);
        arena_close(&scratch);
    }
    return rc;
}

static enum rc compare_each(struct req *req, struct arena *arena, const struct importing *work,
                            struct import_person *person)
{
    return compare_one(req, arena, work->import, work->sheet, person);
}

// Line managers whom nobody knows: a remark each, after the others.
static enum rc note_managers(struct req *req, struct import_sheet *sheet)
{
    size_t count = 0;
    const char *heading = "Line manager";
    for (size_t k = 0; k < sheet->person_count; k++)
        count += sheet->people[k].manager_unknown;
    if (count == 0)
        return RC_OK;
    for (size_t k = 0; k < sheet->column_count; k++)
        if (strcmp(sheet->columns[k].field, "line_manager") == 0)
            heading = sheet->columns[k].heading;
    struct import_note *notes =
        ARENA_ARRAY(req->arena, struct import_note, sheet->note_count + count);
    if (notes == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < sheet->note_count; k++)
        notes[k] = sheet->notes[k];
    for (size_t k = 0; k < sheet->person_count; k++)
        if (sheet->people[k].manager_unknown)
            notes[sheet->note_count++] = (struct import_note){
                "warning",
                sheet->people[k].line,
                heading,
                MSG("nobody else in this cohort has this name, or several have: the line manager "
                    "is left out"),
                MSG("write the e-mail address of her line manager"),
                NULL};
    sheet->notes = notes;
    return RC_OK;
}

enum rc import_compare(struct req *req, struct import *import, struct import_sheet *sheet)
{
    TRY(mark_repeated(req, sheet));
    TRY(for_each(req, &(struct importing){import, sheet, false}, 0, sheet->person_count,
                 compare_each));
    return note_managers(req, sheet);
}

// ---- writing
// -------------------------------------------------------------------------------------

static enum rc note_row(struct req *req, const struct import *import, const struct import_person *p,
                        const struct enrolment *old, int64_t person_new)
{
    return db_do(
        req->tx, NULL,
        "INSERT INTO import_row(import, enrolment, line, person_new, topics, other, "
        "languages, week, employer, about, level, places, hours, woman, is_new, top, formats, "
        "goal, cadence, years, skills, place) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
        "$16, $17, $18, $19, $20, $21, $22)",
        DB_ARGS(DB_INT(import->id), DB_INT(old->id), DB_INT(p->line), DB_INT(person_new),
                DB_TEXT(old->topics), DB_TEXT(old->other), DB_TEXT(old->languages),
                DB_TEXT(old->week), DB_TEXT(old->employer), DB_TEXT(old->about), DB_INT(old->level),
                DB_INT(old->places), DB_INT(old->hours), DB_INT(old->woman),
                DB_INT(strcmp(p->becomes, "new") == 0), DB_TEXT(old->top), DB_TEXT(old->formats),
                DB_TEXT(old->goal), DB_INT(old->cadence), DB_TEXT(old->years), DB_TEXT(old->skills),
                DB_TEXT(old->place)));
}

// Her line manager, with who it was before. The account has it, so it holds in all cohorts.
static enum rc write_manager(struct req *req, struct arena *arena, const struct import *import,
                             const struct import_person *p, const struct enrolment *e)
{
    const char *old = "";
    if (p->managed[0] == '\0')
        return RC_OK;
    TRY(line_find(req->tx, arena, e->person, &old));
    if (strcmp(old, p->managed) == 0)
        return RC_OK;
    TRY(db_do(req->tx, NULL,
              "UPDATE import_row SET manager = $3, manager_set = 1 WHERE import = $1 AND "
              "enrolment = $2",
              DB_ARGS(DB_INT(import->id), DB_INT(e->id), DB_TEXT(old))));
    return line_set(req->tx, e->person, p->managed);
}

// An account that is there already keeps its name, zone and pronouns: they are hers.
static enum rc find_person(struct req *req, struct arena *arena, const struct import_person *p,
                           struct account *ret_account, bool *ret_new)
{
    enum rc rc = account_find(req->tx, arena, p->email, ret_account);
    *ret_new = rc == RC_NOT_FOUND;
    if (rc != RC_NOT_FOUND)
        return rc;
    *ret_account = (struct account){.id = db_new_id(req->now_us),
                                    .email = p->email,
                                    .name = p->name,
                                    .stored_password = "",
                                    .language = locale_tag(req->locale),
                                    .pronouns = p->pronouns,
                                    .zone = p->zone[0] == '\0' ? "UTC" : p->zone};
    return account_add(req->tx, ret_account, req->now_us);
}

static enum rc write_new(struct req *req, struct arena *arena, const struct importing *work,
                         const struct import_person *p, int64_t *ret_enrolment)
{
    const struct import *import = work->import;
    struct account account = {0};
    bool is_new = false;
    TRY(find_person(req, arena, p, &account, &is_new));
    struct enrolment e = {.id = db_new_id(req->now_us),
                          .person = account.id,
                          .name = account.name,
                          .email = account.email,
                          .cohort = import->cohort,
                          .role = import->role,
                          .state = work->accept ? "approved" : "submitted",
                          .topics = p->topics,
                          .other = p->other,
                          .languages = p->languages,
                          .week = p->week,
                          .top = p->top,
                          .formats = p->formats,
                          .goal = p->goal,
                          .employer = p->employer,
                          .about = p->about,
                          .level = p->level,
                          .places = p->places,
                          .hours = p->hours,
                          .woman = p->woman,
                          .cadence = p->cadence,
                          .years = p->years,
                          .skills = p->skills,
                          .place = p->place,
                          .sent_at = req->now_us};
    TRY(enrolment_add(req->tx, arena, &e, req->now_us));
    *ret_enrolment = e.id;
    TRY(note_row(req, import, p, &e, is_new ? account.id : 0));
    return write_manager(req, arena, import, p, &e);
}

static enum rc write_changed(struct req *req, struct arena *arena, const struct import *import,
                             const struct import_person *p)
{
    struct enrolment old;
    TRY(enrolment_find(req->tx, arena, import->cohort, p->enrolment, &old));
    struct enrolment now = old;
    merge(p, &now);
    TRY(note_row(req, import, p, &old, 0));
    TRY(write_manager(req, arena, import, p, &old));
    return enrolment_update(req->tx, arena, &now);
}

// The answers to own questions, with what stood there before.
static enum rc write_answers(struct req *req, struct arena *arena, const struct importing *work,
                             const struct import_person *p, int64_t enrolment)
{
    for (size_t k = 0; k < work->sheet->asked_count; k++) {
        const struct enrolment_question *question = work->sheet->asked[k];
        const char *old = "";
        int64_t answered = 0;
        if (p->answers[k][0] == '\0')
            continue;
        TRY(find_answer(req, arena, enrolment, question, &old, &answered));
        if (strcmp(old, p->answers[k]) == 0)
            continue;
        bool had = answered == question->id; // one of an earlier version stays as it is
        TRY(db_do(req->tx, NULL,
                  "INSERT INTO import_answer(import, enrolment, question, had, value) "
                  "VALUES ($1, $2, $3, $4, $5)",
                  DB_ARGS(DB_INT(work->import->id), DB_INT(enrolment), DB_INT(question->id),
                          DB_INT(had), DB_TEXT(had ? old : ""))));
        TRY(answer_set(req, enrolment, question->id, p->answers[k]));
    }
    return RC_OK;
}

// Each is compared again: whoever signed up in between has changed what a row becomes.
static enum rc write_each(struct req *req, struct arena *arena, const struct importing *work,
                          struct import_person *person)
{
    TRY(compare_one(req, arena, work->import, work->sheet, person));
    if (strcmp(person->becomes, "new") == 0) {
        int64_t enrolment = 0;
        work->import->added++;
        TRY(write_new(req, arena, work, person, &enrolment));
        return write_answers(req, arena, work, person, enrolment);
    }
    if (strcmp(person->becomes, "changed") == 0) {
        work->import->changed++;
        TRY(write_changed(req, arena, work->import, person));
        return write_answers(req, arena, work, person, person->enrolment);
    }
    return RC_OK;
}

enum rc import_mark(struct req *req, struct import_sheet *sheet)
{
    return mark_repeated(req, sheet);
}

enum rc import_write(struct req *req, const struct import_part *part, bool *ret_all)
{
    const struct import_sheet *sheet = part->sheet;
    struct import import = *part->import; // it may run again
    uint64_t moved = 0;
    size_t from = (size_t)import.done;
    size_t left = from < sheet->person_count ? sheet->person_count - from : 0;
    size_t to = from + (left < IMPORT_AT_ONCE ? left : IMPORT_AT_ONCE);
    bool all = to >= sheet->person_count;
    import.added = 0;
    import.changed = 0;
    TRY(for_each(req, &(struct importing){&import, sheet, part->accept}, from, to, write_each));
    TRY(db_do(req->tx, &moved,
              "UPDATE import SET state = $2, added = added + $3, changed = changed + $4, "
              "done = $5, rows = $6, accept = $7 WHERE id = $1 AND done = $8 AND state IN "
              "('uploaded', 'importing')",
              DB_ARGS(DB_INT(import.id), DB_TEXT(all ? "imported" : "importing"),
                      DB_INT(import.added), DB_INT(import.changed), DB_INT((int64_t)to),
                      DB_INT((int64_t)sheet->person_count), DB_INT(part->accept),
                      DB_INT((int64_t)from))));
    if (moved != 1)
        return RC_EXISTS;
    const struct app_place here = app_here(req);
    *ret_all = all;
    return all ? enrolment_index_after(&here, import.id) : RC_OK;
}
