// SPDX-License-Identifier: Apache-2.0
//
// Why: a programme's own questions as a step of signing up.
#include <string.h>

#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_page.h"
#include "app/enrolment/enrolment_store.h"
#include "app_enrolment_enrolment.html.h"

static enum field_kind kind_of(const struct enrolment_question *q)
{
    static const struct {
        const char *name;
        enum field_kind kind;
    } kinds[] = {
        {"text", FIELD_TEXT},
        {"one",  FIELD_ONE },
        {"many", FIELD_MANY},
        {"link", FIELD_LINK},
        {"tick", FIELD_TICK},
        {"day",  FIELD_DAY },
    };
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
        if (strcmp(kinds[k].name, q->kind) == 0)
            return kinds[k].kind;
    return FIELD_LINE; // a number too: it may be left out
}

// The next line that is not empty.
static const char *next_line(struct arena *arena, const char **text)
{
    struct text line = text_of("");
    while (line.length == 0 && **text != '\0') {
        size_t length = strcspn(*text, "\n");
        line = text_trim(*text, length);
        *text += length + ((*text)[length] == '\n');
    }
    return arena_strndup(arena, line.bytes, line.length);
}

// A question as a field of a form, named by its id.
static enum rc make_field(struct req *req, const struct enrolment_question *q,
                          struct field *ret_field)
{
    enum { OPTIONS_MAX = 41 };
    struct field_option *options = NULL;
    const char *name = arena_printf(req->arena, "q%lld", (long long)q->id);
    const char *seen = strcmp(q->audience, "match") == 0
                           ? MSG("The people who run the programme and your match see the answer.")
                           : MSG("Only the people who run the programme see the answer.");
    const char *used =
        q->matching != 0 ? MSG("Matching uses this.") : MSG("Matching doesn't use this.");
    bool many = strcmp(q->kind, "many") == 0;
    bool chooses = many || strcmp(q->kind, "one") == 0;
    size_t count = 0;
    const char *text = q->options;
    const char *shown = q->shown == NULL ? q->options : q->shown;
    if (chooses)
        options = ARENA_ARRAY(req->arena, struct field_option, OPTIONS_MAX);
    if (name == NULL || (chooses && options == NULL))
        return RC_NO_MEMORY;
    while (chooses && *text != '\0' && count < OPTIONS_MAX - 1) {
        size_t length = strcspn(text, "\n");
        struct text line = text_trim(text, length);
        const char *value = arena_strndup(req->arena, line.bytes, line.length);
        if (value == NULL)
            return RC_NO_MEMORY;
        const char *label = line.length == 0 ? "" : next_line(req->arena, &shown);
        if (label == NULL)
            return RC_NO_MEMORY;
        if (line.length > 0)
            options[count++] = (struct field_option){value, label};
        text += length + (text[length] == '\n');
    }
    const char *hint = arena_printf(
        req->arena, "%s %s %s", q->hint[0] == '\0' ? "" : message_in(req->locale, q->hint),
        used[0] == '\0' ? "" : message_in(req->locale, used), message_in(req->locale, seen));
    *ret_field = (struct field){.name = name,
                                .kind = kind_of(q),
                                .least = q->required,
                                .most = chooses ? (int64_t)count : 2000,
                                .label = q->label,
                                .hint = hint,
                                .options = options};
    return hint == NULL ? RC_NO_MEMORY : RC_OK;
}

// The cohort's own questions for this role, as a shape whose values lie one after the other.
enum rc enrolment_question_shape(struct req *req, struct enrolment_view *view, const char *role,
                                 struct shape **ret_shape)
{
    TRY(question_list(req->tx, req->arena, view->cohort.id, role, &view->questions,
                      &view->question_count));
    TRY(questions_translate(req, view->cohort.id, view->questions, view->question_count));
    struct shape *shape = ARENA_NEW(req->arena, struct shape);
    struct field *fields = ARENA_ARRAY(req->arena, struct field, view->question_count);
    if (shape == NULL || fields == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->question_count; k++) {
        TRY(make_field(req, &view->questions[k], &fields[k]));
        fields[k].offset = k * sizeof(struct field_many);
    }
    *shape = (struct shape){fields, view->question_count,
                            view->question_count * sizeof(struct field_many) + 1};
    *ret_shape = shape;
    return RC_OK;
}

