// SPDX-License-Identifier: Apache-2.0
//
// What the people of the demo do beyond their pairs; see demo_network.h.
#include "demo_network.h"

#include <string.h>

#include "base/date.h"

#include "app/account/account.h"
#include "app/network/circle_step.h"
#include "app/network/directory.h"
#include "app/network/event.h"
#include "app/network/flash.h"
#include "app/network/introduction.h"
#include "app/network/outside.h"
#include "app/network/round.h"

enum { PEOPLE = 16 };
#define DAY_US ((int64_t)86400 * 1000000)
#define HOUR_US ((int64_t)3600 * 1000000)

struct place {
    struct demo_pairs *demo;
    int64_t cohort;
    int64_t pair[PEOPLE];  // mentees
    int64_t guide[PEOPLE]; // mentors
};

struct demo_circle {
    const char *title;
    const char *topic;
    const char *about;
    const char *joining;
    const char *visibility;
    int64_t capacity;
    uint32_t first; // of the mentees who are in it; the first leads
    uint32_t count;
};

static const struct demo_circle circles[] = {
    {"First year in a new job",     "job",
     "We meet every two weeks and talk about what nobody told us: reviews, saying no, asking for "
     "help. Bring one thing that went well and one that did not.",                          "open", "public", 8, 0, 5},
    {"Reading about data together", "data",
     "One chapter every two weeks, one of us tells the others what she understood.",        "ask",
     "listed",                                                                                                6, 5, 4},
    {"Back after a break",          "planning",
     "For whoever comes back to work after caring for somebody, illness, or another life.", "open",
     "listed",                                                                                                8, 9, 2},
};
enum { CIRCLES = sizeof circles / sizeof circles[0] };

static struct app_place at_day(const struct place *p, int64_t days)
{
    return (struct app_place){p->demo->tx, p->demo->arena, p->demo->app,
                              p->demo->now_us + days * DAY_US};
}

// A request of one person, at a day.
static struct req as(const struct place *p, int64_t person, int64_t days)
{
    struct req req = {.app = (void *)(uintptr_t)p->demo->app,
                      .arena = p->demo->arena,
                      .tx = p->demo->tx,
                      .now_us = p->demo->now_us + days * DAY_US,
                      .writes = true};
    req.actor.person = person;
    req.actor.name = "Ada Admin";
    return req;
}

static int64_t evening(const struct place *p, int64_t days)
{
    int64_t day = (p->demo->now_us + days * DAY_US) / DAY_US;
    return day * DAY_US + 18 * HOUR_US;
}

// ---- circles ---------------------------------------------------------------------------------

static enum rc talk(const struct place *p, const struct circle *circle, uint32_t first)
{
    static const char *const words[] = {
        "Welcome everybody! What do you want to talk about first?",
        "How to say no without feeling bad for days.",
        "I found a good text on asking for help early. I bring it next time."};
    for (uint32_t k = 0; k < sizeof words / sizeof words[0]; k++) {
        struct req req = as(p, p->pair[first + k % 2], -40 + (int64_t)k);
        TRY(circle_post_add(&req, circle->id, words[k]));
    }
    struct req req = as(p, p->pair[first], -38);
    const struct circle_goal goal = {.owner = p->pair[first],
                                     .title = "Lead one meeting of my team",
                                     .success = "It took place, and I asked how it was",
                                     .due = ""};
    return circle_goal_add(&req, circle->id, &goal);
}

static enum rc agree(const struct place *p, const struct circle *circle,
                     const struct demo_circle *from)
{
    struct req lead = as(p, p->pair[from->first], -41);
    struct circle_agreement agreement = {
        .goals = "Nobody has to find out everything alone.",
        .cadence = 2,
        .channel = "Video, and the board of the circle",
        .scheduling = "Whoever leads the circle",
        .privacy = "What we tell each other stays in the circle.",
        .notice = 24,
        .ends_on = "2030-12-31",
        .otherwise = "We say so early. Anyone may leave, and nobody is blamed."};
    TRY(circle_agreement_add(&lead, circle->id, &agreement));
    for (uint32_t k = 1; k + 1 < from->count; k++) {
        struct req req = as(p, p->pair[from->first + k], -40);
        TRY(circle_agreement_sign(&req, circle->id, 1));
    }
    return RC_OK;
}

