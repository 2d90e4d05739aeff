// SPDX-License-Identifier: Apache-2.0
//
// Why: what a circle agrees on, the goals of its members, and its board.
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/network/circle_page.h"
#include "app/network/network.h"
#include "app/pair/pair_word.h"
#include "app_network_circle_work.html.h"

struct agreement_form {
    const char *goals;
    int64_t cadence;
    const char *channel;
    const char *scheduling;
    const char *privacy;
    int64_t notice;
    const char *ends_on;
    const char *otherwise;
};
struct sign_form {
    int64_t version;
};
struct goal_form {
    const char *title;
    const char *success;
    const char *due;
};
struct end_form {
    const char *state;
};
struct post_form {
    const char *text;
};
struct remove_form {
    const char *reason;
};

// clang-format off
static const struct field agreement_fields[] = {
    {"goals",      FIELD_TEXT,    FIELD_TEXT_OF(struct agreement_form, goals),      1, 2000, MSG("What we want to reach"), MSG("In a few words; the goals have a page of their own."), NULL},
    {"cadence",    FIELD_INTEGER, FIELD_INT_OF(struct agreement_form, cadence),     1, 8,    MSG("We meet every so many weeks"), "", NULL},
    {"channel",    FIELD_LINE,    FIELD_TEXT_OF(struct agreement_form, channel),    1, 200,  MSG("How we meet and write"), MSG("For example: video, and messages here."), NULL},
    {"scheduling", FIELD_LINE,    FIELD_TEXT_OF(struct agreement_form, scheduling), 1, 200,  MSG("Who proposes times?"), "", NULL},
    {"notice",     FIELD_INTEGER, FIELD_INT_OF(struct agreement_form, notice),      1, 168,  MSG("Who cannot come says so this many hours before"), "", NULL},
    {"privacy",    FIELD_TEXT,    FIELD_TEXT_OF(struct agreement_form, privacy),    1, 2000, MSG("What stays between us"), "", NULL},
    {"ends_on",    FIELD_DAY,     FIELD_TEXT_OF(struct agreement_form, ends_on),    1, 10,   MSG("Our last day"), "", NULL},
    {"otherwise",  FIELD_TEXT,    FIELD_TEXT_OF(struct agreement_form, otherwise),  1, 2000, MSG("If it does not work"), "", NULL},
};
static const struct field sign_fields[] = {
    {"version", FIELD_INTEGER, FIELD_INT_OF(struct sign_form, version), 1, 1000, MSG("Version"), "", NULL},
};
static const struct field goal_fields[] = {
    {"title",   FIELD_LINE, FIELD_TEXT_OF(struct goal_form, title),   3, 150,  MSG("My goal"), MSG("Each goal has one owner: you."), NULL},
    {"success", FIELD_TEXT, FIELD_TEXT_OF(struct goal_form, success), 1, 1000, MSG("How we will know that it is reached"), "", NULL},
    {"due",     FIELD_DAY,  FIELD_TEXT_OF(struct goal_form, due),     0, 10,   MSG("By when?"), "", NULL},
};
static const struct field end_fields[] = {
    {"state", FIELD_HIDDEN, FIELD_TEXT_OF(struct end_form, state), 1, 10, MSG("State"), "", NULL},
};
static const struct field post_fields[] = {
    {"text", FIELD_TEXT, FIELD_TEXT_OF(struct post_form, text), 1, 1500, MSG("Write to the circle"), "", NULL},
};
static const struct field remove_fields[] = {
    {"reason", FIELD_TEXT, FIELD_TEXT_OF(struct remove_form, reason), 1, 500, MSG("Why is it removed?"), MSG("Everybody in the circle sees this instead of the words."), NULL},
};
// clang-format on
static const struct shape agreement_shape = SHAPE(struct agreement_form, agreement_fields);
static const struct shape sign_shape = SHAPE(struct sign_form, sign_fields);
static const struct shape goal_shape = SHAPE(struct goal_form, goal_fields);
static const struct shape end_shape = SHAPE(struct end_form, end_fields);
static const struct shape post_shape = SHAPE(struct post_form, post_fields);
static const struct shape remove_shape = SHAPE(struct remove_form, remove_fields);

