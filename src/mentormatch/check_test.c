// SPDX-License-Identifier: Apache-2.0
/*
 * mm_check refuses what is wrong: other pairs, counts, levels and prices than those that mm_solve
 * found. Where prices are changed it must refuse exactly when they prove nothing any more. And
 * mm_solve and mm_check both refuse input that breaks a rule, and take it well when memory runs
 * out.
 */
#include "base/tap.h"

#include "brute_test.h"

/* ---- an allocator that counts and fails ---- */

struct purse {
    size_t live;
    size_t calls;
    size_t fail_at; /* 0: never */
};

static void *purse_take(void *context, size_t size)
{
    struct purse *purse = context;
    purse->calls++;
    if (purse->calls == purse->fail_at) {
        return NULL;
    }
    void *block = malloc(size);
    if (block) {
        memset(block, 0xA5, size);
        purse->live++;
    }
    return block;
}

static void purse_give(void *context, void *block)
{
    struct purse *purse = context;
    purse->live -= block != NULL;
    free(block);
}

static struct mm_options purse_options(struct purse *purse)
{
    return (struct mm_options){
        .memory = {.allocate = purse_take, .release = purse_give, .context = purse}
    };
}

/* ---- wrong claims ---- */

/* A result that may be written to. */
struct claim {
    struct mm_result result;
    struct mm_pair pair[TOY_SIDE * TOY_SIDE];
    struct mm_linear level[MM_LEVELS_MAX];
    int64_t price[MM_LEVELS_MAX][TOY_SIDE];
};

static void claim_copy(const struct toy *toy, const struct mm_result *result, struct claim *claim)
{
    memset(claim, 0, sizeof(*claim));
    claim->result = *result;
    if (result->pairs > 0) {
        memcpy(claim->pair, result->pair, result->pairs * sizeof(claim->pair[0]));
    }
    claim->result.pair = claim->pair;
    claim->result.certificate.level = claim->level;
    for (uint32_t k = 0; k < result->certificate.levels; k++) {
        claim->level[k] = result->certificate.level[k];
        if (claim->level[k].price) {
            memcpy(claim->price[k], claim->level[k].price, toy->m * sizeof(int64_t));
            claim->level[k].price = claim->price[k];
        }
    }
}

static enum mm_status claim_check(const struct toy *toy, const struct told *told,
                                  const struct claim *claim, struct mm_fault *fault)
{
    return mm_check(&told->instance, &toy->objective, &claim->result, NULL, fault);
}

/* A set of pairs as a result with right sums and the certificate of another. */
static void claim_set(const struct toy *toy, const struct told *told, const struct set *set,
                      struct claim *claim)
{
    struct mm_result *result = &claim->result;
    struct sums_of_set sums = set_sums(toy, set);
    result->pairs = 0;
    result->lowest = MM_NOT_ALLOWED;
    memset(result->band, 0, sizeof(result->band));
    for (uint32_t i = 0; i < toy->n; i++) {
        for (uint32_t j = 0; j < toy->m; j++) {
            uint32_t who = told->mentee_at[i];
            uint32_t whom = told->mentor_at[j];
            if (!(set->row[who] >> whom & 1u)) {
                continue;
            }
            uint16_t score = (uint16_t)toy->score[who][whom];
            claim->pair[result->pairs++] =
                (struct mm_pair){i, j, score, toy_pinned(toy, who, whom)};
            result->lowest = score < result->lowest ? score : result->lowest;
            result->band[(uint32_t)score * result->bands / 10001]++;
        }
    }
    result->matched = (uint32_t)sums.served;
    result->total = (uint64_t)sums.total;
    uint32_t was = 0;
    for (size_t k = 0; k < toy->was_count; k++) {
        was += !toy_has(toy->was, k, toy->was[k].mentee, toy->was[k].mentor);
    }
    result->moved = was - (uint32_t)sums.kept;
    for (uint32_t k = 0; k < result->certificate.levels; k++) {
        if (!claim->level[k].proof && claim->level[k].kind != MM_L_FLOOR) {
            claim->level[k].value = set_profit(toy, &claim->level[k], set);
        }
    }
}

static bool must_refuse(struct trial *trial, const struct toy *toy, const struct told *told,
                        const struct claim *claim, const char *what)
{
    struct mm_fault fault = {.text = NULL};
    enum mm_status status = claim_check(toy, told, claim, &fault);
    if (status == MM_NOT_PROVED && fault.text) {
        trial->refused++;
        return true;
    }
    return complain(trial, toy, what, &fault);
}

