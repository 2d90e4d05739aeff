// SPDX-License-Identifier: Apache-2.0
//
// From sign-ups to the library: each rule forbids what it says, links hold, and the best pairs of a
// small cohort are found.
#include "app/match/match.h"

#include "base/tap.h"

#include "app/match/match_hard.h"

struct bench {
    struct arena *arena;
    struct enrolment people[8];
    struct match_input input;
    struct match_output output;
    const char *said;
};

static struct enrolment person(int64_t id, const char *role, int64_t level, const char *topics)
{
    return (struct enrolment){.id = id,
                              .person = id,
                              .role = role,
                              .state = "approved",
                              .name = "x",
                              .zone = "Europe/Madrid",
                              .level = level,
                              .topics = topics,
                              .other = "",
                              .top = "",
                              .languages = "en ",
                              .week = "w 18:00 21:00 g;",
                              .formats = "video ",
                              .employer = "",
                              .places = 1};
}

static bool build(struct bench *bench, size_t count, const struct match_link *links, size_t n)
{
    bench->input = (struct match_input){
        .cohort = {.starts = "2027-03-01", .weeks = 26},
        .rules = match_rules_default(),
        .people = bench->people,
        .count = count
    };
    return match_build(bench->arena, &bench->input, links, n, NULL) == RC_OK;
}

static int64_t score(struct bench *bench)
{
    struct match_pair pair;
    if (!build(bench, 2, NULL, 0) ||
        match_describe(bench->arena, &bench->input, 0, 0, &pair) != RC_OK)
        return -2;
    return pair.score;
}

static void try_rules(struct bench *bench)
{
    struct enrolment *mentee = &bench->people[0];
    struct enrolment *mentor = &bench->people[1];
    *mentee = person(1, "mentee", 2, "data ux ");
    *mentor = person(2, "mentor", 3, "data ux security ");
    int64_t best = score(bench);
    ok(best > 9000, "everything fits");
    mentor->topics = "data ";
    ok(score(bench) < best && score(bench) > 0, "one of two topics is less");
    int64_t half = score(bench);
    mentee->top = "data";
    ok(score(bench) > half, "and more when it is the one that matters most");
    mentor->level = 1;
    is_int(score(bench), -1, "a mentor is as far as her mentee");
    mentor->level = 3;
    mentor->languages = "es ";
    is_int(score(bench), -1, "a language in common");
    mentor->languages = "en ";
    mentor->week = "w 08:00 12:00 g;";
    is_int(score(bench), -1, "time in common");
    mentor->week = "w 18:00 21:00 g;";
    mentor->zone = "Asia/Kathmandu";
    is_int(score(bench), -1, "in her own zone, not in the clock's figures");
    mentor->zone = "America/New_York";
    mentor->week = "w 12:00 15:30 g;";
    ok(score(bench) > 0, "noon in New York is the evening in Madrid");
    mentor->week = "";
    ok(score(bench) > 0, "no times given: not refused");
    mentor->formats = "text ";
    is_int(score(bench), -1, "a way to meet in common");
    mentor->formats = "text video ";
    mentee->employer = "Acme, Inc.";
    mentor->employer = "ACME inc";
    is_int(score(bench), -1, "not of one house, however it is written");
    mentor->employer = "";
    mentee->asks = 1;
    is_int(score(bench), -1, "she asks for a woman");
    mentor->woman = 1;
    ok(score(bench) > 0, "and gets one");
    mentor->asks = 2;
    mentee->woman = 2;
    is_int(score(bench), -1, "a mentor who takes women only");
    mentee->woman = 1;
    mentor->person = mentee->person;
    is_int(score(bench), -1, "nobody mentors herself");
}

static int64_t answered(struct bench *bench, struct question_used *used, size_t count,
                        const char *const values[][2])
{
    struct question_said said[8];
    struct match_pair pair;
    const struct match_rules rules = match_rules_default();
    for (size_t side = 0; side < 2; side++)
        for (size_t k = 0; k < count; k++)
            said[side * count + k] =
                (struct question_said){(int64_t)side + 1, used[k].line, values[k][side]};
    bench->input = (struct match_input){
        .cohort = {.starts = "2027-03-01", .weeks = 26},
        .rules = rules,
        .people = bench->people,
        .count = 2,
        .used = used,
        .used_count = count,
        .said = said,
        .said_count = 2 * count
    };
    if (match_build(bench->arena, &bench->input, NULL, 0, NULL) != RC_OK ||
        match_describe(bench->arena, &bench->input, 0, 0, &pair) != RC_OK)
        return -2;
    bench->said = pair.answers;
    return pair.score;
}

