// SPDX-License-Identifier: Apache-2.0
//
// The rows of rounds; see round.h.
#include <stdlib.h>
#include <string.h>

#include "app/network/round.h"
#include "app/pair/pair_meet.h"

enum { WEEK_DAYS = 7, TALK_MINUTES = 45, TIMES_FROM_HOURS = 24 };

// ---- the plan --------------------------------------------------------------------------------

enum rc round_plan_find(struct db_tx *tx, struct arena *arena, int64_t cohort,
                        struct round_plan *ret_plan)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT weeks, next_at, prompt FROM round_plan WHERE cohort = $1",
                 DB_ARGS(DB_INT(cohort))));
    *ret_plan = (struct round_plan){0, 0, ""};
    if (db_count(rows) > 0)
        *ret_plan =
            (struct round_plan){db_int(rows, 0, 0), db_int(rows, 0, 1), db_text(rows, 0, 2)};
    return RC_OK;
}

enum rc round_plan_set(struct db_tx *tx, int64_t cohort, const struct round_plan *plan)
{
    return db_do(
        tx, NULL,
        "INSERT INTO round_plan(cohort, weeks, next_at, prompt) VALUES ($1, $2, $3, $4) ON "
        "CONFLICT(cohort) DO UPDATE SET weeks = $2, next_at = $3, prompt = $4",
        DB_ARGS(DB_INT(cohort), DB_INT(plan->weeks), DB_INT(plan->next_at), DB_TEXT(plan->prompt)));
}

enum rc round_wish_set(const struct app_place *at, int64_t cohort, int64_t person, bool wants)
{
    if (!wants)
        return db_do(at->tx, NULL, "DELETE FROM round_wish WHERE cohort = $1 AND person = $2",
                     DB_ARGS(DB_INT(cohort), DB_INT(person)));
    return db_do(
        at->tx, NULL,
        "INSERT INTO round_wish(cohort, person, at) VALUES ($1, $2, $3) ON CONFLICT(cohort, "
        "person) DO NOTHING",
        DB_ARGS(DB_INT(cohort), DB_INT(person), DB_INT(at->now_us)));
}

enum rc round_wishes(struct db_tx *tx, struct arena *arena, int64_t cohort, int64_t person,
                     int64_t *ret_count, bool *ret_mine)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT count(*), coalesce(sum(CASE WHEN person = $2 THEN 1 ELSE 0 END), 0) FROM "
                 "round_wish WHERE cohort = $1",
                 DB_ARGS(DB_INT(cohort), DB_INT(person))));
    *ret_count = db_int(rows, 0, 0);
    *ret_mine = db_int(rows, 0, 1) > 0;
    return RC_OK;
}

// ---- making one ------------------------------------------------------------------------------

struct making {
    const struct app_place *at;
    int64_t cohort;
    int64_t number; // of the round
    struct round_input in;
    int64_t *person;
    bool *skipped;
    uint16_t *score;
};

static uint32_t position(const struct making *m, int64_t person)
{
    uint32_t low = 0;
    uint32_t high = m->in.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (m->person[middle] == person)
            return middle;
        if (m->person[middle] < person)
            low = middle + 1;
        else
            high = middle;
    }
    return UINT32_MAX;
}

static void set_score(struct making *m, int64_t a, int64_t b, uint16_t score)
{
    uint32_t i = position(m, a);
    uint32_t j = position(m, b);
    if (i == UINT32_MAX || j == UINT32_MAX)
        return;
    m->score[(size_t)i * m->in.count + j] = score;
    m->score[(size_t)j * m->in.count + i] = score;
}

