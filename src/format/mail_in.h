// SPDX-License-Identifier: Apache-2.0
//
// Why: people answer a letter from where they read it. What is wanted of such an answer is who
// wrote it, for which address, whether a machine did, and her own words.
//
// Promises: any bytes are safe; only text/plain parts are read, in UTF-8, ASCII, Latin-1 or
// Windows-1252, and come out as UTF-8 without control characters; nothing else of a message is
// kept.
//
// Not for: showing mail, attachments, HTML, or deciding whether to believe it.
#ifndef TRELLIS_FORMAT_MAIL_IN_H
#define TRELLIS_FORMAT_MAIL_IN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/rc.h"

enum {
    MAIL_IN_BYTES_MAX = 8 << 20, // with what is attached, which is not read
    MAIL_IN_TOKENS_MAX = 10
};

struct mail_in {
    const char *from;                       // one address, in small letters; "": none, or several
    const char *id;                         // Message-ID; "": none
    bool automatic;                         // a bounce, an answer of a machine, a list
    const char *text;                       // of the first part of text; "": there is none
    const char *tokens[MAIL_IN_TOKENS_MAX]; // what follows "+" in addresses that it was sent to
    size_t token_count;
};

// RC_BAD_INPUT: not a message that can be read. RC_LIMIT: too large, or too many parts.
enum rc mail_in_read(struct arena *arena, const char *bytes, size_t length,
                     struct mail_in *ret_mail);

// Her own words: without what she quotes, and without her signature.
enum rc mail_in_words(struct arena *arena, const char *text, const char **ret_words);

// What follows "+" before "@", in small letters. NULL: nothing that could be a token.
const char *mail_in_token(struct arena *arena, const char *address);

#endif
