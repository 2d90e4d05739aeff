// SPDX-License-Identifier: Apache-2.0
//
// Why: keeping the log, and reading it.
#include <stdlib.h>
#include <string.h>

#include "app/audit/audit.h"
#include "app/audit/audit_page.h"
#include "app/audit/audit_store.h"
#include "app_audit_audit.html.h"

enum { A_PAGE = 100 };

// "/cohorts/12/people/34": the row's path with its ids, and without what is secret in it.
static const char *place_of(struct req *req)
{
    struct buffer out;
    buffer_open(&out, req->arena, 1024);
    for (const char *c = req->route->path; *c != '\0'; c++) {
        if (*c != ':') {
            buffer_byte(&out, *c);
            continue;
        }
        size_t length = strcspn(c + 1, "/");
        const char *name = arena_strndup(req->arena, c + 1, length);
        if (name == NULL)
            return NULL;
        buffer_text(&out, strcmp(name, "token") == 0 ? "..." : req_param(req, name));
        c += length;
    }
    return out.rc == RC_OK ? out.bytes : NULL;
}

enum rc audit_done(struct req *req)
{
    const char *place = place_of(req);
    if (place == NULL)
        return RC_NO_MEMORY;
    // Who has told a concern, and about which pair, stands in no log.
    bool secret = req->route->can == CAN_REPORT || req->route->can == CAN_TELL;
    return audit_add(req, secret ? 0 : req->actor.person, req->route->title,
                     secret ? "/help" : place);
}

enum rc audit_note(struct req *req, const char *what, const char *place)
{
    return audit_add(req, req->actor.person, what, place);
}

static enum rc read_rows(struct req *req, struct audit_view *view, int64_t before,
                         const char *search)
{
    struct db_rows *rows = NULL;
    TRY(audit_list(req, before, search, A_PAGE + 1, &rows));
    view->count = db_count(rows) > A_PAGE ? A_PAGE : db_count(rows);
    view->rows = ARENA_ARRAY(req->arena, struct audit_row, view->count);
    if (view->rows == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->count; k++)
        view->rows[k] = (struct audit_row){
            app_time_in(req->arena, db_int(rows, k, 1), req->actor.zone), db_text(rows, k, 2),
            db_text(rows, k, 3), db_text(rows, k, 4), db_int(rows, k, 1)};
    if (db_count(rows) <= A_PAGE)
        return RC_OK;
    view->before = db_int(rows, A_PAGE - 1, 0);
    return req_next(req, "before", view->before, &view->next);
}

static enum rc load_log(struct req *req)
{
    struct audit_view *view = ARENA_NEW(req->arena, struct audit_view);
    const char *search = form_value(&req->form, "search");
    if (view == NULL)
        return RC_NO_MEMORY;
    view->search = search == NULL ? "" : search;
    req->view = view;
    TRY(audit_head(req->tx, req->arena, &view->end));
    view->sealed_at = app_time_in(req->arena, view->end.at_us, req->actor.zone);
    return read_rows(req, view, form_number(&req->form, "before"), view->search);
}

static void write_log(struct html *html, struct req *req)
{
    page_audit(html, req->view);
}

// For a program that keeps it elsewhere.
static enum rc load_seal(struct req *req)
{
    struct audit_end end;
    struct json json;
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    if (out == NULL)
        return RC_NO_MEMORY;
    TRY(audit_head(req->tx, req->arena, &end));
    buffer_open(out, req->arena, 1024);
    json_open(&json, out, false);
    json_object(&json);
    json_key(&json, "number");
    json_integer(&json, end.number);
    json_key(&json, "hash");
    json_text(&json, end.hash);
    json_end(&json);
    req->content_type = "application/json";
    req->view = out;
    return json_close(&json);
}

// clang-format off
const struct route audit_routes[] = {
    {WEB_GET, "/log", CAN_READ_LOG, NULL, NULL, NULL, load_log, write_log, MSG("What was done"), .out = &audit_out, .query = "search before"},
    {WEB_GET, "/log/seal", CAN_READ_LOG, NULL, NULL, NULL, load_seal, app_write_view, MSG("The seal of the log"), .out = &web_out_own},
    {0,       NULL,   0,            NULL, NULL, NULL, NULL,     NULL,      NULL                },
};
// clang-format on