/* Another set of pairs, truly worse, with everything about it told rightly. */
static void lie_about_set(struct trial *trial, const struct toy *toy, const struct told *told,
                          const struct mm_result *result, const struct brute *brute)
{
    struct claim claim;
    struct worth worth = set_worth(toy, &brute->some);
    if (worth_compare(&worth, &brute->worth) == 0) {
        return;
    }
    claim_copy(toy, result, &claim);
    claim_set(toy, told, &brute->some, &claim);
    must_refuse(trial, toy, told, &claim, "a worse set of pairs is taken for the best");
}

/* Prices changed: refused exactly when they prove nothing any more. */
static void lie_about_prices(struct trial *trial, const struct toy *toy, const struct told *told,
                             const struct mm_result *result)
{
    struct claim claim;
    claim_copy(toy, result, &claim);
    uint32_t levels = result->certificate.levels;
    uint32_t changes = 1 + chance_below(&trial->chance, 2);
    for (uint32_t c = 0; toy->m > 0 && c < changes; c++) {
        uint32_t k = chance_below(&trial->chance, levels);
        if (claim.level[k].kind == MM_L_FLOOR && !claim.level[k].proof) {
            continue;
        }
        static const int64_t by[] = {1, -1, 2, -5, 1000, -1000, 1 << 30, INT64_MAX / 16};
        claim.price[k][chance_below(&trial->chance, toy->m)] += by[chance_below(&trial->chance, 8)];
        claim.level[k].price = claim.price[k];
    }
    struct set set = set_of_result(&claim.result, told);
    struct mm_fault fault = {.text = NULL};
    bool proved = claim_check(toy, told, &claim, &fault) == MM_OK;
    bool should = prices_prove(toy, told, &claim.result.certificate, &set);
    trial->refused += !proved;
    trial->held += proved;
    if (proved && !should) {
        complain(trial, toy, "changed prices prove nothing, but are accepted", NULL);
    }
    if (!proved && should) {
        complain(trial, toy, "changed prices still prove the result, but are refused", &fault);
    }
}

static void lie_about_levels(struct trial *trial, const struct toy *toy, const struct told *told,
                             const struct mm_result *result)
{
    struct claim claim;
    uint32_t levels = result->certificate.levels;
    uint32_t k = chance_below(&trial->chance, levels);
    for (uint32_t lie = 0; lie < 7; lie++) {
        claim_copy(toy, result, &claim);
        struct mm_linear *level = &claim.level[k];
        switch (lie) {
        case 0:
            level->value += chance_of(&trial->chance, 50) ? 1 : -1;
            break;
        case 1:
            level->kind = level->kind == MM_L_TIE ? MM_L_SERVED : level->kind + 1;
            break;
        case 2:
            level->parameter++;
            break;
        case 3:
            level->proof = !level->proof;
            break;
        case 4:
            claim.result.certificate.levels--;
            break;
        case 5:
            claim.level[levels] = claim.level[levels - 1];
            claim.result.certificate.levels += levels < MM_LEVELS_MAX;
            break;
        case 6:
            claim.result.certificate.levels = 0;
            break;
        default:
            break;
        }
        must_refuse(trial, toy, told, &claim, "a changed level is accepted");
    }
}

static void lie_about_counts(struct trial *trial, const struct toy *toy, const struct told *told,
                             const struct mm_result *result)
{
    struct claim claim;
    for (uint32_t lie = 0; lie < 8; lie++) {
        claim_copy(toy, result, &claim);
        switch (lie) {
        case 0:
            claim.result.matched++;
            break;
        case 1:
            claim.result.moved++;
            break;
        case 2:
            claim.result.total++;
            break;
        case 3:
            claim.result.lowest++;
            break;
        case 4:
            claim.result.bands++;
            break;
        case 5:
            claim.result.band[chance_below(&trial->chance, MM_BANDS_MAX)]++;
            break;
        case 6:
            claim.result.seed++;
            break;
        case 7:
            claim.result.gap++;
            break;
        default:
            break;
        }
        must_refuse(trial, toy, told, &claim, "a wrong count is accepted");
    }
}

static void lie_about_pairs(struct trial *trial, const struct toy *toy, const struct told *told,
                            const struct mm_result *result)
{
    struct claim claim;
    for (uint32_t lie = 0; result->pairs > 0 && lie < 6; lie++) {
        uint32_t k = chance_below(&trial->chance, (uint32_t)result->pairs);
        claim_copy(toy, result, &claim);
        struct mm_pair *pair = &claim.pair[k];
        switch (lie) {
        case 0:
            pair->score++;
            break;
        case 1:
            pair->pinned = !pair->pinned;
            break;
        case 2:
            pair->mentee = toy->n;
            break;
        case 3:
            pair->mentor = UINT32_MAX;
            break;
        case 4:
            claim.pair[result->pairs] = claim.pair[result->pairs - 1];
            claim.result.pairs++;
            break;
        case 5:
            claim.pair[k] = claim.pair[result->pairs - 1];
            claim.result.pairs--;
            break;
        default:
            break;
        }
        must_refuse(trial, toy, told, &claim, "a changed pair is accepted");
    }
}

