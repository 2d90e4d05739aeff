// SPDX-License-Identifier: Apache-2.0
//
// Why: `trellis demo`: fills an empty installation with a made-up organisation, so that a newcomer
// can look at everything at once.
//
// Promises: the same people each time (a fixed seed); only their passwords differ, and are printed
// once. An installation that has people already is left alone.
//
// Not for: real people.
#include "demo.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"

#include "app/account/account.h"
#include "app/cohort/cohort.h"
#include "app/cohort/objective.h"
#include "app/enrolment/enrolment.h"
#include "app/recognition/recognition.h"
#include "auth/password.h"
#include "auth/token.h"
#include "demo_article.h"
#include "demo_asked.h"
#include "demo_improve.h"
#include "demo_network.h"
#include "demo_pairs.h"
#include "demo_recognition.h"
#include "demo_support.h"
#include "demo_words.h"
#include "install.h"

enum { MENTEES = 120, MENTORS = 70, SEED = 20270301, EXIT_FAILED = 1, EXIT_USE = 2 };

static const char *const first_names[] = {
    "Ada",
    "Amina",
    "Ana",
    "Asha",
    "Beatriz",
    "Chidinma",
    "Chiara",
    "Dalia",
    "Ebba",
    "Fatima",
    "Freya",
    "Grace",
    "Hanna",
    "Ines",
    "Ioana",
    "Jelena",
    "Joy",
    "Katya",
    "Lakshmi",
    "Leila",
    "Lucia",
    "Mei",
    "Marta",
    "Nadia",
    "Ngozi",
    "Olena",
    "Priya",
    "Rosa",
    "Sofia",
    "Zuzana",
    "\xd0\x9e\xd0\xbb\xd1\x8c\xd0\xb3\xd0\xb0",
    "\xd9\x85\xd8\xb1\xd9\x8a\xd9\x85",
};
static const char *const last_names[] = {
    "Adeyemi", "Ahmed",  "Andersson", "Bianchi", "Castro",     "Costa",
    "Diaz",    "Eze",    "Ferreira",  "Garcia",  "Haddad",     "Ivanova",
    "Jansen",  "Kovac",  "Kumar",     "Lopez",   "Mensah",     "Moreau",
    "Nowak",   "Okafor", "Popescu",   "Rossi",   "Shevchenko", "Sharma",
    "Silva",   "Singh",  "Tanaka",    "Weber",   "Wang",       "de la Fuente-Villanueva y Santos",
};
// Names as people have them: other scripts, one word, very long.
static const char *const whole_names[] = {
    "\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e",
    "\xd0\x9e\xd0\xbb\xd0\xb5\xd0\xbd\xd0\xb0 \xd0\x86\xd0\xb2\xd0\xb0\xd0\xbd\xd0\xb5\xd0\xbd\xd0\xba\xd0\xbe",
    "\xd9\x81\xd8\xa7\xd8\xb7\xd9\x85\xd8\xa9 \xd8\xa7\xd9\x84\xd8\xb2\xd9\x87\xd8\xb1\xd8\xa7\xd8\xa1",
    "\xe0\xa4\x85\xe0\xa4\xa8\xe0\xa4\xbf\xe0\xa4\xa4\xe0\xa4\xbe \xe0\xa4\xb6\xe0\xa4\xb0\xe0\xa5\x8d\xe0\xa4\xae\xe0\xa4\xbe",
    "Sukarni",
    "Wilhelmina Adelheid van den Berg-Oosterhuizen-Featherstonehaugh van Rensselaer",
};
enum { WHOLE_NAMES = sizeof whole_names / sizeof whole_names[0] };

// How many of a hundred name a topic (SPEC appendix D): mentors as those who were listed, mentees
// with more that is for beginners.
static const struct {
    const char *topic;
    uint32_t mentors;
    uint32_t mentees;
} topic_shares[] = {
    {"midlevel",   98, 48},
    {"switch",     69, 45},
    {"senior",     69, 14},
    {"backend",    56, 20},
    {"fullstack",  46, 12},
    {"special",    42, 12},
    {"dataeng",    40, 8 },
    {"beyond",     35, 5 },
    {"frontend",   33, 22},
    {"devops",     31, 10},
    {"management", 29, 9 },
    {"qa",         27, 8 },
    {"project",    25, 6 },
    {"ml",         19, 12},
    {"product",    17, 8 },
    {"data",       15, 18},
    {"analysis",   8,  6 },
    {"sre",        6,  3 },
    {"mobile",     4,  7 },
    {"security",   4,  8 },
    {"interview",  20, 30},
    {"job",        15, 30},
    {"motivation", 15, 18},
    {"unsure",     0,  5 },
};
enum {
    FIRST_NAMES = sizeof first_names / sizeof first_names[0],
    LAST_NAMES = sizeof last_names / sizeof last_names[0],
};

