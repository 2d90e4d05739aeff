// SPDX-License-Identifier: Apache-2.0
//
// Why: finds the row for a request.
//
// Promises: literal segments win over parameters, and the last segment decides where two rows have
// as many; a path that exists with another method is told apart from one that does not exist;
// finding takes no longer when there are more rows of other shapes.
#ifndef TRELLIS_WEB_ROUTE_H
#define TRELLIS_WEB_ROUTE_H

#include "web/web.h"

// A row's fault in words, or NULL: no permission, a GET that changes something, a bad path.
const char *route_fault(const struct route *route);

// Whether a decoded path ("/cohorts/7") fits a row's path; fills the parameters, whose texts are
// made in the arena. *ret_literals: how many segments were equal, to choose between rows.
enum rc route_fits(const struct route *route, const char *path, struct req *req,
                   unsigned *ret_literals);

// The rows by the shape of their paths. The tables must live as long.
struct route_index;
enum rc route_index_open(const struct route *const *tables, size_t count,
                         struct route_index **ret_index);
void route_index_close(struct route_index *index); // NULL is fine

// RC_NOT_FOUND: no row has this path. RC_BAD_INPUT: it has other methods.
enum rc route_find(const struct route_index *index, enum web_method method, const char *path,
                   struct req *req);

#endif
