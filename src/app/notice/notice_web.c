// SPDX-License-Identifier: Apache-2.0
//
// Why: writing an announcement, seeing it before it leaves, trying it on oneself, and what became
// of it.
#include <string.h>

#include "app/notice/notice_page.h"
#include "app/pair/pair_meet.h"
#include "app/pair/pair_talk.h"
#include "app_notice_notice.html.h"

struct notice_form {
    const char *subject;
    const char *text;
    const char *role;
    const char *state;
    const char *stage;
    const char *day;
    const char *time;
    const char *step;
};

// clang-format off
static const struct field_option roles[] = {
    {"all", MSG("Mentees and mentors")}, {"mentee", MSG("Mentees")}, {"mentor", MSG("Mentors")}, {NULL, NULL},
};
static const struct field_option states[] = {
    {"all", MSG("All who have sent a sign-up, and have not left")}, {"submitted", MSG("Those whose sign-up waits to be read")},
    {"approved", MSG("Those who were accepted")}, {"waitlisted", MSG("Those who wait for a place")}, {NULL, NULL},
};
static const struct field_option stages[] = {
    {"any", MSG("With and without a match")}, {"none", MSG("Without a match under way")}, {"active", MSG("With a match under way")},
    {"paused", MSG("With a match that is paused")}, {"over", MSG("With a match that is over")}, {NULL, NULL},
};
static const struct field notice_fields[] = {
    {"subject", FIELD_LINE,   FIELD_TEXT_OF(struct notice_form, subject), 1, 120,  MSG("Subject"), "", NULL},
    {"text",    FIELD_TEXT,   FIELD_TEXT_OF(struct notice_form, text),    1, 5000, MSG("What you want to say"), MSG("Plain text. Each letter begins with her name, and ends with a link to get no more of them."), NULL},
    {"role",    FIELD_ONE,    FIELD_TEXT_OF(struct notice_form, role),    1, 1,    MSG("To whom?"), "", roles},
    {"state",   FIELD_ONE,    FIELD_TEXT_OF(struct notice_form, state),   1, 1,    MSG("How their sign-up stands"), "", states},
    {"stage",   FIELD_ONE,    FIELD_TEXT_OF(struct notice_form, stage),   1, 1,    MSG("How their match stands"), "", stages},
    {"day",     FIELD_DAY,    FIELD_TEXT_OF(struct notice_form, day),     0, 10,   MSG("On which day?"), MSG("Leave it out to send it now. As year-month-day."), NULL},
    {"time",    FIELD_LINE,   FIELD_TEXT_OF(struct notice_form, time),    0, 5,    MSG("At what time?"), MSG("In your own zone, such as 09:00."), NULL},
    {"step",    FIELD_HIDDEN, FIELD_TEXT_OF(struct notice_form, step),    0, 10,   MSG("Step"), "", NULL},
};
// clang-format on
static const struct shape notice_shape = SHAPE(struct notice_form, notice_fields);