// Questions of the programme's own: tags, steps, and what must be in common.
static void try_answers(struct bench *bench)
{
    struct question_used many[1] = {
        {7, QUESTION_SHARED, "many", "Tools?", "C\nGo\nRust\nJava", "match"}
    };
    struct question_used must[2] = {
        {8, QUESTION_MUST, "one",  "City?", "Lima\nQuito\n", "coordinator"},
        {9, QUESTION_MUST, "many", "Days?", "Mon\nTue\nWed", "matching"   }
    };
    struct question_used near[2] = {
        {5, QUESTION_NEAR, "scale", "Plans?", "",                   "matching"},
        {6, QUESTION_NEAR, "one",   "Size?",  "none\nsome\nplenty", "matching"}
    };
    bench->people[0] = person(1, "mentee", 2, "data ");
    bench->people[1] = person(2, "mentor", 3, "data ");
    int64_t full = score(bench);
    int64_t most = answered(bench, many, 1,
                            (const char *const[][2]){
                                {"C\nGo", "Go\nC"}
    });
    ok(most >= full, "the same answers are the most");
    is_str(bench->said, "C; Go", "and are told");
    int64_t half = answered(bench, many, 1,
                            (const char *const[][2]){
                                {"C\nGo", "Rust\nC"}
    });
    ok(half > 0 && half < most, "one of two is less");
    ok(answered(bench, many, 1,
                (const char *const[][2]){
                    {"Go", "Rust"}
    }) < half,
       "none is least");
    is_int(answered(bench, many, 1,
                    (const char *const[][2]){
                        {"Go", ""}
    }),
           full, "where one side says nothing at all, it does not count");
    ok(answered(bench, must, 2,
                (const char *const[][2]){
                    {"Lima", "Lima"    },
                    {"Mon",  "Tue\nMon"}
    }) > 0,
       "what must be in common is");
    is_str(bench->said, "Lima", "what is for matching only is not told");
    is_int(answered(bench, must, 2,
                    (const char *const[][2]){
                        {"Lima", "Quito"},
                        {"Mon",  "Mon"  }
    }),
           -1, "one that is not forbids");
    is_int(answered(bench, must, 2,
                    (const char *const[][2]){
                        {"Lima", "Lima"    },
                        {"Mon",  "Tue\nWed"}
    }),
           -1, "as the other does");
    ok(answered(bench, must, 2,
                (const char *const[][2]){
                    {"Lima", ""   },
                    {"",     "Wed"}
    }) > 0,
       "who has not answered is not ruled out");
    int64_t same = answered(bench, near, 2,
                            (const char *const[][2]){
                                {"4",    "4"   },
                                {"some", "some"}
    });
    int64_t near_by = answered(bench, near, 2,
                               (const char *const[][2]){
                                   {"4",    "3"   },
                                   {"some", "some"}
    });
    int64_t far = answered(bench, near, 2,
                           (const char *const[][2]){
                               {"1",    "5"     },
                               {"none", "plenty"}
    });
    ok(same >= full, "the same steps are the most");
    ok(near_by < same && far < near_by, "the further apart, the less");
    is_str(bench->said, "", "and nobody is told");
}

static void try_words(struct bench *bench)
{
    struct match_pair pair;
    struct enrolment *mentee = &bench->people[0];
    struct enrolment *mentor = &bench->people[1];
    *mentee = person(1, "mentee", 2, "");
    *mentor = person(2, "mentor", 3, "");
    mentee->other = "Sustainabilty; Polar science";
    mentor->other = "knitting";
    int64_t none = score(bench);
    mentor->other = "polar sciences;; sustainability";
    ok(score(bench) > none + 3000, "own words are compared, with near spellings");
    ok(build(bench, 2, NULL, 0) &&
           match_describe(bench->arena, &bench->input, 0, 0, &pair) == RC_OK,
       "described");
    is_str(pair.topics, "|Sustainabilty; Polar science; ", "as she wrote them");
    mentor->other = "";
    mentor->topics = "data ";
    mentee->other = "data science";
    ok(score(bench) > none + 3000, "and with the topics of the list");
}

