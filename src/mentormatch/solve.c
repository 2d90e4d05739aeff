// SPDX-License-Identifier: Apache-2.0
/*
 * solve_rows: unfolds the objective into linear levels, solves them one within the other, and
 * collects the pairs and the certificate. The levels themselves are solved in net_*.c.
 */
#include <string.h>

#include "memory.h"
#include "strategy.h"
#include "tie.h"

struct solve {
    struct prepared_instance *prepared;
    struct net *net;
    struct mm_result *result;
    struct mm_fault *fault;
    struct mm_memory memory;
};

/* ---- profits ---- */

static uint64_t left_id(const struct solve *s, uint32_t i)
{
    const struct prepared_instance *p = s->prepared;
    return instance_mentee_id(p->instance, p->mentee_at[s->net->mentee[i]]);
}

static void fill_tie_row(struct solve *s, uint32_t i, const uint64_t *mentor_id)
{
    struct net *net = s->net;
    uint64_t row = tie_row(s->prepared->objective.seed, left_id(s, i));
    for (uint32_t e = net->first[i]; e < net->end[i]; e++) {
        net->profit[e] =
            net->to[e] < net->mentors ? (int32_t)tie_pair(row, mentor_id[net->to[e]]) : 0;
    }
}

static enum mm_status fill_tie(struct solve *s)
{
    const struct prepared_instance *p = s->prepared;
    uint64_t *id = mm_take_raw(&s->memory, s->net->mentors, sizeof(*id));
    if (!id) {
        return MM_NO_MEMORY;
    }
    for (uint32_t j = 0; j < s->net->mentors; j++) {
        id[j] = instance_mentor_id(p->instance, p->mentor_at[j]);
    }
    for (uint32_t i = 0; i < s->net->left; i++) {
        fill_tie_row(s, i, id);
    }
    mm_give(&s->memory, id);
    return MM_OK;
}

static int32_t edge_profit(const struct solve *s, const struct mm_linear *level, uint32_t edge)
{
    const struct net *net = s->net;
    const struct mm_objective *objective = &s->prepared->objective;
    uint32_t score = net->score[edge];
    int32_t was = net->was && net->was[edge];
    switch (level->kind) {
    case MM_L_PAIRS:
        return 1;
    case MM_L_BAND:
        return score * objective->bands / (MM_SCORE_MAX + 1) == level->parameter ? -1 : 0;
    case MM_L_TOTAL:
        return (int32_t)score + was * (int32_t)objective->move_price;
    case MM_L_KEPT:
        return was;
    case MM_L_SERVED:
    case MM_L_PRIORITY:
    case MM_L_FLOOR:
    case MM_L_TIE:
    case MM_L_EMPTY:
        return 0;
    }
    return 0;
}

static enum mm_status fill_profits(struct solve *s, const struct mm_linear *level)
{
    struct net *net = s->net;
    if (level->kind == MM_L_TIE) {
        return fill_tie(s);
    }
    for (uint32_t i = 0; i < net->left; i++) {
        for (uint32_t e = net->first[i]; e < net->end[i]; e++) {
            net->profit[e] = net->to[e] < net->mentors ? edge_profit(s, level, e) : 0;
        }
    }
    return MM_OK;
}

/* What the first mentor of a mentee is worth at a level. */
static int32_t mentee_bonus(const struct solve *s, const struct mm_linear *level,
                            uint32_t canonical)
{
    const struct prepared_instance *p = s->prepared;
    if (level->kind == MM_L_SERVED) {
        return 1;
    }
    if (level->kind == MM_L_PRIORITY && p->instance->priority) {
        return p->instance->priority[p->mentee_at[canonical]];
    }
    return 0;
}

static void fill_bonuses(struct solve *s, const struct mm_linear *level)
{
    struct net *net = s->net;
    for (uint32_t i = 0; i < net->left; i++) {
        bool open = !net->served[i] && net->want[i] > 0 && net->room[i] == net->want[i];
        net->bonus[i] = open ? mentee_bonus(s, level, net->mentee[i]) : 0;
    }
    for (uint32_t j = net->mentors; j < net->right; j++) {
        bool open = net->right_open[j] && net->right_room[j] > 0;
        net->right_bonus[j] = open ? mentee_bonus(s, level, s->prepared->helper_of[j]) : 0;
    }
}

