// SPDX-License-Identifier: Apache-2.0
// The report's chapters about people without a mentor, mentors, rows and the decision; see
// match_report.h.
#include <inttypes.h>
#include <string.h>

#include "base/markup.h"

#include "match_report.h"

enum { SAME_SHOWN = 60 };

// ---- people without a mentor ----

static void lonely_item(struct buffer *page, const struct match_view *view,
                        const struct match_lonely *lonely)
{
    buffer_text(page, "<li><h3>");
    match_report_name(page, match_mentee_name(view, lonely->mentee));
    markup_print(page, "</h3>\n<p>Why: %s.</p>\n", lonely->reason);
    if (lonely->help[0] != '\0')
        markup_print(page, "<p>What would help: %s.</p>\n", lonely->help);
    if (lonely->removed_count > 0) {
        buffer_text(page, "<p class=\"quiet\">Ruled out: ");
        for (uint32_t i = 0; i < lonely->removed_count; i++)
            markup_print(page, "%s%s", i == 0 ? "" : "; ", lonely->removed[i]);
        buffer_text(page, ".</p>\n");
    }
    if (lonely->best_count > 0) {
        buffer_text(page, "<p class=\"quiet\">Would fit best, if they had a place: ");
        for (uint32_t i = 0; i < lonely->best_count; i++) {
            buffer_text(page, i == 0 ? "" : ", ");
            match_report_name(page, match_mentor_name(view, lonely->best[i].mentor));
            markup_print(page, " (%s)", match_points_of(lonely->best[i].score).bytes);
        }
        buffer_text(page, ".</p>\n");
    }
    buffer_text(page, "</li>\n");
}

void match_report_lonely(struct buffer *page, const struct match_view *view)
{
    if (view->lonely_count == 0)
        return;
    buffer_text(page, "<section class=\"chapter\" aria-labelledby=\"without\">\n"
                      "<h2 id=\"without\">Mentees without a mentor</h2>\n");
    markup_print(page, "<p>%u of %u.</p>\n<ul class=\"people\">\n", view->lonely_count,
                 view->pool->pool.mentees);
    for (uint32_t i = 0; i < view->lonely_count; i++)
        lonely_item(page, view, &view->lonely[i]);
    buffer_text(page, "</ul>\n</section>\n");
}

// ---- mentors ----

static void mentor_line(struct buffer *page, const struct match_view *view, uint32_t mentor)
{
    buffer_text(page, "<tr><th scope=\"row\" class=\"name\">");
    match_report_name(page, match_mentor_name(view, mentor));
    markup_print(page, "</th><td class=\"number\">%u of %u</td><td>", view->load[mentor],
                 view->pool->pool.mentor[mentor].places);
    bool first = true;
    for (uint32_t i = 0; i < view->pair_count; i++) {
        if (view->pairs[i].mentor != mentor)
            continue;
        buffer_text(page, first ? "" : ", ");
        buffer_printf(page, "<a href=\"#pair-%u\">", i + 1);
        match_report_name(page, match_mentee_name(view, view->pairs[i].mentee));
        buffer_text(page, "</a>");
        first = false;
    }
    buffer_text(page, first ? "nobody</td></tr>\n" : "</td></tr>\n");
}

void match_report_mentors(struct buffer *page, const struct match_view *view)
{
    buffer_text(page, "<section aria-labelledby=\"mentors\">\n"
                      "<h2 id=\"mentors\">Mentors</h2>\n");
    match_report_open_scroll(page, "Mentors");
    buffer_text(page, "<table>\n<caption>Mentors and their mentees</caption>\n<thead><tr>"
                      "<th scope=\"col\">Mentor</th><th scope=\"col\" class=\"number\">Places taken"
                      "</th><th scope=\"col\">Mentees</th></tr></thead>\n<tbody>\n");
    for (uint32_t j = 0; j < view->pool->pool.mentors; j++)
        mentor_line(page, view, j);
    buffer_text(page, "</tbody>\n</table>\n");
    match_report_close_scroll(page);
    buffer_text(page, "</section>\n");
}

// ---- rows ----

