// SPDX-License-Identifier: Apache-2.0
//
// How many of those who take part in a cohort each thing beyond their pair has reached.
#include "app/network/network_page.h"

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
enum rc reach_count(struct req *req, int64_t cohort, struct reach_row rows[], size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r,
                 "SELECT count(DISTINCT person) FROM enrolment WHERE cohort = $1 AND state IN "
                 "('approved', 'waitlisted')",
                 DB_ARGS(DB_INT(cohort))));
    int64_t n = db_int(r, 0, 0);
    for (size_t k = 0; k < QUESTIONS; k++) {
        TRY(db_query(req->tx, req->arena, &r, questions[k].sql, DB_ARGS(DB_INT(cohort))));
        int64_t part = db_int(r, 0, 0);
        int64_t rest = n - part;
        bool small =
            n < REACH_LEAST || (part > 0 && part < REACH_LEAST) || (rest > 0 && rest < REACH_LEAST);
        rows[k] = (struct reach_row){questions[k].label, small ? 0 : part, n, small};
    }
    *ret_count = QUESTIONS;
    return RC_OK;
}
