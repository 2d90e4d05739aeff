// SPDX-License-Identifier: Apache-2.0
/*
 * Why a pair is good, and why a mentee is alone. Both ask the judge of score.h, which reads the
 * people's features as they stand, so that an explanation is about the rules and not about how the
 * solver works.
 */
#include "instance.h"
#include "memory.h"
#include "score.h"
#include "sort.h"

/* Checks everybody who is one of these two human beings in another role: a circle of two looks at
 * them. */
static enum mm_status check_other_roles(const struct mm_pool *pool, struct mm_link pair,
                                        struct mm_fault *fault)
{
    uint64_t mentee_human = pool->mentee[pair.mentee].human;
    uint64_t mentor_human = pool->mentor[pair.mentor].human;
    enum mm_status status = MM_OK;
    for (uint32_t i = 0; mentor_human != 0 && i < pool->mentees && status == MM_OK; i++) {
        if (pool->mentee[i].human == mentor_human) {
            status = pool_check_mentee(pool, i, fault);
        }
    }
    for (uint32_t j = 0; mentee_human != 0 && j < pool->mentors && status == MM_OK; j++) {
        if (pool->mentor[j].human == mentee_human) {
            status = pool_check_mentor(pool, j, fault);
        }
    }
    return status;
}

enum mm_status mm_explain_pair(const struct mm_pool *pool, struct mm_link pair,
                               struct mm_explanation *ret_explanation, struct mm_fault *ret_fault)
{
    enum mm_status status = pool_check_frame(pool, ret_fault);
    if (status == MM_OK) {
        status = pool_check_mentee(pool, pair.mentee, ret_fault);
    }
    if (status == MM_OK) {
        status = pool_check_mentor(pool, pair.mentor, ret_fault);
    }
    if (status == MM_OK) {
        status = check_other_roles(pool, pair, ret_fault);
    }
    if (status != MM_OK) {
        return status;
    }
    struct judge judge;
    judge_open(pool, &judge);
    judge_pair(&judge, pair, ret_explanation);
    return MM_OK;
}

/* The pool as a whole, once, for many questions. */
static enum mm_status check_whole(const struct mm_pool *pool, const struct mm_options *options,
                                  struct mm_memory *ret_memory, struct mm_fault *fault)
{
    static const struct mm_memory by_libc = {0};
    *ret_memory = options ? options->memory : by_libc;
    return pool_check(pool, ret_memory, fault);
}

enum mm_status mm_explain_pairs(const struct mm_pool *pool, const struct mm_link *pairs,
                                size_t count, const struct mm_options *options,
                                struct mm_explanation *rows, struct mm_fault *ret_fault)
{
    struct mm_memory memory;
    enum mm_status status = check_whole(pool, options, &memory, ret_fault);
    if (status != MM_OK) {
        return status;
    }
    struct judge judge;
    judge_open(pool, &judge);
    for (size_t k = 0; k < count; k++) {
        if (pairs[k].mentee >= pool->mentees || pairs[k].mentor >= pool->mentors) {
            return fault_at(ret_fault, MM_BAD_INPUT, "A pair names a person who is not there.",
                            pairs[k].mentee, pairs[k].mentor);
        }
        judge_pair(&judge, pairs[k], &rows[k]);
    }
    return MM_OK;
}

/* ---- why a mentee is alone ---- */

/* What costs more than any change of an amount, by how gladly a programme would do it: to ask for a
 * missing answer, to give up a rule of its own, to give up what somebody asked for. */
#define COST_ASK 20000u
#define COST_OFF 30000u
#define COST_OFF_ASKED 40000u
#define COST_NEVER UINT32_MAX

struct alone {
    struct mm_pool pool; /* with those entries of `avoid` only that are about her */
    struct judge judge;
    uint32_t mentee;
    struct mm_memory memory;
    struct mm_link *avoid;
    uint8_t *banned;           /* per mentor */
    struct keyed *by_human;    /* mentees, when she has a role as mentor; else NULL */
    struct mm_unmatched found; /* so far */
    uint32_t cost;             /* of the relaxation so far */
    uint16_t score;            /* and of its candidate */
};