// Three steps of its plan are done, three are to come.
static enum rc plan(const struct place *p, const struct circle *circle, int64_t lead)
{
    static const char *const steps[][2] = {
        {"Introduce ourselves, without job titles",
         "10 min: Who is here?\n20 min: What should be different in half a year?\n30 min: How we work "
         "together, and what stays between us"                                                                },
        {"The questions that one does not dare to ask at work",
         "Each writes three of them down before. We answer for each other."                                   },
        {"Saying no",
         "15 min: When did it go well?\n30 min: Two of us try it out, the others watch\n15 min: One "
         "sentence for each of us"                                                                            },
        {"A guest: how she got through her first review",
         "Write your questions on the board until the day before."                                            },
        {"Our goals at half-time",                              "How far, from 0 to 10? Still the right ones?"},
        {"Looking back, and whether we go on",                  "Thanks, from each to each."                  },
    };
    for (size_t k = 0; k < sizeof steps / sizeof steps[0]; k++) {
        const int64_t offset = -35 + 14 * (int64_t)k;
        const struct app_place then = at_day(p, -40);
        const struct app_place held = at_day(p, offset);
        char day[DATE_TEXT_BYTES];
        struct circle_step step = {.day = day, .title = steps[k][0], .text = steps[k][1]};
        date_print(date_from_days(held.now_us / DAY_US), day);
        TRY(circle_step_set(&then, circle->id, &step, lead));
        if (offset < 0)
            TRY(circle_step_turn(&held, circle->id, step.id, true, lead));
    }
    return RC_OK;
}

static enum rc meet(const struct place *p, const struct circle *circle,
                    const struct demo_circle *from)
{
    for (int64_t day = -35; day <= 21; day += 14) {
        const struct app_place then = at_day(p, day);
        struct circle_meeting m = {.circle = circle->id,
                                   .at = evening(p, day),
                                   .minutes = 60,
                                   .place = "https://meet.example/circle",
                                   .agenda = day > 0 ? "What went well, what did not" : ""};
        TRY(circle_meeting_add(&then, &m));
        if (day < 0)
            TRY(circle_meeting_held(&then, circle, &m, &p->pair[from->first],
                                    from->count - (size_t)(day == -21)));
    }
    return RC_OK;
}

static enum rc add_circle(const struct place *p, const struct demo_circle *from)
{
    const struct app_place then = at_day(p, -45);
    struct circle circle = {.id = db_new_id(p->demo->now_us),
                            .cohort = p->cohort,
                            .title = from->title,
                            .topic = from->topic,
                            .about = from->about,
                            .lead = p->pair[from->first],
                            .capacity = from->capacity,
                            .joining = from->joining,
                            .visibility = from->visibility};
    TRY(circle_add(&then, &circle));
    for (uint32_t k = 1; k < from->count; k++)
        TRY(circle_set_member(&then, circle.id, p->pair[from->first + k], "member", ""));
    if (strcmp(from->joining, "ask") == 0)
        TRY(circle_set_member(&then, circle.id, p->pair[12], "asked",
                              "I have just begun with data, and would like company."));
    if (from->count < CIRCLE_LEAST)
        return RC_OK;
    circle.colead = p->pair[from->first + 1];
    TRY(circle_update(&then, &circle));
    TRY(agree(p, &circle, from));
    TRY(plan(p, &circle, p->pair[from->first]));
    TRY(meet(p, &circle, from));
    return talk(p, &circle, from->first);
}

// ---- events ----------------------------------------------------------------------------------

static enum rc add_event(const struct place *p, struct event event, int64_t day, uint32_t going)
{
    const struct app_place before = at_day(p, day < 0 ? day - 14 : -7);
    const char *answer = NULL;
    event.id = db_new_id(p->demo->now_us);
    event.cohort = p->cohort;
    event.at = evening(p, day);
    event.zone = "Europe/Madrid";
    TRY(event_add(&before, &event));
    for (uint32_t k = 0; k < going; k++) {
        struct app_place then = before;
        then.now_us += (int64_t)k * HOUR_US;
        int64_t person = k % 3 == 2 ? p->guide[k] : p->pair[k];
        TRY(event_answer(&then, event.id, person, k % 7 == 6 ? "maybe" : "going", &answer));
        if (k == 1 && day > 0)
            TRY(event_set_needs(&then, event.id, person, "Captions, please. I lip-read."));
        if (day < 0 && k % 4 != 3) {
            const struct app_place there = at_day(p, day);
            TRY(event_set_came(&there, &event, person, person, true));
        }
    }
    return RC_OK;
}

// A workshop that teaches the training of mentees: once it was, once it is to come.
static enum rc add_teaching(const struct place *p)
{
    struct event event = {.title = "Workshop: getting the most out of mentoring",
                          .kind = "workshop",
                          .about = "We go through the training for mentees together, and try out "
                                   "the first ten minutes of a meeting in pairs.",
                          .minutes = 90,
                          .link = "https://meet.example/most",
                          .place = "",
                          .seats = 12,
                          .captions = 1,
                          .access = "The camera may stay off. Everything is also in the chat."};
    struct db_rows *rows = NULL;
    TRY(db_query(
        p->demo->tx, p->demo->arena, &rows,
        "SELECT id FROM training WHERE role = 'mentee' AND version > 0 ORDER BY id LIMIT 1",
        DB_NO_ARGS));
    event.training = db_count(rows) == 0 ? 0 : db_int(rows, 0, 0);
    TRY(add_event(p, event, -12, 8));
    return add_event(p, event, 15, 3);
}

