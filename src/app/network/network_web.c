// SPDX-License-Identifier: Apache-2.0
//
// Why: one page with all that is mine beyond my pair, and for those who run a cohort how many
// people it reaches.
#include <string.h>

#include "app/network/network.h"
#include "app/network/network_page.h"
#include "app_network_network.html.h"

enum rc network_make_view(struct req *req, const struct shape *shape,
                          struct network_view **ret_view)
{
    struct network_view *view = ARENA_NEW(req->arena, struct network_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->shape = shape;
    view->action = arena_strndup(req->arena, req->http->path.bytes, req->http->path.length);
    view->now_us = req->now_us;
    view->zone = req->actor.zone;
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc network_make_cohort(struct req *req, const struct shape *shape,
                            struct network_view **ret_view)
{
    struct network_view *view = NULL;
    TRY(network_make_view(req, shape, &view));
    TRY(network_enter(req, req_id(req, "cohort"), &view->net));
    *ret_view = view;
    return RC_OK;
}

// ---- mine ------------------------------------------------------------------------------------

static enum rc read_cohorts(struct req *req, struct network_view *view)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT DISTINCT c.id, c.name FROM enrolment e JOIN cohort c ON c.id = e.cohort "
                 "WHERE e.person = $1 AND e.state IN ('approved', 'waitlisted') ORDER BY c.id DESC "
                 "LIMIT 20",
                 DB_ARGS(DB_INT(req->actor.person))));
    view->cohorts = ARENA_ARRAY(req->arena, struct meet_cohort, db_count(rows));
    if (view->cohorts == NULL)
        return RC_NO_MEMORY;
    view->cohort_count = db_count(rows);
    for (size_t k = 0; k < db_count(rows); k++)
        view->cohorts[k] = (struct meet_cohort){db_int(rows, k, 0), db_text(rows, k, 1)};
    return RC_OK;
}

static enum rc load_meet(struct req *req)
{
    struct network_view *view = NULL;
    size_t kept = 0;
    TRY(network_make_view(req, NULL, &view));
    view->net.me = req->actor.person;
    TRY(read_cohorts(req, view));
    TRY(circle_list_mine(req, &view->circles, &view->circle_count));
    for (size_t k = 0; k < view->circle_count; k++)
        if (view->circles[k].apart == 0 || strcmp(view->circles[k].mine, "invited") != 0)
            view->circles[kept++] = view->circles[k];
    view->circle_count = kept;
    TRY(event_list_mine(req, &view->events, &view->event_count));
    return introduction_list(req, 0, 'a', &view->asked, &view->asked_count);
}

static void write_meet(struct html *html, struct req *req)
{
    page_meet(html, req->view);
}

// ---- reach -----------------------------------------------------------------------------------

struct reach_question {
    const char *label; // a message
    const char *sql;   // $1 the cohort: how many different people who take part
};

#define HERE                                                                                       \
    " IN (SELECT e.person FROM enrolment e WHERE e.cohort = $1 AND e.state IN ('approved', "       \
    "'waitlisted'))"

static const struct reach_question questions[] = {
    {MSG("In a circle now"),
     "SELECT count(DISTINCT m.person) FROM circle c JOIN circle_member m ON m.circle = c.id AND "
     "m.state = 'member' WHERE c.cohort = $1 AND c.state = 'open' AND m.person" HERE          },
    {MSG("Have been at a meeting of a circle"),
     "SELECT count(DISTINCT p.person) FROM circle c JOIN circle_meeting m ON m.circle = c.id JOIN "
     "circle_presence p ON p.meeting = m.id WHERE c.cohort = $1 AND p.person" HERE            },
    {MSG("Have been at an event"),
     "SELECT count(DISTINCT r.person) FROM event v JOIN rsvp r ON r.event = v.id WHERE v.cohort = "
     "$1 AND r.came_at > 0 AND r.person" HERE                                                 },
    {MSG("Want to meet others in rounds"),
     "SELECT count(DISTINCT w.person) FROM round_wish w WHERE w.cohort = $1 AND w.person" HERE},
    {MSG("Have met somebody in a round"),
     "SELECT count(DISTINCT p.person) FROM peer_round r JOIN round_place p ON p.round = r.id WHERE "
     "r.cohort = $1 AND p.met_at > 0 AND p.person" HERE                                       },
    {MSG("Were introduced to somebody"),
     "SELECT count(DISTINCT p.id) FROM introduction t JOIN person p ON p.id = t.a OR p.id = t.b "
     "WHERE t.cohort = $1 AND t.state = 'made' AND p.id" HERE                                 },
    {MSG("Have taken a short talk"),
     "SELECT count(DISTINCT f.taker) FROM flash f WHERE f.cohort = $1 AND f.state = 'taken' AND "
     "f.taker" HERE                                                                           },
};
enum { QUESTIONS = sizeof questions / sizeof questions[0] };

// A part is hidden when it, or what is left of the whole, is a group under five.
static enum rc load_reach(struct req *req)
{
    struct network_view *view = NULL;
    struct db_rows *rows = NULL;
    TRY(network_make_cohort(req, NULL, &view));
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT count(DISTINCT person) FROM enrolment WHERE cohort = $1 AND state IN "
                 "('approved', 'waitlisted')",
                 DB_ARGS(DB_INT(view->net.cohort.id))));
    int64_t n = db_int(rows, 0, 0);
    for (size_t k = 0; k < QUESTIONS; k++) {
        TRY(db_query(req->tx, req->arena, &rows, questions[k].sql,
                     DB_ARGS(DB_INT(view->net.cohort.id))));
        int64_t part = db_int(rows, 0, 0);
        int64_t rest = n - part;
        bool small =
            n < REACH_LEAST || (part > 0 && part < REACH_LEAST) || (rest > 0 && rest < REACH_LEAST);
        view->reach[view->reach_count++] =
            (struct reach_row){questions[k].label, small ? 0 : part, n, small};
    }
    return RC_OK;
}

static void write_reach(struct html *html, struct req *req)
{
    page_reach(html, req->view);
}

// clang-format off
const struct route network_routes[] = {
    {WEB_GET, "/meet",                  CAN_JOIN,          NULL, NULL, NULL, load_meet,  write_meet,  MSG("Meet others"), &meet_out},
    {WEB_GET, "/cohorts/:cohort/reach", CAN_REVIEW_PEOPLE, NULL, NULL, NULL, load_reach, write_reach, MSG("Whom circles and events reach"), &reach_out},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on
