// SPDX-License-Identifier: Apache-2.0
//
// Why: joining a circle, being asked in, leaving, and who leads it.
#include <string.h>

#include "app/account/account.h"
#include "app/network/circle_page.h"
#include "app/network/network.h"
#include "app_network_circle.html.h"

struct join_form {
    const char *words;
};
struct answer_form {
    int64_t person;
    const char *answer;
};
struct invite_form {
    const char *email;
};
struct person_form {
    int64_t person;
};

// clang-format off
static const struct field join_fields[] = {
    {"words", FIELD_TEXT, FIELD_TEXT_OF(struct join_form, words), 0, 1000, MSG("Words for whoever leads it"), "", NULL},
};
static const struct field answer_fields[] = {
    {"person", FIELD_INTEGER, FIELD_INT_OF(struct answer_form, person),  1, INT64_MAX, MSG("Person"), "", NULL},
    {"answer", FIELD_HIDDEN,  FIELD_TEXT_OF(struct answer_form, answer), 1, 3,         MSG("Answer"), "", NULL},
};
static const struct field invite_fields[] = {
    {"email", FIELD_EMAIL, FIELD_TEXT_OF(struct invite_form, email), 3, 254, MSG("Her e-mail address"), MSG("If she takes part in the programme, she gets a letter."), NULL},
};
static const struct field person_fields[] = {
    {"person", FIELD_INTEGER, FIELD_INT_OF(struct person_form, person), 0, INT64_MAX, MSG("Person"), "", NULL},
};
// clang-format on
static const struct shape join_shape = SHAPE(struct join_form, join_fields);
static const struct shape answer_shape = SHAPE(struct answer_form, answer_fields);
static const struct shape invite_shape = SHAPE(struct invite_form, invite_fields);
static const struct shape person_shape = SHAPE(struct person_form, person_fields);

// ---- joining ---------------------------------------------------------------------------------

static enum rc load_join(struct req *req)
{
    struct circle_view *view = NULL;
    TRY(circle_make_view(req, &join_shape, &view));
    bool invited = strcmp(view->circle.mine, "invited") == 0;
    bool may = view->net.member || view->net.staff;
    return may && (invited || strcmp(view->circle.joining, "invite") != 0) ? RC_OK : RC_NOT_FOUND;
}

static void write_join(struct html *html, struct req *req)
{
    page_circle_join(html, req->view);
}

static const struct app_letter letter_asked = {
    MSG("Somebody asks to join the circle {2}"),
    {MSG("Hello {0},"), MSG("{3} asks to join the circle {2}. Answer here:"), "{1}", NULL}
};
static const struct app_letter letter_joined = {
    MSG("{3} has joined the circle {2}"),
    {MSG("Hello {0},"), MSG("{3} has joined the circle {2}. Say hello:"), "{1}", NULL}
};

static enum rc tell_lead(struct req *req, const struct circle *circle,
                         const struct app_letter *letter)
{
    const struct app_place at = app_here(req);
    const char *page = arena_printf(req->arena, "/circles/%lld", (long long)circle->id);
    const struct notice notice = {
        .letter = letter, .page = page, .title = circle->title, .value = req->actor.name};
    return page == NULL ? RC_NO_MEMORY : network_tell(&at, circle->lead, &notice);
}

// Takes a place, or else one in the queue. Whoever may not be in it with a member only waits.
static enum rc take_place(struct req *req, const struct circle *circle)
{
    const struct app_place at = app_here(req);
    int64_t me = req->actor.person;
    if (circle_free(circle) == 0) {
        TRY(circle_set_member(&at, circle->id, me, "waiting", ""));
        return circle_go(
            req, circle->id,
            MSG("The circle is full. You are on its waiting list, and get a letter when "
                "a place is free."),
            "");
    }
    TRY(circle_set_member(&at, circle->id, me, "member", ""));
    TRY(circle_invite_all(&at, circle, "REQUEST", me));
    if (circle->lead != me)
        TRY(tell_lead(req, circle, &letter_joined));
    return circle_go(req, circle->id, MSG("You are in. Read the agreement, and see when you meet."),
                     "");
}

