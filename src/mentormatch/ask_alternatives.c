// SPDX-License-Identifier: Apache-2.0
/*
 * The best other mentors for a mentee, by what the whole would lose. If she had another mentor,
 * somebody may have to make way, and others may move up: the cheapest such chain is a shortest path
 * in the residual network, measured in reduced profits, vectors over the levels compared
 * lexicographically (the certificate's prices make them all zero or more). One search backwards
 * from the place that she leaves answers for all mentors at once (Dijkstra 1959; sensitivity of
 * assignments: Volgenant 2006).
 *
 * It holds for mentees who want one mentor. Elsewhere her best-scored candidates are tried one by
 * one.
 */
#include <string.h>

#include "ask.h"
#include "memory.h"

#define NODE_NONE UINT32_MAX

struct vector {
    int64_t at[MM_LEVELS_MAX];
};

struct arc { /* an allowed pair, by mentor */
    uint32_t mentee;
    uint16_t score;
};

struct alternatives {
    const struct standing *standing;
    const struct mm_instance *instance;
    struct mm_objective objective;
    const struct mm_result *result;
    struct mm_memory memory;
    uint32_t level[MM_LEVELS_MAX]; /* levels that count */
    uint32_t levels;
    uint32_t floor; /* chains use no pair below it */
    uint32_t mentee;
    uint32_t own;        /* her mentor, or NODE_NONE */
    uint32_t nodes;      /* mentors, then the outside */
    uint64_t *arc_first; /* by mentor */
    struct arc *arc;
    uint32_t *mentor_of; /* per mentee: her mentor, or NODE_NONE */
    struct vector *distance;
    uint32_t *next; /* towards the place that was left */
    uint32_t *via;  /* mentee who moves to `next`; NODE_NONE: a place is left empty or taken */
    uint8_t *mark;  /* 1 queued, 2 settled */
    uint32_t *heap;
    uint32_t *heap_at;
    uint32_t heap_count;
};

/* ---- vectors ---- */

static int compare(const struct alternatives *a, const struct vector *x, const struct vector *y)
{
    for (uint32_t k = 0; k < a->levels; k++) {
        if (x->at[k] != y->at[k]) {
            return x->at[k] < y->at[k] ? -1 : 1;
        }
    }
    return 0;
}

static bool was_pair(const struct alternatives *a, uint32_t mentee, uint32_t mentor)
{
    const struct mm_instance *in = a->instance;
    for (size_t k = 0; k < in->was_count; k++) {
        if (in->was[k].mentee == mentee && in->was[k].mentor == mentor) {
            return true;
        }
    }
    return false;
}

static int64_t profit(const struct alternatives *a, const struct mm_linear *level,
                      struct mm_link pair, uint32_t score)
{
    switch (level->kind) {
    case MM_L_SERVED:
    case MM_L_PAIRS:
        return 1;
    case MM_L_PRIORITY:
        return a->instance->priority ? a->instance->priority[pair.mentee] : 0;
    case MM_L_FLOOR:
        return score < level->parameter ? -1 : 0;
    case MM_L_BAND:
        return score * a->objective.bands / (MM_SCORE_MAX + 1) == level->parameter ? -1 : 0;
    case MM_L_TOTAL:
        return (int64_t)score +
               (was_pair(a, pair.mentee, pair.mentor) ? a->objective.move_price : 0);
    case MM_L_KEPT:
        return was_pair(a, pair.mentee, pair.mentor);
    case MM_L_TIE:
    case MM_L_EMPTY:
        break;
    }
    return 0;
}

static int64_t price(const struct alternatives *a, uint32_t k, uint32_t mentor)
{
    const struct mm_linear *level = &a->result->certificate.level[a->level[k]];
    return level->price ? level->price[mentor] : 0;
}

/* profit - price of a pair; zero for being without. */
static void reduced(const struct alternatives *a, struct mm_link pair, uint32_t score,
                    struct vector *ret)
{
    for (uint32_t k = 0; k < a->levels; k++) {
        const struct mm_linear *level = &a->result->certificate.level[a->level[k]];
        ret->at[k] = profit(a, level, pair, score) - price(a, k, pair.mentor);
    }
}

