// SPDX-License-Identifier: Apache-2.0
//
// Pairs under way, for the demo; see demo_pairs.h. What happens to them goes through the same
// stores as what people do, with the clock of the day on which it happened.
#include "demo_pairs.h"

#include <string.h>

#include "base/date.h"

#include "app/account/account.h"
#include "app/concern/concern.h"
#include "app/match/match.h"
#include "app/match/match_store.h"
#include "app/pair/pair_end.h"
#include "app/pair/pair_feel.h"
#include "app/pair/pair_meet.h"
#include "app/pair/pair_store.h"
#include "app/pair/pair_talk.h"

enum { PAIRS = 24, WEEKS_AGO = 10, DAYS_AGO = 7 * WEEKS_AGO };
#define DAY_US ((int64_t)86400 * 1000000)

static const char *const mentees[PAIRS] = {
    "Amina Diallo",  "Bea Torres",  "Chidi Okoro",  "Dana Levi",   "Elif Kaya",      "Farah Rahman",
    "Gina Moretti",  "Hawa Keita",  "Ivana Horvat", "Jun Tanaka",  "Kavya Nair",     "Lena Vogel",
    "Maya Haddad",   "Nuria Soler", "Oana Popa",    "Petra Novak", "Qadira Aziz",    "Rania Saleh",
    "Sina Petersen", "Tove Lind",   "Uma Krishnan", "Vida Karimi", "Wanjiru Mwangi", "Yara Fontes"};
static const char *const mentors[PAIRS] = {
    "Mina Park",     "Nora Schmidt", "Olga Petrova", "Paula Reyes",  "Quinn Murphy", "Rosa Lima",
    "Sara Cohen",    "Tina Larsen",  "Ursula Meier", "Vera Costa",   "Wendy Adams",  "Ximena Ortiz",
    "Yoko Sato",     "Zoe Laurent",  "Alma Berg",    "Brigid Walsh", "Carla Neri",   "Deepa Rao",
    "Ewa Zielinska", "Fiona Clarke", "Gudrun Olsen", "Helga Brandt", "Ines Duarte",  "Joana Matos"};
static const char *const goals[][2] = {
    {"Lead a small project",           "A project of three people is done, and I led it" },
    {"A first job in data",            "I have sent five applications and had one talk"  },
    {"Speak up in design reviews",     "I have said what I think in three reviews"       },
    {"Learn how security audits go",   "I have read two reports and can explain them"    },
    {"From developer to team lead",    "I know which of the two I want, and what is next"},
    {"A portfolio that shows my work", "Three pieces are on line, and somebody read them"},
};
enum { GOALS = sizeof goals / sizeof goals[0] };

// One pair, and a request of one of its two, at a time.
struct one {
    struct demo_pairs *demo;
    uint32_t number;
    struct req req;
    struct pair pair;
};

static uint32_t draw(struct demo_pairs *demo, uint32_t below)
{
    demo->chance = demo->chance * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)demo->chance * below) >> 32);
}

static enum rc add_person(struct demo_pairs *demo, const char *email, const char *name,
                          int64_t *ret_id)
{
    static const char *const zones[] = {"Europe/Madrid", "Europe/London", "Europe/Berlin",
                                        "America/New_York", "Africa/Lagos"};
    struct account account = {.id = db_new_id(demo->now_us),
                              .email = email,
                              .name = name,
                              .stored_password = demo->stored,
                              .language = "en"};
    if (email == NULL)
        return RC_NO_MEMORY;
    *ret_id = account.id;
    TRY(account_add(demo->tx, &account, demo->now_us));
    return account_set_profile(demo->tx, account.id, name, "", zones[draw(demo, 5)]);
}

