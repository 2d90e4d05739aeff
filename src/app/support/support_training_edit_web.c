// SPDX-License-Identifier: Apache-2.0
//
// Why: writing trainings: pages, questions with words for each wrong answer, versions, languages.
#include <stdlib.h>
#include <string.h>

#include "app/support/support_page.h"
#include "app_support_support_training_edit.html.h"
#include "web/markdown.h"

struct new_training {
    const char *title;
    const char *about;
    const char *role;
    const char *language;
    int64_t minutes;
};
struct words_form {
    const char *title;
    const char *about;
    const char *language;
};
struct page_form {
    const char *title;
    const char *text;
    int64_t place;
    const char *language;
};
struct question_form {
    const char *text;
    const char *answer[ANSWERS_MAX];
    const char *feedback[ANSWERS_MAX];
    const char *right;
    const char *language;
};
struct publish_form {
    const char *again;
};

// clang-format off
static const struct field_option numbers[] = {
    {"1", MSG("The first answer")}, {"2", MSG("The second answer")}, {"3", MSG("The third answer")}, {"4", MSG("The fourth answer")}, {NULL, NULL},
};
static const struct field_option agains[] = {
    {"no",  MSG("No: who has completed an older version has completed it")},
    {"yes", MSG("Yes: it must be done again in this version")}, {NULL, NULL},
};
static const struct field new_fields[] = {
    {"title",    FIELD_LINE,    FIELD_TEXT_OF(struct new_training, title),    1, 150,  MSG("Title"), "", NULL},
    {"about",    FIELD_TEXT,    FIELD_TEXT_OF(struct new_training, about),    1, 1000, MSG("What one learns"), "", NULL},
    {"role",     FIELD_ONE,     FIELD_TEXT_OF(struct new_training, role),     1, 1,    MSG("For whom?"), "", resource_roles + 1},
    {"language", FIELD_ONE,     FIELD_TEXT_OF(struct new_training, language), 1, 1,    MSG("Language"), MSG("Other languages can be added to each page later."), support_languages},
    {"minutes",  FIELD_INTEGER, FIELD_INT_OF(struct new_training, minutes),   1, 600,  MSG("How many minutes does it take?"), "", NULL},
};
static const struct field words_fields[] = {
    {"title",    FIELD_LINE,   FIELD_TEXT_OF(struct words_form, title),    1, 150,  MSG("Title"), "", NULL},
    {"about",    FIELD_TEXT,   FIELD_TEXT_OF(struct words_form, about),    1, 1000, MSG("What one learns"), "", NULL},
    {"language", FIELD_HIDDEN, FIELD_TEXT_OF(struct words_form, language), 0, 10,   MSG("Language"), "", NULL},
};
static const struct field page_fields[] = {
    {"title",    FIELD_LINE,    FIELD_TEXT_OF(struct page_form, title),    1, 150,   MSG("Title"), "", NULL},
    {"text",     FIELD_TEXT,    FIELD_TEXT_OF(struct page_form, text),     1, 20000, MSG("Text"), MSG("In Markdown: ## begins a heading, a line with a dash is a point of a list."), NULL},
    {"place",    FIELD_INTEGER, FIELD_INT_OF(struct page_form, place),     1, 60,    MSG("Which page is it?"), MSG("1 is the first."), NULL},
    {"language", FIELD_HIDDEN,  FIELD_TEXT_OF(struct page_form, language), 0, 10,    MSG("Language"), "", NULL},
};
static const struct field question_fields[] = {
    {"text",      FIELD_TEXT,   FIELD_TEXT_OF(struct question_form, text),        1, 500, MSG("The question"), "", NULL},
    {"answer1",   FIELD_LINE,   FIELD_TEXT_OF(struct question_form, answer[0]),   1, 300, MSG("The first answer"), "", NULL},
    {"feedback1", FIELD_LINE,   FIELD_TEXT_OF(struct question_form, feedback[0]), 0, 500, MSG("What to say to who chooses it"), "", NULL},
    {"answer2",   FIELD_LINE,   FIELD_TEXT_OF(struct question_form, answer[1]),   1, 300, MSG("The second answer"), "", NULL},
    {"feedback2", FIELD_LINE,   FIELD_TEXT_OF(struct question_form, feedback[1]), 0, 500, MSG("What to say to who chooses the second"), "", NULL},
    {"answer3",   FIELD_LINE,   FIELD_TEXT_OF(struct question_form, answer[2]),   0, 300, MSG("The third answer"), "", NULL},
    {"feedback3", FIELD_LINE,   FIELD_TEXT_OF(struct question_form, feedback[2]), 0, 500, MSG("What to say to who chooses the third"), "", NULL},
    {"answer4",   FIELD_LINE,   FIELD_TEXT_OF(struct question_form, answer[3]),   0, 300, MSG("The fourth answer"), "", NULL},
    {"feedback4", FIELD_LINE,   FIELD_TEXT_OF(struct question_form, feedback[3]), 0, 500, MSG("What to say to who chooses the fourth"), "", NULL},
    {"right",     FIELD_ONE,    FIELD_TEXT_OF(struct question_form, right),       1, 1,   MSG("Which answer is right?"), "", numbers},
    {"language",  FIELD_HIDDEN, FIELD_TEXT_OF(struct question_form, language),    0, 10,  MSG("Language"), "", NULL},
};
static const struct field publish_fields[] = {
    {"again", FIELD_ONE, FIELD_TEXT_OF(struct publish_form, again), 1, 1, MSG("Must it be done again?"), "", agains},
};
// clang-format on
static const struct shape new_shape = SHAPE(struct new_training, new_fields);
static const struct shape words_shape = SHAPE(struct words_form, words_fields);
static const struct shape page_shape = SHAPE(struct page_form, page_fields);
static const struct shape question_shape = SHAPE(struct question_form, question_fields);
static const struct shape publish_shape = SHAPE(struct publish_form, publish_fields);

