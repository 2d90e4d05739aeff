// SPDX-License-Identifier: Apache-2.0
//
// Why: whoever was a mentee knows what helps. The letter at a good end, the survey after half a
// year and the last page of a pair lead here: where mentors are looked for, and one step to
// signing up, with what she has said before filled in.
#include "app/cohort/cohort_store.h"
#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_page.h"
#include "app_enrolment_end.html.h"

static enum rc load_mentor(struct req *req)
{
    struct mentor_view *view = ARENA_NEW(req->arena, struct mentor_view);
    struct cohort *all = NULL;
    size_t count = 0;
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_list(req, 0, &all, &count));
    view->cohorts = ARENA_ARRAY(req->arena, struct mentor_open, count);
    if (view->cohorts == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++) {
        struct enrolment mine;
        if (!cohort_is_open(&all[k]))
            continue;
        enum rc rc = enrolment_mine_as(req, all[k].id, "mentor", &mine);
        if (rc != RC_OK && rc != RC_NOT_FOUND)
            return rc;
        view->cohorts[view->count++] = (struct mentor_open){&all[k], rc == RC_OK};
    }
    req->view = view;
    return RC_OK;
}

static void write_mentor(struct html *html, struct req *req)
{
    page_become_mentor(html, req->view);
}

// clang-format off
const struct route enrolment_mentor_routes[] = {
    {WEB_GET, "/mentor", CAN_JOIN, NULL, NULL, NULL, load_mentor, write_mentor, MSG("Become a mentor")},
    {0,       NULL,      0,        NULL, NULL, NULL, NULL,        NULL,         NULL},
};
// clang-format on
