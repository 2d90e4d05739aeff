// SPDX-License-Identifier: Apache-2.0
//
// Why: what a person does about her data: reading all of it, saving it, and having it erased.
#include <string.h>

#include "base/json.h"

#include "app/account/account.h"
#include "app/back.h"
#include "app/privacy/privacy_page.h"
#include "app/privacy/privacy_store.h"
#include "app_privacy_privacy.html.h"

enum { COPY_LIMIT_BYTES = 16 << 20, SHOWN_MAX = 200 };

// ---- a copy ------------------------------------------------------------------------------------

static void write_value(struct json *json, const struct data_name *name, const struct db_rows *rows,
                        size_t row, unsigned column)
{
    json_key(json, name->text);
    if (db_is_null(rows, row, column))
        json_null(json);
    else if (name->kind == '#')
        json_integer(json, db_int(rows, row, column));
    else if (name->kind == '@')
        json_base64(json, db_bytes(rows, row, column).bytes, db_bytes(rows, row, column).length);
    else
        json_text(json, db_text(rows, row, column));
}

static void write_rows(struct json *json, const struct data_texts *texts,
                       const struct db_rows *rows)
{
    struct data_name name;
    json_key(json, texts->table->name);
    json_array(json);
    for (size_t k = 0; k < db_count(rows); k++) {
        const char *names = texts->copy_names;
        json_object(json);
        for (unsigned column = 0; data_next(&names, &name); column++)
            write_value(json, &name, rows, k, column);
        json_end(json);
    }
    json_end(json);
}

static enum rc load_export(struct req *req)
{
    const struct app *app = req->app;
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    struct json json;
    if (out == NULL)
        return RC_NO_MEMORY;
    buffer_open(out, req->arena, COPY_LIMIT_BYTES);
    json_open(&json, out, true);
    json_object(&json);
    json_key(&json, "times");
    json_text(&json, "microseconds since 1970-01-01 00:00 UTC");
    for (const struct data_texts *texts = app->data; texts->table != NULL; texts++) {
        struct db_rows *rows = NULL;
        if (texts->copy == NULL)
            continue;
        TRY(db_query(req->tx, req->arena, &rows, texts->copy, DB_ARGS(DB_INT(req->actor.person))));
        write_rows(&json, texts, rows);
    }
    json_end(&json);
    TRY(json_close(&json));
    req->view = out;
    req->content_type = "application/json";
    req->file_name = "my-data.json";
    return RC_OK;
}

// ---- the same to read --------------------------------------------------------------------------

static bool is_time(const struct data_name *name)
{
    bool ends = name->length >= 3 && strcmp(name->text + name->length - 3, "_at") == 0;
    return name->kind == '#' && (ends || strcmp(name->text, "at") == 0);
}

// A value in words; "" when there is nothing to say.
static const char *value_of(struct req *req, const struct data_name *name,
                            const struct db_rows *rows, size_t row, unsigned column)
{
    int64_t number = db_int(rows, row, column);
    if (name->kind == '@') // as JSON it is whole
        return arena_printf(req->arena, "%zu B", db_bytes(rows, row, column).length);
    if (name->kind != '#')
        return db_text(rows, row, column);
    if (is_time(name))
        return number == 0 ? "" : app_time_in(req->arena, number, req->actor.zone);
    return number == 0 ? "" : arena_printf(req->arena, "%lld", (long long)number);
}

// A name of a column as people read it.
static const char *label_of(struct arena *arena, const struct data_name *name)
{
    char *label = arena_strdup(arena, name->text);
    for (char *c = label; c != NULL && *c != '\0'; c++)
        *c = *c == '_' ? ' ' : *c;
    return label;
}

// One row on its way: the column that comes next.
struct reading {
    struct req *req;
    const struct db_rows *rows;
    size_t row;
    unsigned column;
};

static enum rc read_group(struct reading *r, const char *names, const char *why,
                          struct copy_group *ret_group)
{
    struct data_name name;
    struct copy_group group = {why, ARENA_ARRAY(r->req->arena, struct copy_value, 32), 0};
    if (group.values == NULL)
        return RC_NO_MEMORY;
    while (data_next(&names, &name)) {
        const char *value = value_of(r->req, &name, r->rows, r->row, r->column++);
        const char *shown = label_of(r->req->arena, &name);
        if (value == NULL || shown == NULL)
            return RC_NO_MEMORY;
        if (value[0] != '\0' && group.count < 32)
            group.values[group.count++] = (struct copy_value){shown, value};
    }
    *ret_group = group;
    return RC_OK;
}

static enum rc read_copy_row(struct reading *r, const struct app_table *table,
                             struct copy_row *ret_row)
{
    struct copy_row row = {ARENA_ARRAY(r->req->arena, struct copy_group, DATA_COLUMNS_MAX + 1), 0};
    if (row.groups == NULL)
        return RC_NO_MEMORY;
    r->column = 0;
    for (const struct data_columns *one = table->columns; one->names != NULL; one++) {
        if (one->copy == COPY_NO)
            continue;
        TRY(read_group(r, one->names, one->why, &row.groups[row.count]));
        row.count += row.groups[row.count].count > 0;
    }
    if (table->also != NULL) {
        TRY(read_group(r, table->also, MSG("what it belongs to"), &row.groups[row.count]));
        row.count += row.groups[row.count].count > 0;
    }
    *ret_row = row;
    return RC_OK;
}

