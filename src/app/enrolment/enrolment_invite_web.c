// SPDX-License-Identifier: Apache-2.0
//
// Why: the pages of enrolment_invite.h: inviting, and what somebody sees who follows a link.
#include <string.h>

#include "app/cohort/words.h"
#include "app/enrolment/enrolment_invite.h"
#include "app_enrolment_invite.html.h"
#include "auth/token.h"

enum { DAY_S = 24 * 3600, US = 1000000, CODE_LETTERS = 16, USUAL_DAYS = 30 };

struct inviting {
    const char *addresses;
    const char *role;
    const char *words;
    int64_t days;
    const char *language;
};
struct opening {
    const char *open_role;
    int64_t most;
    int64_t open_days;
};
struct ending {
    int64_t invite;
};
struct one_address {
    const char *email;
};
struct choice {
    const char *role;
};

// clang-format off
static const struct field_option roles[] = {
    {"mentee", MSG("To be a mentee")}, {"mentor", MSG("To be a mentor")}, {"any", MSG("Either: she chooses")}, {NULL, NULL},
};
static const struct field inviting_fields[] = {
    {"addresses", FIELD_TEXT,    FIELD_TEXT_OF(struct inviting, addresses), 3, 20000, MSG("E-mail addresses"), MSG("One or many, at most 200 at once: on a line each, or with commas between."), NULL},
    {"role",      FIELD_ONE,     FIELD_TEXT_OF(struct inviting, role),      1, 1,     MSG("To what do you invite them?"), "", roles},
    {"words",     FIELD_TEXT,    FIELD_TEXT_OF(struct inviting, words),     0, 1000,  MSG("Words of your own"), MSG("They stand in the letter. It also says which cohort it is, and who invites."), NULL},
    {"days",      FIELD_INTEGER, FIELD_INT_OF(struct inviting, days),       1, 90,    MSG("How many days the links work"), "", NULL},
    {"language",  FIELD_HIDDEN,  FIELD_TEXT_OF(struct inviting, language),  0, 20,    MSG("In which language?"), "", NULL},
};
static const struct field opening_fields[] = {
    {"open_role", FIELD_ONE,     FIELD_TEXT_OF(struct opening, open_role), 1, 1,    MSG("To what does the link invite?"), "", roles},
    {"most",      FIELD_INTEGER, FIELD_INT_OF(struct opening, most),       0, 5000, MSG("How many people it lets through"), MSG("0: any number."), NULL},
    {"open_days", FIELD_INTEGER, FIELD_INT_OF(struct opening, open_days),  1, 90,   MSG("How many days it works"), "", NULL},
};
static const struct field ending_fields[] = {
    {"invite", FIELD_INTEGER, FIELD_INT_OF(struct ending, invite), 1, INT64_MAX, MSG("Invitation"), "", NULL},
};
static const struct field address_fields[] = {
    {"email", FIELD_EMAIL, FIELD_TEXT_OF(struct one_address, email), 3, 254, "", "", NULL},
};
static const struct field choice_fields[] = {
    {"role", FIELD_ONE, FIELD_TEXT_OF(struct choice, role), 1, 1, MSG("To what do you invite them?"), "", roles},
};
// clang-format on
static const struct shape inviting_shape = SHAPE(struct inviting, inviting_fields);
static const struct shape opening_shape = SHAPE(struct opening, opening_fields);
static const struct shape ending_shape = SHAPE(struct ending, ending_fields);
static const struct shape address_shape = SHAPE(struct one_address, address_fields);
static const struct shape choice_shape = SHAPE(struct choice, choice_fields);

static const char *link_of(struct req *req, const char *code)
{
    return arena_printf(req->arena, "%s/invited/%s", web_origin(req->web, req->arena), code);
}

static const char *kept_role(const char *role)
{
    return strcmp(role, "any") == 0 ? "" : role;
}

// ---- for those who run it ----------------------------------------------------------------------

// The language of the letter: the one that is chosen, else that of whoever invites.
static enum rc add_languages(struct req *req, struct invite_view *view)
{
    const char *asked = form_value(&req->form, "language");
    view->language = locale_tag(req->locale);
    if (asked != NULL && asked[0] != '\0' && locale_find(asked) != NULL)
        view->language = locale_tag(locale_find(asked));
    view->languages = ARENA_ARRAY(req->arena, struct invite_language, locale_count());
    if (view->languages == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < locale_count(); k++) {
        const char *tag = locale_tag(locale_at(k));
        if (strcmp(tag, "qps") != 0)
            view->languages[view->language_count++] =
                (struct invite_language){tag, locale_name(locale_at(k))};
    }
    return RC_OK;
}

