// SPDX-License-Identifier: Apache-2.0
/*
 * The network that every level is solved on, and the steps that solve it.
 *
 * Left nodes are mentees, right nodes are mentors; one more node, the outside, takes the units that
 * stay without a partner, so that every unit of either side always has somewhere to be. A level
 * gives every edge a profit and asks for the assignment of most profit. The state is a pseudoflow
 * with potentials: all residual arcs have a reduced cost of zero or more, and units that are
 * nowhere (excess on the left, deficit on the right) are what is left to do. net_search and
 * net_augment shrink them to nothing; then the assignment is optimal and the potentials are its
 * dual prices.
 *
 * With u = left potential, v = right price, z = potential of the outside, the reduced costs are
 *      left to right   u[i] + v[j] - profit          (edge not in use; in use: the negative, the
 * other way) left to outside u[i] - z + (bonus if this was her last unit) outside to right v[j] + z
 * - (bonus if it is the first such unit) A level ends with z = 0. net_narrow then cuts the network
 * down to what is optimal for the level: tight edges only, and nobody left outside whose dual says
 * she must not be. What is left is solved for the next level.
 *
 * Not for: input checking (instance.c) and order of levels (solve.c).
 */
#ifndef MENTORMATCH_NET_H
#define MENTORMATCH_NET_H

#include <stdbool.h>
#include <stdint.h>

#include "mentormatch.h"

#define NET_NONE UINT32_MAX
#define NET_HELPER_SCORE 0xFFFFu /* score of an edge to a helper node: profit 0 on every level */

struct net {
    struct mm_memory memory;
    struct mm_progress progress;
    uint32_t left;  /* left nodes, helpers included */
    uint32_t right; /* right nodes; those from `mentors` on are helpers */
    uint32_t mentors;

    /* edges, by left node: first[i]..end[i]-1 are still in the network */
    uint32_t *first; /* left + 1 */
    uint32_t *end;
    uint32_t *to;
    uint16_t *score;
    int32_t *profit;
    uint8_t *was; /* 1: pair of the earlier result; NULL: none is */

    /* left side */
    uint32_t *mentee;     /* person behind the node, in canonical order */
    uint32_t *want;       /* units */
    uint32_t *room;       /* how many of them may stay outside */
    uint32_t *outside;    /* how many do */
    uint32_t *used;       /* units with a partner */
    int32_t *bonus;       /* cost of leaving the last unit outside, this level */
    uint32_t *unit_first; /* left + 1: place in mate */
    uint32_t *mate;       /* edges in use, used[i] of them from unit_first[i] */
    int64_t *u;
    uint8_t *served; /* has a pinned or fixed pair, so that no bonus is left to win */

    /* right side */
    uint32_t *capacity;
    uint32_t *right_room;
    uint32_t *right_outside;
    uint32_t *fill;
    int32_t *right_bonus; /* gain of the first unit outside, this level (helpers only) */
    uint8_t *right_open;  /* helpers: the mentee's bonus is still to be won */
    uint32_t *slot_first; /* right + 1 */
    uint32_t *slot_edge;
    uint32_t *slot_left;
    int64_t *v;

    int64_t z;
    bool one_by_one;  /* search from one source at a time where units end outside */
    uint64_t excess;  /* left units that are nowhere */
    uint64_t deficit; /* right units that are nowhere */

    /* floor: profit is -1 below the threshold, else 0; profit[] is not used */
    bool floor_mode;
    uint32_t threshold;

    /* search: nodes are left, then right, then the outside */
    int64_t *distance;
    uint32_t *hops; /* arcs from the nearest source, along which paths may only rise */
    uint8_t *mark;  /* enum net_mark */
    uint32_t *order;
    uint32_t ordered;
    uint32_t *heap;
    uint32_t heap_count;
    uint32_t *heap_at;
    int64_t reach; /* distance at which the search ended */
    uint32_t *cursor;
    uint8_t *seen;
    uint32_t outside_left_cursor;
    uint32_t outside_right_cursor;
    uint32_t *path;     /* nodes */
    uint32_t *path_via; /* edge by which the node was reached, or NET_NONE */
    uint32_t *source;   /* left nodes with excess, ended by NET_NONE */

