// SPDX-License-Identifier: Apache-2.0
//
// Why: the pages of match_guest.h: whom a committee has as guests, how many judgements it wants,
// and the yes of somebody who was invited.
#include "app/match/match_guest.h"
#include "app_match_match_guest.html.h"

struct inviting {
    const char *name;
    const char *email;
};
struct coming {
    const char *name;
};
struct quorum {
    int64_t quorum;
};
struct ending {
    int64_t guest;
};

// clang-format off
static const struct field inviting_fields[] = {
    {"name",  FIELD_LINE,  FIELD_TEXT_OF(struct inviting, name),  1, 200, MSG("Her name"), "", NULL},
    {"email", FIELD_EMAIL, FIELD_TEXT_OF(struct inviting, email), 3, 254, MSG("Her e-mail address"), MSG("She gets a letter with a link, which works for fourteen days."), NULL},
};
static const struct field coming_fields[] = {
    {"name", FIELD_LINE, FIELD_TEXT_OF(struct coming, name), 1, 200, MSG("Your name"), MSG("As the minutes of the committee shall have it."), NULL},
};
static const struct field quorum_fields[] = {
    {"quorum", FIELD_INTEGER, FIELD_INT_OF(struct quorum, quorum), 2, 5, MSG("How many judgements a pair needs, at least"), MSG("From 2 to 5. It holds at once, also for runs that are being judged."), NULL},
};
static const struct field ending_fields[] = {
    {"guest", FIELD_INTEGER, FIELD_INT_OF(struct ending, guest), 1, INT64_MAX, MSG("Invitation"), "", NULL},
};
static const struct app_letter letter_guest = {
    MSG("Will you help to judge who is matched with whom?"),
    {MSG("Hello {0},"), MSG("{1} asks you to be a guest of the matching committee of {2}: to read proposed pairs of a mentee and a mentor, and to say whether they fit."),
     MSG("Say yes here until {4}; your account is made then:"), "{3}", MSG("If you don't want to, do nothing: nothing is kept of you but this invitation, which ends by itself."), NULL},
};
// clang-format on
static const struct shape inviting_shape = SHAPE(struct inviting, inviting_fields);
static const struct shape coming_shape = SHAPE(struct coming, coming_fields);
static const struct shape quorum_shape = SHAPE(struct quorum, quorum_fields);
static const struct shape ending_shape = SHAPE(struct ending, ending_fields);

// ---- for those who run it -----------------------------------------------------------------------

static enum rc load_guests(struct req *req)
{
    struct match_guest_view *view = ARENA_NEW(req->arena, struct match_guest_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    TRY(guest_list(req, view->cohort.id, &view->guests, &view->guest_count));
    TRY(quorum_find(req->tx, req->arena, view->cohort.id, &view->quorum));
    view->zone = req->actor.zone;
    view->form = &req->form;
    view->shape = &inviting_shape;
    view->quorum_shape = &quorum_shape;
    req->view = view;
    if (req->form.error_count > 0)
        return RC_OK;
    const struct quorum now = {view->quorum};
    return shape_edit(&quorum_shape, &req->form, &now);
}

static void write_guests(struct html *html, struct req *req)
{
    page_match_guests(html, req->view);
}

static enum rc act_invite(struct req *req)
{
    const struct inviting *in = req->in;
    struct cohort cohort;
    const char *token = NULL;
    TRY(cohort_load(req, &cohort));
    enum rc rc = guest_add(req, cohort.id, in->email, in->name, &token);
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "email", MSG("There are too many invitations already"));
    TRY(rc);
    const char *link =
        arena_printf(req->arena, "%s/guest/%s", web_origin(req->web, req->arena), token);
    const char *until = app_time(req->arena, req->now_us + GUEST_LIFE_US);
    if (link == NULL || until == NULL)
        return RC_NO_MEMORY;
    const char *const values[] = {in->name, req->actor.name, cohort.name, link, until};
    TRY(app_send(req, in->email, locale_tag(req->locale), &letter_guest, values,
                 sizeof values / sizeof values[0]));
    return req_go(req, MSG("The invitation is on its way."), "/cohorts/%lld/guests",
                  (long long)cohort.id);
}