/* What a mentee has now, reduced: her dual. */
static void dual(const struct alternatives *a, uint32_t mentee, struct vector *ret)
{
    memset(ret, 0, sizeof(*ret));
    if (a->mentor_of[mentee] != NODE_NONE) {
        const struct mm_pair *pair = &a->result->pair[a->standing->first[mentee]];
        reduced(a, (struct mm_link){mentee, pair->mentor}, pair->score, ret);
    }
}

/* The loss of a mentee who takes this pair instead of what she has. */
static void loss_of(const struct alternatives *a, struct mm_link pair, uint32_t score,
                    struct vector *ret)
{
    struct vector there;
    dual(a, pair.mentee, ret);
    reduced(a, pair, score, &there);
    for (uint32_t k = 0; k < a->levels; k++) {
        ret->at[k] -= there.at[k];
    }
}

static void add(const struct alternatives *a, struct vector *sum, const struct vector *more)
{
    for (uint32_t k = 0; k < a->levels; k++) {
        sum->at[k] += more->at[k];
    }
}

/* ---- heap ---- */

static bool nearer(const struct alternatives *a, uint32_t x, uint32_t y)
{
    return compare(a, &a->distance[x], &a->distance[y]) < 0;
}

static void heap_place(struct alternatives *a, uint32_t at, uint32_t node)
{
    a->heap[at] = node;
    a->heap_at[node] = at;
}

static void heap_up(struct alternatives *a, uint32_t at, uint32_t node)
{
    for (; at > 0 && nearer(a, node, a->heap[(at - 1) / 2]); at = (at - 1) / 2) {
        heap_place(a, at, a->heap[(at - 1) / 2]);
    }
    heap_place(a, at, node);
}

static uint32_t heap_pop(struct alternatives *a)
{
    uint32_t top = a->heap[0];
    uint32_t moving = a->heap[--a->heap_count];
    uint32_t at = 0;
    while (2 * at + 1 < a->heap_count) {
        uint32_t child = 2 * at + 1;
        child += child + 1 < a->heap_count && nearer(a, a->heap[child + 1], a->heap[child]);
        if (!nearer(a, a->heap[child], moving)) {
            break;
        }
        heap_place(a, at, a->heap[child]);
        at = child;
    }
    if (a->heap_count > 0) {
        heap_place(a, at, moving);
    }
    return top;
}

/* ---- the search, backwards from the place that she leaves ---- */

/* From `node` one can go on to `next` at this cost beyond the distance of `next`. */
static void relax(struct alternatives *a, uint32_t node, uint32_t next, uint32_t via,
                  const struct vector *cost)
{
    if (a->mark[node] == 2) {
        return;
    }
    struct vector sum = *cost;
    add(a, &sum, &a->distance[next]);
    if (a->mark[node] == 1 && compare(a, &sum, &a->distance[node]) >= 0) {
        return;
    }
    a->distance[node] = sum;
    a->next[node] = next;
    a->via[node] = via;
    bool queued = a->mark[node] == 1;
    a->mark[node] = 1;
    heap_up(a, queued ? a->heap_at[node] : a->heap_count++, node);
}

/* Who could move to a place at mentor j: anyone with an allowed pair; or it stays empty. */
static void scan_mentor(struct alternatives *a, uint32_t j)
{
    uint32_t outside = a->instance->mentors;
    struct vector cost;
    for (uint64_t k = a->arc_first[j]; k < a->arc_first[j + 1]; k++) {
        const struct arc *arc = &a->arc[k];
        if (arc->mentee == a->mentee || a->mentor_of[arc->mentee] == j || arc->score < a->floor) {
            continue;
        }
        uint32_t from = a->mentor_of[arc->mentee];
        bool pinned = from != NODE_NONE && a->result->pair[a->standing->first[arc->mentee]].pinned;
        if (pinned) {
            continue;
        }
        loss_of(a, (struct mm_link){arc->mentee, j}, arc->score, &cost);
        relax(a, from == NODE_NONE ? outside : from, j, arc->mentee, &cost);
    }
    for (uint32_t k = 0; k < a->levels; k++) {
        cost.at[k] = price(a, k, j);
    }
    relax(a, outside, j, NODE_NONE, &cost);
}

