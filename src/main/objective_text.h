// SPDX-License-Identifier: Apache-2.0
//
// Why: what is asked of the solver, in the o lines of the plain instance format.
//
// Promises: as instance_text.h. The number of bands has no line of its own: it stands behind the
// level `bands`, so it can't be told where that level is not asked for.
//
// Not for: the rest of an instance.
#ifndef TRELLIS_MAIN_OBJECTIVE_TEXT_H
#define TRELLIS_MAIN_OBJECTIVE_TEXT_H

#include "base/buffer.h"

#include "mentormatch.h"
#include "plain_cursor.h"

// Reads the rest of an o line into the objective. *told has a bit for each option seen; it begins
// as 0. False: there was a fault.
bool objective_text_read(struct plain_cursor *cursor, struct mm_objective *objective,
                         uint32_t *told);

enum rc objective_text_write(struct buffer *buffer, const struct mm_objective *objective);

#endif
