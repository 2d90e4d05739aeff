// SPDX-License-Identifier: Apache-2.0
//
// Why: a member writes an example, a story or an insight, keeps it as a draft, sends it, and sees
// what became of it.
#include <string.h>

#include "base/date.h"

#include "app/article/article_page.h"
#include "app_article_article.html.h"

struct write_form {
    const char *kind;
    const char *body;
    const char *byline;
    const char *pseudonym;
};
struct choice_form {
    int64_t shown;
};

// clang-format off
static const struct field write_fields[] = {
    {"kind",      FIELD_ONE,  FIELD_TEXT_OF(struct write_form, kind),      1, 1,     MSG("What is it?"), "", contribution_kinds},
    {"body",      FIELD_TEXT, FIELD_TEXT_OF(struct write_form, body),      1, 12000, MSG("Your words"), MSG("From 50 to 750 words. Write what you have seen yourself; leave out what would hurt or give away somebody else."), NULL},
    {"byline",    FIELD_ONE,  FIELD_TEXT_OF(struct write_form, byline),    1, 1,     MSG("Which name should stand above it?"), "", contribution_bylines},
    {"pseudonym", FIELD_LINE, FIELD_TEXT_OF(struct write_form, pseudonym), 0, 60,    MSG("The other name"), MSG("Only for another name that you choose."), NULL},
};
static const struct field choice_fields[] = {
    {"shown", FIELD_TICK, FIELD_INT_OF(struct choice_form, shown), 0, 1, MSG("I may be named among those who add most to an article"), "", NULL},
};
// clang-format on
static const struct shape write_shape = SHAPE(struct write_form, write_fields);
static const struct shape choice_shape = SHAPE(struct choice_form, choice_fields);

// ---- writing ---------------------------------------------------------------------------------

static enum rc load_new(struct req *req)
{
    struct article_view *view = NULL;
    TRY(article_make_view(req, &write_shape, &view));
    const struct article_reader by = article_reader_of(req, view->editor);
    TRY(article_find(&by, req_id(req, "article"), &view->article));
    TRY(section_find(req->tx, req->arena, view->article.id, req_id(req, "section"),
                     &view->section));
    if (req->http->method == WEB_POST)
        return RC_OK;
    TRY(form_set(&req->form, "kind", "story"));
    return form_set(&req->form, "byline", "name");
}

static void write_new(struct html *html, struct req *req)
{
    page_contribution_new(html, req->view);
}

// What a draft may lack, and what is sent may not.
static enum rc check_sending(struct req *req, const struct write_form *in, int64_t except,
                             struct article_runs *ret_runs)
{
    size_t words = article_words(in->body);
    int64_t sent = 0;
    int64_t twin = 0;
    if (words < CONTRIBUTION_WORDS_LEAST || words > CONTRIBUTION_WORDS_MOST)
        return form_refuse_numbers(
            &req->form, "body",
            MSG("Between 50 and 750 words are wanted, and these are {0}; a draft may be shorter"),
            (int64_t)words, 0);
    enum rc rc = article_runs_of(req->arena, in->body, ret_runs);
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "body", MSG("This is too long"));
    TRY(rc);
    TRY(contribution_sent_since(req->tx, req->arena, req->actor.person, req->now_us - DAY_US,
                                &sent));
    if (sent >= CONTRIBUTIONS_A_DAY)
        return form_refuse(
            &req->form, "body",
            MSG("You have sent five today. Keep this one as a draft, and send it tomorrow"));
    TRY(contribution_twin(req->tx, req->arena, except, ret_runs, &twin));
    if (twin == req->actor.person)
        return form_refuse(&req->form, "body",
                           MSG("You have sent nearly the same text before. Say here what is new"));
    if (twin != 0)
        return form_refuse(&req->form, "body",
                           MSG("Nearly the same text is here already. Say it in your own words"));
    return RC_OK;
}

static enum rc take_words(struct req *req, struct contribution *one)
{
    const struct write_form *in = req->in;
    bool other = text_same(in->byline, "pseudonym");
    if (other && in->pseudonym[0] == '\0')
        return form_refuse(&req->form, "pseudonym", MSG("Write the name that should stand there"));
    if (strlen(in->body) > CONTRIBUTION_BYTES_MOST)
        return form_refuse(&req->form, "body", MSG("This is too long"));
    one->kind = in->kind;
    one->body = in->body;
    one->byline = in->byline;
    one->pseudonym = other ? in->pseudonym : "";
    return contribution_role(req->tx, req->arena, one->person, &one->role);
}

static bool is_to_be_sent(const struct req *req)
{
    const char *then = form_value(&req->form, "then");
    return then != NULL && text_same(then, "send");
}

static enum rc send_it(struct req *req, struct contribution *one, const struct article_runs *runs)
{
    TRY(contribution_keep(req->tx, one, runs, req->now_us));
    TRY(contribution_move(req->tx, one, "submitted", one->note, 0, req->now_us));
    return req_go(req,
                  MSG("It is sent. An editor reads it before others do, and you get a letter."),
                  "/contributions/%lld", (long long)one->id);
}

static enum rc act_new(struct req *req)
{
    struct article_view *view = NULL;
    struct article_runs runs = {0};
    TRY(load_new(req));
    view = req->view;
    struct contribution one = {.section = view->section.id,
                               .article = view->article.id,
                               .person = req->actor.person,
                               .state = "draft",
                               .note = ""};
    TRY(take_words(req, &one));
    if (is_to_be_sent(req))
        TRY(check_sending(req, req->in, 0, &runs));
    TRY(contribution_add(req->tx, &one, req->now_us));
    if (is_to_be_sent(req))
        return send_it(req, &one, &runs);
    return req_go(req, MSG("The draft is kept. Only you see it."), "/contributions/%lld",
                  (long long)one.id);
}

