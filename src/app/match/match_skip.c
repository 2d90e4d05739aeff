// SPDX-License-Identifier: Apache-2.0
//
// Who is told of pairs that publishing passed over; see match_skip.h.
#include "app/match/match_skip.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_LIMIT_BYTES = 64 << 10, ONE_LIMIT_BYTES = 1 << 20 };

static const struct app_letter letter_skipped = {
    MSG("Pairs that were passed over"),
    {MSG("Hello {0},"),
                                     MSG("in {1}, pairs were published. These were passed over, since somebody has left, has no place any more, or has changed something since the run:"),
                                     "{2}", MSG("Those of them who have no match now are told that they still wait. You find all who wait here:"),
                                     "{3}", NULL}
};
static const struct app_letter letter_still_waits = {
    MSG("About your match"),
    {MSG("Hello {0},"),
                          MSG("in {1}, matches have been sent out. Yours is not among them yet, because something changed at the last moment. It is nothing that you did."),
                          MSG("The people who run the programme know of it, and look for a match for you. You see how it stands here:"),
                          "{2}", NULL}
};

const char match_schema_14[] =
    "ALTER TABLE match_pair ADD COLUMN skipped_at {int} NOT NULL DEFAULT 0;\n"
    "CREATE INDEX match_pair_skipped ON match_pair(run) WHERE skipped_at > 0;\n";

// ---- those who run the cohort ------------------------------------------------------------------

static enum rc add_name(const struct offering *o, const struct match_pair *pair, struct buffer *out)
{
    struct db_rows *rows = NULL;
    TRY(db_query(o->at.tx, o->at.arena, &rows,
                 "SELECT p.name, q.name FROM enrolment a JOIN person p ON p.id = a.person, "
                 "enrolment b JOIN person q ON q.id = b.person WHERE a.id = $1 AND b.id = $2",
                 DB_ARGS(DB_INT(pair->mentee), DB_INT(pair->mentor))));
    if (db_count(rows) > 0)
        buffer_printf(out, "%s- %s, %s", out->length == 0 ? "" : "\n", db_text(rows, 0, 0),
                      db_text(rows, 0, 1));
    return RC_OK;
}

static enum rc tell_staff(const struct offering *o, int64_t cohort, const char *cohort_name,
                          const char *names)
{
    struct db_rows *rows = NULL;
    const char *url =
        arena_printf(o->at.arena, "%s/cohorts/%lld/waiting", o->url, (long long)cohort);
    if (url == NULL)
        return RC_NO_MEMORY;
    TRY(app_staff(o->at.tx, o->at.arena, cohort, &rows));
    for (size_t k = 0; k < db_count(rows); k++) {
        const char *const values[] = {db_text(rows, k, 2), cohort_name, names, url};
        TRY(app_send_from(&o->at, db_text(rows, k, 0), db_text(rows, k, 1), &letter_skipped, values,
                          4));
    }
    return RC_OK;
}

// ---- the people --------------------------------------------------------------------------------

// One who is accepted, and has nothing that is offered or under way.
static enum rc tell_one(const struct offering *o, int64_t cohort, const char *cohort_name,
                        int64_t enrolment)
{
    struct db_rows *rows = NULL;
    const char *url = arena_printf(o->at.arena, "%s/cohorts/%lld/match", o->url, (long long)cohort);
    if (url == NULL)
        return RC_NO_MEMORY;
    TRY(db_query(o->at.tx, o->at.arena, &rows,
                 "SELECT p.email, p.language, p.name FROM enrolment e JOIN person p ON p.id = "
                 "e.person WHERE e.id = $1 AND e.state = 'approved' AND p.closed_at = 0 AND NOT "
                 "EXISTS (SELECT 1 FROM match m WHERE m.mentee = e.id AND m.state IN ('offered', "
                 "'active', 'paused', 'closing')) AND NOT EXISTS (SELECT 1 FROM match m WHERE "
                 "m.mentor = e.id AND m.state IN ('offered', 'active', 'paused', 'closing'))",
                 DB_ARGS(DB_INT(enrolment))));
    if (db_count(rows) == 0)
        return RC_OK;
    const char *const values[] = {db_text(rows, 0, 2), cohort_name, url};
    return app_send_from(&o->at, db_text(rows, 0, 0), db_text(rows, 0, 1), &letter_still_waits,
                         values, 3);
}

static int by_number(const void *left, const void *right)
{
    const int64_t *a = left;
    const int64_t *b = right;
    return (*a > *b) - (*a < *b);
}

