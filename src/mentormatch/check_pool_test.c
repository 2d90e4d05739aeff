// SPDX-License-Identifier: Apache-2.0
/*
 * The check's own judge of a pair against the library's, on pools of every kind; and results of
 * mm_match against mm_check_pool, right ones and wrong ones.
 */
#include "base/tap.h"

#include "check_judge.h"
#include "random_pool_test.h"

/* mentees, mentors, topics, phases, unknown, lists, strange rules */
static const struct likeness kinds[] = {
    {40, 30, 20, 1, 0,  false, false},
    {40, 30, 20, 3, 30, true,  false},
    {30, 40, 5,  8, 60, true,  false},
    {35, 25, 12, 2, 10, true,  true },
    {25, 35, 60, 4, 40, true,  true },
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

/* ---- an allocator that counts and fails ---- */

struct purse {
    size_t live;
    size_t calls;
    size_t fail_at; /* 0: never */
};

static void *purse_take(void *context, size_t size)
{
    struct purse *purse = context;
    purse->calls++;
    void *block = purse->calls == purse->fail_at ? NULL : malloc(size);
    purse->live += block != NULL;
    return block;
}

static void purse_give(void *context, void *block)
{
    struct purse *purse = context;
    purse->live -= block != NULL;
    free(block);
}

static struct mm_options purse_options(struct purse *purse)
{
    return (struct mm_options){
        .memory = {.allocate = purse_take, .release = purse_give, .context = purse}
    };
}

/* ---- results ---- */

static struct mm_objective objective_of(uint64_t seed)
{
    struct mm_objective objective = {.seed = seed};
    if (seed % 3 == 1) {
        objective.level[0] = MM_TOTAL;
    }
    return objective;
}

/* The result is proved; and no other pool of the same size has the same scores. */
static void try_match(uint64_t seed, const struct likeness *like)
{
    struct random_pool made;
    random_pool_make(seed, like, &made);
    struct mm_objective objective = objective_of(seed);
    struct mm_result result;
    struct mm_fault fault = {.text = NULL};
    enum mm_status status = mm_match(&made.pool, &objective, NULL, &result, &fault);
    if (!is_int(status, MM_OK, "mm_match takes pool %u", (unsigned)seed)) {
        note("%s", fault.text ? fault.text : "");
        random_pool_free(&made);
        return;
    }
    status = mm_check_pool(&made.pool, &objective, &result, NULL, &fault);
    if (!is_int(status, MM_OK, "mm_check_pool proves the result for pool %u: %u pairs",
                (unsigned)seed, (unsigned)result.pairs)) {
        note("%s (mentee %u, mentor %u, level %d)", fault.text, fault.mentee, fault.mentor,
             fault.level);
    }
    if (result.pairs > 0) {
        struct mm_rules harder = made.pool.rules ? *made.pool.rules : made.rules;
        harder.rule[MM_R_LOW_SCORE] = (struct mm_rule){.use = true, .amount = result.lowest + 1};
        made.pool.rules = &harder;
        status = mm_check_pool(&made.pool, &objective, &result, NULL, &fault);
        is_int(status, MM_NOT_PROVED, "with a harder rule the result of pool %u is refused",
               (unsigned)seed);
    }
    mm_result_free(&result);
    random_pool_free(&made);
}

/* ---- the judge ---- */

/* Scores by the check, read through a result that claims each pair in turn with the library's
 * score: anything but the same score is refused before the certificate is looked at. */
static bool claim_holds(const struct mm_pool *pool, uint32_t i, uint32_t j, bool allowed,
                        uint16_t score)
{
    struct mm_pair pair = {.mentee = i, .mentor = j, .score = score};
    struct mm_result result = {.pair = &pair, .pairs = 1};
    struct mm_fault fault = {.text = ""};
    mm_check_pool(pool, NULL, &result, NULL, &fault);
    bool refused = strcmp(fault.text, "A pair of the result is not allowed by the rules.") == 0;
    bool other =
        strcmp(fault.text, "A pair of the result has another score than in the input.") == 0;
    return allowed ? !refused && !other : refused;
}

static void try_judge(uint64_t seed, const struct likeness *like)
{
    struct random_pool made;
    random_pool_make(seed, like, &made);
    uint32_t wrong = 0;
    uint32_t allowed = 0;
    for (uint32_t i = 0; i < like->mentees; i++) {
        for (uint32_t j = 0; j < like->mentors; j++) {
            struct mm_explanation explanation;
            struct mm_fault fault;
            mm_explain_pair(&made.pool, (struct mm_link){i, j}, &explanation, &fault);
            allowed += explanation.allowed;
            if (!claim_holds(&made.pool, i, j, explanation.allowed, explanation.score)) {
                if (wrong == 0) {
                    note("pool %u, pair %u %u: the library says %d %u, refused %x, mandatory %x",
                         (unsigned)seed, i, j, explanation.allowed, explanation.score,
                         explanation.refused, explanation.mandatory);
                }
                wrong++;
            }
        }
    }
    is_uint(wrong, 0, "the check judges all pairs of pool %u as the library does (%u allowed)",
            (unsigned)seed, allowed);
    random_pool_free(&made);
}

/* ---- memory and input ---- */

static void try_starving(void)
{
    struct random_pool made;
    random_pool_make(5, &kinds[1], &made);
    struct mm_result result;
    struct mm_fault fault;
    if (!is_int(mm_match(&made.pool, NULL, NULL, &result, &fault), MM_OK, "a pool to starve")) {
        random_pool_free(&made);
        return;
    }
    uint32_t failures = 0;
    bool good = true;
    for (size_t fail_at = 1; good; fail_at++) {
        struct purse purse = {.fail_at = fail_at};
        struct mm_options options = purse_options(&purse);
        enum mm_status status = mm_check_pool(&made.pool, NULL, &result, &options, &fault);
        good = purse.live == 0;
        if (purse.calls < fail_at) {
            good = good && status == MM_OK;
            break;
        }
        good = good && status == MM_NO_MEMORY;
        failures++;
    }
    ok(good && failures > 10, "%u failed allocations leave nothing behind", failures);
    mm_result_free(&result);
    random_pool_free(&made);
}

static void refuse_person(const char *what, struct mm_pool *pool)
{
    struct mm_result result = {.pairs = 0};
    struct mm_fault fault = {.text = NULL};
    is_int(mm_check_pool(pool, NULL, &result, NULL, &fault), MM_BAD_INPUT, "refuses %s", what);
    ok(fault.text != NULL, "says why it refuses %s", what);
}

static void try_bad_people(void)
{
    struct mm_person mentee = {.id = 1};
    struct mm_person mentor = {.id = 1, .places = 1};
    struct mm_pool pool = {.mentee = &mentee, .mentees = 1, .mentor = &mentor, .mentors = 1};
    struct mm_topic topic = {.topic = 0, .amount = 1};
    struct mm_topic twice[2] = {
        {0, 1, 0},
        {0, 2, 0}
    };
    uint32_t choice[2] = {1, 0};
    uint64_t week[MM_WEEK_WORDS] = {0};
    mentee = (struct mm_person){.id = 1, .topic = &topic, .topics = 1};
    refuse_person("a topic number that is too large", &pool);
    pool.topic_count = 1;
    mentee = (struct mm_person){.id = 1, .topic = twice, .topics = 2};
    refuse_person("a topic twice", &pool);
    mentee = (struct mm_person){.id = 1, .choice = choice, .choices = 1};
    refuse_person("a choice of nobody", &pool);
    mentee = (struct mm_person){.id = 1, .good = week};
    refuse_person("good hours without possible ones", &pool);
    mentee = (struct mm_person){.id = 1, .zone_minutes = {7}};
    refuse_person("a zone of 7 minutes", &pool);
    mentee = (struct mm_person){.id = 1, .seniority = 21};
    refuse_person("a seniority of 21", &pool);
    mentee = (struct mm_person){.id = 1, .places = 4};
    refuse_person("a mentee who wants 4 mentors", &pool);
    mentee = (struct mm_person){.id = 1};
    pool.mentor = NULL;
    refuse_person("mentors who are missing", &pool);
}

/* Larger than what mm_match solves on all pairs at once. */
static void try_large(void)
{
    static const struct likeness large[] = {
        {600,  400, 60, 3, 10, true,  false},
        {500,  700, 30, 1, 0,  false, false},
        {2000, 300, 60, 2, 30, true,  true },
    };
    for (size_t k = 0; k < tap_share(3); k++) {
        try_match(7000 + k, &large[k]);
    }
}

int main(void)
{
    for (size_t k = 0; k < KINDS; k++) {
        for (uint64_t seed = 0; seed < 4; seed++) {
            try_judge(k * 100 + seed, &kinds[k]);
        }
        for (uint64_t seed = 0; seed < 12; seed++) {
            try_match(k * 100 + seed, &kinds[k]);
        }
    }
    try_large();
    try_starving();
    try_bad_people();
    return tap_done();
}
