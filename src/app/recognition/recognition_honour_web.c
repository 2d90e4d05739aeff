// SPDX-License-Identifier: Apache-2.0
//
// Why: those who run a cohort give an award, its people nominate, the jury scores, and who was
// chosen says whether she wants to be named.
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/recognition/recognition_honour.h"
#include "app_recognition_recognition_honour.html.h"

struct honour_form {
    const char *title;
    const char *about;
    const char *closes;
};
struct nominate_form {
    const char *who;
    const char *text;
};
struct score_form {
    const char *nominee;
    const char *score;
    const char *words;
};
struct juror_form {
    const char *email;
};
struct decide_form {
    const char *nominee;
    const char *words;
};
struct cancel_form {
    const char *reason;
};
struct answer_form {
    const char *answer;
};

// clang-format off
static const struct field_option scores[] = {
    {"1", MSG("1: others first")}, {"2", MSG("2")}, {"3", MSG("3: good")}, {"4", MSG("4")}, {"5", MSG("5: outstanding")},
    {"0", MSG("I am too near to her to judge")}, {NULL, NULL},
};
static const struct field_option answers[] = {
    {"yes", MSG("Yes, all of the cohort may know")}, {"no", MSG("No, I would rather not be named")}, {NULL, NULL},
};
static const struct field honour_fields[] = {
    {"title",  FIELD_LINE, FIELD_TEXT_OF(struct honour_form, title),  3, 120,  MSG("Title of the award"), "", NULL},
    {"about",  FIELD_TEXT, FIELD_TEXT_OF(struct honour_form, about),  10, 1000, MSG("What is it given for?"), "", NULL},
    {"closes", FIELD_DAY,  FIELD_TEXT_OF(struct honour_form, closes), 1, 1,    MSG("Last day of nominations"), "", NULL},
};
static const struct field nominate_fields[] = {
    {"who",  FIELD_LINE, FIELD_TEXT_OF(struct nominate_form, who),  1, 200,   MSG("Whom? Her whole name, or her e-mail address"), MSG("A mentor or mentee of this cohort, not yourself."), NULL},
    {"text", FIELD_TEXT, FIELD_TEXT_OF(struct nominate_form, text), 50, 1000, MSG("Why?"), MSG("From 50 to 1000 characters. The jury reads them, without your name."), NULL},
};
static const struct field score_fields[] = {
    {"nominee", FIELD_HIDDEN, FIELD_TEXT_OF(struct score_form, nominee), 1, 30,  MSG("Who"), "", NULL},
    {"score",   FIELD_ONE,    FIELD_TEXT_OF(struct score_form, score),   1, 1,   MSG("Your score"), MSG("It can't be changed afterwards."), scores},
    {"words",   FIELD_TEXT,   FIELD_TEXT_OF(struct score_form, words),   0, 500, MSG("In words"), MSG("Needed with a score. Those of the jury who have given theirs read it, without your name."), NULL},
};
static const struct field juror_fields[] = {
    {"email", FIELD_EMAIL, FIELD_TEXT_OF(struct juror_form, email), 1, 200, MSG("E-mail address of a juror"), MSG("She must have an account."), NULL},
};
static const struct field decide_fields[] = {
    {"nominee", FIELD_LINE, FIELD_TEXT_OF(struct decide_form, nominee), 1, 30,  MSG("Who gets it?"), "", NULL},
    {"words",   FIELD_TEXT, FIELD_TEXT_OF(struct decide_form, words),   0, 500, MSG("Why she?"), MSG("Needed when several share the best mean. It is kept."), NULL},
};
static const struct field cancel_fields[] = {
    {"reason", FIELD_TEXT, FIELD_TEXT_OF(struct cancel_form, reason), 3, 500, MSG("Why?"), MSG("All of the cohort read it."), NULL},
};
static const struct field leave_fields[] = {
    {"reason", FIELD_TEXT, FIELD_TEXT_OF(struct cancel_form, reason), 3, 500, MSG("Why?"), MSG("She reads it, and so do all who run the cohort."), NULL},
};
static const struct field answer_fields[] = {
    {"answer", FIELD_ONE, FIELD_TEXT_OF(struct answer_form, answer), 1, 1, MSG("May we say so?"), "", answers},
};
// clang-format on
static const struct shape honour_shape = SHAPE(struct honour_form, honour_fields);
static const struct shape nominate_shape = SHAPE(struct nominate_form, nominate_fields);
static const struct shape score_shape = SHAPE(struct score_form, score_fields);
static const struct shape juror_shape = SHAPE(struct juror_form, juror_fields);
static const struct shape decide_shape = SHAPE(struct decide_form, decide_fields);
static const struct shape cancel_shape = SHAPE(struct cancel_form, cancel_fields);
static const struct shape leave_shape = SHAPE(struct cancel_form, leave_fields);
static const struct shape answer_shape = SHAPE(struct answer_form, answer_fields);