static enum rc act_join(struct req *req)
{
    const struct join_form *in = req->in;
    const struct app_place at = app_here(req);
    struct circle_view *view = NULL;
    TRY(circle_make_view(req, &join_shape, &view));
    const struct circle *c = &view->circle;
    if (!view->net.member && !view->net.staff)
        return RC_NOT_FOUND;
    bool invited = strcmp(c->mine, "invited") == 0;
    bool waits = strcmp(c->mine, "waiting") == 0 || strcmp(c->mine, "asked") == 0;
    if (!view->open || view->in || waits)
        return RC_EXISTS;
    if (invited || strcmp(c->joining, "open") == 0)
        return take_place(req, c);
    if (strcmp(c->joining, "invite") == 0)
        return RC_NOT_FOUND;
    TRY(circle_set_member(&at, c->id, view->net.me, "asked", in->words));
    if (c->apart == 0)
        TRY(tell_lead(req, c, &letter_asked));
    return circle_go(req, c->id, MSG("You have asked. Whoever leads it answers you by letter."),
                     "");
}

static const struct app_letter letter_yes = {
    MSG("You are in the circle {2}"),
    {MSG("Hello {0},"),
                                   MSG("whoever leads the circle {2} has said yes. Read its agreement, and see when it meets:"),
                                   "{1}", NULL}
};
static const struct app_letter letter_no = {
    MSG("The circle {2}"),
    {MSG("Hello {0},"),
                        MSG("whoever leads the circle {2} can't take you in this time. It is no judgement of you. Other circles are here:"),
                        "{1}", NULL}
};

static enum rc act_answer(struct req *req)
{
    const struct answer_form *in = req->in;
    const struct app_place at = app_here(req);
    struct circle_view *view = NULL;
    struct circle hers;
    TRY(circle_act(req, CIRCLE_MANAGES, &view));
    TRY(circle_find(req->tx, req->arena, view->circle.id, in->person, &hers));
    if (strcmp(hers.mine, "asked") != 0 || hers.apart == 1)
        return RC_EXISTS;
    bool yes = strcmp(in->answer, "yes") == 0;
    bool full = circle_free(&hers) == 0;
    const char *page =
        yes ? arena_printf(req->arena, "/circles/%lld", (long long)hers.id)
            : arena_printf(req->arena, "/cohorts/%lld/circles", (long long)hers.cohort);
    const struct notice notice = {
        .letter = yes ? &letter_yes : &letter_no, .page = page, .title = hers.title};
    if (page == NULL)
        return RC_NO_MEMORY;
    TRY(circle_set_member(&at, hers.id, in->person,
                          !yes   ? "refused"
                          : full ? "waiting"
                                 : "member",
                          ""));
    if (yes && full)
        return circle_go(req, hers.id, MSG("The circle is full: she is on the waiting list."), "");
    TRY(network_tell(&at, in->person, &notice));
    if (yes)
        TRY(circle_invite_all(&at, &hers, "REQUEST", in->person));
    return circle_go(req, hers.id, yes ? MSG("She is in.") : MSG("She is told kindly."), "");
}

// ---- inviting --------------------------------------------------------------------------------

static enum rc load_invite(struct req *req)
{
    struct circle_view *view = NULL;
    TRY(circle_make_part(req, CIRCLE_LEADS, &invite_shape, &view));
    TRY(circle_members(req->tx, req->arena, view->circle.id, "invited", &view->invited,
                       &view->invited_count));
    return view->open ? RC_OK : RC_EXISTS;
}

static void write_invite(struct html *html, struct req *req)
{
    page_circle_invite(html, req->view);
}

static const struct app_letter letter_invited = {
    MSG("You are invited to the circle {2}"),
    {MSG("Hello {0},"),
                                           MSG("{3} invites you to the circle {2}. See what it is about, and join if you like:"), "{1}",
                                           NULL}
};

