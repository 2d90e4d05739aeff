// SPDX-License-Identifier: Apache-2.0
/*
 * At most so many published pairs may move. If the best result moves no more, it is the answer,
 * with its proof. Otherwise a price on every move is raised until few enough move: the lowest such
 * price gives the answer, and Lagrangian duality (Geoffrion 1974) bounds what any other allowed
 * result could add to the total. Where the moves come from levels before the total, keeping pairs
 * is put before those levels, as late as will do.
 */
#include "strategy.h"

#define PRICE_MAX 1000000u

struct moves {
    const struct mm_instance *instance;
    const struct mm_options *options;
    struct mm_fault *fault;
    struct mm_objective objective; /* complete, without the limit */
    uint32_t most;
};

static enum mm_status attempt(const struct moves *m, const struct mm_objective *objective,
                              struct mm_result *ret_result, bool *ret_fits)
{
    enum mm_status status = solve_circles(m->instance, objective, m->options, ret_result, m->fault);
    *ret_fits = status == MM_OK && ret_result->moved <= m->most;
    return status;
}

static uint32_t count_levels(const struct mm_objective *objective)
{
    uint32_t count = 0;
    while (objective->level[count] != MM_END) {
        count++;
    }
    return count;
}

static bool has_level(const struct mm_objective *objective, enum mm_level_kind kind)
{
    for (uint32_t k = 0; objective->level[k] != MM_END; k++) {
        if (objective->level[k] == kind) {
            return true;
        }
    }
    return false;
}

/* The objective with keeping pairs before level `at`; a later level of that kind is dropped. */
static struct mm_objective keep_before(const struct mm_objective *objective, uint32_t at)
{
    struct mm_objective changed = *objective;
    uint32_t put = 0;
    for (uint32_t k = 0; k < 8 && put < 7; k++) {
        if (k == at) {
            changed.level[put++] = MM_DISTURBANCE;
        }
        if (objective->level[k] == MM_END) {
            break;
        }
        if (objective->level[k] != MM_DISTURBANCE) {
            changed.level[put++] = objective->level[k];
        }
    }
    changed.level[put] = MM_END;
    return changed;
}

/* The lowest price per move that keeps enough; *ret_fits false when not even the highest does. */
static enum mm_status raise_price(const struct moves *m, struct mm_result *ret_result,
                                  bool *ret_fits)
{
    struct mm_objective priced = m->objective;
    uint32_t low = m->objective.move_price;
    uint32_t high = PRICE_MAX;
    priced.move_price = high;
    enum mm_status status = attempt(m, &priced, ret_result, ret_fits);
    if (status != MM_OK || !*ret_fits) {
        if (status == MM_OK) {
            mm_result_free(ret_result);
        }
        return status;
    }
    while (high - low > 1) {
        struct mm_result result = {0};
        bool fits = false;
        priced.move_price = low + (high - low) / 2;
        status = attempt(m, &priced, &result, &fits);
        if (status != MM_OK) {
            mm_result_free(ret_result);
            return status;
        }
        if (!fits) {
            low = priced.move_price;
            mm_result_free(&result);
            continue;
        }
        high = priced.move_price;
        mm_result_free(ret_result);
        *ret_result = result;
    }
    ret_result->gap = (int64_t)high * ((int64_t)m->most - ret_result->moved);
    return MM_OK;
}

static enum mm_status keep_earlier(const struct moves *m, struct mm_result *ret_result)
{
    for (uint32_t at = count_levels(&m->objective); at-- > 0;) {
        struct mm_objective changed = keep_before(&m->objective, at);
        bool fits = false;
        enum mm_status status = attempt(m, &changed, ret_result, &fits);
        if (status != MM_OK || fits) {
            return status;
        }
        mm_result_free(ret_result);
    }
    return fault_at(m->fault, MM_CONTRADICTION,
                    "More published pairs have to move than the limit allows.", MM_NOBODY,
                    MM_NOBODY);
}

/* Pairs of `was` that are no longer allowed go in any case, and do not count against the limit. */
static uint32_t count_gone(const struct mm_instance *instance)
{
    uint32_t gone = 0;
    for (size_t k = 0; k < instance->was_count; k++) {
        bool repeated = false;
        for (size_t e = 0; e < k && !repeated; e++) {
            repeated = instance->was[e].mentee == instance->was[k].mentee &&
                       instance->was[e].mentor == instance->was[k].mentor;
        }
        gone += !repeated && !instance_pair_open(instance, instance->was[k]);
    }
    return gone;
}

enum mm_status solve_moves(const struct mm_instance *instance, const struct mm_objective *objective,
                           const struct mm_options *options, struct mm_result *ret_result,
                           struct mm_fault *fault)
{
    struct moves m = {.instance = instance, .options = options, .fault = fault};
    bool fits = false;
    enum mm_status status = objective_complete(objective, instance, &m.objective, fault);
    if (status == MM_OK) {
        status = instance_check(instance, fault);
    }
    if (status != MM_OK) {
        return status;
    }
    m.objective.limit_moves = false;
    m.most = objective->moves + count_gone(instance);
    status = attempt(&m, &m.objective, ret_result, &fits);
    if (status != MM_OK || fits) {
        return status;
    }
    mm_result_free(ret_result);
    if (has_level(&m.objective, MM_TOTAL)) {
        status = raise_price(&m, ret_result, &fits);
        if (status != MM_OK) {
            return status;
        }
    }
    if (!fits) {
        status = keep_earlier(&m, ret_result);
        if (status == MM_OK) {
            ret_result->gap = -1;
        }
    }
    if (status == MM_OK) {
        ret_result->proved = false;
    }
    return status;
}
