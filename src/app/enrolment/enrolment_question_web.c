// SPDX-License-Identifier: Apache-2.0
//
// Why: each programme asks questions of its own, for either side, with who may see the answers:
// made, changed, put in order, switched off and on again, and looked at as people see them.
//
// Promises: a question that was changed is a new version; answers keep the version that was asked.
#include <string.h>

#include "app/cohort/words.h"
#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_page.h"
#include "app/enrolment/enrolment_store.h"
#include "app_enrolment_question.html.h"

struct new_question {
    const char *role;
    const char *kind;
    const char *label;
    const char *hint;
    const char *options;
    int64_t required;
    const char *audience;
    const char *matching;
};

struct switching {
    const char *to;
};

struct one_question {
    int64_t question;
    const char *by;
};

// clang-format off
static const struct field_option roles[] = {
    {"both", MSG("Mentees and mentors")}, {"mentee", MSG("Mentees")}, {"mentor", MSG("Mentors")}, {NULL, NULL},
};
const struct field_option enrolment_question_kinds[] = {
    {"line",   MSG("One line of text")},
    {"text",   MSG("Several lines of text")},
    {"number", MSG("A whole number")},
    {"one",    MSG("One of some answers")},
    {"many",   MSG("Some of some answers")},
    {"link",   MSG("A web address")},
    {"tick",   MSG("A box to tick")},
    {"day",    MSG("A day")},
    {"scale",  MSG("How far something is true, in five steps")},
    {NULL, NULL},
};
static const struct field_option audiences[] = {
    {"coordinator", MSG("The people who run the programme")}, {"match", MSG("They, and the person she is matched with")},
    {"matching", MSG("Nobody: it is for matching only")}, {NULL, NULL},
};
static const struct field_option uses[] = {
    {"0", MSG("Not at all")},
    {"1", MSG("The same answer, or choices in common, make a better fit")},
    {"2", MSG("The nearer the two answers are on their scale, the better")},
    {"3", MSG("A pair without an answer in common is forbidden")}, {NULL, NULL},
};
static const struct field question_fields[] = {
    {"label",    FIELD_LINE, FIELD_TEXT_OF(struct new_question, label),    1, 200,  MSG("The question"), "", NULL},
    {"hint",     FIELD_LINE, FIELD_TEXT_OF(struct new_question, hint),     0, 300,  MSG("A hint below it"), "", NULL},
    {"role",     FIELD_ONE,  FIELD_TEXT_OF(struct new_question, role),     1, 1,    MSG("Who is asked?"), "", roles},
    {"kind",     FIELD_ONE,  FIELD_TEXT_OF(struct new_question, kind),     1, 1,    MSG("What is the answer?"), "", enrolment_question_kinds},
    {"options",  FIELD_TEXT, FIELD_TEXT_OF(struct new_question, options),  0, 2000, MSG("The answers to choose from"), MSG("One on each line. Only for questions with answers to choose from."), NULL},
    {"required", FIELD_TICK, FIELD_INT_OF(struct new_question, required),  0, 1,    MSG("It must be answered"), "", NULL},
    {"audience", FIELD_ONE,  FIELD_TEXT_OF(struct new_question, audience), 1, 1,    MSG("Who sees the answer?"), MSG("It is said next to the question."), audiences},
    {"matching", FIELD_ONE,  FIELD_TEXT_OF(struct new_question, matching), 0, 1,    MSG("How does matching use the answer?"), MSG("It is said next to the question. How much it counts stands in the rules of matching. Both sides have to be asked; who does not answer is not ruled out."), uses},
};
static const struct field switching_fields[] = {
    {"to", FIELD_HIDDEN, FIELD_TEXT_OF(struct switching, to), 0, 4, MSG("Where to"), "", NULL},
};
static const struct field one_fields[] = {
    {"question", FIELD_INTEGER, FIELD_INT_OF(struct one_question, question), 1, INT64_MAX, MSG("Question"), "", NULL},
    {"by",       FIELD_HIDDEN,  FIELD_TEXT_OF(struct one_question, by),      0, 4, MSG("Where to"), "", NULL},
};

