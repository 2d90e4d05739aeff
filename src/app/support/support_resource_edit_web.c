// SPDX-License-Identifier: Apache-2.0
//
// Why: adding and changing resources, with what a reader needs to know of each; and which ones are
// to be looked at again.
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/support/support_page.h"
#include "app_support_support_resource.html.h"
#include "format/upload.h"
#include "web/markdown.h"

struct resource_form {
    const char *kind;
    const char *title;
    const char *about;
    const char *url;
    const char *text;
    const char *language;
    const char *role;
    const char *stage;
    struct field_many topics;
    const char *media;
    int64_t minutes;
    const char *licence;
    const char *captions;
    const char *transcript;
    const char *described;
    const char *tagged;
    const char *plain;
    const char *review_by;
};

// clang-format off
static const struct field resource_fields[] = {
    {"kind",       FIELD_ONE,     FIELD_TEXT_OF(struct resource_form, kind),       1, 1,     MSG("What is it?"), "", resource_kinds},
    {"title",      FIELD_LINE,    FIELD_TEXT_OF(struct resource_form, title),      1, 150,   MSG("Title"), "", NULL},
    {"about",      FIELD_TEXT,    FIELD_TEXT_OF(struct resource_form, about),      1, 1000,  MSG("What it is good for"), MSG("One or two sentences."), NULL},
    {"url",        FIELD_LINK,    FIELD_TEXT_OF(struct resource_form, url),        0, 1000,  MSG("Address"), MSG("Only for a link."), NULL},
    {"text",       FIELD_TEXT,    FIELD_TEXT_OF(struct resource_form, text),       0, 40000, MSG("Text"), MSG("Only for a text on this site. In Markdown: ## begins a heading, a line with a dash is a point of a list."), NULL},
    {"language",   FIELD_ONE,     FIELD_TEXT_OF(struct resource_form, language),   1, 1,     MSG("Language"), "", support_languages},
    {"role",       FIELD_ONE,     FIELD_TEXT_OF(struct resource_form, role),       1, 1,     MSG("For whom?"), "", resource_roles},
    {"stage",      FIELD_ONE,     FIELD_TEXT_OF(struct resource_form, stage),      1, 1,     MSG("When does it help?"), "", resource_stages},
    {"topics",     FIELD_MANY,    FIELD_OF(struct resource_form, topics, struct field_many), 0, 40, MSG("Topics"), "", enrolment_topics},
    {"media",      FIELD_ONE,     FIELD_TEXT_OF(struct resource_form, media),      1, 1,     MSG("What does one get?"), "", resource_medias},
    {"minutes",    FIELD_INTEGER, FIELD_INT_OF(struct resource_form, minutes),     1, 600,   MSG("How many minutes does it take?"), "", NULL},
    {"licence",    FIELD_LINE,    FIELD_TEXT_OF(struct resource_form, licence),    1, 100,   MSG("Licence"), MSG("Such as: CC BY 4.0, or: all rights reserved, link only."), NULL},
    {"captions",   FIELD_ONE,     FIELD_TEXT_OF(struct resource_form, captions),   1, 1,     MSG("Does it have captions?"), MSG("For a video. A text needs none."), resource_has},
    {"transcript", FIELD_ONE,     FIELD_TEXT_OF(struct resource_form, transcript), 1, 1,     MSG("Is there a transcript?"), MSG("For a video or audio."), resource_has},
    {"described",  FIELD_ONE,     FIELD_TEXT_OF(struct resource_form, described),  1, 1,     MSG("Is what one sees also said?"), MSG("Audio description, for a video that shows more than people who talk."), resource_has},
    {"tagged",     FIELD_ONE,     FIELD_TEXT_OF(struct resource_form, tagged),     1, 1,     MSG("Can a screen reader read it?"), MSG("For a document: a tagged PDF."), resource_has},
    {"plain",      FIELD_ONE,     FIELD_TEXT_OF(struct resource_form, plain),      1, 1,     MSG("Is it in plain language?"), "", resource_has},
    {"review_by",  FIELD_DAY,     FIELD_TEXT_OF(struct resource_form, review_by),  0, 10,    MSG("Look at it again by"), MSG("Then it is on the list of those that may be out of date."), NULL},
};
// clang-format on
static const struct shape resource_shape = SHAPE(struct resource_form, resource_fields);