/* Everybody is somewhere. Not so before the first level where a circle must open. */
static bool is_settled(const struct net *net)
{
    for (uint32_t i = 0; i < net->left; i++) {
        if (net_left_excess(net, i) > 0) {
            return false;
        }
    }
    for (uint32_t j = 0; j < net->right; j++) {
        if (net_right_deficit(net, j) > 0) {
            return false;
        }
    }
    return true;
}

/* The level has nothing to choose. */
static bool is_flat(const struct net *net)
{
    for (uint32_t i = 0; i < net->left; i++) {
        if (net->bonus[i] != 0) {
            return false;
        }
        for (uint32_t e = net->first[i]; e < net->end[i]; e++) {
            if (net->profit[e] != 0) {
                return false;
            }
        }
    }
    for (uint32_t j = net->mentors; j < net->right; j++) {
        if (net->right_bonus[j] != 0) {
            return false;
        }
    }
    return true;
}

/* ---- levels ---- */

static const char *step_name(enum mm_linear_kind kind)
{
    switch (kind) {
    case MM_L_SERVED:
    case MM_L_PAIRS:
        return "cardinality";
    case MM_L_PRIORITY:
        return "priority";
    case MM_L_FLOOR:
        return "floor";
    case MM_L_BAND:
        return "bands";
    case MM_L_TOTAL:
        return "total";
    case MM_L_KEPT:
        return "disturbance";
    case MM_L_TIE:
        return "ties";
    case MM_L_EMPTY:
        break;
    }
    return "";
}

static struct mm_linear *add_level(struct solve *s, enum mm_linear_kind kind, uint32_t parameter,
                                   bool proof)
{
    struct mm_certificate *certificate = &s->result->certificate;
    struct mm_linear *level = &certificate->level[certificate->levels++];
    *level = (struct mm_linear){.kind = kind, .parameter = parameter, .proof = proof};
    return level;
}

static enum mm_status keep_prices(struct solve *s, struct mm_linear *level)
{
    const struct prepared_instance *p = s->prepared;
    int64_t *price = mm_take(&s->memory, s->net->mentors, sizeof(*price));
    if (!price) {
        return MM_NO_MEMORY;
    }
    for (uint32_t j = 0; j < s->net->mentors; j++) {
        price[p->mentor_at[j]] = s->net->v[j];
    }
    level->price = price;
    return MM_OK;
}

static bool needs_auction(enum mm_linear_kind kind)
{
    return kind == MM_L_TOTAL || kind == MM_L_TIE;
}

static enum mm_status solve_linear(struct solve *s, enum mm_linear_kind kind, uint32_t parameter)
{
    struct net *net = s->net;
    struct mm_linear *level = add_level(s, kind, parameter, false);
    net->step = step_name(kind);
    fill_bonuses(s, level);
    enum mm_status status = fill_profits(s, level);
    if (status != MM_OK || (is_settled(net) && is_flat(net))) {
        return status;
    }
    net->one_by_one = needs_auction(kind);
    if (net->one_by_one) {
        status = net_auction(net);
    } else {
        memset(net->v, 0, net->right * sizeof(*net->v));
    }
    if (status == MM_OK) {
        net_start(net);
        status = net_run(net, INT64_MAX);
    }
    if (status == MM_OK && (net->excess > 0 || net->deficit > 0)) {
        status = MM_CONTRADICTION;
    }
    if (status != MM_OK) {
        return status;
    }
    net_settle(net);
    status = keep_prices(s, level);
    if (status == MM_OK) {
        net_narrow(net);
    }
    return status;
}

/* Minus the pairs in use below the threshold: the optimum that the prices of a floor's proof show.
 */
static int64_t count_below(const struct net *net)
{
    int64_t value = 0;
    for (uint32_t k = 0; k < net->fixed_count; k++) {
        value -= net->fixed[k].score < net->threshold;
    }
    for (uint32_t i = 0; i < net->left; i++) {
        for (uint32_t k = 0; k < net->used[i]; k++) {
            value -= net->score[net->mate[net->unit_first[i] + k]] < net->threshold;
        }
    }
    return value;
}

