// SPDX-License-Identifier: Apache-2.0
//
// Why: deciding by hand: what keeping two together, keeping them apart, swapping, giving somebody
// another mentor, or taking a step back would change for all pairs is shown before it is kept; and
// the list of all steps. The first page computes, so it is slow.
#include <stdlib.h>
#include <string.h>

#include "app/match/match.h"
#include "app/match/match_change.h"
#include "app/match/match_page.h"
#include "app_match_match_board.html.h"

struct deciding {
    const char *act;
    const char *mentee;
    const char *mentor;
    const char *mentee2;
    const char *mentor2;
    const char *number;
    const char *note;
};

enum { ID_MOST = 20 };

// clang-format off
static const struct field deciding_fields[] = {
    {"do",      FIELD_HIDDEN, FIELD_TEXT_OF(struct deciding, act),     0, 10,      MSG("What"),    "", NULL},
    {"mentee",  FIELD_HIDDEN, FIELD_TEXT_OF(struct deciding, mentee),  0, ID_MOST, MSG("Mentee"),  "", NULL},
    {"mentor",  FIELD_HIDDEN, FIELD_TEXT_OF(struct deciding, mentor),  0, ID_MOST, MSG("Mentor"),  "", NULL},
    {"mentee2", FIELD_HIDDEN, FIELD_TEXT_OF(struct deciding, mentee2), 0, ID_MOST, MSG("Mentee"),  "", NULL},
    {"mentor2", FIELD_HIDDEN, FIELD_TEXT_OF(struct deciding, mentor2), 0, ID_MOST, MSG("Mentor"),  "", NULL},
    {"number",  FIELD_HIDDEN, FIELD_TEXT_OF(struct deciding, number),  0, ID_MOST, MSG("Step"),    "", NULL},
    {"note",    FIELD_LINE,   FIELD_TEXT_OF(struct deciding, note),    0, 500,     MSG("Comment"), MSG("For the people who run the programme."), NULL},
};
// clang-format on
static const struct shape deciding_shape = SHAPE(struct deciding, deciding_fields);

// ---- what is to be done ------------------------------------------------------------------------

struct plan {
    struct match_hold_set sets[MATCH_EDITS_MAX];
    size_t count;
    int64_t acts; // steps that are taken back
    int64_t number;
};

// A mentee who wants one mentor is kept together with one.
static enum rc free_other_pins(struct req *req, int64_t cohort, int64_t mentee, struct plan *plan)
{
    struct enrolment one;
    struct db_rows *rows = NULL;
    TRY(enrolment_find(req->tx, req->arena, cohort, mentee, &one));
    TRY(change_pins_of(req, cohort, mentee, &rows));
    for (size_t k = 0; one.places <= 1 && k < db_count(rows); k++) {
        int64_t mentor = db_int(rows, k, 0);
        bool stays = false;
        for (size_t s = 0; s < plan->count; s++)
            stays |= plan->sets[s].mentee == mentee && plan->sets[s].mentor == mentor;
        if (!stays)
            plan->sets[plan->count++] = (struct match_hold_set){mentee, mentor, MATCH_FREE};
    }
    return RC_OK;
}

static enum rc plan_swap(struct req *req, int64_t cohort, struct plan *plan)
{
    int64_t a = form_number(&req->form, "mentee");
    int64_t x = form_number(&req->form, "mentor");
    int64_t b = form_number(&req->form, "mentee2");
    int64_t y = form_number(&req->form, "mentor2");
    if (a == b || x == y)
        return RC_NOT_FOUND;
    plan->sets[plan->count++] = (struct match_hold_set){a, y, MATCH_PINNED};
    plan->sets[plan->count++] = (struct match_hold_set){b, x, MATCH_PINNED};
    TRY(free_other_pins(req, cohort, a, plan));
    return free_other_pins(req, cohort, b, plan);
}

