// SPDX-License-Identifier: Apache-2.0
//
// Why: stories are read by all, written by members, agreed to by each whom they are about, and
// approved by editors.
//
// Promises: nobody decides on a story that she wrote or that tells of her; every no says why.
#include <stdlib.h>

#include "app/article/article.h"
#include "app/recognition/recognition_story.h"
#include "app_recognition_recognition_story.html.h"

struct write_form {
    const char *title;
    const char *text;
    const char *role;
    int64_t match;
};
struct agree_form {
    int64_t name;
    int64_t employer;
    int64_t web;
    int64_t print;
    int64_t photo;
    int64_t article;
};
struct answer_form {
    const char *name;
    const char *web;
    const char *print;
    const char *photo;
    const char *article;
};
struct decision_form {
    const char *to;
    const char *reason;
};

// clang-format off
static const struct field_option yes_no[] = {
    {"yes", MSG("Yes")}, {"no", MSG("No")}, {NULL, NULL},
};
static const struct field_option decisions[] = {
    {"approved",    MSG("It is good to be read")},
    {"rejected",    MSG("It is not shown")},
    {NULL, NULL},
};
static const struct field write_fields[] = {
    {"title", FIELD_LINE,    FIELD_TEXT_OF(struct write_form, title), 3, 120,       MSG("Title"), "", NULL},
    {"text",  FIELD_TEXT,    FIELD_TEXT_OF(struct write_form, text),  1, 16000,     MSG("Your story"), MSG("From 50 to 1500 words. Where were you, what did you try together, what is different now?"), NULL},
    {"role",  FIELD_LINE,    FIELD_TEXT_OF(struct write_form, role),  0, 120,       MSG("Your job or employer, as it may stand under it"), "", NULL},
    {"match", FIELD_INTEGER, FIELD_INT_OF(struct write_form, match),  0, INT64_MAX, MSG("Does it tell of your mentor or mentee?"), "", NULL},
};
static const struct field agree_fields[] = {
    {"name",     FIELD_TICK, FIELD_INT_OF(struct agree_form, name),     0, 1, MSG("My name stands under the story"), "", NULL},
    {"employer", FIELD_TICK, FIELD_INT_OF(struct agree_form, employer), 0, 1, MSG("My job or employer stands under it, as I wrote it"), "", NULL},
    {"web",      FIELD_TICK, FIELD_INT_OF(struct agree_form, web),      0, 1, MSG("Everybody can read the story on these pages"), "", NULL},
    {"print",    FIELD_TICK, FIELD_INT_OF(struct agree_form, print),    0, 1, MSG("The story may be printed, for example in a leaflet or a report"), "", NULL},
    {"photo",    FIELD_TICK, FIELD_INT_OF(struct agree_form, photo),    0, 1, MSG("The photo is shown with the story, wherever the story is"), MSG("Without it the photo is erased."), NULL},
    {"article",  FIELD_TICK, FIELD_INT_OF(struct agree_form, article),  0, 1, MSG("The story may become part of an article on these pages"), MSG("Without it the contribution is withdrawn."), NULL},
};
static const struct field answer_fields[] = {
    {"name",  FIELD_ONE, FIELD_TEXT_OF(struct answer_form, name),  1, 1, MSG("My name stands with this story"), MSG("With a no it is shown without your name."), yes_no},
    {"web",   FIELD_ONE, FIELD_TEXT_OF(struct answer_form, web),   1, 1, MSG("Everybody can read this story, which tells of me, on these pages"), MSG("With a no it is not shown at all."), yes_no},
    {"print", FIELD_ONE, FIELD_TEXT_OF(struct answer_form, print), 1, 1, MSG("This story, which tells of me, may be printed"), "", yes_no},
    {"photo",   FIELD_ONE, FIELD_TEXT_OF(struct answer_form, photo),   0, 1, MSG("The photo, which shows me, is shown with this story"), MSG("With a no it is erased at once."), yes_no},
    {"article", FIELD_ONE, FIELD_TEXT_OF(struct answer_form, article), 0, 1, MSG("This story, which tells of me, may become part of an article on these pages"), MSG("The writer may offer it only with your yes."), yes_no},
};
static const struct field decision_fields[] = {
    {"to",     FIELD_ONE,  FIELD_TEXT_OF(struct decision_form, to),     1, 1,   MSG("What do you decide?"), "", decisions},
    {"reason", FIELD_TEXT, FIELD_TEXT_OF(struct decision_form, reason), 0, 500, MSG("To the writer"), MSG("She reads this. Needed for a no."), NULL},
};
static const struct field removal_fields[] = {
    {"reason", FIELD_TEXT, FIELD_TEXT_OF(struct decision_form, reason), 1, 500, MSG("To the writer"), MSG("She reads this: why it is not shown any more."), NULL},
};
// clang-format on
static const struct shape write_shape = SHAPE(struct write_form, write_fields);
static const struct shape agree_shape = SHAPE(struct agree_form, agree_fields);
static const struct shape answer_shape = SHAPE(struct answer_form, answer_fields);
static const struct shape decision_shape = SHAPE(struct decision_form, decision_fields);
static const struct shape removal_shape = SHAPE(struct decision_form, removal_fields);

