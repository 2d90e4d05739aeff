// SPDX-License-Identifier: Apache-2.0
//
// Why: a workshop may teach a training: who was there, or has seen its recording, only answers the
// questions that check what came across. So nobody is left out who cares for somebody in the
// evening, or lives in another zone.
#include <string.h>

#include "app/network/event_page.h"
#include "app/network/network.h"
#include "app_network_event.html.h"

// A training that has ended teaches nobody any more.
enum rc event_load_teaching(struct req *req, struct event_view *view)
{
    struct training_page *pages = NULL;
    size_t count = 0;
    struct db_rows *r = NULL;
    const struct event *e = &view->event;
    if (e->training == 0)
        return RC_OK;
    enum rc rc = training_find(req, e->training, false, &view->training);
    if (rc == RC_NOT_FOUND) {
        view->training.id = 0;
        return RC_OK;
    }
    TRY(rc);
    const struct training_at at = {&view->training, view->training.version,
                                   locale_tag(req->locale)};
    TRY(training_pages(req->tx, req->arena, &at, req->actor.person, &pages, &count));
    for (size_t k = 0; k < count; k++)
        view->questions_left += pages[k].questions > 0 && !pages[k].seen;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT 1 FROM training_visit WHERE training = $1 AND person = $2 AND version >= $3 "
        "LIMIT 1",
        DB_ARGS(DB_INT(e->training), DB_INT(req->actor.person), DB_INT(view->training.redo_from))));
    view->attended = db_count(r) > 0;
    view->may_see = view->over && e->recording[0] != '\0' && !view->attended &&
                    view->training.done_at == 0 && strcmp(e->state, "planned") == 0 &&
                    view->net.member;
    return RC_OK;
}

static enum rc act_seen(struct req *req)
{
    const struct app_place at = app_here(req);
    struct event_view *view = NULL;
    TRY(event_make_view(req, NULL, &view));
    TRY(event_load_teaching(req, view));
    if (view->training.id == 0 || !view->may_see)
        return RC_EXISTS;
    TRY(training_attend(&at, view->training.id, view->net.me, view->event.id));
    return req_go(req,
                  view->questions_left > 0
                      ? MSG("Good. Now answer the questions, and the training is completed.")
                      : MSG("You have completed this training. Thank you!"),
                  "/learn/training/%lld", (long long)view->training.id);
}

static enum rc load_workshops(struct req *req)
{
    struct event_view *view = NULL;
    TRY(event_new_view(req, NULL, &view));
    TRY(training_find(req, req_id(req, "training"), false, &view->training));
    view->net.zone = req->actor.zone;
    return event_list_teaching(req, view->training.id, &view->events, &view->event_count);
}

static void write_workshops(struct html *html, struct req *req)
{
    page_workshops(html, req->view);
}

// clang-format off
const struct route event_workshop_routes[] = {
    {WEB_GET,  "/workshops/:training", CAN_JOIN, NULL, NULL, NULL,     load_workshops, write_workshops, MSG("Workshops on a training"), &workshops_out},
    {WEB_POST, "/events/:event/seen",  CAN_JOIN, NULL, NULL, act_seen, NULL,           NULL,            MSG("I have seen the recording")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
