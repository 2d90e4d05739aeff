// SPDX-License-Identifier: Apache-2.0
//
// Signatures of what is told to other programs; see hook.h.
#include "hook.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

static const char before[] = "whsec_";

const char *hook_secret_new(struct arena *arena)
{
    unsigned char key[HOOK_KEY_BYTES];
    char text[sodium_base64_ENCODED_LEN(HOOK_KEY_BYTES, sodium_base64_VARIANT_ORIGINAL)];
    randombytes_buf(key, sizeof key);
    sodium_bin2base64(text, sizeof text, key, sizeof key, sodium_base64_VARIANT_ORIGINAL);
    const char *secret = arena_printf(arena, "%s%s", before, text);
    sodium_memzero(key, sizeof key);
    sodium_memzero(text, sizeof text);
    return secret;
}

static void sign(const unsigned char *key, size_t key_length, const char *head, const char *body,
                 unsigned char ret_sum[crypto_auth_hmacsha256_BYTES])
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key, key_length);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)head, strlen(head));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)body, strlen(body));
    crypto_auth_hmacsha256_final(&state, ret_sum);
    sodium_memzero(&state, sizeof state);
}

enum rc hook_sign(struct arena *arena, const char *secret, const char *id, int64_t at_s,
                  const char *body, const char **ret_sign)
{
    unsigned char key[HOOK_KEY_MOST];
    unsigned char sum[crypto_auth_hmacsha256_BYTES];
    char text[sodium_base64_ENCODED_LEN(sizeof sum, sodium_base64_VARIANT_ORIGINAL)];
    const char *end = NULL;
    size_t length = 0;
    if (strncmp(secret, before, strlen(before)) != 0)
        return RC_BAD_INPUT;
    const char *coded = secret + strlen(before);
    if (sodium_base642bin(key, sizeof key, coded, strlen(coded), NULL, &length, &end,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        *end != '\0' || length < HOOK_KEY_LEAST)
        return RC_BAD_INPUT;
    const char *head = arena_printf(arena, "%s.%" PRId64 ".", id, at_s);
    if (head == NULL)
        return RC_NO_MEMORY;
    sign(key, length, head, body, sum);
    sodium_memzero(key, sizeof key);
    sodium_bin2base64(text, sizeof text, sum, sizeof sum, sodium_base64_VARIANT_ORIGINAL);
    *ret_sign = arena_printf(arena, "v1,%s", text);
    return *ret_sign == NULL ? RC_NO_MEMORY : RC_OK;
}
