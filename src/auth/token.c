// SPDX-License-Identifier: Apache-2.0
//
// Tokens by libsodium; see token.h.
#include "auth/token.h"

#include <sodium.h>
#include <string.h>

enum { TOKEN_BYTES = 20, HASH_BYTES = 32 };

enum rc auth_start(void)
{
    return sodium_init() < 0 ? RC_IO : RC_OK;
}

static const char *to_hex(struct arena *arena, const unsigned char *bytes, size_t length)
{
    char *text = arena_alloc(arena, 2 * length + 1);
    return text == NULL ? NULL : sodium_bin2hex(text, 2 * length + 1, bytes, length);
}

const char *token_new(struct arena *arena)
{
    unsigned char bytes[TOKEN_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    return to_hex(arena, bytes, sizeof bytes);
}

const char *token_hash(struct arena *arena, const char *purpose, const char *token)
{
    unsigned char hash[HASH_BYTES];
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    // The closing NUL divides purpose from token, so that no pair of them runs together.
    crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_generichash_update(&state, (const unsigned char *)token, strlen(token));
    crypto_generichash_final(&state, hash, sizeof hash);
    return to_hex(arena, hash, sizeof hash);
}
