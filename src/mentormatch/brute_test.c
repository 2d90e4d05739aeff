// SPDX-License-Identifier: Apache-2.0
/*
 * mm_solve against brute force: on every instance of some small families and on thousands of random
 * ones, under every order of levels.
 *
 * For each: the result is worth as much as the best of all sets, mm_check proves it, and it is the
 * same for any order of the input.
 */
#include "brute_test.h"

#include "base/tap.h"

/* ---- one toy ---- */
/* Two results of one toy told in two orders are the same, prices and all. */
static bool same_result(const struct toy *toy, const struct mm_result *a, const struct told *a_told,
                        const struct mm_result *b, const struct told *b_told)
{
    struct set a_set = set_of_result(a, a_told);
    struct set b_set = set_of_result(b, b_told);
    if (memcmp(&a_set, &b_set, sizeof(a_set)) != 0 || a->total != b->total ||
        a->certificate.levels != b->certificate.levels) {
        return false;
    }
    for (uint32_t k = 0; k < a->certificate.levels; k++) {
        const struct mm_linear *x = &a->certificate.level[k];
        const struct mm_linear *y = &b->certificate.level[k];
        if (x->kind != y->kind || x->parameter != y->parameter || x->value != y->value ||
            x->proof != y->proof || !x->price != !y->price) {
            return false;
        }
        for (uint32_t j = 0; x->price && j < toy->m; j++) {
            if (x->price[place_of(a_told->mentor_at, toy->m, j)] !=
                y->price[place_of(b_told->mentor_at, toy->m, j)]) {
                return false;
            }
        }
    }
    return true;
}

static bool check_order(struct trial *trial, const struct toy *toy, const struct mm_result *result,
                        const struct told *told)
{
    struct told other;
    struct mm_result again;
    struct mm_fault fault = {.text = NULL};
    toy_tell(toy, &trial->chance, chance_of(&trial->chance, 50), &other);
    if (mm_solve(&other.instance, &toy->objective, NULL, &again, &fault) != MM_OK) {
        return complain(trial, toy, "told in another order, it is refused", &fault);
    }
    bool same = same_result(toy, result, told, &again, &other);
    mm_result_free(&again);
    return same || complain(trial, toy, "told in another order, it gives another result", NULL);
}

static bool refuse_impossible(struct trial *trial, const struct toy *toy, const struct told *told)
{
    struct mm_result result;
    struct mm_fault fault = {.text = NULL};
    enum mm_status status = mm_solve(&told->instance, &toy->objective, NULL, &result, &fault);
    trial->impossible++;
    if (status == MM_OK) {
        mm_result_free(&result);
    }
    return (status == MM_CONTRADICTION && fault.mentee < toy->n && fault.mentor < toy->m) ||
           complain(trial, toy, "pins that contradict the rules are not refused by name", &fault);
}

static bool try_toy(struct trial *trial, const struct toy *toy)
{
    struct told told;
    struct mm_result result;
    struct brute brute = brute_force(toy, NULL);
    trial->toys++;
    toy_tell(toy, &trial->chance, chance_of(&trial->chance, 50), &told);
    if (!brute.possible) {
        return refuse_impossible(trial, toy, &told);
    }
    if (!solve_toy(trial, toy, &brute, &told, &result)) {
        return false;
    }
    bool good = check_order(trial, toy, &result, &told);
    mm_result_free(&result);
    return good;
}

static void try_random(uint32_t side, uint64_t toys, uint64_t seed)
{
    struct trial trial = {.name = "random", .chance = {seed}};
    for (uint64_t k = 0; k < toys; k++) {
        struct toy toy;
        random_toy(&trial.chance, side, k, &toy);
        try_toy(&trial, &toy);
    }
    ok(!trial.failed, "%" PRIu64 " random toys of up to %u x %u (%" PRIu64 " with impossible pins)",
       trial.toys, side, side, trial.impossible);
}

/* An objective that leaves everything to the seed. */
static void try_ties_alone(uint64_t toys, uint64_t seed)
{
    struct trial trial = {.name = "ties alone", .chance = {seed}};
    for (uint64_t k = 0; k < toys; k++) {
        struct toy toy;
        random_toy(&trial.chance, 5, 0, &toy);
        memset(toy.priority, 0, sizeof(toy.priority));
        toy.objective.level[0] = MM_PRIORITY;
        toy.objective.level[1] = MM_END;
        try_toy(&trial, &toy);
    }
    ok(!trial.failed, "%" PRIu64 " toys where only the seed decides", trial.toys);
}

/* ---- families, in full ---- */

struct family {
    uint32_t n;
    uint32_t m;
    int value[4]; /* of every pair */
    uint32_t values;
    uint8_t wants;
    uint8_t capacity_most; /* all capacities from 0 or, when equal is set, this one */
    bool equal;
    uint32_t bands;
};

static const struct family families[] = {
    {2, 2, {TOY_NONE, 0, 1, 10000},    4, 1, 2, false, 10},
    {2, 2, {TOY_NONE, 0, 5000, 10000}, 4, 2, 2, false, 2 },
    {3, 3, {TOY_NONE, 4999, 5001},     3, 1, 1, true,  2 },
    {3, 3, {TOY_NONE, 1, 2},           3, 2, 2, true,  10},
    {4, 2, {TOY_NONE, 100, 9000},      3, 1, 2, true,  10},
    {2, 4, {TOY_NONE, 100, 9000},      3, 3, 1, true,  10},
    {1, 4, {TOY_NONE, 0, 1, 2},        4, 3, 1, false, 10},
    {4, 1, {TOY_NONE, 0, 1, 2},        4, 1, 3, false, 10},
};

static uint64_t power(uint64_t base, uint32_t exponent)
{
    uint64_t product = 1;
    for (uint32_t k = 0; k < exponent; k++) {
        product *= base;
    }
    return product;
}

static void family_toy(const struct family *family, uint64_t number, struct toy *toy)
{
    toy_open(toy, family->n, family->m);
    for (uint32_t i = 0; i < family->n; i++) {
        toy->wants[i] = family->wants;
        for (uint32_t j = 0; j < family->m; j++) {
            toy->score[i][j] = family->value[number % family->values];
            number /= family->values;
        }
    }
    for (uint32_t j = 0; j < family->m; j++) {
        toy->capacity[j] = family->capacity_most;
        if (!family->equal) {
            toy->capacity[j] = (uint8_t)(number % (family->capacity_most + 1u));
            number /= family->capacity_most + 1u;
        }
    }
    toy->objective.bands = family->bands;
    toy->objective.seed = number;
}

static void try_families(void)
{
    for (size_t f = 0; f < sizeof(families) / sizeof(families[0]); f++) {
        const struct family *family = &families[f];
        struct trial trial = {.name = "family", .chance = {f}};
        uint64_t count = power(family->values, family->n * family->m) *
                         (family->equal ? 1 : power(family->capacity_most + 1u, family->m));
        uint64_t stride = count / tap_share((uint32_t)count); /* 1 but in slow builds */
        for (uint64_t k = 0; k < count; k += stride) {
            struct toy toy;
            family_toy(family, k, &toy);
            try_toy(&trial, &toy);
        }
        ok(!trial.failed, "%" PRIu64 " toys of family %zu (%u x %u)", trial.toys, f, family->n,
           family->m);
    }
}

int main(void)
{
    try_families();
    try_random(3, tap_share(6000), 1);
    try_random(5, tap_share(12000), 2);
    try_random(6, tap_share(2000), 3);
    try_ties_alone(tap_share(1000), 6);
    return tap_done();
}
