// SPDX-License-Identifier: Apache-2.0
//
// Why: those who run the organisation say which programs are told what, and see whether it arrives.
//
// Promises: a secret is shown once, in answer to whoever made it.
#include <string.h>

#include "base/date.h"

#include "app/webhook/webhook_page.h"
#include "app_webhook_webhook.html.h"
#include "auth/hook.h"

struct hook_form {
    const char *url;
    const char *about;
    struct field_many kinds;
};
struct turn_form {
    const char *hours;
};
struct state_form {
    const char *to;
};

// clang-format off
static const struct field_option old_holds[] = {
    {"24",  MSG("For one more day, beside the new one")},
    {"168", MSG("For seven more days, beside the new one")},
    {"0",   MSG("No longer: somebody may know it")},
    {NULL,  NULL},
};
static const struct field hook_fields[] = {
    {"url",   FIELD_LINK, FIELD_TEXT_OF(struct hook_form, url),   1, POST_URL_MOST, MSG("Its address"), MSG("It begins with https:// and can be reached from everywhere."), NULL},
    {"about", FIELD_LINE, FIELD_TEXT_OF(struct hook_form, about), 1, 80,            MSG("What it is for"), MSG("So that you know it again. Such as: the dashboard of the board."), NULL},
    {"kinds", FIELD_MANY, FIELD_OF(struct hook_form, kinds, struct field_many), 1, WEBHOOK_KINDS, MSG("What is it told?"), MSG("In all programmes. It gets numbers and states, never what somebody wrote or is called; it asks for more with an access token, and gets what the owner of the token may see."), webhook_kind_options},
};
static const struct field turn_fields[] = {
    {"hours", FIELD_ONE, FIELD_TEXT_OF(struct turn_form, hours), 1, 1, MSG("How long does the old secret hold?"), "", old_holds},
};
static const struct field state_fields[] = {
    {"to", FIELD_HIDDEN, FIELD_TEXT_OF(struct state_form, to), 1, 10, MSG("State"), "", NULL},
};
// clang-format on
static const struct shape hook_shape = SHAPE(struct hook_form, hook_fields);
static const struct shape turn_shape = SHAPE(struct turn_form, turn_fields);
static const struct shape state_shape = SHAPE(struct state_form, state_fields);

void webhook_answer(struct html *html, const struct delivery *one)
{
    static const char *const faults[] = {
        [POST_ANSWERED] = "",
        [POST_FORBIDDEN] = MSG("the address is not a public one"),
        [POST_NO_NAME] = MSG("nobody knows its name"),
        [POST_NO_CONNECTION] = MSG("nobody answers there"),
        [POST_NO_TLS] = MSG("its certificate does not hold"),
        [POST_TOO_SLOW] = MSG("no answer within 15 seconds"),
        [POST_BROKEN] = MSG("the connection broke"),
    };
    if (one->tries == 0)
        html_message(html, MSG("not tried yet"), NULL, 0);
    else if (one->fault == POST_ANSWERED || one->fault < 0 || one->fault > POST_BROKEN)
        html_integer(html, one->status);
    else
        html_message(html, faults[one->fault], NULL, 0);
}

void webhook_told(struct html *html, const char *kinds)
{
    bool first = true;
    for (const struct field_option *one = webhook_kind_options; one->value != NULL; one++) {
        if (!webhook_has(kinds, one->value))
            continue;
        if (!first)
            html_text(html, ", ");
        html_message(html, one->label, NULL, 0);
        first = false;
    }
}

// ---- all ---------------------------------------------------------------------------------------

