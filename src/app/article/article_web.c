// SPDX-License-Identifier: Apache-2.0
//
// Why: reading articles, and what members have added to them.
#include <stdlib.h>
#include <string.h>

#include "app/article/article_page.h"
#include "app_article_article.html.h"

// ---- for all pages of the slice --------------------------------------------------------------

enum rc article_is_editor(struct req *req, bool *ret_is)
{
    return app_can(req, CAN_EDIT_CONTENT, ret_is);
}

struct article_reader article_reader_of(struct req *req, bool editor)
{
    return (struct article_reader){req->tx, req->arena, req->actor.person, editor};
}

enum rc article_make_view(struct req *req, const struct shape *shape,
                          struct article_view **ret_view)
{
    struct article_view *view = ARENA_NEW(req->arena, struct article_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->shape = shape;
    view->action = req_path(req);
    view->zone = req->actor.zone;
    view->person = req->actor.person;
    view->domain = "";
    if (view->action == NULL)
        return RC_NO_MEMORY;
    TRY(article_is_editor(req, &view->editor));
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

void article_byline(struct html *html, const char *name, const char *role)
{
    if (name[0] != '\0')
        html_text(html, name);
    else if (text_same(role, "mentor"))
        html_message(html, MSG("A mentor"), NULL, 0);
    else if (text_same(role, "mentee"))
        html_message(html, MSG("A mentee"), NULL, 0);
    else
        html_message(html, MSG("A member"), NULL, 0);
}

// ---- all articles ----------------------------------------------------------------------------

static enum rc load_articles(struct req *req)
{
    struct article_view *view = NULL;
    TRY(article_make_view(req, NULL, &view));
    const struct article_reader by = article_reader_of(req, view->editor);
    const char *domain = form_value(&req->form, "domain");
    if (domain != NULL && field_option_label(article_domains, domain) != NULL)
        view->domain = domain;
    TRY(article_list(&by, view->domain, form_number(&req->form, "before"), &view->articles,
                     &view->article_count));
    if (view->article_count > ARTICLES_A_PAGE) {
        view->article_count = ARTICLES_A_PAGE;
        view->before = view->articles[ARTICLES_A_PAGE - 1].id;
        return req_next(req, "before", view->before, &view->next);
    }
    return RC_OK;
}

static void write_articles(struct html *html, struct req *req)
{
    page_articles(html, req->view);
}

// ---- one article -----------------------------------------------------------------------------

static enum rc load_sections(struct req *req, struct article_view *view)
{
    struct article_section *sections = NULL;
    const struct article_reader by = article_reader_of(req, view->editor);
    TRY(section_list(req->tx, req->arena, view->article.id, &sections, &view->section_count));
    view->sections = ARENA_ARRAY(req->arena, struct shown_section, view->section_count);
    if (view->sections == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->section_count; k++) {
        struct shown_section *shown = &view->sections[k];
        shown->section = sections[k];
        if (sections[k].approved > 0)
            TRY(contribution_list(&by, sections[k].id, 0, CONTRIBUTIONS_FIRST, &shown->all,
                                  &shown->count));
    }
    return RC_OK;
}

static enum rc load_article(struct req *req)
{
    struct article_view *view = NULL;
    TRY(article_make_view(req, NULL, &view));
    const struct article_reader by = article_reader_of(req, view->editor);
    TRY(article_find(&by, req_id(req, "article"), &view->article));
    TRY(load_sections(req, view));
    if (view->person != 0)
        TRY(follow_find(req->tx, req->arena, view->article.id, view->person, &view->follows));
    view->leaders = ARENA_ARRAY(req->arena, struct article_leader, ARTICLE_LEADERS);
    if (view->leaders == NULL)
        return RC_NO_MEMORY;
    return article_leaders(req->tx, req->arena, view->article.id, view->leaders,
                           &view->leader_count);
}

static void write_article(struct html *html, struct req *req)
{
    page_article(html, req->view);
}

static enum rc act_follow(struct req *req)
{
    struct article article;
    const struct article_reader by = article_reader_of(req, false);
    TRY(article_find(&by, req_id(req, "article"), &article));
    TRY(follow_begin(req, article.id));
    return req_go(req, MSG("You follow it: when a member adds to it, you get a letter."),
                  "/articles/%lld", (long long)article.id);
}

// Also of an article that is hidden now.
static enum rc act_unfollow(struct req *req)
{
    struct article article;
    const struct article_reader by = article_reader_of(req, false);
    int64_t id = req_id(req, "article");
    TRY(follow_end(req, id));
    enum rc rc = article_find(&by, id, &article);
    if (rc == RC_NOT_FOUND)
        return req_go(req, MSG("You do not follow it any more."), "/articles");
    TRY(rc);
    return req_go(req, MSG("You do not follow it any more."), "/articles/%lld", (long long)id);
}

static enum rc load_section(struct req *req)
{
    struct article_view *view = NULL;
    TRY(article_make_view(req, NULL, &view));
    const struct article_reader by = article_reader_of(req, view->editor);
    int64_t skip = form_number(&req->form, "from");
    TRY(article_find(&by, req_id(req, "article"), &view->article));
    TRY(section_find(req->tx, req->arena, view->article.id, req_id(req, "section"),
                     &view->section));
    TRY(contribution_list(&by, view->section.id, skip, CONTRIBUTIONS_A_PAGE + 1, &view->all,
                          &view->count));
    if (view->count > CONTRIBUTIONS_A_PAGE) {
        view->count = CONTRIBUTIONS_A_PAGE;
        view->skip = skip + CONTRIBUTIONS_A_PAGE;
        return req_next(req, "from", view->skip, &view->next);
    }
    return RC_OK;
}

static void write_section(struct html *html, struct req *req)
{
    page_article_section(html, req->view);
}

// ---- what a reader says of a contribution ----------------------------------------------------

struct report_form {
    const char *reason;
};

// clang-format off
static const struct field report_fields[] = {
    {"reason", FIELD_TEXT, FIELD_TEXT_OF(struct report_form, reason), 1, 1000, MSG("What is wrong with it?"), MSG("The editors read this; the writer does not."), NULL},
};
// clang-format on
static const struct shape report_shape = SHAPE(struct report_form, report_fields);

static enum rc find_approved(struct req *req, struct contribution *ret_one)
{
    const struct article_reader by = article_reader_of(req, false);
    TRY(contribution_find(&by, req_id(req, "contribution"), ret_one));
    return text_same(ret_one->state, "approved") ? RC_OK : RC_NOT_FOUND;
}

static enum rc act_helpful(struct req *req)
{
    struct contribution one;
    TRY(find_approved(req, &one));
    TRY(helpful_turn(req->tx, req->arena, one.id, req->actor.person));
    return req_go(
        req, one.voted ? MSG("Your mark is taken back.") : MSG("Thank you. The writer sees it."),
        "/articles/%lld/sections/%lld#c%lld", (long long)one.article, (long long)one.section,
        (long long)one.id);
}

static enum rc load_report(struct req *req)
{
    struct article_view *view = NULL;
    TRY(article_make_view(req, &report_shape, &view));
    return find_approved(req, &view->one);
}

static void write_report(struct html *html, struct req *req)
{
    page_contribution_report(html, req->view);
}

static enum rc act_report(struct req *req)
{
    const struct report_form *in = req->in;
    struct contribution one;
    TRY(find_approved(req, &one));
    enum rc rc = contribution_report_add(req, one.id, in->reason);
    if (rc == RC_EXISTS)
        return form_refuse(&req->form, "reason",
                           MSG("You have told something of it already: the editors look at it"));
    TRY(rc);
    return req_go(req, MSG("Thank you. The editors look at it."), "/articles/%lld",
                  (long long)one.article);
}

// clang-format off
const struct route article_routes[] = {
    {WEB_GET,  "/articles",                              CAN_VISIT, NULL,          NULL, NULL,        load_articles, write_articles, MSG("Articles"), &article_list_out, .query = "domain before"},
    {WEB_GET,  "/articles/:article",                     CAN_VISIT, NULL,          NULL, NULL,        load_article,  write_article,  MSG("An article"), &article_out},
    {WEB_GET,  "/articles/:article/sections/:section",   CAN_VISIT, NULL,          NULL, NULL,        load_section,  write_section,  MSG("What members say"), &article_section_out, .query = "from"},
    {WEB_POST, "/articles/:article/follow",              CAN_JOIN,  NULL,          NULL, act_follow,  NULL,          NULL,           MSG("Follow this article")},
    {WEB_POST, "/articles/:article/unfollow",            CAN_JOIN,  NULL,          NULL, act_unfollow, NULL,         NULL,           MSG("Stop following")},
    {WEB_POST, "/contributions/:contribution/helpful",   CAN_JOIN,  NULL,          NULL, act_helpful, NULL,          NULL,           MSG("This has helped me")},
    {WEB_GET,  "/contributions/:contribution/report",    CAN_JOIN,  NULL,          NULL, NULL,        load_report,   write_report,   MSG("Something is wrong with it")},
    {WEB_POST, "/contributions/:contribution/report",    CAN_JOIN,  &report_shape, NULL, act_report,  load_report,   write_report,   MSG("Something is wrong with it")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
