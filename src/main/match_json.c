// SPDX-License-Identifier: Apache-2.0
// result.json for other programs; see match_output.h. Scores are 0..10000, as the library has them.
#include <inttypes.h>

#include "base/json.h"

#include "match_output.h"

static void member_text(struct json *json, const char *key, const char *value)
{
    json_key(json, key);
    json_text(json, value);
}

static void member_integer(struct json *json, const char *key, int64_t value)
{
    json_key(json, key);
    json_integer(json, value);
}

static void member_boolean(struct json *json, const char *key, bool value)
{
    json_key(json, key);
    json_boolean(json, value);
}

static void person(struct json *json, const char *key, const struct person *who)
{
    json_key(json, key);
    json_object(json);
    member_text(json, "id", who->id);
    member_text(json, "name", who->name);
    json_end(json);
}

static void alternatives(struct json *json, const char *key, const struct match_view *view,
                         const struct match_alternative *rows, uint32_t count)
{
    json_key(json, key);
    json_array(json);
    for (uint32_t i = 0; i < count; i++) {
        json_object(json);
        person(json, "mentor", &view->pool->roster->mentors[rows[i].mentor]);
        member_integer(json, "score", rows[i].score);
        if (rows[i].cost[0] != '\0')
            member_text(json, "cost", rows[i].cost);
        json_end(json);
    }
    json_end(json);
}

static void parts(struct json *json, const struct match_pool *pool, const struct match_pair *pair)
{
    json_key(json, "parts");
    json_array(json);
    for (enum mm_criterion_kind kind = 0; kind < MM_CRITERIA; kind++) {
        if (pool->rules.rules.weight[kind].weight == 0)
            continue;
        json_object(json);
        member_text(json, "criterion", rules_file_criterion(kind));
        member_integer(json, "points", pair->why.part[kind]);
        member_integer(json, "most", pair->why.part_max[kind]);
        member_boolean(json, "answered", (pair->why.unknown >> (unsigned)kind & 1) == 0);
        json_end(json);
    }
    json_end(json);
}

static void wishes(struct json *json, const struct match_pair *pair)
{
    json_key(json, "wishes");
    json_array(json);
    for (uint32_t i = 0; i < pair->wish_count; i++) {
        const struct match_wish *wish = &pair->wishes[i];
        json_object(json);
        member_text(json, "wish", wish->wish);
        member_integer(json, "weight", wish->weight);
        member_text(json, "skill", wish->skill);
        member_integer(json, "percent", wish->percent);
        member_text(json, "rule", wish->rule);
        json_end(json);
    }
    json_end(json);
}

static void overlap(struct json *json, const struct match_pool *pool, const struct match_pair *pair)
{
    bool known = (pair->why.unknown >> MM_C_OVERLAP & 1) == 0;
    json_key(json, "minutes_free_together");
    if (!known) {
        json_null(json);
        return;
    }
    json_array(json);
    for (uint32_t phase = 0; phase < pool->pool.phases; phase++)
        json_integer(json, pair->why.overlap[phase]);
    json_end(json);
}

static void pair_object(struct json *json, const struct match_view *view,
                        const struct match_pair *pair)
{
    const struct roster *roster = view->pool->roster;
    json_object(json);
    person(json, "mentee", &roster->mentees[pair->mentee]);
    person(json, "mentor", &roster->mentors[pair->mentor]);
    member_integer(json, "score", pair->score);
    parts(json, view->pool, pair);
    json_key(json, "reasons");
    json_array(json);
    for (uint32_t i = 0; i < pair->reason_count; i++)
        json_text(json, pair->reasons[i]);
    json_end(json);
    member_text(json, "weakest_point", pair->weakest);
    member_text(json, "to_ask", pair->to_ask);
    json_key(json, "minutes_between_clocks");
    if (pair->why.zone_distance == UINT16_MAX)
        json_null(json);
    else
        json_integer(json, pair->why.zone_distance);
    overlap(json, view->pool, pair);
    wishes(json, pair);
    if (view->went_through) {
        member_integer(json, "rank_for_mentee", pair->rank);
        member_integer(json, "mentors_possible", pair->possible);
    }
    alternatives(json, "alternatives", view, pair->alternatives, pair->alternative_count);
    member_boolean(json, "pinned", pair->pinned);
    member_boolean(json, "as_before", pair->was);
    json_end(json);
}

