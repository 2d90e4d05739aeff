// SPDX-License-Identifier: Apache-2.0
// The summary for the terminal, at most 80 columns wide; see match_output.h.
#include <string.h>

#include "base/text.h"

#include "match_output.h"

enum {
    WIDTH = 80,
    NAME_WIDTH = 26,
    BAR_WIDTH = 40,
    PAIRS_SHOWN = 120,
    LONELY_SHOWN = 60,
    FIRST_SHOWN = 12,
    GROUP_SHOWN = 3,
    GROUPS_MAX = 200,
    LINE_MAX_BYTES = 1024 * 1024,
};

// Bytes of at most `columns` code points.
static size_t bytes_of_columns(const char *text, size_t columns)
{
    size_t at = 0;
    for (size_t count = 0; text[at] != '\0'; at++) {
        if (((unsigned char)text[at] & 0xc0) != 0x80 && count++ == columns)
            break;
    }
    return at;
}

// A column: cut when too long, filled with blanks when too short.
static void print_column(struct buffer *buffer, const char *text, size_t columns)
{
    size_t length = text_code_points(text, strlen(text));
    if (length > columns) {
        buffer_append(buffer, text, bytes_of_columns(text, columns - 1));
        buffer_text(buffer, "\xe2\x80\xa6");
        return;
    }
    buffer_text(buffer, text);
    for (; length < columns; length++)
        buffer_byte(buffer, ' ');
}

// Text broken between words; every line begins with `indent` blanks, the first with what is there
// already (`used` columns).
static void print_wrapped(struct buffer *buffer, const char *text, size_t indent, size_t used)
{
    size_t column = used;
    bool begun = false;
    while (*text != '\0') {
        size_t bytes = strcspn(text, " \n");
        size_t word = text_code_points(text, bytes);
        if (begun && column + 1 + word > WIDTH) {
            buffer_byte(buffer, '\n');
            for (column = 0; column < indent; column++)
                buffer_byte(buffer, ' ');
            begun = false;
        }
        if (begun)
            buffer_byte(buffer, ' ');
        buffer_append(buffer, text, bytes);
        column += word + (begun ? 1 : 0);
        begun = true;
        text += bytes;
        text += strspn(text, " \n");
    }
    buffer_byte(buffer, '\n');
}

static void print_block(struct buffer *buffer, size_t indent, const char *text)
{
    for (size_t i = 0; i < indent; i++)
        buffer_byte(buffer, ' ');
    print_wrapped(buffer, text, indent, indent);
}

// The same with a line that was built apart; its failure becomes the buffer's.
static void print_built(struct buffer *buffer, size_t indent, const struct buffer *line)
{
    if (line->rc != RC_OK && buffer->rc == RC_OK)
        buffer->rc = line->rc;
    print_block(buffer, indent, line->bytes);
}

// ---- problems ----

static bool same_kind(const struct problem *a, const struct problem *b)
{
    const char *file_a = a->file == NULL ? "" : a->file;
    const char *file_b = b->file == NULL ? "" : b->file;
    const char *column_a = a->column == NULL ? "" : a->column;
    const char *column_b = b->column == NULL ? "" : b->column;
    return a->severity == b->severity && strcmp(file_a, file_b) == 0 &&
           strcmp(column_a, column_b) == 0 && strcmp(a->todo, b->todo) == 0;
}

// `sheet.csv:12: column "city": what is wrong.`, then what to do.
static void print_problem(struct buffer *buffer, const struct problem *problem, bool todo)
{
    struct buffer line;
    buffer_open(&line, buffer->arena, LINE_MAX_BYTES);
    if (problem->file != NULL)
        buffer_text(&line, problem->file);
    if (problem->line > 0)
        buffer_printf(&line, ":%u", problem->line);
    if (problem->file != NULL)
        buffer_text(&line, ": ");
    if (problem->column != NULL)
        buffer_printf(&line, "column \"%s\": ", problem->column);
    buffer_text(&line, problem->what);
    size_t length = strlen(problem->todo);
    buffer_text(&line, ".");
    if (todo && length > 0) {
        char first = problem->todo[0];
        first = first >= 'a' && first <= 'z' ? (char)(first - 'a' + 'A') : first;
        buffer_printf(&line, " %c%s%s", first, problem->todo + 1,
                      problem->todo[length - 1] == '?' ? "" : ".");
    }
    if (line.rc != RC_OK && buffer->rc == RC_OK)
        buffer->rc = line.rc;
    buffer_text(buffer, "  ");
    print_wrapped(buffer, line.bytes, 4, 2);
}