// What programmes usually ask beside (SPEC appendix B), in the order of asking.
static const struct enrolment_question usual[] = {
    {.role = "mentee", .kind = "text", .label = MSG("Why would you like a mentor now?"), .hint = "", .options = "", .audience = "coordinator"},
    {.role = "mentee", .kind = "text", .label = MSG("What do you expect from your mentor?"), .hint = "", .options = "", .audience = "match"},
    {.role = "mentee", .kind = "text", .label = MSG("Does anything make it hard for you to take part?"), .hint = MSG("Such as a poor connection, costs or little time."), .options = "", .audience = "coordinator"},
    {.role = "mentee", .kind = "one",  .label = MSG("Have you had a mentor before?"), .hint = "", .options = "Yes\nNo", .audience = "coordinator"},
    {.role = "mentor", .kind = "text", .label = MSG("What do you expect from your mentee?"), .hint = "", .options = "", .audience = "match"},
    {.role = "mentor", .kind = "text", .label = MSG("Have you mentored or led people before?"), .hint = MSG("It need not have been called that."), .options = "", .audience = "coordinator"},
    {.role = "mentor", .kind = "one",  .label = MSG("Are you happy to work with beginners?"), .hint = "", .options = "Yes\nRather not", .audience = "coordinator"},
    {.role = "mentor", .kind = "one",  .label = MSG("Would you mentor somebody in another country?"), .hint = "", .options = "Yes\nRather not", .audience = "coordinator"},
    {.role = "mentor", .kind = "link", .label = MSG("A page where your match can book a time"), .hint = "", .options = "", .audience = "match"},
    {.role = "both",   .kind = "one",  .label = MSG("What do you do at present?"), .hint = "", .options = "I have a job in tech\nI have another job\nI look for a job\nI study\nI come back after a break\nSomething else", .audience = "match"},
    {.role = "both",   .kind = "one",  .label = MSG("Which of these is nearest to where you are?"), .hint = "", .options = "Student\nCareer changer\nJunior\nMid level\nSenior\nStaff or principal\nManager\nDirector or above\nReturner after a break", .audience = "match"},
    {.role = "both",   .kind = "many", .label = MSG("What else fills your week?"), .hint = "", .options = "High-school student\nBachelor student\nMaster student\nPhD student\nA project\nPart-time job\nFull-time job\nVolunteer work", .audience = "coordinator"},
    {.role = "both",   .kind = "one",  .label = MSG("What was your last school?"), .hint = "", .options = "Middle school\nHigh school\nApprenticeship\nBootcamp, or taught myself\nBachelor\nMaster\nPhD\nSomething else", .audience = "coordinator"},
    {.role = "both",   .kind = "line", .label = MSG("In which country and city do you live?"), .hint = "", .options = "", .audience = "coordinator"},
    {.role = "both",   .kind = "line", .label = MSG("Your name in the chat of this programme"), .hint = MSG("Such as @maria."), .options = "", .audience = "match"},
    {.role = "both",   .kind = "text", .label = MSG("Would it help you to share a part of who you are with your match? Which?"), .hint = MSG("Such as a language, a country, being a parent. Only if you want to say it."), .options = "", .audience = "coordinator"},
    {.role = "both",   .kind = "many", .label = MSG("Which programming languages do you use, or want to use?"), .hint = "", .options = "C\nC++\nC#\nGo\nJava\nJavaScript\nKotlin\nPHP\nPython\nRuby\nRust\nTypeScript\nScala\nSwift\nDart\nRego\nBash\nYAML\nHCL\nTerraform\nOpenTofu\nOther", .audience = "match"},
    {.role = "both",   .kind = "one",  .label = MSG("In which industry do you work?"), .hint = "", .options = "Software\nFintech\nHealth\nTelecom\nPublic sector\nEducation\nRetail\nConsulting\nEnergy\nMedia\nManufacturing\nNon-profit", .audience = "match"},
    {.role = "both",   .kind = "link", .label = MSG("Your page on LinkedIn, GitHub or elsewhere"), .hint = "", .options = "", .audience = "match"},
    {.role = "both",   .kind = "link", .label = MSG("Another page of yours"), .hint = "", .options = "", .audience = "match"},
    {.role = "both",   .kind = "one",  .label = MSG("How did you hear about us?"), .hint = "", .options = "From a friend\nAt work\nSocial media\nAn event\nA search\nI took part before", .audience = "coordinator"},
};