// The same answer to every address, so that nobody learns from it who takes part or who avoids
// whom.
static enum rc act_invite(struct req *req)
{
    enum { INVITED_MOST = 40 };
    const struct invite_form *in = req->in;
    const struct app_place at = app_here(req);
    struct circle_view *view = NULL;
    struct account account;
    struct circle hers;
    bool has = false;
    TRY(circle_act(req, CIRCLE_LEADS, &view));
    TRY(circle_members(req->tx, req->arena, view->circle.id, "invited", &view->invited,
                       &view->invited_count));
    if (view->invited_count >= INVITED_MOST)
        return form_refuse(&req->form, "email", MSG("Forty people are invited already"));
    enum rc rc = account_find(req->tx, req->arena, in->email, &account);
    if (rc == RC_OK)
        TRY(network_has(req->tx, req->arena, view->circle.cohort, account.id, &has));
    else if (rc != RC_NOT_FOUND)
        return rc;
    if (has) {
        TRY(circle_find(req->tx, req->arena, view->circle.id, account.id, &hers));
        const char *page = arena_printf(req->arena, "/circles/%lld", (long long)hers.id);
        const struct notice notice = {
            .letter = &letter_invited, .page = page, .title = hers.title, .value = req->actor.name};
        bool asked = strcmp(hers.mine, "") != 0 && strcmp(hers.mine, "left") != 0 &&
                     strcmp(hers.mine, "refused") != 0;
        if (!asked && hers.apart == 0) {
            TRY(circle_set_member(&at, hers.id, account.id, "invited", ""));
            TRY(page == NULL ? RC_NO_MEMORY : network_tell(&at, account.id, &notice));
        }
    }
    return circle_go(req, view->circle.id,
                     MSG("If she takes part in the programme, she gets a letter."), "/invite");
}

// ---- leaving and leading -----------------------------------------------------------------------

static enum rc load_leave(struct req *req)
{
    struct circle_view *view = NULL;
    TRY(circle_make_view(req, NULL, &view));
    return strcmp(view->circle.mine, "") == 0 || strcmp(view->circle.mine, "left") == 0
               ? RC_NOT_FOUND
               : RC_OK;
}

static void write_leave(struct html *html, struct req *req)
{
    page_circle_leave(html, req->view);
}

static enum rc act_leave(struct req *req)
{
    const struct app_place at = app_here(req);
    struct circle_view *view = NULL;
    TRY(load_leave(req));
    view = req->view;
    TRY(circle_leave(&at, view->circle.id, view->net.me));
    return req_go(req, MSG("You have left the circle."), "/cohorts/%lld/circles",
                  (long long)view->circle.cohort);
}

static enum rc load_lead(struct req *req)
{
    struct circle_view *view = NULL;
    TRY(circle_make_part(req, CIRCLE_MANAGES, &person_shape, &view));
    return circle_members(req->tx, req->arena, view->circle.id, "member", &view->members,
                          &view->member_count);
}

static void write_lead(struct html *html, struct req *req)
{
    page_circle_lead(html, req->view);
}

static const struct app_letter letter_colead = {
    MSG("You lead the circle {2} with {3}"),
    {MSG("Hello {0},"),
                                          MSG("{3} asks you to lead the circle {2} together. If you don't want to, say so to each other, or leave it there:"),
                                          "{1}", NULL}
};

