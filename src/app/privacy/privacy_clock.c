// SPDX-License-Identifier: Apache-2.0
//
// What happens by the clock: who is due is erased, what is old goes, and files forget both.
//
// Promises: all of one run is one transaction. The list of the erased is written at each run out of
// the database, so that a crash between the two leaves nobody out for longer than an hour.
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#include "app/privacy/privacy_store.h"

enum { EVERY_S = 3600, DAY_S = 86400, US = 1000000 };

// ---- the list of the erased ---------------------------------------------------------------------

enum rc erased_list(struct db_tx *tx, struct arena *arena, struct buffer *ret_out)
{
    struct db_rows *rows = NULL;
    TRY(erasure_done(tx, arena, &rows));
    buffer_open(ret_out, arena, ERASED_LIST_LIMIT_BYTES);
    for (size_t k = 0; k < db_count(rows); k++)
        buffer_printf(ret_out, "%lld %lld\n", (long long)db_int(rows, k, 0),
                      (long long)db_int(rows, k, 1));
    return ret_out->rc;
}

// The next line of a list; false: none is left. Lines are not changed.
static bool next_line(struct text *list, struct text *ret_line)
{
    if (list->length == 0)
        return false;
    const char *end = memchr(list->bytes, '\n', list->length);
    size_t length = end == NULL ? list->length : (size_t)(end - list->bytes);
    *ret_line = (struct text){list->bytes, length};
    length += end != NULL;
    list->bytes += length;
    list->length -= length;
    return true;
}

// Whose line it is; 0: nobody's.
static int64_t person_of(struct text line)
{
    int64_t person = 0;
    for (size_t k = 0; k < line.length && line.bytes[k] >= '0' && line.bytes[k] <= '9'; k++) {
        if (person > (INT64_MAX - 9) / 10)
            return 0;
        person = person * 10 + (line.bytes[k] - '0');
    }
    return person;
}

static bool has_person(struct text list, int64_t person)
{
    struct text line;
    while (next_line(&list, &line))
        if (person_of(line) == person)
            return true;
    return false;
}

enum rc erased_list_keep(struct db_tx *tx, struct arena *arena, const char *path)
{
    struct buffer all;
    struct buffer out;
    struct text line;
    struct text kept = {"", 0};
    const char *error = NULL;
    TRY(erased_list(tx, arena, &all));
    enum rc rc = file_read(arena, path, ERASED_LIST_LIMIT_BYTES, &kept, &error);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    struct text rest = {all.bytes, all.length};
    buffer_open(&out, arena, ERASED_LIST_LIMIT_BYTES);
    buffer_append(&out, kept.bytes, kept.length);
    while (next_line(&rest, &line))
        if (!has_person(kept, person_of(line))) {
            buffer_append(&out, line.bytes, line.length);
            buffer_byte(&out, '\n');
        }
    TRY(out.rc);
    return out.length == kept.length ? RC_OK
                                     : file_write(arena, path, out.bytes, out.length, &error);
}

enum rc erased_list_again(const struct app_place *place, struct text list, int64_t *ret_count)
{
    struct text line;
    *ret_count = 0;
    while (next_line(&list, &line)) {
        int64_t person = person_of(line);
        enum rc rc = person == 0 ? RC_NOT_FOUND : erasure_do(place, person, ERASE_AGAIN);
        if (rc != RC_OK && rc != RC_NOT_FOUND) // who came after the backup is not there to erase
            return rc;
        *ret_count += rc == RC_OK;
    }
    return RC_OK;
}

// ---- looking and doing --------------------------------------------------------------------------

static enum rc old_accounts(const struct app_place *place, const int64_t days[KEEPS],
                            struct db_rows **ret_rows)
{
    return erasure_old(place->tx, place->arena,
                       place->now_us - days[KEEP_ACCOUNT] * (int64_t)DAY_S * US, ret_rows);
}

static void add_old(struct privacy_old *all, size_t *count, const struct app_table *table,
                    int64_t found)
{
    if (found > 0 && *count < PRIVACY_OLD_MAX)
        all[(*count)++] = (struct privacy_old){table, found};
}

