// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of plans, resources and training show.
#ifndef TRELLIS_APP_SUPPORT_SUPPORT_PAGE_H
#define TRELLIS_APP_SUPPORT_SUPPORT_PAGE_H

#include "app/pair/pair_page.h"
#include "app/support/support_plan.h"
#include "app/support/support_resource.h"
#include "app/support/support_training.h"
#include "web/field.h"

// The steps of one stage.
struct plan_group {
    const char *title;
    const struct pair_item *items;
    size_t count;
};

// A pair's own plan.
struct pair_plan_view {
    struct pair_view base;
    const char *side; // "mentee" or "mentor"
    int64_t now_us;
    struct pair_item *items;
    size_t count;
    struct plan_group *groups;
    size_t group_count;
    struct pair_item next[3]; // what she does next
    size_t next_count;
    size_t done;
    size_t late;
    size_t all; // steps that are hers or of both
};

// What editors write plans with.
struct template_view {
    const struct form *form;
    const struct shape *shape;
    const char *action;
    struct plan *plans;
    size_t plan_count;
    struct plan plan;
    int64_t version; // that is shown
    const char *language;
    struct plan_item *items;
    size_t item_count;
    struct plan_item item;
    struct resource *resources;
    size_t resource_count;
    struct cohort *cohorts;
    size_t cohort_count;
    struct plan_reach reach;
};

struct resource_view {
    const struct form *form;
    const struct shape *shape;
    const char *action;
    struct resource_filter filter;
    struct resource *resources;
    size_t count;
    struct resource resource;
    struct resource_source source;
    const char *next; // a path; NULL: no page follows
    bool edits;       // the actor may change it
    bool all;         // an editor's list of all
    const char *today;
    const char *zone;
};

struct training_view {
    const struct form *form;
    const struct shape *shape;
    const char *action;
    const char *zone;
    bool edits;
    struct training *trainings;
    size_t training_count;
    struct training training;
    int64_t version;
    const char *language;
    struct training_page *pages;
    size_t page_count;
    size_t passed;
    const struct training_page *page; // NULL: the whole
    const struct training_page *next_page;
    struct training_question *questions;
    size_t question_count;
    struct training_question question;
    bool checked; // answers were sent
    struct resource *saved;
    size_t saved_count;
    struct db_rows *pairs; // id, name of the other
    const struct app_held *held;
};

// How a cohort is supported.
struct support_view {
    struct cohort cohort;
    const struct form *form;
    const struct shape *shape;
    const char *action;
    struct plan *plans;
    size_t plan_count;
    struct pair_item *todo;
    size_t todo_count;
    struct training *trainings;
    size_t training_count;
    struct training_rule rules[2]; // mentees, mentors
    struct training_share shares[2];
    const char *role;
    struct training_stand *stands;
    size_t stand_count;
    int64_t from;
    const char *next; // a path; NULL: no page follows
    const char *zone;
};

// What editors see first.
struct editor_view {
    int64_t resources;
    int64_t to_review;
    int64_t trainings;
    int64_t plans;
    bool ready; // all that is ready is there
};

extern const struct out_shape pair_plan_out;
extern const struct out_shape agendas_out;
extern const struct out_shape resources_out;
extern const struct out_shape resource_out;
extern const struct out_shape resource_review_out;
extern const struct out_shape learn_out;
extern const struct out_shape training_out;
extern const struct out_shape training_page_out;
extern const struct out_shape trainings_out;
extern const struct out_shape training_edit_out;
extern const struct out_shape training_page_edit_out;
extern const struct out_shape plans_out;
extern const struct out_shape plan_out;
extern const struct out_shape plan_publish_out;
extern const struct out_shape cohort_support_out;
extern const struct out_shape cohort_training_out;
extern const struct out_shape support_home_out;

enum rc support_count(struct req *req, struct editor_view *ret_counts);

// For templates.
bool pair_plan_may_tick(const struct pair_plan_view *view, const struct pair_item *item);
const char *support_number(struct html *html, int64_t number); // as text, for names of controls
size_t support_language_count(void);
void support_mb(struct html *html, int64_t bytes);

// Of the path, for acts of editors.
enum rc template_of_path(struct req *req, struct plan *ret_plan);

#endif
