// SPDX-License-Identifier: Apache-2.0
/*
 * What is asked of the solver: defaults, and refusal of what makes no sense.
 */
#include "instance.h"

#define MOVE_PRICE_MAX 1000000u
#define BANDS_DEFAULT 10u

enum mm_status fault_at(struct mm_fault *fault, enum mm_status status, const char *text,
                        uint32_t mentee, uint32_t mentor)
{
    if (fault) {
        *fault = (struct mm_fault){.text = text, .mentee = mentee, .mentor = mentor, .level = -1};
    }
    return status;
}

static enum mm_status fault_objective(struct mm_fault *fault, const char *text)
{
    return fault_at(fault, MM_BAD_INPUT, text, MM_NOBODY, MM_NOBODY);
}

static bool has_priority(const struct mm_instance *instance)
{
    if (!instance->priority) {
        return false;
    }
    for (uint32_t i = 0; i < instance->mentees; i++) {
        if (instance->priority[i] > 0) {
            return true;
        }
    }
    return false;
}

static void default_levels(const struct mm_instance *instance, struct mm_objective *objective)
{
    uint32_t count = 0;
    objective->level[count++] = MM_CARDINALITY;
    if (has_priority(instance)) {
        objective->level[count++] = MM_PRIORITY;
    }
    objective->level[count++] = MM_FLOOR;
    objective->level[count++] = MM_BANDS;
    objective->level[count++] = MM_TOTAL;
    objective->level[count] = MM_END;
}

static enum mm_status check_levels(const struct mm_objective *objective, struct mm_fault *fault)
{
    uint32_t seen = 0;
    uint32_t count = sizeof(objective->level) / sizeof(objective->level[0]);
    for (uint32_t k = 0; k < count; k++) {
        enum mm_level_kind kind = objective->level[k];
        if (kind == MM_END) {
            return MM_OK;
        }
        if ((int)kind < 0 || kind > MM_DISTURBANCE) {
            return fault_objective(fault, "The objective names a level that does not exist.");
        }
        if (seen & (1u << kind)) {
            return fault_objective(fault, "The objective names a level twice.");
        }
        seen |= 1u << kind;
    }
    return fault_objective(fault, "The objective's list of levels has no end.");
}

enum mm_status objective_complete(const struct mm_objective *asked,
                                  const struct mm_instance *instance,
                                  struct mm_objective *ret_objective, struct mm_fault *fault)
{
    struct mm_objective objective = {.bands = 0};
    if (asked) {
        objective = *asked;
    }
    if (objective.level[0] == MM_END) {
        default_levels(instance, &objective);
    }
    if (objective.bands == 0) {
        objective.bands = BANDS_DEFAULT;
    }
    if (objective.bands < 2 || objective.bands > MM_BANDS_MAX) {
        return fault_objective(fault, "The number of bands must lie between 2 and 20.");
    }
    if (objective.move_price > MOVE_PRICE_MAX) {
        return fault_objective(
            fault, "The price of a moved pair must lie between 0 and 1,000,000 points.");
    }
    enum mm_status status = check_levels(&objective, fault);
    if (status == MM_OK) {
        *ret_objective = objective;
    }
    return status;
}
