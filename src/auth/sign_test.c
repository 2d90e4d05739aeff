// SPDX-License-Identifier: Apache-2.0
// Holds signatures to what sign.h promises.
#include "auth/sign.h"

#include <stdio.h>
#include <string.h>

#include "base/tap.h"

#include "auth/token.h"

// RFC 8032, 7.1, test 1: the empty message. The secret is the seed followed by the public half.
static const char rfc_public[] = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
static const char rfc_secret[] = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
                                 "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
static const char rfc_sign[] =
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
    "d25bf5f0595bbe24655141438e7a100b";

static void try_rfc(struct arena *arena)
{
    const char *sign = "";
    is_int(sign_text(arena, rfc_secret, "", &sign), RC_OK, "signs as RFC 8032 does");
    is_str(sign, rfc_sign, "its first vector");
    ok(sign_fits(rfc_public, "", rfc_sign), "and takes it");
}

static void try_changes(struct arena *arena)
{
    struct sign_keys keys = {0};
    struct sign_keys other = {0};
    const char *sign = "";
    const char text[] = "name Ada\nhours 12\n";
    char changed[SIGN_HEX + 1];
    is_int(sign_new_keys(arena, &keys), RC_OK, "keys");
    is_int(sign_new_keys(arena, &other), RC_OK, "other keys");
    ok(strcmp(keys.secret, other.secret) != 0, "are others");
    is_int(sign_text(arena, keys.secret, text, &sign), RC_OK, "a signature");
    ok(sign_fits(keys.public, text, sign), "fits");
    ok(!sign_fits(other.public, text, sign), "but not another key");
    ok(!sign_fits(keys.public, "name Ada\nhours 13\n", sign), "nor another text");
    unsigned refused = 0;
    for (size_t k = 0; k < SIGN_HEX; k++) {
        snprintf(changed, sizeof changed, "%s", sign);
        changed[k] = changed[k] == '0' ? '1' : '0';
        refused += !sign_fits(keys.public, text, changed);
    }
    is_int(refused, SIGN_HEX, "no digit of it may change");
    snprintf(changed, sizeof changed, "%s", sign);
    for (char *c = changed; *c != '\0'; c++)
        if (*c >= 'a' && *c <= 'f')
            *c = (char)(*c - 32);
    ok(!sign_fits(keys.public, text, changed), "nor be written in another way");
    ok(!sign_fits("", text, sign) && !sign_fits(keys.public, text, ""), "nothing fits nothing");
    is_int(sign_text(arena, "12", text, &sign), RC_BAD_INPUT, "a broken key is refused");
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 1 << 20);
    if (ok(auth_start() == RC_OK, "libsodium starts")) {
        try_rfc(&arena);
        try_changes(&arena);
    }
    arena_close(&arena);
    return tap_done();
}
