// SPDX-License-Identifier: Apache-2.0
//
// What happens by the clock: who is due is erased, and what is old goes.
//
// Promises: each person, and each table, is a transaction of its own; what was done is written to
// the list of the erased before it is, so that no crash leaves it out.
#include "app/privacy/privacy_store.h"

enum { EVERY_S = 3600 };

static enum rc erase_due(struct db_tx *tx, struct job *job, const int64_t days[KEEPS])
{
    const struct app_place place = {tx, job->arena, job->context, job->now_us};
    struct erasure *all = NULL;
    struct db_rows *old = NULL;
    size_t count = 0;
    TRY(erasure_due(tx, job->arena, job->now_us, &all, &count));
    for (size_t k = 0; k < count; k++)
        TRY(erasure_do(&place, all[k].person, ERASE_ASKED));
    TRY(erasure_old(tx, job->arena, job->now_us - days[KEEP_ACCOUNT] * (int64_t)86400 * 1000000,
                    &old));
    for (size_t k = 0; k < db_count(old); k++)
        TRY(erasure_do(&place, db_int(old, k, 0), ERASE_OLD));
    return RC_OK;
}

static enum rc run_clock(struct db_tx *tx, struct job *job)
{
    const struct app *app = job->context;
    int64_t days[KEEPS];
    int64_t changed = 0;
    size_t count = 0;
    TRY(age_days(tx, job->arena, days));
    TRY(erase_due(tx, job, days));
    while (app->data[count].table != NULL)
        count++;
    while (count-- > 0) // those that refer to others come last
        TRY(age_let_go(tx, &app->data[count], days, job->now_us, &changed));
    return RC_OK;
}

struct job_kind privacy_clock_kind(const struct app *app)
{
    return (struct job_kind){.name = "privacy_clock",
                             .every_s = EVERY_S,
                             .inside = run_clock,
                             .context = (void *)(uintptr_t)app};
}
