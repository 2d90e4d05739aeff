// SPDX-License-Identifier: Apache-2.0
//
// Small groups: whoever may ask for all filters, and takes any shown group from any other, finds no
// group of fewer than five, in thousands of made-up cohorts; and finds one where only the size of
// each group is looked at (the planted fault, by which this test is tested). Then values and
// months.
#include "app/improve/measure.h"

#include <string.h>

#include "base/tap.h"

enum { UNITS = 40, WORDS = 1, GROUPS = 22, TRIES = 4000 };

static uint32_t chance = 20261128;

static uint32_t roll(uint32_t most)
{
    chance = chance * 1664525 + 1013904223;
    return (chance >> 12) % most;
}

struct made {
    struct group groups[GROUPS];
    uint64_t bits[GROUPS][WORDS];
    uint64_t present[WORDS];
    bool shown[GROUPS];
};

static const char *const dimensions[GROUPS] = {
    "all",   "role",  "role",  "language", "language", "language", "language", "language",
    "topic", "topic", "topic", "topic",    "topic",    "topic",    "topic",    "topic",
    "topic", "topic", "zone",  "zone",     "zone",     "zone"};

// Everybody has one role and one zone, some topics and some languages.
static void make(struct made *made)
{
    memset(made, 0, sizeof *made);
    for (size_t k = 0; k < GROUPS; k++)
        made->groups[k] = (struct group){dimensions[k], "", "", made->bits[k],
                                         strcmp(dimensions[k], "role") == 0 ||
                                             strcmp(dimensions[k], "zone") == 0};
    size_t units = 4 + roll(UNITS - 4);
    for (size_t unit = 0; unit < units; unit++) {
        group_add(made->bits[0], unit);
        group_add(made->bits[1 + (roll(5) == 0)], unit);
        group_add(made->bits[18 + (roll(3) == 0 ? roll(4) : 0)], unit);
        group_add(made->bits[3], unit);
        for (size_t k = 4; k < 18; k++)
            if (roll(6) == 0)
                group_add(made->bits[k], unit);
        if (roll(8) != 0)
            group_add(made->present, unit);
    }
}

// The attack: how many groups of one to four people can be had from what is shown.
static size_t attack(const struct made *made)
{
    size_t found = 0;
    for (size_t a = 0; a < GROUPS; a++)
        for (size_t b = 0; b < GROUPS; b++) {
            uint64_t x = made->bits[a][0] & made->present[0];
            uint64_t y = made->bits[b][0] & made->present[0];
            uint64_t left = x & ~y;
            size_t size = group_size(&left, 1);
            bool inside = (y & ~x) == 0;
            if (made->shown[a] && made->shown[b] && inside && size > 0 && size < GROUP_LEAST)
                found++;
        }
    for (size_t a = 0; a < GROUPS; a++) {
        uint64_t left = made->bits[0][0] & made->present[0];
        bool any = false;
        if (!made->groups[a].parts || !made->shown[0])
            continue;
        for (size_t b = 0; b < GROUPS; b++)
            if (made->shown[b] && strcmp(dimensions[a], dimensions[b]) == 0) {
                left &= ~made->bits[b][0];
                any = true;
            }
        size_t size = group_size(&left, 1);
        found += any && size > 0 && size < GROUP_LEAST;
    }
    return found;
}

static void test_attack(struct arena *arena)
{
    static struct made made;
    size_t found = 0;
    size_t planted = 0;
    size_t small = 0;
    size_t told = 0;
    bool chosen = true;
    for (size_t k = 0; k < TRIES; k++) {
        make(&made);
        chosen = chosen &&
                 group_choose(arena, made.groups, GROUPS, WORDS, made.present, made.shown) == RC_OK;
        found += attack(&made);
        for (size_t g = 0; g < GROUPS; g++) {
            uint64_t bits = made.bits[g][0] & made.present[0];
            size_t size = group_size(&bits, 1);
            small += made.shown[g] && size < GROUP_LEAST;
            told += made.shown[g];
            made.shown[g] = size >= GROUP_LEAST;
        }
        planted += attack(&made) > 0;
        arena_close(arena);
    }
    ok(chosen, "groups are chosen in %d made-up cohorts", TRIES);
    is_uint(small, 0, "no group of fewer than five is shown");
    is_uint(found, 0, "nor can one be had from any pair of groups, or from all parts of a whole");
    ok(planted > TRIES / 10, "where only the size is looked at, the attack finds some (%zu)",
       planted);
    ok(told > (size_t)TRIES * 4, "and much is shown still (%zu groups)", told);
}

