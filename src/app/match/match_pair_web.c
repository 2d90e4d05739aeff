// SPDX-License-Identifier: Apache-2.0
//
// Why: one pair in full: why it is one, or why it is not and what it would cost; keeping two
// together or apart; and who else would do for a mentee. These pages compute, so they are slow.
#include <stdlib.h>
#include <string.h>

#include "app/match/match.h"
#include "app/match/match_hard.h"
#include "app/match/match_page.h"
#include "app/match/match_store.h"
#include "app_match_match.html.h"

enum { CANDIDATES_SHOWN = 15 };

struct commenting {
    const char *words;
};

// clang-format off
static const struct field commenting_fields[] = {
    {"words", FIELD_TEXT, FIELD_TEXT_OF(struct commenting, words), 1, 1000, MSG("Your comment"), MSG("For the people who run the programme. The two never see it."), NULL},
};
// clang-format on
static const struct shape commenting_shape = SHAPE(struct commenting, commenting_fields);

// What the pages of this file start from: the pool as it is now, and the run's result in it.
struct board {
    struct match_view *view;
    struct match_input input;
    struct match_pair *all;
    size_t all_count;
    uint32_t mentee;
    uint32_t mentor;
};

static enum rc open_board(struct req *req, struct board *board)
{
    struct match_view *view = NULL;
    struct match_rules rules;
    struct pair_filter filter = {
        .search = "", .order = PAIRS_BY_MENTEE, .only = "", .most = ENROLMENTS_MAX};
    TRY(match_make_view(req, &view));
    TRY(run_find(req->tx, req->arena, view->cohort.id, req_id(req, "run"), &view->run));
    TRY(rules_find(req->tx, req->arena, view->run.rules, &rules));
    board->view = view;
    board->input = (struct match_input){0};
    const struct app_place at = app_here(req);
    TRY(match_read_input(&at, view->cohort.id, &rules, &board->input));
    view->changed = !match_is_unchanged(&view->run, &board->input);
    TRY(run_pairs(req->tx, req->arena, view->run.id, &filter, &board->all, &board->all_count));
    board->mentee =
        match_position(board->input.mentee, board->input.pool.mentees, req_id(req, "mentee"));
    board->mentor =
        match_position(board->input.mentor, board->input.pool.mentors, req_id(req, "mentor"));
    return RC_OK;
}

// ---- one pair --------------------------------------------------------------------------------

static void read_parts(struct match_view *view)
{
    const char *text = view->pair.parts;
    for (size_t k = 0; k < MATCH_WEIGHTS; k++) {
        char *end = NULL;
        view->parts[k].label = match_criterion_labels[k];
        view->parts[k].points = strtoll(text, &end, 10);
        view->parts[k].most = *end == '/' ? strtoll(end + 1, &end, 10) : 0;
        text = *end == ' ' ? end + 1 : end;
    }
    view->part_count = MATCH_WEIGHTS;
}

// The result of the run as the library knows it: its pairs that are still in the pool.
static enum rc rebuild(struct req *req, const struct board *board,
                       const struct mm_candidates *candidates, struct mm_result *ret_result)
{
    struct mm_objective objective = match_objective(&board->input.rules, board->view->run.seed);
    struct mm_fault fault;
    (void)req;
    enum mm_status status = mm_solve(&candidates->instance, &objective, NULL, ret_result, &fault);
    return status == MM_OK ? RC_OK : status == MM_NO_MEMORY ? RC_NO_MEMORY : RC_LIMIT;
}

static enum rc take_changes(struct req *req, const struct board *board, const struct mm_pair *pairs,
                            size_t count, struct match_pair **ret_pairs)
{
    struct match_pair *changes = ARENA_ARRAY(req->arena, struct match_pair, count);
    if (changes == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++)
        changes[k] = (struct match_pair){.mentee = board->input.mentee[pairs[k].mentee]->id,
                                         .mentor = board->input.mentor[pairs[k].mentor]->id,
                                         .score = pairs[k].score,
                                         .mentee_name = board->input.mentee[pairs[k].mentee]->name,
                                         .mentor_name = board->input.mentor[pairs[k].mentor]->name};
    *ret_pairs = changes;
    return RC_OK;
}

