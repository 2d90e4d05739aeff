// SPDX-License-Identifier: Apache-2.0
// Gathering the story of a result; see match_view.h.
#include "match_view.h"

#include <stdlib.h>
#include <string.h>

#include "match_words.h"

enum { SERVED_WELL_PERCENT = 50, SCORE_BIN = MM_SCORE_MAX / MATCH_SCORE_BINS };

struct maker {
    struct match_view *view;
    const struct match_pool *pool;
    const struct mm_options *options;
    struct match_pair *pairs;
    struct match_lonely *lonely;
    const struct mm_instance *all; // the allowed pairs; NULL: too many to go through
    uint32_t *place_of;            // position of a mentee's first pair; MM_NOBODY
};

// What the library calls a failure, in our words. Bad input here would be a mistake of ours.
static enum rc rc_of(enum mm_status status)
{
    switch (status) {
    case MM_OK:
        return RC_OK;
    case MM_NO_MEMORY:
        return RC_NO_MEMORY;
    case MM_STOPPED:
        return RC_STOPPED;
    case MM_LIMIT:
        return RC_LIMIT;
    case MM_BAD_INPUT:
    case MM_CONTRADICTION:
    case MM_NOT_PROVED:
        return RC_BAD_INPUT;
    }
    return RC_BAD_INPUT;
}

const char *match_mentee_name(const struct match_view *view, uint32_t mentee)
{
    return view->pool->roster->mentees[mentee].name;
}

const char *match_mentor_name(const struct match_view *view, uint32_t mentor)
{
    return view->pool->roster->mentors[mentor].name;
}

// ---- a pair ----

// Each wish of the pool once, with the skill that serves it.
static enum rc make_wishes(struct maker *maker, struct match_pair *pair)
{
    const struct person *mentee = &maker->pool->roster->mentees[pair->mentee];
    const struct mm_person *wisher = &maker->pool->pool.mentee[pair->mentee];
    const struct person *mentor = &maker->pool->roster->mentors[pair->mentor];
    struct match_wish *wishes = ARENA_ARRAY(maker->view->arena, struct match_wish, wisher->topics);
    if (wishes == NULL)
        return RC_NO_MEMORY;
    uint32_t count = 0;
    for (uint32_t k = 0; k < mentee->wish_count && count < wisher->topics; k++) {
        if (mentee->wishes[k].topic != maker->pool->wish_topics[wisher->topic[count].topic])
            continue; // the same topic again
        struct match_cover cover;
        TRY(match_pool_cover(maker->pool, pair->mentee, k, pair->mentor, &cover));
        wishes[count] = (struct match_wish){
            .wish = mentee->wishes[k].text,
            .skill = cover.percent == 0 ? NULL : mentor->skills[cover.skill].text,
            .percent = cover.percent,
            .weight = wisher->topic[count].amount,
            .rule = cover.rule,
        };
        pair->wishes_covered += cover.percent > 0;
        count++;
    }
    pair->wishes = wishes;
    pair->wish_count = count;
    return RC_OK;
}

static enum rc make_words(struct maker *maker, struct match_pair *pair)
{
    TRY(match_say_clocks(maker->view->arena, &pair->why, &pair->clocks));
    for (size_t i = 0; i < MATCH_REASONS && pair->why.strongest[i] >= 0; i++) {
        enum mm_criterion_kind kind = (enum mm_criterion_kind)pair->why.strongest[i];
        if (pair->why.part[kind] == 0)
            continue;
        TRY(match_say_strong(maker->pool, pair, kind, &pair->reasons[pair->reason_count]));
        pair->reason_count++;
    }
    pair->weakest = "";
    if (pair->why.weakest >= 0)
        TRY(match_say_weak(maker->pool, pair, (enum mm_criterion_kind)pair->why.weakest,
                           &pair->weakest));
    return match_say_to_ask(maker->pool, pair, &pair->to_ask);
}

static bool is_link(const struct mm_link *links, size_t count, struct mm_link link)
{
    for (size_t i = 0; i < count; i++)
        if (links[i].mentee == link.mentee && links[i].mentor == link.mentor)
            return true;
    return false;
}

static void make_rank(const struct maker *maker, struct match_pair *pair)
{
    if (maker->all == NULL)
        return;
    const struct mm_instance *all = maker->all;
    pair->rank = 1;
    for (uint64_t k = all->first[pair->mentee]; k < all->first[pair->mentee + 1]; k++) {
        if (maker->pool->pool.mentor[all->mentor[k]].places == 0)
            continue;
        pair->rank += all->score[k] > pair->score;
        pair->possible++;
    }
}

static bool is_better(const struct mm_instance *all, uint64_t k,
                      const struct match_alternative *row)
{
    if (all->score[k] != row->score)
        return all->score[k] > row->score;
    return all->mentor_id[all->mentor[k]] < all->mentor_id[row->mentor];
}

