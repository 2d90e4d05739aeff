// SPDX-License-Identifier: Apache-2.0
/*
 * Circles take nobody or at least their minimum, which no assignment problem can say. Which circles
 * open is decided by branch and bound (Land and Doig 1960): a node without the undecided minimums
 * bounds all that follow from it; a circle that it fills below its minimum is opened in one branch
 * and closed in the other. Circles are few.
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
    uint8_t *capacity; /* of the node's instance */
    uint8_t *minimum;
    struct node node[NODES_MAX];
    uint32_t nodes;
    struct mm_result best;
    bool found;
    bool branched;
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

static void branch(struct circles *c, struct node node, uint32_t k)
{
    node.state[k] = CIRCLE_CLOSED;
    c->node[c->nodes++] = node;
    node.state[k] = CIRCLE_OPEN;
    c->node[c->nodes++] = node;
    c->branched = true;
}

static enum mm_status visit(struct circles *c, struct node node)
{
    struct mm_instance part = *c->instance;
    struct mm_result result = {0};
    set_node(c, &node);
    part.capacity = c->capacity;
    part.minimum = c->minimum;
    enum mm_status status = solve_rows(&part, c->objective, c->options, &result, c->fault);
    if (status == MM_CONTRADICTION && c->branched) {
        return MM_OK;
    }
    if (status != MM_OK) {
        return status;
    }
    uint32_t broken = broken_circle(c, &result);
    if (c->found && compare_results(&result, &c->best) <= 0) {
        mm_result_free(&result);
    } else if (broken < c->count) {
        mm_result_free(&result);
        branch(c, node, broken);
    } else {
        mm_result_free(&c->best);
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
    if (status != MM_OK) {
        mm_result_free(&c.best);
        return status;
    }
    *ret_result = c.best;
    ret_result->proved = !c.branched;
    return MM_OK;
}
