// SPDX-License-Identifier: Apache-2.0
//
// Why: for those who run a cohort: which pairs need help today and why, how one pair stands.
#include <stdlib.h>
#include <string.h>

#include "app/cohort/objective.h"
#include "app/pair/pair.h"
#include "app/pair/pair_end.h"
#include "app/pair/pair_feel.h"
#include "app/pair/pair_page.h"
#include "app_pair_pair_staff.html.h"

static enum rc make_view(struct req *req, struct staff_view **ret_view)
{
    struct staff_view *view = ARENA_NEW(req->arena, struct staff_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    view->zone = req->actor.zone;
    view->now_us = req->now_us;
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

// ---- all pairs -------------------------------------------------------------------------------

static enum rc load_pairs(struct req *req)
{
    struct staff_view *view = NULL;
    struct pair_stand *all = NULL;
    size_t count = 0;
    const char *show = form_value(&req->form, "show");
    TRY(make_view(req, &view));
    view->all = show != NULL && strcmp(show, "all") == 0;
    view->aimless = show != NULL && strcmp(show, "without-objective") == 0;
    TRY(pair_stands(req, &view->cohort, 0, &all, &count));
    TRY(longer_list(req, view->cohort.id, 0, &view->longer, &view->longer_count));
    view->stands = ARENA_ARRAY(req->arena, struct pair_stand, count);
    if (view->stands == NULL)
        return RC_NO_MEMORY;
    view->pairs = count;
    for (size_t k = 0; k < count; k++) {
        view->helpless += all[k].risks != 0;
        view->paused += strcmp(all[k].state, "paused") == 0;
        view->early += all[k].early;
        view->without += all[k].aimless > 0;
        if (view->all || (view->aimless ? all[k].aimless > 0 : all[k].risks != 0))
            view->stands[view->stand_count++] = all[k];
    }
    return RC_OK;
}

static void write_pairs(struct html *html, struct req *req)
{
    page_pairs(html, req->view);
}

// ---- one pair --------------------------------------------------------------------------------

// Nobody looks after her own pair.
static enum rc find_staff_pair(struct req *req, int64_t cohort, struct pair *ret_pair)
{
    TRY(pair_find(req->tx, req->arena, req_id(req, "pair"), ret_pair));
    bool own = ret_pair->match.mentee_person == req->actor.person ||
               ret_pair->match.mentor_person == req->actor.person;
    return ret_pair->cohort.id != cohort || own ? RC_NOT_FOUND : RC_OK;
}

static enum rc read_one_told(struct req *req, const struct db_rows *r, size_t k,
                             struct staff_told *ret_told)
{
    const struct bank_kind *kind = bank_kind_find(db_text(r, k, 6));
    const char *number = arena_printf(req->arena, "%lld", (long long)db_int(r, k, 2));
    if (number == NULL)
        return RC_NO_MEMORY;
    *ret_told = (struct staff_told){.name = db_text(r, k, 0),
                                    .question = db_text(r, k, 1),
                                    .number = db_int(r, k, 2),
                                    .words = db_text(r, k, 3),
                                    .at = db_int(r, k, 4),
                                    .asked = db_text(r, k, 5)};
    if (kind != NULL && kind->options != NULL)
        ret_told->answer = field_option_label(kind->options, number);
    return RC_OK;
}

static enum rc read_told(struct req *req, struct staff_view *view)
{
    struct db_rows *r = NULL;
    TRY(told_list(req, view->pair.match.id, &r));
    view->told = ARENA_ARRAY(req->arena, struct staff_told, db_count(r));
    if (view->told == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        TRY(read_one_told(req, r, k, &view->told[k]));
    view->told_count = db_count(r);
    return RC_OK;
}

static enum rc load_pair(struct req *req)
{
    struct staff_view *view = NULL;
    struct pair_stand *all = NULL;
    size_t count = 0;
    TRY(make_view(req, &view));
    TRY(find_staff_pair(req, view->cohort.id, &view->pair));
    int64_t match = view->pair.match.id;
    TRY(pair_stands(req, &view->cohort, match, &all, &count));
    view->stand = count == 0 ? NULL : &all[0];
    TRY(longer_list(req, view->cohort.id, match, &view->longer, &view->longer_count));
    TRY(goal_list(req->tx, req->arena, match, &view->goals, &count));
    for (size_t k = 0; k < count; k++)
        if (view->goals[k].shared)
            view->goals[view->goal_count++] = view->goals[k];
        else
            view->own_goals++;
    TRY(meeting_list(req->tx, req->arena, match, &view->meetings, &view->meeting_count));
    return read_told(req, view);
}

static void write_pair(struct html *html, struct req *req)
{
    page_staff_pair(html, req->view);
}

static enum rc act_revive(struct req *req)
{
    struct pair pair;
    int64_t cohort = req_id(req, "cohort");
    const struct ending e = ending_of(req);
    TRY(find_staff_pair(req, cohort, &pair));
    TRY(pair_revive(&e, &pair));
    return req_go(req, MSG("The pair goes on."), "/cohorts/%lld/pairs/%lld", (long long)cohort,
                  (long long)pair.match.id);
}

// ---- before an objective is taken out ----------------------------------------------------------

static enum rc load_unserved(struct req *req)
{
    struct staff_view *view = NULL;
    TRY(make_view(req, &view));
    TRY(objective_find(req, view->cohort.id, req_id(req, "objective"), &view->objective));
    return goal_count_serving(req->tx, req->arena, view->objective.id, &view->serving);
}

static void write_unserved(struct html *html, struct req *req)
{
    page_objective_end(html, req->view);
}

// clang-format off
const struct route pair_staff_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/objectives/:objective/end", CAN_RUN_COHORTS, NULL, NULL, NULL,     load_unserved, write_unserved, MSG("Take an objective out")},
    {WEB_GET,  "/cohorts/:cohort/pairs",              CAN_RUN_MATCHING, NULL, NULL,     NULL,       load_pairs,    write_pairs,    MSG("Pairs"), .out = &pair_stands_out, .query = "show"},
    {WEB_GET,  "/cohorts/:cohort/pairs/:pair",        CAN_RUN_MATCHING, NULL, NULL,     NULL,       load_pair,     write_pair,     MSG("A pair"), .out = &staff_pair_out},
    {WEB_POST, "/cohorts/:cohort/pairs/:pair/revive", CAN_RUN_MATCHING, NULL, NULL,     act_revive, load_pair,     write_pair,     MSG("Let a pair go on")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
