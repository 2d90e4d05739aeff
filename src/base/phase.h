// SPDX-License-Identifier: Apache-2.0
//
// Why: two people's weeks overlap differently whenever a clock of one of them has changed. A phase
// is a time in which no clock of a group of zones changes; pieces with the same offsets are one.
//
// Promises: the phases together are the whole time asked for, but for what is said to be left out.
//
// Not for: weeks or people; those stand above.
#ifndef TRELLIS_BASE_PHASE_H
#define TRELLIS_BASE_PHASE_H

#include "base/zone.h"

enum { PHASE_STEP_MINUTES = 15 };

struct phase {
    int64_t from_s; // of its first piece
    int64_t to_s;
    int64_t seconds; // of all its pieces
};

struct phase_question {
    const struct zone *zones;
    size_t zone_count;
    int64_t from_s;
    int64_t to_s; // the first second after
    size_t most;  // phases: the longest are kept
};

// The phases of the time asked for; ret_left_out_s: the time of those that were too many.
enum rc phase_find(struct arena *arena, const struct phase_question *question,
                   struct phase *ret_phases, size_t *ret_count, int64_t *ret_left_out_s);

// The offset from UTC in minutes, as a multiple of PHASE_STEP_MINUTES: every zone's is one since
// 1986; others are taken to the nearest.
int16_t phase_offset_minutes(const struct zone *zone, int64_t at_s);

#endif
