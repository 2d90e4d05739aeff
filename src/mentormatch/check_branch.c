// SPDX-License-Identifier: Apache-2.0
/*
 * The certificate, in all branches.
 *
 * Why this proves the result: a circle takes nobody or its minimum at least, so at every branch
 * each set of pairs is on one side or the other, and the leaves of the tree together have all sets.
 * In a leaf, circles that are decided are bounded as they are, and the others as if they had no
 * minimum, which only adds sets. So the result is optimal if it reaches the bound of one leaf, and
 * the bound of no leaf is higher.
 */
#include <string.h>

#include "check.h"
#include "memory.h"

struct walk {
    struct check *check;
    uint8_t *places; /* per mentor, as the pins leave them */
    uint32_t mentor[MM_CIRCLES_MAX];
    bool closed[MM_CIRCLES_MAX];
    uint32_t depth;
    uint32_t own; /* leaves that the result's certificate covers */
    bool done;
};

static enum mm_status refuse(const struct walk *walk, const char *text)
{
    return check_refuse(walk->check, MM_NOT_PROVED, text, CHECK_NOWHERE);
}

static uint32_t pins_of(const struct walk *walk, uint32_t j)
{
    return check_capacity(walk->check->in, j) - walk->places[j];
}

/* Sets places and minimums for the leaf at hand; false if a circle is closed that a pin fills. */
static bool enter_leaf(const struct walk *walk)
{
    struct check *check = walk->check;
    uint32_t mentors = check->in->mentors;
    bool possible = true;
    if (mentors > 0) {
        memcpy(check->places_left, walk->places, mentors);
        memset(check->minimum_left, 0, mentors);
    }
    for (uint32_t d = 0; d < walk->depth; d++) {
        uint32_t j = walk->mentor[d];
        uint32_t pins = pins_of(walk, j);
        uint32_t minimum = check->in->minimum[j];
        if (walk->closed[d]) {
            check->places_left[j] = 0;
            possible = possible && pins == 0;
        } else {
            check->minimum_left[j] = (uint8_t)(minimum > pins ? minimum - pins : 0);
        }
    }
    return possible;
}

static enum mm_status branch_at(struct walk *walk, uint32_t j)
{
    const struct mm_instance *in = walk->check->in;
    if (j >= in->mentors || !in->minimum || in->minimum[j] <= 1) {
        return refuse(walk, "The certificate branches on a mentor who leads no circle.");
    }
    for (uint32_t d = 0; d < walk->depth; d++) {
        if (walk->mentor[d] == j) {
            return refuse(walk, "The certificate branches twice on one circle.");
        }
    }
    if (walk->depth == MM_CIRCLES_MAX) {
        return refuse(walk, "The certificate branches on more circles than there may be.");
    }
    walk->mentor[walk->depth] = j;
    walk->closed[walk->depth++] = false;
    return MM_OK;
}

static void leave_leaf(struct walk *walk)
{
    while (walk->depth > 0 && walk->closed[walk->depth - 1]) {
        walk->depth--;
    }
    walk->done = walk->depth == 0;
    if (!walk->done) {
        walk->closed[walk->depth - 1] = true;
    }
}

/* A level's place in the comparison: a floor counts by its threshold. */
static int64_t worth_of(const struct mm_linear *level)
{
    return level->kind == MM_L_FLOOR ? (int64_t)level->parameter : level->value;
}

static const struct mm_linear *next_level(const struct mm_certificate *certificate, uint32_t *at)
{
    while (*at < certificate->levels && certificate->level[*at].proof) {
        (*at)++;
    }
    return *at < certificate->levels ? &certificate->level[(*at)++] : NULL;
}

/* What the leaf could reach at most is not above what the result reaches. Both have the levels of
 * the objective. */
static bool is_not_above(const struct mm_certificate *leaf, const struct mm_certificate *result)
{
    uint32_t p = 0;
    uint32_t q = 0;
    for (;;) {
        const struct mm_linear *a = next_level(leaf, &p);
        const struct mm_linear *b = next_level(result, &q);
        if (!a || !b) {
            return !a && !b;
        }
        if (worth_of(a) != worth_of(b)) {
            return worth_of(a) < worth_of(b);
        }
    }
}

static enum mm_status check_leaf(struct walk *walk, const struct mm_branch *branch)
{
    struct check *check = walk->check;
    bool possible = enter_leaf(walk);
    bool covered = branch->certificate.levels == 0;
    check->certificate = covered ? &check->result->certificate : &branch->certificate;
    check->own = covered;
    if (!covered && !branch->certificate.level) {
        return refuse(walk, "The levels of a branch are announced but missing.");
    }
    if (branch->empty) {
        if (covered) {
            return possible ? refuse(walk, "Nothing proves that a branch is empty.") : MM_OK;
        }
        return check_prove_empty(check);
    }
    walk->own += covered;
    CHECK_TRY(check_levels(check));
    CHECK_TRY(check_prove(check));
    return covered || is_not_above(&branch->certificate, &check->result->certificate)
               ? MM_OK
               : refuse(walk, "A branch could have a better set of pairs.");
}

static enum mm_status check_tree(struct walk *walk)
{
    const struct mm_result *result = walk->check->result;
    for (uint32_t b = 0; b < result->branches; b++) {
        const struct mm_branch *branch = &result->branch[b];
        if (walk->done) {
            return refuse(walk, "The certificate has more branches than its tree.");
        }
        if (branch->mentor != MM_NOBODY) {
            CHECK_TRY(branch_at(walk, branch->mentor));
            continue;
        }
        CHECK_TRY(check_leaf(walk, branch));
        leave_leaf(walk);
    }
    if (!walk->done || walk->own == 0) {
        return refuse(walk, "The branches of the certificate are not all cases.");
    }
    return MM_OK;
}

enum mm_status check_certificate(struct check *check)
{
    check->certificate = &check->result->certificate;
    check->own = true;
    if (check->result->branches == 0) {
        CHECK_TRY(check_levels(check));
        return check_prove(check);
    }
    struct walk walk = {.check = check};
    uint32_t mentors = check->in->mentors;
    walk.places = mm_take(&check->memory, mentors, 1);
    check->minimum_left = mm_take(&check->memory, mentors, 1);
    enum mm_status status = MM_OK;
    if (!walk.places || !check->minimum_left) {
        status = check_refuse(check, MM_NO_MEMORY, "Memory ran out.", CHECK_NOWHERE);
    } else if (!check->result->branch) {
        status = refuse(&walk, "The branches of the certificate are announced but missing.");
    } else {
        if (mentors > 0) {
            memcpy(walk.places, check->places_left, mentors);
        }
        status = check_tree(&walk);
    }
    mm_give(&check->memory, walk.places);
    return status;
}
