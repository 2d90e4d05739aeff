// SPDX-License-Identifier: Apache-2.0
/*
 * The bottleneck: the lowest score in use, as high as it can be. From any assignment, the pairs at
 * the lowest score are let go and re-routed over higher ones only, score by score; each step costs
 * only what it touches. When a step fails, finishing it with the fewest low pairs leaves prices
 * that prove that it had to.
 */
#include "memory.h"
#include "net.h"

static enum mm_status open_buckets(struct net *net)
{
    uint32_t units = net->unit_first[net->left];
    net->bucket = mm_take_raw(&net->memory, MM_SCORE_MAX + 1, sizeof(uint32_t));
    net->bucket_next = mm_take_raw(&net->memory, units, sizeof(uint32_t));
    net->bucket_previous = mm_take_raw(&net->memory, units, sizeof(uint32_t));
    if (!net->bucket || !net->bucket_next || !net->bucket_previous) {
        return MM_NO_MEMORY;
    }
    for (uint32_t score = 0; score <= MM_SCORE_MAX; score++) {
        net->bucket[score] = NET_NONE;
    }
    return MM_OK;
}

static void close_buckets(struct net *net)
{
    mm_give(&net->memory, net->bucket);
    mm_give(&net->memory, net->bucket_next);
    mm_give(&net->memory, net->bucket_previous);
    net->bucket = NULL;
    net->bucket_next = NULL;
    net->bucket_previous = NULL;
    net->floor_mode = false;
}

/* Puts the edges in use into the buckets by taking each out of the network and putting it back. */
static void fill_buckets(struct net *net)
{
    for (uint32_t i = 0; i < net->left; i++) {
        uint32_t first = net->unit_first[i];
        for (uint32_t unit = first; unit < first + net->used[i]; unit++) {
            uint32_t score = net->score[net->mate[unit]];
            if (score > MM_SCORE_MAX) {
                continue;
            }
            net->bucket_previous[unit] = NET_NONE;
            net->bucket_next[unit] = net->bucket[score];
            if (net->bucket[score] != NET_NONE) {
                net->bucket_previous[net->bucket[score]] = unit;
            }
            net->bucket[score] = unit;
        }
    }
}

/* Lets go of every pair at a score. */
static void release_bucket(struct net *net, uint32_t score)
{
    uint32_t sources = 0;
    while (net->bucket[score] != NET_NONE) {
        uint32_t edge = net->mate[net->bucket[score]];
        uint32_t j = net->to[edge];
        uint32_t slot = net->slot_first[j];
        while (net->slot_edge[slot] != edge) {
            slot++;
        }
        uint32_t i = net->slot_left[slot];
        if (net_left_excess(net, i) == 0) {
            net->source[sources++] = i;
        }
        net_remove(net, i, edge);
        net->excess++;
        if (net->right_outside[j] < net->right_room[j]) {
            net->right_outside[j]++;
        } else {
            net->deficit++;
        }
    }
    net->source[sources] = NET_NONE;
}

static enum mm_status raise(struct net *net, uint32_t *ret_threshold, bool *ret_proof)
{
    enum mm_status status = MM_OK;
    for (uint32_t score = 0; score < MM_SCORE_MAX; score++) {
        if (net->bucket[score] == NET_NONE) {
            continue;
        }
        net->threshold = score + 1;
        release_bucket(net, score);
        status = net_run(net, 0);
        if (status == MM_OK && (net->excess > 0 || net->deficit > 0)) {
            status = net_run(net, INT64_MAX);
            *ret_threshold = score;
            *ret_proof = true;
            return status;
        }
        if (status != MM_OK) {
            return status;
        }
    }
    *ret_threshold = MM_SCORE_MAX;
    *ret_proof = false;
    return MM_OK;
}

enum mm_status net_floor(struct net *net, uint32_t *ret_threshold, bool *ret_proof)
{
    net->floor_mode = false;
    enum mm_status status = open_buckets(net);
    if (status == MM_OK) {
        net->floor_mode = true;
        net->threshold = 0;
        for (uint32_t j = 0; j < net->right; j++) {
            net->v[j] = 0;
        }
        fill_buckets(net);
        net_start(net);
        status = net_run(net, INT64_MAX);
    }
    if (status == MM_OK) {
        status = raise(net, ret_threshold, ret_proof);
    }
    close_buckets(net);
    return status;
}