static enum rc read_people(struct making *m)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        m->at->tx, m->at->arena, &rows,
        "SELECT w.person, coalesce((SELECT p.team FROM round_place p JOIN peer_round r ON r.id = "
        "p.round WHERE r.cohort = $1 AND r.number = $2 AND p.person = w.person), -1) FROM "
        "round_wish w JOIN person p ON p.id = w.person WHERE w.cohort = $1 AND p.closed_at = 0 AND "
        "EXISTS (SELECT 1 FROM enrolment e WHERE e.person = w.person AND e.cohort = $1 AND e.state "
        "IN ('approved', 'waitlisted')) ORDER BY w.person LIMIT $3",
        DB_ARGS(DB_INT(m->cohort), DB_INT(m->number - 1), DB_INT(ROUND_PEOPLE_MOST))));
    size_t n = db_count(rows);
    m->person = ARENA_ARRAY(m->at->arena, int64_t, n + 1);
    m->skipped = ARENA_ARRAY(m->at->arena, bool, n + 1);
    m->score = ARENA_ARRAY(m->at->arena, uint16_t, n * n + 1);
    if (m->person == NULL || m->skipped == NULL || m->score == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < n; k++) {
        m->person[k] = db_int(rows, k, 0);
        m->skipped[k] = db_int(rows, k, 1) == 0;
        for (size_t j = 0; j < n; j++)
            m->score[k * n + j] = j == k ? (uint16_t)ROUND_NEVER : (uint16_t)ROUND_NEW;
    }
    m->in = (struct round_input){(uint32_t)n, m->person, m->skipped, m->score,
                                 (uint64_t)(m->cohort ^ m->number)};
    return RC_OK;
}

// Who met whom when, and who must be kept apart. Who is a pair in the programme meets anyway: as if
// in the last round.
static enum rc read_past(struct making *m)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        m->at->tx, m->at->arena, &rows,
        "SELECT a.person, b.person, max(r.number) FROM peer_round r JOIN round_place a ON a.round = "
        "r.id JOIN round_place b ON b.round = r.id AND b.team = a.team AND b.person > a.person "
        "WHERE r.cohort = $1 AND a.team > 0 GROUP BY a.person, b.person",
        DB_ARGS(DB_INT(m->cohort))));
    for (size_t k = 0; k < db_count(rows); k++)
        set_score(m, db_int(rows, k, 0), db_int(rows, k, 1),
                  round_score(m->number - db_int(rows, k, 2)));
    TRY(db_query(m->at->tx, m->at->arena, &rows,
                 "SELECT x.person, y.person FROM match t JOIN enrolment x ON x.id = t.mentee JOIN "
                 "enrolment y ON y.id = t.mentor WHERE t.cohort = $1 AND t.state IN ('active', "
                 "'paused', 'closing')",
                 DB_ARGS(DB_INT(m->cohort))));
    for (size_t k = 0; k < db_count(rows); k++)
        set_score(m, db_int(rows, k, 0), db_int(rows, k, 1), round_score(1));
    TRY(db_query(
        m->at->tx, m->at->arena, &rows,
        "SELECT v.a, v.b FROM avoid v JOIN round_wish x ON x.person = v.a AND x.cohort = $1 "
        "JOIN round_wish y ON y.person = v.b AND y.cohort = $1",
        DB_ARGS(DB_INT(m->cohort))));
    for (size_t k = 0; k < db_count(rows); k++)
        set_score(m, db_int(rows, k, 0), db_int(rows, k, 1), ROUND_NEVER);
    return RC_OK;
}

static const struct app_letter letter_round = {
    MSG("This time you meet {2}"),
    {MSG("Hello {0},"), MSG("this time you meet {2}. Write to each other: {3}"),
                                MSG("Times that all of you said you have, and something to talk about:"), "{1}", NULL}
};
static const struct app_letter letter_time = {
    MSG("This time you meet {2}"),
    {MSG("Hello {0},"), MSG("this time you meet {2}. Write to each other: {3}"),
                                MSG("All of you said that you have time at {4}, in your zone. More times, and something to talk about:"),
                                "{1}", NULL}
};
static const struct app_letter letter_left = {
    MSG("This round"),
    {MSG("Hello {0},"),
                    MSG("this time there was nobody left for you to meet. Next time you come first:"), "{1}",
                    NULL}
};

// "Bea, Cleo" or their addresses.
static const char *join_names(struct arena *arena, const struct round_mate *mates, size_t count,
                              bool address)
{
    const char *all = "";
    for (size_t k = 0; k < count && all != NULL; k++)
        all = address ? arena_printf(arena, "%s%s%s <%s>", all, k > 0 ? ", " : "", mates[k].name,
                                     mates[k].email)
                      : arena_printf(arena, "%s%s%s", all, k > 0 ? ", " : "", mates[k].name);
    return all;
}

