// SPDX-License-Identifier: Apache-2.0
//
// Why: the demo's second cohort, whose pairs are ten weeks under way, so that every page of a pair
// and of those who look after pairs has something to show.
#ifndef TRELLIS_MAIN_DEMO_PAIRS_H
#define TRELLIS_MAIN_DEMO_PAIRS_H

#include "app/app.h"

struct demo_pairs {
    const struct app *app;
    struct db_tx *tx;
    struct arena *arena;
    const char *stored; // the password of everyone in it
    int64_t now_us;
    uint32_t chance;
};

// Adds a cohort with 24 pairs. pair1@demo.example and guide1@demo.example are a pair that goes
// well; keeper@demo.example is named for safety.
enum rc demo_pairs_add(struct demo_pairs *demo);

#endif
