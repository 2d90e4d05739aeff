// SPDX-License-Identifier: Apache-2.0
// The report: frame, numbers and plots; see match_report.h.
#include "match_report.h"

#include <string.h>

#include "base/markup.h"

#include "format/chart.h"

enum { TOPICS_DRAWN = 10, TOPICS_LISTED = 150 };

void match_report_open_scroll(struct buffer *page, const char *name)
{
    markup_print(page, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"%s\">\n",
                 name);
}

void match_report_close_scroll(struct buffer *page)
{
    buffer_text(page, "</div>\n");
}

void match_report_name(struct buffer *page, const char *name)
{
    markup_print(page, "<bdi>%s</bdi>", name);
}

// The last part of a path: folders of someone's machine are nobody's business.
static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static const char *month(int32_t number)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    return names[number - 1];
}

static void head(struct buffer *page, const struct match_story *story)
{
    const struct match_view *view = story->view;
    const struct rules_file *rules = &view->pool->rules;
    buffer_text(page, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "style-src 'unsafe-inline'\">\n"
                      "<meta name=\"robots\" content=\"noindex\">\n");
    markup_print(page, "<title>Mentoring pairs: %u of %u mentees matched</title>\n",
                 view->result->matched, view->pool->pool.mentees);
    buffer_text(page, "<style>\n");
    match_report_style(page);
    buffer_text(page, chart_style());
    buffer_text(page, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the "
                      "result</a>\n<div class=\"page\">\n<header>\n<h1>Mentoring pairs</h1>\n");
    markup_print(page,
                 "<p class=\"quiet\">From %s (%u mentees) and %s (%u mentors). The pairs meet for "
                 "%d weeks from %d %s %d.</p>\n</header>\n",
                 file_name(story->mentees_file), view->pool->pool.mentees,
                 file_name(story->mentors_file), view->pool->pool.mentors, rules->weeks,
                 rules->start.day, month(rules->start.month), rules->start.year);
}

static void contents(struct buffer *page, const struct match_story *story)
{
    const struct match_view *view = story->view;
    buffer_text(page, "<nav aria-label=\"Contents\">\n<ul>\n"
                      "<li><a href=\"#glance\">At a glance</a></li>\n"
                      "<li><a href=\"#all\">All pairs</a></li>\n"
                      "<li><a href=\"#why\">Why each pair</a></li>\n");
    if (view->lonely_count > 0)
        buffer_text(page, "<li><a href=\"#without\">Without a mentor</a></li>\n");
    buffer_text(page, "<li><a href=\"#mentors\">Mentors</a></li>\n");
    if (story->problems->count > 0)
        buffer_text(page, "<li><a href=\"#rows\">Rows to look at</a></li>\n");
    buffer_text(page, "<li><a href=\"#how\">How it was decided</a></li>\n</ul>\n</nav>\n");
}

// ---- numbers ----

static void tile(struct buffer *page, const char *label, const char *number, const char *small)
{
    markup_print(page, "<div><dt>%s</dt><dd>%s", label, number);
    if (small[0] != '\0')
        markup_print(page, " <small>%s</small>", small);
    buffer_text(page, "</dd></div>\n");
}

static void count_tile(struct buffer *page, const char *label, size_t count, size_t all)
{
    char *number = arena_printf(page->arena, "%zu", count);
    char *small = arena_printf(page->arena, "of %zu", all);
    if (number == NULL || small == NULL) {
        page->rc = RC_NO_MEMORY;
        return;
    }
    tile(page, label, number, small);
}

