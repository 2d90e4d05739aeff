// SPDX-License-Identifier: Apache-2.0
//
// Why: the secret address under which somebody's calendar reads the meetings of her pairs. Only its
// hash is kept.
#ifndef TRELLIS_APP_PAIR_PAIR_FEED_H
#define TRELLIS_APP_PAIR_PAIR_FEED_H

#include "app/pair/pair_store.h"

// The hash of the actor's address; NULL: she has none.
enum rc feed_find(struct req *req, const char **ret_hash);
enum rc feed_set(struct req *req, const char *hash); // instead of the one before
enum rc feed_end(struct req *req);
// Meetings after an instant of all pairs of whose address it is: id, sequence, at, minutes, changed
// at, place, match, state, the other's name. RC_NOT_FOUND: nobody's.
enum rc feed_meetings(struct req *req, const char *hash, int64_t from_us,
                      struct db_rows **ret_rows);

#endif
