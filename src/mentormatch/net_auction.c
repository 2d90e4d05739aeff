// SPDX-License-Identifier: Apache-2.0
/*
 * Prices by auction with similar objects (Bertsekas 1988; Bertsekas and Castanon 1989): a mentor's
 * places have one price, the lowest bid that holds one of them. Bids are made in units of 1/64
 * point and overshoot the point where the second-best choice would be as good by one such unit.
 * Prices are then rounded to whole points: nearly every assignment is exactly tight at them, and
 * net_run mends the rest. Nothing depends on this file but speed: it may give up on prices' wars,
 * and does after a fixed number of bids. The outside stands in the auction as one more object with
 * as many places as mentees will stay without a mentor, so that prices rise to the level at which
 * they give up.
 */
#include <string.h>

#include "memory.h"
#include "net.h"

#define BIDS_PER_UNIT 200u
#define SCALE 64
#define SHORT 7u     /* edges on a mentee's shortlist */
#define STEP_FIRST 8 /* the first step is the range of profits by this ... */
#define STEP_FALL 16 /* ... and each next one the last by this */

/* A mentee's best edges as of her last look at all of them, and the value that no other edge
 * exceeds: valid for the round, as prices only rise. */
struct shortlist {
    int64_t bound;
    uint32_t count;
    uint32_t edge[SHORT];
};

struct auction {
    struct net *net;
    struct shortlist *shortlist; /* per left node */
    int64_t *bid;                /* per slot */
    uint32_t *queue;             /* ring of left nodes with a unit to place */
    uint32_t queue_size;
    uint32_t queue_head;
    uint32_t queue_count;
    int64_t range; /* largest difference of profits */
    int64_t step;  /* what a bid adds beyond indifference */
    /* outside: a heap of the lowest bids */
    int64_t outside_price;
    uint32_t outside_places;
    uint32_t outside_count;
    int64_t *outside_bid;
    uint32_t *outside_left;
};

struct choice {
    uint32_t edge; /* NET_NONE: outside, or nothing */
    bool outside;
    int64_t value;
    int64_t second;
};

static void enqueue(struct auction *a, uint32_t i)
{
    uint32_t at = a->queue_head + a->queue_count;
    a->queue[at >= a->queue_size ? at - a->queue_size : at] = i;
    a->queue_count++;
}

static uint32_t dequeue(struct auction *a)
{
    uint32_t i = a->queue[a->queue_head];
    a->queue_head = a->queue_head + 1 == a->queue_size ? 0 : a->queue_head + 1;
    a->queue_count--;
    return i;
}

static bool has_place(const struct net *net, uint32_t j)
{
    return net->fill[j] < net->capacity[j];
}

static int64_t edge_value(const struct net *net, uint32_t e)
{
    return (int64_t)net->profit[e] * SCALE - net->v[net->to[e]];
}

/* Looks at all edges and keeps the best few. */
static void look(const struct auction *a, uint32_t i)
{
    const struct net *net = a->net;
    struct shortlist *list = &a->shortlist[i];
    int64_t value[SHORT] = {0};
    list->count = 0;
    list->bound = INT64_MIN / 4;
    for (uint32_t e = net->first[i]; e < net->end[i]; e++) {
        int64_t here = edge_value(net, e);
        if (list->count == SHORT && here <= value[SHORT - 1]) {
            list->bound = here > list->bound ? here : list->bound;
            continue;
        }
        if (list->count == SHORT) {
            list->bound = value[SHORT - 1];
        } else {
            list->count++;
        }
        uint32_t at = list->count - 1;
        while (at > 0 && value[at - 1] < here) {
            value[at] = value[at - 1];
            list->edge[at] = list->edge[at - 1];
            at--;
        }
        value[at] = here;
        list->edge[at] = e;
    }
}

/* The best and the second-best of the shortlist and the outside. */
static struct choice choose_short(const struct auction *a, uint32_t i)
{
    const struct net *net = a->net;
    const struct shortlist *list = &a->shortlist[i];
    struct choice best = {NET_NONE, false, INT64_MIN / 4, INT64_MIN / 4};
    if (net->room[i] > 0) {
        best.outside = true;
        best.value = -a->outside_price;
    }
    for (uint32_t k = 0; k < list->count; k++) {
        uint32_t e = list->edge[k];
        int64_t value = edge_value(net, e);
        if (value <= best.second || (net->used[i] > 0 && net_in_use(net, i, e))) {
            continue;
        }
        if (value > best.value) {
            best.second = best.value;
            best.value = value;
            best.edge = e;
            best.outside = false;
        } else {
            best.second = value;
        }
    }
    return best;
}

