// SPDX-License-Identifier: Apache-2.0
/*
 * Circles take nobody or at least their minimum, which no assignment problem can say. Which circles
 * open is decided by branch and bound (Land and Doig 1960): a node without the undecided minimums
 * bounds all that follow from it; a circle that it fills below its minimum is opened in one branch
 * and closed in the other. Circles are few. Every leaf keeps what proves that it has nothing
 * better: its own prices, or, where no set fills the circles that must open, prices that show it (a
 * minimum cut: Ford and Fulkerson 1956).
 */
#include <string.h>

#include "memory.h"
#include "strategy.h"

enum circle_state { CIRCLE_UNDECIDED = 0, CIRCLE_OPEN, CIRCLE_CLOSED };

#define NODES_MAX (2u * MM_CIRCLES_MAX + 2u) /* open nodes of a depth-first search */

struct node {
    uint8_t state[MM_CIRCLES_MAX];
};

struct circles {
    const struct mm_instance *instance;
    const struct mm_objective *objective;
    const struct mm_options *options;
    struct mm_fault *fault;
    struct mm_memory memory;
    uint32_t circle[MM_CIRCLES_MAX]; /* mentors */
    uint32_t count;
    uint32_t pins[MM_CIRCLES_MAX];
    uint8_t *capacity; /* of the node's instance */
    uint8_t *minimum;
    struct node node[NODES_MAX];
    uint32_t nodes;
    struct mm_branch *branch; /* as visited: the tree in preorder, open before closed */
    uint32_t branches;
    uint32_t room;
    uint32_t best_leaf; /* in branch */
    struct mm_result best;
    bool found;
};

/* The level values of two results of one objective, in order; a floor counts by its threshold. */
static int compare_results(const struct mm_result *a, const struct mm_result *b)
{
    uint32_t p = 0;
    uint32_t q = 0;
    const struct mm_certificate *x = &a->certificate;
    const struct mm_certificate *y = &b->certificate;
    while (p < x->levels && q < y->levels) {
        if (x->level[p].proof) {
            p++;
            continue;
        }
        if (y->level[q].proof) {
            q++;
            continue;
        }
        bool floor = x->level[p].kind == MM_L_FLOOR;
        int64_t left = floor ? (int64_t)x->level[p].parameter : x->level[p].value;
        int64_t right = floor ? (int64_t)y->level[q].parameter : y->level[q].value;
        if (left != right) {
            return left < right ? -1 : 1;
        }
        p++;
        q++;
    }
    return 0;
}

static void set_node(struct circles *c, const struct node *node)
{
    for (uint32_t k = 0; k < c->count; k++) {
        uint32_t j = c->circle[k];
        c->capacity[j] =
            node->state[k] == CIRCLE_CLOSED ? 0 : (uint8_t)instance_capacity(c->instance, j);
        c->minimum[j] = node->state[k] == CIRCLE_OPEN ? c->instance->minimum[j] : 0;
    }
}

/* The circle that the result fills, but not to its minimum; c->count when there is none. */
static uint32_t broken_circle(const struct circles *c, const struct mm_result *result)
{
    uint32_t fill[MM_CIRCLES_MAX] = {0};
    for (size_t p = 0; p < result->pairs; p++) {
        for (uint32_t k = 0; k < c->count; k++) {
            fill[k] += result->pair[p].mentor == c->circle[k];
        }
    }
    for (uint32_t k = 0; k < c->count; k++) {
        if (fill[k] > 0 && fill[k] < c->instance->minimum[c->circle[k]]) {
            return k;
        }
    }
    return c->count;
}

static void count_pins(struct circles *c, const struct mm_result *result)
{
    for (size_t p = 0; p < result->pairs; p++) {
        for (uint32_t k = 0; k < c->count; k++) {
            c->pins[k] += result->pair[p].pinned && result->pair[p].mentor == c->circle[k];
        }
    }
}

/* Room for one more branch. */
static bool grow_branches(struct circles *c)
{
    if (c->branches < c->room) {
        return true;
    }
    uint32_t room = c->room == 0 ? 16 : 2 * c->room;
    struct mm_branch *branch = mm_take(&c->memory, room, sizeof(*branch));
    if (!branch) {
        return false;
    }
    if (c->branches > 0) {
        memcpy(branch, c->branch, c->branches * sizeof(*branch));
    }
    mm_give(&c->memory, c->branch);
    c->branch = branch;
    c->room = room;
    return true;
}

