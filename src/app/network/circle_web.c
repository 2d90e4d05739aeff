// SPDX-License-Identifier: Apache-2.0
//
// Why: finding a circle, beginning one, changing it, and ending it.
#include <stdlib.h>
#include <string.h>

#include "app/enrolment/enrolment.h"
#include "app/network/circle_page.h"
#include "app/network/network.h"
#include "app_network_circle.html.h"

enum { CIRCLES_OF_ONE = 3 }; // open circles that one may lead, unless she runs the cohort

struct circle_form {
    const char *title;
    const char *topic;
    const char *about;
    int64_t capacity;
    const char *joining;
    const char *visibility;
};
struct close_form {
    const char *reason;
    int64_t sure;
};
struct merge_form {
    int64_t into;
};
struct take_form {
    int64_t from;
    const char *answer;
};

// clang-format off
const struct field_option circle_joinings[] = {
    {"open",   MSG("Anyone in the programme may join")},
    {"ask",    MSG("People ask, and whoever leads decides")},
    {"invite", MSG("Only who is invited")}, {NULL, NULL},
};
const struct field_option circle_visibilities[] = {
    {"listed", MSG("People in the programme")},
    {"public", MSG("Everybody: visitors see the title, the topic and how many places are free")},
    {"hidden", MSG("Only members and who is invited")}, {NULL, NULL},
};
static const struct field circle_fields[] = {
    {"title",      FIELD_LINE,    FIELD_TEXT_OF(struct circle_form, title),      3, 100,  MSG("Name of the circle"), "", NULL},
    {"about",      FIELD_TEXT,    FIELD_TEXT_OF(struct circle_form, about),      1, 2000, MSG("What it is about"), MSG("For whom it is, and what you want to do together."), NULL},
    {"capacity",   FIELD_INTEGER, FIELD_INT_OF(struct circle_form, capacity),    CIRCLE_LEAST, CIRCLE_MOST, MSG("Places"), MSG("3 to 8 people talk best; 20 at most. Whoever leads has one of the places."), NULL},
    {"joining",    FIELD_ONE,     FIELD_TEXT_OF(struct circle_form, joining),    1, 1,    MSG("Who may join?"), "", circle_joinings},
    {"visibility", FIELD_ONE,     FIELD_TEXT_OF(struct circle_form, visibility), 1, 1,    MSG("Who sees that it exists?"), "", circle_visibilities},
    {"topic",      FIELD_ONE,     FIELD_TEXT_OF(struct circle_form, topic),      1, 1,    MSG("Topic"), "", enrolment_topics},
};
static const struct field close_fields[] = {
    {"reason", FIELD_TEXT, FIELD_TEXT_OF(struct close_form, reason), 1, 1000, MSG("Words for the members"), "", NULL},
    {"sure",   FIELD_TICK, FIELD_INT_OF(struct close_form, sure),    1, 1,    MSG("Yes, end the circle"), MSG("This can't be undone. Meetings to come are called off."), NULL},
};
static const struct field merge_fields[] = {
    {"into", FIELD_INTEGER, FIELD_INT_OF(struct merge_form, into), 0, INT64_MAX, MSG("Circle"), "", NULL},
};
static const struct field take_fields[] = {
    {"from",   FIELD_INTEGER, FIELD_INT_OF(struct take_form, from),    1, INT64_MAX, MSG("Circle"), "", NULL},
    {"answer", FIELD_HIDDEN,  FIELD_TEXT_OF(struct take_form, answer), 1, 3, MSG("Answer"), "", NULL},
};
// clang-format on
static const struct shape circle_shape = SHAPE(struct circle_form, circle_fields);
static const struct shape close_shape = SHAPE(struct close_form, close_fields);
static const struct shape merge_shape = SHAPE(struct merge_form, merge_fields);
static const struct shape take_shape = SHAPE(struct take_form, take_fields);

// ---- views -----------------------------------------------------------------------------------