struct demo {
    struct installation installation;
    bool json;
    const char *password; // of everyone in it
    const char *stored;
    int64_t now_us;
    uint32_t chance;
    int64_t cohort;
    bool full;                   // somebody is there already
    int64_t mentee[MENTEES + 1]; // enrolments, from 1
    int64_t mentor[MENTORS + 1];
};

// Numerical Recipes' generator: the same on every machine; nothing here needs to be unguessable.
static uint32_t draw(struct demo *demo, uint32_t below)
{
    demo->chance = demo->chance * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)demo->chance * below) >> 32);
}

// Some of the options: each later one is rarer, and one is there at least.
static const char *draw_words(struct demo *demo, const struct field_option *options, uint32_t most)
{
    struct buffer words;
    size_t count = 0;
    uint32_t taken = 0;
    buffer_open(&words, &demo->installation.arena, TEXT_KEY_LIMIT_BYTES);
    do
        count++;
    while (options[count].value != NULL);
    uint64_t square = (uint64_t)draw(demo, (uint32_t)count) * draw(demo, (uint32_t)count);
    size_t sure = square / count;
    for (size_t k = 0; k < count && taken < most; k++) {
        if (k != sure && draw(demo, (uint32_t)(3 + k / 2)) != 0)
            continue;
        buffer_text(&words, options[k].value);
        buffer_byte(&words, ' ');
        taken++;
    }
    return words.length == 0 ? options[sure].value : words.bytes;
}

static const char *draw_topics(struct demo *demo, bool is_mentor, uint32_t most)
{
    enum { SHARES = sizeof topic_shares / sizeof topic_shares[0] };
    struct buffer words;
    uint32_t taken = 0;
    uint32_t first = draw(demo, 5);
    buffer_open(&words, &demo->installation.arena, TEXT_KEY_LIMIT_BYTES);
    for (size_t k = 0; k < SHARES && taken < most; k++) {
        uint32_t share = is_mentor ? topic_shares[k].mentors : topic_shares[k].mentees;
        if (draw(demo, 100) >= share && k != first)
            continue;
        buffer_printf(&words, "%s ", topic_shares[k].topic);
        taken++;
    }
    return words.bytes;
}

static enum rc add_person(struct db_tx *tx, struct demo *demo, const char *email, const char *name,
                          int64_t *ret_id)
{
    struct account account = {.id = db_new_id(demo->now_us),
                              .email = email,
                              .name = name,
                              .stored_password = demo->stored,
                              .language = "en",
                              .admin = strncmp(email, "admin@", 6) == 0};
    if (email == NULL || name == NULL)
        return RC_NO_MEMORY;
    *ret_id = account.id;
    return account_add(tx, &account, demo->now_us);
}

// Shares of SPEC appendix D in percent, the rest spread; zones with odd offsets are in it.
static const struct {
    const char *zone;
    uint32_t percent;
} zones[] = {
    {"Europe/London",                  16},
    {"America/Toronto",                15},
    {"America/New_York",               5 },
    {"America/Los_Angeles",            3 },
    {"Europe/Berlin",                  7 },
    {"Europe/Amsterdam",               6 },
    {"Europe/Paris",                   2 },
    {"Europe/Madrid",                  3 },
    {"Europe/Rome",                    2 },
    {"Africa/Lagos",                   5 },
    {"Africa/Nairobi",                 5 },
    {"Africa/Johannesburg",            4 },
    {"America/Argentina/Buenos_Aires", 7 },
    {"America/Sao_Paulo",              4 },
    {"Asia/Kolkata",                   5 },
    {"Australia/Sydney",               3 },
    {"Asia/Kathmandu",                 2 },
    {"America/St_Johns",               2 },
    {"America/Lima",                   4 },
};

