// SPDX-License-Identifier: Apache-2.0
/*
 * Circles and limits on moves, which no prices alone can prove, against brute force: with circles
 * the result must be best and its branches must prove it, and the branches of a changed certificate
 * or of another instance must never prove a result that is not best; with a limit on moves the
 * result must keep the limit, and its gap must hold.
 */
#include "base/tap.h"

#include "brute_test.h"

struct tally {
    uint64_t proved;
    uint64_t not_proved;
    uint64_t gaps;
    uint64_t impossible;
    uint64_t branched;
    uint64_t empty; /* branches */
    uint64_t refused;
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

/* The certificate less its last branch, with its tree turned at a branch, with an empty leaf that
 * is not, and with a leaf's value raised: none is a proof. */
static void break_branches(struct trial *trial, const struct toy *toy, const struct told *told,
                           struct mm_result *result, struct tally *tally)
{
    tally->branched++;
    for (uint32_t b = 0; b < result->branches; b++) {
        struct mm_branch *branch = &result->branch[b];
        struct mm_branch held = *branch;
        tally->empty += held.empty;
        for (uint32_t way = 0; way < 4; way++) {
            uint32_t branches = result->branches;
            *branch = held;
            if (way == 0) {
                result->branches = b;
            } else if (way == 1) {
                *branch = (struct mm_branch){.mentor = held.mentor == MM_NOBODY ? 0 : MM_NOBODY};
            } else if (way == 2 && held.mentor == MM_NOBODY) {
                branch->empty = !held.empty;
            } else if (held.certificate.levels > 0) {
                branch->certificate.level[held.certificate.levels - 1].value++;
            }
            bool changed =
                way < 2 || (way == 2 && held.mentor == MM_NOBODY) || held.certificate.levels > 0;
            /* a closed circle with pins is empty whatever is said, and a leaf may need no branch */
            bool may_hold = b == 0 || held.certificate.levels == 0 || way == 1;
            enum mm_status status =
                mm_check(&told->instance, &toy->objective, result, NULL, &(struct mm_fault){0});
            tally->refused += changed && status != MM_OK;
            if (changed && !may_hold && status == MM_OK) {
                complain(trial, toy, "the check proves by broken branches", NULL);
            }
            if (way == 3 && held.certificate.levels > 0) {
                branch->certificate.level[held.certificate.levels - 1].value--;
            }
            *branch = held;
            result->branches = branches;
        }
    }
}

/* Without one pair of its best set, the toy has a worse best: its proof must not hold for the toy.
 */
static void refuse_worse(struct trial *trial, const struct toy *toy, const struct told *told,
                         const struct mm_result *best, const struct brute *brute)
{
    for (size_t k = 0; k < best->pairs; k++) {
        struct mm_instance banned = told->instance;
        struct mm_link ban[TOY_SIDE * TOY_SIDE + 1];
        struct mm_result worse;
        if (banned.bans > 0) {
            memcpy(ban, banned.ban, banned.bans * sizeof(ban[0]));
        }
        ban[banned.bans++] = (struct mm_link){best->pair[k].mentee, best->pair[k].mentor};
        banned.ban = ban;
        if (mm_solve(&banned, &toy->objective, NULL, &worse, &(struct mm_fault){0}) != MM_OK) {
            continue;
        }
        struct set set = set_of_result(&worse, told);
        struct worth worth = set_worth(toy, &set);
        if (worth_compare(&worth, &brute->worth) != 0 &&
            mm_check(&told->instance, &toy->objective, &worse, NULL, &(struct mm_fault){0}) ==
                MM_OK) {
            complain(trial, toy, "the check proves by branches what is not best", NULL);
        }
        mm_result_free(&worse);
    }
}

static void judge_result(struct trial *trial, const struct toy *toy, const struct told *told,
                         struct mm_result *result, const struct brute *brute, struct tally *tally)
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
    if (!toy->objective.limit_moves && !result->proved) {
        complain(trial, toy, "a result with circles is not proved", NULL);
    }
    if (!toy->objective.limit_moves && status == MM_OK && result->branches > 0) {
        break_branches(trial, toy, told, result, tally);
        refuse_worse(trial, toy, told, result, brute);
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
    if (limit) {
        ok(tally.proved > toys / 10 && tally.not_proved > 0, "%s: both kinds were met", name);
    } else {
        ok(tally.branched > toys / 50 && tally.empty > 0 && tally.refused > tally.branched,
           "%s: %" PRIu64 " were branched, %" PRIu64 " branches empty, %" PRIu64
           " changed certificates refused",
           name, tally.branched, tally.empty, tally.refused);
    }
}

/* ---- memory ---- */

struct purse {
    size_t live;
    size_t calls;
    size_t fail_at;
};

static void *purse_take(void *context, size_t size)
{
    struct purse *purse = context;
    purse->calls++;
    void *block = purse->calls == purse->fail_at ? NULL : malloc(size);
    purse->live += block != NULL;
    return block;
}

static void purse_give(void *context, void *block)
{
    struct purse *purse = context;
    purse->live -= block != NULL;
    free(block);
}

/* Every allocation of solving and checking fails in turn, on toys that branch. */
static void try_starving(uint32_t toys)
{
    struct chance chance = {7};
    uint32_t starved = 0;
    uint64_t failures = 0;
    bool good = true;
    for (uint64_t k = 0; good && starved < toys; k++) {
        struct toy toy;
        struct told told;
        bool branched = false;
        random_toy(&chance, 4, k, &toy);
        add_circles(&chance, &toy);
        toy_tell(&toy, &chance, true, &told);
        for (size_t fail_at = 0; good; fail_at++) {
            struct purse purse = {.fail_at = fail_at};
            struct mm_options options = {
                .memory = {.allocate = purse_take, .release = purse_give, .context = &purse}
            };
            struct mm_result result = {0};
            enum mm_status status =
                mm_solve(&told.instance, &toy.objective, &options, &result, NULL);
            bool solved = status == MM_OK;
            branched = branched || (solved && result.branches > 0);
            if (solved) {
                status = mm_check(&told.instance, &toy.objective, &result, &options, NULL);
                mm_result_free(&result);
            }
            bool failed = fail_at > 0 && purse.calls >= fail_at;
            failures += failed;
            good = purse.live == 0 && (!failed || status == MM_NO_MEMORY) &&
                   (!solved || failed || status == MM_OK);
            if (!branched || (fail_at > 0 && !failed)) {
                break;
            }
        }
        starved += branched;
    }
    ok(good && failures > 0, "%" PRIu64 " failed allocations leave nothing behind", failures);
}

int main(void)
{
    try_limits("circles", true, false, tap_share(4000), 1);
    try_limits("a limit on moves", false, true, tap_share(4000), 2);
    try_limits("both", true, true, tap_share(2000), 3);
    try_starving(20);
    return tap_done();
}