static enum rc make_view(struct req *req, const struct shape *shape, struct honour_view **ret_view)
{
    struct honour_view *view = ARENA_NEW(req->arena, struct honour_view);
    char today[DATE_TEXT_BYTES];
    if (view == NULL)
        return RC_NO_MEMORY;
    date_print(date_from_days(date_days_of_seconds(req->now_us / 1000000)), today);
    view->form = &req->form;
    view->shape = shape;
    view->action = req_path(req);
    view->today = arena_strndup(req->arena, today, strlen(today));
    view->person = req->actor.person;
    view->zone = req->actor.zone;
    req->view = view;
    *ret_view = view;
    return view->action == NULL || view->today == NULL ? RC_NO_MEMORY : RC_OK;
}

// The cohort of the path, for whoever takes part in it, runs it, or is of a jury of it.
static enum rc make_cohort_view(struct req *req, const struct shape *shape,
                                struct honour_view **ret_view)
{
    struct honour_view *view = NULL;
    TRY(make_view(req, shape, &view));
    TRY(cohort_load(req, &view->cohort));
    TRY(app_can(req, CAN_REVIEW_PEOPLE, &view->staff));
    TRY(honour_member(req, view->cohort.id, &view->member));
    *ret_view = view;
    return RC_OK;
}

// With the award of the path.
static enum rc make_honour_view(struct req *req, const struct shape *shape,
                                struct honour_view **ret_view)
{
    struct honour_view *view = NULL;
    TRY(make_cohort_view(req, shape, &view));
    TRY(honour_find(req, view->cohort.id, req_id(req, "honour"), &view->honour));
    if (!view->staff && !view->member && !view->honour.juror)
        return RC_NOT_FOUND;
    view->nominating = view->member && text_same(view->honour.state, HONOUR_OPEN) &&
                       strcmp(view->honour.closes, view->today) >= 0;
    if (!text_same(view->honour.state, HONOUR_ANNOUNCED)) {
        view->honour.winner_name = ""; // nobody learns it before she agrees
        view->honour.winner = 0;
    }
    *ret_view = view;
    return RC_OK;
}

static enum rc go_to(struct req *req, const struct honour *honour, const char *said,
                     const char *page)
{
    return req_go(req, said, "/cohorts/%lld/honours/%lld%s", (long long)honour->cohort,
                  (long long)honour->id, page);
}

// ---- the cohort's ------------------------------------------------------------------------------

static enum rc load_all(struct req *req)
{
    struct honour_view *view = NULL;
    TRY(make_cohort_view(req, NULL, &view));
    TRY(honour_list(req, view->cohort.id, &view->honours, &view->count));
    bool juror = false;
    for (size_t k = 0; k < view->count; k++) {
        juror = juror || view->honours[k].juror;
        if (!text_same(view->honours[k].state, HONOUR_ANNOUNCED))
            view->honours[k].winner_name = "";
    }
    return view->staff || view->member || juror ? RC_OK : RC_NOT_FOUND;
}

