// SPDX-License-Identifier: Apache-2.0
//
// Why: what the headers of a request say is read in one place, without memory of its own.
#ifndef TRELLIS_WEB_HEAD_H
#define TRELLIS_WEB_HEAD_H

#include "base/text.h"

// The value of `name=` inside a Cookie header, as sent. Empty: there is none.
struct text head_cookie(struct text header, const char *name);

// Where a request comes from: the peer, or, as long as that is one of our proxies (addresses,
// divided by commas), the last address that it names in X-Forwarded-For. What stands before the
// first address that is no proxy of ours is not believed: anybody may have written it.
struct text head_client(const char *proxies, struct text peer, struct text forwarded);

#endif