static struct mm_branch *add_branch(struct circles *c, uint32_t mentor)
{
    struct mm_branch *branch = &c->branch[c->branches++];
    *branch = (struct mm_branch){.mentor = mentor};
    return branch;
}

static void split(struct circles *c, struct node node, uint32_t k)
{
    node.state[k] = CIRCLE_CLOSED;
    c->node[c->nodes++] = node;
    node.state[k] = CIRCLE_OPEN;
    c->node[c->nodes++] = node;
    add_branch(c, c->circle[k]);
}

/* ---- leaves where nothing is possible ---- */

/* What the circle must still take besides its pins. */
static uint32_t still_needed(const struct circles *c, const struct node *node, uint32_t k)
{
    uint32_t minimum = c->instance->minimum[c->circle[k]];
    return node->state[k] == CIRCLE_OPEN && minimum > c->pins[k] ? minimum - c->pins[k] : 0;
}

/* One point for every pair with a circle that must open, none for others. */
static uint16_t *points_of(const struct circles *c, const struct node *node)
{
    const struct mm_instance *in = c->instance;
    size_t cells = in->first ? (size_t)in->first[in->mentees] : (size_t)in->mentees * in->mentors;
    uint16_t *score = mm_take_raw(&c->memory, cells, sizeof(*score));
    for (size_t e = 0; score && e < cells; e++) {
        uint32_t j = in->first ? in->mentor[e] : (uint32_t)(e % in->mentors);
        score[e] = in->score[e] == MM_NOT_ALLOWED ? MM_NOT_ALLOWED : 0;
        for (uint32_t k = 0; score[e] == 0 && k < c->count; k++) {
            score[e] = c->circle[k] == j && still_needed(c, node, k) > 0;
        }
    }
    return score;
}

/* Takes the prices of the points over as those of an empty leaf. */
static enum mm_status keep_empty(struct circles *c, const struct node *node,
                                 struct mm_branch *branch, struct mm_result *points)
{
    const struct mm_linear *total = &points->certificate.level[0];
    int64_t *price = mm_take(&c->memory, c->instance->mentors, sizeof(*price));
    branch->certificate.level = mm_take(&c->memory, 1, sizeof(struct mm_linear));
    if (!price || !branch->certificate.level) {
        mm_give(&c->memory, price);
        mm_give(&c->memory, branch->certificate.level);
        branch->certificate.level = NULL;
        return MM_NO_MEMORY;
    }
    for (uint32_t k = 0; k < c->count; k++) {
        int64_t old = total->price ? total->price[c->circle[k]] : 0;
        price[c->circle[k]] = still_needed(c, node, k) > 0 && old < 1 ? old - 1 : 0;
    }
    branch->certificate.level[0] = (struct mm_linear){.kind = MM_L_EMPTY, .price = price};
    branch->certificate.levels = 1;
    return MM_OK;
}

/* With their minimum as capacity the circles that must open reach too few points, and the prices of
 * that optimum, less one point, show it. */
static enum mm_status prove_empty(struct circles *c, const struct node *node,
                                  struct mm_branch *branch)
{
    struct mm_objective most = {
        .level = {MM_TOTAL, MM_END}
    };
    struct mm_instance part = *c->instance;
    struct mm_result points = {0};
    branch->empty = true;
    most.keep_published = c->objective && c->objective->keep_published;
    for (uint32_t k = 0; k < c->count; k++) {
        uint32_t j = c->circle[k];
        if (node->state[k] == CIRCLE_CLOSED && c->pins[k] > 0) {
            return MM_OK; /* nothing more to show */
        }
        c->capacity[j] = (uint8_t)(c->pins[k] + still_needed(c, node, k));
    }
    uint16_t *score = points_of(c, node);
    if (!score) {
        return MM_NO_MEMORY;
    }
    part.capacity = c->capacity;
    part.minimum = NULL;
    part.score = score;
    enum mm_status status = solve_rows(&part, &most, c->options, &points, c->fault);
    if (status == MM_OK) {
        status = keep_empty(c, node, branch, &points);
        mm_result_free(&points);
    }
    mm_give(&c->memory, score);
    return status;
}

/* ---- the search ---- */

/* The leaf keeps the certificate; the pairs are not wanted any more. */
static void keep_certificate(struct mm_branch *branch, struct mm_result *result)
{
    branch->certificate = result->certificate;
    result->certificate = (struct mm_certificate){0};
    mm_result_free(result);
}