// Names who leads with her; person 0: nobody.
static enum rc act_colead(struct req *req)
{
    const struct person_form *in = req->in;
    const struct app_place at = app_here(req);
    struct circle_view *view = NULL;
    struct circle hers;
    TRY(circle_act(req, CIRCLE_MANAGES, &view));
    if (in->person != 0) {
        TRY(circle_find(req->tx, req->arena, view->circle.id, in->person, &hers));
        if (strcmp(hers.mine, "member") != 0 || in->person == view->circle.lead)
            return form_refuse(&req->form, "person",
                               MSG("Choose a member who does not lead it yet"));
    }
    view->circle.colead = in->person;
    TRY(circle_update(&at, &view->circle));
    const char *page = arena_printf(req->arena, "/circles/%lld", (long long)view->circle.id);
    const struct notice notice = {.letter = &letter_colead,
                                  .page = page,
                                  .title = view->circle.title,
                                  .value = req->actor.name};
    if (page == NULL)
        return RC_NO_MEMORY;
    if (in->person != 0)
        TRY(network_tell(&at, in->person, &notice));
    return circle_go(req, view->circle.id, MSG("It is kept."), "");
}

// Whoever leads it hands it to the one who leads with her.
static enum rc act_swap(struct req *req)
{
    const struct app_place at = app_here(req);
    struct circle_view *view = NULL;
    TRY(circle_act(req, CIRCLE_LEADS, &view));
    struct circle *c = &view->circle;
    int64_t lead = c->lead;
    if (c->colead == 0)
        return RC_EXISTS;
    c->lead = c->colead;
    c->colead = lead;
    TRY(circle_update(&at, c));
    return circle_go(req, c->id, MSG("It is kept."), "");
}

// Nobody leads it: a member takes over. The first who presses does.
static enum rc act_take_over(struct req *req)
{
    const struct app_place at = app_here(req);
    struct circle_view *view = NULL;
    TRY(circle_act(req, CIRCLE_IN, &view));
    if (view->circle.ends_at == 0)
        return RC_EXISTS;
    view->circle.lead = view->net.me;
    view->circle.colead = 0;
    view->circle.ends_at = 0;
    TRY(circle_update(&at, &view->circle));
    return circle_go(req, view->circle.id, MSG("You lead the circle now. Thank you!"), "");
}

static enum rc load_show(struct req *req)
{
    struct circle_view *view = NULL;
    return circle_make_view(req, NULL, &view);
}

// clang-format off
const struct route circle_member_routes[] = {
    {WEB_GET,  "/circles/:circle/join",      CAN_JOIN, NULL,          NULL, NULL,          load_join,   write_join,   MSG("Join the circle")},
    {WEB_POST, "/circles/:circle/join",      CAN_JOIN, &join_shape,   NULL, act_join,      load_join,   write_join,   MSG("Join the circle")},
    {WEB_POST, "/circles/:circle/answer",    CAN_JOIN, &answer_shape, NULL, act_answer,    load_lead,   write_lead,   MSG("Answer who asks to join")},
    {WEB_GET,  "/circles/:circle/invite",    CAN_JOIN, NULL,          NULL, NULL,          load_invite, write_invite, MSG("Invite to the circle")},
    {WEB_POST, "/circles/:circle/invite",    CAN_JOIN, &invite_shape, NULL, act_invite,    load_invite, write_invite, MSG("Invite to the circle")},
    {WEB_GET,  "/circles/:circle/leave",     CAN_JOIN, NULL,          NULL, NULL,          load_leave,  write_leave,  MSG("Leave the circle")},
    {WEB_POST, "/circles/:circle/leave",     CAN_JOIN, NULL,          NULL, act_leave,     load_leave,  write_leave,  MSG("Leave the circle")},
    {WEB_GET,  "/circles/:circle/lead",      CAN_JOIN, NULL,          NULL, NULL,          load_lead,   write_lead,   MSG("Who leads the circle")},
    {WEB_POST, "/circles/:circle/lead",      CAN_JOIN, &person_shape, NULL, act_colead,    load_lead,   write_lead,   MSG("Who leads the circle")},
    {WEB_POST, "/circles/:circle/lead/swap", CAN_JOIN, NULL,          NULL, act_swap,      load_lead,   write_lead,   MSG("Hand the circle on")},
    {WEB_POST, "/circles/:circle/lead/take", CAN_JOIN, NULL,          NULL, act_take_over, load_show,   write_lead,   MSG("Lead the circle")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
