// SPDX-License-Identifier: Apache-2.0
//
// The OpenAPI 3.1 description of all rows: what each path wants and what it answers, made from the
// rows and their shapes, so that it can't say anything else than what the program does.
#include "web/openapi.h"

#include <string.h>

#include "base/json.h"

enum { OPENAPI_LIMIT_BYTES = 4 << 20 };

static void text_of_key(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

// "/cohorts/:cohort/people" as "/cohorts/{cohort}/people".
static const char *template_of(struct arena *arena, const char *path)
{
    struct buffer out;
    buffer_open(&out, arena, 4096);
    for (const char *c = path; *c != '\0'; c++) {
        if (*c != ':') {
            buffer_byte(&out, *c);
            continue;
        }
        size_t length = strcspn(c + 1, "/");
        buffer_byte(&out, '{');
        buffer_append(&out, c + 1, length);
        buffer_byte(&out, '}');
        c += length;
    }
    return out.rc == RC_OK ? out.bytes : NULL;
}

static void write_params(struct json *json, struct arena *arena, const char *path)
{
    json_key(json, "parameters");
    json_array(json);
    for (const char *c = strchr(path, ':'); c != NULL; c = strchr(c + 1, ':')) {
        const char *name = arena_strndup(arena, c + 1, strcspn(c + 1, "/"));
        json_object(json);
        text_of_key(json, "name", name == NULL ? "" : name);
        text_of_key(json, "in", "path");
        json_key(json, "required");
        json_boolean(json, true);
        json_key(json, "schema");
        json_object(json);
        text_of_key(json, "type", "string");
        json_end(json);
        json_end(json);
    }
    json_end(json);
}

static void write_options(struct json *json, const struct field *field)
{
    json_key(json, "enum");
    json_array(json);
    if (field->kind == FIELD_ONE && field->least == 0)
        json_text(json, "");
    for (const struct field_option *o = field->options; o->value != NULL; o++)
        json_text(json, o->value);
    json_end(json);
}

static void write_limit(struct json *json, const char *key, int64_t value)
{
    json_key(json, key);
    json_integer(json, value);
}

static void write_schema(struct json *json, const struct field *field)
{
    static const char *const formats[] = {[FIELD_EMAIL] = "email",
                                          [FIELD_PASSWORD] = "password",
                                          [FIELD_LINK] = "uri",
                                          [FIELD_DAY] = "date",
                                          [FIELD_HIDDEN] = NULL};
    json_object(json);
    text_of_key(json, "description", field->label);
    if (field->kind == FIELD_MANY) {
        text_of_key(json, "type", "array");
        write_limit(json, "minItems", field->least);
        write_limit(json, "maxItems", field->most);
        json_key(json, "items");
        json_object(json);
        text_of_key(json, "type", "string");
        write_options(json, field);
        json_end(json);
    } else if (field->kind == FIELD_INTEGER) {
        text_of_key(json, "type", "integer");
        write_limit(json, "minimum", field->least);
        write_limit(json, "maximum", field->most);
    } else {
        text_of_key(json, "type", "string");
        if (field->kind == FIELD_ONE)
            write_options(json, field);
        else if (formats[field->kind] != NULL)
            text_of_key(json, "format", formats[field->kind]);
        else if (field->kind == FIELD_LINE || field->kind == FIELD_TEXT) {
            write_limit(json, "minLength", field->least);
            write_limit(json, "maxLength", field->most);
        }
    }
    json_end(json);
}

static void write_body(struct json *json, const struct shape *shape)
{
    json_key(json, "requestBody");
    json_object(json);
    json_key(json, "content");
    json_object(json);
    json_key(json, "application/x-www-form-urlencoded");
    json_object(json);
    json_key(json, "schema");
    json_object(json);
    text_of_key(json, "type", "object");
    json_key(json, "properties");
    json_object(json);
    json_key(json, "csrf");
    json_object(json);
    text_of_key(json, "type", "string");
    json_end(json);
    for (size_t k = 0; shape != NULL && k < shape->count; k++) {
        json_key(json, shape->fields[k].name);
        write_schema(json, &shape->fields[k]);
    }
    json_end(json);
    json_key(json, "required");
    json_array(json);
    json_text(json, "csrf");
    for (size_t k = 0; shape != NULL && k < shape->count; k++)
        if (shape->fields[k].least > 0 && shape->fields[k].kind != FIELD_INTEGER &&
            shape->fields[k].kind != FIELD_WEEK)
            json_text(json, shape->fields[k].name);
    json_end(json);
    json_end(json);
    json_end(json);
    json_end(json);
    json_end(json);
}

static void write_answer(struct json *json, const char *status, const char *what)
{
    json_key(json, status);
    json_object(json);
    text_of_key(json, "description", what);
    json_end(json);
}

static void write_operation(struct json *json, struct arena *arena, const struct route *row)
{
    json_key(json, row->method == WEB_POST ? "post" : "get");
    json_object(json);
    text_of_key(json, "summary", row->title);
    write_params(json, arena, row->path);
    if (row->method == WEB_POST)
        write_body(json, row->in);
    json_key(json, "responses");
    json_object(json);
    if (row->method == WEB_POST) {
        write_answer(json, "303", "done; go on there");
        write_answer(json, "403", "not sent from a page of this server");
        write_answer(json, "409", "something has changed before");
        write_answer(json, "422", "the form again, with what is wrong next to its fields");
    } else {
        write_answer(json, "200", "the page");
        write_answer(json, "303", "sign in first");
    }
    write_answer(json, "404", "it does not exist, or is for others");
    json_end(json);
    json_end(json);
}

// Rows of one path are one entry with several methods.
static bool is_first(const struct web *web, size_t at)
{
    const char *path = web_route_at(web, at)->path;
    for (size_t k = 0; k < at; k++)
        if (strcmp(web_route_at(web, k)->path, path) == 0)
            return false;
    return true;
}

static void write_paths(struct json *json, struct arena *arena, const struct web *web)
{
    const struct route *row = NULL;
    json_key(json, "paths");
    json_object(json);
    for (size_t k = 0; (row = web_route_at(web, k)) != NULL; k++) {
        if (!is_first(web, k))
            continue;
        const struct route *other = NULL;
        const char *path = template_of(arena, row->path);
        json_key(json, path == NULL ? "" : path);
        json_object(json);
        for (size_t m = k; (other = web_route_at(web, m)) != NULL; m++)
            if (strcmp(other->path, row->path) == 0)
                write_operation(json, arena, other);
        json_end(json);
    }
    json_end(json);
}

enum rc openapi_write(struct arena *arena, const struct web *web, const char *version,
                      struct buffer *out)
{
    struct json json;
    buffer_open(out, arena, OPENAPI_LIMIT_BYTES);
    json_open(&json, out, true);
    json_object(&json);
    text_of_key(&json, "openapi", "3.1.0");
    json_key(&json, "info");
    json_object(&json);
    text_of_key(&json, "title", "Trellis");
    text_of_key(&json, "version", version);
    json_end(&json);
    write_paths(&json, arena, web);
    json_end(&json);
    return json_close(&json);
}