static enum rc load_answers(struct req *req)
{
    struct enrolment_view *view = NULL;
    struct enrolment *mine = ARENA_NEW(req->arena, struct enrolment);
    struct shape *shape = NULL;
    if (mine == NULL)
        return RC_NO_MEMORY;
    TRY(enrolment_make_view(req, &view));
    TRY(enrolment_mine_as(req, view->cohort.id, req_param(req, "role"), mine));
    TRY(enrolment_question_shape(req, view, mine->role, &shape));
    view->shape = shape;
    view->role = mine->role;
    view->step = "questions";
    view->one = mine;
    if (req->form.error_count > 0)
        return RC_OK;
    TRY(answer_list(req, mine->id, &view->answers, &view->answer_count));
    for (size_t k = 0; k < view->answer_count; k++)
        for (size_t j = 0; j < view->question_count; j++)
            if (view->questions[j].line == view->answers[k].line)
                TRY(answer_show(req, &view->answers[k], &view->questions[j]));
    return RC_OK;
}

static void write_answers(struct html *html, struct req *req)
{
    page_join(html, req->view);
}

static const char *value_of(struct req *req, const struct field *field, const void *in)
{
    const char *slot = (const char *)in + field->offset;
    if (field->kind == FIELD_TICK)
        return *(const int64_t *)(const void *)slot != 0 ? "1" : "";
    if (field->kind != FIELD_MANY)
        return *(const char *const *)(const void *)slot;
    const struct field_many *many = (const void *)slot;
    struct buffer out;
    buffer_open(&out, req->arena, TEXT_KEY_LIMIT_BYTES);
    for (size_t k = 0; k < many->count; k++)
        buffer_printf(&out, "%s%s", k == 0 ? "" : "\n", many->values[k]);
    return out.rc == RC_OK ? out.bytes : NULL;
}

// A number is a line of text to the form, so that it can be left out.
static enum rc check_numbers(struct req *req, const struct enrolment_view *view, const void *in,
                             const struct shape *shape)
{
    enum { DIGITS_MAX = 9 };
    for (size_t k = 0; k < shape->count; k++) {
        if (strcmp(view->questions[k].kind, "number") != 0)
            continue;
        const char *value = value_of(req, &shape->fields[k], in);
        size_t digits = value == NULL ? 0 : strspn(value, "0123456789");
        if (value != NULL && (value[digits] != '\0' || digits > DIGITS_MAX))
            form_refuse(&req->form, shape->fields[k].name, MSG("Write a whole number, such as 12"));
    }
    return req->form.error_count > 0 ? RC_BAD_INPUT : RC_OK;
}

static enum rc act_answers(struct req *req)
{
    struct enrolment_view *view = NULL;
    struct enrolment mine;
    struct shape *shape = NULL;
    TRY(enrolment_make_view(req, &view));
    TRY(enrolment_mine_as(req, view->cohort.id, req_param(req, "role"), &mine));
    bool over = strcmp(mine.state, "draft") != 0 && strcmp(mine.state, "withdrawn") != 0;
    if (over && !enrolment_is_in(mine.state))
        return RC_NOT_FOUND;
    TRY(enrolment_question_shape(req, view, mine.role, &shape));
    void *in = arena_alloc(req->arena, shape->size);
    if (in == NULL)
        return RC_NO_MEMORY;
    TRY(shape_read(shape, &req->form, in));
    TRY(check_numbers(req, view, in, shape));
    for (size_t k = 0; k < shape->count; k++) {
        const char *value = value_of(req, &shape->fields[k], in);
        if (value == NULL)
            value = "";
        TRY(answer_set(req, mine.id, view->questions[k].id, value));
    }
    return req_go(req, NULL, "/cohorts/%lld/join/%s/check", (long long)mine.cohort, mine.role);
}

// clang-format off
const struct route enrolment_answer_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/join/:role/questions", CAN_JOIN,        NULL,            NULL, NULL,             load_answers,   write_answers,   MSG("Questions of this programme")},
    {WEB_POST, "/cohorts/:cohort/join/:role/questions", CAN_JOIN,        NULL,            NULL, act_answers,      load_answers,   write_answers,   MSG("Questions of this programme")},
    {0,        NULL,                                    0,               NULL,            NULL, NULL,             NULL,           NULL,            NULL},
};
// clang-format on
