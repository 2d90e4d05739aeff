// SPDX-License-Identifier: Apache-2.0
/*
 * The mentee-optimal stable assignment: deferred acceptance (Gale and Shapley 1962) with
 * capacities. Mentees propose in the order of their scores; a mentor keeps the best that she has
 * places for. Equal scores are ordered by mm_tie, so that all preferences are strict and the result
 * does not depend on the order of proposals.
 */
#include <string.h>

#include "ask.h"
#include "memory.h"
#include "sort.h"

struct courtship {
    struct prepared_instance *prepared;
    struct net *net;
    struct mm_memory memory;
    uint64_t seed;
    uint32_t *ranked;    /* edges of each left node, best first */
    uint32_t *proposed;  /* per left node: how many of them she has asked */
    struct keyed *items; /* of one row, twice */
};

static uint32_t edge_tie(const struct courtship *c, uint32_t left, uint32_t edge)
{
    const struct prepared_instance *p = c->prepared;
    uint64_t mentee = instance_mentee_id(p->instance, p->mentee_at[c->net->mentee[left]]);
    return mm_tie(c->seed, mentee, instance_mentor_id(p->instance, p->mentor_at[c->net->to[edge]]));
}

/* Larger is better: the score, then the hash. */
static uint64_t edge_rank(const struct courtship *c, uint32_t left, uint32_t edge)
{
    return (uint64_t)c->net->score[edge] << 32 | edge_tie(c, left, edge);
}

static void rank_row(struct courtship *c, uint32_t left)
{
    const struct net *net = c->net;
    uint32_t count = net->end[left] - net->first[left];
    for (uint32_t k = 0; k < count; k++) {
        uint32_t edge = net->first[left] + k;
        c->items[k] = (struct keyed){UINT64_MAX - edge_rank(c, left, edge), edge};
    }
    sort_keyed(c->items, c->items + count, count);
    for (uint32_t k = 0; k < count; k++) {
        c->ranked[net->first[left] + k] = (uint32_t)c->items[k].value;
    }
}

/* The mentor takes the proposal, or gives up her worst mentee for it, or refuses. Returns who is
 * free again. */
static uint32_t propose(struct courtship *c, uint32_t left, uint32_t edge)
{
    struct net *net = c->net;
    uint32_t j = net->to[edge];
    if (net->fill[j] < net->capacity[j]) {
        net_add(net, left, edge);
        return NET_NONE;
    }
    uint32_t worst = net->slot_first[j];
    for (uint32_t s = worst + 1; s < net->slot_first[j] + net->fill[j]; s++) {
        uint64_t rank = edge_rank(c, net->slot_left[s], net->slot_edge[s]);
        if (rank < edge_rank(c, net->slot_left[worst], net->slot_edge[worst])) {
            worst = s;
        }
    }
    uint32_t loser = net->slot_left[worst];
    uint32_t lost = net->slot_edge[worst];
    if (net->fill[j] == 0 || edge_rank(c, left, edge) < edge_rank(c, loser, lost)) {
        return left;
    }
    net_remove(net, loser, lost);
    net_add(net, left, edge);
    return loser;
}

/* One mentee asks until her wishes are met or her list ends; whoever is displaced asks next. */
static void court(struct courtship *c, uint32_t left)
{
    struct net *net = c->net;
    while (left != NET_NONE) {
        uint32_t count = net->end[left] - net->first[left];
        if (net->used[left] == net->want[left] || c->proposed[left] == count) {
            return;
        }
        uint32_t edge = c->ranked[net->first[left] + c->proposed[left]++];
        uint32_t freed = propose(c, left, edge);
        left = freed == NET_NONE ? left : freed;
    }
}

static bool asks_too_much(const struct mm_instance *in)
{
    bool distinct = false;
    for (uint32_t i = 0; in->distinct && i < in->mentees; i++) {
        distinct = distinct || in->distinct[i];
    }
    for (uint32_t j = 0; in->minimum && j < in->mentors; j++) {
        distinct = distinct || in->minimum[j] > 1;
    }
    return distinct || in->pins > 0;
}

static enum mm_status settle_all(struct courtship *c)
{
    struct net *net = c->net;
    uint32_t longest = 0;
    for (uint32_t i = 0; i < net->left; i++) {
        uint32_t count = net->end[i] - net->first[i];
        longest = count > longest ? count : longest;
    }
    c->ranked = mm_take_raw(&c->memory, net->first[net->left], sizeof(uint32_t));
    c->proposed = mm_take(&c->memory, net->left, sizeof(uint32_t));
    c->items = mm_take_raw(&c->memory, longest, 2 * sizeof(*c->items));
    if (!c->ranked || !c->proposed || !c->items) {
        return MM_NO_MEMORY;
    }
    for (uint32_t i = 0; i < net->left; i++) {
        rank_row(c, i);
    }
    for (uint32_t i = 0; i < net->left; i++) {
        court(c, i);
    }
    /* a displaced mentee may have asked no further when another's chain ended at her: ask until
     * nobody can */
    bool again = true;
    while (again) {
        again = false;
        for (uint32_t i = 0; i < net->left; i++) {
            bool open = net->used[i] < net->want[i] && c->proposed[i] < net->end[i] - net->first[i];
            if (open) {
                court(c, i);
                again = true;
            }
        }
    }
    return MM_OK;
}

enum mm_status mm_solve_stable(const struct mm_instance *instance, uint64_t seed,
                               const struct mm_options *options, struct mm_result *ret_result,
                               struct mm_fault *ret_fault)
{
    struct prepared_instance prepared;
    struct mm_objective objective = {.level = {MM_TOTAL}, .seed = seed};
    struct mm_result result = {.lowest = MM_NOT_ALLOWED, .seed = seed};
    if (asks_too_much(instance)) {
        return fault_at(
            ret_fault, MM_BAD_INPUT,
            "A stable assignment can't keep required pairs, different backgrounds or minimums.",
            MM_NOBODY, MM_NOBODY);
    }
    enum mm_status status = instance_prepare(instance, &objective, options, &prepared, ret_fault);
    if (status != MM_OK) {
        return status;
    }
    struct courtship c = {.prepared = &prepared, .net = &prepared.net, .seed = seed};
    c.memory = prepared.net.memory;
    result.memory = c.memory;
    result.bands = prepared.objective.bands;
    status = settle_all(&c);
    if (status == MM_OK) {
        status = result_collect(&prepared, &result);
    }
    mm_give(&c.memory, c.ranked);
    mm_give(&c.memory, c.proposed);
    mm_give(&c.memory, c.items);
    instance_release(&prepared);
    if (status != MM_OK) {
        mm_result_free(&result);
        return fault_at(ret_fault, status, mm_status_text(status), MM_NOBODY, MM_NOBODY);
    }
    *ret_result = result;
    return MM_OK;
}