static enum rc add_enrolment(struct demo_pairs *demo, int64_t cohort, uint32_t number, bool mentor,
                             int64_t *ret_id)
{
    int64_t person = 0;
    const char *email = arena_printf(demo->arena, "%s%u@demo.example", mentor ? "guide" : "pair",
                                     (unsigned)number + 1);
    TRY(add_person(demo, email, mentor ? mentors[number] : mentees[number], &person));
    struct enrolment enrolment = {.id = db_new_id(demo->now_us),
                                  .person = person,
                                  .cohort = cohort,
                                  .role = mentor ? "mentor" : "mentee",
                                  .state = "approved",
                                  .level = mentor ? 4 : 2,
                                  .topics = "data job ",
                                  .top = mentor ? "" : "data",
                                  .goal = mentor ? "" : goals[number % GOALS][1],
                                  .languages = "en ",
                                  .week = number % 2 == 0 ? "w 17:00 21:00 g;"
                                                          : "w 12:00 14:00 p;w 18:00 22:00 g;",
                                  .formats = "video audio ",
                                  .places = mentor ? 2 : 1,
                                  .hours = 3,
                                  .woman = 1,
                                  .sent_at = demo->now_us - (7 * WEEKS_AGO + 20) * DAY_US};
    *ret_id = enrolment.id;
    return enrolment_add(demo->tx, demo->arena, &enrolment, enrolment.sent_at);
}

// ---- what a pair did -------------------------------------------------------------------------

static void become(struct one *one, bool mentor, int64_t at_us)
{
    const struct match *m = &one->pair.match;
    one->pair.mentor = mentor;
    one->pair.me = mentor ? m->mentor_person : m->mentee_person;
    one->pair.other = mentor ? m->mentee_person : m->mentor_person;
    one->req = (struct req){.app = (void *)(uintptr_t)one->demo->app,
                            .arena = one->demo->arena,
                            .tx = one->demo->tx,
                            .now_us = at_us,
                            .writes = true};
    one->req.actor.person = one->pair.me;
}

static enum rc agree(struct one *one)
{
    const struct agreement agreement = {.goals = goals[one->number % GOALS][0],
                                        .cadence = 2,
                                        .channel = "Video, and messages here",
                                        .privacy = "What we tell each other stays between us.",
                                        .scheduling = "mentee",
                                        .notice = 24,
                                        .ends_on = one->pair.ends_on,
                                        .otherwise = "We say so early, and nobody is blamed."};
    become(one, false, one->pair.began_at + 3 * DAY_US);
    TRY(agreement_add(&one->req, &one->pair, &agreement));
    become(one, true, one->pair.began_at + 4 * DAY_US);
    return agreement_sign(&one->req, &one->pair, 1);
}

static enum rc add_goal(struct one *one)
{
    static const char *const steps[] = {"Write down where I am", "Talk to two people who did it",
                                        "Try it in something small"};
    struct goal *all = NULL;
    size_t count = 0;
    become(one, false, one->pair.began_at + 8 * DAY_US);
    // What she wrote at sign-up, in better words.
    TRY(goal_list(one->demo->tx, one->demo->arena, one->pair.match.id, &all, &count));
    if (count == 0)
        return RC_NOT_FOUND;
    all[0].title = goals[one->number % GOALS][0];
    all[0].why = "It is the next step for me.";
    all[0].success = goals[one->number % GOALS][1];
    all[0].due = one->pair.ends_on;
    all[0].topic = "data";
    all[0].shared = one->number % 2 == 0;
    all[0].mentor_yes = 1;
    all[0].of_signup = 0;
    for (size_t k = 0; k < sizeof steps / sizeof steps[0]; k++)
        TRY(goal_task_add(one->demo->tx, all[0].id, steps[k], one->req.now_us));
    all[0].state = "agreed";
    all[0].progress = (int64_t)draw(one->demo, 9) * 10;
    all[0].evidence = "";
    all[0].reason = "";
    TRY(skill_set(&one->req, &one->pair, "start", "data", 1 + draw(one->demo, 3)));
    return goal_update(one->demo->tx, &all[0], one->req.now_us);
}