static enum rc make_view(struct req *req, const struct shape *shape,
                         struct training_view **ret_view)
{
    struct training_view *view = ARENA_NEW(req->arena, struct training_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->shape = shape;
    view->zone = req->actor.zone;
    view->action = req_path(req);
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

static const char *chosen_language(const struct req *req, const struct training *training)
{
    const char *asked = form_value(&req->form, "language");
    for (const struct field_option *o = support_languages; asked != NULL && o->value != NULL; o++)
        if (strcmp(o->value, asked) == 0)
            return o->value;
    return training->language;
}

// ---- all trainings -----------------------------------------------------------------------------

static enum rc load_trainings(struct req *req)
{
    struct training_view *view = NULL;
    TRY(make_view(req, &new_shape, &view));
    return training_list(req, true, &view->trainings, &view->training_count);
}

static void write_trainings(struct html *html, struct req *req)
{
    page_trainings(html, req->view);
}

static enum rc act_new(struct req *req)
{
    const struct new_training *in = req->in;
    const struct training training = {.id = db_new_id(req->now_us),
                                      .role = in->role,
                                      .language = in->language,
                                      .minutes = in->minutes,
                                      .title = in->title,
                                      .about = in->about};
    TRY(training_add(req->tx, &training, "", req->actor.person, req->now_us));
    return req_go(req, MSG("The training is made. Add its pages, then publish it."),
                  "/support/trainings/%lld", (long long)training.id);
}

// ---- one training ------------------------------------------------------------------------------

// The version that is written, or else the published one.
static enum rc load_with(struct req *req, const struct shape *shape,
                         struct training_view **ret_view)
{
    struct training_view *view = NULL;
    TRY(make_view(req, shape, &view));
    TRY(training_find(req, req_id(req, "training"), true, &view->training));
    view->version = view->training.version + view->training.draft;
    view->language = chosen_language(req, &view->training);
    const struct training_at at = {&view->training, view->version, view->language};
    *ret_view = view;
    return training_pages(req->tx, req->arena, &at, 0, &view->pages, &view->page_count);
}

static enum rc load_training(struct req *req)
{
    struct training_view *view = NULL;
    TRY(load_with(req, NULL, &view));
    req->title = view->training.title;
    return RC_OK;
}

static void write_training(struct html *html, struct req *req)
{
    page_training_edit(html, req->view);
}

static enum rc of_path(struct req *req, bool draft, struct training *ret_training)
{
    TRY(training_find(req, req_id(req, "training"), true, ret_training));
    return !draft || (ret_training->draft == 1 && ret_training->ended_at == 0) ? RC_OK : RC_EXISTS;
}

static enum rc go_to(struct req *req, const struct training *t, const char *said)
{
    return req_go(req, said, "/support/trainings/%lld", (long long)t->id);
}

static enum rc act_draft(struct req *req)
{
    struct training t;
    TRY(of_path(req, false, &t));
    TRY(training_open_draft(req->tx, &t));
    return go_to(req, &t,
                 MSG("Change it at leisure: readers see nothing of it until you publish."));
}

static enum rc act_drop(struct req *req)
{
    struct training t;
    TRY(of_path(req, false, &t));
    TRY(training_drop_draft(req->tx, &t));
    return go_to(req, &t, MSG("What was being written is gone. The published version stays."));
}

static enum rc act_end(struct req *req)
{
    const struct app_place at = app_here(req);
    struct training t;
    TRY(of_path(req, false, &t));
    TRY(training_end(&at, t.id));
    return go_to(req, &t,
                 MSG("Nobody is asked for it any more. What was completed stays completed."));
}

static enum rc load_words(struct req *req)
{
    struct training_view *view = NULL;
    struct db_rows *r = NULL;
    TRY(load_with(req, &words_shape, &view));
    if (view->training.draft == 0)
        return RC_EXISTS;
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT title, about FROM training_words WHERE training = $1 AND version = $2 AND "
        "language = $3",
        DB_ARGS(DB_INT(view->training.id), DB_INT(view->version), DB_TEXT(view->language))));
    struct words_form now = {"", "", view->language};
    if (db_count(r) > 0)
        now = (struct words_form){db_text(r, 0, 0), db_text(r, 0, 1), view->language};
    return shape_edit(&words_shape, &req->form, &now);
}

