// SPDX-License-Identifier: Apache-2.0
//
// Why: what a person does with her own account: name, address, password, sessions, and closing it.
#include <string.h>

#include "base/zone.h"

#include "app/account/account.h"
#include "app/account/account_device.h"
#include "app/account/account_page.h"
#include "app/account/account_store.h"
#include "app/back.h"
#include "app_account_account.html.h"
#include "auth/password.h"
#include "auth/token.h"
#include "jobs/jobs.h"

// ---- forms -----------------------------------------------------------------------------------

struct profile {
    const char *name;
    const char *said;
    const char *pronouns;
    const char *zone;
};

struct new_email {
    const char *email;
};

struct new_password {
    const char *password;
    const char *new_password;
};

struct session_choice {
    const char *session;
};

struct closing {
    int64_t sure;
};

// clang-format off
static const struct field profile_fields[] = {
    {"name",     FIELD_LINE, FIELD_TEXT_OF(struct profile, name),     1, 100, MSG("Your name"), MSG("As you want others to see it."), NULL},
    {"said",     FIELD_LINE, FIELD_TEXT_OF(struct profile, said),     0, 100, MSG("How your name is said"), MSG("As others would read it aloud, such as NEE-ah-muh for Niamh. Your match and the people who run the programme see it."), NULL},
    {"pronouns", FIELD_LINE, FIELD_TEXT_OF(struct profile, pronouns), 0, 40,  MSG("Pronouns"),  MSG("Such as she/her. The people who run the programme see them, and those you are matched with."), NULL},
    {"zone",     FIELD_LINE, FIELD_TEXT_OF(struct profile, zone),     1, 60,  MSG("Time zone"), MSG("As continent/city, such as Europe/Madrid. All times are shown in it."), NULL},
};
static const struct field new_email_fields[] = {
    {"email", FIELD_EMAIL, FIELD_TEXT_OF(struct new_email, email), 1, 254, MSG("New e-mail address"), MSG("We send a letter to the old and to the new one. Both must be confirmed within a day."), NULL},
};
// From the old address letters come back.
static const struct field only_email_fields[] = {
    {"email", FIELD_EMAIL, FIELD_TEXT_OF(struct new_email, email), 1, 254, MSG("New e-mail address"), MSG("We send a letter to the new one. It must be confirmed within a day."), NULL},
};
static const struct field new_password_fields[] = {
    {"password",     FIELD_PASSWORD, FIELD_TEXT_OF(struct new_password, password),     0, 256, MSG("Password until now"), MSG("Leave it out when you have just come in by a link."), NULL},
    {"new_password", FIELD_PASSWORD, FIELD_TEXT_OF(struct new_password, new_password), 1, 256, MSG("New password"),       MSG("At least 15 characters. A few words that only you put together are easy to keep in mind."), NULL},
};
static const struct field session_fields[] = {
    {"session", FIELD_HIDDEN, FIELD_TEXT_OF(struct session_choice, session), 16, 16, MSG("Session"), "", NULL},
};
static const struct field closing_fields[] = {
    {"sure", FIELD_TICK, FIELD_INT_OF(struct closing, sure), 1, 1, MSG("Yes, close my account"), "", NULL},
};
// clang-format on
static const struct shape profile_shape = SHAPE(struct profile, profile_fields);
static const struct shape new_email_shape = SHAPE(struct new_email, new_email_fields);
static const struct shape only_email_shape = SHAPE(struct new_email, only_email_fields);
static const struct shape new_password_shape = SHAPE(struct new_password, new_password_fields);
static const struct shape session_shape = SHAPE(struct session_choice, session_fields);
static const struct shape closing_shape = SHAPE(struct closing, closing_fields);