static enum mm_status visit(struct circles *c, struct node node)
{
    struct mm_instance part = *c->instance;
    struct mm_result result = {0};
    set_node(c, &node);
    part.capacity = c->capacity;
    part.minimum = c->minimum;
    if (!grow_branches(c)) {
        return MM_NO_MEMORY;
    }
    enum mm_status status = solve_rows(&part, c->objective, c->options, &result, c->fault);
    if (status == MM_CONTRADICTION && c->branches > 0) {
        return prove_empty(c, &node, add_branch(c, MM_NOBODY));
    }
    if (status != MM_OK) {
        return status;
    }
    if (c->branches == 0) {
        count_pins(c, &result);
    }
    uint32_t broken = broken_circle(c, &result);
    if (c->found && compare_results(&result, &c->best) <= 0) {
        keep_certificate(add_branch(c, MM_NOBODY), &result);
    } else if (broken < c->count) {
        mm_result_free(&result);
        split(c, node, broken);
    } else {
        if (c->found) {
            keep_certificate(&c->branch[c->best_leaf], &c->best);
        }
        c->best_leaf = c->branches;
        add_branch(c, MM_NOBODY);
        c->best = result;
        c->found = true;
    }
    return MM_OK;
}

static enum mm_status search(struct circles *c)
{
    enum mm_status status = MM_OK;
    c->nodes = 1;
    while (status == MM_OK && c->nodes > 0) {
        c->nodes--;
        status = visit(c, c->node[c->nodes]);
    }
    if (status == MM_OK && !c->found) {
        status =
            fault_at(c->fault, MM_CONTRADICTION,
                     "The required pairs leave a circle below its minimum.", MM_NOBODY, MM_NOBODY);
    }
    return status;
}

static enum mm_status list_circles(struct circles *c)
{
    const struct mm_instance *in = c->instance;
    for (uint32_t j = 0; j < in->mentors; j++) {
        if (in->minimum[j] <= 1) {
            continue;
        }
        if (c->count == MM_CIRCLES_MAX) {
            return fault_at(c->fault, MM_LIMIT, "There are more circles than the limit.", MM_NOBODY,
                            j);
        }
        c->circle[c->count++] = j;
    }
    return MM_OK;
}

bool instance_has_circles(const struct mm_instance *instance)
{
    for (uint32_t j = 0; instance->minimum && j < instance->mentors; j++) {
        if (instance->minimum[j] > 1) {
            return true;
        }
    }
    return false;
}

enum mm_status solve_circles(const struct mm_instance *instance,
                             const struct mm_objective *objective, const struct mm_options *options,
                             struct mm_result *ret_result, struct mm_fault *fault)
{
    if (!instance_has_circles(instance)) {
        return solve_rows(instance, objective, options, ret_result, fault);
    }
    struct circles c = {
        .instance = instance, .objective = objective, .options = options, .fault = fault};
    if (options) {
        c.memory = options->memory;
    }
    enum mm_status status = instance_check(instance, fault);
    if (status == MM_OK) {
        status = list_circles(&c);
    }
    if (status != MM_OK) {
        return status;
    }
    c.capacity = mm_take(&c.memory, instance->mentors, 1);
    c.minimum = mm_take(&c.memory, instance->mentors, 1);
    status = fault_at(fault, MM_NO_MEMORY, mm_status_text(MM_NO_MEMORY), MM_NOBODY, MM_NOBODY);
    if (c.capacity && c.minimum) {
        for (uint32_t j = 0; j < instance->mentors; j++) {
            c.capacity[j] = (uint8_t)instance_capacity(instance, j);
        }
        status = search(&c);
    }
    mm_give(&c.memory, c.capacity);
    mm_give(&c.memory, c.minimum);
    c.best.memory = c.memory;
    c.best.branch = c.branch;
    c.best.branches = c.branches;
    if (status != MM_OK) {
        mm_result_free(&c.best);
        return status == MM_NO_MEMORY
                   ? fault_at(fault, status, mm_status_text(status), MM_NOBODY, MM_NOBODY)
                   : status;
    }
    if (c.branches == 1) { /* nothing had to be decided */
        mm_give(&c.memory, c.best.branch);
        c.best.branch = NULL;
        c.best.branches = 0;
    }
    *ret_result = c.best;
    return MM_OK;
}
