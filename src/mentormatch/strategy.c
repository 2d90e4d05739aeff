// SPDX-License-Identifier: Apache-2.0
/*
 * mm_solve: chooses how. See strategy.h.
 */
#include "strategy.h"

/* Below this many cells a dense table is worked on whole. */
#define SMALL_TABLE 20000u

enum mm_status mm_solve(const struct mm_instance *instance, const struct mm_objective *objective,
                        const struct mm_options *options, struct mm_result *ret_result,
                        struct mm_fault *ret_fault)
{
    if (objective && objective->limit_moves) {
        return solve_moves(instance, objective, options, ret_result, ret_fault);
    }
    bool dense = !instance->first && !instance->mentor;
    uint64_t cells = (uint64_t)instance->mentees * instance->mentors;
    if (!dense || cells < SMALL_TABLE || instance_has_circles(instance)) {
        return solve_circles(instance, objective, options, ret_result, ret_fault);
    }
    enum mm_status status = instance_check(instance, ret_fault);
    return status == MM_OK ? solve_dense(instance, objective, options, ret_result, ret_fault)
                           : status;
}
