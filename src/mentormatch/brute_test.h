// SPDX-License-Identifier: Apache-2.0
/*
 * Says what the best result of a toy is by trying every set of pairs, and what prices prove by
 * trying every bundle. Written from the public header alone, in the plainest way, so that neither
 * the solver's cleverness nor the check's can be wrong in the same way. Then: random toys, and the
 * trial that holds mm_solve and mm_check to all of this.
 *
 * Not for: anything that needs speed, or code that is shipped.
 */
#ifndef MENTORMATCH_BRUTE_TEST_H
#define MENTORMATCH_BRUTE_TEST_H

#include "toy_test.h"

#define TOY_LEVELS 40 /* components of an objective vector */

/* ---- sets of pairs ---- */

/* One bit per mentor, for each mentee. */
struct set {
    uint8_t row[TOY_SIDE];
};

static inline struct set set_of_result(const struct mm_result *result, const struct told *told)
{
    struct set set = {{0}};
    for (size_t k = 0; k < result->pairs; k++) {
        uint32_t i = told->mentee_at[result->pair[k].mentee];
        set.row[i] = (uint8_t)(set.row[i] | 1u << told->mentor_at[result->pair[k].mentor]);
    }
    return set;
}

static inline uint32_t bits(uint32_t row)
{
    return (uint32_t)__builtin_popcount(row);
}

/* May the mentee have exactly these mentors? */
static inline bool row_fits(const struct toy *toy, uint32_t i, uint32_t row)
{
    if (bits(row) > toy->wants[i]) {
        return false;
    }
    for (uint32_t j = 0; j < toy->m; j++) {
        bool has = row >> j & 1u;
        if ((has && !toy_allows(toy, i, j)) || (!has && toy_pinned(toy, i, j))) {
            return false;
        }
        for (uint32_t other = 0; has && toy->distinct[i] && other < j; other++) {
            if ((row >> other & 1u) && toy->background[other] == toy->background[j]) {
                return false;
            }
        }
    }
    return true;
}

static inline uint32_t load_of(const struct toy *toy, const struct set *set, uint32_t j)
{
    uint32_t load = 0;
    for (uint32_t i = 0; i < toy->n; i++) {
        load += set->row[i] >> j & 1u;
    }
    return load;
}

static inline bool loads_fit(const struct toy *toy, const struct set *set)
{
    for (uint32_t j = 0; j < toy->m; j++) {
        uint32_t load = load_of(toy, set, j);
        if (load > toy->capacity[j] || (load > 0 && load < toy->minimum[j])) {
            return false;
        }
    }
    return true;
}

/* With a limit on moves: so many pairs of `was` that could have stayed are gone at most. */
static inline bool moves_fit(const struct toy *toy, const struct set *set)
{
    uint32_t gone = 0;
    for (uint32_t i = 0; i < toy->n; i++) {
        for (uint32_t j = 0; j < toy->m; j++) {
            gone += toy_was(toy, i, j) && toy_allows(toy, i, j) && !(set->row[i] >> j & 1u);
        }
    }
    return !toy->objective.limit_moves || gone <= toy->objective.moves;
}

/* ---- what a set is worth ---- */

struct worth {
    int64_t part[TOY_LEVELS];
    uint32_t parts;
};

static inline int worth_compare(const struct worth *a, const struct worth *b)
{
    for (uint32_t k = 0; k < a->parts; k++) {
        if (a->part[k] != b->part[k]) {
            return a->part[k] < b->part[k] ? -1 : 1;
        }
    }
    return 0;
}

/* Plain sums over a set. */
struct sums_of_set {
    int64_t served;
    int64_t pairs;
    int64_t priority;
    int64_t lowest; /* of pairs that are not pinned */
    int64_t band[MM_BANDS_MAX];
    int64_t total;
    int64_t kept;
    int64_t tie;
};

static inline uint32_t bands_of(const struct toy *toy)
{
    return toy->objective.bands == 0 ? 10 : toy->objective.bands;
}

