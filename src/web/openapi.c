// SPDX-License-Identifier: Apache-2.0
//
// The OpenAPI 3.1 description of all rows: what each path wants and what it answers, made from the
// rows and their shapes, so that it can't say anything else than what the program does.
#define _POSIX_C_SOURCE 200809L // strdup

#include "web/openapi.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "web/openapi_schema.h"
#include "web/run.h"

enum { OPENAPI_LIMIT_BYTES = 4 << 20, TAGS_MAX = 64 };

struct writing {
    struct json *json;
    struct arena *arena;
    const struct route **rows;
    size_t row_count;
    struct openapi_shapes shapes;
    const char *tags[TAGS_MAX];
    size_t tag_count;
};

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

// "get_cohorts_cohort_people": a name for programs that are made from the description.
static const char *name_of(struct arena *arena, const struct route *row)
{
    struct buffer out;
    buffer_open(&out, arena, 4096);
    buffer_text(&out, row->method == WEB_POST ? "post" : "get");
    for (const char *c = row->path; *c != '\0'; c++) {
        bool letter = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9');
        if (letter)
            buffer_byte(&out, *c);
        else if (*c != ':' && c[1] != '\0')
            buffer_byte(&out, '_');
    }
    return out.rc == RC_OK ? out.bytes : NULL;
}

// The first word of the path: what it is about.
static const char *tag_of(struct writing *writing, const struct route *row)
{
    size_t length = strcspn(row->path + 1, "/.");
    const char *tag = length == 0 ? "start" : arena_strndup(writing->arena, row->path + 1, length);
    if (tag == NULL)
        return "";
    for (size_t k = 0; k < writing->tag_count; k++)
        if (strcmp(writing->tags[k], tag) == 0)
            return writing->tags[k];
    if (writing->tag_count < TAGS_MAX)
        writing->tags[writing->tag_count++] = tag;
    return tag;
}

// What a page reads of its query. Where a list goes on is an opaque number of its last page.
static void write_query(struct json *json, const char *query)
{
    static const char *const numbers[] = {"before", "from", "page", NULL};
    for (const char *at = query; at != NULL && *at != '\0';) {
        size_t length = strcspn(at, " ");
        bool number = false;
        for (size_t k = 0; numbers[k] != NULL; k++)
            number |= strlen(numbers[k]) == length && strncmp(numbers[k], at, length) == 0;
        json_object(json);
        json_key(json, "name");
        json_text_bytes(json, at, length);
        openapi_text(json, "in", "query");
        if (number)
            openapi_text(json, "description", "where a list goes on; `next` has it");
        json_key(json, "schema");
        json_object(json);
        openapi_text(json, "type", "string");
        if (number)
            openapi_text(json, "pattern", "^[0-9]*$");
        json_end(json);
        json_end(json);
        at += length + (at[length] == ' ');
    }
}

// How a change is asked for once, and only of what was seen.
static void write_headers(struct json *json)
{
    static const char *const headers[][2] = {
        {"If-Match",
         "the ETag of the form that was read: 412 when it has changed since; where a form edits, 428 without it"},
        {"Idempotency-Key", "asked again within a day, it answers as the first time"                            },
    };
    for (size_t k = 0; k < sizeof headers / sizeof headers[0]; k++) {
        json_object(json);
        openapi_text(json, "name", headers[k][0]);
        openapi_text(json, "in", "header");
        openapi_text(json, "description", headers[k][1]);
        json_key(json, "schema");
        json_object(json);
        openapi_text(json, "type", "string");
        json_end(json);
        json_end(json);
    }
}

static void write_params(const struct writing *writing, const struct route *row)
{
    const char *path = row->path;
    struct json *json = writing->json;
    json_key(json, "parameters");
    json_array(json);
    for (const char *c = strchr(path, ':'); c != NULL; c = strchr(c + 1, ':')) {
        const char *name = arena_strndup(writing->arena, c + 1, strcspn(c + 1, "/"));
        json_object(json);
        openapi_text(json, "name", name == NULL ? "" : name);
        openapi_text(json, "in", "path");
        json_key(json, "required");
        json_boolean(json, true);
        json_key(json, "schema");
        json_object(json);
        openapi_text(json, "type", "string");
        json_end(json);
        json_end(json);
    }
    write_query(json, row->query);
    if (row->method == WEB_POST)
        write_headers(json);
    json_end(json);
}

static void write_body(struct json *json, const struct shape *shape)
{
    json_key(json, "requestBody");
    json_object(json);
    json_key(json, "content");
    json_object(json);
    json_key(json, "application/json");
    json_object(json);
    json_key(json, "schema");
    openapi_write_form(json, shape, false);
    json_end(json);
    json_key(json, "application/x-www-form-urlencoded");
    json_object(json);
    json_key(json, "schema");
    openapi_write_form(json, shape, true);
    json_end(json);
    json_end(json);
    json_end(json);
}

