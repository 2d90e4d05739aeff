// SPDX-License-Identifier: Apache-2.0
//
// Why: who found no mentor in a cohort is not forgotten at its end: those who run it carry all who
// wait over to a later one, where they come first.
#include <stdlib.h>
#include <string.h>

#include "app/cohort/cohort_store.h"
#include "app/match/match.h"
#include "app/match/match_page.h"
#include "app/match/match_store.h"
#include "app_match_match_over.html.h"

struct carrying {
    const char *to;
};

// clang-format off
static const struct field carrying_fields[] = {
    {"to", FIELD_ONE, FIELD_TEXT_OF(struct carrying, to), 1, 1, MSG("To which cohort?"), "", NULL},
};
// clang-format on

// Those of the same programme that take people, and that she runs too.
static enum rc read_targets(struct req *req, const struct match_view *view,
                            struct field_option **ret_options)
{
    struct cohort *all = NULL;
    size_t count = 0;
    size_t filled = 0;
    static const char *const open[] = {"enrolling", "reviewing", "matching"};
    TRY(cohort_list(req, view->cohort.programme, &all, &count));
    struct field_option *options = ARENA_ARRAY(req->arena, struct field_option, count + 1);
    if (options == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++) {
        bool takes = false;
        bool runs = req->actor.admin;
        for (size_t s = 0; s < sizeof open / sizeof open[0]; s++)
            takes = takes || strcmp(all[k].state, open[s]) == 0;
        if (!takes || all[k].id == view->cohort.id)
            continue;
        if (!runs)
            TRY(app_has_role(req, ROLE_COORDINATOR, all[k].id, &runs));
        if (!runs)
            TRY(app_has_role(req, ROLE_MANAGER, all[k].id, &runs));
        const char *value = arena_printf(req->arena, "%lld", (long long)all[k].id);
        if (value == NULL)
            return RC_NO_MEMORY;
        if (runs)
            options[filled++] = (struct field_option){value, all[k].name};
    }
    options[filled] = (struct field_option){NULL, NULL};
    *ret_options = options;
    return RC_OK;
}

static enum rc load_over(struct req *req)
{
    struct match_view *view = NULL;
    struct field_option *options = NULL;
    struct field *field = ARENA_NEW(req->arena, struct field);
    struct shape *shape = ARENA_NEW(req->arena, struct shape);
    if (field == NULL || shape == NULL)
        return RC_NO_MEMORY;
    TRY(match_make_view(req, &view));
    TRY(read_targets(req, view, &options));
    TRY(waiting_over(req, view->cohort.id, &view->waiting, &view->waiting_count));
    *field = carrying_fields[0];
    field->options = options;
    *shape = (struct shape){field, 1, sizeof(struct carrying), NULL};
    view->shape = shape;
    return RC_OK;
}

static void write_over(struct html *html, struct req *req)
{
    page_match_over(html, req->view);
}

// Hundreds at once: what one needs of memory is given back before the next.
static enum rc carry_one(const struct enrolment_carrying *all, int64_t id)
{
    enum { ONE_LIMIT_BYTES = 4 << 20 };
    struct arena arena;
    struct app_place place = *all->at;
    struct enrolment_carrying one = *all;
    struct enrolment e;
    arena_open(&arena, ONE_LIMIT_BYTES);
    place.arena = &arena;
    one.at = &place;
    enum rc rc = enrolment_find(place.tx, &arena, all->from->id, id, &e);
    if (rc == RC_OK)
        rc = enrolment_carry(&one, &e);
    arena_close(&arena);
    return rc;
}

static enum rc act_over(struct req *req)
{
    struct carrying in;
    struct cohort to;
    TRY(load_over(req));
    struct match_view *view = req->view;
    TRY(shape_read(view->shape, &req->form, &in));
    TRY(cohort_find(req->tx, req->arena, strtoll(in.to, NULL, 10), &to));
    const struct app_place here = app_here(req);
    const struct enrolment_carrying all = {&here, &view->cohort, &to, req->actor.person};
    if (view->waiting_count == 0)
        return RC_EXISTS;
    for (size_t k = 0; k < view->waiting_count; k++)
        TRY(carry_one(&all, view->waiting[k].enrolment));
    return req_go(req, MSG("They are carried over, and each gets a letter."),
                  "/cohorts/%lld/waiting", (long long)view->cohort.id);
}

// clang-format off
const struct route match_over_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/waiting/over", CAN_RUN_MATCHING, NULL,            NULL, NULL,     load_over, write_over, MSG("Carry those who wait over")},
    {WEB_POST, "/cohorts/:cohort/waiting/over", CAN_RUN_MATCHING, NULL,            NULL, act_over, load_over, write_over, MSG("Carry those who wait over")},
    {0,        NULL,                            0,                NULL,            NULL, NULL,     NULL,      NULL,       NULL},
};
// clang-format on
