// SPDX-License-Identifier: Apache-2.0
//
// Why: the pages of accounts: register, sign in and out, sessions, language.
#include <string.h>

#include "app/account/account.h"
#include "app/account/account_store.h"
#include "app_account_account.html.h"
#include "auth/password.h"
#include "auth/token.h"

// ---- forms -----------------------------------------------------------------------------------

struct registration {
    const char *name;
    const char *email;
    const char *new_password;
};

static const struct field registration_fields[] = {
    {"name",         FIELD_LINE,     FIELD_TEXT_OF(struct registration, name),         1, 100, MSG("Your name"),
     MSG("As you want others to see it."),                                                            NULL},
    {"email",        FIELD_EMAIL,    FIELD_TEXT_OF(struct registration, email),        1, 254, MSG("E-mail address"),
     MSG("You sign in with it. Only the person you are matched with sees it."),                       NULL},
    {"new_password", FIELD_PASSWORD, FIELD_TEXT_OF(struct registration, new_password), 1, 256,
     MSG("Password"),
     MSG("At least 15 characters. A few words that only you put together are easy to keep in mind."),
     NULL                                                                                                 },
};
static const struct shape registration_shape = SHAPE(struct registration, registration_fields);

struct credentials {
    const char *email;
    const char *password;
    const char *next;
};

static const struct field credentials_fields[] = {
    {"email",    FIELD_EMAIL,    FIELD_TEXT_OF(struct credentials, email),    1, 254, MSG("E-mail address"),
     "",                                                                                                         NULL},
    {"password", FIELD_PASSWORD, FIELD_TEXT_OF(struct credentials, password), 1, 256,
     MSG("Password"),                                                                                        "", NULL},
    {"next",     FIELD_HIDDEN,   FIELD_TEXT_OF(struct credentials, next),     0, 300, MSG("Next page"),      "",
     NULL                                                                                                            },
};
static const struct shape credentials_shape = SHAPE(struct credentials, credentials_fields);

struct language_choice {
    const char *language;
    const char *back;
};

static const struct field language_fields[] = {
    {"language", FIELD_LINE,   FIELD_TEXT_OF(struct language_choice, language), 1, 8,   MSG("Language"),
     "", NULL},
    {"back",     FIELD_HIDDEN, FIELD_TEXT_OF(struct language_choice, back),     0, 300, MSG("Next page"),
     "", NULL},
};
static const struct shape language_shape = SHAPE(struct language_choice, language_fields);

// A path of ours to go on to; anything else is the first page.
static const char *safe_path(const char *path)
{
    bool ours = path != NULL && path[0] == '/' && path[1] != '/' && strchr(path, '\\') == NULL;
    for (const char *c = path; ours && *c != '\0'; c++)
        ours = (unsigned char)*c > ' ' && (unsigned char)*c < 0x7f;
    return ours ? path : "/";
}

// ---- who asks --------------------------------------------------------------------------------

enum rc account_identify(struct req *req)
{
    const char *token = req_cookie(req, WEB_COOKIE);
    const char *chosen = req_cookie(req, "trellis-language");
    const struct locale *locale = chosen == NULL ? NULL : locale_find(chosen);
    req->actor = (struct actor){0};
    if (locale != NULL)
        req->locale = locale;
    if (token == NULL)
        return RC_OK;
    const char *hash = token_hash(req->arena, "session", token);
    return hash == NULL ? RC_NO_MEMORY : session_find(req, hash);
}

