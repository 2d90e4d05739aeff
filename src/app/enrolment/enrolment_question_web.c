// SPDX-License-Identifier: Apache-2.0
//
// Why: each programme asks questions of its own, for either side, with who may see the answers.
//
// Promises: a question that was changed is a new version; answers keep the version that was asked.
#include <string.h>

#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_page.h"
#include "app/enrolment/enrolment_store.h"
#include "app_enrolment_enrolment.html.h"

struct new_question {
    const char *role;
    const char *kind;
    const char *label;
    const char *hint;
    const char *options;
    int64_t required;
    const char *audience;
};

struct one_question {
    int64_t question;
};

// clang-format off
static const struct field_option roles[] = {
    {"both", MSG("Mentees and mentors")}, {"mentee", MSG("Mentees")}, {"mentor", MSG("Mentors")}, {NULL, NULL},
};
static const struct field_option kinds[] = {
    {"line", MSG("One line of text")}, {"text", MSG("Several lines of text")}, {"one", MSG("One of some answers")}, {"many", MSG("Some of some answers")}, {NULL, NULL},
};
static const struct field_option audiences[] = {
    {"coordinator", MSG("The people who run the programme")}, {"match", MSG("They, and the person she is matched with")}, {NULL, NULL},
};
static const struct field question_fields[] = {
    {"label",    FIELD_LINE, FIELD_TEXT_OF(struct new_question, label),    1, 200,  MSG("The question"), "", NULL},
    {"hint",     FIELD_LINE, FIELD_TEXT_OF(struct new_question, hint),     0, 300,  MSG("A hint below it"), "", NULL},
    {"role",     FIELD_ONE,  FIELD_TEXT_OF(struct new_question, role),     1, 1,    MSG("Who is asked?"), "", roles},
    {"kind",     FIELD_ONE,  FIELD_TEXT_OF(struct new_question, kind),     1, 1,    MSG("What is the answer?"), "", kinds},
    {"options",  FIELD_TEXT, FIELD_TEXT_OF(struct new_question, options),  0, 2000, MSG("The answers to choose from"), MSG("One on each line. Only for questions with answers to choose from."), NULL},
    {"required", FIELD_TICK, FIELD_INT_OF(struct new_question, required),  0, 1,    MSG("It must be answered"), "", NULL},
    {"audience", FIELD_ONE,  FIELD_TEXT_OF(struct new_question, audience), 1, 1,    MSG("Who sees the answer?"), MSG("It is said next to the question."), audiences},
};
static const struct field one_fields[] = {
    {"question", FIELD_INTEGER, FIELD_INT_OF(struct one_question, question), 1, INT64_MAX, MSG("Question"), "", NULL},
};
// clang-format on
static const struct shape question_shape = SHAPE(struct new_question, question_fields);
static const struct shape one_shape = SHAPE(struct one_question, one_fields);

static enum rc load_questions(struct req *req)
{
    struct enrolment_view *view = NULL;
    TRY(enrolment_make_view(req, &view));
    view->shape = &question_shape;
    return question_list(req, view->cohort.id, "", &view->questions, &view->question_count);
}

static void write_questions(struct html *html, struct req *req)
{
    page_questions(html, req->view);
}

static size_t count_lines(const char *text)
{
    size_t lines = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        lines += text_trim(text, length).length > 0;
        text += length + (text[length] == '\n');
    }
    return lines;
}

static enum rc act_question(struct req *req)
{
    enum { OPTIONS_MAX = 40 };
    const struct new_question *in = req->in;
    int64_t cohort = req_id(req, "cohort");
    bool chooses = strcmp(in->kind, "one") == 0 || strcmp(in->kind, "many") == 0;
    size_t lines = count_lines(in->options);
    if (chooses && (lines < 2 || lines > OPTIONS_MAX))
        return form_refuse(&req->form, "options", MSG("Write 2 to 40 answers, one on each line"));
    struct enrolment_question question = {.role = in->role,
                                          .kind = in->kind,
                                          .label = in->label,
                                          .hint = in->hint,
                                          .options = chooses ? in->options : "",
                                          .required = in->required,
                                          .audience = in->audience};
    TRY(question_add(req, cohort, &question));
    return req_go(req, MSG("The question is asked from now on."), "/cohorts/%lld/questions",
                  (long long)cohort);
}

static enum rc act_end_question(struct req *req)
{
    const struct one_question *in = req->in;
    int64_t cohort = req_id(req, "cohort");
    TRY(question_end(req, cohort, in->question));
    return req_go(req, MSG("It is not asked any more. Answers that were given are kept."),
                  "/cohorts/%lld/questions", (long long)cohort);
}

