// SPDX-License-Identifier: Apache-2.0
//
// Why: editors write articles, and read what members send before others do.
//
// Promises: nobody decides on her own contribution; every decision that says no says why.
#include <string.h>

#include "app/article/article_page.h"
#include "app_article_article.html.h"

struct article_form {
    const char *title;
    const char *domain;
    const char *intro;
    const char *language;
};
struct section_form {
    const char *title;
    const char *body;
};
struct decision_form {
    const char *to;
    const char *note;
};
struct state_form {
    const char *from;
};

// clang-format off
static const struct field_option languages[] = {
    {"en", MSG("English")}, {"es", MSG("Spanish")}, {"ar", MSG("Arabic")}, {NULL, NULL},
};
static const struct field_option decisions[] = {
    {"approved",          MSG("It can be read by all from now on")},
    {"changes_requested", MSG("It needs a change first")},
    {"rejected",          MSG("It does not belong here")},
    {NULL, NULL},
};
static const struct field article_fields[] = {
    {"title",    FIELD_LINE, FIELD_TEXT_OF(struct article_form, title),    3, 120,  MSG("Title"), "", NULL},
    {"domain",   FIELD_ONE,  FIELD_TEXT_OF(struct article_form, domain),   1, 1,    MSG("Domain"), "", article_domains},
    {"intro",    FIELD_TEXT, FIELD_TEXT_OF(struct article_form, intro),    1, 4000, MSG("Introduction"), MSG("What it is about, and for whom, in a few sentences."), NULL},
    {"language", FIELD_ONE,  FIELD_TEXT_OF(struct article_form, language), 1, 1,    MSG("Language of the article"), "", languages},
};
static const struct field section_fields[] = {
    {"title", FIELD_LINE, FIELD_TEXT_OF(struct section_form, title), 3, 120,  MSG("Title of the section"), "", NULL},
    {"body",  FIELD_TEXT, FIELD_TEXT_OF(struct section_form, body),  0, 8000, MSG("Text"), MSG("It may be left empty: then members begin."), NULL},
};
static const struct field decision_fields[] = {
    {"to",   FIELD_ONE,  FIELD_TEXT_OF(struct decision_form, to),   1, 1,    MSG("What do you decide?"), "", decisions},
    {"note", FIELD_TEXT, FIELD_TEXT_OF(struct decision_form, note), 0, 2000, MSG("To the writer"), MSG("She reads this. Needed for everything but a yes."), NULL},
};
static const struct field removal_fields[] = {
    {"note", FIELD_TEXT, FIELD_TEXT_OF(struct decision_form, note), 1, 2000, MSG("To the writer"), MSG("She reads this: why it is taken out."), NULL},
};
static const struct field state_fields[] = {
    {"from", FIELD_LINE, FIELD_TEXT_OF(struct state_form, from), 1, 20, MSG("How it stood"), "", NULL},
};
// clang-format on
static const struct shape article_shape = SHAPE(struct article_form, article_fields);
static const struct shape section_shape = SHAPE(struct section_form, section_fields);
static const struct shape decision_shape = SHAPE(struct decision_form, decision_fields);
static const struct shape removal_shape = SHAPE(struct decision_form, removal_fields);
static const struct shape state_shape = SHAPE(struct state_form, state_fields);

// ---- articles --------------------------------------------------------------------------------

static enum rc load_new(struct req *req)
{
    struct article_view *view = NULL;
    TRY(article_make_view(req, &article_shape, &view));
    return req->http->method == WEB_POST ? RC_OK : form_set(&req->form, "language", "en");
}

static void write_new(struct html *html, struct req *req)
{
    page_article_new(html, req->view);
}

static enum rc act_new(struct req *req)
{
    const struct article_form *in = req->in;
    struct article article = {.title = in->title,
                              .domain = in->domain,
                              .intro = in->intro,
                              .state = "draft",
                              .language = in->language};
    TRY(article_add(req->tx, &article, req->actor.person, req->now_us));
    struct article_section last = {
        .article = article.id,
        .title = message_in(locale_find(in->language), MSG("What else to take into account")),
        .body = "",
        .last = true};
    TRY(section_add(req->tx, req->arena, &last, req->now_us));
    return req_go(req, MSG("The article is kept as a draft. Add its sections, then publish it."),
                  "/articles/%lld/edit", (long long)article.id);
}

static enum rc load_edit(struct req *req)
{
    struct article_view *view = NULL;
    struct article_section *sections = NULL;
    TRY(article_make_view(req, &article_shape, &view));
    const struct article_reader by = article_reader_of(req, true);
    TRY(article_find(&by, req_id(req, "article"), &view->article));
    TRY(section_list(req->tx, req->arena, view->article.id, &sections, &view->section_count));
    view->sections = ARENA_ARRAY(req->arena, struct shown_section, view->section_count);
    if (view->sections == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->section_count; k++)
        view->sections[k].section = sections[k];
    if (req->http->method == WEB_POST)
        return RC_OK;
    const struct article_form now = {view->article.title, view->article.domain, view->article.intro,
                                     view->article.language};
    return shape_edit(&article_shape, &req->form, &now);
}