static inline struct sums_of_set set_sums(const struct toy *toy, const struct set *set)
{
    struct sums_of_set sums = {.lowest = MM_SCORE_MAX};
    for (uint32_t i = 0; i < toy->n; i++) {
        sums.served += set->row[i] != 0;
        sums.priority += set->row[i] != 0 ? toy->priority[i] : 0;
        for (uint32_t j = 0; j < toy->m; j++) {
            if (!(set->row[i] >> j & 1u)) {
                continue;
            }
            int score = toy->score[i][j];
            sums.pairs++;
            sums.total += score;
            sums.kept += toy_was(toy, i, j);
            sums.band[score * (int)bands_of(toy) / 10001]++;
            sums.tie += mm_tie(toy->objective.seed, toy->mentee_id[i], toy->mentor_id[j]);
            if (!toy_pinned(toy, i, j) && score < sums.lowest) {
                sums.lowest = score;
            }
        }
    }
    return sums;
}

static inline void worth_add(struct worth *worth, int64_t part)
{
    worth->part[worth->parts++] = part;
}

static inline void worth_level(struct worth *worth, const struct toy *toy,
                               const struct sums_of_set *sums, enum mm_level_kind kind)
{
    switch (kind) {
    case MM_CARDINALITY:
        worth_add(worth, sums->served);
        worth_add(worth, sums->pairs);
        break;
    case MM_PRIORITY:
        worth_add(worth, sums->priority);
        break;
    case MM_FLOOR:
        worth_add(worth, sums->lowest);
        break;
    case MM_BANDS:
        for (uint32_t band = 0; band + 1 < bands_of(toy); band++) {
            worth_add(worth, -sums->band[band]);
        }
        break;
    case MM_TOTAL:
        worth_add(worth, sums->total + sums->kept * (int64_t)toy->objective.move_price);
        break;
    case MM_DISTURBANCE:
        worth_add(worth, sums->kept);
        break;
    case MM_END:
        break;
    }
}

static inline struct worth set_worth(const struct toy *toy, const struct set *set)
{
    static const enum mm_level_kind usual[] = {MM_CARDINALITY, MM_PRIORITY, MM_FLOOR,
                                               MM_BANDS,       MM_TOTAL,    MM_END};
    const enum mm_level_kind *level =
        toy->objective.level[0] == MM_END ? usual : toy->objective.level;
    struct sums_of_set sums = set_sums(toy, set);
    struct worth worth = {.parts = 0};
    for (uint32_t k = 0; level[k] != MM_END; k++) {
        worth_level(&worth, toy, &sums, level[k]);
    }
    worth_add(&worth, sums.tie);
    return worth;
}

/* ---- trying all sets ---- */

struct brute {
    bool possible; /* some set keeps all rules */
    struct set best;
    struct worth worth;
    uint32_t equal;  /* sets worth as much as the best, itself included */
    uint64_t sets;   /* sets that keep all rules */
    struct set some; /* one of them, picked by chance */
};

struct choices {
    uint8_t row[TOY_SIDE][1u << TOY_SIDE];
    uint32_t count[TOY_SIDE];
};

static inline uint64_t list_choices(const struct toy *toy, struct choices *choices)
{
    uint64_t product = 1;
    for (uint32_t i = 0; i < toy->n; i++) {
        choices->count[i] = 0;
        for (uint32_t row = 0; row < 1u << toy->m; row++) {
            if (row_fits(toy, i, row)) {
                choices->row[i][choices->count[i]++] = (uint8_t)row;
            }
        }
        product *= choices->count[i];
    }
    return product;
}

static inline void brute_take(struct brute *brute, const struct toy *toy, const struct set *set,
                              struct chance *chance)
{
    struct worth worth = set_worth(toy, set);
    int order = brute->possible ? worth_compare(&worth, &brute->worth) : 1;
    brute->possible = true;
    brute->sets++;
    if (chance && chance_below(chance, (uint32_t)brute->sets) == 0) {
        brute->some = *set;
    }
    if (order > 0) {
        brute->best = *set;
        brute->worth = worth;
        brute->equal = 0;
    }
    brute->equal += order >= 0;
}

