// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of cohorts show.
#ifndef TRELLIS_APP_COHORT_COHORT_PAGE_H
#define TRELLIS_APP_COHORT_COHORT_PAGE_H

#include "app/cohort/cohort.h"

struct cohort_view {
    const char *site;
    struct cohort cohort;
    struct cohort *cohorts;
    size_t count;
    bool may_run; // she may make and move cohorts
    const struct form *form;
    const struct shape *shape;
};

#endif