// Ways of working: two people who see them alike get on better than two of the same trade.
#define STATEMENT(words) {.role = "both", .kind = "scale", .label = (words), .hint = "", .options = "", .audience = "matching", .matching = QUESTION_NEAR}
static const struct enrolment_question style[] = {
    STATEMENT(MSG("I like a plan for each meeting.")),
    STATEMENT(MSG("I learn best by trying things out myself.")),
    STATEMENT(MSG("I want to hear plainly what I could do better.")),
    STATEMENT(MSG("I like to talk about life beside work, too.")),
    STATEMENT(MSG("I rather take small, sure steps than large, bold ones.")),
    STATEMENT(MSG("I like to write between meetings.")),
    STATEMENT(MSG("I think aloud, and decide while I talk.")),
    STATEMENT(MSG("Time for family and rest comes before a career for me.")),
};
// clang-format on
static const struct shape question_shape = SHAPE(struct new_question, question_fields);
static const struct shape switching_shape = SHAPE(struct switching, switching_fields);
static const struct shape one_shape = SHAPE(struct one_question, one_fields);

// ---- the list, and a new one -------------------------------------------------------------------

static enum rc load_questions(struct req *req)
{
    struct enrolment_view *view = NULL;
    TRY(enrolment_make_view(req, &view));
    view->shape = &question_shape;
    return question_list(req->tx, req->arena, view->cohort.id, "", &view->questions,
                         &view->question_count);
}

static void write_questions(struct html *html, struct req *req)
{
    page_questions(html, req->view);
}

static int64_t use_of(const char *value)
{
    return value != NULL && value[0] >= '0' && value[0] <= '3' ? value[0] - '0' : QUESTION_UNUSED;
}

static enum rc read_question(struct req *req, struct enrolment_question *ret_question)
{
    enum { OPTIONS_MAX = 40 };
    const struct new_question *in = req->in;
    bool chooses = strcmp(in->kind, "one") == 0 || strcmp(in->kind, "many") == 0;
    size_t lines = question_lines(in->options);
    if (chooses && (lines < 2 || lines > OPTIONS_MAX))
        return form_refuse(&req->form, "options", MSG("Write 2 to 40 answers, one on each line"));
    *ret_question = (struct enrolment_question){.role = in->role,
                                                .kind = in->kind,
                                                .label = in->label,
                                                .hint = in->hint,
                                                .options = chooses ? in->options : "",
                                                .required = in->required,
                                                .audience = in->audience,
                                                .matching = use_of(in->matching)};
    return RC_OK;
}

// Whether matching can use it so, among the others of the cohort.
static enum rc check_use(struct req *req, const struct enrolment_question *question,
                         const struct enrolment_question *all, size_t count)
{
    const char *wrong = question_use_wrong(question, all, count);
    return wrong == NULL ? RC_OK : form_refuse(&req->form, "matching", wrong);
}

static enum rc go_list(struct req *req, const char *said)
{
    return req_go(req, said, "/cohorts/%lld/questions", (long long)req_id(req, "cohort"));
}

static enum rc all_questions(struct req *req, struct enrolment_question **ret_all,
                             size_t *ret_count)
{
    return question_list(req->tx, req->arena, req_id(req, "cohort"), "", ret_all, ret_count);
}

static enum rc act_question(struct req *req)
{
    struct enrolment_question question;
    struct enrolment_question *all = NULL;
    size_t count = 0;
    TRY(read_question(req, &question));
    TRY(all_questions(req, &all, &count));
    if (count >= QUESTIONS_MAX)
        return form_refuse(&req->form, "label", MSG("There are 100 questions already"));
    TRY(check_use(req, &question, all, count));
    TRY(question_add(req->tx, req_id(req, "cohort"), &question, req->now_us));
    return go_list(req, MSG("The question is asked from now on."));
}

// Those of a ready list that nobody has added yet, by their words.
static enum rc add_ready(const struct app_place *at, int64_t cohort,
                         const struct enrolment_question *ready, size_t ready_count)
{
    for (size_t k = 0; k < ready_count; k++) {
        struct enrolment_question *all = NULL;
        size_t count = 0;
        TRY(question_list(at->tx, at->arena, cohort, "", &all, &count));
        bool there = count >= QUESTIONS_MAX || question_use_wrong(&ready[k], all, count) != NULL;
        for (size_t j = 0; j < count; j++)
            there = there || strcmp(all[j].label, ready[k].label) == 0;
        if (!there)
            TRY(question_add(at->tx, cohort, &ready[k], at->now_us));
    }
    return RC_OK;
}

enum rc question_add_style(const struct app_place *at, int64_t cohort)
{
    return add_ready(at, cohort, style, sizeof style / sizeof style[0]);
}

