// SPDX-License-Identifier: Apache-2.0
/*
 * Blocking flow on the tight arcs between the nodes that the last search settled: depth-first from
 * every unit of excess, each node's arcs looked at once. Paths need not be vertex-disjoint on the
 * mentors' side, where a node stands for several places.
 */
#include "net.h"

struct arc {
    uint32_t node; /* where the path goes next, or NET_NONE: nowhere */
    uint32_t via;  /* edge, or NET_NONE for an arc of the outside */
};

static bool settled(const struct net *net, uint32_t node)
{
    return net->mark[node] == NET_FINAL;
}

/* Paths go from layer to layer, so that they are short and never run in a circle. */
static bool rises(const struct net *net, uint32_t from, uint32_t node)
{
    return settled(net, node) && net->hops[node] > net->hops[from] && !net->seen[node];
}

static bool outside_is_sink(const struct net *net)
{
    return net->excess > net->deficit;
}

static bool is_sink(const struct net *net, uint32_t node)
{
    if (node < net->left) {
        return false;
    }
    if (node == net_outside(net)) {
        return outside_is_sink(net);
    }
    return net_right_deficit(net, node - net->left) > 0;
}

static struct arc next_of_left(struct net *net, uint32_t i)
{
    while (net->cursor[i] < net->end[i]) {
        uint32_t e = net->cursor[i]++;
        uint32_t node = net->left + net->to[e];
        bool may = rises(net, i, node) || (settled(net, node) && is_sink(net, node));
        if (may && net_reduced(net, i, e) == 0 && !net_in_use(net, i, e)) {
            return (struct arc){node, e};
        }
    }
    uint32_t out = net_outside(net);
    bool may = rises(net, i, out) || (settled(net, out) && outside_is_sink(net));
    may = may && net->outside[i] < net->room[i] && net->cursor[i] == net->end[i];
    if (may && net_leave(net, i) == 0) {
        net->cursor[i]++;
        return (struct arc){out, NET_NONE};
    }
    return (struct arc){NET_NONE, NET_NONE};
}

/* For mentors, seen means that all ways on are spent. */
static struct arc next_of_right(struct net *net, uint32_t j)
{
    uint32_t node = net->left + j;
    uint32_t out = net_outside(net);
    bool may = settled(net, out) && net->right_outside[j] > 0 && net_withdraw(net, j) == 0;
    if (may && outside_is_sink(net)) {
        return (struct arc){out, NET_NONE};
    }
    while (net->cursor[node] < net->fill[j]) {
        uint32_t slot = net->slot_first[j] + net->cursor[node]++;
        uint32_t i = net->slot_left[slot];
        if (rises(net, node, i) && net_reduced(net, i, net->slot_edge[slot]) == 0) {
            return (struct arc){i, net->slot_edge[slot]};
        }
    }
    if (net->seen[node]) {
        return (struct arc){NET_NONE, NET_NONE};
    }
    net->seen[node] = 1;
    return may && rises(net, node, out) ? (struct arc){out, NET_NONE}
                                        : (struct arc){NET_NONE, NET_NONE};
}

static struct arc next_of_outside(struct net *net)
{
    while (net->outside_left_cursor < net->left) {
        uint32_t i = net->outside_left_cursor++;
        if (net->outside[i] > 0 && rises(net, net_outside(net), i) && net_return(net, i) == 0) {
            return (struct arc){i, NET_NONE};
        }
    }
    while (net->outside_right_cursor < net->right) {
        uint32_t j = net->outside_right_cursor++;
        uint32_t node = net->left + j;
        bool open = net->right_outside[j] < net->right_room[j];
        if (open && rises(net, net_outside(net), node) && net_enter(net, j) == 0) {
            return (struct arc){node, NET_NONE};
        }
    }
    return (struct arc){NET_NONE, NET_NONE};
}

static struct arc next_of(struct net *net, uint32_t node)
{
    if (node < net->left) {
        return next_of_left(net, node);
    }
    if (node < net_outside(net)) {
        return next_of_right(net, node - net->left);
    }
    return next_of_outside(net);
}