/* Every product of rows, by counting with one digit per mentee. */
static inline struct brute brute_force(const struct toy *toy, struct chance *chance)
{
    struct brute brute = {.possible = false};
    struct choices choices;
    uint32_t digit[TOY_SIDE] = {0};
    if (list_choices(toy, &choices) == 0) {
        return brute;
    }
    for (uint32_t at = 0; at < toy->n || toy->n == 0;) {
        struct set set = {{0}};
        for (uint32_t i = 0; i < toy->n; i++) {
            set.row[i] = choices.row[i][digit[i]];
        }
        if (loads_fit(toy, &set) && moves_fit(toy, &set)) {
            brute_take(&brute, toy, &set, chance);
        }
        for (at = 0; at < toy->n && ++digit[at] == choices.count[at]; at++) {
            digit[at] = 0;
        }
        if (at == toy->n) {
            break;
        }
    }
    return brute;
}

/* ---- what prices prove ---- */

/* Profit of a level for one pair, for the first pair of a mentee, and of a whole bundle. */
static inline int64_t level_profit(const struct toy *toy, const struct mm_linear *level, uint32_t i,
                                   uint32_t j)
{
    int64_t score = toy->score[i][j];
    switch (level->kind) {
    case MM_L_PAIRS:
        return 1;
    case MM_L_FLOOR:
        return score < (int64_t)level->parameter ? -1 : 0;
    case MM_L_BAND:
        return score * bands_of(toy) / 10001 == level->parameter ? -1 : 0;
    case MM_L_TOTAL:
        return score + (toy_was(toy, i, j) ? (int64_t)toy->objective.move_price : 0);
    case MM_L_KEPT:
        return toy_was(toy, i, j);
    case MM_L_TIE:
        return mm_tie(toy->objective.seed, toy->mentee_id[i], toy->mentor_id[j]);
    case MM_L_SERVED:
    case MM_L_PRIORITY:
    case MM_L_EMPTY:
        break;
    }
    return 0;
}

static inline int64_t row_profit(const struct toy *toy, const struct mm_linear *level, uint32_t i,
                                 uint32_t row)
{
    int64_t profit = 0;
    bool pinned = false;
    bool any = false;
    for (uint32_t j = 0; j < toy->m; j++) {
        if (toy_pinned(toy, i, j)) {
            pinned = true;
        } else if (row >> j & 1u) {
            profit += level_profit(toy, level, i, j);
            any = true;
        }
    }
    if (any && !pinned) {
        profit += level->kind == MM_L_SERVED ? 1 : 0;
        profit += level->kind == MM_L_PRIORITY ? toy->priority[i] : 0;
    }
    return profit;
}

static inline int64_t set_profit(const struct toy *toy, const struct mm_linear *level,
                                 const struct set *set)
{
    int64_t profit = 0;
    for (uint32_t i = 0; i < toy->n; i++) {
        profit += row_profit(toy, level, i, set->row[i]);
    }
    return profit;
}

/* Some levels of a certificate, the place of each mentor of the toy in it, and the lowest score
 * that a pair may have. */
struct system_of_toy {
    const struct mm_linear *level[MM_LEVELS_MAX];
    uint32_t levels;
    int lowest;
    uint32_t place[TOY_SIDE];
};

static inline bool row_above(const struct toy *toy, uint32_t i, uint32_t row, int lowest)
{
    for (uint32_t j = 0; j < toy->m; j++) {
        if ((row >> j & 1u) && !toy_pinned(toy, i, j) && toy->score[i][j] < lowest) {
            return false;
        }
    }
    return true;
}

static inline uint32_t places_left(const struct toy *toy, uint32_t j)
{
    uint32_t pins = 0;
    for (uint32_t i = 0; i < toy->n; i++) {
        pins += toy_pinned(toy, i, j);
    }
    return toy->capacity[j] - pins;
}

