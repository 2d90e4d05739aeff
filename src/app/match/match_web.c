// SPDX-License-Identifier: Apache-2.0
//
// Why: finding pairs, reading them, publishing them, and each person's own match.
#include <string.h>

#include "app/match/match.h"
#include "app/match/match_page.h"
#include "app/match/match_store.h"
#include "app_match_match.html.h"

static enum rc make_view(struct req *req, struct match_view **ret_view)
{
    struct match_view *view = ARENA_NEW(req->arena, struct match_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

static enum rc load_pool(struct req *req, int64_t cohort, struct enrolment **ret_people,
                         size_t *ret_count)
{
    return enrolment_list(req->tx, req->arena, cohort, "approved", ret_people, ret_count);
}

static enum rc load_matching(struct req *req)
{
    struct match_view *view = NULL;
    struct enrolment *people = NULL;
    size_t count = 0;
    TRY(make_view(req, &view));
    TRY(load_pool(req, view->cohort.id, &people, &count));
    for (size_t k = 0; k < count; k++) {
        bool is_mentor = strcmp(people[k].role, "mentor") == 0;
        view->approved_mentors += is_mentor;
        view->approved_mentees += !is_mentor;
        view->places += is_mentor ? people[k].places : 0;
    }
    return run_list(req, view->cohort.id, &view->runs, &view->run_count);
}

static void write_matching(struct html *html, struct req *req)
{
    page_matching(html, req->view);
}

// What the slow step computed, off the database's writer.
struct computed {
    struct match_run run;
    struct match_pair *pairs;
    size_t count;
};

static enum rc compute(struct req *req)
{
    struct computed *computed = ARENA_NEW(req->arena, struct computed);
    struct enrolment *people = NULL;
    struct cohort cohort;
    size_t count = 0;
    if (computed == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &cohort));
    TRY(load_pool(req, cohort.id, &people, &count));
    computed->run = (struct match_run){
        .id = db_new_id(req->now_us), .cohort = cohort.id, .seed = cohort.id & INT32_MAX};
    TRY(match_compute(req->arena, people, count, &computed->run, &computed->pairs,
                      &computed->count));
    req->kept = computed;
    return RC_OK;
}

static enum rc act_run(struct req *req)
{
    const struct computed *computed = req->kept;
    TRY(run_add(req->tx, &computed->run, computed->pairs, computed->count, req->now_us));
    return req_go(req, MSG("The best pairs are found. Read them before you publish."),
                  "/cohorts/%lld/matching/%lld", (long long)computed->run.cohort,
                  (long long)computed->run.id);
}

static enum rc load_run(struct req *req)
{
    struct match_view *view = NULL;
    TRY(make_view(req, &view));
    TRY(run_find(req, view->cohort.id, req_id(req, "run"), &view->run));
    return run_pairs(req, view->run.id, &view->pairs, &view->pair_count);
}

static void write_run(struct html *html, struct req *req)
{
    page_match_run(html, req->view);
}

static enum rc act_decide(struct req *req)
{
    struct match_run run;
    uint64_t made = 0;
    const char *to = form_value(&req->form, "to");
    TRY(run_find(req, req_id(req, "cohort"), req_id(req, "run"), &run));
    bool publish = to != NULL && strcmp(to, "published") == 0;
    if (!publish && (to == NULL || strcmp(to, "discarded") != 0))
        return RC_BAD_INPUT;
    TRY(run_move(req->tx, run.id, "under_review", to));
    if (publish)
        TRY(match_publish(req->tx, run.id, req->now_us, &made));
    const char *said = MSG("The run is discarded. Nobody was told of it.");
    if (publish)
        said = made == (uint64_t)run.matched
                   ? MSG("The pairs are published. Both sides see their match.")
                   : MSG("Published, but for pairs whose people have changed since.");
    return req_go(req, said, "/cohorts/%lld/matching/%lld", (long long)run.cohort,
                  (long long)run.id);
}

static enum rc load_mine(struct req *req)
{
    struct match_view *view = NULL;
    TRY(make_view(req, &view));
    return match_mine(req, view->cohort.id, &view->pairs, &view->pair_count);
}

static void write_mine(struct html *html, struct req *req)
{
    page_my_match(html, req->view);
}

// clang-format off
const struct route match_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/matching",      CAN_RUN_MATCHING, NULL, NULL,    NULL,       load_matching, write_matching, MSG("Find pairs")      },
    {WEB_POST, "/cohorts/:cohort/matching",      CAN_RUN_MATCHING, NULL, compute, act_run,    load_matching, write_matching, MSG("Find pairs")      },
    {WEB_GET,  "/cohorts/:cohort/matching/:run", CAN_RUN_MATCHING, NULL, NULL,    NULL,       load_run,      write_run,      MSG("Pairs to read")   },
    {WEB_POST, "/cohorts/:cohort/matching/:run", CAN_RUN_MATCHING, NULL, NULL,    act_decide, load_run,      write_run,      MSG("Publish or discard a run")},
    {WEB_GET,  "/cohorts/:cohort/match",         CAN_JOIN,         NULL, NULL,    NULL,       load_mine,     write_mine,     MSG("My match")        },
    {0,        NULL,                             0,                NULL, NULL,    NULL,       NULL,          NULL,           NULL                   },
};
// clang-format on