static void write_all(struct html *html, struct req *req)
{
    page_honours(html, req->view);
}

static enum rc load_new(struct req *req)
{
    struct honour_view *view = NULL;
    return make_cohort_view(req, &honour_shape, &view);
}

static void write_new(struct html *html, struct req *req)
{
    page_honour_new(html, req->view);
}

static enum rc act_new(struct req *req)
{
    const struct honour_form *in = req->in;
    TRY(load_all(req));
    const struct honour_view *view = req->view;
    if (strcmp(in->closes, view->today) < 0)
        return form_refuse(&req->form, "closes", MSG("This day has passed"));
    if (view->count >= HONOURS_A_COHORT)
        return form_refuse(&req->form, "title", MSG("There are 30 awards of one cohort at most"));
    struct honour honour = {
        .cohort = view->cohort.id, .title = in->title, .about = in->about, .closes = in->closes};
    TRY(honour_add(req, &honour));
    return go_to(req, &honour, MSG("The award is open for nominations. Name its jury next."),
                 "/run");
}

static enum rc load_one(struct req *req)
{
    struct honour_view *view = NULL;
    return make_honour_view(req, &nominate_shape, &view);
}

static void write_one(struct html *html, struct req *req)
{
    page_honour(html, req->view);
}

static enum rc act_nominate(struct req *req)
{
    const struct nominate_form *in = req->in;
    int64_t nominee = 0;
    TRY(load_one(req));
    const struct honour_view *view = req->view;
    if (!view->member)
        return RC_NOT_FOUND;
    if (!view->nominating)
        return RC_EXISTS;
    enum rc rc = honour_person(req, view->cohort.id, in->who, &nominee);
    if (rc == RC_NOT_FOUND)
        return form_refuse(&req->form, "who",
                           MSG("Nobody of this cohort, or more than one, is called so. Try her "
                               "e-mail address"));
    TRY(rc);
    if (nominee == view->person)
        return form_refuse(&req->form, "who", MSG("Nobody nominates herself"));
    rc = honour_nominate(req, &view->honour, nominee, in->text);
    if (rc == RC_EXISTS)
        return form_refuse(&req->form, "who", MSG("You have nominated her already"));
    TRY(rc);
    return go_to(req, &view->honour, MSG("Thank you. The jury reads it."), "");
}

// ---- the jury ----------------------------------------------------------------------------------

static enum rc load_judge(struct req *req)
{
    struct honour_view *view = NULL;
    TRY(make_honour_view(req, &score_shape, &view));
    if (!view->honour.juror)
        return RC_NOT_FOUND;
    if (text_same(view->honour.state, HONOUR_OPEN))
        return RC_OK; // nominations still come in
    TRY(honour_nominees(req, view->honour.id, &view->nominees, &view->nominee_count));
    const char *typed = form_value(&req->form, "nominee");
    int64_t chosen = typed == NULL ? 0 : strtoll(typed, NULL, 10);
    for (size_t k = 0; k < view->nominee_count; k++)
        if (view->nominees[k].person == chosen && view->nominees[k].may &&
            view->nominees[k].own < 0)
            view->chosen = &view->nominees[k];
    return RC_OK;
}

static void write_judge(struct html *html, struct req *req)
{
    page_honour_judge(html, req->view);
}

static enum rc act_judge(struct req *req)
{
    const struct score_form *in = req->in;
    TRY(load_judge(req));
    const struct honour_view *view = req->view;
    int64_t nominee = strtoll(in->nominee, NULL, 10);
    int64_t score = in->score[0] - '0';
    if (!text_same(view->honour.state, HONOUR_JUDGING))
        return RC_EXISTS;
    if (score > 0 && in->words[0] == '\0')
        return form_refuse(&req->form, "words", MSG("Say in words what led you to it"));
    TRY(honour_score(req, view->honour.id, nominee, score, score == 0 ? "" : in->words));
    return go_to(req, &view->honour, MSG("It is kept."), "/judge");
}

