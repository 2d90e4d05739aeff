// SPDX-License-Identifier: Apache-2.0
//
// Who meets whom in a round; pure but for the solver's memory.
//
// The library assigns mentees to mentors, and a round is among equals. So people are divided into
// guests and hosts by chance, and the library finds the best set of pairs between the two, proved:
// most people served, those left out last time first, then the highest total of scores (ROUND_NEW
// for two who never met, at most ROUND_AGAIN_MOST for others, so that the fewest repetitions win).
// Then everybody of a pair changes sides by chance, and it is solved again: the pairs found so far
// are still possible, so a result never gets worse, and any better set of pairs differs from it by
// circles of which some division lets a whole one through; short circles are let through often.
// Two of eight times chance alone divides again. It stops when nobody is left out and nobody meets
// again, or after a number of tries that falls with the square of the people. Whoever remains, as
// one does when the number is odd, joins a pair with both of whom she may be: a second assignment,
// of those who remain to pairs.
//
// round_test.c compares with all possible rounds of up to nine people.
#include "app/network/round.h"

#include <string.h>

#include "mentormatch.h"

enum { TRIES_MOST = 400, TRIES_LEAST = 8, TRIES_WORK = 8000000, ANEW = 8 };

struct work {
    const struct round_input *in;
    struct arena *arena;
    uint64_t chance;
    uint32_t *guest; // positions of people
    uint32_t *host;
    uint32_t guests;
    uint32_t hosts;
    uint32_t third;      // with an odd number: who joins a pair in this try; MM_NOBODY: see later
    uint32_t third_host; // and whose pair, a position of host
    uint16_t *score;     // of one assignment
    uint8_t *priority;
    uint64_t *guest_id;
    uint64_t *host_id;
    uint32_t *team;   // of this try
    uint32_t *member; // first and second of each team of this try
    uint32_t teams;
};

uint16_t round_score(int64_t rounds_ago)
{
    if (rounds_ago <= 0)
        return ROUND_NEW;
    int64_t score = 10 * (rounds_ago - 1);
    return (uint16_t)(score > ROUND_AGAIN_MOST ? ROUND_AGAIN_MOST : score);
}

static uint64_t draw(struct work *w)
{
    w->chance = w->chance * 6364136223846793005u + 1442695040888963407u;
    return w->chance >> 33;
}

static uint16_t between(const struct round_input *in, uint32_t a, uint32_t b)
{
    return in->score[(size_t)a * in->count + b];
}

static void put(struct work *w, uint32_t person, bool as_guest)
{
    if (person == w->third)
        return;
    if (as_guest)
        w->guest[w->guests++] = person;
    else
        w->host[w->hosts++] = person;
}

// At first by chance; later so that the pairs found so far stand across.
static void divide(struct work *w, const struct round_result *best)
{
    uint32_t n = w->in->count;
    w->guests = 0;
    w->hosts = 0;
    if (best == NULL) {
        uint32_t *order = w->member;
        for (uint32_t k = 0; k < n; k++)
            order[k] = k;
        for (uint32_t k = n; k > 1; k--) {
            uint32_t other = (uint32_t)(draw(w) % k);
            uint32_t held = order[k - 1];
            order[k - 1] = order[other];
            order[other] = held;
        }
        for (uint32_t k = 0; k < n; k++)
            put(w, order[k], w->guests <= w->hosts);
        return;
    }
    uint32_t *first = w->member; // of each team: her position + 1, once seen
    memset(first, 0, sizeof *first * (n + 1));
    uint32_t from = (uint32_t)(draw(w) % n); // so that any of three may be the one who remains
    for (uint32_t step = 0; step < n; step++) {
        uint32_t k = (from + step) % n;
        uint32_t team = best->team[k];
        if (team == 0 || first[team] == UINT32_MAX) {
            put(w, k, w->guests < w->hosts || (w->guests == w->hosts && draw(w) % 2 == 0));
        } else if (first[team] == 0) {
            first[team] = k + 1;
        } else {
            bool flip = draw(w) % 2 == 0;
            put(w, first[team] - 1, flip);
            put(w, k, !flip);
            first[team] = UINT32_MAX;
        }
    }
}

