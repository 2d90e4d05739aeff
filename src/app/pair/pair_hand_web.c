// SPDX-License-Identifier: Apache-2.0
//
// Why: the hand-over board for those who run a cohort, and what a mentee says to a cover mentor.
#include <stdlib.h>
#include <string.h>

#include "app/pair/pair.h"
#include "app/pair/pair_hand_page.h"
#include "app_pair_pair_hand.html.h"

struct offer_form {
    int64_t match;
};
struct cover_form {
    const char *answer;
};

// clang-format off
static const struct field_option answers[] = {
    {"yes", MSG("Yes, please find somebody for this time")}, {"no", MSG("No, I wait")}, {NULL, NULL},
};
static const struct field offer_fields[] = {
    {"match", FIELD_INTEGER, FIELD_INT_OF(struct offer_form, match), 1, INT64_MAX, MSG("Pair"), "", NULL},
};
static const struct field cover_fields[] = {
    {"answer", FIELD_ONE, FIELD_TEXT_OF(struct cover_form, answer), 1, 1, MSG("Do you want a mentor for this time?"), "", answers},
};
// clang-format on
static const struct shape offer_shape = SHAPE(struct offer_form, offer_fields);
static const struct shape cover_shape = SHAPE(struct cover_form, cover_fields);

static const struct app_letter letter_cover = {
    MSG("A mentor while yours pauses"),
    {MSG("Hello {0},"),
                                     MSG("{1} takes a pause until {3}. If you like, the people who run the programme look for another mentor for this time. Your match with {1} stays as it is."),
                                     MSG("Say yes or no here:"), "{2}", NULL}
};
const struct app_letter hand_letter_left = {
    MSG("A mentor has left: {1} waits"),
    {MSG("Hello {0},"),
                                      MSG("in {2}, the mentor of {1} has left. Others who fit are looked for at this moment; choose one within a week. You see the board here:"),
                                      "{3}", NULL}
};
// clang-format off
const struct app_letter_name pair_hand_letters[] = {
    {"pair_cover", MSG("A cover mentor is offered in a long pause"), "name other link day", &letter_cover},
    {NULL, NULL, NULL, NULL},
};
// clang-format on

// ---- the board ---------------------------------------------------------------------------------

static enum rc load_board(struct req *req)
{
    struct hand_view *view = ARENA_NEW(req->arena, struct hand_view);
    struct pair_rules rules;
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    int64_t cohort = view->cohort.id;
    TRY(pair_rules_find(req->tx, req->arena, cohort, &rules));
    view->zone = req->actor.zone;
    view->pause_weeks = rules.pause_weeks;
    const char *page = form_value(&req->form, "page");
    view->page = page == NULL ? 0 : strtoll(page, NULL, 10);
    if (view->page < 0 || view->page > HAND_PAGES_MAX)
        view->page = 0;
    req->view = view;
    TRY(hand_left_count(req, cohort, &view->all, &view->late));
    TRY(hand_left_list(req, cohort, view->page * HAND_A_PAGE, &view->left, &view->left_count));
    view->more = view->left_count > HAND_A_PAGE;
    if (view->more)
        view->left_count = HAND_A_PAGE;
    if (view->more)
        TRY(req_next(req, "page", view->page + 1, &view->next));
    TRY(hand_both_list(req, cohort, &view->both, &view->both_count));
    return hand_pause_list(req, cohort, rules.pause_weeks, &view->pauses, &view->pause_count);
}

static void write_board(struct html *html, struct req *req)
{
    page_handover(html, req->view);
}

// Only where the mentor is the one who pauses: a mentee who pauses needs nobody.
static enum rc act_offer(struct req *req)
{
    const struct offer_form *in = req->in;
    struct pair pair;
    struct cohort cohort;
    const struct ending e = ending_of(req);
    TRY(cohort_load(req, &cohort));
    TRY(pair_find(req->tx, req->arena, in->match, &pair));
    bool own = pair.match.mentee_person == req->actor.person ||
               pair.match.mentor_person == req->actor.person;
    if (pair.match.cohort != cohort.id || own || pair.held_back)
        return RC_NOT_FOUND;
    if (pair.paused_by != pair.match.mentor_person)
        return RC_EXISTS;
    TRY(hand_cover(req->tx, pair.match.id, COVER_NOT, COVER_OFFERED));
    const char *until = app_time(req->arena, pair.paused_until);
    const char *day = until == NULL ? NULL : arena_strndup(req->arena, until, 10);
    const char *url =
        arena_printf(req->arena, "%s/pairs/%lld/cover", e.url, (long long)pair.match.id);
    if (day == NULL || url == NULL)
        return RC_NO_MEMORY;
    TRY(pair_write_to(&e.at, &pair, false, &letter_cover, url, day));
    return req_go(req, MSG("She is asked by letter."), "/cohorts/%lld/handover",
                  (long long)cohort.id);
}

// ---- what the mentee says ----------------------------------------------------------------------

static enum rc load_cover(struct req *req)
{
    struct cover_view *view = ARENA_NEW(req->arena, struct cover_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(pair_fill_view(req, &cover_shape, &view->base));
    req->view = view;
    const struct pair *pair = &view->base.pair;
    bool asked = pair->covered != COVER_NOT && strcmp(pair->match.state, "paused") == 0;
    return pair->mentor || !asked ? RC_NOT_FOUND : RC_OK;
}

static void write_cover(struct html *html, struct req *req)
{
    page_cover(html, req->view);
}

static enum rc act_cover(struct req *req)
{
    const struct cover_form *in = req->in;
    struct pair pair;
    bool yes = strcmp(in->answer, "yes") == 0;
    const struct ending e = ending_of(req);
    TRY(pair_open(req, &pair));
    if (pair.mentor)
        return RC_NOT_FOUND;
    TRY(hand_cover(req->tx, pair.match.id, COVER_OFFERED, yes ? COVER_WANTED : COVER_DECLINED));
    if (yes)
        TRY(hand_look(&e, pair.match.cohort, pair.match.mentee));
    return pair_go(req, &pair,
                   yes ? MSG("The people who run the programme look for somebody.")
                       : MSG("It stays as it is."),
                   "");
}

// clang-format off
const struct route pair_hand_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/handover", CAN_RUN_MATCHING, NULL,         NULL, NULL,      load_board, write_board, MSG("Hand-over"), .out = &hand_out, .query = "page"},
    {WEB_POST, "/cohorts/:cohort/handover", CAN_RUN_MATCHING, &offer_shape, NULL, act_offer, load_board, write_board, MSG("Offer a cover mentor")},
    {WEB_GET,  "/pairs/:pair/cover",        CAN_JOIN,         NULL,         NULL, NULL,      load_cover, write_cover, MSG("A mentor while yours pauses")},
    {WEB_POST, "/pairs/:pair/cover",        CAN_JOIN,         &cover_shape, NULL, act_cover, load_cover, write_cover, MSG("A mentor while yours pauses")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