// A meeting on a day of the pair's life; one that is still to come is settled.
static enum rc meet(struct one *one, int64_t day, const char *state)
{
    static const char *const topics[] = {
        "Getting to know each other", "The first steps of the goal", "How reviews go in her team",
        "Looking for a next job", "What to say no to"};
    struct meeting m = {.match = one->pair.match.id,
                        .minutes = 45,
                        .format = "video",
                        .place = "https://meet.example/our-room",
                        .agenda = "How it went since last time, and what comes next."};
    int64_t at = (one->pair.began_at / DAY_US + day) * DAY_US + 18 * (DAY_US / 24);
    become(one, false, at - 4 * DAY_US);
    m.by = one->pair.me;
    TRY(meeting_propose(&one->req, &m, &at, 1));
    become(one, true, at - 3 * DAY_US);
    TRY(meeting_accept(&one->req, &one->pair, m.id, at));
    if (at > one->demo->now_us)
        return RC_OK;
    TRY(meeting_find(one->demo->tx, one->demo->arena, m.match, m.id, &m));
    m.state = state;
    m.by = one->pair.me;
    m.held_minutes = strcmp(state, "held") == 0 ? 40 + draw(one->demo, 30) : 0;
    m.topics = m.held_minutes > 0 ? topics[draw(one->demo, 5)] : "";
    become(one, true, at + DAY_US / 12);
    const struct app_place here = app_here(&one->req);
    TRY(meeting_end(&here, &m, "scheduled"));
    if (m.held_minutes == 0)
        return RC_OK;
    for (int side = 0; side < 2; side++) {
        const struct report report = {3 + draw(one->demo, 3), "Good to talk", side, ""};
        become(one, side == 1, at + DAY_US / 10);
        TRY(report_set(&one->req, m.id, &report));
    }
    TRY(meeting_note_add(&one->req, m.id, true, "We agreed on one thing to try until next time."));
    return meeting_action_add(&one->req, m.id, one->pair.match.mentee_person,
                              "Write down what I want to ask");
}

static enum rc write_messages(struct one *one)
{
    static const char *const texts[] = {
        "Hello! I am glad that we were matched.", "So am I. What is on your mind these days?",
        "Mostly how to find the next step.", "Then let us begin there when we meet."};
    for (int k = 0; k < 4; k++) {
        become(one, k % 2 == 1, one->pair.began_at + k * (DAY_US / 2));
        TRY(message_add(&one->req, &one->pair, texts[k]));
        TRY(message_see(&one->req, &one->pair));
    }
    become(one, false, one->pair.began_at + 3 * DAY_US);
    return message_see(&one->req, &one->pair);
}

// Both answer what was asked after the first meeting and on day 30.
static enum rc answer(struct one *one, const char *fit, int64_t content)
{
    const int64_t match = one->pair.match.id;
    for (int side = 0; side < 2; side++) {
        struct survey *all = NULL;
        size_t count = 0;
        become(one, side == 1, one->pair.began_at + 31 * DAY_US);
        TRY(survey_add(one->demo->tx, match, one->pair.me, "fit", 1, one->req.now_us));
        TRY(survey_add(one->demo->tx, match, one->pair.me, "pulse", 1, one->req.now_us));
        TRY(survey_open_list(&one->req, match, &all, &count));
        for (size_t k = 0; k < count; k++) {
            TRY(survey_done(&one->req, &all[k]));
            if (strcmp(all[k].kind, "fit") == 0)
                TRY(survey_answer(&one->req, &all[k], "fit", 0, fit));
            else
                TRY(survey_answer(&one->req, &all[k], "satisfied", content, ""));
        }
    }
    return RC_OK;
}

// Most go well. Some show what those who look after pairs have to see.
static enum rc live(struct one *one)
{
    enum { NO_MEETING = 5, MISSED = 9, UNHAPPY = 13, PAUSED = 17, LEFT = 20 };
    uint32_t n = one->number;
    const struct ending ending = {
        {one->demo->tx, one->demo->arena, NULL, one->demo->now_us},
        ""
    };
    TRY(write_messages(one));
    if (n == NO_MEETING)
        return RC_OK;
    TRY(agree(one));
    TRY(add_goal(one));
    for (int64_t day = 9; day < 7 * WEEKS_AGO - 7; day += 14)
        TRY(meet(one, day + draw(one->demo, 3),
                 n == MISSED && day > 20 ? "no_show_mentor" : "held"));
    TRY(answer(one,
               n == UNHAPPY              ? "not"
               : draw(one->demo, 4) == 0 ? "deciding"
                                         : "good",
               n == UNHAPPY ? 2 : 3 + draw(one->demo, 3)));
    if (n == PAUSED) {
        TRY(match_move(&ending.at, &one->pair.match, "paused", "", ""));
        return db_do(one->demo->tx, NULL,
                     "UPDATE match SET paused_until = $2, paused_by = $3 WHERE id = $1",
                     DB_ARGS(DB_INT(one->pair.match.id), DB_INT(one->demo->now_us + 20 * DAY_US),
                             DB_INT(one->pair.match.mentee_person)));
    }
    if (n == LEFT)
        return match_move(&ending.at, &one->pair.match, "ended", "mentee_time", "");
    return n % 6 == 2 ? RC_OK : meet(one, 7 * WEEKS_AGO + 4 + draw(one->demo, 6), "held");
}