static struct choice choose(const struct auction *a, uint32_t i)
{
    struct choice best = choose_short(a, i);
    if (best.second >= a->shortlist[i].bound) {
        return best;
    }
    look(a, i);
    best = choose_short(a, i);
    if (best.second < a->shortlist[i].bound) {
        best.second = a->shortlist[i].bound;
    }
    return best;
}

static uint32_t lowest_slot(const struct auction *a, uint32_t j)
{
    const struct net *net = a->net;
    uint32_t first = net->slot_first[j];
    uint32_t lowest = first;
    for (uint32_t s = first + 1; s < first + net->fill[j]; s++) {
        lowest = a->bid[s] < a->bid[lowest] ? s : lowest;
    }
    return lowest;
}

static void take_place(struct auction *a, uint32_t i, uint32_t edge, int64_t bid)
{
    struct net *net = a->net;
    uint32_t j = net->to[edge];
    if (net->capacity[j] == 0) {
        return;
    }
    if (!has_place(net, j)) {
        uint32_t slot = lowest_slot(a, j);
        if (bid <= a->bid[slot]) {
            return;
        }
        uint32_t loser = net->slot_left[slot];
        uint32_t last = net->slot_first[j] + net->fill[j] - 1;
        net_remove(net, loser, net->slot_edge[slot]);
        a->bid[slot] = a->bid[last];
        enqueue(a, loser);
    }
    net_add(net, i, edge);
    a->bid[net->slot_first[j] + net->fill[j] - 1] = bid;
    if (!has_place(net, j)) {
        net->v[j] = a->bid[lowest_slot(a, j)];
    }
}

/* ---- the outside as an object ---- */

static void outside_sift_down(struct auction *a, int64_t bid, uint32_t left)
{
    uint32_t at = 0;
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= a->outside_count) {
            break;
        }
        if (child + 1 < a->outside_count && a->outside_bid[child + 1] < a->outside_bid[child]) {
            child++;
        }
        if (a->outside_bid[child] >= bid) {
            break;
        }
        a->outside_bid[at] = a->outside_bid[child];
        a->outside_left[at] = a->outside_left[child];
        at = child;
    }
    a->outside_bid[at] = bid;
    a->outside_left[at] = left;
}

static void outside_sift_up(struct auction *a, int64_t bid, uint32_t left)
{
    uint32_t at = a->outside_count++;
    while (at > 0 && a->outside_bid[(at - 1) / 2] > bid) {
        uint32_t parent = (at - 1) / 2;
        a->outside_bid[at] = a->outside_bid[parent];
        a->outside_left[at] = a->outside_left[parent];
        at = parent;
    }
    a->outside_bid[at] = bid;
    a->outside_left[at] = left;
}

static void take_outside(struct auction *a, uint32_t i, int64_t bid)
{
    struct net *net = a->net;
    if (a->outside_places == 0) {
        return;
    }
    if (a->outside_count < a->outside_places) {
        outside_sift_up(a, bid, i);
        net->outside[i]++;
    } else if (bid > a->outside_bid[0]) {
        uint32_t loser = a->outside_left[0];
        net->outside[loser]--;
        enqueue(a, loser);
        outside_sift_down(a, bid, i);
        net->outside[i]++;
    }
    if (a->outside_count == a->outside_places) {
        a->outside_price = a->outside_bid[0];
    }
}

static void bid(struct auction *a, uint32_t i)
{
    struct choice choice = choose(a, i);
    int64_t gain = choice.value - choice.second;
    gain = (gain > a->range ? a->range : gain) + a->step;
    if (choice.outside) {
        take_outside(a, i, a->outside_price + gain);
    } else if (choice.edge != NET_NONE) {
        take_place(a, i, choice.edge, a->net->v[a->net->to[choice.edge]] + gain);
    }
}