// The mentors with the highest scores for a mentee among the allowed ones but `own`, by insertion.
static uint32_t make_best(const struct maker *maker, uint32_t mentee, uint32_t own,
                          struct match_alternative rows[MATCH_ALTERNATIVES])
{
    const struct mm_instance *all = maker->all;
    uint32_t count = 0;
    for (uint64_t k = all->first[mentee]; k < all->first[mentee + 1]; k++) {
        uint32_t at = count;
        if (all->mentor[k] == own || maker->pool->pool.mentor[all->mentor[k]].places == 0)
            continue;
        while (at > 0 && is_better(all, k, &rows[at - 1]))
            at--;
        if (at == MATCH_ALTERNATIVES)
            continue;
        uint32_t last = count < MATCH_ALTERNATIVES ? count : MATCH_ALTERNATIVES - 1;
        memmove(&rows[at + 1], &rows[at], (last - at) * sizeof rows[0]);
        rows[at] = (struct match_alternative){all->mentor[k], all->score[k], ""};
        count = last + 1;
    }
    return count;
}

static enum rc make_alternatives(struct maker *maker, struct match_pair *pair)
{
    struct mm_alternative rows[MATCH_ALTERNATIVES];
    size_t count = 0;
    if (maker->all == NULL || pair->pinned)
        return RC_OK;
    if (!maker->view->went_far) {
        pair->alternative_count = make_best(maker, pair->mentee, pair->mentor, pair->alternatives);
        return RC_OK;
    }
    TRY(rc_of(mm_alternatives(maker->all, &maker->pool->rules.objective, maker->view->result,
                              pair->mentee, MATCH_ALTERNATIVES, maker->options, rows, &count,
                              NULL)));
    for (size_t i = 0; i < count; i++) {
        struct match_alternative *alternative = &pair->alternatives[i];
        alternative->mentor = rows[i].mentor;
        alternative->score = rows[i].score;
        TRY(match_say_cost(maker->view->arena, &rows[i], &alternative->cost));
    }
    pair->alternative_count = (uint32_t)count;
    return RC_OK;
}

static enum rc make_pair(struct maker *maker, const struct mm_pair *from, struct match_pair *pair)
{
    struct mm_link link = {from->mentee, from->mentor};
    pair->mentee = from->mentee;
    pair->mentor = from->mentor;
    pair->score = from->score;
    pair->pinned = from->pinned;
    pair->was = is_link(maker->pool->pool.was, maker->pool->pool.was_count, link);
    TRY(rc_of(mm_explain_pair(&maker->pool->pool, link, &pair->why, NULL)));
    pair->overlap = pair->why.overlap[0];
    for (uint32_t phase = 1; phase < maker->pool->pool.phases; phase++)
        if (pair->why.overlap[phase] < pair->overlap)
            pair->overlap = pair->why.overlap[phase];
    TRY(make_wishes(maker, pair));
    TRY(make_words(maker, pair));
    if (maker->pool->rules.rules.weight[MM_C_TOPICS].weight > 0 && pair->wishes_covered == 0)
        maker->view->no_wish++;
    make_rank(maker, pair);
    return make_alternatives(maker, pair);
}

static enum rc make_pairs(struct maker *maker)
{
    const struct mm_result *result = maker->view->result;
    maker->pairs = ARENA_ARRAY(maker->view->arena, struct match_pair, result->pairs);
    if (maker->pairs == NULL)
        return RC_NO_MEMORY;
    for (size_t i = 0; i < result->pairs; i++)
        TRY(make_pair(maker, &result->pair[i], &maker->pairs[i]));
    maker->view->pairs = maker->pairs;
    maker->view->pair_count = (uint32_t)result->pairs;
    return RC_OK;
}

// ---- people without a mentor ----

static enum rc make_lonely(struct maker *maker)
{
    struct match_view *view = maker->view;
    uint32_t mentees = maker->pool->pool.mentees;
    maker->lonely = ARENA_ARRAY(view->arena, struct match_lonely, mentees - view->result->matched);
    if (maker->lonely == NULL)
        return RC_NO_MEMORY;
    for (uint32_t i = 0; i < mentees; i++) {
        if (maker->place_of[i] != MM_NOBODY)
            continue;
        struct match_lonely *lonely = &maker->lonely[view->lonely_count++];
        lonely->mentee = i;
        TRY(rc_of(mm_explain_unmatched(&maker->pool->pool, i, &lonely->why, NULL)));
        if (maker->all != NULL)
            lonely->best_count = make_best(maker, i, MM_NOBODY, lonely->best);
        TRY(match_say_lonely(maker->pool, lonely));
    }
    view->lonely = maker->lonely;
    return RC_OK;
}

// ---- numbers ----

static int by_score(const void *left, const void *right)
{
    uint16_t a = *(const uint16_t *)left;
    uint16_t b = *(const uint16_t *)right;
    return a < b ? -1 : a > b;
}

