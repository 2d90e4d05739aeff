// SPDX-License-Identifier: Apache-2.0
//
// Why: the photo of a story is chosen by its writer, with words for those who don't see it.
//
// Promises: pictures are decoded on a worker, never on the loops.
#include "app/recognition/recognition_photo.h"
#include "app_recognition_recognition_story.html.h"

struct photo_form {
    const char *text;
    const char *who;
    int64_t alone;
};

// clang-format off
static const struct field_option who_options[] = {
    {"me",     MSG("I")},
    {"both",   MSG("I, and the one of whom the story tells")},
    {"other",  MSG("The one of whom the story tells")},
    {"nobody", MSG("Nobody: a place, a thing, hands")},
    {NULL, NULL},
};
static const struct field photo_fields[] = {
    {"text",  FIELD_LINE, FIELD_TEXT_OF(struct photo_form, text), 5, 300, MSG("What can be seen, in one sentence"), MSG("For those who do not see it. For example: two people at a table, laughing over a laptop."), NULL},
    {"who",   FIELD_ONE,  FIELD_TEXT_OF(struct photo_form, who),  1, 1,   MSG("Who is in it?"), MSG("Whoever is in it is asked, too, before it is shown."), who_options},
    {"alone", FIELD_TICK, FIELD_INT_OF(struct photo_form, alone), 1, 1,   MSG("Nobody else can be recognised in it, and I may show it"), "", NULL},
};
// clang-format on
static const struct shape photo_shape = SHAPE(struct photo_form, photo_fields);

// What the worker found.
struct decoded {
    struct picture picture;
    const char *why; // a message; NULL: it is a picture
};

static enum rc find_own(struct req *req, struct story *ret_story)
{
    const struct app_place place = app_here(req);
    return story_find(&place, STORY_HERS, req->actor.person, req_id(req, "story"), ret_story);
}

static enum rc load_photo(struct req *req)
{
    struct story_view *view = NULL;
    TRY(story_make_view(req, &photo_shape, &view));
    TRY(find_own(req, &view->story));
    return text_same(view->story.state, "draft") ? RC_OK : RC_NOT_FOUND;
}

static void write_photo(struct html *html, struct req *req)
{
    page_story_photo(html, req->view);
}

static enum rc slow_photo(struct req *req)
{
    const struct form_file *file = &req->form.file;
    struct decoded *decoded = ARENA_NEW(req->arena, struct decoded);
    struct story story;
    if (decoded == NULL)
        return RC_NO_MEMORY;
    TRY(find_own(req, &story));
    req->kept = decoded;
    if (file->name == NULL || file->content.length == 0)
        decoded->why = MSG("Choose a picture");
    else if (file->content.length > PHOTO_FILE_MAX)
        decoded->why = MSG("The picture is larger than 7 MB");
    if (decoded->why != NULL)
        return RC_OK;
    enum rc rc = picture_read(req->arena, file->content, &decoded->picture, &decoded->why);
    return rc == RC_BAD_INPUT ? RC_OK : rc;
}

static enum rc act_photo(struct req *req)
{
    const struct photo_form *in = req->in;
    const struct decoded *decoded = req->kept;
    struct story story;
    TRY(find_own(req, &story));
    if (!text_same(story.state, "draft"))
        return RC_EXISTS;
    const struct story_photo photo = {.text = in->text,
                                      .me = text_same(in->who, "me") || text_same(in->who, "both"),
                                      .other = text_same(in->who, "other") ||
                                               text_same(in->who, "both")};
    if (photo.other && story.other == 0)
        return form_refuse(&req->form, "who",
                           MSG("This story tells of nobody else, so nobody else may be in its "
                               "photo. Say in the story of whom it tells"));
    if (decoded == NULL || decoded->why != NULL)
        return form_refuse(&req->form, "file",
                           decoded == NULL ? MSG("Choose a picture") : decoded->why);
    TRY(story_photo_put(req, &story, &photo, &decoded->picture));
    return req_go(req, MSG("The photo is kept with your draft. Nobody else sees it yet."),
                  "/stories/mine/%lld", (long long)story.id);
}

// At any time: it is gone for good.
static enum rc act_remove(struct req *req)
{
    struct story story;
    TRY(find_own(req, &story));
    if (story.photo.id == 0)
        return RC_EXISTS;
    TRY(story_photo_drop(req->tx, story.id));
    return req_go(req, MSG("The photo is erased."), "/stories/mine/%lld", (long long)story.id);
}

static enum rc load_picture(struct req *req)
{
    bool editor = false;
    struct text jpeg = {NULL, 0};
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    if (out == NULL)
        return RC_NO_MEMORY;
    TRY(app_can(req, CAN_EDIT_CONTENT, &editor));
    TRY(story_photo_read(req, req_id(req, "photo"), editor, &jpeg));
    buffer_open(out, req->arena, PICTURE_BYTES_MOST + 1);
    buffer_append(out, jpeg.bytes, jpeg.length);
    req->view = out;
    req->content_type = "image/jpeg";
    return out->rc;
}

// clang-format off
const struct route photo_routes[] = {
    {WEB_GET,  "/stories/mine/:story/photo",        CAN_JOIN,  NULL,         NULL,       NULL,       load_photo,   write_photo,    MSG("The photo of a story")},
    {WEB_POST, "/stories/mine/:story/photo",        CAN_JOIN,  &photo_shape, slow_photo, act_photo,  load_photo,   write_photo,    MSG("The photo of a story")},
    {WEB_POST, "/stories/mine/:story/photo/remove", CAN_JOIN,  NULL,         NULL,       act_remove, NULL,         NULL,           MSG("Erase the photo of a story")},
    {WEB_GET,  "/stories/photos/:photo",            CAN_VISIT, NULL,         NULL,       NULL,       load_picture, app_write_view, MSG("A photo, as JPEG")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