static void try_wishes(struct bench *bench)
{
    const struct match_wish_row choice = {1, 2, false, false};
    const struct match_wish_row veto = {1, 2, true, false};
    const struct match_wish_row rank = {1, 2, false, true};
    struct match_pair pair;
    bench->people[0] = person(1, "mentee", 2, "data ux ");
    bench->people[1] = person(2, "mentor", 3, "data ");
    int64_t plain = score(bench);
    ok(build(bench, 2, NULL, 0) &&
           match_add_wishes(bench->arena, &bench->input, &choice, 1) == RC_OK &&
           match_describe(bench->arena, &bench->input, 0, 0, &pair) == RC_OK && pair.score > plain,
       "a mentee's own choice counts");
    ok(build(bench, 2, NULL, 0) &&
           match_add_wishes(bench->arena, &bench->input, &rank, 1) == RC_OK &&
           match_describe(bench->arena, &bench->input, 0, 0, &pair) == RC_OK && pair.score > plain,
       "and so does where a mentor ranks her");
    ok(build(bench, 2, NULL, 0) &&
           match_add_wishes(bench->arena, &bench->input, &veto, 1) == RC_OK &&
           match_describe(bench->arena, &bench->input, 0, 0, &pair) == RC_OK && pair.score == -1,
       "a mentor's no holds");
}

// Where two can meet in person alone, they name one place; it is a rule that a cohort can drop.
static void try_places(struct bench *bench)
{
    struct enrolment *mentee = &bench->people[0];
    struct enrolment *mentor = &bench->people[1];
    *mentee = person(1, "mentee", 2, "data ");
    *mentor = person(2, "mentor", 3, "data ");
    mentee->formats = "person async ";
    mentor->formats = "person video ";
    mentee->place = "Le\xc3\xb3n";
    mentor->place = "Madrid";
    is_int(score(bench), -1, "in person is all that both can do, and the towns differ");
    mentor->place = "LEON ";
    ok(score(bench) > 0, "the same town, however it is written");
    mentor->place = "";
    ok(score(bench) > 0, "no town named: not refused");
    mentor->place = "Madrid";
    mentor->formats = "person async ";
    ok(score(bench) > 0, "another way in common: they need not be near");
    mentor->formats = "person ";
    is_int(score(bench), -1, "and are refused without it");
    if (!ok(build(bench, 2, NULL, 0), "built"))
        return;
    bench->input.mm.rule[MM_R_PLACE].use = false;
    struct match_pair pair;
    ok(match_describe(bench->arena, &bench->input, 0, 0, &pair) == RC_OK && pair.score > 0,
       "a cohort can drop the rule");
}

// What is refused is told as the line manager's rule, in both directions.
static bool is_refused_by_line(struct bench *bench, struct match_line line)
{
    struct mm_explanation e;
    struct mm_unmatched why;
    struct mm_fault fault;
    const struct mm_link link = {0, 0};
    bench->input = (struct match_input){
        .cohort = {.starts = "2027-03-01", .weeks = 26},
        .rules = match_rules_default(),
        .people = bench->people,
        .count = 2,
        .lines = &line,
        .line_count = 1
    };
    if (match_build(bench->arena, &bench->input, NULL, 0, NULL) != RC_OK ||
        mm_explain_pair(&bench->input.pool, link, &e, &fault) != MM_OK ||
        mm_explain_unmatched(&bench->input.pool, 0, &why, &fault) != MM_OK)
        return false;
    match_tell_lines(&bench->input, &link, 1, &e);
    match_tell_lonely_lines(&bench->input, 0, &why);
    return !e.allowed && e.refused == UINT32_C(1) << MM_R_LINE && why.removed[MM_R_LINE] == 1 &&
           why.removed[MM_R_AVOID] == 0;
}

static void try_lines(struct bench *bench)
{
    bench->people[0] = person(1, "mentee", 2, "data ");
    bench->people[1] = person(2, "mentor", 3, "data ");
    ok(is_refused_by_line(bench, (struct match_line){1, 2}), "not with her line manager");
    ok(is_refused_by_line(bench, (struct match_line){2, 1}), "nor with whom she manages");
    ok(!is_refused_by_line(bench, (struct match_line){1, 9}), "others are free");
}

