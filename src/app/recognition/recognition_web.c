// SPDX-License-Identifier: Apache-2.0
//
// Why: a person sees what she has reached, thanks others, and says what she does not want.
#include <stdlib.h>
#include <string.h>

#include "app/recognition/recognition_page.h"
#include "app_recognition_recognition.html.h"

struct choice_form {
    int64_t celebrate;
};
struct thanks_form {
    const char *to;
    const char *text;
    int64_t shared;
};
struct show_form {
    int64_t thanks;
    int64_t shown;
};

// clang-format off
static const struct field choice_fields[] = {
    {"celebrate", FIELD_TICK, FIELD_INT_OF(struct choice_form, celebrate), 0, 1, MSG("Keep my milestones, and write to me about badges"), "", NULL},
};
static const struct field thanks_fields[] = {
    {"to",     FIELD_HIDDEN,  FIELD_TEXT_OF(struct thanks_form, to),    1, 60,        MSG("To whom?"), "", NULL},
    {"text",   FIELD_TEXT,    FIELD_TEXT_OF(struct thanks_form, text),  1, 1000,      MSG("Your thanks"), MSG("What did she do that helped?"), NULL},
    {"shared", FIELD_TICK,    FIELD_INT_OF(struct thanks_form, shared), 0, 1,         MSG("Others of the programme may read it, if she agrees"), "", NULL},
};
static const struct field show_fields[] = {
    {"thanks", FIELD_INTEGER, FIELD_INT_OF(struct show_form, thanks), 1, INT64_MAX, MSG("Which"), "", NULL},
    {"shown",  FIELD_INTEGER, FIELD_INT_OF(struct show_form, shown),  0, 1,         MSG("Shown"), "", NULL},
};
// clang-format on
static const struct shape choice_shape = SHAPE(struct choice_form, choice_fields);
static const struct shape thanks_shape = SHAPE(struct thanks_form, thanks_fields);
static const struct shape show_shape = SHAPE(struct show_form, show_fields);

enum rc recognition_make_view(struct req *req, const struct shape *shape,
                              struct recognition_view **ret_view)
{
    struct recognition_view *view = ARENA_NEW(req->arena, struct recognition_view);
    const struct app *app = req->app;
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->shape = shape;
    view->action = req_path(req);
    view->zone = req->actor.zone;
    view->site = app->site;
    view->person = req->actor.person;
    view->code = "";
    view->public = "";
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

void recognition_hours(struct html *html, int64_t minutes)
{
    const char *hours = certificate_hours(html->buffer->arena, minutes);
    if (hours == NULL)
        html->buffer->rc = RC_NO_MEMORY;
    else
        html_text(html, hours);
}

bool recognition_chosen(const struct form *form, const char *name, int64_t value)
{
    const char *typed = form_value(form, name);
    return typed != NULL && strtoll(typed, NULL, 10) == value;
}

// ---- what I have reached -----------------------------------------------------------------------

static enum rc load_mine(struct req *req)
{
    struct recognition_view *view = NULL;
    bool wanted = false;
    TRY(recognition_make_view(req, &choice_shape, &view));
    TRY(milestone_list(req, &view->milestones, &view->milestone_count));
    TRY(award_mine(req, &view->awards, &view->award_count));
    TRY(honour_mine(req, &view->honours, &view->honour_count));
    TRY(certificate_dues(req, &view->dues, &view->due_count));
    TRY(certificate_mine(req, &view->certificates, &view->certificate_count));
    TRY(thanks_mine(req, true, &view->received, &view->received_count));
    TRY(thanks_mine(req, false, &view->sent, &view->sent_count));
    TRY(recognition_wanted(req->tx, req->arena, req->actor.person, &wanted));
    return form_set(&req->form, "celebrate", wanted ? "1" : "0");
}

static void write_mine(struct html *html, struct req *req)
{
    page_recognition(html, req->view);
}

static enum rc act_choice(struct req *req)
{
    const struct choice_form *in = req->in;
    TRY(recognition_want(req->tx, req->actor.person, in->celebrate == 1));
    return req_go(req,
                  in->celebrate == 1 ? MSG("From now on your milestones are kept.")
                                     : MSG("No new milestones are kept. Badges stay quiet."),
                  "/recognition");
}

// ---- thanks ------------------------------------------------------------------------------------

static enum rc load_thanks(struct req *req)
{
    struct recognition_view *view = NULL;
    TRY(recognition_make_view(req, &thanks_shape, &view));
    return thanks_people(req, &view->people, &view->people_count);
}

static void write_thanks(struct html *html, struct req *req)
{
    page_thanks(html, req->view);
}

static const struct app_letter letter_thanks = {
    MSG("{1} thanks you"),
    {MSG("Hello {0},"), MSG("{1} has written you a note of thanks. It is here:"), "{2}", NULL}
};

static enum rc tell_thanks(struct req *req, int64_t person)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT email, language, name FROM person WHERE id = $1 AND closed_at = 0",
                 DB_ARGS(DB_INT(person))));
    const char *url = arena_printf(req->arena, "%s/recognition", web_origin(req->web, req->arena));
    if (url == NULL)
        return RC_NO_MEMORY;
    if (db_count(rows) == 0)
        return RC_OK;
    const char *const values[] = {db_text(rows, 0, 2), req->actor.name, url};
    return app_send(req, db_text(rows, 0, 0), db_text(rows, 0, 1), &letter_thanks, values, 3);
}

