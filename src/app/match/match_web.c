// SPDX-License-Identifier: Apache-2.0
//
// Why: the coordinator's way to pairs: rules, runs, the board of a run, two runs side by side, and
// publishing.
#include <stdlib.h>
#include <string.h>

#include "app/match/match.h"
#include "app/match/match_offer.h"
#include "app/match/match_page.h"
#include "app/match/match_store.h"
#include "app_match_match.html.h"

enum { PAIRS_MAX = 10000 };

enum rc match_make_view(struct req *req, struct match_view **ret_view)
{
    struct match_view *view = ARENA_NEW(req->arena, struct match_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    view->form = &req->form;
    view->action = req_path(req);
    view->search = form_value(&req->form, "search");
    view->sort = form_value(&req->form, "sort");
    view->page = form_number(&req->form, "page");
    view->page = view->page > PAIRS_MAX ? 0 : view->page;
    if (view->search == NULL)
        view->search = "";
    view->only = form_value(&req->form, "only");
    view->only = view->only == NULL ? "" : view->only;
    view->zone = req->actor.zone;
    view->link_note = "";
    if (view->sort == NULL)
        view->sort = "";
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc match_next_page(struct req *req, struct match_view *view)
{
    return view->more ? req_next(req, "page", view->page + 1, &view->next) : RC_OK;
}

void match_rule_names(struct html *html, int64_t bits)
{
    const char *gap = "";
    for (int rule = 0; rule < MATCH_REASONS; rule++) {
        const char *label = match_rule_label(rule);
        if ((bits >> rule & 1) == 0 || label[0] == '\0')
            continue;
        html_text(html, gap);
        html_message(html, label, NULL, 0);
        gap = ", ";
    }
}

void match_removed(struct html *html, const char *removed)
{
    const char *gap = "";
    while (*removed != '\0') {
        char *end = NULL;
        int64_t rule = strtoll(removed, &end, 10);
        int64_t count = *end == ':' ? strtoll(end + 1, &end, 10) : 0;
        html_text(html, gap);
        html_message(html, match_rule_label(rule), NULL, 0);
        html_text(html, " (");
        html_integer(html, count);
        html_text(html, ")");
        gap = ", ";
        removed = *end == ' ' ? end + 1 : "";
    }
}

// ---- runs ------------------------------------------------------------------------------------

static enum rc count_pool(struct req *req, struct match_view *view)
{
    struct enrolment_filter filter = {.state = "approved"};
    struct enrolment *people = NULL;
    size_t count = 0;
    TRY(enrolment_list(req->tx, req->arena, view->cohort.id, &filter, &people, &count));
    for (size_t k = 0; k < count; k++) {
        bool is_mentor = strcmp(people[k].role, "mentor") == 0;
        view->approved_mentors += is_mentor;
        view->approved_mentees += !is_mentor;
        view->places += is_mentor ? people[k].places : 0;
        view->no_times += people[k].week[0] == '\0';
        view->no_level += people[k].level == 0;
        view->no_languages += people[k].languages[0] == '\0';
        view->usable += is_mentor ? match_usable(&people[k], view->cohort.hours) : 0;
    }
    return RC_OK;
}

static enum rc load_matching(struct req *req)
{
    struct match_view *view = NULL;
    struct match *live = NULL;
    size_t offered = 0;
    size_t active = 0;
    TRY(match_make_view(req, &view));
    view->zone = req->actor.zone;
    TRY(count_pool(req, view));
    TRY(presence_counts(req, view->cohort.id, &view->sit_out, &view->short_of_hours));
    TRY(match_list(req, view->cohort.id, "offered", &live, &offered));
    TRY(match_list(req, view->cohort.id, "active", &live, &active));
    view->live = (int64_t)(offered + active);
    TRY(rules_now(req->tx, req->arena, view->cohort.id, &view->rules));
    TRY(link_list(req, view->cohort.id, &view->links, &view->link_count));
    return run_list(req, view->cohort.id, &view->runs, &view->run_count);
}

static void write_matching(struct html *html, struct req *req)
{
    page_matching(html, req->view);
}

static enum rc act_run(struct req *req)
{
    struct cohort cohort;
    struct match_rules rules;
    TRY(cohort_load(req, &cohort));
    TRY(rules_now(req->tx, req->arena, cohort.id, &rules));
    struct match_run run = {.id = db_new_id(req->now_us),
                            .cohort = cohort.id,
                            .seed = cohort.id & INT32_MAX,
                            .rules = rules.id};
    const char *body = arena_printf(req->arena, "%lld", (long long)run.id);
    if (body == NULL)
        return RC_NO_MEMORY;
    TRY(run_add(req->tx, &run, req->actor.person, req->now_us));
    TRY(job_add(req->tx, "match_run", body, req->now_us, req->now_us));
    return req_go(req, NULL, "/cohorts/%lld/matching/%lld", (long long)cohort.id,
                  (long long)run.id);
}

// Of those with such a search key in a name; "": all.
static enum rc all_pairs(struct req *req, int64_t run, const char *search,
                         struct match_pair **ret_pairs, size_t *ret_count)
{
    struct pair_filter filter = {
        .search = search, .order = PAIRS_BY_MENTEE, .only = "", .most = PAIRS_MAX};
    return run_pairs(req->tx, req->arena, run, &filter, ret_pairs, ret_count);
}

// ---- publishing ------------------------------------------------------------------------------

// Where the committee decides, only what it accepts.
static enum rc keep_accepted(struct req *req, struct match_view *view)
{
    if (!view->run.committee)
        return RC_OK;
    TRY(vote_tallies(req->tx, req->arena, view->run.id, &view->tallies, &view->tally_count));
    size_t kept = 0;
    for (size_t k = 0; k < view->publish_count; k++)
        for (size_t t = 0; t < view->tally_count; t++)
            if (view->tallies[t].mentee == view->publish[k].mentee &&
                view->tallies[t].mentor == view->publish[k].mentor &&
                match_is_accepted(&view->tallies[t])) {
                view->publish[kept++] = view->publish[k];
                break;
            }
    view->publish_count = kept;
    return RC_OK;
}

// What is published: the ticked pairs, or all when none is ticked.
static enum rc chosen_pairs(struct req *req, struct match_view *view)
{
    const struct form *form = &req->form;
    TRY(all_pairs(req, view->run.id, "", &view->publish, &view->publish_count));
    TRY(keep_accepted(req, view));
    view->chosen = form_count(form, "pair") > 0;
    if (!view->chosen)
        return RC_OK;
    size_t kept = 0;
    for (size_t k = 0; k < view->publish_count; k++) {
        const char *name = arena_printf(req->arena, "%lld-%lld", (long long)view->publish[k].mentee,
                                        (long long)view->publish[k].mentor);
        if (name == NULL)
            return RC_NO_MEMORY;
        if (form_has(form, "pair", name))
            view->publish[kept++] = view->publish[k];
    }
    view->publish_count = kept;
    return RC_OK;
}

static bool is_pair(const struct match_pair *one, const struct match_pair *another)
{
    return one->mentee == another->mentee && one->mentor == another->mentor;
}

// Of what is published, those with a name that is searched. Both lists are in the same order.
static enum rc find_among(struct req *req, struct match_view *view, struct match_pair **ret_found,
                          size_t *ret_count)
{
    struct match_pair *found = NULL;
    size_t count = 0;
    size_t kept = 0;
    char *search = NULL;
    TRY(text_key(req->arena, view->search, strlen(view->search), &search));
    TRY(all_pairs(req, view->run.id, search, &found, &count));
    for (size_t k = 0, p = 0; k < count; k++) {
        size_t at = p;
        while (at < view->publish_count && !is_pair(&view->publish[at], &found[k]))
            at++;
        if (at == view->publish_count)
            continue;
        found[kept++] = found[k];
        p = at + 1;
    }
    *ret_found = found;
    *ret_count = kept;
    return RC_OK;
}

static enum rc load_publish(struct req *req)
{
    struct match_view *view = NULL;
    TRY(match_make_view(req, &view));
    TRY(run_find(req->tx, req->arena, view->cohort.id, req_id(req, "run"), &view->run));
    TRY(rules_find(req->tx, req->arena, view->run.rules, &view->rules));
    TRY(chosen_pairs(req, view));
    TRY(offer_words(req, &view->cohort, &view->rules, &view->letter));
    struct match_pair *found = view->publish;
    size_t count = view->publish_count;
    if (view->search[0] != '\0')
        TRY(find_among(req, view, &found, &count));
    size_t from = (size_t)view->page * MATCH_PAIRS_A_PAGE;
    from = from < count ? from : 0;
    view->page = (int64_t)(from / MATCH_PAIRS_A_PAGE);
    view->pair_total = (int64_t)count;
    view->pairs = count == 0 ? found : found + from;
    view->more = count - from > MATCH_PAIRS_A_PAGE;
    view->pair_count = view->more ? MATCH_PAIRS_A_PAGE : count - from;
    if (view->page > 0)
        TRY(req_next(req, "page", view->page - 1, &view->previous));
    return match_next_page(req, view);
}

static void write_publish(struct html *html, struct req *req)
{
    page_match_publish(html, req->view);
}

static enum rc act_publish(struct req *req)
{
    struct match_view *view = NULL;
    uint64_t made = 0;
    struct offering o = offering_of(req);
    TRY(match_make_view(req, &view));
    TRY(run_find(req->tx, req->arena, view->cohort.id, req_id(req, "run"), &view->run));
    TRY(chosen_pairs(req, view));
    TRY(run_move(req->tx, view->run.id, "under_review", "published"));
    TRY(offer_pairs(&o, &view->run, view->publish, view->publish_count, &made));
    return req_go(
        req,
        made == view->publish_count
            ? MSG("The pairs are published. The letters are on their way.")
            : MSG("Published, but for pairs whose people have changed since. The run and the page of who waits name them, and those who run the cohort get a letter with their names."),
        "/cohorts/%lld/matches", (long long)view->cohort.id);
}

// ---- two runs side by side ---------------------------------------------------------------------

static bool has_pair(const struct match_pair *pairs, size_t count, const struct match_pair *pair)
{
    for (size_t k = 0; k < count; k++)
        if (pairs[k].mentee == pair->mentee && pairs[k].mentor == pair->mentor)
            return true;
    return false;
}

static size_t keep_missing(struct match_pair *pairs, size_t count, const struct match_pair *others,
                           size_t other_count)
{
    size_t kept = 0;
    for (size_t k = 0; k < count; k++)
        if (!has_pair(others, other_count, &pairs[k]))
            pairs[kept++] = pairs[k];
    return kept;
}

const int64_t match_loads[MATCH_LOADS] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

static int by_mentor(const void *left, const void *right)
{
    const struct match_pair *a = left;
    const struct match_pair *b = right;
    return (a->mentor > b->mentor) - (a->mentor < b->mentor);
}

// How many mentors have so many mentees; a copy is sorted.
static enum rc count_loads(struct req *req, const struct match_run *run,
                           const struct match_pair *pairs, size_t count, int64_t *loads)
{
    struct match_pair *copy = ARENA_ARRAY(req->arena, struct match_pair, count);
    int64_t busy = 0;
    if (copy == NULL)
        return RC_NO_MEMORY;
    if (count > 0)
        memcpy(copy, pairs, count * sizeof copy[0]);
    qsort(copy, count, sizeof copy[0], by_mentor);
    for (size_t k = 0; k < count;) {
        size_t end = k;
        while (end < count && copy[end].mentor == copy[k].mentor)
            end++;
        size_t has = end - k < MATCH_LOADS ? end - k : MATCH_LOADS - 1;
        loads[has]++;
        busy++;
        k = end;
    }
    loads[0] = run->mentors > busy ? run->mentors - busy : 0;
    return RC_OK;
}

// Before only what differs is kept of both lists.
static enum rc tell_both(struct req *req, struct match_view *view)
{
    struct match_figures first = match_figures_of(view->pairs, view->pair_count);
    struct match_figures second = match_figures_of(view->others, view->other_count);
    TRY(count_loads(req, &view->run, view->pairs, view->pair_count, view->loads[0]));
    TRY(count_loads(req, &view->other, view->others, view->other_count, view->loads[1]));
    return match_plot(req, &first, &second, view);
}

static enum rc load_compare(struct req *req)
{
    struct match_view *view = NULL;
    struct match_pair *all = NULL;
    size_t count = 0;
    TRY(match_make_view(req, &view));
    TRY(run_find(req->tx, req->arena, view->cohort.id, req_id(req, "run"), &view->run));
    TRY(run_find(req->tx, req->arena, view->cohort.id, form_number(&req->form, "with"),
                 &view->other));
    TRY(all_pairs(req, view->run.id, "", &view->pairs, &view->pair_count));
    TRY(all_pairs(req, view->other.id, "", &view->others, &view->other_count));
    TRY(all_pairs(req, view->run.id, "", &all, &count));
    TRY(tell_both(req, view));
    view->pair_count = keep_missing(view->pairs, view->pair_count, view->others, view->other_count);
    view->other_count = keep_missing(view->others, view->other_count, all, count);
    return RC_OK;
}

static void write_compare(struct html *html, struct req *req)
{
    page_match_compare(html, req->view);
}

// clang-format off
const struct route match_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/matching",              CAN_RUN_MATCHING, NULL,         req_slow, NULL,    load_matching, write_matching, MSG("Find pairs"), .out = &matching_out},
    {WEB_POST, "/cohorts/:cohort/matching",              CAN_RUN_MATCHING, NULL,         NULL, act_run,     load_matching, write_matching, MSG("Find pairs")       },
    {WEB_GET,  "/cohorts/:cohort/matching/:run/publish", CAN_RUN_MATCHING, NULL,         NULL, NULL,        load_publish,  write_publish,  MSG("Publish pairs"), .query = "pair search page"},
    {WEB_POST, "/cohorts/:cohort/matching/:run/publish", CAN_RUN_MATCHING, NULL,         NULL, act_publish, load_publish,  write_publish,  MSG("Publish pairs")    },
    {WEB_GET,  "/cohorts/:cohort/matching/:run/compare", CAN_RUN_MATCHING, NULL,         NULL, NULL,        load_compare,  write_compare,  MSG("Two runs side by side"), .out = &compare_out, .query = "with"},
    {0,        NULL,                                     0,                NULL,         NULL, NULL,        NULL,          NULL,           NULL                    },
};
// clang-format on