/* What the row gains at the prices; false if it can't be in any set. */
static inline bool row_gain(const struct toy *toy, const struct system_of_toy *system, uint32_t i,
                            uint32_t row, struct worth *ret_gain)
{
    struct worth gain = {.parts = system->levels};
    if (!row_fits(toy, i, row) || !row_above(toy, i, row, system->lowest)) {
        return false;
    }
    for (uint32_t k = 0; k < system->levels; k++) {
        gain.part[k] = row_profit(toy, system->level[k], i, row);
    }
    for (uint32_t j = 0; j < toy->m; j++) {
        if (!(row >> j & 1u) || toy_pinned(toy, i, j)) {
            continue;
        }
        if (places_left(toy, j) == 0) {
            return false;
        }
        for (uint32_t k = 0; k < system->levels; k++) {
            const int64_t *price = system->level[k]->price;
            gain.part[k] -= price ? price[system->place[j]] : 0;
        }
    }
    *ret_gain = gain;
    return true;
}

static inline struct worth system_bound(const struct toy *toy, const struct system_of_toy *system)
{
    struct worth bound = {.parts = system->levels};
    struct worth nothing = {.parts = system->levels};
    for (uint32_t i = 0; i < toy->n; i++) {
        struct worth best = nothing;
        for (uint32_t row = 0; row < 1u << toy->m; row++) {
            struct worth gain;
            if (row_gain(toy, system, i, row, &gain) && worth_compare(&gain, &best) > 0) {
                best = gain;
            }
        }
        for (uint32_t k = 0; k < system->levels; k++) {
            bound.part[k] += best.part[k];
        }
    }
    for (uint32_t j = 0; j < toy->m; j++) {
        struct worth price = nothing;
        for (uint32_t k = 0; k < system->levels; k++) {
            price.part[k] = system->level[k]->price ? system->level[k]->price[system->place[j]] : 0;
        }
        for (uint32_t k = 0; worth_compare(&price, &nothing) > 0 && k < system->levels; k++) {
            bound.part[k] += places_left(toy, j) * price.part[k];
        }
    }
    return bound;
}

static inline bool system_reached(const struct toy *toy, const struct system_of_toy *system,
                                  const struct set *set, uint32_t levels)
{
    struct worth bound = system_bound(toy, system);
    for (uint32_t k = 0; k < levels; k++) {
        if (bound.part[k] != set_profit(toy, system->level[k], set)) {
            return false;
        }
    }
    return true;
}

static inline void system_open(const struct toy *toy, const struct told *told,
                               struct system_of_toy *system)
{
    memset(system, 0, sizeof(*system));
    for (uint32_t j = 0; j < toy->m; j++) {
        system->place[j] = place_of(told->mentor_at, toy->m, j);
    }
}

/* Do the prices of the certificate, whose levels are the right ones, prove the set? */
static inline bool prices_prove(const struct toy *toy, const struct told *told,
                                const struct mm_certificate *certificate, const struct set *set)
{
    struct system_of_toy all;
    struct system_of_toy before;
    system_open(toy, told, &all);
    system_open(toy, told, &before);
    for (uint32_t k = 0; k < certificate->levels; k++) {
        const struct mm_linear *level = &certificate->level[k];
        if (level->kind != MM_L_FLOOR) {
            all.level[all.levels++] = level;
            continue;
        }
        if (level->proof) {
            before = all;
            before.level[before.levels++] = level;
            struct worth bound = system_bound(toy, &before);
            if (!system_reached(toy, &before, set, before.levels - 1) ||
                bound.part[before.levels - 1] >= 0 ||
                bound.part[before.levels - 1] != level->value) {
                return false;
            }
            continue;
        }
        if (!system_reached(toy, &all, set, all.levels)) {
            return false;
        }
        all.lowest = (int)level->parameter;
    }
    return system_reached(toy, &all, set, all.levels);
}

static inline void set_show(const char *what, const struct toy *toy, const struct set *set)
{
    printf("# %s:", what);
    for (uint32_t i = 0; i < toy->n; i++) {
        for (uint32_t j = 0; j < toy->m; j++) {
            if (set->row[i] >> j & 1u) {
                printf(" %u-%u(%d)", i + 1, j + 1, toy->score[i][j]);
            }
        }
    }
    printf("\n");
}

