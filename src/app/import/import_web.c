// SPDX-License-Identifier: Apache-2.0
//
// Why: uploading a sheet, looking at what it would do, doing it, and taking it back.
#include <stdlib.h>
#include <string.h>

#include "app/import/import.h"
#include "app/import/import_page.h"
#include "app_import_import.html.h"

enum {
    COLUMNS_MAX = IMPORT_COLUMNS_MAX,
    NAME_BYTES_MAX = 200,
    CHOICES_LIMIT_BYTES = 8192,
    ROWS_A_PAGE = 200
};

struct upload {
    const char *role;
};

struct importing {
    int64_t accept;
};

static const struct field_option roles[] = {
    {"mentee", MSG("Mentees")},
    {"mentor", MSG("Mentors")},
    {NULL,     NULL          },
};
// clang-format off
static const struct field upload_fields[] = {
    {"role", FIELD_ONE, FIELD_TEXT_OF(struct upload, role), 1, 1, MSG("Who is in the sheet?"), "", roles},
};
static const struct field importing_fields[] = {
    {"accept", FIELD_TICK, FIELD_INT_OF(struct importing, accept), 0, 1, MSG("Accept new people at once, without reading each sign-up"), "", NULL},
};
// clang-format on
static const struct shape upload_shape = SHAPE(struct upload, upload_fields);
static const struct shape importing_shape = SHAPE(struct importing, importing_fields);

size_t import_field_count(void)
{
    size_t count = 0;
    while (import_fields[count].name != NULL)
        count++;
    return count;
}

bool import_answers(const struct import_column *column, const struct enrolment_question *question)
{
    return column->field[0] == 'q' && strtoll(column->field + 1, NULL, 10) == question->line;
}

bool import_is(const struct import_column *column, const struct import_field *field)
{
    return strcmp(column->field, field->name) == 0;
}

// A value that is a word of ours is translated like the sentence; of a column, also its field.
static const char *own_word(const struct html *html, const struct said *said, const char *value)
{
    bool of_column = strncmp(said->text, "the column ", 11) == 0;
    for (size_t k = 0; of_column && import_fields[k].name != NULL; k++)
        if (strcmp(import_fields[k].name, value) == 0)
            return message_in(html->locale, import_fields[k].label);
    return message_in(html->locale, value);
}

void import_say(struct html *html, const struct import_note *note)
{
    if (note->said == NULL)
        html_message(html, note->what, NULL, 0);
    for (const struct said *said = note->said; said != NULL; said = said->then) {
        struct html_value values[SAID_VALUES] = {
            {NULL, 0}
        };
        for (int k = 0; k < SAID_VALUES; k++)
            values[k].text = said->values[k] == NULL ? "" : own_word(html, said, said->values[k]);
        html_message(html, said->text, values, SAID_VALUES);
        html_text(html, said->then == NULL ? "" : "; ");
    }
}