static void lonely_object(struct json *json, const struct match_view *view,
                          const struct match_lonely *lonely)
{
    json_object(json);
    person(json, "mentee", &view->pool->roster->mentees[lonely->mentee]);
    member_text(json, "reason", lonely->reason);
    member_text(json, "what_would_help", lonely->help);
    member_integer(json, "mentors_possible", lonely->why.left);
    json_key(json, "ruled_out");
    json_array(json);
    for (enum mm_rule_kind kind = 0; kind < MM_RULES; kind++) {
        if (lonely->why.removed[kind] == 0)
            continue;
        json_object(json);
        member_text(json, "rule", rules_file_rule(kind));
        member_integer(json, "mentors", lonely->why.removed[kind]);
        member_integer(json, "by_this_alone", lonely->why.only[kind]);
        json_end(json);
    }
    json_end(json);
    alternatives(json, "best_possible", view, lonely->best, lonely->best_count);
    json_end(json);
}

static void numbers(struct json *json, const struct match_view *view)
{
    const struct mm_result *result = view->result;
    json_key(json, "summary");
    json_object(json);
    member_integer(json, "mentees", view->pool->pool.mentees);
    member_integer(json, "mentors", view->pool->pool.mentors);
    member_integer(json, "places", view->places);
    member_integer(json, "matched", result->matched);
    member_integer(json, "unmatched", view->lonely_count);
    member_integer(json, "pairs", (int64_t)result->pairs);
    member_integer(json, "total", (int64_t)result->total);
    member_integer(json, "lowest", view->lowest);
    member_integer(json, "middle", view->middle);
    member_integer(json, "mean", view->mean);
    member_integer(json, "highest", view->highest);
    if (view->pool->pool.was_count > 0)
        member_integer(json, "moved", result->moved);
    if (view->went_through)
        member_integer(json, "blocking_pairs", (int64_t)view->blocking);
    char *seed = arena_printf(view->arena, "%" PRIu64, result->seed);
    if (seed == NULL)
        json->buffer->rc = RC_NO_MEMORY;
    member_text(json, "seed", seed);
    member_boolean(json, "proved_optimal", view->certified);
    member_text(json, "proof", view->proof);
    json_end(json);
}

static void rules(struct json *json, const struct match_view *view)
{
    struct buffer text;
    buffer_open(&text, view->arena, RULES_FILE_BYTES_MAX);
    if (rules_file_print(&text, &view->pool->rules) != RC_OK)
        json->buffer->rc = text.rc;
    member_text(json, "rules_file", text.bytes);
    json_key(json, "notes");
    json_array(json);
    for (size_t i = 0; i < view->pool->note_count; i++)
        json_text(json, view->pool->notes[i]);
    json_end(json);
}

static void problems(struct json *json, const struct problem_list *list)
{
    json_key(json, "rows_to_look_at");
    json_array(json);
    for (size_t i = 0; i < list->count; i++) {
        const struct problem *problem = &list->items[i];
        json_object(json);
        member_text(json, "severity", problem_severity_text(problem->severity));
        member_text(json, "file", problem->file);
        member_integer(json, "line", problem->line);
        member_text(json, "column", problem->column);
        member_text(json, "what", problem->what);
        member_text(json, "what_to_do", problem->todo);
        json_end(json);
    }
    json_end(json);
}

static void load(struct json *json, const struct match_view *view)
{
    json_key(json, "mentors");
    json_array(json);
    for (uint32_t j = 0; j < view->pool->pool.mentors; j++) {
        json_object(json);
        member_text(json, "id", view->pool->roster->mentors[j].id);
        member_text(json, "name", match_mentor_name(view, j));
        member_integer(json, "places", view->pool->pool.mentor[j].places);
        member_integer(json, "mentees", view->load[j]);
        json_end(json);
    }
    json_end(json);
}

enum rc match_print_json(struct buffer *buffer, const struct match_story *story)
{
    const struct match_view *view = story->view;
    struct json json;
    json_open(&json, buffer, true);
    json_object(&json);
    member_integer(&json, "format", 1);
    member_integer(&json, "score_scale", MM_SCORE_MAX);
    numbers(&json, view);
    json_key(&json, "pairs");
    json_array(&json);
    for (uint32_t i = 0; i < view->pair_count; i++)
        pair_object(&json, view, &view->pairs[i]);
    json_end(&json);
    json_key(&json, "unmatched");
    json_array(&json);
    for (uint32_t i = 0; i < view->lonely_count; i++)
        lonely_object(&json, view, &view->lonely[i]);
    json_end(&json);
    load(&json, view);
    problems(&json, story->problems);
    rules(&json, view);
    json_end(&json);
    return json_close(&json);
}