    /* pairs that every optimum has, found by earlier levels */
    struct mm_pair *fixed; /* left node, right node, score */
    uint32_t fixed_count;

    struct mm_effort effort;
    const char *step;
};

enum net_mark { NET_UNSEEN = 0, NET_QUEUED, NET_FINAL };

static inline uint32_t net_outside(const struct net *net)
{
    return net->left + net->right;
}

static inline int64_t net_profit(const struct net *net, uint32_t edge)
{
    if (net->floor_mode) {
        return net->score[edge] < net->threshold ? -1 : 0;
    }
    return net->profit[edge];
}

static inline int64_t net_reduced(const struct net *net, uint32_t i, uint32_t edge)
{
    return net->u[i] + net->v[net->to[edge]] - net_profit(net, edge);
}

/* Reduced cost of moving one more unit of i outside, and of taking one back. */
static inline int64_t net_leave(const struct net *net, uint32_t i)
{
    return net->u[i] - net->z + (net->outside[i] + 1 == net->want[i] ? net->bonus[i] : 0);
}

static inline int64_t net_return(const struct net *net, uint32_t i)
{
    return net->z - net->u[i] - (net->outside[i] == net->want[i] ? net->bonus[i] : 0);
}

/* Reduced cost of filling one more unit of j from outside, and of sending one back. */
static inline int64_t net_enter(const struct net *net, uint32_t j)
{
    return net->v[j] + net->z - (net->right_outside[j] == 0 ? net->right_bonus[j] : 0);
}

static inline int64_t net_withdraw(const struct net *net, uint32_t j)
{
    return -net->v[j] - net->z + (net->right_outside[j] == 1 ? net->right_bonus[j] : 0);
}

static inline uint32_t net_left_excess(const struct net *net, uint32_t i)
{
    return net->want[i] - net->outside[i] - net->used[i];
}

static inline uint32_t net_right_deficit(const struct net *net, uint32_t j)
{
    return net->capacity[j] - net->right_outside[j] - net->fill[j];
}

bool net_in_use(const struct net *net, uint32_t i, uint32_t edge);
void net_add(struct net *net, uint32_t i, uint32_t edge);
void net_remove(struct net *net, uint32_t i, uint32_t edge);

/* Takes the search's tables. The graph and sides must be set. */
enum mm_status net_open(struct net *net);
void net_close(struct net *net);

/* Starts a level from prices v (z = 0, potentials u are set here): keeps the edges in use that are
 * tight, lets go of the rest, and fills greedily along tight edges. */
void net_start(struct net *net);

/* One search from all excess: shortest distances until `need` units of deficit are reached or
 * `most` is passed. Updates the potentials. Returns the deficit reached (0: none can be). */
uint64_t net_search(struct net *net, uint64_t need, int64_t most);

/* Augments along tight paths between nodes that the last search settled. Returns the units moved.
 */
uint64_t net_augment(struct net *net);

/* Search and augment until nothing is left to do at a distance of at most `most`. */
enum mm_status net_run(struct net *net, int64_t most);

/* Sets v by an auction on the level's profits (exact complementary slackness: bids never
 * overshoot). */
enum mm_status net_auction(struct net *net);

/* Raises the lowest score in use as far as it can go; then v proves that *ret_threshold + 1 can't
 * be reached when *ret_proof. The edges below the threshold are still in the network. */
enum mm_status net_floor(struct net *net, uint32_t *ret_threshold, bool *ret_proof);

/* Shifts the potentials to z = 0 and makes the edges in use of single-unit mentees tight. */
void net_settle(struct net *net);

/* Cuts the network down to the optimal face of the level. */
void net_narrow(struct net *net);

/* Drops the edges below a score. */
void net_drop_below(struct net *net, uint32_t threshold);

#endif
