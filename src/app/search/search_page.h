// SPDX-License-Identifier: Apache-2.0
//
// Why: what the page that searches shows.
#ifndef TRELLIS_APP_SEARCH_SEARCH_PAGE_H
#define TRELLIS_APP_SEARCH_SEARCH_PAGE_H

#include "app/search/search.h"

enum { FOUND_A_PAGE = 20 };

struct found {
    const char *kind;
    const char *path;
    const char *title;
};

struct search_view {
    const char *query; // as typed
    bool asked;
    struct found *found;
    size_t count;
    int64_t skip;     // the next page; 0: there is none
    const char *next; // its path; NULL: there is none
};

extern const struct out_shape search_out;

void search_kind(struct html *html, const char *kind);

// What the actor may find that has words beginning with all of these (INDEX_QUERY_WORDS_MAX, "":
// none more), the best first: kind, path, title.
enum rc search_find(struct req *req, const char *const words[], int64_t most, int64_t skip,
                    struct db_rows **ret_rows);

#endif