// All statements of ways of working are asked, or none of them.
static enum rc act_style(struct req *req)
{
    const struct switching *in = req->in;
    bool off = in->to != NULL && strcmp(in->to, "off") == 0;
    struct enrolment_question *all = NULL;
    size_t count = 0;
    TRY(all_questions(req, &all, &count));
    for (size_t k = 0; k < count; k++)
        if (strcmp(all[k].kind, "scale") == 0)
            TRY(question_switch(req, req_id(req, "cohort"), all[k].id, off));
    if (off)
        return go_list(req, MSG("Nobody is asked about ways of working any more. Answers that were "
                                "given are kept, and matching leaves them out."));
    const struct app_place here = app_here(req);
    TRY(question_add_style(&here, req_id(req, "cohort")));
    return go_list(req, MSG("Both sides are asked about ways of working, on a page of its own."));
}

static enum rc act_usual(struct req *req)
{
    const struct app_place here = app_here(req);
    TRY(add_ready(&here, req_id(req, "cohort"), usual, sizeof usual / sizeof usual[0]));
    return go_list(req, MSG("The usual questions are added. Take out what you won't use."));
}

// ---- one that is there -------------------------------------------------------------------------

// As it stands now, also by the number of an earlier version.
static enum rc find_question(struct req *req, int64_t id, const struct enrolment_question **ret_one)
{
    struct enrolment_question *all = NULL;
    size_t count = 0;
    int64_t line = 0;
    TRY(question_line(req, req_id(req, "cohort"), id, &line));
    TRY(all_questions(req, &all, &count));
    for (size_t k = 0; k < count; k++)
        if (all[k].line == line) {
            *ret_one = &all[k];
            return RC_OK;
        }
    return RC_NOT_FOUND;
}

static enum rc read_versions(struct req *req, struct enrolment_view *view, int64_t line)
{
    struct db_rows *rows = NULL;
    TRY(question_versions(req, view->cohort.id, line, &rows));
    view->version_count = db_count(rows);
    view->versions = ARENA_ARRAY(req->arena, struct enrolment_version, view->version_count);
    if (view->versions == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->version_count; k++)
        view->versions[k] = (struct enrolment_version){db_int(rows, k, 0), db_text(rows, k, 1),
                                                       app_time(req->arena, db_int(rows, k, 2)),
                                                       db_int(rows, k, 3)};
    return RC_OK;
}

static enum rc load_question(struct req *req)
{
    struct enrolment_view *view = NULL;
    const struct enrolment_question *one = NULL;
    TRY(enrolment_make_view(req, &view));
    TRY(find_question(req, req_id(req, "question"), &one));
    view->shape = &question_shape;
    TRY(read_versions(req, view, one->line));
    const struct new_question now = {.role = one->role,
                                     .kind = one->kind,
                                     .label = one->label,
                                     .hint = one->hint,
                                     .options = one->options,
                                     .required = one->required,
                                     .audience = one->audience,
                                     .matching = uses[one->matching & 3].value};
    return req->form.error_count > 0 ? RC_OK : shape_edit(&question_shape, &req->form, &now);
}

static void write_question(struct html *html, struct req *req)
{
    page_question(html, req->view);
}

static enum rc act_change(struct req *req)
{
    struct enrolment_question question;
    const struct enrolment_question *one = NULL;
    struct enrolment_question *all = NULL;
    size_t count = 0;
    TRY(find_question(req, req_id(req, "question"), &one));
    TRY(read_question(req, &question));
    TRY(all_questions(req, &all, &count));
    question.id = one->id;
    question.line = one->line;
    question.version = one->version;
    question.place = one->place;
    question.off = one->off;
    TRY(check_use(req, &question, all, count));
    const struct app_place here = app_here(req);
    TRY(question_change(&here, req_id(req, "cohort"), &question));
    return go_list(req,
                   MSG("The question is changed. Answers that were given keep their question."));
}

static enum rc act_end_question(struct req *req)
{
    const struct one_question *in = req->in;
    TRY(question_switch(req, req_id(req, "cohort"), in->question, true));
    return go_list(req, MSG("It is not asked any more. Answers that were given are kept."));
}

static enum rc act_again(struct req *req)
{
    const struct one_question *in = req->in;
    TRY(question_switch(req, req_id(req, "cohort"), in->question, false));
    return go_list(req, MSG("It is asked again."));
}