// Choices in another order, a rank and a veto are another input; a run from before is known by what
// was kept then.
static void try_digest(struct bench *bench)
{
    static const struct match_wish_row none = {0};
    static const struct match_wish_row sets[][2] = {
        {{1, 3, false, false}, {1, 4, false, false}},
        {{1, 4, false, false}, {1, 3, false, false}},
        {{1, 3, false, false}, {1, 4, true, false} },
        {{1, 3, false, false}, {1, 4, false, true} },
    };
    enum { SETS = sizeof sets / sizeof sets[0] };
    struct match_input inputs[SETS + 1];
    for (size_t k = 0; k <= SETS; k++) {
        const struct match_said said = {.wishes = k < SETS ? sets[k] : &none,
                                        .wish_count = k < SETS ? 2 : 0};
        inputs[k] = (struct match_input){
            .cohort = {.starts = "2027-03-01", .weeks = 26},
              .people = bench->people, .count = 2
        };
        is_int(match_set_digest(bench->arena, &inputs[k], &said), RC_OK, "a digest");
        for (size_t l = 0; l < k; l++)
            ok(strcmp(inputs[k].digest, inputs[l].digest) != 0, "another one than %zu has", l);
        const struct match_run now = {.digest = inputs[k].digest};
        const struct match_run old = {.digest = inputs[0].digest_first};
        ok(match_is_unchanged(&now, &inputs[k]), "known by it");
        ok(match_is_unchanged(&old, &inputs[k]), "and a run of before by what it had");
        ok(k == 0 || !match_is_unchanged(&now, &inputs[0]), "others are told apart");
    }
}

static bool run(struct bench *bench, size_t count, const struct match_link *links, size_t n)
{
    bench->output = (struct match_output){.run = {.seed = 7}};
    return build(bench, count, links, n) &&
           match_compute(bench->arena, &bench->input, NULL, &bench->output) == RC_OK;
}

static void try_compute(struct bench *bench)
{
    const struct match_link pin = {2, 4, MATCH_PIN};
    const struct match_link ban = {1, 4, MATCH_BAN};
    const struct match_link gone = {99, 4, MATCH_PIN};
    const struct match_output *out = &bench->output;
    bench->people[0] = person(1, "mentee", 1, "data ");
    bench->people[1] = person(2, "mentee", 1, "data security ");
    bench->people[2] = person(3, "mentee", 4, "ux ");
    bench->people[3] = person(4, "mentor", 3, "data ");
    bench->people[4] = person(5, "mentor", 3, "security ");
    bench->people[5] = person(6, "mentor", 3, "data ");
    bench->people[5].places = 0;
    if (!ok(run(bench, 6, NULL, 0), "computed"))
        return;
    is_uint(out->pair_count, 2, "two pairs: the third mentee is further than every mentor");
    is_int(out->pairs[0].mentor, 4, "data goes to data");
    is_int(out->pairs[1].mentor, 5, "security to security, and nobody to a mentor without places");
    is_str(out->pairs[0].topics, "data |", "why");
    is_int(out->pairs[0].overlap, 5 * 180, "five evenings of three hours");
    ok(out->run.proved && out->certificate[0] != '\0', "and proved");
    is_uint(out->lonely_count, 1, "one has nobody");
    is_int(out->lonely[0].mentee, 3, "the third");
    is_int(out->lonely[0].rule, MM_R_SENIORITY, "and what would help is a mentor who is further");
    ok(run(bench, 6, &pin, 1) && out->pairs[1].mentor == 4 && out->pairs[1].pinned,
       "two are kept together");
    ok(run(bench, 6, &ban, 1) && out->pairs[0].mentor != 4, "two are kept apart");
    ok(run(bench, 6, &gone, 1) && out->pair_count == 2, "who is not in the pool binds nobody");
    ok(run(bench, 0, NULL, 0) && out->pair_count == 0, "nobody at all");
}

// A takes part as both, and so does B: of the two pairs that they could be, the better one comes,
// and never both, whatever their order.
static void try_circles(struct bench *bench)
{
    const struct match_output *out = &bench->output;
    bench->people[0] = person(1, "mentee", 2, "data ");
    bench->people[1] = person(2, "mentee", 2, "ux ");
    bench->people[2] = person(3, "mentor", 2, "ux security ");
    bench->people[3] = person(4, "mentor", 2, "data ");
    bench->people[2].person = 1; // the first as a mentor
    bench->people[3].person = 2;
    ok(run(bench, 4, NULL, 0) && out->pair_count == 1 && out->run.proved,
       "of two who could mentor each other, one mentors the other");
    int64_t mentee = out->pair_count == 1 ? out->pairs[0].mentee : 0;
    struct enrolment first = bench->people[0];
    bench->people[0] = bench->people[1];
    bench->people[1] = first;
    ok(run(bench, 4, NULL, 0) && out->pair_count == 1 && out->pairs[0].mentee == mentee,
       "the same one in any order");
    is_uint(out->lonely_count, 1, "the other is told");
    is_str(out->lonely_count == 1 ? out->lonely[0].removed : "", "0:2 ", "why: she mentors her");
    bench->people[2].places = 2;
    bench->people[4] = person(5, "mentor", 2, "data ux ");
    ok(run(bench, 5, NULL, 0) && out->pair_count == 2, "with a third, both have a mentor");
}