static void write_answer(struct json *json, const char *status, const char *what)
{
    json_key(json, status);
    json_object(json);
    openapi_text(json, "description", what);
    json_end(json);
}

// An answer in JSON: its schema, by reference; NULL: any.
static void write_json_answer(struct json *json, const char *status, const char *what,
                              const char *title)
{
    json_key(json, status);
    json_object(json);
    openapi_text(json, "description", what);
    json_key(json, "content");
    json_object(json);
    json_key(json, "application/json");
    json_object(json);
    json_key(json, "schema");
    json_object(json);
    if (title != NULL)
        openapi_reference(json, "schemas", title);
    json_end(json);
    json_end(json);
    json_end(json);
    json_end(json);
}

// What a page edits, as the POST of its path takes it.
static void write_form_answer(const struct writing *writing, const struct route *row)
{
    struct json *json = writing->json;
    const struct shape *shape = NULL;
    for (size_t k = 0; k < writing->row_count; k++)
        if (writing->rows[k]->method == WEB_POST && strcmp(writing->rows[k]->path, row->path) == 0)
            shape = writing->rows[k]->in;
    json_key(json, "200");
    json_object(json);
    openapi_text(json, "description", "what the form holds now; its ETag is for If-Match");
    json_key(json, "content");
    json_object(json);
    json_key(json, "application/json");
    json_object(json);
    json_key(json, "schema");
    openapi_write_shown(json, shape);
    json_end(json);
    json_end(json);
    json_end(json);
}

static void write_problems(struct json *json, const char *const *statuses)
{
    for (size_t k = 0; statuses[k] != NULL; k++) {
        json_key(json, statuses[k]);
        json_object(json);
        openapi_reference(json, "responses", "Problem");
        json_end(json);
    }
}

static void write_responses(struct writing *writing, const struct route *row)
{
    static const char *const of_get[] = {"400", "401", "403", "404", "406",
                                         "409", "429", "503", NULL};
    static const char *const of_post[] = {"400", "401", "403", "404", "409", "412", "413",
                                          "415", "422", "428", "429", "503", NULL};
    struct json *json = writing->json;
    json_key(json, "responses");
    json_object(json);
    if (row->out == &web_out_own)
        write_json_answer(json, "200", "a document of its own", NULL);
    else if (row->out == &web_out_form)
        write_form_answer(writing, row);
    else if (row->out != NULL)
        write_json_answer(json, "200", "what the page shows", row->out->title);
    else if (row->method == WEB_POST)
        write_json_answer(json, "200", "done", "Done");
    else
        write_answer(json, "200", "a page for people, or a file");
    if (row->method == WEB_POST)
        write_answer(json, "303", "done, for browsers: go on there");
    else
        write_answer(json, "303", "for browsers: sign in first");
    write_problems(json, row->method == WEB_POST ? of_post : of_get);
    json_end(json);
}

static enum rc write_operation(struct writing *writing, const struct route *row)
{
    struct json *json = writing->json;
    if (row->out != NULL && row->out != &web_out_own && row->out != &web_out_form)
        TRY(openapi_add(&writing->shapes, row->out));
    json_key(json, row->method == WEB_POST ? "post" : "get");
    json_object(json);
    openapi_text(json, "operationId", name_of(writing->arena, row));
    openapi_text(json, "summary", row->title);
    json_key(json, "tags");
    json_array(json);
    json_text(json, tag_of(writing, row));
    json_end(json);
    write_params(writing, row);
    if (row->method == WEB_POST)
        write_body(json, row->in);
    write_responses(writing, row);
    json_end(json);
    return RC_OK;
}

// Rows of one path are one entry with several methods.
static bool is_first(const struct writing *writing, size_t at)
{
    for (size_t k = 0; k < at; k++)
        if (strcmp(writing->rows[k]->path, writing->rows[at]->path) == 0)
            return false;
    return true;
}

static enum rc write_paths(struct writing *writing)
{
    struct json *json = writing->json;
    json_key(json, "paths");
    json_object(json);
    for (size_t k = 0; k < writing->row_count; k++) {
        if (!is_first(writing, k))
            continue;
        const char *path = template_of(writing->arena, writing->rows[k]->path);
        json_key(json, path == NULL ? "" : path);
        json_object(json);
        for (size_t m = k; m < writing->row_count; m++)
            if (strcmp(writing->rows[m]->path, writing->rows[k]->path) == 0)
                TRY(write_operation(writing, writing->rows[m]));
        json_end(json);
    }
    json_end(json);
    return RC_OK;
}

