// SPDX-License-Identifier: Apache-2.0
//
// Why: every SQL text of runs and their pairs.
#ifndef TRELLIS_APP_MATCH_MATCH_STORE_H
#define TRELLIS_APP_MATCH_MATCH_STORE_H

#include "app/match/match.h"

enum rc run_add(struct db_tx *tx, const struct match_run *run, const struct match_pair *pairs,
                size_t count, int64_t now_us);
enum rc run_list(struct req *req, int64_t cohort, struct match_run **ret_runs, size_t *ret_count);
// RC_NOT_FOUND: no such run in this cohort.
enum rc run_find(struct req *req, int64_t cohort, int64_t id, struct match_run *ret_run);
enum rc run_pairs(struct req *req, int64_t run, struct match_pair **ret_pairs, size_t *ret_count);
enum rc run_move(struct db_tx *tx, int64_t id, const char *from,
                 const char *to); // RC_EXISTS: moved

// Makes the pairs of a run known to both sides, but for those whose people have left the pool or
// whose mentor has no place any more. ret_made: how many.
enum rc match_publish(struct db_tx *tx, int64_t run, int64_t now_us, uint64_t *ret_made);

// The published pairs of the actor in a cohort.
enum rc match_mine(struct req *req, int64_t cohort, struct match_pair **ret_pairs,
                   size_t *ret_count);

#endif