static bool about(const struct mm_pool *pool, uint32_t mentee, struct mm_link link)
{
    uint64_t human = pool->mentee[mentee].human;
    return link.mentee == mentee || (human != 0 && (pool->mentee[link.mentee].human == human ||
                                                    pool->mentor[link.mentor].human == human));
}

static bool has_mentor_role(const struct mm_pool *pool, uint64_t human)
{
    for (uint32_t j = 0; human != 0 && j < pool->mentors; j++) {
        if (pool->mentor[j].human == human) {
            return true;
        }
    }
    return false;
}

static enum mm_status sort_humans(struct alone *alone)
{
    uint32_t count = alone->pool.mentees;
    alone->by_human = mm_take_raw(&alone->memory, count, sizeof(*alone->by_human));
    struct keyed *spare =
        alone->by_human ? mm_take_raw(&alone->memory, count, sizeof(*spare)) : NULL;
    if (!spare) {
        return MM_NO_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        alone->by_human[i] = (struct keyed){alone->pool.mentee[i].human, i};
    }
    sort_keyed(alone->by_human, spare, count);
    mm_give(&alone->memory, spare);
    return MM_OK;
}

/* Takes out of the lists what is about her. */
static enum mm_status alone_open(const struct mm_pool *pool, uint32_t mentee, struct alone *alone)
{
    alone->pool = *pool;
    alone->mentee = mentee;
    alone->cost = COST_NEVER;
    alone->found.relax_rule = -1;
    alone->found.relax_mentor = MM_NOBODY;
    size_t count = 0;
    for (size_t k = 0; k < pool->avoids; k++) {
        count += about(pool, mentee, pool->avoid[k]);
    }
    alone->avoid = mm_take_raw(&alone->memory, count, sizeof(*alone->avoid));
    alone->banned = mm_take(&alone->memory, pool->mentors, 1);
    if (!alone->avoid || !alone->banned) {
        return MM_NO_MEMORY;
    }
    count = 0;
    for (size_t k = 0; k < pool->avoids; k++) {
        if (about(pool, mentee, pool->avoid[k])) {
            alone->avoid[count++] = pool->avoid[k];
        }
    }
    alone->pool.avoid = alone->avoid;
    alone->pool.avoids = count;
    for (size_t k = 0; k < pool->bans; k++) {
        if (pool->ban[k].mentee == mentee) {
            alone->banned[pool->ban[k].mentor] = 1;
        }
    }
    judge_open(&alone->pool, &alone->judge);
    return has_mentor_role(pool, pool->mentee[mentee].human) ? sort_humans(alone) : MM_OK;
}

static void alone_close(struct alone *alone)
{
    mm_give(&alone->memory, alone->by_human);
    mm_give(&alone->memory, alone->banned);
    mm_give(&alone->memory, alone->avoid);
}

/* First place of the sorted list whose human is not below this one. */
static uint32_t first_of_human(const struct alone *alone, uint64_t human)
{
    uint32_t low = 0;
    uint32_t count = alone->pool.mentees;
    while (count > 0) {
        uint32_t half = count / 2;
        if (alone->by_human[low + half].key < human) {
            low += half + 1;
            count -= half + 1;
            continue;
        }
        count = half;
    }
    return low;
}

/* Whether any of the mentor's roles as a mentee makes the better half of a circle of two. */
static bool loses_circle(const struct alone *alone, struct mm_link pair,
                         const struct mm_explanation *own)
{
    const struct mm_pool *pool = &alone->pool;
    uint64_t human = pool->mentor[pair.mentor].human;
    uint64_t own_human = pool->mentee[pair.mentee].human;
    if (human == 0 || human == own_human) {
        return false;
    }
    for (uint32_t k = first_of_human(alone, human);
         k < pool->mentees && alone->by_human[k].key == human; k++) {
        for (uint32_t j = 0; j < pool->mentors; j++) {
            struct mm_link reverse = {(uint32_t)alone->by_human[k].value, j};
            if (pool->mentor[j].human == own_human &&
                judge_loses_circle(&alone->judge, pair, own, reverse)) {
                return true;
            }
        }
    }
    return false;
}

