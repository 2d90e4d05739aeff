// SPDX-License-Identifier: Apache-2.0
//
// Why: a programme puts the letters that people get into its own words, in each language: with what
// may stand in them, how they will look, a test to oneself, and the way back.
//
// Promises: a letter that leads somewhere keeps its link; words in braces that are no value of the
// letter are refused.
#include <string.h>

#include "app/cohort/programme.h"
#include "app/cohort/programme_page.h"
#include "app_cohort_programme.html.h"

struct letter_form {
    const char *language;
    const char *subject;
    const char *body;
};

struct letter_choice {
    const char *language;
};

// clang-format off
static const struct field letter_fields[] = {
    {"language", FIELD_HIDDEN, FIELD_TEXT_OF(struct letter_form, language), 1, 20,   MSG("Language"), "", NULL},
    {"subject",  FIELD_LINE,   FIELD_TEXT_OF(struct letter_form, subject),  1, 200,  MSG("Subject"), "", NULL},
    {"body",     FIELD_TEXT,   FIELD_TEXT_OF(struct letter_form, body),     1, 8000, MSG("Letter"), MSG("An empty line divides paragraphs. The name of the organisation is put under it."), NULL},
};
static const struct field choice_fields[] = {
    {"language", FIELD_HIDDEN, FIELD_TEXT_OF(struct letter_choice, language), 1, 20, MSG("Language"), "", NULL},
};
// clang-format on
static const struct shape letter_shape = SHAPE(struct letter_form, letter_fields);
static const struct shape choice_shape = SHAPE(struct letter_choice, choice_fields);

enum { LETTERS_MAX = 200, VALUES_MAX = 10 };

static const struct app_letter_name *letter_at(const struct req *req, size_t index)
{
    const struct app *app = req->app;
    for (const struct app_slice *const *slice = app->slices; *slice != NULL; slice++)
        for (const struct app_letter_name *const *list = (*slice)->letters;
             list != NULL && *list != NULL; list++)
            for (const struct app_letter_name *one = *list; one->name != NULL; one++)
                if (index-- == 0)
                    return one;
    return NULL;
}

static enum rc find_letter(const struct req *req, const struct app_letter_name **ret_name)
{
    for (size_t k = 0; k < LETTERS_MAX; k++) {
        const struct app_letter_name *one = letter_at(req, k);
        if (one == NULL)
            return RC_NOT_FOUND;
        if (strcmp(one->name, req_param(req, "letter")) == 0) {
            *ret_name = one;
            return RC_OK;
        }
    }
    return RC_NOT_FOUND;
}

void letter_values(struct html *html, const char *values)
{
    bool first = true;
    while (*values != '\0') {
        size_t length = strcspn(values, " ");
        if (values[0] != '-') {
            html_text(html, first ? "{" : ", {");
            html_text_bytes(html, (struct text){values, length});
            html_text(html, "}");
            first = false;
        }
        values += length + (values[length] == ' ');
    }
}

// ---- the list ----------------------------------------------------------------------------------

static enum rc add_languages(struct req *req, struct programme_view *view)
{
    const char *asked = form_value(&req->form, "language");
    view->languages = ARENA_ARRAY(req->arena, struct programme_language, locale_count());
    if (view->languages == NULL)
        return RC_NO_MEMORY;
    view->language = "en";
    for (size_t k = 0; k < locale_count(); k++) {
        const char *tag = locale_tag(locale_at(k));
        if (strcmp(tag, "qps") == 0)
            continue;
        if (asked != NULL && strcmp(asked, tag) == 0)
            view->language = tag;
        view->languages[view->language_count++] =
            (struct programme_language){tag, locale_name(locale_at(k)), false};
    }
    for (size_t k = 0; k < view->language_count; k++)
        view->languages[k].here = strcmp(view->languages[k].tag, view->language) == 0;
    return RC_OK;
}

