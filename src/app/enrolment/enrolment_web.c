// SPDX-License-Identifier: Apache-2.0
//
// Why: a cohort's page: what it is, where my own sign-up stands, and what I can do next.
#include <stdio.h>
#include <string.h>

#include "base/weekly.h"

#include "app/cohort/words.h"
#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_page.h"
#include "app_enrolment_enrolment.html.h"

struct note {
    const char *text;
};

static const struct field note_fields[] = {
    {"text", FIELD_TEXT, FIELD_TEXT_OF(struct note, text), 1, 2000, MSG("Your answer"), "", NULL},
};
static const struct shape note_shape = SHAPE(struct note, note_fields);

enum rc enrolment_make_view(struct req *req, struct enrolment_view **ret_view)
{
    struct enrolment_view *view = ARENA_NEW(req->arena, struct enrolment_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    view->signed_in = req->actor.person != 0;
    view->open = cohort_is_open(&view->cohort);
    view->may_run = req->actor.admin;
    if (view->signed_in && !view->may_run)
        TRY(app_has_role(req, ROLE_MANAGER, view->cohort.id, &view->may_run));
    view->may_review = view->may_run;
    if (view->signed_in && !view->may_review)
        TRY(app_has_role(req, ROLE_COORDINATOR, view->cohort.id, &view->may_review));
    view->may_report = view->may_review;
    if (view->signed_in && !view->may_report)
        TRY(app_has_role(req, ROLE_REPORTER, view->cohort.id, &view->may_report));
    if (view->signed_in)
        TRY(app_has_role(req, ROLE_COMMITTEE, view->cohort.id, &view->may_judge));
    if (view->signed_in && !view->may_judge)
        TRY(app_has_role(req, ROLE_CHAIR, view->cohort.id, &view->may_judge));
    view->form = &req->form;
    view->action = req_path(req);
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc enrolment_make_view_of_one(struct req *req, struct enrolment_view **ret_view)
{
    struct enrolment *one = ARENA_NEW(req->arena, struct enrolment);
    if (one == NULL)
        return RC_NO_MEMORY;
    TRY(enrolment_make_view(req, ret_view));
    TRY(enrolment_find(req->tx, req->arena, (*ret_view)->cohort.id, req_id(req, "enrolment"), one));
    (*ret_view)->one = one;
    return RC_OK;
}

void enrolment_labels(struct html *html, const struct field_option *options, const char *list)
{
    bool first = true;
    for (const struct field_option *o = options; o->value != NULL; o++) {
        const char *one = o->value;
        if (enrolment_common(one, list) == 0)
            continue;
        if (!first)
            html_text(html, ", ");
        html_message(html, o->label, NULL, 0);
        first = false;
    }
}

void enrolment_skilled(struct html *html, const char *topics, const char *skills)
{
    bool first = true;
    for (const struct field_option *o = enrolment_topics; o->value != NULL; o++) {
        int64_t level = enrolment_skill(skills, o->value);
        if (enrolment_common(o->value, topics) == 0)
            continue;
        html_text(html, first ? "" : ", ");
        html_message(html, o->label, NULL, 0);
        if (level > 0) {
            html_text(html, " (");
            html_message(html, enrolment_levels[level - 1].label, NULL, 0);
            html_text(html, ")");
        }
        first = false;
    }
}

void enrolment_week(struct html *html, const char *week)
{
    static const struct {
        char day;
        const char *label;
    } days[] = {
        {'w', MSG("Monday to Friday")   },
        {'e', MSG("Saturday and Sunday")},
        {'d', MSG("Every day")          },
        {'1', MSG("Monday")             },
        {'2', MSG("Tuesday")            },
        {'3', MSG("Wednesday")          },
        {'4', MSG("Thursday")           },
        {'5', MSG("Friday")             },
        {'6', MSG("Saturday")           },
        {'7', MSG("Sunday")             },
    };
    struct weekly weekly;
    const char *gap = "";
    while (weekly_next(&week, &weekly)) {
        char time[32];
        html_text(html, gap);
        for (size_t k = 0; k < sizeof days / sizeof days[0]; k++)
            if (days[k].day == weekly.day)
                html_message(html, days[k].label, NULL, 0);
        snprintf(time, sizeof time, " %02d:%02d-%02d:%02d", weekly.from / 60, weekly.from % 60,
                 weekly.to / 60, weekly.to % 60);
        html_text(html, time);
        gap = ", ";
    }
}

bool enrolment_hears(const struct enrolment_view *view, const struct enrolment_own *own)
{
    static const char *const before[] = {"enrolling", "reviewing", "matching"};
    bool waits = strcmp(own->state, "submitted") == 0 || strcmp(own->state, "approved") == 0;
    for (size_t k = 0; waits && k < sizeof before / sizeof before[0]; k++)
        if (strcmp(before[k], view->cohort.state) == 0)
            return true;
    return false;
}

static enum rc load_own(struct req *req, struct enrolment_view *view)
{
    struct enrolment *mine = NULL;
    const struct app_place at = app_here(req);
    struct app_hold hold = {
        .deed = DEED_BE_MATCHED, .cohort = view->cohort.id, .person = req->actor.person};
    if (!view->signed_in)
        return RC_OK;
    TRY(enrolment_mine(req, view->cohort.id, &mine, &view->mine_count));
    if (view->mine_count > 0)
        TRY(app_ask_held(&at, &hold));
    view->mine = ARENA_ARRAY(req->arena, struct enrolment_own, view->mine_count);
    if (view->mine == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->mine_count; k++) {
        struct enrolment_own *own = &view->mine[k];
        own->enrolment = &mine[k];
        bool over = strcmp(view->cohort.state, "archived") == 0;
        own->state = over && strcmp(mine[k].state, "approved") == 0 ? "finished" : mine[k].state;
        own->held = app_find_held(&hold, mine[k].person, mine[k].role);
        TRY(enrolment_notes(req, mine[k].id, &own->notes, &own->note_count));
        if (strcmp(mine[k].state, "waitlisted") == 0)
            TRY(enrolment_queue_place(req, &mine[k], &own->before));
    }
    return RC_OK;
}

static enum rc load_cohort(struct req *req)
{
    struct enrolment_view *view = NULL;
    TRY(enrolment_make_view(req, &view));
    bool hidden = strcmp(view->cohort.state, "draft") == 0 && !view->may_review;
    if (hidden || cohort_is_template(&view->cohort))
        return RC_NOT_FOUND;
    if (view->may_run)
        view->next_state = cohort_next_state(view->cohort.state);
    view->due = cohort_due(req->arena, &view->cohort);
    if (view->due == NULL)
        return RC_NO_MEMORY;
    view->shape = &note_shape;
    TRY(cohort_translate(req, &view->cohort));
    TRY(load_own(req, view));
    if (view->may_review) {
        const struct app_place here = app_here(req);
        TRY(app_ask_waiting_in(&here, req->actor.person, view->cohort.id, &view->waiting,
                               &view->waiting_count));
    }
    view->meets = view->may_review;
    for (size_t k = 0; k < view->mine_count; k++)
        view->meets = view->meets || strcmp(view->mine[k].enrolment->state, "approved") == 0 ||
                      strcmp(view->mine[k].enrolment->state, "waitlisted") == 0;
    return RC_OK;
}

static void write_cohort(struct html *html, struct req *req)
{
    page_cohort(html, req->view);
}

enum rc enrolment_leave(struct req *req, const struct enrolment_move *move, int64_t person)
{
    const struct app_place at = app_here(req);
    const struct announcement left = {ANNOUNCE_COHORT_LEFT, move->cohort, 0, person, move->id};
    TRY(enrolment_move(req->tx, move, req->now_us));
    return app_announce(&at, &left);
}

// An answer to the people who read sign-ups. Where they had asked, it is their turn again.
static enum rc act_reply(struct req *req)
{
    const struct note *in = req->in;
    struct enrolment mine;
    int64_t cohort = req_id(req, "cohort");
    TRY(enrolment_mine_as(req, cohort, req_param(req, "role"), &mine));
    TRY(enrolment_note_add(req, mine.id, in->text));
    if (strcmp(mine.state, "needs_info") == 0)
        TRY(enrolment_submit(req, &mine));
    return req_go(req, MSG("Your answer is sent."), "/cohorts/%lld", (long long)cohort);
}

// clang-format off
const struct route enrolment_routes[] = {
    {WEB_GET,  "/cohorts/:cohort",                     CAN_VISIT, NULL,        NULL, NULL,         load_cohort, write_cohort, MSG("Programme"), .out = &cohort_page_out},
    {WEB_POST, "/cohorts/:cohort/join/:role/reply",    CAN_JOIN,  &note_shape, NULL, act_reply,    load_cohort, write_cohort, MSG("Answer a question")      },
    {0,        NULL,                                   0,         NULL,        NULL, NULL,         NULL,        NULL,         NULL                          },
};
// clang-format on