static const char *draw_zone(struct demo *demo)
{
    uint32_t at = draw(demo, 100);
    for (size_t k = 0; k < sizeof zones / sizeof zones[0]; k++) {
        if (at < zones[k].percent)
            return zones[k].zone;
        at -= zones[k].percent;
    }
    return "UTC";
}

// Workers have evenings and a weekend block, caregivers noon or late evenings, students middays;
// one in twenty says nothing.
static const char *draw_week(struct demo *demo, bool cares)
{
    uint32_t kind = draw(demo, 20);
    if (kind == 0)
        return "";
    if (cares)
        return kind < 10 ? "w 20:00 22:00 g;" : "w 12:00 13:00 g;w 20:30 22:00 p;";
    if (kind < 4)
        return "w 11:00 15:00 g;w 15:00 18:00 p;";
    return kind < 12 ? "w 18:00 21:00 g;6 10:00 13:00 p;" : "w 17:30 21:30 g;e 09:00 12:00 g;";
}

static int64_t draw_places(struct demo *demo)
{
    static const uint32_t listed[] = {11, 11, 17, 5, 1, 2, 1}; // of 48 mentors: 0, 1, 2 ... places
    uint32_t at = draw(demo, 48);
    int64_t places = 0;
    while (at >= listed[places])
        at -= listed[places++];
    return places;
}

// A month, by the same list: 0 (not said), 1, 2 ... hours.
static int64_t draw_hours(struct demo *demo)
{
    static const uint32_t listed[] = {7, 8, 16, 5, 7, 5};
    uint32_t at = draw(demo, 48);
    int64_t hours = 0;
    while (at >= listed[hours])
        at -= listed[hours++];
    return hours;
}

static const char *state_of(uint32_t number)
{
    if (number % 10 == 0)
        return "submitted";
    return number % 33 == 2 ? "waitlisted" : "approved";
}

// What only mentees, or only mentors, say. Drawn one by one: the order of draws must not depend on
// the compiler.
static void draw_side(struct demo *demo, struct enrolment *e, bool is_mentor)
{
    static const char *const goals[] = {
        "A plan for the next two years, and the first step of it.",
        "My first job in tech.",
        "To lead a small team without losing the craft.",
        "To stop feeling like the only one.",
        "",
    };
    if (is_mentor) {
        e->level = 2 + draw(demo, 3);
        e->topics = draw_topics(demo, true, 13);
        e->goal = "";
        e->places = draw_places(demo);
        e->woman = draw(demo, 6) == 0 ? 2 : 1;
        e->asks = 1;
        return;
    }
    e->level = 1 + draw(demo, 2);
    e->topics = draw_topics(demo, false, 5);
    e->goal = goals[draw(demo, 5)];
    e->places = 1;
    e->woman = 1;
    e->asks = draw(demo, 4) == 0;
}

static void draw_rest(struct demo *demo, struct enrolment *e, bool cares)
{
    static const char *const houses[] = {
        "Acme Cloud", "Northwind Bank", "City of Lund", "OpenSky", "Hexa Games", "", "", ""};
    e->languages = draw(demo, 10) == 0 ? draw_words(demo, enrolment_languages, 3) : "en ";
    e->week = draw_week(demo, cares);
    e->formats = draw(demo, 8) == 0 ? "audio text " : "video audio ";
    e->employer = houses[draw(demo, 8)];
    static const char *const cares_for[] = {"under5 ", "child ", "adult ", "under5 child "};
    static const char *const needs[] = {"captions ", "reader ", "camera ", "sign captions ",
                                        "short ",    "text ",   "agenda "};
    static const char *const audiences[] = {"matching", "coordinator", "match", "me", "cohort"};
    e->caregiving = cares ? cares_for[draw(demo, 4)] : "";
    e->caregiving_for = audiences[draw(demo, 5)];
    e->access = draw(demo, 12) == 0 ? needs[draw(demo, 7)] : "";
    e->access_for = audiences[draw(demo, 5)];
    bool is_mentor = strcmp(e->role, "mentor") == 0;
    e->hours = is_mentor ? draw_hours(demo) : 2 + draw(demo, 6);
}

static const char *draw_name(struct demo *demo)
{
    if (draw(demo, 16) == 0)
        return whole_names[draw(demo, WHOLE_NAMES)];
    const char *first = first_names[draw(demo, FIRST_NAMES)];
    return arena_printf(&demo->installation.arena, "%s %s", first,
                        last_names[draw(demo, LAST_NAMES)]);
}

