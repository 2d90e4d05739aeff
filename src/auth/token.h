// SPDX-License-Identifier: Apache-2.0
//
// Why: what stands for a person in a cookie or a link must be unguessable, and must not be found in
// a stolen database.
//
// Promises: 160 random bits; what is stored or shown in forms is a hash of them, by purpose.
#ifndef TRELLIS_AUTH_TOKEN_H
#define TRELLIS_AUTH_TOKEN_H

#include "base/arena.h"
#include "base/rc.h"

// Must be called once before anything else of this folder. RC_IO: no random source.
enum rc auth_start(void);

// 40 characters a-z 0-9. NULL: out of memory.
const char *token_new(struct arena *arena);

// The hash of a token for one purpose ("session", "form", "link"): 64 hexadecimal characters.
const char *token_hash(struct arena *arena, const char *purpose, const char *token);

#endif
