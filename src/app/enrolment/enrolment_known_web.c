// SPDX-License-Identifier: Apache-2.0
//
// Why: what those who run a cohort know of somebody beside her own answers: who her line manager
// is, and whether anybody has looked at what a mentor says of her experience.
#include <string.h>

#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_page.h"
#include "app_enrolment_known.html.h"

struct known {
    const char *manager;
    const char *checked;
};

// clang-format off
static const struct field known_fields[] = {
    {"manager", FIELD_EMAIL, FIELD_TEXT_OF(struct known, manager), 0, 254, MSG("E-mail address of her line manager"), MSG("Matching uses this: nobody is matched with her line manager, nor with whom she manages, in any programme here. She sees it with her answers; nobody else does but the people who run programmes."), NULL},
    {"checked", FIELD_ONE, FIELD_TEXT_OF(struct known, checked), 0, 1, MSG("Who has checked what she says of her experience?"), MSG("Matching doesn't use this. Mentees who look at mentors read it."), enrolment_checks},
};
// clang-format on
static const struct shape known_shape = SHAPE(struct known, known_fields);

// Nothing is asked or kept about a mentee's experience.
static enum rc load_known(struct req *req)
{
    struct enrolment_view *view = NULL;
    TRY(enrolment_make_view_of_one(req, &view));
    const struct enrolment *one = view->one;
    bool mentor = strcmp(one->role, "mentor") == 0;
    view->shape = &known_shape;
    if (req->form.error_count > 0)
        return RC_OK;
    struct known now = {NULL, mentor ? one->checked : ""};
    TRY(line_find(req->tx, req->arena, one->person, &now.manager));
    return shape_edit(view->shape, &req->form, &now);
}

static void write_known(struct html *html, struct req *req)
{
    page_known(html, req->view);
}

static enum rc act_known(struct req *req)
{
    const struct known *in = req->in;
    struct enrolment one;
    int64_t cohort = req_id(req, "cohort");
    TRY(enrolment_find(req->tx, req->arena, cohort, req_id(req, "enrolment"), &one));
    if (text_same(in->manager, one.email))
        return form_refuse(&req->form, "manager", MSG("This is her own address"));
    TRY(line_set(req->tx, one.person, in->manager));
    if (strcmp(one.role, "mentor") == 0 && in->checked != NULL && in->checked[0] != '\0')
        TRY(enrolment_set_checked(req->tx, one.id, in->checked));
    return req_go(req, MSG("It is kept."), "/cohorts/%lld/people/%lld", (long long)cohort,
                  (long long)one.id);
}

// clang-format off
const struct route enrolment_known_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/people/:enrolment/known", CAN_REVIEW_PEOPLE, NULL,          NULL, NULL,      load_known, write_known, MSG("What is known of her"), .out = &web_out_form},
    {WEB_POST, "/cohorts/:cohort/people/:enrolment/known", CAN_REVIEW_PEOPLE, &known_shape, NULL, act_known, load_known, write_known, MSG("What is known of her")},
    {0,        NULL,                                       0,                 NULL,          NULL, NULL,      NULL,       NULL,        NULL},
};
// clang-format on