static enum rc load_invites(struct req *req)
{
    struct invite_view *view = ARENA_NEW(req->arena, struct invite_view);
    int64_t before = form_number(&req->form, "before");
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    view->open = cohort_is_open(&view->cohort);
    view->form = &req->form;
    view->shape = &inviting_shape;
    view->open_shape = &opening_shape;
    view->zone = req->actor.zone;
    req->view = view;
    TRY(invite_list(req, view->cohort.id, before, &view->invites, &view->count));
    for (size_t k = 0; k < view->count; k++) {
        view->invites[k].url = link_of(req, view->invites[k].code);
        if (view->invites[k].url == NULL)
            return RC_NO_MEMORY;
    }
    if (view->count > INVITES_A_PAGE) {
        view->count = INVITES_A_PAGE;
        if (req->http->method != WEB_POST)
            TRY(req_next(req, "before", view->invites[INVITES_A_PAGE - 1].id, &view->next));
    }
    TRY(add_languages(req, view));
    const struct inviting now = {NULL, "any", NULL, USUAL_DAYS, view->language};
    const struct opening open = {"any", 0, USUAL_DAYS};
    if (form_value(&req->form, "days") == NULL)
        TRY(shape_show(&inviting_shape, &req->form, &now));
    return form_value(&req->form, "open_days") == NULL
               ? shape_show(&opening_shape, &req->form, &open)
               : RC_OK;
}

static void write_invites(struct html *html, struct req *req)
{
    page_invites(html, req->view);
}

// Fills what all invitations of a form have in common.
static enum rc new_invite(struct req *req, const char *role, int64_t days,
                          struct invite *ret_invite)
{
    const char *token = token_new(req->arena);
    const char *code = token == NULL ? NULL : arena_strndup(req->arena, token, CODE_LETTERS);
    *ret_invite = (struct invite){.id = db_new_id(req->now_us),
                                  .cohort = req_id(req, "cohort"),
                                  .role = kept_role(role),
                                  .email = "",
                                  .code = code,
                                  .ends_at = req->now_us + days * DAY_S * US};
    return code == NULL ? RC_NO_MEMORY : RC_OK;
}

static const char *language_of(const struct req *req, const struct inviting *in)
{
    const struct locale *locale = locale_find(in->language == NULL ? "" : in->language);
    return locale_tag(locale == NULL ? req->locale : locale);
}

static enum rc invite_one(struct req *req, const struct cohort *cohort, const char *email)
{
    const struct inviting *in = req->in;
    struct invite invite;
    TRY(new_invite(req, in->role, in->days, &invite));
    invite.email = email;
    enum rc rc = invite_add(req, &invite);
    if (rc == RC_EXISTS) // she has signed up, or is invited
        return RC_OK;
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "addresses", MSG("There are too many invitations already"));
    TRY(rc);
    const char *link = link_of(req, invite.code);
    const char *until = app_time(req->arena, invite.ends_at);
    if (link == NULL || until == NULL)
        return RC_NO_MEMORY;
    const char *const values[] = {cohort->name, req->actor.name, link, until, in->words};
    const char *tag = language_of(req, in);
    const struct app_place here = app_here(req);
    const struct app_letter *letter = &enrolment_letter_invite;
    TRY(app_letter_own(&here, cohort->id, tag, &letter));
    return app_send(req, email, tag, letter, values, sizeof values / sizeof values[0]);
}

// The next address of a list, as forms read one. RC_NOT_FOUND: there is none any more.
// RC_BAD_INPUT: it is none.
static enum rc next_address(struct req *req, const char **at, const char **ret_email)
{
    static const char between[] = " \t\n,;<>";
    struct form form;
    struct one_address one = {NULL};
    *at += strspn(*at, between);
    size_t length = strcspn(*at, between);
    const char *typed = arena_strndup(req->arena, *at, length);
    if (length == 0)
        return RC_NOT_FOUND;
    if (typed == NULL)
        return RC_NO_MEMORY;
    *at += length;
    form_open(&form, req->arena);
    TRY(form_add(&form, "email", typed));
    TRY(shape_read(&address_shape, &form, &one));
    *ret_email = one.email;
    return RC_OK;
}

