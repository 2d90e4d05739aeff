// SPDX-License-Identifier: Apache-2.0
//
// Why: whoever gets a certificate can show that this installation made it, also when the
// installation is gone: Ed25519 signatures (RFC 8032) by libsodium.
//
// Promises: keys and signatures are lower-case hex; a signature fits one text and one key.
//
// Not for: secrets of people; only the key's owner keeps the secret half.
#ifndef TRELLIS_AUTH_SIGN_H
#define TRELLIS_AUTH_SIGN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/rc.h"

enum { SIGN_PUBLIC_HEX = 64, SIGN_SECRET_HEX = 128, SIGN_HEX = 128 };

struct sign_keys {
    const char *public; // SIGN_PUBLIC_HEX digits
    const char *secret; // SIGN_SECRET_HEX digits
};

// New keys, in the arena.
enum rc sign_new_keys(struct arena *arena, struct sign_keys *ret_keys);

// RC_BAD_INPUT: the secret is not one of ours.
enum rc sign_text(struct arena *arena, const char *secret, const char *text, const char **ret_sign);

// Whether the signature is of this text by the owner of this key; false for anything malformed.
bool sign_fits(const char *public, const char *text, const char *sign);

#endif
