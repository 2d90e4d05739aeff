// SPDX-License-Identifier: Apache-2.0
//
// Holds rounds to what round.h promises, against all possible rounds of few people.
#include "app/network/round.h"

#include <string.h>

#include "base/tap.h"

enum { MOST = 9, LIMIT_BYTES = 64 << 20 };

struct all {
    const struct round_input *in;
    uint32_t team[MOST];
    uint32_t size[MOST + 1];
    uint32_t repeats;
    uint32_t left;
    struct round_result best;
};

static uint32_t chance = 7;

static uint32_t draw(uint32_t below)
{
    chance = chance * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)chance * below) >> 32);
}

static bool judge(struct all *a)
{
    uint32_t n = a->in->count;
    struct round_result r = {0};
    for (uint32_t k = 0; k < n; k++) {
        r.left += a->team[k] == 0;
        r.twice += a->team[k] == 0 && a->in->skipped[k];
        for (uint32_t j = 0; j < k; j++) {
            if (a->team[j] == 0 || a->team[j] != a->team[k])
                continue;
            uint16_t score = a->in->score[k * n + j];
            if (score == ROUND_NEVER)
                return false;
            r.repeats += score < ROUND_NEW;
        }
    }
    for (uint32_t t = 1; t <= n; t++)
        if (a->size[t] == 1 || a->size[t] > 3)
            return false;
    bool better = r.twice != a->best.twice ? r.twice < a->best.twice
                  : r.left != a->best.left ? r.left < a->best.left
                                           : r.repeats < a->best.repeats;
    if (better)
        a->best = r;
    return true;
}

// Every way to put people into teams of two and three, or none, one after the other.
static void try_all(struct all *a)
{
    uint32_t n = a->in->count;
    uint32_t k = 0;
    memset(a->team, 0, sizeof a->team);
    memset(a->size, 0, sizeof a->size);
    a->best = (struct round_result){.left = n, .twice = n, .repeats = n * n};
    while (true) {
        judge(a);
        // the next one, as a number whose digits are teams
        for (k = 0; k < n; k++) {
            a->size[a->team[k]]--;
            if (++a->team[k] <= n / 2) {
                a->size[a->team[k]]++;
                break;
            }
            a->team[k] = 0;
            a->size[0]++;
        }
        if (k == n)
            return;
    }
}

static bool is_sound(const struct round_input *in, const struct round_result *r)
{
    uint32_t size[MOST * 4 + 1] = {0};
    for (uint32_t k = 0; k < in->count; k++) {
        size[r->team[k]]++;
        for (uint32_t j = 0; j < k; j++)
            if (r->team[k] != 0 && r->team[k] == r->team[j] &&
                in->score[k * in->count + j] == ROUND_NEVER)
                return false;
    }
    for (uint32_t t = 1; t <= r->teams; t++)
        if (size[t] < 2 || size[t] > 3)
            return false;
    return size[0] == r->left;
}

static void compare(struct arena *arena, uint32_t n, uint32_t apart, uint32_t met)
{
    uint16_t score[MOST * MOST] = {0};
    int64_t person[MOST];
    bool skipped[MOST];
    struct round_input in = {n, person, skipped, score, draw(1000)};
    struct all all = {.in = &in};
    struct round_result r = {0};
    for (uint32_t k = 0; k < n; k++) {
        person[k] = 100 + k;
        skipped[k] = draw(5) == 0;
        for (uint32_t j = 0; j < k; j++) {
            uint32_t what = draw(100);
            score[k * n + j] = what < apart         ? (uint16_t)ROUND_NEVER
                               : what < apart + met ? round_score(1 + draw(6))
                                                    : round_score(0);
            score[j * n + k] = score[k * n + j];
        }
        score[k * n + k] = ROUND_NEVER;
    }
    try_all(&all);
    is_int(round_make(arena, &in, &r), RC_OK, "a round of %u", n);
    ok(is_sound(&in, &r), "it is sound");
    ok(r.twice == all.best.twice && r.left == all.best.left && r.repeats == all.best.repeats,
       "as good as any: %u %u %u and %u %u %u", r.twice, r.left, r.repeats, all.best.twice,
       all.best.left, all.best.repeats);
}

// People meet round after round: nobody again while they need not.
static void live(struct arena *arena, uint32_t n, uint32_t rounds)
{
    uint16_t score[MOST * 4 * MOST * 4] = {0};
    int64_t last[MOST * 4][MOST * 4] = {{0}};
    int64_t person[MOST * 4];
    bool skipped[MOST * 4] = {false};
    uint32_t repeats = 0;
    uint32_t left = 0;
    for (uint32_t k = 0; k < n; k++)
        person[k] = 1 + k;
    for (uint32_t round = 1; round <= rounds; round++) {
        struct round_result r = {0};
        for (uint32_t k = 0; k < n; k++)
            for (uint32_t j = 0; j < n; j++)
                score[k * n + j] = k == j ? (uint16_t)ROUND_NEVER
                                          : round_score(last[k][j] == 0 ? 0 : round - last[k][j]);
        const struct round_input in = {n, person, skipped, score, round};
        if (round_make(arena, &in, &r) != RC_OK)
            return;
        for (uint32_t k = 0; k < n; k++)
            for (uint32_t j = 0; j < n; j++)
                if (k != j && r.team[k] == r.team[j])
                    last[k][j] = round;
        repeats += r.repeats;
        left += r.left;
    }
    is_int(repeats, 0, "%u people, %u rounds: nobody meets again", n, rounds);
    is_int(left, 0, "and nobody is left out");
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, LIMIT_BYTES);
    for (uint32_t n = 1; n <= 7; n++)
        for (uint32_t k = 0; k < 6; k++)
            compare(&arena, n, k % 3 * 20, k * 15);
    compare(&arena, 8, 10, 60);
    compare(&arena, 8, 30, 30);
    compare(&arena, 9, 15, 50);
    live(&arena, 10, 6);
    live(&arena, 30, 20);
    live(&arena, 31, 10);
    is_int(round_score(0), ROUND_NEW, "never met");
    ok(round_score(1) < round_score(5) && round_score(5000) == ROUND_AGAIN_MOST,
       "the longer ago the better");
    arena_close(&arena);
    return tap_done();
}