static enum rc take_answer(struct req *req, const struct board *board,
                           const struct mm_answer *answer)
{
    struct match_view *view = board->view;
    view->why = answer->why;
    view->matched_change = answer->matched_change;
    view->lowest_change = answer->lowest_change;
    view->total_change = answer->total_change;
    view->gone_count = answer->gone_count;
    view->come_count = answer->come_count;
    TRY(take_changes(req, board, answer->gone, answer->gone_count, &view->gone));
    return take_changes(req, board, answer->come, answer->come_count, &view->come);
}

// What it would cost to put the two together: all is solved again with them as a pair.
static enum rc ask_why_not(struct req *req, const struct board *board)
{
    struct mm_candidates candidates = {0};
    struct mm_result result = {0};
    struct mm_answer answer = {0};
    struct mm_fault fault;
    struct mm_objective objective = match_objective(&board->input.rules, board->view->run.seed);
    if (mm_candidates(&board->input.pool, 0, objective.seed, NULL, &candidates, &fault) != MM_OK)
        return RC_LIMIT;
    enum rc rc = rebuild(req, board, &candidates, &result);
    if (rc == RC_OK &&
        mm_why_not(&candidates.instance, &objective, &result,
                   (struct mm_link){board->mentee, board->mentor}, NULL, &answer, &fault) != MM_OK)
        rc = RC_LIMIT;
    if (rc == RC_OK)
        rc = take_answer(req, board, &answer);
    mm_answer_free(&answer);
    mm_result_free(&result);
    mm_candidates_free(&candidates);
    return rc;
}

static enum rc find_link(struct req *req, struct match_view *view)
{
    TRY(link_list(req, view->cohort.id, &view->links, &view->link_count));
    for (size_t k = 0; k < view->link_count; k++) {
        const struct match_link *link = &view->links[k].link;
        if (link->mentee == req_id(req, "mentee") && link->mentor == req_id(req, "mentor")) {
            view->linked = link->kind == MATCH_PIN ? 1 : 2;
            view->link_note = view->links[k].note;
        }
    }
    return RC_OK;
}

// Describes the pair by what is known now; a pair of the run by what the run kept.
static enum rc describe(struct req *req, struct board *board)
{
    struct match_view *view = board->view;
    struct mm_explanation e;
    struct mm_fault fault;
    for (size_t k = 0; k < board->all_count; k++) {
        const struct match_pair *p = &board->all[k];
        if (p->mentee == req_id(req, "mentee") && p->mentor == req_id(req, "mentor")) {
            view->pair = *p;
            view->is_pair = true;
        }
    }
    if (view->is_pair)
        return RC_OK;
    if (board->mentee == MM_NOBODY || board->mentor == MM_NOBODY)
        return RC_NOT_FOUND;
    TRY(match_describe(req->arena, &board->input, board->mentee, board->mentor, &view->pair));
    const struct mm_link link = {board->mentee, board->mentor};
    if (mm_explain_pair(&board->input.pool, link, &e, &fault) != MM_OK)
        return RC_LIMIT;
    match_tell_lines(&board->input, &link, 1, &e);
    view->refused = match_reasons(&e);
    return RC_OK;
}

