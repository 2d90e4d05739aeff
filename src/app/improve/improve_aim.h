// SPDX-License-Identifier: Apache-2.0
//
// Why: an objective is looked at beside what measures it; see improve_aim.c.
#ifndef TRELLIS_APP_IMPROVE_IMPROVE_AIM_H
#define TRELLIS_APP_IMPROVE_IMPROVE_AIM_H

#include "app/improve/improve_page.h"

enum { AIM_DAYS_MOST = 12 };

void aim_of(struct aim_line *aim, const struct objective *of);
struct cohort aim_cohort(const struct improve_view *view); // whose objectives: its id and programme
// Its measure, and what that says now; in words where there is none of its name.
enum rc aim_see(struct req *req, struct improve_view *view, const struct scope *scope,
                struct aim_line *aim);
// Fills view->points for view->aim, from view->snapshots: start, days that were kept, now, target.
enum rc aim_points(struct req *req, struct improve_view *view);
void aim_write_value(struct html *html, const struct aim_line *aim, int64_t hundredths);

#endif