enum rc story_make_view(struct req *req, const struct shape *shape, struct story_view **ret_view)
{
    struct story_view *view = ARENA_NEW(req->arena, struct story_view);
    const struct app *app = req->app;
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->shape = shape;
    view->action = req_path(req);
    view->zone = req->actor.zone;
    view->site = app->site;
    view->person = req->actor.person;
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : app_can(req, CAN_EDIT_CONTENT, &view->editor);
}

bool story_chosen(const struct form *form, int64_t match)
{
    return form_number(form, "match") == match;
}

static void count_words(struct story_view *view)
{
    view->words = (int64_t)article_words(view->story.text);
    view->fits = view->words >= STORY_WORDS_LEAST && view->words <= STORY_WORDS_MOST;
}

// ---- read by all -------------------------------------------------------------------------------

static enum rc load_all(struct req *req)
{
    struct story_view *view = NULL;
    const struct app_place place = app_here(req);
    TRY(story_make_view(req, NULL, &view));
    TRY(story_list(&place, STORY_SEEN, 0, form_number(&req->form, "before"), &view->stories,
                   &view->count));
    if (view->count <= STORIES_A_PAGE)
        return RC_OK;
    view->count = STORIES_A_PAGE;
    view->before = view->stories[STORIES_A_PAGE - 1].id;
    return req_next(req, "before", view->before, &view->next);
}

static void write_all(struct html *html, struct req *req)
{
    page_stories(html, req->view);
}

static enum rc load_one(struct req *req)
{
    struct story_view *view = NULL;
    const struct app_place place = app_here(req);
    TRY(story_make_view(req, NULL, &view));
    TRY(story_find(&place, STORY_SEEN, 0, req_id(req, "story"), &view->story));
    view->mine = view->person != 0 && view->story.person == view->person;
    req->title = view->story.title;
    return RC_OK;
}

static void write_one(struct html *html, struct req *req)
{
    page_story(html, req->view);
}

// ---- written -----------------------------------------------------------------------------------

static enum rc load_write(struct req *req)
{
    struct story_view *view = NULL;
    TRY(story_make_view(req, &write_shape, &view));
    return story_people(req, &view->people, &view->people_count);
}

static void write_write(struct html *html, struct req *req)
{
    page_story_write(html, req->view);
}

static enum rc put(struct req *req, int64_t id)
{
    const struct write_form *in = req->in;
    struct story story = {
        .id = id, .match = in->match, .title = in->title, .text = in->text, .role = in->role};
    enum rc rc = story_put(req, &story);
    if (rc == RC_NOT_FOUND)
        return form_refuse(&req->form, "match",
                           MSG("Choose one of those whom you were matched with"));
    TRY(rc);
    return req_go(req, MSG("It is kept, and nobody else sees it."), "/stories/mine/%lld",
                  (long long)story.id);
}

static enum rc act_write(struct req *req)
{
    int64_t count = 0;
    TRY(story_count(req, &count));
    if (count >= STORIES_A_PERSON)
        return form_refuse(&req->form, "title", MSG("There are 20 stories of one person at most"));
    return put(req, 0);
}

