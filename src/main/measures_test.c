// SPDX-License-Identifier: Apache-2.0
//
// The value of every measure, on both engines, of a cohort so small that each can be counted by
// hand: eight mentees with eight mentors, nine pairs, what they did, and one who waits. A measure
// without a value here fails the test.
#define _POSIX_C_SOURCE 200809L // mkdtemp

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/improve/improve_store.h"
#include "app/match/match.h"
#include "bench_test.h"

enum { COHORT = 1000, PEOPLE = 8, MENTEE = 2000, MENTOR = 2100 };
static const int64_t now_us = 1800000000000000;

static int64_t test_now(void)
{
    return now_us;
}

// $1 is now. A day is 86,400,000,000.
#define DAYS(n) "($1 - " #n " * 86400000000)"
#define MATCH(id, mentee, mentor, state, began, ended, reason)                                     \
    "INSERT INTO match(id, cohort, run, mentee, mentor, state, asked, mentee_yes, mentor_yes, "    \
    "made_at, ends_at, reminded, began_at, ended_at, reason, words, " MATCH_PEOPLE                 \
    ") VALUES (" #id ", 1000, 3000, " #mentee ", " #mentor ", '" state                             \
    "', '', 1, 1, " DAYS(105) ", 0, 0, " began ", " ended ", '" reason                             \
                              "', '', " MATCH_PEOPLE_OF(#mentee, #mentor) ")"
#define MEETING(id, match, state, at, minutes)                                                     \
    "INSERT INTO meeting(id, match, state, by_person, at, minutes, format, place, agenda, "        \
    "sequence, reason, excused, held_minutes, topics, made_at, changed_at, reminded) VALUES (" #id \
    ", " #match ", '" state "', 1100, " at ", 60, 'video', '', '', 0, '', 0, " #minutes            \
    ", '', 1, 1, 2)"
#define SURVEY(id, match, person, kind, answered)                                                  \
    "INSERT INTO survey(id, match, person, kind, number, asked_at, answered_at, closed_at) "       \
    "VALUES (" #id ", " #match ", " #person ", '" kind "', 1, " DAYS(20) ", " answered ", 0)"
#define ANSWER(survey, question, number, words)                                                    \
    "INSERT INTO survey_answer(survey, question, number, words) SELECT " #survey ", '" question    \
    "', " #number ", '" words "' FROM cohort WHERE id = 1000 AND $1 > 0"
#define GOAL(id, match, state)                                                                     \
    "INSERT INTO goal(id, match, title, why, success, due, state, progress, evidence, "            \
    "reason, mentee_yes, mentor_yes, made_at, changed_at) VALUES (" #id ", " #match                \
    ", 'A', '', 'B', '', '" state "', 0, '', '', 1, 1, $1, $1)"
#define OBJECTIVE(id)                                                                              \
    "INSERT INTO objective(id, cohort, title, measure, baseline, target, due) SELECT " #id         \
    ", 1000, 'A', 'B', '', 'C', '' FROM cohort WHERE id = 1000 AND $1 > 0"
#define SERVES(goal, objective)                                                                    \
    "INSERT INTO goal_objective(goal, objective) SELECT " #goal ", " #objective                    \
    " FROM cohort WHERE id = 1000 AND $1 > 0"
#define SKILL(topic, moment, level)                                                                \
    "INSERT INTO skill(match, person, topic, moment, level, at) VALUES (3100, 1100, '" topic       \
    "', '" moment "', " #level ", $1)"
#define AGREED(id, match, version, until)                                                          \
    "INSERT INTO agreement(id, match, version, goals, cadence, channel, privacy, scheduling, "     \
    "notice, ends_on, otherwise, made_by, made_at, mentee_signed, mentor_signed, superseded) "     \
    "VALUES (" #id ", " #match ", " #version ", '', 2, '', '', '', 24, '" until                    \
    "', '', 1100, $1, $1, $1, 0)"
#define LATER(id, enrolment, person, months, answered)                                             \
    "INSERT INTO later(id, enrolment, person, months, hash, asked_at, answered_at) VALUES (" #id   \
    ", " #enrolment ", " #person ", " #months ", '', $1, " answered ")"
#define SAID(later, question, number)                                                              \
    "INSERT INTO later_answer(later, question, number) SELECT " #later ", '" question              \
    "', " #number " FROM cohort WHERE id = 1000 AND $1 > 0"
#define DONE(training, person)                                                                     \
    "INSERT INTO completion(training, person, version, at) VALUES (" #training ", " #person        \
    ", 1, $1)"

static const char *const facts[] = {
    "UPDATE enrolment SET sent_at = " DAYS(
        120) ", places = CASE WHEN role = 'mentor' THEN 2 ELSE 1 END",
    "UPDATE enrolment SET sent_at = " DAYS(1) ", state = 'submitted' WHERE id = 2205",
    "UPDATE enrolment SET state = 'waitlisted' WHERE id = 2008 AND $1 > 0",
    "INSERT INTO enrolment_move(id, enrolment, from_state, to_state, reason, moved_by, batch, at, "
    "undone) SELECT e.id + 5000, e.id, 'submitted', 'approved', '', 0, 0, " DAYS(
        110) ", 0 FROM enrolment "
             "e WHERE e.state = 'approved'",
    "INSERT INTO enrolment_move(id, enrolment, from_state, to_state, reason, moved_by, batch, at, "
    "undone) VALUES (9001, 2000, 'submitted', 'waitlisted', '', 0, 0, " DAYS(
        115) ", 0), (9002, 2008, "
             "'submitted', 'waitlisted', '', 0, 0, " DAYS(20) ", 0)",
    "INSERT INTO match_run(id, cohort, state, made_at, mentees, mentors, matched, total, lowest, proved, "
    "seed) VALUES (3000, 1000, 'published', $1, 0, 0, 0, 0, 0, 0, 0)",
    MATCH(3100, 2000, 2100, "active", DAYS(60), "0", ""),
    MATCH(3101, 2001, 2101, "active", DAYS(60), "0", ""),
    MATCH(3102, 2002, 2102, "active", DAYS(60), "0", ""),
    MATCH(3103, 2003, 2103, "active", DAYS(60), "0", ""),
    MATCH(3104, 2004, 2104, "active", DAYS(60), "0", ""),
    MATCH(3105, 2005, 2105, "completed", DAYS(100), DAYS(10), ""),
    MATCH(3106, 2006, 2106, "ended", DAYS(90), DAYS(30), "mentee_time"),
    MATCH(3107, 2007, 2107, "ended", DAYS(90), DAYS(45), "mentor_fit"),
    MATCH(3108, 2007, 2106, "active", DAYS(40), "0", ""),
    MATCH(3109, 2000, 2101, "not_started", "0", "0", "expired"),
    "UPDATE match SET continues = 3107 WHERE id = 3108 AND $1 > 0",
    MEETING(1, 3100, "held", DAYS(50), 60),
    MEETING(2, 3100, "held", DAYS(20), 60),
    MEETING(3, 3101, "held", DAYS(55), 30),
    MEETING(4, 3104, "held", DAYS(55), 45),
    MEETING(5, 3104, "held", DAYS(45), 45),
    MEETING(6, 3104, "held", DAYS(35), 45),
    MEETING(7, 3104, "held", DAYS(31), 45),
    MEETING(8, 3105, "held", DAYS(95), 60),
    MEETING(9, 3105, "held", DAYS(60), 60),
    MEETING(10, 3105, "held", DAYS(31), 60),
    MEETING(11, 3102, "no_show_mentor", DAYS(40), 0),
    "INSERT INTO message(id, match, person, text, at, mailed) VALUES (1, 3103, 1103, 'x', " DAYS(
        5) ", 1)",
    "INSERT INTO report(meeting, person, useful, line, shared, private, at) VALUES (1, 1100, 4, '', 0, '', "
    "$1), (1, 1200, 2, '', 0, '', $1)",
    SURVEY(1, 3100, 1100, "fit", "$1"),
    SURVEY(2, 3100, 1200, "fit", "$1"),
    SURVEY(3, 3101, 1101, "fit", "$1"),
    SURVEY(4, 3100, 1100, "pulse", "$1"),
    SURVEY(5, 3101, 1101, "pulse", "$1"),
    SURVEY(6, 3105, 1105, "end", "$1"),
    SURVEY(7, 3105, 1205, "end", "$1"),
    SURVEY(8, 3106, 1106, "end", "$1"),
    SURVEY(9, 3101, 1201, "fit", "0"),
    SURVEY(10, 3106, 1206, "end", "0"),
    SURVEY(11, 3106, 1106, "early", "$1"),
    SURVEY(12, 3106, 1206, "early", "$1"),
    SURVEY(13, 3107, 1107, "early", "$1"),
    SURVEY(14, 3107, 1207, "early", "0"),
    ANSWER(11, "fit_end", 0, "good"),
    ANSWER(12, "fit_end", 0, "not"),
    ANSWER(13, "fit_end", 0, "deciding"),
    ANSWER(1, "fit", 0, "good"),
    ANSWER(2, "fit", 0, "not"),
    ANSWER(3, "fit", 0, "deciding"),
    ANSWER(4, "satisfied", 5, ""),
    ANSWER(5, "satisfied", 2, ""),
    ANSWER(6, "recommend", 9, ""),
    ANSWER(7, "recommend", 10, ""),
    ANSWER(8, "recommend", 6, ""),
    OBJECTIVE(77),
    OBJECTIVE(78),
    GOAL(1, 3100, "achieved"),
    GOAL(2, 3100, "agreed"),
    GOAL(3, 3101, "draft"),
    SERVES(2, 77),
    SERVES(2, 78),
    SKILL("data", "start", 2),
    SKILL("data", "end", 4),
    SKILL("ux", "start", 3),
    SKILL("ux", "end", 2),
    AGREED(1, 3100, 1, "2027-01-01"),
    AGREED(2, 3100, 2, "2027-03-01"),
    AGREED(3, 3101, 1, "2027-01-01"),
    "INSERT INTO circle(id, cohort, title, topic, about, lead, colead, capacity, joining, visibility, state, "
    "reason, merge_into, ends_at, made_at, ended_at) VALUES (1, 1000, 'A', '', '', 1100, 0, 8, 'open', "
    "'public', 'open', '', 0, $1, $1, 0)",
    "INSERT INTO circle_member(circle, person, state, words, at) VALUES (1, 1100, 'member', '', $1), (1, 1101, "
    "'member', '', $1), (1, 1102, 'left', '', $1)",
    "INSERT INTO event(id, cohort, title, kind, about, at, minutes, zone, link, place, seats, captions, "
    "interpreter, step_free, access, recording, recording_captions, state, reason, sequence, reminded, made_by, "
    "made_at, changed_at) VALUES (1, 1000, 'A', 'workshop', '', $1, 60, 'UTC', '', '', 9, 0, 0, 0, '', '', 0, "
    "'planned', '', 0, 0, 1, $1, $1), (2, 1000, 'B', 'talk', '', $1, 60, 'UTC', '', '', 9, 0, 0, 0, '', '', 0, "
    "'planned', '', 0, 0, 1, $1, $1)",
    "INSERT INTO rsvp(event, person, answer, at, came_at, came_by) VALUES (1, 1100, 'going', $1, $1, 1), (2, "
    "1101, 'going', $1, $1, 1), (2, 1102, 'going', $1, 0, 0)",
    "INSERT INTO article(id, title, domain, intro, state, language, made_by, made_at, changed_at, "
    "contributions) VALUES (1, 'A', 'x', '', 'published', 'en', 1, $1, $1, 1)",
    "INSERT INTO article_section(id, article, position, title, body, is_last, approved) SELECT 1, 1, 1, 'A', '', "
    "0, 1 FROM cohort WHERE id = 1000 AND $1 > 0",
    "INSERT INTO contribution(id, section, article, person, kind, body, byline, pseudonym, role, state, note, "
    "sent_at, decided_at, decided_by, changed_at, votes) VALUES (1, 1, 1, 1102, 'story', '', 'name', '', '', "
    "'approved', '', $1, $1, 1, $1, 0)",
    "INSERT INTO training(id, role, language, minutes, version, draft, redo_from, ended_at, made_by, made_at, "
    "ready) VALUES (1, 'mentor', 'en', 9, 1, 0, 0, 0, 1, $1, ''), (2, 'mentee', 'en', 9, 1, 0, 0, 0, 1, $1, '')",
    DONE(1, 1200),
    DONE(1, 1201),
    DONE(2, 1100),
    "INSERT INTO badge_rule(id, root, version, title, about, counts, least, by_hand, is_on, made_by, made_at, "
    "superseded) VALUES (1, 1, 1, 'A', '', 'meetings', 1, 0, 1, 1, $1, 0)",
    "INSERT INTO award(id, rule, root, person, cohort, amount, state, made_at, decided_by, decided_at, reason) "
    "VALUES (1, 1, 1, 1100, 1000, 1, 'confirmed', $1, 0, $1, ''), (2, 1, 1, 1101, 1000, 1, 'candidate', $1, 0, "
    "0, '')",
    "INSERT INTO story(id, person, other, match, cohort, took_part, title, text, role, state, reason, made_at, "
    "changed_at, sent_at, decided_by, published_at, expires_at, reminded) VALUES (1, 1103, 0, 0, 1000, '', 'A', "
    "'', '', 'published', '', $1, $1, $1, 1, $1, $1, 0)",
    LATER(1, 2005, 1105, 6, "$1"),
    LATER(2, 2105, 1205, 6, "0"),
    LATER(3, 2006, 1106, 12, "$1"),
    SAID(1, "in_tech", 1),
    SAID(1, "promoted", 2),
    SAID(1, "new_role", 1),
    SAID(1, "contact", 2),
    SAID(1, "again", 1),
    SAID(3, "in_tech", 2),
    SAID(3, "promoted", 2),
};

// Values in hundredths, as counted by hand.
static const struct {
    const char *name;
    int64_t value;
    int64_t n;
} expected[] = {
    {"people",            1600,  16},
    {"match_rate",        10000, 8 }, // each of eight
    {"days_to_match",     5000,  9 }, // 10 20 20 50 50 50 50 50 70
    {"days_to_meeting",   500,   4 }, // 5 5 5 10
    {"offers_accepted",   9000,  10},
    {"offers_expired",    1000,  10},
    {"places_used",       3750,  16}, // six of sixteen
    {"load_top",          3529,  10}, // 180 of 510 minutes
    {"waiting",           100,   1 },
    {"days_waited",       2000,  1 },
    {"placed",            5000,  2 },
    {"active_rate",       3333,  6 }, // one meeting, one message
    {"meetings_month",    55,    9 }, // 30 times 10, in 544 days
    {"meetings",          111,   9 },
    {"minutes",           5100,  10},
    {"on_cadence",        1111,  9 }, // four meetings in 60 days
    {"missed",            909,   11},
    {"useful",            300,   2 },
    {"fit_good",          3333,  3 },
    {"fit_deciding",      3333,  3 },
    {"fit_not",           3333,  3 },
    {"satisfied",         350,   2 },
    {"recommend",         833,   3 },
    {"nps",               3333,  3 }, // two of 9 and 10, one of 6
    {"answered",          7857,  14},
    {"goals_reached",     5000,  2 },
    {"goals_linked",      3333,  3 },
    {"skill_gain",        50,    2 }, // two up, one down
    {"ended_early",       2222,  9 },
    {"ended_time",        1111,  9 },
    {"ended_fit",         1111,  9 },
    {"ended_silent",      0,     9 },
    {"ended_goals",       0,     9 },
    {"ended_other",       0,     9 },
    {"early_good_mentee", 5000,  2 }, // one still finds out
    {"early_not_mentee",  0,     2 },
    {"early_good_mentor", 0,     1 },
    {"early_not_mentor",  10000, 1 },
    {"rematched",         5000,  2 },
    {"days_to_rematch",   500,   1 },
    {"completed",         3333,  3 },
    {"extended",          5000,  2 },
    {"go_on",             1111,  9 },
    {"returned",          3333,  3 },
    {"circle_reach",      1250,  16},
    {"event_reach",       1250,  16},
    {"contributors",      625,   16},
    {"training_done",     2500,  8 },
    {"workshop_done",     1250,  8 },
    {"workshop_reach",    625,   16},
    {"awarded",           625,   16},
    {"stories",           625,   16},
    {"later_answered",    6666,  3 },
    {"in_tech_6",         10000, 1 },
    {"in_tech_12",        0,     1 },
    {"moved_6",           10000, 1 }, // no promotion, but a new role
    {"moved_12",          0,     1 },
    {"contact_6",         0,     1 },
    {"again_6",           10000, 1 },
};
enum { EXPECTED = sizeof expected / sizeof expected[0] };

static enum rc add(struct db_tx *tx, struct house *house, int64_t person, int64_t enrolment,
                   bool mentor)
{
    const char *email = arena_printf(&house->arena, "p%lld@example.org", (long long)person);
    const struct enrolment as = {
        .id = enrolment, .cohort = COHORT, .role = mentor ? "mentor" : "mentee", .level = 2};
    return house_add_person(tx, house, person, email, &as, now_us);
}

// She was a mentee, and signs up as a mentor.
static enum rc return_as_mentor(struct db_tx *tx, struct house *house)
{
    const struct enrolment as = {.id = 2205,
                                 .person = 1105,
                                 .cohort = COHORT,
                                 .role = "mentor",
                                 .state = "submitted",
                                 .level = 3,
                                 .topics = "",
                                 .languages = "en ",
                                 .week = "",
                                 .formats = "video ",
                                 .places = 1};
    return enrolment_add(tx, &house->arena, &as, now_us);
}

static enum rc fill(struct db_tx *tx, void *data)
{
    struct house *house = data;
    TRY(house_add_cohort(tx, COHORT, "running"));
    for (int k = 0; k <= PEOPLE; k++) // one more mentee, who waits
        TRY(add(tx, house, 1100 + k, MENTEE + k, false));
    for (int k = 0; k < PEOPLE; k++)
        TRY(add(tx, house, 1200 + k, MENTOR + k, true));
    TRY(return_as_mentor(tx, house));
    for (size_t k = 0; k < sizeof facts / sizeof facts[0]; k++) {
        enum rc rc = db_do(tx, NULL, facts[k], DB_ARGS(DB_INT(now_us)));
        if (rc != RC_OK)
            note("%s", facts[k]);
        TRY(rc);
    }
    return RC_OK;
}

static int find_expected(const char *name)
{
    for (int k = 0; k < EXPECTED; k++)
        if (strcmp(expected[k].name, name) == 0)
            return k;
    return -1;
}

static enum rc look(struct db_tx *tx, void *data)
{
    struct house *house = data;
    struct scope *scope = ARENA_NEW(&house->arena, struct scope);
    if (scope == NULL)
        return RC_NO_MEMORY;
    TRY(scope_load(tx, &house->arena, COHORT, scope));
    for (const struct measure_row *row = measure_rows; row->name != NULL; row++) {
        struct seen seen;
        struct measured m;
        int k = find_expected(row->name);
        if (!ok(k >= 0, "%s has a value here", row->name))
            continue;
        TRY(scope_see(tx, &house->arena, scope, row, now_us, &seen));
        const struct observed_list list = {seen.all, seen.count, scope->words};
        TRY(measure_of(&house->arena, row->kind, &list, scope->groups[0].bits, &m));
        ok(m.value == expected[k].value && m.n == expected[k].n, "%s: %lld of %lld, %lld of %lld",
           row->name, (long long)m.value, (long long)m.n, (long long)expected[k].value,
           (long long)expected[k].n);
    }
    return RC_OK;
}

int main(void)
{
    static const char *const engines[] = {"SQLite", "PostgreSQL"};
    struct test_place place;
    test_place_open(&place);
    for (int engine = 0; engine < 2; engine++) {
        struct house *house = calloc(1, sizeof *house);
        if (house != NULL && house_open(house, &place, engine, test_now)) {
            ok(db_write(house->installation.db, fill, house) == RC_OK, "%s: a cohort",
               engines[engine]);
            ok(db_read(house->installation.db, 0, look, house) == RC_OK, "%s: its measures",
               engines[engine]);
        } else {
            ok(false, "%s opens", engines[engine]);
        }
        if (house != NULL)
            house_close(house);
        free(house);
    }
    test_place_close(&place);
    return tap_done();
}
