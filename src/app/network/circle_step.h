// SPDX-License-Identifier: Apache-2.0
//
// Why: the plan of a circle: what it means to do, step by step, each with an agenda and a day.
//
// Promises: only who leads the circle writes it; every member sees it and ticks what is done.
#ifndef TRELLIS_APP_NETWORK_CIRCLE_STEP_H
#define TRELLIS_APP_NETWORK_CIRCLE_STEP_H

#include "app/network/circle.h"

enum { CIRCLE_STEPS_MOST = 60, CIRCLE_STEPS_READY = 6 };

struct circle_step {
    int64_t id;
    const char *day; // "": whenever it suits
    const char *title;
    const char *text; // an agenda, in plain lines
    int64_t done_at;  // 0: open
    const char *done_by;
    bool late; // open, and its day is over; set by circle_steps
};

// In the order of their days, those without a day last. `today` is a day as text.
enum rc circle_steps(struct db_tx *tx, struct arena *arena, int64_t circle, const char *today,
                     struct circle_step **ret_steps, size_t *ret_count);
// The first that is open; id 0: none is.
enum rc circle_step_next(struct db_tx *tx, struct arena *arena, int64_t circle,
                         struct circle_step *ret_step);
enum rc circle_step_find(struct db_tx *tx, struct arena *arena, int64_t circle, int64_t id,
                         struct circle_step *ret_step);
// id 0: a new one. RC_LIMIT: there are CIRCLE_STEPS_MOST.
enum rc circle_step_set(const struct app_place *at, int64_t circle, struct circle_step *step,
                        int64_t by);
enum rc circle_step_drop(struct db_tx *tx, int64_t circle, int64_t id);
// RC_EXISTS: it is so already.
enum rc circle_step_turn(const struct app_place *at, int64_t circle, int64_t id, bool done,
                         int64_t by);
// A plan to begin with, `weeks` between its steps, from a day on, in a language. RC_EXISTS: there
// is a plan.
struct circle_ready {
    int64_t circle;
    int64_t first_day; // days since 1970
    int64_t weeks;
    const struct locale *locale;
    int64_t by;
};
enum rc circle_step_ready(const struct app_place *at, const struct circle_ready *ready);

#endif