// One kind of problem: the first few, and how many more there are.
static void print_group(struct buffer *buffer, const struct problem_list *problems, size_t first,
                        size_t most)
{
    size_t count = 0;
    for (size_t i = first; i < problems->count; i++) {
        if (!same_kind(&problems->items[first], &problems->items[i]))
            continue;
        count++;
        if (count <= most)
            print_problem(buffer, &problems->items[i], count == 1);
    }
    if (count > most)
        buffer_printf(buffer, "    ... and %zu more like %s\n", count - most,
                      most == 1 ? "this" : "these");
}

static bool is_first_of_kind(const struct problem_list *problems, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (same_kind(&problems->items[i], &problems->items[at]))
            return false;
    return true;
}

enum rc match_print_problems(struct buffer *buffer, const struct problem_list *problems,
                             enum problem_severity severity, size_t most)
{
    size_t groups = 0;
    for (size_t i = 0; i < problems->count && groups < GROUPS_MAX; i++) {
        if (problems->items[i].severity != severity || !is_first_of_kind(problems, i))
            continue;
        print_group(buffer, problems, i, most);
        groups++;
    }
    size_t kept = 0;
    for (size_t i = 0; i < problems->count; i++)
        kept += problems->items[i].severity == severity;
    size_t all = problem_count(problems, severity);
    if (all > kept)
        buffer_printf(buffer, "  ... and %zu more that are not listed\n", all - kept);
    return buffer->rc;
}

// ---- the result ----

static void print_head(struct buffer *buffer, const struct match_view *view)
{
    const struct mm_pool *pool = &view->pool->pool;
    struct buffer line;
    buffer_open(&line, buffer->arena, 1024);
    buffer_printf(&line,
                  "%u of %u mentees have a mentor. %zu of %u places of %u mentors are taken.",
                  view->result->matched, pool->mentees, view->result->pairs, view->places,
                  view->mentors_with);
    print_built(buffer, 0, &line);
    buffer_byte(buffer, '\n');
    if (view->pair_count > 0) {
        buffer_text(buffer, "  Score of 100: ");
        buffer_printf(buffer, "lowest %s, ", match_points_of(view->lowest).bytes);
        buffer_printf(buffer, "middle %s, ", match_points_of(view->middle).bytes);
        buffer_printf(buffer, "mean %s, ", match_points_of(view->mean).bytes);
        buffer_printf(buffer, "highest %s\n", match_points_of(view->highest).bytes);
    }
    if (view->pool->pool.was_count > 0) {
        uint32_t kept = 0;
        for (uint32_t i = 0; i < view->pair_count; i++)
            kept += view->pairs[i].was;
        buffer_printf(buffer, "  Published before: %u pairs stay, %u do not\n", kept,
                      view->result->moved);
    }
    print_block(buffer, 2, view->proof);
    if (view->pool->weight_off[MM_C_TOPICS])
        print_block(buffer, 2, MATCH_NO_TOPICS);
    if (view->went_through && view->blocking > 0) {
        struct buffer pairs;
        buffer_open(&pairs, buffer->arena, 1024);
        buffer_printf(&pairs,
                      "%zu pair%s not made would score higher for both people than what they have; "
                      "making %s would take the place from somebody who needs it more.",
                      view->blocking, view->blocking == 1 ? " that was" : "s that were",
                      view->blocking == 1 ? "it" : "them");
        print_built(buffer, 2, &pairs);
    }
}

