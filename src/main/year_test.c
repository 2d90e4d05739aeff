// SPDX-License-Identifier: Apache-2.0
//
// A year of a cohort, day by day, on both engines: 200 pairs that meet, write, agree, pause, change
// their zone, go on longer, end early or come to their good end. After every day the invariants of
// the specification hold, and nothing moved in a way that it may not.
#define _POSIX_C_SOURCE 200809L // mkdtemp

#include <sys/wait.h>

#include "base/date.h"

#include "app/account/account.h"
#include "app/match/match.h"
#include "app/match/match_offer.h"
#include "app/match/match_store.h"
#include "app/pair/pair.h"
#include "app/pair/pair_end.h"
#include "app/pair/pair_feel.h"
#include "app/pair/pair_meet.h"
#include "app/pair/pair_store.h"
#include "app/pair/pair_talk.h"
#include "db/db_test.h"
#include "install.h"

enum { MENTEES = 200, MENTORS = 130, DAYS = 365, KINDS = 3, NEWCOMERS_A_DAY = 6 };
#define US ((int64_t)1000000)

static int64_t now_us;

static int64_t test_now(void)
{
    return now_us;
}

// What was seen over the year, so that a quiet simulation fails.
struct seen {
    int64_t settled;
    int64_t held;
    int64_t pauses;
    int64_t early;
    int64_t longer;
    int64_t zones;
    int64_t cancels; // letters with METHOD:CANCEL
    int64_t requests;
    int64_t letters;
    int64_t unsigned_asked; // letters that remind of an agreement
    int64_t wrong;          // moves of a state that are not allowed
};

struct year {
    struct installation installation;
    struct app app;
    struct job_kind kinds[KINDS];
    struct jobs_settings jobs;
    struct arena arena;
    char space[256];
    char memory[64]; // a folder; removed at the end
    int64_t cohort;
    int mentees; // the sanitizers live with fewer
    int mentors;
    int64_t mentee[MENTEES];
    int64_t mentor[MENTORS];
    struct match_run run;
    uint32_t chance;
    struct seen seen;
    int64_t last_count; // of messages, goals and notes: never falls
    struct {
        int64_t match;
        char state[12];
    } known[2000];
    size_t known_count;
};

static uint32_t draw(struct year *year, uint32_t below)
{
    year->chance = year->chance * 1664525u + 1013904223u;
    return (year->chance >> 8) % below;
}

static const char *const zones[] = {"Europe/Madrid",     "Europe/London", "America/New_York",
                                    "America/Sao_Paulo", "Asia/Kolkata",  "Africa/Lagos",
                                    "Australia/Sydney"};
static const char *const weeks[] = {"w 18:00 21:00 g;", "d 07:00 12:00 p;e 09:00 18:00 g;",
                                    "w 12:00 14:00 g;w 19:00 22:00 p;", "d 08:00 22:00 p;"};

// ---- people ----------------------------------------------------------------------------------

static enum rc add_one(struct db_tx *tx, struct year *year, bool mentor, int number,
                       int64_t *ret_id)
{
    int64_t id = year->cohort + 1000 + number + (mentor ? 5000 : 0);
    const char *email =
        arena_printf(&year->arena, "%s%d@example.org", mentor ? "mentor" : "mentee", number);
    struct account account = {id, email, email, "", "en", false, false};
    struct enrolment enrolment = {.id = id + 20000,
                                  .person = id,
                                  .cohort = year->cohort,
                                  .role = mentor ? "mentor" : "mentee",
                                  .state = "approved",
                                  .level = mentor ? 3 : 1,
                                  .topics = "data ",
                                  .top = "data",
                                  .goal = mentor ? "" : "Learn it",
                                  .languages = "en ",
                                  .week = weeks[draw(year, 4)],
                                  .formats = "video ",
                                  .places = mentor ? 1 + draw(year, 3) : 1,
                                  .sent_at = now_us};
    *ret_id = enrolment.id;
    TRY(account_add(tx, &account, now_us));
    TRY(account_set_profile(tx, id, email, "", zones[draw(year, 7)]));
    return enrolment_add(tx, &year->arena, &enrolment, now_us);
}