static enum rc act_thanks(struct req *req)
{
    const struct thanks_form *in = req->in;
    const struct thanks_to *to = NULL;
    TRY(load_thanks(req));
    const struct recognition_view *view = req->view;
    for (size_t k = 0; k < view->people_count; k++)
        if (text_same(view->people[k].value, in->to))
            to = &view->people[k];
    if (to == NULL)
        return form_refuse(
            &req->form, "to",
            MSG("Choose one of those whom you were matched with, or of your circles"));
    TRY(thanks_add(req, to, in->text, in->shared == 1));
    TRY(tell_thanks(req, to->person));
    return req_go(req, MSG("Your thanks are on their way."), "/recognition");
}

static enum rc act_show(struct req *req)
{
    const struct show_form *in = req->in;
    TRY(thanks_show(req, in->thanks, in->shown == 1));
    return req_go(req,
                  in->shown == 1 ? MSG("Others of the programme can read it.")
                                 : MSG("Only you two can read it."),
                  "/recognition");
}

static enum rc load_wall(struct req *req)
{
    struct recognition_view *view = NULL;
    TRY(recognition_make_view(req, NULL, &view));
    TRY(cohort_load(req, &view->cohort));
    return thanks_of_cohort(req, view->cohort.id, &view->received, &view->received_count);
}

static void write_wall(struct html *html, struct req *req)
{
    page_thanks_wall(html, req->view);
}

// clang-format off
const struct route recognition_routes[] = {
    {WEB_GET,  "/recognition",             CAN_JOIN, NULL,          NULL, NULL,       load_mine,   write_mine,   MSG("What I have reached"), &recognition_out},
    {WEB_POST, "/recognition",             CAN_JOIN, &choice_shape, NULL, act_choice, load_mine,   write_mine,   MSG("Whether milestones are kept")},
    {WEB_GET,  "/recognition/thanks",      CAN_JOIN, NULL,          NULL, NULL,       load_thanks, write_thanks, MSG("Say thank you")},
    {WEB_POST, "/recognition/thanks",      CAN_JOIN, &thanks_shape, NULL, act_thanks, load_thanks, write_thanks, MSG("Say thank you")},
    {WEB_POST, "/recognition/thanks/show", CAN_JOIN, &show_shape,   NULL, act_show,   NULL,        NULL,         MSG("Who may read a note of thanks")},
    {WEB_GET,  "/cohorts/:cohort/thanks",  CAN_JOIN, NULL,          NULL, NULL,       load_wall,   write_wall,   MSG("Notes of thanks")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