// ---- those who run it --------------------------------------------------------------------------

// Whether who asks may see how the jury stands: every score is there, she has given hers, and she
// is not among the nominees.
static enum rc load_result(struct req *req, struct honour_view *view)
{
    bool pending = false;
    TRY(honour_nominees(req, view->honour.id, &view->nominees, &view->nominee_count));
    for (size_t k = 0; k < view->nominee_count; k++) {
        pending =
            pending || (view->honour.juror && view->nominees[k].may && view->nominees[k].own < 0);
        view->nominated = view->nominated || view->nominees[k].person == view->person;
    }
    view->seen = !pending && !view->nominated && !text_same(view->honour.state, HONOUR_OPEN) &&
                 honour_complete(view->nominees, view->nominee_count);
    if (!view->seen)
        return RC_OK;
    honour_rank(view->nominees, view->nominee_count);
    view->tied = honour_tied(view->nominees, view->nominee_count);
    for (size_t k = 0; k < view->nominee_count; k++) {
        struct nominee *one = &view->nominees[k];
        int64_t tenths = (one->sum * 10 + one->scores / 2) / one->scores;
        one->mean = arena_printf(req->arena, "%lld.%lld", (long long)(tenths / 10),
                                 (long long)(tenths % 10));
        if (one->mean == NULL)
            return RC_NO_MEMORY;
    }
    return RC_OK;
}

static enum rc load_run_with(struct req *req, const struct shape *shape)
{
    struct honour_view *view = NULL;
    TRY(make_honour_view(req, shape, &view));
    TRY(honour_jurors(req, view->honour.id, &view->jurors, &view->juror_count));
    for (size_t k = 0; k < view->juror_count; k++)
        view->judging_count += view->jurors[k].removed_at == 0;
    return load_result(req, view);
}

static enum rc load_run(struct req *req)
{
    return load_run_with(req, &juror_shape);
}

static void write_run(struct html *html, struct req *req)
{
    page_honour_run(html, req->view);
}

static bool is_over(const struct honour *honour)
{
    return text_same(honour->state, HONOUR_ANNOUNCED) || text_same(honour->state, HONOUR_CANCELLED);
}

static enum rc act_juror(struct req *req)
{
    const struct juror_form *in = req->in;
    TRY(load_run(req));
    const struct honour_view *view = req->view;
    if (is_over(&view->honour) || text_same(view->honour.state, HONOUR_ASKED))
        return RC_EXISTS;
    if (view->judging_count >= HONOUR_JURORS)
        return form_refuse(&req->form, "email", MSG("A jury has 20 people at most"));
    enum rc rc = honour_juror_add(req, &view->honour, in->email);
    if (rc == RC_NOT_FOUND)
        return form_refuse(&req->form, "email", MSG("Nobody has an account with this address"));
    if (rc == RC_EXISTS)
        return form_refuse(&req->form, "email", MSG("She is of the jury already"));
    TRY(rc);
    return go_to(req, &view->honour, MSG("She has a letter."), "/run");
}

static enum rc load_leave(struct req *req)
{
    TRY(load_run_with(req, &leave_shape));
    struct honour_view *view = req->view;
    for (size_t k = 0; k < view->judging_count; k++)
        if (view->jurors[k].person == req_id(req, "juror"))
            view->leaving = &view->jurors[k];
    return view->leaving == NULL ? RC_NOT_FOUND : RC_OK;
}

static void write_leave(struct html *html, struct req *req)
{
    page_honour_leave(html, req->view);
}

// Not by a nominee: nobody chooses who judges her.
static enum rc act_leave(struct req *req)
{
    const struct cancel_form *in = req->in;
    TRY(load_leave(req));
    const struct honour_view *view = req->view;
    if (is_over(&view->honour) || text_same(view->honour.state, HONOUR_ASKED))
        return RC_EXISTS;
    if (view->nominated)
        return form_refuse(&req->form, "reason",
                           MSG("You are among the nominees yourself: somebody else decides"));
    TRY(honour_juror_remove(req, &view->honour, view->leaving->person, in->reason));
    return go_to(req, &view->honour, MSG("She is not of the jury any more, and has a letter."),
                 "/run");
}