static enum rc fill(struct db_tx *tx, void *data)
{
    struct year *year = data;
    struct cohort cohort = {.id = year->cohort,
                            .name = "Spring",
                            .about = "",
                            .starts = "2027-01-11",
                            .weeks = 40,
                            .state = "running",
                            .cadence = 2,
                            .hours = 2};
    TRY(cohort_add(tx, &cohort));
    for (int k = 0; k < year->mentees; k++)
        TRY(add_one(tx, year, false, k, &year->mentee[k]));
    for (int k = 0; k < year->mentors; k++)
        TRY(add_one(tx, year, true, k, &year->mentor[k]));
    TRY(db_do(
        tx, NULL,
        "INSERT INTO match_rules(id, cohort, version, made_at, made_by, overlap, gap, language, "
        "employer, format, lowest, w_topics, w_level, w_time, w_languages, w_formats, w_choices, "
        "best, asks, days, passes_on) VALUES (7, $1, 1, 0, 0, 60, 0, 1, 1, 1, 0, 10, 3, 4, 1, 1, 3, "
        "'most', 'none', 7, 0)",
        DB_ARGS(DB_INT(year->cohort))));
    year->run = (struct match_run){.id = db_new_id(now_us), .cohort = year->cohort, .rules = 7};
    return run_add(tx, &year->run, 0, now_us);
}

// ---- a day of one pair -----------------------------------------------------------------------

// What a pair does today: known before it is read, so that the quiet ones cost nothing.
struct plan {
    bool due;    // a meeting that is over, and not written down
    bool settle; // a new one
    bool answer; // questions that are open
    bool message;
    bool agree;
    bool longer;
    bool move; // to another zone
    bool pause;
    bool early; // the end
    bool back;  // from a pause
};

struct day {
    struct year *year;
    struct plan plan;
    struct db_tx *tx;
    struct arena *arena;
    struct req req; // as if one of the two had asked
    struct ending ending;
    struct pair pair;
};

// The pair as one of the two sees it, and a request of hers.
static void become(struct day *d, bool mentor)
{
    const struct match *m = &d->pair.match;
    d->pair.mentor = mentor;
    d->pair.me = mentor ? m->mentor_person : m->mentee_person;
    d->pair.other = mentor ? m->mentee_person : m->mentor_person;
    d->pair.zone = mentor ? m->mentor_zone : m->mentee_zone;
    d->pair.other_zone = mentor ? m->mentee_zone : m->mentor_zone;
    d->req = (struct req){
        .app = &d->year->app, .arena = d->arena, .tx = d->tx, .now_us = now_us, .writes = true};
    d->req.actor.person = d->pair.me;
}

static enum rc find_slot(struct day *d, int64_t *ret_at)
{
    struct db_rows *rows = NULL;
    struct meeting_wish wish = {.minutes = 45, .from_us = now_us + DAY_US};
    int64_t slots[MEETING_SLOTS_MAX];
    size_t count = 0;
    struct db_rows *mine = NULL;
    struct db_rows *theirs = NULL;
    TRY(db_query(
        d->tx, d->arena, &rows,
        "SELECT x.week, y.week FROM enrolment x, enrolment y WHERE x.id = $1 AND y.id = $2",
        DB_ARGS(DB_INT(d->pair.match.mentee), DB_INT(d->pair.match.mentor))));
    TRY(meeting_busy(d->tx, d->arena, d->pair.me, now_us, &mine));
    TRY(meeting_busy(d->tx, d->arena, d->pair.other, now_us, &theirs));
    wish.mine = db_text(rows, 0, 0);
    wish.theirs = db_text(rows, 0, 1);
    wish.my_zone = d->pair.zone;
    wish.their_zone = d->pair.other_zone;
    wish.my_busy = mine;
    wish.their_busy = theirs;
    TRY(meeting_suggest(d->arena, &wish, slots, &count));
    *ret_at = count == 0 ? 0 : slots[draw(d->year, (uint32_t)count)];
    return RC_OK;
}

