// SPDX-License-Identifier: Apache-2.0
//
// Why: keeping the log, and reading it.
#include <stdlib.h>
#include <string.h>

#include "app/audit/audit.h"
#include "app/audit/audit_page.h"
#include "app/audit/audit_store.h"
#include "app_audit_audit.html.h"

enum { A_PAGE = 100, DETAIL_CELL_BYTES = 300, DETAIL_LIMIT_BYTES = 32 << 10, DETAILS_MOST = 100 };

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

// The log tells what those who run things change. What members write of themselves, and what is
// told in confidence, is never in it.
static bool is_told(const struct req *req)
{
    static const int told[] = {CAN_REVIEW_PEOPLE, CAN_RUN_MATCHING,     CAN_JUDGE,
                               CAN_EDIT_CONTENT,  CAN_EDIT_TEXTS,       CAN_RUN_COHORTS,
                               CAN_START_COHORTS, CAN_RUN_ORGANISATION, CAN_ANSWER_FOR_DATA};
    for (size_t k = 0; k < sizeof told / sizeof told[0]; k++)
        if (req->route->can == told[k])
            return true;
    return false;
}

// As one line, and not too long.
static void add_cell(struct buffer *out, const char *text)
{
    size_t length = strlen(text);
    size_t most = length > DETAIL_CELL_BYTES ? DETAIL_CELL_BYTES : length;
    while (most < length && most > 0 && ((unsigned char)text[most] & 0xc0) == 0x80)
        most--;
    for (size_t k = 0; k < most; k++)
        buffer_byte(out, text[k] == '\t' || text[k] == '\n' || text[k] == '\r' ? ' ' : text[k]);
    if (most < length)
        buffer_text(out, " ...");
}

static void add_detail(struct buffer *out, const struct req_change *change)
{
    add_cell(out, change->label);
    buffer_byte(out, '\t');
    add_cell(out, change->before);
    buffer_byte(out, '\t');
    add_cell(out, change->after);
    buffer_byte(out, '\n');
}

// Of a form that edits: each field that it changed. Of others: what was chosen, but no words, since
// they may be about somebody.
static const char *detail_of(struct req *req)
{
    const struct shape *shape = req->route->in;
    struct buffer out;
    buffer_open(&out, req->arena, DETAIL_LIMIT_BYTES);
    if (!is_told(req))
        return "";
    for (size_t k = 0; k < req->change_count; k++)
        add_detail(&out, &req->changes[k]);
    for (size_t k = 0; req->change_count == 0 && shape != NULL && k < shape->count; k++) {
        const struct field *field = &shape->fields[k];
        const char *value = form_value(&req->form, field->name);
        bool chosen = field->kind == FIELD_ONE && field->options != NULL && value != NULL;
        const char *label = chosen ? field_option_label(field->options, value) : NULL;
        if (label != NULL && field->label[0] != '\0')
            add_detail(&out, &(struct req_change){field->label, "", label});
    }
    return out.rc != RC_OK ? NULL : out.length == 0 ? "" : out.bytes;
}

enum rc audit_done(struct req *req)
{
    const char *detail = detail_of(req);
    const char *place = place_of(req);
    if (place == NULL || detail == NULL)
        return RC_NO_MEMORY;
    // Who has told a concern, and about which pair, stands in no log.
    bool secret = req->route->can == CAN_REPORT || req->route->can == CAN_TELL;
    return audit_add(req, secret ? 0 : req->actor.person, req->route->title,
                     secret ? "/help" : place, detail);
}

enum rc audit_note(struct req *req, const char *what, const char *place)
{
    return audit_add(req, req->actor.person, what, place, "");
}

static const char *next_cell(struct arena *arena, const char **text, char end)
{
    const char *found = strchr(*text, end);
    size_t length = found == NULL ? strlen(*text) : (size_t)(found - *text);
    const char *cell = arena_strndup(arena, *text, length);
    *text += length + (found != NULL);
    return cell;
}

static enum rc read_details(struct arena *arena, const char *text, struct audit_row *row)
{
    size_t lines = 0;
    for (const char *c = text; *c != '\0'; c++)
        lines += *c == '\n';
    row->details = ARENA_ARRAY(arena, struct audit_detail, lines);
    if (row->details == NULL)
        return RC_NO_MEMORY;
    while (*text != '\0' && row->detail_count < lines && row->detail_count < DETAILS_MOST) {
        struct audit_detail *one = &row->details[row->detail_count++];
        one->what = next_cell(arena, &text, '\t');
        one->before = next_cell(arena, &text, '\t');
        one->after = next_cell(arena, &text, '\n');
        if (one->what == NULL || one->before == NULL || one->after == NULL)
            return RC_NO_MEMORY;
    }
    return RC_OK;
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
    for (size_t k = 0; k < view->count; k++)
        TRY(read_details(req->arena, db_text(rows, k, 5), &view->rows[k]));
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