static enum mm_status solve_floor(struct solve *s)
{
    uint32_t threshold = 0;
    bool proof = false;
    s->net->step = step_name(MM_L_FLOOR);
    s->net->one_by_one = false;
    memset(s->net->bonus, 0, s->net->left * sizeof(*s->net->bonus));
    memset(s->net->right_bonus, 0, s->net->right * sizeof(*s->net->right_bonus));
    enum mm_status status = net_floor(s->net, &threshold, &proof);
    if (status == MM_OK && proof) {
        net_settle(s->net);
        struct mm_linear *level = add_level(s, MM_L_FLOOR, threshold + 1, true);
        level->value = count_below(s->net);
        status = keep_prices(s, level);
    }
    if (status == MM_OK) {
        add_level(s, MM_L_FLOOR, threshold, false);
        net_drop_below(s->net, threshold);
    }
    return status;
}

static enum mm_status solve_bands(struct solve *s)
{
    enum mm_status status = MM_OK;
    for (uint32_t band = 0; status == MM_OK && band + 1 < s->prepared->objective.bands; band++) {
        status = solve_linear(s, MM_L_BAND, band);
    }
    return status;
}

static enum mm_status solve_level(struct solve *s, enum mm_level_kind kind)
{
    enum mm_status status = MM_OK;
    switch (kind) {
    case MM_CARDINALITY:
        status = solve_linear(s, MM_L_SERVED, 0);
        if (status == MM_OK && s->prepared->several) {
            status = solve_linear(s, MM_L_PAIRS, 0);
        }
        return status;
    case MM_PRIORITY:
        return s->prepared->any_priority ? solve_linear(s, MM_L_PRIORITY, 0) : MM_OK;
    case MM_FLOOR:
        return solve_floor(s);
    case MM_BANDS:
        return solve_bands(s);
    case MM_TOTAL:
        return solve_linear(s, MM_L_TOTAL, 0);
    case MM_DISTURBANCE:
        return s->prepared->any_was ? solve_linear(s, MM_L_KEPT, 0) : MM_OK;
    case MM_END:
        break;
    }
    return status;
}

/* Everybody outside: the assignment from which all levels start. */
static void start_outside(struct net *net)
{
    for (uint32_t i = 0; i < net->left; i++) {
        net->outside[i] = net->room[i];
    }
    for (uint32_t j = 0; j < net->right; j++) {
        net->right_outside[j] = net->right_room[j];
    }
}

static enum mm_status solve_levels(struct solve *s)
{
    enum mm_status status = MM_OK;
    start_outside(s->net);
    for (uint32_t k = 0; status == MM_OK && s->prepared->objective.level[k] != MM_END; k++) {
        status = solve_level(s, s->prepared->objective.level[k]);
    }
    if (status == MM_OK) {
        status = solve_linear(s, MM_L_TIE, 0);
    }
    return status;
}

enum mm_status solve_rows(const struct mm_instance *instance, const struct mm_objective *objective,
                          const struct mm_options *options, struct mm_result *ret_result,
                          struct mm_fault *ret_fault)
{
    struct prepared_instance prepared;
    struct mm_result result = {.lowest = MM_NOT_ALLOWED};
    enum mm_status status = instance_prepare(instance, objective, options, &prepared, ret_fault);
    if (status != MM_OK) {
        return status;
    }
    struct solve s = {
        .prepared = &prepared, .net = &prepared.net, .result = &result, .fault = ret_fault};
    s.memory = prepared.net.memory;
    result.memory = s.memory;
    result.seed = prepared.objective.seed;
    result.bands = prepared.objective.bands;
    result.certificate.level = mm_take(&s.memory, MM_LEVELS_MAX, sizeof(struct mm_linear));
    status = result.certificate.level ? solve_levels(&s) : MM_NO_MEMORY;
    if (status == MM_OK) {
        status = result_collect(&prepared, &result);
    }
    instance_release(&prepared);
    if (status != MM_OK) {
        mm_result_free(&result);
        return fault_at(ret_fault, status, mm_status_text(status), MM_NOBODY, MM_NOBODY);
    }
    result.proved = true;
    *ret_result = result;
    return MM_OK;
}