// ---- the agreement ---------------------------------------------------------------------------

static enum rc load_agreement_with(struct req *req, enum circle_part part)
{
    struct circle_view *view = NULL;
    TRY(circle_make_part(req, part, &agreement_shape, &view));
    TRY(circle_members(req->tx, req->arena, view->circle.id, "member", &view->members,
                       &view->member_count));
    return circle_agreement_now(req, view->circle.id, &view->agreement);
}

static enum rc load_agreement(struct req *req)
{
    return load_agreement_with(req, CIRCLE_IN);
}

static void write_agreement(struct html *html, struct req *req)
{
    page_circle_agreement(html, req->view);
}

// The last day that the programme has, as a day.
static const char *last_day(struct req *req, const struct cohort *cohort)
{
    struct date first;
    char day[DATE_TEXT_BYTES];
    if (date_parse(cohort->starts, &first) != RC_OK)
        return "";
    date_print(date_from_days(date_to_days(first) + 7 * cohort->weeks), day);
    return arena_strndup(req->arena, day, strlen(day));
}

static enum rc load_propose(struct req *req)
{
    TRY(load_agreement_with(req, CIRCLE_LEADS));
    const struct circle_view *view = req->view;
    const struct circle_agreement *a = &view->agreement;
    if (!view->open)
        return RC_EXISTS;
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    struct pair_rules rules; // what the cohort asks of pairs holds for circles too
    TRY(pair_rules_find(req->tx, req->arena, view->net.cohort.id, &rules));
    struct agreement_form now = {
        "",
        view->net.cohort.cadence,
        message_in(req->locale, MSG("Video, and the board of the circle")),
        message_in(req->locale, MSG("Whoever leads the circle")),
        message_in(req->locale, MSG("What we tell each other stays in the circle. Only if somebody "
                                    "is in danger do we tell the people who run the programme.")),
        rules.notice,
        last_day(req, &view->net.cohort),
        message_in(req->locale, MSG("We say so early, to each other or to the people who run the "
                                    "programme. Anyone may leave, and nobody is blamed."))};
    if (a->version > 0)
        now = (struct agreement_form){a->goals,   a->cadence, a->channel, a->scheduling,
                                      a->privacy, a->notice,  a->ends_on, a->otherwise};
    return now.ends_on == NULL ? RC_NO_MEMORY : shape_edit(&agreement_shape, &req->form, &now);
}

static void write_propose(struct html *html, struct req *req)
{
    page_circle_agreement_propose(html, req->view);
}

static const struct app_letter letter_agreement = {
    MSG("The circle {2} has an agreement to sign"),
    {MSG("Hello {0},"),
                                                 MSG("{3} has written down how the circle {2} could work together. Read it, and sign it or talk about it:"),
                                                 "{1}", NULL}
};

static enum rc act_propose(struct req *req)
{
    const struct agreement_form *in = req->in;
    const struct app_place at = app_here(req);
    struct circle_view *view = NULL;
    struct date last;
    TRY(circle_act(req, CIRCLE_LEADS, &view));
    if (date_parse(in->ends_on, &last) != RC_OK)
        return form_refuse(&req->form, "ends_on", MSG("This is no day"));
    int64_t days = date_to_days(last) - date_days_of_seconds(req->now_us / NETWORK_US);
    if (days < 0 || days > 366)
        return form_refuse(&req->form, "ends_on", MSG("Choose a day from today on, within a year"));
    struct circle_agreement a = {.goals = in->goals,
                                 .cadence = in->cadence,
                                 .channel = in->channel,
                                 .scheduling = in->scheduling,
                                 .privacy = in->privacy,
                                 .notice = in->notice,
                                 .ends_on = in->ends_on,
                                 .otherwise = in->otherwise};
    TRY(circle_agreement_add(req, view->circle.id, &a));
    const char *page =
        arena_printf(req->arena, "/circles/%lld/agreement", (long long)view->circle.id);
    const struct notice notice = {.letter = &letter_agreement,
                                  .page = page,
                                  .title = view->circle.title,
                                  .value = req->actor.name};
    TRY(page == NULL ? RC_NO_MEMORY : circle_tell(&at, &view->circle, view->net.me, &notice));
    return circle_go(req, view->circle.id, MSG("You have signed it. Everybody else is asked to."),
                     "/agreement");
}

