// SPDX-License-Identifier: Apache-2.0
//
// Why: what the one of a pair may know about the other: what she wrote for her match, what helps
// her to take part where she lets her match see it, and when the two clocks are another distance
// apart.
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/account/account.h"
#include "app/pair/pair_other.h"
#include "app/pair/pair_other_page.h"
#include "app_pair_pair_other.html.h"

enum { US = 1000000 };

static enum rc add_shifts(struct req *req, struct other_view *view)
{
    const struct pair *pair = &view->base.pair;
    struct zone mine;
    struct zone other;
    struct date last;
    struct pair_shift shifts[PAIR_SHIFTS_MAX];
    int32_t usually = 0;
    bool known = zone_load(req->arena, ZONE_FOLDER, pair->zone, &mine) == RC_OK &&
                 zone_load(req->arena, ZONE_FOLDER, pair->other_zone, &other) == RC_OK &&
                 date_parse(pair->ends_on, &last) == RC_OK;
    int64_t today = date_days_of_seconds(req->now_us / US);
    if (!known || date_to_days(last) < today)
        return RC_OK;
    view->shift_count = pair_shifts(&mine, &other, today, date_to_days(last), shifts, &usually);
    view->clocks = true;
    view->apart = abs(usually);
    view->ahead = usually > 0;
    view->shifts = ARENA_ARRAY(req->arena, struct pair_shift_row, view->shift_count);
    if (view->shifts == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->shift_count; k++) {
        view->shifts[k] = (struct pair_shift_row){pair_day(req->arena, shifts[k].first_day),
                                                  pair_day(req->arena, shifts[k].last_day),
                                                  abs(shifts[k].minutes)};
        if (view->shifts[k].first == NULL || view->shifts[k].last == NULL)
            return RC_NO_MEMORY;
    }
    return RC_OK;
}

// Answers of her sign-up that the question has said are for her match.
static enum rc add_answers(struct req *req, struct other_view *view, int64_t enrolment)
{
    size_t kept = 0;
    TRY(answer_list(req, enrolment, &view->answers, &view->answer_count));
    for (size_t k = 0; k < view->answer_count; k++)
        if (strcmp(view->answers[k].audience, "match") == 0 && view->answers[k].value[0] != '\0')
            view->answers[kept++] = view->answers[k];
    view->answer_count = kept;
    return RC_OK;
}

static enum rc add_times(struct req *req, struct other_view *view)
{
    struct match_times times;
    struct match_timed both;
    TRY(match_times_find(req->tx, req->arena, view->base.pair.match.id, &times));
    TRY(match_times_both(req->arena, &times, &both));
    view->common = both.minutes;
    view->good = both.good;
    return RC_OK;
}

static enum rc load_other(struct req *req)
{
    struct other_view *view = ARENA_NEW(req->arena, struct other_view);
    struct enrolment *other = ARENA_NEW(req->arena, struct enrolment);
    if (view == NULL || other == NULL)
        return RC_NO_MEMORY;
    TRY(pair_fill_view(req, NULL, &view->base));
    req->view = view;
    const struct match *m = &view->base.pair.match;
    int64_t enrolment = view->base.pair.mentor ? m->mentee : m->mentor;
    TRY(add_shifts(req, view));
    TRY(add_times(req, view));
    TRY(account_said(req->tx, req->arena, view->base.pair.other, &view->said));
    TRY(away_list(req->tx, req->arena, view->base.pair.other, req->now_us, &view->away,
                  &view->away_count));
    if (view->base.pair.held_back)
        return RC_OK; // held for somebody's safety: nothing new is told
    enum rc rc = enrolment_find(req->tx, req->arena, m->cohort, enrolment, other);
    if (rc == RC_NOT_FOUND)
        return RC_OK;
    TRY(rc);
    view->other = other;
    return add_answers(req, view, enrolment);
}

static void write_other(struct html *html, struct req *req)
{
    page_pair_other(html, req->view);
}

// clang-format off
const struct route pair_other_routes[] = {
    {WEB_GET, "/pairs/:pair/other", CAN_JOIN, NULL, NULL, NULL, load_other, write_other, MSG("The other of our pair")},
    {0,       NULL,                 0,        NULL, NULL, NULL, NULL,       NULL,        NULL},
};
// clang-format on