static enum rc write_letter(const struct making *m, int64_t round, int64_t person)
{
    const struct app_place *at = m->at;
    struct round_mate *mates = NULL;
    size_t count = 0;
    int64_t times[MEETING_SLOTS_MAX] = {0};
    size_t time_count = 0;
    const char *page = arena_printf(at->arena, "/cohorts/%lld/rounds", (long long)m->cohort);
    if (page == NULL)
        return RC_NO_MEMORY;
    TRY(round_mates(at->tx, at->arena, round, person, &mates, &count));
    if (count == 0) {
        const struct notice alone = {.letter = &letter_left, .page = page};
        return network_tell(at, person, &alone);
    }
    const struct round_team team = {mates, count};
    TRY(round_times(at, m->cohort, person, &team, times, &time_count));
    const struct notice notice = {.letter = time_count > 0 ? &letter_time : &letter_round,
                                  .page = page,
                                  .title = join_names(at->arena, mates, count, false),
                                  .value = join_names(at->arena, mates, count, true),
                                  .at_us = time_count > 0 ? times[0] : 0};
    return network_tell(at, person, &notice);
}

static enum rc keep_round(struct making *m, const struct round_plan *plan)
{
    const struct app_place *at = m->at;
    struct round_result result;
    int64_t id = db_new_id(at->now_us);
    TRY(round_make(at->arena, &m->in, &result));
    TRY(db_do(
        at->tx, NULL,
        "INSERT INTO peer_round(id, cohort, number, prompt, repeats, made_at) VALUES ($1, $2, "
        "$3, $4, $5, $6)",
        DB_ARGS(DB_INT(id), DB_INT(m->cohort), DB_INT(m->number), DB_TEXT(plan->prompt),
                DB_INT(result.repeats), DB_INT(at->now_us))));
    for (uint32_t k = 0; k < m->in.count; k++)
        TRY(db_do(at->tx, NULL,
                  "INSERT INTO round_place(round, person, team, met_at) VALUES ($1, $2, $3, 0)",
                  DB_ARGS(DB_INT(id), DB_INT(m->person[k]), DB_INT(result.team[k]))));
    for (uint32_t k = 0; k < m->in.count; k++)
        TRY(write_letter(m, id, m->person[k]));
    return RC_OK;
}

enum rc round_run(const struct app_place *at, int64_t cohort)
{
    struct round_plan plan;
    struct db_rows *rows = NULL;
    struct making m = {.at = at, .cohort = cohort};
    TRY(round_plan_find(at->tx, at->arena, cohort, &plan));
    TRY(db_query(at->tx, at->arena, &rows,
                 "SELECT coalesce(max(number), 0) FROM peer_round WHERE cohort = $1",
                 DB_ARGS(DB_INT(cohort))));
    m.number = db_int(rows, 0, 0) + 1;
    TRY(read_people(&m));
    TRY(read_past(&m));
    if (m.in.count >= 2)
        TRY(keep_round(&m, &plan));
    if (plan.weeks == 0)
        return RC_OK;
    while (plan.next_at <= at->now_us)
        plan.next_at += plan.weeks * WEEK_DAYS * NETWORK_DAY_US;
    return round_plan_set(at->tx, cohort, &plan);
}

// ---- reading ---------------------------------------------------------------------------------

