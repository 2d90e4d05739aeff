// SPDX-License-Identifier: Apache-2.0
//
// Why: who receives what we tell about events must know that it comes from us, and was not changed
// or sent again by others on its way.
//
// Promises: the signature of Standard Webhooks, version 1: HMAC-SHA256 over the number of the
// message, the second in which it is sent, and its bytes.
//
// Not for: keeping secrets (seal.h) or sending (jobs/post.h).
#ifndef TRELLIS_AUTH_HOOK_H
#define TRELLIS_AUTH_HOOK_H

#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"

enum { HOOK_KEY_BYTES = 32, HOOK_KEY_LEAST = 24, HOOK_KEY_MOST = 64 };

// "whsec_" and 32 random bytes in base64. NULL: out of memory.
const char *hook_secret_new(struct arena *arena);

// "v1,..." of a message. RC_BAD_INPUT: the secret is none of 24 to 64 bytes.
enum rc hook_sign(struct arena *arena, const char *secret, const char *id, int64_t at_s,
                  const char *body, const char **ret_sign);

#endif
