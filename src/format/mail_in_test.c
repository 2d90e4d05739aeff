// SPDX-License-Identifier: Apache-2.0
//
// Letters as mail programs write them, and as nobody should: what is read of them, and what is
// hers.
#include "format/mail_in.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/tap.h"

#define HEAD                                                                                       \
    "From: Bea <Bea@Example.org>\r\nTo: \"a+b, c@d\" <reply+" TOKEN                                \
    "@example.org>\r\nMessage-ID: <1@x>\r\n"
#define TOKEN "0123456789abcdefghij0123456789abcdefghij"

// A message, and the text that is read of it; NULL: it cannot be read.
struct row {
    const char *name;
    const char *message;
    const char *text;
};
// clang-format off
static const struct row texts[] = {
    {"no MIME at all", HEAD "\r\nHello\r\nyou\r\n", "Hello\r\nyou\r\n"},
    {"lines of Unix", "From: a@b\n\nHello\n", "Hello\n"},
    {"no body", HEAD, ""},
    {"nothing", "", ""},
    {"quoted-printable", HEAD "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nma=C3=B1ana =\r\nyes=3D =ZZ \r\n", "mañana yes= =ZZ\n"},
    {"base64", HEAD "Content-Type: text/plain; charset=\"utf-8\"\r\nContent-Transfer-Encoding: BASE64\r\n\r\nSGVs\r\nbG8=\r\n", "Hello"},
    {"base64 that is none", HEAD "Content-Transfer-Encoding: base64\r\n\r\nSG*s\r\n", NULL},
    {"Latin-1", HEAD "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nma\xf1" "ana", "mañana"},
    {"Windows", HEAD "Content-Type: text/plain; charset=Windows-1252\r\n\r\n\x80 5", "€ 5"},
    {"another alphabet", HEAD "Content-Type: text/plain; charset=koi8-r\r\n\r\nx", NULL},
    {"no UTF-8", HEAD "\r\n\xff\xfe", NULL},
    {"alternatives", HEAD "Content-Type: multipart/alternative;\r\n boundary=\"b 1\"\r\n\r\npre\r\n--b 1\r\nContent-Type: text/html\r\n\r\n<p>No</p>\r\n--b 1\r\nContent-Type: text/plain\r\n\r\nYes\r\n--b 1--\r\n", "Yes\r\n"},
    {"within each other", HEAD "Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: multipart/alternative; boundary=i\r\n\r\n--i\r\n\r\nInner\r\n--i--\r\n--o\r\n\r\nOuter\r\n--o--\r\n", "Inner\r\n"},
    {"what is attached", HEAD "Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a\r\n\r\nFile\r\n--o\r\n\r\nText\r\n--o--\r\n", "Text\r\n"},
    {"HTML alone", HEAD "Content-Type: text/html\r\n\r\n<p>No</p>\r\n", ""},
    {"cut off on its way", HEAD "Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: text/html\r\n\r\nNo\r\n--o\r\n\r\nText\r\n", "Text\r\n"},
    {"one boundary begins another", HEAD "Content-Type: multipart/mixed; boundary=o\r\n\r\n--o \r\nContent-Type: multipart/alternative; boundary=oo\r\n\r\n--oo\r\n\r\nInner\r\n--o-\r\n--oo--\r\n--o--\r\n", "Inner\r\n--o-\r\n"},
    {"a type that is half told", HEAD "Content-Type: text; charset=us-ascii\r\n\r\nHello\r\n", "Hello\r\n"},
    {"parts without a boundary", HEAD "Content-Type: multipart/mixed\r\n\r\n--o\r\n\r\nText\r\n--o--\r\n", NULL},
};
static const struct row words[] = {
    {"all hers", "", "Hello\n\nyou\n"},
    {"", "Hello\n\nyou\n\n\nOn Mon, 2 Mar 2026, Mina\n<reply@x.org> wrote:\n\n> You?\n> Me.\n", "Hello\n\nyou"},
    {"", "> You?\nYes.\n> Me?\nNo.\n", "Yes.\nNo."},
    {"", "I think:\n> so\n", "I think:"},
    {"", "Hi\n-- \nBea\nBoss\n", "Hi"},
    {"", "Hi\n\n-----Original Message-----\nOld\n", "Hi"},
    {"", "Hi\r\n________________________________\r\nOld\r\n", "Hi"},
    {"", "Hi\nDe: Mina <a@b>\nOld\n", "Hi"},
    {"", "> all quoted\n", ""},
};
static const struct { const char *header; bool automatic; } machines[] = {
    {"", false}, {"Auto-Submitted: no\r\n", false}, {"Auto-Submitted: auto-replied\r\n", true}, {"auto-submitted:\r\n auto-generated\r\n", true},
    {"Precedence: bulk\r\n", true}, {"Precedence: first-class\r\n", false}, {"Return-Path: <>\r\n", true}, {"Return-Path: <a@b>\r\n", false},
    {"List-Id: <a.b>\r\n", true}, {"Content-Type: multipart/report; boundary=x\r\n", true},
};
// clang-format on