static enum rc make_view(struct req *req, struct notice_view **ret_view)
{
    struct notice_view *view = ARENA_NEW(req->arena, struct notice_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    view->form = &req->form;
    view->shape = &notice_shape;
    view->zone = req->actor.zone;
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

static enum rc load_notices(struct req *req)
{
    struct notice_view *view = NULL;
    TRY(make_view(req, &view));
    return notice_list(req, view->cohort.id, 0, &view->notices, &view->count);
}

static void write_notices(struct html *html, struct req *req)
{
    page_notices(html, req->view);
}

static enum rc load_notice(struct req *req)
{
    struct notice_view *view = NULL;
    int64_t id = req_id(req, "notice");
    TRY(make_view(req, &view));
    TRY(notice_list(req, view->cohort.id, id, &view->notices, &view->count));
    if (id == 0 || view->count == 0)
        return RC_NOT_FOUND;
    return notice_people(req, id, &view->people, &view->person_count);
}

static void write_notice(struct html *html, struct req *req)
{
    page_notice(html, req->view);
}

// ---- writing one -------------------------------------------------------------------------------

static enum rc load_new(struct req *req)
{
    struct notice_view *view = NULL;
    struct notice_view *kept = req->kept; // of the act that shows what would be sent
    const struct notice_form now = {"", "", "all", "all", "any", "", "", ""};
    TRY(make_view(req, &view));
    if (req->http->method == WEB_GET)
        return shape_show(&notice_shape, &req->form, &now);
    if (kept != NULL && req->form.error_count == 0) {
        view->previewed = true;
        view->send_at = kept->send_at;
        view->to = kept->to;
        view->unwanted = kept->unwanted;
        view->said = kept->said;
    }
    return RC_OK;
}

static void write_new(struct html *html, struct req *req)
{
    page_notice_new(html, req->view);
}

static enum rc read_when(struct req *req, int64_t *ret_us)
{
    const struct notice_form *in = req->in;
    *ret_us = req->now_us;
    if (in->day[0] == '\0')
        return RC_OK;
    const char *time = in->time[0] == '\0' ? "09:00" : in->time;
    if (meeting_instant(req->arena, in->day, time, req->actor.zone, ret_us) != RC_OK)
        return form_refuse(&req->form, "time", MSG("There is no such time. Write it as 09:00"));
    if (*ret_us < req->now_us)
        return form_refuse(&req->form, "day", MSG("This has passed. Leave it out to send it now"));
    return RC_OK;
}

static enum rc count_people(struct req *req, const struct notice *n, struct notice_view *kept)
{
    struct db_rows *rows = NULL;
    TRY(notice_whom(req->tx, req->arena, n, &rows));
    kept->to = (int64_t)db_count(rows);
    for (size_t k = 0; k < db_count(rows); k++) {
        struct letter_choice choice;
        TRY(letter_choice_find(req->tx, req->arena, db_int(rows, k, 0), &choice));
        kept->unwanted += !letter_wanted(&choice, LETTER_NOTICE);
    }
    return RC_OK;
}

static const struct app_letter letter_try = {
    MSG("A try: {1}"), {MSG("Hello {0},"), "{2}", NULL}
};

static enum rc act_new(struct req *req)
{
    const struct notice_form *in = req->in;
    struct cohort cohort;
    struct notice_view *kept = ARENA_NEW(req->arena, struct notice_view);
    req->kept = kept;
    if (kept == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &cohort));
    struct notice n = {.cohort = cohort.id,
                       .subject = in->subject,
                       .text = in->text,
                       .role = strcmp(in->role, "all") == 0 ? "" : in->role,
                       .state = strcmp(in->state, "all") == 0 ? "" : in->state,
                       .stage = strcmp(in->stage, "any") == 0 ? "" : in->stage};
    TRY(read_when(req, &n.send_at));
    kept->send_at = n.send_at;
    TRY(count_people(req, &n, kept));
    if (kept->to == 0)
        return form_refuse(&req->form, "role", MSG("Nobody fits this choice"));
    if (strcmp(in->step, "send") == 0) {
        TRY(notice_add(req, &n));
        TRY(job_add(req->tx, "notice_go", "", n.send_at, req->now_us));
        return req_go(req, MSG("It is on its way at its time."), "/cohorts/%lld/notices/%lld",
                      (long long)cohort.id, (long long)n.id);
    }
    if (strcmp(in->step, "try") == 0) {
        kept->said = MSG("You get it as a letter.");
        TRY(app_send(req, req->actor.email, locale_tag(req->locale), &letter_try,
                     (const char *const[]){req->actor.name, in->subject, in->text}, 3));
    }
    return RC_OK; // shown as it would be sent
}

static enum rc act_stop(struct req *req)
{
    struct cohort cohort;
    TRY(cohort_load(req, &cohort));
    TRY(notice_stop(req, cohort.id, req_id(req, "notice")));
    return req_go(req, MSG("It is taken back. Nobody gets it."), "/cohorts/%lld/notices",
                  (long long)cohort.id);
}

// clang-format off
const struct route notice_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/notices",              CAN_REVIEW_PEOPLE, NULL,          NULL, NULL,     load_notices, write_notices, MSG("Announcements")},
    {WEB_GET,  "/cohorts/:cohort/notices/new",          CAN_REVIEW_PEOPLE, NULL,          NULL, NULL,     load_new,     write_new,     MSG("Write an announcement")},
    {WEB_POST, "/cohorts/:cohort/notices/new",          CAN_REVIEW_PEOPLE, &notice_shape, NULL, act_new,  load_new,     write_new,     MSG("Write an announcement")},
    {WEB_GET,  "/cohorts/:cohort/notices/:notice",      CAN_REVIEW_PEOPLE, NULL,          NULL, NULL,     load_notice,  write_notice,  MSG("An announcement")},
    {WEB_POST, "/cohorts/:cohort/notices/:notice/stop", CAN_REVIEW_PEOPLE, NULL,          NULL, act_stop, NULL,         NULL,          MSG("Take an announcement back")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