static enum rc act_begin(struct req *req)
{
    const struct app_place place = app_here(req);
    TRY(load_run(req));
    const struct honour_view *view = req->view;
    if (!text_same(view->honour.state, HONOUR_OPEN))
        return RC_EXISTS;
    TRY(honour_begin(&place, &view->honour));
    return go_to(req, &view->honour, MSG("Nominations are closed, and the jury can begin."),
                 "/run");
}

static enum rc load_decide(struct req *req)
{
    return load_run_with(req, &decide_shape);
}

static void write_decide(struct html *html, struct req *req)
{
    page_honour_decide(html, req->view);
}

// One of those with the best mean; a tie is decided by somebody who is near to none of them.
static enum rc act_decide(struct req *req)
{
    const struct decide_form *in = req->in;
    TRY(load_decide(req));
    const struct honour_view *view = req->view;
    int64_t chosen = strtoll(in->nominee, NULL, 10);
    bool found = false;
    bool near = false;
    if (!text_same(view->honour.state, HONOUR_JUDGING) || !view->seen)
        return RC_EXISTS;
    for (size_t k = 0; k < view->tied; k++) {
        found = found || view->nominees[k].person == chosen;
        near = near || !view->nominees[k].may;
    }
    if (!found)
        return form_refuse(&req->form, "nominee", MSG("Choose one of those with the best mean"));
    if (view->tied > 1 && near)
        return form_refuse(&req->form, "nominee",
                           MSG("You are too near to one of them: somebody else decides this tie"));
    if (view->tied > 1 && in->words[0] == '\0')
        return form_refuse(&req->form, "words",
                           MSG("Say why, because several share the best mean"));
    TRY(honour_ask(req, &view->honour, chosen, in->words));
    return go_to(req, &view->honour, MSG("She is asked. Nobody else learns it before she agrees."),
                 "/run");
}

static enum rc load_cancel(struct req *req)
{
    return load_run_with(req, &cancel_shape);
}

static void write_cancel(struct html *html, struct req *req)
{
    page_honour_cancel(html, req->view);
}

static enum rc act_cancel(struct req *req)
{
    const struct cancel_form *in = req->in;
    const struct app_place place = app_here(req);
    TRY(load_cancel(req));
    const struct honour_view *view = req->view;
    if (is_over(&view->honour))
        return RC_EXISTS;
    TRY(honour_move(&place, &view->honour, HONOUR_CANCELLED, in->reason));
    return go_to(req, &view->honour, MSG("The award is cancelled."), "");
}

// ---- who was chosen ----------------------------------------------------------------------------

static enum rc load_mine(struct req *req)
{
    struct honour_view *view = NULL;
    TRY(make_view(req, &answer_shape, &view));
    TRY(honour_find(req, 0, req_id(req, "honour"), &view->honour));
    return view->honour.winner == view->person && (text_same(view->honour.state, HONOUR_ASKED) ||
                                                   text_same(view->honour.state, HONOUR_ANNOUNCED))
               ? RC_OK
               : RC_NOT_FOUND;
}

static void write_mine(struct html *html, struct req *req)
{
    page_honour_mine(html, req->view);
}

static enum rc act_mine(struct req *req)
{
    const struct answer_form *in = req->in;
    TRY(load_mine(req));
    const struct honour_view *view = req->view;
    bool yes = text_same(in->answer, "yes");
    if (!text_same(view->honour.state, HONOUR_ASKED))
        return RC_EXISTS;
    TRY(honour_answer(req, &view->honour, yes));
    return req_go(req,
                  yes ? MSG("Congratulations! All of the cohort can see it now.")
                      : MSG("Thank you for saying so. Nobody is told your name."),
                  "/recognition");
}