static enum rc sign_in_as(struct req *req, int64_t person)
{
    const char *token = token_new(req->arena);
    const char *hash = token == NULL ? NULL : token_hash(req->arena, "session", token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(session_add(req->tx, hash, person, req->now_us));
    return req_set_cookie(req, WEB_COOKIE, token, SESSION_LIFE_S);
}

// ---- register --------------------------------------------------------------------------------

static enum rc show_form(struct req *req, const struct shape *shape)
{
    struct account_view *view = ARENA_NEW(req->arena, struct account_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    view->action = arena_strndup(req->arena, req->http->path.bytes, req->http->path.length);
    view->form = &req->form;
    view->shape = shape;
    req->view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc load_register(struct req *req)
{
    return show_form(req, &registration_shape);
}

static void write_register(struct html *html, struct req *req)
{
    page_register(html, req->view);
}

static enum rc hash_password(struct req *req)
{
    const struct registration *in = req->in;
    const struct app *app = req->app;
    const char *about[] = {in->name, in->email, app->site, NULL};
    const char *fault = password_fault(req->arena, in->new_password, about);
    const char *stored = NULL;
    if (fault != NULL)
        return form_refuse(&req->form, "new_password", fault);
    TRY(password_hash(req->arena, in->new_password, &stored));
    req->kept = (void *)(uintptr_t)stored;
    return RC_OK;
}

static enum rc add_person(struct req *req, bool admin)
{
    const struct registration *in = req->in;
    struct account account = {.id = db_new_id(req->now_us),
                              .email = in->email,
                              .name = in->name,
                              .stored_password = req->kept,
                              .language = locale_tag(req->locale),
                              .admin = admin};
    enum rc rc = account_add(req->tx, &account, req->now_us);
    if (rc == RC_EXISTS)
        return form_refuse(&req->form, "email",
                           MSG("This address has an account already. Sign in with it"));
    TRY(rc);
    TRY(sign_in_as(req, account.id));
    return req_go(req, MSG("Your account is ready."), "/cohorts");
}

static enum rc act_register(struct req *req)
{
    return add_person(req, false);
}

// ---- the first administrator ------------------------------------------------------------------

static enum rc load_first(struct req *req)
{
    bool fits = false;
    const char *hash = token_hash(req->arena, "first", req_param(req, "token"));
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(first_token_look(req->tx, req->arena, hash, &fits));
    return fits ? load_register(req) : RC_NOT_FOUND;
}

static enum rc act_first(struct req *req)
{
    bool fits = false;
    const char *hash = token_hash(req->arena, "first", req_param(req, "token"));
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(first_token_take(req->tx, req->arena, hash, &fits));
    return fits ? add_person(req, true) : RC_NOT_FOUND;
}

// ---- sign in and out --------------------------------------------------------------------------

static enum rc load_sign_in(struct req *req)
{
    return show_form(req, &credentials_shape);
}

static void write_sign_in(struct html *html, struct req *req)
{
    page_sign_in(html, req->view);
}

// What the slow step found out.
struct sign_in_proof {
    int64_t person; // 0: it does not fit
    bool waits;     // too many failures
};

static enum rc check_password(struct req *req)
{
    const struct credentials *in = req->in;
    struct sign_in_proof *proof = ARENA_NEW(req->arena, struct sign_in_proof);
    struct account account = {0};
    int64_t failures = 0;
    if (proof == NULL)
        return RC_NO_MEMORY;
    TRY(failure_count(req->tx, req->arena, in->email, req->now_us, &failures));
    enum rc rc = account_find(req->tx, req->arena, in->email, &account);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    bool fits = password_fits(account.stored_password, in->password);
    proof->waits = failures >= FAILURES_MOST;
    proof->person = fits && !proof->waits ? account.id : 0;
    req->kept = proof;
    return RC_OK;
}

// A failure is an answer that writes: it counts itself, and sends back to the form.
static enum rc act_sign_in(struct req *req)
{
    const struct credentials *in = req->in;
    const struct sign_in_proof *proof = req->kept;
    const char *next = safe_path(in->next);
    if (proof->person != 0) {
        TRY(sign_in_as(req, proof->person));
        return req_go(req, MSG("You are signed in."), "%s", next);
    }
    if (!proof->waits)
        TRY(failure_add(req->tx, in->email, req->now_us));
    return req_go(req,
                  proof->waits
                      ? MSG("Too many tries for this address. Wait 15 minutes, then try again.")
                      : MSG("The address and the password do not belong together. Try again."),
                  "/sign-in");
}

static enum rc act_sign_out(struct req *req)
{
    const char *token = req_cookie(req, WEB_COOKIE);
    const char *hash = token == NULL ? NULL : token_hash(req->arena, "session", token);
    if (hash != NULL)
        TRY(session_end(req->tx, hash));
    TRY(req_set_cookie(req, WEB_COOKIE, "", -1));
    return req_go(req, MSG("You are signed out."), "/");
}

// ---- my account ------------------------------------------------------------------------------

static enum rc load_account(struct req *req)
{
    struct account_view *view = ARENA_NEW(req->arena, struct account_view);
    struct db_rows *rows = NULL;
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(session_list(req, &rows));
    view->name = req->actor.name;
    view->email = req->actor.email;
    view->session_count = db_count(rows);
    view->sessions = ARENA_ARRAY(req->arena, struct account_session, db_count(rows));
    if (view->sessions == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        view->sessions[k].since = app_time(req->arena, db_int(rows, k, 0));
    req->view = view;
    return RC_OK;
}

static void write_account(struct html *html, struct req *req)
{
    page_account(html, req->view);
}

static enum rc act_end_others(struct req *req)
{
    const char *token = req_cookie(req, WEB_COOKIE);
    const char *hash = token == NULL ? NULL : token_hash(req->arena, "session", token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(session_end_others(req->tx, req->actor.person, hash));
    return req_go(req, MSG("All other sessions have ended."), "/account");
}

static enum rc act_language(struct req *req)
{
    const struct language_choice *in = req->in;
    const struct locale *locale = locale_find(in->language);
    if (locale == NULL)
        return RC_BAD_INPUT;
    if (req->actor.person != 0)
        TRY(person_set_language(req->tx, req->actor.person, locale_tag(locale)));
    TRY(req_set_cookie(req, "trellis-language", locale_tag(locale), 365 * 86400));
    return req_go(req, NULL, "%s", safe_path(in->back));
}

static void write_help(struct html *html, struct req *req)
{
    page_help(html, req->view);
}

// clang-format off
const struct route account_routes[] = {
    {WEB_GET,  "/register",             CAN_VISIT,        NULL,                NULL,           NULL,           load_register, write_register, MSG("Make an account")},
    {WEB_POST, "/register",             CAN_VISIT,        &registration_shape, hash_password,  act_register,   load_register, write_register, MSG("Make an account")},
    {WEB_GET,  "/first/:token",         CAN_VISIT,        NULL,                NULL,           NULL,           load_first,    write_register, MSG("The first administrator")},
    {WEB_POST, "/first/:token",         CAN_VISIT,        &registration_shape, hash_password,  act_first,      load_first,    write_register, MSG("The first administrator")},
    {WEB_GET,  "/sign-in",              CAN_VISIT,        NULL,                NULL,           NULL,           load_sign_in,  write_sign_in,  MSG("Sign in")},
    {WEB_POST, "/sign-in",              CAN_VISIT,        &credentials_shape,  check_password, act_sign_in,    load_sign_in,  write_sign_in,  MSG("Sign in")},
    {WEB_POST, "/sign-out",             CAN_VISIT,        NULL,                NULL,           act_sign_out,   NULL,          NULL,           MSG("Sign out")},
    {WEB_GET,  "/account",              CAN_HAVE_ACCOUNT, NULL,                NULL,           NULL,           load_account,  write_account,  MSG("My account")},
    {WEB_POST, "/account/sessions/end", CAN_HAVE_ACCOUNT, NULL,                NULL,           act_end_others, NULL,          NULL,           MSG("Sign out everywhere else")},
    {WEB_POST, "/language",             CAN_VISIT,        &language_shape,     NULL,           act_language,   NULL,          NULL,           MSG("Choose a language")},
    {WEB_GET,  "/help",                 CAN_VISIT,        NULL,                NULL,           NULL,           NULL,          write_help,     MSG("Help")},
    {0,        NULL,                    0,                NULL,                NULL,           NULL,           NULL,          NULL,           NULL},
};
// clang-format on
