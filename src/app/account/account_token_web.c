// SPDX-License-Identifier: Apache-2.0
//
// Why: tokens with which programs of hers may ask here: which there are, a new one, ending one.
#include <string.h>

#include "app/account/account_token.h"
#include "app/back.h"
#include "app_account_account_token.html.h"
#include "auth/token.h"

enum { US = 1000000, DAYS_USUAL = 90 };

struct new_token {
    const char *name;
    const char *scope;
    int64_t days;
};
struct token_choice {
    int64_t token;
};

// clang-format off
static const struct field_option scopes[] = {
    {"read",  MSG("Read only")},
    {"write", MSG("Read, and do what I may do")},
    {NULL,    NULL},
};
static const struct field new_fields[] = {
    {"name",  FIELD_LINE,    FIELD_TEXT_OF(struct new_token, name),  1, 60, MSG("What it is for"), MSG("So that you know it again. Such as: my calendar script."), NULL},
    {"scope", FIELD_ONE,     FIELD_TEXT_OF(struct new_token, scope), 1, 1,  MSG("What it may do"), "", scopes},
    {"days",  FIELD_INTEGER, FIELD_INT_OF(struct new_token, days),   1, TOKEN_DAYS_MOST, MSG("For how many days"), MSG("At most 365. Then make a new one."), NULL},
};
static const struct field end_fields[] = {
    {"token", FIELD_INTEGER, FIELD_INT_OF(struct token_choice, token), 1, INT64_MAX, MSG("Token"), "", NULL},
};
// clang-format on
static const struct shape new_shape = SHAPE(struct new_token, new_fields);
static const struct shape end_shape = SHAPE(struct token_choice, end_fields);

static const struct app_letter letter_made = {
    MSG("A new access token"),
    {MSG("Hello {0},"), MSG("an access token was made for your account: {1}."),
                            MSG("A program that has it can read what you can read here, or do more if you chose so."),
                            MSG("If it was not you, end it on this page, and set a new password:"), "{2}", NULL}
};

// After an act, req->kept is the new token.
static enum rc load_tokens(struct req *req)
{
    struct token_view *view = ARENA_NEW(req->arena, struct token_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    view->action = "/account/tokens";
    view->form = &req->form;
    view->shape = &new_shape;
    view->zone = req->actor.zone;
    view->now_us = req->now_us;
    view->made = req->writes ? req->kept : NULL;
    req->view = view;
    TRY(access_token_list(req, &view->tokens, &view->count));
    if (req->form.error_count > 0)
        return RC_OK;
    const struct new_token now = {"", "read", DAYS_USUAL};
    return shape_show(&new_shape, &req->form, &now);
}

static void write_tokens(struct html *html, struct req *req)
{
    page_tokens(html, req->view);
}

static enum rc tell_her(struct req *req, const char *name)
{
    const char *url =
        arena_printf(req->arena, "%s/account/tokens", web_origin(req->web, req->arena));
    if (url == NULL)
        return RC_NO_MEMORY;
    return app_send_anyway(req, req->actor.email, locale_tag(req->locale), &letter_made,
                           (const char *const[]){req->actor.name, name, url}, 3);
}

static enum rc act_make(struct req *req)
{
    const struct new_token *in = req->in;
    struct access_token *tokens = NULL;
    size_t count = 0;
    TRY(access_token_list(req, &tokens, &count));
    if (count >= TOKENS_MOST)
        return form_refuse(&req->form, "name",
                           MSG("You have twenty tokens. End one that you don't use any more"));
    const char *secret = token_new(req->arena);
    char *token = secret == NULL ? NULL : arena_printf(req->arena, "trellis_%s", secret);
    const char *hash = token == NULL ? NULL : access_token_hash(req->arena, token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    const struct access_token made = {.id = db_new_id(req->now_us),
                                      .name = in->name,
                                      .writes = strcmp(in->scope, "write") == 0,
                                      .made_at = req->now_us,
                                      .ends_at = req->now_us + in->days * 86400 * US};
    TRY(access_token_add(req, &made, hash));
    req->kept = token;
    return tell_her(req, in->name);
}

static enum rc act_end(struct req *req)
{
    const struct token_choice *in = req->in;
    TRY(access_token_end(req, in->token));
    return req_go(req, MSG("The token works no more."), "/account/tokens");
}

// clang-format off
const struct route account_token_routes[] = {
    {WEB_GET,  "/account/tokens",     CAN_GUARD_ACCOUNT, NULL,       NULL, NULL,     load_tokens, write_tokens, MSG("Access tokens")},
    {WEB_POST, "/account/tokens",     CAN_GUARD_ACCOUNT, &new_shape, NULL, act_make, load_tokens, write_tokens, MSG("Access tokens")},
    {WEB_POST, "/account/tokens/end", CAN_GUARD_ACCOUNT, &end_shape, NULL, act_end,  load_tokens, write_tokens, MSG("End an access token")},
    {0,        NULL,                  0,                 NULL,       NULL, NULL,     NULL,        NULL,         NULL},
};
// clang-format on
