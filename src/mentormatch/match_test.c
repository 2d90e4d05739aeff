// SPDX-License-Identifier: Apache-2.0
/*
 * Column generation and pricing: the three ways to match a pool agree pair by pair, a dense table
 * gives what its rows give, and every result is proved over all pairs by the check.
 */
#include "base/tap.h"

#include "random_pool_test.h"
#include "strategy.h"

static bool same_pairs(const struct mm_result *a, const struct mm_result *b)
{
    return a->pairs == b->pairs && a->total == b->total && a->matched == b->matched &&
           memcmp(a->pair, b->pair, a->pairs * sizeof(*a->pair)) == 0;
}

static const struct likeness pools[] = {
    {120, 60,  30, 1, 5,  false, false},
    {90,  160, 40, 3, 20, true,  false},
    {200, 50,  12, 2, 0,  true,  false},
    {260, 110, 60, 2, 10, false, false},
};
#define POOLS (sizeof(pools) / sizeof(pools[0]))

static const enum mm_level_kind orders[][5] = {
    {MM_END,         MM_END,   MM_END,         MM_END,   MM_END},
    {MM_CARDINALITY, MM_TOTAL, MM_END,         MM_END,   MM_END},
    {MM_TOTAL,       MM_END,   MM_END,         MM_END,   MM_END},
    {MM_CARDINALITY, MM_BANDS, MM_END,         MM_END,   MM_END},
    {MM_PRIORITY,    MM_FLOOR, MM_CARDINALITY, MM_TOTAL, MM_END},
};
#define ORDERS (sizeof(orders) / sizeof(orders[0]))

static void match_each_way(const struct mm_pool *pool, const struct mm_objective *objective,
                           const char *name)
{
    struct mm_result all;
    struct mm_fault fault;
    enum mm_status status = match_pool(pool, objective, NULL, MATCH_ALL_PAIRS, &all, &fault);
    is_int(status, MM_OK, "%s: matched on all pairs", name);
    if (status != MM_OK) {
        return;
    }
    is_int(mm_check_pool(pool, objective, &all, NULL, &fault), MM_OK,
           "%s: proved from the features", name);
    for (enum match_way way = MATCH_TABLE; way <= MATCH_LISTS; way++) {
        struct mm_result other;
        const char *how = way == MATCH_TABLE ? "table" : "lists";
        status = match_pool(pool, objective, NULL, way, &other, &fault);
        is_int(status, MM_OK, "%s: matched by %s", name, how);
        if (status != MM_OK) {
            continue;
        }
        ok(same_pairs(&all, &other), "%s: %s gives the same pairs", name, how);
        is_int(mm_check_pool(pool, objective, &other, NULL, &fault), MM_OK,
               "%s: %s is proved over all pairs", name, how);
        mm_result_free(&other);
    }
    mm_result_free(&all);
}

static void add_links(struct mm_pool *pool, struct mm_link *pin, struct mm_link *ban)
{
    struct mm_result plain;
    if (mm_match(pool, NULL, NULL, &plain, NULL) != MM_OK || plain.pairs < 9) {
        return;
    }
    /* what was chosen is banned in three places and required in three others */
    for (uint32_t k = 0; k < 3; k++) {
        ban[k] = (struct mm_link){plain.pair[k].mentee, plain.pair[k].mentor};
        pin[k] = (struct mm_link){plain.pair[plain.pairs - 1 - k].mentee,
                                  plain.pair[plain.pairs - 1 - k].mentor};
    }
    pool->ban = ban;
    pool->bans = 3;
    pool->pin = pin;
    pool->pins = 3;
    mm_result_free(&plain);
}

int main(void)
{
    for (uint64_t k = 0; k < POOLS * ORDERS; k++) {
        struct random_pool made = {0};
        struct mm_objective objective = {.seed = k};
        struct mm_link pin[3];
        struct mm_link ban[3];
        char name[64];
        memcpy(objective.level, orders[k % ORDERS], sizeof(orders[0]));
        random_pool_make(1000 + k, &pools[k / ORDERS], &made);
        if (k % 2 == 1) {
            add_links(&made.pool, pin, ban);
        }
        snprintf(name, sizeof(name), "pool %d, objective %d", (int)(k / ORDERS), (int)(k % ORDERS));
        match_each_way(&made.pool, &objective, name);
        random_pool_free(&made);
    }
    return tap_done();
}
