// SPDX-License-Identifier: Apache-2.0
//
// Why: whoever gets at the database must not be able to change unnoticed what the log says: each
// event is numbered and carries the hash of the one before, so that an edit, a deletion, a swap or
// a cut breaks the chain.
//
// Promises: pure. The chain goes over what stays when somebody is erased: her number, no words.
//
// Drawbacks: an event is chained within two minutes after it happened, and until then can be taken
// out; and who can write all of the database can chain it anew, unless a head (the last number and
// its hash) was noted elsewhere: see `trellis audit`.
#ifndef TRELLIS_APP_AUDIT_AUDIT_CHAIN_H
#define TRELLIS_APP_AUDIT_AUDIT_CHAIN_H

#include <stdint.h>

#include "base/arena.h"

struct audit_event {
    int64_t number;
    int64_t id;
    int64_t at_us;
    int64_t person;
    const char *what;
    const char *place;
    const char *hash;
    const char *detail; // what it changed; NULL or "": nothing is told
};

// The hash of an event that follows on one with the hash `before` ("": it is the first). In the
// arena; NULL: out of memory. The event's own hash is not looked at.
const char *audit_hash(struct arena *arena, const char *before, const struct audit_event *event);

// What has been looked at so far; begins with the number 0 and the hash "".
struct audit_walk {
    int64_t number;
    char hash[65];
};

// The next event, in the order of numbers. NULL: it fits; else what is wrong, in words.
const char *audit_walk_on(struct arena *arena, struct audit_walk *walk,
                          const struct audit_event *event);

#endif
