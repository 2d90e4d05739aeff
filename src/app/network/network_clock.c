// SPDX-License-Identifier: Apache-2.0
//
// Why: what happens beyond pairs by the clock and by what other slices tell: reminders, circles
// that nobody leads, introductions that nobody answered, rounds that are due, and whoever has left.
// Each step marks what it did in the same transaction.
#include <stdlib.h>
#include <string.h>

#include "app/network/circle.h"
#include "app/network/directory.h"
#include "app/network/event.h"
#include "app/network/flash.h"
#include "app/network/introduction.h"
#include "app/network/network.h"
#include "app/network/outside.h"
#include "app/network/round.h"
#include "app/pair/pair_talk.h"

enum { REMIND_HOURS = 24, ONE_LIMIT_BYTES = 8 << 20 };

typedef enum rc clock_step(const struct app_place *at, int64_t id, int64_t more);

// Each row goes through the step, with an arena of its own.
static enum rc each(const struct app_place *at, const struct db_rows *rows, clock_step *step)
{
    for (size_t k = 0; k < db_count(rows); k++) {
        struct arena arena;
        struct app_place one = *at;
        arena_open(&arena, ONE_LIMIT_BYTES);
        one.arena = &arena;
        enum rc rc = step(&one, db_int(rows, k, 0), db_int(rows, k, 1));
        arena_close(&arena);
        if (rc != RC_OK && rc != RC_NOT_FOUND)
            return rc;
    }
    return RC_OK;
}

// Those of the statement: $1 is now, $2 a day from now. Each has a limit.
static enum rc for_each(const struct app_place *at, const char *sql, clock_step *step)
{
    struct db_rows *rows = NULL;
    TRY(db_query(at->tx, at->arena, &rows, sql,
                 DB_ARGS(DB_INT(at->now_us), DB_INT(at->now_us + REMIND_HOURS * NETWORK_HOUR_US))));
    return each(at, rows, step);
}

// ---- reminders -------------------------------------------------------------------------------

static const struct app_letter letter_circle = {
    MSG("Tomorrow: the circle {2}"),
    {MSG("Hello {0},"), MSG("the circle {2} meets at {4}, in your zone."), "{1}",
                                  MSG("To get no more of these letters: {5}"), NULL}
};
static const struct app_letter letter_event = {
    MSG("Tomorrow: {2}"),
    {MSG("Hello {0},"),
                       MSG("{2} is at {4}, in your zone. You have a seat. If you can't come, say so, so that somebody else gets it:"),
                       "{1}", MSG("To get no more of these letters: {5}"), NULL}
};

static enum rc remind_circle(const struct app_place *at, int64_t meeting, int64_t id)
{
    struct circle circle;
    struct circle_meeting m;
    TRY(db_do(at->tx, NULL, "UPDATE circle_meeting SET reminded = 1 WHERE id = $1",
              DB_ARGS(DB_INT(meeting))));
    TRY(circle_find(at->tx, at->arena, id, 0, &circle));
    TRY(circle_meeting_find(at->tx, at->arena, id, meeting, &m));
    const char *page =
        arena_printf(at->arena, "/circles/%lld/meetings/%lld", (long long)id, (long long)meeting);
    const struct notice notice = {.letter = &letter_circle,
                                  .page = page,
                                  .title = circle.title,
                                  .at_us = m.at,
                                  .kind = LETTER_REMINDER};
    return page == NULL ? RC_NO_MEMORY : circle_tell(at, &circle, 0, &notice);
}

static enum rc remind_event(const struct app_place *at, int64_t id, int64_t unused)
{
    struct event e;
    struct rsvp *rsvps = NULL;
    size_t count = 0;
    (void)unused;
    TRY(db_do(at->tx, NULL, "UPDATE event SET reminded = 1 WHERE id = $1", DB_ARGS(DB_INT(id))));
    TRY(event_find(at->tx, at->arena, id, 0, &e));
    TRY(rsvp_list(at->tx, at->arena, id, false, &rsvps, &count));
    const char *page = arena_printf(at->arena, "/events/%lld", (long long)id);
    const struct notice notice = {.letter = &letter_event,
                                  .page = page,
                                  .title = e.title,
                                  .at_us = e.at,
                                  .kind = LETTER_REMINDER};
    if (page == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++)
        if (strcmp(rsvps[k].answer, "going") == 0)
            TRY(network_tell(at, rsvps[k].person, &notice));
    return RC_OK;
}

