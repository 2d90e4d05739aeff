// SPDX-License-Identifier: Apache-2.0
//
// Why: a pair that wants to go on longer agrees on a later last day; where a cohort has said so,
// those who run it have a say.
//
// Promises: nothing moves before all have agreed; a refusal has a reason, which both read; nobody
// decides about her own pair; those who run the cohort learn the days, not what else is agreed.
#ifndef TRELLIS_APP_PAIR_PAIR_LONGER_H
#define TRELLIS_APP_PAIR_PAIR_LONGER_H

#include "app/pair/pair_store.h"

// A pair whose longer time waits for those who run the cohort.
struct longer {
    int64_t match;
    int64_t version; // of the agreement
    const char *mentee;
    const char *mentor;
    const char *from; // days
    const char *to;
};
enum { LONGER_MAX = 100 };
// Those of a cohort that the actor may decide about; match 0: all.
enum rc longer_list(struct req *req, int64_t cohort, int64_t match, struct longer **ret_rows,
                    size_t *ret_count);
// The answer. RC_EXISTS: it is not asked any more.
enum rc longer_answer(struct req *req, const struct pair *pair, const struct longer *longer,
                      bool yes, const char *reason);
// Tells those who run the cohort that they are asked.
enum rc longer_ask(struct req *req, const struct pair *pair, const char *to);

#endif