// Places are numbered anew, with the one and its neighbour exchanged.
static enum rc act_move(struct req *req)
{
    const struct one_question *in = req->in;
    struct enrolment_question *all = NULL;
    size_t count = 0;
    bool up = strcmp(in->by, "up") == 0;
    TRY(all_questions(req, &all, &count));
    for (size_t k = 0; k < count; k++) {
        size_t other = up ? k - 1 : k + 1;
        if (all[k].id != in->question || other >= count || all[other].off != all[k].off)
            continue;
        struct enrolment_question held = all[k];
        all[k] = all[other];
        all[other] = held;
        break;
    }
    for (size_t k = 0; k < count; k++)
        TRY(question_set_place(req, req_id(req, "cohort"), all[k].id, (int64_t)k + 1));
    return go_list(req, MSG("The order is changed."));
}

// ---- as people see them ------------------------------------------------------------------------

static enum rc load_preview(struct req *req)
{
    const char *role = form_value(&req->form, "role");
    struct enrolment_view *view = NULL;
    TRY(enrolment_make_view(req, &view));
    view->role = role != NULL && strcmp(role, "mentor") == 0 ? "mentor" : "mentee";
    TRY(enrolment_question_shape(req, view, view->role, true, &view->style));
    TRY(enrolment_question_shape(req, view, view->role, false, &view->shape));
    return enrolment_join_shapes(req, view->cohort.programme, view->role, view->shapes);
}

static void write_preview(struct html *html, struct req *req)
{
    page_questions_preview(html, req->view);
}

// ---- taking over -------------------------------------------------------------------------------

enum rc enrolment_take_over(const struct app_place *place, int64_t from, int64_t to)
{
    struct enrolment_question *all = NULL;
    size_t count = 0;
    TRY(question_list(place->tx, place->arena, from, "", &all, &count));
    for (size_t k = 0; k < count; k++) {
        TRY(question_add(place->tx, to, &all[k], place->now_us));
        TRY(question_take_words(place, to, &all[k], all[k].version));
    }
    const struct words_copy texts = {from, to, to};
    return words_take_over(place, &texts);
}

// clang-format off
const struct route enrolment_question_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/questions",           CAN_RUN_COHORTS, NULL,            NULL, NULL,             load_questions, write_questions, MSG("Questions at sign-up"), .out = &questions_out},
    {WEB_POST, "/cohorts/:cohort/questions",           CAN_RUN_COHORTS, &question_shape, NULL, act_question,     load_questions, write_questions, MSG("Questions at sign-up")},
    {WEB_POST, "/cohorts/:cohort/questions/usual",     CAN_RUN_COHORTS, NULL,            NULL, act_usual,        load_questions, write_questions, MSG("Add the usual questions")},
    {WEB_POST, "/cohorts/:cohort/questions/style",     CAN_RUN_COHORTS, &switching_shape, NULL, act_style,      load_questions, write_questions, MSG("Ask about ways of working, or stop")},
    {WEB_GET,  "/cohorts/:cohort/questions/preview",   CAN_RUN_COHORTS, NULL,            NULL, NULL,             load_preview,   write_preview,   MSG("The sign-up, as people see it"), .query = "role"},
    {WEB_POST, "/cohorts/:cohort/questions/end",       CAN_RUN_COHORTS, &one_shape,      NULL, act_end_question, load_questions, write_questions, MSG("Stop asking a question")},
    {WEB_POST, "/cohorts/:cohort/questions/again",     CAN_RUN_COHORTS, &one_shape,      NULL, act_again,        load_questions, write_questions, MSG("Ask a question again")},
    {WEB_POST, "/cohorts/:cohort/questions/move",      CAN_RUN_COHORTS, &one_shape,      NULL, act_move,         load_questions, write_questions, MSG("Change the order of questions")},
    {WEB_GET,  "/cohorts/:cohort/questions/:question", CAN_RUN_COHORTS, NULL,            NULL, NULL,             load_question,  write_question,  MSG("Change a question"), .out = &web_out_form},
    {WEB_POST, "/cohorts/:cohort/questions/:question", CAN_RUN_COHORTS, &question_shape, NULL, act_change,       load_question,  write_question,  MSG("Change a question")},
    {0,        NULL,                                   0,               NULL,            NULL, NULL,             NULL,           NULL,            NULL},
};
// clang-format on
