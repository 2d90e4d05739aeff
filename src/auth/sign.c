// SPDX-License-Identifier: Apache-2.0
//
// Signatures; see sign.h.
#include "auth/sign.h"

#include <sodium.h>
#include <string.h>

static const char *to_hex(struct arena *arena, const unsigned char *bytes, size_t length)
{
    char *hex = arena_alloc(arena, 2 * length + 1);
    return hex == NULL ? NULL : sodium_bin2hex(hex, 2 * length + 1, bytes, length);
}

// Exactly `length` bytes, in lower-case digits: a signature has one way to be written.
static bool from_hex(const char *hex, unsigned char *ret_bytes, size_t length)
{
    size_t made = 0;
    if (strlen(hex) != 2 * length || strspn(hex, "0123456789abcdef") != 2 * length)
        return false;
    return sodium_hex2bin(ret_bytes, length, hex, 2 * length, NULL, &made, NULL) == 0 &&
           made == length;
}

enum rc sign_new_keys(struct arena *arena, struct sign_keys *ret_keys)
{
    unsigned char public[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    if (crypto_sign_keypair(public, secret) != 0)
        return RC_IO;
    const struct sign_keys keys = {to_hex(arena, public, sizeof public),
                                   to_hex(arena, secret, sizeof secret)};
    sodium_memzero(secret, sizeof secret);
    if (keys.public == NULL || keys.secret == NULL)
        return RC_NO_MEMORY;
    *ret_keys = keys;
    return RC_OK;
}

enum rc sign_text(struct arena *arena, const char *secret, const char *text, const char **ret_sign)
{
    unsigned char key[crypto_sign_SECRETKEYBYTES];
    unsigned char sign[crypto_sign_BYTES];
    if (!from_hex(secret, key, sizeof key))
        return RC_BAD_INPUT;
    crypto_sign_detached(sign, NULL, (const unsigned char *)text, strlen(text), key);
    sodium_memzero(key, sizeof key);
    const char *hex = to_hex(arena, sign, sizeof sign);
    if (hex == NULL)
        return RC_NO_MEMORY;
    *ret_sign = hex;
    return RC_OK;
}

bool sign_fits(const char *public, const char *text, const char *sign)
{
    unsigned char key[crypto_sign_PUBLICKEYBYTES];
    unsigned char bytes[crypto_sign_BYTES];
    return from_hex(public, key, sizeof key) && from_hex(sign, bytes, sizeof bytes) &&
           crypto_sign_verify_detached(bytes, (const unsigned char *)text, strlen(text), key) == 0;
}
