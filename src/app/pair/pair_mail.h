// SPDX-License-Identifier: Apache-2.0
//
// Why: whoever reads a message of her match as a letter answers it as a letter.
//
// Promises: an answer counts only from the address of the person to whom the letter went, and only
// for the pair that it was about; a machine's answer, a held or ended pair and an old address
// change nothing; the same letter given twice is one message.
#ifndef TRELLIS_APP_PAIR_PAIR_MAIL_H
#define TRELLIS_APP_PAIR_PAIR_MAIL_H

#include "app/pair/pair_store.h"
#include "format/mail_in.h"

enum { REPLY_DAYS = 90, REPLY_MOST_AN_HOUR = 30, REPLY_BYTES_MAX = 5000 };

// The address that answers to one letter go to. NULL: none is set (app->reply).
enum rc reply_address(const struct app_place *at, int64_t match, int64_t person,
                      const char **ret_address);

enum reply {
    REPLY_TAKEN,     // it is a message now, or was already
    REPLY_MACHINE,   // nothing is done
    REPLY_UNKNOWN,   // no such address, or it is too old
    REPLY_NOT_HERS,  // from another address than hers
    REPLY_CLOSED,    // the pair has ended, or is held for somebody's safety
    REPLY_EMPTY,     // no words of hers in plain text, or too many
    REPLY_TOO_OFTEN, // try again later
};
enum rc reply_take(const struct app_place *at, const struct mail_in *mail, enum reply *ret_reply);

#endif
