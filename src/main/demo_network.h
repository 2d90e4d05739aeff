// SPDX-License-Identifier: Apache-2.0
//
// Why: what the people of the demo's pairs do beyond them: circles, events, a round, introductions
// and short talks, past and to come.
#ifndef TRELLIS_MAIN_DEMO_NETWORK_H
#define TRELLIS_MAIN_DEMO_NETWORK_H

#include "demo_pairs.h"

// After demo_pairs_add, in its cohort. pair1@demo.example leads a circle.
enum rc demo_network_add(struct demo_pairs *demo);

#endif