// The talks and workshops that were recorded.
static enum rc add_recordings(const struct place *p)
{
    struct db_rows *rows = NULL;
    TRY(add_teaching(p));
    TRY(db_query(
        p->demo->tx, p->demo->arena, &rows,
        "SELECT id FROM event WHERE cohort = $1 AND at < $2 AND (kind = 'talk' OR training "
        "> 0)",
        DB_ARGS(DB_INT(p->cohort), DB_INT(p->demo->now_us))));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(event_set_recording(p->demo->tx, db_int(rows, k, 0), "https://video.example/again",
                                true));
    return RC_OK;
}

static enum rc add_events(const struct place *p)
{
    const struct event workshop = {.title = "Workshop: a CV that says what you did",
                                   .kind = "workshop",
                                   .about =
                                       "Bring your CV. In two hours we turn tasks into results, "
                                       "in groups of three.",
                                   .minutes = 120,
                                   .link = "https://meet.example/workshop",
                                   .place = "",
                                   .seats = 8,
                                   .captions = 1,
                                   .access = "Breaks of ten minutes every half an hour. The slides "
                                             "come two days before."};
    const struct event meetup = {.title = "Evening in Madrid: who are you all?",
                                 .kind = "meetup",
                                 .about = "Something to eat, and no programme at all.",
                                 .minutes = 150,
                                 .link = "",
                                 .place = "Casa Abierta, Calle Mayor 12, Madrid",
                                 .seats = 40,
                                 .step_free = 1,
                                 .access = "Lift to the first floor; a quiet room is next door."};
    const struct event panel = {.title = "Five ways into security",
                                .kind = "talk",
                                .about = "Five women tell how they came to work in security, and "
                                         "what they would do again.",
                                .minutes = 75,
                                .link = "https://meet.example/panel",
                                .place = "",
                                .captions = 1,
                                .interpreter = 1,
                                .access = ""};
    TRY(add_event(p, workshop, 9, 11));
    TRY(add_event(p, meetup, 20, 5));
    TRY(add_event(p, panel, -24, 12));
    TRY(add_event(p, workshop, -50, 9));
    return add_recordings(p);
}

// ---- rounds, introductions, short talks
// ----------------------------------------------------------

static enum rc add_rounds(const struct place *p)
{
    const struct round_plan plan = {2, p->demo->now_us + 11 * DAY_US,
                                    "What are you proud of since we began? What would you like to "
                                    "know from somebody who does something else?"};
    const struct app_place before = at_day(p, -30);
    TRY(round_plan_set(p->demo->tx, p->cohort, &plan));
    for (uint32_t k = 0; k < 7; k++)
        TRY(round_wish_set(&before, p->cohort, p->pair[k], true));
    for (uint32_t k = 0; k < 6; k++)
        TRY(round_wish_set(&before, p->cohort, p->guide[k == 0 ? 0 : k + 8], true));
    for (int64_t day = -17; day <= -3; day += 14) {
        const struct app_place then = at_day(p, day);
        TRY(round_run(&then, p->cohort));
    }
    return db_do(
        p->demo->tx, NULL,
        "UPDATE round_place SET met_at = $2 WHERE round IN (SELECT id FROM peer_round WHERE "
        "cohort = $1 AND number = 1) AND team < 6",
        DB_ARGS(DB_INT(p->cohort), DB_INT(p->demo->now_us - 10 * DAY_US)));
}

static enum rc introduce(const struct place *p, int64_t one, int64_t other, const char *state,
                         const char *says)
{
    const struct app_place then = at_day(p, -5);
    const struct introduction t = {.id = db_new_id(p->demo->now_us),
                                   .cohort = p->cohort,
                                   .introducer = p->guide[2],
                                   .a = one < other ? one : other,
                                   .b = one < other ? other : one,
                                   .why = "Both of you are moving from testing to security, and "
                                          "asked me the same things within a week.",
                                   .a_says = says,
                                   .b_says = says,
                                   .state = state,
                                   .made_at = then.now_us,
                                   .ends_at = then.now_us + INTRODUCTION_DAYS * DAY_US};
    return introduction_put(&then, &t);
}

static enum rc add_talks(const struct place *p)
{
    static const char *const about[] = {"A look at your CV, with open eyes.",
                                        "How we hire, and what I look for.",
                                        "You have two offers, and don't know how to choose."};
    for (uint32_t k = 0; k < sizeof about / sizeof about[0]; k++) {
        const struct app_place then = at_day(p, -(int64_t)k * 2);
        struct flash talk = {.cohort = p->cohort,
                             .mentor = p->guide[k],
                             .topic = k == 1 ? "interview" : "job",
                             .about = about[k],
                             .at = evening(p, 6 + (int64_t)k),
                             .minutes = 30,
                             .place = "https://meet.example/short"};
        TRY(flash_add(&then, &talk));
    }
    return RC_OK;
}

