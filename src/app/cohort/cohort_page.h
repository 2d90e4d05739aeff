// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of cohorts show.
#ifndef TRELLIS_APP_COHORT_COHORT_PAGE_H
#define TRELLIS_APP_COHORT_COHORT_PAGE_H

#include "app/cohort/cohort.h"
#include "app/cohort/cohort_store.h"
#include "app/cohort/programme.h"

struct cohort_view {
    const char *site;
    struct cohort cohort;
    struct cohort *cohorts;
    size_t count;
    bool may_run; // she may make and move cohorts
    const struct form *form;
    const struct shape *shape;
    const char *action;
    const char *next_state; // NULL: none
    const char *due;        // the day for it; "": not said
    struct programme *programmes;
    size_t programme_count;
    struct programme *own; // those that she runs
    size_t own_count;
    struct objective *objectives;
    size_t objective_count;
    struct team_member *team;
    size_t team_count;
    bool is_fresh;      // nobody has an account yet
    const char *person; // who is signed in; NULL: a visitor
    const char *zone;
    struct app_waiting *waiting; // for her
    size_t waiting_count;
};

// Figures of one kind, as a list offers them.
struct objective_chapter {
    const char *label; // in the reader's language
    const struct app_figure *figures;
    size_t count;
};
struct objective_view {
    struct cohort cohort;
    const char *base; // of the pages that show how an objective stands
    const struct form *form;
    const struct shape *shape;
    const char *action;
    struct app_figures figures; // from which a measure is chosen
    struct objective_chapter *chapters;
    size_t chapter_count;
    struct objective *objectives;
    size_t objective_count;
};
// Whether the list has it, and whether it is chosen.
bool objective_offers(const struct form *form, const struct app_figure *figure);
bool objective_chosen(const struct form *form, const struct app_figure *figure);

extern const struct out_shape cohort_list_out;
extern const struct out_shape cohort_setup_out;
extern const struct out_shape objectives_out;
extern const struct out_shape team_out;

#endif
