// SPDX-License-Identifier: Apache-2.0
//
// Why: the first page of editors, and the button that adds what is ready.
#include "app/support/support_page.h"
#include "app_support_support_template.html.h"

static enum rc load_home(struct req *req)
{
    struct editor_view *view = ARENA_NEW(req->arena, struct editor_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    req->view = view;
    return support_count(req, view);
}

static void write_home(struct html *html, struct req *req)
{
    page_support_home(html, req->view);
}

static enum rc act_ready(struct req *req)
{
    const struct app_place at = app_here(req);
    TRY(support_add_ready(&at, req->actor.person, NULL));
    return req_go(req,
                  MSG("It is there. Look through it, and change what you want to be different."),
                  "/support");
}

// clang-format off
const struct route support_ready_routes[] = {
    {WEB_GET,  "/support",       CAN_EDIT_CONTENT, NULL, NULL, NULL,      load_home, write_home, MSG("Support"), &support_home_out},
    {WEB_POST, "/support/ready", CAN_EDIT_CONTENT, NULL, NULL, act_ready, NULL,      NULL,       MSG("Add what is ready")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