static enum rc act_sign(struct req *req)
{
    const struct sign_form *in = req->in;
    struct circle_view *view = NULL;
    TRY(circle_act(req, CIRCLE_IN, &view));
    TRY(circle_agreement_sign(req, view->circle.id, in->version));
    return circle_go(req, view->circle.id, MSG("You have signed it."), "/agreement");
}

// ---- goals -----------------------------------------------------------------------------------

static enum rc load_goals(struct req *req)
{
    struct circle_view *view = NULL;
    TRY(circle_make_part(req, CIRCLE_IN, &goal_shape, &view));
    return circle_goals(req->tx, req->arena, view->circle.id, &view->goals, &view->goal_count);
}

static void write_goals(struct html *html, struct req *req)
{
    page_circle_goals(html, req->view);
}

static enum rc act_goal(struct req *req)
{
    enum { GOALS_MOST = 20 };
    const struct goal_form *in = req->in;
    struct circle_view *view = NULL;
    struct date due;
    size_t open = 0;
    TRY(circle_act(req, CIRCLE_IN, &view));
    if (in->due[0] != '\0' && date_parse(in->due, &due) != RC_OK)
        return form_refuse(&req->form, "due", MSG("This is no day"));
    TRY(circle_goals(req->tx, req->arena, view->circle.id, &view->goals, &view->goal_count));
    for (size_t k = 0; k < view->goal_count; k++)
        open += view->goals[k].owner == view->net.me && strcmp(view->goals[k].state, "open") == 0;
    if (open >= GOALS_MOST)
        return form_refuse(&req->form, "title", MSG("Twenty goals are open. End one first"));
    const struct circle_goal goal = {
        .owner = view->net.me, .title = in->title, .success = in->success, .due = in->due};
    TRY(circle_goal_add(req, view->circle.id, &goal));
    return circle_go(req, view->circle.id, MSG("Your goal is there."), "/goals");
}

static enum rc act_goal_end(struct req *req)
{
    const struct end_form *in = req->in;
    struct circle_view *view = NULL;
    bool reached = strcmp(in->state, "reached") == 0;
    TRY(circle_act(req, CIRCLE_IN, &view));
    TRY(circle_goal_end(req, view->circle.id, req_id(req, "goal"),
                        reached ? "reached" : "dropped"));
    return circle_go(req, view->circle.id, reached ? MSG("Well done!") : MSG("It is kept."),
                     "/goals");
}

// ---- the board -------------------------------------------------------------------------------

static enum rc load_board(struct req *req)
{
    struct circle_view *view = NULL;
    TRY(circle_make_part(req, CIRCLE_IN, &post_shape, &view));
    TRY(circle_posts(req->tx, req->arena, view->circle.id, form_number(&req->form, "before"),
                     &view->posts, &view->post_count));
    if (view->post_count == POSTS_A_PAGE)
        TRY(req_next(req, "before", view->posts[POSTS_A_PAGE - 1].id, &view->next));
    return RC_OK;
}

static void write_board(struct html *html, struct req *req)
{
    page_circle_board(html, req->view);
}

static enum rc act_post(struct req *req)
{
    const struct post_form *in = req->in;
    struct circle_view *view = NULL;
    TRY(circle_act(req, CIRCLE_IN, &view));
    enum rc rc = circle_post_add(req, view->circle.id, in->text);
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "text",
                           MSG("You have written twenty times within an hour. Wait a little"));
    TRY(rc);
    return circle_go(req, view->circle.id, MSG("It is on the board."), "/board");
}