// ---- what is over ----------------------------------------------------------------------------

static enum rc end_leaderless(const struct app_place *at, int64_t id, int64_t unused)
{
    struct circle circle;
    (void)unused;
    TRY(circle_find(at->tx, at->arena, id, 0, &circle));
    return circle_end(at, &circle, "closed", "");
}

static enum rc expire(const struct app_place *at, int64_t id, int64_t unused)
{
    (void)unused;
    return introduction_expire(at, id);
}

static enum rc make_round(const struct app_place *at, int64_t cohort, int64_t unused)
{
    (void)unused;
    return round_run(at, cohort);
}

// ---- whoever leaves ----------------------------------------------------------------------------

static enum rc leave_events(const struct app_place *at, int64_t person, int64_t cohort)
{
    struct db_rows *rows = NULL;
    const char *answer = NULL;
    TRY(db_query(
        at->tx, at->arena, &rows,
        "SELECT r.event FROM rsvp r JOIN event e ON e.id = r.event WHERE r.person = $1 AND "
        "($2 = 0 OR e.cohort = $2) AND e.at > $3 AND r.answer <> 'no'",
        DB_ARGS(DB_INT(person), DB_INT(cohort), DB_INT(at->now_us))));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(event_answer(at, db_int(rows, k, 0), person, "no", &answer));
    return db_do(at->tx, NULL,
                 "DELETE FROM event_access WHERE person = $1 AND event IN (SELECT id FROM event "
                 "WHERE ($2 = 0 OR cohort = $2) AND at > $3)",
                 DB_ARGS(DB_INT(person), DB_INT(cohort), DB_INT(at->now_us)));
}

enum rc network_left(const struct app_place *at, int64_t person, int64_t cohort)
{
    struct db_rows *rows = NULL;
    bool has = false;
    if (cohort != 0)
        TRY(network_has(at->tx, at->arena, cohort, person, &has));
    if (has)
        return RC_OK; // she takes part in another role
    TRY(db_query(at->tx, at->arena, &rows,
                 "SELECT m.circle FROM circle_member m JOIN circle c ON c.id = m.circle WHERE "
                 "m.person = $1 AND ($2 = 0 OR c.cohort = $2) AND m.state IN ('member', 'waiting', "
                 "'asked', 'invited')",
                 DB_ARGS(DB_INT(person), DB_INT(cohort))));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(circle_leave(at, db_int(rows, k, 0), person));
    TRY(leave_events(at, person, cohort));
    TRY(introduction_leave(at, person, cohort));
    TRY(flash_leave(at, person, cohort));
    TRY(outside_leave(at, person, cohort));
    enum rc rc = directory_drop(at, person, cohort);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    return db_do(at->tx, NULL,
                 "DELETE FROM round_wish WHERE person = $1 AND ($2 = 0 OR cohort = $2)",
                 DB_ARGS(DB_INT(person), DB_INT(cohort)));
}

enum rc network_hears(const struct app_place *place, const struct announcement *heard)
{
    if (heard->what == ANNOUNCE_COHORT_LEFT)
        return network_left(place, heard->person, heard->cohort);
    if (heard->what == ANNOUNCE_PROFILE_CHANGED)
        return directory_rename(place, heard->person);
    if (heard->what == ANNOUNCE_ACCOUNT_CLOSED)
        return network_left(place, heard->person, 0);
    return RC_OK;
}

// ---- what can be found -------------------------------------------------------------------------

static enum rc index_circle(const struct app_place *at, int64_t id, int64_t unused)
{
    struct circle circle;
    (void)unused;
    TRY(circle_find(at->tx, at->arena, id, 0, &circle));
    return circle_index(at, &circle);
}

static enum rc index_event(const struct app_place *at, int64_t id, int64_t unused)
{
    struct event event;
    (void)unused;
    TRY(event_find(at->tx, at->arena, id, 0, &event));
    return event_index(at, &event);
}