static void write_edit(struct html *html, struct req *req)
{
    page_article_edit(html, req->view);
}

static enum rc act_edit(struct req *req)
{
    const struct article_form *in = req->in;
    const struct article article = {.id = req_id(req, "article"),
                                    .title = in->title,
                                    .domain = in->domain,
                                    .intro = in->intro,
                                    .language = in->language};
    const struct app_place place = app_here(req);
    TRY(article_update(req->tx, &article, req->now_us));
    TRY(article_index_one(&place, article.id));
    return req_go(req, MSG("It is kept."), "/articles/%lld/edit", (long long)article.id);
}

// Published or hidden, and back. Badges count published articles only.
static enum rc act_state(struct req *req)
{
    const struct state_form *in = req->in;
    int64_t id = req_id(req, "article");
    bool hides = text_same(in->from, "published");
    const struct app_place place = app_here(req);
    TRY(article_set_state(req->tx, id, in->from, hides ? "hidden" : "published", req->now_us));
    TRY(article_index_one(&place, id));
    return req_go(req, hides ? MSG("Only editors see it now.") : MSG("Everybody can read it now."),
                  "/articles/%lld", (long long)id);
}

// ---- sections --------------------------------------------------------------------------------

static enum rc load_section_new(struct req *req)
{
    struct article_view *view = NULL;
    TRY(article_make_view(req, &section_shape, &view));
    const struct article_reader by = article_reader_of(req, true);
    return article_find(&by, req_id(req, "article"), &view->article);
}

static enum rc load_section_edit(struct req *req)
{
    struct article_view *view = NULL;
    TRY(load_section_new(req));
    view = req->view;
    TRY(section_find(req->tx, req->arena, view->article.id, req_id(req, "section"),
                     &view->section));
    if (req->http->method == WEB_POST)
        return RC_OK;
    const struct section_form now = {view->section.title, view->section.body};
    return shape_edit(&section_shape, &req->form, &now);
}

static void write_section_edit(struct html *html, struct req *req)
{
    page_section_edit(html, req->view);
}

static enum rc act_section_new(struct req *req)
{
    const struct section_form *in = req->in;
    struct article_section section = {
        .article = req_id(req, "article"), .title = in->title, .body = in->body};
    TRY(load_section_new(req)); // it is there
    enum rc rc = section_add(req->tx, req->arena, &section, req->now_us);
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "title", MSG("An article has 40 sections at most"));
    TRY(rc);
    return req_go(req, MSG("The section is added."), "/articles/%lld/edit",
                  (long long)section.article);
}

static enum rc act_section_edit(struct req *req)
{
    const struct section_form *in = req->in;
    struct article_view *view = NULL;
    TRY(load_section_edit(req));
    view = req->view;
    view->section.title = in->title;
    view->section.body = in->body;
    const struct app_place place = app_here(req);
    TRY(section_update(req->tx, &view->section));
    TRY(article_index_one(&place, view->article.id));
    return req_go(req, MSG("It is kept."), "/articles/%lld/edit", (long long)view->article.id);
}

static enum rc act_section_up(struct req *req)
{
    int64_t article = req_id(req, "article");
    TRY(section_raise(req->tx, req->arena, article, req_id(req, "section")));
    return req_go(req, MSG("It stands higher now."), "/articles/%lld/edit", (long long)article);
}

// ---- what members send -----------------------------------------------------------------------

static enum rc load_review(struct req *req)
{
    struct article_view *view = NULL;
    TRY(article_make_view(req, NULL, &view));
    const struct article_reader by = article_reader_of(req, true);
    TRY(contribution_waiting(&by, &view->all, &view->count));
    return contribution_reports(req->tx, req->arena, &view->reports, &view->report_count);
}

static void write_review(struct html *html, struct req *req)
{
    page_article_review(html, req->view);
}

static enum rc load_one(struct req *req)
{
    struct article_view *view = NULL;
    TRY(article_make_view(req, &decision_shape, &view));
    const struct article_reader by = article_reader_of(req, true);
    TRY(contribution_find(&by, req_id(req, "contribution"), &view->one));
    if (text_same(view->one.state, "approved")) {
        view->shape = &removal_shape;
        view->action =
            arena_printf(req->arena, "/articles/review/%lld/remove", (long long)view->one.id);
    }
    if (view->action == NULL)
        return RC_NO_MEMORY;
    view->words = (int64_t)article_words(view->one.body);
    TRY(contribution_steps(req->tx, req->arena, view->one.id, &view->steps, &view->step_count));
    return contribution_versions(req->tx, req->arena, view->one.id, &view->versions,
                                 &view->version_count);
}