/* Who could go outside: any mentee, and any place that is empty now. */
static void scan_outside(struct alternatives *a)
{
    uint32_t outside = a->instance->mentors;
    struct vector cost;
    for (uint32_t i = 0; i < a->instance->mentees; i++) {
        uint32_t j = a->mentor_of[i];
        if (j == NODE_NONE || i == a->mentee || a->result->pair[a->standing->first[i]].pinned) {
            continue;
        }
        dual(a, i, &cost);
        relax(a, j, outside, i, &cost);
    }
    memset(&cost, 0, sizeof(cost));
    for (uint32_t j = 0; j < a->instance->mentors; j++) {
        if (a->standing->fill[j] < instance_capacity(a->instance, j)) {
            relax(a, j, outside, NODE_NONE, &cost);
        }
    }
}

static void search(struct alternatives *a)
{
    uint32_t start = a->own == NODE_NONE ? a->instance->mentors : a->own;
    memset(a->mark, 0, a->nodes);
    memset(&a->distance[start], 0, sizeof(*a->distance));
    a->next[start] = NODE_NONE;
    a->mark[start] = 1;
    heap_up(a, a->heap_count++, start);
    while (a->heap_count > 0) {
        uint32_t node = heap_pop(a);
        a->mark[node] = 2;
        if (node == a->instance->mentors) {
            scan_outside(a);
        } else {
            scan_mentor(a, node);
        }
    }
}

/* ---- what a chain changes ---- */

static uint16_t pair_score(const struct alternatives *a, uint32_t mentee, uint32_t mentor)
{
    for (uint64_t k = a->arc_first[mentor]; k < a->arc_first[mentor + 1]; k++) {
        if (a->arc[k].mentee == mentee) {
            return a->arc[k].score;
        }
    }
    return 0;
}

/* Marks in `moved` the mentees of the chain that starts when somebody takes a place at `mentor`. */
static void follow(const struct alternatives *a, struct mm_alternative *row, uint8_t *moved,
                   uint32_t *ret_least)
{
    uint32_t node = row->mentor;
    uint32_t outside = a->instance->mentors;
    while (a->next[node] != NODE_NONE) {
        uint32_t via = a->via[node];
        uint32_t next = a->next[node];
        if (via != NODE_NONE) {
            moved[via] = 1;
            if (node != outside) {
                row->total_change -= a->result->pair[a->standing->first[via]].score;
            }
            uint16_t score = next == outside ? 0 : pair_score(a, via, next);
            row->total_change += score;
            row->matched_change += next == outside ? -1 : 0;
            row->matched_change += node == outside ? 1 : 0;
            if (next != outside && score < *ret_least) {
                *ret_least = score;
            }
        }
        node = next;
    }
}

static void describe(const struct alternatives *a, struct mm_alternative *row, uint8_t *moved)
{
    const struct mm_result *result = a->result;
    uint32_t least = row->score;
    memset(moved, 0, a->instance->mentees);
    moved[a->mentee] = 1;
    row->total_change = row->score;
    row->matched_change = a->own == NODE_NONE ? 1 : 0;
    if (a->own != NODE_NONE) {
        row->total_change -= result->pair[a->standing->first[a->mentee]].score;
    }
    follow(a, row, moved, &least);
    for (size_t k = 0; k < result->pairs; k++) {
        if (!moved[result->pair[k].mentee] && result->pair[k].score < least) {
            least = result->pair[k].score;
        }
    }
    row->lowest_change = result->lowest == MM_NOT_ALLOWED ? 0 : (int64_t)least - result->lowest;
}

/* ---- rows ---- */

struct ranked {
    struct alternatives *a;
    struct mm_alternative *rows;
    struct vector *loss;
    size_t most;
    size_t kept;
};

