// SPDX-License-Identifier: Apache-2.0
//
// Why: what a member added to an article helps pairs where they look for it: an editor makes a
// resource of it, which plans can name, with credit to whoever wrote it.
//
// Promises: the text stays where it is and is read there each time, so what is withdrawn, removed
// or erased there is gone here at once. Whoever wrote it gets a letter.
#include <string.h>

#include "app/support/support_page.h"
#include "app_support_support_resource.html.h"

struct borrow_form {
    const char *title;
    const char *about;
    const char *role;
    const char *stage;
    int64_t minutes;
};

// clang-format off
static const struct field borrow_fields[] = {
    {"title",   FIELD_LINE,    FIELD_TEXT_OF(struct borrow_form, title),  1, 150,  MSG("Title"), "", NULL},
    {"about",   FIELD_TEXT,    FIELD_TEXT_OF(struct borrow_form, about),  1, 1000, MSG("What it is good for"), MSG("One or two sentences."), NULL},
    {"role",    FIELD_ONE,     FIELD_TEXT_OF(struct borrow_form, role),   1, 1,    MSG("For whom?"), "", resource_roles},
    {"stage",   FIELD_ONE,     FIELD_TEXT_OF(struct borrow_form, stage),  1, 1,    MSG("When does it help?"), "", resource_stages},
    {"minutes", FIELD_INTEGER, FIELD_INT_OF(struct borrow_form, minutes), 1, 600,  MSG("How many minutes does it take?"), "", NULL},
};
static const struct app_letter letter_borrowed = {
    MSG("What you wrote helps pairs now"),
    {MSG("Hello {0},"), MSG("an editor has put what you added to \"{1}\" among the resources of the programme, where pairs find it, under the name that you chose:"), "{2}",
     MSG("If you withdraw it from the article, it is gone there at once, too."), NULL}};
// clang-format on
static const struct shape borrow_shape = SHAPE(struct borrow_form, borrow_fields);

static enum rc load_borrow(struct req *req)
{
    enum { BYTES_A_MINUTE = 1000 };
    struct resource_view *view = ARENA_NEW(req->arena, struct resource_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(resource_source(req, req_id(req, "contribution"), &view->source));
    view->form = &req->form;
    view->shape = &borrow_shape;
    view->action = req_path(req);
    req->view = view;
    if (view->action == NULL)
        return RC_NO_MEMORY;
    if (req->http->method == WEB_POST)
        return RC_OK;
    const struct borrow_form now = {.title = view->source.section_title,
                                    .about = "",
                                    .role = "both",
                                    .stage = "any",
                                    .minutes =
                                        1 + (int64_t)strlen(view->source.body) / BYTES_A_MINUTE};
    return shape_show(&borrow_shape, &req->form, &now);
}

static void write_borrow(struct html *html, struct req *req)
{
    page_resource_borrow(html, req->view);
}

static enum rc tell_writer(struct req *req, const struct resource_source *source, int64_t resource)
{
    const char *url = arena_printf(req->arena, "%s/resources/%lld",
                                   web_origin(req->web, req->arena), (long long)resource);
    if (url == NULL)
        return RC_NO_MEMORY;
    if (source->email[0] == '\0' || source->person == req->actor.person)
        return RC_OK;
    const char *const values[] = {source->name, source->article_title, url};
    return app_send(req, source->email, source->tag, &letter_borrowed, values, 3);
}

static enum rc act_borrow(struct req *req)
{
    const struct borrow_form *in = req->in;
    const struct app_place at = app_here(req);
    struct resource_source source;
    TRY(resource_source(req, req_id(req, "contribution"), &source));
    struct resource r = {.title = in->title,
                         .about = in->about,
                         .role = in->role,
                         .stage = in->stage,
                         .minutes = in->minutes,
                         .licence =
                             message_in(req->locale, MSG("Of whoever wrote it, with credit"))};
    TRY(resource_borrow(&at, &r, &source, req->actor.person));
    TRY(tell_writer(req, &source, r.id));
    return req_go(req, MSG("Pairs find it among the resources, and plans can name it."),
                  "/resources/%lld", (long long)r.id);
}

// clang-format off
const struct route support_contribution_routes[] = {
    {WEB_GET,  "/support/contributions/:contribution", CAN_EDIT_CONTENT, NULL,          NULL, NULL,       load_borrow, write_borrow, MSG("Make a resource of a contribution")},
    {WEB_POST, "/support/contributions/:contribution", CAN_EDIT_CONTENT, &borrow_shape, NULL, act_borrow, load_borrow, write_borrow, MSG("Make a resource of a contribution")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
