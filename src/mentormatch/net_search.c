// SPDX-License-Identifier: Apache-2.0
/*
 * Shortest distances from all excess at once, in reduced costs (Dijkstra), with the potentials'
 * update of the primal-dual method. Nodes at the present distance wait in a queue (`order` itself),
 * the others in a heap of four, so that levels whose costs are all equal run as a breadth-first
 * search.
 */
#include "net.h"

static uint32_t node_right(const struct net *net, uint32_t j)
{
    return net->left + j;
}

/* ---- heap of nodes by distance ---- */

static void heap_place(struct net *net, uint32_t at, uint32_t node)
{
    net->heap[at] = node;
    net->heap_at[node] = at;
}

static void heap_up(struct net *net, uint32_t at, uint32_t node)
{
    while (at > 0) {
        uint32_t parent = (at - 1) / 4;
        if (net->distance[net->heap[parent]] <= net->distance[node]) {
            break;
        }
        heap_place(net, at, net->heap[parent]);
        at = parent;
    }
    heap_place(net, at, node);
}

static void heap_down(struct net *net, uint32_t node)
{
    uint32_t at = 0;
    for (;;) {
        uint32_t child = 4 * at + 1;
        uint32_t least = child;
        if (child >= net->heap_count) {
            break;
        }
        for (uint32_t k = child + 1; k < child + 4 && k < net->heap_count; k++) {
            if (net->distance[net->heap[k]] < net->distance[net->heap[least]]) {
                least = k;
            }
        }
        if (net->distance[net->heap[least]] >= net->distance[node]) {
            break;
        }
        heap_place(net, at, net->heap[least]);
        at = least;
    }
    heap_place(net, at, node);
}

static uint32_t heap_pop(struct net *net)
{
    uint32_t top = net->heap[0];
    net->heap_count--;
    if (net->heap_count > 0) {
        heap_down(net, net->heap[net->heap_count]);
    }
    return top;
}

/* A node that is settled while it waits in the heap leaves it. */
static void heap_take_out(struct net *net, uint32_t node)
{
    uint32_t at = net->heap_at[node];
    net->heap_count--;
    uint32_t last = net->heap[net->heap_count];
    if (last == node) {
        return;
    }
    /* lift `node` to the top, then pop it: distances of others are untouched */
    while (at > 0) {
        uint32_t parent = (at - 1) / 4;
        heap_place(net, at, net->heap[parent]);
        at = parent;
    }
    heap_place(net, 0, node);
    heap_down(net, last);
}

/* ---- the search ---- */

struct search {
    struct net *net;
    uint32_t hops; /* of the node that is being scanned */
    int64_t now;   /* distance of the nodes that are being settled */
    bool outside_is_sink;
    bool closing;     /* the outside is reached and takes units: no need to look farther than this
                         distance */
    uint64_t reached; /* deficit at settled nodes */
};

static void settle(struct search *search, uint32_t node, uint32_t hops)
{
    struct net *net = search->net;
    if (net->mark[node] == NET_QUEUED) {
        heap_take_out(net, node);
    }
    net->mark[node] = NET_FINAL;
    net->distance[node] = search->now;
    net->hops[node] = hops;
    net->order[net->ordered++] = node;
    if (node < net->left) {
        net->cursor[node] = net->first[node];
        net->seen[node] = 0;
        return;
    }
    if (node < net_outside(net)) {
        uint32_t j = node - net->left;
        net->cursor[node] = 0;
        net->seen[node] = 0;
        search->reached += net_right_deficit(net, j);
        return;
    }
    search->closing = search->outside_is_sink;
}

static void relax(struct search *search, uint32_t node, int64_t cost)
{
    struct net *net = search->net;
    if (net->mark[node] == NET_FINAL) {
        return;
    }
    uint32_t hops = search->hops + 1;
    if (cost <= 0) {
        settle(search, node, hops);
        return;
    }
    int64_t distance = search->now + cost;
    if (net->mark[node] == NET_UNSEEN) {
        net->mark[node] = NET_QUEUED;
        net->distance[node] = distance;
        net->hops[node] = hops;
        heap_up(net, net->heap_count++, node);
    } else if (distance < net->distance[node]) {
        net->distance[node] = distance;
        net->hops[node] = hops;
        heap_up(net, net->heap_at[node], node);
    }
}

/* Where the outside takes what is left, every arc into it that costs nothing is a place for as many
 * units. */
