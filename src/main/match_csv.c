// SPDX-License-Identifier: Apache-2.0
// pairs.csv and unmatched.csv; see match_output.h. pairs.csv can be given back with --previous.
#include <string.h>

#include "base/csv.h"

#include "match_output.h"

enum { CELL_MAX = 4 * 1024 * 1024 };

static void cell_points(struct csv_writer *writer, uint16_t points)
{
    csv_cell_text(writer, match_points_of(points).bytes);
}

static void cells(struct csv_writer *writer, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        csv_cell_text(writer, texts[i]);
}

static void criteria_header(struct csv_writer *writer, const struct match_pool *pool)
{
    for (enum mm_criterion_kind kind = 0; kind < MM_CRITERIA; kind++) {
        if (pool->rules.rules.weight[kind].weight == 0)
            continue;
        char *heading =
            arena_printf(writer->buffer->arena, "points: %s", rules_file_criterion(kind));
        if (heading == NULL)
            writer->buffer->rc = RC_NO_MEMORY;
        csv_cell_text(writer, heading);
    }
}

// `Sustainabilty: Sustainability (near spelling of ..., 95 %)`, one wish after the other.
static enum rc cell_wishes(struct csv_writer *writer, struct arena *arena,
                           const struct match_pair *pair)
{
    struct buffer text;
    buffer_open(&text, arena, CELL_MAX);
    for (uint32_t i = 0; i < pair->wish_count; i++) {
        const struct match_wish *wish = &pair->wishes[i];
        buffer_text(&text, i == 0 ? "" : "; ");
        if (wish->skill == NULL)
            buffer_printf(&text, "%s: -", wish->wish);
        else
            buffer_printf(&text, "%s: %s (%u %%, %s)", wish->wish, wish->skill, wish->percent,
                          wish->rule);
    }
    TRY(text.rc);
    return csv_cell_text(writer, text.bytes);
}

static enum rc cell_alternatives(struct csv_writer *writer, const struct match_view *view,
                                 const struct match_alternative *rows, uint32_t count)
{
    struct buffer text;
    buffer_open(&text, view->arena, CELL_MAX);
    for (uint32_t i = 0; i < count; i++)
        buffer_printf(&text, "%s%s (%s)%s%s", i == 0 ? "" : "; ",
                      match_mentor_name(view, rows[i].mentor), match_points_of(rows[i].score).bytes,
                      rows[i].cost[0] == '\0' ? "" : ": ", rows[i].cost);
    TRY(text.rc);
    return csv_cell_text(writer, text.bytes);
}

// Empty when it is not known.
static void cell_overlap(struct csv_writer *writer, const struct match_pair *pair)
{
    if ((pair->why.unknown >> MM_C_OVERLAP & 1) != 0)
        csv_cell_text(writer, "");
    else
        csv_cell_integer(writer, pair->overlap);
}

static enum rc pair_row(struct csv_writer *writer, const struct match_view *view,
                        const struct match_pair *pair)
{
    const struct roster *roster = view->pool->roster;
    csv_cell_text(writer, roster->mentees[pair->mentee].id);
    csv_cell_text(writer, match_mentee_name(view, pair->mentee));
    csv_cell_text(writer, roster->mentors[pair->mentor].id);
    csv_cell_text(writer, match_mentor_name(view, pair->mentor));
    cell_points(writer, pair->score);
    for (uint32_t i = 0; i < MATCH_REASONS; i++)
        csv_cell_text(writer, i < pair->reason_count ? pair->reasons[i] : "");
    csv_cell_text(writer, pair->weakest);
    csv_cell_text(writer, pair->to_ask);
    csv_cell_text(writer, pair->clocks);
    if (view->pool->rules.rules.weight[MM_C_OVERLAP].weight > 0)
        cell_overlap(writer, pair);
    TRY(cell_wishes(writer, view->arena, pair));
    TRY(cell_alternatives(writer, view, pair->alternatives, pair->alternative_count));
    csv_cell_text(writer, pair->pinned ? "pinned" : pair->was ? "as before" : "new");
    for (enum mm_criterion_kind kind = 0; kind < MM_CRITERIA; kind++)
        if (view->pool->rules.rules.weight[kind].weight > 0)
            cell_points(writer, pair->why.part[kind]);
    return csv_end_row(writer);
}

enum rc match_print_pairs_csv(struct buffer *buffer, const struct match_story *story)
{
    static const char *const begin[] = {"mentee_id",     "mentee",   "mentor_id", "mentor",
                                        "score",         "reason 1", "reason 2",  "reason 3",
                                        "weakest point", "to ask",   "clocks"};
    static const char *const end[] = {"wishes", "alternatives", "state"};
    const struct match_view *view = story->view;
    struct csv_writer writer;
    csv_writer_open(&writer, buffer);
    cells(&writer, begin, sizeof begin / sizeof begin[0]);
    if (view->pool->rules.rules.weight[MM_C_OVERLAP].weight > 0)
        csv_cell_text(&writer, "minutes free together");
    cells(&writer, end, sizeof end / sizeof end[0]);
    criteria_header(&writer, view->pool);
    TRY(csv_end_row(&writer));
    for (uint32_t i = 0; i < view->pair_count; i++)
        TRY(pair_row(&writer, view, &view->pairs[i]));
    return buffer->rc;
}

enum rc match_print_unmatched_csv(struct buffer *buffer, const struct match_story *story)
{
    static const char *const header[] = {"mentee_id",
                                         "mentee",
                                         "reason",
                                         "what would help",
                                         "mentors possible",
                                         "ruled out by",
                                         "best mentors possible"};
    const struct match_view *view = story->view;
    struct csv_writer writer;
    csv_writer_open(&writer, buffer);
    cells(&writer, header, sizeof header / sizeof header[0]);
    TRY(csv_end_row(&writer));
    for (uint32_t i = 0; i < view->lonely_count; i++) {
        const struct match_lonely *lonely = &view->lonely[i];
        struct buffer removed;
        buffer_open(&removed, view->arena, CELL_MAX);
        for (uint32_t k = 0; k < lonely->removed_count; k++)
            buffer_printf(&removed, "%s%s", k == 0 ? "" : "; ", lonely->removed[k]);
        TRY(removed.rc);
        csv_cell_text(&writer, view->pool->roster->mentees[lonely->mentee].id);
        csv_cell_text(&writer, match_mentee_name(view, lonely->mentee));
        csv_cell_text(&writer, lonely->reason);
        csv_cell_text(&writer, lonely->help);
        csv_cell_integer(&writer, lonely->why.left);
        csv_cell_text(&writer, removed.bytes);
        TRY(cell_alternatives(&writer, view, lonely->best, lonely->best_count));
        TRY(csv_end_row(&writer));
    }
    return buffer->rc;
}