static enum rc solve(struct work *w, uint32_t guests, uint32_t hosts, struct mm_result *ret_result)
{
    static const struct mm_objective levels = {
        .level = {MM_CARDINALITY, MM_PRIORITY, MM_TOTAL}
    };
    struct mm_objective objective = levels;
    const struct mm_instance instance = {.mentees = guests,
                                         .mentors = hosts,
                                         .score = w->score,
                                         .priority = w->priority,
                                         .mentee_id = w->guest_id,
                                         .mentor_id = w->host_id};
    objective.seed = w->in->seed;
    enum mm_status status = mm_solve(&instance, &objective, NULL, ret_result, NULL);
    if (status == MM_NO_MEMORY)
        return RC_NO_MEMORY;
    return status == MM_OK ? RC_OK : RC_BAD_INPUT;
}

// What a pair is worth, a third of all that a pair of three could be.
static uint16_t worth(const struct work *w, uint32_t guest, uint32_t host)
{
    uint32_t own = between(w->in, guest, w->host[host]);
    if (w->third == MM_NOBODY || own == ROUND_NEVER)
        return (uint16_t)own;
    if (host != w->third_host)
        return (uint16_t)(own / 3);
    uint32_t a = between(w->in, w->third, guest);
    uint32_t b = between(w->in, w->third, w->host[host]);
    return (uint16_t)(a == ROUND_NEVER || b == ROUND_NEVER ? ROUND_NEVER : (own + a + b) / 3);
}

// Pairs of guests and hosts; one of them of three where that is decided.
static enum rc make_pairs(struct work *w)
{
    const struct round_input *in = w->in;
    struct mm_result result = {0};
    for (uint32_t g = 0; g < w->guests; g++) {
        w->guest_id[g] = (uint64_t)in->person[w->guest[g]];
        w->priority[g] = in->skipped[w->guest[g]];
        for (uint32_t h = 0; h < w->hosts; h++)
            w->score[(size_t)g * w->hosts + h] = worth(w, w->guest[g], h);
    }
    for (uint32_t h = 0; h < w->hosts; h++)
        w->host_id[h] = (uint64_t)in->person[w->host[h]];
    memset(w->team, 0, sizeof *w->team * in->count);
    w->teams = 0;
    if (w->hosts == 0)
        return RC_OK;
    TRY(solve(w, w->guests, w->hosts, &result));
    for (size_t k = 0; k < result.pairs; k++) {
        uint32_t guest = w->guest[result.pair[k].mentee];
        uint32_t host = w->host[result.pair[k].mentor];
        w->member[2 * (size_t)w->teams] = guest;
        w->member[2 * (size_t)w->teams + 1] = host;
        w->teams++;
        w->team[guest] = w->teams;
        w->team[host] = w->teams;
        if (w->third != MM_NOBODY && result.pair[k].mentor == w->third_host)
            w->team[w->third] = w->teams;
    }
    mm_result_free(&result);
    return RC_OK;
}

// Those who remain, each to a pair with both of whom she may be.
static enum rc join_rest(struct work *w)
{
    const struct round_input *in = w->in;
    struct mm_result result = {0};
    uint32_t rest = 0;
    for (uint32_t k = 0; k < in->count; k++)
        if (w->team[k] == 0)
            w->guest[rest++] = k;
    if (rest == 0 || w->teams == 0 || (size_t)rest * w->teams > (size_t)in->count * in->count)
        return RC_OK;
    for (uint32_t g = 0; g < rest; g++) {
        w->guest_id[g] = (uint64_t)in->person[w->guest[g]];
        w->priority[g] = in->skipped[w->guest[g]];
        for (uint32_t t = 0; t < w->teams; t++) {
            uint16_t a = between(in, w->guest[g], w->member[2 * (size_t)t]);
            uint16_t b = between(in, w->guest[g], w->member[2 * (size_t)t + 1]);
            bool never = a == ROUND_NEVER || b == ROUND_NEVER;
            w->score[(size_t)g * w->teams + t] = (uint16_t)(never ? ROUND_NEVER : (a + b) / 2);
        }
    }
    for (uint32_t t = 0; t < w->teams; t++)
        w->host_id[t] = t + 1;
    TRY(solve(w, rest, w->teams, &result));
    for (size_t k = 0; k < result.pairs; k++)
        w->team[w->guest[result.pair[k].mentee]] = result.pair[k].mentor + 1;
    mm_result_free(&result);
    return RC_OK;
}