static void rank_pair(void *context, uint32_t mentee, uint32_t mentor, uint16_t score)
{
    struct ranked *r = context;
    struct alternatives *a = r->a;
    struct vector loss;
    bool reachable = a->mark[mentor] == 2 && instance_capacity(a->instance, mentor) > 0;
    if (!reachable || standing_pair(a->standing, mentee, mentor)) {
        return;
    }
    loss_of(a, (struct mm_link){mentee, mentor}, score, &loss);
    add(a, &loss, &a->distance[mentor]);
    size_t at = r->kept;
    while (at > 0) {
        int order = compare(a, &loss, &r->loss[at - 1]);
        bool first = order < 0 ||
                     (order == 0 && instance_mentor_id(a->instance, mentor) <
                                        instance_mentor_id(a->instance, r->rows[at - 1].mentor));
        if (!first) {
            break;
        }
        at--;
    }
    if (at == r->most) {
        return;
    }
    r->kept += r->kept < r->most ? 1 : 0;
    for (size_t k = r->kept - 1; k > at; k--) {
        r->rows[k] = r->rows[k - 1];
        r->loss[k] = r->loss[k - 1];
    }
    r->rows[at] = (struct mm_alternative){.mentor = mentor, .score = score};
    r->loss[at] = loss;
}

/* ---- tables ---- */

static void count_arc(void *context, uint32_t mentee, uint32_t mentor, uint16_t score)
{
    struct alternatives *a = context;
    (void)mentee;
    (void)score;
    a->arc_first[mentor + 1]++;
}

static void put_arc(void *context, uint32_t mentee, uint32_t mentor, uint16_t score)
{
    struct alternatives *a = context;
    a->arc[a->arc_first[mentor]++] = (struct arc){mentee, score};
}

static enum mm_status transpose(struct alternatives *a)
{
    const struct mm_instance *in = a->instance;
    a->arc_first = mm_take(&a->memory, (size_t)in->mentors + 2, sizeof(*a->arc_first));
    if (!a->arc_first) {
        return MM_NO_MEMORY;
    }
    for (uint32_t i = 0; i < in->mentees; i++) {
        standing_row(a->standing, i, count_arc, a);
    }
    for (uint32_t j = 0; j < in->mentors; j++) {
        a->arc_first[j + 1] += a->arc_first[j];
    }
    a->arc = mm_take_raw(&a->memory, a->arc_first[in->mentors], sizeof(*a->arc));
    if (!a->arc) {
        return MM_NO_MEMORY;
    }
    for (uint32_t i = 0; i < in->mentees; i++) {
        standing_row(a->standing, i, put_arc, a);
    }
    /* every start stands where the next one began: shift back */
    memmove(a->arc_first + 1, a->arc_first, in->mentors * sizeof(*a->arc_first));
    a->arc_first[0] = 0;
    return MM_OK;
}

static void list_levels(struct alternatives *a)
{
    const struct mm_certificate *certificate = &a->result->certificate;
    for (uint32_t k = 0; k < certificate->levels; k++) {
        const struct mm_linear *level = &certificate->level[k];
        bool floor = level->kind == MM_L_FLOOR && !level->proof;
        if (floor) {
            a->floor = level->parameter;
        }
        if (floor || (!level->proof && level->price && level->kind != MM_L_TIE)) {
            a->level[a->levels++] = k;
        }
    }
}

static enum mm_status open_tables(struct alternatives *a)
{
    const struct mm_memory *memory = &a->memory;
    a->nodes = a->instance->mentors + 1;
    a->mentor_of = mm_take_raw(memory, a->instance->mentees, sizeof(uint32_t));
    a->distance = mm_take(memory, a->nodes, sizeof(*a->distance));
    a->next = mm_take(memory, a->nodes, sizeof(uint32_t));
    a->via = mm_take(memory, a->nodes, sizeof(uint32_t));
    a->mark = mm_take(memory, a->nodes, 1);
    a->heap = mm_take(memory, a->nodes, sizeof(uint32_t));
    a->heap_at = mm_take(memory, a->nodes, sizeof(uint32_t));
    if (!a->mentor_of || !a->distance || !a->next || !a->via || !a->mark || !a->heap ||
        !a->heap_at) {
        return MM_NO_MEMORY;
    }
    for (uint32_t i = 0; i < a->instance->mentees; i++) {
        size_t first = a->standing->first[i];
        bool matched = a->standing->first[i + 1] > first;
        a->mentor_of[i] = matched ? a->result->pair[first].mentor : NODE_NONE;
    }
    a->own = a->mentor_of[a->mentee];
    list_levels(a);
    return transpose(a);
}