static void try_lies(uint32_t side, uint64_t toys, uint64_t seed)
{
    struct trial trial = {.name = "lies", .chance = {seed}};
    for (uint64_t k = 0; k < toys; k++) {
        struct toy toy;
        struct told told;
        struct mm_result result;
        random_toy(&trial.chance, side, k, &toy);
        struct brute brute = brute_force(&toy, &trial.chance);
        toy_tell(&toy, &trial.chance, chance_of(&trial.chance, 50), &told);
        if (!brute.possible || !solve_toy(&trial, &toy, &brute, &told, &result)) {
            continue;
        }
        lie_about_set(&trial, &toy, &told, &result, &brute);
        for (uint32_t again = 0; again < 8; again++) {
            lie_about_prices(&trial, &toy, &told, &result);
        }
        lie_about_levels(&trial, &toy, &told, &result);
        lie_about_counts(&trial, &toy, &told, &result);
        lie_about_pairs(&trial, &toy, &told, &result);
        mm_result_free(&result);
    }
    ok(!trial.failed,
       "%" PRIu64 " wrong claims are refused, %" PRIu64 " harmless changes are accepted",
       trial.refused, trial.held);
    ok(trial.refused > toys && trial.held > 0, "both kinds of claims were made");
}

/* ---- memory runs out ---- */

static bool starve_solve(struct trial *trial, const struct toy *toy, const struct told *told,
                         struct mm_result *ret_result, struct purse *purse)
{
    struct mm_options options = purse_options(purse);
    struct mm_fault fault = {.text = NULL};
    for (size_t fail_at = 1;; fail_at++) {
        struct mm_result result;
        memset(&result, 0x5A, sizeof(result));
        struct mm_result untouched = result;
        *purse = (struct purse){.fail_at = fail_at};
        enum mm_status status =
            mm_solve(&told->instance, &toy->objective, &options, &result, &fault);
        if (status == MM_OK && purse->calls < fail_at) {
            *ret_result = result;
            return true;
        }
        if (status != MM_NO_MEMORY || purse->live != 0 ||
            memcmp(&result, &untouched, sizeof(result)) != 0) {
            return complain(trial, toy, "mm_solve does not take a failed allocation well", &fault);
        }
        trial->refused++;
    }
}

static bool starve_check(struct trial *trial, const struct toy *toy, const struct told *told,
                         const struct mm_result *result)
{
    struct mm_fault fault = {.text = NULL};
    for (size_t fail_at = 1;; fail_at++) {
        struct purse purse = {.fail_at = fail_at};
        struct mm_options options = purse_options(&purse);
        enum mm_status status =
            mm_check(&told->instance, &toy->objective, result, &options, &fault);
        if (status == MM_OK && purse.live == 0 && purse.calls < fail_at) {
            return true;
        }
        if (status != MM_NO_MEMORY || purse.live != 0) {
            return complain(trial, toy, "mm_check does not take a failed allocation well", &fault);
        }
        trial->refused++;
    }
}

static void try_starving(uint32_t side, uint64_t toys, uint64_t seed)
{
    struct trial trial = {.name = "memory", .chance = {seed}};
    for (uint64_t k = 0; k < toys; k++) {
        struct toy toy;
        struct told told;
        struct mm_result result;
        struct purse purse;
        random_toy(&trial.chance, side, k, &toy);
        toy_tell(&toy, &trial.chance, chance_of(&trial.chance, 50), &told);
        if (!brute_force(&toy, NULL).possible ||
            !starve_solve(&trial, &toy, &told, &result, &purse)) {
            continue;
        }
        starve_check(&trial, &toy, &told, &result);
        mm_result_free(&result);
        if (purse.live != 0) {
            complain(&trial, &toy, "mm_result_free leaves something behind", NULL);
        }
    }
    ok(!trial.failed, "%" PRIu64 " failed allocations leave nothing behind", trial.refused);
}

/* ---- input that breaks a rule ---- */

static void refuse_input(const char *what, struct mm_instance *in,
                         const struct mm_objective *objective, enum mm_status want)
{
    struct mm_result result = {.pairs = 0};
    struct mm_fault fault = {.text = NULL};
    enum mm_status status = mm_solve(in, objective, NULL, &result, &fault);
    if (status == MM_OK) {
        mm_result_free(&result);
    }
    is_int(status, want, "mm_solve refuses %s", what);
    ok(fault.text != NULL, "mm_solve says why it refuses %s", what);
    fault.text = NULL;
    is_int(mm_check(in, objective, &result, NULL, &fault), want, "mm_check refuses %s", what);
    ok(fault.text != NULL, "mm_check says why it refuses %s", what);
}

