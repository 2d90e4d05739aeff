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

// The description, made once for a program; it lasts as long as the web.
enum rc openapi_describe(struct arena *arena, struct web *web, const char *version,
                         const char **ret_text);

#endif