static enum rc settle_meeting(struct day *d)
{
    struct meeting m = {
        .match = d->pair.match.id, .minutes = 45, .format = "video", .place = "", .agenda = ""};
    int64_t at = 0;
    become(d, false);
    TRY(find_slot(d, &at));
    if (at == 0)
        return RC_OK;
    m.by = d->pair.me;
    TRY(meeting_propose(&d->req, &m, &at, 1));
    become(d, true);
    TRY(meeting_accept(&d->req, &d->pair, m.id, at));
    TRY(meeting_find(d->tx, d->arena, m.match, m.id, &m));
    d->year->seen.settled++;
    return meeting_invite(&d->ending.at, d->ending.url, &d->pair, &m, "REQUEST");
}

// What was to take place did, or one of the two did not come.
static enum rc write_down(struct day *d)
{
    struct meeting *all = NULL;
    size_t count = 0;
    TRY(meeting_list(d->tx, d->arena, d->pair.match.id, &all, &count));
    for (size_t k = 0; k < count; k++) {
        if (strcmp(all[k].state, "scheduled") != 0 || all[k].at > now_us)
            continue;
        uint32_t how = draw(d->year, 20);
        all[k].state = how == 0 ? "no_show_mentee" : how == 1 ? "no_show_mentor" : "held";
        all[k].by = d->pair.match.mentee_person;
        all[k].held_minutes = how < 2 ? 0 : 45;
        TRY(meeting_end(&d->ending.at, &all[k], "scheduled"));
        d->year->seen.held += how >= 2;
        become(d, true);
        const struct report report = {1 + draw(d->year, 5), "", 0, ""};
        TRY(report_set(&d->req, all[k].id, &report));
    }
    return RC_OK;
}

static enum rc answer_questions(struct day *d)
{
    struct survey *all = NULL;
    size_t count = 0;
    become(d, draw(d->year, 2) == 0);
    TRY(survey_open_list(&d->req, d->pair.match.id, &all, &count));
    for (size_t k = 0; k < count && draw(d->year, 2) == 0; k++) {
        TRY(survey_done(&d->req, &all[k]));
        TRY(survey_answer(&d->req, &all[k], "satisfied", 1 + draw(d->year, 5), ""));
    }
    return RC_OK;
}

static enum rc agree(struct day *d, const char *ends_on)
{
    struct agreement *all = NULL;
    size_t count = 0;
    const struct agreement agreement = {.goals = "x",
                                        .cadence = 2,
                                        .channel = "x",
                                        .privacy = "x",
                                        .scheduling = "both",
                                        .notice = 24,
                                        .ends_on = ends_on,
                                        .otherwise = "x"};
    become(d, false);
    TRY(agreement_add(&d->req, &d->pair, &agreement));
    TRY(agreement_list(d->tx, d->arena, d->pair.match.id, &all, &count));
    become(d, true);
    return agreement_sign(&d->req, &d->pair, all[0].version);
}

static enum rc live(struct day *d)
{
    struct year *year = d->year;
    const struct plan *plan = &d->plan;
    if (plan->back)
        return pair_resume(&d->ending, &d->pair);
    if (plan->due)
        TRY(write_down(d));
    if (plan->settle)
        TRY(settle_meeting(d));
    if (plan->answer)
        TRY(answer_questions(d));
    if (plan->message) {
        become(d, draw(year, 2) == 0);
        TRY(message_add(&d->req, &d->pair, "Hello"));
    }
    if (plan->agree)
        TRY(agree(d, d->pair.ends_on));
    if (plan->longer) {
        year->seen.longer++;
        TRY(agree(d, "2027-12-20"));
    }
    if (plan->move) {
        year->seen.zones++;
        TRY(account_set_profile(d->tx, d->pair.match.mentee_person, d->pair.match.mentee_name, "",
                                zones[draw(year, 7)]));
    }
    if (plan->pause) {
        year->seen.pauses++;
        return pair_pause(&d->ending, &d->pair, now_us + (1 + draw(year, 60)) * DAY_US,
                          d->pair.match.mentee_person, "");
    }
    if (plan->early) {
        year->seen.early++;
        return pair_finish(&d->ending, &d->pair, "ended", "mentee_time", "",
                           d->pair.match.mentee_person);
    }
    return RC_OK;
}

