// SPDX-License-Identifier: Apache-2.0
//
// Why: finding resources, reading them, and keeping those that help.
#include <stdlib.h>
#include <string.h>

#include "app/support/support_page.h"
#include "app_support_support_resource.html.h"
#include "format/upload.h"
#include "web/markdown.h"

struct mark_form {
    int64_t saved;
    int64_t done;
};

// clang-format off
const struct field_option resource_kinds[] = {
    {"link", MSG("A link")}, {"page", MSG("A text on this site")}, {"file", MSG("A file")}, {NULL, NULL},
};
const struct field_option resource_roles[] = {
    {"both", MSG("Mentees and mentors")}, {"mentee", MSG("Mentees")}, {"mentor", MSG("Mentors")}, {NULL, NULL},
};
const struct field_option resource_stages[] = {
    {"any", MSG("Any time")}, {"begin", MSG("The beginning")}, {"middle", MSG("The middle")}, {"end", MSG("The end")}, {"stuck", MSG("When you are stuck")}, {NULL, NULL},
};
const struct field_option resource_medias[] = {
    {"text", MSG("Text")}, {"document", MSG("Document")}, {"video", MSG("Video")}, {"audio", MSG("Audio")}, {"image", MSG("Picture")}, {"other", MSG("Something else")}, {NULL, NULL},
};
const struct field_option resource_has[] = {
    {"yes", MSG("Yes")}, {"no", MSG("No, or not known")}, {"none", MSG("Not needed")}, {NULL, NULL},
};
static const struct field mark_fields[] = {
    {"saved", FIELD_INTEGER, FIELD_INT_OF(struct mark_form, saved), 0, 1, MSG("Saved"), "", NULL},
    {"done",  FIELD_INTEGER, FIELD_INT_OF(struct mark_form, done),  0, 1, MSG("Done"), "", NULL},
};
// clang-format on
static const struct shape mark_shape = SHAPE(struct mark_form, mark_fields);

static const char *value_of(const struct req *req, const char *name)
{
    const char *value = form_value(&req->form, name);
    return value == NULL ? "" : value;
}

static enum rc may_edit(struct req *req, bool *ret_may)
{
    struct db_rows *r = NULL;
    *ret_may = req->actor.admin;
    if (*ret_may)
        return RC_OK;
    TRY(db_query(req->tx, req->arena, &r,
                 "SELECT 1 FROM role WHERE person = $1 AND role IN ('editor', 'coordinator', "
                 "'manager') LIMIT 1",
                 DB_ARGS(DB_INT(req->actor.person))));
    *ret_may = db_count(r) > 0;
    return RC_OK;
}

static enum rc make_view(struct req *req, struct resource_view **ret_view)
{
    struct resource_view *view = ARENA_NEW(req->arena, struct resource_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->zone = req->actor.zone;
    TRY(may_edit(req, &view->edits));
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

// Unless she asks for others, those in her own language.
static const char *chosen_language(const struct req *req)
{
    const char *asked = form_value(&req->form, "language");
    for (const struct field_option *o = support_languages; asked == NULL && o->value != NULL; o++)
        if (strcmp(o->value, locale_tag(req->locale)) == 0)
            return o->value;
    return asked == NULL ? "" : asked;
}

static enum rc load_list(struct req *req)
{
    struct resource_view *view = NULL;
    TRY(make_view(req, &view));
    view->filter = (struct resource_filter){.words = value_of(req, "q"),
                                            .role = value_of(req, "role"),
                                            .topic = value_of(req, "topic"),
                                            .language = chosen_language(req),
                                            .kind = value_of(req, "kind"),
                                            .stage = value_of(req, "stage"),
                                            .accessible = value_of(req, "accessible")[0] == '1',
                                            .mine = value_of(req, "mine")[0] == '1',
                                            .before = form_number(&req->form, "before")};
    TRY(resource_list(req, &view->filter, &view->resources, &view->count));
    if (view->count > RESOURCES_A_PAGE) {
        view->count = RESOURCES_A_PAGE;
        TRY(req_next(req, "before", view->resources[view->count - 1].id, &view->next));
    }
    return RC_OK;
}

static void write_list(struct html *html, struct req *req)
{
    page_resources(html, req->view);
}

// What has ended is for those who saved it, and for editors.
static enum rc find_shown(struct req *req, struct resource_view *view)
{
    TRY(resource_find(req, req_id(req, "resource"), &view->resource));
    bool kept = view->resource.saved_at > 0 || view->edits;
    return view->resource.ended_at == 0 || kept ? RC_OK : RC_NOT_FOUND;
}

static enum rc load_one(struct req *req)
{
    struct resource_view *view = NULL;
    TRY(make_view(req, &view));
    TRY(find_shown(req, view));
    req->title = view->resource.title;
    return RC_OK;
}

static void write_one(struct html *html, struct req *req)
{
    page_resource(html, req->view);
}

static enum rc act_mark(struct req *req)
{
    const struct mark_form *in = req->in;
    struct resource_view view = {0};
    TRY(may_edit(req, &view.edits));
    TRY(find_shown(req, &view));
    TRY(resource_mark(req, view.resource.id, in->saved == 1, in->done == 1));
    return req_go(req, MSG("It is kept."), "/resources/%lld", (long long)view.resource.id);
}

// Off the loops: it may be large. An attachment is sent in a sandbox, see web/answer.c.
static enum rc load_file(struct req *req)
{
    struct resource_view view = {0};
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    if (out == NULL)
        return RC_NO_MEMORY;
    TRY(may_edit(req, &view.edits));
    TRY(find_shown(req, &view));
    if (view.resource.file == 0)
        return RC_NOT_FOUND;
    TRY(resource_file_read(req, &view.resource, out));
    req->content_type = view.resource.file_type;
    req->file_name = view.resource.file_name;
    req->view = out;
    return RC_OK;
}

// clang-format off
const struct route support_resource_routes[] = {
    {WEB_GET,  "/resources",                CAN_JOIN, NULL,        NULL,     NULL,     load_list, write_list,     MSG("Resources"), &resources_out, .query = "language before"},
    {WEB_GET,  "/resources/:resource",      CAN_JOIN, NULL,        NULL,     NULL,     load_one,  write_one,      MSG("Resource"), &resource_out},
    {WEB_POST, "/resources/:resource/mark", CAN_JOIN, &mark_shape, NULL,     act_mark, load_one,  write_one,      MSG("Keep a resource")},
    {WEB_GET,  "/resources/:resource/file", CAN_JOIN, NULL,        req_slow, NULL,     load_file, app_write_view, MSG("File")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
