// SPDX-License-Identifier: Apache-2.0
//
// What was typed before a session ended; see typed.h.
#include "web/typed.h"

#include <string.h>

#include "web/route.h"
#include "web/run.h"
#include "web_typed.html.h"

// What stands above a form that waits, without and with a file.
static const char *const words_of_form =
    MSG("This page was open for so long that your session has ended. Nothing has been sent yet, "
        "and nothing is lost: what you typed is here. Look at it, and send it");
static const char *const words_of_file =
    MSG("This page was open for so long that your session has ended. Nothing has been sent yet, "
        "and nothing is lost: what you typed is here. Look at it, choose the file again, and "
        "send it");

// ---- what is carried ---------------------------------------------------------------------------

static bool is_field_of(const struct shape *shape, const char *name, enum field_kind kind)
{
    for (size_t k = 0; shape != NULL && k < shape->count; k++)
        if (shape->fields[k].kind == kind && strcmp(shape->fields[k].name, name) == 0)
            return true;
    return false;
}

static bool is_carried(const struct route *route, const char *name)
{
    return strcmp(name, "csrf") != 0 && strcmp(name, TYPED_NAME) != 0 &&
           strcmp(name, TYPED_FILE) != 0 && !is_field_of(route->in, name, FIELD_PASSWORD);
}

// The values as a browser sends them. *ret_text NULL: too long to be carried.
static enum rc pack(const struct run *run, const char **ret_text)
{
    struct arena *arena = run->req.arena;
    struct buffer out;
    buffer_open(&out, arena, TYPED_LIMIT_BYTES);
    for (size_t k = 0; k < run->sent.count; k++) {
        const struct form_value *sent = &run->sent.values[k];
        const char *name = web_encode(arena, sent->name);
        const char *value = web_encode(arena, sent->value);
        if (name == NULL || value == NULL)
            return RC_NO_MEMORY;
        if (is_carried(run->req.route, sent->name))
            buffer_printf(&out, "%s%s=%s", out.length == 0 ? "" : "&", name, value);
    }
    buffer_printf(&out, "%s" TYPED_FILE "=%d", out.length == 0 ? "" : "&",
                  run->sent.file.name != NULL);
    if (out.rc != RC_OK && out.rc != RC_LIMIT)
        return out.rc;
    *ret_text = out.rc == RC_LIMIT ? NULL : out.bytes;
    return RC_OK;
}

// What it carries; "" is nothing, as the sign-in by itself sends it.
static const char *carried(const struct run *run)
{
    const char *text = form_value(&run->sent, TYPED_NAME);
    return text == NULL || text[0] == '\0' ? NULL : text;
}

// What came through the sign-in takes the place of what was sent.
static enum rc unpack(struct run *run, const char *text)
{
    struct form form;
    form_open(&form, run->req.arena);
    TRY(form_parse(&form, text_of(text)));
    if (form_has(&form, TYPED_FILE, "1"))
        form.file.name = TYPED_FILE;
    run->sent = form;
    return RC_OK;
}

// The same without what no page may show again.
static enum rc drop_secrets(struct run *run)
{
    struct form form;
    form_open(&form, run->req.arena);
    for (size_t k = 0; k < run->sent.count; k++)
        if (is_carried(run->req.route, run->sent.values[k].name))
            TRY(form_add(&form, run->sent.values[k].name, run->sent.values[k].value));
    form.file = run->sent.file;
    run->sent = form;
    return RC_OK;
}

// ---- the row -----------------------------------------------------------------------------------

static bool takes(const struct route *route)
{
    return is_field_of(route->in, TYPED_NAME, FIELD_HIDDEN);
}

// The request becomes a POST of this path, without a body. Only on RC_OK is anything changed.
static enum rc move_to(struct run *run, const char *path)
{
    struct req *req = &run->req;
    struct http_request *http = ARENA_NEW(req->arena, struct http_request);
    struct req moved = *req;
    char *decoded = NULL;
    if (http == NULL)
        return RC_NO_MEMORY;
    *http = *req->http;
    http->method = WEB_POST;
    http->path = (struct text){path, strcspn(path, "?#")};
    http->query = text_of("");
    http->body = text_of("");
    moved.http = http;
    moved.param_count = 0;
    moved.path_methods = 0;
    TRY(form_decode(req->arena, http->path, false, &decoded));
    TRY(route_find(run->web->index, WEB_POST, decoded, &moved));
    *req = moved;
    return RC_OK;
}

// ---- showing it --------------------------------------------------------------------------------

bool typed_waits(const struct form *form)
{
    const char *text = form->error_count == 1 ? form->errors[0].text : "";
    return strcmp(text, words_of_form) == 0 || strcmp(text, words_of_file) == 0;
}

