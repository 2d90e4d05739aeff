// SPDX-License-Identifier: Apache-2.0
//
// Why: what the demo's programme asks beside the usual, how matching uses it, and what its people
// have answered.
#ifndef TRELLIS_MAIN_DEMO_ASKED_H
#define TRELLIS_MAIN_DEMO_ASKED_H

#include "app/app.h"

// After all sign-ups of the cohort.
enum rc demo_asked_add(const struct app_place *at, int64_t cohort);

#endif
