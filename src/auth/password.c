// SPDX-License-Identifier: Apache-2.0
//
// Passwords by libsodium's Argon2id; see password.h.
#define _POSIX_C_SOURCE 200809L // pthread

#include "auth/password.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "base/msg.h"
#include "base/text.h"

enum { MEMORY_BYTES = 19 << 20, PASSES = 2, DISTINCT_LEAST = 5 };

// One at a time for each of two cores: 19 MiB each, however many people sign in.
static pthread_mutex_t gates[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};

static pthread_mutex_t *enter(void)
{
    if (pthread_mutex_trylock(&gates[0]) == 0)
        return &gates[0];
    pthread_mutex_lock(&gates[1]);
    return &gates[1];
}

static unsigned distinct_bytes(const char *text)
{
    bool seen[256] = {false};
    unsigned count = 0;
    for (const char *c = text; *c != '\0'; c++) {
        count += !seen[(unsigned char)*c];
        seen[(unsigned char)*c] = true;
    }
    return count;
}

// Whether it is one piece over and over: "passwordpassword".
static bool repeats(const char *text)
{
    size_t length = strlen(text);
    for (size_t piece = 1; piece <= length / 2; piece++)
        if (length % piece == 0 && memcmp(text, text + piece, length - piece) == 0)
            return true;
    return false;
}

// Whether most steps go to the next character: "abcdefghijklmno", "123456789012345".
static bool is_sequence(const char *text)
{
    size_t steps = 0;
    size_t length = strlen(text);
    for (size_t k = 1; k < length; k++)
        steps += text[k] == text[k - 1] + 1 || text[k] == text[k - 1] - 1;
    return steps * 4 >= (length - 1) * 3;
}

// What is left of a password when the guessable words are taken out of it.
static size_t rest_without(char *key, const char *const *words)
{
    for (size_t k = 0; words[k] != NULL; k++) {
        size_t length = strlen(words[k]);
        char *found = NULL;
        while (length >= 3 && (found = strstr(key, words[k])) != NULL)
            memmove(found, found + length, strlen(found + length) + 1);
    }
    return strlen(key);
}

static const char *const common[] = {
    "password",  "passphrase", "passwort",   "qwertyuiop", "qwerty",   "asdfghjkl",
    "zxcvbnm",   "letmein",    "welcome",    "iloveyou",   "trellis",  "mentor",
    "mentoring", "programme",  "contrasena", "motdepasse", "changeme", "administrator",
    "admin",     "1234567890", "12345",      "2026",       "2027",     NULL,
};
enum { REST_LEAST = 8, ABOUT_MAX = 8 };

const char *password_fault(struct arena *arena, const char *password, const char *const *about)
{
    size_t length = text_code_points(password, strlen(password));
    char *key = NULL;
    if (length < PASSWORD_LEAST)
        return MSG(
            "Use at least 15 characters. A few words that only you put together are easy to keep in mind");
    if (length > PASSWORD_MOST)
        return MSG("Use at most 256 characters");
    if (text_key(arena, password, strlen(password), &key) != RC_OK)
        return MSG("Use letters, digits and signs");
    if (distinct_bytes(key) < DISTINCT_LEAST || repeats(key) || is_sequence(key))
        return MSG(
            "This is easy to guess, because it repeats itself. Use a few words that only you put together");
    const char *own[ABOUT_MAX + 1] = {NULL};
    size_t count = 0;
    for (size_t k = 0; about[k] != NULL && count < ABOUT_MAX; k++) {
        char *word = NULL;
        if (text_key(arena, about[k], strlen(about[k]), &word) == RC_OK)
            own[count++] = word;
    }
    rest_without(key, own);
    if (rest_without(key, common) < REST_LEAST)
        return MSG(
            "This is easy to guess, because it is made of common words or of your name. Add some that are not");
    return NULL;
}

enum rc password_hash(struct arena *arena, const char *password, const char **ret_stored)
{
    char *stored = arena_alloc(arena, crypto_pwhash_STRBYTES);
    if (stored == NULL)
        return RC_NO_MEMORY;
    pthread_mutex_t *gate = enter();
    int failed = crypto_pwhash_str_alg(stored, password, strlen(password), PASSES, MEMORY_BYTES,
                                       crypto_pwhash_ALG_ARGON2ID13);
    pthread_mutex_unlock(gate);
    if (failed != 0)
        return RC_NO_MEMORY;
    *ret_stored = stored;
    return RC_OK;
}

bool password_fits(const char *stored, const char *password)
{
    // A hash of nothing that anybody knows, with our parameters: an unknown person costs as much.
    static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$"
                                 "Zm9yIG5vYm9keSBhdCBhbGwsIGp1c3QgdG8gd2FzdGU";
    bool known = stored != NULL && stored[0] != '\0';
    pthread_mutex_t *gate = enter();
    int failed = crypto_pwhash_str_verify(known ? stored : nobody, password, strlen(password));
    pthread_mutex_unlock(gate);
    return known && failed == 0;
}
