// SPDX-License-Identifier: Apache-2.0
//
// Why: what is about all who would read it goes to somebody outside, who has no account: the link
// in her letter is the key. She reads and answers; the pair and people of the programme she can't
// touch.
#include <string.h>

#include "app/concern/concern_page.h"
#include "app_concern_concern.html.h"

enum rc care_open_outside(struct req *req, struct concern *ret_concern)
{
    return concern_by_outside(req, req_param(req, "token"), ret_concern);
}

static enum rc load_outside(struct req *req)
{
    struct care_view *view = ARENA_NEW(req->arena, struct care_view);
    struct concern *concern = ARENA_NEW(req->arena, struct concern);
    if (view == NULL || concern == NULL)
        return RC_NO_MEMORY;
    TRY(care_open_outside(req, concern));
    TRY(cohort_find(req->tx, req->arena, concern->cohort, &view->cohort));
    view->outside = true;
    view->form = &req->form;
    view->shape = &care_shape;
    view->zone = req->actor.zone;
    view->now_us = req->now_us;
    view->concerns = concern;
    view->count = 1;
    view->concern = concern;
    view->base = arena_printf(req->arena, "/outside/%s", req_param(req, "token"));
    view->action = view->base;
    req->view = view;
    if (view->base == NULL)
        return RC_NO_MEMORY;
    return req->writes ? care_fill(req, view) : RC_OK;
}

static enum rc act_open(struct req *req)
{
    struct concern concern;
    return care_open_outside(req, &concern);
}

static enum rc act_answer(struct req *req)
{
    struct concern concern;
    TRY(care_open_outside(req, &concern));
    return care_answer(req, &concern, "outside");
}

// clang-format off
const struct route concern_outside_routes[] = {
    {WEB_GET,  "/outside/:token",      CAN_FOLLOW_LINK, NULL,        NULL, NULL,       load_outside, care_write, MSG("A concern")},
    {WEB_POST, "/outside/:token",      CAN_FOLLOW_LINK, &care_shape, NULL, act_answer, load_outside, care_write, MSG("A concern")},
    {WEB_POST, "/outside/:token/open", CAN_FOLLOW_LINK, NULL,        NULL, act_open,   load_outside, care_write, MSG("Open a concern")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
