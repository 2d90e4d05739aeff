// SPDX-License-Identifier: Apache-2.0
/*
 * The network's state: which edges are in use, how a level starts and how it ends. See net.h.
 */
#include "net.h"

#include <string.h>

#include "memory.h"

/* ---- edges in use ---- */

bool net_in_use(const struct net *net, uint32_t i, uint32_t edge)
{
    const uint32_t *mate = net->mate + net->unit_first[i];
    for (uint32_t k = 0; k < net->used[i]; k++) {
        if (mate[k] == edge) {
            return true;
        }
    }
    return false;
}

void net_add(struct net *net, uint32_t i, uint32_t edge)
{
    uint32_t unit = net->unit_first[i] + net->used[i];
    uint32_t j = net->to[edge];
    uint32_t slot = net->slot_first[j] + net->fill[j];
    net->mate[unit] = edge;
    net->used[i]++;
    net->slot_edge[slot] = edge;
    net->slot_left[slot] = i;
    net->fill[j]++;
}

static void slot_remove(struct net *net, uint32_t j, uint32_t edge)
{
    uint32_t slot = net->slot_first[j];
    while (net->slot_edge[slot] != edge) {
        slot++;
    }
    net->fill[j]--;
    uint32_t last = net->slot_first[j] + net->fill[j];
    net->slot_edge[slot] = net->slot_edge[last];
    net->slot_left[slot] = net->slot_left[last];
}

void net_remove(struct net *net, uint32_t i, uint32_t edge)
{
    uint32_t unit = net->unit_first[i];
    while (net->mate[unit] != edge) {
        unit++;
    }
    net->used[i]--;
    uint32_t last = net->unit_first[i] + net->used[i];
    net->mate[unit] = net->mate[last];
    slot_remove(net, net->to[edge], edge);
}

/* ---- tables ---- */

enum mm_status net_open(struct net *net)
{
    const struct mm_memory *memory = &net->memory;
    size_t nodes = (size_t)net->left + net->right + 1;
    net->distance = mm_take_raw(memory, nodes, sizeof(*net->distance));
    net->hops = mm_take_raw(memory, nodes, sizeof(*net->hops));
    net->mark = mm_take(memory, nodes, 1);
    net->seen = mm_take(memory, nodes, 1);
    net->order = mm_take_raw(memory, nodes, sizeof(uint32_t));
    net->heap = mm_take_raw(memory, nodes, sizeof(uint32_t));
    net->heap_at = mm_take_raw(memory, nodes, sizeof(uint32_t));
    net->cursor = mm_take_raw(memory, nodes, sizeof(uint32_t));
    net->source = mm_take_raw(memory, (size_t)net->left + 1, sizeof(uint32_t));
    /* a path enters a mentee once; a mentor once by each mentee and once from outside; the outside
     * from any of them */
    net->path = mm_take_raw(memory, 3 * nodes + 8, sizeof(uint32_t));
    net->path_via = mm_take_raw(memory, 3 * nodes + 8, sizeof(uint32_t));
    net->fixed = mm_take_raw(memory, net->unit_first[net->left], sizeof(*net->fixed));
    bool complete = net->distance && net->hops && net->mark && net->seen && net->order &&
                    net->heap && net->heap_at && net->cursor && net->source && net->path &&
                    net->path_via && net->fixed;
    return complete ? MM_OK : MM_NO_MEMORY;
}

static void give_graph(struct net *net)
{
    void *const block[] = {
        net->first,      net->end,         net->to,
        net->score,      net->profit,      net->was,
        net->mentee,     net->want,        net->room,
        net->outside,    net->used,        net->bonus,
        net->unit_first, net->mate,        net->u,
        net->capacity,   net->right_room,  net->right_outside,
        net->fill,       net->right_bonus, net->served,
        net->right_open, net->slot_first,  net->slot_edge,
        net->slot_left,  net->v,
    };
    for (size_t k = 0; k < sizeof(block) / sizeof(block[0]); k++) {
        mm_give(&net->memory, block[k]);
    }
}

void net_close(struct net *net)
{
    void *const block[] = {
        net->distance, net->hops,   net->mark, net->seen,     net->order,  net->heap,
        net->heap_at,  net->cursor, net->path, net->path_via, net->source, net->fixed,
    };
    for (size_t k = 0; k < sizeof(block) / sizeof(block[0]); k++) {
        mm_give(&net->memory, block[k]);
    }
    give_graph(net);
    memset(net, 0, sizeof(*net));
}

