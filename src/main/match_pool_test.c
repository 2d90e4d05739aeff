// SPDX-License-Identifier: Apache-2.0
// From sheets to the library's features: topics, daylight-saving phases, tags, weeks, ids, and what
// is switched off because nobody told it.
#include "match_pool.h"

#include <string.h>

#include "base/hash.h"
#include "base/tap.h"
#include "base/zone.h"

#include "match_links.h"
#include "match_parts.h"

static struct arena arena;
static struct roster roster;
static struct match_pool pool;
static struct problem_list problems;

static const char mentees[] =
    "id,name,time zone,languages,wishes,interests,availability,employer,years of experience\n"
    "a,Ada,Europe/London,English; French,Sustainabilty; Python; python,chess; hiking,"
    "Mon 10:00-11:00,Acme,0\n"
    "b,Bea,,Polish,Python,,,,5\n";
static const char mentors[] =
    "id,name,time zone,languages,expertise,interests,availability,employer,level,max_mentees\n"
    "x,Xia,Australia/Sydney,English (A2); French,Sustainability,chess; go; tea,Tue 09:00-10:00,"
    "ACME,senior,2\n"
    "y,Yve,Asia/Kathmandu,English,Python programming,,,,lead,0\n";

static enum rc build(const char *mentee_sheet, const char *mentor_sheet,
                     const struct rules_file *rules)
{
    struct place_book *places = NULL;
    const char *error = "";
    int64_t from_s = date_to_seconds(rules->start);
    problem_list_open(&problems, &arena, 100);
    TRY(place_book_load(&arena, ZONE_FOLDER, from_s, from_s + 112 * DATE_SECONDS_A_DAY, &places,
                        &error));
    struct roster_source sources[2] = {
        {"a.csv", mentee_sheet, strlen(mentee_sheet), NULL, 0},
        {"b.csv", mentor_sheet, strlen(mentor_sheet), NULL, 0},
    };
    TRY(roster_read(&arena, &sources[0], &sources[1], &(struct roster_options){.places = places},
                    &problems, &roster));
    return match_pool_build(&arena, &roster, rules, &(struct match_lists){0}, &problems, &pool);
}

static void test_topics(void)
{
    const struct mm_person *ada = &pool.pool.mentee[0];
    const struct mm_person *xia = &pool.pool.mentor[0];
    is_int(pool.pool.topic_count, 2, "different wishes are topics");
    is_int(ada->topics, 2, "a wish that stands twice is one");
    is_int(ada->topic[0].amount, 10, "the first wish counts most");
    is_int(ada->topic[1].amount, 9, "the second less");
    is_int(xia->topics, 1, "a skill serves the wish that it is near to");
    is_int(xia->topic[0].topic, ada->topic[0].topic, "that one");
    is_int(xia->topic[0].amount, 95, "as a near spelling");
    struct match_cover cover;
    is_int(match_pool_cover(&pool, 0, 0, 0, &cover), RC_OK, "the rule can be asked for");
    is_int(cover.percent, 95, "with the same percentage");
    ok(strstr(cover.rule, "near spelling") != NULL, "and said in words");
    is_int(match_pool_cover(&pool, 1, 0, 0, &cover), RC_OK, "what does not fit");
    ok(cover.skill == UINT32_MAX && cover.percent == 0, "is served by nothing");
}

// London leaves summer time on 25 October 2026, Sydney enters it on 4 October: three phases.
static void test_phases(void)
{
    static const int16_t london[] = {60, 60, 0};
    static const int16_t sydney[] = {600, 660, 660};
    is_int(pool.pool.phases, 3, "a phase for each change of a clock");
    for (size_t i = 0; i < 3; i++) {
        is_int(pool.pool.mentee[0].zone_minutes[i], london[i], "London in phase %zu", i);
        is_int(pool.pool.mentor[0].zone_minutes[i], sydney[i], "Sydney in phase %zu", i);
    }
    is_int(pool.pool.mentor[1].zone_minutes[0], 345, "Kathmandu is 5:45 ahead");
    is_int(pool.pool.mentee[1].zone_minutes[0], MM_ZONE_UNKNOWN, "nothing told is unknown");
    is_int(pool.phases[0].from_s, 1788739200, "the first begins with the cohort");
    is_int(pool.phases[0].seconds + pool.phases[1].seconds + pool.phases[2].seconds,
           112 * DATE_SECONDS_A_DAY, "together they are the cohort");
}

static void test_features(void)
{
    const struct mm_person *ada = &pool.pool.mentee[0];
    const struct mm_person *bea = &pool.pool.mentee[1];
    const struct mm_person *xia = &pool.pool.mentor[0];
    const struct mm_person *yve = &pool.pool.mentor[1];
    is_int(__builtin_popcountll(ada->languages & xia->languages), 1,
           "a language below the level needed is not in common");
    ok((bea->languages & (xia->languages | yve->languages)) == 0 && bea->languages != 0,
       "a language of one side alone is told, and not in common");
    is_int(__builtin_popcountll(ada->interests[0] & xia->interests[0]), 1, "an interest in common");
    uint64_t all = 0;
    for (size_t i = 0; i < 4; i++)
        all += (uint64_t)__builtin_popcountll(xia->interests[i]);
    is_int(all, 3, "and the number of all of them stays");
    ok(ada->employer == xia->employer && ada->employer != 0 && bea->employer == 0,
       "employers are compared as people mean them");
    is_int(ada->seniority, PERSON_LEVEL_STUDENT, "the grade from years");
    is_int(bea->seniority, PERSON_LEVEL_MIDDLE, "the grade from more years");
    is_int(xia->seniority, PERSON_LEVEL_SENIOR, "the grade as told");
    is_int(xia->places, 2, "places");
    is_int(yve->places, 0, "no place");
    ok(bea->possible == NULL, "no availability told");
    uint64_t quarter_hours = 0;
    for (size_t i = 0; i < MM_WEEK_WORDS; i++)
        quarter_hours += (uint64_t)__builtin_popcountll(ada->possible[i]);
    is_int(quarter_hours, 4, "an hour is four quarter hours");
    is_int(ada->possible[0] >> 40 & 0xf, 0xf, "at Monday 10:00");
    ok(ada->id != bea->id && ada->id == hash_text(HASH_START, "a"),
       "ids come from the sheet's ids");
    is_int(mm_pool_check(&pool.pool, NULL), MM_OK, "the library takes the pool");
}

