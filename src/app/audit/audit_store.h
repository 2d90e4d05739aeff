// SPDX-License-Identifier: Apache-2.0
//
// Why: the rows of the chain: what is chained by the clock, where it ends, and whether it holds.
#ifndef TRELLIS_APP_AUDIT_AUDIT_STORE_H
#define TRELLIS_APP_AUDIT_AUDIT_STORE_H

#include "app/audit/audit.h"
#include "app/audit/audit_chain.h"

// Numbers and chains what is not yet, and notes where the chain ends. On any number of nodes, it is
// one job that runs at one of them: what pages write waits for nobody.
enum rc audit_seal_new(struct db_tx *tx, struct arena *arena, int64_t now_us);

#endif