// ---- one's own -------------------------------------------------------------------------------

static enum rc find_own(struct req *req, struct contribution *ret_one)
{
    const struct article_reader by = article_reader_of(req, false);
    TRY(contribution_find(&by, req_id(req, "contribution"), ret_one));
    return ret_one->person == req->actor.person ? RC_OK : RC_NOT_FOUND;
}

static bool may_change(const struct contribution *one)
{
    return text_same(one->state, "draft") || text_same(one->state, "changes_requested");
}

static enum rc load_own(struct req *req)
{
    struct article_view *view = NULL;
    TRY(article_make_view(req, &write_shape, &view));
    TRY(find_own(req, &view->one));
    view->words = (int64_t)article_words(view->one.body);
    TRY(contribution_steps(req->tx, req->arena, view->one.id, &view->steps, &view->step_count));
    TRY(contribution_versions(req->tx, req->arena, view->one.id, &view->versions,
                              &view->version_count));
    if (req->http->method == WEB_POST)
        return RC_OK;
    const struct write_form now = {view->one.kind, view->one.body, view->one.byline,
                                   view->one.pseudonym};
    return shape_edit(&write_shape, &req->form, &now);
}

static void write_own(struct html *html, struct req *req)
{
    page_contribution(html, req->view);
}

static enum rc act_own(struct req *req)
{
    struct contribution one;
    struct article_runs runs = {0};
    TRY(find_own(req, &one));
    if (!may_change(&one))
        return RC_EXISTS;
    TRY(take_words(req, &one));
    if (is_to_be_sent(req))
        TRY(check_sending(req, req->in, one.id, &runs));
    TRY(contribution_update(req->tx, &one, req->now_us));
    if (is_to_be_sent(req))
        return send_it(req, &one, &runs);
    return req_go(req, MSG("The draft is kept. Only you see it."), "/contributions/%lld",
                  (long long)one.id);
}

static enum rc act_back(struct req *req)
{
    struct contribution one;
    TRY(find_own(req, &one));
    if (!contribution_may(one.state, "draft", false))
        return RC_EXISTS;
    TRY(contribution_move(req->tx, &one, "draft", one.note, 0, req->now_us));
    return req_go(req, MSG("It is a draft again."), "/contributions/%lld", (long long)one.id);
}

static void write_withdraw(struct html *html, struct req *req)
{
    page_contribution_withdraw(html, req->view);
}

static enum rc act_withdraw(struct req *req)
{
    struct contribution one;
    const struct app_place place = app_here(req);
    TRY(find_own(req, &one));
    if (!contribution_may(one.state, "withdrawn", false))
        return RC_EXISTS;
    TRY(article_take_back(&place, one.person, one.id));
    return req_go(req, MSG("It is withdrawn. Nobody sees it any more."), "/contributions");
}

static enum rc load_mine(struct req *req)
{
    struct article_view *view = NULL;
    TRY(article_make_view(req, &choice_shape, &view));
    const struct article_reader by = article_reader_of(req, false);
    TRY(contribution_mine(&by, &view->all, &view->count));
    TRY(contributor_find(req->tx, req->arena, req->actor.person, &view->contributor));
    return form_set(&req->form, "shown", view->contributor.opted_out ? "0" : "1");
}

static void write_mine(struct html *html, struct req *req)
{
    page_contributions(html, req->view);
}

static enum rc act_choice(struct req *req)
{
    const struct choice_form *in = req->in;
    struct contributor contributor;
    TRY(contributor_find(req->tx, req->arena, req->actor.person, &contributor));
    contributor.opted_out = in->shown == 0;
    TRY(contributor_set(req->tx, req->actor.person, &contributor));
    return req_go(req,
                  contributor.opted_out ? MSG("You are not named there any more.")
                                        : MSG("You may be named there from tomorrow on."),
                  "/contributions");
}

// clang-format off
const struct route article_write_routes[] = {
    {WEB_GET,  "/articles/:article/sections/:section/write", CAN_JOIN, NULL,          NULL, NULL,         load_new,  write_new,      MSG("Add your own")},
    {WEB_POST, "/articles/:article/sections/:section/write", CAN_JOIN, &write_shape,  NULL, act_new,      load_new,  write_new,      MSG("Add your own")},
    {WEB_GET,  "/contributions",                             CAN_JOIN, NULL,          NULL, NULL,         load_mine, write_mine,     MSG("What I have written"), &contributions_out},
    {WEB_POST, "/contributions",                             CAN_JOIN, &choice_shape, NULL, act_choice,   load_mine, write_mine,     MSG("Whether I am named")},
    {WEB_GET,  "/contributions/:contribution",               CAN_JOIN, NULL,          NULL, NULL,         load_own,  write_own,      MSG("What I have written"), &contribution_page_out},
    {WEB_POST, "/contributions/:contribution",               CAN_JOIN, &write_shape,  NULL, act_own,      load_own,  write_own,      MSG("Change what I have written")},
    {WEB_POST, "/contributions/:contribution/back",          CAN_JOIN, NULL,          NULL, act_back,     NULL,      NULL,           MSG("Take it back")},
    {WEB_GET,  "/contributions/:contribution/withdraw",      CAN_JOIN, NULL,          NULL, NULL,         load_own,  write_withdraw, MSG("Withdraw it")},
    {WEB_POST, "/contributions/:contribution/withdraw",      CAN_JOIN, NULL,          NULL, act_withdraw, NULL,      NULL,           MSG("Withdraw it")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