/* Everybody lets go and waits to bid. A mentor with a place to spare must not ask for anything. */
static void clear(struct auction *a)
{
    struct net *net = a->net;
    for (uint32_t j = 0; j < net->right; j++) {
        if (net->right_room[j] > 0 && net->fill[j] < net->capacity[j]) {
            net->v[j] = 0;
        }
    }
    a->queue_count = 0;
    a->outside_count = 0;
    for (uint32_t i = 0; i < net->left; i++) {
        a->shortlist[i] = (struct shortlist){.bound = INT64_MAX};
        net->outside[i] = 0;
        while (net->used[i] > 0) {
            net_remove(net, i, net->mate[net->unit_first[i] + net->used[i] - 1]);
        }
        for (uint32_t k = 0; k < net->want[i]; k++) {
            enqueue(a, i);
        }
    }
}

static int64_t profit_range(const struct net *net)
{
    int64_t low = 0;
    int64_t high = 0;
    for (uint32_t i = 0; i < net->left; i++) {
        for (uint32_t e = net->first[i]; e < net->end[i]; e++) {
            low = net->profit[e] < low ? net->profit[e] : low;
            high = net->profit[e] > high ? net->profit[e] : high;
        }
    }
    return high - low + 1;
}

/* One round of bids at one step. Returns how many were left to make when it gave up. */
static void hold_round(struct auction *a)
{
    struct net *net = a->net;
    uint64_t most = (uint64_t)BIDS_PER_UNIT * a->queue_size;
    clear(a);
    while (a->queue_count > 0 && most-- > 0) {
        bid(a, dequeue(a));
        net->effort.bids++;
    }
}

/* Mentees whom the present assignment leaves outside. */
static uint32_t count_outside(const struct net *net)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < net->left; i++) {
        count += net->outside[i];
    }
    return count;
}

static bool has_spare(const struct net *net)
{
    for (uint32_t j = 0; j < net->mentors; j++) {
        if (net->right_outside[j] > 0) {
            return true;
        }
    }
    return false;
}

static int64_t whole_points(int64_t price)
{
    return price >= 0 ? (price + SCALE / 2) / SCALE : -((-price + SCALE / 2) / SCALE);
}

/* Where places are scarce all prices must climb together until somebody gives up: rounds with
 * falling steps (scaling, Bertsekas 1988) get there fast. Where places are to spare prices stay
 * low, and one round does. */
static void run(struct auction *a, bool scarce)
{
    struct net *net = a->net;
    a->range = profit_range(net) * SCALE;
    a->step = scarce ? a->range / STEP_FIRST : 1;
    a->step = a->step < 1 ? 1 : a->step;
    for (;;) {
        hold_round(a);
        if (a->step == 1) {
            break;
        }
        a->step = a->step / STEP_FALL < 1 ? 1 : a->step / STEP_FALL;
    }
    /* the outside's price becomes the zero of the prices of mentors who must be full */
    for (uint32_t j = 0; j < net->right; j++) {
        net->v[j] = whole_points(net->v[j] - (net->right_room[j] == 0 ? a->outside_price : 0));
    }
}

enum mm_status net_auction(struct net *net)
{
    struct auction a = {.net = net, .queue_size = net->unit_first[net->left] + 1};
    bool scarce = !has_spare(net);
    a.outside_places = count_outside(net);
    for (uint32_t j = 0; j < net->right; j++) {
        net->v[j] = 0;
        net->right_outside[j] = 0;
    }
    a.shortlist = mm_take_raw(&net->memory, net->left, sizeof(*a.shortlist));
    a.bid = mm_take_raw(&net->memory, net->slot_first[net->right], sizeof(int64_t));
    a.queue = mm_take_raw(&net->memory, a.queue_size, sizeof(uint32_t));
    a.outside_bid = mm_take_raw(&net->memory, a.outside_places, sizeof(int64_t));
    a.outside_left = mm_take_raw(&net->memory, a.outside_places, sizeof(uint32_t));
    bool complete = a.shortlist && a.bid && a.queue && a.outside_bid && a.outside_left;
    if (complete) {
        run(&a, scarce);
    }
    mm_give(&net->memory, a.shortlist);
    mm_give(&net->memory, a.bid);
    mm_give(&net->memory, a.queue);
    mm_give(&net->memory, a.outside_bid);
    mm_give(&net->memory, a.outside_left);
    return complete ? MM_OK : MM_NO_MEMORY;
}