static void write_words(struct html *html, struct req *req)
{
    page_training_words(html, req->view);
}

static enum rc act_words(struct req *req)
{
    const struct words_form *in = req->in;
    struct training t;
    TRY(of_path(req, true, &t));
    const struct training_at at = {&t, t.version + 1, chosen_language(req, &t)};
    TRY(training_set_words(req->tx, &at, in->title, in->about));
    return go_to(req, &t, MSG("It is kept."));
}

// ---- pages -------------------------------------------------------------------------------------

// The page of the path with its questions; its form is not filled yet.
static enum rc find_page(struct req *req, const struct shape *shape,
                         struct training_view **ret_view)
{
    struct training_view *view = NULL;
    int64_t id = req_id(req, "page");
    TRY(load_with(req, shape, &view));
    *ret_view = view;
    if (view->training.draft == 0)
        return RC_EXISTS;
    for (size_t k = 0; k < view->page_count; k++)
        if (view->pages[k].page == id)
            view->page = &view->pages[k];
    if (view->page == NULL && id != 0)
        return RC_NOT_FOUND;
    if (id == 0)
        return RC_OK;
    const struct training_at at = {&view->training, view->version, view->language};
    return training_questions(req->tx, req->arena, &at, id, &view->questions,
                              &view->question_count);
}

static enum rc load_page(struct req *req)
{
    struct training_view *view = NULL;
    TRY(find_page(req, &page_shape, &view));
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    struct page_form now = {"", "", (int64_t)view->page_count + 1, view->language};
    if (view->page != NULL)
        now = (struct page_form){view->page->title, view->page->text, view->page->place,
                                 view->language};
    return view->page == NULL ? shape_show(&page_shape, &req->form, &now)
                              : shape_edit(&page_shape, &req->form, &now);
}

static void write_page(struct html *html, struct req *req)
{
    page_training_page_edit(html, req->view);
}

static enum rc has_page(struct req *req, const struct training_at *at, int64_t page)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r,
                 "SELECT 1 FROM training_page WHERE training = $1 AND version = $2 AND page = $3 "
                 "LIMIT 1",
                 DB_ARGS(DB_INT(at->training->id), DB_INT(at->version), DB_INT(page))));
    return db_count(r) > 0 ? RC_OK : RC_NOT_FOUND;
}