static void judge_alone(const struct alone *alone, uint32_t mentor,
                        struct mm_explanation *ret_explanation)
{
    struct mm_link pair = {alone->mentee, mentor};
    judge_features(&alone->judge, pair, ret_explanation);
    if (judge_avoids(&alone->judge, pair)) {
        judge_refuse(ret_explanation, MM_R_AVOID);
    }
    if (alone->by_human && ret_explanation->allowed &&
        alone->judge.rules.rule[MM_R_SAME_HUMAN].use &&
        loses_circle(alone, pair, ret_explanation)) {
        judge_refuse(ret_explanation, MM_R_SAME_HUMAN);
    }
}

/* ---- the smallest relaxation ---- */

struct relaxation {
    uint32_t cost; /* up to 10000: the part of the amount that is given up */
    uint32_t amount;
};

static struct relaxation lower_to(uint32_t have, uint32_t amount)
{
    return (struct relaxation){10000 * (amount - have) / amount, have};
}

static uint32_t worst_minutes(const struct alone *alone, const struct mm_explanation *explanation)
{
    uint32_t worst = UINT16_MAX;
    for (uint32_t p = 0; p < alone->judge.phases; p++) {
        worst = explanation->overlap[p] < worst ? explanation->overlap[p] : worst;
    }
    return worst;
}

static struct relaxation relax_seniority(const struct alone *alone, uint32_t mentor,
                                         uint32_t amount)
{
    uint32_t below = alone->pool.mentee[alone->mentee].seniority;
    uint32_t above = alone->pool.mentor[mentor].seniority;
    return above < below ? (struct relaxation){COST_OFF, 0} : lower_to(above - below, amount);
}

static struct relaxation relax_topic(const struct alone *alone, uint32_t mentor, uint32_t amount)
{
    uint32_t best = judge_best_percent(&alone->judge, (struct mm_link){alone->mentee, mentor});
    return best == 0 ? (struct relaxation){COST_OFF, 0} : lower_to(best, amount);
}

/* What it takes to have this rule, the only one against the mentor, let her pass. */
static struct relaxation relax(const struct alone *alone, uint32_t mentor,
                               const struct mm_explanation *explanation, enum mm_rule_kind rule)
{
    uint32_t amount = alone->judge.rules.rule[rule].amount;
    if (explanation->flagged >> rule & 1) {
        return (struct relaxation){COST_ASK, 0};
    }
    switch (rule) {
    case MM_R_OVERLAP:
        return lower_to(worst_minutes(alone, explanation), amount);
    case MM_R_SENIORITY:
        return relax_seniority(alone, mentor, amount);
    case MM_R_TOPIC:
        return relax_topic(alone, mentor, amount);
    case MM_R_LOW_SCORE:
        return lower_to(explanation->score, amount);
    case MM_R_ZONE:
        return (struct relaxation){10000 * (explanation->zone_distance - amount) / 720,
                                   explanation->zone_distance};
    case MM_R_LANGUAGE:
    case MM_R_FORMAT:
    case MM_R_EMPLOYER:
    case MM_R_LINE:
        return (struct relaxation){COST_OFF, 0};
    case MM_R_PLACE:
    case MM_R_ASKS_WOMAN:
        return (struct relaxation){COST_OFF_ASKED, 0};
    case MM_R_SAME_HUMAN:
    case MM_R_AVOID:
    case MM_R_VETO:
    case MM_R_OPEN_TO_ALL:
    case MM_RULES:
        break;
    }
    return (struct relaxation){COST_NEVER, 0};
}

static void consider(struct alone *alone, uint32_t mentor, const struct mm_explanation *explanation,
                     enum mm_rule_kind rule)
{
    struct relaxation way = relax(alone, mentor, explanation, rule);
    if (way.cost == COST_NEVER || way.cost > alone->cost) {
        return;
    }
    struct mm_unmatched *found = &alone->found;
    if (way.cost == alone->cost) {
        const struct mm_person *people = alone->pool.mentor;
        bool better = explanation->score > alone->score ||
                      (explanation->score == alone->score &&
                       people[mentor].id < people[found->relax_mentor].id);
        if (!better) {
            return;
        }
    }
    alone->cost = way.cost;
    alone->score = explanation->score;
    found->relax_rule = (int8_t)rule;
    found->relax_amount = way.amount;
    found->relax_mentor = mentor;
}

