// SPDX-License-Identifier: Apache-2.0
//
// Why: mentees who wait, with a run for one of them alone (who joined late, or whose match ended)
// that moves nothing that is published; and the answers to those who want to know more before they
// say yes or no.
#include <string.h>

#include "app/match/match.h"
#include "app/match/match_offer.h"
#include "app/match/match_page.h"
#include "app/match/match_store.h"
#include "app_match_match_waiting.html.h"

enum { DAY_S = 86400 };

struct answering {
    const char *answer;
};
struct one_mentee {
    int64_t mentee;
};

// clang-format off
static const struct field answering_fields[] = {
    {"answer", FIELD_TEXT, FIELD_TEXT_OF(struct answering, answer), 1, 2000, MSG("Your answer"), MSG("She gets it by letter, and sees it next to the offer. Tell nothing that the other has not shown her."), NULL},
};
static const struct field mentee_fields[] = {
    {"mentee", FIELD_INTEGER, FIELD_INT_OF(struct one_mentee, mentee), 1, INT64_MAX, MSG("Mentee"), "", NULL},
};
// clang-format on
static const struct shape answering_shape = SHAPE(struct answering, answering_fields);
static const struct shape mentee_shape = SHAPE(struct one_mentee, mentee_fields);

static const struct app_letter letter_answer = {
    MSG("The answer to your question"),
    {MSG("Hello {0},"), MSG("you wanted to know more about an offer in {1}:"), "{2}",
                                     MSG("Say yes or no until {4}:"), "{3}", NULL}
};

// ---- who waits ---------------------------------------------------------------------------------

static enum rc load_waiting(struct req *req)
{
    struct match_view *view = NULL;
    TRY(match_make_view(req, &view));
    TRY(waiting_counts(req, view->cohort.id, &view->waiting_mentees, &view->waiting_places));
    TRY(waiting_list(req, view->cohort.id, view->page * MATCH_PAIRS_A_PAGE, MATCH_PAIRS_A_PAGE + 1,
                     &view->waiting, &view->waiting_count));
    view->more = view->waiting_count > MATCH_PAIRS_A_PAGE;
    if (view->more)
        view->waiting_count = MATCH_PAIRS_A_PAGE;
    return skip_list(req, view->cohort.id, 0, &view->skipped, &view->skipped_count);
}

static void write_waiting(struct html *html, struct req *req)
{
    page_match_waiting(html, req->view);
}

static enum rc act_find_one(struct req *req)
{
    const struct one_mentee *in = req->in;
    struct cohort cohort;
    struct enrolment one;
    int64_t run = 0;
    struct offering o = offering_of(req);
    TRY(cohort_load(req, &cohort));
    TRY(enrolment_find(req->tx, req->arena, cohort.id, in->mentee, &one));
    if (strcmp(one.role, "mentee") != 0)
        return RC_NOT_FOUND;
    if (strcmp(one.state, "approved") != 0)
        return RC_EXISTS;
    TRY(offer_find_another(&o, cohort.id, one.id, req->actor.person, &run));
    return req_go(req, NULL, "/cohorts/%lld/matching/%lld", (long long)cohort.id, (long long)run);
}

// ---- a question about an offer -----------------------------------------------------------------

static enum rc load_question(struct req *req)
{
    struct match_view *view = NULL;
    struct match *match = ARENA_NEW(req->arena, struct match);
    if (match == NULL)
        return RC_NO_MEMORY;
    TRY(match_make_view(req, &view));
    TRY(match_find(req->tx, req->arena, req_id(req, "match"), match));
    if (match->cohort != view->cohort.id)
        return RC_NOT_FOUND;
    view->matches = match;
    view->match_count = 1;
    view->shape = &answering_shape;
    return asked_list(req, view->cohort.id, &(struct asked_filter){.match = match->id},
                      &view->asked, &view->asked_count);
}

static void write_question(struct html *html, struct req *req)
{
    page_match_question(html, req->view);
}

static enum rc tell_answer(struct req *req, const struct match *match,
                           const struct match_asked *asked, const char *answer, int64_t ends_at)
{
    bool mentor = asked->of_mentor != 0;
    const char *url = arena_printf(req->arena, "%s/cohorts/%lld/match",
                                   web_origin(req->web, req->arena), (long long)match->cohort);
    const char *until =
        app_time_in(req->arena, ends_at, mentor ? match->mentor_zone : match->mentee_zone);
    if (url == NULL || until == NULL)
        return RC_NO_MEMORY;
    const char *const values[] = {mentor ? match->mentor_name : match->mentee_name,
                                  match->cohort_name, answer, url, until};
    return app_send(req, mentor ? match->mentor_email : match->mentee_email,
                    mentor ? match->mentor_language : match->mentee_language, &letter_answer,
                    values, 5);
}

// All that is open of this offer is answered with it.
static enum rc act_question(struct req *req)
{
    const struct answering *in = req->in;
    struct match_run run;
    struct match_rules rules;
    TRY(load_question(req));
    struct match_view *view = req->view;
    const struct match *match = view->matches;
    bool any = false;
    TRY(run_find(req->tx, req->arena, match->cohort, match->run, &run));
    TRY(rules_find(req->tx, req->arena, run.rules, &rules));
    int64_t ends_at = req->now_us + rules.days * DAY_S * (int64_t)1000000;
    if (strcmp(match->state, "offered") != 0)
        return RC_EXISTS;
    for (size_t k = 0; k < view->asked_count; k++) {
        if (view->asked[k].answered_at > 0)
            continue;
        TRY(asked_answer(req, view->asked[k].id, in->answer));
        TRY(tell_answer(req, match, &view->asked[k], in->answer, ends_at));
        any = true;
    }
    if (!any)
        return RC_EXISTS; // somebody else was faster
    TRY(match_stand_until(req->tx, match->id, ends_at));
    return req_go(req, MSG("Your answer is on its way."), "/cohorts/%lld/matches",
                  (long long)match->cohort);
}

// clang-format off
const struct route match_waiting_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/waiting",        CAN_RUN_MATCHING, NULL,             NULL, NULL,         load_waiting,  write_waiting,  MSG("Who waits for a mentor")   },
    {WEB_POST, "/cohorts/:cohort/waiting",        CAN_RUN_MATCHING, &mentee_shape,    NULL, act_find_one, load_waiting,  write_waiting,  MSG("Find a mentor for one")    },
    {WEB_GET,  "/cohorts/:cohort/matches/:match", CAN_RUN_MATCHING, NULL,             NULL, NULL,         load_question, write_question, MSG("A question about an offer")},
    {WEB_POST, "/cohorts/:cohort/matches/:match", CAN_RUN_MATCHING, &answering_shape, NULL, act_question, load_question, write_question, MSG("Answer a question")        },
    {0,        NULL,                              0,                NULL,             NULL, NULL,         NULL,          NULL,           NULL                            },
};
// clang-format on
