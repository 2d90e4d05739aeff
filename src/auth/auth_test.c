// SPDX-License-Identifier: Apache-2.0
//
// Passwords that are refused and taken, and tokens.
#include "base/tap.h"

#include "auth/password.h"
#include "auth/token.h"

static const char *const about[] = {"Ada Lovelace", "ada@example.org", NULL};

static const struct {
    const char *password;
    bool fine;
} rows[] = {
    {"short",                                                                                                                               false},
    {"fourteen chars",                                                                                                                      false},
    {"aaaaaaaaaaaaaaaaaaaa",                                                                                                                false},
    {"passwordpassword",                                                                                                                    false},
    {"abcdefghijklmnop",                                                                                                                    false},
    {"Ada Lovelace 2026",                                                                                                                   false},
    {"Password123456789",                                                                                                                   false},
    {"pears sing on Tuesday",                                                                                                               true },
    {"\xd0\xb3\xd1\x80\xd1\x83\xd1\x88\xd0\xb0 \xd0\xbf\xd0\xbe\xd1\x91\xd1\x82 \xd0\xb2\xd0\xbe \xd1\x81\xd1\x80\xd0\xb5\xd0\xb4\xd1\x83",
     true                                                                                                                                        },
};

int main(void)
{
    struct arena arena;
    arena_open(&arena, 8 << 20);
    is_int(auth_start(), RC_OK, "started");
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        const char *fault = password_fault(&arena, rows[k].password, about);
        ok((fault == NULL) == rows[k].fine, "\"%s\": %s", rows[k].password,
           fault == NULL ? "fine" : fault);
    }
    const char *stored = NULL;
    is_int(password_hash(&arena, "pears sing on Tuesday", &stored), RC_OK, "hashed");
    ok(strncmp(stored, "$argon2id$v=19$m=19456,t=2,p=1$", 31) == 0, "with our parameters");
    ok(password_fits(stored, "pears sing on Tuesday"), "it fits");
    ok(!password_fits(stored, "pears sing on Tuesdays"), "another does not");
    ok(!password_fits(NULL, "pears sing on Tuesday"), "nor does nobody's");
    const char *one = token_new(&arena);
    const char *two = token_new(&arena);
    ok(strlen(one) == 40 && strcmp(one, two) != 0, "tokens differ");
    is_str(token_hash(&arena, "form", one), token_hash(&arena, "form", one),
           "a hash is the same again");
    ok(strcmp(token_hash(&arena, "form", one), token_hash(&arena, "session", one)) != 0,
       "but not for another purpose");
    arena_close(&arena);
    return tap_done();
}
