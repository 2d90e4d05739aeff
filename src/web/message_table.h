// SPDX-License-Identifier: Apache-2.0
//
// Why: the shape of the tables that tools/messages makes from po/*.po, one a language.
#ifndef TRELLIS_WEB_MESSAGE_TABLE_H
#define TRELLIS_WEB_MESSAGE_TABLE_H

#include <stddef.h>
#include <stdint.h>

enum { MESSAGE_FORMS_MAX = 6 };

struct message_row {
    const char *message; // in English
    const char *forms[MESSAGE_FORMS_MAX];
};

struct locale {
    const char *tag;
    const char *name;
    const char *direction;
    unsigned (*plural)(int64_t n);
    const struct message_row *rows; // sorted by message
    size_t count;
};

extern const struct locale message_locales[];
extern const size_t message_locale_count;

unsigned message_plural_germanic(int64_t n);
unsigned message_plural_arabic(int64_t n);

#endif
