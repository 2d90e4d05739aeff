// SPDX-License-Identifier: Apache-2.0
//
// Compares a path with the rows, segment by segment; see route.h.
#include "web/route.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

const char *route_fault(const struct route *route)
{
    if (route->path[0] != '/')
        return "its path does not begin with /";
    if (route->can == 0)
        return "it has no permission";
    if (route->method != WEB_GET && route->method != WEB_POST)
        return "its method is neither GET nor POST";
    if (route->method == WEB_GET && route->act != NULL)
        return "a GET changes nothing";
    if (route->method == WEB_POST && route->act == NULL)
        return "a POST needs an act";
    if (route->page == NULL && route->method == WEB_GET)
        return "a GET needs a page";
    if (route->method == WEB_POST && route->out != NULL && route->load == NULL)
        return "it shows JSON, and loads nothing";
    if (route->title == NULL || route->title[0] == '\0')
        return "it has no title";
    return NULL;
}

// The bytes of the segment at `at`.
static size_t segment_length(const char *at)
{
    const char *end = strchr(at, '/');
    return end == NULL ? strlen(at) : (size_t)(end - at);
}

static enum rc take_param(struct req *req, struct text name, struct text value)
{
    if (req->param_count == WEB_PARAMS_MAX)
        return RC_LIMIT;
    struct req_param *param = &req->params[req->param_count];
    param->name = arena_strndup(req->arena, name.bytes, name.length);
    param->value = arena_strndup(req->arena, value.bytes, value.length);
    if (param->name == NULL || param->value == NULL)
        return RC_NO_MEMORY;
    req->param_count++;
    return RC_OK;
}

// Whether a path has a row's form; copies nothing, since a path is held against every row.
static bool looks_like(const struct route *route, const char *path, unsigned *ret_literals)
{
    const char *want = route->path;
    unsigned literals = 0;
    while (*want == '/' && *path == '/') {
        want++;
        path++;
        bool is_param = *want == ':';
        if (is_param && (*path == '/' || *path == '\0'))
            return false;
        if (is_param) {
            want += segment_length(want);
            path += segment_length(path);
            continue;
        }
        while (*want == *path && *want != '/' && *want != '\0') {
            want++;
            path++;
        }
        bool ends = (*want == '/' || *want == '\0') && (*path == '/' || *path == '\0');
        if (!ends)
            return false;
        literals++;
    }
    *ret_literals = literals;
    return *want == '\0' && *path == '\0';
}

enum rc route_fits(const struct route *route, const char *path, struct req *req,
                   unsigned *ret_literals)
{
    const char *want = route->path;
    req->param_count = 0;
    if (!looks_like(route, path, ret_literals))
        return RC_NOT_FOUND;
    while (*want == '/') {
        want++;
        path++;
        size_t want_length = segment_length(want);
        size_t length = segment_length(path);
        if (*want == ':')
            TRY(take_param(req, (struct text){want + 1, want_length - 1},
                           (struct text){path, length}));
        want += want_length;
        path += length;
    }
    return RC_OK;
}

// ---- which rows a path is held against ---------------------------------------------------------

// A row lies in the place that its shape gives: how many segments it has, and what the first and
// the last of them are. A path is looked for under its own, and under those with a parameter there.
enum { PLACES = 512 };

struct route_index {
    size_t starts[PLACES + 1]; // of each place, in `rows`
    const struct route *rows[];
};

struct shape_of_path {
    size_t segments;
    struct text first;
    struct text last;
};

static struct shape_of_path shape_of(const char *path)
{
    struct shape_of_path shape = {0};
    for (const char *at = path; *at == '/'; at += shape.last.length) {
        at++;
        shape.last = (struct text){at, segment_length(at)};
        if (shape.segments++ == 0)
            shape.first = shape.last;
    }
    return shape;
}

static size_t place_of(size_t segments, struct text first, struct text last)
{
    uint64_t hash = hash_bytes(HASH_START + segments, first.bytes, first.length);
    hash = hash_bytes(hash_text(hash, "/"), last.bytes, last.length);
    return (size_t)(hash ^ hash >> 32) % PLACES;
}

static const struct text any = {":", 1};

static size_t place_of_row(const struct route *route)
{
    struct shape_of_path shape = shape_of(route->path);
    struct text first = shape.first.length > 0 && *shape.first.bytes == ':' ? any : shape.first;
    struct text last = shape.last.length > 0 && *shape.last.bytes == ':' ? any : shape.last;
    return place_of(shape.segments, first, last);
}

static size_t count_rows(const struct route *const *tables, size_t count)
{
    size_t rows = 0;
    for (size_t t = 0; t < count; t++)
        for (const struct route *route = tables[t]; route->path != NULL; route++)
            rows++;
    return rows;
}

enum rc route_index_open(const struct route *const *tables, size_t count,
                         struct route_index **ret_index)
{
    struct route_index *index =
        calloc(1, sizeof *index + count_rows(tables, count) * sizeof(const struct route *));
    if (index == NULL)
        return RC_NO_MEMORY;
    for (size_t t = 0; t < count; t++)
        for (const struct route *route = tables[t]; route->path != NULL; route++)
            index->starts[place_of_row(route) + 1]++;
    for (size_t k = 0; k < PLACES; k++)
        index->starts[k + 1] += index->starts[k];
    size_t filled[PLACES] = {0};
    for (size_t t = 0; t < count; t++)
        for (const struct route *route = tables[t]; route->path != NULL; route++) {
            size_t place = place_of_row(route);
            index->rows[index->starts[place] + filled[place]++] = route;
        }
    *ret_index = index;
    return RC_OK;
}

void route_index_close(struct route_index *index)
{
    free(index);
}

// The best row so far.
struct best {
    const struct route *route;
    unsigned literals;
};

static void weigh(const struct route *route, enum web_method method, const char *path,
                  struct req *req, struct best *best)
{
    unsigned literals = 0;
    if (!looks_like(route, path, &literals))
        return;
    req->path_methods |= 1u << route->method;
    if (route->method != method)
        return;
    if (best->route == NULL || literals > best->literals) {
        best->route = route;
        best->literals = literals;
    }
}

enum rc route_find(const struct route_index *index, enum web_method method, const char *path,
                   struct req *req)
{
    struct best best = {0};
    enum web_method wanted = method == WEB_HEAD ? WEB_GET : method;
    struct shape_of_path shape = shape_of(path);
    for (unsigned k = 0; k < 4; k++) {
        size_t place = place_of(shape.segments, (k & 2) == 0 ? shape.first : any,
                                (k & 1) == 0 ? shape.last : any);
        for (size_t row = index->starts[place]; row < index->starts[place + 1]; row++)
            weigh(index->rows[row], wanted, path, req, &best);
    }
    if (best.route == NULL)
        return req->path_methods != 0 ? RC_BAD_INPUT : RC_NOT_FOUND;
    req->route = best.route;
    return route_fits(best.route, path, req, &best.literals);
}