// Counting to a row walks over those before it: once is enough.
static enum rc list_rows(struct writing *writing, const struct web *web)
{
    while (web_route_at(web, writing->row_count) != NULL)
        writing->row_count++;
    writing->rows = ARENA_ARRAY(writing->arena, const struct route *, writing->row_count);
    if (writing->rows == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < writing->row_count; k++)
        writing->rows[k] = web_route_at(web, k);
    return RC_OK;
}

static void write_problem_answer(struct json *json)
{
    json_key(json, "responses");
    json_object(json);
    json_key(json, "Problem");
    json_object(json);
    openapi_text(json, "description", "a problem (RFC 9457)");
    json_key(json, "content");
    json_object(json);
    json_key(json, "application/problem+json");
    json_object(json);
    json_key(json, "schema");
    json_object(json);
    openapi_reference(json, "schemas", "Problem");
    json_end(json);
    json_end(json);
    json_end(json);
    json_end(json);
    json_end(json);
}

static void write_security(struct json *json)
{
    json_key(json, "securitySchemes");
    json_object(json);
    json_key(json, "token");
    json_object(json);
    openapi_text(json, "type", "http");
    openapi_text(json, "scheme", "bearer");
    openapi_text(json, "description", "an access token, made under /account/tokens");
    json_end(json);
    json_key(json, "session");
    json_object(json);
    openapi_text(json, "type", "apiKey");
    openapi_text(json, "in", "cookie");
    openapi_text(json, "name", WEB_COOKIE);
    openapi_text(json, "description",
                 "the session of a browser; changes want the csrf of a page too");
    json_end(json);
    json_end(json);
}

static void write_components(struct writing *writing)
{
    struct json *json = writing->json;
    json_key(json, "components");
    json_object(json);
    json_key(json, "schemas");
    json_object(json);
    openapi_write_shapes(json, &writing->shapes);
    json_end(json);
    write_problem_answer(json);
    write_security(json);
    json_end(json);
}

// Any of the two, or (for what is everybody's) none.
static void write_requirements(struct json *json)
{
    json_key(json, "security");
    json_array(json);
    json_object(json);
    json_end(json);
    json_object(json);
    json_key(json, "token");
    json_array(json);
    json_end(json);
    json_end(json);
    json_object(json);
    json_key(json, "session");
    json_array(json);
    json_end(json);
    json_end(json);
    json_end(json);
}

static void write_tags(const struct writing *writing)
{
    struct json *json = writing->json;
    json_key(json, "tags");
    json_array(json);
    for (size_t k = 0; k < writing->tag_count; k++) {
        json_object(json);
        openapi_text(json, "name", writing->tags[k]);
        json_end(json);
    }
    json_end(json);
}

static void write_info(struct json *json, const char *version)
{
    openapi_text(json, "openapi", "3.1.0");
    json_key(json, "info");
    json_object(json);
    openapi_text(json, "title", "Trellis");
    openapi_text(json, "version", version);
    openapi_text(json, "description",
                 "Every page with data answers Accept: application/json. See docs/api.md.");
    json_key(json, "license");
    json_object(json);
    openapi_text(json, "name", "Apache-2.0");
    openapi_text(json, "identifier", "Apache-2.0");
    json_end(json);
    json_end(json);
    json_key(json, "servers");
    json_array(json);
    json_object(json);
    openapi_text(json, "url", "/");
    json_end(json);
    json_end(json);
}

static enum rc write_all(struct arena *arena, const struct web *web, const char *version,
                         struct buffer *out)
{
    struct json json;
    struct writing *writing = ARENA_NEW(arena, struct writing);
    if (writing == NULL)
        return RC_NO_MEMORY;
    buffer_open(out, arena, OPENAPI_LIMIT_BYTES);
    json_open(&json, out, false);
    writing->json = &json;
    writing->arena = arena;
    TRY(list_rows(writing, web));
    json_object(&json);
    write_info(&json, version);
    write_requirements(&json);
    TRY(write_paths(writing));
    write_components(writing);
    write_tags(writing);
    json_end(&json);
    return json_close(&json);
}

// Rows don't change while a program runs, so it is made once; two that ask first both make it.
enum rc openapi_describe(struct arena *arena, struct web *web, const char *version,
                         const char **ret_text)
{
    char *kept = atomic_load(&web->api);
    struct buffer out;
    if (kept != NULL) {
        *ret_text = kept;
        return RC_OK;
    }
    TRY(write_all(arena, web, version, &out));
    char *made = strdup(out.bytes);
    if (made == NULL)
        return RC_NO_MEMORY;
    if (atomic_compare_exchange_strong(&web->api, &kept, made)) {
        *ret_text = made;
        return RC_OK;
    }
    free(made);
    *ret_text = kept;
    return RC_OK;
}