static void test_switched_off(void)
{
    ok(pool.weight_off[MM_C_INDUSTRY] && pool.rules.rules.weight[MM_C_INDUSTRY].weight == 0,
       "what nobody told does not count");
    ok(!pool.weight_off[MM_C_TOPICS] && pool.rules.rules.weight[MM_C_TOPICS].weight > 0,
       "what both told does");
    ok(pool.rule_off[MM_R_LINE] && !pool.rules.rules.rule[MM_R_LINE].use,
       "a rule that cannot be judged is off");
    struct rules_file rules;
    rules_file_default(&rules);
    rules.rule_told[MM_R_FORMAT] = true;
    rules.rules.rule[MM_R_FORMAT] = (struct mm_rule){.use = true, .allow_unknown = false};
    is_int(build(mentees, mentors, &rules), RC_BAD_INPUT, "unless the rules file insists");
    rules_file_default(&rules);
    is_int(build("name\nAda\n", "name\nXia\n", &rules), RC_BAD_INPUT,
           "sheets of names alone say nothing");
}

static const struct {
    const char *text;
    unsigned value;
} cadences[] = {
    {"weekly",        4},
    {"once a week",   4},
    {"every 2 weeks", 2},
    {"biweekly",      2},
    {"fortnightly",   2},
    {"twice a month", 2},
    {"monthly",       1},
    {"3",             3},
    {"twice a week",  8},
    {"every 3 weeks", 1},
    {"99",            0},
    {"",              0},
    {"when needed",   0},
    {"once a month",  1}
};
static const struct {
    const char *text;
    unsigned value;
} formats[] = {
    {"video",               MATCH_VIDEO                  },
    {"online",              MATCH_VIDEO                  },
    {"in person",           MATCH_IN_PERSON              },
    {"video call or phone", MATCH_VIDEO | MATCH_AUDIO    },
    {"chat e mail",         MATCH_TEXT                   },
    {"hybrid",              MATCH_VIDEO | MATCH_IN_PERSON},
    {"either",              31                           },
    {"",                    0                            },
    {"on the moon",         0                            }
};

static void test_words(void)
{
    for (size_t i = 0; i < sizeof cadences / sizeof cadences[0]; i++)
        is_int(match_read_cadence(cadences[i].text), cadences[i].value, "cadence \"%s\"",
               cadences[i].text);
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        is_uint(match_read_formats(formats[i].text) &
                    (strstr(formats[i].text, "video call") != NULL ? 3U : 31U),
                formats[i].value, "format \"%s\"", formats[i].text);
}

static const struct {
    enum match_links_kind kind;
    const char *text;
    const char *problem; // begins so; NULL: none
    size_t count;
} link_files[] = {
    {MATCH_PIN,      "mentee,mentor\na,x\nBEA,y\n",            NULL,                           2},
    {MATCH_PIN,      "mentor_id;mentee_id\nx;a\nx;a\n",        NULL,                           1},
    {MATCH_PIN,      "mentee,mentor\nq,x\n",                   "no mentee is called \"q\"",    0},
    {MATCH_PIN,      "a,b\n1,2\n",                             "a file of pairs needs",        0},
    {MATCH_PIN,      "",                                       "a file of pairs needs",        0},
    {MATCH_PREVIOUS, "mentee,mentor,score\na,gone,3\nb,y,4\n", "\"gone\" is not on the sheet", 1},
    {MATCH_AVOID,    "mentee,mentor\nx,a\n",                   NULL,                           1},
};

static void test_links(void)
{
    for (size_t i = 0; i < sizeof link_files / sizeof link_files[0]; i++) {
        struct match_links links = {NULL, 0};
        struct match_links_source source = {"p.csv", text_of(link_files[i].text),
                                            link_files[i].kind};
        problem_list_open(&problems, &arena, 10);
        match_links_read(&arena, &source, &roster, &problems, &links);
        is_uint(links.count, link_files[i].count, "pairs of file %zu", i);
        const char *want = link_files[i].problem;
        bool same = problems.count == 0
                        ? want == NULL
                        : want != NULL && strncmp(problems.items[0].what, want, strlen(want)) == 0;
        ok(same, "and what is wrong with it");
    }
}

int main(void)
{
    arena_open(&arena, 256 << 20);
    struct rules_file rules;
    rules_file_default(&rules);
    if (!is_int(build(mentees, mentors, &rules), RC_OK, "two sheets make a pool")) {
        for (size_t i = 0; i < problems.count; i++)
            note("%s", problems.items[i].what);
        return tap_done();
    }
    test_topics();
    test_phases();
    test_features();
    test_links();
    test_words();
    test_switched_off();
    arena_close(&arena);
    return tap_done();
}