// ---- the cohort ------------------------------------------------------------------------------

static enum rc add_pair(struct demo_pairs *demo, const struct match_run *run, uint32_t number)
{
    struct match_rules rules;
    struct match_pair pair = {0};
    struct one one = {.demo = demo, .number = number};
    int64_t began = demo->now_us - (7 * WEEKS_AGO - draw(demo, 5)) * DAY_US;
    const struct app_place at = {demo->tx, demo->arena, demo->app, began};
    int64_t id = 0;
    TRY(add_enrolment(demo, run->cohort, number, false, &pair.mentee));
    TRY(add_enrolment(demo, run->cohort, number, true, &pair.mentor));
    TRY(rules_find(demo->tx, demo->arena, run->rules, &rules));
    TRY(match_offer(&at, run, &rules, &pair, &id));
    TRY(pair_find(demo->tx, demo->arena, id, &one.pair));
    return live(&one);
}

static enum rc add_concern(struct demo_pairs *demo, int64_t cohort, int64_t person)
{
    struct req req = {.app = (void *)(uintptr_t)demo->app,
                      .arena = demo->arena,
                      .tx = demo->tx,
                      .now_us = demo->now_us - DAY_US};
    const struct concern concern = {.cohort = cohort,
                                    .kind = "access",
                                    .by = person,
                                    .named = 1,
                                    .text =
                                        "The workshop had no captions. Could the next one have?",
                                    .code = "",
                                    .due_at = demo->now_us + DAY_US};
    const struct concern_more more = {0};
    int64_t id = 0;
    return concern_add(&req, &concern, &more, &id);
}

enum rc demo_pairs_add(struct demo_pairs *demo)
{
    char starts[DATE_TEXT_BYTES];
    int64_t keeper = 0;
    int64_t day = date_days_of_seconds(demo->now_us / 1000000) - DAYS_AGO;
    date_print(date_from_days(day), starts);
    struct cohort cohort = {.id = db_new_id(demo->now_us),
                            .name = "Autumn circle",
                            .about = "Pairs who have been on their way for ten weeks.",
                            .starts = starts,
                            .weeks = 26,
                            .state = "running",
                            .cadence = 2,
                            .hours = 2};
    TRY(cohort_add_ready(demo->tx, &cohort, demo->now_us - 100 * DAY_US));
    struct req req = {.app = (void *)(uintptr_t)demo->app,
                      .arena = demo->arena,
                      .tx = demo->tx,
                      .now_us = demo->now_us - 90 * DAY_US};
    struct match_rules rules;
    TRY(rules_now(demo->tx, demo->arena, cohort.id, &rules));
    rules.asks = "none";
    const struct app_place ago = app_here(&req);
    TRY(rules_add(&ago, 0, cohort.id, &rules));
    TRY(rules_now(demo->tx, demo->arena, cohort.id, &rules));
    const struct match_run run = {.id = db_new_id(demo->now_us),
                                  .cohort = cohort.id,
                                  .state = "published",
                                  .rules = rules.id};
    TRY(run_add(demo->tx, &run, 0, demo->now_us - 75 * DAY_US));
    TRY(run_move(demo->tx, run.id, "computing", "published"));
    for (uint32_t k = 0; k < PAIRS; k++)
        TRY(add_pair(demo, &run, k));
    TRY(add_person(demo, "keeper@demo.example", "Kim Keeper", &keeper));
    TRY(account_give_role(demo->tx, keeper, cohort.id, ROLE_SAFEGUARDING));
    struct account first;
    TRY(account_find(demo->tx, demo->arena, "coordinator@demo.example", &first));
    TRY(account_give_role(demo->tx, first.id, cohort.id, ROLE_COORDINATOR));
    TRY(account_find(demo->tx, demo->arena, "pair1@demo.example", &first));
    return add_concern(demo, cohort.id, first.id);
}