static enum rc make_view(struct req *req, const struct shape *shape, struct webhook_view **ret_view)
{
    struct webhook_view *view = ARENA_NEW(req->arena, struct webhook_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->shape = shape;
    view->action = req_path(req);
    view->zone = req->actor.zone;
    view->now_us = req->now_us;
    view->made = req->writes ? req->kept : NULL;
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc load_hooks(struct req *req)
{
    struct webhook_view *view = NULL;
    TRY(make_view(req, &hook_shape, &view));
    return webhook_list(req->tx, req->arena, &view->hooks, &view->count);
}

static void write_hooks(struct html *html, struct req *req)
{
    page_webhooks(html, req->view);
}

static enum rc load_new(struct req *req)
{
    struct webhook_view *view = NULL;
    return make_view(req, &hook_shape, &view);
}

static void write_new(struct html *html, struct req *req)
{
    page_webhook_new(html, req->view);
}

static enum rc join_kinds(struct req *req, const struct field_many *many, const char **ret_kinds)
{
    struct buffer out;
    buffer_open(&out, req->arena, 2000);
    for (size_t k = 0; k < many->count; k++)
        buffer_printf(&out, "%s ", many->values[k]);
    *ret_kinds = out.bytes == NULL ? "" : out.bytes;
    return out.rc;
}

static enum rc check_url(struct req *req, const char *url)
{
    const struct app *app = req->app;
    return post_may_go(url, app->hooks_here)
               ? RC_OK
               : form_refuse(&req->form, "url",
                             MSG("An address that begins with https://, without a name or password "
                                 "in it, and of a machine that everybody can reach"));
}

// After it, req->kept is the secret.
static enum rc act_new(struct req *req)
{
    const struct hook_form *in = req->in;
    const struct app_place at = app_here(req);
    struct webhook hook = {.url = in->url, .about = in->about};
    TRY(check_url(req, in->url));
    TRY(join_kinds(req, &in->kinds, &hook.kinds));
    const char *secret = hook_secret_new(req->arena);
    if (secret == NULL)
        return RC_NO_MEMORY;
    enum rc rc = webhook_add(&at, &hook, secret, req->actor.person);
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "url",
                           MSG("Ten are told already: remove one that you don't use any more"));
    TRY(rc);
    req->kept = (void *)(uintptr_t)secret;
    return RC_OK;
}

// ---- one ---------------------------------------------------------------------------------------

static enum rc find_hook(struct req *req, const struct shape *shape, struct webhook_view **ret_view)
{
    TRY(make_view(req, shape, ret_view));
    return webhook_find(req->tx, req->arena, req_id(req, "webhook"), &(*ret_view)->one);
}

static enum rc load_hook(struct req *req)
{
    struct webhook_view *view = NULL;
    TRY(find_hook(req, req->route->in == NULL ? &turn_shape : req->route->in, &view));
    view->turn_shape = &turn_shape;
    view->turn_action = arena_printf(req->arena, "/webhooks/%lld/secret", (long long)view->one.id);
    if (view->turn_action == NULL)
        return RC_NO_MEMORY;
    int64_t before = req->http->method == WEB_GET ? form_number(&req->form, "before") : 0;
    TRY(delivery_list(req->tx, req->arena, view->one.id, before, &view->deliveries,
                      &view->delivery_count));
    if (view->delivery_count <= DELIVERIES_PAGE)
        return RC_OK;
    view->delivery_count = DELIVERIES_PAGE;
    return req->http->method == WEB_GET
               ? req_next(req, "before", view->deliveries[DELIVERIES_PAGE - 1].id, &view->next)
               : RC_OK;
}

static void write_hook(struct html *html, struct req *req)
{
    page_webhook(html, req->view);
}

static enum rc go_hook(struct req *req, const char *said)
{
    return req_go(req, said, "/webhooks/%lld", (long long)req_id(req, "webhook"));
}

static enum rc load_edit(struct req *req)
{
    struct webhook_view *view = NULL;
    size_t count = 0;
    TRY(find_hook(req, &hook_shape, &view));
    if (req->http->method == WEB_POST)
        return RC_OK;
    const char **values = ARENA_ARRAY(req->arena, const char *, WEBHOOK_KINDS);
    if (values == NULL)
        return RC_NO_MEMORY;
    for (const struct field_option *one = webhook_kind_options; one->value != NULL; one++)
        if (webhook_has(view->one.kinds, one->value))
            values[count++] = one->value;
    const struct hook_form form = {
        view->one.url, view->one.about, {values, count}
    };
    return shape_edit(&hook_shape, &req->form, &form);
}

static void write_edit(struct html *html, struct req *req)
{
    page_webhook_edit(html, req->view);
}

static enum rc act_edit(struct req *req)
{
    const struct hook_form *in = req->in;
    const struct app_place at = app_here(req);
    struct webhook_view *view = NULL;
    TRY(find_hook(req, &hook_shape, &view));
    TRY(check_url(req, in->url));
    struct webhook hook = {.id = view->one.id, .url = in->url, .about = in->about};
    TRY(join_kinds(req, &in->kinds, &hook.kinds));
    TRY(webhook_set(&at, &hook));
    return go_hook(req, MSG("It is kept."));
}

static enum rc act_secret(struct req *req)
{
    const struct turn_form *in = req->in;
    const struct app_place at = app_here(req);
    struct webhook_view *view = NULL;
    int64_t hours = form_number(&req->form, "hours");
    TRY(find_hook(req, &turn_shape, &view));
    const char *secret = hook_secret_new(req->arena);
    if (secret == NULL)
        return RC_NO_MEMORY;
    TRY(webhook_turn_key(&at, &view->one, secret,
                         in->hours[0] == '0' ? 0 : req->now_us + hours * HOUR_US));
    req->kept = (void *)(uintptr_t)secret;
    return RC_OK;
}

static enum rc act_test(struct req *req)
{
    const struct app_place at = app_here(req);
    struct webhook_view *view = NULL;
    TRY(find_hook(req, NULL, &view));
    if (strcmp(view->one.state, "on") != 0)
        return RC_EXISTS;
    const struct announcement test = {.subject = view->one.id};
    TRY(delivery_add(&at, view->one.id, webhook_kind_find("test"), NULL, &test));
    return go_hook(req, MSG("A test is on its way. Load this page again to see what came of it."));
}

static enum rc act_state(struct req *req)
{
    const struct state_form *in = req->in;
    const struct app_place at = app_here(req);
    struct webhook_view *view = NULL;
    TRY(find_hook(req, &state_shape, &view));
    bool on = strcmp(in->to, "on") == 0;
    bool is_on = strcmp(view->one.state, "on") == 0;
    if ((!on && strcmp(in->to, "off") != 0) || on == is_on)
        return RC_EXISTS;
    TRY(webhook_turn(&at, &view->one, in->to));
    if (on)
        TRY(webhook_wake(&at, view->one.id, req->now_us));
    return go_hook(req, on ? MSG("It is told again, also what was kept for it.")
                           : MSG("It is told nothing any more."));
}

static enum rc load_remove(struct req *req)
{
    struct webhook_view *view = NULL;
    return find_hook(req, NULL, &view);
}

static void write_remove(struct html *html, struct req *req)
{
    page_webhook_remove(html, req->view);
}

static enum rc act_remove(struct req *req)
{
    const struct app_place at = app_here(req);
    TRY(load_remove(req));
    TRY(webhook_remove(&at, req_id(req, "webhook")));
    return req_go(req, MSG("It is removed."), "/webhooks");
}

static enum rc act_again(struct req *req)
{
    const struct app_place at = app_here(req);
    struct webhook_view *view = NULL;
    TRY(find_hook(req, NULL, &view));
    if (strcmp(view->one.state, "on") != 0)
        return RC_EXISTS;
    TRY(delivery_again(&at, view->one.id, req_id(req, "delivery")));
    return go_hook(req, MSG("It is sent once more, under the same number."));
}

// clang-format off
const struct route webhook_routes[] = {
    {WEB_GET,  "/webhooks",                  CAN_RUN_ORGANISATION, NULL,         NULL, NULL,       load_hooks,  write_hooks,  MSG("Telling other programs"), .out = &webhooks_out},
    {WEB_GET,  "/webhooks/new",              CAN_RUN_ORGANISATION, NULL,         NULL, NULL,       load_new,    write_new,    MSG("A new webhook")},
    {WEB_POST, "/webhooks/new",              CAN_RUN_ORGANISATION, &hook_shape,  NULL, act_new,    load_new,    write_new,    MSG("A new webhook")},
    {WEB_GET,  "/webhooks/:webhook",         CAN_RUN_ORGANISATION, NULL,         NULL, NULL,       load_hook,   write_hook,   MSG("A webhook"), .out = &webhook_out, .query = "before"},
    {WEB_GET,  "/webhooks/:webhook/edit",    CAN_RUN_ORGANISATION, NULL,         NULL, NULL,       load_edit,   write_edit,   MSG("Change a webhook"), .out = &web_out_form},
    {WEB_POST, "/webhooks/:webhook/edit",    CAN_RUN_ORGANISATION, &hook_shape,  NULL, act_edit,   load_edit,   write_edit,   MSG("Change a webhook")},
    {WEB_POST, "/webhooks/:webhook/secret",  CAN_RUN_ORGANISATION, &turn_shape,  NULL, act_secret, load_hook,   write_hook,   MSG("A new secret for a webhook")},
    {WEB_POST, "/webhooks/:webhook/test",    CAN_RUN_ORGANISATION, NULL,         NULL, act_test,   NULL,        NULL,         MSG("Send a test to a webhook")},
    {WEB_POST, "/webhooks/:webhook/state",   CAN_RUN_ORGANISATION, &state_shape, NULL, act_state,  load_hook,   write_hook,   MSG("Switch a webhook on or off")},
    {WEB_GET,  "/webhooks/:webhook/remove",  CAN_RUN_ORGANISATION, NULL,         NULL, NULL,       load_remove, write_remove, MSG("Remove a webhook")},
    {WEB_POST, "/webhooks/:webhook/remove",  CAN_RUN_ORGANISATION, NULL,         NULL, act_remove, load_remove, write_remove, MSG("Remove a webhook")},
    {WEB_POST, "/webhooks/:webhook/deliveries/:delivery/again", CAN_RUN_ORGANISATION, NULL, NULL, act_again, NULL, NULL,       MSG("Send it once more")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
