// SPDX-License-Identifier: Apache-2.0
/*
 * Explanations of many pairs and many mentees at once say what those of one say, refuse what is not
 * there, and leave nothing behind when memory runs out or the caller stops them.
 */
#include "base/tap.h"

#include "random_pool_test.h"

static const struct likeness kinds[] = {
    {12, 7,  60, 1, 10, false, false},
    {9,  14, 30, 2, 0,  true,  false},
    {20, 6,  60, 3, 30, true,  true },
};

/* An allocator that counts and fails. */
struct purse {
    size_t live;
    size_t calls;
    size_t fail_at;
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

static bool same(const struct mm_explanation *a, const struct mm_explanation *b)
{
    return a->allowed == b->allowed && a->refused == b->refused && a->flagged == b->flagged &&
           a->mandatory == b->mandatory && a->unknown == b->unknown && a->score == b->score &&
           a->weakest == b->weakest && a->overlap[0] == b->overlap[0] && a->topic[0] == b->topic[0];
}

static void try_pairs(const struct mm_pool *pool, unsigned name)
{
    uint32_t mentors = pool->mentors;
    size_t count = (size_t)pool->mentees * mentors;
    struct mm_link *links = calloc(count, sizeof *links);
    struct mm_explanation *rows = calloc(count, sizeof *rows);
    struct mm_fault fault = {.text = NULL};
    uint32_t other = 0;
    for (size_t k = 0; k < count; k++)
        links[k] = (struct mm_link){(uint32_t)(k / mentors), (uint32_t)(k % mentors)};
    is_int(mm_explain_pairs(pool, links, count, NULL, rows, &fault), MM_OK, "all pairs of pool %u",
           name);
    for (size_t k = 0; k < count; k++) {
        struct mm_explanation one;
        bool told = mm_explain_pair(pool, links[k], &one, &fault) == MM_OK;
        other += !told || !same(&one, &rows[k]);
    }
    is_uint(other, 0, "are explained as each of them alone");
    links[count - 1].mentor = mentors;
    is_int(mm_explain_pairs(pool, links, count, NULL, rows, &fault), MM_BAD_INPUT,
           "a mentor who is not there is refused");
    is_uint(fault.mentor, mentors, "and named");
    free(rows);
    free(links);
}

static bool same_reasons(const struct mm_unmatched *a, const struct mm_unmatched *b)
{
    for (int rule = 0; rule < MM_RULES; rule++)
        if (a->removed[rule] != b->removed[rule] || a->only[rule] != b->only[rule])
            return false;
    return a->mentors == b->mentors && a->left == b->left && a->banned == b->banned &&
           a->relax_rule == b->relax_rule && a->relax_amount == b->relax_amount &&
           a->relax_mentor == b->relax_mentor;
}

static bool stop(void *context, const char *step, uint64_t done, uint64_t total)
{
    uint64_t *calls = context;
    (void)step;
    *calls += 1;
    return done < total / 2;
}

static void try_alone(const struct mm_pool *pool, unsigned name)
{
    uint32_t mentees[32] = {0};
    struct mm_unmatched rows[32];
    struct mm_fault fault = {.text = NULL};
    uint32_t other = 0;
    uint64_t calls = 0;
    struct mm_options options = {
        .progress = {stop, &calls}
    };
    for (uint32_t i = 0; i < pool->mentees; i++)
        mentees[i] = pool->mentees - 1 - i;
    is_int(mm_explain_all_unmatched(pool, mentees, pool->mentees, NULL, rows, &fault), MM_OK,
           "all mentees of pool %u", name);
    for (uint32_t k = 0; k < pool->mentees; k++) {
        struct mm_unmatched one;
        bool told = mm_explain_unmatched(pool, mentees[k], &one, &fault) == MM_OK;
        other += !told || !same_reasons(&one, &rows[k]);
    }
    is_uint(other, 0, "are told what each is told alone");
    is_int(mm_explain_all_unmatched(pool, mentees, pool->mentees, &options, rows, &fault),
           MM_STOPPED, "the caller stops it");
    is_uint(calls, pool->mentees / 2, "half way");
    mentees[0] = pool->mentees;
    is_int(mm_explain_all_unmatched(pool, mentees, 1, NULL, rows, &fault), MM_BAD_INPUT,
           "a mentee who is not there is refused");
}

static void try_starving(const struct mm_pool *pool)
{
    static const uint32_t mentees[] = {0, 1, 2};
    struct mm_unmatched rows[3];
    struct mm_fault fault;
    uint32_t failures = 0;
    bool good = true;
    for (size_t fail_at = 1; good; fail_at++) {
        struct purse purse = {.fail_at = fail_at};
        struct mm_options options = purse_options(&purse);
        enum mm_status status = mm_explain_all_unmatched(pool, mentees, 3, &options, rows, &fault);
        good = purse.live == 0 && status == (purse.calls < fail_at ? MM_OK : MM_NO_MEMORY);
        if (purse.calls < fail_at)
            break;
        failures++;
    }
    ok(good && failures > 3, "%u failed allocations leave nothing behind", failures);
}

int main(void)
{
    for (unsigned k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        struct random_pool made;
        random_pool_make(40 + k, &kinds[k], &made);
        try_pairs(&made.pool, k);
        try_alone(&made.pool, k);
        try_starving(&made.pool);
        random_pool_free(&made);
    }
    return tap_done();
}
