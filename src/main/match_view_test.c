// SPDX-License-Identifier: Apache-2.0
// The story of a small result: numbers, reasons, people without a mentor, all four outputs, and
// every call for memory failing in turn.
#include "match_view.h"

#include <string.h>

#include "base/tap.h"
#include "base/zone.h"

#include "match_output.h"

static struct arena sheets; // holds what is read once
static struct roster roster;
static struct problem_list problems;
static struct mm_result result;

static const char mentees[] = "id,name,email,country,wishes\n"
                              "a,Ada,ada@example.org,Kenya,Sustainabilty; Python\n"
                              "b,<Bea>,bea@example.org,Germany,Python\n"
                              "c,\"=Cleo\",,Kenya,Weaving\n"
                              "d,Dora,,Mars,Python\n";
static const char mentors[] = "id,name,country,expertise,max_mentees\n"
                              "x,Xia,Germany,Python; Sustainability,2\n"
                              "y,Yve,Kenya,Open science,1\n"
                              "z,Zoe,Kenya,Python,0\n";

// What a run makes, all in one arena.
struct story {
    struct match_pool pool;
    struct match_view view;
    struct buffer out[5];
};

static enum rc read_sheets(void)
{
    struct place_book *places = NULL;
    const char *error = "";
    problem_list_open(&problems, &sheets, 100);
    TRY(place_book_load(&sheets, ZONE_FOLDER, 1788739200, 1788739200 + 112 * 86400, &places,
                        &error));
    struct roster_source sources[2] = {
        {"a.csv", mentees, sizeof mentees - 1, NULL, 0},
        {"b.csv", mentors, sizeof mentors - 1, NULL, 0},
    };
    return roster_read(&sheets, &sources[0], &sources[1],
                       &(struct roster_options){.places = places}, &problems, &roster);
}

static enum rc solve(struct arena *arena, struct story *story)
{
    struct rules_file rules;
    rules_file_default(&rules);
    struct problem_list unheard;
    problem_list_open(&unheard, arena, 10);
    TRY(match_pool_build(arena, &roster, &rules, &(struct match_lists){0}, &unheard, &story->pool));
    mm_result_free(&result);
    enum mm_status status =
        mm_match(&story->pool.pool, &story->pool.rules.objective, NULL, &result, NULL);
    return status == MM_OK ? RC_OK : RC_BAD_INPUT;
}

static enum rc tell(struct arena *arena, struct story *story)
{
    static enum rc (*const prints[5])(struct buffer *, const struct match_story *) = {
        match_print_summary, match_print_pairs_csv, match_print_unmatched_csv, match_print_json,
        match_print_report};
    static const struct mm_options options = {0};
    TRY(solve(arena, story));
    struct match_found found = {.pool = &story->pool,
                                .result = &result,
                                .options = &options,
                                .certified = true,
                                .proof = "Checked."};
    TRY(match_view_make(arena, &found, &story->view));
    struct match_story told = {&story->view, &problems, "secret-folder/a.csv", "b.csv"};
    for (size_t i = 0; i < 5; i++) {
        buffer_open(&story->out[i], arena, MATCH_OUTPUT_MAX);
        TRY(prints[i](&story->out[i], &told));
    }
    return RC_OK;
}

static void test_pairs(const struct match_view *view)
{
    is_int(view->pair_count, 3, "three places, three pairs");
    is_int(view->lonely_count, 1, "one without a mentor");
    is_int(view->places, 3, "places");
    is_int(view->mentors_with, 2, "mentors with a place");
    uint32_t bins = 0;
    for (size_t i = 0; i < MATCH_SCORE_BINS; i++)
        bins += view->bins[i];
    is_int(bins, 3, "every pair is in a bin");
    const struct match_pair *first = &view->pairs[0];
    is_str(match_mentee_name(view, first->mentee), "Ada", "in the order of the sheet");
    is_int(first->wish_count, 2, "her wishes");
    is_str(first->wishes[0].skill, "Sustainability", "the skill that serves the first");
    is_int(first->wishes[0].percent, 95, "as a near spelling");
    is_str(first->reasons[0], "covers all wishes: Sustainabilty, Python", "the strongest reason");
    is_str(first->clocks, "2 h apart", "Kenya and Germany, in winter time, which is the worse");
    is_int(first->rank, 1, "no possible mentor would score higher");
    is_int(first->possible, 2, "of the two who have a place");
}

static void test_lonely(const struct match_view *view)
{
    const struct match_lonely *lonely = &view->lonely[0];
    is_int(lonely->why.left, 2, "mentors would be possible");
    is_str(lonely->short_reason, "all places of the mentors who fit are taken", "the reason");
    ok(strncmp(lonely->help, "one more place with ", 20) == 0, "what would help");
    is_int(lonely->best_count, 2, "those who would fit best");
    ok(lonely->best[0].score >= lonely->best[1].score, "best first");
}

static void test_outputs(const struct story *story)
{
    ok(strstr(story->out[0].bytes, "3 of 4 mentees have a mentor. 3 of 3 places of 2 mentors") !=
           NULL,
       "the summary begins with the numbers");
    ok(strstr(story->out[1].bytes, "c,'=Cleo,") != NULL ||
           strstr(story->out[2].bytes, "c,'=Cleo,") != NULL,
       "a name is no formula");
    ok(strstr(story->out[3].bytes, "\"name\": \"\\u003cBea\\u003e\"") != NULL, "JSON is safe");
    ok(strstr(story->out[4].bytes, "&lt;Bea&gt;") != NULL, "the report escapes");
    ok(strstr(story->out[4].bytes, "secret-folder") == NULL, "and tells nobody's folders");
    for (size_t i = 0; i < 5; i++)
        ok(strstr(story->out[i].bytes, "example.org") == NULL, "no e-mail address in output %zu",
           i);
}

// A failing call for memory anywhere gives RC_NO_MEMORY: no crash, no half a story told as whole.
static void test_no_memory(void)
{
    size_t calls = 0;
    bool good = true;
    bool ended = false;
    for (size_t fail_at = 1; !ended; fail_at++) {
        struct arena arena;
        struct story story = {0};
        arena_open(&arena, 64 << 20);
        arena.fail_at = fail_at;
        enum rc rc = tell(&arena, &story);
        ended = arena.calls < fail_at;
        good = good && rc == (ended ? RC_OK : RC_NO_MEMORY);
        if (rc == RC_OK && !ended)
            note("call %zu failed unnoticed", fail_at);
        calls = arena.calls;
        match_view_close(&story.view);
        arena_close(&arena);
    }
    ok(good && calls > 100, "each call for memory may fail");
}

int main(void)
{
    struct arena arena;
    struct story story = {0};
    arena_open(&sheets, 64 << 20);
    arena_open(&arena, 64 << 20);
    if (!is_int(read_sheets(), RC_OK, "the sheets are read") ||
        !is_int(tell(&arena, &story), RC_OK, "the story is told"))
        return tap_done();
    test_pairs(&story.view);
    test_lonely(&story.view);
    test_outputs(&story);
    test_no_memory();
    is_str(match_points_of(6312).bytes, "63.12", "points");
    is_str(match_points_of(-5).bytes, "-0.05", "points below zero");
    match_view_close(&story.view);
    mm_result_free(&result);
    arena_close(&arena);
    arena_close(&sheets);
    return tap_done();
}
