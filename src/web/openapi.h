// SPDX-License-Identifier: Apache-2.0
//
// Why: other programs, and tests, ask what there is.
//
// Promises: OpenAPI 3.1; every row of the program is in it, and nothing else.
//
// Not for: data; answers are pages.
#ifndef TRELLIS_WEB_OPENAPI_H
#define TRELLIS_WEB_OPENAPI_H

#include "web/web.h"

// Opens the buffer and writes the description into it.
enum rc openapi_write(struct arena *arena, const struct web *web, const char *version,
                      struct buffer *out);

#endif