// ---- answering
// -----------------------------------------------------------------------------------

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
    bool many = strcmp(q->kind, "many") == 0;
    bool chooses = many || strcmp(q->kind, "one") == 0;
    size_t count = 0;
    const char *text = q->options;
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
        if (line.length > 0)
            options[count++] = (struct field_option){value, value};
        text += length + (text[length] == '\n');
    }
    const char *hint = arena_printf(req->arena, "%s %s", q->hint, message_in(req->locale, seen));
    *ret_field = (struct field){.name = name,
                                .kind = many                           ? FIELD_MANY
                                        : chooses                      ? FIELD_ONE
                                        : strcmp(q->kind, "text") == 0 ? FIELD_TEXT
                                                                       : FIELD_LINE,
                                .least = q->required,
                                .most = chooses ? (int64_t)count : 2000,
                                .label = q->label,
                                .hint = hint,
                                .options = options};
    return hint == NULL ? RC_NO_MEMORY : RC_OK;
}

// The cohort's own questions for this role, as a shape whose values lie one after the other.
static enum rc make_shape(struct req *req, struct enrolment_view *view, const char *role,
                          struct shape **ret_shape)
{
    TRY(question_list(req, view->cohort.id, role, &view->questions, &view->question_count));
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
    TRY(make_shape(req, view, mine->role, &shape));
    view->shape = shape;
    view->role = mine->role;
    view->step = "questions";
    view->one = mine;
    if (req->form.error_count > 0)
        return RC_OK;
    TRY(answer_list(req, mine->id, &view->answers, &view->answer_count));
    for (size_t k = 0; k < view->answer_count; k++)
        TRY(answer_show(req, &view->answers[k]));
    return RC_OK;
}

static void write_answers(struct html *html, struct req *req)
{
    page_join(html, req->view);
}

static const char *value_of(struct req *req, const struct field *field, const void *in)
{
    const char *slot = (const char *)in + field->offset;
    if (field->kind != FIELD_MANY)
        return *(const char *const *)(const void *)slot;
    const struct field_many *many = (const void *)slot;
    struct buffer out;
    buffer_open(&out, req->arena, TEXT_KEY_LIMIT_BYTES);
    for (size_t k = 0; k < many->count; k++)
        buffer_printf(&out, "%s%s", k == 0 ? "" : "\n", many->values[k]);
    return out.rc == RC_OK ? out.bytes : NULL;
}

static enum rc act_answers(struct req *req)
{
    struct enrolment_view *view = NULL;
    struct enrolment mine;
    struct shape *shape = NULL;
    TRY(enrolment_make_view(req, &view));
    TRY(enrolment_mine_as(req, view->cohort.id, req_param(req, "role"), &mine));
    if (strcmp(mine.state, "declined") == 0)
        return RC_NOT_FOUND;
    TRY(make_shape(req, view, mine.role, &shape));
    void *in = arena_alloc(req->arena, shape->size);
    if (in == NULL)
        return RC_NO_MEMORY;
    TRY(shape_read(shape, &req->form, in));
    for (size_t k = 0; k < shape->count; k++) {
        const char *value = value_of(req, &shape->fields[k], in);
        if (value == NULL)
            value = "";
        TRY(answer_set(req, mine.id, view->questions[k].id, value));
    }
    return req_go(req, NULL, "/cohorts/%lld/join/%s/check", (long long)mine.cohort, mine.role);
}

// clang-format off
const struct route enrolment_question_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/questions",            CAN_RUN_COHORTS, NULL,            NULL, NULL,             load_questions, write_questions, MSG("Questions at sign-up"), .out = &questions_out},
    {WEB_POST, "/cohorts/:cohort/questions",            CAN_RUN_COHORTS, &question_shape, NULL, act_question,     load_questions, write_questions, MSG("Questions at sign-up")},
    {WEB_POST, "/cohorts/:cohort/questions/end",        CAN_RUN_COHORTS, &one_shape,      NULL, act_end_question, load_questions, write_questions, MSG("Stop asking a question")},
    {WEB_GET,  "/cohorts/:cohort/join/:role/questions", CAN_JOIN,        NULL,            NULL, NULL,             load_answers,   write_answers,   MSG("Questions of this programme")},
    {WEB_POST, "/cohorts/:cohort/join/:role/questions", CAN_JOIN,        NULL,            NULL, act_answers,      load_answers,   write_answers,   MSG("Questions of this programme")},
    {0,        NULL,                                    0,               NULL,            NULL, NULL,             NULL,           NULL,            NULL},
};
// clang-format on
