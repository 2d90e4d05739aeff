// SPDX-License-Identifier: Apache-2.0
// Holds the text of certificates to what recognition.h promises.
#include "app/recognition/recognition.h"

#include <stdio.h>
#include <string.h>

#include "base/tap.h"

#include "auth/sign.h"
#include "auth/token.h"

static const struct certificate_words words = {"abc",    "Ada\nhours 900", "Spring",
                                               "mentor", "2027-03-01",     "2027-08-29",
                                               755,      "2027-09-01",     "Trellis"};

static void try_hours(struct arena *arena)
{
    static const struct {
        int64_t minutes;
        const char *hours;
    } rows[] = {
        {0,   "0.0" },
        {5,   "0.0" },
        {6,   "0.1" },
        {59,  "0.9" },
        {60,  "1.0" },
        {755, "12.5"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
        is_str(certificate_hours(arena, rows[k].minutes), rows[k].hours, "%d minutes",
               (int)rows[k].minutes);
}

static void try_file(struct arena *arena)
{
    struct sign_keys keys = {0};
    const char *text = "";
    const char *sign = "";
    const char *file = "";
    struct certificate_parts parts;
    is_int(certificate_text(arena, &words, &text), RC_OK, "a text");
    is_str(text,
           "Trellis certificate 1\ncode abc\nname Ada hours 900\nprogramme Spring\nrole mentor\n"
           "from 2027-03-01\nuntil 2027-08-29\nhours 12.5\nissued 2027-09-01\nby Trellis\n",
           "with one line for each, whatever somebody calls herself");
    ok(sign_new_keys(arena, &keys) == RC_OK && sign_text(arena, keys.secret, text, &sign) == RC_OK,
       "signed");
    is_int(certificate_file(arena, text, sign, keys.public, &file), RC_OK, "a file");
    is_int(certificate_read(arena, file, &parts), RC_OK, "is read");
    is_str(parts.text, text, "as it was signed");
    ok(sign_fits(parts.public, parts.text, parts.sign), "and fits");
    char *mailed = arena_alloc(arena, 2 * strlen(file) + 1);
    size_t length = 0;
    for (const char *c = file; *c != '\0'; c++) {
        if (*c == '\n')
            mailed[length++] = '\r';
        mailed[length++] = *c;
    }
    mailed[length] = '\0';
    ok(certificate_read(arena, mailed, &parts) == RC_OK &&
           sign_fits(parts.public, parts.text, parts.sign),
       "also after a mail program");
    char *changed = arena_strdup(arena, file);
    memcpy(strstr(changed, "hours 12"), "hours 92", 8);
    ok(certificate_read(arena, changed, &parts) == RC_OK &&
           !sign_fits(parts.public, parts.text, parts.sign),
       "more hours do not fit");
}

static void try_nonsense(struct arena *arena)
{
    static const char *const rows[] = {
        "",
        "Trellis certificate 1\n",
        "Trellis certificate 2\ncode a\nsignature 1\nkey 2\n",
        "Trellis certificate 1\ncode a\nsignature 1\n",
        "Trellis certificate 1\ncode a\nsignature 1\nkey 2",
        "Trellis certificate 1\ncode a\nsignature 1\nkey 2\nmore\n",
    };
    struct certificate_parts parts;
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
        is_int(certificate_read(arena, rows[k], &parts), RC_BAD_INPUT, "nonsense %zu", k);
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 4 << 20);
    if (ok(auth_start() == RC_OK, "libsodium starts")) {
        try_hours(&arena);
        try_file(&arena);
        try_nonsense(&arena);
    }
    arena_close(&arena);
    return tap_done();
}