static enum rc load_mine(struct req *req)
{
    struct story_view *view = NULL;
    const struct app_place place = app_here(req);
    TRY(story_make_view(req, NULL, &view));
    TRY(story_list(&place, STORY_HERS, view->person, 0, &view->stories, &view->count));
    return story_list(&place, STORY_OF_HER, view->person, 0, &view->others, &view->other_count);
}

static void write_mine(struct html *html, struct req *req)
{
    page_story_mine(html, req->view);
}

// One of hers.
static enum rc load_own(struct req *req)
{
    struct story_view *view = NULL;
    const struct app_place place = app_here(req);
    TRY(story_make_view(req, &agree_shape, &view));
    TRY(story_find(&place, STORY_HERS, view->person, req_id(req, "story"), &view->story));
    TRY(story_consents(req, view->story.id, &view->consents, &view->consent_count));
    count_words(view);
    if (req->http->method == WEB_POST)
        return RC_OK;
    const struct story_said *said = &view->story.writer_said;
    const struct agree_form now = {said->name == 1,  said->employer == 1, said->web == 1,
                                   said->print == 1, said->photo == 1,    said->article == 1};
    return shape_show(&agree_shape, &req->form, &now);
}

static void write_own(struct html *html, struct req *req)
{
    page_story_own(html, req->view);
}

// Sends a draft with what she agrees to, or changes what she agreed to.
static enum rc act_agree(struct req *req)
{
    const struct agree_form *in = req->in;
    const struct app_place place = app_here(req);
    TRY(load_own(req));
    const struct story_view *view = req->view;
    const struct story *story = &view->story;
    // Of what she was not asked she says nothing.
    const struct story_said said = {in->name,
                                    in->employer,
                                    in->web,
                                    in->print,
                                    story->photo.id == 0 ? -1 : in->photo,
                                    story->contribution == 0 ? -1 : in->article};
    bool draft = text_same(story->state, "draft");
    if (draft && !view->fits)
        return form_refuse(&req->form, "name",
                           MSG("A story has from 50 to 1500 words: change the text first"));
    if (draft && in->web != 1 && in->print != 1)
        return form_refuse(&req->form, "web", MSG("Agree to one of both at least: web or print"));
    if (draft && said.photo == 0)
        return form_refuse(&req->form, "photo",
                           MSG("Agree to the photo, or take it out of the story first"));
    if (text_same(story->state, "rejected") || text_same(story->state, "unpublished"))
        return RC_EXISTS;
    TRY(story_say(&place, story->id, view->person, story_items, &said, req->locale));
    if (!draft) {
        TRY(story_settle(&place, story->id));
        return req_go(req, MSG("It is so from now on."), "/stories/mine/%lld",
                      (long long)story->id);
    }
    TRY(story_forget(&place, story->id, story->other)); // she is asked about these words anew
    TRY(story_move(&place, story, "submitted", "", view->person));
    TRY(story_ask_other(&place, story));
    return req_go(req, MSG("Thank you. An editor reads it next."), "/stories/mine/%lld",
                  (long long)story->id);
}

static enum rc load_edit(struct req *req)
{
    struct story_view *view = NULL;
    const struct app_place place = app_here(req);
    TRY(story_make_view(req, &write_shape, &view));
    TRY(story_find(&place, STORY_HERS, view->person, req_id(req, "story"), &view->story));
    TRY(story_people(req, &view->people, &view->people_count));
    if (req->http->method == WEB_POST)
        return RC_OK;
    const struct write_form now = {view->story.title, view->story.text, view->story.role,
                                   view->story.match};
    return shape_edit(&write_shape, &req->form, &now);
}

static enum rc act_edit(struct req *req)
{
    const struct app_place place = app_here(req);
    struct story story;
    TRY(story_find(&place, STORY_HERS, req->actor.person, req_id(req, "story"), &story));
    return put(req, story.id);
}

