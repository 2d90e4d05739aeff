// SPDX-License-Identifier: Apache-2.0
//
// Why: the JSON schemas (2020-12, as OpenAPI 3.1 wants them) of what forms take and views give.
#ifndef TRELLIS_WEB_OPENAPI_SCHEMA_H
#define TRELLIS_WEB_OPENAPI_SCHEMA_H

#include "base/json.h"

#include "web/web.h"

enum { OPENAPI_SHAPES_MAX = 512 };

// Shapes of which a schema is to be written, each once.
struct openapi_shapes {
    const struct out_shape *all[OPENAPI_SHAPES_MAX];
    size_t count;
};

// Adds a shape and all that it is made of. RC_LIMIT: too many.
enum rc openapi_add(struct openapi_shapes *shapes, const struct out_shape *shape);

// Members of components/schemas: each shape under its title, and those that every answer uses.
void openapi_write_shapes(struct json *json, const struct openapi_shapes *shapes);

// The object that a form's shape takes: as JSON, or (csrf) as a browser sends it.
void openapi_write_form(struct json *json, const struct shape *shape, bool csrf);

// What a form holds that is shown as JSON: its members as they are kept, without limits.
void openapi_write_shown(struct json *json, const struct shape *shape);

void openapi_text(struct json *json, const char *key, const char *text);
void openapi_reference(struct json *json, const char *kind, const char *name);

#endif