static void close_tables(struct alternatives *a)
{
    void *const block[] = {a->arc_first, a->arc,  a->mentor_of, a->distance, a->next,
                           a->via,       a->mark, a->heap,      a->heap_at};
    for (size_t k = 0; k < sizeof(block) / sizeof(block[0]); k++) {
        mm_give(&a->memory, block[k]);
    }
}

static enum mm_status by_search(struct alternatives *a, struct mm_alternative *rows, size_t most,
                                size_t *ret_count)
{
    struct ranked ranked = {.a = a, .rows = rows, .most = most};
    enum mm_status status = open_tables(a);
    uint8_t *moved = mm_take(&a->memory, a->instance->mentees, 1);
    ranked.loss = mm_take(&a->memory, most, sizeof(*ranked.loss));
    if (status == MM_OK && (!moved || !ranked.loss)) {
        status = MM_NO_MEMORY;
    }
    if (status == MM_OK) {
        search(a);
        standing_row(a->standing, a->mentee, rank_pair, &ranked);
        for (size_t k = 0; k < ranked.kept; k++) {
            describe(a, &rows[k], moved);
        }
        *ret_count = ranked.kept;
    }
    mm_give(&a->memory, moved);
    mm_give(&a->memory, ranked.loss);
    close_tables(a);
    return status;
}

/* One mentor each, no circles, and a certificate: what the search needs. A pinned pair can't be
 * given up. */
static bool is_plain(const struct mm_instance *in, const struct mm_result *result,
                     const struct standing *s, uint32_t mentee)
{
    for (uint32_t i = 0; in->wants && i < in->mentees; i++) {
        if (in->wants[i] > 1) {
            return false;
        }
    }
    for (uint32_t j = 0; in->minimum && j < in->mentors; j++) {
        if (in->minimum[j] > 1) {
            return false;
        }
    }
    size_t first = s->first[mentee];
    bool pinned = s->first[mentee + 1] > first && result->pair[first].pinned;
    return result->certificate.levels > 0 && result->branches == 0 && result->proved && !pinned;
}

/* A question with two lists and their lengths: the public contract has a parameter more than we
 * like. */
// NOLINTNEXTLINE(readability-function-size)
enum mm_status mm_alternatives(const struct mm_instance *instance,
                               const struct mm_objective *objective, const struct mm_result *result,
                               uint32_t mentee, size_t most, const struct mm_options *options,
                               struct mm_alternative *rows, size_t *ret_count,
                               struct mm_fault *ret_fault)
{
    struct standing standing;
    struct alternatives a = {
        .instance = instance, .result = result, .mentee = mentee, .standing = &standing};
    enum mm_status status = objective_complete(objective, instance, &a.objective, ret_fault);
    if (status != MM_OK) {
        return status;
    }
    if (mentee >= instance->mentees) {
        return fault_at(ret_fault, MM_BAD_INPUT, "The mentee does not exist.", MM_NOBODY,
                        MM_NOBODY);
    }
    status = standing_open(instance, result, options, &standing, ret_fault);
    if (status != MM_OK) {
        return status;
    }
    a.memory = standing.memory;
    if (is_plain(instance, result, &standing, mentee)) {
        status = by_search(&a, rows, most, ret_count);
        if (status == MM_NO_MEMORY) {
            fault_at(ret_fault, status, mm_status_text(status), MM_NOBODY, MM_NOBODY);
        }
    } else {
        status = ask_by_trying(&standing, objective, options,
                               &(struct trial){mentee, most, rows, ret_count}, ret_fault);
    }
    standing_close(&standing);
    return status;
}
