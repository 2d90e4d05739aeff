// SPDX-License-Identifier: Apache-2.0
/*
 * The bottleneck: the lowest score in use, as high as it can be. A search by halves over
 * thresholds; each trial lets go of the pairs below the threshold and re-routes them over pairs
 * above it, from the best assignment so far. The trial just above the answer is then finished with
 * the fewest low pairs, which leaves prices that prove that it could not succeed.
 */
#include <string.h>

#include "memory.h"
#include "net.h"

/* The assignment to go back to when a trial fails. */
struct saved {
    uint32_t *mate;
    uint32_t *used;
    uint32_t *outside;
};

static void save(const struct net *net, struct saved *saved)
{
    memcpy(saved->mate, net->mate, net->unit_first[net->left] * sizeof(uint32_t));
    memcpy(saved->used, net->used, net->left * sizeof(uint32_t));
    memcpy(saved->outside, net->outside, net->left * sizeof(uint32_t));
}

static void restore(struct net *net, const struct saved *saved)
{
    memset(net->fill, 0, net->right * sizeof(uint32_t));
    memset(net->used, 0, net->left * sizeof(uint32_t));
    memcpy(net->outside, saved->outside, net->left * sizeof(uint32_t));
    for (uint32_t i = 0; i < net->left; i++) {
        for (uint32_t k = 0; k < saved->used[i]; k++) {
            net_add(net, i, saved->mate[net->unit_first[i] + k]);
        }
    }
    for (uint32_t j = 0; j < net->right; j++) {
        net->right_outside[j] = net->capacity[j] - net->fill[j];
    }
}

static uint32_t lowest_in_use(const struct net *net)
{
    uint32_t lowest = MM_SCORE_MAX;
    for (uint32_t unit = 0, i = 0; i < net->left; i++) {
        unit = net->unit_first[i];
        for (uint32_t k = 0; k < net->used[i]; k++) {
            uint32_t score = net->score[net->mate[unit + k]];
            lowest = score < lowest ? score : lowest;
        }
    }
    return lowest;
}

/* No threshold above this can succeed: an earlier level has fixed a pair at this score, or someone
 * who must have a mentor has no better one. */
static uint32_t upper_bound(const struct net *net)
{
    uint32_t bound = MM_SCORE_MAX;
    for (uint32_t k = 0; k < net->fixed_count; k++) {
        bound = net->fixed[k].score < bound ? net->fixed[k].score : bound;
    }
    for (uint32_t i = 0; i < net->left; i++) {
        uint32_t best = 0;
        for (uint32_t e = net->first[i]; e < net->end[i]; e++) {
            best = net->score[e] > best ? net->score[e] : best;
        }
        if (net->want[i] > net->room[i] && best < bound) {
            bound = best;
        }
    }
    return bound;
}

/* Lets go of the pairs below the threshold. */
static void release_below(struct net *net)
{
    uint32_t sources = 0;
    for (uint32_t i = 0; i < net->left; i++) {
        for (uint32_t k = net->used[i]; k > 0; k--) {
            uint32_t edge = net->mate[net->unit_first[i] + k - 1];
            uint32_t j = net->to[edge];
            if (net->score[edge] >= net->threshold) {
                continue;
            }
            net_remove(net, i, edge);
            net->excess++;
            bool outside = net->right_outside[j] < net->right_room[j];
            net->right_outside[j] += outside;
            net->deficit += !outside;
        }
        if (net_left_excess(net, i) > 0) {
            net->source[sources++] = i;
        }
    }
    net->source[sources] = NET_NONE;
}

static enum mm_status try_threshold(struct net *net, uint32_t threshold, int64_t most,
                                    bool *ret_done)
{
    net->threshold = threshold;
    net->excess = 0;
    net->deficit = 0;
    release_below(net);
    enum mm_status status = net_run(net, most);
    *ret_done = net->excess == 0 && net->deficit == 0;
    return status;
}

static enum mm_status search(struct net *net, struct saved *saved, uint32_t *ret_threshold)
{
    uint32_t low = lowest_in_use(net);
    uint32_t high = upper_bound(net);
    low = low > high ? high : low;
    while (low < high) {
        bool done = false;
        uint32_t middle = low + (high - low + 1) / 2;
        save(net, saved);
        enum mm_status status = try_threshold(net, middle, 0, &done);
        if (status != MM_OK) {
            return status;
        }
        if (done) {
            uint32_t lowest = lowest_in_use(net);
            low = lowest > high ? high : lowest;
        } else {
            restore(net, saved);
            high = middle - 1;
        }
    }
    *ret_threshold = low;
    return MM_OK;
}

static enum mm_status find_floor(struct net *net, struct saved *saved, uint32_t *ret_threshold,
                                 bool *ret_proof)
{
    net->floor_mode = true;
    net->threshold = 0;
    memset(net->v, 0, net->right * sizeof(*net->v));
    net_start(net);
    enum mm_status status = net_run(net, INT64_MAX);
    if (status == MM_OK && (net->excess > 0 || net->deficit > 0)) {
        status = MM_CONTRADICTION;
    }
    if (status == MM_OK) {
        status = search(net, saved, ret_threshold);
    }
    if (status != MM_OK || *ret_threshold == MM_SCORE_MAX) {
        *ret_proof = false;
        return status;
    }
    bool done = false;
    *ret_proof = true;
    return try_threshold(net, *ret_threshold + 1, INT64_MAX, &done);
}

enum mm_status net_floor(struct net *net, uint32_t *ret_threshold, bool *ret_proof)
{
    struct saved saved = {
        .mate = mm_take_raw(&net->memory, net->unit_first[net->left], sizeof(uint32_t)),
        .used = mm_take_raw(&net->memory, net->left, sizeof(uint32_t)),
        .outside = mm_take_raw(&net->memory, net->left, sizeof(uint32_t)),
    };
    enum mm_status status = MM_NO_MEMORY;
    if (saved.mate && saved.used && saved.outside) {
        status = find_floor(net, &saved, ret_threshold, ret_proof);
    }
    net->floor_mode = false;
    mm_give(&net->memory, saved.mate);
    mm_give(&net->memory, saved.used);
    mm_give(&net->memory, saved.outside);
    return status;
}
