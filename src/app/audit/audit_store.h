// SPDX-License-Identifier: Apache-2.0
//
// Why: the rows of the log, and of its chain: what is chained by the clock, where it ends, and
// whether it holds.
#ifndef TRELLIS_APP_AUDIT_AUDIT_STORE_H
#define TRELLIS_APP_AUDIT_AUDIT_STORE_H

#include "app/audit/audit.h"
#include "app/audit/audit_chain.h"

enum rc audit_add(struct req *req, int64_t person, const char *what, const char *place,
                  const char *detail);
// Rows older than `before` (0: all), the newest first: id, at, name, what, place, detail.
// `search`: an address or a place, whole, or words of what was changed; "": all.
enum rc audit_list(struct req *req, int64_t before, const char *search, int64_t most,
                   struct db_rows **ret_rows);

// Numbers and chains what is not yet, and notes where the chain ends. On any number of nodes, it is
// one job that runs at one of them: what pages write waits for nobody.
enum rc audit_seal_new(struct db_tx *tx, struct arena *arena, int64_t now_us);

#endif