// Her own words anyone takes back; those of others only whoever leads, with a reason.
static enum rc load_remove(struct req *req)
{
    struct circle_view *view = NULL;
    TRY(circle_make_part(req, CIRCLE_IN, &remove_shape, &view));
    TRY(circle_post_find(req->tx, req->arena, view->circle.id, req_id(req, "post"), &view->post));
    return view->leads || view->post.person == view->net.me ? RC_OK : RC_NOT_FOUND;
}

static void write_remove(struct html *html, struct req *req)
{
    page_circle_remove(html, req->view);
}

static const struct app_letter letter_removed = {
    MSG("Your words on the board of {2}"),
    {MSG("Hello {0},"),
                                        MSG("whoever leads the circle {2} has taken words of yours off its board, and says:"), "{3}",
                                        "{1}", NULL}
};

static enum rc act_remove(struct req *req)
{
    const struct remove_form *in = req->in;
    const struct app_place at = app_here(req);
    TRY(load_remove(req));
    const struct circle_view *view = req->view;
    TRY(circle_post_remove(req, view->circle.id, view->post.id, in->reason));
    const char *page = arena_printf(req->arena, "/circles/%lld/board", (long long)view->circle.id);
    const struct notice notice = {
        .letter = &letter_removed, .page = page, .title = view->circle.title, .value = in->reason};
    if (page == NULL)
        return RC_NO_MEMORY;
    if (view->post.person != view->net.me)
        TRY(network_tell(&at, view->post.person, &notice));
    return circle_go(req, view->circle.id, MSG("It is off the board."), "/board");
}

// clang-format off
const struct route circle_talk_routes[] = {
    {WEB_GET,  "/circles/:circle/agreement",          CAN_JOIN, NULL,             NULL, NULL,         load_agreement, write_agreement, MSG("Agreement of the circle"), &circle_agreement_out},
    {WEB_GET,  "/circles/:circle/agreement/propose",  CAN_JOIN, NULL,             NULL, NULL,         load_propose,   write_propose,   MSG("Write the circle's agreement"), .out = &web_out_form},
    {WEB_POST, "/circles/:circle/agreement/propose",  CAN_JOIN, &agreement_shape, NULL, act_propose,  load_propose,   write_propose,   MSG("Write the circle's agreement")},
    {WEB_POST, "/circles/:circle/agreement/sign",     CAN_JOIN, &sign_shape,      NULL, act_sign,     load_agreement, write_agreement, MSG("Sign the agreement")},
    {WEB_GET,  "/circles/:circle/goals",              CAN_JOIN, NULL,             NULL, NULL,         load_goals,     write_goals,     MSG("Goals of the circle"), &circle_goals_out},
    {WEB_POST, "/circles/:circle/goals",              CAN_JOIN, &goal_shape,      NULL, act_goal,     load_goals,     write_goals,     MSG("Goals of the circle")},
    {WEB_POST, "/circles/:circle/goals/:goal",        CAN_JOIN, &end_shape,       NULL, act_goal_end, load_goals,     write_goals,     MSG("End a goal")},
    {WEB_GET,  "/circles/:circle/board",              CAN_JOIN, NULL,             NULL, NULL,         load_board,     write_board,     MSG("Board of the circle"), &circle_board_out, .query = "before"},
    {WEB_POST, "/circles/:circle/board",              CAN_JOIN, &post_shape,      NULL, act_post,     load_board,     write_board,     MSG("Board of the circle")},
    {WEB_GET,  "/circles/:circle/board/:post/remove", CAN_JOIN, NULL,             NULL, NULL,         load_remove,    write_remove,    MSG("Take words off the board")},
    {WEB_POST, "/circles/:circle/board/:post/remove", CAN_JOIN, &remove_shape,    NULL, act_remove,   load_remove,    write_remove,    MSG("Take words off the board")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