static enum rc act_page(struct req *req)
{
    const struct page_form *in = req->in;
    struct training t;
    struct safe_html shown;
    struct training_page page = {req_id(req, "page"), in->place, in->title, in->text, "", 0, false};
    TRY(of_path(req, true, &t));
    struct training_at at = {&t, t.version + 1,
                             page.page == 0 ? t.language : chosen_language(req, &t)};
    if (page.page != 0)
        TRY(has_page(req, &at, page.page));
    if (markdown_render(req->arena, in->text, 2, &shown) != RC_OK)
        return form_refuse(&req->form, "text",
                           MSG("Lists and quotes are nested too deep in this, or it is too long"));
    TRY(training_page_set(req->tx, &at, &page, req->now_us));
    return req_go(req, MSG("The page is kept."), "/support/trainings/%lld/pages/%lld?language=%s",
                  (long long)t.id, (long long)page.page, at.language);
}

static enum rc act_page_drop(struct req *req)
{
    struct training t;
    TRY(of_path(req, true, &t));
    const struct training_at at = {&t, t.version + 1, t.language};
    TRY(training_page_drop(req->tx, &at, req_id(req, "page")));
    return go_to(req, &t, MSG("The page is taken out."));
}

// ---- questions ---------------------------------------------------------------------------------

static enum rc load_question(struct req *req)
{
    struct training_view *view = NULL;
    int64_t id = req_id(req, "question");
    struct question_form now = {
        "", {"", "", "", ""},
         {"", "", "", ""},
         "1", ""
    };
    TRY(find_page(req, &question_shape, &view));
    if (view->page == NULL)
        return RC_NOT_FOUND;
    for (size_t k = 0; k < view->question_count; k++)
        if (view->questions[k].question == id)
            view->question = view->questions[k];
    if (view->question.question != id)
        return RC_NOT_FOUND;
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    now.language = view->language;
    now.text = id == 0 ? "" : view->question.text;
    for (size_t k = 0; k < view->question.count; k++) {
        now.answer[k] = view->question.answers[k].text;
        now.feedback[k] = view->question.answers[k].feedback;
        if (view->question.answers[k].correct == 1)
            now.right = numbers[k].value;
    }
    return id == 0 ? shape_show(&question_shape, &req->form, &now)
                   : shape_edit(&question_shape, &req->form, &now);
}

static void write_question(struct html *html, struct req *req)
{
    page_training_question(html, req->view);
}

static enum rc act_question(struct req *req)
{
    const struct question_form *in = req->in;
    struct training t;
    struct training_question q = {
        .question = req_id(req, "question"), .page = req_id(req, "page"), .text = in->text};
    struct training_question *all = NULL;
    size_t count = 0;
    size_t right = (size_t)(in->right[0] - '1');
    TRY(of_path(req, true, &t));
    struct training_at at = {&t, t.version + 1,
                             q.question == 0 ? t.language : chosen_language(req, &t)};
    TRY(has_page(req, &at, q.page));
    TRY(training_questions(req->tx, req->arena, &at, q.page, &all, &count));
    bool known = q.question == 0;
    for (size_t k = 0; k < count; k++)
        known = known || all[k].question == q.question;
    if (!known)
        return RC_NOT_FOUND;
    if (q.question == 0 && count >= TRAINING_QUESTIONS_MAX)
        return form_refuse(&req->form, "text", MSG("A page has 20 questions at most"));
    if (in->answer[2][0] == '\0' && in->answer[3][0] != '\0')
        return form_refuse(&req->form, "answer3", MSG("Fill this in before the fourth"));
    if (in->answer[right][0] == '\0')
        return form_refuse(&req->form, "right", MSG("This answer is empty"));
    for (size_t k = 0; k < ANSWERS_MAX && in->answer[k][0] != '\0'; k++)
        q.answers[q.count++] =
            (struct training_answer){(int64_t)k + 1, in->answer[k], k == right, in->feedback[k]};
    TRY(training_question_set(req->tx, &at, &q, req->now_us));
    return req_go(req, MSG("The question is kept."),
                  "/support/trainings/%lld/pages/%lld?language=%s", (long long)t.id,
                  (long long)q.page, at.language);
}

static enum rc act_question_drop(struct req *req)
{
    struct training t;
    TRY(of_path(req, true, &t));
    const struct training_at at = {&t, t.version + 1, t.language};
    TRY(training_question_drop(req->tx, &at, req_id(req, "question")));
    return req_go(req, MSG("The question is taken out."), "/support/trainings/%lld/pages/%lld",
                  (long long)t.id, (long long)req_id(req, "page"));
}

// ---- publishing --------------------------------------------------------------------------------