// Pairs that someone should look at before they are published.
static void print_first(struct buffer *buffer, const struct match_view *view)
{
    if (view->no_wish == 0)
        return;
    buffer_printf(buffer, "\nLook at these first: no wish of the mentee is served (%u)\n",
                  view->no_wish);
    uint32_t shown = 0;
    for (uint32_t i = 0; i < view->pair_count; i++) {
        const struct match_pair *pair = &view->pairs[i];
        if (pair->wishes_covered > 0 || shown++ >= FIRST_SHOWN)
            continue;
        buffer_text(buffer, "  ");
        print_column(buffer, match_mentee_name(view, pair->mentee), NAME_WIDTH);
        buffer_printf(buffer, " %s\n",
                      pair->wish_count == 0 ? "(wishes nothing)"
                                            : match_mentor_name(view, pair->mentor));
    }
    if (view->no_wish > FIRST_SHOWN)
        buffer_printf(buffer, "  ... and %u more\n", view->no_wish - FIRST_SHOWN);
}

static void print_bins(struct buffer *buffer, const struct match_view *view)
{
    uint32_t most = 1;
    for (size_t i = 0; i < MATCH_SCORE_BINS; i++)
        most = view->bins[i] > most ? view->bins[i] : most;
    buffer_text(buffer, "\nScores\n");
    size_t first = 0;
    while (first < MATCH_SCORE_BINS - 1 && view->bins[first] == 0)
        first++;
    for (size_t i = first; i < MATCH_SCORE_BINS; i++) {
        buffer_printf(buffer, "  %3zu to %3zu  ", i * 10, i * 10 + 10);
        uint32_t width = (view->bins[i] * BAR_WIDTH + most - 1) / most;
        for (uint32_t k = 0; k < width; k++)
            buffer_byte(buffer, '#');
        buffer_printf(buffer, "%s%u\n", width > 0 ? " " : "", view->bins[i]);
    }
}

static void print_pairs(struct buffer *buffer, const struct match_view *view)
{
    buffer_text(buffer, "\nPairs\n");
    for (uint32_t i = 0; i < view->pair_count && i < PAIRS_SHOWN; i++) {
        const struct match_pair *pair = &view->pairs[i];
        buffer_text(buffer, "  ");
        print_column(buffer, match_mentee_name(view, pair->mentee), NAME_WIDTH);
        buffer_byte(buffer, ' ');
        print_column(buffer, match_mentor_name(view, pair->mentor), NAME_WIDTH);
        buffer_printf(buffer, " %6s", match_points_of(pair->score).bytes);
        buffer_printf(buffer, "%s%s\n", pair->pinned ? "  pinned" : "",
                      pair->was && !pair->pinned ? "  as before" : "");
    }
    if (view->pair_count > PAIRS_SHOWN)
        buffer_printf(buffer, "  ... and %u more; --out and --report have them all\n",
                      view->pair_count - PAIRS_SHOWN);
}

static bool reason_came_before(const struct match_view *view, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++)
        if (strcmp(view->lonely[i].short_reason, view->lonely[at].short_reason) == 0)
            return true;
    return false;
}

static void print_lonely_group(struct buffer *buffer, const struct match_view *view, uint32_t first)
{
    const char *reason = view->lonely[first].short_reason;
    uint32_t count = 0;
    for (uint32_t i = first; i < view->lonely_count; i++)
        count += strcmp(view->lonely[i].short_reason, reason) == 0;
    buffer_printf(buffer, "  %u: %s. What would help:\n", count, reason);
    uint32_t shown = 0;
    for (uint32_t i = first; i < view->lonely_count; i++) {
        const struct match_lonely *lonely = &view->lonely[i];
        if (strcmp(lonely->short_reason, reason) != 0 || shown++ >= LONELY_SHOWN)
            continue;
        buffer_text(buffer, "    ");
        print_column(buffer, match_mentee_name(view, lonely->mentee), NAME_WIDTH - 2);
        buffer_byte(buffer, ' ');
        print_wrapped(buffer, lonely->help, NAME_WIDTH + 3, NAME_WIDTH + 3);
    }
    if (count > LONELY_SHOWN)
        buffer_printf(buffer, "    ... and %u more\n", count - LONELY_SHOWN);
}

