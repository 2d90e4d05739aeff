// SPDX-License-Identifier: Apache-2.0
//
// Why: how people come in: register, sign in with a password or a link, sign out, language.
#include <string.h>

#include "app/account/account.h"
#include "app/account/account_device.h"
#include "app/account/account_store.h"
#include "app/account/account_token.h"
#include "app/back.h"
#include "app_account_account.html.h"
#include "auth/password.h"
#include "auth/token.h"
#include "web/typed.h"

// ---- forms -----------------------------------------------------------------------------------

struct registration {
    const char *name;
    const char *email;
    const char *new_password;
};

static const struct field registration_fields[] = {
    {"name",         FIELD_LINE,     FIELD_TEXT_OF(struct registration, name),         1, 100, MSG("Your name"),
     MSG("As you want others to see it."),                                                                                          NULL},
    {"email",        FIELD_EMAIL,    FIELD_TEXT_OF(struct registration, email),        1, 254, MSG("E-mail address"),
     MSG("You sign in with it. The people who run the programme see it, and the person you are matched with."),
     NULL                                                                                                                               },
    {"new_password", FIELD_PASSWORD, FIELD_TEXT_OF(struct registration, new_password), 0, 256,
     MSG("Password"),
     MSG("At least 15 characters: a few words that only you put together. Without one, you sign in with a link that we send you."),
     NULL                                                                                                                               },
};
static const struct shape registration_shape = SHAPE(struct registration, registration_fields);

struct credentials {
    const char *email;
    const char *password;
    const char *next;
    const char *typed;
};

static const struct field credentials_fields[] = {
    {"email",    FIELD_EMAIL,    FIELD_TEXT_OF(struct credentials, email),    1, 254,               MSG("E-mail address"),
     "",                                                                                                                       NULL},
    {"password", FIELD_PASSWORD, FIELD_TEXT_OF(struct credentials, password), 1, 256,
     MSG("Password"),                                                                                                      "", NULL},
    {"next",     FIELD_HIDDEN,   FIELD_TEXT_OF(struct credentials, next),     0, 300,               MSG("Next page"),      "",
     NULL                                                                                                                          },
    {TYPED_NAME, FIELD_HIDDEN,   FIELD_TEXT_OF(struct credentials, typed),    0, TYPED_LIMIT_BYTES,
     MSG("What was typed before"),                                                                                         "", NULL},
};
static const struct shape credentials_shape = SHAPE(struct credentials, credentials_fields);

struct address {
    const char *email;
};

static const struct field address_fields[] = {
    {"email", FIELD_EMAIL, FIELD_TEXT_OF(struct address, email), 1, 254, MSG("E-mail address"), "",
     NULL},
};
static const struct shape address_shape = SHAPE(struct address, address_fields);

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
    req->actor = (struct actor){.pronouns = "", .zone = "UTC"};
    if (req->bearer != NULL)
        return access_token_identify(req);
    if (token == NULL)
        return RC_OK;
    const char *hash = token_hash(req->arena, "session", token);
    return hash == NULL ? RC_NO_MEMORY : session_find(req, hash);
}

