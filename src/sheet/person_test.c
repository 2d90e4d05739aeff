// SPDX-License-Identifier: Apache-2.0
// Two sheets to people: both demo rounds as they are, and small sheets for every complaint.
#include "sheet/person.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/file.h"
#include "base/tap.h"

static struct arena arena; // of the place book
static struct place_book *book;

// What came of two sheets.
struct outcome {
    struct arena arena;
    struct problem_list problems;
    struct roster roster;
    enum rc rc;
};

static struct roster_source source_of(const char *file, const char *text)
{
    return (struct roster_source){.file = file, .bytes = text, .length = strlen(text)};
}

static void read_texts(struct outcome *outcome, const char *mentees, const char *mentors)
{
    *outcome = (struct outcome){.rc = RC_OK};
    arena_open(&outcome->arena, 64 * 1024 * 1024);
    problem_list_open(&outcome->problems, &outcome->arena, 1000);
    struct roster_source mentee_source = source_of("mentees.csv", mentees);
    struct roster_source mentor_source = source_of("mentors.csv", mentors);
    struct roster_options options = {.places = book};
    outcome->rc = roster_read(&outcome->arena, &mentee_source, &mentor_source, &options,
                              &outcome->problems, &outcome->roster);
}

static const struct problem *find_problem(const struct outcome *outcome, const char *what)
{
    for (size_t i = 0; i < outcome->problems.count; i++) {
        if (strstr(outcome->problems.items[i].what, what) != NULL)
            return &outcome->problems.items[i];
    }
    return NULL;
}

struct complaint_case {
    const char *mentees;
    const char *mentors;
    const char *what;
    enum problem_severity severity;
    uint32_t line;
    const char *column;
};

#define GOOD_MENTEES "id,wishes,country\na,x,Kenya\n"
#define GOOD_MENTORS "id,skills,country,capacity\nb,x,Kenya,2\n"

