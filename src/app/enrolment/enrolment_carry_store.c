// SPDX-License-Identifier: Apache-2.0
//
// What somebody has said in one sign-up is said in another: carried over to a later cohort, or from
// mentee to mentor.
#include <string.h>

#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_store.h"

// A question keeps its line from cohort to cohort; the newest answer on each line is taken, where
// the other role is asked the same, and nothing is said there already.
enum rc enrolment_copy_answers(const struct app_place *at, const struct enrolment *from,
                               const struct enrolment *to)
{
    return db_do(
        at->tx, NULL,
        "INSERT INTO answer(enrolment, question, value, at) SELECT $1, n.id, a.value, $4 "
        "FROM answer a JOIN question q ON q.id = a.question JOIN question n ON n.cohort = $3 "
        "AND n.line = q.line AND n.ended_at = 0 AND n.off = 0 AND n.kind = q.kind "
        "AND n.role IN ('both', $5) WHERE a.enrolment = $2 AND a.value <> '' AND NOT EXISTS "
        "(SELECT 1 FROM answer b JOIN question p ON p.id = b.question WHERE b.enrolment = $2 "
        "AND p.line = q.line AND p.version > q.version) ON CONFLICT (enrolment, question) "
        "DO NOTHING",
        DB_ARGS(DB_INT(to->id), DB_INT(from->id), DB_INT(to->cohort), DB_INT(at->now_us),
                DB_TEXT(to->role)));
}

static const struct app_letter letter_carried = {
    MSG("You come first in {2}"),
    {MSG("Hello {0},"), MSG("in {1} there was no place for you. We are sorry that you waited."),
                               MSG("You are signed up for {2} with what you have said, and come first when pairs are found there. Look at it, change what is different now, or take it back, here:"),
                               "{3}", NULL}
};

static enum rc tell(const struct enrolment_carrying *c, const struct enrolment *one)
{
    const char *url =
        arena_printf(c->at->arena, "%s/cohorts/%lld", c->at->app->url, (long long)c->to->id);
    if (url == NULL)
        return RC_NO_MEMORY;
    const char *const values[] = {one->name, c->from->name, c->to->name, url};
    return app_send_from(c->at, one->email, one->language, &letter_carried, values, 4);
}

// Her sign-up in the later cohort: the one that is there, else a copy of this one.
static enum rc put_there(const struct enrolment_carrying *c, const struct enrolment *one)
{
    struct db_rows *rows = NULL;
    TRY(db_query(c->at->tx, c->at->arena, &rows,
                 "UPDATE enrolment SET priority = CASE WHEN priority > $4 THEN priority ELSE $4 "
                 "END WHERE person = $1 AND cohort = $2 AND role = $3 RETURNING id",
                 DB_ARGS(DB_INT(one->person), DB_INT(c->to->id), DB_TEXT(one->role),
                         DB_INT(one->priority + 1))));
    if (db_count(rows) > 0)
        return RC_OK;
    struct enrolment copy = *one;
    copy.id = db_new_id(c->at->now_us);
    copy.cohort = c->to->id;
    copy.state = strcmp(one->state, "approved") == 0 ? "approved" : "submitted";
    copy.priority = one->priority + 1;
    TRY(enrolment_add(c->at->tx, c->at->arena, &copy, c->at->now_us));
    TRY(enrolment_copy_answers(c->at, one, &copy));
    return enrolment_index_one(c->at, copy.id);
}

enum rc enrolment_carry(const struct enrolment_carrying *c, const struct enrolment *one)
{
    const struct enrolment_move move = {.id = one->id,
                                        .cohort = c->from->id,
                                        .from = one->state,
                                        .to = "carried",
                                        .by = c->by,
                                        .code = "capacity"};
    const struct announcement left = {ANNOUNCE_COHORT_LEFT, c->from->id, 0, one->person, one->id};
    TRY(put_there(c, one));
    TRY(enrolment_move(c->at->tx, &move, c->at->now_us));
    TRY(app_announce(c->at, &left));
    return tell(c, one);
}