// Columns: its state, when its pause ends, meetings that are over, meetings to come, open
// questions.
static bool make_plan(struct year *year, const struct db_rows *rows, size_t k, struct plan *plan)
{
    const char *state = db_text(rows, k, 1);
    *plan = (struct plan){0};
    if (strcmp(state, "paused") == 0) {
        plan->back = db_int(rows, k, 2) < now_us && draw(year, 4) == 0;
        return plan->back;
    }
    plan->due = db_int(rows, k, 3) > 0;
    plan->settle = db_int(rows, k, 4) == 0 && draw(year, 8) == 0;
    plan->answer = db_int(rows, k, 5) > 0 && draw(year, 3) == 0;
    plan->message = draw(year, 12) == 0;
    plan->agree = draw(year, 40) == 0;
    plan->longer = strcmp(state, "closing") == 0 && draw(year, 60) == 0;
    plan->move = draw(year, 300) == 0;
    plan->pause = draw(year, 150) == 0;
    plan->early = !plan->pause && draw(year, 700) == 0;
    return plan->due || plan->settle || plan->answer || plan->message || plan->agree ||
           plan->longer || plan->move || plan->pause || plan->early;
}

// ---- the whole day ---------------------------------------------------------------------------

// New pairs, as long as there are places; whoever has none is passed over.
static enum rc begin_some(struct db_tx *tx, struct year *year, struct arena *arena)
{
    const struct app_place at = {tx, arena, &year->app, now_us};
    struct match_rules rules;
    TRY(rules_find(tx, arena, 7, &rules));
    for (int k = 0; k < NEWCOMERS_A_DAY; k++) {
        int64_t id = 0;
        const struct match_pair pair = {.mentee = year->mentee[draw(year, (uint32_t)year->mentees)],
                                        .mentor =
                                            year->mentor[draw(year, (uint32_t)year->mentors)]};
        enum rc rc = match_offer(&at, &year->run, &rules, &pair, &id);
        if (rc != RC_OK && rc != RC_LIMIT)
            return rc;
    }
    return RC_OK;
}

static enum rc live_all(struct db_tx *tx, struct year *year)
{
    enum { ONE_LIMIT_BYTES = 8 << 20 };
    struct arena arena;
    struct db_rows *rows = NULL;
    arena_open(&arena, 16 << 20);
    enum rc rc = begin_some(tx, year, &arena);
    if (rc == RC_OK)
        rc = db_query(
            tx, &arena, &rows,
            "SELECT m.id, m.state, m.paused_until, coalesce(t.over, 0), coalesce(t.later, 0), "
            "coalesce(s.open, 0) FROM match m LEFT JOIN (SELECT match, count(*) FILTER (WHERE at <= "
            "$1) AS over, count(*) FILTER (WHERE at > $1) AS later FROM meeting WHERE state = "
            "'scheduled' GROUP BY match) t ON t.match = m.id LEFT JOIN (SELECT match, count(*) AS "
            "open FROM survey WHERE answered_at = 0 AND closed_at = 0 GROUP BY match) s ON s.match "
            "= m.id WHERE m.state IN ('active', 'paused', 'closing') ORDER BY m.mentee, m.id",
            DB_ARGS(DB_INT(now_us)));
    for (size_t k = 0; rc == RC_OK && k < db_count(rows); k++) {
        struct arena one;
        struct plan plan;
        if (!make_plan(year, rows, k, &plan))
            continue;
        arena_open(&one, ONE_LIMIT_BYTES);
        struct day day = {
            .year = year,
            .plan = plan,
            .tx = tx,
            .arena = &one,
            .ending = {{tx, &one, &year->app, now_us}, "http://example.org"}
        };
        rc = pair_find(tx, &one, db_int(rows, k, 0), &day.pair);
        if (rc == RC_OK)
            rc = live(&day);
        arena_close(&one);
    }
    arena_close(&arena);
    return rc;
}