static void test_texts(struct arena *arena)
{
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
        struct mail_in mail = {0};
        enum rc rc = mail_in_read(arena, texts[k].message, strlen(texts[k].message), &mail);
        char plain[200] = "";
        size_t at = 0;
        for (const char *c = texts[k].text == NULL ? "" : texts[k].text; *c != '\0'; c++)
            if (*c != '\r')
                plain[at++] = *c;
        bool right = texts[k].text == NULL ? rc == RC_BAD_INPUT
                                           : rc == RC_OK && strcmp(mail.text, plain) == 0;
        ok(right, "%s", texts[k].name);
    }
}

static void test_words(struct arena *arena)
{
    for (size_t k = 1; k < sizeof words / sizeof words[0]; k++) {
        const char *own = NULL;
        ok(mail_in_words(arena, words[k].message, &own) == RC_OK && strcmp(own, words[k].text) == 0,
           "her own words, row %zu: %s", k, own == NULL ? "none" : own);
    }
}

static void test_heads(struct arena *arena)
{
    struct mail_in mail = {0};
    const char *two = "From: a@b, c@d\r\n\r\n";
    ok(mail_in_read(arena, HEAD "\r\nx", strlen(HEAD "\r\nx"), &mail) == RC_OK &&
           strcmp(mail.from, "bea@example.org") == 0 && mail.token_count == 1 &&
           strcmp(mail.tokens[0], TOKEN) == 0 && strcmp(mail.id, "<1@x>") == 0,
       "who wrote, and to which address");
    ok(mail_in_read(arena, two, strlen(two), &mail) == RC_OK && mail.from[0] == '\0',
       "two who wrote are none");
    ok(mail_in_token(arena, "reply+" TOKEN "@x") != NULL && mail_in_token(arena, TOKEN) != NULL &&
           mail_in_token(arena, "reply+1@x") == NULL && mail_in_token(arena, "") == NULL,
       "a token, by itself or in an address");
    for (size_t k = 0; k < sizeof machines / sizeof machines[0]; k++) {
        char text[200];
        int length = snprintf(text, sizeof text, "From: a@b\r\n%s\r\nx", machines[k].header);
        ok(mail_in_read(arena, text, (size_t)length, &mail) == RC_OK &&
               mail.automatic == machines[k].automatic,
           "a machine or not: %.20s", machines[k].header);
    }
}

// More parts than anybody needs, parts within parts, and a message beyond the limit.
static void test_limits(struct arena *arena)
{
    struct mail_in mail;
    char *text = arena_alloc(arena, MAIL_IN_BYTES_MAX + 1);
    size_t at =
        (size_t)snprintf(text, MAIL_IN_BYTES_MAX, "Content-Type: multipart/mixed; boundary=o\n\n");
    for (int k = 0; k < 60; k++)
        at += (size_t)snprintf(text + at, MAIL_IN_BYTES_MAX - at, "--o\nContent-Type: x/y\n\nz\n");
    ok(mail_in_read(arena, text, at, &mail) == RC_LIMIT, "too many parts");
    at = 0;
    for (int k = 0; k < 8; k++)
        at += (size_t)snprintf(text + at, MAIL_IN_BYTES_MAX - at,
                               "Content-Type: multipart/mixed; boundary=o%d\n\n--o%d\n", k, k);
    for (int k = 8; k-- > 0;)
        at += (size_t)snprintf(text + at, MAIL_IN_BYTES_MAX - at, "--o%d--\n", k);
    ok(mail_in_read(arena, text, at, &mail) == RC_LIMIT, "too deep");
    memset(text, 'a', MAIL_IN_BYTES_MAX + 1);
    ok(mail_in_read(arena, text, MAIL_IN_BYTES_MAX + 1, &mail) == RC_LIMIT, "too large");
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 64 << 20);
    test_texts(&arena);
    test_words(&arena);
    test_heads(&arena);
    test_limits(&arena);
    arena_close(&arena);
    return tap_done();
}