static void print_lonely(struct buffer *buffer, const struct match_view *view)
{
    if (view->lonely_count == 0)
        return;
    buffer_printf(buffer, "\nMentees without a mentor (%u)\n", view->lonely_count);
    for (uint32_t i = 0; i < view->lonely_count; i++)
        if (!reason_came_before(view, i))
            print_lonely_group(buffer, view, i);
}

static void print_load(struct buffer *buffer, const struct match_view *view)
{
    const struct mm_pool *pool = &view->pool->pool;
    uint32_t count[MM_CAPACITY_MAX + 1] = {0};
    uint32_t room = 0;
    uint32_t none = 0;
    for (uint32_t j = 0; j < pool->mentors; j++) {
        none += pool->mentor[j].places == 0;
        room += view->load[j] < pool->mentor[j].places;
        if (pool->mentor[j].places > 0 && view->load[j] <= MM_CAPACITY_MAX)
            count[view->load[j]]++;
    }
    buffer_text(buffer, "\nMentors\n");
    for (uint32_t k = 0; k <= MM_CAPACITY_MAX; k++)
        if (count[k] > 0)
            buffer_printf(buffer, "  %3u with %u mentee%s\n", count[k], k, k == 1 ? "" : "s");
    if (room > 0)
        buffer_printf(buffer, "  %3u of them have room for more (%zu places in all)\n", room,
                      (size_t)view->places - view->result->pairs);
    if (none > 0)
        buffer_printf(buffer, "  %3u on the sheet have no place\n", none);
}

static void print_warnings(struct buffer *buffer, const struct match_story *story)
{
    size_t warnings = problem_count(story->problems, PROBLEM_WARNING);
    size_t notes = problem_count(story->problems, PROBLEM_NOTE);
    if (warnings > 0) {
        buffer_printf(buffer, "\nRows to look at (%zu)\n", warnings);
        match_print_problems(buffer, story->problems, PROBLEM_WARNING, GROUP_SHOWN);
    }
    if (notes > 0)
        buffer_printf(buffer,
                      "\n%zu notes on how cells were taken stand in the report and in "
                      "result.json.\n",
                      notes);
}

static void print_notes(struct buffer *buffer, const struct match_view *view)
{
    struct buffer unused;
    buffer_open(&unused, buffer->arena, 4096);
    for (enum mm_criterion_kind kind = 0; kind < MM_CRITERIA; kind++)
        if (view->pool->weight_off[kind])
            buffer_printf(&unused, "%s%s", unused.length == 0 ? "" : ", ",
                          rules_file_criterion(kind));
    if (unused.rc != RC_OK)
        buffer->rc = unused.rc;
    if (view->pool->note_count == 0 && unused.length == 0)
        return;
    buffer_text(buffer, "\nWhat counted\n");
    if (unused.length > 0) {
        struct buffer line;
        buffer_open(&line, buffer->arena, 8192);
        buffer_printf(&line, "Did not count, because one sheet or both say nothing about it: %s.",
                      unused.bytes);
        print_built(buffer, 2, &line);
    }
    for (size_t i = 0; i < view->pool->note_count; i++)
        print_block(buffer, 2, view->pool->notes[i]);
}

enum rc match_print_summary(struct buffer *buffer, const struct match_story *story)
{
    const struct match_view *view = story->view;
    print_head(buffer, view);
    if (view->pair_count > 0) {
        print_bins(buffer, view);
        print_pairs(buffer, view);
        print_first(buffer, view);
    }
    print_lonely(buffer, view);
    print_load(buffer, view);
    print_warnings(buffer, story);
    print_notes(buffer, view);
    return buffer->rc;
}
