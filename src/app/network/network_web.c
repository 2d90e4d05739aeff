// SPDX-License-Identifier: Apache-2.0
//
// Why: one page with all that is mine beyond my pair, and for those who run a cohort how many
// people it reaches.
#include <string.h>

#include "app/network/network.h"
#include "app/network/network_page.h"
#include "app_network_network.html.h"

enum rc network_make_view(struct req *req, const struct shape *shape,
                          struct network_view **ret_view)
{
    struct network_view *view = ARENA_NEW(req->arena, struct network_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->shape = shape;
    view->action = req_path(req);
    view->now_us = req->now_us;
    view->zone = req->actor.zone;
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc network_make_cohort(struct req *req, const struct shape *shape,
                            struct network_view **ret_view)
{
    struct network_view *view = NULL;
    TRY(network_make_view(req, shape, &view));
    TRY(network_enter(req, req_id(req, "cohort"), &view->net));
    *ret_view = view;
    return RC_OK;
}

// ---- mine ------------------------------------------------------------------------------------

static enum rc load_meet(struct req *req)
{
    struct network_view *view = NULL;
    size_t kept = 0;
    TRY(network_make_view(req, NULL, &view));
    view->net.me = req->actor.person;
    TRY(network_cohorts(req, &view->cohorts, &view->cohort_count));
    TRY(circle_list_mine(req, &view->circles, &view->circle_count));
    for (size_t k = 0; k < view->circle_count; k++)
        if (view->circles[k].apart == 0 || strcmp(view->circles[k].mine, "invited") != 0)
            view->circles[kept++] = view->circles[k];
    view->circle_count = kept;
    TRY(event_list_mine(req, &view->events, &view->event_count));
    return introduction_list(req, 0, 'a', &view->asked, &view->asked_count);
}

static void write_meet(struct html *html, struct req *req)
{
    page_meet(html, req->view);
}

// ---- reach -----------------------------------------------------------------------------------

static enum rc load_reach(struct req *req)
{
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, NULL, &view));
    return reach_count(req, view->net.cohort.id, view->reach, &view->reach_count);
}

static void write_reach(struct html *html, struct req *req)
{
    page_reach(html, req->view);
}

// clang-format off
const struct route network_routes[] = {
    {WEB_GET, "/meet",                  CAN_JOIN,          NULL, NULL, NULL, load_meet,  write_meet,  MSG("Meet others"), &meet_out},
    {WEB_GET, "/cohorts/:cohort/reach", CAN_REVIEW_PEOPLE, NULL, NULL, NULL, load_reach, write_reach, MSG("Whom circles and events reach"), &reach_out},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
