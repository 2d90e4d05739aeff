// SPDX-License-Identifier: Apache-2.0
// Holds the text of certificates, the rules of stories and the ranks of juries to what
// recognition.h, recognition_story.h and recognition_honour.h promise.
#include "app/recognition/recognition.h"

#include <stdio.h>
#include <string.h>

#include "base/tap.h"

#include "app/recognition/recognition_honour.h"
#include "app/recognition/recognition_story.h"
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

static void try_moves(void)
{
    static const struct {
        const char *from;
        const char *to;
        bool editor;
        bool may;
    } rows[] = {
        {"draft",     "submitted",   false, true },
        {"draft",     "submitted",   true,  false},
        {"draft",     "approved",    true,  false},
        {"submitted", "approved",    true,  true },
        {"submitted", "approved",    false, false},
        {"submitted", "published",   true,  false}, // only what everybody said does that
        {"published", "unpublished", false, true },
        {"published", "unpublished", true,  true },
        {"published", "draft",       false, false},
        {"rejected",  "submitted",   false, false},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
        ok(story_may(rows[k].from, rows[k].to, rows[k].editor) == rows[k].may, "%s to %s",
           rows[k].from, rows[k].to);
}

static void try_consent(void)
{
    static const struct {
        int64_t other;
        int64_t writer_web;
        int64_t other_web;
        bool seen;
    } rows[] = {
        {0, 1,  -1, true },
        {0, 0,  -1, false},
        {0, -1, -1, false},
        {7, 1,  1,  true },
        {7, 1,  0,  false},
        {7, 1,  -1, false}, // she has not answered
        {7, 0,  1,  false},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        const struct story story = {.other = rows[k].other,
                                    .writer_said = {.web = rows[k].writer_web},
                                    .other_said = {.web = rows[k].other_web}};
        ok(story_may_be_seen(&story) == rows[k].seen, "consent %zu", k);
    }
}

static void try_names(struct arena *arena)
{
    static const struct {
        const char *text;
        const char *name;
        bool named;
    } rows[] = {
        {"My mentor listened.",   "Mina Okafor", false},
        {"With MINA it was easy", "Mina Okafor", true },
        {"Ms Okafor's advice",    "Mina Okafor", true },
        {"the minaret",           "Mina Okafor", false},
        {"Zofia, and only her",
         "Z\xC3\xB3"
         "fia",                                  true }, // also without its accent
        {"A letter a day",        "A",           false}, // one letter names nobody
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        bool named = false;
        ok(story_names(arena, rows[k].text, rows[k].name, &named) == RC_OK &&
               named == rows[k].named,
           "names: %s", rows[k].text);
    }
}

static void try_ranks(void)
{
    struct nominee all[] = {
        {.name = "Dora", .scores = 0, .sum = 0 },
        {.name = "Cleo", .scores = 3, .sum = 12},
        {.name = "Bea",  .scores = 2, .sum = 8 },
        {.name = "Ada",  .scores = 2, .sum = 7 },
    };
    ok(!honour_complete(all, 4) && honour_complete(all + 1, 3) && !honour_complete(all, 0),
       "two scores each");
    honour_rank(all, 4);
    ok(strcmp(all[0].name, "Bea") == 0 && strcmp(all[1].name, "Cleo") == 0 &&
           strcmp(all[2].name, "Ada") == 0 && strcmp(all[3].name, "Dora") == 0,
       "the best mean first, those who are alike by name");
    is_int((int64_t)honour_tied(all, 4), 2, "8 of 2 and 12 of 3 are the same");
    is_int((int64_t)honour_tied(all, 1), 1, "one alone");
    is_int((int64_t)honour_tied(all, 0), 0, "nobody");
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 4 << 20);
    if (ok(auth_start() == RC_OK, "libsodium starts")) {
        try_hours(&arena);
        try_file(&arena);
        try_nonsense(&arena);
        try_names(&arena);
    }
    try_moves();
    try_consent();
    try_ranks();
    arena_close(&arena);
    return tap_done();
}