static void relax_outside(struct search *search, int64_t cost, uint32_t units)
{
    if (search->outside_is_sink && cost <= 0) {
        search->reached += units;
    }
    relax(search, net_outside(search->net), cost);
}

static void scan_left(struct search *search, uint32_t i)
{
    struct net *net = search->net;
    uint32_t only = net->used[i] == 1 ? net->mate[net->unit_first[i]] : NET_NONE;
    int64_t base = net->u[i];
    for (uint32_t e = net->first[i]; e < net->end[i]; e++) {
        uint32_t j = net->to[e];
        if (net->mark[node_right(net, j)] == NET_FINAL || e == only) {
            continue;
        }
        if (net->used[i] > 1 && net_in_use(net, i, e)) {
            continue;
        }
        relax(search, node_right(net, j), base + net->v[j] - net_profit(net, e));
    }
    if (net->outside[i] < net->room[i]) {
        relax_outside(search, net_leave(net, i), 1);
    }
}

static void scan_right(struct search *search, uint32_t j)
{
    struct net *net = search->net;
    uint32_t slot = net->slot_first[j];
    for (uint32_t k = 0; k < net->fill[j]; k++, slot++) {
        uint32_t i = net->slot_left[slot];
        relax(search, i, -net_reduced(net, i, net->slot_edge[slot]));
    }
    if (net->right_outside[j] > 0) {
        relax_outside(search, net_withdraw(net, j), net->right_outside[j]);
    }
}

static void scan_outside(struct search *search)
{
    struct net *net = search->net;
    if (search->outside_is_sink) {
        return;
    }
    net->outside_left_cursor = 0;
    net->outside_right_cursor = 0;
    for (uint32_t i = 0; i < net->left; i++) {
        if (net->outside[i] > 0) {
            relax(search, i, net_return(net, i));
        }
    }
    for (uint32_t j = 0; j < net->right; j++) {
        if (net->right_outside[j] < net->right_room[j]) {
            relax(search, node_right(net, j), net_enter(net, j));
        }
    }
}

static void scan(struct search *search, uint32_t node)
{
    struct net *net = search->net;
    search->hops = net->hops[node];
    if (node < net->left) {
        scan_left(search, node);
    } else if (node < net_outside(net)) {
        scan_right(search, node - net->left);
    } else {
        scan_outside(search);
    }
}

static void forget(struct net *net)
{
    for (uint32_t k = 0; k < net->ordered; k++) {
        net->mark[net->order[k]] = NET_UNSEEN;
    }
    for (uint32_t k = 0; k < net->heap_count; k++) {
        net->mark[net->heap[k]] = NET_UNSEEN;
    }
    net->ordered = 0;
    net->heap_count = 0;
}

static void start_sources(struct search *search)
{
    struct net *net = search->net;
    for (uint32_t k = 0; net->source[k] != NET_NONE; k++) {
        settle(search, net->source[k], 0);
    }
    if (net->deficit > net->excess) {
        settle(search, net_outside(net), 0);
    }
}

/* The potentials of settled nodes move by how much nearer they are than the end of the search. */
static void shift_potentials(struct net *net)
{
    for (uint32_t k = 0; k < net->ordered; k++) {
        uint32_t node = net->order[k];
        int64_t shift = net->reach - net->distance[node];
        if (shift <= 0) {
            continue;
        }
        if (node < net->left) {
            net->u[node] -= shift;
        } else if (node < net_outside(net)) {
            net->v[node - net->left] += shift;
        } else {
            net->z -= shift;
        }
    }
}

uint64_t net_search(struct net *net, uint64_t need, int64_t most)
{
    struct search search = {.net = net, .outside_is_sink = net->excess > net->deficit};
    forget(net);
    net->outside_left_cursor = 0;
    net->outside_right_cursor = 0;
    start_sources(&search);
    uint32_t head = 0;
    while (search.reached < need) {
        if (head < net->ordered) {
            scan(&search, net->order[head++]);
            continue;
        }
        bool enough = search.closing || (search.reached * 2 >= need && search.reached > 0);
        if (enough || net->heap_count == 0 || net->distance[net->heap[0]] > most) {
            break;
        }
        uint32_t next = heap_pop(net);
        search.now = net->distance[next];
        net->mark[next] = NET_UNSEEN;
        settle(&search, next, net->hops[next]);
    }
    net->reach = search.now;
    shift_potentials(net);
    return search.closing && search.reached == 0 ? 1 : search.reached;
}
