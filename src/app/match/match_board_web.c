// SPDX-License-Identifier: Apache-2.0
//
// Why: the board of a run: while it is computed, how far it is; then its pairs in any order, in
// pages, with what was decided by hand since, and who has no mentor.
#include <stdlib.h>
#include <string.h>

#include "app/match/match.h"
#include "app/match/match_page.h"
#include "app/match/match_store.h"
#include "app_match_match_board.html.h"
#include "format/chart.h"

enum { REFRESH_S = 3, PERCENT = 100 };

// ---- what all boards say -----------------------------------------------------------------------

size_t match_few(size_t count)
{
    return count < MATCH_FEW ? count : MATCH_FEW;
}

int64_t match_mean(const struct match_figures *figures)
{
    return figures->pairs == 0 ? 0 : figures->total / figures->pairs;
}

void match_difference(struct html *html, int64_t before, int64_t after, bool percent)
{
    int64_t change = after - before;
    if (change == 0) {
        html_message(html, MSG("no change"), NULL, 0);
        return;
    }
    html_text(html, change > 0 ? "+" : "\xe2\x88\x92");
    int64_t size = change > 0 ? change : -change;
    if (!percent) {
        html_integer(html, size);
        return;
    }
    if (size < PERCENT / 10) {
        html_message(html, MSG("less than 0.1 %"), NULL, 0);
        return;
    }
    html_integer(html, size / PERCENT);
    html_text(html, ".");
    html_integer(html, size % PERCENT / 10);
    html_text(html, "\xc2\xa0%");
}

static const char *const band_names[MATCH_BANDS] = {
    "0-9 %",   "10-19 %", "20-29 %", "30-39 %", "40-49 %",
    "50-59 %", "60-69 %", "70-79 %", "80-89 %", "90-100 %",
};

enum rc match_plot(struct req *req, const struct match_figures *first,
                   const struct match_figures *second, struct match_view *view)
{
    enum { PLOT_LIMIT_BYTES = 1 << 18 };
    struct chart_row rows[MATCH_BANDS];
    struct buffer *plot = ARENA_NEW(req->arena, struct buffer);
    struct buffer *table = ARENA_NEW(req->arena, struct buffer);
    if (plot == NULL || table == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < MATCH_BANDS; k++)
        rows[k] = (struct chart_row){band_names[k], NULL, (uint32_t)first->band[k],
                                     second == NULL ? 0 : (uint32_t)second->band[k]};
    struct chart chart = {
        .id = "bands",
        .title = message_in(req->locale, MSG("Pairs by how well they fit")),
        .description = message_in(req->locale, MSG("The table below says the same in numbers.")),
        .rows_name = message_in(req->locale, MSG("Fit")),
        .first_name =
            message_in(req->locale, second == NULL ? MSG("Pairs") : MSG("Pairs as it stands")),
        .second_name = message_in(req->locale, MSG("Pairs with it")),
        .has_second = second != NULL,
        .rows = rows,
        .count = MATCH_BANDS};
    buffer_open(plot, req->arena, PLOT_LIMIT_BYTES);
    buffer_open(table, req->arena, PLOT_LIMIT_BYTES);
    TRY(chart_bars(plot, &chart));
    TRY(chart_table(table, &chart));
    view->plot = (struct safe_html){
        {plot->bytes, plot->length}
    };
    view->plot_table = (struct safe_html){
        {table->bytes, table->length}
    };
    return RC_OK;
}

// ---- the board ---------------------------------------------------------------------------------

// ---- whom to look for --------------------------------------------------------------------------

// The mentor who would suit most of those without one: one topic, one language, one part of the
// world, and far enough. Then, of those she would not suit, the next.
static bool suits(const struct match_lonely *one, const struct match_profile *profile)
{
    return one->left == 0 && enrolment_common(profile->topic, one->topics) > 0 &&
           enrolment_common(profile->language, one->languages) > 0 && one->band == profile->band;
}

static void count_profile(const struct match_view *view, const bool *cleared,
                          struct match_profile *profile)
{
    profile->count = 0;
    profile->level = 0;
    for (size_t k = 0; k < view->lonely_count; k++) {
        const struct match_lonely *one = &view->lonely[k];
        if (cleared[k] || !suits(one, profile))
            continue;
        int64_t level = one->level + view->rules.gap;
        profile->count++;
        profile->level = level > profile->level ? level : profile->level;
    }
    profile->level = profile->level < 1 ? 1 : profile->level > 4 ? 4 : profile->level;
}

