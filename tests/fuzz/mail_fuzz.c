// SPDX-License-Identifier: Apache-2.0
// Any bytes as a letter, and as one that tells of another: no crash, limits kept, and what comes
// out as words is UTF-8 without control characters.
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#include "format/bounce.h"
#include "format/mail_in.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_text(const char *text)
{
    require(text_is_utf8(text, strlen(text)));
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++)
        require(*c >= ' ' || *c == '\n' || *c == '\t');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct mail_in mail;
    arena_open(&arena, 64 << 20);
    enum rc rc = mail_in_read(&arena, (const char *)data, size, &mail);
    require(rc == RC_OK || rc == RC_BAD_INPUT || rc == RC_LIMIT);
    if (rc == RC_OK) {
        const char *words = NULL;
        check_text(mail.text);
        require(mail.token_count <= MAIL_IN_TOKENS_MAX);
        require(mail_in_words(&arena, mail.text, &words) == RC_OK);
        require(strlen(words) <= strlen(mail.text) + 1);
        check_text(words);
    }
    struct bounce b;
    rc = bounce_read(&arena, (const char *)data, size, &b);
    require(rc == RC_OK || rc == RC_BAD_INPUT || rc == RC_LIMIT);
    if (rc == RC_OK) {
        require(b.kind == BOUNCE_NONE || bounce_class(b.status) == b.kind);
        require(strlen(b.letter) <= size && strlen(b.address) <= size);
    }
    arena_close(&arena);
    return 0;
}
