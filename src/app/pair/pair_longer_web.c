// SPDX-License-Identifier: Apache-2.0
//
// Why: those who run a cohort say whether a pair goes on longer; see pair_longer.h.
#include <string.h>

#include "app/pair/pair.h"
#include "app/pair/pair_longer.h"
#include "app/pair/pair_page.h"
#include "app_pair_pair_longer.html.h"

struct answer_form {
    const char *how;
    const char *reason;
};

// clang-format off
static const struct field_option answers[] = {
    {"yes", MSG("Yes, they go on longer")}, {"no", MSG("No, it ends as planned")}, {NULL, NULL},
};
static const struct field answer_fields[] = {
    {"how",    FIELD_ONE,  FIELD_TEXT_OF(struct answer_form, how),    1, 1,    MSG("What do you say?"), "", answers},
    {"reason", FIELD_TEXT, FIELD_TEXT_OF(struct answer_form, reason), 0, 1000, MSG("A word to the two"), MSG("With a no: why. Both read it."), NULL},
};
// clang-format on
static const struct shape answer_shape = SHAPE(struct answer_form, answer_fields);

static const struct app_letter letter_asked = {
    MSG("The pair of {1} wants to go on longer"),
    {MSG("Hello {0},"),
                                               MSG("in {2}, {1} and her mentor have agreed to go on until {4}. It holds when one of you says yes. Please answer before their last day, {5}, here:"),
                                               "{3}", NULL}
};
static const struct app_letter letter_yes = {
    MSG("You go on longer with {1}"),
    {MSG("Hello {0},"),
                                   MSG("you and {1} go on until {3}: the people who run the programme said yes."), "{2}", NULL}
};
static const struct app_letter letter_no = {
    MSG("Your time with {1} ends as planned"),
    {MSG("Hello {0},"),
                                            MSG("you and {1} wanted to go on longer. The people who run the programme said no, and say:"),
                                            "{3}", MSG("What you had agreed before holds on. Here it is:"), "{2}", NULL}
};

// clang-format off
const struct app_letter_name pair_longer_letters[] = {
    {"pair_longer",     MSG("A pair goes on longer"),             "name other link day",   &letter_yes},
    {"pair_not_longer", MSG("A pair may not go on longer"),       "name other link words", &letter_no},
    {NULL, NULL, NULL, NULL},
};
// clang-format on

enum rc longer_ask(struct req *req, const struct pair *pair, const char *to)
{
    const struct app_place at = app_here(req);
    struct db_rows *staff = NULL;
    const char *url = arena_printf(req->arena, "%s/cohorts/%lld/pairs/%lld/longer",
                                   web_origin(req->web, req->arena), (long long)pair->cohort.id,
                                   (long long)pair->match.id);
    if (url == NULL)
        return RC_NO_MEMORY;
    TRY(app_staff(req->tx, req->arena, pair->cohort.id, &staff));
    for (size_t k = 0; k < db_count(staff); k++) {
        const char *const values[] = {
            db_text(staff, k, 2), pair->match.mentee_name, pair->match.cohort_name, url, to,
            pair->ends_on};
        TRY(app_send_from(&at, db_text(staff, k, 0), db_text(staff, k, 1), &letter_asked, values,
                          6));
    }
    return RC_OK;
}

// ---- the page ----------------------------------------------------------------------------------

static enum rc find_longer(struct req *req, int64_t cohort, struct longer *ret_longer)
{
    struct longer *all = NULL;
    size_t count = 0;
    TRY(longer_list(req, cohort, req_id(req, "pair"), &all, &count));
    if (count == 0)
        return RC_NOT_FOUND;
    *ret_longer = all[0];
    return RC_OK;
}

static enum rc load_longer(struct req *req)
{
    struct staff_view *view = ARENA_NEW(req->arena, struct staff_view);
    struct longer *longer = ARENA_NEW(req->arena, struct longer);
    if (view == NULL || longer == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    TRY(find_longer(req, view->cohort.id, longer));
    view->longer = longer;
    view->longer_count = 1;
    view->form = &req->form;
    view->shape = &answer_shape;
    view->action = req_path(req);
    req->view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

static void write_longer(struct html *html, struct req *req)
{
    page_longer(html, req->view);
}

static enum rc tell_both(struct req *req, const struct pair *pair, const struct app_letter *letter,
                         const char *value)
{
    const struct app_place at = app_here(req);
    const char *url = arena_printf(req->arena, "%s/pairs/%lld/agreement",
                                   web_origin(req->web, req->arena), (long long)pair->match.id);
    if (url == NULL)
        return RC_NO_MEMORY;
    TRY(pair_write_to(&at, pair, false, letter, url, value));
    return pair_write_to(&at, pair, true, letter, url, value);
}

static enum rc act_longer(struct req *req)
{
    const struct answer_form *in = req->in;
    struct cohort cohort;
    struct longer longer;
    struct pair pair;
    bool yes = strcmp(in->how, "yes") == 0;
    TRY(cohort_load(req, &cohort));
    enum rc rc = find_longer(req, cohort.id, &longer);
    if (rc != RC_OK)
        return rc;
    if (!yes && in->reason[0] == '\0')
        return form_refuse(&req->form, "reason", MSG("Write why in a few words"));
    TRY(pair_find(req->tx, req->arena, longer.match, &pair));
    TRY(longer_answer(req, &pair, &longer, yes, in->reason));
    TRY(tell_both(req, &pair, yes ? &letter_yes : &letter_no, yes ? longer.to : in->reason));
    return req_go(req,
                  yes ? MSG("They go on longer. Both get a letter.")
                      : MSG("It ends as planned. Both get a letter with your reason."),
                  "/cohorts/%lld/pairs/%lld", (long long)cohort.id, (long long)pair.match.id);
}

// clang-format off
const struct route pair_longer_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/pairs/:pair/longer", CAN_RUN_MATCHING, NULL,          NULL, NULL,       load_longer, write_longer, MSG("A longer time for a pair"), .out = &longer_out},
    {WEB_POST, "/cohorts/:cohort/pairs/:pair/longer", CAN_RUN_MATCHING, &answer_shape, NULL, act_longer, load_longer, write_longer, MSG("A longer time for a pair")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