static enum rc act_back(struct req *req)
{
    const struct app_place place = app_here(req);
    struct story story;
    TRY(story_find(&place, STORY_HERS, req->actor.person, req_id(req, "story"), &story));
    const char *to = text_same(story.state, "published") ? "unpublished" : "draft";
    if (!story_may(story.state, to, false) || text_same(story.state, "rejected") ||
        text_same(story.state, "unpublished"))
        return RC_EXISTS;
    TRY(story_forget(&place, story.id, story.person));
    TRY(story_move(&place, &story, to, "", req->actor.person));
    TRY(story_settle(&place, story.id));
    return req_go(req, MSG("It is taken back. Nobody else sees it any more."), "/stories/mine/%lld",
                  (long long)story.id);
}

// ---- agreed to by the other --------------------------------------------------------------------

static const char *word_of(int64_t said)
{
    return said < 0 ? "" : said == 1 ? "yes" : "no";
}

static int64_t answer_of(const char *word)
{
    return word == NULL || word[0] == '\0' ? -1 : text_same(word, "yes");
}

static enum rc load_about(struct req *req)
{
    struct story_view *view = NULL;
    const struct app_place place = app_here(req);
    TRY(story_make_view(req, &answer_shape, &view));
    TRY(story_find(&place, STORY_OF_HER, view->person, req_id(req, "story"), &view->story));
    TRY(story_consents(req, view->story.id, &view->consents, &view->consent_count));
    if (req->http->method == WEB_POST || view->consent_count == 0)
        return RC_OK;
    const struct story_said *said = &view->story.other_said;
    const struct answer_form now = {word_of(said->name), word_of(said->web), word_of(said->print),
                                    word_of(said->photo), word_of(said->article)};
    return shape_show(&answer_shape, &req->form, &now);
}

static void write_about(struct html *html, struct req *req)
{
    page_story_about(html, req->view);
}

static enum rc act_about(struct req *req)
{
    const struct answer_form *in = req->in;
    const struct app_place place = app_here(req);
    struct story story;
    TRY(story_find(&place, STORY_OF_HER, req->actor.person, req_id(req, "story"), &story));
    const struct story_said said = {answer_of(in->name),
                                    -1,
                                    answer_of(in->web),
                                    answer_of(in->print),
                                    story.photo.other ? answer_of(in->photo) : -1,
                                    answer_of(in->article)};
    if (story.photo.other && said.photo < 0)
        return form_refuse(&req->form, "photo", MSG("Say yes or no"));
    TRY(story_say(&place, story.id, req->actor.person, story_other_items, &said, req->locale));
    TRY(story_settle(&place, story.id));
    return req_go(req, MSG("It is so from now on. You can change it here at any time."),
                  "/stories/about/%lld", (long long)story.id);
}

// ---- approved by editors -----------------------------------------------------------------------

static enum rc load_review(struct req *req)
{
    struct story_view *view = NULL;
    const struct app_place place = app_here(req);
    TRY(story_make_view(req, NULL, &view));
    TRY(story_list(&place, STORY_WAITING, view->person, 0, &view->stories, &view->count));
    return story_list(&place, STORY_DECIDED, view->person, 0, &view->others, &view->other_count);
}

static void write_review(struct html *html, struct req *req)
{
    page_story_review(html, req->view);
}

static enum rc load_decide(struct req *req)
{
    struct story_view *view = NULL;
    const struct app_place place = app_here(req);
    int64_t id = req_id(req, "story");
    TRY(story_make_view(req, &decision_shape, &view));
    enum rc rc = story_find(&place, STORY_WAITING, view->person, id, &view->story);
    if (rc != RC_NOT_FOUND)
        return rc;
    view->shape = &removal_shape;
    return story_find(&place, STORY_DECIDED, view->person, id, &view->story);
}

static void write_decide(struct html *html, struct req *req)
{
    page_story_decide(html, req->view);
}

static enum rc move_as_editor(struct req *req, const struct story *story, const char *to,
                              const char *reason)
{
    const struct app_place place = app_here(req);
    struct story now;
    if (!story_may(story->state, to, true))
        return RC_EXISTS;
    TRY(story_move(&place, story, to, reason, req->actor.person));
    TRY(story_settle(&place, story->id));
    TRY(story_find_any(&place, story->id, &now));
    TRY(story_tell_decision(&place, &now));
    return req_go(req, MSG("It is decided, and the writer has a letter."), "/stories/review");
}

