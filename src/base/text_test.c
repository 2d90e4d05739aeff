// SPDX-License-Identifier: Apache-2.0
// Text as people mean it: rows of what they type and the key that it must give.
#include "base/text.h"

#include "base/encoding.h"
#include "base/tap.h"

static struct arena arena;

struct key_case {
    const char *typed;
    const char *key;
    const char *word_key;
};

static const struct key_case key_cases[] = {
    {"Open  Science ",                 "open science",                   "open science"       },
    {"\u0130stanbul",                  "istanbul",                       "istanbul"           },
    {"Diyarbak\u0131r",                "diyarbakir",                     "diyarbakir"         },
    {"Montr\u00e9al",                  "montreal",                       "montreal"           },
    {"Montre\u0301al",                 "montreal",                       "montreal"           },
    {"K\u00f8benhavn",                 "kobenhavn",                      "kobenhavn"          },
    {"\u0141\u00f3d\u017a",            "lodz",                           "lodz"               },
    {"Stra\u00dfe",                    "strasse",                        "strasse"            },
    {"\uff26\uff35\uff2c\uff2c",       "full",                           "full"               },
    {"\u00a0a\u200bb\t\nc",            "ab c",                           "ab c"               },
    {"E-mail address:",                "e-mail address:",                "e mail address"     },
    {"Huntington\u2019s disease",      "huntington's disease",           "huntingtons disease"},
    {"C++, C# and a+b",                "c++, c# and a+b",                "c++ c# and a b"     },
    {"wants_help_with",                "wants_help_with",                "wants help with"    },
    {"",                               "",                               ""                   },
    {" ... ",                          "...",                            ""                   },
    {"\u0395\u03bb\u03bb\u03ac\u03c2", "\u03b5\u03bb\u03bb\u03b1\u03c3",
     "\u03b5\u03bb\u03bb\u03b1\u03c3"                                                         },
};

static void test_keys(void)
{
    for (size_t i = 0; i < sizeof key_cases / sizeof key_cases[0]; i++) {
        const struct key_case *row = &key_cases[i];
        char *key = NULL;
        is_int(text_key(&arena, row->typed, strlen(row->typed), &key), RC_OK, "key %zu", i);
        is_str(key, row->key, "the key of \"%s\"", row->typed);
        is_int(text_word_key(&arena, row->typed, strlen(row->typed), &key), RC_OK, "words %zu", i);
        is_str(key, row->word_key, "the words of \"%s\"", row->typed);
    }
    char *key = NULL;
    is_int(text_key(&arena, "a\xff", 2, &key), RC_BAD_INPUT,
           "bytes that are not UTF-8 are refused");
    ok(key == NULL, "and the output is untouched");
    arena.fail_at = arena.calls + 1;
    is_int(text_key(&arena, "abc", 3, &key), RC_NO_MEMORY, "no memory");
    char long_text[1000];
    memset(long_text, 'A', sizeof long_text);
    for (size_t n = 1; n <= 2; n++) {
        arena.fail_at = arena.calls + n;
        enum rc rc = text_word_key(&arena, long_text, sizeof long_text, &key);
        is_int(rc, RC_NO_MEMORY, "no memory for a long text, %zu", n);
    }
    is_int(text_key(&arena, long_text, sizeof long_text, &key), RC_OK, "a long text");
    ok(strlen(key) == 1000 && key[999] == 'a', "has a long key");
    is_int(text_key(&arena, long_text, TEXT_KEY_LIMIT_BYTES + 1, &key), RC_LIMIT, "too long");
}

struct distance_case {
    const char *a;
    const char *b;
    unsigned bound;
    unsigned want;
};

static const struct distance_case distance_cases[] = {
    {"sustainabilty", "sustainability", 2, 1},
    {"managment",     "management",     2, 1},
    {"enviromental",  "environmental",  2, 1},
    {"langauge",      "language",       2, 1}, // a swap is one
    {"kitten",        "sitting",        3, 3},
    {"kitten",        "sitting",        2, 3}, // beyond the bound is bound + 1
    {"ca",            "abc",            3, 3}, // the restricted distance
    {"",              "abc",            3, 3},
    {"",              "",               0, 0},
    {"caf\u00e9",     "cafe",           1, 1}, // code points, not bytes
    {"abcdefgh",      "badcfehg",       8, 4},
};