// Of a hundred: most say nothing or "she".
static const char *draw_pronouns(struct demo *demo)
{
    uint32_t at = draw(demo, 100);
    return at < 42 ? "she/her" : at < 44 ? "they/them" : at < 45 ? "she/they" : "";
}

static enum rc add_participant(struct db_tx *tx, struct demo *demo, bool is_mentor, uint32_t number)
{
    struct arena *arena = &demo->installation.arena;
    int64_t person = 0;
    const char *role = is_mentor ? "mentor" : "mentee";
    const char *email = arena_printf(arena, "%s%u@demo.example", role, number);
    const char *name = draw_name(demo);
    bool cares = draw(demo, 5) == 0;
    TRY(add_person(tx, demo, email, name, &person));
    TRY(account_set_profile(tx, person, name, draw_pronouns(demo),
                            number == 1    ? "Europe/London"
                            : number == 11 ? "Asia/Kathmandu"
                            : number == 12 ? "America/St_Johns"
                            : number == 13 ? "Australia/Sydney"
                                           : draw_zone(demo)));
    struct enrolment enrolment = {.id = db_new_id(demo->now_us),
                                  .person = person,
                                  .cohort = demo->cohort,
                                  .role = role,
                                  .state = state_of(number),
                                  .about = "",
                                  .sent_at = demo->now_us};
    draw_side(demo, &enrolment, is_mentor);
    draw_rest(demo, &enrolment, cares);
    if (number == 1) { // those who can be signed in as are sure to be matched
        enrolment.level = is_mentor ? 4 : 1;
        enrolment.asks = is_mentor ? 1 : 0;
        enrolment.week = "w 17:30 21:30 g;e 09:00 12:00 g;";
        enrolment.languages = "en ";
        enrolment.formats = "video audio ";
        enrolment.places = is_mentor ? 2 : 1;
    }
    int64_t *ids = is_mentor ? demo->mentor : demo->mentee;
    ids[number] = enrolment.id;
    return enrolment_add(tx, arena, &enrolment, demo->now_us);
}

static enum rc add_apart(struct db_tx *tx, struct demo *demo)
{
    static const int pairs[][2] = {
        {2,  7 },
        {15, 3 },
        {28, 40}
    };
    for (size_t k = 0; k < sizeof pairs / sizeof pairs[0]; k++) {
        int64_t id = db_new_id(demo->now_us);
        TRY(db_do(
            tx, NULL,
            "INSERT INTO avoid(id, a, b, asked_by, note, at) SELECT $1, x.person, y.person, 0, "
            "'Asked for by one of them', $2 FROM enrolment x, enrolment y "
            "WHERE x.id = $3 AND y.id = $4 AND x.person < y.person",
            DB_ARGS(DB_INT(id), DB_INT(demo->now_us), DB_INT(demo->mentee[pairs[k][0]]),
                    DB_INT(demo->mentor[pairs[k][1]]))));
    }
    return RC_OK;
}

// Who works for whom, where mentors live, whose experience somebody has checked, and one who ranks
// those who chose her.
static enum rc add_known(struct db_tx *tx, struct demo *demo)
{
    static const char *const sql[] = {
        "INSERT INTO line_manager(person, email) SELECT x.person, p.email FROM enrolment x, "
        "enrolment y JOIN person p ON p.id = y.person WHERE x.id = $1 AND y.id = $2",
        "UPDATE enrolment SET place = 'Madrid' WHERE id IN ($1, $2)",
        "UPDATE enrolment SET checked = CASE WHEN id = $1 THEN 'confirmed' ELSE 'reference' END, "
        "full_name = CASE WHEN id = $1 THEN 1 ELSE 0 END WHERE role = 'mentor' AND id IN ($1, $2)",
    };
    const int64_t of[][2] = {
        {demo->mentee[20], demo->mentor[6]},
        {demo->mentee[21], demo->mentor[8]},
        {demo->mentor[1],  demo->mentor[2]}
    };
    for (size_t k = 0; k < sizeof sql / sizeof sql[0]; k++)
        TRY(db_do(tx, NULL, sql[k], DB_ARGS(DB_INT(of[k][0]), DB_INT(of[k][1]))));
    for (int place = 1; place <= 2; place++)
        TRY(db_do(tx, NULL,
                  "INSERT INTO mentor_choice(mentor, mentee, place, why, at) "
                  "VALUES ($1, $2, $3, $4, $5)",
                  DB_ARGS(DB_INT(demo->mentor[1]), DB_INT(demo->mentee[4 - place]), DB_INT(place),
                          DB_TEXT(place == 1 ? "I was where she is now." : ""),
                          DB_INT(demo->now_us))));
    return RC_OK;
}