// Letters are counted and taken away: another test sends them.
static enum rc read_letters(struct db_tx *tx, struct year *year)
{
    struct arena arena;
    struct db_rows *rows = NULL;
    arena_open(&arena, 64 << 20);
    enum rc rc =
        db_query(tx, &arena, &rows, "SELECT body FROM job WHERE kind = 'mail'", DB_NO_ARGS);
    for (size_t k = 0; rc == RC_OK && k < db_count(rows); k++) {
        year->seen.letters++;
        year->seen.cancels += strstr(db_text(rows, k, 0), "METHOD:CANCEL") != NULL;
        year->seen.unsigned_asked +=
            strstr(db_text(rows, k, 0), "Have you two agreed how you work") != NULL;
        year->seen.requests += strstr(db_text(rows, k, 0), "METHOD:REQUEST") != NULL;
    }
    arena_close(&arena);
    return rc == RC_OK ? db_do(tx, NULL, "DELETE FROM job WHERE kind = 'mail'", DB_NO_ARGS) : rc;
}

static enum rc day_work(struct db_tx *tx, void *data)
{
    struct year *year = data;
    TRY(read_letters(tx, year));
    return live_all(tx, year);
}

// ---- invariants ------------------------------------------------------------------------------

// Each counts what must not be there. Numbers as in the specification, section 0.
static const struct {
    const char *name;
    const char *sql;
} invariants[] = {
    {"1: no mentor has more pairs than places",
     "SELECT count(*) FROM enrolment e WHERE e.role = 'mentor' AND (SELECT count(*) FROM match m "
     "WHERE m.mentor = e.id AND m.state IN ('offered', 'active', 'paused', 'closing')) > e.places"},
    {"2: no mentee has more mentors than she wants",
     "SELECT count(*) FROM enrolment e WHERE e.role = 'mentee' AND (SELECT count(*) FROM match m "
     "WHERE m.mentee = e.id AND m.state IN ('offered', 'active', 'paused', 'closing')) > e.places"},
    {"3: nobody with herself",
     "SELECT count(*) FROM match m JOIN enrolment x ON x.id = m.mentee JOIN enrolment y ON y.id = "
     "m.mentor WHERE x.person = y.person"                                                         },
    {"a match carries its two people, their names, and the mentee's as she is listed",
     "SELECT count(*) FROM match m JOIN enrolment x ON x.id = m.mentee JOIN enrolment y ON y.id = "
     "m.mentor JOIN person a ON a.id = x.person JOIN person b ON b.id = y.person WHERE "
     "m.mentee_person <> a.id OR m.mentor_person <> b.id OR m.mentee_key <> x.name_key OR "
     "m.mentee_name <> a.name OR m.mentor_name <> b.name"                                         },
    {"4: nothing to come of a pair that is over or paused",
     "SELECT count(*) FROM meeting t JOIN match m ON m.id = t.match WHERE m.state IN ('ended', "
     "'completed', 'paused') AND (t.state = 'proposed' OR (t.state = 'scheduled' AND t.at > "
     "m.ended_at AND m.ended_at > 0))"                                                            },
    {"4: no question is open for a pair that is over",
     "SELECT count(*) FROM survey s JOIN match m ON m.id = s.match WHERE m.state IN ('ended', "
     "'completed') AND s.answered_at = 0 AND s.closed_at = 0"                                     },
    {"an end has its time, and nothing else has one",
     "SELECT count(*) FROM match m WHERE (m.state IN ('ended', 'completed')) <> (m.ended_at > 0)" },
    {"two meetings of one person do not overlap",
     "SELECT count(*) FROM meeting a JOIN match m ON m.id = a.match JOIN match n ON n.mentor = "
     "m.mentor JOIN meeting b ON b.match = n.id AND b.id > a.id WHERE a.state = 'scheduled' AND "
     "b.state = 'scheduled' AND a.at < b.at + b.minutes * 60000000 AND b.at < a.at + a.minutes * "
     "60000000"                                                                                   },
    {"each question is asked once",
     "SELECT count(*) FROM (SELECT 1 FROM survey GROUP BY match, person, kind, number HAVING "
     "count(*) > 1) q"                                                                            },
    {"both sides are asked the same",
     "SELECT count(*) FROM (SELECT 1 FROM survey GROUP BY match, kind, number HAVING count(*) <> 2) "
     "q"                                                                                          },
    {"one agreement holds at most",
     "SELECT count(*) FROM (SELECT 1 FROM agreement WHERE superseded = 0 AND mentee_signed > 0 AND "
     "mentor_signed > 0 AND staff IN (0, 2) GROUP BY match HAVING count(*) > 1) q"                },
};

