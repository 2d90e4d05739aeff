// SPDX-License-Identifier: Apache-2.0
//
// Why: those who run a cohort find its people by the beginning of any word of a name or address.
//
// Promises: a sign-up is found from when it was sent, by those alone who run its cohort; one that
// is only a draft, and one of a closed account, is not. A sheet of many is found little by little.
//
// Not for: members. Nobody of them has said yet that others may find her.
#include <stdlib.h>

#include "app/enrolment/enrolment_store.h"
#include "app/index.h"

#define FINDABLE                                                                                   \
    "SELECT e.id, e.cohort, p.name, p.email, e.employer FROM enrolment e JOIN person p ON "        \
    "p.id = e.person WHERE e.state <> 'draft' AND p.closed_at = 0 AND "

static enum rc put(const struct app_place *place, const struct db_rows *rows, size_t k)
{
    int64_t id = db_int(rows, k, 0);
    int64_t cohort = db_int(rows, k, 1);
    const struct index_entry entry = {
        .kind = "person",
        .subject = id,
        .audience = INDEX_STAFF,
        .scope = cohort,
        .path = arena_printf(place->arena, "/cohorts/%lld/people/%lld", (long long)cohort,
                             (long long)id),
        .title = db_text(rows, k, 2),
        .text = arena_printf(place->arena, "%s %s", db_text(rows, k, 3), db_text(rows, k, 4))};
    return entry.path == NULL || entry.text == NULL ? RC_NO_MEMORY : index_put(place, &entry);
}

enum rc enrolment_index_one(const struct app_place *place, int64_t enrolment)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows, FINDABLE "e.id = $1", DB_ARGS(DB_INT(enrolment))));
    return db_count(rows) == 0 ? index_drop(place, "person", enrolment) : put(place, rows, 0);
}

enum rc enrolment_index_person(const struct app_place *place, int64_t person)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows, "SELECT id FROM enrolment WHERE person = $1",
                 DB_ARGS(DB_INT(person))));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(enrolment_index_one(place, db_int(rows, k, 0)));
    return RC_OK;
}

// ---- many ------------------------------------------------------------------------------------

// Those after an id that are not in the index yet, some at a time; the next ones are a job.
static enum rc put_missing(const struct app_place *place, int64_t after)
{
    enum { AT_ONCE = 500 };
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows,
                 FINDABLE "e.id > $1 AND NOT EXISTS (SELECT 1 FROM index_entry i WHERE "
                          "i.kind = 'person' AND i.subject = e.id) ORDER BY e.id LIMIT $2",
                 DB_ARGS(DB_INT(after), DB_INT(AT_ONCE))));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(put(place, rows, k));
    return db_count(rows) < AT_ONCE ? RC_OK
                                    : enrolment_index_after(place, db_int(rows, AT_ONCE - 1, 0));
}

static enum rc fill(struct db_tx *tx, struct job *job)
{
    const struct app_place place = {tx, job->arena, job->context, job->now_us};
    return put_missing(&place, strtoll(job->body, NULL, 10));
}

enum rc enrolment_index_after(const struct app_place *place, int64_t after)
{
    const char *body = arena_printf(place->arena, "%lld", (long long)after);
    if (body == NULL)
        return RC_NO_MEMORY;
    return job_add(place->tx, ENROLMENT_INDEX, body, place->now_us, place->now_us);
}

struct job_kind enrolment_index_kind(const struct app *app)
{
    return (struct job_kind){
        .name = ENROLMENT_INDEX, .inside = fill, .context = (void *)(uintptr_t)app};
}

// What is gone from the cohort, and what was there before the index.
enum rc enrolment_index(const struct app_place *place)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT i.subject FROM index_entry i WHERE i.kind = 'person' AND NOT EXISTS "
                 "(SELECT 1 FROM enrolment e WHERE e.id = i.subject AND e.state <> 'draft') "
                 "ORDER BY i.subject LIMIT 5000",
                 DB_NO_ARGS));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(index_drop(place, "person", db_int(rows, k, 0)));
    return enrolment_index_after(place, 0);
}
