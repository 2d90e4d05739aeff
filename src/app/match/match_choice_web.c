// SPDX-License-Identifier: Apache-2.0
//
// Why: an accepted mentee may say which mentors she would like best, and why; a mentor sees who
// chose her, may put them into her own order, and may say no before anything is computed. All of it
// feeds the next run.
//
// Promises: last names and addresses are not shown before a match; who did not choose has the same
// chance to be matched at all.
#include <stdlib.h>
#include <string.h>

#include "app/match/match.h"
#include "app/match/match_page.h"
#include "app/match/match_store.h"
#include "app_match_match.html.h"

enum { WHY_LEAST = 50 };

struct choosing {
    int64_t mentor;
    const char *rank;
    const char *why;
};

struct ranking {
    const char *rank;
    const char *why;
};

struct one_other {
    int64_t other;
};

// clang-format off
static const struct field_option ranks[] = {
    {"1", MSG("First")}, {"2", MSG("Second")}, {"3", MSG("Third")}, {"4", MSG("Fourth")}, {"5", MSG("Fifth")}, {NULL, NULL},
};
static const struct field choosing_fields[] = {
    {"mentor", FIELD_INTEGER, FIELD_INT_OF(struct choosing, mentor), 1, INT64_MAX, MSG("Mentor"), "", NULL},
    {"rank",   FIELD_ONE,     FIELD_TEXT_OF(struct choosing, rank),  1, 1, MSG("Where in your order?"), "", ranks},
    {"why",    FIELD_TEXT,    FIELD_TEXT_OF(struct choosing, why),   WHY_LEAST, 1000, MSG("Why her?"), MSG("At least 50 characters. She reads it."), NULL},
};
static const struct field ranking_fields[] = {
    {"rank",   FIELD_ONE,     FIELD_TEXT_OF(struct ranking, rank),  1, 1, MSG("Where in your order?"), MSG("Matching uses this, if the programme lets it count. She never learns of it, and whoever stands in no order is matched all the same."), ranks},
    {"why",    FIELD_TEXT,    FIELD_TEXT_OF(struct ranking, why),   0, 1000, MSG("Why her?"), MSG("You need not say. Only the people who run the programme read it."), NULL},
};
static const struct field other_fields[] = {
    {"other", FIELD_INTEGER, FIELD_INT_OF(struct one_other, other), 1, INT64_MAX, MSG("Person"), "", NULL},
};
// clang-format on
static const struct shape choosing_shape = SHAPE(struct choosing, choosing_fields);
static const struct shape ranking_shape = SHAPE(struct ranking, ranking_fields);
static const struct shape other_shape = SHAPE(struct one_other, other_fields);

// The actor's own accepted sign-up in a role, while pairs may still be looked for.
static enum rc my_place(struct req *req, const char *role, struct match_view **ret_view,
                        int64_t *ret_enrolment)
{
    struct match_view *view = NULL;
    TRY(match_make_view(req, &view));
    TRY(choice_my_enrolment(req, view->cohort.id, role, ret_enrolment));
    bool over =
        strcmp(view->cohort.state, "closing") == 0 || strcmp(view->cohort.state, "archived") == 0;
    *ret_view = view;
    return over ? RC_NOT_FOUND : RC_OK;
}

// ---- a mentee chooses --------------------------------------------------------------------------

static enum rc load_mentors(struct req *req)
{
    struct match_view *view = NULL;
    int64_t mine = 0;
    TRY(my_place(req, "mentee", &view, &mine));
    view->shape = &choosing_shape;
    TRY(choice_list(req, mine, &view->choices, &view->choice_count));
    TRY(choice_mentors(req, view->cohort.id, view->page * MATCH_PAIRS_A_PAGE,
                       MATCH_PAIRS_A_PAGE + 1, &view->mentors, &view->mentor_count));
    view->more = view->mentor_count > MATCH_PAIRS_A_PAGE;
    if (view->more)
        view->mentor_count = MATCH_PAIRS_A_PAGE;
    TRY(choice_fill_cards(req, &view->cohort, mine, view->mentors, view->mentor_count));
    return match_next_page(req, view);
}

static void write_mentors(struct html *html, struct req *req)
{
    page_mentors(html, req->view);
}

static enum rc load_choose(struct req *req)
{
    struct match_view *view = NULL;
    int64_t mine = 0;
    TRY(my_place(req, "mentee", &view, &mine));
    view->shape = &choosing_shape;
    TRY(choice_mentor(req, view->cohort.id, req_id(req, "mentor"), &view->mentors));
    view->mentor_count = 1;
    TRY(choice_fill_cards(req, &view->cohort, mine, view->mentors, 1));
    return form_set(&req->form, "mentor", req_param(req, "mentor"));
}

static void write_choose(struct html *html, struct req *req)
{
    page_choose(html, req->view);
}

static enum rc act_choose(struct req *req)
{
    const struct choosing *in = req->in;
    struct match_view *view = NULL;
    struct choice_card *card = NULL;
    int64_t mine = 0;
    TRY(my_place(req, "mentee", &view, &mine));
    TRY(choice_mentor(req, view->cohort.id, in->mentor, &card));
    TRY(choice_set(req, mine, in->mentor, in->rank[0] - '0', in->why));
    return req_go(req, MSG("Your choice is kept."), "/cohorts/%lld/mentors",
                  (long long)view->cohort.id);
}

