// SPDX-License-Identifier: Apache-2.0
//
// Why: the page that searches.
#include <stdlib.h>
#include <string.h>

#include "app/index.h"
#include "app/search/search_page.h"
#include "app_search_search.html.h"

enum { SKIP_MOST = 1000 };

// clang-format off
static const struct {
    const char *kind;
    const char *label;
} kinds[] = {
    {"article",      MSG("Article")},
    {"contribution", MSG("Contribution of a member")},
    {"story",        MSG("Success story")},
    {"resource",     MSG("Resource")},
    {"training",     MSG("Training")},
    {"event",        MSG("Event")},
    {"circle",       MSG("Circle")},
    {"person",       MSG("Person")},
    {"match",        MSG("My match")},
    {"programme",    MSG("Programme")},
    {"cohort",       MSG("Cohort")},
};
// clang-format on

void search_kind(struct html *html, const char *kind)
{
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
        if (strcmp(kinds[k].kind, kind) == 0)
            html_message(html, kinds[k].label, NULL, 0);
}

static enum rc find(struct req *req, struct search_view *view, const char *const words[],
                    int64_t skip)
{
    struct db_rows *rows = NULL;
    TRY(search_find(req, words, FOUND_A_PAGE + 1, skip, &rows));
    view->count = db_count(rows) > FOUND_A_PAGE ? FOUND_A_PAGE : db_count(rows);
    view->skip = db_count(rows) > FOUND_A_PAGE ? skip + FOUND_A_PAGE : 0;
    view->found = ARENA_ARRAY(req->arena, struct found, view->count);
    if (view->found == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->count; k++)
        view->found[k] =
            (struct found){db_text(rows, k, 0), db_text(rows, k, 1), db_text(rows, k, 2)};
    return view->skip == 0 ? RC_OK : req_next(req, "from", view->skip, &view->next);
}

static int longest_first(const void *a, const void *b)
{
    size_t x = strlen(*(const char *const *)a);
    size_t y = strlen(*(const char *const *)b);
    return x > y ? -1 : x < y;
}

static enum rc load_search(struct req *req)
{
    struct search_view *view = ARENA_NEW(req->arena, struct search_view);
    const char *query = form_value(&req->form, "q");
    const char **words = NULL;
    size_t count = 0;
    if (view == NULL)
        return RC_NO_MEMORY;
    view->query = query == NULL ? "" : query;
    req->view = view;
    TRY(index_words(req->arena, view->query, INDEX_WORDS_MAX, &words, &count));
    view->asked = count > 0;
    if (count == 0)
        return RC_OK;
    // The longest words are the rarest, as a rule.
    qsort(words, count, sizeof words[0], longest_first);
    const char *asked[INDEX_QUERY_WORDS_MAX] = {"", "", "", ""};
    for (size_t k = 0; k < count && k < INDEX_QUERY_WORDS_MAX; k++)
        asked[k] = words[k];
    int64_t skip = form_number(&req->form, "from");
    return find(req, view, asked, skip > SKIP_MOST ? 0 : skip);
}

static void write_search(struct html *html, struct req *req)
{
    page_search(html, req->view);
}

// clang-format off
const struct route search_routes[] = {
    {WEB_GET, "/search", CAN_VISIT, NULL, NULL, NULL, load_search, write_search, MSG("Search"), &search_out, .query = "q from"},
    {0,       NULL,      0,         NULL, NULL, NULL, NULL,        NULL,         NULL},
};

OUT_TYPE(found_out, struct found);
static const struct out found_rows[] = {
    {"kind",  OUT_TEXT, OUT_TEXT_OF(struct found, kind),  ""},
    {"path",  OUT_TEXT, OUT_TEXT_OF(struct found, path),  ""},
    {"title", OUT_TEXT, OUT_TEXT_OF(struct found, title), ""},
};
static const struct out_shape found_out = OUT_SHAPE("Found", struct found, found_rows);
static const struct out search_rows[] = {
    {"found", OUT_LIST,    OUT_LIST_OF(struct search_view, found, count, found_out), "the best first"},
    {"next",  OUT_PATH,    OUT_TEXT_OF(struct search_view, next), ""},
};
const struct out_shape search_out = OUT_SHAPE("Search", struct search_view, search_rows);
// clang-format on