static enum rc add_outside(const struct place *p)
{
    static const struct outside board[] = {
        {.kind = "conference",
         .title = "A day for women who write software",
         .about = "In Madrid and online, with captions. A third of the tickets are free for those "
                  "who ask.",                                                                        .link = "https://conference.example/"},
        {.kind = "grant",
         .title = "Grants for a first certificate",
         .about = "They pay the exam for people who come back after a break. Two pages to fill in.",
         .link = "https://grant.example/"                                                                                                 },
        {.kind = "course",
         .title = "Statistics, from the beginning",
         .about = "Free, ten evenings, with somebody who answers questions.",
         .link = "https://course.example/"                                                                                                },
        {.kind = "group",
         .title = "Mothers in technology",
         .about = "They meet at lunch, by video, and nobody minds who walks through the picture.",
         .link = "https://group.example/"                                                                                                 }
    };
    for (uint32_t k = 0; k < sizeof board / sizeof board[0]; k++) {
        struct req req = as(p, k % 2 == 0 ? p->guide[k + 1] : p->pair[k], -(int64_t)k);
        struct outside one = board[k];
        one.cohort = p->cohort;
        one.person = req.actor.person;
        one.until = "";
        one.ends_at = req.now_us + OUTSIDE_DAYS * DAY_US;
        TRY(outside_add(&req, &one));
    }
    return RC_OK;
}

// Some of those who take part want to be found; each tells as much as she likes.
static enum rc add_cards(const struct place *p)
{
    static const struct directory_card cards[] = {
        {.does = "Backend developer in a hospital's IT",
         .about = "Ask me how to read other people's code. I would like to learn to speak before "
                  "thirty people.",   .place = "Bilbao",
         .link = "https://code.example/",
         .shows_role = 1,
         .shows_topics = 1},
        {.does = "Changing from nursing to data",
         .about = "Ask me how one studies beside night shifts.",
         .shows_role = 1,
         .shows_topics = 1,
         .shows_email = 1},
        {.does = "Head of quality", .about = "",             .place = "Lagos",                                                .shows_role = 1},
        {.does = "Looking for a first job in security",
         .about = "I run a small lab at home, and like company in it.",
         .place = "Nairobi",
         .shows_topics = 1},
        {.does = "Product manager, back after two years with my children",
         .about = "Ask me about part-time, and about saying it aloud.",
         .shows_email = 1},
    };
    for (uint32_t k = 0; k < sizeof cards / sizeof cards[0]; k++) {
        struct directory_card card = cards[k];
        struct req req = as(p, k == 2 ? p->guide[k] : p->pair[k], -20);
        struct network network = {.me = req.actor.person};
        struct network_person person;
        network.cohort.id = p->cohort;
        card.place = card.place == NULL ? "" : card.place;
        card.link = card.link == NULL ? "" : card.link;
        TRY(network_person_find(req.tx, req.arena, network.me, &person));
        req.actor.name = person.name;
        TRY(directory_set(&req, &network, &card));
    }
    return RC_OK;
}

static enum rc find(const struct place *p, const char *kind, uint32_t number, int64_t *ret_id)
{
    struct account account;
    const char *email =
        arena_printf(p->demo->arena, "%s%u@demo.example", kind, (unsigned)number + 1);
    if (email == NULL)
        return RC_NO_MEMORY;
    TRY(account_find(p->demo->tx, p->demo->arena, email, &account));
    *ret_id = account.id;
    return RC_OK;
}

enum rc demo_network_add(struct demo_pairs *demo)
{
    struct place p = {.demo = demo};
    struct db_rows *rows = NULL;
    for (uint32_t k = 0; k < PEOPLE; k++) {
        TRY(find(&p, "pair", k, &p.pair[k]));
        TRY(find(&p, "guide", k, &p.guide[k]));
    }
    TRY(db_query(demo->tx, demo->arena, &rows, "SELECT cohort FROM enrolment WHERE person = $1",
                 DB_ARGS(DB_INT(p.pair[0]))));
    p.cohort = db_int(rows, 0, 0);
    for (uint32_t k = 0; k < CIRCLES; k++)
        TRY(add_circle(&p, &circles[k]));
    TRY(add_events(&p));
    TRY(add_rounds(&p));
    TRY(introduce(&p, p.pair[0], p.guide[3], "asked", ""));
    TRY(introduce(&p, p.pair[1], p.pair[4], "made", "yes"));
    TRY(add_outside(&p));
    TRY(add_cards(&p));
    return add_talks(&p);
}