const char *typed_label(const struct typed_view *view, const char *name)
{
    const struct shape *shape = view->route->in;
    for (size_t k = 0; shape != NULL && k < shape->count; k++) {
        const struct field *field = &shape->fields[k];
        bool words = field->kind == FIELD_LINE || field->kind == FIELD_TEXT ||
                     field->kind == FIELD_DAY || field->kind == FIELD_LINK;
        if (words && strcmp(field->name, name) == 0)
            return field->label;
    }
    return NULL;
}

static enum rc write_bare(struct run *run)
{
    struct req *req = &run->req;
    struct html html = {.buffer = &run->page,
                        .locale = req->locale,
                        .csrf = req->csrf,
                        .language = locale_tag(req->locale),
                        .direction = locale_direction(req->locale)};
    const struct typed_view view = {req->route->title, run->words, req_path(req), &req->form,
                                    req->route};
    if (view.path == NULL)
        return RC_NO_MEMORY;
    req->form.error_count = 0; // it says so itself
    buffer_open(&run->page, req->arena, WEB_PAGE_LIMIT_BYTES);
    run->web->settings.hooks.begin(&html, req);
    page_typed(&html, &view);
    run->web->settings.hooks.end(&html, req);
    return run->page.rc;
}

static enum rc show_work(struct db_tx *tx, void *data)
{
    struct run *run = data;
    struct req *req = &run->req;
    run_start_try(run, tx, true);
    TRY(run_admit(run));
    if (run->words != NULL && form_refuse(&req->form, "", run->words) != RC_BAD_INPUT)
        return RC_NO_MEMORY;
    TRY(req->route->page == NULL ? write_bare(run) : run_load_and_page(run));
    return req->arena->failed ? RC_NO_MEMORY : RC_OK;
}

static void show_done(struct db_task *task, enum rc rc)
{
    struct run *run = task->data;
    bool none = rc == RC_NOT_FOUND || rc == RC_BAD_INPUT || rc == RC_EXISTS;
    if (rc == RC_OK)
        run_answer(run);
    else if (typed_after(run, rc))
        return;
    else if (none && run->status == 403) // the old words: go back, it is still there
        run_fail_status(run, 403);
    else
        run_fail(run, rc);
}

static void post_show(struct run *run, int status)
{
    run->status = status;
    run->task = (struct db_task){.work = show_work, .done = show_done, .data = run};
    if (db_post(run->web->settings.db, &run->task) != RC_OK)
        run_fail(run, RC_LIMIT);
}

static void post_typed(struct run *run, int status)
{
    run->words = run->sent.file.name != NULL ? words_of_file : words_of_form;
    post_show(run, status);
}

bool typed_is_carried(const struct run *run)
{
    return !run->json && run->req.bearer == NULL && !takes(run->req.route) && carried(run) != NULL;
}

void typed_show(struct run *run)
{
    const char *text = typed_is_carried(run) ? carried(run) : NULL;
    enum rc rc = text == NULL ? RC_OK : unpack(run, text);
    if (rc == RC_OK)
        rc = drop_secrets(run);
    if (rc == RC_OK)
        post_typed(run, 403);
    else
        run_fail(run, rc);
}

// ---- signing in --------------------------------------------------------------------------------

// The page of signing in, with what was typed and where it goes.
static enum rc ask_to_sign_in(struct run *run, const char *packed)
{
    struct form form;
    const char *path = req_path(&run->req);
    if (path == NULL)
        return RC_NO_MEMORY;
    form_open(&form, run->req.arena);
    TRY(form_add(&form, "next", path));
    TRY(form_add(&form, TYPED_NAME, packed));
    TRY(move_to(run, TYPED_SIGN_IN));
    run->sent = form;
    run->words = NULL;
    return RC_OK;
}

static bool stopped(struct run *run)
{
    const struct req *req = &run->req;
    const char *packed = NULL;
    if (req->http->method != WEB_POST || req->actor.person != 0 || run->admitted)
        return false;
    enum rc rc = pack(run, &packed);
    if (rc == RC_OK && packed == NULL) { // Back has it
        run_fail_status(run, 403);
        return true;
    }
    if (rc == RC_OK)
        rc = ask_to_sign_in(run, packed);
    if (rc == RC_OK)
        post_show(run, 401);
    else
        run_fail(run, rc);
    return true;
}

// She has signed in: the row where she goes on, if it is one that takes what she typed.
static bool signed_in(struct run *run)
{
    const char *text = carried(run);
    if (run->req.go == NULL || text == NULL || !takes(run->req.route) ||
        move_to(run, run->req.go) != RC_OK)
        return false;
    run->cookies = run->req.cookie_count; // of her new session
    enum rc rc = unpack(run, text);
    if (rc == RC_OK)
        rc = drop_secrets(run);
    if (rc == RC_OK)
        rc = run_secret(run);
    if (rc == RC_OK)
        post_typed(run, 200);
    else
        run_fail(run, rc);
    return true;
}

bool typed_after(struct run *run, enum rc rc)
{
    if (run->json || run->req.bearer != NULL)
        return false;
    if (rc == RC_OK)
        return signed_in(run);
    return rc == RC_STOPPED && stopped(run);
}