static struct round_result judge(const struct work *w)
{
    const struct round_input *in = w->in;
    struct round_result r = {.team = w->team, .teams = w->teams};
    for (uint32_t k = 0; k < in->count; k++) {
        uint32_t t = w->team[k];
        if (t == 0) {
            r.left++;
            r.twice += in->skipped[k];
            continue;
        }
        // Each pair within a team once: the host with the guest, the third with both.
        const uint32_t *pair = &w->member[2 * (size_t)(t - 1)];
        for (int side = 0; side < 2; side++) {
            if (k == pair[0] || pair[side] == k)
                continue;
            uint16_t score = between(in, k, pair[side]);
            r.repeats += score < ROUND_NEW;
            r.total += score;
        }
    }
    return r;
}

static bool is_better(const struct round_result *a, const struct round_result *b)
{
    if (a->twice != b->twice)
        return a->twice < b->twice;
    if (a->left != b->left)
        return a->left < b->left;
    if (a->repeats != b->repeats)
        return a->repeats < b->repeats;
    return a->total > b->total;
}

// With an odd number, every second try says beforehand who joins whose pair.
static void choose_third(struct work *w, int64_t k)
{
    uint32_t n = w->in->count;
    bool chosen = n % 2 == 1 && n > 1 && k % 2 == 1;
    w->third = chosen ? (uint32_t)(draw(w) % n) : MM_NOBODY;
    w->third_host = chosen ? (uint32_t)(draw(w) % (n / 2)) : 0;
}

static enum rc open_work(struct arena *arena, const struct round_input *in, struct work *w)
{
    size_t n = (size_t)in->count + 1;
    *w = (struct work){.in = in,
                       .arena = arena,
                       .chance = in->seed * 2654435761u + 1,
                       .guest = ARENA_ARRAY(arena, uint32_t, n),
                       .host = ARENA_ARRAY(arena, uint32_t, n),
                       .score = ARENA_ARRAY(arena, uint16_t, n * n),
                       .priority = ARENA_ARRAY(arena, uint8_t, n),
                       .guest_id = ARENA_ARRAY(arena, uint64_t, n),
                       .host_id = ARENA_ARRAY(arena, uint64_t, n),
                       .team = ARENA_ARRAY(arena, uint32_t, n),
                       .member = ARENA_ARRAY(arena, uint32_t, 2 * n)};
    bool has = w->guest != NULL && w->host != NULL && w->score != NULL && w->priority != NULL &&
               w->guest_id != NULL && w->host_id != NULL && w->team != NULL && w->member != NULL;
    return has ? RC_OK : RC_NO_MEMORY;
}

enum rc round_make(struct arena *arena, const struct round_input *in,
                   struct round_result *ret_result)
{
    struct work w;
    struct round_result best = {0};
    if (in->count > ROUND_PEOPLE_MOST)
        return RC_LIMIT;
    TRY(open_work(arena, in, &w));
    uint32_t *team = ARENA_ARRAY(arena, uint32_t, (size_t)in->count + 1);
    if (team == NULL)
        return RC_NO_MEMORY;
    int64_t tries = TRIES_WORK / (1 + (int64_t)in->count * in->count);
    tries = tries > TRIES_MOST ? TRIES_MOST : tries < TRIES_LEAST ? TRIES_LEAST : tries;
    for (int64_t k = 0; k < tries; k++) {
        choose_third(&w, k);
        divide(&w, k == 0 || k % ANEW >= ANEW - 2 ? NULL : &best);
        TRY(make_pairs(&w));
        TRY(join_rest(&w));
        struct round_result now = judge(&w);
        if (k > 0 && !is_better(&now, &best))
            continue;
        memcpy(team, w.team, sizeof *team * in->count);
        best = now;
        best.team = team;
        if ((best.left == 0 || in->count < 2) && best.repeats == 0)
            break;
    }
    *ret_result = best;
    return RC_OK;
}
