// SPDX-License-Identifier: Apache-2.0
//
// Why: a large sheet is written (and taken back) some rows at a time by a job, each part in a
// transaction of its own, so that others write in between; how far it is stands with the import, so
// it goes on where it was after a crash.
#include <stdlib.h>
#include <string.h>

#include "app/import/import_store.h"

// "name,email,,skills," as an array. NULL when nothing was chosen.
static enum rc read_choices(struct arena *arena, const char *text, const char *const **ret_choices,
                            size_t *ret_count)
{
    const char **choices = ARENA_ARRAY(arena, const char *, IMPORT_COLUMNS_MAX);
    *ret_choices = NULL;
    *ret_count = 0;
    if (text[0] == '\0')
        return RC_OK;
    if (choices == NULL)
        return RC_NO_MEMORY;
    size_t count = 0;
    for (; *text != '\0' && count < IMPORT_COLUMNS_MAX; count++) {
        size_t length = strcspn(text, ",");
        choices[count] = arena_strndup(arena, text, length);
        if (choices[count] == NULL)
            return RC_NO_MEMORY;
        text += length + (text[length] == ',');
    }
    *ret_choices = choices;
    *ret_count = count;
    return RC_OK;
}

enum rc import_open(struct req *req, struct import_opened *opened)
{
    const struct import *import = &opened->import;
    struct text content;
    const char *const *choices = NULL;
    size_t count = 0;
    TRY(question_list(req->tx, req->arena, opened->cohort.id, import->role, &opened->questions,
                      &opened->question_count));
    TRY(import_content(req, import->id, &content));
    TRY(read_choices(req->arena, import->choices, &choices, &count));
    const struct import_source source = {content,
                                         import->file_name,
                                         strcmp(import->role, "mentor") == 0,
                                         &opened->cohort,
                                         choices,
                                         count,
                                         opened->questions,
                                         opened->question_count};
    return import_read(req->arena, &source, &opened->sheet);
}

// ---- the job -----------------------------------------------------------------------------------

struct working {
    struct job *job;
    int64_t id;
    const char *language;
    struct import_opened opened;
    struct import_undoing undoing;
    bool all;
};

// What the rows ask of a request, where there is none.
static struct req request_of(const struct working *working, struct db_tx *tx, struct arena *arena)
{
    const struct locale *locale = locale_find(working->language);
    return (struct req){.tx = tx,
                        .arena = arena,
                        .app = working->job->context,
                        .locale = locale == NULL ? locale_at(0) : locale,
                        .now_us = working->job->clock_us(),
                        .writes = true};
}

static enum rc open_work(struct db_tx *tx, void *data)
{
    struct working *working = data;
    struct db_rows *rows = NULL;
    struct req req = request_of(working, tx, working->job->arena);
    TRY(db_query(tx, req.arena, &rows, "SELECT cohort FROM import WHERE id = $1",
                 DB_ARGS(DB_INT(working->id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    TRY(cohort_find(tx, req.arena, db_int(rows, 0, 0), &working->opened.cohort));
    TRY(import_find(&req, db_int(rows, 0, 0), working->id, &working->opened.import));
    if (strcmp(working->opened.import.state, "importing") != 0)
        return RC_OK;
    TRY(import_open(&req, &working->opened));
    return import_mark(&req, &working->opened.sheet);
}

static enum rc part_work(struct db_tx *tx, void *data)
{
    enum { PART_LIMIT_BYTES = 64 << 20 };
    struct working *working = data;
    struct arena arena;
    struct import now;
    arena_open(&arena, PART_LIMIT_BYTES);
    struct req req = request_of(working, tx, &arena);
    enum rc rc = import_find(&req, working->opened.cohort.id, working->id, &now);
    const struct import_part part = {&now, &working->opened.sheet, now.accept != 0};
    if (rc == RC_OK && strcmp(now.state, "importing") != 0)
        rc = RC_EXISTS;
    if (rc == RC_OK)
        rc = import_write(&req, &part, &working->all);
    arena_close(&arena);
    return rc;
}

static enum rc undo_work(struct db_tx *tx, void *data)
{
    enum { PART_LIMIT_BYTES = 64 << 20 };
    struct working *working = data;
    struct arena arena;
    struct import now;
    arena_open(&arena, PART_LIMIT_BYTES);
    struct req req = request_of(working, tx, &arena);
    enum rc rc = import_find(&req, working->opened.cohort.id, working->id, &now);
    if (rc == RC_OK && strcmp(now.state, "undoing") != 0)
        rc = RC_EXISTS;
    if (rc == RC_OK)
        rc = import_undo_part(&req, &now, &working->undoing);
    arena_close(&arena);
    return rc;
}

// A part with a sign-up that can't go (somebody is matched by now) is done row by row around it,
// and then in parts that grow again.
static enum rc undo_next(struct working *working)
{
    struct import_undoing *undoing = &working->undoing;
    enum rc rc = db_write(working->job->db, undo_work, working);
    if (rc == RC_BAD_INPUT && !undoing->skips) {
        undoing->skips = undoing->at_once == 1;
        undoing->at_once = 1;
        return RC_OK;
    }
    TRY(rc);
    undoing->skips = false;
    working->all = undoing->all;
    undoing->at_once *= 2;
    if (undoing->at_once > IMPORT_AT_ONCE)
        undoing->at_once = IMPORT_AT_ONCE;
    return RC_OK;
}

static enum rc write_next(struct working *working)
{
    return db_write(working->job->db, part_work, working);
}

// All parts that are left, while others may ask for the job.
static enum rc do_parts(struct working *working, enum rc (*next)(struct working *))
{
    enum { HOLD_US = 60000000 };
    struct job *job = working->job;
    int64_t held_us = job->clock_us();
    while (!working->all) {
        enum rc rc = next(working);
        if (rc == RC_EXISTS) // another has done it, or does
            return RC_OK;
        TRY(rc);
        if (job->clock_us() - held_us < HOLD_US)
            continue;
        held_us = job->clock_us();
        (void)job_hold(job);
    }
    return RC_OK;
}

static enum rc import_rest(struct job *job)
{
    struct working working = {.job = job, .undoing = {.at_once = IMPORT_AT_ONCE}};
    char *language = NULL;
    working.id = strtoll(job->body, &language, 10);
    working.language = *language == ' ' ? language + 1 : "en";
    enum rc rc = db_read(job->db, job->slot, open_work, &working);
    if (rc == RC_NOT_FOUND) // it was too old, and is gone
        return RC_OK;
    TRY(rc);
    if (strcmp(working.opened.import.state, "undoing") == 0)
        return do_parts(&working, undo_next);
    if (strcmp(working.opened.import.state, "importing") != 0)
        return RC_OK;
    return do_parts(&working, write_next);
}

struct job_kind import_kind(const struct app *app)
{
    return (struct job_kind){.name = IMPORT_JOB,
                             .lasts = true,
                             .outside = import_rest,
                             .context = (void *)(uintptr_t)app};
}
