// SPDX-License-Identifier: Apache-2.0
//
// Why: what people of the demo write in words when they are asked, with the tags of those who read
// it, and questions of the programme's own.
#ifndef TRELLIS_MAIN_DEMO_WORDS_H
#define TRELLIS_MAIN_DEMO_WORDS_H

#include "app/app.h"

// After all cohorts. `manager` runs the programme.
enum rc demo_words_add(const struct app_place *at, int64_t manager);

#endif