static enum rc tell_people(const struct offering *o, int64_t cohort, const char *cohort_name,
                           const struct match_pair *pairs, size_t count)
{
    int64_t *people = ARENA_ARRAY(o->at.arena, int64_t, 2 * count);
    if (people == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++) {
        people[2 * k] = pairs[k].mentee;
        people[2 * k + 1] = pairs[k].mentor;
    }
    qsort(people, 2 * count, sizeof people[0], by_number);
    for (size_t k = 0; k < 2 * count; k++) {
        struct arena arena;
        struct offering one = *o;
        if (k > 0 && people[k] == people[k - 1])
            continue; // she has a letter
        arena_open(&arena, ONE_LIMIT_BYTES);
        one.at.arena = &arena;
        enum rc rc = tell_one(&one, cohort, cohort_name, people[k]);
        arena_close(&arena);
        TRY(rc);
    }
    return RC_OK;
}

static enum rc note(const struct offering *o, int64_t run, const struct match_pair *pair)
{
    return db_do(
        o->at.tx, NULL,
        "UPDATE match_pair SET skipped_at = $4 WHERE run = $1 AND mentee = $2 AND mentor = "
        "$3",
        DB_ARGS(DB_INT(run), DB_INT(pair->mentee), DB_INT(pair->mentor), DB_INT(o->at.now_us)));
}

#define HAS_MATCH(side)                                                                            \
    "CASE WHEN EXISTS (SELECT 1 FROM match m WHERE m." side " = s." side " AND m.state IN "        \
    "('offered', 'active', 'paused', 'closing')) THEN 1 ELSE 0 END"

enum rc skip_list(struct req *req, int64_t cohort, int64_t run, struct match_skipped **ret_rows,
                  size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT s.run, s.mentee, s.mentor, p.name, q.name, a.state, b.state, s.skipped_at, " HAS_MATCH("mentee") ", " HAS_MATCH(
            "mentor") " FROM match_run r JOIN match_pair s "
                      "ON s.run = r.id AND s.skipped_at > 0 JOIN cohort c ON c.id = r.cohort JOIN "
                      "enrolment a ON a.id = s.mentee JOIN person p ON p.id = a.person JOIN enrolment b "
                      "ON b.id = s.mentor JOIN person q ON q.id = b.person WHERE r.cohort = $2 AND "
                      "($3 = 0 OR r.id = $3) AND ($3 > 0 OR (a.state = 'approved' AND NOT EXISTS (SELECT "
                      "1 FROM match m WHERE m.mentee = s.mentee AND m.state IN ('offered', 'active', "
                      "'paused', 'closing')))) AND " APP_RUNS_C
                      "ORDER BY s.skipped_at DESC, a.name_key, s.mentee, s.mentor LIMIT $4",
        DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort), DB_INT(run), DB_INT(SKIP_NAMES))));
    struct match_skipped *all = ARENA_ARRAY(req->arena, struct match_skipped, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct match_skipped){db_int(rows, k, 0),
                                        db_int(rows, k, 1),
                                        db_int(rows, k, 2),
                                        db_text(rows, k, 3),
                                        db_text(rows, k, 4),
                                        strcmp(db_text(rows, k, 5), "approved") != 0,
                                        strcmp(db_text(rows, k, 6), "approved") != 0,
                                        db_int(rows, k, 8),
                                        db_int(rows, k, 9),
                                        db_int(rows, k, 7)};
    *ret_rows = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc skip_tell(const struct offering *o, const struct match_run *run,
                  const struct match_pair *pairs, size_t count)
{
    struct buffer names;
    struct db_rows *rows = NULL;
    int64_t cohort = run->cohort;
    if (count == 0)
        return RC_OK;
    for (size_t k = 0; k < count; k++)
        TRY(note(o, run->id, &pairs[k]));
    buffer_open(&names, o->at.arena, NAMES_LIMIT_BYTES);
    for (size_t k = 0; k < count && k < SKIP_NAMES; k++)
        TRY(add_name(o, &pairs[k], &names));
    if (count > SKIP_NAMES)
        buffer_printf(&names, "\n- +%zu", count - SKIP_NAMES);
    TRY(names.rc);
    TRY(db_query(o->at.tx, o->at.arena, &rows, "SELECT name FROM cohort WHERE id = $1",
                 DB_ARGS(DB_INT(cohort))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    TRY(tell_staff(o, cohort, db_text(rows, 0, 0), names.length == 0 ? "-" : names.bytes));
    return tell_people(o, cohort, db_text(rows, 0, 0), pairs, count);
}