static enum rc read_part(struct req *req, const struct data_texts *texts,
                         struct copy_part *ret_part)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows, texts->copy, DB_ARGS(DB_INT(req->actor.person))));
    size_t count = db_count(rows) > SHOWN_MAX ? SHOWN_MAX : db_count(rows);
    struct copy_part part = {texts->table->what, ARENA_ARRAY(req->arena, struct copy_row, count),
                             count, count < db_count(rows)};
    if (part.rows == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++) {
        struct reading reading = {req, rows, k, 0};
        TRY(read_copy_row(&reading, texts->table, &part.rows[k]));
    }
    *ret_part = part;
    return RC_OK;
}

static enum rc load_copy(struct req *req)
{
    const struct app *app = req->app;
    struct copy_view *view = ARENA_NEW(req->arena, struct copy_view);
    size_t tables = 0;
    while (app->data[tables].table != NULL)
        tables++;
    if (view == NULL)
        return RC_NO_MEMORY;
    view->parts = ARENA_ARRAY(req->arena, struct copy_part, tables);
    if (view->parts == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < tables; k++) {
        if (app->data[k].copy == NULL)
            continue;
        TRY(read_part(req, &app->data[k], &view->parts[view->count]));
        view->count += view->parts[view->count].count > 0;
    }
    req->view = view;
    return RC_OK;
}

static void write_copy(struct html *html, struct req *req)
{
    page_data_copy(html, req->view);
}

// ---- erasing -----------------------------------------------------------------------------------

struct erasing {
    int64_t sure;
};
static const struct field erasing_fields[] = {
    {"sure", FIELD_TICK, FIELD_INT_OF(struct erasing, sure), 1, 1,
     MSG("Yes, erase my account and my data"), "", NULL},
};
static const struct shape erasing_shape = SHAPE(struct erasing, erasing_fields);

static enum rc load_erase(struct req *req)
{
    struct erase_view *view = ARENA_NEW(req->arena, struct erase_view);
    int64_t days[KEEPS];
    int64_t due_at = 0;
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(age_days(req->tx, req->arena, days));
    TRY(erasure_due_of(req->tx, req->arena, req->actor.person, &due_at));
    *view = (struct erase_view){.action = "/account/erase",
                                .form = &req->form,
                                .shape = &erasing_shape,
                                .due = "",
                                .days = ERASE_WAIT_DAYS,
                                .concern_days = days[KEEP_CONCERN],
                                .log_days = days[KEEP_LOG]};
    if (due_at != 0)
        view->due = app_time_in(req->arena, due_at, req->actor.zone);
    req->view = view;
    return view->due == NULL ? RC_NO_MEMORY : RC_OK;
}

static void write_erase(struct html *html, struct req *req)
{
    page_erase(html, req->view);
}

static const struct app_letter letter_asked = {
    MSG("Your data will be erased"),
    {MSG("Hello {0},"),
                                  MSG("you asked for your account and your data to be erased. Your account is closed now, and everything is erased at {1}."),
                                  MSG("If you did not ask for it, or want to keep it: sign in with a link before then, and choose to keep your data:"),
                                  "{2}", NULL}
};

static enum rc send_asked(struct req *req, int64_t due_at)
{
    const char *when = app_time_in(req->arena, due_at, req->actor.zone);
    const char *url =
        arena_printf(req->arena, "%s/account/erase", web_origin(req->web, req->arena));
    if (when == NULL || url == NULL)
        return RC_NO_MEMORY;
    return app_send_anyway(req, req->actor.email, locale_tag(req->locale), &letter_asked,
                           (const char *const[]){req->actor.name, when, url}, 3);
}

static enum rc act_erase(struct req *req)
{
    const struct app_place here = app_here(req);
    int64_t wait_us = (int64_t)ERASE_WAIT_DAYS * 86400 * 1000000;
    struct erasure erasure = {
        .person = req->actor.person, .asked_at = req->now_us, .due_at = req->now_us + wait_us};
    bool alone = false;
    TRY(account_is_last_admin(req, &alone));
    if (alone)
        return form_refuse(&req->form, "sure",
                           MSG("You are the only administrator. Make somebody else one first"));
    TRY(erasure_add(req->tx, &erasure, ERASE_ASKED));
    TRY(send_asked(req, erasure.due_at));
    TRY(account_close(&here, req->actor.person));
    TRY(req_set_cookie(req, WEB_COOKIE, "", -1));
    return req_go(
        req,
        MSG("Your account is closed, and your data will be erased. A letter says how to take it back."),
        "/");
}

static enum rc act_keep(struct req *req)
{
    enum rc rc = erasure_drop(req->tx, req->actor.person);
    if (rc == RC_NOT_FOUND)
        return RC_EXISTS;
    TRY(rc);
    return req_go(req, MSG("Your account and your data stay."), "/account");
}

// clang-format off
const struct route privacy_routes[] = {
    {WEB_GET,  "/account/data",       CAN_HAVE_ACCOUNT, NULL,           req_slow, NULL,      load_copy,   write_copy,     MSG("What is kept about me")},
    {WEB_GET,  "/account/export",     CAN_HAVE_ACCOUNT, NULL,           req_slow, NULL,      load_export, app_write_view, MSG("A copy of my data"), .out = &web_out_own},
    {WEB_GET,  "/account/erase",      CAN_GUARD_ACCOUNT, NULL,           NULL,     NULL,      load_erase,  write_erase,    MSG("Erase my account and my data")},
    {WEB_POST, "/account/erase",      CAN_GUARD_ACCOUNT, &erasing_shape, NULL,     act_erase, load_erase,  write_erase,    MSG("Erase my account and my data")},
    {WEB_POST, "/account/erase/stop", CAN_GUARD_ACCOUNT, NULL,           NULL,     act_keep,  NULL,        NULL,           MSG("Keep my account and my data")},
    {0,        NULL,                  0,                NULL,           NULL,     NULL,      NULL,        NULL,           NULL},
};
// clang-format on
