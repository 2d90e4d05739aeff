// SPDX-License-Identifier: Apache-2.0
//
// Why: an instance of the matching problem in plain text, so that anybody can give one to
// `trellis solve` from any language, keep it, and compare solvers on it. docs/formats.md has the
// format.
//
// Promises: every rule of the format is held; what is wrong is named with line, column and what to
// do; everything written is read back as it was. Reads some ten million pairs a second.
//
// Not for: files (base/file.h), or whether pins fit the rules (mm_solve says that).
#ifndef TRELLIS_MAIN_INSTANCE_TEXT_H
#define TRELLIS_MAIN_INSTANCE_TEXT_H

#include "base/buffer.h"
#include "base/problem.h"
#include "base/rc.h"
#include "base/text.h"

#include "mentormatch.h"

struct instance_text {
    struct mm_instance instance; // arrays in the arena
    struct mm_objective objective;
};

// `file` names the content in problems. RC_BAD_INPUT: problems were added.
enum rc instance_text_read(struct arena *arena, const char *file, struct text content,
                           struct problem_list *problems, struct instance_text *ret_instance);

// Writes an instance and what is asked of it. objective NULL: the defaults, unsaid.
enum rc instance_text_write(struct buffer *buffer, const struct mm_instance *instance,
                            const struct mm_objective *objective);

#endif