// All addresses of the form; what is none of them is refused.
static enum rc read_addresses(struct req *req, const char *emails[INVITES_AT_ONCE],
                              size_t *ret_count)
{
    const struct inviting *in = req->in;
    size_t count = 0;
    enum rc rc = RC_OK;
    for (const char *at = in->addresses; rc == RC_OK;) {
        const char *email = NULL;
        rc = next_address(req, &at, &email);
        if (rc == RC_OK && count == INVITES_AT_ONCE)
            return form_refuse(&req->form, "addresses", MSG("Write at most 200 addresses at once"));
        if (rc == RC_OK)
            emails[count++] = email;
    }
    if (rc == RC_BAD_INPUT)
        return form_refuse_numbers(&req->form, "addresses",
                                   MSG("Number {0} of them is not an e-mail address"),
                                   (int64_t)count + 1, 0);
    if (rc != RC_NOT_FOUND)
        return rc;
    *ret_count = count;
    return count > 0 ? RC_OK
                     : form_refuse(&req->form, "addresses", MSG("Write at least one address"));
}

static enum rc act_invite(struct req *req)
{
    struct cohort cohort;
    const char *emails[INVITES_AT_ONCE];
    size_t count = 0;
    TRY(cohort_load(req, &cohort));
    TRY(read_addresses(req, emails, &count));
    for (size_t k = 0; k < count; k++)
        TRY(invite_one(req, &cohort, emails[k]));
    return req_go(
        req,
        MSG("The invitations are on their way. Who has signed up or was invited gets no second."),
        "/cohorts/%lld/invitations", (long long)cohort.id);
}

// ---- the letter, before it goes ----------------------------------------------------------------

// Nothing is kept yet: only what is wrong is told.
static enum rc act_look(struct req *req)
{
    const char *emails[INVITES_AT_ONCE];
    size_t count = 0;
    return read_addresses(req, emails, &count);
}

static enum rc show_letter(struct req *req, struct invite_view *view, const struct inviting *in)
{
    const struct app_place here = app_here(req);
    const char *until = app_time(req->arena, req->now_us + in->days * DAY_S * US);
    const char *link = link_of(req, "...");
    if (until == NULL || link == NULL)
        return RC_NO_MEMORY;
    const char *const values[] = {view->cohort.name, req->actor.name, link, until, in->words};
    return app_letter_show(&here, view->cohort.id, view->language, &enrolment_letter_invite, values,
                           sizeof values / sizeof values[0], &view->letter);
}

static enum rc load_look(struct req *req)
{
    const char *emails[INVITES_AT_ONCE];
    const struct inviting *in = req->in;
    size_t count = 0;
    TRY(load_invites(req));
    struct invite_view *view = req->view;
    if (req->form.error_count > 0)
        return RC_OK;
    TRY(read_addresses(req, emails, &count));
    for (size_t k = 0; k < count; k++) {
        bool there = false;
        TRY(invite_is_known(req, view->cohort.id, emails[k], &there));
        view->known += there;
        view->fresh += !there;
    }
    return show_letter(req, view, in);
}

static void write_look(struct html *html, struct req *req)
{
    if (req->form.error_count > 0)
        page_invites(html, req->view);
    else
        page_invites_look(html, req->view);
}

static enum rc act_open(struct req *req)
{
    const struct opening *in = req->in;
    struct cohort cohort;
    struct invite invite;
    TRY(cohort_load(req, &cohort));
    TRY(new_invite(req, in->open_role, in->open_days, &invite));
    invite.most = in->most;
    enum rc rc = invite_add(req, &invite);
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "most", MSG("There are too many invitations already"));
    TRY(rc);
    return req_go(req, MSG("The link is there: copy it from the list."),
                  "/cohorts/%lld/invitations", (long long)cohort.id);
}

static enum rc act_end(struct req *req)
{
    const struct ending *in = req->in;
    int64_t cohort = req_id(req, "cohort");
    TRY(invite_end(req, cohort, in->invite));
    return req_go(req, MSG("The link has ended."), "/cohorts/%lld/invitations", (long long)cohort);
}

// ---- for whoever has the link ------------------------------------------------------------------