// RC_NOT_FOUND: nothing that can be done.
static enum rc make_plan(struct req *req, int64_t cohort, const char *act, struct plan *plan)
{
    struct match_hold_set one = {form_number(&req->form, "mentee"),
                                 form_number(&req->form, "mentor"), MATCH_FREE};
    *plan = (struct plan){.number = form_number(&req->form, "number")};
    if (strcmp(act, "swap") == 0)
        return plan_swap(req, cohort, plan);
    if (strcmp(act, "back") == 0)
        return change_back(req, cohort, plan->number, plan->sets, &plan->count, &plan->acts);
    if (strcmp(act, "again") == 0)
        return change_again(req, cohort, plan->number, plan->sets, &plan->count);
    one.becomes = strcmp(act, "pin") == 0   ? MATCH_PINNED
                  : strcmp(act, "ban") == 0 ? MATCH_BANNED
                                            : MATCH_FREE;
    if (one.becomes == MATCH_FREE && strcmp(act, "clear") != 0)
        return RC_NOT_FOUND;
    plan->sets[plan->count++] = one;
    return one.becomes == MATCH_PINNED ? free_other_pins(req, cohort, one.mentee, plan) : RC_OK;
}

// ---- what it would change ----------------------------------------------------------------------

static enum rc show_plan(struct req *req, struct match_view *view, const struct plan *plan)
{
    view->changes = ARENA_ARRAY(req->arena, struct match_change, plan->count);
    if (view->changes == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < plan->count; k++) {
        struct enrolment mentee;
        struct enrolment mentor;
        int64_t cohort = view->cohort.id;
        TRY(enrolment_find(req->tx, req->arena, cohort, plan->sets[k].mentee, &mentee));
        TRY(enrolment_find(req->tx, req->arena, cohort, plan->sets[k].mentor, &mentor));
        view->changes[k] = (struct match_change){.mentee_name = mentee.name,
                                                 .mentor_name = mentor.name,
                                                 .becomes = plan->sets[k].becomes};
    }
    view->change_count = plan->count;
    view->acts = plan->acts;
    return RC_OK;
}

static enum rc try_against_run(struct req *req, struct match_view *view,
                               const struct match_input *input, const struct match_edit *edits,
                               size_t count)
{
    struct pair_filter filter = {
        .search = "", .order = PAIRS_BY_MENTEE, .only = "", .most = ENROLMENTS_MAX};
    struct match_known known = {0};
    TRY(run_pairs(req->tx, req->arena, view->run.id, &filter, &known.pairs, &known.count));
    struct match_question question = {edits, count, view->run.seed, &known};
    return match_try(req->arena, input, &question, view->trial);
}

// Where nothing has changed since the run, its pairs are what would come without the change.
static enum rc try_plan(struct req *req, struct match_view *view, const struct match_input *input,
                        const struct plan *plan)
{
    struct match_edit edits[MATCH_EDITS_MAX];
    size_t count = 0;
    for (size_t k = 0; k < plan->count; k++) {
        uint32_t i = match_position(input->mentee, input->pool.mentees, plan->sets[k].mentee);
        uint32_t j = match_position(input->mentor, input->pool.mentors, plan->sets[k].mentor);
        if (i != MM_NOBODY && j != MM_NOBODY) // else one of them is matched, or has left
            edits[count++] = (struct match_edit){i, j, plan->sets[k].becomes};
    }
    if (match_is_unchanged(&view->run, input))
        return try_against_run(req, view, input, edits, count);
    struct match_question question = {edits, count, view->run.seed, NULL};
    return match_try(req->arena, input, &question, view->trial);
}