// What real pools have too: a dozen mentees who choose the same five mentors, and people who must
// not meet.
static enum rc add_awkward(struct db_tx *tx, struct demo *demo)
{
    enum { CHOOSERS = 12, FAVOURITES = 5 };
    for (int mentee = 0; mentee < CHOOSERS; mentee++)
        for (int place = 1; place <= FAVOURITES; place++)
            TRY(db_do(
                tx, NULL,
                "INSERT INTO choice(mentee, mentor, place, why, at) VALUES ($1, $2, $3, $4, $5)",
                DB_ARGS(DB_INT(demo->mentee[mentee + 1]), DB_INT(demo->mentor[place]),
                        DB_INT(place),
                        DB_TEXT("She has gone the way that I want to go, and says how she did it."),
                        DB_INT(demo->now_us))));
    TRY(add_known(tx, demo));
    return add_apart(tx, demo);
}

static enum rc add_both_roles(struct db_tx *tx, struct demo *demo)
{
    static const int mentors[] = {9, 17, 31};
    for (size_t k = 0; k < sizeof mentors / sizeof mentors[0]; k++) {
        struct db_rows *rows = NULL;
        TRY(db_query(tx, &demo->installation.arena, &rows,
                     "SELECT person FROM enrolment WHERE id = $1",
                     DB_ARGS(DB_INT(demo->mentor[mentors[k]]))));
        struct enrolment both = {.id = db_new_id(demo->now_us),
                                 .person = db_int(rows, 0, 0),
                                 .cohort = demo->cohort,
                                 .role = "mentee",
                                 .state = "approved",
                                 .level = 2,
                                 .topics = "management beyond ",
                                 .languages = "en ",
                                 .week = "",
                                 .formats = "video ",
                                 .places = 1,
                                 .sent_at = demo->now_us};
        TRY(enrolment_add(tx, &demo->installation.arena, &both, demo->now_us));
    }
    return RC_OK;
}

// The same person twice, with another address and little more.
static enum rc add_twice(struct db_tx *tx, struct demo *demo)
{
    struct arena *arena = &demo->installation.arena;
    static const int mentees[] = {5, 44, 71};
    for (size_t k = 0; k < sizeof mentees / sizeof mentees[0]; k++) {
        struct db_rows *rows = NULL;
        int64_t person = 0;
        TRY(db_query(tx, arena, &rows,
                     "SELECT p.name FROM enrolment e JOIN person p ON p.id = e.person "
                     "WHERE e.id = $1",
                     DB_ARGS(DB_INT(demo->mentee[mentees[k]]))));
        TRY(add_person(tx, demo, arena_printf(arena, "mentee%d.private@demo.example", mentees[k]),
                       db_text(rows, 0, 0), &person));
        struct enrolment twice = {.id = db_new_id(demo->now_us),
                                  .person = person,
                                  .cohort = demo->cohort,
                                  .role = "mentee",
                                  .state = "submitted",
                                  .level = 1,
                                  .topics = "job ",
                                  .languages = "en ",
                                  .formats = "video ",
                                  .places = 1,
                                  .sent_at = demo->now_us};
        TRY(enrolment_add(tx, arena, &twice, demo->now_us));
    }
    return RC_OK;
}

static enum rc add_people(struct db_tx *tx, struct demo *demo)
{
    for (uint32_t k = 1; k <= MENTEES; k++)
        TRY(add_participant(tx, demo, false, k));
    for (uint32_t k = 1; k <= MENTORS; k++)
        TRY(add_participant(tx, demo, true, k));
    TRY(add_awkward(tx, demo));
    TRY(add_both_roles(tx, demo));
    return add_twice(tx, demo);
}

