// SPDX-License-Identifier: Apache-2.0
// The report's chapters about pairs; see match_report.h.
#include "base/markup.h"

#include "match_report.h"

enum { PERMILLE_OF_SCORE = 10, FIRST_SHOWN = 60 };

static void meter(struct buffer *page, uint32_t points)
{
    uint32_t permille = points / PERMILLE_OF_SCORE;
    buffer_printf(page,
                  "<svg class=\"meter\" height=\"6\" aria-hidden=\"true\"><rect class=\"all\" "
                  "width=\"100%%\" height=\"6\" rx=\"3\"/><rect class=\"part\" width=\"%u.%u%%\" "
                  "height=\"6\" rx=\"3\"/></svg>",
                  permille / 10, permille % 10);
}

static void pair_line(struct buffer *page, const struct match_view *view, uint32_t at)
{
    const struct match_pair *pair = &view->pairs[at];
    buffer_text(page, "<tr><th scope=\"row\" class=\"name\">");
    buffer_printf(page, "<a href=\"#pair-%u\">", at + 1);
    match_report_name(page, match_mentee_name(view, pair->mentee));
    buffer_text(page, "</a></th><td class=\"name\">");
    match_report_name(page, match_mentor_name(view, pair->mentor));
    markup_print(page, "</td><td class=\"number\">%s", match_points_of(pair->score).bytes);
    meter(page, pair->score);
    markup_print(page, "</td><td>%s</td></tr>\n",
                 pair->reason_count > 0 ? pair->reasons[0]
                                        : "none: nothing that counts is in common");
}

// Pairs that someone should look at before they are published.
static void look_first(struct buffer *page, const struct match_view *view)
{
    if (view->no_wish == 0)
        return;
    markup_print(page,
                 "<p>Look at these first: in %u of the %u pairs the mentor serves none of what the "
                 "mentee wishes, as far as their words say. ",
                 view->no_wish, view->pair_count);
    uint32_t shown = 0;
    for (uint32_t i = 0; i < view->pair_count && shown < FIRST_SHOWN; i++) {
        if (view->pairs[i].wishes_covered > 0)
            continue;
        buffer_printf(page, "%s<a href=\"#pair-%u\">", shown++ == 0 ? "" : ", ", i + 1);
        match_report_name(page, match_mentee_name(view, view->pairs[i].mentee));
        buffer_text(page, "</a>");
    }
    buffer_text(page, view->no_wish > FIRST_SHOWN ? " and more.</p>\n" : ".</p>\n");
}

void match_report_pair_table(struct buffer *page, const struct match_view *view)
{
    buffer_text(page, "<section class=\"chapter\" aria-labelledby=\"all\">\n"
                      "<h2 id=\"all\">All pairs</h2>\n");
    if (view->pair_count == 0) {
        buffer_text(page, "<p>No pair could be made. The chapter on people without a mentor says "
                          "what would help.</p>\n</section>\n");
        return;
    }
    buffer_text(page,
                "<p class=\"quiet\">In the order of the mentees' sheet. Each name leads to the "
                "reasons.</p>\n");
    look_first(page, view);
    match_report_open_scroll(page, "All pairs");
    buffer_text(page, "<table>\n<caption>Who mentors whom</caption>\n<thead><tr>"
                      "<th scope=\"col\">Mentee</th><th scope=\"col\">Mentor</th>"
                      "<th scope=\"col\" class=\"number\">Score</th>"
                      "<th scope=\"col\">Strongest reason</th></tr></thead>\n<tbody>\n");
    for (uint32_t i = 0; i < view->pair_count; i++)
        pair_line(page, view, i);
    buffer_text(page, "</tbody>\n</table>\n");
    match_report_close_scroll(page);
    buffer_text(page, "</section>\n");
}

// ---- why each pair ----

static void reasons(struct buffer *page, const struct match_pair *pair)
{
    buffer_text(page, "<ul>\n");
    for (uint32_t i = 0; i < pair->reason_count; i++)
        markup_print(page, "<li>%s</li>\n", pair->reasons[i]);
    if (pair->weakest[0] != '\0')
        markup_print(page, "<li class=\"weak\">weakest point: %s</li>\n", pair->weakest);
    if (pair->to_ask[0] != '\0')
        markup_print(page, "<li class=\"ask\">to ask: %s</li>\n", pair->to_ask);
    buffer_text(page, "</ul>\n");
}

static void rank(struct buffer *page, const struct match_pair *pair)
{
    if (pair->rank == 0)
        return;
    if (pair->rank == 1)
        markup_print(page,
                     "<p class=\"quiet\">None of the %u possible mentors would score higher.</p>\n",
                     pair->possible);
    else
        markup_print(page,
                     "<p class=\"quiet\">%u of the %u possible mentors would score higher, but are "
                     "needed more elsewhere.</p>\n",
                     pair->rank - 1, pair->possible);
}

