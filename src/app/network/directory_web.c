// SPDX-License-Identifier: Apache-2.0
//
// Why: the directory of a cohort: reading it, and writing oneself into it or out of it.
#include <string.h>

#include "app/network/network.h"
#include "app/network/network_page.h"
#include "app_network_directory.html.h"

struct card_form {
    const char *does;
    const char *about;
    const char *place;
    const char *link;
    int64_t shows_role;
    int64_t shows_topics;
    int64_t shows_email;
};

// clang-format off
static const struct field card_fields[] = {
    {"does",         FIELD_LINE, FIELD_TEXT_OF(struct card_form, does),        0, 150,  MSG("What I do"), MSG("Such as your job, or what you look for."), NULL},
    {"about",        FIELD_TEXT, FIELD_TEXT_OF(struct card_form, about),       0, 1000, MSG("What others may ask me, and what I would like to learn"), "", NULL},
    {"place",        FIELD_LINE, FIELD_TEXT_OF(struct card_form, place),       0, 100,  MSG("Where I am"), "", NULL},
    {"link",         FIELD_LINK, FIELD_TEXT_OF(struct card_form, link),        0, 500,  MSG("A page of mine"), "", NULL},
    {"shows_role",   FIELD_TICK, FIELD_INT_OF(struct card_form, shows_role),   0, 1,    MSG("Show whether I am a mentor or a mentee"), "", NULL},
    {"shows_topics", FIELD_TICK, FIELD_INT_OF(struct card_form, shows_topics), 0, 1,    MSG("Show the topics of my sign-up"), "", NULL},
    {"shows_email",  FIELD_TICK, FIELD_INT_OF(struct card_form, shows_email),  0, 1,    MSG("Show my e-mail address, so that others may write to me"), "", NULL},
};
// clang-format on
static const struct shape card_shape = SHAPE(struct card_form, card_fields);

static enum rc find_mine(struct req *req, struct network_view *view)
{
    enum rc rc = directory_find(req, &view->net, &view->card);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc load_directory(struct req *req)
{
    struct network_view *view = NULL;
    const char *words = form_value(&req->form, "q");
    TRY(network_make_cohort(req, NULL, &view));
    view->words = words == NULL ? "" : words;
    const struct directory_filter filter = {view->words, form_number(&req->form, "after")};
    TRY(directory_list(req, &view->net, &filter, &view->cards, &view->card_count));
    TRY(find_mine(req, view));
    if (view->card_count <= DIRECTORY_PAGE)
        return RC_OK;
    view->card_count = DIRECTORY_PAGE;
    return req_next(req, "after", view->cards[DIRECTORY_PAGE - 1].person, &view->next);
}

static void write_directory(struct html *html, struct req *req)
{
    page_directory(html, req->view);
}

static enum rc load_mine(struct req *req)
{
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, &card_shape, &view));
    if (!view->net.member)
        return RC_NOT_FOUND;
    TRY(find_mine(req, view));
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    const struct directory_card *c = &view->card;
    if (c->person == 0) {
        const struct card_form empty = {"", "", "", "", 0, 0, 0};
        return shape_show(&card_shape, &req->form, &empty);
    }
    const struct card_form now = {c->does,       c->about,        c->place,      c->link,
                                  c->shows_role, c->shows_topics, c->shows_email};
    return shape_edit(&card_shape, &req->form, &now);
}

static void write_mine(struct html *html, struct req *req)
{
    page_directory_mine(html, req->view);
}

static enum rc act_mine(struct req *req)
{
    const struct card_form *in = req->in;
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, &card_shape, &view));
    if (!view->net.member)
        return RC_NOT_FOUND;
    const struct directory_card card = {.does = in->does,
                                        .about = in->about,
                                        .place = in->place,
                                        .link = in->link,
                                        .shows_role = in->shows_role,
                                        .shows_topics = in->shows_topics,
                                        .shows_email = in->shows_email};
    TRY(directory_set(req, &view->net, &card));
    return req_go(req,
                  MSG("You are in the directory. You can change it, or leave it, at any time."),
                  "/cohorts/%lld/directory", (long long)view->net.cohort.id);
}

static enum rc act_leave(struct req *req)
{
    const struct app_place at = app_here(req);
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, NULL, &view));
    TRY(directory_drop(&at, view->net.me, view->net.cohort.id));
    return req_go(req, MSG("You are not in the directory any more."), "/cohorts/%lld/directory",
                  (long long)view->net.cohort.id);
}

static const struct app_letter letter_off = {
    MSG("Your words in the directory"),
    {MSG("Hello {0},"),
                                     MSG("whoever runs {2} has taken you out of its directory. If you don't know why, ask; you may write yourself into it again:"),
                                     "{1}", NULL}
};

// Those who run the cohort take out what should not stand there; she is told.
static enum rc act_off(struct req *req)
{
    const struct app_place at = app_here(req);
    struct network_view *view = NULL;
    int64_t person = req_id(req, "person");
    TRY(network_make_cohort(req, NULL, &view));
    if (!view->net.staff)
        return RC_NOT_FOUND;
    TRY(directory_drop(&at, person, view->net.cohort.id));
    const char *page =
        arena_printf(req->arena, "/cohorts/%lld/directory", (long long)view->net.cohort.id);
    const struct notice notice = {
        .letter = &letter_off, .page = page, .title = view->net.cohort.name};
    TRY(page == NULL ? RC_NO_MEMORY : network_tell(&at, person, &notice));
    return req_go(req, MSG("She is not in the directory any more, and gets a letter."),
                  "/cohorts/%lld/directory", (long long)view->net.cohort.id);
}

// clang-format off
const struct route directory_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/directory",             CAN_JOIN, NULL,        NULL, NULL,      load_directory, write_directory, MSG("Directory"), &directory_out, .query = "q after"},
    {WEB_GET,  "/cohorts/:cohort/directory/me",          CAN_JOIN, NULL,        NULL, NULL,      load_mine,      write_mine,      MSG("What the directory says of me"), .out = &web_out_form},
    {WEB_POST, "/cohorts/:cohort/directory/me",          CAN_JOIN, &card_shape, NULL, act_mine,  load_mine,      write_mine,      MSG("What the directory says of me")},
    {WEB_POST, "/cohorts/:cohort/directory/leave",       CAN_JOIN, NULL,        NULL, act_leave, NULL,           NULL,            MSG("Leave the directory")},
    {WEB_POST, "/cohorts/:cohort/directory/:person/off", CAN_JOIN, NULL,        NULL, act_off,   NULL,           NULL,            MSG("Take somebody out of the directory")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