static int64_t count_of(struct db_tx *tx, struct arena *arena, const char *sql)
{
    struct db_rows *rows = NULL;
    return db_query(tx, arena, &rows, sql, DB_NO_ARGS) == RC_OK ? db_int(rows, 0, 0) : -1;
}

static bool may_move(const char *from, const char *to)
{
    // The last is two moves of one day: back from a pause, and into the last weeks.
    static const char *const moves[] = {
        "active paused",  "active closing",    "active ended",   "paused active", "paused ended",
        "closing active", "closing completed", "closing paused", "closing ended", "paused closing"};
    char move[32];
    snprintf(move, sizeof move, "%s %s", from, to);
    for (size_t k = 0; k < sizeof moves / sizeof moves[0]; k++)
        if (strcmp(moves[k], move) == 0)
            return true;
    return strcmp(from, to) == 0;
}

static void follow_states(struct year *year, const struct db_rows *rows)
{
    for (size_t k = 0; k < db_count(rows); k++) {
        size_t at = 0;
        while (at < year->known_count && year->known[at].match != db_int(rows, k, 0))
            at++;
        if (at == year->known_count && at < sizeof year->known / sizeof year->known[0]) {
            year->known[at].match = db_int(rows, k, 0);
            snprintf(year->known[at].state, sizeof year->known[at].state, "active");
            year->known_count++;
        }
        if (at >= year->known_count)
            continue;
        year->seen.wrong += !may_move(year->known[at].state, db_text(rows, k, 1));
        snprintf(year->known[at].state, sizeof year->known[at].state, "%s", db_text(rows, k, 1));
    }
}

struct verdict {
    struct year *year;
    const char *broken; // the first invariant that does not hold; NULL: all do
};

static enum rc check_work(struct db_tx *tx, void *data)
{
    struct verdict *verdict = data;
    struct year *year = verdict->year;
    struct arena arena;
    struct db_rows *rows = NULL;
    arena_open(&arena, 16 << 20);
    for (size_t k = 0; k < sizeof invariants / sizeof invariants[0]; k++)
        if (count_of(tx, &arena, invariants[k].sql) != 0 && verdict->broken == NULL)
            verdict->broken = invariants[k].name;
    int64_t kept = count_of(tx, &arena,
                            "SELECT (SELECT count(*) FROM message) + (SELECT count(*) FROM goal) + "
                            "(SELECT count(*) FROM agreement) + (SELECT count(*) FROM meeting)");
    if (kept < year->last_count && verdict->broken == NULL)
        verdict->broken = "5: nothing that people wrote goes away";
    year->last_count = kept;
    if (db_query(tx, &arena, &rows, "SELECT id, state FROM match", DB_NO_ARGS) == RC_OK)
        follow_states(year, rows);
    if (year->seen.wrong > 0 && verdict->broken == NULL)
        verdict->broken = "a pair moves only as its states allow";
    arena_close(&arena);
    return RC_OK;
}

// ---- the year --------------------------------------------------------------------------------