static void points_table(struct buffer *page, const struct match_view *view,
                         const struct match_pair *pair)
{
    buffer_text(page, "<table>\n<caption>Points</caption>\n<thead><tr><th scope=\"col\">Criterion"
                      "</th><th scope=\"col\" class=\"number\">Points</th><th scope=\"col\" "
                      "class=\"number\">At most</th></tr></thead>\n<tbody>\n");
    for (enum mm_criterion_kind kind = 0; kind < MM_CRITERIA; kind++) {
        if (view->pool->rules.rules.weight[kind].weight == 0)
            continue;
        bool unknown = (pair->why.unknown >> (unsigned)kind & 1) != 0;
        markup_print(page,
                     "<tr><th scope=\"row\">%s%s</th><td class=\"number\">%s</td>"
                     "<td class=\"number\">%s</td></tr>\n",
                     rules_file_criterion(kind), unknown ? " (not answered)" : "",
                     match_points_of(pair->why.part[kind]).bytes,
                     match_points_of(pair->why.part_max[kind]).bytes);
    }
    markup_print(page,
                 "<tr><th scope=\"row\">together</th><td class=\"number\">%s</td>"
                 "<td class=\"number\">100.00</td></tr>\n</tbody>\n</table>\n",
                 match_points_of(pair->score).bytes);
}

static void wishes_table(struct buffer *page, const struct match_pair *pair)
{
    if (pair->wish_count == 0)
        return;
    buffer_text(page, "<table>\n<caption>Wishes</caption>\n<thead><tr><th scope=\"col\">Wish</th>"
                      "<th scope=\"col\">Skill of the mentor</th><th scope=\"col\" "
                      "class=\"number\">Served</th><th scope=\"col\">Because</th></tr></thead>\n"
                      "<tbody>\n");
    for (uint32_t i = 0; i < pair->wish_count; i++) {
        const struct match_wish *wish = &pair->wishes[i];
        markup_print(page,
                     "<tr><th scope=\"row\">%s</th><td>%s</td><td class=\"number\">%u %%</td>"
                     "<td>%s</td></tr>\n",
                     wish->wish, wish->skill == NULL ? "none" : wish->skill, wish->percent,
                     wish->rule);
    }
    buffer_text(page, "</tbody>\n</table>\n");
}

static void alternatives_table(struct buffer *page, const struct match_view *view,
                               const struct match_pair *pair)
{
    if (pair->alternative_count == 0)
        return;
    buffer_text(page, "<table>\n<caption>Other mentors, and what choosing one would change"
                      "</caption>\n<thead><tr><th scope=\"col\">Mentor</th>"
                      "<th scope=\"col\" class=\"number\">Score</th>"
                      "<th scope=\"col\">Change in all</th></tr></thead>\n<tbody>\n");
    for (uint32_t i = 0; i < pair->alternative_count; i++) {
        buffer_text(page, "<tr><th scope=\"row\">");
        match_report_name(page, match_mentor_name(view, pair->alternatives[i].mentor));
        markup_print(page, "</th><td class=\"number\">%s</td><td>%s</td></tr>\n",
                     match_points_of(pair->alternatives[i].score).bytes,
                     pair->alternatives[i].cost[0] == '\0' ? "not worked out: too many people"
                                                           : pair->alternatives[i].cost);
    }
    buffer_text(page, "</tbody>\n</table>\n");
}

static void overlap_line(struct buffer *page, const struct match_view *view,
                         const struct match_pair *pair)
{
    if (view->pool->rules.rules.weight[MM_C_OVERLAP].weight == 0 ||
        (pair->why.unknown >> MM_C_OVERLAP & 1) != 0)
        return;
    bool same = true;
    for (uint32_t phase = 1; phase < view->pool->pool.phases; phase++)
        same = same && pair->why.overlap[phase] == pair->why.overlap[0];
    if (same) {
        buffer_printf(page, "<p>Both are free for %u minutes, in every week of the cohort.</p>\n",
                      pair->why.overlap[0]);
        return;
    }
    buffer_text(page, "<p>Minutes a week when both are free, in each span between two changes of a "
                      "clock: ");
    for (uint32_t phase = 0; phase < view->pool->pool.phases; phase++)
        buffer_printf(page, "%s%u", phase == 0 ? "" : ", ", pair->why.overlap[phase]);
    buffer_text(page, "</p>\n");
}

static void one_pair(struct buffer *page, const struct match_view *view, uint32_t at)
{
    const struct match_pair *pair = &view->pairs[at];
    buffer_printf(page, "<article class=\"pair\" id=\"pair-%u\">\n<h3><span>", at + 1);
    match_report_name(page, match_mentee_name(view, pair->mentee));
    buffer_text(page, " <span class=\"quiet\">with</span> ");
    match_report_name(page, match_mentor_name(view, pair->mentor));
    if (pair->pinned || pair->was)
        markup_print(page, "<span class=\"tag\">%s</span>", pair->pinned ? "pinned" : "as before");
    markup_print(page, "</span> <span class=\"score\">%s <small>of 100</small></span></h3>\n",
                 match_points_of(pair->score).bytes);
    meter(page, pair->score);
    reasons(page, pair);
    rank(page, pair);
    buffer_text(page, "<details><summary>Points, wishes and other mentors<span class=\"quiet\">");
    markup_print(page, " (%s)</span></summary>\n", match_mentee_name(view, pair->mentee));
    overlap_line(page, view, pair);
    match_report_open_scroll(page, "Details");
    points_table(page, view, pair);
    wishes_table(page, pair);
    alternatives_table(page, view, pair);
    match_report_close_scroll(page);
    buffer_text(page, "</details>\n</article>\n");
}

void match_report_pairs(struct buffer *page, const struct match_view *view)
{
    if (view->pair_count == 0)
        return;
    buffer_text(page, "<section class=\"chapter\" aria-labelledby=\"why\">\n"
                      "<h2 id=\"why\">Why each pair</h2>\n");
    for (uint32_t i = 0; i < view->pair_count; i++)
        one_pair(page, view, i);
    buffer_text(page, "</section>\n");
}