static void toy_of_two(struct told *told)
{
    struct toy toy;
    toy_open(&toy, 2, 2);
    toy.score[0][0] = 10;
    toy.score[0][1] = 20;
    toy.score[1][1] = 30;
    toy_tell(&toy, NULL, false, told);
}

static void try_bad_people(void)
{
    struct told told;
    toy_of_two(&told);
    told.wants[1] = 4;
    refuse_input("4 wants", &told.instance, NULL, MM_BAD_INPUT);
    toy_of_two(&told);
    told.wants[0] = 0;
    refuse_input("0 wants", &told.instance, NULL, MM_BAD_INPUT);
    toy_of_two(&told);
    told.capacity[0] = MM_CAPACITY_MAX + 1;
    refuse_input("21 places", &told.instance, NULL, MM_BAD_INPUT);
    toy_of_two(&told);
    told.minimum[0] = 2;
    refuse_input("a minimum above the capacity", &told.instance, NULL, MM_BAD_INPUT);
    toy_of_two(&told);
    told.mentor_id[1] = told.mentor_id[0];
    refuse_input("the same id twice", &told.instance, NULL, MM_BAD_INPUT);
    toy_of_two(&told);
    told.distinct[0] = 2;
    refuse_input("a mark that is not 0 or 1", &told.instance, NULL, MM_BAD_INPUT);
    toy_of_two(&told);
    told.instance.mentees = MM_SIDE_MAX + 1;
    refuse_input("too many mentees", &told.instance, NULL, MM_LIMIT);
}

static void try_bad_pairs(void)
{
    struct told told;
    toy_of_two(&told);
    told.mentor[2] = 2;
    refuse_input("a mentor who does not exist", &told.instance, NULL, MM_BAD_INPUT);
    toy_of_two(&told);
    told.score[1] = MM_SCORE_MAX + 1;
    refuse_input("a score of 10001", &told.instance, NULL, MM_BAD_INPUT);
    toy_of_two(&told);
    told.mentor[1] = 0;
    refuse_input("a pair given twice", &told.instance, NULL, MM_BAD_INPUT);
    toy_of_two(&told);
    told.first[1] = 4;
    refuse_input("rows that fall", &told.instance, NULL, MM_BAD_INPUT);
    toy_of_two(&told);
    told.first[0] = 1;
    refuse_input("rows that do not start at 0", &told.instance, NULL, MM_BAD_INPUT);
    toy_of_two(&told);
    told.first[2] = (uint64_t)MM_PAIRS_MAX + 1;
    refuse_input("too many pairs", &told.instance, NULL, MM_LIMIT);
    toy_of_two(&told);
    told.instance.mentor = NULL;
    refuse_input("rows without mentors", &told.instance, NULL, MM_BAD_INPUT);
    toy_of_two(&told);
    told.ban[0] = (struct mm_link){0, 7};
    told.instance.bans = 1;
    refuse_input("a ban of somebody who does not exist", &told.instance, NULL, MM_BAD_INPUT);
    toy_of_two(&told);
    told.pin[0] = (struct mm_link){1, 0};
    told.instance.pins = 1;
    refuse_input("a pin that is not allowed", &told.instance, NULL, MM_CONTRADICTION);
}

static void try_bad_objectives(void)
{
    struct told told;
    toy_of_two(&told);
    struct mm_objective twice = {
        .level = {MM_TOTAL, MM_FLOOR, MM_TOTAL}
    };
    refuse_input("a level named twice", &told.instance, &twice, MM_BAD_INPUT);
    struct mm_objective strange = {
        .level = {MM_TOTAL, (enum mm_level_kind)9}
    };
    refuse_input("a level that does not exist", &told.instance, &strange, MM_BAD_INPUT);
    struct mm_objective one = {.bands = 1};
    refuse_input("one band", &told.instance, &one, MM_BAD_INPUT);
    struct mm_objective many = {.bands = MM_BANDS_MAX + 1};
    refuse_input("21 bands", &told.instance, &many, MM_BAD_INPUT);
    struct mm_objective dear = {.move_price = 1000001};
    refuse_input("a price above a million points", &told.instance, &dear, MM_BAD_INPUT);
    struct mm_result result = {.pairs = 0};
    is_int(mm_check(NULL, NULL, &result, NULL, NULL), MM_BAD_INPUT, "no instance to check");
    is_int(mm_check(&told.instance, NULL, NULL, NULL, NULL), MM_BAD_INPUT, "no result to check");
}

int main(void)
{
    try_lies(4, tap_share(4000), 4);
    try_starving(4, tap_share(300), 5);
    try_bad_people();
    try_bad_pairs();
    try_bad_objectives();
    return tap_done();
}