static struct match_profile best_profile(const struct match_view *view, const bool *cleared)
{
    struct match_profile best = {.count = 0};
    for (size_t t = 0; enrolment_topics[t].value != NULL; t++)
        for (size_t l = 0; enrolment_languages[l].value != NULL; l++)
            for (int band = 0; band < MATCH_ZONE_BANDS; band++) {
                struct match_profile one = {.topic = enrolment_topics[t].value,
                                            .topic_label = enrolment_topics[t].label,
                                            .language = enrolment_languages[l].value,
                                            .language_label = enrolment_languages[l].label,
                                            .band = band};
                count_profile(view, cleared, &one);
                if (one.count > best.count)
                    best = one;
            }
    return best;
}

static const char *const band_labels[MATCH_ZONE_BANDS] = {
    MSG("The Americas"), MSG("Europe and Africa"), MSG("Asia and the Pacific"), MSG("any place")};

const char *match_band_label(int64_t band)
{
    return band_labels[band];
}

static enum rc draw_profiles(struct req *req, struct match_view *view)
{
    struct chart_row rows[MATCH_PROFILES];
    for (size_t k = 0; k < view->profile_count; k++) {
        const struct match_profile *one = &view->profiles[k];
        const char *label =
            arena_printf(req->arena, "%s, %s, %s", message_in(req->locale, one->topic_label),
                         message_in(req->locale, one->language_label),
                         message_in(req->locale, band_labels[one->band]));
        if (label == NULL)
            return RC_NO_MEMORY;
        rows[k] = (struct chart_row){label, NULL, (uint32_t)one->count, 0};
    }
    struct chart chart = {
        .id = "profiles",
        .title = message_in(req->locale, MSG("How many mentees each would suit")),
        .description = message_in(req->locale, MSG("The table below says the same in numbers.")),
        .rows_name = message_in(req->locale, MSG("Mentor")),
        .first_name = message_in(req->locale, MSG("Mentees")),
        .rows = rows,
        .count = view->profile_count};
    return app_plot(req->arena, &chart, 1 << 17, &view->profile_plot);
}

static enum rc find_profiles(struct req *req, struct match_view *view)
{
    bool *cleared = ARENA_ARRAY(req->arena, bool, view->lonely_count);
    if (cleared == NULL)
        return RC_NO_MEMORY;
    TRY(rules_find(req->tx, req->arena, view->run.rules, &view->rules));
    for (size_t k = 0; k < view->lonely_count; k++) {
        view->lonely[k].band = (int64_t)enrolment_band(req->arena, view->lonely[k].zone);
        view->full_count += view->lonely[k].left > 0;
    }
    while (view->profile_count < MATCH_PROFILES) {
        struct match_profile best = best_profile(view, cleared);
        if (best.count == 0)
            break;
        for (size_t k = 0; k < view->lonely_count; k++)
            cleared[k] |= suits(&view->lonely[k], &best);
        view->profiles[view->profile_count++] = best;
    }
    return view->profile_count == 0 ? RC_OK : draw_profiles(req, view);
}

static enum pair_order order_of(const char *sort)
{
    static const struct {
        const char *name;
        enum pair_order order;
    } orders[] = {
        {"best",   PAIRS_BEST     },
        {"name",   PAIRS_BY_MENTEE},
        {"mentor", PAIRS_BY_MENTOR},
        {"time",   PAIRS_BY_TIME  },
    };
    for (size_t k = 0; k < sizeof orders / sizeof orders[0]; k++)
        if (strcmp(orders[k].name, sort) == 0)
            return orders[k].order;
    return PAIRS_WEAKEST;
}

// The pair that is being swapped, if the run has it.
static enum rc read_swap(struct req *req, struct match_view *view)
{
    const char *swap = form_value(&req->form, "swap");
    struct enrolment one;
    char *end = NULL;
    view->swap = "";
    if (swap == NULL || swap[0] == '\0')
        return RC_OK;
    view->swap_mentee = strtoll(swap, &end, 10);
    view->swap_mentor = *end == '-' ? strtoll(end + 1, NULL, 10) : 0;
    view->swap = swap;
    TRY(enrolment_find(req->tx, req->arena, view->cohort.id, view->swap_mentee, &one));
    view->pair.mentee_name = one.name;
    TRY(enrolment_find(req->tx, req->arena, view->cohort.id, view->swap_mentor, &one));
    view->pair.mentor_name = one.name;
    return RC_OK;
}

