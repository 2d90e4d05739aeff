// SPDX-License-Identifier: Apache-2.0
//
// Why: finds the row for a request.
//
// Promises: literal segments win over parameters; a path that exists with another method is told
// apart from one that does not exist.
#ifndef TRELLIS_WEB_ROUTE_H
#define TRELLIS_WEB_ROUTE_H

#include "web/web.h"

// A row's fault in words, or NULL: no permission, a GET that changes something, a bad path.
const char *route_fault(const struct route *route);

// Whether a decoded path ("/cohorts/7") fits a row's path; fills the parameters, whose texts are
// made in the arena. *ret_literals: how many segments were equal, to choose between rows.
enum rc route_fits(const struct route *route, const char *path, struct req *req,
                   unsigned *ret_literals);

// RC_NOT_FOUND: no row has this path. RC_BAD_INPUT: it has other methods.
enum rc route_find(const struct route *const *tables, size_t count, enum web_method method,
                   const char *path, struct req *req);

#endif
