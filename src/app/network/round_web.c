// SPDX-License-Identifier: Apache-2.0
//
// Why: whom I meet this time, whether I want to, and when rounds are.
#include <string.h>

#include "app/network/network.h"
#include "app/network/network_page.h"
#include "app/pair/pair_meet.h"
#include "app_network_round.html.h"

struct wish_form {
    int64_t wants;
};
struct plan_form {
    int64_t weeks;
    const char *day;
    const char *prompt;
};
struct met_form {
    int64_t round;
};

// clang-format off
static const struct field wish_fields[] = {
    {"wants", FIELD_INTEGER, FIELD_INT_OF(struct wish_form, wants), 0, 1, MSG("I want to meet others in rounds"), "", NULL},
};
static const struct field plan_fields[] = {
    {"weeks",  FIELD_INTEGER, FIELD_INT_OF(struct plan_form, weeks),   0, 12,  MSG("A round every so many weeks"), MSG("0: there are none."), NULL},
    {"day",    FIELD_DAY,     FIELD_TEXT_OF(struct plan_form, day),    0, 10,  MSG("The next one is on"), MSG("It is made at 9 in the morning in your zone."), NULL},
    {"prompt", FIELD_TEXT,    FIELD_TEXT_OF(struct plan_form, prompt), 0, 500, MSG("Something to talk about"), MSG("Two or three questions help people to begin."), NULL},
};
static const struct field met_fields[] = {
    {"round", FIELD_INTEGER, FIELD_INT_OF(struct met_form, round), 1, INT64_MAX, MSG("Round"), "", NULL},
};
// clang-format on
static const struct shape wish_shape = SHAPE(struct wish_form, wish_fields);
static const struct shape plan_shape = SHAPE(struct plan_form, plan_fields);
static const struct shape met_shape = SHAPE(struct met_form, met_fields);

// The newest round, if she is in it.
static enum rc load_now(struct req *req, struct network_view *view)
{
    if (view->round_count == 0 || view->rounds[0].team == 0)
        return RC_OK;
    view->now = &view->rounds[0];
    TRY(round_mates(req->tx, req->arena, view->now->id, view->net.me, &view->mates,
                    &view->mate_count));
    const struct app_place at = app_here(req);
    const struct round_team team = {view->mates, view->mate_count};
    return round_times(&at, view->net.cohort.id, view->net.me, &team, view->times,
                       &view->time_count);
}

static enum rc show_plan(struct req *req, const struct network_view *view)
{
    const char *time = app_time_in(req->arena, view->plan.next_at, view->net.zone);
    const char *day = time == NULL ? NULL : arena_strndup(req->arena, time, 10);
    if (day == NULL)
        return RC_NO_MEMORY;
    const struct plan_form now = {view->plan.weeks, view->plan.weeks == 0 ? "" : day,
                                  view->plan.prompt};
    return shape_edit(&plan_shape, &req->form, &now);
}

static enum rc load_rounds(struct req *req)
{
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, &plan_shape, &view));
    int64_t cohort = view->net.cohort.id;
    TRY(round_plan_find(req->tx, req->arena, cohort, &view->plan));
    TRY(round_wishes(req->tx, req->arena, cohort, view->net.me, &view->wishes, &view->wants));
    TRY(round_list(req, cohort, true, &view->rounds, &view->round_count));
    TRY(load_now(req, view));
    if (!view->net.staff)
        return RC_OK;
    TRY(round_list(req, cohort, false, &view->all, &view->all_count));
    return req->http->method == WEB_POST ? RC_OK : show_plan(req, view);
}

static void write_rounds(struct html *html, struct req *req)
{
    page_rounds(html, req->view);
}

static enum rc act_wish(struct req *req)
{
    const struct wish_form *in = req->in;
    const struct app_place at = app_here(req);
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, &plan_shape, &view));
    if (!view->net.member)
        return RC_NOT_FOUND;
    TRY(round_wish_set(&at, view->net.cohort.id, view->net.me, in->wants == 1));
    return req_go(
        req, in->wants == 1 ? MSG("You are in the next round.") : MSG("You are in no more rounds."),
        "/cohorts/%lld/rounds", (long long)view->net.cohort.id);
}

static enum rc act_met(struct req *req)
{
    const struct met_form *in = req->in;
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, &plan_shape, &view));
    TRY(round_met(req, view->net.cohort.id, in->round));
    return req_go(req, MSG("Good that you met."), "/cohorts/%lld/rounds",
                  (long long)view->net.cohort.id);
}

// ---- for those who run it ----------------------------------------------------------------------

static enum rc act_plan(struct req *req)
{
    const struct plan_form *in = req->in;
    struct network_view *view = NULL;
    struct round_plan plan = {in->weeks, 0, in->prompt};
    TRY(network_make_cohort(req, &plan_shape, &view));
    if (in->weeks > 0 &&
        meeting_instant(req->arena, in->day, "09:00", view->net.zone, &plan.next_at) != RC_OK)
        return form_refuse(&req->form, "day", MSG("This is no day"));
    if (in->weeks > 0 &&
        (plan.next_at < req->now_us || plan.next_at > req->now_us + 366 * NETWORK_DAY_US))
        return form_refuse(&req->form, "day", MSG("Choose a day from tomorrow on, within a year"));
    TRY(round_plan_set(req->tx, view->net.cohort.id, &plan));
    return req_go(req, MSG("It is kept."), "/cohorts/%lld/rounds", (long long)view->net.cohort.id);
}

// The job makes it, so that nobody waits on a page.
static enum rc act_now(struct req *req)
{
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, &plan_shape, &view));
    TRY(round_plan_find(req->tx, req->arena, view->net.cohort.id, &view->plan));
    if (view->plan.weeks == 0)
        return RC_EXISTS;
    const char *body = arena_printf(req->arena, "%lld", (long long)view->net.cohort.id);
    TRY(body == NULL ? RC_NO_MEMORY : job_add(req->tx, ROUND_JOB, body, req->now_us, req->now_us));
    return req_go(req, MSG("The round is being made, and everybody in it gets a letter."),
                  "/cohorts/%lld/rounds", (long long)view->net.cohort.id);
}

// clang-format off
const struct route round_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/rounds",      CAN_JOIN,          NULL,        NULL, NULL,     load_rounds, write_rounds, MSG("Rounds"), &rounds_out},
    {WEB_POST, "/cohorts/:cohort/rounds",      CAN_JOIN,          &wish_shape, NULL, act_wish, load_rounds, write_rounds, MSG("Take part in rounds")},
    {WEB_POST, "/cohorts/:cohort/rounds/met",  CAN_JOIN,          &met_shape,  NULL, act_met,  load_rounds, write_rounds, MSG("We have met")},
    {WEB_POST, "/cohorts/:cohort/rounds/plan", CAN_REVIEW_PEOPLE, &plan_shape, NULL, act_plan, load_rounds, write_rounds, MSG("Plan rounds")},
    {WEB_POST, "/cohorts/:cohort/rounds/now",  CAN_REVIEW_PEOPLE, NULL,        NULL, act_now,  load_rounds, write_rounds, MSG("Make a round now")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
