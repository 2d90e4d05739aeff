// SPDX-License-Identifier: Apache-2.0
//
// Why: now and then a slice must know what a slice above it says: who has to do something first,
// what comes next for a pair. It asks here, and does not learn who answers.
#include <stdlib.h>
#include <string.h>

#include "app/app.h"

static int compare(const void *a, const void *b)
{
    const struct app_held *x = a;
    const struct app_held *y = b;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    return strcmp(x->role, y->role);
}

enum rc app_ask_held(const struct app_place *place, struct app_hold *hold)
{
    const struct app_slice *const *slices = place->app->slices;
    hold->count = 0;
    hold->held = NULL;
    for (size_t k = 0; slices != NULL && slices[k] != NULL; k++)
        if (slices[k]->holds != NULL)
            TRY(slices[k]->holds(place, hold));
    if (hold->count > 1)
        qsort(hold->held, hold->count, sizeof *hold->held, compare);
    return RC_OK;
}

const struct app_held *app_find_held(const struct app_hold *hold, int64_t person, const char *role)
{
    const struct app_held wanted = {.person = person, .role = role};
    if (hold->count == 0)
        return NULL;
    return bsearch(&wanted, hold->held, hold->count, sizeof *hold->held, compare);
}

// The array doubles.
enum rc app_add_held(const struct app_place *place, struct app_hold *hold,
                     const struct app_held *held)
{
    size_t size = hold->count * sizeof *held;
    if (hold->count == APP_HELD_MAX)
        return RC_LIMIT;
    if ((hold->count & (hold->count - 1)) == 0) {
        struct app_held *more =
            arena_grow(place->arena, hold->held, size, size == 0 ? sizeof *held : 2 * size);
        if (more == NULL)
            return RC_NO_MEMORY;
        hold->held = more;
    }
    hold->held[hold->count++] = *held;
    return RC_OK;
}

enum rc app_ask_next(const struct app_place *place, struct app_steps *steps)
{
    const struct app_slice *const *slices = place->app->slices;
    steps->count = 0;
    for (size_t k = 0; slices != NULL && slices[k] != NULL; k++)
        if (slices[k]->next != NULL)
            TRY(slices[k]->next(place, steps));
    return RC_OK;
}
