// SPDX-License-Identifier: Apache-2.0
/*
 * Circles and limits on moves, which no prices alone can prove, against brute force: a result that
 * says it is proved must be proved and best; with circles it must be best in any case; with a limit
 * on moves it must keep the limit, and its gap must hold.
 */
#include "base/tap.h"

#include "brute_test.h"

struct tally {
    uint64_t proved;
    uint64_t not_proved;
    uint64_t gaps;
    uint64_t impossible;
};

static void add_circles(struct chance *chance, struct toy *toy)
{
    for (uint32_t j = 0; j < toy->m; j++) {
        if (chance_of(chance, 50)) {
            toy->capacity[j] = (uint8_t)(2 + chance_below(chance, 3));
            toy->minimum[j] = (uint8_t)(1 + chance_below(chance, toy->capacity[j]));
        }
    }
}

static void add_limit(struct chance *chance, struct toy *toy)
{
    random_links(chance, toy, 6, toy->was, &toy->was_count);
    toy->objective.limit_moves = true;
    toy->objective.moves = chance_below(chance, 3);
}

/* The place of the total among the parts of a worth, or all of them if it is not asked for. */
static uint32_t part_of_total(const struct toy *toy)
{
    struct toy one = *toy;
    struct set nothing = {{0}};
    uint32_t k = 0;
    if (toy->objective.level[0] == MM_END) {
        return set_worth(toy, &nothing).parts - 2;
    }
    while (one.objective.level[k] != MM_END && one.objective.level[k] != MM_TOTAL) {
        k++;
    }
    if (one.objective.level[k] == MM_END) {
        return set_worth(toy, &nothing).parts;
    }
    if (k == 0) {
        return 0;
    }
    one.objective.level[k] = MM_END;
    return set_worth(&one, &nothing).parts - 1;
}

/* All that is promised before the total is reached, and the total misses no more than the gap. */
static bool gap_holds(const struct toy *toy, const struct worth *got, const struct worth *best,
                      int64_t gap)
{
    uint32_t total = part_of_total(toy);
    for (uint32_t k = 0; k < total && k < got->parts; k++) {
        if (got->part[k] != best->part[k]) {
            return false;
        }
    }
    return total >= got->parts || best->part[total] - got->part[total] <= gap;
}

static bool keeps_rules(const struct toy *toy, const struct set *set)
{
    for (uint32_t i = 0; i < toy->n; i++) {
        if (!row_fits(toy, i, set->row[i])) {
            return false;
        }
    }
    return loads_fit(toy, set) && moves_fit(toy, set);
}

static void judge_result(struct trial *trial, const struct toy *toy, const struct told *told,
                         const struct mm_result *result, const struct brute *brute,
                         struct tally *tally)
{
    struct mm_fault fault = {.text = NULL};
    struct set set = set_of_result(result, told);
    struct worth worth = set_worth(toy, &set);
    int order = worth_compare(&worth, &brute->worth);
    enum mm_status status = mm_check(&told->instance, &toy->objective, result, NULL, &fault);
    if (!keeps_rules(toy, &set)) {
        complain(trial, toy, "the result breaks a rule or limit", NULL);
    }
    if (result->proved ? status != MM_OK : status != MM_OK && status != MM_NOT_PROVED) {
        complain(trial, toy, "the check does not say what the result says", &fault);
    }
    if (status == MM_OK && order != 0) {
        complain(trial, toy, "the check proves a result that is not best", NULL);
    }
    if (!toy->objective.limit_moves && order != 0) {
        bool first = !trial->failed;
        complain(trial, toy, "with circles the result is not the best", NULL);
        if (first) {
            set_show("found", toy, &set);
            set_show("best ", toy, &brute->best);
        }
    }
    if (toy->objective.limit_moves && result->gap >= 0 &&
        !gap_holds(toy, &worth, &brute->worth, result->gap)) {
        bool first = !trial->failed;
        complain(trial, toy, "the gap of a limited result does not hold", NULL);
        if (first) {
            set_show("found", toy, &set);
            set_show("best ", toy, &brute->best);
            printf("# gap %" PRId64 "\n", result->gap);
        }
    }
    tally->proved += status == MM_OK;
    tally->not_proved += status != MM_OK;
    tally->gaps += result->gap > 0;
}

static void try_limits(const char *name, bool circles, bool limit, uint64_t toys, uint64_t seed)
{
    struct trial trial = {.name = name, .chance = {seed}};
    struct tally tally = {0};
    for (uint64_t k = 0; k < toys; k++) {
        struct toy toy;
        struct told told;
        struct mm_result result;
        struct mm_fault fault = {.text = NULL};
        random_toy(&trial.chance, 4, k, &toy);
        if (circles) {
            add_circles(&trial.chance, &toy);
        }
        if (limit) {
            add_limit(&trial.chance, &toy);
        }
        struct brute brute = brute_force(&toy, NULL);
        toy_tell(&toy, &trial.chance, chance_of(&trial.chance, 50), &told);
        enum mm_status status = mm_solve(&told.instance, &toy.objective, NULL, &result, &fault);
        tally.impossible += !brute.possible;
        if (status != (brute.possible ? MM_OK : MM_CONTRADICTION)) {
            complain(&trial, &toy, brute.possible ? "it is refused" : "it is not refused", &fault);
            continue;
        }
        if (status == MM_OK) {
            judge_result(&trial, &toy, &told, &result, &brute, &tally);
            mm_result_free(&result);
        }
    }
    ok(!trial.failed,
       "%s: %" PRIu64 " proved, %" PRIu64 " not, %" PRIu64 " with a gap, %" PRIu64 " impossible",
       name, tally.proved, tally.not_proved, tally.gaps, tally.impossible);
    ok(tally.proved > toys / 10 && tally.not_proved > 0, "%s: both kinds were met", name);
}

int main(void)
{
    try_limits("circles", true, false, tap_share(4000), 1);
    try_limits("a limit on moves", false, true, tap_share(4000), 2);
    try_limits("both", true, true, tap_share(2000), 3);
    return tap_done();
}