static enum rc sign_in_as(struct req *req, int64_t person, bool by_link)
{
    const char *token = token_new(req->arena);
    const char *hash = token == NULL ? NULL : token_hash(req->arena, "session", token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(session_add(req->tx, hash, person, by_link, req->now_us));
    TRY(device_signed_in(req, person, by_link));
    return req_set_cookie(req, WEB_COOKIE, token, SESSION_LIFE_S);
}

// ---- register --------------------------------------------------------------------------------

static enum rc show_form(struct req *req, const struct shape *shape)
{
    struct account_view *view = ARENA_NEW(req->arena, struct account_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    view->action = req_path(req);
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
    if (in->new_password[0] == '\0') {
        req->kept = (void *)(uintptr_t) "";
        return RC_OK;
    }
    if (fault != NULL)
        return form_refuse(&req->form, "new_password", fault);
    TRY(password_hash(req->arena, in->new_password, &stored));
    req->kept = (void *)(uintptr_t)stored;
    return RC_OK;
}

static enum rc add_person(struct req *req, const struct account_link *from, bool admin,
                          bool by_link)
{
    struct account account = {.id = db_new_id(req->now_us),
                              .email = from->email,
                              .name = from->name,
                              .stored_password = from->stored_password,
                              .language = from->language,
                              .admin = admin};
    TRY(account_add(req->tx, &account, req->now_us));
    TRY(sign_in_as(req, account.id, by_link));
    return req_go(req, MSG("Your account is ready."), admin ? "/" : "/cohorts");
}

// ---- letters ---------------------------------------------------------------------------------

static const struct app_letter letter_register = {
    MSG("Confirm your address"),
    {MSG("Hello {0},"), MSG("somebody, we hope you, asked for an account with this address."),
                              MSG("Open this page and press the button there, within a day:"), "{1}",
                              MSG("If it was not you, do nothing: without the button nothing happens."), NULL}
};

static const struct app_letter letter_known = {
    MSG("You have an account already"),
    {MSG("Hello {0},"),
                                     MSG("somebody, we hope you, asked for an account with this address. There is one already."),
                                     MSG("To sign in, open this page and press the button there, within an hour:"), "{1}",
                                     MSG("If it was not you, do nothing."), NULL}
};

static const struct app_letter letter_sign_in = {
    MSG("Your link to sign in"),
    {MSG("Hello {0},"),
                              MSG("to sign in, open this page and press the button there, within an hour:"), "{1}",
                              MSG("If you did not ask for it, do nothing, and tell nobody the link."), NULL}
};

enum rc account_send_link(struct req *req, const char *to, const struct account_link *link,
                          const struct app_letter *letter, int64_t life_s)
{
    const char *token = token_new(req->arena);
    const char *hash = token == NULL ? NULL : token_hash(req->arena, "link", token);
    const char *url = hash == NULL ? NULL
                                   : arena_printf(req->arena, "%s/link/%s",
                                                  web_origin(req->web, req->arena), token);
    if (url == NULL)
        return RC_NO_MEMORY;
    TRY(link_add(req->tx, hash, link, life_s, req->now_us));
    return app_send_anyway(req, to, link->language, letter,
                           (const char *const[]){link->name, url, link->email}, 3);
}

// Silent when the address has had enough of them.
static enum rc send_link(struct req *req, const struct account_link *link,
                         const struct app_letter *letter, int64_t life_s)
{
    int64_t sent = 0;
    TRY(link_count(req->tx, req->arena, link->email, req->now_us, &sent));
    return sent >= LINKS_MOST ? RC_OK : account_send_link(req, link->email, link, letter, life_s);
}

static enum rc send_sign_in(struct req *req, const struct account *account,
                            const struct app_letter *letter)
{
    struct account_link link = {"sign_in", account->email,    account->name,
                                "",        account->language, account->id};
    return send_link(req, &link, letter, LINK_SIGN_IN_LIFE_S);
}

// The answer is the same whether the address has an account or not.
static enum rc act_register(struct req *req)
{
    const struct registration *in = req->in;
    struct account account = {0};
    struct account_link link = {"register", in->email, in->name, req->kept, locale_tag(req->locale),
                                0};
    enum rc rc = account_find(req->tx, req->arena, in->email, &account);
    if (rc == RC_OK)
        rc = send_sign_in(req, &account, &letter_known);
    else if (rc == RC_NOT_FOUND)
        rc = send_link(req, &link, &letter_register, LINK_LIFE_S);
    TRY(rc);
    return req_go(req, NULL, "/sent");
}

static enum rc act_ask_link(struct req *req)
{
    const struct address *in = req->in;
    struct account account = {0};
    enum rc rc = account_find(req->tx, req->arena, in->email, &account);
    if (rc == RC_OK)
        rc = send_sign_in(req, &account, &letter_sign_in);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    return req_go(req, NULL, "/sent");
}

static enum rc load_ask_link(struct req *req)
{
    return show_form(req, &address_shape);
}

static void write_ask_link(struct html *html, struct req *req)
{
    page_ask_link(html, req->view);
}

static enum rc load_sent(struct req *req)
{
    return show_form(req, NULL);
}

static void write_sent(struct html *html, struct req *req)
{
    page_sent(html, req->view);
}

// ---- a link that came by mail ------------------------------------------------------------------

// Opening it changes nothing, because programs that look for harmful mail open links too.
static enum rc find_link(struct req *req, struct account_link *ret_link, const char **ret_hash)
{
    const char *hash = token_hash(req->arena, "link", req_param(req, "token"));
    if (hash == NULL)
        return RC_NO_MEMORY;
    *ret_hash = hash;
    return link_find(req->tx, req->arena, hash, req->now_us, ret_link);
}

static enum rc load_link(struct req *req)
{
    struct account_link link = {.kind = "", .email = "", .name = ""};
    const char *hash = NULL;
    TRY(show_form(req, NULL));
    struct account_view *view = req->view;
    enum rc rc = find_link(req, &link, &hash);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    view->kind = link.kind;
    view->email = link.email;
    view->name = link.name;
    return RC_OK;
}

static void write_link(struct html *html, struct req *req)
{
    page_link(html, req->view);
}

static enum rc enter_by_link(struct req *req, const struct account_link *link)
{
    TRY(person_reopen(req->tx, link->person));
    TRY(link_end_all(req->tx, link->person, "sign_in"));
    TRY(sign_in_as(req, link->person, true));
    return req_go(req, MSG("You are signed in."), "/");
}

// One half of a change of address. With the second, the new one holds.
static enum rc confirm_email(struct req *req, const struct account_link *link)
{
    bool waits = false;
    TRY(link_other_half(req, link->person, &waits));
    if (waits)
        return req_go(req, MSG("Confirmed. Now open the link in the other letter too."), "/sent");
    enum rc rc = person_set_email(req->tx, link->person, link->email);
    if (rc == RC_EXISTS)
        return req_go(req, MSG("That address has an account of its own. Nothing was changed."),
                      "/");
    TRY(rc);
    return req_go(req, MSG("Your new address holds from now on."), "/account");
}

static enum rc end_all(struct req *req, const struct account_link *link)
{
    TRY(device_end_all(req->tx, link->person));
    return req_go(req, MSG("All sessions have ended, and the old password holds no more."),
                  "/sign-in/link");
}

static enum rc act_link(struct req *req)
{
    struct account_link link;
    const char *hash = NULL;
    enum rc rc = find_link(req, &link, &hash);
    if (rc == RC_NOT_FOUND)
        return req_go(req, NULL, "/link/%s", req_param(req, "token"));
    TRY(rc);
    TRY(link_end(req->tx, hash));
    if (strcmp(link.kind, "email_old") != 0) // that one names the address that is wanted
        TRY(back_clear(req->tx, link.email));
    if (strcmp(link.kind, "tried") == 0)
        return req_go(req, MSG("Letters reach you at this address."), "/");
    if (strcmp(link.kind, "sign_in") == 0)
        return enter_by_link(req, &link);
    if (strcmp(link.kind, "out") == 0)
        return end_all(req, &link);
    if (strcmp(link.kind, "register") != 0)
        return confirm_email(req, &link);
    struct account account = {0};
    rc = account_find(req->tx, req->arena, link.email, &account);
    if (rc == RC_NOT_FOUND)
        return add_person(req, &link, false, true);
    TRY(rc); // she confirmed twice: both links are hers
    link.person = account.id;
    return enter_by_link(req, &link);
}

// ---- the first administrator ------------------------------------------------------------------

static enum rc load_first(struct req *req)
{
    bool fits = false;
    const char *hash = token_hash(req->arena, "first", req_param(req, "token"));
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(first_token_look(req->tx, req->arena, hash, &fits));
    if (!fits)
        return RC_NOT_FOUND;
    TRY(load_register(req));
    ((struct account_view *)req->view)->is_first = true;
    return RC_OK;
}

static enum rc act_first(struct req *req)
{
    bool fits = false;
    const char *hash = token_hash(req->arena, "first", req_param(req, "token"));
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(first_token_take(req->tx, req->arena, hash, &fits));
    if (!fits)
        return RC_NOT_FOUND;
    const struct registration *in = req->in;
    struct account_link from = {"", in->email, in->name, req->kept, locale_tag(req->locale), 0};
    return add_person(req, &from, true, false);
}

// ---- sign in and out --------------------------------------------------------------------------

static enum rc load_sign_in(struct req *req)
{
    struct account_view *view = NULL;
    TRY(show_form(req, &credentials_shape));
    view = req->view;
    if (req->http->method != WEB_POST) { // an address must not fill anybody's form
        form_set(&req->form, TYPED_NAME, "");
        return RC_OK;
    }
    view->next = safe_path(form_value(&req->form, "next"));
    view->typed = form_value(&req->form, TYPED_NAME);
    if (view->typed != NULL && view->typed[0] == '\0')
        view->typed = NULL;
    return RC_OK;
}

static void write_sign_in(struct html *html, struct req *req)
{
    page_sign_in(html, req->view);
}

// What the slow step found out.
struct sign_in_proof {
    int64_t person; // 0: it does not fit
    int64_t wait_s; // too many failures; 0: not
};

// The longer of two waits: for this address, and for the network that asks.
static enum rc find_wait(struct req *req, const char *email, int64_t *ret_wait_s)
{
    int64_t around_s = 0;
    const struct failure_limit address = {email, FAILURES_MOST, FAILURES_WINDOW_S};
    const struct failure_limit network = {failure_network(req->arena, req->client),
                                          FAILURES_MOST_NETWORK, FAILURES_NETWORK_S};
    if (network.key == NULL)
        return RC_NO_MEMORY;
    TRY(failure_wait(req->tx, req->arena, &address, req->now_us, ret_wait_s));
    if (network.key[0] != '\0')
        TRY(failure_wait(req->tx, req->arena, &network, req->now_us, &around_s));
    *ret_wait_s = around_s > *ret_wait_s ? around_s : *ret_wait_s;
    return RC_OK;
}

static enum rc check_password(struct req *req)
{
    const struct credentials *in = req->in;
    struct sign_in_proof *proof = ARENA_NEW(req->arena, struct sign_in_proof);
    struct account account = {0};
    if (proof == NULL)
        return RC_NO_MEMORY;
    TRY(find_wait(req, in->email, &proof->wait_s));
    enum rc rc = account_find(req->tx, req->arena, in->email, &account);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    bool fits = password_fits(account.stored_password, in->password);
    proof->person = fits && proof->wait_s == 0 && !account.closed ? account.id : 0;
    req->kept = proof;
    return RC_OK;
}

static enum rc note_failure(struct req *req, const char *email)
{
    const char *network = failure_network(req->arena, req->client);
    if (network == NULL)
        return RC_NO_MEMORY;
    TRY(failure_add(req->tx, email, req->now_us));
    return network[0] == '\0' ? RC_OK : failure_add(req->tx, network, req->now_us);
}

// A failure is an answer that writes: it counts itself. The form is shown again, with the address,
// the page that she wanted, and what it carries.
static enum rc act_sign_in(struct req *req)
{
    const struct credentials *in = req->in;
    const struct sign_in_proof *proof = req->kept;
    const char *next = safe_path(in->next);
    if (proof->person != 0) {
        TRY(sign_in_as(req, proof->person, false));
        return req_go(req, MSG("You are signed in."), "%s", next);
    }
    if (proof->wait_s > 0) {
        req->wait_s = proof->wait_s;
        return form_refuse_numbers(
            &req->form, "password",
            MSG("Too many tries. Wait {0} minutes, or ask for a link by e-mail"),
            (proof->wait_s + 59) / 60, 0);
    }
    TRY(note_failure(req, in->email));
    form_refuse(&req->form, "password",
                MSG("The address and the password do not belong together. Try again."));
    return RC_OK;
}

static enum rc act_sign_out(struct req *req)
{
    const char *token = req_cookie(req, WEB_COOKIE);
    const char *hash = token == NULL ? NULL : token_hash(req->arena, "session", token);
    if (hash != NULL)
        TRY(session_end(req->tx, hash));
    TRY(req_set_cookie(req, WEB_COOKIE, "", -1));
    req->clears = true;
    return req_go(req, MSG("You are signed out."), "/");
}

// ---- language and help
// ---------------------------------------------------------------------------

static enum rc act_language(struct req *req)
{
    const struct language_choice *in = req->in;
    const struct locale *locale = locale_find(in->language);
    if (locale == NULL)
        return RC_BAD_INPUT;
    if (req->actor.person != 0)
        TRY(person_set_language(req->tx, req->actor.person, locale_tag(locale)));
    TRY(req_set_cookie(req, WEB_LANGUAGE_COOKIE, locale_tag(locale), 365 * 86400));
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
    {WEB_GET,  "/sent",                 CAN_VISIT,        NULL,                NULL,           NULL,           load_sent,     write_sent,     MSG("Look into your mail")},
    {WEB_GET,  "/sign-in/link",         CAN_VISIT,        NULL,                NULL,           NULL,           load_ask_link, write_ask_link, MSG("Sign in with a link")},
    {WEB_POST, "/sign-in/link",         CAN_VISIT,        &address_shape,      NULL,           act_ask_link,   load_ask_link, write_ask_link, MSG("Sign in with a link")},
    {WEB_GET,  "/link/:token",          CAN_VISIT,        NULL,                NULL,           NULL,           load_link,     write_link,     MSG("Confirm")},
    {WEB_POST, "/link/:token",          CAN_VISIT,        NULL,                NULL,           act_link,       load_link,     write_link,     MSG("Confirm")},
    {WEB_GET,  "/sign-in",              CAN_VISIT,        NULL,                NULL,           NULL,           load_sign_in,  write_sign_in,  MSG("Sign in")},
    {WEB_POST, "/sign-in",              CAN_VISIT,        &credentials_shape,  check_password, act_sign_in,    load_sign_in,  write_sign_in,  MSG("Sign in")},
    {WEB_POST, "/sign-out",             CAN_VISIT,        NULL,                NULL,           act_sign_out,   NULL,          NULL,           MSG("Sign out")},
    {WEB_POST, "/language",             CAN_VISIT,        &language_shape,     NULL,           act_language,   NULL,          NULL,           MSG("Choose a language")},
    {WEB_GET,  "/help",                 CAN_VISIT,        NULL,                NULL,           NULL,           NULL,          write_help,     MSG("Help")},
    {0,        NULL,                    0,                NULL,                NULL,           NULL,           NULL,          NULL,           NULL},
};
// clang-format on