static const struct complaint_case complaints[] = {
    {"id,wishes,country\na,x,Kenya\nA,y,Kenya\n",       GOOD_MENTORS,
     "the id \"A\" is that of line 2 too",                                                                                                       PROBLEM_ERROR,   3, "id"            },
    {GOOD_MENTEES,                                      "id,skills,country,places\nb,x,Kenya,two\n",
     "\"two\" is not a whole number from 0 to 20",                                                                                               PROBLEM_ERROR,   2, "places"        },
    {GOOD_MENTEES,                                      "id,skills,country,capacity\nb,x,Kenya,21\n", "\"21\" is not a whole number",
     PROBLEM_ERROR,                                                                                                                                               2, "capacity"      },
    {"id,wishes,country,mentors wanted\na,x,Kenya,0\n", GOOD_MENTORS,
     "\"0\" is not a whole number from 1 to 3",                                                                                                  PROBLEM_ERROR,   2, "mentors wanted"},
    {GOOD_MENTEES,                                      "colour\nred\n",                              "names no column that is known",           PROBLEM_ERROR,   1, NULL            },
    {GOOD_MENTEES,                                      "id,skills\n",                                "nobody in it",                            PROBLEM_ERROR,   0, NULL            },
    {"id,wishes,country\na,x,Kenya,z\n",                GOOD_MENTORS,                                 "the row has 4 cells",                     PROBLEM_ERROR,   2,
     NULL                                                                                                                                                                            },
    {"id,wishes,country\na,\"x,Kenya\n",                GOOD_MENTORS,                                 "never closed",                            PROBLEM_ERROR,   2, NULL            },
    {"id,wishes,country\na,x,\n",                       GOOD_MENTORS,                                 "neither city nor country",                PROBLEM_WARNING, 2,
     "country"                                                                                                                                                                       },
    {"id,wishes,city,country\na,x,London,Ghana\n",      GOOD_MENTORS,                                 "but the country is \"Ghana\"",
     PROBLEM_WARNING,                                                                                                                                             2, "city"          },
    {"id,wishes,country\na,,Kenya\n",                   GOOD_MENTORS,                                 "nothing is said of what the mentee",
     PROBLEM_WARNING,                                                                                                                                             2, "wishes"        },
    {GOOD_MENTEES,                                      "id,skills,country\nb,...,Kenya\n",           "nothing is said of what the mentor",
     PROBLEM_WARNING,                                                                                                                                             2, "skills"        },
    {"id,wishes,email\na,x,a@b.org\nc,x,A@b.org\n",     GOOD_MENTORS,
     "the e-mail address is that of line 2",                                                                                                     PROBLEM_WARNING, 3, "email"         },
    {"id,wishes,email\na,x,nobody\n",                   GOOD_MENTORS,                                 "\"nobody\" is not an e-mail address",
     PROBLEM_WARNING,                                                                                                                                             2, "email"         },
    {"id,wishes,pronouns\na,x,Data Science\n",          GOOD_MENTORS,                                 "does not look like pronouns",
     PROBLEM_WARNING,                                                                                                                                             2, "pronouns"      },
    {"id,wishes,email\na,x,a@b.org\n",                  "id,skills,email\nb,x,a@b.org\n",             "the same e-mail address",
     PROBLEM_WARNING,                                                                                                                                             2, NULL            },
    {"id,name,wishes\na,Ana D\u00edaz,x\n",             "id,name,skills\nb,ANA DIAZ,x\n",             "the same name",
     PROBLEM_WARNING,                                                                                                                                             2, NULL            },
    {"id,wishes,choices\na,x,b; nobody\n",              GOOD_MENTORS,                                 "\"nobody\" is nobody in the other sheet",
     PROBLEM_WARNING,                                                                                                                                             2, "choices"       },
    {"id,wishes,seniority\na,x,wizard\n",               GOOD_MENTORS,                                 "\"wizard\" is not understood",
     PROBLEM_WARNING,                                                                                                                                             2, "seniority"     },
    {"id,wishes,availability\na,x,sometimes\n",         GOOD_MENTORS,                                 "\"sometimes\" is not understood",
     PROBLEM_WARNING,                                                                                                                                             2, "availability"  },
    {"id,wishes,statement 1\na,x,9\n",                  GOOD_MENTORS,                                 "\"9\" is not an answer",                  PROBLEM_WARNING, 2,
     "statement 1"                                                                                                                                                                   },
    {"id,wishes,woman\na,x,perhaps\n",                  GOOD_MENTORS,                                 "\"perhaps\" is neither yes nor no",
     PROBLEM_WARNING,                                                                                                                                             2, "woman"         },
    {"id,country\na,Kenya\n",                           GOOD_MENTORS,                                 "topics cannot be matched",                PROBLEM_WARNING, 1, NULL            },
    {"id,wishes\na,x\n",                                GOOD_MENTORS,                                 "no column says where people live",        PROBLEM_WARNING, 1,
     NULL                                                                                                                                                                            },
    {"id,wishes\n,x\n",                                 GOOD_MENTORS,                                 "\"row-2\" is used",                       PROBLEM_WARNING, 2, "id"            },
    {GOOD_MENTEES,                                      "id,topics,country\nb,x,Kenya\n",             "read as what the mentors can help with",
     PROBLEM_NOTE,                                                                                                                                                1, "topics"        },
};

static void test_complaint(const struct complaint_case *row)
{
    struct outcome outcome;
    read_texts(&outcome, row->mentees, row->mentors);
    const struct problem *problem = find_problem(&outcome, row->what);
    if (ok(problem != NULL, "says: %s", row->what)) {
        is_int(problem->severity, row->severity, "as %s", problem_severity_text(row->severity));
        is_uint(problem->line, row->line, "its line");
        is_str(problem->column, row->column, "its column");
        ok(problem->file != NULL && strstr(problem->file, ".csv") != NULL, "its file");
    }
    is_int(outcome.rc, row->severity == PROBLEM_ERROR ? RC_BAD_INPUT : RC_OK, "and the result");
    arena_close(&outcome.arena);
}

static void test_both_sides_are_looked_at(void)
{
    struct outcome outcome;
    read_texts(&outcome, "colour\nred\n", "id,skills,capacity\nb,x,many\n");
    is_int(outcome.rc, RC_BAD_INPUT, "neither sheet can be used");
    is_uint(problem_count(&outcome.problems, PROBLEM_ERROR), 2, "and both are told");
    arena_close(&outcome.arena);
}

