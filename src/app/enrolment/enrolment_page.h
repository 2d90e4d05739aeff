// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of enrolments show.
#ifndef TRELLIS_APP_ENROLMENT_ENROLMENT_PAGE_H
#define TRELLIS_APP_ENROLMENT_ENROLMENT_PAGE_H

#include "app/enrolment/enrolment.h"

struct enrolment_view {
    struct cohort cohort;
    const char *next_state; // NULL: none
    struct enrolment *mine;
    size_t mine_count;
    struct enrolment *all;
    size_t count;
    bool signed_in;
    bool may_review;
    bool may_run;
    bool open; // for sign-up
    bool for_mentor;
    const struct form *form;
    const struct shape *shape;
    const char *action;
};

// The labels of a list of answers, divided by commas.
void enrolment_labels(struct html *html, const struct field_option *options, const char *list);

#endif
