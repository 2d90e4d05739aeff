// SPDX-License-Identifier: Apache-2.0
//
// Why: what a change by hand would do to the whole is shown before it is done: the best pairs
// without it and with it, solved to the end, and what differs.
//
// Promises: pure; nothing is kept, and the same input gives the same answer as a run would.
#ifndef TRELLIS_APP_MATCH_MATCH_TRY_H
#define TRELLIS_APP_MATCH_MATCH_TRY_H

#include "app/match/match.h"

enum { MATCH_BANDS = 10, MATCH_EDITS_MAX = 64 };

// What one pair becomes for the next run. Positions of the pool.
enum match_hold { MATCH_FREE, MATCH_PINNED, MATCH_BANNED };
struct match_edit {
    uint32_t mentee;
    uint32_t mentor;
    enum match_hold becomes;
};

// A set of pairs in figures.
struct match_figures {
    bool possible; // no: what was decided by hand contradicts itself or the rules
    int64_t matched;
    int64_t pairs;
    int64_t lowest;
    int64_t total;
    int64_t band[MATCH_BANDS];
};

struct match_trial {
    struct match_figures before;
    struct match_figures after;
    const char *fault_mentee; // whose pair contradicts, when after is not possible; "" not known
    const char *fault_mentor;
    struct match_pair *gone;
    size_t gone_count;
    struct match_pair *come;
    size_t come_count;
};

// Pairs that are known already: those of a run.
struct match_known {
    struct match_pair *pairs;
    size_t count;
};

// known NULL: what would come without the change is solved too; else it stands for that. Without
// edits: what would come now, against what is known.
struct match_question {
    const struct match_edit *edits;
    size_t count;
    int64_t seed;
    const struct match_known *known;
};
enum rc match_try(struct arena *arena, const struct match_input *input,
                  const struct match_question *question, struct match_trial *ret_trial);

// The figures of pairs; mentees that stand there twice count once.
struct match_figures match_figures_of(const struct match_pair *pairs, size_t count);

#endif
