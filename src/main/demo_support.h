// SPDX-License-Identifier: Apache-2.0
//
// Why: the demo's plans, trainings and resources, and how far its pairs are with them.
#ifndef TRELLIS_MAIN_DEMO_SUPPORT_H
#define TRELLIS_MAIN_DEMO_SUPPORT_H

#include "app/app.h"

// Before pairs begin: what is ready, and some resources of the organisation's own.
enum rc demo_support_begin(const struct app_place *at, int64_t editor);

// After: rules of both cohorts, what pairs have done, and who has completed a training.
enum rc demo_support_live(const struct app_place *at);

// After articles.
enum rc demo_support_borrow(const struct app_place *at, int64_t editor);

#endif
