// SPDX-License-Identifier: Apache-2.0
//
// Why: the demo's recognition: two pairs that came to a good end, a certificate,
// thanks, stories, and awards.
#ifndef TRELLIS_MAIN_DEMO_RECOGNITION_H
#define TRELLIS_MAIN_DEMO_RECOGNITION_H

#include "app/app.h"

// After the pairs of the demo.
enum rc demo_recognition_add(const struct app_place *place);

#endif
