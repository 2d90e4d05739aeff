// SPDX-License-Identifier: Apache-2.0
//
// Why: what a programme learns in the demo: a cohort that is over, whose measures were kept on the
// day on which it closed, findings, what was changed, what came of it, and review meetings.
#ifndef TRELLIS_MAIN_DEMO_IMPROVE_H
#define TRELLIS_MAIN_DEMO_IMPROVE_H

#include "demo_pairs.h"

// After all other parts. `manager` runs the programme.
enum rc demo_improve_add(struct demo_pairs *demo, int64_t manager);

#endif