static bool same_kind(const struct problem *a, const struct problem *b)
{
    const char *file_a = a->file == NULL ? "" : a->file;
    const char *file_b = b->file == NULL ? "" : b->file;
    return a->severity == b->severity && strcmp(a->todo, b->todo) == 0 &&
           strcmp(file_a, file_b) == 0;
}

static bool came_before(const struct problem_list *problems, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (same_kind(&problems->items[i], &problems->items[at]))
            return true;
    return false;
}

static void sentence(struct buffer *page, const char *text)
{
    size_t length = strlen(text);
    if (length == 0)
        return;
    char first[2] = {text[0], '\0'};
    if (first[0] >= 'a' && first[0] <= 'z')
        first[0] = (char)(first[0] - 'a' + 'A');
    bool ends = text[length - 1] == '?' || text[length - 1] == '.';
    markup_print(page, "%s%s%s", first, text + 1, ends ? "" : ".");
}

static const char *short_name(const char *path)
{
    const char *slash = path == NULL ? NULL : strrchr(path, '/');
    return path == NULL ? "Settings" : slash == NULL ? path : slash + 1;
}

static void problem_group(struct buffer *page, const struct problem_list *problems, size_t first)
{
    const struct problem *kind = &problems->items[first];
    markup_print(page, "<h3>%s", short_name(kind->file));
    if (kind->todo[0] != '\0') {
        buffer_text(page, ": ");
        markup_text(page, kind->todo);
    }
    buffer_text(page, "</h3>\n<ul class=\"rows\">\n");
    size_t shown = 0;
    size_t more = 0;
    for (size_t i = first; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        if (!same_kind(problem, kind))
            continue;
        if (shown++ >= SAME_SHOWN) {
            more++;
            continue;
        }
        buffer_text(page, "<li>");
        if (problem->line > 0)
            markup_print(page, "Line %u", problem->line);
        if (problem->column != NULL)
            markup_print(page, "%scolumn \"%s\"", problem->line > 0 ? ", " : "", problem->column);
        buffer_text(page, problem->line > 0 || problem->column != NULL ? ": " : "");
        sentence(page, problem->what);
        buffer_text(page, "</li>\n");
    }
    if (more > 0)
        buffer_printf(page, "<li>and %zu more; result.json has them all</li>\n", more);
    buffer_text(page, "</ul>\n");
}

static void problem_groups(struct buffer *page, const struct problem_list *problems,
                           enum problem_severity severity)
{
    for (size_t i = 0; i < problems->count; i++)
        if (problems->items[i].severity == severity && !came_before(problems, i))
            problem_group(page, problems, i);
}

void match_report_problems(struct buffer *page, const struct match_story *story)
{
    const struct problem_list *problems = story->problems;
    size_t notes = problem_count(problems, PROBLEM_NOTE);
    if (problems->count == 0)
        return;
    buffer_text(page, "<section aria-labelledby=\"rows\">\n"
                      "<h2 id=\"rows\">Rows to look at</h2>\n"
                      "<p>These rows were used, but someone should look at them. Nothing was left "
                      "out.</p>\n");
    if (problem_count(problems, PROBLEM_WARNING) == 0)
        buffer_text(page, "<p>No warnings.</p>\n");
    problem_groups(page, problems, PROBLEM_WARNING);
    if (notes > 0) {
        buffer_printf(page, "<details><summary>%zu notes on how cells were taken</summary>\n",
                      notes);
        problem_groups(page, problems, PROBLEM_NOTE);
        buffer_text(page, "</details>\n");
    }
    buffer_text(page, "</section>\n");
}

// ---- the decision ----

