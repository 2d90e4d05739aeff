// SPDX-License-Identifier: Apache-2.0
//
// Compares a path with the rows, segment by segment; see route.h.
#include "web/route.h"

#include <string.h>

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
    return strcspn(at, "/");
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

enum rc route_fits(const struct route *route, const char *path, struct req *req,
                   unsigned *ret_literals)
{
    const char *want = route->path;
    unsigned literals = 0;
    req->param_count = 0;
    while (*want == '/' && *path == '/') {
        want++;
        path++;
        size_t want_length = segment_length(want);
        size_t length = segment_length(path);
        if (*want == ':') {
            if (length == 0)
                return RC_NOT_FOUND;
            TRY(take_param(req, (struct text){want + 1, want_length - 1},
                           (struct text){path, length}));
        } else if (want_length != length || memcmp(want, path, length) != 0) {
            return RC_NOT_FOUND;
        } else {
            literals++;
        }
        want += want_length;
        path += length;
    }
    if (*want != '\0' || *path != '\0')
        return RC_NOT_FOUND;
    *ret_literals = literals;
    return RC_OK;
}

// The best row so far.
struct best {
    const struct route *route;
    unsigned literals;
};

static enum rc weigh(const struct route *route, enum web_method method, const char *path,
                     struct req *req, struct best *best)
{
    unsigned literals = 0;
    enum rc rc = route_fits(route, path, req, &literals);
    if (rc == RC_NOT_FOUND)
        return RC_OK;
    TRY(rc);
    req->path_methods |= 1u << route->method;
    if (route->method != method)
        return RC_OK;
    if (best->route == NULL || literals > best->literals) {
        best->route = route;
        best->literals = literals;
    }
    return RC_OK;
}

enum rc route_find(const struct route *const *tables, size_t count, enum web_method method,
                   const char *path, struct req *req)
{
    struct best best = {0};
    enum web_method wanted = method == WEB_HEAD ? WEB_GET : method;
    for (size_t t = 0; t < count; t++)
        for (const struct route *route = tables[t]; route->path != NULL; route++)
            TRY(weigh(route, wanted, path, req, &best));
    if (best.route == NULL)
        return req->path_methods != 0 ? RC_BAD_INPUT : RC_NOT_FOUND;
    req->route = best.route;
    return route_fits(best.route, path, req, &best.literals);
}