/* ---- a trial of many toys ---- */

/* Where a test of many toys stands: the first failure is shown in full. */
struct trial {
    const char *name;
    struct chance chance;
    uint64_t toys;
    uint64_t refused; /* wrong claims that were refused */
    uint64_t held;    /* changed prices that still prove the result, and were accepted */
    uint64_t impossible;
    bool failed;
};

static inline bool complain(struct trial *trial, const struct toy *toy, const char *what,
                            const struct mm_fault *fault)
{
    if (!trial->failed) {
        printf("# %s: %s\n", trial->name, what);
        if (fault && fault->text) {
            printf("#   %s (mentee %u, mentor %u, level %d)\n", fault->text, fault->mentee,
                   fault->mentor, fault->level);
        }
        toy_show(toy);
    }
    trial->failed = true;
    return false;
}

static inline bool check_best(struct trial *trial, const struct toy *toy, const struct told *told,
                              const struct mm_result *result, const struct brute *brute)
{
    struct set set = set_of_result(result, told);
    for (uint32_t i = 0; i < toy->n; i++) {
        if (!row_fits(toy, i, set.row[i])) {
            return complain(trial, toy, "the result breaks a rule of a mentee", NULL);
        }
    }
    if (!loads_fit(toy, &set)) {
        return complain(trial, toy, "the result breaks a capacity or minimum", NULL);
    }
    struct worth worth = set_worth(toy, &set);
    if (worth_compare(&worth, &brute->worth) != 0 ||
        (brute->equal == 1 && memcmp(&set, &brute->best, sizeof(set)) != 0)) {
        bool first = !trial->failed;
        complain(trial, toy, "the result is not the best", NULL);
        if (first) {
            set_show("found", toy, &set);
            set_show("best ", toy, &brute->best);
        }
        return false;
    }
    return true;
}

/* Solves the toy and holds the result to account. What is kept goes to *ret_result. */
static inline bool solve_toy(struct trial *trial, const struct toy *toy, const struct brute *brute,
                             const struct told *told, struct mm_result *ret_result)
{
    struct mm_fault fault = {.text = NULL};
    struct mm_result result;
    if (mm_solve(&told->instance, &toy->objective, NULL, &result, &fault) != MM_OK) {
        return complain(trial, toy, "it is refused", &fault);
    }
    bool good = check_best(trial, toy, told, &result, brute);
    struct set set = set_of_result(&result, told);
    bool proved = prices_prove(toy, told, &result.certificate, &set);
    if (good && mm_check(&told->instance, &toy->objective, &result, NULL, &fault) != MM_OK) {
        good = complain(trial, toy,
                        proved ? "the check refuses what the prices prove"
                               : "the prices do not prove the result",
                        &fault);
    }
    if (good && !proved) {
        good = complain(trial, toy, "the check accepts what the prices do not prove", NULL);
    }
    if (!good) {
        mm_result_free(&result);
        return false;
    }
    *ret_result = result;
    return true;
}

/* ---- objectives ---- */

#define OBJECTIVES 1957 /* ordered choices of any number of the 6 kinds of levels */
#define KINDS 6u

/* The number-th of them. */
static inline void objective_pick(uint32_t number, struct mm_objective *objective)
{
    uint32_t count = 0;
    uint32_t of_this_length = 1;
    while (number >= of_this_length) {
        number -= of_this_length;
        of_this_length *= KINDS - count;
        count++;
    }
    uint32_t free_kinds[KINDS] = {MM_CARDINALITY, MM_PRIORITY, MM_FLOOR,
                                  MM_BANDS,       MM_TOTAL,    MM_DISTURBANCE};
    uint32_t left = KINDS;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t pick = number % left;
        number /= left;
        objective->level[k] = (enum mm_level_kind)free_kinds[pick];
        memmove(&free_kinds[pick], &free_kinds[pick + 1],
                (left - pick - 1) * sizeof(free_kinds[0]));
        left--;
    }
    objective->level[count] = MM_END;
}