static void count_mentor(struct alone *alone, uint32_t mentor)
{
    struct mm_explanation explanation;
    judge_alone(alone, mentor, &explanation);
    struct mm_unmatched *found = &alone->found;
    bool banned = alone->banned[mentor] != 0;
    bool one_rule =
        explanation.refused != 0 && (explanation.refused & (explanation.refused - 1)) == 0;
    bool only = one_rule && explanation.mandatory == 0 && !banned;
    found->mentors++;
    for (uint32_t r = 0; r < MM_RULES; r++) {
        if (!(explanation.refused >> r & 1)) {
            continue;
        }
        found->removed[r]++;
        if (only) {
            found->only[r]++;
            consider(alone, mentor, &explanation, (enum mm_rule_kind)r);
        }
    }
    found->removed_mandatory += explanation.mandatory != 0;
    found->banned += banned;
    found->left += explanation.allowed && !banned;
}

/* Checks her, every mentor, and with a role as mentor every mentee: see check_other_roles. */
static enum mm_status check_around(const struct mm_pool *pool, uint32_t mentee,
                                   struct mm_fault *fault)
{
    enum mm_status status = pool_check_frame(pool, fault);
    if (status == MM_OK) {
        status = pool_check_mentee(pool, mentee, fault);
    }
    for (uint32_t j = 0; status == MM_OK && j < pool->mentors; j++) {
        status = pool_check_mentor(pool, j, fault);
    }
    if (status != MM_OK || !has_mentor_role(pool, pool->mentee[mentee].human)) {
        return status;
    }
    for (uint32_t i = 0; status == MM_OK && i < pool->mentees; i++) {
        status = pool_check_mentee(pool, i, fault);
    }
    return status;
}

static enum mm_status explain_alone(const struct mm_pool *pool, uint32_t mentee,
                                    const struct mm_memory *memory,
                                    struct mm_unmatched *ret_unmatched, struct mm_fault *fault)
{
    struct alone alone = {.memory = *memory};
    enum mm_status status = alone_open(pool, mentee, &alone);
    if (status == MM_NO_MEMORY) {
        fault_at(fault, MM_NO_MEMORY, "Memory ran out.", MM_NOBODY, MM_NOBODY);
    }
    for (uint32_t j = 0; status == MM_OK && j < pool->mentors; j++) {
        if (pool->mentor[j].places > 0) {
            count_mentor(&alone, j);
        }
    }
    if (status == MM_OK) {
        *ret_unmatched = alone.found;
    }
    alone_close(&alone);
    return status;
}

enum mm_status mm_explain_unmatched(const struct mm_pool *pool, uint32_t mentee,
                                    struct mm_unmatched *ret_unmatched, struct mm_fault *ret_fault)
{
    static const struct mm_memory by_libc = {0};
    enum mm_status status = check_around(pool, mentee, ret_fault);
    return status == MM_OK ? explain_alone(pool, mentee, &by_libc, ret_unmatched, ret_fault)
                           : status;
}

enum mm_status mm_explain_all_unmatched(const struct mm_pool *pool, const uint32_t *mentees,
                                        size_t count, const struct mm_options *options,
                                        struct mm_unmatched *rows, struct mm_fault *ret_fault)
{
    struct mm_memory memory;
    enum mm_status status = check_whole(pool, options, &memory, ret_fault);
    const struct mm_progress *progress = options ? &options->progress : NULL;
    for (size_t k = 0; k < count && status == MM_OK; k++) {
        if (mentees[k] >= pool->mentees) {
            return fault_at(ret_fault, MM_BAD_INPUT,
                            "A question is about a mentee who is not there.", mentees[k],
                            MM_NOBODY);
        }
        status = explain_alone(pool, mentees[k], &memory, &rows[k], ret_fault);
        if (status == MM_OK && progress && progress->tell &&
            !progress->tell(progress->context, "explain", k + 1, count)) {
            return fault_at(ret_fault, MM_STOPPED, "The caller asked to stop.", MM_NOBODY,
                            MM_NOBODY);
        }
    }
    return status;
}
