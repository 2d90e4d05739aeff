// SPDX-License-Identifier: Apache-2.0
//
// Why: what a mentee takes along from one mentor to the next: goals, what she had to do, her notes.
//
// Promises: only the mentee chooses, thing by thing; only what she wrote herself or had to do
// herself can move; the old pages stay as they are.
#ifndef TRELLIS_APP_PAIR_PAIR_BRING_H
#define TRELLIS_APP_PAIR_PAIR_BRING_H

#include "app/pair/pair_store.h"

// Of her earlier pairs, or of this one once it has ended.
struct old_thing {
    const char *kind; // "goal", "action", "note"
    int64_t id;
    const char *title;
    const char *mentor; // of then
    bool wished;
};
enum { BRING_MAX = 100 };

struct brought {
    int64_t id;
    const char *kind; // "action" or "note"; goals become goals
    const char *text;
};
// What could move into this pair.
enum rc bring_list(struct req *req, const struct pair *pair, struct old_thing **ret_old,
                   size_t *ret_count);
enum rc bring_any(struct req *req, const struct pair *pair, bool *ret_any);
enum rc brought_list(struct db_tx *tx, struct arena *arena, int64_t match,
                     struct brought **ret_rows, size_t *ret_count);
enum rc brought_drop(struct db_tx *tx, const struct pair *pair, int64_t id); // RC_NOT_FOUND
// One thing moves into this pair; or, where the pair is over, is wished for the next one.
enum rc bring_now(struct req *req, const struct pair *pair, const struct old_thing *one);
enum rc bring_wish(struct req *req, const struct pair *pair, const struct old_thing *one);
enum rc bring_forget_wishes(struct db_tx *tx, int64_t match);

#endif