static enum rc make_view(struct req *req, struct resource_view **ret_view)
{
    struct resource_view *view = ARENA_NEW(req->arena, struct resource_view);
    char *today = arena_alloc(req->arena, DATE_TEXT_BYTES);
    if (view == NULL || today == NULL)
        return RC_NO_MEMORY;
    date_print(date_from_days(date_days_of_seconds(req->now_us / 1000000)), today);
    view->today = today;
    view->form = &req->form;
    view->shape = &resource_shape;
    view->edits = true;
    view->zone = req->actor.zone;
    view->action = req_path(req);
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

// Those to be looked at again, or all.
static enum rc load_list(struct req *req)
{
    struct resource_view *view = NULL;
    const char *show = form_value(&req->form, "show");
    int64_t start = form_number(&req->form, "from");
    TRY(make_view(req, &view));
    view->all = show != NULL && strcmp(show, "all") == 0;
    if (start > 100000)
        start = 0;
    TRY(resource_review(req, view->all ? "" : view->today, start, RESOURCES_A_PAGE + 1,
                        &view->resources, &view->count));
    if (view->count > RESOURCES_A_PAGE) {
        view->count = RESOURCES_A_PAGE;
        TRY(req_next(req, "from", start + RESOURCES_A_PAGE, &view->next));
    }
    return RC_OK;
}

static void write_list(struct html *html, struct req *req)
{
    page_resource_review(html, req->view);
}

// Its topics as a form has them.
static enum rc split_topics(struct arena *arena, const char *list, struct field_many *ret_many)
{
    size_t count = 0;
    while (enrolment_topics[count].value != NULL)
        count++;
    const char **values = ARENA_ARRAY(arena, const char *, count);
    if (values == NULL)
        return RC_NO_MEMORY;
    *ret_many = (struct field_many){values, 0};
    for (size_t k = 0; k < count; k++) {
        const char *one = arena_printf(arena, "%s ", enrolment_topics[k].value);
        if (one == NULL)
            return RC_NO_MEMORY;
        if (enrolment_common(one, list) > 0)
            values[ret_many->count++] = enrolment_topics[k].value;
    }
    return RC_OK;
}

static enum rc load_edit(struct req *req)
{
    struct resource_view *view = NULL;
    int64_t id = req_id(req, "resource");
    TRY(make_view(req, &view));
    if (id != 0)
        TRY(resource_find(req, id, &view->resource));
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    const struct resource *r = &view->resource;
    struct resource_form now = {.kind = "link",
                                .language = locale_tag(req->locale),
                                .role = "both",
                                .stage = "any",
                                .media = "text",
                                .minutes = 10,
                                .captions = "none",
                                .transcript = "none",
                                .described = "none",
                                .tagged = "none",
                                .plain = "yes"};
    if (id != 0)
        now = (struct resource_form){
            r->kind,
            r->title,
            r->about,
            r->url,
            r->contribution != 0 ? "" : r->text,
            r->language,
            r->role,
            r->stage,
            {NULL, 0},
            r->media,
            r->minutes,
            r->licence,
            r->captions,
            r->transcript,
            r->described,
            r->tagged,
            r->plain,
            r->review_by
        };
    TRY(split_topics(req->arena, id == 0 ? "" : r->topics, &now.topics));
    return id == 0 ? shape_show(&resource_shape, &req->form, &now)
                   : shape_edit(&resource_shape, &req->form, &now);
}

static void write_edit(struct html *html, struct req *req)
{
    page_resource_edit(html, req->view);
}

// ---- keeping -----------------------------------------------------------------------------------

static enum rc join_topics(struct arena *arena, const struct field_many *many,
                           const char **ret_list)
{
    struct buffer out;
    buffer_open(&out, arena, TEXT_KEY_LIMIT_BYTES);
    for (size_t k = 0; k < many->count; k++) {
        buffer_text(&out, many->values[k]);
        buffer_byte(&out, ' ');
    }
    *ret_list = out.bytes;
    return out.rc;
}

// A new file takes the place of the old one.
static enum rc take_file(struct req *req, struct resource *r)
{
    const struct form_file *file = &req->form.file;
    enum upload_kind kind = UPLOAD_TEXT;
    struct text clean = {"", 0};
    const char *why = NULL;
    bool sent = file->name != NULL && file->content.length > 0;
    if (!sent && r->file == 0)
        return form_refuse(&req->form, "file", MSG("Choose a file that has something in it"));
    if (!sent)
        return RC_OK;
    if (file->content.length > RESOURCE_FILE_MAX)
        return form_refuse(&req->form, "file", MSG("The file is larger than 7 MB"));
    enum rc rc = upload_read(req->arena, file->content, &kind, &clean, &why);
    if (why != NULL)
        return form_refuse(&req->form, "file", why);
    TRY(rc);
    if (r->file != 0)
        TRY(resource_file_drop(req->tx, r->file));
    TRY(resource_file_add(req, clean, &r->file));
    TRY(upload_name(req->arena, file->file_name, kind, &r->file_name));
    r->file_type = upload_type(kind);
    r->file_bytes = (int64_t)clean.length;
    return RC_OK;
}

// What belongs to one kind alone.
static enum rc take_kind(struct req *req, const struct resource_form *in, struct resource *r)
{
    struct safe_html shown;
    bool link = strcmp(in->kind, "link") == 0;
    bool page = strcmp(in->kind, "page") == 0;
    if (r->contribution != 0 && (!page || in->text[0] != '\0'))
        return form_refuse(&req->form, page ? "text" : "kind",
                           MSG("Its words are in an article, and change only there"));
    if (r->contribution != 0)
        return RC_OK;
    if (link && in->url[0] == '\0')
        return form_refuse(&req->form, "url", MSG("Write the address"));
    if (page && in->text[0] == '\0')
        return form_refuse(&req->form, "text", MSG("Write the text"));
    if (page && markdown_render(req->arena, in->text, 2, &shown) != RC_OK)
        return form_refuse(&req->form, "text",
                           MSG("Lists and quotes are nested too deep in this, or it is too long"));
    if (!link && !page)
        return take_file(req, r);
    if (r->file != 0)
        TRY(resource_file_drop(req->tx, r->file));
    r->file = 0;
    r->file_name = "";
    r->file_type = "";
    r->file_bytes = 0;
    return RC_OK;
}

static enum rc act_edit(struct req *req)
{
    const struct resource_form *in = req->in;
    const struct app_place at = app_here(req);
    struct resource r = {.file_name = "", .file_type = ""};
    int64_t id = req_id(req, "resource");
    if (id != 0)
        TRY(resource_find(req, id, &r));
    bool video = strcmp(in->media, "video") == 0;
    bool page = strcmp(in->kind, "page") == 0;
    if ((video || strcmp(in->media, "audio") == 0) && strcmp(in->transcript, "none") == 0)
        return form_refuse(&req->form, "transcript",
                           MSG("Video and audio need one: say yes or no"));
    if (video && strcmp(in->captions, "none") == 0)
        return form_refuse(&req->form, "captions", MSG("A video needs them: say yes or no"));
    TRY(take_kind(req, in, &r));
    r.kind = in->kind;
    r.title = in->title;
    r.about = in->about;
    r.url = strcmp(in->kind, "link") == 0 ? in->url : "";
    r.text = page && r.contribution == 0 ? in->text : "";
    r.language = in->language;
    r.role = in->role;
    r.stage = in->stage;
    TRY(join_topics(req->arena, &in->topics, &r.topics));
    r.media = in->media;
    r.minutes = in->minutes;
    r.licence = in->licence;
    r.captions = in->captions;
    r.transcript = in->transcript;
    r.described = in->described;
    r.tagged = in->tagged;
    r.plain = in->plain;
    r.review_by = in->review_by;
    TRY(resource_set(&at, &r, "", req->actor.person));
    return req_go(
        req,
        resource_lacks(&r) == NULL
            ? MSG("It is kept.")
            : MSG("It is kept. Not everyone can use it as it is: readers see what is missing. Add captions or a transcript if you can."),
        "/resources/%lld", (long long)r.id);
}

static enum rc act_end(struct req *req)
{
    const struct app_place at = app_here(req);
    TRY(resource_end(&at, req_id(req, "resource"), false));
    return req_go(req, MSG("Readers don't find it any more. You can bring it back."),
                  "/support/resources?show=all");
}

static enum rc act_back(struct req *req)
{
    const struct app_place at = app_here(req);
    TRY(resource_end(&at, req_id(req, "resource"), true));
    return req_go(req, MSG("Readers find it again."), "/resources/%lld",
                  (long long)req_id(req, "resource"));
}

// clang-format off
const struct route support_resource_edit_routes[] = {
    {WEB_GET,  "/support/resources",                CAN_EDIT_CONTENT, NULL,            NULL, NULL,     load_list, write_list, MSG("Resources to look at again"), &resource_review_out, .query = "show from"},
    {WEB_GET,  "/support/resources/:resource",      CAN_EDIT_CONTENT, NULL,            NULL, NULL,     load_edit, write_edit, MSG("A resource"), .out = &web_out_form},
    {WEB_POST, "/support/resources/:resource",      CAN_EDIT_CONTENT, &resource_shape, NULL, act_edit, load_edit, write_edit, MSG("A resource")},
    {WEB_POST, "/support/resources/:resource/end",  CAN_EDIT_CONTENT, NULL,            NULL, act_end,  NULL,      NULL,       MSG("Take a resource away")},
    {WEB_POST, "/support/resources/:resource/back", CAN_EDIT_CONTENT, NULL,            NULL, act_back, NULL,      NULL,       MSG("Bring a resource back")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
