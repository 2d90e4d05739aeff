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
enum rc bring_any(struct req *req, const struct pair *pair, bool *ret_any);
enum rc brought_list(struct db_tx *tx, struct arena *arena, int64_t match,
                     struct brought **ret_rows, size_t *ret_count);

#endif