static enum rc act_end(struct req *req)
{
    const struct ending *in = req->in;
    int64_t cohort = req_id(req, "cohort");
    TRY(guest_end(req, cohort, in->guest));
    return req_go(req, MSG("The invitation is taken back."), "/cohorts/%lld/guests",
                  (long long)cohort);
}

static enum rc act_quorum(struct req *req)
{
    const struct quorum *in = req->in;
    int64_t cohort = req_id(req, "cohort");
    TRY(quorum_set(req, cohort, in->quorum));
    return req_go(req, MSG("That many judgements are needed from now on."), "/cohorts/%lld/guests",
                  (long long)cohort);
}

// ---- for her --------------------------------------------------------------------------------

static enum rc load_invited(struct req *req)
{
    struct match_guest_view *view = ARENA_NEW(req->arena, struct match_guest_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(guest_find(req, req_param(req, "token"), &view->guest));
    view->form = &req->form;
    view->shape = &coming_shape;
    view->action = req_path(req);
    if (view->action == NULL)
        return RC_NO_MEMORY;
    req->view = view;
    if (req->form.error_count > 0)
        return RC_OK;
    const struct coming now = {view->guest.name};
    return shape_show(&coming_shape, &req->form, &now);
}

static void write_invited(struct html *html, struct req *req)
{
    page_match_invited(html, req->view);
}

static enum rc act_come(struct req *req)
{
    const struct coming *in = req->in;
    struct match_guest guest;
    const char *link = NULL;
    TRY(guest_find(req, req_param(req, "token"), &guest));
    TRY(guest_come(req, &guest, in->name, &link));
    return req_go(
        req,
        MSG("Thank you. Sign in with this link now; later, ask for a new one with your address."),
        "/link/%s", link);
}

// clang-format off
OUT_TYPE(guest_out, struct match_guest);
static const struct out guest_rows[] = {
    {"id",      OUT_ID,      OUT_INT_OF(struct match_guest,  id),      ""},
    {"name",    OUT_TEXT,    OUT_TEXT_OF(struct match_guest, name),    ""},
    {"email",   OUT_TEXT,    OUT_TEXT_OF(struct match_guest, email),   ""},
    {"at",      OUT_INSTANT, OUT_TIME_OF(struct match_guest, at),      "when she was invited"},
    {"ends_at", OUT_INSTANT, OUT_TIME_OF(struct match_guest, ends_at), "of the link"},
    {"came",    OUT_BOOLEAN, OUT_BOOL_OF(struct match_guest, came),    "she said yes"},
};
static const struct out_shape guest_out = OUT_SHAPE("Guest", struct match_guest, guest_rows);
static const struct out guests_rows[] = {
    {"quorum", OUT_INTEGER, OUT_INT_OF(struct match_guest_view, quorum), "judgements that a pair needs"},
    {"guests", OUT_LIST,    OUT_LIST_OF(struct match_guest_view, guests, guest_count, guest_out), "the newest first"},
};
const struct out_shape match_guests_out = OUT_SHAPE("Guests", struct match_guest_view, guests_rows);

const struct route match_guest_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/guests",        CAN_RUN_COHORTS, NULL,            NULL, NULL,       load_guests,  write_guests,  MSG("Guests of the committee"), .out = &match_guests_out},
    {WEB_POST, "/cohorts/:cohort/guests",        CAN_RUN_COHORTS, &inviting_shape, NULL, act_invite, load_guests,  write_guests,  MSG("Guests of the committee")},
    {WEB_POST, "/cohorts/:cohort/guests/end",    CAN_RUN_COHORTS, &ending_shape,   NULL, act_end,    NULL,         NULL,          MSG("Take an invitation back")},
    {WEB_POST, "/cohorts/:cohort/guests/quorum", CAN_RUN_COHORTS, &quorum_shape,   NULL, act_quorum, load_guests,  write_guests,  MSG("How many judgements a pair needs")},
    {WEB_GET,  "/guest/:token",                  CAN_FOLLOW_LINK, NULL,            NULL, NULL,       load_invited, write_invited, MSG("Be a guest of the committee")},
    {WEB_POST, "/guest/:token",                  CAN_FOLLOW_LINK, &coming_shape,   NULL, act_come,   load_invited, write_invited, MSG("Be a guest of the committee")},
    {0,        NULL,                             0,               NULL,            NULL, NULL,       NULL,         NULL,          NULL},
};
// clang-format on
