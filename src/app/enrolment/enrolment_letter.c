// SPDX-License-Identifier: Apache-2.0
//
// Why: the letters about sign-ups, which programmes may write anew.
#include <stdlib.h>
#include <string.h>

#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_store.h"

const struct app_letter enrolment_letter_question = {
    MSG("A question about your sign-up"),
    {MSG("Hello {0},"), MSG("the people who read your sign-up for {1} have a question."),
                                       MSG("You find it, and answer it, here:"), "{2}", NULL}
};
static const struct app_letter letter_approved = {
    MSG("You are accepted"),
    {MSG("Hello {0},"), MSG("your sign-up for {1} is accepted."), "{2}",
                          MSG("Next, pairs are looked for. You get a letter when yours is found."), NULL}
};
static const struct app_letter letter_waitlisted = {
    MSG("You are on the waiting list"),
    {MSG("Hello {0},"),
                                     MSG("your sign-up for {1} is on the waiting list: there is no place just now."), "{2}",
                                     MSG("You keep your place in the queue, and get a letter when there is one for you."), NULL}
};
static const struct app_letter letter_declined = {
    MSG("About your sign-up"),
    {MSG("Hello {0},"), MSG("your sign-up for {1} is not accepted this time."), "{2}", NULL}
};
const struct app_letter enrolment_letter_removed = {
    MSG("Your place in {1} has ended"),
    {MSG("Hello {0},"), MSG("those who run {1} have ended your place in it."), "{2}",
                                     MSG("If you think that this is wrong, answer them, or tell a concern on any page."), NULL}
};
const struct app_letter enrolment_letter_invite = {
    MSG("{1} invites you to {0}"),
    {MSG("Hello,"),
                                MSG("{1} invites you to join {0}, a programme in which people with experience in technology help others on their way."),
                                "{4}", MSG("Read what it is about, and join, here until {3}:"), "{2}",
                                MSG("If you don't want to, do nothing: nothing is kept of you but this invitation, which ends by itself."),
                                NULL}
};
static const struct app_letter letter_cancelled = {
    MSG("{1} is cancelled"),
    {MSG("Hello {0},"), MSG("{1}, for which you had signed up, does not take place."), "{2}",
                          MSG("What you wrote is kept, and you can sign up for another programme."), NULL}
};

// clang-format off
const struct app_letter_name enrolment_letters[] = {
    {"sign_up_question",   MSG("There is a question about a sign-up"),        "name cohort link",  &enrolment_letter_question},
    {"sign_up_accepted",   MSG("A sign-up is accepted"),                      "name cohort words", &letter_approved},
    {"sign_up_waitlisted", MSG("A sign-up is on the waiting list"),           "name cohort words", &letter_waitlisted},
    {"sign_up_declined",   MSG("A sign-up is not accepted"),                  "name cohort words", &letter_declined},
    {"invitation",         MSG("Somebody is invited to sign up"),              "cohort who link day words", &enrolment_letter_invite},
    {"place_ended",        MSG("Those who run a cohort end somebody's place"), "name cohort words", &enrolment_letter_removed},
    {"cohort_cancelled",   MSG("A cohort is cancelled before it has begun"),  "name cohort words", &letter_cancelled},
    {NULL, NULL, NULL, NULL},
};
// clang-format on

static enum rc send(const struct app_place *place, const struct db_rows *rows, size_t k,
                    const struct app_letter *letter)
{
    const char *tag = db_text(rows, k, 1);
    const char *const values[] = {db_text(rows, k, 2), db_text(rows, k, 3), db_text(rows, k, 4)};
    TRY(app_letter_own(place, db_int(rows, k, 5), tag, &letter));
    return app_send_from(place, db_text(rows, k, 0), tag, letter, values, 3);
}

// Sends what still holds: a decision that was taken back, or followed by another, sends nothing.
static enum rc send_letter(struct db_tx *tx, struct job *job)
{
    struct db_rows *rows = NULL;
    char *state = NULL;
    int64_t id = strtoll(job->body, &state, 10);
    if (*state != ' ')
        return RC_BAD_INPUT;
    state++;
    TRY(db_query(tx, job->arena, &rows,
                 "SELECT p.email, p.language, p.name, c.name, e.reason, c.id FROM enrolment e "
                 "JOIN person p ON p.id = e.person JOIN cohort c ON c.id = e.cohort "
                 "WHERE e.id = $1 AND e.state = $2 AND p.closed_at = 0",
                 DB_ARGS(DB_INT(id), DB_TEXT(state))));
    if (db_count(rows) == 0)
        return RC_OK;
    const struct app_place place = {tx, job->arena, job->context, job->now_us};
    const struct announcement moved = {ANNOUNCE_ENROLMENT_MOVED, db_int(rows, 0, 5), 0, 0, id};
    TRY(app_announce(&place, &moved));
    return send(&place, rows, 0,
                strcmp(state, "approved") == 0     ? &letter_approved
                : strcmp(state, "waitlisted") == 0 ? &letter_waitlisted
                                                   : &letter_declined);
}

struct job_kind enrolment_letter_kind(const struct app *app)
{
    return (struct job_kind){
        .name = "enrolment_letter", .inside = send_letter, .context = (void *)(uintptr_t)app};
}

// One letter each, also where somebody has signed up as both. What a letter needs of memory is
// given back before the next.
enum rc enrolment_tell_cancelled(const struct app_place *place, int64_t cohort)
{
    enum { ONE_LIMIT_BYTES = 4 << 20 };
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT DISTINCT p.email, p.language, p.name, c.name, c.reason, c.id "
                 "FROM enrolment e JOIN person p ON p.id = e.person JOIN cohort c "
                 "ON c.id = e.cohort WHERE e.cohort = $1 AND p.closed_at = 0 "
                 "AND e.state IN ('submitted', 'needs_info', 'approved', 'waitlisted') "
                 "ORDER BY p.email",
                 DB_ARGS(DB_INT(cohort))));
    for (size_t k = 0; k < db_count(rows); k++) {
        struct arena arena;
        struct app_place one = *place;
        arena_open(&arena, ONE_LIMIT_BYTES);
        one.arena = &arena;
        enum rc rc = send(&one, rows, k, &letter_cancelled);
        arena_close(&arena);
        TRY(rc);
    }
    return RC_OK;
}
