// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: announcements.
#include "app/notice/notice.h"

static const char *const schema[] = {notice_schema_1, notice_schema_2, NULL};
static const struct route *const routes[] = {notice_routes, NULL};
static app_job *const jobs[] = {notice_clock_kind, notice_go_kind, NULL};

const struct app_slice notice_slice = {
    .name = "notice",
    .schema = schema,
    .tables = notice_tables,
    .routes = routes,
    .jobs = jobs,
};