static void test_everything(void)
{
    struct outcome outcome;
    read_texts(
        &outcome,
        "Mentee ID;First name;Last name;Email;Location;Gender;Goals;Languages;Level;Years of experience;"
        "Company;Availability;Chosen mentors;Do not match;Statement: I plan ahead;Hours per month;Line manager\n"
        "e1;Ana;D\u00edaz;ana@x.org;Lima, Peru;Woman;Python, career change;English (B2), Spanish native;Junior;2-3;"
        "ACME;Mon-Fri 18-20;Bo Li, m9@x.org;m3;4;2.5;M9@x.org\n",
        "id,name,email,time zone,woman,skills,max mentees,statement i plan ahead\n"
        "m1,Bo Li,bo@x.org,Asia/Shanghai,yes,\"Python; Go\",3,2\n"
        "m2,Cy,m9@x.org,Europe/Paris,no,Leadership,,\n"
        "m3,Di,d@x.org,UTC,,Rust,0,5\n");
    if (!is_int(outcome.rc, RC_OK, "a sheet with everything")) {
        arena_close(&outcome.arena);
        return;
    }
    const struct person *ana = &outcome.roster.mentees[0];
    const struct person *mentors = outcome.roster.mentors;
    is_str(ana->name, "Ana D\u00edaz", "first and last name");
    is_str(ana->place.zone, "America/Lima", "zone");
    is_int(ana->woman, PERSON_YES, "gender says woman");
    is_uint(ana->wish_count, 2, "two wishes");
    is_str(ana->wishes[1].text, "career change", "the second");
    is_uint(ana->language_count, 2, "two languages");
    is_int(ana->languages[1].level, PERSON_LANGUAGE_NATIVE, "a native speaker");
    is_int(ana->level, PERSON_LEVEL_JUNIOR, "level");
    is_int(ana->years, 2, "years");
    is_int(ana->hours_a_month_x10, 25, "hours");
    is_str(ana->texts[COLUMN_EMPLOYER], "ACME", "employer");
    ok(ana->has_week && (ana->week[0] >> 36 & 0xf) == 0xf, "Monday from 18 to 20");
    is_uint(ana->choice_count, 2, "two choices");
    is_uint(ana->choices[0].person, 0, "by name");
    is_uint(ana->choices[1].person, 1, "by address");
    is_uint(ana->vetoes[0].person, 2, "a veto by id");
    is_uint(ana->manager_count == 1 ? ana->managers[0].person : 9, 1,
            "her line manager by address");
    is_uint(outcome.roster.statement_count, 1, "one statement of both sheets");
    is_int(ana->statements[0], 4, "her answer");
    is_int(mentors[0].statements[0], 2, "his");
    is_uint(mentors[0].capacity, 3, "capacity");
    is_uint(mentors[1].capacity, 1, "blank is one");
    is_uint(mentors[2].capacity, 0, "none is none");
    is_uint(mentors[0].skills[0].topic, ana->wishes[0].topic, "Python on both sides is one topic");
    arena_close(&outcome.arena);
}

// What is true of a demo round.
struct round_case {
    const char *name;
    uint32_t mentees;
    uint32_t mentors;
    uint32_t places;         // sum of capacities
    uint32_t mentees_placed; // with a time zone
    uint32_t mentors_placed;
    uint32_t same_people;
    uint32_t wishes;
    uint32_t wishes_met;      // that some mentor's skill is related to at all
    uint32_t wishes_met_well; // by 50 or more
    size_t warnings;
};

static const struct round_case rounds[] = {
    {"round5", 71, 35, 87, 63, 32, 2, 394, 280, 247, 17},
    {"round6", 41, 32, 50, 30, 30, 1, 200, 123, 104, 16},
};

static char *read_demo(const char *round, const char *side)
{
    const char *root = getenv("TRELLIS_SOURCE");
    struct text content = {0};
    const char *error = "";
    char *path = arena_printf(&arena, "%s/demo/%s-%s.csv", root == NULL ? "." : root, round, side);
    ok(file_read(&arena, path, 1000000, &content, &error) == RC_OK, "%s %s", path, error);
    return content.bytes == NULL ? NULL : arena_strndup(&arena, content.bytes, content.length);
}

static uint8_t best_skill(const struct roster *roster, uint32_t wish)
{
    uint8_t best = 0;
    for (uint32_t m = 0; m < roster->mentor_count; m++) {
        for (uint32_t s = 0; s < roster->mentors[m].skill_count; s++) {
            struct topic_relation relation =
                topic_relate(&roster->topics, wish, roster->mentors[m].skills[s].topic);
            best = relation.percent > best ? relation.percent : best;
        }
    }
    return best;
}