/* ---- start of a level ---- */

/* The value of mentee i at the prices: the best that one of her units could have. */
static int64_t left_best(const struct net *net, uint32_t i)
{
    int64_t best = INT64_MIN / 4;
    if (net->room[i] > 0) {
        best = net->want[i] == 1 ? -(int64_t)net->bonus[i] : 0;
    }
    for (uint32_t e = net->first[i]; e < net->end[i]; e++) {
        int64_t value = net_profit(net, e) - net->v[net->to[e]];
        best = value > best ? value : best;
    }
    return best;
}

static void start_left(struct net *net, uint32_t i)
{
    net->u[i] = left_best(net, i);
    for (uint32_t k = net->used[i]; k > 0; k--) {
        uint32_t edge = net->mate[net->unit_first[i] + k - 1];
        if (net_reduced(net, i, edge) > 0) {
            net_remove(net, i, edge);
        }
    }
    uint32_t spare = net->want[i] - net->used[i];
    uint32_t outside = net->outside[i] < net->room[i] ? net->outside[i] : net->room[i];
    net->outside[i] = outside < spare ? outside : spare;
    while (net->outside[i] > 0 && net_return(net, i) < 0) {
        net->outside[i]--;
    }
}

static void start_right(struct net *net, uint32_t j)
{
    if (net->right_room[j] > 0 && net->v[j] < net->right_bonus[j]) {
        net->v[j] = net->right_bonus[j];
    }
    uint32_t spare = net->capacity[j] - net->fill[j];
    uint32_t outside = spare < net->right_room[j] ? spare : net->right_room[j];
    net->right_outside[j] = outside;
    while (net->right_outside[j] > 0 && net_withdraw(net, j) < 0) {
        net->right_outside[j]--;
    }
}

/* Puts a unit of i along a tight edge to a mentor with a place to spare: the one with the best
 * score. */
static bool fill_left(struct net *net, uint32_t i)
{
    uint32_t best = NET_NONE;
    for (uint32_t e = net->first[i]; e < net->end[i]; e++) {
        uint32_t j = net->to[e];
        bool spare = net_right_deficit(net, j) > 0 ||
                     (net->right_outside[j] > 0 && net_withdraw(net, j) == 0);
        if (spare && (best == NET_NONE || net->score[e] > net->score[best]) &&
            net_reduced(net, i, e) == 0 && !net_in_use(net, i, e)) {
            best = e;
        }
    }
    if (best == NET_NONE) {
        return false;
    }
    uint32_t j = net->to[best];
    if (net_right_deficit(net, j) == 0) {
        net->right_outside[j]--;
    }
    net_add(net, i, best);
    return true;
}

void net_start(struct net *net)
{
    net->z = 0;
    for (uint32_t j = 0; j < net->right; j++) {
        if (net->right_room[j] > 0 && net->v[j] < net->right_bonus[j]) {
            net->v[j] = net->right_bonus[j];
        }
    }
    for (uint32_t i = 0; i < net->left; i++) {
        start_left(net, i);
    }
    for (uint32_t j = 0; j < net->right; j++) {
        start_right(net, j);
    }
    net->excess = 0;
    net->deficit = 0;
    uint32_t sources = 0;
    for (uint32_t i = 0; i < net->left; i++) {
        while (net_left_excess(net, i) > 0 && fill_left(net, i)) {
        }
        net->excess += net_left_excess(net, i);
        if (net_left_excess(net, i) > 0) {
            net->source[sources++] = i;
        }
    }
    net->source[sources] = NET_NONE;
    for (uint32_t j = 0; j < net->right; j++) {
        net->deficit += net_right_deficit(net, j);
    }
}

/* ---- end of a level ---- */

/* A mentee who wants one mentor and is strictly better off where she is: raise her dual until that
 * is tight. */
static void settle_left(struct net *net, uint32_t i)
{
    if (net->want[i] != 1) {
        return;
    }
    int64_t slack = 0;
    if (net->used[i] == 1) {
        slack = -net_reduced(net, i, net->mate[net->unit_first[i]]);
    } else if (net->outside[i] == 1) {
        slack = net_return(net, i);
    }
    net->u[i] += slack;
}

void net_settle(struct net *net)
{
    int64_t shift = net->z;
    for (uint32_t i = 0; i < net->left; i++) {
        net->u[i] -= shift;
    }
    for (uint32_t j = 0; j < net->right; j++) {
        net->v[j] += shift;
    }
    net->z = 0;
    for (uint32_t i = 0; i < net->left; i++) {
        settle_left(net, i);
    }
}