// What the programme aims at, from where it stood; its cohorts begin with it.
static enum rc add_aims(struct db_tx *tx)
{
    // clang-format off
    static const struct objective aims[] = {
        {.id = 1, .title = "Mentees reach the goal that they came with", .description = "Each pair agrees on one to three goals. We look at how many of them were reached.", .figure = "goals_reached", .measure = "", .baseline = "45", .target = "70", .due = "2027-12-31"},
        {.id = 2, .title = "Both sides find a match that fits", .description = "", .figure = "fit_good", .measure = "", .baseline = "60", .target = "80", .due = "2027-12-31"},
        {.id = 3, .title = "Women stay and rise in technology", .description = "", .figure = "moved_12", .measure = "", .baseline = "15", .target = "30", .due = "2028-12-31"},
    };
    // clang-format on
    for (size_t k = 0; k < sizeof aims / sizeof aims[0]; k++)
        TRY(objective_update(tx, PROGRAMME_FIRST, &aims[k]));
    return RC_OK;
}

static enum rc fill(struct db_tx *tx, struct demo *demo)
{
    int64_t person = 0;
    struct cohort cohort = {.id = db_new_id(demo->now_us),
                            .name = "Spring 2027",
                            .about = "For women who start in technology, and for those who want to "
                                     "take the next step. Pairs meet every two weeks.",
                            .starts = "2027-03-01",
                            .weeks = 26,
                            .state = "enrolling",
                            .cadence = 2,
                            .hours = 2};
    demo->cohort = cohort.id;
    TRY(add_aims(tx));
    TRY(cohort_add_ready(tx, &cohort, demo->now_us));
    TRY(add_person(tx, demo, "admin@demo.example", "Ada Admin", &person));
    TRY(add_person(tx, demo, "coordinator@demo.example", "Cora Coordinator", &person));
    TRY(account_give_role(tx, person, cohort.id, ROLE_COORDINATOR));
    TRY(add_person(tx, demo, "committee@demo.example", "Milla Member", &person));
    TRY(account_give_role(tx, person, cohort.id, ROLE_COMMITTEE));
    TRY(add_person(tx, demo, "chair@demo.example", "Chantal Chair", &person));
    TRY(account_give_role(tx, person, cohort.id, ROLE_CHAIR));
    TRY(add_person(tx, demo, "visitor@demo.example", "Vera New", &person));
    TRY(add_people(tx, demo));
    const struct app app = {.site = "Trellis",
                            .url = "http://127.0.0.1:8080",
                            .mail = "trellis@localhost",
                            .seal = demo->installation.seal,
                            .slices = installation_slices()};
    struct demo_pairs pairs = {.app = &app,
                               .tx = tx,
                               .arena = &demo->installation.arena,
                               .stored = demo->stored,
                               .now_us = demo->now_us,
                               .chance = SEED};
    const struct app_place place = {tx, &demo->installation.arena, &app, demo->now_us};
    TRY(badge_add_ready(&place)); // before anything earns one
    TRY(add_person(tx, demo, "editor@demo.example", "Edith Editor", &person));
    TRY(account_give_role(tx, person, cohort.id, ROLE_EDITOR));
    TRY(demo_support_begin(&place, person)); // before pairs begin, who get the plan
    TRY(demo_pairs_add(&pairs));
    TRY(demo_network_add(&pairs));
    TRY(demo_support_live(&place));
    TRY(demo_article_add(&place, person));
    TRY(demo_support_borrow(&place, person));
    TRY(demo_recognition_add(&place));
    TRY(add_person(tx, demo, "manager@demo.example", "Maria Manager", &person));
    TRY(account_give_role(tx, person, 1, ROLE_MANAGER));
    TRY(demo_improve_add(&pairs, person));
    TRY(demo_words_add(&place, person));
    TRY(demo_asked_add(&place, cohort.id));
    TRY(add_person(tx, demo, "reporter@demo.example", "Rita Reporter", &person));
    TRY(account_give_role(tx, person, 1, ROLE_REPORTER));
    // What was written in its past has long been sent.
    return db_do(tx, NULL, "DELETE FROM job WHERE kind = 'mail'", DB_NO_ARGS);
}

static enum rc demo_work(struct db_tx *tx, void *data)
{
    struct demo *demo = data;
    int64_t people = 0;
    TRY(account_count(tx, &demo->installation.arena, &people));
    demo->full = people > 0;
    demo->chance = SEED;
    return demo->full ? RC_OK : fill(tx, demo);
}