static void verdict(struct buffer *page, const struct match_view *view)
{
    markup_print(page, "<div class=\"verdict\">\n<p>%s%s</p>\n",
                 view->certified ? "\xe2\x9c\x93 " : "", view->proof);
    if (view->pool->weight_off[MM_C_TOPICS])
        buffer_text(page, "<p>" MATCH_NO_TOPICS "</p>\n");
    if (view->went_through && view->blocking > 0)
        buffer_printf(page,
                      "<p>%zu pair%s not made would score higher for both people than what they "
                      "have; making %s would take the place from somebody who needs it more.</p>\n",
                      view->blocking, view->blocking == 1 ? " that was" : "s that were",
                      view->blocking == 1 ? "it" : "them");
    buffer_text(page, "</div>\n");
}

void match_report_numbers(struct buffer *page, const struct match_story *story)
{
    const struct match_view *view = story->view;
    buffer_text(page, "<h2 id=\"glance\">At a glance</h2>\n<dl class=\"tiles\">\n");
    count_tile(page, "mentees have a mentor", view->result->matched, view->pool->pool.mentees);
    count_tile(page, "places of mentors are taken", view->result->pairs, view->places);
    if (view->pair_count > 0) {
        tile(page, "lowest score", match_points_of(view->lowest).bytes, "of 100");
        tile(page, "mean score", match_points_of(view->mean).bytes, "of 100");
        tile(page, "highest score", match_points_of(view->highest).bytes, "of 100");
    }
    if (view->pool->pool.was_count > 0)
        count_tile(page, "published pairs moved", view->result->moved, view->pool->pool.was_count);
    buffer_text(page, "</dl>\n");
    verdict(page, view);
}

// ---- plots ----

static void table_behind(struct buffer *page, const struct chart *chart)
{
    buffer_text(page, "<details><summary>The numbers as a table</summary>\n");
    match_report_open_scroll(page, chart->title);
    chart_table(page, chart);
    match_report_close_scroll(page);
    buffer_text(page, "</details>\n</figure>\n");
}

static const char *text_or_fail(struct buffer *page, const char *text)
{
    if (text == NULL)
        page->rc = RC_NO_MEMORY;
    return text == NULL ? "" : text;
}

static void plot_scores(struct buffer *page, const struct match_view *view)
{
    static const char *const labels[MATCH_SCORE_BINS] = {
        "0 to under 10",  "10 to under 20", "20 to under 30", "30 to under 40", "40 to under 50",
        "50 to under 60", "60 to under 70", "70 to under 80", "80 to under 90", "90 to 100"};
    static const char *const ticks[MATCH_SCORE_BINS] = {"0",  "10", "20", "30", "40",
                                                        "50", "60", "70", "80", "90"};
    struct chart_row rows[MATCH_SCORE_BINS];
    for (size_t i = 0; i < MATCH_SCORE_BINS; i++)
        rows[i] = (struct chart_row){labels[i], ticks[i], view->bins[i], 0};
    struct chart chart = {
        .id = "plot-scores",
        .title = "Scores of the pairs",
        .description = text_or_fail(
            page,
            arena_printf(page->arena,
                         "Pairs by score in steps of ten points. The lowest score is %s, the "
                         "middle one %s, the highest %s.",
                         match_points_of(view->lowest).bytes, match_points_of(view->middle).bytes,
                         match_points_of(view->highest).bytes)),
        .rows_name = "Score",
        .first_name = "Pairs",
        .ticks_at_edges = true,
        .last_tick = "100",
        .rows = rows,
        .count = MATCH_SCORE_BINS,
    };
    buffer_text(page,
                "<figure>\n<figcaption>Scores of the pairs</figcaption>\n<p>How many pairs, by "
                "score of 100.</p>\n");
    chart_columns(page, &chart);
    table_behind(page, &chart);
}