// Nothing fits anybody: allowed pairs of score 0 are still pairs, and the most are found.
static void try_zeros(struct bench *bench)
{
    const struct match_output *out = &bench->output;
    for (int64_t k = 0; k < 3; k++) {
        bench->people[k] = person(1 + k, "mentee", 2, "data ");
        bench->people[3 + k] = person(4 + k, "mentor", 2, "ux ");
        bench->people[3 + k].formats = "";
        bench->people[3 + k].week = "";
        bench->people[3 + k].languages = "";
        bench->people[3 + k].zone = "";
    }
    ok(run(bench, 6, NULL, 0) && out->pair_count == 3 && out->run.total == 0 && out->run.proved,
       "three pairs of no points at all are found, and proved");
    is_int(out->run.lowest, 0, "the lowest is 0, not nothing");
    ok(run(bench, 5, NULL, 0) && out->pair_count == 2 && out->lonely_count == 1 &&
           out->lonely[0].left == 2,
       "with two places, one is left because places ran out");
}

// Whether somebody is matched does not depend on how many she has chosen: nobody gains a place by
// choosing, and nobody loses it.
static void try_gaming(struct bench *bench)
{
    const struct match_wish_row wishes[] = {
        {1, 5, false, false},
        {1, 6, false, false},
        {2, 5, false, false},
    };
    const struct match_output *out = &bench->output;
    uint64_t chosen[4] = {0};
    for (size_t count = 0; count <= 3; count++) {
        for (int64_t k = 0; k < 4; k++)
            bench->people[k] = person(1 + k, "mentee", 2, k == 3 ? "data " : "ux ");
        for (int64_t k = 4; k < 6; k++)
            bench->people[k] = person(1 + k, "mentor", 3, "data ");
        bench->people[5].languages = "es "; // speaks with the fourth alone
        bench->people[3].languages = "en es ";
        bench->output = (struct match_output){.run = {.seed = 7}};
        if (!ok(build(bench, 6, NULL, 0) &&
                    match_add_wishes(bench->arena, &bench->input, wishes, count) == RC_OK &&
                    match_compute(bench->arena, &bench->input, NULL, &bench->output) == RC_OK,
                "with %zu choices", count))
            return;
        chosen[count] = out->pair_count;
        bool fourth = false;
        for (size_t k = 0; k < out->pair_count; k++)
            fourth |= out->pairs[k].mentee == 4 && out->pairs[k].mentor == 6;
        ok(fourth, "who chose nobody keeps the only one whom she can have");
    }
    for (size_t count = 1; count <= 3; count++)
        is_uint(chosen[count], chosen[0], "as many are matched with %zu choices as with none",
                count);
}

static void try_states(void)
{
    static const struct {
        const char *from;
        const char *to;
        bool may;
    } rows[] = {
        {"offered",     "active",      true },
        {"offered",     "not_started", true },
        {"offered",     "paused",      false},
        {"not_started", "active",      false},
        {"active",      "paused",      true },
        {"active",      "offered",     false},
        {"active",      "not_started", false},
        {"paused",      "active",      true },
        {"paused",      "completed",   false},
        {"closing",     "completed",   true },
        {"ended",       "active",      true },
        {"completed",   "active",      false},
        {"withdrawn",   "active",      false},
        {"",            "active",      false},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
        is_int(match_may_move(rows[k].from, rows[k].to), rows[k].may, "from \"%s\" to %s",
               rows[k].from, rows[k].to);
    ok(match_is_over("ended") && match_is_over("not_started") && !match_is_over("closing"),
       "which are ends");
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 64 << 20);
    struct bench bench = {.arena = &arena};
    try_states();
    try_rules(&bench);
    try_answers(&bench);
    try_words(&bench);
    try_wishes(&bench);
    try_places(&bench);
    try_lines(&bench);
    try_digest(&bench);
    try_compute(&bench);
    try_circles(&bench);
    try_zeros(&bench);
    try_gaming(&bench);
    arena_close(&arena);
    return tap_done();
}