static bool live_a_year(struct year *year, const char *engine)
{
    struct verdict verdict = {.year = year};
    for (int day = 0; day < DAYS && verdict.broken == NULL; day++) {
        unsigned ran = 0;
        if (db_write(year->installation.db, day_work, year) != RC_OK)
            return ok(false, "%s: day %d goes through", engine, day);
        now_us += DAY_US;
        if (jobs_run_due(&year->jobs, &ran) != RC_OK)
            return ok(false, "%s: the clock of day %d goes through", engine, day);
        db_read(year->installation.db, 0, check_work, &verdict);
        if (verdict.broken != NULL)
            printf("# day %d\n", day);
    }
    return ok(verdict.broken == NULL, "%s: every day keeps %s", engine,
              verdict.broken == NULL ? "all invariants" : verdict.broken);
}

struct question {
    const char *sql;
    int64_t answer;
};

static enum rc count_work(struct db_tx *tx, void *data)
{
    struct question *question = data;
    struct arena arena;
    arena_open(&arena, 1 << 20);
    question->answer = count_of(tx, &arena, question->sql);
    arena_close(&arena);
    return RC_OK;
}

static int64_t count(struct year *year, const char *sql)
{
    struct question question = {sql, -1};
    db_read(year->installation.db, 0, count_work, &question);
    return question.answer;
}

static enum rc letters_work(struct db_tx *tx, void *data)
{
    return read_letters(tx, data);
}

static void look_back(struct year *year, const char *engine)
{
    const struct seen *s = &year->seen;
    is_int(db_write(year->installation.db, letters_work, year), RC_OK, "%s: the last letters",
           engine);
    int64_t pairs = count(year, "SELECT count(*) FROM match");
    int64_t completed = count(year, "SELECT count(*) FROM match WHERE state = 'completed'");
    int64_t cancelled =
        count(year, "SELECT count(*) FROM meeting WHERE state = 'cancelled_in_time'");
    ok(pairs >= year->mentees && completed > year->mentees / 4 && s->early > 0 &&
           s->pauses > year->mentees / 4,
       "%s: %lld pairs, %lld completed, %lld ended early, %lld pauses, %lld longer", engine,
       (long long)pairs, (long long)completed, (long long)s->early, (long long)s->pauses,
       (long long)s->longer);
    ok(s->held > 5 * year->mentees && s->zones > 0,
       "%s: %lld of %lld meetings held, %lld changes of zone", engine, (long long)s->held,
       (long long)s->settled, (long long)s->zones);
    is_int(s->requests, 2 * s->settled, "%s: each meeting is sent to both calendars once", engine);
    is_int(s->unsigned_asked,
           2 * count(year, "SELECT count(*) FROM match WHERE agreement_asked > 0"),
           "%s: both are reminded of the agreement once, %lld letters", engine,
           (long long)s->unsigned_asked);
    ok(s->unsigned_asked > 0 &&
           count(year,
                 "SELECT count(*) FROM match m WHERE m.state = 'active' AND m.agreement_asked = "
                 "0 AND (SELECT count(*) FROM meeting t WHERE t.match = m.id AND t.state = "
                 "'held') > 3 AND NOT EXISTS (SELECT 1 FROM agreement g WHERE g.match = m.id)") ==
               0,
       "%s: and no pair that has met often is left out", engine);
    is_int(s->cancels, 2 * cancelled, "%s: and each that is called off too", engine);
    is_int(count(year, "SELECT count(*) FROM match m WHERE m.state = 'completed' AND NOT EXISTS "
                       "(SELECT 1 FROM survey s WHERE s.match = m.id AND s.kind = 'end')"),
           0, "%s: whoever came to the end was asked how it was", engine);
    is_int(count(year, "SELECT count(*) FROM match m WHERE m.begun = 1 AND (SELECT count(*) FROM "
                       "goal g WHERE g.match = m.id AND g.of_signup = 1) <> 2"),
           0, "%s: her words and what she picked at sign-up are drafts in every pair, once",
           engine);
    ok(count(year, "SELECT count(*) FROM survey WHERE kind = 'pulse'") > 2 * year->mentees &&
           count(year, "SELECT count(*) FROM survey WHERE kind = 'mid'") > year->mentees / 2,
       "%s: questions were asked in between", engine);
    ok(count(year, "SELECT count(*) FROM match WHERE state = 'closing' AND ends_on < '2027-12-01' "
                   "AND closing_at < 1830470400000000") == 0,
       "%s: none is left in its last weeks", engine);
}