static enum rc my_hash(struct req *req, const char **ret_hash)
{
    const char *token = req_cookie(req, WEB_COOKIE); // NULL: a program with an access token
    *ret_hash = token_hash(req->arena, "session", token == NULL ? "" : token);
    return *ret_hash == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc make_view(struct req *req, const struct shape *shape, struct account_view **ret_view)
{
    struct account_view *view = ARENA_NEW(req->arena, struct account_view);
    const char *stored = NULL;
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(person_password(req, &stored));
    view->action = req_path(req);
    view->form = &req->form;
    view->shape = shape;
    view->name = req->actor.name;
    view->email = req->actor.email;
    view->pronouns = req->actor.pronouns;
    TRY(account_said(req->tx, req->arena, req->actor.person, &view->said));
    view->zone = req->actor.zone;
    view->has_password = stored[0] != '\0';
    TRY(back_stops(req->tx, req->arena, req->actor.email, &view->letters_back));
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

// ---- my account ------------------------------------------------------------------------------

static enum rc load_account(struct req *req)
{
    struct account_view *view = NULL;
    struct db_rows *rows = NULL;
    const char *hash = NULL;
    TRY(make_view(req, NULL, &view));
    TRY(my_hash(req, &hash));
    TRY(session_list(req, &rows));
    TRY(link_waiting(req, &view->new_email));
    view->session_count = db_count(rows);
    view->sessions = ARENA_ARRAY(req->arena, struct account_session, db_count(rows));
    if (view->sessions == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        view->sessions[k] =
            (struct account_session){app_time(req->arena, db_int(rows, k, 0)), db_text(rows, k, 2),
                                     strcmp(db_text(rows, k, 3), hash) == 0, db_int(rows, k, 0)};
    return RC_OK;
}

static void write_account(struct html *html, struct req *req)
{
    page_account(html, req->view);
}

static enum rc act_end_others(struct req *req)
{
    const char *hash = NULL;
    TRY(my_hash(req, &hash));
    TRY(session_end_others(req->tx, req->actor.person, hash));
    return req_go(req, MSG("All other sessions have ended."), "/account");
}

static enum rc act_end_one(struct req *req)
{
    const struct session_choice *in = req->in;
    TRY(session_end_one(req->tx, req->actor.person, in->session));
    return req_go(req, MSG("That session has ended."), "/account");
}

// ---- name, pronouns, zone --------------------------------------------------------------------

static enum rc load_profile(struct req *req)
{
    struct account_view *view = NULL;
    TRY(make_view(req, &profile_shape, &view));
    struct profile now = {req->actor.name, view->said, req->actor.pronouns, req->actor.zone};
    return req->form.error_count > 0 ? RC_OK : shape_edit(&profile_shape, &req->form, &now);
}

static void write_profile(struct html *html, struct req *req)
{
    page_profile(html, req->view);
}

static enum rc act_profile(struct req *req)
{
    const struct profile *in = req->in;
    struct zone zone;
    enum rc rc = zone_load(req->arena, ZONE_FOLDER, in->zone, &zone);
    if (rc == RC_NOT_FOUND || rc == RC_BAD_INPUT)
        return form_refuse(&req->form, "zone",
                           MSG("There is no such time zone. Write continent/city, such as "
                               "America/Bogota or Asia/Kolkata"));
    TRY(rc);
    TRY(account_set_profile(req->tx, req->actor.person, in->name, in->pronouns, in->zone));
    TRY(account_set_said(req->tx, req->actor.person, in->said));
    if (strcmp(in->zone, req->actor.zone) != 0) {
        const char *body =
            arena_printf(req->arena, "%lld %s", (long long)req->actor.person, req->actor.zone);
        if (body == NULL)
            return RC_NO_MEMORY;
        TRY(job_add(req->tx, ACCOUNT_ZONE, body, req->now_us, req->now_us));
    }
    const struct app_place here = app_here(req);
    const struct announcement changed = {.what = ANNOUNCE_PROFILE_CHANGED,
                                         .person = req->actor.person,
                                         .subject = req->actor.person};
    TRY(app_announce(&here, &changed));
    return req_go(req, MSG("It is kept."), "/account");
}

// ---- another address ---------------------------------------------------------------------------

static const struct app_letter letter_old = {
    MSG("Change of your e-mail address"),
    {MSG("Hello {0},"), MSG("your account is to change to another e-mail address: {2}."),
                                       MSG("If that is right, open this page and press the button there, within a day:"), "{1}",
                                       MSG("If it was not you, do nothing, and change your password."), NULL}
};

static const struct app_letter letter_new = {
    MSG("Confirm your new e-mail address"),
    {MSG("Hello {0},"), MSG("this address is to be the one of your account from now on."),
                                         MSG("Open this page and press the button there, within a day:"), "{1}",
                                         MSG("If it was not you, do nothing: without the button nothing happens."), NULL}
};

static enum rc send_half(struct req *req, const char *kind, const char *to, const char *wanted,
                         const struct app_letter *letter)
{
    const struct account_link link = {
        kind, wanted, req->actor.name, "", locale_tag(req->locale), req->actor.person};
    return account_send_link(req, to, &link, letter, LINK_LIFE_S);
}

static enum rc load_email(struct req *req)
{
    struct account_view *view = NULL;
    TRY(make_view(req, &new_email_shape, &view));
    view->shape = view->letters_back ? &only_email_shape : &new_email_shape;
    return RC_OK;
}

static void write_email(struct html *html, struct req *req)
{
    page_account_email(html, req->view);
}

static enum rc act_email(struct req *req)
{
    const struct new_email *in = req->in;
    int64_t sent = 0;
    bool stops = false;
    TRY(back_stops(req->tx, req->arena, req->actor.email, &stops));
    TRY(link_count(req->tx, req->arena, in->email, req->now_us, &sent));
    if (sent >= LINKS_MOST)
        return form_refuse(&req->form, "email",
                           MSG("This address has had many letters just now. Wait an hour"));
    TRY(link_end_all(req->tx, req->actor.person, "email_old"));
    TRY(link_end_all(req->tx, req->actor.person, "email_new"));
    if (!stops)
        TRY(send_half(req, "email_old", req->actor.email, in->email, &letter_old));
    TRY(send_half(req, "email_new", in->email, in->email, &letter_new));
    if (stops)
        return req_go(req, MSG("A letter is on its way to your new address. Open the link in it."),
                      "/account");
    return req_go(req, MSG("Two letters are on their way. Open the link in each."), "/account");
}

static const struct app_letter letter_try = {
    MSG("Do letters reach you here?"),
    {MSG("Hello {0},"), MSG("letters to this address came back, so we send none there for now."),
                                    MSG("If you read this one, open this page and press the button there, within a day. Then you get letters again:"),
                                    "{1}", NULL}
};

// She says that her address works: a letter shows whether it does.
static enum rc act_try(struct req *req)
{
    int64_t sent = 0;
    bool stops = false;
    const struct account_link link = {"tried", req->actor.email,        req->actor.name,
                                      "",      locale_tag(req->locale), req->actor.person};
    TRY(back_stops(req->tx, req->arena, req->actor.email, &stops));
    if (!stops)
        return RC_EXISTS;
    TRY(link_count(req->tx, req->arena, req->actor.email, req->now_us, &sent));
    if (sent >= LINKS_MOST)
        return req_go(req, MSG("This address has had many letters just now. Wait an hour"),
                      "/account/email");
    TRY(account_send_link(req, req->actor.email, &link, &letter_try, LINK_LIFE_S));
    return req_go(req,
                  MSG("A letter is on its way. Open the link in it, and you get letters again."),
                  "/account/email");
}

// ---- another password --------------------------------------------------------------------------

static enum rc load_password(struct req *req)
{
    struct account_view *view = NULL;
    return make_view(req, &new_password_shape, &view);
}

static void write_password(struct html *html, struct req *req)
{
    page_account_password(html, req->view);
}

static enum rc check_new_password(struct req *req)
{
    const struct new_password *in = req->in;
    const struct app *app = req->app;
    const char *about[] = {req->actor.name, req->actor.email, app->site, NULL};
    const char *fault = password_fault(req->arena, in->new_password, about);
    const char *hash = NULL;
    const char *stored = NULL;
    bool fresh = false;
    if (req->actor.person == 0)
        return RC_STOPPED;
    if (fault != NULL)
        return form_refuse(&req->form, "new_password", fault);
    TRY(my_hash(req, &hash));
    TRY(session_is_fresh(req, hash, &fresh));
    TRY(person_password(req, &stored));
    if (!fresh && !password_fits(stored, in->password))
        return form_refuse(&req->form, "password",
                           MSG("This is not your password. If you have lost it, sign out, come in "
                               "by a link, and set a new one"));
    stored = NULL;
    TRY(password_hash(req->arena, in->new_password, &stored));
    req->kept = (void *)(uintptr_t)stored;
    return RC_OK;
}

// Whoever else was signed in with the old one is not any more.
static enum rc act_password(struct req *req)
{
    const char *hash = NULL;
    TRY(my_hash(req, &hash));
    TRY(person_set_password(req->tx, req->actor.person, req->kept));
    TRY(session_end_others(req->tx, req->actor.person, hash));
    TRY(device_new_password(req));
    return req_go(req, MSG("Your new password holds. All other sessions have ended."), "/account");
}

// ---- closing -----------------------------------------------------------------------------------

static enum rc load_close(struct req *req)
{
    struct account_view *view = NULL;
    return make_view(req, &closing_shape, &view);
}

static void write_close(struct html *html, struct req *req)
{
    page_account_close(html, req->view);
}

enum rc account_close(const struct app_place *place, int64_t person)
{
    const struct app_slice *const *slices = place->app->slices;
    for (size_t k = 0; slices[k] != NULL; k++)
        for (const char *const *sql = slices[k]->closes; sql != NULL && *sql != NULL; sql++)
            TRY(db_do(place->tx, NULL, *sql, DB_ARGS(DB_INT(person), DB_INT(place->now_us))));
    const struct announcement closed = {ANNOUNCE_ACCOUNT_CLOSED, 0, 0, person, person};
    return app_announce(place, &closed);
}

static enum rc act_close(struct req *req)
{
    bool alone = false;
    TRY(account_is_last_admin(req, &alone));
    if (alone)
        return form_refuse(&req->form, "sure",
                           MSG("You are the only administrator. Make somebody else one first"));
    const struct app_place here = app_here(req);
    TRY(account_close(&here, req->actor.person));
    TRY(req_set_cookie(req, WEB_COOKIE, "", -1));
    req->clears = true;
    return req_go(req, MSG("Your account is closed. A link by e-mail opens it again."), "/");
}

// clang-format off
const struct route account_self_routes[] = {
    {WEB_GET,  "/account",              CAN_HAVE_ACCOUNT, NULL,                NULL,               NULL,           load_account,  write_account,  MSG("My account"), .out = &account_out},
    {WEB_POST, "/account/sessions/end", CAN_GUARD_ACCOUNT, NULL,                NULL,               act_end_others, NULL,          NULL,           MSG("Sign out everywhere else")},
    {WEB_POST, "/account/session/end",  CAN_GUARD_ACCOUNT, &session_shape,      NULL,               act_end_one,    NULL,          NULL,           MSG("End a session")},
    {WEB_GET,  "/account/profile",      CAN_HAVE_ACCOUNT, NULL,                NULL,               NULL,           load_profile,  write_profile,  MSG("Name, pronouns, time zone"), .out = &web_out_form},
    {WEB_POST, "/account/profile",      CAN_HAVE_ACCOUNT, &profile_shape,      NULL,               act_profile,    load_profile,  write_profile,  MSG("Name, pronouns, time zone")},
    {WEB_GET,  "/account/email",        CAN_GUARD_ACCOUNT, NULL,                NULL,               NULL,           load_email,    write_email,    MSG("Change my e-mail address")},
    {WEB_POST, "/account/email",        CAN_GUARD_ACCOUNT, &new_email_shape,    NULL,               act_email,      load_email,    write_email,    MSG("Change my e-mail address")},
    {WEB_POST, "/account/email/try",    CAN_GUARD_ACCOUNT, NULL,                NULL,               act_try,        NULL,          NULL,           MSG("Try my address again")},
    {WEB_GET,  "/account/password",     CAN_GUARD_ACCOUNT, NULL,                NULL,               NULL,           load_password, write_password, MSG("Set a password")},
    {WEB_POST, "/account/password",     CAN_GUARD_ACCOUNT, &new_password_shape, check_new_password, act_password,   load_password, write_password, MSG("Set a password")},
    {WEB_GET,  "/account/close",        CAN_GUARD_ACCOUNT, NULL,                NULL,               NULL,           load_close,    write_close,    MSG("Close my account")},
    {WEB_POST, "/account/close",        CAN_GUARD_ACCOUNT, &closing_shape,      NULL,               act_close,      load_close,    write_close,    MSG("Close my account")},
    {0,        NULL,                    0,                NULL,                NULL,               NULL,           NULL,          NULL,           NULL},
};
// clang-format on