static void test_edges(struct arena *arena)
{
    uint64_t all = 0x3ff;
    uint64_t mentees = 0x3f;
    uint64_t mentors = 0x3c0;
    const struct group groups[] = {
        {"all",  "", "", &all,     false},
        {"role", "", "", &mentees, true },
        {"role", "", "", &mentors, true },
    };
    bool shown[3];
    ok(group_choose(arena, groups, 3, 1, &all, shown) == RC_OK && shown[0] && !shown[1] &&
           !shown[2],
       "six of ten are not shown where the four others would follow");
    uint64_t present = 0x3f;
    ok(group_choose(arena, groups, 3, 1, &present, shown) == RC_OK && shown[0] && shown[1],
       "a group that is everybody is shown");
    present = 0xf;
    ok(group_choose(arena, groups, 3, 1, &present, shown) == RC_OK && !shown[0] && !shown[1],
       "four are not");
    ok(group_choose(arena, groups, GROUPS_MAX + 1, 1, &present, shown) == RC_LIMIT,
       "too many groups are refused");
}

static void test_values(struct arena *arena)
{
    static const struct observed all[] = {
        {0, 1, 1, 0},
        {1, 4, 1, 0},
        {2, 0, 1, 0},
        {3, 9, 0, 0},
        {4, 3, 2, 0},
    };
    uint64_t bits = 0x1f;
    struct measured m;
    ok(measure_of(arena, MEASURE_SHARE, &(struct observed_list){all, 5, 1}, &bits, &m) == RC_OK,
       "a share");
    is_int(m.n, 5, "its denominator is the sum of wholes");
    is_int(m.part, 8, "its numerator that of parts; what has no whole is left out");
    is_int(m.people, 4, "of four people");
    ok(measure_of(arena, MEASURE_MEAN, &(struct observed_list){all, 3, 1}, &bits, &m) == RC_OK &&
           m.value == 166 && m.n == 3,
       "a mean");
    ok(measure_of(arena, MEASURE_MEDIAN, &(struct observed_list){all, 5, 1}, &bits, &m) == RC_OK &&
           m.value == 200,
       "a middle value between two");
    ok(measure_of(arena, MEASURE_TOP, &(struct observed_list){all, 5, 1}, &bits, &m) == RC_OK &&
           m.value == 5000,
       "one of three has half of all");
    ok(measure_of(arena, MEASURE_COUNT, &(struct observed_list){all, 0, 1}, &bits, &m) == RC_OK &&
           m.value == 0 && m.n == 0,
       "nothing is nothing");
}

static void test_months(struct arena *arena)
{
    struct observed all[24];
    bool shown[3];
    const int64_t month_us = (int64_t)31 * 86400 * 1000000;
    for (size_t k = 0; k < 24; k++)
        all[k] = (struct observed){k % 12, 1, 1, (int64_t)(k / 12) * month_us};
    all[12].at_us = all[13].at_us = 2 * month_us;
    is_int(measure_month((int64_t)59 * 86400 * 1000000), 2, "months of the calendar are counted");
    ok(month_choose(arena, &(struct observed_list){all, 24, 1}, 0, 3, shown) == RC_OK &&
           !shown[2] && shown[0] != shown[1],
       "where two are left over in a month, another month is not shown either");
    ok(month_choose(arena, &(struct observed_list){all, 12, 1}, 0, 3, shown) == RC_OK && shown[0] &&
           !shown[1],
       "a month of twelve is shown");
    ok(month_choose(arena, &(struct observed_list){all, 14, 1}, 0, 1, shown) == RC_OK && !shown[0],
       "what lies outside of the months may not be had by taking away");
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 1 << 24);
    test_attack(&arena);
    test_edges(&arena);
    test_values(&arena);
    test_months(&arena);
    arena_close(&arena);
    return tap_done();
}