static enum rc load_pair(struct req *req)
{
    struct board board = {0};
    TRY(open_board(req, &board));
    struct match_view *view = board.view;
    view->shape = &commenting_shape;
    TRY(describe(req, &board));
    read_parts(view);
    TRY(find_link(req, view));
    TRY(comment_list(req, view->cohort.id, req_id(req, "mentee"), req_id(req, "mentor"),
                     &view->comments, &view->comment_count));
    TRY(choice_of_pair(req, req_id(req, "mentee"), req_id(req, "mentor"), &view->said));
    if (board.mentee != MM_NOBODY)
        view->mentee = board.input.mentee[board.mentee];
    if (board.mentor != MM_NOBODY)
        view->mentor = board.input.mentor[board.mentor];
    if (view->is_pair || view->pair.score < 0 || board.mentee == MM_NOBODY ||
        board.mentor == MM_NOBODY)
        return RC_OK;
    return ask_why_not(req, &board);
}

static void write_pair(struct html *html, struct req *req)
{
    page_match_pair(html, req->view);
}

static enum rc act_comment(struct req *req)
{
    const struct commenting *in = req->in;
    int64_t cohort = req_id(req, "cohort");
    int64_t mentee = req_id(req, "mentee");
    int64_t mentor = req_id(req, "mentor");
    TRY(comment_add(req, cohort, mentee, mentor, in->words));
    return req_go(req, MSG("Your comment is kept."), "/cohorts/%lld/matching/%s/pair/%lld/%lld",
                  (long long)cohort, req_param(req, "run"), (long long)mentee, (long long)mentor);
}

// ---- who else would do -------------------------------------------------------------------------

static int better_first(const void *left, const void *right)
{
    const struct match_candidate *a = left;
    const struct match_candidate *b = right;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return a->mentor < b->mentor ? -1 : a->mentor > b->mentor;
}

// All mentors, those who are allowed by their fit first; of the others, those refused by least.
static enum rc load_candidates(struct req *req)
{
    struct board board = {0};
    TRY(open_board(req, &board));
    struct match_view *view = board.view;
    const struct mm_pool *pool = &board.input.pool;
    if (board.mentee == MM_NOBODY)
        return RC_NOT_FOUND;
    view->mentee = board.input.mentee[board.mentee];
    view->candidates = ARENA_ARRAY(req->arena, struct match_candidate, pool->mentors);
    if (view->candidates == NULL)
        return RC_NO_MEMORY;
    for (uint32_t j = 0; j < pool->mentors; j++) {
        struct mm_explanation e;
        struct mm_fault fault;
        const struct mm_link link = {board.mentee, j};
        if (mm_explain_pair(pool, link, &e, &fault) != MM_OK)
            return RC_LIMIT;
        match_tell_lines(&board.input, &link, 1, &e);
        view->candidates[j] = (struct match_candidate){
            .mentor = board.input.mentor[j]->id,
            .name = board.input.mentor[j]->name,
            .score = e.allowed ? e.score : -__builtin_popcount(e.refused | e.mandatory) - 1,
            .allowed = e.allowed,
            .rules = match_reasons(&e)};
    }
    qsort(view->candidates, pool->mentors, sizeof view->candidates[0], better_first);
    view->candidate_count = pool->mentors < CANDIDATES_SHOWN ? pool->mentors : CANDIDATES_SHOWN;
    return RC_OK;
}

static void write_candidates(struct html *html, struct req *req)
{
    page_match_candidates(html, req->view);
}

// clang-format off
const struct route match_pair_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/matching/:run/pair/:mentee/:mentor", CAN_RUN_MATCHING, NULL,           req_slow, NULL,     load_pair,       write_pair,       MSG("One pair"), .out = &match_pair_out},
    {WEB_POST, "/cohorts/:cohort/matching/:run/pair/:mentee/:mentor", CAN_RUN_MATCHING, &commenting_shape, NULL, act_comment, load_pair, write_pair, MSG("Comment on a pair") },
    {WEB_GET,  "/cohorts/:cohort/matching/:run/mentee/:mentee",       CAN_RUN_MATCHING, NULL,           req_slow, NULL,     load_candidates, write_candidates, MSG("Who would do for her"), .out = &candidates_out},
    {0,        NULL,                                                  0,                NULL,           NULL, NULL,     NULL,            NULL,             NULL                              },
};
// clang-format on