// clang-format off
const struct route honour_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/honours",                CAN_JOIN,          NULL,            NULL, NULL,         load_all,    write_all,    MSG("Awards"), &honours_out},
    {WEB_GET,  "/cohorts/:cohort/honours/new",            CAN_REVIEW_PEOPLE, NULL,            NULL, NULL,         load_new,    write_new,    MSG("A new award")},
    {WEB_POST, "/cohorts/:cohort/honours/new",            CAN_REVIEW_PEOPLE, &honour_shape,   NULL, act_new,      load_new,    write_new,    MSG("A new award")},
    {WEB_GET,  "/cohorts/:cohort/honours/:honour",        CAN_JOIN,          NULL,            NULL, NULL,         load_one,    write_one,    MSG("An award"), &honour_out},
    {WEB_POST, "/cohorts/:cohort/honours/:honour",        CAN_JOIN,          &nominate_shape, NULL, act_nominate, load_one,    write_one,    MSG("Nominate somebody")},
    {WEB_GET,  "/cohorts/:cohort/honours/:honour/judge",  CAN_JOIN,          NULL,            NULL, NULL,         load_judge,  write_judge,  MSG("Judge nominations"), .query = "nominee"},
    {WEB_POST, "/cohorts/:cohort/honours/:honour/judge",  CAN_JOIN,          &score_shape,    NULL, act_judge,    load_judge,  write_judge,  MSG("Judge nominations")},
    {WEB_GET,  "/cohorts/:cohort/honours/:honour/run",    CAN_REVIEW_PEOPLE, NULL,            NULL, NULL,         load_run,    write_run,    MSG("How an award stands")},
    {WEB_POST, "/cohorts/:cohort/honours/:honour/run",    CAN_REVIEW_PEOPLE, &juror_shape,    NULL, act_juror,    load_run,    write_run,    MSG("Name a juror")},
    {WEB_POST, "/cohorts/:cohort/honours/:honour/begin",  CAN_REVIEW_PEOPLE, NULL,            NULL, act_begin,    NULL,        NULL,         MSG("Close nominations")},
    {WEB_GET,  "/cohorts/:cohort/honours/:honour/decide", CAN_REVIEW_PEOPLE, NULL,            NULL, NULL,         load_decide, write_decide, MSG("Who gets the award")},
    {WEB_POST, "/cohorts/:cohort/honours/:honour/decide", CAN_REVIEW_PEOPLE, &decide_shape,   NULL, act_decide,   load_decide, write_decide, MSG("Who gets the award")},
    {WEB_GET,  "/cohorts/:cohort/honours/:honour/cancel", CAN_REVIEW_PEOPLE, NULL,            NULL, NULL,         load_cancel, write_cancel, MSG("Cancel an award")},
    {WEB_POST, "/cohorts/:cohort/honours/:honour/cancel", CAN_REVIEW_PEOPLE, &cancel_shape,   NULL, act_cancel,   load_cancel, write_cancel, MSG("Cancel an award")},
    {WEB_GET,  "/cohorts/:cohort/honours/:honour/jurors/:juror", CAN_REVIEW_PEOPLE, NULL,         NULL, NULL,      load_leave, write_leave, MSG("Take somebody out of a jury")},
    {WEB_POST, "/cohorts/:cohort/honours/:honour/jurors/:juror", CAN_REVIEW_PEOPLE, &leave_shape, NULL, act_leave, load_leave, write_leave, MSG("Take somebody out of a jury")},
    {WEB_GET,  "/recognition/honours/:honour",            CAN_JOIN,          NULL,            NULL, NULL,         load_mine,   write_mine,   MSG("You were chosen")},
    {WEB_POST, "/recognition/honours/:honour",            CAN_JOIN,          &answer_shape,   NULL, act_mine,     load_mine,   write_mine,   MSG("You were chosen")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