static void count_wishes(const struct roster *roster, struct round_case *seen)
{
    for (uint32_t i = 0; i < roster->mentee_count; i++) {
        for (uint32_t w = 0; w < roster->mentees[i].wish_count; w++) {
            uint8_t best = best_skill(roster, roster->mentees[i].wishes[w].topic);
            seen->wishes++;
            seen->wishes_met += best > 0 ? 1 : 0;
            seen->wishes_met_well += best >= 50 ? 1 : 0;
        }
    }
}

static void count_people(const struct roster *roster, struct round_case *seen)
{
    seen->mentees = roster->mentee_count;
    seen->mentors = roster->mentor_count;
    for (uint32_t i = 0; i < roster->mentee_count; i++) {
        seen->mentees_placed += roster->mentees[i].place.zone != NULL ? 1 : 0;
        seen->same_people += roster->mentees[i].same_person != PERSON_NOBODY ? 1 : 0;
    }
    for (uint32_t i = 0; i < roster->mentor_count; i++) {
        seen->mentors_placed += roster->mentors[i].place.zone != NULL ? 1 : 0;
        seen->places += roster->mentors[i].capacity;
    }
}

static void test_round(const struct round_case *want)
{
    struct outcome outcome;
    struct round_case seen = {0};
    char *mentees = read_demo(want->name, "mentees");
    char *mentors = read_demo(want->name, "mentors");
    if (mentees == NULL || mentors == NULL)
        return;
    read_texts(&outcome, mentees, mentors);
    if (is_int(outcome.rc, RC_OK, "%s can be used as it is", want->name)) {
        count_people(&outcome.roster, &seen);
        count_wishes(&outcome.roster, &seen);
        is_uint(seen.mentees, want->mentees, "mentees");
        is_uint(seen.mentors, want->mentors, "mentors");
        is_uint(seen.places, want->places, "places");
        is_uint(seen.mentees_placed, want->mentees_placed, "mentees with a time zone");
        is_uint(seen.mentors_placed, want->mentors_placed, "mentors with a time zone");
        is_uint(seen.same_people, want->same_people, "people on both sheets");
        is_uint(seen.wishes, want->wishes, "wishes");
        is_uint(seen.wishes_met, want->wishes_met, "of which some mentor knows something");
        is_uint(seen.wishes_met_well, want->wishes_met_well,
                "of which some mentor knows the topic");
        is_uint(problem_count(&outcome.problems, PROBLEM_WARNING), want->warnings, "warnings");
    }
    arena_close(&outcome.arena);
}

// Every call for memory fails in turn: never a crash, never a result.
static void test_memory(void)
{
    struct roster_source mentees =
        source_of("a", "id,name,wishes,country,choices,languages\na,,AI; x,Kenya,b,English (C1)\n");
    struct roster_source mentors =
        source_of("b", "id,skills,city,capacity,statement\nb,AI,Lodnon,2,9\n");
    struct roster_options options = {.places = book};
    int failures = 0;
    for (size_t n = 1; n < 2000; n++) {
        struct arena own;
        struct problem_list problems;
        struct roster roster = {0};
        arena_open(&own, 64 * 1024 * 1024);
        problem_list_open(&problems, &own, 100);
        own.fail_at = n;
        enum rc rc = roster_read(&own, &mentees, &mentors, &options, &problems, &roster);
        bool clean = rc == RC_NO_MEMORY && roster.mentees == NULL;
        arena_close(&own);
        if (rc == RC_OK)
            break;
        failures += clean ? 1 : 10000;
    }
    ok(failures > 50 && failures < 2000, "%d calls for memory fail cleanly", failures);
}

int main(void)
{
    const char *error = "";
    arena_open(&arena, 64 * 1024 * 1024);
    int64_t from_s = date_to_seconds((struct date){2026, 1, 1});
    int64_t to_s = date_to_seconds((struct date){2027, 1, 1});
    if (!is_int(place_book_load(&arena, ZONE_FOLDER, from_s, to_s, &book, &error), RC_OK,
                "places %s", error))
        return tap_done();
    for (size_t i = 0; i < sizeof complaints / sizeof complaints[0]; i++)
        test_complaint(&complaints[i]);
    test_both_sides_are_looked_at();
    test_everything();
    for (size_t i = 0; i < sizeof rounds / sizeof rounds[0]; i++)
        test_round(&rounds[i]);
    test_memory();
    arena_close(&arena);
    return tap_done();
}
