// SPDX-License-Identifier: Apache-2.0
/*
 * Blocking flow on the tight arcs between the nodes that the last search settled: depth-first from
 * every unit of excess, each node's arcs looked at once. Paths need not be vertex-disjoint on the
 * mentors' side, where a node stands for several places.
 */
#include "net.h"

struct step {
    uint32_t node; /* where the path goes next, or NET_NONE: nowhere */
    uint32_t via;  /* edge, or NET_NONE for an arc of the outside */
};

static bool settled(const struct net *net, uint32_t node)
{
    return net->mark[node] == NET_FINAL;
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

static struct step next_of_left(struct net *net, uint32_t i)
{
    while (net->cursor[i] < net->end[i]) {
        uint32_t e = net->cursor[i]++;
        uint32_t node = net->left + net->to[e];
        if (settled(net, node) && !net->seen[node] && net_reduced(net, i, e) == 0 &&
            !net_in_use(net, i, e)) {
            return (struct step){node, e};
        }
    }
    uint32_t out = net_outside(net);
    bool may = settled(net, out) && net->outside[i] < net->room[i] && net->cursor[i] == net->end[i];
    if (may && net_leave(net, i) == 0) {
        net->cursor[i]++;
        return (struct step){out, NET_NONE};
    }
    return (struct step){NET_NONE, NET_NONE};
}

/* For mentors, seen means that all ways on are spent. */
static struct step next_of_right(struct net *net, uint32_t j)
{
    uint32_t node = net->left + j;
    uint32_t out = net_outside(net);
    bool may = settled(net, out) && net->right_outside[j] > 0 && net_withdraw(net, j) == 0;
    if (may && outside_is_sink(net)) {
        return (struct step){out, NET_NONE};
    }
    while (net->cursor[node] < net->fill[j]) {
        uint32_t slot = net->slot_first[j] + net->cursor[node]++;
        uint32_t i = net->slot_left[slot];
        if (settled(net, i) && !net->seen[i] && net_reduced(net, i, net->slot_edge[slot]) == 0) {
            return (struct step){i, net->slot_edge[slot]};
        }
    }
    if (net->seen[node]) {
        return (struct step){NET_NONE, NET_NONE};
    }
    net->seen[node] = 1;
    return may ? (struct step){out, NET_NONE} : (struct step){NET_NONE, NET_NONE};
}

static struct step next_of_outside(struct net *net)
{
    while (net->outside_left_cursor < net->left) {
        uint32_t i = net->outside_left_cursor++;
        if (net->outside[i] > 0 && settled(net, i) && !net->seen[i] && net_return(net, i) == 0) {
            return (struct step){i, NET_NONE};
        }
    }
    while (net->outside_right_cursor < net->right) {
        uint32_t j = net->outside_right_cursor++;
        uint32_t node = net->left + j;
        bool open = net->right_outside[j] < net->right_room[j];
        if (open && settled(net, node) && !net->seen[node] && net_enter(net, j) == 0) {
            return (struct step){node, NET_NONE};
        }
    }
    return (struct step){NET_NONE, NET_NONE};
}

static struct step next_of(struct net *net, uint32_t node)
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
        struct step step = next_of(net, net->path[length - 1]);
        if (step.node == NET_NONE) {
            length--;
            continue;
        }
        if (step.node < net->left) {
            net->seen[step.node] = 1;
        }
        net->path[length] = step.node;
        net->path_via[length] = step.via;
        length++;
        if (is_sink(net, step.node)) {
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
        if (net_search(net, need, most) == 0) {
            return MM_OK;
        }
        if (net_augment(net) == 0) {
            return MM_OK;
        }
    }
}