static void test_distance(void)
{
    for (size_t i = 0; i < sizeof distance_cases / sizeof distance_cases[0]; i++) {
        const struct distance_case *row = &distance_cases[i];
        struct text a = text_of(row->a);
        struct text b = text_of(row->b);
        is_uint(text_distance(a, b, row->bound), row->want, "%s - %s", row->a, row->b);
        is_uint(text_distance(b, a, row->bound), row->want, "%s - %s", row->b, row->a);
    }
    char long_word[200];
    memset(long_word, 'a', sizeof long_word);
    struct text a = {long_word, 200};
    struct text b = {long_word, 199};
    is_uint(text_distance(a, b, 2), 3, "very long words are only equal or far");
    is_uint(text_distance(a, a, 2), 0, "equal ones are equal");
}

static void test_validity(void)
{
    ok(text_is_utf8("a\xc3\xa9", 3), "valid");
    is_uint(text_valid_bytes("ab\xc3", 3), 2, "a cut sequence");
    is_uint(text_valid_bytes("\xc0\xaf", 2), 0, "an overlong form");
    is_uint(text_valid_bytes("\xed\xa0\x80", 3), 0, "a surrogate");
    is_uint(text_valid_bytes("\xf4\x90\x80\x80", 4), 0, "beyond Unicode");
    ok(text_is_utf8("a\0b", 3), "a NUL is valid");
    is_uint(text_code_points("a\xc3\xa9", 3), 2, "two code points");
}

static void test_trim_and_split(void)
{
    struct text trimmed = text_trim(" \t\xc2\xa0 a b \xe2\x80\xaf\n", 12);
    ok(text_equal(trimmed, text_of("a b")), "trimmed of every kind of blank");
    is_uint(text_trim("  ", 2).length, 0, "only blanks");
    is_uint(text_trim(" \xff", 2).length, 1, "a bad byte stays");
    struct text words[2];
    is_uint(text_split("one two  three ", words, 2), 3, "three words");
    ok(text_equal(words[1], text_of("two")), "the second");
    is_uint(text_split("", words, 2), 0, "none");
}

static void test_encoding(const char *bytes, size_t length, enum encoding want, const char *text)
{
    struct text got = {0};
    is_int(encoding_detect(bytes, length), want, "found out: %s", encoding_text(want));
    is_int(encoding_to_utf8(&arena, want, bytes, length, &got, NULL), RC_OK, "read");
    ok(text_equal(got, text_of(text)), "as %s", text);
}

static void test_encodings(void)
{
    test_encoding("a\xc3\xa9", 3, ENCODING_UTF8, "a\u00e9");
    test_encoding("\xef\xbb\xbf"
                  "a\xc3\xa9",
                  6, ENCODING_UTF8_BOM, "a\u00e9");
    test_encoding("\xff\xfe"
                  "a\0\xe9\0\x3d\xd8\0\xde",
                  10, ENCODING_UTF16_LE, "a\u00e9\U0001f600");
    test_encoding("\xfe\xff\0a\0\xe9\xd8\x3d\xde\0", 10, ENCODING_UTF16_BE, "a\u00e9\U0001f600");
    test_encoding("Andr\xe9 \x80 \x93", 9, ENCODING_WINDOWS_1252, "Andr\u00e9 \u20ac \u201c");
    test_encoding("", 0, ENCODING_UTF8, "");
    struct text text = {0};
    size_t at = 99;
    enum rc rc = encoding_to_utf8(&arena, ENCODING_UTF16_LE,
                                  "\xff\xfe"
                                  "a\0b",
                                  5, &text, &at);
    is_int(rc, RC_BAD_INPUT, "half a unit is refused");
    is_uint(at, 2, "and where");
    rc = encoding_to_utf8(&arena, ENCODING_UTF16_LE,
                          "\xff\xfe\x3d\xd8"
                          "a\0",
                          6, &text, &at);
    is_int(rc, RC_BAD_INPUT, "a surrogate alone is refused");
    rc = encoding_to_utf8(&arena, ENCODING_UTF16_LE, "\xff\xfe\x00\xde", 4, &text, &at);
    is_int(rc, RC_BAD_INPUT, "also the second of two");
}

int main(void)
{
    arena_open(&arena, 1000000);
    test_keys();
    test_distance();
    test_validity();
    test_trim_and_split();
    test_encodings();
    arena_close(&arena);
    return tap_done();
}