static enum rc make_scores(struct match_view *view)
{
    const struct mm_result *result = view->result;
    if (result->pairs == 0)
        return RC_OK;
    uint16_t *scores = ARENA_ARRAY(view->arena, uint16_t, result->pairs);
    if (scores == NULL)
        return RC_NO_MEMORY;
    for (size_t i = 0; i < result->pairs; i++) {
        uint32_t bin = result->pair[i].score / SCORE_BIN;
        scores[i] = result->pair[i].score;
        view->bins[bin < MATCH_SCORE_BINS ? bin : MATCH_SCORE_BINS - 1]++;
    }
    qsort(scores, result->pairs, sizeof scores[0], by_score);
    view->lowest = scores[0];
    view->highest = scores[result->pairs - 1];
    view->middle = scores[(result->pairs - 1) / 2];
    view->mean = (uint16_t)((result->total + result->pairs / 2) / result->pairs);
    return RC_OK;
}

static enum rc make_load(struct maker *maker)
{
    struct match_view *view = maker->view;
    const struct mm_pool *pool = &maker->pool->pool;
    uint32_t *load = ARENA_ARRAY(view->arena, uint32_t, pool->mentors);
    maker->place_of = ARENA_ARRAY(view->arena, uint32_t, pool->mentees);
    if (load == NULL || maker->place_of == NULL)
        return RC_NO_MEMORY;
    memset(maker->place_of, 0xff, pool->mentees * sizeof maker->place_of[0]);
    for (size_t i = view->result->pairs; i > 0; i--) {
        load[view->result->pair[i - 1].mentor]++;
        maker->place_of[view->result->pair[i - 1].mentee] = (uint32_t)(i - 1);
    }
    for (uint32_t j = 0; j < pool->mentors; j++) {
        view->places += pool->mentor[j].places;
        view->mentors_with += pool->mentor[j].places > 0;
        view->mentors_without += pool->mentor[j].places > 0 && load[j] == 0;
    }
    view->load = load;
    return RC_OK;
}

static int largest_gap_first(const void *left, const void *right)
{
    const struct match_demand *a = left;
    const struct match_demand *b = right;
    int64_t gap_a = (int64_t)a->wished - a->offered;
    int64_t gap_b = (int64_t)b->wished - b->offered;
    if (gap_a != gap_b)
        return gap_a > gap_b ? -1 : 1;
    if (a->wished != b->wished)
        return a->wished > b->wished ? -1 : 1;
    return strcmp(a->topic, b->topic);
}

static enum rc make_demand(struct match_view *view)
{
    const struct mm_pool *pool = &view->pool->pool;
    struct match_demand *demand = ARENA_ARRAY(view->arena, struct match_demand, pool->topic_count);
    if (demand == NULL)
        return RC_NO_MEMORY;
    for (uint32_t t = 0; t < pool->topic_count; t++)
        demand[t].topic = view->pool->roster->topics.topics[view->pool->wish_topics[t]].text;
    for (uint32_t i = 0; i < pool->mentees; i++)
        for (uint32_t k = 0; k < pool->mentee[i].topics; k++)
            demand[pool->mentee[i].topic[k].topic].wished++;
    for (uint32_t j = 0; j < pool->mentors; j++) {
        const struct mm_person *mentor = &pool->mentor[j];
        for (uint32_t k = 0; k < mentor->topics && mentor->places > 0; k++)
            demand[mentor->topic[k].topic].offered +=
                mentor->topic[k].amount >= SERVED_WELL_PERCENT;
    }
    qsort(demand, pool->topic_count, sizeof demand[0], largest_gap_first);
    view->demand = demand;
    view->demand_count = pool->topic_count;
    return RC_OK;
}

static enum rc make_all(struct maker *maker)
{
    TRY(make_load(maker));
    TRY(make_scores(maker->view));
    TRY(make_pairs(maker));
    TRY(make_lonely(maker));
    if (maker->all != NULL)
        TRY(rc_of(mm_blocking_pairs(maker->all, maker->view->result, maker->options, NULL, 0,
                                    &maker->view->blocking, NULL)));
    return make_demand(maker->view);
}

enum rc match_view_make(struct arena *arena, const struct match_found *found,
                        struct match_view *ret_view)
{
    const struct mm_pool *pool = &found->pool->pool;
    *ret_view = (struct match_view){
        .arena = arena,
        .pool = found->pool,
        .result = found->result,
        .certified = found->certified,
        .proof = found->proof,
    };
    struct maker maker = {.view = ret_view, .pool = found->pool, .options = found->options};
    uint64_t work = (uint64_t)pool->mentees * pool->mentors;
    ret_view->went_far = work <= MATCH_COST_PAIRS_MAX;
    if (work <= MATCH_WORK_PAIRS_MAX) {
        TRY(rc_of(
            mm_candidates(pool, 0, found->result->seed, found->options, &ret_view->all, NULL)));
        maker.all = &ret_view->all.instance;
        ret_view->went_through = true;
    }
    enum rc rc = make_all(&maker);
    if (rc != RC_OK)
        match_view_close(ret_view);
    return rc;
}

void match_view_close(struct match_view *view)
{
    if (view->went_through)
        mm_candidates_free(&view->all);
    *view = (struct match_view){0};
}