static void plot_load(struct buffer *page, const struct match_view *view)
{
    struct chart_row rows[MM_CAPACITY_MAX + 1] = {0};
    size_t count = 1;
    for (uint32_t j = 0; j < view->pool->pool.mentors; j++) {
        uint32_t load = view->load[j] > MM_CAPACITY_MAX ? MM_CAPACITY_MAX : view->load[j];
        if (view->pool->pool.mentor[j].places == 0)
            continue;
        rows[load].value++;
        count = load + 1 > count ? load + 1 : count;
    }
    for (uint32_t k = 0; k < count; k++) {
        rows[k].label =
            text_or_fail(page, arena_printf(page->arena, "%u mentee%s", k, k == 1 ? "" : "s"));
        rows[k].tick = text_or_fail(page, arena_printf(page->arena, "%u", k));
    }
    struct chart chart = {
        .id = "plot-load",
        .title = "Mentees of each mentor",
        .description = text_or_fail(
            page, arena_printf(page->arena,
                               "Mentors with a place, by how many mentees they got. %u of %u got "
                               "none.",
                               view->mentors_without, view->mentors_with)),
        .rows_name = "Load",
        .first_name = "Mentors",
        .rows = rows,
        .count = count,
    };
    buffer_text(page,
                "<figure>\n<figcaption>Load of the mentors</figcaption>\n<p>How many mentors, "
                "by the number of mentees they got.</p>\n");
    chart_columns(page, &chart);
    table_behind(page, &chart);
}

static void plot_topics(struct buffer *page, const struct match_view *view)
{
    size_t count = view->demand_count < TOPICS_LISTED ? view->demand_count : TOPICS_LISTED;
    struct chart_row *rows = ARENA_ARRAY(page->arena, struct chart_row, count);
    if (rows == NULL)
        page->rc = RC_NO_MEMORY;
    if (rows == NULL || count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct chart_row){view->demand[i].topic, NULL, view->demand[i].wished,
                                     view->demand[i].offered};
    struct chart chart = {
        .id = "plot-topics",
        .title = "Topics wished and offered",
        .description = text_or_fail(
            page,
            arena_printf(page->arena,
                         "For each topic, how many mentees wish it and how many mentors serve "
                         "it well. The widest gap is %s: %u wish it, %u offer it.",
                         rows[0].label, rows[0].value, rows[0].second)),
        .rows_name = "Topic",
        .first_name = "Mentees who wish it",
        .second_name = "Mentors who offer it",
        .has_second = true,
        .rows = rows,
        .count = count < TOPICS_DRAWN ? count : TOPICS_DRAWN,
    };
    buffer_text(
        page, "<figure class=\"wide\">\n<figcaption>Where mentors are missing</figcaption>\n"
              "<p>Topics with the widest gap between <span class=\"key key-1\"></span>mentees who "
              "wish it and <span class=\"key key-2\"></span>mentors with a place who offer it. "
              "These are the mentors to look for.</p>\n");
    chart_bars(page, &chart);
    chart.count = count;
    table_behind(page, &chart);
}

void match_report_plots(struct buffer *page, const struct match_story *story)
{
    const struct match_view *view = story->view;
    buffer_text(page, "<div class=\"plots\">\n");
    if (view->pair_count > 0)
        plot_scores(page, view);
    plot_load(page, view);
    plot_topics(page, view);
    buffer_text(page, "</div>\n");
}

enum rc match_print_report(struct buffer *buffer, const struct match_story *story)
{
    const struct match_view *view = story->view;
    head(buffer, story);
    contents(buffer, story);
    buffer_text(buffer, "<main id=\"main\">\n");
    match_report_numbers(buffer, story);
    match_report_plots(buffer, story);
    match_report_pair_table(buffer, view);
    match_report_pairs(buffer, view);
    match_report_lonely(buffer, view);
    match_report_mentors(buffer, view);
    match_report_problems(buffer, story);
    match_report_decision(buffer, view);
    return buffer_text(buffer,
                       "</main>\n<footer>\n<p>Made by Trellis " TRELLIS_VERSION
                       ". This one file needs no network. Names stand here as in the sheets, "
                       "e-mail addresses do not: share it with those who may know who mentors "
                       "whom.</p>\n</footer>\n</div>\n</body>\n</html>\n");
}
