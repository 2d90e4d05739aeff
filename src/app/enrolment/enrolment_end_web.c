// SPDX-License-Identifier: Apache-2.0
//
// Why: somebody takes no part any more: by her own wish, or because those who run the cohort end
// her place. Both see first what ends with it, since neither can be taken back.
#include <string.h>

#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_page.h"
#include "app_enrolment_end.html.h"

struct leaving {
    const char *why;
};

struct ending {
    const char *code;
    const char *reason;
    const char *note;
};

// clang-format off
static const struct field leaving_fields[] = {
    {"why", FIELD_TEXT, FIELD_TEXT_OF(struct leaving, why), 0, 1000, MSG("Would you like to say why?"), MSG("You need not. The people who run the programme read it; whoever you are matched with does not."), NULL},
};
static const struct field ending_fields[] = {
    {"code",   FIELD_ONE,  FIELD_TEXT_OF(struct ending, code),   1, 1,    MSG("Why, in one word"), MSG("She doesn't read it."), enrolment_codes},
    {"reason", FIELD_TEXT, FIELD_TEXT_OF(struct ending, reason), 1, 1000, MSG("Words for her"), MSG("She gets them by letter, and reads them on her page."), NULL},
    {"note",   FIELD_TEXT, FIELD_TEXT_OF(struct ending, note),   0, 1000, MSG("Note for those who decide"), MSG("It is not shown to her here, but it is part of the copy of her data, if she asks for one."), NULL},
};
// clang-format on
static const struct shape leaving_shape = SHAPE(struct leaving, leaving_fields);
static const struct shape ending_shape = SHAPE(struct ending, ending_fields);

// ---- by her own wish ---------------------------------------------------------------------------

static enum rc load_withdraw(struct req *req)
{
    struct enrolment_view *view = NULL;
    struct enrolment *one = ARENA_NEW(req->arena, struct enrolment);
    if (one == NULL)
        return RC_NO_MEMORY;
    TRY(enrolment_make_view(req, &view));
    TRY(enrolment_mine_as(req, view->cohort.id, req_param(req, "role"), one));
    view->shape = &leaving_shape;
    view->one = one;
    view->role = one->role;
    return enrolment_is_in(one->state) ? RC_OK : RC_NOT_FOUND;
}

static void write_withdraw(struct html *html, struct req *req)
{
    page_withdraw(html, req->view);
}

// A draft is deleted; what was sent is withdrawn, and stays to be seen.
static enum rc act_withdraw(struct req *req)
{
    const struct leaving *in = req->in;
    struct enrolment mine;
    int64_t cohort = req_id(req, "cohort");
    TRY(enrolment_mine_as(req, cohort, req_param(req, "role"), &mine));
    if (strcmp(mine.state, "draft") == 0) {
        TRY(enrolment_drop_draft(req, cohort, mine.role));
        return req_go(req, MSG("Your draft is gone."), "/cohorts/%lld", (long long)cohort);
    }
    const struct enrolment_move move = {.id = mine.id,
                                        .cohort = cohort,
                                        .from = mine.state,
                                        .to = "withdrawn",
                                        .by = req->actor.person,
                                        .note = in->why};
    if (!enrolment_is_in(mine.state))
        return RC_EXISTS;
    TRY(enrolment_leave(req, &move, req->actor.person));
    return req_go(req, MSG("Your sign-up is withdrawn."), "/cohorts/%lld", (long long)cohort);
}

// ---- by those who run it -----------------------------------------------------------------------

static enum rc load_end(struct req *req)
{
    struct enrolment_view *view = NULL;
    TRY(enrolment_make_view_of_one(req, &view));
    view->shape = &ending_shape;
    return enrolment_is_in(view->one->state) ? RC_OK : RC_NOT_FOUND;
}

static void write_end(struct html *html, struct req *req)
{
    page_end_place(html, req->view);
}

static enum rc act_end(struct req *req)
{
    const struct ending *in = req->in;
    struct cohort cohort;
    struct enrolment one;
    TRY(cohort_load(req, &cohort));
    TRY(enrolment_find(req->tx, req->arena, cohort.id, req_id(req, "enrolment"), &one));
    if (!enrolment_is_in(one.state))
        return RC_EXISTS;
    const struct enrolment_move move = {.id = one.id,
                                        .cohort = cohort.id,
                                        .from = one.state,
                                        .to = "removed",
                                        .reason = in->reason,
                                        .by = req->actor.person,
                                        .code = in->code,
                                        .note = in->note};
    const struct app_place here = app_here(req);
    const struct app_letter *letter = &enrolment_letter_removed;
    TRY(enrolment_leave(req, &move, one.person));
    TRY(app_letter_own(&here, cohort.id, one.language, &letter));
    TRY(app_send(req, one.email, one.language, letter,
                 (const char *const[]){one.name, cohort.name, in->reason}, 3));
    return req_go(req, MSG("Her place has ended, and she gets a letter."),
                  "/cohorts/%lld/people/%lld", (long long)cohort.id, (long long)one.id);
}

// clang-format off
const struct route enrolment_end_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/join/:role/withdraw",   CAN_JOIN,          NULL,           NULL, NULL,         load_withdraw, write_withdraw, MSG("Withdraw my sign-up")},
    {WEB_POST, "/cohorts/:cohort/join/:role/withdraw",   CAN_JOIN,          &leaving_shape, NULL, act_withdraw, load_withdraw, write_withdraw, MSG("Withdraw my sign-up")},
    {WEB_GET,  "/cohorts/:cohort/people/:enrolment/end", CAN_REVIEW_PEOPLE, NULL,           NULL, NULL,         load_end,      write_end,      MSG("End a place")},
    {WEB_POST, "/cohorts/:cohort/people/:enrolment/end", CAN_REVIEW_PEOPLE, &ending_shape,  NULL, act_end,      load_end,      write_end,      MSG("End a place")},
    {0,        NULL,                                     0,                 NULL,           NULL, NULL,         NULL,          NULL,           NULL},
};
// clang-format on