enum rc network_index(const struct app_place *at)
{
    struct db_rows *rows = NULL;
    TRY(db_query(at->tx, at->arena, &rows,
                 "SELECT id, 0 FROM circle WHERE state = 'open' ORDER BY id", DB_NO_ARGS));
    TRY(each(at, rows, index_circle));
    TRY(db_query(at->tx, at->arena, &rows, "SELECT id, 0 FROM event ORDER BY id", DB_NO_ARGS));
    return each(at, rows, index_event);
}

// ---- the job ---------------------------------------------------------------------------------

// Also finds those whom nobody announced: their sign-up was declined after all, or they were
// erased.
#define GONE(table, column, cohort)                                                                \
    "NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.person = " table "." column                     \
    " AND e.cohort = " cohort                                                                      \
    " AND e.state IN ('approved', 'waitlisted')) AND NOT EXISTS (SELECT "                          \
    "1 FROM person p WHERE p.id = " table "." column                                               \
    " AND p.admin = 1) AND NOT EXISTS (SELECT 1 FROM role o WHERE o.person = " table "." column    \
    " AND o.role IN ('coordinator', 'manager') AND (o.cohort IN (0, " cohort                       \
    ") OR o.cohort = (SELECT h.programme FROM cohort h WHERE h.id = " cohort ")))"

static enum rc tick(struct db_tx *tx, struct job *job)
{
    const struct app_place at = {tx, job->arena, job->context, job->now_us};
    TRY(for_each(
        &at,
        "SELECT id, circle FROM circle_meeting WHERE state = 'planned' AND reminded = 0 AND "
        "at > $1 AND at <= $2 LIMIT 100",
        remind_circle));
    TRY(for_each(&at,
                 "SELECT id, 0 FROM event WHERE state = 'planned' AND reminded = 0 AND at > $1 AND "
                 "at <= $2 LIMIT 20",
                 remind_event));
    TRY(for_each(&at,
                 "SELECT id, 0 FROM circle WHERE state = 'open' AND ends_at > 0 AND ends_at <= $1 "
                 "AND $2 > 0 LIMIT 100",
                 end_leaderless));
    TRY(for_each(
        &at,
        "SELECT id, 0 FROM introduction WHERE state = 'asked' AND ends_at <= $1 AND $2 > 0 "
        "LIMIT 100",
        expire));
    TRY(for_each(&at,
                 "SELECT DISTINCT m.person, c.cohort FROM circle_member m JOIN circle c ON c.id = "
                 "m.circle WHERE $1 > 0 AND $2 > 0 AND c.state = 'open' AND m.state IN ('member', "
                 "'waiting', 'asked', 'invited') AND " GONE("m", "person", "c.cohort") " LIMIT 100",
                 network_left));
    TRY(for_each(&at,
                 "SELECT w.person, w.cohort FROM round_wish w WHERE $1 > 0 AND $2 > 0 AND " GONE(
                     "w", "person", "w.cohort") " LIMIT 100",
                 network_left));
    TRY(for_each(
        &at,
        "SELECT d.person, d.cohort FROM directory_card d WHERE $1 > 0 AND $2 > 0 AND " GONE(
            "d", "person", "d.cohort") " LIMIT 100",
        network_left));
    return for_each(&at,
                    "SELECT cohort, 0 FROM round_plan WHERE weeks > 0 AND next_at <= $1 AND $2 > 0 "
                    "LIMIT 20",
                    make_round);
}

struct job_kind network_clock_kind(const struct app *app)
{
    return (struct job_kind){
        .name = "network_clock", .every_s = 60, .inside = tick, .context = (void *)(uintptr_t)app};
}

static enum rc make_now(struct db_tx *tx, struct job *job)
{
    const struct app_place at = {tx, job->arena, job->context, job->now_us};
    return round_run(&at, strtoll(job->body, NULL, 10));
}

struct job_kind network_round_kind(const struct app *app)
{
    return (struct job_kind){
        .name = ROUND_JOB, .inside = make_now, .context = (void *)(uintptr_t)app};
}
