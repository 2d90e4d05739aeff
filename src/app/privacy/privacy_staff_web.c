// SPDX-License-Identifier: Apache-2.0
//
// Why: what those who answer for a programme see of its data: the record of what is kept, the ages,
// and what goes next.
#include <string.h>

#include "app/privacy/privacy_page.h"
#include "app/privacy/privacy_store.h"
#include "app_privacy_privacy.html.h"

enum { TABLES_MAX = 400 };

// ---- the record --------------------------------------------------------------------------------

// A list without the marks of its kinds, with commas.
static const char *plain_names(struct arena *arena, const char *names)
{
    struct buffer out;
    struct data_name name;
    buffer_open(&out, arena, 4096);
    while (data_next(&names, &name))
        buffer_printf(&out, "%s%s", out.length == 0 ? "" : ", ", name.text);
    return out.rc == RC_OK ? out.bytes : NULL;
}

static enum rc record_of(struct req *req, const struct app_table *table, const int64_t days[KEEPS],
                         struct record_table *ret_table)
{
    *ret_table = (struct record_table){
        .name = table->name,
        .what = table->what,
        .keep = data_keep_words(table->keep),
        .days = days[table->keep],
        .rows = data_rows_words(table->rows),
        .columns = ARENA_ARRAY(req->arena, struct record_column, DATA_COLUMNS_MAX)};
    if (ret_table->columns == NULL)
        return RC_NO_MEMORY;
    for (const struct data_columns *row = table->columns; row->names != NULL; row++) {
        struct record_column column = {plain_names(req->arena, row->names), row->why,
                                       data_class_words(row->class), data_end_words(row->end),
                                       row->copy == COPY_YES};
        if (column.names == NULL)
            return RC_NO_MEMORY;
        ret_table->columns[ret_table->count++] = column;
    }
    return RC_OK;
}

static enum rc load_record(struct req *req)
{
    const struct app *app = req->app;
    struct record_view *view = ARENA_NEW(req->arena, struct record_view);
    int64_t days[KEEPS];
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(age_days(req->tx, req->arena, days));
    view->tables = ARENA_ARRAY(req->arena, struct record_table, TABLES_MAX);
    if (view->tables == NULL)
        return RC_NO_MEMORY;
    for (const struct data_texts *texts = app->data; texts->table != NULL; texts++)
        TRY(record_of(req, texts->table, days, &view->tables[view->count++]));
    req->view = view;
    return RC_OK;
}

static void write_record(struct html *html, struct req *req)
{
    page_record(html, req->view);
}

// ---- ages --------------------------------------------------------------------------------------

struct age_form {
    const char *keep;
    int64_t days;
};
// clang-format off
static const struct field_option age_options[] = {
#define KEEP(name, days, least, words) {#name, words},
#include "app/keep.def"
#undef KEEP
    {NULL, NULL},
};
static const struct field age_fields[] = {
    {"keep", FIELD_ONE,     FIELD_TEXT_OF(struct age_form, keep), 1, 1,     MSG("Which data"), "", age_options + 1}, // the first has no age
    {"days", FIELD_INTEGER, FIELD_INT_OF(struct age_form, days),  1, 36500, MSG("Days"),       "", NULL},
};
// clang-format on
static const struct shape age_shape = SHAPE(struct age_form, age_fields);

static enum rc load_ages(struct req *req)
{
    struct age_view *view = ARENA_NEW(req->arena, struct age_view);
    int64_t days[KEEPS];
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(age_days(req->tx, req->arena, days));
    *view = (struct age_view){.action = "/data/ages",
                              .form = &req->form,
                              .shape = &age_shape,
                              .lines = ARENA_ARRAY(req->arena, struct age_line, KEEPS)};
    if (view->lines == NULL)
        return RC_NO_MEMORY;
    for (unsigned keep = 0; keep < KEEPS; keep++)
        if (data_keep_days(keep) > 0)
            view->lines[view->count++] = (struct age_line){
                data_keep_words(keep), days[keep], data_keep_days(keep), data_keep_least(keep)};
    req->view = view;
    return RC_OK;
}

static void write_ages(struct html *html, struct req *req)
{
    page_ages(html, req->view);
}

static enum rc act_age(struct req *req)
{
    const struct age_form *in = req->in;
    for (unsigned keep = 0; keep < KEEPS; keep++) {
        if (strcmp(in->keep, data_keep_name(keep)) != 0)
            continue;
        if (in->days < data_keep_least(keep))
            return form_refuse(&req->form, "days",
                               MSG("This is shorter than the fewest days of the table above"));
        TRY(age_set(req, keep, in->days));
    }
    return req_go(req, MSG("Kept. See what goes next before it goes."), "/data/due");
}

// ---- what goes next ----------------------------------------------------------------------------

static enum rc read_people(struct req *req, struct due_view *view)
{
    struct erasure *all = NULL;
    size_t count = 0;
    TRY(erasure_due(req->tx, req->arena, INT64_MAX, &all, &count));
    view->people = ARENA_ARRAY(req->arena, struct due_line, count);
    if (view->people == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++)
        view->people[k] = (struct due_line){
            all[k].name, app_time_in(req->arena, all[k].due_at, req->actor.zone), 0};
    view->person_count = count;
    return RC_OK;
}

static enum rc load_due(struct req *req)
{
    const struct app_place here = app_here(req);
    struct due_view *view = ARENA_NEW(req->arena, struct due_view);
    struct privacy_old *all = ARENA_ARRAY(req->arena, struct privacy_old, PRIVACY_OLD_MAX);
    size_t count = 0;
    if (view == NULL || all == NULL)
        return RC_NO_MEMORY;
    TRY(read_people(req, view));
    TRY(privacy_look(&here, all, &count));
    view->tables = ARENA_ARRAY(req->arena, struct due_line, count);
    if (view->tables == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++) {
        if (all[k].table == NULL)
            view->old_accounts = all[k].count;
        else
            view->tables[view->table_count++] =
                (struct due_line){all[k].table->what, "", all[k].count};
    }
    req->view = view;
    return RC_OK;
}

static void write_due(struct html *html, struct req *req)
{
    page_due(html, req->view);
}

// clang-format off
const struct route privacy_staff_routes[] = {
    {WEB_GET,  "/data",      CAN_ANSWER_FOR_DATA, NULL,       NULL,     NULL,    load_record, write_record, MSG("What we keep, why, and how long")},
    {WEB_GET,  "/data/ages", CAN_ANSWER_FOR_DATA, NULL,       NULL,     NULL,    load_ages,   write_ages,   MSG("How long data is kept")},
    {WEB_POST, "/data/ages", CAN_ANSWER_FOR_DATA, &age_shape, NULL,     act_age, load_ages,   write_ages,   MSG("How long data is kept")},
    {WEB_GET,  "/data/due",  CAN_ANSWER_FOR_DATA, NULL,       req_slow, NULL,    load_due,    write_due,    MSG("What goes next")},
    {0,        NULL,         0,                   NULL,       NULL,     NULL,    NULL,        NULL,         NULL},
};
// clang-format on