enum rc privacy_look(const struct app_place *place, struct privacy_old *ret_all, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    int64_t days[KEEPS];
    size_t tables = 0;
    *ret_count = 0;
    TRY(age_days(place->tx, place->arena, days));
    while (place->app->data[tables].table != NULL)
        tables++;
    while (tables-- > 0) {
        int64_t count = 0;
        const struct data_texts *texts = &place->app->data[tables];
        TRY(age_count(place->tx, place->arena, texts, days, place->now_us, &count));
        add_old(ret_all, ret_count, texts->table, count);
    }
    TRY(old_accounts(place, days, &rows));
    add_old(ret_all, ret_count, NULL, (int64_t)db_count(rows));
    return RC_OK;
}

// Rows that others refer to stand first, so that tables are gone through from the end.
static enum rc let_go(const struct app_place *place, const int64_t days[KEEPS],
                      struct privacy_old *all, size_t *count)
{
    size_t tables = 0;
    while (place->app->data[tables].table != NULL)
        tables++;
    while (tables-- > 0) {
        int64_t changed = 0;
        const struct data_texts *texts = &place->app->data[tables];
        TRY(age_let_go(place->tx, texts, days, place->now_us, &changed));
        add_old(all, count, texts->table, changed);
    }
    return RC_OK;
}

enum rc privacy_do(const struct app_place *place, struct privacy_old *ret_all, size_t *ret_count,
                   size_t *ret_erased)
{
    struct erasure *due = NULL;
    struct db_rows *rows = NULL;
    int64_t days[KEEPS];
    size_t due_count = 0;
    *ret_count = 0;
    TRY(age_days(place->tx, place->arena, days));
    TRY(let_go(place, days, ret_all, ret_count));
    TRY(old_accounts(place, days, &rows));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(erasure_do(place, db_int(rows, k, 0), ERASE_OLD));
    add_old(ret_all, ret_count, NULL, (int64_t)db_count(rows));
    TRY(erasure_due(place->tx, place->arena, place->now_us, &due, &due_count));
    for (size_t k = 0; k < due_count; k++)
        TRY(erasure_do(place, due[k].person, ERASE_ASKED));
    *ret_erased = db_count(rows) + due_count;
    return RC_OK;
}

// ---- the job ------------------------------------------------------------------------------------

struct round {
    const struct job *job;
    size_t erased; // people
};

static enum rc work(struct db_tx *tx, void *data)
{
    struct round *round = data;
    const struct job *job = round->job;
    const struct app_place place = {tx, job->arena, job->context, job->now_us};
    struct privacy_old *all = ARENA_ARRAY(job->arena, struct privacy_old, PRIVACY_OLD_MAX);
    size_t count = 0;
    return all == NULL ? RC_NO_MEMORY : privacy_do(&place, all, &count, &round->erased);
}

// Letters as files are gone before anybody is erased, who was in them before she asked.
static enum rc drop_letters(struct db_tx *tx, void *data)
{
    const struct job *job = data;
    const struct app *app = job->context;
    int64_t days[KEEPS];
    TRY(age_days(tx, job->arena, days));
    int64_t least = days[KEEP_SHORT] < ERASE_WAIT_DAYS ? days[KEEP_SHORT] : ERASE_WAIT_DAYS - 1;
    return file_drop_old(app->letters, ".eml", job->now_us / US - least * DAY_S);
}

static enum rc keep_list(struct db_tx *tx, void *data)
{
    const struct job *job = data;
    const struct app *app = job->context;
    const char *path = file_join(job->arena, app->folder, ERASED_LIST);
    return path == NULL ? RC_NO_MEMORY : erased_list_keep(tx, job->arena, path);
}

static enum rc run_clock(struct job *job)
{
    const struct app *app = job->context;
    struct round round = {.job = job};
    if (app->letters != NULL)
        TRY(db_read(job->db, job->slot, drop_letters, job));
    TRY(db_write(job->db, work, &round));
    if (app->folder != NULL)
        TRY(db_read(job->db, job->slot, keep_list, job));
    return round.erased == 0 ? RC_OK : db_scrub(job->db);
}

struct job_kind privacy_clock_kind(const struct app *app)
{
    return (struct job_kind){.name = "privacy_clock",
                             .every_s = EVERY_S,
                             .outside = run_clock,
                             .context = (void *)(uintptr_t)app};
}