/* How many units of i may still stay outside, after a level with dual u and this bonus. `want`
 * shrinks by the units that every optimum leaves outside. */
static void narrow_left_outside(struct net *net, uint32_t i)
{
    int64_t u = net->u[i];
    int64_t bonus = net->bonus[i];
    uint32_t forced = 0;
    uint32_t room = net->room[i];
    bool whole = room == net->want[i];
    if (room == 0) {
        return;
    }
    uint32_t plain = whole && bonus > 0 ? room - 1 : room;
    if (u > 0) {
        room = 0;
    } else if (u == 0) {
        room = plain;
    } else {
        forced = plain;
        room -= forced;
        if (plain < net->room[i]) {
            forced += u < -bonus ? 1 : 0;
            room = u == -bonus ? 1 : 0;
        }
    }
    net->want[i] -= forced;
    net->outside[i] -= forced;
    net->room[i] = room;
}

static void narrow_right_outside(struct net *net, uint32_t j)
{
    int64_t v = net->v[j];
    int64_t bonus = net->right_bonus[j];
    uint32_t room = net->right_room[j];
    uint32_t forced = 0;
    if (room == 0) {
        return;
    }
    if (v > bonus) {
        room = 0;
    } else if (bonus > 0 && v == bonus) {
        room = 1;
    } else if (bonus > 0 && v > 0) {
        forced = 1;
        room = 0;
    } else if (v == 0) {
        forced = bonus > 0 ? 1 : 0;
        room -= forced;
    } else {
        forced = room;
        room = 0;
    }
    if (forced > 0) {
        net->right_open[j] = 0;
    }
    net->capacity[j] -= forced;
    net->right_outside[j] -= forced;
    net->right_room[j] = room;
}

/* An edge that every optimum uses leaves the network for the list of fixed pairs. */
static void fix_edge(struct net *net, uint32_t i, uint32_t edge)
{
    struct mm_pair *pair = &net->fixed[net->fixed_count];
    net_remove(net, i, edge);
    net->want[i]--;
    net->capacity[net->to[edge]]--;
    net->served[i] = 1;
    pair->mentee = i;
    pair->mentor = net->to[edge];
    pair->score = net->score[edge];
    pair->pinned = false;
    net->fixed_count++;
}

/* Moves an edge to an earlier place in its row. */
static void move_edge(struct net *net, uint32_t i, uint32_t from, uint32_t keep)
{
    if (from == keep) {
        return;
    }
    uint32_t j = net->to[from];
    net->to[keep] = j;
    net->score[keep] = net->score[from];
    net->profit[keep] = net->profit[from];
    if (net->was) {
        net->was[keep] = net->was[from];
    }
    uint32_t *mate = net->mate + net->unit_first[i];
    for (uint32_t k = 0; k < net->used[i]; k++) {
        if (mate[k] != from) {
            continue;
        }
        mate[k] = keep;
        uint32_t slot = net->slot_first[j];
        while (net->slot_edge[slot] != from) {
            slot++;
        }
        net->slot_edge[slot] = keep;
        return;
    }
}

static void narrow_row(struct net *net, uint32_t i)
{
    uint32_t keep = net->first[i];
    for (uint32_t e = net->first[i]; e < net->end[i]; e++) {
        int64_t reduced = net_reduced(net, i, e);
        if (reduced < 0) {
            fix_edge(net, i, e);
        } else if (reduced == 0) {
            move_edge(net, i, e, keep);
            keep++;
        }
    }
    net->end[i] = keep;
}

void net_narrow(struct net *net)
{
    for (uint32_t i = 0; i < net->left; i++) {
        narrow_row(net, i);
        narrow_left_outside(net, i);
    }
    for (uint32_t j = 0; j < net->right; j++) {
        narrow_right_outside(net, j);
    }
}

void net_drop_below(struct net *net, uint32_t threshold)
{
    for (uint32_t i = 0; i < net->left; i++) {
        uint32_t keep = net->first[i];
        for (uint32_t e = net->first[i]; e < net->end[i]; e++) {
            if (net->score[e] >= threshold) {
                move_edge(net, i, e, keep);
                keep++;
            } else if (net_in_use(net, i, e)) {
                net_remove(net, i, e);
            }
        }
        net->end[i] = keep;
    }
}