/* First everything that the path takes away, then everything that it puts, so that no table
 * overflows. */
static void apply_removals(struct net *net, uint32_t length)
{
    for (uint32_t k = 1; k < length; k++) {
        uint32_t from = net->path[k - 1];
        uint32_t node = net->path[k];
        uint32_t via = net->path_via[k];
        if (node < net->left && via != NET_NONE) {
            net_remove(net, node, via);
        } else if (node < net->left) {
            net->outside[node]--;
        } else if (node == net_outside(net) && from >= net->left) {
            net->right_outside[from - net->left]--;
        }
    }
}

static void apply_additions(struct net *net, uint32_t length)
{
    for (uint32_t k = 1; k < length; k++) {
        uint32_t from = net->path[k - 1];
        uint32_t node = net->path[k];
        uint32_t via = net->path_via[k];
        if (from < net->left && via != NET_NONE) {
            net_add(net, from, via);
        } else if (from < net->left) {
            net->outside[from]++;
        } else if (from == net_outside(net) && node >= net->left) {
            net->right_outside[node - net->left]++;
        }
    }
}

static void augment_path(struct net *net, uint32_t length)
{
    uint32_t start = net->path[0];
    uint32_t finish = net->path[length - 1];
    apply_removals(net, length);
    apply_additions(net, length);
    net->excess -= start < net->left ? 1 : 0;
    net->deficit -= finish < net_outside(net) ? 1 : 0;
    net->effort.augmentations++;
}

/* One path from the source to any sink. */
static bool find_path(struct net *net, uint32_t source)
{
    uint32_t length = 1;
    net->path[0] = source;
    net->path_via[0] = NET_NONE;
    while (length > 0) {
        struct arc arc = next_of(net, net->path[length - 1]);
        if (arc.node == NET_NONE) {
            length--;
            continue;
        }
        if (arc.node < net->left) {
            net->seen[arc.node] = 1;
        }
        net->path[length] = arc.node;
        net->path_via[length] = arc.via;
        length++;
        if (is_sink(net, arc.node)) {
            augment_path(net, length);
            return true;
        }
    }
    return false;
}

uint64_t net_augment(struct net *net)
{
    uint64_t moved = 0;
    for (uint32_t k = 0; net->source[k] != NET_NONE; k++) {
        uint32_t i = net->source[k];
        net->seen[i] = 1;
        while (net_left_excess(net, i) > 0 && find_path(net, i)) {
            moved++;
        }
    }
    while (net->deficit > net->excess && settled(net, net_outside(net)) &&
           find_path(net, net_outside(net))) {
        moved++;
    }
    return moved;
}

static void list_sources(struct net *net)
{
    uint32_t count = 0;
    for (uint32_t k = 0; net->source[k] != NET_NONE; k++) {
        if (net_left_excess(net, net->source[k]) > 0) {
            net->source[count++] = net->source[k];
        }
    }
    net->source[count] = NET_NONE;
}

/* One search and what it allows. Where few units are left and each has its own distance, a search
 * from all of them would cover the network for each: then one source at a time. */
static uint64_t step(struct net *net, uint64_t need, int64_t most)
{
    uint32_t second = NET_NONE;
    bool single = net->one_by_one && net->excess > net->deficit && net->source[0] != NET_NONE;
    if (single) {
        second = net->source[1];
        net->source[1] = NET_NONE;
        need = 1;
    }
    uint64_t moved = net_search(net, need, most) > 0 ? net_augment(net) : 0;
    if (single) {
        net->source[1] = second;
    }
    return moved;
}

enum mm_status net_run(struct net *net, int64_t most)
{
    uint64_t all = net->excess > net->deficit ? net->excess : net->deficit;
    for (;;) {
        uint64_t need = net->excess > net->deficit ? net->excess : net->deficit;
        if (need == 0) {
            return MM_OK;
        }
        const struct mm_progress *progress = &net->progress;
        if (progress->tell && !progress->tell(progress->context, net->step, all - need, all)) {
            return MM_STOPPED;
        }
        list_sources(net);
        if (step(net, need, most) == 0) {
            return MM_OK;
        }
    }
}