static enum rc load_pairs(struct req *req, struct match_view *view)
{
    char *search = NULL;
    const char *below = form_value(&req->form, "below");
    view->below = below == NULL ? "0" : below;
    TRY(text_key(req->arena, view->search, strlen(view->search), &search));
    struct pair_filter filter = {.search = search,
                                 .order = order_of(view->sort),
                                 .only = view->only,
                                 .below = strtoll(view->below, NULL, 10) * PERCENT,
                                 .from = view->page * MATCH_PAIRS_A_PAGE,
                                 .most = MATCH_PAIRS_A_PAGE};
    filter.below = filter.below < 0 || filter.below > 10000 ? 0 : filter.below;
    TRY(run_pairs(req->tx, req->arena, view->run.id, &filter, &view->pairs, &view->pair_count));
    TRY(run_pairs_count(req, view->run.id, &filter, &view->pair_total));
    view->page_count = (view->pair_total + MATCH_PAIRS_A_PAGE - 1) / MATCH_PAIRS_A_PAGE;
    view->more = view->page + 1 < view->page_count;
    return match_next_page(req, view);
}

// What was decided since the run: steps that hold, the newest first.
static enum rc load_draft(struct req *req, struct match_view *view)
{
    enum { STEPS_SHOWN = 200 };
    struct match_change *all = NULL;
    size_t count = 0;
    TRY(change_ends(req, view->cohort.id, &view->newest, &view->again));
    TRY(change_list(req, view->cohort.id, 0, STEPS_SHOWN, &all, &count));
    view->changes = all;
    for (size_t k = 0; k < count; k++)
        if (all[k].undone_at == 0 && all[k].made_at > view->run.made_at)
            view->changes[view->change_count++] = all[k];
    return RC_OK;
}

static enum rc load_board(struct req *req, struct match_view *view)
{
    struct match_figures figures;
    TRY(load_pairs(req, view));
    TRY(read_swap(req, view));
    TRY(load_draft(req, view));
    TRY(run_bands(req, view->run.id, &figures));
    TRY(match_plot(req, &figures, NULL, view));
    TRY(run_lonely(req, view->run.id, &view->lonely, &view->lonely_count));
    TRY(find_profiles(req, view));
    TRY(skip_list(req, view->cohort.id, view->run.id, &view->skipped, &view->skipped_count));
    return run_list(req, view->cohort.id, &view->runs, &view->run_count);
}

static enum rc load_run(struct req *req)
{
    struct match_view *view = NULL;
    TRY(match_make_view(req, &view));
    TRY(run_find(req->tx, req->arena, view->cohort.id, req_id(req, "run"), &view->run));
    view->made_at = app_time_in(req->arena, view->run.made_at, req->actor.zone);
    view->still = form_value(&req->form, "still") != NULL;
    if (strcmp(view->run.state, "computing") == 0) {
        req->refresh_s = view->still ? 0 : REFRESH_S;
        return RC_OK;
    }
    return load_board(req, view);
}

static void write_run(struct html *html, struct req *req)
{
    page_match_run(html, req->view);
}

static enum rc act_discard(struct req *req)
{
    struct match_run run;
    TRY(run_find(req->tx, req->arena, req_id(req, "cohort"), req_id(req, "run"), &run));
    const char *from = strcmp(run.state, "computing") == 0 ? "computing" : "under_review";
    TRY(run_move(req->tx, run.id, from, "discarded"));
    return req_go(req, MSG("The run is discarded. Nobody was told of it."),
                  "/cohorts/%lld/matching", (long long)run.cohort);
}

// clang-format off
const struct route match_board_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/matching/:run",         CAN_RUN_MATCHING, NULL, NULL, NULL,        load_run, write_run, MSG("Pairs to read"), .out = &run_out, .query = "search only below sort page swap still"},
    {WEB_POST, "/cohorts/:cohort/matching/:run/discard", CAN_RUN_MATCHING, NULL, NULL, act_discard, load_run, write_run, MSG("Discard a run")},
    {0,        NULL,                                     0,                NULL, NULL, NULL,        NULL,     NULL,      NULL                },
};
// clang-format on
