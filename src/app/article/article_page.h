// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of articles show.
#ifndef TRELLIS_APP_ARTICLE_ARTICLE_PAGE_H
#define TRELLIS_APP_ARTICLE_ARTICLE_PAGE_H

#include "app/article/article_store.h"
#include "web/component.h"

// A section with the contributions that its place on the page has room for.
struct shown_section {
    struct article_section section;
    struct contribution *all;
    size_t count;
};

struct article_view {
    const struct form *form;
    const struct shape *shape;
    const char *action;
    const char *zone;
    int64_t person; // who reads; 0: a visitor
    bool editor;
    // lists
    struct article *articles;
    size_t article_count;
    const char *domain; // that is shown; "": all
    int64_t before;     // the next page begins below it; 0: there is none
    int64_t skip;       // the next page of a section; 0: there is none
    const char *next;   // the path of the next page; NULL: there is none
    // one
    struct article article;
    struct shown_section *sections;
    size_t section_count;
    struct article_section section;
    struct contribution one;
    struct contribution *all;
    size_t count;
    struct contribution_version *versions;
    size_t version_count;
    struct contribution_step *steps;
    size_t step_count;
    struct contribution_report *reports;
    size_t report_count;
    struct article_leader *leaders; // ARTICLE_LEADERS fit
    size_t leader_count;
    struct contributor contributor;
    int64_t words; // of the one
    bool follows;  // the reader gets letters about the article
};

// What programs are told of them.
extern const struct out_shape article_list_out;
extern const struct out_shape article_out;
extern const struct out_shape article_section_out;
extern const struct out_shape contributions_out;
extern const struct out_shape contribution_page_out;

// A view for this request. `shape` may be NULL.
enum rc article_make_view(struct req *req, const struct shape *shape,
                          struct article_view **ret_view);
struct article_reader article_reader_of(struct req *req, bool editor);
// Whether who asks may edit content.
enum rc article_is_editor(struct req *req, bool *ret_is);

// For templates: who wrote it, as she wants to be known; whether a value is that one.
void article_byline(struct html *html, const char *name, const char *role);

// The letters about a contribution: what an editor decided. In the transaction.
enum rc article_tell(struct req *req, const struct contribution *one, const char *to);
// Following an article: see article_follow.c.
enum rc follow_find(struct db_tx *tx, struct arena *arena, int64_t article, int64_t person,
                    bool *ret_follows);
enum rc follow_begin(struct req *req, int64_t article);
enum rc follow_end(struct req *req, int64_t article);
// Letters to those who follow its article, but for the writer. In the transaction.
enum rc follow_tell(struct req *req, const struct contribution *one);
// Counts the articles of a writer again, and tells her what became of her badge.
enum rc article_recount(const struct app_place *place, int64_t person);

// Puts an article and what is approved in it into the index, or takes it out: as it stands now.
enum { INDEX_CONTRIBUTIONS = 5000 }; // of a section
enum rc article_index_one(const struct app_place *place, int64_t id);
enum rc contribution_index(const struct app_place *place, const struct contribution *one,
                           bool seen);

#endif