static const char *const sign_ins[][2] = {
    {"administrator",    "admin@demo.example"      },
    {"coordinator",      "coordinator@demo.example"},
    {"committee",        "committee@demo.example"  },
    {"chair",            "chair@demo.example"      },
    {"mentee",           "mentee1@demo.example"    },
    {"mentor",           "mentor1@demo.example"    },
    {"newcomer",         "visitor@demo.example"    },
    {"mentee of a pair", "pair1@demo.example"      },
    {"mentor of a pair", "guide1@demo.example"     },
    {"named for safety", "keeper@demo.example"     },
    {"editor",           "editor@demo.example"     },
    {"manager",          "manager@demo.example"    },
    {"reads reports",    "reporter@demo.example"   },
};
enum { SIGN_INS = sizeof sign_ins / sizeof sign_ins[0] };

static void print_json(struct demo *demo)
{
    struct buffer out;
    struct json json;
    buffer_open(&out, &demo->installation.arena, TEXT_KEY_LIMIT_BYTES);
    json_open(&json, &out, true);
    json_object(&json);
    json_key(&json, "address");
    json_text(&json, "http://127.0.0.1:8080/");
    json_key(&json, "sign_ins");
    json_array(&json);
    for (size_t k = 0; k < SIGN_INS; k++) {
        json_object(&json);
        json_key(&json, "role");
        json_text(&json, sign_ins[k][0]);
        json_key(&json, "email");
        json_text(&json, sign_ins[k][1]);
        json_key(&json, "password");
        json_text(&json, demo->password);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    if (json_close(&json) == RC_OK)
        fputs(out.bytes, stdout);
}

static void print_words(const struct demo *demo)
{
    printf("A demo organisation is ready: %d mentees and %d mentors in one cohort, and\n"
           "24 pairs under way in another.\n\n"
           "Sign in at http://127.0.0.1:8080/sign-in with the password %s and\n",
           MENTEES, MENTORS, demo->password);
    for (size_t k = 0; k < SIGN_INS; k++)
        printf("  %-26s as %s\n", sign_ins[k][1], sign_ins[k][0]);
}

static int fill_installation(struct demo *demo)
{
    struct arena *arena = &demo->installation.arena;
    demo->now_us = installation_now_us();
    demo->password = token_new(arena);
    if (demo->password == NULL || password_hash(arena, demo->password, &demo->stored) != RC_OK ||
        db_write(demo->installation.db, demo_work, demo) != RC_OK) {
        fputs("trellis: the demo could not be made; nothing was changed.\n", stderr);
        return EXIT_FAILED;
    }
    if (demo->full)
        fputs("trellis: there are people already; the demo needs an empty installation.\n", stderr);
    else if (demo->json)
        print_json(demo);
    else
        print_words(demo);
    return demo->full ? EXIT_FAILED : 0;
}

int demo_command(int argc, char **argv)
{
    struct demo demo = {.json = false};
    bool help = argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0);
    bool unknown = false;
    for (int k = 1; k < argc && !help; k++) {
        if (strcmp(argv[k], "--json") == 0)
            demo.json = true;
        else if (strcmp(argv[k], "--data") == 0 && k + 1 < argc)
            demo.installation.folder = argv[++k];
        else if (strcmp(argv[k], "--database") == 0 && k + 1 < argc)
            demo.installation.url = argv[++k];
        else if (strcmp(argv[k], "--key-file") == 0 && k + 1 < argc)
            demo.installation.key_file = argv[++k];
        else
            unknown = true;
    }
    bool one_place = (demo.installation.folder == NULL) != (demo.installation.url == NULL);
    if (help || unknown || !one_place) {
        fputs(
            "Usage: trellis demo --data FOLDER [--json]   (or --database URL)\n"
            "\n"
            "Fills an empty installation with a made-up organisation, and prints who can sign in.\n",
            help ? stdout : stderr);
        return help ? 0 : EXIT_USE;
    }
    demo.installation.readers = 1;
    if (installation_open(&demo.installation) != RC_OK ||
        installation_seal(&demo.installation, true) != RC_OK)
        return EXIT_FAILED;
    int status = fill_installation(&demo);
    db_close(demo.installation.db);
    arena_close(&demo.installation.arena);
    return status;
}