static enum rc load_invited(struct req *req)
{
    struct invite_view *view = ARENA_NEW(req->arena, struct invite_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(invite_find(req, req_param(req, "code"), &view->one));
    TRY(cohort_find(req->tx, req->arena, view->one.cohort, &view->cohort));
    TRY(cohort_translate(req, &view->cohort));
    view->open = cohort_is_open(&view->cohort);
    view->form = &req->form;
    view->zone = req->actor.zone;
    view->action = req_path(req);
    req->title = view->cohort.name;
    req->view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

static void write_invited(struct html *html, struct req *req)
{
    page_invited(html, req->view);
}

static enum rc act_follow(struct req *req)
{
    const struct choice *in = req->in;
    struct invite invite;
    TRY(invite_find(req, req_param(req, "code"), &invite));
    const char *role = invite.role[0] != '\0' ? invite.role : in->role;
    TRY(invite_use(req, &invite));
    TRY(req_set_cookie(req, INVITE_COOKIE, invite.code, INVITE_COOKIE_S));
    if (strcmp(role, "any") == 0)
        return req_go(req, NULL, "/cohorts/%lld", (long long)invite.cohort);
    return req_go(req, NULL, "/cohorts/%lld/join/%s/aims", (long long)invite.cohort, role);
}

// clang-format off
OUT_TYPE(invite_out, struct invite);
static const struct out invite_rows[] = {
    {"id",      OUT_ID,      OUT_INT_OF(struct invite,  id),      ""},
    {"email",   OUT_SOME,    OUT_TEXT_OF(struct invite, email),   "null: a link for everybody who has it"},
    {"role",    OUT_SOME,    OUT_TEXT_OF(struct invite, role),    "mentee or mentor; null: as she likes"},
    {"link",    OUT_TEXT,    OUT_TEXT_OF(struct invite, url),     ""},
    {"most",    OUT_INTEGER, OUT_INT_OF(struct invite,  most),    "0: any number"},
    {"uses",    OUT_INTEGER, OUT_INT_OF(struct invite,  uses),    "how often it was followed"},
    {"joins",   OUT_INTEGER, OUT_INT_OF(struct invite,  joins),   "how many have signed up by it"},
    {"at",      OUT_INSTANT, OUT_TIME_OF(struct invite, at),      ""},
    {"ends_at", OUT_INSTANT, OUT_TIME_OF(struct invite, ends_at), ""},
    {"joined",  OUT_BOOLEAN, OUT_BOOL_OF(struct invite, joined),  "she has signed up"},
};
static const struct out_shape invite_out = OUT_SHAPE("Invitation", struct invite, invite_rows);
static const struct out invites_rows[] = {
    {"invitations", OUT_LIST, OUT_LIST_OF(struct invite_view, invites, count, invite_out), "the newest first"},
    {"next",        OUT_PATH, OUT_TEXT_OF(struct invite_view, next),                       ""},
};
static const struct out_shape invites_out = OUT_SHAPE("Invitations", struct invite_view, invites_rows);

const struct route enrolment_invite_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/invitations",      CAN_REVIEW_PEOPLE, NULL,            NULL, NULL,       load_invites, write_invites, MSG("Invite people"), .out = &invites_out, .query = "before"},
    {WEB_POST, "/cohorts/:cohort/invitations",      CAN_REVIEW_PEOPLE, &inviting_shape, NULL, act_invite, load_invites, write_invites, MSG("Invite people")},
    {WEB_POST, "/cohorts/:cohort/invitations/look", CAN_REVIEW_PEOPLE, &inviting_shape, NULL, act_look,   load_look,    write_look,    MSG("Look at the letter")},
    {WEB_POST, "/cohorts/:cohort/invitations/open", CAN_REVIEW_PEOPLE, &opening_shape,  NULL, act_open,   load_invites, write_invites, MSG("Make a link for everybody")},
    {WEB_POST, "/cohorts/:cohort/invitations/end",  CAN_REVIEW_PEOPLE, &ending_shape,   NULL, act_end,    NULL,         NULL,          MSG("End the link of an invitation")},
    {WEB_GET,  "/invited/:code",                    CAN_FOLLOW_LINK,   NULL,            NULL, NULL,       load_invited, write_invited, MSG("You are invited")},
    {WEB_POST, "/invited/:code",                    CAN_FOLLOW_LINK,   &choice_shape,   NULL, act_follow, load_invited, write_invited, MSG("You are invited")},
    {0,        NULL,                                0,                 NULL,            NULL, NULL,       NULL,         NULL,          NULL},
};
// clang-format on
