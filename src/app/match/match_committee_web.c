// SPDX-License-Identifier: Apache-2.0
//
// Why: where a committee decides, each proposed pair is judged by at least two people, blind first,
// and never by somebody with a conflict of interest; a tie goes to the chair; the decisions stand
// as minutes with the run.
#include <stdlib.h>
#include <string.h>

#include "app/match/match.h"
#include "app/match/match_page.h"
#include "app/match/match_store.h"
#include "app_match_match.html.h"

struct voting {
    const char *says;
    const char *aims;
    const char *experience;
    const char *practice;
    const char *fit;
    const char *words;
};

struct asking {
    int64_t on;
};

// clang-format off
static const struct field_option sayings[] = {
    {"yes",      MSG("Yes, put them together")},
    {"no",       MSG("No")},
    {"conflict", MSG("I have a conflict of interest")}, {NULL, NULL},
};
static const struct field_option fits[] = {
    {"1", MSG("1, poor")}, {"2", "2"}, {"3", "3"}, {"4", "4"}, {"5", MSG("5, very good")}, {NULL, NULL},
};
static const struct field voting_fields[] = {
    {"says",  FIELD_ONE,  FIELD_TEXT_OF(struct voting, says),  1, 1,    MSG("What do you say?"), "", sayings},
    {"aims",       FIELD_ONE, FIELD_TEXT_OF(struct voting, aims),       0, 1, MSG("Her aims, and what the mentor offers"), MSG("Does she get help with what matters most to her?"), fits},
    {"experience", FIELD_ONE, FIELD_TEXT_OF(struct voting, experience), 0, 1, MSG("Experience and path"), MSG("Is the mentor far enough, and on a path that tells her something?"), fits},
    {"practice",   FIELD_ONE, FIELD_TEXT_OF(struct voting, practice),   0, 1, MSG("Time, language and ways to meet"), MSG("Will they really be able to meet?"), fits},
    {"fit",   FIELD_ONE,  FIELD_TEXT_OF(struct voting, fit),   0, 1,    MSG("How well do they fit, all in all?"), "", fits},
    {"words", FIELD_LINE, FIELD_TEXT_OF(struct voting, words), 0, 500,  MSG("Why?"), MSG("It stands in the minutes."), NULL},
};
static const struct field asking_fields[] = {
    {"on", FIELD_TICK, FIELD_INT_OF(struct asking, on), 0, 1, MSG("The committee decides on this run"), "", NULL},
};
// clang-format on
static const struct shape voting_shape = SHAPE(struct voting, voting_fields);
static const struct shape asking_shape = SHAPE(struct asking, asking_fields);

static enum rc open_run(struct req *req, struct match_view **ret_view)
{
    struct match_view *view = NULL;
    TRY(match_make_view(req, &view));
    TRY(run_find(req->tx, req->arena, view->cohort.id, req_id(req, "run"), &view->run));
    *ret_view = view;
    return view->run.committee ? RC_OK : RC_NOT_FOUND;
}

// ---- asking the committee ----------------------------------------------------------------------

static enum rc act_ask(struct req *req)
{
    const struct asking *in = req->in;
    struct match_run run;
    TRY(run_find(req->tx, req->arena, req_id(req, "cohort"), req_id(req, "run"), &run));
    if (strcmp(run.state, "under_review") != 0)
        return RC_EXISTS;
    TRY(run_set_committee(req->tx, run.id, in->on != 0));
    return req_go(req,
                  in->on
                      ? MSG("The committee is asked. Only pairs that it accepts can be published.")
                      : MSG("The committee is not asked any more."),
                  "/cohorts/%lld/matching/%lld", (long long)run.cohort, (long long)run.id);
}

// ---- judging -----------------------------------------------------------------------------------

static enum rc load_runs(struct req *req)
{
    struct match_view *view = NULL;
    TRY(match_make_view(req, &view));
    TRY(run_list(req, view->cohort.id, &view->runs, &view->run_count));
    size_t kept = 0;
    for (size_t k = 0; k < view->run_count; k++)
        if (view->runs[k].committee != 0 && strcmp(view->runs[k].state, "under_review") == 0)
            view->runs[kept++] = view->runs[k];
    view->run_count = kept;
    return RC_OK;
}

static void write_runs(struct html *html, struct req *req)
{
    page_committee(html, req->view);
}

static enum rc load_proposals(struct req *req)
{
    struct match_view *view = NULL;
    const char *mentee = form_value(&req->form, "after");
    const char *mentor = form_value(&req->form, "with");
    struct proposal_filter filter = {.mentee = mentee == NULL ? 0 : strtoll(mentee, NULL, 10),
                                     .mentor = mentor == NULL ? 0 : strtoll(mentor, NULL, 10),
                                     .most = MATCH_PAIRS_A_PAGE + 1};
    TRY(open_run(req, &view));
    TRY(vote_proposals(req, view->run.id, &filter, &view->proposals, &view->proposal_count));
    if (view->proposal_count <= MATCH_PAIRS_A_PAGE)
        return RC_OK;
    view->proposal_count = MATCH_PAIRS_A_PAGE;
    const struct match_proposal *last = &view->proposals[MATCH_PAIRS_A_PAGE - 1];
    view->next = arena_printf(req->arena, "/cohorts/%lld/committee/%lld?after=%lld&with=%lld",
                              (long long)view->cohort.id, (long long)view->run.id,
                              (long long)last->mentee, (long long)last->mentor);
    return view->next == NULL ? RC_NO_MEMORY : RC_OK;
}