static enum rc load_publish(struct req *req)
{
    struct training_view *view = NULL;
    TRY(load_with(req, &publish_shape, &view));
    return view->training.draft == 0 || view->training.ended_at > 0 ? RC_EXISTS : RC_OK;
}

static void write_publish(struct html *html, struct req *req)
{
    page_training_publish(html, req->view);
}

static enum rc act_publish(struct req *req)
{
    const struct publish_form *in = req->in;
    const struct app_place here = app_here(req);
    struct training t;
    struct training_page *pages = NULL;
    size_t count = 0;
    TRY(of_path(req, true, &t));
    const struct training_at at = {&t, t.version + 1, t.language};
    TRY(training_pages(req->tx, req->arena, &at, 0, &pages, &count));
    if (count == 0)
        return form_refuse(&req->form, "again", MSG("A training needs a page at least"));
    TRY(training_publish(&here, &t, text_same(in->again, "yes")));
    return go_to(req, &t, MSG("It is published."));
}

// clang-format off
const struct route support_training_edit_routes[] = {
    {WEB_GET,  "/support/trainings",                                                CAN_EDIT_CONTENT, NULL,            NULL, NULL,              load_trainings, write_trainings, MSG("Trainings"), &trainings_out},
    {WEB_POST, "/support/trainings",                                                CAN_EDIT_CONTENT, &new_shape,      NULL, act_new,           load_trainings, write_trainings, MSG("A new training")},
    {WEB_GET,  "/support/trainings/:training",                                      CAN_EDIT_CONTENT, NULL,            NULL, NULL,              load_training,  write_training,  MSG("Training"), &training_edit_out, .query = "language"},
    {WEB_POST, "/support/trainings/:training/draft",                                CAN_EDIT_CONTENT, NULL,            NULL, act_draft,         NULL,           NULL,            MSG("Begin a new version of a training")},
    {WEB_POST, "/support/trainings/:training/drop",                                 CAN_EDIT_CONTENT, NULL,            NULL, act_drop,          NULL,           NULL,            MSG("Throw a version away")},
    {WEB_POST, "/support/trainings/:training/end",                                  CAN_EDIT_CONTENT, NULL,            NULL, act_end,           NULL,           NULL,            MSG("End a training")},
    {WEB_GET,  "/support/trainings/:training/words",                                CAN_EDIT_CONTENT, NULL,            NULL, NULL,              load_words,     write_words,     MSG("Title of a training"), .out = &web_out_form, .query = "language"},
    {WEB_POST, "/support/trainings/:training/words",                                CAN_EDIT_CONTENT, &words_shape,    NULL, act_words,         load_words,     write_words,     MSG("Title of a training")},
    {WEB_GET,  "/support/trainings/:training/publish",                              CAN_EDIT_CONTENT, NULL,            NULL, NULL,              load_publish,   write_publish,   MSG("Publish a training")},
    {WEB_POST, "/support/trainings/:training/publish",                              CAN_EDIT_CONTENT, &publish_shape,  NULL, act_publish,       load_publish,   write_publish,   MSG("Publish a training")},
    {WEB_GET,  "/support/trainings/:training/pages/:page",                          CAN_EDIT_CONTENT, NULL,            NULL, NULL,              load_page,      write_page,      MSG("A page"), &training_page_edit_out, .query = "language"},
    {WEB_POST, "/support/trainings/:training/pages/:page",                          CAN_EDIT_CONTENT, &page_shape,     NULL, act_page,          load_page,      write_page,      MSG("A page")},
    {WEB_POST, "/support/trainings/:training/pages/:page/drop",                     CAN_EDIT_CONTENT, NULL,            NULL, act_page_drop,     NULL,           NULL,            MSG("Take a page out")},
    {WEB_GET,  "/support/trainings/:training/pages/:page/questions/:question",      CAN_EDIT_CONTENT, NULL,            NULL, NULL,              load_question,  write_question,  MSG("A question"), .out = &web_out_form, .query = "language"},
    {WEB_POST, "/support/trainings/:training/pages/:page/questions/:question",      CAN_EDIT_CONTENT, &question_shape, NULL, act_question,      load_question,  write_question,  MSG("A question")},
    {WEB_POST, "/support/trainings/:training/pages/:page/questions/:question/drop", CAN_EDIT_CONTENT, NULL,            NULL, act_question_drop, NULL,           NULL,            MSG("Take a question out")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
