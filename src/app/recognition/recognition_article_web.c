// SPDX-License-Identifier: Apache-2.0
//
// Why: a story that was approved may become a contribution to an article: as a draft, which its
// writer makes shorter, names as she likes, and sends to the editors like any other.
//
// Promises: only with a consent of its own, of everybody whom the story is about; when one takes it
// back, the contribution is withdrawn in the same transaction (story_settle).
#include "app/recognition/recognition_story.h"
#include "app_recognition_recognition_story.html.h"

struct offer_form {
    int64_t section;
    int64_t article;
};

// clang-format off
static const struct field offer_fields[] = {
    {"section", FIELD_INTEGER, FIELD_INT_OF(struct offer_form, section), 1, INT64_MAX, MSG("To which section of which article?"), "", NULL},
    {"article", FIELD_TICK,    FIELD_INT_OF(struct offer_form, article), 1, 1,         MSG("The story may become part of an article on these pages"), MSG("You can take this back at any time, and the contribution is withdrawn at once."), NULL},
};
// clang-format on
static const struct shape offer_shape = SHAPE(struct offer_form, offer_fields);

static bool was_read(const struct story *story)
{
    return text_same(story->state, "approved") || text_same(story->state, "published");
}

static enum rc load_offer(struct req *req)
{
    struct story_view *view = NULL;
    const struct app_place place = app_here(req);
    TRY(story_make_view(req, &offer_shape, &view));
    TRY(story_find(&place, STORY_HERS, view->person, req_id(req, "story"), &view->story));
    if (!was_read(&view->story) || view->story.contribution != 0)
        return RC_NOT_FOUND;
    return story_places(req, &view->places, &view->place_count);
}

static void write_offer(struct html *html, struct req *req)
{
    page_story_offer(html, req->view);
}

static enum rc act_offer(struct req *req)
{
    const struct offer_form *in = req->in;
    const struct app_place place = app_here(req);
    const struct story_place *where = NULL;
    enum rc rc = load_offer(req);
    if (rc == RC_NOT_FOUND)
        return RC_EXISTS;
    TRY(rc);
    struct story_view *view = req->view;
    for (size_t k = 0; k < view->place_count && where == NULL; k++)
        if (view->places[k].section == in->section)
            where = &view->places[k];
    if (where == NULL)
        return form_refuse(&req->form, "section", MSG("Choose one of these sections"));
    if (view->story.other != 0 && view->story.other_said.article != 1)
        return form_refuse(&req->form, "article",
                           MSG("The one of whom it tells has not agreed to that"));
    TRY(story_say_one(&place, view->story.id, view->person, &story_items[STORY_ITEMS - 1], true,
                      req->locale));
    TRY(story_put_into_article(&place, &view->story, where));
    return req_go(req, MSG("It is a draft now. Make it fit, and send it to the editors."),
                  "/contributions/%lld", (long long)view->story.contribution);
}

// clang-format off
const struct route story_article_routes[] = {
    {WEB_GET,  "/stories/mine/:story/article", CAN_JOIN, NULL,         NULL, NULL,      load_offer, write_offer, MSG("Offer a story to an article")},
    {WEB_POST, "/stories/mine/:story/article", CAN_JOIN, &offer_shape, NULL, act_offer, load_offer, write_offer, MSG("Offer a story to an article")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