static void write_one(struct html *html, struct req *req)
{
    page_contribution_review(html, req->view);
}

static enum rc decide(struct req *req, const char *to, const char *note)
{
    struct article_view *view = NULL;
    const struct app_place place = app_here(req);
    TRY(load_one(req));
    view = req->view;
    const struct contribution *one = &view->one;
    if (one->person == req->actor.person)
        return form_refuse(&req->form, "note",
                           MSG("You wrote it yourself: another editor decides"));
    if (!contribution_may(one->state, to, true))
        return RC_EXISTS;
    TRY(contribution_move(req->tx, one, to, note, req->actor.person, req->now_us));
    TRY(article_tell(req, one, to));
    if (text_same(to, "approved"))
        TRY(follow_tell(req, one));
    TRY(contribution_index(&place, one, text_same(to, "approved")));
    if (text_same(to, "approved") || text_same(one->state, "approved"))
        TRY(article_recount(&place, one->person));
    if (text_same(one->state, "approved"))
        TRY(article_leaders_make(&place, one->article));
    return req_go(req, MSG("It is decided, and the writer gets a letter."), "/articles/review");
}

static enum rc act_decide(struct req *req)
{
    const struct decision_form *in = req->in;
    if (!text_same(in->to, "approved") && in->note[0] == '\0')
        return form_refuse(&req->form, "note", MSG("Say why: she reads it"));
    return decide(req, in->to, in->note);
}

static enum rc act_remove(struct req *req)
{
    const struct decision_form *in = req->in;
    return decide(req, "removed", in->note);
}

static enum rc act_close_report(struct req *req)
{
    TRY(contribution_report_close(req->tx, req_id(req, "report"), req->actor.person, req->now_us));
    return req_go(req, MSG("It is settled."), "/articles/review");
}

// clang-format off
const struct route article_edit_routes[] = {
    {WEB_GET,  "/articles/new",                             CAN_EDIT_CONTENT, NULL,            NULL, NULL,             load_new,          write_new,          MSG("A new article")},
    {WEB_POST, "/articles/new",                             CAN_EDIT_CONTENT, &article_shape,  NULL, act_new,          load_new,          write_new,          MSG("A new article")},
    {WEB_GET,  "/articles/:article/edit",                   CAN_EDIT_CONTENT, NULL,            NULL, NULL,             load_edit,         write_edit,         MSG("Change an article"), .out = &web_out_form},
    {WEB_POST, "/articles/:article/edit",                   CAN_EDIT_CONTENT, &article_shape,  NULL, act_edit,         load_edit,         write_edit,         MSG("Change an article")},
    {WEB_POST, "/articles/:article/state",                  CAN_EDIT_CONTENT, &state_shape,    NULL, act_state,        NULL,              NULL,               MSG("Publish or hide an article")},
    {WEB_GET,  "/articles/:article/sections/new",           CAN_EDIT_CONTENT, NULL,            NULL, NULL,             load_section_new,  write_section_edit, MSG("A new section")},
    {WEB_POST, "/articles/:article/sections/new",           CAN_EDIT_CONTENT, &section_shape,  NULL, act_section_new,  load_section_new,  write_section_edit, MSG("A new section")},
    {WEB_GET,  "/articles/:article/sections/:section/edit", CAN_EDIT_CONTENT, NULL,            NULL, NULL,             load_section_edit, write_section_edit, MSG("Change a section"), .out = &web_out_form},
    {WEB_POST, "/articles/:article/sections/:section/edit", CAN_EDIT_CONTENT, &section_shape,  NULL, act_section_edit, load_section_edit, write_section_edit, MSG("Change a section")},
    {WEB_POST, "/articles/:article/sections/:section/up",   CAN_EDIT_CONTENT, NULL,            NULL, act_section_up,   NULL,              NULL,               MSG("Move a section up")},
    {WEB_GET,  "/articles/review",                          CAN_EDIT_CONTENT, NULL,            NULL, NULL,             load_review,       write_review,       MSG("What members have sent"), &contributions_out},
    {WEB_GET,  "/articles/review/:contribution",            CAN_EDIT_CONTENT, NULL,            NULL, NULL,             load_one,          write_one,          MSG("Read a contribution"), &contribution_page_out},
    {WEB_POST, "/articles/review/:contribution",            CAN_EDIT_CONTENT, &decision_shape, NULL, act_decide,       load_one,          write_one,          MSG("Decide on a contribution")},
    {WEB_POST, "/articles/review/:contribution/remove",     CAN_EDIT_CONTENT, &removal_shape,  NULL, act_remove,       load_one,          write_one,          MSG("Take a contribution out")},
    {WEB_POST, "/articles/reports/:report/close",           CAN_EDIT_CONTENT, NULL,            NULL, act_close_report, NULL,              NULL,               MSG("Settle what a reader said")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
