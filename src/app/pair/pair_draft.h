// SPDX-License-Identifier: Apache-2.0
//
// Why: nobody begins with an empty page: what a mentee picked and wrote at sign-up becomes drafts
// of goals, and for each focus of the programme there is a goal to begin with.
#ifndef TRELLIS_APP_PAIR_PAIR_DRAFT_H
#define TRELLIS_APP_PAIR_PAIR_DRAFT_H

#include "app/pair/pair_store.h"

// A goal to begin with. All are messages.
struct goal_template {
    const char *topic; // a value of enrolment_topics
    const char *title;
    const char *why;
    const char *success;
};
enum { GOAL_TEMPLATES = 6 };
extern const struct goal_template goal_templates[GOAL_TEMPLATES];
const struct goal_template *goal_template_find(const char *topic); // NULL: none

// What a mentee wanted at sign-up, as drafts of goals in her language that she has said yes to: her
// own words first, then at most DRAFTS_PICKED of her topics, that which matters most before the
// others. Nothing, if the pair has a goal already.
enum { DRAFTS_PICKED = 3 };
enum rc pair_draft_goals(const struct app_place *at, const struct pair *pair);

#endif