static void level_result(struct buffer *page, const struct match_view *view,
                         enum mm_level_kind kind)
{
    const struct mm_result *result = view->result;
    switch (kind) {
    case MM_CARDINALITY:
        markup_print(page, ": %u of %u", result->matched, view->pool->pool.mentees);
        break;
    case MM_FLOOR:
        if (result->pairs > 0)
            markup_print(page, ": %s", match_points_of(view->lowest).bytes);
        break;
    case MM_BANDS:
        buffer_printf(page, ": pairs in the %u bands from the weakest up ", result->bands);
        for (uint32_t i = 0; i < result->bands && i < MM_BANDS_MAX; i++)
            buffer_printf(page, "%s%" PRIu64, i == 0 ? "" : ", ", result->band[i]);
        break;
    case MM_TOTAL:
        markup_print(page, ": %s", match_points_of((int64_t)result->total).bytes);
        break;
    case MM_DISTURBANCE:
        markup_print(page, ": %u moved", result->moved);
        break;
    case MM_PRIORITY:
    case MM_END:
        break;
    }
}

static void aims(struct buffer *page, const struct match_view *view)
{
    const struct mm_objective *objective = &view->pool->rules.objective;
    buffer_text(page,
                "<p>Each aim was met as well as possible without giving up any before it:</p>\n"
                "<ol>\n");
    for (size_t i = 0; objective->level[i] != MM_END; i++) {
        if (objective->level[i] == MM_PRIORITY)
            continue; // no sheet says who was carried over
        markup_print(page, "<li>%s", rules_file_level(objective->level[i]));
        level_result(page, view, objective->level[i]);
        buffer_text(page, "</li>\n");
    }
    buffer_printf(page,
                  "</ol>\n<p>Between results that are equally good, the seed %" PRIu64
                  " decides, by the people's ids. The order of rows never matters.</p>\n",
                  view->result->seed);
}

static void rules_table(struct buffer *page, const struct match_pool *pool)
{
    match_report_open_scroll(page, "Hard rules");
    buffer_text(page, "<table>\n<caption>Hard rules</caption>\n<thead><tr><th scope=\"col\">Rule"
                      "</th><th scope=\"col\">Setting</th></tr></thead>\n<tbody>\n");
    for (enum mm_rule_kind kind = 0; kind < MM_RULES; kind++) {
        struct buffer setting;
        buffer_open(&setting, page->arena, 400);
        if (rules_file_print_rule(&setting, &pool->rules, kind) != RC_OK)
            page->rc = setting.rc;
        markup_print(page, "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n", rules_file_rule(kind),
                     pool->rule_off[kind] ? "not judged: one sheet says nothing about it"
                                          : setting.bytes);
    }
    buffer_text(page, "</tbody>\n</table>\n");
    match_report_close_scroll(page);
}

static void weights_table(struct buffer *page, const struct match_pool *pool)
{
    match_report_open_scroll(page, "Weights");
    buffer_text(page, "<table>\n<caption>Weights</caption>\n<thead><tr><th scope=\"col\">Criterion"
                      "</th><th scope=\"col\">Weight</th></tr></thead>\n<tbody>\n");
    for (enum mm_criterion_kind kind = 0; kind < MM_CRITERIA; kind++) {
        struct mm_weight weight = pool->rules.rules.weight[kind];
        markup_print(page, "<tr><th scope=\"row\">%s</th><td>", rules_file_criterion(kind));
        if (pool->weight_off[kind])
            buffer_text(page, "0: one sheet says nothing about it");
        else
            buffer_printf(page, "%u%s", weight.weight, weight.mandatory ? ", mandatory" : "");
        buffer_text(page, "</td></tr>\n");
    }
    buffer_text(page, "</tbody>\n</table>\n");
    match_report_close_scroll(page);
}

void match_report_decision(struct buffer *page, const struct match_view *view)
{
    buffer_text(page, "<section class=\"chapter\" aria-labelledby=\"how\">\n"
                      "<h2 id=\"how\">How it was decided</h2>\n");
    aims(page, view);
    buffer_text(page, "<p>A score is the weighted sum of the criteria below, from 0 to 100. What "
                      "nobody on one sheet answered does not count. What a single person did not "
                      "answer gives no points.</p>\n");
    weights_table(page, view->pool);
    rules_table(page, view->pool);
    for (size_t i = 0; i < view->pool->note_count; i++) {
        buffer_text(page, "<p>");
        sentence(page, view->pool->notes[i]);
        buffer_text(page, "</p>\n");
    }
    buffer_text(page, "</section>\n");
}
