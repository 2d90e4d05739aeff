// SPDX-License-Identifier: Apache-2.0
//
// What states a match has, and which may follow which. Pure; match_move in the store holds to it,
// for this slice and for `pair`, which lives on with a match that has begun.
#include <string.h>

#include "app/match/match.h"

static const struct {
    const char *state;
    const char *to[5];
} moves[] = {
    {"offered", {"active", "not_started", "withdrawn"}     },
    {"active",  {"paused", "closing", "completed", "ended"}},
    {"paused",  {"active", "paused", "ended"}              }, // anew: until another day
    {"closing", {"active", "paused", "completed", "ended"} }, // active: agreed to go on longer
    {"ended",   {"active"}                                 }, // it was only silent
};
enum { MOVES = sizeof moves / sizeof moves[0] };

bool match_may_move(const char *from, const char *to)
{
    size_t at = 0;
    while (at < MOVES && strcmp(moves[at].state, from) != 0)
        at++;
    if (at == MOVES)
        return false;
    for (size_t k = 0; moves[at].to[k] != NULL; k++)
        if (strcmp(moves[at].to[k], to) == 0)
            return true;
    return false;
}

bool match_is_over(const char *state)
{
    static const char *const over[] = {"not_started", "withdrawn", "completed", "ended"};
    for (size_t k = 0; k < sizeof over / sizeof over[0]; k++)
        if (strcmp(state, over[k]) == 0)
            return true;
    return false;
}