static enum rc act_unchoose(struct req *req)
{
    const struct one_other *in = req->in;
    struct match_view *view = NULL;
    int64_t mine = 0;
    TRY(my_place(req, "mentee", &view, &mine));
    TRY(choice_end(req, mine, in->other));
    return req_go(req, MSG("Your choice is taken back."), "/cohorts/%lld/mentors",
                  (long long)view->cohort.id);
}

// ---- a mentor sees who chose her ---------------------------------------------------------------

static enum rc load_chosen(struct req *req)
{
    struct match_view *view = NULL;
    int64_t mine = 0;
    TRY(my_place(req, "mentor", &view, &mine));
    return choice_of_mentor(req, mine, &view->choices, &view->choice_count);
}

static void write_chosen(struct html *html, struct req *req)
{
    page_chosen(html, req->view);
}

static enum rc act_veto(struct req *req)
{
    const struct one_other *in = req->in;
    struct match_view *view = NULL;
    int64_t mine = 0;
    bool no = false;
    TRY(my_place(req, "mentor", &view, &mine));
    TRY(veto_turn(req, mine, in->other, &no));
    return req_go(
        req, no ? MSG("Your no is kept. She never learns of it.") : MSG("Your no is taken back."),
        "/cohorts/%lld/chosen", (long long)view->cohort.id);
}

// ---- and whom she would like best --------------------------------------------------------------

// RC_NOT_FOUND: the mentee has not chosen her, or she has said no to her.
static enum rc find_chooser(struct req *req, struct match_view *view, int64_t mine)
{
    int64_t mentee = req_id(req, "mentee");
    TRY(choice_of_mentor(req, mine, &view->choices, &view->choice_count));
    for (size_t k = 0; k < view->choice_count; k++)
        if (view->choices[k].other == mentee && !view->choices[k].veto) {
            view->choices += k;
            view->choice_count = 1;
            return RC_OK;
        }
    return RC_NOT_FOUND;
}

static enum rc load_rank(struct req *req)
{
    struct match_view *view = NULL;
    int64_t mine = 0;
    TRY(my_place(req, "mentor", &view, &mine));
    TRY(find_chooser(req, view, mine));
    view->shape = &ranking_shape;
    const struct match_choice *one = view->choices;
    const struct ranking now = {one->rank > 0 ? arena_printf(req->arena, "%d", (int)one->rank) : "",
                                one->rank_why};
    if (now.rank == NULL)
        return RC_NO_MEMORY;
    return req->form.error_count > 0 ? RC_OK : shape_edit(&ranking_shape, &req->form, &now);
}

static void write_rank(struct html *html, struct req *req)
{
    page_rank(html, req->view);
}

static enum rc act_rank(struct req *req)
{
    const struct ranking *in = req->in;
    struct match_view *view = NULL;
    int64_t mine = 0;
    TRY(my_place(req, "mentor", &view, &mine));
    TRY(rank_set(req, mine, req_id(req, "mentee"), in->rank[0] - '0', in->why));
    return req_go(req, MSG("Your order is kept."), "/cohorts/%lld/chosen",
                  (long long)view->cohort.id);
}

static enum rc act_unrank(struct req *req)
{
    const struct one_other *in = req->in;
    struct match_view *view = NULL;
    int64_t mine = 0;
    TRY(my_place(req, "mentor", &view, &mine));
    TRY(rank_end(req, mine, in->other));
    return req_go(req, MSG("She stands in no order any more."), "/cohorts/%lld/chosen",
                  (long long)view->cohort.id);
}

// clang-format off
const struct route match_choice_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/mentors",         CAN_JOIN, NULL,            NULL, NULL,         load_mentors, write_mentors, MSG("Mentors"), .out = &mentors_out, .query = "page"},
    {WEB_GET,  "/cohorts/:cohort/mentors/:mentor", CAN_JOIN, NULL,            NULL, NULL,         load_choose,  write_choose,  MSG("Choose a mentor"), .out = &mentor_page_out},
    {WEB_POST, "/cohorts/:cohort/mentors/:mentor", CAN_JOIN, &choosing_shape, NULL, act_choose,   load_choose,  write_choose,  MSG("Choose a mentor")    },
    {WEB_POST, "/cohorts/:cohort/mentors/end",     CAN_JOIN, &other_shape,    NULL, act_unchoose, load_mentors, write_mentors, MSG("Take a choice back") },
    {WEB_GET,  "/cohorts/:cohort/chosen",          CAN_JOIN, NULL,            NULL, NULL,         load_chosen,  write_chosen,  MSG("Who chose me"), .out = &chosen_out},
    {WEB_POST, "/cohorts/:cohort/chosen",          CAN_JOIN, &other_shape,    NULL, act_veto,     load_chosen,  write_chosen,  MSG("Say no to a mentee") },
    {WEB_GET,  "/cohorts/:cohort/chosen/:mentee",  CAN_JOIN, NULL,            NULL, NULL,         load_rank,    write_rank,    MSG("Where in my order"), .out = &web_out_form},
    {WEB_POST, "/cohorts/:cohort/chosen/:mentee",  CAN_JOIN, &ranking_shape,  NULL, act_rank,     load_rank,    write_rank,    MSG("Where in my order")},
    {WEB_POST, "/cohorts/:cohort/chosen/end",      CAN_JOIN, &other_shape,    NULL, act_unrank,   load_chosen,  write_chosen,  MSG("Take her out of my order")},
    {0,        NULL,                               0,        NULL,            NULL, NULL,         NULL,         NULL,          NULL                      },
};
// clang-format on