static enum rc act_decide(struct req *req)
{
    const struct decision_form *in = req->in;
    TRY(load_decide(req));
    const struct story_view *view = req->view;
    if (!text_same(view->story.state, "submitted"))
        return RC_EXISTS;
    if (text_same(in->to, "rejected") && in->reason[0] == '\0')
        return form_refuse(&req->form, "reason", MSG("Say why"));
    return move_as_editor(req, &view->story, in->to, in->reason);
}

static enum rc act_remove(struct req *req)
{
    const struct decision_form *in = req->in;
    TRY(load_decide(req));
    const struct story_view *view = req->view;
    bool shown = text_same(view->story.state, "published");
    if (!shown && !text_same(view->story.state, "approved"))
        return RC_EXISTS;
    return move_as_editor(req, &view->story, shown ? "unpublished" : "rejected", in->reason);
}

// clang-format off
const struct route story_routes[] = {
    {WEB_GET,  "/stories",                      CAN_VISIT,        NULL,            NULL, NULL,       load_all,    write_all,    MSG("Success stories"), &stories_out, .query = "before"},
    {WEB_GET,  "/stories/write",                CAN_JOIN,         NULL,            NULL, NULL,       load_write,  write_write,  MSG("Tell your story"), .query = "match"},
    {WEB_POST, "/stories/write",                CAN_JOIN,         &write_shape,    NULL, act_write,  load_write,  write_write,  MSG("Tell your story")},
    {WEB_GET,  "/stories/mine",                 CAN_JOIN,         NULL,            NULL, NULL,       load_mine,   write_mine,   MSG("My stories"), &my_stories_out},
    {WEB_GET,  "/stories/mine/:story",          CAN_JOIN,         NULL,            NULL, NULL,       load_own,    write_own,    MSG("A story of mine")},
    {WEB_POST, "/stories/mine/:story",          CAN_JOIN,         &agree_shape,    NULL, act_agree,  load_own,    write_own,    MSG("Send a story, or change what I agree to")},
    {WEB_GET,  "/stories/mine/:story/edit",     CAN_JOIN,         NULL,            NULL, NULL,       load_edit,   write_write,  MSG("Change a story of mine"), .out = &web_out_form},
    {WEB_POST, "/stories/mine/:story/edit",     CAN_JOIN,         &write_shape,    NULL, act_edit,   load_edit,   write_write,  MSG("Change a story of mine")},
    {WEB_POST, "/stories/mine/:story/back",     CAN_JOIN,         NULL,            NULL, act_back,   NULL,        NULL,         MSG("Take a story back")},
    {WEB_GET,  "/stories/about/:story",         CAN_JOIN,         NULL,            NULL, NULL,       load_about,  write_about,  MSG("A story that tells of me")},
    {WEB_POST, "/stories/about/:story",         CAN_JOIN,         &answer_shape,   NULL, act_about,  load_about,  write_about,  MSG("Agree to a story that tells of me")},
    {WEB_GET,  "/stories/review",               CAN_EDIT_CONTENT, NULL,            NULL, NULL,       load_review, write_review, MSG("Stories that members have sent"), &story_review_out},
    {WEB_GET,  "/stories/review/:story",        CAN_EDIT_CONTENT, NULL,            NULL, NULL,       load_decide, write_decide, MSG("Decide on a story")},
    {WEB_POST, "/stories/review/:story",        CAN_EDIT_CONTENT, &decision_shape, NULL, act_decide, load_decide, write_decide, MSG("Decide on a story")},
    {WEB_POST, "/stories/review/:story/remove", CAN_EDIT_CONTENT, &removal_shape,  NULL, act_remove, load_decide, write_decide, MSG("Take a story down")},
    {WEB_GET,  "/stories/:story",               CAN_VISIT,        NULL,            NULL, NULL,       load_one,    write_one,    MSG("A story"), &story_out},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