static enum rc make_view(struct req *req, struct programme_view **ret_view)
{
    struct programme_view *view = ARENA_NEW(req->arena, struct programme_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(programme_find(req->tx, req->arena, req_id(req, "programme"), &view->programme));
    TRY(add_languages(req, view));
    view->form = &req->form;
    view->shape = &letter_shape;
    view->action = req_path(req);
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc load_letters(struct req *req)
{
    struct programme_view *view = NULL;
    struct db_rows *rows = NULL;
    TRY(make_view(req, &view));
    TRY(letter_text_names(req, view->programme.id, view->language, &rows));
    view->letters = ARENA_ARRAY(req->arena, struct programme_letter, LETTERS_MAX);
    if (view->letters == NULL)
        return RC_NO_MEMORY;
    while (view->letter_count < LETTERS_MAX) {
        const struct app_letter_name *one = letter_at(req, view->letter_count);
        if (one == NULL)
            break;
        bool own = false;
        for (size_t k = 0; k < db_count(rows); k++)
            own = own || strcmp(db_text(rows, k, 0), one->name) == 0;
        view->letters[view->letter_count++] =
            (struct programme_letter){one->name, one->title, one->values, own};
    }
    return RC_OK;
}

static void write_letters(struct html *html, struct req *req)
{
    page_programme_letters(html, req->view);
}

// ---- one ---------------------------------------------------------------------------------------

// What stands for a value where nothing has happened: the reader's own name, a place, the value's
// name.
static const char *example_of(struct req *req, const struct programme *programme, struct text name)
{
    if (text_equal(name, text_of("name")))
        return req->actor.name;
    if (text_equal(name, text_of("cohort")))
        return programme->name;
    if (text_equal(name, text_of("link")) || text_equal(name, text_of("stop")))
        return arena_printf(req->arena, "%s/", web_origin(req->web, req->arena));
    return arena_printf(req->arena, "(%.*s)", (int)name.length, name.bytes);
}

static enum rc examples(struct req *req, const struct programme *programme, const char *names,
                        const char **values, size_t *ret_count)
{
    size_t count = 0;
    while (*names != '\0' && count < VALUES_MAX) {
        size_t length = strcspn(names, " ");
        values[count] = example_of(req, programme, (struct text){names, length});
        if (values[count++] == NULL)
            return RC_NO_MEMORY;
        names += length + (names[length] == ' ');
    }
    *ret_count = count;
    return RC_OK;
}

// The words of a letter as they are now: the programme's own, or those that are built in.
static enum rc words_now(struct req *req, struct programme_view *view,
                         const struct app_letter_name *name, struct letter_text *ret_text)
{
    enum rc rc = letter_text_find(req, view->programme.id, name->name, view->language, ret_text);
    TRY(app_letter_words(req->arena, name, locale_find(view->language), &view->built_in_subject,
                         &view->built_in_body));
    if (rc == RC_NOT_FOUND) {
        *ret_text = (struct letter_text){name->name, view->language, view->built_in_subject,
                                         view->built_in_body, 0};
        return RC_OK;
    }
    return rc;
}

static enum rc load_letter(struct req *req)
{
    struct programme_view *view = NULL;
    const struct app_letter_name *name = NULL;
    struct programme_letter *letter = ARENA_NEW(req->arena, struct programme_letter);
    struct letter_text text;
    const char *values[VALUES_MAX];
    size_t count = 0;
    if (letter == NULL)
        return RC_NO_MEMORY;
    TRY(find_letter(req, &name));
    TRY(make_view(req, &view));
    TRY(words_now(req, view, name, &text));
    *letter = (struct programme_letter){name->name, name->title, name->values, text.version > 0};
    view->letter = letter;
    view->version = text.version;
    TRY(examples(req, &view->programme, name->values, values, &count));
    struct app_letter own;
    TRY(app_letter_read(req->arena, name, text.subject, text.body, &own));
    TRY(app_letter_fill(req->arena, own.subject, values, count, &view->subject));
    TRY(app_letter_fill(req->arena, own.lines[0], values, count, &view->body));
    const struct letter_form now = {view->language, text.subject, text.body};
    return req->form.error_count > 0 ? RC_OK : shape_edit(&letter_shape, &req->form, &now);
}

static void write_letter(struct html *html, struct req *req)
{
    page_programme_letter(html, req->view);
}

static enum rc go_letter(struct req *req, const char *said)
{
    const char *language = form_value(&req->form, "language");
    return req_go(req, said, "/programmes/%lld/letters/%s?language=%s",
                  (long long)req_id(req, "programme"), req_param(req, "letter"),
                  locale_tag(locale_find(language == NULL ? "" : language)));
}

static bool has_value(const struct app_letter_name *name, const char *value, const char *words)
{
    return strstr(name->values, value) != NULL && strstr(words, value) == NULL;
}

static enum rc act_letter(struct req *req)
{
    const struct letter_form *in = req->in;
    const struct app_letter_name *name = NULL;
    TRY(find_letter(req, &name));
    if (locale_find(in->language) == NULL)
        return RC_NOT_FOUND;
    if (app_letter_unknown(req->arena, name, in->subject) != NULL)
        return form_refuse(&req->form, "subject",
                           MSG("A word in braces is none of those that this letter has"));
    if (app_letter_unknown(req->arena, name, in->body) != NULL)
        return form_refuse(&req->form, "body",
                           MSG("A word in braces is none of those that this letter has"));
    if (has_value(name, "link", in->body))
        return form_refuse(&req->form, "body",
                           MSG("Keep {link} in it: people need it to do what the letter asks"));
    const struct letter_text text = {name->name, in->language, in->subject, in->body, 0};
    TRY(letter_text_set(req, req_id(req, "programme"), &text));
    return go_letter(req, MSG("The letter is kept. This is how it looks."));
}

static enum rc act_reset(struct req *req)
{
    const struct letter_choice *in = req->in;
    const struct app_letter_name *name = NULL;
    TRY(find_letter(req, &name));
    TRY(letter_text_end(req, req_id(req, "programme"), name->name, in->language));
    return go_letter(req, MSG("The letter is the one that comes with the program again."));
}

// To whoever asks for it, with examples in place of what has not happened.
static enum rc act_test(struct req *req)
{
    const struct letter_choice *in = req->in;
    const struct app_letter_name *name = NULL;
    struct programme programme;
    const char *values[VALUES_MAX];
    size_t count = 0;
    TRY(find_letter(req, &name));
    TRY(programme_find(req->tx, req->arena, req_id(req, "programme"), &programme));
    TRY(examples(req, &programme, name->values, values, &count));
    const struct app_place here = app_here(req);
    const struct app_letter *letter = name->letter;
    TRY(app_letter_own(&here, programme.id, in->language, &letter));
    TRY(app_send(req, req->actor.email, in->language, letter, values, count));
    return go_letter(req, MSG("A test letter is on its way to you."));
}

// clang-format off
const struct route programme_letter_routes[] = {
    {WEB_GET,  "/programmes/:programme/letters",               CAN_EDIT_TEXTS, NULL,          NULL, NULL,       load_letters, write_letters, MSG("Letters"), .out = &letters_out, .query = "language"},
    {WEB_GET,  "/programmes/:programme/letters/:letter",       CAN_EDIT_TEXTS, NULL,          NULL, NULL,       load_letter,  write_letter,  MSG("A letter"), .out = &web_out_form, .query = "language"},
    {WEB_POST, "/programmes/:programme/letters/:letter",       CAN_EDIT_TEXTS, &letter_shape, NULL, act_letter, load_letter,  write_letter,  MSG("A letter")},
    {WEB_POST, "/programmes/:programme/letters/:letter/reset", CAN_EDIT_TEXTS, &choice_shape, NULL, act_reset,  load_letter,  write_letter,  MSG("Back to the built-in letter")},
    {WEB_POST, "/programmes/:programme/letters/:letter/test",  CAN_EDIT_TEXTS, &choice_shape, NULL, act_test,   load_letter,  write_letter,  MSG("A test letter to me")},
    {0,        NULL,                                           0,              NULL,          NULL, NULL,       NULL,         NULL,          NULL},
};
// clang-format on
