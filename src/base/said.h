// SPDX-License-Identifier: Apache-2.0
//
// Why: a sentence about an input is read by somebody in her language, far from where it was made:
// its words and its values are kept apart until then.
//
// Not for: translating; that happens where the text is shown.
#ifndef TRELLIS_BASE_SAID_H
#define TRELLIS_BASE_SAID_H

#include <stdarg.h>

#include "base/arena.h"
#include "base/rc.h"

enum { SAID_VALUES = 4 };

struct said {
    const char *text; // a message, with {0} {1} ... where values stand
    const char *values[SAID_VALUES];
    struct said *then; // what follows behind "; "; NULL: nothing
};

// What printf would say: %s, %u, %d and %zu, with a precision; at most SAID_VALUES. RC_LIMIT: other
// conversions, which only a bug asks for.
__attribute__((format(printf, 3, 0))) enum rc said_print(struct arena *arena, struct said *then,
                                                         const char *format, va_list arguments,
                                                         struct said **ret_said);

// A copy that needs nothing of the old one's arena, with `last` at its end.
enum rc said_copy(struct arena *arena, const struct said *said, struct said *last,
                  struct said **ret_said);

// The whole in English. NULL: no memory.
const char *said_text(struct arena *arena, const struct said *said);

#endif