static enum rc new_view(struct req *req, const struct shape *shape, struct circle_view **ret_view)
{
    struct circle_view *view = ARENA_NEW(req->arena, struct circle_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->shape = shape;
    view->action = req_path(req);
    view->id = req_param(req, "circle");
    view->now_us = req->now_us;
    view->topic = "";
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc circle_make_view(struct req *req, const struct shape *shape, struct circle_view **ret_view)
{
    struct circle_view *view = NULL;
    TRY(new_view(req, shape, &view));
    TRY(circle_find(req->tx, req->arena, req_id(req, "circle"), req->actor.person, &view->circle));
    TRY(network_look(req, view->circle.cohort, &view->net));
    struct circle *c = &view->circle;
    if (c->apart == 1 && strcmp(c->mine, "invited") == 0)
        c->mine = "";
    bool known = strcmp(c->mine, "") != 0 && strcmp(c->mine, "left") != 0;
    view->in = strcmp(c->mine, "member") == 0;
    view->open = strcmp(c->state, "open") == 0;
    view->leads =
        view->in && (c->lead == view->net.me || c->colead == view->net.me) && c->ends_at == 0;
    view->manages = view->leads || view->net.staff;
    view->knows = view->in || view->net.staff || view->net.member;
    bool listed = strcmp(c->visibility, "listed") == 0 && view->net.member;
    bool shown = strcmp(c->visibility, "public") == 0 || listed || (known && view->net.member);
    if (!view->in && !view->net.staff && (!shown || !view->open))
        return RC_NOT_FOUND;
    *ret_view = view;
    return RC_OK;
}

enum rc circle_make_part(struct req *req, enum circle_part part, const struct shape *shape,
                         struct circle_view **ret_view)
{
    struct circle_view *view = NULL;
    TRY(circle_make_view(req, shape, &view));
    bool has = part == CIRCLE_IN ? view->in : part == CIRCLE_LEADS ? view->leads : view->manages;
    *ret_view = view;
    return has ? RC_OK : RC_NOT_FOUND;
}

enum rc circle_act(struct req *req, enum circle_part part, struct circle_view **ret_view)
{
    TRY(circle_make_part(req, part, NULL, ret_view));
    return (*ret_view)->open ? RC_OK : RC_EXISTS;
}

enum rc circle_go(struct req *req, int64_t circle, const char *said, const char *page)
{
    return req_go(req, said, "/circles/%lld%s", (long long)circle, page);
}

// ---- the list --------------------------------------------------------------------------------

static enum rc find_next(struct req *req, struct circle_view *view)
{
    const char *topic = web_encode(req->arena, view->topic);
    const char *after = web_encode(req->arena, view->circles[CIRCLES_A_PAGE - 1].title);
    if (topic == NULL || after == NULL)
        return RC_NO_MEMORY;
    view->next = arena_printf(req->arena, "/cohorts/%lld/circles?topic=%s&after=%s",
                              (long long)view->net.cohort.id, topic, after);
    return view->next == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc load_circles(struct req *req)
{
    struct circle_view *view = NULL;
    const char *topic = form_value(&req->form, "topic");
    const char *after = form_value(&req->form, "after");
    TRY(new_view(req, NULL, &view));
    TRY(network_look(req, req_id(req, "cohort"), &view->net));
    view->topic = topic == NULL ? "" : topic;
    TRY(circle_list(req, &view->net, view->topic, after == NULL ? "" : after, &view->circles,
                    &view->circle_count));
    for (size_t k = 0; k < view->circle_count; k++)
        if (view->circles[k].apart == 1 && strcmp(view->circles[k].mine, "invited") == 0)
            view->circles[k].mine = "";
    if (view->circle_count == CIRCLES_A_PAGE)
        TRY(find_next(req, view));
    view->may_begin = view->net.member || view->net.staff;
    return RC_OK;
}

static void write_circles(struct html *html, struct req *req)
{
    page_circles(html, req->view);
}

// ---- beginning and changing ------------------------------------------------------------------

static enum rc load_new(struct req *req)
{
    struct circle_view *view = NULL;
    TRY(new_view(req, &circle_shape, &view));
    TRY(network_enter(req, req_id(req, "cohort"), &view->net));
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    const struct circle_form now = {"", "", "", CIRCLE_USUAL, "open", "listed"};
    return shape_show(&circle_shape, &req->form, &now);
}

static void write_new(struct html *html, struct req *req)
{
    page_circle_new(html, req->view);
}

static enum rc act_new(struct req *req)
{
    const struct circle_form *in = req->in;
    const struct app_place at = app_here(req);
    struct network net;
    int64_t led = 0;
    TRY(network_enter(req, req_id(req, "cohort"), &net));
    TRY(circle_count_led(req, &net, &led));
    if (!net.staff && led >= CIRCLES_OF_ONE)
        return form_refuse(&req->form, "title",
                           MSG("You lead three circles already. Hand one on, or end it first"));
    struct circle circle = {.cohort = net.cohort.id,
                            .title = in->title,
                            .topic = in->topic,
                            .about = in->about,
                            .lead = net.me,
                            .capacity = in->capacity,
                            .joining = in->joining,
                            .visibility = in->visibility};
    TRY(circle_add(&at, &circle));
    return circle_go(req, circle.id,
                     MSG("The circle is there. Now invite people, or plan when you meet."), "");
}

static enum rc load_edit(struct req *req)
{
    struct circle_view *view = NULL;
    TRY(circle_make_part(req, CIRCLE_MANAGES, &circle_shape, &view));
    if (!view->open)
        return RC_EXISTS;
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    const struct circle *c = &view->circle;
    const struct circle_form now = {c->title,    c->topic,   c->about,
                                    c->capacity, c->joining, c->visibility};
    return shape_edit(&circle_shape, &req->form, &now);
}

static void write_edit(struct html *html, struct req *req)
{
    page_circle_edit(html, req->view);
}

static enum rc act_edit(struct req *req)
{
    const struct circle_form *in = req->in;
    const struct app_place at = app_here(req);
    struct circle_view *view = NULL;
    TRY(circle_act(req, CIRCLE_MANAGES, &view));
    struct circle *c = &view->circle;
    if (in->capacity < c->members)
        return form_refuse(&req->form, "capacity", MSG("There are more people in it than that"));
    c->title = in->title;
    c->topic = in->topic;
    c->about = in->about;
    c->capacity = in->capacity;
    c->joining = in->joining;
    c->visibility = in->visibility;
    TRY(circle_update(&at, c));
    TRY(circle_fill(&at, c->id));
    return circle_go(req, c->id, MSG("It is kept."), "");
}

// ---- one circle ------------------------------------------------------------------------------

// What whoever leads has to see to. Who must be kept apart from a member is not among it.
static enum rc load_waiting(struct req *req, struct circle_view *view)
{
    size_t kept = 0;
    TRY(circle_members(req->tx, req->arena, view->circle.id, "asked", &view->asked,
                       &view->asked_count));
    for (size_t k = 0; k < view->asked_count; k++)
        if (view->asked[k].apart == 0)
            view->asked[kept++] = view->asked[k];
    view->asked_count = kept;
    TRY(circle_members(req->tx, req->arena, view->circle.id, "invited", &view->invited,
                       &view->invited_count));
    return circle_askers(req, view->circle.id, &view->askers, &view->asker_count);
}

// Those to come first, the next one on top; then those that were, the newest on top.
static void order_meetings(struct circle_view *view)
{
    size_t coming = 0;
    while (coming < view->meeting_count && view->meetings[coming].at > view->now_us)
        coming++;
    for (size_t k = 0; k < coming / 2; k++) {
        struct circle_meeting held = view->meetings[k];
        view->meetings[k] = view->meetings[coming - 1 - k];
        view->meetings[coming - 1 - k] = held;
    }
}

static enum rc load_circle(struct req *req)
{
    struct circle_view *view = NULL;
    TRY(circle_make_view(req, NULL, &view));
    req->title = view->circle.title;
    if (view->manages)
        TRY(load_waiting(req, view));
    if (!view->in && !view->net.staff)
        return RC_OK;
    TRY(circle_members(req->tx, req->arena, view->circle.id, "member", &view->members,
                       &view->member_count));
    TRY(circle_agreement_now(req, view->circle.id, &view->agreement));
    TRY(circle_meetings(req->tx, req->arena, view->circle.id, &view->meetings,
                        &view->meeting_count));
    order_meetings(view);
    TRY(circle_step_next(req->tx, req->arena, view->circle.id, &view->step));
    if (!view->leads || view->step.id != 0)
        return RC_OK;
    TRY(circle_steps(req->tx, req->arena, view->circle.id, "", &view->steps, &view->step_count));
    view->steps_done = view->step_count; // none is open: all are done, or there is no plan
    return RC_OK;
}

static void write_circle(struct html *html, struct req *req)
{
    page_circle(html, req->view);
}

// ---- ending and merging ------------------------------------------------------------------------

static enum rc load_close(struct req *req)
{
    struct circle_view *view = NULL;
    TRY(circle_make_part(req, CIRCLE_MANAGES, &close_shape, &view));
    return view->open ? RC_OK : RC_EXISTS;
}

static void write_close(struct html *html, struct req *req)
{
    page_circle_close(html, req->view);
}

static enum rc act_close(struct req *req)
{
    const struct close_form *in = req->in;
    const struct app_place at = app_here(req);
    struct circle_view *view = NULL;
    TRY(circle_act(req, CIRCLE_MANAGES, &view));
    TRY(circle_end(&at, &view->circle, "closed", in->reason));
    return req_go(req, MSG("The circle has ended. Everybody in it gets a letter."),
                  "/cohorts/%lld/circles", (long long)view->circle.cohort);
}

// Open circles with enough places, those of the same topic first as they were listed.
static enum rc load_merge(struct req *req)
{
    struct circle_view *view = NULL;
    size_t kept = 0;
    TRY(circle_make_part(req, CIRCLE_LEADS, &merge_shape, &view));
    if (!view->open)
        return RC_EXISTS;
    TRY(circle_list(req, &view->net, "", "", &view->circles, &view->circle_count));
    for (size_t k = 0; k < view->circle_count; k++)
        if (view->circles[k].id != view->circle.id &&
            circle_free(&view->circles[k]) >= view->circle.members)
            view->circles[kept++] = view->circles[k];
    view->circle_count = kept;
    return RC_OK;
}

static void write_merge(struct html *html, struct req *req)
{
    page_circle_merge(html, req->view);
}

static const struct app_letter letter_merge = {
    MSG("The circle {3} asks to join {2}"),
    {MSG("Hello {0},"),
                                         MSG("the circle {3} has become small, and asks to go on together with {2}, which you lead. Say yes or no here:"),
                                         "{1}", NULL}
};

static enum rc act_merge(struct req *req)
{
    const struct merge_form *in = req->in;
    const struct app_place at = app_here(req);
    struct circle_view *view = NULL;
    struct circle into;
    TRY(circle_act(req, CIRCLE_LEADS, &view));
    view->circle.merge_into = in->into;
    if (in->into == 0) {
        TRY(circle_update(&at, &view->circle));
        return circle_go(req, view->circle.id, MSG("You go on as you are."), "");
    }
    TRY(circle_find(req->tx, req->arena, in->into, view->net.me, &into));
    bool hidden = strcmp(into.visibility, "hidden") == 0 && strcmp(into.mine, "member") != 0;
    if (into.cohort != view->circle.cohort || into.id == view->circle.id || hidden)
        return RC_NOT_FOUND;
    if (strcmp(into.state, "open") != 0)
        return RC_EXISTS;
    TRY(circle_update(&at, &view->circle));
    const char *page = arena_printf(req->arena, "/circles/%lld", (long long)into.id);
    const struct notice notice = {
        .letter = &letter_merge, .page = page, .title = into.title, .value = view->circle.title};
    TRY(page == NULL ? RC_NO_MEMORY : network_tell(&at, into.lead, &notice));
    return circle_go(req, view->circle.id, MSG("The other circle is asked."), "");
}

static const struct app_letter letter_not_merged = {
    MSG("{3} goes on without {2}"),
    {MSG("Hello {0},"),
                                 MSG("the circle {3} can't take yours in now. Ask another, invite people, or go on as you are:"),
                                 "{1}", NULL}
};

static enum rc load_taking(struct req *req)
{
    TRY(load_circle(req));
    const struct circle_view *view = req->view;
    return view->manages ? RC_OK : RC_NOT_FOUND;
}

static enum rc act_take(struct req *req)
{
    const struct take_form *in = req->in;
    const struct app_place at = app_here(req);
    struct circle_view *view = NULL;
    struct circle from;
    TRY(circle_act(req, CIRCLE_MANAGES, &view));
    TRY(circle_find(req->tx, req->arena, in->from, view->net.me, &from));
    if (from.merge_into != view->circle.id || strcmp(from.state, "open") != 0)
        return RC_EXISTS;
    if (strcmp(in->answer, "yes") == 0) {
        enum rc rc = circle_merge(&at, &from, &view->circle);
        if (rc == RC_LIMIT)
            return circle_go(req, view->circle.id,
                             MSG("There are not enough places. Give the circle more first."), "");
        TRY(rc);
        return circle_go(req, view->circle.id, MSG("You are one circle now."), "");
    }
    from.merge_into = 0;
    TRY(circle_update(&at, &from));
    const char *page = arena_printf(req->arena, "/circles/%lld", (long long)from.id);
    const struct notice notice = {.letter = &letter_not_merged,
                                  .page = page,
                                  .title = from.title,
                                  .value = view->circle.title};
    TRY(page == NULL ? RC_NO_MEMORY : network_tell(&at, from.lead, &notice));
    return circle_go(req, view->circle.id, MSG("They are told kindly."), "");
}

// clang-format off
const struct route circle_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/circles",     CAN_VISIT, NULL,          NULL, NULL,      load_circles, write_circles, MSG("Circles"), &circles_out, .query = "topic after"},
    {WEB_GET,  "/cohorts/:cohort/circles/new", CAN_JOIN,  NULL,          NULL, NULL,      load_new,     write_new,     MSG("Begin a circle")},
    {WEB_POST, "/cohorts/:cohort/circles/new", CAN_JOIN,  &circle_shape, NULL, act_new,   load_new,     write_new,     MSG("Begin a circle")},
    {WEB_GET,  "/circles/:circle",             CAN_VISIT, NULL,          NULL, NULL,      load_circle,  write_circle,  MSG("A circle"), &circle_out},
    {WEB_GET,  "/circles/:circle/edit",        CAN_JOIN,  NULL,          NULL, NULL,      load_edit,    write_edit,    MSG("Change the circle"), .out = &web_out_form},
    {WEB_POST, "/circles/:circle/edit",        CAN_JOIN,  &circle_shape, NULL, act_edit,  load_edit,    write_edit,    MSG("Change the circle")},
    {WEB_GET,  "/circles/:circle/close",       CAN_JOIN,  NULL,          NULL, NULL,      load_close,   write_close,   MSG("End the circle")},
    {WEB_POST, "/circles/:circle/close",       CAN_JOIN,  &close_shape,  NULL, act_close, load_close,   write_close,   MSG("End the circle")},
    {WEB_GET,  "/circles/:circle/merge",       CAN_JOIN,  NULL,          NULL, NULL,      load_merge,   write_merge,   MSG("Go on with another circle")},
    {WEB_POST, "/circles/:circle/merge",       CAN_JOIN,  &merge_shape,  NULL, act_merge, load_merge,   write_merge,   MSG("Go on with another circle")},
    {WEB_POST, "/circles/:circle/take",        CAN_JOIN,  &take_shape,   NULL, act_take,  load_taking,  write_circle,  MSG("Take a circle in")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
