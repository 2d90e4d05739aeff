// SPDX-License-Identifier: Apache-2.0
//
// Why: who did what and when is kept for everything that was done through a form, in the same
// transaction, and can be searched but not changed.
//
// Promises: nothing that people typed is in it, and no token: only the row's title, and the ids
// that stand in its path. What is changed or taken out afterwards is found: see audit_chain.h.
#ifndef TRELLIS_APP_AUDIT_AUDIT_H
#define TRELLIS_APP_AUDIT_AUDIT_H

#include "app/app.h"

extern const struct app_slice audit_slice;
extern const struct route audit_routes[];
extern const char audit_schema_1[];
extern const char audit_schema_2[];
extern const char audit_schema_3[];
extern const char audit_schema_4[];
extern const char audit_schema_5[];
extern const struct app_table audit_tables[];

// The hook of web_settings: an act went well.
enum rc audit_done(struct req *req);

// Something that no row of a route says: `what` is a message.
enum rc audit_note(struct req *req, const char *what, const char *place);

// The job that chains what was added.
app_job audit_seal_kind;

// Where the chain ends, as it was noted last. number 0: nothing is chained yet.
struct audit_end {
    int64_t number;
    const char *hash;
    int64_t at_us;
};
enum rc audit_head(struct db_tx *tx, struct arena *arena, struct audit_end *ret_end);

// Goes through all of the chain. `fault` in words, NULL: it holds; `number` is the event that is
// wrong, or the last one; `first` where it began.
struct audit_found {
    const char *fault;
    int64_t first;
    int64_t number;
    struct audit_end end;
};
enum rc audit_verify(struct db_tx *tx, struct arena *arena, int64_t now_us,
                     struct audit_found *ret_found);

#endif
