// SPDX-License-Identifier: Apache-2.0
//
// Why: what was there before the index, and what a slice forgot, is found from the next day on.
#include "app/search/search.h"

enum { DAY_S = 24 * 3600 };

static enum rc fill(struct db_tx *tx, struct job *job)
{
    const struct app_place place = {tx, job->arena, job->context, job->now_us};
    for (size_t k = 0; place.app->slices[k] != NULL; k++)
        if (place.app->slices[k]->index != NULL)
            TRY(place.app->slices[k]->index(&place));
    return RC_OK;
}

struct job_kind search_fill_kind(const struct app *app)
{
    return (struct job_kind){
        .name = "search_fill", .every_s = DAY_S, .inside = fill, .context = (void *)(uintptr_t)app};
}
