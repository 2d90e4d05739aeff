// SPDX-License-Identifier: Apache-2.0
//
// Reads JSON with jansson; see json_read.h. Jansson's memory is its own, so all of it is given back
// here, and only the arena's copies leave.
#include "base/json_read.h"

#include <jansson.h>
#include <string.h>

struct reading {
    struct arena *arena;
    json_visit *visit;
    void *context;
    size_t leaves;
    const char *fault;
};

static enum rc refuse(struct reading *reading, const char *why, const char *name)
{
    reading->fault = arena_printf(reading->arena, "%s: %s", name, why);
    return reading->fault == NULL ? RC_NO_MEMORY : RC_BAD_INPUT;
}

static enum rc visit(struct reading *reading, struct json_leaf leaf, const json_t *value)
{
    if (reading->leaves++ == JSON_READ_LEAVES_MAX)
        return RC_LIMIT;
    if (json_is_string(value)) {
        leaf.kind = JSON_LEAF_TEXT;
        leaf.text =
            arena_strndup(reading->arena, json_string_value(value), json_string_length(value));
        if (leaf.text == NULL)
            return RC_NO_MEMORY;
    } else if (json_is_integer(value)) {
        leaf.kind = JSON_LEAF_INTEGER;
        leaf.integer = json_integer_value(value);
    } else if (json_is_boolean(value)) {
        leaf.kind = JSON_LEAF_BOOLEAN;
        leaf.integer = json_is_true(value);
    } else if (!json_is_null(value) && !leaf.empty) {
        return refuse(reading, json_is_real(value) ? "a whole number is wanted" : "it is too deep",
                      leaf.name);
    }
    return reading->visit(reading->context, &leaf);
}

static enum rc visit_parts(struct reading *reading, struct json_leaf leaf, json_t *object)
{
    const char *part = NULL;
    json_t *value = NULL;
    json_object_foreach(object, part, value)
    {
        leaf.part = arena_strdup(reading->arena, part);
        if (leaf.part == NULL)
            return RC_NO_MEMORY;
        TRY(visit(reading, leaf, value));
    }
    return RC_OK;
}

static enum rc visit_list(struct reading *reading, struct json_leaf leaf, const json_t *list)
{
    if (json_array_size(list) == 0) {
        leaf.empty = true;
        leaf.index = 0;
        return visit(reading, leaf, NULL);
    }
    for (size_t k = 0; k < json_array_size(list); k++) {
        json_t *value = json_array_get(list, k);
        leaf.index = (int64_t)k;
        if (json_is_object(value))
            TRY(visit_parts(reading, leaf, value));
        else
            TRY(visit(reading, leaf, value));
    }
    return RC_OK;
}

static enum rc visit_members(struct reading *reading, json_t *root)
{
    const char *name = NULL;
    json_t *value = NULL;
    if (!json_is_object(root))
        return refuse(reading, "an object is wanted", "JSON");
    json_object_foreach(root, name, value)
    {
        struct json_leaf leaf = {.name = arena_strdup(reading->arena, name), .index = -1};
        if (leaf.name == NULL)
            return RC_NO_MEMORY;
        if (json_is_array(value))
            TRY(visit_list(reading, leaf, value));
        else
            TRY(visit(reading, leaf, value));
    }
    return RC_OK;
}

enum rc json_read(struct arena *arena, struct text bytes, json_visit *visitor, void *context,
                  const char **ret_fault)
{
    struct reading reading = {arena, visitor, context, 0, NULL};
    json_error_t error = {0};
    if (bytes.length > JSON_READ_LIMIT_BYTES)
        return RC_LIMIT;
    if (bytes.length > 0 &&
        memchr(bytes.bytes, '\0', bytes.length) != NULL) { // jansson takes one behind a number
        *ret_fault = "a NUL: this is no JSON";
        return RC_BAD_INPUT;
    }
    json_t *root =
        json_loadb(bytes.bytes, bytes.length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    enum rc rc = RC_OK;
    if (root == NULL) {
        reading.fault =
            arena_printf(arena, "line %d, column %d: this is no JSON", error.line, error.column);
        rc = reading.fault == NULL ? RC_NO_MEMORY : RC_BAD_INPUT;
    } else {
        rc = visit_members(&reading, root);
    }
    json_decref(root);
    if (rc == RC_BAD_INPUT)
        *ret_fault = reading.fault == NULL ? "" : reading.fault;
    return rc;
}