static enum rc make_view(struct req *req, struct import_view **ret_view)
{
    struct import_view *view = ARENA_NEW(req->arena, struct import_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    view->form = &req->form;
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

// ---- uploading -------------------------------------------------------------------------------

static enum rc load_upload(struct req *req)
{
    struct import_view *view = NULL;
    TRY(make_view(req, &view));
    return import_list(req, view->cohort.id, &view->imports, &view->import_count);
}

static void write_upload(struct html *html, struct req *req)
{
    page_import_upload(html, req->view, &upload_shape);
}

static enum rc act_upload(struct req *req)
{
    const struct upload *in = req->in;
    const struct form_file *file = &req->form.file;
    if (file->name == NULL || file->content.length == 0)
        return form_refuse(&req->form, "sheet", MSG("Choose a file that has something in it"));
    struct import import = {.id = db_new_id(req->now_us),
                            .cohort = req_id(req, "cohort"),
                            .role = in->role,
                            .file_name = file->file_name};
    if (strlen(import.file_name) > NAME_BYTES_MAX || import.file_name[0] == '\0')
        import.file_name = "sheet.csv";
    TRY(import_add(req, &import, file->content));
    return req_go(req, NULL, "/cohorts/%lld/import/%lld", (long long)import.cohort,
                  (long long)import.id);
}

// ---- looking ---------------------------------------------------------------------------------

// What is asked of this role beside what every cohort asks.
static enum rc load_questions(struct req *req, struct import_view *view)
{
    return question_list(req->tx, req->arena, view->cohort.id, view->import.role, &view->questions,
                         &view->question_count);
}

static enum rc read_sheet(struct req *req, struct import_view *view)
{
    struct import_opened opened = {.cohort = view->cohort, .import = view->import};
    TRY(import_open(req, &opened));
    view->sheet = opened.sheet;
    view->questions = opened.questions;
    view->question_count = opened.question_count;
    return RC_OK;
}

static void count_rows(struct import_view *view)
{
    for (size_t k = 0; k < view->sheet.person_count; k++) {
        const char *becomes = view->sheet.people[k].becomes;
        view->added += strcmp(becomes, "new") == 0;
        view->changed += strcmp(becomes, "changed") == 0;
        view->same += strcmp(becomes, "same") == 0;
        view->left += strcmp(becomes, "none") == 0;
    }
}

// A large sheet is shown in pages: "?from=" is the number of the first row, from 0.
static enum rc choose_rows(struct req *req, struct import_view *view)
{
    size_t count = view->sheet.person_count;
    int64_t asked = form_number(&req->form, "from");
    size_t from = asked > 0 && (uint64_t)asked < count ? (size_t)asked : 0;
    bool more = count - from > ROWS_A_PAGE;
    view->shown = view->sheet.people + from;
    view->shown_count = more ? ROWS_A_PAGE : count - from;
    if (!more)
        return RC_OK;
    view->next =
        arena_printf(req->arena, "/cohorts/%lld/import/%lld?from=%zu#rows",
                     (long long)view->cohort.id, (long long)view->import.id, from + ROWS_A_PAGE);
    return view->next == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc load_import(struct req *req)
{
    struct import_view *view = NULL;
    TRY(make_view(req, &view));
    TRY(import_find(req, view->cohort.id, req_id(req, "import"), &view->import));
    if (strcmp(view->import.state, "importing") == 0 || strcmp(view->import.state, "undoing") == 0)
        req->refresh_s = form_value(&req->form, "still") == NULL ? 3 : 0;
    if (strcmp(view->import.state, "uploaded") != 0)
        return RC_OK;
    TRY(read_sheet(req, view));
    TRY(import_compare(req, &view->import, &view->sheet));
    count_rows(view);
    return choose_rows(req, view);
}

static void write_import(struct html *html, struct req *req)
{
    page_import(html, req->view, &importing_shape);
}

// ---- choosing columns --------------------------------------------------------------------------

static bool is_field(const struct import_view *view, const char *name)
{
    const struct import_source asked = {.questions = view->questions,
                                        .question_count = view->question_count};
    for (size_t k = 0; import_fields[k].name != NULL; k++)
        if (strcmp(import_fields[k].name, name) == 0)
            return true;
    return import_question_of(&asked, name) != NULL;
}

static enum rc act_columns(struct req *req)
{
    struct import_view *view = NULL;
    struct buffer choices;
    TRY(make_view(req, &view));
    TRY(import_find(req, view->cohort.id, req_id(req, "import"), &view->import));
    TRY(load_questions(req, view));
    const struct import import = view->import;
    buffer_open(&choices, req->arena, CHOICES_LIMIT_BYTES);
    for (size_t k = 0; k < COLUMNS_MAX; k++) {
        const char *name = arena_printf(req->arena, "column-%zu", k);
        const char *value = name == NULL ? NULL : form_value(&req->form, name);
        if (value == NULL)
            break;
        buffer_printf(&choices, "%s,", is_field(view, value) ? value : "");
    }
    TRY(choices.rc);
    TRY(import_choose(req, import.id, choices.bytes));
    return req_go(req, MSG("Your choice of columns is kept."), "/cohorts/%lld/import/%lld",
                  (long long)import.cohort, (long long)import.id);
}

// ---- doing and undoing -------------------------------------------------------------------------

// Reading takes long, so it is done before the write begins. Each row is compared when it is
// written.
static enum rc read_before(struct req *req)
{
    struct import_view *view = NULL;
    TRY(make_view(req, &view));
    TRY(import_find(req, view->cohort.id, req_id(req, "import"), &view->import));
    if (strcmp(view->import.state, "uploaded") != 0)
        return RC_EXISTS;
    TRY(read_sheet(req, view));
    TRY(import_mark(req, &view->sheet));
    req->kept = view;
    return RC_OK;
}

// What is left of a large sheet.
static enum rc add_job(struct req *req, const struct import *import)
{
    const char *body =
        arena_printf(req->arena, "%lld %s", (long long)import->id, locale_tag(req->locale));
    if (body == NULL)
        return RC_NO_MEMORY;
    return job_add(req->tx, IMPORT_JOB, body, req->now_us, req->now_us);
}

static enum rc act_import(struct req *req)
{
    const struct importing *in = req->in;
    struct import_view *view = req->kept;
    const struct import_part part = {&view->import, &view->sheet, in->accept != 0};
    bool all = false;
    TRY(import_write(req, &part, &all));
    if (!all)
        TRY(add_job(req, &view->import));
    return req_go(req,
                  all ? MSG("The sheet is imported.")
                      : MSG("The sheet is being imported. You need not wait here."),
                  "/cohorts/%lld/import/%lld", (long long)view->cohort.id,
                  (long long)view->import.id);
}

static enum rc act_undo(struct req *req)
{
    struct import import;
    TRY(import_find(req, req_id(req, "cohort"), req_id(req, "import"), &import));
    bool all = false;
    enum rc rc = import_undo(req, &import, &all);
    if (rc == RC_BAD_INPUT)
        return form_refuse(
            &req->form, "",
            MSG("Somebody of this sheet is matched already, so it can't be taken back as a whole"));
    TRY(rc);
    if (!all)
        TRY(add_job(req, &import));
    return req_go(req,
                  all ? MSG("The import is taken back.")
                      : MSG("The import is being taken back. You need not wait here."),
                  "/cohorts/%lld/import/%lld", (long long)import.cohort, (long long)import.id);
}

// clang-format off
const struct route import_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/import",                 CAN_REVIEW_PEOPLE, NULL,             NULL, NULL,        load_upload, write_upload, MSG("Import a sheet")    },
    {WEB_POST, "/cohorts/:cohort/import",                 CAN_REVIEW_PEOPLE, &upload_shape,    NULL, act_upload,  load_upload, write_upload, MSG("Import a sheet")    },
    {WEB_GET,  "/cohorts/:cohort/import/:import",         CAN_REVIEW_PEOPLE, NULL,             req_slow, NULL,        load_import, write_import, MSG("Look at a sheet"), .query = "from still"},
    {WEB_POST, "/cohorts/:cohort/import/:import",         CAN_REVIEW_PEOPLE, &importing_shape, read_before, act_import,  load_import, write_import, MSG("Import this sheet") },
    {WEB_POST, "/cohorts/:cohort/import/:import/columns", CAN_REVIEW_PEOPLE, NULL,             NULL, act_columns, load_import, write_import, MSG("Choose columns")    },
    {WEB_POST, "/cohorts/:cohort/import/:import/undo",    CAN_REVIEW_PEOPLE, NULL,             NULL, act_undo,    load_import, write_import, MSG("Take an import back")},
    {0,        NULL,                                      0,                 NULL,             NULL, NULL,        NULL,        NULL,         NULL                     },
};
// clang-format on
