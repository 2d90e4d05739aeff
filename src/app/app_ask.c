// SPDX-License-Identifier: Apache-2.0
//
// Why: now and then a slice must know what a slice above it says: who has to do something first,
// what comes next for a pair, what can be counted. It asks here, and does not learn who answers.
#include <stdlib.h>
#include <string.h>

#include "app/app.h"

enum { WAITS_MAX = 256 }; // kinds of things that wait, of all slices

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

enum rc app_ask_figures(const struct app_place *place, struct app_figures *figures)
{
    const struct app_slice *const *slices = place->app->slices;
    figures->all = NULL;
    figures->count = 0;
    for (size_t k = 0; slices != NULL && slices[k] != NULL; k++)
        if (slices[k]->figures != NULL)
            return slices[k]->figures(place, figures);
    return RC_OK;
}

const struct app_figure *app_find_figure(const struct app_figures *figures, const char *name)
{
    for (size_t k = 0; k < figures->count; k++)
        if (strcmp(figures->all[k].name, name) == 0)
            return &figures->all[k];
    return NULL;
}

// Asks them all before it reads one: to a database elsewhere they travel together.
static enum rc ask_waits(const struct app_place *place, int64_t person, struct db_rows **rows,
                         const struct app_waits **asked, size_t *ret_count)
{
    const struct app_slice *const *slices = place->app->slices;
    size_t count = 0;
    for (size_t k = 0; slices != NULL && slices[k] != NULL; k++)
        for (const struct app_waits *w = slices[k]->waits; w != NULL && w->text != NULL; w++) {
            if (count == WAITS_MAX)
                return RC_LIMIT;
            TRY(db_ask(place->tx, place->arena, &rows[count], w->sql,
                       DB_ARGS(DB_INT(person), DB_INT(place->now_us))));
            asked[count++] = w;
        }
    *ret_count = count;
    return db_take(place->tx);
}

enum rc app_ask_waiting(const struct app_place *place, int64_t person,
                        struct app_waiting **ret_waiting, size_t *ret_count)
{
    struct app_waiting *all = ARENA_ARRAY(place->arena, struct app_waiting, APP_WAITING_MAX);
    struct db_rows *rows[WAITS_MAX];
    const struct app_waits *asked[WAITS_MAX];
    size_t asked_count = 0;
    size_t count = 0;
    if (all == NULL)
        return RC_NO_MEMORY;
    TRY(ask_waits(place, person, rows, asked, &asked_count));
    for (size_t k = 0; k < asked_count; k++)
        for (size_t r = 0; r < db_count(rows[k]) && count < APP_WAITING_MAX; r++)
            all[count++] = (struct app_waiting){asked[k]->text, db_text(rows[k], r, 0),
                                                db_text(rows[k], r, 1), db_int(rows[k], r, 2)};
    *ret_waiting = all;
    *ret_count = count;
    return RC_OK;
}

enum rc app_ask_waiting_in(const struct app_place *place, int64_t person, int64_t cohort,
                           struct app_waiting **ret_waiting, size_t *ret_count)
{
    const char *path = arena_printf(place->arena, "/cohorts/%lld", (long long)cohort);
    struct app_waiting *all = NULL;
    size_t count = 0;
    size_t kept = 0;
    if (path == NULL)
        return RC_NO_MEMORY;
    TRY(app_ask_waiting(place, person, &all, &count));
    size_t length = strlen(path);
    for (size_t k = 0; k < count; k++)
        if (strncmp(all[k].path, path, length) == 0 && strchr("/?", all[k].path[length]) != NULL)
            all[kept++] = all[k];
    *ret_waiting = all;
    *ret_count = kept;
    return RC_OK;
}