static enum rc load_change(struct req *req)
{
    struct match_view *view = NULL;
    struct match_rules rules;
    struct match_input input = {0};
    struct plan plan = {0};
    TRY(match_make_view(req, &view));
    TRY(run_find(req->tx, req->arena, view->cohort.id, req_id(req, "run"), &view->run));
    view->act = form_value(&req->form, "do");
    view->act = view->act == NULL ? "" : view->act;
    view->shape = &deciding_shape;
    view->trial = ARENA_NEW(req->arena, struct match_trial);
    if (view->trial == NULL)
        return RC_NO_MEMORY;
    bool is_draft = strcmp(view->act, "draft") == 0;
    if (!is_draft) {
        TRY(make_plan(req, view->cohort.id, view->act, &plan));
        TRY(show_plan(req, view, &plan));
    }
    TRY(rules_now(req->tx, req->arena, view->cohort.id, &rules));
    const struct app_place at = app_here(req);
    TRY(match_read_input(&at, view->cohort.id, &rules, &input));
    view->changed = view->run.rules != rules.id;
    TRY(is_draft ? try_against_run(req, view, &input, NULL, 0)
                 : try_plan(req, view, &input, &plan));
    return match_plot(req, &view->trial->before, &view->trial->after, view);
}

static void write_change(struct html *html, struct req *req)
{
    page_match_change(html, req->view);
}

static enum rc act_change(struct req *req)
{
    const struct deciding *in = req->in;
    struct match_run run;
    struct plan plan;
    TRY(run_find(req->tx, req->arena, req_id(req, "cohort"), req_id(req, "run"), &run));
    TRY(make_plan(req, run.cohort, in->act, &plan));
    enum rc rc = RC_OK;
    if (strcmp(in->act, "back") == 0)
        rc = change_do_back(req, run.cohort, plan.number);
    else if (strcmp(in->act, "again") == 0)
        rc = change_do_again(req, run.cohort, plan.number);
    else
        rc = change_add(req, &run, plan.sets, plan.count, in->note);
    TRY(rc == RC_BAD_INPUT ? RC_EXISTS : rc); // it is so already
    return req_go(req, MSG("It is kept in your draft. Find pairs again to make pairs of it."),
                  "/cohorts/%lld/matching/%lld", (long long)run.cohort, (long long)run.id);
}

// ---- all steps ---------------------------------------------------------------------------------

static enum rc load_changes(struct req *req)
{
    struct match_view *view = NULL;
    struct match_run *runs = NULL;
    size_t count = 0;
    TRY(match_make_view(req, &view));
    TRY(change_list(req, view->cohort.id, form_number(&req->form, "before"),
                    MATCH_CHANGES_A_PAGE + 1, &view->changes, &view->change_count));
    view->more = view->change_count > MATCH_CHANGES_A_PAGE;
    if (view->more)
        view->change_count = MATCH_CHANGES_A_PAGE;
    if (view->more)
        view->before = view->changes[view->change_count - 1].number;
    TRY(run_list(req, view->cohort.id, &runs, &count));
    for (size_t k = 0; k < count;
         k++) // on whose board a step back is shown: the one asked for, or the newest
        if (k == 0 || runs[k].id == form_number(&req->form, "run"))
            view->run = runs[k];
    return RC_OK;
}

static void write_changes(struct html *html, struct req *req)
{
    page_match_changes(html, req->view);
}

// clang-format off
const struct route match_change_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/matching/:run/change", CAN_RUN_MATCHING, NULL,            req_slow, NULL,       load_change,  write_change,  MSG("What would this change?"), .query = "do mentee mentor mentee2 mentor2 number"},
    {WEB_POST, "/cohorts/:cohort/matching/:run/change", CAN_RUN_MATCHING, &deciding_shape, NULL,     act_change, load_change,  write_change,  MSG("Decide by hand")         },
    {WEB_GET,  "/cohorts/:cohort/changes",              CAN_RUN_MATCHING, NULL,            NULL,     NULL,       load_changes, write_changes, MSG("Decided by hand"), .query = "run before"},
    {0,        NULL,                                    0,                NULL,            NULL,     NULL,       NULL,         NULL,          NULL                          },
};
// clang-format on
