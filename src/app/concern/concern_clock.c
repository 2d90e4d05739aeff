// SPDX-License-Identifier: Apache-2.0
//
// Why: what is late is told again to those who should answer, once a working day at most; what was
// kept before there were keys is sealed.
#include "app/concern/concern_page.h"

enum { A_STEP = 50 };

static enum rc tick(struct db_tx *tx, struct job *job)
{
    const struct app *app = job->context;
    const struct app_place here = {tx, job->arena, app, job->now_us};
    struct db_rows *r = NULL;
    TRY(db_query(
        tx, job->arena, &r,
        "SELECT c.id, c.cohort, c.kind, h.name, c.due_at FROM concern_case c JOIN cohort h ON "
        "h.id = c.cohort WHERE c.due_at > 0 AND c.due_at < $1 AND c.reminded_at < c.due_at "
        "ORDER BY c.due_at LIMIT $2",
        DB_ARGS(DB_INT(job->now_us), DB_INT(A_STEP))));
    for (size_t k = 0; k < db_count(r); k++) {
        const struct concern concern = {.id = db_int(r, k, 0),
                                        .cohort = db_int(r, k, 1),
                                        .kind = db_text(r, k, 2),
                                        .cohort_name = db_text(r, k, 3)};
        TRY(db_do(tx, NULL, "UPDATE concern_case SET reminded_at = $2 WHERE id = $1",
                  DB_ARGS(DB_INT(concern.id), DB_INT(job->now_us))));
        TRY(concern_tell_readers(&here, &concern, db_int(r, k, 4)));
    }
    return RC_OK;
}

enum rc concern_of_dispute(const struct app_place *place, const struct announcement *heard)
{
    struct req req = {.app = (void *)(uintptr_t)place->app,
                      .arena = place->arena,
                      .tx = place->tx,
                      .now_us = place->now_us,
                      .locale = locale_at(0),
                      .writes = true};
    struct db_rows *r = NULL;
    const struct concern_more more = {0};
    TRY(db_query(
        place->tx, place->arena, &r,
        "SELECT m.cohort, h.name, coalesce(w.words, '') FROM match m JOIN cohort h ON h.id = "
        "m.cohort LEFT JOIN meeting_word w ON w.meeting = $2 AND w.person = $3 WHERE m.id = "
        "$1",
        DB_ARGS(DB_INT(heard->match), DB_INT(heard->subject), DB_INT(heard->person))));
    if (db_count(r) == 0)
        return RC_OK;
    struct concern concern = {.cohort = db_int(r, 0, 0),
                              .match = heard->match,
                              .kind = "no_show",
                              .by = heard->person,
                              .named = 1,
                              .cohort_name = db_text(r, 0, 1),
                              .text = db_text(r, 0, 2),
                              .code = "",
                              .due_at = concern_due("open", place->now_us)};
    TRY(concern_add(&req, &concern, &more, &concern.id));
    return concern_tell_readers(place, &concern, concern.due_at);
}

struct job_kind concern_clock_kind(const struct app *app)
{
    return (struct job_kind){
        .name = "concern_clock", .every_s = 600, .inside = tick, .context = (void *)(uintptr_t)app};
}
