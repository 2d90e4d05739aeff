// SPDX-License-Identifier: Apache-2.0
//
// Why: a result with its certificate in plain text, so that `trellis verify` can check what this
// or any other program has found. docs/formats.md has the format.
//
// Promises: everything written is read back as it was, but for how the result was reached. What a
// result does not tell (its v lines may be missing) is filled in from its pairs. What is wrong with
// the text is named with line and column; whether what it says is true, mm_check decides.
//
// Not for: files (base/file.h), or any rule of the matching.
#ifndef TRELLIS_MAIN_RESULT_TEXT_H
#define TRELLIS_MAIN_RESULT_TEXT_H

#include "base/buffer.h"
#include "base/problem.h"
#include "base/rc.h"
#include "base/text.h"

#include "instance_text.h"
#include "mentormatch.h"

// `mentors` of the instance that the result belongs to.
enum rc result_text_write(struct buffer *buffer, const struct mm_result *result, uint32_t mentors);

// The result's arrays are in the arena: not for mm_result_free. Pins are marked as the instance has
// them. RC_BAD_INPUT: problems were added.
enum rc result_text_read(struct arena *arena, const char *file, struct text content,
                         const struct instance_text *instance, struct problem_list *problems,
                         struct mm_result *ret_result);

#endif