static bool open_year(struct year *year, struct test_place *place, int engine)
{
    struct db_settings settings = {0};
    arena_open(&year->arena, 64 << 20);
    if (!test_place_new(place, engine, &settings, year->space))
        return false;
    // Thousands of small transactions: without a disk where the machine has room in memory.
    snprintf(year->memory, sizeof year->memory, "/dev/shm/trellis-year-XXXXXX");
    now_us = (int64_t)1799625600 * US; // 2027-01-11 00:00 UTC
    year->chance = 7;
    year->mentees = (int)tap_share(MENTEES);
    year->mentors = (int)tap_share(MENTORS);
    year->cohort = 1000;
    year->installation =
        (struct installation){.folder = settings.folder, .url = settings.url, .readers = 2};
    year->app = (struct app){.site = "Trellis",
                             .url = "http://example.org",
                             .slices = installation_slices(),
                             .mail = "trellis@example.org"};
    if (engine == 0 && mkdtemp(year->memory) != NULL)
        year->installation.folder = year->memory;
    if (installation_open(&year->installation) != RC_OK)
        return false;
    year->kinds[0] = pair_clock_kind(&year->app);
    year->kinds[1] = pair_message_kind(&year->app);
    // Letters wait in the other lane for read_letters: nobody claims each of them.
    year->kinds[2] = (struct job_kind){.name = "mail", .lasts = true};
    year->jobs = (struct jobs_settings){.db = year->installation.db,
                                        .lane = JOBS_SHORT,
                                        .kinds = year->kinds,
                                        .kind_count = KINDS,
                                        .now_us = test_now};
    return db_write(year->installation.db, fill, year) == RC_OK;
}

static void remove_folder(const char *folder)
{
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    test_shell(command);
}

static void live_on_one(struct test_place *place, int engine)
{
    static const char *const engines[] = {"SQLite", "PostgreSQL"};
    static struct year year;
    if (ok(open_year(&year, place, engine), "%s opens", engines[engine])) {
        if (live_a_year(&year, engines[engine]))
            look_back(&year, engines[engine]);
        db_close(year.installation.db);
        arena_close(&year.installation.arena);
    }
    if (engine == 0)
        remove_folder(year.memory);
    arena_close(&year.arena);
}

// The year on one engine, in a process of its own that writes into a file.
static int live_aside(struct test_place *place, int engine, const char *path)
{
    if (freopen(path, "w", stdout) == NULL)
        return 1;
    live_on_one(place, engine);
    return fflush(stdout) == 0 && tap_failed == 0 ? 0 : 1;
}

// What it found is said here as one line; what was wrong, in full.
static void tell_aside(const char *path, bool well)
{
    char line[600];
    unsigned lines = 0;
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        lines += strncmp(line, "ok ", 3) == 0;
        printf("# %s", line);
    }
    if (file != NULL)
        fclose(file);
    ok(well && lines > 5, "PostgreSQL: the same year beside it, %u checks", lines);
}

int main(void)
{
    struct test_place place;
    char path[100];
    int status = 1;
    test_place_open(&place);
    snprintf(path, sizeof path, "%s/year.tap", place.folder);
    (void)fflush(stdout);
    pid_t aside = fork();
    if (aside == 0)
        _exit(live_aside(&place, 1, path));
    struct test_place own;
    test_place_open(&own);
    live_on_one(&own, 0);
    test_place_close(&own);
    bool well = aside > 0 && waitpid(aside, &status, 0) == aside && WIFEXITED(status) &&
                WEXITSTATUS(status) == 0;
    tell_aside(path, well);
    test_place_close(&place);
    return tap_done();
}