enum rc round_list(struct req *req, int64_t cohort, bool mine, struct round_row **ret_rounds,
                   size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT r.id, r.number, r.prompt, r.made_at, (SELECT count(*) FROM round_place p WHERE "
        "p.round = r.id), (SELECT count(*) FROM round_place p WHERE p.round = r.id AND p.team = 0), "
        "(SELECT count(*) FROM round_place p WHERE p.round = r.id AND p.met_at > 0), r.repeats, "
        "coalesce(o.team, 0), coalesce(o.met_at, 0) FROM peer_round r LEFT JOIN round_place o ON "
        "o.round = r.id AND o.person = $2 WHERE r.cohort = $1 AND ($3 = 0 OR o.team IS NOT NULL) "
        "ORDER BY r.number DESC LIMIT $4",
        DB_ARGS(DB_INT(cohort), DB_INT(req->actor.person), DB_INT(mine), DB_INT(ROUNDS_SHOWN))));
    struct round_row *all = ARENA_ARRAY(req->arena, struct round_row, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct round_row){
            db_int(r, k, 0), db_int(r, k, 1), db_text(r, k, 2), db_int(r, k, 3), db_int(r, k, 4),
            db_int(r, k, 5), db_int(r, k, 6), db_int(r, k, 7),  db_int(r, k, 8), db_int(r, k, 9)};
    *ret_rounds = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc round_mates(struct db_tx *tx, struct arena *arena, int64_t round, int64_t person,
                    struct round_mate **ret_mates, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        tx, arena, &r,
        "SELECT p.id, p.name, p.email, p.pronouns, p.zone, coalesce((SELECT max(e.week) FROM "
        "enrolment e WHERE e.person = p.id AND e.cohort = t.cohort AND e.state IN ('approved', "
        "'waitlisted')), '') FROM round_place m JOIN peer_round t ON t.id = m.round JOIN round_place "
        "o ON o.round = m.round AND o.team = m.team AND o.person <> m.person JOIN person p ON p.id "
        "= o.person WHERE m.round = $1 AND m.person = $2 AND m.team > 0 AND p.closed_at = 0 ORDER "
        "BY p.name, p.id LIMIT 3",
        DB_ARGS(DB_INT(round), DB_INT(person))));
    struct round_mate *all = ARENA_ARRAY(arena, struct round_mate, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct round_mate){db_int(r, k, 0),  db_text(r, k, 1), db_text(r, k, 2),
                                     db_text(r, k, 3), db_text(r, k, 4), db_text(r, k, 5)};
    *ret_mates = all;
    *ret_count = db_count(r);
    return RC_OK;
}

// Of two: what a pair gets. Of three: those that she has with both.
enum rc round_times(const struct app_place *at, int64_t cohort, int64_t person,
                    const struct round_team *team, int64_t *ret_times, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    struct db_rows *busy = NULL;
    size_t kept = 0;
    TRY(db_query(
        at->tx, at->arena, &rows,
        "SELECT coalesce(max(e.week), ''), p.zone FROM person p LEFT JOIN enrolment e ON "
        "e.person = p.id AND e.cohort = $1 AND e.state IN ('approved', 'waitlisted') WHERE "
        "p.id = $2 GROUP BY p.zone",
        DB_ARGS(DB_INT(cohort), DB_INT(person))));
    TRY(meeting_busy(at->tx, at->arena, person, at->now_us, &busy));
    for (size_t k = 0; k < team->count; k++) {
        int64_t times[MEETING_SLOTS_MAX] = {0};
        size_t found = 0;
        size_t both = 0;
        const struct meeting_wish wish = {.mine = db_text(rows, 0, 0),
                                          .theirs = team->mates[k].week,
                                          .my_zone = db_text(rows, 0, 1),
                                          .their_zone = team->mates[k].zone,
                                          .minutes = TALK_MINUTES,
                                          .from_us =
                                              at->now_us + TIMES_FROM_HOURS * NETWORK_HOUR_US,
                                          .my_busy = busy};
        TRY(meeting_suggest(at->arena, &wish, times, &found));
        for (size_t t = 0; t < found; t++)
            for (size_t o = 0; o < (k == 0 ? 1 : kept); o++)
                if (k == 0 || ret_times[o] == times[t]) {
                    ret_times[both++] = times[t];
                    break;
                }
        kept = both;
    }
    *ret_count = kept;
    return RC_OK;
}

enum rc round_met(struct req *req, int64_t cohort, int64_t round)
{
    const struct app_place at = app_here(req);
    uint64_t changed = 0;
    const struct announcement met = {ANNOUNCE_ROUND_MET, cohort, 0, req->actor.person, round};
    TRY(db_do(
        req->tx, &changed,
        "UPDATE round_place SET met_at = $3 WHERE round = $1 AND person = $2 AND team > 0 AND "
        "met_at = 0 AND round IN (SELECT id FROM peer_round WHERE cohort = $4)",
        DB_ARGS(DB_INT(round), DB_INT(req->actor.person), DB_INT(req->now_us), DB_INT(cohort))));
    return changed == 1 ? app_announce(&at, &met) : RC_EXISTS;
}