/* ---- random toys ---- */

static inline int random_score(struct chance *chance, uint32_t style)
{
    switch (style) {
    case 0:
        return (int)chance_below(chance, 10001);
    case 1:
        return 5000; /* all equal */
    case 2:
        return chance_of(chance, 50) ? 0 : 10000;
    case 3:
        return (int)chance_below(chance, 3) + 4000;
    case 4:
        return (int)chance_below(chance, 11) * 1000;
    default:
        return (int)chance_below(chance, 4) * 2500 + (int)chance_below(chance, 2);
    }
}

static inline void random_links(struct chance *chance, const struct toy *toy, uint32_t most,
                                struct mm_link *link, size_t *ret_count)
{
    *ret_count = toy->n && toy->m ? chance_below(chance, most + 1) : 0;
    for (size_t k = 0; k < *ret_count; k++) {
        link[k] = (struct mm_link){chance_below(chance, toy->n), chance_below(chance, toy->m)};
    }
}

static inline void random_people(struct chance *chance, struct toy *toy)
{
    bool several = chance_of(chance, 50);
    bool backgrounds = chance_of(chance, 50);
    bool priorities = chance_of(chance, 40);
    uint32_t most = 1 + chance_below(chance, 4);
    for (uint32_t i = 0; i < toy->n; i++) {
        toy->wants[i] = (uint8_t)(several ? 1 + chance_below(chance, 3) : 1);
        toy->priority[i] = (uint8_t)(priorities ? chance_below(chance, 4) : 0);
        toy->distinct[i] = backgrounds && chance_of(chance, 60);
        toy->mentee_id[i] = chance_next(chance);
    }
    for (uint32_t j = 0; j < toy->m; j++) {
        toy->capacity[j] = (uint8_t)chance_below(chance, most + 1);
        toy->background[j] = chance_below(chance, 3);
        toy->mentor_id[j] = chance_next(chance);
    }
}

static inline void random_scores(struct chance *chance, struct toy *toy)
{
    uint32_t style = chance_below(chance, 6);
    uint32_t allowed = 30 + chance_below(chance, 71);
    for (uint32_t i = 0; i < toy->n; i++) {
        for (uint32_t j = 0; j < toy->m; j++) {
            if (chance_of(chance, allowed)) {
                toy->score[i][j] = random_score(chance, style);
            }
        }
    }
}

static inline void random_pins(struct chance *chance, struct toy *toy)
{
    random_links(chance, toy, 2, toy->pin, &toy->pins);
    bool sensible = chance_of(chance, 80);
    size_t kept = 0;
    for (size_t k = 0; sensible && k < toy->pins; k++) {
        if (toy_allows(toy, toy->pin[k].mentee, toy->pin[k].mentor)) {
            toy->pin[kept++] = toy->pin[k];
        }
    }
    toy->pins = sensible ? kept : toy->pins;
}

static inline void random_toy(struct chance *chance, uint32_t side, uint64_t number,
                              struct toy *toy)
{
    struct choices choices;
    do {
        toy_open(toy, chance_below(chance, side + 1), chance_below(chance, side + 1));
        random_people(chance, toy);
        random_scores(chance, toy);
        objective_pick((uint32_t)(number % OBJECTIVES), &toy->objective);
        toy->objective.seed = chance_next(chance);
        toy->objective.bands = chance_of(chance, 30) ? 2 + chance_below(chance, 19) : 0;
        if (chance_of(chance, 35)) {
            random_links(chance, toy, 2, toy->ban, &toy->bans);
        }
        if (chance_of(chance, 35)) {
            random_pins(chance, toy);
        }
        if (chance_of(chance, 50)) {
            random_links(chance, toy, 5, toy->was, &toy->was_count);
            toy->objective.move_price = chance_of(chance, 50) ? chance_below(chance, 3000) : 0;
            toy->objective.keep_published = chance_of(chance, 25);
        }
    } while (list_choices(toy, &choices) > 20000);
}

#endif
