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
        {"text",  FIELD_TEXT},
        {"one",   FIELD_ONE },
        {"many",  FIELD_MANY},
        {"link",  FIELD_LINK},
        {"tick",  FIELD_TICK},
        {"day",   FIELD_DAY },
        {"scale", FIELD_ONE },
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

static const char *seen_by(const struct enrolment_question *q)
{
    if (strcmp(q->audience, "match") == 0)
        return MSG("The people who run the programme and your match see the answer.");
    if (strcmp(q->audience, "matching") == 0)
        return MSG("Nobody sees the answer.");
    return MSG("Only the people who run the programme see the answer.");
}

static const char *used_for(const struct enrolment_question *q)
{
    switch ((enum question_use)q->matching) {
    case QUESTION_SHARED:
        return strcmp(q->kind, "many") == 0
                   ? MSG("Matching uses this: what two have in common counts for them.")
                   : MSG("Matching uses this: the same answer counts for two.");
    case QUESTION_NEAR:
        return MSG("Matching uses this: the nearer two answers are, the better.");
    case QUESTION_MUST:
        return MSG("Matching keeps to this: a pair has an answer in common. If you don't answer, "
                   "it rules out nobody.");
    case QUESTION_UNUSED:
        break;
    }
    return MSG("Matching doesn't use this.");
}

// The answers to choose from; NULL: it has none.
static enum rc make_options(struct req *req, const struct enrolment_question *q,
                            const struct field_option **ret_options, size_t *ret_count)
{
    enum { OPTIONS_MAX = 41 };
    size_t count = 0;
    const char *text = q->options;
    const char *shown = q->shown == NULL ? q->options : q->shown;
    *ret_options = strcmp(q->kind, "scale") == 0 ? enrolment_scale : NULL;
    *ret_count = *ret_options == NULL ? 0 : field_option_count(enrolment_scale);
    if (strcmp(q->kind, "one") != 0 && strcmp(q->kind, "many") != 0)
        return RC_OK;
    struct field_option *options = ARENA_ARRAY(req->arena, struct field_option, OPTIONS_MAX);
    if (options == NULL)
        return RC_NO_MEMORY;
    while (*text != '\0' && count < OPTIONS_MAX - 1) {
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
    *ret_options = options;
    *ret_count = count;
    return RC_OK;
}

// A question as a field of a form, named by its id. What all of the step about ways of working have
// in common is said once, above them.
static enum rc make_field(struct req *req, const struct enrolment_question *q,
                          struct field *ret_field)
{
    const char *name = arena_printf(req->arena, "q%lld", (long long)q->id);
    const struct field_option *options = NULL;
    size_t count = 0;
    bool brief = strcmp(q->kind, "scale") == 0 && strcmp(q->audience, "matching") == 0 &&
                 q->matching == QUESTION_NEAR;
    TRY(make_options(req, q, &options, &count));
    const char *said = q->hint[0] == '\0' ? "" : message_in(req->locale, q->hint);
    const char *hint =
        brief ? said
              : arena_printf(req->arena, "%s %s %s", said, message_in(req->locale, used_for(q)),
                             message_in(req->locale, seen_by(q)));
    *ret_field = (struct field){.name = name,
                                .kind = kind_of(q),
                                .least = q->required,
                                .most = options != NULL ? (int64_t)count : 2000,
                                .label = q->label,
                                .hint = hint,
                                .options = options};
    return hint == NULL || name == NULL ? RC_NO_MEMORY : RC_OK;
}

static bool is_style(const struct enrolment_question *q)
{
    return strcmp(q->kind, "scale") == 0;
}

enum rc enrolment_question_steps(struct req *req, struct enrolment_view *view, const char *role)
{
    struct enrolment_question *all = NULL;
    size_t count = 0;
    TRY(question_list(req->tx, req->arena, view->cohort.id, role, &all, &count));
    for (size_t k = 0; k < count; k++) {
        view->asks_style = view->asks_style || is_style(&all[k]);
        view->asks_own = view->asks_own || !is_style(&all[k]);
    }
    return RC_OK;
}

// The cohort's own questions for this role, as a shape whose values lie one after the other.
enum rc enrolment_question_shape(struct req *req, struct enrolment_view *view, const char *role,
                                 bool style, const struct shape **ret_shape)
{
    size_t kept = 0;
    TRY(question_list(req->tx, req->arena, view->cohort.id, role, &view->questions,
                      &view->question_count));
    for (size_t k = 0; k < view->question_count; k++)
        if (is_style(&view->questions[k]) == style)
            view->questions[kept++] = view->questions[k];
    view->question_count = kept;
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

// Two steps are alike: of ways of working, and of all other questions.
static bool about_style(const struct req *req)
{
    return strstr(req->route->path, "/style") != NULL;
}

static enum rc load_answers(struct req *req)
{
    struct enrolment_view *view = NULL;
    struct enrolment *mine = ARENA_NEW(req->arena, struct enrolment);
    if (mine == NULL)
        return RC_NO_MEMORY;
    TRY(enrolment_make_view(req, &view));
    TRY(enrolment_mine_as(req, view->cohort.id, req_param(req, "role"), mine));
    TRY(enrolment_question_steps(req, view, mine->role));
    TRY(enrolment_question_shape(req, view, mine->role, about_style(req), &view->shape));
    view->role = mine->role;
    view->step = about_style(req) ? "style" : "questions";
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
    const struct shape *shape = NULL;
    TRY(enrolment_make_view(req, &view));
    TRY(enrolment_mine_as(req, view->cohort.id, req_param(req, "role"), &mine));
    bool over = strcmp(mine.state, "draft") != 0 && strcmp(mine.state, "withdrawn") != 0;
    if (over && !enrolment_is_in(mine.state))
        return RC_NOT_FOUND;
    TRY(enrolment_question_steps(req, view, mine.role));
    TRY(enrolment_question_shape(req, view, mine.role, about_style(req), &shape));
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
    bool more = about_style(req) && view->asks_own && strcmp(mine.state, "draft") == 0;
    return req_go(req, NULL, "/cohorts/%lld/join/%s/%s", (long long)mine.cohort, mine.role,
                  more ? "questions" : "check");
}

// clang-format off
const struct route enrolment_answer_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/join/:role/questions", CAN_JOIN,        NULL,            NULL, NULL,             load_answers,   write_answers,   MSG("Questions of this programme")},
    {WEB_POST, "/cohorts/:cohort/join/:role/questions", CAN_JOIN,        NULL,            NULL, act_answers,      load_answers,   write_answers,   MSG("Questions of this programme")},
    {WEB_GET,  "/cohorts/:cohort/join/:role/style",     CAN_JOIN,        NULL,            NULL, NULL,             load_answers,   write_answers,   MSG("Ways of working")},
    {WEB_POST, "/cohorts/:cohort/join/:role/style",     CAN_JOIN,        NULL,            NULL, act_answers,      load_answers,   write_answers,   MSG("Ways of working")},
    {0,        NULL,                                    0,               NULL,            NULL, NULL,             NULL,           NULL,            NULL},
};
// clang-format on