static void write_proposals(struct html *html, struct req *req)
{
    page_proposals(html, req->view);
}

// A pair that she may judge: of the run, and without a conflict. RC_NOT_FOUND.
static enum rc load_proposal(struct req *req)
{
    struct match_view *view = NULL;
    TRY(open_run(req, &view));
    const struct proposal_filter filter = {req_id(req, "mentee"), req_id(req, "mentor"), true, 1};
    TRY(vote_proposals(req, view->run.id, &filter, &view->proposals, &view->proposal_count));
    for (size_t k = 0; k < view->proposal_count; k++) {
        struct match_proposal *p = &view->proposals[k];
        struct enrolment *mentee = ARENA_NEW(req->arena, struct enrolment);
        struct enrolment *mentor = ARENA_NEW(req->arena, struct enrolment);
        if (mentee == NULL || mentor == NULL)
            return RC_NO_MEMORY;
        TRY(enrolment_find(req->tx, req->arena, view->cohort.id, p->mentee, mentee));
        TRY(enrolment_find(req->tx, req->arena, view->cohort.id, p->mentor, mentor));
        view->proposal = p;
        view->mentee = mentee;
        view->mentor = mentor;
        view->shape = &voting_shape;
        if (p->mine[0] == '\0' || req->form.error_count > 0)
            return RC_OK;
        TRY(form_set(&req->form, "says", p->mine));
        return vote_list(req, view->run.id, p->mentee, p->mentor, &view->votes, &view->vote_count);
    }
    return RC_NOT_FOUND;
}

static void write_proposal(struct html *html, struct req *req)
{
    page_proposal(html, req->view);
}

// 1 to 5; 0: none was given.
static int64_t mark_of(const char *value)
{
    return value == NULL || value[0] == '\0' ? 0 : value[0] - '0';
}

static enum rc act_vote(struct req *req)
{
    const struct voting *in = req->in;
    TRY(load_proposal(req));
    struct match_view *view = req->view;
    bool conflict = strcmp(in->says, "conflict") == 0;
    if (strcmp(view->run.state, "under_review") != 0)
        return RC_EXISTS;
    if (!conflict && (in->fit == NULL || in->fit[0] == '\0'))
        return form_refuse(&req->form, "fit", MSG("Choose one"));
    if (strcmp(in->says, "no") == 0 && in->words[0] == '\0')
        return form_refuse(&req->form, "words", MSG("Say why not"));
    struct match_vote vote = {.says = in->says,
                              .fit = conflict ? 0 : mark_of(in->fit),
                              .aims = conflict ? 0 : mark_of(in->aims),
                              .experience = conflict ? 0 : mark_of(in->experience),
                              .practice = conflict ? 0 : mark_of(in->practice),
                              .words = in->words};
    TRY(vote_set(req, view->run.id, view->proposal->mentee, view->proposal->mentor, &vote));
    return req_go(req, MSG("Your judgement is kept."), "/cohorts/%lld/committee/%lld",
                  (long long)view->cohort.id, (long long)view->run.id);
}

// ---- minutes -----------------------------------------------------------------------------------

static enum rc load_minutes(struct req *req)
{
    struct match_view *view = NULL;
    TRY(open_run(req, &view));
    TRY(quorum_find(req->tx, req->arena, view->cohort.id, &view->quorum));
    TRY(vote_tallies(req->tx, req->arena, view->run.id, &view->tallies, &view->tally_count));
    return vote_list(req, view->run.id, 0, 0, &view->votes, &view->vote_count);
}

static void write_minutes(struct html *html, struct req *req)
{
    page_minutes(html, req->view);
}

bool match_is_accepted(const struct match_tally *tally)
{
    if (tally->yes + tally->no < tally->quorum)
        return false;
    if (tally->yes == tally->no)
        return tally->chair_yes > 0;
    return tally->yes > tally->no;
}

// clang-format off
const struct route match_committee_routes[] = {
    {WEB_POST, "/cohorts/:cohort/matching/:run/committee",         CAN_RUN_MATCHING, &asking_shape, NULL, act_ask,  NULL,           NULL,            MSG("Ask the committee")   },
    {WEB_GET,  "/cohorts/:cohort/matching/:run/minutes",           CAN_RUN_MATCHING, NULL,          NULL, NULL,     load_minutes,   write_minutes,   MSG("Minutes of the committee"), .out = &minutes_out},
    {WEB_GET,  "/cohorts/:cohort/committee",                       CAN_JUDGE,        NULL,          NULL, NULL,     load_runs,      write_runs,      MSG("Committee"), .out = &committee_out},
    {WEB_GET,  "/cohorts/:cohort/committee/:run",                  CAN_JUDGE,        NULL,          NULL, NULL,     load_proposals, write_proposals, MSG("Pairs to judge"), .out = &proposals_out, .query = "with after"},
    {WEB_GET,  "/cohorts/:cohort/committee/:run/:mentee/:mentor",  CAN_JUDGE,        NULL,          NULL, NULL,     load_proposal,  write_proposal,  MSG("Judge a pair"), .out = &proposal_out},
    {WEB_POST, "/cohorts/:cohort/committee/:run/:mentee/:mentor",  CAN_JUDGE,        &voting_shape, NULL, act_vote, load_proposal,  write_proposal,  MSG("Judge a pair")        },
    {0,        NULL,                                               0,                NULL,          NULL, NULL,     NULL,           NULL,            NULL                       },
};
// clang-format on
