// SPDX-License-Identifier: Apache-2.0
//
// Why: a mail server that cannot deliver a letter says so in a letter (RFC 3464). What is wanted of
// it is which letter came back, from whom, and whether it is of any use to write there again.
//
// Promises: any bytes are safe. What it says of success or delay, and what it does not say clearly,
// is no bounce. A refusal of this one letter (its words, its size, a policy) says nothing of the
// address.
//
// Not for: deciding whether to believe it: who asks holds the letter and the address against what
// was sent.
#ifndef TRELLIS_FORMAT_BOUNCE_H
#define TRELLIS_FORMAT_BOUNCE_H

#include "base/arena.h"
#include "base/rc.h"

enum bounce_kind {
    BOUNCE_NONE,    // no such letter, or it tells of no failure
    BOUNCE_HARD,    // the address is not there, or takes nothing any more
    BOUNCE_SOFT,    // it takes nothing now: full, away, slow
    BOUNCE_REFUSED, // this letter was not wanted; the address may be well
};

struct bounce {
    enum bounce_kind kind;
    const char *status;  // of RFC 3463: "5.1.1"; "": none was said
    const char *address; // that did not take it, in small letters; "": not said
    const char *letter;  // Message-ID of the letter that came back; "": not said
};

// RC_OK also for letters that are none: kind is BOUNCE_NONE. RC_BAD_INPUT, RC_LIMIT: as mail_in.h.
enum rc bounce_read(struct arena *arena, const char *bytes, size_t length,
                    struct bounce *ret_bounce);

// What a status of RFC 3463 that ended in failure means: see the table in bounce.c.
enum bounce_kind bounce_class(const char *status);

#endif
